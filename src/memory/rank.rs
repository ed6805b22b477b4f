//! Scores: how well an entry fits a segment, and which of two goes first.
//!
//! The same few lines rank what comes from the index and what is held in
//! memory, so that an answer does not depend on where an entry was found.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Entry;
use super::features::{Features, Side, Signature, neighbor};
use crate::lang::Lang;
use crate::text::distance::Pattern;

/// What is looked up.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    /// The segment, inline codes as written.
    pub text: &'a str,
    /// The language it is in.
    pub from: Lang,
    /// The segment before it, or nothing.
    pub prev: &'a str,
    /// The segment after it, or nothing.
    pub next: &'a str,
    /// The most candidates wanted.
    pub limit: usize,
    /// The lowest base score wanted, 0–100; of the same text with other numbers the lowest score.
    pub min: u8,
    /// Look at every entry, whatever `min` is.
    pub exact: bool,
}

/// An entry that fits a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The entry; the best of those with the same two texts.
    pub entry: Entry,
    /// 102, 101: the same text with both or one neighbor the same. 100: the
    /// same text. 99: the same folded tokens and the same inline codes. 95–98:
    /// the same once numbers, punctuation and codes are blanked. At most 94: the
    /// base score.
    pub score: u8,
    /// floor(100 · (1 − token edit distance / longer token count)); an inline code is one token.
    pub base: u8,
    /// How many entries seen have the same two texts; at least 1.
    pub times: u32,
}

/// Whether every entry at or above the threshold was certain to be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Retrieval {
    /// Nothing at or above the threshold can be missing.
    #[default]
    Exact,
    /// Below the index's own threshold some may be missing.
    Candidates,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Best first; no two with the same two texts.
    pub list: Vec<Candidate>,
    /// How it was found.
    pub retrieval: Retrieval,
}

/// The score and the base score of an entry for a segment, as a candidate has
/// them, whatever the threshold.
///
/// ```
/// use zhengming::lang::Lang;
/// use zhengming::memory::{Entry, Lookup, rank::score};
/// let entry = Entry { zh: "拨款500亿美元。".into(), en: "US$50 billion was allocated.".into(), ..Entry::default() };
/// let lookup = |text| Lookup { text, from: Lang::Zh, prev: "", next: "", limit: 5, min: 50, exact: false };
/// assert_eq!(score(&lookup("拨款500亿美元。"), &entry), (100, 100));
/// assert_eq!(score(&lookup("撥款500億美元。"), &entry), (99, 100));
/// assert_eq!(score(&lookup("拨款300亿美元。"), &entry), (97, 85));
/// assert_eq!(score(&lookup("**拨款**500亿美元。"), &entry), (98, 77));
/// ```
pub fn score(lookup: &Lookup<'_>, entry: &Entry) -> (u8, u8) {
    let probe = Probe::new(lookup);
    let (features, _) = Features::new(entry, false);
    let side = &features.sides[lookup.from];
    let context = probe.context(features.prev, features.next);
    probe
        .score(&side.tokens, side.raw, side.shape, context, [0, 0])
        .unwrap_or((0, 0))
}

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// At entries with the same folded tokens.
    Same,
    /// At those that can be near enough.
    Near,
    /// At every entry.
    All,
}

/// A lookup as numbers.
#[derive(Debug)]
pub(super) struct Probe {
    /// The segment.
    pub(super) side: Side,
    /// The same, made ready for comparing with many.
    pattern: Pattern,
    prev: u64,
    next: u64,
}

impl Probe {
    pub(super) fn new(lookup: &Lookup<'_>) -> Self {
        let side = Side::new(lookup.text);
        Self {
            pattern: Pattern::new(&side.tokens),
            side,
            prev: neighbor(lookup.prev),
            next: neighbor(lookup.next),
        }
    }

    /// How many known neighbors agree, 0–2.
    pub(super) fn context(&self, prev: u64, next: u64) -> u8 {
        u8::from(self.prev != 0 && self.prev == prev)
            + u8::from(self.next != 0 && self.next == next)
    }

    /// Whether a text of `len` tokens can reach a base score of `min`.
    pub(super) fn length_fits(&self, len: usize, min: u8) -> bool {
        let own = self.side.tokens.len();
        100 * own.min(len) >= usize::from(min) * own.max(len)
    }

    /// Whether a text can reach a base score of `min`, by the brief part of its signature.
    pub(super) fn brief_fits(&self, brief: u64, min: u8) -> bool {
        // As many tokens or more: it is not known.
        let Some(len) = Signature::len(brief) else {
            return true;
        };
        let own = self.side.signature.brief & Signature::BITS;
        let other = |_| brief & Signature::BITS;
        self.length_fits(len, min) && Signature::fits(&[own], other, self.allowed(len, min))
    }

    /// Whether a text can reach a base score of `min`, by the wide part of its signature.
    pub(super) fn wide_fits(&self, brief: u64, wide: impl Fn(usize) -> u64, min: u8) -> bool {
        let own = &self.side.signature.wide;
        Signature::len(brief).is_none_or(|len| Signature::fits(own, wide, self.allowed(len, min)))
    }

    /// The edits between the segment and a text of `len` tokens that leave a base score of `min`.
    fn allowed(&self, len: usize, min: u8) -> usize {
        allowed(self.side.tokens.len().max(len), min)
    }

    /// The base score against these tokens, where it reaches `min`.
    pub(super) fn base(&self, tokens: &[u32], min: u8) -> Option<u8> {
        let longer = self.pattern.len().max(tokens.len());
        if longer == 0 {
            return Some(100);
        }
        let edits = self.pattern.distance_within(tokens, allowed(longer, min))?;
        Some((100 * (longer - edits) / longer) as u8)
    }

    /// Score and base score; `None` where they cannot be among the best
    /// ([`Best::thresholds`]). An exact match and one with the same shape count
    /// whatever their base score.
    pub(super) fn score(
        &self,
        tokens: &[u32],
        raw: u64,
        shape: u64,
        context: u8,
        [min, lowest]: [u8; 2],
    ) -> Option<(u8, u8)> {
        let own = &self.side;
        if own.raw == raw {
            return Some((100 + context, 100));
        }
        // Of spaces only: another one is no match.
        if own.tokens.is_empty() || tokens.is_empty() {
            return (min == 0).then_some((0, 0));
        }
        if own.tokens == tokens {
            return Some((99, 100));
        }
        if shape != 0 && own.shape == shape {
            let score = 98 - self.replaced(tokens).min(3) as u8;
            if score < lowest {
                return None;
            }
            return Some((score, self.base(tokens, 0)?));
        }
        let base = self.base(tokens, min)?;
        Some((base.min(94), base))
    }

    /// How many tokens of the same shape's text differ: at most one a number or
    /// code, none where one has only more punctuation or codes.
    fn replaced(&self, tokens: &[u32]) -> usize {
        let (own, other): (HashSet<u32>, HashSet<u32>) = (
            self.side.tokens.iter().copied().collect(),
            tokens.iter().copied().collect(),
        );
        own.difference(&other)
            .count()
            .min(other.difference(&own).count())
    }
}

/// The edits that a base score of `min` allows for `longer` tokens.
fn allowed(longer: usize, min: u8) -> usize {
    longer * (100 - usize::from(min.min(100))) / 100
}

/// Where a found entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    /// In memory, by number.
    Held(usize),
    /// In the index: segment and document.
    Indexed(u32, u32),
}

/// An entry found, before it is loaded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) score: u8,
    pub(super) base: u8,
    /// As [`Features::order`].
    pub(super) order: u64,
    /// The hashes of both texts as written: entries with the same ones are one candidate.
    pub(super) pair: (u64, u64),
    /// Rank of the file, from 0, best first.
    pub(super) file: usize,
    pub(super) line: u32,
    pub(super) address: Address,
    /// How many entries it stands for.
    pub(super) times: u32,
}

impl Found {
    /// Smaller is better.
    pub(super) fn sort_key(&self) -> impl Ord + use<> {
        (
            Reverse(self.score),
            Reverse(self.base),
            Reverse(self.order),
            self.file,
            Reverse(self.line),
        )
    }
}

/// The best entries found so far, best first, each pair of texts once.
#[derive(Debug)]
pub(super) struct Best {
    limit: usize,
    min: u8,
    lowest: u8,
    found: Vec<Found>,
}

impl Best {
    pub(super) fn new(limit: usize, min: u8) -> Self {
        Self {
            limit,
            min,
            lowest: min,
            found: Vec::new(),
        }
    }

    /// The lowest base score with which a fuzzy match can still be among the
    /// best; over 100 where none can.
    pub(super) fn threshold(&self) -> u8 {
        self.min
    }

    /// The same, and the lowest score with which a match of the same shape can.
    pub(super) fn thresholds(&self) -> [u8; 2] {
        [self.min, self.lowest]
    }

    pub(super) fn push(&mut self, mut found: Found) {
        let key = found.sort_key();
        if let Some(at) = self.found.iter().position(|f| f.pair == found.pair) {
            if let Some(better) = self.found.get_mut(at).filter(|f| f.sort_key() <= key) {
                better.times += found.times;
                return;
            }
            found.times += self.found.remove(at).times;
        }
        let at = self.found.partition_point(|f| f.sort_key() < key);
        self.found.insert(at, found);
        if self.found.len() >= self.limit {
            self.found.truncate(self.limit);
            if let Some(last) = self.found.last() {
                let lowest = if last.score > 94 { 101 } else { last.base };
                self.min = self.min.max(lowest);
                self.lowest = self.lowest.max(last.score);
            }
        }
    }

    /// The best, best first.
    pub(super) fn finish(self) -> Vec<Found> {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        let parts = ["能源", "部", "500", "3,000", "7", "。", "，"];
        proptest::collection::vec(proptest::sample::select(parts.to_vec()), 1..7)
            .prop_map(|parts| format!("甲{}", parts.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// In whatever order units are looked at, the best are those of all of them, scored
        /// and sorted.
        #[test]
        fn the_best_are_the_best_of_all(
            texts in proptest::collection::vec(text(), 0..20),
            query in text(),
            min in 50..=100u8,
            limit in 1..6usize,
        ) {
            let lookup = Lookup {
                text: &query, from: Lang::Zh, prev: "", next: "", limit, min, exact: true,
            };
            let probe = Probe::new(&lookup);
            let mut best = Best::new(limit, min);
            let mut all: Vec<(u8, u8)> = Vec::new();
            let mut seen = HashSet::new();
            for (at, zh) in texts.iter().enumerate() {
                let entry = Entry { zh: zh.clone(), en: "a".into(), ..Entry::default() };
                let (features, _) = Features::new(&entry, false);
                let side = &features.sides.zh;
                let thresholds = best.thresholds();
                let scored = probe.score(&side.tokens, side.raw, side.shape, 0, thresholds);
                if let Some((score, base)) = scored {
                    best.push(Found {
                        score,
                        base,
                        order: 0,
                        pair: (side.raw, 0),
                        file: 0,
                        line: 0,
                        address: Address::Held(at),
                        times: 1,
                    });
                }
                let (score, base) = super::score(&lookup, &entry);
                let fits = match score {
                    99.. => true,
                    95.. => score >= min,
                    _ => base >= min,
                };
                if fits && seen.insert(zh) {
                    all.push((score, base));
                }
            }
            all.sort_unstable_by_key(|one| Reverse(*one));
            all.truncate(limit);
            let found = best.finish().into_iter().map(|found| (found.score, found.base));
            prop_assert_eq!(found.collect::<Vec<_>>(), all);
        }
    }
}
