//! Where the two terms of a proposal stand in its material: a concordance of
//! both sides.

use std::path::PathBuf;

use super::gather::Material;
use crate::glossary::Glossary;
use crate::lang::{Lang, Pair};
use crate::model::concept::{Concept, Term};
use crate::recognize::Recognizer;
use crate::span::Span;

/// The most places that are shown.
const MOST: usize = 100;

/// A unit that has one of the two terms or both.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spot {
    /// Its texts; one may be empty.
    pub texts: Pair<String>,
    /// Where the terms stand in each text: in a Chinese one also the English term in brackets.
    pub spans: Pair<Vec<Span>>,
    /// Whether it has both terms.
    pub both: bool,
    /// Its file.
    pub path: PathBuf,
    /// Its line, where that is known.
    pub line: Option<u32>,
}

/// Where two terms stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Units with both.
    pub both: usize,
    /// Units with the Chinese one alone: it is rendered otherwise there, or left out.
    pub zh: usize,
    /// Units with the English one alone.
    pub en: usize,
    /// Some of them: those with both first, then those with the Chinese one.
    pub spots: Vec<Spot>,
}

/// Where two terms stand, in their inflected and regional forms too: as the glossary would
/// recognize them.
pub fn places(material: &Material, zh: &str, en: &str) -> Places {
    let mut concept = Concept::default();
    concept.terms.zh.push(Term::preferred(zh));
    concept.terms.en.push(Term::preferred(en));
    let glossary = Glossary::new(vec![concept]);
    let recognizer = Recognizer::new(&glossary);
    let find = |text: &str, lang: Lang| -> Vec<Span> {
        let hits = recognizer.find(text, lang);
        hits.iter().map(|hit| hit.span).collect()
    };
    let mut places = Places::default();
    let (mut both, mut alone) = (Vec::new(), Vec::new());
    for (number, unit) in (0..).zip(material.units()) {
        let mut spans = Pair {
            zh: find(unit.zh, Lang::Zh),
            en: find(unit.en, Lang::En),
        };
        let has_zh = !spans.zh.is_empty();
        let bracketed = find(unit.zh, Lang::En);
        let has_en = !spans.en.is_empty() || !bracketed.is_empty();
        spans.zh.extend(bracketed);
        spans.zh.sort_by_key(|span| span.start);
        let list = match (has_zh, has_en) {
            (false, false) => continue,
            (true, true) => {
                places.both += 1;
                &mut both
            }
            (true, false) => {
                places.zh += 1;
                &mut alone
            }
            (false, true) => {
                places.en += 1;
                continue;
            }
        };
        if list.len() < MOST {
            let texts = Pair {
                zh: unit.zh.to_owned(),
                en: unit.en.to_owned(),
            };
            let both = has_zh && has_en;
            list.push((number, texts, spans, both));
        }
    }
    let spots = both.into_iter().chain(alone).take(MOST);
    places.spots = spots
        .map(|(number, texts, spans, both)| {
            let (path, line) = material.place(number).unwrap_or_default();
            Spot {
                texts,
                spans,
                both,
                path,
                line,
            }
        })
        .collect();
    places
}
