//! Chinese by its pinyin: which rows of tokens are read as the letters asked for.
//!
//! The letters are told off token by token, all ways of reading at once: a bit
//! says that so many letters are behind (Baeza-Yates and Gonnet 1992, with
//! steps of a syllable). So a text is looked at in a few instructions a token
//! and nothing of it is read but its tokens' numbers.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::text::pinyin::{letters, syllables};
use crate::text::token::key;

/// The most letters of a query, one less than bits of a number.
pub(super) const MOST: usize = 63;

/// Letters, and what reads them.
#[derive(Debug)]
pub(super) struct Reading {
    letters: String,
    known: RefCell<Known>,
}

/// What tokens can read, as far as that was asked.
#[derive(Debug, Default)]
struct Known {
    steps: FxHashMap<u32, Vec<Step>>,
    /// A bit for every code point that reads nothing, as most do.
    nothing: Vec<u64>,
}

impl Known {
    fn reads_nothing(&self, token: u32) -> bool {
        let bits = self.nothing.get((token / 64) as usize);
        bits.is_some_and(|bits| bits >> (token % 64) & 1 == 1)
    }

    fn note_nothing(&mut self, token: u32) {
        let at = (token / 64) as usize;
        if token <= u32::from(char::MAX) {
            if self.nothing.len() <= at {
                self.nothing.resize(at + 1, 0);
            }
            self.nothing[at] |= 1 << (token % 64);
        }
    }
}

/// A way to read a token.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// In full or by the first letter: a text is read in one of the two ways.
    way: usize,
    /// The numbers of letters that may be behind before it.
    from: u64,
    /// How many it reads.
    letters: u32,
}

/// The letters behind, in either way.
type Behind = [u64; 2];

impl Reading {
    /// Takes pinyin in full or the first letters; tone marks, spaces and
    /// apostrophes make no difference, ü is `v` as well. `None` for what is no pinyin.
    pub(super) fn new(query: &str) -> Option<Self> {
        let letters = letters(query);
        let plain = letters.chars().all(|c| c.is_ascii_alphanumeric());
        let fits = plain && (1..=MOST).contains(&letters.len());
        fits.then(|| Self {
            letters,
            known: RefCell::default(),
        })
    }

    /// Whether any of a text's tokens in a row are read so.
    pub(super) fn within(&self, tokens: &[u32]) -> bool {
        let mut behind: Behind = [0; 2];
        tokens.iter().any(|token| {
            behind = self.step(behind.map(|bits| bits | 1), *token);
            self.done(behind)
        })
    }

    /// The places of tokens that are read so, first and last, not overlapping.
    pub(super) fn places(&self, tokens: &[u32]) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let mut first = 0;
        while let Some(rest) = tokens.get(first..).filter(|rest| !rest.is_empty()) {
            let mut behind: Behind = [1; 2];
            let last = rest.iter().position(|token| {
                behind = self.step(behind, *token);
                self.done(behind)
            });
            if let Some(last) = last {
                places.push((first, first + last));
                first += last;
            }
            first += 1;
        }
        places
    }

    fn done(&self, behind: Behind) -> bool {
        behind
            .iter()
            .any(|bits| bits >> self.letters.len() & 1 == 1)
    }

    /// What is behind after a token.
    fn step(&self, behind: Behind, token: u32) -> Behind {
        let mut known = self.known.borrow_mut();
        let mut after = [0; 2];
        if known.reads_nothing(token) {
            return after;
        }
        if !known.steps.contains_key(&token) {
            let steps = self.steps(token);
            if steps.is_empty() {
                known.note_nothing(token);
            }
            known.steps.insert(token, steps);
        }
        for step in known.steps.get(&token).into_iter().flatten() {
            after[step.way] |= (behind[step.way] & step.from) << step.letters;
        }
        after
    }

    fn steps(&self, token: u32) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut add = |ways: &[usize], text: &str| {
            let from = self.starts(text);
            let letters = text.len() as u32;
            steps.extend(ways.iter().filter(|_| from != 0).map(|way| Step {
                way: *way,
                from,
                letters,
            }));
        };
        let han = char::from_u32(token).filter(|c| !c.is_ascii());
        if let Some(c) = han {
            for syllable in syllables(c) {
                add(&[0], &syllable);
                let initial: String = syllable.chars().take(1).collect();
                add(&[1], &initial);
            }
            return steps;
        }
        // Letters and digits stand for themselves; of a longer token only the hash is known.
        for (start, _) in self.letters.char_indices() {
            let rest = self.letters.chars().skip(start);
            let mut part = String::new();
            for c in rest {
                part.push(c);
                if key(&part) == token {
                    add(&[0, 1], &part);
                    return steps;
                }
            }
        }
        steps
    }

    /// The numbers of letters behind which a text comes next.
    fn starts(&self, text: &str) -> u64 {
        let matches = self.letters.as_bytes().windows(text.len().max(1));
        let here = matches.enumerate().filter(|(_, w)| *w == text.as_bytes());
        here.fold(0, |bits, (at, _)| bits | 1 << at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::keys;

    fn found(query: &str, text: &str) -> bool {
        let reading = Reading::new(query).unwrap();
        let tokens = keys(text);
        let found = reading.within(&tokens);
        assert_eq!(found, !reading.places(&tokens).is_empty());
        found
    }

    #[test]
    fn texts_are_found_by_how_they_are_read() {
        let text = "美國啟動「創世計劃」，重庆的5G网络与AI治理";
        for query in [
            "chuangshi jihua",
            "chuàngshì jìhuà",
            "csjh",
            "chongqing",
            "zhongqing",
            "5gwangluo",
            "yu ai zhili",
            "aizl",
        ] {
            assert!(found(query, text), "{query}");
        }
        // Half a syllable, both ways in one, over a bracket.
        for query in ["chuangshijihu", "chuangsjh", "dongcs", "i"] {
            assert!(!found(query, text), "{query}");
        }
        assert!(found("lvse", "绿色") && found("lüse", "绿色"));
    }

    #[test]
    fn places_do_not_overlap() {
        let reading = Reading::new("shishi").unwrap();
        assert_eq!(reading.places(&keys("实事是事实")), [(0, 1), (2, 3)]);
    }

    #[test]
    fn other_writing_is_no_pinyin() {
        assert!(Reading::new("创世").is_none() && Reading::new(" ").is_none());
        assert!(Reading::new(&"a".repeat(64)).is_none());
    }
}
