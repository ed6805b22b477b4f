//! A word written twice in a row.

use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::span::Span;
use crate::text::chars::{is_han, quoted, simplified};
use crate::text::words::{self, is_word_boundary};

pub(super) const CHECK: Check = Check {
    id: "seg-repeat",
    level: Level::Warning,
    mqm: "fluency/duplication",
    page: include_str!("seg_repeat.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    english(text, drafts);
    if !text.text.is_ascii() {
        chinese(text, drafts);
    }
}

/// Words that say nothing twice: their repetition is an error whatever the case.
const FUNCTION: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "if",
    "in", "into", "is", "it", "its", "of", "on", "or", "our", "that", "the", "their", "this", "to",
    "was", "we", "were", "which", "will", "with",
];

/// Function words with which a sentence may rightly come to stand twice in a
/// row: what it is is known, log in in time, the rule is to go on on Monday.
const UNSURE: &[&str] = &["is", "in", "on", "it", "was", "are", "were", "by", "at"];

/// Words that are doubled for emphasis or by grammar.
const DOUBLED: &[&str] = &[
    "again", "aye", "blah", "boo", "bye", "choo", "chop", "far", "had", "ha", "haha", "hear",
    "her", "knock", "la", "long", "many", "more", "much", "never", "night", "no", "now", "oh",
    "please", "really", "right", "so", "that", "there", "tick", "tsk", "tut", "very", "well",
    "yes", "you",
];

fn english(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let mut before: Option<Span> = None;
    for word in split(text.text) {
        if let Some(first) = before.replace(word)
            && let Some((span, twice)) = twice(text.text, first, word)
            && !text.in_code(span)
        {
            let unsure = UNSURE.contains(&twice.to_ascii_lowercase().as_str());
            report(text, span, twice, unsure, drafts);
        }
    }
}

/// The stretches between white space.
fn split(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |part| {
        let start = at;
        at += part.len()
            + text
                .get(start + part.len()..)?
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        (!part.is_empty()).then(|| Span::new(start, start + part.len()))
    })
}

/// The span of a word that two stretches in a row hold, where that is a fault,
/// and the word.
fn twice(text: &str, first: Span, second: Span) -> Option<(Span, &str)> {
    let (a, b) = (first.of(text), second.of(text));
    // Marks may open the first and close the second; between the two only a space may stand.
    let a = a.trim_start_matches(|c: char| !c.is_alphanumeric());
    let b = b.trim_end_matches(|c: char| !c.is_alphanumeric());
    if a.is_empty() || a.len() != b.len() || !a.eq_ignore_ascii_case(b) {
        return None;
    }
    if !a.bytes().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let gap = Span::new(first.end as usize, second.start as usize).of(text);
    if gap.contains('\t') || gap.matches('\n').count() > 1 {
        return None; // cells and paragraphs
    }
    let lower = a.to_ascii_lowercase();
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let function = FUNCTION.contains(&lower.as_str());
    let fine = match (capital(a), capital(b)) {
        _ if DOUBLED.contains(&lower.as_str()) => true,
        _ if a.len() == 1 => lower != "a" || capital(a) || capital(b),
        (false, true) => true,     // the The Hague Convention, the US US$
        (true, true) => !function, // Wagga Wagga, New York New York
        _ => gap.chars().count() > 1 && !gap.contains('\n') && !function,
    };
    let span = Span::new(
        first.end as usize - a.len(),
        second.start as usize + b.len(),
    );
    (!fine).then_some((span, a))
}

/// Han characters that are words of one character and are never doubled. Cut
/// into words, 目的的, 为了了解 and 以以色列 hold no such pair.
const PARTICLES: &str = "的了在是和与及或于为把被将对从向以而但也都就还这那其并着过得之";

/// Characters that join what stands on their two sides, which may be the same.
const JOINTS: &str = "的之和与與及或对對比";

/// Words of two characters that are never doubled, as verbs are (研究研究).
const WORDS: &[&str] = &[
    "我们", "你们", "他们", "她们", "它们", "这个", "那个", "这些", "那些", "一个", "以及", "但是",
    "因为", "所以", "如果", "关于", "对于", "通过", "可以", "应当", "应该", "不得", "没有", "已经",
    "并且", "或者", "为了", "根据", "按照", "由于", "之间", "其他", "有关", "规定",
];

/// The longest stretch looked for, in characters.
const LONGEST: usize = 12;

fn chinese(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let chars: Vec<(usize, char)> = text.text.char_indices().collect();
    let char = |i: usize| chars.get(i).map(|(_, c)| *c);
    let byte = |i: usize| chars.get(i).map_or(text.text.len(), |(at, _)| *at);
    let mut cut: Option<Vec<Span>> = None;
    let mut free = 0; // what is reported already ends here
    for i in 0..chars.len() {
        if i < free || !char(i).is_some_and(is_han) {
            continue;
        }
        let reach = (1..=LONGEST).rev().find(|n| {
            char(i) == char(i + n)
                && (0..*n)
                    .all(|k| char(i + k).is_some_and(is_han) && char(i + k) == char(i + n + k))
        });
        let Some(n) = reach else { continue };
        let span = Span::new(byte(i), byte(i + 2 * n));
        let once = Span::new(byte(i), byte(i + n)).of(text.text);
        let mut whole_words = || {
            let words = cut.get_or_insert_with(|| words::words(text.text));
            let mut edges = [i, i + n, i + 2 * n].into_iter();
            edges.all(|edge| is_word_boundary(text.text, words, byte(edge)))
        };
        let wrong = match n {
            1 => char(i).is_some_and(|c| PARTICLES.contains(simplified(c))) && whole_words(),
            2 => WORDS.contains(&once.chars().map(simplified).collect::<String>().as_str()),
            _ => {
                // 哈哈哈哈哈哈, 研究研究研究研究: a repetition in itself.
                let again = |p: usize| (p..n).all(|k| char(i + k) == char(i + k - p));
                // 保险合约之保险合约之价值: a joint, not a repetition.
                let joined = once.contains(|c| JOINTS.contains(c));
                !(1..=n / 2).any(again) && !joined && whole_words()
            }
        };
        if wrong && !text.in_code(span) {
            // 公开发行公司发行公司债: in the middle of a sentence it may go on from another word.
            let han = |i: Option<usize>| i.and_then(char).is_some_and(is_han);
            let unsure = n > 2 && han(i.checked_sub(1)) && han(Some(i + 2 * n));
            report(text, span, once, unsure, drafts);
            free = i + 2 * n;
        }
    }
}

fn report(text: &Text<'_>, span: Span, once: &str, unsure: bool, drafts: &mut Vec<Draft>) {
    let message = format!("{} stands twice in a row", quoted(once));
    drafts.push(Draft {
        at_most: if unsure {
            Severity::Note
        } else {
            Severity::Error
        },
        suggestions: vec![once.to_owned()],
        safe: matches!(
            once.to_ascii_lowercase().as_str(),
            "the" | "a" | "an" | "of" | "的"
        ),
        ..Draft::new(text.at(span), message)
    });
}
