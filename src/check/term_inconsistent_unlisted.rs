//! One expression that no glossary has, rendered in two ways.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::consistency::renderings::{Otherwise, renderings};
use super::{Check, Draft, Level, Run, Set, Text};
use crate::finding::Severity;
use crate::model::bitext::Layout;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "term-inconsistent-unlisted",
    level: Level::Note,
    mqm: "terminology/inconsistent-use-of-terminology",
    page: include_str!("term_inconsistent_unlisted.md"),
    run: Run::Set(run),
};

/// A unit of one comparison: its source, its target, and the most a finding may weigh.
type Pair<'a> = (&'a Text<'a>, &'a Text<'a>, Severity);

fn run(set: &Set<'_>, drafts: &mut Vec<Draft>) {
    // What one region's readers are given is no variant of what another's are.
    let mut groups: BTreeMap<[&str; 2], Vec<Pair<'_>>> = BTreeMap::new();
    for paper in &set.papers {
        for view in paper.views.iter().filter(|v| v.both()) {
            let mut pair = |source, target| {
                let tags = [source, target].map(|t: &Text<'_>| t.locale.tag());
                let group = groups.entry(tags).or_default();
                group.push((source, target, view.at_most));
            };
            pair(&view.source, &view.target);
            // Which document of a pair is the translation nobody said: the other way round as well.
            if paper.bitext.layout == Layout::Pair {
                pair(&view.target, &view.source);
            }
        }
    }
    for pairs in groups.values() {
        let Some((source, target, _)) = pairs.first() else {
            continue;
        };
        let texts = pairs.iter().map(|(s, t, _)| [*s, *t]);
        let found = renderings(texts, [source.lang, target.lang]);
        let found = found
            .iter()
            .filter_map(|one| Some((one, draft(one, pairs)?)));
        drafts.extend(joined(found, pairs));
    }
}

/// One finding for all places of a document that have the same other rendering.
fn joined<'f>(
    found: impl Iterator<Item = (&'f Otherwise, Draft)>,
    pairs: &[Pair<'_>],
) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    let mut numbers: HashMap<(u32, &str, String), usize> = HashMap::new();
    for (one, draft) in found {
        let other = pairs.get(one.unit as usize).map(|(_, target, _)| {
            let written = one.target.of(target.text);
            written.to_lowercase()
        });
        let key = (
            draft.at.paper,
            one.usual.as_str(),
            other.unwrap_or_default(),
        );
        match numbers.entry(key) {
            Entry::Occupied(first) => {
                if let Some(first) = kept.get_mut(*first.get()) {
                    first.at_most = first.at_most.max(draft.at_most);
                    first.related.push(draft.at);
                }
            }
            Entry::Vacant(slot) => {
                slot.insert(kept.len());
                kept.push(draft);
            }
        }
    }
    kept
}

fn draft(found: &Otherwise, pairs: &[Pair<'_>]) -> Option<Draft> {
    let &(source, target, at_most) = pairs.get(found.unit as usize)?;
    let [all, usual, other] = found.counts;
    let message = format!(
        "{} is {} in {usual} of {all} places and {} in {other}",
        quoted(found.source.of(source.text)),
        quoted(&found.usual),
        quoted(found.target.of(target.text)),
    );
    let related = found.places.iter().filter_map(|&(unit, span)| {
        let (_, target, _) = pairs.get(unit as usize)?;
        Some(target.at(span))
    });
    Some(Draft {
        at_most: if found.strong {
            at_most
        } else {
            Severity::Note
        },
        suggestions: vec![found.usual.clone()],
        related: related.collect(),
        ..Draft::new(target.at(found.target), message)
    })
}
