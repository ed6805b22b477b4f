//! English inflection.

/// The forms in which an English term may appear, itself first, in lower case.
pub fn inflections(term: &str) -> Vec<String> {
    vec![term.to_lowercase()]
}

/// The dictionary form of one lower-case English word.
pub fn lemma(word: &str) -> String {
    word.to_owned()
}
