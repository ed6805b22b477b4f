//! The review of an alignment: two columns of beads, with scores and marks.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::lang::Lang;
use crate::review::{Alignment, Bead, Mark, Review};
use crate::span::Span;
use crate::tui::paint::{Pen, columns};
use crate::tui::panel::Panel;
use crate::tui::state;
use crate::tui::theme::Theme;

/// The review of an alignment.
pub const PANEL: Panel = Panel { draw };

/// Columns of the marks and scores.
const GUTTER: usize = 8;

/// The open review, and where in it the reviewer is.
#[derive(Debug)]
pub struct State {
    /// The documents and their alignment.
    pub review: Review,
    /// The bead.
    pub at: usize,
    /// The side.
    pub side: Lang,
    /// The sentence of the bead on that side, from 0.
    pub sentence: u32,
    /// A sentence that waits for the one it renders.
    pub pin: Option<(Lang, u32)>,
    /// Whether the file is being written.
    pub flying: bool,
    /// Whether stretches are being aligned anew.
    pub aligning: bool,
}

impl State {
    /// A review at its first bead that wants to be looked at.
    pub fn new(review: Review) -> Self {
        let beads = &review.alignment.beads;
        let at = beads.iter().position(Bead::doubtful).unwrap_or(0);
        Self {
            side: review.from,
            review,
            at,
            sentence: 0,
            pin: None,
            flying: false,
            aligning: false,
        }
    }

    /// The alignment.
    pub fn alignment(&self) -> &Alignment {
        &self.review.alignment
    }

    /// The current bead.
    pub fn bead(&self) -> Option<&Bead> {
        self.alignment().beads.get(self.at)
    }

    /// The place of the current sentence in its text; `None` on an empty side.
    pub fn here(&self) -> Option<u32> {
        let range = &self.bead()?.of[self.side];
        let at = range.start + self.sentence;
        range.contains(&at).then_some(at)
    }

    /// Keeps the place within the beads.
    pub fn settle(&mut self) {
        self.at = self.at.min(self.alignment().beads.len().saturating_sub(1));
        let count = self
            .bead()
            .map_or(0, |bead| bead.of[self.side].len() as u32);
        self.sentence = self.sentence.min(count.saturating_sub(1));
    }

    /// Goes to a sentence.
    pub fn find(&mut self, lang: Lang, sentence: u32) {
        if let Some(at) = self.alignment().bead_of(lang, sentence) {
            self.at = at;
            let start = self.bead().map_or(0, |bead| bead.of[lang].start);
            (self.side, self.sentence) = (lang, sentence.saturating_sub(start));
        }
    }
}

/// The sign of a bead and its look: nothing is said by color alone.
fn sign(bead: &Bead, theme: Theme) -> (&'static str, Style) {
    match bead.mark {
        Mark::Accepted => ("✓", theme.good()),
        Mark::Fixed => ("=", theme.key()),
        Mark::Open if bead.one_sided() => ("!", theme.bad()),
        Mark::Open => match bead.score.unwrap_or(0.0) {
            0.9.. => (" ", theme.good()),
            0.8.. => (" ", theme.text()),
            0.5.. => ("?", theme.number()),
            _ => ("!", theme.bad()),
        },
    }
}

/// A row of one side: the sentence, and the part of its text.
type Part = (u32, Span, bool);

/// The rows of some sentences in so many columns.
fn parts(open: &State, lang: Lang, range: &Range<u32>, width: usize, theme: Theme) -> Vec<Part> {
    let sentences = open.alignment().slice(lang, range);
    let mut rows = Vec::new();
    for (at, sentence) in range.clone().zip(sentences) {
        let spans = theme.measure().wrap(&sentence.text, width.max(4));
        let numbered = spans.into_iter().enumerate();
        rows.extend(numbered.map(|(n, span)| (at, span, n == 0)));
    }
    rows
}

/// Where the two columns are: of the source's side first.
fn sides(width: usize) -> [(usize, usize); 2] {
    let room = width.saturating_sub(GUTTER + 1);
    let left = room / 2;
    [(GUTTER, left), (GUTTER + left + 1, room - left)]
}

/// The rows of a bead.
fn rows(open: &State, bead: &Bead, width: usize, theme: Theme) -> [Vec<Part>; 2] {
    let from = open.review.from;
    let [(_, left), (_, right)] = sides(width);
    [(from, left), (from.other(), right)]
        .map(|(lang, width)| parts(open, lang, &bead.of[lang], width.saturating_sub(3), theme))
}

fn height(rows: &[Vec<Part>; 2]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0).max(1)
}

/// The first bead shown, and how many of its rows stand above the screen.
fn top(open: &State, area: Rect, theme: Theme) -> (usize, usize) {
    let (width, high) = (usize::from(area.width), usize::from(area.height));
    let Some(bead) = open.bead() else {
        return (0, 0);
    };
    let own = rows(open, bead, width, theme);
    let side = usize::from(open.side != open.review.from);
    let here = open.here();
    let lines = own.get(side).map_or(&[][..], Vec::as_slice);
    let before = lines.iter().take_while(|(at, ..)| Some(*at) < here).count();
    let wanted = (high / 3).max(1);
    if before >= wanted || open.at == 0 {
        return (open.at, before.saturating_sub(wanted));
    }
    let mut above = before;
    for at in (0..open.at).rev() {
        let beads = &open.alignment().beads;
        let Some(bead) = beads.get(at) else {
            break;
        };
        above += height(&rows(open, bead, width, theme));
        if above >= wanted {
            return (at, above - wanted);
        }
    }
    (0, 0)
}

fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let open = state.alignment.as_ref()?;
    let beads = &open.alignment().beads;
    if beads.is_empty() {
        let say = "neither document has any text";
        let _ = Pen::new(buffer, theme, area)
            .skip(1)
            .put(say, theme.quiet());
        return None;
    }
    let width = usize::from(area.width);
    let (first, hidden) = top(open, area, theme);
    let mut y = 0_usize;
    let mut skip = hidden;
    let mut caret = None;
    for (at, bead) in beads.iter().enumerate().skip(first) {
        if y >= usize::from(area.height) {
            break;
        }
        let sides = rows(open, bead, width, theme);
        let all = height(&sides);
        for row in skip.min(all)..all {
            if y >= usize::from(area.height) {
                break;
            }
            let line = Rect {
                y: area.y + y as u16,
                height: 1,
                ..area
            };
            if let Some(x) = draw_row(buffer, theme, line, open, (at, bead), &sides, row) {
                caret = caret.or(Some(Position { x, y: line.y }));
            }
            y += 1;
        }
        skip = skip.saturating_sub(all);
    }
    caret
}

/// Draws a row of a bead; the column of the current sentence where it begins there.
fn draw_row(
    buffer: &mut Buffer,
    theme: Theme,
    line: Rect,
    open: &State,
    (at, bead): (usize, &Bead),
    rows: &[Vec<Part>; 2],
    row: usize,
) -> Option<u16> {
    let current = at == open.at;
    let mut caret = None;
    let pen = Pen::new(buffer, theme, line);
    if row == 0 {
        let (mark, style) = sign(bead, theme);
        let score = bead
            .score
            .map_or("hand".to_owned(), |score| format!("{score:.2}"));
        let _ = pen
            .put(if current { "▶" } else { " " }, theme.strong())
            .put(mark, style)
            .put(" ", style)
            .put(&score, style);
    } else if current {
        let _ = pen.put("│", theme.strong());
    }
    let from = open.review.from;
    let langs = [from, from.other()];
    for ((lang, (x, width)), rows) in langs
        .into_iter()
        .zip(sides(usize::from(line.width)))
        .zip(rows)
    {
        let cell = Rect {
            x: line.x + x as u16,
            width: width as u16,
            ..line
        };
        let here = open.here().filter(|_| current && open.side == lang);
        if let Some((sentence, span, begins)) = rows.get(row) {
            let texts = &open.alignment().sentences[lang];
            let text = texts
                .get(*sentence as usize)
                .map_or("", |s| s.text.as_str());
            let chosen = here == Some(*sentence);
            let pinned = open.pin == Some((lang, *sentence));
            let mark = match (begins, pinned, chosen) {
                (true, true, _) => "◆",
                (true, false, true) => "›",
                (true, false, false) => "·",
                _ => " ",
            };
            if chosen && *begins {
                caret = Some(cell.x);
            }
            let style = match (chosen, current) {
                (true, _) => theme.selected(),
                (false, true) => theme.strong(),
                _ => theme.text(),
            };
            let edge = if chosen { theme.key() } else { theme.quiet() };
            let _ = Pen::new(buffer, theme, cell)
                .put(mark, edge)
                .put(" ", theme.text())
                .put(span.of(text).trim_end(), style);
        } else if row == 0 {
            let chosen = current && open.side == lang;
            caret = caret.or(chosen.then_some(cell.x));
            let style = if chosen {
                theme.selected()
            } else {
                theme.quiet()
            };
            let _ = Pen::new(buffer, theme, cell).skip(2).put("—", style);
        }
    }
    if let Some((x, _)) = sides(usize::from(line.width)).get(1) {
        let x = x.saturating_sub(1);
        let _ = Pen::new(buffer, theme, line)
            .at(x, 0)
            .put("│", theme.rule());
    }
    caret
}

/// The bar at the top: where, what, how far, whether it is on disk.
pub fn title(state: &state::State, area: Rect, buffer: &mut Buffer) {
    let theme = state.theme;
    let Some(open) = &state.alignment else {
        return;
    };
    let progress = open.alignment().progress();
    let saved = if open.flying || open.review.dirty() {
        "● unsaved "
    } else {
        "✓ saved "
    };
    let aligning = if open.aligning { "aligning … " } else { "" };
    let left = format!(" {}/{} ", (open.at + 1).min(progress.beads), progress.beads);
    let right = format!(
        "{aligning}{} accepted · {} doubtful  {saved}",
        progress.accepted, progress.doubtful
    );
    let from = open.review.from;
    let name = |lang: Lang| {
        let name = open.review.documents[lang].file_name();
        name.unwrap_or_default().to_string_lossy().into_owned()
    };
    let names = format!("{} ⇄ {}", name(from), name(from.other()));
    let taken = columns(&left, theme) + columns(&right, theme) + 1;
    let names = theme
        .measure()
        .fit(&names, usize::from(area.width).saturating_sub(taken));
    let bar = theme.bar();
    let from = columns(&left, theme) + columns(&names, theme);
    let _ = Pen::new(buffer, theme, area)
        .put(&left, bar)
        .put(&names, bar)
        .fill(bar);
    let _ = Pen::new(buffer, theme, area).at(from, 0).right(&right, bar);
}

/// The bead at a row of the screen.
pub fn bead_at(state: &state::State, area: Rect, row: u16) -> Option<usize> {
    let open = state.alignment.as_ref()?;
    let mut left = usize::from(row.checked_sub(area.y)?);
    let (first, hidden) = top(open, area, state.theme);
    left += hidden;
    for (at, bead) in open.alignment().beads.iter().enumerate().skip(first) {
        let high = height(&rows(open, bead, area.width.into(), state.theme));
        if left < high {
            return Some(at);
        }
        left -= high;
    }
    None
}
