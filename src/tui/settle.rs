//! Conflicts of a merge, as the glossary browser lists them: each side is a row
//! that can be taken.

use std::path::Path;
use std::sync::Arc;

use crate::glossary::merge::{Take, conflicts};
use crate::model::concept::Origin;
use crate::text::fold::fold;
use crate::tsv;
use crate::tui::action::ConceptLine;

/// What can be taken to settle the conflicts that a merge has left in a glossary.
pub(super) fn unsettled(path: &Arc<Path>) -> Vec<ConceptLine> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut rows = Vec::new();
    for conflict in conflicts(&text) {
        let stands = conflict
            .row
            .and_then(|row| text.lines().nth(row as usize - 1));
        let sides = [
            ("ours", conflict.ours.as_deref(), Take::Ours),
            ("theirs", conflict.theirs.as_deref(), Take::Theirs),
            ("as it stands", stands, Take::Row),
        ];
        for (side, row, take) in sides {
            let cells: Vec<_> = row.map(|row| tsv::cells(row).collect()).unwrap_or_default();
            let mut cells = cells.iter().filter(|cell| !cell.trim().is_empty());
            let first = cells.next().map_or("(deleted)", |cell| cell);
            let rest: Vec<&str> = cells.map(|cell| &**cell).collect();
            rows.push(ConceptLine {
                zh: format!("{side}: {first}"),
                en: rest.join(" · "),
                avoid: String::new(),
                place: format!("conflict in {} {name}:{}", conflict.columns, conflict.line),
                key: fold(&format!("{side} {first} {} conflict", rest.join(" "))),
                origin: Origin {
                    path: Arc::clone(path),
                    line: conflict.row.unwrap_or(conflict.line),
                },
                settles: Some((conflict.line, take)),
            });
        }
    }
    rows
}
