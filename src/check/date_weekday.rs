//! A weekday that the date beside it does not fall on.

use jiff::civil;

use super::{Check, Draft, Level, Run, Text};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::number::{Quantity, Value};

pub(super) const CHECK: Check = Check {
    id: "date-weekday",
    level: Level::Warning,
    mqm: "accuracy/mistranslation/date-time",
    page: include_str!("date_weekday.md"),
    run: Run::Text(run),
};

/// Names of the days from Monday on.
const ENGLISH: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

const CHINESE: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    for quantity in text.quantities.iter().filter(|q| !q.ambiguous) {
        let Some(day) = weekday(quantity) else {
            continue;
        };
        let Some((span, said, right)) = beside(text, quantity.core, day) else {
            continue;
        };
        if said != day {
            let written = quantity.core.of(text.text);
            let message = format!("“{}” is not the weekday of “{written}”", span.of(text.text));
            drafts.push(Draft {
                suggestions: vec![right],
                related: vec![text.at(quantity.core)],
                ..Draft::new(text.at(span), message)
            });
        }
    }
}

/// The day of the week of a full date, Monday being 0.
fn weekday(quantity: &Quantity) -> Option<usize> {
    let Value::Date(date) = quantity.value else {
        return None;
    };
    let (year, month, day) = (date.year?, date.month?, date.day?);
    let month = i8::try_from(month).ok()?;
    let date = civil::Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()?;
    usize::try_from(date.weekday().to_monday_zero_offset()).ok()
}

/// The weekday that stands directly beside a date: where, which, and `right` written the same way.
fn beside(text: &Text<'_>, date: Span, right: usize) -> Option<(Span, usize, String)> {
    let (before, rest) = halves(text.text, date.start as usize);
    let (_, after) = halves(rest, date.of(text.text).len());
    let opens = |c: char| c == ' ' || matches!(c, '(' | '（' | ',' | '，');
    let name = after.trim_start_matches(opens);
    let at = text.text.len() - name.len();
    let led = before.trim_end_matches(opens);
    match text.lang {
        Lang::Zh => zh(name, at, right).or_else(|| {
            let start = led.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
            let start = led
                .char_indices()
                .rev()
                .nth(2)
                .map_or(start, |(i, c)| if "星礼禮".contains(c) { i } else { start });
            let found = zh(halves(led, start).1, start, right)?;
            (found.0.end as usize == led.len()).then_some(found)
        }),
        Lang::En => {
            // November 24, 2025 (Monday), but not November 24, 2025, Sunday Times
            let closed = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
            let ends = closed.is_empty() || closed.starts_with([')', '）', ',', ';']);
            let next = ends.then(|| en(name, at, right)).flatten();
            next.or_else(|| {
                let word = led.trim_end_matches('.');
                let start = word
                    .trim_end_matches(|c: char| c.is_ascii_alphabetic())
                    .len();
                en(halves(word, start).1, start, right)
            })
        }
    }
}

/// 星期一, 周一 at the head of `name`, which begins at `at`.
fn zh(name: &str, at: usize, right: usize) -> Option<(Span, usize, String)> {
    let lead = ["星期", "礼拜", "禮拜", "周", "週"]
        .into_iter()
        .find(|lead| name.starts_with(lead))?;
    let c = name.strip_prefix(lead)?.chars().next()?;
    let c = if c == '天' { '日' } else { c };
    let said = CHINESE.iter().position(|day| *day == c)?;
    let span = Span::new(at, at + lead.len() + c.len_utf8());
    Some((span, said, format!("{lead}{}", CHINESE.get(right)?)))
}

/// `Monday`, `Mon` at the head of `name`, which begins at `at`.
fn en(name: &str, at: usize, right: usize) -> Option<(Span, usize, String)> {
    let end = name
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(name.len());
    let (word, _) = halves(name, end);
    let full = ENGLISH.get(right)?;
    let same = |day: &str| {
        day == word || (3..=5).contains(&word.len()) && day.starts_with(word) && word != "Wedne"
    };
    let said = ENGLISH.iter().position(|day| same(day))?;
    let short = word.len() <= 5;
    let right: String = full
        .chars()
        .take(if short { 3 } else { full.len() })
        .collect();
    Some((Span::new(at, at + end), said, right))
}
