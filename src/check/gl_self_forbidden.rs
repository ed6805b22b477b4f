//! A form that is to be written and to be avoided.

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::finding::Severity;
use crate::glossary::ConceptId;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "gl-self-forbidden",
    level: Level::Error,
    mqm: "terminology/termbase",
    page: include_str!("gl_self_forbidden.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (id, entry) in shelf.iter() {
        for avoided in entry.terms.iter().filter(|term| !term.is_right()) {
            remarks.extend(within(entry, avoided).or_else(|| elsewhere(shelf, id, entry, avoided)));
        }
    }
}

/// The same row says both.
fn within(entry: &Entry<'_>, avoided: &Spelled) -> Option<Remark> {
    let lang = avoided.written.lang;
    let mut right = entry.of(lang).filter(|term| term.is_right());
    let same = right.find(|term| term.folded == avoided.folded)?;
    let at = entry.spot(avoided.written.span);
    let term = quoted(&avoided.written.text);
    let exact = same.written.text == avoided.written.text;
    Some(Remark {
        related: vec![entry.spot(same.written.span)],
        ..if exact {
            Remark::new(
                at,
                format!("{term} is both right and to be avoided in this row"),
            )
        } else {
            let other = quoted(&same.written.text);
            let message = format!(
                "{term} is to be avoided and {other} is right: they differ in case, width or script only, which is not told apart"
            );
            Remark {
                at_most: Severity::Warning,
                ..Remark::new(at, message)
            }
        }
    })
}

/// Another row wants what this one forbids: of one concept that is a
/// contradiction; of another it is what the row is there for.
fn elsewhere(
    shelf: &Shelf<'_>,
    id: ConceptId,
    entry: &Entry<'_>,
    avoided: &Spelled,
) -> Option<Remark> {
    let lang = avoided.written.lang;
    let others = shelf.others(id, lang, &avoided.folded);
    let mut others = others.filter(|(other, spelled)| spelled.is_right() && other.meets(entry));
    let (other, right) = others.find(|(other, _)| {
        let mut shared = other.of(lang.other()).filter(|t| t.is_right());
        shared.any(|a| {
            let mut own = entry.of(lang.other()).filter(|t| t.is_right());
            own.any(|b| a.folded == b.folded)
        })
    })?;
    let term = quoted(&avoided.written.text);
    let place = shelf.name(other, entry);
    let message = format!("{term} is to be avoided here and right for the same in {place}");
    Some(Remark {
        related: vec![other.spot(right.written.span)],
        ..Remark::new(entry.spot(avoided.written.span), message)
    })
}
