//! The current segment: typing, moving on, confirming, putting in terms and
//! matches, and telling the worker what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::model::document::Unit;
use crate::session::{Filter, Outcome, Session};
use crate::span::Span;
use crate::text::count::plural;
use crate::tui::action::{Ask, Effect, Inspect, Printed, Progress, Standing, TermChange};
use crate::tui::line::{Line, Move, Wrap};
use crate::tui::state::{Checking, Editor, Focus, Saving, State, Whole, offers};
use crate::tui::update::issue::allows;
use crate::tui::update::keep::{SAVE_AFTER, save, told};
use crate::tui::update::{findings, replace};

/// A document, just opened, at the first segment that needs work.
pub(super) fn opened(session: Session) -> Editor {
    let at = session.current;
    let mut editor = Editor {
        at,
        line: Line::default(),
        source: Line::default(),
        suggestions: None,
        offers: Vec::new(),
        cycle: None,
        findings: BTreeMap::new(),
        checking: Checking::default(),
        whole: Whole::default(),
        checked: false,
        issue: 0,
        warned: false,
        filter: String::new(),
        shown: (0..session.len()).collect(),
        saving: Saving::default(),
        untold: Vec::new(),
        confirmed: Vec::new(),
        taken_back: Vec::new(),
        progress: Progress::default(),
        standing: Standing::default(),
        printed: Printed::of(session.document.path.clone(), &session.document.original),
        outdated: false,
        session,
    };
    enter(&mut editor, at);
    count(&mut editor);
    editor
}

/// The current unit.
pub(super) fn unit(editor: &Editor) -> Option<&Unit> {
    editor.session.document.units.get(editor.at)
}

/// Counts how far the document is.
fn count(editor: &mut Editor) {
    editor.progress = Progress::of(&editor.session);
}

/// Makes a segment the current one.
fn enter(editor: &mut Editor, at: usize) {
    editor.at = at;
    editor.session.go(at);
    editor.session.history.pause();
    let unit = editor.session.unit(at);
    editor.line = Line::new(unit.map_or("", |unit| &unit.target));
    editor.source = Line::new(unit.map_or("", |unit| &unit.source));
    editor.source.go(Move::Start, false, Wrap::at(usize::MAX));
    editor.suggestions = None;
    editor.offers.clear();
    editor.cycle = None;
    editor.checked = false;
    editor.issue = 0;
    editor.warned = false;
}

/// Asks for what is offered for the current segment, and for its findings.
pub(super) fn ask(editor: &Editor) -> Vec<Effect> {
    let Some(unit) = unit(editor) else {
        return Vec::new();
    };
    let ask = Ask {
        unit: editor.at,
        text: unit.source.clone(),
        prev: editor.session.prev(editor.at).to_owned(),
        next: editor.session.next(editor.at).to_owned(),
        document: editor.session.name.clone(),
        from: editor.session.from(),
        to: editor.session.to,
        date: editor.session.document.date,
    };
    let mut effects = vec![Effect::Suggest(Box::new(ask))];
    effects.extend(inspect(editor, editor.at).map(|inspect| Effect::Check(Box::new(inspect))));
    effects
}

/// Asks for the findings of every translated segment, without hurry.
pub(super) fn review(editor: &mut Editor) -> Vec<Effect> {
    let units = editor.session.document.units.iter().enumerate();
    let translated = units.filter(|(_, unit)| !unit.target.is_empty());
    let left: BTreeSet<usize> = translated.map(|(at, _)| at).collect();
    let inspects = left.iter().filter_map(|at| inspect(editor, *at));
    let effects = inspects
        .map(|inspect| Effect::Review(Box::new(inspect)))
        .collect();
    editor.checking = Checking {
        of: left.len(),
        left,
    };
    effects
}

/// What the worker needs to check a segment.
pub(super) fn inspect(editor: &Editor, at: usize) -> Option<Inspect> {
    let document = &editor.session.document;
    let unit = document.units.get(at)?;
    Some(Inspect {
        unit: at,
        path: document.path.clone(),
        line: unit.line,
        source: unit.source.clone(),
        target: unit.target.clone(),
        from: document.from,
        to: editor.session.to,
        date: document.date,
        prev: editor.session.prev(at).to_owned(),
        next: editor.session.next(at).to_owned(),
    })
}

/// Goes to a segment.
pub(super) fn go(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if state.focus == Focus::Source {
        state.focus = Focus::Target;
    }
    if at >= editor.session.document.units.len() || at == editor.at {
        return Vec::new();
    }
    enter(editor, at);
    ask(editor)
}

/// Goes to the segment shown `by` places further down (or up).
pub(super) fn step(state: &mut State, by: isize) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    // A segment that the filter has dropped meanwhile stands where it would stand.
    let here = editor.shown.partition_point(|&unit| unit < editor.at);
    let stands = editor.shown.get(here) == Some(&editor.at);
    let last = editor.shown.len().saturating_sub(1);
    let next = match by {
        isize::MIN => Some(0),
        isize::MAX => Some(last),
        by if by > 0 && !stands => Some(here + by.unsigned_abs() - 1),
        by => here.checked_add_signed(by),
    };
    let next = next.map(|next| next.min(last));
    let unit = next.and_then(|next| editor.shown.get(next)).copied();
    unit.map_or_else(Vec::new, |unit| go(state, unit))
}

/// Goes to the next segment that needs work.
pub(super) fn next_open(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let shown = |at: &usize| editor.shown.binary_search(at).is_ok();
    // What was confirmed against a warning is done: Enter must not come back to it for ever.
    let open = |at: &usize| {
        let confirmed = editor.session.passes(Filter::Confirmed, *at);
        *at != editor.at && (!confirmed || editor.session.passes(Filter::Changed, *at))
    };
    let all = 0..editor.session.len();
    let order = || all.clone().skip(editor.at + 1).chain(0..editor.at);
    // First what the filter shows, then the rest of the document.
    let next = order().filter(open).find(shown);
    if let Some(next) = next {
        return go(state, next);
    }
    let rest = order().filter(open).count();
    let here = unit(editor).is_some_and(|unit| unit.state.confirmed());
    let deliver = state.keys.hint("deliver").to_owned();
    if rest > 0 {
        state.say(format!(
            "nothing shown needs work; {rest} segments outside the filter do (Esc shows all)"
        ));
    } else if here {
        state.say(format!(
            "every segment is confirmed; {deliver} writes the translated document"
        ));
    } else {
        state.say("this is the only segment left that needs work");
    }
    Vec::new()
}

// ---- changing the target ----

/// Changes the line of the current segment, and everything that follows from it.
pub(super) fn edit(state: &mut State, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if editor.session.is_empty() {
        return Vec::new();
    }
    let steps = editor.line.steps();
    change(&mut editor.line);
    editor.cycle = None;
    if editor.line.steps() != steps {
        editor.session.history.pause();
    }
    typed(editor)
}

/// Takes the line's text over into the session; saves soon and checks now.
pub(super) fn typed(editor: &mut Editor) -> Vec<Effect> {
    let text = editor.line.text().to_owned();
    let outcome = editor.session.set_target(editor.at, &text);
    if outcome.changed.is_empty() {
        return Vec::new();
    }
    editor.checked = false;
    editor.warned = false;
    editor.taken_back.clear();
    editor.saving.touched = true;
    count(editor);
    let mut effects = vec![Effect::Wake(SAVE_AFTER)];
    effects.extend(told(editor, &outcome));
    effects.extend(inspect(editor, editor.at).map(|inspect| Effect::Check(Box::new(inspect))));
    effects
}

// ---- confirming ----

/// Enter: confirms and goes on, where the check of this very text allows it.
pub(super) fn confirm(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if editor.line.text().trim().is_empty() {
        let copy = state.keys.hint("copy-source").to_owned();
        state.complain(format!(
            "there is nothing to confirm: the target is empty ({copy} copies the source)"
        ));
        return Vec::new();
    }
    // Not to wait for the worker's answer: the next keys are for the next segment.
    if let Some(inspect) = inspect(editor, editor.at).filter(|_| !editor.checked) {
        found(editor, inspect.unit, state.judge.check(&inspect));
    }
    if editor.blocked() && !editor.warned {
        editor.warned = true;
        let error = editor.issues().first();
        let what = error.map(|finding| finding.message.clone());
        let key = state.keys.hint("confirm").to_owned();
        state.complain(format!(
            "{key} once more confirms all the same — {}",
            what.unwrap_or_default()
        ));
        return Vec::new();
    }
    editor.line.clear_marks();
    let at = editor.at;
    let Some(outcome) = editor.session.confirm(at, &state.now) else {
        return Vec::new();
    };
    editor.confirmed.push(at);
    editor.taken_back.clear();
    let copies = outcome.propagated.len();
    let mut effects = settled(editor, &outcome);
    let next = next_open(state);
    if copies > 0 {
        let undo = state.keys.hint("undo").to_owned();
        state.say(format!(
            "confirmed; {copies} more with the same source filled in ({undo} takes all back)"
        ));
    } else if !next.is_empty() {
        state.say("confirmed");
    }
    effects.extend(next);
    effects
}

/// After units were confirmed, taken back or filled in: saves at once, tells the memory, checks.
pub(super) fn settled(editor: &mut Editor, outcome: &Outcome) -> Vec<Effect> {
    count(editor);
    editor.saving.touched = true;
    let mut effects: Vec<Effect> = save(editor).into_iter().collect();
    effects.extend(told(editor, outcome));
    let units = || {
        let changed = outcome.changed.iter();
        changed.filter_map(|&at| editor.session.unit(at))
    };
    let uses: Vec<_> = units()
        .filter(|unit| unit.state.confirmed())
        .map(|unit| (unit.source.clone(), unit.target.clone()))
        .collect();
    if !uses.is_empty() {
        effects.push(Effect::Use(uses, false));
    }
    let checks = outcome.changed.iter().filter_map(|&at| inspect(editor, at));
    effects.extend(checks.map(|inspect| Effect::Check(Box::new(inspect))));
    effects
}

/// Takes the confirmation of the current segment back.
pub(super) fn unconfirm(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if !unit(editor).is_some_and(|unit| unit.state.confirmed()) {
        state.say("this segment is not confirmed");
        return Vec::new();
    }
    let outcome = editor.session.unconfirm(editor.at);
    let mut effects = settled(editor, &outcome);
    effects.extend(ask(editor));
    state.say("the confirmation is taken back, here and in the memory");
    effects
}

/// Takes back the term that was added last, where nothing was done since; else the replacement
/// that was the last step of all; else undoes the last step in this segment; where there is none,
/// the last confirmation, wherever that was, with everything it filled in.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if let Some((turns, added)) = state.added.take()
        && turns == editor.session.history.turns()
    {
        return vec![Effect::Term(TermChange::TakeBack(added))];
    }
    // Wherever one stands, what was replaced last is taken back before older typing.
    let replaced = editor.session.history.replaced(editor.at);
    let mut at = replaced.unwrap_or(editor.at);
    if !editor.session.history.can_undo(at) {
        let last = editor.confirmed.pop();
        let last = last.filter(|&last| editor.session.history.can_undo(last));
        let Some(last) = last else {
            state.say("there is nothing to undo");
            return Vec::new();
        };
        at = last;
    }
    let outcome = editor.session.undo(at).unwrap_or_default();
    if !editor.taken_back.contains(&at) {
        editor.taken_back.push(at);
    }
    restored(state, at, &outcome, "taken back")
}

/// Does again what was undone last.
pub(super) fn redo(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let mut at = editor.at;
    if let Some(replaced) = replacement_undone(editor) {
        at = replaced;
    } else if !editor.session.history.can_redo(at) {
        let last = editor.taken_back.pop();
        let last = last.filter(|&last| editor.session.history.can_redo(last));
        let Some(last) = last else {
            state.say("there is nothing to redo");
            return Vec::new();
        };
        at = last;
    }
    let outcome = editor.session.redo(at).unwrap_or_default();
    restored(state, at, &outcome, "done again")
}

/// Where a replacement was undone last, and nothing was done since: a segment of it.
pub(super) fn replacement_undone(editor: &Editor) -> Option<usize> {
    editor.taken_back.last()?;
    editor.session.history.replacement_undone(editor.at)
}

/// Shows what undoing or redoing changed.
fn restored(state: &mut State, at: usize, outcome: &Outcome, word: &str) -> Vec<Effect> {
    if outcome.replaced {
        return replace::restored(state, outcome, word);
    }
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let mut effects = if outcome.forget.is_empty() && outcome.remember.is_empty() {
        count(editor);
        editor.saving.touched = true;
        vec![Effect::Wake(SAVE_AFTER)]
    } else {
        settled(editor, outcome)
    };
    let others = outcome.changed.iter().filter(|&&unit| unit != at).count();
    if at == editor.at {
        let target = unit(editor).map(|unit| unit.target.clone());
        let target = target.unwrap_or_default();
        let caret = changed_at(editor.line.text(), &target);
        editor.line = Line::new(&target);
        editor.line.select(Span::new(caret, caret));
        editor.line.deselect();
        editor.cycle = None;
        editor.checked = false;
        editor.warned = false;
        // Not only the check: the memory may have changed with it.
        effects.extend(ask(editor));
    } else {
        effects.extend(go(state, at));
    }
    if others > 0 {
        state.say(format!(
            "{word}, also in {} with the same source",
            plural(others, "segment")
        ));
    }
    effects
}

/// Where the caret belongs after one text became another: behind what is new.
fn changed_at(old: &str, new: &str) -> usize {
    let tail = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum::<usize>();
    let head = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum::<usize>();
    (new.len() - tail.min(new.len())).max(head.min(new.len()))
}

/// What a replacement has changed is shown, checked without hurry, and saved soon.
pub(super) fn changed(editor: &mut Editor, outcome: &Outcome) -> Vec<Effect> {
    if outcome.changed.is_empty() {
        return Vec::new();
    }
    editor.saving.touched = true;
    let mut effects = vec![Effect::Wake(SAVE_AFTER)];
    effects.extend(told(editor, outcome));
    effects.extend(taken_over(editor, &outcome.changed));
    effects
}

/// What another program has changed is shown.
pub(super) fn taken_over(editor: &mut Editor, changed: &[usize]) -> Vec<Effect> {
    if changed.is_empty() {
        return Vec::new();
    }
    count(editor);
    let review = changed.iter().filter_map(|at| inspect(editor, *at));
    let mut effects: Vec<Effect> = review
        .map(|inspect| Effect::Review(Box::new(inspect)))
        .collect();
    // What was found in the document as a whole, or is being looked for, is not of this work.
    editor.whole.of = None;
    effects.extend(findings::stop(editor));
    if changed.contains(&editor.at) {
        enter(editor, editor.at);
        effects.extend(ask(editor));
    }
    effects
}

/// Writes the note of the current segment.
pub(super) fn set_note(state: &mut State, note: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let outcome = editor.session.set_note(editor.at, note);
    settled(editor, &outcome)
}

/// Takes over what is offered for the current segment.
pub(super) fn suggested(
    editor: &mut Editor,
    unit: usize,
    suggestions: crate::suggest::Suggestions,
) {
    if unit == editor.at {
        editor.offers = offers(&suggestions);
        editor.suggestions = Some(suggestions);
    }
}

/// Takes over an answer of the worker; nothing where the target has changed since.
pub(super) fn checked(state: &mut State, unit: usize, target: &str, findings: Vec<Finding>) {
    let Some(editor) = &mut state.editor else {
        return;
    };
    let now = editor.session.unit(unit).map(|unit| unit.target.as_str());
    if now == Some(target) {
        found(editor, unit, findings);
    }
}

/// Takes over the findings of a segment's target as it is now.
fn found(editor: &mut Editor, unit: usize, mut findings: Vec<Finding>) {
    let Some(note) = editor.session.unit(unit).map(|unit| &unit.note) else {
        return;
    };
    findings.retain(|finding| !allows(note, finding.rule));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    editor.session.set_findings(unit, findings.len());
    editor.checking.left.remove(&unit);
    if findings.is_empty() {
        editor.findings.remove(&unit);
    } else {
        editor.findings.insert(unit, findings);
    }
    if unit == editor.at {
        editor.checked = true;
        editor.issue = editor.issue.min(editor.issues().len().saturating_sub(1));
    }
}
