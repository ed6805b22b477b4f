//! The concordance: every unit of the memory with a word or phrase in it, both
//! sides around the place, and how the phrase was rendered.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::memory::{ConcordanceHit, Mode, Query};
use crate::span::{Span, halves};
use crate::suggest::rendering::Found;
use crate::text::code::without_tags;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, Styled, columns, marked, rule};
use crate::tui::panel::Panel;
use crate::tui::state;
use crate::tui::theme::Theme;

/// The concordance.
pub const PANEL: Panel = Panel { draw };

/// What is looked for and what was found.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What is typed.
    pub line: Line,
    /// How it is meant.
    pub mode: Mode,
    /// What was found.
    pub answer: Option<Found>,
    /// Why nothing could be looked for.
    pub trouble: Option<String>,
    /// The selected hit.
    pub selected: usize,
}

impl State {
    /// The number of hits shown.
    pub fn count(&self) -> usize {
        self.answer.as_ref().map_or(0, |found| found.hits.len())
    }

    /// Takes an answer over, if it is to what stands there now.
    pub fn take(&mut self, query: &Query, result: Result<Found, String>) {
        if query.text != self.line.text().trim() || query.mode != self.mode {
            return;
        }
        match result {
            Ok(answer) => {
                self.answer = Some(answer);
                self.trouble = None;
            }
            Err(why) => {
                self.answer = None;
                self.trouble = Some(why);
            }
        }
        self.selected = 0;
    }
}

/// What Enter puts in: the rendering of the selected hit, or all of its other side, in the
/// language that is being written.
pub fn rendering(state: &state::State) -> Option<String> {
    let concordance = &state.concordance;
    let to = state.editor.as_ref()?.session.to.lang();
    let found = concordance.answer.as_ref()?;
    let hit = found.hits.get(concordance.selected)?;
    let text = hit.entry.text(to);
    if hit.lang == to {
        return Some(hit.spans.first()?.of(text).to_owned());
    }
    let span = found.renderings.get(concordance.selected).copied();
    Some(match span.flatten() {
        Some(span) => span.of(text).to_owned(),
        None => text.to_owned(),
    })
}

#[allow(clippy::unnecessary_wraps, reason = "every panel has this signature")]
fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let concordance = &state.concordance;
    let mode = match concordance.mode {
        Mode::Exact => "phrase",
        Mode::Keyword => "keywords",
        Mode::Regex => "regular expression",
        Mode::Pinyin => "pinyin",
    };
    let total = concordance.answer.as_ref().map(|answer| answer.total);
    let title = match total {
        Some(total) => format!("Concordance · {total} · {mode}"),
        None => format!("Concordance · {mode}"),
    };
    rule(buffer, theme, area, &title, true);
    let row = |y: u16, height: u16| Rect {
        y: area.y + y,
        height,
        ..area
    };
    let caret = super::input(buffer, theme, row(1, 1), "› ", &concordance.line);
    let mut pen = Pen::new(buffer, theme, row(2, 1)).skip(1);
    if let Some(why) = &concordance.trouble {
        let _ = pen.put(why, theme.bad());
        return Some(caret);
    }
    let counts = concordance.answer.iter().flat_map(|found| &found.counts);
    for (text, count) in counts.take(6) {
        pen = pen
            .put(text, theme.good())
            .put(&format!(" {count}"), theme.strong())
            .put("  ", theme.text());
    }
    let _ = pen;
    let Some(answer) = &concordance.answer else {
        return Some(caret);
    };
    let (list, detail) = parts(answer, concordance.selected, area, theme);
    let rest = Rect {
        y: list.bottom(),
        height: area.bottom().saturating_sub(list.bottom()),
        ..area
    };
    super::full(buffer, theme, rest, "", &detail);
    if answer.hits.is_empty() {
        let _ = Pen::new(buffer, theme, list).skip(2).put(
            "nowhere in the memory; Tab looks for the words apart",
            theme.quiet(),
        );
    }
    let top = super::top(concordance.selected, list.height.into(), answer.hits.len());
    let shown = answer.hits.iter().enumerate().skip(top);
    for (y, (n, hit)) in shown.take(list.height.into()).enumerate() {
        let line = Rect {
            y: list.y + y as u16,
            height: 1,
            ..list
        };
        let rendering = answer.renderings.get(n).copied().flatten();
        one(
            buffer,
            theme,
            line,
            hit,
            rendering,
            n == concordance.selected,
        );
    }
    Some(caret)
}

/// The room of the list, and the selected hit in full, which stands below it.
fn parts(answer: &Found, selected: usize, area: Rect, theme: Theme) -> (Rect, Vec<Styled>) {
    let below = area.height.saturating_sub(3);
    let chosen = answer.hits.get(selected);
    let rendering = answer.renderings.get(selected).copied();
    let detail = chosen.map_or_else(Vec::new, |hit| {
        whole(hit, rendering.flatten(), usize::from(area.width), theme)
    });
    // The list keeps at least half of the rows; a rule parts it from the hit in full.
    let wanted = (detail.len() + 1).min(usize::from(below / 2));
    let hits = answer.hits.len().min(usize::from(below) - wanted);
    let list = Rect {
        y: area.y + 3,
        height: (hits.max(1) as u16).min(below),
        ..area
    };
    (list, detail)
}

/// The hit that stands at a row of the screen.
pub fn item_at(state: &state::State, area: Rect, row: u16) -> Option<usize> {
    let concordance = &state.concordance;
    let answer = concordance.answer.as_ref()?;
    let (list, _) = parts(answer, concordance.selected, area, state.theme);
    super::item_at(list, row, concordance.selected, answer.hits.len())
}

/// A hit in full: both sides, wrapped, and where and when it was translated.
fn whole(hit: &ConcordanceHit, rendering: Option<Span>, width: usize, theme: Theme) -> Vec<Styled> {
    let entry = &hit.entry;
    let sides = [
        (entry.text(hit.lang), hit.spans.as_slice(), theme.active()),
        (
            entry.text(hit.lang.other()),
            rendering.as_slice(),
            theme.good(),
        ),
    ];
    let mut lines = Vec::new();
    for (text, spans, strong) in sides {
        let text = text.replace('\n', " ");
        for line in theme.measure().wrap(&text, width.saturating_sub(3)) {
            lines.push(marked(&text, line, spans, strong, theme));
        }
    }
    let day = entry.when.split('T').next().unwrap_or_default();
    let origin = [&*entry.memory, &*entry.document, day, &*entry.who];
    let origin: Vec<&str> = origin.into_iter().filter(|s| !s.is_empty()).collect();
    lines.push(vec![(origin.join(" · "), theme.quiet())]);
    lines
}

/// A hit: the keyword in the middle of its half, the other side in the other half.
fn one(
    buffer: &mut Buffer,
    theme: Theme,
    line: Rect,
    hit: &ConcordanceHit,
    rendering: Option<Span>,
    selected: bool,
) {
    let marker = if selected { "▶" } else { " " };
    let _ = Pen::new(buffer, theme, line).put(marker, theme.active());
    let origin = if hit.entry.document.is_empty() {
        hit.entry.memory.to_string()
    } else {
        hit.entry.document.clone()
    };
    let place = if line.width > 110 { 22 } else { 0 };
    let half = (line.width - 2 - place) / 2;
    let left = Rect {
        x: line.x + 2,
        width: half.saturating_sub(1),
        ..line
    };
    let right = Rect {
        x: line.x + 2 + half,
        width: half,
        ..line
    };
    let strong = if selected {
        theme.selected()
    } else {
        theme.active()
    };
    let found = hit.spans.first().copied().unwrap_or_default();
    context(buffer, theme, left, hit.entry.text(hit.lang), found, strong);
    let other = hit.entry.text(hit.lang.other());
    let strong = if selected {
        theme.selected()
    } else {
        theme.good()
    };
    context(
        buffer,
        theme,
        right,
        other,
        rendering.unwrap_or_default(),
        strong,
    );
    let end = Rect {
        x: right.right() + 1,
        width: line.right().saturating_sub(right.right() + 1),
        ..line
    };
    let _ = Pen::new(buffer, theme, end).put(&origin, theme.quiet());
}

/// A text around a place, which stands a third into the line; without tags, which would leave no
/// room for words.
fn context(buffer: &mut Buffer, theme: Theme, area: Rect, text: &str, span: Span, style: Style) {
    let text = text.replace('\n', " ");
    let (before, _) = halves(&text, span.start as usize);
    let (_, after) = halves(&text, span.end as usize);
    let [before, found, after] = [before, span.of(&text), after].map(without_tags);
    let room = usize::from(area.width) / 3;
    let all = [&before, &found, &after].map(|part| columns(part, theme));
    let fits = all.iter().sum::<usize>() <= usize::from(area.width);
    let mut lead = before.as_str();
    let mut cut = false;
    while !fits && columns(lead, theme) > room {
        let mut chars = lead.chars();
        chars.next();
        lead = chars.as_str();
        cut = true;
    }
    let mut pen = Pen::new(buffer, theme, area);
    if cut {
        pen = pen.put("…", theme.quiet());
    }
    let _ = pen
        .put(lead, theme.text())
        .put(&found, style)
        .put(&after, theme.text());
}
