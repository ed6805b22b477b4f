//! A term so short or so common that it is found where it is not meant.

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::lang::Lang;
use crate::model::concept::{ConceptType, MatchMode};
use crate::text::chars::{is_han, quoted};
use crate::text::words;

pub(super) const CHECK: Check = Check {
    id: "gl-short",
    level: Level::Note,
    mqm: "terminology/termbase",
    page: include_str!("gl_short.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (_, entry) in shelf.iter() {
        let matching = entry.concept().matching;
        if matching == MatchMode::Strict || entry.concept().kind == ConceptType::Dnt {
            continue;
        }
        let right = entry.terms.iter().filter(|term| term.is_right());
        remarks.extend(right.filter_map(|term| remark(entry, term, matching)));
    }
}

fn remark(entry: &Entry<'_>, term: &Spelled, matching: MatchMode) -> Option<Remark> {
    let text = &*term.written.text;
    let name = quoted(text);
    let count = text.chars().count();
    // A country is what its name means, however common that is.
    let common = entry.concept().kind == ConceptType::Term && words::is_common(&term.folded);
    let message = match term.written.lang {
        Lang::Zh if !text.chars().all(is_han) => return None,
        Lang::Zh if count == 1 => {
            format!(
                "{name} is a single character, which is found only where it is taken for a word of its own: a longer term is surer"
            )
        }
        Lang::Zh if count == 2 && common => {
            format!(
                "{name} is among the commonest words: with `match` = `strict` it is found as a word of its own only"
            )
        }
        Lang::En
            if count <= 2 && matching != MatchMode::Case && text.contains(char::is_lowercase) =>
        {
            format!("{name} is very short: with `match` = `case` its letters count")
        }
        _ => return None,
    };
    Some(Remark::note(entry.spot(term.written.span), message))
}
