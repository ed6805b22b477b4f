//! A term that no text can be found to have.

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::finding::Severity;
use crate::glossary::Glossary;
use crate::lang::Lang;
use crate::model::concept::{Concept, Term};
use crate::recognize::Recognizer;
use crate::text::chars::{is_han, quoted};
use crate::text::code::codes;

pub(super) const CHECK: Check = Check {
    id: "gl-dead",
    level: Level::Error,
    mqm: "terminology/termbase",
    page: include_str!("gl_dead.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    let terms = || {
        let entries = shelf.entries.iter();
        let terms = entries.flat_map(|e| e.terms.iter().map(move |term| (e, term)));
        terms.filter(|(_, term)| !plain(&term.written.text))
    };
    // Only what is spelled strangely can fail: a glossary of that, and each term as a text.
    let concepts = terms().map(|(entry, term)| alone(entry, term));
    let glossary = Glossary::new(concepts.collect());
    let recognizer = Recognizer::new(&glossary);
    for ((id, _), (entry, term)) in glossary.iter().zip(terms()) {
        let (text, lang) = (&*term.written.text, term.written.lang);
        let hits = recognizer.find_all(text, lang, None);
        let mut senses = hits.iter().flat_map(|hit| &hit.senses);
        if !senses.any(|sense| sense.concept == id) {
            remarks.push(remark(entry, term));
        }
    }
}

/// Whether a term is one that always matches itself: it begins with a letter or
/// digit, ends with one or with a bracket, and has nothing inside that an inline
/// code or an address has.
fn plain(term: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || is_han(c);
    let mut gap = false;
    let inner = term.chars().all(|c| {
        let twice = gap && c == ' ';
        gap = c == ' ';
        !twice && (word(c) || " -',.;()&·、，；（）".contains(c))
    });
    let ends = |c: char| word(c) || c == ')' || c == '）';
    inner && term.starts_with(word) && term.ends_with(ends) && !term.contains("www.")
}

/// A concept that has only one term.
fn alone(entry: &Entry<'_>, term: &Spelled) -> Concept {
    let mut concept = Concept {
        matching: entry.concept().matching,
        ..Concept::default()
    };
    let known = entry.concept().terms[term.written.lang].iter();
    let mut known = known.filter(|t| *t.text == *term.written.text);
    let text = term.written.text.as_str();
    let own = known.next().cloned();
    let own = own.unwrap_or_else(|| Term::preferred(text));
    concept.terms[term.written.lang] = vec![own];
    concept
}

fn remark(entry: &Entry<'_>, term: &Spelled) -> Remark {
    let text = &*term.written.text;
    let name = quoted(text);
    let message = if !text.contains(char::is_alphanumeric) {
        format!("{name} has neither letter nor digit: no text is found to have it")
    } else if !codes(text).is_empty() {
        format!("{name} is read as an inline code, in which no term is looked for")
    } else {
        format!("{name} is not found in a text that is nothing but it: check its spaces and marks")
    };
    let at = entry.spot(term.written.span);
    if term.written.slot == crate::glossary::Slot::Avoid && term.written.lang == Lang::En {
        return Remark {
            at_most: Severity::Warning,
            ..Remark::new(at, message)
        };
    }
    Remark::new(at, message)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::check::{Book, Levels, lint};
    use crate::glossary::Sheet;

    proptest! {
        /// What is not looked at because it cannot fail does not fail.
        #[test]
        fn a_plain_term_is_found(
            zh in "[一-十创世计划A-Z0-9][a-c能源部 ',.;()&·、，；（）-]{0,8}[部界a9)）]",
            en in "[A-Za-z0-9][a-d '.,;()&-]{0,12}[a-z)9]",
        ) {
            for (zh, en) in [(&*zh, "word"), ("词", &*en)] {
                let file = format!("zh\ten\n{zh}\t{en}\n");
                prop_assume!(plain(zh) && plain(en));
                let sheet = Sheet::parse(Path::new("a.tsv"), file.as_bytes());
                let concepts = sheet.rows.iter().map(|row| row.concept.clone());
                let glossary = Glossary::new(concepts.collect());
                let recognizer = Recognizer::new(&glossary);
                for (text, lang) in [(zh, Lang::Zh), (en, Lang::En)] {
                    prop_assert!(!recognizer.find_all(text, lang, None).is_empty(), "{}", text);
                }
                let book = Book { sheet, levels: Some(Levels::new()) };
                let outcome = lint(&[book], &[]);
                prop_assert!(outcome.findings.iter().all(|f| f.rule != CHECK.id));
            }
        }
    }
}
