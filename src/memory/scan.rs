//! All units of a memory file, one after another: for what counts over all of
//! them rather than looks for some.

use std::collections::HashMap;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use super::entry::{Entry, Mark, Record};
use super::file::Lines;
use crate::error::{Error, Result};
use crate::finding::Finding;

/// What was not used when all units of a file were read.
#[derive(Debug, Default)]
pub struct Unused {
    /// How many rows cannot be used.
    pub rows: u64,
    /// Which they are and what is odd about others; of very many the first.
    pub findings: Vec<Finding>,
}

/// Gives every unit that stands in a memory file, in order; of a journal's
/// entries with one key that is the last one. The file is read as a stream: a
/// journal twice, with 16 bytes held for each key.
///
/// # Errors
/// The file cannot be read, or `take` fails.
pub fn each(
    path: &Path,
    journal: bool,
    take: &mut dyn FnMut(Entry) -> Result<()>,
) -> Result<Unused> {
    walk(path, journal, &mut |entry| {
        take(entry).map(ControlFlow::Continue)
    })
}

/// Gives every unit of a memory that is no journal, also those that lack a text.
///
/// # Errors
/// The file cannot be read, or `take` fails.
pub(super) fn rows(path: &Path, take: &mut dyn FnMut(Entry) -> Result<()>) -> Result<Unused> {
    let mut lines = open(path, false)?;
    lines.halves = true;
    while let Some(Record { entry, mark }) = lines.next_record()? {
        if mark == Mark::Stands {
            take(entry)?;
        }
    }
    Ok(Unused {
        rows: lines.left_out,
        findings: lines.findings,
    })
}

/// As [`each`], until `take` has enough. Rows that cannot be used are passed
/// over: [`Memory::open`](super::Memory::open) tells them.
///
/// # Errors
/// The file cannot be read.
pub fn standing(
    path: &Path,
    journal: bool,
    mut take: impl FnMut(Entry) -> ControlFlow<()>,
) -> Result<()> {
    walk(path, journal, &mut |entry| Ok(take(entry))).map(drop)
}

fn walk(
    path: &Path,
    journal: bool,
    take: &mut dyn FnMut(Entry) -> Result<ControlFlow<()>>,
) -> Result<Unused> {
    let mut last: HashMap<u64, u32> = HashMap::new();
    if journal {
        let mut lines = open(path, journal)?;
        while let Some(record) = lines.next_record()? {
            last.insert(record.entry.key().hash(), record.entry.line);
        }
    }
    let mut lines = open(path, journal)?;
    while let Some(Record { entry, mark }) = lines.next_record()? {
        let newest = !journal || last.get(&entry.key().hash()) == Some(&entry.line);
        if mark == Mark::Stands && newest && take(entry)?.is_break() {
            break;
        }
    }
    Ok(Unused {
        rows: lines.left_out,
        findings: lines.findings,
    })
}

/// The lines of a memory file.
pub(super) fn open(path: &Path, journal: bool) -> Result<Lines<File>> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    Ok(if journal {
        // A last line without its end is torn, or being written.
        Lines::tail(path, file, None, 0)
    } else {
        Lines::new(path, file)
    })
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

    #[test]
    fn rows_that_cannot_be_used_are_counted_and_a_torn_line_of_a_journal_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.tsv");
        let count = |text: &str, journal| {
            std::fs::write(&path, text).unwrap();
            let mut units = 0;
            let unused = each(&path, journal, &mut |_| {
                units += 1;
                Ok(())
            });
            (units, unused.unwrap().rows)
        };
        assert_eq!(count("zh\ten\n甲\tA\n乙\n丙\t\n丁\tD", false), (2, 2));
        assert_eq!(count("zh\ten\n甲\tA\n丁\tD", true), (1, 0));
        assert_eq!(count("术语\t译名\n甲\tA\n", false), (0, 2));
    }
}
