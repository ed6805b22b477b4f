//! What of a text comparing needs: its folded tokens and a few hashes of it.
//!
//! Computed once per text, and written to the index, so that ranking never
//! has to read a stored text again.
//!
//! An inline code counts as one token when two texts are compared (a link to
//! another page is another sentence), and is left out where words are looked
//! for: a phrase is found whatever dresses a part of it.

use std::borrow::Cow;

use super::entry::Entry;
use super::hash;
use crate::lang::{Lang, Pair};
use crate::model::document::State;
use crate::span::Span;
use crate::text::code::codes;
use crate::text::fold::Folded;
use crate::text::token::{Kind, Token, key, tokens};

/// A text as words: folded, inline codes left out, cut into tokens.
#[derive(Debug, Clone)]
pub(super) struct Words {
    folded: Folded,
    tokens: Vec<Token>,
    /// The codes left out, in order: the place in the folded text, and the number.
    codes: Vec<(u32, u32)>,
}

impl Words {
    /// Folds and cuts a text.
    pub(super) fn new(text: &str) -> Self {
        let codes = codes(text);
        let folded = Folded::without(text, &codes);
        let tokens = tokens(&folded.text);
        let number = |code: &Span| (folded.folded(*code).start, code_key(code.of(text)));
        let codes = codes.iter().map(number).collect();
        Self {
            folded,
            tokens,
            codes,
        }
    }

    /// The folded text, without inline codes.
    pub(super) fn folded(&self) -> &str {
        &self.folded.text
    }

    /// The tokens with a space between them; none has one inside.
    pub(super) fn spaced(&self) -> String {
        let mut text = String::with_capacity(self.folded.text.len() + self.tokens.len());
        for token in self.iter() {
            text.push_str(token);
            text.push(' ');
        }
        text.pop();
        text
    }

    /// The texts of the tokens.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|t| t.span.of(&self.folded.text))
    }

    /// The tokens as numbers, every inline code one of them.
    fn numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(self.tokens.len() + self.codes.len());
        let mut codes = self.codes.iter().peekable();
        for token in &self.tokens {
            while let Some((_, code)) = codes.next_if(|(at, _)| *at <= token.span.start) {
                numbers.push(*code);
            }
            numbers.push(key(token.span.of(&self.folded.text)));
        }
        numbers.extend(codes.map(|(_, code)| *code));
        numbers
    }

    /// The bytes of the text as written that a span of the folded text came from.
    pub(super) fn original(&self, span: Span) -> Span {
        self.folded.original(span)
    }

    /// The bytes of the text as written that tokens `first..=last` came from.
    pub(super) fn place(&self, first: usize, last: usize) -> Option<Span> {
        let (first, last) = (self.tokens.get(first)?, self.tokens.get(last)?);
        Some(self.original(Span {
            start: first.span.start,
            end: last.span.end,
        }))
    }

    /// What is left once numbers, punctuation and codes are blanked, as a hash;
    /// 0 where that is no word at all, because then anything would be like it.
    fn shape(&self) -> u64 {
        const NUMBER: &[u8] = &[0];
        let (mut state, mut any, mut number) = (hash::Hash::default(), false, false);
        for token in &self.tokens {
            match token.kind {
                Kind::Han | Kind::Word => {
                    state.text(token.span.of(&self.folded.text));
                    (any, number) = (true, false);
                }
                // 1,000 and 2000 are one blank each.
                Kind::Digits if !number => {
                    state.bytes(NUMBER);
                    number = true;
                }
                Kind::Digits | Kind::Symbol => {}
            }
        }
        if any { state.finish().max(1) } else { 0 }
    }
}

/// What tells the number of a code from that of a word, which has the bit
/// above, and from a character, which has neither.
const CODE: u32 = 1 << 30;

/// The number of an inline code, as it is written: an address has its case.
fn code_key(code: &str) -> u32 {
    (key(code) & (CODE - 1)) | CODE
}

/// Whether a token is an inline code.
fn is_code(token: u32) -> bool {
    token >> 30 == 1
}

/// Tokens without those that are inline codes.
pub(super) fn without_codes(tokens: &[u32]) -> Cow<'_, [u32]> {
    if tokens.iter().any(|token| is_code(*token)) {
        let words = tokens.iter().copied().filter(|token| !is_code(*token));
        Cow::Owned(words.collect())
    } else {
        Cow::Borrowed(tokens)
    }
}

/// One text as numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Side {
    /// Hash of the text as written.
    pub(super) raw: u64,
    /// Its folded tokens and its inline codes in their order, each as a hash.
    pub(super) tokens: Vec<u32>,
    /// Hash of what is left once numbers, punctuation and codes are blanked; 0 for nothing.
    pub(super) shape: u64,
    /// What can be said of the tokens in a few bits.
    pub(super) signature: Signature,
}

/// Bits of which every token sets one: two texts differ in at least as many
/// tokens as one of them has bits that the other has not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signature {
    /// The number of tokens, 255 for more, in the lowest 8 bits; over them 56 bits of tokens.
    /// (In the highest a column in order of length would be packed more tightly, and be slower to read.)
    pub(super) brief: u64,
    /// 128 bits of tokens, for texts in which 56 are mostly set.
    pub(super) wide: [u64; 2],
}

impl Signature {
    /// The bits of tokens in the brief part.
    pub(super) const BITS: u64 = !255;

    fn new(tokens: &[u32]) -> Self {
        let mut brief = tokens.len().min(255) as u64;
        let mut wide = [0; 2];
        for token in tokens {
            // Fibonacci hashing: neighboring characters fall far apart.
            let hash = token.wrapping_mul(0x9e37_79b1);
            brief |= 1 << (8 + (hash >> 10) % 56);
            wide[(hash >> 31) as usize] |= 1 << ((hash >> 25) & 63);
        }
        Self { brief, wide }
    }

    /// The number of tokens in the brief part of a signature; `None` where it is 255 or more.
    pub(super) fn len(brief: u64) -> Option<usize> {
        Some((brief & 255) as usize).filter(|len| *len < 255)
    }

    /// Whether one text has at most so many tokens that another has not, and
    /// the other way round, as far as these bits tell. The other's are asked
    /// for one by one, as long as that can be.
    pub(super) fn fits(own: &[u64], other: impl Fn(usize) -> u64, most: usize) -> bool {
        let (mut more, mut fewer) = (0, 0);
        own.iter().enumerate().all(|(at, own)| {
            let other = other(at);
            more += (own & !other).count_ones();
            fewer += (other & !own).count_ones();
            more.max(fewer) as usize <= most
        })
    }
}

impl Side {
    /// The numbers of a text.
    pub(super) fn new(text: &str) -> Self {
        Self::of(text, &Words::new(text))
    }

    /// The numbers of a text whose words are known.
    pub(super) fn of(text: &str, words: &Words) -> Self {
        let tokens = words.numbers();
        Self {
            raw: hash::bytes(text.as_bytes()),
            shape: words.shape(),
            signature: Signature::new(&tokens),
            tokens,
        }
    }

    /// A hash of the folded tokens.
    pub(super) fn key(&self) -> u64 {
        hash::tokens(&self.tokens)
    }

    /// The key of what is the same text once numbers, punctuation and codes are
    /// blanked, and so of the exact lookup as well: what has the same tokens has it, too.
    pub(super) fn alike(&self) -> u64 {
        if self.shape == 0 {
            self.key()
        } else {
            self.shape
        }
    }
}

/// A neighbor as a number, its codes left out; 0 where there is none or it is not known.
pub(super) fn neighbor(text: &str) -> u64 {
    if text.trim().is_empty() {
        0
    } else {
        let words: Vec<u32> = Words::new(text).iter().map(key).collect();
        hash::tokens(&words).max(1)
    }
}

/// An entry as numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Features {
    /// Its texts.
    pub(super) sides: Pair<Side>,
    /// The segment before, as [`neighbor`].
    pub(super) prev: u64,
    /// The segment after, as [`neighbor`].
    pub(super) next: u64,
    /// Better entries have larger ones: reviewed first, then newest.
    pub(super) order: u64,
    /// The hash of its [`Key`](super::Key) where it stands in the journal, else 0.
    pub(super) key: u64,
}

impl Features {
    /// The numbers of an entry, and its words.
    pub(super) fn new(entry: &Entry, journal: bool) -> (Self, Pair<Words>) {
        let words = Pair::each(|lang| Words::new(entry.text(lang)));
        let features = Self {
            sides: Pair::each(|lang: Lang| Side::of(entry.text(lang), &words[lang])),
            prev: neighbor(&entry.prev),
            next: neighbor(&entry.next),
            order: order(entry),
            key: if journal { entry.key().hash() } else { 0 },
        };
        (features, words)
    }
}

/// Reviewed first, then confirmed, then the rest; in each, the newest first.
fn order(entry: &Entry) -> u64 {
    let level: u64 = match entry.state {
        State::Reviewed | State::Final => 2,
        State::Translated => 1,
        State::Initial | State::Draft => 0,
    };
    // 2026-11-23T15:37:15Z as 20261123153715: fourteen digits stay under 2^48.
    let mut when = 0u64;
    let digits = entry.when.chars().filter_map(|c| c.to_digit(10));
    for digit in digits.map(u64::from).chain(std::iter::repeat(0)).take(14) {
        when = when * 10 + digit;
    }
    level << 56 | when
}

/// A number that changes when folding or cutting changes: an index made with
/// other rules holds other tokens and must be made again.
pub(super) fn rules() -> u64 {
    let probe = "美國能源部於2026年啟動「創世計劃」（Genesis Mission’s）：ＡＩ—智慧,1,000.5萬億元\u{200b}…{0} **co-operate** 着著 co<bpt i='1'/>op";
    let words = Words::new(probe);
    let mut state = hash::Hash::default();
    for token in words.iter() {
        state.text(token);
    }
    for number in words.numbers() {
        state.bytes(&number.to_le_bytes());
    }
    state.bytes(&words.shape().to_le_bytes());
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_blank_numbers_and_punctuation() {
        let shape = |text: &str| Side::new(text).shape;
        assert_eq!(shape("拨款500亿美元。"), shape("拨款1,200亿美元"));
        assert_ne!(
            shape("拨款500亿美元"),
            shape("拨款亿美元"),
            "a number is missing"
        );
        assert_ne!(shape("拨款500亿美元"), shape("拨款500亿欧元"));
        assert_eq!(shape("12.5%"), 0, "no word: like nothing");
    }

    #[test]
    fn a_code_is_a_token_where_texts_are_compared() {
        let tokens = |text: &str| Side::new(text).tokens;
        let count = |text: &str| (tokens(text).len(), without_codes(&tokens(text)).len());
        assert_eq!(count("**创世**计划 {0}。"), (8, 5));
        assert_eq!(count("参见 https://a.example/x/y 。"), (4, 3));
        assert_eq!(count("创世计划"), (4, 4));
        assert_ne!(
            tokens("**创世**计划"),
            tokens("**创世计划**"),
            "its place counts"
        );
        assert_eq!(tokens("**創世** 計畫"), tokens("**创世**计划"));
        let shape = |text: &str| Side::new(text).shape;
        assert_eq!(shape("致电{user}。"), shape("致电{name}。"));
    }

    #[test]
    fn better_entries_have_a_larger_order() {
        let entry = |state, when: &str| Entry {
            state,
            when: when.into(),
            ..Entry::default()
        };
        let reviewed = order(&entry(State::Reviewed, "2020-01-01"));
        let new = order(&entry(State::Translated, "2026-11-23T15:37:15Z"));
        let old = order(&entry(State::Translated, "2026-11-22"));
        let undated = order(&entry(State::Translated, ""));
        assert!(reviewed > new && new > old && old > undated);
    }
}
