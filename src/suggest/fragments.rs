//! Parts of a segment that the memory has as whole units.

use super::{Fragment, Request};
use crate::lang::Lang;
use crate::memory::{Entry, Memory};
use crate::model::document::State;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::token::{Kind, Token, tokens};
use crate::text::written::passage;

/// The clauses of a segment that are looked at: a segment with more is a whole text.
const CLAUSES: usize = 40;
/// The most clauses that are looked up together.
const TOGETHER: usize = 12;

/// A stretch between marks, or several in a row, and the same with the mark that ends it.
#[derive(Debug, Clone, Copy)]
struct Part {
    span: Span,
    closed: Span,
}

/// The longest known parts, in the order of the text, not overlapping.
///
/// A part is one clause or several in a row: a unit of the memory seldom
/// begins in the middle of one, and a search for every stretch of words would
/// cost more than it finds.
pub(super) fn fragments(request: &Request<'_>, memory: &Memory) -> Vec<Fragment> {
    let mut clauses = clauses(request.text);
    clauses.truncate(CLAUSES);
    let count = clauses.len().min(TOGETHER);
    let mut found: Vec<Fragment> = Vec::new();
    for length in (1..=count).rev() {
        for run in clauses.windows(length) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let from = |end: Span| Span {
                start: first.span.start,
                end: end.end,
            };
            let part = Part {
                span: from(last.span),
                closed: from(last.closed),
            };
            let taken = found.iter().any(|f| f.span.overlaps(part.closed));
            if !taken && long_enough(part.span.of(request.text), request.from) {
                found.extend(known(part, request, memory));
            }
        }
    }
    found.sort_by_key(|f| f.span);
    found
}

/// A part that the memory has: with its mark, without, or as a sentence of its own.
fn known(part: Part, request: &Request<'_>, memory: &Memory) -> Option<Fragment> {
    let text = request.text;
    let whole = |span: Span| span.of(text).trim() == text.trim();
    let translation = |source: &str| {
        let entry = best(memory.exact(source, request.from))?;
        Some(passage(entry.text(request.to.lang()), request.to))
    };
    let fragment = |span: Span, target: String| Fragment {
        span,
        source: span.of(text).to_owned(),
        target,
    };
    if whole(part.span) {
        return None;
    }
    if !whole(part.closed)
        && part.closed != part.span
        && let Some(target) = translation(part.closed.of(text))
    {
        return Some(fragment(part.closed, target));
    }
    if let Some(target) = translation(part.span.of(text)) {
        return Some(fragment(part.span, target));
    }
    if whole(part.closed) {
        return None;
    }
    let stop = match request.from {
        Lang::Zh => "。",
        Lang::En => ".",
    };
    let target = translation(&[part.span.of(text), stop].concat())?;
    let open = target.strip_suffix(['。', '.']).unwrap_or(&target);
    Some(fragment(part.span, open.to_owned()))
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
fn clauses(text: &str) -> Vec<Part> {
    let mut clauses = Vec::new();
    let mut open: Option<Span> = None;
    for token in tokens(text) {
        if ends_clause(text, &token) {
            clauses.extend(open.take().map(|span| Part {
                span,
                closed: closed(text, span, &token),
            }));
        } else {
            let start = open.map_or(token.span.start, |s| s.start);
            open = Some(Span {
                start,
                end: token.span.end,
            });
        }
    }
    clauses.extend(open.map(|span| Part { span, closed: span }));
    clauses
}

/// A clause with the mark after it, where that belongs to it and does not open what comes.
fn closed(text: &str, clause: Span, mark: &Token) -> Span {
    const CLOSE: &[char] = &[
        '，', '。', '；', '：', '、', '！', '？', '…', ',', ';', ':', '.', '!', '?',
    ];
    if mark.span.start == clause.end && mark.span.of(text).starts_with(CLOSE) {
        Span {
            start: clause.start,
            end: mark.span.end,
        }
    } else {
        clause
    }
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
    use crate::lang::Locale;
    use crate::memory::Places;
    use crate::suggest::Used;

    #[test]
    fn clauses_stand_between_marks() {
        let text = "他说，供应链（包括1,000家企业）很重要。";
        let parts = clauses(text);
        let bare: Vec<_> = parts.iter().map(|p| p.span.of(text)).collect();
        assert_eq!(bare, ["他说", "供应链", "包括1,000家企业", "很重要"]);
        let closed: Vec<_> = parts.iter().map(|p| p.closed.of(text)).collect();
        assert_eq!(closed, ["他说，", "供应链", "包括1,000家企业", "很重要。"]);
    }

    #[test]
    fn a_sentence_of_the_memory_is_found_in_a_longer_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.tsv");
        let table = "zh\ten\n我们支持自由贸易。\tWe support free trade.\n\
                     反对保护主义。\tWe oppose protectionism.\n";
        std::fs::write(&path, table).unwrap();
        let places = Places {
            index: None,
            memories: vec![path],
            journal: None,
        };
        let memory = Memory::open(&places).value;
        let used = Used::default();
        let found = |text| {
            let from = crate::text::detect::language(text).unwrap();
            let request = Request::new(text, from, Locale::from(from.other()), &used);
            let found = fragments(&request, &memory).into_iter();
            found.map(|f| (f.source, f.target)).collect::<Vec<_>>()
        };
        let pair = |source: &str, target: &str| (source.to_owned(), target.to_owned());
        assert_eq!(
            found("我们支持自由贸易。反对保护主义。"),
            [
                pair("我们支持自由贸易。", "We support free trade."),
                pair("反对保护主义。", "We oppose protectionism."),
            ]
        );
        assert_eq!(
            found("他说，我们支持自由贸易，也反对保护主义。"),
            [pair("我们支持自由贸易", "We support free trade")]
        );
        assert_eq!(
            found("We support free trade. We want more of it."),
            [pair("We support free trade.", "我们支持自由贸易。")]
        );
        assert!(found("我们支持自由贸易！").is_empty());
    }
}
