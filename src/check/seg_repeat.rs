//! A word written twice in a row.

use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::span::Span;
use crate::text::chars::{is_han, quoted, simplified};
use crate::text::words;

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
    "please", "really", "so", "that", "there", "tick", "tsk", "tut", "very", "well", "yes", "you",
];

fn english(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let mut before: Option<Span> = None;
    for word in split(text.text) {
        if let Some(first) = before.replace(word)
            && let Some((span, twice)) = twice(text.text, first, word)
            && !text.in_code(span)
        {
            report(text, span, twice, drafts);
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

/// Han characters that are words of one character and are never doubled.
const PARTICLES: &str = "的了在是和与及或于为把被将对从向以而但也都就还这那其并着过得之";

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
        let wrong = match n {
            1 => {
                let words = cut.get_or_insert_with(|| words::words(text.text));
                particle(text.text, span, byte(i + 1), words)
            }
            2 => WORDS.contains(&once.chars().map(simplified).collect::<String>().as_str()),
            // 哈哈哈哈哈哈, 研究研究研究研究: a repetition in itself.
            _ => !(1..=n / 2).any(|p| (p..n).all(|k| char(i + k) == char(i + k - p))),
        };
        if wrong && !text.in_code(span) {
            report(text, span, once, drafts);
            free = i + 2 * n;
        }
    }
}

/// Whether a doubled character is two words of one character: 目的的, 为了了解
/// and 以以色列 are not.
fn particle(text: &str, span: Span, middle: usize, words: &[Span]) -> bool {
    let halves = [
        Span::new(span.start as usize, middle),
        Span::new(middle, span.end as usize),
    ];
    let first = span.of(text).chars().next().map(simplified);
    first.is_some_and(|c| PARTICLES.contains(c)) && halves.iter().all(|half| words.contains(half))
}

fn report(text: &Text<'_>, span: Span, once: &str, drafts: &mut Vec<Draft>) {
    let lower = once.to_ascii_lowercase();
    let unsure = UNSURE.contains(&lower.as_str());
    let message = format!("{} stands twice in a row", quoted(once));
    drafts.push(Draft {
        at_most: if unsure {
            Severity::Note
        } else {
            Severity::Error
        },
        suggestions: vec![once.to_owned()],
        safe: matches!(lower.as_str(), "the" | "a" | "an" | "of" | "的"),
        ..Draft::new(text.at(span), message)
    });
}
