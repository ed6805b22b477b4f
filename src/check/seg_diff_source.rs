//! Several sources, one translation, over all documents of a run.

use super::seg_diff_target::{SHOWN, groups, long, places};
use super::{Check, Draft, Level, Run, Set};
use crate::finding::Side;
use crate::text::chars::quoted;
use crate::text::width::fit;

pub(super) const CHECK: Check = Check {
    id: "seg-diff-source",
    level: Level::Note,
    mqm: "accuracy/mistranslation",
    page: include_str!("seg_diff_source.md"),
    run: Run::Set(run),
};

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    for group in groups(set, Side::Target) {
        let Some(usual) = group.usual() else { continue };
        for other in group.others() {
            let Some(first) = other.views.first().filter(|view| long(&view.target)) else {
                continue;
            };
            // Two documents may be two versions of one text.
            if !other.beside(usual) {
                continue;
            }
            let message = format!(
                "another source, {}, has the same translation in {}",
                quoted(&fit(usual.text(Side::Source), SHOWN)),
                places(usual.views.len()),
            );
            drafts.push(Draft {
                at_most: first.at_most,
                related: other.elsewhere(usual, Side::Target),
                ..Draft::new(first.target.whole(), message)
            });
        }
    }
}
