//! Concepts as the screen lists, shows and changes them.

use std::path::PathBuf;

use crate::glossary::merge::Take;
use crate::glossary::{Column, Edit, NewRow};
use crate::lang::Lang;
use crate::model::concept::Origin;

/// A concept in the glossary browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptLine {
    /// The Chinese terms, preferred first.
    pub zh: String,
    /// The English terms.
    pub en: String,
    /// What must not be written.
    pub avoid: String,
    /// One of its terms: its row is found by it where lines have moved.
    pub term: String,
    /// Its subject field.
    pub subject: String,
    /// Where it stands.
    pub place: String,
    /// All of it, folded: what is typed is looked for in here.
    pub key: String,
    /// Its row.
    pub origin: Origin,
    /// Where it is one side of a conflict of a merge: the line of its first
    /// marker, and what taking this does.
    pub settles: Option<(u32, Take)>,
}

/// A row of a glossary, to be filled: one that is there, or a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptRow {
    /// The glossary.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// The line of the row and a term it has; `None` for a new one.
    pub row: Option<(u32, String)>,
    /// Its cells as written, by the columns that a person fills.
    pub cells: Vec<(&'static str, String)>,
}

/// A row that was added to a glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Where it was written.
    pub origin: Origin,
    /// As it was written.
    pub row: Box<NewRow>,
}

/// A change to a glossary.
#[derive(Debug, Clone, PartialEq)]
pub enum TermChange {
    /// A new concept.
    Add(Box<NewRow>),
    /// A new concept, taken back.
    TakeBack(Added),
    /// A further term of a concept: its row, the language, the column, the term.
    Append {
        /// `path:line` of the row.
        row: String,
        /// A term the row has: it is looked for where lines have moved.
        was: String,
        /// The language of the term.
        lang: Lang,
        /// The column.
        column: Column,
        /// The term.
        term: String,
    },
    /// Cells of a row, or a new row.
    Row {
        /// The glossary.
        path: PathBuf,
        /// The line of the row and a term it has; `None` for a new one.
        row: Option<(u32, String)>,
        /// What is changed.
        edits: Vec<Edit>,
        /// The day, as YYYY-MM-DD.
        day: String,
    },
    /// A conflict of a merge, settled: its glossary, the line of its first marker, what is taken.
    Settle(PathBuf, u32, Take),
    /// A rendering never to be used: its row, the language, the term.
    Avoid {
        /// `path:line` of the row.
        row: String,
        /// A term the row has: it is looked for where lines have moved.
        was: String,
        /// The language of the term.
        lang: Lang,
        /// The term.
        term: String,
    },
}
