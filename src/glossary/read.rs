//! A glossary file to concepts. What cannot be used is a finding with its line
//! and the reason, and the rest is read on.

mod header;
mod row;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

pub(super) use header::headerless;

use super::columns::Field;
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::model::concept::Concept;
use crate::span::{Span, column, halves};
use crate::text::count::plural;
use crate::text::decode::{Decoded, decode, not_utf8};
use crate::tsv;

/// The rule of a row or file that is not well formed.
pub(super) const RULE: &str = "gl-syntax";

/// The most of a line that is shown, in bytes.
const LONGEST_QUOTE: usize = 400;

/// The concepts of a glossary file's bytes, in order.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Parsed<Vec<Concept>> {
    read_text(path, bytes, &decode(bytes)).0
}

/// What the columns of a file hold; `None` for one that is not known.
pub(super) type Fields = Vec<Option<Field>>;

/// The concepts of a glossary file that was decoded, and what its columns hold.
pub(super) fn read_text(
    path: &Path,
    bytes: &[u8],
    decoded: &Decoded,
) -> (Parsed<Vec<Concept>>, Fields) {
    let (parsed, fields, _) = read_marked(path, bytes, decoded);
    (parsed, fields)
}

/// The same, with the lines that have to be read again to have a part of it.
pub(super) fn read_marked(
    path: &Path,
    bytes: &[u8],
    decoded: &Decoded,
) -> (Parsed<Vec<Concept>>, Fields, Marks) {
    let mut reader = Reader::new(path.into(), decoded.bom && decoded.encoding == "UTF-8");
    if decoded.damaged && decoded.encoding == "UTF-8" {
        reader.bad = not_utf8(bytes).into_iter().collect();
    }
    reader.encoding(decoded);
    reader.file(&decoded.text);
    let parsed = Parsed {
        value: reader.concepts,
        findings: reader.findings,
    };
    (parsed, reader.fields.unwrap_or_default(), reader.marks)
}

/// The findings of a file of which only some lines are read again: the first
/// row and all that something was found in. `text` is the beginning of the file.
pub(super) fn read_again<'t>(
    path: &Arc<Path>,
    bom: bool,
    text: &'t str,
    lines: impl Iterator<Item = (Mark, &'t str)>,
) -> (Vec<Finding>, Fields) {
    let mut reader = Reader::new(path.clone(), bom);
    let begin = reader.offset;
    reader.line = text.lines().next().unwrap_or("");
    reader.mark(bom);
    for (mark, line) in lines {
        reader.offset = begin + mark.offset as usize;
        reader.number = mark.line;
        reader.next(line, text);
    }
    (reader.findings, reader.fields.unwrap_or_default())
}

/// The concepts of some rows, of which the first is in a line of this number.
pub(super) fn read_rows(path: &Arc<Path>, fields: &Fields, rows: &str, line: u32) -> Vec<Concept> {
    let mut reader = Reader::new(path.clone(), false);
    reader.fields = Some(fields.clone());
    reader.number = line;
    reader.file(rows);
    reader.concepts
}

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where it begins, in bytes of the text.
    pub offset: u64,
    /// Its number, from 1.
    pub line: u32,
}

/// Lines of a file that tell of the others.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The rows of the first concept of each [`BLOCK`].
    pub blocks: Vec<Mark>,
    /// The first row, and the lines that something was found in.
    pub findings: Vec<Mark>,
}

/// How many concepts are read together where one of them is asked for.
pub(super) const BLOCK: usize = 16;

/// Reads line by line; knows where it is, so that every finding has a place.
struct Reader<'t> {
    path: Arc<Path>,
    /// The columns, once the header has been read; `None` for an unknown one.
    fields: Option<Vec<Option<Field>>>,
    /// Where the line begins, in bytes of the file.
    offset: usize,
    /// The line, without its end.
    line: &'t str,
    /// Its number, from 1.
    number: u32,
    concepts: Vec<Concept>,
    /// Lines that are not UTF-8 in a file that is: the first such byte, from 1.
    bad: HashMap<u32, usize>,
    findings: Vec<Finding>,
    /// Whether a line that ends in CR LF has been found.
    crlf: bool,
    /// How long the mark before the text is, in bytes.
    bom: usize,
    marks: Marks,
}

impl<'t> Reader<'t> {
    fn new(path: Arc<Path>, bom: bool) -> Self {
        let bom = if bom { '\u{FEFF}'.len_utf8() } else { 0 };
        Self {
            path,
            fields: None,
            offset: bom,
            line: "",
            number: 1,
            concepts: Vec::new(),
            bad: HashMap::new(),
            findings: Vec::new(),
            crlf: false,
            bom,
            marks: Marks::default(),
        }
    }

    fn file(&mut self, text: &'t str) {
        for whole in text.split_inclusive('\n') {
            self.next(whole, text);
            self.offset += whole.len();
            self.number += 1;
        }
        if self.fields.is_none() {
            (self.line, self.number) = ("", 1);
            self.find(
                Severity::Warning,
                None,
                "the glossary is empty: it begins with a row that names its columns, at least `zh` and `en`, parted by a tab",
            );
        }
    }

    /// Reads a line, given with its end, of a text.
    fn next(&mut self, whole: &'t str, text: &'t str) {
        let before = (
            self.fields.is_some(),
            self.concepts.len(),
            self.findings.len(),
        );
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        self.line = line.strip_suffix('\r').unwrap_or(line);
        if self.line.len() != line.len() && !self.crlf {
            self.crlf = true;
            self.find(
                Severity::Note,
                None,
                "lines end in CR LF here; they are read, and kept when the file is rewritten",
            );
        }
        if tsv::is_row(self.line) {
            match self.fields.take() {
                Some(fields) => {
                    self.row(&fields);
                    self.fields = Some(fields);
                }
                None => self.first(text),
            }
        }
        let mark = Mark {
            offset: (self.offset - self.bom) as u64,
            line: self.number,
        };
        if self.concepts.len() > before.1 && before.1.is_multiple_of(BLOCK) {
            self.marks.blocks.push(mark);
        }
        if self.findings.len() > before.2 || self.fields.is_some() != before.0 {
            self.marks.findings.push(mark);
        }
    }

    fn encoding(&mut self, read: &'t Decoded) {
        self.line = read.text.lines().next().unwrap_or("");
        if read.damaged && read.encoding == "UTF-8" {
            // Each row that is damaged says so itself.
            let lines = plural(self.bad.len(), "line");
            self.find(
                Severity::Warning,
                None,
                format!("read as UTF-8, which {lines} of it cannot be"),
            );
        } else if read.guessed || !read.encoding.starts_with("UTF-8") {
            let how = if read.guessed { " (a guess)" } else { "" };
            self.find(
                Severity::Warning,
                None,
                format!(
                    "not UTF-8: read as {}{how}; save it as UTF-8, so that nothing has to be guessed",
                    read.encoding
                ),
            );
        } else {
            self.mark(read.bom);
        }
    }

    fn mark(&mut self, bom: bool) {
        if bom {
            self.find(
                Severity::Note,
                None,
                "begins with a byte-order mark, which nothing here needs",
            );
        }
    }

    /// A finding on this line, or on one of its cells.
    fn find(&mut self, severity: Severity, cell: Option<usize>, message: impl Into<String>) {
        let place = self.place(cell);
        self.findings
            .push(Finding::syntax(RULE, severity, place, message));
    }

    fn place(&self, cell: Option<usize>) -> Place {
        let whole = self.line;
        let at = cell.map_or(Span::all(whole), |cell| cell_span(whole, cell));
        // A line of megabytes is not repeated in every finding about it.
        let (quote, mark) = if whole.len() <= LONGEST_QUOTE {
            (whole, at)
        } else {
            let (head, _) = halves(at.of(whole), LONGEST_QUOTE);
            (head, Span::all(head))
        };
        Place {
            path: self.path.clone(),
            line: self.number,
            column: column(whole, at.start as usize),
            end_line: self.number,
            end_column: column(whole, at.end as usize),
            span: at.shifted(self.offset),
            quote: quote.to_owned(),
            mark,
            beyond: String::new(),
        }
    }
}

fn cell_span(line: &str, cell: usize) -> Span {
    let mut start = 0;
    for (at, text) in line.split('\t').enumerate() {
        if at == cell {
            return Span::new(start, start + text.len());
        }
        start += text.len() + 1;
    }
    Span::all(line)
}

#[cfg(test)]
mod tests;
