//! Matches of the memory: penalties, order, difference, repair.

use super::{Match, Request};
use crate::glossary::Glossary;
use crate::memory::{Memory, Retrieval};
use crate::recognize::Recognizer;

/// The matches, best first, and how they were found.
pub(super) fn matches(
    _request: &Request<'_>,
    _glossary: &Glossary,
    _recognizer: &Recognizer,
    _memory: &Memory,
) -> (Vec<Match>, Retrieval) {
    (Vec::new(), Retrieval::default())
}
