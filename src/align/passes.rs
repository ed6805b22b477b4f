//! The passes over two texts, each with what the one before has learnt.
//!
//! How much a text can be trusted to explain its translation differs: with a
//! good dictionary two tokens of three meet something, with none one in
//! twenty. So the share that meets nothing is measured on every path, and what
//! is little known is treated with care: omissions are made rare, lengths
//! weigh more and the path may move further. Without that guard a weak
//! dictionary ends in omissions alone, each pass learning less than the last.

use std::ops::Range;

use super::anchor::anchors;
use super::corridor::Corridor;
use super::lexicon::learn;
use super::measure::Lengths;
use super::path::{EXPECTED, Step, TYPES, Texts, Weights, best, gained};
use super::side::Side;
use super::table::Table;

/// No more passes than this; two or three are enough with a good dictionary.
const PASSES: usize = 8;
/// A pass that changes fewer beads than one in this number is the last.
const SETTLED: usize = 200;
/// The first pass knows the first so many types of beads.
const FIRST_TYPES: usize = 9;
/// The expected share of omissions: unguarded and guarded.
const OMITTED: (f32, f32) = (0.01, 1e-3);
/// How often a side that left a sentence out is expected to leave out the next.
const AGAIN: f32 = 0.5;
/// How much the logarithm of a type's share counts.
const TYPE_POWER: f32 = 2.0;
/// How many beads the expectations count as when types are counted.
const PRIOR_BEADS: f32 = 20.0;
/// The share of tokens that meet nothing is not believed beyond these.
const NOISE: (f32, f32) = (0.3, 0.9);
/// Where that share begins to ask for the guard, and how far it is to the full guard.
const GUARD: (f32, f32) = (0.55, 0.4);
/// With the full guard lengths vary at least so much: a path by lengths alone finds them alike.
const GUARDED_VARIANCE: f32 = 8.0;
/// Beads with more tokens on a side are not learnt from.
const LONGEST: (usize, usize) = (120, 160);
/// The most beads looked at to tell how much meets nothing.
const SAMPLE: usize = 2_000;
/// The most beads that are learnt from: more teach no more.
const LESSONS: usize = 20_000;
/// How far from the last path the next may run: unguarded and guarded.
const MARGIN: (u32, u32) = (12, 60);
/// How far from the anchors the first path may run.
const FIRST_MARGIN: u32 = 60;
/// The most that an end of a paragraph or a heading on one side alone may cost.
const MOST_STRUCTURE: f32 = 4.0;

/// The path after all passes, and the share of its tokens that meet nothing.
pub(super) fn run(zh: &Side, en: &Side, prior: &Table) -> (Vec<Step>, f32) {
    let total = |side: &Side| side.lengths.iter().sum::<f32>().max(1.0);
    let mut lengths = Lengths {
        ratio: total(en) / total(zh),
        variance: 20.0,
    };
    let (rows, columns) = (zh.len() as u32, en.len() as u32);
    let structured = structured(zh) && structured(en);
    let backward = prior.inverted(en.names.len());
    let texts = Texts {
        zh,
        en,
        forward: prior,
        backward: &backward,
        lengths,
    };
    let weights = Weights {
        noise: 0.7,
        words: 0.7,
        length: 1.0,
        types: expected(OMITTED.1, FIRST_TYPES),
        again: OMITTED.1.ln() * TYPE_POWER,
        structure: if structured { 1.0 } else { 0.0 },
    };
    let corridor = Corridor::along(&anchors(zh, en, prior), rows, columns, FIRST_MARGIN);
    let mut path = best(&texts, &weights, &corridor);
    gained(&texts, &weights, lessons(&mut path));
    let mut share = 1.0;
    for pass in 2..=PASSES {
        lengths = measured(zh, en, &path).unwrap_or(lengths);
        let (forward, backward) = lesson(zh, en, prior, &path);
        let mut texts = Texts {
            zh,
            en,
            forward: &forward,
            backward: &backward,
            lengths,
        };
        share = noise(&texts, &path);
        let guard = ((share.min(NOISE.1) - GUARD.0) / GUARD.1).clamp(0.0, 1.0);
        texts.lengths.variance = lengths.variance.max(GUARDED_VARIANCE * guard);
        let free = match pass {
            2 => expected(OMITTED.0, TYPES.len()),
            _ => counted(&path),
        };
        let types = free.iter().zip(expected(OMITTED.1, TYPES.len()));
        let again = AGAIN.ln() * TYPE_POWER;
        let weights = Weights {
            noise: share.clamp(NOISE.0, NOISE.1),
            words: 0.85,
            length: 0.5 + 0.5 * guard,
            types: types
                .map(|(free, guarded)| free + guard * (guarded - free))
                .collect(),
            again: again + guard * (OMITTED.1.ln() * TYPE_POWER - again),
            structure: if structured {
                structure(zh, en, &path)
            } else {
                0.0
            },
        };
        let margin = if guard > 0.0 { MARGIN.1 } else { MARGIN.0 };
        let next = best(
            &texts,
            &weights,
            &Corridor::along(&ends(&path), rows, columns, margin),
        );
        let changed = changed(&path, &next);
        path = next;
        if pass == PASSES || pass > 2 && changed * SETTLED <= path.len() {
            gained(&texts, &weights, path.iter_mut());
            break;
        }
        gained(&texts, &weights, lessons(&mut path));
    }
    (path, share)
}

/// At most [`LESSONS`] beads of a path, spread over it.
fn lessons(path: &mut [Step]) -> impl Iterator<Item = &mut Step> {
    let stride = path.len().div_ceil(LESSONS).max(1);
    path.iter_mut().step_by(stride)
}

/// What the first types of beads are worth before anything is counted.
fn expected(omission: f32, types: usize) -> Vec<f32> {
    let types = TYPES.iter().zip(EXPECTED).take(types);
    types
        .map(|(&(zh, en), share)| {
            let share = if zh == 0 || en == 0 { omission } else { share };
            share.ln() * TYPE_POWER
        })
        .collect()
}

/// What the types of beads are worth after the path they were counted on. Of omissions that
/// follow each other each side's first is counted: the others have a price of their own.
fn counted(path: &[Step]) -> Vec<f32> {
    let mut numbers = EXPECTED.map(|share| share * PRIOR_BEADS);
    for run in path.chunk_by(|a, b| a.is_omission() && b.is_omission()) {
        let mut last = None;
        let mut run: Vec<(usize, usize)> = run.iter().map(Step::size).collect();
        run.sort_unstable();
        for size in run {
            let omits = size.0 == 0 || size.1 == 0;
            if omits && last == Some(size) {
                continue;
            }
            last = Some(size);
            if let Some(kind) = TYPES
                .iter()
                .position(|&(zh, en)| (usize::from(zh), usize::from(en)) == size)
            {
                numbers[kind] += 1.0;
            }
        }
    }
    let all: f32 = numbers.iter().sum();
    numbers.map(|n| (n / all).ln() * TYPE_POWER).to_vec()
}

/// The places where the beads end.
fn ends(path: &[Step]) -> Vec<(u32, u32)> {
    path.iter().map(|step| (step.zh.end, step.en.end)).collect()
}

/// How many beads of `next` are not in `path`.
fn changed(path: &[Step], next: &[Step]) -> usize {
    let mut old = path.iter().peekable();
    let kept = next.iter().filter(|step| {
        let place = (step.zh.start, step.en.start);
        while old
            .next_if(|old| (old.zh.start, old.en.start) < place)
            .is_some()
        {}
        old.peek()
            .is_some_and(|old| (&old.zh, &old.en) == (&step.zh, &step.en))
    });
    next.len() - kept.count()
}

/// The beads with something on both sides.
fn full(path: &[Step]) -> impl Iterator<Item = &Step> {
    path.iter().filter(|step| !step.is_omission())
}

/// The share of tokens that meet nothing, by expectation maximization over the beads of a path.
fn noise(texts: &Texts<'_>, path: &[Step]) -> f32 {
    const ROUNDS: usize = 6;
    let stride = path.len().div_ceil(SAMPLE).max(1);
    let sample = full(path).step_by(stride);
    let likelier: Vec<f32> = sample.flat_map(|step| texts.likelier(step)).collect();
    let mut noise = 0.5;
    for _ in 0..ROUNDS {
        let sum: f32 = likelier
            .iter()
            .map(|x| noise / (noise + (1.0 - noise) * x))
            .sum();
        noise = sum / likelier.len().max(1) as f32;
    }
    noise
}

/// What the beads of a path teach about words, both ways.
fn lesson(zh: &Side, en: &Side, prior: &Table, path: &[Step]) -> (Table, Table) {
    let good = full(path).filter(|step| step.gain > 2.0 && step.zh.len() + step.en.len() <= 5);
    let pairs = good.map(|step| (zh.tokens(&step.zh), en.tokens(&step.en)));
    let short = pairs.filter(|(zh, en)| zh.len() < LONGEST.0 && en.len() < LONGEST.1);
    let pairs: Vec<(&[u32], &[u32])> = short.collect();
    let turned: Vec<_> = pairs.iter().map(|&(zh, en)| (en, zh)).collect();
    (
        learn(&pairs, prior, en.names.len()),
        learn(&turned, &prior.inverted(en.names.len()), zh.names.len()),
    )
}

/// How the lengths of the two sides of beads relate.
fn measured(zh: &Side, en: &Side, path: &[Step]) -> Option<Lengths> {
    let length = |side: &Side, range: &Range<u32>| -> f32 {
        side.lengths[range.start as usize..range.end as usize]
            .iter()
            .sum()
    };
    let good = full(path).filter(|step| step.gain > 0.0);
    let pairs: Vec<(f32, f32)> = good
        .map(|step| (length(zh, &step.zh), length(en, &step.en)))
        .collect();
    // Short sentences say little about the ratio.
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

/// Whether a text has paragraphs.
fn structured(side: &Side) -> bool {
    let inner = side.opens.iter().skip(1).rev().skip(1);
    inner.copied().any(|opens| opens)
}

/// What it should cost that the end of a paragraph, or a heading, is on one side only: as much
/// as it is rare on a path (the logarithm of the odds).
fn structure(zh: &Side, en: &Side, path: &[Step]) -> f32 {
    let (mut agree, mut differ) = (1.0_f32, 1.0_f32);
    for step in full(path) {
        let opens = (
            zh.opens[step.zh.end as usize],
            en.opens[step.en.end as usize],
        );
        match opens {
            (true, true) => agree += 1.0,
            (false, false) => {}
            _ => differ += 1.0,
        }
    }
    (agree / differ).ln().clamp(0.0, MOST_STRUCTURE)
}
