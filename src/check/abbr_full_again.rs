//! A full name used again and again although it has an abbreviation.

use super::abbr::{body, defined};
use super::{At, Check, Draft, Level, Paper, Run};
use crate::finding::Side;
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::span::Span;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "abbr-full-again",
    level: Level::Note,
    mqm: "fluency/inconsistency/inconsistent-abbreviations",
    page: include_str!("abbr_full_again.md"),
    run: Run::Paper(run),
};

/// So often it is no oversight of a moment.
const OFTEN: usize = 2;

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    if paper.bitext.layout == Layout::Table {
        return; // it need not be a whole document
    }
    for side in [Side::Source, Side::Target] {
        for this in defined(paper, side) {
            let Some(full) = this.full() else { continue };
            if this.text.lang == Lang::Zh && !this.short_name() {
                continue; // an original in brackets shortens nothing
            }
            let mut again: Vec<At> = Vec::new();
            for view in paper.views.iter().skip(this.unit + 1) {
                let text = view.text(side);
                for (at, _) in text.text.match_indices(full).filter(|_| body(text)) {
                    let (before, rest) = crate::span::halves(text.text, at);
                    let after = crate::span::halves(rest, full.len()).1;
                    let letter = |c: char| c.is_ascii_alphanumeric();
                    let explained = after.trim_start().starts_with(['(', '（']);
                    let quote = before.ends_with(['“', '"', '《', '「']);
                    if !explained
                        && !quote
                        && !before.ends_with(letter)
                        && !after.starts_with(letter)
                    {
                        again.push(text.at(Span::new(at, at + full.len())));
                    }
                }
            }
            if let (Some(first), true) = (again.first().copied(), again.len() >= OFTEN) {
                let times = again.len();
                let message = format!(
                    "{} is written in full {times} times after {} was explained",
                    quoted(full),
                    quoted(this.abbr)
                );
                drafts.push(Draft {
                    suggestions: vec![this.abbr.to_owned()],
                    related: again.into_iter().skip(1).collect(),
                    ..Draft::new(first, message)
                });
            }
        }
    }
}
