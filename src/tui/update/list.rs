//! Lists and forms: typing in their lines, choosing, closing.

use std::path::PathBuf;

use crate::memory::{Mode, Query};
use crate::tui::action::{Effect, TermChange};
use crate::tui::command::Command;
use crate::tui::layout;
use crate::tui::line::{Line, Move, Wrap};
use crate::tui::panel::form::Form;
use crate::tui::panel::{browse, concordance, findings, home, palette, replace as places};
use crate::tui::state::{Focus, State};
use crate::tui::update::{chosen, concept, form, import, insert, proposal, replace};

/// The most concordance lines asked for.
const HITS: usize = 200;

/// Runs a command in a list or a form.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let page = usize::from(state.size.1 / 2).max(1).cast_signed();
    match command {
        Command::Close => {
            state.close();
            return Vec::new();
        }
        Command::Choose => return choose(state),
        Command::Up => step(state, -1),
        Command::Down => step(state, 1),
        Command::PageUp => step(state, -page),
        Command::PageDown => step(state, page),
        Command::CycleMode => return cycle(state),
        Command::Complete => return import::complete(state),
        Command::EditTerm if state.focus == Focus::Browse => return concept::edit(state),
        Command::AddTerm if state.focus == Focus::Browse => return concept::add(state),
        Command::NextField => field(state, true),
        Command::PreviousField => field(state, false),
        Command::Go(to) => move_caret(state, to, false),
        Command::Select(to) => move_caret(state, to, true),
        Command::SelectAll => with_line(state, Line::select_all),
        Command::Backspace => return edit(state, Line::backspace),
        Command::Delete => return edit(state, Line::delete),
        Command::KillWord => return edit(state, Line::kill_word),
        Command::KillWordRight => return edit(state, Line::kill_word_right),
        Command::KillEnd => return edit(state, Line::kill_end),
        Command::Undo => {
            return edit(state, |line| {
                line.undo();
            });
        }
        Command::Redo => {
            return edit(state, |line| {
                line.redo();
            });
        }
        _ => {}
    }
    Vec::new()
}

/// The line that is typed in.
fn line(state: &mut State) -> Option<&mut Line> {
    match state.focus {
        Focus::Concordance => Some(&mut state.concordance.line),
        Focus::Palette => Some(&mut state.palette.line),
        Focus::Browse => Some(&mut state.browse.line),
        Focus::Findings => Some(&mut state.findings.line),
        Focus::Replace => state.replace.line(),
        Focus::Form => state.form.as_mut().and_then(Form::line),
        Focus::Home
        | Focus::Target
        | Focus::Source
        | Focus::Page
        | Focus::Alignment
        | Focus::Proposals => None,
    }
}

fn with_line(state: &mut State, act: impl FnOnce(&mut Line)) {
    if let Some(line) = line(state) {
        act(line);
    }
}

fn move_caret(state: &mut State, to: Move, select: bool) {
    with_line(state, |line| {
        line.go(to, select, Wrap::at(usize::MAX));
    });
}

/// Changes the line that is typed in.
pub(super) fn edit(state: &mut State, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    with_line(state, change);
    match state.focus {
        Focus::Concordance => search(state),
        Focus::Palette => {
            state.palette.selected = 0;
            Vec::new()
        }
        Focus::Browse => {
            state.browse.settled = false;
            state.browse.filter();
            Vec::new()
        }
        Focus::Findings => {
            state.findings.filter();
            Vec::new()
        }
        Focus::Replace => replace::seek(state),
        Focus::Form => {
            if let Some(form) = &mut state.form {
                form.changed();
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A press of the mouse: selects what stands there.
pub(super) fn click(state: &mut State, row: u16) {
    let Some(area) = layout::places(state.size).map(|places| places.overlay) else {
        return;
    };
    match state.focus {
        Focus::Home => {
            if let Some(at) = home::item_at(state, layout::home(state.size), row) {
                state.home.selected = at;
            }
        }
        Focus::Concordance => {
            if let Some(at) = concordance::item_at(state, area, row) {
                state.concordance.selected = at;
            }
        }
        Focus::Palette => {
            if let Some(at) = palette::item_at(state, area, row) {
                state.palette.selected = at;
            }
        }
        Focus::Browse => {
            if let Some(at) = browse::item_at(&state.browse, area, row) {
                state.browse.settled = false;
                state.browse.selected = at;
            }
        }
        Focus::Findings => {
            let at = findings::item_at(&state.findings, layout::whole(state.size), row);
            if let Some(at) = at {
                state.findings.select(at);
            }
        }
        Focus::Replace => {
            let at = places::item_at(&state.replace, layout::whole(state.size), row);
            if let Some(at) = at {
                state.replace.select(at);
            }
        }
        _ => {}
    }
}

fn step(state: &mut State, by: isize) {
    state.browse.settled = false;
    let (selected, count) = match state.focus {
        Focus::Concordance => {
            let count = state.concordance.count();
            (&mut state.concordance.selected, count)
        }
        Focus::Palette => {
            let count = palette::items(state).len();
            (&mut state.palette.selected, count)
        }
        Focus::Browse => {
            let count = state.browse.shown.len();
            (&mut state.browse.selected, count)
        }
        _ => return,
    };
    *selected = selected
        .saturating_add_signed(by)
        .min(count.saturating_sub(1));
}

fn field(state: &mut State, next: bool) {
    if let Some(form) = &mut state.form {
        form.step(next);
    }
}

fn cycle(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Focus::Concordance => {}
        Focus::Browse => return concept::look(state),
        _ => return Vec::new(),
    }
    state.concordance.mode = match state.concordance.mode {
        Mode::Exact => Mode::Keyword,
        Mode::Keyword => Mode::Regex,
        Mode::Regex => Mode::Pinyin,
        Mode::Pinyin => Mode::Exact,
    };
    search(state)
}

fn choose(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Focus::Palette => {
            let choice = palette::items(state)
                .into_iter()
                .nth(state.palette.selected)
                .map(|item| item.choice);
            state.close();
            choice.map_or_else(Vec::new, |choice| chosen(state, choice))
        }
        Focus::Concordance => {
            let text = concordance::rendering(state);
            put_in(state, text)
        }
        Focus::Browse if settles(state) => settle(state),
        Focus::Browse if state.back == Focus::Proposals => {
            let row = browse::chosen(&state.browse).cloned();
            state.close();
            row.map_or_else(Vec::new, |row| proposal::merge_into(state, &row))
        }
        Focus::Browse if state.back == Focus::Home => concept::look(state),
        Focus::Browse => {
            let to = state.editor.as_ref().map(|editor| editor.session.to.lang());
            let text = to.and_then(|to| browse::rendering(&state.browse, to));
            put_in(state, text)
        }
        Focus::Form => form::submit(state),
        _ => Vec::new(),
    }
}

/// Whether the selected row is a side of a conflict.
fn settles(state: &State) -> bool {
    browse::chosen(&state.browse).is_some_and(|row| row.settles.is_some())
}

/// Takes the selected side of a conflict, and shows what is left.
///
/// The rows are read anew, and the next conflict comes under the cursor: a second Enter settles
/// nothing before the cursor has been moved.
fn settle(state: &mut State) -> Vec<Effect> {
    if state.browse.settled {
        state.say("go to the next side with the arrow keys, then Enter");
        return Vec::new();
    }
    let Some(row) = browse::chosen(&state.browse) else {
        return Vec::new();
    };
    let path = row.origin.path.to_path_buf();
    let change = row
        .settles
        .map(|(line, take)| TermChange::Settle(path, line, take));
    let again = Effect::Browse(state.browse.path.clone());
    let change = change.map(Effect::Term);
    state.browse.settled = true;
    change.into_iter().chain([again]).collect()
}

/// Closes the list and puts a text into the target, where one is being translated.
fn put_in(state: &mut State, text: Option<String>) -> Vec<Effect> {
    state.close();
    match text {
        Some(text) if matches!(state.focus, Focus::Target | Focus::Source) => {
            state.focus = Focus::Target;
            insert::put_in(state, &text)
        }
        _ => Vec::new(),
    }
}

// ---- opening ----

/// Opens the palette.
pub(super) fn open_palette(state: &mut State) {
    state.palette = palette::State {
        mode: state.mode(),
        ..palette::State::default()
    };
    state.open(Focus::Palette);
}

/// Opens the concordance for what is selected, or the word at the caret.
pub(super) fn open_concordance(state: &mut State) -> Vec<Effect> {
    let text = match (&state.editor, state.focus) {
        (Some(editor), Focus::Target | Focus::Source) => {
            let own = match state.focus {
                Focus::Source => &editor.source,
                _ => &editor.line,
            };
            let selected = [own, &editor.source, &editor.line]
                .into_iter()
                .map(Line::selected)
                .find(|text| !text.is_empty());
            match selected {
                Some(text) => text.to_owned(),
                None => own.word().of(own.text()).to_owned(),
            }
        }
        (_, Focus::Proposals) => proposal::term(state),
        _ => String::new(),
    };
    let mut line = Line::new(text.trim());
    line.select_all();
    state.concordance = concordance::State {
        line,
        mode: state.concordance.mode,
        ..concordance::State::default()
    };
    state.open(Focus::Concordance);
    search(state)
}

/// Asks the memory for what stands in the concordance's line.
pub(super) fn search(state: &mut State) -> Vec<Effect> {
    let text = state.concordance.line.text().trim().to_owned();
    state.concordance.selected = 0;
    if text.is_empty() {
        state.concordance.answer = None;
        state.concordance.trouble = None;
        return Vec::new();
    }
    vec![Effect::Search(Query {
        text,
        mode: state.concordance.mode,
        lang: None,
        limit: HITS,
    })]
}

/// Opens the rows of a glossary, or of all.
pub(super) fn open_glossary(state: &mut State, path: Option<PathBuf>) -> Vec<Effect> {
    state.browse = browse::State {
        path: path.clone(),
        ..browse::State::default()
    };
    state.open(Focus::Browse);
    vec![Effect::Browse(path)]
}
