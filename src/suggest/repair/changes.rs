//! Where the match's source and the segment differ, by whole items.

use crate::span::Span;
use crate::text::distance::{Op, diff};

/// A stretch of the old text and the stretch of the new one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) old: Span,
    pub(super) new: Span,
}

/// A stretch of both texts that is the same in them, or differs.
#[derive(Debug, Clone, Copy)]
struct Piece {
    both: Change,
    same: bool,
}

/// The differences, each grown until no item is cut by its edge.
pub(super) fn changes(old: &str, new: &str, old_items: &[Span], new_items: &[Span]) -> Vec<Change> {
    let pieces = pieces(old, new);
    let differing = pieces.iter().filter(|piece| !piece.same);
    let mut changes: Vec<Change> = differing.map(|piece| piece.both).collect();
    // Growing one may make it meet the next: repeat until nothing moves.
    loop {
        let grown = changes
            .iter()
            .map(|change| grow(*change, &pieces, old_items, new_items));
        let grown = merge(grown.collect());
        if grown == changes {
            return changes;
        }
        changes = grown;
    }
}

/// Both texts in stretches, from their beginnings to their ends.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut o, mut n) = (0, 0);
    for (op, text) in diff(old, new) {
        let (from_old, from_new) = (o, n);
        o += if op == Op::Insert { 0 } else { text.len() };
        n += if op == Op::Delete { 0 } else { text.len() };
        let both = Change {
            old: Span::new(from_old, o),
            new: Span::new(from_new, n),
        };
        let same = op == Op::Equal;
        match pieces.last_mut() {
            Some(last) if !last.same && !same => last.both = last.both.with(both),
            _ => pieces.push(Piece { both, same }),
        }
    }
    pieces
}

impl Change {
    /// The least change that holds both.
    fn with(self, other: Self) -> Self {
        let around = |a: Span, b: Span| Span {
            start: a.start.min(b.start),
            end: a.end.max(b.end),
        };
        Self {
            old: around(self.old, other.old),
            new: around(self.new, other.new),
        }
    }
}

/// A change with the items it cuts taken in whole, on both sides alike.
fn grow(change: Change, pieces: &[Piece], old_items: &[Span], new_items: &[Span]) -> Change {
    let mut grown = change;
    for item in old_items.iter().filter(|item| cuts(change.old, **item)) {
        let sides = pieces.iter().map(|p| (p.both.old, p.both.new, p.same));
        if let Some(new) = across(*item, sides) {
            grown = grown.with(Change { old: *item, new });
        }
    }
    for item in new_items.iter().filter(|item| cuts(change.new, **item)) {
        let sides = pieces.iter().map(|p| (p.both.new, p.both.old, p.same));
        if let Some(old) = across(*item, sides) {
            grown = grown.with(Change { old, new: *item });
        }
    }
    grown
}

/// Whether a change touches the inside of an item. An insertion at its very
/// edge does not, and a change that is empty here may still lie inside.
fn cuts(change: Span, item: Span) -> bool {
    change.overlaps(item)
        || (change.is_empty() && item.start < change.start && change.end < item.end)
}

/// Where a stretch of one text lies in the other, by `(here, there, same)` of
/// the pieces: an edge within what is the same lies as far into it there, an
/// edge within what differs moves out to the edge of that.
fn across(item: Span, sides: impl Iterator<Item = (Span, Span, bool)>) -> Option<Span> {
    let (mut start, mut end) = (None, None);
    for (here, there, same) in sides {
        if here.start <= item.start && item.start < here.end {
            let into = if same { item.start - here.start } else { 0 };
            start = Some(there.start + into);
        }
        if here.start < item.end && item.end <= here.end {
            let left = if same { here.end - item.end } else { 0 };
            end = Some(there.end - left);
        }
    }
    Some(Span {
        start: start?,
        end: end?,
    })
}

/// Changes that meet become one.
fn merge(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::new();
    for change in changes {
        match merged.last_mut() {
            Some(last) if change.old.start < last.old.end || change.new.start < last.new.end => {
                *last = last.with(change);
            }
            _ => merged.push(change),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(
        old: &'a str,
        new: &'a str,
        [old_item, new_item]: [&str; 2],
    ) -> Vec<(&'a str, &'a str)> {
        let items = |text, item| [Span::find(text, item).unwrap()];
        let changes = changes(old, new, &items(old, old_item), &items(new, new_item));
        let texts = changes.iter().map(|c| (c.old.of(old), c.new.of(new)));
        texts.collect()
    }

    #[test]
    fn an_item_that_differs_in_several_places_is_one_change() {
        for items in [
            ["2024年3月5日", "2025年12月1日"],
            ["三百二十万元", "五百万元"],
            ["12日", "2日"],
        ] {
            let [old, new] = items.map(|item| ["会议于", item, "召开。"].concat());
            assert_eq!(found(&old, &new, items), [(items[0], items[1])]);
        }
        let items = ["US$1.2 trillion", "US$900 billion"];
        let [old, new] = items.map(|item| ["It was ", item, " in all."].concat());
        assert_eq!(found(&old, &new, items), [(items[0], items[1])]);
    }

    #[test]
    fn what_differs_beside_an_item_is_a_change_of_its_own() {
        let (old, new) = ("会议于5日召开。", "会议将于5日召开了。");
        assert_eq!(found(old, new, ["5日", "5日"]), [("", "将"), ("", "了")]);
    }
}
