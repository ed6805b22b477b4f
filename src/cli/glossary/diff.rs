//! `zm glossary diff OLD NEW`: what changed in a glossary, by concept and cell.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use serde_json::json;

use crate::cli::out::{Exit, Failure, Out, style, styled};
use crate::error::{Error, Result};
use crate::glossary::Glossary;
use crate::glossary::diff::{Cell, Change, Changed, Diff, diff};
use crate::text::decode::decode;
use crate::tsv;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A version in git is read from what `git show` prints. As git's own way to show a
glossary's changes:
  echo 'glossaries/*.tsv diff=zm' >> .gitattributes
  git config diff.zm.command 'zm glossary diff --git'

Examples:
  zm glossary diff old.tsv new.tsv
  git show HEAD~3:glossaries/terms.tsv | zm glossary diff - glossaries/terms.tsv
  zm glossary diff old.tsv new.tsv --format tsv

Exit codes: 0 the same concepts (and always with --git); 1 there are changes; 2
a file could not be read.")]
pub(crate) struct Args {
    /// The old and the new glossary; `-` is stdin. With --git, what git hands over
    #[arg(value_name = "FILE", required = true, num_args = 2..=9, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The files are the arguments of git's `diff.*.command`
    #[arg(long)]
    git: bool,
    /// How to print; tsv has the columns change `old_line` `new_line` zh en column old new
    #[arg(long, value_enum, default_value = "human")]
    format: Shape,
}

/// How this command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    Human,
    Json,
    Tsv,
}

impl Args {
    pub(crate) fn run(&self, out: &mut Out) -> Result<Exit, Failure> {
        let (old, new) = match (&*self.files, self.git) {
            // path old-file old-hex old-mode new-file new-hex new-mode
            ([_, old, _, _, new, ..], true) | ([old, new], false) => (old, new),
            (_, git) => {
                let message = if git {
                    "--git takes the seven arguments of git"
                } else {
                    "two files are compared: OLD and NEW"
                };
                return Err(Error::Usage(message.into()).into());
            }
        };
        let diff = diff(&text(old)?, &text(new)?);
        match self.format {
            Shape::Human => {
                if self.git {
                    let name = self.files.first().unwrap_or(new).display().to_string();
                    writeln!(out, "{}", styled(style::STRONG, name))?;
                }
                human(&diff, out)?;
            }
            Shape::Json => out.json_pretty(&json!({
                "schema": "zhengming.glossary-diff/1",
                "old": old,
                "new": new,
                "diff": diff,
            }))?,
            Shape::Tsv => table(&diff, out)?,
        }
        let same = diff.concepts.is_empty()
            && diff.columns_added.is_empty()
            && diff.columns_removed.is_empty();
        Ok(if same || self.git {
            Exit::Fine
        } else {
            Exit::Findings
        })
    }
}

/// The text of a version, whatever its encoding.
pub(super) fn text(path: &Path) -> Result<String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes);
        read.map_err(|e| Error::io("read", path, e))?;
        bytes
    } else {
        Glossary::bytes(path)?
    };
    Ok(decode(&bytes).text)
}

fn human(diff: &Diff, out: &mut Out) -> Result<(), Failure> {
    for name in &diff.columns_added {
        writeln!(out, "{} column {name}", styled(style::GOOD, "+"))?;
    }
    for name in &diff.columns_removed {
        writeln!(out, "{} column {name}", styled(style::BAD, "-"))?;
    }
    for concept in &diff.concepts {
        let (sign, style) = match concept.change {
            Change::Added => ("+", style::GOOD),
            Change::Removed => ("-", style::BAD),
            Change::Changed => ("~", style::CARE),
        };
        let line = concept.new_line.or(concept.old_line).unwrap_or(0);
        let names = styled(style::STRONG, format!("{} = {}", concept.zh, concept.en));
        writeln!(out, "{} {line:>5}  {names}", styled(style, sign))?;
        let shown = concept.cells.iter().filter(|cell| {
            concept.change == Change::Changed || !["zh", "en"].contains(&&*cell.column)
        });
        for cell in shown {
            writeln!(out, "         {}: {}", cell.column, said(cell))?;
        }
    }
    let count = |change| diff.concepts.iter().filter(|c| c.change == change).count();
    writeln!(
        out,
        "{} added, {} removed, {} changed, {} unchanged",
        count(Change::Added),
        count(Change::Removed),
        count(Change::Changed),
        diff.unchanged
    )?;
    Ok(())
}

/// What happened to a cell: terms that came and went, else the old and the new text.
fn said(cell: &Cell) -> String {
    let (old, new) = (tsv::split_terms(&cell.old), tsv::split_terms(&cell.new));
    if old.len() < 2 && new.len() < 2 {
        return match (cell.old.is_empty(), cell.new.is_empty()) {
            (true, _) => format!("+ {}", cell.new),
            (_, true) => format!("- {}", cell.old),
            _ => format!("{} → {}", cell.old, cell.new),
        };
    }
    let gone = old
        .iter()
        .filter(|term| !new.contains(term))
        .map(|term| format!("- {term}"));
    let come = new
        .iter()
        .filter(|term| !old.contains(term))
        .map(|term| format!("+ {term}"));
    let all: Vec<String> = gone.chain(come).collect();
    if all.is_empty() {
        return format!("{} → {}", cell.old, cell.new);
    }
    all.join(", ")
}

fn table(diff: &Diff, out: &mut Out) -> Result<(), Failure> {
    writeln!(out, "change\told_line\tnew_line\tzh\ten\tcolumn\told\tnew")?;
    let number = |line: Option<u32>| line.map_or_else(String::new, |line| line.to_string());
    for Changed {
        change,
        zh,
        en,
        old_line,
        new_line,
        cells,
    } in &diff.concepts
    {
        for cell in cells {
            let row = [
                change.name(),
                &number(*old_line),
                &number(*new_line),
                zh,
                en,
                &cell.column,
                &cell.old,
                &cell.new,
            ];
            writeln!(out, "{}", tsv::join(&row))?;
        }
    }
    Ok(())
}
