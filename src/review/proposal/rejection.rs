//! The workspace's file of rejected pairs, read and changed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::propose::Rejected;
use crate::tsv::{Lock, write_atomic};

/// What the workspace's file of rejected pairs has; nothing outside of a workspace.
///
/// # Errors
/// The file cannot be read.
pub fn rejected(project: &Project) -> Result<Rejected> {
    let text = project.rejected().map(|path| read(&path)).transpose()?;
    Ok(Rejected::parse(&text.unwrap_or_default()))
}

/// Has a pair never proposed again in this workspace; gives the file.
///
/// # Errors
/// There is no workspace; its file cannot be read or written.
pub fn reject(project: &Project, zh: &str, en: &str) -> Result<PathBuf> {
    change(project, |text| {
        let known = Rejected::parse(text).has(zh, en);
        (!known).then(|| Rejected::with(text, zh, en))
    })
}

/// Takes a rejection back.
///
/// # Errors
/// There is no workspace; its file cannot be read or written.
pub fn allow(project: &Project, zh: &str, en: &str) -> Result<PathBuf> {
    change(project, |text| Some(Rejected::without(text, zh, en)))
}

/// Changes the file under its lock: other programs may be at it.
fn change(project: &Project, edit: impl FnOnce(&str) -> Option<String>) -> Result<PathBuf> {
    let path = project.rejected().ok_or_else(|| {
        let message = "there is no workspace here to remember it in: `zm init` makes one";
        Error::Usage(message.to_owned())
    })?;
    let _lock = Lock::file(&path)?;
    if let Some(text) = edit(&read(&path)?) {
        write_atomic(&path, text.as_bytes())?;
    }
    Ok(path)
}

/// The text of a file; nothing where there is none.
fn read(path: &Path) -> Result<String> {
    match fs::read_to_string(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|e| Error::io("read", path, e)),
    }
}
