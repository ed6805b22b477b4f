//! `zm glossary stats`: what the workspace's glossaries hold, and how well that serves.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::json;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, most, padded, style, styled};
use crate::error::Result;
use crate::text::count::{plural, thousands};
use crate::text::width::width;
use crate::upkeep::stats::{Named, Stats, stats};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Coverage is counted over the workspace's documents and the units of its memories
(the first 100,000, those of the journal first). A term is noisy where confirmed
units have it and no rendering of it: a synonym is missing, or it is found where
it is not meant.

Examples:
  zm glossary stats
  zm glossary stats --limit 0
  zm glossary stats --format json")]
pub(crate) struct Args {
    /// The most lines of each list; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let glossary = project.glossary()?;
        out.notices(&glossary.findings);
        let stats = stats(&project, &glossary.value)?;
        if self.format == Format::Json {
            out.json_pretty(&json!({"schema": "zhengming.glossary-stats/1", "stats": stats}))?;
        } else {
            self.human(&stats, out)?;
        }
        Ok(Exit::Fine)
    }

    fn human(&self, stats: &Stats, out: &mut Out) -> Result<(), Failure> {
        let longest = stats
            .glossaries
            .iter()
            .map(|g| width(&g.path))
            .max()
            .unwrap_or(0);
        for one in &stats.glossaries {
            let path = padded(&one.path, longest);
            let [zh, en] = [one.zh_terms, one.en_terms].map(thousands);
            writeln!(
                out,
                "{path}  {:>7} concepts  {zh:>7} Chinese  {en:>7} English terms",
                thousands(one.concepts)
            )?;
        }
        counted("status", &stats.status, out)?;
        counted("type", &stats.types, out)?;
        counted("subject", &stats.subjects, out)?;
        let (documents, units) = (
            plural(stats.documents, "document"),
            plural(stats.units, "unit"),
        );
        let share = (100 * stats.used).checked_div(stats.concepts).unwrap_or(0);
        heading("coverage", out)?;
        writeln!(
            out,
            "  {} of {} ({share}%) in {documents} and {units} of memory",
            thousands(stats.used),
            plural(stats.concepts, "concept")
        )?;
        if !stats.unused.is_empty() {
            let unused = thousands(stats.unused.len());
            heading(&format!("never found: {unused}"), out)?;
            self.list(stats.unused.iter().map(told), out)?;
        }
        if !stats.noise.is_empty() {
            heading("rendering absent in confirmed units", out)?;
            let lines = stats.noise.iter().map(|noisy| {
                format!(
                    "{} of {}  {}",
                    noisy.absent,
                    noisy.units,
                    told(&noisy.concept)
                )
            });
            self.list(lines, out)?;
        }
        if !stats.near.is_empty() {
            let near = thousands(stats.near.len());
            heading(&format!("perhaps one concept: {near}"), out)?;
            let lines = stats.near.iter().map(|near| {
                let [a, b] = &near.concepts;
                format!("{}: {} / {}", near.why, told(a), told(b))
            });
            self.list(lines, out)?;
        }
        Ok(())
    }

    fn list(
        &self,
        lines: impl ExactSizeIterator<Item = String>,
        out: &mut Out,
    ) -> Result<(), Failure> {
        let most = most(self.limit);
        let rest = lines.len().saturating_sub(most);
        for line in lines.take(most) {
            writeln!(out, "  {line}")?;
        }
        if rest > 0 {
            let rest = thousands(rest);
            writeln!(out, "  and {rest} more; --limit 0 shows all")?;
        }
        Ok(())
    }
}

fn heading(text: &str, out: &mut Out) -> Result<(), Failure> {
    writeln!(out, "\n{}", styled(style::STRONG, text.to_owned()))?;
    Ok(())
}

fn told(concept: &Named) -> String {
    format!("{} = {}  ({})", concept.zh, concept.en, concept.glossary)
}

fn counted<K: AsRef<str>>(
    name: &str,
    counts: &BTreeMap<K, usize>,
    out: &mut Out,
) -> Result<(), Failure> {
    heading(name, out)?;
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (key, count) in counts {
        let key = match key.as_ref() {
            "" => "none",
            key => key,
        };
        let count = thousands(*count);
        writeln!(out, "  {count:>7}  {key}")?;
    }
    Ok(())
}
