//! A term that begins or ends with another one and is rendered quite differently.

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::{is_han, quoted};

pub(super) const CHECK: Check = Check {
    id: "gl-nested",
    level: Level::Off,
    mqm: "terminology/termbase",
    page: include_str!("gl_nested.md"),
    run: Run::Glossary(run),
};

/// The most rows with one term that are looked at.
const ENOUGH: usize = 8;

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (_, entry) in shelf.iter() {
        for term in entry.preferred(Lang::Zh) {
            let text = &*term.folded;
            // At least two characters inside, at least one more outside.
            let mut cuts = text.char_indices().map(|(at, _)| at).skip(1);
            let inner = cuts.find_map(|at| {
                let (before, after) = halves(text, at);
                let parts = [after, before].into_iter();
                let parts = parts.filter(|part| part.chars().nth(1).is_some());
                let mut parts = parts.filter(|part| part.contains(is_han));
                parts.find_map(|part| other(shelf, entry, part))
            });
            remarks.extend(inner.map(|inner| remark(shelf, entry, term, &inner)));
        }
    }
}

/// A row with a part of a term whose renderings do not stand in those of the whole.
fn other<'s>(
    shelf: &'s Shelf<'_>,
    whole: &Entry<'_>,
    part: &str,
) -> Option<(&'s Entry<'s>, &'s Spelled)> {
    let named = shelf.named(Lang::Zh, part).iter().take(ENOUGH);
    let mut inner = named
        .filter_map(|n| shelf.at(*n))
        .filter(|(_, term)| term.is_preferred());
    let first = inner.next()?;
    let rest: Vec<_> = inner.collect();
    let stands = |(inner, _): &(&Entry<'_>, &Spelled)| {
        let own = inner.of(Lang::En).filter(|term| term.is_right());
        let whole: Vec<&Spelled> = whole.of(Lang::En).collect();
        let mut none = true;
        for term in own {
            none = false;
            if whole.iter().any(|w| w.folded.contains(&stem(&term.folded))) {
                return true;
            }
        }
        none
    };
    (!stands(&first) && !rest.iter().any(stands)).then_some(first)
}

/// A rendering without the ending a plural or another form takes.
fn stem(folded: &str) -> String {
    let letters = folded.len() - folded.chars().next_back().map_or(0, char::len_utf8);
    let cut = if folded.len() > 5 && folded.ends_with(['y', 'e', 's']) {
        letters
    } else {
        folded.len()
    };
    Span::new(0, cut).of(folded).to_owned()
}

fn remark(
    shelf: &Shelf<'_>,
    entry: &Entry<'_>,
    term: &Spelled,
    inner: &(&Entry<'_>, &Spelled),
) -> Remark {
    let rendering = |entry: &Entry<'_>| {
        let first = entry.preferred(Lang::En).next();
        quoted(first.map_or("", |term| &term.written.text))
    };
    let (part, whole) = (quoted(&inner.1.written.text), quoted(&term.written.text));
    let place = shelf.name(inner.0, entry);
    let message = format!(
        "{part} ({}, {place}) is a part of {whole}, which is {}",
        rendering(inner.0),
        rendering(entry)
    );
    Remark {
        related: vec![inner.0.spot(inner.1.written.span)],
        ..Remark::note(entry.spot(term.written.span), message)
    }
}
