//! Texts to check: a document alone, two that translate each other, or one
//! file that holds both sides of its units.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::document::{Block, Document, Piece, State, in_file};
use crate::lang::Locale;
use crate::span::Span;

/// How the two sides lie in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// One document in one language: every unit has only a target.
    Single,
    /// Two documents that translate each other, aligned.
    Pair,
    /// One file with both sides of every unit: a table, a memory, work in progress.
    Table,
}

/// A file whose text was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The file.
    pub path: Arc<Path>,
    /// Its text, decoded, without a byte-order mark.
    pub text: String,
}

/// A text of a unit, and where it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// What it is in.
    pub locale: Locale,
    /// The number of its file among [`Bitext::files`].
    pub file: u32,
    /// Where it was read, piece by piece, in order; the first piece begins at 0.
    pub pieces: Vec<Piece>,
}

impl Passage {
    /// The span of the file's text that a span of this text was read from.
    pub fn in_file(&self, span: Span) -> Span {
        in_file(&self.pieces, span)
    }
}

/// A unit with one text or two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Couple {
    /// The text translated from; `None` in a document alone.
    pub source: Option<Passage>,
    /// The text translated to, or the only one.
    pub target: Option<Passage>,
    /// What kind of text it is part of.
    pub block: Block,
    /// Number of the paragraph it belongs to, from 0.
    pub paragraph: u32,
    /// How far its translation has come.
    pub state: State,
    /// The translator's remark.
    pub note: String,
    /// How far from certain it is that the two translate each other, in hundredths: 0 = certain.
    pub doubt: u8,
}

/// Units to check, with the files they were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitext {
    /// How the two sides lie in files.
    pub layout: Layout,
    /// The name of the files' format: `txt`, `markdown`, `tsv`.
    pub format: &'static str,
    /// One file, or two: the source's first.
    pub files: Vec<File>,
    /// The document's own date.
    pub date: Option<Date>,
    /// The units, in order.
    pub units: Vec<Couple>,
}

impl Bitext {
    /// A document alone; `locale` is what it is in.
    pub fn single(document: Document, locale: Locale) -> Self {
        let units = document.units.into_iter().map(|unit| Couple {
            target: Some(Passage {
                text: unit.source,
                locale,
                file: 0,
                pieces: unit.pieces,
            }),
            block: unit.block,
            paragraph: unit.paragraph,
            ..Couple::default()
        });
        Self {
            layout: Layout::Single,
            format: document.format,
            files: vec![File {
                path: document.path.into(),
                text: document.text,
            }],
            date: document.date,
            units: units.collect(),
        }
    }

    /// The path it is known by: that of its last file, the translation's.
    pub fn path(&self) -> Arc<Path> {
        let last = self.files.last().map(|f| Arc::clone(&f.path));
        last.unwrap_or_else(|| Path::new("").into())
    }
}
