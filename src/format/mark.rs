//! What HTML and subtitles have in common: text with tags and character
//! references in it.
//!
//! A paragraph's tags stay in it as written. Those at its ends that only dress
//! all of it, or nothing, stand outside: they are no translator's concern, and
//! sentences inside one tag that wraps a whole paragraph can be told apart.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::{Paragraph, Run, RunKind};
use crate::span::{Span, halves};
use crate::text::chars::is_invisible;

/// A stretch of a paragraph that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The bytes of the file.
    pub(super) at: Span,
    /// What they are.
    pub(super) kind: RunKind,
    /// What it begins or ends.
    pub(super) edge: Edge,
}

/// What a part begins or ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Edge {
    /// Nothing.
    #[default]
    Neither,
    /// An element of this name.
    Opens(String),
    /// An element of this name.
    Closes(String),
}

impl Part {
    /// A part that begins and ends nothing.
    pub(super) fn plain(at: Span, kind: RunKind) -> Self {
        Self {
            at,
            kind,
            edge: Edge::Neither,
        }
    }
}

/// So many elements that are open are looked through for the one that is closed.
const DEEPEST: usize = 64;

/// Adds the text of some bytes: character references apart from the words around
/// them, and line breaks with their white space as breaks that mean nothing.
pub(super) fn texts(text: &str, at: Span, parts: &mut Vec<Part>) {
    let whole = at.of(text);
    let mut push = |from: usize, to: usize, kind: RunKind| {
        if to > from {
            let at = Span::new(from, to).shifted(at.start as usize);
            parts.push(Part::plain(at, kind));
        }
    };
    let (mut told, mut next) = (0, 0);
    while let Some(found) = halves(whole, next).1.find(['&', '\n']) {
        let here = next + found;
        let (_, rest) = halves(whole, here);
        if rest.starts_with('\n') {
            let before = Span::new(told, here).of(whole);
            let end = told + before.trim_end_matches(is_space).len();
            let after = here + (rest.len() - rest.trim_start_matches(is_space).len());
            push(told, end, RunKind::Text);
            push(end, after, RunKind::Soft);
            (told, next) = (after, after);
        } else if let Some(length) = reference(rest) {
            let (this, after) = halves(rest, length);
            let kind = character(this, after).map_or(RunKind::Text, RunKind::Char);
            push(told, here, RunKind::Text);
            push(here, here + length, kind);
            (told, next) = (here + length, here + length);
        } else {
            next = here + 1;
        }
    }
    push(told, whole.len(), RunKind::Text);
}

/// What HTML takes for white space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}')
}

/// The bytes of the character reference that a text begins with: `&amp;`, `&#22;`.
pub(super) fn reference(text: &str) -> Option<usize> {
    const LONGEST: usize = 32;
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = Span::new(0, end).of(rest);
    let all =
        |text: &str, kind: fn(&u8) -> bool| !text.is_empty() && text.bytes().all(|b| kind(&b));
    let good = if let Some(number) = name.strip_prefix("#x").or(name.strip_prefix("#X")) {
        all(number, u8::is_ascii_hexdigit)
    } else if let Some(number) = name.strip_prefix('#') {
        all(number, u8::is_ascii_digit)
    } else {
        let letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
        letter && name.len() > 1 && all(name, u8::is_ascii_alphanumeric)
    };
    good.then_some(end + 2)
}

/// The character that a reference stands for, where it may stand as itself before `after`: not
/// one that nobody sees, nor one that would be markup there.
fn character(reference: &str, after: &str) -> Option<char> {
    // What a name stands for is known where Markdown is read.
    let texts = Parser::new(reference).filter_map(|event| match event {
        Event::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let text: String = texts.collect();
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    let (next, _) = halves(after, 40);
    let markup = match c {
        '&' => self::reference(&["&", next].concat()).is_some(),
        '<' => next.starts_with(|c: char| c.is_ascii_alphanumeric() || "/!?".contains(c)),
        _ => false,
    };
    let unseen = c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\u{FFFD}';
    (!markup && !unseen).then_some(c)
}

/// A text as it is written between tags: what would be markup and is not meant so
/// becomes a reference. References stay; `tag` gives the bytes of a tag that a
/// text begins with and that stays too.
pub(super) fn escaped(text: &str, tag: impl Fn(&str) -> Option<usize>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        let (before, here) = halves(rest, at);
        out.push_str(before);
        let (kept, instead) = match here.chars().next() {
            Some('&') => (reference(here), "&amp;"),
            Some('<') => (tag(here), "&lt;"),
            _ => (None, "&gt;"),
        };
        let (this, after) = halves(here, kept.unwrap_or(1));
        out.push_str(if kept.is_some() { this } else { instead });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The parts that closed elements are made of: for each part the one that it belongs to.
fn pairs(parts: &[Part]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; parts.len()];
    let mut open: Vec<(&str, usize)> = Vec::new();
    for (here, part) in parts.iter().enumerate() {
        match &part.edge {
            Edge::Neither => {}
            Edge::Opens(name) => open.push((name.as_str(), here)),
            Edge::Closes(name) => {
                let mut near = open.iter().rev().take(DEEPEST);
                let Some(above) = near.position(|(other, _)| other == name) else {
                    continue;
                };
                // What was opened inside it was never closed.
                open.truncate(open.len() - above);
                if let Some((_, there)) = open.pop() {
                    for (one, other) in [(here, there), (there, here)] {
                        if let Some(pair) = pairs.get_mut(one) {
                            *pair = Some(other);
                        }
                    }
                }
            }
        }
    }
    pairs
}

/// Whether a part says something.
fn speaks(text: &str, part: &Part) -> bool {
    const BLANK: &[&str] = &[
        "&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&#160;", "&#xA0;", "&#xa0;", "&#12288;",
        "&#x3000;", "&#8203;", "&zwnj;",
    ];
    match part.kind {
        RunKind::Word | RunKind::Char(_) => true,
        RunKind::Text => {
            let words = part.at.of(text).trim();
            !words.is_empty() && !BLANK.contains(&words)
        }
        RunKind::Mark | RunKind::Soft | RunKind::Hard => false,
    }
}

/// The parts without those at both ends that say nothing.
fn inner(text: &str, parts: &[Part], pairs: &[Option<usize>]) -> Range<usize> {
    // How many parts before each say something.
    let mut said = vec![0];
    for part in parts {
        said.push(said.last().copied().unwrap_or(0) + usize::from(speaks(text, part)));
    }
    let silent = |from: usize, to: usize| said.get(from) == said.get(to);
    let (mut low, mut high) = (0, parts.len());
    loop {
        let before = (low, high);
        if low < high && silent(low, low + 1) {
            match pairs.get(low).copied().flatten() {
                None => low += 1,
                Some(end) if silent(low, end) => low = end + 1,
                Some(end) if end + 1 == high => (low, high) = (low + 1, end),
                Some(_) => {}
            }
        }
        if low < high && silent(high - 1, high) {
            match pairs.get(high - 1).copied().flatten() {
                None => high -= 1,
                Some(start) if silent(start, high) => high = start,
                Some(_) => {}
            }
        }
        if (low, high) == before {
            return low..high.max(low);
        }
    }
}

/// Adds the runs of a part. A tag may go over several lines: the breaks in it are like others.
fn runs(text: &str, part: &Part, runs: &mut Vec<Run>) {
    let whole = part.at.of(text);
    let mut push = |from: usize, to: usize, kind: RunKind| {
        if to > from {
            let at = Span::new(from, to).shifted(part.at.start as usize);
            runs.push(Run { at, kind });
        }
    };
    if matches!(part.kind, RunKind::Soft | RunKind::Text) || !whole.contains('\n') {
        return push(0, whole.len(), part.kind);
    }
    let kind = match part.kind {
        RunKind::Word => RunKind::Word,
        _ => RunKind::Mark,
    };
    let mut from = 0;
    while let Some(found) = halves(whole, from).1.find('\n') {
        let here = from + found;
        let line = Span::new(from, here).of(whole).trim_end_matches(is_space);
        let (_, rest) = halves(whole, here);
        let next = here + (rest.len() - rest.trim_start_matches(is_space).len());
        push(from, from + line.len(), kind);
        push(from + line.len(), next, RunKind::Soft);
        from = next;
    }
    push(from, whole.len(), kind);
}

/// A paragraph of its parts, and which of them it is made of. It has no runs where no part says
/// anything.
pub(super) fn paragraph(text: &str, parts: &[Part]) -> (Paragraph, Range<usize>) {
    let pairs = pairs(parts);
    let range = inner(text, parts, &pairs);
    let mut paragraph = Paragraph::default();
    let kept = parts.get(range.clone()).unwrap_or_default();
    for part in kept {
        runs(text, part, &mut paragraph.runs);
        if matches!(part.kind, RunKind::Mark | RunKind::Word | RunKind::Hard) {
            paragraph.whole.push(part.at);
        }
    }
    for (here, pair) in pairs.iter().enumerate().skip(range.start) {
        let partner = pair.filter(|there| *there > here && *there < range.end);
        if let Some((open, close)) = parts.get(here).zip(partner.and_then(|at| parts.get(at))) {
            paragraph.whole.push(Span {
                start: open.at.start,
                end: close.at.end,
            });
        }
    }
    if let Some(first) = paragraph.runs.first_mut()
        && first.kind == RunKind::Text
    {
        let words = first.at.of(text);
        first.at.start += (words.len() - words.trim_start().len()) as u32;
    }
    if let Some(last) = paragraph.runs.last_mut()
        && last.kind == RunKind::Text
    {
        let words = last.at.of(text);
        last.at.end -= (words.len() - words.trim_end().len()) as u32;
    }
    (paragraph, range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_other_ampersands() {
        for (text, length) in [
            ("&amp; x", Some(5)),
            ("&#38;", Some(5)),
            ("&#x4E2D;", Some(8)),
            ("&nbsp;&nbsp;", Some(6)),
            ("&", None),
            ("&;", None),
            ("&D; x", None),
            ("&T plc; x", None),
            ("&#;", None),
            ("&#x;", None),
            ("&中;", None),
        ] {
            assert_eq!(reference(text), length, "{text}");
        }
    }

    #[test]
    fn references_stand_for_what_is_seen_and_is_no_markup() {
        for (text, after, character) in [
            ("&rsquo;", "s", Some('’')),
            ("&#20013;", "", Some('中')),
            ("&#x1F600;", "", Some('😀')),
            ("&#39;", "s", Some('\'')),
            ("&amp;", "D", Some('&')),
            ("&amp;", "lt; x", None),
            ("&lt;", " 5", Some('<')),
            ("&lt;", "b&gt;", None),
            ("&nbsp;", "x", None),
            ("&#8203;", "x", None),
            ("&unknown;", "x", None),
        ] {
            assert_eq!(super::character(text, after), character, "{text}");
        }
    }

    #[test]
    fn what_would_be_markup_is_escaped() {
        let bold = |text: &str| text.starts_with("<b>").then_some(3);
        assert_eq!(
            escaped("R&D &lt; <b>5 > 3 < 4</b>&copy", bold),
            "R&amp;D &lt; <b>5 &gt; 3 &lt; 4&lt;/b&gt;&amp;copy"
        );
    }

    #[test]
    fn text_is_parted_at_references_and_line_breaks() {
        let text = " 一 &amp; 二 \r\n\r\n\t三&四\n";
        let mut parts = Vec::new();
        texts(text, Span::all(text), &mut parts);
        let found: Vec<_> = parts.iter().map(|p| (p.at.of(text), p.kind)).collect();
        assert_eq!(
            found,
            [
                (" 一 ", RunKind::Text),
                ("&amp;", RunKind::Char('&')),
                (" 二", RunKind::Text),
                (" \r\n\r\n\t", RunKind::Soft),
                ("三&四", RunKind::Text),
                ("\n", RunKind::Soft),
            ]
        );
    }
}
