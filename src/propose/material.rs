//! Units with their words linked, and what renders what in them.

use std::collections::HashMap;

use super::merge::key;
use super::phrase::common;
use super::reach::Tie;
use super::{Unit, edge, quote};
use crate::align::Dictionary;
use crate::lang::Pair;
use crate::link::{Join, Linked, Model, link};
use crate::span::Span;
use crate::text::fold::{Folded, fold};
use crate::text::words::words;

/// The longest English phrase, in words.
pub(super) const EN: usize = 9;
/// Units with more words on a side are lists or tables, and slow.
const WORDS: usize = 150;

/// Units with their words linked.
pub struct Material<'a> {
    pub(super) units: Vec<Words<'a>>,
}

/// A unit cut into words.
pub(super) struct Words<'a> {
    pub(super) unit: Unit<'a>,
    pub(super) zh: Vec<Span>,
    pub(super) en: Vec<Span>,
    pub(super) linked: Linked,
    pub(super) links: Vec<(u32, u32)>,
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
    ///
    /// A term that stands inside longer words too (肺 in 肺炎) is only looked for where it is one.
    pub fn renderings(&self, term: &str) -> Vec<(String, u32)> {
        let term = fold(term);
        let listed = term.contains(['、', '：', '，']);
        let mut whole = Votes::default();
        let mut inside = Votes::default();
        for words in &self.units {
            for span in places(words.unit.zh, &term) {
                let Some(((first, last), strength)) = words.projected(span) else {
                    continue;
                };
                let Some(en) = words.text_of(first, last) else {
                    continue;
                };
                let en = en.of(words.unit.en);
                let en = if listed { clean(en) } else { head(en) };
                let votes = if words.cut_at(span) {
                    &mut whole
                } else {
                    &mut inside
                };
                votes.add(en, strength);
            }
        }
        if whole.0.is_empty() { inside } else { whole }.ranked()
    }

    /// What the other side of a unit says of the Chinese words shortly before a place,
    /// if it has one of some English names.
    pub(super) fn ties(&self, unit: u32, end: usize, names: [&str; 2]) -> Vec<Tie> {
        let Some(words) = self.units.get(unit as usize) else {
            return Vec::new();
        };
        let text = words.unit.en.to_ascii_lowercase();
        let place = |name: &str| {
            let at = text.find(&name.to_ascii_lowercase())?;
            Some(Span::new(at, at + name.len()))
        };
        let places: Vec<Span> = names.into_iter().filter_map(place).collect();
        if places.is_empty() {
            return Vec::new();
        }
        words.ties(end, &places)
    }

    /// The English phrase for a span of a Chinese text: its text, how likely,
    /// and whether it stands in marks.
    pub(super) fn counterpart(&self, unit: u32, span: Span) -> Option<(String, f32, bool)> {
        let words = self.units.get(unit as usize)?;
        let (en, likely) = words.projected(span)?;
        let range = words.text_of(en.0, en.1)?;
        let text = words.unit.en;
        let marked = english_marked(text)
            .into_iter()
            .find(|marked| marked.overlaps(range) && marked.len() < 3 * range.len() + 12);
        if let Some(marked) = marked {
            return Some((clean(marked.of(text)).to_owned(), likely, true));
        }
        let text = head(range.of(text));
        let capital = text.starts_with(char::is_uppercase) && !words.piece(en);
        capital.then(|| (text.to_owned(), likely, false))
    }
}

/// Where a folded term stands in a text.
fn places(text: &str, term: &str) -> Vec<Span> {
    let folded = Folded::new(text);
    let places = folded.text.match_indices(term);
    places
        .map(|(at, _)| folded.original(Span::new(at, at + term.len())))
        .collect()
}

/// Renderings by [`key`]: how likely together, how often, and how often each is written in which way.
#[derive(Default)]
struct Votes(HashMap<String, (f32, u32, HashMap<String, u32>)>);

impl Votes {
    fn add(&mut self, en: &str, strength: f32) {
        let vote = self.0.entry(key(en)).or_default();
        vote.0 += strength;
        vote.1 += 1;
        *vote.2.entry(en.to_owned()).or_default() += 1;
    }

    fn ranked(self) -> Vec<(String, u32)> {
        let mut votes: Vec<_> = self.0.into_iter().collect();
        votes.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        let ranked = votes.into_iter();
        ranked
            .map(|(_, (_, n, written))| (common(&written), n))
            .collect()
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

/// A text up to its first comma or quotation mark, made clean.
fn head(text: &str) -> &str {
    clean(text.split(['"', ',', ';']).next().unwrap_or(text))
}

/// A text without its article, cut where a bracket or a quotation mark has no other half.
fn clean(text: &str) -> &str {
    let mut text = text;
    for article in ["the ", "The ", "a ", "A ", "an ", "An "] {
        text = text.strip_prefix(article).unwrap_or(text);
    }
    for (open, close) in [('(', ')'), ('“', '”'), ('‘', '’')] {
        let opens = text.matches(open).count();
        if opens > text.matches(close).count() {
            text = text.rsplit_once(open).map_or(text, |(before, _)| before);
        } else if opens == 0 && close != '’' {
            text = text.split(close).next().unwrap_or(text);
        }
    }
    text.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '.')
}

impl Words<'_> {
    /// Whether a span of the Chinese text begins and ends where words do.
    fn cut_at(&self, span: Span) -> bool {
        let begins = self.zh.iter().any(|word| word.start == span.start);
        begins && self.zh.iter().any(|word| word.end == span.end)
    }

    pub(super) fn word_zh(&self, at: usize) -> String {
        self.zh
            .get(at)
            .map(|span| fold(span.of(self.unit.zh)))
            .unwrap_or_default()
    }

    pub(super) fn word_en(&self, at: usize) -> &str {
        self.en.get(at).map_or("", |span| span.of(self.unit.en))
    }

    /// Whether an English word may begin or end a term.
    pub(super) fn fits(&self, at: usize) -> bool {
        edge::written(self.word_en(at))
    }

    /// Whether a term may begin with an English word, which may be the first part of one: `on-site`.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.fits(at) || self.glued(at)
    }

    /// Whether a term may end with an English word, which may be the last part of one: `COVID-19`.
    pub(super) fn ends(&self, at: usize) -> bool {
        self.fits(at) || at.checked_sub(1).is_some_and(|before| self.glued(before))
    }

    fn capital(&self, at: usize) -> bool {
        self.word_en(at).starts_with(char::is_uppercase) && self.fits(at)
    }

    /// What stands between an English word and the next.
    fn gap_en(&self, at: usize) -> Option<&str> {
        let (a, b) = (self.en.get(at)?, self.en.get(at + 1)?);
        Some(Span::new(a.end as usize, b.start as usize).of(self.unit.en))
    }

    /// Whether an English word and the next are one: `on-site`.
    pub(super) fn glued(&self, at: usize) -> bool {
        matches!(self.gap_en(at), Some("-" | "‑" | "+"))
    }

    /// Whether nothing but a space or a hyphen stands between an English word and the next.
    pub(super) fn joined_en(&self, at: usize) -> bool {
        matches!(
            self.gap_en(at),
            Some(" " | "-" | "\n" | "/" | "'s " | "’s " | " & " | "‑" | "+")
        )
    }

    /// Whether nothing stands between a Chinese word and the next.
    pub(super) fn joined_zh(&self, at: usize) -> bool {
        let (Some(a), Some(b)) = (self.zh.get(at), self.zh.get(at + 1)) else {
            return false;
        };
        let between = Span::new(a.end as usize, b.start as usize).of(self.unit.zh);
        between == "·" || between.trim().is_empty()
    }

    /// The text of some English words, without the ending of a possessive at the end.
    pub(super) fn text_of(&self, first: usize, last: usize) -> Option<Span> {
        let (a, b) = (self.en.get(first)?, self.en.get(last)?);
        let plain = plain(b.of(self.unit.en));
        Some(Span::new(a.start as usize, b.start as usize + plain.len()))
    }

    /// Whether an English word renders something outside some Chinese words.
    fn elsewhere(&self, en: usize, inside: &dyn Fn(usize) -> bool) -> bool {
        let mut links = self.links.iter();
        links.any(|&(z, e)| e as usize == en && !inside(z as usize))
    }

    /// A range of English words made whole: to the ends of words with hyphens and
    /// of names, as far as those render nothing outside the Chinese words; and
    /// without empty words at its edges.
    pub(super) fn whole(
        &self,
        (mut first, mut last): (usize, usize),
        inside: &dyn Fn(usize) -> bool,
    ) -> (usize, usize) {
        let free = |at: usize| !self.elsewhere(at, inside);
        while first > 0 && self.glued(first - 1) && free(first - 1) {
            first -= 1;
        }
        while self.glued(last) && free(last + 1) {
            last += 1;
        }
        // The `e` of e-Cheque and the 19 of COVID-19 are no words of their own.
        while first < last && !self.fits(first) && !self.glued(first) {
            first += 1;
        }
        while first < last && !self.fits(last) && !self.glued(last - 1) {
            last -= 1;
        }
        while let Some(more) = self.name_before(first, &free) {
            first = more;
        }
        while let Some(more) = self.name_behind(last, &free) {
            last = more;
        }
        (first, last)
    }

    /// Where the name that a word is of goes on before it: `Administration of | Foreign`.
    fn name_before(&self, at: usize, free: &dyn Fn(usize) -> bool) -> Option<usize> {
        let mut to = at.checked_sub(1)?;
        let name = |to: usize| self.capital(at) && self.capital(to) && free(to) && to > 0;
        if self.joined_en(to) && name(to) {
            return Some(to);
        }
        while edge::connects(self.word_en(to)) && self.joined_en(to) && at - to <= 2 {
            to = to.checked_sub(1)?;
        }
        (at - to > 1 && self.joined_en(to) && name(to)).then_some(to)
    }

    fn name_behind(&self, at: usize, free: &dyn Fn(usize) -> bool) -> Option<usize> {
        let mut to = at + 1;
        let name = |to: usize| self.capital(at) && self.capital(to) && free(to);
        if self.joined_en(at) && name(to) {
            return Some(to);
        }
        while edge::connects(self.word_en(to)) && self.joined_en(to - 1) && to - at <= 2 {
            to += 1;
        }
        (to - at > 1 && self.joined_en(at) && self.joined_en(to - 1) && name(to)).then_some(to)
    }

    /// Whether a range of English words is a piece of a name or of a word with hyphens.
    pub(super) fn piece(&self, (first, last): (usize, usize)) -> bool {
        let before = first.checked_sub(1);
        let cut = before.is_some_and(|at| self.glued(at)) || self.glued(last);
        let left = before.is_some_and(|at| at > 0 && self.joined_en(at) && self.capital(at));
        let right = self.joined_en(last) && self.capital(last + 1);
        cut || (self.capital(first) && left) || (self.capital(last) && right)
    }

    /// The English words that render a span of the Chinese text, and how well.
    fn projected(&self, span: Span) -> Option<((usize, usize), f32)> {
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
        let near = |a: usize, b: usize| {
            let open = |at| matches!(self.gap_en(at), Some(gap) if gap.contains([',', ';', ':', '.', '”', '"']));
            b - a <= 3 && !(a..b).any(open)
        };
        let runs = ens.chunk_by(|a, b| near(a.0, b.0));
        let best = runs.max_by(|a, b| {
            let sum = |run: &[(usize, f32)]| run.iter().map(|(_, likely)| likely).sum::<f32>();
            sum(a).total_cmp(&sum(b))
        })?;
        let (first, last) = self.whole((best.first()?.0, best.last()?.0), &inside);
        let outside = (first..=last).filter(|&at| self.fits(at) && self.elsewhere(at, &inside));
        let mean = best.iter().map(|(_, likely)| likely).sum::<f32>() / best.len() as f32;
        let strength = if outside.count() == 0 {
            mean
        } else {
            0.4 * mean
        };
        let whole = (first..last).all(|at| self.joined_en(at)) && last - first < EN;
        let whole = if whole { 1.0 } else { 0.5 };
        Some((
            (first, last),
            strength * whole * self.covered(span, (first, last)),
        ))
    }

    /// The share of the Chinese words of a span that some English words render.
    fn covered(&self, span: Span, (first, last): (usize, usize)) -> f32 {
        let inside = self.zh.iter().enumerate();
        let inside = inside.filter(|(_, word)| span.overlaps(**word));
        let (mut words, mut rendered) = (0, 0);
        for (at, _) in inside.filter(|(at, _)| edge::zh(&self.word_zh(*at))) {
            let mut links = self.links.iter();
            words += 1;
            rendered += usize::from(
                links.any(|&(z, e)| z as usize == at && (first..=last).contains(&(e as usize))),
            );
        }
        rendered as f32 / words.max(1) as f32
    }

    /// What each Chinese word shortly before a place renders, in some English names and outside.
    fn ties(&self, end: usize, names: &[Span]) -> Vec<Tie> {
        // What an abbreviation is short for stands before it, whether that was seen or not.
        let short = |name: &&Span| !name.of(self.unit.en).contains(' ');
        let around = names.iter().filter(short);
        let around: Vec<Span> = around
            .map(|name| Span::new(name.start.saturating_sub(100) as usize, name.start as usize))
            .collect();
        let near = |zh: &Span| zh.end as usize <= end && zh.end as usize + 80 > end;
        let chinese = self.zh.iter().enumerate().filter(|(_, zh)| near(zh));
        let ties = chinese.map(|(at, zh)| {
            let mut tie = Tie {
                start: zh.start as usize,
                ..Tie::default()
            };
            for &(z, e) in self.links.iter().filter(|(z, _)| *z as usize == at) {
                let likely = self.linked.likely(z, e);
                let Some(en) = self.en.get(e as usize).filter(|_| self.fits(e as usize)) else {
                    continue;
                };
                if names.iter().any(|name| name.overlaps(*en)) {
                    if likely >= 0.4 {
                        tie.inside.push(fold(en.of(self.unit.en)));
                    }
                } else if !around.iter().any(|around| around.overlaps(*en)) {
                    tie.outside |= likely >= 0.6;
                }
            }
            tie.outside &= tie.inside.is_empty();
            tie
        });
        ties.collect()
    }
}
