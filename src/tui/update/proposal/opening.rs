//! Asking for proposals, and opening them.

use super::look;
use crate::review::proposal::List;
use crate::tui::action::{Answer, Effect, ToPropose};
use crate::tui::panel::home;
use crate::tui::panel::proposals::State as Open;
use crate::tui::state::{Focus, State};
use crate::tui::update::{answer, keep};

/// Proposes from what is selected at home.
pub(in crate::tui::update) fn from_home(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    let (what, name) = match state.home.chosen() {
        Some(home::Item::Document(row)) => {
            (ToPropose::Document(row.path.clone()), row.name.clone())
        }
        Some(home::Item::Memory(row)) => (ToPropose::Memory(row.name.clone()), row.name.clone()),
        _ => {
            state.say("select a document or a memory to propose terms from");
            return Vec::new();
        }
    };
    ask(state, what, &name)
}

/// Proposes from the document that is being translated, once its work is written.
pub(in crate::tui::update) fn from_work(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let path = editor.session.document.path.clone();
    let name = editor.session.name.clone();
    ask(state, ToPropose::Document(path), &name)
}

/// Proposes from the alignment that is being reviewed.
pub(in crate::tui::update) fn from_alignment(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    let Some(open) = &state.alignment else {
        return Vec::new();
    };
    let alignment = Box::new(open.alignment().clone());
    let documents = open.review.documents.clone();
    let name = format!("{} as aligned", open.review.name);
    let revision = format!("{name}, revision {}", open.review.revision());
    let kept = state.proposals.as_ref();
    if kept.is_some_and(|open| open.of == revision) {
        return reopened(state);
    }
    ask(state, ToPropose::Alignment(alignment, documents), &revision)
}

/// Goes on with the proposals as they were left.
fn reopened(state: &mut State) -> Vec<Effect> {
    let from = state.focus;
    if let Some(open) = &mut state.proposals {
        open.from = if from == Focus::Source {
            Focus::Target
        } else {
            from
        };
    }
    (state.focus, state.back) = (Focus::Proposals, Focus::Proposals);
    let key = state.keys.hint("propose-anew").to_owned();
    state.say(format!("as they were left; {key} proposes anew"));
    Vec::new()
}

fn ask(state: &mut State, what: ToPropose, name: &str) -> Vec<Effect> {
    if state.proposals.as_ref().is_some_and(|open| open.of == name) {
        return reopened(state);
    }
    fetch(state, what, name)
}

/// Opens the proposals that came while keys were pressed, where there are any.
fn ready(state: &mut State) -> Option<Vec<Effect>> {
    answer::again(state, |ready| matches!(ready, Answer::Proposed(..)))
}

fn fetch(state: &mut State, what: ToPropose, name: &str) -> Vec<Effect> {
    let asked = state.asked.as_ref().is_some_and(|(_, asked)| asked == name);
    if state.waiting.is_some() && asked {
        return Vec::new();
    }
    let effect = state.propose(what, name.to_owned());
    keep::open(state, effect)
}

/// Proposes from the same again.
pub(super) fn anew(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    match state.asked.clone() {
        Some((what, name)) => fetch(state, what, &name),
        None => Vec::new(),
    }
}

/// Proposals were gathered.
pub(in crate::tui::update) fn opened(
    state: &mut State,
    result: Result<Box<List>, String>,
    told: &[String],
) -> Vec<Effect> {
    let list = match result {
        Ok(list) => *list,
        Err(why) => {
            state.complain(why);
            return Vec::new();
        }
    };
    if list.items.is_empty() {
        state.say("nothing to propose: the glossary has it all, or there is too little text");
    } else {
        let kept = state.proposals.take();
        let from = match (state.focus, state.back) {
            (Focus::Source, _) => Focus::Target,
            (one @ (Focus::Home | Focus::Target | Focus::Alignment), _)
            | (_, one @ (Focus::Home | Focus::Target | Focus::Alignment)) => one,
            _ => kept.map_or(Focus::Home, |open| open.from),
        };
        let of = state.asked.as_ref().map(|(_, name)| name.clone());
        state.proposals = Some(Open::new(list, of.unwrap_or_default(), from));
        (state.focus, state.back) = (Focus::Proposals, Focus::Proposals);
        state.form = None;
    }
    if let Some(first) = told.first() {
        let more = match told.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        state.complain(format!("{first}{more}"));
    }
    look(state)
}
