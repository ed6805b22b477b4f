//! Importing a file into the workspace's glossary: its name and how it is
//! read, what it would change, and only then the writing.

use std::path::PathBuf;

use crate::glossary::exchange::Asked;
use crate::glossary::import::{Options, Policy};
use crate::tui::action::{Answer, Completion, Effect, Imported, ToImport};
use crate::tui::line::{Line, Move, Wrap};
use crate::tui::panel::form::{Form, Kind};
use crate::tui::panel::home;
use crate::tui::panel::page::{self, About};
use crate::tui::state::{Focus, State};
use crate::tui::update::{answer, form};

/// Asks for the file's name; what was compared already is shown.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = answer::again(state, |ready| matches!(ready, Answer::Imported(..))) {
        return effects;
    }
    let asked = state.importing.take().unwrap_or_else(|| ToImport {
        into: match state.home.chosen() {
            Some(home::Item::Glossary(row)) => Some(row.path.clone()),
            _ => None,
        },
        ..ToImport::default()
    });
    show(state, &asked);
    Vec::new()
}

/// The form again, from the page that shows what was read.
pub(super) fn change(state: &mut State) {
    if let About::Import(asked, _) = &state.page.about {
        let asked = asked.clone();
        show(state, &asked);
    }
}

fn show(state: &mut State, asked: &ToImport) {
    let options = &asked.options;
    let map = options
        .map
        .iter()
        .map(|(ours, name)| format!("{ours}={name}"));
    let map = map.collect::<Vec<_>>().join(", ");
    let path = asked.path.display().to_string();
    let sheets = options.asked.sheets.join(" | ");
    let word = |yes| if yes { "yes" } else { "no" };
    let fields = [
        ("file", &*path),
        ("on conflict", options.policy.name()),
        ("part packed cells", word(options.split)),
        ("take half rows", word(options.incomplete)),
        ("columns", &*map),
        ("encoding", options.asked.encoding.as_deref().unwrap_or("")),
        ("sheets", &*sheets),
    ];
    let name = asked.into.as_ref().and_then(|into| into.file_name());
    let name = name.map_or("the glossary".into(), |name| name.to_string_lossy());
    let title = format!("Import terms into {name}");
    let mut form = Form::new(Kind::Import(asked.into.clone()), title, &fields);
    form.remarks = Vec::from([
        "CSV, TSV, XLSX, ODS, TBX, UTX, OmegaT, PO, JSON, Markdown, CC-CEDICT; nothing is written before you have seen what would change",
        "on conflict: keep the glossary's row, take the file's text, both, or stop; half rows have a term in one language only",
        "columns: as zh=译名, en=B, skip=3; sheets by name or number, parted by |; what is empty is guessed",
    ].map(str::to_owned));
    form::show(state, form);
}

/// Goes on with the file's name; elsewhere to the next field.
pub(super) fn complete(state: &mut State) -> Vec<Effect> {
    let Some(form) = &mut state.form else {
        return Vec::new();
    };
    if !form.names_file() || form.text(0).is_empty() {
        form.step(true);
        return Vec::new();
    }
    vec![Effect::CompletePath(form.text(0).to_owned())]
}

/// The file's name was gone on with, unless more has been typed meanwhile. Where nothing more is
/// to be added, either there is a choice, or the name is whole.
pub(super) fn completed(state: &mut State, done: &Completion) {
    let typed = |form: &&mut Form| form.names_file() && form.text(0) == done.typed;
    let Some(form) = state.form.as_mut().filter(typed) else {
        return;
    };
    let whole = done.text == done.typed;
    if !whole && let Some(line) = form.line() {
        *line = Line::new(&done.text);
        line.go(Move::End, false, Wrap::at(usize::MAX));
    }
    match done.names.as_slice() {
        [] => state.complain(format!("no file begins with {}", done.typed)),
        [_] if whole => form.step(true),
        [_] => {}
        names => state.say(names.join("  ")),
    }
}

/// Reads the file and compares it with the glossary.
pub(super) fn read(state: &mut State) -> Vec<Effect> {
    let Some(form) = &state.form else {
        return Vec::new();
    };
    let asked = match asked(form) {
        Ok(asked) => asked,
        Err(why) => {
            state.complain(why);
            return Vec::new();
        }
    };
    state.close();
    if state.focus == Focus::Page {
        state.close();
    }
    let ticket = state.wait(format!("reading {}", asked.path.display()));
    state.importing = Some(asked.clone());
    vec![Effect::Import(ticket, Box::new(asked), false)]
}

/// What the form asks for, or what in it means nothing.
fn asked(form: &Form) -> Result<ToImport, String> {
    // Terminals paste a dragged file's name in quotes.
    let name = form.text(0).trim_matches(['\'', '"', ' ']);
    if name.is_empty() {
        return Err("name the file to import, or Esc to leave".to_owned());
    }
    let policy = match form.text(1) {
        "" => Some(Policy::Keep),
        typed => one_of(typed, Policy::ALL.map(|policy| (policy.name(), policy))),
    };
    let yes = |at: usize, label: &str| match form.text(at) {
        "" => Ok(false),
        typed => one_of(typed, [("no", false), ("yes", true)])
            .ok_or_else(|| format!("{label}: `{typed}` is neither yes nor no")),
    };
    let mut map = Vec::new();
    for part in form
        .text(4)
        .split([',', '，'])
        .filter(|part| !part.trim().is_empty())
    {
        let Some((ours, name)) = part.split_once('=') else {
            return Err(format!("columns: write `{}` as zh=NAME", part.trim()));
        };
        map.push((ours.trim().to_lowercase(), name.trim().to_owned()));
    }
    let sheets = form.text(6).split('|').map(str::trim);
    let sheets = sheets.filter(|sheet| !sheet.is_empty());
    let encoding = Some(form.text(5)).filter(|name| !name.is_empty());
    let options = Options {
        asked: Asked {
            encoding: encoding.map(str::to_owned),
            sheets: sheets.map(str::to_owned).collect(),
        },
        map,
        split: yes(2, "part packed cells")?,
        incomplete: yes(3, "take half rows")?,
        policy: policy.ok_or("on conflict: keep, take, both or stop")?,
        ..Options::default()
    };
    let path = PathBuf::from(name);
    let into = match &form.kind {
        Kind::Import(into) => into.clone(),
        _ => None,
    };
    Ok(ToImport {
        path,
        options,
        into,
    })
}

/// What a word stands for; its beginning is enough.
fn one_of<T: Copy, const N: usize>(typed: &str, words: [(&str, T); N]) -> Option<T> {
    let typed = typed.to_lowercase();
    let found = words.iter().find(|(word, _)| word.starts_with(&typed));
    found.map(|(_, value)| *value)
}

/// Writes what the page shows, where it shows an import that changes something; else closes it.
pub(super) fn write(state: &mut State) -> Vec<Effect> {
    let About::Import(asked, true) = std::mem::take(&mut state.page.about) else {
        state.close();
        return Vec::new();
    };
    let ticket = state.wait(format!("importing {}", asked.path.display()));
    vec![Effect::Import(ticket, asked, true)]
}

/// A file could not be read as it was asked for: the form is there again as it was.
pub(super) fn refused(state: &mut State) {
    if state.form.is_none()
        && let Some(asked) = state.importing.clone()
    {
        show(state, &asked);
    }
}

/// A file was compared, or imported.
pub(super) fn answered(state: &mut State, result: Result<Imported, String>) -> Vec<Effect> {
    match result {
        Err(why) => {
            if state.focus == Focus::Page {
                state.close();
            }
            state.complain(why);
            Vec::new()
        }
        Ok(done) if done.written => {
            if state.focus == Focus::Page {
                state.close();
            }
            state.say(done.summary);
            vec![Effect::Survey, Effect::Learn]
        }
        Ok(seen) => {
            state.importing = None;
            let title = format!("Import {}", seen.asked.path.display());
            let done = if seen.changes {
                ""
            } else {
                "; nothing to write"
            };
            let mut lines = vec![format!("{}{done}", seen.summary), String::new()];
            lines.extend(seen.lines);
            state.page = page::State::new(&title, lines);
            state.page.about = About::Import(Box::new(seen.asked), seen.changes);
            state.open(Focus::Page);
            Vec::new()
        }
    }
}
