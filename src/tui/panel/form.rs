//! Small forms: a term, a note, a filter, the name of a file to deliver or to import.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::lang::{Lang, Pair};
use crate::model::concept::Origin;
use crate::tui::action::ConceptRow;
use crate::tui::line::Line;
use crate::tui::paint::{Pen, columns, rule};
use crate::tui::panel::Panel;
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// The open form.
pub const PANEL: Panel = Panel { draw };

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A new term.
    AddTerm,
    /// A term of the glossary: its row, a term of it, and the language of the renderings.
    EditTerm(String, String, Lang),
    /// The segment's note.
    Note,
    /// What is shown.
    Filter,
    /// The delivered file; whether it may be written over.
    Deliver(bool),
    /// A sentence of an alignment, to be cut where the caret stands.
    Cut(Lang, u32),
    /// What of an alignment goes to a memory.
    ToMemory,
    /// A proposal, put right and accepted.
    EditProposal(usize),
    /// A proposal that goes into a concept: its row, a term of each language it has.
    MergeProposal(usize, Origin, Pair<String>),
    /// Which proposals are shown.
    FilterProposals,
    /// A file to be imported into a glossary; `None` for the workspace's own.
    Import(Option<PathBuf>),
    /// A row of a glossary.
    Concept(Box<ConceptRow>),
}

/// A line of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it is.
    pub label: &'static str,
    /// What is typed.
    pub line: Line,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is for.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its lines.
    pub fields: Vec<Field>,
    /// The line that has the caret.
    pub at: usize,
    /// What the user should know, line by line.
    pub remarks: Vec<String>,
}

impl Form {
    /// A form with labels and what stands in them.
    pub fn new(kind: Kind, title: impl Into<String>, fields: &[(&'static str, &str)]) -> Self {
        Self {
            kind,
            title: title.into(),
            fields: fields
                .iter()
                .map(|(label, text)| Field {
                    label,
                    line: Line::new(text),
                })
                .collect(),
            at: 0,
            remarks: Vec::new(),
        }
    }

    /// The line that has the caret.
    pub fn line(&mut self) -> Option<&mut Line> {
        self.fields.get_mut(self.at).map(|field| &mut field.line)
    }

    /// Whether the name of a file to import is being typed.
    pub fn names_file(&self) -> bool {
        matches!(self.kind, Kind::Import(_)) && self.at == 0
    }

    /// To the next field, or the one before.
    pub fn step(&mut self, next: bool) {
        let count = self.fields.len().max(1);
        self.at = (self.at + if next { 1 } else { count - 1 }) % count;
    }

    /// Something was typed.
    pub fn changed(&mut self) {
        if let Kind::Deliver(over) = &mut self.kind {
            *over = false;
        }
    }

    /// The file was not written; whether it is there already, and may be written over by Enter.
    pub fn refused(&mut self, exists: bool) {
        if let Kind::Deliver(over) = &mut self.kind {
            *over = exists;
        }
    }

    /// A guess for the rendering of a new term: taken where nothing was typed, and selected, so
    /// that typing replaces it.
    pub fn guessed(&mut self, text: &str, guess: &str) {
        let empty = match (self.text(0) == text, self.text(1) == text) {
            (true, false) => 1,
            (false, true) => 0,
            _ => return,
        };
        let open = self.kind == Kind::AddTerm && self.text(empty).is_empty();
        if let Some(field) = self.fields.get_mut(empty).filter(|_| open) {
            field.line = Line::new(guess);
            field.line.select_all();
        }
    }

    /// What stands in a field, trimmed.
    pub fn text(&self, at: usize) -> &str {
        let field = self.fields.get(at);
        field.map_or("", |field| field.line.text().trim())
    }
}

/// The rows a form takes on a screen of so many columns.
pub fn height(form: &Form, theme: Theme, columns: u16) -> u16 {
    (form.fields.len() + remarks(form, theme, columns).len() + 1) as u16
}

/// The remarks, wrapped.
fn remarks(form: &Form, theme: Theme, columns: u16) -> Vec<&str> {
    let width = usize::from(columns).saturating_sub(2).max(8);
    let all = form.remarks.iter();
    all.flat_map(|text| {
        let lines = theme.measure().wrap(text, width);
        lines.into_iter().map(|span| span.of(text).trim_end())
    })
    .collect()
}

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let form = state.form.as_ref()?;
    rule(buffer, theme, area, &form.title, true);
    let wide = form
        .fields
        .iter()
        .map(|field| columns(field.label, theme))
        .max()
        .unwrap_or(0);
    let remarks = remarks(form, theme, area.width);
    let room = usize::from(area.height).saturating_sub(1);
    // A form that is longer than the screen is moved so that the caret is seen.
    let rows = room.saturating_sub(remarks.len()).max(room.min(3));
    let rows = rows.min(form.fields.len());
    let top = super::top(form.at, rows, form.fields.len());
    let mut caret = None;
    let fields = form.fields.iter().enumerate().skip(top).take(rows);
    for (row, (n, field)) in fields.enumerate() {
        let line = Rect {
            y: area.y + 1 + row as u16,
            height: 1,
            ..area
        };
        let gap = " ".repeat(wide - columns(field.label, theme));
        let label = format!("{gap}{} › ", field.label);
        let at = super::input(buffer, theme, line, &label, &field.line);
        if n == form.at {
            caret = Some(at);
        }
    }
    for (n, remark) in remarks.into_iter().enumerate() {
        let _ = Pen::new(buffer, theme, area)
            .at(1, 1 + rows + n)
            .put(remark, theme.quiet());
    }
    caret
}
