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
    /// Whether it is known where it begins.
    pub(super) sure: bool,
}

/// What is known of an English name in brackets.
pub(super) struct Name<'a> {
    /// The name, or an abbreviation where nothing tells what it is short for.
    pub(super) text: &'a str,
    /// Where the first Chinese word stands that the words of the name render elsewhere in the unit.
    pub(super) linked: Option<usize>,
    pub(super) dictionary: Option<&'a Dictionary>,
    /// How often a Chinese text stands in the units, and after how many different characters.
    pub(super) count: &'a dyn Fn(&str) -> (u32, u32),
}

/// The Chinese term at the end of a text that is rendered by an English name;
/// `None` where nothing says that one is.
pub(super) fn left(before: &str, name: &Name<'_>) -> Option<Left> {
    let before = before.trim_end();
    if let Some(term) = quoted(before) {
        let sure = true;
        return Some(Left { term, sure });
    }
    let clause = clause(before);
    let spans = words(clause);
    let chain = Chain::read(clause, &spans, name);
    let first = chain.starts.first().copied()?;
    let ahead = |at: usize| chain.starts.iter().filter(|&&start| start < at).count();
    let common = chain.starts.iter().copied().find(|&at| {
        let (times, lefts) = (name.count)(Span::new(at, clause.len()).of(clause));
        times >= 2 && lefts >= 2
    });
    let offset = before.len() - clause.len();
    let linked = name.linked.and_then(|at| at.checked_sub(offset));
    let linked = linked.filter(|at| chain.starts.contains(at));
    let share = chain.share();
    let known = share >= if chain.letters { 0.6 } else { 0.5 };
    // A word before it may belong to it, unless something says that it does not.
    let begins = |at: usize| {
        let before = spans.iter().rfind(|span| span.end as usize <= at);
        let apart = before.is_none_or(|span| {
            let touches = span.end as usize == at;
            !touches || edge::cuts(&fold(span.of(clause)))
        });
        apart || [linked, common].contains(&Some(at))
    };
    let fixed = |at: usize| known && begins(at);
    let (at, sure) = match (chain.met, linked, common) {
        _ if chain.person.is_some() => (chain.person?, true),
        // Every word of a name is met; a few letters are met by many words.
        (Some(at), ..) if share > 0.99 => (at, !chain.letters || begins(at)),
        (Some(at), Some(linked), _) if !chain.letters && share < 0.6 => {
            let at = at.min(linked);
            (at, fixed(at))
        }
        (Some(at), Some(linked), common) if chain.letters => {
            let at = at.min(linked);
            let at = common.map_or(at, |common| common.min(at));
            (at, fixed(at))
        }
        (Some(at), _, Some(common)) if common <= at => (common, known),
        // The words before it may be what the dictionary does not know of the name.
        (Some(at), ..) if ahead(at) <= chain.open && share >= 0.3 && !begins(at) => {
            (first, fixed(first) && ahead(at) == 1)
        }
        (Some(at), ..) => (at, fixed(at)),
        (None, Some(linked), _) => (linked, false),
        // Two or three words up to where a term begins anyhow.
        (None, None, None) if chain.starts.len() <= 2 => (first, false),
        (None, None, Some(_)) if chain.starts.len() <= 3 => (first, false),
        (None, None, Some(common)) => (common, false),
        _ => return None,
    };
    let term = Span::new(at, clause.len()).of(clause).trim();
    (term.contains(is_han) && edge::zh(&fold(term))).then(|| Left {
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
    let stops =
        |c: char| !(c.is_alphanumeric() || matches!(c, '·' | '•' | '-' | '－' | ' ' | '—' | '&'));
    let from = text.char_indices().rev().find(|(_, c)| stops(*c));
    let from = from.map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(from, text.len()).of(text)
}

/// The words before a bracket as far as a term may reach.
struct Chain {
    /// Where a term may begin, the leftmost first.
    starts: Vec<usize>,
    /// Where the first word stands whose glosses or sounds are in the name.
    met: Option<usize>,
    /// How many words (of an abbreviation: letters) the name has, and how many of them are not met.
    all: usize,
    open: usize,
    /// Whether the name is an abbreviation.
    letters: bool,
    /// Where the foreign name of a person begins: 米尔顿·弗里德曼.
    person: Option<usize>,
}

impl Chain {
    fn share(&self) -> f32 {
        1.0 - self.open as f32 / self.all.max(1) as f32
    }

    fn read(clause: &str, spans: &[Span], name: &Name<'_>) -> Self {
        let abbreviation =
            !name.text.contains(' ') && name.text.chars().filter(|c| c.is_uppercase()).count() >= 2;
        let mut open = parts(name.text, abbreviation);
        let mut chain = Self {
            starts: Vec::new(),
            met: None,
            all: open.len(),
            open: 0,
            letters: abbreviation,
            person: person(clause, spans, name.text),
        };
        let mut empty = 0;
        for span in spans.iter().rev() {
            let word = fold(span.of(clause));
            let rest = Span::new(span.start as usize, clause.len()).of(clause);
            let before = open.len();
            let meets = meanings(&word, name.dictionary);
            if abbreviation {
                spell(&word, name.dictionary, &mut open);
            } else {
                open.retain(|word| !meets.contains(word));
                sounds(clause, *span, &mut open);
            }
            let met = open.len() < before && (!abbreviation || edge::zh(&word));
            let number = word.starts_with(|c: char| c.is_numeric());
            let cut = (edge::cuts(&word) && word != "的") || number;
            let begun = !chain.starts.is_empty();
            if rest.chars().count() > LONGEST || (cut && begun && !met) {
                break;
            }
            // 的 is inside a term only where something before it is met.
            empty = if word == "的" || empty > 0 && !met {
                empty + 1
            } else {
                0
            };
            if empty > 2 {
                break;
            }
            if met {
                chain.met = Some(span.start as usize);
            }
            if edge::zh(&word) || !begun {
                chain.starts.push(span.start as usize);
            }
        }
        chain.open = open.len();
        chain.starts.reverse();
        if empty > 0
            && let Some(at) = chain.met
        {
            chain.starts.retain(|&start| start >= at);
        }
        chain
    }
}

/// The words of a name as forms, or the letters of an abbreviation.
fn parts(name: &str, abbreviation: bool) -> Vec<String> {
    if abbreviation {
        let letters = name.chars().filter(char::is_ascii_uppercase);
        return letters
            .map(|c| c.to_ascii_lowercase().to_string())
            .collect();
    }
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.map(str::to_lowercase);
    let words = words.filter(|word| word.len() > 1 && !edge::connects(word));
    words.map(|word| form(&word)).collect()
}

/// Takes off the letters that the words of a gloss begin with, of the gloss that has most.
fn spell(word: &str, dictionary: Option<&Dictionary>, open: &mut Vec<String>) {
    let glosses = glosses(word, dictionary);
    let left = |gloss: &String| {
        let mut left = open.clone();
        for word in gloss.split(' ').rev() {
            if let Some(at) = left.iter().rposition(|l| word.starts_with(l.as_str())) {
                left.remove(at);
            }
        }
        left
    };
    if let Some(left) = glosses.iter().map(left).min_by_key(Vec::len) {
        *open = left;
    }
}

/// Where the foreign name of a person begins at the end of a clause, if an English one has as many parts.
fn person(clause: &str, spans: &[Span], english: &str) -> Option<usize> {
    let dots = |c: char| matches!(c, '·' | '•' | '‧');
    let tail = clause
        .rsplit(|c: char| !c.is_alphabetic() && !dots(c))
        .next()?;
    let (given, _) = tail.split_once(dots)?;
    let capitals = english
        .split(' ')
        .filter(|w| w.starts_with(char::is_uppercase));
    let end = clause.len() - tail.len() + given.len();
    let given = spans.iter().rev().filter(|span| span.end as usize <= end);
    let mut at = end;
    for span in given.take_while(|span| span.start as usize >= clause.len() - tail.len()) {
        let single = span.of(clause).chars().count() == 1;
        if at < end && !single {
            break;
        }
        at = span.start as usize;
        if !single {
            break;
        }
    }
    (capitals.count() >= 2 && at < end).then_some(at)
}

/// What an abbreviation is short for, at the end of the text before its bracket.
///
/// Letters are looked for from the right, the first one at the beginning of a
/// word (Schwartz and Hearst 2003, A Simple Algorithm for Identifying
/// Abbreviation Definitions in Biomedical Text).
pub(super) fn expansion<'a>(before: &'a str, abbreviation: &str) -> Option<&'a str> {
    let before = before.trim_end();
    let letters: Vec<char> = abbreviation
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let letters = if letters.last() == Some(&'s') && letters.len() > 2 {
        letters.split_last()?.1
    } else {
        &letters
    };
    let most = (letters.len() + 5).min(letters.len() * 2);
    let mut left = letters.iter().rev().peekable();
    let chars: Vec<(usize, char)> = before.char_indices().collect();
    let mut words = 1;
    for (place, (at, c)) in chars.iter().enumerate().rev() {
        if matches!(c, ',' | ';' | ':' | '(' | ')' | '。' | '，') {
            return None;
        }
        words += usize::from(*c == ' ');
        if words > most {
            return None;
        }
        let begins = place == 0
            || chars
                .get(place - 1)
                .is_some_and(|(_, before)| !before.is_alphanumeric());
        let letter = **left.peek()?;
        if c.eq_ignore_ascii_case(&letter) && (begins || left.len() > 1) {
            left.next();
            if left.len() == 0 {
                let name = Span::new(*at, before.len()).of(before);
                return name.contains(' ').then_some(name);
            }
        }
    }
    None
}

/// What a word may become, as forms.
fn meanings(word: &str, dictionary: Option<&Dictionary>) -> Vec<String> {
    let glosses = glosses(word, dictionary);
    let words = glosses.iter().flat_map(|gloss| gloss.split(' ')).map(form);
    words.chain([form(word)]).collect()
}

/// What a dictionary says of a word, or of its characters where it does not have the word.
fn glosses(word: &str, dictionary: Option<&Dictionary>) -> Vec<String> {
    let Some(dictionary) = dictionary else {
        return Vec::new();
    };
    let mut parts: Vec<String> = vec![word.to_owned()];
    if !dictionary.has(word) {
        parts.extend(word.chars().map(String::from));
    }
    let glosses = parts.iter().flat_map(|part| dictionary.glosses(part));
    glosses.map(str::to_owned).collect()
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
