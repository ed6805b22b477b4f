//! Putting in: terms, numbers, matches, and what the first letters stand for.

use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::suggest::Edit;
use crate::text::chars::is_han;
use crate::text::distance::{Op, diff};
use crate::text::pinyin;
use crate::text::written::passage;
use crate::tui::action::Effect;
use crate::tui::state::{Cycle, Editor, Focus, Offer, State};
use crate::tui::update::segment::{edit, typed};

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
pub(super) fn fitted(editor: &Editor, span: Span, text: &str) -> String {
    if editor.session.to.lang() == Lang::Zh {
        return text.to_owned();
    }
    let (before, _) = halves(editor.line.text(), span.start as usize);
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
        fitted = format!(" {fitted}");
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
            1 => "there is 1 match".to_owned(),
            many => format!("there are {many} matches"),
        };
        state.say(said);
        return Vec::new();
    };
    let (text, marks, said) = match &found.repaired {
        Some(repaired) => {
            let edits: Vec<String> = repaired.edits.iter().map(Edit::to_string).collect();
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

/// Puts a text in at the caret, as it stands there: in the characters of the document's script.
pub(super) fn put_in(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let text = passage(text, editor.session.to);
    let text = fitted(editor, editor.line.selection(), &text);
    edit(state, |line| line.paste(&text))
}

/// Makes the whole target another text.
pub(super) fn set_target(state: &mut State, text: &str) -> Vec<Effect> {
    state.focus = Focus::Target;
    edit(state, |line| line.set(text, Vec::new()))
}

/// Where Chinese before the caret begins a rendering: as much of it as does.
fn begun(before: &str, offers: &[Offer]) -> Option<usize> {
    let han = before.char_indices().rev();
    let han: Vec<usize> = han
        .take_while(|(_, c)| is_han(*c))
        .map(|(at, _)| at)
        .collect();
    let begins = |at: &usize| {
        let typed = halves(before, *at).1;
        let mut renderings = offers.iter().flat_map(|offer| &offer.renderings);
        renderings.any(|(text, _)| text.starts_with(typed) && text != typed)
    };
    han.into_iter().rev().find(begins)
}

/// Completes what stands before the caret to a rendering of this segment: by its first letters,
/// or Chinese by the initials of its pinyin. Pressed again, the next one.
pub(super) fn complete(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let (before, _) = halves(editor.line.text(), editor.line.caret());
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() && !is_han(*c))
        .last()
        .map(|(i, _)| i)
        .or_else(|| begun(before, &editor.offers));
    let Some(start) = start else {
        state.say("type the first letters or characters, or the initials of the pinyin, first");
        return Vec::new();
    };
    let word = halves(before, start).1.to_lowercase();
    let mut found: Vec<String> = Vec::new();
    let renderings = editor.offers.iter().flat_map(|offer| &offer.renderings);
    for (text, _) in renderings {
        let fits = text.to_lowercase().starts_with(&word)
            || pinyin::keys(text).iter().any(|key| key.starts_with(&word));
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
