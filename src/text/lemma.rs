//! English inflection: the forms a term takes in a text, and the way back
//! from a word to its dictionary form.
//!
//! By rules and short tables of exceptions, without a dictionary: a form that
//! nobody writes costs nothing, a form that is another word costs a false
//! alarm. So a term gets the forms of a verb only where its shape allows one,
//! and an abbreviation only plural and possessive.

mod noun;
mod verb;

use std::collections::HashSet;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compound::{joinings, spellings};
use super::fold::fold;
use noun::{nouns, plurals, singular};
use verb::{gerunds, pasts, thirds, verb_base, verbs};

/// The forms in which an English term may appear, itself first, all
/// [folded](super::fold) (small letters, `'` and `-` for every apostrophe and
/// hyphen), each once.
///
/// The head of the term (its last word, or the word before `of` and `for`)
/// takes plural or singular, the end of the term the possessive; a single
/// small-letter word and the first word of `roll back` take the forms of a
/// verb. All but the possessives are also written otherwise: with hyphen,
/// space or solid where the term has two parts, with one of its spaces as a
/// hyphen where it has more, in American and British spelling.
///
/// ```
/// use zhengming::text::lemma::inflections;
/// let forms = inflections("supply chain");
/// assert_eq!(forms[0], "supply chain");
/// for form in ["supply chains", "supply-chain", "supply chain's", "supplychains"] {
///     assert!(forms.iter().any(|known| known == form), "{form}");
/// }
/// assert_eq!(inflections("LLM"), ["llm", "llms", "llm's", "llms'"]);
/// ```
pub fn inflections(term: &str) -> Vec<String> {
    let folded = fold(term).trim().to_owned();
    if !folded.chars().any(|c| c.is_ascii_alphabetic()) {
        return vec![folded];
    }
    let written: Vec<&str> = term.split_whitespace().collect();
    let words: Vec<&str> = folded.split(' ').collect();
    let role = role(&words, &written);
    let mut forms = vec![folded.clone()];
    if let Some((at, kind)) = role {
        let shape = Shape::of(written.get(at).copied().unwrap_or(""));
        for form in word_forms(words[at], shape, kind) {
            let mut changed = words.clone();
            changed[at] = &form;
            forms.push(changed.join(" "));
        }
    }
    let small = !term.chars().any(char::is_uppercase);
    let mut all = forms.clone();
    for form in &forms {
        let spelled = spellings(form);
        for way in spelled.iter().chain([form]) {
            all.extend(joinings(way, small));
        }
        all.extend(spelled);
    }
    // A particle takes no possessive, nor does what ends in a sign (C++).
    let noun =
        !matches!(role, Some((_, Kind::Phrase))) && folded.ends_with(|c: char| c.is_alphanumeric());
    for form in forms.iter().filter(|_| noun) {
        all.extend(possessives(form, folded.as_str() == form));
    }
    let mut seen = HashSet::new();
    all.retain(|form| seen.insert(form.clone()));
    all
}

/// The dictionary form of one lower-case English word; a word that is one already stays.
///
/// ```
/// use zhengming::text::lemma::lemma;
/// let lemmas = ["policies", "analyses", "planned", "making", "children", "led", "focus"].map(lemma);
/// assert_eq!(lemmas, ["policy", "analysis", "plan", "make", "child", "lead", "focus"]);
/// ```
pub fn lemma(word: &str) -> String {
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .or_else(|| word.strip_suffix(['\'', '’']))
        .unwrap_or(word);
    if let Some((head, last)) = word.rsplit_once('-') {
        return format!("{head}-{}", lemma(last));
    }
    if let Some(base) = irregular(word) {
        return base.to_owned();
    }
    let plain = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !plain || NOT_INFLECTED.has(word) {
        return word.to_owned();
    }
    if let Some(base) = word
        .strip_suffix("ing")
        .and_then(|stem| verb_base(stem, word, gerunds))
    {
        return base;
    }
    if let Some(base) = word.strip_suffix("ied").filter(|stem| stem.len() > 1) {
        return format!("{base}y");
    }
    if let Some(base) = word
        .strip_suffix("ed")
        .and_then(|stem| verb_base(stem, word, pasts))
    {
        return base;
    }
    singular(word).unwrap_or_else(|| word.to_owned())
}

/// An English term in the plural, its letters otherwise as they are; `None` where its head is a
/// name, is in the plural already, or has none.
///
/// ```
/// use zhengming::text::lemma::plural;
/// assert_eq!(plural("supply chain").as_deref(), Some("supply chains"));
/// assert_eq!(plural("rule of origin").as_deref(), Some("rules of origin"));
/// assert_eq!(plural("LLM").as_deref(), Some("LLMs"));
/// assert_eq!(plural("Department of Energy"), None);
/// ```
pub fn plural(term: &str) -> Option<String> {
    let mut words: Vec<&str> = term.split(' ').collect();
    let at = head(&words)?;
    let word = *words.get(at)?;
    let last = word.rsplit('-').next().unwrap_or(word);
    let before = word.strip_suffix(last).unwrap_or("");
    let many = match Shape::of(word) {
        Shape::Small if singular(last).is_none() => plurals(last).into_iter().next()?,
        Shape::Abbreviation if !last.ends_with('s') => format!("{last}s"),
        _ => return None,
    };
    let many = [before, &many].concat();
    *words.get_mut(at)? = &many;
    Some(words.join(" "))
}

/// Whether the head of an English term is in the plural: small letters, or an abbreviation and `s`.
///
/// ```
/// use zhengming::text::lemma::is_plural;
/// assert!(is_plural("supply chains") && is_plural("LLMs") && !is_plural("business"));
/// ```
pub fn is_plural(term: &str) -> bool {
    let words: Vec<&str> = term.split(' ').collect();
    let Some(word) = head(&words).and_then(|at| words.get(at)) else {
        return false;
    };
    match Shape::of(word) {
        Shape::Small => singular(word).is_some(),
        Shape::Abbreviation => word.ends_with('s'),
        Shape::Name => false,
    }
}

/// Where the noun stands that carries the number of a term.
fn head(words: &[&str]) -> Option<usize> {
    let folded: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let small: Vec<&str> = folded.iter().map(String::as_str).collect();
    let (at, kind) = role(&small, words)?;
    (kind != Kind::Phrase).then_some(at)
}

/// How a term's head inflects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// policy, supply chain, rule of law.
    Noun,
    /// decouple, plan: as a verb too.
    Verb,
    /// roll back: only as a verb.
    Phrase,
}

/// Which word of a term inflects, and how.
fn role(words: &[&str], written: &[&str]) -> Option<(usize, Kind)> {
    let last = words.len() - 1;
    let small = written
        .first()
        .is_some_and(|word| Shape::of(word) == Shape::Small);
    if (1..=2).contains(&last) && small && PARTICLES.contains(&words[last]) {
        return Some((0, Kind::Phrase));
    }
    let preposition = words
        .iter()
        .skip(1)
        .position(|word| PREPOSITIONS.contains(word));
    match preposition {
        Some(before) if before + 1 < last => {
            // Of a phrase with in, on, to … nobody knows the head.
            let plain = matches!(words[before + 1], "of" | "for");
            plain.then_some((before, Kind::Noun))
        }
        _ if last == 0 && small && may_be_verb(words[0]) => Some((0, Kind::Verb)),
        _ if words[last].ends_with(|c: char| c.is_alphanumeric()) => Some((last, Kind::Noun)),
        _ => None,
    }
}

/// What the letters of a word as written tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// chip
    Small,
    /// Genesis
    Name,
    /// LLM, 5G, `GPT-4`
    Abbreviation,
}

impl Shape {
    fn of(word: &str) -> Self {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let parts = word.split('-').count();
        if capitals > parts || word.chars().any(|c| c.is_ascii_digit()) {
            Self::Abbreviation
        } else if capitals > 0 {
            Self::Name
        } else {
            Self::Small
        }
    }
}

const PARTICLES: &[&str] = &[
    "up", "out", "off", "down", "back", "over", "away", "in", "on", "through",
];
const PREPOSITIONS: &[&str] = &[
    "of", "for", "in", "on", "to", "with", "at", "by", "from", "against", "under",
];

/// Endings that no verb has (or hardly any).
const NOUN_ENDINGS: &[&str] = &[
    "tion", "sion", "ment", "ness", "ity", "ism", "ist", "ance", "ence", "ship", "hood", "logy",
    "nomy", "phy", "cracy", "ical", "ous", "ive", "able", "ible", "ful", "less", "ary", "icy",
    "acy", "ancy", "ency", "ing", "ed", "ics", "ant", "ent", "dom", "eer", "ware", "sis", "us",
    "um", "age",
];

/// Verbs that those endings would shut out.
static STILL_VERBS: List = List::new(
    "implement document cement comment augment supplement experiment position mention question \
    condition function sanction partition transition auction caution finance balance advance enhance influence \
    experience reference license drive arrive derive survive receive live give enable disable table manage engage \
    leverage damage package encourage focus grant represent prevent present patent comment invent",
);

/// Whether a single word may be a verb: what it looks like is all there is to go by.
fn may_be_verb(word: &str) -> bool {
    let stem =
        word.rsplit_once('-').map_or(
            word,
            |(prefix, stem)| {
                if PREFIXES.contains(&prefix) { stem } else { "" }
            },
        );
    stem.len() > 2
        && !NOT_INFLECTED.has(stem)
        && stem.bytes().all(|b| b.is_ascii_lowercase())
        && !stem.ends_with('s')
        && (STILL_VERBS.has(stem) || !NOUN_ENDINGS.iter().any(|ending| stem.ends_with(ending)))
}

/// The forms of one folded word but itself and its possessives.
fn word_forms(word: &str, shape: Shape, kind: Kind) -> Vec<String> {
    let (before, last) = word.rsplit_once('-').map_or(("", word), |(_, last)| {
        (word.strip_suffix(last).unwrap_or(""), last)
    });
    let mut forms = Vec::new();
    if kind != Kind::Phrase {
        match shape {
            // `LLMs` is how glossaries note a plural: its singular is LLM.
            Shape::Abbreviation => forms.push(
                last.strip_suffix('s')
                    .filter(|one| one.len() > 1)
                    .map_or_else(|| format!("{last}s"), str::to_owned),
            ),
            // Paris, the United States: the singular, if any, is another name.
            Shape::Name if last.ends_with('s') => {}
            Shape::Name => forms.extend(plurals(last)),
            Shape::Small => match singular(last) {
                Some(one) => forms.push(one),
                None => forms.extend(plurals(last)),
            },
        }
    }
    if kind != Kind::Noun {
        for make in [thirds, gerunds, pasts] {
            forms.extend(make(last));
        }
    }
    forms
        .into_iter()
        .map(|form| format!("{before}{form}"))
        .collect()
}

/// dog's, dogs', children's. `own` is the term itself, of which nobody knows
/// whether its `s` is a plural's (the United States').
fn possessives(form: &str, own: bool) -> Vec<String> {
    let mut ways = Vec::new();
    if form.ends_with('s') {
        ways.push(format!("{form}'"));
    }
    if !form.ends_with('s') || (own && singular(form.rsplit(' ').next().unwrap_or(form)).is_none())
    {
        ways.push(format!("{form}'s"));
    }
    ways
}

/// Prefixes that are written with hyphen, solid or (some) as a word of their own.
const PREFIXES: &[&str] = &[
    "de", "re", "co", "non", "pre", "post", "anti", "counter", "multi", "cyber", "semi", "micro",
    "macro", "sub", "over", "under", "inter", "intra", "super", "geo", "bio", "nano", "un", "mis",
    "out", "up", "down",
];

/// Words that end as if inflected and are not, and nouns without a plural.
static NOT_INFLECTED: List = List::new(
    "series species news physics economics politics statistics mathematics logistics ethics \
    means headquarters aerospace information equipment software hardware firmware data advice research china always \
    perhaps less thus this his its was has during evening morning ceiling nothing something anything everything \
    sterling sibling thing king ring wing spring string hundred sacred naked wicked kindred infrared indeed need seed \
    speed weed bleed greed embed besides afterwards towards sometimes atlas pancreas christmas texas kansas arkansas",
);

/// A list of words, looked up by hash.
struct List {
    words: &'static str,
    set: OnceLock<FxHashSet<&'static str>>,
}

impl List {
    const fn new(words: &'static str) -> Self {
        Self {
            words,
            set: OnceLock::new(),
        }
    }

    fn has(&self, word: &str) -> bool {
        self.set
            .get_or_init(|| self.words.split_whitespace().collect())
            .contains(word)
    }
}

/// Words that go their own way: base forms, and what they become.
struct Irregular {
    forms: FxHashMap<&'static str, Vec<&'static str>>,
    bases: FxHashMap<&'static str, &'static str>,
}

impl Irregular {
    fn read(table: &'static str) -> Self {
        let mut words = Self {
            forms: FxHashMap::default(),
            bases: FxHashMap::default(),
        };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut row = line.split(' ');
            let Some(base) = row.next() else {
                continue;
            };
            let forms: Vec<&str> = row.collect();
            words.bases.extend(forms.iter().map(|&form| (form, base)));
            words.forms.insert(base, forms);
        }
        words
    }

    fn forms(&self, base: &str) -> Option<Vec<String>> {
        let forms = self.forms.get(base)?;
        Some(forms.iter().map(|&form| form.to_owned()).collect())
    }
}

/// The base of an irregular form.
fn irregular(word: &str) -> Option<&'static str> {
    let base = |words: &'static Irregular| {
        let own = words.forms.get_key_value(word).map(|(&base, _)| base);
        own.or_else(|| words.bases.get(word).copied())
    };
    base(verbs()).or_else(|| base(nouns()))
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether a word ends in a consonant and `y`.
fn ends_in_y(word: &str) -> bool {
    let bytes = word.as_bytes();
    matches!(bytes, [.., before, b'y'] if !is_vowel(*before))
}

#[cfg(test)]
mod tests;
