//! Importing a file into the workspace's glossary: its name, what it would
//! change, and only then the writing.

use std::path::PathBuf;

use crate::tui::action::{Answer, Effect, Imported};
use crate::tui::panel::form::{Form, Kind};
use crate::tui::panel::page;
use crate::tui::state::{Focus, State};
use crate::tui::update::{answer, form};

/// Asks for the file's name; what was compared already is shown.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = answer::again(state, |ready| matches!(ready, Answer::Imported(..))) {
        return effects;
    }
    let mut form = Form::new(
        Kind::Import,
        "Import terms into the glossary",
        &[("file", "")],
    );
    form.remarks = vec![
        "CSV, TSV, XLSX, ODS, TBX, UTX, OmegaT, PO, JSON, Markdown, CC-CEDICT; nothing is written before you have seen what would change"
            .to_owned(),
    ];
    form::show(state, form);
    Vec::new()
}

/// Reads the file and compares it with the glossary.
pub(super) fn read(state: &mut State, name: &str) -> Vec<Effect> {
    // Terminals paste a dragged file's name in quotes.
    let name = name.trim_matches(['\'', '"', ' ']);
    if name.is_empty() {
        state.complain("name the file to import, or Esc to leave");
        return Vec::new();
    }
    let path = PathBuf::from(name);
    state.close();
    let ticket = state.wait(format!("reading {name}"));
    vec![Effect::Import(ticket, path, false)]
}

/// Writes what the page shows, where it shows an import; else closes it.
pub(super) fn write(state: &mut State) -> Vec<Effect> {
    let Some(path) = state.page.import.take() else {
        state.close();
        return Vec::new();
    };
    let ticket = state.wait(format!("importing {}", path.display()));
    vec![Effect::Import(ticket, path, true)]
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
            let title = format!("Import {}", seen.path.display());
            let done = if seen.changes {
                ""
            } else {
                "; nothing to write"
            };
            let mut lines = vec![format!("{}{done}", seen.summary), String::new()];
            lines.extend(seen.lines);
            state.page = page::State::new(&title, lines);
            state.page.import = seen.changes.then_some(seen.path);
            state.open(Focus::Page);
            Vec::new()
        }
    }
}
