//! The forms of verbs, and the way back from them.

use std::sync::OnceLock;

use super::noun::with_s;
use super::{Irregular, List, ends_in_y, is_vowel};

pub(super) fn verbs() -> &'static Irregular {
    static VERBS: OnceLock<Irregular> = OnceLock::new();
    VERBS.get_or_init(|| Irregular::read(include_str!("../../data/english/verbs.txt")))
}

/// Verbs of more than one syllable that double their last consonant (British ones double it too).
static DOUBLING: List = List::new(
    "refer prefer transfer confer infer defer occur incur concur recur control patrol commit permit \
    submit admit omit emit transmit remit regret equip deter compel propel expel excel rebel begin forget upset reset \
    offset program format kidnap worship zigzag backlog outfit input output unplug cancel travel model label level \
    signal channel fuel tunnel counsel equal total",
);

/// Of those the ones that Americans do not double.
static EITHER: List = List::new(
    "cancel travel model label level signal channel fuel tunnel counsel equal total worship focus",
);

pub(super) fn thirds(verb: &str) -> Vec<String> {
    match verb {
        "be" => vec!["is".into(), "are".into()],
        "have" => vec!["has".into()],
        "go" | "do" | "veto" | "echo" | "undergo" | "embargo" => vec![format!("{verb}es")],
        _ => vec![with_s(verb)],
    }
}

/// The stems a verb has before `-ing` and `-ed`, `e` dropped and consonant doubled.
fn stems(verb: &str) -> Vec<String> {
    let bytes = verb.as_bytes();
    if DOUBLING.has(verb) || one_short_syllable(bytes) {
        let last = verb.chars().next_back().unwrap_or_default();
        let mut stems = vec![format!("{verb}{last}")];
        if EITHER.has(verb) {
            stems.insert(0, verb.to_owned());
        }
        return stems;
    }
    if let [.., before, b'c'] = bytes
        && is_vowel(*before)
    {
        return vec![format!("{verb}k")]; // trafficking
    }
    vec![verb.to_owned()]
}

/// plan, ship, cut: one vowel, then one consonant that doubles.
fn one_short_syllable(word: &[u8]) -> bool {
    let [start @ .., vowel, last] = word else {
        return false;
    };
    let start = if let [rest @ .., b'q', b'u'] = start {
        rest
    } else {
        start
    };
    is_vowel(*vowel)
        && !is_vowel(*last)
        && !matches!(last, b'w' | b'x' | b'y')
        && !start.iter().any(|&byte| is_vowel(byte) || byte == b'y')
}

pub(super) fn gerunds(verb: &str) -> Vec<String> {
    if let Some(stem) = verb.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    let silent = verb
        .strip_suffix('e')
        .filter(|stem| !stem.ends_with(['e', 'y', 'o']) && stem.len() > 1);
    match silent {
        Some(stem) => vec![format!("{stem}ing")],
        None => stems(verb)
            .iter()
            .map(|stem| format!("{stem}ing"))
            .collect(),
    }
}

pub(super) fn pasts(verb: &str) -> Vec<String> {
    if let Some(forms) = verbs().forms(verb) {
        return forms;
    }
    if verb.ends_with('e') {
        return vec![format!("{verb}d")];
    }
    if ends_in_y(verb) {
        let stem = verb.strip_suffix('y').unwrap_or(verb);
        return vec![format!("{stem}ied")];
    }
    stems(verb).iter().map(|stem| format!("{stem}ed")).collect()
}

/// The verb of which `word` is the form that `make` makes, given what stands before its ending.
pub(super) fn verb_base(stem: &str, word: &str, make: fn(&str) -> Vec<String>) -> Option<String> {
    let bytes = stem.as_bytes();
    if stem.len() < 2 || !bytes.iter().any(|&byte| is_vowel(byte) || byte == b'y') {
        return None; // thing, spring
    }
    let mut candidates = Vec::new();
    if let [rest @ .., a, b] = bytes
        && a == b
        && !is_vowel(*a)
    {
        let single = stem.strip_suffix(char::from(*b)).unwrap_or(stem);
        // call, pass, buzz and staff end so themselves.
        if DOUBLING.has(single) || (!matches!(a, b'l' | b's' | b'z' | b'f') && rest.len() > 1) {
            candidates.push(single.to_owned());
        }
    }
    if let Some(verb) = stem.strip_suffix('k').filter(|verb| verb.ends_with("ic")) {
        candidates.push(verb.to_owned());
    }
    if let Some(start) = stem.strip_suffix('y').filter(|_| stem.len() == 2) {
        candidates.push(format!("{start}ie")); // dying
    }
    let silent = format!("{stem}e");
    if wants_e(stem) {
        candidates.extend([silent, stem.to_owned()]);
    } else {
        candidates.extend([stem.to_owned(), silent]);
    }
    candidates
        .into_iter()
        .find(|verb| make(verb).iter().any(|form| form == word))
}

/// Ends of stems that have lost an `e`, and ends among them that have not.
const LOST_E: &[&str] = &[
    "c", "v", "u", "z", "bl", "cl", "dl", "fl", "gl", "kl", "pl", "tl", "dg", "ag", "rg", "eg",
    "eng", "chang", "rang", "at", "is", "os", "as", "us", "ns", "rs", "ps", "ls", "ys", "ur", "ir",
    "ar", "plor", "stor", "gnor", "scor", "in", "ven", "id", "ud", "ad", "od", "ced", "ped", "ut",
    "invit", "writ", "cit", "unit", "gnit", "plet", "delet", "mpet", "mot", "vot", "quot", "not",
    "vok", "scap", "yp", "rib", "sum", "welcom", "postpon", "interfer", "adher",
];
const KEPT: &[&str] = &[
    "eat", "oat", "format", "combat", "focus", "bias", "canvas", "our", "air", "eir", "ear", "oar",
    "ain", "oin", "ruin", "oid", "aid", "oud", "oad", "ead", "input", "output", "out", "cloud",
    "method", "uu", "you", "ood", "eed", "chat", "treaty", "visit", "target", "monitor", "collar",
    "dollar", "benefit", "exhibit", "deposit", "bulletin", "altar", "hear", "flag",
];

/// Whether a stem looks as if it had lost an `e`.
fn wants_e(stem: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|end| stem.ends_with(end));
    if ["creat", "delineat", "nauseat", "permeat", "caus"]
        .iter()
        .any(|verb| stem.ends_with(verb))
    {
        return true;
    }
    ends(LOST_E) && !ends(KEPT) && !stem.ends_with("ss")
}
