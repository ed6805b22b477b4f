//! What is wrong, and where.
//!
//! A finding owns everything it prints, so that it can be shown, stored and
//! sorted without the document it came from.

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

/// The rules of readers, which find faults in the form of a file: they have no
/// page, and can be configured like those of checks.
pub const FORM: [&str; 11] = [
    "align-suspect",
    "doc-encoding",
    "doc-kept",
    "doc-language",
    "doc-table",
    "gl-conflict",
    "gl-dup",
    "gl-syntax",
    "tm-syntax",
    "work-direction",
    "work-row",
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
        Self {
            path,
            line,
            column,
            end_line,
            end_column,
            span,
            quote: quote.to_owned(),
            mark,
        }
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
