//! Pinyin keys: what a person types to find a Chinese term.

use std::collections::BTreeSet;

use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

use super::chars::is_invisible;

/// At most so many readings of a term: a long one full of heteronyms has thousands.
const READINGS: usize = 32;

/// The keys under which a Chinese term is found: its full pinyin and its
/// initials, without tones, for every reading of its heteronyms (at most 32),
/// ü as `v`. Letters and digits stand for themselves; everything else is left out.
///
/// ```
/// use zhengming::text::pinyin::keys;
/// let keys = keys("重庆AI");
/// assert!(["chongqingai", "zhongqingai", "cqai", "zqai"].iter().all(|key| keys.contains(*key)));
/// ```
pub fn keys(zh: &str) -> BTreeSet<String> {
    let mut readings = vec![(String::new(), String::new())];
    for c in zh.chars().filter(|&c| !is_invisible(c)) {
        let syllables = syllables(c);
        if syllables.is_empty() {
            continue;
        }
        let mut longer = Vec::new();
        // The commonest reading of each character comes first, so that the
        // likeliest readings of the term are those that are kept.
        for syllable in &syllables {
            for (full, initials) in &readings {
                let initial: String = syllable.chars().take(1).collect();
                longer.push((format!("{full}{syllable}"), format!("{initials}{initial}")));
            }
        }
        longer.truncate(READINGS);
        readings = longer;
    }
    readings
        .into_iter()
        .flat_map(|(full, initials)| [full, initials])
        .filter(|key| !key.is_empty())
        .collect()
}

/// What a person types for pinyin as [`keys`] have it: without tone marks and without what
/// parts syllables, ü as `v`.
///
/// ```
/// use zhengming::text::pinyin::letters;
/// assert_eq!(letters("nǚ'ér"), "nver");
/// assert_eq!(letters("Lǜ se"), "lvse");
/// ```
pub fn letters(typed: &str) -> String {
    // Letters and marks apart. The dots of ü are no tone.
    let typed: String = typed.to_lowercase().nfd().collect();
    let tone = ['\u{300}', '\u{301}', '\u{304}', '\u{30C}'];
    let parting = [' ', '\'', '’', '-'];
    let typed = typed.replace("u\u{308}", "v");
    let letters = typed.chars();
    letters
        .filter(|c| !tone.contains(c) && !parting.contains(c))
        .collect()
}

/// How a character is commonly read, without its tone; `None` for one that is not Chinese.
///
/// ```
/// use zhengming::text::pinyin::reading;
/// assert_eq!(reading('马'), reading('玛'));
/// assert_eq!(reading('正'), Some("zheng"));
/// assert_eq!(reading('a'), None);
/// ```
pub fn reading(c: char) -> Option<&'static str> {
    c.to_pinyin().map(pinyin::Pinyin::plain)
}

/// The readings of a character without tones, ü as `v`, the commonest first, each once.
pub(crate) fn syllables(c: char) -> Vec<String> {
    let Some(readings) = c.to_pinyin_multi() else {
        return c
            .to_lowercase()
            .filter(|c| c.is_alphanumeric())
            .map(|c| if c == 'ü' { 'v' } else { c }.to_string())
            .collect();
    };
    let mut syllables = Vec::new();
    for reading in readings {
        let syllable = reading.plain().replace('ü', "v");
        if !syllables.contains(&syllable) {
            syllables.push(syllable);
        }
    }
    syllables
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_of_terms() {
        for (term, expected) in [
            ("创世计划", &["chuangshijihua", "csjh"][..]),
            ("創世計畫", &["chuangshijihua", "csjh"]),
            ("银行", &["yinhang", "yh", "yinxing"]),
            ("女", &["nv", "n"]),
            ("绿色TM", &["lvsetm", "lstm"]),
            ("“十四五”规划", &["shisiwuguihua", "sswgh"]),
            ("5G网络", &["5gwangluo", "5gwl"]),
        ] {
            let keys = keys(term);
            for key in expected {
                assert!(keys.contains(*key), "{term}: no {key} in {keys:?}");
            }
        }
        assert!(keys("，。").is_empty() && keys("").is_empty());
        assert!(keys(&"行重长乐".repeat(10)).len() <= 2 * READINGS);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn keys_are_few_and_plain(term in any::<String>()) {
            let keys = keys(&term);
            prop_assert!(keys.len() <= 2 * READINGS);
            prop_assert!(keys.iter().all(|key| !key.contains(['ü', ' '])));
        }
    }
}
