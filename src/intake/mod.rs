//! What a run checks: files and folders to texts.
//!
//! A file that cannot be read does not end a run: it is kept aside with the
//! reason, and everything else is read. A file that somebody named is read or
//! refused, never passed over.

mod couple;
mod files;
mod names;
mod partner;
mod read;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::align::Resources;
use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Severity};
use crate::format;
use crate::format::bilingual::{self, tables, written_in};
use crate::glossary::Sheet;
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Passage};
use crate::model::document::{Document, Unit};
use crate::project::Project;
use crate::report::Unread;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::detect;

pub use files::{Found, found, passed_over};
pub use partner::partner;
use read::Read;

/// What is to be read.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Files, folders and globs; `-` is stdin.
    pub paths: Vec<PathBuf>,
    /// Documents that translate each other, whatever their names say.
    pub pairs: Vec<[PathBuf; 2]>,
    /// What stdin is called: it tells the format, and findings name it.
    pub stdin_name: Option<PathBuf>,
    /// What documents that translate each other are translated from; `None` for
    /// what the configuration and their names say.
    pub from: Option<Lang>,
    /// Whether only glossaries are to be read.
    pub glossaries: bool,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Intake {
    /// The texts, sorted by path.
    pub bitexts: Vec<Bitext>,
    /// The glossaries, sorted by path.
    pub sheets: Vec<Sheet>,
    /// The files that were read, sorted.
    pub files: Vec<Arc<Path>>,
    /// What is wrong with the form of what was read.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// Whether everything that is asked for is a glossary: then nothing has to be
/// made ready that only texts are checked with.
///
/// # Errors
/// The workspace's files cannot be listed.
pub fn only_glossaries(ask: &Ask, project: &Project) -> Result<bool> {
    if ask.glossaries || !ask.pairs.is_empty() {
        return Ok(ask.pairs.is_empty());
    }
    let wanted = found(&ask.paths, &mut Vec::new());
    read::only_glossaries(&wanted, ask, project)
}

/// Reads everything that is asked for.
///
/// # Errors
/// There is nothing to read at all.
pub fn take(ask: &Ask, project: &Project, resources: &Resources<'_>) -> Result<Intake> {
    let mut intake = Intake::default();
    let mut wanted = found(&ask.paths, &mut intake.unread);
    files::instead(&mut wanted);
    let pairs = ask.pairs.as_flattened();
    wanted.retain(|found| !pairs.contains(&found.path));
    wanted.extend(pairs.iter().map(|path| Found {
        path: path.clone(),
        named: true,
    }));
    let read = read::all(&wanted, ask, project)?;
    let mut documents = Documents::default();
    for (found, read) in wanted.iter().zip(read) {
        match read {
            Ok(Read::Nothing) => {}
            Ok(Read::Glossary(sheet)) => {
                intake.files.push(sheet.path.clone());
                intake.sheets.push(*sheet);
            }
            Ok(Read::Table(parsed)) => {
                intake.files.push(parsed.value.path());
                intake.findings.extend(parsed.findings);
                intake.bitexts.push(parsed.value);
            }
            Ok(Read::Document(parsed)) => {
                intake.files.push(parsed.value.path.as_path().into());
                intake.findings.extend(parsed.findings);
                documents.push(parsed.value, &mut intake.findings);
            }
            Err(error) => intake.unread.push(Unread {
                path: found.path.clone(),
                message: error.without_path(),
            }),
        }
    }
    if intake.files.is_empty() && intake.unread.is_empty() {
        return Err(nothing(ask));
    }
    documents.couple(ask, project, resources, &mut intake);
    documents.alone(project, &mut intake);
    intake.files.sort();
    intake.files.dedup();
    intake
        .bitexts
        .sort_by_key(|bitext| (bitext.path(), bitext.layout));
    Ok(intake)
}

fn nothing(ask: &Ask) -> Error {
    let named: Vec<_> = ask.paths.iter().map(|p| p.display().to_string()).collect();
    Error::Usage(format!(
        "there are no documents in {}: {} are read here",
        named.join(", "),
        kinds()
    ))
}

/// The kinds of files that are read, in words.
fn kinds() -> String {
    let bilingual = bilingual::EXTENSIONS.join(" .");
    format!("{} and bilingual .{bilingual}", format::extensions())
}

/// The documents of a run, before it is known which belong together.
#[derive(Default)]
struct Documents {
    all: Vec<Document>,
    /// The number of those that are checked together with another.
    coupled: Vec<usize>,
}

impl Documents {
    /// Takes a document in; one in a third language is told, and not checked.
    fn push(&mut self, document: Document, findings: &mut Vec<Finding>) {
        if is_third(&document) {
            let message = "this is neither Chinese nor English: nothing in it is checked";
            findings.push(about(&document, "doc-language", message.to_owned()));
        } else {
            self.all.push(document);
        }
    }

    /// Aligns those that translate each other.
    fn couple(
        &mut self,
        ask: &Ask,
        project: &Project,
        resources: &Resources<'_>,
        intake: &mut Intake,
    ) {
        let mut pairs = self.named(&ask.pairs, intake);
        let paths: Vec<&Path> = self.all.iter().map(|d| d.path.as_path()).collect();
        let taken = |i: &usize| pairs.iter().any(|(zh, en)| zh == i || en == i);
        let lang = |i: usize| self.lang(i).filter(|_| !taken(&i));
        let by_name = names::pairs(&paths, lang, project);
        pairs.extend(by_name);
        let coupled: Vec<_> = pairs
            .par_iter()
            .filter_map(|(zh, en)| {
                let sides = Pair {
                    zh: self.all.get(*zh)?,
                    en: self.all.get(*en)?,
                };
                let from = ask.from.unwrap_or_else(|| source(&sides, project));
                let locale = locale(sides.zh, project);
                Some((sides, from, couple::couple(&sides, from, locale, resources)))
            })
            .collect();
        for ((zh, en), (sides, from, coupled)) in pairs.iter().zip(coupled) {
            match coupled {
                Ok(bitext) => {
                    intake.bitexts.push(bitext);
                    self.coupled.extend([*zh, *en]);
                }
                Err(reason) => {
                    let other = sides[from].path.display();
                    let message = format!(
                        "this hardly translates {other}: {reason}; each is checked by itself"
                    );
                    let finding = about(sides[from.other()], "align-suspect", message);
                    intake.findings.push(finding);
                }
            }
        }
    }

    /// What a document is in when it stands beside another: as its name says, for what was not
    /// translated is in the other language, else by its text.
    fn lang(&self, i: usize) -> Option<Lang> {
        let document = self.all.get(i)?;
        let said = names::name(&document.path).locale;
        Some(said.map_or(document.from, Locale::lang))
    }

    /// The pairs that were named: Chinese, English.
    fn named(&self, named: &[[PathBuf; 2]], intake: &mut Intake) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for paths in named {
            let find = |path: &PathBuf| self.all.iter().position(|d| d.path == *path);
            let [Some(a), Some(b)] = [find(&paths[0]), find(&paths[1])] else {
                continue; // One was not read, and that was told.
            };
            match (self.lang(a), self.lang(b)) {
                (Some(Lang::Zh), Some(Lang::En)) => pairs.push((a, b)),
                (Some(Lang::En), Some(Lang::Zh)) => pairs.push((b, a)),
                _ => {
                    let Some(document) = self.all.get(b) else {
                        continue;
                    };
                    let message = format!(
                        "this and {} are in one language and no pair; each is checked by itself",
                        paths[0].display()
                    );
                    intake
                        .findings
                        .push(about(document, "align-suspect", message));
                }
            }
        }
        pairs
    }

    /// The documents without a partner, each as it is; tables in two languages
    /// inside them become units of two sides.
    fn alone(self, project: &Project, intake: &mut Intake) {
        let documents = self.all.into_iter().enumerate();
        let alone = documents.filter(|(i, _)| !self.coupled.contains(i));
        let alone: Vec<Document> = alone.map(|(_, document)| document).collect();
        let read: Vec<[Option<Bitext>; 2]> = alone
            .into_par_iter()
            .map(|document| {
                let locale = locale(&document, project);
                let bitext = by_passage(Bitext::single(document, locale));
                let (rest, tables) = tables::split(bitext, project.config.languages.zh);
                [Some(rest), tables]
            })
            .collect();
        intake.bitexts.extend(read.into_iter().flatten().flatten());
    }
}

/// Which side of a pair is translated from: as configured, else the one whose
/// name says no language, else not the one that is still in the other language, else the Chinese one.
fn source(sides: &Pair<&Document>, project: &Project) -> Lang {
    let says = |lang: Lang| names::name(&sides[lang].path).locale.is_some();
    let plain = match (says(Lang::Zh), says(Lang::En)) {
        (false, true) => Some(Lang::Zh),
        (true, false) => Some(Lang::En),
        _ if sides.zh.from == Lang::En => Some(Lang::En),
        _ => None,
    };
    let configured = project.config.languages.from;
    configured.or(plain).unwrap_or_default()
}

/// What a document is written in: as its name says, else as its characters show.
fn locale(document: &Document, project: &Project) -> Locale {
    let name = names::name(&document.path);
    // A Chinese document may quote more English than it has words of its own.
    let named = name.locale.is_some_and(|l| l.lang() == Lang::Zh);
    let chinese = || document.units.iter().any(|u| u.source.contains(is_han));
    if document.from == Lang::En && !(named && chinese()) {
        return Locale::En;
    }
    let said = name.locale.filter(|l| name.written && l.lang() == Lang::Zh);
    let texts = || document.units.iter().map(|unit| unit.source.as_str());
    said.unwrap_or_else(|| written_in(texts(), project.config.languages.zh))
}

/// Passages in the other language, each in its own.
fn by_passage(mut bitext: Bitext) -> Bitext {
    let here = |passage: &Passage| {
        let text = passage.text.as_str();
        match passage.locale.lang() {
            // A name or an abbreviation is as good Chinese; a clause is not.
            Lang::Zh if !text.contains(is_han) => {
                let words = text.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'');
                let small = words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
                let english = small.take(3).count() == 3;
                english && detect::language(text) == Some(Lang::En)
            }
            Lang::En if text.contains(is_han) => detect::language(text) == Some(Lang::Zh),
            _ => false,
        }
    };
    for unit in &mut bitext.units {
        if let Some(passage) = unit.target.as_mut().filter(|passage| here(passage)) {
            passage.locale = match passage.locale.lang() {
                Lang::Zh => Locale::En,
                Lang::En => written_in([passage.text.as_str()], None),
            };
        }
    }
    bitext
}

/// Whether a document with text is in neither of the two languages.
fn is_third(document: &Document) -> bool {
    let mut sample = String::new();
    for unit in &document.units {
        sample.push_str(&unit.source);
        sample.push('\n');
        if sample.len() > 20_000 {
            break;
        }
    }
    match detect::language(&sample) {
        None => sample.contains(char::is_alphabetic),
        Some(Lang::En) => detect::is_foreign(&sample),
        Some(Lang::Zh) => false,
    }
}

/// A finding about a whole document, shown where its text begins.
fn about(document: &Document, rule: &'static str, message: String) -> Finding {
    let first = document.units.first();
    let at = first.map_or(Span::default(), |unit: &Unit| {
        unit.in_file(Span::all(&unit.source))
    });
    let place = Place::new(document.path.as_path().into(), &document.text, at);
    Finding::syntax(rule, Severity::Warning, place, message)
}
