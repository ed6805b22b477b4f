//! The answer of an earlier `zm check`, where nothing it rests on has changed.
//!
//! An entry holds, besides the answer, all that the answer rests on: the
//! program, the command, the configuration, and the length and hash of every
//! file that is read. It counts only where all of that is the same, so that it
//! saves time and changes nothing. It lies in `index/checks/`, which can be
//! deleted at any time; one command has one entry.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::out::Exit;
use crate::error::Result;
use crate::intake::found;
use crate::kept::program;
use crate::project::Project;
use crate::text::hash;
use crate::tsv::write_atomic;

/// What the first line of an entry begins with.
const TITLE: &str = "zm check 1";
/// The most commands whose answers are remembered.
const ENTRIES: usize = 32;

/// Where an answer is kept, and what it rests on.
pub(crate) struct Cached {
    path: PathBuf,
    rests_on: String,
}

impl Cached {
    /// The place for the answer of the command now running on these paths;
    /// `None` outside of a workspace.
    pub(crate) fn new(project: &Project, paths: &[PathBuf]) -> Result<Option<Self>> {
        let Some(index) = project.index() else {
            return Ok(None);
        };
        let mut command = String::new();
        let folder = std::env::current_dir().unwrap_or_default();
        let _ = writeln!(command, "{}", folder.display());
        for word in std::env::args_os().skip(1) {
            let _ = writeln!(command, "{}", word.to_string_lossy());
        }
        let name = format!("{:016x}", hash::bytes(command.as_bytes()));
        let mut rests_on = command;
        let _ = writeln!(rests_on, "{}", program());
        let _ = writeln!(rests_on, "{:?}", project.config);
        let mut unread = Vec::new();
        let files = found(paths, &mut unread);
        if !unread.is_empty() {
            return Ok(None);
        }
        let known = [project.glossary_files()?, project.memory_files()?];
        let known = known.into_iter().flatten().chain(project.journal());
        let lexicon = &project.config.lexicon;
        let lexicon = [&lexicon.dictionary, &lexicon.words].into_iter().flatten();
        let root = project.root.clone().unwrap_or_default();
        let known = known.chain(lexicon.map(|path| root.join(path)));
        for path in files.into_iter().map(|found| found.path).chain(known) {
            let _ = writeln!(rests_on, "{}", content(&path));
        }
        Ok(Some(Self {
            path: index.join("checks").join(name),
            rests_on,
        }))
    }

    /// The answer and its exit code, where it still holds.
    pub(crate) fn get(&self) -> Option<(Vec<u8>, Exit)> {
        let bytes = fs::read(&self.path).ok()?;
        [Exit::Fine, Exit::Findings].into_iter().find_map(|exit| {
            let head = self.head(exit);
            let answer = bytes.strip_prefix(head.as_bytes())?;
            Some((answer.to_vec(), exit))
        })
    }

    /// Keeps an answer. That it cannot be kept is no failure.
    pub(crate) fn put(&self, answer: &[u8], exit: Exit) {
        let Some(folder) = self.path.parent() else {
            return;
        };
        let bytes = [self.head(exit).as_bytes(), answer].concat();
        let ignore = folder.join(".gitignore");
        if fs::create_dir_all(folder).is_ok() && write_atomic(&self.path, &bytes).is_ok() {
            let _ = forget(folder);
            let _ = ignore.exists() || fs::write(ignore, "*\n").is_ok();
        }
    }

    /// What an entry begins with.
    fn head(&self, exit: Exit) -> String {
        let length = self.rests_on.len();
        format!("{TITLE} {} {length}\n{}", exit as u8, self.rests_on)
    }
}

/// A file's name, length and hash.
fn content(path: &Path) -> String {
    let told = fs::read(path).map(|bytes| (bytes.len(), hash::bytes(&bytes)));
    let told = told.map_or_else(|e| e.to_string(), |(n, hash)| format!("{n} {hash:016x}"));
    format!("{} {told}", path.display())
}

/// Deletes the oldest entries of too many.
fn forget(folder: &Path) -> std::io::Result<()> {
    let entries = fs::read_dir(folder)?.filter_map(|entry| {
        let entry = entry.ok()?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let entry = Some(entry).filter(|_| !hidden)?;
        Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort();
    let old = entries.len().saturating_sub(ENTRIES);
    for (_, path) in entries.iter().take(old) {
        fs::remove_file(path)?;
    }
    Ok(())
}
