//! Dates in Chinese: years of both eras, months, days, decades, centuries, fiscal years.

use super::numeral::{self, Shape};
use super::{connector, small, whole};
use crate::text::number::date::Date;
use crate::text::number::figures::numeric_date;
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Kind, Value};

/// 2025年11月24日, 11月24日, 24日, 2025-11-24, 民国一百一十四年, 90年代, 20世纪90年代, 2026财年.
pub(super) fn date(text: &Text, i: usize) -> Option<Reading> {
    if let Some((date, end)) = numeric_date(text, i) {
        return Part::new(i, end, Kind::Date, Value::Date(date)).alone();
    }
    if let Some(day) = pointed_day(text, i) {
        return Some(day);
    }
    if let Some(dated) = of_era(text, i) {
        return Some(dated);
    }
    if let Some(end) = text.after_any(i, &["中华民国", "民国", "上世纪", "上个世纪", "本世纪"])
    {
        return named_era(text, i, end);
    }
    if let Some(year) = two_digit_year(text, i) {
        return Some(year);
    }
    if let Some(decades) = two_decades(text, i, 0) {
        return Some(decades);
    }
    let (value, end, plain, shape) = whole(text, i)?;
    let at = text.spaces(end);
    if let Some(after) = text.after_any(at, &["世纪"]) {
        let first = value.saturating_sub(1).saturating_mul(100);
        if let Some(mut decades) = two_decades(text, text.spaces(after), first) {
            decades.parts.first_mut()?.start = i;
            return Some(decades);
        }
        if let Some((decade, _, _, _)) = whole(text, text.spaces(after)) {
            let (_, decade_end, ..) = whole(text, text.spaces(after))?;
            if let Some(after) = text.after(text.spaces(decade_end), "年代") {
                let first = (value - 1) * 100 + decade;
                return Part::new(i, after, Kind::Decade, Value::One(Decimal::from(first))).alone();
            }
        }
        if shape != Shape::Single || value > 1 {
            return Part::new(i, after, Kind::Century, Value::One(Decimal::from(value))).alone();
        }
        return Reading::nothing(after); // 一个世纪 without 个
    }
    if let Some(after) = text.after(at, "年代") {
        let fits = value >= 1000 || value % 10 == 0 && (10..=90).contains(&value);
        return fits
            .then(|| Part::new(i, after, Kind::Decade, Value::One(Decimal::from(value))))
            .and_then(Part::alone);
    }
    let yearly = plain == Some(4) && (1000..=2999).contains(&value)
        || shape == Shape::Regular && (1500..2100).contains(&value) && value % 100 != 0;
    if let Some(after) = text.after_any(at, &["财政年度", "会计年度", "财年"]) {
        let value = match plain {
            Some(2) => 2000 + value,
            _ if (50..200).contains(&value) => 1911 + value, // of the Republic
            _ => value,
        };
        return Part::new(i, after, Kind::FiscalYear, Value::One(Decimal::from(value))).alone();
    }
    if yearly {
        let year = i32::try_from(value).ok()?;
        if let Some(years) = short_years(text, i, year, end) {
            return Some(years);
        }
        if let Some(after) = text.after_any(at, &["年", "年度"]) {
            return Some(month_and_day(text, i, Some(year), after));
        }
        // 2020至2025年, 2020—2025年
        let next = connector(text, end)?;
        let (_, _, plain, _) = whole(text, next)?;
        if plain == Some(4) && date(text, next).is_some() {
            return Part::new(i, end, Kind::Date, Value::Date(Date::year(year))).alone();
        }
        return None;
    }
    republic_year(text, i, value, at, shape).or_else(|| month(text, i, None, i))
}

/// “9·11”: a day that is known by its month and day.
fn pointed_day(text: &Text, i: usize) -> Option<Reading> {
    let number = |at: usize| {
        let end = text.while_at(at, |c| c.is_ascii_digit());
        Some((text.string(at, end).parse::<u8>().ok()?, end))
    };
    let (month, point) = number(i)?;
    let pointed = matches!(text.get(point), '·' | '•' | '・' | '‧');
    let (day, end) = number(point + 1).filter(|_| pointed && !text.before(i).is_ascii_digit())?;
    let date = Date::new(None, Some(month), Some(day))?;
    Part::new(i, end, Kind::Date, Value::Date(date)).alone()
}

/// 六七十年代, 60、70年代: two decades in a row, of the century that began with `first` or of none
/// that is said (0).
fn two_decades(text: &Text, i: usize, first: i64) -> Option<Reading> {
    let digit = |at: usize| numeral::digit(text.get(at)).filter(|d| (1..10).contains(d));
    let in_a_row = || {
        let (low, high) = (digit(i)?, digit(i + 1)?);
        let end = text.after(i + 2, "十年代")?;
        let alone = numeral::digit(text.before(i)).is_none();
        alone.then_some((low * 10, i + 1, i + 1, high * 10, end))
    };
    let one_by_one = || {
        let (low, low_end, ..) = whole(text, i)?;
        let next = text.after_any(low_end, &["、", "和", "与", "至", "到", "-", "—", "–", "~"])?;
        let (high, high_end, ..) = whole(text, next)?;
        let end = text.after(text.spaces(high_end), "年代")?;
        Some((low, low_end, next, high, end))
    };
    let (low, low_end, next, high, end) = in_a_row().or_else(one_by_one)?;
    let fits = |decade: i64| decade % 10 == 0 && (10..=90).contains(&decade);
    if !fits(low) || !fits(high) || low >= high {
        return None;
    }
    Some(Reading {
        parts: vec![
            Part::of(i, low_end, Kind::Decade, first.saturating_add(low)),
            Part::of(next, end, Kind::Decade, first.saturating_add(high)),
        ],
        end,
    })
}

/// 九六年: 1996, unless the digits follow each other (七八年 may be seven or eight years).
pub(super) fn two_digit_year(text: &Text, i: usize) -> Option<Reading> {
    let digit = |i: usize| numeral::digit(text.get(i)).filter(|d| *d < 10);
    let (tens, ones) = (digit(i)?, digit(i + 1)?);
    let after = text.after_any(i + 2, &["年度", "年"])?;
    if tens < 5
        || ones == tens + 1
        || text.get(after) == '代'
        || numeral::digit(text.before(i)).is_some()
    {
        return None;
    }
    let year = i32::try_from(1900 + tens * 10 + ones).ok()?;
    let mut reading = month_and_day(text, i, Some(year), after);
    reading.parts.first_mut()?.ambiguous = true;
    Some(reading)
}

/// 一百零八年八月二十三日: three digits or numerals before a whole date count from 1911.
pub(super) fn republic_year(
    text: &Text,
    i: usize,
    value: i64,
    at: usize,
    shape: Shape,
) -> Option<Reading> {
    // 17年8月31日 is of this century
    let short = shape == Shape::Digits && (10..100).contains(&value) && !text.traditional;
    let after = text
        .after(at, "年")
        .filter(|_| value >= 100 || shape == Shape::Regular || short)?;
    let year = i32::try_from(value)
        .ok()
        .filter(|year| (1..=150).contains(year))?;
    let first = match year {
        _ if !short => 1911,
        50.. => 1900,
        _ => 2000,
    };
    let mut reading = month(text, i, Some(year + first), text.spaces(after))?;
    let part = reading.parts.first_mut()?;
    part.ambiguous = true;
    matches!(part.value, Value::Date(Date { day: Some(_), .. })).then_some(reading)
}

/// `2019-20`, `1968/69年`: the second year without its century.
pub(super) fn short_years(text: &Text, i: usize, year: i32, end: usize) -> Option<Reading> {
    let (next, last, later) = text.short_year(end, year)?;
    let chained = matches!(text.get(last), '-' | '/' | '%' | '.' | '月');
    if chained || text.literal(i)?.plain != Some(4) {
        return None;
    }
    let after = text.after(text.spaces(last), "年").unwrap_or(last);
    let part = |start, end, year| Part::new(start, end, Kind::Date, Value::Date(Date::year(year)));
    let parts = vec![part(i, end, year), part(next, after, later)];
    Some(Reading { parts, end: after })
}

/// The month and day that may follow a year that ended at `after`.
pub(super) fn month_and_day(text: &Text, start: usize, year: Option<i32>, after: usize) -> Reading {
    let next = text.spaces(after);
    month(text, start, year, next).unwrap_or_else(|| Reading {
        parts: vec![Part::new(
            start,
            after,
            Kind::Date,
            Value::Date(Date {
                year,
                month: None,
                day: None,
            }),
        )],
        end: after,
    })
}

/// A month at `i`, or a day alone, as the rest of a date that began at `start`.
pub(super) fn month(text: &Text, start: usize, year: Option<i32>, i: usize) -> Option<Reading> {
    let (value, end) = small(text, i)?;
    let at = text.spaces(end);
    let single = |date, end| Part::new(start, end, Kind::Date, Value::Date(date));
    if let Some(mut after) = text.after_any(at, &["月份", "月"]) {
        let months = Date::new(year, Some(value), None)?;
        if text.get(after) == '底' || text.get(after) == '初' || text.get(after) == '中' {
            return Some(Reading {
                parts: vec![single(months, after)],
                end: after,
            });
        }
        let day = small(text, text.spaces(after)).and_then(|(day, end)| {
            let at = text.spaces(end);
            let date = Date::new(year, Some(value), Some(day))?;
            if let Some(after) = text.after_any(at, &["日", "号"]) {
                return Some((date, after));
            }
            // 11月24至26日: the next number brings the 日
            let (_, end_day) = small(text, connector(text, end)?)?;
            text.after_any(end_day, &["日", "号"]).map(|_| (date, end))
        });
        let date = match day {
            Some((date, end)) => {
                after = end;
                date
            }
            None => months,
        };
        let mut part = single(date, after);
        // 上一月份, 每一月: the last, every month
        let one = year.is_none() && date.day.is_none() && value == 1;
        part.soft = one && "上下前次后每同任".contains(text.before(start));
        return Some(Reading {
            parts: vec![part],
            end: after,
        });
    }
    // 3至5月
    if (year.is_some() || start == i)
        && let Some((next_month, next_end)) =
            connector(text, end).and_then(|next| small(text, next))
    {
        let later = value < next_month && next_month <= 12;
        if later && text.after_any(next_end, &["月份", "月"]).is_some() && value >= 1 {
            return Some(Reading {
                parts: vec![single(Date::new(year, Some(value), None)?, end)],
                end,
            });
        }
    }
    let after = text.after_any(at, &["日", "号"])?;
    let counted = "内以之间均本元照圆军美中".contains(text.get(after));
    let chinese = !text.get(i).is_ascii_digit();
    let numbered = text.get(at) == '号';
    if year.is_some()
        || start != i
        || counted
        || numbered
        || chinese && matches!(text.get(after), '前' | '后')
    {
        return None;
    }
    let date = Date::new(None, None, Some(value))?;
    let mut part = single(date, after);
    part.soft = chinese && value < 10;
    Some(Reading {
        parts: vec![part],
        end: after,
    })
}

/// 公元前221年, 公元前3世纪, 公元618年, 公元前475至前221年.
fn of_era(text: &Text, i: usize) -> Option<Reading> {
    let before = text.after_any(i, &["公元前", "西元前"]);
    let after = before.or_else(|| text.after_any(i, &["公元", "西元"]))?;
    let (value, end, ..) = whole(text, text.spaces(after))?;
    let sign = if before.is_some() { -1 } else { 1 };
    let at = text.spaces(end);
    if let Some(end) = text.after(at, "世纪") {
        return Part::of(i, end, Kind::Century, sign * value).alone();
    }
    let year = |value: i64| {
        let year = i32::try_from(value).ok()?;
        (1..10_000).contains(&year.unsigned_abs()).then_some(year)
    };
    let first = year(sign * value)?;
    if let Some(end) = text.after(at, "年") {
        return Some(month_and_day(text, i, Some(first), end));
    }
    // the next number brings the 年
    let next = connector(text, end)?;
    let again = text.after_any(next, &["公元前", "西元前", "前"]);
    let (value, last, ..) = whole(text, text.spaces(again.unwrap_or(next)))?;
    let last = text.after(text.spaces(last), "年")?;
    let second = year(value)?;
    let earlier = again.is_some() || before.is_some() && second < -first;
    let second = if earlier { -second } else { second };
    let part = |start, end, year| Part::new(start, end, Kind::Date, Value::Date(Date::year(year)));
    Some(Reading {
        parts: vec![part(i, end, first), part(next, last, second)],
        end: last,
    })
}

/// 民国114年 and 上世纪90年代.
pub(super) fn named_era(text: &Text, start: usize, after: usize) -> Option<Reading> {
    let at = text.spaces(after);
    let century = match text.get(start) {
        '上' => Some(1900),
        '本' => Some(2000),
        _ => None,
    };
    if let Some(mut decades) = century.and_then(|first| two_decades(text, at, first)) {
        decades.parts.first_mut()?.start = start;
        return Some(decades);
    }
    let (value, end, _, _) = whole(text, at)?;
    let after_number = text.spaces(end);
    if let Some(after) = text.after(after_number, "年代") {
        let century = century?;
        return Part::new(
            start,
            after,
            Kind::Decade,
            Value::One(Decimal::from(century + value)),
        )
        .alone();
    }
    let after = text.after_any(after_number, &["年度", "年"])?;
    if text.get(start) == '上' || text.get(start) == '本' {
        return None;
    }
    let year = i32::try_from(value).ok()?.checked_add(1911)?;
    Some(month_and_day(text, start, Some(year), after))
}
