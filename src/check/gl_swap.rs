//! Chinese in the English column, or none in the Chinese one.

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::model::concept::ConceptType;
use crate::text::chars::{holds_chinese, is_chinese, is_han, quoted};

pub(super) const CHECK: Check = Check {
    id: "gl-swap",
    level: Level::Error,
    mqm: "terminology/termbase",
    page: include_str!("gl_swap.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for (_, entry) in shelf.iter() {
        if entry.concept().kind == ConceptType::Dnt {
            continue;
        }
        let english = entry
            .of(Lang::Zh)
            .filter(|term| is_english(&term.written.text));
        let chinese = entry
            .of(Lang::En)
            .filter(|term| holds_chinese(&term.written.text));
        let (english, chinese): (Vec<_>, Vec<_>) = (english.collect(), chinese.collect());
        let whole = chinese.iter().find(|term| is_chinese(&term.written.text));
        if let (Some(term), Some(other)) = (english.first(), whole)
            && english.len() == entry.of(Lang::Zh).count()
        {
            let (a, b) = (quoted(&term.written.text), quoted(&other.written.text));
            let message =
                format!("the Chinese column has {a} and the English one {b}: they are swapped");
            remarks.push(Remark {
                related: vec![entry.spot(other.written.span)],
                ..Remark::new(entry.spot(term.written.span), message)
            });
            continue;
        }
        remarks.extend(english.iter().filter_map(|term| latin(entry, term)));
        for term in chinese {
            let text = &*term.written.text;
            let (what, at_most) = if is_chinese(text) {
                ("is", Severity::Error)
            } else {
                ("holds", Severity::Warning)
            };
            let message = format!("{} {what} Chinese, in a column of English", quoted(text));
            remarks.push(Remark {
                at_most,
                ..Remark::new(entry.spot(term.written.span), message)
            });
        }
    }
}

/// A Chinese term without a Han character: a name or an abbreviation may be one.
fn latin(entry: &Entry<'_>, term: &Spelled) -> Option<Remark> {
    let text = &*term.written.text;
    let same = entry.of(Lang::En).any(|other| other.folded == term.folded);
    // A text of Chinese does write iPhone, pH and Kubernetes; not *supply chain*.
    let words = text.split_whitespace().count();
    if (words < 2 && !same) || text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let small = text
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_lowercase));
    (small.count() == words).then(|| {
        let message = format!("{} has no Chinese in it", quoted(text));
        Remark {
            at_most: Severity::Warning,
            ..Remark::new(entry.spot(term.written.span), message)
        }
    })
}

/// Words of small letters, and no Han.
fn is_english(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let latin = letters().all(|c| c.is_ascii() || ('\u{C0}'..'\u{250}').contains(&c));
    let small = letters().filter(|c| c.is_lowercase()).count();
    latin && small > 2 && !text.contains(is_han)
}
