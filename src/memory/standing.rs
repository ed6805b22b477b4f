//! All units of a memory file, one after another: for what counts over all of
//! them rather than looks for some.

use std::collections::HashMap;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use super::entry::{Entry, Mark};
use super::file::Lines;
use crate::error::{Error, Result};

/// Gives every unit of a memory file that stands, in order, until `each` has
/// enough. Of a journal's entries with one key that is the last one. Rows that
/// cannot be used are passed over: [`Memory::open`](super::Memory::open) tells them.
///
/// # Errors
/// The file cannot be read.
pub fn standing(
    path: &Path,
    journal: bool,
    mut each: impl FnMut(Entry) -> ControlFlow<()>,
) -> Result<()> {
    let mut last: HashMap<u64, u32> = HashMap::new();
    if journal {
        let mut lines = open(path)?;
        while let Some(record) = lines.next_record()? {
            last.insert(record.entry.key().hash(), record.entry.line);
        }
    }
    let mut lines = open(path)?;
    while let Some(record) = lines.next_record()? {
        let entry = record.entry;
        let current = !journal || last.get(&entry.key().hash()) == Some(&entry.line);
        if record.mark == Mark::Stands && current && each(entry).is_break() {
            break;
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<Lines<File>> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    Ok(Lines::new(path, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_back_or_confirmed_anew_does_not_stand() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.tsv");
        let text = "zh\ten\tstate\tdocument\n甲\tA\t\ta.md\n甲\tB\t\ta.md\n乙\tC\t\ta.md\n乙\t\tunconfirmed\ta.md\n丙\tD\t\ta.md\n";
        std::fs::write(&path, text).unwrap();
        let read = |journal, most| {
            let mut found = Vec::new();
            standing(&path, journal, |entry| {
                found.push((entry.line, entry.en));
                if found.len() < most {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            })
            .unwrap();
            found
        };
        assert_eq!(read(true, 9), [(3, "B".to_owned()), (6, "D".to_owned())]);
        assert_eq!(read(true, 1).len(), 1);
        assert_eq!(read(false, 9).len(), 4);
    }
}
