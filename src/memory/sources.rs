//! The files behind the index, and whether it still agrees with them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::hash;
use super::journal::print;

/// A file of the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The file.
    pub(super) path: PathBuf,
    /// Hash of its absolute path: what it is called in the index.
    pub(super) id: u64,
    /// Whether it is the journal.
    pub(super) journal: bool,
}

impl Source {
    pub(super) fn new(path: &Path, journal: bool) -> Self {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self {
            path: path.to_owned(),
            id: hash::bytes(absolute.as_os_str().as_encoded_bytes()),
            journal,
        }
    }
}

/// What a file was like when it was indexed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// As [`Source::id`].
    pub(super) id: u64,
    /// Bytes indexed: all, or the whole lines of the journal.
    pub(super) len: u64,
    /// Time of the last change, in nanoseconds since 1970.
    mtime: u64,
    /// When it was looked at, in nanoseconds since 1970.
    seen: u64,
    /// Hash of the content; of the journal, of its ends ([`print`](fn@print)).
    hash: u64,
    /// Lines indexed.
    pub(super) lines: u32,
}

impl Stamp {
    /// As what a file is about to be indexed; `None` where it is not there.
    pub(super) fn new(source: &Source) -> io::Result<Option<Self>> {
        let Some((len, mtime)) = stat(&source.path)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            id: source.id,
            len,
            mtime,
            seen: nanoseconds(SystemTime::now()),
            hash: if source.journal {
                0
            } else {
                whole(&source.path)?
            },
            lines: 0,
        }))
    }

    /// The same for the journal, read so far.
    pub(super) fn journal(source: &Source, tail: &super::journal::Tail) -> Self {
        Self {
            id: source.id,
            len: tail.offset,
            hash: tail.print,
            lines: tail.lines,
            ..Self::default()
        }
    }

    /// What is read after this of the journal.
    pub(super) fn tail(&self) -> super::journal::Tail {
        super::journal::Tail {
            offset: self.len,
            lines: self.lines,
            print: self.hash,
            ..super::journal::Tail::default()
        }
    }

    /// Whether the change time alone cannot tell: a file changed in the same
    /// tick of the clock in which it was read keeps its time.
    pub(super) fn racy(&self) -> bool {
        self.mtime != 0 && self.mtime.saturating_add(tick(self.mtime)) > self.seen
    }

    /// Whether the clock has moved on since, so that looking again would tell.
    pub(super) fn settled(&self) -> bool {
        nanoseconds(SystemTime::now()) > self.mtime.saturating_add(tick(self.mtime))
    }
}

/// Two changes within this time may leave the same change time, in
/// nanoseconds. Linux's clock for files moves every 1–10 ms; a time in whole
/// seconds is that of a file system with coarse times.
fn tick(time: u64) -> u64 {
    const SECOND: u64 = 1_000_000_000;
    if time.is_multiple_of(SECOND) {
        2 * SECOND
    } else {
        SECOND / 20
    }
}

/// How a file stands to its stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// As indexed.
    Same,
    /// A journal with more lines.
    Grown,
    /// Another content, or never indexed.
    Changed,
    /// Not there.
    Gone,
}

/// Compares a file with its stamp. Costs a `stat`, and for a journal or a
/// file touched since a look at its bytes.
pub(super) fn compare(source: &Source, stamp: Option<&Stamp>) -> io::Result<Freshness> {
    let Some((len, mtime)) = stat(&source.path)? else {
        return Ok(Freshness::Gone);
    };
    let Some(stamp) = stamp else {
        return Ok(Freshness::Changed);
    };
    if source.journal {
        let same = print(&mut File::open(&source.path)?, stamp.len)? == Some(stamp.hash);
        return Ok(match (same, len == stamp.len) {
            (true, true) => Freshness::Same,
            (true, false) => Freshness::Grown,
            (false, _) => Freshness::Changed,
        });
    }
    let same = len == stamp.len
        && ((mtime == stamp.mtime && !stamp.racy()) || whole(&source.path)? == stamp.hash);
    Ok(if same {
        Freshness::Same
    } else {
        Freshness::Changed
    })
}

/// Length and change time; `None` where there is no file.
fn stat(path: &Path) -> io::Result<Option<(u64, u64)>> {
    match fs::metadata(path) {
        Ok(data) => Ok(Some((data.len(), nanoseconds(data.modified()?)))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos() as u64)
}

/// The hash of a whole file.
fn whole(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut state = hash::Hash::default();
    let mut block = vec![0u8; 1 << 16];
    loop {
        let read = match file.read(&mut block) {
            Ok(0) => return Ok(state.finish()),
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        state.bytes(block.get(..read).unwrap_or_default());
    }
}
