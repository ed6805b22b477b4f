//! A row whole: all its cells, to be read and to be changed.

use std::fs;
use std::path::Path;

use super::{Open, change};
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::glossary::columns::{FIELDS, Field, Slot, field, name};
use crate::glossary::exchange::is_list;
use crate::glossary::read;
use crate::lang::Lang;
use crate::text::decode::decode;
use crate::tsv;

/// A cell that is changed. Its texts are as the file writes them: ` | ` parts terms, `\n` breaks a
/// line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The column, by the name it has in the product's format.
    pub column: &'static str,
    /// What the cell held when it was read.
    pub old: String,
    /// What it is to hold.
    pub new: String,
}

/// The columns that a person fills, in their order: all but those that say when and by whom.
pub fn columns_to_fill() -> impl Iterator<Item = &'static str> {
    let all = FIELDS.iter();
    let all = all.filter(|(_, field)| !matches!(field, Field::Updated | Field::By));
    all.map(|(name, _)| *name)
}

/// The cells of a row by their columns, as written, in the file's order: of columns that are
/// known by their names in the product's format, of others as the header writes them.
///
/// `was` is any term the row is known to hold: it is looked for where lines have moved.
///
/// # Errors
/// The file cannot be read, or has no such row any more.
pub fn read_row(path: &Path, line: u32, was: &str) -> Result<Vec<(String, String)>> {
    let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let open = Open::new(path, &decode(&bytes).text)?;
    let line = open.find(line, was)?;
    let columns = open.table.header.iter().zip(&open.fields).enumerate();
    let cells = columns.map(|(at, (written, field))| {
        let column = match field {
            Some(field) => name(*field),
            None => written.as_str(),
        };
        let cell = open.table.row(line).map_or("", |row| row.written(at));
        (column.to_owned(), cell.trim().to_owned())
    });
    Ok(cells.collect())
}

/// Changes cells of a row, or appends one where `row` is `None`; gives its line (from 1).
///
/// A row is named by its line and any term it is known to hold. Columns that are not there yet
/// are added at the right; `updated` (the day, as YYYY-MM-DD) and `by` are filled where the file
/// has these columns.
///
/// # Errors
/// The row is gone, or one of the cells was changed meanwhile; or the row would have something
/// in it that could not be read: then nothing is changed.
pub fn write_row(
    path: &Path,
    row: Option<(u32, &str)>,
    edits: &[Edit],
    [updated, by]: [&str; 2],
) -> Result<u32> {
    change(path, |file| {
        let line = match row {
            Some((line, was)) => file.find(line, was)?,
            None => file.table.append(&[]),
        };
        let before = file.faults(line);
        let named = row.is_none() || file.is_named(line);
        for edit in edits {
            let Some(field) = field(edit.column) else {
                continue;
            };
            if file.written(line, field).trim() != edit.old.trim() {
                let message = format!(
                    "`{}` was changed meanwhile; nothing was written",
                    edit.column
                );
                return Err(Error::file(path, Some(line), message));
            }
            file.put(line, field, &tidy(field, &edit.new))?;
        }
        if (named || file.is_bare(line)) && !file.is_named(line) {
            let message =
                "a row without any term in `zh` or `en` is no concept; nothing was written";
            return Err(Error::file(path, row.map(|_| line), message));
        }
        let mut faults = file.faults(line).into_iter();
        // What was wrong before is no reason to refuse another change.
        let fresh = |fault: &String| row.is_none() || !before.contains(fault);
        if let Some(fault) = faults.find(fresh) {
            return Err(Error::file(path, Some(line), fault));
        }
        for (field, text) in [(Field::Updated, updated), (Field::By, by)] {
            if let Some(column) = file.known(field)
                && !text.is_empty()
            {
                file.table.set(line, &column, text);
            }
        }
        Ok(line)
    })
}

/// Why a row with a term that is right and to be avoided is not taken.
pub(in crate::glossary) fn right_and_wrong(term: &str) -> String {
    format!("`{term}` is both right and to be avoided in it: take it out of one column")
}

/// A cell's text as typed, as it is written.
fn tidy(field: Field, typed: &str) -> String {
    if is_list(field) {
        tsv::join_terms(&tsv::split_terms(typed))
    } else {
        tsv::escape(&tsv::unescape(typed.trim())).into_owned()
    }
}

impl Open<'_> {
    /// A cell as written.
    fn written(&self, line: u32, field: Field) -> &str {
        let at = self.fields.iter().position(|f| *f == Some(field));
        let row = self.table.row(line);
        row.zip(at).map_or("", |(row, at)| row.written(at))
    }

    /// Whether a row has a preferred term.
    fn is_named(&self, line: u32) -> bool {
        let has = |lang| {
            !self
                .terms(line, Field::Terms(lang, Slot::Preferred))
                .is_empty()
        };
        has(Lang::Zh) || has(Lang::En)
    }

    /// Whether a row has no term of any kind.
    fn is_bare(&self, line: u32) -> bool {
        let mut fields = self.fields.iter().flatten();
        !fields.any(|f| matches!(f, Field::Terms(..)) && !self.terms(line, *f).is_empty())
    }

    /// What in a row cannot be read, as reading a glossary says it.
    fn faults(&self, line: u32) -> Vec<String> {
        let row = self.table.row(line).map_or("", |row| row.text.as_str());
        let text = [&*self.table.header.join("\t"), "\n", row, "\n"].concat();
        let findings = read::read(self.path, text.as_bytes()).findings.into_iter();
        let faults = findings.filter(|f| f.severity == Severity::Error && f.place.line == 2);
        let faults = faults.map(|finding| finding.message);
        let both = [Lang::Zh, Lang::En].into_iter().flat_map(|lang| {
            self.both(line, lang)
                .into_iter()
                .map(|term| right_and_wrong(&term))
        });
        faults.chain(both).collect()
    }

    /// The terms of a language that a row has as right and as to be avoided.
    fn both(&self, line: u32, lang: Lang) -> Vec<String> {
        let used =
            self.fields.iter().flatten().filter(
                |f| matches!(f, Field::Terms(l, slot) if *l == lang && *slot != Slot::Avoid),
            );
        let used: Vec<String> = used.flat_map(|f| self.terms(line, *f)).collect();
        let mut avoided = self.terms(line, Field::Terms(lang, Slot::Avoid));
        avoided.retain(|term| used.contains(term));
        avoided
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 核对\nzh\t备忘\ten\tnote\tupdated\n算力\tx\tcompute\ta\\nb\t2024-01-01\n芯片\t\tchip\t\t\n";

    fn edit(column: &'static str, old: &str, new: &str) -> Edit {
        let (old, new) = (old.to_owned(), new.to_owned());
        Edit { column, old, new }
    }

    /// What a change makes of the text, or why it is refused.
    fn written(row: Option<(u32, &str)>, edits: &[Edit]) -> std::result::Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        fs::write(&path, TEXT).unwrap();
        let done = write_row(&path, row, edits, ["2025-11-24", "张三"]);
        let text = fs::read_to_string(&path).unwrap();
        if done.is_err() {
            assert_eq!(text, TEXT);
        }
        done.map(|_| text).map_err(|why| why.without_path())
    }

    #[test]
    fn a_row_is_read_whole_even_where_it_has_moved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        fs::write(&path, TEXT).unwrap();
        let cells = read_row(&path, 4, "算力").unwrap();
        let wanted = [
            ("zh", "算力"),
            ("备忘", "x"),
            ("en", "compute"),
            ("note", "a\\nb"),
            ("updated", "2024-01-01"),
        ];
        let wanted = wanted.map(|(column, text)| (column.to_owned(), text.to_owned()));
        assert_eq!(cells, wanted);
        assert!(read_row(&path, 3, "算法").is_err());
    }

    #[test]
    fn cells_are_changed_and_columns_added() {
        let edits = [
            edit("en", "compute", "computing power|compute"),
            edit("status", "", "proposed"),
        ];
        let text = "# 核对\nzh\t备忘\ten\tnote\tupdated\tstatus\n算力\tx\tcomputing power | compute\ta\\nb\t2025-11-24\tproposed\n芯片\t\tchip\t\t\n";
        assert_eq!(written(Some((3, "算力")), &edits), Ok(text.to_owned()));
    }

    #[test]
    fn a_row_is_appended() {
        let edits = [edit("zh", "", "大模型"), edit("en", "", "large model")];
        let text = format!("{TEXT}大模型\t\tlarge model\t\t2025-11-24\n");
        assert_eq!(written(None, &edits), Ok(text));
    }

    #[test]
    fn what_could_not_be_read_or_was_changed_meanwhile_is_refused() {
        let refused = |edits: &[Edit]| written(Some((3, "算力")), edits).unwrap_err();
        let why = refused(&[edit("valid_from", "", "2025/1/1")]);
        assert!(why.contains("`2025/1/1`"), "{why}");
        let why = refused(&[edit("status", "", "perhaps")]);
        assert!(why.contains("`perhaps`"), "{why}");
        let why = refused(&[edit("zh", "算力", ""), edit("en", "compute", "")]);
        assert!(why.contains("without any term"), "{why}");
        let why = refused(&[edit("note", "a", "b")]);
        assert!(why.contains("meanwhile"), "{why}");
        assert!(written(None, &[edit("note", "", "x")]).is_err());
        let why = refused(&[edit("en_avoid", "", "computing | compute")]);
        assert!(
            why.contains("`compute` is both right and to be avoided"),
            "{why}"
        );
        // A row with nothing else in it would be a blank line.
        let why = written(
            Some((4, "芯片")),
            &[edit("zh", "芯片", ""), edit("en", "chip", "")],
        );
        assert!(why.unwrap_err().contains("without any term"));
    }
}
