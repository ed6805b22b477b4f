//! A term of the source whose concept the target does not name.

use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::model::concept::{Concept, ConceptStatus, TermStatus};
use crate::recognize::Hit;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-missing",
    level: Level::Error,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("term_missing.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let mut seen: Vec<ConceptId> = Vec::new();
    for hit in &view.source.hits {
        // Presence, not counts: a pronoun or a short form may stand for every further mention.
        let Some(first) = unmet(view, hit) else {
            continue;
        };
        if seen.contains(&first) {
            continue;
        }
        seen.push(first);
        let concept = &view.glossary[first];
        let term = hit.span.of(view.source.text);
        let renderings = renderings(view, concept);
        let wanted = renderings.first().map_or("", String::as_str);
        let (term, wanted) = (quoted(term), quoted(wanted));
        let message = format!("{term} is not rendered as the glossary has it: {wanted}");
        drafts.push(Draft {
            at_most: weight(hit, concept),
            suggestions: renderings,
            concept: Some(first),
            ..Draft::new(view.source.at(hit.span), message)
        });
    }
}

/// The concept a hit names and the target does not; nothing where any of its senses is met.
fn unmet(view: &View<'_>, hit: &Hit) -> Option<ConceptId> {
    let lang = view.target.lang;
    let with_renderings = |id: &ConceptId| !view.glossary[*id].terms[lang].is_empty();
    let concepts = hit.senses.iter().map(|s| s.concept);
    // A deprecated rendering names the concept too: that is another rule's finding.
    if concepts.clone().any(|id| view.target.names(id)) {
        return None;
    }
    concepts.clone().find(with_renderings)
}

/// What could stand in the target, preferred terms first, without abbreviations.
fn renderings(view: &View<'_>, concept: &Concept) -> Vec<String> {
    let of = |status| concept.with_status(view.target.lang, status);
    let terms = of(TermStatus::Preferred).chain(of(TermStatus::Admitted));
    let full =
        terms.filter(|t| !t.abbreviation && t.locale.is_none_or(|l| l == view.target.locale));
    full.map(|t| t.text.to_string()).collect()
}

/// How much a missing rendering may weigh: little where the hit itself is not
/// certain (a soft boundary, a term not agreed on).
fn weight(hit: &Hit, concept: &Concept) -> Severity {
    if hit.sure && concept.status == ConceptStatus::Approved {
        Severity::Error
    } else {
        Severity::Note
    }
}
