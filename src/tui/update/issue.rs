//! The issues that the checks found: going to them, putting right, letting stand.

use crate::finding::Finding;
use crate::span::{Span, halves};
use crate::text::chars::quoted;
use crate::text::code::codes;
use crate::tui::action::Effect;
use crate::tui::state::{Editor, State};
use crate::tui::update::insert::fitted;
use crate::tui::update::segment::{edit, go, settled};

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
    let issue = editor.issues().get(editor.issue);
    if let Some(span) = issue.and_then(spot) {
        editor.line.select(span);
    }
}

/// Goes to a segment, and selects there what a finding of it, or of the document as a whole, is
/// about.
pub(super) fn stand_at(state: &mut State, at: usize, finding: &Finding) -> Vec<Effect> {
    let effects = go(state, at);
    let Some(editor) = &mut state.editor else {
        return effects;
    };
    let same = |own: &Finding| {
        let key = |finding: &Finding| (finding.rule, finding.side, finding.place.span);
        key(own) == key(finding) && own.message == finding.message
    };
    if let Some(issue) = editor.issues().iter().position(same) {
        editor.issue = issue;
        point(editor);
    } else if let Some(span) = spot(finding) {
        editor.line.select(span);
    }
    effects
}

/// What of the target a finding is about.
pub(super) fn spot(finding: &Finding) -> Option<Span> {
    Some(finding.place.span).filter(|span| in_target(finding) && !span.is_empty())
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
    let any = issue.is_some();
    let Some((finding, fix)) = issue.and_then(|f| Some((f, f.suggestions.first()?))) else {
        state.say(if any {
            "this issue suggests nothing to put in"
        } else {
            "there is no issue here"
        });
        return Vec::new();
    };
    let (spot, fix) = (spot(finding), fix.clone());
    match spot {
        Some(span) => edit(state, |line| line.put_at(span, &fix)),
        None => put_missing(state, &fix),
    }
}

/// Puts in what is missing: round the selection what belongs round words, else at the caret.
/// Behind the end of the sentence nothing is right but a code, and that is said.
fn put_missing(state: &mut State, fix: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let key = state.keys.hint("accept-fix").to_owned();
    let at = editor.line.selection();
    if let Some(opens) = opening(fix) {
        if at.is_empty() {
            state.say(format!(
                "{} belongs round words: select them, then {key}",
                quoted(fix)
            ));
            return Vec::new();
        }
        let text = format!("{opens}{}{fix}", editor.line.selected());
        return edit(state, |line| line.paste(&text));
    }
    let code = codes(fix).first() == Some(&Span::all(fix));
    if at.is_empty() && !code && behind_the_end(editor.line.text(), at.start as usize) {
        state.say(format!(
            "{} is missing: go to where it belongs, then {key} puts it in",
            quoted(fix)
        ));
        return Vec::new();
    }
    let fix = fitted(editor, at, fix);
    edit(state, |line| line.paste(&fix))
}

/// What opens the words that a text closes: half of a link, or a mark of emphasis.
fn opening(fix: &str) -> Option<&str> {
    let emphasis = !fix.is_empty() && fix.chars().all(|c| matches!(c, '*' | '_' | '~'));
    if fix.starts_with("](") || fix.starts_with("][") {
        Some("[")
    } else {
        emphasis.then_some(fix)
    }
}

/// Whether a place is behind the mark that ends a text.
fn behind_the_end(text: &str, at: usize) -> bool {
    let (before, after) = halves(text, at);
    let before = before.trim_end_matches(['”', '’', '"', ')', '）', '」', '』', '*', '_']);
    after.trim().is_empty() && before.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Lets the current issue stand.
pub(super) fn ignore(state: &mut State) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let Some(rule) = editor.issues().get(editor.issue).map(|f| f.rule) else {
        state.say("there is no issue here");
        return Vec::new();
    };
    editor.issue = 0;
    let at = editor.at;
    allow(state, at, rule)
}

/// Lets the findings of a rule stand in a segment: the note says so, and the check heeds it.
pub(super) fn allow(state: &mut State, at: usize, rule: &str) -> Vec<Effect> {
    let Some(editor) = &mut state.editor else {
        return Vec::new();
    };
    let note = editor.session.unit(at).map(|unit| unit.note.as_str());
    let note = note.unwrap_or_default();
    let gap = if note.is_empty() { "" } else { "\n" };
    let note = format!("{note}{gap}{ALLOW}{rule}");
    let outcome = editor.session.set_note(at, &note);
    let effects = settled(editor, &outcome);
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
