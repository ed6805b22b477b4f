//! `zm glossary …`: what a maintainer does with whole glossaries, one file a command.

mod affected;
mod diff;
mod export;
mod import;
mod lint;
mod merge;
mod stats;

use clap::Subcommand;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the terms of other files into a glossary: a dry run, until --write
    Import(import::Args),
    /// Write a glossary in the formats that others read
    Export(export::Args),
    /// What is wrong in glossaries
    Lint(lint::Args),
    /// Two people's edits of one glossary, by concept and cell; git's merge driver
    Merge(merge::Args),
    /// What changed between two versions of a glossary, by concept and cell
    Diff(diff::Args),
    /// Where a rendering stands that is about to change
    Affected(affected::Args),
    /// What the glossaries hold, and how well that serves
    Stats(stats::Args),
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        match &self.command {
            Command::Import(args) => args.run(global, out),
            Command::Export(args) => args.run(global, out),
            Command::Lint(args) => args.run(global, out),
            Command::Merge(args) => args.run(out),
            Command::Diff(args) => args.run(out),
            Command::Affected(args) => args.run(global, out),
            Command::Stats(args) => args.run(global, out),
        }
    }
}
