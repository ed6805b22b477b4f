//! Where the Chinese term begins that an English name in brackets stands behind.
//!
//! The end is certain, the beginning is not: 正式启动创世计划（Genesis Mission）.
//! A closing quotation mark says it; else the words whose glosses or sounds are
//! in the English name; else what all occurrences have in common.

use std::collections::HashMap;

use super::edge;
use crate::align::Dictionary;
use crate::link::form;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::pinyin::reading;
use crate::text::words::words;

/// The longest term, in characters.
const LONGEST: usize = 24;

/// A term before a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) term: String,
    pub(super) sure: bool,
}

/// The Chinese term at the end of a text that is rendered by an English name.
pub(super) fn left(
    before: &str,
    english: &str,
    dictionary: Option<&Dictionary>,
    count: &dyn Fn(&str) -> (u32, u32),
) -> Option<Left> {
    let before = before.trim_end();
    if let Some(term) = quoted(before) {
        let sure = true;
        return Some(Left { term, sure });
    }
    let clause = clause(before);
    let spans = words(clause);
    let starts: Vec<usize> = starts(clause, &spans);
    let end = clause.len();
    let first = starts.first().copied()?;
    let recurs = |from: usize| count(Span::new(from, end).of(clause));
    let matched = matched(clause, &spans, first, english, dictionary);
    let common = starts.iter().copied().find(|&at| {
        let (times, lefts) = recurs(at);
        times >= 2 && lefts >= 2
    });
    let whole = first == 0 || spans.iter().all(|s| s.start as usize >= first);
    let (at, sure) = match (matched, common) {
        (Some((at, share)), Some(common)) if at == common => (at, share > 0.3),
        // Common to several places and beyond the words the dictionary knows.
        (Some((at, share)), Some(common)) if common < at && share < 0.99 => (common, true),
        (Some((at, share)), _) if share >= 0.6 => (at, true),
        (_, Some(common)) => (common, true),
        (Some((at, _)), None) if !whole => (at.min(first), false),
        _ => (first, whole && starts.len() <= 4),
    };
    let term = Span::new(at, end).of(clause).trim();
    (term.chars().filter(|&c| is_han(c)).count() >= 1).then(|| Left {
        term: term.to_owned(),
        sure,
    })
}

/// What stands in quotation or book-title marks at the end of a text.
fn quoted(text: &str) -> Option<String> {
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
    let stops = |c: char| {
        !(c.is_alphanumeric() || matches!(c, '·' | '•' | '-' | '－' | ' ' | '/' | '—' | '&'))
    };
    let from = text.char_indices().rev().find(|(_, c)| stops(*c));
    let from = from.map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(from, text.len()).of(text)
}

/// Where a term may begin, the leftmost first: at words, after the last one that cuts.
fn starts(clause: &str, spans: &[Span]) -> Vec<usize> {
    let mut starts = Vec::new();
    for span in spans.iter().rev() {
        let word = fold(span.of(clause));
        let length = Span::new(span.start as usize, clause.len())
            .of(clause)
            .chars()
            .count();
        if edge::cuts(&word) && !starts.is_empty() || length > LONGEST {
            break;
        }
        if word.starts_with(|c: char| c.is_numeric()) && !starts.is_empty() {
            break;
        }
        starts.push(span.start as usize);
    }
    // A word like 和 may stand inside a term and never begins one.
    while starts.len() > 1 {
        let at = starts.last().copied().unwrap_or_default();
        let word = spans
            .iter()
            .find(|s| s.start as usize == at)
            .map(|s| fold(s.of(clause)));
        if word.is_some_and(|word| edge::zh(&word)) {
            break;
        }
        starts.pop();
    }
    starts.reverse();
    starts
}

/// Where the chain of words begins that glosses or sounds lead to the English
/// name, and the share of the name that they cover.
fn matched(
    clause: &str,
    spans: &[Span],
    first: usize,
    english: &str,
    dictionary: Option<&Dictionary>,
) -> Option<(usize, f32)> {
    let abbreviation =
        !english.contains(' ') && english.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let mut open: Vec<String> = if abbreviation {
        let letters = english.chars().filter(char::is_ascii_uppercase);
        letters
            .map(|c| c.to_ascii_lowercase().to_string())
            .collect()
    } else {
        let words = english.split(|c: char| !c.is_alphanumeric());
        let words = words.map(str::to_lowercase).filter(|word| edge::en(word));
        words.map(|word| form(&word)).collect()
    };
    let all = open.len();
    let mut best = None;
    let mut gap = 0;
    for span in spans
        .iter()
        .rev()
        .filter(|span| span.start as usize >= first)
    {
        let word = fold(span.of(clause));
        let meets = meanings(&word, dictionary);
        let before = open.len();
        if abbreviation {
            if let Some(at) = open
                .iter()
                .rposition(|letter| meets.iter().any(|m| m.starts_with(letter.as_str())))
            {
                open.remove(at);
            }
        } else {
            open.retain(|word| !meets.contains(word));
            sounds(clause, *span, &mut open);
        }
        if open.len() < before {
            best = Some(span.start as usize);
            gap = 0;
        } else if edge::zh(&word) {
            gap += 1;
        }
        if open.is_empty() || gap > 2 {
            break;
        }
    }
    best.map(|at| (at, 1.0 - open.len() as f32 / all.max(1) as f32))
}

/// What a word may become, as forms.
fn meanings(word: &str, dictionary: Option<&Dictionary>) -> Vec<String> {
    let mut out = vec![form(word)];
    let Some(dictionary) = dictionary else {
        return out;
    };
    let mut parts: Vec<String> = vec![word.to_owned()];
    if !dictionary.has(word) {
        parts.extend(word.chars().map(String::from));
    }
    for part in &parts {
        out.extend(
            dictionary
                .glosses(part)
                .flat_map(|g| g.split(' '))
                .map(form),
        );
    }
    out
}

/// Takes off the words that sound like the Chinese ones up to here.
fn sounds(clause: &str, span: Span, open: &mut Vec<String>) {
    let text = Span::new(span.start as usize, clause.len()).of(clause);
    let read: Vec<&str> = text.chars().map_while(reading).collect();
    for length in 1..=read.len().min(4) {
        let sound = form(&read.iter().take(length).copied().collect::<String>());
        open.retain(|word| *word != sound);
    }
}

/// Counts how often a text stands in others, and after how many different characters.
pub(super) struct Counter {
    text: String,
    places: HashMap<[char; 2], Vec<usize>>,
}

impl Counter {
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = String::new();
        for text in texts {
            all.push_str(&fold(text));
            all.push('\n');
        }
        let mut places: HashMap<[char; 2], Vec<usize>> = HashMap::new();
        let next = all.chars().skip(1);
        for ((at, a), b) in all.char_indices().zip(next) {
            if is_han(a) && is_han(b) {
                places.entry([a, b]).or_default().push(at);
            }
        }
        Self { text: all, places }
    }

    /// The number of occurrences and of different characters before them.
    pub(super) fn count(&self, text: &str) -> (u32, u32) {
        let text = fold(text);
        let mut chars = text.chars();
        let (Some(a), Some(b)) = (chars.next(), chars.next()) else {
            return (0, 0);
        };
        let mut lefts: Vec<Option<char>> = Vec::new();
        let mut times = 0;
        for &at in self.places.get(&[a, b]).into_iter().flatten() {
            let (before, rest) = crate::span::halves(&self.text, at);
            if rest.starts_with(text.as_str()) {
                times += 1;
                let left = before.chars().next_back();
                if !lefts.contains(&left) {
                    lefts.push(left);
                }
            }
        }
        (times, lefts.len() as u32)
    }
}
