//! The usual rendering of an expression, learned from the units that have it.

use std::collections::{BTreeMap, HashMap};

use super::phrases::Phrase;
use super::units::{Anchor, LEARN, LONGEST, Units};
use super::{BREAK, Token};
use crate::lang::Lang;

/// What share of the best association a longer wording must keep.
const NEARLY: f64 = 0.85;

impl Units<'_> {
    /// The usual rendering of what some units share: its full words in order.
    pub(super) fn rendering(&self, phrase: &Phrase, units: &[u32], share: f64) -> Option<Vec<u32>> {
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
                let full = |t: &&Token| t.word == BREAK || !self.to.small(t.word);
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
        if phrase.words.iter().any(|&w| self.means(w, word)) {
            return true;
        }
        // What the dictionary has for other words there is theirs.
        let having = sample
            .iter()
            .filter(|unit| self.targets.of(word).binary_search(unit).is_ok());
        let (mut all, mut beside) = (0, 0);
        for &unit in having.take(8) {
            all += 1;
            beside += usize::from(self.meant_beside(unit, &phrase.words, word));
        }
        if beside > 0 && beside * 3 >= all * 2 {
            return false;
        }
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
