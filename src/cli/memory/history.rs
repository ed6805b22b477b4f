//! `zm memory history [TEXT]`: what was confirmed, changed and taken back, and when.

use std::io::Write;

use serde_json::{Value, json};

use super::files;
use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, flat, most, padded, style, styled};
use crate::memory::Record;
use crate::memory::history::history;
use crate::text::count::plural;
use crate::text::width::width;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Confirming only adds lines to the journal. Here all lines of one segment of a
document stand together, the oldest first; the segment changed last comes first.
unconfirmed: the translation was taken back; deleted: the unit was.
The exit code is 1 where there is none.

Examples:
  zm memory history
  zm memory history 供应链 --format json
  zm memory history --memory ../other/memories/journal.tsv \"supply chain\"")]
pub(crate) struct Args {
    /// What a text of the unit has, or had; without it, all units
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The most units shown; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let text = self.text.join(" ");
        let mut units: Vec<Vec<Record>> = Vec::new();
        // What is named is wanted, whatever it is called; else only a journal has a history.
        let named = !project.memories.is_empty();
        for (path, journal) in files(&project)? {
            if journal || named {
                let parsed = history(&path, journal, &text)?;
                out.notices(&parsed.findings);
                units.extend(parsed.value);
            }
        }
        let most = most(self.limit);
        let shown = units.iter().take(most);
        if self.format == Format::Json {
            out.json_pretty(&json!({
                "schema": "zhengming.memory-history/1",
                "query": text,
                "total": units.len(),
                "units": shown.map(|unit| object(unit)).collect::<Vec<_>>(),
            }))?;
        } else if units.is_empty() {
            out.note(if text.is_empty() {
                "nothing was confirmed here yet".to_owned()
            } else {
                format!("{text}: in no unit that was confirmed here")
            });
        } else {
            writeln!(out, "{}", plural(units.len(), "unit"))?;
            for unit in shown {
                human(unit, out)?;
            }
            if units.len() > most {
                let more = units.len() - most;
                out.note(format!("{more} more; --limit 0 shows them"));
            }
        }
        Ok(if units.is_empty() {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }
}

/// A unit as JSON.
fn object(unit: &[Record]) -> Value {
    let key = unit.first().map(|record| record.entry.key());
    let key = key.unwrap_or_default();
    let line = |record: &Record| {
        let entry = &record.entry;
        json!({
            "memory": *entry.memory, "line": entry.line, "state": record.state(),
            "when": entry.when, "who": entry.who, "zh": entry.zh, "en": entry.en, "note": entry.note,
        })
    };
    json!({
        "document": key.document, "from": key.from, "source": key.source,
        "prev": key.prev, "next": key.next,
        "lines": unit.iter().map(line).collect::<Vec<_>>(),
    })
}

/// The source with its document, and a line for each that was written.
fn human(unit: &[Record], out: &mut Out) -> Result<(), Failure> {
    let Some(first) = unit.first() else {
        return Ok(());
    };
    let document = styled(style::FAINT, flat(&first.entry.document));
    let source = styled(style::STRONG, flat(first.entry.source()));
    writeln!(out, "\n{source}  {document}")?;
    let widest = |cells: Vec<&str>| cells.into_iter().map(width).max().unwrap_or(0);
    let when = widest(unit.iter().map(|one| one.entry.when.as_str()).collect());
    let who = widest(unit.iter().map(|one| one.entry.who.as_str()).collect());
    let state = widest(unit.iter().map(Record::state).collect());
    for record in unit {
        let entry = &record.entry;
        let cells = [
            padded(&entry.when, when),
            padded(&entry.who, who),
            padded(record.state(), state),
            flat(entry.target()),
        ];
        writeln!(out, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
