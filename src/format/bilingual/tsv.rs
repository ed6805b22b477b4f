//! Bilingual tables in TSV: columns named `zh` and `en`, or `source` and
//! `target`, or two columns without names. A memory is one of them.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::{Bilingual, common, named, written_in};
use crate::error::Result;
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::format::date;
use crate::format::encoding::decode;
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Couple, File, Layout, Passage};
use crate::model::document::State;
use crate::span::Span;
use crate::tsv;

pub(super) const FORMAT: Bilingual = Bilingual {
    name: "tsv",
    is,
    read,
};

fn is(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("tsv"))
}

fn read(path: &Path, bytes: &[u8], zh: Option<Locale>) -> Result<Option<Parsed<Bitext>>> {
    table(path, bytes, zh, |_, _| {})
}

/// Reads a table; `settle` may say more about its columns, given the file's text.
pub(super) fn table(
    path: &Path,
    bytes: &[u8],
    zh: Option<Locale>,
    settle: impl Fn(&str, &mut Columns),
) -> Result<Option<Parsed<Bitext>>> {
    let (decoded, mut findings) = decode(path, bytes)?;
    let text = decoded.text;
    let rows: Vec<Row> = tsv::spans(&text).collect();
    let Some((mut columns, rows)) = columns(&text, &rows) else {
        return Ok(None);
    };
    settle(&text, &mut columns);
    let date = date::in_name(path);
    let path: Arc<Path> = path.into();
    findings.extend(too_long(&path, &text, rows, columns.width));
    let units = columns.units(&text, rows, zh);
    let value = Bitext {
        layout: Layout::Table,
        format: FORMAT.name,
        files: vec![File { path, text }],
        date,
        units,
    };
    Ok(Some(Parsed { value, findings }))
}

/// What columns there are; `None` for a column that is not.
pub(super) struct Columns {
    /// The two sides.
    sides: Pair<usize>,
    /// What the sides say they are written in.
    pub(super) written: Pair<Option<Locale>>,
    /// The language translated from, where no row says it.
    pub(super) from: Lang,
    /// The language translated from, a row.
    direction: Option<usize>,
    /// How far it has come.
    state: Option<usize>,
    /// `orphan` in it says that the source is gone.
    how: Option<usize>,
    /// The translator's remark.
    note: Option<usize>,
    /// The document, the segment before and the segment after: a memory's.
    key: [Option<usize>; 3],
    /// How many columns there are.
    width: usize,
}

/// A row: its line, and where its cells lie.
type Row = (u32, Vec<Span>);

/// The columns and the rows under them.
fn columns<'a>(text: &str, rows: &'a [Row]) -> Option<(Columns, &'a [Row])> {
    let (header, body) = rows.split_first()?;
    let names: Vec<String> = header
        .1
        .iter()
        .map(|cell| plain_name(cell.of(text)))
        .collect();
    if let Some(columns) = by_name(text, &names, body) {
        return Some((columns, body));
    }
    // Without names only the texts tell: two columns, each in its own language.
    let two = rows.iter().filter(|(_, cells)| cells.len() == 2).count();
    if two * 5 < rows.len() * 4 {
        return None;
    }
    let (left, right) = (language(text, rows, 0)?, language(text, rows, 1)?);
    (left != right).then(|| (Columns::of(left, [0, 1], 2), rows))
}

fn plain_name(cell: &str) -> String {
    cell.trim().to_lowercase()
}

impl Columns {
    /// Two sides, the source first, and nothing else.
    fn of(from: Lang, [source, target]: [usize; 2], width: usize) -> Self {
        let sides = match from {
            Lang::Zh => Pair {
                zh: source,
                en: target,
            },
            Lang::En => Pair {
                zh: target,
                en: source,
            },
        };
        Self {
            sides,
            written: Pair::default(),
            from,
            direction: None,
            state: None,
            how: None,
            note: None,
            key: [None; 3],
            width,
        }
    }
}

/// The columns that a header names.
fn by_name(text: &str, names: &[String], body: &[Row]) -> Option<Columns> {
    let at = |name: &str| names.iter().position(|known| known == name);
    let any = |known: &[&str]| known.iter().find_map(|name| at(name));
    let side = |lang| {
        let mut named = (0..)
            .zip(names)
            .filter_map(|(i, name)| Some((i, named(name)?)));
        named.find_map(|(i, (of, written))| (of == lang).then_some((i, written)))
    };
    let columns = if let (Some(zh), Some(en)) = (side(Lang::Zh), side(Lang::En)) {
        let from = if zh.0 < en.0 { Lang::Zh } else { Lang::En };
        let sides = [zh.0.min(en.0), zh.0.max(en.0)];
        Columns {
            written: Pair { zh: zh.1, en: en.1 },
            ..Columns::of(from, sides, names.len())
        }
    } else {
        let source = any(&["source", "src", "原文"])?;
        let target = any(&["target", "tgt", "translation", "译文", "譯文"])?;
        let (left, right) = (language(text, body, source), language(text, body, target));
        let from = left.or(right.map(Lang::other))?;
        if right == Some(from) {
            return None;
        }
        Columns::of(from, [source, target], names.len())
    };
    Some(Columns {
        direction: at("from"),
        state: at("state"),
        how: at("how"),
        note: any(&["note", "notes", "备注", "備註"]),
        key: [at("document"), at("prev"), at("next")],
        ..columns
    })
}

/// The language of a column's first cells.
fn language(text: &str, rows: &[Row], column: usize) -> Option<Lang> {
    let cells = rows.iter().take(200);
    common(cells.filter_map(|(_, cells)| Some(cells.get(column)?.of(text))))
}

/// Rows that hold more than the header has names for.
fn too_long(path: &Arc<Path>, text: &str, rows: &[Row], width: usize) -> Vec<Finding> {
    let long = rows.iter().filter(|(_, cells)| cells.len() > width);
    let finding = |(line, cells): &Row| {
        let row = cells.iter().map(|cell| cell.of(text)).collect::<Vec<_>>();
        let place = Place::line(Arc::clone(path), *line, &row.join("\t"));
        let message = format!(
            "the row has {} cells and the header {width}: a tab in a text must be written \\t",
            cells.len()
        );
        Finding::syntax("doc-table", Severity::Warning, place, message)
    };
    long.map(finding).collect()
}

impl Columns {
    /// A unit for each row; one without a translation, or without a source, is one too.
    fn units(&self, text: &str, rows: &[Row], zh: Option<Locale>) -> Vec<Couple> {
        let cell = |row: &'_ Row, column: Option<usize>| {
            let span = column.and_then(|column| row.1.get(column));
            span.map_or("", |span| span.of(text))
        };
        let texts = || rows.iter().map(|row| cell(row, Some(self.sides.zh)));
        let written = Pair {
            zh: (self.written.zh).unwrap_or_else(|| written_in(texts(), zh)),
            en: Locale::En,
        };
        let mut units: Vec<Option<Couple>> = Vec::new();
        let mut last = HashMap::new();
        for (paragraph, row) in (0..).zip(rows) {
            let from = Lang::from_tag(cell(row, self.direction)).unwrap_or(self.from);
            if self.key != [None; 3] {
                // Of a memory's rows for one place only the last one stands.
                let source = Some(self.sides[from]);
                let [document, prev, next] = self.key;
                let key = [source, document, prev, next].map(|column| cell(row, column));
                let before = last.insert((from, key), units.len());
                if let Some(unit) = before.and_then(|at| units.get_mut(at)) {
                    *unit = None;
                }
            }
            let state = cell(row, self.state).trim();
            let gone = ["deleted", "unconfirmed"].contains(&state)
                || cell(row, self.how).starts_with("orphan");
            let passage = |lang: Lang| Some(passage(text, row, self.sides[lang], written[lang]));
            units.push((!gone).then(|| Couple {
                source: passage(from),
                target: passage(from.other()),
                paragraph,
                state: State::named(state).unwrap_or_default(),
                note: tsv::unescape(cell(row, self.note)).into_owned(),
                ..Couple::default()
            }));
        }
        units.into_iter().flatten().collect()
    }
}

/// A cell's text, and where it was read; an empty one stands at its place too.
fn passage(text: &str, (_, cells): &Row, column: usize, locale: Locale) -> Passage {
    let end = cells.last().map_or(Span::default(), |last| Span {
        start: last.end,
        end: last.end,
    });
    let (plain, pieces) = tsv::plain(text, cells.get(column).copied().unwrap_or(end));
    Passage {
        text: plain,
        locale,
        file: 0,
        pieces,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bitext(text: &str) -> Option<Bitext> {
        let read = read(Path::new("a.tsv"), text.as_bytes(), None).unwrap();
        read.map(|parsed| parsed.value)
    }

    /// Source and target of every unit.
    fn texts(text: &str) -> Vec<(String, String)> {
        let units = bitext(text).unwrap().units;
        let text = |passage: &Option<Passage>| passage.as_ref().unwrap().text.clone();
        let both = units.iter().map(|u| (text(&u.source), text(&u.target)));
        both.collect()
    }

    fn both(source: &str, target: &str) -> (String, String) {
        (source.to_owned(), target.to_owned())
    }

    #[test]
    fn columns_are_known_by_their_names_or_their_language() {
        let row = [both("能源部", "Department of Energy")];
        for file in [
            "zh\ten\n能源部\tDepartment of Energy\n",
            "id\tzh-CN\tremark\ten-US\n1\t能源部\t\tDepartment of Energy\n",
            "source\ttarget\n能源部\tDepartment of Energy\n",
            "原文\t译文\n能源部\tDepartment of Energy\n",
            "# 说明\n\n能源部\tDepartment of Energy\r\n",
            "en\tzh\tfrom\nDepartment of Energy\t能源部\tzh\n",
            "zh_tw\ten\n能源部\tDepartment of Energy\n",
        ] {
            assert_eq!(texts(file), row, "{file}");
        }
        assert_eq!(texts("en\tzh\nenergy\t能源\n"), [both("energy", "能源")]);
        for file in [
            "",
            "zh\n能源部\n",
            "source\ttarget\n能源\t能源部\n",
            "1\t2\n",
        ] {
            assert_eq!(bitext(file), None, "{file}");
        }
    }

    #[test]
    fn an_empty_side_is_a_unit_with_a_place() {
        let file = "zh\ten\n能源部\t\n\tEnergy\n国防部\n";
        assert_eq!(
            texts(file),
            [both("能源部", ""), both("", "Energy"), both("国防部", "")]
        );
        let bitext = bitext(file).unwrap();
        let at = |i: usize| {
            let target = bitext.units[i].target.as_ref().unwrap();
            target.in_file(Span::default()).start as usize
        };
        assert_eq!(at(0), file.find("\n\tEnergy").unwrap());
        assert_eq!(at(2), file.len() - 1);
    }

    #[test]
    fn escapes_lead_back_to_the_file() {
        let file = "zh\ten\n\\# 能\\n源\\\\部\ta\\tb\n";
        assert_eq!(texts(file), [both("# 能\n源\\部", "a\tb")]);
        let bitext = bitext(file).unwrap();
        let source = bitext.units[0].source.as_ref().unwrap();
        for part in ["能", "源", "部", "# 能"] {
            let span = Span::find(&source.text, part).unwrap();
            assert_eq!(source.in_file(span).of(file), part);
        }
    }

    #[test]
    fn of_a_memory_the_last_row_stands() {
        let file = "zh\ten\tfrom\tstate\tdocument\n\
                    能源\tEnergie\tzh\ttranslated\ta\n\
                    能源\tenergy\tzh\ttranslated\ta\n\
                    算力\tpower\tzh\ttranslated\ta\n\
                    算力\t\tzh\tdeleted\ta\n\
                    算力\tcomputing power\tzh\ttranslated\tb\n";
        assert_eq!(
            texts(file),
            [both("能源", "energy"), both("算力", "computing power")]
        );
    }

    #[test]
    fn a_row_that_is_too_long_is_told() {
        let file = "zh\ten\n能源\ten\tergy\n";
        let read = read(Path::new("a.tsv"), file.as_bytes(), None).unwrap();
        let findings = read.unwrap().findings;
        assert_eq!((findings[0].rule, findings[0].place.line), ("doc-table", 2));
    }
}
