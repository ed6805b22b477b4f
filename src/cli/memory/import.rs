//! `zm memory import FILE…`: units of other tools into a memory.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use serde_json::json;

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, Progress, most, style, styled};
use crate::error::{Error, Result};
use crate::format::exchange::{Ask, Layout, Map, Refused, STDIN};
use crate::memory::import::{Event, Options, Report, STEP, import};
use crate::project::{GLOSSARIES, JOURNAL, MEMORIES, Project};
use crate::text::count::{plural, thousands};
use crate::text::decode;
use crate::tsv::{resolved, same_file};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads TMX 1.1 to 1.4, XLIFF 1.2 and 2.0 to 2.2 (sdlxliff, mqxliff and mxliff
too), PO, and tables of pairs in TSV (.txt too), CSV, XLSX and ODS. Files of any
size are read as a stream. Inline codes are kept.
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

/// Reasons kept apart.
const REASONS: usize = 100;

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
        if let Some(message) = kept_for_more(project, &into) {
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
            "the index is up to date, with {} units",
            thousands(units)
        ));
        Ok(())
    }
}

/// Why a file is none to import into: an import writes at once, and what a glossary or a journal
/// says holds at once.
fn kept_for_more(project: &Project, into: &Path) -> Option<&'static str> {
    // Whatever this run names in its stead, what the workspace says of its own files holds.
    let own = Project {
        glossaries: Vec::new(),
        ..project.clone()
    };
    // A glossary that is listed and not there is not what is being written.
    let listed = |project: &Project| project.glossary_files().unwrap_or_default();
    let mut glossaries = listed(project).into_iter().chain(listed(&own));
    let folder = folder(into);
    let folder = folder.as_deref();
    if folder == Some(GLOSSARIES.as_ref()) || glossaries.any(|path| same_file(&path, into)) {
        return Some(
            "this is a glossary: units go into a memory, --into memories/NAME.tsv; `zm glossary import` is for terms",
        );
    }
    let another = folder == Some(MEMORIES.as_ref()) && into.ends_with(JOURNAL) && into.exists();
    if another || project.journal().is_some_and(|path| same_file(&path, into)) {
        return Some(
            "the journal holds what is confirmed here: import into another memory, with --into",
        );
    }
    None
}

/// The name of the folder that a file is in.
fn folder(file: &Path) -> Option<OsString> {
    let full = std::path::absolute(resolved(file)).ok()?;
    Some(full.parent()?.file_name()?.to_owned())
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
                "{}: {percent}%, {} units",
                path.display(),
                thousands(units)
            ));
        }
        Event::Merging => progress.say("merging what is there already"),
        event => take(out, &event),
    })
}

/// Rejected units of one reason.
#[derive(Debug, Default)]
struct Reason {
    count: u64,
    /// The first of them.
    shown: Vec<String>,
}

/// For people: the first units of each reason, and how many more there are.
#[derive(Debug)]
struct Human {
    /// The most units shown for each reason.
    most: usize,
    reasons: BTreeMap<String, Reason>,
    notes: BTreeMap<String, Reason>,
}

impl Human {
    /// Shows so many units for each reason; 0 for all.
    fn new(limit: usize) -> Self {
        Self {
            most: most(limit),
            reasons: BTreeMap::new(),
            notes: BTreeMap::new(),
        }
    }

    fn take(&mut self, out: &mut Out, event: &Event<'_>) {
        match event {
            Event::Rejected(path, refused) => {
                let shown = format!("{}  {}", place(path, refused.spot), line(&refused.quote));
                count(&mut self.reasons, &refused.reason, shown, self.most);
            }
            Event::Note(path, fault) => {
                let place = place(path, fault.spot);
                count(&mut self.notes, &fault.message, place, self.most);
            }
            Event::Broken(error) => {
                let mark = styled(style::BAD.bold(), "error");
                out.note(format!("{mark}: {error}"));
            }
            Event::Progress(..) | Event::Merging => {}
        }
    }

    fn print(
        &self,
        report: &Report,
        into: &Path,
        dry_run: bool,
        out: &mut Out,
    ) -> Result<(), Failure> {
        for (text, note) in &self.notes {
            let more = note.count - note.shown.len() as u64;
            let places = note.shown.join(", ");
            let more = if more > 0 {
                format!(" and {} more", thousands(more))
            } else {
                String::new()
            };
            out.note(format!("note: {text} ({places}{more})"));
        }
        for (text, reason) in &self.reasons {
            writeln!(out, "rejected, {}: {text}", thousands(reason.count))?;
            for shown in &reason.shown {
                writeln!(out, "  {shown}")?;
            }
            let more = reason.count - reason.shown.len() as u64;
            if more > 0 {
                writeln!(out, "  … {} more; --limit 0 shows all", thousands(more))?;
            }
        }
        for file in &report.files {
            let (encoding, guessed) = file.encoding;
            let encoding = decode::spoken(encoding);
            let guessed = if guessed { ", a guess" } else { "" };
            if !file.format.is_empty() {
                let name = file.path.display();
                writeln!(out, "{name}: {}, {encoding}{guessed}", file.format)?;
            }
            for table in &file.tables {
                writeln!(out, "  {}", columns(table))?;
            }
        }
        if report.resumed > 0 {
            let units = thousands(report.resumed);
            out.note(format!(
                "{units} units were done before this run was cut off, and are kept"
            ));
        }
        let total = report.total;
        writeln!(
            out,
            "{} read: {} added, {} merged, {} unchanged, {} rejected",
            plural(total.read, "unit"),
            thousands(total.added),
            thousands(total.merged),
            thousands(total.unchanged),
            thousands(total.rejected),
        )?;
        let name = into.display();
        if dry_run {
            writeln!(out, "{name}: nothing was written (--dry-run)")?;
        } else if report.written {
            writeln!(out, "{name}: {} KB", thousands(report.bytes.div_ceil(1024)))?;
        } else if into.exists() {
            writeln!(out, "{name}: as it was")?;
        } else {
            writeln!(out, "{name}: not made, there is nothing to put into it")?;
        }
        Ok(())
    }
}

/// How a table is read, on one line.
fn columns(table: &Layout) -> String {
    let sheet = table.sheet.as_ref();
    let sheet = sheet.map_or(String::new(), |sheet| format!("sheet `{sheet}`, "));
    let header = match table.header_line {
        Some(line) => format!("named in line {line}"),
        None => "not named".to_owned(),
    };
    let taken: Vec<String> = table
        .columns
        .iter()
        .map(|column| match column.becomes {
            Some(field) => format!("{} → {field} ({})", column.name, column.why),
            None => format!("{} is not read", column.name),
        })
        .collect();
    format!("columns {sheet}{header}: {}", taken.join(", "))
}

fn tables(tables: &[Layout]) -> serde_json::Value {
    let table = |table: &Layout| {
        let columns = table.columns.iter().map(
            |column| json!({"name": column.name, "becomes": column.becomes, "why": column.why}),
        );
        let columns: Vec<_> = columns.collect();
        json!({"sheet": table.sheet, "header_line": table.header_line, "columns": columns})
    };
    tables.iter().map(table).collect()
}

fn count(reasons: &mut BTreeMap<String, Reason>, text: &str, shown: String, most: usize) {
    let text = if reasons.len() >= REASONS && !reasons.contains_key(text) {
        "for other reasons"
    } else {
        text
    };
    let reason = reasons.entry(text.to_owned()).or_default();
    reason.count += 1;
    if reason.shown.len() < most {
        reason.shown.push(shown);
    }
}

fn place(path: &Path, spot: crate::text::stream::Spot) -> String {
    format!("{}:{}:{}", path.display(), spot.line, spot.column)
}

/// A text on one line of a screen.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// For programs: all of it, written as it comes.
#[derive(Debug)]
struct Json {
    begun: bool,
    notes: Vec<serde_json::Value>,
    /// Notes that are not kept.
    more: u64,
    failed: std::result::Result<(), Failure>,
}

impl Default for Json {
    fn default() -> Self {
        Self {
            begun: false,
            notes: Vec::new(),
            more: 0,
            failed: Ok(()),
        }
    }
}

/// Notes kept in one report.
const NOTES: usize = 1000;

impl Json {
    fn take(&mut self, out: &mut Out, event: &Event<'_>) {
        match event {
            Event::Rejected(path, refused) if self.failed.is_ok() => {
                self.failed = self.rejected(path, refused, out);
            }
            Event::Note(path, fault) if self.notes.len() < NOTES => self.notes.push(json!({
                "path": path, "line": fault.spot.line, "column": fault.spot.column, "message": fault.message,
            })),
            Event::Note(..) => self.more += 1,
            _ => {}
        }
    }

    fn begin(&mut self, out: &mut Out) -> Result<(), Failure> {
        if !self.begun {
            self.begun = true;
            write!(
                out,
                "{{\"schema\":\"zhengming.memory-import/1\",\"rejected\":["
            )?;
            return Ok(());
        }
        write!(out, ",")?;
        Ok(())
    }

    fn rejected(&mut self, path: &Path, refused: &Refused, out: &mut Out) -> Result<(), Failure> {
        self.begin(out)?;
        let one = json!({
            "path": path, "line": refused.spot.line, "column": refused.spot.column,
            "reason": refused.reason, "text": refused.quote,
        });
        write!(out, "\n{one}")?;
        Ok(())
    }

    /// Ends the object where the memory cannot be written: what is begun must be whole.
    fn end(&mut self, error: Error, out: &mut Out) -> Result<Report, Failure> {
        if self.begun && self.failed.is_ok() {
            writeln!(
                out,
                "],{}",
                json!({"error": error.to_string()})
                    .to_string()
                    .trim_start_matches('{')
            )?;
        }
        Err(error.into())
    }

    fn print(
        &mut self,
        report: &Report,
        into: &Path,
        dry_run: bool,
        out: &mut Out,
    ) -> Result<(), Failure> {
        if !self.begun {
            self.begin(out)?;
        }
        let files: Vec<_> = report
            .files
            .iter()
            .map(|file| {
                json!({
                    "path": file.path, "format": file.format, "encoding": file.encoding.0,
                    "guessed": file.encoding.1, "tables": tables(&file.tables),
                    "counts": file.counts, "broken": file.broken,
                })
            })
            .collect();
        let rest = json!({
            "files": files, "notes": self.notes, "notes_left_out": self.more, "total": report.total, "resumed": report.resumed,
            "memory": into, "bytes": report.bytes, "dry_run": dry_run, "written": report.written,
        });
        let rest = rest.to_string();
        let rest = rest.strip_prefix('{').unwrap_or(&rest);
        writeln!(out, "],{rest}")?;
        Ok(())
    }
}
