//! One concept, and two of its renderings in one document.

use std::collections::BTreeMap;

use super::rendering::{Loose, Nearness};
use super::{At, Check, Draft, Level, Paper, Run, View};
use crate::finding::{Severity, Side};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{Term, TermStatus};
use crate::text::chars::quoted;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "term-inconsistent",
    level: Level::Warning,
    mqm: "terminology/inconsistent-use-of-terminology",
    page: include_str!("term_inconsistent.md"),
    run: Run::Paper(run),
};

/// A concept by one of its source terms; a document alone has no source term.
type Meaning = (ConceptId, Option<u16>);

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    let mut uses: BTreeMap<Meaning, BTreeMap<u16, Vec<At>>> = BTreeMap::new();
    for view in &paper.views {
        if view.both() {
            of_pair(view, &mut uses);
        } else {
            alone(view, &mut uses);
        }
    }
    for ((id, source), renderings) in uses {
        if renderings.len() > 1 {
            compare(paper, (id, source.is_some()), &renderings, drafts);
        }
    }
}

/// What a unit renders each term of its source by.
fn of_pair(view: &View<'_>, uses: &mut BTreeMap<Meaning, BTreeMap<u16, Vec<At>>>) {
    for hit in view.source.hits().filter(|h| h.sure) {
        let [sense] = hit.senses.as_slice() else {
            continue;
        };
        let meaning = (sense.concept, Some(sense.term));
        for there in view.target.hits().filter(|h| h.sure) {
            let same = there.senses.iter().find(|s| s.concept == sense.concept);
            if let Some(same) = same
                && may_stand(view, sense.concept, same.term)
            {
                let places = uses
                    .entry(meaning)
                    .or_default()
                    .entry(same.term)
                    .or_default();
                let at = view.target.at(there.span);
                if !places.contains(&at) {
                    places.push(at);
                }
            }
        }
    }
}

/// What a document alone calls its concepts, where a term can mean nothing else.
fn alone(view: &View<'_>, uses: &mut BTreeMap<Meaning, BTreeMap<u16, Vec<At>>>) {
    let text = &view.target;
    for hit in text.hits().filter(|h| h.sure) {
        let [sense] = hit.senses.as_slice() else {
            continue;
        };
        let place = hit.span.of(text.text);
        let long = match text.lang {
            Lang::Zh => place.chars().count() > 3,
            Lang::En => place.contains([' ', '-']),
        };
        if long && may_stand(view, sense.concept, sense.term) {
            let places = uses.entry((sense.concept, None)).or_default();
            places
                .entry(sense.term)
                .or_default()
                .push(text.at(hit.span));
        }
    }
}

/// Whether a term of the target is a full rendering that may stand.
fn may_stand(view: &View<'_>, id: ConceptId, term: u16) -> bool {
    let term = view.glossary[id].terms[view.target.lang].get(usize::from(term));
    term.is_some_and(|t| {
        let right = matches!(t.status, TermStatus::Preferred | TermStatus::Admitted);
        right && !t.abbreviation && t.locale.is_none()
    })
}

fn compare(
    paper: &Paper<'_>,
    (id, both): (ConceptId, bool),
    renderings: &BTreeMap<u16, Vec<At>>,
    drafts: &mut Vec<Draft>,
) {
    let place = |at: &At| paper.views.get(at.unit as usize);
    let Some(view) = renderings.values().flatten().next().and_then(place) else {
        return;
    };
    let term = |n: u16| own(view.glossary, id, view.target.lang, n);
    // The most used; of equals the glossary's first.
    let most = renderings
        .iter()
        .max_by_key(|(n, places)| (places.len(), std::cmp::Reverse(**n)));
    let Some((&usual, major)) = most else {
        return;
    };
    let Some(majority) = term(usual) else { return };
    for (&n, places) in renderings.iter().filter(|(n, _)| **n != usual) {
        let (Some(minority), Some((first, rest))) = (term(n), places.split_first()) else {
            continue;
        };
        if one_form(majority, minority) {
            continue;
        }
        let source = view.glossary[id].name(view.target.lang.other());
        let message = format!(
            "{} is {} here ({}) and {} elsewhere ({})",
            quoted(source),
            quoted(&minority.text),
            times(places.len()),
            quoted(&majority.text),
            times(major.len())
        );
        let doubt = place(first).map_or(Severity::Note, |v| v.at_most);
        let clear = both && major.len() > places.len();
        drafts.push(Draft {
            at_most: if clear { doubt } else { Severity::Note },
            suggestions: vec![majority.text.to_string()],
            concept: Some(id),
            related: rest.iter().chain(major.first()).copied().collect(),
            ..Draft::new(
                At {
                    side: Side::Target,
                    ..*first
                },
                message,
            )
        });
    }
}

fn times(n: usize) -> String {
    if n == 1 {
        "once".into()
    } else {
        format!("{n} times")
    }
}

fn own(glossary: &Glossary, id: ConceptId, lang: Lang, term: u16) -> Option<&Term> {
    glossary[id].terms[lang].get(usize::from(term))
}

/// Whether two terms are forms of one: a full and a short form, a noun and its adjective.
fn one_form(a: &Term, b: &Term) -> bool {
    let (folded, other) = (fold(&a.text), fold(&b.text));
    folded.contains(&other)
        || other.contains(&folded)
        || (Loose::new(&a.text).nearness(b) == Nearness::Variant
            && Loose::new(&b.text).nearness(a) == Nearness::Variant)
}
