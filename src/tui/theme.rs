//! How things look. Sixteen colors of the terminal's own palette, so that light
//! and dark grounds both work; or none. Every color has a mark or an attribute
//! beside it, so that nothing is said by color alone.

use ratatui::style::{Color, Modifier, Style};

use crate::finding::Severity;
use crate::model::concept::TermStatus;
use crate::model::document::State;
use crate::text::width::Columns;

/// The look of everything on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colors are used at all.
    pub color: bool,
    /// Whether the terminal draws characters of ambiguous width (“ ” … — ×) two columns wide.
    pub wide: bool,
}

impl Theme {
    /// Sixteen colors.
    pub const COLOR: Self = Self {
        color: true,
        wide: false,
    };
    /// No colors: bold, underline and reverse only.
    pub const MONO: Self = Self {
        color: false,
        wide: false,
    };

    /// How columns are counted on this terminal.
    pub fn measure(self) -> Columns {
        Columns {
            ambiguous_wide: self.wide,
        }
    }

    fn color(self, color: Color) -> Style {
        if self.color {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// Ordinary text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// What stands back: numbers of segments, origins, hints.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What is pointed at.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// A bar across the screen.
    pub fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The selected row of a list, and selected text.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The frame and title of a panel that has the focus.
    pub fn active(self) -> Style {
        self.color(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// Lines between panels.
    pub fn rule(self) -> Style {
        if self.color {
            Style::new().fg(Color::DarkGray)
        } else {
            Style::new().add_modifier(Modifier::DIM)
        }
    }

    /// A key in a hint.
    pub fn key(self) -> Style {
        self.color(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A term in the source, by its status.
    pub fn term(self, status: TermStatus) -> Style {
        match status {
            TermStatus::Preferred => self.color(Color::Green),
            TermStatus::Admitted => self.color(Color::Cyan),
            TermStatus::Deprecated | TermStatus::Superseded => self.color(Color::Red),
        }
    }

    /// A number, date or amount in the source.
    pub fn number(self) -> Style {
        self.color(Color::Magenta)
    }

    /// The mark of a term's status.
    pub fn term_mark(status: TermStatus) -> &'static str {
        match status {
            TermStatus::Preferred => "✓",
            TermStatus::Admitted => "~",
            TermStatus::Deprecated | TermStatus::Superseded => "✗",
        }
    }

    /// The mark and look of a segment's state.
    pub fn state(self, state: State) -> (&'static str, Style) {
        match state {
            State::Initial => (" ", self.text()),
            State::Draft => ("~", self.color(Color::Yellow)),
            State::Translated => ("✓", self.color(Color::Green)),
            State::Reviewed | State::Final => ("✔", self.color(Color::Green)),
        }
    }

    /// A finding, by its severity.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.color(Color::Red).add_modifier(Modifier::BOLD),
            Severity::Warning => self.color(Color::Magenta).add_modifier(Modifier::BOLD),
            Severity::Note => self.color(Color::Blue),
        }
    }

    /// The mark of a finding.
    pub fn severity_mark(severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
            Severity::Note => "·",
        }
    }

    /// Text the match has and this segment has not.
    pub fn deleted(self) -> Style {
        self.color(Color::Red).add_modifier(Modifier::CROSSED_OUT)
    }

    /// Text this segment has and the match has not.
    pub fn inserted(self) -> Style {
        self.color(Color::Green).add_modifier(Modifier::UNDERLINED)
    }

    /// A score: exact matches stand out.
    pub fn score(self, score: u8) -> Style {
        match score {
            100.. => self.color(Color::Green).add_modifier(Modifier::BOLD),
            85.. => self.color(Color::Cyan).add_modifier(Modifier::BOLD),
            _ => self.text(),
        }
    }

    /// What a repaired match changed, until it is confirmed.
    pub fn repaired(self) -> Style {
        self.color(Color::Magenta)
            .add_modifier(Modifier::UNDERLINED)
    }

    /// Good news.
    pub fn good(self) -> Style {
        self.color(Color::Green)
    }

    /// Bad news.
    pub fn bad(self) -> Style {
        self.color(Color::Red).add_modifier(Modifier::BOLD)
    }
}
