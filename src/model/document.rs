//! A document as a skeleton with holes: the file's own bytes, and where each
//! unit's text goes. What was not translated comes back byte for byte.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::span::Span;

/// How far a unit's translation has come (XLIFF 2 `state`, with `draft` added).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// No translation yet.
    #[default]
    Initial,
    /// A translation that nobody has confirmed.
    Draft,
    /// Confirmed by the translator.
    Translated,
    /// Confirmed by a second person.
    Reviewed,
    /// Delivered.
    Final,
}

impl State {
    /// All of them with their names in files.
    const NAMES: [(Self, &str); 5] = [
        (Self::Initial, "initial"),
        (Self::Draft, "draft"),
        (Self::Translated, "translated"),
        (Self::Reviewed, "reviewed"),
        (Self::Final, "final"),
    ];

    /// Its name in files: `draft`.
    pub fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        let found = names.find(|(state, _)| *state == self);
        found.map_or("", |(_, name)| name)
    }

    /// The state of a name.
    pub fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        let found = names.find(|(_, known)| *known == name);
        found.map(|(state, _)| *state)
    }

    /// Whether somebody has confirmed the translation.
    pub fn confirmed(self) -> bool {
        self >= Self::Translated
    }
}

/// What kind of text a unit is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading or title.
    Heading,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A quotation.
    Quote,
}

/// A stretch of a unit's source and the place of the file it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the unit's source.
    pub unit: u32,
    /// The same byte in the document's text ([`Document::text`]).
    pub file: u32,
}

/// A translation unit: one segment of a document with its translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// The source segment, soft line breaks joined, inline codes as written.
    pub source: String,
    /// The target segment; empty where there is none.
    pub target: String,
    /// How far it has come.
    pub state: State,
    /// The translator's remark.
    pub note: String,
    /// What kind of text it is part of.
    pub block: Block,
    /// Number of the paragraph (hole) it belongs to, from 0.
    pub paragraph: u32,
    /// Line of the file it begins on, from 1.
    pub line: u32,
    /// Where its source was read, piece by piece, in order; the first piece begins at 0.
    pub pieces: Vec<Piece>,
}

impl Unit {
    /// The span of the file's text that a span of the source was read from.
    pub fn in_file(&self, span: Span) -> Span {
        in_file(&self.pieces, span)
    }
}

/// The span of a file's text that a span of a text was read from, the text's pieces given.
pub fn in_file(pieces: &[Piece], span: Span) -> Span {
    let at = |byte: u32| {
        let i = pieces.partition_point(|p| p.unit <= byte);
        let piece = i.checked_sub(1).and_then(|i| pieces.get(i));
        piece.map_or(0, |p| p.file + (byte - p.unit))
    };
    ends(span, at)
}

/// The span of a text that was read from a span of its file's text, the text's pieces given: the
/// other way than [`in_file`].
///
/// ```
/// use zhengming::model::document::{Piece, in_file, in_unit};
/// use zhengming::span::Span;
/// // `a\nb` from byte 10 of a file on is a text of two lines.
/// let pieces = [Piece { unit: 0, file: 10 }, Piece { unit: 1, file: 12 }];
/// let span = Span::new(1, 3);
/// assert_eq!(in_unit(&pieces, in_file(&pieces, span)), span);
/// ```
pub fn in_unit(pieces: &[Piece], span: Span) -> Span {
    let at = |byte: u32| {
        let i = pieces.partition_point(|p| p.file <= byte);
        let piece = i.checked_sub(1).and_then(|i| pieces.get(i));
        let here = piece.map_or(0, |p| p.unit + (byte - p.file));
        // Between two pieces the file may have more than the text: the stroke of an escape.
        pieces.get(i).map_or(here, |next| here.min(next.unit))
    };
    ends(span, at)
}

/// A span by the bytes that its own come to.
fn ends(span: Span, at: impl Fn(u32) -> u32) -> Span {
    let start = at(span.start);
    // The end is the byte after the last one, not the first of the next piece.
    let end = if span.is_empty() {
        start
    } else {
        at(span.end - 1) + 1
    };
    Span { start, end }
}

/// What a hole can hold, and so how a translation is written into it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Slot {
    /// Lines of a Markdown block: a line break in the file means something.
    #[default]
    Lines,
    /// One line: a heading.
    Line,
    /// A cell of a Markdown table.
    Cell,
    /// The value of a key in YAML or TOML front matter.
    Scalar,
    /// Lines of plain text, broken where they were full: a line break means nothing.
    Wrapped,
    /// The text of a subtitle, whose lines are broken anew.
    Cue,
    /// Text between tags of HTML: a line break is a space.
    Markup,
    /// Text of HTML where no tag can stand: an attribute's value, a page's title.
    Value,
    /// Text of a Word file: a line break is one in it.
    Runs,
}

/// Where the units of one paragraph go in the file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The bytes of [`Document::text`] that are replaced.
    pub at: Span,
    /// How a translation is written into it.
    pub slot: Slot,
    /// The first unit of the paragraph.
    pub first: u32,
    /// The number of its units.
    pub count: u32,
    /// What begins a further line inside the hole (`> `, an indentation).
    pub prefix: String,
}

/// A file read for translation.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The file.
    pub path: PathBuf,
    /// The name of its format: `txt`, `markdown`, `html`, `docx`, `srt`, `vtt`.
    pub format: &'static str,
    /// The encoding it was read in, as a label: `UTF-8`, `gb18030`.
    pub encoding: &'static str,
    /// The language it is in.
    pub from: Lang,
    /// Its units, in order.
    pub units: Vec<Unit>,
    /// The file's own bytes.
    pub original: Vec<u8>,
    /// Whether the file began with a UTF-8 byte-order mark.
    pub bom: bool,
    /// The file's text: `original` decoded, without a byte-order mark; of an archive what was
    /// made of it, a paragraph a line.
    pub text: String,
    /// Where the units go in `text`, in order, not overlapping.
    pub holes: Vec<Hole>,
    /// The document's own date, from its front matter or its name.
    pub date: Option<jiff::civil::Date>,
}
