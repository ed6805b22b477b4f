//! The concordance: every unit of the memory with a word or phrase in it, both
//! sides around the place, and how the phrase was rendered.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::lang::Lang;
use crate::memory::{Concordance, ConcordanceHit, Mode, Query};
use crate::span::{Span, halves};
use crate::text::words::words;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, columns, rule};
use crate::tui::panel::Panel;
use crate::tui::state;
use crate::tui::theme::Theme;

/// The concordance.
pub const PANEL: Panel = Panel {
    name: "concordance",
    draw,
};

/// What is looked for and what was found.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What is typed.
    pub line: Line,
    /// How it is meant.
    pub mode: Mode,
    /// What was found.
    pub answer: Option<Concordance>,
    /// For each hit, where its other side has the rendering.
    pub renderings: Vec<Option<Span>>,
    /// The renderings with their counts, most frequent first.
    pub counts: Vec<(String, usize)>,
    /// Why nothing could be looked for.
    pub trouble: Option<String>,
    /// The selected hit.
    pub selected: usize,
}

impl State {
    /// The number of hits shown.
    pub fn count(&self) -> usize {
        self.answer.as_ref().map_or(0, |answer| answer.hits.len())
    }

    /// Takes an answer over, if it is to what stands there now.
    pub fn take(&mut self, query: &Query, result: Result<Concordance, String>) {
        if query.text != self.line.text().trim() || query.mode != self.mode {
            return;
        }
        match result {
            Ok(answer) => {
                (self.renderings, self.counts) = renderings(&answer.hits);
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
    let hit = concordance
        .answer
        .as_ref()?
        .hits
        .get(concordance.selected)?;
    if hit.lang == to {
        let found = hit.spans.first()?;
        return Some(found.of(hit.entry.text(to)).to_owned());
    }
    let span = concordance.renderings.get(concordance.selected).copied();
    let text = hit.entry.text(to);
    Some(match span.flatten() {
        Some(span) => span.of(text).to_owned(),
        None => text.to_owned(),
    })
}

/// English words that begin or end no rendering.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "with", "from", "as",
    "is", "are", "was", "were", "be", "been", "will", "would", "that", "this", "these", "those",
    "it", "its", "their", "his", "her", "our", "we", "they", "he", "she", "has", "have", "had",
    "which", "who", "not", "also", "more", "than", "into", "between",
];
/// Chinese words that do not.
const SMALL_ZH: &[&str] = &[
    "的", "了", "和", "与", "在", "是", "对", "将", "把", "被", "为", "以", "及", "等", "并", "也",
    "而", "于", "从", "向", "中", "有", "这", "其", "之",
];

/// The longest rendering looked for, in words.
const LONGEST: usize = 6;

/// Guesses the rendering in each hit's other side: the run of words that the hits share most,
/// longer runs before shorter ones of the same count. What only one hit has is no evidence.
fn renderings(hits: &[ConcordanceHit]) -> (Vec<Option<Span>>, Vec<(String, usize)>) {
    let mut counts: HashMap<(Lang, String), usize> = HashMap::new();
    let mut runs_of: Vec<Vec<(Span, String)>> = Vec::with_capacity(hits.len());
    for hit in hits {
        let runs = runs(hit.entry.text(hit.lang.other()), hit.lang.other());
        let mut seen: Vec<&str> = Vec::new();
        for (_, key) in &runs {
            if !seen.contains(&key.as_str()) {
                seen.push(key);
                *counts.entry((hit.lang.other(), key.clone())).or_default() += 1;
            }
        }
        runs_of.push(runs);
    }
    let mut chosen = Vec::with_capacity(hits.len());
    let mut facets: Vec<(String, usize)> = Vec::new();
    for (hit, runs) in hits.iter().zip(runs_of) {
        let best = runs
            .into_iter()
            .filter_map(|(span, key)| {
                let long = key.chars().count();
                let count = *counts.get(&(hit.lang.other(), key.clone()))?;
                (count > 1).then_some((count, long, span, key))
            })
            .max_by_key(|(count, long, span, _)| (*count, *long, std::cmp::Reverse(span.start)));
        if let Some((.., key)) = &best {
            match facets.iter_mut().find(|(known, _)| known == key) {
                Some((_, count)) => *count += 1,
                None => facets.push((key.clone(), 1)),
            }
        }
        chosen.push(best.map(|(_, _, span, _)| span));
    }
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.1));
    (chosen, facets)
}

/// The runs of words of a text that could be a rendering, with the form they are counted by.
fn runs(text: &str, lang: Lang) -> Vec<(Span, String)> {
    let words: Vec<Span> = words(text)
        .into_iter()
        .filter(|word| !word.of(text).trim().is_empty())
        .collect();
    let small = match lang {
        Lang::En => SMALL,
        Lang::Zh => SMALL_ZH,
    };
    let spoken = |span: &Span| {
        span.of(text)
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_small = |span: &Span| small.contains(&span.of(text).to_lowercase().as_str());
    let mut all = Vec::new();
    for (i, first) in words.iter().enumerate() {
        if !spoken(first) || is_small(first) {
            continue;
        }
        for last in words.iter().skip(i).take(LONGEST) {
            if !spoken(last) {
                break;
            }
            if is_small(last) {
                continue;
            }
            let span = Span {
                start: first.start,
                end: last.end,
            };
            all.push((span, span.of(text).to_lowercase()));
        }
    }
    all
}

fn draw(state: &state::State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let concordance = &state.concordance;
    let mode = match concordance.mode {
        Mode::Exact => "phrase",
        Mode::Keyword => "keywords",
        Mode::Regex => "regular expression",
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
    for (text, count) in concordance.counts.iter().take(6) {
        pen = pen
            .put(text, theme.good())
            .put(&format!(" {count}"), theme.strong())
            .put("  ", theme.text());
    }
    let _ = pen;
    let Some(answer) = &concordance.answer else {
        return Some(caret);
    };
    let list = row(3, area.height.saturating_sub(3));
    if answer.hits.is_empty() {
        let _ = Pen::new(buffer, theme, list)
            .skip(2)
            .put("nowhere in the memory", theme.quiet());
    }
    let top = super::top(concordance.selected, list.height.into(), answer.hits.len());
    let shown = answer.hits.iter().enumerate().skip(top);
    for (y, (n, hit)) in shown.take(list.height.into()).enumerate() {
        let line = Rect {
            y: list.y + y as u16,
            height: 1,
            ..list
        };
        let rendering = concordance.renderings.get(n).copied().flatten();
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

/// A text around a place, which stands a third into the line.
fn context(
    buffer: &mut Buffer,
    theme: Theme,
    area: Rect,
    text: &str,
    span: Span,
    style: ratatui::style::Style,
) {
    let text = text.replace('\n', " ");
    let (before, _) = halves(&text, span.start as usize);
    let (_, after) = halves(&text, span.end as usize);
    let room = usize::from(area.width) / 3;
    let fits = columns(&text, theme) <= usize::from(area.width);
    let mut lead = before;
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
        .put(span.of(&text), style)
        .put(after, theme.text());
}
