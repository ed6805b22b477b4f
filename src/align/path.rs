//! The best way through two texts: dynamic programming over beads.
//!
//! A bead is worth how much likelier its two sides are as translations of each
//! other than as strangers (a log-likelihood ratio): so an omission costs its
//! rarity alone, joining sentences is neither free nor punished, and rare
//! words weigh more than frequent ones.
//!
//! Omissions come in runs: where one sentence was left out, the next often was
//! too. So an omission after an omission has a price of its own, as gaps have
//! in the alignment of sequences (Gotoh 1982). What is out of place, or of
//! another version, is then left without a counterpart rather than forced on
//! whatever stands opposite.

use std::ops::Range;

use super::corridor::Corridor;
use super::measure::{Breaks, Lengths, Scale};
use super::meet::{Words, ln};
use super::side::Side;
use super::table::Table;

/// The number of sentences on each side of a bead that is considered.
pub(super) const TYPES: [(u8, u8); 15] = [
    (1, 1),
    (1, 0),
    (0, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 3),
    (3, 1),
    (1, 4),
    (4, 1),
    (2, 3),
    (3, 2),
    (1, 5),
    (5, 1),
    (3, 3),
];

/// Where the two omissions stand in [`TYPES`].
pub(super) const OMISSIONS: [usize; 2] = [1, 2];

/// How often each of [`TYPES`] is expected before anything is known.
pub(super) const EXPECTED: [f32; 15] = [
    0.80, 0.01, 0.01, 0.08, 0.05, 0.008, 0.02, 0.008, 0.006, 0.002, 0.002, 0.001, 0.002, 0.0007,
    0.0005,
];

/// The most sentences a bead has on a side.
pub(super) const MOST: usize = 5;

/// How the parts of a bead's worth are weighed.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// The probability that a token comes from nowhere.
    pub(super) noise: f32,
    pub(super) words: f32,
    pub(super) length: f32,
    /// The logarithm of what each of [`TYPES`] is worth; fewer leave the last types out.
    pub(super) types: Vec<f32>,
    /// The same of an omission where the same side left one out already.
    pub(super) again: f32,
    /// What it costs that a paragraph ends, or a heading stands, on one side only.
    pub(super) structure: f32,
}

/// A bead of the path and what it is worth, where that was worked out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) zh: Range<u32>,
    pub(super) en: Range<u32>,
    pub(super) gain: f32,
}

impl Step {
    /// Whether one side is empty.
    pub(super) fn is_omission(&self) -> bool {
        self.zh.is_empty() || self.en.is_empty()
    }

    /// The number of its sentences on each side.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.zh.len(), self.en.len())
    }
}

/// The two texts and what the tokens of one say about those of the other.
pub(super) struct Texts<'a> {
    pub(super) zh: &'a Side,
    pub(super) en: &'a Side,
    /// What Chinese tokens become, and English ones.
    pub(super) forward: &'a Table,
    pub(super) backward: &'a Table,
    pub(super) lengths: Lengths,
}

impl Texts<'_> {
    /// For every token of a bead, English ones first: how many times likelier than by chance it
    /// is beside the other side.
    pub(super) fn likelier(&self, step: &Step) -> Vec<f32> {
        let (zh, en) = (self.zh.tokens(&step.zh), self.en.tokens(&step.en));
        let ratio = |own: &[u32], other: &[u32], side: &Side, table: &Table| -> Vec<f32> {
            let mut sorted = own.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            let mut got = vec![0.0; sorted.len()];
            for &from in other {
                meet(&table.rows[from as usize], &sorted, &mut got);
            }
            let ratio = |token: &u32| {
                let got = sorted.binary_search(token).map_or(0.0, |at| got[at]);
                got / other.len().max(1) as f32 / side.share(*token)
            };
            own.iter().map(ratio).collect()
        };
        let mut all = ratio(en, zh, self.en, self.forward);
        all.extend(ratio(zh, en, self.zh, self.backward));
        all
    }
}

/// Adds what the tokens get from a row of a table; both are sorted.
pub(super) fn meet(row: &[(u32, f32)], tokens: &[u32], got: &mut [f32]) {
    // The rows of frequent words are long, and a bead has few tokens.
    const LONG: usize = 16;
    let long = row.len() > LONG * tokens.len();
    let mut rest = row;
    for (token, got) in tokens.iter().zip(got) {
        let before = |(to, _): &(u32, f32)| to < token;
        let at = if long {
            rest.partition_point(before)
        } else {
            rest.iter().take_while(|&to| before(to)).count()
        };
        rest = rest.get(at..).unwrap_or_default();
        match rest.first() {
            None => break,
            Some((to, p)) if to == token => *got += p,
            Some(_) => {}
        }
    }
}

/// The sides, as bits, of which sentences were left out since the last bead of two sides: the
/// state of a path. What was left out of a side already costs less to go on with.
type Gap = usize;

/// How many states there are.
const GAPS: usize = 4;

/// A row of places.
struct Row {
    low: usize,
    /// The sums of the best paths to each place in each state.
    sums: [Vec<f64>; GAPS],
    /// How each was reached.
    by: [Vec<By>; GAPS],
    /// The best of the states at each place, and which it is.
    best: Vec<(f64, Gap)>,
}

/// The bead by which a path came to a place, and its state before.
#[derive(Clone, Copy)]
struct By(u8);

impl By {
    /// A place that was not reached.
    const NONE: Self = Self(u8::MAX);

    fn new(kind: usize, gap: Gap) -> Self {
        Self((kind << 2 | gap) as u8)
    }

    fn kind(self) -> Option<(u8, u8)> {
        TYPES.get(usize::from(self.0 >> 2)).copied()
    }

    fn gap(self) -> Gap {
        usize::from(self.0 & 3)
    }
}

impl Row {
    fn new(low: usize, high: usize) -> Self {
        let size = high - low + 1;
        Self {
            low,
            sums: std::array::from_fn(|_| vec![f64::NEG_INFINITY; size]),
            by: std::array::from_fn(|_| vec![By::NONE; size]),
            best: Vec::new(),
        }
    }

    /// The number of its places.
    fn len(&self) -> usize {
        self.sums[0].len()
    }

    /// Where beads of `b` English sentences lead from an earlier row.
    fn reached(&self, before: &Self, b: usize) -> Range<usize> {
        let from = self.low.max(before.low + b);
        from..(self.low + self.len())
            .min(before.low + before.len() + b)
            .max(from)
    }

    /// Reaches places by a type of beads of two sides, each worth what `gains` says.
    fn join(&mut self, before: &Self, kind: usize, places: &Range<usize>, gains: &[f32]) {
        let b = usize::from(TYPES[kind].1);
        let here = places.start - self.low..places.end - self.low;
        let before = &before.best[places.start - b - before.low..places.end - b - before.low];
        let places = self.sums[0][here.clone()]
            .iter_mut()
            .zip(&mut self.by[0][here]);
        for (((sum, by), (before, gap)), gain) in places.zip(before).zip(gains) {
            let new = before + f64::from(*gain);
            if new > *sum {
                *sum = new;
                *by = By::new(kind, *gap);
            }
        }
    }

    /// Reaches a place by an omission, where `sums` are those of the place before it.
    fn omit(&mut self, at: usize, side: usize, sums: [f64; GAPS], weights: &Weights) {
        let kind = OMISSIONS[side];
        for (gap, sum) in sums.into_iter().enumerate() {
            let after = gap | 1 << side;
            let price = if after == gap {
                weights.again
            } else {
                weights.types[kind]
            };
            let new = sum + f64::from(price);
            if new > self.sums[after][at] {
                self.sums[after][at] = new;
                self.by[after][at] = By::new(kind, gap);
            }
        }
    }

    /// All omissions: of the Chinese sentence before this row, and of English ones in it. After
    /// them the row is done.
    fn omissions(&mut self, before: Option<&Self>, weights: &Weights) {
        let sums = |row: &Self, at: usize| std::array::from_fn(|gap| row.sums[gap][at]);
        if let Some(before) = before {
            for j in self.reached(before, 0) {
                self.omit(j - self.low, 0, sums(before, j - before.low), weights);
            }
        }
        for at in 1..self.len() {
            let sums = sums(self, at - 1);
            self.omit(at, 1, sums, weights);
        }
        let best = |at: usize| {
            let of = |gap: Gap| (self.sums[gap][at], gap);
            (1..GAPS)
                .map(of)
                .fold(of(0), |a, b| if b.0 > a.0 { b } else { a })
        };
        self.best = (0..self.len()).map(best).collect();
    }
}

/// The best path inside a corridor; what its beads gained is not worked out.
pub(super) fn best(texts: &Texts<'_>, weights: &Weights, corridor: &Corridor) -> Vec<Step> {
    let mut words = Words::new(texts, weights, corridor);
    let scale = Scale::new(texts);
    let breaks = (weights.structure > 0.0).then(|| Breaks::new(texts));
    // The last rows, newest first.
    let mut rows: Vec<Row> = Vec::new();
    let mut back: Vec<(usize, [Vec<By>; GAPS])> = Vec::with_capacity(texts.zh.len() + 1);
    let mut gains: Vec<f32> = Vec::new();
    let mut last = 0;
    for i in 0..=texts.zh.len() {
        let mut row = Row::new(corridor.low[i] as usize, corridor.high[i] as usize);
        if i == 0 {
            row.sums[0][0] = 0.0;
        } else {
            words.advance(i);
        }
        for (a, before) in (1..).zip(&rows) {
            for (kind, &worth) in weights.types.iter().enumerate() {
                let b = usize::from(TYPES[kind].1);
                if usize::from(TYPES[kind].0) != a || b == 0 {
                    continue;
                }
                let places = row.reached(before, b);
                if places.is_empty() {
                    continue;
                }
                gains.clear();
                gains.resize(places.len(), 0.0);
                words.gains(a, b, &places, &mut gains);
                scale.gains(
                    i - a..i,
                    b,
                    &places,
                    (weights.words, worth, weights.length),
                    &mut gains,
                );
                if let Some(breaks) = &breaks {
                    breaks.cost(i - a..i, b, &places, weights.structure, &mut gains);
                }
                row.join(before, kind, &places, &gains);
            }
        }
        row.omissions(rows.first(), weights);
        last = row.best.last().map_or(0, |best| best.1);
        back.push((row.low, std::mem::take(&mut row.by)));
        rows.insert(0, row);
        rows.truncate(MOST);
    }
    trace(&back, (texts.zh.len(), texts.en.len()), last)
}

/// Works out what beads of a path gained.
pub(super) fn gained<'s>(
    texts: &Texts<'_>,
    weights: &Weights,
    steps: impl Iterator<Item = &'s mut Step>,
) {
    let scale = Scale::new(texts);
    let rest = (1.0 - weights.noise) / weights.noise;
    for step in steps.filter(|step| !step.is_omission()) {
        let likelier = texts.likelier(step).into_iter();
        let words: f32 = likelier.map(|x| weights.noise.ln() + ln(rest * x)).sum();
        step.gain = weights.worth(step)
            + weights.words * words / 2.0
            + weights.length * scale.gain(&step.zh, &step.en);
    }
}

/// The beads of the path to a place in a state, in order.
fn trace(back: &[(usize, [Vec<By>; GAPS])], to: (usize, usize), mut gap: Gap) -> Vec<Step> {
    let (mut i, mut j) = to;
    let mut steps = Vec::new();
    while i > 0 || j > 0 {
        let (low, row) = &back[i];
        let by = row[gap].get(j - low).copied().unwrap_or(By::NONE);
        let Some((a, b)) = by.kind() else {
            break; // cannot be: omissions lead from every place to the beginning
        };
        gap = by.gap();
        let before = (i - usize::from(a), j - usize::from(b));
        steps.push(Step {
            zh: before.0 as u32..i as u32,
            en: before.1 as u32..j as u32,
            gain: 0.0,
        });
        (i, j) = before;
    }
    steps.reverse();
    steps
}

impl Weights {
    /// What the type of a bead is worth.
    fn worth(&self, step: &Step) -> f32 {
        let size = (step.zh.len() as u8, step.en.len() as u8);
        let types = TYPES.iter().zip(&self.types);
        types
            .filter(|(kind, _)| **kind == size)
            .map(|(_, worth)| worth)
            .sum()
    }
}
