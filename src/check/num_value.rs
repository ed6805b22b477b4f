//! A number, amount or date whose value the other text does not have.

use super::{Check, Draft, Level, Run, Text, View};
use crate::finding::Severity;
use crate::text::number::{Quantity, unmatched};

pub(super) const CHECK: Check = Check {
    id: "num-value",
    level: Level::Error,
    mqm: "accuracy/mistranslation/number",
    page: include_str!("num_value.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let source = free(&view.source, &view.target);
    let target = free(&view.target, &view.source);
    let (missing, mut extra) = unmatched(&source, &target);
    let lang = view.target.lang;
    for quantity in missing.iter().filter_map(|i| source.get(*i)) {
        let written = quantity.span.of(view.source.text);
        let wanted = quantity.render(lang);
        // A value of the same kind that nothing in the source asks for took its place.
        let instead = extra.iter().position(|i| {
            target
                .get(*i)
                .is_some_and(|other| other.kind == quantity.kind)
        });
        let wrong = instead
            .map(|at| extra.remove(at))
            .and_then(|i| target.get(i));
        drafts.push(if let Some(wrong) = wrong {
            let there = wrong.span.of(view.target.text);
            let message = format!("“{there}” is not the value of “{written}”");
            Draft {
                at_most: weight(quantity, wrong, Severity::Error),
                suggestions: vec![wanted],
                related: vec![view.source.at(quantity.span)],
                ..Draft::new(view.target.at(wrong.span), message)
            }
        } else {
            let message = format!("the value of “{written}” is not in the translation");
            Draft {
                at_most: weight(quantity, quantity, Severity::Warning),
                suggestions: vec![wanted],
                ..Draft::new(view.source.at(quantity.span), message)
            }
        });
    }
    for quantity in extra.into_iter().filter_map(|i| target.get(i)) {
        let written = quantity.span.of(view.target.text);
        let message = format!("the source has no value like “{written}”");
        drafts.push(Draft {
            at_most: weight(quantity, quantity, Severity::Warning),
            ..Draft::new(view.target.at(quantity.span), message)
        });
    }
}

/// The quantities of a text but those inside a term that both texts have:
/// the 14 of “14th Five-Year Plan” is the 十四五 of 十四五规划.
fn free(own: &Text<'_>, other: &Text<'_>) -> Vec<Quantity> {
    let paired = own.all.iter().filter(|hit| {
        let mut concepts = hit.senses.iter().map(|s| s.concept);
        concepts.any(|id| other.names(id))
    });
    let paired: Vec<_> = paired.map(|hit| hit.span).collect();
    let inside = |q: &&Quantity| paired.iter().any(|span| span.contains(q.span));
    own.quantities
        .iter()
        .filter(|q| !inside(q))
        .copied()
        .collect()
}

/// A value that can be read in two ways is worth a note and no more.
fn weight(a: &Quantity, b: &Quantity, most: Severity) -> Severity {
    if a.ambiguous || b.ambiguous {
        Severity::Note
    } else {
        most
    }
}
