//! What can happen: commands, typing, and answers of the worker; and what is
//! asked of the worker in return.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crate::check::Stop;
use crate::finding::Finding;
use crate::glossary::import::Options;
use crate::intake;
use crate::lang::{Lang, Locale, Pair};
use crate::memory::{Entry, Key, Query};
use crate::model::document::State;
use crate::review::proposal::{self, Kept, List, Material, Places};
use crate::review::{self, Alignment, Bead, Least, Reading, Review};
use crate::session::work::Job;
use crate::session::{Session, Work};
use crate::suggest::Suggestions;
use crate::suggest::rendering::Found;
use crate::text::hash::Hash;
use crate::tui::command::Command;
pub use crate::tui::concept::{Added, ConceptLine, ConceptRow, TermChange};
use crate::tui::judge::Judge;
use crate::tui::key::Key as KeyPress;
use crate::tui::theme::Theme;

/// What happened.
#[derive(Debug)]
pub enum Action {
    /// A command was asked for.
    Command(Command),
    /// A command was chosen in the palette, with what it needs.
    Chosen(Choice),
    /// A character was typed.
    Type(char),
    /// A text was pasted.
    Paste(String),
    /// The screen is this large now: columns and rows.
    Resize(u16, u16),
    /// The mouse was pressed: column and row.
    Click(u16, u16),
    /// The wheel was turned: down or up.
    Wheel(bool),
    /// A pressed key that stands for nothing.
    Stray(KeyPress),
    /// A key that begins a longer run of keys was pressed.
    Pending(KeyPress),
    /// The time set by [`Effect::Wake`] has passed.
    Wake,
    /// The terminal is gone, or the system asks to end.
    HangUp,
    /// The terminal was asked, and speaks the kitty protocol or not; wide or narrow “ ”.
    Terminal {
        /// Whether it speaks the kitty protocol.
        kitty: bool,
        /// Its colors and widths.
        theme: Theme,
    },
    /// An answer of the worker.
    Answer(Answer),
}

/// What the palette can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Run a command.
    Run(Command),
    /// Go to a segment (from 0).
    Segment(usize),
    /// Show only some segments.
    Filter(String),
}

/// What the worker found out or did.
#[derive(Debug)]
pub enum Answer {
    /// The workspace's documents, glossaries and memories.
    Surveyed(Survey),
    /// How far a document is.
    Measured(DocumentRow),
    /// The glossaries have been read, and what was wrong with them.
    Learned(Arc<Judge>, Vec<GlossaryRow>, Vec<Finding>),
    /// The memories have been opened, and what was wrong with them.
    Recalled(Vec<MemoryRow>, Vec<Finding>),
    /// How far the index of the memories is that is being built, in percent; 100 when it is over.
    Indexing(u64),
    /// The memories with their sizes, after something was kept.
    Weighed(Vec<MemoryRow>),
    /// A document was opened.
    Opened(Box<Session>, Vec<Finding>),
    /// What is offered for a segment.
    Suggested(usize, Box<Suggestions>),
    /// The findings of a segment with this target.
    Checked(usize, String, Vec<Finding>),
    /// The findings of a document as a whole, and which check found them.
    Examined(Stop, Vec<OfWhole>),
    /// The search of this number may go on.
    Sought(u32),
    /// The units with the query in them.
    Searched(Query, Result<Found, String>),
    /// How a phrase was rendered most often.
    Guessed(String, String),
    /// The work was written, or why not; what its file holds now.
    Saved(Box<Job>, Result<Work, String>),
    /// A document's files are not as they were, but like this.
    Stirred(PathBuf, Standing),
    /// What the work file holds, where another program has written it, and whether the document
    /// itself was changed.
    Followed(Box<Job>, Option<Work>, bool),
    /// Entries were written to the memory, or why not, and then which are left.
    Remembered(Vec<Note>, Result<(), String>),
    /// A term was written, or why not; the row it was written to, where that is new; the glossaries
    /// now.
    TermSaved(
        Result<String, String>,
        Option<Added>,
        Arc<Judge>,
        Vec<GlossaryRow>,
    ),
    /// The document was written, or why not.
    Delivered(Result<Delivery, String>),
    /// Lines that say why.
    Explained(Vec<String>),
    /// The rows of a glossary.
    Browsed(String, Vec<ConceptLine>),
    /// A row of a glossary to read: its title and lines, or why not.
    Looked(Result<(String, Vec<String>), String>),
    /// A row of a glossary to be filled, or why not.
    Filled(Result<Box<ConceptRow>, String>),
    /// The review of an alignment was opened, or why not.
    Aligned(Ticket, Result<Box<Review>, String>, Vec<Finding>),
    /// The beads of the revision that was asked for, made anew.
    Realigned(u64, Result<Vec<Bead>, String>),
    /// The review of this file was written, or why not.
    ReviewSaved(PathBuf, Result<Box<review::Saved>, String>),
    /// Beads went to a memory: what is to be said.
    Sent(Result<String, String>),
    /// Proposals were gathered, or why not; what could not be read.
    Proposed(Ticket, Result<Box<List>, String>, Vec<String>),
    /// Where the terms of a proposal stand: its number, the terms asked for.
    Placed(usize, Box<Places>),
    /// A decision was written, or why not: of which proposal, what was written and what is to be
    /// said; the glossaries now, where they changed.
    Decided(
        usize,
        Result<(Option<Kept>, String), String>,
        Option<(Arc<Judge>, Vec<GlossaryRow>)>,
    ),
    /// A file's name was gone on with.
    Completed(Completion),
    /// A file was compared with the glossary, or imported, or why not.
    Imported(Ticket, Result<Imported, String>),
    /// Something that had to be done and could not.
    Failed(String),
}

/// What the workspace holds, as far as names tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// The name of its folder.
    pub name: String,
    /// Whether there is no workspace at all.
    pub absent: bool,
    /// The documents, those worked on last first.
    pub documents: Vec<DocumentRow>,
    /// The glossaries.
    pub glossaries: Vec<GlossaryRow>,
    /// The memories.
    pub memories: Vec<MemoryRow>,
}

/// A document on the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The file.
    pub path: PathBuf,
    /// Its name in the workspace.
    pub name: String,
    /// Whether work on it has begun.
    pub begun: bool,
    /// From which language, into what; unknown until it has been read.
    pub direction: Option<(Lang, Locale)>,
    /// Segments in all, drafts and confirmed ones; unknown until it has been read.
    pub progress: Option<Progress>,
    /// Why it cannot be read.
    pub trouble: Option<String>,
}

/// How far a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Segments.
    pub segments: usize,
    /// Of these, with a translation nobody has confirmed.
    pub drafts: usize,
    /// Of these, confirmed.
    pub confirmed: usize,
}

impl Progress {
    /// Counts a session's segments.
    pub fn of(session: &Session) -> Self {
        let mut progress = Self {
            segments: session.len(),
            ..Self::default()
        };
        for unit in &session.document.units {
            progress.confirmed += usize::from(unit.state.confirmed());
            progress.drafts += usize::from(unit.state == State::Draft);
        }
        progress
    }

    /// The confirmed share in percent; 100 only when all are.
    pub fn percent(self) -> usize {
        (self.confirmed * 100)
            .checked_div(self.segments)
            .unwrap_or(0)
    }
}

/// A glossary on the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryRow {
    /// The file.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its concepts; unknown until it has been read.
    pub concepts: Option<usize>,
}

/// A memory on the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoryRow {
    /// Its name.
    pub name: String,
    /// Its units; unknown until it has been read.
    pub units: Option<usize>,
}

/// Something for the memory to keep or to forget.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// A confirmed unit.
    Keep(Box<Entry>),
    /// A confirmation that was taken back.
    Forget(Key),
}

/// A file's name, gone on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What was typed.
    pub typed: String,
    /// As far as it can be gone on with.
    pub text: String,
    /// The names that begin so.
    pub names: Vec<String>,
}

/// A file to be imported into the glossary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToImport {
    /// The file.
    pub path: PathBuf,
    /// How it is read, and what is done about conflicts.
    pub options: Options,
    /// The glossary it goes to; `None` for the workspace's own.
    pub into: Option<PathBuf>,
}

/// A file that was compared with the glossary, or imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file, and how it was read.
    pub asked: ToImport,
    /// What it would change, to read.
    pub lines: Vec<String>,
    /// That in a sentence.
    pub summary: String,
    /// Whether it would change anything.
    pub changes: bool,
    /// Whether it was written.
    pub written: bool,
}

/// How a document's file and its work file stand on disk, each by its length and the time of
/// its last change: what tells without reading them that nobody wrote.
pub type Standing = [Option<(u64, SystemTime)>; 2];

/// A document as it was when it was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// Its file.
    pub path: PathBuf,
    /// A hash of its bytes.
    pub hash: u64,
}

impl Printed {
    /// The document of these bytes.
    pub fn of(path: PathBuf, bytes: &[u8]) -> Self {
        let mut hash = Hash::default();
        hash.bytes(bytes);
        Self {
            path,
            hash: hash.finish(),
        }
    }
}

/// A delivered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The file written.
    pub path: PathBuf,
    /// Segments left in the source language.
    pub untranslated: usize,
}

/// The segment that suggestions are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The segment's number.
    pub unit: usize,
    /// Its source.
    pub text: String,
    /// The source before it.
    pub prev: String,
    /// The source after it.
    pub next: String,
    /// What the memory calls its document.
    pub document: String,
    /// The language it is in.
    pub from: Lang,
    /// What is written.
    pub to: Locale,
    /// The document's date.
    pub date: Option<jiff::civil::Date>,
}

/// A segment to check.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspect {
    /// The segment's number.
    pub unit: usize,
    /// Its document.
    pub path: PathBuf,
    /// The line it begins on.
    pub line: u32,
    /// Its source.
    pub source: String,
    /// Its target.
    pub target: String,
    /// The language it is in.
    pub from: Lang,
    /// What is written.
    pub to: Locale,
    /// The document's date.
    pub date: Option<jiff::civil::Date>,
    /// The source before it.
    pub prev: String,
    /// The source after it.
    pub next: String,
}

/// A document to check as a whole, with the work on it.
#[derive(Debug, Clone)]
pub struct ToExamine {
    /// What judges it.
    pub judge: Arc<Judge>,
    /// Its file.
    pub document: PathBuf,
    /// Its work file's text, as it would be saved.
    pub text: String,
    /// The document's date.
    pub date: Option<jiff::civil::Date>,
    /// Ends the check.
    pub stop: Stop,
}

/// A finding of a document as a whole: what no segment shows by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfWhole {
    /// The segment where it is told, from 0.
    pub unit: usize,
    /// The finding; its place lies in that segment, as that of a segment's own findings.
    pub finding: Finding,
    /// The other segments it is about.
    pub also: Vec<usize>,
}

/// Beads to be added to a memory.
#[derive(Debug)]
pub struct Sending {
    /// The alignment.
    pub alignment: Alignment,
    /// Which of its beads.
    pub least: Least,
    /// The memory's file, by its name in the workspace.
    pub memory: String,
    /// The language translated from.
    pub from: Lang,
    /// What the memory calls the document.
    pub document: String,
}

/// The number of something that may take long: whoever stops waiting for it drops the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticket(pub u32);

/// Two documents to be aligned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToAlign {
    /// One.
    pub first: PathBuf,
    /// Its translation; `None` for the one that its name or the workspace's patterns tell.
    pub second: Option<PathBuf>,
    /// How they are read.
    pub reading: Reading,
}

/// What terms are proposed from.
#[derive(Debug, Clone)]
pub enum ToPropose {
    /// Files, folders, pairs.
    Paths(intake::Ask),
    /// A document: with the work on it, else with its translation, else alone.
    Document(PathBuf),
    /// A memory, by its name.
    Memory(String),
    /// An alignment as it stands in its review, of two documents.
    Alignment(Box<Alignment>, Pair<PathBuf>),
}

/// What is asked of the worker, or of the loop around the screen.
#[derive(Debug)]
pub enum Effect {
    /// Look what the workspace holds.
    Survey,
    /// Read a document to see how far it is.
    Measure(DocumentRow),
    /// Open a document for translation.
    Open(PathBuf, Option<Locale>),
    /// Read the glossaries.
    Learn,
    /// Open the memories.
    Recall,
    /// Learn from a document's confirmed units which renderings it uses; whether it is another
    /// document than before.
    Use(Vec<(String, String)>, bool),
    /// Suggest. Only the newest counts.
    Suggest(Box<Ask>),
    /// Check a segment. Only the newest of a segment counts.
    Check(Box<Inspect>),
    /// Check a segment when there is nothing else to do.
    Review(Box<Inspect>),
    /// Check a document as a whole.
    Examine(Box<ToExamine>),
    /// End such a check, for which nobody waits any more.
    StopExamining(Stop),
    /// Let the search of this number in the document go on, once other keys have had their turn.
    Seek(u32),
    /// Search the memory. Only the newest counts.
    Search(Query),
    /// Guess how a phrase of this language is rendered, for a term that is being added.
    Guess(String, Lang),
    /// Keep and forget.
    Remember(Vec<Note>),
    /// Look whether the memory holds these, and remember those it does not.
    Mend(Vec<Entry>),
    /// Change a glossary.
    Term(TermChange),
    /// Say why: hits, findings and matches of a segment.
    Explain(Box<Inspect>),
    /// Read the rows of a glossary, or of all.
    Browse(Option<PathBuf>),
    /// Read a row of a glossary whole.
    Look(Box<ConceptLine>),
    /// Read the cells of a row of a glossary, to be filled: its line and a term it has, or a new
    /// row; without a glossary, of the workspace's own.
    Fill(Option<PathBuf>, Option<(u32, String)>),
    /// Write the work file.
    Save(Box<Job>),
    /// Look whether a document's files are still as they were.
    Stir(PathBuf, Standing),
    /// Look what other programs did to a document and to the work on it.
    Follow(Box<Job>, Printed),
    /// Write the translated document: file, contents, untranslated segments, whether over one that
    /// is there; the document it was made of.
    Deliver(PathBuf, Vec<u8>, usize, bool, Printed),
    /// Align two documents, and open the review of that.
    Align(Ticket, Box<ToAlign>),
    /// Align anew what is not fixed in this revision.
    Realign(Box<Alignment>, u64),
    /// Propose terms, and open the review of that.
    Propose(Ticket, Box<ToPropose>),
    /// Go on with a file's name.
    CompletePath(String),
    /// Compare a file with the glossary; write as well, or only look.
    Import(Ticket, Box<ToImport>, bool),
    /// Look where the terms of a proposal stand. Only the newest counts.
    Places(usize, Material, String, String),
    /// Write what was decided about a proposal.
    Decide(usize, Box<proposal::Choice>),
    /// Write the review.
    SaveReview(Box<review::Save>),
    /// Add beads to a memory.
    Send(Box<Sending>),
    /// Bring the index up to date.
    Tidy,
    /// Stop building it.
    StopIndexing,
    /// Send [`Action::Wake`] after so many milliseconds, unless one is due earlier.
    Wake(u64),
    /// Draw the whole screen anew: the terminal may show what was never drawn.
    Redraw,
    /// Put a text on the terminal's clipboard.
    Clipboard(String),
    /// End.
    Quit,
}

impl Effect {
    /// Whether it is done at once, touching files at the most, and so must never wait for an index
    /// being built.
    pub fn is_quick(&self) -> bool {
        matches!(
            self,
            Self::Survey
                | Self::Measure(_)
                | Self::Open(..)
                | Self::Save(..)
                | Self::SaveReview(_)
                | Self::Stir(..)
                | Self::Follow(..)
                | Self::Deliver(..)
                | Self::CompletePath(_)
                | Self::Look(_)
                | Self::Fill(..)
                | Self::StopExamining(_)
                | Self::Seek(_)
        )
    }

    /// Whether it may take seconds, and so gets a thread of its own.
    pub fn is_long(&self) -> bool {
        matches!(
            self,
            Self::Align(..)
                | Self::Realign(..)
                | Self::Propose(..)
                | Self::Examine(..)
                | Self::Import(_, _, false)
        )
    }
}
