//! Whether the capitals of a place agree with those of a term.
//!
//! The rule is the term's own shape: its small letters match any case, its
//! capitals must be there. So `policy` finds *Policy* and *POLICY*, `IT` does
//! not find *it*, and `Genesis Mission` is found in a heading all in capitals.
//!
//! Glossaries spell with more capitals than texts do, so some are not asked
//! for: those of articles, prepositions and conjunctions (`The Charges And
//! Fees Act`); all but the first letter of a long word in capitals, which the
//! press writes like any name (`COVID`, *Covid*), and of every word of a name
//! written all in capitals; the one of a term that begins like a sentence
//! (`Intermediate host`). A single word (`Turkey`, `Congress`) keeps it.
//!
//! With [`MatchMode::Case`](crate::model::concept::MatchMode::Case) every
//! letter must be as in the term.

use crate::text::chars::is_latin_word;

/// How exactly the letters are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Capitals of the term must be capitals.
    Capitals,
    /// Small letters must be small as well, but the first of a sentence.
    All {
        /// Whether the place begins a sentence.
        initial: bool,
    },
}

/// Whether the letters of `place`, as written, agree with the term's.
pub(super) fn agrees(term: &str, place: &str, strictness: Strictness) -> bool {
    let shape = Shape::of(term);
    let mut asked = shape.letters(term).peekable();
    let mut place = letters(place).peekable();
    // `the State Council` may be found without its article.
    if let (Some((a, _)), Some(b)) = (asked.peek(), place.peek())
        && !same(*a, *b)
    {
        for article in ['t', 'h', 'e'] {
            asked.next_if(|(letter, _)| same(*letter, article));
        }
    }
    let mut first = true;
    for ((letter, capital), there) in asked.zip(place) {
        if !same(letter, there) {
            // An inflection has changed the end of the word, which is in small letters.
            return true;
        }
        match strictness {
            Strictness::Capitals if capital && !there.is_uppercase() => return false,
            Strictness::All { initial }
                if letter.is_uppercase() != there.is_uppercase()
                    && !(first && initial && there.is_uppercase()) =>
            {
                return false;
            }
            _ => {}
        }
        first = false;
    }
    true
}

/// How a term is spelled, as far as it bears on which capitals are asked for.
#[derive(Clone, Copy)]
struct Shape {
    /// A name of several words written all in capitals.
    shouted: bool,
    /// Several words, and the only capital is the first letter.
    sentence: bool,
}

/// Words that a title writes small and some glossaries do not.
const SMALL_WORDS: [&str; 15] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
];

impl Shape {
    fn of(term: &str) -> Self {
        let words = || term.split(|c| !is_latin_word(c)).filter(|w| !w.is_empty());
        let capitals = || term.chars().filter(|c| c.is_uppercase()).count();
        let long = words().any(|word| word.chars().count() > 6);
        let several = words().nth(1).is_some();
        let first = words().next().unwrap_or("");
        Self {
            shouted: several && long && !term.contains(char::is_lowercase),
            sentence: several
                && first.chars().count() > 1
                && capitals() == 1
                && term.starts_with(char::is_uppercase),
        }
    }

    /// The letters of the term, and whether a capital is asked for.
    fn letters(self, term: &str) -> impl Iterator<Item = (char, bool)> {
        let words = term.split(|c| !is_latin_word(c));
        words.flat_map(move |word| {
            let capitals = !word.contains(char::is_lowercase);
            let small = (self.shouted || !capitals)
                && SMALL_WORDS.iter().any(|w| word.eq_ignore_ascii_case(w));
            let first_only = self.shouted || (capitals && word.chars().count() > 4);
            let none = self.sentence || small;
            word.chars().enumerate().map(move |(at, letter)| {
                let counts = at == 0 || !first_only;
                (narrow(letter), letter.is_uppercase() && counts && !none)
            })
        })
    }
}

/// Whether the term's shape asks anything of the case of a text.
pub(super) fn asks(term: &str) -> bool {
    term.contains(char::is_uppercase)
}

/// Whether what stands before a place ends a sentence, or nothing stands there.
pub(super) fn initial(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '"', '\'', '“', '‘', '(', '*', '#', '>', '-', '\t']);
    before.is_empty()
        || before.ends_with(['.', '!', '?', '。', '！', '？', ':', '：', '\n', '；', ';'])
}

/// Whether a text shouts: it has letters beside the place's, and none is small.
pub(super) fn shouts(text: &str, place: &str) -> bool {
    let count = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
    !text.contains(char::is_lowercase) && count(text) > count(place)
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_latin_word(*c)).map(narrow)
}

/// A full-width letter as a plain one.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn same(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permissive(term: &str, place: &str) -> bool {
        agrees(term, place, Strictness::Capitals)
    }

    #[test]
    fn the_terms_own_shape_decides() {
        assert!(permissive("policy", "POLICY") && permissive("policy", "Policies"));
        assert!(!permissive("IT", "it") && !permissive("US", "us") && permissive("LLM", "LLMs"));
        assert!(!permissive("Genesis Mission", "genesis mission"));
        assert!(permissive("Genesis Mission", "GENESIS\nMISSION"));
        assert!(permissive("U.S.", "US") && !permissive("U.S.", "us"));
        assert!(permissive("AI大模型", "ＡＩ大模型") && !permissive("AI大模型", "ai大模型"));
        assert!(permissive("the State Council", "State Council"));
        assert!(!permissive("the State Council", "state council"));
    }

    #[test]
    fn glossaries_spell_with_more_capitals_than_texts() {
        assert!(permissive(
            "The Charges And Fees Act",
            "the Charges and Fees Act"
        ));
        assert!(permissive(
            "The Charges And Fees Act",
            "Charges and Fees Act"
        ));
        assert!(!permissive(
            "The Charges And Fees Act",
            "the charges and fees act"
        ));
        assert!(permissive(
            "MERGERS AND ACQUISITIONS ACT",
            "Mergers and Acquisitions Act"
        ));
        assert!(!permissive(
            "MERGERS AND ACQUISITIONS ACT",
            "mergers and acquisitions act"
        ));
        assert!(permissive("COVID-19", "Covid-19") && !permissive("COVID-19", "covid-19"));
        assert!(permissive("Intermediate host", "intermediate hosts"));
        assert!(!permissive("Turkey", "turkey") && !permissive("T cell", "t cell"));
        assert!(!permissive("WHO", "Who") && !permissive("OR", "or"));
    }

    #[test]
    fn case_is_asked_of_every_letter() {
        let all = |term, place, initial| agrees(term, place, Strictness::All { initial });
        assert!(all("machine learning", "machine learning", false));
        assert!(!all("machine learning", "Machine learning", false));
        assert!(all("machine learning", "Machine learning", true));
        assert!(!all("machine learning", "Machine Learning", true));
    }

    #[test]
    fn where_a_sentence_begins() {
        assert!(initial("") && initial("结束。“") && initial("Done. ") && !initial("the "));
        assert!(shouts("CONTACT US", "US") && !shouts("Contact US", "US") && !shouts("US", "US"));
    }
}
