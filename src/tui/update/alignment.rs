//! Reviewing an alignment: moving, deciding, putting right.

use crate::lang::Lang;
use crate::review::{Alignment, Bead, Least, Mark, Reading, Review};
use crate::tui::action::{Answer, Effect, Sending, ToAlign};
use crate::tui::command::Command;
use crate::tui::layout;
use crate::tui::panel::alignment::{self, State as Open};
use crate::tui::panel::form::{Form, Kind};
use crate::tui::panel::home;
use crate::tui::state::{Focus, State};
use crate::tui::update::{answer, form, keep, list, proposal};

/// What scores this and more is accepted in one go.
const SURE: f32 = 0.9;
/// The memory that reviewed beads go to, where no other is named.
const MEMORY: &str = "memories/aligned.tsv";
/// What the field says for accepted beads alone.
const ACCEPTED: &str = "accepted";

/// Opens the review of the selected document and its translation.
pub(super) fn pair(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = answer::again(state, |ready| matches!(ready, Answer::Aligned(..))) {
        return effects;
    }
    let Some(home::Item::Document(row)) = state.home.chosen() else {
        state.say("select a document that has its translation beside it");
        return Vec::new();
    };
    let (path, what) = (row.path.clone(), format!("aligning {}", row.name));
    let ticket = state.wait(what);
    let asked = ToAlign {
        first: path,
        second: None,
        reading: Reading::default(),
    };
    keep::open(state, Effect::Align(ticket, Box::new(asked)))
}

/// A review was opened.
pub(super) fn opened(state: &mut State, result: Result<Box<Review>, String>) -> Vec<Effect> {
    let review = match result {
        Ok(review) => *review,
        Err(why) => {
            state.complain(why);
            return Vec::new();
        }
    };
    let unaligned = review.unaligned;
    let progress = review.alignment.progress();
    state.alignment = Some(Open::new(review));
    state.focus = Focus::Alignment;
    state.back = Focus::Alignment;
    // This stands in place of the keys until the first one is pressed.
    let keys = ["accept-next", "next-doubtful", "review-keys"];
    let [accept, doubtful, keys] = keys.map(|name| state.keys.hint(name));
    let keys = format!("{accept} accepts, {doubtful} next doubtful, {keys} keys");
    state.say(format!(
        "{} beads, {} accepted, {} doubtful · {keys}",
        progress.beads, progress.accepted, progress.doubtful
    ));
    if unaligned {
        realign(state)
    } else {
        Vec::new()
    }
}

/// Commands while an alignment is reviewed.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Close => return leave(state),
        Command::Palette => list::open_palette(state),
        Command::CutSentence => cut_form(state),
        Command::ToMemory => memory_form(state),
        Command::Realign => return realign(state),
        Command::Undo | Command::Redo => return back(state, command == Command::Undo),
        Command::AcceptBead
        | Command::AcceptAndGo
        | Command::AcceptSure
        | Command::Split
        | Command::Merge
        | Command::ShiftUp
        | Command::ShiftDown
        | Command::Omit => return change(state, command),
        Command::Pin => return pin(state),
        Command::Propose => return proposal::from_alignment(state),
        _ => go(state, command),
    }
    Vec::new()
}

/// Moves in the beads.
fn go(state: &mut State, command: Command) {
    let page = usize::from(state.size.1 / 4).max(1);
    let Some(open) = &mut state.alignment else {
        return;
    };
    let last = open.alignment().beads.len().saturating_sub(1);
    let to = match command {
        Command::Up | Command::Down => return step(open, command == Command::Down),
        Command::PageUp => open.at.saturating_sub(page),
        Command::PageDown => (open.at + page).min(last),
        Command::First => 0,
        Command::Last => last,
        Command::SwitchSide => {
            open.side = open.side.other();
            return open.settle();
        }
        Command::NextDoubtful | Command::PreviousDoubtful | Command::MostDoubtful => {
            match doubtful(open, command) {
                Some(at) => at,
                None => return state.say("nothing doubtful there"),
            }
        }
        _ => return,
    };
    (open.at, open.sentence) = (to, 0);
    open.settle();
}

/// A doubtful bead: the next, the one before, the worst.
fn doubtful(open: &Open, command: Command) -> Option<usize> {
    let mut all = open.alignment().beads.iter().enumerate();
    match command {
        Command::NextDoubtful => all.skip(open.at + 1).find(|(_, b)| b.doubtful()),
        Command::PreviousDoubtful => all.rev().find(|(n, b)| *n < open.at && b.doubtful()),
        _ => {
            let score = |bead: &Bead| bead.score.unwrap_or(0.0);
            let beads = all.by_ref().filter(|(n, b)| *n != open.at && b.doubtful());
            beads.min_by(|(_, a), (_, b)| score(a).total_cmp(&score(b)))
        }
    }
    .map(|(at, _)| at)
}

/// A sentence up or down on this side.
fn step(open: &mut Open, down: bool) {
    let count = |open: &Open| {
        open.bead()
            .map_or(0, |bead| bead.of[open.side].len() as u32)
    };
    if down {
        if open.sentence + 1 < count(open) {
            open.sentence += 1;
        } else if open.at + 1 < open.alignment().beads.len() {
            (open.at, open.sentence) = (open.at + 1, 0);
        }
    } else if open.sentence > 0 {
        open.sentence -= 1;
    } else if open.at > 0 {
        open.at -= 1;
        open.sentence = count(open).saturating_sub(1);
    }
    open.settle();
}

/// Changes the beads, says what was refused, and has it written.
fn edit(
    state: &mut State,
    edit: impl FnOnce(&mut Alignment) -> Result<(), &'static str>,
) -> Vec<Effect> {
    let Some(open) = &mut state.alignment else {
        return Vec::new();
    };
    let (side, here) = (open.side, open.here());
    if let Err(why) = open.review.edit(edit) {
        state.complain(why);
        return Vec::new();
    }
    if let Some(here) = here {
        open.find(side, here);
    }
    open.settle();
    // What was decided is written at once.
    keep::save_review(state).into_iter().collect()
}

fn change(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(open) = &state.alignment else {
        return Vec::new();
    };
    let (at, side) = (open.at, open.side);
    let accepted = open.bead().is_some_and(|bead| bead.mark == Mark::Accepted);
    let sentence = open.here();
    let here = sentence.ok_or("there is no sentence on this side");
    match command {
        Command::AcceptBead => {
            let mark = if accepted { Mark::Open } else { Mark::Accepted };
            edit(state, |beads| beads.mark(at, mark))
        }
        Command::AcceptAndGo => {
            let effects = edit(state, |beads| beads.mark(at, Mark::Accepted));
            next_open(state);
            effects
        }
        Command::AcceptSure => {
            let mut count = 0;
            let effects = edit(state, |beads| {
                count = beads.accept_all(SURE);
                Ok(())
            });
            state.say(format!("{count} beads accepted"));
            effects
        }
        Command::Merge => edit(state, |beads| beads.merge(at)),
        Command::Split => edit(state, |beads| beads.split(at, side, sentence.unwrap_or(0))),
        Command::ShiftUp => edit(state, |beads| beads.shift(at, side, here?, false)),
        Command::ShiftDown => edit(state, |beads| beads.shift(at, side, here?, true)),
        _ => edit(state, |beads| beads.omit(at, side, here?)),
    }
}

/// To the next bead that nobody has accepted.
fn next_open(state: &mut State) {
    let Some(open) = &mut state.alignment else {
        return;
    };
    let wants = |bead: &Bead| bead.mark != Mark::Accepted;
    let beads = open.alignment().beads.iter().enumerate();
    let next = beads.skip(open.at + 1).find(|(_, bead)| wants(bead));
    match next.map(|(at, _)| at) {
        Some(at) => {
            (open.at, open.sentence) = (at, 0);
            open.settle();
        }
        None => state.say("no bead below is left to be accepted"),
    }
}

/// Remembers a sentence, or pins it to the one remembered.
fn pin(state: &mut State) -> Vec<Effect> {
    let key = state.keys.hint("pin").to_owned();
    let Some(open) = &mut state.alignment else {
        return Vec::new();
    };
    let side = open.side;
    let Some(here) = open.here() else {
        state.complain("there is no sentence on this side");
        return Vec::new();
    };
    let other = open.pin.filter(|(lang, _)| *lang != side);
    if let Some((_, there)) = other {
        open.pin = None;
        let (zh, en) = match side {
            Lang::Zh => (here, there),
            Lang::En => (there, here),
        };
        return edit(state, |beads| beads.pin(zh, en));
    }
    open.pin = (open.pin != Some((side, here))).then_some((side, here));
    if open.pin.is_some() {
        state.say(format!(
            "now {key} on the sentence of the other side that renders it"
        ));
    }
    Vec::new()
}

fn back(state: &mut State, undo: bool) -> Vec<Effect> {
    let Some(open) = &mut state.alignment else {
        return Vec::new();
    };
    let (side, here) = (open.side, open.here());
    let done = if undo {
        open.review.undo()
    } else {
        open.review.redo()
    };
    if !done {
        state.say(if undo {
            "nothing to undo"
        } else {
            "nothing to redo"
        });
        return Vec::new();
    }
    open.pin = None;
    if let Some(here) = here {
        open.find(side, here);
    }
    open.settle();
    // What was decided is written at once.
    keep::save_review(state).into_iter().collect()
}

// ---- aligning anew ----

fn realign(state: &mut State) -> Vec<Effect> {
    let Some(open) = &mut state.alignment else {
        return Vec::new();
    };
    open.aligning = true;
    let alignment = Box::new(open.alignment().clone());
    vec![Effect::Realign(alignment, open.review.revision())]
}

/// Beads came; they count only for the alignment they were made of.
pub(super) fn realigned(
    state: &mut State,
    revision: u64,
    result: Result<Vec<Bead>, String>,
) -> Vec<Effect> {
    let Some(open) = &mut state.alignment else {
        return Vec::new();
    };
    if !open.aligning {
        return Vec::new();
    }
    if open.review.revision() != revision {
        // Something was decided meanwhile: once more, around that too.
        return realign(state);
    }
    open.aligning = false;
    match result {
        Ok(beads) => {
            open.review.unaligned = false;
            let effects = edit(state, |alignment| {
                alignment.beads = beads;
                Ok(())
            });
            state.say("aligned anew around what is accepted and fixed");
            effects
        }
        Err(why) => {
            state.complain(why);
            Vec::new()
        }
    }
}

/// Stops waiting for what is being aligned or proposed; whether there was anything.
fn stop(state: &mut State) -> bool {
    let aligning = state.alignment.as_mut();
    let aligning = aligning.is_some_and(|open| std::mem::take(&mut open.aligning));
    let waiting = state.waiting.take().is_some();
    if aligning || waiting {
        state.say("stopped: everything is as it was");
    }
    aligning || waiting
}

// ---- forms ----

fn cut_form(state: &mut State) {
    let Some(open) = &state.alignment else {
        return;
    };
    let Some(here) = open.here() else {
        return state.complain("there is no sentence on this side");
    };
    let range = here..here + 1;
    let text = open.alignment().text(open.side, &range);
    let mut form = Form::new(
        Kind::Cut(open.side, here),
        "Cut the sentence",
        &[("sentence", &text)],
    );
    form.remarks = vec!["Enter cuts it where the cursor stands".to_owned()];
    if let Some(line) = form.line() {
        let wrap = crate::tui::line::Wrap::at(usize::MAX);
        line.go(crate::tui::line::Move::Start, false, wrap);
    }
    form::show(state, form);
}

/// Cuts the sentence of the form, if it is still the one that was shown.
pub(super) fn cut(state: &mut State, lang: Lang, sentence: u32) -> Vec<Effect> {
    let line = state.form.as_ref().and_then(|form| form.fields.first());
    let typed = line.map(|field| (field.line.text().to_owned(), field.line.caret()));
    state.close();
    let Some((text, at)) = typed else {
        return Vec::new();
    };
    edit(state, |beads| {
        if beads.text(lang, &(sentence..sentence + 1)) != text {
            return Err("only where it is cut can be said here: the text is the document's");
        }
        beads.cut(lang, sentence, at)
    })
}

fn memory_form(state: &mut State) {
    let Some(open) = &state.alignment else {
        return;
    };
    let count = |least: Least| {
        let beads = open.alignment().beads.iter();
        beads.filter(|bead| least.wants(bead)).count()
    };
    let remarks = [Least::Accepted, Least::Score(SURE), Least::Score(0.5)].map(|least| {
        let many = count(least);
        match least {
            Least::Accepted => format!("`{ACCEPTED}`: {many} beads"),
            Least::Score(score) => format!("`{score}`: {many} beads, accepted or at least so sure"),
        }
    });
    let fields = [("memory", MEMORY), ("which", ACCEPTED)];
    let mut form = Form::new(Kind::ToMemory, "Send to a memory", &fields);
    form.remarks = remarks.to_vec();
    form::show(state, form);
}

/// Sends what the form says.
pub(super) fn send(state: &mut State) -> Vec<Effect> {
    let (Some(open), Some(form)) = (&state.alignment, &state.form) else {
        return Vec::new();
    };
    let least = match form.text(1) {
        ACCEPTED => Some(Least::Accepted),
        score => {
            let score = score.parse::<f32>().ok();
            let score = score.filter(|score| (0.0..=1.0).contains(score));
            score.map(Least::Score)
        }
    };
    let Some(least) = least else {
        state.complain(format!("`which` is `{ACCEPTED}` or a score from 0 to 1"));
        return Vec::new();
    };
    let sending = Sending {
        alignment: open.alignment().clone(),
        least,
        memory: form.text(0).to_owned(),
        from: open.review.from,
        document: open.review.name.clone(),
    };
    state.close();
    vec![Effect::Send(Box::new(sending))]
}

// ---- leaving, and the mouse ----

/// Back to the list of documents; the review is written first.
fn leave(state: &mut State) -> Vec<Effect> {
    if let Some(open) = &mut state.alignment
        && open.pin.take().is_some()
    {
        return Vec::new();
    }
    if stop(state) {
        return Vec::new();
    }
    let mut effects = keep::wake(state);
    (state.focus, state.back) = (Focus::Home, Focus::Home);
    effects.push(Effect::Survey);
    effects
}

/// A press of the mouse goes to the bead, on the side it was on.
pub(super) fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
    let Some(places) = layout::places(state.size) else {
        return Vec::new();
    };
    let area = ratatui::layout::Rect::new(0, 1, state.size.0, places.hints.y - 1);
    let at = alignment::bead_at(state, area, row);
    if let (Some(at), Some(open)) = (at, &mut state.alignment) {
        let left = column < state.size.0 / 2;
        let from = open.review.from;
        open.side = if left { from } else { from.other() };
        (open.at, open.sentence) = (at, 0);
        open.settle();
    }
    Vec::new()
}
