//! A segment's terms and numbers, and what they are in the other language.

use super::{NumberHint, Request, TermHint};
use crate::glossary::{ConceptId, Glossary};
use crate::memory::Memory;
use crate::model::concept::TermStatus;
use crate::recognize::{Hit, Sense};

/// The terms with their renderings.
pub(super) fn terms(
    _request: &Request<'_>,
    _hits: &[Hit],
    _glossary: &Glossary,
    _memory: &Memory,
) -> Vec<TermHint> {
    Vec::new()
}

/// The quantities outside terms, written in the other language.
pub(super) fn numbers(_request: &Request<'_>, _hits: &[Hit]) -> Vec<NumberHint> {
    Vec::new()
}

/// The concept for which a hit is a deprecated term, where `named` says which
/// concepts the other side names. The same word may be the right one for
/// another concept named there: then nothing.
pub fn deprecated(hit: &Hit, named: impl Fn(ConceptId) -> bool) -> Option<ConceptId> {
    let wrong = |s: &&Sense| s.status == TermStatus::Deprecated;
    let mut senses = hit.senses.iter().filter(|s| named(s.concept));
    if senses.clone().all(|s| wrong(&s)) {
        senses.next().map(|s| s.concept)
    } else {
        None
    }
}
