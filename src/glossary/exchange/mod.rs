//! Glossaries in other people's formats: bytes to rows and back, one file a format.
//!
//! What comes in is either a [`Grid`], a table whose columns have yet to be
//! understood ([`import`](super::import) does that), or [`Record`]s, where the
//! format itself says what is what (TBX). What goes out is made of records.

mod cedict;
mod json;
mod made;
mod markdown;
mod ordered;
mod po;
mod sheet;
mod table;
mod tbx;
mod tbx_write;
#[cfg(test)]
mod tests;
mod utx;
mod write;

pub use write::{About, Format, altered, left_out, losses, write};

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

pub(crate) use super::columns::Field;
use super::columns::{self, Slot};
use crate::error::{Error, Result};
use crate::format::workbook;
use crate::lang::Lang;
use crate::text::decode::Unread;
use crate::tsv;

/// A place in a file: a line and a column of text, or a cell of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The sheet, in a workbook.
    pub sheet: Option<Arc<str>>,
    /// The line or the row of the sheet, from 1.
    pub line: u32,
    /// The column, from 1: in code points, or of the sheet; 0 for all of the line.
    pub column: u32,
}

impl fmt::Display for Spot {
    /// `12:3`, `12`, or as spreadsheets write it: `术语!B12`.
    ///
    /// ```
    /// use zhengming::glossary::exchange::Spot;
    /// let cell = Spot { sheet: Some("术语".into()), line: 12, column: 28 };
    /// assert_eq!(cell.to_string(), "术语!AB12");
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, self.column) {
            (None, 0) => write!(f, "{}", self.line),
            (None, column) => write!(f, "{}:{column}", self.line),
            (Some(sheet), 0) => write!(f, "{sheet}!{}", self.line),
            (Some(sheet), column) => write!(f, "{sheet}!{}{}", letters(column), self.line),
        }
    }
}

/// The name of a sheet's column: 1 is A, 28 is AB.
pub fn letters(mut column: u32) -> String {
    let mut name = Vec::new();
    while column > 0 {
        column -= 1;
        name.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    name.iter().rev().collect()
}

/// Something a maintainer should know about a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub spot: Spot,
    /// What kind it is, for counting: `invisible`, `width`, `formula`, …
    pub kind: &'static str,
    /// What it is, and what is done about it.
    pub message: String,
}

impl Remark {
    /// A remark about a place.
    pub fn new(spot: Spot, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            spot,
            kind,
            message: message.into(),
        }
    }
}

/// A cell of a table, plain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// The line it begins in, from 1.
    pub line: u32,
    /// The column it begins at, from 1.
    pub column: u32,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line it begins in, from 1.
    pub line: u32,
    /// Its cells; rows may differ in how many they have.
    pub cells: Vec<Cell>,
}

impl Row {
    /// A cell's text; empty where the row is too short.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// Whether it names columns as ours are named, those of terms among them.
    pub fn is_our_header(&self) -> bool {
        let exact = |name: &str| {
            columns::FIELDS
                .iter()
                .any(|(known, _)| *known == name.trim())
        };
        let known = self.cells.iter().filter(|c| exact(&c.text)).count();
        let has = |name: &str| self.cells.iter().any(|c| c.text.trim() == name);
        known * 2 > self.cells.len() && (has("zh") || has("en"))
    }

    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }
}

/// A table as it stands in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name, in a workbook; where in the document, in Markdown.
    pub sheet: Option<Arc<str>>,
    /// Its rows, the header among them; comments and the like have been left out.
    pub rows: Vec<Row>,
    /// Whether the first row is known to name the columns (JSON, Markdown).
    pub headed: bool,
    /// Whether cells escape characters as ours do.
    pub escaped: bool,
    /// Whether a row that is longer than the header has been torn apart: text parted by marks.
    pub ragged: bool,
}

/// A concept by the columns of a glossary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Where it begins.
    pub spot: Spot,
    /// How many rows of the file it is made of.
    pub rows: usize,
    /// Other languages that it has terms in, by their tags.
    pub others: Vec<String>,
    /// The word class of its source term, where the file says it, or the id an export made for it:
    /// homonyms differ in it.
    pub(crate) class: String,
    /// Languages whose preferred term has a word about its standing that nobody knows.
    pub(crate) doubtful: Vec<Lang>,
    /// Texts by column: lists for terms and examples, one text elsewhere; none is empty.
    pub(crate) cells: BTreeMap<Field, Vec<String>>,
}

impl Record {
    /// A concept without anything yet, of one row.
    pub(crate) fn at(spot: Spot) -> Self {
        Self {
            spot,
            rows: 1,
            others: Vec::new(),
            class: String::new(),
            doubtful: Vec::new(),
            cells: BTreeMap::new(),
        }
    }

    /// The texts of a column.
    pub(crate) fn list(&self, field: Field) -> &[String] {
        self.cells.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The text of a column that holds one.
    pub(crate) fn text(&self, field: Field) -> &str {
        self.list(field).first().map_or("", String::as_str)
    }

    /// A column as a glossary file writes it, escapes and all.
    pub(crate) fn written(&self, field: Field) -> String {
        if is_list(field) {
            tsv::join_terms(self.list(field))
        } else {
            tsv::escape(self.text(field)).into_owned()
        }
    }

    /// Adds a term or example; one that is there already is not added again.
    pub(crate) fn add(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let list = self.cells.entry(field).or_default();
        if !list.iter().any(|known| known == text) {
            list.push(text.to_owned());
        }
    }

    /// Writes a text into a column that holds one; to what is there already it is added.
    pub(crate) fn join(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let list = self.cells.entry(field).or_default();
        match list.first_mut() {
            Some(known) if known.contains(text) => {}
            Some(known) => *known = format!("{known}; {text}"),
            None => list.push(text.to_owned()),
        }
    }

    /// Whether a file says of two of its own rows that they are of different
    /// concepts: it gives them different ids or word classes.
    pub(crate) fn is_told_from(&self, other: &Self) -> bool {
        let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
        differ(self.text(Field::Id), other.text(Field::Id)) || differ(&self.class, &other.class)
    }

    /// Takes the id away where an export made it: it is no concept's own, but tells homonyms apart.
    pub(crate) fn disown(&mut self) {
        if made::is_made(self.text(Field::Id)) {
            let id = self.cells.remove(&Field::Id);
            self.class = id.into_iter().flatten().collect();
        }
    }

    /// The columns of a language's terms that are not to be avoided, with their texts.
    pub(crate) fn terms(&self, lang: Lang) -> impl Iterator<Item = (Field, &str)> {
        let of = move |field: &Field| matches!(field, Field::Terms(l, slot) if *l == lang && *slot != Slot::Avoid);
        let cells = self.cells.iter().filter(move |(field, _)| of(field));
        cells.flat_map(|(field, list)| list.iter().map(|text| (*field, text.as_str())))
    }

    /// The term that stands for the concept in a language: the first preferred, else the first of any kind.
    pub fn name(&self, lang: Lang) -> &str {
        let any = || self.list(Field::Terms(lang, Slot::Avoid)).first();
        let first = self.terms(lang).next().map(|(_, text)| text);
        first.or_else(|| any().map(String::as_str)).unwrap_or("")
    }

    /// The columns' names with their texts, in the order of the columns.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let cells = self.cells.iter();
        cells.map(|(field, list)| (columns::name(*field), list.as_slice()))
    }
}

/// Whether a column holds a list of texts.
pub(crate) fn is_list(field: Field) -> bool {
    matches!(field, Field::Terms(..) | Field::Good | Field::Bad)
}

/// How an encoding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The file shows it.
    Sure,
    /// It is a guess.
    Guessed,
    /// The user says so.
    Said,
}

/// How text was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// Its name.
    pub name: &'static str,
    /// How it is known.
    pub known: Known,
    /// Whether the bytes began with a byte-order mark.
    pub bom: bool,
    /// Whether lines end in CR LF.
    pub crlf: bool,
    /// Lines that are not all in it.
    pub unread: Unread,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Tables whose columns have yet to be understood.
    Grids(Vec<Grid>),
    /// Concepts.
    Records(Vec<Record>),
}

/// A file that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// What it is, for people: `CSV (comma)`.
    pub format: String,
    /// How its text was read, where it is text.
    pub encoding: Option<Encoding>,
    /// What it holds.
    pub body: Body,
    /// What is to be known about places of it.
    pub remarks: Vec<Remark>,
    /// Rows that cannot be used, with why.
    pub rejected: Vec<(Spot, String)>,
}

/// What a user says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The encoding, by any of its names.
    pub encoding: Option<String>,
    /// The sheets to read, by name or number; all that hold terms where there are none.
    pub sheets: Vec<String>,
}

/// Between texts of one cell that the format itself keeps apart (a list in JSON).
pub(crate) const APART: char = '\u{1F}';

/// Reads a file of any format here, told by its content and its name.
///
/// # Errors
/// It is in no format that is read here, or is broken.
pub fn read(path: &Path, bytes: &[u8], asked: &Asked) -> Result<Content> {
    if bytes.is_empty() {
        return Err(Error::file(path, None, "the file is empty"));
    }
    if workbook::is_one(bytes) {
        return sheet::read(path, bytes, asked);
    }
    if let Some(root) = tbx::root(bytes) {
        return tbx::read(path, bytes, asked, &root);
    }
    let (text, mut encoding) = table::text(path, bytes, asked)?;
    let named = |ending: &str| {
        path.extension()
            .is_some_and(|e| e.eq_ignore_ascii_case(ending))
    };
    let content = match () {
        () if named("po") || named("pot") || po::is_one(&text) => po::parse(&text),
        () if text.trim_start().starts_with(['{', '[']) => {
            // Its places are items, not lines.
            encoding.unread.clear();
            json::parse(&text)
        }
        () if text.starts_with("#UTX") => Ok(utx::parse(&text)),
        () if cedict::is_one(&text) => Ok(cedict::parse(&text)),
        () if named("md") || named("markdown") || markdown::is_one(&text) => markdown::parse(&text),
        () => Ok(table::parse(&text)),
    };
    let mut content = content.map_err(|(line, why)| Error::file(path, line, why))?;
    content.encoding = Some(encoding);
    Ok(content)
}

/// The concepts of a glossary of ours, from its text.
///
/// # Errors
/// It has no column of terms.
pub fn of_glossary(text: &str) -> Result<Vec<Record>> {
    let open = super::edit::Open::new(Path::new("the glossary"), text)?;
    let records = open.records().into_iter().map(|(_, record)| record);
    Ok(records.filter(|record| !record.cells.is_empty()).collect())
}

/// The columns of a glossary of ours that no format holds because nobody knows
/// them, each with the number of rows that fill it.
///
/// ```
/// use zhengming::glossary::exchange::unknown_columns;
/// let text = "zh\ten\tpinyin\n关税\ttariff\tguanshui\n配额\tquota\n";
/// assert_eq!(unknown_columns(text).unwrap(), [("pinyin".to_owned(), 1)]);
/// ```
///
/// # Errors
/// It has no column of terms.
pub fn unknown_columns(text: &str) -> Result<Vec<(String, usize)>> {
    let open = super::edit::Open::new(Path::new("the glossary"), text)?;
    Ok(open.unknown())
}

/// The end of a noun, and the verb, that a count asks for: 1 term is, 2 terms are.
fn number(count: usize) -> (&'static str, &'static str) {
    if count == 1 { ("", "is") } else { ("s", "are") }
}

/// Why a text cannot be read, with the line where one can be named.
type Refused = (Option<u32>, String);

impl Content {
    /// Tables of a text.
    fn grids(format: impl Into<String>, grids: Vec<Grid>) -> Self {
        Self {
            format: format.into(),
            encoding: None,
            body: Body::Grids(grids),
            remarks: Vec::new(),
            rejected: Vec::new(),
        }
    }

    fn records(format: impl Into<String>, records: Vec<Record>) -> Self {
        Self {
            body: Body::Records(records),
            ..Self::grids(format, Vec::new())
        }
    }
}
