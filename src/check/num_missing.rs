//! A number, amount or date that the translation leaves out.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-missing",
    level: Level::Warning,
    mqm: "accuracy/omission",
    page: include_str!("num_missing.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::alone(view, Fault::Missing, drafts);
}
