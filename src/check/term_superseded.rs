//! A term that was right until before the document was written.

use super::context::{cited, turned_down};
use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::glossary::Glossary;
use crate::lang::{Lang, Locale};
use crate::model::concept::{Concept, TermStatus};
use crate::recognize::Sense;
use crate::suggest::terms::preferred;
use crate::text::chars::{is_han, quoted};

pub(super) const CHECK: Check = Check {
    id: "term-superseded",
    level: Level::Warning,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("term_superseded.md"),
    run: Run::Each(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let target = &view.target;
    for hit in target.hits() {
        let past = |s: &Sense| {
            let concept = &view.glossary[s.concept];
            s.status == TermStatus::Superseded
                || (view.date.is_none() && concept.valid_to.is_some())
                || (concept.valid_to.is_none() && !concept.superseded_by.is_empty())
        };
        // The same form may be another concept's present term.
        let Some(sense) = hit.senses.first().filter(|_| hit.senses.iter().all(past)) else {
            continue;
        };
        if sense.status == TermStatus::Deprecated {
            continue;
        }
        let concept = &view.glossary[sense.concept];
        let term = quoted(hit.span.of(target.text));
        let message = match (concept.valid_to, view.date) {
            (Some(last), Some(date)) => {
                format!("{term} was right until {last}, and the document is of {date}")
            }
            (Some(last), None) => {
                format!("{term} was right until {last}, and the document has no date")
            }
            (None, _) => format!("{term} has been superseded, the glossary does not say when"),
        };
        let known = sense.status == TermStatus::Superseded;
        let weak = !known || cited(target.text, hit.span) || turned_down(target.text, hit.span);
        drafts.push(Draft {
            at_most: if weak {
                Severity::Note
            } else {
                Severity::Error
            },
            suggestions: successors(view.glossary, concept, target.locale),
            concept: Some(sense.concept),
            ..Draft::new(target.at(hit.span), message)
        });
    }
}

/// What took a concept's place, in the language written: `superseded_by` names
/// a term or a row's id.
fn successors(glossary: &Glossary, concept: &Concept, to: Locale) -> Vec<String> {
    let by = &concept.superseded_by;
    if by.is_empty() {
        return Vec::new();
    }
    let named =
        |c: &&Concept| c.id == *by || c.terms[to.lang().other()].iter().any(|t| t.text == *by);
    if let Some(next) = glossary.concepts.iter().find(named) {
        return preferred(next, to);
    }
    let chinese = to.lang() == Lang::Zh;
    if by.contains(is_han) == chinese {
        vec![by.to_string()]
    } else {
        Vec::new()
    }
}
