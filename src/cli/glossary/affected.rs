//! `zm glossary affected TERM…`: where a rendering stands that is about to change.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueHint;
use serde_json::json;

use super::diff::text;
use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, most, style, styled};
use crate::error::Result;
use crate::glossary::diff::renderings;
use crate::text::count::plural;
use crate::upkeep::affected::{Affected, Searched, affected, named};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Looked through are the workspace's memories, the work in progress (confirmed
units only, in both) and documents: as `documents` in zhengming.toml has them,
else all in its folder but those git ignores. With --diff, the renderings are
those that were right in OLD and are not in NEW. A rendering of a concept
counts in a unit only where the other side has the concept.

Examples:
  zm glossary affected \"Genesis Plan\" 创世纪计划
  zm glossary affected --diff old.tsv glossaries/terms.tsv
  zm glossary affected --diff old.tsv new.tsv --format json

Exit codes: 0 nothing is affected; 1 something is; 2 a file could not be read.")]
pub(crate) struct Args {
    /// Terms in either language
    #[arg(value_name = "TERM", required_unless_present = "diff")]
    terms: Vec<String>,
    /// Two versions of a glossary: what the second no longer wants
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], value_hint = ValueHint::FilePath)]
    diff: Vec<PathBuf>,
    /// The most places shown of each; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let mut wanted = Vec::new();
        if let [old, new] = &*self.diff {
            wanted.extend(renderings(&text(old)?, &text(new)?));
        }
        if !self.terms.is_empty() {
            let glossary = project.glossary()?.value;
            wanted.extend(self.terms.iter().map(|term| named(&glossary, term)));
        }
        let (found, searched) = affected(&project, wanted)?;
        if self.format == Format::Json {
            let all = json!({
                "schema": "zhengming.affected/1", "searched": searched, "renderings": found,
            });
            out.json_pretty(&all)?;
        } else {
            self.human(&found, out)?;
            let Searched { units, documents } = searched;
            let (units, documents) = (plural(units, "unit"), plural(documents, "document"));
            out.note(format!("looked through: {units} of memory, {documents}"));
        }
        let any = found.iter().any(|one| !one.places.is_empty());
        Ok(if any { Exit::Findings } else { Exit::Fine })
    }

    fn human(&self, found: &[Affected], out: &mut Out) -> Result<(), Failure> {
        for one in found {
            let rendering = &one.rendering;
            let names = rendering
                .names
                .first()
                .map_or_else(String::new, |name| format!(" ({name})"));
            let instead = match rendering.instead.join(" | ") {
                none if none.is_empty() => none,
                now => format!(" → {now}"),
            };
            let (units, documents) = (plural(one.units, "unit"), plural(one.documents, "document"));
            let title = styled(style::STRONG, format!("{}{names}{instead}", rendering.term));
            writeln!(out, "{title}: {units}, {documents}")?;
            let most = most(self.limit);
            for place in one.places.iter().take(most) {
                let of = match &*place.document {
                    "" => String::new(),
                    document => format!("  [{document}]"),
                };
                let at = format!("{}:{}:{}", place.path.display(), place.line, place.column);
                writeln!(out, "  {}  {}{of}", styled(style::PLACE, at), place.text)?;
            }
            let rest = one.places.len().saturating_sub(most);
            if rest > 0 {
                writeln!(
                    out,
                    "  and {}; --limit 0 shows all",
                    plural(rest, "more place")
                )?;
            }
        }
        Ok(())
    }
}
