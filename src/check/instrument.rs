//! Names of laws that differ only in what kind of law they say it is: *Company
//! Law* for *Company Act*. Translators and even ministries change between the
//! words; which law is meant is certain all the same.

use crate::span::{Span, halves};

/// Kinds of legal instruments, in the singular.
const KINDS: &[&str] = &[
    "act",
    "law",
    "statute",
    "code",
    "ordinance",
    "regulation",
    "rule",
    "decree",
    "measure",
    "provision",
];

/// What joins a kind to what the instrument is about: *Act on Mediation*.
const LINKS: &[&str] = &[" of ", " on ", " for ", " governing ", " concerning "];

/// What a name may go without: which country's law it is.
const COUNTRIES: &[&str] = &[
    "republic of china",
    "people's republic of china",
    "people’s republic of china",
    "united states",
    "united states of america",
    "taiwan",
    "china",
    "r.o.c.",
    "roc",
    "prc",
    "u.s.",
];

/// A name without its last words where they only say of which country.
pub(super) fn without_country(name: &str) -> Option<&str> {
    let lowered = name.to_ascii_lowercase();
    let at = COUNTRIES.iter().find_map(|country| {
        let rest = lowered.strip_suffix(country)?.trim_end();
        let rest = rest.strip_suffix("the").unwrap_or(rest).trim_end();
        Some(rest.strip_suffix(" of")?.trim_end().len())
    })?;
    let (before, _) = halves(name, at);
    before.contains(' ').then_some(before)
}

/// A name of another kind of instrument.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Other {
    /// Where the name stands.
    pub(super) span: Span,
    /// The word for the kind that stands there.
    pub(super) kind: Span,
}

/// Where a text has a law's name, but for the word that says what kind of law it is.
pub(super) fn other_kind(text: &str, name: &str) -> Option<Other> {
    let name = without_country(name).unwrap_or(name).to_ascii_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let (kind, about) = parts(name)?;
    // Small ASCII letters take as many bytes as capitals.
    let lowered = text.to_ascii_lowercase();
    let word = |c: char| c.is_alphanumeric();
    lowered.match_indices(about).find_map(|(at, _)| {
        let end = at + about.len();
        let (before, _) = halves(&lowered, at);
        let (_, after) = halves(&lowered, end);
        if before.ends_with(word) || after.starts_with(word) {
            return None;
        }
        let differs = |span: Span| {
            let there = span.of(&lowered);
            let other = singular(there) != kind && KINDS.contains(&singular(there));
            (other && span.of(text).starts_with(char::is_uppercase)).then_some(span)
        };
        let next = after.strip_prefix(' ').unwrap_or("");
        let length = next.len() - next.trim_start_matches(word).len();
        let behind = (length > 0).then(|| Span::new(end + 1, end + 1 + length));
        if let Some(kind) = behind.and_then(differs) {
            let span = Span::new(at, kind.end as usize);
            return Some(Other { span, kind });
        }
        let before = before.strip_suffix("the ").unwrap_or(before);
        let first = LINKS.iter().find_map(|link| before.strip_suffix(link))?;
        let start = first.trim_end_matches(word).len();
        let kind = differs(Span::new(start, first.len()))?;
        let span = Span::new(start, end);
        Some(Other { span, kind })
    })
}

/// The kind a name in small letters says, and what it is about.
fn parts(name: &str) -> Option<(&str, &str)> {
    let last = name.rsplit_once(' ');
    let ends = last.filter(|(_, kind)| KINDS.contains(&singular(kind)));
    let ends = ends.map(|(about, kind)| (kind, about));
    let (kind, about) = ends.or_else(|| {
        let (kind, rest) = name.split_once(' ')?;
        let link = LINKS.iter().find(|l| rest.starts_with(l.trim_start()))?;
        let about = rest.strip_prefix(link.trim_start())?;
        let about = about.strip_prefix("the ").unwrap_or(about);
        KINDS.contains(&singular(kind)).then_some((kind, about))
    })?;
    (about.len() > 2).then_some((singular(kind), about))
}

fn singular(kind: &str) -> &str {
    kind.strip_suffix('s').unwrap_or(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
        other_kind(text, name).map(|other| (other.span.of(text), other.kind.of(text)))
    }

    #[test]
    fn another_kind_of_law() {
        let text = "under the Company Law and the Regulations Governing Bonds";
        assert_eq!(found(text, "Company Act"), Some(("Company Law", "Law")));
        let is = "Regulations Governing Bonds";
        assert_eq!(found(text, "Act on Bonds"), Some((is, "Regulations")));
        assert_eq!(
            found(
                "the Banking Law",
                "The Banking Act of the Republic of China"
            ),
            Some(("Banking Law", "Law"))
        );
        assert_eq!(found(text, "Company Law"), None);
        assert_eq!(found("company law is a subject", "Company Act"), None);
        assert_eq!(found("the Holding Company Lawyers", "Company Act"), None);
        assert_eq!(found("Company", "Company Act"), None);
    }

    #[test]
    fn which_country() {
        let is = without_country("The Banking Act of The Republic of China");
        assert_eq!(is, Some("The Banking Act"));
        assert_eq!(without_country("Bank of China"), None);
    }
}
