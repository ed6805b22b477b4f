//! What the tokens of beads say, row by row.
//!
//! Only the tokens that meet something on the other side are looked at; all
//! others cost the same everywhere.

use std::ops::Range;

use super::corridor::Corridor;
use super::path::{TYPES, Texts, Weights};
use super::table::Table;

/// What the tokens say about the beads that end in a row of places; the rows come in order.
pub(super) struct Words<'a> {
    texts: &'a Texts<'a>,
    corridor: &'a Corridor,
    noise: f32,
    /// The most Chinese, and English, sentences in a bead.
    most: (usize, usize),
    /// For each Chinese token the English tokens that may become it, with the probability.
    becoming: Table,
    /// Of 1 to `most.1` English sentences before each place: how likely any one token is to be
    /// picked.
    picks: Vec<Vec<f32>>,
    /// What the English tokens near the row get from each of the last Chinese sentences.
    given: Vec<Vec<(u32, f32)>>,
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
#[derive(Default)]
struct Sums {
    low: usize,
    values: Vec<f32>,
}

impl Sums {
    /// The numbers of some sentences.
    fn of(&self, range: Range<usize>) -> &[f32] {
        &self.values[range.start - self.low..range.end - self.low]
    }
}

impl<'a> Words<'a> {
    pub(super) fn new(texts: &'a Texts<'a>, weights: &Weights, corridor: &'a Corridor) -> Self {
        let types = &TYPES[..weights.types.len()];
        let most = |side: fn(&(u8, u8)) -> u8| types.iter().map(side).max().unwrap_or(1);
        let most = (usize::from(most(|t| t.0)), usize::from(most(|t| t.1)));
        let pick = |b: usize| {
            let tokens = |j: usize| texts.en.before(j) - texts.en.before(j.saturating_sub(b));
            let pick = |j| (tokens(j).max(1) as f32).recip();
            (0..=texts.en.len()).map(pick).collect()
        };
        Self {
            texts,
            corridor,
            noise: weights.noise,
            most,
            becoming: texts.backward.transposed(texts.zh.names.len()),
            picks: (1..=most.1).map(pick).collect(),
            given: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
            window: 0..0,
            near: vec![0..0; texts.en.names.len()],
            got: vec![0.0; texts.en.names.len()],
            touched: Vec::new(),
        }
    }

    /// Reads Chinese sentence `i - 1`.
    pub(super) fn advance(&mut self, i: usize) {
        // Every later bead with this sentence ends within the next rows.
        let last = (i + self.most.0 - 1).min(self.texts.zh.len());
        let from = (self.corridor.low[i - 1] as usize).saturating_sub(self.most.1);
        let to = self.corridor.high[last] as usize;
        self.slide(from, to);
        let backward = self.backward(i - 1, from, to);
        self.backward.insert(0, backward);
        self.backward.truncate(self.most.0);
        let given = self.give(i - 1);
        self.given.insert(0, given);
        self.given.truncate(self.most.0);
        let to = self.corridor.high[i] as usize;
        self.forward.clear();
        for a in 1..=self.given.len() {
            for &(token, p) in &self.given[a - 1] {
                let got = &mut self.got[token as usize];
                if *got == 0.0 {
                    self.touched.push(token);
                }
                *got += p;
            }
            let tokens = self.texts.zh.before(i) - self.texts.zh.before(i - a);
            let sums = self.forward(tokens as f32, from, to);
            self.forward.push(sums);
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

    /// What the English tokens of the window get from a Chinese sentence.
    fn give(&self, sentence: usize) -> Vec<(u32, f32)> {
        let tokens = self.texts.zh.sentence(sentence).iter();
        let rows = tokens.flat_map(|&token| &self.texts.forward.rows[token as usize]);
        let near = rows.filter(|&&(other, _)| !self.near[other as usize].is_empty());
        near.copied().collect()
    }

    /// The gain of each English sentence from what was given, summed up.
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
        let zh = self.texts.zh;
        let tokens = zh.sentence(sentence);
        let miss = self.noise.ln() * tokens.len() as f32;
        let mut all: Vec<Vec<f32>> = vec![vec![miss; to - from]; self.most.1];
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
            for (b, (all, picks)) in all.iter_mut().zip(&self.picks).enumerate() {
                // The window of b + 1 sentences takes in the one b before.
                for at in whole.start + b..whole.end {
                    sums[at] += got[at - b];
                }
                let picks = &picks[from + whole.start + 1..=from + whole.end];
                let terms = sums[whole.clone()].iter().zip(picks);
                for (value, (sum, pick)) in all[whole.clone()].iter_mut().zip(terms) {
                    *value += times * ln(factor * sum * pick);
                }
            }
            got[whole.clone()].fill(0.0);
            sums[whole].fill(0.0);
        }
        all.into_iter()
            .map(|values| Sums { low: from, values })
            .collect()
    }

    /// What the tokens of beads are worth: of the last `a` Chinese sentences and the `b` English
    /// ones before each place.
    pub(super) fn gains(&self, a: usize, b: usize, places: &Range<usize>, gains: &mut [f32]) {
        for row in &self.backward[..a] {
            let values = row[b - 1].of(places.start - 1..places.end - 1);
            for (gain, value) in gains.iter_mut().zip(values) {
                *gain += value;
            }
        }
        let sums = &self.forward[a - 1];
        let (to, from) = (
            sums.of(places.clone()),
            sums.of(places.start - b..places.end - b),
        );
        for (gain, (to, from)) in gains.iter_mut().zip(to.iter().zip(from)) {
            *gain = f32::midpoint(*gain, to - from);
        }
    }
}

/// The logarithm of `1 + x` for what is not negative, to six digits: half of the time would go
/// into those of the library, which are exact and one at a time.
pub(super) fn ln(x: f32) -> f32 {
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
