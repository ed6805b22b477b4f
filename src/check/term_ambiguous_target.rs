//! One form of the target for two concepts of the source.

use std::collections::BTreeMap;

use super::{At, Check, Draft, Level, Paper, Run};
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::model::concept::TermStatus;
use crate::model::document::Block;
use crate::text::chars::quoted;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "term-ambiguous-target",
    level: Level::Note,
    mqm: "terminology/inconsistent-use-of-terminology",
    page: include_str!("term_ambiguous_target.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    // For each form, the concepts it stands for, in order, with their first places.
    let mut forms: BTreeMap<String, Vec<(ConceptId, At, At)>> = BTreeMap::new();
    for view in &paper.views {
        for hit in view.target.hits().filter(|h| h.senses.len() > 1) {
            let place = hit.span.of(view.target.text);
            let word = match view.target.lang {
                Lang::Zh => place.chars().count() < 3,
                Lang::En => !place.contains([' ', '-']),
            };
            // A single word means many things; in a table each row is a thing of its own.
            if word && view.target.block != Block::Cell {
                continue;
            }
            let right = hit
                .senses
                .iter()
                .filter(|s| s.status != TermStatus::Deprecated);
            for sense in right {
                let mut named = view.source.hits().filter(|h| h.sure);
                let source = named
                    .find(|h| matches!(h.senses.as_slice(), [s] if s.concept == sense.concept));
                if let Some(source) = source {
                    let known = forms.entry(fold(place)).or_default();
                    if known.iter().all(|(id, ..)| *id != sense.concept) {
                        let at = view.target.at(hit.span);
                        known.push((sense.concept, at, view.source.at(source.span)));
                    }
                }
            }
        }
    }
    for known in forms.into_values().filter(|known| known.len() > 1) {
        let (Some((_, first, origin)), Some((id, second, other))) = (known.first(), known.get(1))
        else {
            continue;
        };
        let text = |at: &At| {
            let view = paper.views.get(at.unit as usize);
            view.map_or("", |v| at.span.of(v.text(at.side).text))
        };
        if fold(text(origin)) == fold(text(other)) {
            continue;
        }
        let message = format!(
            "{} stands here for {} and elsewhere for {}",
            quoted(text(second)),
            quoted(text(other)),
            quoted(text(origin))
        );
        drafts.push(Draft {
            concept: Some(*id),
            related: vec![*first, *origin, *other],
            ..Draft::new(*second, message)
        });
    }
}
