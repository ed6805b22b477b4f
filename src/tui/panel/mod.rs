//! The parts of the screen, one file each. A panel reads the [`State`] and
//! names no other panel; where it goes is decided in `draw`.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use unicode_segmentation::UnicodeSegmentation;

use crate::span::halves;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, Styled, columns, rule};
use crate::tui::state::State;
use crate::tui::theme::Theme;

pub mod alignment;
pub mod browse;
pub mod concordance;
pub mod findings;
pub mod form;
pub mod home;
pub mod interlinear;
pub mod issues;
pub mod matches;
pub mod page;
pub mod palette;
pub mod proposals;
pub mod replace;
pub mod segments;
pub mod terms;

/// A part of the screen.
#[derive(Debug)]
pub struct Panel {
    /// Draws it; gives the place of the caret where it has it.
    pub draw: fn(&State, Rect, &mut Buffer) -> Option<Position>,
}

/// A line to type in, with what stands before it; gives the caret's place.
fn input(buffer: &mut Buffer, theme: Theme, area: Rect, label: &str, line: &Line) -> Position {
    let start = columns(label, theme) as u16 + 1;
    let _ = Pen::new(buffer, theme, area)
        .skip(1)
        .put(label, theme.key());
    let room = Rect {
        x: area.x + start,
        width: area.width.saturating_sub(start),
        ..area
    };
    let (before, _) = halves(line.text(), line.caret());
    let caret = columns(before, theme);
    // A long line is moved left so that the caret is seen.
    let width = usize::from(room.width).saturating_sub(1);
    let mut hidden = 0;
    let mut from = 0;
    for (at, grapheme) in line.text().grapheme_indices(true) {
        if caret - hidden <= width {
            break;
        }
        hidden += columns(grapheme, theme);
        from = at + grapheme.len();
    }
    let selection = line.selection();
    let mut pen = Pen::new(buffer, theme, room);
    for (at, grapheme) in line.text().grapheme_indices(true) {
        if at < from {
            continue;
        }
        let inside = selection.start as usize <= at && at < selection.end as usize;
        let style = if inside {
            theme.selected()
        } else {
            theme.text()
        };
        pen = pen.put(grapheme, style);
    }
    let _ = pen;
    Position {
        x: (room.x + (caret - hidden) as u16).min(room.right().saturating_sub(1)),
        y: area.y,
    }
}

/// A title, a line to search by, and the room for what is found below; gives the caret's place
/// and that room.
fn searched(
    buffer: &mut Buffer,
    theme: Theme,
    area: Rect,
    title: &str,
    line: &Line,
) -> (Position, Rect) {
    rule(buffer, theme, area, title, true);
    let row = Rect {
        y: area.y + 1,
        height: 1,
        ..area
    };
    (input(buffer, theme, row, "› ", line), below(area))
}

/// The room below a title and a line to search by.
fn below(area: Rect) -> Rect {
    Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    }
}

/// Draws what is selected in full, below a rule.
fn full(buffer: &mut Buffer, theme: Theme, area: Rect, title: &str, lines: &[Styled]) {
    if lines.is_empty() || area.height < 2 {
        return;
    }
    rule(buffer, theme, area, title, false);
    for (y, line) in lines.iter().take(usize::from(area.height) - 1).enumerate() {
        let mut pen = Pen::new(buffer, theme, area).at(2, y + 1);
        for (text, style) in line {
            pen = pen.put(text, *style);
        }
        let _ = pen;
    }
}

/// The item of a list that stands at a row of the screen.
fn item_at(list: Rect, row: u16, selected: usize, count: usize) -> Option<usize> {
    let line = row.checked_sub(list.y).filter(|line| *line < list.height)?;
    let at = top(selected, list.height.into(), count) + usize::from(line);
    (at < count).then_some(at)
}

/// The first item of a list to show, so that the selected one is seen.
fn top(selected: usize, rows: usize, count: usize) -> usize {
    let middle = selected.saturating_sub(rows / 2);
    middle.min(count.saturating_sub(rows))
}
