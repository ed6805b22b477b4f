//! `zm` and `zm edit DOC`: the screen.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::Global;
use super::out::{Exit, Failure};
use crate::error::Error;
use crate::format;
use crate::lang::Locale;
use crate::tui::{self, Start};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Work is kept beside the document in DOC.zm.tsv and found again when the
document changes. What is confirmed is remembered where there is a workspace
(`zm init`).

The terminal is asked how wide it draws characters of ambiguous width, as the
quotation mark “; where it gives no right answer, ZM_AMBIGUOUS_WIDTH=1 or 2 says so.

Examples:
  zm edit report.zh.md
  zm edit report.en.md --to zh-TW")]
pub(crate) struct Args {
    /// The document
    #[arg(value_name = "DOC", value_hint = ValueHint::FilePath)]
    document: PathBuf,
    /// What to write: en, zh-Hans, zh-Hant, zh-TW or zh-HK
    #[arg(long, value_name = "LANGUAGE")]
    to: Option<Locale>,
}

impl Args {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        if self.document == Path::new("-") {
            let message = "work is kept beside the document: save standard input as a file";
            return Err(Error::Usage(message.into()).into());
        }
        let project = global.project_of(&self.document)?;
        // What cannot be read fails here, where its reason stays on the terminal.
        format::read(&self.document, None)?;
        tui::run(Start::Document(self.document, self.to), project)?;
        Ok(Exit::Fine)
    }
}

/// The screen on the workspace around the current folder.
pub(crate) fn home(global: &Global) -> Result<Exit, Failure> {
    tui::run(Start::Home, global.project()?)?;
    Ok(Exit::Fine)
}
