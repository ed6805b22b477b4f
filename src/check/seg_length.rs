//! A translation much longer or much shorter than its document's others.

use super::{Check, Draft, Level, Paper, Run, Text, View};
use crate::lang::Lang;
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "seg-length",
    level: Level::Note,
    mqm: "accuracy/omission",
    page: include_str!("seg_length.md"),
    run: Run::Paper(run),
};

/// Fewer Chinese characters say nothing about length.
const LEAST: usize = 20;

/// English bytes a Chinese byte that translations have whose document says nothing else.
const USUAL: [f64; 2] = [0.75, 1.75];

/// From so many units on, the document's own spread decides.
const ENOUGH: usize = 20;

/// From so many on, its middle has a say.
const SOME: usize = 5;

/// How many robust standard deviations from the middle are too many.
const FAR: f64 = 3.3;

/// A translation less than this much longer or shorter than usual has lost or gained little.
const MUCH: f64 = 1.7;

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    let ratios: Vec<(&View<'_>, f64)> = paper
        .views
        .iter()
        .filter_map(|view| Some((view, ratio(view)?.ln())))
        .collect();
    let mut sorted: Vec<f64> = ratios.iter().map(|(_, ratio)| *ratio).collect();
    let middle = median(&mut sorted);
    let mut away: Vec<f64> = sorted.iter().map(|ratio| (ratio - middle).abs()).collect();
    // The median absolute deviation, as a standard deviation of normal data; lower than
    // this no real translation was.
    let spread = (1.4826 * median(&mut away)).max(0.1);
    let [low, high] = USUAL.map(f64::ln);
    let half = (high - low) / 2.0;
    for (view, ratio) in &ratios {
        let unusual = *ratio < low || *ratio > high;
        let off = (ratio - middle).abs();
        let far = match ratios.len() {
            ENOUGH.. => off > FAR * spread && off > MUCH.ln(),
            SOME.. => unusual && off > half && off > MUCH.ln(),
            _ => unusual,
        };
        if far {
            let usual = if ratios.len() < SOME {
                f64::midpoint(low, high)
            } else {
                middle
            };
            let percent = (100.0 * (ratio - usual).exp()).round();
            let en = if view.target.lang == Lang::En {
                "translation"
            } else {
                "source"
            };
            let message = if *ratio < usual {
                format!("the English {en} is only {percent}% as long as usual for its Chinese")
            } else {
                format!("the English {en} is {percent}% as long as usual for its Chinese")
            };
            drafts.push(Draft {
                at_most: view.at_most,
                ..Draft::new(view.target.whole(), message)
            });
        }
    }
}

/// English bytes a Chinese byte (UTF-8), codes left out; `None` where the
/// Chinese is too short to tell.
fn ratio(view: &View<'_>) -> Option<f64> {
    let [zh, en] = match view.target.lang {
        Lang::En => [&view.source, &view.target],
        Lang::Zh => [&view.target, &view.source],
    };
    // A Han character takes three bytes at least.
    if zh.text.len() < 3 * LEAST || !view.both() {
        return None;
    }
    let enough = zh
        .text
        .chars()
        .filter(|c| is_han(*c))
        .nth(LEAST - 1)
        .is_some();
    let len = |text: &Text<'_>| {
        let codes: usize = text.codes.iter().map(|code| code.len()).sum();
        text.text.trim().len().saturating_sub(codes)
    };
    let (zh, en) = (len(zh), len(en));
    (enough && zh > 0 && en > 0).then(|| en as f64 / zh as f64)
}

/// The middle one; sorts. 0 where there is none.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
