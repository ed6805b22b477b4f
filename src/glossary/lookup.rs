//! Looking a term up by what a person types.
//!
//! A plain pass over all terms, each folded once: no automaton, no segmenter
//! and no index, because a process that answers one question must not first
//! prepare for many. Dearer comparisons are made only while cheaper ones have
//! found nothing.

use std::collections::BTreeMap;

use super::{ConceptId, Glossary};
use crate::lang::Lang;
use crate::text::chars::{is_han, is_latin_word};
use crate::text::distance::distance_within;
use crate::text::fold::fold;
use crate::text::{lemma, pinyin, regional};

/// How a query found a term; the earlier, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The same text, folded.
    Exact,
    /// The same words in another form: policies, policy-making.
    Inflected,
    /// The same in the words of another Chinese region: 人工智慧.
    Regional,
    /// The term begins with the query.
    Prefix,
    /// The query is the term's pinyin, in full or its initials, or the beginning of it.
    Pinyin,
    /// The term has the query in it.
    Contains,
    /// Nearly the same text: the edit distance in percent of the longer one, to 30.
    Fuzzy(u8),
    /// The query has the term in it.
    Within,
}

/// A concept that a query found, by one of its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The concept.
    pub concept: ConceptId,
    /// The term's language.
    pub lang: Lang,
    /// Its place among the concept's terms of that language.
    pub term: u16,
    /// How it was found.
    pub how: How,
}

/// The concepts that answer a query, best first, each by the term that answers best.
///
/// ```
/// use std::path::Path;
/// use zhengming::glossary::{Glossary, How, lookup};
/// let mut glossary = Glossary::default();
/// let path = Path::new("a.tsv");
/// let file = "zh\ten\n创世计划\tGenesis Mission\n计划\tplan\n";
/// glossary.add(path, Glossary::parse(path, file.as_bytes()).value);
/// let found = lookup(&glossary, "創世計畫");
/// assert_eq!((found[0].concept.0, found[0].how), (0, How::Exact));
/// assert_eq!(lookup(&glossary, "mission")[0].how, How::Contains);
/// ```
pub fn lookup(glossary: &Glossary, query: &str) -> Vec<Found> {
    let query = Query::new(query);
    if query.text.is_empty() {
        return Vec::new();
    }
    let mut best = Best::default();
    each_term(glossary, |id, lang, number, text| {
        if let Some(how) = query.plainly(text) {
            best.offer(id, lang, number, how, text);
        }
    });
    if best.none_until(How::Prefix) {
        each_term(glossary, |id, lang, number, text| {
            if let Some(how) = query.loosely(lang, text) {
                best.offer(id, lang, number, how, text);
            }
        });
    }
    best.sorted()
}

/// All terms in order, folded.
fn each_term(glossary: &Glossary, mut take: impl FnMut(ConceptId, Lang, u16, &str)) {
    glossary.each(|id, concept| {
        for lang in [Lang::Zh, Lang::En] {
            for (number, term) in (0u16..).zip(&concept.terms[lang]) {
                take(id, lang, number, &fold(&term.text));
            }
        }
    });
}

/// What is asked for, prepared.
struct Query {
    text: String,
    chars: Vec<u32>,
    /// Its words' dictionary forms, joined.
    lemmas: String,
    /// Its letters without what parts the words.
    solid: String,
    /// Its forms in other regions.
    regional: Vec<String>,
    /// Its letters, where it may be pinyin.
    pinyin: Option<String>,
}

impl Query {
    fn new(query: &str) -> Self {
        let text = fold(query).trim().to_owned();
        let letters = pinyin::letters(&text);
        let pinyin = letters.chars().all(|c| c.is_ascii_lowercase());
        Self {
            chars: chars(&text),
            lemmas: lemmas(&text),
            solid: solid(&text),
            regional: if text.contains(is_han) {
                regional::variants(&text)
            } else {
                Vec::new()
            },
            pinyin: (pinyin && !letters.is_empty()).then_some(letters),
            text,
        }
    }

    /// What a look at the two texts shows.
    fn plainly(&self, term: &str) -> Option<How> {
        if term == self.text {
            return Some(How::Exact);
        }
        // Inflections and seams leave the first letter and change few others.
        let near = term.len().abs_diff(self.text.len()) <= 5;
        let begin = term.chars().next() == self.text.chars().next();
        let same = || lemmas(term) == self.lemmas || solid(term) == self.solid;
        if near && begin && !self.lemmas.is_empty() && same() {
            return Some(How::Inflected);
        }
        if self.regional.iter().any(|form| form == term) {
            return Some(How::Regional);
        }
        if term.starts_with(&self.text) {
            return Some(How::Prefix);
        }
        if has(term, &self.text) {
            return Some(How::Contains);
        }
        if has(&self.text, term) && term.chars().count() > 1 {
            return Some(How::Within);
        }
        None
    }

    /// What takes more work to see.
    fn loosely(&self, lang: Lang, term: &str) -> Option<How> {
        if lang == Lang::Zh {
            if term.chars().count() == self.text.chars().count()
                && self.text.contains(is_han)
                && regional::variants(term).contains(&self.text)
            {
                return Some(How::Regional);
            }
            if let Some(letters) = &self.pinyin
                && letters.len() > 1
                && term.contains(is_han)
                && pinyin::keys(term)
                    .iter()
                    .any(|key| key.starts_with(letters))
            {
                return Some(How::Pinyin);
            }
        }
        let term = chars(term);
        let longer = term.len().max(self.chars.len());
        let off = distance_within(&self.chars, &term, longer * 3 / 10)?;
        (off > 0).then_some(How::Fuzzy((off * 100 / longer) as u8))
    }
}

/// Whether `part` stands in `text`; a Latin one as whole words only.
fn has(text: &str, part: &str) -> bool {
    let mut at = text.match_indices(part);
    at.any(|(start, part)| {
        let (before, rest) = crate::span::halves(text, start);
        let after = rest.strip_prefix(part).unwrap_or("");
        let inside = |a: Option<char>, b: Option<char>| {
            a.is_some_and(is_latin_word) && b.is_some_and(is_latin_word)
        };
        !inside(before.chars().next_back(), part.chars().next())
            && !inside(part.chars().next_back(), after.chars().next())
    })
}

/// The dictionary forms of a text's Latin words, joined; nothing where it has Han characters.
fn lemmas(text: &str) -> String {
    if text.contains(is_han) {
        return String::new();
    }
    let words = text.split(|c| !is_latin_word(c));
    words.map(lemma::lemma).collect()
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn chars(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

/// The best answer of each concept so far, with the length it is ranked by.
#[derive(Default)]
struct Best(BTreeMap<ConceptId, (How, usize, Found)>);

impl Best {
    fn offer(&mut self, concept: ConceptId, lang: Lang, term: u16, how: How, text: &str) {
        let found = Found {
            concept,
            lang,
            term,
            how,
        };
        let length = text.chars().count();
        // A longer term that the query has in it says more; of the others the shorter is nearer.
        let length = if how == How::Within {
            usize::MAX - length
        } else {
            length
        };
        let known = self.0.entry(concept).or_insert((how, length, found));
        if (how, length) < (known.0, known.1) {
            *known = (how, length, found);
        }
    }

    fn none_until(&self, how: How) -> bool {
        self.0.values().all(|(found, ..)| *found > how)
    }

    fn sorted(self) -> Vec<Found> {
        let mut all: Vec<_> = self.0.into_values().collect();
        all.sort_by_key(|(how, length, found)| (*how, *length, found.concept));
        all.into_iter().map(|(.., found)| found).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn glossary() -> Glossary {
        let file = "zh\ten\n创世计划\tGenesis Mission\n计划\tplan\n人工智能\tartificial intelligence\n\
            政策制定\tpolicy-making\n美国国务院\tDepartment of State\n国务院\tState Council\n";
        let path = Path::new("g.tsv");
        let mut glossary = Glossary::default();
        glossary.add(path, Glossary::parse(path, file.as_bytes()).value);
        glossary
    }

    fn asked(query: &str) -> Vec<(u32, How)> {
        let found = lookup(&glossary(), query);
        found.iter().map(|f| (f.concept.0, f.how)).collect()
    }

    #[test]
    fn the_best_answer_comes_first() {
        assert_eq!(asked("国务院"), [(5, How::Exact), (4, How::Contains)]);
        assert_eq!(asked("計畫")[0], (1, How::Exact));
        assert_eq!(asked("創世")[0], (0, How::Prefix));
        assert_eq!(asked("plans")[0], (1, How::Inflected));
        assert_eq!(asked("policy making")[0], (3, How::Inflected));
        assert_eq!(asked("Policymaking")[0], (3, How::Inflected));
        assert_eq!(asked("人工智慧")[0], (2, How::Regional));
        assert_eq!(asked("创世计划的实施")[0], (0, How::Within));
        assert_eq!(asked("state")[0], (5, How::Prefix));
    }

    #[test]
    fn pinyin_in_full_and_initials() {
        assert_eq!(asked("chuangshijihua")[0], (0, How::Pinyin));
        assert_eq!(asked("chuang shi ji hua")[0], (0, How::Pinyin));
        assert_eq!(asked("csjh")[0], (0, How::Pinyin));
        assert_eq!(asked("chuàng shì jì huà")[0], (0, How::Pinyin));
    }

    #[test]
    fn a_slip_of_the_pen_is_forgiven() {
        assert_eq!(asked("创世纪计划"), [(0, How::Fuzzy(20)), (1, How::Within)]);
        assert!(matches!(
            asked("artifical inteligence")[0],
            (2, How::Fuzzy(_))
        ));
        assert!(asked("完全不同").is_empty() && asked(" ").is_empty());
    }
}
