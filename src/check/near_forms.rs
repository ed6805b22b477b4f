//! An index of what a Chinese term looks like with one slip in it.
//!
//! A slip inside of a term leaves the two characters of one of its ends as
//! they are (of four characters or more, one that is in the first two is not in
//! the last two). So two tables of ends, and a look at each pair of characters
//! of a text, find all terms that a text may have nearly. They are tables of
//! bytes, so that those of a big glossary can be kept.

use std::ops::Range;
use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::glossary::{ConceptId, Glossary, Part};
use crate::kept::{Bytes, Record, Stretches, Table, u32_at};
use crate::lang::Lang;
use crate::model::concept::{Concept, MatchMode, TermStatus};
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// The terms of a glossary by their ends, part by part, each with the number of its first concept.
#[derive(Debug, Default)]
pub(super) struct NearForms(Vec<(u32, Ends)>);

/// The terms of a part of a glossary by their ends.
#[derive(Debug, Default)]
struct Ends {
    /// The characters of all terms.
    chars: Table<u32>,
    terms: Table<Term>,
    /// By the first two characters.
    heads: Ways,
    /// By the last two characters.
    tails: Ways,
    /// Terms with a character taken for another, by the first two characters
    /// they then have.
    confused: Ways,
}

/// Terms by a pair of characters.
#[derive(Debug, Default)]
struct Ways {
    pairs: Stretches,
    ways: Table<Way>,
}

#[derive(Debug, Clone, Copy)]
struct Term {
    concept: u32,
    /// Its characters: from here to where those of the next term begin.
    chars: u32,
}

/// What is looked at of a term before the term itself.
#[derive(Debug, Clone, Copy)]
struct Way {
    pair: u64,
    term: u32,
    /// Of an end, how many characters the term has; else which one is taken for another.
    number: u32,
    /// The character at its other end; else the one that is taken for it.
    other: u32,
}

/// A near form in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) concept: ConceptId,
    /// The number of its first character and of the one behind its last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// What the slip is.
    pub(super) slip: Slip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// One character too many.
    More(char),
    /// One character is missing.
    Less(char),
    /// One for another that looks or sounds the same.
    Other(char, char),
}

impl NearForms {
    pub(super) fn new(glossary: &Glossary) -> Self {
        let parts = glossary.parts().iter();
        Self(
            parts
                .map(|(first, part)| (*first, Ends::new(part)))
                .collect(),
        )
    }

    /// The near forms in the folded characters of a text.
    pub(super) fn find(&self, text: &[char]) -> Vec<Near> {
        let mut found = Vec::new();
        for (first, ends) in &self.0 {
            let new = found.len();
            ends.find(text, &mut found);
            for near in found.iter_mut().skip(new) {
                near.concept.0 += first;
            }
        }
        found.sort_by_key(|n| (n.from, n.to, n.concept));
        found.dedup();
        found
    }
}

/// What near forms are kept as.
const KEPT: &str = "near";

impl Ends {
    /// Makes the tables of a part, or takes them from where they are kept.
    fn new(part: &Part) -> Self {
        let kept = part.place.as_ref().and_then(|place| place.get(KEPT));
        if let Some(sections) = kept {
            return Self::open(sections);
        }
        let blocks = (0..part.blocks()).into_par_iter();
        let terms = blocks.flat_map_iter(|block| {
            let (first, concepts) = part.block(block);
            let each = (first..).zip(concepts.iter());
            each.flat_map(|(id, concept)| right_terms(id, concept))
                .collect::<Vec<_>>()
        });
        let ends = Self::of(&terms.collect::<Vec<_>>());
        if let Some(place) = &part.place {
            place.put(KEPT, &ends.sections());
        }
        ends
    }

    fn of(all: &[(u32, Vec<char>)]) -> Self {
        let (mut chars, mut terms) = (Vec::new(), Vec::new());
        let (mut heads, mut tails, mut confused) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (concept, term)) in (0u32..).zip(all) {
            terms.push(Term {
                concept: *concept,
                chars: chars.len() as u32,
            });
            chars.extend(term.iter().map(|c| u32::from(*c)));
            let way = |two: &[char; 2], number_of: usize, other: char| Way {
                pair: pair(*two),
                term: number,
                number: number_of as u32,
                other: other.into(),
            };
            for (at, c) in term.iter().enumerate() {
                for other in confusable(*c) {
                    let mut form = term.clone();
                    form[at] = other;
                    confused.extend(form.first_chunk().map(|head| way(head, at, other)));
                }
            }
            if let (4.., Some(head), Some(tail)) =
                (term.len(), term.first_chunk(), term.last_chunk())
            {
                heads.push(way(head, term.len(), tail[1]));
                tails.push(way(tail, term.len(), head[0]));
            }
        }
        Self {
            chars: chars.into_iter().collect(),
            terms: terms.into_iter().collect(),
            heads: Ways::new(heads),
            tails: Ways::new(tails),
            confused: Ways::new(confused),
        }
    }

    fn sections(&self) -> [&[u8]; 8] {
        let [heads, tails, confused] = [&self.heads, &self.tails, &self.confused];
        [
            self.chars.bytes(),
            self.terms.bytes(),
            heads.pairs.bytes(),
            heads.ways.bytes(),
            tails.pairs.bytes(),
            tails.ways.bytes(),
            confused.pairs.bytes(),
            confused.ways.bytes(),
        ]
    }

    fn open([chars, terms, heads, head, tails, tail, confused, other]: [Bytes; 8]) -> Self {
        let ways = |pairs: Bytes, ways: Bytes| Ways {
            pairs: pairs.into(),
            ways: ways.into(),
        };
        Self {
            chars: chars.into(),
            terms: terms.into(),
            heads: ways(heads, head),
            tails: ways(tails, tail),
            confused: ways(confused, other),
        }
    }

    /// Adds the near forms in the folded characters of a text.
    fn find(&self, text: &[char], found: &mut Vec<Near>) {
        for (at, two) in text.windows(2).enumerate() {
            let &[first, second] = two else {
                continue;
            };
            if !is_han(first) {
                continue;
            }
            let pair = pair([first, second]);
            // With a character more or less inside, the other end is one further or nearer.
            for end in self.heads.of(pair) {
                let behind = at + end.number as usize;
                let nearer = behind.checked_sub(2);
                if is_at(text, behind, end.other)
                    || nearer.is_some_and(|at| is_at(text, at, end.other))
                {
                    self.try_at(text, at, end.term, found);
                }
            }
            for end in self.tails.of(pair) {
                let length = end.number as usize;
                for length in [length + 1, length.saturating_sub(1)] {
                    if let Some(from) = (at + 2).checked_sub(length)
                        && is_at(text, from, end.other)
                    {
                        self.try_at(text, from, end.term, found);
                    }
                }
            }
            for way in self.confused.of(pair) {
                found.extend(self.confused_at(text, at, way));
            }
        }
    }

    /// A term with a character taken for another, if that stands here.
    fn confused_at(&self, text: &[char], at: usize, way: Way) -> Option<Near> {
        let (concept, chars) = self.term(way.term)?;
        let there = text.get(at..at + chars.len())?;
        let wrong = char::from_u32(way.other)?;
        let slip = way.number as usize;
        let mut pairs = chars.clone().zip(there).enumerate();
        let same = pairs.all(|(n, (asked, there))| {
            let asked = if n == slip {
                Some(wrong)
            } else {
                self.char(asked)
            };
            asked == Some(*there)
        });
        let right = self.char(chars.start + slip)?;
        same.then_some(Near {
            concept,
            from: at,
            to: at + chars.len(),
            slip: Slip::Other(wrong, right),
        })
    }

    /// Whether a term stands here with one character more or less inside.
    fn try_at(&self, text: &[char], from: usize, number: u32, found: &mut Vec<Near>) {
        let Some((concept, chars)) = self.term(number) else {
            return;
        };
        let term: smallvec::SmallVec<[char; 16]> = chars.filter_map(|at| self.char(at)).collect();
        let rest = text.get(from..).unwrap_or_default();
        let same = term.iter().zip(rest).take_while(|(a, b)| a == b).count();
        if same == 0 || same >= term.len() {
            return;
        }
        let (_, asked) = term.split_at(same);
        let (_, there) = rest.split_at(same);
        let mut push = |slip, length| {
            found.push(Near {
                concept,
                from,
                to: from + length,
                slip,
            });
        };
        if let [more, after @ ..] = there
            && after.starts_with(asked)
            && is_han(*more)
            && !(at_the_edge(same, term.len()))
        {
            push(Slip::More(*more), term.len() + 1);
        }
        if let [less, after @ ..] = asked
            && !after.is_empty()
            && there.starts_with(after)
        {
            push(Slip::Less(*less), term.len() - 1);
        }
    }

    /// A term: its concept, and the places of its characters.
    fn term(&self, number: u32) -> Option<(ConceptId, Range<usize>)> {
        let term = self.terms.get(number as usize)?;
        let next = self.terms.get(number as usize + 1);
        let end = next.map_or(self.chars.len(), |next| next.chars as usize);
        Some((ConceptId(term.concept), term.chars as usize..end))
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).and_then(char::from_u32)
    }
}

impl Ways {
    fn new(mut ways: Vec<Way>) -> Self {
        ways.sort_by_key(|way| way.pair);
        Self {
            pairs: Stretches::new(ways.iter().map(|way| way.pair)),
            ways: ways.into_iter().collect(),
        }
    }

    #[inline]
    fn of(&self, pair: u64) -> impl Iterator<Item = Way> {
        let stretch = self.pairs.get(pair);
        stretch.filter_map(|at| self.ways.get(at))
    }
}

impl Record for Term {
    const SIZE: usize = 8;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self {
            concept: u32_at(bytes, 0),
            chars: u32_at(bytes, 4),
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        self.concept.write(to);
        self.chars.write(to);
    }
}

impl Record for Way {
    const SIZE: usize = 20;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self {
            pair: bytes.get(..8).map_or(0, u64::read),
            term: u32_at(bytes, 8),
            number: u32_at(bytes, 12),
            other: u32_at(bytes, 16),
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        self.pair.write(to);
        for number in [self.term, self.number, self.other] {
            number.write(to);
        }
    }
}

/// The Chinese terms of a concept that may be written, folded.
fn right_terms(id: u32, concept: &Concept) -> impl Iterator<Item = (u32, Vec<char>)> {
    let terms = concept.terms[Lang::Zh].iter();
    let terms = terms.filter(|_| concept.matching != MatchMode::Exact);
    let right = |status| matches!(status, TermStatus::Preferred | TermStatus::Admitted);
    let terms = terms.filter(move |term| right(term.status));
    let chars = terms.map(|term| fold(&term.text).trim().chars().collect::<Vec<char>>());
    let han = chars.filter(|chars| chars.len() > 1 && chars.iter().all(|c| is_han(*c)));
    han.map(move |chars| (id, chars))
}

/// Two characters as one key, which is never 0.
#[inline]
fn pair([a, b]: [char; 2]) -> u64 {
    u64::from(u32::from(a)) << 32 | u64::from(u32::from(b))
}

#[inline]
fn is_at(text: &[char], at: usize, c: u32) -> bool {
    text.get(at).is_some_and(|there| u32::from(*there) == c)
}

/// Whether a further character here makes another first or last word of one
/// character into one of two: 数据安全法, 数据安全办法.
fn at_the_edge(at: usize, length: usize) -> bool {
    at == 1 || at + 1 == length
}

/// The characters that are often written for another.
fn confusable(c: char) -> impl Iterator<Item = char> {
    static GROUPS: LazyLock<FxHashMap<char, &str>> = LazyLock::new(|| {
        let groups = CONFUSED.iter();
        let of = |group: &'static str| group.chars().map(move |c| (c, group));
        groups.copied().flat_map(of).collect()
    });
    let group = GROUPS.get(&c).copied().unwrap_or_default();
    group.chars().filter(move |other| *other != c)
}

const CONFUSED: &[&str] = &[
    "己已巳",
    "账帐",
    "像象",
    "做作",
    "订定",
    "份分",
    "籍藉",
    "戊戌戍",
    "末未",
    "洲州",
    "采彩",
    "贷货",
    "侯候",
    "副幅",
    "竞竟",
    "拨拔",
    "折拆",
    "仓舱",
    "既即",
    "辨辩辫",
    "蓝篮",
    "密蜜",
    "练炼",
    "暴爆",
    "布部",
    "记纪",
    "截载",
    "衷哀",
    "震振",
    "赢嬴",
    "融溶熔",
    "偿尝",
    "坐座",
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn near_forms_are_those_of_each_term_and_kept_as_they_are(
            terms in prop::collection::vec("[账像做数据安全法]{2,6}", 1..12),
            text in "[帐账象作数据安全法办a]{0,16}",
        ) {
            let glossary = |terms: &[String]| {
                let file = format!("zh\n{}\n", terms.join("\n"));
                Glossary::new(Glossary::parse(Path::new("g.tsv"), file.as_bytes()).value)
            };
            let text: Vec<char> = text.chars().collect();
            let whole = NearForms::new(&glossary(&terms));
            let found = whole.find(&text);
            let mut single = Vec::new();
            for (number, term) in (0..).zip(&terms) {
                let mut alone = NearForms::new(&glossary(std::slice::from_ref(term))).find(&text);
                for near in &mut alone {
                    near.concept.0 = number;
                }
                single.append(&mut alone);
            }
            single.sort_by_key(|n| (n.from, n.to, n.concept));
            prop_assert_eq!(&found, &single);
            let kept = whole.0.iter().map(|(first, ends)| {
                let sections = ends.sections().map(|section| Bytes::new(section.to_vec()));
                (*first, Ends::open(sections))
            });
            prop_assert_eq!(found, NearForms(kept.collect()).find(&text));
        }
    }
}
