//! A target that is still in the language of the source.

use super::seg_same;
use super::{Check, Draft, Level, Run, Text, View};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::model::concept::ConceptType;
use crate::span::Span;
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "seg-untranslated",
    level: Level::Warning,
    mqm: "accuracy/untranslated",
    page: include_str!("seg_untranslated.md"),
    run: Run::Unit(run),
};

/// An English source of so many words has something to say in Chinese.
pub(super) const WORDS: usize = 4;

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let (at_most, message) = match view.source.lang {
        Lang::Zh if still_chinese(view) => (Severity::Error, "the translation is still Chinese"),
        Lang::En if han(view.target.text) == 0 => {
            let source = own(view, &view.source);
            let at_most = match words(&source).count() {
                0 => return,
                // It may be a name, which may stand in Latin letters.
                1..WORDS if !telling(&source) => Severity::Note,
                1..WORDS => return,
                _ => Severity::Error,
            };
            (at_most, "the translation has no Chinese in it")
        }
        _ => return,
    };
    if !seg_same::same(view) {
        drafts.push(Draft {
            at_most,
            ..Draft::new(view.target.whole(), message.to_owned())
        });
    }
}

/// Whether three letters in five of the target are Chinese characters: an
/// original in brackets behind its translation stays far below.
fn still_chinese(view: &View<'_>) -> bool {
    // Most English texts have none at all.
    !view.target.text.is_ascii() && han(view.target.text) > 0 && {
        let target = own(view, &view.target);
        han(&target) > 0 && 5 * han(&target) >= 3 * letters(&target)
    }
}

/// A text without its codes and without the terms that stand so in both languages.
pub(super) fn own(view: &View<'_>, text: &Text<'_>) -> String {
    let other = text.lang.other();
    let kept = text.all.iter().filter(|hit| {
        let written = hit.span.of(text.text);
        hit.senses.iter().any(|sense| {
            let concept = &view.glossary[sense.concept];
            concept.kind == ConceptType::Dnt
                || concept.terms[other].iter().any(|t| *t.text == *written)
        })
    });
    let mut out: Vec<Span> = kept.map(|hit| hit.span).collect();
    out.extend(&text.codes);
    let left = text.text.char_indices().map(|(at, c)| {
        let here = Span::new(at, at + c.len_utf8());
        let gone = out.iter().any(|span| span.contains(here));
        if gone { ' ' } else { c }
    });
    left.collect()
}

pub(super) fn han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The words of an English text that could be translated: no abbreviations
/// (DOE), no file names, versions or figures.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let chunks = text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–'));
    let trimmed = chunks.map(|chunk| chunk.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|word| {
        word.chars().count() > 1
            && word.chars().any(char::is_lowercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    })
}

/// Whether an English text says something: names alone may stay as they are.
pub(super) fn telling(text: &str) -> bool {
    let small = |word: &str| word.chars().all(|c| !c.is_uppercase());
    words(text).any(small) || words(text).count() >= WORDS
}
