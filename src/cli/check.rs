//! `zm check PATH…`: everything that is wrong in documents, with its place.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;

use super::Global;
use super::examine;
use super::out::{Exit, Failure, Out};
use crate::intake::{self, Ask};
use crate::lang::Lang;

#[derive(Debug, clap::Args)]
#[command(
    override_usage = "zm check [OPTIONS] <PATH>...\n       zm check [OPTIONS] --pair <ZH> <EN> [PATH]...",
    after_help = "\
Exit codes: 0 nothing as grave as --fail-on; 1 findings; 2 a file could not be
read (the others are checked all the same), or the command line does not hold.

Examples:
  zm check report.zh.md
  zm check docs/ --format short --select term,num
  zm check docs/ --ignore num-value --fail-on warning
  zm check docs/ --format json --output findings.json
  zm check --pair 报告.md report.md
  zm check \"docs/**/*.zh.md\" glossaries/ work.zm.tsv
  cat draft.md | zm check - --stdin-name draft.md

Documents with names like report.zh.md and report.en.md, README.md and
README.zh-CN.md, zh/a.md and en/a.md, zh.txt and en.txt, or of [[pairs]] in
zhengming.toml are aligned and checked together where both are asked for."
)]
pub(crate) struct Args {
    /// Documents, bilingual tables, folders of them, or globs; `-` is stdin
    #[arg(value_name = "PATH", required_unless_present = "pair", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// A Chinese document and the English one that goes with it, whatever their names; may be repeated
    #[arg(long, num_args = 2, value_names = ["ZH", "EN"], value_hint = ValueHint::FilePath)]
    pair: Vec<PathBuf>,
    /// The language pairs of documents are translated from; without it, what the
    /// configuration says, then the document whose name has no language, then Chinese
    #[arg(long, value_name = "LANG")]
    from: Option<Lang>,
    /// What stdin is called: the name tells the format, and findings have it
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
    /// The date that terms must hold on, in place of each document's own
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    date: Option<Date>,
    #[command(flatten)]
    examine: examine::Args,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let first = self.paths.iter().chain(&self.pair).next();
        let first = first.map_or(Path::new(""), PathBuf::as_path);
        let project = global.project_of(first)?;
        let (pairs, _) = self.pair.as_chunks();
        let ask = Ask {
            paths: self.paths.clone(),
            pairs: pairs.to_vec(),
            stdin_name: self.stdin_name.clone(),
            from: self.from,
            glossaries: false,
        };
        if let Some(sentence) = intake::passed_over(&self.paths) {
            out.note(sentence);
        }
        self.examine.run(&ask, self.date, &project, out)
    }
}
