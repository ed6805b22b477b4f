//! Conflicts of a merge, as the glossary browser shows them: each side is a row
//! that can be taken, and all of them can be read beside each other.

use std::path::Path;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use crate::glossary::merge::{Conflict, Take, conflicts};
use crate::model::concept::Origin;
use crate::text::diff::marked;
use crate::text::fold::fold;
use crate::tsv;
use crate::tui::action::ConceptLine;

/// How many equal graphemes are shown before a difference in a list.
const BEFORE: usize = 6;

/// What can be taken to settle the conflicts that a merge has left in a glossary.
pub(super) fn unsettled(path: &Arc<Path>) -> Vec<ConceptLine> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut rows = Vec::new();
    for conflict in conflicts(&text) {
        let table = Sides::new(&text, &conflict);
        for side in &table.sides {
            let term = table.name(side);
            let said = table.said(side);
            rows.push(ConceptLine {
                zh: format!("{}: {term}", side.name),
                key: fold(&format!("{} {term} {said} conflict", side.name)),
                en: said,
                avoid: String::new(),
                term: String::new(),
                subject: "conflict".to_owned(),
                place: format!("{name}:{}", conflict.line),
                origin: Origin {
                    path: Arc::clone(path),
                    line: conflict.row.unwrap_or(conflict.line),
                },
                settles: Some((conflict.line, side.take)),
            });
        }
    }
    rows
}

/// The sides of the conflict that is marked on a line: each cell in which they differ, whole, with
/// the difference, then what they have in common.
pub(super) fn beside(path: &Path, line: u32) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let found = conflicts(&text).into_iter().find(|one| one.line == line);
    let Some(conflict) = found else {
        return vec!["there is no conflict here any more".to_owned()];
    };
    let table = Sides::new(&text, &conflict);
    let apart = table.apart();
    let mut lines = Vec::new();
    for &at in &apart {
        lines.push(format!("#{}", table.column(at)));
        for side in &table.sides {
            let cell = side.cells.as_ref().map(|_| tsv::unescape(side.cell(at)));
            let cell = cell.unwrap_or("(row deleted)".into());
            lines.push(format!("{}\t{cell}", side.name));
        }
        let [ours, theirs, _] = &table.sides;
        if ours.cells.is_some() && theirs.cells.is_some() {
            let difference = marked(ours.cell(at), theirs.cell(at));
            lines.push(format!("ours → theirs\t{}", tsv::unescape(&difference)));
        }
        lines.push(String::new());
    }
    let same = (0..table.width()).filter(|at| !apart.contains(at));
    let same: Vec<String> = same
        .filter_map(|at| {
            let mut cells = table.sides.iter().map(|side| side.cell(at));
            let cell = cells.find(|cell| !cell.is_empty())?;
            Some(format!("{}\t{}", table.column(at), tsv::unescape(cell)))
        })
        .collect();
    if !same.is_empty() {
        lines.push("#the same on all sides".to_owned());
        lines.extend(same);
    }
    lines
}

/// A side of a conflict.
struct Side {
    /// What it is called.
    name: &'static str,
    /// Its cells, as written; `None` where it has deleted the row.
    cells: Option<Vec<String>>,
    /// What taking it does.
    take: Take,
}

impl Side {
    fn cell(&self, at: usize) -> &str {
        let cells = self.cells.as_ref();
        cells
            .and_then(|cells| cells.get(at))
            .map_or("", |cell| cell.trim())
    }
}

/// A conflict's sides under the columns of its file.
struct Sides {
    /// The names of the columns.
    header: Vec<String>,
    /// Ours, theirs, and the row as it stands.
    sides: [Side; 3],
}

impl Sides {
    fn new(text: &str, conflict: &Conflict) -> Self {
        let header = tsv::rows(text).next().map_or("", |(_, row)| row);
        let stands = conflict
            .row
            .and_then(|row| text.lines().nth(row as usize - 1));
        let side = |name, row: Option<&str>, take| Side {
            name,
            cells: row.map(|row| row.split('\t').map(str::to_owned).collect()),
            take,
        };
        Self {
            header: tsv::cells(header)
                .map(|name| name.trim().to_owned())
                .collect(),
            sides: [
                side("ours", conflict.ours.as_deref(), Take::Ours),
                side("theirs", conflict.theirs.as_deref(), Take::Theirs),
                side("as it stands", stands, Take::Row),
            ],
        }
    }

    /// How many columns the widest side has.
    fn width(&self) -> usize {
        let cells = self.sides.iter().filter_map(|side| side.cells.as_ref());
        cells.map(Vec::len).max().unwrap_or(0)
    }

    fn column(&self, at: usize) -> String {
        let name = self.header.get(at).filter(|name| !name.is_empty());
        name.cloned()
            .unwrap_or_else(|| format!("column {}", at + 1))
    }

    /// The columns in which sides that have the row differ; where one has deleted it, all that
    /// hold something.
    fn apart(&self) -> Vec<usize> {
        let [ours, theirs, stands] = &self.sides;
        let deleted = ours.cells.is_none() || theirs.cells.is_none();
        let differ = |at: &usize| {
            let (us, them, row) = (ours.cell(*at), theirs.cell(*at), stands.cell(*at));
            let other = stands.cells.is_some() && row != us;
            us != them || other && !deleted
        };
        (0..self.width()).filter(differ).collect()
    }

    /// What the concept is called on a side: its Chinese term, else its first cell.
    fn name(&self, side: &Side) -> String {
        if side.cells.is_none() {
            return "(deleted)".to_owned();
        }
        let zh = self
            .header
            .iter()
            .position(|name| name == "zh")
            .unwrap_or(0);
        let mut cells = [zh]
            .into_iter()
            .chain(0..self.width())
            .map(|at| side.cell(at));
        let cell = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
        tsv::unescape(cell).into_owned()
    }

    /// What a side says in the columns that differ, from shortly before the difference.
    fn said(&self, side: &Side) -> String {
        let [ours, theirs, _] = &self.sides;
        if side.cells.is_none() {
            return String::new();
        }
        let apart = self.apart().into_iter();
        let apart = apart.map(|at| {
            let cell = side.cell(at);
            let mut others = [ours, theirs].into_iter().map(|one| one.cell(at));
            let other = others.find(|other| *other != cell).unwrap_or_default();
            format!("{}: {}", self.column(at), from_difference(cell, other))
        });
        apart.collect::<Vec<_>>().join(" · ")
    }
}

/// A text from shortly before the place where it differs from another.
fn from_difference(text: &str, other: &str) -> String {
    let pairs = text.graphemes(true).zip(other.graphemes(true));
    let same = pairs.take_while(|(a, b)| a == b).count();
    let skip = same.saturating_sub(BEFORE);
    if skip < BEFORE {
        return text.to_owned();
    }
    let rest: String = text.graphemes(true).skip(skip).collect();
    format!("…{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A glossary file with a text, and the rows of its conflicts.
    fn conflicts(text: &str) -> (tempfile::TempDir, Arc<Path>, Vec<ConceptLine>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        std::fs::write(&path, text).unwrap();
        let path: Arc<Path> = path.into();
        let rows = unsettled(&path);
        (folder, path, rows)
    }

    #[test]
    fn sides_are_told_apart_however_late_they_differ() {
        let long = "一个很长的说明，两边直到最后才不一样：";
        let text = format!(
            "zh\ten\tdefinition\n# zm:conflict definition\n# zm:ours\t创世计划\tGenesis Mission\t{long}甲\n# zm:theirs\t创世计划\tGenesis Mission\t{long}乙\n创世计划\tGenesis Mission\t{long}甲\n"
        );
        let (_folder, path, rows) = conflicts(&text);
        let said: Vec<_> = rows.iter().map(|row| (&*row.zh, &*row.en)).collect();
        let wanted = [
            ("ours: 创世计划", "definition: …后才不一样：甲"),
            ("theirs: 创世计划", "definition: …后才不一样：乙"),
            ("as it stands: 创世计划", "definition: …后才不一样：甲"),
        ];
        assert_eq!(said, wanted);
        assert_eq!(rows[0].place, "a.tsv:2");
        let wanted = [
            "#definition".to_owned(),
            format!("ours\t{long}甲"),
            format!("theirs\t{long}乙"),
            format!("as it stands\t{long}甲"),
            format!("ours → theirs\t{long}[-甲-]{{+乙+}}"),
            String::new(),
            "#the same on all sides".to_owned(),
            "zh\t创世计划".to_owned(),
            "en\tGenesis Mission".to_owned(),
        ];
        assert_eq!(beside(&path, 2), wanted);
    }

    #[test]
    fn a_side_without_the_row_says_so() {
        let text = "zh\ten\n# zm:conflict row\n# zm:ours\n# zm:theirs\t丙\tCC\n丙\tCC\n";
        let (_folder, path, rows) = conflicts(text);
        let said: Vec<_> = rows.iter().map(|row| (&*row.zh, &*row.en)).collect();
        let wanted = [
            ("ours: (deleted)", ""),
            ("theirs: 丙", "zh: 丙 · en: CC"),
            ("as it stands: 丙", "zh: 丙 · en: CC"),
        ];
        assert_eq!(said, wanted);
        assert!(beside(&path, 2).contains(&"ours\t(row deleted)".to_owned()));
    }
}
