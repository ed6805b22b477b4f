//! How far an import has come: what a later run needs to go on with it, and to
//! notice that it is another import.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::{Counts, Options};
use crate::error::{Error, Result};
use crate::format::exchange::STDIN;
use crate::tsv::resolved;

/// The layout of a checkpoint and of a part, and what readers make of a file.
const VERSION: u32 = 4;

/// What a file was like: enough to notice another one in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Look {
    path: PathBuf,
    len: u64,
    /// Nanoseconds since 1970.
    mtime: u128,
}

impl Look {
    fn at(path: &Path) -> Self {
        let data = fs::metadata(path).ok();
        let time = data.as_ref().and_then(|data| data.modified().ok());
        let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            path: path.to_owned(),
            len: data.map_or(0, |data| data.len()),
            mtime: since.map_or(0, |since| since.as_nanos()),
        }
    }
}

/// How far an import has come, and what it is one of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    version: u32,
    files: Vec<Look>,
    base: Look,
    /// What the user says about the files.
    asked: String,
    /// What became of the units of each file so far.
    counts: Vec<Counts>,
    /// The file being read, and its items that are done.
    file: usize,
    items: u64,
    /// Bytes of the part and of what waits aside.
    pub(super) part: u64,
    pub(super) aside: u64,
}

impl Checkpoint {
    /// The beginning of an import.
    pub(super) fn of(options: &Options<'_>, base: &Path) -> Result<Self> {
        if fs::metadata(base).is_ok_and(|data| data.permissions().readonly()) {
            let denied = std::io::ErrorKind::PermissionDenied.into();
            return Err(Error::io("write", base, denied));
        }
        Ok(Self {
            version: VERSION,
            // A file that is not there is said when its turn comes.
            files: options
                .files
                .iter()
                .map(|f| Look::at(&resolved(f)))
                .collect(),
            base: Look::at(base),
            asked: format!("{:?}", options.ask),
            counts: vec![Counts::default(); options.files.len()],
            ..Self::default()
        })
    }

    /// Whether this is a later state of the import that `other` begins. What
    /// comes from standard input cannot be known for the same again.
    pub(super) fn continues(&self, other: &Self) -> bool {
        self.files.iter().all(|file| file.path != Path::new(STDIN))
            && self.version == other.version
            && self.files == other.files
            && self.base == other.base
            && self.asked == other.asked
    }

    /// Whether the old memory is still what it was at the beginning.
    pub(super) fn fresh(&self, base: &Path) -> bool {
        self.base == Look::at(base)
    }

    /// How many files are imported.
    pub(super) fn files(&self) -> usize {
        self.files.len()
    }

    /// Notes what became of the units of a file so far.
    pub(super) fn count(&mut self, file: usize, counts: Counts) {
        if let Some(known) = self.counts.get_mut(file) {
            *known = counts;
        }
    }

    /// Notes that so many items of a file are done.
    pub(super) fn reach(&mut self, file: usize, items: u64) {
        (self.file, self.items) = (file, items);
    }

    /// What became of the units of a file before.
    pub(super) fn counts(&self, number: usize) -> Counts {
        self.counts.get(number).copied().unwrap_or_default()
    }

    /// The items of a file that are done.
    pub(super) fn items(&self, number: usize) -> u64 {
        match number.cmp(&self.file) {
            std::cmp::Ordering::Less => u64::MAX,
            std::cmp::Ordering::Equal => self.items,
            std::cmp::Ordering::Greater => 0,
        }
    }

    /// Units done so far.
    pub(super) fn units(&self) -> u64 {
        self.counts.iter().map(|counts| counts.read).sum()
    }
}
