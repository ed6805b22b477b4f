//! The recurring expressions of some texts: sequences of words that may be terms.
//!
//! Termhood is what the texts show: a sequence that recurs, that begins and
//! ends with words of its own weight, and that is not always part of
//! one longer sequence (the idea of the C-value: Frantzi and Ananiadou,
//! "Automatic recognition of multi-word terms", 2000).

use super::{BREAK, Keyed, Lexicon, Line, Sketch, key};
use crate::lang::Lang;

/// A recurring expression.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// Its words.
    pub(super) words: Vec<u32>,
    /// Where it begins: the number of the line, of the token in it.
    pub(super) places: Vec<(u32, u32)>,
}

/// The most words of an expression.
const WORDS: usize = 4;

/// The fewest times an expression occurs.
const TIMES: u32 = 3;

/// The most expressions of a run: the commonest are kept.
const PHRASES: usize = 20_000;

/// A sequence that may be one.
struct Candidate {
    count: u32,
    place: (u32, u32),
    len: u32,
    /// The count of the commonest longer sequence that it is part of.
    longer: u32,
}

/// The recurring expressions, in the order in which they first occur.
pub(super) fn phrases(lines: &[Line<'_>], lexicon: &Lexicon) -> Vec<Phrase> {
    let mut sketch = Sketch::new(lines.iter().map(|l| l.tokens.len() * 2).sum());
    for line in lines {
        windows(line, lexicon, |_, words| sketch.add(sequence(words)));
    }
    let mut found: Keyed<Candidate> = Keyed::default();
    for (n, line) in (0..).zip(lines) {
        windows(line, lexicon, |at, words| {
            let key = sequence(words);
            if u32::from(sketch.count(key)) >= TIMES {
                let new = Candidate {
                    count: 0,
                    place: (n, at as u32),
                    len: words.len() as u32,
                    longer: 0,
                };
                found.entry(key).or_insert(new).count += 1;
            }
        });
    }
    drop(sketch);
    found.retain(|_, c| c.count >= TIMES);
    nest(&mut found, lines);
    let mut kept: Vec<(u64, Phrase, u32)> = found
        .iter()
        .filter(|(_, c)| c.longer < c.count)
        .filter_map(|(&key, c)| {
            let words = words_at(lines, c.place, c.len as usize)?;
            is_term(&words, lexicon).then_some((
                key,
                Phrase {
                    words,
                    places: Vec::new(),
                },
                c.count,
            ))
        })
        .collect();
    kept.sort_by_key(|(key, _, count)| (std::cmp::Reverse(*count), *key));
    kept.truncate(PHRASES);
    let numbers: Keyed<usize> = (0..).zip(&kept).map(|(i, (key, ..))| (*key, i)).collect();
    for (n, line) in (0..).zip(lines) {
        windows(line, lexicon, |at, words| {
            if let Some((_, phrase, _)) =
                numbers.get(&sequence(words)).and_then(|&i| kept.get_mut(i))
            {
                phrase.places.push((n, at as u32));
            }
        });
    }
    let mut phrases: Vec<_> = kept.into_iter().map(|(_, phrase, _)| phrase).collect();
    phrases.sort_by(|a, b| (&a.places, &a.words).cmp(&(&b.places, &b.words)));
    phrases
}

/// Tells every candidate of the longer ones that it is part of.
fn nest(found: &mut Keyed<Candidate>, lines: &[Line<'_>]) {
    let all: Vec<_> = found.values().map(|c| (c.place, c.len, c.count)).collect();
    for (place, len, count) in all {
        let Some(words) = words_at(lines, place, len as usize) else {
            continue;
        };
        for part in (1..words.len()).flat_map(|len| words.windows(len)) {
            if let Some(inner) = found.get_mut(&sequence(part)) {
                inner.longer = inner.longer.max(count);
            }
        }
    }
}

fn words_at(lines: &[Line<'_>], place: (u32, u32), len: usize) -> Option<Vec<u32>> {
    let tokens = &lines.get(place.0 as usize)?.tokens;
    let window = tokens.get(place.1 as usize..place.1 as usize + len)?;
    Some(window.iter().map(|t| t.word).collect())
}

fn sequence(words: &[u32]) -> u64 {
    key(words.iter().copied())
}

/// Calls `each` with every window of a line that begins and ends with a full word.
fn windows(line: &Line<'_>, lexicon: &Lexicon, mut each: impl FnMut(usize, &[u32])) {
    let words: Vec<u32> = line.tokens.iter().map(|t| t.word).collect();
    for start in 0..words.len() {
        if lexicon.small(words[start]) {
            continue;
        }
        for len in 1..=WORDS.min(words.len() - start) {
            let last = words[start + len - 1];
            if last == BREAK {
                break;
            }
            if !lexicon.small(last) {
                each(start, &words[start..start + len]);
            }
        }
    }
}

/// Whether it has the size of a term: two English words, three Han characters.
fn is_term(words: &[u32], lexicon: &Lexicon) -> bool {
    match lexicon.lang {
        Lang::En => words.len() >= 2,
        Lang::Zh => words.iter().map(|&w| lexicon.word(w).chars).sum::<usize>() >= 3,
    }
}
