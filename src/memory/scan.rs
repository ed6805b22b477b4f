//! All units of a memory file, one after the other.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use super::entry::{Entry, Mark};
use super::file::Lines;
use crate::error::{Error, Result};
use crate::finding::Finding;

/// Gives every unit that stands in a memory file, in order; of a journal's
/// entries with one key only the last one stands. The file is read as a
/// stream: a journal twice, with 16 bytes held for each key.
///
/// # Errors
/// The file cannot be read, or `take` fails.
pub fn each(
    path: &Path,
    journal: bool,
    take: &mut dyn FnMut(Entry) -> Result<()>,
) -> Result<Vec<Finding>> {
    let open = || File::open(path).map_err(|e| Error::io("read", path, e));
    let mut last: HashMap<u64, u32> = HashMap::new();
    if journal {
        let mut lines = Lines::new(path, open()?);
        while let Some(record) = lines.next_record()? {
            last.insert(record.entry.key().hash(), record.entry.line);
        }
    }
    let mut lines = Lines::new(path, open()?);
    while let Some(record) = lines.next_record()? {
        let stands = record.mark == Mark::Stands;
        let newest = || last.get(&record.entry.key().hash()) == Some(&record.entry.line);
        if stands && (!journal || newest()) {
            take(record.entry)?;
        }
    }
    Ok(lines.findings)
}
