//! One file to what it holds: a document, a bilingual table, a glossary.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Ask, Found};
use crate::error::{Error, Result};
use crate::finding::Parsed;
use crate::format::exchange::Kind;
use crate::format::{self, bilingual};
use crate::glossary::{self, Sheet};
use crate::lang::Locale;
use crate::model::bitext::Bitext;
use crate::model::document::Document;
use crate::project::Project;
use crate::tsv::resolved;

/// What a file holds.
pub(super) enum Read {
    /// A text in one language.
    Document(Parsed<Document>),
    /// Units with two sides.
    Table(Parsed<Bitext>),
    /// Terms.
    Glossary(Box<Sheet>),
    /// Nothing that is checked, in a file that nobody named.
    Nothing,
}

/// Reads files, each for itself.
pub(super) fn all(wanted: &[Found], ask: &Ask, project: &Project) -> Result<Vec<Result<Read>>> {
    let desk = Desk::new(ask, project)?;
    Ok(wanted.par_iter().map(|found| desk.read(found)).collect())
}

/// Whether all files that are asked for are glossaries.
pub(super) fn only_glossaries(wanted: &[Found], ask: &Ask, project: &Project) -> Result<bool> {
    let desk = Desk::new(ask, project)?;
    let one = |found: &Found| {
        let path = &found.path;
        if bilingual::of(path).is_none() || path == Path::new("-") {
            return false;
        }
        let mut head = Vec::new();
        let open = fs::File::open(path).and_then(|f| f.take(1 << 16).read_to_end(&mut head));
        desk.glossaries.contains(&resolved(path)) || (open.is_ok() && glossary::is_one(&head))
    };
    Ok(!wanted.is_empty() && wanted.iter().all(one))
}

/// What is known about a run's files before they are read.
struct Desk<'a> {
    ask: &'a Ask,
    zh: Option<Locale>,
    /// The workspace's glossaries: they are read already.
    glossaries: BTreeSet<PathBuf>,
    /// Its memories: past work, which is checked only where somebody wants it.
    memories: BTreeSet<PathBuf>,
}

impl<'a> Desk<'a> {
    fn new(ask: &'a Ask, project: &Project) -> Result<Self> {
        let glossaries = project.glossary_files()?;
        let memories = project.memory_files()?.into_iter().chain(project.journal());
        let asked: Vec<PathBuf> = ask.paths.iter().map(|path| resolved(path)).collect();
        let memories = memories.map(|path| resolved(&path)).filter(|path| {
            // `zm check memories/` wants them.
            let folder = path.parent();
            !folder.is_some_and(|folder| asked.iter().any(|asked| asked.starts_with(folder)))
        });
        Ok(Self {
            ask,
            zh: project.config.languages.zh,
            glossaries: glossaries.iter().map(|path| resolved(path)).collect(),
            memories: memories.collect(),
        })
    }

    fn read(&self, found: &Found) -> Result<Read> {
        if self.ask.glossaries {
            return self.glossary(found);
        }
        let (path, bytes) = self.bytes(&found.path)?;
        if bilingual::of(path).is_none() {
            let mut parsed = format::parse(path, bytes, None)?;
            // It is not written back.
            parsed.value.original = Vec::new();
            return Ok(Read::Document(parsed));
        }
        let full = resolved(path);
        if self.glossaries.contains(&full) {
            return Ok(Read::Glossary(Box::new(Sheet::parse(path, &bytes))));
        }
        if !found.named && self.memories.contains(&full) {
            return Ok(Read::Nothing);
        }
        if glossary::is_one(&bytes) {
            return Ok(Read::Glossary(Box::new(Sheet::parse(path, &bytes))));
        }
        if let Some(mut parsed) = bilingual::read(path, &bytes, self.zh)? {
            from_document(path, &mut parsed.value);
            return Ok(Read::Table(parsed));
        }
        if found.named {
            let table = Kind::of(path).is_none_or(|kind| kind == Kind::Tsv);
            let message = if table {
                "there are no two columns in Chinese and English: name them zh and en"
            } else {
                "no unit in it has a Chinese and an English text: nothing else is checked here"
            };
            return Err(Error::file(path, None, message));
        }
        Ok(Read::Nothing)
    }

    /// A file where only glossaries are asked for: one that somebody named is one.
    fn glossary(&self, found: &Found) -> Result<Read> {
        let path = &found.path;
        if !found.named && bilingual::of(path).is_none() {
            return Ok(Read::Nothing);
        }
        let (path, bytes) = if path == Path::new("-") {
            self.bytes(path)?
        } else {
            let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
            (path.as_path(), bytes)
        };
        let is =
            found.named || self.glossaries.contains(&resolved(path)) || glossary::is_one(&bytes);
        if is {
            return Ok(Read::Glossary(Box::new(Sheet::parse(path, &bytes))));
        }
        Ok(Read::Nothing)
    }

    /// A file's bytes, and what it is called.
    fn bytes(&self, path: &'a Path) -> Result<(&'a Path, Vec<u8>)> {
        if path == Path::new("-") {
            let name = self.ask.stdin_name.as_deref().unwrap_or(path);
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            return match read {
                Ok(_) => Ok((name, bytes)),
                Err(error) => Err(Error::io("read", name, error)),
            };
        }
        // A name no format knows is refused before a file of any size is read.
        if bilingual::of(path).is_none() && format::of(path).is_none() && path.extension().is_some()
        {
            return match fs::metadata(path) {
                Ok(_) => {
                    let message = format!(
                        "files of this kind are not read here: convert it to one of {}",
                        super::kinds()
                    );
                    Err(Error::file(path, None, message))
                }
                Err(error) => Err(Error::io("read", path, error)),
            };
        }
        let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
        Ok((path, bytes))
    }
}

/// What only the document says about the units of its work file: its date, and
/// which are headings.
fn from_document(work: &Path, bitext: &mut Bitext) {
    let Some(document) = bilingual::work::document(work) else {
        return;
    };
    let Ok(document) = format::read(&document, None) else {
        return; // The work is checked all the same.
    };
    let document = document.value;
    bitext.date = document.date;
    let mut units = document.units.iter();
    for couple in &mut bitext.units {
        let source = couple.source.as_ref().map_or("", |p| p.text.as_str());
        let mut ahead = units.clone();
        if let Some(unit) = ahead.find(|unit| unit.source == source) {
            (couple.block, couple.paragraph) = (unit.block, unit.paragraph);
            units = ahead;
        }
    }
}
