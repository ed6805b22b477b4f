//! A quantity of the match's target, swapped for that of the segment.

use super::Swap;
use crate::span::Span;
use crate::text::number::{Quantity, quantities};
use crate::text::written::written;

impl Swap<'_> {
    pub(super) fn number(&self, old: &Quantity, new: &Quantity) -> Option<(Span, String)> {
        let lang = self.request.to.lang();
        let found = quantities(self.target, lang);
        let mut there = found.iter().filter(|q| q.same(old));
        let (there, None) = (there.next()?, there.next()) else {
            return None;
        };
        // Where the sources hedge alike, the target's own words for it stay (or their absence);
        // where they do not, only what the segment says is right.
        let alike = old.relation == new.relation;
        let bare = |q: &Quantity| Quantity {
            relation: None,
            ..*q
        };
        let (place, old, new) = if !alike {
            (there.span, *old, *new)
        } else if there.core != there.span || there.relation.is_none() {
            (there.core, bare(old), bare(new))
        } else {
            let relation = there.relation;
            (there.span, *old, Quantity { relation, ..*new })
        };
        let render = |q: &Quantity| written(&q.render(lang), self.written());
        let (usual, rendering) = (render(&old), render(&new));
        Some((place, as_written(place.of(self.target), &usual, rendering)))
    }
}

/// A quantity in the dress of the one it replaces: where the target writes
/// “$50 billion” for what is usually “US$50 billion”, the new one loses its “US” too.
fn as_written(written: &str, usual: &str, rendering: String) -> String {
    let dressed = usual.strip_suffix(written).filter(|more| !more.is_empty());
    let bare = dressed.and_then(|more| rendering.strip_prefix(more));
    bare.map(str::to_owned).unwrap_or(rendering)
}
