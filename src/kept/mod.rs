//! What was made of a big file, kept in `index/` to be there at once the next time.
//!
//! Each thing made of a file is a file of its own, mapped into memory and read
//! where it is asked for. It is derived: whatever is wrong with it, it counts
//! as not there and is made again. It counts only for the same bytes of its
//! source and the same build of the program, so no version has to be counted
//! up when what is made changes.
//!
//! Such a file is replaced as a whole and never changed, and its change time
//! is set to one written in it: where the two differ, somebody else has
//! touched it, and its bytes are compared with their hash before use.

mod flat;
mod index;

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, FileHandle, MmapDirectory};

pub use flat::{LINE, Record, Table, u32_at};
pub use index::Stretches;
/// Bytes in memory or mapped from a file. Cheap to clone.
pub use tantivy::directory::OwnedBytes as Bytes;

use crate::text::hash;
use crate::tsv::write_atomic;

/// Files of fewer bytes are read anew faster than it would be worth to keep them.
pub const SMALL: u64 = 1 << 20;

/// What a kept file begins with; its length is a part of the layout.
const MAGIC: &[u8; 8] = b"zm kept\n";

/// What tells git that nothing here is for it.
const IGNORE: &str = ".gitignore";

/// What was begun that long ago and has no name yet never gets one.
const HOUR: Duration = Duration::from_hours(1);

/// A file as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Source {
    path: PathBuf,
    state: State,
    /// Hash of its bytes.
    hash: u64,
}

/// By what a change of a file is noticed without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    len: u64,
    /// The time its content was changed, and where the system tells, the time
    /// when anything about it was: in nanoseconds since 1970.
    changed: [u64; 2],
    /// Which file of the disk it is, where the system tells.
    file: u64,
}

impl State {
    /// How a file stands now, if it is big enough to keep anything of it.
    ///
    /// A file changed twice in one tick of the clock may show one time for
    /// both; so one that was changed just now is looked at a tick later.
    pub fn of_big(path: &Path) -> Option<Self> {
        let state = Self::of(&fs::metadata(path).ok()?)?;
        let age = || nanoseconds(SystemTime::now()).saturating_sub(state.latest());
        if state.len < SMALL {
            return None;
        }
        if age() < TICK {
            std::thread::sleep(Duration::from_nanos(TICK));
        }
        // Still as young: a clock that is behind, or a disk that counts whole seconds.
        let coarse = state.latest().is_multiple_of(SECOND);
        (age() >= if coarse { 2 * SECOND } else { TICK }).then_some(state)
    }

    #[cfg(unix)]
    fn of(data: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let changed = data.ctime().saturating_mul(SECOND.cast_signed()) + data.ctime_nsec();
        Some(Self {
            len: data.len(),
            changed: [
                nanoseconds(data.modified().ok()?),
                changed.max(0).cast_unsigned(),
            ],
            file: data.ino(),
        })
    }

    #[cfg(not(unix))]
    fn of(data: &Metadata) -> Option<Self> {
        Some(Self {
            len: data.len(),
            changed: [nanoseconds(data.modified().ok()?); 2],
            file: 0,
        })
    }

    fn latest(self) -> u64 {
        self.changed.into_iter().max().unwrap_or(0)
    }
}

const SECOND: u64 = 1_000_000_000;
/// Two changes within this time may show the same change time (Linux's clock
/// for files moves every 1 to 10 ms), in nanoseconds.
const TICK: u64 = SECOND / 20;

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos() as u64)
}

/// What a kept file says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    program: String,
    source: Source,
    /// Its own change time, in seconds since 1970.
    written: u64,
    len: u64,
    /// Hash of its bytes behind the head.
    hash: u64,
}

/// Where what is made of one file is kept.
#[derive(Debug, Clone)]
pub struct Place {
    folder: PathBuf,
    source: Arc<Source>,
}

impl Place {
    /// The place for what is made of the bytes of a file, which were read
    /// after its state was looked at.
    pub fn new(folder: &Path, path: &Path, state: State, bytes: &[u8]) -> Self {
        let source = Source {
            path: absolute(path),
            state,
            hash: hash::bytes(bytes),
        };
        Self {
            folder: folder.to_owned(),
            source: Arc::new(source),
        }
    }

    /// The place for what is made of a file, and one thing that was, where
    /// that was made of the file as it is now.
    pub fn find<const N: usize>(
        folder: &Path,
        path: &Path,
        state: State,
        what: &str,
    ) -> Option<(Self, [Bytes; N])> {
        let (source, bytes) = open(folder, &name(&absolute(path), what))?;
        let same = source.state == state && source.path == absolute(path);
        let place = Self {
            folder: folder.to_owned(),
            source: Arc::new(source),
        };
        Some((place, flat::split(&bytes)?)).filter(|_| same)
    }

    /// One thing that was made of the same bytes of the file.
    pub fn get<const N: usize>(&self, what: &str) -> Option<[Bytes; N]> {
        let (source, bytes) = open(&self.folder, &name(&self.source.path, what))?;
        let same = source.hash == self.source.hash && source.state.len == self.source.state.len;
        flat::split(&bytes).filter(|_| same)
    }

    /// Keeps one thing made of the file. That it cannot be kept is no failure.
    pub fn put(&self, what: &str, sections: &[&[u8]]) {
        let _ = self.write(what, sections);
    }

    fn write(&self, what: &str, sections: &[&[u8]]) -> crate::error::Result<()> {
        let refused = |e| crate::error::Error::io("write", &self.folder, e);
        if !self.folder.is_dir() {
            fs::create_dir_all(&self.folder).map_err(refused)?;
            fs::write(self.folder.join(IGNORE), "*\n").map_err(refused)?;
        }
        forget(&self.folder);
        let body = flat::join(sections);
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let head = Head {
            program: program().to_owned(),
            source: Source::clone(&self.source),
            // Even, for disks that do not tell odd seconds.
            written: now.map_or(0, |now| now.as_secs() & !1),
            len: body.len() as u64,
            hash: hash::bytes(&body),
        };
        let text = serde_json::to_vec(&head).unwrap_or_default();
        let mut all = Vec::with_capacity(text.len() + body.len() + 2 * LINE);
        all.extend_from_slice(MAGIC);
        (text.len() as u64).write(&mut all);
        all.extend_from_slice(&text);
        flat::pad(&mut all);
        all.extend_from_slice(&body);
        let path = self.folder.join(name(&self.source.path, what));
        write_atomic(&path, &all)?;
        let file = File::options().write(true).open(&path).map_err(refused)?;
        file.set_modified(head.time()).map_err(refused)
    }
}

impl Head {
    fn time(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.written)
    }

    /// The head of a file's bytes, and where what is behind it begins.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (length, rest) = rest.split_at_checked(u64::SIZE)?;
        let length = usize::try_from(u64::read(length)).ok()?;
        let head: Self = serde_json::from_slice(rest.get(..length)?).ok()?;
        let begin = (MAGIC.len() + u64::SIZE + length).checked_next_multiple_of(LINE)?;
        (head.program == program()).then_some((head, begin))
    }
}

/// A kept file: what it was made of, and what is in it.
fn open(folder: &Path, name: &str) -> Option<(Source, Bytes)> {
    let data = fs::metadata(folder.join(name)).ok()?;
    let bytes = map(folder, name).ok()?;
    let (head, begin) = Head::read(&bytes)?;
    let end = begin.checked_add(usize::try_from(head.len).ok()?)?;
    if end != bytes.len() {
        return None;
    }
    let body = bytes.slice(begin..end);
    let untouched = data.modified().is_ok_and(|time| time == head.time());
    (untouched || hash::bytes(&body) == head.hash).then_some((head.source, body))
}

/// The bytes of a file that is replaced and never changed.
fn map(folder: &Path, name: &str) -> io::Result<Bytes> {
    let directory = MmapDirectory::open(folder).map_err(io::Error::other)?;
    let file = directory.get_file_handle(Path::new(name));
    let file: Arc<dyn FileHandle> = file.map_err(io::Error::other)?;
    file.read_bytes(0..file.len())
}

/// Deletes what was made of files that are gone, or by another build, or never finished.
fn forget(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            let age = entry.metadata().and_then(|data| data.modified());
            let age = age.ok().and_then(|time| time.elapsed().ok());
            if name != IGNORE && age.is_some_and(|age| age > HOUR) {
                let _ = fs::remove_file(entry.path());
            }
            continue;
        }
        let head = map(folder, &name).ok();
        let head = head.and_then(|bytes| Some(Head::read(&bytes)?.0));
        if head.is_none_or(|head| !head.source.path.exists()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn name(source: &Path, what: &str) -> String {
    let source = hash::bytes(source.as_os_str().as_encoded_bytes());
    format!("{source:016x}.{what}")
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Which build of the program this is.
pub fn program() -> &'static str {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| {
        let built = std::env::current_exe().and_then(fs::metadata);
        let built = built.and_then(|m| Ok((m.len(), nanoseconds(m.modified()?))));
        let (len, time) = built.unwrap_or_default();
        format!("{} {len} {time}", env!("CARGO_PKG_VERSION"))
    });
    &PROGRAM
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a big file, and a place for what is made of it.
    fn big() -> (tempfile::TempDir, PathBuf, Place) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.tsv");
        let bytes = vec![b'a'; SMALL as usize];
        fs::write(&path, &bytes).unwrap();
        let state = State::of_big(&path).unwrap();
        let place = Place::new(&folder.path().join("kept"), &path, state, &bytes);
        (folder, path, place)
    }

    fn found(path: &Path, place: &Place) -> Option<String> {
        let state = State::of_big(path)?;
        let (_, [text]) = Place::find::<1>(&place.folder, path, state, "text")?;
        String::from_utf8(text.to_vec()).ok()
    }

    #[test]
    fn what_was_put_is_there_until_the_file_changes() {
        let (_folder, path, place) = big();
        assert_eq!(found(&path, &place), None);
        place.put("text", &[b"made of it"]);
        assert_eq!(found(&path, &place).as_deref(), Some("made of it"));
        assert!(place.get::<1>("other").is_none());
        // The same length and the same time, and yet another content.
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, vec![b'b'; SMALL as usize]).unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
        assert_eq!(found(&path, &place), None);
    }

    #[test]
    fn damage_of_any_kind_counts_as_nothing() {
        let (_folder, path, place) = big();
        place.put("text", &[b"made of it"]);
        let kept = place.folder.join(name(&place.source.path, "text"));
        let bytes = fs::read(&kept).unwrap();
        let mut damaged: Vec<Vec<u8>> = (0..bytes.len())
            .step_by(7)
            .map(|n| bytes[..n].to_vec())
            .collect();
        for at in (0..8).chain(bytes.len() - 10..bytes.len()) {
            let mut one = bytes.clone();
            one[at] ^= 1;
            damaged.push(one);
        }
        for one in damaged {
            fs::write(&kept, one).unwrap();
            assert_eq!(found(&path, &place), None);
        }
        // A copy is as good as what it was copied from.
        fs::write(&kept, bytes).unwrap();
        assert_eq!(found(&path, &place).as_deref(), Some("made of it"));
    }

    #[test]
    fn what_is_of_no_use_any_more_is_deleted() {
        let (_folder, path, place) = big();
        place.put("text", &[b"1"]);
        fs::write(place.folder.join("0.text"), "no such thing").unwrap();
        let begun = File::create(place.folder.join(".zm-begun.tmp")).unwrap();
        begun.set_modified(SystemTime::now() - 2 * HOUR).unwrap();
        place.put("more", &[b"2"]);
        let left = || fs::read_dir(&place.folder).unwrap().count();
        assert_eq!(left(), 3);
        fs::remove_file(path).unwrap();
        forget(&place.folder);
        assert_eq!(left(), 1);
    }
}
