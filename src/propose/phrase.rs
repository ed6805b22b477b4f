//! Phrases that render each other, by the links of their words.

use std::collections::HashMap;

use super::edge;
use super::merge::{Found, key};
use super::{Source, Unit, quote};
use crate::align::Dictionary;
use crate::lang::Pair;
use crate::link::{Join, Linked, Model, link};
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::words::words;

/// The longest phrases, in words.
const ZH: usize = 7;
const EN: usize = 9;
/// Units with more words on a side are lists or tables, and slow.
const WORDS: usize = 150;

/// Units with their words linked.
pub struct Material<'a> {
    units: Vec<Words<'a>>,
}

/// A unit cut into words.
struct Words<'a> {
    unit: Unit<'a>,
    zh: Vec<Span>,
    en: Vec<Span>,
    linked: Linked,
    links: Vec<(u32, u32)>,
}

/// A pair of phrases and how it stands in the units.
#[derive(Default, Clone)]
struct Phrase {
    zh: String,
    /// How the English phrase is written, and how often.
    written: HashMap<String, u32>,
    units: Vec<u32>,
    likely: f32,
    longer: HashMap<(String, String), u32>,
}

impl<'a> Material<'a> {
    /// Cuts units into words and links them.
    pub fn new(units: &[Unit<'a>], dictionary: Option<&Dictionary>) -> Self {
        let cut: Vec<(Vec<Span>, Vec<Span>)> = units
            .iter()
            .map(|unit| {
                let both = !unit.zh.is_empty() && !unit.en.is_empty();
                let spans = |text| if both { words(text) } else { Vec::new() };
                let (zh, en) = (spans(unit.zh), spans(unit.en));
                if zh.len() > WORDS || en.len() > WORDS {
                    return (Vec::new(), Vec::new());
                }
                (zh, en)
            })
            .collect();
        let text = |spans: &[Span], text: &str| -> Vec<String> {
            spans.iter().map(|span| plain(span.of(text))).collect()
        };
        let pairs: Vec<Pair<Vec<String>>> = units
            .iter()
            .zip(&cut)
            .map(|(unit, (zh, en))| Pair {
                zh: text(zh, unit.zh),
                en: text(en, unit.en),
            })
            .collect();
        let linked = link(&pairs, dictionary, Model::Fertility);
        let units = units.iter().zip(cut).zip(linked);
        let units = units.map(|((unit, (zh, en)), linked)| Words {
            unit: *unit,
            zh,
            en,
            links: linked.links(Join::GrowDiag),
            linked,
        });
        Self {
            units: units.collect(),
        }
    }

    /// What the units make of a Chinese term, with the number of times, the most frequent first.
    pub fn renderings(&self, term: &str) -> Vec<(String, u32)> {
        let term = fold(term);
        let mut votes: HashMap<String, (f32, u32, HashMap<String, u32>)> = HashMap::new();
        for words in &self.units {
            let folded = crate::text::fold::Folded::new(words.unit.zh);
            let mut from = 0;
            while let Some(at) = Span::new(from, folded.text.len())
                .of(&folded.text)
                .find(&term)
            {
                let span = folded.original(Span::new(from + at, from + at + term.len()));
                from += at + term.len();
                let Some((en, strength)) = words.projected(span) else {
                    continue;
                };
                let vote = votes.entry(key(&en)).or_default();
                vote.0 += strength;
                vote.1 += 1;
                *vote.2.entry(en).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = votes.into_iter().collect();
        votes.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        votes
            .into_iter()
            .map(|(_, (_, n, written))| (common(&written), n))
            .collect()
    }

    /// The English phrase for a span of a Chinese text: its text, how likely,
    /// and whether it stands in marks.
    pub(super) fn counterpart(&self, unit: u32, span: Span) -> Option<(String, f32, bool)> {
        let words = self.units.get(unit as usize)?;
        let (en, likely) = words.range(span)?;
        let range = words.text_of(en.0, en.1)?;
        let text = words.unit.en;
        let marked = english_marked(text).into_iter().find(|marked| {
            marked.overlaps(range) && {
                let (inside, outside) = (range.len(), marked.len());
                marked.contains(range) && outside < 3 * inside + 12
            }
        });
        if let Some(marked) = marked {
            let inner = marked.of(text).trim().trim_end_matches([',', '.']);
            return Some((inner.to_owned(), likely, true));
        }
        let capitals = words.capitals(en);
        let range = words.text_of(capitals.0, capitals.1)?;
        let text = range.of(text);
        let capital = text.starts_with(char::is_uppercase);
        capital.then(|| (text.to_owned(), likely, false))
    }
}

/// `Kong's` without the ending.
fn plain(word: &str) -> String {
    let cut = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    cut.unwrap_or(word).to_owned()
}

/// What stands in English quotation marks.
fn english_marked(text: &str) -> Vec<Span> {
    let mut out = quote::marked(text);
    let straight: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    for pair in straight.chunks(2) {
        if let [from, to] = pair {
            out.push(Span::new(from + 1, *to));
        }
    }
    out.retain(|span| span.of(text).split(' ').count() <= 10);
    out
}

impl Words<'_> {
    fn word_zh(&self, at: usize) -> String {
        self.zh
            .get(at)
            .map(|span| fold(span.of(self.unit.zh)))
            .unwrap_or_default()
    }

    fn word_en(&self, at: usize) -> &str {
        self.en.get(at).map_or("", |span| span.of(self.unit.en))
    }

    /// Whether nothing but a space or a hyphen stands between a word and the next.
    fn joined(&self, at: usize, en: bool) -> bool {
        let (spans, text) = if en {
            (&self.en, self.unit.en)
        } else {
            (&self.zh, self.unit.zh)
        };
        let (Some(a), Some(b)) = (spans.get(at), spans.get(at + 1)) else {
            return false;
        };
        let between = Span::new(a.end as usize, b.start as usize).of(text);
        if en {
            matches!(
                between,
                " " | "-" | "\n" | "/" | "'s " | "’s " | " & " | "‑"
            )
        } else {
            between.is_empty() || between == "·" || between.trim().is_empty()
        }
    }

    /// The text of some English words, without the ending of a possessive at the end.
    fn text_of(&self, first: usize, last: usize) -> Option<Span> {
        let (a, b) = (self.en.get(first)?, self.en.get(last)?);
        let plain = plain(b.of(self.unit.en));
        Some(Span::new(a.start as usize, b.start as usize + plain.len()))
    }

    /// The English words linked to a span of the Chinese text, without empty ones at the edges.
    fn range(&self, span: Span) -> Option<((usize, usize), f32)> {
        let inside = |at: &u32| {
            self.zh
                .get(*at as usize)
                .is_some_and(|word| span.overlaps(*word))
        };
        let links: Vec<(u32, u32)> = self
            .links
            .iter()
            .filter(|(zh, _)| inside(zh))
            .copied()
            .collect();
        let first = links.iter().map(|(_, en)| *en as usize).min()?;
        let last = links.iter().map(|(_, en)| *en as usize).max()?;
        let sum: f32 = links
            .iter()
            .map(|&(zh, en)| self.linked.likely(zh, en))
            .sum();
        let mean = sum / links.len() as f32;
        (last - first < EN).then_some(((first, last), mean))
    }

    /// Grows a range over the capitalized words beside it.
    fn capitals(&self, (mut first, mut last): (usize, usize)) -> (usize, usize) {
        let capital = |at: usize| self.word_en(at).starts_with(char::is_uppercase);
        while first > 0
            && capital(first - 1)
            && self.joined(first - 1, true)
            && edge::en(&fold(self.word_en(first - 1)))
        {
            first -= 1;
        }
        while self.joined(last, true) && capital(last + 1) && capital(last) {
            last += 1;
        }
        while first < last && !edge::en(&fold(self.word_en(first))) {
            first += 1;
        }
        (first, last)
    }

    /// The English phrase that renders a span, and how well.
    fn projected(&self, span: Span) -> Option<(String, f32)> {
        let inside = |at: usize| self.zh.get(at).is_some_and(|word| span.overlaps(*word));
        let mut ens: Vec<(usize, f32)> = self
            .links
            .iter()
            .filter(|(zh, _)| inside(*zh as usize))
            .map(|&(zh, en)| (en as usize, self.linked.likely(zh, en)))
            .collect();
        ens.sort_by_key(|(en, _)| *en);
        ens.dedup_by_key(|(en, _)| *en);
        // The strongest run of words without a gap of more than two.
        let runs = ens.chunk_by(|a, b| b.0 - a.0 <= 2);
        let best = runs.max_by(|a, b| {
            let sum = |run: &[(usize, f32)]| run.iter().map(|(_, likely)| likely).sum::<f32>();
            sum(a).total_cmp(&sum(b))
        })?;
        let (mut first, mut last) = (best.first()?.0, best.last()?.0);
        while first < last && !edge::en(&fold(self.word_en(first))) {
            first += 1;
        }
        while first < last && !edge::en(&fold(self.word_en(last))) {
            last -= 1;
        }
        let outside = self
            .links
            .iter()
            .filter(|(zh, en)| (first..=last).contains(&(*en as usize)) && !inside(*zh as usize));
        let strength = if outside.count() == 0 { 1.0 } else { 0.4 };
        let whole = (first..last).all(|at| self.joined(at, true));
        let text = self.text_of(first, last)?.of(self.unit.en).to_owned();
        Some((text, if whole { strength } else { strength * 0.5 }))
    }
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
    let capital = written.starts_with(char::is_uppercase) && n >= 2.0;
    let length = match (han, words) {
        (1, _) => 0.2,
        (2, 1) => 0.45,
        (2, _) | (_, 1) => 0.75,
        _ => 1.0,
    };
    let even = han as f32 / words as f32;
    let even = if (1.0..=5.0).contains(&even) {
        1.0
    } else {
        0.6
    };
    let once = if n < 2.0 { 0.5 } else { 1.0 };
    let capital = if capital { 1.3 } else { 1.0 };
    dice * (1.0 + n).ln() * phrase.likely / n * length * even * once * capital
}

/// The commonest of several ways of writing.
fn common(written: &HashMap<String, u32>) -> String {
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
            if z2 > z1 && !words.joined(z2 - 1, false) {
                break;
            }
            if !edge::zh(&words.word_zh(z2)) {
                continue;
            }
            let Some((e1, e2)) = consistent(words, z1, z2) else {
                continue;
            };
            for (e1, e2) in widened(words, e1, e2) {
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

/// A range of English words cut at empty words, and widened over words without a link.
fn widened(words: &Words<'_>, mut e1: usize, mut e2: usize) -> Vec<(usize, usize)> {
    let fits = |at: usize| edge::en(&fold(words.word_en(at)));
    while e1 < e2 && !fits(e1) {
        e1 += 1;
    }
    while e1 < e2 && !fits(e2) {
        e2 -= 1;
    }
    if !fits(e1) || !fits(e2) || !(e1..e2).all(|at| words.joined(at, true)) {
        return Vec::new();
    }
    let free = |at: usize| !words.links.iter().any(|(_, en)| *en as usize == at);
    let mut out = vec![(e1, e2)];
    if e1 > 0 && free(e1 - 1) && fits(e1 - 1) && words.joined(e1 - 1, true) {
        out.push((e1 - 1, e2));
    }
    if e2 + 1 < words.en.len() && free(e2 + 1) && fits(e2 + 1) && words.joined(e2, true) {
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
