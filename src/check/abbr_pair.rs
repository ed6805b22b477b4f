//! An abbreviation that one language's text explains and the other's does not.

use std::collections::HashSet;

use super::abbr::{defined, mentions};
use super::{Check, Draft, Level, Paper, Run};
use crate::finding::{Severity, Side};
use crate::lang::Lang;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "abbr-pair",
    level: Level::Warning,
    mqm: "accuracy/omission",
    page: include_str!("abbr_pair.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    let source = defined(paper, Side::Source);
    if source.is_empty() {
        return;
    }
    let target = defined(paper, Side::Target);
    let uses = mentions(paper, Side::Target);
    let mut seen = HashSet::new();
    for this in source {
        // Only the first mention is compared, and short names differ by nature.
        if !seen.insert(this.abbr) || this.short_name() {
            continue;
        }
        let Some(view) = paper.views.get(this.unit).filter(|view| view.both()) else {
            continue;
        };
        if view.target.text.contains(this.abbr) {
            continue;
        }
        let abbr = quoted(this.abbr);
        let explained = target.iter().any(|d| d.abbr == this.abbr);
        let used = uses.iter().any(|m| m.abbr == this.abbr);
        let instead = target.iter().find(|d| d.unit == this.unit);
        let related = vec![this.text.at(this.at)];
        drafts.push(match instead.filter(|_| !explained && !used) {
            // 中国贸易促进会 has its own: a Chinese short name stands for any.
            Some(other) if other.short_name() => continue,
            Some(other) => Draft {
                related,
                suggestions: vec![this.abbr.to_owned()],
                ..Draft::new(
                    other.text.at(other.at),
                    format!("the source's abbreviation is {abbr}"),
                )
            },
            None if explained => continue,
            None => Draft {
                // Chinese often does without the Latin abbreviation.
                at_most: if used || view.target.lang == Lang::En {
                    view.at_most
                } else {
                    Severity::Note
                },
                ..Draft::new(
                    this.text.at(this.at),
                    format!("the translation does not give {abbr}"),
                )
            },
        });
    }
}
