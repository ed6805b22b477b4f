//! The terminal: taken over, asked what it can, and given back.

use std::{io, panic, thread};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, terminal};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::tui::draw::draw;
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// The look that the environment asks for.
pub(super) fn theme() -> Theme {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb" || term == "vt100");
    let mut theme = if set("NO_COLOR") || dumb {
        Theme::MONO
    } else {
        Theme::COLOR
    };
    theme.wide = std::env::var_os(WIDTH).is_some_and(|value| value == "2");
    theme
}

/// The terminal, taken over; dropping it gives it back, also in a panic.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<io::BufWriter<io::Stdout>>>,
    kitty: bool,
}

impl Screen {
    pub(super) fn enter() -> io::Result<Self> {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A fault of the worker is told on the screen, which lives on.
            if thread::current().name() == Some("main") {
                give_back(true);
                usual(info);
            }
        }));
        enable_raw_mode()?;
        let mut out = io::stdout();
        execute!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            EnableMouseCapture
        )?;
        // One write a frame: fewer packets over SSH, and no half-drawn screens.
        let out = io::BufWriter::with_capacity(1 << 16, io::stdout());
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Self {
            terminal,
            kitty: false,
        })
    }

    pub(super) fn draw(&mut self, state: &State) -> io::Result<()> {
        self.terminal.draw(|frame| draw(state, frame))?;
        Ok(())
    }

    /// Asks the terminal whether it speaks the kitty protocol, and switches that on; and how
    /// wide it draws “. A terminal that gives no first answer is not asked again.
    pub(super) fn ask(&mut self, theme: &mut Theme) -> bool {
        let Ok(kitty) = terminal::supports_keyboard_enhancement() else {
            return false;
        };
        if kitty {
            let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
            self.kitty = execute!(io::stdout(), PushKeyboardEnhancementFlags(flags)).is_ok();
        }
        if std::env::var_os(WIDTH).is_none()
            && execute!(io::stdout(), cursor::MoveTo(0, 0), Print("“")).is_ok()
            && let Ok((column, _)) = cursor::position()
        {
            theme.wide = column == 2;
            let _ = self.terminal.clear();
        }
        self.kitty
    }
}

/// Says how wide characters of ambiguous width are (1 or 2), where asking the terminal fails.
const WIDTH: &str = "ZM_AMBIGUOUS_WIDTH";

impl Drop for Screen {
    fn drop(&mut self) {
        give_back(self.kitty);
        let _ = panic::take_hook();
    }
}

/// Puts the terminal back as it was. Nothing can be done where that fails.
fn give_back(kitty: bool) {
    let mut out = io::stdout();
    if kitty {
        let _ = execute!(out, PopKeyboardEnhancementFlags);
    }
    let _ = execute!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}
