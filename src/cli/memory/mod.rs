//! `zm memory …`: whole translation memories, one file a command.

mod analyze;
mod clean;
mod export;
mod history;
mod import;
mod stats;

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out, padded};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::text::count::plural;
use crate::text::width::width;
use crate::tsv::same_file;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the units of TMX, XLIFF, PO and table files into a memory
    Import(import::Args),
    /// Write units to a file for other tools: TMX, TSV, CSV, XLIFF, PO
    Export(export::Args),
    /// The memories in figures
    Stats(stats::Args),
    /// How much of documents the memory has already, in bands
    Analyze(analyze::Args),
    /// Units that a memory is better without: a dry run, until --write
    Clean(clean::Args),
    /// What was confirmed, changed and taken back, and when
    History(history::Args),
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        match &self.command {
            Command::Import(args) => args.run(global, out),
            Command::Export(args) => args.run(global, out),
            Command::Stats(args) => args.run(global, out),
            Command::Analyze(args) => args.run(global, out),
            Command::Clean(args) => args.run(global, out),
            Command::History(args) => args.run(global, out),
        }
    }
}

/// What is said of rows that cannot be used.
fn unused(rows: u64) -> String {
    format!(
        "{} of the memories cannot be used: `zm memory stats` names them",
        plural(rows, "row")
    )
}

/// The memory files of a run, the journal first, and which of them is the journal.
pub(super) fn files(project: &Project) -> Result<Vec<(PathBuf, bool)>> {
    let journal = project.journal().filter(|path| path.exists());
    // Who names the journal means what stands in it.
    let files = project.memory_files()?.into_iter().map(|path| {
        let is_journal = journal.as_ref().is_some_and(|own| same_file(own, &path));
        (path, is_journal)
    });
    let first = journal.clone().filter(|_| project.memories.is_empty());
    let first = first.map(|path| (path, true));
    let all: Vec<_> = first.into_iter().chain(files).collect();
    if all.is_empty() {
        let message =
            "there is no memory here: name one with --memory FILE, or `zm memory import` one";
        return Err(Error::Usage(message.into()));
    }
    Ok(all)
}

/// Rows of cells as text, each column as wide as it must be; all but the first
/// are set to the right.
fn laid_out(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| width(cell))
            .max()
    };
    let widths: Vec<usize> = (0..columns).map(|at| widest(at).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let mut out = String::new();
        for (at, (cell, columns)) in row.iter().zip(&widths).enumerate() {
            if at == 0 {
                out.push_str(&padded(cell, *columns));
            } else {
                out.push_str("  ");
                out.push_str(&" ".repeat(columns.saturating_sub(width(cell))));
                out.push_str(cell);
            }
        }
        out.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
