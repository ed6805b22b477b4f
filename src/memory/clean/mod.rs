//! Units that a memory is better without: found, named, and taken out into a
//! file beside it.

mod fault;

use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

pub use fault::{Fault, RULES};

use super::entry::Entry;
use super::file::Header;
use super::{journal, scan};
use crate::error::{Error, Result};
use crate::text::fold::Folded;
use crate::text::hash::Hash;
use crate::text::script::script;
use crate::tsv;
use fault::Lengths;

/// How a memory was cleaned.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Units looked at.
    pub units: u64,
    /// Units with faults, by rule; a unit counts for its first.
    pub faults: BTreeMap<&'static str, u64>,
    /// Where the units taken out are; `None` where nothing was written.
    pub aside: Option<PathBuf>,
}

/// Finds the units with faults of some rules, and with `write` takes them out
/// of the memory: they are appended to a file beside it (`x.tsv.removed`),
/// each under a comment with the reason, and only then is the memory replaced,
/// in one step. `tell` is given every such unit.
///
/// # Errors
/// The memory cannot be read or written; then it is as it was.
pub fn clean(
    path: &Path,
    rules: &[&str],
    write: bool,
    tell: &mut dyn FnMut(&Entry, &Fault) -> Result<()>,
) -> Result<Report> {
    let _lock = write.then(|| journal::lock(path)).transpose()?;
    let mut lengths = Lengths::default();
    scan::each(path, false, &mut |entry| {
        lengths.take(&entry);
        Ok(())
    })?;
    let mut report = Report::default();
    let mut faulty: HashMap<u32, String> = HashMap::new();
    let usual = lengths.usual();
    let mut known = Known::default();
    scan::each(path, false, &mut |entry| {
        report.units += 1;
        let before = known.before(&entry);
        let faults = fault::of(&entry, usual, before);
        if let Some(found) = faults.into_iter().find(|found| rules.contains(&found.rule)) {
            tell(&entry, &found)?;
            *report.faults.entry(found.rule).or_default() += 1;
            if write {
                faulty.insert(entry.line, format!("{}: {}", found.rule, found.message));
            }
        }
        Ok(())
    })?;
    if write && !faulty.is_empty() {
        report.aside = Some(take_out(path, &faulty)?);
    }
    Ok(report)
}

/// The line of the first unit with the same texts.
#[derive(Default)]
struct Known {
    lines: HashMap<u64, u32>,
    folded: Folded,
}

impl Known {
    fn before(&mut self, entry: &Entry) -> Option<u32> {
        let mut state = Hash::default();
        for text in [&entry.zh, &entry.en] {
            self.folded.refold(text, &[]);
            state.text(&self.folded.text);
        }
        state.text(script(&entry.zh).map_or("", |locale| locale.tag()));
        let line = *self.lines.entry(state.finish()).or_insert(entry.line);
        (line != entry.line).then_some(line)
    }
}

/// Moves lines of a memory to the file beside it.
fn take_out(path: &Path, faulty: &HashMap<u32, String>) -> Result<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(".removed");
    let aside = PathBuf::from(name);
    let read = |e| Error::io("read", path, e);
    let mut lines = BufReader::new(File::open(path).map_err(read)?);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let kept = tempfile::Builder::new()
        .prefix(".zm-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(|e| Error::io("write", path, e))?;
    let mut out = BufWriter::new(kept);
    let mut gone = String::new();
    let mut header = false;
    let mut bytes = Vec::new();
    for number in 1u32.. {
        bytes.clear();
        if lines.read_until(b'\n', &mut bytes).map_err(read)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&bytes);
        let line = text
            .trim_end_matches(['\n', '\r'])
            .trim_start_matches('\u{FEFF}');
        if !header && tsv::is_row(line) {
            header = Header::parse(line).is_ok();
            gone.extend([line, "\n"]);
        }
        match faulty.get(&number) {
            Some(reason) => gone.extend(["# ", reason, "\n", line, "\n"]),
            None => out
                .write_all(&bytes)
                .map_err(|e| Error::io("write", path, e))?,
        }
    }
    append(&aside, &gone)?;
    let kept = out
        .into_inner()
        .map_err(|e| Error::io("write", path, e.into_error()))?;
    let write = |e| Error::io("write", path, e);
    let old = std::fs::metadata(path).map_err(write)?;
    kept.as_file()
        .set_permissions(old.permissions())
        .map_err(write)?;
    kept.as_file().sync_all().map_err(write)?;
    let place = std::fs::canonicalize(path).map_err(write)?;
    kept.persist(place).map_err(|e| write(e.error))?;
    Ok(aside)
}

/// Appends to the file of removed units, and brings it to the disk.
fn append(path: &Path, text: &str) -> Result<()> {
    let mut options = OpenOptions::new();
    options
        .append(true)
        .create(true)
        .open(path)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .map_err(|e| Error::io("write", path, e))
}
