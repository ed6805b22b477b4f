//! `zm glossary import FILE…`: other people's files into a glossary.

mod human;
mod json;

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out};
use crate::error::{Error, Result};
use crate::glossary::exchange::Asked;
use crate::glossary::import::{self, Class, Options, Policy};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Nothing is written until --write; without it every row is sorted into new,
updated, unchanged, in conflict or rejected, and shown beside what is there.
Encoding and columns are guessed and the guesses shown.

Examples:
  zm glossary import terms_GBK.csv
  zm glossary import terms.xlsx --sheet 术语 --into glossaries/client.tsv --write
  zm glossary import list.csv --map zh=译名,en=原文,skip=拼音 --set subject=金融
  zm glossary import client.tbx --on-conflict both --write

Exit codes: 0 every row has its place; 1 rows are rejected or in conflict;
2 a file could not be read, or nothing could be written.")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Args {
    /// The files: CSV, TSV, XLSX, ODS, TBX, UTX, OmegaT, PO, JSON, Markdown, CC-CEDICT; - is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The glossary they go into; by default the workspace's own
    #[arg(long, value_name = "GLOSSARY", value_hint = ValueHint::FilePath)]
    into: Option<PathBuf>,
    /// What columns hold, by name, letter or number: zh=译名,en=B,skip=3, or term=C,language=D,id=A where a row has one term; may be repeated
    #[arg(long, value_name = "COLUMN=NAME", value_delimiter = ',', value_parser = equation)]
    map: Vec<(String, String)>,
    /// A text for every row that has none in a column: subject=金融,status=proposed; may be repeated
    #[arg(long, value_name = "COLUMN=TEXT,…")]
    set: Vec<String>,
    /// No row names the columns of a table: the first is one of its list
    #[arg(long)]
    no_header: bool,
    /// The encoding, where the guess is wrong: utf-8, utf-16le, gb18030, big5, …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// A sheet of a workbook, by name or number; may be repeated. By default all that hold terms
    #[arg(long, value_name = "SHEET")]
    sheet: Vec<String>,
    /// What is done about rows that contradict the glossary
    #[arg(long, value_enum, default_value_t)]
    on_conflict: OnConflict,
    /// Part cells that hold several terms: 人工智能（AI）, plan; program
    #[arg(long)]
    split: bool,
    /// Restore texts that were saved after being read in a wrong encoding (璁″垝 for 计划)
    #[arg(long)]
    repair: bool,
    /// Take rows with a term in one language only
    #[arg(long)]
    incomplete: bool,
    /// Write the glossary
    #[arg(long)]
    write: bool,
    /// The most new and unchanged rows shown; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What is done about conflicts, on the command line.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum OnConflict {
    /// The glossary's row stays
    #[default]
    Keep,
    /// The file's text takes its place
    Take,
    /// Both stand: the file's terms become admitted
    Both,
    /// Nothing at all is written
    Stop,
}

/// `COLUMN=TEXT`.
fn equation(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((left, right)) if !left.trim().is_empty() => {
            Ok((left.trim().to_lowercase(), right.trim().to_owned()))
        }
        _ => Err("write it as COLUMN=NAME".to_owned()),
    }
}

/// `COLUMN=TEXT,COLUMN=TEXT`: a comma that no column follows is one of the text.
fn sets(texts: &[String]) -> Result<Vec<(String, String)>> {
    let mut all: Vec<(String, String)> = Vec::new();
    for text in texts {
        let mut last: Option<(String, String)> = None;
        for part in text.split(',') {
            let next = equation(part).ok();
            match (
                next.filter(|(name, _)| last.is_none() || import::is_column(name)),
                &mut last,
            ) {
                (Some(next), last) => all.extend(last.replace(next)),
                (None, Some((_, before))) => {
                    before.push(',');
                    before.push_str(part);
                }
                (None, None) => {
                    let message = format!("--set `{text}`: write it as COLUMN=TEXT");
                    return Err(Error::Usage(message));
                }
            }
        }
        all.extend(last);
    }
    Ok(all)
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let into = match &self.into {
            Some(path) => path.clone(),
            None => project.own_glossary().map_err(|_| {
                Error::Usage(
                    "there is no workspace here: name the glossary with --into FILE".into(),
                )
            })?,
        };
        let options = Options {
            asked: Asked {
                encoding: self.encoding.clone(),
                sheets: self.sheet.clone(),
            },
            map: self.map.clone(),
            set: sets(&self.set)?,
            no_header: self.no_header,
            split: self.split,
            repair: self.repair,
            incomplete: self.incomplete,
            policy: match self.on_conflict {
                OnConflict::Keep => Policy::Keep,
                OnConflict::Take => Policy::Take,
                OnConflict::Both => Policy::Both,
                OnConflict::Stop => Policy::Stop,
            },
            home: Some(project.target(crate::lang::Lang::En, None)),
        };
        let mut refused = Vec::new();
        let mut sources = Vec::new();
        for path in &self.files {
            match import::read(path, &options) {
                Ok(source) => sources.push(source),
                Err(error @ Error::Usage(_)) => return Err(error.into()),
                Err(error) => refused.push(error),
            }
        }
        let plan = if self.write && !sources.is_empty() {
            import::write(&into, &sources, &options)?
        } else {
            import::dry_run(&into, &sources, &options)?
        };
        match self.format {
            Format::Json => out.json_pretty(&json::json(&plan, &sources, &refused))?,
            Format::Human => self.human(&plan, &sources, out)?,
        }
        let troubled = !refused.is_empty();
        for error in refused {
            out.trouble(&Failure::Error(error));
        }
        let open = match options.policy {
            Policy::Keep | Policy::Stop => plan.count(Class::Conflict),
            Policy::Take | Policy::Both => 0,
        };
        Ok(match (troubled, open + plan.count(Class::Rejected)) {
            (true, _) => Exit::Trouble,
            (false, 0) => Exit::Fine,
            (false, _) => Exit::Findings,
        })
    }
}
