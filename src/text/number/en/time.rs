//! Times of day, parts of a year, fiscal years, decades, ordinals in English.

use super::amount::number;
use super::date::era;
use super::word;
use super::{after_words, gap};
use crate::text::number::figures::{colon_clock, half_year};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Kind, Value};

/// `half past three`, `a quarter to four`, `five o'clock`.
fn clock_in_words(text: &Text, i: usize) -> Option<Reading> {
    const QUARTERS: [(&[&str], i64); 3] = [
        (&["half past"], 30),
        (&["a quarter past", "quarter past"], 15),
        (&["a quarter to", "quarter to"], -15),
    ];
    let hour = |i: usize| {
        let number = number(text, i).filter(|number| number.scale == 0)?;
        let hour = number
            .value
            .whole()
            .filter(|hour| (1..=12).contains(hour))?;
        Some((hour * 60, number.end))
    };
    let parted = QUARTERS.iter().find_map(|(words, minutes)| {
        let after = after_words(text, i, words)?;
        let (hour, end) = hour(text.spaces(after))?;
        // a quarter to 4 percent, but at a quarter to four
        let before = text.spaces_before(i);
        let at = ["at", "At", "by", "until", "till", "before", "after"];
        let timed = *minutes > 0 || text.ends_any(before, &at).is_some();
        (timed && !matches!(text.get(end), '%' | '-')).then_some((hour + minutes, end))
    });
    let (minutes, end) = if let Some(parted) = parted {
        parted
    } else {
        let (hour, end) = hour(i)?;
        (hour, after_words(text, text.spaces(end), &["o'clock"])?)
    };
    Part::of(i, end, Kind::Clock, minutes).alone()
}

/// `2:30 p.m.`, `14:30`, `5 p.m.`, `10 o'clock`.
pub(super) fn clock(text: &Text, i: usize) -> Option<Reading> {
    if let Some(clock) = clock_in_words(text, i) {
        return Some(clock);
    }
    let (minutes, end, colon) = if let Some((minutes, end)) = colon_clock(text, i) {
        (minutes, end, true)
    } else {
        if let Some((minutes, end)) = point_clock(text, i) {
            return Part::of(i, end, Kind::Clock, minutes).alone();
        }
        let literal = text
            .literal(i)
            .filter(|l| l.plain.is_some_and(|digits| digits <= 2))?;
        (
            literal
                .value
                .whole()
                .filter(|hour| (1..=12).contains(hour))?
                * 60,
            literal.end,
            false,
        )
    };
    let at = text.spaces(end);
    let (minutes, end) = if let Some(end) = after_words(text, at, &["p.m.", "pm", "p.m"]) {
        (minutes % 720 + 720, end)
    } else if let Some(end) = after_words(text, at, &["a.m.", "am", "a.m"]) {
        (minutes % 720, end)
    } else if let Some(end) = after_words(text, at, &["o'clock", "noon"]) {
        (minutes, end)
    } else if colon {
        (minutes, end)
    } else {
        return None;
    };
    Part::of(i, end, Kind::Clock, minutes).alone()
}

/// `2.30 pm`
pub(super) fn point_clock(text: &Text, i: usize) -> Option<(i64, usize)> {
    let literal = text.literal(i)?;
    let written = text.string(i, literal.end);
    let (hour, minute) = written
        .split_once('.')
        .filter(|(_, minute)| minute.len() == 2)?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    let at = text.spaces(literal.end);
    let (half, end) = match after_words(text, at, &["p.m.", "pm", "p.m"]) {
        Some(end) => (720, end),
        None => (0, after_words(text, at, &["a.m.", "am", "a.m"])?),
    };
    (hour <= 12 && minute < 60).then_some((hour % 12 * 60 + minute + half, end))
}

/// `FY2026`, `FY26`, `fiscal year 2026`, `fiscal 2026`.
pub(super) fn fiscal_year(text: &Text, i: usize) -> Option<Reading> {
    let at = match text.after(i, "FY") {
        Some(end) => text.spaces(end),
        None => text.spaces(after_words(
            text,
            i,
            &["fiscal year", "fiscal years", "fiscal", "financial year"],
        )?),
    };
    let literal = text.literal(at)?;
    let year = literal.value.whole()?;
    let year = match literal.plain? {
        4 if (1900..2200).contains(&year) => year,
        2 => 2000 + year,
        _ => return None,
    };
    Part::of(i, literal.end, Kind::FiscalYear, year).alone()
}

/// `first three quarters`, of which the words after `first` begin at `at`.
fn first_quarters(text: &Text, i: usize, at: usize) -> Option<Reading> {
    let number = number(text, at).filter(|number| number.scale == 0)?;
    let last = number.value.whole().filter(|n| (2..=3).contains(n))?;
    let next = text.spaces(number.end);
    let end = after_words(text, next, &["quarters"]).filter(|_| next > number.end)?;
    let quarters = Value::Range(1.into(), last.into());
    let mut part = Part::new(i, end, Kind::Quarter, quarters);
    part.soft = true;
    part.alone()
}

/// `Q3`, `H1 2025`, `third quarter`, `first half of`, `20th century`, `75th anniversary`.
pub(super) fn period(text: &Text, i: usize) -> Option<Reading> {
    if text.get(i) == 'Q'
        && ('1'..='4').contains(&text.get(i + 1))
        && !text.get(i + 2).is_ascii_alphanumeric()
    {
        let quarter = text.get(i + 1).to_digit(10)?;
        return Part::of(i, i + 2, Kind::Quarter, quarter.into()).alone();
    }
    if let Some((half, end)) = half_year(text, i) {
        return Part::of(i, end, Kind::HalfYear, half).alone();
    }
    let (value, end) = ordinal_at(text, i)?;
    let at = gap(text, end);
    let fits = |words: &[&str]| after_words(text, at, words).filter(|_| at > end);
    if let Some(end) = fits(&["century", "centuries"]) {
        let (value, end) = match era(text, end) {
            Some((true, after)) => (-value, after),
            Some((false, after)) => (value, after),
            None => (value, end),
        };
        return Part::of(i, end, Kind::Century, value).alone();
    }
    if let Some(end) = fits(&["anniversary"]) {
        let mut part = Part::of(i, end, Kind::Anniversary, value);
        part.soft = value <= 2;
        return part.alone();
    }
    if let Some(end) = fits(&["quarter", "fiscal quarter"]).filter(|_| (1..=4).contains(&value)) {
        return Part::of(i, end, Kind::Quarter, value).alone();
    }
    if value == 1
        && let Some(quarters) = first_quarters(text, i, at)
    {
        return Some(quarters);
    }
    if let Some(end) = fits(&["half"]).filter(|_| value <= 2) {
        let next = text.spaces(end);
        let year = after_words(
            text,
            next,
            &["of the year", "of this year", "of last year", "year"],
        );
        let dated = after_words(text, next, &["of", "in"]).is_some_and(|of| {
            text.literal(text.spaces(of))
                .is_some_and(|l| l.plain == Some(4))
                || after_words(text, text.spaces(of), &["the century"]).is_some()
        });
        let mut part = Part::of(i, end, Kind::HalfYear, value);
        part.soft = year.is_none() && !dated;
        return part.alone();
    }
    None
}

/// The ordinal at `i` and the place after it: `119th`, `third`, `twenty-first`.
pub(super) fn ordinal_at(text: &Text, i: usize) -> Option<(i64, usize)> {
    if let Some(literal) = text.literal(i) {
        let end = text.after_any(literal.end, &["st", "nd", "rd", "th"])?;
        return (!text.get(end).is_ascii_alphanumeric()).then_some((literal.value.whole()?, end));
    }
    let words = word::read(text, i).filter(|words| words.ordinal)?;
    Some((words.value.whole()?, words.end))
}

/// Whether what begins at `i` is somebody's age and no decade: in his 40s, in their early 60s.
fn of_age(text: &Text, i: usize) -> bool {
    let before = text.spaces_before(i);
    let part = text.ends_any(before, &["early", "mid", "late"]);
    let owner = text.spaces_before(part.unwrap_or(before));
    let words = ["his", "her", "their", "my", "your", "our"];
    let start = text.ends_any(owner, &words);
    start.is_some_and(|start| !text.before(start).is_alphanumeric())
}

/// `1990s`, `'90s`, `119th`, `third`, `14th Five-Year Plan`.
pub(super) fn decade_or_ordinal(text: &Text, i: usize) -> Option<Reading> {
    if let Some(literal) = text.literal(i) {
        let end = text
            .after_any(literal.end, &["s", "'s"])
            .filter(|end| !text.get(*end).is_ascii_alphanumeric());
        let value = literal.value.whole()?;
        if let Some(end) = end {
            let decade = literal.plain == Some(4) && (1000..2100).contains(&value)
                || literal.plain == Some(2) && value >= 20;
            let kind = if value < 100 && of_age(text, i) {
                Kind::Number
            } else {
                Kind::Decade
            };
            return (decade && value % 10 == 0)
                .then(|| Part::of(i, end, kind, value))
                .and_then(Part::alone);
        }
    }
    let (value, end) = ordinal_at(text, i)?;
    let mut part = Part::of(i, end, Kind::Ordinal, value);
    let spelled = text.get(i).is_ascii_alphabetic();
    // 1st class, a rank: 一等
    let ranks = || after_words(text, text.spaces(end), &["class", "grade", "rank"]).is_some();
    part.soft = value <= 3 && (spelled || ranks());
    // the five-year plans are known by their number; the five is part of the name, and Chinese
    // has names for them that are no numbers (十四五)
    if let Some(name) = after_words(text, text.spaces(end), &["five-year plan", "five-year"]) {
        part.soft = true;
        return Some(Reading {
            parts: vec![part],
            end: name,
        });
    }
    // one-third is read as a fraction
    part.alone()
}
