//! Inline codes: the parts of a segment that are markup or placeholders.
//!
//! One detector serves all formats: a segment's text carries its codes as
//! written (`**`, `` `code` ``, `](url)`, `<b>`, `{0}`, `%s`), and whatever
//! compares or recognizes text leaves these spans out.

use crate::span::Span;

/// The inline codes of a segment, in order, not overlapping.
pub fn codes(_text: &str) -> Vec<Span> {
    Vec::new()
}

/// Whether a code only dresses the text around it (`**`, `<b>`, `](url)`), so
/// that a word may go on behind it; otherwise it stands for something itself
/// (`{0}`, `<br>`, `` `x` ``).
pub fn only_dresses(_code: &str) -> bool {
    false
}
