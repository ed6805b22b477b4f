//! Two programs at one review: what both decided, in one alignment.
//!
//! A three-way merge. An alignment is a path through two texts; wherever the
//! paths of all three pass through one point, they are cut, and each piece is
//! taken from the side that changed it.

use std::collections::HashSet;
use std::ops::Range;

use super::{Alignment, Bead, Mark, Sentence, fit};
use crate::format::segment::joint;
use crate::lang::{Lang, Pair};

/// Two reviews made one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The alignment.
    pub alignment: Alignment,
    /// The number of beads that were taken from the other one.
    pub taken: usize,
    /// The number of beads the other one had decided, where this one had decided otherwise.
    pub lost: usize,
}

/// A point of both texts: characters that are no white space, so that a cut sentence moves none.
type Point = (usize, usize);

/// Merges what became of `base` here and elsewhere. Where both changed the same beads, what is
/// here stands, unless only the other one has decided.
pub(super) fn merge(base: &Alignment, ours: &Alignment, theirs: &Alignment) -> Merged {
    let fresh = || Pair::each(|lang| whole(&ours.sentences[lang], lang));
    let [base, ours, theirs] = [base, ours, theirs].map(|one| fit::fit(one, fresh()).0);
    let points = |one: &Alignment| ends(one).into_iter().collect::<HashSet<Point>>();
    let (in_base, in_theirs) = (points(&base), points(&theirs));
    let common: Vec<Point> = ends(&ours)
        .into_iter()
        .filter(|point| in_base.contains(point) && in_theirs.contains(point))
        .collect();
    let pieces = [&base, &ours, &theirs].map(|one| pieces(one, &common));
    let [a, b, c] = &pieces;
    let mut merged = Merged::default();
    let mut sentences: Pair<Vec<Sentence>> = Pair::default();
    let mut beads = Vec::new();
    for ((base_, ours_), theirs_) in a.iter().zip(b).zip(c) {
        let of = |one: &Alignment, piece: &Range<usize>| shape(one, piece);
        let was = of(&base, base_);
        let (our, their) = (of(&ours, ours_), of(&theirs, theirs_));
        let decided = |shape: &[(Point, Mark)]| {
            let fixed = shape.iter().filter(|(_, mark)| *mark != Mark::Open);
            fixed.count()
        };
        let theirs_stand = their != was
            && their != our
            && (our == was || decided(&our) == 0 && decided(&their) > 0);
        let (from, piece) = if theirs_stand {
            merged.taken += theirs_.len();
            (&theirs, theirs_)
        } else {
            if their != was && their != our {
                merged.lost += decided(&their);
            }
            (&ours, ours_)
        };
        take(from, piece, &mut sentences, &mut beads);
    }
    merged.alignment = Alignment::new(sentences);
    merged.alignment.beads = beads;
    merged
}

/// The sentences as the document has them: what was cut is one again.
fn whole(sentences: &[Sentence], lang: Lang) -> Vec<Sentence> {
    let mut all: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        match all.last_mut().filter(|_| sentence.cut) {
            Some(last) => {
                last.text.push_str(joint(&last.text, &sentence.text, lang));
                last.text.push_str(&sentence.text);
            }
            None => all.push(Sentence {
                cut: false,
                ..sentence.clone()
            }),
        }
    }
    all
}

/// Where each bead ends.
fn ends(one: &Alignment) -> Vec<Point> {
    let long = |lang: Lang, range: &Range<u32>| -> usize {
        let all = one.slice(lang, range).iter();
        all.flat_map(|s| s.text.chars())
            .filter(|c| !c.is_whitespace())
            .count()
    };
    let mut at = (0, 0);
    let ends = one.beads.iter().map(|bead| {
        at.0 += long(Lang::Zh, &bead.of.zh);
        at.1 += long(Lang::En, &bead.of.en);
        at
    });
    ends.collect()
}

/// The beads between common points.
fn pieces(one: &Alignment, common: &[Point]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut wanted = common.iter();
    let mut next = wanted.next();
    let mut pieces = Vec::with_capacity(common.len());
    for (at, end) in ends(one).into_iter().enumerate() {
        if Some(&end) == next {
            pieces.push(start..at + 1);
            (start, next) = (at + 1, wanted.next());
        }
    }
    pieces
}

/// The beads of a piece without their scores: where they end, and how far they are reviewed.
fn shape(one: &Alignment, piece: &Range<usize>) -> Vec<(Point, Mark)> {
    let mut at = (0, 0);
    let beads = one.beads.get(piece.clone()).unwrap_or_default().iter();
    let shape = beads.map(|bead| {
        let text = |lang: Lang| one.text(lang, &bead.of[lang]);
        let long = |text: String| text.chars().filter(|c| !c.is_whitespace()).count();
        at.0 += long(text(Lang::Zh));
        at.1 += long(text(Lang::En));
        (at, bead.mark)
    });
    shape.collect()
}

/// Puts the beads of a piece with their sentences behind what is there.
fn take(
    from: &Alignment,
    piece: &Range<usize>,
    sentences: &mut Pair<Vec<Sentence>>,
    beads: &mut Vec<Bead>,
) {
    for bead in from.beads.get(piece.clone()).unwrap_or_default() {
        let mut bead = bead.clone();
        for lang in [Lang::Zh, Lang::En] {
            let start = sentences[lang].len() as u32;
            sentences[lang].extend(from.slice(lang, &bead.of[lang]).iter().cloned());
            bead.of[lang] = start..sentences[lang].len() as u32;
        }
        beads.push(bead);
    }
}
