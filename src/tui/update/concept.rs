//! The glossary browser's rows: one shown whole, changed, or added.

use crate::glossary::Edit;
use crate::tui::action::{ConceptRow, Effect, TermChange};
use crate::tui::panel::browse;
use crate::tui::panel::form::{Form, Kind};
use crate::tui::panel::page::{self, About};
use crate::tui::state::{Focus, State};
use crate::tui::update::form;

/// Asks for the selected row whole.
pub(super) fn look(state: &State) -> Vec<Effect> {
    let row = browse::chosen(&state.browse).cloned();
    let look = row.map(|row| Effect::Look(Box::new(row)));
    look.into_iter().collect()
}

/// A row whole is there, or why not; nobody reads it who has gone on meanwhile.
pub(super) fn looked(state: &mut State, result: Result<(String, Vec<String>), String>) {
    match result {
        Err(why) => state.complain(why),
        Ok((title, lines)) if state.focus == Focus::Browse => {
            state.page = page::State::new(&title, lines);
            state.page.about = About::Concept;
            state.open(Focus::Page);
        }
        Ok(_) => {}
    }
}

/// Asks for the cells of the selected concept, to be changed.
pub(super) fn edit(state: &mut State) -> Vec<Effect> {
    match browse::chosen(&state.browse) {
        Some(row) if row.settles.is_none() => {
            let at = (row.origin.line, row.term.clone());
            vec![Effect::Fill(Some(row.origin.path.to_path_buf()), Some(at))]
        }
        Some(_) => {
            state.say("this is a side of a conflict: take one first");
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Asks for a new row in the glossary that is looked at.
pub(super) fn add(state: &State) -> Vec<Effect> {
    vec![Effect::Fill(state.browse.path.clone(), None)]
}

/// The cells of a row are there, or why not.
pub(super) fn filled(state: &mut State, result: Result<Box<ConceptRow>, String>) {
    let row = match result {
        Ok(row) if state.focus == Focus::Browse => row,
        Ok(_) => return,
        Err(why) => {
            state.complain(why);
            return;
        }
    };
    let title = match &row.row {
        Some((line, term)) => format!("{term} · {}:{line}", row.name),
        None => format!("Add a concept to {}", row.name),
    };
    let cells = row.cells.iter();
    let fields: Vec<_> = cells.map(|(name, text)| (*name, text.as_str())).collect();
    let mut form = Form::new(Kind::Concept(row.clone()), title, &fields);
    form.remarks =
        vec!["` | ` parts terms; dates as 2025-09-05; status: approved or proposed".to_owned()];
    form::show(state, form);
}

/// Has what was changed in the form written; the form stays until that is done.
pub(super) fn submit(state: &mut State, row: &ConceptRow) -> Vec<Effect> {
    let Some(form) = &state.form else {
        return Vec::new();
    };
    let cells = row.cells.iter().enumerate();
    let edits = cells.filter_map(|(at, (column, old))| {
        let new = form.text(at);
        (new != old).then(|| Edit {
            column,
            old: old.clone(),
            new: new.to_owned(),
        })
    });
    let edits: Vec<Edit> = edits.collect();
    if edits.is_empty() {
        state.close();
        state.say("nothing was changed");
        return Vec::new();
    }
    vec![Effect::Term(TermChange::Row {
        path: row.path.clone(),
        row: row.row.clone(),
        edits,
        day: state.now.chars().take(10).collect(),
    })]
}

/// A row was written: its form is done, and the list shows it.
pub(super) fn saved(state: &mut State) -> Option<Effect> {
    let form = state.form.as_ref().filter(|_| state.focus == Focus::Form);
    if !matches!(form.map(|form| &form.kind), Some(Kind::Concept(_))) {
        return None;
    }
    state.close();
    let chosen = browse::chosen(&state.browse);
    state.browse.keep = chosen.map(|row| row.origin.clone());
    Some(Effect::Browse(state.browse.path.clone()))
}
