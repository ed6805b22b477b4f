//! A number, amount or date that the source does not have.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "num-extra",
    level: Level::Warning,
    mqm: "accuracy/addition",
    page: include_str!("num_extra.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::alone(view, Fault::Extra, drafts);
}
