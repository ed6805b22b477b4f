//! What an English rendering asks of the words around it: its number, an
//! article, the sound it begins with.
//!
//! The rendering takes the form of the one it replaces where that is sure; where
//! other words of the sentence would have to change, it does not fit.

use crate::span::{Span, halves};
use crate::text::article::vowel_sound;
use crate::text::fold::fold;
use crate::text::lemma::{is_plural, plural};

/// What sort of noun a term is, by its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// AI, DOE: stands without an article.
    Short,
    /// The Department of Energy: a name that has an article.
    Institution,
    /// China: a name that has none.
    Single,
    /// A name that may have one: White House, Silicon Valley.
    Name,
    /// supply chain
    Common,
}

/// `rendering` in the form that the term `base` has at `place` of the target; `None` where it
/// does not fit there.
pub(super) fn fitted(target: &str, place: Span, base: &str, rendering: &str) -> Option<String> {
    let written = place.of(target);
    let possessives = ["'s", "’s"];
    let tail = possessives.iter().find(|tail| written.ends_with(**tail));
    let tail = tail.copied().unwrap_or("");
    let form = written.strip_suffix(tail)?;
    if form.ends_with(['\'', '’']) {
        return None;
    }
    let (old, new) = (sort(base), sort(rendering));
    let many = as_many(form, base, old)?;
    let rendering = match (new, many, is_plural(rendering)) {
        (Sort::Common, true, false) if uncountable(rendering) => return None,
        (Sort::Common | Sort::Short, true, false) => plural(rendering)?,
        // The export controls *are*; there is one Department of Energy.
        (Sort::Common, false, true) | (Sort::Institution | Sort::Single | Sort::Name, true, _) => {
            return None;
        }
        _ => rendering.to_owned(),
    };
    let around = Around::new(target, place);
    around
        .takes(old, new, base, &rendering, many)
        .then(|| [rendering.as_str(), tail].concat())
}

/// Whether a form of a term is its plural; `None` for any form that is neither plural nor singular.
fn as_many(form: &str, base: &str, old: Sort) -> Option<bool> {
    let solid = |text: &str| fold(text).replace([' ', '-'], "");
    if solid(form) == solid(base) {
        return Some(matches!(old, Sort::Common | Sort::Short) && is_plural(base));
    }
    let one = plural(base).is_some_and(|many| solid(form) == solid(&many));
    let other = plural(form).is_some_and(|many| solid(base) == solid(&many));
    match (one, other) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// What stands around a place.
struct Around<'t> {
    /// The word before it, in small letters; nothing where a mark is between them.
    before: String,
    /// What comes after it.
    after: &'t str,
    /// Whether a mark of quotation opens before it.
    quoted: bool,
    /// Whether there is nothing else.
    alone: bool,
}

impl<'t> Around<'t> {
    fn new(target: &'t str, place: Span) -> Self {
        let (before, _) = halves(target, place.start as usize);
        let (_, after) = halves(target, place.end as usize);
        let letter = char::is_alphanumeric;
        let word = before.trim_end().rsplit(char::is_whitespace).next();
        Self {
            before: word.unwrap_or("").to_lowercase(),
            after,
            quoted: before.ends_with(['“', '"', '‘', '\'']),
            alone: !before.contains(letter) && !after.contains(letter),
        }
    }

    fn takes(&self, old: Sort, new: Sort, base: &str, rendering: &str, many: bool) -> bool {
        if self.quoted || self.alone {
            return true;
        }
        let the = self.before == "the";
        let one = ["a", "an", "one", "each", "every", "another", "this", "that"];
        let one = one.contains(&self.before.as_str());
        let bare = !one && !DETERMINERS.contains(&self.before.as_str());
        match new {
            Sort::Short => !the || old == Sort::Short,
            Sort::Single | Sort::Name if bare => !matches!(old, Sort::Institution | Sort::Common),
            Sort::Single => false,
            Sort::Institution => the || old == Sort::Institution,
            Sort::Name => old == Sort::Name,
            Sort::Common if many || !self.heads() => true,
            Sort::Common if one => !uncountable(rendering),
            // Bare as the old one is what needs no article: not “supply chain is key”.
            Sort::Common if bare => mass(rendering) || old == Sort::Common && !mass(base),
            Sort::Common => true,
        }
    }

    /// Whether no noun follows: in “supply chain resilience” the term says what sort of resilience.
    fn heads(&self) -> bool {
        let after = self.after.trim_start();
        let word: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
        let hyphen = self.after.starts_with('-');
        !hyphen && (word.is_empty() || FOLLOW.contains(&word.to_lowercase().as_str()))
    }
}

/// What sort of noun a term is.
fn sort(term: &str) -> Sort {
    let words: Vec<&str> = term.split_whitespace().collect();
    let upper = |word: &&str| word.starts_with(char::is_uppercase);
    let capitals = term.chars().filter(|c| c.is_uppercase()).count();
    let small = term.chars().filter(|c| c.is_lowercase()).count();
    match words.as_slice() {
        [_] if capitals > 1 && small < capitals => Sort::Short,
        [word] if upper(word) => Sort::Single,
        [first, rest @ ..] if upper(first) && rest.iter().any(upper) => {
            let named = rest.iter().any(|word| INSTITUTIONS.contains(word));
            if named || rest.contains(&"of") {
                Sort::Institution
            } else {
                Sort::Name
            }
        }
        _ => Sort::Common,
    }
}

/// The last word of a term, or the one before *of* and *for*, in small letters.
fn head(term: &str) -> String {
    let term = term.to_lowercase();
    let ends = [" of ", " for ", " in ", " on "];
    let ends = ends.iter().filter_map(|end| term.find(end)).min();
    let (term, _) = halves(&term, ends.unwrap_or(term.len()));
    term.rsplit([' ', '-']).next().unwrap_or(term).to_owned()
}

/// Whether a term has no plural.
fn uncountable(term: &str) -> bool {
    let head = head(term);
    let endings = ["ness", "ism", "ware", "ence", "ing", "ship", "ics"];
    UNCOUNTABLE.contains(&head.as_str())
        || endings.iter().any(|end| head.ends_with(end)) && !COUNTABLE.contains(&head.as_str())
}

/// Whether a term may stand without article in the singular.
fn mass(term: &str) -> bool {
    let endings = [
        "ity", "tion", "sion", "ment", "cy", "gy", "ance", "ture", "phy", "th", "ade",
    ];
    let head = head(term);
    uncountable(term) || endings.iter().any(|end| head.ends_with(end))
}

/// As [`vowel_sound`], for amounts of money too: “an $80 billion plan”.
fn said(rendering: &str) -> Option<bool> {
    vowel_sound(rendering.trim_start_matches(['$', '€', '£', '¥']))
}

/// The span and rendering with the article before them, where that is *a* or *an* and has to
/// change; `None` where it is not sure which is right.
pub(super) fn with_article(target: &str, place: Span, rendering: String) -> Option<(Span, String)> {
    let (before, _) = halves(target, place.start as usize);
    let bare = before.trim_end_matches([' ', '\n', '“', '"', '‘']);
    let article = bare.rsplit([' ', '\n', '(', '“', '"']).next().unwrap_or("");
    let an = article.eq_ignore_ascii_case("an");
    if bare.len() == before.len() || !an && !article.eq_ignore_ascii_case("a") {
        return Some((place, rendering));
    }
    let vowel = match said(&rendering) {
        Some(vowel) => vowel,
        None if rendering.chars().next() == place.of(target).chars().next() => an,
        None => return None,
    };
    if vowel == an {
        return Some((place, rendering));
    }
    let start = bare.len() - article.len();
    let between = Span::new(bare.len(), before.len()).of(target);
    let first = article.chars().next().unwrap_or('a');
    let right = if vowel { "n" } else { "" };
    let span = Span::new(start, place.end as usize);
    Some((span, format!("{first}{right}{between}{rendering}")))
}

/// Words before a noun that stand where an article could.
const DETERMINERS: &[&str] = &[
    "the", "these", "those", "its", "their", "his", "her", "our", "your", "my", "any", "some",
    "no", "such", "what", "which", "whose", "other",
];

/// Words after a noun that are no noun.
const FOLLOW: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can",
    "could", "may", "might", "must", "shall", "should", "does", "do", "did", "and", "or", "but",
    "nor", "of", "in", "on", "for", "to", "by", "with", "from", "at", "as", "than", "that",
    "which", "who", "into", "over", "under", "through", "between", "among", "within", "while",
    "when", "where", "if", "because", "since", "after", "before", "not", "also", "remains",
    "became", "becomes", "remain", "said", "says",
];

/// Nouns by which a name has the article.
const INSTITUTIONS: &[&str] = &[
    "Department",
    "Ministry",
    "Agency",
    "Administration",
    "Office",
    "Commission",
    "Committee",
    "Council",
    "Bureau",
    "Institute",
    "Institutes",
    "Authority",
    "Board",
    "Bank",
    "Court",
    "House",
    "Senate",
    "Party",
    "Organization",
    "Association",
    "Alliance",
    "Foundation",
    "Center",
    "Service",
    "Services",
    "Force",
    "Forces",
    "Army",
    "Navy",
    "States",
    "Kingdom",
    "Union",
    "Nations",
    "Republic",
    "Act",
    "Agreement",
    "Treaty",
    "Convention",
    "Protocol",
    "Amendment",
    "Program",
    "Initiative",
    "Plan",
    "Mission",
    "Project",
    "Fund",
    "Strategy",
    "Conference",
    "Congress",
];

/// Nouns without plural that their endings do not show.
const UNCOUNTABLE: &[&str] = &[
    "infrastructure",
    "information",
    "equipment",
    "security",
    "governance",
    "research",
    "data",
    "trade",
    "energy",
    "power",
    "labor",
    "labour",
    "money",
    "knowledge",
    "progress",
    "advice",
    "steel",
    "aid",
    "growth",
    "inflation",
];

/// Nouns with a plural that their endings hide.
const COUNTABLE: &[&str] = &[
    "conference",
    "sentence",
    "reference",
    "preference",
    "audience",
    "difference",
    "consequence",
    "residence",
    "science",
    "licence",
    "building",
    "meeting",
    "hearing",
    "holding",
    "offering",
    "ruling",
    "finding",
    "filing",
    "rating",
    "ceiling",
    "ship",
    "warship",
    "partnership",
    "relationship",
    "championship",
];
