//! Tags, as HTML and XML have them.

use crate::span::halves;

/// Attributes that may stand without a value; any other word inside `<…>` makes it prose, where
/// no attribute with a value stands before it.
const BARE: &[&str] = &[
    "disabled",
    "checked",
    "selected",
    "hidden",
    "required",
    "readonly",
    "open",
    "async",
    "defer",
    "download",
    "inert",
    "itemscope",
];

/// The length of the well-formed tag a text begins with.
pub(super) fn tag_len(text: &str) -> Option<usize> {
    let mut rest = text.strip_prefix('<')?;
    let closing = rest.starts_with('/');
    rest = rest.strip_prefix('/').unwrap_or(rest);
    rest = name_end(rest)?.1;
    let mut valued = false;
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed
            .strip_prefix("/>")
            .filter(|_| !closing)
            .or_else(|| trimmed.strip_prefix('>'))
        {
            return Some(text.len() - after.len());
        }
        if closing || trimmed.len() == rest.len() {
            return None;
        }
        let (name, after) = name_end(trimmed)?;
        rest = match after.trim_start().strip_prefix('=') {
            Some(value) => {
                valued = true;
                after_value(value.trim_start())?
            }
            None if valued
                || name.contains('-')
                || BARE.contains(&name.to_ascii_lowercase().as_str()) =>
            {
                after
            }
            None => return None,
        };
    }
}

/// The length of the tag of a subtitle that a text begins with: who speaks (`<v Ann>`),
/// the language (`<lang en>`), when a word is shown (`<00:01.500>`).
pub(super) fn cue_len(text: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    let (inside, _) = text.strip_prefix('<')?.split_once('>')?;
    let clock = inside.contains(':')
        && inside.starts_with(|c: char| c.is_ascii_digit())
        && inside
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let tagged = || {
        let (name, said) = inside.split_once(' ')?;
        let name = name.split('.').next()?;
        let letters = said.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let speaker = said.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        let said = match name {
            "v" => speaker && inside.len() <= LONGEST && !inside.contains(['<', '\n', '=']),
            "lang" => !said.is_empty() && letters,
            _ => false,
        };
        said.then_some(())
    };
    (clock || tagged().is_some()).then_some(inside.len() + 2)
}

/// The name of a tag, and its attributes: the name of each, and the rest of it
/// from the `=` on.
pub(super) fn parts(tag: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let rest = tag.strip_prefix('<')?;
    let (name, mut rest) = name_end(rest.strip_prefix('/').unwrap_or(rest))?;
    let mut attributes = Vec::new();
    while let Some((attribute, after)) = name_end(rest.trim_start()) {
        rest = match after.trim_start().strip_prefix('=') {
            Some(value) => after_value(value.trim_start())?,
            None => after,
        };
        let (value, _) = halves(after, after.len() - rest.len());
        attributes.push((attribute, value));
    }
    Some((name, attributes))
}

/// The name a text begins with, and what follows it.
fn name_end(text: &str) -> Option<(&str, &str)> {
    let len = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '.' | '@')))
        .unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        .then(|| halves(text, len))
}

/// What follows an attribute's value.
fn after_value(value: &str) -> Option<&str> {
    let quote = value.chars().next()?;
    if matches!(quote, '"' | '\'') {
        return value
            .strip_prefix(quote)?
            .split_once(quote)
            .map(|(_, after)| after);
    }
    let len =
        value.find(|c: char| c.is_whitespace() || matches!(c, '>' | '"' | '\'' | '<' | '`'))?;
    (len > 0).then(|| halves(value, len).1)
}
