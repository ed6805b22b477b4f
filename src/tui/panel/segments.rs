//! The segments: a list, in which the current one is open, its source with the
//! renderings below, its target with the caret.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::finding::{Severity, Side};
use crate::model::concept::TermStatus;
use crate::span::Span;
use crate::tui::layout;
use crate::tui::line::{Line, Wrap, place, rows};
use crate::tui::paint::{Pen, columns};
use crate::tui::panel::{Panel, interlinear};
use crate::tui::state::{Editor, Focus, State};
use crate::tui::theme::Theme;

/// The segments.
pub const PANEL: Panel = Panel { draw };

/// What a row of the panel shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Another segment.
    Other(usize),
    /// A row of the current source.
    Source(usize),
    /// Renderings: the row of the source, and which line of its labels.
    Labels(usize, usize),
    /// A row of the current target.
    Target(usize),
    /// Nothing.
    Empty,
}

/// The columns before the text: marker, number, state.
pub fn indent(segments: usize) -> usize {
    segments.max(10).ilog10() as usize + 1 + 4
}

/// The current segment, wrapped.
struct Open {
    source: Vec<Span>,
    labels: Vec<interlinear::Labels>,
    target: Vec<Span>,
}

impl Open {
    fn new(state: &State, editor: &Editor, most: usize) -> Self {
        let wrap = layout::wrap(state);
        let source = rows(editor.source.text(), wrap);
        let labels = interlinear::labels(
            editor.source.text(),
            &source,
            &editor.offers,
            (wrap.columns, most),
            layout::places(state.size).is_none_or(|places| places.terms.is_none()),
            state.theme,
        );
        let target = rows(editor.line.text(), wrap);
        Self {
            source,
            labels,
            target,
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mut all = Vec::new();
        for (row, labels) in self.labels.iter().enumerate() {
            all.push(Row::Source(row));
            all.extend((0..labels.len()).map(|line| Row::Labels(row, line)));
        }
        all.extend((0..self.target.len()).map(Row::Target));
        all
    }
}

/// The labels are given fewer lines where the segment would not fit.
fn open(state: &State, editor: &Editor, height: usize) -> Open {
    let mut most = 3;
    loop {
        let open = Open::new(state, editor, most);
        if most == 1 || open.rows().len() + 2 <= height {
            return open;
        }
        most -= 1;
    }
}

/// What each row of the panel shows.
pub fn plan(state: &State, editor: &Editor, area: Rect) -> Vec<Row> {
    let open = open(state, editor, area.height.into());
    arrange(state, editor, &open, area.height.into())
}

fn arrange(state: &State, editor: &Editor, open: &Open, height: usize) -> Vec<Row> {
    let mut block = open.rows();
    if block.len() > height {
        // Too long for the screen: what is shown moves with the caret.
        let row =
            |line: &Line, rows: &[Span]| place(line.text(), rows, line.caret(), Wrap::at(0)).0;
        let caret = match state.focus {
            Focus::Source => Row::Source(row(&editor.source, &open.source)),
            _ => Row::Target(row(&editor.line, &open.target)),
        };
        let at = block.iter().position(|row| *row == caret).unwrap_or(0);
        let first = (at + 2).saturating_sub(height).min(block.len() - height);
        block = block.into_iter().skip(first).take(height).collect();
        return block;
    }
    if height > block.len() + 16 {
        block.insert(0, Row::Empty);
        block.push(Row::Empty);
    }
    let here = editor.shown.partition_point(|&unit| unit < editor.at);
    let stands = usize::from(editor.shown.get(here) == Some(&editor.at));
    let (above, below) = (here, editor.shown.len() - here - stands);
    let room = height - block.len();
    // A third of the room goes to what was, two thirds to what comes.
    let up = (room / 3).max(room.min(1)).min(above);
    let up = up.max(room.saturating_sub(below)).min(above);
    let down = (room - up).min(below);
    let mut plan: Vec<Row> = Vec::new();
    let shown = |i: usize| {
        editor
            .shown
            .get(i)
            .map_or(Row::Empty, |&unit| Row::Other(unit))
    };
    plan.extend((here - up..here).map(shown));
    plan.extend(block);
    plan.extend((here + stands..here + stands + down).map(shown));
    plan.resize(height, Row::Empty);
    plan
}

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    if editor.session.is_empty() {
        let _ = Pen::new(buffer, theme, area)
            .at(2, 1)
            .put("This document has no text to translate.", theme.quiet());
        return None;
    }
    let open = open(state, editor, area.height.into());
    let plan = arrange(state, editor, &open, area.height.into());
    let indent = indent(editor.session.len());
    let mut caret = None;
    for (y, row) in plan.iter().enumerate() {
        let line = Rect {
            y: area.y + y as u16,
            height: 1,
            ..area
        };
        let text = Rect {
            x: line.x + indent as u16,
            width: line.width.saturating_sub(indent as u16),
            ..line
        };
        match *row {
            Row::Other(unit) => other(state, editor, unit, line, buffer),
            Row::Source(row) => {
                if row == 0 {
                    number(state, editor, editor.at, line, buffer);
                }
                let at = source(state, editor, &open, row, text, buffer);
                caret = caret.or(at.filter(|_| state.focus == Focus::Source));
            }
            Row::Labels(row, n) => {
                let labels = open.labels.get(row).and_then(|lines| lines.get(n));
                if let Some(labels) = labels {
                    interlinear::draw(buffer, theme, text, labels);
                }
            }
            Row::Target(row) => {
                let gutter = if state.focus == Focus::Target {
                    theme.active()
                } else {
                    theme.rule()
                };
                let _ = Pen::new(buffer, theme, line)
                    .at(indent - 2, 0)
                    .put("▌", gutter);
                let at = target(state, editor, &open, row, text, buffer);
                caret = caret.or(at.filter(|_| state.focus == Focus::Target));
            }
            Row::Empty => {}
        }
    }
    caret
}

/// The marker, number and state of a segment.
fn number(state: &State, editor: &Editor, unit: usize, line: Rect, buffer: &mut Buffer) {
    let theme = state.theme;
    let current = unit == editor.at;
    let digits = indent(editor.session.len()) - 4;
    let (marker, style) = if current {
        ("▶", theme.active())
    } else {
        (" ", theme.quiet())
    };
    let of = editor.session.unit(unit);
    let worst = editor.findings.get(&unit).and_then(|all| all.first());
    // A note does not hide how far a segment is.
    let worst = worst.filter(|finding| finding.severity > Severity::Note);
    let how_far = of.map(|unit| unit.state).unwrap_or_default();
    let (state_mark, state_style) = theme.state(how_far);
    let pen = Pen::new(buffer, theme, line)
        .put(marker, style)
        .put(&format!("{:>digits$}", unit + 1), style);
    let Some(finding) = worst else {
        let _ = pen.skip(1).put(state_mark, state_style);
        return;
    };
    // What was confirmed all the same is seen to be.
    let pen = if how_far.confirmed() {
        pen.put(state_mark, state_style)
    } else {
        pen.skip(1)
    };
    let grave = finding.severity;
    let _ = pen.put(Theme::severity_mark(grave), theme.severity(grave));
}

/// Another segment: one row, source and target side by side.
fn other(state: &State, editor: &Editor, unit: usize, line: Rect, buffer: &mut Buffer) {
    let theme = state.theme;
    let Some(of) = editor.session.unit(unit) else {
        return;
    };
    number(state, editor, unit, line, buffer);
    let indent = indent(editor.session.len()) as u16;
    let width = line.width.saturating_sub(indent);
    // Chinese is the denser of the two.
    let share = match editor.session.from() {
        crate::lang::Lang::Zh => width * 2 / 5,
        crate::lang::Lang::En => width * 3 / 5,
    };
    let left = Rect {
        x: line.x + indent,
        width: share.saturating_sub(1),
        ..line
    };
    let right = Rect {
        x: line.x + indent + share + 1,
        width: width.saturating_sub(share + 1),
        ..line
    };
    let flat = |text: &str| text.replace('\n', "⏎");
    let _ = Pen::new(buffer, theme, left).put(&flat(&of.source), theme.quiet());
    let style = if of.state.confirmed() {
        theme.text()
    } else {
        theme.quiet()
    };
    let _ = Pen::new(buffer, theme, right).put(&flat(&of.target), style);
}

/// A row of the source, its terms underlined.
fn source(
    state: &State,
    editor: &Editor,
    open: &Open,
    row: usize,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let theme = state.theme;
    let text = editor.source.text();
    let selection = editor.source.selection();
    let style = |at: u32| {
        let offer = editor
            .offers
            .iter()
            .find(|offer| offer.span.start <= at && at < offer.span.end);
        let mut style = theme.text();
        if let Some(offer) = offer {
            let status = offer
                .renderings
                .first()
                .map_or(TermStatus::Deprecated, |(_, status)| *status);
            style = if offer.number {
                theme.number()
            } else {
                theme.term(status)
            };
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if marked(editor, Side::Source, at) {
            style = style.add_modifier(Modifier::BOLD);
        }
        if selection.start <= at && at < selection.end {
            style = style.add_modifier(Modifier::REVERSED);
        }
        style
    };
    styled(buffer, theme, area, text, *open.source.get(row)?, style);
    caret(editor.source.caret(), text, &open.source, row, area, theme)
}

/// A row of the target, the caret in it.
fn target(
    state: &State,
    editor: &Editor,
    open: &Open,
    row: usize,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let theme = state.theme;
    let line = &editor.line;
    let selection = line.selection();
    let style = |at: u32| {
        let mut style = theme.text();
        if line
            .marks()
            .iter()
            .any(|mark| mark.start <= at && at < mark.end)
        {
            style = style.patch(theme.repaired());
        }
        if editor.checked && marked(editor, Side::Target, at) {
            style = style.patch(theme.bad()).add_modifier(Modifier::UNDERLINED);
        }
        if selection.start <= at && at < selection.end {
            style = style.add_modifier(Modifier::REVERSED);
        }
        style
    };
    styled(
        buffer,
        theme,
        area,
        line.text(),
        *open.target.get(row)?,
        style,
    );
    caret(line.caret(), line.text(), &open.target, row, area, theme)
}

/// Whether a finding of the current segment is about a byte of this side.
fn marked(editor: &Editor, side: Side, at: u32) -> bool {
    editor.issues().iter().any(|finding| {
        finding.side == Some(side) && finding.place.span.start <= at && at < finding.place.span.end
    })
}

/// Writes a row, each run of one look at once.
fn styled(
    buffer: &mut Buffer,
    theme: Theme,
    area: Rect,
    text: &str,
    row: Span,
    style: impl Fn(u32) -> Style,
) {
    use unicode_segmentation::UnicodeSegmentation;
    let mut pen = Pen::new(buffer, theme, area);
    for (at, grapheme) in row.of(text).grapheme_indices(true) {
        pen = pen.put(grapheme, style(row.start + at as u32));
    }
}

/// The caret's place on the screen, where it stands on this row.
fn caret(
    at: usize,
    text: &str,
    rows: &[Span],
    row: usize,
    area: Rect,
    theme: Theme,
) -> Option<Position> {
    if place(text, rows, at, Wrap::at(0)).0 != row {
        return None;
    }
    let span = rows.get(row)?;
    let before = Span {
        start: span.start,
        end: (at as u32).min(span.end),
    };
    let x = columns(before.of(text), theme) as u16;
    Some(Position {
        x: (area.x + x).min(area.right().saturating_sub(1)),
        y: area.y,
    })
}
