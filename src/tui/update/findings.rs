//! The findings of the open document: the list of them all, and the check of the document as a
//! whole, whose findings no segment shows by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::{self, Stop};
use crate::finding::Side;
use crate::text::chars::quoted;
use crate::tui::action::{Effect, OfWhole, ToExamine};
use crate::tui::command::Command;
use crate::tui::panel::findings::{self, Row};
use crate::tui::panel::form::Kind;
use crate::tui::panel::page;
use crate::tui::state::{Editor, Examined, Focus, State};
use crate::tui::update::issue::{self, allows};
use crate::tui::update::{command, form, list, segment};

/// Opens the list, at the first finding from the current segment on.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    state.findings = findings::State::new(editor.at);
    state.open(Focus::Findings);
    fill(state);
    examine(state).into_iter().collect()
}

/// Opens the list of a document that was opened for it; it goes back to where that was.
pub(super) fn open_first(state: &mut State) -> Vec<Effect> {
    let from = state.listing.take();
    let Some(from) = from.filter(|_| state.focus == Focus::Target) else {
        return Vec::new();
    };
    state.focus = from;
    open(state)
}

/// Runs a command in the list.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let page = usize::from(state.size.1 / 2).max(1).cast_signed();
    match command {
        Command::Close => return close(state),
        Command::Choose => return go_there(state),
        Command::AcceptFix => return accept(state),
        Command::Ignore => return ignore(state),
        Command::Why => return why(state),
        Command::Up => state.findings.step(-1),
        Command::Down => state.findings.step(1),
        Command::PageUp => state.findings.step(-page),
        Command::PageDown => state.findings.step(page),
        // What is typed.
        _ => return list::run(state, command),
    }
    Vec::new()
}

/// Back to where one was: to the segment too, where a fix has led to another.
fn close(state: &mut State) -> Vec<Effect> {
    let from = state.findings.from;
    state.close();
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let mut effects: Vec<Effect> = stop(editor).into_iter().collect();
    if editor.at != from {
        effects.extend(segment::go(state, from));
    }
    if state.focus == Focus::Home {
        effects.extend(command::leave(state));
    }
    effects
}

/// Goes to the segment of the selected finding, and selects there what it is about.
fn go_there(state: &mut State) -> Vec<Effect> {
    let Some((unit, row)) = chosen(state) else {
        return Vec::new();
    };
    state.close();
    (state.focus, state.back) = (Focus::Target, Focus::Target);
    if row.whole {
        // The segment's own issues do not say it.
        state.say(format!("{}: {}", row.finding.rule, row.finding.message));
    }
    issue::stand_at(state, unit, &row.finding)
}

/// The selected finding, and its segment; without one that is said.
fn chosen(state: &mut State) -> Option<(usize, Row)> {
    let chosen = state.findings.chosen();
    let chosen = chosen.map(|(unit, row)| (unit, row.clone()));
    if chosen.is_none() {
        state.say("there is no finding here");
    }
    chosen
}

/// Puts in what the selected finding suggests.
fn accept(state: &mut State) -> Vec<Effect> {
    let Some((unit, row)) = chosen(state) else {
        return Vec::new();
    };
    let finding = &row.finding;
    let spot = issue::spot(finding);
    let Some(fix) = finding
        .suggestions
        .first()
        .filter(|_| spot.is_some() || !row.whole)
    else {
        state.say("this finding suggests nothing to put in");
        return Vec::new();
    };
    let Some(span) = spot else {
        // Where it belongs, only who reads the segment can tell.
        let effects = go_there(state);
        let key = state.keys.hint("accept-fix");
        let said = format!(
            "{} is missing: go to where it belongs, then {key} puts it in",
            quoted(fix)
        );
        state.say(said);
        return effects;
    };
    let mut effects = segment::go(state, unit);
    let Some(editor) = &mut state.editor else {
        return effects;
    };
    let there = finding.place.marked();
    if span.of(editor.line.text()) != there {
        state.say("the segment is another one by now");
        return effects;
    }
    let of = editor.session.unit(unit);
    let again = if of.is_some_and(|unit| unit.state.confirmed()) {
        "; it is to be confirmed again"
    } else {
        ""
    };
    undone_later(editor, unit, state.findings.from);
    let number = unit + 1;
    let said = format!(
        "segment {number}: {} → {}{again}",
        quoted(&there),
        quoted(fix)
    );
    effects.extend(segment::edit(state, |line| line.put_at(span, fix)));
    state.say(said);
    effects
}

/// Lets the selected finding stand.
fn ignore(state: &mut State) -> Vec<Effect> {
    let Some((unit, row)) = chosen(state) else {
        return Vec::new();
    };
    let from = state.findings.from;
    if let Some(editor) = &mut state.editor {
        undone_later(editor, unit, from);
    }
    let effects = issue::allow(state, unit, row.finding.rule);
    state.say(format!(
        "{} stands in segment {} from now on; the note there says so",
        row.finding.rule,
        unit + 1
    ));
    effects
}

/// What is done in the list to another segment than the one to go back to, undo finds from there.
fn undone_later(editor: &mut Editor, unit: usize, from: usize) {
    if unit != from {
        editor.confirmed.push(unit);
    }
}

/// Says why: of a segment all that is known, of the document as a whole what the rule is.
fn why(state: &mut State) -> Vec<Effect> {
    let Some((unit, row)) = chosen(state) else {
        return Vec::new();
    };
    if !row.whole {
        return command::why(state, unit);
    }
    let rule = row.finding.rule;
    let page = check::named(rule).map_or("", |check| check.page);
    // The rest of the page are examples.
    let about = page
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with("```"));
    let lines = [row.finding.message.as_str(), ""].into_iter().chain(about);
    let lines = lines.map(str::to_owned).collect();
    state.page = page::State::new(&format!("{} · {rule}", page::WHY), lines);
    state.open(Focus::Page);
    Vec::new()
}

/// Whether the list is on the screen, or a page over it.
fn showing(state: &State) -> bool {
    let below = state.focus == Focus::Page && state.under.contains(&Focus::Findings);
    state.focus == Focus::Findings || below
}

/// Shows what is known of all segments.
fn fill(state: &mut State) {
    let Some(editor) = &state.editor else {
        return;
    };
    let own = editor.findings.keys();
    let units: BTreeSet<usize> = own.chain(editor.whole.findings.keys()).copied().collect();
    let rows = units.into_iter().map(|unit| (unit, rows(editor, unit)));
    state.findings.take(rows);
}

/// The findings of a segment, and those of the document as a whole that are told there.
fn rows(editor: &Editor, unit: usize) -> Vec<Row> {
    let of = editor.session.unit(unit);
    let own = editor.findings.get(&unit).into_iter().flatten();
    let own = own.map(|finding| Row::new(finding, of, None));
    let whole = of_whole(editor, unit);
    let whole = whole.map(|found| Row::new(&found.finding, of, Some(found.also.as_slice())));
    own.chain(whole).collect()
}

/// A segment was checked.
pub(super) fn checked(state: &mut State, unit: usize) -> Vec<Effect> {
    if let Some(editor) = state.editor.as_ref().filter(|_| showing(state)) {
        state.findings.put(unit, rows(editor, unit));
    }
    renew(state)
}

/// What a check of the document as a whole would be of now.
fn now(state: &State) -> Option<Examined> {
    let editor = state.editor.as_ref()?;
    Some(Examined(
        editor.session.revision(),
        Arc::clone(&state.judge),
    ))
}

/// Whether the findings of the document as a whole are those of the work as it is now.
pub(super) fn fresh(state: &State) -> bool {
    let of = state.editor.as_ref().and_then(|e| e.whole.of.as_ref());
    of.is_some_and(|of| now(state).is_some_and(|now| of.is(&now)))
}

/// Asks for the findings of the document as a whole, where those there are of other work. One
/// check at a time: the answer of the one under way asks again.
pub(super) fn examine(state: &mut State) -> Option<Effect> {
    let now = now(state).filter(|_| !fresh(state))?;
    let editor = state.editor.as_mut()?;
    if editor.whole.running.is_some() {
        return None;
    }
    let stop = Stop::default();
    let asked = ToExamine {
        judge: Arc::clone(&now.1),
        document: editor.session.document.path.clone(),
        text: editor.session.text(),
        date: editor.session.document.date,
        stop: stop.clone(),
    };
    editor.whole.running = Some((stop, now));
    Some(Effect::Examine(Box::new(asked)))
}

/// Ends the check of the document as a whole that is under way.
pub(super) fn stop(editor: &mut Editor) -> Option<Effect> {
    let (stop, _) = editor.whole.running.take()?;
    Some(Effect::StopExamining(stop))
}

/// The findings of the document as a whole are there.
pub(super) fn examined(state: &mut State, stop: &Stop, found: Vec<OfWhole>) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let whole = &mut editor.whole;
    let Some((_, of)) = whole.running.take_if(|(running, _)| running.is(stop)) else {
        return Vec::new();
    };
    let mut findings: BTreeMap<usize, Vec<OfWhole>> = BTreeMap::new();
    for one in found {
        findings.entry(one.unit).or_default().push(one);
    }
    whole.findings = findings;
    whole.of = Some(of);
    form::examined(state);
    if showing(state) {
        fill(state);
    }
    renew(state)
}

/// Asks anew for the findings of the document as a whole, where somebody looks at them and they
/// are of other work.
pub(super) fn renew(state: &mut State) -> Vec<Effect> {
    let form = state.form.as_ref();
    let delivering = form.is_some_and(|form| matches!(form.kind, Kind::Deliver(_)));
    let examine = (delivering || showing(state)).then(|| examine(state));
    examine.flatten().into_iter().collect()
}

/// The findings of the document as a whole that are told at a segment.
pub(super) fn of_whole(editor: &Editor, unit: usize) -> impl Iterator<Item = &OfWhole> {
    let found = editor.whole.findings.get(&unit).into_iter().flatten();
    found.filter(move |found| stands(editor, found))
}

/// Whether a finding of the document as a whole is one of the work as it is now: what it is about
/// is there, is not let stand, and the segment does not say it by itself.
fn stands(editor: &Editor, found: &OfWhole) -> bool {
    let Some(unit) = editor.session.unit(found.unit) else {
        return false;
    };
    let finding = &found.finding;
    let text = match finding.side {
        Some(Side::Source) => &unit.source,
        _ => &unit.target,
    };
    let mut own = editor.findings.get(&found.unit).into_iter().flatten();
    let there = finding.place.span.of(text) == finding.place.marked();
    there && !allows(&unit.note, finding.rule) && !own.any(|own| own.rule == finding.rule)
}
