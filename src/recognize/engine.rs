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

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::case;
use super::edges::{HAN, inside_latin_word, is_free};
use super::forms::{How, forms};
use super::heads::{Group, HEAD, Heads};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{Concept, MatchMode, TermStatus};
use crate::span::Span;
use crate::text::chars::is_han;

/// A folded text as it is searched: a hyphen is a space there, which saves
/// half of the forms of terms of several words. Bytes keep their places.
pub(super) fn seamless(folded: &str) -> Cow<'_, str> {
    if folded.contains('-') {
        Cow::Owned(folded.replace('-', " "))
    } else {
        Cow::Borrowed(folded)
    }
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
    /// The number of characters of a form of one or two Han characters; else 0.
    pub short: u8,
    /// Whether two Han characters are a word of their own by their edges alone:
    /// no word of the dictionary reaches across them.
    pub free: bool,
}

impl Candidate {
    pub(super) fn span(self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// What stands where in a text, on the way to candidates. Each step goes
/// through the whole text before the next begins: what it looks up is spread
/// over much memory, and so one place need not wait for that of another.
#[derive(Debug, Default)]
pub(super) struct Places {
    starts: Vec<u32>,
    groups: Vec<Group>,
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

/// A distinct folded text. Half of a cache line, so that none lies in two.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct FormEntry {
    /// Its text: from here to where that of the next form begins.
    text: u32,
    /// Its first sense; nearly all forms have no other.
    sense: FormSense,
    /// Its other senses: from here to where those of the next form begin.
    senses: u32,
    /// The longest other form that it begins with; [`NONE`] where there is none.
    parent: u32,
    /// The number of characters of a form of one or two Han characters; else 0.
    short: u8,
    /// Whether a term has it as a prefix.
    prefix: bool,
    /// Whether it has more than one sense.
    several: bool,
}

const NONE: u32 = u32::MAX;

/// Forms and senses of one language. Immutable.
#[derive(Default)]
pub(super) struct Engine {
    heads: Heads,
    /// The texts of all forms, in order.
    texts: String,
    /// The [`key`] of each, side by side: to search among those that share a
    /// head without reading them.
    keys: Vec<u64>,
    forms: Vec<FormEntry>,
    senses: Vec<FormSense>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine {{ {} forms }}", self.forms.len())
    }
}

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
        places: &mut Places,
        found: &mut Vec<Candidate>,
        mut refused: impl FnMut(Span, u32),
    ) {
        let Places { starts, groups } = places;
        groups.clear();
        for &at in self.starts(text, starts) {
            self.heads.at(text.as_bytes(), at as usize, groups);
        }
        found.clear();
        for group in groups {
            let at = group.start as usize;
            if !group.longer.is_empty() {
                self.longer(text, at, &group.longer, found, &mut refused);
            }
            if let Some(form) = group.whole {
                self.keep(text, at, group.end as usize, form, found, &mut refused);
            }
        }
    }

    /// Where forms may begin; no branch depends on whether one does.
    fn starts<'p>(&self, text: &str, starts: &'p mut Vec<u32>) -> &'p [u32] {
        let bytes = text.as_bytes();
        if starts.len() < bytes.len() {
            starts.resize(bytes.len(), 0);
        }
        let (mut at, mut count) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            let han = HAN.contains(byte);
            if han || (self.heads.begins(*byte) && !inside_latin_word(text, at)) {
                if let Some(start) = starts.get_mut(count) {
                    *start = at as u32;
                }
                count += usize::from(self.heads.may_be_at(bytes, at));
            }
            at += if han { 3 } else { 1 };
        }
        starts.get(..count).unwrap_or_default()
    }

    /// The forms of a range that stand at a place, the longest first.
    fn longer(
        &self,
        text: &str,
        at: usize,
        forms: &Range<u32>,
        found: &mut Vec<Candidate>,
        refused: &mut impl FnMut(Span, u32),
    ) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        // The number of the form behind the last one that is not after the text:
        // by the keys, and where those are equal by the whole forms.
        let key = key(rest);
        let keys = self.keys.get(forms.start as usize..forms.end as usize);
        let keys = keys.unwrap_or_default();
        let before = |number: usize| forms.start + number as u32;
        let mut low = before(keys.partition_point(|k| *k < key));
        let mut high = before(keys.partition_point(|k| *k <= key));
        while low < high {
            let middle = low.midpoint(high);
            if self.text(middle).as_bytes() <= rest {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut next = low;
        while forms.start < next && next <= forms.end {
            let number = next - 1;
            let form = self.text(number);
            if rest.starts_with(form.as_bytes()) {
                self.keep(text, at, at + form.len(), number, found, refused);
            }
            let parent = self.forms.get(number as usize).map_or(NONE, |f| f.parent);
            next = parent.wrapping_add(1);
        }
    }

    /// Keeps a form that stands at a place, if its end is none inside of a word.
    #[inline]
    fn keep(
        &self,
        text: &str,
        start: usize,
        end: usize,
        form: u32,
        found: &mut Vec<Candidate>,
        refused: &mut impl FnMut(Span, u32),
    ) {
        let Some(entry) = self.forms.get(form as usize) else {
            return;
        };
        let ends = !inside_latin_word(text, end);
        if ends || entry.prefix {
            found.push(Candidate {
                start: start as u32,
                end: end as u32,
                form,
                ends,
                short: entry.short,
                free: entry.short == 2 && is_free(text, Span::new(start, end)),
            });
        } else {
            refused(Span::new(start, end), form);
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
    #[inline]
    pub(super) fn senses(&self, form: u32) -> impl Iterator<Item = &FormSense> {
        let entry = self.forms.get(form as usize);
        let more = entry.filter(|entry| entry.several).map(|entry| {
            let next = self.forms.get(form as usize + 1);
            let end = next.map_or(self.senses.len(), |next| next.senses as usize);
            self.senses.get(entry.senses as usize..end)
        });
        let more = more.flatten().unwrap_or_default();
        entry.map(|entry| &entry.sense).into_iter().chain(more)
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
            text: seamless(&form.text).into_owned(),
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
        let term = Some((sense.concept, sense.term));
        let prefix = sense.matching == MatchMode::Prefix;
        if number == 0 || engine.text(number - 1) != text {
            while open
                .pop_if(|form| !text.starts_with(engine.text(*form)))
                .is_some()
            {}
            engine.forms.push(FormEntry {
                text: engine.texts.len() as u32,
                sense,
                senses: engine.senses.len() as u32,
                parent: open.last().copied().unwrap_or(NONE),
                short: short(&text),
                prefix,
                several: false,
            });
            engine.texts.push_str(&text);
            engine.keys.push(key(text.as_bytes()));
            open.push(number);
        } else if last != term
            && let Some(form) = engine.forms.last_mut()
        {
            // A term may come to one form in several ways; the closest is the first.
            form.prefix |= prefix;
            form.several = true;
            engine.senses.push(sense);
        }
        last = term;
    }
    let texts = 0..engine.forms.len() as u32;
    engine.heads = Heads::new(texts.map(|form| engine.text(form).as_bytes()));
    engine
}

/// The eight bytes behind a text's head, zeros where it is over: keys are in
/// the order of the texts that share a head.
#[inline]
fn key(text: &[u8]) -> u64 {
    let behind = text.get(HEAD..).unwrap_or_default();
    let mut eight = [0; 8];
    for (to, from) in eight.iter_mut().zip(behind) {
        *to = *from;
    }
    u64::from_be_bytes(eight)
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
    use crate::span::halves;
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
            let (mut places, mut found) = (Places::default(), Vec::new());
            for form in &forms {
                engine.candidates(form, &mut places, &mut found, |_, _| {});
                prop_assert!(found.iter().any(|c| c.span().len() == form.len()), "{}", form);
                prop_assert!(found.iter().all(|c| forms.contains(c.span().of(form))));
            }
        }

        #[test]
        fn candidates_are_what_a_scan_finds(
            forms in prop::collection::btree_set("[ab]{1,9}|[ab]{5,18}|[甲乙]{1,7}|[甲乙a]{1,4}", 1..60),
            text in "[abc甲乙丙 ，]{0,30}",
        ) {
            let engine = build(forms.iter().map(|form| entry(form)).collect());
            let (mut places, mut found) = (Places::default(), Vec::new());
            engine.candidates(&text, &mut places, &mut found, |_, _| {});
            let found: Vec<Span> = found.iter().map(|c| c.span()).collect();
            let mut expected = Vec::new();
            for (at, _) in text.char_indices().filter(|(at, _)| !inside_latin_word(&text, *at)) {
                let (_, rest) = halves(&text, at);
                let here = forms.iter().filter(|form| rest.starts_with(form.as_str()));
                let mut here: Vec<Span> = here.map(|f| Span::new(at, at + f.len())).collect();
                here.sort_by_key(|span| std::cmp::Reverse(span.end));
                expected.append(&mut here);
            }
            prop_assert_eq!(found, expected);
        }
    }
}
