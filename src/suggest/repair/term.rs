//! A term of the match's target, swapped for that of the segment.

use super::{Swap, english, unquoted};
use crate::lang::Lang;
use crate::model::concept::{Concept, Term, TermStatus};
use crate::recognize::Hit;
use crate::span::Span;
use crate::suggest::terms;

impl Swap<'_> {
    /// Where the old term's rendering stands in the target, once, and what takes its place.
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
        let usual = terms::preferred(concept, to).into_iter().next()?;
        if to.lang() == Lang::Zh {
            return Some((place, bare(&usual).to_owned()));
        }
        let own = hit.senses.iter().find(|s| concepts.contains(&s.concept))?;
        let base = self.glossary[own.concept].terms[Lang::En].get(usize::from(own.term))?;
        let short = base.abbreviation.then(|| abbreviation(concept)).flatten();
        let rendering = short.unwrap_or(&usual);
        let rendering = english::fitted(self.target, place, bare(&base.text), bare(rendering))?;
        Some((place, rendering))
    }
}

/// A term without the quotation marks around it.
fn bare(term: &str) -> &str {
    unquoted(term, Span::all(term)).of(term)
}

/// The abbreviation of a concept that may be written in the place of another's.
fn abbreviation(concept: &Concept) -> Option<&str> {
    let mut terms = concept.terms[Lang::En].iter();
    let fits = |term: &&Term| {
        term.abbreviation && term.status != TermStatus::Deprecated && term.locale.is_none()
    };
    terms.find(fits).map(|term| &*term.text)
}
