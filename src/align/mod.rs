//! Two texts that translate each other, cut into sentences: which sentences
//! belong together.
//!
//! [`align`] gives beads (Gale and Church 1993): a run of Chinese sentences
//! and the run of English ones that renders it. Every sentence is in exactly
//! one bead, in order; a sentence nobody translated is a bead with an empty
//! side. Nothing is needed but the two texts; a [`Dictionary`], a glossary and
//! a [`Lexicon`] learnt from past translations each make it better.

use std::ops::Range;

use crate::glossary::Glossary;
use crate::lang::Lang;
use crate::model::document::{Block, Unit};
use crate::recognize::Recognizer;

mod anchor;
mod corridor;
mod dictionary;
mod kin;
mod lexicon;
mod measure;
mod meet;
mod passes;
mod path;
mod score;
mod side;
mod stem;
mod table;
mod token;

pub use dictionary::Dictionary;
pub use lexicon::Lexicon;
use path::Step;
use side::Side;
pub(crate) use stem::stem;
use table::Table;

/// A sentence of one of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// The sentence.
    pub text: &'a str,
    /// The number of its paragraph: equal for the sentences of one, growing
    /// through the text. The same number everywhere means that paragraphs are
    /// not known.
    pub paragraph: u32,
    /// What kind of text it is part of.
    pub block: Block,
}

/// Sentences that render each other; one of the two ranges may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// The Chinese sentences, by their place in the text: from 0, half-open.
    pub zh: Range<u32>,
    /// The English sentences likewise.
    pub en: Range<u32>,
    /// How likely the bead is right, 0 to 1: of the beads scored 0.9 about
    /// nine in ten are.
    pub score: f32,
}

/// What helps to recognize a translation. All of it may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Resources<'a> {
    /// A dictionary; [`Dictionary::shipped`] is one.
    pub dictionary: Option<&'a Dictionary>,
    /// The terms of the field: a term on one side and its rendering on the other weigh much.
    pub glossary: Option<(&'a Glossary, &'a Recognizer)>,
    /// What was learnt from past translations.
    pub lexicon: Option<&'a Lexicon>,
}

/// The sentences of a document as [`align`] takes them: its units' sources.
pub fn sentences(units: &[Unit]) -> Vec<Sentence<'_>> {
    units
        .iter()
        .map(|unit| Sentence {
            text: &unit.source,
            paragraph: unit.paragraph,
            block: unit.block,
        })
        .collect()
}

/// Omissions that follow each other, the Chinese ones first: which of them comes first on a path is
/// chance, and a reader wants to see what is missing in one piece.
fn in_order(path: &[Step]) -> Vec<Step> {
    let mut ordered: Vec<Step> = Vec::with_capacity(path.len());
    for run in path.chunk_by(|a, b| a.is_omission() && b.is_omission()) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let zh = run
            .iter()
            .filter(|step| step.en.is_empty() && step.is_omission());
        let en = run.iter().filter(|step| step.zh.is_empty());
        ordered.extend(zh.map(|step| Step {
            en: first.en.start..first.en.start,
            ..step.clone()
        }));
        ordered.extend(en.map(|step| Step {
            zh: last.zh.end..last.zh.end,
            ..step.clone()
        }));
        ordered.extend(run.iter().filter(|step| !step.is_omission()).cloned());
    }
    ordered
}

/// Aligns two texts.
///
/// Every sentence is in exactly one bead, and the beads are in order on both
/// sides. Time and memory grow with the length of the texts, not its square.
///
/// ```
/// use zhengming::align::{Dictionary, Resources, Sentence, align};
/// use zhengming::model::document::Block;
/// let text = |text| Sentence { text, paragraph: 0, block: Block::Paragraph };
/// let zh = ["能源部启动“创世计划”。", "科学家很高兴。"].map(text);
/// let en = ["The Department of Energy launched the Genesis Mission.", "Scientists were pleased."].map(text);
/// let resources = Resources { dictionary: Some(Dictionary::shipped()), ..Resources::default() };
/// let beads = align(&zh, &en, &resources);
/// assert_eq!((beads[0].zh.clone(), beads[0].en.clone()), (0..1, 0..1));
/// assert_eq!((beads[1].zh.clone(), beads[1].en.clone()), (1..2, 1..2));
/// ```
pub fn align(zh: &[Sentence<'_>], en: &[Sentence<'_>], resources: &Resources<'_>) -> Vec<Bead> {
    let texts = (zh, en);
    let zh = Side::new(zh, Lang::Zh, resources);
    let en = Side::new(en, Lang::En, resources);
    let prior = Table::prior(&zh, &en, resources);
    let (path, noise) = passes::run(&zh, &en, &prior);
    let path = in_order(&path);
    let scores = score::scores(&zh, &en, &path, noise);
    let kin = kin::kin(texts.0, texts.1, &path, resources);
    let beads = path.into_iter().zip(scores).map(|(step, score)| Bead {
        zh: step.zh,
        en: step.en,
        score: score * kin,
    });
    beads.collect()
}
