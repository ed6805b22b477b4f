//! The passes over two texts, each with what the one before has learnt.

use super::anchor::anchors;
use super::corridor::Corridor;
use super::lexicon::learn;
use super::path::{EXPECTED, Lengths, Step, TYPES, Texts, Weights, best};
use super::side::Side;
use super::table::Table;

/// How many beads the expectations count as when types are counted.
const PRIOR_BEADS: f32 = 20.0;
/// Beads with more tokens on a side are not learnt from.
const LONGEST: (usize, usize) = (120, 160);
/// So many beads teach enough.
const LESSONS: usize = 20_000;
/// How far from the last path the next may run.
const MARGIN: u32 = 12;

/// The best path after all passes.
pub(super) fn run(zh: &Side, en: &Side, prior: &Table) -> Vec<Step> {
    let backward = prior.inverted(en.names.len());
    let total = |side: &Side| side.lengths.iter().sum::<f32>().max(1.0);
    let mut lengths = Lengths {
        ratio: total(en) / total(zh),
        variance: 20.0,
    };
    let points = anchors(zh, en, prior);
    let (rows, columns) = (zh.len() as u32, en.len() as u32);
    let corridor = Corridor::along(&points, rows, columns, 60);
    let expected = |omission: f32, power: f32, types: usize| -> Vec<f32> {
        let types = TYPES.iter().zip(EXPECTED).take(types);
        types
            .map(|(&(a, b), share)| {
                let share = if a == 0 || b == 0 { omission } else { share };
                share.ln() * power
            })
            .collect()
    };
    let guarded = Weights {
        noise: 0.7,
        words: 0.7,
        length: 1.0,
        types: expected(1e-3, 2.0, 9),
        paragraphs: (0.0, 0.0),
    };
    let mut path = best(
        &Texts {
            zh,
            en,
            forward: prior,
            backward: &backward,
            lengths,
        },
        &guarded,
        &corridor,
    );
    let mut types = expected(0.01, 2.0, TYPES.len());
    for pass in 2..=3 {
        if pass > 2 {
            types = counted(&path);
        }
        lengths = measured(zh, en, &path).unwrap_or(lengths);
        let (forward, backward) = lesson(zh, en, prior, &path);
        let weights = Weights {
            noise: 0.3,
            words: 0.7,
            length: 0.5,
            types: types.clone(),
            paragraphs: (0.0, 0.0),
        };
        let corridor = Corridor::along(&ends(&path), rows, columns, MARGIN);
        path = best(
            &Texts {
                zh,
                en,
                forward: &forward,
                backward: &backward,
                lengths,
            },
            &weights,
            &corridor,
        );
    }
    path
}

/// The places where the beads end.
fn ends(path: &[Step]) -> Vec<(u32, u32)> {
    path.iter().map(|step| (step.zh.end, step.en.end)).collect()
}

/// What the beads of a path teach about words, both ways.
fn lesson(zh: &Side, en: &Side, prior: &Table, path: &[Step]) -> (Table, Table) {
    let mut pairs: Vec<(&[u32], &[u32])> = Vec::new();
    for step in path {
        let both = !step.zh.is_empty() && !step.en.is_empty();
        if both && step.gain > 2.0 && step.zh.len() + step.en.len() <= 5 {
            let zh = zh.sentences(step.zh.start as usize, step.zh.end as usize);
            let en = en.sentences(step.en.start as usize, step.en.end as usize);
            if zh.len() < LONGEST.0 && en.len() < LONGEST.1 {
                pairs.push((zh, en));
            }
        }
    }
    let stride = pairs.len().div_ceil(LESSONS).max(1);
    let pairs: Vec<_> = pairs.into_iter().step_by(stride).collect();
    let turned: Vec<_> = pairs.iter().map(|&(zh, en)| (en, zh)).collect();
    let inverted = prior.inverted(en.names.len());
    (
        learn(&pairs, prior, en.names.len()),
        learn(&turned, &inverted, zh.names.len()),
    )
}

/// How the lengths of the two sides of beads relate.
fn measured(zh: &Side, en: &Side, path: &[Step]) -> Option<Lengths> {
    let length = |side: &Side, range: &std::ops::Range<u32>| -> f32 {
        side.lengths[range.start as usize..range.end as usize]
            .iter()
            .sum()
    };
    let pairs: Vec<(f32, f32)> = path
        .iter()
        .filter(|step| !step.zh.is_empty() && !step.en.is_empty() && step.gain > 0.0)
        .map(|step| (length(zh, &step.zh), length(en, &step.en)))
        .collect();
    let ratio = median(
        pairs
            .iter()
            .filter(|(zh, _)| *zh > 8.0)
            .map(|(zh, en)| en / zh),
    )?;
    let spread = median(pairs.iter().map(|(zh, en)| {
        let expected = ratio * zh;
        (en - expected).powi(2) / ((expected + en) / 2.0).max(1.0)
    }))?;
    Some(Lengths {
        ratio,
        // The median of a squared normal deviate is 0.455 of its variance.
        variance: (spread / 0.455).max(3.0),
    })
}

fn median(numbers: impl Iterator<Item = f32>) -> Option<f32> {
    let mut numbers: Vec<f32> = numbers.collect();
    numbers.sort_unstable_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// What the types of beads are worth after the path they were counted on.
fn counted(path: &[Step]) -> Vec<f32> {
    let all = path.len() as f32 + PRIOR_BEADS;
    let types = TYPES.iter().zip(EXPECTED);
    types
        .map(|(&(a, b), share)| {
            let size = (u32::from(a), u32::from(b));
            let number = path
                .iter()
                .filter(|s| (s.zh.end - s.zh.start, s.en.end - s.en.start) == size);
            ((number.count() as f32 + PRIOR_BEADS * share) / all).ln() * 2.0
        })
        .collect()
}
