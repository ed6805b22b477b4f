//! A review that was kept, fitted to its documents as they are now: beads whose
//! sentences are all still there stay, with what was decided about them.

use std::collections::HashMap;
use std::ops::Range;

use super::{Alignment, Bead, Sentence, alone};
use crate::lang::{Lang, Pair};

/// Fits an old alignment to the sentences of today. Whether anything had to be
/// left open that the old one had.
pub(super) fn fit(old: &Alignment, mut fresh: Pair<Vec<Sentence>>) -> (Alignment, bool) {
    let mut place: Pair<Vec<Option<u32>>> = Pair::default();
    for lang in [Lang::Zh, Lang::En] {
        let now = std::mem::take(&mut fresh[lang]);
        (fresh[lang], place[lang]) = sentences(&old.sentences[lang], now);
    }
    let mut new = Alignment::new(fresh);
    let mut beads: Vec<Bead> = Vec::new();
    let mut next = Pair::each(|_| 0);
    let mut open = false;
    let mut gap = |to: &Pair<u32>, next: &Pair<u32>, beads: &mut Vec<Bead>| {
        let gap = |lang: Lang| next[lang]..to[lang];
        let alone = alone(gap(Lang::Zh), gap(Lang::En));
        open |= !alone.is_empty();
        beads.extend(alone);
    };
    for bead in &old.beads {
        let now = |lang: Lang| moved(&bead.of[lang], &place[lang], next[lang]);
        let (Some(zh), Some(en)) = (now(Lang::Zh), now(Lang::En)) else {
            continue;
        };
        // An empty side stands where what is before it ends.
        let start = |lang: Lang, range: &Option<Range<u32>>| {
            range.as_ref().map_or(next[lang], |range| range.start)
        };
        let to = Pair::each(|lang| start(lang, if lang == Lang::Zh { &zh } else { &en }));
        gap(&to, &next, &mut beads);
        let full = |lang: Lang, range: Option<Range<u32>>| range.unwrap_or(to[lang]..to[lang]);
        let (zh, en) = (full(Lang::Zh, zh), full(Lang::En, en));
        (next[Lang::Zh], next[Lang::En]) = (zh.end, en.end);
        let mut kept = bead.clone();
        (kept.of[Lang::Zh], kept.of[Lang::En]) = (zh, en);
        beads.push(kept);
    }
    let end = Pair::each(|lang| new.count(lang));
    gap(&end, &next, &mut beads);
    new.beads = beads;
    (new, open)
}

/// Where a run of sentences is now: `Some(None)` where it was empty, `None` where it is not
/// together any more.
#[allow(
    clippy::option_option,
    reason = "an empty side is kept, a lost one is not"
)]
fn moved(range: &Range<u32>, place: &[Option<u32>], next: u32) -> Option<Option<Range<u32>>> {
    let mut now: Option<Range<u32>> = None;
    for at in range.clone() {
        let at = place.get(at as usize).copied().flatten()?;
        now = match now {
            None if at >= next => Some(at..at + 1),
            Some(run) if run.end == at => Some(run.start..at + 1),
            _ => return None,
        };
    }
    Some(now)
}

/// The sentences of today, cut where the old ones were, and where each old one is among them.
fn sentences(old: &[Sentence], now: Vec<Sentence>) -> (Vec<Sentence>, Vec<Option<u32>>) {
    // What a reviewer cut is compared as the whole it was cut from.
    let wholes: Vec<&[Sentence]> = old.chunk_by(|_, next| next.cut).collect();
    let squash = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let before: Vec<String> = wholes
        .iter()
        .map(|whole| whole.iter().map(|part| squash(&part.text)).collect())
        .collect();
    let after: Vec<String> = now.iter().map(|sentence| squash(&sentence.text)).collect();
    let mut of = vec![None; after.len()];
    same(&before, &after, 0, 0, &mut of);
    let firsts: Vec<usize> = wholes
        .iter()
        .scan(0, |first, whole| {
            *first += whole.len();
            Some(*first - whole.len())
        })
        .collect();
    let mut place = vec![None; old.len()];
    let mut all = Vec::with_capacity(now.len());
    for (mut sentence, whole) in now.into_iter().zip(of) {
        let Some((first, parts)) =
            whole.and_then(|n: usize| Some((*firsts.get(n)?, *wholes.get(n)?)))
        else {
            all.push(sentence);
            continue;
        };
        for n in 0..parts.len() {
            if let Some(place) = place.get_mut(first + n) {
                *place = Some(all.len() as u32);
            }
            let long = parts
                .get(n)
                .map_or(0, |part| squash(&part.text).chars().count());
            let cut = end_of(&sentence.text, long).and_then(|at| super::cut(&sentence, at));
            let Some([part, rest]) = cut else {
                all.push(sentence);
                break;
            };
            all.push(part);
            sentence = rest;
        }
    }
    (all, place)
}

/// The byte after so many characters that are no white space; `None` at the end.
fn end_of(text: &str, count: usize) -> Option<usize> {
    let mut left = count;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left -= usize::from(!c.is_whitespace());
    }
    None
}

/// Which old text each new one is: those at both ends that are the same, then between the texts
/// that occur once in both (patience diff), the same again.
fn same(old: &[String], new: &[String], from: usize, to: usize, of: &mut [Option<usize>]) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev());
    let tail = tail.take(rest).take_while(|(a, b)| a == b).count();
    let mut set = |new: usize, old: usize| {
        if let Some(of) = of.get_mut(to + new) {
            *of = Some(from + old);
        }
    };
    for n in 0..head {
        set(n, n);
    }
    for n in 1..=tail {
        set(new.len() - n, old.len() - n);
    }
    let (a, b) = (head..old.len() - tail, head..new.len() - tail);
    let anchors = anchors(
        old.get(a.clone()).unwrap_or_default(),
        new.get(b.clone()).unwrap_or_default(),
    );
    if anchors.is_empty() {
        return;
    }
    let mut last = (a.start, b.start);
    let ends = anchors.iter().map(|(x, y)| (a.start + x, b.start + y));
    for (x, y) in ends.chain([(a.end, b.end)]) {
        let (left, right) = (old.get(last.0..x), new.get(last.1..y));
        same(
            left.unwrap_or_default(),
            right.unwrap_or_default(),
            from + last.0,
            to + last.1,
            of,
        );
        if let Some(of) = of.get_mut(to + y).filter(|_| x < a.end) {
            *of = Some(from + x);
        }
        last = (x + 1, y + 1);
    }
}

/// Texts that occur once in both, the longest run of them that grows on both sides.
fn anchors(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let count = |texts: &[String]| {
        let mut seen: HashMap<String, (usize, usize)> = HashMap::new();
        for (n, text) in texts.iter().enumerate() {
            seen.entry(text.clone()).or_insert((0, n)).0 += 1;
        }
        seen
    };
    let there = count(new);
    let mut both: Vec<(usize, usize)> = count(old)
        .into_iter()
        .filter(|(_, (times, _))| *times == 1)
        .filter_map(|(text, (_, x))| there.get(&text).filter(|y| y.0 == 1).map(|y| (x, y.1)))
        .collect();
    both.sort_unstable();
    // Longest increasing subsequence by patience sorting: the top of each pile, and what is under it.
    let mut tops: Vec<usize> = Vec::new();
    let mut under = vec![None; both.len()];
    for (n, &(_, y)) in both.iter().enumerate() {
        let pile = tops.partition_point(|&top| both.get(top).is_some_and(|t| t.1 < y));
        if let Some(under) = under.get_mut(n) {
            *under = pile.checked_sub(1).and_then(|p| tops.get(p).copied());
        }
        if pile == tops.len() {
            tops.push(n);
        } else if let Some(top) = tops.get_mut(pile) {
            *top = n;
        }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(tops.last().copied(), |&n| under.get(n).copied().flatten())
            .filter_map(|n| both.get(n).copied())
            .collect();
    run.reverse();
    run
}
