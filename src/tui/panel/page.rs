//! A page to read: the keys, why, what an import would change.

use std::fmt::Write as _;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::command::{COMMANDS, Mode};
use crate::tui::key::{Keymap, arrives_everywhere};
use crate::tui::paint::{Pen, columns, rule};
use crate::tui::panel::Panel;
use crate::tui::state;

/// The page.
pub const PANEL: Panel = Panel { name: "page", draw };

/// The title of the page that says why.
pub const WHY: &str = "Why";

/// What is being read, and from which line on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Its title.
    pub title: String,
    /// Its lines; one that begins with `#` is a heading, a tab parts what stands in two columns.
    pub lines: Vec<String>,
    /// The first line shown.
    pub top: usize,
    /// The file whose import it shows, which Enter writes.
    pub import: Option<PathBuf>,
}

impl State {
    /// A page from its beginning.
    pub fn new(title: &str, lines: Vec<String>) -> Self {
        Self {
            title: title.to_owned(),
            lines,
            top: 0,
            import: None,
        }
    }

    /// Moves by lines; `rows` are seen at once.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        let last = self.lines.len().saturating_sub(rows);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}

/// The keys that work in a mode of this terminal.
pub fn keys(mode: Mode, keymap: &Keymap) -> State {
    let mut lines = Vec::new();
    for &part in mode.within() {
        let mut rows: Vec<(String, &str)> = Vec::new();
        for spec in COMMANDS.iter().filter(|spec| spec.mode == part) {
            let keys = keymap.all(spec.name);
            if !keys.is_empty() {
                rows.push((keys, spec.doc));
            }
        }
        if rows.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("#{}", part.title()));
        let rows = rows.into_iter();
        lines.extend(rows.map(|(keys, doc)| format!("{keys}\t{doc}")));
    }
    State::new("Keys", lines)
}

/// The documentation of all keys: `docs/keys.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Keys\n\n\
         This page is made from the table of commands in `src/tui/command.rs`; a test keeps it fresh.\n\n\
         Keys in *italics* arrive only from terminals that speak the kitty keyboard protocol \
         (kitty, WezTerm, foot, Ghostty, Alacritty, iTerm2, Windows Terminal preview); every command \
         has a key that arrives from all. Inside the program only keys that work in the terminal at \
         hand are shown. `zhengming.toml` changes them: `[keys]`, then `name = \"key\"` or \
         `name = [\"key\", \"key\"]`; a key after another is written with a space (`Alt+t 1`).\n",
    );
    let modes = [
        Mode::Target,
        Mode::Source,
        Mode::Typing,
        Mode::Home,
        Mode::Alignment,
        Mode::Proposals,
        Mode::List,
        Mode::Form,
        Mode::Page,
        Mode::Any,
    ];
    for mode in modes {
        let _ = write!(
            out,
            "\n## {}\n\n| keys | name | does | 中文 |\n| --- | --- | --- | --- |\n",
            mode.title()
        );
        for spec in COMMANDS.iter().filter(|spec| spec.mode == mode) {
            let keys = spec.keys.iter().map(|key| {
                let code = format!("`{}`", key.replace('|', "\\|"));
                if arrives_everywhere(key) {
                    code
                } else {
                    format!("*{code}*")
                }
            });
            let _ = writeln!(
                out,
                "| {} | `{}` | {} | {} |",
                keys.collect::<Vec<_>>().join(" "),
                spec.name,
                spec.doc,
                spec.zh
            );
        }
    }
    out
}

fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let page = &state.page;
    rule(buffer, theme, area, &page.title, true);
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(1),
    };
    let width = usize::from(inner.width);
    let left = page.lines.iter().filter_map(|line| line.split_once('\t'));
    let left = left.map(|(left, _)| columns(left, theme)).max();
    let left = left.unwrap_or(0).min(width / 3);
    let mut row = 0;
    for line in page.lines.iter().skip(page.top) {
        let (head, text, hang, style) = match (line.strip_prefix('#'), line.split_once('\t')) {
            (Some(heading), _) => ("", heading, 0, theme.active()),
            (None, Some((head, text))) => (head, text, left + 2, theme.text()),
            (None, None) => {
                let spaces = line.len() - line.trim_start().len();
                ("", line.trim_start(), spaces, theme.text())
            }
        };
        let _ = Pen::new(buffer, theme, inner)
            .at(0, row)
            .put(head, theme.key());
        if columns(head, theme) > left {
            row += 1;
        }
        let lines = theme
            .measure()
            .wrap(text, width.saturating_sub(hang).max(4));
        for span in &lines {
            let _ = Pen::new(buffer, theme, inner)
                .at(hang, row)
                .put(span.of(text).trim_end(), style);
            row += 1;
        }
        row += usize::from(lines.is_empty());
        if row >= usize::from(inner.height) {
            break;
        }
    }
    None
}
