//! `zm propose PATH…`: the terms of texts, with what they are called in the other language.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueHint;
use serde_json::json;

use super::Global;
use super::out::{Exit, Failure, Out, padded};
use crate::intake::{self, Ask};
use crate::project::Project;
use crate::propose::{Proposal, Unit};
use crate::review::proposal::{Gathered, gather, reject};
use crate::text::width::width;
use crate::tsv;
use crate::tui::{self, Start};

/// The columns of a proposal; those a glossary knows make the output one.
const COLUMNS: [&str; 8] = [
    "zh", "en", "score", "count", "zh_count", "en_count", "evidence", "status",
];

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads documents that translate each other (paired by their names or by --pair),
bilingual tables and memories, and documents in one language that give the
other in brackets. Without any, it reads the memory of the workspace. What a
glossary has is left out, unless it is rendered differently here; what was
rejected is left out. The score is how likely the two render each other.

Formats:
  human     the best, with why
  tsv       zh en score count zh_count en_count evidence status: a glossary too
  glossary  zh en en_abbr status note, nothing a glossary does not have
  json      everything, with a versioned schema

Exit codes: 0 there are proposals; 1 there are none; 2 a file could not be read.

Examples:
  zm propose report.zh.md report.en.md
  zm propose report.zh.md report.en.md --review
  zm propose memories/policy.tsv --format tsv > proposed.tsv
  zm propose report.zh.md --format glossary > glossaries/proposed.tsv
  zm propose --reject 香港交易 \"Hong Kong Exchanges\"")]
pub(crate) struct Args {
    /// Documents, bilingual tables, memories, folders of them, or globs
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// A Chinese document and the English one that goes with it, whatever their names; may be repeated
    #[arg(long, num_args = 2, value_names = ["ZH", "EN"], value_hint = ValueHint::FilePath)]
    pair: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
    /// Print so many, the best; 0 for all. Human output shows 50 where not given
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Leave out what scores less
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    least: f32,
    /// Review the proposals on the screen: what is accepted goes to the workspace's own glossary
    #[arg(long, conflicts_with_all = ["format", "limit", "least"])]
    review: bool,
    /// Never propose this pair again in this workspace; may be repeated
    #[arg(long, num_args = 2, value_names = ["ZH", "EN"])]
    reject: Vec<String>,
}

/// How this command prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    #[default]
    Human,
    Tsv,
    Glossary,
    Json,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = match self.paths.first().or(self.pair.first()) {
            Some(path) => global.project_of(path)?,
            None => global.project()?,
        };
        if !self.reject.is_empty() {
            self.remember(&project, out)?;
            if self.paths.is_empty() && self.pair.is_empty() {
                return Ok(Exit::Fine);
            }
        }
        let ask = Ask {
            paths: self.material(&project)?,
            pairs: self
                .pair
                .chunks(2)
                .filter_map(|pair| pair.to_vec().try_into().ok())
                .collect(),
            ..Ask::default()
        };
        if self.review {
            // Said here, where it stays on the terminal.
            project.own_glossary()?;
            tui::run(Start::Proposals(ask), project)?;
            return Ok(Exit::Fine);
        }
        let Gathered {
            material,
            mut proposals,
            findings,
            unread,
        } = gather(&project, &ask)?;
        out.notices(&findings);
        if let Some(sentence) = intake::passed_over(&self.paths) {
            out.note(sentence);
        }
        for unread in &unread {
            out.note(format!("{}: {}", unread.path.display(), unread.message));
        }
        hints(&material.units(), out);
        proposals.retain(|proposal| proposal.score >= self.least);
        let all = proposals.len();
        let limit = self
            .limit
            .unwrap_or(if self.format == Shape::Human { 50 } else { 0 });
        if limit > 0 {
            proposals.truncate(limit);
        }
        self.print(&proposals, &material.units(), out)?;
        if proposals.len() < all {
            out.note(format!(
                "{} of {all} proposals; --limit 0 prints all",
                proposals.len()
            ));
        }
        Ok(if !unread.is_empty() {
            Exit::Trouble
        } else if all == 0 {
            out.note("nothing to propose");
            Exit::Findings
        } else {
            Exit::Fine
        })
    }

    /// What is read: what was named, else the memory.
    fn material(&self, project: &Project) -> Result<Vec<PathBuf>, Failure> {
        if !self.paths.is_empty() || !self.pair.is_empty() {
            return Ok(self.paths.clone());
        }
        let journal = project.journal().filter(|journal| journal.is_file());
        let mut memory = project.memory_files()?;
        memory.extend(journal);
        if memory.is_empty() {
            let message = "there is no memory here: name documents or bilingual tables";
            return Err(crate::error::Error::Usage(message.to_owned()).into());
        }
        Ok(memory)
    }

    fn print(
        &self,
        proposals: &[Proposal],
        units: &[Unit<'_>],
        out: &mut Out,
    ) -> Result<(), Failure> {
        match self.format {
            Shape::Human => human(proposals, out),
            Shape::Tsv => table(proposals, out),
            Shape::Glossary => glossary(proposals, out),
            Shape::Json => {
                let proposals: Vec<_> = proposals.iter().map(|p| value(p, units)).collect();
                out.json_pretty(&json!({ "schema": "zhengming.propose/1", "proposals": proposals }))
            }
        }
    }

    /// Writes the pairs of `--reject` into the workspace.
    fn remember(&self, project: &Project, out: &mut Out) -> Result<(), Failure> {
        for pair in self.reject.chunks(2) {
            if let [zh, en] = pair {
                let path = reject(project, zh, en)?;
                writeln!(out, "{}: {zh} = {en} is not proposed again", path.display())?;
            }
        }
        Ok(())
    }
}

/// Says where little can be found, and why.
fn hints(units: &[Unit<'_>], out: &mut Out) {
    let both = |unit: &&Unit<'_>| !unit.zh.is_empty() && !unit.en.is_empty();
    if !units.is_empty() && !units.iter().any(|unit| both(&unit)) {
        out.note("one language only: what stands in brackets is all that can be found");
    }
}

fn human(proposals: &[Proposal], out: &mut Out) -> Result<(), Failure> {
    let wide = |text: fn(&Proposal) -> &str| {
        proposals
            .iter()
            .map(|p| width(text(p)))
            .max()
            .unwrap_or(0)
            .min(36)
    };
    let (zh, en) = (wide(|p| &p.zh), wide(|p| &p.en));
    for proposal in proposals {
        writeln!(
            out,
            "{:.2}  {}  {}  {}",
            proposal.score,
            padded(&proposal.zh, zh),
            padded(&proposal.en, en),
            proposal.evidence()
        )?;
    }
    Ok(())
}

fn table(proposals: &[Proposal], out: &mut Out) -> Result<(), Failure> {
    writeln!(out, "{}", COLUMNS.join("\t"))?;
    for p in proposals {
        let cells = [
            tsv::join_terms(&[&p.zh]),
            tsv::join_terms(&[&p.en]),
            format!("{:.3}", p.score),
            p.count.to_string(),
            p.zh_count.to_string(),
            p.en_count.to_string(),
            tsv::join(&[p.evidence()]),
            "proposed".to_owned(),
        ];
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

fn glossary(proposals: &[Proposal], out: &mut Out) -> Result<(), Failure> {
    writeln!(out, "zh\ten\ten_abbr\tstatus\tnote")?;
    for p in proposals {
        let terms = [&p.zh, &p.en, &p.abbreviation].map(|term| tsv::join_terms(&[term]));
        let [zh, en, abbreviation] = terms;
        let cells = [
            zh,
            en,
            abbreviation,
            "proposed".to_owned(),
            tsv::join(&[p.evidence()]),
        ];
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

fn value(p: &Proposal, units: &[Unit<'_>]) -> serde_json::Value {
    let examples = p.units.iter().filter_map(|&at| units.get(at as usize));
    let examples: Vec<_> = examples
        .map(|unit| json!({ "zh": unit.zh, "en": unit.en }))
        .collect();
    json!({
        "zh": p.zh,
        "en": p.en,
        "score": (f64::from(p.score) * 1000.0).round() / 1000.0,
        "count": p.count,
        "zh_count": p.zh_count,
        "en_count": p.en_count,
        "sources": p.sources,
        "abbreviation": p.abbreviation,
        "boundary_unsure": p.unsure,
        "glossary": p.known,
        "variants": p.variants,
        "evidence": p.evidence(),
        "examples": examples,
    })
}
