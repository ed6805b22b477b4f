//! Percent against percentage points, and a price reduction against what is left.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};
use crate::text::number::Kind;

pub(super) const CHECK: Check = Check {
    id: "num-percent",
    level: Level::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_percent.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Percent, drafts, |pair| {
        let is = |kind| match kind {
            Kind::PercentPoints => "in percentage points",
            Kind::BasisPoints => "in basis points",
            Kind::Discount => "a price reduction",
            _ => "a percentage",
        };
        let (source, target) = (pair.source.kind, pair.target.kind);
        let (says, stands) = (pair.says, pair.stands);
        if source == target {
            format!("“{stands}” takes off what “{says}” leaves")
        } else {
            format!("“{stands}” is {}, “{says}” {}", is(target), is(source))
        }
    });
}
