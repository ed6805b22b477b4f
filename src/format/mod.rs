//! Bytes to documents and back, one file a format.
//!
//! A format knows where the text of a file is ([`Paragraph`]s) and nothing
//! else: decoding, cutting into sentences, and writing translations into the
//! holes are the same for all. A new format is one file and its line in
//! [`FORMATS`].
//!
//! A document that nobody translated is written back byte for byte. Where
//! something was, only the holes with a translation change (and what a page of
//! HTML says of its own language and encoding); the rest, line
//! ends and byte-order mark included, stays. A file that was not UTF-8 is
//! written as UTF-8 as soon as it holds a translation: the other language's
//! characters may not exist in the encoding it had.

pub mod bilingual;
mod date;
pub mod docx;
pub mod encoding;
pub mod exchange;
pub mod fill;
pub(crate) mod heading;
pub mod html;
mod inline;
mod mark;
pub mod markdown;
pub(crate) mod quotes;
mod reference;
mod scalar;
pub mod segment;
pub mod subtitle;
pub mod txt;
pub(crate) mod workbook;

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::lang::Lang;
use crate::model::document::{Block, Document, Slot};
use crate::span::{self, Span};
use crate::text::decode::Decoded;
use crate::text::detect;

pub use fill::fill;

/// A document format: how to know it, and where its text is.
#[derive(Debug)]
pub struct Format {
    /// Its name: `txt`, `markdown`, `html`, `docx`, `srt`, `vtt`.
    pub name: &'static str,
    /// The extensions of its files, in lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a text without a telling file name looks like it.
    pub sniff: fn(&str) -> bool,
    /// Finds the text.
    pub read: Reading,
}

/// How the text of a file is found.
#[derive(Debug, Clone, Copy)]
pub enum Reading {
    /// The file is text: its paragraphs lie in it.
    Text(fn(&str) -> Content),
    /// The file is an archive of parts.
    Archive(Archive),
}

/// New text in place of a stretch.
type Change = (Span, String);

/// What was made, or why it could not be.
type OrWhy<T> = std::result::Result<T, String>;

/// How a file that is an archive is read and written.
#[derive(Debug, Clone, Copy)]
pub struct Archive {
    /// The text that stands for it, and the paragraphs in that; or why it cannot be read.
    pub unpack: fn(&[u8]) -> OrWhy<(String, Content)>,
    /// The archive with new text in place of stretches of its text, which are in order and do
    /// not overlap.
    pub pack: fn(&[u8], &[Change]) -> OrWhy<Vec<u8>>,
}

/// The formats, in the order in which they are tried on a nameless text.
pub const FORMATS: &[&Format] = &[
    &html::FORMAT,
    &docx::FORMAT,
    &subtitle::VTT,
    &subtitle::SRT,
    &markdown::FORMAT,
    &txt::FORMAT,
];

/// What a format found in a file.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The paragraphs, in order, not overlapping.
    pub paragraphs: Vec<Paragraph>,
    /// The document's own date.
    pub date: Option<jiff::civil::Date>,
    /// What could not be read as text, each with its bytes and the reason.
    pub notes: Vec<(Span, String)>,
}

/// A stretch of a file that is translated as a whole: a paragraph, a heading, a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What kind of text it is.
    pub block: Block,
    /// How a translation is written into it.
    pub slot: Slot,
    /// What begins a further line inside it.
    pub prefix: String,
    /// What it is made of, in order; what escapes a character in front matter lies between two.
    pub runs: Vec<Run>,
    /// Stretches that belong together (a link, an emphasis): no sentence ends inside one.
    pub whole: Vec<Span>,
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The bytes of the file.
    pub at: Span,
    /// What they are.
    pub kind: RunKind,
}

/// What a stretch of a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Text to be translated.
    Text,
    /// A reference to this character, as `&rsquo;` is to ’: it is read as that.
    Char(char),
    /// Something opaque that stands for a word: inline code.
    Word,
    /// Markup that stands for nothing: `**`, `](url)`.
    Mark,
    /// A line break that means nothing, with the prefix of the next line.
    Soft,
    /// A line break that is meant.
    Hard,
}

/// The format of a file, by its name.
pub fn of(path: &Path) -> Option<&'static Format> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    let known = |format: &&&Format| format.extensions.contains(&extension.as_str());
    FORMATS.iter().find(known).copied()
}

/// A file's bytes; those of standard input for `-`.
///
/// # Errors
/// The file cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.map_err(|e| Error::io("read", path, e))
}

/// Reads a file; `-` is standard input, whose text tells its format.
///
/// `from` is the language it is in; without it the text decides.
///
/// # Errors
/// The file cannot be read, is of no format known here, or is not text.
pub fn read(path: &Path, from: Option<Lang>) -> Result<Parsed<Document>> {
    if of(path).is_none() && path.extension().is_some() {
        return Err(unknown(path));
    }
    parse(path, bytes(path)?, from)
}

/// Makes a document of a file's bytes; `path` names it in findings and tells the format.
///
/// ```
/// use std::path::Path;
/// use zhengming::format;
/// let text = "# 创世计划\n\n白宫周一发布**行政令**。\n";
/// let document = format::parse(Path::new("a.md"), text.into(), None).unwrap().value;
/// assert_eq!(document.units[1].source, "白宫周一发布**行政令**。");
/// assert_eq!(document.units[1].line, 3);
/// ```
///
/// # Errors
/// The bytes are of no format known here, or are not text.
pub fn parse(path: &Path, bytes: Vec<u8>, from: Option<Lang>) -> Result<Parsed<Document>> {
    let Found {
        format,
        decoded,
        content,
        mut findings,
    } = found(path, &bytes)?;
    let text = decoded.text;
    let from = from
        .or_else(|| language(&text, &content.paragraphs))
        .unwrap_or_default();
    let (units, holes) = segment::units(&text, &content.paragraphs, from);
    let name: Arc<Path> = path.into();
    findings.extend(content.notes.into_iter().map(|(at, message)| {
        let place = Place::new(Arc::clone(&name), &text, at);
        Finding::syntax("doc-kept", Severity::Note, place, message)
    }));
    let document = Document {
        path: path.to_owned(),
        format: format.name,
        encoding: decoded.encoding,
        from,
        units,
        original: bytes,
        bom: decoded.bom && decoded.encoding == "UTF-8",
        text,
        holes,
        date: content.date.or_else(|| date::in_name(path)),
    };
    Ok(Parsed {
        value: document,
        findings,
    })
}

/// What was found in a file.
struct Found {
    format: &'static Format,
    decoded: Decoded,
    content: Content,
    findings: Vec<Finding>,
}

fn found(path: &Path, bytes: &[u8]) -> Result<Found> {
    let known = of(path);
    if let Some(format) = known
        && let Reading::Archive(archive) = format.read
    {
        let unpacked = (archive.unpack)(bytes);
        let (text, content) = unpacked.map_err(|why| Error::file(path, None, why))?;
        return Ok(Found {
            format,
            decoded: Decoded {
                text,
                encoding: "UTF-8",
                guessed: false,
                bom: false,
                damaged: false,
            },
            content,
            findings: Vec::new(),
        });
    }
    let (mut decoded, findings) = encoding::decode(path, bytes)?;
    if decoded.text.contains('\r') && !decoded.text.contains('\n') {
        // Lines as they ended on old Macs. `fill` writes them so again.
        decoded.text = decoded.text.replace('\r', "\n");
    }
    let format = match known {
        Some(format) => format,
        None if path.extension().is_some() => return Err(unknown(path)),
        None => sniffed(&decoded.text),
    };
    let content = match format.read {
        Reading::Text(read) => read(&decoded.text),
        Reading::Archive(_) => Content::default(),
    };
    Ok(Found {
        format,
        decoded,
        content,
        findings,
    })
}

fn sniffed(text: &str) -> &'static Format {
    let likely = FORMATS.iter().find(|format| (format.sniff)(text));
    likely.copied().unwrap_or(&txt::FORMAT)
}

/// The refusal of a file that is of no format known here.
pub(crate) fn unknown(path: &Path) -> Error {
    let known = extensions();
    let message = format!("documents of this kind are not read here: convert it to one of {known}");
    Error::file(path, None, message)
}

/// The extensions of documents, in words: `.htm .html .markdown`, ….
pub fn extensions() -> String {
    let mut known: Vec<&str> = FORMATS.iter().flat_map(|f| f.extensions).copied().collect();
    known.sort_unstable();
    format!(".{}", known.join(" ."))
}

/// The language of the paragraphs' own text: code and markup do not vote.
fn language(text: &str, paragraphs: &[Paragraph]) -> Option<Lang> {
    // The beginning tells; a document of a hundred megabytes need not be read twice.
    const ENOUGH: usize = 200_000;
    let mut sample = String::new();
    let runs = paragraphs.iter().flat_map(|p| &p.runs);
    for run in runs {
        match run.kind {
            RunKind::Text => sample.push_str(run.at.of(text)),
            RunKind::Char(c) => sample.push(c),
            _ => {}
        }
        if sample.len() > ENOUGH {
            break;
        }
    }
    detect::language(&sample)
}

/// Where the lines of a text begin, and columns in constant time.
///
/// Counting line ends or characters anew for each unit would take quadratic
/// time, and a file may be one line of 100 MB.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<u32>,
    /// The number of characters that begin before each multiple of [`STEP`] bytes.
    characters: Vec<u32>,
}

/// The bytes between two counts of characters.
const STEP: usize = 1024;

impl<'a> Lines<'a> {
    /// Finds the lines of `text`.
    pub fn new(text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let mut characters = vec![0];
        let mut sum = 0;
        for part in text.as_bytes().chunks(STEP) {
            sum += begun(part);
            characters.push(sum);
        }
        Self {
            text,
            starts: std::iter::once(0).chain(after).collect(),
            characters,
        }
    }

    /// The column (from 1, in Unicode code points) of byte `at` on its line.
    ///
    /// ```
    /// use zhengming::format::Lines;
    /// assert_eq!(Lines::new("正名\n名正言顺").column(10), 2);
    /// ```
    pub fn column(&self, at: u32) -> u32 {
        self.columns(self.start(at), at) + 1
    }

    /// The characters between the beginning of a line and a place on it.
    fn columns(&self, start: u32, at: u32) -> u32 {
        let bytes = self.text.as_bytes();
        if (at - start) as usize <= STEP {
            let between = bytes.get(start as usize..at as usize);
            return between.map_or(0, begun);
        }
        let before = |at: u32| {
            let part = at as usize / STEP;
            let rest = bytes.get(part * STEP..at as usize);
            self.characters.get(part).copied().unwrap_or(0) + rest.map_or(0, begun)
        };
        before(at) - before(start)
    }

    /// The place of a span of the text; `path` names its file.
    pub fn place(&self, path: Arc<Path>, span: Span) -> Place {
        let start = self.start(span.start);
        let after = span::halves(self.text, start as usize).1;
        let quote = after.lines().next().unwrap_or("");
        let mark = |at: u32| ((at - start) as usize).min(quote.len());
        let shown = start as usize + quote.len();
        let beyond = Span::new(shown, (span.end as usize).max(shown)).of(self.text);
        Place {
            path,
            line: self.number(span.start),
            column: self.column(span.start),
            end_line: self.number(span.end),
            end_column: self.column(span.end),
            span,
            quote: quote.to_owned(),
            mark: Span::new(mark(span.start), mark(span.end)),
            beyond: beyond.to_owned(),
        }
    }

    /// The number (from 1) of the line byte `at` is on.
    pub fn number(&self, at: u32) -> u32 {
        self.starts.partition_point(|&start| start <= at) as u32
    }

    /// The first byte of the line byte `at` is on.
    pub fn start(&self, at: u32) -> u32 {
        let after = self.starts.partition_point(|&start| start <= at);
        self.starts
            .get(after.saturating_sub(1))
            .copied()
            .unwrap_or(0)
    }
}

/// The number of characters that begin in some bytes of UTF-8.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}
