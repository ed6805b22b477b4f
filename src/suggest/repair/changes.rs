//! Where the match's source and the segment differ, by whole items.

use super::Item;
use crate::span::Span;
use crate::text::distance::{Op, diff};

/// A stretch of the old text and the stretch of the new one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) old: Span,
    pub(super) new: Span,
}

/// The differences, each grown until no item is cut by its edge.
pub(super) fn changes(old: &str, new: &str, old_items: &[Item], new_items: &[Item]) -> Vec<Change> {
    let pieces = diff(old, new);
    let mut changes = Vec::new();
    let (mut o, mut n) = (0, 0);
    let mut open: Option<(usize, usize)> = None;
    for (op, text) in &pieces {
        if *op == Op::Equal {
            if let Some((from_old, from_new)) = open.take() {
                changes.push(Change {
                    old: Span::new(from_old, o),
                    new: Span::new(from_new, n),
                });
            }
        } else {
            open.get_or_insert((o, n));
        }
        o += if *op == Op::Insert { 0 } else { text.len() };
        n += if *op == Op::Delete { 0 } else { text.len() };
    }
    if let Some((from_old, from_new)) = open {
        changes.push(Change {
            old: Span::new(from_old, o),
            new: Span::new(from_new, n),
        });
    }
    // Growing one may make it meet the next: repeat until nothing moves.
    loop {
        let grown = changes.iter().map(|c| grow(*c, old_items, new_items));
        let grown = merge(grown.collect());
        if grown == changes {
            return changes;
        }
        changes = grown;
    }
}

/// A change with the items it cuts taken in whole, on both sides alike: what
/// lies between two changes is the same text in both.
fn grow(mut change: Change, old_items: &[Item], new_items: &[Item]) -> Change {
    for item in old_items.iter().map(Item::span) {
        if cuts(change.old, item) {
            widen(&mut change.old, &mut change.new, item);
        }
    }
    for item in new_items.iter().map(Item::span) {
        if cuts(change.new, item) {
            widen(&mut change.new, &mut change.old, item);
        }
    }
    change
}

/// Whether a change touches the inside of an item. An insertion at its very
/// edge does not, and a change that is empty here may still lie inside.
fn cuts(change: Span, item: Span) -> bool {
    change.overlaps(item)
        || (change.is_empty() && item.start < change.start && change.end < item.end)
}

/// Widens one side to cover an item, and the other by as many bytes of equal text.
fn widen(own: &mut Span, other: &mut Span, item: Span) {
    let left = own.start.saturating_sub(item.start);
    let right = item.end.saturating_sub(own.end);
    own.start -= left;
    own.end += right;
    other.start = other.start.saturating_sub(left);
    other.end += right;
}

/// Changes that meet become one.
fn merge(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::new();
    for change in changes {
        match merged.last_mut() {
            Some(last) if change.old.start < last.old.end || change.new.start < last.new.end => {
                last.old.end = last.old.end.max(change.old.end);
                last.new.end = last.new.end.max(change.new.end);
            }
            _ => merged.push(change),
        }
    }
    merged
}
