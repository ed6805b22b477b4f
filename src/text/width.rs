//! Display columns: measure, cut and wrap by grapheme.

/// The columns `text` takes in a terminal.
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
