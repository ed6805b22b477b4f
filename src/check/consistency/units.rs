//! Units with both texts, and which of them have which words.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::meanings::Meanings;
use super::{BREAK, Lexicon, Line, key};
use crate::lang::Lang;
use crate::span::Span;

/// Units with both texts.
pub(super) struct Units<'a> {
    pub(super) source: Vec<Line<'a>>,
    pub(super) target: Vec<Line<'a>>,
    pub(super) from: Lexicon,
    pub(super) to: Lexicon,
    /// What the dictionary says of their words.
    pub(super) meanings: Meanings,
    /// For each target word the units that have it.
    pub(super) targets: Postings,
    /// For each source word the units that have it.
    pub(super) sources: Postings,
    /// For each target word the source words that it comes with, once asked for.
    pub(super) anchors: Vec<OnceLock<Vec<Anchor>>>,
}

/// A source word that a target word comes with, and their Dice coefficient.
pub(super) type Anchor = (u32, f64);

/// The units that have a word, word by word.
pub(super) struct Postings {
    starts: Vec<u32>,
    units: Vec<u32>,
}

impl Postings {
    pub(super) fn new(lines: &[Line<'_>], words: usize) -> Self {
        let unique = |line: &Line<'_>| {
            let mut words: Vec<u32> = line.tokens.iter().map(|t| t.word).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let mut starts = vec![0u32; words + 1];
        for line in lines {
            for word in unique(line) {
                starts[word as usize + 1] += 1;
            }
        }
        for word in 0..words {
            starts[word + 1] += starts[word];
        }
        let mut units = vec![0; starts[words] as usize];
        let mut next = starts.clone();
        for (n, line) in (0..).zip(lines) {
            for word in unique(line) {
                units[next[word as usize] as usize] = n;
                next[word as usize] += 1;
            }
        }
        Self { starts, units }
    }

    pub(super) fn of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.units[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// How many units have a word.
    pub(super) fn len(&self, word: u32) -> usize {
        self.of(word).len()
    }

    /// How many units have all of some words.
    pub(super) fn all(&self, words: &[u32]) -> usize {
        let Some(&rarest) = words.iter().min_by_key(|&&w| self.len(w)) else {
            return 0;
        };
        let has = |unit: &&u32| {
            words
                .iter()
                .all(|&w| self.of(w).binary_search(unit).is_ok())
        };
        self.of(rarest).iter().filter(has).count()
    }
}

/// Units looked at to learn what comes with an expression or a word.
pub(super) const LEARN: usize = 120;

/// The longest wording, in words, small ones between included.
pub(super) const LONGEST: usize = 7;

impl Units<'_> {
    pub(super) fn target_text(&self, unit: u32) -> &str {
        self.target[unit as usize].text.text
    }

    /// The source words that a target word comes with, best first.
    pub(super) fn anchors(&self, word: u32) -> &[Anchor] {
        self.anchors[word as usize].get_or_init(|| {
            let units = self.targets.of(word);
            let step = units.len().div_ceil(LEARN).max(1);
            let mut counts: HashMap<u32, (usize, u32)> = HashMap::new();
            for &unit in units.iter().step_by(step) {
                for token in &self.source[unit as usize].tokens {
                    let entry = counts.entry(token.word).or_insert((0, u32::MAX));
                    if entry.1 != unit && !self.from.small(token.word) {
                        *entry = (entry.0 + 1, unit);
                    }
                }
            }
            let all = self.source.len() as f64;
            let mut anchors: Vec<Anchor> = counts
                .into_iter()
                .filter(|(_, (both, _))| *both >= 2)
                .filter_map(|(other, (both, _))| {
                    let both = both as f64 * step as f64;
                    let total = self.sources.len(other) as f64;
                    let lift = both * all / (total * units.len() as f64);
                    let dice = 2.0 * both / (total + units.len() as f64);
                    (lift >= 1.2).then_some((other, dice))
                })
                .collect();
            anchors.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            anchors.truncate(8);
            anchors
        })
    }

    /// One number for all ways to write a rendering: the order of English words is no matter.
    pub(super) fn canonical(&self, words: &[u32]) -> u64 {
        match self.to.lang {
            Lang::Zh => key(words.iter().copied()),
            Lang::En => {
                let mut words = words.to_vec();
                words.sort_unstable();
                key(words)
            }
        }
    }

    /// Whether the dictionary has a target word for a source word.
    pub(super) fn means(&self, source: u32, target: u32) -> bool {
        match self.to.lang {
            Lang::En => self.meanings.agree(source, target),
            Lang::Zh => self.meanings.agree(target, source),
        }
    }

    /// Whether the dictionary has a target word for a word of a unit's source that is none of some.
    pub(super) fn meant_beside(&self, unit: u32, words: &[u32], target: u32) -> bool {
        let mut tokens = self.source[unit as usize].tokens.iter();
        tokens.any(|t| !words.contains(&t.word) && self.means(t.word, target))
    }

    /// Whether a unit has all words of a rendering, close together.
    pub(super) fn has(&self, unit: u32, words: &[u32]) -> bool {
        let has = |w: &u32| self.targets.of(*w).binary_search(&unit).is_ok();
        if words.iter().all(has) && self.closest(unit, words).is_some() {
            return true;
        }
        // Chinese words are not always cut alike.
        self.to.lang == Lang::Zh && self.joined(unit).contains(&self.spelled(words))
    }

    pub(super) fn spelled(&self, words: &[u32]) -> String {
        words
            .iter()
            .map(|&w| self.to.word(w).text.as_str())
            .collect()
    }

    /// A unit's target without what stands between its words.
    pub(super) fn joined(&self, unit: u32) -> String {
        let tokens = &self.target[unit as usize].tokens;
        let text = |t: &super::Token| match t.word {
            BREAK => "\n",
            word => self.to.word(word).text.as_str(),
        };
        tokens.iter().map(text).collect()
    }

    /// Where the words of a rendering stand closest together in a unit.
    pub(super) fn locate(&self, unit: u32, words: &[u32]) -> Option<Span> {
        let (start, end) = self.closest(unit, words)?;
        Some(self.target[unit as usize].span(start, end))
    }

    /// The first and the last token of that place.
    pub(super) fn closest(&self, unit: u32, words: &[u32]) -> Option<(usize, usize)> {
        let line = &self.target[unit as usize];
        let mut best: Option<(usize, usize)> = None;
        for (start, token) in line.tokens.iter().enumerate() {
            if !words.contains(&token.word) {
                continue;
            }
            let mut missing = words.to_vec();
            for (end, token) in line.tokens.iter().enumerate().skip(start).take(LONGEST + 2) {
                if token.word == BREAK {
                    break;
                }
                missing.retain(|&w| w != token.word);
                if missing.is_empty() {
                    if best.is_none_or(|(s, e)| end - start < e - s) {
                        best = Some((start, end));
                    }
                    break;
                }
            }
        }
        best
    }
}
