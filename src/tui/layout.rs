//! Where everything is. Both drawing and the mouse ask here, and so does the
//! caret, which moves by the rows the target is wrapped into.

use ratatui::layout::Rect;

use crate::tui::line::Wrap;
use crate::tui::panel::segments::{self, Row};
use crate::tui::state::State;

/// The least columns and rows in which anything can be done.
pub const LEAST: (u16, u16) = (40, 10);
/// From this width on, terms and matches stand beside the segments.
const WIDE: u16 = 120;

/// The places of the editor's parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// The bar at the top.
    pub title: Rect,
    /// The segments.
    pub segments: Rect,
    /// The terms in full, where there is room.
    pub terms: Option<Rect>,
    /// The matches.
    pub matches: Rect,
    /// The findings of the current segment.
    pub findings: Rect,
    /// The keys, or what was just done.
    pub hints: Rect,
    /// What a list or a form covers.
    pub overlay: Rect,
}

/// The places on a screen of this size; `None` where it is too small.
pub fn places(size: (u16, u16)) -> Option<Places> {
    let (columns, rows) = size;
    if columns < LEAST.0 || rows < LEAST.1 {
        return None;
    }
    let row = |y, height| Rect::new(0, y, columns, height);
    let title = row(0, 1);
    let hints = row(rows - 1, 1);
    let body = rows - 2;
    if columns >= WIDE {
        let left = columns * 5 / 8;
        let findings = 5.min(body / 4).max(2);
        let right = |y, height| Rect::new(left + 1, y, columns - left - 1, height);
        let terms = (body - 1) / 2;
        return Some(Places {
            title,
            segments: Rect::new(0, 1, left, body - findings),
            terms: Some(right(1, terms)),
            matches: right(1 + terms, body - terms),
            findings: Rect::new(0, 1 + body - findings, left, findings),
            hints,
            overlay: Rect::new(0, rows - 1 - body * 3 / 5, columns, body * 3 / 5),
        });
    }
    let findings = if rows >= 20 { 3 } else { 1 };
    let matches = (body / 4).clamp(2, 9);
    let segments = body - findings - matches;
    Some(Places {
        title,
        segments: row(1, segments),
        terms: None,
        matches: row(1 + segments, matches),
        findings: row(1 + segments + matches, findings),
        hints,
        overlay: row(rows - 1 - body * 2 / 3, body * 2 / 3),
    })
}

/// The place of what takes the whole screen but its first and last row.
pub fn whole((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 1, columns, rows.saturating_sub(2))
}

/// The place of what the workspace holds, at home.
pub fn home((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 2, columns, rows.saturating_sub(3))
}

/// How the source and the target of the current segment are wrapped.
pub fn wrap(state: &State) -> Wrap {
    let segments = state.editor.as_ref().map_or(0, |e| e.session.len());
    let width = places(state.size).map_or(80, |places| places.segments.width);
    Wrap {
        columns: usize::from(width)
            .saturating_sub(segments::indent(segments))
            .max(4),
        measure: state.theme.measure(),
    }
}

/// What is at a place of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A segment.
    Segment(usize),
    /// The target's row and column.
    Target(usize, usize),
    /// The source's row and column.
    Source(usize, usize),
}

/// What is at a column and row of the screen, in the editor.
pub fn at(state: &State, column: u16, row: u16) -> Option<Spot> {
    let editor = state.editor.as_ref()?;
    let area = places(state.size)?.segments;
    // Beside the segments stand other things.
    if column >= area.right() {
        return None;
    }
    let line = usize::from(row.checked_sub(area.y)?);
    let indent = segments::indent(editor.session.len());
    let x = usize::from(column).saturating_sub(indent);
    let plan = segments::plan(state, editor, area);
    match *plan.get(line)? {
        Row::Other(unit) => Some(Spot::Segment(unit)),
        Row::Source(row) => Some(Spot::Source(row, x)),
        Row::Target(row) => Some(Spot::Target(row, x)),
        Row::Labels(..) | Row::Empty => None,
    }
}
