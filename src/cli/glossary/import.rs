//! `zm glossary import FILE…`: other people's files into a glossary.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};
use serde_json::{Value, json};

use crate::cli::Global;
use crate::cli::out::{Exit, Failure, Format, Out, style, styled};
use crate::error::{Error, Result};
use crate::glossary::exchange::{Asked, Encoding, Known};
use crate::glossary::import::{self, Class, Options, Plan, Planned, Policy, Source};
use crate::report::plural;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Nothing is written until --write; without it every row is sorted into new,
updated, unchanged, in conflict or rejected, and shown beside what is there.
Encoding and columns are guessed and the guesses shown.

Examples:
  zm glossary import terms_GBK.csv
  zm glossary import terms.xlsx --sheet 术语 --into glossaries/client.tsv --write
  zm glossary import list.csv --map zh=译名,en=原文,skip=拼音 --set subject=金融
  zm glossary import client.tbx --on-conflict both --write

Exit codes: 0 every row has its place; 1 rows are rejected or in conflict;
2 a file could not be read, or nothing could be written.")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Args {
    /// The files: CSV, TSV, XLSX, ODS, TBX, UTX, OmegaT, PO, JSON, Markdown, CC-CEDICT; - is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// The glossary they go into; by default the workspace's own
    #[arg(long, value_name = "GLOSSARY", value_hint = ValueHint::FilePath)]
    into: Option<PathBuf>,
    /// What columns hold, by name, letter or number: zh=译名,en=B,skip=3; may be repeated
    #[arg(long, value_name = "COLUMN=NAME", value_delimiter = ',', value_parser = equation)]
    map: Vec<(String, String)>,
    /// A text for every row that has none in a column: subject=金融,status=proposed; may be repeated
    #[arg(long, value_name = "COLUMN=TEXT,…")]
    set: Vec<String>,
    /// No row names the columns of a table: the first is one of its list
    #[arg(long)]
    no_header: bool,
    /// The encoding, where the guess is wrong: utf-8, utf-16le, gb18030, big5, …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// A sheet of a workbook, by name or number; may be repeated. By default all that hold terms
    #[arg(long, value_name = "SHEET")]
    sheet: Vec<String>,
    /// What is done about rows that contradict the glossary
    #[arg(long, value_enum, default_value_t)]
    on_conflict: OnConflict,
    /// Part cells that hold several terms: 人工智能（AI）, plan; program
    #[arg(long)]
    split: bool,
    /// Restore texts that were saved after being read in a wrong encoding (鏈鏈 for 术语)
    #[arg(long)]
    repair: bool,
    /// Take rows with a term in one language only
    #[arg(long)]
    incomplete: bool,
    /// Write the glossary
    #[arg(long)]
    write: bool,
    /// The most new and unchanged rows shown; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What is done about conflicts, on the command line.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum OnConflict {
    /// The glossary's row stays
    #[default]
    Keep,
    /// The file's text takes its place
    Take,
    /// Both stand: the file's terms become admitted
    Both,
    /// Nothing at all is written
    Stop,
}

/// `COLUMN=TEXT`.
fn equation(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((left, right)) if !left.trim().is_empty() => {
            Ok((left.trim().to_lowercase(), right.trim().to_owned()))
        }
        _ => Err("write it as COLUMN=NAME".to_owned()),
    }
}

/// `COLUMN=TEXT,COLUMN=TEXT`: a comma that no column follows is one of the text.
fn sets(texts: &[String]) -> Result<Vec<(String, String)>> {
    let mut all: Vec<(String, String)> = Vec::new();
    for text in texts {
        let mut last: Option<(String, String)> = None;
        for part in text.split(',') {
            let next = equation(part).ok();
            match (
                next.filter(|(name, _)| last.is_none() || import::is_column(name)),
                &mut last,
            ) {
                (Some(next), last) => all.extend(last.replace(next)),
                (None, Some((_, before))) => {
                    before.push(',');
                    before.push_str(part);
                }
                (None, None) => {
                    let message = format!("--set `{text}`: write it as COLUMN=TEXT");
                    return Err(Error::Usage(message));
                }
            }
        }
        all.extend(last);
    }
    Ok(all)
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let into = match &self.into {
            Some(path) => path.clone(),
            None => project.own_glossary().map_err(|_| {
                Error::Usage(
                    "there is no workspace here: name the glossary with --into FILE".into(),
                )
            })?,
        };
        let options = Options {
            asked: Asked {
                encoding: self.encoding.clone(),
                sheets: self.sheet.clone(),
            },
            map: self.map.clone(),
            set: sets(&self.set)?,
            no_header: self.no_header,
            split: self.split,
            repair: self.repair,
            incomplete: self.incomplete,
            policy: match self.on_conflict {
                OnConflict::Keep => Policy::Keep,
                OnConflict::Take => Policy::Take,
                OnConflict::Both => Policy::Both,
                OnConflict::Stop => Policy::Stop,
            },
            home: Some(project.target(crate::lang::Lang::En, None)),
        };
        let mut refused = Vec::new();
        let mut sources = Vec::new();
        for path in &self.files {
            match import::read(path, &options) {
                Ok(source) => sources.push(source),
                Err(error @ Error::Usage(_)) => return Err(error.into()),
                Err(error) => refused.push(error),
            }
        }
        let plan = if self.write && !sources.is_empty() {
            import::write(&into, &sources, &options)?
        } else {
            import::dry_run(&into, &sources, &options)?
        };
        match self.format {
            Format::Json => out.json_pretty(&json(&plan, &sources, &refused))?,
            Format::Human => self.human(&plan, &sources, out)?,
        }
        let troubled = !refused.is_empty();
        for error in refused {
            out.trouble(&Failure::Error(error));
        }
        let open = match options.policy {
            Policy::Keep | Policy::Stop => plan.count(Class::Conflict),
            Policy::Take | Policy::Both => 0,
        };
        Ok(match (troubled, open + plan.count(Class::Rejected)) {
            (true, _) => Exit::Trouble,
            (false, 0) => Exit::Fine,
            (false, _) => Exit::Findings,
        })
    }

    fn human(&self, plan: &Plan, sources: &[Source], out: &mut Out) -> io::Result<()> {
        for source in sources {
            about(source, self, out)?;
        }
        if sources.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "{}  {}",
            styled(style::GOOD.bold(), format!("into {}", plan.into.display())),
            plural(plan.there, "concept")
        )?;
        for class in Class::ALL {
            let count = plan.count(class);
            if count == 0 {
                continue;
            }
            let hint = match self.hint(class, plan) {
                "" => String::new(),
                hint => format!("  {}", styled(style::FAINT, format!("({hint})"))),
            };
            let name = format!("{} {count}", class.name());
            writeln!(out, "\n{}{hint}", styled(look(class).bold(), name))?;
            let mut rows: Vec<&Planned> =
                plan.rows.iter().filter(|row| row.class == class).collect();
            // Where something is to be said of a new concept, it comes first.
            rows.sort_by_key(|row| row.joined || row.reason.is_empty());
            // What is doubtful is shown whole; what is not, as much as was asked for.
            let doubtful = !matches!(class, Class::New | Class::Unchanged);
            let most = if doubtful || self.limit == 0 {
                usize::MAX
            } else {
                self.limit
            };
            let mut left = 0;
            for (at, row) in rows.into_iter().enumerate() {
                if at < most {
                    shown(row, plan, sources, self.on_conflict, out)?;
                } else {
                    left += 1;
                }
            }
            if left > 0 {
                writeln!(out, "  … and {left} more (--limit 0 shows all)")?;
            }
        }
        summary(plan, self, out)
    }

    /// What is done about the rows of a class, or can be.
    fn hint(&self, class: Class, plan: &Plan) -> &'static str {
        let one_sided =
            |row: &Planned| row.class == Class::Rejected && row.zh.is_empty() != row.en.is_empty();
        match (class, self.on_conflict) {
            (Class::Conflict, OnConflict::Keep) => {
                "what is there stays; --on-conflict take replaces it, both keeps both"
            }
            (Class::Conflict, OnConflict::Take) => {
                "the file's text takes the place of what is there"
            }
            (Class::Conflict, OnConflict::Both) => {
                "both stand: the file's terms are admitted, its texts added"
            }
            (Class::Conflict, OnConflict::Stop) => {
                "so nothing is written; --on-conflict keep, take or both goes on"
            }
            (Class::Rejected, _) if !self.incomplete && plan.rows.iter().any(one_sided) => {
                "--incomplete takes rows with a term in one language only"
            }
            _ => "",
        }
    }
}

fn look(class: Class) -> anstyle::Style {
    match class {
        Class::New | Class::Updated => style::GOOD,
        Class::Unchanged => style::FAINT,
        Class::Conflict => style::CARE,
        Class::Rejected => style::BAD,
    }
}

/// What a file is, and how it is read.
fn about(source: &Source, args: &Args, out: &mut Out) -> io::Result<()> {
    writeln!(
        out,
        "{}  {}, {}",
        styled(style::GOOD.bold(), source.path.display()),
        source.format,
        plural(source.read(), "row")
    )?;
    if let Some(encoding) = &source.encoding {
        writeln!(out, "  encoding  {}", encoded(encoding))?;
    }
    for table in &source.tables {
        let sheet = table
            .sheet
            .as_ref()
            .map_or(String::new(), |sheet| format!("sheet {sheet}, "));
        let header = match table.header_line {
            Some(0) => "named".to_owned(),
            Some(line) => format!("named in line {line}"),
            None => "not named; told by their content".to_owned(),
        };
        writeln!(out, "  columns   {sheet}{header}")?;
        for column in &table.layout.columns {
            let (to, why) = match column.becomes() {
                Some(to) => (to, column.why.to_string()),
                None => ("not imported".to_owned(), column.left_out().to_owned()),
            };
            writeln!(
                out,
                "            {} → {to}  {}",
                column.name,
                styled(style::FAINT, format!("({why})"))
            )?;
        }
    }
    remarks(source, out)?;
    if !source.packed.is_empty() {
        let all = source.packed.len();
        let how = match (args.split, all) {
            (true, 1) => "is parted",
            (true, _) => "are parted",
            (false, 1) => "holds more than a term; --split parts it",
            (false, _) => "hold more than a term; --split parts them",
        };
        writeln!(out, "  {} {how}:", plural(all, "cell"))?;
        let most = if args.limit == 0 {
            all
        } else {
            args.limit.min(5)
        };
        for packed in source.packed.iter().take(most) {
            let cell = packed.cell.replace('\n', "⏎");
            writeln!(
                out,
                "    {}:{}: {cell} ⇒ {}",
                source.path.display(),
                packed.spot,
                packed.parts
            )?;
        }
        if all > most {
            writeln!(out, "    … and {} more (--limit 0 shows all)", all - most)?;
        }
    }
    writeln!(out)
}

fn encoded(encoding: &Encoding) -> String {
    let mut text = match encoding.name {
        "gb18030" => "GB18030 (GBK)".to_owned(),
        name => name.to_owned(),
    };
    if encoding.known == Known::Said {
        text.push_str(", as said");
    } else if encoding.known == Known::Guessed {
        text.push_str(", guessed (--encoding names another)");
    }
    if encoding.bom {
        text.push_str(", with a byte-order mark");
    }
    if encoding.crlf {
        text.push_str(", lines end in CR LF");
    }
    text
}

/// Remarks, the first few of each kind, by their places.
fn remarks(source: &Source, out: &mut Out) -> io::Result<()> {
    const EACH: usize = 3;
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for remark in &source.remarks {
        let count = kinds.entry(remark.kind).or_default();
        *count += 1;
        if *count > EACH {
            continue;
        }
        let place = if remark.spot.line == 0 {
            String::new()
        } else {
            format!(":{}", remark.spot)
        };
        let (path, message) = (source.path.display(), &remark.message);
        writeln!(out, "  {path}{place}: {message}")?;
    }
    for (kind, count) in kinds.into_iter().filter(|(_, count)| *count > EACH) {
        let more = count - EACH;
        writeln!(out, "  … and {more} more of this kind ({kind})")?;
    }
    Ok(())
}

fn shown(
    row: &Planned,
    plan: &Plan,
    sources: &[Source],
    policy: OnConflict,
    out: &mut Out,
) -> io::Result<()> {
    let path = sources
        .get(row.file)
        .map_or(String::new(), |source| source.path.display().to_string());
    let place = styled(style::FAINT, format!("{path}:{}", row.spot));
    let sign = match row.class {
        Class::New => '+',
        Class::Updated => '~',
        Class::Unchanged => '=',
        Class::Conflict => '!',
        Class::Rejected => '×',
    };
    if row.class == Class::Rejected {
        let term = [&row.zh, &row.en].into_iter().find(|t| !t.is_empty());
        let term = term.map_or(String::new(), |term| format!(" `{term}`:"));
        return writeln!(out, "  {sign} {path}:{}:{term} {}", row.spot, row.reason);
    }
    let there = row.line.map_or(String::new(), |line| {
        format!("  {}:{line}", plan.into.display())
    });
    let joined = if row.joined && row.reason.is_empty() {
        "  (joins a row above)"
    } else {
        ""
    };
    let reason = if row.reason.is_empty() {
        String::new()
    } else {
        format!("  {}", row.reason)
    };
    writeln!(
        out,
        "  {sign} {} = {}  {place}{there}{joined}{reason}",
        row.zh, row.en
    )?;
    for change in &row.changes {
        let old = if change.old.is_empty() {
            "—"
        } else {
            &change.old
        };
        let kept = matches!(policy, OnConflict::Keep | OnConflict::Stop);
        let arrow = if row.class == Class::Conflict && kept {
            "≠"
        } else {
            "→"
        };
        writeln!(out, "      {}: {old} {arrow} {}", change.column, change.new)?;
    }
    Ok(())
}

fn summary(plan: &Plan, args: &Args, out: &mut Out) -> io::Result<()> {
    let counts: Vec<String> = Class::ALL
        .iter()
        .map(|class| format!("{} {}", plan.count(*class), class.name()))
        .collect();
    writeln!(
        out,
        "\n{} read = {}",
        plural(plan.read(), "row"),
        counts.join(" + ")
    )?;
    let joined = plan.joined();
    if joined > 0 {
        let say = if joined == 1 { "says" } else { "say" };
        writeln!(
            out,
            "{joined} of them {say} more of a concept that another row names too"
        )?;
    }
    let done = format!(
        "{} added, {} changed",
        plural(plan.added, "concept"),
        plan.changed
    );
    match (plan.written, plan.changes()) {
        (true, _) => writeln!(out, "written: {done}, in {}", plan.into.display()),
        (false, true) => writeln!(out, "not written yet: {done}; --write does it"),
        (false, false)
            if args.write
                && plan.count(Class::Conflict) > 0
                && matches!(args.on_conflict, OnConflict::Stop) =>
        {
            writeln!(out, "nothing written: there are conflicts")
        }
        (false, false) => writeln!(out, "nothing to write"),
    }
}

fn json(plan: &Plan, sources: &[Source], refused: &[Error]) -> Value {
    let spot = |spot: &crate::glossary::exchange::Spot| json!({"sheet": spot.sheet.as_deref(), "line": spot.line, "column": spot.column});
    let column = |c: &import::Column| json!({"name": c.name, "becomes": c.becomes(), "why": c.why});
    let file = |source: &Source| {
        let tables: Vec<Value> = source
            .tables
            .iter()
            .map(|table| {
                let columns: Vec<Value> = table.layout.columns.iter().map(column).collect();
                json!({"sheet": table.sheet, "header_line": table.header_line, "columns": columns})
            })
            .collect();
        let remarks: Vec<Value> = source
            .remarks
            .iter()
            .map(|r| json!({"at": spot(&r.spot), "kind": r.kind, "message": r.message}))
            .collect();
        let packed: Vec<Value> = source
            .packed
            .iter()
            .map(|p| json!({"at": spot(&p.spot), "cell": p.cell, "parts": p.parts}))
            .collect();
        json!({
            "path": source.path,
            "format": source.format,
            "encoding": source.encoding.as_ref().map(|e| json!({"name": e.name, "guessed": e.known == Known::Guessed, "said": e.known == Known::Said, "bom": e.bom, "crlf": e.crlf})),
            "rows": source.read(),
            "tables": tables,
            "remarks": remarks,
            "packed": packed,
        })
    };
    let row = |row: &Planned| {
        let changes: Vec<Value> = row
            .changes
            .iter()
            .map(|c| json!({"column": c.column, "old": c.old, "new": c.new}))
            .collect();
        json!({
            "file": sources.get(row.file).map(|s| &s.path),
            "at": spot(&row.spot),
            "rows": row.rows,
            "class": row.class.name(),
            "zh": row.zh,
            "en": row.en,
            "line": row.line,
            "joined": row.joined,
            "changes": changes,
            "reason": row.reason,
        })
    };
    let count = |class: Class| plan.count(class);
    json!({
        "schema": "zhengming.import/1",
        "into": plan.into,
        "written": plan.written,
        "files": sources.iter().map(file).collect::<Vec<_>>(),
        "refused": refused.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "rows": plan.rows.iter().map(row).collect::<Vec<_>>(),
        "summary": {
            "read": plan.read(),
            "new": count(Class::New),
            "updated": count(Class::Updated),
            "unchanged": count(Class::Unchanged),
            "conflict": count(Class::Conflict),
            "rejected": count(Class::Rejected),
            "joined": plan.joined(),
            "concepts_before": plan.there,
            "concepts_added": plan.added,
            "concepts_changed": plan.changed,
        },
    })
}
