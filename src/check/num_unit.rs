//! An amount in another unit, not converted or not converted right.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-unit",
    level: Level::Warning,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_unit.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Unit, drafts, |pair| {
        format!("“{}” is not as much as “{}”", pair.stands, pair.says)
    });
}
