//! `zm glossary …`: what a maintainer does with whole glossaries, one file a command.

mod export;
mod import;
mod lint;

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
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        match &self.command {
            Command::Import(args) => args.run(global, out),
            Command::Export(args) => args.run(global, out),
            Command::Lint(args) => args.run(global, out),
        }
    }
}
