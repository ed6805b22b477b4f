//! Amounts in two units, 1小时15分钟, 5 feet 10 inches, which the other text gives in one.

use super::super::Text;
use crate::span::Span;
use crate::text::number::{Decimal, Kind, Quantity, Value};

/// Joins what stands in two units to one quantity, where the other text has not the first by itself.
pub(super) fn join(these: &mut Vec<Quantity>, text: &Text<'_>, those: &[Quantity]) {
    let mut i = 0;
    while let [large, small, ..] = these.get(i..).unwrap_or_default() {
        let whole = sum(large, small, text);
        if let Some(whole) = whole.filter(|_| !those.iter().any(|q| q.says(large))) {
            these.splice(i..i + 2, [whole]);
        }
        i += 1;
    }
}

/// The two as one, in the unit of the second.
fn sum(large: &Quantity, small: &Quantity, text: &Text<'_>) -> Option<Quantity> {
    const MOST: i64 = 3600;
    let (Kind::Measure(unit), Kind::Measure(part)) = (large.kind, small.kind) else {
        return None;
    };
    let (Value::One(x), Value::One(y)) = (large.value, small.value) else {
        return None;
    };
    let between = Span {
        start: large.span.end,
        end: small.span.start,
    };
    let joint = (between.start <= between.end).then(|| between.of(text.text).trim())?;
    if !unit.measures_as(part) || !matches!(joint, "" | "and" | "," | "零" | "又" | "-") {
        return None;
    }
    let parts = (2..=MOST).find(|n| part.base((*n).into()) == unit.base(1.into()))?;
    let fits = y < Decimal::from(parts);
    let value = x.times(parts.into())?.plus(y).filter(|_| fits)?;
    Some(Quantity {
        kind: small.kind,
        value: Value::One(value),
        span: Span {
            start: large.span.start,
            end: small.span.end,
        },
        core: Span {
            start: large.core.start,
            end: small.core.end,
        },
        ..*large
    })
}
