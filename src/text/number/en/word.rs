//! English number words: twenty-one, two hundred and fifty million, third.

use crate::text::number::currency;
use crate::text::number::date::Date;
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

/// The value of a word below 100.
fn small(word: &str) -> Option<i64> {
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
    SMALL
        .iter()
        .position(|w| *w == word)
        .map(|i| i as i64)
        .or_else(|| tens(word))
}

fn tens(word: &str) -> Option<i64> {
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    TENS.iter()
        .position(|w| *w == word)
        .map(|i| (i as i64 + 2) * 10)
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
    const OTHERS: &[&str] = &[
        "a",
        "an",
        "half",
        "double",
        "doubled",
        "doubles",
        "doubling",
        "twofold",
        "twice",
        "triple",
        "tripled",
        "triples",
        "tripling",
        "threefold",
        "thrice",
        "quadruple",
        "quadrupled",
        "quadrupling",
        "fourfold",
        "quintupled",
        "fivefold",
        "sixfold",
        "sevenfold",
        "eightfold",
        "ninefold",
        "tenfold",
        "fiscal",
        "fy",
        "financial",
        "article",
        "section",
        "chapter",
        "title",
        "annex",
        "world",
        "volume",
        "appendix",
        "us",
        "u",
        "rmb",
    ];
    let name = name.to_ascii_lowercase();
    small(&name).is_some()
        || ordinal(&name).is_some()
        || OTHERS.contains(&name.as_str())
        || VAGUE.contains(&name.as_str())
        || Date::month_named(&name).is_some()
        || currency::ROWS.iter().any(|row| {
            row.code.eq_ignore_ascii_case(&name)
                || row.prefixes.iter().any(|p| p.eq_ignore_ascii_case(&name))
        })
}

/// The value of an ordinal word, or of the last part of one.
pub(super) fn ordinal(word: &str) -> Option<i64> {
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
    if let Some(i) = ORDINALS.iter().position(|w| *w == word) {
        return Some(i as i64 + 1);
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
        i + 1
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
    let mut words = Words {
        value: Decimal::default(),
        end,
        sure: false,
        ordinal: false,
        scale: 0,
    };
    if let Some((value, end)) = half(text, &first, end) {
        return Some(Words {
            value,
            end,
            sure: true,
            ..words
        });
    }
    let mut total: i64 = 0;
    let mut section: i64;
    let first_end = end;
    if let Some(value) = ordinal(&first) {
        return Some(Words {
            value: value.into(),
            ordinal: true,
            ..words
        });
    }
    match (small(&first), first.as_str()) {
        (Some(value), _) => section = value,
        (None, "a" | "an") => {
            let (next, end) = next_word(text, end)?;
            section = 1;
            if next == "dozen" {
                return Some(Words {
                    value: 12.into(),
                    end,
                    sure: false,
                    ..words
                });
            }
            scale(&next)?;
        }
        _ => return None,
    }
    let mut end = first_end;
    let mut last_scale = i16::MAX;
    let mut last_small = if first == "a" || first == "an" {
        0
    } else {
        section
    };
    let mut count = 1;
    loop {
        let Some((mut next, mut next_end)) = next_word(text, end) else {
            break;
        };
        if next == "and" && section >= 100 && section % 100 == 0 {
            let Some(after) = next_word(text, next_end) else {
                break;
            };
            if small(&after.0).is_none() && ordinal(&after.0).is_none() {
                break;
            }
            (next, next_end) = after;
        }
        if let Some(value) = small(&next) {
            let fits = section % 100 == 0 && section > 0 && last_small == 0
                || (20..100).contains(&last_small)
                    && last_small % 10 == 0
                    && (1..10).contains(&value)
                || section == 0 && total > 0;
            if !fits {
                break;
            }
            section += value;
            last_small = value;
        } else if let Some(power) = scale(&next) {
            if power == 2 {
                if section == 0 || section >= 100 {
                    break;
                }
                section *= 100;
            } else {
                if power >= last_scale {
                    break;
                }
                total += section.checked_mul(10_i64.checked_pow(power.unsigned_abs().into())?)?;
                section = 0;
                last_scale = power;
            }
            last_small = 0;
            words.scale = power;
        } else if next == "dozen" && count == 1 {
            return Some(Words {
                value: (section * 12).into(),
                end: next_end,
                sure: true,
                ..words
            });
        } else {
            let fits = (20..100).contains(&last_small) && last_small % 10 == 0
                || last_small == 0 && section >= 100;
            let Some(value) =
                ordinal(&next).filter(|value| fits && (*value < 10 || last_small == 0))
            else {
                break;
            };
            return Some(Words {
                value: (total + section + value).into(),
                end: next_end,
                ordinal: true,
                sure: true,
                ..words
            });
        }
        end = next_end;
        count += 1;
    }
    // an article needs a scale after it
    if (first == "a" || first == "an") && count == 1 {
        return None;
    }
    words.value = (total + section).into();
    words.end = end;
    words.sure = count > 1 || total + section > 12;
    Some(words)
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
    ("nearly", Relation::Below),
    ("almost", Relation::Below),
    ("close to", Relation::Below),
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
            ("one hundred and eighteenth", "118"),
        ] {
            let read = read(&Text::new(text), 0).unwrap();
            assert_eq!(
                (read.value.to_string().as_str(), read.end),
                (want, text.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn words_that_are_no_numbers() {
        for text in ["a plan", "often", "an act", "someone", "tent"] {
            assert!(read(&Text::new(text), 0).is_none(), "{text}");
        }
    }
}
