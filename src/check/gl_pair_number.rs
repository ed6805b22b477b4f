//! The two languages of a row name different numbers or abbreviations.

use std::collections::BTreeSet;

use super::shelf::{Remark, Shelf};
use super::{Check, Level, Run};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::{is_latin_word, quoted};
use crate::text::number::{Quantity, quantities};

pub(super) const CHECK: Check = Check {
    id: "gl-pair-number",
    level: Level::Warning,
    mqm: "accuracy/mistranslation",
    page: include_str!("gl_pair_number.md"),
    run: Run::Glossary(run),
};

fn run(shelf: &Shelf<'_>, remarks: &mut Vec<Remark>) {
    for entry in &shelf.entries {
        let first = |lang| entry.preferred(lang).next();
        if let (Some(zh), Some(en)) = (first(Lang::Zh), first(Lang::En))
            && let Some(message) = differ(&zh.written.text, &en.written.text)
        {
            remarks.push(Remark {
                related: vec![entry.spot(en.written.span)],
                ..Remark::new(entry.spot(zh.written.span), message)
            });
        }
    }
}

fn differ(zh: &str, en: &str) -> Option<String> {
    let a = numbers(zh, Lang::Zh);
    let b = if a.is_empty() {
        BTreeSet::new()
    } else {
        numbers(en, Lang::En)
    };
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let only: Vec<&str> = a.difference(b).map(String::as_str).collect();
        only.join(", ")
    };
    let (zh_only, en_only) = (only(&a, &b), only(&b, &a));
    if !zh_only.is_empty() && !en_only.is_empty() {
        return Some(format!("the Chinese says {zh_only}, the English {en_only}"));
    }
    let names = [zh, en].map(abbreviations);
    match &names {
        [a, b] if a.len() == 1 && b.len() == 1 && a != b => {
            let [a, b] = names.map(|names| names.join(""));
            let akin = a.len() == b.len();
            akin.then(|| format!("the Chinese has {}, the English {}", quoted(&a), quoted(&b)))
        }
        _ => None,
    }
}

/// The numbers of a term by value; those inside words (6G) by their digits.
fn numbers(text: &str, lang: Lang) -> BTreeSet<String> {
    // Most terms count nothing, and reading numbers is dear.
    if lang == Lang::Zh && !text.contains(|c: char| c.is_numeric() || NUMERALS.contains(c)) {
        return BTreeSet::new();
    }
    let found = quantities(text, lang);
    let certain = found.iter().filter(|q| !q.soft && !q.ambiguous);
    let values = certain.map(Quantity::value_text);
    let mut numbers: BTreeSet<String> = values.flat_map(|value| bare(&value)).collect();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let span = Span::new(from, at);
                if !found.iter().any(|q| q.span.overlaps(span)) {
                    numbers.insert(span.of(text).trim_start_matches('0').to_owned());
                }
                start = None;
            }
            _ => {}
        }
    }
    numbers
}

/// Characters that Chinese numbers are written with.
const NUMERALS: &str =
    "〇零一二三四五六七八九十百千万萬亿億兆半两兩双雙几幾数數壹贰叁肆伍陆柒捌玖拾廿卅";

/// A value without its unit; of a range both ends.
fn bare(value: &str) -> Vec<String> {
    let number = value.split(' ').next().unwrap_or(value);
    number.split("..").map(str::to_owned).collect()
}

/// The words of a text that are all in capitals.
fn abbreviations(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !is_latin_word(c) && c != '-');
    let capitals = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    words.filter(capitals).collect()
}
