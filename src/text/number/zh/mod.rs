//! Quantities in Chinese text.

mod amount;
mod count;
mod date;
pub(super) mod estimate;
mod numeral;
mod order;
mod share;
mod time;
mod word;

use super::date::Date;
use super::part::{Part, Reading};
use super::text::Text;
use super::{Decimal, Kind, Quantity, Relation, Value};
use crate::span::Span;
use crate::text::chars::is_han;
use numeral::{Read, Shape};
use word::{IDIOMS, PARTS_OF_MONTH, PARTS_OF_YEAR, PREFIXES, SUFFIXES};

/// All quantities of a Chinese text.
pub(super) fn quantities(source: &str, codes: &[Span]) -> Vec<Quantity> {
    let text = Text::new(source, codes);
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        if !begins(text.get(i)) {
            i += 1;
            continue;
        }
        let read = idiom(&text, i)
            .or_else(|| date::date(&text, i))
            .or_else(|| time::clock(&text, i))
            .or_else(|| time::period(&text, i))
            .or_else(|| order::ordinal(&text, i))
            .or_else(|| share::fraction(&text, i))
            .or_else(|| amount::prefixed_money(&text, i))
            .or_else(|| amount::amounts(&text, i));
        match read {
            Some(read) => {
                for part in read.parts {
                    found.push(around(&text, part));
                }
                i = read.end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found
}

/// Whether anything that is read here can begin with `c`: most characters are passed by this alone.
fn begins(c: char) -> bool {
    c.is_ascii_digit()
        || numeral::digit(c).is_some()
        || numeral::multiplier(c).is_some()
        || matches!(
            c,
            '第' | '民' | '公' | '西' | '中' | '上' | '前' | '头' | '本' | '下' | '晚' | '早' | '凌' | '清' | '傍' | '夜'
        )
        || matches!(
            c,
            '人' | '新' | '台' | '港' | '美' | '欧' | '英' | '日' | '半' | '负' | '-' | '翻'
        )
        || matches!(c, '$' | '€' | '£' | '¥' | '￥' | '₩' | '₹' | '₽')
        // of USD, HK$, NT$, AU$, CNY, SGD, RMB, KRW, JPY, EUR, GBP, INR, M$
        || matches!(
            c,
            'U' | 'H' | 'N' | 'A' | 'C' | 'S' | 'R' | 'K' | 'J' | 'P' | 'E' | 'G' | 'I' | 'M'
        )
}

/// The quantity with the approximating words around it (约, 以上) taken into its span.
fn around(text: &Text, part: Part) -> Quantity {
    let Part {
        mut start,
        mut end,
        mut relation,
        ..
    } = part;
    let measured = !matches!(
        part.kind,
        Kind::Ordinal
            | Kind::Decade
            | Kind::Century
            | Kind::Quarter
            | Kind::HalfYear
            | Kind::FiscalYear
            | Kind::Anniversary
    ) && !matches!(
        part.value,
        Value::Date(Date { year: Some(_), .. } | Date { month: Some(_), .. })
    );
    if measured {
        let before = text.spaces_before(start);
        for (word, said) in PREFIXES {
            let Some(at) = text.ends_any(before, &[word]) else {
                continue;
            };
            if !word::other_word(word, text.before(at), text.get(start)) {
                // 不能超过
                let before = at.checked_sub(3).map(|from| text.string(from, at));
                let denied = before.is_some_and(|w| w.contains(['不', '未', '勿', '毋']));
                relation = Some(match said {
                    Relation::Above if denied => Relation::AtMost,
                    said => *said,
                });
                start = at;
                break;
            }
        }
        // 三人以上
        let counted = end + usize::from(word::COUNTERS.contains(text.get(end)));
        for (word, said) in SUFFIXES {
            if let Some(after) = text.after(end, word).or_else(|| text.after(counted, word)) {
                relation = relation.or(Some(*said));
                end = after;
                break;
            }
        }
    }
    if let Some((said, after)) = part_of_period(text, &part) {
        relation = Some(said);
        end = after;
    }
    part.quantity(text, [start, end], relation)
}

/// 2027年年中, 5月下旬: which part of the year or month is meant, and the place after that.
fn part_of_period(text: &Text, part: &Part) -> Option<(Relation, usize)> {
    let Value::Date(Date {
        month, day: None, ..
    }) = part.value
    else {
        return None;
    };
    let words = match (month, text.before(part.end)) {
        (None, '年') => PARTS_OF_YEAR,
        (Some(_), '月') => PARTS_OF_MONTH,
        _ => return None,
    };
    words.iter().find_map(|(word, said)| {
        let after = text.after(part.end, word)?;
        let next = text.get(after);
        // 2027年初步完成, 2027年底特律, 2027年中国
        let other = match *word {
            "初" => "步始次级期审选试衷等".contains(next),
            "底" => "特线层部气牌薪".contains(next),
            "中" => is_han(next),
            _ => false,
        };
        (!other).then_some((*said, after))
    })
}

/// Words with numerals that say no amount, and names such as 十四五.
fn idiom(text: &Text, i: usize) -> Option<Reading> {
    // “十四五”规划 is the 14th Five-Year Plan, and neither 14 nor 14th: a name, the glossary's matter
    if text.get(i) == '十'
        && text.get(i + 2) == '五'
        && !matches!(text.get(i + 3), '十' | '百' | '千' | '万' | '亿')
        && numeral::digit(text.get(i + 1)).is_some_and(|d| (1..10).contains(&d))
    {
        return Reading::nothing(i + 3);
    }
    if let Some(end) = text.after_any(i, &["翻倍", "翻番"]) {
        return Part::new(i, end, Kind::Times, Value::One(Decimal::from(2))).alone();
    }
    let end = text.after_any(i, IDIOMS)?;
    // 五一二七 is no 五一
    let digit = |i| numeral::digit(text.get(i)).is_some();
    let digits = (i..end).all(digit) && digit(end);
    (!digits).then(|| Reading::nothing(end)).flatten()
}

/// A literal or a Chinese numeral as a whole number.
fn whole(text: &Text, i: usize) -> Option<(i64, usize, Option<usize>, Shape)> {
    match numeral::read(text, i)? {
        Read::Numeral(n) if n.scale == 0 => Some((n.value.whole()?, n.end, n.plain, n.shape)),
        _ => None,
    }
}

/// Digits only, as a small number: a literal or a Chinese numeral up to 99.
fn small(text: &Text, i: usize) -> Option<(u8, usize)> {
    let (value, end, _, _) = whole(text, i)?;
    Some((u8::try_from(value).ok()?, end))
}

/// The place after a mark or word that joins the bounds of a range at `i`.
fn connector(text: &Text, i: usize) -> Option<usize> {
    let at = text.spaces(i);
    let end = text.after_any(at, &["至", "到", "-", "–", "—", "——", "~", "～"])?;
    Some(text.spaces(end))
}
