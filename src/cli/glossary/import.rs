//! `zm glossary import FILE…`: other people's files into a glossary.

use std::path::PathBuf;

use clap::ValueHint;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out};
use crate::error::Error;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The files
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

impl Args {
    #[allow(clippy::unused_self, reason = "the readers come next")]
    pub(crate) fn run(&self, _global: &Global, _out: &mut Out) -> Result<Exit, Failure> {
        Err(Error::Usage("import is not there yet".into()).into())
    }
}
