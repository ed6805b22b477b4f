//! What each recurring expression was rendered as, from the units alone.
//!
//! For every recurring source expression the target words that come with it
//! are found by their log-likelihood ratio (Dunning, "Accurate methods for the
//! statistics of surprise and coincidence", 1993), and among the wordings made
//! of them the one with the best Dice coefficient: its usual rendering. Units
//! that have the expression and not that rendering are looked at again: for
//! another wording that comes with the expression there, or for the usual one
//! with one part replaced by words that nothing else in the source explains.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::phrases::{Phrase, phrases};
use super::{BREAK, Lexicon, Line, key};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::simplified;
use crate::text::regional;

/// Units with both texts.
pub(super) struct Units<'a> {
    source: Vec<Line<'a>>,
    target: Vec<Line<'a>>,
    from: Lexicon,
    to: Lexicon,
    /// For each target word the units that have it.
    targets: Postings,
    /// For each source word the units that have it.
    sources: Postings,
    /// For each target word the source words that it comes with, once asked for.
    anchors: Vec<OnceLock<Vec<Anchor>>>,
}

/// A source word that a target word comes with, and their Dice coefficient.
type Anchor = (u32, f64);

/// An expression rendered in one place otherwise than usual.
#[derive(Debug, Clone)]
pub(in crate::check) struct Otherwise {
    /// The number of the unit.
    pub(in crate::check) unit: u32,
    /// The expression in that unit's source.
    pub(in crate::check) source: Span,
    /// What it was rendered as there.
    pub(in crate::check) target: Span,
    /// What it is usually rendered as, as commonly written.
    pub(in crate::check) usual: String,
    /// Where: unit and span in its target, a few.
    pub(in crate::check) places: Vec<(u32, Span)>,
    /// How many units have the expression, how many of them the usual rendering, how many this one.
    pub(in crate::check) counts: [usize; 3],
    /// Whether nothing speaks against it.
    pub(in crate::check) strong: bool,
    /// The weight of the evidence, to choose between findings in one place.
    weight: usize,
}

/// The units that have a word, word by word.
struct Postings {
    starts: Vec<u32>,
    units: Vec<u32>,
}

impl Postings {
    fn new(lines: &[Line<'_>], words: usize) -> Self {
        let unique = |line: &Line<'_>| {
            let mut words: Vec<u32> = line.tokens.iter().map(|t| t.word).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let mut starts = vec![0u32; words + 1];
        for line in lines {
            for word in unique(line) {
                starts[word as usize + 1] += 1;
            }
        }
        for word in 0..words {
            starts[word + 1] += starts[word];
        }
        let mut units = vec![0; starts[words] as usize];
        let mut next = starts.clone();
        for (n, line) in (0..).zip(lines) {
            for word in unique(line) {
                units[next[word as usize] as usize] = n;
                next[word as usize] += 1;
            }
        }
        Self { starts, units }
    }

    fn of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.units[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// How many units have a word.
    fn len(&self, word: u32) -> usize {
        self.of(word).len()
    }

    /// How many units have all of some words.
    fn all(&self, words: &[u32]) -> usize {
        let Some(&rarest) = words.iter().min_by_key(|&&w| self.len(w)) else {
            return 0;
        };
        let has = |unit: &&u32| {
            words
                .iter()
                .all(|&w| self.of(w).binary_search(unit).is_ok())
        };
        self.of(rarest).iter().filter(has).count()
    }
}

/// The expressions rendered in more than one way, by unit and place.
pub(in crate::check) fn renderings<'a>(
    pairs: impl Iterator<Item = [&'a crate::check::Text<'a>; 2]>,
    langs: [Lang; 2],
) -> Vec<Otherwise> {
    let [mut from, mut to] = langs.map(Lexicon::new);
    let (source, target): (Vec<_>, Vec<_>) = pairs.map(|[s, t]| (from.read(s), to.read(t))).unzip();
    let units = Units {
        targets: Postings::new(&target, to.words.len()),
        sources: Postings::new(&source, from.words.len()),
        anchors: to.words.iter().map(|_| OnceLock::new()).collect(),
        source,
        target,
        from,
        to,
    };
    let phrases = phrases(&units.source, &units.from);
    let found: Vec<Vec<Otherwise>> = phrases.par_iter().map(|p| units.judge(p)).collect();
    best(found.into_iter().flatten())
}

/// One finding a place: that with the most evidence.
fn best(found: impl Iterator<Item = Otherwise>) -> Vec<Otherwise> {
    let mut by_unit: BTreeMap<u32, Vec<Otherwise>> = BTreeMap::new();
    for one in found {
        let there = by_unit.entry(one.unit).or_default();
        let rivals = there.iter().filter(|o| o.target.overlaps(one.target));
        let rank = |o: &Otherwise| (o.strong, o.weight);
        if rivals.clone().any(|o| rank(o) >= rank(&one)) {
            continue;
        }
        there.retain(|o| !o.target.overlaps(one.target));
        there.push(one);
    }
    by_unit.into_values().flatten().collect()
}

/// Units looked at to learn one expression's rendering.
const LEARN: usize = 120;

/// Of the units with an expression, the share that has its usual rendering, at least.
const USUAL: f64 = 0.35;

/// What share of the best association a longer wording must keep.
const NEARLY: f64 = 0.85;

/// The longest wording, in words, small ones between included.
const LONGEST: usize = 7;

impl Units<'_> {
    /// Where an expression is rendered otherwise than usual.
    fn judge(&self, phrase: &Phrase) -> Vec<Otherwise> {
        let mut units: Vec<u32> = phrase.places.iter().map(|p| p.0).collect();
        units.dedup();
        if units.len() < 3 {
            return Vec::new();
        }
        let Some(usual) = self.rendering(phrase, &units, USUAL) else {
            return Vec::new();
        };
        let (with, without): (Vec<u32>, Vec<u32>) =
            units.iter().partition(|&&unit| self.has(unit, &usual));
        let majority = with.len() as f64 / units.len() as f64;
        if with.len() < 3 || without.is_empty() || majority < USUAL {
            return Vec::new();
        }
        let spans: Vec<(u32, Span)> = with
            .iter()
            .filter_map(|&unit| Some((unit, self.locate(unit, &usual)?)))
            .take(20)
            .collect();
        let Some(written) = self.commonest(&spans) else {
            return Vec::new();
        };
        // As many small words as stand inside the usual rendering may inside another.
        let spread = with
            .iter()
            .take(20)
            .filter_map(|&unit| self.closest(unit, &usual));
        let spread = spread
            .map(|(start, end)| end - start + 1)
            .min()
            .unwrap_or(0);
        let mut found = Vec::new();
        let second = self.second(phrase, &usual, &without);
        for &unit in &without {
            let place = phrase.places.iter().find(|p| p.0 == unit);
            let Some(&(_, at)) = place else { continue };
            let last = at as usize + phrase.words.len() - 1;
            let source = self.source[unit as usize].span(at as usize, last);
            let by_words = second
                .as_ref()
                .and_then(|words| Some((self.locate(unit, words)?, true)));
            let (target, recurs) = match by_words {
                Some(found) => found,
                None => match self.replaced(phrase, unit, &usual, spread) {
                    Some(span) => (span, false),
                    None => continue,
                },
            };
            let alone = !self.repeats(phrase, unit);
            // One word replaced shows a rendering whatever the others are; of two
            // that recur one must be the usual one.
            let least = if recurs { 0.6 } else { 0.45 };
            found.push(Otherwise {
                unit,
                source,
                target,
                usual: written.clone(),
                places: spans.iter().take(5).copied().collect(),
                counts: [units.len(), with.len(), 0],
                strong: alone
                    && !self.borrowed(phrase, unit, &usual, target)
                    && with.len() >= 4
                    && majority >= least
                    && self.names(phrase)
                    && self.of_one_kind(&written, target.of(self.target_text(unit)))
                    && self.whole(unit, &usual, target),
                weight: phrase.words.len() * 100 + with.len() + usize::from(recurs),
            });
        }
        self.count(&mut found);
        found.retain(|o| !self.related(&o.usual, o.target.of(self.target_text(o.unit))));
        found
    }

    /// Whether another rendering may be weighed against the usual one: of more
    /// than one English word, and not a participle where that has a noun.
    fn of_one_kind(&self, usual: &str, other: &str) -> bool {
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
    fn names(&self, phrase: &Phrase) -> bool {
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

    /// Whether what is new in another wording is whole Chinese words, and shares
    /// a character with the usual one: single characters may be parts of others.
    fn whole(&self, unit: u32, usual: &[u32], target: Span) -> bool {
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

    fn target_text(&self, unit: u32) -> &str {
        self.target[unit as usize].text.text
    }

    /// Counts how often each other rendering was found.
    fn count(&self, found: &mut [Otherwise]) {
        let key = |o: &Otherwise| o.target.of(self.target_text(o.unit)).to_lowercase();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for one in found.iter() {
            *counts.entry(key(one)).or_default() += 1;
        }
        for one in found.iter_mut() {
            one.counts[2] = counts.get(&key(one)).copied().unwrap_or(1);
        }
    }

    /// The usual rendering of what some units share: its full words in order.
    fn rendering(&self, phrase: &Phrase, units: &[u32], share: f64) -> Option<Vec<u32>> {
        let step = units.len().div_ceil(LEARN);
        let sample: Vec<u32> = units.iter().copied().step_by(step).collect();
        let words = self.associated(phrase, &sample, units.len(), share);
        if words.is_empty() {
            return None;
        }
        let mut wordings: HashMap<u64, (usize, u32, Vec<u32>)> = HashMap::new();
        for &unit in &sample {
            for wording in self.wordings(unit, &words) {
                let key = self.canonical(&wording);
                let entry = wordings.entry(key).or_insert((0, u32::MAX, wording));
                if entry.1 != unit {
                    entry.0 += 1;
                    entry.1 = unit;
                }
            }
        }
        let least = (sample.len() as f64 * share * 0.8).max(2.0);
        let mut ranked: Vec<(f64, Vec<u32>)> = wordings
            .into_values()
            .filter(|(count, ..)| *count as f64 >= least)
            .map(|(count, _, words)| {
                let all = self.targets.all(&words) as f64;
                let scaled = count as f64 * step as f64;
                let dice = 2.0 * scaled / (units.len() as f64 + all.max(scaled));
                // One of several renderings has a low coefficient, but comes with nothing else.
                let own = scaled / all.max(scaled);
                let least = if own >= 0.7 { 0.3 } else { 0.45 };
                (dice, least, words)
            })
            .filter(|(dice, least, words)| dice >= least && self.is_wording(words))
            .map(|(dice, _, words)| (dice, words))
            .collect();
        // Of those that are nearly as good the longest: a part of a rendering comes
        // with the expression as well.
        let top = ranked.iter().map(|r| r.0).fold(0.0, f64::max);
        ranked.retain(|(dice, _)| *dice >= top * NEARLY);
        ranked.sort_by(|a, b| {
            let longer = b.1.len().cmp(&a.1.len());
            longer.then(b.0.total_cmp(&a.0)).then(a.1.cmp(&b.1))
        });
        let (dice, words) = ranked.into_iter().next()?;
        Some(self.extended(phrase, words, dice, &sample, units.len()))
    }

    /// A rendering with the full words beside it that leave it nearly as good:
    /// *mortality* comes with 死亡率, but so does the whole of *mortality rate*.
    fn extended(
        &self,
        phrase: &Phrase,
        mut words: Vec<u32>,
        dice: f64,
        sample: &[u32],
        times: usize,
    ) -> Vec<u32> {
        let step = times as f64 / sample.len().max(1) as f64;
        while words.len() < 4 {
            let mut beside: BTreeMap<(bool, u32), usize> = BTreeMap::new();
            for &unit in sample {
                let Some((start, end)) = self.closest(unit, &words) else {
                    continue;
                };
                let tokens = &self.target[unit as usize].tokens;
                let full = |t: &&super::Token| t.word == BREAK || !self.to.small(t.word);
                let next = tokens.get(end + 1).filter(full);
                let before = start
                    .checked_sub(1)
                    .and_then(|i| tokens.get(i))
                    .filter(full);
                for (after, token) in [(true, next), (false, before)] {
                    if let Some(word) = token.map(|t| t.word).filter(|&w| w != BREAK) {
                        *beside.entry((after, word)).or_default() += 1;
                    }
                }
            }
            let best = beside
                .into_iter()
                .filter(|((_, word), n)| *n >= 2 && !words.contains(word))
                .filter(|((_, word), _)| self.anchored(*word, phrase, sample, 0.6))
                .map(|((after, word), n)| {
                    let mut longer = words.clone();
                    longer.insert(if after { longer.len() } else { 0 }, word);
                    let scaled = n as f64 * step;
                    let all = self.targets.all(&longer) as f64;
                    (2.0 * scaled / (times as f64 + all.max(scaled)), longer)
                })
                .max_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((longer_dice, longer)) if longer_dice >= dice * NEARLY => words = longer,
                _ => break,
            }
        }
        words
    }

    /// Whether words are enough of a rendering to be named: one English word or one Han character is not.
    fn is_wording(&self, words: &[u32]) -> bool {
        match self.to.lang {
            Lang::En => words.len() >= 2 || words.iter().any(|&w| self.to.word(w).chars >= 4),
            Lang::Zh => words.iter().map(|&w| self.to.word(w).chars).sum::<usize>() >= 2,
        }
    }

    /// The target words that come with the units of an expression.
    fn associated(&self, phrase: &Phrase, sample: &[u32], times: usize, share: f64) -> Vec<u32> {
        let mut counts: HashMap<u32, (usize, u32)> = HashMap::new();
        for &unit in sample {
            for token in &self.target[unit as usize].tokens {
                if self.to.small(token.word) {
                    continue;
                }
                let entry = counts.entry(token.word).or_insert((0, u32::MAX));
                if entry.1 != unit {
                    *entry = (entry.0 + 1, unit);
                }
            }
        }
        let all = self.target.len() as f64;
        let mut words: Vec<u32> = counts
            .into_iter()
            .filter(|(word, (count, _))| {
                let part = *count as f64 / sample.len() as f64;
                let total = self.targets.len(*word) as f64;
                let both = part * times as f64;
                let lift = part * all / total.max(1.0);
                *count >= 2
                    && part >= share * 0.8
                    && lift >= 1.5
                    && likelihood(both, times as f64, total.max(both), all) >= 6.0
            })
            .map(|(word, _)| word)
            .filter(|&word| self.anchored(word, phrase, sample, 0.4))
            .collect();
        words.sort_unstable();
        words
    }

    /// Whether a target word comes with a word of the expression, or with no
    /// other far rather that stands beside it in these units.
    fn anchored(&self, word: u32, phrase: &Phrase, sample: &[u32], share: f64) -> bool {
        let anchors = self.anchors(word);
        let best = anchors.first().map_or(0.0, |a| a.1);
        let own = anchors.iter().filter(|a| phrase.words.contains(&a.0));
        let own = own.map(|a| a.1).fold(0.0, f64::max);
        if own >= best * share {
            return true;
        }
        let better = |a: &&Anchor| !phrase.words.contains(&a.0) && a.1 * share > own;
        let better: Vec<u32> = anchors.iter().filter(better).map(|a| a.0).collect();
        let beside = |unit: &&u32| {
            let has = |&w: &u32| self.sources.of(w).binary_search(unit).is_ok();
            better.iter().any(has)
        };
        sample.iter().filter(beside).count() * 4 < sample.len()
    }

    /// The source words that a target word comes with, best first.
    fn anchors(&self, word: u32) -> &[Anchor] {
        self.anchors[word as usize].get_or_init(|| {
            let units = self.targets.of(word);
            let step = units.len().div_ceil(LEARN).max(1);
            let mut counts: HashMap<u32, (usize, u32)> = HashMap::new();
            for &unit in units.iter().step_by(step) {
                for token in &self.source[unit as usize].tokens {
                    let entry = counts.entry(token.word).or_insert((0, u32::MAX));
                    if entry.1 != unit && !self.from.small(token.word) {
                        *entry = (entry.0 + 1, unit);
                    }
                }
            }
            let all = self.source.len() as f64;
            let mut anchors: Vec<Anchor> = counts
                .into_iter()
                .filter(|(_, (both, _))| *both >= 2)
                .filter_map(|(other, (both, _))| {
                    let both = both as f64 * step as f64;
                    let total = self.sources.len(other) as f64;
                    let lift = both * all / (total * units.len() as f64);
                    let dice = 2.0 * both / (total + units.len() as f64);
                    (lift >= 1.2).then_some((other, dice))
                })
                .collect();
            anchors.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            anchors.truncate(8);
            anchors
        })
    }

    /// The stretches of a unit's target that are made of some words, small ones between them.
    fn wordings(&self, unit: u32, words: &[u32]) -> Vec<Vec<u32>> {
        let tokens = &self.target[unit as usize].tokens;
        let mut found = Vec::new();
        for (start, first) in tokens.iter().enumerate() {
            if words.binary_search(&first.word).is_err() {
                continue;
            }
            let mut wording = Vec::new();
            for token in tokens.iter().skip(start).take(LONGEST) {
                if words.binary_search(&token.word).is_ok() {
                    wording.push(token.word);
                    found.push(wording.clone());
                } else if token.word == BREAK || !self.to.small(token.word) {
                    break;
                }
            }
        }
        found
    }

    /// One number for all ways to write a rendering: the order of English words is no matter.
    fn canonical(&self, words: &[u32]) -> u64 {
        match self.to.lang {
            Lang::Zh => key(words.iter().copied()),
            Lang::En => {
                let mut words = words.to_vec();
                words.sort_unstable();
                key(words)
            }
        }
    }

    /// Whether a unit has all words of a rendering, wherever.
    fn has(&self, unit: u32, words: &[u32]) -> bool {
        let has = |w: &u32| self.targets.of(*w).binary_search(&unit).is_ok();
        if words.iter().all(has) {
            return true;
        }
        // Chinese words are not always cut alike.
        self.to.lang == Lang::Zh && self.joined(unit).contains(&self.spelled(words))
    }

    fn spelled(&self, words: &[u32]) -> String {
        words
            .iter()
            .map(|&w| self.to.word(w).text.as_str())
            .collect()
    }

    /// A unit's target without what stands between its words.
    fn joined(&self, unit: u32) -> String {
        let tokens = &self.target[unit as usize].tokens;
        let text = |t: &super::Token| match t.word {
            BREAK => "\n",
            word => self.to.word(word).text.as_str(),
        };
        tokens.iter().map(text).collect()
    }

    /// Where the words of a rendering stand closest together in a unit.
    fn locate(&self, unit: u32, words: &[u32]) -> Option<Span> {
        let (start, end) = self.closest(unit, words)?;
        Some(self.target[unit as usize].span(start, end))
    }

    /// The first and the last token of that place.
    fn closest(&self, unit: u32, words: &[u32]) -> Option<(usize, usize)> {
        let line = &self.target[unit as usize];
        let mut best: Option<(usize, usize)> = None;
        for (start, token) in line.tokens.iter().enumerate() {
            if !words.contains(&token.word) {
                continue;
            }
            let mut missing = words.to_vec();
            for (end, token) in line.tokens.iter().enumerate().skip(start).take(LONGEST + 2) {
                if token.word == BREAK {
                    break;
                }
                missing.retain(|&w| w != token.word);
                if missing.is_empty() {
                    if best.is_none_or(|(s, e)| end - start < e - s) {
                        best = Some((start, end));
                    }
                    break;
                }
            }
        }
        best
    }

    /// The commonest way a rendering is written, the first of several.
    fn commonest(&self, spans: &[(u32, Span)]) -> Option<String> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for &(unit, span) in spans {
            let written = span.of(self.target_text(unit));
            match counts.iter_mut().find(|(w, _)| *w == written) {
                Some((_, n)) => *n += 1,
                None => counts.push((written, 1)),
            }
        }
        let best = counts.into_iter().rev().max_by_key(|&(_, n)| n);
        best.map(|(written, _)| written.to_owned())
    }

    /// Another rendering that recurs in the units without the usual one.
    fn second(&self, phrase: &Phrase, usual: &[u32], without: &[u32]) -> Option<Vec<u32>> {
        if without.len() < 2 {
            return None;
        }
        let words = self.rendering(phrase, without, 0.5)?;
        let same =
            words.iter().all(|w| usual.contains(w)) || usual.iter().all(|w| words.contains(w));
        let explained = || {
            without.iter().any(|&unit| {
                self.has(unit, &words)
                    && words
                        .iter()
                        .any(|&w| !usual.contains(&w) && self.explained(phrase, unit, w))
            })
        };
        (!same && !explained()).then_some(words)
    }

    /// The usual rendering with one part replaced, in a unit without it.
    fn replaced(&self, phrase: &Phrase, unit: u32, usual: &[u32], spread: usize) -> Option<Span> {
        let line = &self.target[unit as usize];
        // The full words, a break wherever something else stands.
        let full: Vec<usize> = (0..line.tokens.len())
            .filter(|&i| {
                let word = line.tokens[i].word;
                word == BREAK || !self.to.small(word)
            })
            .collect();
        let full = Full {
            words: full.iter().map(|&i| line.tokens[i].word).collect(),
            tokens: full,
            lexicon: &self.to,
        };
        let parts = self.parts(usual);
        for (first, last) in slots(&parts, self.to.lang) {
            let before = parts[..first].concat();
            let old = parts[first..last].concat();
            let after = parts[last..].concat();
            for start in 0..full.words.len() {
                let Some(from) = full.after(start, &before) else {
                    continue;
                };
                for to in from + 1..=full.words.len().min(from + 3) {
                    let new = &full.words[from..to];
                    let Some(end) = full.after(to, &after) else {
                        continue;
                    };
                    let doubtful = |&w: &u32| {
                        w == BREAK || usual.contains(&w) || self.explained(phrase, unit, w)
                    };
                    let [first, last] = [start, end - 1].map(|i| full.tokens[i]);
                    let near = last - first < spread.max(end - start);
                    if near && fits(new, &old, &self.to) && !new.iter().any(doubtful) {
                        return Some(line.span(first, last));
                    }
                }
            }
        }
        None
    }

    /// The parts of a rendering that may be replaced: its words, long Chinese ones in halves.
    fn parts(&self, words: &[u32]) -> Vec<String> {
        let mut parts = Vec::new();
        for &word in words {
            let word = self.to.word(word);
            if self.to.lang == Lang::Zh && word.chars >= 4 {
                let (head, tail): (Vec<_>, Vec<_>) =
                    (0..).zip(word.text.chars()).partition(|(i, _)| *i < 2);
                parts.extend([head, tail].map(|half| half.into_iter().map(|(_, c)| c).collect()));
            } else {
                parts.push(word.text.clone());
            }
        }
        parts
    }

    /// Whether a target word of a unit renders something outside the expression there.
    fn explained(&self, phrase: &Phrase, unit: u32, word: u32) -> bool {
        let tokens = &self.source[unit as usize].tokens;
        let here = &self.target[unit as usize].tokens;
        let anchors = self.anchors(word);
        let best = anchors.first().map_or(0.0, |a| a.1);
        // Where it stands twice, the other may be the rendering of that.
        if here.iter().filter(|t| t.word == word).count() > 1 {
            return false;
        }
        anchors.iter().any(|&(other, dice)| {
            dice >= 0.1_f64.max(best * 0.4)
                && !phrase.words.contains(&other)
                && tokens.iter().any(|t| t.word == other)
        })
    }

    /// Whether a unit has words of the expression outside of it, so that the
    /// wording found may render those.
    fn repeats(&self, phrase: &Phrase, unit: u32) -> bool {
        let tokens = &self.source[unit as usize].tokens;
        let times = phrase.places.iter().filter(|p| p.0 == unit).count();
        phrase.words.iter().any(|&w| {
            !self.from.small(w)
                && tokens.iter().filter(|t| t.word == w).count()
                    > times * phrase.words.iter().filter(|&&v| v == w).count()
        })
    }

    /// Whether two renderings are one for a reader: a short form, another
    /// region's word, another form of the same word.
    fn related(&self, usual: &str, other: &str) -> bool {
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

/// The full words of a text and the tokens they are.
struct Full<'l> {
    words: Vec<u32>,
    tokens: Vec<usize>,
    lexicon: &'l Lexicon,
}

impl Full<'_> {
    /// Where the words from `start` on have spelled a text.
    fn after(&self, start: usize, mut text: &str) -> Option<usize> {
        let mut at = start;
        while !text.is_empty() {
            let word = *self.words.get(at)?;
            text = text.strip_prefix(self.lexicon.word(word).text.as_str())?;
            if word == BREAK {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// The stretches of a rendering's parts that one other wording may replace:
/// the shortest first, never all of it.
fn slots(parts: &[String], lang: Lang) -> Vec<(usize, usize)> {
    let size = |first: usize, last: usize| {
        parts[first..last]
            .iter()
            .map(|p| p.chars().count())
            .sum::<usize>()
    };
    let longest = match lang {
        Lang::En => 1,
        Lang::Zh => 3,
    };
    let mut slots: Vec<_> = (0..parts.len())
        .flat_map(|first| {
            (first + 1..=parts.len().min(first + longest)).map(move |last| (first, last))
        })
        .filter(|&(first, last)| last - first < parts.len())
        .filter(|&(first, last)| lang == Lang::En || (2..=4).contains(&size(first, last)))
        .collect();
    slots.sort_by_key(|&(first, last)| (size(first, last), first));
    slots
}

/// Whether words can take the place of a text: about as long in Chinese, one in English.
fn fits(new: &[u32], old: &str, lexicon: &Lexicon) -> bool {
    match lexicon.lang {
        Lang::En => new.len() == 1,
        Lang::Zh => {
            let chars: usize = new.iter().map(|&w| lexicon.word(w).chars).sum();
            chars >= 2 && chars.abs_diff(old.chars().count()) <= 1
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

/// Twice the log-likelihood ratio of two events that come together `both` times in `all`.
fn likelihood(both: f64, one: f64, other: f64, all: f64) -> f64 {
    let term = |seen: f64, expected: f64| {
        if seen > 0.0 && expected > 0.0 {
            seen * (seen / expected).ln()
        } else {
            0.0
        }
    };
    let cells = [
        (both, one * other / all),
        (one - both, one * (all - other) / all),
        (other - both, (all - one) * other / all),
        (all - one - other + both, (all - one) * (all - other) / all),
    ];
    2.0 * cells
        .iter()
        .map(|&(seen, expected)| term(seen, expected))
        .sum::<f64>()
}
