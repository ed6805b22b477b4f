//! `zm check --fix` and `--diff`: fixes that can be nothing but right.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::out::{Exit, Failure, Out};
use crate::check::fix::{Fix, applied, difference, safe, writable};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::format::encoding;
use crate::report::Results;
use crate::text::count::plural;
use crate::text::decode::{Decoded, encode};
use crate::tsv::{Lock, write_atomic};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    /// Make the fixes that can be nothing but right
    #[arg(long)]
    pub(crate) fix: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Prints what would change; the exit code tells whether anything would.
pub(crate) fn show(results: &Results, out: &mut Out) -> Result<Exit, Failure> {
    let mut exit = Exit::Fine;
    let mut refused = false;
    for (path, findings) in by_file(results) {
        match read(&path, &findings) {
            Ok((decoded, fixes)) => {
                exit = Exit::Findings;
                let name = path.display().to_string();
                out.write_all(difference(&name, &decoded.text, &fixes).as_bytes())?;
            }
            Err(error) => {
                refused = true;
                out.trouble(&error.into());
            }
        }
    }
    Ok(if refused { Exit::Trouble } else { exit })
}

/// What became of the fixes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mended {
    /// Whether a file was written.
    pub(crate) any: bool,
    /// Whether one could not be.
    pub(crate) refused: bool,
}

/// Makes the fixes in every file that can be written; each other one is named.
pub(crate) fn write(results: &Results, out: &mut Out) -> Mended {
    let (mut fixed, mut files) = (0, 0);
    let mut refused = false;
    for (path, findings) in by_file(results) {
        match mend(&path, &findings) {
            Ok(places) => {
                fixed += places;
                files += 1;
            }
            Err(error) => {
                refused = true;
                out.trouble(&error.into());
            }
        }
    }
    let any = files > 0;
    if any {
        let (fixed, files) = (plural(fixed, "place"), plural(files, "file"));
        out.note(format_args!("fixed {fixed} in {files}"));
    }
    Mended { any, refused }
}

/// Makes the fixes of one file; how many there were.
fn mend(path: &Path, findings: &[&Finding]) -> Result<usize> {
    // Somebody may be writing the same table: a lock beside it keeps both.
    let _lock = Lock::file(path)?;
    let (decoded, fixes) = read(path, findings)?;
    let text = applied(&decoded.text, &fixes);
    let bytes = encode(&text, decoded.encoding, decoded.bom).ok_or_else(|| {
        let message = format!(
            "{} has no bytes for a character of the fixes: save the file as UTF-8 first",
            decoded.encoding
        );
        Error::file(path, None, message)
    })?;
    write_atomic(path, &bytes)?;
    Ok(fixes.len())
}

/// The findings with a safe fix, by file.
fn by_file(results: &Results) -> BTreeMap<Arc<Path>, Vec<&Finding>> {
    let mut files: BTreeMap<Arc<Path>, Vec<&Finding>> = BTreeMap::new();
    for finding in results.findings.iter().filter(|f| writable(f)) {
        let path = Arc::clone(&finding.place.path);
        files.entry(path).or_default().push(finding);
    }
    files
}

/// The file as it is now, with the fixes that it takes.
fn read(path: &Path, findings: &[&Finding]) -> Result<(Decoded, Vec<Fix>)> {
    let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let (decoded, _) = encoding::decode(path, &bytes)?;
    // What was checked is what is changed, byte for byte.
    let same = |f: &&Finding| f.place.span.of(&decoded.text) == f.place.marked();
    if decoded.damaged || !findings.iter().all(same) {
        let message = "changed while it was being checked: run it again";
        return Err(Error::file(path, None, message));
    }
    let fixes = safe(findings.iter().copied());
    Ok((decoded, fixes))
}
