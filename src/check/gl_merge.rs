//! A conflict of a merge that nobody has settled.

use super::shelf::{Remark, Shelf, Spot};
use super::{Check, Level, Run};
use crate::glossary::merge;

pub(super) const CHECK: Check = Check {
    id: "gl-merge",
    level: Level::Error,
    mqm: "design/markup",
    page: include_str!("gl_merge.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (number, sheet) in (0..).zip(&shelf.sheets) {
        for span in merge::left(&sheet.text) {
            let deleted = merge::of_row(span.of(&sheet.text));
            let message = if deleted {
                "one side deleted what the other changed: settle it, and take these marks away"
            } else {
                "two sides changed what follows in different ways: settle it, and take these marks away"
            };
            let at = Spot {
                sheet: number,
                span,
            };
            remarks.push(Remark::new(at, message.to_owned()));
        }
    }
}
