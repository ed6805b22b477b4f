//! The names of a part's elements, as the rest of this format knows them.
//!
//! Word writes `w:p`; other programs may bind the same namespace to another
//! prefix, or to none. Such a part is read as if it had been written with `w:`.

use std::borrow::Cow;

use crate::format::html::token::{self, Kind, Token};
use crate::span::Span;
use crate::xml::{Event, Reader};

/// The namespace of Word's own elements, and that of the strict form of the standard
/// (ISO/IEC 29500-1).
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A part of a Word file with the usual prefix; or why it cannot be read.
pub(super) fn sound(xml: &str) -> Result<Cow<'_, str>, String> {
    let mut reader = Reader::new(xml.as_bytes(), Some("UTF-8"));
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(fault) => {
                let spot = fault.spot;
                let (line, column) = (spot.line, spot.column);
                return Err(format!("line {line}, column {column}: {}", fault.message));
            }
        }
    }
    let named = prefixed(xml)?;
    let tokens = token::tokens(&named);
    let root = tokens.iter().find(|token| is_start(token));
    match root {
        Some(root) if root.name.starts_with("w:") => Ok(named),
        Some(root) => Err(format!("<{}> is no element of Word's", root.name)),
        None => Err("it is empty".to_owned()),
    }
}

fn is_start(token: &Token) -> bool {
    matches!(token.kind, Kind::Open | Kind::Empty)
}

/// The prefixes that a tag binds, `""` for none, each with its namespace.
fn bound<'a>(xml: &'a str, token: &'a Token) -> impl Iterator<Item = (&'a str, &'a str)> {
    token.attributes.iter().filter_map(move |attribute| {
        let rest = attribute.name.of(xml).strip_prefix("xmlns")?;
        let prefix = rest.strip_prefix(':').or(rest.is_empty().then_some(""))?;
        Some((prefix, attribute.value.of(xml)))
    })
}

/// The prefix of a name, and what follows it.
fn parted(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// A text in which Word's own elements and attributes begin with `w:`.
fn prefixed(xml: &str) -> Result<Cow<'_, str>, String> {
    let tokens = token::tokens(xml);
    let bindings = || tokens.iter().flat_map(move |token| bound(xml, token));
    let words = |space: &str| WORD.contains(&space);
    let Some((_, space)) = bindings().find(|&(prefix, space)| prefix != "w" && words(space)) else {
        return Ok(Cow::Borrowed(xml));
    };
    if bindings().any(|(prefix, space)| prefix == "w" && !words(space)) {
        return Err("the prefix w is not that of Word's elements".to_owned());
    }
    let mut out = String::with_capacity(xml.len() + xml.len() / 8);
    // What is bound where we are: how deep it was, the prefix, whether it is Word's.
    let mut scope: Vec<(usize, &str, bool)> = Vec::new();
    let (mut depth, mut declared) = (0usize, false);
    for token in &tokens {
        if !is_start(token) && token.kind != Kind::Close {
            out.push_str(token.at.of(xml));
            continue;
        }
        if is_start(token) {
            depth += 1;
            scope.extend(bound(xml, token).map(|(prefix, space)| (depth, prefix, words(space))));
        }
        let is_word = |prefix: &str| {
            let mut near = scope.iter().rev();
            near.find(|(_, bound, _)| *bound == prefix)
                .is_some_and(|(.., word)| *word)
        };
        let new = (!declared).then_some(space);
        let unbound = bound(xml, token).all(|(prefix, _)| prefix != "w");
        renamed(xml, token, is_word, new.filter(|_| unbound), &mut out);
        declared = true;
        if token.kind == Kind::Close || token.at.of(xml).ends_with("/>") {
            scope.retain(|(bound, ..)| *bound < depth);
            depth = depth.saturating_sub(1);
        }
    }
    Ok(Cow::Owned(out))
}

/// Adds a tag in which what is Word's begins with `w:`, and which binds that to `space`.
fn renamed(
    xml: &str,
    token: &Token,
    is_word: impl Fn(&str) -> bool,
    space: Option<&str>,
    out: &mut String,
) {
    let lead = if token.kind == Kind::Close { 2 } else { 1 };
    let start = token.at.start as usize + lead;
    let name = Span::new(start, start + token.name.len());
    out.push_str(Span::new(token.at.start as usize, start).of(xml));
    let (prefix, local) = parted(name.of(xml));
    if is_word(prefix) {
        out.push_str("w:");
        out.push_str(local);
    } else {
        out.push_str(name.of(xml));
    }
    if let Some(space) = space {
        out.push_str(" xmlns:w=\"");
        out.push_str(space);
        out.push('"');
    }
    let mut done = name.end;
    for attribute in &token.attributes {
        let (prefix, local) = parted(attribute.name.of(xml));
        // A name without a prefix is in no namespace, and `xmlns:…` in none of Word's.
        if !prefix.is_empty() && is_word(prefix) {
            let before = Span {
                start: done,
                end: attribute.name.start,
            };
            out.push_str(before.of(xml));
            out.push_str("w:");
            out.push_str(local);
            done = attribute.name.end;
        }
    }
    let rest = Span {
        start: done,
        end: token.at.end,
    };
    out.push_str(rest.of(xml));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: &str = WORD[0];

    #[test]
    fn other_prefixes_are_read_as_the_usual_one() {
        let usual = format!("<w:p xmlns:w=\"{SPACE}\"><w:t a=\"1\"/></w:p>");
        assert!(matches!(sound(&usual), Ok(Cow::Borrowed(_))));
        let other = format!("<n:p xmlns:n=\"{SPACE}\" n:x='2'>甲<o n=\"1\" n:y=\"3\"/></n:p>");
        let expected = format!(
            "<w:p xmlns:w=\"{SPACE}\" xmlns:n=\"{SPACE}\" w:x='2'>甲<o n=\"1\" w:y=\"3\"/></w:p>"
        );
        assert_eq!(sound(&other).as_deref(), Ok(expected.as_str()));
        let none = format!("<p xmlns=\"{SPACE}\"><r a=\"1\"><q xmlns=\"u\"><r/></q><r/></r></p>");
        let expected = format!(
            "<w:p xmlns:w=\"{SPACE}\" xmlns=\"{SPACE}\"><w:r a=\"1\"><q xmlns=\"u\"><r/></q><w:r/></w:r></w:p>"
        );
        assert_eq!(sound(&none).as_deref(), Ok(expected.as_str()));
        let both = format!("<p xmlns=\"{SPACE}\" xmlns:w=\"{SPACE}\" w:a=\"1\"/>");
        assert_eq!(
            sound(&both).as_deref(),
            Ok(both.replacen("<p", "<w:p", 1).as_str())
        );
    }

    #[test]
    fn what_is_no_part_of_a_word_file_is_refused() {
        let taken = format!("<n:p xmlns:n=\"{SPACE}\" xmlns:w=\"u\"/>");
        for (xml, why) in [
            ("", "it is empty"),
            ("<?xml version=\"1.0\"?>", "it is empty"),
            ("<html></html>", "<html> is no element of Word's"),
            (&*taken, "the prefix w is not that of Word's elements"),
            ("<w:p>\n<w:t>甲</w:p>", "line 2, column "),
            ("<w:p><w:t>甲</w:t>", "the file ends before </w:p>"),
        ] {
            let refused = sound(xml).unwrap_err();
            assert!(refused.contains(why), "{xml}: {refused}");
        }
    }
}
