//! What abbreviations are short for, where the text itself says so.

use std::collections::HashMap;

use super::Unit;
use super::bracket::{Inside, brackets, singular};
use crate::span::Span;

/// What the abbreviations of some units are short for, where a bracket says so.
pub(super) fn expansions<'a>(units: &[Unit<'a>]) -> HashMap<String, &'a str> {
    let mut out = HashMap::new();
    for text in units.iter().flat_map(|unit| [unit.en, unit.zh]) {
        for bracket in brackets(text) {
            let inside = Inside::read(bracket.inner.of(text));
            let Some(abbreviation) = inside.abbreviation else {
                continue;
            };
            let full = expansion(Span::new(0, bracket.open).of(text), &abbreviation);
            let named = inside.name.and_then(|name| {
                let inner = bracket.inner.of(text);
                let at = inner.find(&name)?;
                Some(Span::new(at, at + name.len()).of(inner))
            });
            if let Some(full) = full.or(named) {
                out.entry(singular(&abbreviation).to_owned())
                    .or_insert(full);
            }
        }
    }
    out
}

/// What an abbreviation is short for, at the end of the text before its bracket.
///
/// Letters are looked for from the right, the first one at the beginning of a
/// word (Schwartz and Hearst 2003, A Simple Algorithm for Identifying
/// Abbreviation Definitions in Biomedical Text).
pub(super) fn expansion<'a>(before: &'a str, abbreviation: &str) -> Option<&'a str> {
    let before = before.trim_end();
    let letters: Vec<char> = abbreviation
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let letters = if letters.last() == Some(&'s') && letters.len() > 2 {
        letters.split_last()?.1
    } else {
        &letters
    };
    let most = (letters.len() + 5).min(letters.len() * 2);
    let mut left = letters.iter().rev().peekable();
    let chars: Vec<(usize, char)> = before.char_indices().collect();
    let mut words = 1;
    for (place, (at, c)) in chars.iter().enumerate().rev() {
        if matches!(c, ';' | ':' | '(' | ')' | '。' | '，') {
            return None;
        }
        words += usize::from(*c == ' ');
        if words > most {
            return None;
        }
        let begins = place == 0
            || chars
                .get(place - 1)
                .is_some_and(|(_, before)| !before.is_alphanumeric());
        let letter = **left.peek()?;
        if c.eq_ignore_ascii_case(&letter) && (begins || left.len() > 1) {
            left.next();
            if left.len() == 0 {
                let name = Span::new(*at, before.len()).of(before);
                return name.contains([' ', '-']).then_some(name);
            }
        }
    }
    None
}
