//! `zm index build|verify|status`.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::Subcommand;
use serde_json::{Value, json};

use super::Global;
use super::out::{Exit, Failure, Format, Out, padded};
use crate::error::Error;
use crate::finding::Finding;
use crate::memory::{Stats, lock_index};
use crate::project::Project;
use crate::report::json::record;
use crate::text::count::{plural, thousands};
use crate::text::width::width;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The index is made from the memory files and brought up to date by itself.
Deleting its folder loses nothing.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Command {
    /// Make the index anew from the memory files
    Build {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Compare the index with its checksums, and bring it up to date; a damaged one is made anew
    Verify {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// The memories, their sizes, and the index
    Status {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let project = global.project()?;
        let Some(index) = project.index() else {
            let message = if project.memories.is_empty() {
                "there is no workspace here to index; `zm init` makes one"
            } else {
                "what --memory names is read without an index: without it, the memories of the workspace are indexed"
            };
            return Err(Error::Usage(message.into()).into());
        };
        match self.command {
            Command::Build { format } => {
                clear(&index)?;
                update(&project, &index, None, format, out)
            }
            Command::Verify { format } => {
                let opened = project.memory()?;
                out.notices(&opened.findings);
                let damage = opened.value.verify();
                if let Some(damage) = &damage {
                    out.note(format!("{}: {damage}: made anew", index.display()));
                    clear(&index)?;
                }
                update(&project, &index, damage.as_deref(), format, out)
            }
            Command::Status { format } => status(&project, &index, format, out),
        }
    }
}

/// Empties the index folder but for what a person keeps there (an ignore file)
/// and the lock of those that build it, who are waited for: what they write must
/// not be taken away from them.
fn clear(index: &Path) -> Result<(), Error> {
    if !index.is_dir() {
        return Ok(());
    }
    let _lock = lock_index(index)?;
    let entries = match fs::read_dir(index) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Error::io("list", index, e)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| Error::io("list", index, e))?;
        let path = entry.path();
        let name = entry.file_name();
        if name == ".gitignore" || path.extension().is_some_and(|e| e == "lock") {
            continue;
        }
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.map_err(|e| Error::io("remove", &path, e))?;
    }
    Ok(())
}

/// Opens the memory, which reads its sources, and commits.
fn update(
    project: &Project,
    index: &Path,
    damage: Option<&str>,
    format: Format,
    out: &mut Out,
) -> Result<Exit, Failure> {
    let memory = project.memory()?;
    memory.value.commit()?;
    let mut findings = memory.findings;
    findings.extend(memory.value.notices());
    out.notices(&findings);
    let stats = memory.value.stats();
    if format == Format::Json {
        out.json_pretty(&object(index, &stats, damage, &findings))?;
    } else {
        let units: usize = stats.iter().map(|s| s.units).sum();
        let units = plural(units, "unit");
        writeln!(out, "the index holds {units} and is up to date")?;
    }
    Ok(if findings.is_empty() {
        Exit::Fine
    } else {
        Exit::Findings
    })
}

/// What every part of this command says to programs.
fn object(index: &Path, stats: &[Stats], damage: Option<&str>, findings: &[Finding]) -> Value {
    let one = |s: &Stats| json!({"name": s.name, "path": s.path, "units": s.units});
    let memories: Vec<_> = stats.iter().map(one).collect();
    json!({
        "schema": "zhengming.index/1",
        "index": index,
        "bytes": size(index),
        "memories": memories,
        "damage": damage,
        "findings": findings.iter().map(record).collect::<Vec<_>>(),
    })
}

fn status(project: &Project, index: &Path, format: Format, out: &mut Out) -> Result<Exit, Failure> {
    let memory = project.memory()?;
    out.notices(&memory.findings);
    let stats = memory.value.stats();
    if format == Format::Json {
        out.json_pretty(&object(index, &stats, None, &memory.findings))?;
        return Ok(Exit::Fine);
    }
    let columns = stats.iter().map(|s| width(&s.name)).max().unwrap_or(0);
    for one in &stats {
        let name = padded(&one.name, columns);
        writeln!(
            out,
            "{name}  {:>9} units  {}",
            thousands(one.units),
            one.path.display()
        )?;
    }
    writeln!(
        out,
        "index: {} ({} KB)",
        index.display(),
        size(index).div_ceil(1024)
    )?;
    Ok(Exit::Fine)
}

/// The bytes of the files in a folder and in those inside it.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(data) if data.is_dir() => size(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_is_being_built_is_not_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index");
        let new = index.join("memory.new");
        clear(&index).unwrap();
        fs::create_dir_all(&new).unwrap();
        let lock = lock_index(&index).unwrap();
        std::thread::scope(|scope| {
            let clearing = scope.spawn(|| clear(&index));
            std::thread::sleep(std::time::Duration::from_millis(50));
            assert!(new.is_dir());
            drop(lock);
            clearing.join().unwrap().unwrap();
        });
        assert!(!new.exists() && index.join("memory.lock").exists());
    }
}
