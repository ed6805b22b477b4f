//! Colors by meaning, and how a report is laid out where its format leaves a choice.

use std::fmt;

use anstyle::AnsiColor;

use crate::text::width::Columns;

/// What the eye should find first.
pub const STRONG: anstyle::Style = anstyle::Style::new().bold();
/// What may be skipped.
pub const FAINT: anstyle::Style = anstyle::Style::new().dimmed();
/// Right, preferred, added.
pub const GOOD: anstyle::Style = AnsiColor::Green.on_default();
/// Wrong, deprecated, left out.
pub const BAD: anstyle::Style = AnsiColor::Red.on_default();
/// To be looked at.
pub const CARE: anstyle::Style = AnsiColor::Yellow.on_default();
/// Places: paths, lines, columns.
pub const PLACE: anstyle::Style = AnsiColor::Cyan.on_default();

/// `text` in a color, for a stream that takes colors out where there are none.
pub fn styled(color: anstyle::Style, text: impl fmt::Display) -> String {
    format!("{color}{text}{color:#}")
}

/// How a report is to look. Formats for programs need none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether escape codes for colors are written.
    pub color: bool,
    /// How the terminal counts columns.
    pub columns: Columns,
    /// The most columns of a line that are shown.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            columns: Columns::default(),
            width: 96,
        }
    }
}

impl Style {
    /// As the default, with colors: for a stream that takes them out where there are none.
    pub fn colored() -> Self {
        Self {
            color: true,
            ..Self::default()
        }
    }

    /// `text` in a color, where there are colors.
    pub(super) fn paint(&self, color: anstyle::Style, text: impl fmt::Display) -> String {
        if self.color {
            styled(color, text)
        } else {
            text.to_string()
        }
    }
}
