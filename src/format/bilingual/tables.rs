//! Tables in Markdown with a Chinese and an English column: their rows are
//! units with two sides, and the rest of the document stays as it is.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{common, named, written_in};
use crate::format::markdown;
use crate::format::segment::join;
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Couple, Layout, Passage};
use crate::model::document::{Block, Piece};
use crate::span::Span;
use crate::text::detect::language;

/// Takes the bilingual tables out of a Markdown document alone: the document
/// without them, and their rows; `None` where it has none.
///
/// Cells that are in no bilingual column stay with the document.
pub fn split(mut document: Bitext, zh: Option<Locale>) -> (Bitext, Option<Bitext>) {
    let Some(file) = document.files.first().cloned() else {
        return (document, None);
    };
    // A table's second line is made of these; parsing again is not for every document.
    if document.format != markdown::FORMAT.name || !file.text.contains("--") {
        return (document, None);
    }
    let mut rows = Vec::new();
    for table in tables(&file.text) {
        for pair in table.pairs(&file.text) {
            rows.extend(table.rows(&file.text, pair, zh));
        }
    }
    if rows.is_empty() {
        return (document, None);
    }
    let cells = Cells::new(document.units, &rows);
    let units = (0..).zip(&rows).map(|(paragraph, [source, target])| {
        let passage = |cell: &Cell| cells.passage(&file.text, cell);
        Couple {
            source: Some(passage(source)),
            target: Some(passage(target)),
            block: Block::Cell,
            paragraph,
            ..Couple::default()
        }
    });
    let tables = Bitext {
        // Both columns are the author's own: each is checked by itself too.
        layout: Layout::Pair,
        format: document.format,
        files: vec![file.clone()],
        date: document.date,
        units: units.collect(),
    };
    document.units = cells.rest;
    (document, Some(tables))
}

/// The tables of a Markdown text, row by row, with where each cell lies in it.
///
/// ```
/// use zhengming::format::bilingual::tables::cells;
/// let text = "| 中文 | English |\n|--|--|\n| 能源 | energy |\n";
/// assert_eq!(cells(text)[0][1][1].of(text).trim(), "energy");
/// ```
pub fn cells(text: &str) -> Vec<Vec<Vec<Span>>> {
    tables(text).into_iter().map(|table| table.rows).collect()
}

/// A cell of a bilingual column.
#[derive(Debug, Clone, Copy)]
struct Cell {
    at: Span,
    locale: Locale,
}

impl Cell {
    fn of(self, text: &str) -> &str {
        self.at.of(text).trim()
    }
}

/// The units of a document, by the cells they stand in.
struct Cells {
    taken: Vec<Couple>,
    rest: Vec<Couple>,
}

impl Cells {
    fn new(units: Vec<Couple>, rows: &[[Cell; 2]]) -> Self {
        let mut spans: Vec<Span> = rows.iter().flatten().map(|cell| cell.at).collect();
        spans.sort_by_key(|span| span.start);
        let inside = |unit: &Couple| {
            let at = start(unit);
            let after = spans.partition_point(|span| span.start <= at);
            let before = after.checked_sub(1).and_then(|i| spans.get(i));
            before.is_some_and(|span| at < span.end)
        };
        let (taken, rest) = units.into_iter().partition(inside);
        Self { taken, rest }
    }

    /// The text of a cell: its units, or where it has none (a number, nothing) what stands there.
    fn passage(&self, text: &str, cell: &Cell) -> Passage {
        let first = self
            .taken
            .partition_point(|unit| start(unit) < cell.at.start);
        let inside = self.taken.iter().skip(first);
        let inside = inside.take_while(|unit| start(unit) < cell.at.end);
        let parts: Vec<&Passage> = inside.filter_map(|unit| unit.target.as_ref()).collect();
        let locale = cell.locale;
        if parts.is_empty() {
            let plain = cell.of(text);
            let lead = cell.at.of(text).find(plain).unwrap_or(0);
            let piece = Piece {
                unit: 0,
                file: cell.at.start + lead as u32,
            };
            return Passage {
                text: plain.to_owned(),
                locale,
                file: 0,
                pieces: vec![piece],
            };
        }
        let parts = parts.iter().map(|p| (p.text.as_str(), p.pieces.as_slice()));
        let (text, pieces) = join(parts, cell.locale.lang());
        Passage {
            text,
            locale,
            file: 0,
            pieces,
        }
    }
}

/// Where a unit of a document alone begins in its file.
fn start(unit: &Couple) -> u32 {
    let pieces = unit
        .target
        .as_ref()
        .map(|passage| passage.pieces.as_slice());
    let first = pieces.and_then(|pieces| pieces.first());
    first.map_or(0, |piece| piece.file)
}

/// The cells of a table, row by row, the header first.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Span>>,
}

/// A column whose cells are in one language.
#[derive(Clone, Copy)]
struct Column {
    at: usize,
    lang: Lang,
    /// Whether its header says so.
    named: bool,
}

/// Columns side by side in two languages, each in one pair.
fn neighbors(columns: &[Column]) -> Vec<[Column; 2]> {
    let mut pairs = Vec::new();
    let mut rest = columns;
    while let [a, b, after @ ..] = rest {
        if a.lang == b.lang {
            rest = rest.get(1..).unwrap_or_default();
        } else {
            pairs.push([*a, *b]);
            rest = after;
        }
    }
    pairs
}

fn ordered(a: Column, b: Column) -> [Column; 2] {
    if a.at < b.at { [a, b] } else { [b, a] }
}

/// The tables of a Markdown text.
fn tables(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for (event, range) in Parser::new_ext(text, markdown::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Table::default()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(table) = tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell(text, range));
                }
            }
            _ => {}
        }
    }
    tables
}

/// The bytes of a cell, without the bars at its sides.
fn cell(text: &str, range: Range<usize>) -> Span {
    let whole = Span::from(range);
    let inner = whole.of(text);
    let start = inner.len() - inner.trim_start_matches('|').len();
    let inner = inner.trim_start_matches('|');
    let inner = if inner.ends_with("\\|") {
        inner
    } else {
        inner.strip_suffix('|').unwrap_or(inner)
    };
    let start = whole.start as usize + start;
    Span::new(start, start + inner.len())
}

impl Table {
    /// A column's cells below the header.
    fn body(&self, column: usize) -> impl Iterator<Item = Span> {
        let rows = self.rows.iter().skip(1);
        rows.filter_map(move |row| row.get(column).copied())
    }

    /// Columns that translate each other, the left one first.
    fn pairs(&self, text: &str) -> Vec<[Column; 2]> {
        let Some(header) = self.rows.first() else {
            return Vec::new();
        };
        let langs: Vec<Option<Lang>> = (0..header.len())
            .map(|column| common(self.body(column).map(|cell| cell.of(text))))
            .collect();
        let said = |column: usize| named(header.get(column)?.of(text)).map(|(lang, _)| lang);
        let columns: Vec<Column> = (0..)
            .zip(&langs)
            .filter_map(|(at, lang)| Some((at, (*lang)?)))
            .map(|(at, lang)| Column {
                at,
                lang,
                named: said(at) == Some(lang),
            })
            .collect();
        let of = |lang: Lang, named: bool| -> Vec<Column> {
            let of_lang = columns.iter().filter(move |c| c.lang == lang);
            of_lang.filter(|c| c.named || !named).copied().collect()
        };
        let sides = |named| Pair {
            zh: of(Lang::Zh, named),
            en: of(Lang::En, named),
        };
        // Where headers name the languages they say which columns; otherwise
        // neighbors translate each other.
        let named = sides(true);
        let pairs: Vec<[Column; 2]> = match (named.zh.as_slice(), named.en.as_slice()) {
            (many, [one]) | ([one], many) if !many.is_empty() => {
                many.iter().map(|other| ordered(*one, *other)).collect()
            }
            _ => neighbors(&columns),
        };
        pairs
            .into_iter()
            .filter(|pair| self.translate(text, pair))
            .collect()
    }

    /// Whether two columns may render each other by their length: a term beside
    /// its definition does not.
    fn translate(&self, text: &str, [a, b]: &[Column; 2]) -> bool {
        let mut ratios = Vec::new();
        for row in self.rows.iter().skip(1) {
            let length = |cell: &Column| {
                let cell = row.get(cell.at).map_or("", |span| span.of(text));
                cell.chars().filter(|c| c.is_alphanumeric()).count()
            };
            let (zh, en) = match a.lang {
                Lang::Zh => (length(a), length(b)),
                Lang::En => (length(b), length(a)),
            };
            if zh > 0 && en > 0 {
                ratios.push(en as f64 / zh as f64);
            }
        }
        ratios.sort_by(f64::total_cmp);
        let median = ratios.get(ratios.len() / 2);
        median.is_some_and(|median| (0.5..12.0).contains(median))
    }

    /// The cells of two columns, row by row; the header's too where they are in
    /// the columns' languages and more than these languages' names.
    fn rows(
        &self,
        text: &str,
        [source, target]: [Column; 2],
        zh: Option<Locale>,
    ) -> Vec<[Cell; 2]> {
        let locale = |column: Column| match column.lang {
            Lang::En => Locale::En,
            Lang::Zh => {
                let texts = self.body(column.at).map(|cell| cell.of(text));
                let said = || named(self.rows.first()?.get(column.at)?.of(text))?.1;
                said().unwrap_or_else(|| written_in(texts, zh))
            }
        };
        let locales = [source, target].map(locale);
        let cells = |row: &Vec<Span>| {
            let cell = |of: Column, locale| {
                let at = row.get(of.at).copied()?;
                Some(Cell { at, locale })
            };
            let [left, right] = locales;
            Some([cell(source, left)?, cell(target, right)?])
        };
        let title = |cells: &[Cell; 2]| {
            let unnamed = !source.named && !target.named;
            unnamed
                && cells
                    .iter()
                    .all(|c| language(c.of(text)) == Some(c.locale.lang()))
        };
        let mut rows = self.rows.iter().filter_map(cells);
        let header = rows.next().filter(title);
        header.into_iter().chain(rows).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::format;

    /// The units of the document without its tables, and those of the tables.
    fn parts(text: &str) -> (Vec<String>, Vec<[String; 2]>) {
        let document = format::parse(Path::new("a.md"), text.into(), None).unwrap();
        let document = document.value;
        let locale = document.from.into();
        let (rest, tables) = split(Bitext::single(document, locale), None);
        let text = |passage: &Option<Passage>| passage.as_ref().unwrap().text.clone();
        let rest = rest.units.iter().map(|u| text(&u.target)).collect();
        let tables = tables.map_or_else(Vec::new, |tables| tables.units);
        let tables = tables.iter().map(|u| [text(&u.source), text(&u.target)]);
        (rest, tables.collect())
    }

    fn both(source: &str, target: &str) -> [String; 2] {
        [source.to_owned(), target.to_owned()]
    }

    #[test]
    fn a_table_is_taken_out_and_the_rest_stays() {
        let text = "# 机构\n\n| 中文 | English | 备注 |\n|---|---|---|\n\
                    | 能源部 | Department of Energy | 主管。牵头。 |\n\
                    | 50% |  | 无 |\n\
                    | 国防部 | Defense\\|War |\n\n结束。\n";
        let (rest, tables) = parts(text);
        assert_eq!(
            rest,
            [
                "机构",
                "中文",
                "English",
                "备注",
                "主管。",
                "牵头。",
                "无",
                "结束。"
            ]
        );
        assert_eq!(
            tables,
            [
                both("能源部", "Department of Energy"),
                both("50%", ""),
                both("国防部", "Defense\\|War"),
            ]
        );
    }

    #[test]
    fn a_header_in_both_languages_is_a_row() {
        let text = "| Agency | 机构 |\n|---|---|\n| Energy | 能源部 |\n| War | 战争部 |\n";
        assert_eq!(parts(text).1.first(), Some(&both("Agency", "机构")));
        let text = "| 英文名 | 中文名 |\n|---|---|\n| Energy | 能源部 |\n| War | 战争部 |\n";
        assert_eq!(parts(text).1.len(), 2);
    }

    #[test]
    fn columns_that_do_not_translate_each_other_stay() {
        for text in [
            "| 术语 | 说明 |\n|---|---|\n| 算力 | 计算能力 |\n",
            "| 项 | name |\n|---|---|\n| 一 | `a` |\n| 二 | 三 |\n",
            "| 术语 | Definition |\n|---|---|\n\
             | 算力 | The capacity to perform computations over a period of time |\n",
        ] {
            assert_eq!(parts(text).1, [[""; 2]; 0], "{text}");
        }
        let two = "| en | zh-CN | zh-TW |\n|---|---|---|\n| software | 软件 | 軟體 |\n";
        assert_eq!(
            parts(two).1,
            [both("software", "软件"), both("software", "軟體")]
        );
    }

    #[test]
    fn a_place_in_a_cell_is_a_place_in_the_file() {
        let text = "文\n\n| 能源部。国防部。 | Energy. Defense. |\n|--|--|\n| 一 | one |\n";
        let document = format::parse(Path::new("a.md"), text.into(), None).unwrap();
        let bitext = Bitext::single(document.value, Locale::Hans);
        let tables = split(bitext, None).1.unwrap();
        let target = tables.units[0].target.as_ref().unwrap();
        assert_eq!(target.text, "Energy. Defense.");
        let span = Span::find(&target.text, "Defense").unwrap();
        assert_eq!(target.in_file(span).of(text), "Defense");
    }
}
