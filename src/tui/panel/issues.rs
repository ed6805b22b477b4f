//! What the checks found in the current segment, as it is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::finding::{Finding, Side};
use crate::span::Span;
use crate::tui::paint::{Pen, rule};
use crate::tui::panel::Panel;
use crate::tui::state::{Knowing, State};
use crate::tui::theme::Theme;

/// The findings.
pub const PANEL: Panel = Panel { draw };

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    let mut area = area;
    let issues = editor.issues();
    if area.height > 3 {
        rule(buffer, theme, area, "Issues", false);
        area.y += 1;
        area.height -= 1;
    }
    let note = editor
        .session
        .unit(editor.at)
        .map(|unit| unit.note.replace('\n', " · "))
        .filter(|note| !note.is_empty());
    let was = editor.session.facts.get(editor.at).map(|facts| &facts.was);
    let mut row = 0;
    let room = usize::from(area.height);
    if issues.is_empty() {
        let (text, style) = if editor.line.is_empty() {
            ("", theme.quiet())
        } else if state.knowing == Knowing::Loading || !editor.checked {
            ("checking …", theme.quiet())
        } else {
            ("✓ no issues", theme.good())
        };
        if !text.is_empty() {
            let _ = Pen::new(buffer, theme, area).skip(1).put(text, style);
            row += 1;
        }
    }
    let others = issues.len().saturating_sub(1);
    if let Some(finding) = issues.get(editor.issue).or(issues.first()) {
        // The current issue takes what rows it needs, the others what is left.
        let most = if others > 0 && room > 1 {
            room - 1
        } else {
            room
        };
        row = current(state, finding, others > 0, area, most, buffer);
    }
    let mut left = others;
    for (n, finding) in issues.iter().enumerate() {
        if n == editor.issue || row >= room {
            continue;
        }
        let pen = Pen::new(buffer, theme, area).at(1, row);
        if row + 1 == room && left > 1 {
            let key = state.keys.hint("next-issue");
            let _ = pen.put(&format!("{left} more: {key}"), theme.quiet());
            return None;
        }
        let style = theme.severity(finding.severity);
        let _ = pen
            .put(Theme::severity_mark(finding.severity), style)
            .skip(1)
            .put(finding.rule, style)
            .put(": ", theme.quiet())
            .put(&finding.message, theme.quiet());
        row += 1;
        left -= 1;
    }
    if row < room
        && let Some(was) = was.filter(|was| !was.is_empty())
    {
        let _ = Pen::new(buffer, theme, area)
            .at(1, row)
            .put("the source was: ", theme.quiet())
            .put(was, theme.deleted());
        row += 1;
    }
    if row < room
        && let Some(note) = note
    {
        let _ = Pen::new(buffer, theme, area)
            .at(1, row)
            .put("note: ", theme.quiet())
            .put(&note, theme.text());
    }
    None
}

/// The current issue, its fix first, its message wrapped; gives the row after it.
fn current(
    state: &State,
    finding: &Finding,
    several: bool,
    area: Rect,
    most: usize,
    buffer: &mut Buffer,
) -> usize {
    let theme = state.theme;
    let checked = state.editor.as_ref().is_some_and(|editor| editor.checked);
    let style = if checked {
        theme.severity(finding.severity)
    } else {
        theme.quiet()
    };
    let mut pen = Pen::new(buffer, theme, area)
        .skip(1)
        .put(if several { "›" } else { "" }, theme.key())
        .put(Theme::severity_mark(finding.severity), style)
        .skip(1)
        .put(finding.rule, style)
        .skip(2);
    if let Some(fix) = finding.suggestions.first() {
        let key = state.keys.hint("accept-fix");
        // What is missing takes nothing's place: it goes to the caret.
        let does = if finding.side == Some(Side::Target) {
            " → "
        } else {
            " puts in "
        };
        pen = pen
            .put(key, theme.key())
            .put(does, theme.quiet())
            .put(fix, theme.good())
            .skip(2);
    }
    let measure = theme.measure();
    let (left, wide) = (pen.left(), usize::from(area.width).saturating_sub(4));
    if most <= 1 || measure.width(&finding.message) <= left {
        let _ = pen.put(&finding.message, theme.text());
        return 1;
    }
    let _ = pen;
    let lines = measure.wrap(&finding.message, wide.max(8));
    let mut row = 1;
    for (n, span) in lines.iter().enumerate() {
        if row >= most {
            break;
        }
        let cut = row + 1 == most && n + 1 < lines.len();
        let end = if cut {
            finding.message.len()
        } else {
            span.end as usize
        };
        let rest = Span::new(span.start as usize, end).of(&finding.message);
        let _ = Pen::new(buffer, theme, area)
            .at(3, row)
            .put(rest.trim_end(), theme.text());
        row += 1;
    }
    row
}
