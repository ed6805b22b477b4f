//! How much text there is, as translation is counted and paid.

use std::ops::AddAssign;

use super::chars::is_han;
use super::code::{codes, only_dresses};
use crate::span::Span;

/// An amount of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Volume {
    /// Han characters.
    pub han: u64,
    /// Words: every Han character is one, and every run of other characters
    /// between spaces with a letter or digit in it, as office programs and
    /// translation tools count. Punctuation is none, nor are inline codes.
    pub words: u64,
}

impl Volume {
    /// The amount of a text.
    ///
    /// ```
    /// use zhengming::text::volume::Volume;
    /// let one = Volume::of("能源部于2025年启动Genesis Mission。");
    /// assert_eq!((one.han, one.words), (7, 10));
    /// let two = Volume::of("It isn’t a **well-known** plan — {0} of US$50 billion.");
    /// assert_eq!((two.han, two.words), (0, 8));
    /// ```
    pub fn of(text: &str) -> Self {
        let mut volume = Self::default();
        let mut inside = false;
        let mut at = 0;
        for code in codes(text) {
            volume.run(Span::new(at, code.start as usize).of(text), &mut inside);
            // A code that stands for something parts words.
            inside &= only_dresses(code.of(text));
            at = code.end as usize;
        }
        volume.run(Span::new(at, text.len()).of(text), &mut inside);
        volume
    }

    fn run(&mut self, text: &str, inside: &mut bool) {
        for c in text.chars() {
            if is_han(c) {
                self.han += 1;
                self.words += 1;
                *inside = false;
            } else if c.is_whitespace() || is_wide_mark(c) || matches!(c, '—' | '–' | '…') {
                *inside = false;
            } else if c.is_alphanumeric() && !*inside {
                self.words += 1;
                *inside = true;
            }
        }
    }
}

/// Full-width punctuation, which stands between words without spaces.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･')
}

impl AddAssign for Volume {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.words += other.words;
    }
}
