//! Alignments and proposals: made, made anew, decided on, sent to a memory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Worker;
use crate::error::{Error, Result};
use crate::intake::{self, Ask};
use crate::project::Project;
use crate::review;
use crate::review::proposal::{self, Choice, List};
use crate::session;
use crate::tui::action::{Answer, Sending, Ticket, ToAlign, ToPropose};

impl Worker {
    /// Aligns anew what is not accepted.
    pub(super) fn realign(&self, alignment: &review::Alignment, revision: u64) -> Answer {
        let beads = review::realigned(&self.project, alignment);
        let beads = beads.map(|beads| beads.value);
        Answer::Realigned(revision, beads.map_err(|why| why.to_string()))
    }

    /// Opens the review of two documents; the second may be found by the first one's name.
    pub(super) fn align(&self, ticket: Ticket, asked: &ToAlign) -> Answer {
        let first = &*asked.first;
        let second = match &asked.second {
            Some(second) => Ok(second.clone()),
            None => intake::partner(first, &self.project),
        };
        let opened =
            second.and_then(|second| review::open(&self.project, [first, &second], asked.reading));
        match opened {
            Ok(opened) => Answer::Aligned(ticket, Ok(Box::new(opened.value)), opened.findings),
            Err(why) => Answer::Aligned(ticket, Err(why.to_string()), Vec::new()),
        }
    }

    /// Gathers proposals.
    pub(super) fn propose(&self, ticket: Ticket, what: &ToPropose) -> Answer {
        let project = &self.project;
        let gathered = match what {
            ToPropose::Paths(ask) => proposal::gather(project, ask),
            ToPropose::Document(path) => proposal::gather(project, &about(path, project)),
            ToPropose::Memory(name) => named(project, name).and_then(|path| {
                let paths = vec![path];
                proposal::gather(
                    project,
                    &Ask {
                        paths,
                        ..Ask::default()
                    },
                )
            }),
            ToPropose::Alignment(alignment, documents) => {
                proposal::aligned(project, alignment, documents)
            }
        };
        let list = gathered.and_then(|gathered| {
            let unread = gathered.unread.iter();
            let unread = unread.map(|one| format!("{}: {}", one.path.display(), one.message));
            let findings = gathered.findings.iter();
            let findings = findings.map(|one| {
                let place = &one.place;
                format!("{}:{}: {}", place.path.display(), place.line, one.message)
            });
            let told = unread.chain(findings).collect();
            let glossary = project.glossary()?.value;
            Ok((List::new(gathered, &glossary), told))
        });
        match list {
            Ok((list, told)) => Answer::Proposed(ticket, Ok(Box::new(list)), told),
            Err(why) => Answer::Proposed(ticket, Err(why.to_string()), Vec::new()),
        }
    }

    /// Writes what was decided about a proposal.
    pub(super) fn decide(&mut self, at: usize, mut choice: Choice) -> Answer {
        if let Choice::Accept(row) = &mut choice {
            row.by.clone_from(&self.who);
        }
        let written = choice.write(&self.project, &self.judge.glossary);
        let mut now = None;
        if written.is_ok()
            && choice.changes_glossary()
            && let Ok(read) = self.project.glossary()
        {
            self.take(read.value);
            now = Some((Arc::clone(&self.judge), self.glossaries()));
        }
        Answer::Decided(at, written.map_err(|why| why.to_string()), now)
    }

    /// Adds beads to a memory of the workspace.
    pub(super) fn send(&self, sending: &Sending) -> std::result::Result<String, String> {
        let root = self.project.root.clone().unwrap_or_default();
        let path = root.join(&sending.memory);
        let Sending {
            alignment,
            least,
            from,
            document,
            ..
        } = sending;
        let units = review::units(alignment, *least, *from);
        review::may_be_memory(&path, &self.project)
            .and_then(|()| review::send(units, &path, *from, document))
            .map(|sent| {
                format!(
                    "{} units added to {}, {} were there",
                    sent.added, sending.memory, sent.there
                )
            })
            .map_err(|why| why.to_string())
    }
}

/// What is read of a document to propose from: the work on it, else it and its translation.
fn about(document: &Path, project: &Project) -> Ask {
    let work = session::work::path(document);
    if work.is_file() {
        return Ask {
            paths: vec![work],
            ..Ask::default()
        };
    }
    match intake::partner(document, project) {
        Ok(other) => Ask {
            pairs: vec![[document.to_owned(), other]],
            ..Ask::default()
        },
        Err(_) => Ask {
            paths: vec![document.to_owned()],
            ..Ask::default()
        },
    }
}

/// The file of a memory.
fn named(project: &Project, name: &str) -> Result<PathBuf> {
    let files = project.memory_files()?.into_iter().chain(project.journal());
    let mut files = files.filter(|path| path.file_stem().is_some_and(|stem| stem == name));
    match files.next() {
        Some(path) if path.exists() => Ok(path),
        Some(_) => Err(Error::Usage(format!(
            "{name} is empty: nothing has been confirmed yet"
        ))),
        None => Err(Error::Usage(format!("there is no memory {name}"))),
    }
}
