//! A value below zero that the other text says in words: -0.6% and 下跌0.6%, a loss of 0.6%.

use super::Text;
use crate::lang::Lang;
use crate::span::halves;
use crate::text::number::{Quantity, Value};

/// Takes the sign from those of `signed` that `plain`, the other text's, has without it but beside
/// a word that says as much.
pub(super) fn level(signed: &mut [Quantity], plain: &[Quantity], other: &Text<'_>) {
    for quantity in signed {
        if plain.iter().any(|p| p.says(quantity)) {
            continue;
        }
        let value = match quantity.value {
            Value::One(value) if value.is_negative() => Value::One(value.negated()),
            Value::Range(low, high) if low.is_negative() && high.is_negative() => {
                Value::Range(high.negated(), low.negated())
            }
            _ => continue,
        };
        let size = Quantity { value, ..*quantity };
        if plain.iter().any(|p| p.says(&size) && falls(p, other)) {
            *quantity = size;
        }
    }
}

/// Whether the words of its sentence say that a quantity is a fall or a loss: the nearest before
/// it that says fall or rise, and where there is none, those after it.
fn falls(quantity: &Quantity, text: &Text<'_>) -> bool {
    let (before, from) = halves(text.text, quantity.core.start as usize);
    let (_, after) = halves(from, quantity.core.len());
    if before.ends_with(['-', '−', '－', '–']) {
        return true;
    }
    let ends = |c: char| matches!(c, '。' | '；' | ';' | '！' | '？' | '\n');
    let before = before.rsplit(ends).next().unwrap_or_default();
    let before = before.rsplit(". ").next().unwrap_or_default();
    let after = after.split(ends).next().unwrap_or_default();
    let after = after.split(". ").next().unwrap_or_default();
    match (
        last(before, text.lang, FALLS),
        last(before, text.lang, RISES),
    ) {
        (None, None) => last(after, text.lang, FALLS).is_some(),
        (fall, rise) => fall > rise,
    }
}

/// Chinese words and the beginnings of English ones.
type Words = (&'static [&'static str], &'static [&'static str]);

const FALLS: Words = (
    &[
        "亏", "虧", "跌", "降", "减", "減", "负", "負", "缩", "縮", "下滑", "下挫", "逆差", "赤字",
        "损", "損", "回落", "低于", "低於", "倒退", "流出",
    ],
    &[
        "loss",
        "lost",
        "lose",
        "losing",
        "declin",
        "decreas",
        "fell",
        "fall",
        "drop",
        "down",
        "negative",
        "minus",
        "contract",
        "deficit",
        "outflow",
        "shrank",
        "shrink",
        "reduc",
        "below",
        "lower",
        "slid",
        "slump",
        "weaken",
        "depreciat",
        "cut",
        "dip",
        "less",
    ],
);

const RISES: Words = (
    &["升", "增", "涨", "漲", "盈", "顺差", "順差", "扩", "擴"],
    &[
        "rose",
        "rise",
        "rising",
        "gain",
        "increas",
        "grew",
        "grow",
        "upward",
        "higher",
        "expan",
        "climb",
        "appreciat",
        "profit",
        "positive",
        "surplus",
    ],
);

/// Where the last of some words begins, in bytes.
fn last(text: &str, lang: Lang, (zh, en): Words) -> Option<usize> {
    match lang {
        Lang::Zh => zh.iter().filter_map(|word| text.rfind(word)).max(),
        Lang::En => {
            let lower = text.to_ascii_lowercase();
            let begins = |at: usize| !halves(&lower, at).0.ends_with(char::is_alphanumeric);
            let all = en.iter().flat_map(|word| lower.match_indices(word));
            all.map(|(at, _)| at).filter(|at| begins(*at)).max()
        }
    }
}
