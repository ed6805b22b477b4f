//! Concepts: read from glossary files, looked up, and written back.
//!
//! A glossary is a list of concepts in order of priority: the files in the
//! order they were given, the rows in the order they stand. Where two rows
//! say different things of one term, callers see both, and the first is the
//! one that counts.

use std::fs::{self, File};
use std::io::Read as _;
use std::ops::Index;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::finding::{Parsed, Severity};
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
mod part;
mod read;
mod sheet;
mod words;

pub use columns::{Field, Slot};
pub use edit::{
    Column, Edit, NewRow, add_row, append_term, columns_to_fill, mark_avoid, read_row, remove_row,
    remove_term, take_back_row, write_row,
};
pub use lookup::{Found, How, lookup};
pub(crate) use part::Part;
pub use sheet::{Row, Sheet, Written};

/// Whether a table's bytes are a glossary's by the names of its columns, and
/// not those of sentences with their translations, which has `zh` and `en` too.
///
/// The form for a script or region stands beside `zh` in a glossary; alone it is
/// the language of a translation.
///
/// ```
/// use zhengming::glossary::is_one;
/// assert!(is_one(b"zh\ten\tzh_tw\n") && is_one(b"en\tzh_tw\tzh_avoid\n"));
/// assert!(!is_one(b"en\tzh-TW\n") && !is_one(b"zh\ten\n"));
/// ```
pub fn is_one(bytes: &[u8]) -> bool {
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .map(String::from_utf8_lossy);
    let mut rows = lines.take(1000).filter(|line| tsv::is_row(line));
    let header = rows.next().unwrap_or_default();
    let fields: Vec<Field> = tsv::cells(&header)
        .filter_map(|name| columns::field(&name))
        .collect();
    let plain = fields.contains(&Field::Terms(Lang::Zh, Slot::Preferred));
    fields.into_iter().any(|field| match field {
        Field::Terms(_, Slot::Regional(_)) => plain,
        field => columns::is_only_here(field),
    })
}

/// Refuses a file that is no glossary at all, by its beginning: it has rows, and none is a term's.
///
/// # Errors
/// It cannot be read; nothing in it can be used, with the reason and what to do.
pub fn usable(path: &Path) -> Result<()> {
    const BEGINNING: u64 = 1 << 16;
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut head));
    read.map_err(|e| Error::io("read", path, e))?;
    let parsed = Glossary::parse(path, &head);
    let mut wrong = parsed.findings.iter();
    match wrong.find(|finding| finding.severity == Severity::Error) {
        Some(wrong) if parsed.value.is_empty() => {
            let message = format!(
                "this is no glossary: {}; `zm glossary import` reads those of other tools",
                wrong.message
            );
            Err(Error::file(path, Some(wrong.place.line), message))
        }
        _ => Ok(()),
    }
}

/// The number of a concept in its [`Glossary`]; a smaller number has priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u32);

/// The concepts of one or several glossary files, in order of priority. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    files: Vec<(Arc<Path>, usize)>,
    /// The concepts, those of the first file first, each part with the number of its first one.
    parts: Vec<(u32, Part)>,
}

impl Glossary {
    /// Concepts from anywhere, the first of the highest priority.
    pub fn new(concepts: Vec<Concept>) -> Self {
        Self {
            files: Vec::new(),
            parts: vec![(0, concepts.into())],
        }
    }

    /// Reads glossary files; the first has priority.
    ///
    /// # Errors
    /// A file that cannot be opened. What is wrong in a file is a finding.
    pub fn read(paths: &[PathBuf]) -> Result<Parsed<Self>> {
        Self::open(paths, None)
    }

    /// As [`read`](Self::read), but what was read of files over 1 MB is kept in
    /// `folder`: the next time their rows are read only when they are asked for.
    ///
    /// # Errors
    /// A file that cannot be opened. A folder that cannot be written is no error.
    pub fn open(paths: &[PathBuf], folder: Option<&Path>) -> Result<Parsed<Self>> {
        let mut all = Parsed::<Self>::default();
        for path in paths {
            let path: Arc<Path> = path.as_path().into();
            let mut one = Part::open(&path, folder)?;
            all.value.push(path, one.value);
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

    /// Reads the bytes of one glossary file: tab-separated, a header, one
    /// concept a row (`docs/formats.md`). What is wrong in it is a finding.
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
    pub fn add(&mut self, path: &Path, concepts: Vec<Concept>) {
        self.push(path.into(), concepts.into());
    }

    fn push(&mut self, path: Arc<Path>, mut part: Part) {
        self.files.push((path, part.len()));
        // Small files are one part: what is made of a part is asked one by one.
        if let Some((_, last)) = self.parts.last_mut()
            && last.append(&mut part)
        {
            return;
        }
        self.parts.push((self.len() as u32, part));
    }

    /// The files, in order of priority, each with the number of its concepts.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<Path>, usize)> {
        self.files.iter().map(|(path, concepts)| (path, *concepts))
    }

    /// The number of concepts.
    pub fn len(&self) -> usize {
        let last = self.parts.last();
        last.map_or(0, |(first, part)| *first as usize + part.len())
    }

    /// Whether there is no concept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A concept by its number.
    pub fn get(&self, id: ConceptId) -> Option<&Concept> {
        let behind = self.parts.partition_point(|(first, _)| *first <= id.0);
        let (first, part) = self.parts.get(behind.checked_sub(1)?)?;
        part.get((id.0 - first) as usize)
    }

    /// The concepts with their numbers: all of them are read.
    pub fn iter(&self) -> impl Iterator<Item = (ConceptId, &Concept)> {
        (0..).map(ConceptId).zip(self.concepts())
    }

    /// The concepts in order: all of them are read.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        let parts = self.parts.iter().map(|(_, part)| part);
        parts.flat_map(|part| (0..part.len()).filter_map(|at| part.get(at)))
    }

    /// Goes once through all concepts in order; those of big files are read and not held.
    pub fn each(&self, mut take: impl FnMut(ConceptId, &Concept)) {
        for (first, part) in &self.parts {
            for block in 0..part.blocks() {
                let (number, concepts) = part.block(block);
                let ids = (first + number..).map(ConceptId);
                ids.zip(concepts.iter()).for_each(|(id, c)| take(id, c));
            }
        }
    }

    /// The concepts that are picked; of big files their numbers are kept as `what`,
    /// so that one name is for one way to pick.
    pub(crate) fn picked(&self, what: &str, pick: impl Fn(&Concept) -> bool) -> Vec<ConceptId> {
        let parts = self.parts.iter();
        let picked = parts.flat_map(|(first, part)| {
            let numbers = part.picked(what, &pick);
            let all = (0..numbers.len()).filter_map(|at| numbers.get(at));
            all.map(|number| ConceptId(first + number))
                .collect::<Vec<_>>()
        });
        picked.collect()
    }

    /// The parts, each with the number of its first concept.
    pub(crate) fn parts(&self) -> &[(u32, Part)] {
        &self.parts
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
        static NONE: LazyLock<Concept> = LazyLock::new(Concept::default);
        self.get(id).unwrap_or(&NONE)
    }
}
