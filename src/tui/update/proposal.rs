//! Reviewing proposals: moving, deciding, putting right, taking back.

mod forms;
mod opening;

use crate::glossary::NewRow;
use crate::review::proposal::{Choice, Decision, Kept, List};
use crate::tui::action::Effect;
use crate::tui::command::Command;
use crate::tui::layout;
use crate::tui::panel::proposals::{self, State as Open};
use crate::tui::state::{Focus, State};
use crate::tui::update::{keep, list};

pub(super) use forms::{accept_edited, browsed, filter, merge, merge_into};
pub(super) use opening::{from_alignment, from_home, from_work, opened};

use forms::{edit_form, filter_form, merge_form};
use opening::anew;

/// Asks where the terms of the current proposal stand.
fn look(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    (open.places, open.place) = (None, 0);
    let Some(item) = open.item() else {
        return Vec::new();
    };
    let (zh, en) = (item.proposal.zh.clone(), item.proposal.en.clone());
    vec![Effect::Places(open.at, open.list.material.clone(), zh, en)]
}

/// The Chinese term of the current proposal.
pub(super) fn term(state: &State) -> String {
    let item = state.proposals.as_ref().and_then(Open::item);
    item.map_or_else(String::new, |item| item.proposal.zh.clone())
}

// ---- commands ----

/// Commands while proposals are reviewed.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Close => leave(state),
        Command::Palette => {
            list::open_palette(state);
            Vec::new()
        }
        Command::Concordance => list::open_concordance(state),
        Command::Filter => filter_form(state),
        Command::AcceptTerm => accept(state, false),
        Command::AcceptProposed => accept(state, true),
        Command::EditProposal => edit_form(state),
        Command::TurnCase => turn_case(state),
        Command::MergeTerm => merge_form(state),
        Command::RejectTerm => reject(state),
        Command::Skip => skip(state),
        Command::Undo => undo(state),
        Command::Refresh => anew(state),
        Command::NextPlace | Command::PreviousPlace => place(state, command == Command::NextPlace),
        _ => go(state, command),
    }
}

/// Moves in the list.
fn go(state: &mut State, command: Command) -> Vec<Effect> {
    let page = usize::from(state.size.1 / 3).max(1);
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    let here = open.shown.partition_point(|at| *at < open.at);
    let last = open.shown.len().saturating_sub(1);
    let to = match command {
        Command::Up => here.saturating_sub(1),
        Command::Down => (here + 1).min(last),
        Command::PageUp => here.saturating_sub(page),
        Command::PageDown => (here + page).min(last),
        Command::First => 0,
        Command::Last => last,
        Command::NextOpen => return next_open(state),
        _ => return Vec::new(),
    };
    open.at = open.shown.get(to).copied().unwrap_or(open.at);
    open.warned = None;
    if to == here { Vec::new() } else { look(state) }
}

/// To the next one that nobody has decided on; from the end to the first.
fn next_open(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    let here = open.shown.partition_point(|at| *at <= open.at);
    let items = &open.list.items;
    let undecided = |at: &&usize| {
        let item = items.get(**at);
        item.is_some_and(|item| item.decision == Decision::Open)
    };
    let (before, after) = open.shown.split_at(here.min(open.shown.len()));
    let next = after.iter().chain(before).find(undecided).copied();
    open.warned = None;
    if let Some(at) = next {
        open.at = at;
        return look(state);
    }
    state.say("nothing is left to be decided");
    Vec::new()
}

fn place(state: &mut State, next: bool) -> Vec<Effect> {
    if let Some(open) = &mut state.proposals {
        let count = open.places.as_ref().map_or(0, |places| places.spots.len());
        let to = open.place.saturating_add_signed(if next { 1 } else { -1 });
        open.place = to.min(count.saturating_sub(1));
    }
    Vec::new()
}

/// Back to where the proposals were asked for.
fn leave(state: &mut State) -> Vec<Effect> {
    if state.waiting.take().is_some() {
        state.say("stopped: everything is as it was");
        return Vec::new();
    }
    let from = state
        .proposals
        .as_ref()
        .map_or(Focus::Home, |open| open.from);
    let gone = match from {
        Focus::Target => state.editor.is_none(),
        Focus::Alignment => state.alignment.is_none(),
        _ => false,
    };
    let from = if gone { Focus::Home } else { from };
    (state.focus, state.back) = (from, from);
    if from == Focus::Home {
        return vec![Effect::Survey];
    }
    Vec::new()
}

/// A press of the mouse goes to the proposal.
pub(super) fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
    let Some(places) = layout::places(state.size) else {
        return Vec::new();
    };
    let area = ratatui::layout::Rect::new(0, 1, state.size.0, places.hints.y - 1);
    let at = proposals::item_at(state, area, column, row);
    match (at, &mut state.proposals) {
        (Some(at), Some(open)) if open.at != at => {
            open.at = at;
            look(state)
        }
        _ => Vec::new(),
    }
}

// ---- deciding ----

/// The current proposal, where it is still to be decided; else says why not.
fn undecided(state: &mut State) -> Option<usize> {
    let undo = state.keys.hint("proposal-undo").to_owned();
    let open = state.proposals.as_ref()?;
    let item = open.item()?;
    if item.open() {
        return Some(open.at);
    }
    if item.decision == Decision::Writing {
        state.say("this one is being written");
    } else {
        state.say(format!(
            "this one is decided; {undo} takes the last decision back"
        ));
    }
    None
}

/// Has a decision written, and goes on.
fn decide(state: &mut State, at: usize, choice: Choice) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    open.list.begin(at);
    let mut effects = vec![Effect::Decide(at, Box::new(choice))];
    effects.extend(next_open(state));
    effects
}

/// A decision was written, or not.
pub(super) fn decided(
    state: &mut State,
    at: usize,
    result: Result<(Option<Kept>, String), String>,
) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    match result {
        Ok((kept, said)) => {
            let back = kept.is_none();
            open.list.settle(at, Ok(kept));
            if back {
                open.at = at;
                effects = look(state);
            }
            state.say(said);
        }
        Err(why) => {
            open.list.settle(at, Err(()));
            open.at = at;
            effects = look(state);
            state.complain(why);
        }
    }
    effects.extend(keep::go_on(state));
    effects
}

/// Accepts the pair. Where the glossary has one of its terms already, a second Enter is asked for.
fn accept(state: &mut State, proposed: bool) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let (merge, own) = (
        state.keys.hint("merge-term").to_owned(),
        state
            .keys
            .hint(if proposed {
                "accept-proposed"
            } else {
                "accept-term"
            })
            .to_owned(),
    );
    let now = state.now.clone();
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    if let Some(kin) = open.list.kin(at).first()
        && open.warned != Some(at)
    {
        open.warned = Some(at);
        let say = format!(
            "the glossary has {} = {}: {merge} merges, {own} again makes a second concept",
            kin.zh, kin.en
        );
        state.complain(say);
        return Vec::new();
    }
    let Some(item) = open.list.items.get(at) else {
        return Vec::new();
    };
    let row = NewRow {
        zh: item.proposal.zh.clone(),
        en: item.proposal.en.clone(),
        en_abbr: item.proposal.abbreviation.clone(),
        proposed,
        ..evidence(&open.list, at, &now)
    };
    decide(state, at, Choice::Accept(Box::new(row)))
}

/// A row with where the proposal comes from, and the day.
fn evidence(list: &List, at: usize, now: &str) -> NewRow {
    let Some(item) = list.items.get(at) else {
        return NewRow::default();
    };
    let proposal = &item.proposal;
    let place = proposal
        .units
        .first()
        .and_then(|unit| list.material.place(*unit));
    let place = place.map(|(path, line)| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        line.map_or_else(|| name.to_string(), |line| format!("{name}:{line}"))
    });
    let sources: Vec<&str> = proposal
        .sources
        .iter()
        .map(|source| source.name())
        .collect();
    let count = format!("{}×", proposal.count);
    let parts = [place.unwrap_or_default(), sources.join(", "), count];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    NewRow {
        source: parts.join(" · "),
        sourced: true,
        updated: now.chars().take(10).collect(),
        ..NewRow::default()
    }
}

fn reject(state: &mut State) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let item = state.proposals.as_ref().and_then(Open::item);
    let Some((zh, en)) = item.map(|item| (item.proposal.zh.clone(), item.proposal.en.clone()))
    else {
        return Vec::new();
    };
    decide(state, at, Choice::Reject { zh, en })
}

fn skip(state: &mut State) -> Vec<Effect> {
    if let Some(open) = &mut state.proposals
        && let Some(item) = open.list.items.get_mut(open.at)
        && item.decision == Decision::Open
    {
        item.decision = Decision::Skipped;
    }
    next_open(state)
}

/// Makes the first letter of the English term small, or a capital: at the head of a sentence a
/// term looks like a name.
fn turn_case(state: &mut State) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let item = state.proposals.as_mut();
    if let Some(item) = item.and_then(|open| open.list.items.get_mut(at)) {
        let en = &mut item.proposal.en;
        let mut rest = en.chars();
        if let Some(first) = rest.next() {
            let turned: String = if first.is_uppercase() {
                first.to_lowercase().collect()
            } else {
                first.to_uppercase().collect()
            };
            *en = [&turned, rest.as_str()].concat();
        }
    }
    Vec::new()
}

/// Takes the last decision back, in the file too.
fn undo(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    if open.list.writing() {
        state.say("the last decision is still being written");
        return Vec::new();
    }
    let Some((at, kept)) = open.list.last() else {
        state.say("nothing to undo");
        return Vec::new();
    };
    vec![Effect::Decide(at, Box::new(Choice::TakeBack(kept.clone())))]
}
