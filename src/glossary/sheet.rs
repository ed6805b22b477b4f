//! A glossary as a file: its concepts with the place of every cell and term,
//! for what looks at how a glossary is written.

use std::path::Path;
use std::sync::Arc;

use super::columns::{Field, Slot};
use super::read;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::concept::Concept;
use crate::span::Span;
use crate::text::decode::decode;
use crate::tsv;

/// A glossary file that was read.
///
/// ```
/// use std::path::Path;
/// use zhengming::glossary::Sheet;
/// let sheet = Sheet::parse(Path::new("a.tsv"), "zh\ten\n计划\tplan | program\n".as_bytes());
/// let row = &sheet.rows[0];
/// let terms: Vec<_> = sheet.terms(row).map(|term| term.span.of(&sheet.text)).collect();
/// assert_eq!(terms, ["计划", "plan", "program"]);
/// ```
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The file.
    pub path: Arc<Path>,
    /// Its text, decoded, without a byte-order mark; all places lie in it.
    pub text: String,
    /// What its columns hold; `None` for one that is not known.
    pub columns: Vec<Option<Field>>,
    /// Its rows that are concepts, in order.
    pub rows: Vec<Row>,
    /// What could not be read as it stands.
    pub findings: Vec<Finding>,
}

/// A row that is a concept.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it says.
    pub concept: Concept,
    /// Its cells as written.
    pub cells: Vec<Span>,
}

/// A term as it is written in its row.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its language.
    pub lang: Lang,
    /// What it is there as.
    pub slot: Slot,
    /// The term.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Sheet {
    /// Reads a glossary file's bytes.
    pub fn parse(path: &Path, bytes: &[u8]) -> Self {
        let decoded = decode(bytes);
        let (parsed, columns) = read::read_text(path, bytes, &decoded);
        let text = decoded.text;
        let mut spans = tsv::spans(&text);
        let rows = parsed.value.into_iter().map(|concept| {
            // Rows that are no concepts are passed over; both are in order.
            let row = spans.find(|(line, _)| *line == concept.origin.line);
            let cells = row.map(|(_, cells)| cells).unwrap_or_default();
            Row { concept, cells }
        });
        let rows = rows.collect();
        drop(spans);
        Self {
            path: path.into(),
            text,
            columns,
            rows,
            findings: parsed.findings,
        }
    }

    /// The terms of a row in the order of its cells.
    pub fn terms<'s>(&'s self, row: &'s Row) -> impl Iterator<Item = Written> + 's {
        let cells = self.columns.iter().zip(&row.cells);
        let cells = cells.filter_map(|(field, cell)| match field {
            Some(Field::Terms(lang, slot)) => Some((*lang, *slot, *cell)),
            _ => None,
        });
        cells.flat_map(move |(lang, slot, cell)| {
            tsv::term_spans(&self.text, cell).map(move |span| Written {
                lang,
                slot,
                text: tsv::unescape(span.of(&self.text)).trim().to_owned(),
                span,
            })
        })
    }

    /// The cell of a row that holds a field, where the row has it.
    pub fn cell(&self, row: &Row, field: Field) -> Option<Span> {
        let column = self.columns.iter().position(|f| *f == Some(field))?;
        row.cells.get(column).copied()
    }
}
