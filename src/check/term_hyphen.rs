//! Hyphen, space or neither inside a term, other than in the glossary.

use super::usage::repeated;
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::model::concept::{Term, TermStatus};
use crate::recognize::Hit;
use crate::span::halves;
use crate::text::chars::{is_han, is_latin_word, quoted};

pub(super) const CHECK: Check = Check {
    id: "term-hyphen",
    level: Level::Warning,
    mqm: "linguistic-conventions/spelling",
    page: include_str!("term_hyphen.md"),
    run: Run::Texts(run, repeated),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    for hit in text.hits() {
        let place = hit.span.of(text.text);
        if place.contains(is_han) || !hit.sure {
            continue;
        }
        let here = joints(place);
        let terms = || terms(text, hit);
        // A hyphen at the end of a line is the printer's.
        if place.contains("-\n") || place.contains("- ") {
            continue;
        }
        let Some((term, asked)) = terms()
            .map(|t| (t, joints(&t.text)))
            .find(|(_, asked)| asked.1 != here.1 && same_letters(&asked.0, &here.0))
        else {
            continue;
        };
        // The noun may be a part of the term: dual-use item.
        let last = |joints: &Joints| {
            let hyphen = joints.0.iter().rposition(|(_, c)| *c == '-');
            hyphen.is_some_and(|at| at + 1 < joints.0.len())
        };
        let inside = last(&asked.1) || last(&here.1);
        let before_noun = inside || goes_on(text, hit);
        let known = terms().any(|t| joints(&t.text).1 == here.1);
        let opened = here.1.contains('-') && !asked.1.contains('-');
        let closed = asked.1.contains('-') && !here.1.contains('-');
        // Two words are joined by hyphens before the noun they describe, and
        // registered with both spellings, only there.
        let fine = if known {
            !(closed && before_noun && after_article(text, hit))
        } else {
            opened && before_noun
        };
        if fine {
            continue;
        }
        // A name's capitals are another style than the term's: the Open Source model.
        let capitals = |text: &str| {
            let mut words = text.split([' ', '-']);
            words.all(|word| word.starts_with(char::is_uppercase))
        };
        let named = capitals(place) && !capitals(&term.text);
        if closed && named {
            continue;
        }
        let weak = closed && !before_noun && !here.1.is_empty();
        let message = format!(
            "{} is written {} in the glossary",
            quoted(place),
            quoted(&term.text)
        );
        drafts.push(Draft {
            at_most: if weak {
                Severity::Note
            } else {
                Severity::Warning
            },
            suggestions: vec![rejoined(place, &asked.1)],
            concept: hit.senses.first().map(|s| s.concept),
            ..Draft::new(text.at(hit.span), message)
        });
    }
}

/// The terms a hit may be, those of its concepts that may stand.
fn terms<'a>(text: &Text<'a>, hit: &'a Hit) -> impl Iterator<Item = &'a Term> {
    let lang = text.lang;
    let glossary = text.reference.glossary;
    let concepts = hit.senses.iter().map(move |s| &glossary[s.concept]);
    let terms = concepts.flat_map(move |c| &c.terms[lang]);
    terms.filter(|t| t.status != TermStatus::Deprecated)
}

/// A term's letters in small ones, and for each gap between its parts what joins them:
/// a space or a hyphen with the number of letters before it.
fn joints(term: &str) -> (String, Joints) {
    let mut letters = String::new();
    let mut gaps = Vec::new();
    for c in term.chars() {
        if is_latin_word(c) {
            letters.extend(c.to_lowercase());
        } else if matches!(c, ' ' | '\n' | '\u{a0}') {
            gaps.push((letters.len(), ' '));
        } else if matches!(c, '-' | '‐' | '‑' | '–') {
            gaps.push((letters.len(), '-'));
        }
    }
    (letters, Joints(gaps))
}

/// Where a term's parts are joined, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Joints(Vec<(usize, char)>);

impl Joints {
    fn contains(&self, joint: char) -> bool {
        self.0.iter().any(|(_, c)| *c == joint)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether two terms have the same letters, but for an inflection of the last word.
fn same_letters(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    a.len() <= shared + 3 && b.len() <= shared + 3 && shared > 3
}

/// The letters of a place joined as in the term.
fn rejoined(place: &str, joints: &Joints) -> String {
    let mut out = String::new();
    let mut at = 0;
    for c in place
        .chars()
        .filter(|c| is_latin_word(*c) || matches!(c, '\'' | '’' | '.'))
    {
        if is_latin_word(c) {
            if let Some((_, joint)) = joints.0.iter().find(|(gap, _)| *gap == at && at > 0) {
                out.push(*joint);
            }
            at += c.to_lowercase().map(char::len_utf8).sum::<usize>();
        }
        out.push(c);
    }
    out
}

/// Whether a noun seems to follow that the term describes.
fn goes_on(text: &Text<'_>, hit: &Hit) -> bool {
    let (_, after) = halves(text.text, hit.span.end as usize);
    let Some(next) = after.strip_prefix(' ') else {
        return false;
    };
    let word: String = next.chars().take_while(|c| is_latin_word(*c)).collect();
    let word = word.to_lowercase();
    !word.is_empty()
        && !FUNCTION.contains(&word.as_str())
        && !word.ends_with("ed")
        && !word.ends_with("ly")
}

fn after_article(text: &Text<'_>, hit: &Hit) -> bool {
    let (before, _) = halves(text.text, hit.span.start as usize);
    let last = before
        .trim_end()
        .rsplit([' ', '\n'])
        .next()
        .unwrap_or("")
        .to_lowercase();
    matches!(
        last.as_str(),
        "the" | "a" | "an" | "this" | "its" | "their" | "our"
    ) || last.ends_with("'s")
        || last.ends_with("’s")
}

/// Words that no term describes.
const FUNCTION: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "for", "from", "by",
    "with", "as", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "will",
    "would", "can", "could", "may", "might", "must", "shall", "should", "do", "does", "did",
    "that", "which", "who", "whose", "when", "where", "while", "if", "than", "then", "not", "into",
    "over", "under", "between", "among", "through", "during", "after", "before", "since",
    "because", "its", "their", "his", "her", "our", "your", "this", "these", "those", "it", "they",
    "we", "he", "she", "also", "more", "most", "so", "such", "against", "within", "without",
    "across", "about", "per",
];
