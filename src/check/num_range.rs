//! A range with another bound, or one that opens the other way.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-range",
    level: Level::Warning,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_range.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Range, drafts, |pair| {
        let (says, stands) = (pair.says, pair.stands);
        if pair.source.same(pair.target) {
            format!("“{stands}” goes the other way than “{says}”")
        } else {
            format!("“{stands}” has other bounds than “{says}”")
        }
    });
}
