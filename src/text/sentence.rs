//! Segmentation: a paragraph into sentences.

use crate::lang::Lang;
use crate::span::Span;

/// The sentences of a paragraph, in order, without the white space between them.
pub fn sentences(text: &str, _lang: Lang) -> Vec<Span> {
    if text.trim().is_empty() {
        Vec::new()
    } else {
        vec![Span::all(text)]
    }
}
