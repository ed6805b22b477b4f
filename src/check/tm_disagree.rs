//! A translation other than the one the memory has.

use super::{Check, Draft, Level, Run, View};
use crate::memory::Candidate;
use crate::model::document::State;
use crate::text::chars::quoted;
use crate::text::fold::fold;
use crate::text::width::fit;

pub(super) const CHECK: Check = Check {
    id: "tm-disagree",
    level: Level::Note,
    mqm: "fluency/inconsistency",
    page: include_str!("tm_disagree.md"),
    run: Run::Unit(run),
};

/// How many columns of a text are shown in a message.
const SHOWN: usize = 60;

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    // A draft is not yet anybody's decision.
    let Some(memory) = view
        .source
        .reference
        .memory
        .filter(|_| view.state != State::Draft)
    else {
        return;
    };
    let from = view.source.lang;
    let found = memory.same(view.source.text, from);
    let same = |a: &str, b: &str| a == b || fold(a) == fold(b);
    let mut counted: Vec<(&Candidate, u32)> = Vec::new();
    // What an aligner made nobody has confirmed.
    for candidate in found.iter().filter(|c| !c.entry.aligned) {
        let text = |c: &Candidate| c.entry.text(from.other()).to_owned();
        match counted
            .iter_mut()
            .find(|(c, _)| same(&text(c), &text(candidate)))
        {
            Some((_, times)) => *times += candidate.times,
            None => counted.push((candidate, candidate.times)),
        }
    }
    let all: u32 = counted.iter().map(|(_, times)| times).sum();
    // More than half of two or more: the memory has one mind.
    let usual = counted
        .iter()
        .find(|(_, times)| *times >= 2 && 2 * times > all);
    let Some((usual, times)) = usual else { return };
    let wanted = usual.entry.text(from.other());
    if same(wanted, view.target.text) {
        return;
    }
    let shown = quoted(&fit(wanted, SHOWN));
    drafts.push(Draft {
        suggestions: vec![wanted.to_owned()],
        ..Draft::new(
            view.target.whole(),
            format!("the memory translates this source {times} times of {all} as {shown}"),
        )
    });
}
