//! Concordance: every unit with a word, a phrase or a pattern in it.
//!
//! Compared is the folded text, so that Traditional and Simplified, full and
//! half width, upper and lower case are one; what is given back are places in
//! the text as written.

use regex::{Regex, RegexBuilder};

use super::Entry;
use super::features::{Features, Words, without_codes};
use super::needed::{Needed, needed};
use super::reading::{MOST, Reading};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::detect;
use crate::text::fold::fold;
use crate::text::token::key;

/// How a concordance query is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The query's tokens one after another: Chinese anywhere, English by whole words.
    #[default]
    Exact,
    /// Every word of the query (parted by spaces), in any order, in one text.
    Keyword,
    /// A regular expression (as the `regex` crate has them) over the folded text, upper and
    /// lower case alike; one that compiles to more than 1 MB is refused.
    Regex,
    /// Chinese by its pinyin, in full or by the first letters, without tones.
    Pinyin,
}

/// A concordance query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What is looked for.
    pub text: String,
    /// How it is meant.
    pub mode: Mode,
    /// The language to look in; `None` looks in both.
    pub lang: Option<Lang>,
    /// The most hits wanted; the total counts all of them.
    pub limit: usize,
}

/// A unit with the query in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcordanceHit {
    /// The unit.
    pub entry: Entry,
    /// The language the query was found in.
    pub lang: Lang,
    /// Where, in the entry's text of that language, in order, not overlapping.
    pub spans: Vec<Span>,
}

/// The units found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concordance {
    /// How many units there are in all.
    pub total: usize,
    /// The first of them: reviewed ones first, newest first.
    pub hits: Vec<ConcordanceHit>,
}

/// A query made ready.
#[derive(Debug)]
pub(super) struct Needle {
    /// The languages to look in, in this order.
    pub(super) langs: Vec<Lang>,
    pub(super) pattern: Pattern,
}

/// What a text must have.
#[derive(Debug)]
pub(super) enum Pattern {
    /// All of these phrases. Never empty, none empty.
    Phrases(Vec<Phrase>),
    /// A match of this expression in the folded text, and what each has in it.
    Regex(Regex, Vec<Needed>),
    /// Chinese that is read so.
    Pinyin(Reading),
    /// Nothing was asked for.
    Nothing,
}

/// A row of folded tokens.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Their texts.
    pub(super) tokens: Vec<String>,
    /// The same as [`Side::tokens`](super::features::Side::tokens), which has codes as well.
    ids: Vec<u32>,
}

impl Phrase {
    fn new(text: &str) -> Self {
        let tokens: Vec<String> = Words::new(text).iter().map(str::to_owned).collect();
        let ids = tokens.iter().map(|t| key(t)).collect();
        Self { tokens, ids }
    }
}

impl Needle {
    /// # Errors
    /// A pattern that is not a regular expression, or too large a one.
    pub(super) fn new(query: &Query) -> Result<Self> {
        let mut phrases: Vec<Phrase> = match query.mode {
            Mode::Exact => vec![Phrase::new(&query.text)],
            Mode::Keyword => query.text.split_whitespace().map(Phrase::new).collect(),
            Mode::Regex | Mode::Pinyin => Vec::new(),
        };
        phrases.retain(|phrase| !phrase.tokens.is_empty());
        let pattern = match query.mode {
            Mode::Regex if query.text.is_empty() => Pattern::Nothing,
            Mode::Regex => {
                let (regex, needed) = pattern(&query.text)?;
                Pattern::Regex(regex, needed)
            }
            Mode::Pinyin if query.text.trim().is_empty() => Pattern::Nothing,
            Mode::Pinyin => Pattern::Pinyin(Reading::new(&query.text).ok_or_else(|| {
                Error::Usage(format!(
                    "`{}` is not pinyin: write letters, at most {MOST}, as in chuangshi jihua or csjh",
                    query.text
                ))
            })?),
            _ if phrases.is_empty() => Pattern::Nothing,
            _ => Pattern::Phrases(phrases),
        };
        // Where a unit has it on both sides, the side in the query's own language is shown.
        let first = detect::language(&query.text).unwrap_or_default();
        let langs = match (query.mode, query.lang) {
            (Mode::Pinyin, _) => vec![Lang::Zh],
            (_, Some(lang)) => vec![lang],
            (_, None) => vec![first, first.other()],
        };
        Ok(Self { langs, pattern })
    }

    /// The first language in which an entry has it.
    pub(super) fn find(&self, entry: &Entry, features: &Features) -> Option<Lang> {
        let tokens = |lang: Lang| without_codes(&features.sides[lang].tokens);
        let has = |lang: &Lang| match &self.pattern {
            Pattern::Phrases(phrases) => {
                let tokens = tokens(*lang);
                let within = |p: &Phrase| tokens.windows(p.ids.len()).any(|w| w == p.ids);
                phrases.iter().all(within)
            }
            Pattern::Regex(..) => self.matches(entry.text(*lang)),
            Pattern::Pinyin(reading) => reading.within(&tokens(*lang)),
            Pattern::Nothing => false,
        };
        self.langs.iter().copied().find(has)
    }

    /// Whether a text matches the expression.
    pub(super) fn matches(&self, text: &str) -> bool {
        match &self.pattern {
            Pattern::Regex(regex, _) => regex.is_match(Words::new(text).folded()),
            Pattern::Phrases(_) | Pattern::Pinyin(_) | Pattern::Nothing => false,
        }
    }

    /// Where a text has it, in bytes of the text as written.
    pub(super) fn spans(&self, text: &str) -> Vec<Span> {
        let words = Words::new(text);
        let mut spans: Vec<Span> = match &self.pattern {
            Pattern::Phrases(phrases) => {
                let tokens: Vec<&str> = words.iter().collect();
                let mut spans = Vec::new();
                for phrase in phrases {
                    let size = phrase.tokens.len();
                    let places = tokens.windows(size).enumerate();
                    let hits = places.filter(|(_, window)| *window == phrase.tokens);
                    spans.extend(hits.filter_map(|(at, _)| words.place(at, at + size - 1)));
                }
                spans
            }
            Pattern::Regex(regex, _) => regex
                .find_iter(words.folded())
                .filter(|m| !m.is_empty())
                .map(|m| words.original(m.range().into()))
                .collect(),
            Pattern::Pinyin(reading) => {
                let tokens: Vec<u32> = words.iter().map(key).collect();
                let places = reading.places(&tokens).into_iter();
                places
                    .filter_map(|(first, last)| words.place(first, last))
                    .collect()
            }
            Pattern::Nothing => Vec::new(),
        };
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        spans.retain(|span| {
            let apart = span.start >= end;
            end = end.max(span.end);
            apart
        });
        spans
    }
}

/// A regular expression over folded text. Only what is not ASCII is folded in
/// it: `\S` must not become `\s`.
fn pattern(text: &str) -> Result<(Regex, Vec<Needed>)> {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '\0'..='\x7f' => c.to_string(),
            _ => fold(c.encode_utf8(&mut [0; 4])),
        })
        .collect();
    RegexBuilder::new(&folded)
        .case_insensitive(true)
        .size_limit(1 << 20)
        .build()
        .map(|regex| (regex, needed(&folded)))
        .map_err(|e| Error::Usage(format!("`{text}` is not a regular expression: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(mode: Mode, query: &str, text: &str) -> Vec<String> {
        let query = Query {
            text: query.into(),
            mode,
            ..Query::default()
        };
        let spans = Needle::new(&query).unwrap().spans(text);
        spans.iter().map(|s| s.of(text).to_owned()).collect()
    }

    #[test]
    fn phrases_are_found_in_either_script_and_width() {
        let text = "美國能源部啟動「創世計劃」，ＡＩ 治理；创世计划";
        assert_eq!(
            spans(Mode::Exact, "创世计划", text),
            ["創世計劃", "创世计划"]
        );
        assert_eq!(spans(Mode::Exact, "ai治理", text), ["ＡＩ 治理"]);
        assert_eq!(
            spans(Mode::Exact, "mission", "Submission, Mission"),
            ["Mission"]
        );
        assert!(spans(Mode::Exact, "  ", text).is_empty());
    }

    #[test]
    fn keywords_stand_in_any_order() {
        let text = "能源部启动创世计划";
        assert_eq!(spans(Mode::Keyword, "创世 能源", text), ["能源", "创世"]);
    }

    #[test]
    fn patterns_see_folded_text() {
        let text = "撥款 500億美元";
        assert_eq!(spans(Mode::Regex, r"\d+[亿万]", text), ["500億"]);
        assert_eq!(
            spans(Mode::Regex, r"US\$\S+", "of US$50 billion"),
            ["US$50"]
        );
        let bad = Query {
            text: "(".into(),
            mode: Mode::Regex,
            ..Query::default()
        };
        assert!(Needle::new(&bad).is_err());
    }
}
