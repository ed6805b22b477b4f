//! What is counted in a sentence: words, numbers by value, Latin words, marks.
//!
//! A sentence is a bag of tokens. What means the same in both languages is the
//! same token in both: 十二 and `twelve` are `#12`, 五月 and `May` are
//! `month5`, `DNA` is `dna`, ？ and `?` are `?`. Chinese words stay Chinese and
//! English words are stems.

use std::collections::HashMap;

use super::dictionary::Dictionary;
use super::stem::stem;
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::code::codes;
use crate::text::fold::{Folded, fold};
use crate::text::number::{Kind, Quantity, Value, quantities};
use crate::text::words::words;

/// What cuts sentences into tokens. It keeps what it made of every word: a text has few.
pub(super) struct Tokens<'a> {
    dictionary: Option<&'a Dictionary>,
    known: HashMap<Box<str>, Vec<String>>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(dictionary: Option<&'a Dictionary>) -> Self {
        Self {
            dictionary,
            known: HashMap::new(),
        }
    }

    /// The tokens of a sentence, in order.
    pub(super) fn of(&mut self, text: &str, lang: Lang) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = 0;
        for quantity in quantities(text, lang) {
            let core = quantity.core;
            self.plain(Span::new(at, core.start as usize).of(text), &mut out);
            amount(&quantity, &mut out);
            at = core.end as usize;
        }
        self.plain(Span::new(at, text.len()).of(text), &mut out);
        out
    }

    /// The tokens of a stretch without quantities.
    fn plain(&mut self, text: &str, out: &mut Vec<String>) {
        let text = &Folded::without(text, &codes(text)).text;
        for span in words(text) {
            let word = span.of(text);
            if let Some(tokens) = self.known.get(word) {
                out.extend_from_slice(tokens);
                continue;
            }
            let tokens = if word.starts_with(is_han) {
                han(word, self.dictionary)
            } else {
                latin(word)
            };
            out.extend_from_slice(&tokens);
            self.known.insert(word.into(), tokens);
        }
        out.extend(text.chars().filter_map(mark).map(str::to_owned));
    }
}

/// The stems of a Latin word, and its numbers.
fn latin(word: &str) -> Vec<String> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let token = |part: &str| {
        if part.starts_with(char::is_numeric) {
            format!("#{part}")
        } else {
            stem(part)
        }
    };
    parts(word).into_iter().map(token).collect()
}

/// A Latin word cut into its letters and its digits: `g20` is `g` and `20`.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut last = None;
    for (at, c) in word.char_indices() {
        let kind = c.is_numeric();
        if last.is_some_and(|last| last != kind) {
            parts.push(Span::new(from, at).of(word));
            from = at;
        }
        last = Some(kind);
    }
    parts.push(Span::new(from, word.len()).of(word));
    parts.retain(|part| !part.is_empty());
    parts
}

/// A Chinese word, as words that the dictionary has.
fn han(word: &str, dictionary: Option<&Dictionary>) -> Vec<String> {
    let parts = dictionary.map_or_else(|| vec![word], |known| known.parts(word));
    parts.into_iter().map(str::to_owned).collect()
}

/// A mark that both languages use alike (folding has made “ and 「 to `"`, （ to `(`).
fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '?' => "?",
        '!' => "!",
        ':' => ":",
        ';' => ";",
        '(' => "(",
        ')' => ")",
        '"' | '《' | '》' => "\"",
        '%' => "%",
        _ => return None,
    })
}

/// A quantity by its value; what it counts is a token of its own.
fn amount(quantity: &Quantity, out: &mut Vec<String>) {
    match quantity.value {
        Value::One(value) => out.push(format!("#{value}")),
        Value::Range(low, high) => out.extend([format!("#{low}"), format!("#{high}")]),
        Value::Ratio(part, whole) => out.push(format!("#{part}/{whole}")),
        Value::Date(date) => {
            out.extend(date.year.map(|year| format!("#{year}")));
            out.extend(date.month.map(|month| format!("month{month}")));
            out.extend(date.day.map(|day| format!("#{day}")));
        }
    }
    match quantity.kind {
        Kind::Percent | Kind::PercentPoints => out.push("%".to_owned()),
        Kind::Money(currency) => out.push(format!("¤{}", currency.code())),
        Kind::Measure(unit) => out.push(format!("¤{}", fold(unit.name()))),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str, lang: Lang, dictionary: Option<&Dictionary>) -> Vec<String> {
        Tokens::new(dictionary).of(text, lang)
    }

    #[test]
    fn what_means_the_same_is_the_same_token() {
        for (zh, en) in [
            ("第十二条", "#12"),
            ("1995年5月", "#1995 month5"),
            ("5亿美元", "#500000000 ¤USD"),
            ("DNA？", "dna ?"),
        ] {
            assert_eq!(
                tokens(zh, Lang::Zh, None).join(" ").replace(" 条", ""),
                en,
                "{zh}"
            );
        }
        assert_eq!(
            tokens("$500 million in May 1995?", Lang::En, None).join(" "),
            "#500000000 ¤USD in #1995 month5 ?"
        );
        assert_eq!(tokens("Article 12", Lang::En, None).last().unwrap(), "#12");
    }

    #[test]
    fn an_unknown_word_falls_into_those_the_dictionary_has() {
        let dictionary = Dictionary::parse("能源\tenergy\n部\tministry\n");
        assert_eq!(
            tokens("能源部", Lang::Zh, Some(&dictionary)),
            ["能源", "部"]
        );
    }
}
