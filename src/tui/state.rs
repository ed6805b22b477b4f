//! Everything on screen. Plain data: `update` changes it, `draw` shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Stop;
use crate::finding::{Finding, Severity};
use crate::lang::Locale;
use crate::model::concept::TermStatus;
use crate::session::Session;
use crate::span::Span;
use crate::suggest::{Scope, Suggestions};
use crate::tui::action::{
    Added, Answer, Effect, Note, OfWhole, Printed, Progress, Standing, Ticket, ToImport, ToPropose,
};
use crate::tui::command::Mode;
use crate::tui::judge::Judge;
use crate::tui::key::{Key, Keymap};
use crate::tui::line::Line;
use crate::tui::panel::{
    alignment, browse, concordance, findings, form, home, page, palette, proposals, replace,
};
use crate::tui::theme::Theme;

/// What has the keyboard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// The home screen.
    #[default]
    Home,
    /// The target of the current segment.
    Target,
    /// Its source.
    Source,
    /// The concordance.
    Concordance,
    /// A form.
    Form,
    /// The palette.
    Palette,
    /// The rows of a glossary.
    Browse,
    /// The findings of the document.
    Findings,
    /// Search and replace in the document.
    Replace,
    /// Text to read.
    Page,
    /// The review of an alignment.
    Alignment,
    /// The review of proposals.
    Proposals,
}

/// What is known is being read, or has been.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Knowing {
    /// Nothing has been read yet.
    #[default]
    Loading,
    /// The terms are known; the memory is being opened.
    Terms,
    /// All is known.
    Ready,
}

/// A sentence to the user, shown until the next command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// Whether something did not work.
    pub bad: bool,
}

/// Something that may take long and is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub ticket: Ticket,
    /// What it is.
    pub what: String,
    /// Whether keys have been pressed since it was asked for: then it must not open under them.
    pub typed: bool,
}

/// Everything on screen.
#[derive(Debug)]
pub struct State {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Colors and widths.
    pub theme: Theme,
    /// The keys in force.
    pub keys: Keymap,
    /// Keys pressed of a longer run.
    pub pending: Vec<Key>,
    /// What has the keyboard.
    pub focus: Focus,
    /// What had it before a list, form or page was opened.
    pub back: Focus,
    /// What pages and forms were opened over, the last one last: closing one gives it back.
    pub under: Vec<Focus>,
    /// The home screen.
    pub home: home::Home,
    /// The document being translated.
    pub editor: Option<Editor>,
    /// The alignment being reviewed.
    pub alignment: Option<alignment::State>,
    /// The proposals being reviewed.
    pub proposals: Option<proposals::State>,
    /// The concordance.
    pub concordance: concordance::State,
    /// The open form.
    pub form: Option<form::Form>,
    /// The palette.
    pub palette: palette::State,
    /// The glossary being looked at.
    pub browse: browse::State,
    /// The list of the document's findings.
    pub findings: findings::State,
    /// Search and replace in the document.
    pub replace: replace::State,
    /// The page being read.
    pub page: page::State,
    /// What was just done.
    pub message: Option<Message>,
    /// Why the work could not be written, until it could.
    pub not_saved: Option<String>,
    /// Why the memory could not be written, until it could.
    pub not_kept: Option<String>,
    /// What is being waited for.
    pub waiting: Option<Waiting>,
    /// What came while keys were pressed that were not meant for it: what it was asked for as,
    /// and the answer. Asking again opens it.
    pub ready: Option<(String, Box<Answer>)>,
    /// What terms were proposed from last, and its name.
    pub asked: Option<(ToPropose, String)>,
    /// The term that was added last, and how far the document's history was then: what undo takes
    /// back first, as long as nothing was done since.
    pub added: Option<(u64, Added)>,
    /// The file that was asked to be imported and has not been shown: the form has it again.
    pub importing: Option<ToImport>,
    /// How many times something was waited for.
    waits: u32,
    /// The document to open once all of this one is kept.
    pub next: Option<Effect>,
    /// Where the findings of the document that is being opened are listed from, if they are.
    pub listing: Option<Focus>,
    /// Whether glossaries and memories have been read.
    pub knowing: Knowing,
    /// How far the index of the memories is that is being built, in percent.
    pub indexing: Option<u64>,
    /// What judges a translation; nothing is known before the glossaries have been read.
    pub judge: Arc<Judge>,
    /// Whether to end, once all is kept.
    pub quitting: bool,
    /// Whether leaving was refused just now, since something is not kept.
    pub refused: bool,
    /// Whether the terminal is gone.
    pub gone: bool,
    /// The time (ISO 8601), kept by the loop: what is confirmed is confirmed now.
    pub now: String,
    /// What a new document is translated to, where asked for on the command line.
    pub to: Option<Locale>,
}

impl State {
    /// An empty screen.
    pub fn new(keys: Keymap, theme: Theme) -> Self {
        Self {
            size: (80, 24),
            theme,
            keys,
            pending: Vec::new(),
            focus: Focus::Home,
            back: Focus::Home,
            under: Vec::new(),
            home: home::Home::default(),
            editor: None,
            alignment: None,
            proposals: None,
            concordance: concordance::State::default(),
            form: None,
            palette: palette::State::default(),
            browse: browse::State::default(),
            findings: findings::State::default(),
            replace: replace::State::default(),
            page: page::State::default(),
            message: None,
            not_saved: None,
            not_kept: None,
            waiting: None,
            ready: None,
            asked: None,
            added: None,
            importing: None,
            waits: 0,
            next: None,
            listing: None,
            knowing: Knowing::Loading,
            indexing: None,
            judge: Arc::default(),
            quitting: false,
            refused: false,
            gone: false,
            now: String::new(),
            to: None,
        }
    }

    /// What the keyboard is for.
    pub fn mode(&self) -> Mode {
        match self.focus {
            Focus::Home => Mode::Home,
            Focus::Target => Mode::Target,
            Focus::Source => Mode::Source,
            Focus::Concordance | Focus::Palette | Focus::Browse => Mode::List,
            Focus::Findings => Mode::Findings,
            Focus::Replace => Mode::Replace,
            Focus::Form => Mode::Form,
            Focus::Page => Mode::Page,
            Focus::Alignment => Mode::Alignment,
            Focus::Proposals => Mode::Proposals,
        }
    }

    /// Says that a document is being opened.
    pub fn opening(&mut self, path: &std::path::Path) {
        self.say(format!("opening {}", path.display()));
    }

    /// Begins to wait for something that may take long, in place of what was waited for.
    pub fn wait(&mut self, what: String) -> Ticket {
        self.waits += 1;
        let ticket = Ticket(self.waits);
        self.ready = None;
        self.waiting = Some(Waiting {
            ticket,
            what,
            typed: false,
        });
        ticket
    }

    /// Begins to wait for proposals.
    pub fn propose(&mut self, what: ToPropose, name: String) -> Effect {
        let ticket = self.wait(format!("proposing terms from {name}"));
        self.asked = Some((what.clone(), name));
        Effect::Propose(ticket, Box::new(what))
    }

    /// What this is, where it is what is waited for; then waiting is over.
    pub fn arrived(&mut self, ticket: Ticket) -> Option<Waiting> {
        self.waiting.take_if(|waiting| waiting.ticket == ticket)
    }

    /// Opens a list, form or page; closing it gives the keyboard back.
    pub fn open(&mut self, focus: Focus) {
        if matches!(
            self.focus,
            Focus::Home | Focus::Target | Focus::Source | Focus::Alignment | Focus::Proposals
        ) {
            self.back = self.focus;
            self.under.clear();
        } else if matches!(focus, Focus::Page | Focus::Form) && self.focus != focus {
            self.under.push(self.focus);
        }
        self.focus = focus;
    }

    /// Gives the keyboard back.
    pub fn close(&mut self) {
        let under = match self.focus {
            Focus::Page | Focus::Form => self.under.pop(),
            _ => None,
        };
        if self.focus != Focus::Page || under.is_none() {
            self.form = None;
        }
        self.focus = under.unwrap_or(self.back);
    }

    /// Says something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message {
            text: text.into(),
            bad: false,
        });
    }

    /// Says that something did not work.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message {
            text: text.into(),
            bad: true,
        });
    }
}

/// Something the segment's source has that can be put into the target: a term or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Where it stands in the source.
    pub span: Span,
    /// What can be put in, best first.
    pub renderings: Vec<(String, TermStatus)>,
    /// What must not be written.
    pub avoid: Vec<String>,
    /// Whether it is a number, date or amount.
    pub number: bool,
    /// The glossary row, as `path:line`; empty for a number.
    pub row: String,
    /// Subject field, remark, and what was chosen before.
    pub remark: String,
    /// False where the term may be a part of a longer word.
    pub sure: bool,
}

/// The terms and numbers of a segment in the order of its source: what Alt+1..9 put in.
pub fn offers(suggestions: &Suggestions) -> Vec<Offer> {
    let mut all: Vec<Offer> = Vec::new();
    for term in &suggestions.terms {
        let preferred = term
            .preferred
            .iter()
            .map(|t| (t.clone(), TermStatus::Preferred));
        let admitted = term
            .admitted
            .iter()
            .map(|t| (t.clone(), TermStatus::Admitted));
        let mut renderings: Vec<_> = preferred.chain(admitted).collect();
        if let Some(chosen) = &term.chosen {
            renderings.sort_by_key(|(text, _)| *text != chosen.target);
        }
        let mut remarks: Vec<String> = term.dates().into_iter().collect();
        if let Some(chosen) = &term.chosen {
            remarks.push(format!("used {}×: {}", chosen.count, chosen.target));
        }
        remarks.extend([&term.subject, &term.note].into_iter().cloned());
        remarks.retain(|remark| !remark.is_empty());
        all.push(Offer {
            span: term.span,
            renderings,
            avoid: term.avoid.clone(),
            number: false,
            row: term.glossary.clone(),
            remark: remarks.join(" · "),
            sure: term.sure,
        });
    }
    for hint in &suggestions.used {
        let Some(span) = Span::find(&suggestions.source, &hint.source) else {
            continue;
        };
        if !all.iter().any(|offer| offer.span.overlaps(span)) {
            let place = match hint.scope {
                Scope::Document => "in this document",
                Scope::Workspace => "in this workspace",
            };
            all.push(Offer {
                span,
                renderings: vec![(hint.target.clone(), TermStatus::Admitted)],
                avoid: Vec::new(),
                number: false,
                row: String::new(),
                remark: format!("used {}× {place}", hint.count),
                sure: true,
            });
        }
    }
    for number in &suggestions.numbers {
        let inside = all.iter().any(|term| term.span.contains(number.span));
        if !inside && !number.target.is_empty() {
            all.push(Offer {
                span: number.span,
                renderings: vec![(number.target.clone(), TermStatus::Preferred)],
                avoid: Vec::new(),
                number: true,
                row: String::new(),
                remark: String::new(),
                sure: true,
            });
        }
    }
    all.sort_by_key(|offer| (offer.span.start, offer.number));
    all
}

/// A repeated Alt+n: which term, which of its renderings, and where it was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    /// The term's number, from 0.
    pub offer: usize,
    /// The rendering put in.
    pub rendering: usize,
    /// Where it stands in the target.
    pub span: Span,
}

/// Writing the work to disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saving {
    /// Whether the worker is at it.
    pub flying: bool,
    /// How many times the memory was told something and has not answered.
    pub telling: u32,
    /// Whether it has to be done once more right after.
    pub again: bool,
    /// Whether anything was changed since the document was opened. What only opening has put
    /// right is written with the first change.
    pub touched: bool,
}

/// The segments whose check was asked for in one go.
#[derive(Debug, Default)]
pub struct Checking {
    /// Those that have not been checked.
    pub left: BTreeSet<usize>,
    /// How many there were.
    pub of: usize,
}

/// What a check of the document as a whole was of: the session's count of changes, and what
/// judged it.
#[derive(Debug, Clone)]
pub struct Examined(pub u64, pub Arc<Judge>);

impl Examined {
    /// Whether a check of the other would say the same.
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0 && Arc::ptr_eq(&self.1, &other.1)
    }
}

/// What the checks say of the document as a whole.
#[derive(Debug, Default)]
pub struct Whole {
    /// The findings, by the segment where each is told.
    pub findings: BTreeMap<usize, Vec<OfWhole>>,
    /// What they are of; `None` before they were asked for, and where another program has
    /// changed the work since.
    pub of: Option<Examined>,
    /// The check that is under way, and what it is of.
    pub running: Option<(Stop, Examined)>,
}

/// The document being translated.
#[derive(Debug)]
pub struct Editor {
    /// The document and its translations.
    pub session: Session,
    /// The current segment.
    pub at: usize,
    /// Its target, being typed.
    pub line: Line,
    /// Its source: for the cursor and the selection in it.
    pub source: Line,
    /// What is offered for the current segment, once known.
    pub suggestions: Option<Suggestions>,
    /// Its terms and numbers, numbered.
    pub offers: Vec<Offer>,
    /// The term put in last.
    pub cycle: Option<Cycle>,
    /// The findings of every segment that has any.
    pub findings: BTreeMap<usize, Vec<Finding>>,
    /// The segments whose findings are still being looked for.
    pub checking: Checking,
    /// The findings of the document as a whole, once asked for.
    pub whole: Whole,
    /// Whether the current segment's findings belong to the target as it is now.
    pub checked: bool,
    /// The issue that F8 stands at, of the current segment.
    pub issue: usize,
    /// Whether Enter was pressed and an error was shown: the next one counts.
    pub warned: bool,
    /// What is shown of the document.
    pub filter: String,
    /// The segments that are shown.
    pub shown: Vec<usize>,
    /// Whether the work is on disk.
    pub saving: Saving,
    /// What the memory has not been able to keep.
    pub untold: Vec<Note>,
    /// The segments confirmed, last one last: what undo goes back to.
    pub confirmed: Vec<usize>,
    /// The segments where something was undone, for redo.
    pub taken_back: Vec<usize>,
    /// How far the document is.
    pub progress: Progress,
    /// The document's file as it was when it was opened.
    pub printed: Printed,
    /// How its files stood when it was last looked what other programs wrote.
    pub standing: Standing,
    /// Whether the file is another one now.
    pub outdated: bool,
}

impl Editor {
    /// The findings of the current segment, of which those allowed in its note are left out.
    pub fn issues(&self) -> &[Finding] {
        self.findings.get(&self.at).map_or(&[], Vec::as_slice)
    }

    /// Whether one of them is an error.
    pub fn blocked(&self) -> bool {
        self.issues()
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// How many findings there are in the document.
    pub fn issue_count(&self) -> usize {
        self.findings.values().map(Vec::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::glossary::Glossary;
    use crate::lang::Lang;
    use crate::memory::Memory;
    use crate::recognize::Recognizer;
    use crate::suggest::{Request, Used, suggest};

    #[test]
    fn what_the_document_has_chosen_is_offered_first() {
        let table =
            "zh\ten\ten_admitted\n人工智能\tartificial intelligence\tmachine intelligence\n";
        let glossary = Glossary::new(Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value);
        let recognizer = Recognizer::new(&glossary);
        let first = |used: &Used| {
            let request = Request::new("人工智能", Lang::Zh, Locale::En, used);
            let found = suggest(&request, &glossary, &recognizer, &Memory::default());
            offers(&found)[0].renderings[0].clone()
        };
        let usual = ("artificial intelligence".to_owned(), TermStatus::Preferred);
        assert_eq!(first(&Used::default()), usual);
        let used = Used::new([("人工智能很热", "machine intelligence is hot")]);
        let chosen = ("machine intelligence".to_owned(), TermStatus::Admitted);
        assert_eq!(first(&used), chosen);
    }
}
