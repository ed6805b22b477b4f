//! A dictionary of words with their frequencies, and runs of Han characters
//! cut by it.
//!
//! Of all ways to cut a run into words of the dictionary the most probable one
//! is taken, each word by itself (unigrams; the best path is found from the
//! end on, as jieba does without its model for unknown words). A character
//! with which no word begins stands alone.
//!
//! Costs are whole numbers: their sums do not depend on the order, so where
//! no word reaches across a place, the run may be parted there and each part
//! be cut by itself, with the same result. [`Lexicon::joins`] knows such places.

use crate::span::Span;

/// The words, as a trie with one table for all its edges.
pub(crate) struct Lexicon {
    /// Edges by parent and letter: open addressing with linear probing.
    edges: Vec<Edge>,
    /// What the word that ends at a node costs; [`NO_WORD`] where none does.
    costs: Vec<u32>,
    /// What a character costs that is no word.
    unknown: u32,
    /// A bit for each value of a hash of two characters: those next to each other in a word.
    pairs: Vec<u64>,
}

/// An edge of the trie: parent (20 bits), letter (21), child (20), and whether
/// the child has children; 0 is an empty slot, for the root is no child.
#[derive(Clone, Copy, Default)]
struct Edge(u64);

impl Edge {
    const INNER: u64 = 1 << 20;
    const CHILD: u64 = Self::INNER - 1;

    fn key(parent: u32, letter: char) -> u64 {
        (u64::from(parent) << 42) | (u64::from(letter) << 21)
    }

    fn child(self) -> u32 {
        (self.0 & Self::CHILD) as u32
    }

    /// Whether it leads from that parent by that letter.
    fn is(self, key: u64) -> bool {
        (self.0 ^ key) <= Self::INNER | Self::CHILD
    }
}

const NO_WORD: u32 = u32::MAX;

/// What a factor of e in probability costs: sums are right to a millionth of it.
const NAT: f64 = (1 << 20) as f64;

/// Bits of the pairs: some ten for each, which leaves one wrong answer in ten
/// that costs time and changes nothing.
const PAIRS: usize = 1 << 21;

/// Room for cutting that one run after another can use.
#[derive(Debug, Default)]
pub(crate) struct Room {
    chars: Vec<char>,
    /// For each character the cost of the best way from it to the end, and the length of its first word.
    best: Vec<(u64, u32)>,
}

impl Lexicon {
    /// Reads lines of a word, how often it was counted, and perhaps more. A
    /// later line replaces an earlier one of the same word.
    pub(crate) fn read(table: &str) -> Self {
        let lines = || {
            table.lines().filter_map(|line| {
                let mut cells = line.split(' ');
                Some((cells.next()?, cells.next()?.parse::<u32>().ok()?))
            })
        };
        let chars: usize = lines().map(|(word, _)| word.chars().count()).sum();
        let mut lexicon = Self {
            edges: vec![Edge::default(); (chars + 1).next_power_of_two()],
            costs: vec![NO_WORD],
            unknown: 0,
            pairs: vec![0; PAIRS / 64],
        };
        let mut counts = vec![0];
        for (word, times) in lines() {
            let node = lexicon.insert(word);
            counts.resize(lexicon.costs.len(), 0);
            if let Some(count) = counts.get_mut(node as usize) {
                *count = times;
            }
        }
        let total = counts.iter().map(|count| u64::from(*count)).sum::<u64>();
        #[expect(clippy::cast_sign_loss, reason = "no count is more than all of them")]
        let cost = |count: u32| (NAT * (total as f64 / f64::from(count)).ln()).round() as u32;
        lexicon.unknown = cost(1);
        for (slot, count) in lexicon.costs.iter_mut().zip(counts) {
            if count > 0 {
                *slot = cost(count);
            }
        }
        lexicon
    }

    fn insert(&mut self, word: &str) -> u32 {
        let mut node = 0;
        let mut above = None;
        let mut before = None;
        for letter in word.chars() {
            if let Some(edge) = above.and_then(|above: usize| self.edges.get_mut(above)) {
                edge.0 |= Edge::INNER;
            }
            let at = self.slot(Edge::key(node, letter));
            if let Some(edge) = self.edges.get_mut(at) {
                if edge.0 == 0 {
                    edge.0 = Edge::key(node, letter) | self.costs.len() as u64;
                    self.costs.push(NO_WORD);
                }
                node = edge.child();
            }
            above = Some(at);
            if let Some(bit) = before.map(|before| pair(before, letter))
                && let Some(bits) = self.pairs.get_mut(bit / 64)
            {
                *bits |= 1 << (bit % 64);
            }
            before = Some(letter);
        }
        node
    }

    /// The place of the edge with a key, or the empty one where it would be.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.edges.len() - 1;
        let mut at = spread(key) & mask;
        while let Some(edge) = self.edges.get(at) {
            if edge.0 == 0 || edge.is(key) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// Whether a word may reach across the place between two characters. A
    /// hash answers: now and then it says yes where none does.
    #[inline]
    pub(crate) fn joins(&self, before: char, after: char) -> bool {
        let bit = pair(before, after);
        let bits = self.pairs.get(bit / 64).copied().unwrap_or(0);
        bits & (1 << (bit % 64)) != 0
    }

    /// The lengths, in characters, and the costs of the words that `chars` begins with, the shortest first.
    #[inline]
    fn words(&self, chars: &[char], mut found: impl FnMut(usize, u32)) {
        let mut node = 0;
        for (length, &letter) in (1..).zip(chars) {
            let edge = self.edges.get(self.slot(Edge::key(node, letter)));
            let edge = edge.copied().unwrap_or_default();
            node = edge.child();
            match self.costs.get(node as usize) {
                Some(&cost) if cost != NO_WORD => found(length, cost),
                _ => {}
            }
            if edge.0 & Edge::INNER == 0 {
                return;
            }
        }
    }

    /// Cuts a run of Han characters that begins at byte `start` of its text, and adds its words.
    /// Of ways that are equally probable the one with the longer first word is taken.
    pub(crate) fn cut(&self, run: &str, start: usize, room: &mut Room, words: &mut Vec<Span>) {
        let Room { chars, best } = room;
        chars.clear();
        chars.extend(run.chars());
        best.clear();
        best.resize(chars.len() + 1, (0, 1));
        for at in (0..chars.len()).rev() {
            let mut here = None;
            self.words(chars.get(at..).unwrap_or_default(), |length, cost| {
                let rest = best.get(at + length).map_or(0, |(cost, _)| *cost);
                let whole = u64::from(cost) + rest;
                if here.is_none_or(|(least, _)| whole <= least) {
                    here = Some((whole, length as u32));
                }
            });
            let alone = || {
                let rest = best.get(at + 1).map_or(0, |(cost, _)| *cost);
                (u64::from(self.unknown) + rest, 1)
            };
            let here = here.unwrap_or_else(alone);
            if let Some(slot) = best.get_mut(at) {
                *slot = here;
            }
        }
        let (mut at, mut byte) = (0, start);
        while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
            let length = best.get(at).map_or(1, |(_, length)| *length as usize);
            let end = byte
                + rest
                    .iter()
                    .take(length)
                    .map(|c| c.len_utf8())
                    .sum::<usize>();
            words.push(Span::new(byte, end));
            (at, byte) = (at + length, end);
        }
    }
}

/// Spreads a key; high bits of its product with the golden ratio, up to 24 of them.
#[inline]
fn spread(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

#[inline]
fn pair(before: char, after: char) -> usize {
    spread((u64::from(before) << 21) | u64::from(after)) & (PAIRS - 1)
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;

    fn cut<'t>(lexicon: &Lexicon, text: &'t str) -> Vec<&'t str> {
        let mut words = Vec::new();
        lexicon.cut(text, 0, &mut Room::default(), &mut words);
        words.iter().map(|word| word.of(text)).collect()
    }

    #[test]
    fn the_most_probable_way_is_taken() {
        let lexicon = Lexicon::read("发展 90\n展中 1\n中国 80\n国家 90\n中 50\n国 20\n家 20\n");
        assert_eq!(cut(&lexicon, "发展中国家"), ["发展", "中", "国家"]);
        assert_eq!(cut(&lexicon, "展中龘"), ["展中", "龘"]);
        assert!(cut(&lexicon, "").is_empty());
    }

    #[test]
    fn the_later_of_two_lines_counts_and_none_without_a_count() {
        let lexicon = Lexicon::read("甲乙 1\n甲 500\n乙 500 v\n甲乙 400\n乙丙\n乙丁 many\n");
        assert_eq!(cut(&lexicon, "甲乙丙"), ["甲乙", "丙"]);
        assert!(lexicon.joins('甲', '乙') && !lexicon.joins('乙', '丁'));
    }

    const TABLE: &str = include_str!("../data/jieba/dict.txt");

    fn both() -> &'static (Lexicon, Jieba) {
        static BOTH: OnceLock<(Lexicon, Jieba)> = OnceLock::new();
        BOTH.get_or_init(|| {
            let jieba = Jieba::with_dict(&mut TABLE.as_bytes()).unwrap();
            (Lexicon::read(TABLE), jieba)
        })
    }

    /// Words of the dictionary one after another, with characters between them that may be in none.
    fn run() -> impl Strategy<Value = String> {
        let words: Vec<&str> = TABLE.lines().filter_map(|l| l.split(' ').next()).collect();
        let part = prop_oneof![
            4 => prop::sample::select(words).prop_map(str::to_owned),
            1 => "[一-龥]",
        ];
        prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn words_are_those_of_jieba(text in run()) {
            let (lexicon, jieba) = both();
            let theirs: Vec<&str> = jieba.cut(&text, false).iter().map(|token| token.word).collect();
            prop_assert_eq!(cut(lexicon, &text), theirs);
        }

        #[test]
        fn a_run_may_be_parted_where_no_word_reaches_across(text in run()) {
            let (lexicon, _) = both();
            let chars: Vec<char> = text.chars().collect();
            let parts = chars.chunk_by(|a, b| lexicon.joins(*a, *b));
            let parts: Vec<String> = parts.map(|part| part.iter().collect()).collect();
            let words: Vec<&str> = parts.iter().flat_map(|part| cut(lexicon, part)).collect();
            prop_assert_eq!(words, cut(lexicon, &text));
        }
    }
}
