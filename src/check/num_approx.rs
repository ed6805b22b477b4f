//! More than a value against less than it: 逾百万 as nearly one million.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};
use crate::text::number::Relation;

pub(super) const CHECK: Check = Check {
    id: "num-approx",
    level: Level::Note,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_approx.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Approx, drafts, |pair| {
        let below = |relation| matches!(relation, Some(Relation::Nearly | Relation::Below));
        let (one, other) = if below(pair.target.relation) {
            ("below", "above")
        } else {
            ("above", "below")
        };
        format!(
            "“{}” is {one} the value, “{}” {other} it",
            pair.stands, pair.says
        )
    });
}
