//! The list of proposals as it is reviewed: what was decided about each, and
//! which concepts of the glossary each is kin to.

use std::collections::HashMap;

use super::decision::Kept;
use super::gather::{Gathered, Material};
use crate::glossary::Glossary;
use crate::lang::Lang;
use crate::model::concept::{Concept, Origin};
use crate::propose::{Proposal, key};
use crate::text::fold::fold;

/// A proposal that has less of the score of its likeliest variant than this stays in its own
/// place; where only the boundary is unsure it does not.
const NEAR: f32 = 0.88;

/// What became of a proposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Decision {
    /// Nobody has decided.
    #[default]
    Open,
    /// Left for later.
    Skipped,
    /// Decided, and being written.
    Writing,
    /// Decided, and on disk.
    Done(Kept),
}

/// A proposal with what became of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// The proposal.
    pub proposal: Proposal,
    /// What became of it.
    pub decision: Decision,
    /// The number of its group: neighbors of one group have one English name.
    pub group: usize,
}

impl Item {
    /// Whether somebody still has to decide.
    pub fn open(&self) -> bool {
        matches!(self.decision, Decision::Open | Decision::Skipped)
    }
}

/// A concept of the glossary with a term that a proposal has too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Where it stands.
    pub origin: Origin,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The language of the term that both have.
    pub same: Lang,
}

/// A concept that is known.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    origin: Origin,
    zh: String,
    en: String,
}

impl Known {
    fn new(origin: &Origin, zh: &str, en: &str) -> Self {
        Self {
            origin: origin.clone(),
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }
}

/// The proposals of a run, reviewed.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// What the proposals were made from.
    pub material: Material,
    /// The proposals: the likeliest first, those with one English name beside each other.
    pub items: Vec<Item>,
    /// Those that were decided, the last one last.
    decided: Vec<usize>,
    /// The concepts by a folded Chinese term, and by the key of an English one.
    known: HashMap<(Lang, String), Vec<Known>>,
}

/// How far a review has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Written to a glossary, as a concept or into one.
    pub accepted: usize,
    /// Never to be proposed again.
    pub rejected: usize,
    /// Not decided.
    pub open: usize,
}

impl List {
    /// The list of what was gathered.
    pub fn new(gathered: Gathered, glossary: &Glossary) -> Self {
        let mut list = Self {
            material: gathered.material,
            items: grouped(gathered.proposals),
            ..Self::default()
        };
        for concept in glossary.concepts() {
            list.know(concept);
        }
        list
    }

    fn know(&mut self, concept: &Concept) {
        let name = |lang| concept.name(lang).to_owned();
        let (zh, en) = (name(Lang::Zh), name(Lang::En));
        for lang in [Lang::Zh, Lang::En] {
            for term in &concept.terms[lang] {
                self.note(lang, &term.text, &concept.origin, &zh, &en);
            }
        }
    }

    fn note(&mut self, lang: Lang, term: &str, origin: &Origin, zh: &str, en: &str) {
        let kin = Known::new(origin, zh, en);
        let known = self.known.entry((lang, plain(lang, term))).or_default();
        if !known.contains(&kin) {
            known.push(kin);
        }
    }

    /// The concepts that have a term of a proposal: of its Chinese one first.
    pub fn kin(&self, at: usize) -> Vec<Kin> {
        let Some(item) = self.items.get(at) else {
            return Vec::new();
        };
        let mut all: Vec<Kin> = Vec::new();
        for (same, term) in [(Lang::Zh, &item.proposal.zh), (Lang::En, &item.proposal.en)] {
            let known = self.known.get(&(same, plain(same, term)));
            for Known { origin, zh, en } in known.into_iter().flatten() {
                if all.iter().all(|kin| kin.origin != *origin) {
                    let (origin, zh, en) = (origin.clone(), zh.clone(), en.clone());
                    all.push(Kin {
                        origin,
                        zh,
                        en,
                        same,
                    });
                }
            }
        }
        all
    }

    /// A decision is being written.
    pub fn begin(&mut self, at: usize) {
        if let Some(item) = self.items.get_mut(at) {
            item.decision = Decision::Writing;
        }
    }

    /// A decision was written, was taken back (`None`), or could not be written.
    pub fn settle(&mut self, at: usize, result: Result<Option<Kept>, ()>) {
        let Some(item) = self.items.get_mut(at) else {
            return;
        };
        match result {
            Ok(Some(kept)) => {
                item.decision = Decision::Done(kept.clone());
                self.decided.push(at);
                if let Kept::Row { origin, zh, en, .. } = &kept {
                    self.note(Lang::Zh, zh, origin, zh, en);
                    self.note(Lang::En, en, origin, zh, en);
                }
            }
            Ok(None) => {
                if let Decision::Done(Kept::Row { origin, zh, en, .. }) = &item.decision {
                    let gone = Known::new(origin, zh, en);
                    for known in self.known.values_mut() {
                        known.retain(|kin| *kin != gone);
                    }
                }
                item.decision = Decision::Open;
                self.decided.retain(|one| *one != at);
            }
            Err(()) => {
                let was = self.decided.contains(&at);
                // What could not be taken back still stands.
                if !was {
                    item.decision = Decision::Open;
                }
            }
        }
    }

    /// The decision to be taken back next, with what it wrote.
    pub fn last(&self) -> Option<(usize, &Kept)> {
        let at = *self.decided.last()?;
        match &self.items.get(at)?.decision {
            Decision::Done(kept) => Some((at, kept)),
            _ => None,
        }
    }

    /// Whether something is being written.
    pub fn writing(&self) -> bool {
        let mut items = self.items.iter();
        items.any(|item| item.decision == Decision::Writing)
    }

    /// How far the review has come.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for item in &self.items {
            match &item.decision {
                Decision::Open | Decision::Skipped => tally.open += 1,
                Decision::Done(Kept::Rejection { .. }) => tally.rejected += 1,
                Decision::Writing => {}
                Decision::Done(_) => tally.accepted += 1,
            }
        }
        tally
    }
}

/// What makes two terms of a language one.
fn plain(lang: Lang, term: &str) -> String {
    match lang {
        Lang::Zh => fold(term),
        Lang::En => key(term),
    }
}

/// The proposals in order, each followed by those with the same English name that are not much
/// less likely: one name with several Chinese ones is one decision, or several.
fn grouped(proposals: Vec<Proposal>) -> Vec<Item> {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, proposal) in proposals.iter().enumerate() {
        names.entry(key(&proposal.en)).or_default().push(at);
    }
    let mut left: Vec<Option<Proposal>> = proposals.into_iter().map(Some).collect();
    let mut items = Vec::with_capacity(left.len());
    for at in 0..left.len() {
        let Some(first) = left.get_mut(at).and_then(Option::take) else {
            continue;
        };
        let (score, group) = (first.score, items.len());
        let others = names.get(&key(&first.en)).into_iter().flatten();
        let mut own = vec![first];
        for &other in others {
            let near = |p: &Option<Proposal>| {
                p.as_ref()
                    .is_some_and(|p| p.unsure || p.score >= score * NEAR)
            };
            if let Some(slot) = left.get_mut(other).filter(|slot| near(slot)) {
                own.extend(slot.take());
            }
        }
        items.extend(own.into_iter().map(|proposal| Item {
            proposal,
            group,
            ..Item::default()
        }));
    }
    items
}
