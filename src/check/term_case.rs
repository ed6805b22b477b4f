//! A name in other capitals than the glossary's.

use super::usage::repeated;
use super::{Check, Draft, Level, Reference, Run, Text};
use crate::finding::Severity;
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::model::concept::{Concept, ConceptType, MatchMode, Term, TermStatus};
use crate::recognize::{Hit, Recognizer};
use crate::text::chars::{is_latin_word, quoted};
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "term-case",
    level: Level::Warning,
    mqm: "linguistic-conventions/spelling",
    page: include_str!("term_case.md"),
    run: Run::Texts(run, repeated),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let Some(names) = text.reference.names() else {
        return;
    };
    if !text.text.contains(|c: char| c.is_ascii_alphabetic())
        || !text.text.contains(char::is_lowercase)
    {
        return;
    }
    for hit in names.find(text.text, Lang::En) {
        let place = hit.span.of(text.text);
        let known = |h: &Hit| h.span.contains(hit.span);
        if text.all.iter().any(known) || text.in_code(hit.span) || joined(text, &hit) {
            continue;
        }
        let Some((id, term)) = small(text.reference.glossary, &hit, place) else {
            continue;
        };
        let concept = &text.reference.glossary[id];
        let strict = concept.kind != ConceptType::Term || concept.matching == MatchMode::Case;
        // A title in small letters is the office (the president and the vice president), and many
        // lists write every term with capitals.
        let common = matches!(concept.kind, ConceptType::Title | ConceptType::Term)
            && concept.matching != MatchMode::Case
            && place == place.to_lowercase();
        if common && !mixed(&term.text) {
            continue;
        }
        let same = fold(place) == fold(&term.text);
        let message = format!("{} is written {}", quoted(place), quoted(&term.text));
        drafts.push(Draft {
            at_most: if strict || mixed(&term.text) {
                Severity::Error
            } else {
                Severity::Note
            },
            safe: strict && same,
            suggestions: if same {
                vec![term.text.to_string()]
            } else {
                Vec::new()
            },
            concept: Some(id),
            ..Draft::new(text.at(hit.span), message)
        });
    }
}

/// Whether a place is part of an address, a file name or a tag: `#genesismission`, a.b.
fn joined(text: &Text<'_>, hit: &Hit) -> bool {
    let (before, _) = crate::span::halves(text.text, hit.span.start as usize);
    let (_, after) = crate::span::halves(text.text, hit.span.end as usize);
    let mark = |c: char| matches!(c, '.' | '/' | '_' | '@' | '#' | '-' | '=' | '\\');
    let mut next = after.chars();
    before.ends_with(mark)
        || (next.next().is_some_and(mark) && next.next().is_some_and(is_latin_word))
}

/// The name that a hit writes with a small letter for a capital.
fn small<'a>(glossary: &'a Glossary, hit: &Hit, place: &str) -> Option<(ConceptId, &'a Term)> {
    let names = hit.senses.iter().filter_map(|sense| {
        let term = glossary[sense.concept].terms[Lang::En].get(usize::from(sense.term))?;
        Some((sense.concept, term))
    });
    names.into_iter().find(|(_, term)| {
        let letters = |text: &str| {
            text.chars()
                .filter(|c| is_latin_word(*c))
                .collect::<Vec<_>>()
        };
        let (asked, there) = (letters(&term.text), letters(place));
        let mut pairs = asked.iter().zip(&there);
        pairs.any(|(a, b)| a.is_uppercase() && b.is_lowercase())
    })
}

/// The recognizer of names whose capitals count, by their small letters; `None`
/// where the glossary has none.
pub(super) fn names(glossary: &Glossary) -> Option<Recognizer> {
    let names = Recognizer::of_names(glossary, "names", is_name);
    (names.forms(Lang::En) > 0).then_some(names)
}

/// Whether a term's capitals make it a name: each of several words has one, or
/// there is one inside a word, or it has to be as it is.
fn is_name(concept: &Concept, term: &Term) -> bool {
    let words = || {
        term.text
            .split(|c: char| !is_latin_word(c))
            .filter(|w| !w.is_empty())
    };
    let content = || words().filter(|w| w.chars().count() > 3 || w.contains(char::is_uppercase));
    let right = term.status != TermStatus::Deprecated;
    let several = content().nth(1).is_some();
    let capitals = content().all(|w| w.starts_with(char::is_uppercase));
    let exact = concept.matching == MatchMode::Case && term.text.contains(char::is_uppercase);
    right && ((several && capitals) || mixed(&term.text) || (exact && several))
}

/// Whether a word has a capital inside and small letters too (`DeepSeek`), or
/// capitals and figures (COVID-19).
fn mixed(term: &str) -> bool {
    let inner = term
        .chars()
        .zip(term.chars().skip(1))
        .any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let figures = term.chars().filter(char::is_ascii_uppercase).count() > 1
        && term.chars().any(|c| c.is_ascii_digit())
        && term.len() > 4;
    !term.contains(' ') && (inner || figures)
}

impl Reference<'_> {
    /// The recognizer of names by their small letters, made when it is first asked for.
    fn names(&self) -> Option<&Recognizer> {
        self.made
            .lowered
            .get_or_init(|| names(self.glossary))
            .as_ref()
    }
}
