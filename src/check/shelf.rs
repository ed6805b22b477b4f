//! What a rule about glossaries sees, and what it says.

use std::path::PathBuf;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Reference;
use crate::finding::Severity;
use crate::glossary::{ConceptId, Glossary, Row, Sheet, Slot, Written};
use crate::lang::{Lang, Pair};
use crate::model::concept::{Concept, ConceptStatus};
use crate::recognize::Recognizer;
use crate::span::Span;
use crate::text::fold::fold;

/// Glossaries side by side, in order of priority.
#[derive(Debug)]
pub struct Shelf<'a> {
    /// The files. Also those nobody asked about: a term may be forbidden elsewhere.
    pub sheets: Vec<&'a Sheet>,
    /// The concepts of all of them, in order.
    pub entries: Vec<Entry<'a>>,
    /// The workspace's memories, and whether each is its journal.
    pub memories: &'a [(PathBuf, bool)],
    /// For each language, which entries have a (folded) term.
    index: Pair<FxHashMap<&'a str, SmallVec<[Named; 2]>>>,
    glossary: OnceLock<(Glossary, Recognizer)>,
}

/// A concept as it is written.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The number of its file on the shelf.
    pub sheet: u32,
    /// Its row.
    pub row: &'a Row,
    /// Its terms, in the order of the cells.
    pub terms: &'a [Spelled],
}

/// A term as it is written, and folded.
#[derive(Debug)]
pub struct Spelled {
    /// As it is written.
    pub written: Written,
    /// As it is compared.
    pub folded: String,
}

impl Spelled {
    /// Whether it may be written for its concept.
    pub fn is_right(&self) -> bool {
        self.written.slot != Slot::Avoid
    }

    /// Whether it is preferred everywhere in its language.
    pub fn is_preferred(&self) -> bool {
        self.written.slot == Slot::Preferred
    }
}

/// Where a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The number of its entry on the shelf.
    pub entry: u32,
    /// Its number among the terms of the entry.
    pub term: u32,
}

/// The most rows with one term that a row is compared with: among more, something is said of
/// each row all the same.
const COMPARED: usize = 64;

/// A place in the glossaries of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The number of the file on the shelf.
    pub sheet: u32,
    /// Where in its text.
    pub span: Span,
}

/// What a rule says of a glossary, before severities are configured.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The place it is about.
    pub at: Spot,
    /// The most it may weigh, where the evidence is weak.
    pub at_most: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// Texts that could stand there instead, best first.
    pub suggestions: Vec<String>,
    /// Whether the first suggestion can be nothing but right.
    pub safe: bool,
    /// Other places that belong to it.
    pub related: Vec<Spot>,
}

impl Remark {
    /// A remark with full weight and nothing but a place and a sentence.
    pub fn new(at: Spot, message: String) -> Self {
        Self {
            at,
            at_most: Severity::Error,
            message,
            suggestions: Vec::new(),
            safe: false,
            related: Vec::new(),
        }
    }

    /// The same, as a note.
    pub fn note(at: Spot, message: String) -> Self {
        Self {
            at_most: Severity::Note,
            ..Self::new(at, message)
        }
    }
}

/// The terms of glossaries, file by file and row by row: what a shelf borrows.
pub(super) fn spelled(sheets: &[&Sheet]) -> Vec<Vec<Vec<Spelled>>> {
    let of_row = |sheet: &Sheet, row: &Row| {
        let terms = sheet.terms(row).map(|written| Spelled {
            folded: fold(&written.text).trim().to_owned(),
            written,
        });
        terms.collect()
    };
    let of_sheet = |sheet: &&Sheet| {
        let rows = sheet.rows.par_iter();
        rows.map(|row| of_row(sheet, row)).collect()
    };
    sheets.iter().map(of_sheet).collect()
}

impl<'a> Shelf<'a> {
    /// Glossaries with their [`spelled`] terms.
    pub(super) fn new(
        sheets: Vec<&'a Sheet>,
        terms: &'a [Vec<Vec<Spelled>>],
        memories: &'a [(PathBuf, bool)],
    ) -> Self {
        let files = (0..).zip(sheets.iter().zip(terms));
        let entries = files.flat_map(|(number, (sheet, terms))| {
            let rows = sheet.rows.iter().zip(terms);
            rows.map(move |(row, terms)| Entry {
                sheet: number,
                row,
                terms,
            })
        });
        let entries: Vec<Entry<'a>> = entries.collect();
        let of = |lang| {
            let mut index: FxHashMap<&str, SmallVec<[Named; 2]>> = FxHashMap::default();
            for (entry, one) in (0..).zip(&entries) {
                let terms = (0..).zip(one.terms);
                for (term, spelled) in terms.filter(|(_, t)| t.written.lang == lang) {
                    let named = index.entry(&*spelled.folded).or_default();
                    named.push(Named { entry, term });
                }
            }
            index
        };
        let (zh, en) = rayon::join(|| of(Lang::Zh), || of(Lang::En));
        let index = Pair { zh, en };
        Self {
            sheets,
            entries,
            memories,
            index,
            glossary: OnceLock::new(),
        }
    }

    /// Where a (folded) term of a language is, in order.
    pub fn named(&self, lang: Lang, folded: &str) -> &[Named] {
        self.index[lang].get(folded).map_or(&[], SmallVec::as_slice)
    }

    /// The rows with a (folded) term before a concept's own, each with that term.
    pub fn before(
        &self,
        id: ConceptId,
        lang: Lang,
        folded: &str,
    ) -> impl Iterator<Item = (&Entry<'a>, &'a Spelled)> {
        let named = self.named(lang, folded).iter();
        let before = named.take_while(move |n| n.entry < id.0).take(COMPARED);
        before.filter_map(move |n| self.at(*n))
    }

    /// The rows with a (folded) term but for a concept's own, each with that term.
    pub fn others(
        &self,
        id: ConceptId,
        lang: Lang,
        folded: &str,
    ) -> impl Iterator<Item = (&Entry<'a>, &'a Spelled)> {
        let named = self.named(lang, folded).iter();
        let others = named.filter(move |n| n.entry != id.0).take(COMPARED);
        others.filter_map(move |n| self.at(*n))
    }

    /// The entry and the term of a place.
    pub fn at(&self, named: Named) -> Option<(&Entry<'a>, &'a Spelled)> {
        let entry = self.entries.get(named.entry as usize)?;
        Some((entry, entry.terms.get(named.term as usize)?))
    }

    /// The concepts, all files as one glossary: the numbers are those of the entries.
    pub fn glossary(&self) -> &Glossary {
        &self.known().0
    }

    /// What the texts of examples and of the memory are checked against.
    pub fn reference(&self) -> Reference<'_> {
        let (glossary, recognizer) = self.known();
        Reference::new(glossary, recognizer)
    }

    fn known(&self) -> &(Glossary, Recognizer) {
        self.glossary.get_or_init(|| {
            // What a proposed row would say once it is agreed on is what is asked.
            let concepts = self.entries.iter().map(|entry| Concept {
                status: ConceptStatus::Approved,
                ..entry.row.concept.clone()
            });
            let glossary = Glossary::new(concepts.collect());
            let recognizer = Recognizer::new(&glossary);
            (glossary, recognizer)
        })
    }

    /// How a place is named in a sentence that stands at another: `line 7`, or `a.tsv:7`.
    pub fn name(&self, entry: &Entry<'_>, seen_from: &Entry<'_>) -> String {
        let origin = &entry.row.concept.origin;
        if entry.sheet == seen_from.sheet {
            format!("line {}", origin.line)
        } else {
            origin.to_string()
        }
    }

    /// The entries with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (ConceptId, &Entry<'a>)> {
        (0..).map(ConceptId).zip(&self.entries)
    }
}

impl Entry<'_> {
    /// What its row says.
    pub fn concept(&self) -> &Concept {
        &self.row.concept
    }

    /// A place in its file.
    pub fn spot(&self, span: Span) -> Spot {
        Spot {
            sheet: self.sheet,
            span,
        }
    }

    /// The place of its whole row.
    pub fn whole(&self) -> Spot {
        let cells = &self.row.cells;
        let ends = cells.first().zip(cells.last());
        let span = ends.map(|(first, last)| Span {
            start: first.start,
            end: last.end,
        });
        self.spot(span.unwrap_or_default())
    }

    /// The place of its first preferred term of a language, else of the row.
    pub fn head(&self, lang: Lang) -> Spot {
        let term = self.preferred(lang).next();
        term.map_or_else(|| self.whole(), |term| self.spot(term.written.span))
    }

    /// Its terms of a language.
    pub fn of(&self, lang: Lang) -> impl Iterator<Item = &Spelled> {
        self.terms.iter().filter(move |t| t.written.lang == lang)
    }

    /// Its preferred terms of a language.
    pub fn preferred(&self, lang: Lang) -> impl Iterator<Item = &Spelled> {
        self.of(lang).filter(|term| term.is_preferred())
    }

    /// Whether there is a day on which both hold.
    pub fn meets(&self, other: &Self) -> bool {
        let (a, b) = (self.concept(), other.concept());
        // A day nobody wrote down has passed all the same.
        let over = |c: &Concept| c.valid_to.is_none() && !c.superseded_by.is_empty();
        if over(a) != over(b) {
            return false;
        }
        let days = [a.valid_to.zip(b.valid_from), b.valid_to.zip(a.valid_from)];
        if days.iter().flatten().any(|(last, first)| last < first) {
            return false;
        }
        // Where one begins before the other ends, both hold for a while; where nothing
        // says when the one without an end began, it follows the other.
        let together = days.iter().flatten().next().is_some();
        together || a.valid_to.is_some() == b.valid_to.is_some()
    }
}
