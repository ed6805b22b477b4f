//! An amount that is right but for its zeros: 500亿 as 5 billion.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};
use crate::text::number::Decimal;

pub(super) const CHECK: Check = Check {
    id: "num-magnitude",
    level: Level::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_magnitude.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Magnitude, drafts, |pair| {
        let (says, stands) = (pair.says, pair.stands);
        match figures::power(pair.source, pair.target) {
            Some(power @ 1..=12) => {
                let times = Decimal::from(1).shifted(power).grouped(",");
                format!("“{stands}” is {times} times “{says}”")
            }
            Some(power @ -12..=-1) => {
                let times = Decimal::from(1).shifted(-power).grouped(",");
                format!("“{stands}” is 1/{times} of “{says}”")
            }
            _ => format!("“{stands}” has another number of zeros than “{says}”"),
        }
    });
}
