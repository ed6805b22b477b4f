//! Digits that belong to a name and are no quantity: `GPT-4`, `F-35`, `5G`, `V3.1`, URLs.

use std::ops::Range;

use super::currency;
use super::date::Date;
use super::figures::{half_year, is_sign, of_degrees};
use super::text::Text;
use super::unit::Unit;
use crate::text::chars::is_han;

/// The places of names that hold digits.
pub(super) fn names(text: &Text) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        if let Some(end) = address(text, i) {
            found.push(i..end);
            i = end;
        } else if joins(text.get(i)) {
            let mut end = text.while_at(i, |c| {
                joins(c) || matches!(c, '.' | '-' | '/' | '_' | '@' | '&' | '+' | '\'')
            });
            let next = end;
            while end > i && !joins(text.before(end)) {
                end -= 1;
            }
            // Most words have no digit and are no such name.
            let numbered = (i..end).any(|at| text.get(at).is_ascii_digit());
            if numbered && named(text, i, end) {
                found.push(i..end);
            }
            i = next;
        } else {
            i += 1;
        }
    }
    found
}

/// Whether a run of Latin letters, digits and joining marks is a name.
fn named(text: &Text, i: usize, end: usize) -> bool {
    let run = text.string(i, end);
    let half = half_year(text, i).is_some_and(|(_, last)| last == end);
    is_name(&run) && !is_money(text.before(i)) && !half || han_model(text, i, &run)
}

/// Whether what follows `sign` is an amount: `$50B`.
fn is_money(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '￥' | '₩' | '₹' | '₽')
}

/// Whether `c` is a letter or digit of a Latin word.
fn joins(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c) && !matches!(c, '²' | '³')
}

/// The end of the URL at `i`.
fn address(text: &Text, i: usize) -> Option<usize> {
    let first = text.get(i).to_ascii_lowercase();
    if joins(text.before(i)) || !matches!(first, 'h' | 'f' | 'w' | 'd' | 'm') {
        return None;
    }
    text.after_any(
        i,
        &["http://", "https://", "ftp://", "www.", "doi:", "mailto:"],
    )?;
    let end = text.while_at(i, |c| {
        !c.is_whitespace() && c.is_ascii() && !matches!(c, '"' | '<' | '>' | '(' | ')' | '|' | '`')
    });
    Some(end)
}

/// 歼-20, 东风-41: Han, a hyphen and digits that end a word. 2020年-2025年 is none, nor is 气温为-5℃.
fn han_model(text: &Text, i: usize, run: &str) -> bool {
    let before = i.checked_sub(2).map(|i| text.get(i));
    run.chars().all(|c| c.is_ascii_digit())
        && run.len() <= 4
        && text.before(i) == '-'
        && !of_degrees(text, i)
        && before.is_some_and(|c| {
            is_han(c)
                && !is_sign(c)
                && !"年月日号时分秒度元亿万千百十成吨个人岁期级倍条款项页章节米里斤克天周"
                    .contains(c)
        })
}

/// Whether a run of Latin letters, digits and joining marks is a name with digits in it.
fn is_name(run: &str) -> bool {
    if !run.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if run.contains(['@', '_']) {
        return true;
    }
    if !run.contains(char::is_alphabetic) {
        return run.split('-').any(dotted);
    }
    if run.matches('/').count() > 1 && !run.starts_with(|c: char| c.is_ascii_digit()) {
        return true; // A/RES/56/1
    }
    let mut pieces = run.split(['-', '/']).peekable();
    let mut before = "";
    while let Some(piece) = pieces.next() {
        if piece_is_name(piece, before, pieces.peek().copied()) {
            return true;
        }
        before = piece;
    }
    false
}

/// 1.2.3 and 10.0.0.1, but not 2025.11.24.
fn dotted(run: &str) -> bool {
    let parts: Vec<Option<i32>> = run.split('.').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(year @ 1900..=2099), Some(month), Some(day)] => Date::new(
            Some(*year),
            u8::try_from(*month).ok(),
            u8::try_from(*day).ok(),
        )
        .is_none(),
        [_, _, _, ..] => true,
        _ => false,
    }
}

/// Whether one hyphen-free piece makes its run a name.
fn piece_is_name(piece: &str, before: &str, after: Option<&str>) -> bool {
    let Some(first) = piece.find(|c: char| c.is_ascii_digit()) else {
        return false;
    };
    let (letters, rest) = crate::span::halves(piece, first);
    let digits_end = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .unwrap_or(rest.len());
    let (_, suffix) = crate::span::halves(rest, digits_end);
    // a full stop without its space: `Bioeasy.80%`, `in 2013.As`
    let (number, _) = crate::span::halves(rest, digits_end);
    let glued = number.ends_with('.') && suffix.starts_with(char::is_uppercase);
    let suffix = if glued { "" } else { suffix };
    let sentence =
        letters.ends_with('.') && letters.chars().filter(|c| c.is_lowercase()).count() > 1;
    let letters = if sentence {
        ""
    } else {
        letters.trim_end_matches('.')
    };
    let prefixed = !letters.is_empty() && !is_prefix(letters);
    let suffixed = !suffix.is_empty() && !is_suffix(suffix);
    // COVID-19 and F-35, but mid-2025, Sept-5 and 2020-2025
    let hyphened = before.chars().all(|c| c.is_alphabetic() || c == '\'')
        && !before.is_empty()
        && !leads(before);
    // 10-K and 7-Eleven, but 5-year and 155-MW
    let capital = suffix.is_empty()
        && after.is_some_and(|after| {
            after.starts_with(char::is_uppercase)
                && (after.len() == 1 || !is_suffix(after))
                && Date::month_named(after).is_none()
        });
    prefixed || suffixed || hyphened || capital
}

/// Words before a hyphen that leave the number a number.
fn leads(word: &str) -> bool {
    [
        "mid", "pre", "post", "late", "early", "under", "over", "top", "non", "age", "aged", "to",
        "the", "twenty", "ages",
    ]
    .contains(&word.to_ascii_lowercase().as_str())
        || Date::month_named(word).is_some()
        || is_prefix(word)
}

/// Letters that may stand directly before digits.
fn is_prefix(letters: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "Q", "FY", "US", "HK", "NT", "No", "Nos", "no", "nos", "Sec", "Art", "Arts", "Fig", "Figs",
        "Table", "Vol", "p", "pp", "Ch", "Para", "para", "n", "N", "CY", "Article", "Section",
        "Rule", "Part", "about", "about", "of", "to", "in",
    ];
    PREFIXES.contains(&letters)
        || Date::month_named(letters).is_some()
        || currency::ROWS
            .iter()
            .any(|row| row.code == letters || row.prefixes.contains(&letters))
}

/// Letters that may stand directly after digits: ordinals, scales, units, times of day.
fn is_suffix(letters: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "st", "nd", "rd", "th", "s", "'s", "k", "K", "m", "mn", "mln", "bn", "tn", "trn", "x", "X",
        "am", "pm", "a.m", "p.m", "AM", "PM", "percent", "pct", "pp", "ppm", "ppb", "bp", "bps",
        "years", "year", "days", "million", "billion", "trillion", "fold", "hr", "hrs", "mins",
        "secs", "kph", "mph", "Q",
    ];
    let letters = letters.split('/').next().unwrap_or(letters);
    SUFFIXES.contains(&letters)
        || Unit::all().any(|(_, row)| row.symbols.contains(&letters))
        || currency::ROWS
            .iter()
            .any(|row| row.code == letters || row.prefixes.contains(&letters))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_with_digits() {
        for name in [
            "GPT-4",
            "F-35",
            "5G",
            "H20",
            "V3.1",
            "COVID-19",
            "G20",
            "A/RES/56/1",
            "SARS-CoV-2",
            "1.2.3",
            "CO2",
            "3D",
            "10-K",
            "a_1",
            "j.doe1@state.gov",
            "DeepSeek-V3",
            "ISO-8601",
            "x86",
            "B2B",
            "10.0.0.1",
        ] {
            assert!(is_name(name), "{name}");
        }
    }

    #[test]
    fn numbers_with_letters() {
        for number in [
            "14th",
            "1990s",
            "10km",
            "50bn",
            "Q3",
            "FY26",
            "FY2026",
            "5-year",
            "65-year-old",
            "mid-2025",
            "RMB50",
            "No.5",
            "155-MW",
            "2025.11.24",
            "2020-2025",
            "100km/h",
            "24h",
            "20th-century",
            "50-billion-dollar",
            "12",
            "3.5",
        ] {
            assert!(!is_name(number), "{number}");
        }
    }
}
