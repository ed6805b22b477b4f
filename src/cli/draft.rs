//! `zm draft DOC -o OUT`: what the memory and the glossaries can fill by themselves.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueHint;
use serde_json::json;

use super::Global;
use super::out::{Exit, Failure, Format, Out};
use super::work::{self, Output};
use crate::format;
use crate::lang::Locale;
use crate::model::document::State;
use crate::project::{Knowledge, Project};
use crate::session::Session;
use crate::suggest::{Penalty, Request, Suggestions, Used, suggest};
use crate::text::count::plural;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
What has a translation keeps it. The rest is filled by exact matches, by matches
whose only differences were terms, numbers and codes, and where a segment is nothing
but a term or a number, by that. Everything else stays in the source language.

Example:
  zm draft report.zh.md -o report.draft.md")]
pub(crate) struct Args {
    /// The document; `-` is standard input
    #[arg(value_name = "DOC", value_hint = ValueHint::FilePath)]
    document: PathBuf,
    #[command(flatten)]
    output: Output,
    /// What to write: en, zh-Hans, zh-Hant, zh-TW or zh-HK
    #[arg(long, value_name = "LANGUAGE")]
    to: Option<Locale>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What a segment was filled by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Source {
    Exact,
    Repaired,
    Term,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project_of(&self.document)?;
        self.output.check(&self.document)?;
        let mut session = work::open(&project, &self.document, self.to, out)?;
        let knowledge = Knowledge::open(&project)?;
        out.notices(&knowledge.findings);
        let before = session.len() - open_units(&session);
        let filled = fill(&mut session, &knowledge.value, &project);
        if self.format == Format::Human || self.output.path().is_some() {
            work::remarks(&session, out);
        }
        let bytes = format::fill(&session.document, session.to);
        self.output.write(&bytes, out)?;

        let count = |source| filled.get(&source).copied().unwrap_or(0);
        let (exact, repaired, terms) = (
            count(Source::Exact),
            count(Source::Repaired),
            count(Source::Term),
        );
        let (units, left) = (session.len(), open_units(&session));
        let written = self.output.path().map(|p| p.display().to_string());
        if self.format == Format::Json {
            let all = json!({
                "schema": "zhengming.draft/1",
                "document": self.document,
                "output": written,
                "to": session.to,
                "units": units,
                "before": before,
                "exact": exact,
                "repaired": repaired,
                "terms": terms,
                "left": left,
            });
            match written {
                Some(_) => out.json_pretty(&all)?,
                None => out.note(all),
            }
        } else if let Some(path) = written {
            writeln!(
                out,
                "{path}: {}: {before} translated before, {exact} exact, {repaired} repaired, \
                 {terms} terms and numbers, {left} left",
                plural(units, "segment")
            )?;
        }
        Ok(Exit::Fine)
    }
}

/// The units without a translation.
fn open_units(session: &Session) -> usize {
    let units = session.document.units.iter();
    units.filter(|u| u.target.trim().is_empty()).count()
}

/// Fills what can be filled, and counts by what.
fn fill(session: &mut Session, knowledge: &Knowledge, project: &Project) -> HashMap<Source, usize> {
    let used = Used::new(session.used());
    let mut filled = HashMap::new();
    let secondary = project.secondary();
    for at in 0..session.len() {
        let Some(unit) = session.unit(at).filter(|u| u.target.trim().is_empty()) else {
            continue;
        };
        let request = Request {
            prev: session.prev(at),
            next: session.next(at),
            secondary: &secondary,
            min_score: 60,
            ..Request::new(&unit.source, session.from(), session.to, &used)
        };
        let found = suggest(
            &request,
            &knowledge.glossary,
            &knowledge.recognizer,
            &knowledge.memory,
        );
        if let Some((source, target)) = choose(&found) {
            if let Some(unit) = session.document.units.get_mut(at) {
                unit.target = target;
                unit.state = State::Draft;
            }
            *filled.entry(source).or_insert(0) += 1;
        }
    }
    filled
}

/// The translation that needs no judgment, where there is one.
fn choose(found: &Suggestions) -> Option<(Source, String)> {
    let deprecated = |p: &Penalty| matches!(p, Penalty::DeprecatedTerm { .. });
    let mut sound = found
        .matches
        .iter()
        .filter(|m| !m.penalties.iter().any(deprecated));
    if let Some(exact) = sound.clone().find(|m| m.base == 100) {
        return Some((Source::Exact, exact.target.clone()));
    }
    let complete = sound.find_map(|m| m.repaired.as_ref().filter(|r| r.complete));
    if let Some(repaired) = complete {
        return Some((Source::Repaired, repaired.target.clone()));
    }
    let all = crate::span::Span::all(found.source.as_str());
    let term = found.terms.iter().find(|t| t.span == all && t.sure);
    let number = found.numbers.iter().find(|n| n.span == all);
    let term = term.and_then(|t| t.first().map(str::to_owned));
    let whole = term.or_else(|| number.map(|n| n.target.clone()))?;
    Some((Source::Term, whole))
}
