//! The matches of the memory: score, what differs, the translation as it would
//! be put in, and why it weighs less.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::span::Span;
use crate::suggest::{Edit, Match};
use crate::text::distance::Op;
use crate::tui::paint::{Pen, rule};
use crate::tui::panel::Panel;
use crate::tui::state::{Editor, Knowing, State};
use crate::tui::theme::Theme;

/// The matches.
pub const PANEL: Panel = Panel { draw };

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    let key = state.keys.hint("insert-match");
    rule(buffer, theme, area, &format!("Matches · {key}"), false);
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let matches = editor.suggestions.as_ref().map_or(&[][..], |s| &s.matches);
    if matches.is_empty() {
        empty(state, editor, area, buffer);
        return None;
    }
    // With room, texts are wrapped; without, each takes one row.
    let rows = usize::from(area.height) / matches.len().max(1);
    let mut row = 0;
    for (n, found) in matches.iter().enumerate() {
        row = one(state, n, found, row, rows.max(2), area, buffer);
        if row >= usize::from(area.height) {
            return None;
        }
    }
    fragments(state, editor, row, area, buffer);
    None
}

fn empty(state: &State, editor: &Editor, area: Rect, buffer: &mut Buffer) {
    let theme = state.theme;
    let mut pen = Pen::new(buffer, theme, area);
    let known = editor.suggestions.as_ref();
    let Some(_) = known.filter(|_| state.knowing == Knowing::Ready) else {
        let text = match (state.knowing, state.indexing) {
            (Knowing::Ready, _) => "…".to_owned(),
            (_, Some(percent)) => format!("opening the memory: its index is {percent}% built"),
            (_, None) => "opening the memory …".to_owned(),
        };
        let _ = pen.skip(1).put(&text, theme.quiet());
        return;
    };
    pen = pen
        .skip(1)
        .put("the memory has nothing like this segment", theme.quiet());
    let _ = pen;
    fragments(state, editor, 1, area, buffer);
}

/// Parts of the segment that the memory has as whole units, from a row on.
fn fragments(state: &State, editor: &Editor, row: usize, area: Rect, buffer: &mut Buffer) {
    let theme = state.theme;
    let all = editor.suggestions.iter().flat_map(|s| &s.fragments);
    for (n, fragment) in all.enumerate() {
        let _ = Pen::new(buffer, theme, area)
            .at(1, row + n)
            .put("part ", theme.quiet())
            .put(&fragment.source, theme.strong())
            .put(" → ", theme.quiet())
            .put(&fragment.target, theme.text());
    }
}

/// Draws a match from a row on; gives the row after it.
fn one(
    state: &State,
    n: usize,
    found: &Match,
    row: usize,
    most: usize,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let theme = state.theme;
    let indent = 8;
    let text = Rect {
        x: area.x + indent,
        width: area.width.saturating_sub(indent),
        ..area
    };
    let _ = Pen::new(buffer, theme, area)
        .at(1, row)
        .put(&format!("{} ", n + 1), theme.key())
        .put(&format!("{:>3}%", found.score), theme.score(found.score));
    // One row for each text at least; the difference gets what the translation leaves.
    let pieces = pieces(found, theme);
    let shown: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
    let wide = usize::from(text.width).max(4);
    let lines = theme.measure().wrap(&shown, wide);
    let take = lines.len().min(most.saturating_sub(2).max(1));
    for n in 0..take {
        let Some(span) = lines.get(n) else { break };
        let last = n + 1 == take;
        let end = if last { shown.len() } else { span.end as usize };
        let mut pen = Pen::new(buffer, theme, text).at(0, row + n);
        let mut at = 0;
        for (piece, style) in &pieces {
            let from = at.max(span.start as usize);
            let to = (at + piece.len()).min(end);
            if from < to {
                pen = pen.put(Span::new(from - at, to - at).of(piece), *style);
            }
            at += piece.len();
        }
        let _ = pen;
    }
    let most = most.saturating_sub(take - 1);
    let mut row = row + take;
    let (target, repaired) = match &found.repaired {
        Some(repaired) => (repaired.target.as_str(), true),
        None => (found.target.as_str(), false),
    };
    let target = target.replace('\n', "⏎");
    let lines = theme.measure().wrap(&target, wide);
    let last = usize::from(area.height).min(row + most - 1);
    for (i, span) in lines.iter().enumerate() {
        if row >= last && i > 0 {
            break;
        }
        // What does not fit any more is cut with a mark.
        let cut = row + 1 >= last && i + 1 < lines.len();
        let shown = if cut {
            let rest = crate::span::Span::new(span.start as usize, target.len());
            rest.of(&target)
        } else {
            span.of(&target)
        };
        let style = if repaired {
            theme.repaired()
        } else {
            theme.text()
        };
        let lead = if i == 0 { "→" } else { " " };
        let _ = Pen::new(buffer, theme, area)
            .at(usize::from(indent) - 2, row)
            .put(lead, theme.quiet());
        let _ = Pen::new(buffer, theme, text).at(0, row).put(shown, style);
        row += 1;
    }
    let about = about(found);
    if most > 2 && row < usize::from(area.height) {
        let _ = Pen::new(buffer, theme, text)
            .at(0, row)
            .put(&about, theme.quiet());
        row += 1;
    } else {
        // Without a row of its own it stands at the right end, where that is free.
        let _ = Pen::new(buffer, theme, text)
            .at(0, row.saturating_sub(1))
            .skip(crate::tui::paint::columns(&target, theme) + 2)
            .right(&about, theme.quiet());
    }
    row
}

/// The match's source, with what differs marked by signs as well as by looks.
fn pieces(found: &Match, theme: Theme) -> Vec<(String, Style)> {
    if found.diff.iter().all(|piece| piece.op == Op::Equal) {
        return vec![(found.source.replace('\n', "⏎"), theme.text())];
    }
    let diff = found.diff.iter().flat_map(|piece| {
        let text = piece.text.replace('\n', "⏎");
        let sign = |sign: &str| (sign.to_owned(), theme.quiet());
        match piece.op {
            Op::Equal => vec![(text, theme.text())],
            Op::Delete => vec![sign("[-"), (text, theme.deleted()), sign("-]")],
            Op::Insert => vec![sign("{+"), (text, theme.inserted()), sign("+}")],
        }
    });
    diff.collect()
}

/// Where a match comes from, what lowers it, and what was repaired.
fn about(found: &Match) -> String {
    let mut parts = Vec::new();
    for penalty in &found.penalties {
        parts.push(format!("−{} {}", penalty.points(), penalty.name()));
    }
    if let Some(repaired) = &found.repaired {
        let edits = repaired.edits.iter();
        let edits = edits.map(Edit::to_string);
        parts.push(format!(
            "repaired: {}",
            edits.collect::<Vec<_>>().join(", ")
        ));
    }
    parts.push(found.memory.clone());
    parts.push(found.document.clone());
    parts.push(found.when.chars().take(10).collect());
    parts.push(found.who.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
