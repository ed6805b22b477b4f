//! A name and its original in brackets, 创世计划（Genesis Mission）: one
//! original with two names, one name with two originals.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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
    let written = |g: &Gloss, span: Span| fold(span.of(texts[g.text as usize].text));
    // Each name is counted once in all the texts, however often it stands there.
    let mut verbs: BTreeMap<&str, u32> = BTreeMap::new();
    let mut name = |g: &Gloss| {
        let whole = g.name.of(texts[g.text as usize].text);
        let len = if g.marked {
            0
        } else {
            *verbs.entry(whole).or_insert_with(|| verb(texts, g))
        };
        Span {
            start: g.name.start + len,
            ..g.name
        }
    };
    let names = by_original.values().filter_map(|glosses| {
        minority(
            glosses.iter(),
            |g| (written(g, g.name), g.marked),
            agree,
            &mut name,
        )
    });
    let names: Vec<Variant> = names.collect();
    let mut by_name: BTreeMap<String, Vec<&Gloss>> = BTreeMap::new();
    for gloss in by_original.values().flatten() {
        by_name
            .entry(written(gloss, gloss.name))
            .or_default()
            .push(gloss);
    }
    let originals = by_name.values().filter_map(|glosses| {
        let key = |g: &Gloss| written(g, g.original);
        minority(
            glosses.iter().copied(),
            key,
            |a, b| alike(a, b),
            |g| g.original,
        )
    });
    [names, originals.collect()]
}

/// The glosses that do not go with the largest group that agrees, told by a key: texts repeat
/// their names, and every key is compared with every other.
fn minority<'g, K: Ord>(
    glosses: impl Iterator<Item = &'g Gloss>,
    key: impl Fn(&Gloss) -> K,
    same: impl Fn(&K, &K) -> bool,
    mut span: impl FnMut(&Gloss) -> Span,
) -> Option<Variant> {
    let glosses: Vec<&Gloss> = glosses.collect();
    let mut keys: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (i, gloss) in glosses.iter().enumerate() {
        keys.entry(key(gloss)).or_default().push(i);
    }
    let group = |a: &K| -> usize {
        let alike = keys.iter().filter(|(b, _)| same(a, b));
        alike.map(|(_, those)| those.len()).sum()
    };
    // Of equally large groups the one that comes first.
    let (usual, _) = keys
        .iter()
        .max_by_key(|(key, those)| (group(key), Reverse(those.first().copied())))?;
    let agreeing = keys.iter().filter(|(key, _)| same(usual, key));
    let agreeing: BTreeSet<usize> = agreeing
        .flat_map(|(_, those)| those.iter().copied())
        .collect();
    let (with, without): (Vec<_>, Vec<_>) =
        (0..).zip(&glosses).partition(|(i, _)| agreeing.contains(i));
    let mut places = |those: &[(usize, &&Gloss)]| {
        let places = those.iter().map(|(_, g)| (g.text, span(g)));
        places.collect()
    };
    let marked = glosses.iter().all(|g| g.marked);
    let strong = marked || with.len() >= 2 * without.len();
    (!without.is_empty()).then(|| Variant {
        places: places(&without),
        usual: places(&with),
        strong,
    })
}

/// How many bytes of a name are words that nothing marks it off from, 正式启动 | 创世计划: it stands
/// at least as often without them.
fn verb(texts: &[&Text<'_>], gloss: &Gloss) -> u32 {
    let text = texts[gloss.text as usize];
    let times = |span: Span| -> usize {
        let part = span.of(text.text);
        texts.iter().map(|t| t.text.matches(part).count()).sum()
    };
    let words = text.words();
    let first = words.partition_point(|word| word.start < gloss.name.start);
    let last = words.partition_point(|word| word.end <= gloss.name.end);
    let words = words.get(first..last).unwrap_or_default();
    let rests = words.iter().skip(1).map(|word| Span {
        start: word.start,
        end: gloss.name.end,
    });
    // A name has two words, and four characters.
    let rests = rests.take(words.len().saturating_sub(2));
    let rests = rests.filter(|rest| rest.of(text.text).chars().nth(3).is_some());
    let mut name = gloss.name;
    for rest in rests {
        if times(rest) >= 2 * times(name) {
            name = rest;
        }
    }
    name.start - gloss.name.start
}

/// Whether two names, each with whether marks show where it begins, are one: one ends as the
/// other, from its own first word on.
fn agree((x, x_marked): &(String, bool), (y, y_marked): &(String, bool)) -> bool {
    if *x_marked && *y_marked {
        return x == y;
    }
    let ends = x.chars().rev().zip(y.chars().rev());
    let shared = ends.take_while(|(x, y)| x == y).count();
    let least = x.chars().count().min(y.chars().count());
    // Where nothing marks the beginning, what they share is taken for the name.
    shared >= least.min(2)
}

/// Whether two (folded) originals may be one: a full name and its abbreviation, a longer and a shorter one.
fn alike(a: &str, b: &str) -> bool {
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
    short(a, b) || short(b, a)
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
