//! What a document says instead of a rendering, where it does so throughout.
//!
//! A hundred sentences in which 疾病 is *disease* and the glossary says
//! *sickness* are one decision to be made and not a hundred faults. The word
//! is found by association: it stands in most of the flagged units, and hardly
//! where the term does not (Dice's coefficient over the units), or many times
//! more often in them than in the document. What a unit's other terms account
//! for is not looked at: it stands for those.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Draft, Paper, View};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::recognize::Hit;
use crate::span::Span;
use crate::text::chars::{is_han, quoted};
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// So many units show a usage, and fewer an accident.
const LEAST: usize = 3;

/// Joins the drafts that say the same of the same words: a spelling used
/// throughout is one decision.
pub(super) fn repeated(_: &Paper<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut groups: BTreeMap<(String, Severity), Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let key = (draft.message.clone(), draft.at_most);
        groups.entry(key).or_default().push(i);
    }
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for group in groups.into_values().filter(|group| group.len() >= LEAST) {
        let places = group.len();
        let say = |message: &str| format!("{message}; so in {places} places");
        join(&mut drafts, &group, say, Severity::Error);
    }
    drafts.into_iter().flatten().collect()
}

/// Joins the drafts about one concept whose units share a word that stands in
/// for its rendering; the others stay as they are. Each draft is of one unit.
pub(super) fn gathered(paper: &Paper<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut groups: BTreeMap<ConceptId, Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(concept) = draft.concept {
            groups.entry(concept).or_default().push(i);
        }
    }
    groups.retain(|_, group| group.len() >= LEAST);
    if groups.is_empty() {
        return drafts;
    }
    let units = Units::new(paper);
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for (concept, mut group) in groups {
        let uses = paper
            .views
            .iter()
            .filter(|v| v.source.names(concept))
            .count();
        while let Some((word, with)) = units.instead(&drafts, &group, uses) {
            group.retain(|i| !with.contains(i));
            join(
                &mut drafts,
                &with,
                |message| {
                    format!(
                        "{message}; {} of {uses} units that have it say {}",
                        with.len(),
                        quoted(&word)
                    )
                },
                Severity::Warning,
            );
        }
    }
    drafts.into_iter().flatten().collect()
}

/// Makes the first of some drafts stand for all of them.
fn join(
    drafts: &mut [Option<Draft>],
    group: &[usize],
    say: impl Fn(&str) -> String,
    most: Severity,
) {
    let mut places = group.iter().filter_map(|i| drafts.get_mut(*i)?.take());
    let Some(mut first) = places.next() else {
        return;
    };
    for other in places {
        first.at_most = first.at_most.max(other.at_most);
        first.related.push(other.at);
    }
    first.at_most = first.at_most.min(most);
    first.message = say(&first.message);
    if let Some(slot) = group.first().and_then(|i| drafts.get_mut(*i)) {
        *slot = Some(first);
    }
}

/// The words of all targets of a document.
struct Units {
    /// The numbers of a unit's words.
    words: Vec<BTreeSet<u32>>,
    /// A word's text and the number of units that have it.
    known: Vec<(String, usize)>,
}

impl Units {
    fn new(paper: &Paper<'_>) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut known: Vec<(String, usize)> = Vec::new();
        let mut all = Vec::with_capacity(paper.views.len());
        for view in &paper.views {
            let mut own = BTreeSet::new();
            for word in content(view) {
                let number = *numbers.entry(word).or_insert_with_key(|word| {
                    known.push((word.clone(), 0));
                    known.len() as u32 - 1
                });
                if own.insert(number)
                    && let Some(word) = known.get_mut(number as usize)
                {
                    word.1 += 1;
                }
            }
            all.push(own);
        }
        Self { words: all, known }
    }

    /// The word that most of the drafts' units say for a concept used in
    /// `uses` units, and the drafts whose units do.
    fn instead(
        &self,
        drafts: &[Option<Draft>],
        group: &[usize],
        uses: usize,
    ) -> Option<(String, Vec<usize>)> {
        if group.len() < LEAST {
            return None;
        }
        let of = |i: &usize| {
            let draft = drafts.get(*i)?.as_ref()?;
            self.words.get(draft.at.unit as usize)
        };
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for word in group.iter().filter_map(of).flatten() {
            *counts.entry(*word).or_default() += 1;
        }
        let dice = |word: u32, both: usize| {
            let (_, all) = self.known.get(word as usize)?;
            Some(200 * both / (uses + all).max(1))
        };
        let often = counts
            .into_iter()
            .filter(|(_, n)| *n >= LEAST && 2 * n > group.len());
        // How many times more often than in all units.
        let lift = |word: u32, both: usize| {
            let (_, all) = self.known.get(word as usize)?;
            Some(both * self.words.len() / (group.len() * all).max(1))
        };
        let scored = often.filter_map(|(word, n)| Some((dice(word, n)?, lift(word, n)?, word)));
        let told = scored.filter(|(dice, lift, _)| *dice >= ASSOCIATED || *lift >= LIFT);
        let (.., word) = told.max_by_key(|(dice, _, word)| (*dice, std::cmp::Reverse(*word)))?;
        let has = |i: &usize| of(i).is_some_and(|words| words.contains(&word));
        let with = group.iter().copied().filter(has).collect();
        Some((self.known.get(word as usize)?.0.clone(), with))
    }
}

/// Dice's coefficient, in hundredths, from which a word is taken to stand for a term.
const ASSOCIATED: usize = 40;
/// How many times more often it stands in the units in question than in all.
const LIFT: usize = 5;

/// The words of a target that say something and stand for no term of the
/// source, in their dictionary form.
fn content(view: &View<'_>) -> Vec<String> {
    let told = |hit: &&Hit| hit.senses.iter().any(|s| view.source.names(s.concept));
    let hits: Vec<Span> = view
        .target
        .hits
        .iter()
        .filter(told)
        .map(|h| h.span)
        .collect();
    let free = |word: &Span| !hits.iter().any(|hit| hit.overlaps(*word));
    let text = view.target.text;
    match view.target.lang {
        Lang::Zh => {
            let parts = view.target.words().iter().copied().filter(free);
            let parts = parts.map(|w| fold(w.of(text)));
            parts
                .filter(|w| w.chars().filter(|c| is_han(*c)).count() > 1)
                .collect()
        }
        Lang::En => {
            let parts = view.target.words().iter().copied().filter(free);
            let parts = parts.map(|w| fold(w.of(text)));
            parts.filter(|w| w.len() > 3).map(|w| lemma(&w)).collect()
        }
    }
}
