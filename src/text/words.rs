//! Chinese words, by dictionary: where a term may begin and end.
//!
//! The dictionary is jieba's, cut to the words it has counted ten times or
//! more; it is loaded on first use. Words it does not know fall into
//! characters (jieba's model for unknown words is left out: it joins what it
//! should not).

use std::collections::HashSet;
use std::sync::OnceLock;

use super::chars::{is_han, is_latin_word, is_mark, simplified};
use super::fold::Folded;
use super::lexicon::{Lexicon, Room};
use crate::span::Span;

/// The words of a text, in order, without white space and punctuation: Han
/// runs cut by the dictionary, runs of other letters and digits whole.
///
/// Traditional text is cut as its simplified form.
///
/// ```
/// use zhengming::text::words::words;
/// let text = "能源部啟動AI計畫";
/// let parts: Vec<&str> = words(text).iter().map(|word| word.of(text)).collect();
/// assert_eq!(parts, ["能源部", "啟動", "AI", "計畫"]);
/// ```
pub fn words(text: &str) -> Vec<Span> {
    let folded = Folded::new(text);
    let (mut words, mut room) = (Vec::new(), Room::default());
    for run in runs(&folded.text) {
        let part = run.of(&folded.text);
        if part.starts_with(is_han) {
            dictionary().cut(part, run.start as usize, &mut room, &mut words);
        } else {
            words.push(run);
        }
    }
    for word in &mut words {
        *word = folded.original(*word);
    }
    words
}

/// Whether byte `at` of a text lies between two of its words (or outside any).
///
/// ```
/// use zhengming::text::words::{is_word_boundary, words};
/// let text = "郑成功收复台湾";
/// let words = words(text);
/// assert!(!is_word_boundary(text, &words, "郑".len()), "成功 is not a word here");
/// assert!(is_word_boundary(text, &words, "郑成功".len()));
/// ```
pub fn is_word_boundary(text: &str, words: &[Span], at: usize) -> bool {
    if at == 0 || at >= text.len() {
        return true;
    }
    let at = at as u32;
    let after = words.partition_point(|word| word.start < at);
    after
        .checked_sub(1)
        .and_then(|last| words.get(last))
        .is_none_or(|word| word.end <= at)
}

/// Loads the dictionary if it is not loaded yet: a face may do so in the
/// background before anybody has to wait for it.
pub fn warm_up() {
    dictionary();
}

/// Whether a (folded) Chinese word is among the two thousand commonest.
///
/// ```
/// use zhengming::text::words::is_common;
/// assert!(is_common("问题") && !is_common("创世"));
/// ```
pub fn is_common(word: &str) -> bool {
    static COMMON: OnceLock<HashSet<String>> = OnceLock::new();
    let common = COMMON.get_or_init(|| {
        let words = entries().filter(|(_, times, _)| *times >= COMMON_FROM);
        words.map(|(word, ..)| word).collect()
    });
    common.contains(word)
}

/// Whether a (folded) Chinese word is a verb and nothing else, as far as the dictionary knows.
///
/// ```
/// use zhengming::text::words::is_verb;
/// assert!(is_verb("启用") && !is_verb("管理"));
/// ```
pub fn is_verb(word: &str) -> bool {
    static VERBS: OnceLock<HashSet<String>> = OnceLock::new();
    let verbs = VERBS.get_or_init(|| {
        let words = entries().filter(|(.., kind)| *kind == Some("v"));
        words.map(|(word, ..)| word).collect()
    });
    verbs.contains(word)
}

/// The words of the dictionary, folded, with their frequency and their part of speech.
fn entries() -> impl Iterator<Item = (String, u32, Option<&'static str>)> {
    let lines = include_str!("../data/jieba/dict.txt").lines();
    lines.filter_map(|line| {
        let mut cells = line.split(' ');
        let word = cells.next()?.chars().map(simplified).collect();
        Some((word, cells.next()?.parse().ok()?, cells.next()))
    })
}

/// How often the two thousandth word of the list occurs in what it was counted in.
const COMMON_FROM: u32 = 4396;

/// The dictionary itself, for who asks it about a part of a text.
pub(crate) fn dictionary() -> &'static Lexicon {
    static DICTIONARY: OnceLock<Lexicon> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        // Texts come folded, so the words must be: 著名 is 着名 there.
        let table: String = include_str!("../data/jieba/dict.txt")
            .chars()
            .map(simplified)
            .collect();
        Lexicon::read(&table)
    })
}

/// The runs of Han characters and the runs of other letters and digits of a folded text.
fn runs(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut last = None; // whether the run is Han
    for (at, c) in text.char_indices() {
        let kind = if is_han(c) {
            Some(true)
        } else if is_latin_word(c) || (last == Some(false) && (is_mark(c) || c == '\'')) {
            Some(false)
        } else {
            None
        };
        match runs.last_mut() {
            Some(run) if kind == last && kind.is_some() => run.end = (at + c.len_utf8()) as u32,
            _ if kind.is_some() => runs.push(Span::new(at, at + c.len_utf8())),
            _ => {}
        }
        last = kind;
    }
    for run in &mut runs {
        let word = run.of(text);
        run.end -= (word.len() - word.trim_end_matches('\'').len()) as u32;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        words(text).iter().map(|word| word.of(text)).collect()
    }

    #[test]
    fn words_of_both_scripts() {
        for (text, expected) in [
            ("", &[][..]),
            ("，。 ", &[]),
            ("能源部启动计划。", &["能源部", "启动", "计划"]),
            (
                "著名的國務院發展計畫",
                &["著名", "的", "國務院", "發展", "計畫"],
            ),
            ("The DOE's 5G plan", &["The", "DOE's", "5G", "plan"]),
            ("dogs' cafe\u{301}", &["dogs", "cafe\u{301}"]),
            ("美国能源部AI计划", &["美国", "能源部", "AI", "计划"]),
            ("包含软件包", &["包含", "软件包"]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_end_inside_a_word_does_not_cut_it() {
        assert_eq!(parts("启动计\n划"), ["启动", "计\n划"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn words_are_whole_and_in_order(text in "[能源部启动計畫创世的 ，。a-zA-Z0-9'é\u{301}Ａﬁ\n]{0,30}") {
            let words = words(&text);
            let mut end = 0;
            for word in &words {
                prop_assert!(word.start >= end && !word.is_empty());
                prop_assert!(text.get(word.range()).is_some());
                end = word.end;
            }
            let held: usize = words.iter().map(|word| word.of(&text).chars().filter(|c| c.is_alphanumeric()).count()).sum();
            prop_assert_eq!(held, text.chars().filter(|c| c.is_alphanumeric()).count());
        }

        #[test]
        fn a_boundary_is_not_inside_a_word(text in "[能源部启动计划ab ]{0,20}") {
            let words = words(&text);
            for (at, _) in text.char_indices() {
                let inside = words.iter().any(|word| (word.start as usize) < at && at < word.end as usize);
                prop_assert_eq!(is_word_boundary(&text, &words, at), !inside);
            }
        }
    }
}
