//! What is wrong, and where.
//!
//! A finding owns everything it prints, so that it can be shown, stored and
//! sorted without the document it came from.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::span::{self, Span};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule of readers, which find faults in the form of a file; it can be
/// configured like those of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Its id, in kebab case.
    pub id: &'static str,
    /// How grave most of its findings are.
    pub severity: Severity,
    /// What it finds, and what to do then.
    pub about: &'static str,
}

const fn form(id: &'static str, severity: Severity, about: &'static str) -> Form {
    Form {
        id,
        severity,
        about,
    }
}

/// The rules of readers.
pub const FORM: [Form; 7] = [
    form(
        "doc-encoding",
        Severity::Warning,
        "The bytes of a file are not valid in its encoding, or the encoding is a guess.\n\
         What could not be read is marked U+FFFD. Save the file as UTF-8.",
    ),
    form(
        "doc-kept",
        Severity::Note,
        "A part of a document is not read as text and stays as it is.\n\
         Nothing in it is checked or offered for translation.",
    ),
    form(
        "doc-language",
        Severity::Warning,
        "A document is neither Chinese nor English: nothing in it is checked.",
    ),
    form(
        "doc-table",
        Severity::Warning,
        "A row of a bilingual table has more cells than its header names.\n\
         A tab inside a text must be written \\t.",
    ),
    form(
        "tm-syntax",
        Severity::Warning,
        "A unit of a translation memory could not be read.\n\
         The finding says why; the other units are used.",
    ),
    form(
        "work-direction",
        Severity::Warning,
        "A file of work in progress does not say what was translated.\n\
         Write `# from: zh` or `# from: en` at its top.",
    ),
    form(
        "work-row",
        Severity::Warning,
        "A row of a file of work in progress could not be read as it stands.\n\
         The finding says what is taken instead.",
    ),
];

/// Which text of a unit a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The text translated from.
    Source,
    /// The text translated to.
    Target,
}

impl Side {
    /// `source` or `target`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Target => "target",
        }
    }
}

/// A place in a file, with the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: Arc<Path>,
    /// Line of the first character, from 1.
    pub line: u32,
    /// Column of the first character, from 1, in Unicode code points.
    pub column: u32,
    /// Line of the character after the last, from 1.
    pub end_line: u32,
    /// Column of the character after the last, from 1, in Unicode code points.
    pub end_column: u32,
    /// Bytes of the file, from 0, half-open.
    pub span: Span,
    /// The text shown: the line the place is on, without its line end.
    pub quote: String,
    /// Where in `quote` the marks go.
    pub mark: Span,
    /// What is marked behind `quote`, from its line end on: empty but for a place of several lines.
    pub beyond: String,
}

impl Place {
    /// The place of `span` in the whole text of a file.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::{finding::Place, span::Span};
    /// let text = "能源部\n启动创世纪计划。\n";
    /// let place = Place::new(Path::new("a.md").into(), text, Span::find(text, "创世纪计划").unwrap());
    /// assert_eq!((place.line, place.column), (2, 3));
    /// assert_eq!(place.mark.of(&place.quote), "创世纪计划");
    /// ```
    pub fn new(path: Arc<Path>, text: &str, span: Span) -> Self {
        let (line, column) = span::line_column(text, span.start as usize);
        let (end_line, end_column) = span::line_column(text, span.end as usize);
        let (before, after) = span::halves(text, span.start as usize);
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let end = span.start as usize + after.find('\n').unwrap_or(after.len());
        let quote = Span::new(start, end).of(text).trim_end_matches('\r');
        let mark = Span::new(
            span.start as usize - start,
            (span.end as usize - start).min(quote.len()),
        );
        let shown = start + quote.len();
        let beyond = Span::new(shown, (span.end as usize).max(shown)).of(text);
        Self {
            path,
            line,
            column,
            end_line,
            end_column,
            span,
            quote: quote.to_owned(),
            mark,
            beyond: beyond.to_owned(),
        }
    }

    /// All that is marked, as it stands in the file.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::{finding::Place, span::Span};
    /// let text = "请登\n陆。\n";
    /// let place = Place::new(Path::new("a.md").into(), text, Span::find(text, "登\n陆").unwrap());
    /// assert_eq!(place.mark.of(&place.quote), "登");
    /// assert_eq!(place.marked(), "登\n陆");
    /// ```
    pub fn marked(&self) -> Cow<'_, str> {
        let here = self.mark.of(&self.quote);
        if self.beyond.is_empty() {
            return here.into();
        }
        format!("{here}{}", self.beyond).into()
    }

    /// The place of a whole line of which only number and text are known.
    pub fn line(path: Arc<Path>, line: u32, quote: &str) -> Self {
        let quote = quote.trim_end_matches(['\r', '\n']);
        Self {
            path,
            line,
            column: 1,
            end_line: line,
            end_column: span::column(quote, quote.len()),
            span: Span::default(),
            mark: Span::all(quote),
            quote: quote.to_owned(),
            beyond: String::new(),
        }
    }
}

/// The row of a glossary that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptRow {
    /// The concept's first Chinese term.
    pub zh: String,
    /// The concept's first English term.
    pub en: String,
    /// `path:line` of the row.
    pub glossary: String,
}

/// Something wrong, at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, in kebab case: `term-missing`.
    pub rule: &'static str,
    /// How grave it is, after configuration and evidence.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Which text of the unit, where there are two.
    pub side: Option<Side>,
    /// One sentence: what is wrong.
    pub message: String,
    /// Texts that could stand there instead, best first.
    pub suggestions: Vec<String>,
    /// Whether the first suggestion may take the marked text's place without asking.
    pub safe: bool,
    /// The glossary row behind it.
    pub concept: Option<ConceptRow>,
    /// The MQM category, as `terminology/inconsistent-with-resource`.
    pub mqm: &'static str,
    /// Other places that belong to it.
    pub related: Vec<Place>,
    /// Both texts of its unit, where there are two.
    pub sides: Option<Arc<Sides>>,
}

/// The two texts of a translation unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The text translated from.
    pub source: String,
    /// The text translated to.
    pub target: String,
}

impl Finding {
    /// A finding about the form of a file: a row or line that could not be used.
    pub fn syntax(
        rule: &'static str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            place,
            side: None,
            message: message.into(),
            suggestions: Vec::new(),
            safe: false,
            concept: None,
            mqm: "design/markup",
            related: Vec::new(),
            sides: None,
        }
    }

    /// `path:line:column: severity[rule]: message`, for one-line output.
    pub fn short(&self) -> String {
        format!(
            "{}:{}:{}: {}[{}]: {}",
            self.place.path.display(),
            self.place.line,
            self.place.column,
            self.severity.name(),
            self.rule,
            self.message
        )
    }
}

/// What was read, and what was wrong with it: reading never stops at a bad row.
#[derive(Debug, Clone, Default)]
pub struct Parsed<T> {
    /// What could be used.
    pub value: T,
    /// What could not, each with its line and reason.
    pub findings: Vec<Finding>,
}
