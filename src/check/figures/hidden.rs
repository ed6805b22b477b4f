//! Numbers that a text has in words that say no quantity, or in names.

use super::super::Text;
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::number::{Date, Decimal, Kind, Quantity, Value};

/// Whether a text has a number in words that say no quantity, or in a name: 三民主义 for the Three
/// Principles, NASDAQ-100, Phase II.
pub(super) fn hidden(q: &Quantity, own: &Text<'_>, text: &Text<'_>) -> bool {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mark = |c: Option<char>| c.is_some_and(|c| "0123456789.,".contains(c));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let stands = |form: &str, joins: &dyn Fn(Option<char>) -> bool| {
        text.text.match_indices(form).any(|(at, _)| {
            let (before, from) = halves(text.text, at);
            let (_, after) = halves(from, form.len());
            let span = Span::new(at, at + form.len());
            !joins(before.chars().last())
                && !joins(after.chars().next())
                && !text.quantities.iter().any(|q| q.core.overlaps(span))
        })
    };
    let written = q.core.of(own.text);
    if written.is_ascii() && stands(written, &word) {
        return true;
    }
    // CNS 15030 and CNS15030; the 228 Incident and 二二八事件
    if written.len() > 2 && written.bytes().all(|b| b.is_ascii_digit()) {
        let numerals: String = written
            .chars()
            .filter_map(|c| c.to_digit(10))
            .filter_map(|d| "〇一二三四五六七八九".chars().nth(d as usize))
            .collect();
        let numeral = |c: Option<char>| c.is_some_and(|c| NUMERALS.contains(&c) || c == '〇');
        if stands(written, &mark) || text.lang == Lang::Zh && stands(&numerals, &numeral) {
            return true;
        }
    }
    // the same characters on both sides, whatever each is read as: a model 1860s
    if written.is_ascii() && written.contains(|c: char| c.is_ascii_alphabetic()) {
        let mut all = text.text.split(|c: char| !c.is_ascii_alphanumeric());
        if all.any(|token| token == written) {
            return true;
        }
    }
    // V. Conclusions for 第五章, Annexes II–VI
    let in_roman = |value: Decimal| {
        let roman = value.whole().and_then(roman);
        roman.is_some_and(|roman| stands(&roman, &word))
    };
    let heads = matches!(q.kind, Kind::Number | Kind::Ordinal) && text.lang == Lang::En;
    match q.value {
        Value::One(value) if heads && in_roman(value) => return true,
        Value::Range(low, high) if heads && in_roman(low) && in_roman(high) => return true,
        _ => {}
    }
    let number = match q.value {
        Value::One(value) if !matches!(q.kind, Kind::Money(_)) => value.whole(),
        Value::Date(Date {
            year: Some(year),
            month: None,
            ..
        }) => Some(year.into()),
        _ => None,
    };
    let Some(number) = number.filter(|n| (1..10_000).contains(n)) else {
        return false;
    };
    let numeral = usize::try_from(number - 1)
        .ok()
        .and_then(|i| NUMERALS.get(i));
    let numeral = numeral.filter(|_| text.lang == Lang::Zh);
    stands(&number.to_string(), &digit)
        || numeral.is_some_and(|c| stands(c.encode_utf8(&mut [0; 4]), &|_| false))
}

/// A number in capital Roman numerals, as parts of texts are numbered; not I, which is a word.
fn roman(number: i64) -> Option<String> {
    let tens = usize::try_from(number / 10).ok().filter(|tens| *tens < 4)?;
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let one = usize::try_from(number % 10)
        .ok()
        .and_then(|i| ones.get(i))?;
    (number > 1).then(|| "X".repeat(tens) + one)
}
