//! The best way through two texts: dynamic programming over beads.
//!
//! A bead is worth how much likelier its two sides are as translations of each
//! other than as strangers (a log-likelihood ratio): so an omission costs its
//! rarity alone, joining sentences is neither free nor punished, and rare
//! words weigh more than frequent ones. Only the tokens that meet something on
//! the other side are looked at; all others cost the same everywhere.

use std::ops::Range;

use super::corridor::Corridor;
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

/// How often each of [`TYPES`] is expected before anything is known.
pub(super) const EXPECTED: [f32; 15] = [
    0.80, 0.01, 0.01, 0.08, 0.05, 0.008, 0.02, 0.008, 0.006, 0.002, 0.002, 0.001, 0.002, 0.0007,
    0.0005,
];

/// The most sentences a bead has on a side.
const MOST: usize = 5;

/// The bounds of what the lengths of a bead can say.
const LENGTH_BOUNDS: (f32, f32) = (-30.0, 4.0);

/// How the parts of a bead's worth are weighed.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// The probability that a token comes from nowhere.
    pub(super) noise: f32,
    pub(super) words: f32,
    pub(super) length: f32,
    /// The logarithm of what each of [`TYPES`] is worth; fewer leave the last types out.
    pub(super) types: Vec<f32>,
    /// What it costs that a paragraph ends, or a heading stands, on one side only.
    pub(super) structure: f32,
}

/// English characters for a Chinese one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    pub(super) ratio: f32,
    /// The variance of a character.
    pub(super) variance: f32,
}

/// A bead of the path and what it is worth.
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
            // Rows are sorted as well: one walk along both for each token.
            let mut got = vec![0.0; sorted.len()];
            for &from in other {
                let mut at = 0;
                for &(to, p) in &table.rows[from as usize] {
                    while sorted.get(at).is_some_and(|&token| token < to) {
                        at += 1;
                    }
                    match sorted.get(at) {
                        None => break,
                        Some(&token) if token == to => got[at] += p,
                        Some(_) => {}
                    }
                }
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

/// The best path inside a corridor.
pub(super) fn best(texts: &Texts<'_>, weights: &Weights, corridor: &Corridor) -> Vec<Step> {
    let (rows, columns) = (texts.zh.len(), texts.en.len());
    let mut words = Words::new(texts, weights, corridor);
    let scale = Scale::new(texts);
    // The sums of the last rows, newest first, and the bead each place was reached by.
    let mut sums: Vec<Row> = Vec::new();
    let mut back: Vec<(usize, Vec<u8>)> = Vec::with_capacity(rows + 1);
    for i in 0..=rows {
        let (low, high) = (corridor.low[i] as usize, corridor.high[i] as usize);
        if i > 0 {
            words.advance(i);
        }
        let mut row = Row {
            low,
            sums: vec![f64::NEG_INFINITY; high - low + 1],
        };
        let mut types = vec![u8::MAX; high - low + 1];
        for j in low..=high {
            if i == 0 && j == 0 {
                row.sums[0] = 0.0;
                continue;
            }
            for (kind, &prior) in weights.types.iter().enumerate() {
                let (a, b) = (usize::from(TYPES[kind].0), usize::from(TYPES[kind].1));
                if a > i || b > j {
                    continue;
                }
                let before = match a {
                    0 => row.get(j - b),
                    _ => sums
                        .get(a - 1)
                        .map_or(f64::NEG_INFINITY, |row| row.get(j - b)),
                };
                if before == f64::NEG_INFINITY {
                    continue;
                }
                let mut gain = prior - weights.structure(texts, i - a..i, j - b..j);
                if a > 0 && b > 0 {
                    gain += weights.words * words.gain(a, b, j)
                        + weights.length * scale.gain(i - a..i, j - b..j);
                }
                let sum = before + f64::from(gain);
                if sum > row.sums[j - low] {
                    row.sums[j - low] = sum;
                    types[j - low] = kind as u8;
                }
            }
        }
        back.push((low, types));
        sums.insert(0, row);
        sums.truncate(MOST);
    }
    let mut steps = trace(&back, rows, columns);
    for step in &mut steps {
        if !step.is_omission() {
            let range = |range: &Range<u32>| range.start as usize..range.end as usize;
            let likelier = texts.likelier(step);
            let sum: f32 = likelier
                .iter()
                .map(|&x| weights.noise.ln() + words.hit(x))
                .sum();
            step.gain += weights.words * sum / 2.0
                + weights.length * scale.gain(range(&step.zh), range(&step.en));
        }
        step.gain += weights.worth(step);
    }
    steps
}

/// The beads of the path, in order.
fn trace(back: &[(usize, Vec<u8>)], rows: usize, columns: usize) -> Vec<Step> {
    let (mut i, mut j) = (rows, columns);
    let mut steps = Vec::new();
    while i > 0 || j > 0 {
        let (low, types) = &back[i];
        let kind = types.get(j - low).copied().unwrap_or(u8::MAX);
        let Some(&(a, b)) = TYPES.get(usize::from(kind)) else {
            break; // cannot be: omissions lead from every place to the beginning
        };
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

/// The sums of a row of places.
struct Row {
    low: usize,
    sums: Vec<f64>,
}

impl Row {
    fn get(&self, j: usize) -> f64 {
        let at = j.checked_sub(self.low);
        at.and_then(|at| self.sums.get(at))
            .copied()
            .unwrap_or(f64::NEG_INFINITY)
    }
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

    /// What the structure of the two texts costs a bead: paragraphs that end with it on one side
    /// only or inside it, a heading without one.
    fn structure(&self, texts: &Texts<'_>, zh: Range<usize>, en: Range<usize>) -> f32 {
        if self.structure == 0.0 {
            return 0.0;
        }
        let inside = |opens: &[bool], range: &Range<usize>| {
            let places = range.start + 1..range.end.max(range.start + 1);
            opens[places].iter().filter(|&&opens| opens).count()
        };
        let mut odd = inside(&texts.zh.opens, &zh) + inside(&texts.en.opens, &en);
        if !zh.is_empty() && !en.is_empty() {
            odd += usize::from(texts.zh.opens[zh.end] != texts.en.opens[en.end]);
            odd += usize::from(texts.zh.heads(zh) != texts.en.heads(en));
        }
        self.structure * odd as f32
    }
}

/// How well the lengths of the sides of a bead fit.
struct Scale {
    zh: Vec<f64>,
    en: Vec<f64>,
    /// Sums of the English sentences' log-probabilities by their length alone.
    alone: Vec<f64>,
    lengths: Lengths,
}

impl Scale {
    fn new(texts: &Texts<'_>) -> Self {
        let logs: Vec<f64> = texts
            .en
            .lengths
            .iter()
            .map(|&l| f64::from(l + 1.0).ln())
            .collect();
        let n = logs.len().max(1) as f64;
        let mean = logs.iter().sum::<f64>() / n;
        let spread = (logs.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / n)
            .sqrt()
            .max(0.3);
        let alone = logs.iter().map(|l| {
            -0.5 * ((l - mean) / spread).powi(2) - (spread * std::f64::consts::TAU.sqrt()).ln() - l
        });
        let lengths = |lengths: &[f32]| running(lengths.iter().map(|&l| f64::from(l)));
        Self {
            zh: lengths(&texts.zh.lengths),
            en: lengths(&texts.en.lengths),
            alone: running(alone),
            lengths: texts.lengths,
        }
    }

    fn gain(&self, zh: Range<usize>, en: Range<usize>) -> f32 {
        let sum = |sums: &[f64], range: &Range<usize>| (sums[range.end] - sums[range.start]) as f32;
        let expected = self.lengths.ratio * sum(&self.zh, &zh) + 1.0;
        let length = sum(&self.en, &en);
        let variance = self.lengths.variance * (expected + length) / 2.0;
        let apart = length - expected;
        let together =
            -0.5 * apart * apart / variance - 0.5 * (std::f32::consts::TAU * variance).ln();
        (together - sum(&self.alone, &en)).clamp(LENGTH_BOUNDS.0, LENGTH_BOUNDS.1)
    }
}

/// 0 and the sums up to each number.
fn running(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let rest = numbers.map(|number| {
        sum += number;
        sum
    });
    std::iter::once(0.0).chain(rest).collect()
}

/// What the tokens say, row by row.
struct Words<'a> {
    texts: &'a Texts<'a>,
    corridor: &'a Corridor,
    noise: f32,
    /// The most Chinese, and English, sentences in a bead.
    most: (usize, usize),
    /// For each Chinese token the English tokens that may become it, with the probability.
    becoming: Table,
    /// For the last 1 to `most.0` Chinese sentences: the sums over the English sentences.
    forward: Vec<Sums>,
    /// For each of the last rows and 1 to `most.1` English sentences up to each: the row's gain.
    backward: Vec<Vec<Sums>>,
    /// The English sentences near the row, and which of each English token's places are in them:
    /// most tokens that could meet something have none.
    window: Range<usize>,
    near: Vec<Range<u32>>,
    /// Room: what each English token gets from the Chinese ones, and which got anything.
    got: Vec<f32>,
    touched: Vec<u32>,
}

/// Numbers for the English sentences from `low` on.
#[derive(Default, Clone)]
struct Sums {
    low: usize,
    values: Vec<f32>,
}

impl Sums {
    fn get(&self, j: usize) -> f32 {
        let at = j.checked_sub(self.low);
        at.and_then(|at| self.values.get(at))
            .copied()
            .unwrap_or(0.0)
    }
}

impl<'a> Words<'a> {
    fn new(texts: &'a Texts<'a>, weights: &Weights, corridor: &'a Corridor) -> Self {
        let types = &TYPES[..weights.types.len()];
        let most = |side: fn(&(u8, u8)) -> u8| types.iter().map(side).max().unwrap_or(1);
        let most = (usize::from(most(|t| t.0)), usize::from(most(|t| t.1)));
        Self {
            texts,
            corridor,
            noise: weights.noise,
            most,
            becoming: texts.backward.transposed(texts.zh.names.len()),
            forward: vec![Sums::default(); most.0],
            backward: Vec::new(),
            window: 0..0,
            near: vec![0..0; texts.en.names.len()],
            got: vec![0.0; texts.en.names.len()],
            touched: Vec::new(),
        }
    }

    /// Reads Chinese sentence `i - 1`.
    fn advance(&mut self, i: usize) {
        // Every later bead with this sentence ends within the next rows.
        let last = (i + self.most.0 - 1).min(self.texts.zh.len());
        let from = (self.corridor.low[i - 1] as usize).saturating_sub(self.most.1);
        let to = self.corridor.high[last] as usize;
        self.slide(from, to);
        let backward = self.backward(i - 1, from, to);
        self.backward.insert(0, backward);
        self.backward.truncate(self.most.0);
        let to = self.corridor.high[i] as usize;
        for a in 1..=self.most.0.min(i) {
            self.collect(i - a);
            let tokens = self.texts.zh.before(i) - self.texts.zh.before(i - a);
            self.forward[a - 1] = self.forward(tokens as f32, from, to);
        }
        for &token in &self.touched {
            self.got[token as usize] = 0.0;
        }
        self.touched.clear();
    }

    /// Moves the window on; neither end ever goes back.
    fn slide(&mut self, from: usize, to: usize) {
        let en = self.texts.en;
        let stands = |token: u32, place: u32, sentence: usize| {
            let place = en.places(token).get(place as usize);
            place.is_some_and(|&(at, _)| at as usize == sentence)
        };
        for sentence in self.window.end..to {
            for &token in en.sentence(sentence) {
                let near = &mut self.near[token as usize];
                near.end += u32::from(stands(token, near.end, sentence));
            }
        }
        for sentence in self.window.start..from {
            for &token in en.sentence(sentence) {
                let near = &mut self.near[token as usize];
                near.start += u32::from(stands(token, near.start, sentence));
            }
        }
        self.window = from..to;
    }

    /// Where a token occurs in the window: sentence and number.
    fn places(&self, token: u32) -> &[(u32, u32)] {
        let near = &self.near[token as usize];
        &self.texts.en.places(token)[near.start as usize..near.end as usize]
    }

    /// Adds what the English tokens get from a Chinese sentence.
    fn collect(&mut self, sentence: usize) {
        for &token in self.texts.zh.sentence(sentence) {
            for &(other, p) in &self.texts.forward.rows[token as usize] {
                if self.near[other as usize].is_empty() {
                    continue;
                }
                let got = &mut self.got[other as usize];
                if *got == 0.0 {
                    self.touched.push(other);
                }
                *got += p;
            }
        }
    }

    /// The gain of each English sentence from what was collected, summed up.
    fn forward(&self, tokens: f32, from: usize, to: usize) -> Sums {
        let mut values = vec![0.0; to - from + 1];
        for &token in &self.touched {
            let gain = self.hit(self.got[token as usize] / tokens / self.texts.en.share(token));
            // The window reaches further than this row.
            let places = self.places(token).iter();
            for &(at, times) in places.take_while(|&&(at, _)| (at as usize) < to) {
                values[at as usize - from + 1] += gain * times as f32;
            }
        }
        // A token that meets nothing.
        let miss = self.noise.ln();
        let mut sum = 0.0;
        for (at, value) in values.iter_mut().enumerate().skip(1) {
            sum += *value + miss * self.texts.en.sentence(from + at - 1).len() as f32;
            *value = sum;
        }
        Sums { low: from, values }
    }

    /// What a token is worth, beyond one that meets nothing, where it is so many times likelier
    /// than by chance.
    fn hit(&self, likelier: f32) -> f32 {
        ln((1.0 - self.noise) / self.noise * likelier)
    }

    /// The gain of a Chinese sentence from 1 to `most.1` English ones, the last of them each of `from..to`.
    fn backward(&self, sentence: usize, from: usize, to: usize) -> Vec<Sums> {
        let (zh, en) = (self.texts.zh, self.texts.en);
        let tokens = zh.sentence(sentence);
        let miss = self.noise.ln() * tokens.len() as f32;
        let mut all = vec![
            Sums {
                low: from,
                values: vec![miss; to - from],
            };
            self.most.1
        ];
        // Of 1 to `most.1` sentences up to each: how likely any one token is to be picked.
        let picked = |b: usize, at: usize| {
            let size = en.before(from + at + 1) - en.before((from + at + 1).saturating_sub(b));
            (size.max(1) as f32).recip()
        };
        let picks: Vec<Vec<f32>> = (1..=self.most.1)
            .map(|b| (0..to - from).map(|at| picked(b, at)).collect())
            .collect();
        let mut bag: Vec<u32> = tokens.to_vec();
        bag.sort_unstable();
        // What the token gets from each sentence, and from the last few up to each.
        let mut got = vec![0.0_f32; to - from];
        let mut sums = got.clone();
        for same in bag.chunk_by(|a, b| a == b) {
            let (token, times) = (same[0], same.len() as f32);
            let (mut first, mut end) = (usize::MAX, 0);
            for &(other, p) in &self.becoming.rows[token as usize] {
                for &(at, n) in self.places(other) {
                    let at = at as usize - from;
                    got[at] += p * n as f32;
                    (first, end) = (first.min(at), end.max(at + 1));
                }
            }
            if first >= end {
                continue;
            }
            let factor = (1.0 - self.noise) / self.noise / zh.share(token);
            let whole = first..(end + self.most.1 - 1).min(to - from);
            for (b, (all, picks)) in all.iter_mut().zip(&picks).enumerate() {
                // The window of b + 1 sentences takes in the one b before.
                for at in whole.start + b..whole.end {
                    sums[at] += got[at - b];
                }
                let values = all.values[whole.clone()].iter_mut();
                let terms = sums[whole.clone()].iter().zip(&picks[whole.clone()]);
                for (value, (sum, pick)) in values.zip(terms) {
                    *value += times * ln(factor * sum * pick);
                }
            }
            got[whole.clone()].fill(0.0);
            sums[whole].fill(0.0);
        }
        all
    }

    /// What the tokens of a bead are worth: the last `a` Chinese sentences and `b` English ones
    /// before place `j`.
    fn gain(&self, a: usize, b: usize, j: usize) -> f32 {
        let sums = &self.forward[a - 1];
        let forward = sums.get(j) - sums.get(j - b);
        let backward: f32 = self.backward[..a]
            .iter()
            .map(|row| row[b - 1].get(j - 1))
            .sum();
        f32::midpoint(forward, backward)
    }
}

/// The logarithm of `1 + x` for what is not negative, to six digits: half of the time would go
/// into those of the library, which are exact and one at a time.
fn ln(x: f32) -> f32 {
    let bits = (1.0 + x).to_bits();
    let exponent = (bits >> 23).cast_signed() - 127;
    let rest = f32::from_bits(bits & 0x007F_FFFF | 0x3F80_0000); // 1 to 2
    // The series of the inverse hyperbolic tangent.
    let s = (rest - 1.0) / (rest + 1.0);
    let square = s * s;
    let series = 1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square / 9.0)));
    exponent as f32 * std::f32::consts::LN_2 + 2.0 * s * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_logarithm_is_near_the_exact_one() {
        for x in [0.0_f32, 1e-6, 0.01, 0.5, 0.999, 1.0, 3.7, 1e3, 1e6, 1e12] {
            let exact = f64::from(x).ln_1p();
            let off = (f64::from(ln(x)) - exact).abs();
            assert!(off < 3e-6 * exact.max(1.0), "{x}: {off}");
        }
    }
}
