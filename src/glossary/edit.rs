//! Changing a glossary file, one row at a time, without touching the rest of it.

use std::path::Path;

use crate::error::Result;
use crate::lang::Lang;

/// A row to add. Empty fields stay empty; a field may hold several terms parted by ` | `.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRow {
    /// The Chinese term.
    pub zh: String,
    /// The English term.
    pub en: String,
    /// Subject field.
    pub subject: String,
    /// A remark.
    pub note: String,
    /// The document it was taken from.
    pub source: String,
    /// Whether the row is only proposed.
    pub proposed: bool,
    /// The day, as YYYY-MM-DD (`updated`).
    pub updated: String,
    /// Who adds it (`by`).
    pub by: String,
}

/// The term columns a term can be added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// `zh`, `en`
    Preferred,
    /// `zh_admitted`, `en_admitted`
    Admitted,
    /// `zh_abbr`, `en_abbr`
    Abbreviation,
    /// `zh_avoid`, `en_avoid`
    Avoid,
}

/// Adds a row at the end of a glossary file, made where it is not there, and gives its line.
pub fn add_row(_path: &Path, _row: &NewRow) -> Result<u32> {
    Ok(0)
}

/// Adds a term to a column of the row on `line`.
pub fn append_term(
    _path: &Path,
    _line: u32,
    _lang: Lang,
    _column: Column,
    _term: &str,
) -> Result<()> {
    Ok(())
}

/// Makes a rendering of the row on `line` one to avoid: it leaves the other columns.
pub fn mark_avoid(_path: &Path, _line: u32, _lang: Lang, _term: &str) -> Result<()> {
    Ok(())
}
