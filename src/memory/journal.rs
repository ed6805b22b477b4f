//! The journal: what was confirmed, appended and never rewritten.
//!
//! A line is one `write` under an exclusive lock on a file beside the journal,
//! flushed to disk before it counts as said. Readers take no lock: they read
//! whole lines from where they were. A last line without its end is torn (the
//! machine stopped while it was written): it is moved aside, never lost, and
//! nothing is glued to it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;

use super::entry::Record;
use super::file::{Header, Lines, header_line};
use super::hash;
use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Severity};
use crate::tsv::{self, beside};

/// Appends a record. It is on disk when this returns; where it fails, nothing was
/// appended. Gives a finding where a torn line was moved aside first.
pub(super) fn append(path: &Path, record: &Record) -> Result<Option<Finding>> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let _lock = lock(path)?;
    let write = |e| Error::io("write", path, e);
    let new = !path.exists();
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)
        .map_err(write)?;
    let healed = heal_open(path, &mut file)?;
    let before = file.metadata().map_err(write)?.len();
    let (header, mut line) = if before == 0 {
        (Header::default(), header_line())
    } else {
        (complete(path, read_header(path)?)?, String::new())
    };
    line.push_str(&header.row(record));
    if let Err(error) = write_once(&mut file, line.as_bytes()) {
        // A full disk may have taken half of it: what cannot be whole must not stay.
        let _ = file.set_len(before);
        return Err(write(error));
    }
    if new {
        // The name itself must survive, too.
        File::open(folder).and_then(|f| f.sync_all()).ok();
    }
    Ok(healed)
}

/// One `write` of everything, then to the disk.
fn write_once(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let written = loop {
        match file.write(bytes) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    if written < bytes.len() {
        return Err(io::ErrorKind::StorageFull.into());
    }
    file.sync_data()
}

/// Waits for the lock that writers of a journal hold, in a file beside it.
pub(super) fn lock(path: &Path) -> Result<File> {
    let name = beside(path, ".lock");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
    }
    let file = open_lock(&name).map_err(|e| Error::io("write", &name, e))?;
    file.lock().map_err(|e| Error::io("lock", &name, e))?;
    Ok(file)
}

fn open_lock(name: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(name)
}

/// A header with room for all that a record says.
fn complete(path: &Path, header: Header) -> Result<Header> {
    let missing: Vec<&str> = header.missing().collect();
    if missing.is_empty() {
        return Ok(header);
    }
    let message = format!(
        "the journal needs the columns {}: add them to its header",
        missing.join(", ")
    );
    Err(Error::file(path, None, message))
}

/// The header of a journal that is there already.
fn read_header(path: &Path) -> Result<Header> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    for (number, line) in (1u32..).zip(BufReader::new(file).lines()) {
        let line = line.map_err(|e| Error::io("read", path, e))?;
        let line = line.trim_start_matches('\u{FEFF}');
        if !tsv::is_row(line) {
            continue;
        }
        let refuse = |message: String| Error::file(path, Some(number), message);
        return Header::parse(line).map_err(refuse);
    }
    Err(Error::file(
        path,
        None,
        "the journal has no header: move the file away to begin a new one",
    ))
}

/// Moves a torn last line aside, if there is one and no writer is at work (who
/// would do it, too). Where the folder is read-only it is only reported.
pub(super) fn heal(path: &Path) -> Option<Finding> {
    let mut file = File::open(path).ok()?;
    torn(&mut file).ok()??;
    let moved = open_lock(&beside(path, ".lock"))
        .and_then(|lock| match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(e)) => Err(e),
        })
        .and_then(|lock| match lock {
            // A writer is at work: what looks torn is being written.
            None => Ok(None),
            Some(_lock) => OpenOptions::new()
                .read(true)
                .append(true)
                .open(path)
                .map(Some),
        });
    match moved {
        Ok(None) => None,
        Ok(Some(mut file)) => heal_open(path, &mut file).unwrap_or(None),
        Err(_) => Some(finding(path, &mut file, "it is left out")),
    }
}

/// Moves a torn last line aside; the lock is held.
fn heal_open(path: &Path, file: &mut File) -> Result<Option<Finding>> {
    let Some(end) = torn(file).map_err(|e| Error::io("read", path, e))? else {
        return Ok(None);
    };
    let aside = beside(path, ".torn");
    let found = finding(path, file, &format!("it was moved to {}", aside.display()));
    let mut rest = Vec::new();
    file.seek(SeekFrom::Start(end))
        .and_then(|_| file.read_to_end(&mut rest))
        .map_err(|e| Error::io("read", path, e))?;
    let mut bytes = format!("# {}\n", jiff::Timestamp::now()).into_bytes();
    bytes.append(&mut rest);
    bytes.push(b'\n');
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(&aside)
        .and_then(|mut out| write_once(&mut out, &bytes))
        .map_err(|e| Error::io("write", &aside, e))?;
    file.set_len(end)
        .and_then(|()| file.sync_data())
        .map_err(|e| Error::io("write", path, e))?;
    Ok(Some(found))
}

/// Where a torn last line begins.
fn torn(file: &mut File) -> io::Result<Option<u64>> {
    let length = file.metadata()?.len();
    let mut end = length;
    let mut block = [0u8; 4096];
    while end > 0 {
        let start = end.saturating_sub(block.len() as u64);
        let Some(part) = block.get_mut(..(end - start) as usize) else {
            break;
        };
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(part)?;
        if let Some(i) = part.iter().rposition(|b| *b == b'\n') {
            let line = start + i as u64 + 1;
            return Ok((line < length).then_some(line));
        }
        end = start;
    }
    Ok((length > 0).then_some(0))
}

/// The finding about a torn last line.
fn finding(path: &Path, file: &mut File, done: &str) -> Finding {
    let mut bytes = Vec::new();
    let _ = file.seek(SeekFrom::Start(0));
    let _ = file.read_to_end(&mut bytes);
    let line = bytes.split(|b| *b == b'\n').count() as u32;
    let rest = bytes.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let quote: String = String::from_utf8_lossy(rest).chars().take(200).collect();
    Finding::syntax(
        "tm-syntax",
        Severity::Warning,
        Place::line(path.into(), line, &quote),
        format!("the last line is cut off, as when the machine stops while writing; {done}"),
    )
}

/// How far a journal has been read, and enough of it to notice another file in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tail {
    /// Bytes read, of whole lines.
    pub(super) offset: u64,
    /// Lines read.
    pub(super) lines: u32,
    /// The header, once it was read.
    pub(super) header: Option<Header>,
    /// [`print`](fn@print) of the bytes read.
    pub(super) print: u64,
    /// Length and change time of the file when it was looked at last.
    pub(super) seen: Option<(u64, SystemTime)>,
}

/// What came after the part of a journal that was known.
#[derive(Debug)]
pub(super) enum News {
    /// These records and findings.
    More(Vec<Record>, Vec<Finding>),
    /// The file is not the one that was read: everything must be read again.
    Replaced,
}

impl Tail {
    /// Whether the file looks as it did when it was read last: one `stat`.
    pub(super) fn fresh(&self, path: &Path) -> bool {
        self.seen == stat(path)
    }

    /// Reads what is new.
    pub(super) fn read(&mut self, path: &Path) -> Result<News> {
        // Before reading: what comes meanwhile makes it look changed.
        self.seen = stat(path);
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound && self.offset == 0 => {
                return Ok(News::More(Vec::new(), Vec::new()));
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(News::Replaced),
            Err(e) => return Err(Error::io("read", path, e)),
        };
        let read = |e| Error::io("read", path, e);
        if self.offset > 0 && print(&mut file, self.offset).map_err(read)? != Some(self.print) {
            return Ok(News::Replaced);
        }
        if self.header.is_none() && self.offset > 0 {
            // Known from the index only by its length: the header is not kept there.
            self.header = Some(read_header(path).unwrap_or_default());
        }
        file.seek(SeekFrom::Start(self.offset)).map_err(read)?;
        let again = file.try_clone().map_err(read)?;
        let mut lines = Lines::tail(path, again, self.header.take(), self.lines);
        let mut records = Vec::new();
        while let Some(record) = lines.next_record()? {
            records.push(record);
        }
        self.offset += lines.bytes;
        self.lines = lines.number;
        self.header = lines.header;
        self.print = print(&mut file, self.offset).map_err(read)?.unwrap_or(0);
        Ok(News::More(records, lines.findings))
    }
}

/// Length and change time of a file.
pub(super) fn stat(path: &Path) -> Option<(u64, SystemTime)> {
    let data = fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}

/// A hash of the first and the last bytes before `offset`; `None` where the file is shorter.
pub(super) fn print(file: &mut File, offset: u64) -> io::Result<Option<u64>> {
    const ENDS: u64 = 512;
    if file.metadata()?.len() < offset {
        return Ok(None);
    }
    let mut state = hash::Hash::default();
    let size = ENDS.min(offset);
    let mut part = vec![0u8; size as usize];
    for start in [0, offset - size] {
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut part)?;
        state.bytes(&part);
    }
    Ok(Some(state.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Entry;

    fn record(zh: &str, en: &str) -> Record {
        Record {
            entry: Entry {
                zh: zh.into(),
                en: en.into(),
                ..Entry::default()
            },
            ..Record::default()
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error_with_the_file_and_the_reason() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.tsv");
        std::os::unix::fs::symlink("/dev/full", &path).unwrap();
        let error = append(&path, &record("甲", "A")).unwrap_err().to_string();
        assert!(
            error.contains("journal.tsv") && error.contains("full"),
            "{error}"
        );
    }

    #[test]
    fn a_journal_keeps_its_own_columns() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.tsv");
        let header =
            "# 说明\nen\tzh\tmood\tfrom\tstate\twhen\twho\tdocument\tprev\tnext\tsubject\tnote\n";
        fs::write(&path, header).unwrap();
        append(&path, &record("甲", "A")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with(&format!("{header}A\t甲\t\tzh\t")),
            "{text}"
        );
        fs::write(&path, "zh\ten\n").unwrap();
        let error = append(&path, &record("甲", "A")).unwrap_err().to_string();
        assert!(error.contains("document"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "zh\ten\n");
    }

    #[test]
    fn a_line_without_its_end_is_not_read_until_it_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.tsv");
        let mut tail = Tail::default();
        let mut read = |text: &str| {
            fs::write(&path, text).unwrap();
            match tail.read(&path).unwrap() {
                News::More(records, _) => records.len(),
                News::Replaced => panic!("replaced"),
            }
        };
        assert_eq!(read("zh\ten\n甲\tA"), 0);
        assert_eq!(read("zh\ten\n甲\tA\n乙\t"), 1);
        assert_eq!(read("zh\ten\n甲\tA\n乙\tB\n"), 1);
        assert_eq!(read("zh\ten\n甲\tA\n乙\tB\n"), 0);
    }
}
