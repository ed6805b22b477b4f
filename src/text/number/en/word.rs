//! English number words: twenty-one, two hundred and fifty million, third.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::after_words;
use crate::text::number::currency;
use crate::text::number::date::MONTHS;
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Relation};

/// A word with letters only, from `i`, in lower case, and the place after it.
pub(super) fn word(text: &Text, i: usize) -> Option<(String, usize)> {
    if text.before(i).is_alphabetic() && text.before(i).is_ascii() {
        return None;
    }
    let end = text.while_at(i, |c| c.is_ascii_alphabetic());
    let joined = text.get(end) == '\'' || text.get(end).is_ascii_digit();
    (end > i && !joined).then(|| (text.string(i, end).to_ascii_lowercase(), end))
}

/// The numbers below twenty.
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The value of a word below 100.
pub(super) fn small(word: &str) -> Option<i64> {
    SMALL
        .iter()
        .position(|w| *w == word)
        .and_then(|i| i64::try_from(i).ok())
        .or_else(|| tens(word))
}

/// Twenty and the tens above.
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number below a hundred in words: nine, nineteen, ninety-nine.
pub(in crate::text::number) fn spelled(number: i64) -> Option<String> {
    let number = usize::try_from(number).ok()?;
    if let Some(word) = SMALL.get(number) {
        return Some((*word).to_owned());
    }
    let tens = TENS.get((number / 10).checked_sub(2)?)?;
    Some(match SMALL.get(number % 10) {
        Some(ones) if number % 10 > 0 => format!("{tens}-{ones}"),
        _ => (*tens).to_owned(),
    })
}

fn tens(word: &str) -> Option<i64> {
    TENS.iter()
        .position(|w| *w == word)
        .and_then(|i| Some((i64::try_from(i).ok()? + 2) * 10))
}

/// The power of ten of a scale word.
pub(super) fn scale(word: &str) -> Option<i16> {
    Some(match word {
        "hundred" => 2,
        "thousand" => 3,
        "million" | "mn" | "mln" => 6,
        "billion" | "bn" => 9,
        "trillion" | "tn" | "trn" => 12,
        "quadrillion" => 15,
        _ => return None,
    })
}

/// Whether a quantity can begin with this word.
pub(super) fn opens(name: &str) -> bool {
    static OPENING: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        let currencies = currency::ROWS.iter();
        let currencies = currencies.flat_map(|row| row.prefixes.iter().copied().chain([row.code]));
        let short = MONTHS.iter().map(|month| month.chars().take(3).collect());
        let words = OTHERS.split_whitespace().chain(currencies);
        let words = words
            .chain(VAGUE.iter().copied())
            .chain(MONTHS)
            .chain(["sept"]);
        let words = words.chain(SMALL).chain(TENS).chain(ORDINALS);
        words
            .map(str::to_owned)
            .chain(short)
            .map(|word| word.to_ascii_lowercase())
            .collect()
    });
    let name = name.to_ascii_lowercase();
    OPENING.contains(&name) || ordinal(&name).is_some()
}

/// Words that open a quantity without being a number themselves.
const OTHERS: &str = "a an half quarter minus negative ad double doubled doubles doubling twofold twice triple tripled triples tripling threefold thrice quadruple quadrupled quadrupling fourfold quintupled fivefold sixfold sevenfold eightfold ninefold tenfold fiscal fy financial article section chapter title annex world volume appendix table attachment schedule part class category type phase us u rmb";

/// First to twentieth.
const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The value of an ordinal word, or of the last part of one.
pub(super) fn ordinal(word: &str) -> Option<i64> {
    if let Some(i) = ORDINALS.iter().position(|w| *w == word) {
        return i64::try_from(i + 1).ok();
    }
    tens(&format!("{}y", word.strip_suffix("ieth")?))
}

/// A number in words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) value: Decimal,
    pub(super) end: usize,
    /// Whether it is more than one word below 21: surely an amount.
    pub(super) sure: bool,
    /// Whether its last word is an ordinal.
    pub(super) ordinal: bool,
    /// The power of ten of its last scale word, or 0.
    pub(super) scale: i16,
}

/// The next word after one space or hyphen at `i`.
fn next_word(text: &Text, i: usize) -> Option<(String, usize)> {
    let at = if text.get(i) == '-' {
        text.spaces(i + 1) // twenty- five, as at a line's end
    } else {
        text.spaces(i)
    };
    if at == i || at > i + 2 {
        return None;
    }
    word(text, at)
}

/// The number in words at `i`: `twenty-one`, `two hundred and fifty million`, `half a million`, `a dozen`.
pub(super) fn read(text: &Text, i: usize) -> Option<Words> {
    let (first, end) = word(text, i)?;
    let known = |value: Decimal, end, sure| Words {
        value,
        end,
        sure,
        ordinal: false,
        scale: 0,
    };
    if let Some((value, end)) = half(text, &first, end).or_else(|| quarters(text, i)) {
        return Some(known(value, end, true));
    }
    if let Some(value) = ordinal(&first) {
        return Some(Words {
            ordinal: true,
            ..known(value.into(), end, false)
        });
    }
    let next = next_word(text, end);
    let article = first == "a" || first == "an";
    let begun = if article { 1 } else { small(&first)? };
    if let Some((_, end)) = next.as_ref().filter(|(next, _)| next == "dozen") {
        return Some(known((begun * 12).into(), *end, !article));
    }
    if article && next.is_none_or(|(next, _)| scale(&next).is_none()) {
        return None;
    }
    let mut count = Count {
        total: 0,
        section: begun,
        last: if article { 0 } else { begun },
        last_scale: i16::MAX,
        scale: 0,
    };
    let mut words = known(begun.into(), end, begun > 12);
    while let Some((next, end)) = count.next(text, words.end) {
        if let Some(value) = ordinal(&next).filter(|value| count.takes_ordinal(*value)) {
            let value = (count.total + count.section + value).into();
            return Some(Words {
                ordinal: true,
                ..known(value, end, true)
            });
        }
        if count.take(&next).is_none() {
            break;
        }
        words = Words {
            scale: count.scale,
            ..known((count.total + count.section).into(), end, true)
        };
    }
    Some(words)
}

/// A number in words as far as it was read.
struct Count {
    /// What thousand, million and so on have closed.
    total: i64,
    /// Below 1000.
    section: i64,
    /// The value of the word before, if it is below 100; else 0.
    last: i64,
    /// The power of the scale word before that closed a section.
    last_scale: i16,
    /// The power of the last scale word.
    scale: i16,
}

impl Count {
    /// The next word, over the `and` of two hundred and fifty.
    fn next(&self, text: &Text, end: usize) -> Option<(String, usize)> {
        let (next, end) = next_word(text, end)?;
        if next != "and" {
            return Some((next, end));
        }
        let hundreds = self.section >= 100 && self.section % 100 == 0;
        // one million and eight hundred thousand, but not a million and two others
        let thousands = self.section == 0 && self.total > 0;
        next_word(text, end).filter(|(next, end)| {
            let small = small(next).is_some() || ordinal(next).is_some();
            let scaled = || {
                next_word(text, *end).is_some_and(|(next, _)| {
                    // between sixty thousand and one million
                    scale(&next).is_some_and(|power| power < self.last_scale)
                })
            };
            small && (hundreds || thousands && scaled())
        })
    }

    /// Whether the word before is twenty, thirty and so on.
    fn after_tens(&self) -> bool {
        (20..100).contains(&self.last) && self.last % 10 == 0
    }

    /// Whether an ordinal can end the number here: twenty-first, one hundred and eighteenth.
    fn takes_ordinal(&self, value: i64) -> bool {
        self.after_tens() && value < 10 || self.last == 0 && self.section >= 100
    }

    /// Takes one word more; `None` if the number ends before it.
    fn take(&mut self, word: &str) -> Option<()> {
        if let Some(value) = small(word) {
            let after_hundred = self.section % 100 == 0 && self.section > 0 && self.last == 0;
            let after_scale = self.section == 0 && self.total > 0;
            if !(after_hundred || after_scale || self.after_tens() && (1..10).contains(&value)) {
                return None;
            }
            self.section += value;
            self.last = value;
            return Some(());
        }
        let power = scale(word)?;
        if power == 2 {
            if self.section == 0 || self.section >= 100 {
                return None;
            }
            self.section *= 100;
        } else {
            if power >= self.last_scale || self.section == 0 {
                return None;
            }
            self.total += self
                .section
                .checked_mul(10_i64.checked_pow(u32::try_from(power).ok()?)?)?;
            self.section = 0;
            self.last_scale = power;
        }
        self.last = 0;
        self.scale = power;
        Some(())
    }
}

/// `half a million`, `half a dozen`.
fn half(text: &Text, first: &str, end: usize) -> Option<(Decimal, usize)> {
    if first != "half" {
        return None;
    }
    let (article, end) = next_word(text, end)?;
    let (next, end) = if article == "a" {
        next_word(text, end)?
    } else {
        (article, end)
    };
    if next == "dozen" {
        return Some((6.into(), end));
    }
    Some((
        Decimal::new(5, -1).shifted(scale(&next).filter(|power| *power > 2)?),
        end,
    ))
}

/// `a quarter of a million`.
pub(super) fn quarters(text: &Text, i: usize) -> Option<(Decimal, usize)> {
    const PARTS: [(&[&str], i128); 2] = [
        (&["quarter of a", "a quarter of a", "one quarter of a"], 25),
        (&["three quarters of a", "three-quarters of a"], 75),
    ];
    let (end, hundredths) = PARTS
        .iter()
        .find_map(|(words, part)| Some((after_words(text, i, words)?, *part)))?;
    let (name, end) = next_word(text, end)?;
    let power = scale(&name).filter(|power| *power > 2)?;
    Some((Decimal::new(hundredths, -2).shifted(power), end))
}

/// Vague counts: passed over.
pub(super) const VAGUE: &[&str] = &[
    "dozens",
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "trillions",
    "tens",
    "several",
    "few",
    "many",
    "couple",
    "scores",
];

/// Words before a number that say how the true value relates to it; a longer one first.
pub(super) const PREFIXES: &[(&str, Relation)] = &[
    ("approximately", Relation::About),
    ("roughly", Relation::About),
    ("around", Relation::About),
    ("about", Relation::About),
    ("no fewer than", Relation::AtLeast),
    ("no less than", Relation::AtLeast),
    ("not less than", Relation::AtLeast),
    ("not fewer than", Relation::AtLeast),
    ("at least", Relation::AtLeast),
    ("a minimum of", Relation::AtLeast),
    ("nor less than", Relation::AtLeast),
    ("nor fewer than", Relation::AtLeast),
    ("nor more than", Relation::AtMost),
    ("nor exceeding", Relation::AtMost),
    ("not greater than", Relation::AtMost),
    ("not to exceed", Relation::AtMost),
    ("not exceed", Relation::AtMost),
    ("not over", Relation::AtMost),
    ("not reach", Relation::Below),
    ("not more than", Relation::AtMost),
    ("no more than", Relation::AtMost),
    ("not exceeding", Relation::AtMost),
    ("at most", Relation::AtMost),
    ("up to", Relation::AtMost),
    ("a maximum of", Relation::AtMost),
    ("more than", Relation::Above),
    ("greater than", Relation::Above),
    ("in excess of", Relation::Above),
    ("exceeding", Relation::Above),
    ("upwards of", Relation::Above),
    ("over", Relation::Above),
    ("fewer than", Relation::Below),
    ("less than", Relation::Below),
    ("below", Relation::Below),
    ("under", Relation::Below),
    ("nearly", Relation::Nearly),
    ("almost", Relation::Nearly),
    ("close to", Relation::Nearly),
    ("as much as", Relation::Reaching),
    ("as many as", Relation::Reaching),
    ("as high as", Relation::Reaching),
];

/// Words before a year or month that say which part of it; a longer one first.
pub(super) const PARTS_OF_PERIOD: &[(&str, Relation)] = &[
    ("the beginning of", Relation::Early),
    ("beginning of", Relation::Early),
    ("the start of", Relation::Early),
    ("start of", Relation::Early),
    ("early", Relation::Early),
    ("the middle of", Relation::Middle),
    ("middle of", Relation::Middle),
    ("mid", Relation::Middle),
    ("late", Relation::Late),
    ("the end of", Relation::End),
    ("end of", Relation::End),
    ("year-end", Relation::End),
    ("end", Relation::End),
];

/// Words after a number that say so.
pub(super) const SUFFIXES: &[(&str, Relation)] = &[
    (" or more", Relation::AtLeast),
    (" and above", Relation::AtLeast),
    (" or less", Relation::AtMost),
    (" or fewer", Relation::AtMost),
    (" or so", Relation::About),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_values() {
        for (text, want) in [
            ("five", "5"),
            ("twenty-one", "21"),
            ("two hundred and fifty million", "250000000"),
            ("half a million", "500000"),
            ("a dozen", "12"),
            ("half a dozen", "6"),
            ("two dozen", "24"),
            ("a hundred", "100"),
            ("one hundred and five", "105"),
            ("nineteen", "19"),
            ("three thousand two hundred", "3200"),
            ("twenty-first", "21"),
            ("third", "3"),
            ("a million", "1000000"),
            ("one million two hundred thousand", "1200000"),
            ("fortieth", "40"),
            ("twenty- five", "25"),
            ("one hundred and eighteenth", "118"),
        ] {
            let read = read(&Text::new(text, &[]), 0).unwrap();
            assert_eq!(
                (read.value.to_string().as_str(), read.end),
                (want, text.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_larger_scale_after_and_begins_another_number() {
        let text = "sixty thousand and one million";
        assert_eq!(
            read(&Text::new(text, &[]), 0).unwrap().value.to_string(),
            "60000"
        );
    }

    #[test]
    fn words_that_are_no_numbers() {
        for text in ["a plan", "often", "an act", "someone", "tent"] {
            assert!(read(&Text::new(text, &[]), 0).is_none(), "{text}");
        }
    }
}
