//! Amounts and ranges of two in English.

use super::count::{currency_before, money_scale, suffix};
use super::word;
use super::{after_words, gap};
use crate::text::number::currency::Currency;
use crate::text::number::date::Date;
use crate::text::number::figures::{is_sign, labelled, of_law};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::unit::Dimension;
use crate::text::number::{Decimal, Form, Kind, Value};

/// A number before what it counts is known.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: Decimal,
    pub(super) end: usize,
    /// The power of ten of its scale word.
    pub(super) scale: i16,
    /// Digits without separators, point or scale, and how many.
    pub(super) plain: Option<usize>,
    /// Whether it is in words.
    pub(super) words: bool,
    /// Whether the words can only be a number.
    pub(super) sure: bool,
    /// How many digits stand behind the point, where no scale follows.
    pub(super) places: u8,
}

/// The number at `i`: `50 billion`, `1,234`, `twenty-one`.
pub(super) fn number(text: &Text, i: usize) -> Option<Number> {
    let mut number = if let Some(literal) = text.literal(i) {
        let mut number = Number {
            value: literal.value,
            end: literal.end,
            scale: 0,
            plain: literal.plain,
            words: false,
            sure: true,
            places: literal.places,
        };
        // 5 hundred million
        while let Some((power, end)) = scale_at(text, number.end).filter(|_| number.scale <= 3) {
            number.value = number.value.shifted(power);
            number.scale += power;
            number.end = end;
            number.plain = None;
            number.places = 0;
        }
        number
    } else {
        let words = word::read(text, i).filter(|words| !words.ordinal)?;
        Number {
            value: words.value,
            end: words.end,
            scale: words.scale,
            plain: None,
            words: true,
            sure: words.sure,
            places: 0,
        }
    };
    // two and a half years
    if let Some(after) = after_words(
        text,
        text.spaces(number.end),
        &["and a half", "and one-half"],
    ) && let Some(sum) = number.value.plus(Decimal::new(5, -1))
    {
        number.value = sum;
        number.end = after;
        number.plain = None;
        number.places = 0;
        if let Some((power, end)) = scale_at(text, after) {
            number.value = sum.shifted(power);
            number.scale = power;
            number.end = end;
        }
    }
    Some(number)
}

/// A scale word after digits: ` billion`, `-million`, `bn`, `k`.
pub(super) fn scale_at(text: &Text, i: usize) -> Option<(i16, usize)> {
    // 300+ billion
    let plus = text.get(i) == '+' && text.get(i + 1) == ' ';
    let at = gap(text, i + usize::from(plus));
    let end = text.while_at(at, |c| c.is_ascii_alphabetic());
    let name = text.string(at, end);
    if let Some(power) = word::scale(&name.to_ascii_lowercase()) {
        return Some((power, end));
    }
    let power = match name.as_str() {
        "k" | "K" => 3,
        _ => return None,
    };
    let attached = at == i && !text.get(end).is_ascii_digit();
    attached.then_some((power, end))
}

/// Amounts and ranges of two.
pub(super) fn amounts(text: &Text, i: usize) -> Option<Reading> {
    let first = amount(text, i)?;
    if let Some(years) = short_years(text, &first) {
        return Some(years);
    }
    let single = |amount: Amount| Reading {
        parts: if amount.reported {
            vec![amount.part]
        } else {
            vec![]
        },
        end: amount.part.end,
    };
    let Some(next) = connector(text, i, first.part.end) else {
        return Some(single(first));
    };
    let Some(mut second) = amount(text, next) else {
        return Some(single(first));
    };
    let mut first = first;
    // 1885~1895 MHz: no year
    if is_year(&first.part)
        && matches!(
            second.part.kind,
            Kind::Measure(_) | Kind::Money(_) | Kind::Percent
        )
    {
        first.part.kind = Kind::Number;
        first.part.value = Value::One(first.number.value);
    }
    let (Value::One(low), Value::One(high)) = (first.part.value, second.part.value) else {
        return Some(single(first));
    };
    // US$10–15 billion, 10-15 percent, $5 to $6 billion: what one says holds for both
    if let (Kind::Money(currency), Kind::Number) = (first.part.kind, second.part.kind) {
        second.part.kind = Kind::Money(currency);
        second.part.ambiguous = first.part.ambiguous;
    }
    let kinds = first.part.kind == second.part.kind || first.part.kind == Kind::Number;
    let low = if first.number.scale == 0 && second.number.scale > 0 {
        low.shifted(second.number.scale)
    } else {
        low
    };
    // 5 to 10 degrees below zero
    let below = text.ends_any(second.part.end, &["below zero"]).is_some()
        && high.is_negative()
        && !low.is_negative();
    let (low, high) = if below {
        (high.min(low.negated()), high.max(low.negated()))
    } else {
        (low, high)
    };
    let years = is_year(&first.part) && is_year(&second.part);
    let chained = matches!(text.get(second.part.end), '-' | '–')
        && text.get(second.part.end + 1).is_ascii_digit();
    let counted = (first.reported || !first.number.words) && second.reported;
    if !kinds || low >= high || years || chained || !counted || of_law(text, first.part.start) {
        return Some(single(first));
    }
    let mut part = first.part.up_to(&second.part, low, high);
    let places = first.number.places.min(second.number.places);
    if matches!(part.form, Form::Usual | Form::Places(_)) {
        part.form = Form::of(places, &[low, high]);
    }
    part.alone()
}

/// `2010–11`: the second year without its century.
pub(super) fn short_years(text: &Text, first: &Amount) -> Option<Reading> {
    let Value::Date(Date {
        year: Some(year), ..
    }) = first.part.value
    else {
        return None;
    };
    let (next, end, year) = text.short_year(first.part.end, year)?;
    let follows = text.get(end);
    if !is_year(&first.part) || follows.is_alphanumeric() || matches!(follows, '-' | '/' | '%') {
        return None;
    }
    let later = Part::new(next, end, Kind::Date, Value::Date(Date::year(year)));
    Some(Reading {
        parts: vec![first.part, later],
        end,
    })
}

pub(super) fn is_year(part: &Part) -> bool {
    part.kind == Kind::Date
}

/// The place after a mark or word that joins a range which began at `start`.
pub(super) fn connector(text: &Text, start: usize, i: usize) -> Option<usize> {
    if let Some(end) = text.after_any(i, &["-", "–", "—", "~", " - ", " – ", " — "]) {
        return Some(end);
    }
    let at = text.spaces(i);
    if let Some(end) = after_words(text, at, &["to", "through"]).filter(|_| at > i) {
        return Some(text.spaces(end));
    }
    let before = text.spaces_before(start);
    let between = before
        .checked_sub(7)
        .is_some_and(|from| text.string(from, before).eq_ignore_ascii_case("between"));
    after_words(text, at, &["and"])
        .filter(|_| between && at > i)
        .map(|end| text.spaces(end))
}

/// A number with what it counts.
#[derive(Clone, Copy)]
pub(super) struct Amount {
    part: Part,
    number: Number,
    reported: bool,
}

/// The amount at `i`, with its currency sign, scale, unit.
pub(super) fn amount(text: &Text, i: usize) -> Option<Amount> {
    if let Some(sign) = currency_before(text, i) {
        return money(text, i, sign);
    }
    let minus = minus(text, i);
    let number = number(text, minus.map_or(i, |(at, _)| at))?;
    let value = match minus {
        Some(_) => number.value.negated(),
        None => number.value,
    };
    let mut part = Part {
        form: Form::of(number.places, &[value]),
        ..Part::new(i, number.end, Kind::Number, Value::One(value))
    };
    let counted = suffix(text, &number, value);
    // negative growth and two of them
    let signed = matches!(counted, Some((kind, ..)) if takes_sign(kind));
    if matches!(minus, Some((_, false))) && !signed {
        return None;
    }
    if let Some((kind, value, ambiguous, end)) = counted {
        part.form = form(&part, kind, value);
        let below = after_words(text, text.spaces(end), &["below zero"])
            .filter(|_| signed && minus.is_none() && kind != Kind::Percent);
        let (value, end) = match below {
            Some(end) => (value.negated(), end),
            None => (value, end),
        };
        part = Part {
            end,
            kind,
            value: Value::One(value),
            ambiguous,
            ..part
        };
        part.soft = number.words
            && !number.sure
            && number.value <= Decimal::from(2)
            && matches!(kind, Kind::Measure(_));
        return Some(Amount {
            part,
            number,
            reported: true,
        });
    }
    let whole = value.whole();
    if number.plain == Some(4)
        && whole.is_some_and(|year| (1500..2100).contains(&year))
        && !numbered(text, i)
    {
        let year = whole.and_then(|year| i32::try_from(year).ok())?;
        part.kind = Kind::Date;
        part.value = Value::Date(Date::year(year));
        return Some(Amount {
            part,
            number,
            reported: true,
        });
    }
    if number.plain.is_some() && (numbered(text, i) || labelled(text, i, number.end)) {
        part.form = Form::Label;
    }
    let one = number.words && value == Decimal::from(1);
    part.soft = number.words && value == Decimal::from(2)
        || value == Decimal::from(12) && number.words && !number.sure;
    part.soft |= !number.words && (value == Decimal::from(1) || listed(text, i, number.end));
    Some(Amount {
        part,
        number,
        reported: !one && value != Decimal::default() || !number.words,
    })
}

/// The amount of money at `i` after its sign, which says of what, whether that can be doubted, and
/// where it ends.
fn money(
    text: &Text,
    i: usize,
    (currency, ambiguous, end): (Currency, bool, usize),
) -> Option<Amount> {
    let mut number = number(text, text.spaces(end)).filter(|n| !n.words)?;
    if number.scale == 0
        && let Some((power, end)) = money_scale(text, number.end)
    {
        number = Number {
            value: number.value.shifted(power),
            scale: power,
            end,
            plain: None,
            places: 0,
            ..number
        };
    }
    let end = after_words(text, gap(text, number.end), &["dollars", "dollar", "yuan"])
        .unwrap_or(number.end);
    let part = Part {
        ambiguous,
        form: Form::of(number.places, &[number.value]),
        ..Part::new(i, end, Kind::Money(currency), Value::One(number.value))
    };
    Some(Amount {
        part,
        number,
        reported: true,
    })
}

/// The number after the minus at `i`, and whether that alone makes it one below zero: `-5` and
/// `minus 5` do, `minus five` and `negative 0.6` only before degrees or percent.
fn minus(text: &Text, i: usize) -> Option<(usize, bool)> {
    if text.get(i) == '-' {
        let sign = text.literal_begins(i + 1) && is_sign(text.before(i));
        return sign.then_some((i + 1, true));
    }
    let end = after_words(text, i, &["minus", "negative"])?;
    let at = text.spaces(end);
    // 10 minus 5 is no place below zero
    let difference = text.before(text.spaces_before(i)).is_ascii_digit();
    let sure = text.literal_begins(at) && text.get(i).eq_ignore_ascii_case(&'m');
    (at > end && !difference).then_some((at, sure))
}

/// The form of the bare number `part`, which is `value` of a kind by what stands after it.
fn form(part: &Part, kind: Kind, value: Decimal) -> Form {
    let per_million = Value::One(value.shifted(4));
    let per_billion = Value::One(value.shifted(7));
    match kind {
        Kind::Number => Form::Age,
        Kind::Percent if part.value == Value::One(value) => part.form,
        Kind::Percent if part.value == per_million => Form::PartsPer(6),
        Kind::Percent if part.value == per_billion => Form::PartsPer(9),
        _ => part.form,
    }
}

/// Whether what is counted is often below zero.
fn takes_sign(kind: Kind) -> bool {
    use Dimension::{Angle, Celsius, Fahrenheit};
    match kind {
        Kind::Percent => true,
        Kind::Measure(unit) => matches!(unit.row().dimension, Celsius | Fahrenheit | Angle),
        _ => false,
    }
}

/// Whether the digits `i..end` only number a list: `(1)`, and `1.` after a mark.
pub(super) fn listed(text: &Text, i: usize, end: usize) -> bool {
    let mark = text.before(text.spaces_before(i));
    let begins =
        i == 0 || matches!(mark, '.' | ':' | ';' | '：' | ')' | ',') || text.before(i) == '\n';
    text.before(i) == '(' && text.get(end) == ')'
        || begins
            && (matches!(text.get(end), '.' | ')')
                && end - i <= 2
                && !text.get(end + 1).is_ascii_digit()
                || outlined(text, i, end))
}

/// Whether `i..end` numbers a part of an outline: `1.2 Free diving`.
fn outlined(text: &Text, i: usize, end: usize) -> bool {
    let parts = text.string(i, end);
    let short = parts.contains('.') && parts.split('.').all(|part| part.len() <= 2);
    short && text.get(end) == ' ' && text.get(end + 1).is_ascii_uppercase()
}

/// Whether the digits at `i` are the number of something: `Order 1999`, `No. 2000`, `Resolution 1973`.
pub(super) fn numbered(text: &Text, i: usize) -> bool {
    let before = text.spaces_before(i);
    [
        "No.",
        "Nos.",
        "Order",
        "Resolution",
        "Section",
        "Article",
        "Regulation",
        "page",
        "Room",
    ]
    .iter()
    .any(|word| text.ends_any(before, &[word]).is_some())
}
