//! One row a finding, for spreadsheets and scripts; escapes as in every table
//! of this program.

use std::io::{self, Write};

use super::{Format, Results, Style, path_text, stand_in, visible};
use crate::finding::Side;
use crate::tsv::{join, join_terms};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "tsv",
    about: "one row a finding, for spreadsheets",
    write,
};

const COLUMNS: [&str; 17] = [
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "severity",
    "rule",
    "message",
    "text",
    "suggestions",
    "zh",
    "en",
    "glossary",
    "mqm",
    "side",
    "source",
    "target",
];

fn write(results: &Results, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", join(&COLUMNS))?;
    for finding in &results.findings {
        let place = &finding.place;
        let path = path_text(&place.path);
        let numbers = [place.line, place.column, place.end_line, place.end_column];
        let [line, column, end_line, end_column] = numbers.map(|n| n.to_string());
        let row = finding.concept.as_ref();
        let row = row.map_or([""; 3], |r| [&r.zh, &r.en, &r.glossary]);
        let [zh, en, glossary] = row;
        let sides = finding.sides.as_ref();
        let [source, target] = sides.map_or([""; 2], |s| [&s.source, &s.target]);
        let marked = place.marked();
        let head = [
            path.as_ref(),
            &line,
            &column,
            &end_line,
            &end_column,
            finding.severity.name(),
            finding.rule,
            &finding.message,
            &marked,
        ];
        let suggestions: Vec<_> = finding.suggestions.iter().map(|s| tame(s)).collect();
        // Joined as terms a cell is written already; `join` would escape it again.
        let suggestions = join_terms(&suggestions);
        let side = finding.side.map_or("", Side::name);
        let tail = ["", zh, en, glossary, finding.mqm, side, source, target];
        writeln!(
            out,
            "{}\t{suggestions}{}",
            join(&head.map(tame)),
            join(&tail.map(tame))
        )?;
    }
    for unread in &results.unread {
        let path = path_text(&unread.path);
        let line = format!("{path}: not checked: {}", unread.message);
        writeln!(out, "# {}", visible(&line))?;
    }
    Ok(())
}

/// A cell without control characters, but for those that a table has escapes for.
fn tame(text: &str) -> String {
    let tame = |c| match c {
        '\t' | '\n' | '\r' => c,
        c => stand_in(c).unwrap_or(c),
    };
    text.chars().map(tame).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{results, written};
    use super::COLUMNS;
    use crate::tsv::{Table, split_terms};

    #[test]
    fn the_table_reads_back() {
        let text = written("tsv", &results());
        assert!(text.ends_with("# bad.md: not checked: holds a NUL byte\n"));
        let table = Table::parse(&text);
        assert_eq!(table.header, COLUMNS);
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|row| row.width() == COLUMNS.len()));
        let cell = |row: usize, name| {
            let column = table.column(name).unwrap();
            rows[row].cell(column).into_owned()
        };
        assert_eq!(
            cell(0, "message"),
            "“US$5 billion” is not\nthe value␛ of “500亿美元”"
        );
        let column = table.column("suggestions").unwrap();
        assert_eq!(
            split_terms(rows[0].written(column)),
            ["US$50 billion", "US$50bn"]
        );
        assert_eq!(cell(1, "text"), "创世纪计划");
        assert_eq!(cell(1, "glossary"), "glossaries/us.tsv:3");
        assert_eq!(cell(1, "side"), "source");
        assert_eq!(cell(2, "source"), "");
    }
}
