//! Where a word begins and ends.
//!
//! A Latin edge is a word boundary of the text itself. A Chinese one is a
//! matter of the segmenter's opinion, so it is asked only about forms of one
//! or two characters (longer ones are hardly ever a part of another word) and
//! only about the run of Han characters around them.

use crate::span::{Span, halves};
use crate::text::chars::{is_han, is_latin_word};
use crate::text::words::words;

/// Whether `at` is inside a Latin word: letters or digits on both sides of it.
pub(super) fn inside_latin_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    match (before, bytes.get(at)) {
        (None, _) | (_, None) => false,
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => {
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()
        }
        _ => {
            let (before, after) = halves(text, at);
            before.chars().next_back().is_some_and(is_latin_word)
                && after.chars().next().is_some_and(is_latin_word)
        }
    }
}

/// What the segmenter says of a stretch of Han characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It begins and ends where words do.
    Word,
    /// It is one character beside others that stand alone: pieces of a word
    /// the dictionary does not have, most likely.
    Piece,
    /// A word begins before it or ends behind it.
    Inside,
}

/// The words of a text's runs of Han characters, cut where they are asked for.
#[derive(Debug, Default)]
pub(super) struct Words {
    runs: Vec<(Span, Vec<Span>)>,
}

impl Words {
    /// Forgets the text, keeps the room.
    pub(super) fn clear(&mut self) {
        self.runs.clear();
    }

    /// How `span`, all Han, fits into the words of `text`.
    pub(super) fn fit(&mut self, text: &str, span: Span) -> Fit {
        let words = self.around(text, span);
        let first = words.iter().position(|w| w.start == span.start);
        let Some((first, last)) = first.zip(words.iter().position(|w| w.end == span.end)) else {
            return Fit::Inside;
        };
        let single = span.of(text).chars().nth(1).is_none();
        let lonely = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at)).map(|w| w.of(text));
            let mut chars = word.unwrap_or("").chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => !GRAMMAR.contains(c),
                _ => false,
            }
        };
        if single && (lonely(first.checked_sub(1)) || lonely(Some(last + 1))) {
            return Fit::Piece;
        }
        Fit::Word
    }

    /// The words of the run of Han characters around `span`.
    fn around(&mut self, text: &str, span: Span) -> &[Span] {
        let known = self.runs.iter().rposition(|(run, _)| run.contains(span));
        let at = known.unwrap_or_else(|| {
            let run = han_run(text, span);
            let words = words(run.of(text));
            let words = words.into_iter().map(|w| w.shifted(run.start as usize));
            self.runs.push((run, words.collect()));
            self.runs.len() - 1
        });
        self.runs.get(at).map_or(&[], |(_, words)| words)
    }
}

/// Single characters that stand beside any word: particles, prepositions,
/// conjunctions, pronouns, numerals, measures, common verbs of one character.
const GRAMMAR: &str = "的了是在和与及或把被将对从向以为于由到有不也都就又很最每各该此其这那之等中上下内外前后时个种类项次名位\
    一二三四五六七八九十百千万亿两几多我你他她它们而但则因若如用让使给按据经过着地得所并且还再只已未无非可能会要应须请说做看去来";

fn han_run(text: &str, span: Span) -> Span {
    let (before, _) = halves(text, span.start as usize);
    let (_, after) = halves(text, span.end as usize);
    let left: usize = before
        .chars()
        .rev()
        .take_while(|c| is_han(*c))
        .map(char::len_utf8)
        .sum();
    let right: usize = after
        .chars()
        .take_while(|c| is_han(*c))
        .map(char::len_utf8)
        .sum();
    Span::new(span.start as usize - left, span.end as usize + right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words() {
        assert!(inside_latin_word("dream", 2) && inside_latin_word("g20", 1));
        assert!(!inside_latin_word("c++ is", 3) && !inside_latin_word("用ai做", 3));
        assert!(inside_latin_word("naïve", 2) && !inside_latin_word("a", 1));
    }

    #[test]
    fn runs_end_where_han_ends() {
        let text = "见郑成功传，成功";
        let span = Span::find(text, "成功").unwrap();
        assert_eq!(han_run(text, span).of(text), "见郑成功传");
    }
}
