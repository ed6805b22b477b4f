//! What this document, and then this workspace, has chosen before.

use serde::Serialize;

use super::Request;
use crate::memory::Memory;
use crate::recognize::Hit;
use crate::text::fold::fold;

/// Where a choice was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In this document.
    Document,
    /// Elsewhere in this workspace.
    Workspace,
}

/// A rendering used before for an expression that no glossary has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedHint {
    /// The expression of the segment.
    pub source: String,
    /// What it was rendered as.
    pub target: String,
    /// How often.
    pub count: usize,
    /// Where.
    pub scope: Scope,
}

/// The translations of a document so far: the evidence for its choices.
#[derive(Debug, Clone, Default)]
pub struct Used {
    units: Vec<Unit>,
}

#[derive(Debug, Clone)]
struct Unit {
    source: String,
    target: String,
    /// `source` and `target` folded.
    folded: (String, String),
}

impl Used {
    /// The choices of the translated units (source, target) of a document.
    pub fn new<'a>(units: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut used = Self::default();
        for (source, target) in units {
            used.add(source, target);
        }
        used
    }

    /// Takes one more translated unit in.
    pub fn add(&mut self, source: &str, target: &str) {
        if !target.trim().is_empty() {
            self.units.push(Unit {
                source: source.to_owned(),
                target: target.to_owned(),
                folded: (fold(source), fold(target)),
            });
        }
    }
}

/// What was used for the expressions of a segment that no term covers.
pub(super) fn hints(_request: &Request<'_>, _hits: &[Hit], _memory: &Memory) -> Vec<UsedHint> {
    Vec::new()
}
