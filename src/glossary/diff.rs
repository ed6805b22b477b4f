//! What changed between two versions of a glossary, by concept and cell.

use std::collections::HashMap;

use serde::Serialize;

use super::columns::{Field, Slot, name};
use super::merge::file::{File, Item, Row};
use super::merge::identity;
use crate::lang::Lang;
use crate::tsv;

/// The changes from one version to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The concepts that are not the same, in the order of the new version,
    /// what was removed where it stood.
    pub concepts: Vec<Changed>,
    /// Columns that only the new version has.
    pub columns_added: Vec<String>,
    /// Columns that only the old version has.
    pub columns_removed: Vec<String>,
    /// How many concepts are the same.
    pub unchanged: usize,
}

/// A concept that is not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// What happened to it.
    pub change: Change,
    /// Its preferred Chinese, as it is now, else as it was.
    pub zh: String,
    /// Its preferred English likewise.
    pub en: String,
    /// The line of its row in the old version, from 1.
    pub old_line: Option<u32>,
    /// The line of its row in the new version, from 1.
    pub new_line: Option<u32>,
    /// The cells that are not the same, in the order of the columns; of a
    /// concept that is added or removed those that hold something.
    pub cells: Vec<Cell>,
}

/// What happened to a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// Cells of it differ.
    Changed,
}

impl Change {
    /// `added`, `removed` or `changed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A cell that is not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The column.
    pub column: String,
    /// As it was written.
    pub old: String,
    /// As it is written.
    pub new: String,
}

/// Compares two versions of a glossary's text.
///
/// ```
/// use zhengming::glossary::diff::{Change, diff};
/// let diff = diff("zh\ten\n创世计划\tGenesis Plan\n", "zh\ten\n创世计划\tGenesis Mission\n");
/// assert_eq!(diff.concepts[0].change, Change::Changed);
/// assert_eq!(diff.concepts[0].cells[0].new, "Genesis Mission");
/// ```
pub fn diff(old: &str, new: &str) -> Diff {
    between(&File::parse(old), &File::parse(new))
}

fn between(old: &File, new: &File) -> Diff {
    let found = identity::earlier(new, old);
    let columns = columns(old, new);
    let lines = [old, new].map(File::line_numbers);
    let desk = Desk {
        old,
        new,
        columns: &columns,
    };
    let mut diff = Diff {
        columns_added: only(new, old),
        columns_removed: only(old, new),
        ..Diff::default()
    };
    let mut was: Vec<Option<usize>> = vec![None; old.items.len()];
    for (at, before) in found.iter().enumerate() {
        if let Some(slot) = before.and_then(|before| was.get_mut(before)) {
            *slot = Some(at);
        }
    }
    let number =
        |side: usize, at: Option<usize>| -> Option<u32> { lines.get(side)?.get(at?).copied() };
    let mut removed = old.items.iter().enumerate().peekable();
    let mut push = |concept: Option<Changed>| match concept {
        Some(concept) => diff.concepts.push(concept),
        None => diff.unchanged += 1,
    };
    for (at, item) in new.items.iter().enumerate() {
        let before = found.get(at).copied().flatten();
        // What was removed above the row that this one was.
        while let Some((gone, item)) = removed.next_if(|(gone, _)| Some(*gone) < before) {
            if was.get(gone) == Some(&None)
                && let Some(row) = item.row()
            {
                push(desk.compared(Some(row), None, [number(0, Some(gone)), None]));
            }
        }
        if let Item::Row(row) = item {
            let older = before.and_then(|before| old.items.get(before)?.row());
            push(desk.compared(older, Some(row), [number(0, before), number(1, Some(at))]));
        }
    }
    for (gone, item) in removed {
        if was.get(gone) == Some(&None)
            && let Some(row) = item.row()
        {
            push(desk.compared(Some(row), None, [number(0, Some(gone)), None]));
        }
    }
    diff
}

struct Desk<'f> {
    old: &'f File,
    new: &'f File,
    columns: &'f [String],
}

impl Desk<'_> {
    /// What became of a row; `None` where it is the same.
    fn compared(
        &self,
        was: Option<&Row>,
        is: Option<&Row>,
        [old_line, new_line]: [Option<u32>; 2],
    ) -> Option<Changed> {
        let cells = self.columns.iter().filter_map(|column| {
            let old = was.map_or("", |row| self.old.cell(row, column));
            let new = is.map_or("", |row| self.new.cell(row, column));
            (old != new).then(|| Cell {
                column: column.trim().to_owned(),
                old: old.to_owned(),
                new: new.to_owned(),
            })
        });
        let change = match (was, is) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            _ => Change::Changed,
        };
        let cells: Vec<Cell> = cells.collect();
        if cells.is_empty() && change == Change::Changed {
            return None;
        }
        let term = |lang| {
            let column = name(Field::Terms(lang, Slot::Preferred));
            let now = is.map_or("", |row| self.new.cell(row, column));
            let before = was.map_or("", |row| self.old.cell(row, column));
            tsv::split_terms(if now.is_empty() { before } else { now }).join(" | ")
        };
        Some(Changed {
            change,
            zh: term(Lang::Zh),
            en: term(Lang::En),
            old_line,
            new_line,
            cells,
        })
    }
}

/// The columns of both, those of the new version first.
fn columns(old: &File, new: &File) -> Vec<String> {
    let mut keys: Vec<String> = new.columns.iter().map(|c| c.key.clone()).collect();
    let gone = old.columns.iter().filter(|c| !new.has(&c.key));
    keys.extend(gone.map(|c| c.key.clone()));
    keys
}

/// The named columns that only the first has.
fn only(one: &File, other: &File) -> Vec<String> {
    let columns = one.columns.iter().filter(|c| !other.has(&c.key));
    let named = columns.filter(|c| !c.name.trim().is_empty());
    named.map(|c| c.name.clone()).collect()
}

/// A rendering that a change takes away, or forbids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendering {
    /// Its language.
    pub lang: Lang,
    /// The term that was right.
    pub term: String,
    /// The terms that are preferred now; none where the concept is gone.
    pub instead: Vec<String>,
    /// The terms of the concept in the other language, old and new.
    pub names: Vec<String>,
    /// The concept's line in the new version, else in the old one.
    pub line: u32,
}

/// The renderings that were right in the old version of a glossary's text and
/// are not in the new one, in the order of [`diff`].
pub fn renderings(old: &str, new: &str) -> Vec<Rendering> {
    let (old, new) = (&File::parse(old), &File::parse(new));
    let rows = [old, new].map(|file| {
        let items = file.line_numbers().into_iter().zip(&file.items);
        let rows = items.filter_map(|(line, item)| Some((line, item.row()?)));
        rows.collect::<HashMap<u32, &Row>>()
    });
    let mut all = Vec::new();
    let concepts = between(old, new).concepts.into_iter();
    for concept in concepts.filter(|c| c.change != Change::Added) {
        let row = |side: usize, line: Option<u32>| rows.get(side)?.get(&line?).copied();
        let versions = [
            (old, row(0, concept.old_line)),
            (new, row(1, concept.new_line)),
        ];
        let of = |side: usize, lang: Lang, slots: &[Slot]| -> Vec<String> {
            let cell = |slot: &Slot| {
                let (file, row) = versions.get(side)?;
                let column = name(Field::Terms(lang, *slot));
                Some(tsv::split_terms(file.cell((*row)?, column)))
            };
            slots.iter().filter_map(cell).flatten().collect()
        };
        let right = [Slot::Preferred, Slot::Admitted, Slot::Abbreviation];
        for lang in [Lang::Zh, Lang::En] {
            let now = of(1, lang, &right);
            let names = [of(0, lang.other(), &right), of(1, lang.other(), &right)].concat();
            let gone = of(0, lang, &right)
                .into_iter()
                .filter(|term| !now.contains(term));
            all.extend(gone.map(|term| Rendering {
                lang,
                term,
                instead: of(1, lang, &[Slot::Preferred]),
                names: names.clone(),
                line: concept.new_line.or(concept.old_line).unwrap_or(0),
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "# a\nzh\ten\tx\n甲\tA\t\n乙\tB\t1\n丙\tC\t\n";
    const NEW: &str = "zh\ten\tnote\n丁\tD\t\n乙\tBB\tn\n甲\tA\t\n";

    #[test]
    fn concepts_and_cells_are_compared() {
        let diff = diff(OLD, NEW);
        let told: Vec<_> = diff
            .concepts
            .iter()
            .map(|c| (c.change.name(), &*c.zh, c.old_line, c.new_line))
            .collect();
        assert_eq!(
            told,
            [
                ("added", "丁", None, Some(2)),
                ("changed", "乙", Some(4), Some(3)),
                ("removed", "丙", Some(5), None),
            ]
        );
        let cells: Vec<_> = diff.concepts[1]
            .cells
            .iter()
            .map(|c| (&*c.column, &*c.old, &*c.new))
            .collect();
        assert_eq!(
            cells,
            [("en", "B", "BB"), ("note", "", "n"), ("x", "1", "")]
        );
        assert_eq!(
            (diff.columns_added, diff.columns_removed),
            (vec!["note".to_owned()], vec!["x".to_owned()])
        );
        assert_eq!(diff.unchanged, 1);
    }

    #[test]
    fn what_is_no_longer_right_is_a_rendering_about_to_change() {
        let gone = renderings(OLD, NEW);
        let told: Vec<_> = gone
            .iter()
            .map(|r| (r.lang, &*r.term, r.instead.join(","), r.names.join(",")))
            .collect();
        assert_eq!(
            told,
            [
                (Lang::En, "B", "BB".to_owned(), "乙,乙".to_owned()),
                (Lang::Zh, "丙", String::new(), "C".to_owned()),
                (Lang::En, "C", String::new(), "丙".to_owned()),
            ]
        );
    }
}
