//! Three versions of a glossary to one, by concept and cell: what `git merge`
//! does by lines, and gets wrong wherever two people touched neighbors.
//!
//! Rows are matched by what they are ([`identity`]), cells merged one by one
//! ([`cells`]), and rows, comments and columns put in order as lists
//! ([`order`]). Where both sides changed one cell in different ways, the row
//! carries ours, and comment lines above it carry both ([`conflict`]).

use std::collections::{HashMap, HashSet};

use crate::tsv;

mod cells;
mod conflict;
pub(super) mod file;
pub(super) mod identity;
mod order;
#[cfg(test)]
mod tests;

use cells::Merged;
use file::{Column, File, Item, Row};

pub use conflict::{Conflict, Take, conflicts, left, of_row, settle};

/// What a merge came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The file's text.
    pub text: String,
    /// How many rows have a conflict that this merge marked.
    pub conflicts: usize,
}

/// Merges what two sides made of one glossary.
///
/// Nothing that either side added or changed is lost: it is in a cell or in the
/// mark of a conflict. What one side deleted goes where the other left it alone.
///
/// ```
/// use zhengming::glossary::merge;
/// let base = "zh\ten\n创世计划\tGenesis Plan\n";
/// let ours = "zh\ten\n创世计划\tGenesis Mission\n";
/// let theirs = "zh\ten\tzh_avoid\n创世计划\tGenesis Plan\t创世纪计划\n";
/// let merged = merge::merge(base, ours, theirs);
/// assert_eq!(merged.text, "zh\ten\tzh_avoid\n创世计划\tGenesis Mission\t创世纪计划\n");
/// assert_eq!(merged.conflicts, 0);
/// ```
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merge {
    let whole = |text: &str| Merge {
        text: text.to_owned(),
        conflicts: 0,
    };
    // Byte for byte, also what a merge by cells would write in its own way.
    if base == theirs || ours == theirs {
        return whole(ours);
    }
    if base == ours {
        return whole(theirs);
    }
    by_cells(base, ours, theirs)
}

fn by_cells(base: &str, ours: &str, theirs: &str) -> Merge {
    let files = [base, ours, theirs].map(File::parse);
    let sides = files.each_ref();
    let [base, ours, theirs] = sides;
    let numbers = identity::numbers(sides);
    let places = numbers.each_ref().map(|numbers| {
        let places = numbers.iter().enumerate();
        places
            .map(|(at, number)| (*number, at))
            .collect::<HashMap<_, _>>()
    });
    let versions = |number: u32| -> [Option<&Item>; 3] {
        let [b, o, t] = places.each_ref().map(|places| places.get(&number).copied());
        [
            b.and_then(|at| base.items.get(at)),
            o.and_then(|at| ours.items.get(at)),
            t.and_then(|at| theirs.items.get(at)),
        ]
    };
    let columns = columns(sides, &numbers, &versions);
    let desk = Desk { sides, columns };
    let [b, o, t] = &numbers;
    let order = order::merged([b, o, t], |number| desk.needed(versions(number)));
    let mut out = Lines::default();
    for number in order {
        desk.write(versions(number), &mut out);
    }
    let flag = |of: fn(&File) -> bool| {
        let [b, o, t] = sides.map(of);
        if o == b { t } else { o }
    };
    let end = if ours.end == base.end {
        theirs.end
    } else {
        ours.end
    };
    let mut text = String::from(if flag(|f| f.bom) { "\u{FEFF}" } else { "" });
    text += &out.lines.join(end);
    if !out.lines.is_empty() && flag(|f| f.ended) {
        text += end;
    }
    Merge {
        text,
        conflicts: out.conflicts,
    }
}

/// The columns that are left: one that a side took away goes where the other
/// has changed nothing in it.
fn columns<'i>(
    sides: [&File; 3],
    numbers: &[Vec<u32>; 3],
    versions: &dyn Fn(u32) -> [Option<&'i Item>; 3],
) -> Vec<Column> {
    let lists = sides.map(|file| file.columns.iter().map(|c| &*c.key).collect::<Vec<_>>());
    let [base, ours, theirs] = sides;
    let mut changed: HashSet<&str> = HashSet::new();
    let all: HashSet<u32> = numbers.iter().flatten().copied().collect();
    let gone = base
        .columns
        .iter()
        .filter(|c| !(ours.has(&c.key) && theirs.has(&c.key)));
    for column in gone {
        let key = &*column.key;
        let touched = |number: &u32| {
            let [b, o, t] = versions(*number);
            let was = cell(base, b, key);
            let other = |file: &File, item: Option<&Item>| {
                file.has(key) && matches!(item, Some(Item::Row(_))) && cell(file, item, key) != was
            };
            other(ours, o) || other(theirs, t)
        };
        if all.iter().any(touched) {
            changed.insert(key);
        }
    }
    let [b, o, t] = &lists;
    let keys = order::merged([b, o, t], |key| {
        changed.contains(key) && (ours.has(key) || theirs.has(key))
    });
    let named = |key: &str| {
        let all = [ours, theirs, base].into_iter();
        let mut all = all.flat_map(|file| &file.columns);
        all.find(|column| column.key == key).cloned()
    };
    keys.into_iter().filter_map(named).collect()
}

fn cell<'i>(file: &File, item: Option<&'i Item>, key: &str) -> &'i str {
    match item {
        Some(Item::Row(row)) => file.cell(row, key),
        _ => "",
    }
}

/// The lines of the merged file.
#[derive(Default)]
struct Lines {
    lines: Vec<String>,
    conflicts: usize,
}

impl Lines {
    /// Marks a conflict, above it those of earlier ones that are left.
    fn conflict(&mut self, markers: Vec<String>, rows: Rows<'_>) {
        let left = earlier(rows).into_iter();
        let left = left.filter(|block| !conflict::is_same(block, &markers));
        self.lines.extend(left.flatten().cloned());
        self.lines.extend(markers);
        self.conflicts += 1;
    }
}

/// Three versions of one row.
type Rows<'i> = [Option<&'i Row>; 3];

/// What rows are merged with.
struct Desk<'f> {
    sides: [&'f File; 3],
    columns: Vec<Column>,
}

impl Desk<'_> {
    /// Whether a line that one side took away stays for what the other made of it.
    fn needed(&self, versions: [Option<&Item>; 3]) -> bool {
        match versions {
            [Some(Item::Row(was)), Some(Item::Row(now)), None] => self.differ((0, was), (1, now)),
            [Some(Item::Row(was)), None, Some(Item::Row(now))] => self.differ((0, was), (2, now)),
            [_, ours, theirs] => [ours, theirs]
                .iter()
                .any(|item| matches!(item, Some(Item::Header))),
        }
    }

    fn differ(&self, (one, a): (usize, &Row), (other, b): (usize, &Row)) -> bool {
        let (Some(one), Some(other)) = (self.sides.get(one), self.sides.get(other)) else {
            return false;
        };
        let mut columns = self.columns.iter().filter(|c| other.has(&c.key));
        columns.any(|column| one.cell(a, &column.key) != other.cell(b, &column.key))
    }

    /// How many columns the header has: up to the last with a name, since a cell
    /// between them that is empty there keeps its place in the rows.
    fn named(&self) -> usize {
        let last = self.columns.iter().rposition(|c| !c.name.is_empty());
        last.map_or(0, |last| last + 1)
    }

    /// Writes a line as it is after the merge.
    fn write(&self, versions: [Option<&Item>; 3], out: &mut Lines) {
        let [_, ours, theirs] = versions;
        match ours.or(theirs) {
            Some(Item::Header) => {
                let named = self.columns.iter().take(self.named());
                let named: Vec<&str> = named.map(|column| &*column.name).collect();
                out.lines.push(tsv::join_written(&named));
            }
            Some(Item::Comment(text)) => out.lines.push(text.clone()),
            Some(Item::Row(_)) => {
                let [base, ours, theirs] = versions;
                let rows = [base, ours, theirs].map(|item| item.and_then(Item::row));
                self.row(rows, out);
            }
            None => {}
        }
    }

    fn row(&self, rows: Rows<'_>, out: &mut Lines) {
        let [base, ours, theirs] = rows;
        let deleted = base.is_some() && (ours.is_none() || theirs.is_none());
        let mut apart: Vec<&str> = Vec::new();
        let mut cells: Vec<String> = Vec::new();
        for column in &self.columns {
            let versions = self.cells(rows, &column.key);
            let merged = if deleted {
                let [_, o, t] = versions;
                Merged::Cell(if ours.is_some() { o } else { t }.to_owned())
            } else {
                cells::merged(column.field, versions)
            };
            cells.push(match merged {
                Merged::Cell(cell) => cell,
                Merged::Conflict => {
                    apart.push(&column.key);
                    versions[1].to_owned()
                }
            });
        }
        let text = self.as_written(rows, &cells);
        if deleted {
            let was = self.version(rows, 0, &cells, None);
            let side = |row: Option<&Row>| row.map(|_| &*text);
            let sides = [side(ours), Some(&*was), side(theirs)];
            out.conflict(conflict::markers(conflict::ROW, sides, true), rows);
        } else if !apart.is_empty() {
            let [was, us, them] =
                [0, 1, 2].map(|side| self.version(rows, side, &cells, Some(&apart)));
            let was = base.is_some().then_some(&*was);
            let sides = [Some(&*us), was, Some(&*them)];
            let names = apart
                .iter()
                .map(|key| key.trim())
                .collect::<Vec<_>>()
                .join(", ");
            out.conflict(conflict::markers(&names, sides, base.is_some()), rows);
        } else {
            out.lines.extend(earlier(rows).concat());
        }
        out.lines.push(text);
    }

    /// The versions of a cell; a side without that column left it alone.
    fn cells<'r>(&self, rows: Rows<'r>, key: &str) -> [&'r str; 3] {
        let [base, ours, theirs] = self.sides;
        let of = |file: &File, row: Option<&'r Row>| row.map(|row| file.cell(row, key));
        let was = of(base, rows[0]).unwrap_or("");
        let now = |file: &File, row: Option<&'r Row>| {
            let cell = of(file, row).filter(|_| file.has(key));
            cell.unwrap_or(was)
        };
        let [o, t] = [now(ours, rows[1]), now(theirs, rows[2])];
        match rows {
            [None, Some(_), None] => [was, o, o],
            [None, None, Some(_)] => [was, t, t],
            _ => [was, o, t],
        }
    }

    /// The merged row with one side's cells: in the columns that are named, or in all.
    fn version(
        &self,
        rows: Rows<'_>,
        side: usize,
        cells: &[String],
        apart: Option<&[&str]>,
    ) -> String {
        let columns = self.columns.iter().zip(cells);
        let cells = columns.map(|(column, merged)| {
            let own = apart.is_none_or(|apart| side == 0 || apart.contains(&&*column.key));
            let versions = self.cells(rows, &column.key);
            if own {
                versions.get(side).map_or("", |cell| cell)
            } else {
                merged
            }
        });
        tsv::join_written(&cells.collect::<Vec<_>>())
    }

    /// A row's text: a side's own line where that says the same.
    fn as_written(&self, rows: Rows<'_>, cells: &[String]) -> String {
        for (file, row) in self.sides.iter().zip(rows).skip(1) {
            let Some(row) = row else { continue };
            let same = file
                .columns
                .iter()
                .map(|c| &c.key)
                .eq(self.columns.iter().map(|c| &c.key))
                && self
                    .columns
                    .iter()
                    .zip(cells)
                    .all(|(c, cell)| file.cell(row, &c.key) == cell);
            if same {
                return row.text.clone();
            }
        }
        let mut cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        // Cells beyond the header are written where there are any.
        let named = self.named().max(1);
        while cells.len() > named && cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        tsv::join_written(&cells)
    }
}

/// The marks of earlier conflicts that nobody has settled: those both sides
/// have, and those that one of them has made since.
fn earlier(rows: Rows<'_>) -> Vec<&[String]> {
    let marks = rows.map(|row| row.map(|row| conflict::blocks(&row.markers)));
    let [base, ours, theirs] = marks;
    // Where a side has no such row it settles nothing.
    let base = base.unwrap_or_default();
    let ours = ours.unwrap_or_else(|| base.clone());
    let theirs = theirs.unwrap_or_else(|| base.clone());
    let mut kept = ours.clone();
    kept.retain(|block| theirs.contains(block) || !base.contains(block));
    let new = theirs.into_iter();
    kept.extend(new.filter(|block| !base.contains(block) && !ours.contains(block)));
    kept
}
