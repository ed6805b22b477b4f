//! A page to read: the keys, why, what an import would change.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::span::Span;
use crate::tui::action::ToImport;
use crate::tui::command::{COMMANDS, Mode};
use crate::tui::key::{Keymap, arrives_everywhere};
use crate::tui::paint::{Pen, columns, rule};
use crate::tui::panel::Panel;
use crate::tui::state;
use crate::tui::theme::Theme;

/// The page.
pub const PANEL: Panel = Panel { draw };

/// The title of the page that says why.
pub const WHY: &str = "Why";

/// What a page shows, where more can be done with it than to read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum About {
    /// Text.
    #[default]
    Text,
    /// What an import would change; whether there is anything to write.
    Import(Box<ToImport>, bool),
    /// The row that is selected in the glossary browser, whole.
    Concept,
}

/// What is being read, and from which line on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Its title.
    pub title: String,
    /// Its lines; one that begins with `#` is a heading, a tab parts what stands in two columns.
    lines: Vec<String>,
    /// The widest text of the left column: looked for once, since an import may have a line for
    /// every row of a large file.
    widest: String,
    /// Where the screen begins: a line, and how many of its rows are above it.
    top: (usize, usize),
    /// What it is about.
    pub about: About,
}

impl State {
    /// A page from its beginning.
    pub fn new(title: &str, lines: Vec<String>) -> Self {
        let left = lines.iter().filter(|line| !line.starts_with('#'));
        let left = left.filter_map(|line| line.split_once('\t'));
        let widest = left.map(|(left, _)| left).max_by_key(|left| left.width());
        Self {
            title: title.to_owned(),
            widest: widest.unwrap_or_default().to_owned(),
            lines,
            top: (0, 0),
            about: About::Text,
        }
    }

    /// Moves by so many rows.
    pub fn scroll(&mut self, by: isize, size: (u16, u16), theme: Theme) {
        let (mut line, mut above) = self.top;
        let mut by = by;
        while by < 0 && (line, above) > (0, 0) {
            if above == 0 {
                line -= 1;
                above = self.rows(line, size, theme);
            }
            above -= 1;
            by += 1;
        }
        while by > 0 && line < self.lines.len() {
            above += 1;
            by -= 1;
            if above >= self.rows(line, size, theme) {
                (line, above) = (line + 1, 0);
            }
        }
        self.top = (line, above).min(self.last(size, theme));
    }

    /// Moves by a screen.
    pub fn turn(&mut self, down: bool, size: (u16, u16), theme: Theme) {
        let (_, rows) = room(size);
        let by = rows.max(1).cast_signed();
        self.scroll(if down { by } else { -by }, size, theme);
    }

    /// Moves to the beginning, or to the end.
    pub fn leap(&mut self, down: bool, size: (u16, u16), theme: Theme) {
        self.top = if down { self.last(size, theme) } else { (0, 0) };
    }

    /// Moves to the next heading, or the one before.
    pub fn jump(&mut self, down: bool, size: (u16, u16), theme: Theme) {
        let heading = |line: &String| line.starts_with('#');
        let (top, above) = self.top;
        let to = if down {
            let mut below = self.lines.iter().skip(top + 1);
            below.position(heading).map(|at| top + 1 + at)
        } else {
            let before = self.lines.iter().take(top + usize::from(above > 0));
            before
                .rev()
                .position(heading)
                .map(|at| top + usize::from(above > 0) - 1 - at)
        };
        match to {
            Some(line) => self.top = (line, 0).min(self.last(size, theme)),
            None => self.leap(down, size, theme),
        }
    }

    /// Whether more follows below the screen.
    pub fn goes_on(&self, size: (u16, u16), theme: Theme) -> bool {
        self.top < self.last(size, theme)
    }

    /// Where the last screen begins.
    fn last(&self, size: (u16, u16), theme: Theme) -> (usize, usize) {
        let (_, mut left) = room(size);
        for line in (0..self.lines.len()).rev() {
            let rows = self.rows(line, size, theme);
            if rows >= left {
                return (line, rows - left);
            }
            left -= rows;
        }
        (0, 0)
    }

    /// The rows that a line takes on a screen of this size.
    fn rows(&self, line: usize, size: (u16, u16), theme: Theme) -> usize {
        let (width, _) = room(size);
        let left = self.left(width, theme);
        let line = self.lines.get(line);
        line.map_or(0, |line| Laid::new(line, left, width, theme).rows())
    }

    /// The columns of the left column, where the page has so many.
    fn left(&self, width: usize, theme: Theme) -> usize {
        columns(&self.widest, theme).min(width / 3)
    }
}

/// The columns and rows that a page has for its lines on a screen of this size.
fn room((columns, rows): (u16, u16)) -> (usize, usize) {
    let (columns, rows) = (columns.saturating_sub(2), rows.saturating_sub(3));
    (columns.into(), rows.into())
}

/// A line of a page, laid out on so many columns.
struct Laid<'l> {
    /// What stands in the left column.
    head: &'l str,
    /// The rest of it.
    text: &'l str,
    /// Where that begins.
    hang: usize,
    /// Whether it is a heading.
    heading: bool,
    /// Whether the left column is too narrow for its text, which has a row of its own then.
    apart: bool,
    /// The rows of the rest.
    rows: Vec<Span>,
}

impl<'l> Laid<'l> {
    fn new(line: &'l str, left: usize, width: usize, theme: Theme) -> Self {
        let (head, text, hang, heading) = match (line.strip_prefix('#'), line.split_once('\t')) {
            (Some(heading), _) => ("", heading, 0, true),
            (None, Some((head, text))) => (head, text, left + 2, false),
            (None, None) => {
                let text = line.trim_start();
                ("", text, line.len() - text.len(), false)
            }
        };
        let room = width.saturating_sub(hang).max(4);
        Self {
            head,
            text,
            hang,
            heading,
            apart: columns(head, theme) > left,
            rows: theme.measure().wrap(text, room),
        }
    }

    /// How many rows it takes.
    fn rows(&self) -> usize {
        usize::from(self.apart) + self.rows.len().max(1)
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
        Mode::Findings,
        Mode::Replace,
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
    let left = page.left(width, theme);
    let (top, mut above) = page.top;
    let mut row = 0;
    for line in page.lines.iter().skip(top) {
        let laid = Laid::new(line, left, width, theme);
        let style = if laid.heading {
            theme.active()
        } else {
            theme.text()
        };
        if above == 0 {
            let _ = Pen::new(buffer, theme, inner)
                .at(0, row)
                .put(laid.head, theme.key());
        }
        for (at, span) in (usize::from(laid.apart)..).zip(&laid.rows) {
            let Some(at) = (row + at).checked_sub(above) else {
                continue;
            };
            let _ = Pen::new(buffer, theme, inner)
                .at(laid.hang, at)
                .put(span.of(laid.text).trim_end(), style);
        }
        row = (row + laid.rows()).saturating_sub(above);
        above = 0;
        if row >= usize::from(inner.height) {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_follows_until_the_last_screen() {
        let (size, theme) = ((80, 24), Theme::COLOR);
        let page = |lines: usize| State::new("x", vec!["a\tb".to_owned(); lines]);
        assert!(!page(21).goes_on(size, theme));
        let mut long = page(22);
        assert!(long.goes_on(size, theme));
        long.leap(true, size, theme);
        assert!(!long.goes_on(size, theme));
    }

    #[test]
    fn every_row_is_reached_whatever_its_line_takes() {
        let (size, theme) = ((80, 24), Theme::COLOR);
        let long = |n: usize| format!("{n}\t{}", "字".repeat(n * n));
        // The last lines are longer than a screen.
        let mut page = State::new("x", (0..40).map(long).collect());
        let rows = |page: &State, to: (usize, usize)| {
            let lines = (0..to.0).map(|line| page.rows(line, size, theme));
            lines.sum::<usize>() + to.1
        };
        let all = rows(&page, (40, 0));
        let last = rows(&page, page.last(size, theme));
        assert_eq!(last + 21, all);
        for turn in 1..=last.div_ceil(21) {
            page.turn(true, size, theme);
            assert_eq!(rows(&page, page.top), (turn * 21).min(last));
        }
        page.turn(true, size, theme);
        assert_eq!(rows(&page, page.top), last);
        page.turn(false, size, theme);
        assert_eq!(rows(&page, page.top), last - 21);
        page.leap(true, size, theme);
        assert_eq!(rows(&page, page.top), last);
        page.leap(false, size, theme);
        page.scroll(-1, size, theme);
        assert_eq!(page.top, (0, 0));
    }

    #[test]
    fn headings_are_gone_to() {
        let (size, theme) = ((80, 24), Theme::COLOR);
        let line = |n: usize| if n % 30 == 10 { "#x" } else { "x" }.to_owned();
        let mut page = State::new("x", (0..100).map(line).collect());
        let mut tops = Vec::new();
        for down in [true, true, true, true, false, false, false, false] {
            page.jump(down, size, theme);
            tops.push(page.top.0);
        }
        assert_eq!(tops, [10, 40, 70, 79, 70, 40, 10, 0]);
    }
}
