//! `zm memory stats`: the memories in figures.

use std::io::Write;

use serde_json::json;

use super::files;
use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, Progress};
use crate::memory::stats::{Figures, figures};
use crate::text::count::thousands;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Duplicates have the same texts but for case, width and the like. Sources with
several translations are counted once each. Words are Han characters and words
of other scripts, as translation tools count.

Examples:
  zm memory stats
  zm memory stats --memory client.tsv --format json")]
pub(crate) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let mut all = Vec::new();
        let progress = Progress::new();
        for (path, journal) in files(&project)? {
            progress.say(format_args!("counting {}", path.display()));
            let counted = figures(&path, journal)?;
            all.push((path, counted));
        }
        drop(progress);
        for (_, counted) in &all {
            out.notices(&counted.findings);
        }
        if self.format == Format::Json {
            let memories: Vec<_> = all
                .iter()
                .map(|(path, counted)| {
                    json!({"path": path, "figures": counted.value, "rows_not_used": counted.value.unused})
                })
                .collect();
            out.json_pretty(&json!({"schema": "zhengming.memory-stats/1", "memories": memories}))?;
            return Ok(Exit::Fine);
        }
        for (at, (path, counted)) in all.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            writeln!(out, "{}", path.display())?;
            print(&counted.value, out)?;
        }
        Ok(Exit::Fine)
    }
}

fn print(figures: &Figures, out: &mut Out) -> Result<(), Failure> {
    let listed = |counts: &std::collections::BTreeMap<String, u64>| {
        let each = counts
            .iter()
            .map(|(name, count)| format!("{name} {}", thousands(*count)));
        each.collect::<Vec<_>>().join(", ")
    };
    let mut dates = match (figures.first.as_str(), figures.last.as_str()) {
        ("", _) => "none".to_owned(),
        (first, last) if first == last => first.to_owned(),
        (first, last) => format!("{first} to {last}"),
    };
    if figures.undated > 0 && !figures.first.is_empty() {
        dates.extend([", ", &thousands(figures.undated), " without"]);
    }
    let named = format!(
        "documents {}, people {}, subjects {}",
        thousands(figures.documents),
        thousands(figures.people),
        thousands(figures.subjects)
    );
    let text = format!(
        "{} Han characters; {} words in English",
        thousands(figures.zh.han),
        thousands(figures.en.words)
    );
    let repeated = format!(
        "duplicates {}, sources with several translations {}",
        thousands(figures.duplicates),
        thousands(figures.ambiguous)
    );
    let from = format!(
        "{} from Chinese, {} from English",
        thousands(figures.from_zh),
        thousands(figures.from_en)
    );
    let rows = [
        ("units", thousands(figures.units)),
        ("direction", from),
        ("script", listed(&figures.scripts)),
        ("states", listed(&figures.states)),
        ("dates", dates),
        ("named", named),
        ("text", text),
        ("repeated", repeated),
    ];
    for (name, value) in rows {
        writeln!(out, "  {name:<10} {value}")?;
    }
    Ok(())
}
