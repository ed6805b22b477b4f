//! Glossaries in use: how well they serve, and what a change of them touches.

pub mod affected;
pub mod stats;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::format::{self, bilingual};
use crate::intake::found;
use crate::lang::Lang;
use crate::model::bitext::Bitext;
use crate::model::document::Document;
use crate::project::{Project, delivered};

/// The workspace's journal, where there is one, then its other memories, each
/// with whether it is the journal.
///
/// # Errors
/// They cannot be listed.
pub fn memories(project: &Project) -> Result<Vec<(PathBuf, bool)>> {
    let journal = project.journal().filter(|path| path.exists());
    let journal = journal.into_iter().map(|path| (path, true));
    let files = project.memory_files()?.into_iter();
    Ok(journal.chain(files.map(|path| (path, false))).collect())
}

/// Every text of a workspace in which a term may stand: its documents as they are
/// configured, else all in its folder, but for hidden ones and those git ignores.
///
/// # Errors
/// The documents cannot be listed.
fn texts(project: &Project) -> Result<Vec<PathBuf>> {
    let mut paths = project.documents()?;
    if let Some(root) = &project.root
        && project.config.documents.is_empty()
    {
        let here = Path::new(".");
        let none = root.as_os_str().is_empty();
        let root = if none { here } else { root.as_path() };
        let all = found(&[root.to_owned()], &mut Vec::new()).into_iter();
        let all = all.map(|found| found.path);
        paths.extend(all.filter(|path| format::of(path).is_some()));
        paths.sort();
        paths.dedup();
    }
    Ok(paths)
}

/// The work in progress on documents, each beside its document; what cannot be
/// read is passed over, since `zm check` tells why.
fn works(documents: &[PathBuf]) -> impl Iterator<Item = (PathBuf, Bitext)> {
    documents.iter().filter_map(|document| {
        let [path, _] = bilingual::work::files(document);
        let parsed = bilingual::read(&path, &fs::read(&path).ok()?, None).ok()??;
        Some((document.clone(), parsed.value))
    })
}

/// Documents and what was delivered of them; those that cannot be read are
/// passed over, since `zm check` tells why.
fn documents(mut paths: Vec<PathBuf>) -> impl Iterator<Item = Document> {
    let other = |path: &PathBuf| [Lang::Zh, Lang::En].map(|lang| delivered(path, lang));
    let others: Vec<PathBuf> = paths
        .iter()
        .flat_map(other)
        .filter(|path| path.is_file())
        .collect();
    paths.extend(others);
    paths.sort();
    paths.dedup();
    let read = paths.into_iter();
    let read = read.filter_map(|path| format::read(&path, None).ok());
    read.map(|parsed| parsed.value)
}
