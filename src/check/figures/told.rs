//! Figures that one text has and the other tells by a word: 去年, 年内, a year earlier, the last
//! quarter, a decade, an hour, 上百名, noon, in her twenties.

use super::super::Text;
use super::{Difference, day_name, stands_alone};
use crate::lang::Lang;
use crate::span::halves;
use crate::text::number::{Date, Decimal, Kind, Quantity, Relation, Unit, Value, estimates};

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

/// Whether a text tells by a word what `q`, a quantity of `own`, gives as a figure.
pub(super) fn by_a_word(q: &Quantity, own: &Text<'_>, other: &Text<'_>) -> bool {
    match (q.kind, q.value) {
        _ if is_year(q) => year(other),
        _ if day_name::names(q, other) || vague(q, other) => true,
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
        (Kind::Clock, Value::One(minutes)) => match minutes.whole() {
            Some(720) => says(other, &["中午", "正午"], &["noon", "midday"]),
            Some(0 | 1440) => says(other, &["午夜", "半夜"], &["midnight"]),
            _ => false,
        },
        (Kind::Measure(unit), Value::One(day)) if unit.name() == "hour" && day == 24.into() => {
            let words = ["around the clock", "round-the-clock", "24/7"];
            says(other, &["全天候", "昼夜", "晝夜"], &words)
        }
        (Kind::Money(currency), Value::One(one)) if one == 1.into() => {
            // 1美元兑155日元 is 155 yen to the dollar
            let name = currency.short_name();
            let words = ["the", "a", "per"].map(|word| format!("{word} {name}"));
            other.lang == Lang::En && words.iter().any(|words| has_word(other.text, words))
        }
        (Kind::Number, Value::One(tens)) if other.lang == Lang::En => {
            let ages = AGES.iter().find(|(_, years)| tens == (*years).into());
            ages.is_some_and(|(word, _)| has_word(other.text, word))
        }
        // 第3条第2款第1项 is Article 3(2)(a)
        (Kind::Ordinal, Value::One(place)) if is_item(q, own) => {
            let letter = place.whole().and_then(|n| u8::try_from(n).ok());
            let letter = letter
                .filter(|n| (1..=26).contains(n))
                .map(|n| char::from(b'a' + n - 1));
            letter.is_some_and(|letter| other.text.contains(&format!("({letter})")))
        }
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

/// Whether a place in an order is that of an item in a law: 第1项.
fn is_item(q: &Quantity, own: &Text<'_>) -> bool {
    let (_, after) = halves(own.text, q.span.end as usize);
    after.trim_start().starts_with(['项', '項', '目', '款'])
}

/// Ages that English says by ten years.
const AGES: [(&str, i64); 8] = [
    ("twenties", 20),
    ("thirties", 30),
    ("forties", 40),
    ("fifties", 50),
    ("sixties", 60),
    ("seventies", 70),
    ("eighties", 80),
    ("nineties", 90),
];

/// Whether a Chinese text counts vaguely what `q` gives as a figure: more than a hundred for 上百名,
/// 15 per 1,000 for 每千人.
fn vague(q: &Quantity, other: &Text<'_>) -> bool {
    let counts = matches!(q.kind, Kind::Number | Kind::Money(_) | Kind::Measure(_));
    let known = |e: &Quantity| e.value == q.value && e.relation != Some(Relation::Several);
    counts && other.lang == Lang::Zh && estimates(other.text, Lang::Zh).iter().any(known)
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
    !word.is_empty() && stands_alone(&text.to_ascii_lowercase(), word, char::is_alphanumeric)
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
