//! Changing a glossary file, one row at a time, without touching the rest of it.
//!
//! Every change reads the file anew under a lock and replaces it as a whole,
//! so that two programs at work on one glossary lose nothing of each other's.

mod row;

use std::fs;
use std::path::Path;

use super::columns::{Field, Slot, field, name};
use super::exchange::{Record, Spot, is_list};
use super::read::headerless;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::text::chars::simplified;
use crate::text::fold::fold;
use crate::tsv::{self, Kind, Table};

pub(super) use row::right_and_wrong;
pub use row::{Edit, columns_to_fill, read_row, write_row};

/// A row to add. An empty field stays empty; `zh` and `en` may hold several
/// terms parted by ` | `.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRow {
    /// The Chinese term.
    pub zh: String,
    /// The English term.
    pub en: String,
    /// Subject field.
    pub subject: String,
    /// A remark.
    pub note: String,
    /// The English abbreviation; may hold several as well.
    pub en_abbr: String,
    /// The document it was taken from.
    pub source: String,
    /// Whether the file gets a column `source` where it has none.
    pub sourced: bool,
    /// Whether the row is only proposed.
    pub proposed: bool,
    /// The day, as YYYY-MM-DD (column `updated`).
    pub updated: String,
    /// Who adds it (column `by`).
    pub by: String,
}

/// The columns of a language that a term can be added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// `zh`, `en`
    Preferred,
    /// `zh_admitted`, `en_admitted`
    Admitted,
    /// `zh_abbr`, `en_abbr`
    Abbreviation,
    /// `zh_avoid`, `en_avoid`
    Avoid,
}

impl Column {
    fn slot(self) -> Slot {
        match self {
            Self::Preferred => Slot::Preferred,
            Self::Admitted => Slot::Admitted,
            Self::Abbreviation => Slot::Abbreviation,
            Self::Avoid => Slot::Avoid,
        }
    }
}

const ABBREVIATION: Field = Field::Terms(Lang::En, Slot::Abbreviation);

/// Adds a row at the end of a glossary file and gives its line (from 1).
///
/// The file is made where it is not there. Columns the file does not have yet
/// are added at the right for `subject`, `note` and `status`, which mean
/// something to the translator, and for `en_abbr`; `source`, `updated` and `by` are
/// filled only where the file has them, so that a two-column glossary stays one.
pub fn add_row(path: &Path, row: &NewRow) -> Result<u32> {
    if row.zh.trim().is_empty() && row.en.trim().is_empty() {
        return Err(Error::Usage(
            "a row needs a Chinese or an English term".into(),
        ));
    }
    change(path, |file| {
        let status = if row.proposed { "proposed" } else { "" };
        for (field, text, wanted) in [
            (Field::Terms(Lang::Zh, Slot::Preferred), &*row.zh, true),
            (Field::Terms(Lang::En, Slot::Preferred), &*row.en, true),
            (ABBREVIATION, &*row.en_abbr, true),
            (Field::Subject, &*row.subject, true),
            (Field::Note, &*row.note, true),
            (Field::Status, status, true),
            (Field::Source, &*row.source, row.sourced),
            (Field::Updated, &*row.updated, false),
            (Field::By, &*row.by, false),
        ] {
            if wanted && !text.trim().is_empty() {
                file.column(field)?;
            }
        }
        let line = file.table.append(&[]);
        for (field, text) in [
            (Field::Terms(Lang::Zh, Slot::Preferred), &row.zh),
            (Field::Terms(Lang::En, Slot::Preferred), &row.en),
            (ABBREVIATION, &row.en_abbr),
        ] {
            // Written as given: ` | ` parts terms here as it does in the file.
            let terms = tsv::split_terms(text);
            if !terms.is_empty() {
                file.set_terms(line, field, &terms)?;
            }
        }
        for (field, text) in [
            (Field::Subject, &*row.subject),
            (Field::Note, &*row.note),
            (Field::Status, status),
            (Field::Source, &*row.source),
            (Field::Updated, &*row.updated),
            (Field::By, &*row.by),
        ] {
            if let Some(column) = file.known(field)
                && !text.trim().is_empty()
            {
                file.table.set(line, &column, text.trim());
            }
        }
        Ok(line)
    })
}

/// Adds a term to a column of the row on `line`; a term that is there already
/// stays as it is.
///
/// `was` is any term the row is known to hold: where it does not hold it any
/// more, somebody has changed the file, the row is looked for elsewhere, and
/// where it is not found nothing is changed and the error says so.
pub fn append_term(
    path: &Path,
    line: u32,
    was: &str,
    lang: Lang,
    column: Column,
    term: &str,
) -> Result<()> {
    change(path, |file| {
        let line = file.find(line, was)?;
        file.add_term(line, Field::Terms(lang, column.slot()), term)
    })
}

/// Takes a row away that was added: the one on `line`, or where it is now.
///
/// # Errors
/// The row has other preferred terms than these by now; then nothing is changed.
pub fn remove_row(path: &Path, line: u32, zh: &str, en: &str) -> Result<()> {
    change(path, |file| {
        let line = file.find_pair(line, zh, en)?;
        file.table.remove(line);
        Ok(())
    })
}

/// As [`remove_row`], where nothing was added to the row since [`add_row`] wrote it.
///
/// # Errors
/// It was changed, or is not there any more; then nothing is changed.
pub fn take_back_row(path: &Path, line: u32, row: &NewRow) -> Result<()> {
    change(path, |file| {
        let line = file.find_pair(line, &row.zh, &row.en)?;
        let status = if row.proposed { "proposed" } else { "" };
        let given = [
            &*row.zh,
            &row.en,
            &row.en_abbr,
            &row.subject,
            &row.note,
            &row.source,
            &row.updated,
            &row.by,
            status,
        ];
        let given = given.map(tsv::split_terms);
        let added = |written: &str| {
            let terms = tsv::split_terms(written);
            terms.is_empty() || given.contains(&terms)
        };
        let cells = file.table.row(line);
        if !cells.is_some_and(|row| row.cells().all(added)) {
            return Err(changed(path, line));
        }
        file.table.remove(line);
        Ok(())
    })
}

fn changed(path: &Path, line: u32) -> Error {
    let message = "the row was changed meanwhile, and stays as it is";
    Error::file(path, Some(line), message)
}

/// Takes a term out of a column again. `was` is as in [`append_term`].
///
/// # Errors
/// As there.
pub fn remove_term(
    path: &Path,
    line: u32,
    was: &str,
    lang: Lang,
    column: Column,
    term: &str,
) -> Result<()> {
    change(path, |file| {
        let line = file.find(line, was)?;
        let field = Field::Terms(lang, column.slot());
        let mut terms = file.terms(line, field);
        terms.retain(|known| known != term);
        file.set_terms(line, field, &terms)
    })
}

/// Makes a rendering of the row on `line` one to avoid: it leaves the other
/// columns of its language. `was` is as in [`append_term`].
pub fn mark_avoid(path: &Path, line: u32, was: &str, lang: Lang, term: &str) -> Result<()> {
    change(path, |file| {
        let line = file.find(line, was)?;
        let folded = fold(term);
        for slot in [Slot::Preferred, Slot::Admitted, Slot::Abbreviation] {
            let field = Field::Terms(lang, slot);
            let terms = file.terms(line, field);
            let kept: Vec<_> = terms.iter().filter(|t| fold(t) != folded).collect();
            if kept.len() < terms.len() {
                file.set_terms(line, field, &kept)?;
            }
        }
        file.add_term(line, Field::Terms(lang, Slot::Avoid), term)
    })
}

/// A glossary file open for a change.
pub(super) struct Open<'p> {
    path: &'p Path,
    table: Table,
    /// What the columns hold, as many as the table has.
    fields: Vec<Option<Field>>,
}

/// Reads a file under its lock, changes it, and replaces it.
fn change<T>(path: &Path, edit: impl FnOnce(&mut Open<'_>) -> Result<T>) -> Result<T> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
    }
    let _lock = tsv::Lock::file(path)?;
    let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::file(
            path,
            None,
            "not UTF-8: it can be read, but not added to; convert it first with `zm glossary import`",
        )
    })?;
    let mut open = Open::new(path, &text)?;
    let value = edit(&mut open)?;
    tsv::write_atomic(path, open.table.to_text().as_bytes())?;
    Ok(value)
}

impl<'p> Open<'p> {
    pub(super) fn new(path: &'p Path, text: &str) -> Result<Self> {
        let mut table = Table::parse(text);
        if table.header.is_empty() {
            // Nothing yet but comments, if that: they stay, and the header follows them.
            let end = if text.is_empty() || text.ends_with('\n') {
                ""
            } else {
                "\n"
            };
            table = Table::parse(&[text, end, "zh\ten\n"].concat());
        }
        let mut fields: Vec<_> = table.header.iter().map(|name| field(name)).collect();
        if !fields.iter().any(|f| matches!(f, Some(Field::Terms(..)))) {
            let Some(columns) = headerless(text) else {
                return Err(Error::file(
                    path,
                    table
                        .lines
                        .iter()
                        .find(|l| l.kind == Kind::Header)
                        .map(|l| l.number),
                    "no column of terms: the first row must name the columns, at least `zh` and `en`",
                ));
            };
            let names: Vec<&str> = columns.iter().map(|f| name(*f)).collect();
            table = Table::headerless(text, &names);
            fields = columns.into_iter().map(Some).collect();
        }
        Ok(Self {
            path,
            table,
            fields,
        })
    }

    /// The name of a field's column as the file writes it, where it has one.
    fn known(&self, field: Field) -> Option<String> {
        let at = self.fields.iter().position(|f| *f == Some(field))?;
        self.table.header.get(at).cloned()
    }

    /// The same; the column is added where the file does not have it.
    pub(super) fn column(&mut self, field: Field) -> Result<String> {
        if let Some(column) = self.known(field) {
            return Ok(column);
        }
        let column = name(field);
        if !self.table.add_column(column) {
            return Err(Error::file(
                self.path,
                None,
                format!("it has no column `{column}`, and no header to add one to"),
            ));
        }
        self.fields.push(Some(field));
        Ok(column.to_owned())
    }

    /// Its concepts, each with its line.
    pub(super) fn records(&self) -> Vec<(u32, Record)> {
        let one = |line: &tsv::Line| {
            let mut record = Record::at(Spot {
                line: line.number,
                ..Spot::default()
            });
            for (at, written) in line.cells().enumerate() {
                let Some(Some(field)) = self.fields.get(at) else {
                    continue;
                };
                if is_list(*field) {
                    for text in tsv::split_terms(written) {
                        record.add(*field, &text);
                    }
                } else {
                    record.join(*field, &tsv::unescape(written));
                }
            }
            (line.number, record)
        };
        self.table.rows().map(one).collect()
    }

    /// The columns that nobody knows, each with the number of rows that fill it; those that none fills are left out.
    pub(super) fn unknown(&self) -> Vec<(String, usize)> {
        let columns = self.table.header.iter().zip(&self.fields).enumerate();
        let unknown = columns.filter(|(_, (_, field))| field.is_none());
        let counted = unknown.map(|(at, (name, _))| {
            let filled = |line: &&tsv::Line| !line.written(at).trim().is_empty();
            (name.clone(), self.table.rows().filter(filled).count())
        });
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Writes a cell, escapes and all.
    pub(super) fn put(&mut self, line: u32, field: Field, written: &str) -> Result<()> {
        let column = self.column(field)?;
        self.table.set_written(line, &column, written);
        Ok(())
    }

    /// Appends a row of cells as written; each has its column.
    pub(super) fn push(&mut self, cells: &[(Field, String)]) {
        let written = self.fields.iter().map(|field| {
            let cell = cells.iter().find(|(of, _)| Some(*of) == *field);
            cell.map_or("", |(_, text)| text.as_str())
        });
        let written: Vec<&str> = written.collect();
        self.table.append_written(&written.join("\t"));
    }

    /// The file's text as it is now.
    pub(super) fn text(&self) -> String {
        self.table.to_text()
    }

    fn terms(&self, line: u32, field: Field) -> Vec<String> {
        let at = self.fields.iter().position(|f| *f == Some(field));
        let row = self.table.row(line);
        row.zip(at).map_or_else(Vec::new, |(row, at)| row.terms(at))
    }

    fn set_terms<S: AsRef<str>>(&mut self, line: u32, field: Field, terms: &[S]) -> Result<()> {
        let column = self.column(field)?;
        self.table.set_terms(line, &column, terms);
        Ok(())
    }

    fn add_term(&mut self, line: u32, field: Field, term: &str) -> Result<()> {
        let term = term.trim();
        let mut terms = self.terms(line, field);
        if term.is_empty() || terms.iter().any(|known| known == term) {
            return Ok(());
        }
        terms.push(term.to_owned());
        self.set_terms(line, field, &terms)
    }

    /// The row whose preferred terms are exactly these: the one on `line`, or where it is now.
    fn find_pair(&self, line: u32, zh: &str, en: &str) -> Result<u32> {
        let wanted = [zh, en].map(tsv::split_terms);
        let known = wanted.iter().flatten().next();
        let line = self.find(line, known.map_or("", String::as_str))?;
        let has = |lang| self.terms(line, Field::Terms(lang, Slot::Preferred));
        if [has(Lang::Zh), has(Lang::En)] == wanted {
            Ok(line)
        } else {
            Err(changed(self.path, line))
        }
    }

    /// The row that holds a term: the one on `line`, or the only one elsewhere.
    fn find(&self, line: u32, was: &str) -> Result<u32> {
        // A term may have been shown in the characters of another script.
        let in_one_script = |term: &str| term.chars().map(simplified).collect::<String>();
        let was_simplified = in_one_script(was);
        let holds = |line: u32| {
            let fields = self.fields.iter().flatten();
            fields
                .filter(|f| matches!(f, Field::Terms(..)))
                .flat_map(|f| self.terms(line, *f))
                .any(|term| in_one_script(&term) == was_simplified)
        };
        if holds(line) {
            return Ok(line);
        }
        let mut others = self
            .table
            .rows()
            .map(|row| row.number)
            .filter(|n| holds(*n));
        match (others.next(), others.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(Error::file(
                self.path,
                Some(line),
                format!(
                    "the row with “{was}” is not here any more; the file was changed, so nothing was written"
                ),
            )),
        }
    }
}

#[cfg(test)]
mod tests;
