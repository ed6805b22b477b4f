//! Matches of the memory: penalties, order, difference, repair.

use super::terms::deprecated;
use super::{Match, Penalty, Piece, Request, repair};
use crate::glossary::Glossary;
use crate::memory::{Candidate, Lookup, Memory, Retrieval};
use crate::recognize::Recognizer;
use crate::text::distance::diff;
use crate::text::fold::fold;

/// What each penalty subtracts: little, so that a named doubt reorders
/// matches of one band and does not hide a good one.
mod points {
    pub(super) const ALIGNED: u8 = 3;
    pub(super) const UNREVIEWED: u8 = 2;
    pub(super) const AMBIGUOUS: u8 = 1;
    pub(super) const OTHER_MEMORY: u8 = 1;
    pub(super) const DEPRECATED_TERM: u8 = 5;
}

/// The matches, best first, and how they were found.
pub(super) fn matches(
    request: &Request<'_>,
    glossary: &Glossary,
    recognizer: &Recognizer,
    memory: &Memory,
) -> (Vec<Match>, Retrieval) {
    let found = memory.candidates(&Lookup {
        text: request.text,
        from: request.from,
        prev: request.prev,
        next: request.next,
        // A few more than wanted: penalties may move some down.
        limit: request.limit * 2,
        min: request.min_score,
        exact: request.exact,
    });
    let engine = Engine {
        request,
        glossary,
        recognizer,
        ambiguous: ambiguous(&found.list, request),
    };
    let mut list: Vec<_> = found.list.iter().map(|c| engine.weigh(c)).collect();
    // A stable sort: what the memory put first stays first among equals.
    list.sort_by_key(|m| std::cmp::Reverse(m.score));
    list.truncate(request.limit);
    for found in &mut list {
        found.diff = difference(&found.source, request.text);
        found.repaired = repair::repair(request, found, glossary, recognizer);
    }
    (list, found.retrieval)
}

/// What leads from the match's source to the segment; nothing where they are the same.
fn difference(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return Vec::new();
    }
    let pieces = diff(old, new).into_iter();
    pieces.map(|(op, text)| Piece { op, text }).collect()
}

/// Whether exact matches disagree on the translation.
fn ambiguous(list: &[Candidate], request: &Request<'_>) -> bool {
    let exact = list.iter().filter(|c| c.score >= 100);
    let mut targets: Vec<_> = exact
        .map(|c| fold(c.entry.text(request.to.lang())))
        .collect();
    targets.sort();
    targets.dedup();
    targets.len() > 1
}

struct Engine<'a> {
    request: &'a Request<'a>,
    glossary: &'a Glossary,
    recognizer: &'a Recognizer,
    ambiguous: bool,
}

impl Engine<'_> {
    /// A candidate with its penalties; difference and repair come later, for those that are kept.
    fn weigh(&self, candidate: &Candidate) -> Match {
        let entry = &candidate.entry;
        let (from, to) = (self.request.from, self.request.from.other());
        let penalties = self.penalties(candidate);
        let points: u8 = penalties.iter().map(Penalty::points).sum();
        Match {
            score: candidate.score.saturating_sub(points),
            base: candidate.base,
            source: entry.text(from).to_owned(),
            target: entry.text(to).to_owned(),
            penalties,
            diff: Vec::new(),
            repaired: None,
            memory: entry.memory.to_string(),
            document: entry.document.clone(),
            state: entry.state,
            when: entry.when.clone(),
            who: entry.who.clone(),
        }
    }

    fn penalties(&self, candidate: &Candidate) -> Vec<Penalty> {
        let entry = &candidate.entry;
        let mut penalties = Vec::new();
        if entry.aligned {
            penalties.push(Penalty::Aligned {
                points: points::ALIGNED,
            });
        } else if !entry.state.confirmed() {
            penalties.push(Penalty::Unreviewed {
                points: points::UNREVIEWED,
            });
        }
        if self.ambiguous && candidate.score >= 100 {
            penalties.push(Penalty::Ambiguous {
                points: points::AMBIGUOUS,
            });
        }
        if self.request.secondary.iter().any(|m| **m == *entry.memory) {
            penalties.push(Penalty::OtherMemory {
                points: points::OTHER_MEMORY,
            });
        }
        if let Some(term) = self.deprecated_term(candidate) {
            penalties.push(Penalty::DeprecatedTerm {
                points: points::DEPRECATED_TERM,
                term,
            });
        }
        penalties
    }

    /// A term of the candidate's target that is deprecated for a concept its source names.
    fn deprecated_term(&self, candidate: &Candidate) -> Option<String> {
        if self.glossary.concepts.is_empty() {
            return None;
        }
        let (from, to) = (self.request.from, self.request.from.other());
        let target = candidate.entry.text(to);
        let hits = self.recognizer.find(target, to);
        let source = candidate.entry.text(from);
        let named = self.recognizer.find_all(source, from, None);
        let names = |id| {
            named
                .iter()
                .any(|h| h.senses.iter().any(|s| s.concept == id))
        };
        let wrong = hits.iter().find(|hit| deprecated(hit, names).is_some())?;
        Some(wrong.span.of(target).to_owned())
    }
}
