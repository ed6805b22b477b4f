//! Putting a match right: where the difference between its source and the
//! segment is a term or a quantity, its rendering is swapped in the target.
//!
//! Nothing is guessed: the old rendering must stand in the target exactly
//! once, the difference must be one whole item against another of its sort,
//! and the new rendering must fit the words around it, which stay. What cannot
//! be repaired so stays as it was, and the repair is not complete.

mod changes;
mod english;
mod number;
mod term;
#[cfg(test)]
mod tests;

use super::{Edit, Match, Repaired, Request};
use crate::glossary::Glossary;
use crate::lang::{Lang, Locale};
use crate::recognize::{Hit, Recognizer, Sense};
use crate::span::{Span, halves, splice};
use crate::text::fold::fold;
use crate::text::number::{Quantity, quantities};
use crate::text::script::script;
use changes::changes;

/// What can be swapped as a whole.
enum Item {
    Term(Hit),
    Number(Quantity),
}

impl Item {
    fn span(&self) -> Span {
        match self {
            Self::Term(hit) => hit.span,
            Self::Number(quantity) => quantity.span,
        }
    }
}

/// The match's target with terms and quantities swapped; `None` where nothing can be.
pub(super) fn repair(
    request: &Request<'_>,
    found: &Match,
    glossary: &Glossary,
    recognizer: &Recognizer,
) -> Option<Repaired> {
    let (old, new) = (found.source.as_str(), request.text);
    if old == new {
        return None;
    }
    let old_items = items(old, request.from, recognizer);
    let new_items = items(new, request.from, recognizer);
    let spans = |items: &[Item]| items.iter().map(Item::span).collect::<Vec<_>>();
    let changes = changes(old, new, &spans(&old_items), &spans(&new_items));
    let mut edits: Vec<(Span, Edit)> = Vec::new();
    let mut complete = true;
    for change in changes {
        let pair = (whole(&old_items, change.old), whole(&new_items, change.new));
        if alike(change.old.of(old), change.new.of(new), pair) {
            continue;
        }
        let edit = match pair {
            (Some(old), Some(new)) => {
                let swap = Swap {
                    request,
                    target: &found.target,
                    glossary,
                    recognizer,
                };
                swap.edit(old, new)
            }
            _ => None,
        };
        match edit {
            Some(edit) if !edits.iter().any(|(span, _)| span.overlaps(edit.0)) => edits.push(edit),
            _ => complete = false,
        }
    }
    if edits.is_empty() {
        return None;
    }
    // From the end, so that earlier spans stay right.
    let mut target = found.target.clone();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    for (span, edit) in &edits {
        target = splice(&target, *span, &edit.to);
    }
    edits.reverse();
    Some(Repaired {
        target,
        edits: edits.into_iter().map(|(_, edit)| edit).collect(),
        complete,
    })
}

/// Whether a change asks for no other rendering: it is one of script, case or
/// width, or of one name of a concept for another.
fn alike(old: &str, new: &str, items: (Option<&Item>, Option<&Item>)) -> bool {
    let folded = fold(old);
    let names_same = match items {
        (Some(Item::Term(old)), Some(Item::Term(new))) => {
            let known = |s: &Sense| old.senses.iter().any(|o| o.concept == s.concept);
            new.senses.iter().any(known)
        }
        _ => false,
    };
    names_same || !folded.is_empty() && folded == fold(new)
}

/// The terms of a text and the quantities outside of them, in order.
fn items(text: &str, lang: Lang, recognizer: &Recognizer) -> Vec<Item> {
    let mut hits = recognizer.find(text, lang);
    for hit in &mut hits {
        hit.span = unquoted(text, hit.span);
    }
    let free = |q: &Quantity| !hits.iter().any(|h| h.span.overlaps(q.span));
    let numbers: Vec<_> = quantities(text, lang).into_iter().filter(free).collect();
    let terms = hits.into_iter().map(Item::Term);
    let mut items: Vec<_> = terms.chain(numbers.into_iter().map(Item::Number)).collect();
    items.sort_by_key(Item::span);
    items
}

/// A term without the quotation marks that a form of it may have around it:
/// they belong to the sentence, and are never swapped.
fn unquoted(text: &str, span: Span) -> Span {
    const PAIRS: [(char, char); 4] = [('“', '”'), ('「', '」'), ('‘', '’'), ('"', '"')];
    let written = span.of(text);
    let inside = PAIRS
        .iter()
        .find_map(|(open, close)| written.strip_prefix(*open)?.strip_suffix(*close));
    let Some(inside) = inside.filter(|inside| !inside.is_empty()) else {
        return span;
    };
    let open = (written.len() - inside.len()) - written.chars().last().map_or(0, char::len_utf8);
    let start = span.start as usize + open;
    Span::new(start, start + inside.len())
}

/// The item that is exactly this stretch.
fn whole(items: &[Item], span: Span) -> Option<&Item> {
    items.iter().find(|item| item.span() == span)
}

/// One item of the match's source to be swapped for one of the segment.
struct Swap<'a> {
    request: &'a Request<'a>,
    target: &'a str,
    glossary: &'a Glossary,
    recognizer: &'a Recognizer,
}

impl Swap<'_> {
    /// The edit of the target, where the old rendering stands there exactly once.
    fn edit(&self, old: &Item, new: &Item) -> Option<(Span, Edit)> {
        let (span, rendering) = match (old, new) {
            (Item::Term(old), Item::Term(new)) => self.term(old, new)?,
            (Item::Number(old), Item::Number(new)) => self.number(old, new)?,
            _ => return None,
        };
        let (span, rendering) = if self.request.to.lang() == Lang::En {
            english::with_article(self.target, span, rendering)?
        } else {
            (span, rendering)
        };
        let edit = Edit {
            from: span.of(self.target).to_owned(),
            to: as_capital(self.target, span, &rendering),
            source: new.span().of(self.request.text).to_owned(),
        };
        Some((span, edit))
    }

    /// What the renderings are written in: the script of the match, so that it stays in one.
    fn written(&self) -> Locale {
        let to = self.request.to;
        match script(self.target) {
            Some(own) if to != Locale::En && own.traditional() != to.traditional() => own,
            _ => to,
        }
    }
}

/// A rendering with the capital of the one it replaces: a lower-case term or
/// word at the head of a sentence gets one; names keep theirs.
fn as_capital(target: &str, place: Span, rendering: &str) -> String {
    let (before, _) = halves(target, place.start as usize);
    let opens = |c: char| c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '(');
    let before = before.trim_end_matches(opens);
    let head = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
    let upper = place.of(target).starts_with(char::is_uppercase);
    let mut chars = rendering.chars();
    match chars.next() {
        Some(first) if head && upper => first.to_uppercase().chain(chars).collect(),
        _ => rendering.to_owned(),
    }
}
