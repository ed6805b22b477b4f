//! What speaks for and against another wording being a rendering of the same
//! expression.

use super::phrases::Phrase;
use super::units::{Anchor, Units};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::simplified;
use crate::text::regional;

/// Another wording in a unit that has the expression without its usual rendering.
pub(super) struct Rival<'a> {
    pub(super) unit: u32,
    pub(super) usual: &'a [u32],
    pub(super) target: Span,
    /// Whether it recurs in units without the usual one.
    pub(super) recurs: bool,
    /// How many units have the usual rendering, and their share of those with the expression.
    pub(super) with: usize,
    pub(super) majority: f64,
}

impl Units<'_> {
    /// Whether another rendering may be weighed against the usual one: of more
    /// than one English word, and not a participle where that has a noun.
    pub(super) fn of_one_kind(&self, usual: &str, other: &str) -> bool {
        let verbal = |text: &str| {
            text.split(' ')
                .any(|w| w.ends_with("ing") || w.ends_with("ed"))
        };
        let words = |text: &str| text.split([' ', '-']).count();
        // Opposites are two things: structural and nonstructural proteins.
        let opposite = |a: &str, b: &str| {
            let prefixes = ["un", "non", "non-", "in", "im", "dis"];
            b.split(' ').any(|b| {
                let rest = |p: &&str| {
                    b.strip_prefix(*p)
                        .is_some_and(|b| a.split(' ').any(|a| a == b))
                };
                prefixes.iter().any(rest)
            })
        };
        let inside = |text: &str| {
            text.split(' ').all(|w| {
                matches!(w, "of" | "the" | "for" | "a" | "an")
                    || !w.ends_with("ly") && !super::is_small(w, Lang::En)
            })
        };
        let [a, b] = [usual, other].map(str::to_lowercase);
        self.to.lang == Lang::Zh
            || words(usual) > 1
                && (verbal(usual) || !verbal(other))
                && !opposite(&a, &b)
                && !opposite(&b, &a)
                && inside(&a)
                && inside(&b)
    }

    /// Whether an expression is all of full words, but for an English *of*: what
    /// joins others inside of it makes it a clause more often than a name.
    pub(super) fn names(&self, phrase: &Phrase) -> bool {
        let joins = |&w: &u32| {
            let text = self.from.word(w).text.as_str();
            self.from.small(w) && text != "of" || text.ends_with("ly")
        };
        !phrase.words.iter().any(joins)
    }

    /// Whether what another wording has of the usual one renders something else
    /// in the unit: of *tax return* for 稽徵機關 the *tax* may be that of 稅捐.
    fn borrowed(&self, phrase: &Phrase, unit: u32, usual: &[u32], target: Span) -> bool {
        let source = &self.source[unit as usize].tokens;
        let tokens = self.target[unit as usize].tokens.iter();
        let mut kept = tokens
            .filter(|t| t.span.start >= target.start && t.span.end <= target.end)
            .filter(|t| usual.contains(&t.word))
            .peekable();
        // Without a common part only the counts speak for it.
        if kept.peek().is_none() {
            return self.to.lang == Lang::En;
        }
        kept.all(|token| {
            let anchors = self.anchors(token.word);
            let own = anchors.iter().filter(|a| phrase.words.contains(&a.0));
            let own = own.map(|a| a.1).fold(0.0, f64::max);
            let else_there = |&&(other, dice): &&Anchor| {
                dice >= own * 0.5
                    && !phrase.words.contains(&other)
                    && source.iter().any(|t| t.word == other)
            };
            anchors.iter().any(|a| else_there(&a))
        })
    }

    /// Whether an English rendering has words that no name has inside: *submit them to*.
    pub(super) fn is_clause(&self, rendering: &str) -> bool {
        let inside = ["of", "the", "for", "a", "an", "and", "in", "on", "to"];
        let joins = |word: &str| super::is_small(word, Lang::En) && !inside.contains(&word);
        self.to.lang == Lang::En && rendering.to_lowercase().split(' ').any(joins)
    }

    /// Whether an English expression is a part of a longer name in a unit: the *National Science* of
    /// the National Science and Technology Council.
    pub(super) fn part_of_name(&self, phrase: &Phrase, unit: u32) -> bool {
        let place = phrase.places.iter().find(|p| p.0 == unit);
        let Some(&(_, at)) = place.filter(|_| self.from.lang == Lang::En) else {
            return false;
        };
        let line = &self.source[unit as usize];
        let text = line.text.text;
        let first = at as usize;
        let last = first + phrase.words.len() - 1;
        let capital = |i: usize| {
            let token = line.tokens.get(i);
            token.is_some_and(|t| t.span.of(text).starts_with(char::is_uppercase))
        };
        let joins = |i: usize| {
            let token = line.tokens.get(i);
            token.is_some_and(|t| matches!(t.span.of(text), "and" | "of" | "for"))
        };
        (first..=last).all(|i| capital(i) || joins(i))
            && (capital(last + 1) || joins(last + 1) && capital(last + 2))
    }

    /// Whether a hyphen joins a place of a target to what is beside it: only *local self* was found
    /// of *local self-government*.
    pub(super) fn hyphened(&self, unit: u32, span: Span) -> bool {
        let text = self.target_text(unit);
        let (before, _) = halves(text, span.start as usize);
        let (_, after) = halves(text, span.end as usize);
        before.ends_with('-') || after.starts_with('-')
    }

    /// Whether the dictionary has a word of a rendering for one of the expression: what only comes
    /// with it may belong to its neighbor.
    pub(super) fn agrees(&self, phrase: &Phrase, rendering: &[u32]) -> bool {
        let mut words = phrase.words.iter();
        words.any(|&w| rendering.iter().any(|&r| self.means(w, r)))
    }

    /// Whether what is new in another wording is whole Chinese words, and shares
    /// a character with the usual one: single characters may be parts of others.
    pub(super) fn whole(&self, unit: u32, usual: &[u32], target: Span) -> bool {
        if self.to.lang == Lang::En {
            return true;
        }
        let usual = self.spelled(usual);
        let tokens = self.target[unit as usize].tokens.iter();
        let mut new = tokens
            .filter(|t| t.span.start >= target.start && t.span.end <= target.end)
            .map(|t| self.to.word(t.word))
            .filter(|w| !usual.contains(w.text.as_str()));
        let shares = target.of(self.target_text(unit)).chars();
        let shares = shares.map(simplified).any(|c| usual.contains(c));
        shares && new.all(|w| w.chars >= 2 && !w.small)
    }

    /// Whether a target word of a unit renders something outside the expression there.
    pub(super) fn explained(&self, phrase: &Phrase, unit: u32, word: u32) -> bool {
        let tokens = &self.source[unit as usize].tokens;
        let here = &self.target[unit as usize].tokens;
        // Where it stands twice, the other may be the rendering of that.
        if here.iter().filter(|t| t.word == word).count() > 1 {
            return false;
        }
        let own = phrase.words.iter().any(|&w| self.means(w, word));
        if !own && self.meant_beside(unit, &phrase.words, word) {
            return true;
        }
        let anchors = self.anchors(word);
        let best = anchors.first().map_or(0.0, |a| a.1);
        anchors.iter().any(|&(other, dice)| {
            dice >= 0.1_f64.max(best * 0.4)
                && !phrase.words.contains(&other)
                && (!own || self.means(other, word))
                && tokens.iter().any(|t| t.word == other)
        })
    }

    /// Whether enough speaks for a rival of the usual rendering, and whether nothing against it.
    pub(super) fn weighs(&self, phrase: &Phrase, rival: &Rival<'_>) -> Option<bool> {
        let &Rival {
            unit,
            usual,
            target,
            ..
        } = rival;
        let tokens = self.target[unit as usize].tokens.iter();
        let inside = tokens.filter(|t| t.span.start >= target.start && t.span.end <= target.end);
        let all: Vec<u32> = inside.map(|t| t.word).collect();
        let full = |w: &u32| !self.to.small(*w);
        let (words, long) = (
            all.iter().copied().filter(full).collect::<Vec<u32>>(),
            all.len(),
        );
        let new: Vec<u32> = words
            .iter()
            .copied()
            .filter(|w| !usual.contains(w))
            .collect();
        // The words of the expression that the dictionary has the new ones for.
        let meant: Vec<u32> = phrase
            .words
            .iter()
            .copied()
            .filter(|&w| new.iter().any(|&n| self.means(w, n)))
            .collect();
        if !meant.is_empty() {
            return (rival.with >= 3 && rival.majority >= 0.35).then(|| {
                !self.repeats(phrase, &meant, unit) || self.kept_apart(phrase, rival, &meant)
            });
        }
        // One word replaced shows a rendering whatever the others are; of two
        // that recur one must be the usual one.
        let least = if rival.recurs { 0.6 } else { 0.45 };
        let strong = rival.with >= 4
            && rival.majority >= least
            && !self.repeats(phrase, &phrase.words, unit)
            && !self.borrowed(phrase, unit, usual, target)
            && !self.elsewhere(phrase, &words, long);
        strong.then_some(true)
    }

    /// Whether what a rival has of the usual rendering shows that it renders this expression, though
    /// other words of it stand in the unit once more: of 調解程序 *mediation procedure*, where 調解
    /// stands only there.
    fn kept_apart(&self, phrase: &Phrase, rival: &Rival<'_>, meant: &[u32]) -> bool {
        let target = &self.target[rival.unit as usize].tokens;
        let inside = target
            .iter()
            .filter(|t| t.span.start >= rival.target.start && t.span.end <= rival.target.end);
        let kept: Vec<u32> = inside
            .map(|t| t.word)
            .filter(|w| rival.usual.contains(w) && !self.to.small(*w))
            .collect();
        phrase.words.iter().any(|&w| {
            !meant.contains(&w)
                && kept.iter().any(|&k| self.means(w, k))
                && !self.repeats(phrase, &[w], rival.unit)
        })
    }

    /// Whether a wording also stands where the expression does not, in no more words: then it is
    /// what something else is called.
    fn elsewhere(&self, phrase: &Phrase, words: &[u32], long: usize) -> bool {
        let Some(&rarest) = words.iter().min_by_key(|&&w| self.targets.len(w)) else {
            return false;
        };
        let units = self.targets.of(rarest).iter();
        let without = |unit: &&u32| phrase.places.binary_search_by_key(*unit, |p| p.0).is_err();
        units.filter(without).take(200).any(|&unit| {
            let there = self.closest(unit, words);
            there.is_some_and(|(first, last)| last - first < long)
        })
    }

    /// Whether a unit has some words of the expression outside of it, so that the
    /// wording found may render those.
    fn repeats(&self, phrase: &Phrase, words: &[u32], unit: u32) -> bool {
        let tokens = &self.source[unit as usize].tokens;
        let times = phrase.places.iter().filter(|p| p.0 == unit).count();
        words.iter().any(|&w| {
            !self.from.small(w)
                && tokens.iter().filter(|t| t.word == w).count()
                    > times * phrase.words.iter().filter(|&&v| v == w).count()
        })
    }

    /// Whether two renderings are one for a reader: a short form, another
    /// region's word, another form of the same word.
    pub(super) fn related(&self, usual: &str, other: &str) -> bool {
        match self.to.lang {
            Lang::Zh => {
                let [usual, other] = [usual, other].map(crate::text::fold::fold);
                within(&usual, &other)
                    || within(&other, &usual)
                    || regional::variants(&usual).contains(&other)
            }
            Lang::En => {
                let words = |text: &str| -> Vec<String> {
                    let text = text.to_lowercase();
                    let words = text.split(|c: char| !c.is_alphanumeric());
                    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
                };
                let (usual, other) = (words(usual), words(other));
                let left = |a: &[String], b: &[String]| {
                    a.iter()
                        .filter(|w| !b.iter().any(|v| same_root(w, v)))
                        .count()
                };
                left(&other, &usual) == 0 || left(&usual, &other) == 0
            }
        }
    }
}

/// Whether all characters of one text stand in another in the same order.
fn within(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|c| rest.any(|d| d == c))
}

/// Whether two words are forms of one: resilience and resilient.
fn same_root(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    a == b || (shared >= 4 && shared * 3 >= a.len().min(b.len()) * 2)
}
