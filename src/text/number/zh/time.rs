//! Times of day and parts of a year in Chinese.

use super::{small, whole};
use crate::text::number::figures::{colon_clock, half_year};
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Kind, Unit, Value};

/// `14:30`, 下午2时30分, 上午十点, 14时.
pub(super) fn clock(text: &Text, i: usize) -> Option<Reading> {
    const PARTS: &[&str] = &[
        "上午", "下午", "晚上", "晚间", "傍晚", "凌晨", "清晨", "早上", "早晨", "中午", "夜间",
        "晚", "早",
    ];
    let part_end = text.after_any(i, PARTS);
    let at = text.spaces(part_end.unwrap_or(i));
    if let Some((minutes, end)) = colon_clock(text, at) {
        let minutes = if part_end.is_some() && afternoon(text, i) && minutes < 720 {
            minutes + 720
        } else {
            minutes
        };
        return Part::new(i, end, Kind::Clock, Value::One(Decimal::from(minutes))).alone();
    }
    let (hour, end) = small(text, at)?;
    let o_clock = text.get(end) == '点';
    let mut after = if o_clock {
        end + 1
    } else {
        text.after(end, "时")?
    };
    if hour > 24
        || !o_clock
            && matches!(
                text.get(after),
                '间' | '代' | '期' | '候' | '段' | '空' | '常'
            )
    {
        return None;
    }
    let mut minutes = i64::from(hour) * 60;
    let mut said = part_end.is_some();
    if let Some((minute, end)) = small(text, after).filter(|(minute, _)| *minute < 60) {
        if let Some(end) = text.after(end, "分").filter(|&end| text.get(end) != '之') {
            minutes += i64::from(minute);
            after = end;
            said = true;
        } else if o_clock && text.get(end) == '刻' && (1..=3).contains(&minute) {
            minutes += i64::from(minute) * 15;
            after = end + 1;
            said = true;
        }
    } else if let Some(end) = text
        .after_any(after, &["半", "整", "钟"])
        .filter(|_| text.get(after + 1) != '数')
    {
        minutes += if text.get(after) == '半' { 30 } else { 0 };
        after = end;
        said = true;
    }
    if o_clock && !said {
        return None; // 三点要求
    }
    if part_end.is_some() && afternoon(text, i) && hour < 12 {
        minutes += 720;
    }
    Part::new(i, after, Kind::Clock, Value::One(Decimal::from(minutes))).alone()
}

pub(super) fn afternoon(text: &Text, i: usize) -> bool {
    text.after_any(i, &["下午", "晚", "傍晚"]).is_some()
}

/// 前三季度, 前三个季度: from the first on. The other language may count months for them.
fn first_quarters(text: &Text, i: usize) -> Option<Reading> {
    let at = text.after_any(i, &["前", "头"])?;
    let (last, end, ..) = whole(text, text.spaces(at))?;
    let end = text.after_any(text.spaces(end), &["个季度", "季度", "季"])?;
    if !(2..=3).contains(&last) {
        return None;
    }
    let quarters = Value::Range(1.into(), last.into());
    let mut part = Part::new(i, end, Kind::Quarter, quarters);
    part.soft = true;
    part.alone()
}

/// 第三季度, 一季度, 上半年, 前三季度.
pub(super) fn period(text: &Text, i: usize) -> Option<Reading> {
    if let Some(quarters) = first_quarters(text, i) {
        return Some(quarters);
    }
    if let Some((half, end)) = half_year(text, i) {
        return Part::of(i, end, Kind::HalfYear, half).alone();
    }
    if let Some(after) = text.after(i, "上半年") {
        return Part::new(i, after, Kind::HalfYear, Value::One(Decimal::from(1))).alone();
    }
    if let Some(after) = text.after(i, "下半年") {
        return Part::new(i, after, Kind::HalfYear, Value::One(Decimal::from(2))).alone();
    }
    if let Some(after) = text.after(i, "半年")
        && !"上下前后大小多".contains(text.before(i))
        && !matches!(text.get(after), '报' | '度' | '刊' | '会')
    {
        let months = Unit::named("month").map(Kind::Measure)?;
        let mut part = Part::of(i, after, months, 6);
        part.soft = true; // half a year, semiannual
        return part.alone();
    }
    let at = if text.get(i) == '第' {
        text.spaces(i + 1)
    } else {
        i
    };
    let (value, end, _, _) = whole(text, at)?;
    let after = text.after_any(text.spaces(end), &["季度", "季"])?;
    let sure = at > i || text.before(after) == '度';
    if !(1..=4).contains(&value) || !sure || matches!(text.before(i), '前' | '个' | '后' | '头')
    {
        return None;
    }
    Part::new(i, after, Kind::Quarter, Value::One(Decimal::from(value))).alone()
}
