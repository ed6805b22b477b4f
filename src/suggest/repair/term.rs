//! A term of the match's target, swapped for that of the segment.

use super::{Swap, unquoted};
use crate::model::concept::TermStatus;
use crate::recognize::Hit;
use crate::span::Span;
use crate::suggest::terms;

impl Swap<'_> {
    pub(super) fn term(&self, old: &Hit, new: &Hit) -> Option<(Span, String)> {
        let to = self.written();
        let hits = self.recognizer.find(self.target, to.lang());
        let concepts: Vec<_> = old.senses.iter().map(|s| s.concept).collect();
        let renders = |h: &&Hit| h.senses.iter().any(|s| concepts.contains(&s.concept));
        let mut there = hits.iter().filter(renders);
        let (Some(hit), None) = (there.next(), there.next()) else {
            return None;
        };
        let place = unquoted(self.target, hit.span);
        let sense = new
            .senses
            .iter()
            .find(|s| s.status != TermStatus::Deprecated);
        let concept = &self.glossary[sense.or(new.senses.first())?.concept];
        let rendering = terms::preferred(concept, to).into_iter().next()?;
        let whole = Span::new(0, rendering.len());
        let rendering = unquoted(&rendering, whole).of(&rendering).to_owned();
        Some((place, rendering))
    }
}
