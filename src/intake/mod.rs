//! What a run checks: files and folders to texts.
//!
//! A file that cannot be read does not end a run: it is kept aside with the
//! reason, and everything else is read.

mod files;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::finding::{Finding, Parsed};
use crate::format;
use crate::lang::{Lang, Locale};
use crate::model::bitext::Bitext;
use crate::project::Project;
use crate::report::Unread;

/// What is to be read.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Files and folders; `-` is stdin.
    pub paths: Vec<PathBuf>,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Intake {
    /// The texts, sorted by path.
    pub bitexts: Vec<Bitext>,
    /// What is wrong with the form of what was read.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

impl Intake {
    /// The files that were read, each once, sorted.
    pub fn files(&self) -> Vec<Arc<Path>> {
        let files = self.bitexts.iter().flat_map(|bitext| &bitext.files);
        let mut paths: Vec<_> = files.map(|file| Arc::clone(&file.path)).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// Reads everything that is asked for.
///
/// # Errors
/// There is nothing to read at all.
pub fn take(ask: &Ask, project: &Project) -> Result<Intake> {
    let mut intake = Intake::default();
    let paths = files::found(&ask.paths, &mut intake.unread);
    if paths.is_empty() && intake.unread.is_empty() {
        let named: Vec<_> = ask.paths.iter().map(|p| p.display().to_string()).collect();
        return Err(Error::Usage(format!(
            "there are no documents in {}: {} are read here",
            named.join(", "),
            format::extensions()
        )));
    }
    let read: Vec<_> = paths
        .par_iter()
        .map(|path| (path, document(path, project)))
        .collect();
    for (path, result) in read {
        match result {
            Ok(parsed) => {
                intake.bitexts.push(parsed.value);
                intake.findings.extend(parsed.findings);
            }
            Err(error) => intake.unread.push(unread(path, &error)),
        }
    }
    Ok(intake)
}

/// A document alone.
fn document(path: &Path, project: &Project) -> Result<Parsed<Bitext>> {
    let parsed = format::parse(path, bytes(path)?, None)?;
    let locale = locale(parsed.value.from, project);
    Ok(Parsed {
        value: Bitext::single(parsed.value, locale),
        findings: parsed.findings,
    })
}

/// What a text is taken to be written in.
fn locale(lang: Lang, project: &Project) -> Locale {
    let configured = project.config.languages.zh;
    match lang {
        Lang::Zh => configured.unwrap_or(Locale::Hans),
        Lang::En => Locale::En,
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|e| Error::io("read", path, e));
    }
    fs::read(path).map_err(|e| Error::io("read", path, e))
}

fn unread(path: &Path, error: &Error) -> Unread {
    Unread {
        path: path.to_owned(),
        message: error.without_path(),
    }
}
