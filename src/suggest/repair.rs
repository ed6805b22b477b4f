//! Putting a match right: where the difference between its source and the
//! segment is a term or a quantity, its rendering is swapped in the target.
//!
//! Nothing is guessed: the old rendering must stand in the target exactly
//! once, and the difference must be one whole item against another of its
//! sort. What cannot be repaired so stays as it was.

use super::{Edit, Match, Repaired, Request, terms};
use crate::glossary::Glossary;
use crate::lang::{Lang, Locale};
use crate::model::concept::TermStatus;
use crate::recognize::{Hit, Recognizer};
use crate::span::{Span, halves, splice};
use crate::text::distance::{Op, diff};
use crate::text::number::{Quantity, quantities};
use crate::text::script::script;
use crate::text::written::written;

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

/// A stretch of the old text and the stretch of the new one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    old: Span,
    new: Span,
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
    let changes = changes(old, new, &old_items, &new_items);
    let mut edits: Vec<(Span, Edit)> = Vec::new();
    let mut complete = true;
    for change in changes {
        let pair = (whole(&old_items, change.old), whole(&new_items, change.new));
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

/// The differences, each grown until no item is cut by its edge.
fn changes(old: &str, new: &str, old_items: &[Item], new_items: &[Item]) -> Vec<Change> {
    let pieces = diff(old, new);
    let mut changes = Vec::new();
    let (mut o, mut n) = (0, 0);
    let mut open: Option<(usize, usize)> = None;
    for (op, text) in &pieces {
        if *op == Op::Equal {
            if let Some((from_old, from_new)) = open.take() {
                changes.push(Change {
                    old: Span::new(from_old, o),
                    new: Span::new(from_new, n),
                });
            }
        } else {
            open.get_or_insert((o, n));
        }
        o += if *op == Op::Insert { 0 } else { text.len() };
        n += if *op == Op::Delete { 0 } else { text.len() };
    }
    if let Some((from_old, from_new)) = open {
        changes.push(Change {
            old: Span::new(from_old, o),
            new: Span::new(from_new, n),
        });
    }
    // Growing one may make it meet the next: repeat until nothing moves.
    loop {
        let grown = changes.iter().map(|c| grow(*c, old_items, new_items));
        let grown = merge(grown.collect());
        if grown == changes {
            return changes;
        }
        changes = grown;
    }
}

/// A change with the items it cuts taken in whole, on both sides alike: what
/// lies between two changes is the same text in both.
fn grow(mut change: Change, old_items: &[Item], new_items: &[Item]) -> Change {
    for item in old_items.iter().map(Item::span) {
        if cuts(change.old, item) {
            widen(&mut change.old, &mut change.new, item);
        }
    }
    for item in new_items.iter().map(Item::span) {
        if cuts(change.new, item) {
            widen(&mut change.new, &mut change.old, item);
        }
    }
    change
}

/// Whether a change touches the inside of an item. An insertion at its very
/// edge does not, and a change that is empty here may still lie inside.
fn cuts(change: Span, item: Span) -> bool {
    change.overlaps(item)
        || (change.is_empty() && item.start < change.start && change.end < item.end)
}

/// Widens one side to cover an item, and the other by as many bytes of equal text.
fn widen(own: &mut Span, other: &mut Span, item: Span) {
    let left = own.start.saturating_sub(item.start);
    let right = item.end.saturating_sub(own.end);
    own.start -= left;
    own.end += right;
    other.start = other.start.saturating_sub(left);
    other.end += right;
}

/// Changes that meet become one.
fn merge(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::new();
    for change in changes {
        match merged.last_mut() {
            Some(last) if change.old.start < last.old.end || change.new.start < last.new.end => {
                last.old.end = last.old.end.max(change.old.end);
                last.new.end = last.new.end.max(change.new.end);
            }
            _ => merged.push(change),
        }
    }
    merged
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
        let edit = Edit {
            from: span.of(self.target).to_owned(),
            to: rendering,
            source: new.span().of(self.request.text).to_owned(),
        };
        Some((span, edit))
    }

    /// What the renderings are written in: the script of the match, so that it stays in one.
    fn written(&self) -> Locale {
        match script(self.target) {
            Some(Locale::Hans) if self.request.to.traditional() => Locale::Hans,
            _ => self.request.to,
        }
    }

    fn term(&self, old: &Hit, new: &Hit) -> Option<(Span, String)> {
        let to = self.written();
        let hits = self.recognizer.find(self.target, to.lang());
        let concepts: Vec<_> = old.senses.iter().map(|s| s.concept).collect();
        let renders = |h: &&Hit| h.senses.iter().any(|s| concepts.contains(&s.concept));
        let mut there = hits.iter().filter(renders);
        let (Some(hit), None) = (there.next(), there.next()) else {
            return None;
        };
        let place = unquoted(self.target, hit.span);
        let sense = new
            .senses
            .iter()
            .find(|s| s.status != TermStatus::Deprecated);
        let concept = &self.glossary[sense.or(new.senses.first())?.concept];
        let rendering = terms::preferred(concept, to).into_iter().next()?;
        let whole = Span::new(0, rendering.len());
        let rendering = unquoted(&rendering, whole).of(&rendering).to_owned();
        Some((place, as_capital(self.target, place, &rendering)))
    }

    fn number(&self, old: &Quantity, new: &Quantity) -> Option<(Span, String)> {
        let lang = self.request.to.lang();
        let found = quantities(self.target, lang);
        let mut there = found.iter().filter(|q| q.same(old));
        let (there, None) = (there.next()?, there.next()) else {
            return None;
        };
        // Where the sources hedge alike, the target's own words for it stay (or their absence);
        // where they do not, only what the segment says is right.
        let alike = old.relation == new.relation;
        let bare = |q: &Quantity| Quantity {
            relation: None,
            ..*q
        };
        let (place, old, new) = if !alike {
            (there.span, *old, *new)
        } else if there.core != there.span || there.relation.is_none() {
            (there.core, bare(old), bare(new))
        } else {
            let relation = there.relation;
            (there.span, *old, Quantity { relation, ..*new })
        };
        let render = |q: &Quantity| written(&q.render(lang), self.written());
        let (usual, rendering) = (render(&old), render(&new));
        Some((place, as_written(place.of(self.target), &usual, rendering)))
    }
}

/// A rendering with the capital of the one it replaces: a lower-case term at
/// the head of a sentence gets one; names keep theirs.
fn as_capital(target: &str, place: Span, rendering: &str) -> String {
    let (before, _) = halves(target, place.start as usize);
    let head = before.trim_end().is_empty() || before.trim_end().ends_with(['.', '!', '?', ':']);
    let upper = place.of(target).starts_with(char::is_uppercase);
    let mut chars = rendering.chars();
    match chars.next() {
        Some(first) if head && upper => first.to_uppercase().chain(chars).collect(),
        _ => rendering.to_owned(),
    }
}

/// A quantity in the dress of the one it replaces: where the target writes
/// “$50 billion” for what is usually “US$50 billion”, the new one loses its “US” too.
fn as_written(written: &str, usual: &str, rendering: String) -> String {
    let dressed = usual.strip_suffix(written).filter(|more| !more.is_empty());
    let bare = dressed.and_then(|more| rendering.strip_prefix(more));
    bare.map(str::to_owned).unwrap_or(rendering)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::document::State;
    use crate::suggest::Used;

    fn repaired(text: &str, source: &str, target: &str) -> Option<Repaired> {
        let from = crate::text::detect::language(text).unwrap();
        repaired_to(Locale::from(from.other()), text, source, target)
    }

    fn repaired_to(to: Locale, text: &str, source: &str, target: &str) -> Option<Repaired> {
        let table = "zh\ten\n能源部\tDepartment of Energy\n国防部\tDepartment of Defense\n供应链\tsupply chain\n产业链\tindustrial chain\n\
                     去风险\tde-risking\n小院高墙 | “小院高墙”\tsmall yard, high fence\n";
        let glossary = Glossary::new(Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value);
        let recognizer = Recognizer::new(&glossary);
        let used = Used::default();
        let request = Request::new(text, to.lang().other(), to, &used);
        let found = Match {
            score: 80,
            base: 80,
            source: source.to_owned(),
            target: target.to_owned(),
            penalties: Vec::new(),
            diff: Vec::new(),
            repaired: None,
            memory: String::new(),
            document: String::new(),
            state: State::Translated,
            when: String::new(),
            who: String::new(),
        };
        repair(&request, &found, &glossary, &recognizer)
    }

    #[test]
    fn terms_and_amounts_are_swapped() {
        let fixed = repaired(
            "国防部将投入300亿美元。",
            "能源部将投入500亿美元。",
            "The Department of Energy will invest US$50 billion.",
        )
        .unwrap();
        assert_eq!(
            fixed.target,
            "The Department of Defense will invest US$30 billion."
        );
        assert!(fixed.complete);
        assert_eq!(fixed.edits[0].from, "Department of Energy");
        assert_eq!(fixed.edits[1].source, "300亿美元");
    }

    #[test]
    fn the_other_direction_is_the_same_engine() {
        let fixed = repaired(
            "The Department of Defense will invest US$30 billion.",
            "The Department of Energy will invest US$50 billion.",
            "能源部将投入500亿美元。",
        )
        .unwrap();
        assert_eq!(fixed.target, "国防部将投入300亿美元。");
    }

    #[test]
    fn a_match_stays_in_its_script() {
        let text = "The Department of Defense will invest US$30 billion.";
        let source = "The Department of Energy will invest US$50 billion.";
        for (target, expected) in [
            ("能源部將投入500億美元。", "國防部將投入300億美元。"),
            ("能源部将投入500亿美元。", "国防部将投入300亿美元。"),
        ] {
            let fixed = repaired_to(Locale::Taiwan, text, source, target).unwrap();
            assert_eq!(fixed.target, expected);
        }
    }

    #[test]
    fn a_capital_at_the_head_is_kept() {
        let fixed = repaired("产业链很重要。", "供应链很重要。", "Supply chains matter.").unwrap();
        assert_eq!(fixed.target, "Industrial chain matter.");
    }

    #[test]
    fn what_else_differs_is_said() {
        let fixed = repaired(
            "国防部昨天投入5亿美元。",
            "能源部今天投入5亿美元。",
            "The Department of Energy invested US$500 million today.",
        )
        .unwrap();
        assert!(!fixed.complete);
        assert_eq!(fixed.edits.len(), 1);
    }

    #[test]
    fn a_hedge_is_what_the_segment_says() {
        let source = "若其中六成来自能源部，每年约为50亿美元。";
        let target = "If six-tenths came from the Department of Energy, it would be about US$5 billion a year.";
        let amount = |text: &str, source: &str, target: &str| {
            let fixed = repaired(text, source, target).unwrap();
            assert!(fixed.complete, "{fixed:?}");
            fixed.target
        };
        let text = "若其中六成来自能源部，每年约为60亿美元。";
        assert_eq!(amount(text, source, target), target.replace("US$5", "US$6"));
        // alike in both sources: the target's own words, or none, stay
        let own = target.replace("about US$5", "roughly $5");
        assert_eq!(amount(text, source, &own), own.replace("$5", "$6"));
        let none = target.replace("about ", "");
        assert_eq!(amount(text, source, &none), none.replace("US$5", "US$6"));
        // not alike: the segment's
        let exact = "若其中六成来自能源部，每年50亿美元。";
        assert_eq!(amount(text, exact, &none), target.replace("US$5", "US$6"));
        let now_exact = "若其中六成来自能源部，每年60亿美元。";
        assert_eq!(
            amount(now_exact, source, target),
            none.replace("US$5", "US$6")
        );
        let less = "若其中六成来自能源部，每年不到60亿美元。";
        assert_eq!(
            amount(less, source, target),
            target.replace("about US$5", "less than US$6")
        );
    }

    #[test]
    fn quotation_marks_stay_where_they_are() {
        let fixed = repaired(
            "华盛顿把这种做法称为“小院高墙”。",
            "华盛顿把这种做法称为“去风险”。",
            "Washington calls this “de-risking”.",
        )
        .unwrap();
        assert_eq!(
            fixed.target,
            "Washington calls this “small yard, high fence”."
        );
        assert!(fixed.complete);
        let back = repaired(
            "Washington calls this “small yard, high fence”.",
            "Washington calls this “de-risking”.",
            "华盛顿把这种做法称为“去风险”。",
        )
        .unwrap();
        assert_eq!(back.target, "华盛顿把这种做法称为“小院高墙”。");
    }

    #[test]
    fn a_rendering_that_stands_twice_is_left() {
        assert_eq!(
            repaired(
                "国防部",
                "能源部",
                "Department of Energy, Department of Energy"
            ),
            None
        );
    }
}
