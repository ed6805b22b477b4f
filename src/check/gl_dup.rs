//! A row that says what another one says, or says one thing twice.

use super::rendering::same_words;
use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::glossary::{Slot, Written};
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

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (id, entry) in shelf.iter() {
        if let Some(again) = repeated(entry) {
            let message = format!(
                "{} stands in this row before: once is enough",
                quoted(&again.written.text)
            );
            remarks.push(Remark::note(entry.spot(again.written.span), message));
        }
        let Some(first) = entry.preferred(Lang::Zh).next() else {
            continue;
        };
        let before = shelf.before(id, Lang::Zh, &first.folded);
        let mut before = before.map(|(other, _)| other);
        let Some(same) = before.find(|o| says(o, entry) || same_but_for_form(o, entry)) else {
            continue;
        };
        let (zh, place) = (quoted(&first.written.text), shelf.name(same, entry));
        let one_field = fold(&same.concept().subject) == fold(&entry.concept().subject);
        let at = entry.head(Lang::Zh);
        let related = vec![same.head(Lang::Zh)];
        let remark = if !says(same, entry) {
            let english = entry.preferred(Lang::En).next();
            let other = same.preferred(Lang::En).next();
            let [en, other] = [english, other].map(|t| quoted(t.map_or("", |t| &t.written.text)));
            let message = format!(
                "{zh} is {en} here and {other} in {place}: forms of the same words, which one row finds"
            );
            Remark::note(at, message)
        } else if !one_field {
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

/// The first term of a row that is preferred or admitted there before; a region's may be the same.
fn repeated<'e>(entry: &'e Entry<'_>) -> Option<&'e Spelled> {
    let in_use = |t: &&Spelled| matches!(t.written.slot, Slot::Preferred | Slot::Admitted);
    let mut terms = entry.terms.iter().filter(in_use).enumerate();
    let found = terms.find(|(at, term)| {
        let Written { text, lang, .. } = &term.written;
        let mut before = entry.terms.iter().filter(in_use).take(*at);
        before.any(|other| other.written.lang == *lang && other.written.text == *text)
    });
    found.map(|(_, term)| term)
}

/// Whether two rows of one subject field have the same Chinese and, in English,
/// the same words: pneumonia and pneumonias, an epidemic, corona virus.
pub(super) fn same_but_for_form(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let field = |entry: &Entry<'_>| fold(&entry.concept().subject);
    let terms = |entry: &Entry<'_>, lang| -> Vec<String> {
        entry
            .preferred(lang)
            .map(|term| term.folded.clone())
            .collect()
    };
    let solid = |text: &str| text.replace([' ', '-'], "");
    let (a, b) = (terms(one, Lang::En), terms(other, Lang::En));
    let forms = a.len() == b.len() && !a.is_empty();
    let same = |(a, b): (&String, &String)| solid(a) == solid(b) || same_words(a, b);
    forms
        && terms(one, Lang::Zh) == terms(other, Lang::Zh)
        && field(one) == field(other)
        && one.meets(other)
        && a.iter().zip(&b).all(same)
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
