//! What lengths, and the ends of paragraphs, say about a bead.

use std::ops::Range;

use super::meet::ln;
use super::path::{MOST, Texts};
use crate::model::document::Block;

/// The bounds of what the lengths of a bead can say.
const BOUNDS: (f32, f32) = (-30.0, 4.0);

/// English characters for a Chinese one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    pub(super) ratio: f32,
    /// The variance of a character.
    pub(super) variance: f32,
}

/// How well the lengths of the sides of a bead fit.
pub(super) struct Scale {
    zh: Vec<f64>,
    /// For 1 to [`MOST`] English sentences before each place.
    en: Vec<Sizes>,
    lengths: Lengths,
}

/// Of some English sentences before each place, as many each time.
struct Sizes {
    /// Their length.
    length: Vec<f32>,
    /// The logarithm of its probability by itself.
    alone: Vec<f32>,
}

impl Scale {
    pub(super) fn new(texts: &Texts<'_>) -> Self {
        let lengths = |lengths: &[f32]| running(lengths.iter().map(|&l| f64::from(l)));
        let sums = [lengths(&texts.en.lengths), alone(&texts.en.lengths)];
        let sizes = |b: usize| {
            let [length, alone] = [&sums[0], &sums[1]].map(|sums| {
                let before = |j: usize| sums[j] - sums[j.saturating_sub(b)];
                (0..sums.len()).map(|j| before(j) as f32).collect()
            });
            Sizes { length, alone }
        };
        Self {
            zh: lengths(&texts.zh.lengths),
            en: (1..=MOST).map(sizes).collect(),
            lengths: texts.lengths,
        }
    }

    /// What the lengths of one bead say.
    pub(super) fn gain(&self, zh: &Range<u32>, en: &Range<u32>) -> f32 {
        let mut gain = [0.0];
        let zh = zh.start as usize..zh.end as usize;
        let end = en.end as usize;
        self.gains(zh, en.len(), &(end..end + 1), (0.0, 0.0, 1.0), &mut gain);
        gain[0]
    }

    /// What it says for `b` English sentences before each place. The gains are first multiplied
    /// by the first weight, then the second is added, and what lengths say times the third.
    pub(super) fn gains(
        &self,
        zh: Range<usize>,
        b: usize,
        places: &Range<usize>,
        (times, plus, weight): (f32, f32, f32),
        gains: &mut [f32],
    ) {
        let expected = self.lengths.ratio * (self.zh[zh.end] - self.zh[zh.start]) as f32 + 1.0;
        let sizes = &self.en[b - 1];
        let sizes = sizes.length[places.clone()]
            .iter()
            .zip(&sizes.alone[places.clone()]);
        for (gain, (length, alone)) in gains.iter_mut().zip(sizes) {
            let variance = self.lengths.variance * (expected + length) / 2.0;
            let apart = length - expected;
            let spread = ln(std::f32::consts::TAU * variance - 1.0);
            let together = -0.5 * apart * apart / variance - 0.5 * spread;
            let says = (together - alone).clamp(BOUNDS.0, BOUNDS.1);
            *gain = times * *gain + plus + weight * says;
        }
    }
}

/// Sums of the sentences' log-probabilities by their length alone.
fn alone(lengths: &[f32]) -> Vec<f64> {
    let logs: Vec<f64> = lengths.iter().map(|&l| f64::from(l + 1.0).ln()).collect();
    let n = logs.len().max(1) as f64;
    let mean = logs.iter().sum::<f64>() / n;
    let spread = (logs.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / n)
        .sqrt()
        .max(0.3);
    running(logs.iter().map(|l| {
        -0.5 * ((l - mean) / spread).powi(2) - (spread * std::f64::consts::TAU.sqrt()).ln() - l
    }))
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

/// Where paragraphs begin, and headings stand.
pub(super) struct Breaks<'a> {
    texts: &'a Texts<'a>,
    /// For each text how many sentences before each place begin a paragraph, and are headings.
    zh: [Vec<u32>; 2],
    en: [Vec<u32>; 2],
}

impl<'a> Breaks<'a> {
    pub(super) fn new(texts: &'a Texts<'a>) -> Self {
        let count = |yes: &mut dyn Iterator<Item = bool>| -> Vec<u32> {
            let counts = yes.scan(0, |sum, yes| {
                *sum += u32::from(yes);
                Some(*sum)
            });
            std::iter::once(0).chain(counts).collect()
        };
        let [zh, en] = [texts.zh, texts.en].map(|side| {
            let mut heads = side.blocks.iter().map(|&block| block == Block::Heading);
            [count(&mut side.opens.iter().copied()), count(&mut heads)]
        });
        Self { texts, zh, en }
    }

    /// Takes from the gains of beads what the structure of the two texts costs them: paragraphs
    /// that end with a bead on one side only or inside it, a heading without one.
    pub(super) fn cost(
        &self,
        zh: Range<usize>,
        b: usize,
        places: &Range<usize>,
        cost: f32,
        gains: &mut [f32],
    ) {
        let inside =
            |counts: &[u32], range: &Range<usize>| counts[range.end] - counts[range.start + 1];
        let heads = |counts: &[u32], range: &Range<usize>| counts[range.end] > counts[range.start];
        let own = (
            inside(&self.zh[0], &zh),
            heads(&self.zh[1], &zh),
            self.texts.zh.opens[zh.end],
        );
        for (gain, j) in gains.iter_mut().zip(places.clone()) {
            let en = j - b..j;
            let odd = own.0
                + inside(&self.en[0], &en)
                + u32::from(own.1 != heads(&self.en[1], &en))
                + u32::from(own.2 != self.texts.en.opens[j]);
            *gain -= cost * odd as f32;
        }
    }
}
