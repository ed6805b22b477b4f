//! Files that no units are written to.

use std::path::{self, Path};

use super::{GLOSSARIES, JOURNAL, MEMORIES, Project};
use crate::tsv::{resolved, same_file};

/// What a file is for, where what it says holds at once: units of others stay out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// Terms.
    Glossary,
    /// What is confirmed.
    Journal,
}

impl Project {
    /// What a file is reserved for, be it there or not yet: as one of this workspace, or by its
    /// place in another.
    pub fn reserved(&self, file: &Path) -> Option<Reserved> {
        // Whatever this run names in its stead, what the workspace says of its own files holds.
        let own = Self {
            glossaries: Vec::new(),
            ..self.clone()
        };
        // A glossary that is listed and not there is not what is being written.
        let listed = |project: &Self| project.glossary_files().unwrap_or_default();
        let mut glossaries = listed(self).into_iter().chain(listed(&own));
        let full = path::absolute(resolved(file)).unwrap_or_default();
        let folder = full.parent().and_then(Path::file_name);
        if folder == Some(GLOSSARIES.as_ref()) || glossaries.any(|path| same_file(&path, file)) {
            return Some(Reserved::Glossary);
        }
        let another = folder == Some(MEMORIES.as_ref()) && file.ends_with(JOURNAL) && file.exists();
        let journal = another || self.journal().is_some_and(|path| same_file(&path, file));
        journal.then_some(Reserved::Journal)
    }
}
