//! Keys: their names, and which command a press stands for in a mode.
//!
//! Plain terminals cannot send Ctrl+Enter or Ctrl+1; terminals that speak the
//! kitty protocol can. So every command has keys that arrive everywhere, some
//! have better ones as well, and only those that work here are shown.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::project::near;
use crate::tui::command::{COMMANDS, Command, Mode};

/// One key with its modifiers: `Ctrl+F`, `Alt+.`, `Shift+F8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Shift, Control and Alt; others are left out.
    pub modifiers: KeyModifiers,
}

impl Key {
    /// The key of a press. Shift is left out where the character itself says it.
    pub fn pressed(event: KeyEvent) -> Self {
        let kept = KeyModifiers::SHIFT | KeyModifiers::CONTROL | KeyModifiers::ALT;
        let mut modifiers = event.modifiers & kept;
        let code = match event.code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            // Terminals differ in whether Shift makes Ctrl+f a Ctrl+F: the letter is kept small.
            KeyCode::Char(c) if modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            KeyCode::Char(c) => {
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(c)
            }
            code => code,
        };
        Self { code, modifiers }
    }

    /// The character it types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// Whether every terminal can send it.
    fn legacy(self) -> bool {
        let control = self.modifiers.contains(KeyModifiers::CONTROL);
        match self.code {
            KeyCode::Char(c) if control => {
                (c.is_ascii_lowercase() || c == ' ') && self.modifiers == KeyModifiers::CONTROL
            }
            KeyCode::Enter => !control && !self.modifiers.contains(KeyModifiers::SHIFT),
            KeyCode::Tab => !control && !self.modifiers.contains(KeyModifiers::ALT),
            KeyCode::Backspace => !control,
            _ => true,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in [
            (KeyModifiers::CONTROL, "Ctrl+"),
            (KeyModifiers::ALT, "Alt+"),
            (KeyModifiers::SHIFT, "Shift+"),
        ] {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                write!(f, "{}", c.to_ascii_uppercase())
            }
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            code => write!(f, "{code:?}"),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = name;
        while let Some((head, tail)) = rest.split_once('+').filter(|(_, tail)| !tail.is_empty()) {
            modifiers |= match head.to_ascii_lowercase().as_str() {
                "ctrl" => KeyModifiers::CONTROL,
                "alt" => KeyModifiers::ALT,
                "shift" => KeyModifiers::SHIFT,
                _ => return Err(format!("`{head}` is not Ctrl, Alt or Shift")),
            };
            rest = tail;
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) if modifiers.is_empty() => KeyCode::Char(c),
            (Some(c), None) => KeyCode::Char(c.to_ascii_lowercase()),
            _ => named(rest).ok_or_else(|| format!("`{rest}` is not the name of a key"))?,
        };
        Ok(Self { code, modifiers })
    }
}

/// The key of a name longer than a character.
fn named(name: &str) -> Option<KeyCode> {
    let name = name.to_ascii_lowercase();
    if let Some(n) = name.strip_prefix('f').and_then(|n| n.parse().ok()) {
        return Some(KeyCode::F(n));
    }
    Some(match name.as_str() {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "insert" => KeyCode::Insert,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" | "pageup" => KeyCode::PageUp,
        "pgdn" | "pagedown" => KeyCode::PageDown,
        _ => return None,
    })
}

/// The key sequences of one entry of the table. `Alt+1..9` stands for nine of them, in order.
fn sequences(entry: &str) -> Result<Vec<Vec<Key>>, String> {
    let Some((head, last)) = entry.split_once("..") else {
        return Ok(vec![sequence(entry)?]);
    };
    let first = head.chars().next_back().and_then(|c| c.to_digit(10));
    let last = last.trim_start_matches('F').parse::<u32>().ok();
    let last = last.filter(|last| *last < 100);
    let (Some(first), Some(last)) = (first, last) else {
        return Err(format!("`{entry}` is not a range of keys such as Alt+1..9"));
    };
    let stem = head.strip_suffix(|c: char| c.is_ascii_digit());
    (first..=last)
        .map(|n| sequence(&format!("{}{n}", stem.unwrap_or(""))))
        .collect()
}

fn sequence(entry: &str) -> Result<Vec<Key>, String> {
    entry.split_whitespace().map(str::parse).collect()
}

/// What a run of keys stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A command.
    Command(Command),
    /// The beginning of longer ones.
    Beginning,
    /// Nothing.
    Nothing,
}

/// What in `[keys]` nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The command or key, as it is written there.
    pub written: String,
    /// What is wrong with it.
    pub message: String,
}

/// The keys in force: the table's, with those of the workspace's `[keys]` in their place.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// Sequence, where it counts, and what it does.
    bindings: Vec<(Vec<Key>, Mode, Command)>,
    /// What each command is bound to, as written, best first.
    names: BTreeMap<&'static str, Vec<String>>,
    /// Whether the terminal speaks the kitty protocol.
    pub kitty: bool,
}

impl Keymap {
    /// The table's keys, some replaced: command name → keys.
    ///
    /// Unknown commands and keys are told, and the rest counts.
    pub fn new(own: &BTreeMap<String, Vec<String>>) -> (Self, Vec<Wrong>) {
        let mut map = Self {
            bindings: Vec::new(),
            names: BTreeMap::new(),
            kitty: false,
        };
        let mut wrong = Vec::new();
        let names: Vec<&str> = COMMANDS.iter().map(|spec| spec.name).collect();
        for name in own.keys().filter(|name| !names.contains(&name.as_str())) {
            let meant = near(name, &names).map(|near| format!("; did you mean `{near}`?"));
            wrong.push(Wrong {
                written: name.clone(),
                message: format!(
                    "[keys]: unknown command `{name}`{}",
                    meant.unwrap_or_default()
                ),
            });
        }
        for spec in COMMANDS {
            let mut entries: Vec<String> = match own.get(spec.name) {
                Some(keys) => keys.clone(),
                None => spec.keys.iter().map(|&key| key.to_owned()).collect(),
            };
            entries.retain(|entry| !entry.is_empty());
            for entry in &entries {
                match sequences(entry) {
                    Ok(all) => {
                        for (n, keys) in all.into_iter().enumerate() {
                            let command = spec.command.nth(n as u8);
                            map.bindings.push((keys, spec.mode, command));
                        }
                    }
                    Err(why) => wrong.push(Wrong {
                        written: entry.clone(),
                        message: format!("[keys] {}: {why}", spec.name),
                    }),
                }
            }
            map.names.insert(spec.name, entries);
        }
        (map, wrong)
    }

    /// What a run of keys does in a mode: the nearest mode that knows them decides.
    pub fn find(&self, keys: &[Key], mode: Mode) -> Found {
        for &mode in mode.within() {
            let here = || self.bindings.iter().filter(move |(_, m, _)| *m == mode);
            if let Some((_, _, command)) = here().find(|(bound, ..)| bound == keys) {
                return Found::Command(*command);
            }
            if here().any(|(bound, ..)| bound.starts_with(keys)) {
                return Found::Beginning;
            }
        }
        Found::Nothing
    }

    /// The best key of a command that works in this terminal, as shown in hints.
    pub fn hint(&self, name: &str) -> &str {
        self.names
            .get(name)
            .and_then(|entries| entries.iter().find(|entry| self.arrives(entry)))
            .map_or("", String::as_str)
    }

    /// All keys of a command that work in this terminal.
    pub fn all(&self, name: &str) -> String {
        let entries = self.names.get(name).into_iter().flatten();
        let works: Vec<&str> = entries
            .filter(|entry| self.arrives(entry))
            .map(String::as_str)
            .collect();
        works.join("  ")
    }

    fn arrives(&self, entry: &str) -> bool {
        self.kitty || arrives_everywhere(entry)
    }
}

/// Whether every terminal can send these keys.
pub fn arrives_everywhere(entry: &str) -> bool {
    sequences(entry).is_ok_and(|all| all.iter().flatten().all(|key| key.legacy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for name in [
            "Ctrl+F",
            "Alt+.",
            "Alt++",
            "Shift+F8",
            "Enter",
            "Ctrl+Space",
            "PgUp",
            "a",
            "?",
        ] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        assert!("Hyper+x".parse::<Key>().is_err());
        assert!("Ctrl+Foo".parse::<Key>().is_err());
    }

    #[test]
    fn every_command_has_a_key_that_every_terminal_can_send() {
        for spec in COMMANDS {
            let reached = spec.keys.iter().any(|key| arrives_everywhere(key));
            assert!(reached || spec.keys.is_empty(), "{}", spec.name);
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        let (map, wrong) = Keymap::new(&BTreeMap::new());
        assert!(wrong.is_empty(), "{wrong:?}");
        for (i, (keys, mode, command)) in map.bindings.iter().enumerate() {
            for (other, their, what) in map.bindings.iter().skip(i + 1) {
                assert!(
                    !(mode == their && (keys.starts_with(other) || other.starts_with(keys))),
                    "{command:?} and {what:?}"
                );
            }
        }
    }

    #[test]
    fn the_workspace_may_choose_its_own() {
        let own = BTreeMap::from([
            ("confirm".to_owned(), vec!["F2".to_owned()]),
            ("confrim".to_owned(), vec!["F3".to_owned()]),
        ]);
        let (map, wrong) = Keymap::new(&own);
        let f2 = "F2".parse().unwrap();
        assert_eq!(
            map.find(&[f2], Mode::Target),
            Found::Command(Command::Confirm)
        );
        assert_eq!(map.hint("confirm"), "F2");
        assert_eq!(wrong.len(), 1);
        assert_eq!(
            wrong[0].message,
            "[keys]: unknown command `confrim`; did you mean `confirm`?"
        );
    }
}
