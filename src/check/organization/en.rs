//! English names: Department of Commerce, National Health Commission.

use super::Name;
use crate::span::{Span, halves};

/// What kinds of organization there are.
const KINDS: [&str; 15] = [
    "department",
    "ministry",
    "commission",
    "committee",
    "bureau",
    "office",
    "agency",
    "administration",
    "authority",
    "council",
    "board",
    "academy",
    "court",
    "directorate",
    "secretariat",
];

/// Words that join the parts of a name.
const JOINTS: [&str; 5] = ["of", "for", "on", "and", "the"];

/// Words of a name that say whose it is.
const COUNTRIES: [(&str, &str); 29] = [
    ("us", "US"),
    ("usa", "US"),
    ("united", "US"),
    ("states", "US"),
    ("america", "US"),
    ("american", "US"),
    ("china", "CN"),
    ("chinese", "CN"),
    ("people's", "CN"),
    ("republic", "CN"),
    ("prc", "CN"),
    ("japan", "JP"),
    ("japanese", "JP"),
    ("russia", "RU"),
    ("russian", "RU"),
    ("british", "GB"),
    ("uk", "GB"),
    ("korea", "KR"),
    ("korean", "KR"),
    ("french", "FR"),
    ("france", "FR"),
    ("german", "DE"),
    ("germany", "DE"),
    ("india", "IN"),
    ("indian", "IN"),
    ("european", "EU"),
    ("eu", "EU"),
    ("australia", "AU"),
    ("australian", "AU"),
];

/// The names in a text with these words.
pub(super) fn names(text: &str, words: &[Span]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut free = 0;
    for at in 0..words.len() {
        if at < free || !is_kind(text, words[at]) {
            continue;
        }
        let end = tail(text, words, at);
        let start = lead(text, words, at, free);
        names.extend(name(text, &words[start..end], at - start));
        free = end;
    }
    names
}

fn is_kind(text: &str, word: Span) -> bool {
    is_capital(word.of(text)) && KINDS.contains(&plain(word.of(text)).as_str())
}

/// A word as it is compared: in small letters, without its 's.
fn plain(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    let own = word.strip_suffix("'s").filter(|w| *w != "people");
    own.unwrap_or(&word).to_owned()
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn gap<'t>(text: &'t str, words: &[Span], after: usize) -> &'t str {
    let (Some(a), Some(b)) = (words.get(after), words.get(after + 1)) else {
        return ".";
    };
    let between = Span {
        start: a.end,
        end: b.start,
    };
    between.of(text)
}

fn beside(text: &str, words: &[Span], after: usize) -> bool {
    matches!(gap(text, words, after), " " | "\n" | " & " | "-")
}

/// The end of what follows the kind: of Health and Human Services.
fn tail(text: &str, words: &[Span], at: usize) -> usize {
    let word = |i: usize| words.get(i).map_or("", |w| w.of(text));
    let mut end = at + 1;
    if !matches!(word(end), "of" | "for" | "on") || !beside(text, words, at) {
        return end;
    }
    let mut next = end;
    while beside(text, words, next - 1) {
        let this = word(next);
        let other =
            this == "and" && is_kind(text, words.get(next + 1).copied().unwrap_or_default());
        // The Ministry of Finance and the Ministry of Commerce are two.
        let two = this == "and" && word(next + 1) == "the";
        if other || two || words.get(next).is_some_and(|w| is_kind(text, *w)) {
            break;
        }
        if is_capital(this) {
            end = next + 1;
        } else if !JOINTS.contains(&this) {
            break;
        }
        next += 1;
    }
    end
}

/// The beginning of what stands before the kind: the National Development and
/// Reform Commission. Nothing before `free` belongs to it.
fn lead(text: &str, words: &[Span], at: usize, free: usize) -> usize {
    let word = |i: usize| words.get(i).map_or("", |w| w.of(text));
    let (mut start, mut before) = (at, at);
    while before > free && beside(text, words, before - 1) {
        before -= 1;
        let this = word(before);
        if is_capital(this) && !matches!(this, "The" | "A" | "An" | "This" | "In" | "By") {
            start = before;
        } else if this != "and" {
            break;
        }
    }
    start
}

/// The name that some words are; `None` where they say a kind and nothing else.
fn name(text: &str, words: &[Span], kind: usize) -> Option<Name> {
    // The points of U.S. part it from what follows.
    let (before, _) = halves(text, words.first()?.start as usize);
    let mut country = before.trim_end().ends_with("U.S.").then_some("US");
    let mut full = Vec::new();
    let mut first = None;
    for (i, span) in words.iter().enumerate() {
        let word = plain(span.of(text));
        if let Some((_, code)) = COUNTRIES.iter().find(|(name, _)| *name == word) {
            country = country.or(Some(*code));
            continue;
        }
        first = first.or(Some(i));
        if i != kind && !JOINTS.contains(&word.as_str()) {
            full.push(word);
        }
    }
    let last = words
        .iter()
        .rposition(|span| {
            let word = plain(span.of(text));
            !JOINTS.contains(&word.as_str()) && COUNTRIES.iter().all(|(name, _)| *name != word)
        })
        .and_then(|i| words.get(i))?;
    let start = words.get(first?)?.start;
    let kind = plain(words.get(kind)?.of(text));
    (!full.is_empty()).then(|| Name {
        span: Span {
            start,
            end: last.end,
        },
        words: full,
        kind,
        country,
        open: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn found(text: &str) -> Vec<(String, Option<&'static str>)> {
        let names = names(text, &words(text));
        let shown = names
            .iter()
            .map(|n| (n.span.of(text).to_owned(), n.country));
        shown.collect()
    }

    #[test]
    fn names_end_where_another_begins() {
        let text = "The U.S. Department of Commerce and the Ministry of Finance met; China’s National \
            Development and Reform Commission, the Food and Drug Administration and the Department left.";
        let names = found(text);
        let expected = [
            ("Department of Commerce", Some("US")),
            ("Ministry of Finance", None),
            ("National Development and Reform Commission", Some("CN")),
            ("Food and Drug Administration", None),
        ];
        assert_eq!(names, expected.map(|(n, c)| (n.to_owned(), c)));
    }

    #[test]
    fn a_country_may_stand_behind() {
        let text = "Ministry of Commerce of the People’s Republic of China";
        assert_eq!(
            found(text),
            [("Ministry of Commerce".to_owned(), Some("CN"))]
        );
        assert_eq!(
            found("the Department of Health and Human Services said"),
            [("Department of Health and Human Services".to_owned(), None)]
        );
    }
}
