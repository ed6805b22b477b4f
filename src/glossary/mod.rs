//! Concepts: read from glossary files, looked up, and written back.
//!
//! A glossary is a list of concepts in order of priority: the files in the
//! order they were given, the rows in the order they stand. Where two rows
//! say different things of one term, callers see both, and the first is the
//! one that counts.

use std::fs;
use std::ops::Index;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::finding::Parsed;
use crate::lang::Lang;
use crate::model::concept::{Concept, TermStatus, Validity};
use crate::tsv;

mod columns;
pub mod diff;
mod edit;
pub mod exchange;
pub mod import;
mod lookup;
pub mod merge;
mod read;
mod sheet;
mod words;

pub use columns::{Field, Slot};
pub use edit::{
    Column, Edit, NewRow, add_row, append_term, columns_to_fill, mark_avoid, read_row, remove_row,
    remove_term, write_row,
};
pub use lookup::{Found, How, lookup};
pub use sheet::{Row, Sheet, Written};

/// Whether a table's bytes are a glossary's by the names of its columns, and
/// not those of sentences with their translations, which has `zh` and `en` too.
pub fn is_one(bytes: &[u8]) -> bool {
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .map(String::from_utf8_lossy);
    let mut rows = lines.take(1000).filter(|line| tsv::is_row(line));
    let header = rows.next().unwrap_or_default();
    tsv::cells(&header).any(|name| columns::field(&name).is_some_and(columns::is_only_here))
}

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
    ///
    /// # Errors
    /// A file that cannot be opened. What is wrong in a file is a finding.
    pub fn read(paths: &[PathBuf]) -> Result<Parsed<Self>> {
        let mut all = Parsed::<Self>::default();
        for path in paths {
            let mut one = Self::parse(path, &Self::bytes(path)?);
            all.value.add(path, one.value);
            all.findings.append(&mut one.findings);
        }
        Ok(all)
    }

    /// The bytes of a glossary file.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub fn bytes(path: &Path) -> Result<Vec<u8>> {
        fs::read(path).map_err(|e| Error::io("read", path, e))
    }

    /// Reads the bytes of one glossary file (product format: tab-separated, a
    /// header, one concept a row).
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::{glossary::Glossary, lang::Lang};
    /// let file = "zh\ten\tzh_avoid\n创世计划\tGenesis Mission\t创世纪计划\n";
    /// let parsed = Glossary::parse(Path::new("a.tsv"), file.as_bytes());
    /// assert_eq!(parsed.value[0].name(Lang::En), "Genesis Mission");
    /// assert!(parsed.findings.is_empty());
    /// ```
    pub fn parse(path: &Path, bytes: &[u8]) -> Parsed<Vec<Concept>> {
        read::read(path, bytes)
    }

    /// Adds the concepts of a further file, after all others in priority.
    pub fn add(&mut self, path: &Path, mut concepts: Vec<Concept>) {
        self.files.push(path.into());
        self.concepts.append(&mut concepts);
    }

    /// The concepts with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (ConceptId, &Concept)> {
        (0..).map(ConceptId).zip(&self.concepts)
    }

    /// The concept that counts in the place of one that does not hold on a day: the one whose id
    /// or term its `superseded_by` names, else one of the same subject field that has its name in
    /// a language and holds. All concepts are looked through.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::{glossary::Glossary, lang::Lang};
    /// let table = "zh\ten\tvalid_from\tvalid_to\n\
    ///     国防部\tDepartment of Defense\t\t2025-09-04\n\
    ///     国防部\tDepartment of War\t2025-09-05\t\n";
    /// let mut glossary = Glossary::default();
    /// let path = Path::new("a.tsv");
    /// glossary.add(path, Glossary::parse(path, table.as_bytes()).value);
    /// let (_, old) = glossary.iter().next().unwrap();
    /// let now = glossary.instead(old, Lang::Zh, "2025-10-01".parse().ok()).unwrap();
    /// assert_eq!(now.name(Lang::En), "Department of War");
    /// ```
    pub fn instead(&self, concept: &Concept, lang: Lang, date: Option<Date>) -> Option<&Concept> {
        let others = || {
            let all = self.iter().map(|(_, other)| other);
            all.filter(move |other| other.origin != concept.origin)
        };
        let by = &concept.superseded_by;
        let called = |other: &&Concept| {
            let has = |lang| other.terms[lang].iter().any(|term| term.text == *by);
            has(Lang::Zh) || has(Lang::En)
        };
        let name = concept.name(lang);
        let follows = |other: &&Concept| {
            other.subject == concept.subject
                && other.holds(date)
                && other
                    .with_status(lang, TermStatus::Preferred)
                    .any(|term| &*term.text == name)
        };
        let by_id = || others().find(|other| other.id == *by);
        let named = || by_id().or_else(|| others().find(called));
        let told = !by.is_empty() && concept.validity(date) != Validity::Upcoming;
        let told = if told { named() } else { None };
        told.or_else(|| others().find(follows))
    }
}

impl Index<ConceptId> for Glossary {
    type Output = Concept;

    fn index(&self, id: ConceptId) -> &Concept {
        &self.concepts[id.0 as usize]
    }
}
