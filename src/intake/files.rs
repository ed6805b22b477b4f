//! Paths as somebody names them to the files they stand for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::format::{self, bilingual};
use crate::lang::Lang;
use crate::project::{self, is_glob};
use crate::report::Unread;
use crate::tsv::resolved;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// As it is named: from the current folder on, as a rule.
    pub path: PathBuf,
    /// Whether somebody named this very file: then it is read, or the reason is told.
    pub named: bool,
}

/// The files that paths stand for, each once, sorted by name.
///
/// A file stands for itself; a folder and a glob for the documents in it, without
/// hidden ones and those git ignores. What cannot be listed goes to `unread`.
pub fn found(paths: &[PathBuf], unread: &mut Vec<Unread>) -> Vec<Found> {
    let mut all = Vec::new();
    for path in paths {
        let name = path.to_string_lossy();
        if path == Path::new("-") || path.symlink_metadata().is_ok_and(|m| !m.is_dir()) {
            all.push(Found {
                path: path.clone(),
                named: true,
            });
        } else if path.is_dir() {
            walk(path, &mut all, unread);
        } else if is_glob(&name) {
            glob(path, &mut all, unread);
        } else {
            all.push(Found {
                path: path.clone(),
                named: true,
            });
        }
    }
    once(all)
}

/// Each file once, under the name it was asked for by, else the first in order.
fn once(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_by(|a, b| (!a.named, &a.path).cmp(&(!b.named, &b.path)));
    let mut seen = HashSet::new();
    all.retain(|found| seen.insert(resolved(&found.path)));
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// Work in progress beside its document, where nobody named that: the
/// translation is checked there, and the source by itself. What was delivered
/// of it is then no document.
pub(super) fn instead(all: &mut Vec<Found>) {
    let mut work = BTreeSet::new();
    let mut given = BTreeSet::new();
    for found in all.iter() {
        if bilingual::of(&found.path).is_some() || found.path == Path::new("-") {
            continue;
        }
        let beside = bilingual::work::files(&found.path).into_iter();
        let beside: Vec<PathBuf> = beside.filter(|path| path.is_file()).collect();
        let Some(first) = beside.first() else {
            continue;
        };
        for to in [Lang::Zh, Lang::En] {
            let delivered = project::delivered(&found.path, to);
            given.extend(Some(delivered).filter(|path| *path != found.path));
        }
        // What it was handed over with counts until there is work.
        given.extend(beside.iter().skip(1).cloned());
        if !found.named {
            work.insert(first.clone());
        }
    }
    all.retain(|found| found.named || !given.contains(&found.path));
    all.extend(work.into_iter().map(|path| Found { path, named: false }));
    *all = once(std::mem::take(all));
}

fn walk(folder: &Path, all: &mut Vec<Found>, unread: &mut Vec<Unread>) {
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) if readable(entry.path()) => match is_file(&entry) {
                Ok(false) => {}
                Ok(true) => all.push(Found {
                    path: plain(entry.path()),
                    named: false,
                }),
                Err(message) => unread.push(Unread {
                    path: plain(entry.path()),
                    message,
                }),
            },
            Ok(_) => {}
            Err(error) => unread.push(refused(folder, &error)),
        }
    }
}

fn glob(pattern: &Path, all: &mut Vec<Found>, unread: &mut Vec<Unread>) {
    let name = pattern.to_string_lossy().replace('\\', "/");
    let found = project::matching(Path::new(""), &[name]);
    let found = found.map(|mut found| {
        found.retain(|path| readable(path));
        found
    });
    let message = match found {
        Ok(found) if found.is_empty() => "no document has a name like this".to_owned(),
        Ok(found) => {
            all.extend(found.into_iter().map(|path| Found { path, named: false }));
            return;
        }
        Err(error) => error.without_path(),
    };
    unread.push(Unread {
        path: pattern.to_owned(),
        message,
    });
}

/// Files that hold texts, but of kinds that are not read here.
const OTHERS: [&str; 13] = [
    "ass", "csv", "doc", "epub", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "xls", "xlsx",
];

/// A sentence about the files in folders that may hold texts and are passed over, for they are
/// of kinds that are not read here; `None` where there are none.
pub fn passed_over(paths: &[PathBuf]) -> Option<String> {
    let mut seen = HashSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for folder in paths.iter().filter(|path| path.is_dir()) {
        let entries = WalkBuilder::new(folder).require_git(false).build();
        for entry in entries.flatten() {
            let extension = entry.path().extension().unwrap_or_default();
            let extension = extension.to_string_lossy().to_lowercase();
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if is_file && OTHERS.contains(&extension.as_str()) && seen.insert(plain(entry.path())) {
                *counts.entry(extension).or_default() += 1;
            }
        }
    }
    let kinds: Vec<String> = counts
        .iter()
        .map(|(extension, count)| format!("{count} .{extension}"))
        .collect();
    let listed = kinds.join(", ");
    (!kinds.is_empty()).then(|| format!("not read, as files of their kind are not: {listed}"))
}

/// Whether a file's name is that of something read here.
fn readable(path: &Path) -> bool {
    let known = format::of(path).is_some() || bilingual::of(path).is_some();
    known && !project::is_lock(path)
}

/// Whether an entry of a folder is a file, also where it is a link to one.
fn is_file(entry: &DirEntry) -> Result<bool, String> {
    if !entry.path_is_symlink() {
        return Ok(entry.file_type().is_some_and(|t| t.is_file()));
    }
    match fs::metadata(entry.path()) {
        Ok(data) => Ok(data.is_file()),
        Err(_) => Err("a link to a file that is not there".to_owned()),
    }
}

fn plain(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

fn refused(folder: &Path, error: &ignore::Error) -> Unread {
    let mut inner = error;
    let mut path = folder;
    while let ignore::Error::WithPath { err, path: at } = inner {
        (inner, path) = (err, at);
    }
    while let ignore::Error::WithDepth { err, .. } = inner {
        inner = err;
        if let ignore::Error::WithPath { err, path: at } = inner {
            (inner, path) = (err, at);
        }
    }
    Unread {
        path: plain(path),
        message: format!("cannot be listed: {inner}"),
    }
}
