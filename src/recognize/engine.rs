//! All forms of one language, sorted, and the places of a text where they stand.
//!
//! No automaton: a term can only begin where a word does, so at each such
//! place the [heads](super::heads) are asked whether any form begins there, and
//! mostly none does. Where one does, the forms that stand there are all found
//! from the last form not after the text in order: a form that the text begins
//! with sorts before the text, and whatever sorts between the two begins with
//! it as well, so all of them are on the chain of that form's own beginnings.
//! An Aho–Corasick automaton over the same forms took three times as long to
//! build and half as long again to search English with: it looks for terms
//! from every letter on. What is here is made by sorting and is plain arrays,
//! which a cache file could hold as they are.

use std::ops::RangeInclusive;

use rayon::prelude::*;

use super::case;
use super::edges::inside_latin_word;
use super::forms::{How, forms};
use super::heads::Heads;
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{Concept, MatchMode, TermStatus};
use crate::span::Span;
use crate::text::chars::is_han;

/// A folded text as it is searched: a hyphen is a space there, which saves
/// half of the forms of terms of several words. Bytes keep their places.
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
    /// Its text: from here to where that of the next form begins.
    text: u32,
    /// Its senses: from here to where those of the next form begin.
    senses: u32,
    /// The longest other form that it begins with; [`NONE`] where there is none.
    parent: u32,
    /// The number of characters of a form of one or two Han characters; else 0.
    short: u8,
    /// Whether a term has it as a prefix.
    prefix: bool,
}

const NONE: u32 = u32::MAX;

/// Forms and senses of one language. Immutable.
#[derive(Default)]
pub(super) struct Engine {
    heads: Heads,
    /// The texts of all forms, in order.
    texts: String,
    forms: Vec<FormEntry>,
    senses: Vec<FormSense>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine {{ {} forms }}", self.forms.len())
    }
}

/// The first bytes of the characters U+4000 to U+9FFF, all Han: no word goes on before one.
const HAN: RangeInclusive<u8> = 0xE4..=0xE9;

impl Engine {
    /// Makes all forms of all terms of a language.
    pub(super) fn new(glossary: &Glossary, lang: Lang) -> Self {
        let concepts: Vec<_> = glossary.iter().collect();
        let concepts = concepts.par_iter();
        let entries = concepts.flat_map_iter(|&(id, concept)| entries(id, concept, lang));
        build(entries.collect())
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
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if !self.heads.begins(byte) || (!HAN.contains(&byte) && inside_latin_word(text, at)) {
                continue;
            }
            for (first, last) in self.heads.at(bytes, at) {
                self.forms_at(text, at, first, last, found, &mut refused);
            }
        }
    }

    /// The forms of a range that stand at a place, the longest first.
    fn forms_at(
        &self,
        text: &str,
        at: usize,
        first: usize,
        last: usize,
        found: &mut Vec<Candidate>,
        refused: &mut impl FnMut(Span, u32),
    ) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        // The number of the form behind the last one that is not after the text.
        let (mut low, mut high) = (first as u32, last as u32);
        while low < high {
            let middle = low.midpoint(high);
            if self.text(middle).as_bytes() <= rest {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut next = low;
        while next as usize > first && next as usize <= last {
            let number = next - 1;
            let form = self.text(number);
            if rest.starts_with(form.as_bytes()) {
                let end = at + form.len();
                let ends = !inside_latin_word(text, end);
                if ends || self.forms.get(number as usize).is_some_and(|f| f.prefix) {
                    found.push(Candidate {
                        start: at as u32,
                        end: end as u32,
                        form: number,
                        ends,
                    });
                } else {
                    refused(Span::new(at, end), number);
                }
            }
            let parent = self.forms.get(number as usize).map_or(NONE, |f| f.parent);
            next = parent.wrapping_add(1);
        }
    }

    /// A form's text.
    fn text(&self, form: u32) -> &str {
        let at = |form: usize| self.forms.get(form).map(|f| f.text as usize);
        let start = at(form as usize).unwrap_or(0);
        let end = at(form as usize + 1).unwrap_or(self.texts.len());
        Span::new(start, end).of(&self.texts)
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
}

/// A form and one of its senses, on the way into an engine.
struct Entry {
    text: String,
    sense: FormSense,
}

/// All forms of a concept's terms of a language.
fn entries(id: ConceptId, concept: &Concept, lang: Lang) -> impl Iterator<Item = Entry> {
    let terms = (0u16..).zip(&concept.terms[lang]);
    terms.flat_map(move |(number, term)| {
        let matching = concept.matching;
        let cased = matching == MatchMode::Case || case::asks(&term.text);
        let forms = forms(term, lang, matching).into_iter();
        forms.map(move |form| Entry {
            sense: FormSense {
                hyphens: form.text.matches('-').count().min(255) as u8,
                concept: id,
                term: number,
                how: form.how,
                matching,
                status: term.status,
                cased,
            },
            text: seamless(form.text),
        })
    })
}

/// Puts the forms in order, equal ones together, and finds their stems.
fn build(mut entries: Vec<Entry>) -> Engine {
    entries.par_sort_unstable_by(|a, b| {
        let key = |s: &FormSense| (s.concept, s.term, s.how);
        let texts = a.text.as_bytes().cmp(b.text.as_bytes());
        texts.then_with(|| key(&a.sense).cmp(&key(&b.sense)))
    });
    let mut engine = Engine::default();
    let mut last = None;
    // The forms that the current one begins with.
    let mut open: Vec<u32> = Vec::new();
    for Entry { text, sense } in entries {
        let number = engine.forms.len() as u32;
        if number == 0 || engine.text(number - 1) != text {
            while open
                .pop_if(|form| !text.starts_with(engine.text(*form)))
                .is_some()
            {}
            engine.forms.push(FormEntry {
                text: engine.texts.len() as u32,
                senses: engine.senses.len() as u32,
                parent: open.last().copied().unwrap_or(NONE),
                short: short(&text),
                prefix: false,
            });
            engine.texts.push_str(&text);
            open.push(number);
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
    let texts = 0..engine.forms.len() as u32;
    engine.heads = Heads::new(texts.map(|form| engine.text(form).as_bytes()));
    engine
}

/// The number of characters of a text of one or two Han characters; else 0.
fn short(text: &str) -> u8 {
    match text.chars().take(3).count() {
        count @ 1..=2 if text.chars().all(is_han) => count as u8,
        _ => 0,
    }
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
