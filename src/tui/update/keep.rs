//! Keeping the work: writing it, telling the memory, trying again what failed,
//! and leaving only when all is kept.

use std::path::Path;

use crate::review::Saved;
use crate::session::{Outcome, Work, work};
use crate::text::count::plural;
use crate::tui::action::{Effect, Note, Standing};
use crate::tui::state::{Editor, Knowing, State};
use crate::tui::update::segment;

/// Work is written this long after the first change that is not on disk, in milliseconds.
pub(super) const SAVE_AFTER: u64 = 1500;
/// What other programs wrote is looked for this often.
pub(super) const LOOK_AFTER: u64 = 3000;
/// What could not be written is tried again after this long.
const RETRY_AFTER: u64 = 5000;

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
    let mut effects: Vec<Effect> = save_review(state).into_iter().collect();
    let Some(editor) = &mut state.editor else {
        return effects;
    };
    effects.extend(save(editor));
    effects.extend(tell(editor, Vec::new()));
    let document = editor.session.document.path.clone();
    effects.extend([
        Effect::Stir(document, editor.standing),
        Effect::Wake(LOOK_AFTER),
    ]);
    if editor.outdated && state.message.is_none() {
        tell_outdated(state);
    }
    effects
}

/// The document's files are not as they were: looks what other programs did.
pub(super) fn stirred(state: &mut State, document: &Path, standing: Standing) -> Vec<Effect> {
    let editor = state.editor.as_mut();
    let editor = editor.filter(|editor| editor.session.document.path == document);
    let follow = editor.map(|editor| {
        editor.standing = standing;
        Effect::Follow(Box::new(editor.session.as_it_is()), editor.printed.clone())
    });
    follow.into_iter().collect()
}

fn tell_outdated(state: &mut State) {
    let home = state.keys.hint("home").to_owned();
    state.complain(format!(
        "the document was changed on disk: {home}, then Enter opens it anew"
    ));
}

/// What other programs did is known.
pub(super) fn followed(
    state: &mut State,
    job: &work::Job,
    theirs: Option<Work>,
    outdated: bool,
) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    if editor.session.document.path != job.document {
        return Vec::new();
    }
    let mut effects = Vec::new();
    let first = outdated && !editor.outdated;
    editor.outdated = outdated;
    if let Some(theirs) = theirs {
        let aside = editor.session.orphans.len();
        let changed = editor.session.seen(job, theirs);
        let lost = editor.session.orphans.len().saturating_sub(aside);
        effects.extend(segment::taken_over(editor, &changed));
        if editor.session.dirty() && editor.saving.touched {
            effects.push(Effect::Wake(SAVE_AFTER));
        }
        tell_of_others(state, changed.len(), lost);
    }
    if first {
        tell_outdated(state);
    }
    effects
}

/// Says what another program did to the work: so many segments changed, so many translations lost
/// their place.
fn tell_of_others(state: &mut State, changed: usize, lost: usize) {
    if lost > 0 {
        let lost = plural(lost, "translation");
        state.complain(format!(
            "another program works on this document too: {lost} had to yield, kept in the work \
             file as `orphan`"
        ));
    } else if changed > 0 {
        state.say(taken_over(changed, "segment"));
    }
}

/// The review to be written, where it is not on disk; one writing at a time.
pub(super) fn save_review(state: &mut State) -> Option<Effect> {
    let open = state.alignment.as_mut()?;
    if open.flying || !open.review.dirty() {
        return None;
    }
    open.flying = true;
    Some(Effect::SaveReview(Box::new(open.review.save())))
}

/// The review was written, or not.
pub(super) fn review_saved(
    state: &mut State,
    path: &Path,
    result: Result<Box<Saved>, String>,
) -> Vec<Effect> {
    let Some(open) = &mut state.alignment else {
        return Vec::new();
    };
    if open.review.path() != path {
        return Vec::new();
    }
    open.flying = false;
    let saved = match result {
        Ok(saved) => *saved,
        Err(why) => {
            state.not_saved = Some(why);
            return stay(state);
        }
    };
    let (taken, lost) = open.review.saved(saved);
    open.settle();
    let mut effects = Vec::new();
    if open.review.dirty() {
        effects.extend(save_review(state));
    }
    if state.not_saved.take().is_some() {
        state.say("saved again");
    } else if lost > 0 {
        let stay = if lost == 1 {
            "stays as it is"
        } else {
            "stay as they are"
        };
        let beads = plural(lost, "bead");
        state.complain(format!(
            "another program reviews this pair too: {beads} it decided otherwise {stay} here"
        ));
    } else if taken > 0 {
        state.say(taken_over(taken, "bead"));
    }
    effects.extend(go_on(state));
    effects
}

/// That so much was changed by another program.
fn taken_over(count: usize, noun: &str) -> String {
    let (was, is) = if count == 1 {
        ("was", "is")
    } else {
        ("were", "are")
    };
    let what = plural(count, noun);
    format!("{what} {was} changed by another program and {is} taken over")
}

/// What the memory has to forget and to keep after an edit.
pub(super) fn told(editor: &mut Editor, outcome: &Outcome) -> Option<Effect> {
    let forget = outcome.forget.iter().cloned().map(Note::Forget);
    let keep = outcome.remember.iter().cloned();
    let keep = keep.map(|entry| Note::Keep(Box::new(entry)));
    tell(editor, forget.chain(keep).collect())
}

/// Tells the memory. What failed before comes first: the last word on a unit must be the last line.
fn tell(editor: &mut Editor, more: Vec<Note>) -> Option<Effect> {
    let mut notes = std::mem::take(&mut editor.untold);
    notes.extend(more);
    if notes.is_empty() {
        return None;
    }
    editor.saving.telling += 1;
    Some(Effect::Remember(notes))
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
    let work = match result {
        Ok(work) => work,
        Err(why) => {
            editor.saving.again = false;
            state.not_saved = Some(why);
            return stay(state);
        }
    };
    let aside = editor.session.orphans.len();
    let changed = editor.session.saved(job, work);
    let lost = editor.session.orphans.len().saturating_sub(aside);
    let mut effects = segment::taken_over(editor, &changed);
    if editor.saving.again {
        effects.extend(save(editor));
    } else if editor.session.dirty() {
        effects.push(Effect::Wake(SAVE_AFTER));
    }
    if state.not_saved.take().is_some() {
        state.say("saved again");
    } else {
        tell_of_others(state, changed.len(), lost);
    }
    effects.extend(go_on(state));
    effects
}

/// The memory was written, or not; then these notes are left.
pub(super) fn remembered(
    state: &mut State,
    notes: Vec<Note>,
    result: Result<(), String>,
) -> Vec<Effect> {
    if let Some(editor) = &mut state.editor {
        editor.saving.telling = editor.saving.telling.saturating_sub(1);
        editor.untold.splice(0..0, notes);
    }
    match result {
        Ok(()) => {
            state.not_kept = None;
            go_on(state)
        }
        Err(why) => {
            state.not_kept = Some(why);
            stay(state)
        }
    }
}

/// What must not be overlooked: shown until it is put right.
pub(crate) fn trouble(state: &State) -> Option<String> {
    let (what, why) = match (&state.not_saved, &state.not_kept) {
        (Some(why), _) => ("NOT SAVED", why),
        (None, Some(why)) => ("NOT REMEMBERED", why),
        (None, None) => return None,
    };
    let quit = state.keys.hint("quit");
    let leave = if state.refused {
        format!(" ({quit} once more leaves all the same)")
    } else {
        String::new()
    };
    Some(format!("{what}, trying again{leave}: {why}"))
}

// ---- leaving ----

/// Whether everything is on disk and in the memory.
fn kept(state: &State) -> bool {
    let reviewed = state.alignment.as_ref();
    if reviewed.is_some_and(|open| open.flying || open.review.dirty()) {
        return false;
    }
    if state
        .proposals
        .as_ref()
        .is_some_and(|open| open.list.writing())
    {
        return false;
    }
    let Some(editor) = &state.editor else {
        return true;
    };
    let saving = editor.saving;
    let dirty = saving.touched && editor.session.dirty();
    let written = !saving.flying && !dirty;
    // While the memory is being opened the worker holds the notes, and ends only with them.
    let told = saving.telling == 0 || state.knowing != Knowing::Ready;
    written && told && editor.untold.is_empty()
}

/// Ends the program: at once where all is kept, else as soon as it is. Asked again, at once.
pub(super) fn quit(state: &mut State) -> Vec<Effect> {
    let again = state.quitting || state.refused;
    let mut effects = wake(state);
    state.quitting = true;
    if again || kept(state) {
        effects.extend([Effect::Tidy, Effect::Quit]);
    } else {
        state.say("saving …");
    }
    effects
}

/// The terminal is gone: what can be kept is kept, and nobody can be asked.
pub(super) fn hang_up(state: &mut State) -> Vec<Effect> {
    state.gone = true;
    if state.quitting {
        return Vec::new();
    }
    quit(state)
}

/// Opens another document, once all of this one is kept.
pub(super) fn open(state: &mut State, next: Effect) -> Vec<Effect> {
    let effects = wake(state);
    state.next = Some(next);
    effects.into_iter().chain(go_on(state)).collect()
}

/// What waited for all to be kept.
pub(super) fn go_on(state: &mut State) -> Vec<Effect> {
    if !kept(state) {
        return Vec::new();
    }
    if state.quitting {
        return vec![Effect::Tidy, Effect::Quit];
    }
    state.next.take().into_iter().collect()
}

/// Something could not be kept: the document stays open.
fn stay(state: &mut State) -> Vec<Effect> {
    state.next = None;
    if state.gone {
        return vec![Effect::Quit];
    }
    state.refused = std::mem::take(&mut state.quitting);
    vec![Effect::Wake(RETRY_AFTER)]
}
