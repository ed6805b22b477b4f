//! A plan as lines to read, for a screen: what would change, and what is doubtful.

use super::{Class, Plan, Planned, Source};
use crate::glossary::exchange::Known;

/// At most so many rows of a class that needs nobody's eye.
const MANY: usize = 200;

/// The lines: `#` begins a heading, a tab parts two columns.
pub fn preview(plan: &Plan, sources: &[Source]) -> Vec<String> {
    let mut lines = Vec::new();
    for source in sources {
        let name = source.path.file_name().unwrap_or_default();
        lines.push(format!("#{}", name.to_string_lossy()));
        lines.push(format!("format\t{}, {} rows", source.format, source.read()));
        if let Some(encoding) = &source.encoding {
            let guessed = encoding.known == Known::Guessed;
            let guess = if guessed { " (guessed)" } else { "" };
            lines.push(format!("encoding\t{}{guess}", encoding.name));
        }
        for column in source.tables.iter().flat_map(|table| &table.layout.columns) {
            let to = column
                .becomes()
                .unwrap_or_else(|| format!("not imported ({})", column.left_out()));
            lines.push(format!("column\t{} → {to}", column.name));
        }
        if !source.packed.is_empty() {
            let command = "zm glossary import --split parts them";
            lines.push(format!(
                "packed\t{} cells hold more than one term; {command}",
                source.packed.len()
            ));
        }
        let remarks = source.remarks.iter().take(MANY);
        lines.extend(remarks.map(|remark| match remark.spot.line {
            0 => format!("remark\t{}", remark.message),
            _ => format!("{}\t{}", remark.spot, remark.message),
        }));
    }
    // What wants an eye comes first.
    for class in [
        Class::Conflict,
        Class::Rejected,
        Class::Updated,
        Class::New,
        Class::Unchanged,
    ] {
        let count = plan.count(class);
        if count == 0 {
            continue;
        }
        lines.push(String::new());
        lines.push(format!("#{} {count}", class.name()));
        let rows: Vec<&Planned> = plan.rows.iter().filter(|row| row.class == class).collect();
        let most = if matches!(class, Class::New | Class::Unchanged) {
            MANY
        } else {
            rows.len()
        };
        for row in rows.iter().take(most) {
            lines.extend(shown(row));
        }
        if rows.len() > most {
            lines.push(format!("\t… and {} more", rows.len() - most));
        }
    }
    lines
}

fn shown(row: &Planned) -> Vec<String> {
    let reason = if row.reason.is_empty() {
        String::new()
    } else {
        format!("  ({})", row.reason)
    };
    let terms = match (row.zh.is_empty(), row.en.is_empty()) {
        (true, true) => String::new(),
        _ => format!("{} = {}", row.zh, row.en),
    };
    let mut lines = vec![format!("{}\t{terms}{reason}", row.spot)];
    lines.extend(row.changes.iter().map(|change| {
        let arrow = if row.class == Class::Conflict {
            "≠"
        } else {
            "→"
        };
        let old = if change.old.is_empty() {
            "—"
        } else {
            &change.old
        };
        format!("\t{}: {old} {arrow} {}", change.column, change.new)
    }));
    lines
}
