//! Where a rendering stands that is about to change: every confirmed unit and
//! every document that would have to be looked at.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{documents, memories, texts, works};
use crate::error::Result;
use crate::format::Lines;
use crate::glossary::diff::Rendering;
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::memory::{Entry, standing};
use crate::model::concept::{Concept, MatchMode, Term, TermStatus};
use crate::model::document::Document;
use crate::project::Project;
use crate::recognize::{Hit, Recognizer};
use crate::span::{Span, halves};
use crate::text::fold::fold;

/// What a rendering about to change touches.
#[derive(Debug, Clone, Serialize)]
pub struct Affected {
    /// The rendering.
    #[serde(flatten)]
    pub rendering: Rendering,
    /// Confirmed units that have it.
    pub units: usize,
    /// Documents that have it.
    pub documents: usize,
    /// Each place, units first, in the order of the files.
    pub places: Vec<Place>,
}

/// What was looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Searched {
    /// Confirmed units.
    pub units: usize,
    /// Documents.
    pub documents: usize,
}

/// A place a rendering stands at.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// Its line, from 1.
    pub line: u32,
    /// The column in a document, from 1, in code points; in a memory that in the text of the unit.
    pub column: u32,
    /// The text around it.
    pub text: String,
    /// The document a confirmed unit belongs to; empty where it is not known,
    /// and for a document itself.
    pub document: String,
}

/// Finds where renderings stand in the memory, the work in progress and the documents of a
/// workspace: those it is configured to have, else all in its folder.
///
/// A rendering that names concepts counts in a unit only where the other side
/// has a term of these: *plan* for 计划 and not for 方案.
///
/// # Errors
/// A memory cannot be read.
pub fn affected(
    project: &Project,
    renderings: Vec<Rendering>,
) -> Result<(Vec<Affected>, Searched)> {
    let mut searched = Searched::default();
    let found = Finder::new(&renderings);
    let mut all: Vec<Affected> = renderings
        .into_iter()
        .map(|rendering| Affected {
            rendering,
            units: 0,
            documents: 0,
            places: Vec::new(),
        })
        .collect();
    // What was confirmed in the work on a document is in the journal too, as a rule.
    let mut known: HashSet<[String; 3]> = HashSet::new();
    for (path, journal) in memories(project)? {
        standing(&path, journal, |entry| {
            if entry.state.confirmed() {
                searched.units += 1;
                if found.unit(&entry, &path, &mut all) {
                    known.insert([entry.document, entry.zh, entry.en]);
                }
            }
            ControlFlow::Continue(())
        })?;
    }
    let paths = texts(project)?;
    for (document, work) in works(&paths) {
        let name = project.name(&document);
        let text = work.files.first().map_or("", |file| &file.text);
        let lines = Lines::new(text);
        for unit in work.units.iter().filter(|unit| unit.state.confirmed()) {
            let (Some(source), Some(target)) = (&unit.source, &unit.target) else {
                continue;
            };
            let (zh, en) = match source.locale.lang() {
                Lang::Zh => (source, target),
                Lang::En => (target, source),
            };
            let key = [name.clone(), zh.text.clone(), en.text.clone()];
            if known.contains(&key) {
                continue;
            }
            searched.units += 1;
            let [document, zh, en] = key;
            let entry = Entry {
                zh,
                en,
                document,
                line: lines.number(source.in_file(Span::default()).start),
                ..Entry::default()
            };
            found.unit(&entry, &work.path(), &mut all);
        }
    }
    for document in documents(paths) {
        searched.documents += 1;
        found.document(&document, &mut all);
    }
    Ok((all, searched))
}

/// Looks for renderings, each a concept of its own.
struct Finder {
    renderings: Recognizer,
    langs: Vec<Lang>,
    /// What the concept is called in the other language.
    names: Recognizer,
    named: Vec<bool>,
}

impl Finder {
    fn new(renderings: &[Rendering]) -> Self {
        let glossary = |of: &dyn Fn(&Rendering) -> (Lang, Vec<String>)| {
            Glossary::new(renderings.iter().map(|r| concept(of(r))).collect())
        };
        Self {
            renderings: Recognizer::new(&glossary(&|r| (r.lang, vec![r.term.clone()]))),
            langs: renderings.iter().map(|r| r.lang).collect(),
            names: Recognizer::new(&glossary(&|r| (r.lang.other(), r.names.clone()))),
            named: renderings.iter().map(|r| !r.names.is_empty()).collect(),
        }
    }

    /// The renderings that stand in a text, each with its place.
    fn hits(&self, text: &str, lang: Lang) -> Vec<(usize, Span)> {
        let hits = self.renderings.find_all(text, lang, None);
        let of = |hit: &Hit| -> Vec<(usize, Span)> {
            let senses = hit.senses.iter();
            senses.map(|s| (s.concept.0 as usize, hit.span)).collect()
        };
        hits.iter().flat_map(of).collect()
    }

    /// Counts the renderings that a document has.
    fn document(&self, document: &Document, all: &mut [Affected]) {
        let lines = Lines::new(&document.text);
        let mut seen = vec![false; all.len()];
        for unit in &document.units {
            for (at, hit) in self.hits(&unit.source, document.from) {
                let (Some(one), Some(seen)) = (all.get_mut(at), seen.get_mut(at)) else {
                    continue;
                };
                one.documents += usize::from(!std::mem::replace(seen, true));
                let span = unit.in_file(hit);
                one.places.push(Place {
                    path: document.path.clone(),
                    line: lines.number(span.start),
                    column: lines.column(span.start),
                    text: excerpt(&unit.source, hit),
                    document: String::new(),
                });
            }
        }
    }

    /// Counts the renderings that a unit has; whether there are any.
    fn unit(&self, entry: &Entry, path: &Path, all: &mut [Affected]) -> bool {
        let mut any = false;
        for lang in [Lang::Zh, Lang::En] {
            if !self.langs.contains(&lang) {
                continue;
            }
            let text = entry.text(lang);
            let mut counted: Vec<usize> = Vec::new();
            let mut other: Option<Vec<ConceptId>> = None;
            for (at, span) in self.hits(text, lang) {
                let named = self.named.get(at) == Some(&true);
                let names = other.get_or_insert_with(|| {
                    let hits = self
                        .names
                        .find_all(entry.text(lang.other()), lang.other(), None);
                    hits.iter()
                        .flat_map(|hit| &hit.senses)
                        .map(|s| s.concept)
                        .collect()
                });
                if named && !names.contains(&ConceptId(at as u32)) {
                    continue;
                }
                let Some(one) = all.get_mut(at) else { continue };
                any = true;
                if !counted.contains(&at) {
                    one.units += 1;
                    counted.push(at);
                }
                let (before, _) = halves(text, span.start as usize);
                one.places.push(Place {
                    path: path.to_owned(),
                    line: entry.line,
                    column: before.chars().count() as u32 + 1,
                    text: excerpt(text, span),
                    document: entry.document.clone(),
                });
            }
        }
        any
    }
}

fn concept((lang, texts): (Lang, Vec<String>)) -> Concept {
    let mut concept = Concept {
        matching: MatchMode::Auto,
        ..Concept::default()
    };
    concept.terms[lang] = texts.into_iter().map(Term::preferred).collect();
    concept
}

/// How many characters are shown on each side.
const AROUND: usize = 24;

fn excerpt(text: &str, span: Span) -> String {
    let (before, _) = halves(text, span.start as usize);
    let (_, after) = halves(text, span.end as usize);
    let skipped = before.chars().count().saturating_sub(AROUND);
    let start: String = before.chars().skip(skipped).collect();
    let end: String = after.chars().take(AROUND).collect();
    let more = |cut: bool| if cut { "…" } else { "" };
    let cut = after.chars().nth(AROUND).is_some();
    let text = [more(skipped > 0), &start, span.of(text), &end, more(cut)].concat();
    text.replace(['\n', '\t'], " ")
}

/// A term that somebody names as a rendering about to change, with the concepts
/// of the glossary that have it.
pub fn named(glossary: &Glossary, term: &str) -> Rendering {
    let lang = if term.contains(crate::text::chars::is_han) {
        Lang::Zh
    } else {
        Lang::En
    };
    let folded = fold(term);
    let right = |c: &&Concept, lang: Lang| {
        let mut terms = c.terms[lang].iter();
        terms.any(|t| t.status != TermStatus::Deprecated && fold(&t.text) == folded)
    };
    let concepts: Vec<&Concept> = glossary.concepts().filter(|c| right(c, lang)).collect();
    let others = concepts.iter().flat_map(|c| &c.terms[lang.other()]);
    Rendering {
        lang,
        term: term.to_owned(),
        instead: Vec::new(),
        names: others
            .filter(|t| t.status != TermStatus::Deprecated)
            .map(|t| t.text.to_string())
            .collect(),
        line: concepts.first().map_or(0, |c| c.origin.line),
    }
}
