//! Addresses that one text has and the other has not.

use super::{Check, Draft, Level, Run, Text, View};
use crate::finding::Severity;
use crate::span::Span;

pub(super) const CHECK: Check = Check {
    id: "seg-url",
    level: Level::Error,
    mqm: "accuracy/omission",
    page: include_str!("seg_url.md"),
    run: Run::Unit(run),
};

fn run(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let telling = |t: &Text<'_>| !t.codes.is_empty() || t.text.contains("10.");
    if !telling(&view.source) && !telling(&view.target) {
        return;
    }
    let source = addresses(&view.source);
    let target = addresses(&view.target);
    let missing = unmatched(&source, &target);
    let mut extra = unmatched(&target, &source);
    for address in missing {
        let wanted = address.span.of(view.source.text);
        let near = |other: &&Address| other.kind == address.kind && other.host() == address.host();
        let instead = extra
            .iter()
            .position(near)
            .or_else(|| extra.iter().position(|other| other.kind == address.kind));
        let wrong = instead.map(|at| extra.remove(at));
        drafts.push(if let Some(wrong) = wrong {
            let there = wrong.span.of(view.target.text);
            let message = format!("“{there}” is not the source's “{wanted}”");
            Draft {
                at_most: weight(address, wrong),
                suggestions: vec![wanted.to_owned()],
                related: vec![view.source.at(address.span)],
                ..Draft::new(view.target.at(wrong.span), message)
            }
        } else {
            let message = format!("“{wanted}” is not in the translation");
            // What stands there once need not stand there twice.
            let once = target.iter().any(|other| other.key == address.key);
            Draft {
                at_most: if once {
                    Severity::Note
                } else {
                    Severity::Error
                },
                suggestions: vec![wanted.to_owned()],
                ..Draft::new(view.source.at(address.span), message)
            }
        });
    }
    for address in extra {
        let there = address.span.of(view.target.text);
        let message = format!("the source has no “{there}”");
        drafts.push(Draft {
            at_most: Severity::Warning,
            ..Draft::new(view.target.at(address.span), message)
        });
    }
}

/// A translation may send its readers to another site.
fn weight(source: &Address, target: &Address) -> Severity {
    if source.kind == Kind::Web && source.host() != target.host() {
        Severity::Warning
    } else {
        Severity::Error
    }
}

/// The kinds of address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Web,
    Mail,
    Doi,
}

/// An address in a text.
struct Address {
    span: Span,
    kind: Kind,
    /// What is compared: without scheme, languages, and a slash at the end; in small letters.
    key: String,
    /// A link's destination: [`seg_tags`](super::seg_tags) answers for it, it only may serve here.
    link: bool,
}

impl Address {
    fn host(&self) -> &str {
        match self.kind {
            Kind::Web => self.key.split('/').next().unwrap_or_default(),
            Kind::Mail => self.key.rsplit('@').next().unwrap_or_default(),
            Kind::Doi => "",
        }
    }
}

/// The bare address that an inline code is, without its angle brackets.
pub(super) fn bare(code: &str) -> Option<&str> {
    let inside = code.strip_prefix('<').and_then(|c| c.strip_suffix('>'));
    let address = inside.unwrap_or(code);
    let shape = address.contains("://")
        || address.contains('@')
        || address
            .get(..4)
            .is_some_and(|w| w.eq_ignore_ascii_case("www."));
    let begins = address.starts_with(|c: char| c.is_ascii_alphanumeric());
    (shape && begins && !address.contains([' ', '"'])).then_some(address)
}

fn addresses(text: &Text<'_>) -> Vec<Address> {
    let mut found = Vec::new();
    for &span in &text.codes {
        let code = span.of(text.text);
        let linked = code.strip_prefix("](").and_then(|c| c.strip_suffix(')'));
        let linked = linked.and_then(|inside| inside.split_whitespace().next());
        let (written, link) = match (linked, bare(code)) {
            (Some(linked), _) => (linked, true),
            (None, Some(bare)) => (bare, false),
            _ => continue,
        };
        let kind = match written {
            a if a.contains("://") || !a.contains('@') => Kind::Web,
            _ => Kind::Mail,
        };
        let start = code.find(written).map_or(0, |at| span.start as usize + at);
        found.push(Address {
            span: Span::new(start, start + written.len()),
            kind,
            key: key(written),
            link,
        });
    }
    found.extend(dois(text));
    found
}

/// What is compared of an address. `https` may have become `http`, and a site's
/// own Chinese page may stand for its English one.
pub(super) fn key(address: &str) -> String {
    const LANGUAGES: &[&str] = &[
        "en", "en-us", "en-gb", "zh", "zh-cn", "zh-tw", "zh-hk", "zh-hans", "zh-hant", "zh_cn",
        "zh_tw", "cn", "tw", "chinese", "english", "chs", "cht", "sc", "tc", "eng", "chi",
    ];
    let lower = address.to_lowercase();
    let lower = lower.trim_start_matches("mailto:");
    let lower = lower.split_once("://").map_or(lower, |(_, rest)| rest);
    let lower = lower.strip_prefix("www.").unwrap_or(lower);
    let (host, path) = lower.split_once('/').unwrap_or((lower, ""));
    // en.wikipedia.org
    let host = match host.split_once('.') {
        Some((first, rest)) if LANGUAGES.contains(&first) && rest.contains('.') => rest,
        _ => host,
    };
    let parts = path
        .split('/')
        .filter(|p| !p.is_empty() && !LANGUAGES.contains(p));
    [host]
        .into_iter()
        .chain(parts)
        .collect::<Vec<_>>()
        .join("/")
}

/// The DOIs of a text that are not in an address: `10.1000/182`
/// (ANSI/NISO Z39.84: the prefix 10. and a registrant's number, a slash, a suffix).
fn dois(text: &Text<'_>) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    for (at, _) in text.text.match_indices("10.") {
        let before = Span::new(0, at).of(text.text).chars().next_back();
        let rest = Span::new(at, text.text.len()).of(text.text);
        let end = rest.find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"'));
        let doi = Span::new(0, end.unwrap_or(rest.len())).of(rest);
        let doi = doi.trim_end_matches(['.', ',', ';', ':', ')', ']', '*', '_', '\'']);
        let Some((prefix, suffix)) = doi.split_once('/') else {
            continue;
        };
        let registrant = prefix.trim_start_matches("10.");
        let good = (4..=9).contains(&registrant.len())
            && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && !suffix.is_empty()
            && !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/'));
        let span = Span::new(at, at + doi.len());
        if good && !text.in_code(span) {
            found.push(Address {
                span,
                kind: Kind::Doi,
                key: doi.to_lowercase(),
                link: false,
            });
        }
    }
    found
}

/// The addresses of one text that the other has not, or less often. A link's
/// destination in the other text serves for any number.
fn unmatched<'a>(these: &'a [Address], those: &[Address]) -> Vec<&'a Address> {
    let mut used = vec![false; those.len()];
    let mut left = Vec::new();
    for address in these.iter().filter(|a| !a.link) {
        let same = |other: &Address| other.kind == address.kind && other.key == address.key;
        if those.iter().any(|other| other.link && same(other)) {
            continue;
        }
        let partner = those
            .iter()
            .zip(&used)
            .position(|(other, used)| !used && same(other));
        match partner.and_then(|at| used.get_mut(at)) {
            Some(used) => *used = true,
            None => left.push(address),
        }
    }
    left
}
