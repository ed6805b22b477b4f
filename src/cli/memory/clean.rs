//! `zm memory clean`: units that a memory is better without.

use std::io::Write;

use serde_json::{Value, json};

use super::{files, unused};
use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, Progress};
use crate::error::{Error, Result};
use crate::memory::clean::{RULES, Report, clean};
use crate::project::near;
use crate::text::chars::one_line;
use crate::text::count::{plural, thousands};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Rules: empty (no text on one side, or none with letters or digits), numbers (no
letters at all), mojibake (read in a wrong encoding), language (in the other
language or a third), same (source and translation are the same), length (far
too long for the other text, by what is usual in this memory), codes (other
tags or placeholders), duplicate (another unit has the same texts and has come
as far; the one that stays is the one that has come furthest, of equals the
first).

--write takes the units out and keeps them, each with its reason, in a file
beside the memory (NAME.tsv.removed). The journal is never cleaned: it is the
history of what was confirmed.

Exit codes: 0 nothing found, or all of it taken out; 1 units with faults.

Examples:
  zm memory clean
  zm memory clean --ignore numbers,codes --write
  zm memory clean --memory client.tsv --select mojibake --format json")]
pub(crate) struct Args {
    /// Take the units out
    #[arg(long)]
    write: bool,
    /// Only these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The most units shown for each rule and memory; 0 for all; json shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u64,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let rules = self.rules()?;
        let project = global.project()?;
        let progress = Progress::new();
        let mut reports: Vec<Value> = Vec::new();
        let mut units: Vec<Value> = Vec::new();
        let (mut found, mut left_out) = (0u64, 0u64);
        let most = self.most();
        for (path, journal) in files(&project)? {
            if journal {
                if !project.memories.is_empty() {
                    out.note(format!("{}: the journal is never cleaned", path.display()));
                }
                continue;
            }
            progress.say(format_args!("looking at {}", path.display()));
            let mut shown: std::collections::BTreeMap<&str, u64> =
                std::collections::BTreeMap::new();
            let mut lines = Vec::new();
            let report = clean(&path, &rules, self.write, &mut |entry, fault| {
                let count = shown.entry(fault.rule).or_default();
                *count += 1;
                if self.format == Format::Json {
                    units.push(json!({
                        "path": path, "line": entry.line, "rule": fault.rule, "message": fault.message,
                        "zh": entry.zh, "en": entry.en,
                    }));
                } else if *count <= most {
                    lines.push(format!(
                        "{}:{}: {}: {}\n  {}\n  {}",
                        path.display(),
                        entry.line,
                        fault.rule,
                        fault.message,
                        short(&entry.zh),
                        short(&entry.en)
                    ));
                }
                Ok(())
            })?;
            found += report.faults.values().sum::<u64>();
            left_out += report.unused;
            if self.format == Format::Human {
                for line in lines {
                    writeln!(out, "{line}")?;
                }
                self.sum(&path.display().to_string(), &report, out)?;
            }
            reports.push(json!({
                "path": path, "units": report.units, "faults": report.faults, "rows_not_used": report.unused,
                "removed_to": report.aside,
            }));
        }
        drop(progress);
        if left_out > 0 {
            out.note(unused(left_out));
        }
        if self.format == Format::Json {
            out.json_pretty(&json!({
                "schema": "zhengming.memory-clean/1", "written": self.write, "units": units, "memories": reports,
            }))?;
        }
        Ok(if found > 0 && !self.write {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }

    /// The most units shown.
    fn most(&self) -> u64 {
        if self.limit == 0 {
            u64::MAX
        } else {
            self.limit
        }
    }

    /// The rules asked for.
    fn rules(&self) -> Result<Vec<&'static str>> {
        let names: Vec<&'static str> = RULES.iter().map(|(name, _)| *name).collect();
        for rule in self.select.iter().chain(&self.ignore) {
            if !names.contains(&rule.as_str()) {
                let meant = near(rule, &names);
                let meant =
                    meant.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
                let all = names.join(", ");
                let message = format!("`{rule}` is no rule of cleaning{meant}: there are {all}");
                return Err(Error::Usage(message));
            }
        }
        let wanted = |name: &&str| {
            let listed = |list: &[String]| list.iter().any(|rule| rule == name);
            (self.select.is_empty() || listed(&self.select)) && !listed(&self.ignore)
        };
        Ok(names.into_iter().filter(wanted).collect())
    }

    fn sum(&self, path: &str, report: &Report, out: &mut Out) -> Result<(), Failure> {
        let total: u64 = report.faults.values().sum();
        let each: Vec<String> = report
            .faults
            .iter()
            .map(|(rule, count)| {
                let more = count.saturating_sub(self.most());
                let more = if more > 0 {
                    format!(" ({} not shown)", thousands(more))
                } else {
                    String::new()
                };
                format!("{rule} {}{more}", thousands(*count))
            })
            .collect();
        let units = plural(report.units, "unit");
        match (total, &report.aside) {
            (0, _) => writeln!(out, "{path}: {units}, nothing to clean")?,
            (_, None) => writeln!(
                out,
                "{path}: {units}, {} to take out with --write: {}",
                thousands(total),
                each.join(", ")
            )?,
            (_, Some(aside)) => writeln!(
                out,
                "{path}: {units}, {} taken out to {}: {}",
                thousands(total),
                aside.display(),
                each.join(", ")
            )?,
        }
        Ok(())
    }
}

/// The beginning of a text on one line.
fn short(text: &str) -> String {
    let line = one_line(text);
    let mut start: String = line.chars().take(100).collect();
    if start.len() < line.len() {
        start.push('…');
    }
    start
}
