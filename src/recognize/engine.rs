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
//! from every letter on. What is here is made by sorting and is plain tables,
//! which a file holds as they are in memory.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::case;
use super::edges::{HAN, inside_latin_word, is_free};
use super::forms::{How, forms};
use super::heads::{Group, HEAD, Heads};
use super::record::{FormEntry, FormSense, NONE};
use crate::glossary::{ConceptId, Part};
use crate::kept::{Bytes, Table};
use crate::lang::Lang;
use crate::model::concept::{Concept, MatchMode, Term};
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

/// A form, by the number of its engine and its own in there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FormId {
    pub engine: u16,
    pub number: u32,
}

/// A place of the folded text where a form stands between allowed edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub start: u32,
    pub end: u32,
    pub form: FormId,
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

/// Forms and senses of one language, of a part of a glossary. Immutable.
#[derive(Default)]
pub(super) struct Engine {
    /// Its number among the engines of its language.
    number: u16,
    /// The number of the part's first concept.
    first: u32,
    heads: Heads,
    /// The texts of all forms, in order.
    texts: Table<u8>,
    /// The [`key`] of each, side by side: to search among those that share a
    /// head without reading them.
    keys: Table<u64>,
    forms: Table<FormEntry>,
    senses: Table<FormSense>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine {{ {} forms }}", self.forms.len())
    }
}

impl Engine {
    /// Makes the forms of a part, or takes them from where they are kept as `what`.
    pub(super) fn new(
        part: &Part,
        what: &str,
        forms: impl Fn(u32, &Concept) -> Vec<Entry> + Sync,
    ) -> Self {
        let kept = part.place.as_ref().and_then(|place| place.get(what));
        if let Some(sections) = kept {
            return Self::open(sections);
        }
        let blocks = (0..part.blocks()).into_par_iter();
        let entries = blocks.flat_map_iter(|block| {
            let (first, concepts) = part.block(block);
            let each = (first..).zip(concepts.iter());
            each.flat_map(|(id, concept)| forms(id, concept))
                .collect::<Vec<_>>()
        });
        let engine = build(entries.collect());
        if let Some(place) = &part.place {
            place.put(what, &engine.sections());
        }
        engine
    }

    /// The same, as the engine of this number, for a part that begins with this concept.
    pub(super) fn placed(self, number: u16, first: u32) -> Self {
        Self {
            number,
            first,
            ..self
        }
    }

    /// The tables, as [`open`](Self::open) takes them.
    fn sections(&self) -> [&[u8]; 7] {
        let [lengths, marks, slots] = self.heads.sections();
        let (texts, keys) = (self.texts.bytes(), self.keys.bytes());
        let (forms, senses) = (self.forms.bytes(), self.senses.bytes());
        [lengths, marks, slots, texts, keys, forms, senses]
    }

    fn open([lengths, marks, slots, texts, keys, forms, senses]: [Bytes; 7]) -> Self {
        Self {
            heads: Heads::open([lengths, marks, slots]),
            texts: texts.into(),
            keys: keys.into(),
            forms: forms.into(),
            senses: senses.into(),
            ..Self::default()
        }
    }

    /// The number of distinct forms.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Adds the places where forms stand, by start, the longest of one start first.
    /// `text` is [`seamless`]; `refused` is told of forms whose edges are inside of words.
    pub(super) fn candidates(
        &self,
        text: &str,
        places: &mut Places,
        found: &mut Vec<Candidate>,
        mut refused: impl FnMut(Span, FormId),
    ) {
        let Places { starts, groups } = places;
        groups.clear();
        for &at in self.starts(text, starts) {
            self.heads.at(text.as_bytes(), at as usize, groups);
        }
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
        refused: &mut impl FnMut(Span, FormId),
    ) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        // The number of the form behind the last one that is not after the text:
        // by the keys, and where those are equal by the whole forms.
        let key = key(rest);
        let (from, to) = (forms.start as usize, forms.end as usize);
        let low = self.keys.partition_point(from, to, |k| k < key);
        let high = self.keys.partition_point(low, to, |k| k <= key);
        let (mut low, mut high) = (low as u32, high as u32);
        while low < high {
            let middle = low.midpoint(high);
            if self.text(middle) <= rest {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut next = low;
        while forms.start < next && next <= forms.end {
            let number = next - 1;
            let form = self.text(number);
            if rest.starts_with(form) {
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
        refused: &mut impl FnMut(Span, FormId),
    ) {
        let Some(entry) = self.forms.get(form as usize) else {
            return;
        };
        let ends = !inside_latin_word(text, end);
        let id = FormId {
            engine: self.number,
            number: form,
        };
        if ends || entry.prefix {
            found.push(Candidate {
                start: start as u32,
                end: end as u32,
                form: id,
                ends,
                short: entry.short,
                free: entry.short == 2 && is_free(text, Span::new(start, end)),
            });
        } else {
            refused(Span::new(start, end), id);
        }
    }

    /// A form's text.
    fn text(&self, form: u32) -> &[u8] {
        let at = |form: usize| self.forms.get(form).map(|f| f.text as usize);
        let start = at(form as usize).unwrap_or(0);
        let end = at(form as usize + 1).unwrap_or(self.texts.len());
        self.texts.bytes().get(start..end).unwrap_or_default()
    }

    /// What a form may mean, in order of priority.
    #[inline]
    pub(super) fn senses(&self, form: u32) -> impl Iterator<Item = FormSense> {
        let entry = self.forms.get(form as usize);
        let more = entry.filter(|entry| entry.several).map_or(0..0, |entry| {
            let next = self.forms.get(form as usize + 1);
            let end = next.map_or(self.senses.len(), |next| next.senses as usize);
            entry.senses as usize..end
        });
        let more = more.filter_map(|at| self.senses.get(at));
        let all = entry.map(|entry| entry.sense).into_iter().chain(more);
        all.map(|sense| sense.of(self.first))
    }
}

/// A form and one of its senses, on the way into an engine.
pub(super) struct Entry {
    pub text: String,
    pub sense: FormSense,
}

/// All forms of a concept's terms of a language.
pub(super) fn all_forms(id: u32, concept: &Concept, lang: Lang) -> Vec<Entry> {
    let terms = (0u16..).zip(&concept.terms[lang]);
    let entries = terms.flat_map(|(number, term)| {
        let matching = concept.matching;
        let cased = matching == MatchMode::Case || case::asks(&term.text);
        let forms = forms(term, lang, matching).into_iter();
        forms.map(move |form| Entry {
            sense: FormSense {
                hyphens: form.text.matches('-').count().min(255) as u8,
                concept: ConceptId(id),
                term: number,
                how: form.how,
                matching,
                status: term.status,
                cased,
            },
            text: seamless(&form.text).into_owned(),
        })
    });
    entries.collect()
}

/// The English terms of a concept that are wanted, each as it is but for capitals.
pub(super) fn in_small_letters(
    id: u32,
    concept: &Concept,
    wanted: impl Fn(&Concept, &Term) -> bool,
) -> Vec<Entry> {
    let terms = (0u16..).zip(&concept.terms[Lang::En]);
    let terms = terms.filter(|(_, term)| wanted(concept, term));
    let entries = terms.flat_map(|(number, term)| {
        let forms = forms(term, Lang::En, MatchMode::Exact).into_iter();
        forms.map(move |form| Entry {
            sense: FormSense {
                hyphens: form.text.matches('-').count().min(255) as u8,
                concept: ConceptId(id),
                term: number,
                how: How::Itself,
                matching: MatchMode::Exact,
                status: term.status,
                cased: false,
            },
            text: seamless(&form.text).into_owned(),
        })
    });
    entries.collect()
}

/// Puts the forms in order, equal ones together, and finds their stems.
fn build(mut entries: Vec<Entry>) -> Engine {
    entries.par_sort_unstable_by(|a, b| {
        let key = |s: &FormSense| (s.concept, s.term, s.how);
        let texts = a.text.as_bytes().cmp(b.text.as_bytes());
        texts.then_with(|| key(&a.sense).cmp(&key(&b.sense)))
    });
    let mut forms: Vec<FormEntry> = Vec::new();
    let mut texts: Vec<u8> = Vec::new();
    let (mut keys, mut senses) = (Vec::new(), Vec::new());
    let mut last = None;
    // The forms that the current one begins with, each with the end of its text.
    let mut open: Vec<(u32, Range<usize>)> = Vec::new();
    for Entry { text, sense } in entries {
        let number = forms.len() as u32;
        let text = text.as_bytes();
        let term = Some((sense.concept, sense.term));
        let prefix = sense.matching == MatchMode::Prefix;
        let before = forms.last().map_or(0, |form| form.text as usize);
        if number == 0 || texts.get(before..) != Some(text) {
            let is_stem = |at: &Range<usize>| {
                let stem = texts.get(at.clone());
                stem.is_some_and(|stem| text.starts_with(stem))
            };
            while open.pop_if(|(_, at)| !is_stem(at)).is_some() {}
            forms.push(FormEntry {
                text: texts.len() as u32,
                sense,
                senses: senses.len() as u32,
                parent: open.last().map_or(NONE, |(form, _)| *form),
                short: short(text),
                prefix,
                several: false,
            });
            open.push((number, texts.len()..texts.len() + text.len()));
            texts.extend_from_slice(text);
            keys.push(key(text));
        } else if last != term
            && let Some(form) = forms.last_mut()
        {
            // A term may come to one form in several ways; the closest is the first.
            form.prefix |= prefix;
            form.several = true;
            senses.push(sense);
        }
        last = term;
    }
    let texts: Table<u8> = texts.into_iter().collect();
    let mut engine = Engine {
        texts,
        keys: keys.into_iter().collect(),
        forms: forms.into_iter().collect(),
        senses: senses.into_iter().collect(),
        ..Engine::default()
    };
    let all = 0..engine.forms.len() as u32;
    engine.heads = Heads::new(all.map(|form| engine.text(form)));
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
fn short(text: &[u8]) -> u8 {
    let text = std::str::from_utf8(text).unwrap_or_default();
    match text.chars().take(3).count() {
        count @ 1..=2 if text.chars().all(is_han) => count as u8,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concept::TermStatus;
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
            let mut places = Places::default();
            for form in &forms {
                let mut found = Vec::new();
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
