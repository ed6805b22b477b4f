//! Addresses: of pages, of people, and in links.

use crate::span::Span;

/// The scheme of an address: `https`, `mailto`.
pub(super) fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let good = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    (good && !rest.is_empty()).then_some(scheme)
}

/// The length of the address a text begins with, without the sentence's own marks behind it.
pub(super) fn address(text: &str) -> usize {
    let end = text
        .find(|c: char| {
            !c.is_ascii_graphic()
                || matches!(c, '<' | '>' | '"' | '`' | '\\' | '^' | '{' | '}' | '|')
        })
        .unwrap_or(text.len());
    let mut url = Span::new(0, end).of(text);
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        let unbalanced = |close: char, open: char| {
            trimmed.ends_with(close)
                && trimmed.matches(close).count() > trimmed.matches(open).count()
        };
        let shorter = if unbalanced(')', '(') || unbalanced(']', '[') {
            Span::new(0, trimmed.len() - 1).of(trimmed)
        } else {
            trimmed
        };
        if shorter.len() == url.len() {
            return url.len();
        }
        url = shorter;
    }
}

/// The length of the domain name a text begins with: at least two parts, the last of letters.
pub(super) fn mail_domain(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(text.len());
    let domain = Span::new(0, end).of(text).trim_end_matches(['.', '-']);
    let (name, last) = domain.rsplit_once('.')?;
    let good = !name.is_empty() && last.len() > 1 && last.chars().all(|c| c.is_ascii_alphabetic());
    good.then_some(domain.len())
}

/// The length of `url "title")` of a link, behind its `(`.
pub(super) fn destination(rest: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut title = None;
    let mut end = None;
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        match (title, c) {
            (Some(close), _) if c == close && before != '\\' => title = None,
            (None, '"' | '\'') if before.is_whitespace() => title = Some(c),
            (None, '(') => depth += 1,
            (None, ')') if depth > 0 => depth -= 1,
            (None, ')') => {
                end = Some(at);
                break;
            }
            _ => {}
        }
        before = c;
    }
    let end = end?;
    let inside = Span::new(0, end).of(rest).trim();
    let angle = inside
        .strip_prefix('<')
        .and_then(|inside| inside.split_once('>'));
    let (url, after) = match angle {
        Some(parts) => parts,
        None => inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, "")),
    };
    let titled = after.trim().is_empty() || after.trim_start().starts_with(['"', '\'']);
    // 见[注](下文) is prose, not a link.
    let plausible = url.is_ascii() || url.contains(['/', '#', '.']);
    (titled && plausible).then_some(end + 1)
}
