//! Vague counts in English: `tens of billions of dollars`, `several hundred`, `dozens`.

use super::count::unit_at;
use super::word::{self, word};
use super::{after_plural, after_words, gap};
use crate::text::number::currency;
use crate::text::number::part::Part;
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Kind, MOST_POWER, Quantity, Relation, Value};

/// All vague counts of a text.
pub(in crate::text::number) fn estimates(text: &Text) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        match many(text, i) {
            Some(part) => {
                let span = [part.start, part.end];
                found.push(part.quantity(text, span, Some(Relation::Several)));
                i = part.end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found
}

/// The power of ten of a plural: `dozens`, `hundreds`, `millions`.
fn plural(name: &str) -> Option<i16> {
    match name {
        "tens" | "dozens" | "scores" => Some(1),
        _ => word::scale(name.strip_suffix('s')?).filter(|_| name.len() > 3),
    }
}

/// The vague count at `i` with what it counts.
fn many(text: &Text, i: usize) -> Option<Part> {
    let (power, end) = several(text, i).or_else(|| scores(text, i))?;
    if power > MOST_POWER {
        return None;
    }
    let value = Value::One(Decimal::from(1).shifted(power));
    let next = gap(text, end);
    let at = after_words(text, next, &["of"]).map_or(next, |of| text.spaces(of));
    let names = currency::ROWS
        .iter()
        .flat_map(|row| row.names.iter().map(move |name| (row.currency, *name)));
    let money = names
        .filter_map(|(currency, name)| Some((Kind::Money(currency), after_plural(text, at, name)?)))
        .max_by_key(|(_, end)| *end);
    let counted = money.or_else(|| {
        let (unit, end) = unit_at(text, at, true)?;
        Some((Kind::Measure(unit), end))
    });
    let (kind, end) = counted.filter(|_| at > end).unwrap_or((Kind::Number, end));
    Some(Part::new(i, end, kind, value))
}

/// `several hundred million`, `a few dozen`: the power of ten, and the place after it.
fn several(text: &Text, i: usize) -> Option<(i16, usize)> {
    let mut end = after_words(text, i, &["several", "a few"])?;
    let mut power = 0;
    word(text, i)?;
    while let Some((name, after)) = word(text, gap(text, end)) {
        let by = match name.as_str() {
            "dozen" if power == 0 => Some(1),
            _ => word::scale(&name).filter(|_| name.len() > 3),
        };
        let Some(by) = by else {
            break;
        };
        power += by;
        end = after;
        if power > MOST_POWER {
            return None;
        }
    }
    (power > 0).then_some((power, end))
}

/// `tens of billions`, `hundreds`: the power of ten, and the place after it.
fn scores(text: &Text, i: usize) -> Option<(i16, usize)> {
    let (first, mut end) = word(text, i)?;
    let mut power = plural(&first)?;
    let mut last = power;
    while let Some((by, after)) = after_words(text, gap(text, end), &["of"])
        .and_then(|of| word(text, text.spaces(of)))
        .and_then(|(name, after)| Some((plural(&name)?, after)))
        .filter(|(by, _)| *by > last)
    {
        power += by;
        last = by;
        end = after;
    }
    // test scores, in the tens
    let alone = power == 1 && first != "dozens";
    (!alone).then_some((power, end))
}
