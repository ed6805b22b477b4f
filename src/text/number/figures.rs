//! Forms that are all digits and marks, the same in both languages.

use super::Value;
use super::date::Date;
use super::text::Text;

/// `2025-11-24`, `2025/11/24`, `2025.11.24`.
pub(super) fn numeric_date(text: &Text, i: usize) -> Option<(Date, usize)> {
    let digits = |i: usize, most: usize| {
        let end = text.while_at(i, |c| c.is_ascii_digit());
        let short = end > i && end - i <= most;
        short
            .then(|| Some((text.string(i, end).parse::<i32>().ok()?, end)))
            .flatten()
    };
    if !text.literal_begins(i) || matches!(text.before(i), '-' | '/' | '.') {
        return None;
    }
    let (year, end) = digits(i, 4)?;
    let mark = text.get(end);
    if end - i != 4 || !matches!(mark, '-' | '/' | '.') || !(1500..=2200).contains(&year) {
        return None;
    }
    let (month, end) = digits(end + 1, 2)?;
    if text.get(end) != mark {
        return None;
    }
    let (day, end) = digits(end + 1, 2)?;
    if text.get(end) == mark && text.get(end + 1).is_ascii_digit() {
        return None;
    }
    let date = Date::new(
        Some(year),
        Some(u8::try_from(month).ok()?),
        Some(u8::try_from(day).ok()?),
    )?;
    Some((date, end))
}

/// `14:30` or `14:30:05` as minutes.
pub(super) fn colon_clock(text: &Text, i: usize) -> Option<(i64, usize)> {
    if !text.literal_begins(i) || matches!(text.before(i), ':' | '：') {
        return None;
    }
    let number = |i: usize| {
        let end = text.while_at(i, |c| c.is_ascii_digit());
        (end > i && end - i <= 2)
            .then(|| Some((text.string(i, end).parse::<i64>().ok()?, end)))
            .flatten()
    };
    let (hour, end) = number(i)?;
    if !matches!(text.get(end), ':' | '：') {
        return None;
    }
    let (minute, mut end) = number(end + 1).filter(|(_, after)| after - end == 3)?;
    if text.get(end) == ':'
        && let Some((_, after)) = number(end + 1)
    {
        end = after;
    }
    (hour < 25 && minute < 60).then_some((hour * 60 + minute, end))
}

/// `H1` or `2H` beside a year: which half of it, and the place after it.
pub(super) fn half_year(text: &Text, i: usize) -> Option<(i64, usize)> {
    let half = match (text.get(i), text.get(i + 1)) {
        ('H', '1') | ('1', 'H') => 1,
        ('H', '2') | ('2', 'H') => 2,
        _ => return None,
    };
    let end = i + 2;
    let year = |at: usize| {
        let literal = text.literal(at).filter(|l| l.plain == Some(4));
        let year = literal.and_then(|literal| literal.value.whole());
        year.is_some_and(|year| (1900..2200).contains(&year))
    };
    let next = text.spaces(end);
    let of = text.after(next, "of ").unwrap_or(next);
    let start = text.spaces_before(i);
    let before = start.checked_sub(4).is_some_and(year) || text.before(start) == '年';
    let joined = text.before(i).is_ascii_alphanumeric()
        || text.get(end).is_ascii_alphanumeric()
        || text.get(end) == '-';
    (!joined && (next > end && year(of) || before)).then_some((half, end))
}

/// `2/3`, where it can be no date and no pair of names.
pub(super) fn slash_fraction(text: &Text, i: usize) -> Option<(Value, usize)> {
    let above = text.literal(i)?;
    if text.get(above.end) != '/' || matches!(text.before(i), '/' | '-' | '.') {
        return None;
    }
    let below = text.literal(above.end + 1)?;
    let (n, d) = (above.value.whole()?, below.value.whole()?);
    let simple = n > 0 && n < d && (d <= 10 || matches!(d, 12 | 16 | 20 | 100 | 1000));
    let ends = text.get(below.end) != '/' && text.get(below.end) != '-';
    (simple && ends).then(|| (reduced(n.unsigned_abs(), d.unsigned_abs()), below.end))
}

/// `above`/`below` in lowest terms.
pub(super) fn reduced(above: u64, below: u64) -> Value {
    let (mut a, mut b) = (above, below);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    let by = a.max(1);
    Value::Ratio(above / by, below / by)
}

/// Whether a hyphen after `before` is a minus sign.
pub(super) fn is_sign(before: char) -> bool {
    before.is_whitespace()
        || matches!(
            before,
            '(' | '（' | '，' | '：' | '~' | '为' | '至' | '到' | '约' | '是'
        )
}

/// Whether the digits `i..end` are a label or a side of a score, and no amount: GB/T 19682,
/// 公法117-167, 5:4.
pub(super) fn labelled(text: &Text, i: usize, end: usize) -> bool {
    let colon = |c| matches!(c, ':' | '：');
    let digit = |at: Option<usize>| at.is_some_and(|at| text.get(at).is_ascii_digit());
    let scored = colon(text.get(end)) && digit(Some(end + 1))
        || colon(text.before(i)) && digit(i.checked_sub(2));
    scored || of_law(text, i) || of_standard(text, i)
}

/// Whether the digits at `i` are in the number of a law: Public Law 117-167.
pub(super) fn of_law(text: &Text, i: usize) -> bool {
    const LAWS: [&str; 6] = [
        "公法",
        "Public Law",
        "Public Law No.",
        "Pub. L.",
        "Pub. L. No.",
        "P.L.",
    ];
    let mut start = i;
    while i - start < 8 && matches!(text.before(start), '0'..='9' | '-' | '–') {
        start -= 1;
    }
    text.ends_any(text.spaces_before(start), &LAWS).is_some()
}

/// Whether capital letters stand before the digits at `i`, as before those of standards: ISO 9001.
fn of_standard(text: &Text, i: usize) -> bool {
    let end = text.spaces_before(i);
    let mut start = end;
    while end - start < 8 && (text.before(start).is_ascii_uppercase() || text.before(start) == '/')
    {
        start -= 1;
    }
    end < i && end - start >= 2 && !text.before(start).is_ascii_alphanumeric()
}

/// Whether the digits at `i` count degrees: 气温-5℃ is below zero, 歼-20 a name.
pub(super) fn of_degrees(text: &Text, i: usize) -> bool {
    text.literal(i).is_some_and(|literal| {
        let at = text.spaces(literal.end);
        matches!(text.get(at), '℃' | '℉' | '°') || text.after_any(at, &["摄氏", "华氏"]).is_some()
    })
}
