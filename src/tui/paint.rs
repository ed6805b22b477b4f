//! Text onto cells, grapheme by grapheme: wide, combining, ambiguous and
//! control characters each take the cells that the terminal will give them.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::span::Span;
use crate::tui::theme::Theme;

/// The columns a grapheme takes, and what is shown for it.
fn cell(grapheme: &str, wide: bool) -> (&str, usize) {
    if grapheme.chars().all(char::is_control) {
        return (if grapheme == "\t" { " " } else { "·" }, 1);
    }
    let columns = if wide {
        grapheme.width_cjk()
    } else {
        grapheme.width()
    };
    match columns {
        // A lone combining mark or a zero-width space: shown, or nobody would find it.
        0 => ("·", 1),
        columns => (grapheme, columns.min(2)),
    }
}

/// The columns of a text on this terminal.
pub fn columns(text: &str, theme: Theme) -> usize {
    text.graphemes(true)
        .map(|grapheme| cell(grapheme, theme.wide).1)
        .sum()
}

/// A name, cut at its beginning where it is too long: the end tells files and lines apart.
pub fn tail(name: &str, most: usize, theme: Theme) -> String {
    if columns(name, theme) <= most {
        return name.to_owned();
    }
    let room = most.saturating_sub(columns("…", theme));
    ["…", theme.measure().cut_left(name, room)].concat()
}

/// A place on the buffer that text is written to, and where it must end.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: Theme,
    area: Rect,
    /// The next column.
    pub x: u16,
    /// The row.
    pub y: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the top left of an area, which it never leaves.
    pub fn new(buffer: &'a mut Buffer, theme: Theme, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self {
            buffer,
            theme,
            area,
            x: area.x,
            y: area.y,
        }
    }

    /// Moves to a column and row of the area.
    #[must_use]
    pub fn at(mut self, column: usize, row: usize) -> Self {
        self.x = self.area.x.saturating_add(column as u16);
        self.y = self.area.y.saturating_add(row as u16);
        self
    }

    /// The columns left on this row.
    pub fn left(&self) -> usize {
        usize::from(self.area.right().saturating_sub(self.x))
    }

    /// Writes text; what does not fit is left out, and a cut is shown by `…`.
    #[must_use]
    pub fn put(mut self, text: &str, style: Style) -> Self {
        if self.y < self.area.y || self.y >= self.area.bottom() {
            return self;
        }
        let mut graphemes = text.graphemes(true).peekable();
        while let Some(grapheme) = graphemes.next() {
            let (symbol, columns) = cell(grapheme, self.theme.wide);
            let left = self.left();
            let more = graphemes.peek().is_some();
            if columns > left || more && columns == left {
                if left > 0 {
                    self.one("…", 1, style);
                    self.x = self.area.right();
                }
                return self;
            }
            self.one(symbol, columns, style);
        }
        self
    }

    fn one(&mut self, symbol: &str, columns: usize, style: Style) {
        let Some(cell) = self.buffer.cell_mut((self.x, self.y)) else {
            return;
        };
        cell.set_symbol(symbol).set_style(style);
        if symbol.width() != columns
            && let Some(width) = NonZeroU16::new(columns as u16)
        {
            cell.set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        for x in 1..columns as u16 {
            if let Some(cell) = self.buffer.cell_mut((self.x + x, self.y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        self.x += columns as u16;
    }

    /// Moves right without writing.
    #[must_use]
    pub fn skip(mut self, columns: usize) -> Self {
        self.x = self.x.saturating_add(columns as u16);
        self
    }

    /// Writes spaces up to a column of the area.
    #[must_use]
    pub fn pad(mut self, column: usize, style: Style) -> Self {
        let stop = self.area.x.saturating_add(column as u16);
        while self.x < stop && self.left() > 0 {
            self.one(" ", 1, style);
        }
        self
    }

    /// Moves to a column of the area, unless that lies behind.
    #[must_use]
    pub fn to(mut self, column: usize) -> Self {
        self.x = self.x.max(self.area.x.saturating_add(column as u16));
        self
    }

    /// Gives the rest of the row a look.
    #[must_use]
    pub fn fill(mut self, style: Style) -> Self {
        while self.left() > 0 {
            self.one(" ", 1, style);
        }
        self
    }

    /// Writes text so that it ends at the right edge, where it does not run into what stands.
    #[must_use]
    pub fn right(self, text: &str, style: Style) -> Self {
        let columns = columns(text, self.theme);
        if columns > self.left() {
            return self;
        }
        let skip = self.left() - columns;
        self.skip(skip).put(text, style)
    }
}

/// A horizontal rule with a title in it.
pub fn rule(buffer: &mut Buffer, theme: Theme, area: Rect, title: &str, focus: bool) {
    if area.height == 0 {
        return;
    }
    let line = if focus { theme.active() } else { theme.rule() };
    let heading = if focus {
        theme.active()
    } else {
        theme.strong()
    };
    let mut pen = Pen::new(buffer, theme, Rect { height: 1, ..area }).put("─", line);
    if !title.is_empty() {
        pen = pen.put(" ", line).put(title, heading).put(" ", line);
    }
    while pen.left() > 0 {
        pen = pen.put("─", line);
    }
}

/// A line in pieces, each with its look.
pub type Styled = Vec<(String, Style)>;

/// A line of a text with the places in it that are found.
pub fn marked(text: &str, line: Span, spans: &[Span], strong: Style, theme: Theme) -> Styled {
    let mut pieces = Vec::new();
    let mut at = line.start;
    for span in spans {
        let (start, end) = (span.start.max(at), span.end.min(line.end));
        if start < end {
            pieces.push((
                Span {
                    start: at,
                    end: start,
                }
                .of(text)
                .to_owned(),
                theme.text(),
            ));
            pieces.push((Span { start, end }.of(text).to_owned(), strong));
            at = end;
        }
    }
    let rest = Span {
        start: at,
        end: line.end,
    };
    pieces.push((rest.of(text).trim_end().to_owned(), theme.text()));
    pieces
}
