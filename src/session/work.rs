//! Work in progress: the file `<doc>.zm.tsv` beside a document.
//!
//! It is truth, not cache: written whole under a lock at every confirmation and
//! every few seconds, and merged with what another program wrote meanwhile.
//! What its columns mean, `table.rs` says.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::table::{parse, to_text};
use super::{Facts, Session, aside, reopen};
use crate::error::{Error, Result};
use crate::finding::Parsed;
use crate::format::{self, bilingual};
use crate::lang::{Lang, Locale};
use crate::memory::Key;
use crate::model::document::State;
use crate::tsv;

/// A unit's translation with what is known about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The source segment.
    pub source: String,
    /// The target segment; empty where there is none.
    pub target: String,
    /// How far it has come.
    pub state: State,
    /// The translator's remark.
    pub note: String,
    /// What else is known.
    pub facts: Facts,
}

/// The work on a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// What the memory calls the document.
    pub document: String,
    /// The language translated from.
    pub from: Lang,
    /// What it is translated to.
    pub to: Locale,
    /// One for each unit, in order.
    pub rows: Vec<Row>,
    /// Translations whose source the document no longer has.
    pub orphans: Vec<Row>,
    /// Comment lines that somebody added, each with its `#`; a save puts them on top.
    pub comments: Vec<String>,
}

/// The work file of a document: `report.zh.md` → `report.zh.md.zm.tsv`.
///
/// ```
/// use std::path::Path;
/// use zhengming::session::work;
/// assert_eq!(work::path(Path::new("a/report.md")), Path::new("a/report.md.zm.tsv"));
/// ```
pub fn path(document: &Path) -> PathBuf {
    let [own, _] = bilingual::work::files(document);
    own
}

/// What a file is that a translation of the document must never be written to, in words:
/// the document itself, or the work on it. `None` for any other file.
pub fn own(document: &Path, file: &Path) -> Option<&'static str> {
    let same = |own: &Path| tsv::same_file(own, file);
    if same(document) {
        Some("this is the document itself")
    } else if same(&path(document)) || same(&start(document)) {
        Some("this holds the work on the document")
    } else {
        None
    }
}

/// Reads a document and the work on it, and opens both.
///
/// `from` and `to` are only needed where there is no work yet and the
/// document's own language does not tell.
///
/// # Errors
/// A file cannot be read, or the work is for another direction than the one asked for.
pub fn open(document: &Path, from: Option<Lang>, to: Option<Locale>) -> Result<Parsed<Session>> {
    let Parsed {
        value: work,
        mut findings,
    } = load(document)?;
    let wanted = from.or(to.map(|to| to.lang().other()));
    if let (Some(work), Some(wanted)) = (&work, wanted)
        && work.from != wanted
    {
        let message = format!(
            "holds a translation from {} to {}, not from {wanted}: move it away to begin another",
            work.from, work.to
        );
        return Err(Error::file(&path(document), None, message));
    }
    let parsed = format::read(document, wanted.or(work.as_ref().map(|work| work.from)))?;
    findings.extend(parsed.findings);
    let to = to
        .or(work.as_ref().map(|work| work.to))
        .unwrap_or_else(|| parsed.value.from.other().into());
    let mut session = Session::open(parsed.value, to, work);
    if !path(document).exists() {
        // What was handed over is where it was: looking at it is no reason to write.
        session.saved = session.revision;
    }
    Ok(Parsed {
        value: session,
        findings,
    })
}

/// The work a document was handed over with: `report.zh.md` → `report.zh.md.start.tsv`.
///
/// It has the columns of a work file (`zh`, `en` and `state` are enough), is
/// read where there is no work file yet, and is never written.
pub fn start(document: &Path) -> PathBuf {
    let [_, start] = bilingual::work::files(document);
    start
}

/// Reads the work on a document, else the work it was handed over with; `None`
/// where there is neither.
///
/// A work file that cannot be understood is moved aside, never written over.
///
/// # Errors
/// A file is there and cannot be read, or cannot be moved aside.
pub fn read(document: &Path) -> Result<Option<Parsed<Work>>> {
    let Parsed { value, findings } = load(document)?;
    Ok(value.map(|value| Parsed { value, findings }))
}

/// [`read`], with what is to be said also where there is no work.
fn load(document: &Path) -> Result<Parsed<Option<Work>>> {
    let mut findings = Vec::new();
    let path = path(document);
    let own = || {
        format::read(document, None)
            .ok()
            .map(|read| read.value.from)
    };
    if let Some(bytes) = bytes(&path)? {
        match parse(&path, &bytes, own) {
            Ok(parsed) => {
                findings.extend(parsed.findings);
                if parsed.value.damaged {
                    // What could not be decoded would be gone with the next save.
                    let kept = aside::keep(&path, &bytes)?;
                    findings.push(aside::kept(&path, &kept));
                }
                let value = Some(parsed.value.work);
                return Ok(Parsed { value, findings });
            }
            Err(reason) => {
                let bad = aside::shift(&path, &reason)?;
                findings.push(aside::moved(&path, &bad, &reason));
            }
        }
    } else if let Some(bad) = aside::last(&path) {
        // Whoever moved it, a list of documents perhaps, may have told nobody.
        findings.push(aside::waiting(&path, &bad));
    }
    let start = start(document);
    let mut value = None;
    if let Some(bytes) = bytes(&start)? {
        match parse(&start, &bytes, own) {
            Ok(parsed) => {
                findings.extend(parsed.findings);
                // What its comments say is about the handing over.
                value = Some(Work {
                    comments: Vec::new(),
                    ..parsed.value.work
                });
            }
            Err(reason) => findings.push(aside::ignored(&start, &reason)),
        }
    }
    Ok(Parsed { value, findings })
}

/// A file's bytes; `None` where there is none, or only the empty one that a
/// lock that was just taken leaves.
fn bytes(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) if bytes.is_empty() => Ok(None),
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io("read", path, e)),
    }
}

/// Writes work to its file and gives what the file now holds.
///
/// Another program may have written since `base` was read: then the two are
/// merged, unit by unit. What only one side changed is taken from it. Where
/// both did, what was written stands over a copy, a confirmed translation over a draft, and the newer of two
/// confirmed ones over the older; the one that yields is kept as an orphan.
///
/// # Errors
/// The file cannot be locked, read or written.
pub fn save(document: &Path, ours: &Work, base: Option<&Work>) -> Result<Work> {
    let path = path(document);
    let _lock = tsv::Lock::file(&path)?;
    let now = match load(document)?.value {
        Some(theirs) if base != Some(&theirs) => {
            merge(base.unwrap_or(&Work::default()), ours, &theirs)
        }
        _ => ours.clone(),
    };
    tsv::write_atomic(&path, to_text(&now).as_bytes())?;
    Ok(now)
}

/// Merges two states of the work that began as `base`, onto the units of `ours`.
pub fn merge(base: &Work, ours: &Work, theirs: &Work) -> Work {
    let sources: Vec<&str> = ours.rows.iter().map(|row| row.source.as_str()).collect();
    let their_comments = &theirs.comments;
    let (base, theirs) = (reopen::fit(base, &sources), reopen::fit(theirs, &sources));
    let mut orphans = ours.orphans.clone();
    for orphan in theirs.orphans {
        if !orphans.contains(&orphan) && !base.orphans.contains(&orphan) {
            orphans.push(orphan);
        }
    }
    let others = theirs.rows.into_iter().zip(base.rows);
    let rows = ours.rows.iter().zip(others).map(|(our, (their, base))| {
        let base = base.unwrap_or_else(|| untouched(our));
        let their = their.unwrap_or_else(|| untouched(our));
        let (row, lost) = merged(&base, our, their);
        orphans.extend(lost);
        row
    });
    let rows = rows.collect();
    let mut comments = ours.comments.clone();
    for comment in their_comments {
        if !comments.contains(comment) {
            comments.push(comment.clone());
        }
    }
    Work {
        rows,
        orphans,
        comments,
        ..ours.clone()
    }
}

fn untouched(row: &Row) -> Row {
    Row {
        source: row.source.clone(),
        ..Row::default()
    }
}

/// The row that stands, and one that had to yield with what somebody wrote in it.
fn merged(base: &Row, our: &Row, their: Row) -> (Row, Option<Row>) {
    if their == *our || their == *base {
        return (our.clone(), None);
    }
    if our == base {
        return (their, None);
    }
    // What somebody wrote stands over what was only copied there.
    let copied = our.facts.propagated != their.facts.propagated;
    let rank = |row: &Row| {
        let written = copied && !row.facts.propagated;
        (written, row.state.confirmed(), row.facts.when.clone())
    };
    let (row, lost) = if rank(&their) > rank(our) {
        (their, our.clone())
    } else {
        (our.clone(), their)
    };
    // What was typed on is no other translation, and a copy is nobody's draft.
    let draft = !lost.facts.propagated && !row.target.starts_with(&lost.target);
    let worth = lost.target != row.target && (lost.state.confirmed() || draft);
    (row, worth.then_some(lost))
}

impl Work {
    /// The place of a row in the memory.
    pub(super) fn key(&self, at: usize) -> Option<Key> {
        let source = |at: Option<usize>| {
            let row = at.and_then(|at| self.rows.get(at));
            row.map_or_else(String::new, |row| row.source.clone())
        };
        self.rows.get(at).map(|row| Key {
            document: self.document.clone(),
            from: self.from,
            source: row.source.clone(),
            prev: source(at.checked_sub(1)),
            next: source(at.checked_add(1)),
        })
    }
}

/// What is to be written: give it to [`save`] on any thread, and the answer to [`Session::saved`].
#[derive(Debug, Clone)]
pub struct Job {
    /// The document.
    pub document: PathBuf,
    /// Its work now.
    pub work: Work,
    /// What the file held when it was last seen.
    pub base: Option<Work>,
    /// The session's count of changes.
    revision: u64,
}

impl Job {
    /// Writes it ([`save`]).
    ///
    /// # Errors
    /// The file cannot be locked, read or written.
    pub fn run(&self) -> Result<Work> {
        save(&self.document, &self.work, self.base.as_ref())
    }

    /// What the file holds where that is not what was last seen there: another program has
    /// written. Give it to [`Session::seen`].
    pub fn look(&self) -> Option<Work> {
        // What was handed over is nobody's word on a file that is gone.
        if !path(&self.document).exists() {
            return None;
        }
        let theirs = load(&self.document).ok()?.value?;
        (self.base.as_ref() != Some(&theirs)).then_some(theirs)
    }
}

impl Session {
    /// The work as it stands.
    pub fn work(&self) -> Work {
        Work {
            document: self.name.clone(),
            from: self.document.from,
            to: self.to,
            rows: (0..self.len()).filter_map(|at| self.row(at)).collect(),
            orphans: self.orphans.clone(),
            comments: self
                .base
                .as_ref()
                .map_or_else(Vec::new, |base| base.comments.clone()),
        }
    }

    /// The text of the work file as it would be saved.
    pub fn text(&self) -> String {
        to_text(&self.work())
    }

    /// What is to be saved; `None` where everything is.
    pub fn job(&self) -> Option<Job> {
        self.dirty().then(|| self.as_it_is())
    }

    /// The same whether or not everything is saved: to look for what others wrote ([`Job::look`]).
    pub fn as_it_is(&self) -> Job {
        Job {
            document: self.document.path.clone(),
            work: self.work(),
            base: self.base.clone(),
            revision: self.revision,
        }
    }

    /// Takes in what another program wrote to the file, and gives the units changed there. What
    /// is here and not there is still to be saved.
    pub fn seen(&mut self, job: &Job, theirs: Work) -> Vec<usize> {
        let none = Work::default();
        let now = merge(job.base.as_ref().unwrap_or(&none), &job.work, &theirs);
        if now.orphans != theirs.orphans {
            self.revision += 1;
        }
        let changed = self.take(job, &now);
        self.base = Some(theirs);
        changed
    }

    /// Takes in what the file holds after saving, and gives the units that
    /// another program had changed there. What was edited meanwhile stays.
    pub fn saved(&mut self, job: &Job, now: Work) -> Vec<usize> {
        let changed = self.take(job, &now);
        self.saved = self.saved.max(job.revision);
        self.base = Some(now);
        changed
    }

    fn take(&mut self, job: &Job, now: &Work) -> Vec<usize> {
        let mut changed = Vec::new();
        self.orphans.clone_from(&now.orphans);
        for (at, (before, row)) in job.work.rows.iter().zip(&now.rows).enumerate() {
            if before == row || self.row(at).as_ref() == Some(row) {
                continue;
            }
            if self.row(at).as_ref() == Some(before) {
                self.put(at, row.clone());
                changed.push(at);
            } else if row.state.confirmed() {
                // Edited here meanwhile: what the other one confirmed must not vanish.
                self.orphans.push(row.clone());
                self.revision += 1;
            }
        }
        changed
    }
}
