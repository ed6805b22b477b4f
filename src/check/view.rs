//! What a check sees, and what it says.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::Reference;
use super::figures::{self, Difference};
use crate::finding::{Severity, Side};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::{Lang, Locale};
use crate::model::bitext::{Bitext, Couple, Passage};
use crate::model::document::{Block, State};
use crate::recognize::Hit;
use crate::span::Span;
use crate::text::code::codes;
use crate::text::fold::Folded;
use crate::text::number::{Quantity, quantities_beside};
use crate::text::words::words;

/// A place in the texts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The number of the paper in the run.
    pub paper: u32,
    /// The number of the unit in the paper.
    pub unit: u32,
    /// Which text of the unit.
    pub side: Side,
    /// Where in that text.
    pub span: Span,
}

/// One text of a unit and what was found in it; empty where the unit has no such text.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Its language with script and region.
    pub locale: Locale,
    /// What kind of text it is part of.
    pub block: Block,
    /// Its terms, those inside longer ones too.
    pub all: Vec<Hit>,
    /// Its quantities.
    pub quantities: Vec<Quantity>,
    /// Its inline codes and addresses, in order: nothing in them is prose.
    pub codes: Vec<Span>,
    /// The text without its codes, folded.
    pub folded: Folded,
    /// The text of the unit's other side; empty where there is none.
    pub other: &'a str,
    /// What it is checked against.
    pub reference: &'a Reference<'a>,
    /// The paper, unit and side it is.
    home: At,
    /// Its words, once somebody asked.
    words: OnceLock<Vec<Span>>,
}

impl Text<'_> {
    /// The place of a span of this text.
    pub fn at(&self, span: Span) -> At {
        At { span, ..self.home }
    }

    /// The place of all of it.
    pub fn whole(&self) -> At {
        self.at(Span::all(self.text))
    }

    /// Its [words], cut on first use: that is dear, and most checks need none.
    pub fn words(&self) -> &[Span] {
        self.words.get_or_init(|| words(self.text))
    }

    /// Whether a span touches an inline code or an address.
    pub fn in_code(&self, span: Span) -> bool {
        let from = self.codes.partition_point(|code| code.end <= span.start);
        self.codes.get(from).is_some_and(|c| c.overlaps(span))
    }

    /// Its terms, leftmost and longest: none inside another.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.all.iter().filter(|hit| !hit.nested)
    }

    /// Whether a concept is named, also inside a longer term, in any form, right or wrong.
    pub fn names(&self, concept: ConceptId) -> bool {
        let mut senses = self.all.iter().flat_map(|h| &h.senses);
        senses.any(|s| s.concept == concept)
    }
}

/// What a check sees of a unit.
#[derive(Debug)]
pub struct View<'a> {
    /// The text translated from.
    pub source: Text<'a>,
    /// The text translated to, or the only one.
    pub target: Text<'a>,
    /// The concepts.
    pub glossary: &'a Glossary,
    /// Number of the paragraph it belongs to.
    pub paragraph: u32,
    /// How far its translation has come.
    pub state: State,
    /// The translator's remark.
    pub note: &'a str,
    /// The targets of the units before and after; empty where there is none.
    pub neighbors: [&'a str; 2],
    /// The sources of the units before and after; empty where there is none.
    pub neighbor_sources: [&'a str; 2],
    /// The most a finding may weigh that rests on both texts: less where they
    /// may not translate each other.
    pub at_most: Severity,
    /// The document's date.
    pub date: Option<Date>,
    /// What its figures disagree in, once a rule has asked.
    figures: OnceLock<Vec<Difference>>,
}

/// What is needed to look at a unit.
#[derive(Debug, Clone)]
pub(super) struct Look<'a> {
    pub(super) source: &'a str,
    pub(super) target: &'a str,
    pub(super) from: Locale,
    pub(super) to: Locale,
    pub(super) date: Option<Date>,
    pub(super) block: Block,
    pub(super) paragraph: u32,
    pub(super) state: State,
    pub(super) note: &'a str,
    pub(super) neighbors: [&'a str; 2],
    pub(super) neighbor_sources: [&'a str; 2],
    pub(super) at_most: Severity,
    pub(super) paper: u32,
    pub(super) unit: u32,
}

impl<'a> Look<'a> {
    /// A unit with nothing around it, in the draft.
    pub(super) fn alone([source, target]: [&'a str; 2], from: Locale, to: Locale) -> Self {
        Self {
            source,
            target,
            from,
            to,
            date: None,
            block: Block::default(),
            paragraph: 0,
            state: State::Draft,
            note: "",
            neighbors: [""; 2],
            neighbor_sources: [""; 2],
            at_most: Severity::Error,
            paper: 0,
            unit: 0,
        }
    }
}

impl<'a> View<'a> {
    /// Recognizes everything once for all checks.
    pub(super) fn new(look: &Look<'a>, reference: &'a Reference<'a>) -> Self {
        let recognizer = reference.recognizer;
        let text = |text: &'a str, other: &'a str, locale: Locale, side| {
            let lang = locale.lang();
            let codes = codes(text);
            let folded = Folded::without(text, &codes);
            Text {
                text,
                lang,
                locale,
                block: look.block,
                all: recognizer.find_all_in(text, &folded, lang, look.date),
                quantities: quantities_beside(text, lang, &codes),
                codes,
                folded,
                other,
                reference,
                home: At {
                    paper: look.paper,
                    unit: look.unit,
                    side,
                    span: Span::default(),
                },
                words: OnceLock::new(),
            }
        };
        Self {
            source: text(look.source, look.target, look.from, Side::Source),
            target: text(look.target, look.source, look.to, Side::Target),
            glossary: reference.glossary,
            paragraph: look.paragraph,
            state: look.state,
            note: look.note,
            neighbors: look.neighbors,
            neighbor_sources: look.neighbor_sources,
            at_most: look.at_most,
            date: look.date,
            figures: OnceLock::new(),
        }
    }

    /// What the figures of the two texts disagree in.
    pub(super) fn differences(&self) -> &[Difference] {
        self.figures.get_or_init(|| figures::differences(self))
    }

    /// Whether there are two texts.
    pub fn both(&self) -> bool {
        !self.source.text.trim().is_empty() && !self.target.text.trim().is_empty()
    }

    /// The text of one side.
    pub fn text(&self, side: Side) -> &Text<'a> {
        match side {
            Side::Source => &self.source,
            Side::Target => &self.target,
        }
    }

    /// The texts that are there: both, or the only one.
    pub fn texts(&self) -> impl Iterator<Item = &Text<'a>> {
        let texts = [&self.source, &self.target].into_iter();
        texts.filter(|t| !t.text.trim().is_empty())
    }
}

/// A document, alone or with its translation, and what was found in its units.
#[derive(Debug)]
pub struct Paper<'a> {
    /// The texts.
    pub bitext: &'a Bitext,
    /// Its units, in order.
    pub views: Vec<View<'a>>,
}

impl<'a> Paper<'a> {
    /// The units of a bitext, each looked at; `paper` is its number in the run.
    pub(super) fn looks(bitext: &'a Bitext, paper: u32) -> impl Iterator<Item = Look<'a>> {
        fn text(passage: Option<&Passage>) -> &str {
            passage.map_or("", |p| p.text.as_str())
        }
        // A side that is not there is in the other language.
        fn locale(passage: Option<&Passage>, other: Option<&Passage>) -> Locale {
            let other = || other.map(|p| p.locale.lang().other().into());
            passage.map(|p| p.locale).or_else(other).unwrap_or_default()
        }
        let units = &bitext.units;
        let unit = |i: Option<usize>| -> Option<&'a Couple> { i.and_then(|i| units.get(i)) };
        let target = move |i| unit(i).map_or("", |u| text(u.target.as_ref()));
        let source = move |i| unit(i).map_or("", |u| text(u.source.as_ref()));
        (0..).zip(units).map(move |(i, unit): (usize, _)| Look {
            source: text(unit.source.as_ref()),
            target: text(unit.target.as_ref()),
            from: locale(unit.source.as_ref(), unit.target.as_ref()),
            to: locale(unit.target.as_ref(), unit.source.as_ref()),
            date: bitext.date,
            block: unit.block,
            paragraph: unit.paragraph,
            state: unit.state,
            note: &unit.note,
            neighbors: [target(i.checked_sub(1)), target(i.checked_add(1))],
            neighbor_sources: [source(i.checked_sub(1)), source(i.checked_add(1))],
            at_most: trust(unit.doubt),
            paper,
            unit: i as u32,
        })
    }
}

/// How much findings may weigh in a unit whose texts may not translate each other.
fn trust(doubt: u8) -> Severity {
    match doubt {
        0..20 => Severity::Error,
        20..50 => Severity::Warning,
        _ => Severity::Note,
    }
}

/// All documents of a run.
#[derive(Debug)]
pub struct Set<'a> {
    /// The documents, in order.
    pub papers: Vec<Paper<'a>>,
    /// What they are checked against.
    pub reference: &'a Reference<'a>,
}

/// What a check says, before severities are configured and the place is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The place it is about.
    pub at: At,
    /// The most it may weigh, where the evidence is weak.
    pub at_most: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// Texts that could stand there instead, best first.
    pub suggestions: Vec<String>,
    /// Whether the first suggestion may take the marked text's place without asking:
    /// only where it can be nothing but right.
    pub safe: bool,
    /// The concept behind it.
    pub concept: Option<ConceptId>,
    /// Other places that belong to it.
    pub related: Vec<At>,
    /// Nothing to be said of one place: only where a document does so throughout.
    pub if_throughout: bool,
}

impl Draft {
    /// A finding with full weight and nothing but a place and a sentence.
    pub fn new(at: At, message: String) -> Self {
        Self {
            at,
            at_most: Severity::Error,
            message,
            suggestions: Vec::new(),
            safe: false,
            concept: None,
            related: Vec::new(),
            if_throughout: false,
        }
    }
}
