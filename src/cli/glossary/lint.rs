//! `zm glossary lint [PATH…]`: everything that is wrong in glossaries; `zm check`
//! on the same files, which it is made of.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use crate::cli::out::{Exit, Failure, Out};
use crate::cli::{Global, examine};
use crate::error::Error;
use crate::intake::Ask;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without a path, the workspace's glossaries are checked. Files that somebody
names are glossaries here, whatever their columns are called; in a folder those
are that `zm check` takes for glossaries. A comment `# zm:allow RULE reason`
above a row, or `# zm:allow-file RULE reason` for the file, accepts a finding;
`zm explain gl-dup` tells what a rule finds.

Examples:
  zm glossary lint
  zm glossary lint glossaries/ --fail-on warning
  zm glossary lint terms.tsv --select gl-nested
  zm glossary lint --format sarif --output lint.sarif")]
pub(crate) struct Args {
    /// Glossaries, folders of them, or globs; `-` is stdin
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    examine: examine::Args,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let first = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
        let project = global.project_of(first)?;
        let paths = match &*self.paths {
            [] => project.glossary_files()?,
            paths => paths.to_vec(),
        };
        if paths.is_empty() {
            let message =
                "there are no glossaries here: name one, or make a workspace with `zm init`";
            return Err(Error::Usage(message.to_owned()).into());
        }
        let ask = Ask {
            paths,
            glossaries: true,
            ..Ask::default()
        };
        self.examine.run(&ask, None, &project, out)
    }
}
