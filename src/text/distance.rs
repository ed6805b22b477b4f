//! Edit distance over tokens, and the edits.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

use super::chars::is_latin_word;
use crate::span::Span;

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
    places: HashMap<u32, usize, BuildHasherDefault<Spread>>,
    masks: Vec<u64>,
}

/// Tokens are hashes or code points already: one multiplication spreads them.
#[derive(Debug, Clone, Copy, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, token: u32) {
        self.0 = (self.0 ^ u64::from(token)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

impl Pattern {
    /// Prepares a sequence.
    pub fn new(tokens: &[u32]) -> Self {
        let blocks = tokens.len().div_ceil(64);
        let mut pattern = Self {
            len: tokens.len(),
            places: HashMap::with_capacity_and_hasher(tokens.len(), BuildHasherDefault::default()),
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

/// What happens to a piece of text between an old and a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// In both.
    Equal,
    /// Only in the old.
    Delete,
    /// Only in the new.
    Insert,
}

/// The pieces that lead from `old` to `new`, compared exactly (nothing is
/// folded): by character for Chinese, by word for English.
///
/// The equal pieces are a longest common subsequence (Myers, "An O(ND)
/// difference algorithm and its variations", 1986). Neighbours of one kind are
/// merged, and where text is replaced the deletion comes first.
///
/// ```
/// use zhengming::text::distance::{Op, diff};
/// let pieces = diff("启动创世纪计划", "启动创世计划");
/// let expected = [(Op::Equal, "启动创世"), (Op::Delete, "纪"), (Op::Equal, "计划")];
/// assert!(pieces.iter().map(|(op, text)| (*op, text.as_str())).eq(expected));
/// ```
pub fn diff(old: &str, new: &str) -> Vec<(Op, String)> {
    let (a, b) = (atoms(old), atoms(new));
    let before = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let after = a[before..]
        .iter()
        .rev()
        .zip(b[before..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let mut pieces = Pieces::default();
    a[..before]
        .iter()
        .for_each(|atom| pieces.add(Op::Equal, atom));
    middle(
        &a[before..a.len() - after],
        &b[before..b.len() - after],
        &mut pieces,
    );
    a[a.len() - after..]
        .iter()
        .for_each(|atom| pieces.add(Op::Equal, atom));
    pieces.done()
}

/// What is compared as one: a Latin word, a number, or any other character.
fn atoms(text: &str) -> Vec<&str> {
    let mut atoms: Vec<Span> = Vec::new();
    let mut joins = false; // whether the last atom is a word that a letter continues
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let word = is_latin_word(c) || super::chars::is_mark(c);
        match atoms.last_mut() {
            Some(last) if word && joins => last.end = end as u32,
            _ => atoms.push(Span::new(at, end)),
        }
        joins = word;
    }
    atoms.iter().map(|span| span.of(text)).collect()
}

/// Collects pieces: in a stretch without equal text all deletions come before all insertions.
#[derive(Default)]
struct Pieces {
    pieces: Vec<(Op, String)>,
    deleted: String,
    inserted: String,
}

impl Pieces {
    fn add(&mut self, op: Op, text: &str) {
        match op {
            Op::Delete => self.deleted.push_str(text),
            Op::Insert => self.inserted.push_str(text),
            Op::Equal => {
                self.flush();
                match self.pieces.last_mut() {
                    Some((Op::Equal, last)) => last.push_str(text),
                    _ => self.pieces.push((Op::Equal, text.to_owned())),
                }
            }
        }
    }

    fn flush(&mut self) {
        for (op, text) in [
            (Op::Delete, &mut self.deleted),
            (Op::Insert, &mut self.inserted),
        ] {
            if !text.is_empty() {
                self.pieces.push((op, std::mem::take(text)));
            }
        }
    }

    fn done(mut self) -> Vec<(Op, String)> {
        self.flush();
        self.pieces
    }
}

/// Edits after which the middle is shown as replaced whole: nobody reads such
/// a diff, and time and memory grow with the square.
const EDITS: isize = 1000;

/// The furthest point (as `x`) reached on the diagonals around 0, before a round of edits.
struct Front {
    /// The lowest diagonal stored.
    lowest: isize,
    reached: Vec<usize>,
}

impl Front {
    fn get(&self, k: isize) -> usize {
        let at = usize::try_from(k - self.lowest).ok();
        at.and_then(|at| self.reached.get(at)).copied().unwrap_or(0)
    }

    /// Where diagonal `k` (`x - y`) begins in round `edits`, and the diagonal it comes from.
    fn step(&self, k: isize, edits: isize) -> (usize, isize) {
        if edits == 0 {
            return (0, k);
        }
        let (left, right) = (self.get(k - 1), self.get(k + 1));
        if k == -edits || (k != edits && left < right) {
            (right, k + 1)
        } else {
            (left + 1, k - 1)
        }
    }
}

/// Myers' greedy search: the furthest point on each diagonal with 0, 1, 2… edits.
fn middle(a: &[&str], b: &[&str], pieces: &mut Pieces) {
    let Some(fronts) = search(a, b) else {
        a.iter().for_each(|atom| pieces.add(Op::Delete, atom));
        b.iter().for_each(|atom| pieces.add(Op::Insert, atom));
        return;
    };
    // Walk back from the end.
    let mut script: Vec<(Op, &str)> = Vec::new();
    let (mut x, mut y) = (a.len(), b.len());
    for (edits, front) in fronts.iter().enumerate().rev() {
        let k = x as isize - y as isize;
        let (start, before) = front.step(k, edits as isize);
        while x > start {
            (x, y) = (x - 1, y - 1);
            script.push((Op::Equal, a[x]));
        }
        if edits == 0 {
            break;
        }
        if before > k {
            y -= 1;
            script.push((Op::Insert, b[y]));
        } else {
            x -= 1;
            script.push((Op::Delete, a[x]));
        }
    }
    for (op, text) in script.into_iter().rev() {
        pieces.add(op, text);
    }
}

/// The fronts before each round until both ends are reached; `None` after too many.
fn search(a: &[&str], b: &[&str]) -> Option<Vec<Front>> {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let mut fronts: Vec<Front> = Vec::new();
    let mut front = Front {
        lowest: 0,
        reached: vec![0],
    };
    for edits in 0..=EDITS.min(n + m) {
        let mut next = Front {
            lowest: -edits,
            reached: vec![0; 2 * edits as usize + 1],
        };
        // Diagonals outside the table cannot be on the way.
        let lowest = -edits + 2 * ((edits - m).max(0));
        let highest = edits - 2 * ((edits - n).max(0));
        for k in (lowest..=highest).step_by(2) {
            let mut x = front.step(k, edits).0;
            let mut y = (x as isize - k) as usize;
            while x < a.len() && y < b.len() && a[x] == b[y] {
                (x, y) = (x + 1, y + 1);
            }
            next.reached[(k + edits) as usize] = x;
            if x >= a.len() && y >= b.len() {
                fronts.push(front);
                return Some(fronts);
            }
        }
        fronts.push(std::mem::replace(&mut front, next));
    }
    None
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

    fn shown(old: &str, new: &str) -> String {
        diff(old, new)
            .into_iter()
            .map(|(op, text)| match op {
                Op::Equal => text,
                Op::Delete => format!("[-{text}-]"),
                Op::Insert => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn diffs() {
        for (old, new, expected) in [
            ("", "", ""),
            ("正名", "正名", "正名"),
            ("", "正名", "[+正名+]"),
            ("正名", "", "[-正名-]"),
            ("启动创世纪计划", "启动创世计划", "启动创世[-纪-]计划"),
            (
                "能源部启动计划",
                "商务部结束计划",
                "[-能源-][+商务+]部[-启动-][+结束+]计划",
            ),
            ("the old plan", "the new plan", "the [-old-][+new+] plan"),
            ("a plan", "a plane", "a [-plan-][+plane+]"),
            ("5G网络", "6G网络", "[-5G-][+6G+]网络"),
            ("cafe\u{301} x", "cafe x", "[-cafe\u{301}-][+cafe+] x"),
            ("abc", "xyz", "[-abc-][+xyz+]"),
            ("国防部", "国务院", "国[-防部-][+务院+]"),
        ] {
            assert_eq!(shown(old, new), expected, "{old} → {new}");
        }
    }

    #[test]
    fn texts_without_anything_in_common_cost_little() {
        let (old, new) = ("创".repeat(3000), "世".repeat(3000));
        assert_eq!(diff(&old, &new), [(Op::Delete, old), (Op::Insert, new)]);
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

        #[test]
        fn a_diff_tells_both_texts(old in "[创世计划ab ]{0,12}", new in "[创世计划ab ]{0,12}") {
            let pieces = diff(&old, &new);
            let side = |leave: Op| -> String {
                pieces.iter().filter(|(op, _)| *op != leave).map(|(_, text)| text.as_str()).collect()
            };
            prop_assert_eq!(side(Op::Insert), old);
            prop_assert_eq!(side(Op::Delete), new);
            prop_assert!(pieces.windows(2).all(|two| two[0].0 != two[1].0), "neighbours are merged");
            prop_assert!(pieces.windows(2).all(|two| (two[0].0, two[1].0) != (Op::Insert, Op::Delete)));
        }

        #[test]
        fn a_diff_keeps_as_much_as_can_be(old in "[创世计划]{0,10}", new in "[创世计划]{0,10}") {
            let kept: usize = diff(&old, &new).iter()
                .filter(|(op, _)| *op == Op::Equal).map(|(_, text)| text.chars().count()).sum();
            let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
            for i in 0..a.len() {
                for j in 0..b.len() {
                    table[i + 1][j + 1] = if a[i] == b[j] { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
                }
            }
            prop_assert_eq!(kept, table[a.len()][b.len()]);
        }
    }
}
