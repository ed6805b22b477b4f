//! Parts of a whole and multiples: 三分之二, 百分之五, 三成, 八折, 三倍.

use super::numeral::{self, Numeral, Read, Shape};
use super::{connector, whole};
use crate::text::number::figures::{reduced, slash_fraction};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Kind, Value};

/// 三分之二, 百分之五, 千分之三, 百分之五至百分之十, 一半, `2/3`.
pub(super) fn fraction(text: &Text, i: usize) -> Option<Reading> {
    if let Some(end) = text.after(i, "半个百分点") {
        let half = Value::One(Decimal::new(5, -1));
        return Part::new(i, end, Kind::PercentPoints, half).alone();
    }
    if let Some(end) = text.after_any(i, &["一半", "半数"]) {
        let mut part = Part::new(i, end, Kind::Fraction, Value::Ratio(1, 2));
        part.soft = true;
        return part.alone();
    }
    if let Some((ratio, end)) = slash_fraction(text, i) {
        return Part::new(i, end, Kind::Fraction, ratio).alone();
    }
    let (part, power) = percent_words(text, i)
        .or_else(|| bare_parts(text, i))
        .or_else(|| {
            // 四千分之一 too
            let Read::Numeral(below) = numeral::read(text, i)? else {
                return None;
            };
            let (above, end, _, _) = whole(text, text.after(below.end, "分之")?)?;
            let below = below.value.whole()?;
            let (above, below) = (u64::try_from(above).ok()?, u64::try_from(below).ok()?);
            let mut part = Part::new(i, end, Kind::Fraction, reduced(above, below));
            part.soft = (above, below) == (1, 2); // a majority, half
            (below > 0).then_some((part, 0))
        })?;
    // 百分之五至百分之十, 百分之五至十
    if let (Some(next), Value::One(low)) = (connector(text, part.end), part.value) {
        let high = percent_words(text, next)
            .map(|(part, _)| (part.value, part.end))
            .or_else(|| {
                let Read::Numeral(n) = numeral::read(text, next)? else {
                    return None;
                };
                Some((Value::One(n.value.shifted(power)), n.end))
            });
        if let Some((Value::One(high), end)) =
            high.filter(|(high, _)| matches!(high, Value::One(high) if low < *high))
        {
            return Part::new(i, end, Kind::Percent, Value::Range(low, high)).alone();
        }
    }
    part.alone()
}

/// 三分二以上: with its 之 left out, as older laws write it.
fn bare_parts(text: &Text, i: usize) -> Option<(Part, i16)> {
    let (below, above) = (
        numeral::digit(text.get(i))?,
        numeral::digit(text.get(i + 2))?,
    );
    let fits = text.get(i + 1) == '分' && 0 < above && above < below && below < 10;
    let bounded = text.after_any(i + 3, &["以上", "以下", "之多"]).is_some();
    let ratio = reduced(above.unsigned_abs(), below.unsigned_abs());
    (fits && bounded).then(|| (Part::new(i, i + 3, Kind::Fraction, ratio), 0))
}

/// 百分之五, 千分之三, with the power of ten that makes percent of it.
pub(super) fn percent_words(text: &Text, i: usize) -> Option<(Part, i16)> {
    let (end, power) = [
        ("百分之", 0),
        ("千分之", -1),
        ("万分之", -2),
        ("100分之", 0),
    ]
    .into_iter()
    .find_map(|(word, power)| Some((text.after(i, word)?, power)))?;
    if text.after(end, "百").is_some() && numeral::multiplier(text.before(i)).is_none() {
        let part = Part::new(
            i,
            end + 1,
            Kind::Percent,
            Value::One(Decimal::from(100).shifted(power)),
        );
        return Some((Part { soft: true, ..part }, power));
    }
    let Read::Numeral(n) = numeral::read(text, end)? else {
        return None;
    };
    Some((
        Part::new(i, n.end, Kind::Percent, Value::One(n.value.shifted(power))),
        power,
    ))
}

/// 三成, 六成五, 八折, 翻两番.
pub(super) fn share(
    text: &Text,
    at: usize,
    start: usize,
    n: &Numeral,
    value: Decimal,
) -> Option<(Kind, Decimal, usize)> {
    let next = text.get(at + 1);
    if text.get(at) == '成' {
        // 成功, 成立; 一成不变; 统一成
        let word = "员立果为功本年分就长都语人熟品天交因效型套".contains(next)
            || text.after(at + 1, "不变").is_some()
            || text.get(start) == '一' && "统合归划单专为".contains(text.before(start));
        if word || value > Decimal::from(10) || n.scale > 0 {
            return None;
        }
        return match numeral::digit(next)
            .filter(|d| (1..10).contains(d) && n.shape == Shape::Single)
        {
            Some(d) => Some((
                Kind::Percent,
                value.shifted(1).plus(Decimal::from(d))?,
                at + 2,
            )),
            None => Some((Kind::Percent, value.shifted(1), at + 1)),
        };
    }
    if text.get(at) == '折' && !"叠扣磨射合旧腾线返".contains(next) {
        let tenths = if value < Decimal::from(10) {
            value.shifted(1)
        } else {
            value
        };
        let off = Decimal::from(100).plus(tenths.negated())?;
        return (!off.is_negative()).then_some((Kind::Discount, off, at + 1));
    }
    if text.get(at) == '番' && text.ends_any(start, &["翻", "翻了"]).is_some() {
        let turns = value.whole().filter(|turns| (1..=10).contains(turns))?;
        return Some((Kind::Times, Decimal::from(1 << turns), at + 1));
    }
    None
}

/// 增长3倍 is growth by three times; 增长到3倍 and 是三倍 are three times; 增长一倍 is doubling.
pub(super) fn multiple(text: &Text, part: &mut Part, value: Decimal, kind: Kind) -> Kind {
    let before = ["约", "近", "逾", "超过", "超", "将近", "了", "大约"];
    let mut at = part.start;
    while let Some(start) = text.ends_any(at, &before) {
        at = start;
    }
    let grows = text
        .ends_any(at, &["至多", "最多", "许多", "最高", "至高"])
        .is_none()
        && text
            .ends_any(
                at,
                &[
                    "翻", "增长", "增加", "提高", "上升", "上涨", "扩大", "高出", "多出", "增",
                    "涨", "多", "高", "加",
                ],
            )
            .is_some();
    if !grows {
        return kind;
    }
    if value == Decimal::from(1) {
        part.value = Value::One(Decimal::from(2));
        return kind;
    }
    Kind::TimesMore
}
