//! A range said by all it covers: 第一項至第三項 and paragraphs 1, 2 and 3.

use super::Text;
use crate::span::Span;
use crate::text::number::{Date, Kind, Quantity, Value};

/// More than this are never said one by one.
const MOST: i64 = 30;

/// Whether `q` lies within a range of the other text (`those`), all of which `these` say.
pub(super) fn within(
    q: &Quantity,
    these: &[Quantity],
    (those, other): (&[Quantity], &Text<'_>),
) -> bool {
    let Some(value) = number(q) else {
        return false;
    };
    let covers = |(low, high): (i64, i64)| {
        let said = |n| these.iter().any(|this| number(this) == Some(n));
        low < value && value < high && high - low <= MOST && (low..=high).all(said)
    };
    let whole = those.iter().filter_map(|q| match q.value {
        Value::Range(low, high) if counts(q.kind) => Some((low.whole()?, high.whole()?)),
        _ => None,
    });
    let ends = those.windows(2).filter_map(|pair| match pair {
        [low, high] if joined(low, high, other) => Some((number(low)?, number(high)?)),
        _ => None,
    });
    whole.chain(ends).any(covers)
}

/// Whether things are counted or numbered, and not measured out.
fn counts(kind: Kind) -> bool {
    matches!(kind, Kind::Number | Kind::Ordinal | Kind::Date)
        || matches!(kind, Kind::Measure(unit) if unit.name() == "year")
}

/// The whole number that it is; the year, of a date that gives no more.
fn number(q: &Quantity) -> Option<i64> {
    match q.value {
        Value::One(value) if counts(q.kind) => value.whole(),
        Value::Date(Date {
            year: Some(year),
            month: None,
            day: None,
        }) => Some(year.into()),
        _ => None,
    }
}

/// Whether nothing stands between two but what makes a range of them: 項至, `) to (`.
fn joined(low: &Quantity, high: &Quantity, text: &Text<'_>) -> bool {
    if low.core.end > high.core.start {
        return false;
    }
    let between = Span {
        start: low.core.end,
        end: high.core.start,
    };
    let idle = |c: char| {
        c.is_whitespace()
            || "条條项項款目段章节節頁页年号號点點类類级級等编編册冊组組()（）".contains(c)
    };
    let between = between.of(text.text).trim_matches(idle);
    ["至", "到", "to", "through", "-", "–", "—", "~", "～"].contains(&between)
}
