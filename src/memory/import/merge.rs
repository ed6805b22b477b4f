//! The second pass of an import: units that are there already are told what is new.

use std::io::{BufRead, Write};

use super::part::{Aside, Part, line_at};
use crate::error::{Error, Result};
use crate::memory::entry::Entry;
use crate::memory::file::Header;

/// What the second pass did.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The memory.
    pub(super) part: Part,
    /// How many units of each file said something new.
    pub(super) merged: Vec<u64>,
}

/// Merges what waits aside into the rows with the same texts.
pub(super) fn merge(mut part: Part) -> Result<Outcome> {
    let mut merged = vec![0; part.files];
    if part.waiting.is_empty() {
        return Ok(Outcome { part, merged });
    }
    let mut waiting = std::mem::take(&mut part.waiting);
    waiting.sort_unstable();
    let mut waiting = waiting.into_iter().peekable();
    let (mut rows, mut aside, mut out) = part.second_pass()?;
    let path = part.merged();
    let refused = |e| Error::io("write", &path, e);
    let (mut row, mut other) = (Vec::new(), String::new());
    for number in 1u32.. {
        row.clear();
        if rows.read_until(b'\n', &mut row).map_err(refused)? == 0 {
            break;
        }
        let mut entry = None;
        let mut changed = false;
        while let Some((_, offset)) = waiting.next_if(|(line, _)| *line == number) {
            if entry.is_none() {
                let text = String::from_utf8_lossy(&row);
                let line = text.trim_end_matches(['\n', '\r']);
                entry = part.header.record(line).ok().map(|(record, _)| record);
            }
            line_at(&mut aside, offset, &mut other).map_err(refused)?;
            let (Some(known), Some(new)) = (&mut entry, Aside::parse(&other)) else {
                continue;
            };
            let Ok((record, _)) = Header::default().record(new.row) else {
                continue;
            };
            if tell(&mut known.entry, record.entry) {
                changed = true;
                if let Some(count) = merged.get_mut(new.file) {
                    *count += 1;
                }
            }
        }
        match entry.filter(|_| changed) {
            Some(record) => out.write_all(part.header.row(&record).as_bytes()),
            None => out.write_all(&row),
        }
        .map_err(refused)?;
    }
    part.replaced(out)?;
    Ok(Outcome { part, merged })
}

/// Tells a unit what another with the same texts says beyond it; false where
/// that is nothing. The newer one's words and state stand; documents and
/// remarks of both are kept.
fn tell(known: &mut Entry, new: Entry) -> bool {
    let before = known.clone();
    let documents = joined(&known.document, &new.document);
    let note = joined(&known.note, &new.note);
    if new.when > known.when {
        let old = std::mem::replace(known, new);
        for (field, value) in [
            (&mut known.prev, old.prev),
            (&mut known.next, old.next),
            (&mut known.subject, old.subject),
            (&mut known.who, old.who),
        ] {
            if field.is_empty() {
                *field = value;
            }
        }
    } else {
        for (field, value) in [
            (&mut known.prev, new.prev),
            (&mut known.next, new.next),
            (&mut known.subject, new.subject),
        ] {
            if field.is_empty() {
                *field = value;
            }
        }
    }
    known.document = documents;
    known.note = note;
    (known.memory, known.line) = (before.memory.clone(), before.line);
    *known != before
}

/// Two lists parted by ` | `, no item twice.
fn joined(known: &str, new: &str) -> String {
    let mut all: Vec<&str> = known.split(" | ").filter(|item| !item.is_empty()).collect();
    for item in new.split(" | ").filter(|item| !item.is_empty()) {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    all.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_words_stand_and_no_origin_is_lost() {
        let entry = |en: &str, when: &str, document: &str, note: &str| Entry {
            zh: "能源".into(),
            en: en.into(),
            when: when.into(),
            document: document.into(),
            note: note.into(),
            ..Entry::default()
        };
        let mut known = entry("Energy", "2020", "a.docx", "n");
        assert!(tell(&mut known, entry("energy", "2021", "b.docx", "m")));
        assert_eq!((known.en.as_str(), known.when.as_str()), ("energy", "2021"));
        assert_eq!(
            (known.document.as_str(), known.note.as_str()),
            ("a.docx | b.docx", "n | m")
        );
        assert!(!tell(&mut known, entry("ENERGY", "2019", "a.docx", "")));
        assert!(!tell(&mut known, entry("energy", "2021", "b.docx", "m")));
        assert_eq!(known.en, "energy");
    }
}
