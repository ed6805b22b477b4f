//! How one English term is spelled and joined: labor and labour, supply chain
//! and supply-chain, policymaking and policy making.

use crate::span::{Span, halves, splice};

/// The same form in American and British spelling, where the ending tells.
pub(super) fn spellings(form: &str) -> Vec<String> {
    let mut ways = Vec::new();
    for (american, british) in SPELLINGS {
        for (here, there) in [(american, british), (british, american)] {
            if form.contains(here) {
                ways.push(form.replace(here, there));
            }
        }
    }
    ways
}

/// Word parts that differ between American and British English, unmistakable wherever they stand.
const SPELLINGS: &[(&str, &str)] = &[
    ("ization", "isation"),
    ("alizing", "alising"),
    ("alized", "alised"),
    ("alizes", "alises"),
    ("organize", "organise"),
    ("organizing", "organising"),
    ("labor", "labour"),
    ("defense", "defence"),
    ("behavior", "behaviour"),
    ("program ", "programme "),
    ("centers", "centres"),
    ("center ", "centre "),
    ("modeling", "modelling"),
    ("fulfillment", "fulfilment"),
    ("aluminum", "aluminium"),
    ("catalog ", "catalogue "),
    ("gray", "grey"),
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

/// A form with its parts joined otherwise.
pub(super) fn joinings(form: &str) -> Vec<String> {
    let gaps: Vec<(usize, char)> = form
        .char_indices()
        .filter(|&(_, c)| matches!(c, ' ' | '-'))
        .collect();
    let inner = |at: usize| {
        let (before, after) = halves(form, at);
        let after = after.trim_start_matches([' ', '-']);
        before.ends_with(|c: char| c.is_ascii_alphanumeric())
            && after.starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    let with = |at: usize, gap: &str| splice(form, Span::new(at, at + 1), gap);
    match gaps.as_slice() {
        [] => solid_parts(form)
            .into_iter()
            .flat_map(|(first, second)| [format!("{first}-{second}"), format!("{first} {second}")])
            .collect(),
        &[(at, gap)] if inner(at) => {
            let other = if gap == ' ' { "-" } else { " " };
            let mut ways = vec![with(at, other)];
            let letters = form.split([' ', '-']).all(|part| {
                part.len() > 1 && part.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
            });
            if letters {
                ways.push(with(at, ""));
            }
            ways
        }
        gaps => gaps
            .iter()
            .filter(|&&(at, _)| inner(at))
            .map(|&(at, gap)| with(at, if gap == ' ' { "-" } else { " " }))
            .collect(),
    }
}

/// The parts of a compound that is written solid, where its beginning or end gives it away.
fn solid_parts(word: &str) -> Option<(&str, &str)> {
    let stem = word.trim_end_matches("'s").trim_end_matches('\'');
    let by_half = HALVES
        .iter()
        .find_map(|half| stem.strip_suffix(half))
        .filter(|first| first.len() > 2)
        .map(str::len);
    let by_prefix = SOLID
        .iter()
        .find(|prefix| {
            stem.strip_prefix(**prefix)
                .is_some_and(|rest| rest.len() > 4)
        })
        .map(|prefix| prefix.len());
    by_prefix.or(by_half).map(|at| halves(word, at))
}
