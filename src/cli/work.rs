//! What the commands on documents share: opening one with its work, findings at
//! their places, writing without overwriting.

use std::path::{Path, PathBuf};

use super::out::{Failure, Out};
use crate::check::{self, Levels, Reference};
use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Side};
use crate::glossary::Glossary;
use crate::lang::Locale;
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::session::{self, Session};
use crate::tsv::write_atomic;

/// Opens a document with its work; what is wrong in either goes to stderr.
pub(crate) fn open(
    project: &Project,
    path: &Path,
    to: Option<Locale>,
    out: &mut Out,
) -> Result<Session> {
    // Work that has begun, here or by whoever handed it over, says itself what it is written in.
    let begun = [session::work::path(path), session::work::start(path)];
    let begun = begun.iter().any(|work| work.exists());
    let parsed = session::work::open(path, None, to)?;
    out.notices(&parsed.findings);
    let mut session = parsed.value;
    if !begun {
        session.to = project.target(session.from(), to);
    }
    session.name = project.name(path);
    Ok(session)
}

/// What the checks say about a document's translated units, in its order.
pub(crate) fn findings(
    session: &Session,
    glossary: &Glossary,
    recognizer: &Recognizer,
    levels: &Levels,
) -> Vec<Finding> {
    let document = &session.document;
    let reference = Reference::new(glossary, recognizer);
    let mut found = Vec::new();
    for unit in &document.units {
        let segment = check::Segment {
            path: document.path.as_path().into(),
            line: unit.line,
            source: &unit.source,
            target: &unit.target,
            from: document.from,
            to: session.to,
            date: document.date,
        };
        for mut finding in check::unit(&segment, &reference, levels) {
            if finding.side == Some(Side::Source) {
                // The source stands in the file: the place is there and not in the segment.
                let span = unit.in_file(finding.place.span);
                finding.place = Place::new(segment.path.clone(), &document.text, span);
            }
            found.push(finding);
        }
    }
    found
}

/// Where a command writes a document.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// The file to write; `-` is stdout
    #[arg(short, long = "output", value_name = "OUT", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// Overwrite OUT where it is there already
    #[arg(long)]
    force: bool,
}

impl Output {
    /// The file; `None` for stdout.
    pub(crate) fn path(&self) -> Option<&Path> {
        Some(self.output.as_path()).filter(|path| *path != Path::new("-"))
    }

    /// Refuses before any work what could not be written after it.
    pub(crate) fn check(&self, document: &Path) -> Result<()> {
        let Some(path) = self.path() else {
            return Ok(());
        };
        let same = |a: &Path, b: &Path| {
            let full = |p: &Path| std::fs::canonicalize(p).ok();
            a == b || full(a).is_some_and(|a| Some(a) == full(b))
        };
        if same(path, document) {
            let message = "this is the document itself; write the translation to another file";
            return Err(Error::file(path, None, message));
        }
        if path.exists() && !self.force {
            let message = "is there already; --force overwrites it";
            return Err(Error::file(path, None, message));
        }
        Ok(())
    }

    /// Writes the bytes, in one step.
    pub(crate) fn write(&self, bytes: &[u8], out: &mut Out) -> Result<(), Failure> {
        match self.path() {
            Some(path) => Ok(write_atomic(path, bytes)?),
            None => Ok(std::io::Write::write_all(out, bytes)?),
        }
    }
}
