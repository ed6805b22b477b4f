//! Singular and plural.

use std::sync::OnceLock;

use super::{Irregular, List, NOT_INFLECTED, ends_in_y};

pub(super) fn nouns() -> &'static Irregular {
    static NOUNS: OnceLock<Irregular> = OnceLock::new();
    NOUNS.get_or_init(|| Irregular::read(include_str!("../../data/english/nouns.txt")))
}

/// physics, analytics: no plurals, unlike topics.
fn is_discipline(word: &str) -> bool {
    word.ends_with("ics") && !word.strip_suffix('s').is_some_and(|one| COUNTED.has(one))
}

/// Nouns and verbs in `-ic`.
static COUNTED: List = List::new(
    "topic critic clinic fabric relic metric tactic characteristic mechanic academic traffic panic \
    mimic republic epidemic pandemic classic graphic infographic ceramic antibiotic synthetic skeptic heuristic \
    picnic diagnostic statistic logic",
);

/// The plurals of a noun; none where it has none.
pub(super) fn plurals(word: &str) -> Vec<String> {
    if let Some(forms) = nouns().forms(word) {
        return forms;
    }
    if NOT_INFLECTED.has(word) || is_discipline(word) {
        return Vec::new();
    }
    let man = word.strip_suffix("man").filter(|_| {
        !["human", "german", "roman", "shaman", "talisman", "ottoman"]
            .iter()
            .any(|other| word.ends_with(other))
    });
    if let Some(stem) = man {
        return vec![format!("{stem}men")];
    }
    if let Some(stem) = word.strip_suffix("sis") {
        return vec![format!("{stem}ses")];
    }
    vec![with_s(word)]
}

/// A noun's or verb's regular `-s`.
pub(super) fn with_s(word: &str) -> String {
    if ends_in_y(word) {
        let stem = word.strip_suffix('y').unwrap_or(word);
        return format!("{stem}ies");
    }
    if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// The singular of a plural (or the base of a verb in `-s`); `None` for any other word.
pub(super) fn singular(word: &str) -> Option<String> {
    if NOT_INFLECTED.has(word) || is_discipline(word) {
        return None;
    }
    if let Some(base) = nouns().bases.get(word) {
        return Some((*base).to_owned());
    }
    if nouns().forms.contains_key(word) {
        return None;
    }
    if let Some(stem) = word.strip_suffix("men").filter(|stem| !stem.is_empty()) {
        let noun = ![
            "speci", "regi", "abdo", "o", "a", "hy", "acu", "stam", "ra", "ye", "se",
        ]
        .contains(&stem);
        return noun.then(|| format!("{stem}man"));
    }
    let stem = word.strip_suffix('s')?;
    let french = word.ends_with("eaus"); // bureaus
    if stem.len() < 2 || (stem.ends_with(['s', 'u', 'i', '\'']) && !french) {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}{}", if stem.len() > 1 { "y" } else { "ie" }));
    }
    if let Some(stem) = ["yses", "eses", "ises", "oses"]
        .iter()
        .find(|end| word.ends_with(**end) && SISES.iter().any(|sis| word.starts_with(sis)))
        .and_then(|_| word.strip_suffix("es"))
    {
        return Some(format!("{stem}is"));
    }
    if let Some(stem) = word.strip_suffix("es")
        && (["ss", "x", "ch", "sh", "zz"]
            .iter()
            .any(|end| stem.ends_with(end))
            || matches!(word, "goes" | "does"))
    {
        return Some(stem.to_owned());
    }
    Some(stem.to_owned())
}

/// The beginnings of plurals in `-ses` whose singular ends in `-sis`.
const SISES: &[&str] = &[
    "analys",
    "cris",
    "thes",
    "hypothes",
    "synthes",
    "parenthes",
    "diagnos",
    "prognos",
    "oas",
    "emphas",
    "paralys",
    "neuros",
    "psychos",
    "antithes",
    "photosynthes",
    "genes",
    "nemes",
    "catalys",
    "meta-analys",
    "cryptanalys",
];
