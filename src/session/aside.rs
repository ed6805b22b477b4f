//! What becomes of a work file that cannot be understood: it may be a day's
//! work, so it is kept under another name and never written over.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Severity};
use crate::tsv::beside;

const RULE: &str = "work-file";

/// `report.md.zm.tsv` → `report.md.zm.tsv.bad-1`.
fn name(path: &Path, number: u32) -> PathBuf {
    beside(path, &format!(".bad-{number}"))
}

/// Makes an empty file of the first free number, so that nobody else takes the name.
fn reserve(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut number = 1;
    loop {
        let bad = name(path, number);
        match File::create_new(&bad) {
            Ok(file) => return Ok((bad, file)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(e) => return Err(e),
        }
    }
}

/// Moves the file to the first free name and gives that.
pub(super) fn shift(path: &Path, reason: &str) -> Result<PathBuf> {
    let moved = reserve(path).and_then(|(bad, _)| match fs::rename(path, &bad) {
        Ok(()) => Ok(bad),
        Err(e) => {
            let _ = fs::remove_file(&bad);
            Err(e)
        }
    });
    moved.map_err(|e| {
        let message = format!(
            "is no work file ({reason}), and cannot be moved aside ({e}): move it away yourself"
        );
        Error::file(path, None, message)
    })
}

/// Keeps a copy of the bytes under the first free name, once.
pub(super) fn keep(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let same = |bad: &PathBuf| fs::read(bad).is_ok_and(|kept| kept == bytes);
    if let Some(bad) = taken(path).find(same) {
        return Ok(bad);
    }
    let (bad, mut file) = reserve(path).map_err(|e| Error::io("copy", path, e))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|e| Error::io("write", &bad, e))?;
    Ok(bad)
}

/// The file moved aside last.
pub(super) fn last(path: &Path) -> Option<PathBuf> {
    taken(path).last()
}

fn taken(path: &Path) -> impl Iterator<Item = PathBuf> + '_ {
    let names = (1..).map(|number| name(path, number));
    names.take_while(|bad| bad.exists())
}

fn finding(path: &Path, severity: Severity, message: String) -> Finding {
    Finding::syntax(RULE, severity, Place::line(path.into(), 1, ""), message)
}

pub(super) fn moved(path: &Path, bad: &Path, reason: &str) -> Finding {
    let message = format!(
        "`{}` is no work file: {reason}; it was moved to `{}`, and nothing of it is used",
        path.display(),
        bad.display()
    );
    finding(path, Severity::Error, message)
}

pub(super) fn waiting(path: &Path, bad: &Path) -> Finding {
    let message = format!(
        "`{}` could not be understood and was moved to `{}`: repair it and move it back, or delete it",
        path.display(),
        bad.display()
    );
    finding(path, Severity::Error, message)
}

pub(super) fn kept(path: &Path, bad: &Path) -> Finding {
    let message = format!(
        "not everything in `{}` can be read, and a save would lose the rest: the file was copied to `{}` as it is",
        path.display(),
        bad.display()
    );
    finding(path, Severity::Warning, message)
}

pub(super) fn ignored(path: &Path, reason: &str) -> Finding {
    let message = format!("`{}` is not read: {reason}", path.display());
    finding(path, Severity::Error, message)
}
