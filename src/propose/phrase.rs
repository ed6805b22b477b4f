//! Phrases that render each other, by the links of their words.

use std::collections::HashMap;

use super::material::{EN, Material, Words};
use super::merge::{Found, key};
use super::{Source, edge};
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// The longest Chinese phrase, in words.
const ZH: usize = 7;

/// A pair of phrases and how it stands in the units.
#[derive(Default, Clone)]
struct Phrase {
    zh: String,
    /// How the English phrase is written, and how often.
    written: HashMap<String, u32>,
    units: Vec<u32>,
    likely: f32,
    /// How often it is a piece of a longer name.
    pieces: u32,
    longer: HashMap<(String, String), u32>,
}

/// Every pair of phrases worth proposing.
pub(super) fn find(material: &Material<'_>) -> Vec<Found> {
    let mut phrases: HashMap<(String, String), Phrase> = HashMap::new();
    for (at, words) in (0..).zip(&material.units) {
        phrases_of(words, at, &mut phrases);
    }
    let (zh, en) = counts(material, &phrases);
    let mut scored: Vec<(f32, (String, String), Phrase)> = phrases
        .into_iter()
        .map(|(pair, phrase)| {
            let n = phrase.units.len() as f32;
            let seen = |counts: &HashMap<String, u32>, key: &str| {
                counts.get(key).copied().unwrap_or(1) as f32
            };
            let (nz, ne) = (seen(&zh, &pair.0).max(n), seen(&en, &pair.1).max(n));
            (rate(&phrase, n, nz, ne), pair, phrase)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let held: HashMap<(String, String), u32> = scored
        .iter()
        .map(|(_, pair, phrase)| (pair.clone(), phrase.units.len() as u32))
        .collect();
    let mut best_zh: HashMap<String, f32> = HashMap::new();
    let mut best_en: HashMap<String, f32> = HashMap::new();
    let mut found = Vec::new();
    for (rate, pair, phrase) in scored {
        let n = phrase.units.len() as u32;
        // Nearly always inside one longer pair: the longer one is the term.
        let inside = phrase.longer.iter().any(|(longer, times)| {
            *times * 4 >= n * 3
                && held
                    .get(longer)
                    .is_some_and(|held| *held * 4 >= n * 3 && *held >= 2.min(n))
        });
        if inside {
            continue;
        }
        let top_zh = *best_zh.entry(pair.0.clone()).or_insert(rate);
        let top_en = *best_en.entry(pair.1.clone()).or_insert(rate);
        let variant = n >= 2 && rate >= 0.5 * top_zh && rate >= 0.5 * top_en;
        if (rate < top_zh || rate < top_en) && !variant {
            continue;
        }
        let score = 1.0 - (-rate).exp();
        if score < 0.1 {
            continue;
        }
        let en = common(&phrase.written);
        for &unit in &phrase.units {
            found.push(Found {
                zh: phrase.zh.clone(),
                en: en.clone(),
                source: Source::Words,
                unit,
                abbreviation: None,
                unsure: false,
                score: score.min(0.94),
                count: n,
            });
        }
    }
    found
}

/// How good a pair is; 0 and up.
fn rate(phrase: &Phrase, n: f32, nz: f32, ne: f32) -> f32 {
    let dice = 2.0 * n / (nz + ne);
    let written = common(&phrase.written);
    let words = written.split([' ', '-']).count();
    let han = phrase.zh.chars().filter(|&c| is_han(c)).count();
    let capital = written.starts_with(char::is_uppercase);
    // A name of several words is one, though the text has it once.
    let capitals = written
        .split(' ')
        .filter(|w| w.starts_with(char::is_uppercase));
    let name = capital && capitals.count() >= 2 && han >= 4 && phrase.pieces == 0;
    let length = match (han, words) {
        (1, _) => 0.2,
        (2, 1) if capital => 0.45,
        (2, 1) => 0.35,
        (2, _) | (_, 1) => 0.75,
        _ => 1.0,
    };
    let even = han as f32 / words as f32;
    let even = if (1.0..=5.0).contains(&even) {
        1.0
    } else {
        0.6
    };
    let once = if n < 2.0 && !name { 0.5 } else { 1.0 };
    let capital = if capital && (n >= 2.0 || name) {
        1.3
    } else {
        1.0
    };
    // Nearly always a piece of something longer: 香港交易, Hong Kong Exchanges.
    let whole = if phrase.pieces as f32 >= 0.7 * n {
        0.25
    } else {
        1.0
    };
    whole * dice * (1.0 + n).ln() * phrase.likely / n * length * even * once * capital
}

/// The commonest of several ways of writing.
pub(super) fn common(written: &HashMap<String, u32>) -> String {
    let best = written
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    best.map(|(text, _)| text.clone()).unwrap_or_default()
}

/// The first and last word of both sides of a phrase pair.
type Place = (usize, usize, usize, usize);

/// The consistent phrase pairs of a unit (Koehn, Och and Marcu 2003) with edges that a term may have.
fn phrases_of(words: &Words<'_>, at: u32, phrases: &mut HashMap<(String, String), Phrase>) {
    let mut here: Vec<(Place, (String, String))> = Vec::new();
    for z1 in 0..words.zh.len() {
        if !edge::zh(&words.word_zh(z1)) {
            continue;
        }
        for z2 in z1..(z1 + ZH).min(words.zh.len()) {
            if z2 > z1
                && (!words.joined_zh(z2 - 1)
                    || (z2 > z1 + 1 && edge::breaks_zh(&words.word_zh(z2 - 1))))
            {
                break;
            }
            if !edge::zh(&words.word_zh(z2)) {
                continue;
            }
            let Some((e1, e2)) = consistent(words, z1, z2) else {
                continue;
            };
            let inside = |at: usize| (z1..=z2).contains(&at);
            for (e1, e2) in widened(words, (e1, e2), &inside) {
                if let Some(pair) = take(words, at, [z1, z2, e1, e2], phrases) {
                    here.push(((z1, z2, e1, e2), pair));
                }
            }
        }
    }
    for (a, short) in &here {
        for (b, long) in &here {
            let inside = b.0 <= a.0 && a.1 <= b.1 && b.2 <= a.2 && a.3 <= b.3 && a != b;
            if inside
                && short.0 != long.0
                && let Some(phrase) = phrases.get_mut(short)
            {
                *phrase.longer.entry(long.clone()).or_default() += 1;
            }
        }
    }
}

/// The English words linked to some Chinese ones, if to no others.
fn consistent(words: &Words<'_>, z1: usize, z2: usize) -> Option<(usize, usize)> {
    let inside = |zh: u32| (z1..=z2).contains(&(zh as usize));
    let linked = words
        .links
        .iter()
        .filter(|(zh, _)| inside(*zh))
        .map(|(_, en)| *en as usize);
    let (e1, e2) = (linked.clone().min()?, linked.max()?);
    let edges = [z1, z2]
        .iter()
        .all(|z| words.links.iter().any(|(zh, _)| *zh as usize == *z));
    let other = words
        .links
        .iter()
        .any(|(zh, en)| (e1..=e2).contains(&(*en as usize)) && !inside(*zh));
    (edges && !other && e2 - e1 < EN).then_some((e1, e2))
}

/// A range of English words made whole, and widened over words without a link.
fn widened(
    words: &Words<'_>,
    range: (usize, usize),
    inside: &dyn Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let (e1, e2) = words.whole(range, inside);
    let breaks = |at| edge::breaks(&fold(words.word_en(at)));
    let term = words.begins(e1)
        && words.ends(e2)
        && e2 - e1 < EN
        && (e1..e2).all(|at| words.joined_en(at))
        && !(e1..=e2).any(breaks);
    if !term {
        return Vec::new();
    }
    let free = |at: usize| !words.links.iter().any(|(_, en)| *en as usize == at);
    let mut out = vec![(e1, e2)];
    if e1 > 0 && free(e1 - 1) && words.fits(e1 - 1) && words.joined_en(e1 - 1) {
        out.push((e1 - 1, e2));
    }
    if e2 + 1 < words.en.len() && free(e2 + 1) && words.fits(e2 + 1) && words.joined_en(e2) {
        out.push((e1, e2 + 1));
    }
    out
}

/// Notes an occurrence.
fn take(
    words: &Words<'_>,
    at: u32,
    [z1, z2, e1, e2]: [usize; 4],
    phrases: &mut HashMap<(String, String), Phrase>,
) -> Option<(String, String)> {
    let (from, to) = (words.zh.get(z1)?, words.zh.get(z2)?);
    let zh = Span::new(from.start as usize, to.end as usize).of(words.unit.zh);
    let en = words.text_of(e1, e2)?.of(words.unit.en);
    if !zh.contains(is_han) {
        return None;
    }
    let links = words.links.iter().filter(|(zh, en)| {
        (z1..=z2).contains(&(*zh as usize)) && (e1..=e2).contains(&(*en as usize))
    });
    let (sum, n) = links.fold((0.0, 0), |(sum, n), &(zh, en)| {
        (sum + words.linked.likely(zh, en), n + 1)
    });
    let pair = (fold(zh), key(en));
    let phrase = phrases.entry(pair.clone()).or_default();
    if phrase.units.last() != Some(&at) {
        phrase.units.push(at);
        phrase.pieces += u32::from(words.piece((e1, e2)));
        phrase.likely += sum / (n.max(1) as f32);
    }
    if phrase.zh.is_empty() {
        zh.clone_into(&mut phrase.zh);
    }
    *phrase.written.entry(en.to_owned()).or_default() += 1;
    Some(pair)
}

/// In how many units each Chinese and each English phrase stands.
fn counts(
    material: &Material<'_>,
    phrases: &HashMap<(String, String), Phrase>,
) -> (HashMap<String, u32>, HashMap<String, u32>) {
    let mut zh: HashMap<String, u32> = phrases.keys().map(|(zh, _)| (zh.clone(), 0)).collect();
    let mut en: HashMap<String, u32> = phrases.keys().map(|(_, en)| (en.clone(), 0)).collect();
    for words in &material.units {
        for (spans, text, longest, counts, english) in [
            (&words.zh, words.unit.zh, ZH, &mut zh, false),
            (&words.en, words.unit.en, EN, &mut en, true),
        ] {
            let mut seen = std::collections::HashSet::new();
            for a in 0..spans.len() {
                for b in a..(a + longest).min(spans.len()) {
                    let (Some(from), Some(to)) = (spans.get(a), spans.get(b)) else {
                        continue;
                    };
                    let part = Span::new(from.start as usize, to.end as usize).of(text);
                    let part = if english { key(part) } else { fold(part) };
                    if let Some(count) = counts.get_mut(&part)
                        && seen.insert(part)
                    {
                        *count += 1;
                    }
                }
            }
        }
    }
    (zh, en)
}
