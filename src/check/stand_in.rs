//! What else may stand for a term than a rendering of it, and what shows that
//! something else does.
//!
//! What is accepted here is no fault: the term is a part of a longer word that
//! the target has (病毒学, *virology*), or a noun of category that English goes
//! without (咳嗽症状, *a cough*). What a dictionary gives for an everyday word
//! (限制, *limit*) is one only where the document says so throughout.
//!
//! None of it is believed where the target has a *stranger*: a term of another
//! concept that nothing in the source asks for. It may well stand in the place
//! of the right one.

use std::cell::OnceCell;

use super::View;
use super::rendering::{Loose, Nearness, same_words};
use crate::align::Dictionary;
use crate::lang::Lang;
use crate::model::concept::Term;
use crate::recognize::Hit;
use crate::span::{Span, halves};
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// A unit as one looks for what stands in it.
pub(super) struct Scene<'v, 'a> {
    view: &'v View<'a>,
    strangers: OnceCell<Vec<Span>>,
}

impl<'v, 'a> Scene<'v, 'a> {
    pub(super) fn new(view: &'v View<'a>) -> Self {
        Self {
            view,
            strangers: OnceCell::new(),
        }
    }

    /// Whether the target has a term that neither the glossary nor the
    /// dictionary explains by anything in the source but the hit.
    pub(super) fn has_stranger(&self, hit: &Hit) -> bool {
        let [source, target] = [&self.view.source, &self.view.target];
        let strangers = self.strangers.get_or_init(|| strangers(self.view));
        if strangers.is_empty() {
            return false;
        }
        let mut strangers = strangers.iter().map(|stranger| stranger.of(target.text));
        match source.lang {
            Lang::Zh => {
                let words = source.words().iter().filter(|w| !w.overlaps(hit.span));
                let words: Vec<String> = words.map(|w| fold(w.of(source.text))).collect();
                strangers.any(|stranger| {
                    let stranger = Loose::new(stranger);
                    !words.iter().any(|word| gives(word, &stranger))
                })
            }
            Lang::En => {
                let rest = Loose::without(source.text, &[hit.span]);
                strangers.any(|stranger| !gives(&fold(stranger), &rest))
            }
        }
    }

    /// The target without what stands for other terms of the source.
    pub(super) fn rest(&self, hit: &Hit) -> Loose {
        let source = &self.view.source;
        let mine = |concept| hit.senses.iter().any(|s| s.concept == concept);
        let others = source.hits().filter(|h| !h.span.overlaps(hit.span));
        let others: Vec<_> = others.flat_map(|h| &h.senses).map(|s| s.concept).collect();
        let taken = self.view.target.all.iter().filter(|there| {
            let mut senses = there.senses.iter();
            senses.any(|s| others.contains(&s.concept) && !mine(s.concept))
        });
        let taken: Vec<Span> = taken.map(|there| there.span).collect();
        let mut rest = Loose::without(self.view.target.text, &taken);
        rest.forget_capitals_of(source.text);
        rest
    }

    /// Whether the target renders a longer word that the term is a part of, or goes without a
    /// noun of category.
    pub(super) fn elsewise(&self, hit: &Hit, rest: &Loose) -> bool {
        self.view.source.lang == Lang::Zh && (self.in_longer(hit, rest) || self.category(hit))
    }

    /// Whether the dictionary has a longer word around the term, and the target its rendering.
    fn in_longer(&self, hit: &Hit, rest: &Loose) -> bool {
        let text = self.view.source.text;
        let longer = around(text, hit.span);
        longer.iter().any(|word| gives(&fold(word.of(text)), rest))
    }

    /// Whether a noun of category follows what the target has.
    fn category(&self, hit: &Hit) -> bool {
        let [source, target] = [&self.view.source, &self.view.target];
        if !CATEGORIES.contains(&fold(hit.span.of(source.text)).as_str()) {
            return false;
        }
        let met = source.all.iter().any(|before| {
            before.span.end == hit.span.start
                && before.senses.iter().any(|s| target.names(s.concept))
        });
        let loose = Loose::new(target.text);
        met || before(source.text, hit.span)
            .iter()
            .any(|word| gives(&fold(word.of(source.text)), &loose))
    }

    /// Whether a name of one word has its capital only from the sentence that it begins, by what
    /// the dictionary gives for a word of the target: *House prices*, 房价.
    pub(super) fn opens_common_word(&self, hit: &Hit) -> bool {
        let [source, target] = [&self.view.source, &self.view.target];
        let term = hit.span.of(source.text);
        let mut rest = term.chars().skip(1);
        if source.lang != Lang::En || hit.span.start > 0 || !rest.all(char::is_lowercase) {
            return false;
        }
        let term = term.to_lowercase();
        let mut words = target.words().iter().map(|w| fold(w.of(target.text)));
        words.any(|word| {
            let mut glosses = glosses(&word);
            word.chars().count() > 1 && glosses.any(|gloss| gloss.split(' ').any(|w| w == term))
        })
    }

    /// Whether the target has what the dictionary gives for a term.
    pub(super) fn synonym(&self, hit: &Hit, rest: &Loose) -> bool {
        let [source, target] = [&self.view.source, &self.view.target];
        let term = fold(hit.span.of(source.text));
        if source.lang == Lang::Zh {
            return gives(&term, rest);
        }
        let mut words = target.words().iter().map(|w| fold(w.of(target.text)));
        words.any(|word| {
            word.chars().count() > 1
                && rest.has(&word)
                && glosses(&word).any(|gloss| same_words(gloss, &term))
        })
    }
}

/// Nouns that only say of what kind a thing is: English mostly goes without
/// them behind what they qualify.
const CATEGORIES: &[&str] = &[
    "工作", "问题", "情况", "状况", "状态", "现象", "过程", "活动", "行为", "作用", "方面", "领域",
    "程度", "水平", "因素", "任务", "局面", "精神", "手段", "条件", "事业", "症状", "疾病", "病毒",
    "病症", "物质", "人员", "地区", "国家", "机构", "部门", "措施", "方式",
];

/// The terms of the target that nothing in the source asks for.
fn strangers(view: &View<'_>) -> Vec<Span> {
    let [source, target] = [&view.source, &view.target];
    let (text, wanted) = (OnceCell::new(), OnceCell::new());
    let stands = |hit: &&Hit| {
        let known = hit.senses.iter().any(|s| source.names(s.concept));
        let inside = || {
            let own = Term::preferred(hit.span.of(target.text));
            let wanted: &Vec<Loose> = wanted.get_or_init(|| {
                let asked = source.all.iter().flat_map(|h| &h.senses);
                let terms = asked.flat_map(|s| &view.glossary[s.concept].terms[target.lang]);
                terms.map(|term| Loose::new(&term.text)).collect()
            });
            let mut wanted = wanted.iter();
            wanted.any(|wanted| wanted.nearness(&own) == Nearness::Variant)
        };
        let near = || {
            let text = text.get_or_init(|| Loose::new(source.text));
            let own = hit.senses.iter();
            let mut own = own.flat_map(|s| &view.glossary[s.concept].terms[source.lang]);
            own.any(|term| text.nearness(term) == Nearness::Variant)
        };
        !known && !inside() && !near()
    };
    let hits = target.hits().filter(stands);
    hits.map(|hit| hit.span).collect()
}

/// Whether an English text has one of the glosses of a (folded) Chinese word.
fn gives(word: &str, text: &Loose) -> bool {
    glosses(word).any(|gloss| text.says(gloss))
}

fn glosses(word: &str) -> impl Iterator<Item = &str> {
    Dictionary::shipped().glosses(word)
}

/// The stretches of a few Han characters that hold a place and are words of the dictionary.
fn around(text: &str, place: Span) -> Vec<Span> {
    let (lefts, rights) = (reach_left(text, place), reach_right(text, place));
    let lefts = std::iter::once(place.start).chain(lefts);
    let ends = |from: u32| {
        let rights = std::iter::once(place.end).chain(rights.iter().copied());
        rights.map(move |to| Span::new(from as usize, to as usize))
    };
    let all = lefts.flat_map(ends).filter(|span| *span != place);
    all.filter(|span| Dictionary::shipped().has(&fold(span.of(text))))
        .collect()
}

/// The words of two characters and more that end where a place begins.
fn before(text: &str, place: Span) -> Vec<Span> {
    let starts = reach_left(text, place).into_iter().skip(1);
    starts
        .map(|from| Span::new(from as usize, place.start as usize))
        .collect()
}

/// How far a word may reach beyond a term, in characters.
const REACH: usize = 4;

fn reach_left(text: &str, place: Span) -> Vec<u32> {
    let (before, _) = halves(text, place.start as usize);
    let mut at = place.start;
    let han = before.chars().rev().take(REACH).take_while(|c| is_han(*c));
    han.map(|c| {
        at -= c.len_utf8() as u32;
        at
    })
    .collect()
}

fn reach_right(text: &str, place: Span) -> Vec<u32> {
    let (_, after) = halves(text, place.end as usize);
    let mut at = place.end;
    let han = after.chars().take(REACH).take_while(|c| is_han(*c));
    han.map(|c| {
        at += c.len_utf8() as u32;
        at
    })
    .collect()
}
