//! Another year, month or day.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};

pub(super) const CHECK: Check = Check {
    id: "date-mismatch",
    level: Level::Error,
    mqm: "accuracy/mistranslation/date-time",
    page: include_str!("date_mismatch.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Date, drafts, |pair| {
        format!("“{}” is not the date of “{}”", pair.stands, pair.says)
    });
}
