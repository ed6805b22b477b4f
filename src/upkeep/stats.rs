//! What the glossaries of a workspace hold, and how well that serves: which
//! terms its texts have, which they never have, and which are found where
//! nobody renders them so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;

use super::{documents, memories};
use crate::check::{Noise, Reference, noise, sample};
use crate::error::Result;
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{Concept, ConceptStatus, ConceptType, TermStatus};
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// The most units of the memory that are looked at.
pub const MOST: usize = 100_000;

/// The statistics.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Stats {
    /// Each glossary.
    pub glossaries: Vec<OfFile>,
    /// Concepts of all of them.
    pub concepts: usize,
    /// Concepts by status.
    pub status: BTreeMap<&'static str, usize>,
    /// Concepts by type.
    pub types: BTreeMap<&'static str, usize>,
    /// Concepts by subject field; those without one under an empty name.
    pub subjects: BTreeMap<String, usize>,
    /// Documents that were looked at.
    pub documents: usize,
    /// Units of the memory that were looked at.
    pub units: usize,
    /// Concepts that a document or a unit names.
    pub used: usize,
    /// Those that none does.
    pub unused: Vec<Named>,
    /// Terms whose rendering is missing in confirmed units, the worst first.
    pub noise: Vec<Noisy>,
    /// Rows that may be one concept.
    pub near: Vec<Near>,
}

/// A glossary.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OfFile {
    /// The file.
    pub path: String,
    /// Its concepts.
    pub concepts: usize,
    /// Its Chinese terms.
    pub zh_terms: usize,
    /// Its English terms.
    pub en_terms: usize,
}

/// A concept, by its names and place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its first Chinese term.
    pub zh: String,
    /// Its first English term.
    pub en: String,
    /// `path:line` of its row.
    pub glossary: String,
}

/// How often a rendering is absent.
#[derive(Debug, Clone, Serialize)]
pub struct Noisy {
    /// The concept.
    #[serde(flatten)]
    pub concept: Named,
    /// Confirmed units with a term of it.
    pub units: usize,
    /// Those of them without a rendering.
    pub absent: usize,
}

/// Two rows that may be one.
#[derive(Debug, Clone, Serialize)]
pub struct Near {
    /// What is alike.
    pub why: &'static str,
    /// The rows.
    pub concepts: [Named; 2],
}

/// Gathers the statistics of a workspace's glossaries.
///
/// # Errors
/// A memory cannot be read.
pub fn stats(project: &Project, glossary: &Glossary) -> Result<Stats> {
    let recognizer = Recognizer::new(glossary);
    let reference = Reference::new(glossary, &recognizer);
    let files = memories(project)?;
    let entries = sample(
        files.iter().map(|(path, journal)| (&**path, *journal)),
        MOST,
    )?;
    let documents: Vec<_> = documents(project.documents()?).collect();
    let of_documents = documents.iter().flat_map(|document| {
        let units = document.units.iter();
        units.map(|unit| (&*unit.source, document.from))
    });
    let of_memories = entries
        .iter()
        .flat_map(|entry| [(&*entry.zh, Lang::Zh), (&*entry.en, Lang::En)]);
    let texts: Vec<(&str, Lang)> = of_documents.chain(of_memories).collect();
    let read = |mut used: BTreeSet<ConceptId>, (text, lang): &(&str, Lang)| {
        let hits = recognizer.find_all(text, *lang, None);
        used.extend(hits.iter().flat_map(|hit| &hit.senses).map(|s| s.concept));
        used
    };
    let used = texts.par_iter().fold(BTreeSet::new, read);
    let used = used.reduce(BTreeSet::new, |a, b| a.into_iter().chain(b).collect());
    let unused = glossary.iter().filter(|(id, _)| !used.contains(id));
    let unused = unused.map(|(_, concept)| named(concept)).collect();
    Ok(Stats {
        glossaries: of_files(glossary),
        concepts: glossary.len(),
        status: count(glossary, |c| match c.status {
            ConceptStatus::Approved => "approved",
            ConceptStatus::Proposed => "proposed",
        }),
        types: count(glossary, |c| kind(c.kind)),
        subjects: count(glossary, |c| c.subject.to_string()),
        documents: documents.len(),
        units: entries.len(),
        used: used.len(),
        unused,
        noise: noisy(glossary, noise(&entries, &reference)),
        near: near(glossary),
    })
}

fn named(concept: &Concept) -> Named {
    Named {
        zh: concept.name(Lang::Zh).to_owned(),
        en: concept.name(Lang::En).to_owned(),
        glossary: concept.origin.to_string(),
    }
}

fn kind(kind: ConceptType) -> &'static str {
    match kind {
        ConceptType::Term => "term",
        ConceptType::Person => "person",
        ConceptType::Organization => "organization",
        ConceptType::Program => "program",
        ConceptType::Law => "law",
        ConceptType::Place => "place",
        ConceptType::Title => "title",
        ConceptType::Dnt => "dnt",
    }
}

fn count<K: Ord>(glossary: &Glossary, key: impl Fn(&Concept) -> K) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for concept in glossary.concepts() {
        *counts.entry(key(concept)).or_default() += 1;
    }
    counts
}

fn of_files(glossary: &Glossary) -> Vec<OfFile> {
    let of_file = |path: &std::sync::Arc<std::path::Path>| {
        let concepts = glossary.concepts().filter(|c| c.origin.path == *path);
        let mut of_file = OfFile {
            path: path.display().to_string(),
            ..OfFile::default()
        };
        for concept in concepts {
            of_file.concepts += 1;
            of_file.zh_terms += concept.terms.zh.len();
            of_file.en_terms += concept.terms.en.len();
        }
        of_file
    };
    glossary.files().map(|(path, _)| of_file(path)).collect()
}

fn noisy(glossary: &Glossary, noise: BTreeMap<ConceptId, Noise>) -> Vec<Noisy> {
    let absent = noise.into_iter().filter(|(_, noise)| noise.absent > 0);
    let mut noisy: Vec<Noisy> = absent
        .map(|(id, noise)| Noisy {
            concept: named(&glossary[id]),
            units: noise.units,
            absent: noise.absent,
        })
        .collect();
    // By how many are absent, and of as many by which share of the units that is.
    noisy.sort_by_key(|n| (std::cmp::Reverse(n.absent), n.units));
    noisy
}

/// Rows that may be one concept: their English has the same words in other
/// forms, or is the same and the Chinese differs in one character.
fn near(glossary: &Glossary) -> Vec<Near> {
    let mut by_english: HashMap<String, Vec<&Concept>> = HashMap::new();
    let mut near = Vec::new();
    let mut lemmas = Lemmas::new();
    for concept in glossary.concepts() {
        let english = concept.with_status(Lang::En, TermStatus::Preferred);
        let keys: BTreeSet<String> = english.map(|term| words(&term.text, &mut lemmas)).collect();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            let others = by_english.entry(key).or_default();
            if let Some(other) = others.iter().find(|o| o.subject == concept.subject) {
                near.extend(alike(other, concept));
            }
            others.push(concept);
        }
    }
    near
}

fn alike(one: &Concept, other: &Concept) -> Option<Near> {
    let zh = [one, other].map(|c| fold(c.name(Lang::Zh)));
    let en = [one, other].map(|c| fold(c.name(Lang::En)));
    let why = match (zh[0] == zh[1], en[0] == en[1]) {
        (true, true) => "the same terms",
        (true, false) => "the same Chinese, and English of the same words",
        (false, true) if one_apart(&zh[0], &zh[1]) => {
            "the same English, and Chinese one character apart"
        }
        _ => return None,
    };
    Some(Near {
        why,
        concepts: [named(one), named(other)],
    })
}

/// Words, each with its base form: a glossary has few words and has them often.
type Lemmas = HashMap<String, String>;

/// The words of an English term in their base form, without articles.
fn words(term: &str, lemmas: &mut Lemmas) -> String {
    let folded = fold(term);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let words = words.filter(|w| !w.is_empty() && !["the", "a", "an"].contains(w));
    let mut key = String::new();
    for word in words {
        if !key.is_empty() {
            key.push(' ');
        }
        if let Some(base) = lemmas.get(word) {
            key.push_str(base);
        } else {
            let base = lemma(word);
            key.push_str(&base);
            lemmas.insert(word.to_owned(), base);
        }
    }
    key
}

/// Whether two texts differ in one character: another, one more, or one less.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<u32>, Vec<u32>) = (
        a.chars().map(u32::from).collect(),
        b.chars().map(u32::from).collect(),
    );
    a.len().min(b.len()) >= 3 && crate::text::distance::distance(&a, &b) == 1
}
