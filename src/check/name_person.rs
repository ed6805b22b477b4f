//! A registered person in another form.

use super::consistency::is_small;
use super::{Check, Draft, Level, Run, Text};
use crate::lang::Lang;
use crate::model::concept::{ConceptType, TermStatus};
use crate::span::{Span, halves};
use crate::text::chars::{is_han, quoted};

pub(super) const CHECK: Check = Check {
    id: "name-person",
    level: Level::Warning,
    mqm: "terminology/inconsistent-with-terminology-resource",
    page: include_str!("name_person.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    match text.lang {
        Lang::Zh => dots(text, drafts),
        Lang::En => given_name_first(text, drafts),
    }
}

/// A registered foreign name whose parts another dot joins, or none.
fn dots(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    for hit in text.hits() {
        let place = hit.span.of(text.text);
        let glossary = text.reference.glossary;
        let Some(sense) = hit.senses.first() else {
            continue;
        };
        let own = glossary[sense.concept].terms[Lang::Zh].get(usize::from(sense.term));
        let Some(term) = own.filter(|t| t.text.contains('·') && t.status != TermStatus::Deprecated)
        else {
            continue;
        };
        if place.contains('·') || !place.contains(is_han) {
            continue;
        }
        let message = format!(
            "{} is joined by another dot than “·” (U+00B7)",
            quoted(place)
        );
        let letters = |s: &str| s.chars().filter(|c| is_han(*c)).collect::<String>();
        drafts.push(Draft {
            safe: letters(place) == letters(&term.text),
            suggestions: vec![term.text.to_string()],
            concept: Some(sense.concept),
            ..Draft::new(text.at(hit.span), message)
        });
    }
}

/// What stands before a name and is no part of it.
pub(super) const TITLES: &[&str] = &[
    "President",
    "Premier",
    "Chairman",
    "Chairwoman",
    "Chair",
    "Vice",
    "Secretary",
    "General",
    "Minister",
    "Ambassador",
    "Governor",
    "Mayor",
    "Director",
    "Professor",
    "Doctor",
    "Comrade",
    "Leader",
    "Dr",
    "Mr",
    "Mrs",
    "Ms",
];

/// A registered Chinese name with its family name last: Jinping Xi.
fn given_name_first(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let people = text.reference.family_first();
    if people.is_empty() || !text.text.contains(' ') {
        return;
    }
    let mut last: Option<(usize, &str)> = None;
    let mut at = 0;
    for piece in text.text.split_inclusive([' ', '\n']) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Some((start, first)) = last
            && let Some((name, concept)) = people.get(&(first.to_owned(), word.to_owned()))
        {
            let span = Span::new(start, at + word.len());
            let known = text
                .all
                .iter()
                .any(|h| h.span.overlaps(span) && h.span.len() >= span.len());
            let (before, _) = halves(text.text, start);
            // A longer Western name may end in the same words.
            let longer = before
                .trim_end()
                .rsplit([' ', '\n'])
                .next()
                .is_some_and(|w| {
                    w.ends_with(char::is_alphabetic)
                        && w.starts_with(char::is_uppercase)
                        && !TITLES.contains(&w)
                        && !is_small(&w.to_lowercase(), Lang::En)
                });
            if !known && !longer && !text.in_code(span) {
                let message = format!(
                    "{} has the family name last: {}",
                    quoted(span.of(text.text)),
                    quoted(name)
                );
                drafts.push(Draft {
                    suggestions: vec![name.clone()],
                    concept: Some(*concept),
                    ..Draft::new(text.at(span), message)
                });
            }
        }
        let clean = piece.trim_end_matches([' ', '\n']) == word;
        last = (clean && word.starts_with(char::is_uppercase)).then_some((at, word));
        at += piece.len();
    }
}

/// Registered Chinese people by their given and family names in the wrong order.
pub(super) fn family_first(glossary: &crate::glossary::Glossary) -> People {
    let mut people = People::default();
    for id in glossary.picked("people", |c| c.kind == ConceptType::Person) {
        let concept = &glossary[id];
        // A foreign name has its dot or its own order.
        let chinese = concept.terms[Lang::Zh]
            .iter()
            .any(|t| (2..=4).contains(&t.text.chars().count()) && t.text.chars().all(is_han));
        for term in concept.terms[Lang::En]
            .iter()
            .filter(|t| chinese && t.status != TermStatus::Deprecated)
        {
            if let [family, given] = term.text.split(' ').collect::<Vec<_>>().as_slice()
                && syllables(concept.name(Lang::Zh), family, given)
            {
                let key = ((*given).to_owned(), (*family).to_owned());
                people.insert(key, (term.text.to_string(), id));
            }
        }
    }
    people
}

/// Whether a name in letters is the Chinese one in pinyin, family name first.
fn syllables(zh: &str, family: &str, given: &str) -> bool {
    let letters: String = [family, given]
        .concat()
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect();
    crate::text::pinyin::keys(zh).contains(&letters)
}

/// Given and family name, and the name as it is registered.
pub(super) type People =
    std::collections::HashMap<(String, String), (String, crate::glossary::ConceptId)>;
