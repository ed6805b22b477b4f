//! Search and replace in the translations of the open document.

use crate::session::Outcome;
use crate::span::{Span, splice};
use crate::text::chars::quoted;
use crate::text::count::{plural, thousands};
use crate::text::replace::replaced;
use crate::tui::action::Effect;
use crate::tui::command::Command;
use crate::tui::line::Line;
use crate::tui::state::{Focus, State};
use crate::tui::update::{list, segment};

/// Opens it with what is selected, or else with what was looked for last.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    // What has a line break in it cannot be typed in a line.
    let selected = |line: &Line| {
        let text = Some(line.selected()).filter(|text| !text.contains('\n'));
        text.unwrap_or_default().to_owned()
    };
    let (target, source) = (selected(&editor.line), selected(&editor.source));
    state.replace.open(editor.at, &target, &source);
    state.replace.select_from(editor.at, 0);
    state.open(Focus::Replace);
    look(state)
}

/// Runs a command in it.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let page = usize::from(state.size.1 / 2).max(1).cast_signed();
    match command {
        Command::Close => {
            // What is still being looked for comes too late.
            state.replace.round = state.replace.round.wrapping_add(1);
            state.close();
        }
        Command::Choose => return one(state),
        Command::ReplaceAll => return all(state),
        Command::Open => return go_there(state),
        Command::WholeWords => {
            state.replace.rules.whole_words ^= true;
            return seek(state);
        }
        Command::Variants => {
            state.replace.rules.variants ^= true;
            return seek(state);
        }
        Command::NextField => state.replace.step_line(true),
        Command::PreviousField => state.replace.step_line(false),
        Command::Undo => return undo(state),
        Command::Redo => return redo(state),
        Command::Up => state.replace.step(-1),
        Command::Down => state.replace.step(1),
        Command::PageUp => state.replace.step(-page),
        Command::PageDown => state.replace.step(page),
        // What is typed.
        _ => return list::run(state, command),
    }
    Vec::new()
}

// ---- looking ----

/// Looks for what is typed now, from the segment on where this was opened.
pub(super) fn seek(state: &mut State) -> Vec<Effect> {
    let from = state.replace.from;
    state.replace.select_from(from, 0);
    look(state)
}

/// Looks for what is typed in all segments.
fn look(state: &mut State) -> Vec<Effect> {
    state.replace.begin();
    let round = state.replace.round;
    sought(state, round)
}

/// The search of this number goes on with some more segments, and lets keys have their turn.
pub(super) fn sought(state: &mut State, round: u32) -> Vec<Effect> {
    let Some(editor) = state.editor.as_ref() else {
        return Vec::new();
    };
    let replace = &mut state.replace;
    let more = replace.round == round && replace.slice(&editor.session.document.units);
    more.then_some(Effect::Seek(round)).into_iter().collect()
}

/// A segment was checked, perhaps since another program has changed it.
pub(super) fn checked(state: &mut State, unit: usize) {
    let below = state.focus == Focus::Page && state.under.contains(&Focus::Replace);
    if state.focus == Focus::Replace || below {
        look_at(state, unit);
    }
}

/// Looks at a segment anew.
fn look_at(state: &mut State, unit: usize) {
    let of = state.editor.as_ref().and_then(|e| e.session.unit(unit));
    if let Some(of) = of {
        state.replace.look(unit, of);
    }
}

/// The selected place, and its segment; without one that is said.
fn chosen(state: &mut State) -> Option<(usize, Span)> {
    let chosen = state.replace.chosen();
    if chosen.is_none() {
        state.say("there is nothing to replace");
    }
    chosen
}

/// Goes to the segment of the selected place, and selects that.
fn go_there(state: &mut State) -> Vec<Effect> {
    let Some((unit, place)) = chosen(state) else {
        return Vec::new();
    };
    state.replace.round = state.replace.round.wrapping_add(1);
    state.close();
    (state.focus, state.back) = (Focus::Target, Focus::Target);
    let effects = segment::go(state, unit);
    if let Some(editor) = &mut state.editor {
        editor.line.select(place);
    }
    effects
}

// ---- replacing ----

/// Whether a key may replace: with nothing to put in, only when it is pressed once more.
fn allowed(state: &mut State, command: Command, name: &str) -> bool {
    if !state.replace.with().is_empty() || state.replace.warned == Some(command) {
        return true;
    }
    state.replace.warned = Some(command);
    let key = state.keys.hint(name).to_owned();
    state.complain(format!(
        "there is nothing to put in its place: {key} once more deletes what was found"
    ));
    false
}

/// Replaces the selected place, and goes to the next.
fn one(state: &mut State) -> Vec<Effect> {
    let Some((unit, place)) = chosen(state) else {
        return Vec::new();
    };
    if !allowed(state, Command::Choose, "replace-one") {
        return Vec::new();
    }
    let with = state.replace.with().to_owned();
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let Some(of) = editor.session.unit(unit) else {
        return Vec::new();
    };
    if !state.replace.found(of).places.contains(&place) {
        look_at(state, unit);
        state.say("the segment is another one by now");
        return Vec::new();
    }
    let again = if of.state.confirmed() {
        "; it is to be confirmed again"
    } else {
        ""
    };
    let became = if with.is_empty() {
        "deleted".to_owned()
    } else {
        format!("→ {}", quoted(&with))
    };
    let old = quoted(place.of(&of.target));
    let said = format!("segment {}: {old} {became}{again}", unit + 1);
    let target = splice(&of.target, place, &with);
    let outcome = editor.session.replace(&[(unit, target)]);
    editor.taken_back.clear();
    let effects = segment::changed(editor, &outcome);
    state.replace.settle();
    state
        .replace
        .select_from(unit, place.start as usize + with.len());
    look_at(state, unit);
    state.say(said);
    effects
}

/// Replaces all places that are listed.
fn all(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    if let Some(looked) = state.replace.looked(editor.session.len()) {
        let of = plural(editor.session.len(), "segment");
        state.say(format!("still looking: {} of {of}", thousands(looked)));
        return Vec::new();
    }
    if chosen(state).is_none() || !allowed(state, Command::ReplaceAll, "replace-all") {
        return Vec::new();
    }
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let with = state.replace.with();
    let (mut targets, mut places, mut confirmed) = (Vec::new(), 0, 0);
    for at in state.replace.units() {
        let Some(unit) = editor.session.unit(at) else {
            continue;
        };
        let found = state.replace.found(unit).places;
        if found.is_empty() {
            continue;
        }
        places += found.len();
        confirmed += usize::from(unit.state.confirmed());
        targets.push((at, replaced(&unit.target, &found, with)));
    }
    let outcome = editor.session.replace(&targets);
    editor.taken_back.clear();
    let mut effects = segment::changed(editor, &outcome);
    let verb = if with.is_empty() {
        "deleted"
    } else {
        "replaced"
    };
    state.replace.settle();
    effects.extend(seek(state));
    let undo = state.keys.hint("undo").to_owned();
    state.say(format!(
        "{} {verb} in {}{} ({undo} takes all back)",
        thousands(places),
        plural(targets.len(), "segment"),
        were_confirmed(confirmed, targets.len()),
    ));
    effects
}

/// How many of the segments were confirmed, and what becomes of that.
fn were_confirmed(confirmed: usize, of: usize) -> String {
    match (confirmed, of) {
        (0, _) => String::new(),
        (1, 1) => "; it was confirmed, and is to be confirmed again".to_owned(),
        (1, _) => ", 1 of them was confirmed, and is to be confirmed again".to_owned(),
        (many, _) => format!(
            ", {} of them were confirmed, and are to be confirmed again",
            thousands(many)
        ),
    }
}

// ---- taking back ----

/// Takes back what was typed since something was replaced; then that.
fn undo(state: &mut State) -> Vec<Effect> {
    if state.replace.line().is_some_and(Line::undo) {
        return seek(state);
    }
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let Some(at) = editor.session.history.replaced(editor.at) else {
        state.say("there is no replacement to take back");
        return Vec::new();
    };
    let outcome = editor.session.undo(at).unwrap_or_default();
    if !editor.taken_back.contains(&at) {
        editor.taken_back.push(at);
    }
    let mut effects = restored(state, &outcome, "taken back");
    // The first that was taken back is selected again.
    if let Some(first) = outcome.changed.first() {
        state.replace.select_from(*first, 0);
    }
    effects.extend(look(state));
    effects
}

/// Does again what was taken back last.
fn redo(state: &mut State) -> Vec<Effect> {
    if state.replace.line().is_some_and(Line::redo) {
        return seek(state);
    }
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let Some(at) = segment::replacement_undone(editor) else {
        state.say("there is no replacement to do again");
        return Vec::new();
    };
    let outcome = editor.session.redo(at).unwrap_or_default();
    let mut effects = restored(state, &outcome, "done again");
    effects.extend(look(state));
    effects
}

/// Shows what undoing or redoing a replacement changed.
pub(super) fn restored(state: &mut State, outcome: &Outcome, word: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let effects = segment::changed(editor, outcome);
    let said = match outcome.changed.as_slice() {
        [] => "what was replaced is another text by now".to_owned(),
        [one] => format!("the replacement is {word} in segment {}", one + 1),
        several => {
            let segments = plural(several.len(), "segment");
            format!("the replacement is {word} in {segments}")
        }
    };
    state.say(said);
    effects
}
