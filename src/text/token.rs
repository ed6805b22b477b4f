//! Tokens for matching: one Han character, a run of letters, a run of digits,
//! or any other character that is not a space.
//!
//! Every score of a memory match counts these. Chinese is compared by
//! character because no segmenter cuts two similar sentences alike.

use super::chars::{is_han, is_mark};
use super::code::codes;
use super::fold::{Folded, HOLE};
use super::hash;
use crate::span::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One Han character.
    Han,
    /// A run of letters that are not Han.
    Word,
    /// A run of digits.
    Digits,
    /// Any other character but a space.
    Symbol,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
}

/// The tokens of a text, in order (fold it first to compare).
///
/// A [`HOLE`] that folding left for an inline code is no token.
///
/// ```
/// use zhengming::text::token::tokens;
/// let text = "启动AI计划，2025年";
/// let parts: Vec<&str> = tokens(text).iter().map(|t| t.span.of(text)).collect();
/// assert_eq!(parts, ["启", "动", "AI", "计", "划", "，", "2025", "年"]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(kind) = kind(c) else {
            continue;
        };
        let span = Span::new(at, at + c.len_utf8());
        match tokens.last_mut() {
            Some(last)
                if matches!(kind, Kind::Word | Kind::Digits)
                    && last.kind == kind
                    && last.span.end == span.start =>
            {
                last.span.end = span.end;
            }
            _ => tokens.push(Token { span, kind }),
        }
    }
    tokens
}

fn kind(c: char) -> Option<Kind> {
    if is_han(c) {
        Some(Kind::Han)
    } else if c.is_alphabetic() || is_mark(c) {
        Some(Kind::Word)
    } else if c.is_numeric() {
        Some(Kind::Digits)
    } else if c.is_whitespace() || c == HOLE {
        None
    } else {
        Some(Kind::Symbol)
    }
}

/// The tokens of a text as numbers, for [`distance`](super::distance):
/// folded, inline codes left out, each token by its [`key`].
///
/// Equal texts give equal keys in every process, so keys may be stored.
///
/// ```
/// use zhengming::text::token::keys;
/// assert_eq!(keys("**創世**計畫"), keys("创世计划"));
/// assert_eq!(keys("AI chips").len(), 2);
/// ```
pub fn keys(text: &str) -> Vec<u32> {
    let folded = Folded::without(text, &codes(text)).text;
    tokens(&folded)
        .iter()
        .map(|token| key(token.span.of(&folded)))
        .collect()
}

/// The number of one folded token.
///
/// A single character is its code point; anything longer the 64-bit FNV-1a
/// hash of its UTF-8 bytes, folded to 31 bits by XOR of its halves, with the
/// highest bit set. So single characters never collide, and two given words
/// do with a chance of 1 in 2³¹.
pub fn key(token: &str) -> u32 {
    let mut chars = token.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return u32::from(c);
    }
    let mut state = hash::Hash::default();
    state.bytes(token.as_bytes());
    let hash = state.plain();
    (hash ^ (hash >> 32)) as u32 | 0x8000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn tokens_of_both_languages() {
        for (text, expected) in [
            ("", &[][..]),
            ("  \n", &[]),
            ("正名", &["正", "名"]),
            ("5G网络", &["5", "G", "网", "络"]),
            ("US$50 billion", &["US", "$", "50", "billion"]),
            ("don't", &["don", "'", "t"]),
            ("3.14", &["3", ".", "14"]),
            ("GPT-4", &["GPT", "-", "4"]),
            ("cafe\u{301} naïve", &["cafe\u{301}", "naïve"]),
            ("“创世”", &["“", "创", "世", "”"]),
            ("a\u{fffc}b", &["a", "b"]),
            ("𠮷野家", &["𠮷", "野", "家"]),
        ] {
            assert_eq!(parts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn keys_never_change() {
        // Stored in indexes: changing these means a new index version.
        assert_eq!(key("创"), 0x521B);
        assert_eq!(key("genesis"), KEY_OF_GENESIS);
        assert_eq!(keys("Genesis 创"), [KEY_OF_GENESIS, 0x521B]);
    }
    const KEY_OF_GENESIS: u32 = 2_168_047_663;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn tokens_hold_everything_but_space(text in "[a-z'’ 0-9创世，。é\n]{0,20}") {
            let held: String = parts(&text).concat();
            let rest: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(held, rest);
        }

        #[test]
        fn tokens_are_in_order(text in any::<String>()) {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= end && !token.span.is_empty());
                end = token.span.end;
            }
        }
    }
}
