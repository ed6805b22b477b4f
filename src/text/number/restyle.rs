//! A quantity written the way another one beside it is: `24 Nov 2025` for `25 Nov 2025`.
//!
//! Ways of writing are tried and read back; one that does not come back as the
//! value meant is dropped, and where none is left the usual writing stands.

use super::date::{Date, MONTHS};
use super::{Quantity, Value, quantities, render};
use crate::lang::Lang;
use crate::span::Span;

/// See [`Quantity::render_like`].
pub(super) fn like(wanted: &Quantity, model: &str, lang: Lang) -> String {
    let read = |text: &str| match quantities(text, lang).as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let mut bare = Quantity {
        relation: None,
        ..*wanted
    };
    let Some(Quantity { kind, value, .. }) = read(model) else {
        return bare.render(lang);
    };
    // 第三条 for the fourth article
    if kind == super::Kind::Ordinal && bare.form == super::Form::Label {
        bare.form = super::Form::Usual;
    }
    // the 5日 of 3日和5日 needs neither month nor year
    if let (Value::Date(date), Value::Date(model)) = (bare.value, value) {
        let date = Date::new(
            date.year.filter(|_| model.year.is_some()),
            date.month.filter(|_| model.month.is_some()),
            date.day.filter(|_| model.day.is_some()),
        );
        bare.value = Value::Date(date.unwrap_or_default());
        let parts = |d: Date| [d.year.is_some(), d.month.is_some(), d.day.is_some()];
        if date.is_none_or(|date| parts(date) != parts(model)) {
            bare.value = wanted.value;
        }
    }
    let fits = |text: &String| read(text).is_some_and(|q| q.same(&bare) && q.kind == kind);
    let written = match bare.value {
        Value::Date(date) => dated(date, model).into_iter().collect(),
        Value::One(value) => numbers(value, model, lang),
        Value::Range(..) | Value::Ratio(..) => Vec::new(),
    };
    written
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| bare.render(lang))
}

/// The model with another number in it.
fn numbers(value: super::Decimal, model: &str, lang: Lang) -> Vec<String> {
    let digit = |c: char| c.is_ascii_digit();
    let mut ways = Vec::new();
    if let Some(start) = model.find(digit) {
        let (_, from) = crate::span::halves(model, start);
        let end = from
            .char_indices()
            .take_while(|(_, c)| digit(*c) || matches!(c, '.' | ',' | ' '))
            .filter(|(_, c)| digit(*c))
            .last()
            .map_or(start, |(i, _)| start + i + 1);
        let (digits, rest) = (Span::new(start, end), crate::span::halves(model, end).1);
        let scaled = end + scale_words(rest, lang);
        if scaled > end {
            let number = render::number(value, lang);
            ways.push(crate::span::splice(
                model,
                Span::new(start, scaled),
                &number,
            ));
        }
        let plain = digits.len() >= 4 && !digits.of(model).contains(',');
        if let Some(named) = ["st", "nd", "rd", "th"]
            .iter()
            .find(|s| rest.starts_with(**s))
        {
            let span = Span::new(start, end + named.len());
            let number = render::ordinal_digits(value);
            return vec![crate::span::splice(model, span, &number)];
        }
        let separator = if plain { "" } else { "," };
        let grouped = match lang {
            Lang::Zh if !digits.of(model).contains(',') => value.to_string(),
            _ => value.grouped(separator),
        };
        ways.push(crate::span::splice(model, digits, &grouped));
        return ways;
    }
    // In words: as many of them as the number takes.
    let number = match lang {
        Lang::En => render::small_en(value).map_or_else(|| value.grouped(","), str::to_owned),
        Lang::Zh => render::small_zh(value),
    };
    let ends = model.char_indices().map(|(i, c)| i + c.len_utf8());
    let mut ends: Vec<_> = ends.collect();
    ends.reverse();
    let starts = model.char_indices().map(|(i, _)| i);
    let words = starts.flat_map(|start| ends.iter().map(move |end| (start, *end)));
    let whole = |(start, end): &(usize, usize)| {
        let (before, from) = crate::span::halves(model, *start);
        let (_, after) = crate::span::halves(model, *end);
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        start < end
            && !from.starts_with(' ')
            && !letter(before.chars().last())
            && !letter(after.chars().next())
    };
    let short = model.len() <= 24;
    let spliced = |(start, end)| crate::span::splice(model, Span::new(start, end), &number);
    ways.extend(words.filter(|_| short).filter(whole).map(spliced));
    ways
}

/// How many bytes the scale words after digits take: ` billion`, 万亿.
fn scale_words(rest: &str, lang: Lang) -> usize {
    match lang {
        Lang::Zh => {
            let large = rest.chars().take_while(|c| "万萬亿億兆".contains(*c));
            large.map(char::len_utf8).sum()
        }
        Lang::En => ["million", "billion", "trillion", "thousand"]
            .iter()
            .find_map(|word| {
                let word = [" ", word].concat();
                rest.starts_with(&word).then_some(word.len())
            })
            .unwrap_or(0),
    }
}

/// The model with the parts of another date in it; `None` where it has other parts.
fn dated(date: Date, model: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = model.chars().peekable();
    // A date in digits alone goes from the year to the day.
    let numeric = !model.contains(|c: char| c.is_alphabetic());
    let mut given = Date::default();
    while let Some(c) = rest.next() {
        let same = |next: &char| {
            c.is_ascii_digit() && next.is_ascii_digit()
                || c.is_ascii_alphabetic() && next.is_ascii_alphabetic()
        };
        let mut token = String::from(c);
        while let Some(next) = rest.next_if(same) {
            token.push(next);
        }
        if c.is_ascii_digit() {
            let month = rest.peek() == Some(&'月') || numeric && given.year.is_some();
            if token.len() == 4 {
                given.year = date.year;
                out.push_str(&date.year?.to_string());
            } else if month && given.month.is_none() {
                given.month = date.month;
                out.push_str(&two_places(date.month?, &token));
            } else {
                given.day = date.day;
                out.push_str(&two_places(date.day?, &token));
            }
        } else if c.is_ascii_alphabetic() && Date::month_named(&token).is_some() {
            given.month = date.month;
            let name = MONTHS.get(usize::from(date.month?).checked_sub(1)?)?;
            let short = token.len() <= 4 && !MONTHS.iter().any(|m| m.eq_ignore_ascii_case(&token));
            let name: String = name
                .chars()
                .take(if short { 3 } else { name.len() })
                .collect();
            out.push_str(&name);
        } else {
            out.push_str(&token);
        }
    }
    (given == date).then_some(out)
}

/// A day or month in digits, with a zero before it where the model has one.
fn two_places(part: u8, model: &str) -> String {
    if model.starts_with('0') {
        format!("{part:02}")
    } else {
        part.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_of_the_model_is_kept() {
        for (from, source, model, want) in [
            (
                Lang::Zh,
                "500亿美元",
                "5 billion US dollars",
                "50 billion US dollars",
            ),
            (Lang::Zh, "500亿美元", "US$5 billion", "US$50 billion"),
            (Lang::Zh, "500亿美元", "$5 billion", "$50 billion"),
            (Lang::Zh, "12.8%", "12.5 percent", "12.8 percent"),
            (Lang::Zh, "2025年11月24日", "25 Nov 2025", "24 Nov 2025"),
            (Lang::Zh, "2025年9月24日", "24 Nov. 2025", "24 Sep. 2025"),
            (Lang::Zh, "2025年11月24日", "2025-11-25", "2025-11-24"),
            (Lang::Zh, "12名", "three", "12"),
            (Lang::Zh, "五名", "three", "five"),
            (Lang::Zh, "第118届", "117th", "118th"),
            (Lang::Zh, "第三条", "4", "3"),
            (Lang::En, "12.8 percent", "百分之五", "百分之12.8"),
            (Lang::En, "US$50 billion", "5亿美元", "500亿美元"),
            (
                Lang::En,
                "November 24, 2025",
                "2025年11月5日",
                "2025年11月24日",
            ),
            (Lang::En, "35,000", "3,500", "35,000"),
            (Lang::Zh, "2026财年", "FY2025", "FY2026"),
            (Lang::Zh, "21世纪", "20th century", "21st century"),
            (Lang::En, "March 4", "5日", "4日"),
        ] {
            let wanted = quantities(source, from)[0];
            assert_eq!(like(&wanted, model, from.other()), want, "{source} {model}");
        }
    }
}
