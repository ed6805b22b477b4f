//! A workspace folder: its configuration, its files and what it knows.
//!
//! A workspace is a folder with a `zhengming.toml` or a `glossaries/` folder,
//! found from the current folder upwards. All paths a project hands out begin
//! at the current folder, so that they can be printed as they are.

mod config;
mod files;
mod knowledge;
mod reserved;

use std::borrow::Cow;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

pub use config::{Config, DOCUMENTS, FILE, Languages, Lexicon, Override, PairPattern, near};
pub use files::{delivered, is_glob, is_lock, matching};
pub use knowledge::Knowledge;
pub use reserved::Reserved;

use globset::GlobSet;

use crate::align::Dictionary;
use crate::check::Levels;
use crate::error::{Error, Result};
use crate::finding::Parsed;
use crate::glossary::{self, Glossary, NewRow};
use crate::lang::{Lang, Locale};
use crate::memory::{Memory, Places, Watch};
use crate::model::concept::{Concept, Origin};
use crate::text::detect;
use crate::tsv::resolved;

/// The folder of glossaries.
pub const GLOSSARIES: &str = "glossaries";
/// The glossary made for new terms where there are several, inside [`GLOSSARIES`].
const OWN: &str = "terms.tsv";
/// The folder of memories.
pub const MEMORIES: &str = "memories";
/// The memory that confirming appends to, inside [`MEMORIES`].
pub const JOURNAL: &str = "journal.tsv";
/// The folder of the index; derived, safe to delete.
pub const INDEX: &str = "index";

/// A workspace, or its absence: then only what a run names is there.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The workspace's folder, as a path from the current folder (`""` is the
    /// current folder itself); `None` outside of one.
    pub root: Option<PathBuf>,
    /// What its `zhengming.toml` says.
    pub config: Config,
    /// Glossaries named for this run; they take the place of the workspace's.
    pub glossaries: Vec<PathBuf>,
    /// Memories named for this run; they take the place of the workspace's.
    pub memories: Vec<PathBuf>,
    /// A dictionary named for this run; it takes the place of the configured one.
    pub dictionary: Option<PathBuf>,
}

impl Project {
    /// The workspace that `from` lies in: the nearest folder upwards with a
    /// `zhengming.toml` or a `glossaries/`. None is not an error.
    pub fn find(from: &Path) -> Result<Self> {
        let full = fs::canonicalize(or_here(from)).map_err(|e| Error::io("open", from, e))?;
        let root = full
            .ancestors()
            .find(|folder| folder.join(FILE).is_file() || folder.join(GLOSSARIES).is_dir());
        match root {
            Some(root) => Self::open(&short(root)),
            None => Ok(Self::default()),
        }
    }

    /// The workspace in exactly this folder; a folder without a
    /// `zhengming.toml` has the default configuration.
    pub fn open(root: &Path) -> Result<Self> {
        if !or_here(root).is_dir() {
            let message = "this is not a folder; --workspace names the folder of a workspace";
            return Err(Error::file(root, None, message));
        }
        let path = root.join(FILE);
        let config = match fs::read(&path) {
            Ok(bytes) => Config::parse(&path, &utf8(&path, bytes)?)?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Config::default(),
            Err(e) => return Err(Error::io("read", &path, e)),
        };
        Ok(Self {
            root: Some(root.to_owned()),
            config,
            ..Self::default()
        })
    }

    /// The glossary files, in order of priority.
    pub fn glossary_files(&self) -> Result<Vec<PathBuf>> {
        match (&self.root, self.glossaries.is_empty()) {
            (_, false) => Ok(self.glossaries.clone()),
            (Some(root), _) => files::tables(root, &self.config.glossaries, GLOSSARIES),
            (None, _) => Ok(Vec::new()),
        }
    }

    /// The glossary that new terms are written to: the only one, else the workspace's own.
    ///
    /// # Errors
    /// There is no workspace, or its glossaries cannot be listed.
    pub fn own_glossary(&self) -> Result<PathBuf> {
        let files = self.glossary_files()?;
        if let ([only], _) | ([only, ..], false) =
            (files.as_slice(), self.config.glossaries.is_empty())
        {
            return Ok(only.clone());
        }
        match &self.root {
            Some(root) => Ok(root.join(GLOSSARIES).join(OWN)),
            None => Err(Error::Usage(
                "there is no workspace here to keep terms in: `zm init` makes one".into(),
            )),
        }
    }

    /// Writes a new term to the workspace's own glossary, unless `known` has it.
    ///
    /// # Errors
    /// The pair is there already, with its place; there is no workspace; the file cannot be
    /// written.
    pub fn add_term(&self, known: &Glossary, row: &NewRow) -> Result<Origin> {
        let has = |concept: &&Concept, lang: Lang, term: &str| {
            concept.terms[lang].iter().any(|known| &*known.text == term)
        };
        let concepts = known.concepts();
        let same = concepts
            .filter(|concept| has(concept, Lang::Zh, &row.zh))
            .find(|concept| has(concept, Lang::En, &row.en));
        if let Some(same) = same {
            let (zh, en, origin) = (&row.zh, &row.en, &same.origin);
            return Err(Error::Usage(format!(
                "{zh} = {en} is there already: {origin}"
            )));
        }
        let path = self.own_glossary()?;
        let line = glossary::add_row(&path, row)?;
        let path = path.into();
        Ok(Origin { path, line })
    }

    /// The memory files, without the journal.
    pub fn memory_files(&self) -> Result<Vec<PathBuf>> {
        match (&self.root, self.memories.is_empty()) {
            (_, false) => Ok(self.memories.clone()),
            (Some(root), _) => {
                let mut found = files::tables(root, &self.config.memories, MEMORIES)?;
                let journal = self.journal();
                found.retain(|path| Some(path) != journal.as_ref());
                Ok(found)
            }
            (None, _) => Ok(Vec::new()),
        }
    }

    /// The journal of confirmed units.
    pub fn journal(&self) -> Option<PathBuf> {
        let root = self.root.as_ref()?;
        Some(root.join(MEMORIES).join(JOURNAL))
    }

    /// The file of rejected proposals; there is one in a workspace only.
    pub fn rejected(&self) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join(".zm-rejected.tsv"))
    }

    /// Where the index is kept. Memories named for one run are not indexed
    /// into the workspace.
    pub fn index(&self) -> Option<PathBuf> {
        let root = self.root.as_ref().filter(|_| self.memories.is_empty())?;
        Some(root.join(INDEX))
    }

    /// Where the memory is read from and written to.
    pub fn places(&self) -> Result<Places> {
        Ok(Places {
            index: self.index(),
            memories: self.memory_files()?,
            journal: self.journal(),
        })
    }

    /// The names of memories of lower priority: all that `zhengming.toml` lists
    /// after the first. Their matches weigh a little less.
    pub fn secondary(&self) -> Vec<String> {
        let listed = self.config.memories.len() > 1 && self.memories.is_empty();
        let files = if listed {
            self.memory_files().unwrap_or_default()
        } else {
            Vec::new()
        };
        let name = |path: &PathBuf| {
            path.file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into()
        };
        files.iter().skip(1).map(name).collect()
    }

    /// The workspace's documents, sorted.
    pub fn documents(&self) -> Result<Vec<PathBuf>> {
        match &self.root {
            Some(root) => files::documents(root, &self.config.documents),
            None => Ok(Vec::new()),
        }
    }

    /// The dictionary for aligning: the one named for this run, else the configured one, else
    /// the one that ships.
    pub fn dictionary(&self) -> Result<Cow<'static, Dictionary>> {
        if let Some(path) = &self.dictionary {
            return Dictionary::read(path).map(Cow::Owned);
        }
        let configured = self.config.lexicon.dictionary.as_ref();
        let (Some(root), Some(name)) = (&self.root, configured) else {
            return Ok(Cow::Borrowed(Dictionary::shipped()));
        };
        // An empty name means none.
        if name.is_empty() {
            return Ok(Cow::Owned(Dictionary::default()));
        }
        Dictionary::read(&root.join(name)).map(Cow::Owned)
    }

    /// The severities that hold for some paths only, each with the names it is
    /// for: match them with [`Project::name`].
    pub fn overrides(&self) -> Result<Vec<(GlobSet, &Levels)>> {
        let root = self.root.as_deref().unwrap_or(Path::new(""));
        let overrides = self.config.overrides.iter();
        let globs = overrides.map(|o| Ok((files::globset(root, &o.paths)?, &o.rules)));
        globs.collect()
    }

    /// A file's name in the workspace, with `/` between folders: what a unit
    /// remembers as its document.
    pub fn name(&self, path: &Path) -> String {
        let full = resolved(path);
        let root = self.root.as_ref();
        let root = root.and_then(|root| fs::canonicalize(or_here(root)).ok());
        let inner = root.as_ref().and_then(|root| full.strip_prefix(root).ok());
        let parts = inner.unwrap_or(path).components();
        let parts: Vec<_> = parts.map(|c| c.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// Reads the glossaries. Rows that could not be used are findings.
    pub fn glossary(&self) -> Result<Parsed<Glossary>> {
        let kept = self.root.as_ref();
        let kept = kept.map(|root| root.join(INDEX).join(GLOSSARIES));
        Glossary::open(&self.glossary_files()?, kept.as_deref())
    }

    /// Opens the memory, bringing its index up to date.
    pub fn memory(&self) -> Result<Parsed<Memory>> {
        Ok(Memory::open(&self.places()?))
    }

    /// As [`memory`](Self::memory), watched while its index is built.
    pub fn memory_watched(&self, watch: Arc<Watch>) -> Result<Parsed<Memory>> {
        Ok(Memory::open_watched(&self.places()?, watch))
    }

    /// What a translation out of `from` is written in: asked for, else configured, else usual.
    pub fn target(&self, from: Lang, asked: Option<Locale>) -> Locale {
        let languages = &self.config.languages;
        let usual = match from.other() {
            Lang::Zh => languages.zh.unwrap_or(Locale::Hans),
            Lang::En => Locale::En,
        };
        let configured = languages.to.filter(|to| to.lang() != from);
        asked.or(configured).unwrap_or(usual)
    }

    /// The language of a text: by its script, else as configured, else Chinese.
    pub fn source(&self, text: &str) -> Lang {
        let configured = self.config.languages.from;
        detect::language(text).or(configured).unwrap_or_default()
    }
}

/// `""` means the current folder in paths that are printed; the system wants `.`.
fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

/// A full path as seen from the current folder: `""`, `../..`, `sub`, or itself where that is shorter.
fn short(full: &Path) -> PathBuf {
    let Ok(here) = std::env::current_dir().and_then(fs::canonicalize) else {
        return full.to_owned();
    };
    if let Ok(inner) = full.strip_prefix(&here) {
        return inner.to_owned();
    }
    match here.strip_prefix(full) {
        Ok(below) => below.components().map(|_| Component::ParentDir).collect(),
        Err(_) => full.to_owned(),
    }
}

/// The text of a file that has to be UTF-8.
fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|e| {
        let valid = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
        let line = valid.filter(|b| **b == b'\n').count() as u32 + 1;
        Error::file(
            path,
            Some(line),
            "this is not UTF-8; save the file as UTF-8",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(files: &[(&str, &str)]) -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let project = Project::find(folder.path()).unwrap();
        (folder, project)
    }

    #[test]
    fn a_folder_with_glossaries_is_a_workspace_also_from_below() {
        let (folder, project) = workspace(&[("glossaries/b.tsv", ""), ("glossaries/a.tsv", "")]);
        let root = project.root.clone().unwrap();
        let names = [root.join("glossaries/a.tsv"), root.join("glossaries/b.tsv")];
        assert_eq!(project.glossary_files().unwrap(), names);
        fs::create_dir_all(folder.path().join("docs/deep")).unwrap();
        let below = Project::find(&folder.path().join("docs/deep")).unwrap();
        assert_eq!(below.root, project.root);
    }

    #[test]
    fn glossaries_keep_the_order_of_the_configuration() {
        let toml = "glossaries = [\"z.tsv\", \"glossaries\"]";
        let files = [
            (FILE, toml),
            ("z.tsv", ""),
            ("glossaries/a.tsv", ""),
            ("glossaries/notes.txt", ""),
        ];
        let (_folder, project) = workspace(&files);
        let root = project.root.clone().unwrap();
        let names = [root.join("z.tsv"), root.join("glossaries/a.tsv")];
        assert_eq!(project.glossary_files().unwrap(), names);
    }

    #[test]
    fn a_configured_glossary_that_is_not_there_is_an_error() {
        let (_folder, project) = workspace(&[(FILE, "glossaries = [\"none.tsv\"]")]);
        let error = project.glossary_files().unwrap_err().to_string();
        assert!(error.contains("none.tsv"), "{error}");
    }

    #[test]
    fn documents_are_texts_but_not_those_about_the_workspace() {
        let files = [
            ("glossaries/a.tsv", ""),
            ("report.zh.md", ""),
            ("README.md", ""),
            ("examples/x.md", ""),
            ("examples/x.md.zm.tsv", ""),
            ("src/notes.md", ""),
        ];
        let (_folder, project) = workspace(&files);
        let names: Vec<_> = project.documents().unwrap();
        let names: Vec<_> = names.iter().map(|p| project.name(p)).collect();
        assert_eq!(names, ["examples/x.md", "report.zh.md"]);
    }

    #[test]
    fn delivered_translations_are_no_documents() {
        let files = [
            ("glossaries/a.tsv", ""),
            ("both.en.md", ""),
            ("both.zh.md", ""),
            ("plain.en.md", ""),
            ("plain.md", ""),
            ("work.en.md", ""),
            ("work.zh.md", ""),
            ("work.zh.md.zm.tsv", ""),
        ];
        let (_folder, project) = workspace(&files);
        let names: Vec<_> = project.documents().unwrap();
        let names: Vec<_> = names.iter().map(|p| project.name(p)).collect();
        // Nobody knows which of `both` is the source.
        let expected = ["both.en.md", "both.zh.md", "plain.md", "work.zh.md"];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_translation_is_delivered_beside_its_document() {
        for (document, to, expected) in [
            ("a/report.zh.md", Lang::En, "a/report.en.md"),
            ("report.md", Lang::Zh, "report.zh.md"),
        ] {
            assert_eq!(delivered(Path::new(document), to), Path::new(expected));
        }
    }

    #[test]
    fn the_journal_is_not_one_of_the_memories() {
        let files = [
            (FILE, ""),
            ("memories/journal.tsv", ""),
            ("memories/old.tsv", ""),
        ];
        let (_folder, project) = workspace(&files);
        let places = project.places().unwrap();
        assert_eq!(places.memories.len(), 1);
        assert!(places.journal.unwrap().ends_with("memories/journal.tsv"));
    }

    #[test]
    fn the_target_is_asked_for_or_configured_or_usual() {
        let (_folder, project) = workspace(&[(FILE, "[languages]\nzh = \"zh-TW\"\n")]);
        assert_eq!(project.target(Lang::En, None), Locale::Taiwan);
        assert_eq!(project.target(Lang::Zh, None), Locale::En);
        let asked = Some(Locale::HongKong);
        assert_eq!(project.target(Lang::En, asked), Locale::HongKong);
    }
}
