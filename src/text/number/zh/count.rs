//! What a number counts, by the word after it: money, units, percent.

use super::numeral::{self, Numeral, Read, Shape};
use super::share::{multiple, share};
use crate::text::chars::is_han;
use crate::text::number::currency::{self, Currency};
use crate::text::number::part::Part;
use crate::text::number::text::Text;
use crate::text::number::unit::{self, Unit};
use crate::text::number::{Decimal, Form, Kind, Value};

/// What the number before `at` counts, by the word there; `part` gets the end after it.
pub(super) fn suffix(
    text: &Text,
    at: usize,
    n: &Numeral,
    value: Decimal,
    part: &mut Part,
) -> Option<Kind> {
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
    if let Some((power, end)) = parts_of_many(text, at) {
        part.value = Value::One(value.shifted(power));
        if power < -1 {
            part.form = Form::PartsPer(2 - power);
        }
        return ends(end, Kind::Percent);
    }
    for (word, currency, power) in currency::CHANGE_ZH {
        if let Some(end) = text.after(at, word) {
            part.value = Value::One(value.shifted(*power));
            return ends(end, Kind::Money(*currency));
        }
    }
    if let Some((currency, end)) = currency_at(text, at) {
        part.ambiguous = text.get(at) == '元' && end == at + 1;
        let home = part.ambiguous && text.traditional;
        let change = small_change(text, end).filter(|_| part.ambiguous && n.scale == 0);
        if let Some((change, _)) = change {
            part.value = Value::One(value.plus(change)?);
        }
        return ends(
            change.map_or(end, |(_, end)| end),
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
    // 65岁, but not 2025岁末
    if let Some(end) = text.after_any(at, &["周岁", "岁"])
        && !matches!(
            text.get(end),
            '月' | '末' | '首' | '初' | '尾' | '暮' | '修'
        )
    {
        part.form = Form::Age;
        return ends(end, Kind::Number);
    }
    if let Some(end) = text.after(at, "周年") {
        part.soft |= value <= Decimal::from(2);
        return ends(end, Kind::Anniversary);
    }
    if !text.get(at).is_alphabetic() && !matches!(text.get(at), '°' | '℃' | '℉') {
        return None;
    }
    if let Some((kind, end)) = and_a_half(text, at) {
        part.value = Value::One(value.plus(Decimal::new(5, -1))?);
        return ends(end, kind);
    }
    let (unit, end) = unit_at(text, at)?;
    if !unit_fits(text, at, end, n) {
        return None;
    }
    // four weeks, and all around
    part.soft |= n.shape == Shape::Single && text.string(part.start, end) == "四周";
    // 七天半, 两年半
    if text.get(end) == '半' && !matches!(text.get(end + 1), '径' | '数' | '年') {
        part.value = Value::One(value.plus(Decimal::new(5, -1))?);
        part.end = end + 1;
    } else {
        part.end = end;
    }
    Some(Kind::Measure(unit))
}

/// The unit whose name or symbol stands at `at`, and the place after it.
pub(super) fn unit_at(text: &Text, at: usize) -> Option<(Unit, usize)> {
    let names = |row: &'static unit::Row| row.zh.iter().chain(row.symbols);
    let units = Unit::all().flat_map(|(unit, row)| names(row).map(move |name| (unit, *name)));
    units
        .filter_map(|(unit, name)| {
            let end = text.after(at, name)?;
            let latin = name.ends_with(|c: char| c.is_ascii_alphabetic())
                && text.get(end).is_ascii_alphanumeric();
            (!latin).then_some((unit, end))
        })
        .max_by_key(|(_, end)| *end)
}

/// What the 角 and 分 at `i`, after an amount in 元, add to it: 3元5角2分.
fn small_change(text: &Text, i: usize) -> Option<(Decimal, usize)> {
    let coins = |i: usize, names: &[&str], power: i16| {
        let Read::Numeral(n) = numeral::read(text, i)? else {
            return None;
        };
        let count = n.value.whole().filter(|count| (1..10).contains(count))?;
        let end = text.after_any(n.end, names)?;
        // 五分之一, 5分钟
        let other = matches!(text.get(end), '之' | '钟');
        (!other).then_some((Decimal::from(count).shifted(power), end))
    };
    let tenths = coins(i, &["角", "毛"], -1);
    let at = tenths.map_or(i, |(_, end)| end);
    match (tenths, coins(at, &["分"], -2)) {
        (Some((tenths, _)), Some((hundredths, end))) => Some((tenths.plus(hundredths)?, end)),
        (tenths, hundredths) => tenths.or(hundredths),
    }
}

/// What is counted by one and a half and so on, and the place after it: 一个半月, 一个半基数, but
/// not 一个半导体.
fn and_a_half(text: &Text, at: usize) -> Option<(Kind, usize)> {
    let after = text.after(at, "个半")?;
    if let Some(end) = text.after(after, "百分点") {
        return Some((Kind::PercentPoints, end));
    }
    let units = Unit::all().flat_map(|(unit, row)| row.zh.iter().map(move |name| (unit, *name)));
    let unit = units
        .filter_map(|(unit, name)| {
            let bare = name.strip_prefix('个').unwrap_or(name);
            Some((Kind::Measure(unit), text.after(after, bare)?))
        })
        .max_by_key(|(_, end)| *end);
    let next = text.get(after);
    let counted = !"导岛圆球径成决自".contains(next) && is_han(next);
    unit.or_else(|| counted.then_some((Kind::Number, after)))
}

/// `‰`, `ppm`, `ppb`: the power of ten that makes percent of it, and the place after it.
fn parts_of_many(text: &Text, at: usize) -> Option<(i16, usize)> {
    if text.get(at) == '‰' {
        return Some((-1, at + 1));
    }
    let mut symbols = [("ppm", -4), ("ppb", -7)].into_iter();
    symbols.find_map(|(symbol, power)| Some((power, text.after(text.spaces(at), symbol)?)))
}

/// Whether a unit's characters `at..end` are one here: not 年级, 天然, 米饭, 度假, 号.
pub(super) fn unit_fits(text: &Text, at: usize, end: usize, n: &Numeral) -> bool {
    let next = text.get(end);
    match text.string(at, end).as_str() {
        "年" => {
            !matches!(next, '级' | '轻' | '画')
                && n.plain
                    .is_none_or(|digits| digits != 4 || n.shape != Shape::Digits)
        }
        "天" => !matches!(next, '然' | '主' | '下' | '堂' | '津' | '文' | '气' | '使'),
        "日" => !matches!(next, '元' | '本' | '美' | '圆'),
        "米" => !matches!(next, '饭' | '其' | '兰'),
        "度" => !matches!(next, '假' | '过'),
        "升" => !matches!(next, '级' | '至' | '到'),
        "克" => !matches!(next, '里' | '罗' | '服'),
        "周" => !matches!(next, '边' | '围' | '恩' | '年' | '岁'),
        _ => true,
    }
}

/// The currency word at `at`.
pub(super) fn currency_at(text: &Text, at: usize) -> Option<(Currency, usize)> {
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
