//! The home screen: documents with their progress, glossaries, memories.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::lang::{Lang, Locale};
use crate::tui::action::{DocumentRow, GlossaryRow, MemoryRow, Progress, Survey};
use crate::tui::paint::{Pen, tail};
use crate::tui::panel::Panel;
use crate::tui::state::{Knowing, State};
use crate::tui::theme::Theme;

/// The home screen.
pub const PANEL: Panel = Panel { draw };

/// What the workspace holds, and what is selected.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// What it holds.
    pub survey: Survey,
    /// Whether that is known.
    pub known: bool,
    /// The selected item, counted through all three lists.
    pub selected: usize,
}

/// An item of the home screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// A document.
    Document(&'a DocumentRow),
    /// A glossary.
    Glossary(&'a GlossaryRow),
    /// A memory.
    Memory(&'a MemoryRow),
}

impl Home {
    /// The selected item.
    pub fn chosen(&self) -> Option<Item<'_>> {
        let documents = self.survey.documents.iter().map(Item::Document);
        let glossaries = self.survey.glossaries.iter().map(Item::Glossary);
        let memories = self.survey.memories.iter().map(Item::Memory);
        documents
            .chain(glossaries)
            .chain(memories)
            .nth(self.selected)
    }

    fn count(&self) -> usize {
        let survey = &self.survey;
        survey.documents.len() + survey.glossaries.len() + survey.memories.len()
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        self.selected = self
            .selected
            .saturating_add_signed(by)
            .min(self.count().saturating_sub(1));
    }

    /// Takes over what the workspace holds; the selection stays on its document, what has been
    /// read about files stays until it is read again.
    pub fn take(&mut self, mut survey: Survey, to: Option<Locale>) {
        let chosen = match self.chosen() {
            Some(Item::Document(row)) => Some(row.path.clone()),
            _ => None,
        };
        for row in &mut survey.documents {
            let old = self.survey.documents.iter();
            if let Some(old) = old.into_iter().find(|old| old.path == row.path) {
                row.progress = row.progress.or(old.progress);
                row.direction = row.direction.or(old.direction);
            }
            asked(row, to);
        }
        for row in &mut survey.glossaries {
            let mut old = self.survey.glossaries.iter();
            let old = old.find(|old| old.path == row.path);
            row.concepts = row.concepts.or(old.and_then(|old| old.concepts));
        }
        // Once they are open the memory itself says what it reads, the journal among it.
        let mut old = self.survey.memories.iter();
        if old.any(|row| row.units.is_some()) {
            survey.memories = std::mem::take(&mut self.survey.memories);
        }
        let first = !self.known;
        self.survey = survey;
        self.known = true;
        if first && !self.survey.documents.iter().any(|row| row.begun) {
            // At the very first start, the example.
            let mut rows = self.survey.documents.iter();
            let example = rows.position(|row| row.name.starts_with("examples/"));
            self.selected = example.unwrap_or(0);
            return;
        }
        let same = |path: &Path| {
            let mut rows = self.survey.documents.iter();
            rows.position(|row| row.path == path)
        };
        self.selected = chosen.and_then(|path| same(&path)).unwrap_or(self.selected);
        self.step(0);
    }

    /// Selects a document by its name, where it is listed.
    pub fn select(&mut self, name: &str) {
        let mut rows = self.survey.documents.iter();
        let at = rows.position(|row| row.name == name);
        self.selected = at.unwrap_or(self.selected);
    }

    /// Takes over how far a document is.
    pub fn measured(&mut self, mut row: DocumentRow, to: Option<Locale>) {
        asked(&mut row, to);
        let mut rows = self.survey.documents.iter_mut();
        if let Some(old) = rows.find(|old| old.path == row.path) {
            *old = row;
        }
    }

    /// Takes over the glossaries with their sizes.
    pub fn glossaries(&mut self, rows: Vec<GlossaryRow>) {
        self.survey.glossaries = rows;
        self.step(0);
    }

    /// Takes over the memories with their sizes.
    pub fn memories(&mut self, rows: Vec<MemoryRow>) {
        self.survey.memories = rows;
        self.step(0);
    }

    /// Changes what the selected document is translated to; what is to be said of it.
    pub fn turn(&mut self) -> String {
        let Some(row) = self.survey.documents.get_mut(self.selected) else {
            return "this changes what a document is translated into: select one".to_owned();
        };
        let begun = row.progress.is_some_and(|p| p.drafts + p.confirmed > 0);
        let Some((from, to)) = &mut row.direction else {
            return "this document has not been read".to_owned();
        };
        // Work that was begun keeps its direction: it is recorded in its file.
        if !begun {
            (*from, *to) = match (*from, *to) {
                (Lang::En, Locale::Hans) => (Lang::En, Locale::Taiwan),
                (Lang::En, Locale::Taiwan) => (Lang::En, Locale::HongKong),
                (Lang::En, Locale::HongKong) => (Lang::En, Locale::Hant),
                (Lang::En, _) => (Lang::Zh, Locale::En),
                (Lang::Zh, _) => (Lang::En, Locale::Hans),
            };
            return format!("{from} → {to}");
        }
        format!("it stays {from} → {to}: the work on this document has begun")
    }
}

/// What the command line asks for counts where nothing was begun.
fn asked(row: &mut DocumentRow, to: Option<Locale>) {
    let begun = row.progress.is_some_and(|p| p.drafts + p.confirmed > 0);
    if let (Some((from, now)), Some(to), false) = (&mut row.direction, to, begun)
        && to.lang() != *from
    {
        *now = to;
    }
}

/// A line of the screen.
enum Line<'a> {
    Heading(&'a str),
    Item(usize, Item<'a>),
    Text(&'a str),
    Gap,
}

fn lines(home: &Home, knowing: Knowing) -> Vec<Line<'_>> {
    let survey = &home.survey;
    let parts: [(&str, Vec<Item<'_>>, &str); 3] = [
        (
            "Documents",
            survey.documents.iter().map(Item::Document).collect(),
            match (home.known, survey.absent) {
                (true, false) => {
                    "no documents: put .md, .txt or .docx files here, or run `zm edit FILE`"
                }
                (true, true) => "listed in a workspace only: `zm edit FILE` works without one",
                (false, _) => "looking …",
            },
        ),
        (
            "Glossaries",
            survey.glossaries.iter().map(Item::Glossary).collect(),
            if survey.absent {
                "none: `zm init` makes a workspace, which keeps terms"
            } else {
                "none yet: Ctrl+G adds the first term"
            },
        ),
        (
            "Memories",
            survey.memories.iter().map(Item::Memory).collect(),
            match knowing {
                Knowing::Loading | Knowing::Terms => "opening …",
                Knowing::Ready if survey.absent => {
                    "none: without a workspace, what you confirm is kept beside its document only"
                }
                Knowing::Ready => "none yet: what you confirm is kept in memories/journal.tsv",
            },
        ),
    ];
    let mut all = Vec::new();
    let mut n = 0;
    for (heading, items, none) in parts {
        if !all.is_empty() {
            all.push(Line::Gap);
        }
        all.push(Line::Heading(heading));
        if items.is_empty() {
            all.push(Line::Text(none));
        }
        for item in items {
            all.push(Line::Item(n, item));
            n += 1;
        }
    }
    all
}

/// The first line to show, so that the selected item is seen.
fn top(home: &Home, lines: &[Line<'_>], rows: usize) -> usize {
    let at = lines
        .iter()
        .position(|line| matches!(line, Line::Item(n, _) if *n == home.selected));
    if at.is_some_and(|at| at < rows) {
        return 0;
    }
    super::top(at.unwrap_or(0), rows, lines.len())
}

/// The item that stands at a row of the screen.
pub fn item_at(state: &State, area: Rect, row: u16) -> Option<usize> {
    let lines = lines(&state.home, state.knowing);
    let line = row.checked_sub(area.y).filter(|line| *line < area.height)?;
    let top = top(&state.home, &lines, area.height.into());
    match lines.get(top + usize::from(line))? {
        Line::Item(n, _) => Some(*n),
        _ => None,
    }
}

fn draw(state: &State, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let theme = state.theme;
    let home = &state.home;
    let lines = lines(home, state.knowing);
    let rows = usize::from(area.height);
    let top = top(home, &lines, rows);
    for (row, line) in lines.iter().skip(top).take(rows).enumerate() {
        let line_area = Rect {
            y: area.y + row as u16,
            height: 1,
            ..area
        };
        match line {
            Line::Heading(text) => {
                let _ = Pen::new(buffer, theme, line_area)
                    .skip(1)
                    .put(text, theme.active());
            }
            Line::Text(text) => {
                let _ = Pen::new(buffer, theme, line_area)
                    .skip(3)
                    .put(text, theme.quiet());
            }
            Line::Gap => {}
            Line::Item(n, item) => {
                let selected = *n == home.selected;
                draw_item(buffer, theme, line_area, item, selected);
            }
        }
    }
    None
}

fn draw_item(buffer: &mut Buffer, theme: Theme, area: Rect, item: &Item<'_>, selected: bool) {
    let pick = |style| if selected { theme.selected() } else { style };
    let width = usize::from(area.width);
    let marker = if selected { " ▶ " } else { "   " };
    let pen = Pen::new(buffer, theme, area).put(marker, pick(theme.text()));
    match item {
        Item::Document(row) => {
            let stop = width.saturating_sub(40).clamp(24, 72);
            let name = tail(&row.name, stop.saturating_sub(5), theme);
            let mut pen = pen
                .put(&name, pick(theme.text()))
                .pad(stop, pick(theme.text()));
            if let Some((from, to)) = row.direction {
                pen = pen.put(&format!("{from} → {to}"), pick(theme.quiet()));
            }
            pen = pen.pad(stop + 14, pick(theme.text()));
            if let Some(progress) = row.progress {
                let (full, half, empty) = bar(progress, 12);
                pen = pen
                    .put(&full, pick(theme.good()))
                    .put(&half, pick(theme.text()))
                    .put(&empty, pick(theme.quiet()))
                    .put(&format!(" {:>3}%", progress.percent()), pick(theme.text()))
                    .put(
                        &format!(" {}/{}", progress.confirmed, progress.segments),
                        pick(theme.quiet()),
                    );
            } else if let Some(trouble) = &row.trouble {
                pen = pen.put(trouble, pick(theme.bad()));
            } else {
                pen = pen.put("…", pick(theme.quiet()));
            }
            if selected {
                let _ = pen.fill(theme.selected());
            }
        }
        Item::Glossary(row) => {
            let concepts = row.concepts.map(|n| counted(n, "concept"));
            let count = concepts.unwrap_or_else(|| "…".to_owned());
            plain(pen, &row.name, &count, width, selected, theme);
        }
        Item::Memory(row) => {
            let units = row.units.map(|n| counted(n, "unit"));
            let count = units.unwrap_or_else(|| "…".to_owned());
            plain(pen, &row.name, &count, width, selected, theme);
        }
    }
}

fn counted(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {what}{s}")
}

fn plain(pen: Pen<'_>, name: &str, count: &str, width: usize, selected: bool, theme: Theme) {
    let pick = |style| if selected { theme.selected() } else { style };
    let stop = width.saturating_sub(40).clamp(24, 72);
    let name = tail(name, stop.saturating_sub(5), theme);
    let pen = pen
        .put(&name, pick(theme.text()))
        .pad(stop, pick(theme.text()))
        .put(count, pick(theme.quiet()));
    if selected {
        let _ = pen.fill(theme.selected());
    }
}

/// A bar of confirmed, drafted and open segments.
fn bar(progress: Progress, width: usize) -> (String, String, String) {
    let share = |n: usize| (n * width).checked_div(progress.segments).unwrap_or(0);
    let full = share(progress.confirmed);
    let half = share(progress.confirmed + progress.drafts).max(full) - full;
    (
        "█".repeat(full),
        "▒".repeat(half),
        "░".repeat(width - full - half),
    )
}
