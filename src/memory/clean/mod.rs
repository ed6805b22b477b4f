//! Units that a memory is better without: found, named, and taken out into a
//! file beside it.

mod fault;

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

pub use fault::{Fault, RULES};

use super::alike::Alike;
use super::entry::Entry;
use super::{journal, scan};
use crate::error::{Error, Result};
use crate::model::document::State;
use crate::tsv;
use fault::Lengths;

/// How a memory was cleaned.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Units looked at.
    pub units: u64,
    /// Rows that cannot be used, and so were not looked at.
    pub unused: u64,
    /// Units with faults, by rule; a unit counts for its first.
    pub faults: BTreeMap<&'static str, u64>,
    /// Where the units taken out are; `None` where nothing was written.
    pub aside: Option<PathBuf>,
}

/// Finds the units with faults of some rules (by their names in [`RULES`]), and with `write` takes them out
/// of the memory: they are appended to a file beside it (`x.tsv.removed`),
/// each under a comment with the reason, and only then is the memory replaced,
/// in one step. `tell` is given every such unit.
///
/// # Errors
/// The memory cannot be read or written, or another program changes it
/// meanwhile; then it stays as it is.
pub fn clean(
    path: &Path,
    rules: &[&str],
    write: bool,
    tell: &mut dyn FnMut(&Entry, &Fault) -> Result<()>,
) -> Result<Report> {
    // Through a link, so that the file it leads to is replaced, not the link.
    let place = fs::canonicalize(path).map_err(|e| Error::io("read", path, e))?;
    let _lock = write.then(|| journal::lock(&place)).transpose()?;
    let begun = journal::stat(&place);
    let mut lengths = Lengths::default();
    let mut best = Best::default();
    let unused = scan::rows(path, &mut |entry| {
        lengths.take(&entry);
        best.take(&entry);
        Ok(())
    })?;
    let mut report = Report {
        unused: unused.rows,
        ..Report::default()
    };
    let mut faulty: HashMap<u32, String> = HashMap::new();
    let usual = lengths.usual();
    scan::rows(path, &mut |entry| {
        report.units += 1;
        let other = best.other(&entry);
        let faults = fault::of(&entry, usual, other);
        if let Some(found) = faults.into_iter().find(|found| rules.contains(&found.rule)) {
            tell(&entry, &found)?;
            *report.faults.entry(found.rule).or_default() += 1;
            if write {
                let reason = format!("{}: {}", found.rule, found.message);
                faulty.insert(entry.line, reason.replace(['\n', '\r'], " "));
            }
        }
        Ok(())
    })?;
    if write && !faulty.is_empty() {
        let fresh = || journal::stat(&place) == begun;
        report.aside = Some(take_out(path, &place, &faulty, &fresh)?);
    }
    Ok(report)
}

/// Of units with the same texts, the one that stays: the one that has come
/// furthest, of equals the first.
#[derive(Debug, Default)]
struct Best {
    units: HashMap<u64, (State, u32)>,
    alike: Alike,
}

impl Best {
    fn take(&mut self, entry: &Entry) {
        let key = self.alike.key(entry);
        let this = (entry.state, entry.line);
        let best = self.units.entry(key).or_insert(this);
        if this.0 > best.0 {
            *best = this;
        }
    }

    /// The line of the unit that stays, where that is another.
    fn other(&mut self, entry: &Entry) -> Option<u32> {
        let key = self.alike.key(entry);
        let (_, line) = *self.units.get(&key)?;
        (line != entry.line).then_some(line)
    }
}

/// Moves lines of a memory to the file beside it, if the memory is still what was read.
fn take_out(
    path: &Path,
    place: &Path,
    faulty: &HashMap<u32, String>,
    fresh: &dyn Fn() -> bool,
) -> Result<PathBuf> {
    let aside = tsv::beside(path, ".removed");
    let refused = |e| Error::io("write", &aside, e);
    let file = OpenOptions::new().append(true).create(true).open(&aside);
    let file = file.map_err(refused)?;
    let before = file.metadata().map_err(refused)?.len();
    let mut gone = BufWriter::new(file);
    if let Err(error) = part(place, faulty, &aside, &mut gone, fresh) {
        // What is still in the memory was not taken out.
        let (file, _) = gone.into_parts();
        let _ = file.set_len(before);
        return Err(error);
    }
    Ok(aside)
}

/// Parts the lines of a memory: those with faults go to another file, and what
/// is left takes the memory's place.
fn part(
    place: &Path,
    faulty: &HashMap<u32, String>,
    aside: &Path,
    gone: &mut BufWriter<File>,
    fresh: &dyn Fn() -> bool,
) -> Result<()> {
    let read = |e| Error::io("read", place, e);
    let write = |e| Error::io("write", place, e);
    let refused = |e| Error::io("write", aside, e);
    let mut lines = BufReader::new(File::open(place).map_err(read)?);
    let kept = tempfile::Builder::new()
        .prefix(".zm-")
        .suffix(".tmp")
        .tempfile_in(place.parent().unwrap_or(Path::new(".")))
        .map_err(write)?;
    let mut out = BufWriter::new(kept);
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
            header = true;
            writeln!(gone, "{line}").map_err(refused)?;
        }
        match faulty.get(&number) {
            Some(reason) => writeln!(gone, "# {reason}\n{line}").map_err(refused)?,
            None => out.write_all(&bytes).map_err(write)?,
        }
    }
    gone.flush().map_err(refused)?;
    gone.get_ref().sync_all().map_err(refused)?;
    let kept = out.into_inner().map_err(|e| write(e.into_error()))?;
    let old = fs::metadata(place).map_err(write)?;
    kept.as_file()
        .set_permissions(old.permissions())
        .map_err(write)?;
    kept.as_file().sync_all().map_err(write)?;
    // Whoever adds aligned units to it reads and writes it under this lock.
    let _lock = tsv::Lock::file(place)?;
    if !fresh() {
        let message =
            "another program changed it while this ran: nothing was taken out, clean it again";
        return Err(Error::file(place, None, message));
    }
    kept.persist(place).map_err(|e| write(e.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_units_with_the_same_texts_the_one_that_was_reviewed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.tsv");
        let text = "zh\ten\tstate\n能源\tEnergy\tdraft\n能源\tenergy\treviewed\n计划\tplan\t\n計劃\tplan\t\n乙\n";
        fs::write(&path, text).unwrap();
        let report = clean(&path, &["duplicate"], true, &mut |_, _| Ok(())).unwrap();
        assert_eq!((report.units, report.unused), (5, 0));
        let kept = "zh\ten\tstate\n能源\tenergy\treviewed\n计划\tplan\t\n計劃\tplan\t\n乙\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), kept);
        let removed = fs::read_to_string(report.aside.unwrap()).unwrap();
        assert_eq!(
            removed,
            "zh\ten\tstate\n# duplicate: line 3 has the same texts\n能源\tEnergy\tdraft\n"
        );
        let again = clean(&path, &["duplicate"], true, &mut |_, _| Ok(())).unwrap();
        assert_eq!((again.faults.len(), again.aside), (0, None));
    }

    #[test]
    fn a_memory_that_is_edited_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.tsv");
        fs::write(&path, "zh\ten\n计划\tplan\n计划\tplan\n").unwrap();
        let edited = "zh\ten\n新的\tnew\n计划\tplan\n计划\tplan\n";
        let error = clean(&path, &["duplicate"], true, &mut |_, _| {
            fs::write(&path, edited).unwrap();
            Ok(())
        });
        let error = error.unwrap_err().to_string();
        assert!(error.contains("another program changed it"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), edited);
        let removed = tsv::beside(&path, ".removed");
        assert_eq!(fs::read_to_string(removed).unwrap(), "");
    }

    #[test]
    fn a_unit_that_lacks_a_text_is_taken_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.tsv");
        fs::write(&path, "zh\ten\n\tempty\n计划\tplan\n乙\n甲\tA\tB\n").unwrap();
        let mut told = Vec::new();
        let report = clean(&path, &["empty"], true, &mut |entry, fault| {
            told.push((entry.line, fault.message.clone()));
            Ok(())
        });
        let report = report.unwrap();
        assert_eq!((report.units, report.unused), (3, 1));
        let reasons = ["there is no Chinese text", "there is no English text"];
        assert_eq!(told, [(2, reasons[0].into()), (4, reasons[1].into())]);
        let kept = "zh\ten\n计划\tplan\n甲\tA\tB\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), kept);
    }
}
