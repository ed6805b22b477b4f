//! What can be wrong with a unit of a memory.

use std::collections::HashMap;

use crate::lang::Lang;
use crate::memory::entry::Entry;
use crate::text::chars::is_han;
use crate::text::code::{codes, keys};
use crate::text::count::plural;
use crate::text::detect;
use crate::text::fold::fold;
use crate::text::mojibake::{is_damaged, misread};
use crate::text::volume::Volume;

/// The rules, with what each finds.
pub const RULES: [(&str, &str); 8] = [
    (
        "empty",
        "no text, or one without letters or digits beside one that has some",
    ),
    (
        "numbers",
        "neither text has letters: numbers, marks and codes alone",
    ),
    ("mojibake", "a text that was read in a wrong encoding"),
    (
        "language",
        "a text in the other language, or in a third one",
    ),
    ("same", "source and translation are the same"),
    (
        "length",
        "one text is far too long for the other, by what is usual in this memory",
    ),
    (
        "codes",
        "the texts do not have the same tags and placeholders",
    ),
    (
        "duplicate",
        "another unit has the same texts, but for case, width and the like, and has come as far",
    ),
];

/// What is wrong with a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// One of [`RULES`].
    pub rule: &'static str,
    /// What is wrong, for people.
    pub message: String,
}

/// All that is wrong with a unit, in the order of [`RULES`]; `other` is the
/// line of a unit with the same texts that stays.
pub(super) fn of(entry: &Entry, usual: Usual, other: Option<u32>) -> Vec<Fault> {
    let found = [
        ("empty", empty(entry)),
        ("numbers", numbers(entry)),
        ("mojibake", mojibake(entry)),
        ("language", language(entry)),
        ("same", same(entry)),
        ("length", usual.outlier(entry)),
        ("codes", differing_codes(entry)),
        (
            "duplicate",
            other.map(|line| format!("line {line} has the same texts")),
        ),
    ];
    let found = found.into_iter();
    found
        .filter_map(|(rule, message)| message.map(|message| Fault { rule, message }))
        .collect()
}

/// The text without its codes.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for code in codes(text) {
        out.push_str(crate::span::Span::new(at, code.start as usize).of(text));
        out.push(' ');
        at = code.end as usize;
    }
    out.push_str(crate::span::Span::new(at, text.len()).of(text));
    out
}

/// The Chinese text without its codes. What stands between backquotes is often
/// no code but the text of a link (RST): it is one where most letters stand there.
fn bare_chinese(text: &str) -> String {
    let outside = bare(text);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let inside = han(text);
    if text.contains('`') && han(&outside) == 0 && inside > letters(&outside) {
        return bare(&text.replace('`', " "));
    }
    outside
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

fn empty(entry: &Entry) -> Option<String> {
    let blank = |text: &str| text.trim().is_empty();
    match (blank(&entry.zh), blank(&entry.en)) {
        (true, true) => return Some("there is no text".into()),
        (true, false) => return Some("there is no Chinese text".into()),
        (false, true) => return Some("there is no English text".into()),
        (false, false) => {}
    }
    let has = |text: &str| text.contains(char::is_alphanumeric);
    let (zh, en) = (has(&entry.zh), has(&entry.en));
    match (zh, en) {
        (false, true) => Some("the Chinese text has neither letters nor digits".into()),
        (true, false) => Some("the English text has neither letters nor digits".into()),
        _ => None,
    }
}

fn numbers(entry: &Entry) -> Option<String> {
    let letters = |text: &str| text.contains(char::is_alphabetic);
    (!letters(&bare_chinese(&entry.zh)) && !letters(&bare(&entry.en)))
        .then(|| "there are no letters in it".into())
}

fn mojibake(entry: &Entry) -> Option<String> {
    [("Chinese", &entry.zh), ("English", &entry.en)]
        .into_iter()
        .find_map(|(name, text)| {
            let real = if is_damaged(text) {
                None
            } else {
                misread(text)?.text
            };
            Some(match real {
                Some(real) => {
                    let real: String = real.chars().take(40).collect();
                    format!("the {name} text was read in a wrong encoding: it is {real}")
                }
                None => format!("the {name} text is damaged by a wrong encoding"),
            })
        })
}

fn language(entry: &Entry) -> Option<String> {
    let (zh, en) = (bare_chinese(&entry.zh), bare(&entry.en));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let (in_zh, in_en) = (detect::language(&zh), detect::language(&en));
    if in_zh == Some(Lang::En) && in_en == Some(Lang::Zh) && han(&zh) == 0 {
        return Some("the two texts are swapped".into());
    }
    // Names stay as they are in a Chinese text: a sentence without Han is none.
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphabetic());
        words
            .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
            .count()
    };
    if han(&zh) == 0 && in_zh == Some(Lang::En) && words(&zh) >= 3 {
        return Some("the Chinese text is in English".into());
    }
    if in_en == Some(Lang::Zh) {
        return Some("the English text is in Chinese".into());
    }
    for (name, text, found) in [("Chinese", &zh, in_zh), ("English", &en, in_en)] {
        if found.is_none() && letters(text) >= 4 {
            return Some(format!("the {name} text is in another language"));
        }
    }
    detect::is_foreign(&en).then(|| "the English text is in another language".into())
}

fn same(entry: &Entry) -> Option<String> {
    let letters = entry.zh.contains(char::is_alphabetic);
    (letters && fold(&entry.zh) == fold(&entry.en))
        .then(|| "source and translation are the same".into())
}

/// Tags and placeholders; emphasis, addresses and changes of a font may well differ.
fn differing_codes(entry: &Entry) -> Option<String> {
    let (zh, en) = (told(&entry.zh), told(&entry.en));
    let [zh_keys, en_keys] = keys([&zh, &en]);
    let zh_more = beyond(&zh, &zh_keys, &en_keys);
    let en_more = beyond(&en, &en_keys, &zh_keys);
    Some(match (&*zh_more, &*en_more) {
        ("", "") => return None,
        (zh, "") => format!("only the Chinese text has {zh}"),
        ("", en) => format!("only the English text has {en}"),
        (zh, en) => format!("the Chinese text has {zh}, the English one {en}"),
    })
}

/// The tags and placeholders of a text that its translation must have. A `ut` is
/// what the program that wrote it could make nothing of: fonts, as a rule.
fn told(text: &str) -> Vec<&str> {
    let codes = codes(text).into_iter().map(|code| code.of(text));
    codes
        .filter(|code| code.starts_with(['<', '{', '%', '$']) && !code.starts_with("<ut"))
        .collect()
}

/// What of some codes is not among others, by their keys, in order.
fn beyond(codes: &[&str], own: &[String], others: &[String]) -> String {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for key in others {
        *left.entry(key).or_default() += 1;
    }
    let mut rest = Vec::new();
    for (code, key) in codes.iter().zip(own) {
        match left.get_mut(key.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ if key.contains("://") => {}
            _ => rest.push(*code),
        }
    }
    rest.join(" ")
}

/// The ratios of lengths in a memory, being collected: 4 bytes for a unit.
#[derive(Debug, Default)]
pub(super) struct Lengths {
    ratios: Vec<f32>,
}

/// What ratio of lengths is usual in a memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usual {
    /// The median of the logarithms, and their spread: the median distance
    /// from it, scaled to a standard deviation.
    median: f32,
    spread: f32,
}

/// A unit so many spreads away from the median is an outlier (robust z-score,
/// Iglewicz and Hoaglin 1993, who take 3.5; half a percent of good units lie beyond that).
const FAR: f32 = 5.0;

/// Texts shorter than this, in bytes, are of any length to each other.
const SHORT: usize = 30;

/// The length of a usual segment, in bytes.
const USUAL: f32 = 64.0;

impl Lengths {
    pub(super) fn take(&mut self, entry: &Entry) {
        self.ratios.extend(ratio(entry));
    }

    pub(super) fn usual(mut self) -> Usual {
        let median = |values: &mut Vec<f32>| {
            let middle = values.len() / 2;
            if values.is_empty() {
                return None;
            }
            let (_, value, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
            Some(*value)
        };
        // English takes about as many bytes as Chinese does in UTF-8.
        let center = median(&mut self.ratios).unwrap_or(0.2);
        let mut distances: Vec<f32> = self.ratios.iter().map(|r| (r - center).abs()).collect();
        let spread = median(&mut distances).unwrap_or(0.0) / 0.6745;
        Usual {
            median: center,
            spread: spread.max(0.15),
        }
    }
}

/// The logarithm of how much longer the English text is, in bytes of UTF-8;
/// nothing for short ones, and where there is none.
fn ratio(entry: &Entry) -> Option<f32> {
    let (zh, en) = (entry.zh.len(), entry.en.len());
    let telling = zh.max(en) >= SHORT && zh.min(en) > 0;
    telling.then(|| (en as f32 / zh as f32).ln())
}

impl Usual {
    fn outlier(self, entry: &Entry) -> Option<String> {
        // The lengths of short texts say less: their spread falls with the root of the
        // length (Gale and Church 1993), down to where it is that of this memory.
        let length = (entry.zh.len() as f32 * entry.en.len() as f32).sqrt();
        let weight = (length / USUAL).sqrt().min(1.0);
        let score = (ratio(entry)? - self.median) / self.spread * weight;
        if score.abs() <= FAR {
            return None;
        }
        let (long, short) = if score > 0.0 {
            ("English", "Chinese")
        } else {
            ("Chinese", "English")
        };
        let [zh, en] = [&entry.zh, &entry.en].map(|text| Volume::of(text).words);
        Some(format!(
            "the {long} text is far too long for the {short} one ({} in Chinese, {} in English)",
            plural(zh, "character"),
            plural(en, "word"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(zh: &str, en: &str) -> Vec<&'static str> {
        let mut lengths = Lengths::default();
        let entry = |zh: &str, en: &str| Entry {
            zh: zh.into(),
            en: en.into(),
            ..Entry::default()
        };
        for _ in 0..50 {
            lengths.take(&entry(
                "能源部启动创世计划。",
                "The Department launched the mission.",
            ));
        }
        let found = of(&entry(zh, en), lengths.usual(), None);
        found.iter().map(|fault| fault.rule).collect()
    }

    #[test]
    fn codes_are_named_in_the_order_of_the_text() {
        let told = |zh: &str, en: &str| {
            differing_codes(&Entry {
                zh: zh.into(),
                en: en.into(),
                ..Entry::default()
            })
        };
        assert_eq!(told("<b>甲</b>{0}", "{0}<b>A</b>"), None);
        assert_eq!(
            told("<b>甲</b><b>乙</b>", "<b>A</b> B").as_deref(),
            Some("only the Chinese text has <b> </b>")
        );
    }

    #[test]
    fn what_a_code_holds_may_be_of_its_language() {
        for (zh, en) in [
            (
                r#"<bpt i="1" x="1" c="{\b\f17 "/>承包商<ept i="1" c="}"/>提交<ut c="{\f17 "/>报告<ut c="}"/>"#,
                r#"The <bpt i="1" x="1" c="{\b "/>Contractor<ept i="1" c="}"/> submits a report"#,
            ),
            ("%2$@中有 %1$lld 项", "%lld items in %@"),
            (
                r#"见<ph x="1" c="&lt;img alt=&quot;图&quot;>"/>"#,
                r#"See <ph x="1" c="&lt;img alt=&quot;Figure&quot;>"/>"#,
            ),
            (
                r#"<a href="https://a.cn" title="页">甲</a>"#,
                r#"<a href="https://a.com" title="page">A</a>"#,
            ),
        ] {
            assert_eq!(rules(zh, en), Vec::<&str>::new(), "{zh}");
        }
        for (zh, en) in [
            (r#"按<ph x="1"/>继续"#, r#"Press <ph x="2"/> to go on"#),
            (r#"<bpt i="1"/>甲<ept i="1"/>的计划"#, "The plan of A"),
            ("第%1$d章第%1$d节的标题", "Chapter %d, section %d"),
        ] {
            assert_eq!(rules(zh, en), ["codes"], "{zh}");
        }
    }

    #[test]
    fn what_is_wrong_with_units() {
        for (zh, en, expected) in [
            (
                "能源部启动创世计划。",
                "The Department of Energy launched the Genesis Mission.",
                None,
            ),
            ("OpenAI", "OpenAI", Some("same")),
            ("使用<b>Docker</b>", "Use <b>Docker</b>", None),
            ("使用{0}", "Use {1}", Some("codes")),
            ("2025—2026", "2025–2026", Some("numbers")),
            ("`{0}`", "`{0}`", Some("numbers")),
            (
                "`使用 maildir 格式 <https://a.org/b>`_",
                "`Use the maildir format <https://a.org/b>`_",
                None,
            ),
            (
                ":ref:`对枚举类型的支持 <enum>`",
                ":ref:`Support for enumerated types <enum>`",
                None,
            ),
            ("……", "The end of it", Some("empty")),
            ("The end of the road", "路的尽头", Some("language")),
            (
                "this is not Chinese at all",
                "not Chinese",
                Some("language"),
            ),
            ("能源部", "能源部的计划", Some("language")),
            ("能源部", "Министерство энергетики", Some("language")),
            ("锟斤拷锟斤拷", "energy", Some("mojibake")),
            (
                "能源",
                "The Department of Energy launched the Genesis Mission, which is a very long story to tell in two words.",
                Some("length"),
            ),
            ("拼命地跑", "Run like your life depends on it.", None),
            ("谷歌", "Google", None),
            ("GitHub Actions", "GitHub Actions 操作", Some("language")),
        ] {
            let found = rules(zh, en);
            match expected {
                Some(rule) => assert!(found.contains(&rule), "{zh} = {en}: {found:?}"),
                None => assert!(found.is_empty(), "{zh} = {en}: {found:?}"),
            }
        }
    }
}
