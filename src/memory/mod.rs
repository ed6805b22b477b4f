//! Past units, looked up: exact, fuzzy, and by any word or phrase.
//!
//! The truth is a set of TSV files ([`file`]) and the journal ([`journal`]),
//! which confirming appends to. The index is derived from them and may be
//! missing, old or damaged at any time: what it does not hold is held in
//! memory and searched with the same rules, so that no answer depends on it.

pub mod concordance;
pub mod entry;
pub mod file;
mod hash;
pub mod journal;
pub mod rank;

use std::path::PathBuf;
use std::time::SystemTime;

pub use concordance::{Concordance, ConcordanceHit, Mode, Query};
pub use entry::{Entry, Key, Mark, Record};
pub use rank::{Candidate, Candidates, Lookup, Retrieval};

use crate::error::Result;
use crate::finding::{Finding, Parsed};
use crate::lang::Lang;

/// Where a memory's files are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The folder of the index; `None` works without one.
    pub index: Option<PathBuf>,
    /// The memory files, in order of priority.
    pub memories: Vec<PathBuf>,
    /// The journal; `None` where nothing can be confirmed.
    pub journal: Option<PathBuf>,
}

/// One memory file in numbers, for the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Its name: the file's, without extension.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The units that stand in it.
    pub units: usize,
    /// When the file last changed.
    pub changed: Option<SystemTime>,
}

/// All past units of a workspace. Share it by reference between threads: every
/// method takes `&self`, and readers never wait for a file lock.
#[derive(Debug, Default)]
pub struct Memory {}

impl Memory {
    /// Opens the memory. A file that cannot be read is an error among the
    /// findings, and the others are still used; a missing journal is an empty one.
    pub fn open(places: &Places) -> Result<Parsed<Self>> {
        let _ = places;
        Ok(Parsed::default())
    }

    /// What the memory has for a segment, best first: exact and context
    /// matches, the same text with other numbers, and fuzzy matches.
    /// Everything fuzzy goes through here; a remote engine would take its place.
    pub fn candidates(&self, lookup: &Lookup<'_>) -> Candidates {
        let _ = lookup;
        Candidates::default()
    }

    /// The entries whose text in `from` is `text` once both are folded, best first.
    pub fn exact(&self, text: &str, from: Lang) -> Vec<Entry> {
        let _ = (text, from);
        Vec::new()
    }

    /// Every unit with a word, a phrase or a pattern in it.
    ///
    /// # Errors
    /// A pattern that is not a regular expression.
    pub fn concordance(&self, query: &Query) -> Result<Concordance> {
        let _ = query;
        Ok(Concordance::default())
    }

    /// Appends a confirmed entry to the journal. It is on disk, and found by
    /// the next query here and in every other process, when this returns.
    pub fn remember(&self, entry: &Entry) -> Result<()> {
        let _ = entry;
        Ok(())
    }

    /// Takes the entry of a key back: a line of the journal says so
    /// ([`Mark::Unconfirmed`] or [`Mark::Deleted`]), its history stays.
    pub fn forget(&self, key: &Key, mark: Mark, when: &str, who: &str) -> Result<()> {
        let _ = (key, mark, when, who);
        Ok(())
    }

    /// All that the journal says about a key, oldest first.
    pub fn history(&self, key: &Key) -> Result<Vec<Record>> {
        let _ = key;
        Ok(Vec::new())
    }

    /// Looks at all files again. Queries see new journal lines without it;
    /// it is for memory files that were replaced.
    pub fn refresh(&self) -> Result<()> {
        Ok(())
    }

    /// Brings the index up to date with the files; nothing happens where it
    /// is, or where another process is at it. Takes tens of milliseconds at
    /// least: for a worker that is idle, and for the end; never on a key press.
    pub fn commit(&self) -> Result<()> {
        Ok(())
    }

    /// The memory files with their sizes.
    pub fn stats(&self) -> Vec<Stats> {
        Vec::new()
    }

    /// What happened to the files since the last call and the user should
    /// know: a torn line moved aside, an index rebuilt (rule `tm-index`), rows
    /// that could not be used (rule `tm-syntax`).
    pub fn notices(&self) -> Vec<Finding> {
        Vec::new()
    }
}
