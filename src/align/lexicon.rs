//! What translations teach: which word becomes which, by IBM model 1 (Brown et
//! al. 1993) with a prior (Mermer and Saraçlar 2011).

use std::collections::HashMap;
use std::ops::Range;

use super::Resources;
use super::side::Side;
use super::table::Table;
use crate::lang::Lang;

/// How often the counts are made anew.
const ROUNDS: usize = 4;
/// How many counts the prior is worth.
const PRIOR: f32 = 10.0;
/// What is taken from each count at last: a pair seen once may be chance.
const DISCOUNT: f32 = 0.7;
/// The share of a token that nothing explains.
const NOTHING: f32 = 1e-4;
/// Less likely than this is not kept.
const LEAST: f32 = 1e-3;
/// The most sentences of a token that are counted: they show what it becomes, and 的 has a hundred thousand.
const ENOUGH: usize = 2000;

/// Words and what they became in past translations.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    rows: HashMap<Box<str>, Vec<(Box<str>, f32)>>,
}

impl Lexicon {
    /// Learns from sentence pairs, Chinese first. About 0.1 ms a pair.
    ///
    /// The dictionary, where there is one, says how Chinese words are cut, and
    /// should be the one the lexicon is used with.
    pub fn learn<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        resources: &Resources<'_>,
    ) -> Self {
        let sentence = |text| super::Sentence {
            text,
            paragraph: 0,
            block: crate::model::document::Block::default(),
        };
        let (zh, en): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .map(|(zh, en)| (sentence(zh), sentence(en)))
            .unzip();
        let resources = Resources {
            glossary: None,
            ..*resources
        };
        let zh = Side::new(&zh, Lang::Zh, &resources);
        let en = Side::new(&en, Lang::En, &resources);
        let pairs: Vec<_> = (0..zh.len())
            .map(|i| (zh.sentence(i), en.sentence(i)))
            .collect();
        let prior = Table::prior(&zh, &en, &resources);
        let table = learn(&pairs, &prior, en.names.len());
        let word = |id: u32| en.names[id as usize].clone();
        let rows = zh
            .names
            .iter()
            .zip(table.rows)
            .filter(|(_, row)| !row.is_empty());
        let rows = rows.map(|(name, row)| {
            let row = row.into_iter().map(|(id, p)| (word(id), p)).collect();
            (name.clone(), row)
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// What a word became.
    pub(super) fn row(&self, name: &str) -> Option<&[(Box<str>, f32)]> {
        self.rows.get(name).map(Vec::as_slice)
    }

    /// The number of words it knows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it knows no word.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Learns what the tokens of the first side become, from pairs of token bags.
pub(super) fn learn(pairs: &[(&[u32], &[u32])], prior: &Table, targets: usize) -> Table {
    let mut table = together(pairs, prior, targets);
    let lessons = Lessons::new(pairs, prior.rows.len(), targets);
    for round in 1..=ROUNDS {
        let discount = if round == ROUNDS { DISCOUNT } else { 0.0 };
        lessons.recount(&mut table, prior, discount, targets);
    }
    table
}

/// The tokens that stand in pairs with each token more than once, or that the prior has.
fn together(pairs: &[(&[u32], &[u32])], prior: &Table, targets: usize) -> Table {
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); prior.rows.len()];
    for (at, (from, _)) in (0..).zip(pairs) {
        for &token in *from {
            let places = &mut places[token as usize];
            if places.last() != Some(&at) && places.len() < ENOUGH {
                places.push(at);
            }
        }
    }
    let mut marks = Marks::new(targets);
    let mut counts = vec![0u32; targets];
    let rows = places.iter().zip(&prior.rows).map(|(places, known)| {
        let mut seen: Vec<u32> = Vec::new();
        for &at in places {
            marks.clear();
            for &to in pairs[at as usize].1 {
                if marks.mark(to, 0) {
                    counts[to as usize] += 1;
                    if counts[to as usize] == 1 {
                        seen.push(to);
                    }
                }
            }
        }
        let weight = |to: &u32| {
            let at = known.binary_search_by_key(to, |&(to, _)| to);
            at.map_or(0.0, |at| known[at].1)
        };
        let mut row: Vec<(u32, f32)> = seen
            .iter()
            .map(|to| (*to, weight(to)))
            .filter(|&(to, p)| counts[to as usize] >= 2 || p > 0.0)
            .map(|(to, p)| (to, 0.05 + 5.0 * p))
            .collect();
        // What the pairs do not show stays as it was believed.
        let unseen = known.iter().filter(|&&(to, _)| counts[to as usize] == 0);
        row.extend(unseen.map(|&(to, p)| (to, 5.0 * p)));
        for to in &seen {
            counts[*to as usize] = 0;
        }
        row.sort_unstable_by_key(|&(to, _)| to);
        let sum: f32 = row.iter().map(|&(_, p)| p).sum();
        for (_, p) in &mut row {
            *p /= sum;
        }
        row
    });
    Table {
        rows: rows.collect(),
    }
}

/// Pairs of bags, by what is gone through: for each token of the first side the pairs it is in,
/// for each pair the tokens of its second side. A row of the table is then laid out once for all
/// the pairs it explains, and nothing is looked up.
struct Lessons {
    /// For each token of the first side the pairs it stands in, and how often.
    places: Vec<Vec<(u32, f32)>>,
    /// Where the second side of each pair begins in `others`, and their end.
    starts: Vec<usize>,
    /// The distinct tokens of the second sides, and how often each stands there.
    others: Vec<u32>,
    times: Vec<f32>,
}

impl Lessons {
    fn new(pairs: &[(&[u32], &[u32])], sources: usize, targets: usize) -> Self {
        let mut lessons = Self {
            places: vec![Vec::new(); sources],
            starts: vec![0],
            others: Vec::new(),
            times: Vec::new(),
        };
        let mut marks = Marks::new(targets);
        for (pair, (from, to)) in (0..).zip(pairs) {
            for &token in *from {
                match lessons.places[token as usize].last_mut() {
                    Some(last) if last.0 == pair => last.1 += 1.0,
                    _ => lessons.places[token as usize].push((pair, 1.0)),
                }
            }
            marks.clear();
            for &token in *to {
                if marks.mark(token, lessons.others.len() as u32) {
                    lessons.others.push(token);
                    lessons.times.push(1.0);
                } else if let Some(at) = marks.get(token) {
                    lessons.times[at as usize] += 1.0;
                }
            }
            lessons.starts.push(lessons.others.len());
        }
        lessons
    }

    /// Where the second side of a pair stands.
    fn range(&self, pair: u32) -> Range<usize> {
        self.starts[pair as usize]..self.starts[pair as usize + 1]
    }

    /// One round: how often each pair of tokens is expected to translate each other, and the
    /// table that follows from it.
    fn recount(&self, table: &mut Table, prior: &Table, discount: f32, targets: usize) {
        let mut laid = vec![0.0; targets]; // a row, by token
        let mut shares = vec![NOTHING; self.others.len()];
        for (row, places) in table.rows.iter().zip(&self.places) {
            lay(&mut laid, row);
            for &(pair, number) in places {
                let range = self.range(pair);
                for (sum, &other) in shares[range.clone()].iter_mut().zip(&self.others[range]) {
                    *sum += number * laid[other as usize];
                }
            }
            clear(&mut laid, row);
        }
        for (share, times) in shares.iter_mut().zip(&self.times) {
            *share = times / *share;
        }
        let mut counts = vec![0.0; targets];
        for ((row, places), known) in table.rows.iter_mut().zip(&self.places).zip(&prior.rows) {
            clear(&mut counts, row);
            for &(pair, number) in places {
                let range = self.range(pair);
                for (share, &other) in shares[range.clone()].iter().zip(&self.others[range]) {
                    counts[other as usize] += number * share;
                }
            }
            lay(&mut laid, known);
            for (to, p) in row.iter_mut() {
                let count = *p * counts[*to as usize];
                *p = (count - discount).max(0.0) + PRIOR * laid[*to as usize];
            }
            clear(&mut laid, known);
            let sum: f32 = row.iter().map(|&(_, p)| p).sum::<f32>() + discount;
            for (_, p) in row.iter_mut() {
                *p /= sum.max(f32::MIN_POSITIVE);
            }
            row.retain(|&(_, p)| p > LEAST);
        }
    }
}

/// Writes a row where each of its tokens is looked for.
fn lay(laid: &mut [f32], row: &[(u32, f32)]) {
    for &(token, p) in row {
        laid[token as usize] = p;
    }
}

fn clear(laid: &mut [f32], row: &[(u32, f32)]) {
    for &(token, _) in row {
        laid[token as usize] = 0.0;
    }
}

/// A set of tokens, each with a number, that is emptied in no time.
struct Marks {
    marked: Vec<(u32, u32)>,
    now: u32,
}

impl Marks {
    fn new(tokens: usize) -> Self {
        Self {
            marked: vec![(0, 0); tokens],
            now: 0,
        }
    }

    fn clear(&mut self) {
        self.now += 1;
    }

    /// Puts a token in; false where it is in already.
    fn mark(&mut self, token: u32, number: u32) -> bool {
        let slot = &mut self.marked[token as usize];
        let new = slot.0 != self.now;
        if new {
            *slot = (self.now, number);
        }
        new
    }

    fn get(&self, token: u32) -> Option<u32> {
        let (when, number) = self.marked[token as usize];
        (when == self.now).then_some(number)
    }
}
