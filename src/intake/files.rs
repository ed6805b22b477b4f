//! Paths as somebody names them to the files they stand for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::format;
use crate::report::Unread;

/// The files that paths stand for, each once, sorted: files as named, folders walked.
pub(super) fn found(paths: &[PathBuf], unread: &mut Vec<Unread>) -> Vec<PathBuf> {
    let mut found = BTreeSet::new();
    for path in paths {
        if !path.is_dir() {
            found.insert(path.clone());
            continue;
        }
        for entry in WalkBuilder::new(path).require_git(false).build() {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|t| t.is_file());
                    if is_file && format::of(entry.path()).is_some() {
                        let path = entry.path();
                        found.insert(path.strip_prefix("./").unwrap_or(path).to_owned());
                    }
                }
                Err(error) => unread.push(refused(path, &error)),
            }
        }
    }
    found.into_iter().collect()
}

fn refused(folder: &Path, error: &ignore::Error) -> Unread {
    Unread {
        path: folder.to_owned(),
        message: format!("cannot be listed: {error}"),
    }
}
