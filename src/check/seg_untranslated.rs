//! A target that is still in the language of the source.

use super::{Check, Draft, Level, Run, Text, View};
use crate::lang::Lang;
use crate::model::concept::ConceptType;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::code::codes;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "seg-untranslated",
    level: Level::Warning,
    mqm: "accuracy/untranslated",
    page: include_str!("seg_untranslated.md"),
    run: Run::Unit(run),
};

/// An English source of so many words has something to say in Chinese.
const WORDS: usize = 4;

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let source = own(view, &view.source);
    let target = own(view, &view.target);
    let same = fold(view.source.text) == fold(view.target.text);
    let message = match view.source.lang {
        Lang::Zh if same && han(&source) > 0 => "the translation is the source itself",
        // Three fifths: an original in brackets behind its translation stays far below.
        Lang::Zh if han(&target) > 0 && 5 * han(&target) >= 3 * letters(&target) => {
            "the translation is still Chinese"
        }
        Lang::En if same && telling(&source) => "the translation is the source itself",
        Lang::En if !same && words(&source).count() >= WORDS && han(view.target.text) == 0 => {
            "the translation has no Chinese in it"
        }
        _ => return,
    };
    drafts.push(Draft::new(view.target.whole(), message.to_owned()));
}

/// A text without its codes and without the terms that stand so in both languages.
fn own(view: &View<'_>, text: &Text<'_>) -> String {
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
    out.extend(codes(text.text));
    let left = text.text.char_indices().map(|(at, c)| {
        let here = Span::new(at, at + c.len_utf8());
        let gone = out.iter().any(|span| span.contains(here));
        if gone { ' ' } else { c }
    });
    left.collect()
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The words of an English text that could be translated: no abbreviations
/// (DOE), no file names, versions or figures.
fn words(text: &str) -> impl Iterator<Item = &str> {
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
fn telling(text: &str) -> bool {
    let small = |word: &str| word.chars().all(|c| !c.is_uppercase());
    words(text).any(small) || words(text).count() >= WORDS
}
