//! Which tokens of a text to look it up by: the rarest.
//!
//! The prefix filter of set-similarity joins (Chaudhuri, Ganti and Kaushik
//! 2006; Bayardo, Ma and Srikant 2007), for bags of tokens. A text of n tokens
//! that reaches a base score of T against another has at least ⌈T·n⌉ tokens in
//! common with it. So of its n − ⌈T·n⌉ + 1 rarest tokens at least one is among
//! the other's rarest, too, whatever the order of rarity is – as long as it is
//! the same for both. It is therefore written down with the index and stays
//! until all is built anew.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;

/// The score from which nothing is missed: what texts are filed under is for it.
pub(in crate::memory) const NEAR: u8 = 70;

/// How many of the commonest tokens are told apart; all others count as rare.
const COMMON: usize = 8192;

/// A fixed order of all tokens by rarity.
#[derive(Debug, Clone, Default)]
pub(super) struct Rarity {
    /// The place of the common ones, the commonest at 0.
    places: FxHashMap<u32, u32>,
}

impl Rarity {
    /// The order that a list of the commonest tokens gives, commonest first.
    pub(super) fn new(common: &[u32]) -> Self {
        Self {
            places: common.iter().copied().zip(0..).collect(),
        }
    }

    /// The commonest tokens of these counts, commonest first.
    pub(super) fn commonest(counts: &HashMap<u32, u32>) -> Vec<u32> {
        let mut all: Vec<(u32, u32)> = counts.iter().map(|(t, n)| (*n, *t)).collect();
        all.sort_unstable_by_key(|(count, token)| (std::cmp::Reverse(*count), *token));
        all.truncate(COMMON);
        all.into_iter().map(|(_, token)| token).collect()
    }

    /// Smaller is rarer.
    fn rank(&self, token: u32) -> (u32, u32) {
        let commonness = self.places.get(&token).map_or(0, |place| u32::MAX - place);
        (commonness, token)
    }

    /// The tokens to look a text up by when `min` is wanted, rarest first,
    /// each once, with the number of tokens that are rarer.
    pub(super) fn prefix(&self, tokens: &[u32], min: u8) -> Vec<(usize, u32)> {
        let mut sorted = self.sorted(tokens);
        sorted.truncate(length(tokens.len(), min));
        let mut prefix: Vec<(usize, u32)> = sorted.into_iter().enumerate().collect();
        prefix.dedup_by_key(|(_, token)| *token);
        prefix
    }

    /// Where a text stands among others: by length, and then by the commonest
    /// of the tokens that it is filed under.
    pub(super) fn place(&self, tokens: &[u32]) -> (u64, u32) {
        let last = self.prefix(tokens, NEAR).pop();
        (class(tokens.len()), last.map_or(0, |(_, token)| token))
    }

    /// What texts are filed under: a token, and in the lowest byte a class of
    /// lengths, so that the texts with a token stand together, the shorter
    /// first. With a rare token there are few: they are not parted.
    pub(super) fn filed(&self, token: u32, len: usize) -> u64 {
        let class = self.places.get(&token).map_or(0, |_| class(len));
        u64::from(token) << 8 | class
    }

    /// What a text is filed under that has a token and one of these numbers of tokens.
    pub(super) fn drawer(&self, token: u32, lens: &RangeInclusive<usize>) -> RangeInclusive<u64> {
        self.filed(token, *lens.start())..=self.filed(token, *lens.end())
    }

    fn sorted(&self, tokens: &[u32]) -> Vec<u32> {
        let mut ranked: Vec<(u32, u32)> = tokens.iter().map(|token| self.rank(*token)).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, token)| token).collect()
    }
}

/// The lengths of the texts that can reach `min` where none of the `rarer`
/// tokens of a text of `len` is in them: what is commoner must be enough.
/// `None` where it never is.
pub(super) fn lengths(len: usize, rarer: usize, min: usize) -> Option<RangeInclusive<usize>> {
    let common = len - rarer.min(len);
    (100 * common >= min * len).then(|| (len * min).div_ceil(100)..=(100 * common / min.max(1)))
}

/// The class of a number of tokens, at most 255: up to sixteen each its own,
/// then eight for every doubling.
fn class(len: usize) -> u64 {
    let Some(doublings) = len.checked_ilog2().filter(|d| *d >= 4) else {
        return len as u64;
    };
    let step = (len >> (doublings - 3)) as u64 & 7;
    (16 + u64::from(doublings - 4) * 8 + step).min(255)
}

/// How many of the rarest tokens of `len` must be looked at for `min`.
fn length(len: usize, min: u8) -> usize {
    let common = (len * usize::from(min)).div_ceil(100);
    (len - common.min(len) + 1).min(len)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::distance::distance;

    #[test]
    fn classes_of_lengths_are_in_order() {
        let classes: Vec<u64> = (0..5000).map(class).collect();
        assert!(classes.windows(2).all(|w| w[0] <= w[1] && w[1] <= w[0] + 1));
        assert_eq!(
            [class(15), class(16), class(31), class(32)],
            [15, 16, 23, 24]
        );
        assert_eq!(class(usize::MAX), 255);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the order: two texts that are near enough share a token of their prefixes.
        #[test]
        fn no_near_text_is_missed(
            a in proptest::collection::vec(0u32..9, 1..12),
            edits in proptest::collection::vec((0usize..12, 0u32..9, 0..3u8), 0..5),
            common in proptest::collection::vec(0u32..9, 0..9),
            wanted in NEAR..=100,
        ) {
            let mut b = a.clone();
            for (at, token, kind) in edits {
                let at = at % b.len();
                match kind {
                    0 => b[at] = token,
                    1 => b.insert(at, token),
                    _ if b.len() > 1 => drop(b.remove(at)),
                    _ => {}
                }
            }
            let longer = a.len().max(b.len());
            let base = (100 * (longer - distance(&a, &b)) / longer) as u8;
            prop_assume!(base >= NEAR);
            let min = wanted.min(base);
            let rarity = Rarity::new(&common);
            let drawers = |(rarer, token): (usize, u32)| {
                let lens = lengths(a.len(), rarer, usize::from(min))?;
                Some(rarity.drawer(token, &lens))
            };
            let drawers: Vec<_> = rarity.prefix(&a, min).into_iter().filter_map(drawers).collect();
            let near = rarity.prefix(&b, NEAR);
            let found = near.into_iter().any(|(_, token)| {
                let place = rarity.filed(token, b.len());
                drawers.iter().any(|drawer| drawer.contains(&place))
            });
            prop_assert!(found);
        }
    }
}
