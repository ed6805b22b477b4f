//! A row that says what another one says.

use super::shelf::{Entry, Remark, Shelf};
use super::{Check, Level, Run};
use crate::lang::Lang;
use crate::text::chars::quoted;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "gl-dup",
    level: Level::Warning,
    mqm: "terminology/termbase",
    page: include_str!("gl_dup.md"),
    run: Run::Glossary(run),
};

/// So many rows with one term are looked at; who has more has one finding for each all the same.
const ENOUGH: usize = 64;

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (id, entry) in shelf.iter() {
        let Some(first) = entry.preferred(Lang::Zh).next() else {
            continue;
        };
        let named = shelf.named(Lang::Zh, &first.folded).iter();
        let before = named.take_while(|n| n.entry < id.0).take(ENOUGH);
        let mut before = before.filter_map(|n| Some(shelf.at(*n)?.0));
        let Some(same) = before.find(|other| says(other, entry)) else {
            continue;
        };
        let (zh, place) = (quoted(&first.written.text), shelf.name(same, entry));
        let one_field = fold(&same.concept().subject) == fold(&entry.concept().subject);
        let at = entry.head(Lang::Zh);
        let related = vec![same.head(Lang::Zh)];
        let remark = if !one_field {
            let message = format!("{zh} has the same rendering in another subject field: {place}");
            Remark::note(at, message)
        } else if same.sheet != entry.sheet {
            let message = format!("{zh} is in another glossary with the same rendering: {place}");
            Remark::note(at, message)
        } else {
            let message =
                format!("{zh} stands in {place} with the same rendering: one row is enough");
            Remark::new(at, message)
        };
        remarks.push(Remark { related, ..remark });
    }
}

/// Whether one row says all that another does.
pub(super) fn says(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let has = |lang: Lang| {
        let mut terms = other.preferred(lang).peekable();
        let known = |folded: &str| one.preferred(lang).any(|term| term.folded == folded);
        terms.peek().is_some() && terms.all(|term| known(&term.folded))
    };
    one.meets(other) && has(Lang::Zh) && has(Lang::En)
}
