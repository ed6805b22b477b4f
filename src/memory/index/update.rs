//! Bringing the index up to date with the files: all at once, or what changed.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::UserOperation;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError, Term};

use super::rarity::Rarity;
use super::schema::{FORMAT, Fields, Spaces, TOKENS, document, schema};
use super::{Failure, Payload, Store, open_index};
use crate::finding::Finding;
use crate::memory::entry::{Mark, Record};
use crate::memory::features::{Side, rules};
use crate::memory::file::Lines;
use crate::memory::journal::{News, Tail};
use crate::memory::sources::{Freshness, Source, Stamp, compare};
use crate::memory::watch::{Counted, Watch};

/// What an update did.
#[derive(Debug, Default)]
pub(in crate::memory) struct Outcome {
    /// Whether anything was written.
    pub(in crate::memory) changed: bool,
    /// Why everything had to be built anew, where the index was damaged.
    pub(in crate::memory) damaged: Option<String>,
    /// Rows that could not be used, files that could not be read.
    pub(in crate::memory) findings: Vec<Finding>,
}

/// Brings the index in a folder up to date, building it where there is none or
/// none that can be used. Another process at the same work: [`Failure::Busy`];
/// left as the watch was asked to: [`Failure::Stopped`], and nothing is changed.
pub(in crate::memory) fn update(
    folder: &Path,
    sources: &[Source],
    watch: &Watch,
) -> Result<Outcome, Failure> {
    let result = bring(folder, sources, watch);
    watch.end();
    result
}

fn bring(folder: &Path, sources: &[Source], watch: &Watch) -> Result<Outcome, Failure> {
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    let _lock = lock(folder)?;
    let mut outcome = Outcome::default();
    let old = match writable(folder) {
        Ok(open) => Some(open),
        Err(Failure::Missing | Failure::Outdated) => None,
        Err(Failure::Damaged(reason)) => {
            outcome.damaged = Some(reason);
            None
        }
        Err(failure) => return Err(failure),
    };
    let work = plan(sources, old.as_ref().map(|(.., payload)| payload));
    if let Some((index, fields, payload)) = old {
        if !needed(&work, &payload, sources) {
            return Ok(outcome);
        }
        let entries = index.load_metas()?.segments;
        let entries: u64 = entries.iter().map(|s| u64::from(s.num_docs())).sum();
        let coming = work.iter().map(Work::bytes).sum::<u64>() / UNIT;
        if entries + coming <= 4 * payload.counted + 10_000 {
            let update = Update::new(&index, fields, payload, &work, watch)?;
            update.run(work, sources, &mut outcome.findings)?;
            note(folder)?;
            outcome.changed = true;
            return Ok(outcome);
        }
        // The order of rarity was taken from few entries: with so many more it would be a poor one.
    }
    anew(folder, sources, watch, &mut outcome.findings)?;
    outcome.changed = true;
    Ok(outcome)
}

/// Builds the index from nothing.
fn anew(
    folder: &Path,
    sources: &[Source],
    watch: &Watch,
    findings: &mut Vec<Finding>,
) -> Result<(), Failure> {
    // Beside the old one, which is read until the new one is whole.
    let new = folder.with_extension("new");
    clear(&new)?;
    fs::create_dir_all(&new)?;
    let directory = MmapDirectory::open(&new).map_err(TantivyError::from)?;
    let (schema, fields) = schema();
    let index = Index::create(directory, schema, settings())?;
    let work = plan(sources, None);
    watch.begin(work.iter().map(Work::bytes).sum());
    let payload = Payload {
        format: FORMAT,
        rules: rules(),
        common: sample(sources, watch)?,
        ..Payload::default()
    };
    let update = Update::new(&index, fields, payload, &work, watch)?;
    if let Err(failure) = update.run(work, sources, findings) {
        // The next one clears it, too.
        drop(index);
        let _ = clear(&new);
        return Err(failure);
    }
    let old = folder.with_extension("old");
    clear(&old)?;
    if folder.try_exists()? {
        fs::rename(folder, &old)?;
    }
    fs::rename(&new, folder)?;
    clear(&old)?;
    note(folder)
}

/// Small blocks of stored rows: what is shown is read from twenty places.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: 4096,
        ..IndexSettings::default()
    }
}

/// A unit with all its cells takes about this many bytes of a file.
const UNIT: u64 = 200;

/// Removes a folder of this module, if it is there.
fn clear(folder: &Path) -> Result<(), Failure> {
    if folder.try_exists()? {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Whether anything is to be written.
fn needed(work: &[Work<'_>], payload: &Payload, sources: &[Source]) -> bool {
    let changed = work.iter().any(|w| w.freshness != Freshness::Same);
    let listed = |stamp: &Stamp| sources.iter().any(|s| s.id == stamp.id);
    let removed = !payload.files.iter().all(listed);
    let unsure = payload.files.iter().any(|s| s.racy() && s.settled());
    changed || removed || unsure
}

/// Notes that what was just written need not be compared with its checksums at the next start.
fn note(folder: &Path) -> Result<(), Failure> {
    let (index, _) = open_index(folder)?;
    super::note(folder, &index.load_metas()?)
}

/// The lock of all that change the index or take it away.
fn lock(folder: &Path) -> Result<File, Failure> {
    let file = open_lock(folder)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::Busy),
        Err(fs::TryLockError::Error(e)) => Err(e.into()),
    }
}

/// Waits for the lock of all that change the index or take it away.
pub(in crate::memory) fn wait(folder: &Path) -> io::Result<File> {
    let file = open_lock(folder)?;
    file.lock()?;
    Ok(file)
}

fn open_lock(folder: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.with_extension("lock"))
}

/// Opens the index for writing, where it is one of ours and whole.
fn writable(folder: &Path) -> Result<(Index, Fields, Payload), Failure> {
    // Opened as a reader does, so that what cannot be read is found here, too.
    let Store {
        fields, payload, ..
    } = Store::open(folder)?;
    // A fresh handle for every writer: an older one would work with an old list of files.
    let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    Ok((Index::open(directory)?, fields, payload))
}

/// One file and what is to be done about it.
struct Work<'a> {
    source: &'a Source,
    freshness: Freshness,
    stamp: Option<Stamp>,
}

impl Work<'_> {
    /// How much is to be read.
    fn bytes(&self) -> u64 {
        let len = fs::metadata(&self.source.path).map_or(0, |data| data.len());
        match (self.freshness, &self.stamp) {
            (Freshness::Same | Freshness::Gone, _) => 0,
            (Freshness::Grown, Some(stamp)) => len.saturating_sub(stamp.len),
            _ => len,
        }
    }
}

/// What is to be done about each file to come from `old` to what is there now.
fn plan<'a>(sources: &'a [Source], old: Option<&Payload>) -> Vec<Work<'a>> {
    let work = sources.iter().map(|source| {
        let known = old.and_then(|old| old.files.iter().find(|s| s.id == source.id));
        let stamp = known.cloned();
        // A file that cannot be looked at is left out, and read by nobody.
        let mut freshness = compare(source, stamp.as_ref()).unwrap_or(Freshness::Gone);
        if freshness == Freshness::Gone && stamp.is_none() {
            freshness = Freshness::Same;
        }
        Work {
            source,
            freshness,
            stamp,
        }
    });
    work.collect()
}

/// A change to the index, up to its commit.
struct Update<'a> {
    watch: &'a Watch,
    writer: IndexWriter,
    fields: Fields,
    rarity: Rarity,
    payload: Payload,
    /// What is read and not yet given to the writer: the id of its file, and whether that is the journal.
    waiting: Vec<(Record, u64, bool)>,
    /// The bytes of its texts.
    bytes: usize,
    added: u64,
}

impl<'a> Update<'a> {
    fn new(
        index: &Index,
        fields: Fields,
        payload: Payload,
        work: &[Work<'_>],
        watch: &'a Watch,
    ) -> Result<Self, Failure> {
        let bytes: u64 = work.iter().map(Work::bytes).sum();
        watch.begin(bytes);
        // A larger arena makes fewer, larger segments, and takes its time to be cleared.
        let arena = if bytes > 1 << 20 { 192 << 20 } else { 15 << 20 };
        index.tokenizers().register(TOKENS, Spaces::default());
        Ok(Self {
            watch,
            rarity: Rarity::new(&payload.common),
            writer: index.writer_with_num_threads(1, arena)?,
            fields,
            payload,
            waiting: Vec::new(),
            bytes: 0,
            added: 0,
        })
    }

    /// Does all of it and commits.
    fn run(
        mut self,
        work: Vec<Work<'_>>,
        sources: &[Source],
        findings: &mut Vec<Finding>,
    ) -> Result<(), Failure> {
        let (writer, file) = (&self.writer, self.fields.file);
        self.payload.files.retain(|stamp| {
            let listed = sources.iter().any(|s| s.id == stamp.id);
            if !listed {
                writer.delete_term(Term::from_field_u64(file, stamp.id));
            }
            listed
        });
        for work in work {
            self.take(work, findings)?;
        }
        self.flush()?;
        if self.payload.counted == 0 {
            self.payload.counted = self.added;
        }
        let text =
            serde_json::to_string(&self.payload).map_err(|e| Failure::Refused(e.to_string()))?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&text);
        commit.commit()?;
        self.writer.wait_merging_threads()?;
        Ok(())
    }

    /// Does what is to be done about one file.
    fn take(&mut self, work: Work<'_>, findings: &mut Vec<Finding>) -> Result<(), Failure> {
        let source = work.source;
        let known = self.payload.files.iter().position(|s| s.id == source.id);
        match work.freshness {
            Freshness::Same => {
                // Looked at again when the clock had moved on: the time alone will do from now on.
                let stamp = known.and_then(|i| self.payload.files.get_mut(i));
                if let Some(stamp) = stamp.filter(|stamp| stamp.racy())
                    && let Some(new) = Stamp::new(source)?
                {
                    let lines = stamp.lines;
                    *stamp = new;
                    stamp.lines = lines;
                }
                return Ok(());
            }
            Freshness::Grown => {}
            Freshness::Changed | Freshness::Gone => {
                if let Some(i) = known {
                    self.payload.files.remove(i);
                    let term = Term::from_field_u64(self.fields.file, source.id);
                    self.writer.delete_term(term);
                }
                if work.freshness == Freshness::Gone {
                    return Ok(());
                }
            }
        }
        let stamp = if source.journal {
            let old = work.stamp.filter(|_| work.freshness == Freshness::Grown);
            self.journal(source, old.as_ref(), findings)?
        } else {
            self.file(source, findings)?
        };
        if let Some(stamp) = stamp {
            self.payload.files.retain(|s| s.id != stamp.id);
            self.payload.files.push(stamp);
        }
        Ok(())
    }

    /// Adds all entries of a file.
    fn file(
        &mut self,
        source: &Source,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Stamp>, Failure> {
        // Before reading: what is written meanwhile makes the file look changed.
        let Some(mut stamp) = Stamp::new(source)? else {
            return Ok(None);
        };
        let file = Counted(File::open(&source.path)?, self.watch);
        let mut lines = Lines::new(&source.path, file);
        while let Some(record) = lines.next_record().map_err(|e| refused(&e))? {
            if record.mark == Mark::Stands {
                self.add(record, source)?;
            }
        }
        stamp.lines = lines.number;
        findings.append(&mut lines.findings);
        Ok(Some(stamp))
    }

    /// Adds what the journal says after `old`, in the place of what it said about the same keys.
    fn journal(
        &mut self,
        source: &Source,
        old: Option<&Stamp>,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Stamp>, Failure> {
        let mut tail = old.map_or_else(Tail::default, Stamp::tail);
        let News::More(records, mut more) = tail.read(&source.path).map_err(|e| refused(&e))?
        else {
            // Replaced while we looked: the next update sees it.
            return Ok(old.cloned());
        };
        findings.append(&mut more);
        let len = fs::metadata(&source.path).map_or(0, |data| data.len());
        self.watch
            .read(len.saturating_sub(old.map_or(0, |stamp| stamp.len)));
        let mut last: HashMap<u64, usize> = HashMap::new();
        for (at, record) in records.iter().enumerate() {
            last.insert(record.entry.key().hash(), at);
        }
        let mut standing: Vec<(u64, usize)> = last.into_iter().collect();
        standing.sort_unstable_by_key(|(_, at)| *at);
        for (key, at) in standing {
            if old.is_some() {
                self.writer
                    .delete_term(Term::from_field_u64(self.fields.key, key));
            }
            if let Some(record) = records.get(at).filter(|r| r.mark == Mark::Stands) {
                self.add(record.clone(), source)?;
            }
        }
        Ok(Some(Stamp::journal(source, &tail)))
    }

    fn add(&mut self, record: Record, source: &Source) -> Result<(), Failure> {
        /// The most records that are put in order together, and the most bytes of their texts.
        const RUN: usize = 131_072;
        const BYTES: usize = 64 << 20;
        self.bytes += record.entry.zh.len() + record.entry.en.len();
        self.waiting.push((record, source.id, source.journal));
        self.added += 1;
        if self.waiting.len() < RUN && self.bytes < BYTES {
            return self.go_on();
        }
        self.flush()
    }

    /// Whether to go on.
    fn go_on(&self) -> Result<(), Failure> {
        if self.watch.leave() {
            return Err(Failure::Stopped);
        }
        Ok(())
    }

    /// Gives the writer what waits, by length: what a query has to look at is
    /// of about one length, and so stands close together in the columns.
    fn flush(&mut self) -> Result<(), Failure> {
        /// How many records are made ready together, on all cores.
        const TOGETHER: usize = 1024;
        let waiting = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        // By the Chinese: it has fewer different tokens, and so more to look at.
        let place = |(record, ..): &(Record, u64, bool)| {
            let tokens = Side::new(&record.entry.zh).tokens;
            (self.rarity.place(&tokens), record.entry.en.len())
        };
        let places: Vec<_> = waiting.par_iter().map(place).collect();
        let mut order: Vec<usize> = (0..waiting.len()).collect();
        order.sort_by_key(|at| places.get(*at));
        let operation = |at: &usize| {
            let (record, id, journal) = &waiting[*at];
            UserOperation::Add(document(&self.fields, record, *id, *journal, &self.rarity))
        };
        let read = self.watch.waiting();
        let share = read / u64::try_from(order.len().div_ceil(TOGETHER).max(1)).unwrap_or(1);
        for some in order.chunks(TOGETHER) {
            self.go_on()?;
            let operations: Vec<_> = some.par_iter().map(operation).collect();
            // tantivy's queue takes ten thousand of these, whatever is in them.
            let mut operations = operations.into_iter();
            while operations.len() > 0 {
                let few: Vec<_> = operations.by_ref().take(4).collect();
                self.writer.run(few)?;
            }
            self.watch.done(share);
        }
        self.watch.done(self.watch.waiting());
        Ok(())
    }
}

fn refused(error: &crate::error::Error) -> Failure {
    Failure::Refused(error.to_string())
}

/// The commonest tokens of the files, from a sample spread over each.
fn sample(sources: &[Source], watch: &Watch) -> Result<Vec<u32>, Failure> {
    /// Of a larger file only every nth row is looked at.
    const BYTES: u64 = 2 << 20;
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for source in sources {
        let Ok(file) = File::open(&source.path) else {
            continue;
        };
        let stride = file.metadata().map_or(0, |data| data.len()) / BYTES + 1;
        let mut lines = Lines::new(&source.path, file);
        let mut at = 0u64;
        while let Ok(Some(record)) = lines.next_record() {
            at += 1;
            if watch.leave() {
                return Err(Failure::Stopped);
            }
            if at.is_multiple_of(stride) {
                for text in [&record.entry.zh, &record.entry.en] {
                    for token in Side::new(text).tokens {
                        *counts.entry(token).or_default() += 1;
                    }
                }
            }
        }
    }
    Ok(Rarity::commonest(&counts))
}
