//! How likely a bead is right, from what it gained and what is around it.
//!
//! A logistic regression over the beads of docs/quality.md's gold files,
//! aligned with a whole, a quarter and no dictionary; docs/quality.md says how
//! far its probabilities are off.

use super::path::Step;
use super::side::Side;

const START: f32 = 2.858;
/// The gain by the square root of the number of tokens, of a bead with two sides.
const GAIN: f32 = 0.456;
/// Where that counts no more.
const GAINS: (f32, f32) = (-5.0, 6.0);
const OMISSION: f32 = 0.446;
/// The lower of the gains of the beads before and after it.
const AROUND: f32 = 0.086;
/// The beads before and after it that are omissions.
const GAPS: f32 = -0.807;
/// The sentences it has beyond one on each side.
const SIZE: f32 = -0.882;
/// The share of all tokens that meet nothing.
const NOISE: f32 = -1.271;

/// The probability that each bead of a path is right.
pub(super) fn scores(zh: &Side, en: &Side, path: &[Step], noise: f32) -> Vec<f32> {
    let full = |step: &Step| !step.is_omission();
    let rate = |step: &Step| {
        let tokens = zh.tokens(&step.zh).len() + en.tokens(&step.en).len() + 1;
        (step.gain / (tokens as f32).sqrt()).clamp(GAINS.0, GAINS.1)
    };
    let score = |(at, step): (usize, &Step)| {
        let before = at.checked_sub(1).and_then(|at| path.get(at));
        let around: Vec<&Step> = before.into_iter().chain(path.get(at + 1)).collect();
        let rates = around
            .iter()
            .filter(|step| full(step))
            .map(|step| rate(step));
        let least = rates.reduce(f32::min).unwrap_or(0.0);
        let gaps = around.iter().filter(|step| !full(step)).count();
        let own = if full(step) {
            GAIN * rate(step) + SIZE * (step.zh.len() + step.en.len() - 2) as f32
        } else {
            OMISSION
        };
        let sum = START + own + AROUND * least + GAPS * gaps as f32 + NOISE * noise;
        1.0 / (1.0 + (-sum).exp())
    };
    path.iter().enumerate().map(score).collect()
}
