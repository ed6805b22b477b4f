//! What each action changes. Pure: no clock, no file, no screen; what the
//! world has to do is given back as effects.

mod alignment;
mod answer;
mod command;
mod concept;
mod filter;
mod findings;
mod form;
mod import;
mod insert;
mod issue;
mod keep;
mod list;
mod proposal;
mod replace;
mod segment;

pub(crate) use keep::trouble;

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};

use crate::tui::action::{Action, Choice, Effect};
use crate::tui::command::Command;
use crate::tui::key::{Found, Key};
use crate::tui::layout;
use crate::tui::state::{Focus, State};

/// What an event of the terminal stands for in this state.
pub fn action_for(state: &State, event: Event) -> Option<Action> {
    match event {
        Event::Key(press) if press.kind != KeyEventKind::Release => {
            let key = Key::pressed(press);
            let mut keys = state.pending.clone();
            keys.push(key);
            Some(match state.keys.find(&keys, state.mode()) {
                Found::Command(command) => Action::Command(command),
                Found::Beginning => Action::Pending(key),
                Found::Nothing if state.pending.is_empty() => match key.typed() {
                    Some(c) => Action::Type(c),
                    None => Action::Stray(key),
                },
                Found::Nothing => Action::Stray(key),
            })
        }
        Event::Paste(text) => Some(Action::Paste(text)),
        Event::Resize(columns, rows) => Some(Action::Resize(columns, rows)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Action::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollDown => Some(Action::Wheel(true)),
            MouseEventKind::ScrollUp => Some(Action::Wheel(false)),
            _ => None,
        },
        _ => None,
    }
}

/// Changes the state as the action says, and gives what is to be done.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    if layout::places(state.size).is_none() && blind(&action) {
        return Vec::new();
    }
    if let Action::Pending(key) = action {
        state.pending.push(key);
        return Vec::new();
    }
    let stroke = matches!(
        action,
        Action::Command(_) | Action::Type(_) | Action::Paste(_) | Action::Stray(_)
    );
    if stroke {
        state.pending.clear();
        state.message = None;
        if let Some(waiting) = &mut state.waiting {
            waiting.typed = true;
        }
        state.refused &= matches!(action, Action::Command(Command::Quit));
    }
    match action {
        Action::Command(command) => command::run(state, command),
        Action::Chosen(choice) => chosen(state, choice),
        Action::Type(c) => typed(state, c),
        Action::Paste(text) => pasted(state, &text),
        Action::Stray(key) => {
            if !matches!(state.focus, Focus::Target | Focus::Source) || !key.modifiers.is_empty() {
                let keys = state.keys.hint("keys").to_owned();
                state.say(format!("{key} does nothing here; {keys} shows the keys"));
            }
            Vec::new()
        }
        Action::Resize(columns, rows) => {
            state.size = (columns, rows);
            Vec::new()
        }
        Action::Wheel(down) => {
            let command = match (state.focus, down) {
                (Focus::Target | Focus::Source, true) => Command::NextSegment,
                (Focus::Target | Focus::Source, false) => Command::PreviousSegment,
                (_, true) => Command::Down,
                (_, false) => Command::Up,
            };
            command::run(state, command)
        }
        Action::Click(column, row) => command::click(state, column, row),
        Action::Wake => keep::wake(state),
        Action::HangUp => keep::hang_up(state),
        Action::Terminal { kitty, theme } => {
            state.keys.kitty = kitty;
            state.theme = theme;
            Vec::new()
        }
        Action::Answer(answer) => answer::take(state, answer),
        Action::Pending(_) => Vec::new(),
    }
}

/// Whether an action is the user's and needs to be seen: in a window too small to show
/// anything, only leaving works.
fn blind(action: &Action) -> bool {
    match action {
        Action::Command(command) => *command != Command::Quit,
        Action::Chosen(_)
        | Action::Type(_)
        | Action::Paste(_)
        | Action::Pending(_)
        | Action::Stray(_)
        | Action::Wheel(_)
        | Action::Click(..) => true,
        Action::Resize(..)
        | Action::Wake
        | Action::HangUp
        | Action::Terminal { .. }
        | Action::Answer(_) => false,
    }
}

/// Runs what was chosen in the palette.
pub(super) fn chosen(state: &mut State, choice: Choice) -> Vec<Effect> {
    match choice {
        Choice::Run(command) => command::run(state, command),
        Choice::Segment(unit) => segment::go(state, unit),
        Choice::Filter(filter) => filter::filter(state, &filter),
    }
}

fn typed(state: &mut State, c: char) -> Vec<Effect> {
    let mut buffer = [0; 4];
    let text = c.encode_utf8(&mut buffer);
    match state.focus {
        Focus::Source | Focus::Target => {
            state.focus = Focus::Target;
            segment::edit(state, |line| line.insert(text))
        }
        _ => list::edit(state, |line| line.insert(text)),
    }
}

fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    match state.focus {
        Focus::Source | Focus::Target => {
            state.focus = Focus::Target;
            segment::edit(state, |line| line.paste(text))
        }
        _ => {
            let text = text.replace(['\r', '\n'], " ");
            list::edit(state, |line| line.paste(&text))
        }
    }
}
