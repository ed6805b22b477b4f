//! A Chinese-English dictionary to align with: which English words a Chinese
//! word may become.
//!
//! Only the words count, not the sense they are given under, so an entry is
//! its Chinese word and the words of its glosses. Kept as sorted text that is
//! searched as it stands: opening it costs one pass over its line ends, and a
//! word is only taken apart when it occurs in a document.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::chars::{is_han, is_latin_word};
use crate::text::fold::fold;

/// Glosses of more content words than this explain the word and do not translate it.
const LONGEST_GLOSS: usize = 4;

/// The longest word that is looked for inside one it does not have, in characters.
const LONGEST_WORD: usize = 6;

/// Words in a gloss that say nothing about what the gloss means.
const EMPTY_WORDS: &[&str] = &[
    "a",
    "about",
    "also",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "down",
    "etc",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "may",
    "might",
    "my",
    "no",
    "not",
    "of",
    "off",
    "on",
    "one",
    "one's",
    "oneself",
    "or",
    "our",
    "out",
    "over",
    "sb",
    "sb's",
    "shall",
    "she",
    "should",
    "so",
    "somebody",
    "someone",
    "something",
    "sth",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "up",
    "us",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
];

/// Chinese words and the English words of their glosses.
///
/// ```
/// use zhengming::align::Dictionary;
/// let dictionary = Dictionary::parse("能源部 能源部 [Neng2 yuan2 bu4] /Ministry of Energy/Department of Energy (DOE)/\n");
/// let glosses: Vec<_> = dictionary.glosses("能源部").collect();
/// assert_eq!(glosses, ["department energy", "ministry energy"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// `word TAB gloss;gloss` a line, folded, sorted by bytes.
    text: Cow<'static, str>,
    /// The first byte of each line.
    starts: Vec<u32>,
}

impl Dictionary {
    /// The dictionary the program carries (CC-CEDICT), opened on first use.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Dictionary> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::compact(include_str!("../data/cedict/dictionary.tsv").into()))
    }

    /// Reads a dictionary file; see [`parse`](Self::parse).
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::file(path, None, "is not UTF-8: save it as UTF-8"))?;
        Ok(Self::parse(&text))
    }

    /// Reads a dictionary in the format of CC-CEDICT (`傳統 传统 [chuan2 tong3] /tradition/`)
    /// or in the one [`to_compact`](Self::to_compact) writes (`传统⇥tradition;traditional`).
    /// Lines that are neither are passed over: a dictionary is a help and no contract.
    pub fn parse(text: &str) -> Self {
        let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((words, glosses)) = entry(line) else {
                continue;
            };
            let glosses: BTreeSet<String> = glosses.into_iter().filter_map(content).collect();
            for word in words {
                let word = fold(word);
                if !glosses.is_empty() && word.chars().any(is_han) {
                    entries
                        .entry(word)
                        .or_default()
                        .extend(glosses.iter().cloned());
                }
            }
        }
        let lines = entries.iter().map(|(word, glosses)| {
            let glosses: Vec<&str> = glosses.iter().map(String::as_str).collect();
            format!("{word}\t{}\n", glosses.join(";"))
        });
        Self::compact(lines.collect::<String>().into())
    }

    /// A dictionary of sorted lines.
    fn compact(text: Cow<'static, str>) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let mut starts: Vec<u32> = std::iter::once(0).chain(after).collect();
        starts.pop();
        Self { text, starts }
    }

    /// The dictionary as sorted text, the form in which it ships.
    pub fn to_compact(&self) -> &str {
        &self.text
    }

    /// The number of its words.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Whether it has a (folded) Chinese word.
    pub fn has(&self, word: &str) -> bool {
        self.line(word).is_some()
    }

    /// A (folded) Chinese word as words it has: itself, else the longest in it, from the left.
    /// A character that begins none stands alone.
    pub fn parts<'w>(&self, word: &'w str) -> Vec<&'w str> {
        if self.has(word) {
            return vec![word];
        }
        let mut parts = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let ends: Vec<usize> = ends.take(LONGEST_WORD).collect();
            let known = ends
                .iter()
                .rev()
                .find(|&&end| self.has(Span::new(0, end).of(rest)));
            let end = known.or(ends.first()).copied().unwrap_or(rest.len());
            parts.push(Span::new(0, end).of(rest));
            rest = Span::new(end, rest.len()).of(rest);
        }
        parts
    }

    /// The glosses of a (folded) Chinese word: content words, small letters, space between.
    pub fn glosses(&self, word: &str) -> impl Iterator<Item = &str> {
        self.line(word)
            .into_iter()
            .flat_map(|glosses| glosses.split(';'))
    }

    /// The glosses of all its words, in the order of the words.
    pub fn all_glosses(&self) -> impl Iterator<Item = &str> {
        let lines = self.text.lines().filter_map(|line| line.split_once('\t'));
        lines.flat_map(|(_, glosses)| glosses.split(';'))
    }

    /// What stands behind a word.
    fn line(&self, word: &str) -> Option<&str> {
        let at = self
            .starts
            .binary_search_by(|&start| self.order(start, word));
        let start = *self.starts.get(at.ok()?)? as usize;
        let rest = Span::new(start + word.len() + 1, self.text.len()).of(&self.text);
        rest.split('\n').next()
    }

    /// How the word of the line that begins at a byte is to another: nothing behind the tab is looked at.
    fn order(&self, start: u32, word: &str) -> Ordering {
        let rest = self
            .text
            .as_bytes()
            .get(start as usize..)
            .unwrap_or_default();
        let (head, rest) = rest.split_at(word.len().min(rest.len()));
        // A tab is less than any letter.
        head.cmp(word.as_bytes()).then(match rest.first() {
            Some(b'\t') => Ordering::Equal,
            _ => Ordering::Greater,
        })
    }
}

/// The Chinese words of a line and its glosses.
fn entry(line: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    if let Some((word, glosses)) = line.split_once('\t') {
        return Some((vec![word], glosses.split(';').collect()));
    }
    let (words, rest) = line.split_once(" [")?;
    let (_, glosses) = rest.split_once("] /")?;
    Some((
        words.split(' ').collect(),
        glosses.split(['/', ';']).collect(),
    ))
}

/// The content words of a gloss; `None` where it is a remark or an explanation.
fn content(gloss: &str) -> Option<String> {
    let mut plain = String::new();
    let mut depth = 0usize;
    for c in gloss.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    // "variant of 磬", "CL:個", "Taiwan pr. [fa2]": about the character.
    let remark = ["CL:", "Taiwan pr", "also pr"]
        .iter()
        .any(|mark| plain.starts_with(mark));
    if remark || plain.chars().any(is_han) {
        return None;
    }
    let folded = fold(&plain);
    let words = folded.split(|c: char| !is_latin_word(c) && c != '\'');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let full: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !EMPTY_WORDS.contains(word))
        .collect();
    let kept = if full.is_empty() { words } else { full };
    (1..=LONGEST_GLOSS)
        .contains(&kept.len())
        .then(|| kept.join(" "))
}
