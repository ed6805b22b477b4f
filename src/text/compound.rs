//! How one English term is spelled and joined: labor and labour, supply chain
//! and supply-chain, policymaking and policy making.

use crate::span::{Span, halves, splice};

/// The same form in American and British spelling.
pub(super) fn spellings(form: &str) -> Vec<String> {
    let mut ways = Vec::new();
    for (american, british) in PARTS {
        for (here, there) in [(american, british), (british, american)] {
            if form.contains(here) {
                ways.push(form.replace(here, there));
            }
        }
    }
    for (at, word) in form.split([' ', '-']).scan(0, |next, word| {
        let at = *next;
        *next += word.len() + 1;
        Some((at, word))
    }) {
        let (stem, s) = word
            .strip_suffix('s')
            .map_or((word, ""), |stem| (stem, "s"));
        for (american, british) in WORDS {
            let other = match stem {
                _ if stem == *american => british,
                _ if stem == *british => american,
                _ => continue,
            };
            ways.push(splice(
                form,
                Span::new(at, at + word.len()),
                &format!("{other}{s}"),
            ));
        }
    }
    ways
}

/// Word parts that differ between American and British English, unmistakable wherever they stand.
const PARTS: &[(&str, &str)] = &[
    ("ization", "isation"),
    ("alizing", "alising"),
    ("alized", "alised"),
    ("alizes", "alises"),
    ("organize", "organise"),
    ("organizing", "organising"),
    ("behavior", "behaviour"),
    ("fulfillment", "fulfilment"),
    ("aluminum", "aluminium"),
];

/// Words that differ, without their plural.
const WORDS: &[(&str, &str)] = &[
    ("labor", "labour"),
    ("defense", "defence"),
    ("offense", "offence"),
    ("program", "programme"),
    ("center", "centre"),
    ("fiber", "fibre"),
    ("theater", "theatre"),
    ("modeling", "modelling"),
    ("catalog", "catalogue"),
    ("gray", "grey"),
    ("harbor", "harbour"),
    ("neighbor", "neighbour"),
    ("armor", "armour"),
];

/// The second halves of compounds that are written solid, with hyphen or with space.
const HALVES: &[&str] = &[
    "making", "maker", "makers", "building", "builder", "builders", "keeping", "keeper", "keepers",
    "sharing", "holder", "holders", "taking", "setting", "house", "houses", "power", "base",
    "bases", "set", "sets", "chain", "chains", "wide", "fare", "craft", "space", "security",
];

/// Longest prefixes only of those that stand solid before a word: `cybersecurity`, `nonproliferation`.
const SOLID: &[&str] = &[
    "cyber", "non", "counter", "multi", "semi", "anti", "micro", "macro", "geo", "nano",
];

/// Words that no hyphen joins to their neighbors.
const LOOSE: &[&str] = &[
    "of", "for", "in", "on", "to", "with", "at", "by", "from", "against", "under", "and", "or",
    "the", "a", "an",
];

/// A solid compound is not longer, in bytes.
const SOLID_LENGTH: usize = 16;

/// A form with its parts joined otherwise; solid only with `solid`.
pub(super) fn joinings(form: &str, solid: bool) -> Vec<String> {
    let gaps: Vec<(usize, char)> = form
        .char_indices()
        .filter(|&(_, c)| matches!(c, ' ' | '-'))
        .collect();
    if gaps.is_empty() {
        return solid_parts(form)
            .into_iter()
            .flat_map(|(first, second)| [format!("{first}-{second}"), format!("{first} {second}")])
            .collect();
    }
    let mut ways = Vec::new();
    for &(at, gap) in &gaps {
        let (before, after) = halves(form, at);
        let left = before.rsplit([' ', '-']).next().unwrap_or("");
        let right = Span::new(1, after.len())
            .of(after)
            .split([' ', '-'])
            .next()
            .unwrap_or("");
        let whole = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '\'')
        };
        let joined = whole(left)
            && whole(right)
            && !left.ends_with('\'')
            && (gap == '-'
                || gaps.len() == 1
                || !(LOOSE.contains(&left) || LOOSE.contains(&right)));
        if !joined {
            continue;
        }
        let with = |gap: &str| splice(form, Span::new(at, at + 1), gap);
        ways.push(with(if gap == ' ' { "-" } else { " " }));
        let letters = [left, right].iter().all(|part| {
            (part.len() > 1 || gap == '-') && part.chars().all(|c| c.is_ascii_alphabetic())
        });
        if solid && gaps.len() == 1 && letters && form.len() <= SOLID_LENGTH {
            ways.push(with(""));
        }
    }
    ways
}

/// The parts of a compound that is written solid, where its beginning or end gives it away.
fn solid_parts(word: &str) -> Option<(&str, &str)> {
    let by_half = HALVES
        .iter()
        .find_map(|half| word.strip_suffix(half))
        .filter(|first| first.len() > 2)
        .map(str::len);
    let by_prefix = SOLID
        .iter()
        .find(|prefix| {
            word.strip_prefix(**prefix)
                .is_some_and(|rest| rest.len() > 4)
        })
        .map(|prefix| prefix.len());
    by_prefix.or(by_half).map(|at| halves(word, at))
}
