//! Text tables: cells parted by commas, tabs, semicolons or bars, with or
//! without quotes (RFC 4180), whatever program wrote them.
//!
//! The reader is our own because a maintainer has to be told where a cell
//! begins.

use std::path::Path;

use super::{Asked, Cell, Content, Encoding, Grid, Known, Remark, Row, Spot, number};
use crate::error::{Error, Result};
use crate::format::quotes::{Enclosed, UNCLOSED, begins, enclosed};
use crate::text::decode::{Unread, decode, decode_as, unread};

/// A quoted cell longer than this is a quote that never closes.
const LONGEST_QUOTED: usize = 20_000;

/// The text of a file's bytes in the encoding that was asked for, else that is guessed.
///
/// # Errors
/// The encoding is unknown, or the bytes are no text.
pub(super) fn text(path: &Path, bytes: &[u8], asked: &Asked) -> Result<(String, Encoding)> {
    let decoded = match &asked.encoding {
        Some(label) => decode_as(bytes, label).ok_or_else(|| {
            Error::Usage(format!(
                "`{label}` is no encoding known here: use utf-8, utf-16le, utf-16be, gb18030, gbk, big5, hz or any name of the Encoding Standard"
            ))
        })?,
        None => decode(bytes),
    };
    if decoded.text.contains('\0') {
        let line = decoded
            .text
            .split('\0')
            .next()
            .unwrap_or("")
            .matches('\n')
            .count() as u32
            + 1;
        let message = "holds a NUL byte: this is not a text file";
        return Err(Error::file(path, Some(line), message));
    }
    let bad = decoded.text.matches('\u{FFFD}').count();
    if decoded.damaged && bad * 20 > decoded.text.chars().count() {
        let message = match &asked.encoding {
            Some(label) => format!("is not {label}: {bad} places of it cannot be read"),
            None => format!(
                "is in no encoding known here (nearest is {}, where {bad} places cannot be read): name it with --encoding",
                decoded.encoding
            ),
        };
        return Err(Error::file(path, None, message));
    }
    // That of GB18030 is read as a character.
    let (text, marked) = match decoded.text.strip_prefix('\u{FEFF}') {
        Some(text) => (text.to_owned(), true),
        None => (decoded.text, false),
    };
    let encoding = Encoding {
        name: decoded.encoding,
        known: match (&asked.encoding, decoded.guessed) {
            (Some(_), _) => Known::Said,
            (None, true) => Known::Guessed,
            (None, false) => Known::Sure,
        },
        bom: decoded.bom || marked,
        crlf: text.contains("\r\n"),
        unread: if decoded.damaged {
            unread(bytes, decoded.encoding)
        } else {
            Unread::new()
        },
    };
    Ok((text, encoding))
}

/// A table of a text, whatever parts its cells.
pub(super) fn parse(text: &str) -> Content {
    match by_sign(text) {
        Some((sign, parted)) => Content {
            format: format!("text parted by `{sign}`"),
            ..tabbed(&parted)
        },
        None => formed(text, Form::of(text)),
    }
}

/// Signs that people put between a term and its rendering.
const SIGNS: [&str; 8] = [" = ", "=", "＝", "：", ": ", " — ", " - ", "  "];

/// A list of pairs with a sign between them, the sign made a tab: `韧性 = resilience`.
fn by_sign(text: &str) -> Option<(&'static str, String)> {
    let lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let sample: Vec<&str> = lines.take(200).collect();
    let usual = ['\t', ',', ';', '|'].map(|mark| evenness(&sample, mark));
    if usual.into_iter().max().unwrap_or(0) * 2 > sample.len() {
        return None;
    }
    let once = |line: &&&str, sign: &str| {
        let mut parts = line.split(sign).filter(|part| !part.trim().is_empty());
        parts.next().is_some() && parts.next().is_some() && parts.next().is_none()
    };
    let fits = |sign: &&str| {
        sample.iter().filter(|line| once(line, sign)).count() * 10 >= sample.len() * 9
    };
    let sign = SIGNS
        .into_iter()
        .find(fits)
        .filter(|_| !sample.is_empty())?;
    let parted = |line: &str| match line.split_once(sign) {
        Some((left, right)) if !line.starts_with('#') => {
            format!("{left}\t{}\n", right.trim_start())
        }
        _ => format!("{line}\n"),
    };
    Some((sign, text.lines().map(parted).collect()))
}

/// A table of a text whose cells are parted by tabs and stand without quotes.
pub(super) fn tabbed(text: &str) -> Content {
    let form = Form {
        mark: '\t',
        quoted: false,
    };
    formed(text, form)
}

fn formed(text: &str, form: Form) -> Content {
    let mut scan = Scan::new(text, form);
    let mut rows = Vec::new();
    let mut comments = 0;
    while let Some(row) = scan.row() {
        let comment = row
            .cells
            .first()
            .is_some_and(|cell| cell.text.starts_with('#'));
        if comment && (form.mark == '\t' || row.cells.len() == 1) {
            comments += 1;
        } else {
            rows.push(row);
        }
    }
    let mut remarks = scan.remarks;
    if comments > 0 {
        let (s, are) = number(comments);
        let message = format!("{comments} comment line{s} (#) {are} not read");
        remarks.push(Remark::new(Spot::default(), "comment", message));
    }
    let ours = form.mark == '\t' && !form.quoted && rows.first().is_some_and(Row::is_our_header);
    if ours {
        for cell in rows.iter_mut().filter_map(|row| row.cells.first_mut()) {
            if cell.text.starts_with("\\#") {
                cell.text = cell.text.chars().skip(1).collect();
            }
        }
    }
    let grid = Grid {
        sheet: None,
        rows,
        headed: ours,
        escaped: ours,
        ragged: true,
    };
    Content {
        remarks,
        ..Content::grids(form.name(), vec![grid])
    }
}

/// What parts the cells of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form {
    mark: char,
    /// Whether quotes enclose cells.
    quoted: bool,
}

impl Form {
    fn name(self) -> &'static str {
        match (self.mark, self.quoted) {
            ('\t', true) => "TSV (tab, quoted)",
            ('\t', false) => "TSV (tab)",
            (';', _) => "CSV (semicolon)",
            ('|', _) => "text parted by |",
            ('，', _) => "CSV (full-width comma)",
            _ => "CSV (comma)",
        }
    }

    /// The mark that parts most lines into the same number of cells.
    fn of(text: &str) -> Self {
        let sample: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
            .take(200)
            .collect();
        // Excel writes the mark it used in a first line of its own.
        if let Some(mark) = sample
            .first()
            .and_then(|line| line.trim().strip_prefix("sep="))
            && let Some(mark) = mark.chars().next()
        {
            return Self { mark, quoted: true };
        }
        // Names of ours leave no doubt.
        let first = sample.first().copied().unwrap_or("");
        let ours = |mark: &char| {
            let cells = first.split(*mark).map(|text| Cell {
                text: text.trim_matches('"').to_owned(),
                ..Cell::default()
            });
            let cells: Vec<Cell> = cells.collect();
            cells.len() > 1 && Row { line: 1, cells }.is_our_header()
        };
        if let Some(mark) = ['\t', ',', ';'].into_iter().find(ours) {
            let quoted = mark != '\t' || first.contains('"') || tabs_are_quoted(text);
            return Self { mark, quoted };
        }
        let mut best = ('\t', 0usize);
        for mark in ['\t', ',', ';', '|', '，'] {
            let score = evenness(&sample, mark);
            // A tab is nothing else; commas stand in texts as well.
            let weight = if mark == '\t' { 3 } else { 2 };
            if score * weight > best.1 {
                best = (mark, score * weight);
            }
        }
        let mark = if best.1 == 0 { '\t' } else { best.0 };
        Self {
            mark,
            quoted: mark != '\t' || tabs_are_quoted(text),
        }
    }
}

/// How many of some lines a mark parts into as many cells as most others, if into more than one.
fn evenness(lines: &[&str], mark: char) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for line in lines {
        let mut inside = false;
        let mut count = 0;
        for c in line.chars() {
            if c == '"' {
                inside = !inside;
            }
            count += usize::from(c == mark && !inside);
        }
        if count > 0 {
            *counts.entry(count).or_default() += 1;
        }
    }
    counts.into_values().max().unwrap_or(0)
}

/// Whether a text parted by tabs has cells in quotes, as Excel writes them where they hold a
/// tab, a quote or a line end, or as others write all of them.
fn tabs_are_quoted(text: &str) -> bool {
    let cells = || {
        let lines = text.lines().take(2000);
        lines
            .flat_map(|line| line.split('\t'))
            .filter(|cell| !cell.trim().is_empty())
    };
    let enclosed = |cell: &str| cell.len() > 2 && cell.starts_with('"') && cell.ends_with('"');
    let doubled = |cell: &str| {
        let inner = cell
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        inner
            .is_some_and(|inner| inner.contains("\"\"") && !inner.replace("\"\"", "").contains('"'))
    };
    let opens = |cell: &str| cell.starts_with('"') && cell.matches('"').count() % 2 == 1;
    let closes =
        |cell: &str| cell.ends_with('"') && cell.matches('"').count() % 2 == 1 && cell.len() > 1;
    let broken = || {
        // A cell that opens at a line's end and closes at the beginning of one of the next.
        let lines: Vec<&str> = text.lines().take(2000).collect();
        lines.windows(2).any(|pair| {
            let last = pair.first().and_then(|line| line.rsplit('\t').next());
            let next = pair.get(1).and_then(|line| line.split('\t').next());
            last.is_some_and(opens) && next.is_some_and(closes)
        })
    };
    let all = cells().count();
    let most = all > 0 && cells().filter(|cell| enclosed(cell)).count() * 10 >= all * 9;
    most || cells().any(doubled) || broken()
}

/// Reads a text row by row.
struct Scan<'t> {
    rest: &'t str,
    form: Form,
    line: u32,
    column: u32,
    remarks: Vec<Remark>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, form: Form) -> Self {
        Self {
            rest: text,
            form,
            line: 1,
            column: 1,
            remarks: Vec::new(),
        }
    }

    /// The next row that is not blank.
    fn row(&mut self) -> Option<Row> {
        while !self.rest.is_empty() {
            let line = self.line;
            let mut cells = Vec::new();
            loop {
                let (cell, more) = self.cell();
                cells.push(cell);
                if !more {
                    break;
                }
            }
            let row = Row { line, cells };
            let sep = line == 1 && row.cells.len() <= 2 && row.text(0).starts_with("sep=");
            if !row.is_blank() && !sep {
                return Some(row);
            }
        }
        None
    }

    /// A cell, and whether another of the same row follows.
    fn cell(&mut self) -> (Cell, bool) {
        let (line, column) = (self.line, self.column);
        let text = if let Some(text) = self.quoted() {
            text
        } else {
            let mark = self.form.mark;
            let ends = |c: char| c == mark || c == '\n' || c == '\r';
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            self.take(end).to_owned()
        };
        let cell = Cell { text, line, column };
        if self.rest.starts_with(self.form.mark) {
            self.take(self.form.mark.len_utf8());
            return (cell, true);
        }
        let end = match self.rest.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        self.take(end);
        self.line += u32::from(end > 0);
        self.column = 1;
        (cell, false)
    }

    /// The text of a cell in quotes, if one begins here and ends as such a cell must.
    fn quoted(&mut self) -> Option<String> {
        if !self.form.quoted || !begins(self.rest) {
            return None;
        }
        if let Enclosed::Closed(text, bytes) = enclosed(self.rest, self.form.mark, LONGEST_QUOTED) {
            self.take(bytes);
            return Some(text);
        }
        let spot = Spot {
            sheet: None,
            line: self.line,
            column: self.column,
        };
        self.remarks.push(Remark::new(spot, "quote", UNCLOSED));
        None
    }

    /// Takes bytes of what is left, counting lines and columns.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = crate::span::halves(self.rest, bytes);
        let lines = taken.matches('\n').count() as u32;
        if lines > 0 {
            self.line += lines;
            self.column = 1;
        }
        let last = taken.rsplit('\n').next().unwrap_or("");
        self.column += last.chars().count() as u32;
        // The end of a line is counted by who takes it.
        if taken == "\n" || taken == "\r\n" {
            self.line -= lines;
        }
        self.rest = rest;
        taken
    }
}
