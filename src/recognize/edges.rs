//! Where a word begins and ends.
//!
//! A Latin edge is a word boundary of the text itself. A Chinese one is a
//! matter of the segmenter's opinion, so it is asked only about forms of one
//! or two characters (longer ones are hardly ever a part of another word) and
//! only about the characters around them that decide.

use std::ops::RangeInclusive;

use crate::span::{Span, halves};
use crate::text::chars::{is_han, is_latin_word};
use crate::text::lexicon::{Lexicon, Room};
use crate::text::words::dictionary;

/// The first bytes of the characters U+4000 to U+9FFF, all Han: no Latin word goes on before or behind one.
pub(super) const HAN: RangeInclusive<u8> = 0xE4..=0xE9;

/// Whether `at` is inside a Latin word: letters or digits on both sides of it.
#[inline]
pub(super) fn inside_latin_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    match (before, bytes.get(at)) {
        (None, _) | (_, None) => false,
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => {
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()
        }
        (_, Some(b)) if HAN.contains(b) => false,
        _ => {
            let han = at.checked_sub(3).and_then(|i| bytes.get(i));
            !han.is_some_and(|han| HAN.contains(han)) && between_letters(text, at)
        }
    }
}

fn between_letters(text: &str, at: usize) -> bool {
    let (before, after) = halves(text, at);
    before.chars().next_back().is_some_and(is_latin_word)
        && after.chars().next().is_some_and(is_latin_word)
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

/// The words around the place asked about last.
#[derive(Debug, Default)]
pub(super) struct Words {
    stretch: Span,
    cut: Vec<Span>,
    room: Room,
}

impl Words {
    /// Forgets the text, keeps the room.
    pub(super) fn clear(&mut self) {
        self.stretch = Span::default();
    }

    /// How `span`, all Han, fits into the words of `text`.
    ///
    /// Whether a word may reach across an edge of it is asked first, which for
    /// half of the places in plain text answers all; otherwise only the
    /// characters are cut that such words join with it.
    pub(super) fn fit(&mut self, text: &str, span: Span) -> Fit {
        let single = span.of(text).chars().nth(1).is_none();
        // Of one character the words beside it count as well.
        let asked = if single { widened(text, span) } else { span };
        let stretch = if self.stretch.contains(asked) {
            self.stretch
        } else {
            stretch(text, asked)
        };
        if stretch == span && !single {
            return Fit::Word;
        }
        if stretch != self.stretch {
            self.stretch = stretch;
            self.cut.clear();
            let start = stretch.start as usize;
            dictionary().cut(stretch.of(text), start, &mut self.room, &mut self.cut);
        }
        let words = &self.cut;
        let first = words.iter().position(|w| w.start == span.start);
        let Some((first, last)) = first.zip(words.iter().position(|w| w.end == span.end)) else {
            return Fit::Inside;
        };
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
}

/// The span and the Han characters next to it.
fn widened(text: &str, span: Span) -> Span {
    let (before, _) = halves(text, span.start as usize);
    let (_, after) = halves(text, span.end as usize);
    let length = |c: Option<char>| c.filter(|c| is_han(*c)).map_or(0, char::len_utf8);
    Span::new(
        span.start as usize - length(before.chars().next_back()),
        span.end as usize + length(after.chars().next()),
    )
}

/// The span and the Han characters around it up to where no word of the
/// dictionary reaches across: its words do not depend on anything beyond.
fn stretch(text: &str, span: Span) -> Span {
    let dictionary = dictionary();
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    while joined(dictionary, text, start) {
        let (before, _) = halves(text, start);
        start -= before.chars().next_back().map_or(start, char::len_utf8);
    }
    while joined(dictionary, text, end) {
        let (_, after) = halves(text, end);
        end += after.chars().next().map_or(0, char::len_utf8);
    }
    Span::new(start, end)
}

/// Whether no word of the dictionary reaches across either edge of a span.
#[inline]
pub(super) fn is_free(text: &str, span: Span) -> bool {
    let dictionary = dictionary();
    !(joined(dictionary, text, span.start as usize) | joined(dictionary, text, span.end as usize))
}

/// Whether `at` is between two Han characters that stand next to each other in some word.
#[inline]
fn joined(dictionary: &Lexicon, text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let three = |from: Option<usize>| {
        let bytes = from.and_then(|from| bytes.get(from..from + 3));
        bytes.and_then(|bytes| <[u8; 3]>::try_from(bytes).ok())
    };
    if let (Some(before), Some(after)) = (three(at.checked_sub(3)), three(Some(at)))
        && HAN.contains(&before[0])
        && HAN.contains(&after[0])
    {
        return dictionary.joins(common(before), common(after));
    }
    let (before, after) = halves(text, at);
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) if is_han(before) && is_han(after) => {
            dictionary.joins(before, after)
        }
        _ => false,
    }
}

/// The character whose bytes begin with one of [`HAN`].
#[inline]
fn common([a, b, c]: [u8; 3]) -> char {
    let bits = |byte: u8| u32::from(byte & 0x3F);
    let code = (u32::from(a & 0xF) << 12) | (bits(b) << 6) | bits(c);
    char::from_u32(code).unwrap_or_default()
}

/// Single characters that stand beside any word: particles, prepositions,
/// conjunctions, pronouns, numerals, measures, common verbs of one character.
const GRAMMAR: &str = "的了是在和与及或把被将对从向以为于由到有不也都就又很最每各该此其这那之等中上下内外前后时个种类项次名位\
    一二三四五六七八九十百千万亿两几多我你他她它们而但则因若如用让使给按据经过着地得所并且还再只已未无非可能会要应须请说做看去来";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use crate::text::words::words;
    use proptest::prelude::*;

    #[test]
    fn latin_words() {
        assert!(inside_latin_word("dream", 2) && inside_latin_word("g20", 1));
        assert!(!inside_latin_word("c++ is", 3) && !inside_latin_word("用ai做", 3));
        assert!(inside_latin_word("naïve", 2) && !inside_latin_word("a", 1));
    }

    /// How a span fits into the words of its whole run.
    fn fit_of_run(text: &str, span: Span) -> Fit {
        let words = words(text);
        let first = words.iter().position(|w| w.start == span.start);
        let last = words.iter().position(|w| w.end == span.end);
        let Some((first, last)) = first.zip(last) else {
            return Fit::Inside;
        };
        let lonely = |word: &Span| {
            let mut chars = word.of(text).chars();
            let c = chars.next().filter(|c| is_han(*c));
            chars.next().is_none() && c.is_some_and(|c| !GRAMMAR.contains(c))
        };
        let beside = |at: Option<usize>, touches: &dyn Fn(&&Span) -> bool| {
            at.and_then(|at| words.get(at))
                .filter(touches)
                .is_some_and(lonely)
        };
        let single = span.of(text).chars().count() == 1;
        let pieces = beside(first.checked_sub(1), &|w| w.end == span.start)
            || beside(Some(last + 1), &|w| w.start == span.end);
        if single && pieces {
            Fit::Piece
        } else {
            Fit::Word
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_stretch_decides_as_the_whole_text_does(
            text in "(中国|人民|共和国|过程|当中|国家|发展|成功|郑成功|研究|研究生|生命|起源|的|了|在|子类|继承|a|，|[一-龥]){1,12}",
        ) {
            let text = fold(&text);
            let mut kept = Words::default();
            let chars: Vec<_> = text.char_indices().collect();
            for length in 1..3 {
                for pair in chars.windows(length).filter(|w| w.iter().all(|(_, c)| is_han(*c))) {
                    let (from, to) = (pair[0], pair[length - 1]);
                    let span = Span::new(from.0, to.0 + to.1.len_utf8());
                    let expected = fit_of_run(&text, span);
                    prop_assert_eq!(Words::default().fit(&text, span), expected, "{}", span.of(&text));
                    prop_assert_eq!(kept.fit(&text, span), expected);
                }
            }
        }
    }
}
