//! The terms and numbers of the current segment in full: every rendering with
//! its status, what must not be written, and where it stands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::model::concept::TermStatus;
use crate::tui::paint::{Pen, rule};
use crate::tui::panel::Panel;
use crate::tui::state::{Knowing, State};
use crate::tui::theme::Theme;

/// The terms.
pub const PANEL: Panel = Panel { draw };

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let theme = state.theme;
    let key = state.keys.hint("insert-term");
    let title = format!("Terms and numbers · {key}");
    rule(buffer, theme, area, &title, false);
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    if editor.offers.is_empty() {
        let text = match (state.knowing, &editor.suggestions) {
            (Knowing::Loading, _) => "reading the glossaries …",
            (_, None) => "…",
            _ => "none in this segment",
        };
        let _ = Pen::new(buffer, theme, area)
            .skip(1)
            .put(text, theme.quiet());
        return None;
    }
    let mut row = 0;
    for (n, offer) in editor.offers.iter().enumerate() {
        let digit = if n < 9 {
            format!("{}", n + 1)
        } else {
            "·".to_owned()
        };
        let source = offer.span.of(editor.source.text());
        let mut pen = Pen::new(buffer, theme, area)
            .at(1, row)
            .put(&digit, theme.key())
            .skip(1)
            .put(source, theme.strong())
            .skip(1);
        for (text, status) in &offer.renderings {
            let style = if offer.number {
                theme.number()
            } else {
                theme.term(*status)
            };
            let mark = if offer.number {
                "="
            } else {
                Theme::term_mark(*status)
            };
            pen = pen.skip(1).put(mark, style).put(text, style);
        }
        for text in &offer.avoid {
            let style = theme.term(TermStatus::Deprecated);
            pen = pen.skip(1).put("✗", style).put(text, style);
        }
        row += 1;
        // The file's name is enough here; F1 says the whole path.
        let row_name = offer.row.rsplit(['/', '\\']).next().unwrap_or("");
        let mut remark = row_name.to_owned();
        if !offer.remark.is_empty() {
            let gap = if remark.is_empty() { "" } else { " · " };
            remark = format!("{remark}{gap}{}", offer.remark);
        }
        if !offer.sure {
            remark = format!("perhaps part of a longer word · {remark}");
        }
        // The places are told while there is room for all the terms.
        let room = usize::from(area.height).saturating_sub(row);
        if !remark.is_empty() && room > editor.offers.len() - n {
            let _ = Pen::new(buffer, theme, area)
                .at(3, row)
                .put(&remark, theme.quiet());
            row += 1;
        }
        if row >= usize::from(area.height) {
            break;
        }
    }
    None
}
