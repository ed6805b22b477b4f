//! American and British spelling in one document.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::prose::{SIDES, enclosed, texts};
use super::{At, Check, Draft, Level, Paper, Run, Text};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{quoted, table_rows};

pub(super) const CHECK: Check = Check {
    id: "en-locale",
    level: Level::Note,
    mqm: "locale-conventions/spelling",
    page: include_str!("en_locale.md"),
    run: Run::Paper(run),
};

const SPELLINGS: &str = include_str!("../data/english/spellings.txt");

/// How many first letters of a word lead to the spellings that it may begin with.
const LEAD: usize = 3;

/// A spelling: its country's, the other's, and whether it is British.
type Spelling = (&'static str, &'static str, bool);

fn table() -> &'static HashMap<&'static str, Vec<Spelling>> {
    static TABLE: OnceLock<HashMap<&'static str, Vec<Spelling>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<&str, Vec<Spelling>> = HashMap::new();
        for (us, uk) in table_rows(SPELLINGS) {
            for row in [(us, uk, false), (uk, us, true)] {
                table
                    .entry(Span::new(0, LEAD).of(row.0))
                    .or_default()
                    .push(row);
            }
        }
        table
    })
}

/// A word of one country.
struct Word {
    at: At,
    written: String,
    other: String,
    british: bool,
}

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    for side in SIDES {
        let mut words = Vec::new();
        for text in texts(paper, side).filter(|text| text.lang == Lang::En) {
            collect(text, &mut words);
        }
        let british = words.iter().filter(|w| w.british).count();
        let american = words.len() - british;
        // British houses also write -ize: it is American only where nothing else tells.
        let minority = british <= american;
        let (few, many) = (british.min(american), british.max(american));
        if few == 0 || many < 2 * few {
            continue;
        }
        let (own, other) = if minority {
            ("British", "American")
        } else {
            ("American", "British")
        };
        for word in words.into_iter().filter(|w| w.british == minority) {
            if !word.british && word.written.to_ascii_lowercase().contains("iz") {
                continue;
            }
            drafts.push(Draft {
                suggestions: vec![word.other],
                ..Draft::new(
                    word.at,
                    format!(
                        "{} is {own} spelling; {many} words of the document are {other}",
                        quoted(&word.written)
                    ),
                )
            });
        }
    }
}

/// The words of a text that tell: no names, no quotations.
fn collect(text: &Text<'_>, words: &mut Vec<Word>) {
    let mut apart: Option<Vec<Span>> = None;
    let mut start = None;
    let ends = text
        .text
        .char_indices()
        .map(|(at, c)| (at, c.is_ascii_alphabetic()));
    for (at, letter) in ends.chain([(text.text.len(), false)]) {
        match (start, letter) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let span = Span::new(from, at);
                let Some((spelling, british)) = told(span.of(text.text)) else {
                    continue;
                };
                // Ministry of Defence, World Health Organization, “the labour question”.
                let name = text.hits().any(|hit| hit.span.overlaps(span));
                let apart = apart.get_or_insert_with(|| enclosed(text));
                if name || text.in_code(span) || apart.iter().any(|s| s.contains(span)) {
                    continue;
                }
                words.push(Word {
                    at: text.at(span),
                    written: span.of(text.text).to_owned(),
                    other: spelling,
                    british,
                });
            }
            _ => {}
        }
    }
}

/// The other country's spelling of a word, and whether the word is British.
fn told(word: &str) -> Option<(String, bool)> {
    // A capital may be a name's; one at a sentence's beginning is let go with them.
    if word.len() < 4 || word.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let rows = table().get(Span::new(0, LEAD).of(word))?;
    let fits = rows.iter().filter(|(own, _, _)| word.starts_with(own));
    let (own, other, british) = fits.max_by_key(|(own, _, _)| own.len())?;
    // laboratory, laborious, honorary, coloration, vigorous are spelled so in both countries.
    let rest = word.strip_prefix(own)?;
    let shared = ["at", "ious", "ar", "if", "iz", "is", "ous", "osit"];
    if own.ends_with("or") && shared.iter().any(|s| rest.starts_with(s)) {
        return None;
    }
    if own.ends_with("er") && rest.starts_with(['a', 'o']) {
        return None;
    }
    // realism, organist and characteristic have no z anywhere.
    let verb = ["e", "ing", "ation", "abl"]
        .iter()
        .any(|s| rest.starts_with(s));
    if (own.ends_with("is") || own.ends_with("iz")) && !verb {
        return None;
    }
    Some((format!("{other}{rest}"), *british))
}
