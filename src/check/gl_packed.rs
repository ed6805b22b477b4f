//! A cell that holds more than one term, or a remark beside it.

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::glossary::import::packed::{Beside, Parts, parts};
use crate::glossary::{Field, Sheet, Slot};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_han, quoted};
use crate::tsv;

pub(super) const CHECK: Check = Check {
    id: "gl-packed",
    level: Level::Warning,
    mqm: "terminology/termbase",
    page: include_str!("gl_packed.md"),
    run: Run::Glossary(run),
};

/// The column an acronym belongs in.
const ABBREVIATION: Field = Field::Terms(Lang::En, Slot::Abbreviation);

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for entry in &shelf.entries {
        let Some(sheet) = shelf.sheets.get(entry.sheet as usize) else {
            continue;
        };
        let right = entry.terms.iter().filter(|term| term.is_right());
        remarks.extend(right.filter_map(|term| remark(sheet, entry, term)));
    }
}

fn remark(sheet: &Sheet, entry: &Entry<'_>, term: &Spelled) -> Option<Remark> {
    let (text, lang) = (&*term.written.text, term.written.lang);
    if !text.contains(|c: char| c.is_ascii_punctuation() || !c.is_alphanumeric() && c != ' ') {
        return None;
    }
    let others = entry.of(lang.other()).filter(|t| t.is_preferred());
    let beside = Beside::of(text, lang, others.map(|term| &*term.written.text));
    let parts = parts(text, lang, beside)?;
    if alternate(text, lang, &parts) || shouted(text, &parts) {
        return None;
    }
    let message = format!(
        "{} holds more than one term: {}",
        quoted(text),
        parts.shown()
    );
    // A bar inside of a term was escaped by somebody: to cut there takes more than a machine.
    let barred = text.contains('|');
    let row = abbreviated(sheet, entry, term, &parts).filter(|_| !barred);
    if let Some((span, row)) = row {
        return Some(Remark {
            suggestions: vec![row],
            safe: true,
            ..Remark::new(entry.spot(span), message)
        });
    }
    let only_terms =
        !barred && parts.short.is_empty() && parts.other.is_empty() && parts.notes.is_empty();
    let suggestions = only_terms.then(|| tsv::join_terms(&parts.terms));
    Some(Remark {
        safe: only_terms && text.contains([';', '；']),
        suggestions: suggestions.into_iter().collect(),
        ..Remark::new(entry.spot(term.written.span), message)
    })
}

/// Whether a slash parts two words of one name (Import/Export Clearance), and
/// not two names: these are of one length.
fn alternate(text: &str, lang: Lang, parts: &Parts) -> bool {
    let length = |term: &String| match lang {
        Lang::Zh => term.chars().count(),
        Lang::En => term.split_whitespace().count(),
    };
    let slash = text.contains(['/', '／']) && !text.contains([';', '；']);
    let lengths: Vec<usize> = parts.terms.iter().map(length).collect();
    let apart = lengths.iter().max().zip(lengths.iter().min());
    slash && apart.is_some_and(|(most, least)| most - least > usize::from(lang == Lang::Zh))
}

/// Whether what looks like an English term's acronym is only written in
/// capitals: R.O.C. (TAIWAN). An acronym has its letters from its term, in order.
fn shouted(text: &str, parts: &Parts) -> bool {
    let ([(_, short)], [term]) = (&*parts.short, &*parts.terms) else {
        return false;
    };
    let mut letters = term.chars().filter(char::is_ascii_alphabetic);
    let mut from = |c: char| letters.any(|letter| letter.eq_ignore_ascii_case(&c));
    let own = short
        .chars()
        .filter(char::is_ascii_alphabetic)
        .all(&mut from);
    !text.contains(is_han) && !own
}

/// The row with an acronym in its own column, where it has that and nothing else is packed.
fn abbreviated(
    sheet: &Sheet,
    entry: &Entry<'_>,
    term: &Spelled,
    parts: &Parts,
) -> Option<(Span, String)> {
    let ([(Lang::En, short)], [text], [], []) =
        (&*parts.short, &*parts.terms, &*parts.other, &*parts.notes)
    else {
        return None;
    };
    let column = sheet
        .columns
        .iter()
        .position(|f| *f == Some(ABBREVIATION))?;
    let whole = entry.whole().span;
    let mut cells = Vec::new();
    for cell in &entry.row.cells {
        let written = cell.of(&sheet.text);
        if cell.contains(term.written.span) {
            let before = Span {
                end: term.written.span.start,
                ..*cell
            };
            let after = Span {
                start: term.written.span.end,
                ..*cell
            };
            let parts = [
                before.of(&sheet.text),
                &tsv::join_terms(&[text]),
                after.of(&sheet.text),
            ];
            cells.push(parts.concat());
        } else {
            cells.push(written.to_owned());
        }
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    let cell = cells.get_mut(column)?;
    let mut known = tsv::split_terms(cell);
    if !known.contains(short) {
        known.push(short.clone());
        *cell = tsv::join_terms(&known);
    }
    Some((whole, cells.join("\t")))
}
