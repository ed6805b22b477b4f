//! Vague counts in Chinese: 数十亿美元, 几百家, 两三年, 十几个, and a bare 百万美元.

use super::count::{currency_at, unit_at};
use super::numeral;
use super::word::COUNTERS;
use crate::text::chars::is_han;
use crate::text::number::currency::Currency;
use crate::text::number::part::Part;
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Kind, MOST_POWER, Quantity, Relation, Value};

/// All vague counts of a text.
pub(in crate::text::number) fn estimates(text: &Text) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let read = many(text, i)
            .or_else(|| one_or_next(text, i))
            .or_else(|| some_tens(text, i))
            .or_else(|| bare(text, i))
            .or_else(|| each(text, i));
        match read {
            Some((part, relation)) => {
                found.push(part.quantity(text, [part.start, part.end], relation));
                i = part.end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found
}

/// What was read, and how the true value relates to it.
type Read = Option<(Part, Option<Relation>)>;

/// The power of ten of the multipliers at `i`, 0 where there are none, and the place after them.
fn multipliers(text: &Text, i: usize) -> Option<(i16, usize)> {
    let (mut power, mut end) = (0, i);
    while let Some(by) = numeral::multiplier(text.get(end)).filter(|_| end < text.len()) {
        power += by;
        end += 1;
        if power > MOST_POWER {
            return None;
        }
    }
    // 数百分点, 十分
    (end == i || text.get(end) != '分').then_some((power, end))
}

/// The count `value` at `start..end` with the money or unit that follows it, and whether one does.
fn counted(text: &Text, [start, end]: [usize; 2], value: Value) -> (Part, bool) {
    let unit = || {
        let (unit, last) = unit_at(text, end)?;
        let fits = !matches!(text.get(end), '日' | '度' | '升' | '克');
        fits.then_some((Kind::Measure(unit), last))
    };
    let money = currency_at(text, end).map(|(currency, last)| {
        let home = text.traditional && text.get(end) == '元' && last == end + 1;
        let currency = if home { Currency::Twd } else { currency };
        (Kind::Money(currency), last)
    });
    match money.or_else(unit) {
        Some((kind, last)) => (Part::new(start, last, kind, value), true),
        None => (Part::new(start, end, Kind::Number, value), false),
    }
}

/// 数十亿美元, 几百家, 上千人.
fn many(text: &Text, i: usize) -> Read {
    let before = text.before(i);
    let (relation, word) = match text.get(i) {
        // 人数百万
        '数' => (
            Relation::Several,
            "人总指多少系函参次个基倍计算点整".contains(before),
        ),
        '几' => (Relation::Several, numeral::multiplier(before).is_some()),
        '上' => (
            Relation::Above,
            "史界会网路身地以之面际世早晚".contains(before),
        ),
        _ => return None,
    };
    let (power, end) = multipliers(text, i + 1).filter(|(power, _)| *power > 0)?;
    let value = Value::One(Decimal::from(1).shifted(power));
    let (part, measured) = counted(text, [i, end], value);
    let things = measured || COUNTERS.contains(text.get(end));
    let fits = !word && (relation == Relation::Several || things);
    fits.then_some((part, Some(relation)))
}

/// 两三年, 二三十人, 三四十亿元, 三五个.
fn one_or_next(text: &Text, i: usize) -> Read {
    let digit = |at: usize| numeral::digit(text.get(at)).filter(|d| (1..10).contains(d));
    let (low, high) = (digit(i)?, digit(i + 1)?);
    let numeral = |c: char| {
        numeral::digit(c).is_some() || numeral::multiplier(c).is_some() || c.is_ascii_digit()
    };
    let before = text.before(i);
    if high != low + 1 && (low, high) != (3, 5)
        || numeral(before)
        || "第周期初数几点、".contains(before)
        || numeral::digit(text.get(i + 2)).is_some()
    {
        return None;
    }
    let (power, end) = multipliers(text, i + 2)?;
    let value = |n: i64| Decimal::from(n).shifted(power);
    let (part, measured) = counted(text, [i, end], Value::Range(value(low), value(high)));
    let things = "个名位家人种次件只张份倍岁辆艘架座栋间户".contains(text.get(end));
    (measured || things || power > 0).then_some((part, None))
}

/// 十几个国家, 二十几亿元.
fn some_tens(text: &Text, i: usize) -> Read {
    let tens = numeral::digit(text.get(i)).filter(|d| (2..10).contains(d));
    let ten = if tens.is_some() { i + 1 } else { i };
    let started = numeral::digit(text.before(i)).is_some()
        || numeral::multiplier(text.before(i)).is_some()
        || matches!(text.before(i), '数' | '几');
    if started || text.get(ten) != '十' || text.get(ten + 1) != '几' {
        return None;
    }
    let (power, end) = multipliers(text, ten + 2)?;
    let value = Decimal::from(tens.unwrap_or(1) * 10).shifted(power);
    let (part, _) = counted(text, [i, end], Value::One(value));
    Some((part, Some(Relation::Above)))
}

/// 每千人, 每十万人.
fn each(text: &Text, i: usize) -> Read {
    let led = text.before(i) == '每';
    let (power, end) = multipliers(text, i).filter(|(power, _)| led && *power > 1)?;
    let (part, _) = counted(text, [i, end], Value::One(Decimal::from(1).shifted(power)));
    Some((part, None))
}

/// 百万美元, 千亿级: a unit as an amount, but not at the head of a column (百万美元).
fn bare(text: &Text, i: usize) -> Read {
    let before = text.before(i);
    let numeral = numeral::digit(before).is_some() || numeral::multiplier(before).is_some();
    if numeral || !(is_han(before) || matches!(before, '\n' | '。' | '，' | ' ')) {
        return None;
    }
    let (power, end) = multipliers(text, i).filter(|(power, _)| *power >= 4)?;
    let written = "数几上成多余来".contains(before);
    let value = Value::One(Decimal::from(1).shifted(power));
    let (part, _) = counted(text, [i, end], value);
    // 百万雄师, 千亿级, but not 千万不要, 亿万富翁
    let next = text.get(end);
    let word = text.get(i) == '亿' || "别不要注记当小".contains(next);
    let things = end == i + 2 && power >= 6 && !word && is_han(next);
    let counts = matches!(part.kind, Kind::Money(_)) || things || next == '级';
    (!written && counts).then_some((part, None))
}
