//! An import, told to programs.

use serde_json::{Value, json};

use crate::error::Error;
use crate::glossary::exchange::{Known, Spot};
use crate::glossary::import::{Class, Column, Plan, Planned, Source};

pub(super) fn json(plan: &Plan, sources: &[Source], refused: &[Error]) -> Value {
    let spot = |spot: &Spot| json!({"sheet": spot.sheet.as_deref(), "line": spot.line, "column": spot.column});
    let column = |c: &Column| json!({"name": c.name, "becomes": c.becomes(), "why": c.why});
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
