//! A glossary as lines to be merged.

use std::collections::HashMap;

use super::conflict::is_marker;
use crate::glossary::columns::{Field, Slot, field, name};
use crate::glossary::read::headerless;
use crate::lang::Lang;
use crate::text::fold::fold;
use crate::tsv::{self, Kind, Table};

/// A version of the file.
#[derive(Debug, Default)]
pub(in crate::glossary) struct File {
    pub(in crate::glossary) bom: bool,
    /// Whether a row names the columns.
    pub(in crate::glossary) headed: bool,
    pub(in crate::glossary) columns: Vec<Column>,
    /// The lines in order; conflict markers belong to their rows.
    pub(in crate::glossary) items: Vec<Item>,
    /// The line end of most of its lines.
    pub(in crate::glossary) end: &'static str,
    /// Whether the last line has one.
    pub(in crate::glossary) ended: bool,
    places: HashMap<String, usize>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::glossary) struct Column {
    /// What it is known by in all versions.
    pub(in crate::glossary) key: String,
    /// Its name as written.
    pub(in crate::glossary) name: String,
    pub(in crate::glossary) field: Option<Field>,
}

/// A line, or a row with what marks a conflict above it.
#[derive(Debug)]
pub(in crate::glossary) enum Item {
    Header,
    Comment(String),
    Row(Row),
}

/// A row.
#[derive(Debug)]
pub(in crate::glossary) struct Row {
    pub(in crate::glossary) text: String,
    /// The cells as written.
    pub(in crate::glossary) cells: Vec<String>,
    pub(in crate::glossary) markers: Vec<String>,
}

impl Row {
    /// A row of this text.
    pub(in crate::glossary) fn of(text: &str) -> Self {
        Self {
            cells: tsv::written_cells(text).map(str::to_owned).collect(),
            text: text.to_owned(),
            markers: Vec::new(),
        }
    }
}

impl Item {
    pub(in crate::glossary) fn row(&self) -> Option<&Row> {
        match self {
            Self::Row(row) => Some(row),
            _ => None,
        }
    }
}

impl File {
    pub(in crate::glossary) fn parse(text: &str) -> Self {
        let plain = Table::parse(text);
        let named = plain
            .header
            .iter()
            .any(|name| matches!(field(name), Some(Field::Terms(..))));
        let bare = if named { None } else { headerless(text) };
        let (table, columns) = if let Some(fields) = bare {
            let names: Vec<&str> = fields.iter().map(|f| name(*f)).collect();
            let columns = columns(names.iter().copied());
            (Table::headerless(text, &names), columns)
        } else {
            let columns = columns(plain.header.iter().map(String::as_str));
            (plain, columns)
        };
        let ends = |end: &str| table.lines.iter().filter(|line| line.end == end).count();
        let mut file = Self {
            bom: table.bom,
            end: if ends("\r\n") > ends("\n") {
                "\r\n"
            } else {
                "\n"
            },
            ended: table.lines.last().is_none_or(|line| !line.end.is_empty()),
            columns,
            ..Self::default()
        };
        file.items(table);
        // Cells beyond the header are kept, each in a column without a name.
        let widest = file.rows().map(|row| row.cells.len()).max().unwrap_or(0);
        for number in file.columns.len()..widest {
            file.columns.push(unnamed(number));
        }
        let keys = file.columns.iter().enumerate();
        file.places = keys.map(|(at, column)| (column.key.clone(), at)).collect();
        file
    }

    fn items(&mut self, table: Table) {
        let mut markers: Vec<String> = Vec::new();
        for line in table.lines {
            match line.kind {
                Kind::Comment if is_marker(&line.text) => markers.push(line.text),
                Kind::Row => {
                    self.items.push(Item::Row(Row {
                        markers: std::mem::take(&mut markers),
                        ..Row::of(&line.text)
                    }));
                }
                Kind::Comment | Kind::Header => {
                    // Markers without a row are comments like others.
                    self.items.extend(markers.drain(..).map(Item::Comment));
                    self.items.push(if line.kind == Kind::Header {
                        self.headed = true;
                        Item::Header
                    } else {
                        Item::Comment(line.text)
                    });
                }
            }
        }
        self.items.extend(markers.into_iter().map(Item::Comment));
    }

    pub(in crate::glossary) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.items.iter().filter_map(Item::row)
    }

    /// The line each item stands on, from 1.
    pub(in crate::glossary) fn line_numbers(&self) -> Vec<u32> {
        let mut line = 0;
        let number = |item: &Item| {
            line += 1 + item.row().map_or(0, |row| row.markers.len() as u32);
            line
        };
        self.items.iter().map(number).collect()
    }

    /// Whether it has a column.
    pub(in crate::glossary) fn has(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    /// A cell as written; empty where the row is too short or there is no such column.
    pub(in crate::glossary) fn cell<'r>(&self, row: &'r Row, key: &str) -> &'r str {
        let at = self.places.get(key);
        at.and_then(|at| row.cells.get(*at))
            .map_or("", String::as_str)
    }

    /// What a row is known by.
    pub(in crate::glossary) fn concept(&self, row: &Row) -> Concept {
        let terms = |lang| -> Vec<String> {
            let written = self.cell(row, name(Field::Terms(lang, Slot::Preferred)));
            let mut terms: Vec<String> =
                tsv::split_terms(written).iter().map(|t| fold(t)).collect();
            terms.sort();
            terms
        };
        Concept {
            id: self.cell(row, name(Field::Id)).trim().to_owned(),
            zh: terms(Lang::Zh).join("\t"),
            en: terms(Lang::En).join("\t"),
            subject: fold(self.cell(row, name(Field::Subject)).trim()),
            text: row.text.clone(),
        }
    }
}

/// What a row is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::glossary) struct Concept {
    pub(in crate::glossary) id: String,
    pub(in crate::glossary) zh: String,
    pub(in crate::glossary) en: String,
    pub(in crate::glossary) subject: String,
    pub(in crate::glossary) text: String,
}

fn columns<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (number, written) in names.enumerate() {
        let field = field(written);
        let key = field.map_or_else(|| written.trim().to_lowercase(), |f| name(f).to_owned());
        if key.is_empty() || columns.iter().any(|column| column.key == key) {
            columns.push(Column {
                name: written.to_owned(),
                ..unnamed(number)
            });
        } else {
            columns.push(Column {
                key,
                name: written.to_owned(),
                field,
            });
        }
    }
    columns
}

fn unnamed(number: usize) -> Column {
    Column {
        key: format!("\t{number}"),
        name: String::new(),
        field: None,
    }
}
