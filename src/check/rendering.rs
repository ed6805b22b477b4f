//! How near a text comes to a rendering that recognition did not find in it.
//!
//! Recognition knows a term's inflections; a translator also derives
//! (*vaccination* for *vaccine*), turns round (*prevention of infection* for
//! *infection prevention*), shares a head (*the Genesis and Apollo missions*),
//! puts 的 or another word between (疾病预防控制中心 for 疾病控制中心) and
//! shortens (疾控中心, WHO). Here it is enough to find the parts of a rendering
//! near each other, which would never do for saying that a term stands there.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::model::concept::Term;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// How much of a rendering there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Less than half of it.
    None,
    /// Half of it or more.
    Part,
    /// All that carries meaning, in another form or order.
    Variant,
}

/// A text made ready for looking renderings up in it.
pub(super) struct Loose {
    /// Its characters, folded.
    chars: Vec<char>,
    /// Its Latin words, folded, with their stems.
    words: Vec<(String, Rc<str>)>,
    /// For each of them what it and the next are where a hyphen joins them; empty where none does.
    joined: Vec<String>,
    /// Its Latin words in capitals: what may be an abbreviation.
    capitals: Vec<String>,
}

impl Loose {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        let latin = latin_words(&folded).map(|word| (word.to_owned(), stem(word)));
        Self {
            words: latin.collect(),
            joined: hyphened(&folded),
            capitals: latin_words(text).filter_map(abbreviated).collect(),
            chars: folded.chars().collect(),
        }
    }

    /// A text with some places of it taken out.
    pub(super) fn without(text: &str, places: &[Span]) -> Self {
        let mut at = 0;
        let characters = text.chars().map(|c| {
            let here = Span::new(at, at + c.len_utf8());
            at += c.len_utf8();
            // Nothing that is found reaches over the gap.
            if places.iter().any(|p| p.overlaps(here)) {
                '\n'
            } else {
                c
            }
        });
        Self::new(&characters.collect::<String>())
    }

    /// Takes no abbreviation for a full name that another text has as it is: it stands for that.
    pub(super) fn forget_capitals_of(&mut self, other: &str) {
        let others: Vec<String> = latin_words(other).filter_map(abbreviated).collect();
        self.capitals.retain(|own| !others.contains(own));
    }

    /// Whether a few (folded) characters stand in it.
    pub(super) fn has(&self, part: &str) -> bool {
        let part: Vec<char> = part.chars().collect();
        self.chars.windows(part.len().max(1)).any(|at| at == part)
    }

    /// Whether it has all (folded) English words of an expression near each other.
    pub(super) fn says(&self, expression: &str) -> bool {
        self.latin(expression) == Nearness::Variant
    }

    /// How near the text comes to a term.
    pub(super) fn nearness(&self, term: &Term) -> Nearness {
        let folded = fold(&term.text);
        if folded.contains(is_han) {
            return self.chinese(&folded);
        }
        // WHO is not who.
        if folded.len() < 5
            && term.text.chars().all(|c| c.is_ascii_uppercase())
            && !self
                .capitals
                .iter()
                .any(|own| own.eq_ignore_ascii_case(&folded))
        {
            let full = self.spelled_out(&term.text);
            return full.map_or(Nearness::None, |full| self.latin(&full));
        }
        let short = [initials(&term.text), all_initials(&term.text)];
        let stands = |short: &String| short.len() > 1 && self.capitals.contains(short);
        if short.iter().any(stands) {
            return Nearness::Variant;
        }
        match self.spelled_out(&term.text) {
            Some(full) => self.latin(&full).max(self.latin(&folded)),
            None => self.latin(&folded),
        }
    }

    /// A term with its abbreviations as the text has them in full: of *strong-side CU* the
    /// *strong-side convertibility undertaking*. `None` where the text has none in full.
    fn spelled_out(&self, term: &str) -> Option<String> {
        let words: Vec<&str> = latin_words(term).collect();
        // Two letters by themselves are the initials of anything.
        let least = if words.len() > 1 { 2 } else { 3 };
        let full = |word: &&str| {
            let capitals = word.bytes().all(|b| b.is_ascii_uppercase());
            let some = capitals && (least..=8).contains(&word.len());
            some.then(|| self.with_initials(&word.to_ascii_lowercase()))?
        };
        let found: Vec<Option<String>> = words.iter().map(full).collect();
        found.iter().any(Option::is_some).then(|| {
            let words = words.iter().zip(found);
            let words = words.map(|(word, full)| full.unwrap_or_else(|| word.to_lowercase()));
            words.collect::<Vec<_>>().join(" ")
        })
    }

    /// The words of the text that have some letters as their initials, small words left out.
    fn with_initials(&self, letters: &str) -> Option<String> {
        let words = self.words.iter().map(|(word, _)| word.as_str());
        let full: Vec<&str> = words.filter(|word| !LIGHT.contains(word)).collect();
        let fits = |window: &&[&str]| {
            let mut pairs = window.iter().zip(letters.chars());
            pairs.all(|(word, letter)| word.starts_with(letter))
        };
        let found = full.windows(letters.len().max(1)).find(fits)?;
        Some(found.join(" "))
    }

    fn latin(&self, term: &str) -> Nearness {
        let all: Vec<&str> = latin_words(term).collect();
        let content: Vec<&str> = all.iter().copied().filter(|w| !LIGHT.contains(w)).collect();
        let asked = if content.is_empty() { &all } else { &content };
        let stems: Vec<(&str, Rc<str>)> = asked.iter().map(|w| (*w, stem(w))).collect();
        let Some(first) = stems.first() else {
            return Nearness::None;
        };
        let reach = 2 * all.len() + 4;
        // Of several parts each confirms the others.
        let least = if stems.len() > 1 { 4 } else { 5 };
        let mut best = 0;
        // Whatever is found is near the first part that is.
        for (skipped, anchor) in [(0, first)]
            .into_iter()
            .chain((1..).zip(stems.iter().skip(1)))
        {
            for at in (0..self.words.len()).filter(|at| self.akin(*at, anchor, least)) {
                let near = at.saturating_sub(reach)..(at + reach).min(self.words.len());
                let found =
                    |part: &&(&str, Rc<str>)| near.clone().any(|at| self.akin(at, part, least));
                best = best.max(stems.iter().skip(skipped).filter(found).count());
            }
            if 2 * best >= stems.len() {
                break;
            }
        }
        grade(best, stems.len())
    }

    /// Whether a word of the text is one of a term in another form, or has it in it.
    fn akin(&self, at: usize, (word, stem): &(&str, Rc<str>), least: usize) -> bool {
        self.words.get(at).is_some_and(|(there, root)| {
            there == word
                || self.joined.get(at).is_some_and(|joined| joined == word)
                || akin(root, stem)
                || (word.len() >= least && there.contains(word))
                || (stem.len() >= least && there.starts_with(&**stem))
        })
    }

    fn chinese(&self, term: &str) -> Nearness {
        let all: Vec<char> = term.chars().filter(|c| c.is_alphanumeric()).collect();
        let core: Vec<char> = all
            .iter()
            .copied()
            .filter(|c| !PARTICLES.contains(*c))
            .collect();
        let core = if core.len() < 2 { all } else { core };
        if let [only] = core.as_slice() {
            return grade(usize::from(self.chars.contains(only)), 1);
        }
        let mut best = 0;
        for at in 0..self.chars.len() {
            let rest = self.chars.get(at..).unwrap_or_default();
            if !rest.first().is_some_and(|c| core.contains(c)) {
                continue;
            }
            if spread(rest, &core) || shortened(rest, &core) {
                return Nearness::Variant;
            }
            best = best.max(covered(rest, &core));
        }
        // All of it is there, but not as a variant would have it: one character too many.
        grade(best.min(core.len() - 1), core.len())
    }
}

fn grade(found: usize, all: usize) -> Nearness {
    if found == all {
        Nearness::Variant
    } else if found > 0 && 2 * found >= all {
        Nearness::Part
    } else {
        Nearness::None
    }
}

/// Whether all characters of a term begin here in order, with whole words or particles between.
///
/// One further character inside is what a slip looks like (创世纪计划 for 创世计划).
fn spread(text: &[char], core: &[char]) -> bool {
    let mut rest = text.iter();
    core.iter().enumerate().all(|(number, wanted)| {
        let gap: Vec<char> = rest
            .as_slice()
            .iter()
            .copied()
            .take_while(|c| c != wanted)
            .collect();
        rest.nth(gap.len()).is_some()
            && (gap.is_empty() || (number > 0 && may_part(&gap, core.len())))
    })
}

/// Whether what stands between two characters of a term may stand there.
fn may_part(gap: &[char], length: usize) -> bool {
    let barrier = gap
        .iter()
        .any(|c| matches!(c, '。' | ';' | '!' | '?' | ':' | '\n' | ','));
    let light = gap.iter().all(|c| PARTICLES.contains(*c) || !is_han(*c));
    !barrier && gap.len() <= GAP && (light || gap.len() > 1 || length == 2)
}

/// What may stand between two characters of a term: a word or two.
const GAP: usize = 6;

/// Whether a term is shortened here: its first character and then others in
/// order, with some left out between (疾控中心 of 疾病控制中心).
fn shortened(text: &[char], core: &[char]) -> bool {
    if core.len() < 4 || text.first() != core.first() {
        return false;
    }
    let mut last = 0;
    let mut kept = 1usize;
    let mut skipped = false;
    for c in text.iter().skip(1) {
        let after = core.iter().skip(last + 1).position(|known| known == c);
        let Some(step) = after else {
            break;
        };
        skipped |= step > 0;
        last += step + 1;
        kept += 1;
    }
    // What is kept reaches into the second half: a beginning alone is another, wider word.
    // And two characters hardly shorten more than eight: 国会 is no 国家发展改革委员会.
    skipped && 2 * last >= core.len() && (2..=4 * kept).contains(&core.len())
}

/// How many characters of a term stand in the next stretch of its length, in any order.
fn covered(text: &[char], core: &[char]) -> usize {
    let mut window: Vec<char> = text.iter().copied().take(core.len() + 2).collect();
    let found = core.iter().filter(|c| {
        let at = window.iter().position(|known| known == *c);
        at.map(|at| window.remove(at)).is_some()
    });
    found.count()
}

/// Characters of Chinese terms that carry little: a rendering may do without.
const PARTICLES: &str = "的之与和及或性者了在、";

/// English words that carry little.
const LIGHT: &[&str] = &[
    "of", "for", "in", "on", "to", "with", "at", "by", "from", "and", "or", "the", "a", "an", "be",
];

/// For each Latin word of a text what it and the next are where a hyphen joins them:
/// re-export, reexport.
fn hyphened(text: &str) -> Vec<String> {
    let latin = |c: char| c.is_alphanumeric() && !is_han(c);
    let mut joined = Vec::new();
    for run in text.split(|c: char| !latin(c) && c != '-') {
        let parts: Vec<&str> = run.split('-').collect();
        for (i, part) in parts
            .iter()
            .enumerate()
            .filter(|(_, part)| !part.is_empty())
        {
            let next = parts.get(i + 1).filter(|next| !next.is_empty());
            joined.push(next.map_or_else(String::new, |next| format!("{part}{next}")));
        }
    }
    joined
}

fn latin_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() || is_han(c))
        .filter(|word| !word.is_empty())
}

/// The capitals of a word that looks like an abbreviation: WHO, LLMs, `CoV`.
fn abbreviated(word: &str) -> Option<String> {
    let capitals: String = word
        .chars()
        .filter(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        .collect();
    (capitals.len() > 1 && word.len() <= 2 * capitals.len()).then_some(capitals)
}

/// The initials of a term of several words, without those of small words.
pub(super) fn initials(term: &str) -> String {
    let words = latin_words(term).filter(|w| !LIGHT.contains(w));
    words
        .filter_map(|w| w.chars().next())
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The initials of all words of a term that begin with a capital or join such: MOFA.
fn all_initials(term: &str) -> String {
    let first = |word: &str| word.chars().next().filter(char::is_ascii_alphanumeric);
    let letters = latin_words(term).filter_map(first);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

/// The part that an English word shares with those derived from it.
fn stem(word: &str) -> Rc<str> {
    thread_local! {
        /// Texts say the same words over and over.
        static KNOWN: RefCell<FxHashMap<Box<str>, Rc<str>>> = RefCell::default();
    }
    /// More words than a language has in use are no words.
    const MOST: usize = 100_000;
    KNOWN.with_borrow_mut(|known| {
        if let Some(stem) = known.get(word) {
            return Rc::clone(stem);
        }
        if known.len() >= MOST {
            known.clear();
        }
        let stem: Rc<str> = find_stem(word).into();
        known.insert(word.into(), Rc::clone(&stem));
        stem
    })
}

fn find_stem(word: &str) -> String {
    let base = lemma(word);
    let rest = ENDINGS.iter().find_map(|ending| {
        let least = if matches!(*ending, "us" | "al" | "ology" | "ological") {
            3
        } else {
            4
        };
        base.strip_suffix(ending).filter(|rest| rest.len() >= least)
    });
    rest.unwrap_or(&base).to_owned()
}

/// Whether two (folded) English expressions have the same words, derived or not.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let stems = |text: &str| -> Vec<Rc<str>> {
        let words = latin_words(text).filter(|w| !LIGHT.contains(w));
        words.map(stem).collect()
    };
    let (a, b) = (stems(a), stems(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| akin(a, b))
}

/// Endings of derived words, the longest first of those that end alike.
const ENDINGS: &[&str] = &[
    "ological", "ology", "ization", "isation", "ational", "iveness", "ability", "ibility", "ation",
    "atory", "ative", "ition", "ement", "ment", "ness", "ance", "ence", "ancy", "ency", "able",
    "ible", "ical", "ious", "eous", "ial", "ian", "ive", "ion", "ity", "ory", "ary", "ize", "ise",
    "ism", "ist", "ful", "ice", "ent", "ant", "ese", "ous", "ure", "age", "al", "an", "ic", "er",
    "or", "ly", "us", "y", "e", "a",
];

/// Whether two stems are of one word: the same, or apart only in their last letters.
fn akin(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= 5 && a.chars().count() <= shared + 2 && b.chars().count() <= shared + 2
}

/// The best that a text comes to any of some terms of a language.
pub(super) fn nearest<'t>(text: &Loose, terms: impl Iterator<Item = &'t Term>) -> Nearness {
    terms
        .map(|term| text.nearness(term))
        .max()
        .unwrap_or(Nearness::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str, term: &str) -> Nearness {
        Loose::new(text).nearness(&Term::preferred(term))
    }

    #[test]
    fn what_a_translator_makes_of_an_english_rendering() {
        for (text, term) in [
            ("people were vaccinated", "vaccination"),
            ("the viral spike", "virus"),
            ("limiting the spread of the virus", "virus spread"),
            ("a history of travel", "travel history"),
            ("the Genesis and Apollo missions", "Genesis Mission"),
            ("the WHO said", "World Health Organization"),
            ("MOFA agreed", "Ministry of Foreign Affairs"),
            ("the re-export of goods", "reexport"),
            ("international co\u{2010}operation", "cooperation"),
            (
                "the strong-side Convertibility Undertaking",
                "strong-side CU",
            ),
            ("a Liquidity Coverage Ratio", "LCR"),
            ("civil servants", "civil service"),
            ("was transmitted", "transmission"),
            ("correct handwashing", "washing hands"),
            ("Chinese officials", "China"),
            ("policymakers", "policy"),
        ] {
            assert_eq!(near(text, term), Nearness::Variant, "{text}: {term}");
        }
    }

    #[test]
    fn what_a_translator_makes_of_a_chinese_rendering() {
        for (text, term) in [
            ("慢性肺病", "肺"),
            ("疾病控制与预防中心", "疾病控制中心"),
            ("疾控中心", "疾病控制中心"),
            ("流感季节", "流行性感冒"),
            ("呈現症狀的患者", "有症状的"),
            ("洗净双手", "洗手"),
        ] {
            let nearness = near(text, term);
            assert!(nearness >= Nearness::Part, "{text}: {term}");
        }
    }

    #[test]
    fn a_wrong_rendering_stays_one() {
        for (text, term, expected) in [
            ("the Creation Plan", "Genesis Mission", Nearness::None),
            ("the Genesis Project", "Genesis Mission", Nearness::Part),
            ("启动创世纪计划", "创世计划", Nearness::Part),
            ("美国国会", "国务院", Nearness::None),
            ("国会通过", "国家发展和改革委员会", Nearness::None),
            ("the State Department", "State Council", Nearness::Part),
        ] {
            assert_eq!(near(text, term), expected, "{text}: {term}");
        }
    }
}
