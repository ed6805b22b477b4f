//! A common noun stored with a capital.

use rustc_hash::FxHashSet;

use super::shelf::{Entry, Remark, Shelf, Spelled};
use super::{Check, Level, Run};
use crate::finding::Severity;
use crate::glossary::Field;
use crate::lang::Lang;
use crate::model::concept::ConceptType;
use crate::span::halves;
use crate::text::chars::{is_latin_word, quoted};

pub(super) const CHECK: Check = Check {
    id: "gl-initial-cap",
    level: Level::Warning,
    mqm: "terminology/termbase",
    page: include_str!("gl_initial_cap.md"),
    run: Run::Glossary(run),
};

/// From so many terms with a capital on, and if they are most, a file is said to do so throughout.
const THROUGHOUT: usize = 10;

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    let small = small_words(shelf);
    for (sheet, _) in (0u32..).zip(&shelf.sheets) {
        let entries = || shelf.entries.iter().filter(move |e| e.sheet == sheet);
        let terms = entries().flat_map(|e| e.of(Lang::En).map(move |term| (e, term)));
        let terms =
            terms.filter(|(e, t)| e.concept().kind == ConceptType::Term && t.is_preferred());
        let terms: Vec<_> = terms
            .filter(|(_, t)| shape(&t.written.text).is_some())
            .collect();
        let capital = |term: &Spelled| shape(&term.written.text) == Some(true);
        let capitals: Vec<_> = terms.iter().filter(|(_, t)| capital(t)).collect();
        // A list of names has none of its words written small anywhere.
        let common = |term: &Spelled| small.contains(&*first(&term.written.text).to_lowercase());
        if capitals.len() >= THROUGHOUT
            && capitals.len() * 10 > terms.len() * 8
            && capitals.iter().any(|(_, term)| common(term))
        {
            remarks.extend(throughout(&capitals));
            continue;
        }
        for (entry, term) in capitals {
            let text = &*term.written.text;
            if !common(term) {
                continue;
            }
            let message = format!(
                "{} begins with a capital, and {} is a common word in these glossaries: {}",
                quoted(text),
                quoted(&first(text).to_lowercase()),
                if text.contains(' ') {
                    "a name says so in its `type`"
                } else {
                    "it is not found where a text writes it small"
                }
            );
            remarks.push(Remark {
                suggestions: vec![lowered(text)],
                ..Remark::new(entry.spot(term.written.span), message)
            });
        }
    }
}

/// A list that gives all its words a capital: said once.
fn throughout(capitals: &[&(&Entry<'_>, &Spelled)]) -> Option<Remark> {
    let (entry, term) = capitals.first()?;
    let single = capitals
        .iter()
        .filter(|(_, t)| !t.written.text.contains(' '));
    let all = capitals.len();
    let message = match single.count() {
        0 => format!(
            "{all} English terms here begin with a capital like a sentence: a name says so in its `type`"
        ),
        single => format!(
            "{all} English terms here begin with a capital like a sentence: the {single} single words among them are not found where a text writes them small"
        ),
    };
    Some(Remark {
        at_most: Severity::Warning,
        suggestions: vec![lowered(&term.written.text)],
        ..Remark::new(entry.spot(term.written.span), message)
    })
}

/// Whether a term begins with a capital, where the rest of it is in small letters;
/// `None` for what is spelled in another way.
fn shape(text: &str) -> Option<bool> {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next()?.is_uppercase();
    let word = first(text);
    let plain = word.chars().all(char::is_alphabetic) && word.chars().count() > 1;
    (plain && text.starts_with(is_latin_word) && !letters.any(char::is_uppercase))
        .then_some(capital)
}

fn first(text: &str) -> &str {
    let end = text.find(|c: char| !is_latin_word(c)).unwrap_or(text.len());
    halves(text, end).0
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    let small = chars.next().map(char::to_lowercase);
    small.into_iter().flatten().collect::<String>() + chars.as_str()
}

/// The words that terms and definitions write small.
fn small_words<'s>(shelf: &'s Shelf<'_>) -> FxHashSet<&'s str> {
    let mut words = FxHashSet::default();
    let mut add = |text: &'s str| {
        let parts = text.split(|c: char| !is_latin_word(c));
        let parts = parts.filter(|word| word.starts_with(char::is_lowercase) && word.len() > 2);
        words.extend(parts);
    };
    for entry in &shelf.entries {
        entry.of(Lang::En).for_each(|term| add(&term.written.text));
        let Some(sheet) = shelf.sheets.get(entry.sheet as usize) else {
            continue;
        };
        for field in [Field::Definition, Field::Note, Field::Good] {
            if let Some(cell) = sheet.cell(entry.row, field) {
                add(cell.of(&sheet.text));
            }
        }
    }
    words
}
