//! The current segment: typing, moving on, confirming, putting in terms and
//! matches, and telling the worker what follows from it.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::model::document::Unit;
use crate::session::{Filter, Outcome, Session, Work, work};
use crate::span::Span;
use crate::text::distance::{Op, diff};
use crate::tui::action::{Ask, Effect, Inspect, Note, Progress};
use crate::tui::line::{Line, Move, Wrap};
use crate::tui::state::{Cycle, Editor, Focus, Saving, State, offers};

/// Work is written this long after the first change that is not on disk, in milliseconds.
pub(super) const SAVE_AFTER: u64 = 1500;
/// What could not be written is tried again after this long.
const RETRY_AFTER: u64 = 5000;

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
        session,
    };
    enter(&mut editor, at);
    count(&mut editor);
    editor
}

/// The current unit.
fn unit(editor: &Editor) -> Option<&Unit> {
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
        from: editor.session.from(),
        to: editor.session.to,
    };
    let mut effects = vec![Effect::Suggest(Box::new(ask))];
    effects.extend(inspect(editor, editor.at).map(|inspect| Effect::Check(Box::new(inspect))));
    effects
}

/// Asks for the findings of every translated segment, without hurry.
pub(super) fn review(editor: &Editor) -> Vec<Effect> {
    let units = editor.session.document.units.iter().enumerate();
    let translated = units.filter(|(_, unit)| !unit.target.is_empty());
    translated
        .filter_map(|(at, _)| inspect(editor, at))
        .map(|inspect| Effect::Review(Box::new(inspect)))
        .collect()
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
fn typed(editor: &mut Editor) -> Vec<Effect> {
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

/// The work to be written, where it is not on disk; one writing at a time.
pub(super) fn save(editor: &mut Editor) -> Option<Effect> {
    if editor.saving.flying {
        editor.saving.again = editor.session.dirty();
        return None;
    }
    if !editor.saving.touched {
        return None;
    }
    let job = editor.session.job()?;
    editor.saving.flying = true;
    editor.saving.again = false;
    Some(Effect::Save(Box::new(job)))
}

/// The time has come to write what is not on disk, and to try again what failed.
pub(super) fn wake(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let mut effects: Vec<Effect> = save(editor).into_iter().collect();
    if !editor.untold.is_empty() {
        effects.push(Effect::Remember(std::mem::take(&mut editor.untold)));
    }
    effects
}

/// The work was written, or not.
pub(super) fn saved(
    state: &mut State,
    job: &work::Job,
    result: Result<Work, String>,
) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if editor.session.document.path != job.document {
        return Vec::new();
    }
    editor.saving.flying = false;
    match result {
        Ok(work) => {
            let changed = editor.session.saved(job, work);
            let mut effects = Vec::new();
            if !changed.is_empty() {
                count(editor);
                if changed.contains(&editor.at) {
                    enter(editor, editor.at);
                    effects.extend(ask(editor));
                }
            }
            if editor.saving.again || state.quitting {
                effects.extend(save(editor));
            } else if editor.session.dirty() {
                effects.push(Effect::Wake(SAVE_AFTER));
            }
            if state
                .trouble
                .as_ref()
                .is_some_and(|t| t.starts_with(NOT_SAVED))
            {
                state.trouble = None;
                state.say("saved again");
            } else if !changed.is_empty() {
                state.say(format!(
                    "{} segments were changed by another program and are taken over",
                    changed.len()
                ));
            }
            effects
        }
        Err(why) => {
            editor.saving.again = false;
            state.trouble = Some(format!("{NOT_SAVED}: {why}; trying again"));
            vec![Effect::Wake(RETRY_AFTER)]
        }
    }
}

/// How the sentence begins that stays until the work is on disk.
const NOT_SAVED: &str = "NOT SAVED";
/// How the sentence begins that stays until the memory has been written.
const NOT_KEPT: &str = "NOT REMEMBERED";

/// The memory was written, or not.
pub(super) fn remembered(
    state: &mut State,
    notes: Vec<Note>,
    result: Result<(), String>,
) -> Vec<Effect> {
    match result {
        Ok(()) => {
            if state
                .trouble
                .as_ref()
                .is_some_and(|t| t.starts_with(NOT_KEPT))
            {
                state.trouble = None;
            }
            Vec::new()
        }
        Err(why) => {
            if let Some(editor) = &mut state.editor {
                editor.untold.splice(0..0, notes);
            }
            state.trouble = Some(format!("{NOT_KEPT}: {why}; trying again"));
            vec![Effect::Wake(RETRY_AFTER)]
        }
    }
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
            "{} — {key} once more confirms all the same",
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
fn settled(editor: &mut Editor, outcome: &Outcome) -> Vec<Effect> {
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

/// What the memory has to forget and to keep after an edit.
fn told(editor: &mut Editor, outcome: &Outcome) -> Option<Effect> {
    let forget = outcome.forget.iter().cloned().map(Note::Forget);
    let keep = outcome.remember.iter().cloned();
    let keep = keep.map(|entry| Note::Keep(Box::new(entry)));
    // What failed before comes first: the last word on a unit must be the last line.
    let mut notes = std::mem::take(&mut editor.untold);
    notes.extend(forget.chain(keep));
    (!notes.is_empty()).then_some(Effect::Remember(notes))
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
    let effects = settled(editor, &outcome);
    state.say("the confirmation is taken back, here and in the memory");
    effects
}

/// Undoes the last step in this segment; where there is none, the last confirmation, wherever
/// that was, with everything it filled in.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let mut at = editor.at;
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
    if !editor.session.history.can_redo(at) {
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

/// Shows what undoing or redoing changed.
fn restored(state: &mut State, at: usize, outcome: &Outcome, word: &str) -> Vec<Effect> {
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
        effects.extend(inspect(editor, at).map(|inspect| Effect::Check(Box::new(inspect))));
    } else {
        effects.extend(go(state, at));
    }
    if others > 0 {
        state.say(format!(
            "{word}, also in {others} segments with the same source"
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

// ---- putting in ----

/// Puts in the rendering of the n-th term or number; pressed again, its next rendering.
pub(super) fn insert_term(state: &mut State, n: usize) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let Some(offer) = editor.offers.get(n) else {
        let said = match editor.offers.len() {
            0 => "no terms or numbers were found in this segment".to_owned(),
            many => format!("this segment has {many} terms and numbers"),
        };
        state.say(said);
        return Vec::new();
    };
    let count = offer.renderings.len();
    if count == 0 {
        state.say("this term has no rendering that may be used");
        return Vec::new();
    }
    let again = editor
        .cycle
        .filter(|cycle| cycle.offer == n && editor.line.caret() == cycle.span.end as usize);
    let rendering = again.map_or(0, |cycle| (cycle.rendering + 1) % count);
    let text = offer
        .renderings
        .get(rendering)
        .map(|(text, _)| text.clone())
        .unwrap_or_default();
    let span = again.map_or_else(|| editor.line.selection(), |cycle| cycle.span);
    let text = fitted(editor, span, &text);
    editor.session.history.pause();
    editor.line.put_at(span, &text);
    let end = editor.line.caret();
    let cycle = Cycle {
        offer: n,
        rendering,
        span: Span::new(end.saturating_sub(text.len()), end),
    };
    state.focus = Focus::Target;
    let effects = typed(editor);
    editor.cycle = Some(cycle);
    if count > 1 {
        let (at, of) = (rendering + 1, count);
        state.say(format!("rendering {at} of {of}; again for the next"));
    }
    effects
}

/// A rendering as it stands at a place: after an English word with a space, at the beginning of
/// an English sentence with a capital.
fn fitted(editor: &Editor, span: Span, text: &str) -> String {
    if editor.session.to.lang() == crate::lang::Lang::Zh {
        return text.to_owned();
    }
    let (before, _) = crate::span::halves(editor.line.text(), span.start as usize);
    let mut fitted = text.to_owned();
    let begins = before
        .trim_end_matches([' ', '“', '"', '(', '‘', '\n'])
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '.' | '?' | '!'));
    let mut chars = text.chars();
    if begins && let Some(first) = chars.next() {
        fitted = first.to_uppercase().chain(chars).collect();
    }
    let glued = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '.' | ';' | ':' | ')' | '”'));
    if glued {
        fitted.insert(0, ' ');
    }
    fitted
}

/// Replaces the target by the n-th match, repaired.
pub(super) fn insert_match(state: &mut State, n: usize) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let matches = editor.suggestions.as_ref().map_or(&[][..], |s| &s.matches);
    let Some(found) = matches.get(n) else {
        let said = match matches.len() {
            0 => "the memory has no match for this segment".to_owned(),
            many => format!("there are {many} matches"),
        };
        state.say(said);
        return Vec::new();
    };
    let (text, marks, said) = match &found.repaired {
        Some(repaired) => {
            let edits: Vec<String> = repaired
                .edits
                .iter()
                .map(|edit| format!("{} → {}", edit.from, edit.to))
                .collect();
            let marks = new_parts(&found.target, &repaired.target);
            (repaired.target.clone(), marks, edits.join(", "))
        }
        None => (found.target.clone(), Vec::new(), String::new()),
    };
    let score = found.score;
    editor.session.history.pause();
    editor.line.set(&text, marks);
    editor.cycle = None;
    state.focus = Focus::Target;
    let effects = typed(editor);
    if said.is_empty() {
        state.say(format!("match {} ({score}%) put in", n + 1));
    } else {
        state.say(format!(
            "match {} ({score}%) put in, repaired: {said}",
            n + 1
        ));
    }
    effects
}

/// The stretches of `new` that `old` has not.
fn new_parts(old: &str, new: &str) -> Vec<Span> {
    let mut at = 0;
    let mut parts = Vec::new();
    for (op, text) in diff(old, new) {
        match op {
            Op::Equal => at += text.len(),
            Op::Insert => {
                parts.push(Span::new(at, at + text.len()));
                at += text.len();
            }
            Op::Delete => {}
        }
    }
    parts
}

/// Puts a text in at the caret, as it stands there.
pub(super) fn put_in(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let text = fitted(editor, editor.line.selection(), text);
    edit(state, |line| line.paste(&text))
}

/// Makes the whole target another text.
pub(super) fn set_target(state: &mut State, text: &str) -> Vec<Effect> {
    state.focus = Focus::Target;
    edit(state, |line| line.set(text, Vec::new()))
}

/// Completes what stands before the caret to a rendering of this segment: by its first letters,
/// or Chinese by the initials of its pinyin. Pressed again, the next one.
pub(super) fn complete(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let (before, _) = crate::span::halves(editor.line.text(), editor.line.caret());
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() && !crate::text::chars::is_han(*c))
        .last()
        .map(|(i, _)| i);
    let Some(start) = start else {
        state.say("type the first letters, or the initials of the pinyin, first");
        return Vec::new();
    };
    let word = crate::span::halves(before, start).1.to_lowercase();
    let mut found: Vec<String> = Vec::new();
    let renderings = editor.offers.iter().flat_map(|offer| &offer.renderings);
    for (text, _) in renderings {
        let fits = text.to_lowercase().starts_with(&word)
            || crate::text::pinyin::keys(text)
                .iter()
                .any(|key| key.starts_with(&word));
        if fits && !found.contains(text) {
            found.push(text.clone());
        }
    }
    let Some(first) = found.first().cloned() else {
        state.say(format!("no rendering of this segment begins with “{word}”"));
        return Vec::new();
    };
    let span = Span::new(start, editor.line.caret());
    editor.session.history.pause();
    editor.line.put_at(span, &first);
    let effects = typed(editor);
    if found.len() > 1 {
        state.say(format!("also: {}", found.split_off(1).join(", ")));
    }
    effects
}

// ---- issues ----

/// Goes to the next issue of the document, or to the previous one.
pub(super) fn next_issue(state: &mut State, back: bool) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let here = editor.issues().len();
    let inside = if back {
        editor.issue.checked_sub(1)
    } else {
        Some(editor.issue + 1).filter(|&next| next < here)
    };
    if let Some(issue) = inside {
        editor.issue = issue;
        point(editor);
        return Vec::new();
    }
    let at = editor.at;
    let with = |range: &mut dyn Iterator<Item = usize>| range.next();
    let mut keys = editor.findings.keys().copied().collect::<Vec<_>>();
    if back {
        keys.reverse();
    }
    let beyond = |unit: &usize| if back { *unit < at } else { *unit > at };
    let next = with(&mut keys.iter().copied().filter(beyond)).or_else(|| keys.first().copied());
    let Some(next) = next else {
        state.say("no issues");
        return Vec::new();
    };
    let effects = go(state, next);
    if let Some(editor) = &mut state.editor {
        let last = editor.issues().len().saturating_sub(1);
        editor.issue = if back { last } else { 0 };
        point(editor);
    }
    effects
}

/// Selects what the current issue is about, where it is in the target.
fn point(editor: &mut Editor) {
    let place = editor
        .issues()
        .get(editor.issue)
        .filter(|finding| in_target(finding));
    if let Some(span) = place.map(|finding| finding.place.mark)
        && !span.is_empty()
    {
        editor.line.select(span);
    }
}

/// Whether a finding's place is in the target.
pub(super) fn in_target(finding: &Finding) -> bool {
    finding.side == Some(crate::finding::Side::Target)
}

/// Puts in what the current issue suggests.
pub(super) fn accept_fix(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if !editor.checked {
        state.say("the check of this text is not done yet");
        return Vec::new();
    }
    let issue = editor.issues().get(editor.issue);
    let Some((finding, fix)) = issue.and_then(|f| Some((f, f.suggestions.first()?))) else {
        state.say("this issue suggests nothing to put in");
        return Vec::new();
    };
    let (span, fix) = (finding.place.mark, fix.clone());
    if in_target(finding) && !span.is_empty() {
        edit(state, |line| line.put_at(span, &fix))
    } else {
        // Something is missing: it goes where the caret is.
        let at = editor.line.selection();
        let fix = fitted(editor, at, &fix);
        edit(state, |line| line.paste(&fix))
    }
}

/// Lets the current issue stand: the note says so, and the check heeds it.
pub(super) fn ignore(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let Some(rule) = editor.issues().get(editor.issue).map(|f| f.rule) else {
        state.say("there is no issue here");
        return Vec::new();
    };
    let note = unit(editor)
        .map(|unit| unit.note.clone())
        .unwrap_or_default();
    let gap = if note.is_empty() { "" } else { "\n" };
    let note = format!("{note}{gap}{ALLOW}{rule}");
    let outcome = editor.session.set_note(editor.at, &note);
    let effects = settled(editor, &outcome);
    editor.issue = 0;
    state.say(format!("{rule} stands here from now on; the note says so"));
    effects
}

/// What a note begins a line with to let the findings of a rule stand.
pub(super) const ALLOW: &str = "zm:allow ";

/// Whether a note lets the findings of a rule stand.
pub(super) fn allows(note: &str, rule: &str) -> bool {
    note.lines()
        .filter_map(|line| line.trim().strip_prefix(ALLOW))
        .any(|rest| rest.split_whitespace().next() == Some(rule))
}

/// Writes the note of the current segment.
pub(super) fn set_note(state: &mut State, note: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let outcome = editor.session.set_note(editor.at, note);
    settled(editor, &outcome)
}

// ---- what is shown ----

/// Shows only the segments that a filter lets through.
pub(super) fn filter(state: &mut State, filter: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
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
        state.say(format!("{all} segments shown; Esc shows all"));
    }
    next.map_or_else(Vec::new, |next| go(state, next))
}

/// The segments that a filter lets through.
fn visible(editor: &Editor, filter: &str) -> Vec<usize> {
    let filter = filter.trim();
    let units = editor.session.document.units.iter().enumerate();
    let wanted = crate::text::fold::fold(filter);
    let kind = filter.strip_prefix(':').and_then(|name| {
        let mut all = Filter::ALL.into_iter();
        all.find(|filter| filter.name() == name)
    });
    let fits = |at: usize, unit: &Unit| match kind {
        Some(kind) => editor.session.passes(kind, at),
        None => [&unit.source, &unit.target, &unit.note]
            .into_iter()
            .any(|text| crate::text::fold::fold(text).contains(&wanted)),
    };
    units
        .filter(|(at, unit)| fits(*at, unit))
        .map(|(at, _)| at)
        .collect()
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
