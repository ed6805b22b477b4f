//! Parts of a whole and multiples: two-thirds, one in five, threefold.

use super::amount::number;
use super::count::unit_at;
use super::word::{self, word};
use super::{after_words, gap};
use crate::text::number::figures::{reduced, slash_fraction};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Kind, Unit, Value};

/// What may follow a part of a whole that does not say of what.
const AFTER_A_SHARE: &[&str] = &[
    "in", "to", "from", "since", "over", "compared", "and", "or", "as", "on", "at", "after",
    "during", "between", "each", "every", "this", "last", "by", "for", "with", "when", "while",
    "more", "less", "lower", "higher", "for", "per", "than",
];

/// `half a percentage point`, `a quarter of a percent`, `three-quarters of one percent`.
pub(super) fn of_a_percent(text: &Text, i: usize) -> Option<Reading> {
    const SHARES: [(&[&str], i128); 3] = [
        (&["half", "a half", "one half", "one-half"], 50),
        (&["a quarter", "one quarter", "one-quarter"], 25),
        (&["three quarters", "three-quarters"], 75),
    ];
    let (hundredths, end) = SHARES
        .iter()
        .find_map(|(words, share)| Some((*share, after_words(text, i, words)?)))?;
    let at = gap(text, end);
    let of = after_words(text, at, &["of a", "of one", "of 1", "a"]);
    let at = of.map_or(at, |of| text.spaces(of));
    let points = after_words(text, at, &["percentage point", "percentage-point"]);
    let (kind, last) = match points {
        Some(last) => (Kind::PercentPoints, last),
        None => (
            Kind::Percent,
            after_words(text, at, &["percent", "per cent"])?,
        ),
    };
    let value = Value::One(Decimal::new(hundredths, -2));
    (at > end)
        .then_some(Part::new(i, last, kind, value))?
        .alone()
}

/// `an hour and a half`.
pub(super) fn one_and_a_half(text: &Text, i: usize) -> Option<Reading> {
    let one = after_words(text, i, &["a", "an", "one"])?;
    let at = gap(text, one);
    let (unit, end) = unit_at(text, at, true).filter(|_| at > one)?;
    let end = after_words(text, text.spaces(end), &["and a half", "and one-half"])?;
    let value = Value::One(Decimal::new(15, -1));
    Part::new(i, end, Kind::Measure(unit), value).alone()
}

/// `two-thirds`, `a quarter of`, `one half`, `half of`, `2/3`.
pub(super) fn fraction(text: &Text, i: usize) -> Option<Reading> {
    if let Some((ratio, end)) = slash_fraction(text, i) {
        return Part::new(i, end, Kind::Fraction, ratio).alone();
    }
    if let Some(share) = one_in(text, i) {
        return share.alone();
    }
    if word::quarters(text, i).is_some() {
        return None;
    }
    let (first, end) = word(text, i)?;
    if let Some(half) = half(text, i).filter(|_| first == "half") {
        return half.alone();
    }
    let (above, end) = match first.as_str() {
        "a" | "an" => (1, end),
        _ => {
            let words = word::read(text, i).filter(|words| !words.ordinal && words.scale == 0);
            match words {
                Some(words) => (words.value.whole()?, words.end),
                // one-third: the reader of words took both
                None => return None,
            }
        }
    };
    let at = gap(text, end);
    let (name, mut end) = word(text, at).filter(|_| at > end)?;
    let below = match name.as_str() {
        "half" | "halves" => 2,
        "quarter" | "quarters" => 4,
        _ => match word::ordinal(name.strip_suffix('s').unwrap_or(&name)) {
            Some(below) => Some(below),
            // one four-thousandth
            None => scaled(text, &name, end).map(|(below, after)| {
                end = after;
                below
            }),
        }
        .filter(|below| *below >= 3)?,
    };
    let article = first == "a" || first == "an";
    // a third party, one quarter: only a third of, by a third, one-quarter
    let before = text.spaces_before(i);
    let led = text.ends_any(
        before,
        &[
            "about",
            "by",
            "than",
            "nearly",
            "over",
            "around",
            "almost",
            "approximately",
            "roughly",
        ],
    );
    let next = text.spaces(end);
    // by a third, but not by a third party
    let ends =
        !text.get(next).is_ascii_alphabetic() || after_words(text, next, AFTER_A_SHARE).is_some();
    let shares = after_words(text, next, &["of"]).is_some() || led.is_some() && ends;
    let hyphened = text.before(at) == '-';
    if !shares && (article || name == "quarter" && above == 1 && !hyphened) {
        return None;
    }
    if above >= below || above < 1 {
        return None;
    }
    Part::new(
        i,
        end,
        Kind::Fraction,
        reduced(above.unsigned_abs(), below.unsigned_abs()),
    )
    .alone()
}

/// `half a year`, `half of`, the word at `i`.
fn half(text: &Text, i: usize) -> Option<Part> {
    let (_, end) = word(text, i)?;
    if let Some(after) = after_words(text, gap(text, end), &["a year", "year"]) {
        let months = Unit::named("month").map(Kind::Measure)?;
        let mut part = Part::of(i, after, months, 6);
        part.soft = true;
        return Some(part);
    }
    let share = after_words(text, text.spaces(end), &["of", "the", "a", "an"]).is_some();
    let mut part = Part::new(i, end, Kind::Fraction, Value::Ratio(1, 2));
    part.soft = true;
    (share && word::read(text, i).is_none()).then_some(part)
}

/// `four-thousandth`, of which `first` ends at `end`: the number and the place after it.
fn scaled(text: &Text, first: &str, end: usize) -> Option<(i64, usize)> {
    let (name, after) = word(text, end + 1).filter(|_| text.get(end) == '-')?;
    let scale = match name.strip_suffix('s').unwrap_or(&name) {
        "hundredth" => 100,
        "thousandth" => 1000,
        _ => return None,
    };
    Some((word::small(first)? * scale, after))
}

/// `one in five`, `one person in six`, `three out of four`.
pub(super) fn one_in(text: &Text, i: usize) -> Option<Part> {
    let whole = |i: usize| {
        let number = number(text, i).filter(|number| number.scale == 0)?;
        Some((
            number.value.whole().and_then(|n| u64::try_from(n).ok())?,
            number.end,
        ))
    };
    let (above, end) = whole(i)?;
    let mut at = text.spaces(end);
    let out_of = after_words(text, at, &["out of", "out of every", "in every"]);
    let after = out_of.or_else(|| {
        if above != 1 {
            return None;
        }
        after_words(text, at, &["in"]).or_else(|| {
            let (_, end) = word(text, at)?;
            at = text.spaces(end);
            after_words(text, at, &["in"])
        })
    })?;
    let (below, end) = whole(text.spaces(after))?;
    let fits = 0 < above && above < below && (below <= 100 || matches!(below, 1000 | 10_000));
    fits.then(|| Part::new(i, end, Kind::Fraction, reduced(above, below)))
}

/// `doubled`, `twice`, `threefold`, `three times`.
pub(super) fn multiple(text: &Text, i: usize) -> Option<Reading> {
    if let Some((name, end)) = word(text, i) {
        let times = match name.as_str() {
            "double" | "doubled" | "doubles" | "doubling" | "twofold" | "twice" => 2,
            "triple" | "tripled" | "triples" | "tripling" | "threefold" | "thrice" => 3,
            "quadruple" | "quadrupled" | "quadrupling" | "fourfold" => 4,
            "quintupled" | "fivefold" => 5,
            "sixfold" => 6,
            "sevenfold" => 7,
            "eightfold" => 8,
            "ninefold" => 9,
            "tenfold" => 10,
            _ => 0,
        };
        if times > 0 {
            let mut part = Part::of(i, end, Kind::Times, times);
            part.ambiguous = name == "twice";
            part.soft = matches!(name.as_str(), "double" | "triple" | "twice");
            return part.alone();
        }
    }
    let (value, end) = number(text, i).map(|n| (n.value, n.end))?;
    let at = gap(text, end);
    if let Some(after) = text
        .after_any(end, &["x", "X"])
        .filter(|after| !text.get(*after).is_ascii_alphanumeric())
    {
        return Part::new(i, after, Kind::Times, Value::One(value)).alone();
    }
    let after = after_words(text, at, &["times", "fold"]).filter(|_| at > end)?;
    let mut part = Part::new(i, after, Kind::Times, Value::One(value));
    part.ambiguous = true; // three times: 三倍 or 三次
    part.alone()
}
