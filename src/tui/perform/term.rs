//! Changes of single terms, written to the glossaries.

use std::path::PathBuf;
use std::sync::Arc;

use super::Worker;
use crate::error::{Error, Result};
use crate::glossary::{self, Edit, Glossary, NewRow, merge};
use crate::lang::Lang;
use crate::model::concept::Concept;
use crate::tsv;
use crate::tui::action::{Added, Answer, TermChange};

impl Worker {
    /// Changes a term, and reads the glossaries anew.
    pub(super) fn term(&mut self, change: &TermChange) -> Answer {
        let mut added = None;
        let written = match change {
            TermChange::Add(row) => self.add_term(row).map(|(said, row)| {
                added = Some(row);
                said
            }),
            change => self.write_term(change),
        };
        let result = written.and_then(|said| {
            let read = self.project.glossary()?;
            self.take(read.value);
            Ok(said)
        });
        let rows = self.glossaries();
        let result = result.map_err(|why| why.to_string());
        Answer::TermSaved(result, added, Arc::clone(&self.judge), rows)
    }

    /// Adds a row; what is said of it, and the row.
    fn add_term(&self, row: &NewRow) -> Result<(String, Added)> {
        let mut row = Box::new(row.clone());
        row.by.clone_from(&self.who);
        let origin = self.project.add_term(&self.judge.glossary, &row)?;
        let added = Added { origin, row };
        Ok((format!("added: {}", self.named(&added)), added))
    }

    /// The place first: the line is short, and the terms are known.
    fn named(&self, Added { origin, row }: &Added) -> String {
        let name = self.project.name(&origin.path);
        format!("{name}:{}: {} = {}", origin.line, row.zh, row.en)
    }

    fn write_term(&self, change: &TermChange) -> Result<String> {
        match change {
            TermChange::Add(row) => self.add_term(row).map(|(said, _)| said),
            TermChange::TakeBack(added) => {
                let origin = &added.origin;
                glossary::take_back_row(&origin.path, origin.line, &added.row)?;
                Ok(format!("taken back: {}", self.named(added)))
            }
            TermChange::Append {
                row,
                was,
                lang,
                column,
                term,
            } => {
                let (path, line) = split(row)?;
                glossary::append_term(&path, line, was, *lang, *column, term)?;
                Ok(format!("added: {row}: {term}"))
            }
            TermChange::Row {
                path,
                row,
                edits,
                day,
            } => {
                let known = row.is_none().then(|| same(&self.judge.glossary, edits));
                if let Some(known) = known.flatten() {
                    let (zh, en) = (known.name(Lang::Zh), known.name(Lang::En));
                    let place = &known.origin;
                    let why = format!("{zh} = {en} is there already: {place}");
                    return Err(Error::Usage(why));
                }
                let at = row.as_ref().map(|(line, was)| (*line, was.as_str()));
                let line = glossary::write_row(path, at, edits, [day, &self.who])?;
                let done = if row.is_some() { "changed" } else { "added" };
                Ok(format!("{done}: {}:{line}", self.project.name(path)))
            }
            TermChange::Settle(path, line, take) => {
                merge::settle(path, *line, *take)?;
                Ok(format!("settled: {}:{line}", path.display()))
            }
            TermChange::Avoid {
                row,
                was,
                lang,
                term,
            } => {
                let (path, line) = split(row)?;
                glossary::mark_avoid(&path, line, was, *lang, term)?;
                Ok(format!("never to be written: {row}: {term}"))
            }
        }
    }
}

/// The concept that has terms of both languages of a new row already.
fn same<'g>(known: &'g Glossary, edits: &[Edit]) -> Option<&'g Concept> {
    let terms = |column: &str| {
        let edit = edits.iter().find(|edit| edit.column == column);
        edit.map_or(Vec::new(), |edit| tsv::split_terms(&edit.new))
    };
    let (zh, en) = (terms("zh"), terms("en"));
    let has = |concept: &Concept, lang: Lang, terms: &[String]| {
        let mut known = concept.terms[lang].iter();
        known.any(|known| terms.iter().any(|term| *term == *known.text))
    };
    let mut concepts = known.concepts();
    concepts.find(|concept| has(concept, Lang::Zh, &zh) && has(concept, Lang::En, &en))
}

/// `path:line` in its parts.
fn split(row: &str) -> Result<(PathBuf, u32)> {
    let parts = row.rsplit_once(':');
    let parts = parts.and_then(|(path, line)| Some((path.into(), line.parse().ok()?)));
    parts.ok_or_else(|| Error::Usage(format!("{row} is not a row of a glossary")))
}
