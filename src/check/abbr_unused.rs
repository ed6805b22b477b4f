//! An abbreviation that is explained and never used.

use super::abbr::{KNOWN, defined, mentions};
use super::{Check, Draft, Level, Paper, Run};
use crate::finding::Side;
use crate::lang::Lang;
use crate::model::bitext::Layout;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "abbr-unused",
    level: Level::Note,
    mqm: "fluency/inconsistency/inconsistent-abbreviations",
    page: include_str!("abbr_unused.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    if paper.bitext.layout == Layout::Table {
        return; // it need not be a whole document
    }
    for side in [Side::Source, Side::Target] {
        let uses = mentions(paper, side);
        for this in defined(paper, side) {
            let used = if this.short_name() {
                let texts = paper.views.iter().map(|view| view.text(side).text);
                texts
                    .map(|text| text.matches(this.abbr).count())
                    .sum::<usize>()
                    > 1
            } else {
                // An original in brackets helps the Chinese reader even if it never returns.
                this.text.lang == Lang::Zh
                    || uses.iter().filter(|m| m.abbr == this.abbr).count() > 1
            };
            // What everybody knows stands beside its long form to be recognized.
            if !used && !KNOWN.contains(&this.abbr) {
                let message = format!("{} is explained and not used", quoted(this.abbr));
                drafts.push(Draft::new(this.text.at(this.at), message));
            }
        }
    }
}
