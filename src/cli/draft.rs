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
use crate::span::Span;
use crate::suggest::{Match, Penalty, Request, Suggestions, Used, suggest};
use crate::text::count::plural;
use crate::text::fold::fold;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
What has a translation keeps it. The rest is filled by exact matches, by matches
whose only differences were terms, numbers and codes (emphasis and tags for emphasis
and tags, or for none; a placeholder for its like), and where a segment is nothing
but a term or a number, by that. Everything else stays in the source language.
No match is used that nobody has confirmed (a draft, what a machine translated or
somebody rejected; one that an aligner made is), and where exact matches that weigh
as much disagree, none of them: how many segments that leaves is said.

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
        let (filled, doubtful) = fill(&mut session, &knowledge.value, &project);
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
                "doubtful": doubtful,
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
        if self.format == Format::Human && doubtful > 0 {
            out.note(format!(
                "{} left whose exact matches nobody has confirmed, or disagree: `zm edit` shows them",
                plural(doubtful, "segment")
            ));
        }
        Ok(Exit::Fine)
    }
}

/// The units without a translation.
fn open_units(session: &Session) -> usize {
    let units = session.document.units.iter();
    units.filter(|u| u.target.trim().is_empty()).count()
}

/// Fills what can be filled, and counts by what; counts as well what is left though there are
/// exact matches.
fn fill(
    session: &mut Session,
    knowledge: &Knowledge,
    project: &Project,
) -> (HashMap<Source, usize>, usize) {
    let used = Used::new(session.used());
    let mut filled = HashMap::new();
    let mut doubtful = 0;
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
        } else if found.matches.iter().any(|m| m.base == 100) {
            doubtful += 1;
        }
    }
    (filled, doubtful)
}

/// The translation that needs no judgment, where there is one.
fn choose(found: &Suggestions) -> Option<(Source, String)> {
    let wrong = |p: &Penalty| {
        matches!(
            p,
            Penalty::DeprecatedTerm { .. } | Penalty::Unreviewed { .. }
        )
    };
    let sound = found.matches.iter();
    let mut sound = sound.filter(|m| !m.penalties.iter().any(wrong));
    let exact: Vec<&Match> = sound.clone().filter(|m| m.base == 100).collect();
    if let Some(best) = exact.first() {
        let asked = |p: &Penalty| matches!(p, Penalty::Ambiguous { .. });
        let other = |m: &&Match| m.score == best.score && fold(&m.target) != fold(&best.target);
        if !best.penalties.iter().any(asked) || !exact.iter().any(other) {
            return Some((Source::Exact, best.target.clone()));
        }
    } else if let Some(repaired) = sound.find_map(complete) {
        return Some((Source::Repaired, repaired));
    }
    let all = Span::all(found.source.as_str());
    let term = found.terms.iter().find(|t| t.span == all && t.sure);
    let number = found.numbers.iter().find(|n| n.span == all);
    let term = term.and_then(|t| t.first().map(str::to_owned));
    let whole = term.or_else(|| number.map(|n| n.target.clone()))?;
    Some((Source::Term, whole))
}

/// The translation of a match of which nothing of the difference is left.
fn complete(found: &Match) -> Option<String> {
    let repaired = found.repaired.as_ref().filter(|r| r.complete);
    repaired.map(|repaired| repaired.target.clone())
}
