//! UTX (Universal Terminology eXchange, AAMT): a table parted by tabs, whose
//! first lines begin with `#`: the version with the languages, and last the columns.

use super::table;
use super::{Body, Cell, Content, Row};

/// Reads a UTX text.
pub(super) fn parse(text: &str) -> Content {
    let head: Vec<(u32, &str)> = (1..)
        .zip(text.lines())
        .take_while(|(_, line)| line.starts_with('#'))
        .collect();
    let first = head.first().map_or("", |(_, line)| line);
    // `#UTX 1.11; en-US/zh-CN; 2013-05-10; …`
    let languages = first.split(';').nth(1).unwrap_or("").trim();
    let (source, target) = languages.split_once('/').unwrap_or(("src", "tgt"));
    let (line, columns) = head.last().map_or((1, ""), |(line, text)| {
        (*line, text.trim_start_matches('#'))
    });
    let names = columns.split('\t').map(|name| {
        let name = name.trim();
        match name.to_lowercase().as_str() {
            "src" | "source" => source.trim().to_owned(),
            "tgt" | "target" => target.trim().to_owned(),
            // `term:en`, as from version 1.20.
            other => other.strip_prefix("term:").unwrap_or(name).to_owned(),
        }
    });
    let cells = names
        .map(|text| Cell {
            text,
            line,
            column: 1,
        })
        .collect();
    // The lines stay where they are, so that places are those of the file.
    let body: String = text
        .lines()
        .map(|line| {
            if line.starts_with('#') {
                "\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let mut content = table::tabbed(&body);
    "UTX".clone_into(&mut content.format);
    if let Body::Grids(grids) = &mut content.body
        && let Some(grid) = grids.first_mut()
    {
        grid.headed = true;
        grid.rows.insert(0, Row { line, cells });
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_the_head_names_the_columns() {
        let text = "#UTX 1.11; en-US/zh-CN; 2024-01-01; copyright: x\r\n#description\r\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\r\nflu\t流感\tnoun\tapproved\t1\r\n";
        let Body::Grids(grids) = parse(text).body else {
            panic!()
        };
        let names: Vec<&str> = grids[0].rows[0]
            .cells
            .iter()
            .map(|c| c.text.as_str())
            .collect();
        assert_eq!(
            names,
            ["en-US", "zh-CN", "src:pos", "term status", "concept ID"]
        );
        assert_eq!(
            (grids[0].rows[1].line, grids[0].rows[1].text(1)),
            (4, "流感")
        );
    }
}
