//! What is done away from the keyboard: files, retrieval, checks. One function,
//! from an effect to answers; which thread runs it is decided in `run`, and the
//! tests run it in place.

mod browse;
mod complete;
mod examine;
mod explain;
mod import;
mod preview;
mod review;
mod survey;
mod term;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Result;
use crate::finding::{Finding, Parsed};
use crate::glossary::Glossary;
use crate::lang::{Lang, Locale};
use crate::memory::{Entry, Mark, Memory, Mode, Query};
use crate::project::Project;
use crate::review::proposal;
use crate::session::work::Job;
use crate::session::{self, Session};
use crate::suggest::rendering::Found;
use crate::suggest::{Request, Suggestions, Used, suggest};
use crate::tsv::write_atomic;
use crate::tui::action;
use crate::tui::action::{
    Answer, Delivery, Effect, GlossaryRow, MemoryRow, Note, Printed, Standing,
};
use crate::tui::judge::Judge;

/// What answers are made from: the workspace, and what has been read of it.
#[derive(Debug)]
pub struct Worker {
    /// The workspace.
    pub project: Project,
    /// The terms, and what judges a translation by them.
    pub judge: Arc<Judge>,
    /// The past units; `None` while they are being opened.
    pub memory: Option<Arc<Memory>>,
    /// What the open document has chosen.
    used: Used,
    /// Memories of lower priority.
    secondary: Vec<String>,
    /// What the memory is to keep once it is there.
    waiting: Vec<Vec<Note>>,
    /// What a document's work says the memory holds: to be looked up once it is there.
    held: Vec<Entry>,
    /// Who works here.
    who: String,
    /// Whether it was said that there is nothing to remember what is confirmed.
    said: bool,
}

impl Worker {
    /// A worker that has read nothing yet.
    pub fn new(project: Project) -> Self {
        let who = ["USER", "LOGNAME", "USERNAME"];
        let who = who.iter().find_map(|name| std::env::var(name).ok());
        Self {
            project,
            judge: Arc::default(),
            memory: None,
            used: Used::default(),
            secondary: Vec::new(),
            waiting: Vec::new(),
            held: Vec::new(),
            who: who.unwrap_or_default(),
            said: false,
        }
    }

    /// Whether something confirmed waits for the memory to be opened.
    pub fn owes(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Does what an effect asks for. Effects of the loop around the screen do nothing here.
    pub fn perform(&mut self, effect: Effect) -> Vec<Answer> {
        match effect {
            Effect::Survey => vec![match survey::survey(&self.project) {
                Ok(survey) => Answer::Surveyed(survey),
                Err(why) => Answer::Failed(why.to_string()),
            }],
            Effect::Measure(row) => vec![Answer::Measured(survey::measure(&self.project, row))],
            Effect::Open(path, to) => vec![match open(&self.project, &path, to) {
                Ok(Parsed {
                    value: mut session,
                    findings,
                }) => {
                    session.who.clone_from(&self.who);
                    Answer::Opened(Box::new(session), findings)
                }
                Err(why) => Answer::Failed(why.to_string()),
            }],
            Effect::Save(job) => vec![save(job)],
            Effect::Stir(document, known) => stir(document, known).into_iter().collect(),
            Effect::Follow(job, printed) => vec![follow(job, &printed)],
            Effect::Deliver(path, bytes, untranslated, over, printed) => {
                let delivery = deliver(path, &bytes, untranslated, over, &printed);
                vec![Answer::Delivered(delivery)]
            }
            Effect::Learn => self.learn(),
            Effect::Recall => match self.project.memory() {
                Ok(opened) => self.have(Ok(Arc::new(opened.value)), opened.findings),
                Err(why) => self.have(Err(why), Vec::new()),
            },
            Effect::Use(units, anew) => self.note_used(&units, anew),
            Effect::Suggest(ask) => {
                let suggestions = self.suggest(&ask);
                vec![Answer::Suggested(ask.unit, Box::new(suggestions))]
            }
            Effect::Check(inspect) | Effect::Review(inspect) => {
                let findings = self.judge.check(&inspect);
                vec![Answer::Checked(inspect.unit, inspect.target, findings)]
            }
            Effect::Examine(asked) => vec![examine::answer(*asked)],
            Effect::StopExamining(stop) => {
                stop.stop();
                Vec::new()
            }
            Effect::Seek(round) => vec![Answer::Sought(round)],
            Effect::Search(query) => vec![self.search(query)],
            Effect::Guess(text, lang) => self.guess(text, lang).into_iter().collect(),
            Effect::Remember(notes) => self.remember(notes),
            Effect::Mend(held) => self.mend(held),
            Effect::Term(change) => vec![self.term(&change)],
            Effect::Explain(inspect) => vec![Answer::Explained(self.explain(&inspect))],
            Effect::Browse(path) => vec![self.browse(path.as_deref())],
            Effect::Look(row) => vec![self.look(&row)],
            Effect::Fill(path, row) => vec![self.fill(path, row)],
            Effect::Align(ticket, asked) => vec![self.align(ticket, &asked)],
            Effect::Propose(ticket, what) => vec![self.propose(ticket, &what)],
            Effect::CompletePath(typed) => {
                vec![Answer::Completed(complete::complete(&self.project, &typed))]
            }
            Effect::Import(ticket, asked, write) => {
                vec![import::import(&self.project, ticket, *asked, write)]
            }
            Effect::Places(at, material, zh, en) => {
                let places = proposal::places(&material, &zh, &en);
                vec![Answer::Placed(at, Box::new(places))]
            }
            Effect::Decide(at, choice) => vec![self.decide(at, *choice)],
            Effect::Realign(alignment, revision) => vec![self.realign(&alignment, revision)],
            Effect::SaveReview(save) => {
                let result = save.run().map(Box::new).map_err(|why| why.to_string());
                vec![Answer::ReviewSaved(save.path, result)]
            }
            Effect::Send(sending) => vec![Answer::Sent(self.send(&sending))],
            Effect::Tidy => self.tidy(),
            Effect::Wake(_)
            | Effect::Redraw
            | Effect::Clipboard(_)
            | Effect::StopIndexing
            | Effect::Quit => Vec::new(),
        }
    }

    /// Brings the index up to date.
    fn tidy(&self) -> Vec<Answer> {
        let memory = self.memory.as_ref();
        let result = memory.map_or(Ok(()), |memory| memory.commit());
        let failed = result.err().map(|why| Answer::Failed(why.to_string()));
        self.weighed().into_iter().chain(failed).collect()
    }

    /// Looks a query up in the memory.
    fn search(&self, query: Query) -> Answer {
        let result = match &self.memory {
            Some(memory) => memory
                .concordance(&query)
                .map(Found::from)
                .map_err(|why| why.to_string()),
            None => Err("the memory is still being opened".to_owned()),
        };
        Answer::Searched(query, result)
    }

    /// Notes the renderings of some units for this document's own use, of these alone where `anew`.
    fn note_used(&mut self, units: &[(String, String)], anew: bool) -> Vec<Answer> {
        if anew {
            self.used = Used::default();
        }
        for (source, target) in units {
            self.used.add(source, target);
        }
        Vec::new()
    }

    /// How the memory renders a phrase most often.
    fn guess(&self, text: String, lang: Lang) -> Option<Answer> {
        let query = Query {
            text: text.clone(),
            mode: Mode::Exact,
            lang: Some(lang),
            limit: 100,
        };
        let found = self.memory.as_ref()?.concordance(&query).ok()?;
        let (guess, _) = Found::from(found).counts.into_iter().next()?;
        Some(Answer::Guessed(text, guess))
    }

    /// Reads the glossaries.
    fn learn(&mut self) -> Vec<Answer> {
        self.secondary = self.project.secondary();
        let (findings, failed) = match self.project.glossary() {
            Ok(read) => {
                self.take(read.value);
                (read.findings, None)
            }
            Err(why) => (Vec::new(), Some(Answer::Failed(why.to_string()))),
        };
        // Without a glossary there is still a memory, and text to be translated.
        let learned = Answer::Learned(Arc::clone(&self.judge), self.glossaries(), findings);
        [learned].into_iter().chain(failed).collect()
    }

    /// Takes over what was read of the glossaries.
    fn take(&mut self, glossary: Glossary) {
        let levels = self.project.config.rules.clone();
        self.judge = Arc::new(Judge::new(glossary, levels));
    }

    fn glossaries(&self) -> Vec<GlossaryRow> {
        let files = self.judge.glossary.files();
        files
            .map(|(path, concepts)| GlossaryRow {
                path: path.to_path_buf(),
                name: self.project.name(path),
                concepts: Some(concepts),
            })
            .collect()
    }

    /// Takes over the opened memory; what waited for it is kept now.
    pub fn have(&mut self, memory: Result<Arc<Memory>>, findings: Vec<Finding>) -> Vec<Answer> {
        match memory {
            Ok(memory) => {
                let mut answers = vec![Answer::Recalled(sizes(&memory), findings)];
                self.memory = Some(memory);
                let waiting = std::mem::take(&mut self.waiting);
                for notes in waiting {
                    answers.extend(self.remember(notes));
                }
                let held = std::mem::take(&mut self.held);
                answers.extend(self.mend(held));
                answers
            }
            Err(why) => {
                // Whoever confirms is told, and nothing that was confirmed is lost.
                let waiting = std::mem::take(&mut self.waiting);
                let refused = |notes| Answer::Remembered(notes, Err(why.to_string()));
                let mut answers: Vec<_> = waiting.into_iter().map(refused).collect();
                answers.push(Answer::Recalled(Vec::new(), findings));
                answers
            }
        }
    }

    /// How much the memories hold now.
    pub fn weighed(&self) -> Option<Answer> {
        let memory = self.memory.as_ref()?;
        Some(Answer::Weighed(sizes(memory)))
    }

    fn suggest(&self, ask: &action::Ask) -> Suggestions {
        let request = Request {
            prev: &ask.prev,
            next: &ask.next,
            document: &ask.document,
            date: ask.date,
            secondary: &self.secondary,
            ..Request::new(&ask.text, ask.from, ask.to, &self.used)
        };
        let none = Memory::default();
        let memory = self.memory.as_deref().unwrap_or(&none);
        suggest(
            &request,
            &self.judge.glossary,
            &self.judge.recognizer,
            memory,
        )
    }

    /// Keeps and forgets, in order. What could not be written is given back.
    fn remember(&mut self, mut notes: Vec<Note>) -> Vec<Answer> {
        let Some(memory) = &self.memory else {
            self.waiting.push(notes);
            return Vec::new();
        };
        if !memory.keeps() {
            // No failure: the work file has it, and there is nothing to be tried again.
            let said = (!std::mem::replace(&mut self.said, true)).then(|| UNKEPT.to_owned());
            let done = Answer::Remembered(Vec::new(), Ok(()));
            return [done].into_iter().chain(said.map(Answer::Failed)).collect();
        }
        let mut done = 0;
        let mut result = Ok(());
        for note in &notes {
            let written = match note {
                Note::Keep(entry) => memory.remember(entry),
                Note::Forget(key) => memory.forget(key, Mark::Unconfirmed, &now(), &self.who),
            };
            if let Err(why) = written {
                result = Err(why.to_string());
                break;
            }
            done += 1;
        }
        notes.drain(..done);
        vec![Answer::Remembered(notes, result)]
    }

    /// Remembers what the work on a document says was remembered and the memory
    /// does not have: the program may have been killed between writing the one
    /// and the other. What the memory has of a later time stands.
    fn mend(&mut self, held: Vec<Entry>) -> Vec<Answer> {
        let Some(memory) = &self.memory else {
            self.held = held;
            return Vec::new();
        };
        if !memory.keeps() {
            return Vec::new();
        }
        let has = |entry: &Entry| {
            let found = memory.exact(entry.source(), entry.from);
            let same = |one: &Entry| one.target() == entry.target() || one.when > entry.when;
            found
                .iter()
                .any(|one| one.key() == entry.key() && same(one))
        };
        let missing = held.into_iter().filter(|entry| !has(entry));
        let notes: Vec<_> = missing.map(|entry| Note::Keep(Box::new(entry))).collect();
        let mut answers = self.remember(notes);
        // Nobody waits for this answer unless it is a refusal.
        answers.retain(|answer| matches!(answer, Answer::Remembered(_, Err(_))));
        answers
    }
}

/// What is said where there is no journal.
const UNKEPT: &str = "kept beside the document, but not remembered for others: `zm init` makes a \
                      workspace, which does";

fn sizes(memory: &Memory) -> Vec<MemoryRow> {
    let stats = memory.stats().into_iter();
    stats
        .map(|stats| MemoryRow {
            name: stats.name,
            units: Some(stats.units),
        })
        .collect()
}

/// The time, as the journal has it.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    format!("{now:.0}")
}

/// Opens a document with the work done on it.
fn open(project: &Project, path: &Path, to: Option<Locale>) -> Result<Parsed<Session>> {
    let begun = session::work::path(path).exists();
    let mut parsed = session::work::open(path, None, to)?;
    let session = &mut parsed.value;
    if !begun {
        session.to = project.target(session.from(), to);
    }
    session.name = project.name(path);
    Ok(parsed)
}

fn deliver(
    path: PathBuf,
    bytes: &[u8],
    untranslated: usize,
    over: bool,
    printed: &Printed,
) -> Result<Delivery, String> {
    if changed(printed) {
        return Err(CHANGED.to_owned());
    }
    if !over && path.exists() {
        return Err(EXISTS.to_owned());
    }
    write_atomic(&path, bytes).map_err(|why| why.to_string())?;
    Ok(Delivery { path, untranslated })
}

/// How a document's files stand, where that is not as is known.
fn stir(document: PathBuf, known: Standing) -> Option<Answer> {
    let files = [&document, &session::work::path(&document)];
    let now = files.map(|file| {
        let data = std::fs::metadata(file).ok()?;
        Some((data.len(), data.modified().ok()?))
    });
    (now != known).then_some(Answer::Stirred(document, now))
}

/// Writes the work on a document.
fn save(job: Box<Job>) -> Answer {
    let result = job.run().map_err(|why| why.to_string());
    Answer::Saved(job, result)
}

/// What other programs did to a document and to the work on it.
fn follow(job: Box<Job>, printed: &Printed) -> Answer {
    let theirs = job.look();
    Answer::Followed(job, theirs, changed(printed))
}

/// Whether a document is not what it was when it was opened. One that cannot be read is not
/// known to be another.
fn changed(printed: &Printed) -> bool {
    let bytes = std::fs::read(&printed.path);
    bytes.is_ok_and(|bytes| Printed::of(printed.path.clone(), &bytes) != *printed)
}

/// What is said where the document to be delivered is not the one that was translated.
const CHANGED: &str = "the document was changed on disk: nothing is delivered; open it anew first";

/// What is said where the delivered file is there already.
pub const EXISTS: &str = "this file is there already; once more writes over it";

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::document::State;

    fn entry(en: &str, when: &str) -> Entry {
        Entry {
            zh: "白宫发布行政令。".into(),
            en: en.into(),
            state: State::Translated,
            document: "a.zh.md".into(),
            when: when.into(),
            ..Entry::default()
        }
    }

    #[test]
    fn without_a_workspace_it_is_said_once_that_nothing_is_remembered() {
        let mut worker = Worker::new(Project::default());
        let unit = entry("The White House issued an executive order.", "2025-11-24");
        let confirm = |worker: &mut Worker| {
            worker.perform(Effect::Remember(vec![Note::Keep(Box::new(unit.clone()))]))
        };
        worker.perform(Effect::Recall);
        worker.perform(Effect::Mend(vec![unit.clone()]));
        let first = confirm(&mut worker);
        assert!(
            matches!(first.as_slice(), [Answer::Remembered(left, Ok(())), Answer::Failed(_)] if left.is_empty()),
            "{first:?}"
        );
        let second = confirm(&mut worker);
        assert!(
            matches!(second.as_slice(), [Answer::Remembered(_, Ok(()))]),
            "{second:?}"
        );
        let Answer::Surveyed(survey) = worker.perform(Effect::Survey).remove(0) else {
            panic!("nothing was looked at");
        };
        assert!(survey.absent);
    }

    #[test]
    fn what_a_kill_kept_from_the_memory_is_remembered_and_the_newer_stands() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("glossaries")).unwrap();
        let project = Project::open(folder.path()).unwrap();
        let memory = Arc::new(project.memory().unwrap().value);
        let mut worker = Worker::new(project);
        let first = entry(
            "The White House issued an executive order.",
            "2025-11-24T08:00:00Z",
        );
        worker.perform(Effect::Mend(vec![first.clone()]));
        assert!(!worker.owes());
        worker.perform(Effect::Remember(vec![Note::Keep(Box::new(first.clone()))]));
        assert!(worker.owes(), "what was just confirmed is on no disk yet");
        worker.have(Ok(Arc::clone(&memory)), Vec::new());
        assert!(!worker.owes());
        let offered = || memory.exact(&first.zh, Lang::Zh).remove(0).en;
        assert_eq!(offered(), first.en);

        let newer = entry(
            "The White House released an executive order.",
            "2025-11-24T09:00:00Z",
        );
        memory.remember(&newer).unwrap();
        worker.perform(Effect::Mend(vec![first.clone()]));
        assert_eq!(offered(), newer.en);
    }
}
