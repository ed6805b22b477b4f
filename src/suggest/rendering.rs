//! Which words of a unit's other side render a phrase: known ones where they stand, else guessed
//! from all units that have the phrase, by what they share there and what no single one could tell.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::used::{folded_forms, places};
use crate::lang::Lang;
use crate::memory::{Concordance, ConcordanceHit};
use crate::span::Span;
use crate::text::code::codes;
use crate::text::fold::Folded;
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
    /// The renderings with the number of units that have each, most frequent first.
    pub counts: Vec<(String, usize)>,
}

impl From<Concordance> for Found {
    fn from(concordance: Concordance) -> Self {
        Self::with(concordance, &[])
    }
}

impl Found {
    /// Counts the renderings that are `known` (a glossary has them), in any inflection and as
    /// whole words; what stands within a longer one is that one. In the units without any of
    /// them the rendering is guessed.
    pub fn with(concordance: Concordance, known: &[String]) -> Self {
        let hits = concordance.hits;
        let known = Known::all(known);
        let mut times = vec![0; known.len()];
        let mut renderings: Vec<Option<Span>> = Vec::with_capacity(hits.len());
        for hit in &hits {
            let standing = standing(hit.entry.text(hit.lang.other()), &known);
            for (at, times) in times.iter_mut().enumerate() {
                *times += usize::from(standing.iter().any(|(_, which)| *which == at));
            }
            renderings.push(standing.first().map(|(span, _)| *span));
        }
        let all = hits.iter().zip(&renderings);
        let rest: Vec<&ConcordanceHit> = all
            .filter(|(_, rendering)| rendering.is_none())
            .map(|(hit, _)| hit)
            .collect();
        let (guessed, more) = guess(&rest);
        let without = renderings.iter_mut().filter(|span| span.is_none());
        for (rendering, guessed) in without.zip(guessed) {
            *rendering = guessed;
        }
        let counts = known.into_iter().map(|one| one.text).zip(times);
        let counts = counts.filter(|(_, times)| *times > 0);
        let mut counts: Vec<(String, usize)> = counts.chain(more).collect();
        counts.sort_by_key(|(_, times)| Reverse(*times));
        Self {
            total: concordance.total,
            hits,
            renderings,
            counts,
        }
    }
}

/// A rendering that is looked for.
#[derive(Debug)]
struct Known {
    text: String,
    /// As it may stand in a folded text.
    forms: Vec<String>,
}

impl Known {
    /// The longer ones first, each once.
    fn all(renderings: &[String]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for text in renderings {
            let forms = folded_forms(text);
            if all.iter().any(|one| one.forms.first() == forms.first()) {
                continue;
            }
            let text = text.clone();
            all.push(Self { text, forms });
        }
        let long = |one: &Self| one.forms.first().map_or(0, String::len);
        all.sort_by_key(|one| Reverse(long(one)));
        all
    }
}

/// Where a text has known renderings, and which, in order; none within another.
fn standing(text: &str, known: &[Known]) -> Vec<(Span, usize)> {
    if known.is_empty() {
        return Vec::new();
    }
    let folded = Folded::without(text, &codes(text));
    let mut found: Vec<(Span, usize)> = Vec::new();
    for (which, one) in known.iter().enumerate() {
        for form in &one.forms {
            for place in places(&folded.text, form) {
                if !found.iter().any(|(other, _)| other.overlaps(place)) {
                    found.push((place, which));
                }
            }
        }
    }
    found.sort_unstable();
    for (place, _) in &mut found {
        *place = folded.original(*place);
    }
    found
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
fn guess(hits: &[&ConcordanceHit]) -> (Vec<Option<Span>>, Vec<(String, usize)>) {
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
    // What is counted together, the first of it as written, and how often.
    let mut facets: Vec<(String, String, usize)> = Vec::new();
    for (hit, runs) in hits.iter().zip(runs_of) {
        let best = runs
            .into_iter()
            .filter_map(|(span, key)| {
                let long = key.chars().count();
                let count = *counts.get(&(hit.lang.other(), key.clone()))?;
                (count > 1).then_some((count, long, span, key))
            })
            .max_by_key(|(count, long, span, _)| (*count, *long, Reverse(span.start)));
        if let Some((_, _, span, key)) = &best {
            if let Some((.., count)) = facets.iter_mut().find(|(known, ..)| known == key) {
                *count += 1;
            } else {
                let text = undressed(hit.entry.text(hit.lang.other()), *span);
                facets.push((key.clone(), text.to_lowercase(), 1));
            }
        }
        chosen.push(best.map(|(_, _, span, _)| span));
    }
    let facets = facets.into_iter().map(|(_, text, count)| (text, count));
    (chosen, facets.collect())
}

/// A part of a text without its codes.
fn undressed(text: &str, part: Span) -> String {
    let mut rest = String::new();
    let inside = codes(text).into_iter().filter(|code| part.contains(*code));
    let end = Span {
        start: part.end,
        end: part.end,
    };
    let mut start = part.start;
    for code in inside.chain([end]) {
        let between = Span {
            start,
            end: code.start,
        };
        rest.push_str(between.of(text));
        start = code.end;
    }
    rest
}

/// The runs of words of a text that could be a rendering, with the folded form they are counted
/// by. A code is no word; none reaches across one that stands for something, or a mark.
fn runs(text: &str, lang: Lang) -> Vec<(Span, String)> {
    let folded = Folded::without(text, &codes(text));
    let plain = folded.text.as_str();
    let words = words(plain);
    let small = match lang {
        Lang::En => SMALL,
        Lang::Zh => SMALL_ZH,
    };
    let is_small = |span: &Span| small.contains(&span.of(plain));
    let mut all = Vec::new();
    for (i, first) in words.iter().enumerate() {
        if is_small(first) {
            continue;
        }
        let mut end = first.start;
        for last in words.iter().skip(i).take(LONGEST) {
            let between = Span {
                start: end,
                end: last.start,
            };
            if !joins(between.of(plain)) {
                break;
            }
            end = last.end;
            if is_small(last) {
                continue;
            }
            let span = Span {
                start: first.start,
                end,
            };
            all.push((folded.original(span), span.of(plain).to_owned()));
        }
    }
    all
}

/// Whether two words with this between them may belong to one rendering.
fn joins(between: &str) -> bool {
    matches!(between, "" | " " | "-" | "'" | "." | "·" | "&" | "/")
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

    fn found(hits: Vec<ConcordanceHit>, known: &[&str]) -> Found {
        let total = hits.len();
        let known: Vec<String> = known.iter().map(|text| (*text).to_owned()).collect();
        Found::with(Concordance { total, hits }, &known)
    }

    /// The renderings as they stand in the units.
    fn standing_in(found: &Found) -> Vec<Option<&str>> {
        let all = found.hits.iter().zip(&found.renderings);
        all.map(|(hit, span)| Some(span.as_ref()?.of(&hit.entry.en)))
            .collect()
    }

    #[test]
    fn what_the_units_share_is_the_rendering() {
        let hits = vec![
            hit("供应链韧性很重要", "Supply chain resilience matters."),
            hit("加强供应链", "It strengthens the supply chain of allies."),
            hit("供应链与盟友", "The allies share a supply chain."),
        ];
        let found = found(hits, &[]);
        assert_eq!(found.counts, [("supply chain".to_owned(), 3)]);
        assert_eq!(standing_in(&found)[0], Some("Supply chain"));
    }

    #[test]
    fn codes_and_marks_are_no_words() {
        let dressed = |zh: &str, en: &str| {
            hit(
                &format!("我们要<bpt i=\"1\" type=\"2\"/>{zh}<ept i=\"1\"/>供应链。"),
                &format!(
                    "We <bpt i=\"1\" type=\"2\"/>{en}<ept i=\"1\"/> supply <b>chains</b>, too."
                ),
            )
        };
        let hits = vec![dressed("加快", "speed up"), dressed("完善", "improve")];
        let guessed = found(hits.clone(), &[]);
        assert_eq!(guessed.counts, [("supply chains".to_owned(), 2)]);
        let standing = [Some("supply <b>chains"); 2];
        assert_eq!(standing_in(&guessed), standing);
        let known = found(hits, &["type", "supply chain"]);
        assert_eq!(known.counts, [("supply chain".to_owned(), 2)]);
    }

    #[test]
    fn both_scripts_are_counted_as_one() {
        let other = |en: &str, zh: &str| ConcordanceHit {
            lang: Lang::En,
            ..hit(zh, en)
        };
        let hits = vec![
            other("Software is sold.", "軟體銷售"),
            other("The software", "这个软体"),
        ];
        assert_eq!(found(hits, &[]).counts[0].1, 2);
    }

    #[test]
    fn one_unit_alone_is_no_evidence() {
        let found = found(vec![hit("创世计划", "Genesis Mission")], &[]);
        assert_eq!(found.renderings, [None]);
        assert!(found.counts.is_empty());
    }

    #[test]
    fn known_renderings_are_words_and_none_is_within_another() {
        let hits = vec![
            hit("人工智能", "He said it was gaining."),
            hit("人工智能计划", "The airplanes carry AI; two AI plans."),
            hit("美国人工智能", "American AI leads; AI it is."),
        ];
        let found = found(hits, &["AI", "american ai", "plan"]);
        let counts = [("AI", 2), ("american ai", 1), ("plan", 1)];
        let counts = counts.map(|(text, times)| (text.to_owned(), times));
        assert_eq!(found.counts, counts);
        let standing = [None, Some("AI"), Some("American AI")];
        assert_eq!(standing_in(&found), standing);
    }

    #[test]
    fn where_no_known_one_stands_it_is_guessed() {
        let hits = vec![
            hit("韧性强", "Resilience is strong."),
            hit("有韧性", "The elasticity is there."),
            hit("缺乏韧性", "It lacks elasticity."),
        ];
        let found = found(hits, &["resilience"]);
        let counts = [("elasticity", 2), ("resilience", 1)];
        let counts = counts.map(|(text, times)| (text.to_owned(), times));
        assert_eq!(found.counts, counts);
        let standing = [Some("Resilience"), Some("elasticity"), Some("elasticity")];
        assert_eq!(standing_in(&found), standing);
    }
}
