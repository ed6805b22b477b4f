//! Concordance: every unit with a word, a phrase or a pattern in it.

use super::Entry;
use crate::lang::Lang;
use crate::span::Span;

/// How a concordance query is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The query's tokens one after another.
    #[default]
    Exact,
    /// Every word of the query (parted by spaces), in any order, in one text.
    Keyword,
    /// A regular expression over the folded text.
    Regex,
}

/// A concordance query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What is looked for.
    pub text: String,
    /// How it is meant.
    pub mode: Mode,
    /// The language to look in; `None` looks in both.
    pub lang: Option<Lang>,
    /// The most hits wanted; the total counts all of them.
    pub limit: usize,
}

/// A unit with the query in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcordanceHit {
    /// The unit.
    pub entry: Entry,
    /// The language the query was found in.
    pub lang: Lang,
    /// Where, in the entry's text of that language, in order.
    pub spans: Vec<Span>,
}

/// The units found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concordance {
    /// How many units there are in all.
    pub total: usize,
    /// The first of them: reviewed ones first, newest first.
    pub hits: Vec<ConcordanceHit>,
}
