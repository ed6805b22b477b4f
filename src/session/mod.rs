//! One open document being translated.
//!
//! A [`Session`] is the only truth about the document while it is open: its
//! units with their translations, what is known about each ([`Facts`]), where
//! the translator stands, and how to undo. It does no I/O and reads no clock;
//! times come in as text. [`work`] alone touches files.
//!
//! Everything that changes the memory comes back as an [`Outcome`], so that
//! the caller can hand it to whoever holds the memory.

mod aside;
pub mod deliver;
mod edit;
mod history;
pub mod progress;
mod reopen;
mod table;
#[cfg(test)]
mod tests;
pub mod work;

use std::collections::HashMap;

use crate::lang::{Lang, Locale};
use crate::memory::{Entry, Key};
use crate::model::document::{Document, State, Unit};
use crate::text::fold::fold;

pub use deliver::{Delivery, deliver};
pub use history::History;
pub use progress::{Filter, Progress, Volume};
pub use work::{Row, Work};

/// What is known about a unit beside its text, target, state and note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// When it was confirmed (ISO 8601); empty where it was not.
    pub when: String,
    /// Who confirmed it.
    pub who: String,
    /// The source the target was made for, where the document has changed since; otherwise empty.
    pub was: String,
    /// Whether the target was copied here from a repetition.
    pub propagated: bool,
    /// What the memory holds for the unit, if anything. A unit edited since its
    /// confirmation still has the entry of that time.
    pub remembered: Option<Box<Entry>>,
}

/// A document, its translation, and the place of the translator in it.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The document; its units carry target, state and note.
    pub document: Document,
    /// What it is translated to.
    pub to: Locale,
    /// What the memory calls the document.
    pub name: String,
    /// Who translates.
    pub who: String,
    /// The unit being worked on, from 0.
    pub current: usize,
    /// One for each unit.
    pub facts: Vec<Facts>,
    /// The number of findings of each unit, as the last check told
    /// ([`Session::set_findings`]).
    pub findings: Vec<u32>,
    /// Translations whose source the document no longer has.
    pub orphans: Vec<Row>,
    /// The units that opening filled: repetitions of what was confirmed. They
    /// are written with the first change.
    pub filled: Vec<usize>,
    /// What can be undone.
    pub history: History,
    /// For each unit, the number of its group of repetitions.
    group: Vec<u32>,
    /// The units of each group, in order.
    groups: Vec<Vec<u32>>,
    /// How much text each source is.
    volumes: Vec<Volume>,
    /// Counts changes, so that what is not yet saved is known.
    revision: u64,
    saved: u64,
    /// What the work file held when it was last read or written.
    base: Option<Work>,
}

/// What an edit did, for the memory and for the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Confirmed units the memory must hold.
    pub remember: Vec<Entry>,
    /// Places the memory must hold no longer. To be done before `remember`.
    pub forget: Vec<Key>,
    /// The units that look different now.
    pub changed: Vec<usize>,
    /// Those of them that were filled as repetitions.
    pub propagated: Vec<usize>,
    /// Whether it is of a [replacement](Session::replace), or of undoing or redoing one.
    pub replaced: bool,
}

impl Session {
    /// Opens a document, with the work done on it so far.
    ///
    /// Where the source was edited since, every translation finds its place
    /// again: first by source and both neighbors, then by source and one, then
    /// by source alone in order, then by a source that is nearly the same (the
    /// old target as a draft, [`Facts::was`] telling the old source). What has
    /// no place any more is kept in [`Session::orphans`].
    ///
    /// An untranslated unit that repeats a confirmed one is filled with its
    /// translation, as confirming does ([`Session::filled`]).
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::{format, lang::Locale, session::Session};
    /// let text = "白宫发布行政令。能源部执行。\n";
    /// let document = format::parse(Path::new("a.md"), text.into(), None).unwrap().value;
    /// let mut session = Session::open(document, Locale::En, None);
    /// session.set_target(0, "The White House issued an executive order.");
    /// let outcome = session.confirm(0, "2025-11-24T08:00:00Z").unwrap();
    /// assert_eq!(outcome.remember[0].next, "能源部执行。");
    /// assert_eq!(session.next_open(0), Some(1));
    /// ```
    pub fn open(document: Document, to: Locale, work: Option<Work>) -> Self {
        let (group, groups) = repetitions(&document.units);
        let count = document.units.len();
        let sources = document.units.iter().map(|unit| &unit.source);
        let volumes = sources.map(|source| Volume::of(source)).collect();
        let mut session = Self {
            name: document.path.display().to_string(),
            document,
            to,
            facts: vec![Facts::default(); count],
            findings: vec![0; count],
            volumes,
            group,
            groups,
            ..Self::default()
        };
        if let Some(work) = work {
            let fitted = reopen::fit(&work, &session.sources());
            session.revision = u64::from(fitted.moved);
            for (at, row) in fitted.rows.into_iter().enumerate() {
                if let Some(row) = row {
                    session.put(at, row);
                }
            }
            session.orphans = fitted.orphans;
            session.base = Some(work);
        }
        session.filled = session.fill_repetitions();
        session.current = session.resume().unwrap_or(0);
        session
    }

    /// A unit of the document.
    pub fn unit(&self, at: usize) -> Option<&Unit> {
        self.document.units.get(at)
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.document.units.len()
    }

    /// Whether the document has no units.
    pub fn is_empty(&self) -> bool {
        self.document.units.is_empty()
    }

    /// The language translated from.
    pub fn from(&self) -> Lang {
        self.document.from
    }

    /// The source of the unit before; empty at the beginning.
    pub fn prev(&self, at: usize) -> &str {
        let before = at.checked_sub(1).and_then(|at| self.unit(at));
        before.map_or("", |unit| &unit.source)
    }

    /// The source of the unit after; empty at the end.
    pub fn next(&self, at: usize) -> &str {
        self.unit(at + 1).map_or("", |unit| &unit.source)
    }

    /// The place of a unit in the memory.
    pub fn key(&self, at: usize) -> Key {
        Key {
            document: self.name.clone(),
            from: self.document.from,
            source: self.unit(at).map_or("", |unit| &unit.source).to_owned(),
            prev: self.prev(at).to_owned(),
            next: self.next(at).to_owned(),
        }
    }

    /// The units with the same folded source, itself included, in order.
    pub fn repetitions(&self, at: usize) -> &[u32] {
        let group = self
            .group
            .get(at)
            .and_then(|g| self.groups.get(*g as usize));
        group.map_or(&[], Vec::as_slice)
    }

    /// Goes to a unit; the nearest where there is none of that number.
    pub fn go(&mut self, at: usize) {
        self.current = at.min(self.len().saturating_sub(1));
    }

    /// Takes in what a check found in a unit: it then counts as needing work.
    pub fn set_findings(&mut self, at: usize, count: usize) {
        if let Some(findings) = self.findings.get_mut(at) {
            *findings = u32::try_from(count).unwrap_or(u32::MAX);
        }
    }

    /// Confirmed units and their translations, for suggestions: what this document already chose.
    pub fn used(&self) -> impl Iterator<Item = (&str, &str)> {
        let confirmed = self.document.units.iter().filter(|u| u.state.confirmed());
        confirmed.map(|unit| (unit.source.as_str(), unit.target.as_str()))
    }

    /// Counts the changes made here: what was found out about the work holds as long as the count
    /// is the same.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether something is not in the work file yet.
    pub fn dirty(&self) -> bool {
        self.revision != self.saved
    }

    /// Whether a unit is confirmed by a person's hand and not only a copy.
    fn settled(&self, at: usize) -> bool {
        let confirmed = self.unit(at).is_some_and(|unit| unit.state.confirmed());
        confirmed && self.facts.get(at).is_some_and(|facts| !facts.propagated)
    }

    fn sources(&self) -> Vec<&str> {
        let units = self.document.units.iter();
        units.map(|unit| unit.source.as_str()).collect()
    }

    /// A unit as the work file has it.
    pub fn row(&self, at: usize) -> Option<Row> {
        let (unit, facts) = (self.unit(at)?, self.facts.get(at)?);
        Some(Row {
            source: unit.source.clone(),
            target: unit.target.clone(),
            state: unit.state,
            note: unit.note.clone(),
            facts: facts.clone(),
        })
    }

    /// Writes a row into a unit; the source stays the document's.
    fn put(&mut self, at: usize, row: Row) {
        if let (Some(unit), Some(facts)) = (self.document.units.get_mut(at), self.facts.get_mut(at))
        {
            unit.target = row.target;
            unit.state = row.state;
            unit.note = row.note;
            *facts = row.facts;
        }
    }

    /// The first unit that needs work.
    fn first_open(&self) -> Option<usize> {
        (0..self.len()).find(|at| self.needs_work(*at))
    }

    /// Where work goes on: after the unit confirmed last, for what lies before it was left out on
    /// purpose. Drafts say nothing of it: they may have been filled in all at once.
    fn resume(&self) -> Option<usize> {
        let facts = self.facts.iter().enumerate();
        let confirmed = facts.filter(|(_, facts)| !facts.when.is_empty() && !facts.propagated);
        let last = confirmed.max_by_key(|(at, facts)| (&facts.when, *at));
        match last {
            Some((last, _)) => self.next_open(last),
            None => self.first_open(),
        }
    }

    /// Whether a unit is untranslated, a draft, changed, or has findings.
    pub fn needs_work(&self, at: usize) -> bool {
        let (Some(unit), Some(facts)) = (self.unit(at), self.facts.get(at)) else {
            return false;
        };
        !unit.state.confirmed()
            || !facts.was.is_empty()
            || self.findings.get(at).is_some_and(|count| *count > 0)
    }

    /// The next unit after `at` that needs work, going on from the beginning; never `at` itself.
    pub fn next_open(&self, at: usize) -> Option<usize> {
        let after = at.saturating_add(1)..self.len();
        let before = 0..at.min(self.len());
        after.chain(before).find(|at| self.needs_work(*at))
    }

    /// The unit before `at` that needs work, going on from the end; never `at` itself.
    pub fn previous_open(&self, at: usize) -> Option<usize> {
        let before = (0..at.min(self.len())).rev();
        let after = (at.saturating_add(1)..self.len()).rev();
        before.chain(after).find(|at| self.needs_work(*at))
    }
}

/// The group of each unit and the units of each group, by folded source.
fn repetitions(units: &[Unit]) -> (Vec<u32>, Vec<Vec<u32>>) {
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut group = Vec::with_capacity(units.len());
    for (at, unit) in (0u32..).zip(units) {
        let number = *known.entry(fold(&unit.source)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() as u32 - 1
        });
        if let Some(members) = groups.get_mut(number as usize) {
            members.push(at);
        }
        group.push(number);
    }
    (group, groups)
}

impl Row {
    /// The entry the memory is to hold for a confirmed unit at a place.
    fn entry(&self, key: Key) -> Entry {
        let (zh, en) = match key.from {
            Lang::Zh => (key.source, self.target.clone()),
            Lang::En => (self.target.clone(), key.source),
        };
        Entry {
            zh,
            en,
            from: key.from,
            state: self.state,
            when: self.facts.when.clone(),
            who: self.facts.who.clone(),
            document: key.document,
            prev: key.prev,
            next: key.next,
            note: self.note.clone(),
            ..Entry::default()
        }
    }

    /// Whether there is anything in it worth keeping.
    pub fn holds_work(&self) -> bool {
        !self.target.is_empty() || !self.note.is_empty() || self.state != State::Initial
    }
}
