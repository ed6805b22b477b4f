//! Renderings under the source's words, as between the lines of a glossed text:
//! each begins in the column in which its term begins.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::concept::TermStatus;
use crate::span::Span;
use crate::tui::paint::{Pen, columns};
use crate::tui::state::Offer;
use crate::tui::theme::Theme;

/// A rendering under a row of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The column it begins in.
    pub column: usize,
    /// What it says, piece by piece.
    pub pieces: Vec<(String, Style)>,
}

impl Label {
    fn width(&self, theme: Theme) -> usize {
        self.pieces
            .iter()
            .map(|(text, _)| columns(text, theme))
            .sum()
    }
}

/// The lines of labels under one row of the source.
pub type Labels = Vec<Vec<Label>>;

/// The labels under each row of a source wrapped to `width` columns, at most `most` lines a row.
///
/// A label moves to a second line, or to the right, where the one before leaves no room; the
/// last line takes all that is left over. What must not be written is told where `avoid` is set:
/// without it the labels are shorter. Where a term begins on one row and ends on the next,
/// its label stands under the beginning.
pub fn labels(
    source: &str,
    rows: &[Span],
    offers: &[Offer],
    (width, most): (usize, usize),
    avoid: bool,
    theme: Theme,
) -> Vec<Labels> {
    let mut all: Vec<Labels> = vec![Vec::new(); rows.len()];
    for (number, offer) in offers.iter().enumerate() {
        let row = rows
            .partition_point(|row| row.start <= offer.span.start)
            .saturating_sub(1);
        let (Some(span), Some(lines)) = (rows.get(row), all.get_mut(row)) else {
            continue;
        };
        let before = Span {
            start: span.start,
            end: offer.span.start.max(span.start),
        };
        let label = Label {
            column: columns(before.of(source), theme),
            pieces: pieces(number, offer, avoid, theme),
        };
        place(lines, label, width, most, theme);
    }
    all
}

/// Finds room for a label.
fn place(lines: &mut Labels, mut label: Label, width: usize, most: usize, theme: Theme) {
    const GAP: usize = 2;
    let long = label.width(theme);
    let end = |line: &Vec<Label>| {
        line.last()
            .map_or(0, |last| last.column + last.width(theme) + GAP)
    };
    let wanted = label.column;
    // A long one at the right edge begins further left rather than being cut.
    let fits = wanted.min(width.saturating_sub(long));
    let free = lines.iter().position(|line| {
        let end = end(line);
        end <= wanted && (wanted + long <= width || end <= fits)
    });
    if let Some(free) = free {
        label.column = if wanted + long <= width { wanted } else { fits };
        if let Some(line) = lines.get_mut(free) {
            line.push(label);
        }
        return;
    }
    if lines.len() < most {
        label.column = fits;
        lines.push(vec![label]);
        return;
    }
    if let Some(line) = lines.iter_mut().min_by_key(|line| end(line)) {
        label.column = end(line).max(fits);
        line.push(label);
    }
}

/// What a label says: its number, the rendering, and what must not be written.
fn pieces(number: usize, offer: &Offer, avoid: bool, theme: Theme) -> Vec<(String, Style)> {
    let digit = match number {
        0..9 => format!("{}) ", number + 1),
        _ => "· ".to_owned(),
    };
    let mut pieces = vec![(digit, theme.key())];
    let first = offer.renderings.first();
    if let Some((text, status)) = first {
        let style = if offer.number {
            theme.number()
        } else {
            theme.term(*status)
        };
        pieces.push((text.clone(), style));
        if *status != TermStatus::Preferred {
            pieces.push((Theme::term_mark(*status).to_owned(), style));
        }
    }
    if !offer.sure {
        pieces.push(("?".to_owned(), theme.quiet()));
    }
    let mut avoid = offer.avoid.iter().filter(|_| avoid || first.is_none());
    if let Some(text) = avoid.next() {
        let more = if avoid.next().is_some() { " …" } else { "" };
        let gap = if first.is_some() { " " } else { "" };
        let style = theme.term(TermStatus::Deprecated);
        pieces.push((format!("{gap}✗{text}{more}"), style));
    }
    pieces
}

/// Draws a line of labels.
pub fn draw(buffer: &mut Buffer, theme: Theme, area: Rect, line: &[Label]) {
    for label in line {
        let mut pen = Pen::new(buffer, theme, area).at(label.column, 0);
        for (text, style) in &label.pieces {
            pen = pen.put(text, *style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    fn offer(source: &str, term: &str, rendering: &str) -> Offer {
        Offer {
            span: Span::find(source, term).unwrap(),
            renderings: vec![(rendering.to_owned(), TermStatus::Preferred)],
            avoid: Vec::new(),
            number: false,
            row: String::new(),
            remark: String::new(),
            sure: true,
        }
    }

    #[test]
    fn a_rendering_begins_under_its_term() {
        let source = "能源部将启动“创世计划”，首期将投入500亿美元。";
        let offers = [
            offer(source, "能源部", "DOE"),
            offer(source, "创世计划", "Genesis Mission"),
            offer(source, "500亿美元", "US$50 billion"),
        ];
        let rows = [Span::all(source)];
        let found = labels(source, &rows, &offers, (60, 3), true, Theme::MONO);
        let line: Vec<usize> = found[0][0].iter().map(|label| label.column).collect();
        let at = |term: &str| width(source.split(term).next().unwrap());
        assert_eq!(
            line,
            [at("能源部"), at("创世计划"), at("500")],
            "one line is enough, by columns and not by characters"
        );
    }

    #[test]
    fn what_has_no_room_goes_to_a_second_line_and_no_label_overlaps() {
        let source = "国家安全委员会行政令";
        let offers = [
            offer(source, "国家安全委员会", "National Security Council"),
            offer(source, "行政令", "executive order"),
        ];
        let rows = [Span::all(source)];
        let found = labels(source, &rows, &offers, (50, 3), true, Theme::MONO);
        assert_eq!(found[0].len(), 2);
        let found = labels(source, &rows, &offers, (50, 1), true, Theme::MONO);
        assert_eq!(found[0].len(), 1);
        assert!(found[0][0][1].column > "1) National Security Council".len());
    }
}
