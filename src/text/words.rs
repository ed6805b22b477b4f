//! Chinese words, from a dictionary loaded on first use.

use crate::span::Span;

/// The words of a text; Han runs are cut by dictionary.
pub fn words(_text: &str) -> Vec<Span> {
    Vec::new()
}

/// Whether byte `at` of a text lies between two of its words.
pub fn is_word_boundary(_text: &str, words: &[Span], at: usize) -> bool {
    let at = at as u32;
    !words.iter().any(|word| word.start < at && at < word.end)
}
