//! Files of other programs, into the workspace's own glossary.

use std::path::PathBuf;

use crate::error::Result;
use crate::glossary::import::{self, Class, Options, Plan, preview};
use crate::lang::Lang;
use crate::project::Project;
use crate::report::plural;
use crate::tui::action::{Answer, Imported, Ticket};

/// Compares a file with the workspace's own glossary, and imports it where asked.
pub(super) fn import(project: &Project, ticket: Ticket, path: PathBuf, write: bool) -> Answer {
    let done = imported(project, path, write);
    Answer::Imported(ticket, done.map_err(|why| why.to_string()))
}

fn imported(project: &Project, path: PathBuf, write: bool) -> Result<Imported> {
    let options = Options {
        home: Some(project.target(Lang::En, None)),
        ..Options::default()
    };
    let file = match &project.root {
        Some(root) if !path.exists() => root.join(&path),
        _ => path.clone(),
    };
    let sources = [import::read(&file, &options)?];
    let into = project.own_glossary()?;
    let plan = if write {
        import::write(&into, &sources, &options)?
    } else {
        import::dry_run(&into, &sources, &options)?
    };
    Ok(Imported {
        path,
        lines: preview(&plan, &sources),
        summary: summary(&plan, &project.name(&into)),
        changes: plan.changes(),
        written: plan.written,
    })
}

/// What an import would do to a glossary, or has done and has left out.
fn summary(plan: &Plan, place: &str) -> String {
    let counts = |classes: &[Class]| {
        let counts = classes.iter().map(|class| (plan.count(*class), class));
        let counts = counts.filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, class)| format!("{count} {}", class.name()))
            .collect();
        counts.join(", ")
    };
    if !plan.written {
        let rows = plural(plan.read(), "row");
        return format!("{rows}: {} for {place}", counts(&Class::ALL));
    }
    let added = plural(plan.added, "concept");
    let left = counts(&[Class::Conflict, Class::Rejected]);
    let left = if left.is_empty() {
        left
    } else {
        format!("; not taken: {left}")
    };
    format!("{added} added, {} changed in {place}{left}", plan.changed)
}
