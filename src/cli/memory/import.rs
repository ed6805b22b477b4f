//! `zm memory import FILE…`: units of other tools into a memory.

mod human;
mod json;

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use human::Human;
use json::Json;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, Progress};
use crate::error::{Error, Result};
use crate::format::exchange::{Ask, Map, STDIN};
use crate::memory::import::{Event, Options, Report, STEP, import};
use crate::project::{MEMORIES, Project, Reserved};
use crate::text::count::plural;
use crate::text::decode;
use crate::tsv::same_file;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads TMX 1.1 to 1.4, XLIFF 1.2 and 2.0 to 2.2 (sdlxliff, mqxliff and mxliff
too), PO, memories of Wordfast (.txt), and tables of pairs in TSV (.txt too), CSV,
XLSX and ODS. Files of any size are read as a stream. Inline codes are kept.
A unit whose texts are there already, but for case, width and the like, is not
added again: its document and remarks are merged into the one that is there, and
the words, state, date and person of the one that has come further stand
(reviewed before translated), of equals those of the newer. So importing a file
twice changes nothing, and an import that was killed goes on where it was when
it is run again.
Every unit that cannot be used is named with its place and the reason.

Exit codes: 0 every unit is in the memory; 1 some could not be used;
2 a file could not be read, or not to its end (what was read is imported).

Examples:
  zm memory import old.tmx
  zm memory import --into memories/client.tsv a.tmx b.xlf zh_CN.po
  zm memory import --dry-run --format json huge.tmx > report.json
  zm memory import --encoding gb18030 old.po
  unzip -p pack.zip all.tmx | zm memory import --into memories/all.tsv -")]
pub(crate) struct Args {
    /// The files; - is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The memory; without it, one of the workspace with the file's name
    #[arg(long, value_name = "MEMORY", value_hint = ValueHint::FilePath)]
    into: Option<PathBuf>,
    /// The files' encoding (utf-8, utf-16le, gb18030, big5, …), where it is not found rightly
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Which columns of a table are what, where that is not found rightly, by
    /// their names or numbers: zh=译文,en=2,note=备注
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Option<Map>,
    /// Say what would come of it, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Units between two points that an import can go on from
    #[arg(long, value_name = "UNITS", default_value_t = STEP, hide = true)]
    step: u64,
    /// The most units shown for each reason; 0 for all; json shows all
    #[arg(long, value_name = "N", default_value_t = 5)]
    limit: usize,
    /// Leave the index as it is; the next command that needs it brings it up to date
    #[arg(long)]
    no_index: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let into = self.into(&project)?;
        if let Some(label) = &self.encoding
            && decode::named(label).is_none()
        {
            let message = format!(
                "`{label}` is no encoding known here: use utf-8, utf-16le, gb18030, big5 or any name of the Encoding Standard"
            );
            return Err(Error::Usage(message).into());
        }
        let ask = Ask {
            encoding: self.encoding.clone(),
            map: self.map.clone().unwrap_or_default(),
        };
        let options = Options {
            files: &self.files,
            into: &into,
            ask: &ask,
            dry_run: self.dry_run,
            step: self.step,
        };
        let (report, printed) = match self.format {
            Format::Human => {
                let mut human = Human::new(self.limit);
                let report = watch(&options, out, |out, event| human.take(out, event))?;
                human.print(&report, &into, self.dry_run, out)?;
                (report, Ok(()))
            }
            Format::Json => {
                let mut json = Json::default();
                let report = watch(&options, out, |out, event| json.take(out, event));
                let report = report.or_else(|error| json.end(error, out))?;
                json.print(&report, &into, self.dry_run, out)?;
                (report, json.failed)
            }
        };
        printed?;
        if report.written {
            self.index(&project, &into, out)?;
        }
        Ok(exit(&report))
    }

    /// The memory to import into.
    fn into(&self, project: &Project) -> Result<PathBuf> {
        let into = match (&self.into, &project.root, self.files.as_slice()) {
            (Some(into), ..) => into.clone(),
            (None, Some(root), [file]) if file != Path::new(STDIN) => {
                let name = file.file_stem().unwrap_or_default().to_owned();
                root.join(MEMORIES).join(name).with_added_extension("tsv")
            }
            (None, Some(_), _) => {
                let message = "several files, or standard input, go into a memory that is named: --into memories/NAME.tsv";
                return Err(Error::Usage(message.into()));
            }
            (None, None, _) => {
                let message = "there is no workspace here: name the memory with --into NAME.tsv, or `zm init`";
                return Err(Error::Usage(message.into()));
            }
        };
        if let Some(reserved) = project.reserved(&into) {
            let message = match reserved {
                Reserved::Glossary => {
                    "this is a glossary: units go into a memory, --into memories/NAME.tsv; `zm glossary import` is for terms"
                }
                Reserved::Journal => {
                    "the journal holds what is confirmed here: import into another memory, with --into"
                }
            };
            return Err(Error::file(&into, None, message));
        }
        if let Some(file) = self.files.iter().find(|file| same_file(file, &into)) {
            return Err(Error::file(
                file,
                None,
                "a memory cannot be imported into itself",
            ));
        }
        Ok(into)
    }

    /// Brings the index up to date, or says how.
    fn index(&self, project: &Project, into: &Path, out: &mut Out) -> Result<(), Failure> {
        let memories = project.memory_files()?;
        let listed = memories.iter().any(|path| same_file(path, into));
        if !listed {
            out.note(format!(
                "{} is no memory of this workspace: list it under `memories` in zhengming.toml, or name it with --memory",
                into.display()
            ));
            return Ok(());
        }
        if self.no_index || project.index().is_none() {
            out.note(
                "the index is brought up to date when it is needed next, or by `zm index build`",
            );
            return Ok(());
        }
        let progress = Progress::new();
        progress.say("indexing");
        let memory = project.memory()?.value;
        memory.commit()?;
        let units: usize = memory.stats().iter().map(|stats| stats.units).sum();
        drop(progress);
        out.note(format!(
            "the index is up to date, with {}",
            plural(units, "unit")
        ));
        Ok(())
    }
}

fn exit(report: &Report) -> Exit {
    if report.files.iter().any(|file| file.broken.is_some()) {
        Exit::Trouble
    } else if report.total.rejected > 0 {
        Exit::Findings
    } else {
        Exit::Fine
    }
}

/// Imports, with progress on a terminal.
fn watch(
    options: &Options<'_>,
    out: &mut Out,
    mut take: impl FnMut(&mut Out, &Event<'_>),
) -> Result<Report> {
    let progress = Progress::new();
    import(options, &mut |event| match event {
        Event::Progress(path, bytes, units) => {
            let all = fs::metadata(path).map_or(0, |data| data.len()).max(1);
            let percent = (bytes * 100 / all).min(100);
            progress.say(format_args!(
                "{}: {percent}%, {}",
                path.display(),
                plural(units, "unit")
            ));
        }
        Event::Merging => progress.say("merging what is there already"),
        event => take(out, &event),
    })
}
