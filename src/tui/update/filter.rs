//! What is shown of the document.

use crate::model::document::Unit;
use crate::session::Filter;
use crate::text::count::plural;
use crate::text::fold::fold;
use crate::tui::action::Effect;
use crate::tui::state::{Editor, State};
use crate::tui::update::segment::go;

/// Shows only the segments that a filter lets through.
pub(super) fn filter(state: &mut State, filter: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let filter = match named(filter) {
        Named::Text => filter,
        Named::Kind(kind) => &format!(":{}", kind.name()),
        Named::Several(names) => {
            state.complain(format!("“{filter}” may be {}", names.join(" or ")));
            return Vec::new();
        }
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
        state.say(format!("{} shown; Esc shows all", plural(all, "segment")));
    }
    next.map_or_else(Vec::new, |next| go(state, next))
}

/// What a filter as typed stands for.
enum Named {
    /// A text to look for.
    Text,
    /// One of the kinds, of which the beginning is enough.
    Kind(Filter),
    /// The beginning of several kinds.
    Several(Vec<String>),
}

fn named(filter: &str) -> Named {
    let Some(name) = filter.trim().strip_prefix(':').filter(|n| !n.is_empty()) else {
        return Named::Text;
    };
    let name = name.to_lowercase();
    let all = || Filter::ALL.into_iter();
    if let Some(same) = all().find(|kind| kind.name() == name) {
        return Named::Kind(same);
    }
    let begun: Vec<Filter> = all().filter(|k| k.name().starts_with(&name)).collect();
    match begun.as_slice() {
        [] => Named::Text,
        [one] => Named::Kind(*one),
        several => {
            let names = several.iter().map(|kind| format!(":{}", kind.name()));
            Named::Several(names.collect())
        }
    }
}

/// The segments that a filter lets through.
fn visible(editor: &Editor, filter: &str) -> Vec<usize> {
    let filter = filter.trim();
    let units = editor.session.document.units.iter().enumerate();
    let wanted = fold(filter);
    let kind = match named(filter) {
        Named::Kind(kind) => Some(kind),
        Named::Text | Named::Several(_) => None,
    };
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
