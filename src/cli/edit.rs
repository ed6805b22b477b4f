//! `zm` and `zm edit DOC`: the screen.

use std::path::PathBuf;

use clap::ValueHint;

use super::Global;
use super::out::{Exit, Failure};
use crate::error::Error;
use crate::lang::Locale;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Work is kept beside the document in DOC.zm.tsv and found again when the document changes.

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
        let _ = (global.project_of(&self.document)?, self.to);
        Err(Error::Usage("the screen is not part of this build".into()).into())
    }
}

/// The screen on the workspace around the current folder.
pub(crate) fn home(global: &Global) -> Result<Exit, Failure> {
    let _ = global.project()?;
    Err(Error::Usage("the screen is not part of this build".into()).into())
}
