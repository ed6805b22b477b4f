//! What the cells of a column are like, which tells what it holds where its
//! name does not.

use std::collections::BTreeMap;

use super::super::names::{self, Role};
use crate::glossary::columns::{self, Field, Slot};
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

    /// Whether nearly all cells are built as codes are.
    pub(super) fn looks_coded(&self) -> bool {
        self.filled >= 5 && self.coded * 10 >= self.filled * 9
    }
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

/// The language of a code (`zh-TW`, `en_US`) or a name (Chinese); `None` for what is neither.
pub(crate) fn code(text: &str) -> Option<Tongue> {
    let text = text.trim();
    if text.len() > 12 || !text.contains(|c: char| c.is_alphabetic()) {
        return None;
    }
    if let Ok(locale) = text.parse::<Locale>() {
        return Some(Tongue::Ours(locale));
    }
    if let Some(lang) = Lang::from_tag(text) {
        return Some(Tongue::Ours(lang.into()));
    }
    match names::role(text).0 {
        Role::Field(Field::Terms(Lang::En, Slot::Preferred)) => Some(Tongue::Ours(Locale::En)),
        Role::Field(Field::Terms(Lang::Zh, slot)) => {
            let region = match slot {
                Slot::Regional(at) => columns::REGIONS.get(usize::from(at)).copied(),
                _ => None,
            };
            Some(Tongue::Ours(region.unwrap_or(Locale::Hans)))
        }
        Role::Foreign => Some(Tongue::Third),
        _ => None,
    }
}
