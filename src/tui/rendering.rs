//! Which words of a unit's other side render a phrase, guessed from all units
//! that have it: what they share there, and what no single one could tell.

use std::collections::HashMap;

use crate::lang::Lang;
use crate::memory::{Concordance, ConcordanceHit};
use crate::span::Span;
use crate::text::words::words;

/// The units with a phrase in them, and how it was rendered.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many units there are in all.
    pub total: usize,
    /// The first of them.
    pub hits: Vec<ConcordanceHit>,
    /// For each, where its other side has the rendering.
    pub renderings: Vec<Option<Span>>,
    /// The renderings with their counts, most frequent first.
    pub counts: Vec<(String, usize)>,
}

impl From<Concordance> for Found {
    fn from(concordance: Concordance) -> Self {
        let (renderings, counts) = renderings(&concordance.hits);
        Self {
            total: concordance.total,
            hits: concordance.hits,
            renderings,
            counts,
        }
    }
}

/// English words that begin or end no rendering.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "with", "from", "as",
    "is", "are", "was", "were", "be", "been", "will", "would", "that", "this", "these", "those",
    "it", "its", "their", "his", "her", "our", "we", "they", "he", "she", "has", "have", "had",
    "which", "who", "not", "also", "more", "than", "into", "between",
];
/// Chinese words that do not.
const SMALL_ZH: &[&str] = &[
    "的", "了", "和", "与", "在", "是", "对", "将", "把", "被", "为", "以", "及", "等", "并", "也",
    "而", "于", "从", "向", "中", "有", "这", "其", "之",
];

/// The longest rendering looked for, in words.
const LONGEST: usize = 6;

/// Guesses the rendering in each hit's other side: the run of words that the hits share most,
/// longer runs before shorter ones of the same count. What only one hit has is no evidence.
fn renderings(hits: &[ConcordanceHit]) -> (Vec<Option<Span>>, Vec<(String, usize)>) {
    let mut counts: HashMap<(Lang, String), usize> = HashMap::new();
    let mut runs_of: Vec<Vec<(Span, String)>> = Vec::with_capacity(hits.len());
    for hit in hits {
        let runs = runs(hit.entry.text(hit.lang.other()), hit.lang.other());
        let mut seen: Vec<&str> = Vec::new();
        for (_, key) in &runs {
            if !seen.contains(&key.as_str()) {
                seen.push(key);
                *counts.entry((hit.lang.other(), key.clone())).or_default() += 1;
            }
        }
        runs_of.push(runs);
    }
    let mut chosen = Vec::with_capacity(hits.len());
    let mut facets: Vec<(String, usize)> = Vec::new();
    for (hit, runs) in hits.iter().zip(runs_of) {
        let best = runs
            .into_iter()
            .filter_map(|(span, key)| {
                let long = key.chars().count();
                let count = *counts.get(&(hit.lang.other(), key.clone()))?;
                (count > 1).then_some((count, long, span, key))
            })
            .max_by_key(|(count, long, span, _)| (*count, *long, std::cmp::Reverse(span.start)));
        if let Some((.., key)) = &best {
            match facets.iter_mut().find(|(known, _)| known == key) {
                Some((_, count)) => *count += 1,
                None => facets.push((key.clone(), 1)),
            }
        }
        chosen.push(best.map(|(_, _, span, _)| span));
    }
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.1));
    (chosen, facets)
}

/// The runs of words of a text that could be a rendering, with the form they are counted by.
fn runs(text: &str, lang: Lang) -> Vec<(Span, String)> {
    let words: Vec<Span> = words(text)
        .into_iter()
        .filter(|word| !word.of(text).trim().is_empty())
        .collect();
    let small = match lang {
        Lang::En => SMALL,
        Lang::Zh => SMALL_ZH,
    };
    let spoken = |span: &Span| {
        span.of(text)
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_small = |span: &Span| small.contains(&span.of(text).to_lowercase().as_str());
    let mut all = Vec::new();
    for (i, first) in words.iter().enumerate() {
        if !spoken(first) || is_small(first) {
            continue;
        }
        for last in words.iter().skip(i).take(LONGEST) {
            if !spoken(last) {
                break;
            }
            if is_small(last) {
                continue;
            }
            let span = Span {
                start: first.start,
                end: last.end,
            };
            all.push((span, span.of(text).to_lowercase()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Entry;

    fn hit(zh: &str, en: &str) -> ConcordanceHit {
        ConcordanceHit {
            entry: Entry {
                zh: zh.to_owned(),
                en: en.to_owned(),
                ..Entry::default()
            },
            lang: Lang::Zh,
            spans: Vec::new(),
        }
    }

    #[test]
    fn what_the_units_share_is_the_rendering() {
        let hits = [
            hit("供应链韧性很重要", "Supply chain resilience matters."),
            hit("加强供应链", "It strengthens the supply chain of allies."),
            hit("供应链与盟友", "The allies share a supply chain."),
        ];
        let (places, counts) = renderings(&hits);
        assert_eq!(counts, [("supply chain".to_owned(), 3)]);
        assert_eq!(places[0].unwrap().of(&hits[0].entry.en), "Supply chain");
    }

    #[test]
    fn one_unit_alone_is_no_evidence() {
        let (places, counts) = renderings(&[hit("创世计划", "Genesis Mission")]);
        assert_eq!(places, [None]);
        assert!(counts.is_empty());
    }
}
