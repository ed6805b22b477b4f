//! Chinese numerals: 三百五十亿, 一千二百万, 二〇二五, 廿三, 三点五, and Arabic digits with 万 and 亿.

use crate::text::number::Decimal;
use crate::text::number::text::Text;

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
        let mut numeral = Numeral {
            value: literal.value,
            end: literal.end,
            shape: Shape::Digits,
            more: false,
            about: false,
            scale: 0,
            trillion: false,
            plain: literal.plain,
        };
        return Some(scaled(text, &mut numeral));
    }
    if digit(text.get(i)).is_none() && multiplier(text.get(i)).is_none() {
        return None;
    }
    Some(chinese(text, i))
}

/// Reads the scale words after Arabic digits: 1.2万亿, 50多亿, 3亿5000万, 3万5千.
fn scaled(text: &Text, numeral: &mut Numeral) -> Read {
    loop {
        let mut at = text.spaces(numeral.end);
        let spaced = at > numeral.end;
        if text.get(at) == '几' {
            return Read::Vague(text.while_at(at + 1, |c| multiplier(c).is_some()));
        }
        let more = matches!(text.get(at), '多' | '余');
        if more {
            at += 1;
        }
        let Some((power, end)) = scale(text, at) else {
            return Read::Numeral(*numeral);
        };
        if spaced && power < 4 {
            return Read::Numeral(*numeral);
        }
        numeral.value = numeral.value.shifted(power);
        numeral.scale = power;
        numeral.more |= more;
        numeral.trillion |= (at..end).any(|i| text.get(i) == '兆');
        numeral.end = end;
        numeral.plain = None;
        // 3亿5000万: a smaller part follows at once
        let Some(part) = text.literal(end) else {
            return Read::Numeral(*numeral);
        };
        let mut part = Numeral {
            value: part.value,
            end: part.end,
            scale: 0,
            plain: None,
            ..*numeral
        };
        let part_end = part.end;
        match scaled(text, &mut part) {
            Read::Numeral(part) if part.scale > 0 && part.scale < power && part.end > part_end => {
                let Some(sum) = numeral.value.plus(part.value) else {
                    return Read::Numeral(*numeral);
                };
                *numeral = Numeral { value: sum, ..part };
                return Read::Numeral(*numeral);
            }
            _ => return Read::Numeral(*numeral),
        }
    }
}

/// The scale words at `i` after Arabic digits, as a power of ten.
fn scale(text: &Text, i: usize) -> Option<(i16, usize)> {
    let mut end = i;
    let mut power = 0;
    while let Some(by) = multiplier(text.get(end)) {
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
    let vague_before = match text.before(i) {
        '几' | '数' | '成' => true,
        '上' => i < 2 || text.get(i - 2) != '以', // 二万元以上十万元以下
        _ => false,
    };
    let starts_bare = multiplier(text.get(i)).is_some();
    if vague_before
        && starts_bare
        && !(text.before(i) == '数' && text.get(i) == '十' && text.get(i + 1) == '分')
    {
        return Read::Vague(end);
    }
    // 三千瓦, 十百分点: the last multiplier belongs to a unit
    if end - i > 1
        && scale(text, end - 1).is_none()
        && matches!(text.get(end - 1), '千' | '百' | '兆')
    {
        end -= 1;
    }
    if text.get(end) == '几' {
        return Read::Vague(text.while_at(end + 1, |c| multiplier(c).is_some()));
    }
    let chars: Vec<char> = text.chars.iter().take(end).skip(i).copied().collect();
    let trillion = chars.contains(&'兆');
    let Some((value, shape, mut scale)) = valued(&chars) else {
        return Read::Vague(end);
    };
    let mut value = value;
    // 三点五, 一点二万亿; not 三点五十分
    if text.get(end) == '点' && digit(text.get(end + 1)).is_some() {
        let part_end = text.while_at(end + 1, |c| digit(c).is_some());
        let part: String = (end + 1..part_end)
            .filter_map(|i| digit(text.get(i)))
            .map(|d| d.to_string())
            .collect();
        let follows = text.get(part_end);
        if !matches!(follows, '十' | '分') {
            let by = part.len() as i16;
            if let Some(sum) = Decimal::parse(&part).and_then(|part| value.plus(part.shifted(-by)))
            {
                value = sum;
                end = part_end;
                let scale_end = text.while_at(end, |c| matches!(c, '万' | '亿' | '兆'));
                for i in end..scale_end {
                    scale = multiplier(text.get(i)).unwrap_or(0);
                    value = value.shifted(scale);
                }
                end = scale_end;
                return Read::Numeral(Numeral {
                    value,
                    end,
                    shape: Shape::Regular,
                    more: false,
                    about: false,
                    scale,
                    trillion,
                    plain: None,
                });
            }
        }
    }
    let plain = (shape == Shape::Positional).then_some(chars.len());
    let mut numeral = Numeral {
        value,
        end,
        shape,
        more: false,
        about: false,
        scale,
        trillion,
        plain,
    };
    // 二十多亿, 三百余万, 十来万
    if matches!(text.get(end), '多' | '余' | '来') && shape != Shape::Single
        || chars == ['十'] && matches!(text.get(end), '多' | '余' | '来')
    {
        let scale_end = text.while_at(end + 1, |c| matches!(c, '万' | '亿' | '兆'));
        if scale_end > end + 1 {
            for i in end + 1..scale_end {
                numeral.scale = multiplier(text.get(i)).unwrap_or(0);
                numeral.value = numeral.value.shifted(numeral.scale);
            }
            numeral.more = text.get(end) != '来';
            numeral.about = text.get(end) == '来';
            numeral.end = scale_end;
            numeral.shape = Shape::Regular;
        }
    }
    Read::Numeral(numeral)
}

/// The value of numeral characters, if they are a regular number.
fn valued(chars: &[char]) -> Option<(Decimal, Shape, i16)> {
    if chars
        .iter()
        .all(|&c| digit(c).is_some_and(|d| d < 10) && c != '两')
    {
        let zero = chars.iter().any(|c| matches!(c, '〇' | '零' | '○'));
        return match chars {
            [c] => Some((Decimal::from(digit(*c)?), Shape::Single, 0)),
            // 三五, 七八: an estimate; 一九四九: a year
            [_, _] | [_, _, _] if !zero => None,
            _ => {
                let digits: String = chars
                    .iter()
                    .filter_map(|&c| digit(c))
                    .map(|d| d.to_string())
                    .collect();
                Some((Decimal::parse(&digits)?, Shape::Positional, 0))
            }
        };
    }
    let mut total: i128 = 0; // what scales have closed
    let mut section: i128 = 0; // below 10,000
    let mut pending: Option<i128> = None;
    let mut last = i16::MAX; // the multiplier before, within the section
    let mut last_scale: i16 = 0;
    let mut zero = false;
    let mut bare = true;
    for &c in chars {
        if let Some(d) = digit(c) {
            if d == 0 {
                zero = true;
            } else if pending.is_some() || d >= 10 && section > 0 {
                return None;
            } else if d >= 10 {
                section += i128::from(d); // 廿三
                last = 1;
            } else {
                pending = Some(d.into());
            }
            bare = false;
            continue;
        }
        let power = multiplier(c)?;
        if power < 4 {
            if power >= last || (pending.is_none() && power > 1 && section > 0) {
                return None;
            }
            section += pending.take().unwrap_or(1) * 10_i128.pow(power.unsigned_abs().into());
            last = power;
            bare &= power > 1;
        } else {
            section += pending.take().unwrap_or(0);
            if section == 0 && total == 0 {
                section = 1;
            }
            let times = 10_i128.checked_pow(power.unsigned_abs().into())?;
            if power > last_scale {
                total = (total + section).checked_mul(times)?;
            } else if section == 0 {
                return None; // 亿万
            } else {
                total += section.checked_mul(times)?;
            }
            section = 0;
            last = i16::MAX;
            last_scale = power;
        }
        zero = false;
    }
    // 三万五: the digit counts tenths of the multiplier before, unless 零 stands between
    if let Some(d) = pending {
        let above = if last == i16::MAX { last_scale } else { last };
        let tenth = above > 1 && above <= 8 && !zero && (last != i16::MAX || section == 0);
        section += if tenth {
            d * 10_i128.checked_pow((above - 1).unsigned_abs().into())?
        } else {
            d
        };
    }
    let value = Decimal::new(total.checked_add(section)?, 0);
    let shape = match chars {
        _ if bare => Shape::Bare,
        ['十'] => Shape::Single,
        [_] => Shape::Single,
        _ => Shape::Regular,
    };
    Some((value, shape, last_scale))
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
        match read(&Text::new(text), 0)? {
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
