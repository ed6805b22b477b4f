//! English words left in Chinese.

use super::prose::{enclosed, letters};
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_han, quoted};

pub(super) const CHECK: Check = Check {
    id: "zh-latin-left",
    level: Level::Warning,
    mqm: "accuracy/untranslated",
    page: include_str!("zh_latin_left.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::Zh || !two_words(text.text) || !text.text.contains(is_han) {
        return;
    }
    let apart = enclosed(text);
    for run in runs(text) {
        let words = run.of(text.text).split_whitespace();
        let (all, common) = words.fold((0, 0), |(all, common), word| {
            (all + 1, common + usize::from(is_common(word)))
        });
        let given = apart.iter().any(|span| span.overlaps(run));
        let term = text.all.iter().any(|hit| hit.span.overlaps(run));
        if all < 2 || common == 0 || given || term {
            continue;
        }
        let written = run.of(text.text);
        drafts.push(Draft {
            at_most: if is_phrase(written) && text.other.contains(written) {
                Severity::Warning
            } else {
                // Commands, species and names are written so.
                Severity::Note
            },
            ..Draft::new(
                text.at(run),
                format!("{} is not Chinese, and not in brackets", quoted(written)),
            )
        });
    }
}

/// Whether a letter, a space and a letter follow each other somewhere.
fn two_words(text: &str) -> bool {
    let mut bytes = text
        .bytes()
        .zip(text.bytes().skip(1))
        .zip(text.bytes().skip(2));
    bytes.any(|((a, b), c)| b == b' ' && a.is_ascii_alphanumeric() && c.is_ascii_lowercase())
}

/// Runs of Latin words with single spaces between them.
fn runs(text: &Text<'_>) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let part = |c: char| c.is_ascii_alphanumeric() || "'’.,&/-+ ".contains(c);
    for (span, c) in letters(text).filter(|(_, c)| part(*c)) {
        match runs.last_mut() {
            Some(run) if run.end == span.start => run.end = span.end,
            _ if c.is_ascii_alphanumeric() => runs.push(span),
            _ => {}
        }
    }
    for run in &mut runs {
        let trimmed = run
            .of(text.text)
            .trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        run.end = run.start + trimmed.len() as u32;
    }
    runs
}

/// Words that names have inside, and units.
const NO_WORDS: [&str; 28] = [
    "hour", "day", "month", "year", "and", "for", "the", "von", "van", "der", "den", "del", "dos",
    "des", "per", "mmol", "mol", "mph", "kcal", "min", "bit", "byte", "bytes", "ppm", "from",
    "with", "etc", "vs.",
];

/// Whether a word is one of the language and no name: small letters only, three or more.
fn is_common(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()) && !NO_WORDS.contains(&word)
}

/// Whether words are a phrase of the language, and no command or species.
fn is_phrase(run: &str) -> bool {
    let mut words = run.split(' ');
    words.any(|word| {
        matches!(
            word,
            "a" | "an" | "the" | "of" | "to" | "is" | "are" | "was" | "that" | "this" | "by" | "on"
        )
    })
}
