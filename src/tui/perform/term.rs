//! Changes of single terms, written to the glossaries.

use std::path::PathBuf;
use std::sync::Arc;

use super::Worker;
use crate::error::{Error, Result};
use crate::glossary::{self, merge};
use crate::tui::action::{Answer, TermChange};

impl Worker {
    /// Changes a term, and reads the glossaries anew.
    pub(super) fn term(&mut self, change: &TermChange) -> Answer {
        let result = self.write_term(change).and_then(|said| {
            let read = self.project.glossary()?;
            self.take(read.value);
            Ok(said)
        });
        let rows = self.glossaries();
        let result = result.map_err(|why| why.to_string());
        Answer::TermSaved(result, Arc::clone(&self.judge), rows)
    }

    fn write_term(&self, change: &TermChange) -> Result<String> {
        match change {
            TermChange::Add(row) => {
                let mut row = (**row).clone();
                row.by.clone_from(&self.who);
                let origin = self.project.add_term(&self.judge.glossary, &row)?;
                Ok(format!("{} = {} added: {origin}", row.zh, row.en))
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
                Ok(format!("{term} added: {row}"))
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
                Ok(format!("{term} is never to be written for this: {row}"))
            }
        }
    }
}

/// `path:line` in its parts.
fn split(row: &str) -> Result<(PathBuf, u32)> {
    let parts = row.rsplit_once(':');
    let parts = parts.and_then(|(path, line)| Some((path.into(), line.parse().ok()?)));
    parts.ok_or_else(|| Error::Usage(format!("{row} is not a row of a glossary")))
}
