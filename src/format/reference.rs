//! Links of Markdown whose words are their label: `[home page]`, `[home page][]`.
//!
//! Translated, the words are no label any more: the link gets the one it had.

use std::collections::HashSet;

use pulldown_cmark::Parser;

use super::markdown;
use crate::span::{self, Span};
use crate::text::code::codes;

/// The labels that a document defines, as they are compared.
pub(super) fn defined(text: &str) -> HashSet<String> {
    if !text.contains("]:") {
        return HashSet::new();
    }
    let parser = Parser::new_ext(text, markdown::options());
    let labels = parser.reference_definitions().iter();
    labels.map(|(label, _)| compared(label)).collect()
}

/// A translation whose link has the label of the source's. Of several links in a segment
/// nothing says which is which: they stay as written.
pub(super) fn kept(source: &str, target: String, defined: &HashSet<String>) -> String {
    if defined.is_empty() {
        return target;
    }
    let is_label = |span: &Span, text: &str| defined.contains(&compared(words(*span, text)));
    let mut had = links(source);
    had.retain(|span| is_label(span, source));
    let mut has = links(&target);
    has.retain(|span| !is_label(span, &target));
    let ([had], [has]) = (had.as_slice(), has.as_slice()) else {
        return target;
    };
    let (words, label) = (words(*has, &target), words(*had, source));
    let link = format!("[{words}][{label}]");
    span::splice(&target, *has, &link)
}

/// Labels are the same in any case and with any white space.
fn compared(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The words of a link: what stands in its first brackets.
fn words(link: Span, text: &str) -> &str {
    let inner = link.of(text);
    let inner = inner.strip_suffix("[]").unwrap_or(inner);
    inner.trim_start_matches('[').trim_end_matches(']')
}

/// What may be links by their own words: `[x]` and `[x][]`, and nothing that is told to be
/// something else by what stands before or behind it.
fn links(text: &str) -> Vec<Span> {
    let codes = codes(text);
    let hidden = |span: Span| {
        codes
            .iter()
            .any(|code| code.contains(span) && code.len() > 2)
    };
    let mut out = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        let (before, _) = span::halves(text, at);
        match c {
            '[' if !before.ends_with(['\\', '!', ']']) => open = Some(at),
            '[' => open = None,
            ']' => {
                let Some(from) = open.take() else { continue };
                let (_, after) = span::halves(text, at + 1);
                let inner = Span::new(from + 1, at);
                let plain = !inner.of(text).starts_with('^') && !inner.of(text).trim().is_empty();
                if !plain || hidden(inner) {
                    continue;
                }
                if after.starts_with("[]") {
                    out.push(Span::new(from, at + 3));
                } else if !after.starts_with(['(', '[', ':']) {
                    out.push(Span::new(from, at + 1));
                }
            }
            _ => {}
        }
    }
    out
}
