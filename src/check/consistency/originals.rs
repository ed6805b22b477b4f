//! A name and its original in brackets, 创世计划（Genesis Mission）: one
//! original with two names, one name with two originals.

use std::collections::BTreeMap;

use super::spellings::Variant;
use crate::check::Text;
use crate::span::{Span, halves};
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// A name with its original.
struct Gloss {
    text: u32,
    /// The name; where nothing marks its beginning, the words before the bracket.
    name: Span,
    /// Whether marks show where the name begins.
    marked: bool,
    original: Span,
}

/// The most characters of a name that nothing marks.
const LONGEST: usize = 12;

/// Two kinds of variants: of names with one original, of originals with one name.
pub(in crate::check) fn originals(texts: &[&Text<'_>]) -> [Vec<Variant>; 2] {
    let mut by_original: BTreeMap<String, Vec<Gloss>> = BTreeMap::new();
    for (n, text) in (0..).zip(texts) {
        for gloss in glosses(n, text) {
            let original = fold(gloss.original.of(text.text));
            by_original.entry(original).or_default().push(gloss);
        }
    }
    let names = by_original.values().filter_map(|glosses| {
        let same = |a: &Gloss, b: &Gloss| agree(a, b, texts);
        minority(glosses, same, |g| g.name)
    });
    let names = names.collect();
    let mut by_name: BTreeMap<String, Vec<&Gloss>> = BTreeMap::new();
    for gloss in by_original.values().flatten() {
        let name = fold(gloss.name.of(texts[gloss.text as usize].text));
        by_name.entry(name).or_default().push(gloss);
    }
    let originals = by_name.values().filter_map(|glosses| {
        let original = |g: &Gloss| g.original.of(texts[g.text as usize].text).to_owned();
        let same = |a: &&Gloss, b: &&Gloss| alike(&original(a), &original(b));
        minority(glosses, same, |g| g.original)
    });
    [names, originals.collect()]
}

/// The glosses that do not go with the largest group that agrees.
fn minority<G: std::borrow::Borrow<Gloss>>(
    glosses: &[G],
    same: impl Fn(&G, &G) -> bool,
    span: impl Fn(&Gloss) -> Span,
) -> Option<Variant> {
    let group = |a: &G| glosses.iter().filter(|b| same(a, b)).count();
    // Of equally large groups the one that comes first.
    let usual = glosses.iter().rev().max_by_key(|g| group(g))?;
    let (with, without): (Vec<&G>, Vec<&G>) = glosses.iter().partition(|g| same(usual, g));
    let place = |g: &&G| (Gloss::text((*g).borrow()), span((*g).borrow()));
    let marked = without.iter().chain(&with).all(|g| (*g).borrow().marked);
    let strong = marked || with.len() >= 2 * without.len();
    (!without.is_empty()).then(|| Variant {
        places: without.iter().map(place).collect(),
        usual: with.iter().map(place).collect(),
        strong,
    })
}

impl Gloss {
    fn text(&self) -> u32 {
        self.text
    }
}

/// Whether two glosses have one name: one ends as the other, from its own first word on.
fn agree(a: &Gloss, b: &Gloss, texts: &[&Text<'_>]) -> bool {
    let name = |g: &Gloss| fold(g.name.of(texts[g.text as usize].text));
    let (x, y) = (name(a), name(b));
    let shared = x
        .chars()
        .rev()
        .zip(y.chars().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let least = x.chars().count().min(y.chars().count());
    if a.marked && b.marked {
        return x == y;
    }
    // Where nothing marks the beginning, what they share is taken for the name.
    shared >= least.min(2)
}

/// Whether two originals may be one: a full name and its abbreviation, a longer and a shorter one.
fn alike(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(fold);
    let initials = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter_map(|w| w.chars().next()).collect()
    };
    let squeezed =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let short = |x: &str, y: &str| {
        let (long, short) = (initials(x), squeezed(y));
        x.contains(y) || long.contains(&short) || within(&short, &squeezed(x)) && short.len() <= 8
    };
    short(&a, &b) || short(&b, &a)
}

/// Whether all characters of one text stand in another in the same order.
fn within(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|c| rest.any(|d| d == c))
}

/// The names of a Chinese text with their originals.
fn glosses(n: u32, text: &Text<'_>) -> Vec<Gloss> {
    let mut found = Vec::new();
    for (open, c) in text
        .text
        .char_indices()
        .filter(|(_, c)| matches!(c, '（' | '('))
    {
        let start = open + c.len_utf8();
        let (_, rest) = halves(text.text, start);
        let Some((len, _)) = rest.char_indices().find(|(_, c)| matches!(c, '）' | ')')) else {
            continue;
        };
        let inner = Span::new(start, start + len);
        // Of “Department of Energy，DOE” the first is the original.
        let first = inner
            .of(text.text)
            .split(['，', ',', '、', '；', ';'])
            .next()
            .unwrap_or("");
        let original = Span::new(start, start + first.trim_end().len());
        if !is_original(original.of(text.text)) || text.in_code(inner) {
            continue;
        }
        if let Some((name, marked)) = name_before(text, open) {
            found.push(Gloss {
                text: n,
                name,
                marked,
                original,
            });
        }
    }
    found
}

/// Whether what stands in brackets is a name in Latin letters: no citation, no unit, no number.
fn is_original(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || " -.'’&/".contains(c));
    letters >= 3
        && capitals >= 1
        && plain
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && letters * 2 > text.len()
        && !text.contains("et al")
        && text.len() <= 80
}

/// The name that ends before a byte: what is marked, or up to [`LONGEST`] characters of full words.
fn name_before(text: &Text<'_>, end: usize) -> Option<(Span, bool)> {
    let (before, _) = halves(text.text, end);
    let last = before.chars().next_back()?;
    let pairs = [('”', '“'), ('」', '「'), ('》', '《'), ('』', '『')];
    if let Some((close, open)) = pairs.into_iter().find(|(close, _)| *close == last) {
        let inner = Span::new(0, end - close.len_utf8());
        let start = inner.of(text.text).rfind(open)? + open.len_utf8();
        let name = Span::new(start, inner.end as usize);
        return (!name.is_empty()).then_some((name, true));
    }
    let mut start = end as u32;
    let mut chars = 0;
    for span in text.words().iter().rev().filter(|s| s.end <= end as u32) {
        let word = span.of(text.text);
        let ends = span.end == start
            && word.starts_with(is_han)
            && !super::is_small(&fold(word), crate::lang::Lang::Zh);
        if !ends || chars + word.chars().count() > LONGEST {
            break;
        }
        start = span.start;
        chars += word.chars().count();
    }
    let name = Span {
        start,
        end: end as u32,
    };
    (chars >= 2).then_some((name, false))
}
