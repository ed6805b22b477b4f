//! A concept that is used before it has been agreed on.

use std::collections::BTreeMap;

use super::{At, Check, Draft, Level, Paper, Run};
use crate::glossary::ConceptId;
use crate::model::concept::ConceptStatus;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-undecided",
    level: Level::Off,
    mqm: "terminology/terminology-resource",
    page: include_str!("term_undecided.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    let mut uses: BTreeMap<ConceptId, Vec<At>> = BTreeMap::new();
    for view in &paper.views {
        // The source says what is meant; a document alone has only its own terms.
        let Some(text) = view.texts().next() else {
            continue;
        };
        for hit in text.hits() {
            let open = |id| view.glossary[id].status == ConceptStatus::Proposed;
            if hit.senses.iter().all(|s| open(s.concept))
                && let Some(sense) = hit.senses.first()
            {
                uses.entry(sense.concept)
                    .or_default()
                    .push(text.at(hit.span));
            }
        }
    }
    for (id, places) in uses {
        let Some((first, rest)) = places.split_first() else {
            continue;
        };
        let Some(view) = paper.views.get(first.unit as usize) else {
            continue;
        };
        let text = view.text(first.side);
        let concept = &view.glossary[id];
        let other = concept.name(text.lang.other());
        let term = quoted(first.span.of(text.text));
        let wanted = if other.is_empty() {
            "nothing in the other language".to_owned()
        } else {
            quoted(other)
        };
        let times = match places.len() {
            1 => String::new(),
            n => format!(" ({n} uses)"),
        };
        let message = format!("{term} is only proposed, with {wanted}: agree on it{times}");
        drafts.push(Draft {
            concept: Some(id),
            related: rest.to_vec(),
            ..Draft::new(*first, message)
        });
    }
}
