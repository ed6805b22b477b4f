//! Places in an order: 第119届, 第三条, 二十大, numbering.

use super::numeral::{self, Shape};
use super::whole;
use crate::text::number::part::{Part, Reading};
use crate::text::number::text::Text;
use crate::text::number::{Decimal, Form, Kind, Value};

/// 第119届, 第三条; 四中全会, 二十大.
pub(super) fn ordinal(text: &Text, i: usize) -> Option<Reading> {
    if let Some(pointed) = pointed(text, i) {
        return Some(pointed);
    }
    if text.get(i) == '第' {
        let (value, end, _, shape) = whole(text, text.spaces(i + 1))?;
        let mut part = Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value)));
        part.soft = shape == Shape::Single && value <= 3;
        // Article 3, No. 14110, Public Law 117-167: a label, and no third
        let tail = text.while_at(end, |c| c.is_ascii_digit() || c == '-');
        if "号条章节页卷".contains(text.get(text.spaces(tail))) {
            part.form = Form::Label;
        }
        part.end = text.after(text.spaces(end), "届").unwrap_or(end);
        return Some(sub_numbered(text, part));
    }
    // 附表二, 附件三
    if text
        .ends_any(i, &["附表", "附件", "附图", "附录", "附圖", "附錄"])
        .is_some()
    {
        let (value, end, ..) = whole(text, i)?;
        let mut part = Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value)));
        part.soft = value == 1; // Attached Table One
        part.form = Form::Label;
        return part.alone();
    }
    let (value, end, _, shape) = whole(text, i)?;
    let congress = text.get(end) == '大' && shape == Shape::Regular && (11..=40).contains(&value);
    if congress || text.after(end, "中全会").is_some() {
        return Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value))).alone();
    }
    if text.after(end, "届").is_some() && shape != Shape::Single {
        return Part::new(i, end, Kind::Ordinal, Value::One(Decimal::from(value))).alone();
    }
    // （一）, 一、: numbering
    let opened = text.before(i) == '(' && text.get(end) == ')';
    let begins = i == 0 || matches!(text.before(i), '\n' | '。' | '；' | '：' | ':' | ';' | ' ');
    let listed = begins && text.get(end) == '、' && numeral::digit(text.get(end + 1)).is_none();
    // 十一　國際貿易政策: a heading's
    let heads = (i == 0 || text.before(i) == '\n')
        && shape != Shape::Digits
        && text.get(end).is_whitespace();
    if opened || listed || heads {
        let mut part = Part::new(i, end, Kind::Number, Value::One(Decimal::from(value)));
        part.soft = true;
        return part.alone();
    }
    None
}

/// 第744.21条: two numbers, joined by a point.
fn pointed(text: &Text, i: usize) -> Option<Reading> {
    let literal = text
        .literal(text.after(i, "第")?)
        .filter(|l| l.places > 0)?;
    let (point, end) = (literal.end - usize::from(literal.places) - 1, literal.end);
    let named = matches!(text.get(text.spaces(end)), '条' | '款' | '节' | '章' | '项');
    let whole = |from, to| text.string(from, to).parse::<i64>().ok();
    let parts = vec![
        Part::of(i, point, Kind::Number, whole(i + 1, point)?),
        Part::of(point + 1, end, Kind::Number, whole(point + 1, end)?),
    ];
    named.then_some(Reading { parts, end })
}

/// 第五十三条之一 is Article 53-1: the number after 之 is one of its own.
pub(super) fn sub_numbered(text: &Text, part: Part) -> Reading {
    let mut reading = Reading {
        parts: vec![part],
        end: part.end,
    };
    if let Some(after) = text.after_any(part.end, &["条之", "點之", "点之", "款之", "项之"])
        && let Some((value, end, ..)) = whole(text, after)
    {
        let part = Part {
            soft: true,
            ..Part::new(after, end, Kind::Number, Value::One(Decimal::from(value)))
        };
        reading.parts.push(part);
        reading.end = end;
    }
    reading
}
