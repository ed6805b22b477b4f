//! The loop around the screen: the terminal, the threads and the clock.

mod crew;
mod screen;

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{self, Event};
use crossterm::execute;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::tui::Start;
use crate::tui::action::{Action, Answer, Effect, ToAlign, ToPropose};
use crate::tui::key::Keymap;
use crate::tui::perform::now;
use crate::tui::state::State;
use crate::tui::update::{action_for, update};
use crew::Crew;
use screen::{Screen, theme};

/// What reaches the loop.
enum Message {
    Event(Event),
    Answer(Answer),
    /// The terminal is gone, or the system asks to end.
    HangUp,
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
        state.complain(format!("{}: {}", crate::project::FILE, first.message));
    }
    let screen = Screen::enter().map_err(|why| failed(&why))?;
    let result = shown(&mut state, start, &project, screen);
    result.map_err(|why| failed(&why))
}

fn failed(why: &io::Error) -> Error {
    Error::Usage(format!("the terminal cannot be used: {why}"))
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
                Effect::Redraw => screen.terminal.clear()?,
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
