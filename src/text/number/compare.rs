//! When two quantities mean the same, and which of two lists have no partner.

use super::currency::Currency;
use super::date::Date;
use super::unit::{Dimension, Unit};
use super::{Decimal, Kind, Quantity, Relation, Value};

/// See [`Quantity::same`].
pub(super) fn same(this: &Quantity, that: &Quantity) -> bool {
    match (this.value, that.value) {
        (Value::One(x), Value::One(y)) => amounts(this, x, that, y),
        (Value::Range(low, high), Value::Range(low2, high2)) => {
            amounts(this, low, that, low2) && amounts(this, high, that, high2)
        }
        (Value::Ratio(n, d), Value::Ratio(n2, d2)) => (n, d) == (n2, d2),
        (Value::Ratio(n, d), Value::One(x)) => share(n, d, that.kind, x),
        (Value::One(x), Value::Ratio(n, d)) => share(n, d, this.kind, x),
        (Value::Date(x), Value::Date(y)) => {
            x == y || (this.ambiguous || that.ambiguous) && swapped(x) == Some(y)
        }
        (Value::Date(date), Value::One(x)) => only_part(date, that.kind, x),
        (Value::One(x), Value::Date(date)) => only_part(date, this.kind, x),
        _ => false,
    }
}

/// Which of `a` and of `b` (by index) say something that the other side does not.
///
/// A value counts as said wherever it occurs on the other side, once or often, whole or as a bound
/// of a range, in a date with more or fewer parts, with its unit or without. What has no such
/// equal may still be converted or rounded from something that has none either. Soft quantities
/// are never among them.
///
/// ```
/// use zhengming::{lang::Lang, text::number::{quantities, unmatched}};
/// let zh = quantities("两国贸易额为912.17亿美元，增长10%至15%。", Lang::Zh);
/// let en = quantities("Trade between both countries was US$912.17 billion, up 10-15 percent.", Lang::En);
/// let (only_zh, only_en) = unmatched(&zh, &en);
/// assert_eq!((only_zh.len(), only_en.len()), (1, 1));
/// ```
pub fn unmatched(a: &[Quantity], b: &[Quantity]) -> (Vec<usize>, Vec<usize>) {
    let without = |these: &[Quantity], those: &[Quantity]| -> Vec<usize> {
        let alone = |q: &Quantity| {
            !q.soft && !those.iter().any(|other| q.says(other)) && !in_parts(q, those)
        };
        let these = these.iter().enumerate().filter(|(_, q)| alone(q));
        these.map(|(i, _)| i).collect()
    };
    let (mut left, mut right) = (without(a, b), without(b, a));
    if !left.is_empty() && !right.is_empty() {
        let apart = |i: usize, j: usize| match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => !x.comes_to(y),
            _ => true,
        };
        let (all_left, all_right) = (left.clone(), right.clone());
        left.retain(|i| all_right.iter().all(|j| apart(*i, *j)));
        right.retain(|j| all_left.iter().all(|i| apart(*i, *j)));
    }
    (left, right)
}

/// Whether one is the other with fewer digits, and says that it is not exact: 约1234万 for
/// 12,341,072, about two thirds for 约67%. Where both say so, only fine rounding counts.
pub(super) fn rounded(this: &Quantity, that: &Quantity) -> bool {
    let said = this.relation.is_some() || that.relation.is_some();
    let (x, y) = match (this.value, that.value) {
        (Value::One(x), Value::One(y)) => (x, y),
        (Value::Ratio(n, d), Value::One(x)) if that.kind == Kind::Percent => {
            return said && near_share(n, d, x);
        }
        (Value::One(x), Value::Ratio(n, d)) if this.kind == Kind::Percent => {
            return said && near_share(n, d, x);
        }
        _ => return false,
    };
    let fits = |coarse: Decimal, fine: Decimal, both: bool| {
        coarse.last_place() > fine.last_place()
            && fine.close(coarse, coarse.last_place())
            && !(both && coarse.significant() < 3)
    };
    this.kind == that.kind
        && match (this.relation.is_some(), that.relation.is_some()) {
            (true, true) => fits(x, y, true) || fits(y, x, true),
            (true, false) => fits(x, y, false),
            (false, true) => fits(y, x, false),
            (false, false) => false,
        }
}

/// Whether both say that they are not exact, and one is the other rounded to a digit or two: 约2亿
/// and about 198 million. It may be so meant.
pub(super) fn loosely(this: &Quantity, that: &Quantity) -> bool {
    let (Value::One(x), Value::One(y)) = (this.value, that.value) else {
        return false;
    };
    let fits = |coarse: Decimal, fine: Decimal| {
        coarse.last_place() > fine.last_place() && fine.close(coarse, coarse.last_place())
    };
    let hedged = |q: &Quantity| matches!(q.relation, Some(Relation::About | Relation::Nearly));
    hedged(this) && hedged(that) && this.kind == that.kind && (fits(x, y) || fits(y, x))
}

/// Whether one says what the other does with less: money or a measure without its unit, a date
/// without its year.
pub(super) fn near(this: &Quantity, that: &Quantity) -> bool {
    match (this.value, that.value) {
        (Value::Date(date), Value::One(x)) => republic(date, that.kind, x),
        (Value::One(x), Value::Date(date)) => republic(date, this.kind, x),
        (Value::Date(x), Value::Date(y)) => {
            let agree = |x: Option<i32>, y: Option<i32>| x.is_none() || y.is_none() || x == y;
            let shared = x.year.is_some() && y.year.is_some()
                || x.month.is_some() && y.month.is_some()
                || x.day.is_some() && y.day.is_some();
            let parts = |d: Date| [d.year, d.month.map(i32::from), d.day.map(i32::from)];
            shared && parts(x).into_iter().zip(parts(y)).all(|(x, y)| agree(x, y))
        }
        // four of seven patients for 4/7
        (Value::Ratio(n, d), Value::One(x)) => counted(n, d, that.kind, x),
        (Value::One(x), Value::Ratio(n, d)) => counted(n, d, this.kind, x),
        (Value::Range(..), Value::One(_)) => {
            in_months(this, that)
                || bounds(this)
                    .iter()
                    .any(|this| same(this, that) || near(this, that))
        }
        (Value::One(_), Value::Range(..)) => {
            in_months(that, this)
                || bounds(that)
                    .iter()
                    .any(|that| same(this, that) || near(this, that))
        }
        (Value::One(x), Value::One(y)) => {
            let bare = |kind| matches!(kind, Kind::Number | Kind::Ordinal);
            let counted = |kind| {
                matches!(
                    kind,
                    Kind::Number | Kind::Ordinal | Kind::Money(_) | Kind::Measure(_) | Kind::Times
                )
            };
            // 增长3倍 and threefold: loose, and another check's matter
            let multiples = |kind| matches!(kind, Kind::Times | Kind::TimesMore);
            let units =
                bare(this.kind) && counted(that.kind) || bare(that.kind) && counted(this.kind);
            // 5% or 10%: 5 or 10 percent
            let percent = |kind, other| bare(kind) && other == Kind::Percent;
            // 元 and $ of some place not said: another check's matter
            let money = |kind| matches!(kind, Kind::Money(_));
            let homeless = money(this.kind) && money(that.kind) && this.ambiguous && that.ambiguous;
            x == y
                && (units
                    || homeless
                    || percent(this.kind, that.kind)
                    || percent(that.kind, this.kind)
                    || multiples(this.kind) && multiples(that.kind))
        }
        _ => false,
    }
}

/// Whether the quarters from the first on are as many months: 前三季度, the first nine months.
fn in_months(quarters: &Quantity, months: &Quantity) -> bool {
    match (quarters.kind, quarters.value, months.kind, months.value) {
        (Kind::Quarter, Value::Range(_, last), Kind::Measure(unit), Value::One(count)) => {
            unit.name() == "month" && last.times(3.into()) == Some(count)
        }
        _ => false,
    }
}

/// Whether every bound of `q` is said by one of `those`.
fn in_parts(q: &Quantity, those: &[Quantity]) -> bool {
    let bounds = bounds(q);
    let said = |bound: &Quantity| {
        those
            .iter()
            .any(|other| same(bound, other) || near(bound, other))
    };
    !bounds.is_empty() && bounds.iter().all(said)
}

/// The two bounds of a range as quantities.
fn bounds(q: &Quantity) -> Vec<Quantity> {
    match q.value {
        Value::Range(low, high) => [low, high]
            .map(|value| Quantity {
                value: Value::One(value),
                ..*q
            })
            .to_vec(),
        _ => Vec::new(),
    }
}

/// Whether `x` of `a` and `y` of `b` are one amount.
fn amounts(this: &Quantity, x: Decimal, that: &Quantity, y: Decimal) -> bool {
    use Kind::{
        Anniversary, BasisPoints, Century, Clock, Date, Decade, Discount, FiscalYear, HalfYear,
        Measure, Money, Number, Ordinal, Percent, PercentPoints, Quarter, Times, TimesMore,
    };
    let counts = |kind| matches!(kind, Number | Ordinal | Measure(_) | Date | Anniversary);
    let doubted = this.ambiguous || that.ambiguous;
    match (this.kind, that.kind) {
        (Money(here), Money(there)) => {
            x == y && (here == there || doubted && homonyms(here.daily(), there.daily()))
        }
        // 40m users are 4000万
        (Measure(_), Number | Money(_) | Measure(_)) if this.millions() && x.shifted(6) == y => {
            true
        }
        (Number | Money(_) | Measure(_), Measure(_)) if that.millions() && y.shifted(6) == x => {
            true
        }
        (Measure(unit), Measure(other)) => measures(unit, x, other, y),
        // `a million pounds` may weigh
        (Money(Currency::Gbp), Measure(unit)) | (Measure(unit), Money(Currency::Gbp)) => {
            doubted && x == y && unit.name() == "pound"
        }
        // 兆 is 10^12 in Taiwan and 10^6 on the mainland
        (Number, Number) => {
            x == y
                || (this.ambiguous || that.ambiguous) && (x == y.shifted(-6) || y == x.shifted(-6))
        }
        (PercentPoints, BasisPoints) | (TimesMore, Percent) => x.shifted(2) == y,
        (BasisPoints, PercentPoints) | (Percent, TimesMore) => x == y.shifted(2),
        (Times, TimesMore) => y.plus(1.into()) == Some(x),
        (TimesMore, Times) => x.plus(1.into()) == Some(y),
        (Times, kind) if this.ambiguous && counts(kind) => x == y,
        (kind, Times) if that.ambiguous && counts(kind) => x == y,
        (Decade, Decade) => {
            let year = |d: Decimal| d.whole().unwrap_or(-1);
            x == y || (year(x) < 100 || year(y) < 100) && year(x) % 100 == year(y) % 100
        }
        // the era may be said once for two
        (Number | Ordinal | Century, Century) | (Century, Number | Ordinal) => {
            x == y || x == y.negated()
        }
        (Clock, Clock) => {
            let minutes = |d: Decimal| d.whole().unwrap_or(-1).rem_euclid(720);
            minutes(x) == minutes(y)
        }
        (Number | Ordinal, Quarter | HalfYear | FiscalYear)
        | (Quarter | HalfYear | FiscalYear, Number | Ordinal)
        | (Percent | Discount, Percent | Discount) => x == y,
        (kind, other) => x == y && (kind == other || counts(kind) && counts(other)),
    }
}

/// Whether two currencies share a daily name: 元, dollar.
fn homonyms(a: (bool, bool), b: (bool, bool)) -> bool {
    a.0 && b.0 || a.1 && b.1
}

fn measures(one: Unit, x: Decimal, other: Unit, y: Decimal) -> bool {
    let (a, b) = (one.row().dimension, other.row().dimension);
    if a == b {
        return one.base(x) == other.base(y);
    }
    // 每小时184公里 says it elsewhere
    if x == y && (hourly(one, other) || hourly(other, one)) {
        return true;
    }
    // `20 degrees` leaves the scale unsaid
    x == y
        && (a == Dimension::Angle && is_temperature(b)
            || b == Dimension::Angle && is_temperature(a))
}

/// Whether `speed` is kilometers an hour and `length` kilometers.
fn hourly(speed: Unit, length: Unit) -> bool {
    speed.row().dimension == Dimension::Speed && length.name() == "kilometer"
}

/// Whether one is the other in units of another system, rounded as either is written: 6 feet and
/// 1.8米, 10亩 and 0.67 hectares, 100°F and 38℃.
pub(super) fn converted(this: &Quantity, that: &Quantity) -> bool {
    let (Kind::Measure(one), Kind::Measure(two)) = (this.kind, that.kind) else {
        return false;
    };
    let (Value::One(x), Value::One(y)) = (this.value, that.value) else {
        return false;
    };
    match (one.row().dimension, two.row().dimension) {
        (Dimension::Fahrenheit, Dimension::Celsius) => converted(that, this),
        (Dimension::Celsius, Dimension::Fahrenheit) => {
            // nine degrees of one scale are nine fifths as many of the other
            let fifths = y.plus(Decimal::from(-32)).and_then(|y| y.times(5.into()));
            let (Some(nine), Some(fifths)) = (x.times(9.into()), fifths) else {
                return false;
            };
            let last = |d: Decimal, by: i64| d.last_place().times(by.into());
            [last(x, 9), last(y, 5)]
                .into_iter()
                .flatten()
                .any(|last| nine.close(fifths, last))
        }
        (Dimension::Time | Dimension::Calendar, _) => false,
        (here, there) if here == there && !one.factor().same_digits(two.factor()) => {
            let (Some(this), Some(that)) = (one.base(x), two.base(y)) else {
                return false;
            };
            [(one, x), (two, y)]
                .into_iter()
                .filter_map(|(unit, amount)| unit.base(amount.last_place()))
                .any(|last| this.close(that, last))
        }
        _ => false,
    }
}

fn is_temperature(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Celsius | Dimension::Fahrenheit)
}

/// Whether `n`/`d` is `x` percent, or the bare number `x`.
fn share(n: u64, d: u64, kind: Kind, x: Decimal) -> bool {
    let whole = |value: u64| i64::try_from(value).ok().map(Decimal::from);
    let (Some(n), Some(d)) = (whole(n), whole(d)) else {
        return false;
    };
    match kind {
        Kind::Percent => x.times(d) == Some(n.shifted(2)),
        Kind::Number | Kind::Measure(_) => x.times(d) == Some(n),
        _ => false,
    }
}

/// Whether `n`/`d` is `x` percent, rounded as that is written, but to no more than one percent.
fn near_share(n: u64, d: u64, x: Decimal) -> bool {
    let whole = |value: u64| i64::try_from(value).ok().map(Decimal::from);
    let (Some(n), Some(d)) = (whole(n), whole(d)) else {
        return false;
    };
    let last = x.last_place().min(1.into());
    match (x.times(d), last.times(d)) {
        (Some(share), Some(last)) => share.close(n.shifted(2), last),
        _ => false,
    }
}

/// Whether `x` is one of the two numbers of a fraction: four of seven is 4/7.
fn counted(n: u64, d: u64, kind: Kind, x: Decimal) -> bool {
    let x = x.whole().and_then(|x| u64::try_from(x).ok());
    kind == Kind::Number && d > 2 && x.is_some_and(|x| x > 1 && (x == n || x == d))
}

/// Day and month exchanged.
fn swapped(date: Date) -> Option<Date> {
    Date::new(date.year, date.day, date.month)
}

/// Whether `x` years are a year of the Republic: 自一百零二年起 for from 2013 on.
fn republic(date: Date, kind: Kind, x: Decimal) -> bool {
    let counted = match kind {
        Kind::Measure(unit) => unit.name() == "year",
        kind => kind == Kind::Number,
    };
    let year = x.whole().filter(|year| (30..=150).contains(year));
    let same = |year: i64| date.year.map(i64::from) == Some(year + 1911);
    counted && date.month.is_none() && year.is_some_and(same)
}

/// Whether `x` is the only part that `date` gives: 2025 and 2025年.
fn only_part(date: Date, kind: Kind, x: Decimal) -> bool {
    let part = match (date.year, date.month, date.day) {
        // 221 for 221 BC too
        (Some(part), None, None) => part.abs(),
        (None, Some(part), None) | (None, None, Some(part)) => part.into(),
        _ => return false,
    };
    matches!(kind, Kind::Number | Kind::Ordinal | Kind::Measure(_)) && x == i64::from(part).into()
}
