//! An import, told to people.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Args, OnConflict};
use crate::cli::out::{Out, most, style, styled};
use crate::glossary::exchange::{Encoding, Known};
use crate::glossary::import::{Class, Plan, Planned, Source};
use crate::text::count::plural;
use crate::text::decode;

impl Args {
    pub(super) fn human(&self, plan: &Plan, sources: &[Source], out: &mut Out) -> io::Result<()> {
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
            let most = most(if doubtful { 0 } else { self.limit });
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
    remarks(source, args.limit, out)?;
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
    let mut text = decode::spoken(encoding.name).to_owned();
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

/// Remarks, the first few of each kind (all of them where the limit is 0), by their places.
fn remarks(source: &Source, limit: usize, out: &mut Out) -> io::Result<()> {
    let each = if limit == 0 { usize::MAX } else { limit.min(3) };
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for remark in &source.remarks {
        let count = kinds.entry(remark.kind).or_default();
        *count += 1;
        if *count > each {
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
    for (kind, count) in kinds.into_iter().filter(|(_, count)| *count > each) {
        let more = count - each;
        writeln!(
            out,
            "  … and {more} more of this kind ({kind}; --limit 0 shows all)"
        )?;
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
