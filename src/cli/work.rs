//! What the commands on documents share: opening one with its work, findings at
//! their places, writing without overwriting.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::out::{Failure, Out, may_write};
use crate::check::{self, Job, Levels, Reference};
use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Side};
use crate::format::bilingual;
use crate::glossary::Glossary;
use crate::lang::{Lang, Locale};
use crate::model::document::{Unit, in_file};
use crate::project::Project;
use crate::recognize::Recognizer;
use crate::session::{self, Session};
use crate::span::Span;
use crate::text::count::plural;
use crate::text::detect;
use crate::text::script::Tally;
use crate::tsv::{self, write_atomic};

/// Opens a document with its work; what is wrong in either goes to stderr.
pub(crate) fn open(
    project: &Project,
    path: &Path,
    to: Option<Locale>,
    out: &mut Out,
) -> Result<Session> {
    // Work that has begun, here or by whoever handed it over, says itself what it is written in.
    let begun = [session::work::path(path), session::work::start(path)];
    let begun = begun.iter().any(|work| work.exists());
    let parsed = session::work::open(path, None, to)?;
    out.notices(&parsed.findings);
    let mut session = parsed.value;
    if !begun {
        session.to = project.target(session.from(), to);
    }
    session.name = project.name(path);
    let sources = session
        .document
        .units
        .iter()
        .map(|unit| unit.source.as_str());
    let own = detect::language(&detect::sample(sources));
    if let Some(to) = to.filter(|to| own == Some(to.lang())) {
        let language = match to.lang() {
            Lang::Zh => "Chinese",
            Lang::En => "English",
        };
        out.note(format!(
            "{}: this is in {language} already: there is nothing to translate to {to}",
            path.display()
        ));
    }
    Ok(session)
}

/// Says what a translated file is like that nobody may expect: its encoding, and how many
/// translations are in characters that are not those asked for.
pub(crate) fn remarks(session: &Session, out: &mut Out) {
    let document = &session.document;
    let translated = |unit: &Unit| !unit.target.trim().is_empty();
    if document.encoding != "UTF-8" && document.units.iter().any(translated) {
        let (path, encoding) = (document.path.display(), document.encoding);
        out.note(format!(
            "{path} is in {encoding}; the translation is written as UTF-8"
        ));
    }
    other_script(session, out);
}

/// Says how many translations are in characters that are not those asked for: they are
/// written as they are.
fn other_script(session: &Session, out: &mut Out) {
    if session.to.lang() != Lang::Zh {
        return;
    }
    let other = |target: &str| {
        let mut tally = Tally::default();
        tally.add(target);
        let script = tally.script();
        script.is_some_and(|script| script.traditional() != session.to.traditional())
    };
    let units = session.document.units.iter();
    let translated: Vec<&str> = units
        .map(|unit| unit.target.trim())
        .filter(|target| !target.is_empty())
        .collect();
    let count = translated.iter().filter(|target| other(target)).count();
    if count > 0 {
        let wrong = if session.to.traditional() {
            "simplified"
        } else {
            "traditional"
        };
        out.note(format!(
            "{count} of {} in {wrong} characters, which {} is not written in; they are left as they are",
            plural(translated.len(), "translation"),
            session.to
        ));
    }
}

/// What the checks say about a document's translated units, in its order, and about all of them
/// together.
pub(crate) fn findings(
    session: &Session,
    glossary: &Glossary,
    recognizer: &Recognizer,
    levels: &Levels,
) -> Result<Vec<Finding>> {
    let reference = Reference::new(glossary, recognizer);
    let mut findings = of_units(session, &reference, levels);
    findings.extend(together(session, &reference, levels, &findings)?);
    Ok(findings)
}

fn of_units(session: &Session, reference: &Reference<'_>, levels: &Levels) -> Vec<Finding> {
    let document = &session.document;
    let mut found = Vec::new();
    let mut written = Written::read(&document.path, document.from);
    for unit in &document.units {
        let segment = check::Segment {
            path: document.path.as_path().into(),
            line: unit.line,
            source: &unit.source,
            target: &unit.target,
            from: document.from,
            to: session.to,
            date: document.date,
        };
        let findings = check::unit(&segment, reference, levels);
        if findings.is_empty() {
            continue;
        }
        // The source stands in the document and the translation in its work: the places are
        // there and not in the segment.
        let cell = written.find(&unit.source, &unit.target);
        let in_source = |place: &Place| {
            let span = unit.in_file(place.span);
            Place::new(segment.path.clone(), &document.text, span)
        };
        let in_target = |place: Place| match cell {
            Some(cell) => written.place(cell, place),
            None => place,
        };
        for mut finding in findings {
            finding.place = match finding.side {
                Some(Side::Source) => in_source(&finding.place),
                _ => in_target(finding.place),
            };
            let related = std::mem::take(&mut finding.related).into_iter();
            let related = related.map(|place| {
                if unit.source.lines().any(|line| line == place.quote) {
                    in_source(&place)
                } else {
                    in_target(place)
                }
            });
            finding.related = related.collect();
            found.push(finding);
        }
    }
    found
}

/// What the checks say about a document's translation as a whole, with places in its work file,
/// beyond what is `said` of its units.
fn together(
    session: &Session,
    reference: &Reference<'_>,
    levels: &Levels,
    said: &[Finding],
) -> Result<Vec<Finding>> {
    let written = Written::read(&session.document.path, session.from());
    if written.rows.is_empty() {
        return Ok(Vec::new());
    }
    let read = bilingual::read(&written.path, written.text.as_bytes(), None)?;
    let Some(mut bitext) = read.map(|parsed| parsed.value) else {
        return Ok(Vec::new());
    };
    bitext.date = session.document.date;
    let levels = levels.clone();
    let mut findings = check::together(&mut Job { bitext, levels }, reference);
    let place = |finding: &Finding| (finding.rule, finding.place.path.clone(), finding.place.line);
    let said: Vec<_> = said.iter().map(place).collect();
    findings.retain(|finding| !said.contains(&place(finding)));
    Ok(findings)
}

/// The file with the work on a document, for the places in it.
struct Written {
    path: Arc<Path>,
    text: String,
    /// The cells with source and translation of each row.
    rows: Vec<[Span; 2]>,
    /// The row after the one found last: most units follow each other there too.
    next: usize,
}

impl Written {
    /// The work file, else the one the work was handed over with; without rows where there is
    /// neither.
    fn read(document: &Path, from: Lang) -> Self {
        let paths = [
            session::work::path(document),
            session::work::start(document),
        ];
        let path = paths.into_iter().find(|path| path.exists());
        let path = path.unwrap_or_default();
        let text = fs::read_to_string(&path).unwrap_or_default();
        Self {
            rows: rows(&text, from),
            path: path.into(),
            text,
            next: 0,
        }
    }

    /// The cell with a unit's translation.
    fn find(&mut self, source: &str, target: &str) -> Option<Span> {
        let plain = |span: Span| tsv::unescape(span.of(&self.text));
        let is_it = |[s, t]: &[Span; 2]| plain(*s) == source && plain(*t) == target;
        let (before, after) = self.rows.split_at(self.next.min(self.rows.len()));
        let at = match after.iter().position(is_it) {
            Some(at) => before.len() + at,
            None => before.iter().position(is_it)?,
        };
        self.next = at + 1;
        self.rows.get(at).map(|[_, target]| *target)
    }

    /// A place of the translation in a cell, as a place of the file; it still shows the
    /// translation alone.
    fn place(&self, cell: Span, place: Place) -> Place {
        let (_, pieces) = tsv::plain(&self.text, cell);
        let span = in_file(&pieces, place.span);
        Place {
            quote: place.quote,
            mark: place.mark,
            beyond: place.beyond,
            ..Place::new(Arc::clone(&self.path), &self.text, span)
        }
    }
}

/// The cells with source and translation of each row of a work file.
fn rows(text: &str, from: Lang) -> Vec<[Span; 2]> {
    let mut rows = tsv::spans(text).map(|(_, cells)| cells);
    let header = rows.next().unwrap_or_default();
    let column = |lang: Lang| header.iter().position(|cell| cell.of(text) == lang.tag());
    let (Some(source), Some(target)) = (column(from), column(from.other())) else {
        return Vec::new();
    };
    rows.filter_map(|cells| Some([*cells.get(source)?, *cells.get(target)?]))
        .collect()
}

/// Where a command writes a document.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// The file to write; `-` is stdout
    #[arg(short, long = "output", value_name = "OUT", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
    /// Overwrite OUT where it is there already
    #[arg(long)]
    force: bool,
}

impl Output {
    /// The file; `None` for stdout.
    pub(crate) fn path(&self) -> Option<&Path> {
        Some(self.output.as_path()).filter(|path| *path != Path::new("-"))
    }

    /// Refuses before any work what could not be written after it.
    pub(crate) fn check(&self, document: &Path) -> Result<()> {
        let Some(path) = self.path() else {
            return Ok(());
        };
        if let Some(what) = session::work::own(document, path) {
            let message = format!("{what}; write the translation to another file");
            return Err(Error::file(path, None, message));
        }
        may_write(path, self.force)
    }

    /// Writes the bytes, in one step.
    pub(crate) fn write(&self, bytes: &[u8], out: &mut Out) -> Result<(), Failure> {
        match self.path() {
            Some(path) => Ok(write_atomic(path, bytes)?),
            None => Ok(std::io::Write::write_all(out, bytes)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_the_translation_is_one_of_the_work_file() {
        let text = "# from: zh\nzh\ten\tstate\n能源\tenergy\t\n产业\ta\\nsector here\t\n";
        let mut written = Written {
            rows: rows(text, Lang::Zh),
            path: Path::new("a.md.zm.tsv").into(),
            text: text.to_owned(),
            next: 0,
        };
        let target = "a\nsector here";
        let cell = written.find("产业", target).unwrap();
        assert!(written.find("产业", "industry").is_none());
        let span = Span::find(target, "here").unwrap();
        let place = Place::new(Path::new("a.md").into(), target, span);
        let place = written.place(cell, place);
        assert_eq!((place.line, place.column), (4, 14));
        assert_eq!(place.span.of(text), "here");
        assert_eq!(place.quote, "sector here");
    }
}
