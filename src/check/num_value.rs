//! A number, amount or date whose value differs between the two texts.

use super::{Check, Draft, View};
use crate::finding::Severity;

pub(super) const CHECK: Check = Check {
    id: "num-value",
    severity: Severity::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_value.md"),
    run,
};

fn run(_view: &View<'_>, _drafts: &mut Vec<Draft>) {}
