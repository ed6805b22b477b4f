//! `zm check --baseline` and `--write-baseline`: findings that are accepted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::out::{Exit, Failure, Out};
use crate::check::Baseline;
use crate::error::Error;
use crate::project::Project;
use crate::report::Results;
use crate::text::count::plural;
use crate::tsv::write_atomic;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    /// Leave out the findings that this file accepts
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    baseline: Option<PathBuf>,
    /// Accept everything found now: write it to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["baseline", "fix", "diff"])]
    write_baseline: Option<PathBuf>,
}

impl Args {
    /// Whether a baseline is written.
    pub(crate) fn writes(&self) -> bool {
        self.write_baseline.is_some()
    }

    /// The baseline that is read.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        self.baseline.as_ref()
    }

    /// Leaves out what is accepted; an exit code where accepting was all there was to do.
    pub(crate) fn apply(
        &self,
        results: &mut Results,
        project: &Project,
        out: &mut Out,
    ) -> Result<Option<Exit>, Failure> {
        if self.baseline.is_none() && self.write_baseline.is_none() {
            return Ok(None);
        }
        // A name costs a look at the disk, and thousands of findings lie in few files.
        let mut names: BTreeMap<Arc<Path>, String> = BTreeMap::new();
        for path in results.findings.iter().map(|f| &f.place.path) {
            if !names.contains_key(path) {
                names.insert(Arc::clone(path), project.name(path));
            }
        }
        let name = |path: &Path| names.get(path).cloned().unwrap_or_default();
        if let Some(path) = &self.write_baseline {
            let text = Baseline::of(&results.findings, name).to_text();
            write_atomic(path, text.as_bytes())?;
            let count = plural(results.findings.len(), "finding");
            out.note(format_args!("{count} accepted in {}", path.display()));
            for unread in &results.unread {
                out.trouble(&Error::file(&unread.path, None, &unread.message).into());
            }
            let whole = results.unread.is_empty();
            return Ok(Some(if whole { Exit::Fine } else { Exit::Trouble }));
        }
        if let Some(path) = &self.baseline {
            let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
            let baseline = Baseline::parse(&text)
                .map_err(|(line, message)| Error::file(path, Some(line), message))?;
            results.baselined = baseline.apply(&mut results.findings, name);
        }
        Ok(None)
    }
}
