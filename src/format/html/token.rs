//! HTML cut into tags, texts and what is passed over, with the bytes of each.
//!
//! Nothing is repaired: a file may be malformed in any way, and every byte of it
//! is in one token. Where a tag, a comment or raw text ends is decided as
//! browsers do (HTML Standard, 13.2.5), as far as that can be seen in the text.

use std::collections::HashMap;

use crate::span::{Span, halves};

/// What a stretch of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Kind {
    /// Text, with references as written.
    Text,
    /// A comment, a declaration, a processing instruction.
    Aside,
    /// What stands in an element that can hold no tags.
    Raw,
    /// A start tag.
    Open,
    /// A start tag that is the whole element.
    Empty,
    /// An end tag.
    Close,
}

/// A stretch of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format) struct Token {
    /// Its bytes.
    pub(in crate::format) at: Span,
    /// What it is.
    pub(in crate::format) kind: Kind,
    /// The name of a tag, in small letters.
    pub(in crate::format) name: String,
    /// The attributes of a start tag.
    pub(in crate::format) attributes: Vec<Attribute>,
}

/// An attribute as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Attribute {
    pub(in crate::format) name: Span,
    /// Its value without quotation marks; empty where it has none.
    pub(in crate::format) value: Span,
}

impl Token {
    /// An attribute's value, where it has one, by its name in small letters.
    pub(in crate::format) fn attribute(&self, text: &str, name: &str) -> Option<Span> {
        let mut all = self.attributes.iter();
        let named = all.find(|one| one.name.of(text).eq_ignore_ascii_case(name));
        named.map(|one| one.value)
    }

    /// Whether an attribute has a value, in any case.
    pub(in crate::format) fn says(&self, text: &str, name: &str, value: &str) -> bool {
        let said = self.attribute(text, name).map(|at| at.of(text).trim());
        said.is_some_and(|said| said.eq_ignore_ascii_case(value))
    }
}

/// Elements that hold nothing and have no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements in which a tag is text, up to their own end tag.
const RAW: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
];

/// All of a text.
pub(in crate::format) fn tokens(text: &str) -> Vec<Token> {
    // In XML an element of any name may be empty.
    let xml = text.trim_start().starts_with("<?xml");
    let mut tokens = Vec::new();
    let mut push = |from: usize, to: usize, kind: Kind| {
        if to > from {
            tokens.push(Token {
                at: Span::new(from, to),
                kind,
                name: String::new(),
                attributes: Vec::new(),
            });
        }
    };
    let mut tags = Vec::new();
    let (mut told, mut next) = (0, 0);
    while let Some(found) = halves(text, next).1.find('<') {
        let here = next + found;
        let (_, rest) = halves(text, here);
        let Some((length, kind)) = markup(rest) else {
            next = here + 1;
            continue;
        };
        push(told, here, Kind::Text);
        let mut end = here + length;
        push(here, end, kind);
        if kind != Kind::Aside {
            let tag = tag(rest, here);
            let kind = tag.kind(kind, end);
            let raw = kind == Kind::Open || (kind == Kind::Empty && !xml);
            if raw && RAW.contains(&tag.name.as_str()) {
                let inner = raw_length(halves(text, end).1, &tag.name);
                push(end, end + inner, Kind::Raw);
                end += inner;
            }
            tags.push((here, tag, kind));
        }
        (told, next) = (end, end);
    }
    push(told, text.len(), Kind::Text);
    let mut tags = tags.into_iter().peekable();
    for token in &mut tokens {
        if let Some((_, tag, kind)) = tags.next_if(|(here, ..)| *here == token.at.start as usize) {
            (token.name, token.attributes, token.kind) = (tag.name, tag.attributes, kind);
        }
    }
    tokens
}

/// For each start tag the token that is its end tag.
pub(in crate::format) fn ends(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut ends = vec![None; tokens.len()];
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for (here, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.entry(&token.name).or_default().push(here),
            Kind::Close => {
                let start = open.get_mut(token.name.as_str()).and_then(Vec::pop);
                if let Some(end) = start.and_then(|start| ends.get_mut(start)) {
                    *end = Some(here);
                }
            }
            _ => {}
        }
    }
    ends
}

/// The tag or comment that a text begins with, if it is whole: its bytes and, of a tag, its name.
pub(in crate::format) fn whole(text: &str) -> Option<(usize, String)> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| (at + 3, String::new()));
    }
    let inside = text.strip_prefix('<')?;
    let named = inside.strip_prefix('/').unwrap_or(inside);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let tag = Tag::scan(text, 0);
    tag.length.map(|length| (length, tag.name))
}

/// The length and the kind of the markup that a text begins with.
fn markup(text: &str) -> Option<(usize, Kind)> {
    let all = text.len();
    let to = |end: &str| text.find(end).map(|at| at + end.len());
    if let Some(rest) = text.strip_prefix("<!--") {
        // <!--> and <!---> are comments too.
        let short = ["->", ">"].iter().find(|end| rest.starts_with(**end));
        let length = short.map(|end| 4 + end.len()).or_else(|| to("-->"));
        return Some((length.unwrap_or(all), Kind::Aside));
    }
    if text.starts_with("<![CDATA[") {
        return Some((to("]]>").unwrap_or(all), Kind::Aside));
    }
    if text.starts_with("<?") {
        let length = to("?>").or_else(|| to(">"));
        return Some((length.unwrap_or(all), Kind::Aside));
    }
    if text.starts_with("<!") {
        return Some((to(">").unwrap_or(all), Kind::Aside));
    }
    let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    let inside = text.strip_prefix('<')?;
    if let Some(inside) = inside.strip_prefix('/') {
        let kind = if letter(inside) {
            Kind::Close
        } else {
            Kind::Aside
        };
        return Some((to(">").unwrap_or(all), kind));
    }
    if !letter(inside) {
        return None;
    }
    let length = Tag::scan(text, 0).length;
    // A quotation mark that is never closed does not swallow the rest of the file.
    let length = length.or_else(|| to(">")).unwrap_or(all);
    let empty = halves(text, length).0.ends_with("/>");
    Some((length, if empty { Kind::Empty } else { Kind::Open }))
}

/// A tag as far as it can be read.
struct Tag {
    name: String,
    attributes: Vec<Attribute>,
    /// Its bytes; `None` where it does not end.
    length: Option<usize>,
}

/// The tag that a text begins with, which begins at byte `at` of the file.
fn tag(text: &str, at: usize) -> Tag {
    let tag = Tag::scan(text, at);
    if tag.length.is_some() {
        return tag;
    }
    // What stands behind a quotation mark that is never closed is no attribute.
    Tag {
        attributes: Vec::new(),
        ..tag
    }
}

impl Tag {
    /// What it is, given what its first and last bytes say; `end` is the byte after it in the file.
    fn kind(&self, kind: Kind, end: usize) -> Kind {
        // <a href=http://b.c/> ends in a slash that is part of the address.
        let last = self.attributes.last().map(|last| last.value);
        let address = last.is_some_and(|at| !at.is_empty() && at.end as usize + 1 == end);
        match kind {
            Kind::Open if VOID.contains(&self.name.as_str()) => Kind::Empty,
            Kind::Empty if address && !VOID.contains(&self.name.as_str()) => Kind::Open,
            kind => kind,
        }
    }

    fn scan(text: &str, shift: usize) -> Self {
        let mut scan = Scan {
            bytes: text.as_bytes(),
            at: 1,
        };
        if scan.peek() == Some(b'/') {
            scan.at += 1;
        }
        let start = scan.at;
        scan.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
        let name = Span::new(start, scan.at).of(text).to_ascii_lowercase();
        let mut attributes = Vec::new();
        let length = scan.attributes(|name, value| {
            attributes.push(Attribute {
                name: name.shifted(shift),
                value: value.shifted(shift),
            });
        });
        Self {
            name,
            attributes,
            length,
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0C)
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, kind: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| kind(**byte)).count();
    }

    /// Reads attributes up to the end of the tag: the byte after it.
    fn attributes(&mut self, mut found: impl FnMut(Span, Span)) -> Option<usize> {
        loop {
            self.skip(|byte| is_space(byte) || byte == b'/');
            if self.peek()? == b'>' {
                return Some(self.at + 1);
            }
            let start = self.at;
            // A name may even begin with `=`.
            self.at += 1;
            self.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
            let name = Span::new(start, self.at);
            let mut value = Span::new(self.at, self.at);
            self.skip(is_space);
            if self.peek() == Some(b'=') {
                self.at += 1;
                self.skip(is_space);
                value = self.value()?;
            }
            found(name, value);
        }
    }

    fn value(&mut self) -> Option<Span> {
        let quote = self.peek()?;
        if matches!(quote, b'"' | b'\'') {
            let start = self.at + 1;
            let length = self.bytes.get(start..)?.iter().position(|b| *b == quote)?;
            self.at = start + length + 1;
            return Some(Span::new(start, start + length));
        }
        let start = self.at;
        self.skip(|byte| !is_space(byte) && byte != b'>');
        Some(Span::new(start, self.at))
    }
}

/// The bytes before the end tag of an element that can hold no tags.
fn raw_length(text: &str, name: &str) -> usize {
    let mut ends = text.match_indices("</").filter(|(at, _)| {
        let (said, rest) = halves(halves(text, at + 2).1, name.len());
        let over = rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        said.eq_ignore_ascii_case(name) && over
    });
    ends.next().map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        let tokens = tokens(text).into_iter();
        tokens
            .map(|token| (token.kind, token.at.of(text)))
            .collect()
    }

    #[test]
    fn every_byte_is_in_one_token() {
        use Kind::{Aside, Close, Empty, Open, Raw, Text};
        assert_eq!(
            found("<!DOCTYPE html><P CLASS=a>一 < 二<br>&lt;<img src=x /></p><!-- <b> --> a</>"),
            [
                (Aside, "<!DOCTYPE html>"),
                (Open, "<P CLASS=a>"),
                (Text, "一 < 二"),
                (Empty, "<br>"),
                (Text, "&lt;"),
                (Empty, "<img src=x />"),
                (Close, "</p>"),
                (Aside, "<!-- <b> -->"),
                (Text, " a"),
                (Aside, "</>"),
            ]
        );
        assert_eq!(
            found("<script>if (a<b) '</p>'</SCRIPT ><title></title>"),
            [
                (Open, "<script>"),
                (Raw, "if (a<b) '</p>'"),
                (Close, "</SCRIPT >"),
                (Open, "<title>"),
                (Close, "</title>"),
            ]
        );
        assert_eq!(
            found("<?php echo $a->b ?>x<!-->y<!-- z"),
            [
                (Aside, "<?php echo $a->b ?>"),
                (Text, "x"),
                (Aside, "<!-->"),
                (Text, "y"),
                (Aside, "<!-- z"),
            ]
        );
        for text in [
            "<",
            "<a",
            "<a b='",
            "</",
            "<!",
            "<a b=",
            "x<a href=\"y>z</a>",
            "<a =>",
            "<a/",
        ] {
            let all: String = found(text).iter().map(|(_, part)| *part).collect();
            assert_eq!(all, text);
        }
    }

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let text = "一<a href = 'x>y' disabled/TITLE=\"甲 \"乙=丙 =z>";
        let tag = tokens(text).pop().unwrap();
        let all = tag.attributes.iter();
        let all: Vec<_> = all.map(|a| (a.name.of(text), a.value.of(text))).collect();
        assert_eq!(
            all,
            [
                ("href", "x>y"),
                ("disabled", ""),
                ("TITLE", "甲 "),
                ("乙", "丙"),
                ("=z", ""),
            ]
        );
        assert!(tag.says(text, "title", "甲"));
    }

    #[test]
    fn a_start_tag_knows_its_end() {
        let tokens = tokens("<b>1<i>2<b>3</b></b></i>");
        assert_eq!(
            ends(&tokens),
            [
                Some(7),
                None,
                Some(8),
                None,
                Some(6),
                None,
                None,
                None,
                None
            ]
        );
    }

    #[test]
    fn only_a_whole_tag_is_one() {
        assert_eq!(whole("<a href=\"x\">y"), Some((12, "a".to_owned())));
        assert_eq!(whole("<a href=\"x>y"), None);
        assert_eq!(whole("<!-- x"), None);
        assert_eq!(whole("< b>"), None);
    }
}
