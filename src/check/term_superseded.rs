//! A term that was right until before the document was written, or is so only since after it.

use jiff::civil::Date;

use super::context::{cited, turned_down};
use super::{Check, Draft, Level, Run, View};
use crate::finding::Severity;
use crate::glossary::Glossary;
use crate::lang::{Lang, Locale};
use crate::model::concept::{Concept, TermStatus, Validity};
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
        let validity = |s: &Sense| view.glossary[s.concept].validity(view.date);
        let out = |s: &Sense| validity(s) != Validity::Valid;
        // The same form may be another concept's present term.
        let Some(sense) = hit.senses.first().filter(|_| hit.senses.iter().all(out)) else {
            continue;
        };
        if sense.status == TermStatus::Deprecated {
            continue;
        }
        let concept = &view.glossary[sense.concept];
        let early = validity(sense) == Validity::Upcoming;
        let message = message(&quoted(hit.span.of(target.text)), concept, view.date);
        let known = early || sense.status == TermStatus::Superseded;
        let weak = !known || cited(target.text, hit.span) || turned_down(target.text, hit.span);
        drafts.push(Draft {
            at_most: if weak {
                Severity::Note
            } else {
                Severity::Error
            },
            suggestions: instead(view.glossary, concept, target.locale, view.date),
            concept: Some(sense.concept),
            ..Draft::new(target.at(hit.span), message)
        });
    }
}

/// When a term was right, and when the document was written.
fn message(term: &str, concept: &Concept, date: Option<Date>) -> String {
    let dated = match date {
        Some(date) => format!("the document is dated {date}"),
        None => "the document has no date".into(),
    };
    match (concept.validity(date), concept.valid_from, concept.valid_to) {
        (Validity::Upcoming, Some(first), _) => {
            format!("{term} is right only from {first}, and {dated}")
        }
        (_, _, Some(last)) => format!("{term} was right until {last}, and {dated}"),
        _ => format!("{term} has been superseded, the glossary does not say when"),
    }
}

/// What counts in a concept's place, in the language written.
fn instead(glossary: &Glossary, concept: &Concept, to: Locale, date: Option<Date>) -> Vec<String> {
    if let Some(next) = glossary.instead(concept, to.lang().other(), date) {
        return preferred(next, to);
    }
    let by = &concept.superseded_by;
    let of_language = by.contains(is_han) == (to.lang() == Lang::Zh);
    let told = !by.is_empty() && of_language && concept.validity(date) != Validity::Upcoming;
    told.then(|| by.to_string()).into_iter().collect()
}
