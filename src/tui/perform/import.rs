//! Files of other programs, into the workspace's own glossary.

use super::preview::preview;
use crate::error::Result;
use crate::glossary::import::{self, Class, Options, Plan, Policy};
use crate::lang::Lang;
use crate::project::Project;
use crate::text::count::plural;
use crate::tui::action::{Answer, Imported, Ticket, ToImport};

/// Compares a file with the workspace's own glossary, and imports it where asked.
pub(super) fn import(project: &Project, ticket: Ticket, asked: ToImport, write: bool) -> Answer {
    let done = imported(project, asked, write);
    Answer::Imported(ticket, done.map_err(|why| why.to_string()))
}

fn imported(project: &Project, asked: ToImport, write: bool) -> Result<Imported> {
    let options = Options {
        home: Some(project.target(Lang::En, None)),
        ..asked.options.clone()
    };
    let file = match &project.root {
        Some(root) if !asked.path.exists() => root.join(&asked.path),
        _ => asked.path.clone(),
    };
    let sources = [import::read(&file, &options)?];
    let into = match &asked.into {
        Some(into) => into.clone(),
        None => project.own_glossary()?,
    };
    let plan = if write {
        import::write(&into, &sources, &options)?
    } else {
        import::dry_run(&into, &sources, &options)?
    };
    Ok(Imported {
        lines: preview(&plan, &sources, &options),
        summary: summary(&plan, &project.name(&into), options.policy),
        changes: plan.changes(),
        written: plan.written,
        asked,
    })
}

/// What an import would do to a glossary, or has done and has left out.
fn summary(plan: &Plan, place: &str, policy: Policy) -> String {
    let counts = |classes: &[Class]| {
        let counts = classes.iter().map(|class| (plan.count(*class), class));
        let counts = counts.filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, class)| match class {
                Class::Conflict => format!("{count} in conflict"),
                class => format!("{count} {}", class.name()),
            })
            .collect();
        counts.join(", ")
    };
    if !plan.written {
        let rows = plural(plan.read(), "row");
        return format!("{rows} for {place}: {}", counts(&Class::ALL));
    }
    let added = plural(plan.added, "concept");
    let left = match policy {
        Policy::Keep | Policy::Stop => counts(&[Class::Conflict, Class::Rejected]),
        Policy::Take | Policy::Both => counts(&[Class::Rejected]),
    };
    let left = if left.is_empty() {
        left
    } else {
        format!("; not taken: {left}")
    };
    format!("{added} added, {} changed in {place}{left}", plan.changed)
}
