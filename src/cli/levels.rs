//! The levels of rules as they hold for each path of a run.

use std::path::Path;
use std::sync::Arc;

use globset::GlobSet;

use super::rules::Choice;
use crate::check::{self, Level, Levels};
use crate::error::Result;
use crate::finding::Parsed;
use crate::memory::Memory;
use crate::model::bitext::Bitext;
use crate::project::Project;

/// The levels that hold for each path.
pub(super) struct Rules<'a> {
    project: &'a Project,
    choice: Choice,
    overrides: Vec<(GlobSet, &'a Levels)>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(project: &'a Project, choice: Choice) -> Result<Self> {
        let overrides = project.overrides()?;
        Ok(Self {
            project,
            choice,
            overrides,
        })
    }

    /// The memory, where there is one and a rule whose name begins so asks for it.
    pub(super) fn memory(&self, name: &str) -> Result<Option<Parsed<Memory>>> {
        let journal = self.project.journal().is_some_and(|path| path.exists());
        let some = journal || !self.project.memory_files()?.is_empty();
        let wanted = some && self.on_somewhere(name);
        wanted.then(|| self.project.memory()).transpose()
    }

    /// Whether a rule whose name begins so is on, for some paths at least.
    pub(super) fn on_somewhere(&self, name: &str) -> bool {
        let rules = &self.project.config.rules;
        let usual = self.choice.levels(rules, std::iter::empty());
        let overrides = self.overrides.iter();
        let overridden = overrides.map(|(_, levels)| self.choice.levels(rules, [*levels]));
        let on = |levels: Levels| {
            let mut checks = check::CHECKS
                .iter()
                .filter(|check| check.id.starts_with(name));
            checks.any(|check| levels.get(check.id).copied().unwrap_or(check.level) != Level::Off)
        };
        std::iter::once(usual).chain(overridden).any(on)
    }

    pub(super) fn of_bitext(&self, bitext: &Bitext) -> Levels {
        self.of(bitext.files.iter().map(|file| &file.path))
    }

    /// The levels for what stands in some files; of two overrides the later one wins.
    pub(super) fn of<'p>(&self, paths: impl Iterator<Item = &'p Arc<Path>>) -> Levels {
        let names: Vec<_> = paths.map(|path| self.project.name(path)).collect();
        let here = |globs: &GlobSet| names.iter().any(|name| globs.is_match(name));
        let overrides = self.overrides.iter().filter(|(globs, _)| here(globs));
        let overrides = overrides.map(|(_, rules)| *rules);
        self.choice.levels(&self.project.config.rules, overrides)
    }
}
