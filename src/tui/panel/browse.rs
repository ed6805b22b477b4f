//! The rows of a glossary, narrowed by what is typed.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::lang::Lang;
use crate::model::concept::Origin;
use crate::text::fold::fold;
use crate::tui::action::ConceptLine;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, tail};
use crate::tui::panel::Panel;
use crate::tui::state;

/// The rows of a glossary.
pub const PANEL: Panel = Panel { draw };

/// The rows, what is typed, and what is selected.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The glossary they are of; `None` for all.
    pub path: Option<PathBuf>,
    /// What the rows are of.
    pub title: String,
    /// All rows.
    pub rows: Vec<ConceptLine>,
    /// What is typed.
    pub line: Line,
    /// The rows with it in them.
    pub shown: Vec<usize>,
    /// The selected one of these.
    pub selected: usize,
    /// Whether a conflict was settled just now, and the cursor has not been moved since.
    pub settled: bool,
    /// The row that is selected again once the rows have been read anew.
    pub keep: Option<Origin>,
}

impl State {
    /// Takes the rows over.
    pub fn take(&mut self, title: String, rows: Vec<ConceptLine>) {
        self.title = title;
        self.rows = rows;
        self.filter();
        let keep = self.keep.take();
        let kept = |at: &usize| {
            let row = self.rows.get(*at).filter(|row| row.settles.is_none());
            row.is_some_and(|row| Some(&row.origin) == keep.as_ref())
        };
        self.selected = self.shown.iter().position(kept).unwrap_or(0);
    }

    /// Narrows the rows to those with what is typed in them.
    pub fn filter(&mut self) {
        let wanted = fold(self.line.text().trim());
        let rows = self.rows.iter().enumerate();
        self.shown = rows
            .filter(|(_, row)| row.key.contains(&wanted))
            .map(|(i, _)| i)
            .collect();
        self.selected = 0;
    }
}

/// The row of the list that stands at a row of the screen.
pub fn item_at(browse: &State, area: Rect, row: u16) -> Option<usize> {
    super::item_at(super::below(area), row, browse.selected, browse.shown.len())
}

/// The selected row.
pub fn chosen(browse: &State) -> Option<&ConceptLine> {
    let row = browse.shown.get(browse.selected)?;
    browse.rows.get(*row)
}

/// The preferred rendering of the selected row in a language.
pub fn rendering(browse: &State, to: Lang) -> Option<String> {
    let row = chosen(browse)?;
    let text = match to {
        Lang::Zh => &row.zh,
        Lang::En => &row.en,
    };
    let first = text.split(" | ").next()?.trim();
    (!first.is_empty()).then(|| first.to_owned())
}

#[allow(clippy::unnecessary_wraps, reason = "every panel has this signature")]
fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let browse = &state.browse;
    let title = if browse.title.is_empty() {
        "Glossary · reading …".to_owned()
    } else {
        // The sides of conflicts come first: rows may be many, and this is every frame.
        let rows = browse.rows.iter();
        let conflicts = rows.take_while(|row| row.settles.is_some()).count();
        let concepts = browse.rows.len() - conflicts;
        let shown = browse.shown.len() - browse.shown.partition_point(|at| *at < conflicts);
        let left = match conflicts / 3 {
            0 => String::new(),
            1 => " · 1 conflict: Enter takes a side".to_owned(),
            n => format!(" · {n} conflicts: Enter takes a side"),
        };
        format!("{} · {shown} of {concepts} concepts{left}", browse.title)
    };
    let (caret, list) = super::searched(buffer, theme, area, &title, &browse.line);
    let width = usize::from(list.width);
    let top = super::top(browse.selected, list.height.into(), browse.shown.len());
    let shown = browse.shown.iter().enumerate().skip(top);
    for (row, (n, &at)) in shown.take(list.height.into()).enumerate() {
        let Some(concept) = browse.rows.get(at) else {
            continue;
        };
        let selected = n == browse.selected;
        let pick = |style| if selected { theme.selected() } else { style };
        let part = |x: usize, w: usize| Rect {
            x: list.x + x as u16,
            y: list.y + row as u16,
            width: w as u16,
            height: 1,
        };
        let (zh, en, subject) = (width * 28 / 100, width * 36 / 100, width * 12 / 100);
        if selected {
            let _ = Pen::new(buffer, theme, part(0, width)).fill(theme.selected());
        }
        let left = concept.settles.is_some();
        let name = if left { theme.bad() } else { theme.strong() };
        let _ = Pen::new(buffer, theme, part(1, zh - 2)).put(&concept.zh, pick(name));
        let mut pen = Pen::new(buffer, theme, part(zh, en - 1));
        pen = pen.put(&concept.en, pick(theme.text()));
        if !concept.avoid.is_empty() {
            pen = pen
                .put(" ✗", pick(theme.bad()))
                .put(&concept.avoid, pick(theme.bad()));
        }
        let _ = pen;
        let _ = Pen::new(buffer, theme, part(zh + en, subject - 1))
            .put(&concept.subject, pick(theme.quiet()));
        let at = zh + en + subject;
        let place = tail(&concept.place, width - at, theme);
        let _ = Pen::new(buffer, theme, part(at, width - at)).put(&place, pick(theme.quiet()));
    }
    Some(caret)
}
