//! An alignment that somebody reviews: beads, and what can be done to them.
//!
//! An [`Alignment`] is two lists of sentences and beads over them. Whatever is
//! done to it, every sentence stays in exactly one bead and the sentences of
//! both texts stay in their order. What a reviewer accepted or put right by
//! hand is fixed: [`Alignment::realign`] aligns only the stretches between.
//! [`Review`] is an alignment with its two documents, undo, and the file it is
//! kept in, which is written beside the documents.

use std::ops::Range;
use std::sync::Arc;

use crate::align::{self, Lexicon, Resources};
use crate::format::segment::joint;
use crate::lang::{Lang, Pair};
use crate::model::document::Block;
use crate::span::halves;

mod edit;
mod file;
mod fit;
mod merge;
mod open;
pub mod proposal;
mod send;
mod sides;
#[cfg(test)]
mod tests;

pub use file::path;
pub use merge::Merged;
pub use open::{Review, Save, Saved, open, past, realigned};
pub use send::{Aligned, Least, Sent, may_be_memory, send, units};
pub use sides::{Reading, Sides};

/// A bead that is less likely right than this wants to be looked at.
pub const DOUBTFUL: f32 = 0.8;
/// Only beads surer than this teach words before they are reviewed.
const TEACHES: f32 = 0.9;

/// A sentence of one of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The number of its paragraph.
    pub paragraph: u32,
    /// What kind of text it is part of.
    pub block: Block,
    /// Whether a reviewer cut it from the sentence before.
    pub cut: bool,
}

/// How far the review of a bead has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// As the program aligned it.
    #[default]
    Open,
    /// Put right by hand: it stays as it is when the rest is realigned.
    Fixed,
    /// Accepted: right, and fit for a memory.
    Accepted,
}

/// Sentences that render each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// The sentences of each text, by their place; one of the two may be empty.
    pub of: Pair<Range<u32>>,
    /// How likely it is right (0 to 1); unknown where it was made by hand.
    pub score: Option<f32>,
    /// How far its review has come.
    pub mark: Mark,
}

impl Bead {
    fn new(zh: Range<u32>, en: Range<u32>, mark: Mark) -> Self {
        let mut of = Pair::default();
        of[Lang::Zh] = zh;
        of[Lang::En] = en;
        let score = None;
        Self { of, score, mark }
    }

    /// Whether one of its sides is empty.
    pub fn one_sided(&self) -> bool {
        self.of[Lang::Zh].is_empty() || self.of[Lang::En].is_empty()
    }

    /// Whether it stays as it is when the rest is realigned.
    pub fn fixed(&self) -> bool {
        self.mark != Mark::Open
    }

    /// Whether somebody should look at it.
    pub fn doubtful(&self) -> bool {
        !self.fixed() && (self.one_sided() || self.score.unwrap_or(0.0) < DOUBTFUL)
    }
}

/// Two texts, and which of their sentences belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// The sentences of each text, in their order.
    pub sentences: Pair<Arc<Vec<Sentence>>>,
    /// The beads, in order; every sentence is in exactly one.
    pub beads: Vec<Bead>,
}

/// How much of an alignment is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Beads in all.
    pub beads: usize,
    /// Of these, accepted.
    pub accepted: usize,
    /// Of these, to be looked at.
    pub doubtful: usize,
}

impl Alignment {
    /// Two texts of which nothing is aligned yet.
    pub fn new(sentences: Pair<Vec<Sentence>>) -> Self {
        let mut sentences = sentences;
        let mut alignment = Self::default();
        for lang in [Lang::Zh, Lang::En] {
            alignment.sentences[lang] = Arc::new(std::mem::take(&mut sentences[lang]));
        }
        alignment.beads = alone(0..alignment.count(Lang::Zh), 0..alignment.count(Lang::En));
        alignment
    }

    /// The number of sentences of a text.
    pub fn count(&self, lang: Lang) -> u32 {
        self.sentences[lang].len() as u32
    }

    /// The text of some sentences, joined as the language joins them.
    pub fn text(&self, lang: Lang, range: &Range<u32>) -> String {
        let mut text = String::new();
        for sentence in self.slice(lang, range) {
            text.push_str(joint(&text, &sentence.text, lang));
            text.push_str(&sentence.text);
        }
        text
    }

    /// Some sentences of a text.
    pub fn slice(&self, lang: Lang, range: &Range<u32>) -> &[Sentence] {
        let places = range.start as usize..range.end as usize;
        self.sentences[lang].get(places).unwrap_or_default()
    }

    /// The bead that has a sentence.
    pub fn bead_of(&self, lang: Lang, sentence: u32) -> Option<usize> {
        let at = self.beads.partition_point(|b| b.of[lang].end <= sentence);
        let bead = self.beads.get(at)?;
        bead.of[lang].contains(&sentence).then_some(at)
    }

    /// How much is done.
    pub fn progress(&self) -> Progress {
        let count = |has: fn(&Bead) -> bool| self.beads.iter().filter(|b| has(b)).count();
        Progress {
            beads: self.beads.len(),
            accepted: count(|b| b.mark == Mark::Accepted),
            doubtful: count(Bead::doubtful),
        }
    }

    /// Whether every sentence is in exactly one bead, in order: it always is.
    pub fn is_whole(&self) -> bool {
        [Lang::Zh, Lang::En].into_iter().all(|lang| {
            let mut next = 0;
            let joined = self.beads.iter().all(|bead| {
                let fits = bead.of[lang].start == next && bead.of[lang].end >= next;
                next = bead.of[lang].end;
                fits
            });
            joined && next == self.count(lang)
        }) && self
            .beads
            .iter()
            .all(|b| !b.of[Lang::Zh].is_empty() || !b.of[Lang::En].is_empty())
    }

    /// The beads anew: those that are fixed as they are, the stretches between them aligned.
    /// `past` are pairs of a memory, Chinese first; what is fixed teaches words as they do.
    pub fn realign(&self, resources: &Resources<'_>, past: &[(String, String)]) -> Vec<Bead> {
        let teaches = |bead: &&Bead| {
            !bead.one_sided() && (bead.fixed() || bead.score.is_some_and(|s| s >= TEACHES))
        };
        let learnt = self.beads.iter().filter(teaches).map(|bead| {
            let text = |lang| self.text(lang, &bead.of[lang]);
            (text(Lang::Zh), text(Lang::En))
        });
        let learnt: Vec<_> = learnt.collect();
        let pairs = || past.iter().chain(&learnt);
        let lexicon = pairs().next().is_some().then(|| {
            let pairs = pairs().map(|(zh, en)| (zh.as_str(), en.as_str()));
            Lexicon::learn(pairs, resources)
        });
        let resources = Resources {
            lexicon: lexicon.as_ref(),
            ..*resources
        };
        let mut beads = Vec::with_capacity(self.beads.len());
        for run in self.beads.chunk_by(|a, b| !a.fixed() && !b.fixed()) {
            match (run.first(), run.last()) {
                (Some(first), Some(last)) if !first.fixed() => {
                    let range = |lang: Lang| first.of[lang].start..last.of[lang].end;
                    self.stretch(range(Lang::Zh), range(Lang::En), &resources, &mut beads);
                }
                _ => beads.extend(run.iter().cloned()),
            }
        }
        beads
    }

    /// Aligns a stretch.
    fn stretch(
        &self,
        zh: Range<u32>,
        en: Range<u32>,
        resources: &Resources<'_>,
        beads: &mut Vec<Bead>,
    ) {
        let view = |lang: Lang, range: &Range<u32>| -> Vec<align::Sentence<'_>> {
            let sentences = self.slice(lang, range).iter();
            let view = sentences.map(|sentence| align::Sentence {
                text: &sentence.text,
                paragraph: sentence.paragraph,
                block: sentence.block,
            });
            view.collect()
        };
        let aligned = align::align(&view(Lang::Zh, &zh), &view(Lang::En, &en), resources);
        beads.extend(aligned.into_iter().map(|bead| {
            let zh = bead.zh.start + zh.start..bead.zh.end + zh.start;
            let en = bead.en.start + en.start..bead.en.end + en.start;
            let mut aligned = Bead::new(zh, en, Mark::Open);
            aligned.score = Some(bead.score);
            aligned
        }));
    }
}

/// Every sentence in a bead of its own.
fn alone(zh: Range<u32>, en: Range<u32>) -> Vec<Bead> {
    let start = en.start;
    let first = zh
        .clone()
        .map(|at| Bead::new(at..at + 1, start..start, Mark::Open));
    let then = en.map(|at| Bead::new(zh.end..zh.end, at..at + 1, Mark::Open));
    first.chain(then).collect()
}

/// A sentence cut in two at a byte of its text; `None` where one half would be empty.
fn cut(sentence: &Sentence, at: usize) -> Option<[Sentence; 2]> {
    let (left, right) = halves(&sentence.text, at);
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let part = |text: &str, cut| Sentence {
        text: text.to_owned(),
        cut,
        ..sentence.clone()
    };
    Some([part(left, sentence.cut), part(right, true)])
}
