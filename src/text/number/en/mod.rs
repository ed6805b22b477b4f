//! Quantities in English text.

mod amount;
mod count;
mod date;
pub(super) mod estimate;
mod share;
mod time;
mod word;

pub(super) use word::spelled;

use super::date::Date;
use super::part::{Part, Reading};
use super::text::Text;
use super::{Kind, Quantity, Relation, Value};
use crate::span::Span;
use word::{PARTS_OF_PERIOD, PREFIXES, SUFFIXES, VAGUE, word};

/// All quantities of an English text.
pub(super) fn quantities(source: &str, codes: &[Span]) -> Vec<Quantity> {
    let text = Text::new(source, codes);
    let mut found: Vec<Quantity> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let starts = !(text.before(i).is_ascii_alphanumeric() && text.get(i).is_ascii_alphabetic());
        let read = if starts && begins(&text, i) {
            at(&text, i)
        } else {
            None
        };
        match read {
            Some(read) => {
                found.extend(read.parts.iter().map(|part| around(&text, *part)));
                i = read.end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found
}

/// Whether anything that is read here can begin at `i`: most words are passed by this alone.
fn begins(text: &Text, i: usize) -> bool {
    let c = text.get(i);
    if c.is_ascii_alphabetic() {
        let end = text.while_at(i, |c| c.is_ascii_alphabetic());
        return c == 'Q'
            || text.get(end) == '$'
            || text.get(end).is_ascii_digit()
            || word::opens(&text.string(i, end));
    }
    c.is_ascii_digit()
        || matches!(
            c,
            '.' | '-' | '\'' | '$' | '€' | '£' | '¥' | '￥' | '₩' | '₹' | '₽'
        )
}

/// The reading at `i`, the most special form first.
fn at(text: &Text, i: usize) -> Option<Reading> {
    date::date(text, i)
        .or_else(|| time::clock(text, i))
        .or_else(|| time::fiscal_year(text, i))
        .or_else(|| time::period(text, i))
        .or_else(|| time::decade_or_ordinal(text, i))
        .or_else(|| share::of_a_percent(text, i))
        .or_else(|| share::one_and_a_half(text, i))
        .or_else(|| share::fraction(text, i))
        .or_else(|| share::multiple(text, i))
        .or_else(|| vague(text, i))
        .or_else(|| roman(text, i))
        .or_else(|| pointed(text, i))
        .or_else(|| count::feet_and_inches(text, i))
        .or_else(|| amount::amounts(text, i))
}

/// The quantity with the approximating words around it taken into its span.
fn around(text: &Text, part: Part) -> Quantity {
    let Part {
        mut start,
        mut end,
        mut relation,
        ..
    } = part;
    let amount = matches!(
        part.kind,
        Kind::Number
            | Kind::Percent
            | Kind::PercentPoints
            | Kind::BasisPoints
            | Kind::Discount
            | Kind::Money(_)
            | Kind::Measure(_)
            | Kind::Times
            | Kind::Fraction
    );
    if amount && !part.soft {
        let before = text.spaces_before(start);
        for (words, said) in PREFIXES {
            let Some(at) = before.checked_sub(words.len()) else {
                continue;
            };
            let same = text.string(at, before).eq_ignore_ascii_case(words);
            let timed = *words == "over"
                && matches!(part.kind, Kind::Measure(unit) if unit.row().zh.iter().any(|zh| "年个月天周日".contains(zh)));
            // under 50 U.S.C. 4801, under three conditions: by what they say, not fewer
            let ruled = matches!(*words, "under" | "below")
                && part.kind == Kind::Number
                && (!text.get(part.start).is_ascii_digit()
                    || after_words(
                        text,
                        text.spaces(part.end),
                        &["U.S.C.", "USC", "C.F.R.", "CFR"],
                    )
                    .is_some());
            let word = before < start && !text.before(at).is_alphanumeric();
            if same && word && !timed && !ruled {
                start = at;
                relation = Some(denied(text, at, *said));
                break;
            }
        }
        for (words, said) in SUFFIXES {
            if let Some(after) = text.after(end, words) {
                relation = relation.or(Some(*said));
                end = after;
                break;
            }
        }
        if text.get(end) == '+' && !text.get(end + 1).is_ascii_digit() {
            relation = Some(Relation::Above);
            end += 1;
        }
    }
    if let Some((said, at)) = part_of_period(text, &part) {
        relation = Some(said);
        start = at;
    }
    part.quantity(text, [start, end], relation)
}

/// The relation that is left of one in a clause that denies it: `may not be more than` is at most.
fn denied(text: &Text, at: usize, said: Relation) -> Relation {
    let other = match said {
        Relation::Above => Relation::AtMost,
        Relation::Below => Relation::AtLeast,
        _ => return said,
    };
    let clause: Vec<char> = (at.saturating_sub(48)..at).map(|i| text.get(i)).collect();
    let clause = clause
        .rsplit(|c| matches!(c, ',' | '.' | ';' | ':' | '('))
        .next();
    let clause: String = clause.unwrap_or_default().iter().collect();
    let denies = |word: &str| {
        matches!(
            word,
            "not" | "no" | "nor" | "cannot" | "never" | "neither" | "without"
        ) || word.ends_with("n't")
    };
    // not less than five years but less than twelve
    let clause = clause.rsplit(" but ").next().unwrap_or_default();
    if clause.split(' ').any(denies) {
        other
    } else {
        said
    }
}

/// `mid-2027`, `late May`: which part of the year or month is meant, and the place where that is said.
fn part_of_period(text: &Text, part: &Part) -> Option<(Relation, usize)> {
    let Value::Date(Date { day: None, .. }) = part.value else {
        return None;
    };
    let before = match text.before(part.start) {
        '-' => part.start.checked_sub(1)?,
        _ => text.spaces_before(part.start),
    };
    PARTS_OF_PERIOD.iter().find_map(|(word, said)| {
        let at = before.checked_sub(word.len())?;
        let same = text.string(at, before).eq_ignore_ascii_case(word);
        let whole = before < part.start && !text.before(at).is_alphanumeric();
        (same && whole).then_some((*said, at))
    })
}

/// The place after one of `words` (lower case) at `i`, whatever its case, if no letter follows.
fn after_words(text: &Text, i: usize, words: &[&str]) -> Option<usize> {
    words
        .iter()
        .filter_map(|words| {
            let end = i + words.chars().count();
            let same = end <= text.len()
                && words
                    .chars()
                    .zip(i..end)
                    .all(|(c, at)| text.get(at).eq_ignore_ascii_case(&c));
            let whole = !text.get(end).is_ascii_alphanumeric()
                || !words.ends_with(|c: char| c.is_ascii_alphanumeric());
            (same && whole).then_some(end)
        })
        .max()
}

/// The place after `name` at `i`, whatever its case, in the singular or with an `s`.
fn after_plural(text: &Text, i: usize, name: &str) -> Option<usize> {
    let mut end = i;
    for c in name.chars() {
        if !text.get(end).eq_ignore_ascii_case(&c) {
            return None;
        }
        end += 1;
    }
    end += usize::from(matches!(text.get(end), 's' | 'S'));
    let whole = !text.get(end).is_ascii_alphanumeric() && end <= text.len();
    (whole || !name.ends_with(|c: char| c.is_ascii_alphanumeric())).then_some(end)
}

/// Past one space, line end or hyphen, or none.
fn gap(text: &Text, i: usize) -> usize {
    if text.get(i) == '-' && text.get(i + 1).is_ascii_alphabetic() {
        i + 1
    } else {
        text.spaces(i)
    }
}

/// `dozens of`, `several hundred`, `one of`: passed over.
fn vague(text: &Text, i: usize) -> Option<Reading> {
    if let Some(end) = text.after(i, "24/7").filter(|_| text.literal_begins(i)) {
        return Reading::nothing(end);
    }
    let (name, end) = word(text, i)?;
    if VAGUE.contains(&name.as_str()) {
        let mut end = end;
        loop {
            let at = gap(text, end);
            let Some((next, after)) = word(text, at).filter(|_| at > end) else {
                return Reading::nothing(end);
            };
            if word::scale(&next).is_none()
                && !matches!(
                    next.as_str(),
                    "dozen" | "dozens" | "hundreds" | "thousands" | "millions" | "of"
                )
            {
                return Reading::nothing(end);
            }
            if next == "of" && !VAGUE.contains(&name.as_str()) {
                return Reading::nothing(end);
            }
            end = after;
        }
    }
    None
}

/// `Paragraph 12.1`, the first of Article 12: two numbers, joined by a point.
fn pointed(text: &Text, i: usize) -> Option<Reading> {
    let literal = text.literal(i).filter(|l| l.value.places() > 0)?;
    let before = text.spaces_before(i);
    let words = [
        "Paragraph",
        "Paragraphs",
        "Subparagraph",
        "Subparagraphs",
        "Section",
        "Sections",
        "Article",
        "Articles",
        "Clause",
        "Clauses",
        "Item",
        "Items",
        "paragraph",
        "paragraphs",
        "clause",
        "item",
        "Rule",
        "Part",
        "§",
        "CFR",
        "C.F.R.",
    ];
    // Paragraphs 16.2, 16.3, and 27.4
    let mut at = before;
    while at > 0 && before - at < 48 && listing(text, at) {
        at -= 1;
    }
    let named = text.ends_any(before, &words).filter(|_| before < i);
    named.or_else(|| text.ends_any(at, &words).filter(|_| at < before))?;
    let point = (i..literal.end).find(|at| text.get(*at) == '.')?;
    let whole = |from, to| text.string(from, to).parse::<i64>().ok();
    let (article, part) = (whole(i, point)?, whole(point + 1, literal.end)?);
    // Paragraph 37.1 When a facility operator …: it numbers what begins here.
    let heads = named.is_some_and(|word| {
        let mark = text.before(text.spaces_before(word));
        let begins = text.spaces_before(word) == 0 || matches!(mark, '.' | ';' | ':');
        begins && text.get(literal.end) == ' ' && text.get(literal.end + 1).is_ascii_uppercase()
    });
    let parts = [
        Part::of(i, point, Kind::Number, article),
        Part::of(point + 1, literal.end, Kind::Number, part),
    ];
    Some(Reading {
        parts: if heads { Vec::new() } else { parts.to_vec() },
        end: literal.end,
    })
}

/// Whether the character before `at` is one of a list of numbers: a digit, point, comma or space,
/// or the end of `and`, `or`, `to`, `through`.
fn listing(text: &Text, at: usize) -> bool {
    let c = text.before(at);
    // A full stop with a space behind it ends the list.
    let point = c == '.' && text.get(at).is_ascii_digit();
    let inner = c.is_ascii_digit() || point || matches!(c, ',' | ' ' | '-' | '–');
    let joined = || {
        let start = (0..at)
            .rev()
            .find(|i| !text.get(*i).is_ascii_alphabetic())
            .map_or(0, |i| i + 1);
        let from =
            |word: &str| (start..at).len() <= word.len() && text.after(start, word).is_some();
        ["and", "or", "to", "through"].iter().any(|word| from(word))
    };
    inner || c.is_ascii_alphabetic() && joined()
}

/// `Article IV`, `Section II`, `World War II`: Roman numerals after a word that numbers.
fn roman(text: &Text, i: usize) -> Option<Reading> {
    let end = after_words(
        text,
        i,
        &[
            "article",
            "section",
            "chapter",
            "title",
            "annex",
            "world war",
            "volume",
            "appendix",
            "table",
            "attachment",
            "schedule",
            "part",
            "class",
            "category",
            "type",
            "phase",
        ],
    )?;
    let at = text.spaces(end);
    let after = text.while_at(at, |c| matches!(c, 'I' | 'V' | 'X'));
    if after == at || text.get(after).is_ascii_alphanumeric() || at == end {
        return None;
    }
    let value = |c| match c {
        'I' => 1,
        'V' => 5,
        _ => 10,
    };
    let mut sum: i64 = 0;
    for i in at..after {
        let (this, next) = (
            value(text.get(i)),
            if i + 1 < after {
                value(text.get(i + 1))
            } else {
                0
            },
        );
        sum += if this < next { -this } else { this };
    }
    // a place in an order, never a date or an amount
    let mut part = Part::of(at, after, Kind::Ordinal, sum);
    let heads = i == 0 || text.before(i) == '\n';
    part.soft = sum == 1 || heads;
    (sum > 0).then_some(part).and_then(Part::alone)
}
