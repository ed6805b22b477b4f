//! Chinese numerals: 三百五十亿, 一千二百万, 二〇二五, 廿三, 三点五, and Arabic digits with 万 and 亿.

use crate::text::number::Decimal;
use crate::text::number::text::{Literal, Text};

/// A number as written in Chinese.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    pub(super) value: Decimal,
    /// After the last character.
    pub(super) end: usize,
    pub(super) shape: Shape,
    /// 50多亿, 二十余: more than the value.
    pub(super) more: bool,
    /// 来: 十来个.
    pub(super) about: bool,
    /// The power of ten its last scale word stands for (亿: 8), or 0.
    pub(super) scale: i16,
    /// Read with 兆, which is 10^12 in Taiwan and 10^6 on the mainland.
    pub(super) trillion: bool,
    /// Digits with neither separators nor point nor scale, and how many: 2025.
    pub(super) plain: Option<usize>,
    /// How many Arabic digits stand behind the point, where no scale follows.
    pub(super) places: u8,
}

/// How sure it is that a number was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Arabic digits, with or without scale.
    Digits,
    /// Digits of one place after another, two or more: 二〇二五.
    Positional,
    /// Two or more characters by the rules: 二十一, 三百.
    Regular,
    /// One character below ten, or 十.
    Single,
    /// Only multipliers: 百万, 千, 亿. A number only where something else says so.
    Bare,
}

/// What stands at a place where numerals are.
pub(super) enum Read {
    Numeral(Numeral),
    /// Numerals that make no exact number (十几, 三四百, 数十), to be passed over up to here.
    Vague(usize),
}

/// The number at `i`, whether in Arabic or Chinese digits.
pub(super) fn read(text: &Text, i: usize) -> Option<Read> {
    if let Some(literal) = text.literal(i) {
        let numeral = Numeral {
            value: literal.value,
            end: literal.end,
            shape: Shape::Digits,
            more: false,
            about: false,
            scale: 0,
            trillion: false,
            plain: literal.plain,
            places: literal.places,
        };
        return Some(scaled(text, numeral, i16::MAX));
    }
    if digit(text.get(i)).is_none() && multiplier(text.get(i)).is_none() {
        return None;
    }
    Some(chinese(text, i))
}

/// Reads the scale words after Arabic digits: 1.2万亿, 50多亿, 3亿5000万, 3万5千.
///
/// Only scales of less than `below` are taken, so that parts fall in size and reading ends.
fn scaled(text: &Text, mut numeral: Numeral, below: i16) -> Read {
    let mut at = text.spaces(numeral.end);
    let spaced = at > numeral.end;
    if text.get(at) == '几' {
        return Read::Vague(text.while_at(at + 1, |c| multiplier(c).is_some()));
    }
    let more = matches!(text.get(at), '多' | '余');
    at += usize::from(more);
    let fits = |(power, _): &(i16, usize)| *power < below && !(spaced && *power < 4);
    let Some((power, end)) = scale(text, at).filter(fits) else {
        return Read::Numeral(numeral);
    };
    numeral.value = numeral.value.shifted(power);
    numeral.scale = power;
    numeral.more |= more;
    numeral.trillion |= (at..end).any(|i| text.get(i) == '兆');
    numeral.end = end;
    numeral.plain = None;
    numeral.places = 0;
    // 3亿5000万: a smaller part follows at once
    let Some(literal) = text.literal(end) else {
        return Read::Numeral(numeral);
    };
    let part = Numeral {
        value: literal.value,
        end: literal.end,
        scale: 0,
        ..numeral
    };
    match scaled(text, part, power) {
        Read::Numeral(part) if part.scale > 0 || ones(text, literal, power) => {
            Read::Numeral(match numeral.value.plus(part.value) {
                Some(value) => Numeral { value, ..part },
                None => numeral,
            })
        }
        _ => Read::Numeral(numeral),
    }
}

/// Whether digits behind a scale are what is below it, as officials write: 4万6,450, 2万3000;
/// not a year, nor 3万5, which is 3.5万.
fn ones(text: &Text, literal: Literal, scale: i16) -> bool {
    let long = literal
        .plain
        .is_none_or(|digits| digits == 3 || digits == 4);
    let below = Decimal::new(100, 0) <= literal.value && literal.value < Decimal::new(1, scale);
    long && below && !matches!(text.get(literal.end), '年' | '-' | '/')
}

/// The scale words at `i` after Arabic digits, as a power of ten.
fn scale(text: &Text, i: usize) -> Option<(i16, usize)> {
    let mut end = i;
    let mut power = 0;
    while let Some(by) = multiplier(text.get(end)).filter(|_| end < i + MOST_SCALES) {
        let next = text.get(end + 1);
        let is_unit = match text.get(end) {
            '千' => "米克瓦伏赫卡兆帕字焦".contains(next),
            '百' => "分帕货姓".contains(next),
            '兆' => "瓦赫字比帕位欧焦伏".contains(next),
            '十' => !matches!(next, '万' | '亿'),
            _ => false,
        };
        if is_unit || end >= text.len() {
            break;
        }
        power += by;
        end += 1;
    }
    (end > i).then_some((power, end))
}

/// More scale words than these in a row are no number.
const MOST_SCALES: usize = 4;

/// The large scale words at `i` after Chinese digits: the power of ten of all, that of the last,
/// and the place after them.
fn large_scale(text: &Text, i: usize) -> (i16, i16, usize) {
    let (mut power, mut last, mut end) = (0, 0, i);
    while end < i + MOST_SCALES && matches!(text.get(end), '万' | '亿' | '兆') {
        last = multiplier(text.get(end)).unwrap_or(0);
        power += last;
        end += 1;
    }
    (power, last, end)
}

/// Reads a number in Chinese digits.
fn chinese(text: &Text, i: usize) -> Read {
    // 内陆, 伍先生: a formal numeral stands only among its like
    let formal = is_formal(text.get(i));
    if formal && !matches!(text.get(i + 1), '拾' | '佰' | '仟' | '万' | '亿') {
        return Read::Vague(i + 1);
    }
    let mut end = text.while_at(i, |c| {
        (digit(c).is_some() || multiplier(c).is_some()) && (formal || !is_formal(c))
    });
    // 第一、第二两款: 两 counts what comes after
    let counts = |at: &usize| {
        text.get(*at) == '两' && digit(text.before(*at)).is_some_and(|d| (1..10).contains(&d))
    };
    end = (i + 1..end).find(counts).unwrap_or(end);
    if multiplier(text.get(i)).is_some() && counted_vaguely(text, i) {
        return Read::Vague(end);
    }
    // 三千瓦, 十百分点: the last multiplier belongs to a unit
    let unit = matches!(text.get(end - 1), '千' | '百' | '兆') && scale(text, end - 1).is_none();
    end -= usize::from(unit && end - i > 1);
    if text.get(end) == '几' {
        return Read::Vague(text.while_at(end + 1, |c| multiplier(c).is_some()));
    }
    let chars: Vec<char> = text.chars.iter().take(end).skip(i).copied().collect();
    let Some((value, shape, scale)) = valued(&chars) else {
        return Read::Vague(end);
    };
    let numeral = Numeral {
        value,
        end,
        shape,
        more: false,
        about: false,
        scale,
        trillion: chars.contains(&'兆'),
        plain: (shape == Shape::Positional).then_some(chars.len()),
        places: 0,
    };
    let longer = with_places(text, numeral).or_else(|| with_more(text, numeral, chars == ['十']));
    Read::Numeral(longer.unwrap_or(numeral))
}

/// Whether what stands before the multiplier at `i` makes its count vague: 数百, 几十, 上万, 成千.
fn counted_vaguely(text: &Text, i: usize) -> bool {
    match text.before(i) {
        '几' | '成' => true,
        '数' => !(text.get(i) == '十' && text.get(i + 1) == '分'), // 人数十分
        '上' => i < 2 || text.get(i - 2) != '以',                  // 二万元以上十万元以下
        _ => false,
    }
}

/// 三点五, 一点二万亿; not 三点五十分, 三点三刻.
fn with_places(text: &Text, numeral: Numeral) -> Option<Numeral> {
    let start = numeral.end + 1;
    let part_end = text.while_at(start, |c| digit(c).is_some());
    // 七．五 as printed in laws
    let point = matches!(text.get(numeral.end), '点' | '.' | '‧' | '·');
    if !point || part_end == start || matches!(text.get(part_end), '十' | '分' | '刻') {
        return None;
    }
    let part: String = (start..part_end)
        .filter_map(|i| digit(text.get(i)))
        .map(|d| d.to_string())
        .collect();
    let part = Decimal::parse(&["0.", &part].concat())?;
    let (power, last, end) = large_scale(text, part_end);
    let value = numeral.value.plus(part)?.shifted(power);
    let scale = if last > 0 { last } else { numeral.scale };
    Some(Numeral {
        value,
        end,
        shape: Shape::Regular,
        scale,
        plain: None,
        ..numeral
    })
}

/// 二十多亿, 三百余万, 十来万.
fn with_more(text: &Text, numeral: Numeral, ten: bool) -> Option<Numeral> {
    let word = text.get(numeral.end);
    let (power, scale, end) = large_scale(text, numeral.end + 1);
    let fits = numeral.shape != Shape::Single || ten;
    if !matches!(word, '多' | '余' | '来') || !fits || power == 0 {
        return None;
    }
    let value = numeral.value.shifted(power);
    Some(Numeral {
        value,
        end,
        shape: Shape::Regular,
        scale,
        more: word != '来',
        about: word == '来',
        ..numeral
    })
}

/// The value of numeral characters, if they are a regular number, and the power of its last scale.
fn valued(chars: &[char]) -> Option<(Decimal, Shape, i16)> {
    if chars
        .iter()
        .all(|&c| digit(c).is_some_and(|d| d < 10) && c != '两')
    {
        let (value, shape) = positional(chars)?;
        return Some((value, shape, 0));
    }
    let mut count = Count::default();
    for &c in chars {
        match (digit(c), multiplier(c)) {
            (Some(digit), _) => count.digit(digit.into())?,
            (_, Some(power)) if power < 4 => count.multiplier(power)?,
            (_, power) => count.scale(power?)?,
        }
    }
    let value = Decimal::new(count.finished()?, 0);
    let shape = match chars {
        _ if count.bare => Shape::Bare,
        [_] => Shape::Single,
        _ => Shape::Regular,
    };
    Some((value, shape, count.scale))
}

/// Digits by place: one alone, or a year; 三五 and 七八 are estimates.
fn positional(chars: &[char]) -> Option<(Decimal, Shape)> {
    let zero = chars.iter().any(|c| matches!(c, '〇' | '零' | '○'));
    match chars {
        [c] => Some((Decimal::from(digit(*c)?), Shape::Single)),
        [_, _] | [_, _, _] if !zero => None,
        _ => {
            let digits: String = chars
                .iter()
                .filter_map(|&c| digit(c))
                .map(|d| d.to_string())
                .collect();
            Some((Decimal::parse(&digits)?, Shape::Positional))
        }
    }
}

/// A regular numeral as far as it was read.
struct Count {
    /// What scales have closed.
    total: i128,
    /// Below 10,000.
    section: i128,
    /// A digit whose multiplier has not come.
    pending: Option<i128>,
    /// The power of the multiplier before, within the section; `MAX` where there was none.
    last: i16,
    /// The power of the scale before.
    scale: i16,
    /// Whether 零 was the character before.
    zero: bool,
    /// Whether there were only multipliers.
    bare: bool,
}

impl Default for Count {
    fn default() -> Self {
        Self {
            total: 0,
            section: 0,
            pending: None,
            last: i16::MAX,
            scale: 0,
            zero: false,
            bare: true,
        }
    }
}

impl Count {
    fn digit(&mut self, digit: i128) -> Option<()> {
        self.bare = false;
        if digit == 0 {
            self.zero = true;
        } else if self.pending.is_some() || digit >= 10 && self.section > 0 {
            return None;
        } else if digit >= 10 {
            self.section += digit; // 廿三
            self.last = 1;
        } else {
            self.pending = Some(digit);
        }
        Some(())
    }

    /// 十, 百, 千
    fn multiplier(&mut self, power: i16) -> Option<()> {
        if power >= self.last || self.pending.is_none() && power > 1 && self.section > 0 {
            return None;
        }
        self.section += self.pending.take().unwrap_or(1) * ten_to(power)?;
        self.last = power;
        self.bare &= power > 1;
        self.zero = false;
        Some(())
    }

    /// 万, 亿, 兆: a greater one multiplies all before it, a smaller one its section.
    fn scale(&mut self, power: i16) -> Option<()> {
        self.section += self.pending.take().unwrap_or(0);
        if self.section == 0 && self.total == 0 {
            self.section = 1;
        }
        if power > self.scale {
            self.total = self
                .total
                .checked_add(self.section)?
                .checked_mul(ten_to(power)?)?;
        } else if self.section == 0 {
            return None; // 亿万
        } else {
            self.total = self
                .total
                .checked_add(self.section.checked_mul(ten_to(power)?)?)?;
        }
        self.section = 0;
        self.last = i16::MAX;
        self.scale = power;
        self.zero = false;
        Some(())
    }

    /// The value. In 三万五 the digit counts tenths of the multiplier before it, in 三万零五 it does not.
    fn finished(&self) -> Option<i128> {
        let mut section = self.section;
        if let Some(digit) = self.pending {
            let above = if self.last == i16::MAX {
                self.scale
            } else {
                self.last
            };
            let tenth =
                (2..=8).contains(&above) && !self.zero && (self.last != i16::MAX || section == 0);
            section += if tenth {
                digit * ten_to(above - 1)?
            } else {
                digit
            };
        }
        self.total.checked_add(section)
    }
}

fn ten_to(power: i16) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(power).ok()?)
}

/// Digits as written on checks.
fn is_formal(c: char) -> bool {
    "壹贰叁肆伍陆柒捌玖".contains(c)
}

/// The value of a digit character: 0 to 9, or 20, 30, 40 for 廿 卅 卌.
pub(super) fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        _ => return None,
    })
}

/// The power of ten of a multiplier character.
pub(super) fn multiplier(c: char) -> Option<i16> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        match read(&Text::new(text, &[]), 0)? {
            Read::Numeral(n) if n.end == text.chars().count() => Some(n.value.to_string()),
            _ => None,
        }
    }

    #[test]
    fn regular_numerals() {
        for (text, want) in [
            ("三百五十亿", "35000000000"),
            ("一千二百万", "12000000"),
            ("二十一", "21"),
            ("十", "10"),
            ("十五", "15"),
            ("一百零五", "105"),
            ("一百一十", "110"),
            ("两千", "2000"),
            ("两万五", "25000"),
            ("一百五", "150"),
            ("三亿五千万", "350000000"),
            ("五万亿", "5000000000000"),
            ("一万零三", "10003"),
            ("廿三", "23"),
            ("卅", "30"),
            ("二〇二五", "2025"),
            ("一九四九", "1949"),
            ("三点五", "3.5"),
            ("一点二万亿", "1200000000000"),
            ("壹佰贰拾叁", "123"),
            ("二十多亿", "2000000000"),
            ("一千零一夜", ""),
            ("九百六十万", "9600000"),
            ("一百二十三万四千五百六十七", "1234567"),
        ] {
            let got = value(text);
            assert_eq!(got.unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn digits_with_scales() {
        for (text, want) in [
            ("500亿", "50000000000"),
            ("1.2万亿", "1200000000000"),
            ("3千万", "30000000"),
            ("500 亿", "50000000000"),
            ("50多亿", "5000000000"),
            ("3亿5000万", "350000000"),
            ("3万5千", "35000"),
            ("4万6,450", "46450"),
            ("2万3000", "23000"),
            ("1万500", "10500"),
            ("3亿2,567万8,900", "325678900"),
            ("2万5", ""),
            ("1,234,567", "1234567"),
            ("1 234 567", "1234567"),
            ("912.17亿", "91217000000"),
            ("２０２５", "2025"),
            ("10万", "100000"),
            ("3百万", "3000000"),
        ] {
            assert_eq!(value(text).unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn estimates_are_no_numbers() {
        for text in ["三四百", "七八", "十几", "三五", "亿万", "二三十万", "20几"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
