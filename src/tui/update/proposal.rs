//! Reviewing proposals: moving, deciding, putting right, taking back.

use crate::glossary::{Column, NewRow};
use crate::lang::{Lang, Pair};
use crate::model::concept::Origin;
use crate::review::proposal::{Addition, Choice, Decision, Kept, Kin, List};
use crate::text::fold::fold;
use crate::tui::action::{Answer, ConceptLine, Effect, ToPropose};
use crate::tui::command::Command;
use crate::tui::layout;
use crate::tui::panel::form::{Form, Kind};
use crate::tui::panel::home;
use crate::tui::panel::proposals::{self, State as Open};
use crate::tui::state::{Focus, State};
use crate::tui::update::{answer, form, keep, list};

/// What the form of merging calls the columns.
const COLUMNS: [(&str, Column); 4] = [
    ("admitted", Column::Admitted),
    ("preferred", Column::Preferred),
    ("abbreviation", Column::Abbreviation),
    ("never", Column::Avoid),
];

// ---- opening ----

/// Proposes from what is selected at home.
pub(super) fn from_home(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    let (what, name) = match state.home.chosen() {
        Some(home::Item::Document(row)) => {
            (ToPropose::Document(row.path.clone()), row.name.clone())
        }
        Some(home::Item::Memory(row)) => (ToPropose::Memory(row.name.clone()), row.name.clone()),
        _ => {
            state.say("select a document or a memory to propose terms from");
            return Vec::new();
        }
    };
    ask(state, what, &name)
}

/// Proposes from the document that is being translated, once its work is written.
pub(super) fn from_work(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    let Some(editor) = &state.editor else {
        return Vec::new();
    };
    let path = editor.session.document.path.clone();
    let name = editor.session.name.clone();
    ask(state, ToPropose::Document(path), &name)
}

/// Proposes from the alignment that is being reviewed.
pub(super) fn from_alignment(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    let Some(open) = &state.alignment else {
        return Vec::new();
    };
    let alignment = Box::new(open.alignment().clone());
    let documents = open.review.documents.clone();
    let name = format!("{} as aligned", open.review.name);
    let revision = format!("{name}, revision {}", open.review.revision());
    let kept = state.proposals.as_ref();
    if kept.is_some_and(|open| open.of == revision) {
        return reopened(state);
    }
    ask(state, ToPropose::Alignment(alignment, documents), &revision)
}

/// Goes on with the proposals as they were left.
fn reopened(state: &mut State) -> Vec<Effect> {
    let from = state.focus;
    if let Some(open) = &mut state.proposals {
        open.from = if from == Focus::Source {
            Focus::Target
        } else {
            from
        };
    }
    (state.focus, state.back) = (Focus::Proposals, Focus::Proposals);
    let key = state.keys.hint("propose-anew").to_owned();
    state.say(format!("as they were left; {key} proposes anew"));
    Vec::new()
}

fn ask(state: &mut State, what: ToPropose, name: &str) -> Vec<Effect> {
    if state.proposals.as_ref().is_some_and(|open| open.of == name) {
        return reopened(state);
    }
    fetch(state, what, name)
}

/// Opens the proposals that came while keys were pressed, where there are any.
fn ready(state: &mut State) -> Option<Vec<Effect>> {
    answer::again(state, |ready| matches!(ready, Answer::Proposed(..)))
}

fn fetch(state: &mut State, what: ToPropose, name: &str) -> Vec<Effect> {
    let asked = state.asked.as_ref().is_some_and(|(_, asked)| asked == name);
    if state.waiting.is_some() && asked {
        return Vec::new();
    }
    let effect = state.propose(what, name.to_owned());
    keep::open(state, effect)
}

/// Proposes from the same again.
fn anew(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = ready(state) {
        return effects;
    }
    match state.asked.clone() {
        Some((what, name)) => fetch(state, what, &name),
        None => Vec::new(),
    }
}

/// Proposals were gathered.
pub(super) fn opened(
    state: &mut State,
    result: Result<Box<List>, String>,
    told: &[String],
) -> Vec<Effect> {
    let list = match result {
        Ok(list) => *list,
        Err(why) => {
            state.complain(why);
            return Vec::new();
        }
    };
    if list.items.is_empty() {
        state.say("nothing to propose: the glossary has it all, or there is too little text");
    } else {
        let kept = state.proposals.take();
        let from = match (state.focus, state.back) {
            (Focus::Source, _) => Focus::Target,
            (one @ (Focus::Home | Focus::Target | Focus::Alignment), _)
            | (_, one @ (Focus::Home | Focus::Target | Focus::Alignment)) => one,
            _ => kept.map_or(Focus::Home, |open| open.from),
        };
        let of = state.asked.as_ref().map(|(_, name)| name.clone());
        state.proposals = Some(Open::new(list, of.unwrap_or_default(), from));
        (state.focus, state.back) = (Focus::Proposals, Focus::Proposals);
        state.form = None;
    }
    if let Some(first) = told.first() {
        let more = match told.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        state.complain(format!("{first}{more}"));
    }
    look(state)
}

/// Asks where the terms of the current proposal stand.
fn look(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    (open.places, open.place) = (None, 0);
    let Some(item) = open.item() else {
        return Vec::new();
    };
    let (zh, en) = (item.proposal.zh.clone(), item.proposal.en.clone());
    vec![Effect::Places(open.at, open.list.material.clone(), zh, en)]
}

/// The Chinese term of the current proposal.
pub(super) fn term(state: &State) -> String {
    let item = state.proposals.as_ref().and_then(Open::item);
    item.map_or_else(String::new, |item| item.proposal.zh.clone())
}

// ---- commands ----

/// Commands while proposals are reviewed.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Close => leave(state),
        Command::Palette => {
            list::open_palette(state);
            Vec::new()
        }
        Command::Concordance => list::open_concordance(state),
        Command::Filter => filter_form(state),
        Command::AcceptTerm => accept(state, false),
        Command::AcceptProposed => accept(state, true),
        Command::EditProposal => edit_form(state),
        Command::TurnCase => turn_case(state),
        Command::MergeTerm => merge_form(state),
        Command::RejectTerm => reject(state),
        Command::Skip => skip(state),
        Command::Undo => undo(state),
        Command::Refresh => anew(state),
        Command::NextPlace | Command::PreviousPlace => place(state, command == Command::NextPlace),
        _ => go(state, command),
    }
}

/// Moves in the list.
fn go(state: &mut State, command: Command) -> Vec<Effect> {
    let page = usize::from(state.size.1 / 3).max(1);
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    let here = open.shown.partition_point(|at| *at < open.at);
    let last = open.shown.len().saturating_sub(1);
    let to = match command {
        Command::Up => here.saturating_sub(1),
        Command::Down => (here + 1).min(last),
        Command::PageUp => here.saturating_sub(page),
        Command::PageDown => (here + page).min(last),
        Command::First => 0,
        Command::Last => last,
        Command::NextOpen => return next_open(state),
        _ => return Vec::new(),
    };
    open.at = open.shown.get(to).copied().unwrap_or(open.at);
    open.warned = None;
    if to == here { Vec::new() } else { look(state) }
}

/// To the next one that nobody has decided on; from the end to the first.
fn next_open(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    let here = open.shown.partition_point(|at| *at <= open.at);
    let items = &open.list.items;
    let undecided = |at: &&usize| {
        let item = items.get(**at);
        item.is_some_and(|item| item.decision == Decision::Open)
    };
    let (before, after) = open.shown.split_at(here.min(open.shown.len()));
    let next = after.iter().chain(before).find(undecided).copied();
    open.warned = None;
    if let Some(at) = next {
        open.at = at;
        return look(state);
    }
    state.say("nothing is left to be decided");
    Vec::new()
}

fn place(state: &mut State, next: bool) -> Vec<Effect> {
    if let Some(open) = &mut state.proposals {
        let count = open.places.as_ref().map_or(0, |places| places.spots.len());
        let to = open.place.saturating_add_signed(if next { 1 } else { -1 });
        open.place = to.min(count.saturating_sub(1));
    }
    Vec::new()
}

/// Back to where the proposals were asked for.
fn leave(state: &mut State) -> Vec<Effect> {
    if state.waiting.take().is_some() {
        state.say("stopped: everything is as it was");
        return Vec::new();
    }
    let from = state
        .proposals
        .as_ref()
        .map_or(Focus::Home, |open| open.from);
    let gone = match from {
        Focus::Target => state.editor.is_none(),
        Focus::Alignment => state.alignment.is_none(),
        _ => false,
    };
    let from = if gone { Focus::Home } else { from };
    (state.focus, state.back) = (from, from);
    if from == Focus::Home {
        return vec![Effect::Survey];
    }
    Vec::new()
}

/// A press of the mouse goes to the proposal.
pub(super) fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
    let Some(places) = layout::places(state.size) else {
        return Vec::new();
    };
    let area = ratatui::layout::Rect::new(0, 1, state.size.0, places.hints.y - 1);
    let at = proposals::item_at(state, area, column, row);
    match (at, &mut state.proposals) {
        (Some(at), Some(open)) if open.at != at => {
            open.at = at;
            look(state)
        }
        _ => Vec::new(),
    }
}

// ---- deciding ----

/// The current proposal, where it is still to be decided; else says why not.
fn undecided(state: &mut State) -> Option<usize> {
    let undo = state.keys.hint("proposal-undo").to_owned();
    let open = state.proposals.as_ref()?;
    let item = open.item()?;
    if item.open() {
        return Some(open.at);
    }
    if item.decision == Decision::Writing {
        state.say("this one is being written");
    } else {
        state.say(format!(
            "this one is decided; {undo} takes the last decision back"
        ));
    }
    None
}

/// Has a decision written, and goes on.
fn decide(state: &mut State, at: usize, choice: Choice) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    open.list.begin(at);
    let mut effects = vec![Effect::Decide(at, Box::new(choice))];
    effects.extend(next_open(state));
    effects
}

/// A decision was written, or not.
pub(super) fn decided(
    state: &mut State,
    at: usize,
    result: Result<(Option<Kept>, String), String>,
) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    match result {
        Ok((kept, said)) => {
            let back = kept.is_none();
            open.list.settle(at, Ok(kept));
            if back {
                open.at = at;
                effects = look(state);
            }
            state.say(said);
        }
        Err(why) => {
            open.list.settle(at, Err(()));
            open.at = at;
            effects = look(state);
            state.complain(why);
        }
    }
    effects.extend(keep::go_on(state));
    effects
}

/// Accepts the pair. Where the glossary has one of its terms already, a second Enter is asked for.
fn accept(state: &mut State, proposed: bool) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let (merge, own) = (
        state.keys.hint("merge-term").to_owned(),
        state
            .keys
            .hint(if proposed {
                "accept-proposed"
            } else {
                "accept-term"
            })
            .to_owned(),
    );
    let now = state.now.clone();
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    if let Some(kin) = open.list.kin(at).first()
        && open.warned != Some(at)
    {
        open.warned = Some(at);
        let say = format!(
            "the glossary has {} = {}: {merge} merges, {own} again makes a second concept",
            kin.zh, kin.en
        );
        state.complain(say);
        return Vec::new();
    }
    let Some(item) = open.list.items.get(at) else {
        return Vec::new();
    };
    let row = NewRow {
        zh: item.proposal.zh.clone(),
        en: item.proposal.en.clone(),
        en_abbr: item.proposal.abbreviation.clone(),
        proposed,
        ..evidence(&open.list, at, &now)
    };
    decide(state, at, Choice::Accept(Box::new(row)))
}

/// A row with where the proposal comes from, and the day.
fn evidence(list: &List, at: usize, now: &str) -> NewRow {
    let Some(item) = list.items.get(at) else {
        return NewRow::default();
    };
    let proposal = &item.proposal;
    let place = proposal
        .units
        .first()
        .and_then(|unit| list.material.place(*unit));
    let place = place.map(|(path, line)| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        line.map_or_else(|| name.to_string(), |line| format!("{name}:{line}"))
    });
    let sources: Vec<&str> = proposal
        .sources
        .iter()
        .map(|source| source.name())
        .collect();
    let count = format!("{}×", proposal.count);
    let parts = [place.unwrap_or_default(), sources.join(", "), count];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    NewRow {
        source: parts.join(" · "),
        sourced: true,
        updated: now.chars().take(10).collect(),
        ..NewRow::default()
    }
}

fn reject(state: &mut State) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let item = state.proposals.as_ref().and_then(Open::item);
    let Some((zh, en)) = item.map(|item| (item.proposal.zh.clone(), item.proposal.en.clone()))
    else {
        return Vec::new();
    };
    decide(state, at, Choice::Reject { zh, en })
}

fn skip(state: &mut State) -> Vec<Effect> {
    if let Some(open) = &mut state.proposals
        && let Some(item) = open.list.items.get_mut(open.at)
        && item.decision == Decision::Open
    {
        item.decision = Decision::Skipped;
    }
    next_open(state)
}

/// Makes the first letter of the English term small, or a capital: at the head of a sentence a
/// term looks like a name.
fn turn_case(state: &mut State) -> Vec<Effect> {
    let Some(at) = undecided(state) else {
        return Vec::new();
    };
    let item = state.proposals.as_mut();
    if let Some(item) = item.and_then(|open| open.list.items.get_mut(at)) {
        let en = &mut item.proposal.en;
        let mut rest = en.chars();
        if let Some(first) = rest.next() {
            let turned: String = if first.is_uppercase() {
                first.to_lowercase().collect()
            } else {
                first.to_uppercase().collect()
            };
            *en = [&turned, rest.as_str()].concat();
        }
    }
    Vec::new()
}

/// Takes the last decision back, in the file too.
fn undo(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.proposals else {
        return Vec::new();
    };
    if open.list.writing() {
        state.say("the last decision is still being written");
        return Vec::new();
    }
    let Some((at, kept)) = open.list.last() else {
        state.say("nothing to undo");
        return Vec::new();
    };
    vec![Effect::Decide(at, Box::new(Choice::TakeBack(kept.clone())))]
}

// ---- forms ----

fn edit_form(state: &mut State) -> Vec<Effect> {
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
pub(super) fn accept_edited(state: &mut State, at: usize) -> Vec<Effect> {
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
fn merge_form(state: &mut State) -> Vec<Effect> {
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
pub(super) fn browsed(state: &mut State) {
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
    state.browse.line = crate::tui::line::Line::new(&term);
    state.browse.line.select_all();
    state.browse.filter();
}

/// A concept was chosen.
pub(super) fn merge_into(state: &mut State, row: &ConceptLine) -> Vec<Effect> {
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
pub(super) fn merge(
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

fn filter_form(state: &mut State) -> Vec<Effect> {
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
pub(super) fn filter(state: &mut State, text: &str) -> Vec<Effect> {
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
