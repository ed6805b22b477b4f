//! A concept and its terms (ISO 1087, TBX: conceptEntry → langSec → termSec).

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Locale, Pair};

/// The administrative status of a term (TBX `administrativeStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TermStatus {
    /// The rendering to use.
    Preferred,
    /// A synonym that may stand.
    Admitted,
    /// Never to be written for this concept.
    Deprecated,
    /// Was right until the concept's date.
    Superseded,
}

/// Whether a concept has been agreed on.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ConceptStatus {
    /// Agreed on.
    #[default]
    Approved,
    /// Suggested; not yet agreed on.
    Proposed,
}

/// What kind of thing a concept is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ConceptType {
    #[default]
    Term,
    Person,
    Organization,
    Program,
    Law,
    Place,
    Title,
    /// Do not translate: stands in both languages as it is.
    Dnt,
}

/// How a concept's terms are compared with text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchMode {
    /// Inflection, and case as the term's own shape asks.
    #[default]
    Auto,
    /// No inflection.
    Exact,
    /// As `Exact`, and case must agree.
    Case,
    /// Word boundaries in Chinese as well.
    Strict,
    /// The term may go on: it is the beginning of a word.
    Prefix,
}

/// How the dates of a concept stand to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Validity {
    /// It holds.
    Valid,
    /// Its last day is over, or something has taken its place.
    Superseded,
    /// Its first day is still to come.
    Upcoming,
}

/// A term: one way to name a concept in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term as written.
    pub text: Box<str>,
    /// Its administrative status.
    pub status: TermStatus,
    /// Whether it is an abbreviation or short form.
    pub abbreviation: bool,
    /// The script or region it is for, where it is not for all of its language.
    pub locale: Option<Locale>,
}

impl Term {
    /// A preferred term, for all of its language.
    pub fn preferred(text: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            status: TermStatus::Preferred,
            abbreviation: false,
            locale: None,
        }
    }
}

/// A concept with its terms in both languages: one row of a glossary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concept {
    /// The terms: preferred, admitted, abbreviations, regional forms, deprecated, in this order.
    pub terms: Pair<Vec<Term>>,
    /// Subject field; two rows with one `zh` and different subjects are homonyms.
    pub subject: Box<str>,
    /// What kind of thing it is.
    pub kind: ConceptType,
    /// How its terms are matched.
    pub matching: MatchMode,
    /// Whether it has been agreed on.
    pub status: ConceptStatus,
    /// First day on which it is right.
    pub valid_from: Option<Date>,
    /// Last day on which it is right.
    pub valid_to: Option<Date>,
    /// The rendering or id that took its place.
    pub superseded_by: Box<str>,
    /// What it means.
    pub definition: Box<str>,
    /// A remark.
    pub note: Box<str>,
    /// The document it was taken from.
    pub source: Box<str>,
    /// A stable id.
    pub id: Box<str>,
    /// Texts the row must accept.
    pub good: Vec<Box<str>>,
    /// Texts the row must flag.
    pub bad: Vec<Box<str>>,
    /// The glossary and line it stands in.
    pub origin: Origin,
}

/// Where a concept stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The glossary file.
    pub path: Arc<Path>,
    /// The line of the row, from 1.
    pub line: u32,
}

impl Default for Origin {
    fn default() -> Self {
        Self {
            path: Path::new("").into(),
            line: 0,
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.path.display(), self.line)
    }
}

/// Whether what is valid between two days, and perhaps superseded, holds on a
/// day; where none is known, whether nothing has taken its place or will.
pub fn holds([from, to]: [Option<Date>; 2], superseded: bool, date: Option<Date>) -> bool {
    match date {
        Some(date) => from.is_none_or(|first| first <= date) && to.is_none_or(|last| date <= last),
        None => to.is_none() && !superseded,
    }
}

impl Concept {
    /// Whether it holds on a day; see [`holds`].
    pub fn holds(&self, date: Option<Date>) -> bool {
        let superseded = !self.superseded_by.is_empty();
        holds([self.valid_from, self.valid_to], superseded, date)
    }

    /// How it stands to a day. What has been superseded on a day that its row does not say
    /// is over on every day; so is, where no day is known, what has a last one.
    ///
    /// ```
    /// use zhengming::model::concept::{Concept, Validity};
    /// let concept = Concept {
    ///     valid_from: "2025-09-05".parse().ok(),
    ///     ..Concept::default()
    /// };
    /// let on = |day: &str| concept.validity(day.parse().ok());
    /// assert_eq!(on("2025-09-04"), Validity::Upcoming);
    /// assert_eq!(on("2025-09-05"), Validity::Valid);
    /// assert_eq!(concept.validity(None), Validity::Valid);
    /// ```
    pub fn validity(&self, date: Option<Date>) -> Validity {
        let early = date
            .zip(self.valid_from)
            .is_some_and(|(day, first)| day < first);
        let over = match (self.valid_to, date) {
            (Some(last), Some(day)) => last < day,
            (Some(_), None) => true,
            (None, _) => !self.superseded_by.is_empty(),
        };
        match (early, over) {
            (true, _) => Validity::Upcoming,
            (false, true) => Validity::Superseded,
            (false, false) => Validity::Valid,
        }
    }

    /// The days on which it is right, in words: `from 2025-09-05`, `until 2025-09-04`;
    /// nothing where its row names none.
    pub fn days(&self) -> String {
        match (self.valid_from, self.valid_to) {
            (Some(first), Some(last)) => format!("from {first} until {last}"),
            (Some(first), None) => format!("from {first}"),
            (None, Some(last)) => format!("until {last}"),
            (None, None) => String::new(),
        }
    }

    /// The first preferred term of a language, else its first term of any kind, else nothing.
    pub fn name(&self, lang: Lang) -> &str {
        let terms = &self.terms[lang];
        terms
            .iter()
            .find(|t| t.status == TermStatus::Preferred)
            .or_else(|| terms.first())
            .map_or("", |t| &t.text)
    }

    /// The terms of a language that have a status.
    pub fn with_status(&self, lang: Lang, status: TermStatus) -> impl Iterator<Item = &Term> {
        self.terms[lang].iter().filter(move |t| t.status == status)
    }
}
