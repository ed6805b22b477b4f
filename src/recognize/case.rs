//! Whether the capitals of a place agree with those of a term.
//!
//! The rule is the term's own shape: its lower-case letters match any case,
//! its capitals must be there. So `policy` finds *Policy* and *POLICY*, `IT`
//! does not find *it*, and `Genesis Mission` is found in an all-capitals
//! heading. With [`MatchMode::Case`](crate::model::concept::MatchMode::Case)
//! small letters must be small as well.

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
    let mut term = letters(term).peekable();
    let mut place = letters(place).peekable();
    // `the State Council` may be found without its article.
    if let (Some(a), Some(b)) = (term.peek(), place.peek())
        && !same(*a, *b)
    {
        term = letters_after_article(term);
    }
    let mut first = true;
    for (asked, there) in term.zip(place) {
        if !same(asked, there) {
            // An inflection has changed the end of the word, which is in small letters.
            return true;
        }
        if asked.is_uppercase() && !there.is_uppercase() {
            return false;
        }
        if let Strictness::All { initial } = strictness
            && asked.is_lowercase()
            && there.is_uppercase()
            && !(first && initial)
        {
            return false;
        }
        first = false;
    }
    true
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

fn letters_after_article<I: Iterator<Item = char>>(
    mut letters: std::iter::Peekable<I>,
) -> std::iter::Peekable<I> {
    for article in ['t', 'h', 'e'] {
        letters.next_if_eq(&article);
    }
    letters
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
