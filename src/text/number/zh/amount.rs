//! Amounts and ranges of two: which numerals are numbers, and what belongs together.

use super::connector;
use super::count::suffix;
use super::numeral::{self, Numeral, Read, Shape};
use super::word::{COUNTERS, PREFIXES, other_word};
use crate::text::chars::is_han;
use crate::text::number::currency;
use crate::text::number::figures::{is_sign, labelled, of_degrees, of_law};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Form, Kind, Relation, Value};

/// 人民币500亿元, US$500亿, ￥100.
pub(super) fn prefixed_money(text: &Text, i: usize) -> Option<Reading> {
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
pub(super) fn amounts(text: &Text, i: usize) -> Option<Reading> {
    if let Some(signed) = amount(text, i).filter(|_| minus(text, i).is_some()) {
        return Some(ranged(text, signed));
    }
    match numeral::read(text, i)? {
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
pub(super) struct Amount {
    part: Part,
    numeral: Numeral,
    /// Whether it is to be reported where it stands alone.
    reported: bool,
}

/// Joins `first` with a second amount after 至, 到 or a dash to a range, where they belong together.
pub(super) fn ranged(text: &Text, first: Amount) -> Reading {
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
    // 零下5到10度: below zero, both
    let below = bare && text.after(first.part.start, "零下").is_some() && !high.is_negative();
    let (low, high) = if below {
        (low.min(high.negated()), low.max(high.negated()))
    } else {
        (low, high)
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
    if !joins || chained || years || of_law(text, first.part.start) {
        return single(first);
    }
    let mut part = first.part.up_to(&second.part, low, high);
    let places = first.numeral.places.min(second.numeral.places);
    if matches!(part.form, Form::Usual | Form::Places(_)) {
        part.form = Form::of(places, &[low, high]);
    }
    Reading {
        parts: vec![part],
        end: second.part.end,
    }
}

/// The number at `i` with what it counts.
pub(super) fn amount(text: &Text, i: usize) -> Option<Amount> {
    let minus = minus(text, i);
    let Read::Numeral(n) = numeral::read(text, minus.unwrap_or(i))? else {
        return None;
    };
    let value = match minus {
        Some(_) => n.value.negated(),
        None => n.value,
    };
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
        vague_ten = value == Decimal::from(10); // `a dozen`
    }
    let mut part = Part {
        relation,
        ambiguous: n.trillion,
        form: Form::of(n.places, &[value]),
        ..Part::new(i, end, Kind::Number, Value::One(value))
    };
    let digits = n.shape == Shape::Digits;
    let at = if digits { text.spaces(end) } else { end };
    let approximate = relation.is_some() || approximated(text, i);
    if let Some(kind) = suffix(text, at, &n, value, &mut part) {
        part.kind = kind;
        let reported = match n.shape {
            // （亿美元） heads a column
            Shape::Bare => approximate,
            Shape::Single => {
                part.soft |=
                    n.value <= Decimal::from(2) && matches!(kind, Kind::Measure(_) | Kind::Number);
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
    if digits && n.plain.is_some() && (text.get(end) == '号' || labelled(text, i, end)) {
        part.form = Form::Label;
    }
    // 9.加热设备。 10. 浓缩设备。
    let opened = i == 0 || matches!(text.before(i), ' ' | '\n' | '。' | '；' | ';' | '：' | ':');
    let short = n.plain.is_some_and(|digits| digits <= 2);
    let listed =
        digits && short && opened && text.get(end) == '.' && !text.get(end + 1).is_ascii_digit();
    part.soft |= value == Decimal::from(1) || vague_ten || listed;
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

/// The place after the minus at `i`: 负0.6%, -5, 零下五度.
fn minus(text: &Text, i: usize) -> Option<usize> {
    if let Some(end) = text.after(i, "零下") {
        let at = text.spaces(end);
        return matches!(numeral::read(text, at), Some(Read::Numeral(_))).then_some(at);
    }
    let before = text.before(i);
    let sign = match text.get(i) {
        '负' => true,
        // 气温-5℃, but not 3度-5度
        '-' => {
            is_sign(before)
                || is_han(before) && !"度至到".contains(before) && of_degrees(text, i + 1)
        }
        _ => false,
    };
    (sign && text.literal_begins(i + 1)).then_some(i + 1)
}

/// Whether an approximating word stands directly before `i`.
pub(super) fn approximated(text: &Text, i: usize) -> bool {
    PREFIXES.iter().any(|(word, _)| {
        let at = text.ends_any(i, &[word]);
        at.is_some_and(|at| !other_word(word, text.before(at), text.get(i)))
    })
}

pub(super) fn after_weekday(text: &Text, i: usize) -> bool {
    text.ends_any(i, &["星期", "礼拜", "周", "初", "老", "再"])
        .is_some()
        && !text.get(i).is_ascii_digit()
}
