//! The index over the memory files: the only code that names tantivy.
//!
//! It is derived: whatever is wrong with it, it can be removed and built again
//! from the files. Reading needs no write permission and no lock file. All
//! that changes it goes through [`update()`], one process at a time.

mod concordance;
mod query;
mod rarity;
mod readonly;
mod schema;
mod update;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tantivy::columnar::{Column, ColumnValues};
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::{Index, IndexMeta, IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyError};

pub(super) use query::Valid;
pub(super) use rarity::NEAR;
use rarity::Rarity;
use readonly::ReadOnly;
use schema::{FORMAT, Fields, WIDE, column, schema};
pub(super) use update::{update, wait};

use super::features::rules;
use super::hash;
use super::sources::Stamp;
use crate::lang::{Lang, Pair};

/// Why an index cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// There is none.
    Missing,
    /// It was made by other rules or another version: to be built again.
    Outdated,
    /// Its files are not what was written: to be built again, and said.
    Damaged(String),
    /// Another process is changing it.
    Busy,
    /// Whoever looked on wished it to be left.
    Stopped,
    /// The system refuses (permission, disk, I/O): to be left alone, and said.
    Refused(String),
}

impl From<TantivyError> for Failure {
    fn from(error: TantivyError) -> Self {
        let text = error.to_string();
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy,
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => Self::Missing,
            TantivyError::OpenReadError(error) => error.into(),
            TantivyError::IoError(error) => Self::io(&error, text),
            TantivyError::DataCorruption(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::SchemaError(_)
            | TantivyError::FieldNotFound(_)
            | TantivyError::InternalError(_)
            | TantivyError::DeserializeError(_) => Self::Damaged(text),
            _ => Self::Refused(text),
        }
    }
}

impl From<OpenReadError> for Failure {
    fn from(error: OpenReadError) -> Self {
        let text = error.to_string();
        match error {
            OpenReadError::IoError { io_error, .. } => Self::io(&io_error, text),
            _ => Self::Damaged(text),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::io(&error, error.to_string())
    }
}

impl Failure {
    /// What was read is wrong, or reading was refused.
    fn io(error: &io::Error, text: String) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::NotFound => Self::Damaged(text),
            _ => Self::Refused(text),
        }
    }
}

/// What every commit says about itself. (tantivy forgets it with the next
/// commit that does not set it.)
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Payload {
    /// As [`FORMAT`].
    format: u32,
    /// As [`rules`].
    rules: u64,
    /// The commonest tokens, commonest first: the order of [`Rarity`].
    common: Vec<u32>,
    /// How many entries there were when that order was taken.
    counted: u64,
    /// The files as they were indexed.
    files: Vec<Stamp>,
}

/// The numbers of one language in a segment of the index.
struct SideColumns {
    alike: Arc<dyn ColumnValues<u64>>,
    raw: Arc<dyn ColumnValues<u64>>,
    brief: Arc<dyn ColumnValues<u64>>,
    wide: [Arc<dyn ColumnValues<u64>>; 2],
    tokens: Column<u64>,
}

/// The numbers of a segment of the index.
struct Columns {
    sides: Pair<SideColumns>,
    file: Arc<dyn ColumnValues<u64>>,
    key: Arc<dyn ColumnValues<u64>>,
    order: Arc<dyn ColumnValues<u64>>,
    line: Arc<dyn ColumnValues<u64>>,
    prev: Arc<dyn ColumnValues<u64>>,
    next: Arc<dyn ColumnValues<u64>>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> Result<Self, Failure> {
        let fast = reader.fast_fields();
        let one =
            |name: &str| -> Result<_, Failure> { Ok(fast.u64(name)?.first_or_default_col(0)) };
        let side = |lang: Lang| -> Result<SideColumns, Failure> {
            let [first, second] = WIDE.map(|name| one(&column(lang, name)));
            Ok(SideColumns {
                alike: one(&column(lang, "alike"))?,
                raw: one(&column(lang, "raw"))?,
                brief: one(&column(lang, "brief"))?,
                wide: [first?, second?],
                tokens: fast.u64(&column(lang, "tokens"))?,
            })
        };
        Ok(Self {
            sides: Pair {
                zh: side(Lang::Zh)?,
                en: side(Lang::En)?,
            },
            file: one("file")?,
            key: one("key")?,
            order: one("order")?,
            line: one("line")?,
            prev: one("prev")?,
            next: one("next")?,
        })
    }
}

/// An index opened for reading: one commit, whatever happens to the files later.
pub(super) struct Store {
    searcher: Searcher,
    columns: Vec<Columns>,
    fields: Fields,
    rarity: Rarity,
    payload: Payload,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("entries", &self.searcher.num_docs())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the index in a folder.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        let (index, fields) = open_index(folder)?;
        let mut meta = index.load_metas()?;
        loop {
            let opened = Self::open_commit(folder, &index, fields, &meta);
            // A commit between reading `meta.json` and opening its segments would
            // give the files of one commit and the stamps of another, or take
            // the files away.
            let now = index.load_metas()?;
            if now.opstamp == meta.opstamp && segments(&now) == segments(&meta) {
                return opened;
            }
            meta = now;
        }
    }

    fn open_commit(
        folder: &Path,
        index: &Index,
        fields: Fields,
        meta: &IndexMeta,
    ) -> Result<Self, Failure> {
        let payload = payload(meta)?;
        check(folder, index, meta)?;
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let columns = searcher.segment_readers().iter().map(Columns::open);
        Ok(Self {
            columns: columns.collect::<Result<_, _>>()?,
            searcher,
            fields,
            rarity: Rarity::new(&payload.common),
            payload,
        })
    }

    /// The files as they were indexed.
    pub(super) fn stamp(&self, id: u64) -> Option<&Stamp> {
        self.payload.files.iter().find(|stamp| stamp.id == id)
    }
}

/// The segments of a commit, with what was deleted from them.
fn segments(meta: &IndexMeta) -> BTreeMap<SegmentId, Option<u64>> {
    let segments = meta.segments.iter();
    segments.map(|s| (s.id(), s.delete_opstamp())).collect()
}

/// Opens an index for reading, down to its schema.
fn open_index(folder: &Path) -> Result<(Index, Fields), Failure> {
    if !folder.join("meta.json").try_exists()? {
        let empty = match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => true,
            Err(e) => return Err(e.into()),
        };
        // Opening would make a new, empty index over what is left of the old one.
        return Err(if empty {
            Failure::Missing
        } else {
            Failure::Damaged("meta.json is missing".into())
        });
    }
    let inner = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    let index = Index::open(ReadOnly {
        inner,
        root: folder.to_owned(),
    })?;
    let (wanted, fields) = schema();
    if index.schema() != wanted {
        return Err(Failure::Outdated);
    }
    Ok((index, fields))
}

/// What a commit says about itself, where this program can use it.
fn payload(meta: &IndexMeta) -> Result<Payload, Failure> {
    let Some(text) = &meta.payload else {
        // Made, and stopped before the first commit.
        return Err(Failure::Outdated);
    };
    let payload: Payload = serde_json::from_str(text)
        .map_err(|_| Failure::Damaged("it does not say what it was made from".into()))?;
    if payload.format != FORMAT || payload.rules != rules() {
        return Err(Failure::Outdated);
    }
    Ok(payload)
}

/// Where the last check is written down.
fn checked(folder: &Path) -> PathBuf {
    folder.with_extension("checked")
}

/// The files of a commit, and a number that changes when one of them does.
fn fingerprint(folder: &Path, meta: &IndexMeta) -> Result<(Vec<PathBuf>, String), Failure> {
    const PARTS: [SegmentComponent; 6] = [
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::Terms,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Store,
    ];
    let mut files = Vec::new();
    for segment in &meta.segments {
        files.extend(PARTS.map(|part| segment.relative_path(part)));
        if segment.has_deletes() {
            files.push(segment.relative_path(SegmentComponent::Delete));
        }
    }
    files.sort();
    let mut state = hash::Hash::default();
    for file in &files {
        // tantivy itself does not miss all of them when it opens a segment.
        let data = fs::metadata(folder.join(file)).map_err(|e| {
            let text = format!("{}: {e}", file.display());
            Failure::io(&e, text)
        })?;
        state.bytes(file.as_os_str().as_encoded_bytes());
        state.bytes(&data.len().to_le_bytes());
        let time = data.modified()?.duration_since(UNIX_EPOCH);
        state.bytes(&time.map_or(0, |t| t.as_nanos()).to_le_bytes());
    }
    Ok((files, format!("{:016x}\n", state.finish())))
}

/// Compares every file of a commit with the checksum in it, unless that was
/// done since the files last changed: tantivy takes damaged bytes as they are.
fn check(folder: &Path, index: &Index, meta: &IndexMeta) -> Result<(), Failure> {
    let (files, state) = fingerprint(folder, meta)?;
    if fs::read_to_string(checked(folder)).is_ok_and(|known| known == state) {
        return Ok(());
    }
    for file in files {
        if !index.directory().validate_checksum(&file)? {
            return Err(Failure::Damaged(format!("{} is damaged", file.display())));
        }
    }
    // Where it cannot be written, the next start checks again.
    let _ = fs::write(checked(folder), state);
    Ok(())
}

/// Compares the files of the index with their checksums, whatever was written
/// down; what is wrong.
pub(super) fn verify(folder: &Path) -> Option<Failure> {
    let _ = fs::remove_file(checked(folder));
    Store::open(folder).err()
}

/// Writes down that the files of a commit are as they were written.
fn note(folder: &Path, meta: &IndexMeta) -> Result<(), Failure> {
    let (_, state) = fingerprint(folder, meta)?;
    let _ = fs::write(checked(folder), state);
    Ok(())
}
