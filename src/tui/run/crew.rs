//! The threads. Three work: one for what touches only the document's files, so
//! that saving never waits; one for glossaries, recognition, suggestions and
//! checks; one that opens the memory and brings its index up to date, which may
//! take long. What may take seconds gets a thread of its own.

use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Message;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::memory::{Memory, Watch};
use crate::project::Project;
use crate::tui::action::{Answer, Effect};
use crate::tui::perform::Worker;

/// What reaches the worker.
enum Work {
    Effect(Effect),
    Memory(Result<Arc<Memory>>, Vec<Finding>),
    /// Nothing more will be asked.
    End,
}

/// What reaches the thread of the memory.
enum Upkeep {
    Open(Sender<Work>),
    Commit(Arc<Memory>),
}

/// The threads, and what leads to them.
pub(super) struct Crew {
    quick: Sender<Effect>,
    worker: Sender<Work>,
    upkeep: Sender<Upkeep>,
    threads: Vec<JoinHandle<()>>,
    /// For work that gets a thread of its own.
    project: Project,
    answers: Sender<Message>,
    /// Tells when the thread of the memory is done with what it was given.
    idle: Receiver<()>,
    /// Looks on while the index is built.
    watch: Shared,
}

/// What looks on at the memory opened last.
type Shared = Arc<Mutex<Option<Arc<Watch>>>>;

impl Crew {
    pub(super) fn new(project: &Project, answers: &Sender<Message>) -> Self {
        let (quick, from_loop) = mpsc::channel();
        let (worker, to_worker) = mpsc::channel();
        let (upkeep, to_upkeep) = mpsc::channel();
        let (done, idle) = mpsc::channel();
        let mut files = Worker::new(project.clone());
        let mut mind = Worker::new(project.clone());
        let mine = project.clone();
        let project = project.clone();
        let (out, more, tidied) = (answers.clone(), answers.clone(), upkeep.clone());
        let (told, watch) = (answers.clone(), Shared::default());
        let watched = Arc::clone(&watch);
        let threads = vec![
            thread::spawn(move || {
                queue(&from_loop, |effect| {
                    for answer in guarded(&mut files, effect) {
                        let _ = out.send(Message::Answer(answer));
                    }
                });
            }),
            thread::spawn(move || think(&mut mind, &to_worker, &more, &tidied)),
        ];
        // Not joined: an index being built is derived, and may be left half done.
        thread::spawn(move || tend(&project, &to_upkeep, &told, &watched, &done));
        Self {
            quick,
            worker,
            upkeep,
            threads,
            project: mine,
            answers: answers.clone(),
            idle,
            watch,
        }
    }

    pub(super) fn give(&self, effect: Effect) {
        if effect.is_long() {
            let (mut worker, answers) = (Worker::new(self.project.clone()), self.answers.clone());
            // Not joined: an alignment that nobody waits for any more may be left half done.
            thread::spawn(move || {
                for answer in guarded(&mut worker, effect) {
                    let _ = answers.send(Message::Answer(answer));
                }
            });
        } else if matches!(effect, Effect::Recall) {
            let _ = self.upkeep.send(Upkeep::Open(self.worker.clone()));
        } else if matches!(effect, Effect::StopIndexing) {
            self.stop_indexing();
        } else if effect.is_quick() {
            let _ = self.quick.send(effect);
        } else {
            let _ = self.worker.send(Work::Effect(effect));
        }
    }

    /// Leaves an index that is being built, where that takes its time.
    fn stop_indexing(&self) {
        let watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watch) = &*watch {
            watch.stop();
        }
    }

    /// Lets the threads finish what they were given: nothing confirmed is lost.
    pub(super) fn dismiss(self) {
        // What was confirmed waits for the memory to be opened, not for its index to be built.
        self.stop_indexing();
        drop(self.quick);
        // Said, not only hung up: the thread of the memory holds a line to the worker for as long
        // as it builds the index.
        let _ = self.worker.send(Work::End);
        drop(self.worker);
        drop(self.upkeep);
        for thread in self.threads {
            let _ = thread.join();
        }
        // The index is brought up to date where that is quickly done.
        let _ = self.idle.recv_timeout(Duration::from_secs(2));
    }
}

/// Does effects in order, but writing work comes before looking at other files.
fn queue(effects: &Receiver<Effect>, mut act: impl FnMut(Effect)) {
    let mut waiting: VecDeque<Effect> = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match effects.recv() {
                Ok(effect) => waiting.push_back(effect),
                Err(_) => return,
            }
        }
        waiting.extend(effects.try_iter());
        let urgent = waiting
            .iter()
            .position(|effect| !matches!(effect, Effect::Measure(_) | Effect::Survey));
        if let Some(effect) = waiting.remove(urgent.unwrap_or(0)) {
            act(effect);
        }
    }
}

/// The worker's loop: drains what has come, drops what a newer question has overtaken, and does
/// the most urgent.
fn think(
    worker: &mut Worker,
    work: &Receiver<Work>,
    answers: &Sender<Message>,
    upkeep: &Sender<Upkeep>,
) {
    let mut waiting: VecDeque<Effect> = VecDeque::new();
    let (mut fresh, mut ending) = (false, false);
    let send = |all: Vec<Answer>| {
        for answer in all {
            let _ = answers.send(Message::Answer(answer));
        }
    };
    let commit = |worker: &Worker| {
        if let Some(memory) = &worker.memory {
            let _ = upkeep.send(Upkeep::Commit(Arc::clone(memory)));
        }
    };
    loop {
        if ending && waiting.is_empty() && !worker.owes() {
            if fresh {
                commit(worker);
            }
            return;
        }
        let mut came: Vec<Work> = Vec::new();
        if waiting.is_empty() {
            match work.recv_timeout(Duration::from_secs(3)) {
                Ok(one) => came.push(one),
                Err(RecvTimeoutError::Timeout) => {
                    // Idle: what was confirmed goes into the index.
                    if std::mem::take(&mut fresh) {
                        commit(worker);
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    if fresh {
                        commit(worker);
                    }
                    return;
                }
            }
        }
        came.extend(work.try_iter());
        for one in came {
            match one {
                Work::Effect(effect) => enqueue(&mut waiting, effect),
                Work::Memory(memory, findings) => {
                    send(worker.have(memory, findings));
                    fresh = true;
                }
                Work::End => ending = true,
            }
        }
        let next = (0..waiting.len()).min_by_key(|&i| waiting.get(i).map_or(9, urgency));
        let Some(effect) = next.and_then(|next| waiting.remove(next)) else {
            continue;
        };
        match effect {
            Effect::Tidy => {
                send(worker.weighed().into_iter().collect());
                commit(worker);
            }
            effect => {
                fresh |= matches!(effect, Effect::Remember(_));
                send(guarded(worker, effect));
            }
        }
    }
}

/// Performs an effect; a fault in it costs its answer and nothing more.
fn guarded(worker: &mut Worker, effect: Effect) -> Vec<Answer> {
    panic::catch_unwind(AssertUnwindSafe(|| worker.perform(effect)))
        .unwrap_or_else(|_| vec![Answer::Failed(FAULT.to_owned())])
}

/// What is said of a fault of our own.
const FAULT: &str = "a fault of this program: please report what you were doing";

/// Puts an effect into the queue in the place of those it overtakes.
fn enqueue(waiting: &mut VecDeque<Effect>, effect: Effect) {
    waiting.retain(|old| match (old, &effect) {
        (Effect::Suggest(_), Effect::Suggest(_))
        | (Effect::Search(_), Effect::Search(_))
        | (Effect::Places(..), Effect::Places(..)) => false,
        (Effect::Check(old) | Effect::Review(old), Effect::Check(new) | Effect::Review(new)) => {
            old.unit != new.unit
        }
        _ => true,
    });
    waiting.push_back(effect);
}

/// What goes first: what is known, what must not be lost, what is being looked at.
fn urgency(effect: &Effect) -> u8 {
    match effect {
        Effect::Learn => 0,
        Effect::Remember(_) | Effect::Term(_) | Effect::Decide(..) | Effect::Use(..) => 1,
        Effect::Suggest(_) | Effect::Search(_) | Effect::Browse(_) | Effect::Places(..) => 2,
        Effect::Check(_) | Effect::Explain(_) => 3,
        Effect::Review(_) => 5,
        _ => 4,
    }
}

/// The thread of the memory.
fn tend(
    project: &Project,
    upkeep: &Receiver<Upkeep>,
    answers: &Sender<Message>,
    watched: &Mutex<Option<Arc<Watch>>>,
    done: &Sender<()>,
) {
    // The segmenter loads its dictionary on first use: here, and not on a key press.
    let _ = crate::text::words::words("正名");
    for one in upkeep {
        match one {
            Upkeep::Open(worker) => {
                let answers = answers.clone();
                let watch = Arc::new(Watch::new(move |percent| {
                    let _ = answers.send(Message::Answer(Answer::Indexing(percent)));
                }));
                *watched.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&watch));
                let open = || project.memory_watched(watch);
                let opened = panic::catch_unwind(AssertUnwindSafe(open));
                let opened = match opened.unwrap_or_else(|_| Err(Error::Usage(FAULT.into()))) {
                    Ok(opened) => Work::Memory(Ok(Arc::new(opened.value)), opened.findings),
                    Err(why) => Work::Memory(Err(why), Vec::new()),
                };
                let _ = worker.send(opened);
            }
            Upkeep::Commit(memory) => {
                // What could not be indexed is searched without the index.
                let _ = memory.commit();
            }
        }
    }
    let _ = done.send(());
}
