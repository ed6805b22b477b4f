//! What a translator does to a unit.
//!
//! Every edit is a set of rows before and after; what the memory must learn
//! follows from comparing the two, and so does undoing.

use super::history::{Edit, Step};
use super::{Outcome, Row, Session};
use crate::memory::Entry;
use crate::model::document::State;

impl Session {
    /// Puts a target into a unit, as a draft; an empty one makes it untranslated again.
    ///
    /// Typing in one unit is one step to undo until something else happens
    /// ([`History::pause`](super::History::pause) parts it).
    pub fn set_target(&mut self, at: usize, target: &str) -> Outcome {
        // One kind of line end: a work file knows no other.
        let target = target.replace("\r\n", "\n").replace('\r', "\n");
        let Some(old) = self.row(at).filter(|row| row.target != target) else {
            return Outcome::default();
        };
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
        self.apply(vec![(at, new)], true)
    }

    /// Sets the translator's remark.
    pub fn set_note(&mut self, at: usize, note: &str) -> Outcome {
        match self.row(at) {
            Some(row) if row.note != note => {
                let note = note.to_owned();
                self.apply(vec![(at, Row { note, ..row })], false)
            }
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
        let mut rows = vec![(at, new)];
        for &other in self.repetitions(at) {
            let other = other as usize;
            if other == at || self.settled(other) {
                continue;
            }
            let Some(mut row) = self.row(other) else {
                continue;
            };
            let same = row.source == old.source;
            let state = if same {
                State::Translated
            } else {
                State::Draft
            };
            if row.target == old.target && row.state == state && row.facts.was.is_empty() {
                continue;
            }
            row.target.clone_from(&old.target);
            row.state = state;
            row.facts.propagated = true;
            row.facts.was.clear();
            when.clone_into(&mut row.facts.when);
            row.facts.who.clone_from(&self.who);
            rows.push((other, row));
        }
        let propagated: Vec<usize> = rows.iter().skip(1).map(|(at, _)| *at).collect();
        let outcome = self.apply(rows, false);
        Some(Outcome {
            propagated,
            ..outcome
        })
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
        let back = step.iter().map(|edit| (edit.at, &edit.after, &edit.before));
        Some(self.restore(back))
    }

    /// Does again what was undone last in a unit.
    pub fn redo(&mut self, at: usize) -> Option<Outcome> {
        let step = self.history.redo(at)?;
        let again = step.iter().map(|edit| (edit.at, &edit.before, &edit.after));
        Some(self.restore(again))
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
        let mut outcome = Outcome::default();
        let mut step = Step {
            typing,
            ..Step::default()
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
