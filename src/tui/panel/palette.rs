//! The palette: every command by any part of its name, in English, Chinese or
//! the initials of the pinyin; a segment by its number; a filter.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::session::Filter;
use crate::text::fold::fold;
use crate::text::pinyin;
use crate::tui::action::Choice;
use crate::tui::command::{COMMANDS, Command, Mode};
use crate::tui::line::Line;
use crate::tui::paint::Pen;
use crate::tui::panel::Panel;
use crate::tui::state;

/// The palette.
pub const PANEL: Panel = Panel { draw };

/// What is typed, and what is selected.
#[derive(Debug, Clone)]
pub struct State {
    /// What is typed.
    pub line: Line,
    /// The selected item.
    pub selected: usize,
    /// Where it was opened: those commands are offered.
    pub mode: Mode,
}

impl Default for State {
    fn default() -> Self {
        Self {
            line: Line::default(),
            selected: 0,
            mode: Mode::Home,
        }
    }
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it does.
    pub doc: String,
    /// Its key.
    pub key: String,
    /// What choosing does.
    pub choice: Choice,
}

/// What answers to the text typed, best first.
pub fn items(state: &state::State) -> Vec<Item> {
    let palette = &state.palette;
    let query = fold(palette.line.text().trim());
    let segments = state.editor.as_ref().map_or(0, |e| e.session.len());
    let editing = matches!(palette.mode, Mode::Target | Mode::Source);
    let mut all = Vec::new();
    if let Ok(number) = query.parse::<usize>()
        && editing
        && (1..=segments).contains(&number)
    {
        all.push((
            0,
            Item {
                name: format!("segment {number}"),
                doc: "go there".to_owned(),
                key: String::new(),
                choice: Choice::Segment(number - 1),
            },
        ));
    }
    for spec in COMMANDS {
        if !palette.mode.within().contains(&spec.mode) || !is_offered(spec.command) {
            continue;
        }
        if let Some(rank) = rank(&query, spec.name, spec.doc, spec.zh) {
            all.push((
                rank,
                Item {
                    name: spec.name.to_owned(),
                    doc: format!("{} · {}", spec.zh, spec.doc),
                    key: state.keys.hint(spec.name).to_owned(),
                    choice: Choice::Run(spec.command),
                },
            ));
        }
    }
    let filters = if editing { &Filter::ALL[..] } else { &[] };
    for filter in filters {
        let name = format!("show {}", filter.name());
        if let Some(rank) = rank(&query, &name, "show only these segments", "筛选句段") {
            let text = match filter {
                Filter::All => String::new(),
                filter => format!(":{}", filter.name()),
            };
            all.push((
                rank + 1,
                Item {
                    name,
                    doc: "filter the segments".to_owned(),
                    key: String::new(),
                    choice: Choice::Filter(text),
                },
            ));
        }
    }
    // Stable: within a rank, the order of the table.
    all.sort_by_key(|(rank, _)| *rank);
    all.into_iter().map(|(_, item)| item).collect()
}

/// Carets move by their keys; nobody looks for them here.
fn is_offered(command: Command) -> bool {
    !matches!(
        command,
        Command::Go(_)
            | Command::Select(_)
            | Command::Backspace
            | Command::Delete
            | Command::KillWord
            | Command::KillWordRight
            | Command::KillEnd
            | Command::Up
            | Command::Down
            | Command::PageUp
            | Command::PageDown
            | Command::Palette
            | Command::InsertTerm(_)
            | Command::InsertMatch(_)
            | Command::LineBreak
            | Command::Close
    )
}

/// The item that stands at a row of the screen.
pub fn item_at(state: &state::State, area: Rect, row: u16) -> Option<usize> {
    let count = items(state).len();
    super::item_at(super::below(area), row, state.palette.selected, count)
}

/// How well something answers; smaller is better.
fn rank(query: &str, name: &str, doc: &str, zh: &str) -> Option<u8> {
    if query.is_empty() || name == query || zh == query {
        return Some(0);
    }
    if name.starts_with(query) {
        return Some(1);
    }
    if zh.starts_with(query) || name.contains(query) || zh.contains(query) {
        return Some(2);
    }
    if pinyin::keys(zh).iter().any(|key| key.starts_with(query)) {
        return Some(3);
    }
    if fold(doc).contains(query) {
        return Some(4);
    }
    let mut rest = name.chars();
    let scattered = query.chars().all(|c| rest.any(|n| n == c));
    scattered.then_some(5)
}

#[allow(clippy::unnecessary_wraps, reason = "every panel has this signature")]
fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let items = items(state);
    let (caret, list) = super::searched(buffer, theme, area, "Commands", &state.palette.line);
    let top = super::top(state.palette.selected, list.height.into(), items.len());
    for (row, (n, item)) in items
        .iter()
        .enumerate()
        .skip(top)
        .take(list.height.into())
        .enumerate()
    {
        let style = if n == state.palette.selected {
            theme.selected()
        } else {
            theme.text()
        };
        let doc = if n == state.palette.selected {
            theme.selected()
        } else {
            theme.quiet()
        };
        let _ = Pen::new(buffer, theme, list)
            .at(0, row)
            .put(" ", style)
            .put(&item.name, style)
            .put(" ", style)
            .pad(20, style)
            .put(&item.key, style)
            .put(" ", style)
            .pad(34, style)
            .put(&item.doc, doc)
            .fill(style);
    }
    if items.is_empty() {
        let _ = Pen::new(buffer, theme, list)
            .skip(2)
            .put("nothing is called that", theme.quiet());
    }
    Some(caret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_answers_better_than_its_beginning() {
        let whole = rank("撤销", "undo", "undo", "撤销");
        let beginning = rank("撤销", "unconfirm", "take it back", "撤销确认");
        assert!(whole < beginning, "{whole:?} {beginning:?}");
        let whole = rank("filter", "filter", "", "筛选句段");
        let beginning = rank("filter", "filter-proposals", "", "筛选");
        assert!(whole < beginning, "{whole:?} {beginning:?}");
    }
}
