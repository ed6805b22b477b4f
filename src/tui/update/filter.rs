//! What is shown of the document.

use crate::model::document::Unit;
use crate::session::Filter;
use crate::text::fold::fold;
use crate::tui::action::Effect;
use crate::tui::state::{Editor, State};
use crate::tui::update::segment::go;

/// Shows only the segments that a filter lets through.
pub(super) fn filter(state: &mut State, filter: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let shown = visible(editor, filter);
    if shown.is_empty() && !filter.is_empty() {
        state.complain(format!("no segment is “{filter}”; all are shown"));
        if let Some(editor) = &mut state.editor {
            editor.filter.clear();
            editor.shown = visible(editor, "");
        }
        return Vec::new();
    }
    editor.shown = shown;
    filter.clone_into(&mut editor.filter);
    let here = editor.shown.binary_search(&editor.at);
    let all = editor.shown.len();
    let next = here.err().and_then(|at| {
        let at = at.min(all.saturating_sub(1));
        editor.shown.get(at).copied()
    });
    if !filter.is_empty() {
        state.say(format!("{all} segments shown; Esc shows all"));
    }
    next.map_or_else(Vec::new, |next| go(state, next))
}

/// The segments that a filter lets through.
fn visible(editor: &Editor, filter: &str) -> Vec<usize> {
    let filter = filter.trim();
    let units = editor.session.document.units.iter().enumerate();
    let wanted = fold(filter);
    let kind = filter.strip_prefix(':').and_then(|name| {
        let mut all = Filter::ALL.into_iter();
        all.find(|filter| filter.name() == name)
    });
    let fits = |at: usize, unit: &Unit| match kind {
        Some(kind) => editor.session.passes(kind, at),
        None => [&unit.source, &unit.target, &unit.note]
            .into_iter()
            .any(|text| fold(text).contains(&wanted)),
    };
    units
        .filter(|(at, unit)| fits(*at, unit))
        .map(|(at, _)| at)
        .collect()
}
