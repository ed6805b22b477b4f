//! `zm init [DIR]`: a workspace with a first glossary.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::Global;
use super::out::{Exit, Failure, Out};
use crate::error::Error;
use crate::project::{FILE, GLOSSARIES, MEMORIES};
use crate::tsv::write_atomic;

/// The configuration a workspace begins with: every key, most of them commented out.
const CONFIG: &str = include_str!("init.toml");

/// A glossary to begin with.
const GLOSSARY: &str = "\
# One row is one concept. Only zh and en are needed; several terms in a cell: a | b
zh\ten\tzh_avoid\ten_avoid\tsubject\tnote
";

/// What git should not keep: the work of one person, and what can be made again.
const IGNORE: &str = "\
/index/
*.zm.tsv
*.zm.tsv.lock
*.align.tsv
/memories/journal.tsv*
/memories/*.lock
";

#[derive(Debug, clap::Args)]
#[command(after_help = "Nothing that is already there is changed.")]
pub(crate) struct Args {
    /// The folder; it is made where it is not there
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let root = global.workspace.as_deref().unwrap_or(&self.folder);
        for folder in [root, &root.join(GLOSSARIES), &root.join(MEMORIES)] {
            fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, e))?;
        }
        let files = [
            (root.join(FILE), CONFIG),
            (root.join(GLOSSARIES).join("terms.tsv"), GLOSSARY),
            (root.join(".gitignore"), IGNORE),
        ];
        for (path, text) in files {
            let made = make(&path, text)?;
            let what = if made { "made" } else { "kept" };
            writeln!(out, "{what} {}", path.display())?;
        }
        Ok(Exit::Fine)
    }
}

/// Writes a file that is not there yet.
fn make(path: &Path, text: &str) -> Result<bool, Error> {
    if path.exists() {
        return Ok(false);
    }
    write_atomic(path, text.as_bytes())?;
    Ok(true)
}
