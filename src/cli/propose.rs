//! `zm propose PATH…`: the terms of texts, with what they are called in the other language.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueHint;
use serde_json::json;

use super::Global;
use super::out::{Exit, Failure, Out, padded};
use crate::align::Resources;
use crate::error::{Error, Result};
use crate::intake::{self, Ask};
use crate::project::Project;
use crate::propose::{Knowledge, Proposal, Rejected, Unit, propose, units};
use crate::recognize::Recognizer;
use crate::text::width::width;
use crate::tsv::{self, write_atomic};

/// The columns of a proposal; those a glossary knows make the output one.
const COLUMNS: [&str; 8] = [
    "zh", "en", "score", "count", "zh_count", "en_count", "evidence", "status",
];

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads documents that translate each other (paired by their names or by --pair),
bilingual tables and memories, and documents in one language that give the other
in brackets. What a glossary has is left out, unless it is rendered differently
here; what was rejected is left out. The score is how likely the two render each
other.

Formats:
  human     the best, with why
  tsv       zh en score count zh_count en_count evidence status: a glossary too
  glossary  zh en en_abbr status note, nothing a glossary does not have
  json      everything, with a versioned schema

Exit codes: 0 there are proposals; 1 there are none; 2 a file could not be read.

Examples:
  zm propose report.zh.md report.en.md
  zm propose memories/policy.tsv --format tsv > proposed.tsv
  zm propose report.zh.md --format glossary > glossaries/proposed.tsv
  zm propose --reject 香港交易 \"Hong Kong Exchanges\"")]
pub(crate) struct Args {
    /// Documents, bilingual tables, memories, folders of them, or globs
    #[arg(value_name = "PATH", required_unless_present_any = ["pair", "reject"], value_hint = ValueHint::AnyPath)]
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
        let glossary = project.glossary()?;
        out.notices(&glossary.findings);
        let recognizer = Recognizer::new(&glossary.value);
        let dictionary = project.dictionary()?;
        let dictionary = Some(dictionary.as_ref()).filter(|dictionary| !dictionary.is_empty());
        let resources = Resources {
            dictionary,
            glossary: Some((&glossary.value, &recognizer)),
            lexicon: None,
        };
        let ask = Ask {
            paths: self.paths.clone(),
            pairs: self
                .pair
                .chunks(2)
                .filter_map(|pair| pair.to_vec().try_into().ok())
                .collect(),
            ..Ask::default()
        };
        let intake = intake::take(&ask, &project, &resources)?;
        out.notices(&intake.findings);
        for unread in &intake.unread {
            out.note(format!("{}: {}", unread.path.display(), unread.message));
        }
        let units = units(&intake.bitexts);
        let rejected = rejected(&project)?;
        let knowledge = Knowledge {
            dictionary,
            glossary: Some(&glossary.value),
            rejected: Some(&rejected),
        };
        let mut proposals = propose(&units, &knowledge);
        proposals.retain(|proposal| proposal.score >= self.least);
        let all = proposals.len();
        let limit = self
            .limit
            .unwrap_or(if self.format == Shape::Human { 50 } else { 0 });
        if limit > 0 {
            proposals.truncate(limit);
        }
        self.print(&proposals, &units, out)?;
        if proposals.len() < all {
            out.note(format!(
                "{} of {all} proposals; --limit 0 prints all",
                proposals.len()
            ));
        }
        Ok(if !intake.unread.is_empty() {
            Exit::Trouble
        } else if all == 0 {
            out.note("nothing to propose");
            Exit::Findings
        } else {
            Exit::Fine
        })
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
        let Some(path) = project.rejected() else {
            let message = "there is no workspace here to remember it in: `zm init` makes one";
            return Err(Error::Usage(message.to_owned()).into());
        };
        let mut text = read(&path)?;
        for pair in self.reject.chunks(2) {
            if let [zh, en] = pair
                && !Rejected::parse(&text).has(zh, en)
            {
                text = Rejected::with(&text, zh, en);
            }
        }
        write_atomic(&path, text.as_bytes())?;
        writeln!(out, "{}: not proposed again", path.display())?;
        Ok(())
    }
}

/// What the workspace's file of rejected pairs has.
fn rejected(project: &Project) -> Result<Rejected> {
    let text = project.rejected().map(|path| read(&path)).transpose()?;
    Ok(Rejected::parse(&text.unwrap_or_default()))
}

/// The text of a file; nothing where there is none.
fn read(path: &std::path::Path) -> Result<String> {
    match std::fs::read_to_string(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|e| Error::io("read", path, e)),
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
