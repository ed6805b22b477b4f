//! What became of an import, for people.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use crate::cli::out::{Failure, Out, most, style, styled};
use crate::format::exchange::Layout;
use crate::memory::import::{Event, Report};
use crate::text::chars::one_line;
use crate::text::count::{plural, thousands};
use crate::text::decode;
use crate::text::stream::Spot;

/// Reasons kept apart.
const REASONS: usize = 100;

/// Rejected units of one reason.
#[derive(Debug, Default)]
struct Reason {
    count: u64,
    /// The first of them.
    shown: Vec<String>,
}

/// For people: the first units of each reason, and how many more there are.
#[derive(Debug)]
pub(super) struct Human {
    /// The most units shown for each reason.
    most: usize,
    reasons: BTreeMap<String, Reason>,
    notes: BTreeMap<String, Reason>,
}

impl Human {
    /// Shows so many units for each reason; 0 for all.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            most: most(limit),
            reasons: BTreeMap::new(),
            notes: BTreeMap::new(),
        }
    }

    pub(super) fn take(&mut self, out: &mut Out, event: &Event<'_>) {
        match event {
            Event::Rejected(path, refused) => {
                let shown = format!(
                    "{}  {}",
                    place(path, refused.spot),
                    one_line(&refused.quote)
                );
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

    pub(super) fn print(
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

fn place(path: &Path, spot: Spot) -> String {
    format!("{}:{}:{}", path.display(), spot.line, spot.column)
}
