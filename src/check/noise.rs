//! How often the rendering of a term is missing where translators who knew
//! their work used the term: what a check would say of units that were confirmed.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use rayon::prelude::*;

use super::view::{Draft, Look, View};
use super::{Reference, term_missing};
use crate::error::Result;
use crate::glossary::ConceptId;
use crate::memory::{Entry, standing};

/// What units say of a concept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Noise {
    /// The units whose source has a term of it.
    pub units: usize,
    /// Those of them whose target has no rendering of it.
    pub absent: usize,
}

/// The first units of memory files that stand, `most` at most; a file whose
/// flag is set is a journal.
///
/// # Errors
/// A file cannot be read.
pub fn sample<'p>(
    files: impl IntoIterator<Item = (&'p Path, bool)>,
    most: usize,
) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (path, journal) in files {
        standing(path, journal, |entry| {
            if entries.len() >= most {
                return ControlFlow::Break(());
            }
            entries.push(entry);
            ControlFlow::Continue(())
        })?;
    }
    Ok(entries)
}

/// What confirmed units say of each concept that their sources name, by `term-missing`.
pub fn noise(entries: &[Entry], reference: &Reference<'_>) -> BTreeMap<ConceptId, Noise> {
    let of_chunk = |entries: &[Entry]| {
        let mut noise: BTreeMap<ConceptId, Noise> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.state.confirmed()) {
            of_unit(entry, reference, &mut noise);
        }
        noise
    };
    let parts: Vec<_> = entries.par_chunks(256).map(of_chunk).collect();
    let mut all: BTreeMap<ConceptId, Noise> = BTreeMap::new();
    for (id, part) in parts.into_iter().flatten() {
        let sum = all.entry(id).or_default();
        sum.units += part.units;
        sum.absent += part.absent;
    }
    all
}

fn of_unit(entry: &Entry, reference: &Reference<'_>, noise: &mut BTreeMap<ConceptId, Noise>) {
    let texts = [entry.source(), entry.target()];
    let look = Look {
        state: entry.state,
        ..Look::alone(texts, entry.from.into(), entry.from.other().into())
    };
    let view = View::new(&look, reference);
    if !view.both() {
        return;
    }
    let senses = view.source.hits().flat_map(|hit| &hit.senses);
    let mut named: Vec<ConceptId> = senses.map(|sense| sense.concept).collect();
    named.sort_unstable();
    named.dedup();
    for id in named {
        noise.entry(id).or_default().units += 1;
    }
    let mut drafts: Vec<Draft> = Vec::new();
    term_missing::unit(&view, &mut drafts);
    for id in drafts.iter().filter_map(|draft| draft.concept) {
        noise.entry(id).or_default().absent += 1;
    }
}
