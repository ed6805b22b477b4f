//! An amount in another currency.

use super::figures::{self, Fault};
use super::{Check, Draft, Level, Run, View};
use crate::text::number::Kind;

pub(super) const CHECK: Check = Check {
    id: "num-currency",
    level: Level::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_currency.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    figures::report(view, Fault::Currency, drafts, |pair| {
        let code = |kind| match kind {
            Kind::Money(currency) => currency.code(),
            _ => "no currency",
        };
        let (source, target) = (code(pair.source.kind), code(pair.target.kind));
        format!(
            "“{}” is in {target}, “{}” in {source}",
            pair.stands, pair.says
        )
    });
}
