//! Another rendering of an expression in the units without its usual one: a
//! wording that recurs there, or the usual one with a part replaced.

use super::phrases::Phrase;
use super::units::Units;
use super::{BREAK, Lexicon};
use crate::lang::Lang;
use crate::span::Span;

impl Units<'_> {
    /// Another rendering that recurs in the units without the usual one.
    pub(super) fn second(
        &self,
        phrase: &Phrase,
        usual: &[u32],
        without: &[u32],
    ) -> Option<Vec<u32>> {
        if without.len() < 2 {
            return None;
        }
        let words = self.rendering(phrase, without, 0.5)?;
        let same =
            words.iter().all(|w| usual.contains(w)) || usual.iter().all(|w| words.contains(w));
        let explained = || {
            without.iter().any(|&unit| {
                self.has(unit, &words)
                    && words
                        .iter()
                        .any(|&w| !usual.contains(&w) && self.explained(phrase, unit, w))
            })
        };
        (!same && !explained()).then_some(words)
    }

    /// The usual rendering with one part replaced, in a unit without it.
    pub(super) fn replaced(
        &self,
        phrase: &Phrase,
        unit: u32,
        usual: &[u32],
        spread: usize,
    ) -> Option<Span> {
        let line = &self.target[unit as usize];
        // The full words, a break wherever something else stands.
        let full: Vec<usize> = (0..line.tokens.len())
            .filter(|&i| {
                let word = line.tokens[i].word;
                word == BREAK || !self.to.small(word)
            })
            .collect();
        let full = Full {
            words: full.iter().map(|&i| line.tokens[i].word).collect(),
            tokens: full,
            lexicon: &self.to,
        };
        let parts = self.parts(usual);
        for (first, last) in slots(&parts, self.to.lang) {
            let before = parts[..first].concat();
            let old = parts[first..last].concat();
            let after = parts[last..].concat();
            for start in 0..full.words.len() {
                let Some(from) = full.after(start, &before) else {
                    continue;
                };
                for to in from + 1..=full.words.len().min(from + 3) {
                    let new = &full.words[from..to];
                    let Some(end) = full.after(to, &after) else {
                        continue;
                    };
                    let doubtful = |&w: &u32| {
                        w == BREAK || usual.contains(&w) || self.explained(phrase, unit, w)
                    };
                    let [first, last] = [start, end - 1].map(|i| full.tokens[i]);
                    let near = last - first < spread.max(end - start);
                    if near && fits(new, &old, &self.to) && !new.iter().any(doubtful) {
                        return Some(line.span(first, last));
                    }
                }
            }
        }
        None
    }

    /// The parts of a rendering that may be replaced: its words, long Chinese ones in halves.
    fn parts(&self, words: &[u32]) -> Vec<String> {
        let mut parts = Vec::new();
        for &word in words {
            let word = self.to.word(word);
            if self.to.lang == Lang::Zh && word.chars >= 4 {
                let (head, tail): (Vec<_>, Vec<_>) =
                    (0..).zip(word.text.chars()).partition(|(i, _)| *i < 2);
                parts.extend([head, tail].map(|half| half.into_iter().map(|(_, c)| c).collect()));
            } else {
                parts.push(word.text.clone());
            }
        }
        parts
    }
}

/// The full words of a text and the tokens they are.
struct Full<'l> {
    words: Vec<u32>,
    tokens: Vec<usize>,
    lexicon: &'l Lexicon,
}

impl Full<'_> {
    /// Where the words from `start` on have spelled a text.
    fn after(&self, start: usize, mut text: &str) -> Option<usize> {
        let mut at = start;
        while !text.is_empty() {
            let word = *self.words.get(at)?;
            text = text.strip_prefix(self.lexicon.word(word).text.as_str())?;
            if word == BREAK {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// The stretches of a rendering's parts that one other wording may replace:
/// the shortest first, never all of it.
fn slots(parts: &[String], lang: Lang) -> Vec<(usize, usize)> {
    let size = |first: usize, last: usize| {
        parts[first..last]
            .iter()
            .map(|p| p.chars().count())
            .sum::<usize>()
    };
    let longest = match lang {
        Lang::En => 1,
        Lang::Zh => 3,
    };
    let mut slots: Vec<_> = (0..parts.len())
        .flat_map(|first| {
            (first + 1..=parts.len().min(first + longest)).map(move |last| (first, last))
        })
        .filter(|&(first, last)| last - first < parts.len())
        .filter(|&(first, last)| lang == Lang::En || (2..=4).contains(&size(first, last)))
        .collect();
    slots.sort_by_key(|&(first, last)| (size(first, last), first));
    slots
}

/// Whether words can take the place of a text: about as long in Chinese, one in English.
fn fits(new: &[u32], old: &str, lexicon: &Lexicon) -> bool {
    match lexicon.lang {
        Lang::En => new.len() == 1,
        Lang::Zh => {
            let chars: usize = new.iter().map(|&w| lexicon.word(w).chars).sum();
            chars >= 2 && chars.abs_diff(old.chars().count()) <= 1
        }
    }
}
