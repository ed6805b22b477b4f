//! The new memory while it is being written.
//!
//! Three files stand beside the memory `x.tsv` during an import. `x.tsv.part`
//! is the new memory: first all lines of the old one, then new rows. Units
//! that are there already but say something else wait in `x.tsv.aside` for the
//! second pass. `x.tsv.import` says how much of both was on disk at the last
//! checkpoint, and which units of which files that is. After a kill, an import
//! of the same files into the same memory cuts both files back to there and
//! goes on; any other import begins anew.

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Counts;
use super::checkpoint::Checkpoint;
use super::known::Known;
use crate::error::{Error, Result};
use crate::memory::entry::{Mark, Record};
use crate::memory::file::{Header, header_line};
use crate::tsv::{self, beside};

/// Removes what an import has put beside a memory.
pub(super) fn remove(place: &Path) {
    for suffix in [".part", ".aside", ".import", ".merged"] {
        let _ = fs::remove_file(beside(place, suffix));
    }
}

/// The rows of a new memory.
pub(super) type Rows = Box<dyn BufRead>;

/// The new memory being written.
#[derive(Debug)]
pub(super) struct Part {
    place: PathBuf,
    /// Under which rows are written.
    pub(super) header: Header,
    out: BufWriter<File>,
    /// Bytes and lines written.
    bytes: u64,
    lines: u32,
    side: BufWriter<File>,
    /// Bytes written aside.
    side_bytes: u64,
    /// Units aside: the line of the one with the same texts, and where they are.
    pub(super) waiting: Vec<(u32, u64)>,
    checkpoint: Checkpoint,
    /// In a dry run, which copies nothing: the old memory, and whether its last
    /// line has its end.
    old: Option<(PathBuf, bool)>,
    /// What the file that becomes the memory ends in: `.merged` after a second
    /// pass. The part itself stays as the checkpoint knows it, for a kill may
    /// come at any moment.
    whole: &'static str,
}

impl Part {
    /// Begins a new memory that holds what the old one does, or goes on with
    /// one that a kill left: then the checkpoint it goes on from is given.
    pub(super) fn open(
        base: &Path,
        place: &Path,
        start: Checkpoint,
        dry_run: bool,
    ) -> Result<(Self, Known, Checkpoint)> {
        let left = fs::read(beside(place, ".import")).ok();
        let left = left.and_then(|bytes| serde_json::from_slice::<Checkpoint>(&bytes).ok());
        if let Some(left) = left.filter(|left| left.continues(&start))
            && let Ok((part, known)) = Self::resume(place, &left)
        {
            return Ok((part, known, left));
        }
        remove(place);
        let (part, known) = Self::begin(base, place, start.clone(), dry_run)?;
        Ok((part, known, start))
    }

    fn begin(
        base: &Path,
        place: &Path,
        checkpoint: Checkpoint,
        dry_run: bool,
    ) -> Result<(Self, Known)> {
        let new = |suffix: &str| {
            let path = beside(place, suffix);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
            }
            let mut options = OpenOptions::new();
            let file = options.read(true).write(true).create(true).truncate(true);
            file.open(&path).map_err(|e| Error::io("write", &path, e))
        };
        let mut part = Self {
            place: place.to_owned(),
            header: Header::default(),
            out: BufWriter::with_capacity(1 << 18, new(".part")?),
            bytes: 0,
            lines: 0,
            side: BufWriter::with_capacity(1 << 16, new(".aside")?),
            side_bytes: 0,
            waiting: Vec::new(),
            checkpoint,
            old: None,
            whole: ".part",
        };
        let known = part.copy(base, dry_run)?;
        Ok((part, known))
    }

    /// Goes on with a part that holds at least what a checkpoint says.
    fn resume(place: &Path, left: &Checkpoint) -> Result<(Self, Known)> {
        let cut = |suffix: &str, len: u64| {
            let path = beside(place, suffix);
            let refused = |e| Error::io("read", &path, e);
            let mut options = OpenOptions::new();
            let mut file = options
                .read(true)
                .write(true)
                .open(&path)
                .map_err(refused)?;
            if file.metadata().map_err(refused)?.len() < len {
                return Err(Error::file(&path, None, "is shorter than it was"));
            }
            file.set_len(len).map_err(refused)?;
            file.seek(SeekFrom::Start(0)).map_err(refused)?;
            Ok(file)
        };
        let (out, side) = (cut(".part", left.part)?, cut(".aside", left.aside)?);
        let mut part = Self {
            place: place.to_owned(),
            header: Header::default(),
            bytes: left.part,
            lines: 0,
            side_bytes: left.aside,
            waiting: Vec::new(),
            checkpoint: left.clone(),
            old: None,
            whole: ".part",
            out: BufWriter::with_capacity(
                1 << 18,
                out.try_clone().map_err(|e| Error::io("read", place, e))?,
            ),
            side: BufWriter::with_capacity(
                1 << 16,
                side.try_clone().map_err(|e| Error::io("read", place, e))?,
            ),
        };
        let known = part.relearn(BufReader::new(out))?;
        let mut offset = 0;
        let mut side = BufReader::new(side);
        let mut line = String::new();
        loop {
            line.clear();
            let read = side.read_line(&mut line);
            let read = read.map_err(|e| Error::io("read", place, e))?;
            if read == 0 {
                break;
            }
            if let Some(aside) = Aside::parse(&line) {
                part.waiting.push((aside.line, offset));
            }
            offset += read as u64;
        }
        let end = |file: &mut BufWriter<File>| file.get_mut().seek(SeekFrom::End(0));
        end(&mut part.out)
            .and_then(|_| end(&mut part.side))
            .map_err(|e| Error::io("read", place, e))?;
        Ok((part, known))
    }

    /// Copies the old memory, or begins with a header; in a dry run it is only read.
    fn copy(&mut self, base: &Path, dry_run: bool) -> Result<Known> {
        let file = match File::open(base) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                self.write(&header_line())?;
                return Ok(Known::default());
            }
            Err(e) => return Err(Error::io("read", base, e)),
        };
        let lines = BufReader::with_capacity(1 << 18, file);
        let (known, ended) = self.old(lines, base, !dry_run)?;
        self.old = dry_run.then(|| (base.to_owned(), ended));
        Ok(known)
    }

    /// Reads the rows of a part again.
    fn relearn(&mut self, part: BufReader<File>) -> Result<Known> {
        let place = self.place.clone();
        Ok(self.old(part, &place, false)?.0)
    }

    /// Reads the lines of a memory, to know its units, and with `copy` to write
    /// them; says as well whether the last one has its end.
    fn old(&mut self, mut lines: impl BufRead, path: &Path, copy: bool) -> Result<(Known, bool)> {
        let mut known = Known::default();
        let mut ended = true;
        let mut header: Option<Header> = None;
        let mut bytes = Vec::new();
        let mut pad = String::new();
        let mut encoding = Encoding::default();
        loop {
            bytes.clear();
            let read = lines.read_until(b'\n', &mut bytes);
            if read.map_err(|e| Error::io("read", path, e))? == 0 {
                break;
            }
            ended = bytes.last() == Some(&b'\n');
            if !ended {
                bytes.push(b'\n');
            }
            let text = String::from_utf8_lossy(&bytes);
            let mut line = text.trim_end_matches(['\n', '\r']);
            if self.lines == 0 {
                line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
            }
            let number = self.lines + 1;
            encoding.line(number, &text, matches!(text, Cow::Owned(_)));
            // What is no text cannot be used as a memory's row, and stays as it is.
            let readable = matches!(text, Cow::Borrowed(_)) && !line.contains('\0');
            if !tsv::is_row(line) {
                self.line(&bytes, copy)?;
            } else if let Some(header) = &header {
                if readable
                    && let Ok((record, _)) = header.record(line)
                    && record.mark == Mark::Stands
                {
                    let row = Header::default().row(&record);
                    known.look(&record.entry, &row, number);
                }
                if pad.is_empty() || !readable {
                    self.line(&bytes, copy)?;
                } else {
                    self.line(format!("{line}{pad}\n").as_bytes(), copy)?;
                }
            } else {
                let refused = |reason: String| Error::file(path, Some(number), reason);
                if !readable {
                    return Err(refused(NOT_UTF8.into()));
                }
                let read: Header = Header::parse(line).map_err(refused)?;
                // Room for all that a unit says; not while reading one's own part, which has it.
                let missing: Vec<&str> = read.missing().collect();
                pad = "\t".repeat(missing.len());
                let whole = [&[line], missing.as_slice()].concat().join("\t");
                self.header = Header::parse(&whole).unwrap_or_default();
                if missing.is_empty() {
                    self.line(&bytes, copy)?;
                } else {
                    self.line(format!("{whole}\n").as_bytes(), copy)?;
                }
                header = Some(read);
            }
        }
        if let Some(line) = encoding.other() {
            return Err(Error::file(path, Some(line), NOT_UTF8));
        }
        if header.is_none() && copy {
            self.write(&header_line())?;
        }
        Ok((known, ended))
    }

    /// A line of the old memory.
    fn line(&mut self, bytes: &[u8], copy: bool) -> Result<()> {
        self.lines += 1;
        if copy {
            self.bytes += bytes.len() as u64;
            let written = self.out.write_all(bytes);
            written.map_err(|e| Error::io("write", &beside(&self.place, ".part"), e))?;
        }
        Ok(())
    }

    fn write(&mut self, line: &str) -> Result<()> {
        self.line(line.as_bytes(), true)
    }

    /// The number of the line that is written next.
    pub(super) fn next_line(&self) -> u32 {
        self.lines + 1
    }

    /// Writes a new unit; `row` is how the usual columns say it.
    pub(super) fn add(&mut self, record: &Record, row: &str) -> Result<()> {
        if self.header == Header::default() {
            return self.write(row);
        }
        let row = self.header.row(record);
        self.write(&row)
    }

    /// Keeps a unit for the second pass: one with its texts is on `line`.
    pub(super) fn put_aside(&mut self, file: usize, line: u32, row: &str) -> Result<()> {
        self.waiting.push((line, self.side_bytes));
        let text = format!("{file}\t{line}\t{row}");
        self.side_bytes += text.len() as u64;
        let written = self.side.write_all(text.as_bytes());
        written.map_err(|e| Error::io("write", &beside(&self.place, ".aside"), e))
    }

    /// The units aside.
    pub(super) fn aside(&self) -> usize {
        self.waiting.len()
    }

    /// How many files are imported.
    pub(super) fn files(&self) -> usize {
        self.checkpoint.files()
    }

    /// What became of the units of a file so far.
    pub(super) fn count(&mut self, file: usize, counts: Counts) {
        self.checkpoint.count(file, counts);
    }

    /// Brings everything to the disk and notes how far the import has come.
    pub(super) fn checkpoint(&mut self, file: usize, items: u64, counts: Counts) -> Result<()> {
        self.flush()?;
        self.count(file, counts);
        let checkpoint = &mut self.checkpoint;
        checkpoint.reach(file, items);
        (checkpoint.part, checkpoint.aside) = (self.bytes, self.side_bytes);
        let bytes = serde_json::to_vec(&self.checkpoint).unwrap_or_default();
        tsv::write_atomic(&beside(&self.place, ".import"), &bytes)
    }

    fn flush(&mut self) -> Result<()> {
        for (out, suffix) in [(&mut self.out, ".part"), (&mut self.side, ".aside")] {
            let done = out.flush().and_then(|()| out.get_ref().sync_data());
            done.map_err(|e| Error::io("write", &beside(&self.place, suffix), e))?;
        }
        Ok(())
    }

    /// The new memory from its beginning, what waits aside, and a file for the
    /// merged memory, which a dry run leaves empty.
    pub(super) fn second_pass(&mut self) -> Result<(Rows, BufReader<File>, BufWriter<File>)> {
        self.flush()?;
        let open = |path: &Path| {
            let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
            Ok(BufReader::with_capacity(1 << 16, file))
        };
        let path = beside(&self.place, ".merged");
        let merged = File::create(&path).map_err(|e| Error::io("write", &path, e))?;
        let new = open(&beside(&self.place, ".part"))?;
        let rows: Rows = match &self.old {
            Some((old, ended)) => {
                let end: &[u8] = if *ended { b"" } else { b"\n" };
                Box::new(open(old)?.chain(end).chain(new))
            }
            None => Box::new(new),
        };
        let aside = open(&beside(&self.place, ".aside"))?;
        Ok((rows, aside, BufWriter::with_capacity(1 << 18, merged)))
    }

    /// Whether nothing of this will be the memory.
    pub(super) fn is_dry(&self) -> bool {
        self.old.is_some()
    }

    /// The merged memory is what will take the old one's place.
    pub(super) fn replaced(&mut self, merged: BufWriter<File>) -> Result<()> {
        let file = merged.into_inner();
        let file = file.map_err(|e| Error::io("write", &self.merged(), e.into_error()))?;
        self.out = BufWriter::new(file);
        self.whole = ".merged";
        Ok(())
    }

    /// What a failure to write names.
    pub(super) fn merged(&self) -> PathBuf {
        beside(&self.place, ".merged")
    }

    /// Puts the new memory in the place of the old one, in one step; gives its
    /// size. `None` where the old one is no longer what was read: then it stays.
    pub(super) fn put(mut self, into: &Path) -> Result<Option<u64>> {
        self.flush()?;
        let part = beside(&self.place, self.whole);
        let refused = |e| Error::io("write", into, e);
        if let Ok(old) = fs::metadata(into) {
            fs::set_permissions(&part, old.permissions()).map_err(refused)?;
        }
        self.out.get_ref().sync_all().map_err(refused)?;
        // Whoever adds aligned units to it reads and writes it under this lock.
        let _lock = into.exists().then(|| tsv::Lock::file(into)).transpose()?;
        if !self.checkpoint.fresh(into) {
            self.discard();
            return Ok(None);
        }
        fs::rename(&part, into).map_err(refused)?;
        // The new name itself must reach the disk. Some systems cannot sync a folder: no harm.
        if let Some(folder) = into.parent()
            && let Ok(folder) = File::open(folder)
        {
            let _ = folder.sync_all();
        }
        self.discard();
        let data = fs::metadata(into).map_err(refused)?;
        Ok(Some(data.len()))
    }

    /// Removes everything.
    pub(super) fn discard(self) {
        remove(&self.place);
    }
}

/// Why nothing can be added to a memory.
const NOT_UTF8: &str =
    "not UTF-8, so nothing can be added to it: import it into a new memory first";

/// Whether a memory is in another encoding as a whole: single lines that are
/// damaged stay as they are, and in another encoding a few may pass for UTF-8.
#[derive(Debug, Default)]
struct Encoding {
    /// Lines that are UTF-8 by more than ASCII.
    right: u32,
    /// Lines that are not.
    wrong: u32,
    /// The first of them.
    first: Option<u32>,
}

impl Encoding {
    /// Takes a line in; `broken` where bytes of it mean nothing.
    fn line(&mut self, number: u32, text: &str, broken: bool) {
        if broken {
            self.wrong += 1;
            self.first = self.first.or(Some(number));
        } else {
            self.right += u32::from(!text.is_ascii());
        }
    }

    /// The first line that shows it, where most of them do.
    fn other(&self) -> Option<u32> {
        self.first.filter(|_| self.wrong > self.right)
    }
}

/// A unit that waits for the second pass.
#[derive(Debug)]
pub(super) struct Aside<'a> {
    /// The number of its file.
    pub(super) file: usize,
    /// The line of the unit with the same texts.
    pub(super) line: u32,
    /// Its row, in the usual columns.
    pub(super) row: &'a str,
}

impl<'a> Aside<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.strip_suffix('\n')?;
        let (file, rest) = text.split_once('\t')?;
        let (line, row) = rest.split_once('\t')?;
        Some(Self {
            file: file.parse().ok()?,
            line: line.parse().ok()?,
            row,
        })
    }
}

/// Reads the line that begins at `offset`.
pub(super) fn line_at(
    file: &mut BufReader<File>,
    offset: u64,
    line: &mut String,
) -> std::io::Result<()> {
    line.clear();
    let here = file.stream_position()?;
    let forward = i64::try_from(i128::from(offset) - i128::from(here));
    match forward {
        // Within the buffer as often as not.
        Ok(distance) => file.seek_relative(distance)?,
        Err(_) => {
            file.seek(SeekFrom::Start(offset))?;
        }
    }
    file.by_ref().read_line(line).map(drop)
}
