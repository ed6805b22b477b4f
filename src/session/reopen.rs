//! Where each translation belongs after the document was edited.

use std::collections::{HashMap, VecDeque};

use super::work::{Row, Work};
use crate::model::document::State;
use crate::text::distance::Pattern;
use crate::text::token::keys;

/// How many pairs of sentences may be compared.
const MANY: usize = 4_000_000;
/// How far from its place a sentence is looked for where there are more.
const NEAR: usize = 200;

/// Work fitted to a document.
pub(super) struct Fitted {
    /// For each unit of the document, its row.
    pub(super) rows: Vec<Option<Row>>,
    /// Rows with work in them that no unit took.
    pub(super) orphans: Vec<Row>,
    /// Whether the document differs from the one the work was done on.
    pub(super) moved: bool,
}

/// Gives every row of the work to the unit it belongs to.
pub(super) fn fit(work: &Work, sources: &[&str]) -> Fitted {
    let same = work.rows.len() == sources.len()
        && work
            .rows
            .iter()
            .zip(sources)
            .all(|(row, source)| row.source == *source);
    if same {
        return Fitted {
            rows: work.rows.iter().cloned().map(Some).collect(),
            orphans: work.orphans.clone(),
            moved: false,
        };
    }
    let mut fit = Fit {
        rows: &work.rows,
        sources,
        unit_of: vec![None; work.rows.len()],
        row_of: vec![None; sources.len()],
    };
    let all = [
        |text: &[&str], at: usize| context(text, at, true, true),
        |text: &[&str], at: usize| context(text, at, true, false),
        |text: &[&str], at: usize| context(text, at, false, true),
        |text: &[&str], at: usize| context(text, at, false, false),
    ];
    for key in all {
        fit.by(key);
    }
    fit.by_likeness();
    fit.done(&work.orphans)
}

/// The source with its neighbors, as far as they are asked for.
fn context(texts: &[&str], at: usize, prev: bool, next: bool) -> [String; 3] {
    let text = |wanted: bool, at: Option<usize>| {
        let text = at.filter(|_| wanted).and_then(|at| texts.get(at));
        text.map_or("", |text| *text).to_owned()
    };
    [
        text(true, Some(at)),
        text(prev, at.checked_sub(1)),
        text(next, Some(at + 1)),
    ]
}

struct Fit<'a> {
    rows: &'a [Row],
    sources: &'a [&'a str],
    unit_of: Vec<Option<usize>>,
    row_of: Vec<Option<usize>>,
}

impl Fit<'_> {
    fn pair(&mut self, row: usize, unit: usize) {
        if let (Some(to), Some(from)) = (self.unit_of.get_mut(row), self.row_of.get_mut(unit)) {
            *to = Some(unit);
            *from = Some(row);
        }
    }

    /// Pairs what has the same key, in order.
    fn by(&mut self, key: fn(&[&str], usize) -> [String; 3]) {
        let texts: Vec<&str> = self.rows.iter().map(|row| row.source.as_str()).collect();
        let mut waiting: HashMap<[String; 3], VecDeque<usize>> = HashMap::new();
        for (at, unit) in self.unit_of.iter().enumerate() {
            if unit.is_none() {
                waiting.entry(key(&texts, at)).or_default().push_back(at);
            }
        }
        for unit in 0..self.sources.len() {
            if self.row_of.get(unit).is_some_and(Option::is_none)
                && let Some(queue) = waiting.get_mut(&key(self.sources, unit))
                && let Some(row) = queue.pop_front()
            {
                self.pair(row, unit);
            }
        }
    }

    /// Pairs what is left by likeness, the likest first; only rows with work in them.
    fn by_likeness(&mut self) {
        let free_units: Vec<(usize, Vec<u32>)> = free(&self.row_of)
            .filter_map(|unit| Some((unit, keys(self.sources.get(unit)?))))
            .collect();
        let free_rows: Vec<usize> = free(&self.unit_of)
            .filter(|row| self.rows.get(*row).is_some_and(Row::holds_work))
            .collect();
        // Comparing everything with everything only where that is little.
        let all = free_rows.len() * free_units.len() <= MANY;
        let near = if all { usize::MAX } else { NEAR };
        let expected = self.expected();
        let mut found: Vec<(usize, usize, usize, usize)> = Vec::new();
        for row in free_rows {
            let (Some(old), Some(expected)) = (self.rows.get(row), expected.get(row)) else {
                continue;
            };
            let pattern = Pattern::new(&keys(&old.source));
            let first = free_units.partition_point(|(at, _)| at.saturating_add(near) < *expected);
            let last = expected.saturating_add(near);
            let units = free_units.iter().skip(first);
            for (unit, tokens) in units.take_while(|(unit, _)| *unit <= last) {
                let longer = pattern.len().max(tokens.len()).max(1);
                // At least 60 % alike.
                if let Some(distance) = pattern.distance_within(tokens, longer * 2 / 5) {
                    let unlike = distance * 1000 / longer;
                    found.push((unlike, unit.abs_diff(*expected), row, *unit));
                }
            }
        }
        found.sort_unstable();
        for (_, _, row, unit) in found {
            if self.unit_of.get(row).is_some_and(Option::is_none)
                && self.row_of.get(unit).is_some_and(Option::is_none)
            {
                self.pair(row, unit);
            }
        }
    }

    /// For each row, the unit after the one that took the row before.
    fn expected(&self) -> Vec<usize> {
        let mut next = 0;
        let units = self.unit_of.iter().map(|unit| {
            let here = next;
            next = unit.map_or(next, |unit| unit + 1);
            here
        });
        units.collect()
    }

    fn done(self, orphans: &[Row]) -> Fitted {
        let mut rows: Vec<Option<Row>> = self
            .row_of
            .iter()
            .map(|row| row.and_then(|row| self.rows.get(row)).cloned())
            .collect();
        for (row, source) in rows.iter_mut().zip(self.sources) {
            if let Some(row) = row
                && row.source != *source
            {
                changed(row, source);
            }
        }
        let left = free(&self.unit_of).filter_map(|row| self.rows.get(row));
        let left = left.filter(|row| row.holds_work()).cloned();
        // An orphan comes home when its sentence does.
        let mut still = Vec::new();
        for orphan in orphans.iter().cloned().chain(left) {
            let home = self
                .sources
                .iter()
                .zip(rows.iter_mut())
                .find(|(source, row)| {
                    **source == orphan.source && row.as_ref().is_none_or(|row| !row.holds_work())
                });
            match home {
                Some((_, row)) => *row = Some(orphan),
                None => still.push(orphan),
            }
        }
        Fitted {
            rows,
            orphans: still,
            moved: true,
        }
    }
}

fn free(taken: &[Option<usize>]) -> impl Iterator<Item = usize> + '_ {
    let open = taken
        .iter()
        .enumerate()
        .filter(|(_, taken)| taken.is_none());
    open.map(|(at, _)| at)
}

/// Gives a row to a source that is only nearly its own.
fn changed(row: &mut Row, source: &str) {
    let old = std::mem::replace(&mut row.source, source.to_owned());
    if row.target.is_empty() {
        return;
    }
    // Where it had changed before, the source the target was made for is the older one still.
    if row.facts.was.is_empty() {
        row.facts.was = old;
    }
    if row.facts.was == row.source {
        row.facts.was.clear();
        return;
    }
    row.state = State::Draft;
    row.facts.propagated = false;
}
