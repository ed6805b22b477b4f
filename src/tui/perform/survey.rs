//! What the workspace holds, and how far each document is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::open;
use crate::error::Result;
use crate::project::Project;
use crate::session;
use crate::tui::action::{DocumentRow, GlossaryRow, MemoryRow, Progress, Survey};

/// What the workspace holds, by name; documents worked on last come first.
pub(super) fn survey(project: &Project) -> Result<Survey> {
    let mut documents: Vec<(Option<SystemTime>, PathBuf)> = project
        .documents()?
        .into_iter()
        .map(|path| {
            let work = fs::metadata(session::work::path(&path));
            (work.and_then(|work| work.modified()).ok(), path)
        })
        .collect();
    documents.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let row = |(begun, path): (Option<SystemTime>, PathBuf)| DocumentRow {
        name: project.name(&path),
        path,
        begun: begun.is_some(),
        direction: None,
        progress: None,
        trouble: None,
    };
    let glossaries = project.glossary_files()?.into_iter();
    let memories = project.memory_files()?.into_iter();
    let root = project.root.as_ref();
    let root = root.and_then(|root| {
        fs::canonicalize(if root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            root
        })
        .ok()
    });
    let name = root.as_ref().and_then(|root| root.file_name());
    Ok(Survey {
        name: name.map_or_else(
            || "no workspace here: `zm init` makes one".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        ),
        absent: project.root.is_none(),
        documents: documents.into_iter().map(row).collect(),
        glossaries: glossaries
            .map(|path| GlossaryRow {
                name: project.name(&path),
                path,
                concepts: None,
            })
            .collect(),
        memories: memories
            .map(|path| MemoryRow {
                name: path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                units: None,
            })
            .collect(),
    })
}

/// How far a document is.
pub(super) fn measure(project: &Project, mut row: DocumentRow) -> DocumentRow {
    match open(project, &row.path, None) {
        Ok(parsed) => {
            row.direction = Some((parsed.value.from(), parsed.value.to));
            row.progress = Some(Progress::of(&parsed.value));
        }
        Err(why) => row.trouble = Some(why.to_string()),
    }
    row
}
