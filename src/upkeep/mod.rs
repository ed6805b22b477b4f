//! Glossaries in use: how well they serve, and what a change of them touches.

pub mod affected;
pub mod stats;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::format::{self, bilingual};
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

/// The work in progress on the workspace's documents, each beside its document;
/// what cannot be read is passed over, since `zm check` tells why.
///
/// # Errors
/// The documents cannot be listed.
fn works(project: &Project) -> Result<Vec<(PathBuf, Bitext)>> {
    let work = |document: PathBuf| {
        let mut path = document.clone().into_os_string();
        path.push(".zm.tsv");
        let path = Path::new(&path);
        let parsed = bilingual::read(path, &fs::read(path).ok()?, None).ok()??;
        Some((document, parsed.value))
    };
    Ok(project.documents()?.into_iter().filter_map(work).collect())
}

/// The workspace's documents and what was delivered of them; those that cannot
/// be read are passed over, since `zm check` tells why.
///
/// # Errors
/// They cannot be listed.
fn documents(project: &Project) -> Result<Vec<Document>> {
    let mut paths = project.documents()?;
    let other = |path: &PathBuf| [Lang::Zh, Lang::En].map(|lang| delivered(path, lang));
    let others: Vec<PathBuf> = paths
        .iter()
        .flat_map(other)
        .filter(|path| path.is_file())
        .collect();
    paths.extend(others);
    paths.sort();
    paths.dedup();
    let read = paths
        .iter()
        .filter_map(|path| format::read(path, None).ok());
    Ok(read.map(|parsed| parsed.value).collect())
}
