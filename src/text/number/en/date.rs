//! Dates in English.

use super::after_words;
use super::word::{self, word};
use crate::text::number::date::Date;
use crate::text::number::figures::numeric_date;
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Kind, Value};

/// `November 24, 2025`, `24 November 2025`, `Nov. 24–26`, `November 2025`, `2025-11-24`, `11/24/2025`.
pub(super) fn date(text: &Text, i: usize) -> Option<Reading> {
    if let Some((date, end)) = numeric_date(text, i) {
        return Part::new(i, end, Kind::Date, Value::Date(date)).alone();
    }
    if let Some((date, ambiguous, end)) = us_date(text, i) {
        return Part {
            ambiguous,
            ..Part::new(i, end, Kind::Date, Value::Date(date))
        }
        .alone();
    }
    if let Some(dated) = of_era(text, i) {
        return Some(dated);
    }
    if let Some((month, end)) = month_name(text, i) {
        return month_first(text, i, month, end);
    }
    days_first(text, i)
}

/// `221 BC`, `AD 618`, `475–221 BCE`.
fn of_era(text: &Text, i: usize) -> Option<Reading> {
    let year = |i: usize| {
        let literal = text.literal(i)?;
        literal.plain.filter(|digits| *digits <= 4)?;
        let year = i32::try_from(literal.value.whole()?).ok()?;
        (year > 0).then_some((year, literal.end))
    };
    let part = |start, end, year| Part::new(start, end, Kind::Date, Value::Date(Date::year(year)));
    if let Some(at) = text.after(i, "AD ") {
        let (first, end) = year(at)?;
        return part(i, end, first).alone();
    }
    let (first, end) = year(i)?;
    if let Some((before, last)) = era(text, end) {
        // in 2010 BC Hydro, 2020 CE marks
        let fits = if before {
            first < 1900
        } else {
            first < 1500 && end > i + 2
        };
        let first = if before { -first } else { first };
        return fits.then(|| part(i, last, first)).and_then(Part::alone);
    }
    let next = text.after_any(end, &["-", "–", "—", " to ", " - ", " – "])?;
    let (second, second_end) = year(next).filter(|(second, _)| *second < first)?;
    let (_, last) = era(text, second_end).filter(|(before, _)| *before)?;
    Some(Reading {
        parts: vec![part(i, end, -first), part(next, last, -second)],
        end: last,
    })
}

/// The name of an era after a year or century that ends at `i`: whether it is the one before
/// ours, and the place after it.
pub(super) fn era(text: &Text, i: usize) -> Option<(bool, usize)> {
    let at = text.spaces(i);
    let named = |names: &[&str]| {
        let end = text.after_any(at, names).filter(|_| at > i)?;
        (!text.get(end).is_alphanumeric()).then_some(end)
    };
    let before = named(&["BC", "BCE", "B.C.", "B.C.E."]).map(|end| (true, end));
    before.or_else(|| Some((false, named(&["AD", "CE", "A.D.", "C.E."])?)))
}

/// `24 November 2025`, `24th of November`, `1–10 January 2020`, `3 and 4 February`.
pub(super) fn days_first(text: &Text, i: usize) -> Option<Reading> {
    let (first, end) = day(text, i).or_else(|| day_in_words(text, i))?;
    let mut days = vec![(first, i, end)];
    days.extend(second_day(text, first, end));
    let (_, last, end) = *days.last()?;
    let mut at = text.spaces(end);
    // 24th of November, but not section 2 of November 24
    let ordinal = text.before(end).is_ascii_alphabetic();
    if let Some(after) = after_words(text, at, &["of", "day of"]).filter(|_| ordinal) {
        at = text.spaces(after);
    }
    let (month, end) = month_name(text, at).filter(|_| at > last + 1)?;
    let (year, end) = year_after(text, end).map_or((None, end), |(year, end)| (Some(year), end));
    dated(year, month, &days, end)
}

/// A later day of the same month, joined at `i`: the `4` of `3 and 4 February`, with its place.
fn second_day(text: &Text, first: u8, i: usize) -> Option<(u8, usize, usize)> {
    let joined = text.after_any(text.spaces(i), &["-", "–", "—", "to ", "and "])?;
    let start = text.spaces(joined);
    let (second, end) = day(text, start).filter(|(second, _)| *second > first)?;
    Some((second, start, end))
}

/// The dates of one month and year; the last reaches to `end`.
pub(super) fn dated(
    year: Option<i32>,
    month: u8,
    days: &[(u8, usize, usize)],
    end: usize,
) -> Option<Reading> {
    let mut parts = Vec::new();
    for (day, start, day_end) in days {
        let date = Date::new(year, Some(month), Some(*day))?;
        parts.push(Part::new(*start, *day_end, Kind::Date, Value::Date(date)));
    }
    parts.last_mut()?.end = end;
    Some(Reading { parts, end })
}

/// `11/24/2025`: month first unless that cannot be; ambiguous where both orders can.
pub(super) fn us_date(text: &Text, i: usize) -> Option<(Date, bool, usize)> {
    if !text.literal_begins(i) || matches!(text.before(i), '/' | '-' | '.') {
        return None;
    }
    let number = |i: usize, most: usize| {
        let end = text.while_at(i, |c| c.is_ascii_digit());
        (end > i && end - i <= most)
            .then(|| Some((text.string(i, end).parse::<i32>().ok()?, end)))
            .flatten()
    };
    let (first, end) = number(i, 2)?;
    let (second, end) = number(end + 1, 2).filter(|_| text.get(end) == '/')?;
    let (year, after) = number(end + 1, 4).filter(|_| text.get(end) == '/')?;
    let (a, b) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    // 8/31/17, where no other order is possible
    let year = match after - end {
        5 => year,
        3 if a > 12 || b > 12 => year + if year < 50 { 2000 } else { 1900 },
        _ => return None,
    };
    let end = after;
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some((
        Date::new(Some(year), Some(month), Some(day))?,
        a <= 12 && b <= 12 && a != b,
        end,
    ))
}

/// A month's name or abbreviation at `i`, capitalized, with its full stop.
pub(super) fn month_name(text: &Text, i: usize) -> Option<(u8, usize)> {
    let (name, end) = word(text, i)?;
    let month = Date::month_named(&name)?;
    // in lower case only the full names that are no other word, or with a day after them
    let full = name.len() >= 4 && name != "march";
    if !text.get(i).is_ascii_uppercase() && !full && day(text, text.spaces(end)).is_none() {
        return None;
    }
    let full_stop = text.get(end) == '.' && name.len() <= 4 && name != "may";
    Some((month, end + usize::from(full_stop)))
}

/// A day of the month at `i`: `24`, `24th`.
pub(super) fn day(text: &Text, i: usize) -> Option<(u8, usize)> {
    let literal = text.literal(i)?;
    literal.plain.filter(|digits| *digits <= 2)?;
    let day = u8::try_from(literal.value.whole()?)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let end = text
        .after_any(literal.end, &["st", "nd", "rd", "th"])
        .unwrap_or(literal.end);
    (!text.get(end).is_ascii_alphanumeric()).then_some((day, end))
}

/// A day of the month in words at `i`, where `of` follows: `thirty-first day of`.
fn day_in_words(text: &Text, i: usize) -> Option<(u8, usize)> {
    let words = word::read(text, i).filter(|words| words.ordinal)?;
    let day = words.value.whole().and_then(|day| u8::try_from(day).ok())?;
    let of = after_words(text, text.spaces(words.end), &["of", "day of"]).is_some();
    (of && (1..=31).contains(&day)).then_some((day, words.end))
}

/// A day in words behind its month: `June Fourth`, but not `June third-quarter results`.
fn named_day(text: &Text, i: usize) -> Option<(u8, usize)> {
    let words = word::read(text, i).filter(|words| words.ordinal)?;
    let day = words.value.whole().and_then(|day| u8::try_from(day).ok())?;
    let name = text.get(i).is_ascii_uppercase() && (1..=31).contains(&day);
    name.then_some((day, words.end))
}

/// A year after `, ` or a space.
pub(super) fn year_after(text: &Text, i: usize) -> Option<(i32, usize)> {
    let at = text.spaces(if text.get(i) == ',' { i + 1 } else { i });
    let at = after_words(text, at, &["of"]).map_or(at, |after| text.spaces(after));
    let literal = text.literal(at).filter(|l| l.plain == Some(4) && at > i)?;
    let year = i32::try_from(literal.value.whole()?)
        .ok()
        .filter(|year| (1000..=2999).contains(year))?;
    (!text.get(literal.end).is_ascii_alphabetic() && text.get(literal.end) != '%')
        .then_some((year, literal.end))
}

/// A date that begins with its month, the name ending at `end`.
pub(super) fn month_first(text: &Text, i: usize, month: u8, end: usize) -> Option<Reading> {
    let at = text.spaces(end);
    let with = |year| Date::new(year, Some(month), None).map(Value::Date);
    let begun = day(text, at).or_else(|| named_day(text, at));
    if let Some((first, day_end)) = begun.filter(|_| at > end || text.before(end) == '.') {
        let mut days = vec![(first, i, day_end)];
        days.extend(second_day(text, first, day_end));
        let (_, _, last) = *days.last()?;
        let (year, end) =
            year_after(text, last).map_or((None, last), |(year, end)| (Some(year), end));
        return dated(year, month, &days, end);
    }
    if let Some((year, end)) = year_after(text, end) {
        return Part::new(i, end, Kind::Date, with(Some(year))?).alone();
    }
    // a month alone: May and March are also verbs
    let before = text.spaces_before(i);
    let led = [
        "in", "since", "by", "until", "from", "of", "last", "early", "late", "mid", "through",
        "to", "between", "and", "next", "this", "during",
    ]
    .iter()
    .any(|word| {
        before
            .checked_sub(word.len())
            .is_some_and(|at| text.string(at, before).eq_ignore_ascii_case(word))
            && before < i
    });
    let led = led || text.ends_any(i, &["mid-", "Mid-", "/"]).is_some() || text.get(end) == '/';
    let name = text.string(i, end);
    let verb = matches!(
        name.as_str(),
        "May" | "March" | "Mar" | "Dec" | "Sun" | "Jan"
    );
    if led || !verb && name.len() >= 4 {
        return Part::new(i, end, Kind::Date, with(None)?).alone();
    }
    None
}
