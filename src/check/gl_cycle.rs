//! Rows that supersede each other in a circle, or are superseded by nothing.

use super::shelf::{Entry, Remark, Shelf};
use super::{Check, Level, Run};
use crate::finding::Severity;
use crate::glossary::{ConceptId, Field};
use crate::lang::Lang;
use crate::text::chars::{is_han, quoted};
use crate::text::fold::fold;
use std::collections::HashMap;

pub(super) const CHECK: Check = Check {
    id: "gl-cycle",
    level: Level::Error,
    mqm: "terminology/termbase",
    page: include_str!("gl_cycle.md"),
    run: Run::Glossary(run),
};

/// What a row says took its place.
enum Next {
    /// Nothing did.
    None,
    /// Another row.
    Row(u32),
    /// A rendering that no row has.
    Text,
    /// An id that no row has.
    Lost,
}

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    let with_id = shelf.iter().filter(|(_, e)| !e.concept().id.is_empty());
    // Of two rows with one id the first counts.
    let mut ids: HashMap<&str, u32> = HashMap::new();
    for (id, entry) in with_id {
        ids.entry(&entry.row.concept.id).or_insert(id.0);
    }
    let next: Vec<Next> = shelf
        .iter()
        .map(|(id, e)| next(shelf, id, e, &ids))
        .collect();
    for (entry, next) in shelf.entries.iter().zip(&next) {
        remarks.extend(lost(shelf, entry, next));
    }
    circles(shelf, &next, remarks);
}

/// The row that took a row's place: the one with that id, else one with that term.
fn next(shelf: &Shelf<'_>, id: ConceptId, entry: &Entry<'_>, ids: &HashMap<&str, u32>) -> Next {
    let by = &*entry.row.concept.superseded_by;
    if by.is_empty() {
        return Next::None;
    }
    if let Some(row) = ids.get(by) {
        return Next::Row(*row);
    }
    let folded = fold(by);
    let rows = [Lang::Zh, Lang::En].into_iter();
    let rows = rows.flat_map(|lang| shelf.named(lang, folded.trim()));
    let rows = rows.filter(|n| shelf.at(**n).is_some_and(|(_, term)| term.is_right()));
    // A row that still holds, rather than one that has been superseded in turn.
    let best = rows.map(|n| n.entry).min_by_key(|row| {
        let holds = shelf.entries.get(*row as usize);
        let holds = holds.is_some_and(|e| e.concept().superseded_by.is_empty());
        (*row == id.0, !holds, *row)
    });
    match best {
        Some(row) => Next::Row(row),
        None if is_id(by, ids.is_empty()) => Next::Lost,
        None => Next::Text,
    }
}

/// Whether a name reads as an id and not as a rendering.
fn is_id(by: &str, none: bool) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/#".contains(c);
    let coded = by.contains(|c: char| c.is_ascii_digit() || "-_.:/#".contains(c));
    !none && by.chars().all(plain) && coded && !by.contains(is_han)
}

fn lost(shelf: &Shelf<'_>, entry: &Entry<'_>, next: &Next) -> Option<Remark> {
    let at = cell(shelf, entry);
    let by = quoted(&entry.concept().superseded_by);
    match next {
        Next::None | Next::Row(_) => None,
        Next::Lost => Some(Remark {
            at_most: Severity::Warning,
            ..Remark::new(at, format!("superseded by {by}, and no row has that id"))
        }),
        Next::Text => {
            let message =
                format!("superseded by {by}, which no row has: nothing says how it is rendered");
            Some(Remark::note(at, message))
        }
    }
}

/// Each circle once, at its first row.
fn circles(shelf: &Shelf<'_>, next: &[Next], remarks: &mut Vec<Remark>) {
    // 0: not seen; else the number of the walk that came through.
    let mut seen = vec![0u32; next.len()];
    for (walk, start) in (1..).zip(0..next.len()) {
        let mut path = Vec::new();
        let mut at = start;
        while seen.get(at) == Some(&0) {
            if let Some(mark) = seen.get_mut(at) {
                *mark = walk;
            }
            path.push(at);
            match next.get(at) {
                Some(Next::Row(row)) => at = *row as usize,
                _ => break,
            }
        }
        let closed = matches!(
            path.last().and_then(|last| next.get(*last)),
            Some(Next::Row(_))
        );
        let Some(from) = path.iter().position(|row| *row == at).filter(|_| closed) else {
            continue;
        };
        let mut circle: Vec<usize> = path.get(from..).unwrap_or_default().to_vec();
        circle.sort_unstable();
        let mut entries = circle.iter().filter_map(|row| shelf.entries.get(*row));
        let Some(first) = entries.next() else {
            continue;
        };
        let rest: Vec<_> = entries.collect();
        let message = if rest.is_empty() {
            "superseded by itself".to_owned()
        } else {
            let places = rest.iter().map(|other| shelf.name(other, first));
            let places: Vec<_> = places.take(5).collect();
            let places = places.join(", ");
            format!("superseded in a circle with {places}: none of them holds")
        };
        remarks.push(Remark {
            related: rest.iter().map(|other| cell(shelf, other)).collect(),
            ..Remark::new(cell(shelf, first), message)
        });
    }
}

fn cell(shelf: &Shelf<'_>, entry: &Entry<'_>) -> super::Spot {
    let sheet = shelf.sheets.get(entry.sheet as usize);
    let span = sheet.and_then(|sheet| sheet.cell(entry.row, Field::SupersededBy));
    span.map_or_else(|| entry.whole(), |span| entry.spot(span))
}
