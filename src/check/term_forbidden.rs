//! A term of the target that the glossary deprecates for a concept of the source.

use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::model::concept::{ConceptStatus, TermStatus};
use crate::suggest::terms::deprecated;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-forbidden",
    level: Level::Error,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("term_forbidden.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    for hit in &view.target.hits {
        let Some(id) = deprecated(hit, |id| view.source.names(id)) else {
            continue;
        };
        let concept = &view.glossary[id];
        let preferred = concept.with_status(view.target.lang, TermStatus::Preferred);
        let fitting = preferred.filter(|t| t.locale.is_none_or(|l| l == view.target.locale));
        let suggestions: Vec<_> = fitting.map(|t| t.text.to_string()).collect();
        let other = view
            .source
            .all
            .iter()
            .find(|h| h.senses.iter().any(|s| s.concept == id));
        let term = hit.span.of(view.target.text);
        let named = other.map_or("", |h| h.span.of(view.source.text));
        let message = format!("{} is deprecated for {}", quoted(term), quoted(named));
        // Each side confirms the other: only where both may be parts of longer words is it doubtful.
        let sure = hit.sure || other.is_some_and(|h| h.sure);
        let weak = !sure || concept.status != ConceptStatus::Approved;
        drafts.push(Draft {
            at_most: if weak {
                Severity::Note
            } else {
                Severity::Error
            },
            suggestions,
            concept: Some(id),
            related: other.iter().map(|h| view.source.at(h.span)).collect(),
            ..Draft::new(view.target.at(hit.span), message)
        });
    }
}
