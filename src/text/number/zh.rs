//! Quantities in Chinese text.

use super::currency::{self, Currency};
use super::date::Date;
use super::numeral_zh::{self, Numeral, Read, Shape};
use super::text::Text;
use super::unit::Unit;
use super::word_zh::{COUNTERS, IDIOMS, PREFIXES, SUFFIXES};
use super::{Decimal, Kind, Quantity, Relation, Value};

/// All quantities of a Chinese text.
pub(super) fn quantities(source: &str) -> Vec<Quantity> {
    let text = Text::new(source);
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        if !begins(text.get(i)) {
            i += 1;
            continue;
        }
        let read = idiom(&text, i)
            .or_else(|| date(&text, i))
            .or_else(|| clock(&text, i))
            .or_else(|| period(&text, i))
            .or_else(|| ordinal(&text, i))
            .or_else(|| fraction(&text, i))
            .or_else(|| prefixed_money(&text, i))
            .or_else(|| amounts(&text, i));
        match read {
            Some(read) => {
                for part in read.parts {
                    found.push(around(&text, part));
                }
                i = read.end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found
}

/// Whether anything that is read here can begin with `c`: most characters are passed by this alone.
fn begins(c: char) -> bool {
    c.is_ascii_digit()
        || numeral_zh::digit(c).is_some()
        || numeral_zh::multiplier(c).is_some()
        || "第民中上本下晚早凌清傍夜人新台港美欧英日半负-翻$€£¥￥₩₹₽UHNACSRKJPEGIRM".contains(c)
}

/// What was read at one place.
struct Reading {
    parts: Vec<Part>,
    /// Where reading goes on.
    end: usize,
}

/// A quantity by characters.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    kind: Kind,
    value: Value,
    relation: Option<Relation>,
    ambiguous: bool,
    soft: bool,
}

impl Part {
    fn new(start: usize, end: usize, kind: Kind, value: Value) -> Self {
        Self {
            start,
            end,
            kind,
            value,
            relation: None,
            ambiguous: false,
            soft: false,
        }
    }

    fn alone(self) -> Option<Reading> {
        Some(Reading {
            parts: vec![self],
            end: self.end,
        })
    }
}

impl Reading {
    fn nothing(end: usize) -> Option<Self> {
        Some(Self {
            parts: Vec::new(),
            end,
        })
    }
}

/// The quantity with the approximating words around it (约, 以上) taken into its span.
fn around(text: &Text, part: Part) -> Quantity {
    let Part {
        mut start,
        mut end,
        mut relation,
        ..
    } = part;
    let measured = !matches!(
        part.kind,
        Kind::Ordinal
            | Kind::Decade
            | Kind::Century
            | Kind::Quarter
            | Kind::HalfYear
            | Kind::FiscalYear
    ) && !matches!(
        part.value,
        Value::Date(Date { year: Some(_), .. } | Date { month: Some(_), .. })
    );
    if measured {
        let before = text.spaces_before(start);
        for (word, said) in PREFIXES {
            let Some(at) = text.ends_any(before, &[word]) else {
                continue;
            };
            // 最近, 条约, 附近: the character is part of another word
            let inside = match *word {
                "约" => "条公合签节契缔制预盟纽大".contains(text.before(at)),
                "近" => "最附临邻靠亲远新相".contains(text.before(at)),
                _ => false,
            };
            if !inside {
                relation = Some(*said);
                start = at;
                break;
            }
        }
        for (word, said) in SUFFIXES {
            if let Some(after) = text.after(end, word) {
                relation = relation.or(Some(*said));
                end = after;
                break;
            }
        }
    }
    Quantity {
        span: text.span(start, end),
        kind: part.kind,
        value: part.value,
        relation,
        ambiguous: part.ambiguous,
        soft: part.soft,
    }
}

/// Words with numerals that say no amount, and fixed names with an ordinal in them.
fn idiom(text: &Text, i: usize) -> Option<Reading> {
    // “十四五”规划: the 14th five-year plan
    if text.get(i) == '十'
        && text.get(i + 2) == '五'
        && !matches!(text.get(i + 3), '十' | '百' | '千' | '万' | '亿')
    {
        if let Some(tens) = numeral_zh::digit(text.get(i + 1)).filter(|d| (1..10).contains(d)) {
            let mut part = Part::new(
                i,
                i + 3,
                Kind::Ordinal,
                Value::One(Decimal::from(10 + tens)),
            );
            part.soft = true;
            return part.alone();
        }
    }
    if let Some(end) = text.after_any(i, &["翻倍", "翻番"]) {
        return Part::new(i, end, Kind::Times, Value::One(Decimal::from(2))).alone();
    }
    let end = text.after_any(i, IDIOMS)?;
    Reading::nothing(end)
}

/// A literal or a Chinese numeral as a whole number.
fn whole(text: &Text, i: usize) -> Option<(i64, usize, Option<usize>, Shape)> {
    match numeral_zh::read(text, i)? {
        Read::Numeral(n) if n.scale == 0 => Some((n.value.whole()?, n.end, n.plain, n.shape)),
        _ => None,
    }
}

/// Digits only, as a small number: a literal or a Chinese numeral up to 99.
fn small(text: &Text, i: usize) -> Option<(u8, usize)> {
    let (value, end, _, _) = whole(text, i)?;
    Some((u8::try_from(value).ok()?, end))
}

/// 2025年11月24日, 11月24日, 24日, 2025-11-24, 民国一百一十四年, 90年代, 20世纪90年代, 2026财年.
fn date(text: &Text, i: usize) -> Option<Reading> {
    if let Some((date, end)) = numeric_date(text, i) {
        return Part::new(i, end, Kind::Date, Value::Date(date)).alone();
    }
    if let Some(end) = text.after_any(i, &["中华民国", "民国", "上世纪", "上个世纪", "本世纪"])
    {
        return named_era(text, i, end);
    }
    let (value, end, plain, shape) = whole(text, i)?;
    let at = text.spaces(end);
    if let Some(after) = text.after_any(at, &["世纪"]) {
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

/// 一百零八年八月二十三日: three digits or numerals before a whole date count from 1911.
fn republic_year(text: &Text, i: usize, value: i64, at: usize, shape: Shape) -> Option<Reading> {
    let after = text
        .after(at, "年")
        .filter(|_| value >= 100 || shape == Shape::Regular)?;
    let year = i32::try_from(value)
        .ok()
        .filter(|year| (1..=150).contains(year))?;
    let mut reading = month(text, i, Some(year + 1911), text.spaces(after))?;
    let part = reading.parts.first_mut()?;
    part.ambiguous = true;
    matches!(part.value, Value::Date(Date { day: Some(_), .. })).then_some(reading)
}

/// `2019-20`, `1968/69年`: the second year without its century.
fn short_years(text: &Text, i: usize, year: i32, end: usize) -> Option<Reading> {
    let next = text.after_any(end, &["-", "–", "/"])?;
    let second = text
        .literal(next)
        .filter(|literal| literal.plain == Some(2))?;
    let short = i32::try_from(second.value.whole()?)
        .ok()
        .filter(|short| *short > year % 100)?;
    let chained = matches!(text.get(second.end), '-' | '/' | '%' | '.' | '月');
    if chained || text.literal(i)?.plain != Some(4) {
        return None;
    }
    let after = text
        .after(text.spaces(second.end), "年")
        .unwrap_or(second.end);
    let part = |start, end, year| Part::new(start, end, Kind::Date, Value::Date(Date::year(year)));
    let parts = vec![
        part(i, end, year),
        part(next, after, year / 100 * 100 + short),
    ];
    Some(Reading { parts, end: after })
}

/// The month and day that may follow a year that ended at `after`.
fn month_and_day(text: &Text, start: usize, year: Option<i32>, after: usize) -> Reading {
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
fn month(text: &Text, start: usize, year: Option<i32>, i: usize) -> Option<Reading> {
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
            match text.after_any(at, &["日", "号"]) {
                Some(after) => Some((date, after)),
                // 11月24至26日: the next number brings the 日
                None => {
                    let next = connector(text, end)?;
                    let (_, end_day) = small(text, next)?;
                    text.after_any(end_day, &["日", "号"]).map(|_| (date, end))
                }
            }
        });
        let date = match day {
            Some((date, end)) => {
                after = end;
                date
            }
            None => months,
        };
        return Some(Reading {
            parts: vec![single(date, after)],
            end: after,
        });
    }
    // 3至5月
    if year.is_some() || start == i {
        if let Some((next_month, next_end)) =
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

/// 民国114年 and 上世纪90年代.
fn named_era(text: &Text, start: usize, after: usize) -> Option<Reading> {
    let at = text.spaces(after);
    let (value, end, _, _) = whole(text, at)?;
    let after_number = text.spaces(end);
    if let Some(after) = text.after(after_number, "年代") {
        let century = match text.get(start) {
            '上' => 1900,
            '本' => 2000,
            _ => return None,
        };
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

/// `14:30`, 下午2时30分, 上午十点, 14时.
fn clock(text: &Text, i: usize) -> Option<Reading> {
    const PARTS: &[&str] = &[
        "上午", "下午", "晚上", "晚间", "傍晚", "凌晨", "清晨", "早上", "早晨", "中午", "夜间",
        "晚", "早",
    ];
    let part_end = text.after_any(i, PARTS);
    let at = text.spaces(part_end.unwrap_or(i));
    if let Some((minutes, end)) = colon_clock(text, at) {
        let minutes = if part_end.is_some() && afternoon(text, i) && minutes < 720 {
            minutes + 720
        } else {
            minutes
        };
        return Part::new(i, end, Kind::Clock, Value::One(Decimal::from(minutes))).alone();
    }
    let (hour, end) = small(text, at)?;
    let o_clock = text.get(end) == '点';
    let mut after = if o_clock {
        end + 1
    } else {
        text.after(end, "时")?
    };
    if hour > 24
        || !o_clock
            && matches!(
                text.get(after),
                '间' | '代' | '期' | '候' | '段' | '空' | '常'
            )
    {
        return None;
    }
    let mut minutes = i64::from(hour) * 60;
    let mut said = part_end.is_some();
    if let Some((minute, end)) = small(text, after).filter(|(minute, _)| *minute < 60) {
        if let Some(end) = text.after(end, "分").filter(|&end| text.get(end) != '之') {
            minutes += i64::from(minute);
            after = end;
            said = true;
        }
    } else if let Some(end) = text
        .after_any(after, &["半", "整", "钟"])
        .filter(|_| text.get(after + 1) != '数')
    {
        minutes += if text.get(after) == '半' { 30 } else { 0 };
        after = end;
        said = true;
    }
    if o_clock && !said {
        return None; // 三点要求
    }
    if part_end.is_some() && afternoon(text, i) && hour < 12 {
        minutes += 720;
    }
    Part::new(i, after, Kind::Clock, Value::One(Decimal::from(minutes))).alone()
}

fn afternoon(text: &Text, i: usize) -> bool {
    text.after_any(i, &["下午", "晚", "傍晚"]).is_some()
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
    if text.get(end) == ':' {
        if let Some((_, after)) = number(end + 1) {
            end = after;
        }
    }
    (hour < 25 && minute < 60).then_some((hour * 60 + minute, end))
}

/// 第三季度, 一季度, 上半年, 前三季度 (only the number).
fn period(text: &Text, i: usize) -> Option<Reading> {
    if let Some(after) = text.after(i, "上半年") {
        return Part::new(i, after, Kind::HalfYear, Value::One(Decimal::from(1))).alone();
    }
    if let Some(after) = text.after(i, "下半年") {
        return Part::new(i, after, Kind::HalfYear, Value::One(Decimal::from(2))).alone();
    }
    let at = if text.get(i) == '第' {
        text.spaces(i + 1)
    } else {
        i
    };
    let (value, end, _, _) = whole(text, at)?;
    let after = text.after_any(text.spaces(end), &["季度", "季"])?;
    let sure = at > i || text.before(after) == '度';
    if !(1..=4).contains(&value) || !sure || matches!(text.before(i), '前' | '个' | '后' | '头')
    {
        return None;
    }
    Part::new(i, after, Kind::Quarter, Value::One(Decimal::from(value))).alone()
}

/// 第119届, 第三条; 四中全会, 二十大.
fn ordinal(text: &Text, i: usize) -> Option<Reading> {
    if text.get(i) == '第' {
        let (value, end, _, shape) = whole(text, text.spaces(i + 1))?;
        let mut part = Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value)));
        part.soft = shape == Shape::Single && value <= 3;
        part.end = text.after(text.spaces(end), "届").unwrap_or(end);
        return Some(sub_numbered(text, part));
    }
    // 附表二, 附件三
    if text
        .ends_any(i, &["附表", "附件", "附图", "附录", "附圖", "附錄"])
        .is_some()
    {
        let (value, end, ..) = whole(text, i)?;
        return Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value))).alone();
    }
    let (value, end, _, shape) = whole(text, i)?;
    let congress = text.get(end) == '大' && shape == Shape::Regular && (11..=40).contains(&value);
    if congress || text.after(end, "中全会").is_some() {
        return Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value))).alone();
    }
    if text.after(end, "届").is_some() && shape != Shape::Single {
        return Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value))).alone();
    }
    // （一）, 一、: numbering
    let opened = text.before(i) == '(' && text.get(end) == ')';
    let begins = i == 0 || matches!(text.before(i), '\n' | '。' | '；' | '：' | ':' | ';' | ' ');
    if opened || begins && text.get(end) == '、' && numeral_zh::digit(text.get(end + 1)).is_none()
    {
        let mut part = Part::new(i, end, Kind::Number, Value::One(Decimal::from(value)));
        part.soft = true;
        return part.alone();
    }
    None
}

/// 第五十三条之一 is Article 53-1: the number after 之 is one of its own.
fn sub_numbered(text: &Text, part: Part) -> Reading {
    let mut reading = Reading {
        parts: vec![part],
        end: part.end,
    };
    if let Some(after) = text.after_any(part.end, &["条之", "點之", "点之", "款之", "项之"])
    {
        if let Some((value, end, ..)) = whole(text, after) {
            let part = Part {
                soft: true,
                ..Part::new(after, end, Kind::Number, Value::One(Decimal::from(value)))
            };
            reading.parts.push(part);
            reading.end = end;
        }
    }
    reading
}

/// 三分之二, 百分之五, 千分之三, 百分之五至百分之十, 一半, `2/3`.
fn fraction(text: &Text, i: usize) -> Option<Reading> {
    if let Some(end) = text.after_any(i, &["一半", "半数"]) {
        let mut part = Part::new(i, end, Kind::Fraction, Value::Ratio(1, 2));
        part.soft = true;
        return part.alone();
    }
    if let Some((ratio, end)) = slash_fraction(text, i) {
        return Part::new(i, end, Kind::Fraction, ratio).alone();
    }
    let (part, power) = percent_words(text, i).or_else(|| {
        let (below, end, _, _) = whole(text, i)?;
        let (above, end, _, _) = whole(text, text.after(end, "分之")?)?;
        let (above, below) = (u64::try_from(above).ok()?, u64::try_from(below).ok()?);
        (below > 0).then(|| (Part::new(i, end, Kind::Fraction, reduced(above, below)), 0))
    })?;
    // 百分之五至百分之十, 百分之五至十
    if let (Some(next), Value::One(low)) = (connector(text, part.end), part.value) {
        let high = percent_words(text, next)
            .map(|(part, _)| (part.value, part.end))
            .or_else(|| {
                let Read::Numeral(n) = numeral_zh::read(text, next)? else {
                    return None;
                };
                Some((Value::One(n.value.shifted(power)), n.end))
            });
        if let Some((Value::One(high), end)) =
            high.filter(|(high, _)| matches!(high, Value::One(high) if low < *high))
        {
            return Part::new(i, end, Kind::Percent, Value::Range(low, high)).alone();
        }
    }
    part.alone()
}

/// 百分之五, 千分之三, with the power of ten that makes percent of it.
fn percent_words(text: &Text, i: usize) -> Option<(Part, i16)> {
    let (end, power) = [
        ("百分之", 0),
        ("千分之", -1),
        ("万分之", -2),
        ("100分之", 0),
    ]
    .into_iter()
    .find_map(|(word, power)| Some((text.after(i, word)?, power)))?;
    if text.after(end, "百").is_some() && numeral_zh::multiplier(text.before(i)).is_none() {
        let part = Part::new(
            i,
            end + 1,
            Kind::Percent,
            Value::One(Decimal::from(100).shifted(power)),
        );
        return Some((Part { soft: true, ..part }, power));
    }
    let Read::Numeral(n) = numeral_zh::read(text, end)? else {
        return None;
    };
    Some((
        Part::new(i, n.end, Kind::Percent, Value::One(n.value.shifted(power))),
        power,
    ))
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

/// 人民币500亿元, US$500亿, ￥100.
fn prefixed_money(text: &Text, i: usize) -> Option<Reading> {
    let (currency, ambiguous, end) = currency::ROWS.iter().find_map(|row| {
        if let Some(end) = text.after_any(i, row.zh_before) {
            return Some((row.currency, false, end));
        }
        let end = text
            .after_any(i, row.prefixes)
            .filter(|_| !text.before(i).is_ascii_alphanumeric())?;
        Some((row.currency, text.get(i) == '$', end))
    })?;
    let at = text.spaces(end);
    let first = amount(text, at)?;
    // 人民币500亿元: what the amount says of its own gives way to what stands before it
    let money = |part: &mut Part| {
        if matches!(part.kind, Kind::Number | Kind::Money(_)) {
            part.kind = Kind::Money(currency);
            part.ambiguous = ambiguous;
            part.soft = false;
        }
    };
    let mut reading = ranged(text, first);
    for part in &mut reading.parts {
        money(part);
    }
    let part = reading.parts.first_mut()?;
    if !matches!(part.kind, Kind::Money(_)) {
        return None;
    }
    part.start = i;
    Some(reading)
}

/// A number with what it counts, or a range of two.
fn amounts(text: &Text, i: usize) -> Option<Reading> {
    if let Some(signed) =
        amount(text, i).filter(|amount| amount.part.end > i && matches!(text.get(i), '负' | '-'))
    {
        return Some(ranged(text, signed));
    }
    match numeral_zh::read(text, i)? {
        Read::Vague(end) => Reading::nothing(end),
        Read::Numeral(n) => {
            let Some(first) = amount(text, i) else {
                return Reading::nothing(n.end);
            };
            Some(ranged(text, first))
        }
    }
}

/// An amount and how its number was written.
#[derive(Clone, Copy)]
struct Amount {
    part: Part,
    numeral: Numeral,
    /// Whether it is to be reported where it stands alone.
    reported: bool,
}

/// Joins `first` with a second amount after 至, 到 or a dash to a range, where they belong together.
fn ranged(text: &Text, first: Amount) -> Reading {
    let single = |amount: Amount| Reading {
        parts: if amount.reported {
            vec![amount.part]
        } else {
            Vec::new()
        },
        end: amount.part.end,
    };
    let Some(second) = connector(text, first.part.end).and_then(|next| amount(text, next)) else {
        return single(first);
    };
    let (Value::One(low), Value::One(high)) = (first.part.value, second.part.value) else {
        return single(first);
    };
    let bare = first.part.kind == Kind::Number;
    let kinds = first.part.kind == second.part.kind || bare;
    // 10至15亿: the scale belongs to both
    let low = if bare && first.numeral.scale == 0 && second.numeral.scale > 0 {
        low.shifted(second.numeral.scale)
    } else {
        low
    };
    let joins = kinds
        && low < high
        && second.reported
        && (first.reported
            || second.part.kind != Kind::Number
            || first.numeral.shape != Shape::Bare);
    // 010-6596-1114 and 2020-2025 are none
    let chained = matches!(text.get(second.part.end), '-' | '–')
        && text.get(second.part.end + 1).is_ascii_digit();
    let years = first.numeral.plain == Some(4)
        && second.numeral.plain == Some(4)
        && second.part.kind == Kind::Number;
    if !joins || chained || years {
        return single(first);
    }
    let part = Part {
        end: second.part.end,
        kind: second.part.kind,
        value: Value::Range(low, high),
        ambiguous: second.part.ambiguous,
        soft: false,
        ..first.part
    };
    Reading {
        parts: vec![part],
        end: part.end,
    }
}

/// The place after a mark or word that joins the bounds of a range at `i`.
fn connector(text: &Text, i: usize) -> Option<usize> {
    let at = text.spaces(i);
    let end = text.after_any(at, &["至", "到", "-", "–", "—", "——", "~", "～"])?;
    Some(text.spaces(end))
}

/// The number at `i` with what it counts.
fn amount(text: &Text, i: usize) -> Option<Amount> {
    let signed = text.get(i) == '负' || text.get(i) == '-' && is_sign(text.before(i));
    let negative = signed && text.literal_begins(i + 1);
    let Read::Numeral(n) = numeral_zh::read(text, if negative { i + 1 } else { i })? else {
        return None;
    };
    let value = if negative { n.value.negated() } else { n.value };
    let mut relation = if n.more {
        Some(Relation::Above)
    } else {
        n.about.then_some(Relation::About)
    };
    let mut end = n.end;
    let mut vague_ten = false;
    let tens = n.shape != Shape::Single || text.get(i) == '十';
    if matches!(text.get(end), '多' | '余') && text.get(end + 1) != '数' && tens {
        relation = Some(Relation::Above);
        end += 1;
        vague_ten = text.get(i) == '十' && n.end == i + 1; // `a dozen`
    }
    let mut part = Part {
        relation,
        ambiguous: n.trillion,
        ..Part::new(i, end, Kind::Number, Value::One(value))
    };
    let digits = n.shape == Shape::Digits;
    let at = if digits { text.spaces(end) } else { end };
    let approximate = relation.is_some() || approximated(text, i);
    if let Some(kind) = suffix(text, at, &n, value, &mut part) {
        part.kind = kind;
        let reported = match n.shape {
            Shape::Bare => {
                approximate || matches!(kind, Kind::Money(_) | Kind::Measure(_)) && n.scale > 0
            }
            Shape::Single => {
                part.soft |=
                    value <= Decimal::from(2) && matches!(kind, Kind::Measure(_) | Kind::Number);
                true
            }
            _ => true,
        };
        return Some(Amount {
            part,
            numeral: n,
            reported,
        });
    }
    part.soft |= value == Decimal::from(1) || vague_ten;
    let counted = COUNTERS.contains(text.get(end)) && !after_weekday(text, i);
    let reported = match n.shape {
        Shape::Digits | Shape::Regular => digits || text.get(end) != '号',
        Shape::Positional => n.plain.is_some_and(|digits| digits >= 3),
        Shape::Bare => approximate,
        Shape::Single => {
            part.soft |= value <= Decimal::from(2);
            counted && value > Decimal::from(1) && text.get(end) != '号'
        }
    };
    // a date's or list's own digits are read elsewhere; 双十一 is a name
    let named = matches!(text.before(i), '双' | '周') && !digits || after_weekday(text, i);
    Some(Amount {
        part,
        numeral: n,
        reported: reported && !named,
    })
}

/// Whether a hyphen after `before` is a minus sign.
pub(super) fn is_sign(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '（' | '，' | '：' | '为' | '至' | '到' | '约')
}

/// Whether an approximating word stands directly before `i`.
fn approximated(text: &Text, i: usize) -> bool {
    PREFIXES
        .iter()
        .any(|(word, _)| text.ends_any(i, &[word]).is_some())
}

fn after_weekday(text: &Text, i: usize) -> bool {
    text.ends_any(i, &["星期", "礼拜", "周", "初", "老", "再"])
        .is_some()
        && !text.get(i).is_ascii_digit()
}

/// What the number before `at` counts, by the word there; `part` gets the end after it.
fn suffix(text: &Text, at: usize, n: &Numeral, value: Decimal, part: &mut Part) -> Option<Kind> {
    let mut ends = |end: usize, kind| {
        part.end = end;
        Some(kind)
    };
    if let Some(end) = text.after_any(at, &["个百分点", "百分点"]) {
        return ends(end, Kind::PercentPoints);
    }
    if let Some(end) = text.after_any(at, &["个基点", "基点"]) {
        return ends(end, Kind::BasisPoints);
    }
    if text.get(at) == '%' {
        return ends(at + 1, Kind::Percent);
    }
    if text.get(at) == '‰' {
        part.value = Value::One(value.shifted(-1));
        return ends(at + 1, Kind::Percent);
    }
    if let Some((currency, end)) = currency_at(text, at) {
        part.ambiguous = text.get(at) == '元' && end == at + 1;
        let home = part.ambiguous && text.traditional;
        return ends(
            end,
            Kind::Money(if home { Currency::Twd } else { currency }),
        );
    }
    if let Some((kind, tenths, end)) = share(text, at, part.start, n, value) {
        part.value = Value::One(tenths);
        return ends(end, kind);
    }
    if text.get(at) == '倍' {
        return ends(at + 1, Kind::Times).map(|kind| multiple(text, part, value, kind));
    }
    let (unit, end) = Unit::all()
        .flat_map(|(unit, row)| {
            row.zh
                .iter()
                .chain(row.symbols)
                .map(move |name| (unit, *name))
        })
        .filter_map(|(unit, name)| {
            let end = text.after(at, name)?;
            let latin = name.ends_with(|c: char| c.is_ascii_alphabetic())
                && text.get(end).is_ascii_alphanumeric();
            (!latin).then_some((unit, end))
        })
        .max_by_key(|(_, end)| *end)?;
    if !unit_fits(text, at, end, n) {
        return None;
    }
    // 七天半, 两年半
    if text.get(end) == '半' && !matches!(text.get(end + 1), '径' | '数' | '年') {
        part.value = Value::One(value.plus(Decimal::new(5, -1))?);
        part.end = end + 1;
    } else {
        part.end = end;
    }
    Some(Kind::Measure(unit))
}

/// Whether a unit's characters `at..end` are one here: not 年级, 天然, 米饭, 度假, 号.
fn unit_fits(text: &Text, at: usize, end: usize, n: &Numeral) -> bool {
    let next = text.get(end);
    match text.string(at, end).as_str() {
        "年" => {
            !matches!(next, '级' | '轻' | '画')
                && n.plain
                    .is_none_or(|digits| digits < 4 || n.shape != Shape::Digits)
        }
        "天" => !matches!(next, '然' | '主' | '下' | '堂' | '津' | '文' | '气' | '使'),
        "日" => !matches!(next, '元' | '本' | '美' | '圆'),
        "米" => !matches!(next, '饭' | '其' | '兰'),
        "度" => !matches!(next, '假' | '过'),
        "升" => !matches!(next, '级' | '至' | '到'),
        "克" => !matches!(next, '里' | '罗' | '服'),
        "周" => !matches!(next, '边' | '围' | '恩'),
        "桶" | "斤" | "磅" | "秒" => true,
        _ => true,
    }
}

/// The currency word at `at`.
fn currency_at(text: &Text, at: usize) -> Option<(Currency, usize)> {
    let (currency, end) = currency::ROWS
        .iter()
        .flat_map(|row| row.zh.iter().map(move |word| (row.currency, *word)))
        .filter_map(|(currency, word)| Some((currency, text.after(at, word)?)))
        .max_by_key(|(_, end)| *end)?;
    let bare = end == at + 1 && matches!(text.get(at), '元' | '圆');
    let word = bare
        && matches!(
            text.get(end),
            '素' | '首' | '件' | '旦' | '老' | '帅' | '勋' | '组' | '宇' | '月' | '形' | '桌'
        );
    (!word).then_some((currency, end))
}

/// 三成, 六成五, 八折, 翻两番.
fn share(
    text: &Text,
    at: usize,
    start: usize,
    n: &Numeral,
    value: Decimal,
) -> Option<(Kind, Decimal, usize)> {
    let next = text.get(at + 1);
    if text.get(at) == '成' {
        let word = "员立果为功本年分就长都语人熟品天交因效型套".contains(next);
        if word || value > Decimal::from(10) || n.scale > 0 {
            return None;
        }
        return match numeral_zh::digit(next)
            .filter(|d| (1..10).contains(d) && n.shape == Shape::Single)
        {
            Some(d) => Some((
                Kind::Percent,
                value.shifted(1).plus(Decimal::from(d))?,
                at + 2,
            )),
            None => Some((Kind::Percent, value.shifted(1), at + 1)),
        };
    }
    if text.get(at) == '折' && !"叠扣磨射合旧腾线返".contains(next) {
        let tenths = if value < Decimal::from(10) {
            value.shifted(1)
        } else {
            value
        };
        let off = Decimal::from(100).plus(tenths.negated())?;
        return (!off.is_negative()).then_some((Kind::Discount, off, at + 1));
    }
    if text.get(at) == '番' && text.ends_any(start, &["翻", "翻了"]).is_some() {
        let turns = value.whole().filter(|turns| (1..=10).contains(turns))?;
        return Some((Kind::Times, Decimal::from(1 << turns), at + 1));
    }
    None
}

/// 增长3倍 is growth by three times; 增长到3倍 and 是三倍 are three times; 增长一倍 is doubling.
fn multiple(text: &Text, part: &mut Part, value: Decimal, kind: Kind) -> Kind {
    let before = ["约", "近", "逾", "超过", "超", "将近", "了", "大约"];
    let mut at = part.start;
    while let Some(start) = text.ends_any(at, &before) {
        at = start;
    }
    let grows = text.ends_any(at, &["至多", "最多", "许多"]).is_none()
        && text
            .ends_any(
                at,
                &[
                    "翻", "增长", "增加", "提高", "上升", "上涨", "扩大", "高出", "多出", "增",
                    "涨", "多", "高",
                ],
            )
            .is_some();
    if !grows {
        return kind;
    }
    if value == Decimal::from(1) {
        part.value = Value::One(Decimal::from(2));
        return kind;
    }
    Kind::TimesMore
}
