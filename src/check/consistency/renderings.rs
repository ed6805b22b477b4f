//! What each recurring expression was rendered as, from the units alone.
//!
//! For every recurring source expression the target words that come with it
//! are found by their log-likelihood ratio (Dunning, "Accurate methods for the
//! statistics of surprise and coincidence", 1993), and among the wordings made
//! of them the one with the best Dice coefficient: its usual rendering. Units
//! that have the expression and not that rendering are looked at again: for
//! another wording that comes with the expression there, or for the usual one
//! with one part replaced by words that nothing else in the source explains.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Lexicon;
use super::evidence::Rival;
use super::meanings::Meanings;
use super::phrases::{Phrase, phrases};
use super::units::{Postings, Units};
use crate::lang::Lang;
use crate::span::Span;

/// An expression rendered in one place otherwise than usual.
#[derive(Debug, Clone)]
pub(in crate::check) struct Otherwise {
    /// The number of the unit.
    pub(in crate::check) unit: u32,
    /// The expression in that unit's source.
    pub(in crate::check) source: Span,
    /// What it was rendered as there.
    pub(in crate::check) target: Span,
    /// What it is usually rendered as, as commonly written.
    pub(in crate::check) usual: String,
    /// Where: unit and span in its target, a few.
    pub(in crate::check) places: Vec<(u32, Span)>,
    /// How many units have the expression, how many of them the usual rendering, how many this one.
    pub(in crate::check) counts: [usize; 3],
    /// Whether nothing speaks against it.
    pub(in crate::check) strong: bool,
    /// The weight of the evidence, to choose between findings in one place.
    weight: usize,
}

/// The expressions rendered in more than one way, by unit and place.
pub(in crate::check) fn renderings<'a>(
    pairs: impl Iterator<Item = [&'a crate::check::Text<'a>; 2]>,
    langs: [Lang; 2],
) -> Vec<Otherwise> {
    let [mut from, mut to] = langs.map(Lexicon::new);
    let (source, target): (Vec<_>, Vec<_>) = pairs.map(|[s, t]| (from.read(s), to.read(t))).unzip();
    let meanings = match langs[0] {
        Lang::Zh => Meanings::new(&from, &to),
        Lang::En => Meanings::new(&to, &from),
    };
    let units = Units {
        meanings,
        targets: Postings::new(&target, to.words.len()),
        sources: Postings::new(&source, from.words.len()),
        anchors: to.words.iter().map(|_| OnceLock::new()).collect(),
        source,
        target,
        from,
        to,
    };
    let phrases = phrases(&units.source, &units.from);
    let found: Vec<Vec<Otherwise>> = phrases.par_iter().map(|p| units.judge(p)).collect();
    best(found.into_iter().flatten())
}

/// One finding a place: that with the most evidence.
fn best(found: impl Iterator<Item = Otherwise>) -> Vec<Otherwise> {
    let mut by_unit: BTreeMap<u32, Vec<Otherwise>> = BTreeMap::new();
    for one in found {
        let there = by_unit.entry(one.unit).or_default();
        let rivals = there.iter().filter(|o| o.target.overlaps(one.target));
        let rank = |o: &Otherwise| (o.strong, o.weight);
        if rivals.clone().any(|o| rank(o) >= rank(&one)) {
            continue;
        }
        there.retain(|o| !o.target.overlaps(one.target));
        there.push(one);
    }
    by_unit.into_values().flatten().collect()
}

/// Of the units with an expression, the share that has its usual rendering, at least.
const USUAL: f64 = 0.35;

impl Units<'_> {
    /// Where an expression is rendered otherwise than usual.
    fn judge(&self, phrase: &Phrase) -> Vec<Otherwise> {
        let mut units: Vec<u32> = phrase.places.iter().map(|p| p.0).collect();
        units.dedup();
        if units.len() < 3 {
            return Vec::new();
        }
        let Some(usual) = self.rendering(phrase, &units, USUAL) else {
            return Vec::new();
        };
        let (with, without): (Vec<u32>, Vec<u32>) =
            units.iter().partition(|&&unit| self.has(unit, &usual));
        let majority = with.len() as f64 / units.len() as f64;
        if with.len() < 3 || without.is_empty() || majority < USUAL {
            return Vec::new();
        }
        let spans: Vec<(u32, Span)> = with
            .iter()
            .filter_map(|&unit| Some((unit, self.locate(unit, &usual)?)))
            .take(20)
            .collect();
        let Some(written) = self.commonest(&spans) else {
            return Vec::new();
        };
        // As many small words as stand inside the usual rendering may inside another.
        let spread = with
            .iter()
            .take(20)
            .filter_map(|&unit| self.closest(unit, &usual));
        let spread = spread
            .map(|(start, end)| end - start + 1)
            .min()
            .unwrap_or(0);
        if spans
            .first()
            .is_some_and(|&(unit, span)| self.hyphened(unit, span))
        {
            return Vec::new();
        }
        let mut found = Vec::new();
        let second = self.second(phrase, &usual, &without);
        for &unit in &without {
            let place = phrase.places.iter().find(|p| p.0 == unit);
            let Some(&(_, at)) = place else { continue };
            let last = at as usize + phrase.words.len() - 1;
            let source = self.source[unit as usize].span(at as usize, last);
            let by_words = second
                .as_ref()
                .and_then(|words| Some((self.locate(unit, words)?, true)));
            let (target, recurs) = match by_words {
                Some(found) => found,
                None => match self.replaced(phrase, unit, &usual, spread) {
                    Some(span) => (span, false),
                    None => continue,
                },
            };
            let rival = Rival {
                unit,
                usual: &usual,
                target,
                recurs,
                with: with.len(),
                majority,
            };
            let Some(strong) = self.evidence(phrase, &written, &rival) else {
                continue;
            };
            found.push(Otherwise {
                unit,
                source,
                target,
                usual: written.clone(),
                places: spans.iter().take(5).copied().collect(),
                counts: [units.len(), with.len(), 0],
                strong,
                weight: phrase.words.len() * 100 + with.len() + usize::from(recurs),
            });
        }
        self.count(&mut found);
        found.retain(|o| !self.related(&o.usual, o.target.of(self.target_text(o.unit))));
        found
    }

    /// Whether a rival is worth a word, and whether a strong one: one thing that speaks against it
    /// makes it weak, two leave nothing of it.
    fn evidence(&self, phrase: &Phrase, usual: &str, rival: &Rival<'_>) -> Option<bool> {
        let other = rival.target.of(self.target_text(rival.unit));
        // A clause is no rendering, and a part of a longer name is no expression.
        if self.is_clause(usual) || self.part_of_name(phrase, rival.unit) {
            return None;
        }
        let against = [
            !self.names(phrase),
            !self.of_one_kind(usual, other),
            !self.whole(rival.unit, rival.usual, rival.target),
            !self.weighs(phrase, rival)?,
            rival.majority < 0.8 && !self.agrees(phrase, rival.usual),
        ];
        let against = against.into_iter().filter(|against| *against).count();
        (against < 2).then_some(against == 0)
    }

    /// Counts how often each other rendering was found.
    fn count(&self, found: &mut [Otherwise]) {
        let key = |o: &Otherwise| o.target.of(self.target_text(o.unit)).to_lowercase();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for one in found.iter() {
            *counts.entry(key(one)).or_default() += 1;
        }
        for one in found.iter_mut() {
            one.counts[2] = counts.get(&key(one)).copied().unwrap_or(1);
        }
    }

    /// The commonest way a rendering is written, the first of several.
    fn commonest(&self, spans: &[(u32, Span)]) -> Option<String> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for &(unit, span) in spans {
            let written = span.of(self.target_text(unit));
            match counts.iter_mut().find(|(w, _)| *w == written) {
                Some((_, n)) => *n += 1,
                None => counts.push((written, 1)),
            }
        }
        let best = counts.into_iter().rev().max_by_key(|&(_, n)| n);
        best.map(|(written, _)| written.to_owned())
    }
}
