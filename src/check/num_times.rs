//! Growth by so many times against growth to so many: 增长了3倍 as tripled.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-times",
    level: Level::Warning,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_times.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Times, drafts, |pair| {
        format!("“{}” is not as many times as “{}”", pair.stands, pair.says)
    });
}
