//! Rows of one term that follow each other, with days between them.

use super::shelf::{Entry, Remark, Shelf};
use super::{Check, Level, Run};
use crate::glossary::ConceptId;
use crate::lang::Lang;
use crate::text::chars::quoted;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "gl-gap",
    level: Level::Note,
    mqm: "terminology/termbase",
    page: include_str!("gl_gap.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    let found = shelf.iter();
    remarks.extend(found.filter_map(|(id, entry)| remark(shelf, id, entry)));
}

/// What is said of a row before whose first day no row of its term holds, and one did once.
fn remark(shelf: &Shelf<'_>, id: ConceptId, entry: &Entry<'_>) -> Option<Remark> {
    let eve = entry.concept().valid_from?.yesterday().ok()?;
    let term = entry.preferred(Lang::Zh).next()?;
    let others = shelf.others(id, Lang::Zh, &term.folded);
    let field = fold(&entry.concept().subject);
    let others = others.filter(|(other, spelled)| {
        spelled.is_preferred() && fold(&other.concept().subject) == field
    });
    let others: Vec<&Entry<'_>> = others.map(|(other, _)| other).collect();
    if others.iter().any(|other| other.concept().holds(Some(eve))) {
        return None;
    }
    let before = others.iter().filter_map(|other| {
        let last = other.concept().valid_to.filter(|last| *last < eve)?;
        Some((last, *other))
    });
    let (last, other) = before.max_by_key(|(last, _)| *last)?;
    let (name, place) = (quoted(&term.written.text), shelf.name(other, entry));
    let first = last.tomorrow().ok()?;
    let days = if first == eve {
        format!("on {eve}")
    } else {
        format!("from {first} until {eve}")
    };
    let message = format!("no row of {name} holds {days}, between {place} and this one");
    Some(Remark {
        related: vec![other.head(Lang::Zh)],
        ..Remark::note(entry.spot(term.written.span), message)
    })
}
