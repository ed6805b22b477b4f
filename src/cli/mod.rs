//! The command line: one file a command.
//!
//! A command parses its own arguments, asks the [`Project`] for what it needs
//! and nothing more (the index is opened only by commands that look into the
//! memory), and prints. Results go to stdout, everything else to stderr. The
//! exit code is 0, 1 (findings, or nothing found) or 2 (the command could not
//! do its work).

mod accepted;
mod align;
mod cached;
mod check;
mod completions;
mod config;
mod deliver;
mod draft;
mod edit;
mod examine;
mod explain;
mod glossary;
mod index;
mod init;
mod levels;
mod lookup;
mod memory;
mod mend;
mod out;
mod propose;
mod rules;
mod search;
mod suggest;
mod terms;
mod work;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueHint};
use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::project::Project;
use out::{Color, Exit, Failure, Out};

/// What `zm --help` ends with.
const EXAMPLES: &str = "\
Examples:
  zm                                    the screen, on the workspace around you
  zm edit report.zh.md                  translate a document
  zm check report.zh.md docs/           what is wrong in documents
  zm suggest \"能源部启动“创世计划”。\"      terms, numbers, matches of a sentence
  zm terms report.zh.md --format tsv    every term of a document with its place
  zm align report.zh.md report.en.md    which sentences belong together
  zm propose report.zh.md report.en.md  terms that a glossary could have
  zm lookup 创世计划                     a term in either language, or pinyin
  zm search \"supply chain\"              every unit of the memory that has it
  zm deliver report.zh.md -o out.md     write the translated document
  zm memory import old.tmx              units of another tool's memory

A workspace is a folder with a zhengming.toml or a glossaries/ folder, found
from the current folder upwards; `zm init` makes one. check, align, propose,
suggest and terms also work without one.

Exit codes: 0 fine; 1 findings, or nothing found; 2 the command could not
do its work.";

/// Terminology and translation memory between Chinese and English.
#[derive(Debug, Parser)]
#[command(name = "zm", version, about, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The heading under which help has what every command takes.
const EVERYWHERE: &str = "Options of every command";

/// What every command takes.
#[derive(Debug, Default, Args)]
pub(crate) struct Global {
    /// The workspace's folder, in place of the one around the current folder
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DIR", value_hint = ValueHint::DirPath)]
    workspace: Option<PathBuf>,
    /// A glossary for this run in place of the workspace's; may be repeated, the first has priority
    #[arg(long = "glossary", global = true, help_heading = EVERYWHERE, value_name = "FILE", value_hint = ValueHint::FilePath)]
    glossaries: Vec<PathBuf>,
    /// A memory for this run in place of the workspace's; may be repeated
    #[arg(long = "memory", global = true, help_heading = EVERYWHERE, value_name = "FILE", value_hint = ValueHint::FilePath)]
    memories: Vec<PathBuf>,
    /// When to use color
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    color: Color,
}

impl Global {
    /// The workspace a document belongs to: the one around it, else the one
    /// around the current folder.
    fn project_of(&self, document: &Path) -> Result<Project> {
        let folder = document.parent().filter(|folder| folder.is_dir());
        if let (None, Some(folder)) = (&self.workspace, folder) {
            let around = Project::find(folder)?;
            if around.root.is_some() {
                return self.named(around);
            }
        }
        self.project()
    }

    /// The workspace of this run, with what this run names in its stead.
    fn project(&self) -> Result<Project> {
        let project = match &self.workspace {
            Some(root) => Project::open(root)?,
            None => Project::find(Path::new(""))?,
        };
        self.named(project)
    }

    /// A workspace with this run's glossaries and memories. Whoever names a
    /// file wants it: that it is not there, or is none, ends the run.
    fn named(&self, mut project: Project) -> Result<Project> {
        // What comes through a pipe can be read only once.
        let is_file = |path: &Path| -> Result<bool> {
            let data = std::fs::metadata(path).map_err(|e| Error::io("read", path, e))?;
            Ok(data.is_file())
        };
        for path in &self.glossaries {
            if is_file(path)? {
                crate::glossary::usable(path)?;
            }
        }
        for path in &self.memories {
            if is_file(path)? {
                crate::memory::file::usable(path)?;
            }
        }
        project.glossaries.clone_from(&self.glossaries);
        project.memories.clone_from(&self.memories);
        Ok(project)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Translate a document on the screen
    Edit(edit::Args),
    /// Terms, numbers and matches for a segment
    Suggest(suggest::Args),
    /// What is wrong in documents
    Check(check::Args),
    /// Which sentences of two documents belong together
    Align(align::Args),
    /// Terms that a glossary could have, found in texts that translate each other
    Propose(propose::Args),
    /// Every term of documents, with its place
    Terms(terms::Args),
    /// Look a term up in the glossaries
    Lookup(lookup::Args),
    /// Concordance: every unit of the memory that has a word or phrase
    Search(search::Args),
    /// Fill a copy of a document with what the memory has
    Draft(draft::Args),
    /// Write the translated document
    Deliver(deliver::Args),
    /// Whole glossaries: import, export, lint, merge, diff, statistics
    Glossary(glossary::Args),
    /// Translation memories: import, export, figures, leverage, cleaning
    Memory(memory::Args),
    /// The index over the memory
    Index(index::Args),
    /// Make a workspace
    Init(init::Args),
    /// Show the configuration that holds
    Config(config::Args),
    /// What a rule finds, and why
    Explain(explain::Args),
    /// A script that completes `zm` commands in a shell
    Completions(completions::Args),
}

/// A day, as options take it.
fn day(text: &str) -> Result<Date, String> {
    let day = text.trim().parse();
    day.map_err(|_| "there is no such day; write days like 2025-11-24".to_owned())
}

/// Runs the program on the process's own arguments and streams.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is the reader's choice and no failure.
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let mut out = Out::new(cli.global.color);
    let result = run(cli, &mut out).and_then(|exit| {
        out.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(Failure::Output(e)) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            out.trouble(&failure);
            ExitCode::from(Exit::Trouble as u8)
        }
    }
}

fn run(cli: Cli, out: &mut Out) -> Result<Exit, Failure> {
    let global = &cli.global;
    match cli.command {
        None => edit::home(global),
        Some(Command::Edit(args)) => args.run(global),
        Some(Command::Suggest(args)) => args.run(global, out),
        Some(Command::Check(args)) => args.run(global, out),
        Some(Command::Align(args)) => args.run(global, out),
        Some(Command::Propose(args)) => args.run(global, out),
        Some(Command::Terms(args)) => args.run(global, out),
        Some(Command::Lookup(args)) => args.run(global, out),
        Some(Command::Search(args)) => args.run(global, out),
        Some(Command::Draft(args)) => args.run(global, out),
        Some(Command::Deliver(args)) => args.run(global, out),
        Some(Command::Glossary(args)) => args.run(global, out),
        Some(Command::Memory(args)) => args.run(global, out),
        Some(Command::Index(args)) => args.run(global, out),
        Some(Command::Init(args)) => args.run(global, out),
        Some(Command::Config(args)) => args.run(global, out),
        Some(Command::Explain(args)) => args.run(out),
        Some(Command::Completions(args)) => args.run(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
