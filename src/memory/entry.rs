//! A unit of the memory, the place it was confirmed at, and what a line of a
//! memory file can say about it.

use std::sync::Arc;

use super::hash;
use crate::lang::Lang;
use crate::model::document::State;

/// A past translation unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
    /// The language it was translated from.
    pub from: Lang,
    /// How far the translation had come. A row without a state counts as translated.
    pub state: State,
    /// Whether an aligner made the pair and nobody has confirmed it.
    pub aligned: bool,
    /// When it was confirmed, as written (ISO 8601: these sort as text).
    pub when: String,
    /// Who confirmed it.
    pub who: String,
    /// The document it belongs to.
    pub document: String,
    /// The source of the segment before it; empty where there was none or it is not known.
    pub prev: String,
    /// The source of the segment after it; empty where there was none or it is not known.
    pub next: String,
    /// Subject field.
    pub subject: String,
    /// A remark.
    pub note: String,
    /// The memory it comes from: the file's name without its extension.
    pub memory: Arc<str>,
    /// The line of that file, from 1; 0 for an entry that stands in no file yet.
    pub line: u32,
}

impl Entry {
    /// The text in a language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The text it was translated from.
    pub fn source(&self) -> &str {
        self.text(self.from)
    }

    /// The text it was translated to.
    pub fn target(&self) -> &str {
        self.text(self.from.other())
    }

    /// The place it was confirmed at.
    pub fn key(&self) -> Key {
        Key {
            document: self.document.clone(),
            from: self.from,
            source: self.source().to_owned(),
            prev: self.prev.clone(),
            next: self.next.clone(),
        }
    }
}

/// The place of a unit: one document, one segment with its neighbors. Of the
/// journal's entries with one key only the last one stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The document.
    pub document: String,
    /// The language of `source`.
    pub from: Lang,
    /// The segment, as written.
    pub source: String,
    /// The segment before it.
    pub prev: String,
    /// The segment after it.
    pub next: String,
}

impl Key {
    /// A 64-bit hash of all fields, the same on every machine; never 0.
    pub(super) fn hash(&self) -> u64 {
        let mut state = hash::Hash::default();
        for part in [
            self.document.as_str(),
            self.from.tag(),
            &self.source,
            &self.prev,
            &self.next,
        ] {
            state.text(part);
        }
        state.finish().max(1)
    }
}

/// What a line of a memory file says about its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// This is the unit now.
    #[default]
    Stands,
    /// The translation was taken back (state `unconfirmed`).
    Unconfirmed,
    /// The unit was deleted (state `deleted`).
    Deleted,
}

/// A line of a memory file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The unit as it was then.
    pub entry: Entry,
    /// What happened to it.
    pub mark: Mark,
}

impl Record {
    /// What its `state` cell says: how far the unit had come, or what happened to it.
    pub fn state(&self) -> &'static str {
        state_cell(self)
    }
}

/// The text of the `state` cell of a record.
pub(super) fn state_cell(record: &Record) -> &'static str {
    match (record.mark, record.entry.aligned, record.entry.state) {
        (Mark::Unconfirmed, ..) => "unconfirmed",
        (Mark::Deleted, ..) => "deleted",
        (Mark::Stands, true, _) => "aligned",
        (Mark::Stands, false, state) => state.name(),
    }
}

/// What a `state` cell means: the mark, the state, and whether an aligner made it.
pub(super) fn state_of(cell: &str) -> Option<(Mark, State, bool)> {
    let stands = |state| (Mark::Stands, state, false);
    Some(match cell.trim().to_ascii_lowercase().as_str() {
        "" | "translated" => stands(State::Translated),
        "initial" => stands(State::Initial),
        "draft" => stands(State::Draft),
        "reviewed" => stands(State::Reviewed),
        "final" => stands(State::Final),
        "aligned" => (Mark::Stands, State::Draft, true),
        "unconfirmed" => (Mark::Unconfirmed, State::Draft, false),
        "deleted" => (Mark::Deleted, State::Initial, false),
        _ => return None,
    })
}
