//! All forms of one language in one automaton.
//!
//! The automaton (daachorse, a double-array Aho–Corasick over characters)
//! does not hold the forms but their stems: what the inflections of a term
//! have in common. A stem found leads to its few endings, which are compared
//! in place. That makes it several times smaller and faster to build, and what
//! is compared in vain costs less than a step of a larger automaton.

use std::cmp::Reverse;
use std::collections::HashMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::case;
use super::edges::inside_latin_word;
use super::forms::{Form, How, forms};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{MatchMode, TermStatus};
use crate::span::Span;
use crate::text::chars::is_han;

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
        let mut builder = Builder::default();
        for (id, concept) in glossary.iter() {
            for (number, term) in (0u16..).zip(&concept.terms[lang]) {
                let sense = |how| FormSense {
                    concept: id,
                    term: number,
                    how,
                    matching: concept.matching,
                    status: term.status,
                    cased: concept.matching == MatchMode::Case || case::asks(&term.text),
                };
                builder.add(forms(term, lang, concept.matching), sense);
            }
        }
        builder.build()
    }

    /// The number of distinct forms.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// The places where forms stand, by start, the longest of one start first.
    /// `refused` is told of forms whose edges are inside of words.
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

/// An engine in the making.
#[derive(Default)]
struct Builder {
    numbers: HashMap<String, u32>,
    /// The senses of each form.
    forms: Vec<(FormEntry, Vec<FormSense>)>,
    /// The endings of each stem.
    stems: HashMap<String, Vec<Ending>>,
}

impl Builder {
    /// Adds the forms of a term.
    fn add(&mut self, mut forms: Vec<Form>, sense: impl Fn(How) -> FormSense) {
        forms.sort_by(|a, b| a.text.cmp(&b.text));
        let mut rest = forms.as_slice();
        while !rest.is_empty() {
            let (stem, size) = family(rest);
            let (family, others) = rest.split_at(size);
            for form in family {
                self.add_form(form, stem, sense(form.how));
            }
            rest = others;
        }
    }

    fn add_form(&mut self, form: &Form, stem: &str, sense: FormSense) {
        let number = match self.numbers.get(&form.text) {
            Some(&number) => number,
            None => self.new_form(form, stem),
        };
        let Some((entry, senses)) = self.forms.get_mut(number as usize) else {
            return;
        };
        entry.prefix |= sense.matching == MatchMode::Prefix;
        let same = |s: &&FormSense| (s.concept, s.term) == (sense.concept, sense.term);
        if !senses.iter().any(|s| same(&s)) {
            senses.push(sense);
        }
    }

    fn new_form(&mut self, form: &Form, stem: &str) -> u32 {
        let number = self.forms.len() as u32;
        let count = form.text.chars().count();
        let short = count <= 2 && form.text.chars().all(is_han);
        let entry = FormEntry {
            senses: 0,
            short: if short { count as u8 } else { 0 },
            prefix: false,
        };
        self.forms.push((entry, Vec::new()));
        self.numbers.insert(form.text.clone(), number);
        let ending = Ending {
            text: form.text.strip_prefix(stem).unwrap_or("").into(),
            form: number,
        };
        match self.stems.get_mut(stem) {
            Some(endings) => endings.push(ending),
            None => {
                self.stems.insert(stem.to_owned(), vec![ending]);
            }
        }
        number
    }

    fn build(self) -> Engine {
        let mut engine = Engine::default();
        for (mut entry, senses) in self.forms {
            entry.senses = engine.senses.len() as u32;
            engine.forms.push(entry);
            engine.senses.extend(senses);
        }
        let mut stems: Vec<(String, Vec<Ending>)> = self.stems.into_iter().collect();
        stems.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        engine.stems.push(0);
        let mut patterns = Vec::with_capacity(stems.len());
        for (number, (stem, endings)) in (0u32..).zip(stems) {
            patterns.push((stem, number));
            engine.endings.extend(endings);
            engine.stems.push(engine.endings.len() as u32);
        }
        // Fails only at 2^32 states; memory ends long before.
        engine.automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build_with_values(patterns)
            .ok();
        engine
    }
}

/// The first forms of a sorted list that have most of their letters in common,
/// as policies and policy do: what they begin with, and how many they are.
fn family(forms: &[Form]) -> (&str, usize) {
    let Some(first) = forms.first() else {
        return ("", 0);
    };
    let mut stem = first.text.as_str();
    let mut size = 1;
    for form in forms.iter().skip(1) {
        let common = common_start(stem, &form.text);
        // A short stem is found everywhere; a long one leaves little to compare.
        if common.len() < 3 || common.len() * 5 < form.text.len().max(first.text.len()) * 3 {
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
