//! What is wrong if one figure stands for another.

use super::Fault;
use crate::text::number::{Date, Decimal, Kind, Quantity, Value};

/// What is wrong if one stands for the other, and how unlikely that is; `None` where they are of
/// different sorts.
pub(super) fn fault(source: &Quantity, target: &Quantity) -> Option<(u8, Fault)> {
    match (source.value, target.value) {
        (Value::One(x), Value::One(y)) => amounts(source.kind, x, target.kind, y),
        (Value::Date(a), Value::Date(b)) => Some((6 - 2 * shared(a, b), Fault::Date)),
        (Value::Range(low, high), Value::Range(low2, high2)) => {
            let (rank, fault) = amounts(source.kind, low, target.kind, low2)
                .filter(|_| low != low2)
                .or_else(|| amounts(source.kind, high, target.kind, high2))?;
            Some((
                rank,
                if fault == Fault::Value {
                    Fault::Range
                } else {
                    fault
                },
            ))
        }
        (Value::Range(low, high), Value::One(y)) => {
            let bound = |x| amounts(source.kind, x, target.kind, y);
            bound(low)
                .or_else(|| bound(high))
                .map(|_| (6, Fault::Range))
        }
        (Value::One(x), Value::Range(low, high)) => {
            let bound = |y| amounts(source.kind, x, target.kind, y);
            bound(low)
                .or_else(|| bound(high))
                .map(|_| (6, Fault::Range))
        }
        (Value::Ratio(..), Value::Ratio(..)) => Some((3, Fault::Value)),
        (Value::Ratio(..), Value::One(_)) => partial(target.kind).then_some((5, Fault::Value)),
        (Value::One(_), Value::Ratio(..)) => partial(source.kind).then_some((5, Fault::Value)),
        (Value::Date(_), Value::One(_)) => {
            let year = matches!(target.kind, Kind::FiscalYear);
            let bare = matches!(target.kind, Kind::Number | Kind::Measure(_));
            (year || bare).then_some((if year { 3 } else { 6 }, Fault::Date))
        }
        (Value::One(_), Value::Date(_)) => {
            let year = matches!(source.kind, Kind::FiscalYear);
            let bare = matches!(source.kind, Kind::Number | Kind::Measure(_));
            (year || bare).then_some((if year { 3 } else { 6 }, Fault::Date))
        }
        _ => None,
    }
}

/// Whether two of which one may go unsaid number the same sort of thing: 第三條 and Article 4.
pub(super) fn in_order(source: &Quantity, target: &Quantity, fault: Fault) -> bool {
    let small = |q: &Quantity| match q.value {
        Value::One(value) => value < 20.into(),
        _ => false,
    };
    fault == Fault::Ordinal && small(source) && small(target)
}

/// How many parts two dates share, at most 2.
fn shared(a: Date, b: Date) -> u8 {
    let same = [
        a.year.is_some() && a.year == b.year,
        a.month.is_some() && a.month == b.month,
        a.day.is_some() && a.day == b.day,
    ];
    same.into_iter().map(u8::from).sum::<u8>().min(2)
}

/// Whether it is a part of a whole.
fn partial(kind: Kind) -> bool {
    matches!(kind, Kind::Percent | Kind::Fraction | Kind::Number)
}

/// As [`fault`], for `x` of one kind and `y` of another.
fn amounts(one: Kind, x: Decimal, other: Kind, y: Decimal) -> Option<(u8, Fault)> {
    use Kind::{
        Anniversary, BasisPoints, Century, Clock, Decade, Discount, FiscalYear, HalfYear, Measure,
        Money, Number, Ordinal, Percent, PercentPoints, Quarter, Times, TimesMore,
    };
    let tens = x.apart(y).is_some();
    let or_tens = |rank, fault| {
        if tens {
            (1, Fault::Magnitude)
        } else {
            (rank, fault)
        }
    };
    let place = |kind| {
        matches!(
            kind,
            Ordinal | Quarter | HalfYear | Century | Decade | Anniversary
        )
    };
    let part = |kind| matches!(kind, Percent | PercentPoints | BasisPoints | Discount);
    let multiple = |kind| matches!(kind, Times | TimesMore);
    let bare = |kind| matches!(kind, Number | Ordinal);
    Some(match (one, other) {
        (Money(a), Money(b)) if a != b && x == y => (0, Fault::Currency),
        (Money(a), Money(b)) if a != b => (5, Fault::Value),
        (Measure(a), Measure(b)) if a != b && x == y => (0, Fault::Unit),
        (Measure(a), Measure(b)) if a != b && a.measures_as(b) => (2, Fault::Unit),
        (Measure(a), Measure(b)) if a != b => (6, Fault::Unit),
        (a, b) if part(a) && part(b) && a != b => (if x == y { 0 } else { 4 }, Fault::Percent),
        // 八折 and 80% off
        (Discount, Discount) if x.plus(y) == Some(100.into()) => (0, Fault::Percent),
        (a, b) if multiple(a) && multiple(b) => (if a == b { 3 } else { 1 }, Fault::Times),
        (FiscalYear, FiscalYear) => (3, Fault::Date),
        (Clock, Clock) => (3, Fault::Value),
        (a, b) if place(a) && place(b) => (if a == b { 3 } else { 5 }, Fault::Ordinal),
        (a, b) if place(a) && bare(b) || bare(a) && place(b) => (4, Fault::Ordinal),
        (a, b) if a == b => or_tens(3, Fault::Value),
        (Number, Money(_) | Measure(_)) | (Money(_) | Measure(_), Number) => {
            if tens {
                (2, Fault::Magnitude)
            } else {
                (5, Fault::Value)
            }
        }
        (Number, Times) | (Times, Number) => (5, Fault::Value),
        (Number, Percent) | (Percent, Number) => (6, Fault::Value),
        _ => return None,
    })
}
