//! A cell that a spreadsheet takes for a formula.

use super::shelf::{Remark, Shelf, Spot};
use super::{Check, Level, Run};
use crate::span::Span;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "gl-csv-injection",
    level: Level::Warning,
    mqm: "design/markup",
    page: include_str!("gl_csv_injection.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for entry in &shelf.entries {
        let text = shelf
            .sheets
            .get(entry.sheet as usize)
            .map_or("", |s| &s.text);
        for cell in &entry.row.cells {
            let written = cell.of(text);
            let Some(sign) = formula(written) else {
                continue;
            };
            let message = format!(
                "begins with {}: a spreadsheet takes the cell for a formula",
                quoted(&sign.to_string())
            );
            let start = cell.start as usize + written.len() - written.trim_start().len();
            let span = Span::new(start, cell.start as usize + written.trim_end().len());
            let at = Spot {
                sheet: entry.sheet,
                span,
            };
            remarks.push(Remark::new(at, message));
        }
    }
}

/// The sign that makes a formula of a cell. A number is none, nor is a mark that stands alone.
fn formula(cell: &str) -> Option<char> {
    let mut chars = cell.trim().chars();
    let sign = chars.next().filter(|c| "=+-@＝＋－＠".contains(*c))?;
    let rest = chars.as_str();
    let number = rest
        .chars()
        .all(|c| c.is_ascii_digit() || ".,%".contains(c));
    (rest.contains(char::is_alphanumeric) && (!number || "=＝@＠".contains(sign))).then_some(sign)
}
