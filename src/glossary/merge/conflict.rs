//! Conflicts as they are marked in a glossary: comment lines above the row, so
//! that the file can be read all the same.
//!
//! ```text
//! # zm:conflict en
//! # zm:ours⇥创世计划⇥Genesis Mission
//! # zm:base⇥创世计划⇥Genesis Plan
//! # zm:theirs⇥创世计划⇥Genesis Project
//! 创世计划⇥Genesis Mission
//! ```
//!
//! Each line is the whole row as it would be, so that taking a side is putting
//! it in the row's place. A side that deleted the row has no cells.

use std::path::Path;

use crate::error::{Error, Result};
use crate::span::Span;
use crate::tsv::{self, Kind, Line, Table};

/// What the first line of a conflict begins with.
const HEAD: &str = "# zm:conflict";
/// What it names in the place of columns where one side deleted the row.
pub(super) const ROW: &str = "row";
/// What the lines of its versions begin with, in their order.
const VERSIONS: [&str; 3] = ["# zm:ours", "# zm:base", "# zm:theirs"];
/// What a conflict begins with that git leaves where no merge driver was set up.
const GIT: &str = "<<<<<<< ";

/// A row that two sides changed in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The line of its first marker, from 1.
    pub line: u32,
    /// The columns in which the sides differ; `row` where one side deleted it.
    pub columns: String,
    /// The row as we would have it, as written; `None` where we deleted it.
    pub ours: Option<String>,
    /// The row as they would have it, as written; `None` where they deleted it.
    pub theirs: Option<String>,
    /// The line of its row, which stands below, from 1; `None` where it is gone.
    pub row: Option<u32>,
}

/// How a conflict is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// As our side has it.
    Ours,
    /// As their side has it.
    Theirs,
    /// As the row now stands, edited or not.
    Row,
}

/// Whether a comment line is one of a conflict's.
pub(super) fn is_marker(line: &str) -> bool {
    let after = |word: &str| {
        let rest = line.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    after(HEAD) || VERSIONS.into_iter().any(after)
}

/// The lines that mark a conflict; `versions` are ours, base (where there was
/// one) and theirs, each as written, `None` where it has no such row.
pub(super) fn markers(columns: &str, versions: [Option<&str>; 3], based: bool) -> Vec<String> {
    let mut lines = vec![format!("{HEAD} {columns}")];
    for (word, version) in VERSIONS.into_iter().zip(versions) {
        match version {
            Some(row) => lines.push(format!("{word}\t{row}")),
            None if word == VERSIONS[1] && !based => {}
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The marks above a row, one conflict's after the other's.
pub(super) fn blocks(markers: &[String]) -> Vec<&[String]> {
    let blocks = markers.chunk_by(|_, next| !next.starts_with(HEAD));
    blocks.collect()
}

/// Whether two marks are of one conflict: in the same columns, with the same other side.
pub(super) fn is_same(one: &[String], other: &[String]) -> bool {
    one.first() == other.first() && one.last() == other.last()
}

/// The places of lines that mark a conflict nobody has settled: the first line
/// of each, also of those that git marks.
pub fn left(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let ours = line.starts_with(HEAD) && is_marker(line);
        if ours || line.starts_with(GIT) {
            spans.push(Span::new(start, start + line.len()));
        }
        start += whole.len();
    }
    spans
}

/// Whether the first line of a conflict says that one side deleted its row.
pub fn of_row(line: &str) -> bool {
    line.strip_prefix(HEAD)
        .is_some_and(|rest| rest.trim() == ROW)
}

/// The conflicts that are marked in a glossary's text, in order.
pub fn conflicts(text: &str) -> Vec<Conflict> {
    // Glossaries are large, and few have any.
    if !text.contains(HEAD) {
        return Vec::new();
    }
    let table = Table::parse(text);
    let mut found = Vec::new();
    let mut lines = table.lines.iter().peekable();
    while let Some(line) = lines.next() {
        if !line.text.starts_with(HEAD) || !is_marker(&line.text) {
            continue;
        }
        let mut versions = [None, None, None];
        let mut any = [false; 3];
        while let Some(next) = lines.next_if(|l| is_marker(&l.text) && !l.text.starts_with(HEAD)) {
            for ((word, version), any) in VERSIONS.into_iter().zip(&mut versions).zip(&mut any) {
                if let Some(rest) = next.text.strip_prefix(word) {
                    *version = rest.strip_prefix('\t').map(str::to_owned);
                    *any = true;
                }
            }
        }
        // Below an earlier conflict's marks there may be those of another.
        let mut below = lines.clone().skip_while(|line| is_marker(&line.text));
        let below = below.next().filter(|line| line.kind == Kind::Row);
        let below = below.filter(|row| versions.iter().flatten().any(|v| is_of(row, v, &table)));
        let [ours, _, theirs] = versions;
        found.push(Conflict {
            line: line.number,
            columns: line.text.trim_start_matches(HEAD).trim().to_owned(),
            ours,
            theirs,
            row: below.map(|line| line.number),
        });
    }
    found
}

/// Whether a row has its id, its Chinese or its English in common with a
/// version: else it is another concept's, and the conflict's own row is gone.
fn is_of(row: &Line, version: &str, table: &Table) -> bool {
    let version: Vec<_> = tsv::cells(version).collect();
    let mut names = ["id", "zh", "en"]
        .into_iter()
        .filter_map(|name| table.column(name));
    names.any(|at| {
        let cell = row.cell(at);
        !cell.is_empty() && version.get(at).is_some_and(|v| *v == cell)
    })
}

/// Settles the conflict that is marked on `line` of a glossary, and takes its
/// markers away. Nothing else of the file changes.
///
/// # Errors
/// There is no such conflict any more, or the file cannot be written.
pub fn settle(path: &Path, line: u32, take: Take) -> Result<()> {
    let _lock = tsv::Lock::file(path)?;
    let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
    let found = conflicts(&text).into_iter().find(|c| c.line == line);
    let Some(conflict) = found else {
        let message =
            "there is no conflict here any more; the file was changed, so nothing was written";
        return Err(Error::file(path, Some(line), message));
    };
    let mut out = String::with_capacity(text.len());
    let side = match take {
        Take::Ours => Some(conflict.ours),
        Take::Theirs => Some(conflict.theirs),
        Take::Row => None,
    };
    // The first marker, and those of its versions that follow it.
    let mut inside = false;
    for (number, whole) in (1..).zip(text.split_inclusive('\n')) {
        let bare = whole.trim_end_matches(['\n', '\r']);
        let end = Span::new(bare.len(), whole.len()).of(whole);
        inside = number == line || (inside && is_marker(bare) && !bare.starts_with(HEAD));
        if inside {
            // Where no row stands below any more, the side that is taken comes back here.
            if let (true, None, Some(Some(version))) = (number == line, conflict.row, &side) {
                out.push_str(version);
                out.push_str(end);
            }
            continue;
        }
        match &side {
            Some(version) if conflict.row == Some(number) => {
                if let Some(version) = version {
                    out.push_str(version);
                    out.push_str(end);
                }
            }
            _ => out.push_str(whole),
        }
    }
    tsv::write_atomic(path, out.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "zh\ten\n甲\tA\n# zm:conflict en\n# zm:ours\t乙\tB\n# zm:base\t乙\tb\n# zm:theirs\t乙\tBB\n乙\tB\n# zm:conflict row\n# zm:ours\n# zm:base\t丙\tC\n# zm:theirs\t丙\tCC\n丙\tCC\n";

    fn settled(text: &str, line: u32, take: Take) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        std::fs::write(&path, text).unwrap();
        settle(&path, line, take).unwrap();
        std::fs::read_to_string(&path).unwrap()
    }

    #[test]
    fn conflicts_are_found_and_settled() {
        let found = conflicts(TEXT);
        let lines: Vec<_> = found.iter().map(|c| (c.line, c.row, &*c.columns)).collect();
        assert_eq!(lines, [(3, Some(7), "en"), (8, Some(12), "row")]);
        assert_eq!(found[1].ours, None);
        assert_eq!(left(TEXT).len(), 2);
        let second =
            "# zm:conflict row\n# zm:ours\n# zm:base\t丙\tC\n# zm:theirs\t丙\tCC\n丙\tCC\n";
        assert_eq!(
            settled(TEXT, 3, Take::Ours),
            format!("zh\ten\n甲\tA\n乙\tB\n{second}")
        );
        assert_eq!(
            settled(TEXT, 3, Take::Theirs),
            format!("zh\ten\n甲\tA\n乙\tBB\n{second}")
        );
        assert!(settled(TEXT, 8, Take::Ours).ends_with("乙\tB\n"));
        assert!(settled(TEXT, 8, Take::Row).ends_with("乙\tB\n丙\tCC\n"));
    }

    #[test]
    fn a_side_is_taken_where_the_row_is_gone() {
        let text = "zh\ten\n# zm:conflict en\n# zm:ours\t乙\tB\n# zm:theirs\t乙\tBB\n# 丙\n";
        assert_eq!(settled(text, 2, Take::Theirs), "zh\ten\n乙\tBB\n# 丙\n");
        assert_eq!(settled(text, 2, Take::Row), "zh\ten\n# 丙\n");
        let text = "zh\ten\n# zm:conflict en\n# zm:ours\t乙\tB\n# zm:theirs\t乙\tBB\n丙\tC\n";
        let kept = "zh\ten\n乙\tBB\n丙\tC\n";
        assert_eq!(
            settled(text, 2, Take::Theirs),
            kept,
            "丙 is another concept"
        );
    }

    #[test]
    fn what_git_leaves_is_a_conflict_too() {
        let text = "zh\ten\n<<<<<<< HEAD\n甲\tA\n=======\n甲\tB\n>>>>>>> main\n";
        assert_eq!(left(text)[0].of(text), "<<<<<<< HEAD");
    }
}
