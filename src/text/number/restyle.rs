//! A quantity written the way another one beside it is: `24 Nov 2025` for `25 Nov 2025`.
//!
//! Ways of writing are tried and read back; one that does not come back as the
//! value meant is dropped, and where none is left the usual writing stands.

use super::date::{Date, MONTHS};
use super::{Decimal, Kind, Quantity, Value, en, quantities, render};
use crate::lang::Lang;
use crate::span::{Span, halves, splice};

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
    let written = ways(&bare, model, lang).into_iter().find(fits);
    written.unwrap_or_else(|| bare.render(lang))
}

/// See [`Quantity::ways_like`].
pub(super) fn ways(wanted: &Quantity, model: &str, lang: Lang) -> Vec<String> {
    match wanted.value {
        Value::Date(date) => dated(date, model).into_iter().collect(),
        Value::One(value) => numbers(value, wanted.kind, model, lang),
        Value::Range(low, high) => ranged([low, high], model, lang).into_iter().collect(),
        Value::Ratio(..) => Vec::new(),
    }
}

/// The model with another number in it.
fn numbers(value: Decimal, kind: Kind, model: &str, lang: Lang) -> Vec<String> {
    let Some(digits) = digits(model, 0) else {
        return match lang {
            Lang::En => in_words(value, model),
            Lang::Zh => in_numerals(value, kind, model),
        };
    };
    let (_, rest) = halves(model, digits.end as usize);
    let named = ["st", "nd", "rd", "th"];
    if let Some(named) = named.iter().find(|s| rest.starts_with(**s)) {
        let span = Span::new(digits.start as usize, digits.end as usize + named.len());
        return vec![splice(model, span, &render::ordinal_digits(value))];
    }
    let mut ways = Vec::new();
    let scaled = with_scale(digits, model, lang);
    if scaled != digits {
        ways.push(splice(model, scaled, &render::number(value, lang)));
    }
    let label = kind == Kind::Ordinal; // Executive Order 14110 after Executive Order 12
    ways.push(splice(
        model,
        digits,
        &grouped(value, digits.of(model), label, lang),
    ));
    ways
}

/// The model, which has two numbers in digits, with two others in it.
fn ranged([low, high]: [Decimal; 2], model: &str, lang: Lang) -> Option<String> {
    let first = digits(model, 0)?;
    let second = digits(model, first.end as usize)?;
    if digits(model, second.end as usize).is_some() {
        return None;
    }
    let put = |text: &str, digits: Span, value: Decimal| {
        let scaled = with_scale(digits, model, lang);
        let number = if scaled == digits {
            grouped(value, digits.of(model), false, lang)
        } else {
            render::number(value, lang)
        };
        splice(text, scaled, &number)
    };
    // from the end, so that the first keeps its place
    Some(put(&put(model, second, high), first, low))
}

/// The first digits of the model from a byte on, with their separators.
fn digits(model: &str, from: usize) -> Option<Span> {
    let digit = |c: char| c.is_ascii_digit();
    let (_, rest) = halves(model, from);
    let start = from + rest.find(digit)?;
    let (_, rest) = halves(model, start);
    let run = rest
        .char_indices()
        .take_while(|(_, c)| digit(*c) || matches!(c, '.' | ',' | ' '));
    let last = run.filter(|(_, c)| digit(*c)).last()?;
    Some(Span::new(start, start + last.0 + 1))
}

/// Digits with the scale words after them.
fn with_scale(digits: Span, model: &str, lang: Lang) -> Span {
    let end = digits.end as usize;
    let (_, rest) = halves(model, end);
    Span::new(digits.start as usize, end + scale_words(rest, lang))
}

/// A number in digits, in groups where the model's are or could not be; a label has none.
fn grouped(value: Decimal, model: &str, label: bool, lang: Lang) -> String {
    let parted = model.contains(',');
    let plain = !parted && (label || model.len() >= 4);
    match lang {
        Lang::Zh if !parted => value.to_string(),
        _ => value.grouped(if plain { "" } else { "," }),
    }
}

/// The model, which has its number in English words, with another in as many
/// of them as the number takes.
fn in_words(value: Decimal, model: &str) -> Vec<String> {
    // As a rule numbers are spelled out below ten only.
    let beyond = ["ten", "eleven", "twelve", "teen", "ty"];
    let long = model.starts_with(char::is_uppercase) || beyond.iter().any(|w| model.contains(w));
    let small = render::small_en(value).map(str::to_owned);
    let tens = || value.whole().filter(|n| long && *n >= 10);
    let words = small.or_else(|| en::spelled(tens()?));
    let number = words.unwrap_or_else(|| value.grouped(","));
    let ends = model.char_indices().map(|(i, c)| i + c.len_utf8());
    let mut ends: Vec<_> = ends.collect();
    ends.reverse();
    let starts = model.char_indices().map(|(i, _)| i);
    let words = starts.flat_map(|start| ends.iter().map(move |end| (start, *end)));
    let whole = |(start, end): &(usize, usize)| {
        let (before, from) = halves(model, *start);
        let (_, after) = halves(model, *end);
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        start < end
            && !from.starts_with(' ')
            && !letter(before.chars().last())
            && !letter(after.chars().next())
    };
    let spliced = |(start, end)| {
        let (_, from) = halves(model, start);
        let mut letters = number.chars();
        match letters.next() {
            Some(first) if from.starts_with(char::is_uppercase) => {
                let number: String = first.to_uppercase().chain(letters).collect();
                splice(model, Span::new(start, end), &number)
            }
            _ => splice(model, Span::new(start, end), &number),
        }
    };
    let short = model.len() <= 24;
    words.filter(|_| short).filter(whole).map(spliced).collect()
}

/// The model, which has its number in Chinese numerals, with another in one
/// run of them, the last first: the 百 of 百分之五 is no number.
fn in_numerals(value: Decimal, kind: Kind, model: &str) -> Vec<String> {
    const NUMERALS: &str = "〇零一二三四五六七八九十百千万萬亿億两兩";
    let mut runs: Vec<Span> = Vec::new();
    for (at, c) in model.char_indices().filter(|(_, c)| NUMERALS.contains(*c)) {
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end as usize == at => *run = Span::new(run.start as usize, end),
            _ => runs.push(Span::new(at, end)),
        }
    }
    // 三成 is 30%
    let tenths = (kind == Kind::Percent && model.contains('成')).then(|| value.shifted(-1));
    let counts = matches!(
        kind,
        Kind::Number | Kind::Measure(_) | Kind::Money(_) | Kind::Times
    );
    let number = |value: Decimal| numeral(value, counts).unwrap_or_else(|| value.to_string());
    let values = tenths.into_iter().chain([value]);
    values
        .flat_map(|value| {
            let runs = runs.iter().rev();
            let put = runs.map(|run| splice(model, *run, &number(value)));
            put.collect::<Vec<_>>()
        })
        .collect()
}

/// A whole number below 10^12 in Chinese numerals: 五百万, 一万零五; 两 for 二 where it `counts`.
fn numeral(value: Decimal, counts: bool) -> Option<String> {
    let n = u64::try_from(value.whole()?).ok()?;
    if n == 0 || n >= 1_000_000_000_000 {
        return None;
    }
    let mut text = String::new();
    let mut gap = false; // whether a place without a digit was passed
    for power in (0..12_u32).rev() {
        let above = n / 10_u64.pow(power);
        let (digit, place) = (above % 10, power as usize % 4);
        if digit > 0 {
            if gap && !text.is_empty() {
                text.push('零');
            }
            text.extend("零一二三四五六七八九".chars().nth(digit as usize));
            text.push_str(["", "十", "百", "千"].get(place)?);
        }
        gap = digit == 0;
        if place == 0 && above % 10_000 > 0 {
            text.push_str(["", "万", "亿"].get(power as usize / 4)?);
            gap = false;
        }
    }
    let ten = text.strip_prefix("一十");
    if let Some(rest) = ten {
        text = format!("十{rest}");
    }
    let two = text
        .strip_prefix('二')
        .filter(|rest| counts && (rest.is_empty() || rest.starts_with(['千', '万', '亿'])));
    if let Some(rest) = two {
        text = format!("两{rest}");
    }
    Some(text)
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
            (Lang::Zh, "10%至15%", "20 to 30 percent", "10 to 15 percent"),
            (Lang::Zh, "五年", "four years", "five years"),
            (Lang::Zh, "25名", "Twelve", "Twenty-five"),
            (Lang::En, "five million yuan", "三百二十万元", "五百万元"),
            (Lang::En, "two years", "四年", "两年"),
            (Lang::En, "60 percent", "五成", "六成"),
            (Lang::En, "fifth", "第三届", "第五届"),
        ] {
            let wanted = quantities(source, from)[0];
            assert_eq!(like(&wanted, model, from.other()), want, "{source} {model}");
        }
    }

    #[test]
    fn numerals_by_places() {
        for (n, want) in [
            (10, "十"),
            (15, "十五"),
            (105, "一百零五"),
            (110, "一百一十"),
            (2000, "两千"),
            (10_005, "一万零五"),
            (100_000, "十万"),
            (3_205_000, "三百二十万五千"),
            (100_005_000, "一亿零五千"),
            (350_000_000, "三亿五千万"),
        ] {
            assert_eq!(numeral(n.into(), true).as_deref(), Some(want));
        }
        assert_eq!(numeral(0.into(), true), None);
    }
}
