//! What a number counts in English: money by sign and name, percent, units.

use super::amount::Number;
use super::{after_plural, after_words, gap};
use crate::text::number::currency::{self, Currency};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::unit::Unit;
use crate::text::number::{Decimal, Kind, Value};

/// A currency sign or code before digits at `i`.
pub(super) fn currency_before(text: &Text, i: usize) -> Option<(Currency, bool, usize)> {
    if text.before(i).is_ascii_alphanumeric() {
        return None;
    }
    currency::ROWS
        .iter()
        .flat_map(|row| {
            row.prefixes
                .iter()
                .chain([&row.code])
                .map(move |sign| (row.currency, *sign))
        })
        .filter_map(|(currency, sign)| {
            let end = text.after(i, sign)?;
            let digits = text.literal_begins(text.spaces(end));
            digits.then_some((currency, matches!(sign, "$" | "¥" | "￥"), end))
        })
        .max_by_key(|(_, _, end)| *end)
}

/// `m`, `mm`, `b`, `t` after an amount of money, or in capitals after a space: `$50 B`.
pub(super) fn money_scale(text: &Text, i: usize) -> Option<(i16, usize)> {
    let spaced = text.get(i) == ' ' && text.get(i + 1).is_ascii_uppercase();
    let at = i + usize::from(spaced);
    let (power, length) = match (text.get(at), text.get(at + 1)) {
        ('m' | 'M', 'm' | 'M') => (6, 2),
        ('m' | 'M', _) => (6, 1),
        ('b' | 'B', _) => (9, 1),
        ('t' | 'T', _) => (12, 1),
        _ => return None,
    };
    let end = at + length;
    let next = text.get(end);
    // $20 T-shirts
    let word = next.is_ascii_alphanumeric() || spaced && matches!(next, '-' | '&');
    (!word).then_some((power, end))
}

/// What a number counts by the word after it.
pub(super) fn suffix(
    text: &Text,
    number: &Number,
    value: Decimal,
) -> Option<(Kind, Decimal, bool, usize)> {
    let at = gap(text, number.end);
    let spaced = at > number.end;
    let simple = |kind, end| Some((kind, value, false, end));
    if let Some(end) = after_words(
        text,
        at,
        &[
            "percentage points",
            "percentage point",
            "percentage-points",
            "percentage-point",
            "percent points",
            "pp",
        ],
    ) {
        return simple(Kind::PercentPoints, end);
    }
    if let Some(end) = after_words(
        text,
        at,
        &["basis points", "basis point", "basis-point", "bps", "bp"],
    ) {
        return simple(Kind::BasisPoints, end);
    }
    let percent = if text.get(at) == '%' {
        Some(at + 1)
    } else {
        after_words(text, at, &["percent", "per cent", "pct"])
    };
    if let Some(end) = percent {
        let end_point = gap(text, end);
        if let Some(end) = after_words(text, end_point, &["percentage points", "points", "point"]) {
            return simple(Kind::PercentPoints, end);
        }
        let off = after_words(text, end_point, &["off", "discount"]);
        return simple(
            if off.is_some() {
                Kind::Discount
            } else {
                Kind::Percent
            },
            off.unwrap_or(end),
        );
    }
    for (words, power) in [
        (["ppm", "parts per million", "part per million"], -4),
        (["ppb", "parts per billion", "part per billion"], -7),
    ] {
        if let Some(end) = after_words(text, at, &words) {
            return Some((Kind::Percent, value.shifted(power), false, end));
        }
    }
    let mille = text.after(at, "‰");
    if let Some(end) = mille.or_else(|| after_words(text, at, &["per mille", "per mil"])) {
        return Some((Kind::Percent, value.shifted(-1), false, end));
    }
    for (word, currency, power) in currency::CHANGE_EN {
        if let Some(end) = after_words(text, at, &[word]).filter(|_| number.scale == 0) {
            // a cent of some dollar
            let dollar = *currency == Currency::Usd;
            return Some((Kind::Money(*currency), value.shifted(*power), dollar, end));
        }
    }
    if let Some((currency, ambiguous, end)) = currency_after(text, at, number) {
        return Some((Kind::Money(currency), value, ambiguous, end));
    }
    let (unit, end) = unit_at(text, at, spaced)?;
    // 65 years old, 65-year-old: an age is a bare number in Chinese
    if let Some(end) = after_words(text, gap(text, end), &["old", "olds", "of age"]) {
        return simple(Kind::Number, end);
    }
    // 40m is forty million too, and a pound is money
    let million = unit.name() == "meter" && end == number.end + 1 && !number.words;
    let unsure = million || unit.name() == "pound";
    Some((Kind::Measure(unit), value, unsure, end))
}

/// `5'10"`: feet and inches.
pub(super) fn feet_and_inches(text: &Text, i: usize) -> Option<Reading> {
    let feet = text.literal(i).filter(|feet| feet.plain.is_some())?;
    let next = text.after(feet.end, "'")?;
    let inches = text.literal(next)?;
    let end = text.after_any(inches.end, &["\"", "”", "″", "''"])?;
    let measure = |name| Unit::named(name).map(Kind::Measure);
    let parts = vec![
        Part::new(i, next, measure("foot")?, Value::One(feet.value)),
        Part::new(next, end, measure("inch")?, Value::One(inches.value)),
    ];
    Some(Reading { parts, end })
}

/// A currency's name after a number: `yuan`, `U.S. dollars`, `RMB`.
pub(super) fn currency_after(
    text: &Text,
    at: usize,
    number: &Number,
) -> Option<(Currency, bool, usize)> {
    let named = currency::ROWS.iter().flat_map(|row| {
        row.names
            .iter()
            .chain([&row.code])
            .map(move |name| (row.currency, *name))
    });
    let (currency, name, end) = named
        .filter_map(|(currency, name)| Some((currency, name, after_plural(text, at, name)?)))
        .max_by_key(|(.., end)| *end)?;
    if name == "pound" && number.scale == 0 {
        return None; // weight
    }
    (at > number.end || !name.starts_with(|c: char| c.is_ascii_lowercase())).then_some((
        currency,
        matches!(name, "dollar" | "pound"),
        end,
    ))
}

/// A unit's name or symbol at `at`.
pub(super) fn unit_at(text: &Text, at: usize, spaced: bool) -> Option<(Unit, usize)> {
    let mut best: Option<(Unit, usize)> = None;
    if !text.get(at).is_alphabetic() && !matches!(text.get(at), '°' | '℃' | '℉') {
        return None;
    }
    for (unit, row) in Unit::all() {
        for symbol in row.symbols {
            let Some(end) = text.after(at, symbol) else {
                continue;
            };
            let single = symbol.len() == 1 && symbol.is_ascii();
            // 75 g and 5 L; other letters behind a space may begin a word or a name
            let apart = spaced && !matches!(*symbol, "g" | "L");
            let ends = !text.get(end).is_ascii_alphanumeric()
                && !(single && (apart || text.get(end) == '.'));
            if ends && best.is_none_or(|(_, longest)| end > longest) {
                best = Some((unit, end));
            }
        }
        let plural = after_words(text, at, &[row.plural]).filter(|end| *end > at);
        let named = row
            .names
            .iter()
            .filter_map(|name| after_plural(text, at, name))
            .max()
            .max(plural);
        if let Some(end) = named.filter(|end| best.is_none_or(|(_, longest)| *end > longest)) {
            best = Some((unit, end));
        }
    }
    best
}
