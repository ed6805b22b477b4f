//! A review of two documents: opened where it was left, with undo, and kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::edit::Refusal;
use super::merge::{self, Merged};
use super::sides::{Reading, Sides};
use super::{Alignment, Bead, Sentence, file, fit};
use crate::align::Resources;
use crate::error::{Error, Result};
use crate::finding::Parsed;
use crate::lang::{Lang, Pair};
use crate::memory::{self, Mark};
use crate::model::document::Unit;
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::tsv::{Lock, write_atomic};

/// The most steps that can be undone.
const STEPS: usize = 200;
/// How many of the memory's newest units teach words; more take long and teach little.
const LESSONS: usize = 5_000;

/// The alignment of two documents while it is reviewed.
#[derive(Debug)]
pub struct Review {
    /// The two documents.
    pub documents: Pair<PathBuf>,
    /// What the memory calls the document that was named first.
    pub name: String,
    /// The language of the document that was named first.
    pub from: Lang,
    /// The alignment.
    pub alignment: Alignment,
    /// Whether stretches are open that nobody has aligned.
    pub unaligned: bool,
    done: Vec<Alignment>,
    undone: Vec<Alignment>,
    revision: u64,
    saved: u64,
    /// The alignment that the file is known to hold, and its text; before there is a file, the
    /// alignment as it was opened.
    base: Arc<(Alignment, String)>,
}

/// A review to be written: give it to [`Save::run`] on any thread, and the answer to
/// [`Review::saved`].
#[derive(Debug, Clone)]
pub struct Save {
    /// The file.
    pub path: PathBuf,
    /// What it is to hold.
    alignment: Alignment,
    /// The revision of the review that this is.
    pub revision: u64,
    base: Arc<(Alignment, String)>,
}

/// A review that was written.
#[derive(Debug, Clone)]
pub struct Saved {
    /// What was to be written.
    sent: Alignment,
    revision: u64,
    /// What the file holds now.
    text: String,
    /// What another program had written meanwhile, made one with this.
    merged: Option<Merged>,
}

impl Save {
    /// Replaces the file in one step, under its lock. What another program wrote since it was
    /// last seen is merged and not written over.
    ///
    /// # Errors
    /// It cannot be read or written; what is there is no review any more, and stays.
    pub fn run(&self) -> Result<Saved> {
        let _lock = Lock::file(&self.path)?;
        let there = fs::read_to_string(&self.path);
        let there = there.map_err(|e| Error::io("read", &self.path, e))?;
        let (base, known) = &*self.base;
        let merged = if there.is_empty() || there == *known {
            None
        } else {
            let theirs = parsed(&self.path, &there)?;
            Some(merge::merge(base, &self.alignment, &theirs))
        };
        let now = merged.as_ref().map_or(&self.alignment, |m| &m.alignment);
        let text = file::to_text(now);
        write_atomic(&self.path, text.as_bytes())?;
        Ok(Saved {
            sent: self.alignment.clone(),
            revision: self.revision,
            text,
            merged,
        })
    }
}

/// A kept review.
fn parsed(path: &Path, text: &str) -> Result<Alignment> {
    file::parse(text).map_err(|(line, why)| {
        let why = format!("{why}: move this file away to begin the review anew");
        Error::file(path, Some(line), why)
    })
}

impl Review {
    /// A review of an alignment that is on disk as it is.
    pub fn new(documents: Pair<PathBuf>, from: Lang, name: String, alignment: Alignment) -> Self {
        Self {
            documents,
            name,
            from,
            base: Arc::new((alignment.clone(), String::new())),
            alignment,
            unaligned: false,
            done: Vec::new(),
            undone: Vec::new(),
            revision: 0,
            saved: 0,
        }
    }

    /// The file it is kept in.
    pub fn path(&self) -> PathBuf {
        file::path(&self.documents[Lang::Zh], &self.documents[Lang::En])
    }

    /// Changes the alignment; what was before can be had back.
    ///
    /// # Errors
    /// The edit is not possible, and nothing changed.
    pub fn edit(
        &mut self,
        edit: impl FnOnce(&mut Alignment) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let before = self.alignment.clone();
        if let Err(why) = edit(&mut self.alignment) {
            self.alignment = before;
            return Err(why);
        }
        if self.alignment != before {
            self.done.push(before);
            if self.done.len() > STEPS {
                self.done.remove(0);
            }
            self.undone.clear();
            self.revision += 1;
        }
        Ok(())
    }

    /// Takes the last edit back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.done.pop() else {
            return false;
        };
        self.undone
            .push(std::mem::replace(&mut self.alignment, before));
        self.revision += 1;
        true
    }

    /// Does again what was taken back last; whether there was anything.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.undone.pop() else {
            return false;
        };
        self.done
            .push(std::mem::replace(&mut self.alignment, after));
        self.revision += 1;
        true
    }

    /// The number of the alignment as it is now: it grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is something that is not on disk.
    pub fn dirty(&self) -> bool {
        self.saved != self.revision
    }

    /// What is to be written.
    pub fn save(&self) -> Save {
        Save {
            path: self.path(),
            alignment: self.alignment.clone(),
            revision: self.revision,
            base: Arc::clone(&self.base),
        }
    }

    /// It was written. How many beads another program had decided are taken over, and how many
    /// were decided otherwise here: these are lost. Then what was done before cannot be undone.
    pub fn saved(&mut self, saved: Saved) -> (usize, usize) {
        let Saved {
            sent,
            revision,
            text,
            merged,
        } = saved;
        self.saved = self.saved.max(revision);
        let Some(merged) = merged else {
            self.base = Arc::new((sent, text));
            return (0, 0);
        };
        self.alignment = if self.revision == revision {
            merged.alignment.clone()
        } else {
            merge::merge(&sent, &self.alignment, &merged.alignment).alignment
        };
        self.done.clear();
        self.undone.clear();
        self.base = Arc::new((merged.alignment, text));
        (merged.taken, merged.lost)
    }
}

/// Opens the review of two documents, where it was left, or with the program's alignment.
/// One of them must be Chinese and the other English.
///
/// # Errors
/// A file cannot be read; both are in one language; the file of the review is damaged: it is
/// then neither used nor written over.
pub fn open(project: &Project, paths: [&Path; 2], reading: Reading) -> Result<Parsed<Review>> {
    let sides = Sides::read(paths, reading)?;
    let mut documents = Pair::default();
    let mut sentences = Pair::default();
    for lang in [Lang::Zh, Lang::En] {
        sides.path(lang).clone_into(&mut documents[lang]);
        let units = sides.units(lang).iter();
        let units = units.filter(|unit| !unit.source.trim().is_empty());
        sentences[lang] = units.map(sentence).collect();
    }
    let mut findings = sides.findings;
    let path = file::path(&documents[Lang::Zh], &documents[Lang::En]);
    let kept = match fs::read_to_string(&path) {
        // A lock that was just taken leaves an empty file.
        Ok(text) if text.is_empty() => None,
        Ok(text) => Some((parsed(&path, &text)?, text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
        Err(e) => return Err(Error::io("read", &path, e)),
    };
    let (mut alignment, unaligned) = match &kept {
        Some((kept, _)) => fit::fit(kept, sentences),
        None => (Alignment::new(sentences), false),
    };
    if kept.is_none() {
        let aligned = realigned(project, &alignment)?;
        findings.extend(aligned.findings);
        alignment.beads = aligned.value;
    }
    let name = project.name(&documents[sides.source]);
    let mut review = Review::new(documents, sides.source, name, alignment);
    review.unaligned = unaligned;
    if let Some(kept) = kept {
        review.base = Arc::new(kept);
    }
    Ok(Parsed {
        value: review,
        findings,
    })
}

fn sentence(unit: &Unit) -> Sentence {
    Sentence {
        text: unit.source.clone(),
        paragraph: unit.paragraph,
        block: unit.block,
        cut: false,
    }
}

/// The newest pairs of the workspace's memories, and of those this run names, Chinese first:
/// they teach words.
///
/// # Errors
/// A memory cannot be read.
pub fn past(project: &Project) -> Result<Parsed<Vec<(String, String)>>> {
    let mut past: Parsed<Vec<(String, String)>> = Parsed::default();
    for path in project.memory_files()? {
        let read = memory::file::read(&path)?;
        past.findings.extend(read.findings);
        let records = read.value.into_iter();
        let stands = records.filter(|record| record.mark == Mark::Stands);
        let pairs = stands.map(|record| (record.entry.zh, record.entry.en));
        past.value
            .extend(pairs.filter(|(zh, en)| !zh.is_empty() && !en.is_empty()));
    }
    let old = past.value.len().saturating_sub(LESSONS);
    past.value.drain(..old);
    Ok(past)
}

/// The beads of an alignment, those between fixed ones made anew with all that the workspace
/// knows.
///
/// # Errors
/// A dictionary, glossary or memory cannot be read.
pub fn realigned(project: &Project, alignment: &Alignment) -> Result<Parsed<Vec<Bead>>> {
    let dictionary = project.dictionary()?;
    let glossary = project.glossary()?;
    let recognizer = Recognizer::new(&glossary.value);
    let resources = Resources {
        dictionary: Some(dictionary.as_ref()).filter(|dictionary| !dictionary.is_empty()),
        glossary: Some((&glossary.value, &recognizer)),
        lexicon: None,
    };
    let past = past(project)?;
    let mut findings = glossary.findings;
    findings.extend(past.findings);
    Ok(Parsed {
        value: alignment.realign(&resources, &past.value),
        findings,
    })
}
