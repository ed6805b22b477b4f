//! Rows of cells that may be quoted, read as a stream.

use std::io::BufRead;

use super::Bytes;
use super::columns::Row;
use crate::format::quotes::{Enclosed, UNCLOSED, begins, enclosed};
use crate::span::{Span, halves};
use crate::text::stream::{Spot, Stream};
use crate::xml::Fault;

/// A quotation mark that is not closed within so many bytes never is.
const LONGEST: usize = 1 << 20;

/// Bytes read at a time.
const BLOCK: usize = 1 << 16;

/// A text of such rows being read.
#[derive(Debug)]
pub(super) struct Quoted {
    pub(super) text: Stream<Bytes>,
    /// What parts cells.
    mark: char,
    /// Whole lines that were read, and how much of them was used.
    ahead: String,
    used: usize,
    /// The number of the line that is used next.
    line: u32,
    over: bool,
    /// What ended the reading before the end, until it is said.
    broken: Option<Fault>,
    notes: Vec<Fault>,
}

impl Quoted {
    pub(super) fn new(text: Stream<Bytes>, mark: char) -> Self {
        Self {
            text,
            mark,
            ahead: String::new(),
            used: 0,
            line: 1,
            over: false,
            broken: None,
            notes: Vec::new(),
        }
    }

    pub(super) fn notes(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.notes)
    }

    /// The next row that holds anything.
    pub(super) fn row(&mut self) -> Result<Option<Row>, Fault> {
        loop {
            let rest = Span::new(self.used, self.ahead.len()).of(&self.ahead);
            if rest.is_empty() && self.over {
                return self.broken.take().map_or(Ok(None), Err);
            }
            let Some(scanned) = scan(rest, self.mark, self.over) else {
                self.more();
                continue;
            };
            let (taken, _) = halves(rest, scanned.length);
            let spot = Spot {
                line: self.line,
                ..Spot::default()
            };
            self.line += taken.matches('\n').count() as u32;
            self.used += scanned.length;
            if scanned.odd {
                self.notes.push(Fault {
                    spot,
                    message: UNCLOSED.into(),
                });
            }
            let cells = scanned.cells;
            // Spreadsheets say in a first line what parts cells.
            let says_mark = spot.line == 1 && cells.first().is_some_and(|c| c.starts_with("sep="));
            if !says_mark && cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(Row { spot, cells }));
            }
        }
    }

    /// Reads on: as much again as waits to be used, so that a long row is not
    /// looked at more often than its length is doubled.
    fn more(&mut self) {
        let rest = Span::new(self.used, self.ahead.len()).of(&self.ahead);
        self.ahead = rest.to_owned();
        self.used = 0;
        let wanted = BLOCK.max(self.ahead.len() * 2);
        while self.ahead.len() < wanted && !self.over {
            let spot = self.text.mark();
            match self.text.read_line(&mut self.ahead) {
                Ok(read) => self.over = read == 0,
                Err(error) => {
                    self.over = true;
                    let message = error.to_string();
                    self.broken = Some(Fault { spot, message });
                }
            }
        }
    }
}

/// A row that was scanned.
#[derive(Debug, Default)]
struct Scanned {
    cells: Vec<String>,
    /// Bytes it takes, with its line end.
    length: usize,
    /// Whether a quotation mark in it does not close its cell.
    odd: bool,
}

/// The row at the beginning of a text of whole lines; `None` where it goes on
/// beyond them, if they are not the last.
fn scan(text: &str, mark: char, last: bool) -> Option<Scanned> {
    if text.is_empty() {
        return None;
    }
    let mut row = Scanned::default();
    loop {
        let (_, rest) = halves(text, row.length);
        let begins = begins(rest);
        let cell = if begins {
            enclosed(rest, mark, LONGEST)
        } else {
            Enclosed::Bare
        };
        match cell {
            Enclosed::Closed(cell, length) => {
                row.cells.push(cell);
                row.length += length;
            }
            Enclosed::Open if !last && rest.len() <= LONGEST => return None,
            Enclosed::Open | Enclosed::Bare => {
                row.odd |= begins;
                let ends = |c: char| c == mark || c == '\n' || c == '\r';
                let (cell, _) = halves(rest, rest.find(ends).unwrap_or(rest.len()));
                row.cells.push(cell.to_owned());
                row.length += cell.len();
            }
        }
        let (_, rest) = halves(text, row.length);
        if rest.starts_with(mark) {
            row.length += mark.len_utf8();
            continue;
        }
        row.length += if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(!rest.is_empty())
        };
        return Some(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::tests::bytes;

    /// The line and the cells of each row, and the lines of what is said.
    fn rows(text: &str) -> (Vec<String>, Vec<u32>) {
        let mut quoted = Quoted::new(Stream::new(bytes(text), None, |_| None), ',');
        let mut found = Vec::new();
        while let Some(row) = quoted.row().unwrap() {
            found.push(format!("{} {}", row.spot.line, row.cells.join("|")));
        }
        let notes = quoted.notes().into_iter().map(|note| note.spot.line);
        (found, notes.collect())
    }

    #[test]
    fn quotes_enclose_cells_with_marks_and_lines_in_them() {
        let (found, notes) = rows("a,\"b, \"\"c\"\"\"\r\n\r\n\"d\ne\" , f\n,\n\"g\",h");
        assert_eq!(found, ["1 a|b, \"c\"", "3 d\ne| f", "6 g|h"]);
        assert!(notes.is_empty(), "{notes:?}");
    }

    #[test]
    fn a_quote_that_never_closes_swallows_no_rows() {
        let (found, notes) = rows("\"a,甲\nb,乙\n\"c\",丙\n\"Genesis\" Mission,计划\n\"d,丁\n");
        assert_eq!(
            found,
            [
                "1 \"a|甲",
                "2 b|乙",
                "3 c|丙",
                "4 \"Genesis\" Mission|计划",
                "5 \"d|丁"
            ]
        );
        assert_eq!(notes, [1, 4, 5]);
        let long = format!("\"x,y\n{}", "word,字\n".repeat(150_000));
        assert_eq!(rows(&long).0.len(), 150_001);
    }
}
