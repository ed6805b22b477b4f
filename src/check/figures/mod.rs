//! What the figures of two texts disagree in: compared once a unit, shared by
//! all rules about numbers and dates.
//!
//! Quantities inside terms that both texts have belong to the terms. What is
//! left is compared by value; a value without an equal is paired with the one
//! that most likely took its place, and the pair gets the one fault that says
//! most about it, so that one slip is one finding of one rule.

mod fault;
mod hedge;
mod hidden;
mod told;

use super::clause::{self, Level};
use super::{Draft, Text, View, enumeration, sign};
use crate::finding::Severity;
use crate::lang::{Lang, Locale};
use crate::span::Span;
use crate::text::number::{Kind, Quantity, Value, quantities, unmatched};
use fault::{fault, in_order};
use hedge::hedges;
use hidden::hidden;

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

/// Reports the pairs with a fault; `say` gives the sentence.
pub(super) fn report(
    view: &View<'_>,
    fault: Fault,
    drafts: &mut Vec<Draft>,
    say: impl Fn(&Pair<'_>) -> String,
) {
    let lang = view.target.lang;
    for difference in view.differences().iter().filter(|d| d.fault == fault) {
        let (Some(source), Some(target)) = (&difference.source, &difference.target) else {
            continue;
        };
        // Of equal values the words around them are what is wrong.
        let hedged = source.same(target) && source.relation != target.relation;
        let span = if hedged { target.span } else { target.core };
        let pair = Pair {
            source,
            target,
            says: source.span.of(view.source.text),
            stands: span.of(view.target.text),
        };
        let core = target.core.of(view.target.text);
        let wanted = match (hedged, target.core == target.span) {
            (false, _) => source.render_like(core, lang),
            (true, false) => source.hedge(core, lang),
            (true, true) => source.render(lang), // 3000多
        };
        drafts.push(Draft {
            at_most: weight(source, target),
            suggestions: vec![as_capital(pair.stands, wanted)],
            related: vec![view.source.at(source.span)],
            ..Draft::new(view.target.at(span), say(&pair))
        });
    }
}

/// Reports the figures of one text that the other has nothing for. Many in one unit are one
/// fault, a table or a list left out.
pub(super) fn alone(view: &View<'_>, fault: Fault, drafts: &mut Vec<Draft>) {
    let own: Vec<Draft> = view
        .differences()
        .iter()
        .filter(|d| d.fault == fault)
        .filter_map(|d| match (&d.source, &d.target) {
            (Some(q), _) => Some(unsaid(view, q)),
            (None, Some(q)) => Some(unsourced(view, q)),
            (None, None) => None,
        })
        .collect();
    match own.split_first() {
        Some((first, rest)) if rest.len() >= MANY => {
            let related = rest.iter().map(|draft| draft.at);
            drafts.push(Draft {
                at_most: own.iter().map(|d| d.at_most).max().unwrap_or(first.at_most),
                suggestions: Vec::new(),
                message: format!("{}, nor those of {} more", first.message, rest.len()),
                related: related.take(MANY).collect(),
                ..first.clone()
            });
        }
        _ => drafts.extend(own),
    }
}

/// How many further figures make one finding of all.
const MANY: usize = 4;

/// A figure of the source that the translation has not.
fn unsaid(view: &View<'_>, q: &Quantity) -> Draft {
    let moved = moved(
        q,
        (&view.neighbors, view.target.lang),
        (&view.neighbor_sources, view.source.lang),
    );
    let written = q.span.of(view.source.text);
    Draft {
        at_most: lone(q).min(moved),
        suggestions: vec![q.render(view.target.lang)],
        ..Draft::new(
            view.source.at(q.span),
            format!("the value of “{written}” is not in the translation"),
        )
    }
}

/// A figure of the translation that the source has not.
fn unsourced(view: &View<'_>, q: &Quantity) -> Draft {
    let moved = moved(
        q,
        (&view.neighbor_sources, view.source.lang),
        (&view.neighbors, view.target.lang),
    );
    let written = q.span.of(view.target.text);
    Draft {
        at_most: lone(q).min(moved),
        ..Draft::new(
            view.target.at(q.span),
            format!("the source has no value like “{written}”"),
        )
    }
}

/// At most a note for what a neighboring unit has in the other language (`wanted`) and not in
/// this one's (`own`): a sentence stands in the wrong unit, and says its figure there.
fn moved(
    q: &Quantity,
    (wanted, lang): (&[&str; 2], Lang),
    (own, own_lang): (&[&str; 2], Lang),
) -> Severity {
    let says = |text: &str, lang| quantities(text, lang).iter().any(|other| q.same(other));
    let mut units = wanted.iter().zip(own);
    if units.any(|(there, here)| says(there, lang) && !says(here, own_lang)) {
        Severity::Note
    } else {
        Severity::Error
    }
}

/// With a capital where what it stands for has one.
fn as_capital(stands: &str, wanted: String) -> String {
    let mut chars = wanted.chars();
    match chars.next() {
        Some(first) if stands.starts_with(char::is_uppercase) && first.is_lowercase() => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => wanted,
    }
}

/// A value that can be read in two ways is worth a note and no more. Which country's money a
/// dollar is does not touch how many there are.
fn weight(a: &Quantity, b: &Quantity) -> Severity {
    let unsure = |q: &Quantity| q.ambiguous && !matches!(q.kind, Kind::Money(_));
    if unsure(a) || unsure(b) {
        Severity::Note
    } else {
        Severity::Error
    }
}

/// As [`weight`], of a figure without a counterpart. A year that only one text names is mostly the
/// year that the other is about.
fn lone(q: &Quantity) -> Severity {
    if told::is_year(q) {
        Severity::Note
    } else {
        weight(q, q)
    }
}

/// All disagreements of a unit, in the order of the translation.
pub(super) fn differences(view: &View<'_>) -> Vec<Difference> {
    if view.source.quantities.is_empty() && view.target.quantities.is_empty() {
        return Vec::new();
    }
    let mut source = free(&view.source, &view.target);
    let mut target = free(&view.target, &view.source);
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
        let told = |q: &Quantity, other| years <= 1 && told::by_a_word(q, other);
        found.retain(|d| match (&d.source, &d.target) {
            (Some(q), None) => !clause::elsewhere(q, here, there) && !told(q, there),
            (None, Some(q)) => !clause::elsewhere(q, there, here) && !told(q, here),
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
    let outside = |q: &&Quantity| !paired.iter().any(|span| span.contains(q.span));
    let settled = |q: &Quantity| Quantity {
        // 兆 is 10^12 in Taiwan, and nothing else
        // a yuan is Taiwan's in a translation from there
        ambiguous: (q.ambiguous
            || other.locale == Locale::Taiwan && q.core.of(own.text).ends_with("yuan"))
            && !(own.locale.traditional()
                && q.kind == Kind::Number
                && q.core.of(own.text).contains('兆')),
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

/// A quantity without an equal of its own on the other side.
#[derive(Clone, Copy)]
struct Left {
    quantity: Quantity,
    /// Whether it is a fault where nothing took its place.
    alone: bool,
    /// Whether it may go unsaid, and nothing shows that it should not have.
    soft: bool,
}

/// Those of a text that the other has nothing for. Some that are no fault by themselves may be
/// what another value took the place of: those that the other text need not have anything for and
/// has not, and those that it has, but not as often.
fn partners(of: &[Quantity], alone: &[usize], uneven: &[usize], other: &[Quantity]) -> Vec<Left> {
    let these = of.iter().enumerate().filter_map(|(i, quantity)| {
        let alone = alone.contains(&i);
        let unsaid = || quantity.soft && !other.iter().any(|o| quantity.says(o));
        let uneven = uneven.contains(&i);
        (alone || uneven || unsaid()).then_some(Left {
            quantity: *quantity,
            alone,
            soft: quantity.soft && !uneven,
        })
    });
    these.collect()
}

/// Which of two lists are left where each is paired with one equal and no more.
///
/// The numbers of list items go unsaid often enough, but not where both texts have as many.
fn uneven(
    (source, text): (&[Quantity], &Text<'_>),
    (target, other): (&[Quantity], &Text<'_>),
) -> (Vec<usize>, Vec<usize>) {
    let items = |these: &[Quantity], text: &Text<'_>| -> Vec<bool> {
        let listed = |q: &Quantity| clause::level(q, text) == Some(Level::Listed);
        these.iter().map(listed).collect()
    };
    let (from, source) = apart(source, target);
    let (to, target) = apart(target, &source);
    let (source, target) = (&*source, &*target);
    let (ours, theirs) = (items(source, text), items(target, other));
    let count = |items: &[bool]| items.iter().filter(|listed| **listed).count();
    let lists = count(&ours) >= 2 && count(&ours) == count(&theirs);
    let counts = |q: &Quantity, listed: Option<&bool>| !q.soft || lists && listed == Some(&true);
    let mut taken = vec![false; target.len()];
    let mut left = Vec::new();
    for (i, quantity) in source.iter().enumerate() {
        let free = |(j, q): &(usize, &Quantity)| {
            taken.get(*j).is_some_and(|taken| !taken) && (quantity.says(q) || quantity.comes_to(q))
        };
        let level = ours.get(i);
        // an item of a list with an item of a list, if there is one
        let exact = |(j, q): &(usize, &Quantity)| quantity.same(q) && theirs.get(*j) == level;
        let mut all = target.iter().enumerate().filter(free);
        let first = all.next();
        let best = first.filter(exact).or_else(|| all.find(exact)).or(first);
        match best.and_then(|(j, _)| taken.get_mut(j)) {
            Some(taken) => *taken = true,
            None if counts(quantity, ours.get(i)) => left.push(i),
            None => {}
        }
    }
    let free = taken.iter().zip(target).enumerate();
    let free = free.filter(|(j, (taken, q))| !**taken && counts(q, theirs.get(*j)));
    let back = |these: Vec<usize>, indices: &[usize]| -> Vec<usize> {
        let mut these: Vec<usize> = these
            .iter()
            .filter_map(|i| indices.get(*i).copied())
            .collect();
        these.dedup();
        these
    };
    let right = free.map(|(j, _)| j).collect();
    (back(left, &from), back(right, &to))
}

/// `these`, a range as its two bounds where the other text has them one by one and no such range
/// (第三條至第十六條 and Articles 3–16), and beside them the index of what each was.
fn apart(these: &[Quantity], those: &[Quantity]) -> (Vec<usize>, Vec<Quantity>) {
    let bounds = |q: &Quantity| match q.value {
        Value::Range(low, high) if !those.iter().any(|other| q.same(other)) => {
            let bounds = [low, high].map(|value| Quantity {
                value: Value::One(value),
                ..*q
            });
            let said = |q: &Quantity| those.iter().any(|other| q.says(other));
            bounds.iter().all(said).then_some(bounds)
        }
        _ => None,
    };
    let mut all = (Vec::new(), Vec::new());
    for (i, q) in these.iter().enumerate() {
        let parts = bounds(q).map_or_else(|| vec![*q], Vec::from);
        all.0.extend(parts.iter().map(|_| i));
        all.1.extend(parts);
    }
    all
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

/// Those without an equal, each with what took its place, the likeliest pair first.
fn paired(missing: &[Left], extra: &[Left]) -> Vec<Difference> {
    let mut pairs: Vec<(u8, usize, usize, usize, Fault)> = Vec::new();
    for (i, source) in missing.iter().enumerate() {
        for (j, target) in extra.iter().enumerate() {
            let weak = u8::from(!source.alone) + u8::from(!target.alone);
            if source.soft && target.soft {
                continue;
            }
            let soft = source.soft || target.soft;
            match fault(&source.quantity, &target.quantity) {
                Some((_, fault))
                    if soft && !in_order(&source.quantity, &target.quantity, fault) => {}
                // Nothing says that these two are wrong but that they are of one sort.
                Some((rank, _)) if weak == 2 && rank > 4 => {}
                Some((rank, fault)) => pairs.push((rank + weak * 8, i.abs_diff(j), i, j, fault)),
                None => {}
            }
        }
    }
    pairs.sort_unstable_by_key(|(rank, apart, i, j, _)| (*rank, *apart, *i, *j));
    let (mut sources, mut targets) = (vec![false; missing.len()], vec![false; extra.len()]);
    let mut found = Vec::new();
    for (_, _, i, j, fault) in pairs {
        let (Some(here), Some(there)) = (sources.get_mut(i), targets.get_mut(j)) else {
            continue;
        };
        if !*here && !*there {
            (*here, *there) = (true, true);
            found.push(Difference {
                fault,
                source: missing.get(i).map(|left| left.quantity),
                target: extra.get(j).map(|left| left.quantity),
            });
        }
    }
    let left = |these: &[Left], taken: &[bool]| -> Vec<Quantity> {
        let free = these.iter().zip(taken);
        let free = free.filter(|(left, taken)| !**taken && left.alone);
        free.map(|(left, _)| left.quantity).collect()
    };
    found.extend(left(missing, &sources).into_iter().map(|q| Difference {
        fault: Fault::Missing,
        source: Some(q),
        target: None,
    }));
    found.extend(left(extra, &targets).into_iter().map(|q| Difference {
        fault: Fault::Extra,
        source: None,
        target: Some(q),
    }));
    found
}

/// The power of ten that the translation's value has too much.
pub(super) fn power(source: &Quantity, target: &Quantity) -> Option<i16> {
    match (source.value, target.value) {
        (Value::One(x), Value::One(y)) | (Value::Range(x, _), Value::Range(y, _)) => x.apart(y),
        _ => None,
    }
}
