//! Forms: what stands in them when they open, and what Enter does.

use std::path::PathBuf;

use crate::finding::Severity;
use crate::glossary::{Column, NewRow};
use crate::lang::Lang;
use crate::project::delivered;
use crate::session::{deliver as delivery, work};
use crate::span::Span;
use crate::text::count::plural;
use crate::tui::action::{Effect, OfWhole, TermChange};
use crate::tui::panel::form::{Form, Kind};
use crate::tui::state::{Focus, Offer, State};
use crate::tui::theme::Theme;
use crate::tui::update::{alignment, concept, filter, findings, import, proposal, segment};

pub(super) fn show(state: &mut State, form: Form) {
    state.form = Some(form);
    state.open(Focus::Form);
}

/// A new term, from what is selected on both sides. With nothing selected in the source, a word
/// at its cursor; in the target, what would be guessed is left to the user.
pub(super) fn add_term(state: &mut State) -> Vec<Effect> {
    let (mut zh, mut en) = (String::new(), String::new());
    if let Some(editor) = state.editor.as_ref().filter(|_| state.focus != Focus::Home) {
        let from = editor.session.from();
        let source = match editor.source.selected() {
            "" if state.focus == Focus::Source => editor.source.word().of(editor.source.text()),
            selected => selected,
        };
        let target = editor.line.selected();
        let (a, b) = match from {
            Lang::Zh => (&mut zh, &mut en),
            Lang::En => (&mut en, &mut zh),
        };
        bare(source).clone_into(a);
        bare(target).clone_into(b);
    }
    let mut form = Form::new(
        Kind::AddTerm,
        "Add term",
        &[("zh", &zh), ("en", &en), ("subject", ""), ("note", "")],
    );
    // The first field that is empty has the caret; the memory may know what goes there.
    form.at = usize::from(!zh.is_empty() && en.is_empty());
    show(state, form);
    match (zh.is_empty(), en.is_empty()) {
        (false, true) => vec![Effect::Guess(zh, Lang::Zh)],
        (true, false) => vec![Effect::Guess(en, Lang::En)],
        _ => Vec::new(),
    }
}

/// What is selected without the punctuation around it, which a selection by words takes along;
/// the full stop of U.S. stays.
fn bare(selected: &str) -> &str {
    const MARKS: &[char] = &[
        ',', ';', ':', '!', '?', '，', '。', '；', '：', '！', '？', '、', '“', '”', '"',
    ];
    let around = |c: char| c.is_whitespace() || MARKS.contains(&c);
    let inner = selected.trim_matches(around);
    match inner.strip_suffix('.') {
        Some(open) if !open.contains('.') => open.trim_matches(around),
        _ => inner,
    }
}

/// The term at the source cursor, or the one put in last, or the first.
pub(super) fn edit_term(state: &mut State, avoid: bool) {
    let Some(editor) = &state.editor else {
        return;
    };
    let terms: Vec<_> = editor
        .offers
        .iter()
        .filter(|offer| !offer.row.is_empty())
        .collect();
    let caret = editor.source.caret() as u32;
    let selected = bare(editor.line.selected()).to_owned();
    let by_cursor = terms
        .iter()
        .find(|offer| offer.span.start <= caret && caret < offer.span.end)
        .filter(|_| state.focus == Focus::Source || caret > 0);
    let marked = editor.source.selection();
    let in_source = state.focus == Focus::Source && !marked.is_empty();
    let by_mark = marked_term(&terms, marked).filter(|_| in_source);
    // What is selected is meant, or nothing.
    if in_source && by_mark.is_none() {
        no_term(state);
        return;
    }
    let by_selection = terms.iter().find(|offer| {
        let mut renderings = offer.renderings.iter();
        !selected.is_empty() && renderings.any(|(text, _)| *text == selected)
    });
    let put_in = editor.cycle.and_then(|cycle| {
        let offer = editor.offers.get(cycle.offer)?;
        let (text, _) = offer.renderings.get(cycle.rendering)?;
        (!offer.row.is_empty()).then_some((offer, text.as_str()))
    });
    let by_cycle = put_in.map(|(offer, _)| offer);
    // What was just put in is meant, unless something is selected or the cursor is in the source.
    let just_put_in =
        by_cycle.filter(|_| avoid && selected.is_empty() && state.focus != Focus::Source);
    let Some(offer) = by_mark
        .or(just_put_in)
        .or(by_selection.copied())
        .or(by_cursor.copied())
        .or(by_cycle)
        .or(terms.first().copied())
    else {
        no_term(state);
        return;
    };
    let to = editor.session.to.lang();
    let never = match (avoid, just_put_in.and(put_in)) {
        (false, _) => "",
        (true, Some((_, rendering))) => rendering,
        (true, None) => selected.as_str(),
    };
    let source = offer.span.of(editor.source.text());
    let first = offer.renderings.first().map_or("", |(text, _)| text);
    let mut form = Form::new(
        Kind::EditTerm(offer.row.clone(), first.to_owned(), to),
        format!("{source} = {first} · {}", offer.row),
        &[
            ("also right ~", if avoid { "" } else { &selected }),
            ("abbreviation", ""),
            ("never ✗", never),
        ],
    );
    form.at = if avoid { 2 } else { 0 };
    form.remarks = vec![
        format!(
            "has: {}",
            offer
                .renderings
                .iter()
                .map(|(text, status)| format!("{}{text}", Theme::term_mark(*status)))
                .chain(offer.avoid.iter().map(|text| format!("✗{text}")))
                .collect::<Vec<_>>()
                .join("  ")
        ),
        offer.remark.clone(),
    ];
    form.remarks.retain(|remark| !remark.is_empty());
    show(state, form);
}

/// The term that is exactly what is marked in the source, else one that overlaps it.
fn marked_term<'a>(terms: &[&'a Offer], marked: Span) -> Option<&'a Offer> {
    let exact = terms.iter().find(|offer| offer.span == marked);
    let near = || terms.iter().find(|offer| offer.span.overlaps(marked));
    exact.or_else(near).copied()
}

fn no_term(state: &mut State) {
    let key = state.keys.hint("add-term").to_owned();
    state.say(format!("no term here to edit; {key} adds one"));
}

/// The note of the current segment.
pub(super) fn note(state: &mut State) {
    let Some(editor) = &state.editor else {
        return;
    };
    let note = editor
        .session
        .unit(editor.at)
        .map(|unit| unit.note.replace('\n', " | "));
    let title = format!("Note to segment {}", editor.at + 1);
    let form = Form::new(Kind::Note, title, &[("note", &note.unwrap_or_default())]);
    show(state, form);
}

/// What is shown of the document.
pub(super) fn filter(state: &mut State) {
    let Some(editor) = &state.editor else {
        return;
    };
    let mut form = Form::new(Kind::Filter, "Show", &[("segments with", &editor.filter)]);
    let names = crate::session::Filter::ALL.iter().skip(1);
    // No name is parted by the end of a row.
    let whole = |name: &str| format!(":{}", name.replace(' ', "\u{a0}"));
    let names: Vec<String> = names.map(|filter| whole(filter.name())).collect();
    form.remarks = vec![
        "a word of source, target or note; empty shows all".to_owned(),
        format!("or {}", names.join("  ")),
    ];
    if let Some(line) = form.line() {
        line.select_all();
    }
    show(state, form);
}

/// The name of the delivered file, with what is missing in it.
pub(super) fn deliver(state: &mut State) -> Vec<Effect> {
    // A document as a whole takes its time to be checked: that is told when it is there.
    let examine = findings::examine(state);
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let path = delivered(&editor.session.document.path, editor.session.to.lang());
    let progress = editor.progress;
    let open = progress.segments - progress.confirmed - progress.drafts;
    let count = |severity| {
        let all = editor.findings.values().flatten();
        all.filter(|finding| finding.severity == severity).count()
    };
    let mut remarks = vec![format!(
        "{}: {} confirmed, {}, {open} untranslated{}",
        plural(progress.segments, "segment"),
        progress.confirmed,
        plural(progress.drafts, "draft"),
        if open > 0 {
            " (these keep the source)"
        } else {
            ""
        },
    )];
    let list = match state.keys.hint("findings") {
        key if !editor.findings.is_empty() => format!(" (Esc, then {key} lists them)"),
        _ => String::new(),
    };
    remarks.push(format!(
        "findings: {}, {}, {}{list}",
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        plural(count(Severity::Note), "note"),
    ));
    let found = editor.findings.iter();
    let mut found: Vec<_> = found
        .flat_map(|(unit, findings)| findings.iter().map(move |finding| (unit, finding)))
        .collect();
    found.sort_by_key(|(unit, finding)| (std::cmp::Reverse(finding.severity), **unit));
    for (unit, finding) in found.into_iter().take(5) {
        remarks.push(format!(
            "  {} {} {}: {}",
            unit + 1,
            Theme::severity_mark(finding.severity),
            finding.rule,
            finding.message
        ));
    }
    let mut form = Form::new(
        Kind::Deliver(false),
        "Deliver",
        &[("file", &path.display().to_string())],
    );
    form.remarks = remarks;
    show(state, form);
    examined(state);
    examine.into_iter().collect()
}

/// The findings of the document as a whole are there, for the form that asked for them.
pub(super) fn examined(state: &mut State) {
    if !findings::fresh(state) {
        return;
    }
    let Some(editor) = &state.editor else {
        return;
    };
    let form = state.form.as_mut();
    let Some(form) = form.filter(|form| matches!(form.kind, Kind::Deliver(_))) else {
        return;
    };
    let units = editor.whole.findings.keys();
    let mut found: Vec<&OfWhole> = units
        .flat_map(|unit| findings::of_whole(editor, *unit))
        .collect();
    if found.is_empty() {
        return;
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.finding.severity));
    let counted = plural(found.len(), "finding");
    form.remarks
        .push(format!("the document as a whole: {counted}"));
    form.remarks.extend(found.into_iter().take(3).map(|found| {
        let finding = &found.finding;
        let mark = Theme::severity_mark(finding.severity);
        format!(
            "  {} {mark} {}: {}",
            found.unit + 1,
            finding.rule,
            finding.message
        )
    }));
}

/// Enter in a form: does what it is for.
pub(super) fn submit(state: &mut State) -> Vec<Effect> {
    let Some(form) = state.form.clone() else {
        return Vec::new();
    };
    match &form.kind {
        Kind::AddTerm => {
            if form.text(0).is_empty() || form.text(1).is_empty() {
                state.complain("a term needs both languages");
                return Vec::new();
            }
            let source = state.editor.as_ref().filter(|_| state.back != Focus::Home);
            let row = NewRow {
                zh: form.text(0).to_owned(),
                en: form.text(1).to_owned(),
                subject: form.text(2).to_owned(),
                note: form.text(3).to_owned(),
                source: source
                    .map(|editor| editor.session.name.clone())
                    .unwrap_or_default(),
                updated: state.now.chars().take(10).collect(),
                ..NewRow::default()
            };
            state.close();
            vec![Effect::Term(TermChange::Add(Box::new(row)))]
        }
        Kind::EditTerm(row, was, lang) => {
            let change = |at: usize, make: &dyn Fn(String) -> TermChange| {
                let text = form.text(at).to_owned();
                (!text.is_empty()).then(|| Effect::Term(make(text)))
            };
            let append = |column| {
                move |term: String| TermChange::Append {
                    row: row.clone(),
                    was: was.clone(),
                    lang: *lang,
                    column,
                    term,
                }
            };
            let effects = [
                change(0, &append(Column::Admitted)),
                change(1, &append(Column::Abbreviation)),
                change(2, &|term| TermChange::Avoid {
                    row: row.clone(),
                    was: was.clone(),
                    lang: *lang,
                    term,
                }),
            ];
            state.close();
            effects.into_iter().flatten().collect()
        }
        Kind::Note => {
            let note = form.text(0).replace(" | ", "\n");
            state.close();
            segment::set_note(state, &note)
        }
        Kind::Filter => {
            state.close();
            filter::filter(state, form.text(0))
        }
        Kind::Deliver(over) => write(state, form.text(0), *over),
        Kind::Cut(lang, sentence) => alignment::cut(state, *lang, *sentence),
        Kind::ToMemory => alignment::send(state),
        Kind::EditProposal(at) => proposal::accept_edited(state, *at),
        Kind::MergeProposal(at, origin, was) => proposal::merge(state, *at, origin, was),
        Kind::Concept(row) => concept::submit(state, row),
        Kind::Import(_) => import::read(state),
        Kind::FilterProposals => {
            let text = form.text(0).to_owned();
            state.close();
            proposal::filter(state, &text)
        }
    }
}

/// Delivers into a file of this name.
fn write(state: &mut State, name: &str, over: bool) -> Vec<Effect> {
    if name.is_empty() {
        state.complain("the file needs a name");
        return Vec::new();
    }
    let path = PathBuf::from(name);
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    if let Some(what) = work::own(&editor.session.document.path, &path) {
        state.complain(format!("{what}: choose another name"));
        return Vec::new();
    }
    let made = delivery(&editor.session.document, editor.session.to, true);
    let untranslated = made.untranslated.len();
    let printed = editor.printed.clone();
    vec![Effect::Deliver(
        path,
        made.bytes,
        untranslated,
        over,
        printed,
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selected_term_is_without_the_marks_around_it() {
        for (selected, term) in [
            ("decree, ", "decree"),
            ("decree.", "decree"),
            ("U.S.", "U.S."),
            ("“星门计划”，", "星门计划"),
            (
                "Artificial Intelligence (AI)",
                "Artificial Intelligence (AI)",
            ),
            (", ", ""),
        ] {
            assert_eq!(bare(selected), term);
        }
    }
}
