//! Which terms are in this text.

use jiff::civil::Date;

use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::TermStatus;
use crate::span::Span;

/// One meaning of a hit: a term of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sense {
    /// The concept.
    pub concept: ConceptId,
    /// The term's place among the concept's terms of the language.
    pub term: u16,
    /// The term's status, at the date asked for.
    pub status: TermStatus,
}

/// A term found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where, in bytes of the text given.
    pub span: Span,
    /// What it may mean, in order of priority; never empty.
    pub senses: Vec<Sense>,
    /// False where it may be a part of a longer word instead (a soft boundary).
    pub sure: bool,
    /// Whether a longer hit covers it; only [`Recognizer::find_all`] gives such hits.
    pub nested: bool,
}

/// Finds the terms of a glossary in texts. Immutable; share it among threads.
#[derive(Debug, Default)]
pub struct Recognizer {}

impl Recognizer {
    /// Prepares all forms of all terms of both languages.
    pub fn new(_glossary: &Glossary) -> Self {
        Self {}
    }

    /// The terms of a text, leftmost and longest first; they never overlap.
    pub fn find(&self, _text: &str, _lang: Lang) -> Vec<Hit> {
        Vec::new()
    }

    /// As [`Recognizer::find`] for a document of a known date: terms past their
    /// `valid_to` are superseded.
    pub fn find_at(&self, text: &str, lang: Lang, _date: Option<Date>) -> Vec<Hit> {
        self.find(text, lang)
    }

    /// As [`Recognizer::find_at`], with the terms inside longer ones as well.
    pub fn find_all(&self, text: &str, lang: Lang, date: Option<Date>) -> Vec<Hit> {
        self.find_at(text, lang, date)
    }

    /// Why a hit is one: its form, where that comes from, what was decided.
    pub fn explain(&self, _text: &str, _lang: Lang, _hit: &Hit) -> Vec<String> {
        Vec::new()
    }
}
