//! Parts of a segment that the memory has as whole units.

use super::{Fragment, Request};
use crate::lang::Lang;
use crate::memory::{Entry, Memory};
use crate::model::document::State;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::token::{Kind, Token, tokens};

/// The clauses of a segment that are looked at: a segment with more is a whole text.
const CLAUSES: usize = 40;
/// The most clauses that are looked up together.
const TOGETHER: usize = 12;

/// The longest known parts, in the order of the text, not overlapping.
///
/// A part is one clause or several in a row: a unit of the memory seldom
/// begins in the middle of one, and a search for every stretch of words would
/// cost more than it finds.
pub(super) fn fragments(request: &Request<'_>, memory: &Memory) -> Vec<Fragment> {
    let mut clauses = clauses(request.text);
    clauses.truncate(CLAUSES);
    let count = clauses.len().min(TOGETHER);
    let mut parts = Vec::new();
    for length in (1..=count).rev() {
        for run in clauses.windows(length) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                parts.push(Span {
                    start: first.start,
                    end: last.end,
                });
            }
        }
    }
    let mut found: Vec<Fragment> = Vec::new();
    for span in parts {
        let part = span.of(request.text);
        let whole = part.trim() == request.text.trim();
        let taken = found.iter().any(|f| f.span.overlaps(span));
        if whole || taken || !long_enough(part, request.from) {
            continue;
        }
        if let Some(entry) = best(memory.exact(part, request.from)) {
            found.push(Fragment {
                span,
                source: part.to_owned(),
                target: entry.text(request.to.lang()).to_owned(),
            });
        }
    }
    found.sort_by_key(|f| f.span);
    found
}

/// The entry to trust most: confirmed before not, otherwise the memory's order.
fn best(entries: Vec<Entry>) -> Option<Entry> {
    let confirmed = |e: &Entry| e.state >= State::Translated;
    entries.into_iter().reduce(|best, next| {
        if confirmed(&next) && !confirmed(&best) {
            next
        } else {
            best
        }
    })
}

/// At least four Han characters, or three words: shorter ones are the glossary's business.
fn long_enough(part: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => part.chars().filter(|c| is_han(*c)).count() >= 4,
        Lang::En => part.split_whitespace().count() >= 3,
    }
}

/// The stretches between punctuation marks, and between brackets or quotes.
fn clauses(text: &str) -> Vec<Span> {
    let mut clauses = Vec::new();
    let mut open: Option<Span> = None;
    for token in tokens(text) {
        if ends_clause(text, &token) {
            clauses.extend(open.take());
        } else {
            let start = open.map_or(token.span.start, |s| s.start);
            open = Some(Span {
                start,
                end: token.span.end,
            });
        }
    }
    clauses.extend(open);
    clauses
}

/// Whether a token parts two clauses: a comma between digits and a hyphen do not.
fn ends_clause(text: &str, token: &Token) -> bool {
    const ENDS: &[char] = &[
        '，', '。', '；', '：', '、', '！', '？', '（', '）', '“', '”', '《', '》', '「', '」',
        '…', '—', ',', ';', ':', '!', '?', '(', ')', '"',
    ];
    let mark = token.span.of(text);
    let (_, after) = crate::span::halves(text, token.span.end as usize);
    let stop = mark == "." && (after.is_empty() || after.starts_with(' '));
    let inside_number = mark == "," && after.starts_with(|c: char| c.is_ascii_digit());
    token.kind == Kind::Symbol && (stop || (mark.starts_with(ENDS) && !inside_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_stand_between_marks() {
        let text = "他说，供应链（包括1,000家企业）很重要。";
        let parts: Vec<_> = clauses(text).iter().map(|s| s.of(text)).collect();
        assert_eq!(parts, ["他说", "供应链", "包括1,000家企业", "很重要"]);
    }
}
