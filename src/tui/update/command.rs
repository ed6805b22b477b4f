//! Commands: what each does where the keyboard is.

use crate::tui::action::Effect;
use crate::tui::command::Command;
use crate::tui::layout;
use crate::tui::line::{Line, Move};
use crate::tui::panel::home;
use crate::tui::panel::page::{self, About};
use crate::tui::state::{Focus, State};
use crate::tui::update::{
    alignment, concept, filter, findings, form, import, insert, issue, keep, list, proposal,
    replace, segment,
};

/// Runs a command.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Save => return save(state),
        Command::Quit => return keep::quit(state),
        Command::Redraw => return vec![Effect::Redraw],
        Command::Help => return help(state),
        _ => {}
    }
    match state.focus {
        Focus::Target | Focus::Source => editing(state, command),
        Focus::Home => at_home(state, command),
        Focus::Concordance | Focus::Palette | Focus::Browse | Focus::Form => {
            list::run(state, command)
        }
        Focus::Findings => findings::run(state, command),
        Focus::Replace => replace::run(state, command),
        Focus::Page => reading(state, command),
        Focus::Alignment => alignment::run(state, command),
        Focus::Proposals => proposal::run(state, command),
    }
}

fn save(state: &mut State) -> Vec<Effect> {
    if state.focus == Focus::Alignment {
        let effect = keep::save_review(state);
        state.say(if effect.is_some() {
            "saving"
        } else {
            "everything is saved"
        });
        return effect.into_iter().collect();
    }
    if state.focus == Focus::Proposals {
        state.say("every decision is saved at once");
        return Vec::new();
    }
    let Some(editor) = &mut state.editor else {
        state.say("no document is open");
        return Vec::new();
    };
    let effect = keep::save(editor);
    state.say(if effect.is_some() {
        "saving"
    } else {
        "everything is saved"
    });
    effect.into_iter().collect()
}

fn help(state: &mut State) -> Vec<Effect> {
    state.page = page::keys(state.mode(), &state.keys);
    state.open(Focus::Page);
    Vec::new()
}

/// Commands while a document is being translated.
fn editing(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Go(to) => return go(state, to, false),
        Command::Select(to) => return go(state, to, true),
        Command::SelectAll => with_line(state, Line::select_all),
        Command::SwitchSide => {
            state.focus = match state.focus {
                Focus::Target => Focus::Source,
                _ => Focus::Target,
            };
        }
        Command::PreviousSegment => return segment::step(state, -1),
        Command::NextSegment => return segment::step(state, 1),
        Command::FirstSegment => return segment::step(state, isize::MIN),
        Command::LastSegment => return segment::step(state, isize::MAX),
        Command::NextOpen => return segment::next_open(state),
        Command::NextIssue => return issue::next_issue(state, false),
        Command::PreviousIssue => return issue::next_issue(state, true),
        Command::Confirm => return segment::confirm(state),
        Command::Unconfirm => return segment::unconfirm(state),
        Command::Undo => return segment::undo(state),
        Command::Redo => return segment::redo(state),
        Command::InsertTerm(n) => return insert::insert_term(state, n.into()),
        Command::InsertMatch(n) => return insert::insert_match(state, n.into()),
        Command::Complete => return insert::complete(state),
        Command::AcceptFix => return issue::accept_fix(state),
        Command::Ignore => return issue::ignore(state),
        Command::CopySource => {
            let source = state.editor.as_ref().map(|e| e.source.text().to_owned());
            return insert::set_target(state, &source.unwrap_or_default());
        }
        Command::Copy | Command::Cut => return clipboard(state, command == Command::Cut),
        Command::LineBreak => return change(state, |line| line.insert("\n")),
        Command::Backspace => return change(state, Line::backspace),
        Command::Delete => return change(state, Line::delete),
        Command::KillWord => return change(state, Line::kill_word),
        Command::KillWordRight => return change(state, Line::kill_word_right),
        Command::KillEnd => return change(state, Line::kill_end),
        Command::Close => return escape(state),
        Command::Home => return leave(state),
        Command::Deliver => return form::deliver(state),
        Command::Note => form::note(state),
        Command::Filter => form::filter(state),
        Command::AddTerm => return form::add_term(state),
        Command::EditTerm => form::edit_term(state, false),
        Command::AvoidTerm => form::edit_term(state, true),
        Command::Palette => list::open_palette(state),
        Command::Concordance => return list::open_concordance(state),
        Command::Glossary => return list::open_glossary(state, None),
        Command::Findings => return findings::open(state),
        Command::Replace => return replace::open(state),
        Command::Why => {
            let at = state.editor.as_ref().map_or(0, |editor| editor.at);
            return why(state, at);
        }
        Command::Propose => return proposal::from_work(state),
        _ => {}
    }
    Vec::new()
}

/// A new term, into the glossary that is selected.
fn add_term_at_home(state: &mut State) -> Vec<Effect> {
    let Some(home::Item::Glossary(row)) = state.home.chosen() else {
        return form::add_term(state);
    };
    let path = row.path.clone();
    let mut effects = list::open_glossary(state, Some(path.clone()));
    effects.push(Effect::Fill(Some(path), None));
    effects
}

/// Changes the target, wherever the caret is.
fn change(state: &mut State, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    state.focus = Focus::Target;
    segment::edit(state, change)
}

/// Does something to the line that has the caret, without changing its text.
fn with_line(state: &mut State, act: impl FnOnce(&mut Line)) {
    let source = state.focus == Focus::Source;
    if let Some(editor) = &mut state.editor {
        act(if source {
            &mut editor.source
        } else {
            &mut editor.line
        });
    }
}

/// Moves the caret; beyond the first and the last row lies the next segment.
fn go(state: &mut State, to: Move, select: bool) -> Vec<Effect> {
    let wrap = layout::wrap(state);
    let mut moved = true;
    with_line(state, |line| moved = line.go(to, select, wrap));
    if moved || select || state.focus == Focus::Source {
        return Vec::new();
    }
    match to {
        Move::Up => {
            let effects = segment::step(state, -1);
            if !effects.is_empty() {
                with_line(state, |line| {
                    line.go(Move::End, false, wrap);
                });
            }
            effects
        }
        Move::Down => {
            let effects = segment::step(state, 1);
            if !effects.is_empty() {
                with_line(state, |line| {
                    line.go(Move::Start, false, wrap);
                });
            }
            effects
        }
        _ => Vec::new(),
    }
}

/// Drops the selection, then the filter.
fn escape(state: &mut State) -> Vec<Effect> {
    if state.waiting.is_some() || state.ready.is_some() {
        stop_waiting(state);
        return Vec::new();
    }
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let selected = !editor.line.selection().is_empty() || !editor.source.selection().is_empty();
    editor.line.deselect();
    editor.source.deselect();
    editor.warned = false;
    if !selected && !editor.filter.is_empty() {
        return filter::filter(state, "");
    }
    Vec::new()
}

fn clipboard(state: &mut State, cut: bool) -> Vec<Effect> {
    let source = state.focus == Focus::Source;
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let line = if source { &editor.source } else { &editor.line };
    let text = line.selected().to_owned();
    if text.is_empty() {
        state.say("nothing is selected: Shift with the arrow keys selects");
        return Vec::new();
    }
    state.say("on the terminal's clipboard");
    let mut effects = vec![Effect::Clipboard(text)];
    if cut && !source {
        effects.extend(segment::edit(state, Line::backspace));
    }
    effects
}

/// Back to the list of documents; the work is written first.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let mut effects = keep::wake(state);
    state.focus = Focus::Home;
    if let Some(editor) = &state.editor {
        state.home.select(&editor.session.name);
    }
    effects.push(Effect::Tidy);
    effects.push(Effect::Survey);
    effects
}

/// Says why a segment has its terms, its issues and its matches.
pub(super) fn why(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let inspect = segment::inspect(editor, at);
    state.page = page::State::new(page::WHY, vec!["…".to_owned()]);
    state.open(Focus::Page);
    inspect
        .map(|inspect| Effect::Explain(Box::new(inspect)))
        .into_iter()
        .collect()
}

/// Commands on the home screen.
fn at_home(state: &mut State, command: Command) -> Vec<Effect> {
    let page = usize::from(state.size.1)
        .saturating_sub(6)
        .max(1)
        .cast_signed();
    match command {
        Command::Up => state.home.step(-1),
        Command::Down => state.home.step(1),
        Command::PageUp => state.home.step(-page),
        Command::PageDown => state.home.step(page),
        Command::Direction => {
            let said = state.home.turn();
            state.say(said);
        }
        Command::Palette => list::open_palette(state),
        Command::Concordance => return list::open_concordance(state),
        Command::AddTerm => return add_term_at_home(state),
        Command::Refresh => return vec![Effect::Survey, Effect::Learn, Effect::Recall],
        Command::Open => return open(state),
        Command::Findings => return list_findings(state),
        Command::AlignPair => return alignment::pair(state),
        Command::Propose => return proposal::from_home(state),
        Command::Import => return import::ask(state),
        Command::Close if state.waiting.is_some() || state.ready.is_some() => stop_waiting(state),
        Command::Close if state.indexing.is_some() => return vec![stop_indexing(state)],
        Command::Close if state.editor.is_some() => state.focus = Focus::Target,
        _ => {}
    }
    Vec::new()
}

/// Stops waiting; what was begun comes to its end in the background, and is dropped. So is what
/// came and was not looked at.
fn stop_waiting(state: &mut State) {
    let waiting = state.waiting.take().map(|waiting| waiting.what);
    let ready = state.ready.take().map(|(what, _)| what);
    if let Some(what) = waiting.or(ready) {
        state.next = None;
        state.say(format!("no longer {what}"));
    }
}

/// Leaves the index of the memories unbuilt: it is built when they are opened again.
fn stop_indexing(state: &mut State) -> Effect {
    state.indexing = None;
    let again = state.keys.hint("refresh");
    let said = format!("the index of the memories is no longer built; {again} begins anew");
    state.say(said);
    Effect::StopIndexing
}

/// Lists the findings of the document that is selected, once it is open.
fn list_findings(state: &mut State) -> Vec<Effect> {
    let Some(home::Item::Document(row)) = state.home.chosen() else {
        state.say("select a document to check");
        return Vec::new();
    };
    let readable = row.trouble.is_none();
    let effects = open(state);
    if state.focus == Focus::Target {
        // It was open.
        state.focus = Focus::Home;
        return findings::open(state);
    }
    state.listing = readable.then_some(Focus::Home);
    effects
}

/// Opens what is selected on the home screen.
fn open(state: &mut State) -> Vec<Effect> {
    state.listing = None;
    match state.home.chosen() {
        Some(home::Item::Document(row)) => {
            if let Some(trouble) = &row.trouble {
                let trouble = trouble.clone();
                state.complain(trouble);
                return Vec::new();
            }
            let path = row.path.clone();
            let to = row.direction.map(|(_, to)| to);
            let name = row.name.clone();
            let open = state
                .editor
                .as_ref()
                .is_some_and(|e| e.session.name == name && Some(e.session.to) == to && !e.outdated);
            if open {
                (state.focus, state.back) = (Focus::Target, Focus::Target);
                return Vec::new();
            }
            state.say(format!("opening {name}"));
            let to = to.or(state.to);
            keep::open(state, Effect::Open(path, to))
        }
        Some(home::Item::Glossary(row)) => {
            let path = row.path.clone();
            list::open_glossary(state, Some(path))
        }
        Some(home::Item::Memory(_)) => list::open_concordance(state),
        None => {
            state.say("nothing to open yet");
            Vec::new()
        }
    }
}

/// Commands on a page.
fn reading(state: &mut State, command: Command) -> Vec<Effect> {
    let (size, theme) = (state.size, state.theme);
    match command {
        Command::Close => state.close(),
        Command::Choose => return import::write(state),
        Command::EditTerm if state.page.about == About::Concept => {
            state.close();
            return concept::edit(state);
        }
        Command::EditTerm => import::change(state),
        Command::Up => state.page.scroll(-1, size, theme),
        Command::Down => state.page.scroll(1, size, theme),
        Command::PageUp => state.page.turn(false, size, theme),
        Command::PageDown => state.page.turn(true, size, theme),
        Command::First => state.page.leap(false, size, theme),
        Command::Last => state.page.leap(true, size, theme),
        Command::NextHeading => state.page.jump(true, size, theme),
        Command::PreviousHeading => state.page.jump(false, size, theme),
        _ => {}
    }
    Vec::new()
}

/// A press of the mouse: on a segment it goes there, on the target it puts the caret there, in a
/// list it selects.
pub(super) fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
    if state.focus == Focus::Alignment {
        return alignment::click(state, column, row);
    }
    if state.focus == Focus::Proposals {
        return proposal::click(state, column, row);
    }
    if !matches!(state.focus, Focus::Target | Focus::Source) {
        list::click(state, row);
        return Vec::new();
    }
    match layout::at(state, column, row) {
        Some(layout::Spot::Segment(unit)) => segment::go(state, unit),
        Some(layout::Spot::Target(row, column)) => {
            let wrap = layout::wrap(state);
            state.focus = Focus::Target;
            with_line(state, |line| line.click(row, column, wrap));
            Vec::new()
        }
        Some(layout::Spot::Source(row, column)) => {
            let wrap = layout::wrap(state);
            state.focus = Focus::Source;
            with_line(state, |line| line.click(row, column, wrap));
            Vec::new()
        }
        None => Vec::new(),
    }
}
