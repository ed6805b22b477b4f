//! The tables of a Markdown document.

use super::{Cell, Content, Grid, Refused, Row};
use crate::format::bilingual::tables;
use crate::span::{Span, halves, line_column};

/// Whether a text has a line such as `|---|---|`.
pub(super) fn is_one(text: &str) -> bool {
    let rule = |line: &str| {
        let line = line.trim();
        line.contains("--")
            && line.contains('|')
            && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    };
    text.lines().take(2000).any(rule)
}

/// Reads every table of a document.
///
/// # Errors
/// It has none.
pub(super) fn parse(text: &str) -> Result<Content, Refused> {
    let tables = tables::cells(text);
    if tables.is_empty() {
        return Err((None, "there is no table in this document".to_owned()));
    }
    // Places grow, so each is counted from the one before.
    let (mut from, mut line) = (0, 1);
    let mut grids = Vec::new();
    for rows in tables {
        let mut grid = Grid {
            headed: true,
            ragged: true,
            ..Grid::default()
        };
        for row in rows {
            let mut cells = Vec::new();
            let beyond = row.last().map_or_else(Vec::new, |last| beyond(text, *last));
            for span in row.into_iter().chain(beyond) {
                let text_before = text.get(from..span.start as usize).unwrap_or("");
                line += text_before.matches('\n').count() as u32;
                from = span.start as usize;
                let start = text
                    .get(..from)
                    .and_then(|t| t.rfind('\n'))
                    .map_or(0, |at| at + 1);
                let (_, column) = line_column(text.get(start..).unwrap_or(""), from - start);
                cells.push(Cell {
                    text: plain(span.of(text)),
                    line,
                    column,
                });
            }
            let line = cells.first().map_or(line, |cell| cell.line);
            grid.rows.push(Row { line, cells });
        }
        grids.push(grid);
    }
    Ok(Content::grids("Markdown", grids))
}

/// The cells of a row behind its last one, where it has more than the header names.
fn beyond(text: &str, last: Span) -> Vec<Span> {
    let end = last.end as usize;
    let (before, rest) = halves(text, end);
    // A cell that the row lacks stands behind it.
    if before.ends_with('\n') {
        return Vec::new();
    }
    let line = rest.lines().next().unwrap_or_default();
    let line = line.trim_end();
    let bars = line.match_indices('|').map(|(at, _)| at);
    let mut bars: Vec<usize> = bars
        .filter(|at| !halves(line, *at).0.ends_with('\\'))
        .collect();
    if !line.ends_with('|') {
        bars.push(line.len());
    }
    let pairs = bars.iter().zip(bars.iter().skip(1));
    pairs
        .map(|(bar, next)| Span::new(end + bar + 1, end + next))
        .collect()
}

/// The text of a cell without what only lays it out: emphasis, code, escapes, links.
fn plain(cell: &str) -> String {
    let mut text = cell
        .trim()
        .replace("\\|", "|")
        .replace("<br>", "\n")
        .replace("<br/>", "\n");
    // The ampersand comes last: `&amp;lt;` is a text about `&lt;`.
    for (entity, meant) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, meant);
    }
    for mark in ["**", "__", "`"] {
        let inner = text
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = inner.filter(|inner| !inner.contains(mark)) {
            text = inner.to_owned();
        }
    }
    if let Some((label, target)) = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]("))
        && target.ends_with(')')
        && !label.contains(']')
    {
        text = label.to_owned();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;

    #[test]
    fn cells_beyond_the_header_are_there() {
        let text = "| 中文 | English |\n|--|--|\n| 甲 | a | b\\|c |\n| 乙 | d |\n丙 | e | f\n| 丁 | g\n| 戊 |\n| 己 | h |";
        let Body::Grids(grids) = parse(text).unwrap().body else {
            panic!()
        };
        let rows = grids[0].rows.iter().skip(1);
        let rows: Vec<Vec<&str>> = rows
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        let wanted = [
            vec!["甲", "a", "b|c"],
            vec!["乙", "d"],
            vec!["丙", "e", "f"],
            vec!["丁", "g"],
            vec!["戊", ""],
            vec!["己", "h"],
        ];
        assert_eq!(rows, wanted);
        assert_eq!(
            (
                grids[0].rows[1].cells[2].line,
                grids[0].rows[1].cells[2].column
            ),
            (3, 10)
        );
    }

    #[test]
    fn tables_with_their_places() {
        let text = "# 术语\n\n| 中文 | English |\n|------|---------|\n| **能源** | `energy` |\n| [部](x.md) | A\\|B |\n| 关税&amp;税 | a &lt;b&gt; &amp;lt; |\n";
        assert!(is_one(text));
        let Body::Grids(grids) = parse(text).unwrap().body else {
            panic!()
        };
        let rows = &grids[0].rows;
        assert_eq!((rows[1].text(0), rows[1].text(1)), ("能源", "energy"));
        assert_eq!((rows[2].text(0), rows[2].text(1)), ("部", "A|B"));
        assert_eq!(
            (rows[3].text(0), rows[3].text(1)),
            ("关税&税", "a <b> &lt;")
        );
        assert_eq!((rows[2].line, rows[2].cells[1].column), (6, 14));
    }
}
