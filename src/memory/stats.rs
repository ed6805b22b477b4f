//! A memory in figures.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::entry::Entry;
use super::scan;
use crate::error::Result;
use crate::finding::Parsed;
use crate::lang::Lang;
use crate::text::fold::Folded;
use crate::text::hash::{self, Hash};
use crate::text::script::script;
use crate::text::volume::Volume;

/// A memory in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// Units.
    pub units: u64,
    /// Units translated from Chinese.
    pub from_zh: u64,
    /// Units translated from English.
    pub from_en: u64,
    /// Units by the script of their Chinese: `zh-Hans`, `zh-Hant`, or `zh` where it could be both.
    pub scripts: BTreeMap<String, u64>,
    /// Units by state.
    pub states: BTreeMap<String, u64>,
    /// The first and the last date; empty where no unit has one.
    pub first: String,
    /// The last date.
    pub last: String,
    /// Units without a date.
    pub undated: u64,
    /// Documents named.
    pub documents: u64,
    /// Persons named.
    pub people: u64,
    /// Subjects named.
    pub subjects: u64,
    /// Units whose texts, folded, another unit before them has.
    pub duplicates: u64,
    /// Segments of the source language, folded, that have several translations.
    pub ambiguous: u64,
    /// The Chinese text.
    pub zh: Volume,
    /// The English text.
    pub en: Volume,
    /// Rows that cannot be used.
    #[serde(skip)]
    pub unused: u64,
}

/// The figures of a memory file; it is read as a stream, with some 60 bytes held for a unit.
///
/// # Errors
/// The file cannot be read.
pub fn figures(path: &Path, journal: bool) -> Result<Parsed<Figures>> {
    let mut count = Count::default();
    let unused = scan::each(path, journal, &mut |entry| {
        count.take(&entry);
        Ok(())
    })?;
    count.figures.unused = unused.rows;
    Ok(Parsed {
        value: count.finish(),
        findings: unused.findings,
    })
}

/// Figures being counted.
#[derive(Default)]
struct Count {
    figures: Figures,
    folded: Folded,
    documents: HashSet<u64>,
    people: HashSet<u64>,
    subjects: HashSet<u64>,
    pairs: HashSet<u64>,
    /// The translation of each source, and whether there is another.
    sources: HashMap<u64, (u64, bool)>,
}

impl Count {
    fn take(&mut self, entry: &Entry) {
        let figures = &mut self.figures;
        figures.units += 1;
        match entry.from {
            Lang::Zh => figures.from_zh += 1,
            Lang::En => figures.from_en += 1,
        }
        let written = script(&entry.zh).map_or("zh", |locale| locale.tag());
        *figures.scripts.entry(written.to_owned()).or_default() += 1;
        let state = if entry.aligned {
            "aligned"
        } else {
            entry.state.name()
        };
        *figures.states.entry(state.to_owned()).or_default() += 1;
        if entry.when.is_empty() {
            figures.undated += 1;
        } else {
            if figures.first.is_empty() || entry.when < figures.first {
                figures.first.clone_from(&entry.when);
            }
            if entry.when > figures.last {
                figures.last.clone_from(&entry.when);
            }
        }
        for document in entry.document.split(" | ").filter(|name| !name.is_empty()) {
            self.documents.insert(hash::bytes(document.as_bytes()));
        }
        for (value, set) in [
            (&entry.who, &mut self.people),
            (&entry.subject, &mut self.subjects),
        ] {
            if !value.is_empty() {
                set.insert(hash::bytes(value.as_bytes()));
            }
        }
        figures.zh += Volume::of(&entry.zh);
        figures.en += Volume::of(&entry.en);
        self.repeated(entry, written);
    }

    fn repeated(&mut self, entry: &Entry, written: &str) {
        let mut print = |text: &str| {
            self.folded.refold(text, &[]);
            hash::bytes(self.folded.text.as_bytes())
        };
        let (source, target) = (print(entry.source()), print(entry.target()));
        let mut pair = Hash::default();
        for part in [source, target] {
            pair.bytes(&part.to_le_bytes());
        }
        pair.text(written);
        if !self.pairs.insert(pair.finish()) {
            self.figures.duplicates += 1;
        }
        let key = match entry.from {
            Lang::Zh => source,
            Lang::En => source.rotate_left(1),
        };
        let known = self.sources.entry(key).or_insert((target, false));
        if known.0 != target && !known.1 {
            known.1 = true;
            self.figures.ambiguous += 1;
        }
    }

    fn finish(mut self) -> Figures {
        self.figures.documents = self.documents.len() as u64;
        self.figures.people = self.people.len() as u64;
        self.figures.subjects = self.subjects.len() as u64;
        self.figures
    }
}
