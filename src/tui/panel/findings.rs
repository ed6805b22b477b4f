//! What the checks found in the current segment, as it is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::paint::{Pen, rule};
use crate::tui::panel::Panel;
use crate::tui::state::{Knowing, State};
use crate::tui::theme::Theme;

/// The findings.
pub const PANEL: Panel = Panel {
    name: "findings",
    draw,
};

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    let mut area = area;
    let issues = editor.issues();
    if area.height > 2 {
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
    for (n, finding) in issues.iter().enumerate() {
        if row >= room {
            break;
        }
        let left = issues.len() - n;
        let mut pen = Pen::new(buffer, theme, area).at(1, row);
        if row + 1 == room && left > 1 && row > 0 {
            let key = state.keys.hint("next-issue");
            let _ = pen.put(&format!("{left} more ({key})"), theme.quiet());
            return None;
        }
        let style = if editor.checked {
            theme.severity(finding.severity)
        } else {
            theme.quiet()
        };
        let pointer = if n == editor.issue && issues.len() > 1 {
            "›"
        } else {
            ""
        };
        pen = pen
            .put(pointer, theme.key())
            .put(Theme::severity_mark(finding.severity), style)
            .skip(1)
            .put(finding.rule, style)
            .put(": ", theme.quiet())
            .put(&finding.message, theme.text());
        if let Some(fix) = finding.suggestions.first() {
            let key = state.keys.hint("accept-fix");
            pen = pen
                .skip(2)
                .put(key, theme.key())
                .put(" → ", theme.quiet())
                .put(fix, theme.good());
        }
        let _ = pen;
        row += 1;
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
