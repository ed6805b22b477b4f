//! All forms of one language in one automaton.
//!
//! The automaton (daachorse, a double-array Aho–Corasick over characters)
//! does not hold the forms but their stems: what the inflections of a term
//! have in common. A stem found leads to its few endings, which are compared
//! in place. That makes it several times smaller and faster to build, and what
//! is compared in vain costs less than a step of a larger automaton.

use std::cmp::Reverse;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::case;
use super::edges::inside_latin_word;
use super::forms::{How, forms};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{MatchMode, TermStatus};
use crate::span::Span;
use crate::text::chars::is_han;

/// A folded text as the automaton reads it: a hyphen is a space there, which
/// saves half of the forms of terms of several words. Bytes keep their places.
pub(super) fn seamless(mut folded: String) -> String {
    if folded.contains('-') {
        folded = folded.replace('-', " ");
    }
    folded
}

/// A place of the folded text where a form stands between allowed edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub start: u32,
    pub end: u32,
    pub form: u32,
    /// Whether the last word ends where the form does; otherwise it is only
    /// good for terms that match as prefixes.
    pub ends: bool,
}

impl Candidate {
    pub(super) fn span(self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// What a form may mean: a term, and how the form was made from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormSense {
    pub concept: ConceptId,
    pub term: u16,
    pub how: How,
    pub matching: MatchMode,
    pub status: TermStatus,
    /// Whether capitals have to be compared.
    pub cased: bool,
    /// The number of hyphens of the form.
    pub hyphens: u8,
}

/// A distinct folded text.
#[derive(Debug, Clone, Copy)]
struct FormEntry {
    /// Its senses: from here to where those of the next form begin.
    senses: u32,
    /// The number of characters of a form of one or two Han characters; else 0.
    short: u8,
    /// Whether a term has it as a prefix.
    prefix: bool,
}

/// An ending of a stem, which makes it a form.
#[derive(Debug, Clone)]
struct Ending {
    text: Box<str>,
    form: u32,
}

/// Stems, endings, forms and senses of one language. Immutable.
#[derive(Default)]
pub(super) struct Engine {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Where each stem's endings begin; one more than there are stems.
    stems: Vec<u32>,
    endings: Vec<Ending>,
    forms: Vec<FormEntry>,
    senses: Vec<FormSense>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (stems, forms) = (self.stems.len(), self.forms.len());
        write!(f, "Engine {{ {stems} stems, {forms} forms }}")
    }
}

impl Engine {
    /// Makes all forms of all terms of a language.
    pub(super) fn new(glossary: &Glossary, lang: Lang) -> Self {
        let mut entries = Vec::with_capacity(glossary.concepts.len() * 4);
        for (id, concept) in glossary.iter() {
            for (number, term) in (0u16..).zip(&concept.terms[lang]) {
                let cased = concept.matching == MatchMode::Case || case::asks(&term.text);
                for form in forms(term, lang, concept.matching) {
                    let hyphens = form.text.matches('-').count().min(255) as u8;
                    entries.push(Entry {
                        text: seamless(form.text),
                        sense: FormSense {
                            hyphens,
                            concept: id,
                            term: number,
                            how: form.how,
                            matching: concept.matching,
                            status: term.status,
                            cased,
                        },
                    });
                }
            }
        }
        build(entries)
    }

    /// The number of distinct forms.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// The places where forms stand, by start, the longest of one start first.
    /// `text` is [`seamless`]; `refused` is told of forms whose edges are inside of words.
    pub(super) fn candidates(
        &self,
        text: &str,
        found: &mut Vec<Candidate>,
        mut refused: impl FnMut(Span, u32),
    ) {
        found.clear();
        let Some(automaton) = &self.automaton else {
            return;
        };
        let bytes = text.as_bytes();
        for stem in automaton.find_overlapping_iter(text) {
            let begins = !inside_latin_word(text, stem.start());
            let Some(rest) = bytes.get(stem.end()..) else {
                continue;
            };
            for ending in self.endings_of(stem.value()) {
                if !rest.starts_with(ending.text.as_bytes()) {
                    continue;
                }
                let end = stem.end() + ending.text.len();
                let ends = !inside_latin_word(text, end);
                let prefix = || {
                    self.forms
                        .get(ending.form as usize)
                        .is_some_and(|f| f.prefix)
                };
                if begins && (ends || prefix()) {
                    found.push(Candidate {
                        start: stem.start() as u32,
                        end: end as u32,
                        form: ending.form,
                        ends,
                    });
                } else {
                    refused(Span::new(stem.start(), end), ending.form);
                }
            }
        }
        found.sort_unstable_by_key(|c| (c.start, Reverse(c.end)));
    }

    /// What a form may mean, in order of priority.
    pub(super) fn senses(&self, form: u32) -> &[FormSense] {
        let at = |form: usize| self.forms.get(form).map(|f| f.senses as usize);
        let start = at(form as usize).unwrap_or(0);
        let end = at(form as usize + 1).unwrap_or(self.senses.len());
        self.senses.get(start..end).unwrap_or_default()
    }

    /// The number of characters of a form of one or two Han characters; else 0.
    pub(super) fn short(&self, form: u32) -> u8 {
        self.forms.get(form as usize).map_or(0, |f| f.short)
    }

    fn endings_of(&self, stem: u32) -> &[Ending] {
        let at = |stem: usize| self.stems.get(stem).map_or(0, |&at| at as usize);
        let range = at(stem as usize)..at(stem as usize + 1);
        self.endings.get(range).unwrap_or_default()
    }
}

/// A form and one of its senses, on the way into an engine.
struct Entry {
    text: String,
    sense: FormSense,
}

/// Puts the forms in order, equal ones together, and finds their stems.
fn build(mut entries: Vec<Entry>) -> Engine {
    entries.sort_unstable_by(|a, b| {
        let key = |s: &FormSense| (s.concept, s.term, s.how);
        let texts = a.text.as_bytes().cmp(b.text.as_bytes());
        texts.then_with(|| key(&a.sense).cmp(&key(&b.sense)))
    });
    let mut engine = Engine::default();
    let mut texts: Vec<String> = Vec::new();
    let mut last = None;
    for Entry { text, sense } in entries {
        if texts.last() != Some(&text) {
            engine
                .forms
                .push(FormEntry::new(&text, engine.senses.len()));
            texts.push(text);
            last = None;
        }
        // A term may come to one form in several ways; the closest is the first.
        let term = Some((sense.concept, sense.term));
        if last != term {
            if let Some(form) = engine.forms.last_mut() {
                form.prefix |= sense.matching == MatchMode::Prefix;
            }
            engine.senses.push(sense);
            last = term;
        }
    }
    engine.stem(&texts);
    engine
}

impl FormEntry {
    fn new(text: &str, senses: usize) -> Self {
        let count = text.chars().take(3).count();
        let short = count <= 2 && text.chars().all(is_han);
        Self {
            senses: senses as u32,
            short: if short { count as u8 } else { 0 },
            prefix: false,
        }
    }
}

impl Engine {
    /// Finds the stems of the forms, which are in order, and makes the automaton.
    fn stem(&mut self, texts: &[String]) {
        let mut stemmed: Vec<(&str, u32)> = Vec::with_capacity(texts.len());
        let mut rest = texts;
        while !rest.is_empty() {
            let (stem, size) = family(rest);
            rest = rest.get(size..).unwrap_or_default();
            stemmed.extend((0..size).map(|_| stem).zip(stemmed.len() as u32..));
        }
        // Families apart from each other may come to the same stem.
        stemmed.sort_by_key(|(stem, _)| *stem);
        let mut patterns: Vec<(&str, u32)> = Vec::new();
        for (stem, form) in stemmed {
            if patterns.last().is_none_or(|(last, _)| *last != stem) {
                patterns.push((stem, patterns.len() as u32));
                self.stems.push(self.endings.len() as u32);
            }
            let text = texts.get(form as usize).map_or("", |text| text);
            self.endings.push(Ending {
                text: text.strip_prefix(stem).unwrap_or("").into(),
                form,
            });
        }
        self.stems.push(self.endings.len() as u32);
        // Fails only at 2^32 states; memory ends long before.
        self.automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build_with_values(patterns)
            .ok();
    }
}

/// The most forms of one family: each is compared wherever the stem is found.
const FAMILY: usize = 12;

/// The first forms of a sorted list that have most of their letters in common,
/// as policies and policy do: what they begin with, and how many they are.
fn family(forms: &[String]) -> (&str, usize) {
    let Some(first) = forms.first() else {
        return ("", 0);
    };
    let mut stem = first.as_str();
    let mut size = 1;
    for form in forms.iter().take(FAMILY).skip(1) {
        let common = common_start(stem, form);
        // A short stem is found everywhere; a long one leaves little to compare.
        if common.len() < 3 || common.len() * 5 < form.len().max(first.len()) * 3 {
            break;
        }
        stem = common;
        size += 1;
    }
    (stem, size)
}

/// What two texts begin with.
fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let differs = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b);
    let length = differs.map_or(a.len().min(b.len()), |((at, _), _)| at);
    Span::new(0, length).of(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(text: &str) -> Entry {
        Entry {
            text: text.to_owned(),
            sense: FormSense {
                concept: ConceptId(0),
                term: 0,
                how: How::Itself,
                matching: MatchMode::Prefix,
                status: TermStatus::Preferred,
                cased: false,
                hyphens: 0,
            },
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_form_is_found_whatever_its_stem(forms in prop::collection::btree_set("[ab]{1,9}", 1..40)) {
            let engine = build(forms.iter().map(|form| entry(form)).collect());
            let mut found = Vec::new();
            for form in &forms {
                engine.candidates(form, &mut found, |_, _| {});
                prop_assert!(found.iter().any(|c| c.span().len() == form.len()), "{}", form);
                prop_assert!(found.iter().all(|c| forms.contains(c.span().of(form))));
            }
        }
    }
}
