//! The findings of the open document as a whole: asking for them, and taking them over.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Stop;
use crate::finding::Side;
use crate::tui::action::{Effect, OfWhole, ToExamine};
use crate::tui::panel::form::Kind;
use crate::tui::state::{Editor, Examined, State};
use crate::tui::update::form;
use crate::tui::update::issue::allows;

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
    renew(state)
}

/// Asks anew for the findings of the document as a whole, where somebody looks at them and they
/// are of other work.
pub(super) fn renew(state: &mut State) -> Vec<Effect> {
    let form = state.form.as_ref();
    if form.is_none_or(|form| !matches!(form.kind, Kind::Deliver(_))) {
        return Vec::new();
    }
    examine(state).into_iter().collect()
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
