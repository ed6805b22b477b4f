//! Near spellings of one English name (Lutnick, Lutnik), and compounds written
//! solid in one place and apart in another (cybersecurity, cyber security).

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::{Keyed, key};
use crate::align::Dictionary;
use crate::check::Text;
use crate::span::{Span, halves};
use crate::text::lemma::{inflections, lemma};

use super::spellings::Variant;

/// The shortest name, in letters: shorter ones differ by one letter for every reason.
const SHORTEST: usize = 5;
/// How often the usual spelling occurs at least.
const TIMES: usize = 3;
const PLACES: usize = 50;

/// A word of the texts in all its uses.
#[derive(Default)]
struct Use {
    /// With a capital that no sentence's head explains.
    capital: Vec<Place>,
    /// With a small letter.
    small: usize,
    /// With a capital at a sentence's head.
    head: Vec<Place>,
    /// All in capitals or in a title: says nothing.
    other: usize,
}

#[derive(Clone, Copy)]
struct Place {
    text: u32,
    span: Span,
    /// The numbers of the capitalized words beside it; 0 where there is none.
    beside: [u64; 2],
}

/// The rare spellings of names.
pub(in crate::check) fn names(texts: &[&Text<'_>]) -> Vec<Variant> {
    let mut words: HashMap<String, Use> = HashMap::new();
    for (n, text) in (0..).zip(texts) {
        read(n, text, &mut words);
    }
    // A word that is also written small is no name.
    let mut names: Vec<(&str, &Use)> = words
        .iter()
        .filter(|(word, u)| {
            let long = word.chars().count() >= SHORTEST;
            let seen = !u.capital.is_empty() || !u.head.is_empty();
            long && seen && u.small == 0
        })
        .map(|(word, u)| (word.as_str(), u))
        .collect();
    names.sort_unstable_by_key(|(word, _)| *word);
    let mut near: Keyed<Vec<usize>> = Keyed::default();
    for (i, (word, _)) in names.iter().enumerate() {
        for signature in signatures(word) {
            near.entry(signature).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    for (i, (word, u)) in names.iter().enumerate() {
        let mut rivals: Vec<usize> = signatures(word)
            .filter_map(|s| near.get(&s))
            .flatten()
            .copied()
            .collect();
        rivals.sort_unstable();
        rivals.dedup();
        let best = rivals
            .into_iter()
            .filter(|&r| r != i)
            .filter_map(|r| names.get(r))
            .filter(|(_, other)| {
                other.capital.len() >= TIMES && other.capital.len() >= 3 * here(u).count()
            })
            .filter(|(other, _)| is_variant(word, other))
            .max_by_key(|(_, other)| other.capital.len());
        if let Some((other, usual)) = best {
            // Two words of the language are two words (Charter and Chapter), and at a sentence's
            // head any word has a capital.
            if is_word(word) && (is_word(other) || u.capital.is_empty()) {
                continue;
            }
            let beside = here(u).all(|p| shares(p, usual));
            let known = words.get(&lemma(word)).is_some_and(|u| u.small > 0)
                || words.get(&lemma(other)).is_some_and(|u| u.small > 0);
            let misspelled = is_word(other) && !is_word(&lemma(word));
            found.push(Variant {
                places: places(u),
                usual: places(usual),
                strong: misspelled || !known && (beside || word.chars().count() >= 7),
            });
        }
    }
    found
}

/// Whether the dictionary's glosses have a word: then it is one of English.
fn is_word(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let glosses = Dictionary::shipped().all_glosses();
        let words = glosses.flat_map(|gloss| gloss.split(|c: char| !c.is_alphabetic()));
        words.map(str::to_lowercase).collect()
    });
    words.contains(word) || words.contains(&lemma(word))
}

/// Where a word may be a name: at heads of sentences only where it stands nowhere else.
fn here(u: &Use) -> impl Iterator<Item = &Place> {
    let heads = u.head.iter().filter(|_| u.capital.is_empty());
    u.capital.iter().chain(heads)
}

fn places(u: &Use) -> Vec<(u32, Span)> {
    here(u).take(PLACES).map(|p| (p.text, p.span)).collect()
}

/// Whether a name stands beside a capitalized word that also stands beside the usual one.
fn shares(place: &Place, usual: &Use) -> bool {
    let same = |a: u64, b: u64| a != 0 && a == b;
    usual
        .capital
        .iter()
        .any(|p| same(p.beside[0], place.beside[0]) || same(p.beside[1], place.beside[1]))
}

/// Whether one spelling is the other with a letter put in, left out, replaced
/// or two changed over, and no other form of the same word.
fn is_variant(word: &str, usual: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), usual.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let longest = a.len().max(b.len());
    let one = start + end + 1 >= longest;
    let swapped = a.len() == b.len()
        && start + end + 2 == a.len()
        && a.get(start) == b.get(start + 1)
        && a.get(start + 1) == b.get(start);
    // At the very end it is another form: Korea and Korean, American and Americans;
    // ranks of living things differ before it: Coronaviridae, Coronavirinae.
    let ending = end == 0 && !swapped || word.ends_with("ae") && usual.ends_with("ae");
    (one || swapped)
        && !ending
        && lemma(word) != lemma(usual)
        && !inflections(usual).iter().any(|f| f == word)
}

/// The numbers of a word and of what is left of it without one of its letters.
fn signatures(word: &str) -> impl Iterator<Item = u64> + '_ {
    (0..=word.chars().count()).map(move |skip| {
        let rest = (0..).zip(word.chars()).filter(move |(i, _)| *i != skip);
        key(rest.map(|(_, c)| u32::from(c)))
    })
}

/// Takes the words of a text in.
fn read(n: u32, text: &Text<'_>, words: &mut HashMap<String, Use>) {
    let spans = text.words();
    let capital = |span: Option<&Span>| -> u64 {
        let word = span.map_or("", |s| s.of(text.text));
        if word.starts_with(char::is_uppercase) {
            key(word.chars().map(u32::from))
        } else {
            0
        }
    };
    let title = spans
        .iter()
        .filter(|s| s.of(text.text).starts_with(char::is_lowercase))
        .count()
        * 2
        < spans.len();
    for (i, &span) in spans.iter().enumerate() {
        let word = span.of(text.text);
        let word = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix("’s"))
            .unwrap_or(word);
        if !word.chars().all(char::is_alphabetic)
            || text.in_code(span)
            || text.hits().any(|h| h.span.overlaps(span))
        {
            continue;
        }
        let entry = words.entry(word.to_lowercase()).or_default();
        if word.starts_with(char::is_lowercase) {
            entry.small += 1;
        } else if word.chars().skip(1).any(char::is_uppercase) {
            entry.other += 1;
        } else {
            let beside = [
                capital(i.checked_sub(1).and_then(|b| spans.get(b))),
                capital(spans.get(i + 1)),
            ];
            let place = Place {
                text: n,
                span: Span::new(span.start as usize, span.start as usize + word.len()),
                beside,
            };
            if title && beside == [0, 0] {
                entry.other += 1;
            } else if heads_sentence(text.text, span) && beside[1] == 0 {
                entry.head.push(place);
            } else {
                entry.capital.push(place);
            }
        }
    }
}

/// Whether a word is somebody's address or a tag (`@WhiteHouse`, `#datacenters`): those are written solid.
fn tagged(text: &str, span: Span) -> bool {
    let (before, _) = halves(text, span.start as usize);
    before.ends_with(['@', '#', '/', '.', '_'])
}

/// Whether a word is the first of a sentence.
fn heads_sentence(text: &str, span: Span) -> bool {
    let (before, _) = halves(text, span.start as usize);
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '“', '"', '\u{2022}'])
}

/// Compounds written solid in one place and apart or with a hyphen in another.
pub(in crate::check) fn compounds(texts: &[&Text<'_>]) -> Vec<Variant> {
    let mut solid: HashMap<String, Vec<(u32, Span)>> = HashMap::new();
    for (n, text) in (0..).zip(texts) {
        for &span in text.words() {
            let word = span.of(text.text);
            if word.len() >= 8
                && word.chars().all(|c| c.is_ascii_alphabetic())
                && !text.in_code(span)
                && !tagged(text.text, span)
            {
                solid
                    .entry(word.to_ascii_lowercase())
                    .or_default()
                    .push((n, span));
            }
        }
    }
    let mut apart: HashMap<String, Vec<(u32, Span)>> = HashMap::new();
    let mut joined = String::new();
    for (n, text) in (0..).zip(texts) {
        for pair in text.words().windows(2) {
            let [first, second] = pair else { continue };
            let gap = Span {
                start: first.end,
                end: second.start,
            };
            if !matches!(gap.of(text.text), " " | "-") || first.len() < 3 || second.len() < 4 {
                continue;
            }
            if text.in_code(*first) || text.in_code(*second) {
                continue;
            }
            joined.clear();
            for word in [first, second] {
                joined.extend(word.of(text.text).chars().flat_map(char::to_lowercase));
            }
            if solid.contains_key(&joined) {
                let span = Span {
                    start: first.start,
                    end: second.end,
                };
                let known = text.hits().any(|h| h.span.overlaps(span));
                if !known {
                    apart.entry(joined.clone()).or_default().push((n, span));
                }
            }
        }
    }
    let mut found: Vec<Variant> = apart
        .into_iter()
        .filter_map(|(word, apart)| {
            let solid = solid.remove(&word)?;
            let (usual, rare) = if solid.len() > apart.len() {
                (solid, apart)
            } else {
                (apart, solid)
            };
            let strong = usual.len() >= TIMES.max(3 * rare.len());
            (usual.len() > rare.len()).then_some(Variant {
                places: rare,
                usual,
                strong,
            })
        })
        .collect();
    found.sort_by(|a, b| a.places.cmp(&b.places));
    found
}
