//! A term of the target that the glossary deprecates.

use super::context::{cited, named, turned_down};
use super::{Check, Draft, Level, Run, Text, View};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::model::concept::{ConceptStatus, TermStatus};
use crate::recognize::Hit;
use crate::span::halves;
use crate::suggest::terms::{deprecated, preferred};
use crate::text::chars::quoted;
use crate::text::words::words;

pub(super) const CHECK: Check = Check {
    id: "term-forbidden",
    level: Level::Error,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("term_forbidden.md"),
    run: Run::Each(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    for hit in view.target.hits() {
        if hit
            .senses
            .iter()
            .all(|s| s.status != TermStatus::Deprecated)
        {
            continue;
        }
        if let Some(id) = deprecated(hit, |id| view.source.names(id)) {
            drafts.push(draft(view, hit, id, Severity::Error));
        } else if let Some(id) = deprecated(hit, |_| true) {
            let both = view.both();
            let word = a_word(hit.span.of(view.target.text), view.target.lang);
            // A word that says other things too is only worth a look, and not
            // even that where the source speaks of something else.
            if !(both && word) {
                let weight = if word {
                    Severity::Note
                } else {
                    Severity::Warning
                };
                drafts.push(draft(view, hit, id, weight));
            }
        }
    }
}

/// Whether a form is one everyday word, so that it may mean anything.
fn a_word(form: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => words(form).len() < 2,
        Lang::En => !form.trim().contains([' ', '-']) && !form.contains(char::is_uppercase),
    }
}

fn draft(view: &View<'_>, hit: &Hit, id: ConceptId, most: Severity) -> Draft {
    let target = &view.target;
    let concept = &view.glossary[id];
    let mut hits = view.source.all.iter();
    let other = hits.find(|h| h.senses.iter().any(|s| s.concept == id));
    let term = hit.span.of(target.text);
    let what = other.map_or(concept.name(target.lang), |h| h.span.of(view.source.text));
    let message = format!("{} is deprecated for {}", quoted(term), quoted(what));
    // Each side confirms the other: only where both may be parts of longer words is it doubtful.
    let sure = hit.sure || other.is_some_and(|h| h.sure);
    let weak = !sure
        || concept.status != ConceptStatus::Approved
        || cited(target.text, hit.span)
        || turned_down(target.text, hit.span);
    let suggestions = preferred(concept, target.locale);
    // Of more places than the source names it some may mean something else: which ones is unknown.
    let each = other.is_none() || times(&view.source, id) >= times(target, id);
    Draft {
        at_most: if weak { Severity::Note } else { most },
        safe: !weak
            && most > Severity::Note
            && hit.sure
            && each
            && !named(target.text, hit.span)
            && exact(view, hit, id, &suggestions),
        suggestions,
        concept: Some(id),
        related: other.iter().map(|h| view.source.at(h.span)).collect(),
        ..Draft::new(target.at(hit.span), message)
    }
}

/// How often a text names a concept, in any form.
fn times(text: &Text<'_>, id: ConceptId) -> usize {
    let hits = text.all.iter();
    let of = hits.filter(|hit| hit.senses.iter().any(|sense| sense.concept == id));
    of.count()
}

/// Whether the one preferred term can be put in the place of a hit as it is.
fn exact(view: &View<'_>, hit: &Hit, id: ConceptId, preferred: &[String]) -> bool {
    let target = &view.target;
    let term = hit.span.of(target.text);
    let concept = &view.glossary[id];
    let mut avoided = concept.with_status(target.lang, TermStatus::Deprecated);
    let [only] = preferred else { return false };
    // As the glossary has it: no inflection, no other capitals, no other script.
    let same = avoided.any(|t| &*t.text == term);
    let script = target.lang == Lang::En
        || !target.locale.traditional()
        || concept.terms[Lang::Zh].iter().any(|t| t.locale.is_some());
    let (before, _) = halves(target.text, hit.span.start as usize);
    let last = before.trim_end().rsplit(' ').next().unwrap_or("");
    let article = ["a", "an"].iter().any(|a| last.eq_ignore_ascii_case(a));
    same && script && !article && !target.in_code(hit.span) && !only.is_empty()
}
