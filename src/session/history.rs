//! What can be undone, unit by unit.

use std::collections::{HashSet, VecDeque};

use super::Row;

/// Steps kept; older ones are forgotten.
const LIMIT: usize = 2000;

/// A unit's row before and after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: usize,
    pub(super) before: Row,
    pub(super) after: Row,
}

/// What one action changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) edits: Vec<Edit>,
    /// Whether further typing in the unit belongs to it.
    pub(super) typing: bool,
    /// Whether it is a replacement, in however many units.
    pub(super) replacement: bool,
}

impl Step {
    fn touches(&self, at: usize) -> bool {
        self.edits.iter().any(|edit| edit.at == at)
    }

    /// A unit that it touched, where it is a replacement: `at`, where it touched that.
    fn replaced(&self, at: usize) -> Option<usize> {
        let first = self.edits.first().filter(|_| self.replacement)?;
        Some(if self.touches(at) { at } else { first.at })
    }
}

/// The steps done and undone.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    turns: u64,
}

impl History {
    /// Ends a run of typing: what is typed next is a step of its own.
    pub fn pause(&mut self) {
        if let Some(last) = self.done.back_mut() {
            last.typing = false;
        }
    }

    /// How many times something was done, undone or done again: as long as it is the same, nothing was.
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// Whether there is a step to undo in a unit.
    pub fn can_undo(&self, at: usize) -> bool {
        self.done.iter().any(|step| step.touches(at))
    }

    /// Whether there is a step to redo in a unit.
    pub fn can_redo(&self, at: usize) -> bool {
        self.undone.iter().any(|step| step.touches(at))
    }

    /// Where the last step done is a replacement: a unit that it touched, `at` if it can be.
    pub fn replaced(&self, at: usize) -> Option<usize> {
        self.done.back()?.replaced(at)
    }

    /// Where the last step undone is a replacement: a unit that it touched, `at` if it can be.
    pub fn replacement_undone(&self, at: usize) -> Option<usize> {
        self.undone.last()?.replaced(at)
    }

    pub(super) fn push(&mut self, step: Step) {
        self.turns += 1;
        // A replacement may touch very many.
        let touched: HashSet<usize> = step.edits.iter().map(|edit| edit.at).collect();
        self.undone
            .retain(|old| !old.edits.iter().any(|edit| touched.contains(&edit.at)));
        if step.typing
            && let (Some(last), [edit]) = (self.done.back_mut(), step.edits.as_slice())
            && last.typing
            && let [typed] = last.edits.as_mut_slice()
            && typed.at == edit.at
            && typed.after == edit.before
        {
            typed.after = edit.after.clone();
            return;
        }
        self.done.push_back(step);
        if self.done.len() > LIMIT {
            self.done.pop_front();
        }
    }

    pub(super) fn undo(&mut self, at: usize) -> Option<Step> {
        let last = self.done.iter().rposition(|step| step.touches(at))?;
        let mut step = self.done.remove(last)?;
        step.typing = false;
        self.turns += 1;
        self.undone.push(step.clone());
        Some(step)
    }

    pub(super) fn redo(&mut self, at: usize) -> Option<Step> {
        let last = self.undone.iter().rposition(|step| step.touches(at))?;
        let step = self.undone.remove(last);
        self.turns += 1;
        self.done.push_back(step.clone());
        Some(step)
    }
}
