//! Chinese names: 商务部, 国家卫生健康委员会.

use super::Name;
use crate::check::consistency::is_small;
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_han, simplified};

/// What kinds of organization there are, longer ones first.
const KINDS: [&str; 11] = [
    "委员会",
    "办公室",
    "科学院",
    "法院",
    "总局",
    "总署",
    "部",
    "局",
    "院",
    "署",
    "厅",
];

/// Words before a name that say whose it is.
const COUNTRIES: [(&str, &str); 13] = [
    ("美国", "US"),
    ("美", "US"),
    ("中国", "CN"),
    ("我国", "CN"),
    ("中华人民共和国", "CN"),
    ("日本", "JP"),
    ("俄罗斯", "RU"),
    ("英国", "GB"),
    ("韩国", "KR"),
    ("法国", "FR"),
    ("德国", "DE"),
    ("印度", "IN"),
    ("澳大利亚", "AU"),
];

/// The most words before the one with the kind that may belong to a name.
const BEFORE: usize = 4;

/// The names in a text with these words.
pub(super) fn names(text: &str, words: &[Span]) -> Vec<Name> {
    let plain: Vec<String> = words
        .iter()
        .map(|word| word.of(text).chars().map(simplified).collect())
        .collect();
    let names = (0..words.len()).filter_map(|at| name(words, &plain, at));
    names.collect()
}

/// The name that ends with a word.
fn name(words: &[Span], plain: &[String], at: usize) -> Option<Name> {
    let (word, own) = (*words.get(at)?, plain.get(at)?);
    let kind = KINDS.into_iter().find(|kind| own.ends_with(kind))?;
    let rest = own.strip_suffix(kind).unwrap_or_default();
    let mut ways: Vec<(Span, Vec<String>)> = Vec::new();
    let mut full = Vec::new();
    if !rest.is_empty() {
        full.push(rest.to_owned());
        ways.push((word, full.clone()));
    }
    let mut country = None;
    let mut start = word;
    for before in (0..at).rev().take(BEFORE) {
        let (span, this) = (*words.get(before)?, plain.get(before)?);
        if span.end != start.start || !this.chars().all(is_han) {
            break;
        }
        if let Some((_, code)) = COUNTRIES.iter().find(|(name, _)| name == this) {
            country = Some(*code);
            break;
        }
        if is_small(this, Lang::Zh) && this != "和" {
            break;
        }
        start = span;
        full.insert(0, this.clone());
        let whole = Span {
            start: start.start,
            end: word.end,
        };
        ways.push((whole, full.clone()));
    }
    let long =
        |way: &(Span, Vec<String>)| way.1.iter().map(|w| w.chars().count()).sum::<usize>() > 1;
    ways.retain(long);
    let mut ways = ways.into_iter();
    let (span, words) = ways.next()?;
    Some(Name {
        span,
        words,
        kind: kind.to_owned(),
        country,
        open: ways.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn where_a_name_begins_is_open() {
        let text = "美国商务部会同國家發展和改革委員會";
        let names = names(text, &words(text));
        let first = &names[0];
        assert_eq!(first.span.of(text), "商务部");
        assert_eq!(first.country, Some("US"));
        let last = &names[1];
        let longest = last.open.last().unwrap();
        assert!(longest.0.of(text).ends_with("國家發展和改革委員會"));
        assert_eq!(last.kind, "委员会");
    }
}
