//! Texts in two languages as HTML: each in its own `lang`, the marked part marked.

use crate::finding::Place;
use crate::lang::Lang;
use crate::report::markup::escape;
use crate::span::{Span, halves};
use crate::text::chars::is_han;
use crate::text::detect::language;
use crate::text::script::script;

/// What is shown of a text on each side of its first mark, at most, in characters.
const AROUND: usize = 600;

/// The value of `lang` for a text; empty, which is *unknown*, for neither Chinese nor English.
pub(super) fn lang(text: &str) -> &'static str {
    match language(text) {
        Some(Lang::Zh) => script(text).map_or("zh", |locale| locale.tag()),
        Some(Lang::En) => "en",
        None => "",
    }
}

/// A text of the report itself, with what is Chinese in it marked as that.
pub(super) fn mixed(text: &str) -> String {
    let in_han = |c: char| is_han(c) || "，。、；：？！（）《》·".contains(c);
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_han) {
        let (before, after) = halves(rest, start);
        let end = after.find(|c| !in_han(c)).unwrap_or(after.len());
        let (han, after) = halves(after, end);
        parts.push(escape(before));
        parts.push(format!("<span lang=\"zh\">{}</span>", escape(han)));
        rest = after;
    }
    parts.push(escape(rest));
    parts.concat()
}

/// A text of a check's page, where code stands between backticks.
pub(super) fn code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(i, part)| {
        if i % 2 == 1 {
            format!("<code>{}</code>", escape(part))
        } else {
            mixed(part)
        }
    });
    parts.collect()
}

/// A paragraph with a text and a mark in it.
pub(super) fn marked(text: &str, mark: Option<Span>, class: &str) -> String {
    let lang = lang(text);
    let Some(mark) = mark else {
        return format!("<p class=\"text\" lang=\"{lang}\">{}</p>", escape(text));
    };
    let before = Span::new(0, mark.start as usize).of(text);
    let after = Span::new(mark.end as usize, text.len()).of(text);
    let start = before.char_indices().rev().nth(AROUND - 1);
    let (cut, before) = match start {
        Some((at, _)) if at > 0 => ("…", Span::new(at, before.len()).of(before)),
        _ => ("", before),
    };
    let (after, rest) = match after.char_indices().nth(AROUND) {
        Some((at, _)) => (Span::new(0, at).of(after), "…"),
        None => (after, ""),
    };
    format!(
        "<p class=\"text\" lang=\"{lang}\">{cut}{}<mark{class}>{}</mark>{}{rest}</p>",
        escape(before),
        escape(mark.of(text)),
        escape(after)
    )
}

/// Where the marked part of a file's line stands in a unit's text.
///
/// A unit is a part of the line or reaches over several, and its escapes may
/// be undone; the same words may stand in it twice. Of all places with the
/// words, it is the one with most of the same text around it.
pub(super) fn locate(text: &str, place: &Place) -> Option<Span> {
    const CONTEXT: usize = 64;
    let quote = &place.quote;
    let part = place.mark.of(quote);
    let before = Span::new(0, place.mark.start as usize).of(quote);
    let after = Span::new(place.mark.end as usize, quote.len()).of(quote);
    let alike = |at: usize| {
        let (left, right) = (
            Span::new(0, at).of(text),
            Span::new(at + part.len(), text.len()).of(text),
        );
        let pairs = left.chars().rev().zip(before.chars().rev()).take(CONTEXT);
        let left = pairs.take_while(|(a, b)| a == b).count();
        let pairs = right.chars().zip(after.chars()).take(CONTEXT);
        left + pairs.take_while(|(a, b)| a == b).count()
    };
    let found = text.match_indices(part).map(|(at, _)| at);
    // An insertion has no words of its own: something around it must be the same.
    let found = found.map(|at| (alike(at), at));
    let found = found.filter(|(alike, _)| *alike > 0 || !part.is_empty());
    // Of equals, the first.
    let best = found.reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.map(|(_, at)| Span::new(at, at + part.len()))
}
