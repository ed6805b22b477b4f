//! Terms and numbers for a reader, in the characters of the script written.
//!
//! Character by character by OpenCC's first choice, words that go otherwise by
//! a small table of our own, then the variants of the region. Words are not
//! exchanged (软件 is 軟件 in Taiwan too, 计划 計劃): a term's regional form is for
//! the glossary to say. What comes of it is found as the same term.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::chars::table_rows;
use super::code::codes;
use super::script::{Tally, traditional};
use crate::lang::Locale;
use crate::span::halves;

/// A Chinese text in the characters of `to`: as it is where that is not
/// written in traditional ones, or where the text has traditional ones already.
///
/// ```
/// use zhengming::{lang::Locale, text::written::written};
/// assert_eq!(written("500亿美元", Locale::Taiwan), "500億美元");
/// assert_eq!(written("为期两年的计划", Locale::Taiwan), "為期兩年的計劃");
/// assert_eq!(written("制造业标准", Locale::HongKong), "製造業標準");
/// assert_eq!(written("500亿美元", Locale::Hans), "500亿美元");
/// ```
pub fn written(zh: &str, to: Locale) -> String {
    if !to.traditional() {
        return zh.to_owned();
    }
    let mut tally = Tally::default();
    tally.add(zh);
    if tally.traditional > 0 {
        return zh.to_owned();
    }
    let words = words();
    let mut text = String::with_capacity(zh.len());
    let mut rest = zh;
    while let Some(first) = rest.chars().next() {
        let mut known = words.get(&first).into_iter().flatten();
        let found = known.find_map(|(word, other)| Some((rest.strip_prefix(*word)?, *other)));
        if let Some((after, other)) = found {
            text.push_str(other);
            rest = after;
        } else {
            let mut buffer = [0; 4];
            text.push_str(&traditional(first.encode_utf8(&mut buffer)));
            rest = rest.strip_prefix(first).unwrap_or_default();
        }
    }
    let variants = variants(to);
    text.chars()
        .map(|c| variants.get(&c).copied().unwrap_or(c))
        .collect()
}

/// A whole passage in the characters of `to`, as [`written`] has them; its inline codes and
/// addresses stay as they are.
///
/// ```
/// use zhengming::{lang::Locale, text::written::passage};
/// let text = "见[白宫](https://a.example)的行政令。";
/// let there = "見[白宮](https://a.example)的行政令。";
/// assert_eq!(passage(text, Locale::Hant), there);
/// assert_eq!(passage(text, Locale::Hans), text);
/// ```
pub fn passage(text: &str, to: Locale) -> String {
    if !to.traditional() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for code in codes(text) {
        let (before, _) = halves(text, code.start as usize);
        out.push_str(&written(halves(before, at).1, to));
        out.push_str(code.of(text));
        at = code.end as usize;
    }
    out.push_str(&written(halves(text, at).1, to));
    out
}

/// Words by their first character, the longest first, and what they are.
type Words = FxHashMap<char, Vec<(&'static str, &'static str)>>;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        for (word, other) in table_rows(MORE) {
            if let Some(first) = word.chars().next() {
                words.entry(first).or_default().push((word, other));
            }
        }
        for list in words.values_mut() {
            list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        words
    })
}

/// The characters a region writes for others; where no region is named, Taiwan's.
fn variants(to: Locale) -> &'static FxHashMap<char, char> {
    static TABLES: OnceLock<[FxHashMap<char, char>; 2]> = OnceLock::new();
    let [taiwan, hong_kong] = TABLES.get_or_init(|| {
        [TAIWAN, HONG_KONG].map(|table| {
            table_rows(table)
                .filter_map(|(key, values)| Some((key.chars().next()?, values.chars().next()?)))
                .collect()
        })
    });
    if to == Locale::HongKong {
        hong_kong
    } else {
        taiwan
    }
}

const MORE: &str = include_str!("../data/regional/traditional.txt");
const TAIWAN: &str = include_str!("../data/opencc/TWVariants.txt");
const HONG_KONG: &str = include_str!("../data/opencc/HKVariants.txt");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn words_decide_where_characters_do_not() {
        for (zh, taiwan, hong_kong) in [
            ("50公里", "50公里", "50公里"),
            ("半导体出口管制", "半導體出口管制", "半導體出口管制"),
            ("制造业", "製造業", "製造業"),
            ("签署", "簽署", "簽署"),
            ("分钟", "分鐘", "分鐘"),
            ("批准标准", "批准標準", "批准標準"),
            ("复杂系统的关系", "複雜系統的關係", "複雜系統的關係"),
            ("说明", "說明", "説明"),
            ("众议院", "眾議院", "眾議院"),
            ("創世計畫", "創世計畫", "創世計畫"),
            ("Genesis Mission", "Genesis Mission", "Genesis Mission"),
        ] {
            assert_eq!(written(zh, Locale::Taiwan), taiwan);
            assert_eq!(written(zh, Locale::HongKong), hong_kong);
            assert_eq!(written(zh, Locale::Hans), zh);
        }
        for (word, other) in table_rows(MORE) {
            assert_eq!(fold(word), fold(other), "the same term for the recognizer");
        }
        assert_eq!(written("创世计划", Locale::Hant), "創世計劃");
    }
}
