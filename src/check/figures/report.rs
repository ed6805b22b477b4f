//! What is said of figures that disagree.

use super::super::{Draft, View};
use super::{Fault, Pair, told};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::text::number::{Kind, Quantity, quantities};

/// Reports the pairs with a fault; `say` gives the sentence.
pub(in crate::check) fn report(
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
pub(in crate::check) fn alone(view: &View<'_>, fault: Fault, drafts: &mut Vec<Draft>) {
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

/// A value that can be read in two ways, or was perhaps rounded, is worth a note and no more. Which
/// country's money a dollar is does not touch how many there are, nor do 3m people against 30万
/// leave a doubt, or pounds.
fn weight(a: &Quantity, b: &Quantity) -> Severity {
    let unsure = |q: &Quantity| match q.kind {
        Kind::Money(_) => false,
        Kind::Measure(unit) => q.ambiguous && !matches!(unit.name(), "meter" | "pound"),
        _ => q.ambiguous,
    };
    if unsure(a) || unsure(b) || a.loosely(b) {
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
