//! Concepts: read from glossary files, looked up, and written back.
//!
//! A glossary is a list of concepts in order of priority: the files in the
//! order they were given, the rows in the order they stand. Where two rows
//! say different things of one term, callers see both, and the first is the
//! one that counts.

use std::ops::Index;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Result;
use crate::finding::Parsed;
use crate::model::concept::Concept;

mod edit;
mod lookup;

pub use edit::{Column, NewRow, add_row, append_term, mark_avoid};
pub use lookup::{Found, How, lookup};

/// The number of a concept in its [`Glossary`]; a smaller number has priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u32);

/// The concepts of one or several glossary files, in order of priority.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// All concepts, those of the first file first.
    pub concepts: Vec<Concept>,
    /// The files, in order of priority.
    pub files: Vec<Arc<Path>>,
}

impl Glossary {
    /// Reads glossary files; the first has priority.
    pub fn read(_paths: &[PathBuf]) -> Result<Parsed<Self>> {
        Ok(Parsed::default())
    }

    /// Reads the bytes of one glossary file.
    pub fn parse(_path: &Path, _bytes: &[u8]) -> Parsed<Vec<Concept>> {
        Parsed::default()
    }

    /// The concepts with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (ConceptId, &Concept)> {
        (0..).map(ConceptId).zip(&self.concepts)
    }
}

impl Index<ConceptId> for Glossary {
    type Output = Concept;

    fn index(&self, id: ConceptId) -> &Concept {
        &self.concepts[id.0 as usize]
    }
}
