//! One text has more than twice the sentences of the other.

use super::{Check, Draft, Level, Run, Text, View};
use crate::text::sentence::sentences;

pub(super) const CHECK: Check = Check {
    id: "seg-sentences",
    level: Level::Note,
    mqm: "accuracy/omission",
    page: include_str!("seg_sentences.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    // No text has more sentences than marks that can end one.
    let most = [&view.source, &view.target].map(|text| 1 + count(text, ENDS));
    if most.iter().all(|n| *n < 3) {
        return;
    }
    let [source, target] = [&view.source, &view.target].map(|t| sentences(t.text, t.lang).len());
    let (few, other, many) = match (2 * source < target, 2 * target < source) {
        (true, _) => (source, &view.source, target),
        (_, true) => (target, &view.target, source),
        _ => return,
    };
    // Chinese strings together with commas what English ends, and English with semicolons
    // and lists (1), (2) what Chinese ends: what has as many parts may say as much.
    if few + count(other, JOINTS) >= many {
        return;
    }
    let message = format!("{target} sentences for {source} of the source");
    let message = if target == 1 {
        message.replace("sentences", "sentence")
    } else {
        message
    };
    drafts.push(Draft::new(view.target.whole(), message));
}

const ENDS: &[char] = &['.', '?', '!', '。', '？', '！', '…', '．', '\n'];
const JOINTS: &[char] = &[
    ',', '，', ';', '；', ':', '：', '—', '–', '、', '\n', ')', '）',
];

fn count(text: &Text<'_>, marks: &[char]) -> usize {
    text.text.chars().filter(|c| marks.contains(c)).count()
}
