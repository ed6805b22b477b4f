//! Cells of a table in quotation marks (RFC 4180, or nearly).
//!
//! The scanner is our own because a quotation mark that never closes must not
//! swallow the rows after it: it is taken as it stands, and that is said.

use crate::span::halves;

/// What is said of a mark that closes no cell.
pub(crate) const UNCLOSED: &str =
    "a quotation mark that does not close its cell is taken as it stands";

/// A cell that begins with a quotation mark.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Enclosed {
    /// Its text, and the bytes it takes with its marks and the spaces around them.
    Closed(String, usize),
    /// The mark is not closed as far as the text goes.
    Open,
    /// The mark closes no cell: it is a character like others.
    Bare,
}

/// Whether a cell begins with a quotation mark.
pub(crate) fn begins(rest: &str) -> bool {
    rest.trim_start_matches(' ').starts_with('"')
}

/// The cell that [`begins`] a text, whose cells are parted by `mark`.
///
/// A quotation mark that is not closed within `longest` bytes closes no cell.
pub(crate) fn enclosed(rest: &str, mark: char, longest: usize) -> Enclosed {
    let before = rest.len() - rest.trim_start_matches(' ').len() + 1;
    let (_, inside) = halves(rest, before);
    let mut text = String::new();
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at > longest {
            return Enclosed::Bare;
        }
        if c != '"' {
            text.push(c);
            continue;
        }
        if chars.next_if(|(_, next)| *next == '"').is_some() {
            text.push('"');
            continue;
        }
        let (_, after) = halves(inside, at + 1);
        let end = after.trim_start_matches(' ');
        if end.is_empty() || end.starts_with([mark, '\n', '\r']) {
            return Enclosed::Closed(text, before + at + 1 + (after.len() - end.len()));
        }
        return Enclosed::Bare;
    }
    Enclosed::Open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_close_a_cell_or_are_characters_like_others() {
        let cell = |rest| enclosed(rest, ',', 20);
        let closed = |text: &str, bytes| Enclosed::Closed(text.to_owned(), bytes);
        assert_eq!(cell("\"a\"\"b,\n正\" ,c"), closed("a\"b,\n正", 12));
        assert_eq!(cell("  \"名\""), closed("名", 7));
        assert_eq!(cell("\"Genesis\" Mission,计划"), Enclosed::Bare);
        assert_eq!(cell("\"计划,\n"), Enclosed::Open);
        assert_eq!(cell("\"计划计划计划计划计划\""), Enclosed::Bare);
    }
}
