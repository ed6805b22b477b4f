//! The second pass of an import: units that are there already are told what is new.

use std::collections::HashSet;
use std::io::{BufRead, Write};

use super::part::{Aside, Part, line_at};
use crate::error::{Error, Result};
use crate::memory::entry::{Entry, Mark, Record};
use crate::memory::file::Header;
use crate::model::document::State;

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
    let mut merged = vec![0; part.files()];
    if part.waiting.is_empty() {
        return Ok(Outcome { part, merged });
    }
    let mut waiting = std::mem::take(&mut part.waiting);
    waiting.sort_unstable();
    let mut waiting = waiting.into_iter().peekable();
    let (mut rows, mut aside, mut out) = part.second_pass()?;
    let path = part.merged();
    let mut write = |row: &[u8]| {
        if part.is_dry() {
            return Ok(());
        }
        out.write_all(row).map_err(|e| Error::io("write", &path, e))
    };
    let refused = |e| Error::io("read", &path, e);
    let (mut row, mut other) = (Vec::new(), String::new());
    for number in 1u32.. {
        row.clear();
        if rows.read_until(b'\n', &mut row).map_err(refused)? == 0 {
            break;
        }
        if waiting.peek().is_none_or(|(line, _)| *line != number) {
            write(&row)?;
            continue;
        }
        let text = String::from_utf8_lossy(&row);
        let line = text.trim_end_matches(['\n', '\r']);
        let known = part.header.record(line).ok();
        let mut told = known.map(|(record, _)| Told::new(record.entry));
        let mut changed = false;
        while let Some((_, offset)) = waiting.next_if(|(line, _)| *line == number) {
            line_at(&mut aside, offset, &mut other).map_err(refused)?;
            let (Some(told), Some(new)) = (&mut told, Aside::parse(&other)) else {
                continue;
            };
            let Ok((record, _)) = Header::default().record(new.row) else {
                continue;
            };
            if told.hear(record.entry) {
                changed = true;
                if let Some(count) = merged.get_mut(new.file) {
                    *count += 1;
                }
            }
        }
        match told.filter(|_| changed) {
            Some(told) => {
                let record = Record {
                    entry: told.into_unit(),
                    mark: Mark::Stands,
                };
                write(part.header.rewritten(line, &record).as_bytes())?;
            }
            None => write(&row)?,
        }
    }
    part.replaced(out)?;
    Ok(Outcome { part, merged })
}

/// A unit that hears what others with the same texts say.
#[derive(Debug)]
struct Told {
    unit: Entry,
    documents: List,
    notes: List,
}

impl Told {
    fn new(unit: Entry) -> Self {
        Self {
            documents: List::of(&unit.document),
            notes: List::of(&unit.note),
            unit,
        }
    }

    /// Hears another; false where that says nothing new. The words, state, date
    /// and person of the one that ranks higher stand; documents and remarks of
    /// all are kept.
    fn hear(&mut self, new: Entry) -> bool {
        let mut changed = self.documents.add(&new.document);
        changed |= self.notes.add(&new.note);
        let lesser = if rank(&new) > rank(&self.unit) {
            changed = true;
            std::mem::replace(&mut self.unit, new)
        } else {
            new
        };
        let unit = &mut self.unit;
        if unit.subject.is_empty() && !lesser.subject.is_empty() {
            unit.subject = lesser.subject;
            changed = true;
        }
        // One neighbor of each would be a place that neither stood at.
        let alone = unit.prev.is_empty() && unit.next.is_empty();
        if alone && !(lesser.prev.is_empty() && lesser.next.is_empty()) {
            (unit.prev, unit.next) = (lesser.prev, lesser.next);
            changed = true;
        }
        changed
    }

    fn into_unit(self) -> Entry {
        Entry {
            document: self.documents.text,
            note: self.notes.text,
            ..self.unit
        }
    }
}

/// What decides which of two units with the same texts stands: how far it has
/// come, then its date. A new draft does not take the place of what was reviewed.
fn rank(entry: &Entry) -> (State, bool, &str) {
    (entry.state, !entry.aligned, &entry.when)
}

/// A list parted by ` | `, to which no item is added twice.
#[derive(Debug)]
struct List {
    text: String,
    items: HashSet<String>,
}

impl List {
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            items: items(text).map(str::to_owned).collect(),
        }
    }

    /// Adds what is new of another list; false where nothing is.
    fn add(&mut self, other: &str) -> bool {
        let before = self.text.len();
        for item in items(other) {
            if self.items.insert(item.to_owned()) {
                if !self.text.is_empty() {
                    self.text.push_str(" | ");
                }
                self.text.push_str(item);
            }
        }
        self.text.len() > before
    }
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(" | ").filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(en: &str, state: State, when: &str) -> Entry {
        Entry {
            zh: "能源".into(),
            en: en.into(),
            state,
            when: when.into(),
            ..Entry::default()
        }
    }

    #[test]
    fn the_newer_words_stand_and_no_origin_is_lost() {
        let unit = |en: &str, when: &str, document: &str, note: &str| Entry {
            document: document.into(),
            note: note.into(),
            ..entry(en, State::Translated, when)
        };
        let mut told = Told::new(unit("Energy", "2020", "a.docx", "n"));
        assert!(told.hear(unit("energy", "2021", "b.docx", "m")));
        assert!(!told.hear(unit("ENERGY", "2019", "a.docx", "")));
        assert!(!told.hear(unit("energy", "2021", "b.docx", "m")));
        let known = told.into_unit();
        assert_eq!((known.en.as_str(), known.when.as_str()), ("energy", "2021"));
        assert_eq!(
            (known.document.as_str(), known.note.as_str()),
            ("a.docx | b.docx", "n | m")
        );
    }

    #[test]
    fn what_was_reviewed_stands_against_what_is_only_newer() {
        let reviewed = entry("energy", State::Reviewed, "2020");
        let newer = entry("Energy", State::Translated, "2024");
        for [first, second] in [[&reviewed, &newer], [&newer, &reviewed]] {
            let mut told = Told::new(first.clone());
            told.hear(second.clone());
            assert_eq!(told.into_unit(), reviewed);
        }
        let aligned = Entry {
            aligned: true,
            ..entry("ENERGY", State::Draft, "2025")
        };
        let mut told = Told::new(entry("energy", State::Draft, ""));
        assert!(!told.hear(aligned));
    }

    #[test]
    fn neighbors_are_those_of_one_place() {
        let beside = |prev: &str, next: &str| Entry {
            prev: prev.into(),
            next: next.into(),
            ..entry("energy", State::Translated, "")
        };
        let mut told = Told::new(beside("", ""));
        assert!(told.hear(beside("前", "")));
        assert!(!told.hear(beside("", "后")));
        let known = told.into_unit();
        assert_eq!((known.prev.as_str(), known.next.as_str()), ("前", ""));
    }
}
