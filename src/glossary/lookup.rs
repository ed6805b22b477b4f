//! Looking a term up.

use super::{ConceptId, Glossary};
use crate::lang::Lang;

/// How a query found a term; the earlier, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The same text, folded.
    Exact,
    /// An inflected form of the term.
    Inflected,
    /// The form of another region.
    Regional,
    /// The term begins with the query.
    Prefix,
    /// The term has the query in it.
    Contains,
    /// The query is the term's pinyin, in full or its initials.
    Pinyin,
    /// Nearly the same text: the edit distance in percent of the longer one.
    Fuzzy(u8),
}

/// A term that a query found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its concept.
    pub concept: ConceptId,
    /// Its language.
    pub lang: Lang,
    /// Its place among the concept's terms of that language.
    pub term: u16,
    /// How it was found.
    pub how: How,
}

/// The terms that answer a query, best first.
pub fn lookup(_glossary: &Glossary, _query: &str) -> Vec<Found> {
    Vec::new()
}
