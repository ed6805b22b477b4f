//! What is written into a page: translations, and what the page says of itself.

use super::token::{self, Kind, Token};
use crate::format::mark;
use crate::lang::{Lang, Locale};
use crate::span::{self, Span, halves};

/// Elements that a translator may put into a text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// A page says within so many bytes what it is written in.
const HEAD: usize = 1 << 16;

/// A translation as it is written between tags. `hole` is what stood there: the tags of it stay.
pub(in crate::format) fn written(target: &str, hole: &str) -> String {
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hole = joined(hole);
    mark::escaped(target, |rest| {
        let (length, name) = token::whole(rest)?;
        let tag = Span::new(0, length).of(rest);
        (INLINE.contains(&name.as_str()) || hole.contains(&joined(tag))).then_some(length)
    })
}

/// A translation as it is written where no tag can stand; `before` is the file up to there.
pub(in crate::format) fn value(before: &str, target: &str) -> String {
    let new = mark::escaped(target, |_| None);
    match before.chars().next_back() {
        Some('"') => new.replace('"', "&quot;"),
        Some('\'') => new.replace('\'', "&#39;"),
        _ => new,
    }
}

/// An attribute's new value with the quotation marks that it needs.
pub(in crate::format) fn enclosed(before: &str, new: String) -> String {
    if before.trim_end().ends_with('=') {
        return format!("\"{}\"", new.replace('"', "&quot;"));
    }
    new
}

/// The encoding that a page says it is in.
pub(in crate::format) fn charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let text = String::from_utf8_lossy(head);
    let tokens = token::tokens(&text);
    let said = tokens.iter().find_map(|token| encoding(&text, token));
    said.map(|at| at.of(&text).to_owned())
}

/// A page that was translated, saying so of itself: it is in UTF-8, and in another language
/// where it named the one translated from.
pub(in crate::format) fn declared(page: &str, from: Lang, to: Locale) -> String {
    let (head, _) = halves(page, HEAD);
    let mut changes: Vec<(Span, &str)> = Vec::new();
    for token in token::tokens(head) {
        let other = encoding(head, &token).filter(|at| {
            let said = at.of(head);
            !["utf-8", "utf8"]
                .iter()
                .any(|name| said.eq_ignore_ascii_case(name))
        });
        changes.extend(other.map(|at| (at, "utf-8")));
        let names: &[&str] = match token.name.as_str() {
            "html" => &["lang", "xml:lang"],
            "meta" if token.says(head, "http-equiv", "content-language") => &["content"],
            _ => &[],
        };
        let said = names.iter().filter_map(|name| token.attribute(head, name));
        let ours = said.filter(|at| Lang::from_tag(at.of(head)) == Some(from));
        if from != to.lang() {
            changes.extend(ours.map(|at| (at, to.tag())));
        }
    }
    changes.sort_unstable();
    let put = |page: String, (at, new): (Span, &str)| span::splice(&page, at, new);
    changes.into_iter().rev().fold(page.to_owned(), put)
}

/// Where a token says what the page is encoded in.
fn encoding(text: &str, token: &Token) -> Option<Span> {
    if token.kind == Kind::Aside {
        let inside = token.at.of(text).strip_prefix("<?xml")?;
        let (before, after) = inside.split_once("encoding")?;
        let quoted = after.trim_start().strip_prefix('=')?.trim_start();
        let mark = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (_, label) = halves(quoted, 1);
        let end = label.find(mark)?;
        let behind = before.len() + "encoding".len() + (after.len() - label.len());
        let start = token.at.start as usize + "<?xml".len() + behind;
        return Some(Span::new(start, start + end));
    }
    if token.name != "meta" {
        return None;
    }
    if let Some(at) = token.attribute(text, "charset") {
        return (!at.is_empty()).then_some(at);
    }
    let content = token.attribute(text, "content")?;
    if !token.says(text, "http-equiv", "content-type") {
        return None;
    }
    let said = content.of(text).to_ascii_lowercase();
    let start = said.find("charset=")? + "charset=".len();
    let (_, label) = halves(&said, start);
    let end = label.find([';', ' ', ',']).unwrap_or(label.len());
    (end > 0).then(|| Span::new(start, start + end).shifted(content.start as usize))
}
