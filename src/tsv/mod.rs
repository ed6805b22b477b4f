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

mod disk;
mod table;

use std::borrow::Cow;

use crate::model::document::Piece;
use crate::span::Span;

pub use disk::{Lock, beside, resolved, same_file, write_atomic, write_atomic_by};
pub use table::{Kind, Line, Table};

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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
