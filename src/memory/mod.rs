//! Past units, looked up: exact, fuzzy, and by any word or phrase.
//!
//! The truth is a set of TSV files ([`mod@file`]) and the journal ([`journal`]),
//! which confirming appends to. The index is derived from them and may be
//! missing, old or damaged at any time: what it does not hold is held in
//! memory and searched with the same rules, so that no match of 70 and above
//! depends on it; below that, and not asked for every entry, it may miss some.

mod alike;
pub mod analyze;
pub mod clean;
pub mod concordance;
pub mod entry;
mod features;
pub mod file;
mod held;
pub mod history;
pub mod import;
mod index;
pub mod journal;
mod needed;
pub mod rank;
mod reading;
pub mod scan;
mod sources;
pub mod stats;
#[cfg(test)]
mod tests;
mod view;
mod watch;

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::SystemTime;

pub use concordance::{Concordance, ConcordanceHit, Mode, Query};
pub use entry::{Entry, Key, Mark, Record};
pub use rank::{Candidate, Candidates, Lookup, Retrieval};
pub use scan::standing;
pub use watch::Watch;

use concordance::Needle;
use file::label;
use index::Failure;
use rank::{Best, Found, Probe, Reach};
use sources::Source;
use view::View;

use crate::error::{Error, Result};
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::lang::Lang;
use crate::text::hash;

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
///
/// ```
/// use zhengming::lang::Lang;
/// use zhengming::memory::{Entry, Lookup, Memory, Places};
///
/// let folder = tempfile::tempdir().unwrap();
/// let places = Places {
///     journal: Some(folder.path().join("journal.tsv")),
///     ..Places::default()
/// };
/// let memory = Memory::open(&places).value;
/// memory
///     .remember(&Entry {
///         zh: "能源部启动创世计划。".into(),
///         en: "The Department of Energy launched the Genesis Mission.".into(),
///         ..Entry::default()
///     })
///     .unwrap();
/// let found = memory.candidates(&Lookup {
///     text: "能源部啟動了創世計劃。",
///     from: Lang::Zh,
///     prev: "",
///     next: "",
///     limit: 5,
///     min: 70,
///     exact: false,
/// });
/// assert_eq!(found.list[0].base, 90, "one of eleven tokens more");
/// ```
#[derive(Debug, Default)]
pub struct Memory {
    places: Places,
    sources: Vec<Source>,
    view: RwLock<View>,
    notices: Mutex<Notices>,
    /// Held by the thread that brings the index up to date.
    updating: Mutex<()>,
    /// Told of the building of the index, and asked whether to go on.
    watch: Arc<Watch>,
}

/// What the user should know.
#[derive(Debug, Default)]
struct Notices {
    new: Vec<Finding>,
    /// Hashes of all there ever were.
    said: HashSet<u64>,
}

impl Memory {
    /// Opens the memory. A file that cannot be read is an error among the
    /// findings, and the others are still used; a missing journal is an empty
    /// one. An index that is missing or does not agree with the files is built
    /// where the files are large; until then they are read into memory.
    pub fn open(places: &Places) -> Parsed<Self> {
        Self::open_watched(places, Arc::default())
    }

    /// As [`open`](Self::open), and tells how far an index is that has to be
    /// built. Where that is stopped, now or later, the units of the large files
    /// it does not cover are not offered; a finding says so.
    pub fn open_watched(places: &Places, watch: Arc<Watch>) -> Parsed<Self> {
        let journal = places.journal.as_deref();
        let mut sources: Vec<Source> = Vec::new();
        let files = places.memories.iter().map(|path| (path.as_path(), false));
        // What this workspace confirmed comes before what was imported.
        for (path, is_journal) in journal.map(|path| (path, true)).into_iter().chain(files) {
            let source = Source::new(path, is_journal);
            if sources.iter().all(|other| other.id != source.id) {
                sources.push(source);
            }
        }
        let memory = Self {
            places: places.clone(),
            sources,
            watch,
            ..Self::default()
        };
        if let Some(path) = journal {
            memory.notice(journal::heal(path));
        }
        memory.load(true);
        let findings = memory.notices();
        Parsed {
            value: memory,
            findings,
        }
    }

    /// What the memory has for a segment, best first: exact and context
    /// matches, the same text with other numbers, and fuzzy matches.
    /// Everything fuzzy goes through here; a remote engine would take its place.
    ///
    /// At most [`Lookup::limit`] of them, none below [`Lookup::min`];
    /// [`Candidates::retrieval`] says whether any that belong here may be
    /// missing. Penalties are no matter of the memory: whoever offers a
    /// candidate takes them off.
    pub fn candidates(&self, lookup: &Lookup<'_>) -> Candidates {
        let reach = if lookup.exact {
            Reach::All
        } else {
            Reach::Near
        };
        self.look(lookup, reach)
    }

    /// The entries whose text in `from` is `text` once both are folded, best first; at most 100.
    pub fn exact(&self, text: &str, from: Lang) -> Vec<Entry> {
        let found = self.same(text, from).into_iter();
        found.map(|c| c.entry).collect()
    }

    /// As [`exact`](Self::exact), with how often each pair of texts is there.
    pub fn same(&self, text: &str, from: Lang) -> Vec<Candidate> {
        let lookup = Lookup {
            text,
            from,
            prev: "",
            next: "",
            limit: 100,
            min: 99,
            exact: false,
        };
        self.look(&lookup, Reach::Same).list
    }

    fn look(&self, lookup: &Lookup<'_>, reach: Reach) -> Candidates {
        let probe = Probe::new(lookup);
        self.ask(|view| {
            let mut best = Best::new(lookup.limit, lookup.min);
            let mut retrieval = Retrieval::Exact;
            let from = lookup.from;
            view.held.candidates(&probe, from, reach, &mut best);
            if let Some(store) = &view.store {
                store.candidates(&probe, from, reach, &view.valid, &mut best)?;
                if reach == Reach::Near && lookup.min < index::NEAR {
                    retrieval = Retrieval::Candidates;
                }
            }
            let mut list = Vec::new();
            for found in best.finish() {
                list.push(Candidate {
                    entry: self.load_entry(view, &found)?,
                    score: found.score,
                    base: found.base,
                    times: found.times,
                });
            }
            Ok(Candidates { list, retrieval })
        })
    }

    /// Every unit with a word, a phrase or a pattern in it.
    ///
    /// # Errors
    /// A pattern that is not a regular expression.
    pub fn concordance(&self, query: &Query) -> Result<Concordance> {
        let needle = Needle::new(query)?;
        let search = |view: &View| {
            let mut found: Vec<(Found, Lang)> = Vec::new();
            let mut total = 0;
            let best = |found: &mut Vec<(Found, Lang)>| {
                found.sort_unstable_by_key(|(found, _)| found.sort_key());
                found.truncate(query.limit);
            };
            let mut hit = |f: Found, lang: Lang| {
                total += 1;
                found.push((f, lang));
                // Of a common word's thousands only the best are ever shown.
                if found.len() > 4 * query.limit.max(64) {
                    best(&mut found);
                }
            };
            view.held.concordance(&needle, &mut hit);
            if let Some(store) = &view.store {
                store.concordance(&needle, &view.valid, &mut hit)?;
            }
            best(&mut found);
            let mut hits = Vec::new();
            for (found, lang) in found {
                let entry = self.load_entry(view, &found)?;
                let spans = needle.spans(entry.text(lang));
                hits.push(ConcordanceHit { entry, lang, spans });
            }
            Ok(Concordance { total, hits })
        };
        Ok(self.ask(search))
    }

    /// Whether there is a journal, and so what is confirmed is kept.
    pub fn keeps(&self) -> bool {
        self.places.journal.is_some()
    }

    /// Appends a confirmed entry to the journal. It is on disk, and found by
    /// the next query here and in every other process, when this returns.
    ///
    /// # Errors
    /// There is no journal, or the system refuses to write it (a full disk, a
    /// read-only folder): then nothing was appended.
    pub fn remember(&self, entry: &Entry) -> Result<()> {
        self.append(&Record {
            entry: entry.clone(),
            mark: Mark::Stands,
        })
    }

    /// Takes the entry of a key back: a line of the journal says so
    /// ([`Mark::Unconfirmed`] or [`Mark::Deleted`]), its history stays.
    ///
    /// # Errors
    /// As [`remember`](Self::remember).
    pub fn forget(&self, key: &Key, mark: Mark, when: &str, who: &str) -> Result<()> {
        let mut entry = Entry {
            from: key.from,
            document: key.document.clone(),
            prev: key.prev.clone(),
            next: key.next.clone(),
            when: when.to_owned(),
            who: who.to_owned(),
            ..Entry::default()
        };
        match key.from {
            Lang::Zh => entry.zh.clone_from(&key.source),
            Lang::En => entry.en.clone_from(&key.source),
        }
        self.append(&Record { entry, mark })
    }

    fn append(&self, record: &Record) -> Result<()> {
        let Some(path) = &self.places.journal else {
            return Err(Error::Usage(
                "nothing here keeps what is confirmed: `zm init` makes a workspace, a `memories` folder \
                 is enough in one that is there"
                    .into(),
            ));
        };
        // What could not be read back must not be written.
        let entry = &record.entry;
        let empty = |text: &str| text.trim().is_empty();
        if empty(entry.source()) || (record.mark == Mark::Stands && empty(entry.target())) {
            return Err(Error::Usage("a unit without a text cannot be kept".into()));
        }
        let texts = [&entry.zh, &entry.en, &entry.prev, &entry.next];
        if texts.iter().any(|text| text.contains('\0')) {
            let message = "a unit with a NUL character cannot be kept";
            return Err(Error::Usage(message.into()));
        }
        self.notice(journal::append(path, record)?);
        Ok(())
    }

    /// All that the journal says about a key, oldest first.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn history(&self, key: &Key) -> Result<Vec<Record>> {
        let Some(path) = self.places.journal.as_deref().filter(|path| path.exists()) else {
            return Ok(Vec::new());
        };
        let records = file::read(path)?.value.into_iter();
        Ok(records.filter(|r| r.entry.key() == *key).collect())
    }

    /// Looks at all files again. Queries see new journal lines without it;
    /// it is for memory files that were replaced.
    pub fn refresh(&self) {
        self.load(false);
    }

    /// Brings the index up to date with the files; nothing happens where it
    /// is, or where another process is at it. Takes tens of milliseconds at
    /// least: for a worker that is idle, and for the end; never on a key press.
    ///
    /// # Errors
    /// The system refuses to write the index. Everything is still found.
    pub fn commit(&self) -> Result<()> {
        let Some(folder) = self.folder() else {
            return Ok(());
        };
        let _one = guard(&self.updating);
        match index::update(&folder, &self.sources, &self.watch) {
            Ok(outcome) => {
                if outcome.changed {
                    self.damage(outcome.damaged.as_deref());
                    self.notice(outcome.findings);
                    self.load(false);
                }
                Ok(())
            }
            Err(Failure::Busy | Failure::Stopped) => Ok(()),
            Err(failure) => Err(Error::Index {
                path: folder,
                message: reason(&failure),
            }),
        }
    }

    /// Compares every file of the index with its checksums, also where that was
    /// done before; what is wrong, where something is.
    pub fn verify(&self) -> Option<String> {
        let failure = index::verify(&self.folder()?)?;
        Some(reason(&failure))
    }

    /// The memory files with their sizes, best first.
    pub fn stats(&self) -> Vec<Stats> {
        let view = self.current();
        let stats = self.sources.iter().enumerate().map(|(rank, source)| {
            let indexed = view.store.as_ref().map(|s| s.count(source.id, &view.valid));
            Stats {
                name: label(&source.path).to_string(),
                path: source.path.clone(),
                units: view.held.count(rank) + indexed.and_then(Result::ok).unwrap_or(0),
                changed: journal::stat(&source.path).map(|(_, time)| time),
            }
        });
        stats.collect()
    }

    /// What happened to the files since the last call and the user should
    /// know: a torn line moved aside, an index rebuilt (rule `tm-index`), rows
    /// that could not be used (rule `tm-syntax`).
    pub fn notices(&self) -> Vec<Finding> {
        std::mem::take(&mut guard(&self.notices).new)
    }

    /// Keeps findings for the user; what was said once is not said again when
    /// the same file is read anew.
    fn notice(&self, findings: impl IntoIterator<Item = Finding>) {
        let mut notices = guard(&self.notices);
        for finding in findings {
            if notices.said.insert(hash::bytes(finding.short().as_bytes())) {
                notices.new.push(finding);
            }
        }
    }

    /// A notice about the index.
    fn say(&self, severity: Severity, message: String) {
        if let Some(folder) = self.folder() {
            let place = Place::line(folder.into(), 0, "");
            self.notice([Finding::syntax("tm-index", severity, place, message)]);
        }
    }

    fn damage(&self, reason: Option<&str>) {
        if let Some(reason) = reason {
            let message = format!("the index was damaged ({reason}) and has been built again");
            self.say(Severity::Warning, message);
        }
    }

    /// The folder that tantivy's files are in.
    fn folder(&self) -> Option<PathBuf> {
        self.places.index.as_deref().map(part)
    }
}

/// What the memory has of the folder of an index.
fn part(index: &Path) -> PathBuf {
    index.join("memory")
}

/// Waits until nobody builds or changes the index in a folder that is there, and
/// keeps others from it for as long as the value lives.
///
/// # Errors
/// The system refuses to write there.
pub fn lock_index(index: &Path) -> Result<File> {
    index::wait(&part(index)).map_err(|e| Error::io("lock", index, e))
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A failure of the index in words.
fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Missing => "it is not there".into(),
        Failure::Outdated => "it was made by another version".into(),
        Failure::Busy => "another process is changing it".into(),
        Failure::Stopped => "it was stopped while it was built".into(),
        Failure::Damaged(reason) | Failure::Refused(reason) => reason.clone(),
    }
}
