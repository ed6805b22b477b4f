//! A file of rows, line by line as it was written.

use std::borrow::Cow;

use super::{
    cells, escape, guarded, is_row, join, join_terms, split_terms, unescape, written_cells,
};

/// What a line of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A comment (`#`), or a line with nothing but white space.
    Comment,
    /// The row that names the columns.
    Header,
    /// A row of cells.
    Row,
}

/// A line of a table, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u32,
    /// What it is.
    pub kind: Kind,
    /// Its text without the line end.
    pub text: String,
    /// Its line end: `"\n"`, `"\r\n"`, or nothing at the end of the file.
    pub end: &'static str,
}

impl Line {
    /// The number of cells.
    pub fn width(&self) -> usize {
        written_cells(&self.text).count()
    }

    /// The cells as written, escapes and all.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        written_cells(&self.text)
    }

    /// A cell's text, plain; empty where the row is too short.
    pub fn cell(&self, column: usize) -> Cow<'_, str> {
        unescape(self.written(column))
    }

    /// The terms of a cell ([`split_terms`]).
    pub fn terms(&self, column: usize) -> Vec<String> {
        split_terms(self.written(column))
    }

    /// A cell as written, escapes and all.
    pub fn written(&self, column: usize) -> &str {
        written_cells(&self.text).nth(column).unwrap_or("")
    }

    /// Replaces a cell by text as written; a row that is too short is filled up.
    fn set_written(&mut self, column: usize, written: &str) {
        let mut cells: Vec<&str> = written_cells(&self.text).collect();
        if cells.len() <= column {
            cells.resize(column + 1, "");
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = written;
        }
        self.text = guarded(cells.join("\t"));
    }

    /// Moves what stands in a cell and beyond one to the right; nothing happens where it is empty.
    fn clear_of(&mut self, column: usize) {
        let mut cells: Vec<&str> = written_cells(&self.text).collect();
        if cells
            .get(column)
            .is_some_and(|cell| !cell.trim().is_empty())
        {
            cells.insert(column, "");
            self.text = guarded(cells.join("\t"));
        }
    }
}

/// A file of rows, with everything needed to write it back as it was.
///
/// ```
/// use zhengming::tsv::Table;
/// let text = "# 核对至第三页\nzh\ten\tremark\n创世计划\tGenesis Mission\tDOE\n";
/// let mut table = Table::parse(text);
/// assert_eq!(table.to_text(), text);
/// let en = table.column("en").unwrap();
/// assert_eq!(table.row(3).unwrap().cell(en), "Genesis Mission");
/// table.append(&[("zh", "算力"), ("en", "computing power")]);
/// assert!(table.to_text().ends_with("DOE\n算力\tcomputing power\t\n"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns' names as written, trimmed.
    pub header: Vec<String>,
    /// All lines, in order.
    pub lines: Vec<Line>,
    /// Whether the file began with a byte-order mark; it is written back.
    pub bom: bool,
}

impl Table {
    /// Reads a file whose first row names the columns. Nothing is ever refused:
    /// what a row must hold is for the caller to say.
    pub fn parse(text: &str) -> Self {
        let mut table = Self::headerless(text, &[]);
        if let Some(first) = table.lines.iter_mut().find(|line| line.kind == Kind::Row) {
            first.kind = Kind::Header;
            table.header = cells(&first.text).map(|c| c.trim().to_owned()).collect();
        }
        table
    }

    /// Reads a file that has no header; its columns are named by the caller.
    pub fn headerless(text: &str, columns: &[&str]) -> Self {
        let body = text.strip_prefix('\u{FEFF}');
        let lines = (1..)
            .zip(body.unwrap_or(text).split_inclusive('\n'))
            .map(|(number, whole)| {
                let (text, end) = match (whole.strip_suffix("\r\n"), whole.strip_suffix('\n')) {
                    (Some(text), _) => (text, "\r\n"),
                    (None, Some(text)) => (text, "\n"),
                    (None, None) => (whole, ""),
                };
                Line {
                    number,
                    kind: if is_row(text) {
                        Kind::Row
                    } else {
                        Kind::Comment
                    },
                    text: text.to_owned(),
                    end,
                }
            })
            .collect();
        Self {
            header: columns.iter().map(|&name| name.to_owned()).collect(),
            lines,
            bom: body.is_some(),
        }
    }

    /// An empty table with these columns.
    pub fn new(columns: &[&str]) -> Self {
        Self::parse(&(join(columns) + "\n"))
    }

    /// The file's text: byte for byte what was read, where nothing was changed.
    pub fn to_text(&self) -> String {
        let size = self.lines.iter().map(|l| l.text.len() + 2).sum::<usize>() + 3;
        let mut out = String::with_capacity(size);
        if self.bom {
            out.push('\u{FEFF}');
        }
        for line in &self.lines {
            out.push_str(&line.text);
            out.push_str(line.end);
        }
        out
    }

    /// Whether any line ends in CR LF.
    pub fn crlf(&self) -> bool {
        self.lines.iter().any(|line| line.end == "\r\n")
    }

    /// The place of a column in the rows.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.kind == Kind::Row)
    }

    /// The row on a line of the file.
    pub fn row(&self, number: u32) -> Option<&Line> {
        // Lines are numbered without gaps, by `parse` as by `append`.
        let line = self.lines.get((number as usize).checked_sub(1)?)?;
        (line.kind == Kind::Row).then_some(line)
    }

    /// Writes plain text into a cell; false where the row or the column is not there.
    pub fn set(&mut self, number: u32, column: &str, plain: &str) -> bool {
        self.set_written(number, column, &escape(plain))
    }

    /// Writes terms into a cell; false where the row or the column is not there.
    pub fn set_terms<S: AsRef<str>>(&mut self, number: u32, column: &str, terms: &[S]) -> bool {
        self.set_written(number, column, &join_terms(terms))
    }

    /// Takes a row away; false where there is none. Lines below it move up.
    pub fn remove(&mut self, number: u32) -> bool {
        if self.row(number).is_none() {
            return false;
        }
        self.lines.remove(number as usize - 1);
        for (number, line) in (1..).zip(&mut self.lines) {
            line.number = number;
        }
        true
    }

    /// Appends a row and gives its line. Columns not named stay empty; text for
    /// a column that is not there is left out, so add the column first
    /// ([`Table::add_column`]).
    pub fn append(&mut self, plain: &[(&str, &str)]) -> u32 {
        let written: Vec<Cow<'_, str>> = self
            .header
            .iter()
            .map(|name| plain.iter().find(|(column, _)| column == name))
            .map(|cell| cell.map_or(Cow::Borrowed(""), |(_, text)| escape(text)))
            .collect();
        self.append_written(&written.join("\t"))
    }

    /// Appends a row as written, escapes and all, and gives its line.
    pub(crate) fn append_written(&mut self, row: &str) -> u32 {
        let text = guarded(row.to_owned());
        // The file's own line end: the last line that has one tells it.
        let ends = self.lines.iter().rev().map(|line| line.end);
        let end = ends.clone().find(|end| !end.is_empty()).unwrap_or("\n");
        if let Some(last) = self.lines.last_mut()
            && last.end.is_empty()
        {
            last.end = end;
        }
        let number = self.lines.len() as u32 + 1;
        self.lines.push(Line {
            number,
            kind: Kind::Row,
            text,
            end,
        });
        number
    }

    /// Adds a column at the right, where it is not there yet. False for a file
    /// without a header line: there is no place to name the column. A cell beyond
    /// all columns stays beyond them: what nobody named is nothing of the new one.
    pub fn add_column(&mut self, name: &str) -> bool {
        if self.column(name).is_some() {
            return true;
        }
        let Some(header) = self.lines.iter_mut().find(|l| l.kind == Kind::Header) else {
            return false;
        };
        let at = self.header.len();
        header.set_written(at, &escape(name));
        let rows = self.lines.iter_mut();
        for line in rows.filter(|line| line.kind == Kind::Row) {
            line.clear_of(at);
        }
        self.header.push(name.to_owned());
        true
    }

    /// Writes a cell, escapes and all; false where the row or the column is not there.
    pub(crate) fn set_written(&mut self, number: u32, column: &str, written: &str) -> bool {
        let column = self.column(column);
        let line = (number as usize)
            .checked_sub(1)
            .and_then(|at| self.lines.get_mut(at));
        match (column, line) {
            (Some(column), Some(line)) if line.kind == Kind::Row => {
                line.set_written(column, written);
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ragged_rows_and_unknown_columns_are_kept() {
        let text = "zh\ten\tx\n甲\n乙\tB\t1\textra\n";
        let mut table = Table::parse(text);
        assert_eq!(table.row(2).unwrap().cell(1), "");
        assert_eq!(table.row(3).unwrap().width(), 4);
        assert!(table.set(2, "en", "A"));
        assert!(table.set(3, "en", "B2"));
        assert_eq!(table.to_text(), "zh\ten\tx\n甲\tA\n乙\tB2\t1\textra\n");
    }

    #[test]
    fn a_cell_beyond_all_columns_is_nothing_of_a_new_one() {
        let mut table = Table::parse("zh\ten\n关税\ttariff\t海关税\n芯片\tchip\t\n税\n");
        assert!(table.add_column("zh_admitted"));
        assert_eq!(
            table.to_text(),
            "zh\ten\tzh_admitted\n关税\ttariff\t\t海关税\n芯片\tchip\t\n税\n"
        );
    }

    #[test]
    fn crlf_and_a_mark_survive_and_are_seen() {
        let text = "\u{FEFF}zh\ten\r\n甲\tA\r\n乙\tB";
        let mut table = Table::parse(text);
        assert!(table.bom && table.crlf());
        assert_eq!(table.header, ["zh", "en"]);
        table.append(&[("zh", "丙"), ("en", "C")]);
        assert_eq!(
            table.to_text(),
            "\u{FEFF}zh\ten\r\n甲\tA\r\n乙\tB\r\n丙\tC\r\n"
        );
    }

    #[test]
    fn a_first_cell_never_turns_a_row_into_a_comment() {
        let mut table = Table::parse("zh\ten\n");
        let line = table.append(&[("zh", "# 标题"), ("en", "# Title")]);
        let again = Table::parse(&table.to_text());
        assert_eq!(again.row(line).unwrap().cell(0), "# 标题");
        table.set(line, "zh", "#2");
        assert_eq!(
            Table::parse(&table.to_text()).row(line).unwrap().cell(0),
            "#2"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_read_is_written_back(text in "(\u{FEFF})?([#a正\\\\|\t \r\n名]|\r\n){0,40}") {
            prop_assert_eq!(Table::parse(&text).to_text(), text.as_str());
            prop_assert_eq!(Table::headerless(&text, &["zh", "en"]).to_text(), text);
        }
    }
}
