//! Forms: a proposal put right, merged into a concept, or looked for.

use super::{decide, evidence, look, undecided};
use crate::glossary::{Column, NewRow};
use crate::lang::{Lang, Pair};
use crate::model::concept::Origin;
use crate::review::proposal::{Addition, Choice, Kin};
use crate::text::fold::fold;
use crate::tui::action::{ConceptLine, Effect};
use crate::tui::line::Line;
use crate::tui::panel::form::{Form, Kind};
use crate::tui::panel::proposals::State as Open;
use crate::tui::state::{Focus, State};
use crate::tui::update::{form, list};

/// What the form of merging calls the columns.
const COLUMNS: [(&str, Column); 4] = [
    ("admitted", Column::Admitted),
    ("preferred", Column::Preferred),
    ("abbreviation", Column::Abbreviation),
    ("never", Column::Avoid),
];

pub(super) fn edit_form(state: &mut State) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let Some(item) = state.proposals.as_ref().and_then(Open::item) else {
        return Vec::new();
    };
    let proposal = &item.proposal;
    let fields = [
        ("zh", proposal.zh.as_str()),
        ("en", proposal.en.as_str()),
        ("en_abbr", proposal.abbreviation.as_str()),
        ("subject", ""),
        ("note", ""),
        ("status", "approved"),
    ];
    let mut form = Form::new(Kind::EditProposal(at), "Accept as", &fields);
    form.remarks = vec!["status: approved, or proposed for somebody else to agree".to_owned()];
    form::show(state, form);
    Vec::new()
}

/// Accepts what stands in the form.
pub(in crate::tui::update) fn accept_edited(state: &mut State, at: usize) -> Vec<Effect> {
    let (Some(form), Some(open)) = (&state.form, &state.proposals) else {
        return Vec::new();
    };
    if form.text(0).is_empty() || form.text(1).is_empty() {
        state.complain("a term needs both languages");
        return Vec::new();
    }
    let proposed = match form.text(5) {
        "" | "approved" => false,
        "proposed" => true,
        other => {
            let say = format!("`{other}` is no status: approved or proposed");
            state.complain(say);
            return Vec::new();
        }
    };
    let text = |at: usize| form.text(at).to_owned();
    let row = NewRow {
        zh: text(0),
        en: text(1),
        en_abbr: text(2),
        subject: text(3),
        note: text(4),
        proposed,
        ..evidence(&open.list, at, &state.now)
    };
    state.close();
    decide(state, at, Choice::Accept(Box::new(row)))
}

/// Asks into which concept: the one that has a term of the proposal, where that is one, else a
/// list to choose from.
pub(super) fn merge_form(state: &mut State) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let Some(open) = &state.proposals else {
        return Vec::new();
    };
    match open.list.kin(at).as_slice() {
        [only] => {
            let only = only.clone();
            show_merge(state, at, &only);
            Vec::new()
        }
        _ => list::open_glossary(state, None),
    }
}

/// The rows to choose a concept from are there: those that have a term of the proposal first.
pub(in crate::tui::update) fn browsed(state: &mut State) {
    if state.back != Focus::Proposals {
        return;
    }
    let Some(item) = state.proposals.as_ref().and_then(Open::item) else {
        return;
    };
    let terms = [&item.proposal.zh, &item.proposal.en];
    let has = |term: &&&String| {
        let term = fold(term);
        state.browse.rows.iter().any(|row| row.key.contains(&term))
    };
    let Some(term) = terms.iter().find(has).map(|term| (*term).clone()) else {
        return;
    };
    state.browse.line = Line::new(&term);
    state.browse.line.select_all();
    state.browse.filter();
}

/// A concept was chosen.
pub(in crate::tui::update) fn merge_into(state: &mut State, row: &ConceptLine) -> Vec<Effect> {
    let Some(open) = &state.proposals else {
        return Vec::new();
    };
    let (at, kin) = (open.at, open.list.kin(open.at));
    let known = kin.into_iter().find(|kin| kin.origin == row.origin);
    let name = |terms: &str| terms.split(" | ").next().unwrap_or_default().to_owned();
    match known {
        Some(kin) => show_merge(state, at, &kin),
        None => show(state, at, &row.origin, [name(&row.zh), name(&row.en)], None),
    }
    Vec::new()
}

fn show_merge(state: &mut State, at: usize, kin: &Kin) {
    let names = [kin.zh.clone(), kin.en.clone()];
    show(state, at, &kin.origin, names, Some(kin.same));
}

/// The form: the term that the concept has already is left out.
fn show(state: &mut State, at: usize, origin: &Origin, names: [String; 2], same: Option<Lang>) {
    let Some(item) = state.proposals.as_ref().and_then(Open::item) else {
        return;
    };
    let field = |lang: Lang, term: &str| match same {
        Some(same) if same == lang => String::new(),
        _ => term.to_owned(),
    };
    let (zh, en) = (
        field(Lang::Zh, &item.proposal.zh),
        field(Lang::En, &item.proposal.en),
    );
    let [name_zh, name_en] = names;
    let title = format!("Merge into {name_zh} = {name_en} · {origin}");
    let was = Pair {
        zh: name_zh,
        en: name_en,
    };
    let kind = Kind::MergeProposal(at, origin.clone(), was);
    let fields = [("zh", &*zh), ("en", &*en), ("as", "admitted")];
    let mut form = Form::new(kind, title, &fields);
    form.at = 2;
    form.remarks = vec![
        "as: admitted, preferred, abbreviation, or never (never to be written); its beginning is enough"
            .to_owned(),
    ];
    if let Some(line) = form.line() {
        line.select_all();
    }
    form::show(state, form);
}

/// Adds what stands in the form to the concept.
pub(in crate::tui::update) fn merge(
    state: &mut State,
    at: usize,
    origin: &Origin,
    was: &Pair<String>,
) -> Vec<Effect> {
    let Some(form) = &state.form else {
        return Vec::new();
    };
    let typed = form.text(2);
    let mut fit = COLUMNS.iter().filter(|(name, _)| name.starts_with(typed));
    let (Some((_, column)), true) = (fit.next(), fit.next().is_none() || typed.is_empty()) else {
        let say = format!("`{typed}`: admitted, preferred, abbreviation or never");
        state.complain(say);
        return Vec::new();
    };
    let terms = [(Lang::Zh, form.text(0)), (Lang::En, form.text(1))];
    let additions = terms.into_iter().filter(|(_, term)| !term.is_empty());
    let additions: Vec<Addition> = additions
        .map(|(lang, term)| Addition {
            was: if was.zh.is_empty() { &was.en } else { &was.zh }.clone(),
            lang,
            column: *column,
            term: term.to_owned(),
        })
        .collect();
    if additions.is_empty() {
        state.complain("there is no term to add");
        return Vec::new();
    }
    state.close();
    decide(state, at, Choice::Merge(origin.clone(), additions))
}

pub(super) fn filter_form(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.proposals else {
        return Vec::new();
    };
    let fields = [("proposals with", open.filter.as_str())];
    let mut form = Form::new(Kind::FilterProposals, "Show", &fields);
    form.remarks = vec!["a part of either term, or :open; empty shows all".to_owned()];
    if let Some(line) = form.line() {
        line.select_all();
    }
    form::show(state, form);
    Vec::new()
}

/// Shows only some proposals.
pub(in crate::tui::update) fn filter(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(open) = &mut state.proposals {
        text.trim().clone_into(&mut open.filter);
        open.sift();
        if open.shown.is_empty() {
            open.filter.clear();
            open.sift();
            state.complain(format!("no proposal has “{text}”; all are shown"));
        }
    }
    look(state)
}
