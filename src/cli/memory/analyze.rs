//! `zm memory analyze DOC…`: leverage of documents in bands.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueHint;
use serde_json::{Value, json};

use super::laid_out;
use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Out, Progress};
use crate::error::Result;
use crate::format;
use crate::lang::Lang;
use crate::memory::Retrieval;
use crate::memory::analyze::{Band, Leverage, Seen, analyze};
use crate::text::count::thousands;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A segment counts in the first band it belongs to: the same segment between the
same neighbors (101-102); a repetition of one before it, in any of the
documents; the same segment (100); the same but for case, width, numbers,
punctuation or codes (95-99); then by the share of tokens that are the same.
Scores are those before penalties. A word is a Han character or a word of
another script, as translation tools count.

Examples:
  zm memory analyze report.zh.md
  zm memory analyze docs/*.md --format csv > leverage.csv
  zm memory analyze --memory client.tsv report.txt --format json")]
pub(crate) struct Args {
    /// The documents; `-` is stdin
    #[arg(value_name = "DOC", required = true, value_hint = ValueHint::FilePath)]
    documents: Vec<PathBuf>,
    /// The language of the documents; without it, each document's own
    #[arg(long, value_name = "zh|en")]
    from: Option<Lang>,
    /// Look at every unit also for matches under 70
    #[arg(long)]
    exact: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Shape,
}

/// How to print.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// A table for people
    #[default]
    Human,
    /// A row for each document and band
    Csv,
    /// One object with a versioned schema
    Json,
}

/// A document and what the memory has of it.
struct Analyzed {
    path: PathBuf,
    from: Lang,
    leverage: Leverage,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let memory = project.memory()?;
        out.notices(&memory.findings);
        let progress = Progress::new();
        let mut seen = Seen::default();
        let mut all: Vec<Analyzed> = Vec::new();
        let mut unread = 0;
        let mut far = Retrieval::Exact;
        for path in &self.documents {
            progress.say(path.display());
            let document = match format::read(path, self.from) {
                Ok(parsed) => parsed.value,
                Err(error) => {
                    unread += 1;
                    out.trouble(&error.into());
                    continue;
                }
            };
            let segments: Vec<&str> = document.units.iter().map(|u| u.source.as_str()).collect();
            let from = document.from;
            let (leverage, how) = analyze(&memory.value, &segments, from, self.exact, &mut seen);
            if how != Retrieval::Exact {
                far = how;
            }
            all.push(Analyzed {
                path: path.clone(),
                from,
                leverage,
            });
        }
        drop(progress);
        let mut total = Leverage::default();
        for one in &all {
            total += one.leverage;
        }
        match self.format {
            Shape::Human => human(&all, total, far, out)?,
            Shape::Csv => csv(&all, total, out)?,
            Shape::Json => {
                let documents: Vec<Value> = all
                    .iter()
                    .map(|one| {
                        json!({"path": one.path, "from": one.from, "bands": bands(one.leverage), "total": one.leverage.total()})
                    })
                    .collect();
                let retrieval = if far == Retrieval::Exact {
                    "exact"
                } else {
                    "candidates"
                };
                out.json_pretty(&json!({
                    "schema": "zhengming.memory-analyze/1", "documents": documents,
                    "bands": bands(total), "total": total.total(), "retrieval": retrieval,
                }))?;
            }
        }
        Ok(if unread > 0 {
            Exit::Trouble
        } else {
            Exit::Fine
        })
    }
}

fn bands(leverage: Leverage) -> Vec<Value> {
    let each = Band::ALL.iter().map(|(band, name)| {
        let amount = leverage.of(*band);
        json!({"band": name, "segments": amount.segments, "han": amount.volume.han, "words": amount.volume.words})
    });
    each.collect()
}

fn human(all: &[Analyzed], total: Leverage, far: Retrieval, out: &mut Out) -> Result<(), Failure> {
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} (from {})", one.path.display(), one.from)?;
        table(one.leverage, out)?;
    }
    if all.len() > 1 {
        writeln!(out, "\ntotal of {} documents", all.len())?;
        table(total, out)?;
    }
    if far != Retrieval::Exact {
        out.note("under 70, only likely units were compared; --exact compares all");
    }
    Ok(())
}

fn table(leverage: Leverage, out: &mut Out) -> Result<(), Failure> {
    let head = ["band", "segments", "Han", "words", "% of words"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let all = leverage.total();
    let row = |name: &str, amount: crate::memory::analyze::Amount| {
        let share = amount.volume.words as f64 * 100.0 / all.volume.words.max(1) as f64;
        vec![
            name.to_owned(),
            thousands(amount.segments),
            thousands(amount.volume.han),
            thousands(amount.volume.words),
            format!("{share:.1}"),
        ]
    };
    for (band, name) in Band::ALL {
        rows.push(row(name, leverage.of(band)));
    }
    rows.push(row("total", all));
    for line in laid_out(&rows) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn csv(all: &[Analyzed], total: Leverage, out: &mut Out) -> Result<(), Failure> {
    let mut table = csv::Writer::from_writer(out);
    let refused = |e: csv::Error| Failure::Output(e.into());
    table
        .write_record(["document", "from", "band", "segments", "han", "words"])
        .map_err(refused)?;
    let documents = all
        .iter()
        .map(|one| (one.path.display().to_string(), one.from.tag(), one.leverage));
    let total = [("total".to_owned(), "", total)];
    for (name, from, leverage) in documents.chain(total) {
        for (band, band_name) in Band::ALL {
            let amount = leverage.of(band);
            let numbers = [amount.segments, amount.volume.han, amount.volume.words];
            let [segments, han, words] = numbers.map(|n| n.to_string());
            table
                .write_record([&name, from, band_name, &segments, &han, &words])
                .map_err(refused)?;
        }
    }
    table.flush()?;
    Ok(())
}
