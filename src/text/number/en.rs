//! Quantities in English text.

use super::currency::{self, Currency};
use super::date::Date;
use super::text::Text;
use super::unit::Unit;
use super::word_en::{self, PREFIXES, SUFFIXES, VAGUE, word};
use super::zh::{colon_clock, is_sign, numeric_date, slash_fraction};
use super::{Decimal, Kind, Quantity, Relation, Value};

/// All quantities of an English text.
pub(super) fn quantities(source: &str) -> Vec<Quantity> {
    let text = Text::new(source);
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
            || word_en::opens(&text.string(i, end));
    }
    c.is_ascii_digit()
        || matches!(
            c,
            '.' | '-' | '\'' | '$' | '€' | '£' | '¥' | '￥' | '₩' | '₹' | '₽'
        )
}

/// What was read at one place.
struct Reading {
    parts: Vec<Part>,
    end: usize,
}

/// A quantity by characters.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    kind: Kind,
    value: Value,
    relation: Option<Relation>,
    ambiguous: bool,
    soft: bool,
}

impl Part {
    fn new(start: usize, end: usize, kind: Kind, value: Value) -> Self {
        Self {
            start,
            end,
            kind,
            value,
            relation: None,
            ambiguous: false,
            soft: false,
        }
    }

    fn of(start: usize, end: usize, kind: Kind, value: i64) -> Self {
        Self::new(start, end, kind, Value::One(value.into()))
    }

    fn alone(self) -> Option<Reading> {
        Some(Reading {
            end: self.end,
            parts: vec![self],
        })
    }
}

fn nothing(end: usize) -> Option<Reading> {
    Some(Reading {
        parts: Vec::new(),
        end,
    })
}

/// The reading at `i`, the most special form first.
fn at(text: &Text, i: usize) -> Option<Reading> {
    date(text, i)
        .or_else(|| clock(text, i))
        .or_else(|| fiscal_year(text, i))
        .or_else(|| period(text, i))
        .or_else(|| decade_or_ordinal(text, i))
        .or_else(|| fraction(text, i))
        .or_else(|| multiple(text, i))
        .or_else(|| vague(text, i))
        .or_else(|| roman(text, i))
        .or_else(|| amounts(text, i))
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
            if same && before < start && !text.before(at).is_alphanumeric() && !timed {
                start = at;
                relation = Some(*said);
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
    Quantity {
        span: text.span(start, end),
        kind: part.kind,
        value: part.value,
        relation,
        ambiguous: part.ambiguous,
        soft: part.soft,
    }
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
                    .all(|(c, at)| text.get(at).to_ascii_lowercase() == c.to_ascii_lowercase());
            let whole = !text.get(end).is_ascii_alphanumeric()
                || !words.ends_with(|c: char| c.is_ascii_alphanumeric());
            (same && whole).then_some(end)
        })
        .max()
}

/// Past one space, line end or hyphen, or none.
fn gap(text: &Text, i: usize) -> usize {
    if text.get(i) == '-' && text.get(i + 1).is_ascii_alphabetic() {
        i + 1
    } else {
        text.spaces(i)
    }
}

/// `November 24, 2025`, `24 November 2025`, `Nov. 24–26`, `November 2025`, `2025-11-24`, `11/24/2025`.
fn date(text: &Text, i: usize) -> Option<Reading> {
    if let Some((date, end)) = numeric_date(text, i) {
        return Part::new(i, end, Kind::Date, Value::Date(date)).alone();
    }
    if let Some((date, ambiguous, end)) = us_date(text, i) {
        return Part {
            ambiguous,
            ..Part::new(i, end, Kind::Date, Value::Date(date))
        }
        .alone();
    }
    if let Some((month, end)) = month_name(text, i) {
        return month_first(text, i, month, end);
    }
    days_first(text, i)
}

/// `24 November 2025`, `24th of November`, `1–10 January 2020`, `3 and 4 February`.
fn days_first(text: &Text, i: usize) -> Option<Reading> {
    let (first, end) = day(text, i)?;
    let mut days = vec![(first, i, end)];
    let joined = text.spaces(end);
    if let Some(next) = text.after_any(joined, &["-", "–", "—", "to ", "and "]) {
        let next = text.spaces(next);
        days.extend(
            day(text, next)
                .filter(|(second, _)| *second > first)
                .map(|(second, end)| (second, next, end)),
        );
    }
    let (_, last, end) = *days.last()?;
    let mut at = text.spaces(end);
    if let Some(after) = after_words(text, at, &["of", "day of"]) {
        at = text.spaces(after);
    }
    let (month, end) = month_name(text, at).filter(|_| at > last + 1)?;
    let (year, end) = year_after(text, end).map_or((None, end), |(year, end)| (Some(year), end));
    dated(year, month, &days, end)
}

/// The dates of one month and year; the last reaches to `end`.
fn dated(year: Option<i32>, month: u8, days: &[(u8, usize, usize)], end: usize) -> Option<Reading> {
    let mut parts = Vec::new();
    for (day, start, day_end) in days {
        let date = Date::new(year, Some(month), Some(*day))?;
        parts.push(Part::new(*start, *day_end, Kind::Date, Value::Date(date)));
    }
    parts.last_mut()?.end = end;
    Some(Reading { parts, end })
}

/// `11/24/2025`: month first unless that cannot be; ambiguous where both orders can.
fn us_date(text: &Text, i: usize) -> Option<(Date, bool, usize)> {
    if !text.literal_begins(i) || matches!(text.before(i), '/' | '-' | '.') {
        return None;
    }
    let number = |i: usize, most: usize| {
        let end = text.while_at(i, |c| c.is_ascii_digit());
        (end > i && end - i <= most)
            .then(|| Some((text.string(i, end).parse::<i32>().ok()?, end)))
            .flatten()
    };
    let (first, end) = number(i, 2)?;
    let (second, end) = number(end + 1, 2).filter(|_| text.get(end) == '/')?;
    let (year, end) =
        number(end + 1, 4).filter(|(_, after)| text.get(end) == '/' && after - end == 5)?;
    let (a, b) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some((
        Date::new(Some(year), Some(month), Some(day))?,
        a <= 12 && b <= 12 && a != b,
        end,
    ))
}

/// A month's name or abbreviation at `i`, capitalized, with its full stop.
fn month_name(text: &Text, i: usize) -> Option<(u8, usize)> {
    let (name, end) = word(text, i)?;
    let month = Date::month_named(&name)?;
    // in lower case only the full names that are no other word, or with a day after them
    let full = name.len() >= 4 && name != "march";
    if !text.get(i).is_ascii_uppercase() && !full && day(text, text.spaces(end)).is_none() {
        return None;
    }
    let full_stop = text.get(end) == '.' && name.len() <= 4 && name != "may";
    Some((month, end + usize::from(full_stop)))
}

/// A day of the month at `i`: `24`, `24th`.
fn day(text: &Text, i: usize) -> Option<(u8, usize)> {
    let literal = text.literal(i)?;
    literal.plain.filter(|digits| *digits <= 2)?;
    let day = u8::try_from(literal.value.whole()?)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let end = text
        .after_any(literal.end, &["st", "nd", "rd", "th"])
        .unwrap_or(literal.end);
    (!text.get(end).is_ascii_alphanumeric()).then_some((day, end))
}

/// A year after `, ` or a space.
fn year_after(text: &Text, i: usize) -> Option<(i32, usize)> {
    let at = text.spaces(if text.get(i) == ',' { i + 1 } else { i });
    let at = after_words(text, at, &["of"]).map_or(at, |after| text.spaces(after));
    let literal = text.literal(at).filter(|l| l.plain == Some(4) && at > i)?;
    let year = i32::try_from(literal.value.whole()?)
        .ok()
        .filter(|year| (1000..=2999).contains(year))?;
    (!text.get(literal.end).is_ascii_alphabetic() && text.get(literal.end) != '%')
        .then_some((year, literal.end))
}

/// A date that begins with its month, the name ending at `end`.
fn month_first(text: &Text, i: usize, month: u8, end: usize) -> Option<Reading> {
    let at = text.spaces(end);
    let with = |year| Date::new(year, Some(month), None).map(Value::Date);
    if let Some((first, day_end)) = day(text, at).filter(|_| at > end) {
        let mut days = vec![(first, i, day_end)];
        let joined = text.spaces(day_end);
        if let Some(next) = text.after_any(joined, &["-", "–", "—", "to ", "and "]) {
            let next = text.spaces(next);
            days.extend(
                day(text, next)
                    .filter(|(second, _)| *second > first)
                    .map(|(second, end)| (second, next, end)),
            );
        }
        let (_, _, last) = *days.last()?;
        let (year, end) =
            year_after(text, last).map_or((None, last), |(year, end)| (Some(year), end));
        return dated(year, month, &days, end);
    }
    if let Some((year, end)) = year_after(text, end) {
        return Part::new(i, end, Kind::Date, with(Some(year))?).alone();
    }
    // a month alone: May and March are also verbs
    let before = text.spaces_before(i);
    let led = [
        "in", "since", "by", "until", "from", "of", "last", "early", "late", "mid", "through",
        "to", "between", "and", "next", "this", "during",
    ]
    .iter()
    .any(|word| {
        before
            .checked_sub(word.len())
            .is_some_and(|at| text.string(at, before).eq_ignore_ascii_case(word))
            && before < i
    });
    let led = led || text.ends_any(i, &["mid-", "Mid-", "/"]).is_some() || text.get(end) == '/';
    let name = text.string(i, end);
    let verb = matches!(
        name.as_str(),
        "May" | "March" | "Mar" | "Dec" | "Sun" | "Jan"
    );
    if led || !verb && name.len() >= 4 {
        return Part::new(i, end, Kind::Date, with(None)?).alone();
    }
    None
}

/// `2:30 p.m.`, `14:30`, `5 p.m.`, `10 o'clock`.
fn clock(text: &Text, i: usize) -> Option<Reading> {
    let (minutes, end, colon) = match colon_clock(text, i) {
        Some((minutes, end)) => (minutes, end, true),
        None => {
            let literal = text
                .literal(i)
                .filter(|l| l.plain.is_some_and(|digits| digits <= 2))?;
            (
                literal
                    .value
                    .whole()
                    .filter(|hour| (1..=12).contains(hour))?
                    * 60,
                literal.end,
                false,
            )
        }
    };
    let at = text.spaces(end);
    let (minutes, end) = if let Some(end) = after_words(text, at, &["p.m.", "pm", "p.m"]) {
        (minutes % 720 + 720, end)
    } else if let Some(end) = after_words(text, at, &["a.m.", "am", "a.m"]) {
        (minutes % 720, end)
    } else if let Some(end) = after_words(text, at, &["o'clock", "noon"]) {
        (minutes, end)
    } else if colon {
        (minutes, end)
    } else {
        return None;
    };
    Part::of(i, end, Kind::Clock, minutes).alone()
}

/// `FY2026`, `FY26`, `fiscal year 2026`, `fiscal 2026`.
fn fiscal_year(text: &Text, i: usize) -> Option<Reading> {
    let at = match text.after(i, "FY") {
        Some(end) => text.spaces(end),
        None => text.spaces(after_words(
            text,
            i,
            &["fiscal year", "fiscal years", "fiscal", "financial year"],
        )?),
    };
    let literal = text.literal(at)?;
    let year = literal.value.whole()?;
    let year = match literal.plain? {
        4 if (1900..2200).contains(&year) => year,
        2 => 2000 + year,
        _ => return None,
    };
    Part::of(i, literal.end, Kind::FiscalYear, year).alone()
}

/// `Q3`, `third quarter`, `first half of`, `20th century`.
fn period(text: &Text, i: usize) -> Option<Reading> {
    if text.get(i) == 'Q'
        && ('1'..='4').contains(&text.get(i + 1))
        && !text.get(i + 2).is_ascii_alphanumeric()
    {
        let quarter = text.get(i + 1).to_digit(10)?;
        return Part::of(i, i + 2, Kind::Quarter, quarter.into()).alone();
    }
    let (value, end) = ordinal_at(text, i)?;
    let at = gap(text, end);
    let fits = |words: &[&str]| after_words(text, at, words).filter(|_| at > end);
    if let Some(end) = fits(&["century", "centuries"]) {
        return Part::of(i, end, Kind::Century, value).alone();
    }
    if let Some(end) = fits(&["quarter", "fiscal quarter"]).filter(|_| (1..=4).contains(&value)) {
        return Part::of(i, end, Kind::Quarter, value).alone();
    }
    if let Some(end) = fits(&["half"]).filter(|_| value <= 2) {
        let next = text.spaces(end);
        let year = after_words(
            text,
            next,
            &["of the year", "of this year", "of last year", "year"],
        );
        let dated = after_words(text, next, &["of", "in"]).is_some_and(|of| {
            text.literal(text.spaces(of))
                .is_some_and(|l| l.plain == Some(4))
                || after_words(text, text.spaces(of), &["the century"]).is_some()
        });
        let mut part = Part::of(i, end, Kind::HalfYear, value);
        part.soft = year.is_none() && !dated;
        return part.alone();
    }
    None
}

/// The ordinal at `i` and the place after it: `119th`, `third`, `twenty-first`.
fn ordinal_at(text: &Text, i: usize) -> Option<(i64, usize)> {
    if let Some(literal) = text.literal(i) {
        let end = text.after_any(literal.end, &["st", "nd", "rd", "th"])?;
        return (!text.get(end).is_ascii_alphanumeric()).then_some((literal.value.whole()?, end));
    }
    let words = word_en::read(text, i).filter(|words| words.ordinal)?;
    Some((words.value.whole()?, words.end))
}

/// `1990s`, `'90s`, `119th`, `third`, `14th Five-Year Plan`.
fn decade_or_ordinal(text: &Text, i: usize) -> Option<Reading> {
    if let Some(literal) = text.literal(i) {
        let end = text
            .after_any(literal.end, &["s", "'s"])
            .filter(|end| !text.get(*end).is_ascii_alphanumeric());
        let value = literal.value.whole()?;
        if let Some(end) = end {
            let decade = literal.plain == Some(4) && (1000..2100).contains(&value)
                || literal.plain == Some(2) && value >= 20;
            return (decade && value % 10 == 0)
                .then(|| Part::of(i, end, Kind::Decade, value))
                .and_then(Part::alone);
        }
    }
    let (value, end) = ordinal_at(text, i)?;
    let mut part = Part::of(i, end, Kind::Ordinal, value);
    let spelled = text.get(i).is_ascii_alphabetic();
    part.soft = spelled && value <= 3;
    // the five-year plans are known by their number; the five is part of the name
    if let Some(name) = after_words(text, text.spaces(end), &["five-year plan", "five-year"]) {
        return Some(Reading {
            parts: vec![part],
            end: name,
        });
    }
    // one-third is read as a fraction
    part.alone()
}

/// `two-thirds`, `a quarter of`, `one half`, `half of`, `2/3`.
fn fraction(text: &Text, i: usize) -> Option<Reading> {
    if let Some((ratio, end)) = slash_fraction(text, i) {
        return Part::new(i, end, Kind::Fraction, ratio).alone();
    }
    if let Some(share) = one_in(text, i) {
        return share.alone();
    }
    let (first, end) = word(text, i)?;
    if first == "half" && word_en::read(text, i).is_none() {
        let at = text.spaces(end);
        let share = after_words(text, at, &["of", "the", "a", "an"]).is_some();
        let mut part = Part::new(i, end, Kind::Fraction, Value::Ratio(1, 2));
        part.soft = true;
        return share.then_some(part).and_then(Part::alone);
    }
    let (above, end) = match first.as_str() {
        "a" | "an" => (1, end),
        _ => {
            let words = word_en::read(text, i).filter(|words| !words.ordinal && words.scale == 0);
            match words {
                Some(words) => (words.value.whole()?, words.end),
                // one-third: the reader of words took both
                None => return None,
            }
        }
    };
    let at = gap(text, end);
    let (name, end) = word(text, at).filter(|_| at > end)?;
    let below = match name.as_str() {
        "half" | "halves" => 2,
        "quarter" | "quarters" => 4,
        _ => {
            word_en::ordinal(name.strip_suffix('s').unwrap_or(&name)).filter(|below| *below >= 3)?
        }
    };
    let article = first == "a" || first == "an";
    // a third party, one quarter: only a third of, by a third, one-quarter
    let before = text.spaces_before(i);
    let led = text.ends_any(
        before,
        &[
            "about",
            "by",
            "than",
            "nearly",
            "over",
            "around",
            "almost",
            "approximately",
            "roughly",
        ],
    );
    let shares = after_words(text, text.spaces(end), &["of"]).is_some() || led.is_some();
    let hyphened = text.before(at) == '-';
    if !shares && (article || name == "quarter" && above == 1 && !hyphened) {
        return None;
    }
    if above >= below || above < 1 {
        return None;
    }
    Part::new(
        i,
        end,
        Kind::Fraction,
        super::zh::reduced(above.unsigned_abs(), below.unsigned_abs()),
    )
    .alone()
}

/// `one in five`, `one person in six`, `three out of four`.
fn one_in(text: &Text, i: usize) -> Option<Part> {
    let whole = |i: usize| {
        let number = number(text, i).filter(|number| number.scale == 0)?;
        Some((
            number.value.whole().and_then(|n| u64::try_from(n).ok())?,
            number.end,
        ))
    };
    let (above, end) = whole(i)?;
    let mut at = text.spaces(end);
    let out_of = after_words(text, at, &["out of", "out of every", "in every"]);
    let after = out_of.or_else(|| {
        if above != 1 {
            return None;
        }
        after_words(text, at, &["in"]).or_else(|| {
            let (_, end) = word(text, at)?;
            at = text.spaces(end);
            after_words(text, at, &["in"])
        })
    })?;
    let (below, end) = whole(text.spaces(after))?;
    let fits = 0 < above && above < below && (below <= 100 || matches!(below, 1000 | 10_000));
    fits.then(|| Part::new(i, end, Kind::Fraction, super::zh::reduced(above, below)))
}

/// `doubled`, `twice`, `threefold`, `three times`.
fn multiple(text: &Text, i: usize) -> Option<Reading> {
    if let Some((name, end)) = word(text, i) {
        let times = match name.as_str() {
            "double" | "doubled" | "doubles" | "doubling" | "twofold" | "twice" => 2,
            "triple" | "tripled" | "triples" | "tripling" | "threefold" | "thrice" => 3,
            "quadruple" | "quadrupled" | "quadrupling" | "fourfold" => 4,
            "quintupled" | "fivefold" => 5,
            "sixfold" => 6,
            "sevenfold" => 7,
            "eightfold" => 8,
            "ninefold" => 9,
            "tenfold" => 10,
            _ => 0,
        };
        if times > 0 {
            let mut part = Part::of(i, end, Kind::Times, times);
            part.ambiguous = name == "twice";
            part.soft = matches!(name.as_str(), "double" | "triple" | "twice");
            return part.alone();
        }
    }
    let (value, end) = number(text, i).map(|n| (n.value, n.end))?;
    let at = gap(text, end);
    if let Some(after) = text
        .after_any(end, &["x", "X"])
        .filter(|after| !text.get(*after).is_ascii_alphanumeric())
    {
        return Part::new(i, after, Kind::Times, Value::One(value)).alone();
    }
    let after = after_words(text, at, &["times", "fold"]).filter(|_| at > end)?;
    let mut part = Part::new(i, after, Kind::Times, Value::One(value));
    part.ambiguous = true; // three times: 三倍 or 三次
    part.alone()
}

/// `dozens of`, `several hundred`, `one of`: passed over.
fn vague(text: &Text, i: usize) -> Option<Reading> {
    if let Some(end) = text.after(i, "24/7").filter(|_| text.literal_begins(i)) {
        return nothing(end);
    }
    let (name, end) = word(text, i)?;
    if VAGUE.contains(&name.as_str()) {
        let mut end = end;
        loop {
            let at = gap(text, end);
            let Some((next, after)) = word(text, at).filter(|_| at > end) else {
                return nothing(end);
            };
            if word_en::scale(&next).is_none()
                && !matches!(
                    next.as_str(),
                    "dozen" | "dozens" | "hundreds" | "thousands" | "millions" | "of"
                )
            {
                return nothing(end);
            }
            if next == "of" && !VAGUE.contains(&name.as_str()) {
                return nothing(end);
            }
            end = after;
        }
    }
    None
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
    let mut part = Part::of(at, after, Kind::Number, sum);
    part.soft = sum == 1;
    (sum > 0).then_some(part).and_then(Part::alone)
}

/// A number before what it counts is known.
#[derive(Clone, Copy)]
struct Number {
    value: Decimal,
    end: usize,
    /// The power of ten of its scale word.
    scale: i16,
    /// Digits without separators, point or scale, and how many.
    plain: Option<usize>,
    /// Whether it is in words.
    words: bool,
    /// Whether the words can only be a number.
    sure: bool,
}

/// The number at `i`: `50 billion`, `1,234`, `twenty-one`.
fn number(text: &Text, i: usize) -> Option<Number> {
    let mut number = if let Some(literal) = text.literal(i) {
        let mut number = Number {
            value: literal.value,
            end: literal.end,
            scale: 0,
            plain: literal.plain,
            words: false,
            sure: true,
        };
        // 1.5 to 2 million two hundred thousand is too rare; one scale word, or two as in 5 hundred million
        while let Some((power, end)) = scale_at(text, number.end) {
            number.value = number.value.shifted(power);
            number.scale += power;
            number.end = end;
            number.plain = None;
        }
        number
    } else {
        let words = word_en::read(text, i).filter(|words| !words.ordinal)?;
        Number {
            value: words.value,
            end: words.end,
            scale: words.scale,
            plain: None,
            words: true,
            sure: words.sure,
        }
    };
    // two and a half years
    if let Some(after) = after_words(
        text,
        text.spaces(number.end),
        &["and a half", "and one-half"],
    ) {
        if let Some(sum) = number.value.plus(Decimal::new(5, -1)) {
            number.value = sum;
            number.end = after;
            number.plain = None;
            if let Some((power, end)) = scale_at(text, after) {
                number.value = sum.shifted(power);
                number.scale = power;
                number.end = end;
            }
        }
    }
    Some(number)
}

/// A scale word after digits: ` billion`, `-million`, `bn`, `k`.
fn scale_at(text: &Text, i: usize) -> Option<(i16, usize)> {
    // 300+ billion
    let plus = text.get(i) == '+' && text.get(i + 1) == ' ';
    let at = gap(text, i + usize::from(plus));
    let end = text.while_at(at, |c| c.is_ascii_alphabetic());
    let name = text.string(at, end);
    if let Some(power) = word_en::scale(&name.to_ascii_lowercase()) {
        return Some((power, end));
    }
    let power = match name.as_str() {
        "k" | "K" => 3,
        _ => return None,
    };
    let attached = at == i && !text.get(end).is_ascii_digit();
    attached.then_some((power, end))
}

/// Amounts and ranges of two.
fn amounts(text: &Text, i: usize) -> Option<Reading> {
    let first = amount(text, i)?;
    if let Some(years) = short_years(text, &first) {
        return Some(years);
    }
    let single = |amount: Amount| Reading {
        parts: if amount.reported {
            vec![amount.part]
        } else {
            vec![]
        },
        end: amount.part.end,
    };
    let Some(next) = connector(text, i, first.part.end) else {
        return Some(single(first));
    };
    let Some(mut second) = amount(text, next) else {
        return Some(single(first));
    };
    let (Value::One(low), Value::One(high)) = (first.part.value, second.part.value) else {
        return Some(single(first));
    };
    // US$10–15 billion, 10-15 percent, $5 to $6 billion: what one says holds for both
    if let (Kind::Money(currency), Kind::Number) = (first.part.kind, second.part.kind) {
        second.part.kind = Kind::Money(currency);
        second.part.ambiguous = first.part.ambiguous;
    }
    let kinds = first.part.kind == second.part.kind || first.part.kind == Kind::Number;
    let low = if first.number.scale == 0 && second.number.scale > 0 {
        low.shifted(second.number.scale)
    } else {
        low
    };
    let years = is_year(&first.part) && is_year(&second.part);
    let chained = matches!(text.get(second.part.end), '-' | '–')
        && text.get(second.part.end + 1).is_ascii_digit();
    let counted = (first.reported || !first.number.words) && second.reported;
    if !kinds || low >= high || years || chained || !counted {
        return Some(single(first));
    }
    let part = Part {
        end: second.part.end,
        kind: second.part.kind,
        value: Value::Range(low, high),
        ambiguous: second.part.ambiguous,
        soft: false,
        ..first.part
    };
    part.alone()
}

/// `2010–11`: the second year without its century.
fn short_years(text: &Text, first: &Amount) -> Option<Reading> {
    let Value::Date(Date {
        year: Some(year), ..
    }) = first.part.value
    else {
        return None;
    };
    let next = text
        .after_any(first.part.end, &["-", "–", "/"])
        .filter(|_| is_year(&first.part))?;
    let second = text
        .literal(next)
        .filter(|literal| literal.plain == Some(2))?;
    let short = i32::try_from(second.value.whole()?)
        .ok()
        .filter(|short| *short > year % 100)?;
    if text.get(second.end).is_alphanumeric() || matches!(text.get(second.end), '-' | '/' | '%') {
        return None;
    }
    let later = Part::new(
        next,
        second.end,
        Kind::Date,
        Value::Date(Date::year(year / 100 * 100 + short)),
    );
    Some(Reading {
        parts: vec![first.part, later],
        end: second.end,
    })
}

fn is_year(part: &Part) -> bool {
    part.kind == Kind::Date
}

/// The place after a mark or word that joins a range which began at `start`.
fn connector(text: &Text, start: usize, i: usize) -> Option<usize> {
    if let Some(end) = text.after_any(i, &["-", "–", "—", "~", " - ", " – ", " — "]) {
        return Some(end);
    }
    let at = text.spaces(i);
    if let Some(end) = after_words(text, at, &["to", "through"]).filter(|_| at > i) {
        return Some(text.spaces(end));
    }
    let before = text.spaces_before(start);
    let between = before
        .checked_sub(7)
        .is_some_and(|from| text.string(from, before).eq_ignore_ascii_case("between"));
    after_words(text, at, &["and"])
        .filter(|_| between && at > i)
        .map(|end| text.spaces(end))
}

/// A number with what it counts.
#[derive(Clone, Copy)]
struct Amount {
    part: Part,
    number: Number,
    reported: bool,
}

/// The amount at `i`, with its currency sign, scale, unit.
fn amount(text: &Text, i: usize) -> Option<Amount> {
    if let Some((currency, ambiguous, end)) = currency_before(text, i) {
        let at = text.spaces(end);
        let mut number = number(text, at).filter(|n| !n.words)?;
        if number.scale == 0 {
            if let Some((power, end)) = money_scale(text, number.end) {
                number = Number {
                    value: number.value.shifted(power),
                    scale: power,
                    end,
                    plain: None,
                    ..number
                };
            }
        }
        let end = after_words(text, gap(text, number.end), &["dollars", "dollar", "yuan"])
            .unwrap_or(number.end);
        let part = Part {
            ambiguous,
            ..Part::new(i, end, Kind::Money(currency), Value::One(number.value))
        };
        return Some(Amount {
            part,
            number,
            reported: true,
        });
    }
    let negative = text.get(i) == '-' && text.literal_begins(i + 1) && is_sign(text.before(i));
    let number = number(text, if negative { i + 1 } else { i })?;
    let value = if negative {
        number.value.negated()
    } else {
        number.value
    };
    let mut part = Part::new(i, number.end, Kind::Number, Value::One(value));
    if let Some((kind, value, ambiguous, end)) = suffix(text, &number, value) {
        part = Part {
            end,
            kind,
            value: Value::One(value),
            ambiguous,
            ..part
        };
        part.soft = number.words
            && !number.sure
            && value <= Decimal::from(2)
            && matches!(kind, Kind::Measure(_));
        return Some(Amount {
            part,
            number,
            reported: true,
        });
    }
    let whole = value.whole();
    if number.plain == Some(4)
        && whole.is_some_and(|year| (1500..2100).contains(&year))
        && !numbered(text, i)
    {
        let year = whole.and_then(|year| i32::try_from(year).ok())?;
        part.kind = Kind::Date;
        part.value = Value::Date(Date::year(year));
        return Some(Amount {
            part,
            number,
            reported: true,
        });
    }
    let one = number.words && value == Decimal::from(1);
    part.soft = number.words && value == Decimal::from(2)
        || value == Decimal::from(12) && number.words && !number.sure;
    part.soft |= !number.words && (value == Decimal::from(1) || listed(text, i, number.end));
    Some(Amount {
        part,
        number,
        reported: !one && value != Decimal::default() || !number.words,
    })
}

/// Whether the digits `i..end` only number a list: `(1)`, and `1.` after a mark.
fn listed(text: &Text, i: usize, end: usize) -> bool {
    let mark = text.before(text.spaces_before(i));
    let begins =
        i == 0 || matches!(mark, '.' | ':' | ';' | '：' | ')' | ',') || text.before(i) == '\n';
    text.before(i) == '(' && text.get(end) == ')'
        || begins
            && matches!(text.get(end), '.' | ')')
            && end - i <= 2
            && !text.get(end + 1).is_ascii_digit()
}

/// Whether the digits at `i` are the number of something: `Order 1999`, `No. 2000`, `Resolution 1973`.
fn numbered(text: &Text, i: usize) -> bool {
    let before = text.spaces_before(i);
    [
        "No.",
        "Nos.",
        "Order",
        "Resolution",
        "Section",
        "Article",
        "Regulation",
        "page",
        "Room",
    ]
    .iter()
    .any(|word| text.ends_any(before, &[word]).is_some())
}

/// A currency sign or code before digits at `i`.
fn currency_before(text: &Text, i: usize) -> Option<(Currency, bool, usize)> {
    if text.before(i).is_ascii_alphanumeric() {
        return None;
    }
    currency::ROWS
        .iter()
        .flat_map(|row| {
            row.prefixes
                .iter()
                .chain([&row.code])
                .map(move |sign| (row.currency, *sign))
        })
        .filter_map(|(currency, sign)| {
            let end = text.after(i, sign)?;
            let digits = text.literal_begins(text.spaces(end));
            digits.then_some((currency, matches!(sign, "$" | "¥" | "￥"), end))
        })
        .max_by_key(|(_, _, end)| *end)
}

/// `m`, `b`, `t` after an amount of money.
fn money_scale(text: &Text, i: usize) -> Option<(i16, usize)> {
    let power = match text.get(i) {
        'm' | 'M' => 6,
        'b' | 'B' => 9,
        't' | 'T' => 12,
        _ => return None,
    };
    (!text.get(i + 1).is_ascii_alphanumeric()).then_some((power, i + 1))
}

/// What a number counts by the word after it.
fn suffix(text: &Text, number: &Number, value: Decimal) -> Option<(Kind, Decimal, bool, usize)> {
    let at = gap(text, number.end);
    let spaced = at > number.end;
    let simple = |kind, end| Some((kind, value, false, end));
    if let Some(end) = after_words(
        text,
        at,
        &[
            "percentage points",
            "percentage point",
            "percent points",
            "pp",
        ],
    ) {
        return simple(Kind::PercentPoints, end);
    }
    if let Some(end) = after_words(text, at, &["basis points", "basis point", "bps", "bp"]) {
        return simple(Kind::BasisPoints, end);
    }
    let percent = if text.get(at) == '%' {
        Some(at + 1)
    } else {
        after_words(text, at, &["percent", "per cent", "pct"])
    };
    if let Some(end) = percent {
        let end_point = gap(text, end);
        if let Some(end) = after_words(text, end_point, &["percentage points", "points", "point"]) {
            return simple(Kind::PercentPoints, end);
        }
        let off = after_words(text, end_point, &["off", "discount"]);
        return simple(
            if off.is_some() {
                Kind::Discount
            } else {
                Kind::Percent
            },
            off.unwrap_or(end),
        );
    }
    if text.get(at) == '‰' {
        return Some((Kind::Percent, value.shifted(-1), false, at + 1));
    }
    if let Some((currency, ambiguous, end)) = currency_after(text, at, number) {
        return Some((Kind::Money(currency), value, ambiguous, end));
    }
    let (unit, end) = unit_at(text, at, spaced)?;
    // 65 years old, 65-year-old: an age is a bare number in Chinese
    if let Some(end) = after_words(text, gap(text, end), &["old", "olds", "of age"]) {
        return simple(Kind::Number, end);
    }
    simple(Kind::Measure(unit), end)
}

/// A currency's name after a number: `yuan`, `U.S. dollars`, `RMB`.
fn currency_after(text: &Text, at: usize, number: &Number) -> Option<(Currency, bool, usize)> {
    let named = currency::ROWS.iter().flat_map(|row| {
        row.names
            .iter()
            .chain([&row.code])
            .map(move |name| (row.currency, *name))
    });
    let (currency, name, end) = named
        .filter_map(|(currency, name)| {
            let plural = format!("{name}s");
            Some((
                currency,
                name,
                after_words(text, at, &[name, plural.as_str()])?,
            ))
        })
        .max_by_key(|(.., end)| *end)?;
    if name == "pound" && number.scale == 0 {
        return None; // weight
    }
    (at > number.end || !name.starts_with(|c: char| c.is_ascii_lowercase())).then_some((
        currency,
        matches!(name, "dollar" | "pound"),
        end,
    ))
}

/// A unit's name or symbol at `at`.
fn unit_at(text: &Text, at: usize, spaced: bool) -> Option<(Unit, usize)> {
    let mut best: Option<(Unit, usize)> = None;
    for (unit, row) in Unit::all() {
        for symbol in row.symbols {
            let Some(end) = text.after(at, symbol) else {
                continue;
            };
            let single = symbol.len() == 1 && symbol.is_ascii();
            let ends = !text.get(end).is_ascii_alphanumeric()
                && !(single && (spaced || text.get(end) == '.'));
            if ends && best.is_none_or(|(_, longest)| end > longest) {
                best = Some((unit, end));
            }
        }
        for (n, name) in row.names.iter().enumerate() {
            let plural = if n == 0 && !row.plural.is_empty() {
                row.plural.to_ascii_lowercase()
            } else {
                format!("{name}s")
            };
            let plural = plural.replacen("degree ", "degrees ", 1);
            // degree celsius makes degrees celsius
            let plural = if name.starts_with("degree ") {
                name.replacen("degree ", "degrees ", 1)
            } else {
                plural
            };
            if let Some(end) = after_words(text, at, &[name, plural.as_str()]) {
                if best.is_none_or(|(_, longest)| end > longest) {
                    best = Some((unit, end));
                }
            }
        }
    }
    best
}
