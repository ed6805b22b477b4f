//! Years, parts of years, halves and single units that one text gives as figures and the other by a
//! word: 去年, 年内, a year earlier, the last quarter, a decade, an hour.

use super::super::Text;
use super::Difference;
use crate::lang::Lang;
use crate::span::halves;
use crate::text::number::{Date, Decimal, Kind, Quantity, Unit, Value};

/// Words for a year seen from where the text stands, in both scripts.
const YEARS_ZH: [&str; 24] = [
    "年内", "年內", "今年", "本年", "去年", "上年", "前年", "明年", "翌年", "次年", "同年", "当年",
    "當年", "该年", "該年", "全年", "往年", "年初", "年中", "年底", "年末", "年终", "年終", "年来",
];

/// The same in English, in lower case.
const YEARS_EN: [&str; 20] = [
    "the year",
    "this year",
    "last year",
    "next year",
    "that year",
    "same year",
    "previous year",
    "preceding year",
    "prior year",
    "past year",
    "following year",
    "subsequent year",
    "current year",
    "whole year",
    "full year",
    "full-year",
    "year ago",
    "year earlier",
    "year before",
    "year-end",
];

/// Whether a difference is a year that stands in one text alone.
pub(super) fn year_alone(difference: &Difference) -> bool {
    match (&difference.source, &difference.target) {
        (Some(q), None) | (None, Some(q)) => is_year(q),
        _ => false,
    }
}

/// Whether a quantity is a year and nothing else.
pub(super) fn is_year(q: &Quantity) -> bool {
    let bare = |date: Date| date.year.is_some() && date.month.is_none() && date.day.is_none();
    match q.value {
        Value::Date(date) => bare(date),
        _ => q.kind == Kind::FiscalYear,
    }
}

/// Whether a text tells by a word what `q` gives as a figure.
pub(super) fn by_a_word(q: &Quantity, other: &Text<'_>) -> bool {
    match (q.kind, q.value) {
        _ if is_year(q) => year(other),
        (Kind::Percent, Value::One(half)) if half == 50.into() => says(
            other,
            &["减半", "減半", "折半", "一半", "半数", "半數"],
            &["half", "halve"],
        ),
        (Kind::Quarter, Value::One(last)) if last == 4.into() => says(
            other,
            &["末季", "最后一季", "最後一季"],
            &["last quarter", "final quarter"],
        ),
        (Kind::Discount, Value::One(half)) if half == 50.into() => says(other, &[], &["half"]),
        (Kind::Measure(unit), Value::One(value)) => {
            let name = if value == 1.into() {
                unit.name()
            } else {
                span_of(unit, value)
            };
            other.lang == Lang::En && has_word(other.text, name)
        }
        (Kind::PercentPoints, Value::One(one)) if one == 1.into() => {
            says(other, &[], &["a percentage point"])
        }
        _ => false,
    }
}

/// The English word that is so many years by itself: 十年 and a decade; empty where there is none.
fn span_of(unit: Unit, value: Decimal) -> &'static str {
    match value.whole() {
        _ if unit.name() != "year" => "",
        Some(10) => "decade",
        Some(50) => "half a century",
        Some(100) => "century",
        Some(1000) => "millennium",
        _ => "",
    }
}

/// Whether an English text has a word or words, whatever their case, by themselves: not the hour
/// of hours.
fn has_word(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let lower = text.to_ascii_lowercase();
    !word.is_empty()
        && lower.match_indices(word).any(|(at, _)| {
            let (before, from) = halves(&lower, at);
            let (_, after) = halves(from, word.len());
            !letter(before.chars().last()) && !letter(after.chars().next())
        })
}

/// Whether a text has a word for a year; not the 年底 of 2015年底.
fn year(text: &Text<'_>) -> bool {
    match text.lang {
        Lang::En => says(text, &[], &YEARS_EN),
        Lang::Zh => YEARS_ZH.iter().any(|word| {
            text.text.match_indices(word).any(|(at, _)| {
                let (before, _) = halves(text.text, at);
                let numeral = |c: char| c.is_numeric() || "〇零一二三四五六七八九十百".contains(c);
                !before.trim_end().ends_with(numeral)
            })
        }),
    }
}

/// Whether a text has one of the words of its language.
fn says(text: &Text<'_>, zh: &[&str], en: &[&str]) -> bool {
    match text.lang {
        Lang::Zh => zh.iter().any(|word| text.text.contains(word)),
        Lang::En => {
            let lower = text.text.to_ascii_lowercase();
            en.iter().any(|word| lower.contains(word))
        }
    }
}
