//! The loop around the screen: the terminal, the threads and the clock.
//!
//! Three threads work: one for what touches only the document's files, so that
//! saving never waits; one for glossaries, recognition, suggestions and checks;
//! one that opens the memory and brings its index up to date, which may take
//! long. A fourth reads the keyboard.

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    Event, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, terminal};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::memory::Memory;
use crate::project::Project;
use crate::tui::Start;
use crate::tui::action::{Action, Answer, Effect, ToAlign, ToPropose};
use crate::tui::draw::draw;
use crate::tui::key::Keymap;
use crate::tui::perform::{Worker, now};
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::update::{action_for, update};

/// What reaches the loop.
enum Message {
    Event(Event),
    Answer(Answer),
    /// The terminal is gone, or the system asks to end.
    HangUp,
}

/// What reaches the worker.
enum Work {
    Effect(Effect),
    Memory(Result<Arc<Memory>>, Vec<Finding>),
}

/// What reaches the thread of the memory.
enum Upkeep {
    Open(Sender<Work>),
    Commit(Arc<Memory>),
}

/// Shows the screen until the user leaves it.
///
/// # Errors
/// Standard input or output is not a terminal, or the terminal refuses.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the screen is the last to need the workspace"
)]
pub fn run(start: Start, project: Project) -> Result<()> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Error::Usage(
            "the screen needs a terminal: standard input and output must not be redirected \
             (`zm suggest`, `zm terms` and `zm deliver` work without one)"
                .into(),
        ));
    }
    if let Start::Document(path, _) = &start {
        // Said on the command line, and not on a screen that is gone at once.
        std::fs::metadata(path).map_err(|why| Error::io("open", path, why))?;
    }
    let (keys, wrong) = Keymap::new(&project.config.keys);
    let mut state = State::new(keys, theme());
    if let Some(first) = wrong.first() {
        state.complain(format!("{}: {first}", crate::project::FILE));
    }
    let screen = Screen::enter().map_err(|why| failed(&why))?;
    let result = shown(&mut state, start, &project, screen);
    result.map_err(|why| failed(&why))
}

fn failed(why: &io::Error) -> Error {
    Error::Usage(format!("the terminal cannot be used: {why}"))
}

/// The look that the environment asks for.
fn theme() -> Theme {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb" || term == "vt100");
    let mut theme = if set("NO_COLOR") || dumb {
        Theme::MONO
    } else {
        Theme::COLOR
    };
    theme.wide = std::env::var_os(WIDTH).is_some_and(|value| value == "2");
    theme
}

/// The terminal, taken over; dropping it gives it back, also in a panic.
struct Screen {
    terminal: Terminal<CrosstermBackend<io::BufWriter<io::Stdout>>>,
    kitty: bool,
}

impl Screen {
    fn enter() -> io::Result<Self> {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A fault of the worker is told on the screen, which lives on.
            if thread::current().name() == Some("main") {
                give_back(true);
                usual(info);
            }
        }));
        enable_raw_mode()?;
        let mut out = io::stdout();
        execute!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            EnableMouseCapture
        )?;
        // One write a frame: fewer packets over SSH, and no half-drawn screens.
        let out = io::BufWriter::with_capacity(1 << 16, io::stdout());
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Self {
            terminal,
            kitty: false,
        })
    }

    fn draw(&mut self, state: &State) -> io::Result<()> {
        self.terminal.draw(|frame| draw(state, frame))?;
        Ok(())
    }

    /// Asks the terminal whether it speaks the kitty protocol, and switches that on; and how
    /// wide it draws “. A terminal that gives no first answer is not asked again.
    fn ask(&mut self, theme: &mut Theme) -> bool {
        let Ok(kitty) = terminal::supports_keyboard_enhancement() else {
            return false;
        };
        if kitty {
            let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
            self.kitty = execute!(io::stdout(), PushKeyboardEnhancementFlags(flags)).is_ok();
        }
        if std::env::var_os(WIDTH).is_none()
            && execute!(io::stdout(), cursor::MoveTo(0, 0), Print("“")).is_ok()
            && let Ok((column, _)) = cursor::position()
        {
            theme.wide = column == 2;
            let _ = self.terminal.clear();
        }
        self.kitty
    }
}

/// Says how wide characters of ambiguous width are (1 or 2), where asking the terminal fails.
const WIDTH: &str = "ZM_AMBIGUOUS_WIDTH";

impl Drop for Screen {
    fn drop(&mut self) {
        give_back(self.kitty);
        let _ = panic::take_hook();
    }
}

/// Puts the terminal back as it was. Nothing can be done where that fails.
fn give_back(kitty: bool) {
    let mut out = io::stdout();
    if kitty {
        let _ = execute!(out, PopKeyboardEnhancementFlags);
    }
    let _ = execute!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// The threads, and what leads to them.
struct Crew {
    quick: Sender<Effect>,
    worker: Sender<Work>,
    upkeep: Sender<Upkeep>,
    threads: Vec<JoinHandle<()>>,
    /// For work that gets a thread of its own.
    project: Project,
    answers: Sender<Message>,
    /// Tells when the thread of the memory is done with what it was given.
    idle: Receiver<()>,
}

impl Crew {
    fn new(project: &Project, answers: &Sender<Message>) -> Self {
        let (quick, from_loop) = mpsc::channel();
        let (worker, to_worker) = mpsc::channel();
        let (upkeep, to_upkeep) = mpsc::channel();
        let (done, idle) = mpsc::channel();
        let mut files = Worker::new(project.clone());
        let mut mind = Worker::new(project.clone());
        let mine = project.clone();
        let project = project.clone();
        let (out, more, tidied) = (answers.clone(), answers.clone(), upkeep.clone());
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
        thread::spawn(move || tend(&project, &to_upkeep, &done));
        Self {
            quick,
            worker,
            upkeep,
            threads,
            project: mine,
            answers: answers.clone(),
            idle,
        }
    }

    fn give(&self, effect: Effect) {
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
        } else if effect.is_quick() {
            let _ = self.quick.send(effect);
        } else {
            let _ = self.worker.send(Work::Effect(effect));
        }
    }

    /// Lets the threads finish what they were given: nothing confirmed is lost.
    fn dismiss(self) {
        drop(self.quick);
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
    let mut fresh = false;
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
fn tend(project: &Project, upkeep: &Receiver<Upkeep>, done: &Sender<()>) {
    // The segmenter loads its dictionary on first use: here, and not on a key press.
    let _ = crate::text::words::words("正名");
    for one in upkeep {
        match one {
            Upkeep::Open(worker) => {
                let opened = panic::catch_unwind(AssertUnwindSafe(|| project.memory()));
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

/// Shows the screen.
fn shown(state: &mut State, start: Start, project: &Project, mut screen: Screen) -> io::Result<()> {
    let size = screen.terminal.size()?;
    state.size = (size.width, size.height);
    state.now = now();
    let (messages, inbox) = mpsc::channel();
    let crew = Crew::new(project, &messages);
    let first = [Effect::Survey, Effect::Learn, Effect::Recall];
    let opening = match start {
        Start::Home => None,
        Start::Document(path, to) => {
            state.to = to;
            state.opening(&path);
            Some(Effect::Open(path, to))
        }
        Start::Alignment([first, second], reading) => {
            let ticket = state.wait(format!("aligning {}", first.display()));
            let asked = ToAlign {
                first,
                second: Some(second),
                reading,
            };
            Some(Effect::Align(ticket, Box::new(asked)))
        }
        Start::Proposals(ask) => {
            let first = ask.paths.iter().chain(ask.pairs.as_flattened()).next();
            let name = first.map(|path| path.display().to_string());
            Some(state.propose(ToPropose::Paths(ask), name.unwrap_or_default()))
        }
    };
    // The document first: it is on the screen before anything else has been read.
    for effect in opening.into_iter().chain(first) {
        crew.give(effect);
    }
    screen.draw(state)?;
    let mut theme = state.theme;
    let kitty = screen.ask(&mut theme);
    update(state, Action::Terminal { kitty, theme });
    screen.draw(state)?;
    listen(&messages);
    let result = live(state, &inbox, &crew, &mut screen);
    crew.dismiss();
    result
}

/// Reads the keyboard, and hears the system's wish to end.
fn listen(messages: &Sender<Message>) {
    let keys = messages.clone();
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            if keys.send(Message::Event(event)).is_err() {
                return;
            }
        }
        let _ = keys.send(Message::HangUp);
    });
    #[cfg(unix)]
    {
        let ends = messages.clone();
        thread::spawn(move || {
            use signal_hook::consts::{SIGHUP, SIGTERM};
            if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP]) {
                for _ in signals.forever() {
                    let _ = ends.send(Message::HangUp);
                }
            }
        });
    }
}

/// Takes messages until the user leaves.
fn live(
    state: &mut State,
    inbox: &Receiver<Message>,
    crew: &Crew,
    screen: &mut Screen,
) -> io::Result<()> {
    let mut wake: Option<Instant> = None;
    let mut gone = false;
    loop {
        let wait = wake.map_or(Duration::from_mins(1), |at| {
            at.saturating_duration_since(Instant::now())
        });
        let first = match inbox.recv_timeout(wait) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Message::HangUp),
        };
        state.now = now();
        let mut actions = Vec::new();
        if wake.is_some_and(|at| at <= Instant::now()) {
            wake = None;
            actions.push(Action::Wake);
        }
        let mut queue: VecDeque<Message> = first.into_iter().collect();
        // An input method sends many keys at once: one frame for all of them.
        queue.extend(inbox.try_iter());
        let mut effects = Vec::new();
        for action in actions {
            effects.extend(update(state, action));
        }
        for message in queue {
            let action = match message {
                Message::Event(event) => action_for(state, event),
                Message::Answer(answer) => Some(Action::Answer(answer)),
                Message::HangUp => {
                    gone = true;
                    Some(Action::HangUp)
                }
            };
            if let Some(action) = action {
                effects.extend(update(state, action));
            }
        }
        let mut leaving = false;
        for effect in effects {
            match effect {
                Effect::Wake(after) => {
                    let at = Instant::now() + Duration::from_millis(after);
                    wake = Some(wake.map_or(at, |old| old.min(at)));
                }
                Effect::Clipboard(text) => {
                    let copy = CopyToClipboard::to_clipboard_from(text);
                    let _ = execute!(screen.terminal.backend_mut(), copy);
                }
                Effect::Quit => leaving = true,
                effect => crew.give(effect),
            }
        }
        if leaving {
            return Ok(());
        }
        if !gone {
            screen.draw(state)?;
            let _ = screen.terminal.backend_mut().flush();
        }
    }
}
