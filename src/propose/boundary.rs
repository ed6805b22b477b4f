//! Where the Chinese term begins that an English name in brackets stands behind.
//!
//! The end is certain, the beginning is not: 正式启动创世计划（Genesis Mission）.
//! A closing quotation mark says it; else the words that render the name, by
//! the dictionary, by their sound, or as the other side of the unit has it; else
//! what always or never stands together in the text.

use super::edge;
use super::foreign::foreign;
use super::quote::apart;
use super::reach::{Chain, Kind, Opening, Tie};
use crate::align::Dictionary;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::words::words;

/// A term before a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) term: String,
    /// Whether it is known where it begins.
    pub(super) sure: bool,
    /// Whether some of its words render some of the name.
    pub(super) met: bool,
}

/// What is known of an English name in brackets.
pub(super) struct Name<'a> {
    /// The name, or an abbreviation where nothing tells what it is short for.
    pub(super) text: &'a str,
    /// What the other side of the unit says of the Chinese words before the bracket.
    pub(super) ties: Vec<Tie>,
    pub(super) dictionary: Option<&'a Dictionary>,
    /// How often a Chinese text stands in the units, and after how many different characters.
    pub(super) count: &'a dyn Fn(&str) -> (u32, u32),
}

/// The Chinese term at the end of a text that is rendered by an English name;
/// `None` where nothing says that one is.
pub(super) fn left(before: &str, name: &Name<'_>) -> Option<Left> {
    let before = before.trim_end();
    if let Some(term) = quoted(before) {
        let met = Chain::read(&term, 0, name).known();
        let sure = true;
        return Some(Left { term, sure, met });
    }
    // The beginning of a longer emphasis is a mark like others.
    let before = before.trim_end_matches(['*', '_']);
    let from = before.len() - clause(before).len();
    let chain = Chain::read(before, from, name);
    let (at, sure) = match person(before, from, name.text) {
        Some(at) => (at, true),
        None => Reading {
            before,
            name,
            chain: &chain,
        }
        .begins()?,
    };
    let term = Span::new(at, before.len()).of(before).trim();
    // A name that stands before its bracket as well is no rendering of itself.
    let again = term.to_lowercase().contains(&name.text.to_lowercase());
    (term.contains(is_han) && edge::zh(&fold(term)) && !again).then(|| Left {
        term: term.to_owned(),
        sure,
        met: chain.known(),
    })
}

struct Reading<'a> {
    before: &'a str,
    name: &'a Name<'a>,
    chain: &'a Chain,
}

impl Reading<'_> {
    /// Where the term begins, and whether that is sure.
    fn begins(&self) -> Option<(usize, bool)> {
        let steps = &self.chain.steps;
        let letters = self.chain.letters;
        let share = self.chain.share();
        let Some(core) = self.chain.core() else {
            return self.unmet().map(|at| (at, false));
        };
        let at = self.bound(core);
        let step = steps.get(at)?;
        // Two letters are met by many words.
        let enough = !letters || self.chain.all > 2 || self.chain.tied;
        let known = self.chain.known();
        let free = step.opening != Opening::Word || self.free(at);
        if share > 0.99 {
            // Letters are met by many words: by a verb before the term as well.
            let sure = if letters {
                free && step.kind != Kind::Verb
            } else {
                free || !self.stray(at)
            };
            return Some((step.start, sure && enough));
        }
        let known = known && !self.chain.beyond;
        if step.opening == Opening::Clear {
            return Some((step.start, known && enough));
        }
        // The words before it may be what the dictionary does not know of the name.
        let open = self.chain.all - steps.last().map_or(0, |step| step.met);
        let first = self.widened(at, open);
        let widest = steps.get(first)?;
        if first > at && widest.opening == Opening::Clear && widest.fits {
            // A verb, or a word that is known and says nothing of the name, is none of it.
            let other = |kind| kind == Kind::Verb || (kind == Kind::Known && !letters);
            let mut added = steps.iter().take(first + 1).skip(core + 1);
            let strange = added.any(|step| other(step.kind));
            let even = first - at == 1 || first - at == open;
            return Some((widest.start, known && enough && even && !strange));
        }
        Some((step.start, false))
    }

    /// A term without a word that renders a part of the name: what a short clause has, or what recurs.
    fn unmet(&self) -> Option<usize> {
        let steps = &self.chain.steps;
        let first = steps.iter().rposition(|step| step.fits)?;
        let common = (0..steps.len()).rev().find(|&at| self.free(at));
        let at = match common {
            _ if first < 2 => first,
            Some(_) if first < 3 => first,
            common => common?,
        };
        steps.get(at).map(|step| step.start)
    }

    /// A word further left, where a term may begin, over as many words as the name has unmet parts.
    fn widened(&self, from: usize, open: usize) -> usize {
        let mut at = from;
        while at - from < open
            && self
                .chain
                .steps
                .get(at)
                .is_some_and(|step| step.opening == Opening::Word)
            && at + 1 < self.chain.steps.len()
        {
            at += 1;
        }
        at
    }

    fn text(&self, from: usize) -> &str {
        Span::new(from, self.before.len()).of(self.before)
    }

    /// How often the term stands in the units if it begins with a word, and with the word before too.
    fn counts(&self, at: usize) -> Option<(u32, u32, u32)> {
        let step = self.chain.steps.get(at)?;
        let (times, lefts) = (self.name.count)(self.text(step.start));
        let longer = step.before.map_or(0, |before| {
            (self.name.count)(self.text(before.start as usize)).0
        });
        Some((times, lefts, longer))
    }

    /// Whether other words stand before the term as well.
    fn free(&self, at: usize) -> bool {
        self.counts(at)
            .is_some_and(|(times, lefts, longer)| times >= 2 && lefts >= 2 && longer * 2 <= times)
    }

    /// The first word of the term, with those before that nearly always stand there.
    fn bound(&self, mut at: usize) -> usize {
        while let Some(step) = self.chain.steps.get(at)
            && step.opening == Opening::Word
            && self
                .chain
                .steps
                .get(at + 1)
                .is_some_and(|before| before.fits)
            && (step.kind == Kind::Suffix
                || self
                    .counts(at)
                    .is_some_and(|(times, _, longer)| times >= 3 && longer * 4 >= times * 3))
        {
            at += 1;
        }
        at
    }

    /// Whether a single character stands before that may be the rest of a word: 卡特里 | 娜.
    fn stray(&self, at: usize) -> bool {
        let step = self.chain.steps.get(at);
        step.and_then(|step| step.before)
            .is_some_and(|before| before.of(self.before).chars().count() == 1)
    }
}

/// What stands in quotation or book-title marks, or is set apart as a name, at the end of a text.
fn quoted(text: &str) -> Option<String> {
    if let Some(inner) = apart(text) {
        let name = |inner: &str| inner.chars().count() <= 12 && inner.chars().all(is_han);
        let inner = inner.trim();
        return quoted(inner).or_else(|| name(inner).then(|| inner.to_owned()));
    }
    let close = text.chars().next_back()?;
    let open = match close {
        '”' => '“',
        '」' => '「',
        '』' => '『',
        '》' => '《',
        '’' => '‘',
        '"' => '"',
        _ => return None,
    };
    let inner = text.strip_suffix(close)?;
    let (_, inner) = inner.rsplit_once(open)?;
    let inner = inner.trim();
    (inner.contains(is_han) && inner.chars().count() <= 40).then(|| inner.to_owned())
}

/// The last clause: what stands behind the last mark.
fn clause(text: &str) -> &str {
    let stops =
        |c: char| !(c.is_alphanumeric() || matches!(c, '·' | '•' | '-' | '－' | ' ' | '—' | '&'));
    let from = text.char_indices().rev().find(|(_, c)| stops(*c));
    let from = from.map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(from, text.len()).of(text)
}

/// Where the foreign name of a person begins at the end of a text, if an English one has as many parts.
fn person(text: &str, from: usize, english: &str) -> Option<usize> {
    let clause = Span::new(from, text.len()).of(text);
    let dots = |c: char| matches!(c, '·' | '•' | '‧');
    let tail = clause
        .rsplit(|c: char| !c.is_alphabetic() && !dots(c))
        .next()?;
    let (given, _) = tail.split_once(dots)?;
    let capitals = english
        .split(' ')
        .filter(|w| w.starts_with(char::is_uppercase));
    let start = clause.len() - tail.len();
    let end = start + given.len();
    let spans = words(clause);
    let given = spans.iter().rev().filter(|span| span.end as usize <= end);
    let given = given.take_while(|span| span.start as usize >= start);
    let mut at = end;
    for span in given {
        // The first word may have any characters, those before it only such as names have.
        if at < end && !foreign(&fold(span.of(clause))) {
            break;
        }
        at = span.start as usize;
    }
    (capitals.count() >= 2 && at < end).then_some(from + at)
}
