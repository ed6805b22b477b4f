//! A number or amount that has another value in the translation.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-value",
    level: Level::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_value.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Value, drafts, |pair| {
        format!("“{}” is not the value of “{}”", pair.stands, pair.says)
    });
}
