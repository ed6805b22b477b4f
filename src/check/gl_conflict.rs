//! Two rows that render one term differently.

use super::gl_dup::{same_but_for_form, says};
use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::lang::Lang;
use crate::model::concept::{Concept, ConceptStatus};
use crate::text::chars::quoted;
use crate::text::fold::fold;

pub(super) const CHECK: Check = Check {
    id: "gl-conflict",
    level: Level::Warning,
    mqm: "terminology/termbase",
    page: include_str!("gl_conflict.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (id, entry) in shelf.iter() {
        for lang in [Lang::Zh, Lang::En] {
            let first = entry.preferred(lang).find_map(|term| {
                let mut before = shelf.before(id, lang, &term.folded);
                let (other, _) = before.find(|(other, spelled)| {
                    spelled.is_preferred() && contradict(other, entry, lang)
                })?;
                Some((term, other))
            });
            if let Some((term, other)) = first {
                remarks.push(remark(shelf, entry, other, term, lang));
            }
        }
    }
}

/// Whether two rows with one preferred term cannot both hold.
fn contradict(one: &Entry<'_>, other: &Entry<'_>, lang: Lang) -> bool {
    let renderings = |entry: &Entry<'_>| entry.preferred(lang.other()).next().is_some();
    let field = |entry: &Entry<'_>| fold(&entry.concept().subject);
    renderings(one)
        && renderings(other)
        && field(one) == field(other)
        && one.meets(other)
        && !says(one, other)
        && !same_but_for_form(one, other)
        && !says(other, one)
        // What is admitted there is at least allowed.
        && !allows(one, other, lang.other())
        && !allows(other, one, lang.other())
}

/// Whether a row allows all that another one prefers.
fn allows(one: &Entry<'_>, other: &Entry<'_>, lang: Lang) -> bool {
    let right = |folded: &str| one.of(lang).any(|t| t.is_right() && t.folded == folded);
    other.preferred(lang).all(|term| right(&term.folded))
}

fn remark(
    shelf: &Shelf<'_>,
    entry: &Entry<'_>,
    other: &Entry<'_>,
    term: &Spelled,
    lang: Lang,
) -> Remark {
    let rendering = |entry: &Entry<'_>| {
        let first = entry.preferred(lang.other()).next();
        quoted(first.map_or("", |term| &term.written.text))
    };
    let name = quoted(&term.written.text);
    let (here, there) = (rendering(entry), rendering(other));
    let place = shelf.name(other, entry);
    let at = entry.spot(term.written.span);
    let related = vec![other.head(lang)];
    // Many Chinese words for an English one are the rule, not the exception.
    let remark = if lang == Lang::En {
        let message = format!(
            "{name} is {here} here and {there} in {place}: which is meant, its `subject` could say"
        );
        Remark::note(at, message)
    } else if other.sheet != entry.sheet {
        let message = format!("{name} is {here} here and {there} in {place}, which comes first");
        Remark::note(at, message)
    } else {
        let agreed = |e: &Entry<'_>| e.concept().status == ConceptStatus::Approved;
        let advice = match shared_days(entry.concept(), other.concept()) {
            none if none.is_empty() => ": join the rows, or give each its `subject`".to_owned(),
            days => format!(", and both hold {days}: let one end before the other begins"),
        };
        let message = format!("{name} is {here} here and {there} in {place}{advice}");
        if agreed(entry) && agreed(other) {
            Remark::new(at, message)
        } else {
            Remark::note(at, message)
        }
    };
    Remark { related, ..remark }
}

/// The days on which both of two rows hold, in words; nothing where neither names any.
fn shared_days(one: &Concept, other: &Concept) -> String {
    let shared = Concept {
        valid_from: one.valid_from.max(other.valid_from),
        valid_to: [one.valid_to, other.valid_to].into_iter().flatten().min(),
        ..Concept::default()
    };
    shared.days()
}
