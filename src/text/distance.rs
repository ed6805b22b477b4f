//! Edit distance over tokens.

use rustc_hash::{FxBuildHasher, FxHashMap};

pub use super::diff::{Op, diff};

/// The Levenshtein distance of two token sequences: the least number of
/// tokens to insert, delete or replace that makes one the other.
///
/// Myers' bit-parallel algorithm ("A fast bit-vector algorithm for
/// approximate string matching based on dynamic programming", JACM 46, 1999)
/// in Hyyrö's form for the global distance (2003): 64 cells of a column at a
/// time, any length in blocks.
///
/// ```
/// use zhengming::text::{distance::distance, token::keys};
/// assert_eq!(distance(&keys("能源部启动创世计划"), &keys("能源部启动创世纪计划")), 1);
/// ```
pub fn distance(a: &[u32], b: &[u32]) -> usize {
    Pattern::new(a).distance(b)
}

/// The [`distance`] where it is at most `max`, found faster the smaller `max` is.
///
/// ```
/// use zhengming::text::distance::distance_within;
/// assert_eq!(distance_within(&[1, 2, 3], &[1, 3], 1), Some(1));
/// assert_eq!(distance_within(&[1, 2, 3], &[4, 5, 6], 2), None);
/// ```
pub fn distance_within(a: &[u32], b: &[u32], max: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    Pattern::new(a).distance_within(b, max)
}

/// A token sequence prepared for comparison with many others.
///
/// ```
/// use zhengming::text::{distance::Pattern, token::keys};
/// let query = Pattern::new(&keys("能源部启动创世计划"));
/// assert_eq!(query.distance(&keys("能源部结束创世计划")), 2);
/// ```
#[derive(Debug, Clone)]
pub struct Pattern {
    len: usize,
    /// For each token its positions in the pattern, as bits, one word a block.
    places: FxHashMap<u32, usize>,
    masks: Vec<u64>,
}

impl Pattern {
    /// Prepares a sequence: 8 bytes for each different token and each 64 tokens of its length.
    pub fn new(tokens: &[u32]) -> Self {
        let blocks = tokens.len().div_ceil(64);
        let mut pattern = Self {
            len: tokens.len(),
            places: FxHashMap::with_capacity_and_hasher(tokens.len(), FxBuildHasher),
            masks: vec![0; blocks], // the first row: tokens that are not in the pattern
        };
        for (at, &token) in tokens.iter().enumerate() {
            let row = *pattern.places.entry(token).or_insert_with(|| {
                let row = pattern.masks.len();
                pattern.masks.resize(row + blocks, 0);
                row
            });
            pattern.masks[row + at / 64] |= 1 << (at % 64);
        }
        pattern
    }

    /// How many tokens it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its [`distance`] to another sequence.
    pub fn distance(&self, other: &[u32]) -> usize {
        self.distance_within(other, usize::MAX)
            .unwrap_or(usize::MAX)
    }

    /// Its distance to another sequence where that is at most `max`.
    pub fn distance_within(&self, other: &[u32], max: usize) -> Option<usize> {
        if self.len.abs_diff(other.len()) > max {
            return None;
        }
        if self.len == 0 || other.is_empty() {
            return Some(self.len.max(other.len()));
        }
        if self.len <= 64 {
            self.one_block(other, max)
        } else {
            self.blocks(other, max)
        }
    }

    fn row(&self, token: u32) -> &[u64] {
        let blocks = self.len.div_ceil(64);
        let row = self.places.get(&token).copied().unwrap_or(0);
        self.masks.get(row..row + blocks).unwrap_or(&[])
    }

    fn one_block(&self, other: &[u32], max: usize) -> Option<usize> {
        let last = 1u64 << (self.len - 1);
        let (mut up, mut down) = (!0u64, 0u64);
        let mut score = self.len;
        for (done, &token) in other.iter().enumerate() {
            let equal = self.row(token).first().copied().unwrap_or(0);
            let step = column(equal, &mut up, &mut down, 1);
            score = score + usize::from(step.up & last != 0) - usize::from(step.down & last != 0);
            // Every token that is left lowers the score by one at most.
            if score > max.saturating_add(other.len() - done - 1) {
                return None;
            }
        }
        (score <= max).then_some(score)
    }

    fn blocks(&self, other: &[u32], max: usize) -> Option<usize> {
        let blocks = self.len.div_ceil(64);
        let last = 1u64 << ((self.len - 1) % 64);
        let mut columns = vec![(!0u64, 0u64); blocks];
        let mut score = self.len;
        for (done, &token) in other.iter().enumerate() {
            // The step into the first block: the row above grows by one a column.
            let mut carry = 1i8;
            for (block, (equal, (up, down))) in self.row(token).iter().zip(&mut columns).enumerate()
            {
                let step = column(*equal, up, down, carry);
                let edge = if block + 1 == blocks { last } else { 1 << 63 };
                carry = i8::from(step.up & edge != 0) - i8::from(step.down & edge != 0);
            }
            score = score.saturating_add_signed(isize::from(carry));
            if score > max.saturating_add(other.len() - done - 1) {
                return None;
            }
        }
        (score <= max).then_some(score)
    }
}

/// The horizontal differences of a block of a column, as bits: where the
/// distance grew by one from the column before, and where it fell.
struct Step {
    up: u64,
    down: u64,
}

/// One column of one block. `up` and `down` are its vertical differences,
/// `carry` the horizontal difference of the cell above it.
fn column(equal: u64, up: &mut u64, down: &mut u64, carry: i8) -> Step {
    let fell = u64::from(carry < 0);
    let vertical = equal | *down;
    let equal = equal | fell;
    let diagonal = ((equal & *up).wrapping_add(*up) ^ *up) | equal;
    let step = Step {
        up: *down | !(diagonal | *up),
        down: *up & diagonal,
    };
    let shifted_up = step.up << 1 | u64::from(carry > 0);
    let shifted_down = step.down << 1 | fell;
    *up = shifted_down | !(vertical | shifted_up);
    *down = shifted_up & vertical;
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook's table.
    fn plain(a: &[u32], b: &[u32]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, y) in b.iter().enumerate() {
                let next = (diagonal + usize::from(x != y))
                    .min(row[j] + 1)
                    .min(row[j + 1] + 1);
                diagonal = std::mem::replace(&mut row[j + 1], next);
            }
        }
        row[b.len()]
    }

    #[test]
    fn long_sequences_cross_blocks() {
        let a: Vec<u32> = (0..1000).collect();
        let mut b = a.clone();
        b.remove(63);
        b.remove(500);
        b.insert(700, 5000);
        b[900] = 6000;
        assert_eq!(distance(&a, &b), 4);
        assert_eq!(distance_within(&a, &b, 4), Some(4));
        assert_eq!(distance_within(&a, &b, 3), None);
        assert_eq!(distance(&a, &[]), 1000);
        assert_eq!(distance(&[], &a), 1000);
        assert_eq!(distance(&[], &[]), 0);
    }

    fn sequence(longest: usize) -> impl Strategy<Value = Vec<u32>> {
        proptest::collection::vec(0u32..5, 0..longest)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn distance_is_the_textbooks(a in sequence(200), b in sequence(200), max in 0usize..220) {
            let expected = plain(&a, &b);
            prop_assert_eq!(distance(&a, &b), expected);
            prop_assert_eq!(distance(&b, &a), expected);
            prop_assert_eq!(distance_within(&a, &b, max), (expected <= max).then_some(expected));
        }

        #[test]
        fn short_ones_too(a in sequence(70), b in sequence(70), max in 0usize..80) {
            let expected = plain(&a, &b);
            prop_assert_eq!(distance(&a, &b), expected);
            prop_assert_eq!(distance_within(&a, &b, max), (expected <= max).then_some(expected));
        }
    }
}
