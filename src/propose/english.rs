//! An English term with a Chinese one in brackets behind it: `Genesis Mission (创世计划)`.

use super::bracket::{Bracket, WORDS};
use super::merge::Found;
use super::{Source, edge};
use crate::align::Dictionary;
use crate::link::form;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::words::words;

/// The pair that a bracket makes.
pub(super) fn english(
    text: &str,
    bracket: &Bracket,
    unit: u32,
    dictionary: Option<&Dictionary>,
) -> Option<Found> {
    let inner = bracket.inner.of(text).trim();
    let first = inner
        .split([',', '，', ';', '；', '/'])
        .next()
        .unwrap_or("");
    let zh = first
        .trim()
        .trim_matches(|c: char| "“”\"「」《》".contains(c));
    let han = zh.chars().filter(|&c| is_han(c)).count();
    let form = zh
        .chars()
        .all(|c| c.is_alphanumeric() || "·、-“”《》 ".contains(c));
    if !form || !(2..=24).contains(&han) {
        return None;
    }
    let before = Span::new(0, bracket.open).of(text).trim_end();
    let (en, sure) = english_left(before, zh, dictionary)?;
    Some(Found {
        zh: zh.to_owned(),
        en,
        source: Source::Bracket,
        unit,
        abbreviation: None,
        unsure: !sure,
        score: if sure { 0.93 } else { 0.55 },
        count: 1,
    })
}

/// The English term at the end of a text that a Chinese one renders.
fn english_left(before: &str, zh: &str, dictionary: Option<&Dictionary>) -> Option<(String, bool)> {
    if let Some(close) = before.chars().next_back().filter(|c| "”\"’".contains(*c)) {
        let open = match close {
            '”' => '“',
            '’' => '‘',
            _ => '"',
        };
        let inner = before.strip_suffix(close)?;
        let (_, inner) = inner.rsplit_once(open)?;
        let inner = inner.trim().trim_end_matches([',', '.']);
        return (inner.split(' ').count() <= 12).then(|| (inner.to_owned(), true));
    }
    let clause = before
        .rsplit([',', ';', ':', '(', ')', '“', '”', '。', '!', '?', '—'])
        .next()?;
    let spans = words(clause);
    let glosses: Vec<String> = words(zh)
        .iter()
        .flat_map(|w| {
            let word = fold(w.of(zh));
            let mut parts = vec![word.clone()];
            parts.extend(word.chars().map(String::from));
            let glosses = parts.iter().flat_map(|p| {
                dictionary
                    .into_iter()
                    .flat_map(|d| d.glosses(p).collect::<Vec<_>>())
            });
            let read: Option<String> = word.chars().map(crate::text::pinyin::reading).collect();
            glosses
                .flat_map(|g| g.split(' '))
                .map(form)
                .chain(read)
                .collect::<Vec<_>>()
        })
        .collect();
    let last = spans.last()?;
    let capital = |s: &Span| s.of(clause).starts_with(char::is_uppercase);
    let run = capital(last);
    let (mut start, mut met, mut gap) = (None, 0, 0);
    for (back, span) in spans.iter().rev().enumerate() {
        let word = fold(span.of(clause));
        let fits = glosses.contains(&form(&word)) || (run && capital(span));
        if fits && edge::en(&word) {
            start = Some(span.start as usize);
            met += usize::from(glosses.contains(&form(&word)));
            gap = 0;
        } else {
            gap += 1;
        }
        if gap > if run { 2 } else { 1 } || back >= WORDS {
            break;
        }
    }
    let start = start.unwrap_or(last.start as usize);
    let term = Span::new(start, last.end as usize).of(clause);
    Some((term.to_owned(), run || met >= 1))
}
