//! Another place in an order, another quarter, half-year, decade or century.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-ordinal",
    level: Level::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_ordinal.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Ordinal, drafts, |pair| {
        format!("“{}” is not “{}”", pair.stands, pair.says)
    });
}
