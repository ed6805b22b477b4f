//! A unit that has one of its two texts only.

use super::usage::repeated;
use super::{Check, Draft, Level, Paper, Run, Text, View};
use crate::finding::Severity;
use crate::model::bitext::Layout;

pub(super) const CHECK: Check = Check {
    id: "seg-empty",
    level: Level::Error,
    mqm: "accuracy/omission",
    page: include_str!("seg_empty.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    if paper.bitext.layout == Layout::Single {
        return;
    }
    let mut found = Vec::new();
    // One finding a run of units: a chapter left out is one fault.
    for run in paper.views.chunk_by(|a, b| lack(a) == lack(b)) {
        let Some((first, lack)) = run.first().and_then(|v| Some((v, lack(v)?))) else {
            continue;
        };
        let (text, missing) = match lack {
            Lack::Target => (&first.source, "translation"),
            Lack::Source => (&first.target, "source"),
        };
        let message = match run.len() - 1 {
            0 => format!("this has no {missing}"),
            1 => format!("this and the next unit have no {missing}"),
            more => format!("this and the next {more} units have no {missing}"),
        };
        let said = if let Lack::Source = lack {
            &mut found
        } else {
            &mut *drafts
        };
        said.push(Draft {
            at_most: weight(paper.bitext.layout, lack, run).min(credits(paper, run)),
            ..Draft::new(text.whole(), message)
        });
    }
    // Captions that only the translation has were one decision.
    drafts.extend(repeated(paper, found));
}

/// The side a unit lacks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    Source,
    Target,
}

fn lack(view: &View<'_>) -> Option<Lack> {
    let empty = |text: &str| text.trim().is_empty();
    match (empty(view.source.text), empty(view.target.text)) {
        (false, true) => Some(Lack::Target),
        (true, false) => Some(Lack::Source),
        _ => None,
    }
}

/// At most a note for a few short lines at the end of one of two documents: who translated it,
/// when it was published.
fn credits(paper: &Paper<'_>, run: &[View<'_>]) -> Severity {
    // The address of a link is not read.
    let read = |text: &Text<'_>| {
        let codes = text.codes.iter().map(|code| code.of(text.text));
        let code: usize = codes.map(|code| code.chars().count()).sum();
        text.text.chars().count().saturating_sub(code)
    };
    let short = |view: &View<'_>| read(&view.source) + read(&view.target) <= 40;
    let last = paper.views.len() > 2 * run.len()
        && paper
            .views
            .last()
            .zip(run.last())
            .is_some_and(|(a, b)| std::ptr::eq(a, b));
    if paper.bitext.layout == Layout::Pair && last && run.len() <= 6 && run.iter().all(short) {
        Severity::Note
    } else {
        Severity::Error
    }
}

/// Two documents were joined unit by unit by a program: a gap may be its fault.
/// What has no letters may need no translation.
fn weight(layout: Layout, lack: Lack, run: &[View<'_>]) -> Severity {
    let says = |view: &View<'_>| {
        let mut chars = view.source.text.chars().chain(view.target.text.chars());
        chars.any(char::is_alphabetic)
    };
    match (layout, lack) {
        _ if !run.iter().any(says) => Severity::Note,
        (Layout::Pair, Lack::Source) => Severity::Note,
        (Layout::Pair, Lack::Target) | (_, Lack::Source) => Severity::Warning,
        _ => Severity::Error,
    }
}
