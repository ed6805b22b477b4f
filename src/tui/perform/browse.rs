//! The rows of glossaries: as the browser lists them, and one of them whole.

use std::path::{Path, PathBuf};

use super::Worker;
use crate::error::Result;
use crate::glossary::{columns_to_fill, read_row};
use crate::lang::Lang;
use crate::model::concept::{Concept, TermStatus};
use crate::text::fold::fold;
use crate::tsv;
use crate::tui::action::{Answer, ConceptLine, ConceptRow};
use crate::tui::settle::{beside, unsettled};

impl Worker {
    /// The rows of a glossary, or of all.
    pub(super) fn browse(&self, path: Option<&Path>) -> Answer {
        let here = |concept: &&Concept| path.is_none_or(|path| &*concept.origin.path == path);
        let files = self.judge.glossary.files().map(|(file, _)| file);
        let files = files.filter(|file| path.is_none_or(|path| &***file == path));
        let left = files.flat_map(unsettled);
        let rows = left.chain(self.judge.glossary.concepts().filter(here).map(line));
        let title = match path {
            Some(path) => self.project.name(path),
            None => "All glossaries".to_owned(),
        };
        Answer::Browsed(title, rows.collect())
    }

    /// A row whole: the cells of a concept, or the sides of a conflict.
    pub(super) fn look(&self, row: &ConceptLine) -> Answer {
        let name = self.project.name(&row.origin.path);
        let looked = match row.settles {
            Some((line, _)) => Ok((
                format!("Conflict · {name}:{line}"),
                beside(&row.origin.path, line),
            )),
            None => whole(row).map(|lines| (format!("{name}:{}", row.origin.line), lines)),
        };
        Answer::Looked(looked.map_err(|why| why.to_string()))
    }

    /// The cells of a concept, to be changed; without one, of a row to be added.
    pub(super) fn fill(&self, path: Option<PathBuf>, row: Option<(u32, String)>) -> Answer {
        let filled = self.filled(path, row);
        Answer::Filled(filled.map(Box::new).map_err(|why| why.to_string()))
    }

    fn filled(&self, path: Option<PathBuf>, row: Option<(u32, String)>) -> Result<ConceptRow> {
        let path = match path {
            Some(path) => path,
            None => self.project.own_glossary()?,
        };
        let cells = match &row {
            Some((line, was)) => read_row(&path, *line, was)?,
            None => Vec::new(),
        };
        let text = |name: &str| {
            let cell = cells.iter().find(|(column, _)| column == name);
            cell.map_or(String::new(), |(_, text)| text.clone())
        };
        let columns = columns_to_fill();
        Ok(ConceptRow {
            name: self.project.name(&path),
            cells: columns.map(|name| (name, text(name))).collect(),
            path,
            row,
        })
    }
}

/// The cells of a concept that hold something, by their columns.
fn whole(row: &ConceptLine) -> Result<Vec<String>> {
    let cells = read_row(&row.origin.path, row.origin.line, &row.term)?;
    let cells = cells.iter().filter(|(_, text)| !text.is_empty());
    let lines = cells.map(|(column, text)| format!("{column}\t{}", tsv::unescape(text)));
    Ok(lines.collect())
}

/// A concept as the glossary browser lists it.
fn line(concept: &Concept) -> ConceptLine {
    let terms = |lang: Lang, wanted: bool| {
        let all = concept.terms[lang].iter();
        let all = all.filter(|term| {
            matches!(term.status, TermStatus::Deprecated | TermStatus::Superseded) != wanted
        });
        all.map(|term| &*term.text).collect::<Vec<_>>().join(" | ")
    };
    let avoid = [terms(Lang::Zh, false), terms(Lang::En, false)];
    let avoid: Vec<&str> = avoid
        .iter()
        .map(String::as_str)
        .filter(|a| !a.is_empty())
        .collect();
    let mut all = concept.terms.zh.iter().chain(&concept.terms.en);
    let name = concept.origin.path.file_name().unwrap_or_default();
    let mut row = ConceptLine {
        zh: terms(Lang::Zh, true),
        en: terms(Lang::En, true),
        avoid: avoid.join(" | "),
        term: all
            .next()
            .map_or(String::new(), |term| term.text.to_string()),
        subject: concept.subject.to_string(),
        place: format!("{}:{}", name.to_string_lossy(), concept.origin.line),
        key: String::new(),
        origin: concept.origin.clone(),
        settles: None,
    };
    row.key = fold(&format!(
        "{} {} {} {} {}",
        row.zh, row.en, row.avoid, row.subject, row.place
    ));
    row
}
