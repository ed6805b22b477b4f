//! What the worker found out, taken over into the state.

use crate::finding::Finding;
use crate::session::Session;
use crate::text::count::plural;
use crate::tui::action::{Answer, Delivery, Effect, Survey};
use crate::tui::panel::page;
use crate::tui::perform::EXISTS;
use crate::tui::state::{Focus, Knowing, State};
use crate::tui::update::{
    alignment, concept, findings, import, keep, list, proposal, replace, segment,
};

/// Takes an answer over. One that comes too late (for a segment that was left, a
/// query that has changed) is dropped.
pub(super) fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    match awaited(state, answer) {
        Some(answer) => given(state, answer),
        None => Vec::new(),
    }
}

/// The answer, unless nobody waits for it any more, or it would open under the hands of somebody
/// who types: then it is kept until it is asked for again.
fn awaited(state: &mut State, answer: Answer) -> Option<Answer> {
    let (ticket, opens) = match &answer {
        Answer::Aligned(ticket, result, _) => (*ticket, result.is_ok()),
        Answer::Proposed(ticket, result, _) => {
            let some = result.as_ref().is_ok_and(|list| !list.items.is_empty());
            (*ticket, some)
        }
        Answer::Imported(ticket, result) => {
            (*ticket, result.as_ref().is_ok_and(|seen| !seen.written))
        }
        _ => return Some(answer),
    };
    let waited = state.arrived(ticket)?;
    if opens && waited.typed {
        state.ready = Some((waited.what, Box::new(answer)));
        return None;
    }
    if matches!(answer, Answer::Imported(_, Err(_))) && !waited.typed {
        import::refused(state);
    }
    Some(answer)
}

/// Opens what came while keys were pressed, where it is of the kind that is asked for again.
pub(super) fn again(state: &mut State, asked: impl FnOnce(&Answer) -> bool) -> Option<Vec<Effect>> {
    let (_, answer) = state.ready.take_if(|(_, answer)| asked(answer))?;
    Some(given(state, *answer))
}

fn given(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Surveyed(survey) => surveyed(state, survey),
        answer @ (Answer::Measured(_)
        | Answer::Learned(..)
        | Answer::Recalled(..)
        | Answer::Indexing(_)
        | Answer::Weighed(_)) => known(state, answer),
        Answer::Opened(session, findings) => opened(state, *session, &findings),
        Answer::Suggested(unit, suggestions) => {
            if let Some(editor) = &mut state.editor {
                segment::suggested(editor, unit, *suggestions);
            }
            Vec::new()
        }
        Answer::Checked(unit, target, findings) => {
            segment::checked(state, unit, &target, findings);
            replace::checked(state, unit);
            findings::checked(state, unit)
        }
        Answer::Examined(stop, found) => findings::examined(state, &stop, found),
        Answer::Sought(round) => replace::sought(state, round),
        Answer::Searched(query, result) => {
            state.concordance.take(&query, result);
            Vec::new()
        }
        Answer::Guessed(text, guess) => {
            if let Some(form) = &mut state.form {
                form.guessed(&text, &guess);
            }
            Vec::new()
        }
        Answer::Saved(job, result) => keep::saved(state, &job, result),
        Answer::Stirred(document, standing) => keep::stirred(state, &document, standing),
        Answer::Followed(job, theirs, outdated) => keep::followed(state, &job, theirs, outdated),
        Answer::Remembered(notes, result) => keep::remembered(state, notes, result),
        Answer::TermSaved(result, added, judge, glossaries) => {
            state.judge = judge;
            state.home.glossaries(glossaries);
            let editor = state.editor.as_ref();
            let turns = editor.map(|editor| editor.session.history.turns());
            state.added = turns.zip(added);
            term_saved(state, result)
        }
        Answer::Delivered(result) => {
            delivered(state, result);
            Vec::new()
        }
        Answer::Explained(lines) => {
            // Another page may have been opened meanwhile.
            if state.page.title == page::WHY {
                state.page = page::State::new(page::WHY, lines);
            }
            Vec::new()
        }
        answer @ (Answer::Aligned(..)
        | Answer::Realigned(..)
        | Answer::ReviewSaved(..)
        | Answer::Sent(_)
        | Answer::Proposed(..)
        | Answer::Placed(..)
        | Answer::Decided(..)) => reviewed(state, answer),
        answer @ (Answer::Browsed(..)
        | Answer::Looked(_)
        | Answer::Filled(_)
        | Answer::Completed(_)
        | Answer::Imported(..)) => of_glossaries(state, answer),
        Answer::Failed(why) => {
            state.complain(why);
            Vec::new()
        }
    }
}

/// Takes over an answer about the rows of glossaries, and about what is to become some.
fn of_glossaries(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Browsed(title, rows) => {
            state.browse.take(title, rows);
            proposal::browsed(state);
        }
        Answer::Looked(result) => concept::looked(state, result),
        Answer::Filled(result) => concept::filled(state, result),
        Answer::Completed(done) => import::completed(state, &done),
        Answer::Imported(_, result) => return import::answered(state, result),
        _ => {}
    }
    Vec::new()
}

/// Takes over what is known of the workspace: its glossaries, its memories, how far its documents are.
fn known(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Measured(row) => {
            state.home.measured(row, state.to);
            Vec::new()
        }
        Answer::Learned(judge, glossaries, findings) => {
            state.judge = judge;
            state.home.glossaries(glossaries);
            if state.knowing == Knowing::Loading {
                state.knowing = Knowing::Terms;
            }
            complain(state, &findings);
            all(state)
        }
        Answer::Recalled(memories, findings) => {
            state.home.memories(memories);
            recalled(state, &findings)
        }
        Answer::Indexing(percent) => {
            state.indexing = Some(percent).filter(|percent| *percent < 100);
            Vec::new()
        }
        Answer::Weighed(memories) => {
            state.home.memories(memories);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes over an answer about a review.
fn reviewed(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Aligned(_, result, findings) => {
            let effects = alignment::opened(state, result);
            complain(state, &findings);
            effects
        }
        Answer::Realigned(revision, result) => alignment::realigned(state, revision, result),
        Answer::ReviewSaved(path, result) => keep::review_saved(state, &path, result),
        Answer::Sent(result) => sent(state, result),
        Answer::Proposed(_, result, told) => proposal::opened(state, result, &told),
        Answer::Placed(at, places) => {
            if let Some(open) = &mut state.proposals {
                open.placed(at, *places);
            }
            Vec::new()
        }
        Answer::Decided(at, result, now) => {
            let mut effects = Vec::new();
            if let Some((judge, glossaries)) = now {
                state.judge = judge;
                state.home.glossaries(glossaries);
                effects = all(state);
            }
            effects.extend(proposal::decided(state, at, result));
            effects
        }
        _ => Vec::new(),
    }
}

/// The memory is open: what waited for it is asked.
fn recalled(state: &mut State, findings: &[Finding]) -> Vec<Effect> {
    state.knowing = Knowing::Ready;
    complain(state, findings);
    let mut effects = state.editor.as_ref().map_or_else(Vec::new, segment::ask);
    if state.focus == Focus::Concordance {
        effects.extend(list::search(state));
    }
    effects
}

/// Units were sent to the memory, which is read anew: what was sent is found at once.
fn sent(state: &mut State, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(said) => {
            state.say(said);
            vec![Effect::Recall]
        }
        Err(why) => {
            state.complain(why);
            Vec::new()
        }
    }
}

/// The files of the workspace are known; how far each document is has to be asked.
fn surveyed(state: &mut State, survey: Survey) -> Vec<Effect> {
    let measures = survey.documents.iter().cloned().map(Effect::Measure);
    let measures = measures.collect();
    let first = !state.home.known;
    state.home.take(survey, state.to);
    // Home may be looked at before it is known what is there.
    if let Some(editor) = state.editor.as_ref().filter(|_| first) {
        state.home.select(&editor.session.name);
    }
    measures
}

/// A document is there: its current segment first, then the rest of it.
fn opened(state: &mut State, session: Session, findings: &[Finding]) -> Vec<Effect> {
    let left = state.editor.as_mut().and_then(findings::stop);
    let mut editor = segment::opened(session);
    let used = editor.session.used();
    let used = used.map(|(source, target)| (source.to_owned(), target.to_owned()));
    let mut effects = vec![Effect::Use(used.collect(), true)];
    effects.extend(left);
    effects.extend(segment::ask(&editor));
    effects.extend(segment::review(&mut editor));
    let held = editor.session.facts.iter();
    let held = held.filter_map(|facts| facts.remembered.as_deref().cloned());
    effects.push(Effect::Mend(held.collect()));
    effects.push(Effect::Wake(keep::LOOK_AFTER));
    let facts = editor.session.facts.iter();
    let moved = facts.filter(|facts| !facts.was.is_empty()).count();
    let (segments, confirmed) = (editor.progress.segments, editor.progress.confirmed);
    state.editor = Some(editor);
    state.added = None;
    // A list or form opened at home meanwhile keeps the keyboard, and gives it to the document.
    let typed_in = matches!(
        state.focus,
        Focus::Concordance | Focus::Form | Focus::Palette | Focus::Browse | Focus::Page
    );
    if !typed_in || state.back != Focus::Home {
        state.focus = Focus::Target;
    }
    state.back = Focus::Target;
    if segments == 0 {
        state.complain("this document has no text to translate");
    } else {
        state.say(format!(
            "{}, {confirmed} confirmed{}",
            plural(segments, "segment"),
            match moved {
                0 => String::new(),
                moved => format!(", {moved} with another source than before (:changed)"),
            }
        ));
    }
    complain(state, findings);
    effects.extend(findings::open_first(state));
    effects
}

fn term_saved(state: &mut State, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(said) => {
            let mut effects: Vec<Effect> = concept::saved(state).into_iter().collect();
            state.say(said);
            effects.extend(all(state));
            effects
        }
        Err(why) => {
            state.complain(why);
            Vec::new()
        }
    }
}

fn delivered(state: &mut State, result: Result<Delivery, String>) {
    match result {
        Ok(delivery) => {
            if state.focus == Focus::Form {
                state.close();
            }
            let path = delivery.path.display();
            state.say(match delivery.untranslated {
                0 => format!("delivered: {path}"),
                n => format!("delivered: {path}; {n} segments are still in the source language"),
            });
        }
        Err(why) => {
            if let Some(form) = &mut state.form {
                form.refused(why == EXISTS);
            }
            state.complain(why);
        }
    }
}

/// Asks for everything that hangs on the terms: of this segment first.
fn all(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let mut effects = segment::ask(editor);
    effects.extend(segment::review(editor));
    effects.extend(findings::renew(state));
    effects
}

/// Says the first thing that was wrong with a file, and how many more there are.
fn complain(state: &mut State, findings: &[Finding]) {
    let Some(first) = findings.first() else {
        return;
    };
    let more = match findings.len() {
        1 => String::new(),
        n => format!(" (and {} more)", n - 1),
    };
    let path = first.place.path.display();
    let place = match first.place.line {
        0 => path.to_string(),
        line => format!("{path}:{line}"),
    };
    state.complain(format!("{place}: {}{more}", first.message));
}
