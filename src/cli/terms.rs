//! `zm terms PATH…`: every term of documents, with its place.

use std::cell::OnceCell;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Global;
use super::out::{Exit, Failure, Out, padded, style, styled};
use crate::error::{Error, Result};
use crate::finding::Parsed;
use crate::format::{self, Lines, bilingual};
use crate::glossary::Glossary;
use crate::intake;
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Passage};
use crate::model::concept::{TermStatus, Validity};
use crate::model::document::{Document, Unit};
use crate::recognize::{Hit, Recognizer, Sense};
use crate::report::Unread;
use crate::span::Span;
use crate::suggest::terms::{preferred, texts};
use crate::text::count::plural;
use crate::text::width::width;
use crate::tsv;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A word that names several concepts has one line for each. Columns count Unicode
characters, from 1. A status is preferred, admitted, deprecated, superseded
(past the last day of its row) or upcoming (before the first). Of a bilingual
file that is named (TSV, TMX, XLIFF, PO) the side translated from is read, or
that in the language of --from.

Examples:
  zm terms report.zh.md
  zm terms docs/ --format tsv | cut -f4 | sort | uniq -c | sort -rn
  zm terms report.zh.md --why")]
pub(crate) struct Args {
    /// Documents, folders of them, or bilingual files; `-` is stdin
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// How to print; tsv has the columns path line column text zh en status glossary
    #[arg(long, value_enum, default_value = "human")]
    format: Shape,
    /// The language of the documents; told by their script where not given
    #[arg(long, value_name = "zh|en")]
    from: Option<Lang>,
    /// The day terms must hold on, in place of each document's own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    date: Option<Date>,
    /// Say of every term why it is one
    #[arg(long)]
    why: bool,
}

/// How this command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    Human,
    Tsv,
    Json,
}

/// A term at its place.
struct Occurrence<'a> {
    line: u32,
    column: u32,
    span: Span,
    text: &'a str,
    sense: Sense,
    status: &'static str,
    sure: bool,
    why: Vec<String>,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let first = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
        let project = global.project_of(first)?;
        let parsed = project.glossary()?;
        out.notices(&parsed.findings);
        let glossary = parsed.value;
        if glossary.is_empty() {
            out.note("there is no glossary here, so there are no terms: --glossary FILE names one");
        }
        // Half the work of preparing is saved where all documents are in one language.
        let recognizers: Pair<OnceCell<Recognizer>> = Pair::default();
        let mut printer = Printer::new(self.format, out, &glossary)?;
        let mut exit = Exit::Fine;
        let mut unread = Vec::new();
        let files = files(&self.paths, &mut unread);
        if let Some(sentence) = intake::passed_over(&self.paths) {
            printer.out.note(sentence);
        }
        if files.is_empty() && unread.is_empty() {
            let kinds = format::extensions();
            let message = format!("there are no documents here: {kinds} are read");
            printer.out.note(message);
        }
        for path in files {
            match read(&path, self.from, project.config.languages.zh) {
                Ok(mut parsed) => {
                    parsed.value.date = self.date.or(parsed.value.date);
                    printer.out.notices(&parsed.findings);
                    let from = parsed.value.from;
                    let recognizer =
                        recognizers[from].get_or_init(|| Recognizer::only(&glossary, from));
                    let found = occurrences(&parsed.value, &glossary, recognizer, self.why);
                    printer.document(&parsed.value, &found)?;
                }
                Err(error) => {
                    // The other files are still worth reading.
                    printer.out.trouble(&error.into());
                    exit = Exit::Trouble;
                }
            }
        }
        for Unread { path, message } in unread {
            printer
                .out
                .trouble(&Error::file(&path, None, message).into());
            exit = Exit::Trouble;
        }
        printer.end()?;
        Ok(exit)
    }
}

/// The documents that paths stand for; what is no document and was not named is left out.
fn files(paths: &[PathBuf], unread: &mut Vec<Unread>) -> Vec<PathBuf> {
    let found = intake::found(paths, unread).into_iter();
    let wanted = found.filter(|found| found.named || format::of(&found.path).is_some());
    wanted.map(|found| found.path).collect()
}

/// A document, or one side of a bilingual file.
fn read(path: &Path, from: Option<Lang>, zh: Option<Locale>) -> Result<Parsed<Document>> {
    if bilingual::of(path).is_none() {
        return format::read(path, from);
    }
    let Some(parsed) = bilingual::read(path, &format::bytes(path)?, zh)? else {
        let message = "no unit in it has a Chinese and an English text: there is nothing to read";
        return Err(Error::file(path, None, message));
    };
    Ok(Parsed {
        value: side(parsed.value, from),
        findings: parsed.findings,
    })
}

/// The texts of a bilingual file in one language: where none is asked for, in the one that the
/// first is translated from.
fn side(bitext: Bitext, from: Option<Lang>) -> Document {
    let path = bitext.path().to_path_buf();
    let mut sources = bitext.units.iter().filter_map(|unit| unit.source.as_ref());
    let first = sources.next().map(|source| source.locale.lang());
    let from = from.or(first).unwrap_or_default();
    let ours = |passage: &Passage| passage.locale.lang() == from && passage.file == 0;
    let sides = bitext
        .units
        .into_iter()
        .map(|unit| [unit.source, unit.target]);
    let passages = sides.filter_map(|sides| sides.into_iter().flatten().find(ours));
    let mut units: Vec<Unit> = passages
        .map(|passage| Unit {
            source: passage.text,
            pieces: passage.pieces,
            ..Unit::default()
        })
        .collect();
    // A text with several translations is one text.
    units.dedup_by(|next, unit| !next.pieces.is_empty() && next.pieces == unit.pieces);
    Document {
        path,
        format: bitext.format,
        from,
        units,
        text: bitext
            .files
            .into_iter()
            .next()
            .map_or_else(String::new, |file| file.text),
        date: bitext.date,
        ..Document::default()
    }
}

/// The terms of a document, in its order.
fn occurrences<'a>(
    document: &'a Document,
    glossary: &Glossary,
    recognizer: &Recognizer,
    why: bool,
) -> Vec<Occurrence<'a>> {
    let lines = Lines::new(&document.text);
    let mut found = Vec::new();
    for unit in &document.units {
        for hit in recognizer.find_at(&unit.source, document.from, document.date) {
            let span = unit.in_file(hit.span);
            let steps = |hit: &Hit| recognizer.explain(&unit.source, document.from, hit);
            let why = if why { steps(&hit) } else { Vec::new() };
            for sense in &hit.senses {
                found.push(Occurrence {
                    line: lines.number(span.start),
                    column: lines.column(span.start),
                    span,
                    text: hit.span.of(&unit.source),
                    sense: *sense,
                    status: status(
                        sense.status,
                        glossary[sense.concept].validity(document.date),
                    ),
                    sure: hit.sure,
                    why: why.clone(),
                });
            }
        }
    }
    found
}

/// A term's status on the day of its document.
fn status(status: TermStatus, validity: Validity) -> &'static str {
    match (status, validity) {
        (TermStatus::Deprecated, _) => "deprecated",
        (_, Validity::Upcoming) => "upcoming",
        (TermStatus::Superseded, _) => "superseded",
        (TermStatus::Preferred, _) => "preferred",
        (TermStatus::Admitted, _) => "admitted",
    }
}

/// Prints documents one by one in one of the shapes.
struct Printer<'a> {
    shape: Shape,
    out: &'a mut Out,
    glossary: &'a Glossary,
    /// For JSON, which is one object.
    all: Vec<Value>,
    occurrences: usize,
    concepts: std::collections::BTreeSet<u32>,
}

impl<'a> Printer<'a> {
    fn new(shape: Shape, out: &'a mut Out, glossary: &'a Glossary) -> Result<Self, Failure> {
        if shape == Shape::Tsv {
            writeln!(out, "path\tline\tcolumn\ttext\tzh\ten\tstatus\tglossary")?;
        }
        Ok(Self {
            shape,
            out,
            glossary,
            all: Vec::new(),
            occurrences: 0,
            concepts: std::collections::BTreeSet::new(),
        })
    }

    fn document(&mut self, document: &Document, found: &[Occurrence<'_>]) -> Result<(), Failure> {
        self.occurrences += found.len();
        self.concepts
            .extend(found.iter().map(|o| o.sense.concept.0));
        match self.shape {
            Shape::Tsv => self.tsv(document, found),
            Shape::Human => self.human(document, found),
            Shape::Json => {
                let path = &document.path;
                let all = found.iter().map(|o| self.json(path, o, document.from));
                let all: Vec<_> = all.collect();
                self.all.extend(all);
                Ok(())
            }
        }
    }

    fn tsv(&mut self, document: &Document, found: &[Occurrence<'_>]) -> Result<(), Failure> {
        let path = document.path.display().to_string();
        for one in found {
            let concept = &self.glossary[one.sense.concept];
            let cells = [
                path.as_str(),
                &one.line.to_string(),
                &one.column.to_string(),
                one.text,
                concept.name(Lang::Zh),
                concept.name(Lang::En),
                one.status,
                &concept.origin.to_string(),
            ];
            writeln!(self.out, "{}", tsv::join(&cells))?;
            for step in &one.why {
                writeln!(self.out, "# {step}")?;
            }
        }
        Ok(())
    }

    fn human(&mut self, document: &Document, found: &[Occurrence<'_>]) -> Result<(), Failure> {
        if found.is_empty() {
            return Ok(());
        }
        let path = document.path.display();
        writeln!(self.out, "{}", styled(style::PLACE.bold(), path))?;
        let place = |o: &Occurrence<'_>| format!("{}:{}", o.line, o.column);
        let places = found.iter().map(|o| place(o).len()).max().unwrap_or(0);
        let texts = found
            .iter()
            .map(|o| width(o.text))
            .max()
            .unwrap_or(0)
            .min(40);
        for one in found {
            let concept = &self.glossary[one.sense.concept];
            let to = document.from.other().into();
            let renderings = preferred(concept, to).join(" · ");
            let color = match one.status {
                "preferred" | "admitted" => style::GOOD,
                _ => style::BAD,
            };
            let note = match (one.status, one.sure) {
                ("preferred", true) => String::new(),
                (other, true) => format!("  ({other})"),
                (other, false) => format!("  ({other}, not certain)"),
            };
            writeln!(
                self.out,
                "  {}  {}  {}{note}  {}",
                padded(&place(one), places),
                padded(one.text, texts),
                styled(color, renderings),
                styled(style::FAINT, &concept.origin),
            )?;
            for step in &one.why {
                let indent = " ".repeat(places + 4);
                writeln!(self.out, "{indent}{}", styled(style::FAINT, step))?;
            }
        }
        Ok(())
    }

    fn json(&self, path: &Path, one: &Occurrence<'_>, from: Lang) -> Value {
        let concept = &self.glossary[one.sense.concept];
        let to = from.other().into();
        json!({
            "path": path,
            "line": one.line,
            "column": one.column,
            "byte_start": one.span.start,
            "byte_end": one.span.end,
            "text": one.text,
            "zh": concept.name(Lang::Zh),
            "en": concept.name(Lang::En),
            "preferred": preferred(concept, to),
            "admitted": texts(concept, to, TermStatus::Admitted),
            "avoid": texts(concept, to, TermStatus::Deprecated),
            "status": one.status,
            "sure": one.sure,
            "glossary": concept.origin.to_string(),
            "why": one.why,
        })
    }

    fn end(self) -> Result<(), Failure> {
        match self.shape {
            Shape::Json => {
                let all = json!({"schema": "zhengming.terms/1", "terms": self.all});
                self.out.json_pretty(&all)
            }
            Shape::Human => {
                let count = plural(self.occurrences, "occurrence");
                let concepts = plural(self.concepts.len(), "concept");
                writeln!(self.out, "{count} of {concepts}")?;
                Ok(())
            }
            Shape::Tsv => Ok(()),
        }
    }
}
