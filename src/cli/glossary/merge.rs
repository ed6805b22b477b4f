//! `zm glossary merge BASE OURS THEIRS`: three versions of a glossary to one,
//! as git asks for it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use crate::cli::out::{Exit, Failure, Out};
use crate::error::{Error, Result};
use crate::glossary::{Glossary, merge};
use crate::text::count::plural;
use crate::text::decode::decode;
use crate::tsv::{Lock, write_atomic};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The merge goes by concept and cell: a row is known by its `id`, else by its
Chinese and `subject`. Cells of several terms merge as sets; comments, the
order of rows and columns nobody knows survive. Where both sides changed one
cell in different ways, the row carries ours and comments above it both; where
one deleted what the other changed, the row carries the side that is left.
`zm glossary lint` finds what is left of these, and the glossaries in `zm`
settle it on a key.

As git's merge driver, once a repository:
  echo 'glossaries/*.tsv merge=zm' >> .gitattributes
  git config merge.zm.name 'glossaries by concept and cell'
  git config merge.zm.driver 'zm glossary merge %O %A %B --name %P'

Examples:
  zm glossary merge base.tsv ours.tsv theirs.tsv
  zm glossary merge base.tsv ours.tsv theirs.tsv --output merged.tsv

Exit codes: 0 merged; 1 merged, and conflicts are marked; 2 a file could not be
read or written.")]
pub(crate) struct Args {
    /// What both sides began from
    #[arg(value_name = "BASE", value_hint = ValueHint::FilePath)]
    base: PathBuf,
    /// Our version; the result is written over it
    #[arg(value_name = "OURS", value_hint = ValueHint::FilePath)]
    ours: PathBuf,
    /// Their version
    #[arg(value_name = "THEIRS", value_hint = ValueHint::FilePath)]
    theirs: PathBuf,
    /// Where the result is written in place of OURS; `-` is stdout
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// What the file is called in messages
    #[arg(long, value_name = "PATH")]
    name: Option<PathBuf>,
}

impl Args {
    pub(crate) fn run(&self, out: &mut Out) -> Result<Exit, Failure> {
        let to = self.output.as_ref().unwrap_or(&self.ours);
        let stdout = to == Path::new("-");
        // The lock makes the file it locks: a mistyped name would be an empty version of ours.
        fs::metadata(&self.ours).map_err(|why| Error::io("read", &self.ours, why))?;
        let _lock = (!stdout).then(|| Lock::file(to)).transpose()?;
        let merged = merge::merge(&text(&self.base)?, &text(&self.ours)?, &text(&self.theirs)?);
        if stdout {
            out.write_all(merged.text.as_bytes())?;
        } else {
            write_atomic(to, merged.text.as_bytes())?;
        }
        if merged.conflicts == 0 {
            return Ok(Exit::Fine);
        }
        let name = self.name.as_ref().unwrap_or(to).display();
        let conflicts = plural(merged.conflicts, "conflict");
        out.note(format_args!(
            "{name}: {conflicts} marked, each above its row"
        ));
        Ok(Exit::Findings)
    }
}

/// A version's text; one that cannot be written back as it is is refused.
fn text(path: &Path) -> Result<String> {
    let bytes = Glossary::bytes(path)?;
    String::from_utf8(bytes).map_err(|error| {
        let encoding = decode(error.as_bytes()).encoding;
        let message =
            format!("not UTF-8 but {encoding}, as it seems: save it as UTF-8 on both sides first");
        Error::file(path, None, message)
    })
}
