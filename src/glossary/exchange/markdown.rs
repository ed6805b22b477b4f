//! The tables of a Markdown document.

use super::{Cell, Content, Grid, Refused, Row};
use crate::format::bilingual::tables;
use crate::span::line_column;

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
            for span in row {
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
