//! Tab-separated rows as this project writes them: UTF-8, LF, a header row,
//! `#` comment lines, no quoting. Glossaries, memories and work in progress
//! are all of this shape.
//!
//! Escapes in a cell are `\t`, `\n`, `\\` and `\|`; any other backslash is
//! literal. Two places need more than that. A row must not turn into a comment
//! when its first cell begins with `#` (a Markdown heading in a memory), so it
//! is written `\#` there, and only there. And a carriage return has no escape:
//! line ends inside a cell are written as `\n`, whichever they were.
//!
//! A [`Table`] keeps every line as it was written, so that changing one cell
//! changes one line of a diff and nothing else.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::model::document::Piece;
use crate::span::Span;

/// A cell's text as it is written.
///
/// ```
/// use zhengming::tsv::{escape, unescape};
/// assert_eq!(escape("第一行\n第二行"), r"第一行\n第二行");
/// assert_eq!(unescape(&escape("C:\\temp\t|")), "C:\\temp\t|");
/// ```
pub fn escape(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\t', '\n', '\r', '\\']) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 8);
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("\\t"),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The text of a cell as written.
///
/// ```
/// use zhengming::tsv::unescape;
/// assert_eq!(unescape(r"甲\t乙\|丙\\丁\d"), "甲\t乙|丙\\丁\\d");
/// ```
pub fn unescape(written: &str) -> Cow<'_, str> {
    if !written.contains('\\') {
        return Cow::Borrowed(written);
    }
    let mut out = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut ahead = chars.clone();
        let plain = match ahead.next() {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('\\') => '\\',
            Some('|') => '|',
            _ => {
                out.push('\\');
                continue;
            }
        };
        out.push(plain);
        chars = ahead;
    }
    Cow::Owned(out)
}

/// The terms of a cell as written: parted by unescaped `|`, trimmed, unescaped, empty ones left out.
///
/// ```
/// use zhengming::tsv::{join_terms, split_terms};
/// assert_eq!(split_terms("a | b\\"), ["a", "b\\"]);
/// assert_eq!(split_terms(r"供应链韧性 | 供应链弹性|a\|b"), ["供应链韧性", "供应链弹性", "a|b"]);
/// assert_eq!(join_terms(&["韧性", "a|b"]), r"韧性 | a\|b");
/// ```
pub fn split_terms(written: &str) -> Vec<String> {
    let spans = term_spans(written, Span::all(written));
    let terms = spans.map(|span| unescape(span.of(written)).trim().to_owned());
    terms.filter(|term| !term.is_empty()).collect()
}

/// Where the terms of a cell stand that lies at `cell` in a file's text, as
/// written: without the white space around them, empty ones left out.
pub fn term_spans(text: &str, cell: Span) -> impl Iterator<Item = Span> {
    let written = cell.of(text);
    let mut spans = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in written.char_indices().chain([(written.len(), '|')]) {
        let last = at == written.len();
        if last || (c == '|' && !escaped) {
            let term = Span::new(start, at).of(written);
            let before = term.len() - term.trim_start().len();
            let span = Span::new(start + before, start + before + term.trim().len());
            if !span.is_empty() {
                spans.push(span.shifted(cell.start as usize));
            }
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    spans.into_iter()
}

/// Terms as the text of one cell, written.
pub fn join_terms<S: AsRef<str>>(terms: &[S]) -> String {
    let written: Vec<String> = terms
        .iter()
        .map(|term| escape(term.as_ref()).replace('|', "\\|"))
        .collect();
    written.join(" | ")
}

/// Cells, plain, as one line without its end.
///
/// ```
/// use zhengming::tsv::{cells, join};
/// assert_eq!(join(&["# 标题", "# Title"]), "\\# 标题\t# Title");
/// assert_eq!(cells("\\# 标题\t# Title").collect::<Vec<_>>(), ["# 标题", "# Title"]);
/// ```
pub fn join<S: AsRef<str>>(cells: &[S]) -> String {
    let written: Vec<Cow<'_, str>> = cells.iter().map(|cell| escape(cell.as_ref())).collect();
    guarded(written.join("\t"))
}

/// Cells, as written, as one line without its end.
///
/// ```
/// use zhengming::tsv::join_written;
/// assert_eq!(join_written(&["#1", r"a\|b | c"]), "\\#1\ta\\|b | c");
/// ```
pub fn join_written<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    guarded(cells.join("\t"))
}

/// The cells, plain, of a line that is a row.
pub fn cells(line: &str) -> impl Iterator<Item = Cow<'_, str>> {
    written_cells(line).map(unescape)
}

/// Whether a line holds a row: neither blank nor a comment.
pub fn is_row(line: &str) -> bool {
    !line.starts_with('#') && !line.trim().is_empty()
}

/// The lines of a file that hold rows, with their numbers (from 1), without their ends.
///
/// The header is the first of them. For reading through a large file once;
/// what is to be written back needs a [`Table`].
pub fn rows(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    (1u32..)
        .zip(text.split('\n'))
        .map(|(number, line)| (number, line.strip_suffix('\r').unwrap_or(line)))
        .filter(|(_, line)| is_row(line))
}

/// The rows of a file, the header among them: the number of the line (from 1),
/// and where each of its cells, as written, lies in the file's text.
///
/// ```
/// use zhengming::{span::Span, tsv::spans};
/// let text = "# 词表\nzh\ten\n能源\tenergy\n";
/// let (line, cells) = spans(text).last().unwrap();
/// assert_eq!((line, cells[1].of(text)), (3, "energy"));
/// ```
pub fn spans(text: &str) -> impl Iterator<Item = (u32, Vec<Span>)> {
    let mut next = 0;
    let lines = (1..)
        .zip(text.split_inclusive('\n'))
        .map(move |(number, whole)| {
            let start = next;
            next += whole.len();
            (number, start, whole)
        });
    lines.filter_map(|(number, start, whole)| {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let guard = usize::from(line.starts_with("\\#"));
        let mut at = start + guard;
        let cells = written_cells(line).map(|cell| {
            let span = Span::new(at, at + cell.len());
            at += cell.len() + 1;
            span
        });
        is_row(line).then(|| (number, cells.collect()))
    })
}

/// The plain text of a cell that lies at `written` in a file's text, and where
/// each piece of it was read.
///
/// An escape leads to its second character, so that what ends with it ends
/// after it.
pub fn plain(text: &str, written: Span) -> (String, Vec<Piece>) {
    let cell = written.of(text);
    let mut plain = String::with_capacity(cell.len());
    let mut pieces = vec![Piece {
        unit: 0,
        file: written.start,
    }];
    let mut chars = cell.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let escaped = match chars.peek() {
            Some((_, 't')) if c == '\\' => Some('\t'),
            Some((_, 'n')) if c == '\\' => Some('\n'),
            Some((_, same @ ('\\' | '|'))) if c == '\\' => Some(*same),
            _ => None,
        };
        if escaped.is_some() {
            chars.next();
            pieces.push(Piece {
                unit: plain.len() as u32,
                file: written.start + at as u32 + 1,
            });
        }
        plain.push(escaped.unwrap_or(c));
    }
    // A cell that begins with an escape has its first piece there.
    if pieces.get(1).is_some_and(|piece| piece.unit == 0) {
        pieces.remove(0);
    }
    (plain, pieces)
}

pub(crate) fn written_cells(line: &str) -> std::str::Split<'_, char> {
    let line = match line.strip_prefix('\\') {
        Some(rest) if rest.starts_with('#') => rest,
        _ => line,
    };
    line.split('\t')
}

/// A row's text with a first `#` escaped, so that it does not become a comment.
fn guarded(row: String) -> String {
    if row.starts_with('#') {
        ["\\", &row].concat()
    } else {
        row
    }
}

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
    /// without a header line: there is no place to name the column.
    pub fn add_column(&mut self, name: &str) -> bool {
        if self.column(name).is_some() {
            return true;
        }
        let Some(header) = self.lines.iter_mut().find(|l| l.kind == Kind::Header) else {
            return false;
        };
        header.set_written(self.header.len(), &escape(name));
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

/// Replaces a file as a whole: whoever reads it sees the old bytes or the new
/// ones, never a part, whatever fails on the way.
///
/// The bytes go to a new file in the same folder, reach the disk, and take the
/// old one's name and mode. A symbolic link stays one.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes).map_err(|source| Error::io("write", path, source))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Renaming over a link would replace the link, not the file it points to.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zm-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets: the process's umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|m| m.permissions().readonly()) {
        // A rename would succeed all the same; the user said otherwise.
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file = builder.tempfile_in(&folder)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|e| e.error)?;
    // The new name itself must reach the disk. Some systems cannot sync a folder: no harm.
    if let Ok(folder) = File::open(&folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A file that only this process may replace for as long as the value lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Waits for the lock of a file, which is created where it is not there.
    ///
    /// The lock is on the file itself, so nothing is left beside it. A writer
    /// that went before may have put a new file in its place; then the wait
    /// begins anew on that one.
    pub fn file(path: &Path) -> Result<Self> {
        let refused = |source| Error::io("lock", path, source);
        loop {
            let file = File::options()
                .create(true)
                .append(true)
                .open(path)
                .map_err(refused)?;
            file.lock().map_err(refused)?;
            let held = file.metadata().map_err(refused)?;
            if fs::metadata(path).is_ok_and(|there| same_file(&held, &there)) {
                return Ok(Self { file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn same_file(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn same_file(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    (a.len(), a.modified().ok()) == (b.len(), b.modified().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_backslash_that_escapes_nothing_is_literal() {
        assert_eq!(unescape(r"C:\dir\report\"), r"C:\dir\report\");
        assert_eq!(escape(r"C:\dir"), r"C:\\dir");
    }

    #[test]
    fn line_ends_in_a_cell_become_one() {
        assert_eq!(escape("a\r\nb\rc"), r"a\nb\nc");
    }

    #[test]
    fn escaped_bars_do_not_part_terms() {
        assert_eq!(split_terms(r"a\|b | c\\|d"), ["a|b", r"c\", "d"]);
        assert!(split_terms(" | |").is_empty());
    }

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

    #[test]
    fn replacing_keeps_mode_and_link_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        write_atomic(&path, "旧".as_bytes()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt, symlink};
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            let link = folder.path().join("link.tsv");
            symlink(&path, &link).unwrap();
            write_atomic(&link, "新".as_bytes()).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o640
            );
            fs::remove_file(&link).unwrap();
        }
        write_atomic(&path, "新".as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "新");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn writers_under_the_lock_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _lock = Lock::file(&path).unwrap();
                        let text = fs::read_to_string(&path).unwrap() + "x\n";
                        write_atomic(&path, text.as_bytes()).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 80);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_read_is_written_back(text in "(\u{FEFF})?([#a正\\\\|\t \r\n名]|\r\n){0,40}") {
            prop_assert_eq!(Table::parse(&text).to_text(), text.as_str());
            prop_assert_eq!(Table::headerless(&text, &["zh", "en"]).to_text(), text);
        }

        #[test]
        fn a_row_reads_back_as_it_was_given(row in prop::collection::vec("[#a正\\\\|\tn \n名]{0,6}", 1..5)) {
            let line = join(&row);
            prop_assert!(!line.contains('\n') && !line.starts_with('#'));
            prop_assert_eq!(cells(&line).collect::<Vec<_>>(), row);
        }

        #[test]
        fn terms_read_back_as_they_were_given(terms in prop::collection::vec("[a正\\\\|\tn名]{0,4}[b\\\\|名]", 1..5)) {
            let terms: Vec<String> = terms.into_iter().map(|t| t.trim().to_owned()).collect();
            prop_assert_eq!(split_terms(&join_terms(&terms)), terms);
        }
    }
}
