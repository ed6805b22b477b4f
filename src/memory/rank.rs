//! Scores: how well an entry fits a segment, and which of two goes first.

use super::Entry;
use crate::lang::Lang;

/// What is looked up.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    /// The segment, inline codes as written.
    pub text: &'a str,
    /// The language it is in.
    pub from: Lang,
    /// The segment before it, or nothing.
    pub prev: &'a str,
    /// The segment after it, or nothing.
    pub next: &'a str,
    /// The most candidates wanted.
    pub limit: usize,
    /// The lowest base score wanted, 0–100.
    pub min: u8,
    /// Look at every entry, whatever `min` is.
    pub exact: bool,
}

/// An entry that fits a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The entry; the best of those with the same two texts.
    pub entry: Entry,
    /// 102, 101: the same text with both or one neighbor the same. 100: the
    /// same text. 99: the same folded tokens. 95–98: the same once numbers and
    /// punctuation are blanked. At most 94: the base score.
    pub score: u8,
    /// floor(100 · (1 − token edit distance / longer token count)).
    pub base: u8,
}

/// Whether every entry at or above the threshold was certain to be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Retrieval {
    /// Nothing at or above the threshold can be missing.
    #[default]
    Exact,
    /// Below the index's own threshold some may be missing.
    Candidates,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Best first; no two with the same two texts.
    pub list: Vec<Candidate>,
    /// How it was found.
    pub retrieval: Retrieval,
}
