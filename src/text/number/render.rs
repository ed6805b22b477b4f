//! A quantity written as a professional writes it, in either language.

use super::currency::Currency;
use super::date::{Date, MONTHS};
use super::many::{many_en, many_zh, several};
use super::unit::Unit;
use super::{Decimal, Form, Kind, Quantity, Relation, Value};
use crate::lang::{Lang, Locale};
use crate::text::written::written;

/// In English: `US$50 billion`, `more than 35,000`, `November 24, 2025`, `119th`.
pub(super) fn en(q: &Quantity) -> String {
    if let Some(power) = several(q) {
        return many_en(q.kind, power);
    }
    let core = match q.value {
        Value::Date(date) => date_en(date),
        Value::Ratio(n, d) => ratio_en(n, d),
        Value::One(value) => one_en(q.kind, value, q.form),
        Value::Range(low, high) => range_en(q.kind, [low, high], q.form),
    };
    hedged_en(q.relation, q.kind, core)
}

/// With the words before it that say how the true value relates to it.
fn hedged_en(relation: Option<Relation>, kind: Kind, core: String) -> String {
    match relation {
        None | Some(Relation::Several) => core,
        Some(Relation::About) => format!("about {core}"),
        Some(Relation::Nearly) => format!("nearly {core}"),
        Some(Relation::Below) => format!("less than {core}"),
        Some(Relation::Above) => format!("more than {core}"),
        Some(Relation::AtLeast) => format!("at least {core}"),
        Some(Relation::AtMost) => format!("up to {core}"),
        Some(Relation::Reaching) if kind == Kind::Number => format!("as many as {core}"),
        Some(Relation::Reaching) => format!("as much as {core}"),
        Some(Relation::Early) => format!("early {core}"),
        Some(Relation::Middle) => format!("mid-{core}"),
        Some(Relation::Late) => format!("late {core}"),
        Some(Relation::End) => format!("the end of {core}"),
    }
}

/// In Chinese: 500亿美元, 超过3.5万, 2025年11月24日, 第119.
pub(super) fn zh(q: &Quantity) -> String {
    let q = &in_years(*q);
    if let Some(power) = several(q) {
        return many_zh(q.kind, power);
    }
    let core = match q.value {
        Value::Date(date) => date_zh(date),
        Value::Ratio(1, 2) => "一半".to_owned(),
        Value::Ratio(n, d) => format!("{}分之{}", numeral_zh(d), numeral_zh(n)),
        Value::One(value) => {
            let number = formed(value, number_zh(value), q.form);
            one_zh(q.kind, value, &number, q.form)
        }
        Value::Range(low, high) => range_zh(q.kind, [low, high], q.form),
    };
    let month = matches!(q.value, Value::Date(Date { month: Some(_), .. }));
    hedged_zh(q.relation, q.kind, month, core)
}

/// `zh`, which is the quantity in traditional characters, in the words of Taiwan: 兆, 第三季, 2週.
pub(super) fn taiwan(q: &Quantity, zh: &str) -> String {
    let own = match q.kind {
        Kind::Measure(unit) => unit.taiwan().and_then(|own| {
            let number = zh.strip_suffix(&written(unit.zh(), Locale::Taiwan))?;
            Some([number, own].concat())
        }),
        Kind::Quarter => Some(zh.replace("季度", "季")),
        _ => None,
    };
    own.unwrap_or_else(|| zh.to_owned()).replace("萬億", "兆")
}

/// With the words around it that say how the true value relates to it.
fn hedged_zh(relation: Option<Relation>, kind: Kind, month: bool, core: String) -> String {
    match relation {
        None | Some(Relation::Several) => core,
        Some(Relation::About) => format!("约{core}"),
        Some(Relation::Nearly) => format!("近{core}"),
        Some(Relation::Below) => format!("不到{core}"),
        Some(Relation::Above) => format!("超过{core}"),
        Some(Relation::AtLeast) => format!("至少{core}"),
        Some(Relation::AtMost) => format!("至多{core}"),
        Some(Relation::Reaching) if kind == Kind::Number => format!("多达{core}"),
        Some(Relation::Reaching) => format!("高达{core}"),
        Some(relation @ (Relation::Early | Relation::Middle | Relation::Late | Relation::End)) => {
            format!("{core}{}", part_of_period(relation, month))
        }
    }
}

/// `core`, a quantity as it is written, with what the relation of `q` is said by.
pub(super) fn hedged(q: &Quantity, core: &str, lang: Lang) -> String {
    match lang {
        Lang::En => hedged_en(q.relation, q.kind, core.to_owned()),
        Lang::Zh => {
            let month = matches!(q.value, Value::Date(Date { month: Some(_), .. }));
            hedged_zh(q.relation, q.kind, month, core.to_owned())
        }
    }
}

/// A number without what it counts.
pub(super) fn number(value: Decimal, lang: Lang) -> String {
    match lang {
        Lang::Zh => number_zh(value),
        Lang::En => number_en(value),
    }
}

/// What follows a month, or a year, of which only a part is meant: 5月下旬, 2027年年中.
fn part_of_period(relation: Relation, month: bool) -> &'static str {
    match (relation, month) {
        (Relation::Early, true) => "初",
        (Relation::Early, false) => "年初",
        (Relation::Middle, true) => "中旬",
        (Relation::Middle, false) => "年中",
        (Relation::Late, true) => "下旬",
        (Relation::Late, false) => "晚些时候",
        (_, true) => "底",
        (_, false) => "年底",
    }
}

/// Decades as years: Chinese has no unit for them.
fn in_years(q: Quantity) -> Quantity {
    let year = Unit::all().find(|(unit, _)| unit.name() == "year");
    match (q.kind, year) {
        (Kind::Measure(unit), Some((year, _))) if unit.name() == "decade" => {
            let value = match q.value {
                Value::One(value) => Value::One(value.shifted(1)),
                Value::Range(low, high) => Value::Range(low.shifted(1), high.shifted(1)),
                other => other,
            };
            Quantity {
                kind: Kind::Measure(year),
                value,
                ..q
            }
        }
        _ => q,
    }
}

/// Without language: `50000000000 USD`, `10..15 %`, `2025-11-24`.
pub(super) fn plain(q: &Quantity) -> String {
    let value = match q.value {
        Value::One(value) if q.kind == Kind::Clock => clock(value, ":"),
        Value::One(value) => value.to_string(),
        Value::Range(low, high) => format!("{low}..{high}"),
        Value::Ratio(n, d) => format!("{n}/{d}"),
        Value::Date(Date { year, month, day }) => {
            let year = year.map_or("-".to_owned(), |year| format!("{year:04}"));
            let rest = |part: Option<u8>| part.map_or(String::new(), |part| format!("-{part:02}"));
            format!(
                "{year}{}{}",
                rest(month),
                if month.is_none() && day.is_some() {
                    format!("-{}", rest(day))
                } else {
                    rest(day)
                }
            )
        }
    };
    match q.kind {
        Kind::Percent | Kind::Discount => format!("{value} %"),
        Kind::PercentPoints => format!("{value} pp"),
        Kind::BasisPoints => format!("{value} bp"),
        Kind::Money(currency) => format!("{value} {}", currency.code()),
        Kind::Measure(unit) => format!("{value} {}", unit.name()),
        _ => value,
    }
}

/// Digits with a scale word from a million on, where that is exact with three places; else groups of three.
fn number_en(value: Decimal) -> String {
    let size = if value.is_negative() {
        value.negated()
    } else {
        value
    };
    for (power, word) in [(12, "trillion"), (9, "billion"), (6, "million")] {
        let scaled = value.shifted(-power);
        if size >= Decimal::from(1).shifted(power) && scaled.places() <= 3 {
            return format!("{} {word}", scaled.grouped(","));
        }
    }
    value.grouped(",")
}

/// Digits with 万, 亿 or 万亿 where that is short and exact: 3.5万, 12345, 1.25万亿.
fn number_zh(value: Decimal) -> String {
    let size = if value.is_negative() {
        value.negated()
    } else {
        value
    };
    for places in [2, 4] {
        for (power, word) in [(12, "万亿"), (8, "亿"), (4, "万")] {
            let scaled = value.shifted(-power);
            let large = size >= Decimal::from(1).shifted(power)
                && (places == 2 || size >= Decimal::from(1_000_000));
            if large && scaled.places() <= places {
                return format!("{scaled}{word}");
            }
        }
    }
    value.to_string()
}

/// A number as its form wants it where that is not the `usual` way.
fn formed(value: Decimal, usual: String, form: Form) -> String {
    match form {
        Form::Label => value.to_string(),
        // 5.0亿 has no more digits than 500 million
        Form::Places(places) if usual.ends_with(|c: char| c.is_ascii_digit()) => {
            let (whole, part) = usual.split_once('.').unwrap_or((usual.as_str(), ""));
            format!("{whole}.{part:0<width$}", width = usize::from(places))
        }
        _ => usual,
    }
}

/// A percentage, or the parts of a million that it is given in.
fn percent(value: Decimal, number: String, form: Form) -> String {
    match form {
        Form::PartsPer(power) => {
            let name = if power == 6 { "ppm" } else { "ppb" };
            format!("{} {name}", value.shifted(power - 2))
        }
        _ => format!("{}%", formed(value, number, form)),
    }
}

/// A bare number: in a word up to nine, unless its form is another.
fn bare_en(value: Decimal, number: String, form: Form) -> String {
    match form {
        Form::Age if value == Decimal::from(1) => "1 year old".to_owned(),
        Form::Age => format!("{number} years old"),
        Form::Usual => small_en(value).map_or(number, str::to_owned),
        _ => number,
    }
}

fn one_en(kind: Kind, value: Decimal, form: Form) -> String {
    let number = formed(value, number_en(value), form);
    let singular = value == Decimal::from(1) && form == Form::Usual;
    match kind {
        Kind::Number => bare_en(value, number, form),
        Kind::Percent => percent(value, value.grouped(","), form),
        Kind::PercentPoints => format!(
            "{number} percentage point{}",
            if singular { "" } else { "s" }
        ),
        Kind::BasisPoints => format!("{number} basis point{}", if singular { "" } else { "s" }),
        Kind::Discount => format!("{value}% off"),
        Kind::Money(currency) => money_en(currency, &number),
        Kind::Measure(unit) => measure_en(unit, &number, singular),
        Kind::Times if value == Decimal::from(2) => "twice".to_owned(),
        Kind::Times => format!("{} times", small_en(value).map_or(number, str::to_owned)),
        Kind::TimesMore => format!("{}%", value.shifted(2).grouped(",")),
        Kind::Ordinal if form == Form::Label => number,
        Kind::Ordinal => ordinal_en(value),
        Kind::Clock => clock_en(value),
        Kind::FiscalYear => format!("fiscal year {value}"),
        Kind::Quarter => format!("{} quarter", ordinal_en(value)),
        Kind::HalfYear => format!("{} half", ordinal_en(value)),
        Kind::Decade => format!("{value}s"),
        Kind::Century if value.is_negative() => {
            format!("{} century BC", ordinal_digits(value.negated()))
        }
        Kind::Century => format!("{} century", ordinal_digits(value)),
        Kind::Anniversary => format!("{} anniversary", ordinal_en(value)),
        Kind::Date | Kind::Fraction => number,
    }
}

/// `number` is the value as written before the unit.
fn one_zh(kind: Kind, value: Decimal, number: &str, form: Form) -> String {
    match kind {
        Kind::Number if form == Form::Age => format!("{number}岁"),
        Kind::Number | Kind::Date | Kind::Fraction => number.to_owned(),
        Kind::Percent => percent(value, value.to_string(), form),
        Kind::TimesMore => format!("{}%", value.shifted(2)),
        Kind::PercentPoints => format!("{number}个百分点"),
        Kind::BasisPoints => format!("{number}个基点"),
        Kind::Discount => {
            let rest = Decimal::from(100).plus(value.negated()).unwrap_or_default();
            format!("{}折", rest.shifted(-1))
        }
        Kind::Money(currency) => format!("{number}{}", currency_zh(currency)),
        Kind::Measure(unit) => format!("{number}{}", unit.zh()),
        Kind::Times => format!("{number}倍"),
        Kind::Ordinal if form == Form::Label || value > 10.into() => format!("第{value}"),
        Kind::Ordinal => format!("第{}", small_zh(value)),
        Kind::Clock => clock_zh(value),
        Kind::FiscalYear => format!("{value}财年"),
        Kind::Quarter => format!("第{}季度", small_zh(value)),
        Kind::HalfYear => if value == Decimal::from(1) {
            "上半年"
        } else {
            "下半年"
        }
        .to_owned(),
        Kind::Decade => decade_zh(value),
        Kind::Century if value.is_negative() => format!("公元前{}世纪", value.negated()),
        Kind::Century => format!("{value}世纪"),
        Kind::Anniversary => format!("{value}周年"),
    }
}

fn range_en(kind: Kind, [low, high]: [Decimal; 2], form: Form) -> String {
    // `1 to 2 million` would be read as one million
    let scaled = number_en(low).ends_with("illion");
    let written = |value: Decimal| {
        let number = if scaled {
            number_en(value)
        } else {
            value.grouped(",")
        };
        formed(value, number, form)
    };
    match kind {
        Kind::Money(currency) => format!(
            "{} to {}",
            money_en(currency, &written(low)),
            money_en(currency, &written(high))
        ),
        Kind::Percent => format!(
            "{} to {}",
            one_en(kind, low, form),
            one_en(kind, high, form)
        ),
        Kind::Discount => format!("{low}% to {}", one_en(kind, high, form)),
        Kind::Number if form == Form::Age => {
            format!("{} to {} years old", written(low), written(high))
        }
        Kind::Measure(unit) => format!(
            "{} to {}",
            written(low),
            measure_en(unit, &written(high), false)
        ),
        Kind::PercentPoints => format!("{} to {} percentage points", written(low), written(high)),
        Kind::BasisPoints => format!("{} to {} basis points", low.grouped(","), high.grouped(",")),
        Kind::Times => format!("{} to {} times", low.grouped(","), high.grouped(",")),
        Kind::Quarter if low == Decimal::from(1) => {
            format!("first {} quarters", small_en(high).unwrap_or_default())
        }
        _ => format!("{} to {}", written(low), written(high)),
    }
}

fn range_zh(kind: Kind, [low, high]: [Decimal; 2], form: Form) -> String {
    if kind == Kind::Quarter && low == Decimal::from(1) {
        return format!("前{}季度", small_zh(high));
    }
    // 1至2万 would be read as 1万至2万
    let scaled = low >= Decimal::from(10_000) && number_zh(low).ends_with(['万', '亿']);
    let written = |value: Decimal| {
        let number = if scaled {
            number_zh(value)
        } else {
            value.to_string()
        };
        formed(value, number, form)
    };
    let low_text = match kind {
        Kind::Percent => percent(low, low.to_string(), form),
        _ => written(low),
    };
    format!("{low_text}至{}", one_zh(kind, high, &written(high), form))
}

/// `US$50 billion`, `RMB 1.2 trillion`, `50 billion yen`.
fn money_en(currency: Currency, number: &str) -> String {
    use Currency::{Chf, Cny, Inr, Jpy, Krw, Mop, Rub};
    let row = currency.row();
    match currency {
        Cny => format!("RMB {number}"),
        Jpy => format!("{number} yen"),
        Krw => format!("{number} won"),
        Inr => format!("{number} rupees"),
        Rub => format!("{number} rubles"),
        Mop => format!("{number} patacas"),
        Chf => format!("{number} Swiss francs"),
        _ => format!("{}{number}", row.prefixes.first().unwrap_or(&row.code)),
    }
}

pub(super) fn currency_zh(currency: Currency) -> &'static str {
    currency.row().zh.first().copied().unwrap_or("元")
}

pub(super) fn measure_en(unit: Unit, number: &str, singular: bool) -> String {
    let row = unit.row();
    let name = unit.name();
    match row.plural {
        _ if name.starts_with("degree ") => {
            format!("{number}{}", row.symbols.first().unwrap_or(&"°"))
        }
        _ if singular => format!("{number} {name}"),
        "" => format!("{number} {name}s"),
        plural => format!("{number} {plural}"),
    }
}

/// Two to nine in words.
pub(super) fn small_en(value: Decimal) -> Option<&'static str> {
    const WORDS: [&str; 8] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let index = usize::try_from(value.whole()? - 2).ok()?;
    WORDS.get(index).copied()
}

/// `third`, `119th`.
fn ordinal_en(value: Decimal) -> String {
    const WORDS: [&str; 9] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    let word = value
        .whole()
        .and_then(|n| usize::try_from(n - 1).ok())
        .and_then(|i| WORDS.get(i));
    word.map_or_else(|| ordinal_digits(value), |word| (*word).to_owned())
}

/// `1st`, `112th`.
pub(super) fn ordinal_digits(value: Decimal) -> String {
    let n = value.whole().unwrap_or(0).unsigned_abs();
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{suffix}", value.grouped(","))
}

fn ratio_en(n: u64, d: u64) -> String {
    const BELOW: [&str; 9] = [
        "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ];
    let below = usize::try_from(d)
        .ok()
        .and_then(|d| BELOW.get(d.checked_sub(2)?));
    let above = if n == 1 {
        Some("one")
    } else {
        i64::try_from(n).ok().and_then(|n| small_en(n.into()))
    };
    match (above, below) {
        (Some(above), Some(below)) => format!("{above}-{below}{}", if n == 1 { "" } else { "s" }),
        _ => format!("{n}/{d}"),
    }
}

fn date_en(date: Date) -> String {
    let month = date
        .month
        .and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?))
        .copied();
    match (date.year, month, date.day) {
        (Some(year), Some(month), Some(day)) => format!("{month} {day}, {}", year_en(year)),
        (Some(year), Some(month), None) => format!("{month} {}", year_en(year)),
        (None, Some(month), Some(day)) => format!("{month} {day}"),
        (None, Some(month), None) => month.to_owned(),
        (_, None, Some(day)) => format!("the {}", ordinal_digits(i64::from(day).into())),
        (year, None, None) => year.map(year_en).unwrap_or_default(),
    }
}

/// A year with its era where it is not plain from the digits: `221 BC`, `AD 618`.
fn year_en(year: i32) -> String {
    match year {
        ..0 => format!("{} BC", year.unsigned_abs()),
        0..1000 => format!("AD {year}"),
        _ => year.to_string(),
    }
}

fn date_zh(date: Date) -> String {
    let year = date
        .year
        .map(|year| match year {
            ..0 => format!("公元前{}年", year.unsigned_abs()),
            0..1000 => format!("公元{year}年"),
            _ => format!("{year}年"),
        })
        .unwrap_or_default();
    let month = date
        .month
        .map(|month| format!("{month}月"))
        .unwrap_or_default();
    let day = date.day.map(|day| format!("{day}日")).unwrap_or_default();
    [year, month, day].concat()
}

/// 20世纪90年代; 1900年代 where the century has no tens; 90年代 without a century.
fn decade_zh(value: Decimal) -> String {
    match value.whole() {
        Some(year) if year >= 1000 && year % 100 != 0 => {
            format!("{}世纪{}年代", year / 100 + 1, year % 100)
        }
        _ => format!("{value}年代"),
    }
}

fn clock(value: Decimal, mark: &str) -> String {
    let minutes = value.whole().unwrap_or(0);
    format!("{}{mark}{:02}", minutes / 60, minutes % 60)
}

fn clock_en(value: Decimal) -> String {
    let minutes = value.whole().unwrap_or(0);
    // 12月31日24时 ends the day that `12 a.m.` begins
    if minutes >= 1440 {
        return clock(value, ":");
    }
    let hour = (minutes / 60 + 11) % 12 + 1;
    let half = if minutes < 720 { "a.m." } else { "p.m." };
    if minutes % 60 == 0 {
        format!("{hour} {half}")
    } else {
        format!("{hour}:{:02} {half}", minutes % 60)
    }
}

fn clock_zh(value: Decimal) -> String {
    let minutes = value.whole().unwrap_or(0);
    if minutes % 60 == 0 {
        format!("{}时", minutes / 60)
    } else {
        format!("{}时{}分", minutes / 60, minutes % 60)
    }
}

/// Up to 99 in numerals.
pub(super) fn small_zh(value: Decimal) -> String {
    value
        .whole()
        .and_then(|n| u64::try_from(n).ok())
        .map_or_else(|| value.to_string(), numeral_zh)
}

/// Numerals up to 99; digits beyond.
fn numeral_zh(n: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u64| {
        usize::try_from(n)
            .ok()
            .and_then(|n| DIGITS.get(n))
            .copied()
            .unwrap_or("")
    };
    match n {
        0..=9 => digit(n).to_owned(),
        10..=99 => {
            let tens = if n < 20 { "" } else { digit(n / 10) };
            let ones = if n.is_multiple_of(10) {
                ""
            } else {
                digit(n % 10)
            };
            format!("{tens}十{ones}")
        }
        _ => n.to_string(),
    }
}
