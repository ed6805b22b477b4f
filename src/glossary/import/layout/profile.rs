//! What the cells of a column are like, which tells what it holds where its
//! name does not.

use std::collections::BTreeMap;

use crate::format::heading::Heading;
use crate::glossary::exchange::Row;
use crate::lang::{Lang, Locale};
use crate::text::chars::is_han;

/// The most rows that are looked at to tell what columns hold.
pub(super) const SAMPLE: usize = 2000;

/// The most different texts of a column that are kept.
const WORDS: usize = 30;

/// What the cells of a column are like.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    pub(super) filled: usize,
    pub(super) han: usize,
    pub(super) latin: usize,
    pub(super) kana: usize,
    pub(super) hangul: usize,
    pub(super) number: usize,
    /// Whether the cells count 1, 2, 3 or 0, 1, 2.
    pub(super) sequence: bool,
    /// Cells that are the code of a language.
    pub(super) code: usize,
    /// Cells that are so short and plain that they are ids: AD, 001.
    pub(super) id: usize,
    /// Cells that are built as codes are, in small letters: zh, ace, ar-001.
    pub(super) coded: usize,
    /// Characters of all cells.
    pub(super) length: usize,
    /// The different short texts, as far as they are few.
    pub(super) words: BTreeMap<String, usize>,
    /// Cells with a mark of a tone that no other language has, those with any, and those with numbers of tones.
    pub(super) tones: [usize; 3],
    /// The locale, where the cells are in one alone that is not simplified.
    pub(super) traditional: usize,
}

impl Profile {
    pub(super) fn of(rows: &[Row], column: usize) -> Self {
        let mut all = Self::default();
        let (mut last, mut steps, mut again) = (None, 0, false);
        for row in rows.iter().take(SAMPLE) {
            let cell = row.text(column).trim();
            if cell.is_empty() {
                continue;
            }
            all.filled += 1;
            let han = cell.contains(is_han);
            all.han += usize::from(han);
            all.latin += usize::from(!han && cell.contains(|c: char| c.is_alphabetic()));
            all.kana += usize::from(cell.contains(|c| matches!(c, '\u{3041}'..='\u{30FA}')));
            all.hangul += usize::from(cell.contains(|c| matches!(c, '\u{AC00}'..='\u{D7A3}')));
            all.number += usize::from(cell.parse::<f64>().is_ok());
            all.code += usize::from(code(cell).is_some());
            let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
            all.id += usize::from(cell.len() <= 3 && cell.chars().all(plain));
            all.coded += usize::from(is_coded(cell));
            if let Some(kind) = tones(cell)
                && let Some(count) = all.tones.get_mut(kind)
            {
                *count += 1;
            }
            all.length += cell.chars().count();
            let script = crate::text::script::script(cell);
            all.traditional += usize::from(script.is_some_and(Locale::traditional));
            let number: Option<i64> = cell.parse().ok();
            steps += usize::from(number.is_some() && number == last.map(|n: i64| n + 1));
            // Who counts rows gives no two one number.
            again |= number.is_some() && number == last;
            last = number;
            if all.words.len() < WORDS {
                *all.words.entry(cell.to_lowercase()).or_default() += 1;
            }
        }
        all.sequence = !again && all.filled > 1 && steps * 10 >= (all.filled - 1) * 8;
        all
    }

    pub(super) fn lang(&self) -> Option<Lang> {
        let foreign = (self.kana + self.hangul) * 10 > self.filled;
        match () {
            () if self.filled == 0 || foreign => None,
            () if self.han * 2 >= self.filled => Some(Lang::Zh),
            () if self.latin * 2 >= self.filled => Some(Lang::En),
            () => None,
        }
    }

    pub(super) fn mean(&self) -> usize {
        self.length / self.filled.max(1)
    }

    /// Whether most cells are among some words.
    pub(super) fn mostly(&self, is: impl Fn(&str) -> bool) -> bool {
        self.filled > 0 && self.among(is) * 5 >= self.filled * 4
    }

    /// Whether half of the cells or more are among some words.
    pub(super) fn half(&self, is: impl Fn(&str) -> bool) -> bool {
        self.filled > 0 && self.among(is) * 2 >= self.filled
    }

    /// How many cells are among some words.
    fn among(&self, is: impl Fn(&str) -> bool) -> usize {
        let known = self.words.iter().filter(|(word, _)| is(word));
        known.map(|(_, n)| n).sum()
    }

    /// Whether all cells are among some words.
    pub(super) fn only(&self, is: impl Fn(&str) -> bool) -> bool {
        let known = |word: &String| is(word);
        (1..WORDS).contains(&self.words.len()) && self.words.keys().all(known)
    }

    /// Whether so few texts stand in so many cells that they are classes of rows.
    pub(super) fn repeats(&self) -> bool {
        self.filled > 20 && self.words.len() < WORDS && self.words.len() * 10 < self.filled
    }

    /// Whether the cells are Chinese in Latin letters, with its tones.
    pub(super) fn is_pinyin(&self) -> bool {
        let [own, any, numbered] = self.tones;
        let most = |n: usize| self.filled > 0 && n * 5 >= self.filled * 4;
        (most(own + any) && own * 3 >= self.filled) || most(numbered)
    }

    /// Whether nearly all cells are built as codes are.
    pub(super) fn looks_coded(&self) -> bool {
        self.filled >= 5 && self.coded * 10 >= self.filled * 9
    }
}

/// How a text shows tones: 0 by a mark that hardly another language has (ā, ǎ), 1 by others (á, à), 2
/// by a number behind each syllable.
fn tones(text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    let level_or_falling_rising = [
        'ā', 'ǎ', 'ē', 'ě', 'ī', 'ǐ', 'ō', 'ǒ', 'ū', 'ǔ', 'ǖ', 'ǘ', 'ǚ', 'ǜ', '\u{304}', '\u{30C}',
    ];
    let others = [
        'á', 'à', 'é', 'è', 'í', 'ì', 'ó', 'ò', 'ú', 'ù', '\u{300}', '\u{301}',
    ];
    if text.contains(is_han) {
        return None;
    }
    if text.contains(level_or_falling_rising) {
        return Some(0);
    }
    if text.contains(others) {
        return Some(1);
    }
    let syllable = |part: &str| {
        (1..=6).contains(&part.chars().count())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || matches!(c, 'ü' | ':'))
    };
    let numbered = |word: &str| {
        let whole = word.strip_suffix(['1', '2', '3', '4', '5']);
        whole.is_some_and(|word| word.split(['1', '2', '3', '4', '5']).all(syllable))
    };
    let mut words = text.split_whitespace().peekable();
    (words.peek().is_some() && words.all(numbered)).then_some(2)
}

/// Whether a text is built as the code of a language or country is, in small letters.
fn is_coded(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let first =
        |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    let rest = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(first) && parts.all(rest)
}

/// The language that a code or a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// Chinese or English.
    Ours(Locale),
    /// A third one.
    Third,
}

/// The language of a code (`zh-TW`, `en_US`) or a name (`Chinese`, `English (United States)`, 中文（简体）);
/// `None` for what is neither.
pub(crate) fn code(text: &str) -> Option<Tongue> {
    let text = text.trim();
    // Most cells are no such thing, and are told from it at once.
    let long = text.len() > 12;
    let names = [
        "nglish", "hinese", "andarin", "NGLISH", "HINESE", "文", "语", "語",
    ];
    let third = |text: &str| text.contains(['(', '（']);
    if text.len() > 60
        || (long && !third(text) && !names.iter().any(|name| text.contains(name)))
        || !text.contains(|c: char| c.is_alphabetic())
    {
        return None;
    }
    if let Ok(locale) = text.parse::<Locale>() {
        return Some(Tongue::Ours(locale));
    }
    if let Some(lang) = Lang::from_tag(text) {
        return Some(Tongue::Ours(lang.into()));
    }
    let name = Heading::of(text);
    if let Some(locale) = name.language() {
        return Some(Tongue::Ours(locale));
    }
    name.is_third_language().then_some(Tongue::Third)
}
