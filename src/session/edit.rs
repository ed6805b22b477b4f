//! What a translator does to a unit.
//!
//! Every edit is a set of rows before and after; what the memory must learn
//! follows from comparing the two, and so does undoing.

use super::history::{Edit, Step};
use super::{Outcome, Row, Session};
use crate::memory::Entry;
use crate::model::document::{State, Unit};

impl Session {
    /// Puts a target into a unit, as a draft; an empty one makes it untranslated again.
    ///
    /// Typing in one unit is one step to undo until something else happens
    /// ([`History::pause`](super::History::pause) parts it).
    pub fn set_target(&mut self, at: usize, target: &str) -> Outcome {
        match self.retargeted(at, target) {
            Some(row) => self.apply(vec![(at, row)], true),
            None => Outcome::default(),
        }
    }

    /// Puts targets into several units, each as [`set_target`](Self::set_target) does: a
    /// replacement, which is one step to undo.
    pub fn replace(&mut self, targets: &[(usize, String)]) -> Outcome {
        let rows = targets.iter();
        let rows: Vec<_> = rows
            .filter_map(|(at, target)| Some((*at, self.retargeted(*at, target)?)))
            .collect();
        if rows.is_empty() {
            return Outcome::default();
        }
        let step = Step {
            replacement: true,
            ..Step::default()
        };
        self.make(rows, step)
    }

    /// A unit with another target, as a draft; `None` where it has that one.
    fn retargeted(&self, at: usize, target: &str) -> Option<Row> {
        // One kind of line end: a work file knows no other. And no NUL: it is a text file.
        let target = target.replace("\r\n", "\n").replace('\r', "\n");
        let target = target.replace('\0', "");
        let old = self.row(at).filter(|row| row.target != target)?;
        let state = if target.trim().is_empty() {
            State::Initial
        } else {
            State::Draft
        };
        let mut new = Row {
            target,
            state,
            ..old
        };
        new.facts.propagated = false;
        new.facts.when.clear();
        new.facts.who.clear();
        Some(new)
    }

    /// Sets the translator's remark.
    pub fn set_note(&mut self, at: usize, note: &str) -> Outcome {
        let note = note.replace('\0', "");
        match self.row(at) {
            Some(row) if row.note != note => self.apply(vec![(at, Row { note, ..row })], false),
            _ => Outcome::default(),
        }
    }

    /// Confirms a unit's target, and fills its repetitions that nobody has confirmed.
    ///
    /// A repetition with the same source counts as confirmed, one that is only
    /// the same after folding (case, width) becomes a draft; both are marked
    /// as propagated and do not go to the memory. `None` where there is no
    /// target to confirm.
    pub fn confirm(&mut self, at: usize, when: &str) -> Option<Outcome> {
        let old = self.row(at)?;
        if old.target.trim().is_empty() {
            return None;
        }
        let mut new = old.clone();
        new.state = old.state.max(State::Translated);
        when.clone_into(&mut new.facts.when);
        new.facts.who.clone_from(&self.who);
        new.facts.was.clear();
        new.facts.propagated = false;
        new.facts.remembered = Some(Box::new(new.entry(self.key(at))));
        let mut rows = vec![(at, new.clone())];
        for &other in self.repetitions(at) {
            let other = other as usize;
            if other != at && !self.settled(other) {
                let copy = self.copied(&new, other);
                rows.extend(copy.map(|row| (other, row)));
            }
        }
        let propagated: Vec<usize> = rows.iter().skip(1).map(|(at, _)| *at).collect();
        let outcome = self.apply(rows, false);
        Some(Outcome {
            propagated,
            ..outcome
        })
    }

    /// What a repetition is filled with when `from` is confirmed; `None` where it is so already.
    fn copied(&self, from: &Row, other: usize) -> Option<Row> {
        let mut row = self.row(other)?;
        let state = if row.source == from.source {
            State::Translated
        } else {
            State::Draft
        };
        if row.target == from.target && row.state == state && row.facts.was.is_empty() {
            return None;
        }
        row.target.clone_from(&from.target);
        row.state = state;
        row.facts.propagated = true;
        row.facts.was.clear();
        row.facts.when.clone_from(&from.facts.when);
        row.facts.who.clone_from(&from.facts.who);
        Some(row)
    }

    /// Fills the untranslated units that have a confirmed repetition, as if it
    /// were confirmed just now: work handed over, or a document that grew,
    /// brings such. Gives the units filled.
    ///
    /// It is nothing to undo and nothing to save by itself: opening again does
    /// the same.
    pub(super) fn fill_repetitions(&mut self) -> Vec<usize> {
        let mut filled = Vec::new();
        for members in &self.groups {
            if members.len() < 2 {
                continue;
            }
            let members = members.iter().map(|at| *at as usize);
            let settled: Vec<usize> = members.clone().filter(|at| self.settled(*at)).collect();
            let is_same = |one: usize, other: usize| {
                let source = |at| self.unit(at).map(|unit| &unit.source);
                source(one) == source(other)
            };
            for other in members {
                let bare = |unit: &Unit| unit.target.is_empty() && unit.state == State::Initial;
                if !self.unit(other).is_some_and(bare) {
                    continue;
                }
                // The newest, but one with the very same source before any other.
                let from = settled.iter().copied().max_by_key(|at| {
                    let when = self.facts.get(*at).map(|facts| &facts.when);
                    (is_same(*at, other), when)
                });
                let from = from.and_then(|from| self.row(from));
                let copy = from.and_then(|from| self.copied(&from, other));
                filled.extend(copy.map(|row| (other, row)));
            }
        }
        filled.sort_unstable_by_key(|(at, _)| *at);
        let units = filled.iter().map(|(at, _)| *at).collect();
        for (at, row) in filled {
            self.put(at, row);
        }
        units
    }

    /// Takes a confirmation back: the target stays as a draft, the memory forgets it.
    pub fn unconfirm(&mut self, at: usize) -> Outcome {
        let Some(mut row) = self.row(at).filter(|row| row.state.confirmed()) else {
            return Outcome::default();
        };
        row.state = State::Draft;
        row.facts.when.clear();
        row.facts.who.clear();
        row.facts.remembered = None;
        self.apply(vec![(at, row)], false)
    }

    /// Deletes a unit's target; the memory forgets it, the remark stays.
    pub fn clear(&mut self, at: usize) -> Outcome {
        let Some(old) = self.row(at).filter(|row| !row.target.is_empty()) else {
            return Outcome::default();
        };
        let row = Row {
            source: old.source,
            note: old.note,
            ..Row::default()
        };
        self.apply(vec![(at, row)], false)
    }

    /// Undoes the last step that touched a unit, in all units it touched:
    /// undoing a confirmation takes its copies back as well. `None` where
    /// there is nothing to undo.
    pub fn undo(&mut self, at: usize) -> Option<Outcome> {
        let step = self.history.undo(at)?;
        let edits = step.edits.iter();
        let back = edits.map(|edit| (edit.at, &edit.after, &edit.before));
        let mut outcome = self.restore(back);
        outcome.replaced = step.replacement;
        Some(outcome)
    }

    /// Does again what was undone last in a unit.
    pub fn redo(&mut self, at: usize) -> Option<Outcome> {
        let step = self.history.redo(at)?;
        let edits = step.edits.iter();
        let again = edits.map(|edit| (edit.at, &edit.before, &edit.after));
        let mut outcome = self.restore(again);
        outcome.replaced = step.replacement;
        Some(outcome)
    }

    /// Puts rows back where they are still as the step left them.
    fn restore<'a>(&mut self, rows: impl Iterator<Item = (usize, &'a Row, &'a Row)>) -> Outcome {
        let mut outcome = Outcome::default();
        for (at, expected, row) in rows {
            if self.row(at).as_ref() == Some(expected) {
                self.change(at, row.clone(), &mut outcome);
            }
        }
        outcome
    }

    /// Makes a step of new rows.
    fn apply(&mut self, rows: Vec<(usize, Row)>, typing: bool) -> Outcome {
        let step = Step {
            typing,
            ..Step::default()
        };
        self.make(rows, step)
    }

    /// Fills a step with new rows.
    fn make(&mut self, rows: Vec<(usize, Row)>, mut step: Step) -> Outcome {
        let mut outcome = Outcome {
            replaced: step.replacement,
            ..Outcome::default()
        };
        for (at, after) in rows {
            let Some(before) = self.row(at) else { continue };
            self.change(at, after.clone(), &mut outcome);
            step.edits.push(Edit { at, before, after });
        }
        self.history.push(step);
        outcome
    }

    /// Puts a row and notes what the memory must learn from it.
    fn change(&mut self, at: usize, new: Row, outcome: &mut Outcome) {
        let Some(old) = self.row(at) else { return };
        let (then, now) = (&old.facts.remembered, &new.facts.remembered);
        let key = now.as_ref().map(|entry| entry.key());
        if let Some(then) = then
            // The translation of a sentence that was edited away is still a good one.
            && then.source() == old.source
            && key.as_ref() != Some(&then.key())
        {
            let key = then.key();
            // In a row of repetitions several units have one place in the memory.
            let others = self.repetitions(at).iter().map(|other| *other as usize);
            let others = others.filter(|other| *other != at);
            let held = others.filter_map(|other| self.facts.get(other)?.remembered.as_ref());
            match held.into_iter().find(|other| other.key() == key) {
                Some(other) => outcome.remember.push(Entry::clone(other)),
                None => outcome.forget.push(key),
            }
        }
        if let Some(now) = now
            && Some(now) != then.as_ref()
        {
            outcome.remember.push(Entry::clone(now));
        }
        outcome.changed.push(at);
        self.revision += 1;
        self.put(at, new);
    }
}
