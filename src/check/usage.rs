//! What a document says instead of a rendering, where it does so throughout.
//!
//! A hundred sentences in which 疾病 is *disease* and the glossary says
//! *sickness* are one decision to be made and not a hundred faults. The word
//! is found by association: it stands in most of the flagged units, and hardly
//! where the term does not (Dice's coefficient over the units), or many times
//! more often in them than in the document. What a unit's other terms account
//! for is not looked at: it stands for those.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::consistency::is_small;
use super::{Draft, Paper, View};
use crate::finding::{Severity, Side};
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::recognize::Hit;
use crate::span::Span;
use crate::text::chars::{is_han, quoted};
use crate::text::lemma::lemma;

/// The fewest units that show a usage: fewer are an accident.
const LEAST: usize = 5;
/// The fewest places that show that a spelling is meant.
const SPELLED: usize = 3;

/// Joins the drafts that say the same of the same words: a spelling used
/// throughout is one decision. Each draft is of one place.
pub(super) fn repeated(_: &Paper<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut groups: BTreeMap<(String, Severity), Vec<usize>> = BTreeMap::new();
    // What is mended place by place is told place by place.
    for (i, draft) in (0..).zip(&drafts).filter(|(_, draft)| !draft.safe) {
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
    let named = naming(paper, &groups);
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for (concept, mut group) in groups {
        let named = named.get(&concept).map_or(&[][..], Vec::as_slice);
        let uses = named.len();
        while let Some((word, with)) = units.instead(&drafts, &group, named, &sources) {
            group.retain(|i| !with.contains(i));
            let word = written(paper, &drafts, &with, &word);
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

/// A word of the targets as it is written in the units of some drafts.
fn written(paper: &Paper<'_>, drafts: &[Option<Draft>], with: &[usize], word: &str) -> String {
    let drafts = with.iter().filter_map(|i| drafts.get(*i)?.as_ref());
    let views = drafts.filter_map(|draft| paper.views.get(draft.at.unit as usize));
    let mut found = views.filter_map(|view| {
        let text = &view.target;
        let mut words = text.words().iter();
        words.find_map(|span| {
            let folded = text.folded.folded(*span).of(&text.folded.text);
            let same = folded == word || text.lang == Lang::En && lemma(folded) == word;
            // A capital may be a sentence's own.
            let own = span.of(text.text);
            let shouted = own.chars().skip(1).any(char::is_uppercase);
            same.then_some(if shouted { own } else { word })
        })
    });
    found.next().unwrap_or(word).to_owned()
}

/// The units whose sources name each of some concepts, in order.
fn naming(
    paper: &Paper<'_>,
    concepts: &BTreeMap<ConceptId, Vec<usize>>,
) -> FxHashMap<ConceptId, Vec<usize>> {
    let mut naming: FxHashMap<ConceptId, Vec<usize>> = FxHashMap::default();
    for (unit, view) in paper.views.iter().enumerate() {
        let senses = view.source.all.iter().flat_map(|hit| &hit.senses);
        for concept in senses.map(|s| s.concept) {
            if !concepts.contains_key(&concept) {
                continue;
            }
            let units = naming.entry(concept).or_default();
            if units.last() != Some(&unit) {
                units.push(unit);
            }
        }
    }
    naming
}

/// The words of all texts of one side of a document.
struct Units {
    /// The numbers of a unit's words, in order, each once.
    words: Vec<Box<[u32]>>,
    /// The words.
    known: Vec<Word>,
}

/// A word of a document.
struct Word {
    text: String,
    /// The units that have it, in order.
    units: Vec<u32>,
}

impl Units {
    fn new(paper: &Paper<'_>, side: Side) -> Self {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut known: Vec<Word> = Vec::new();
        let mut words = Vec::with_capacity(paper.views.len());
        let texts: Vec<_> = paper.views.par_iter().map(|v| content(v, side)).collect();
        for (unit, texts) in (0..).zip(texts) {
            let number = |text| {
                *numbers.entry(text).or_insert_with_key(|text| {
                    known.push(Word {
                        text: text.clone(),
                        units: Vec::new(),
                    });
                    known.len() as u32 - 1
                })
            };
            let mut own: Vec<u32> = texts.into_iter().map(number).collect();
            own.sort_unstable();
            own.dedup();
            for number in &own {
                if let Some(word) = known.get_mut(*number as usize) {
                    word.units.push(unit);
                }
            }
            words.push(own.into_boxed_slice());
        }
        Self { words, known }
    }

    /// The units that have a word, in order.
    fn having(&self, word: u32) -> &[u32] {
        let word = self.known.get(word as usize);
        word.map_or(&[], |word| &word.units)
    }

    /// How many of some units have each word.
    fn counts(&self, units: impl Iterator<Item = usize>) -> FxHashMap<u32, usize> {
        let mut counts = FxHashMap::default();
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
        let flagged: FxHashSet<usize> = group.iter().filter_map(unit).collect();
        let right = || named.iter().copied().filter(|unit| !flagged.contains(unit));
        let beside = self.counts(right());
        let right = right().count();
        let often = self.counts(flagged.iter().copied()).into_iter();
        let often = often.filter(|(_, n)| *n >= LEAST);
        let told = often.filter_map(|(word, n)| {
            let all = self.having(word).len();
            let dice = dice(n, named.len(), all);
            // How many times more often than in all units.
            let lift = n * self.words.len() / (group.len() * all).max(1);
            // What stands beside the right rendering as well is only what the units are about.
            let with_right = beside.get(&word).copied().unwrap_or_default();
            let about = 2 * with_right * group.len() > n * right;
            let instead = || !about && !self.stands_for_another(word, dice, &flagged, sources);
            let most = 2 * n > group.len();
            let told = (dice >= ASSOCIATED || most && lift >= LIFT) && instead();
            told.then_some((dice, word))
        });
        let (_, word) = told.max_by_key(|(dice, word)| (*dice, std::cmp::Reverse(*word)))?;
        let having = self.having(word);
        let has = |i: &usize| {
            let unit = unit(i).map(|unit| unit as u32);
            unit.is_some_and(|unit| having.binary_search(&unit).is_ok())
        };
        let with = group.iter().copied().filter(has).collect();
        let word = self.known.get(word as usize)?;
        Some((word.text.clone(), with))
    }

    /// Whether a word of the flagged units rather renders another word of their sources: 肥皂 in
    /// the units about washing one's hands is soap.
    fn stands_for_another(
        &self,
        word: u32,
        score: usize,
        flagged: &FxHashSet<usize>,
        sources: &Self,
    ) -> bool {
        let having = self.having(word);
        let with = || having.iter().map(|unit| *unit as usize);
        let here = sources.counts(with().filter(|unit| flagged.contains(unit)));
        let everywhere = sources.counts(with());
        let shared = here.iter().filter(|(_, n)| **n > LEAST / 2);
        let mut others = shared.filter_map(|(other, _)| {
            let both = everywhere.get(other)?;
            Some(dice(*both, sources.having(*other).len(), having.len()))
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
        let mut senses = view.source.hits().flat_map(|h| &h.senses);
        senses.any(|s| s.concept == concept)
    };
    let told = |hit: &&Hit| hit.senses.iter().any(|s| asked(s.concept));
    let hits = text.hits().filter(told).map(|h| h.span);
    let hits: Vec<Span> = hits.filter(|_| side == Side::Target).collect();
    let free = |word: &&Span| !hits.iter().any(|hit| hit.overlaps(**word));
    let parts = text.words().iter().filter(free);
    let parts = parts.map(|word| text.folded.folded(*word).of(&text.folded.text));
    // In the source a word of one character may be what another word renders: 縣, county.
    let least = if side == Side::Source { 1 } else { 2 };
    let han = |word: &str| word.chars().filter(|c| is_han(*c)).count() >= least;
    let says = |word: &&str| !is_small(word, text.lang);
    match text.lang {
        Lang::Zh => {
            let words = parts.filter(|word| han(word));
            words.filter(says).map(str::to_owned).collect()
        }
        Lang::En => {
            let words = parts.filter(|word| word.len() > 3);
            words.filter(says).map(lemma).collect()
        }
    }
}
