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
use crate::finding::{Severity, Side};
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::recognize::Hit;
use crate::span::Span;
use crate::text::chars::{is_han, quoted};
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// So many units show a usage, and fewer an accident.
const LEAST: usize = 5;
/// So many places show that a spelling is meant.
const SPELLED: usize = 3;

/// Joins the drafts that say the same of the same words: a spelling used
/// throughout is one decision.
pub(super) fn repeated(_: &Paper<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut groups: BTreeMap<(String, Severity), Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let key = (draft.message.clone(), draft.at_most);
        groups.entry(key).or_default().push(i);
    }
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for group in groups.into_values().filter(|group| group.len() >= SPELLED) {
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
        return told(drafts);
    }
    let units = Units::new(paper, Side::Target);
    let sources = Units::new(paper, Side::Source);
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for (concept, mut group) in groups {
        let named = |unit: &usize| {
            let view = paper.views.get(*unit);
            view.is_some_and(|v| v.source.names(concept))
        };
        let named: Vec<usize> = (0..paper.views.len()).filter(named).collect();
        let uses = named.len();
        while let Some((word, with)) = units.instead(&drafts, &group, &named, &sources) {
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
    told(drafts.into_iter().flatten())
}

/// The drafts that have something to say of their one place.
fn told(drafts: impl IntoIterator<Item = Draft>) -> Vec<Draft> {
    let drafts = drafts.into_iter();
    drafts.filter(|draft| !draft.if_throughout).collect()
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
    first.if_throughout = false;
    if let Some(slot) = group.first().and_then(|i| drafts.get_mut(*i)) {
        *slot = Some(first);
    }
}

/// The words of all texts of one side of a document.
struct Units {
    /// The numbers of a unit's words.
    words: Vec<BTreeSet<u32>>,
    /// A word's text and the number of units that have it.
    known: Vec<(String, usize)>,
}

impl Units {
    fn new(paper: &Paper<'_>, side: Side) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut known: Vec<(String, usize)> = Vec::new();
        let mut all = Vec::with_capacity(paper.views.len());
        for view in &paper.views {
            let mut own = BTreeSet::new();
            for word in content(view, side) {
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

    /// How many units have a word.
    fn having(&self, word: u32) -> usize {
        self.known.get(word as usize).map_or(0, |(_, all)| *all)
    }

    /// How many of some units have each word.
    fn counts(&self, units: impl Iterator<Item = usize>) -> BTreeMap<u32, usize> {
        let mut counts = BTreeMap::new();
        for word in units.filter_map(|unit| self.words.get(unit)).flatten() {
            *counts.entry(*word).or_default() += 1;
        }
        counts
    }

    /// The word that most of the drafts' units say for a concept that the
    /// sources of the units `named` name, and the drafts whose units do.
    fn instead(
        &self,
        drafts: &[Option<Draft>],
        group: &[usize],
        named: &[usize],
        sources: &Self,
    ) -> Option<(String, Vec<usize>)> {
        if group.len() < LEAST {
            return None;
        }
        let unit = |i: &usize| Some(drafts.get(*i)?.as_ref()?.at.unit as usize);
        let flagged: BTreeSet<usize> = group.iter().filter_map(unit).collect();
        let right: Vec<usize> = named
            .iter()
            .copied()
            .filter(|unit| !flagged.contains(unit))
            .collect();
        let beside = self.counts(right.iter().copied());
        let often = self.counts(flagged.iter().copied()).into_iter();
        let often = often.filter(|(_, n)| *n >= LEAST);
        let told = often.filter_map(|(word, n)| {
            let all = self.having(word);
            let dice = dice(n, named.len(), all);
            // How many times more often than in all units.
            let lift = n * self.words.len() / (group.len() * all).max(1);
            // What stands beside the right rendering as well is only what the units are about.
            let with_right = beside.get(&word).copied().unwrap_or_default();
            let about = 2 * with_right * group.len() > n * right.len();
            let instead = || !about && !self.stands_for_another(word, dice, &flagged, sources);
            let most = 2 * n > group.len();
            let told = (dice >= ASSOCIATED || most && lift >= LIFT) && instead();
            told.then_some((dice, word))
        });
        let (_, word) = told.max_by_key(|(dice, word)| (*dice, std::cmp::Reverse(*word)))?;
        let has = |i: &usize| {
            let words = unit(i).and_then(|unit| self.words.get(unit));
            words.is_some_and(|words| words.contains(&word))
        };
        let with = group.iter().copied().filter(has).collect();
        let (word, _) = self.known.get(word as usize)?;
        Some((word.clone(), with))
    }

    /// Whether a word of the flagged units rather renders another word of their sources: 肥皂 in
    /// the units about washing one's hands is soap.
    fn stands_for_another(
        &self,
        word: u32,
        score: usize,
        flagged: &BTreeSet<usize>,
        sources: &Self,
    ) -> bool {
        let has = |words: &BTreeSet<u32>| words.contains(&word);
        let with = (0..self.words.len()).filter(|unit| self.words.get(*unit).is_some_and(has));
        let with: Vec<usize> = with.collect();
        let here = sources.counts(with.iter().copied().filter(|unit| flagged.contains(unit)));
        let everywhere = sources.counts(with.iter().copied());
        let shared = here.iter().filter(|(_, n)| **n > LEAST / 2);
        let mut others = shared.filter_map(|(other, _)| {
            let both = everywhere.get(other)?;
            Some(dice(*both, sources.having(*other), with.len()))
        });
        // The concept's own words come with it and score about as it does.
        others.any(|other| 4 * other > 5 * score)
    }
}

/// Dice's coefficient, in hundredths.
fn dice(both: usize, one: usize, other: usize) -> usize {
    200 * both / (one + other).max(1)
}

/// Dice's coefficient, in hundredths, from which a word is taken to stand for a term.
const ASSOCIATED: usize = 40;
/// How many times more often it stands in the units in question than in all.
const LIFT: usize = 5;

/// The words of a text that say something, in their dictionary form; of a
/// target those that stand for no term of the source.
fn content(view: &View<'_>, side: Side) -> Vec<String> {
    let text = view.text(side);
    // A part of a longer term of the source does not stand for itself.
    let asked = |concept| {
        let mut senses = view.source.hits.iter().flat_map(|h| &h.senses);
        senses.any(|s| s.concept == concept)
    };
    let told = |hit: &&Hit| hit.senses.iter().any(|s| asked(s.concept));
    let hits = text.hits.iter().filter(told).map(|h| h.span);
    let hits: Vec<Span> = hits.filter(|_| side == Side::Target).collect();
    let free = |word: &&Span| !hits.iter().any(|hit| hit.overlaps(**word));
    let parts = text.words().iter().filter(free);
    let parts = parts.map(|word| fold(word.of(text.text)));
    let han = |word: &str| word.chars().filter(|c| is_han(*c)).count() > 1;
    match text.lang {
        Lang::Zh => parts.filter(|word| han(word)).collect(),
        Lang::En => parts.filter(|w| w.len() > 3).map(|w| lemma(&w)).collect(),
    }
}
