//! What became of an import, for programs.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::cli::out::{Failure, Out};
use crate::error::Error;
use crate::format::exchange::{Layout, Refused};
use crate::memory::import::{Event, Report};

/// For programs: all of it, written as it comes.
#[derive(Debug)]
pub(super) struct Json {
    begun: bool,
    notes: Vec<serde_json::Value>,
    /// Notes that are not kept.
    more: u64,
    /// Whether it could be written so far.
    pub(super) failed: Result<(), Failure>,
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
    pub(super) fn take(&mut self, out: &mut Out, event: &Event<'_>) {
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
    pub(super) fn end(&mut self, error: Error, out: &mut Out) -> Result<Report, Failure> {
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

    pub(super) fn print(
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
