//! How characters stand in the texts: alone, and side by side.

use std::collections::HashMap;

use super::Form;
use crate::check::consistency::{BREAK, Lexicon, Line, Sketch, key};
use crate::span::halves;
use crate::text::chars::{is_han, simplified};

/// What the texts show of single characters and of characters side by side.
pub(super) struct Seen<'l> {
    lines: &'l [Line<'l>],
    /// How often each character stands as a word by itself.
    alone: HashMap<char, u32>,
    /// How often two characters stand side by side.
    pairs: Sketch,
    /// How often each word stands, by its number.
    words: Vec<u32>,
}

impl<'l> Seen<'l> {
    /// Characters alone are counted where the words on both sides are longer, small
    /// or none: a name that the dictionary does not know falls into characters side by side.
    pub(super) fn new(lines: &'l [Line<'l>], lexicon: &Lexicon) -> Self {
        let single = |word: u32| !lexicon.small(word) && lexicon.word(word).chars == 1;
        let mut alone = HashMap::new();
        let mut words = vec![0; lexicon.words.len()];
        let mut pairs = Sketch::new(lines.iter().map(|l| l.tokens.len()).sum());
        for line in lines {
            let at = |i: usize| line.tokens.get(i).map_or(BREAK, |t| t.word);
            let mut last = None;
            for (i, token) in line.tokens.iter().enumerate() {
                if let Some(times) = words.get_mut(token.word as usize) {
                    *times += 1;
                }
                for c in lexicon.word(token.word).text.chars() {
                    if let Some(last) = last {
                        pairs.add(pair(last, c));
                    }
                    last = Some(c);
                }
                if token.word == BREAK {
                    last = None;
                }
                let beside = [i.wrapping_sub(1), i + 1].map(at);
                if single(token.word) && !beside.into_iter().any(single) {
                    let c = lexicon.word(token.word).text.chars().next();
                    *alone.entry(c.unwrap_or_default()).or_default() += 1;
                }
            }
        }
        Self {
            lines,
            alone,
            pairs,
            words,
        }
    }

    /// How often a word stands.
    pub(super) fn times(&self, word: u32) -> u32 {
        self.words.get(word as usize).copied().unwrap_or_default()
    }

    /// Whether a character of a form stands as a word nowhere else.
    pub(super) fn stray(&self, form: &Form, at: usize) -> bool {
        let times = form.chars.get(at).and_then(|c| self.alone.get(c));
        times.copied().unwrap_or(0) <= form.count
    }

    /// How often the characters before and behind a place of a form stand side by side.
    pub(super) fn bond(&self, form: &Form, at: usize) -> u32 {
        let [outer_before, outer_after] = self.outside(form);
        let before = match at.checked_sub(1) {
            Some(i) => form.chars.get(i).copied(),
            None => outer_before,
        };
        match (before, form.chars.get(at).copied().or(outer_after)) {
            (Some(a), Some(b)) => self.pairs.count(pair(a, b)).into(),
            _ => 0,
        }
    }

    /// The Han characters on both sides of a form's first place.
    fn outside(&self, form: &Form) -> [Option<char>; 2] {
        let Some(&(n, span)) = form.places.first() else {
            return [None; 2];
        };
        let text = self.lines.get(n as usize).map_or("", |l| l.text.text);
        let (before, _) = halves(text, span.start as usize);
        let (_, after) = halves(text, span.end as usize);
        [before.chars().next_back(), after.chars().next()]
            .map(|c| c.filter(|&c| is_han(c)).map(simplified))
    }
}

fn pair(a: char, b: char) -> u64 {
    key([u32::from(a), u32::from(b)])
}
