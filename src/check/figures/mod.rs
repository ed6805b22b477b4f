//! What the figures of two texts disagree in: compared once a unit, shared by
//! all rules about numbers and dates.
//!
//! Quantities inside terms that both texts have belong to the terms. What is
//! left is compared by value; a value without an equal is paired with the one
//! that most likely took its place, and the pair gets the one fault that says
//! most about it, so that one slip is one finding of one rule.

mod compound;
mod day_name;
mod fault;
mod hedge;
mod hidden;
mod paired;
mod report;
mod told;
mod uneven;

use super::clause::{self, Level};
use super::{Text, View, enumeration, sign};
use crate::lang::Locale;
use crate::span::{Span, halves};
use crate::text::number::{Currency, Kind, Quantity, Value, unmatched};
use hedge::hedges;
use hidden::hidden;
use paired::{paired, partners};
use uneven::uneven;

pub(super) use report::{alone, report};

/// What is wrong between two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Equal but for a power of ten.
    Magnitude,
    /// Parts of a hundred against points of them, or a price reduction against what is left.
    Percent,
    /// Growth by so many times against growth to so many.
    Times,
    /// Another currency.
    Currency,
    /// Another unit, or not converted.
    Unit,
    /// Another place in an order, or another period.
    Ordinal,
    /// Another bound, or an end that opens the other way.
    Range,
    /// Another day, month or year.
    Date,
    /// More than it against less than it.
    Approx,
    /// Another value.
    Value,
    /// Not in the translation.
    Missing,
    /// Not in the source.
    Extra,
}

/// A disagreement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Difference {
    /// What is wrong.
    pub(super) fault: Fault,
    /// The source's figure, where there is one.
    pub(super) source: Option<Quantity>,
    /// What stands for it in the translation.
    pub(super) target: Option<Quantity>,
}

/// Two figures that disagree.
pub(super) struct Pair<'a> {
    /// The source's.
    pub(super) source: &'a Quantity,
    /// The translation's.
    pub(super) target: &'a Quantity,
    /// The source's as it is written.
    pub(super) says: &'a str,
    /// The translation's as it is written.
    pub(super) stands: &'a str,
}

/// All disagreements of a unit, in the order of the translation.
pub(super) fn differences(view: &View<'_>) -> Vec<Difference> {
    let none = view.source.quantities.is_empty() && view.target.quantities.is_empty();
    // What was not translated is another rule's finding; read by the rules of two languages it
    // would differ from itself.
    if none || view.source.text == view.target.text {
        return Vec::new();
    }
    let mut source = free(&view.source, &view.target);
    let mut target = free(&view.target, &view.source);
    compound::join(&mut source, &view.source, &target);
    compound::join(&mut target, &view.target, &source);
    sign::level(&mut source, &target, &view.target);
    sign::level(&mut target, &source, &view.source);
    let (mut missing, mut extra) = unmatched(&source, &target);
    let (here, there) = (&view.source, &view.target);
    missing.retain(|i| !source.get(*i).is_some_and(|q| hidden(q, here, there)));
    extra.retain(|i| !target.get(*i).is_some_and(|q| hidden(q, there, here)));
    let (mut over, mut too) = uneven((&source, &view.source), (&target, &view.target));
    if !source.is_empty() && !target.is_empty() {
        let (ours, theirs) = ((&*source, &view.source), (&*target, &view.target));
        for i in misplaced(ours, theirs) {
            let soft = source.get(i).is_some_and(|q| q.soft);
            if soft { &mut over } else { &mut missing }.push(i);
        }
        for i in misplaced(theirs, ours) {
            let soft = target.get(i).is_some_and(|q| q.soft);
            if soft { &mut too } else { &mut extra }.push(i);
        }
    }
    let said = |i: &usize| {
        source
            .get(*i)
            .is_some_and(|q| enumeration::within(q, &source, (&target, there)))
    };
    missing.retain(|i| !said(i));
    over.retain(|i| !said(i));
    let said = |i: &usize| {
        target
            .get(*i)
            .is_some_and(|q| enumeration::within(q, &target, (&source, here)))
    };
    extra.retain(|i| !said(i));
    too.retain(|i| !said(i));
    // 前條 for Article 4 takes no other number's place
    if missing.is_empty() {
        extra.retain(|i| {
            !target
                .get(*i)
                .is_some_and(|q| clause::elsewhere(q, there, here))
        });
    } else if extra.is_empty() {
        missing.retain(|i| {
            !source
                .get(*i)
                .is_some_and(|q| clause::elsewhere(q, here, there))
        });
    }
    let mut found = Vec::new();
    if !missing.is_empty() || !extra.is_empty() || !over.is_empty() && !too.is_empty() {
        let missing = partners(&source, &missing, &over, &target);
        let extra = partners(&target, &extra, &too, &source);
        found = paired(&missing, &extra);
        // one word tells one year
        let years = found.iter().filter(|d| told::year_alone(d)).count();
        let told = |q: &Quantity, own, other| years <= 1 && told::by_a_word(q, own, other);
        found.retain(|d| match (&d.source, &d.target) {
            (Some(q), None) => !clause::elsewhere(q, here, there) && !told(q, here, there),
            (None, Some(q)) => !clause::elsewhere(q, there, here) && !told(q, there, here),
            _ => true,
        });
    }
    if found.is_empty() {
        found.extend(years(&source, &target));
    }
    found.extend(hedges(&source, &target));
    found
}

/// The quantities of a text but those inside a term that both texts have:
/// the 14 of “14th Five-Year Plan” is the 十四五 of 十四五规划.
fn free(own: &Text<'_>, other: &Text<'_>) -> Vec<Quantity> {
    if own.quantities.is_empty() {
        return Vec::new();
    }
    let paired = own.all.iter().filter(|hit| {
        let mut concepts = hit.senses.iter().map(|s| s.concept);
        concepts.any(|id| other.names(id))
    });
    let paired: Vec<_> = paired.map(|hit| hit.span).collect();
    let outside = |q: &&Quantity| {
        // 第232条款 with the term 232条款
        let ordinal = q.span.of(own.text).starts_with('第');
        let start = q.span.start + if ordinal { '第'.len_utf8() as u32 } else { 0 };
        let within = Span { start, ..q.span };
        !paired.iter().any(|span| span.contains(within)) && !verbatim(q, own.text, other.text)
    };
    let settled = |q: &Quantity| Quantity {
        // 兆 is 10^12 in Taiwan, and nothing else
        // a yuan is Taiwan's in a translation from there
        ambiguous: (q.ambiguous
            || other.locale == Locale::Taiwan && q.core.of(own.text).ends_with("yuan"))
            && !(own.locale.traditional()
                && q.kind == Kind::Number
                && q.core.of(own.text).contains('兆')),
        kind: if is_yen(q, own, other) {
            Kind::Money(Currency::Jpy)
        } else {
            q.kind
        },
        ..*q
    };
    let free = own.quantities.iter().filter(outside).map(settled);
    let mut last: Option<Quantity> = None;
    free.filter(|q| {
        let again = last.is_some_and(|last| restated(&last, q, own));
        last = Some(*q);
        !again
    })
    .collect()
}

/// Whether a ¥, which is a yuan's sign too, is a yen's here: the other text names yen, and has no
/// yuan.
fn is_yen(q: &Quantity, own: &Text<'_>, other: &Text<'_>) -> bool {
    let names = |currency| {
        let mut all = other.quantities.iter();
        all.any(|q| q.kind == Kind::Money(currency))
    };
    q.kind == Kind::Money(Currency::Cny)
        && q.core.of(own.text).starts_with(['¥', '￥'])
        && names(Currency::Jpy)
        && !names(Currency::Cny)
}

/// Whether digits are a part of one word with letters behind them, which both texts write alike: 4K.
fn verbatim(q: &Quantity, own: &str, other: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric();
    let (before, from) = halves(own, q.core.start as usize);
    let word = before.len() - before.trim_end_matches(joins).len();
    let (_, from_word) = halves(own, before.len() - word);
    let length = word + (from.len() - from.trim_start_matches(joins).len());
    let (word, _) = halves(from_word, length);
    let coded =
        word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(char::is_alphabetic);
    coded && stands_alone(other, word, joins)
}

/// Whether a word is in a text somewhere without a character on either side that `joins` it to
/// more.
fn stands_alone(text: &str, word: &str, joins: impl Fn(char) -> bool) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let (before, from) = halves(text, at);
        let (_, after) = halves(from, word.len());
        !before.ends_with(&joins) && !after.starts_with(&joins)
    })
}

/// Whether an amount is the one before it once more, in a bracket: 15 (fifteen).
fn restated(first: &Quantity, again: &Quantity, text: &Text<'_>) -> bool {
    if first.core.end > again.span.start {
        return false;
    }
    let between = Span {
        start: first.core.end,
        end: again.span.start,
    };
    // Units may stand between: 15 days (fifteen days).
    let between = between.of(text.text).trim_end();
    between.ends_with(['(', '（']) && between.chars().count() < 16 && first.says(again)
}

/// Clauses whose number the other text has only at another level: Article 1 where it has only
/// 第一项, or the first item of a list.
fn misplaced(
    (these, text): (&[Quantity], &Text<'_>),
    (those, other): (&[Quantity], &Text<'_>),
) -> Vec<usize> {
    let at_other_level = |q: &Quantity| {
        let level = clause::level(q, text).filter(|level| *level != Level::Listed);
        let Some(level) = level else {
            return false;
        };
        let mut equals = those.iter().filter(|o| q.says(o)).peekable();
        equals.peek().is_some()
            && equals.all(|o| clause::level(o, other).is_some_and(|other| other != level))
    };
    let these = these.iter().enumerate().filter(|(_, q)| at_other_level(q));
    these.map(|(i, _)| i).collect()
}

/// A year in place of another where dates agree in what else they say:
/// 1 January to 15 March 2020 and 2023年1月1日至3月15日.
fn years(source: &[Quantity], target: &[Quantity]) -> Option<Difference> {
    let year = |q: &Quantity| match (q.value, q.kind) {
        (Value::Date(date), _) => date.year.map(i64::from),
        (Value::One(year), Kind::FiscalYear) => year.whole(),
        _ => None,
    };
    let says = |q: &Quantity, wanted: i64| match q.value {
        Value::One(value) => value == wanted.into(),
        Value::Range(low, high) => low == wanted.into() || high == wanted.into(),
        _ => year(q) == Some(wanted),
    };
    let only = |these: &[Quantity], those: &[Quantity]| {
        let unsaid = |q: &&Quantity| {
            year(q).is_some_and(|year| !those.iter().any(|other| says(other, year)))
        };
        these.iter().find(unsaid).copied()
    };
    let (source, target) = (only(source, target)?, only(target, source)?);
    Some(Difference {
        fault: Fault::Date,
        source: Some(source),
        target: Some(target),
    })
}

/// The power of ten that the translation's value has too much.
pub(super) fn power(source: &Quantity, target: &Quantity) -> Option<i16> {
    match (source.value, target.value) {
        (Value::One(x), Value::One(y)) | (Value::Range(x, _), Value::Range(y, _)) => x.apart(y),
        _ => None,
    }
}
