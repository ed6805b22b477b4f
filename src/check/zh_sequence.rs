//! Numbers of headings and items with the wrong mark behind them.

use super::{Check, Draft, Level, Run, Text};
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "zh-sequence",
    level: Level::Note,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_sequence.md"),
    run: Run::Text(run),
};

/// GB/T 15834-2011, appendix B.3: 一、 but 1. and （一） with nothing behind it.
fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::Zh {
        return;
    }
    let start = text.text.len() - text.text.trim_start().len();
    let head = halves(text.text, start).1;
    let Some((number, mark, rest)) = numbered(head) else {
        return;
    };
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let bracket = number.starts_with(['（', '(']);
    let right = match mark {
        '、' if digits => ".",
        '、' if bracket => "",
        '.' | '．' if !digits && !bracket => "、",
        _ => return,
    };
    // 1、2月 is a list of months, 三.五 a decimal.
    let named = rest
        .trim_start()
        .starts_with(|c: char| is_han(c) || c.is_alphabetic() || "“《".contains(c));
    if !named || (!digits && rest.starts_with(numeral)) {
        return;
    }
    let at = start + number.len();
    let spaces = if right == "、" {
        rest.len() - rest.trim_start_matches(' ').len()
    } else {
        0
    };
    let span = Span::new(at, at + mark.len_utf8() + spaces);
    let message = if right.is_empty() {
        format!("behind “{number}” stands no “{mark}”")
    } else {
        format!("behind “{number}” stands “{right}”, not “{mark}”")
    };
    drafts.push(Draft {
        suggestions: vec![right.to_owned()],
        ..Draft::new(text.at(span), message)
    });
}

/// A number at the beginning, the mark behind it, and what follows.
fn numbered(head: &str) -> Option<(&str, char, &str)> {
    let bracket = head.starts_with(['（', '(']);
    let (open, body) = if bracket {
        halves(head, head.chars().next()?.len_utf8())
    } else {
        ("", head)
    };
    let digits = body.starts_with(|c: char| c.is_ascii_digit());
    let is_part = |c: char| {
        if digits {
            c.is_ascii_digit()
        } else {
            numeral(c)
        }
    };
    let len: usize = body
        .chars()
        .take_while(|c| is_part(*c))
        .map(char::len_utf8)
        .sum();
    if len == 0 || len > 9 {
        return None;
    }
    let mut end = open.len() + len;
    if bracket {
        let close = halves(head, end).1.chars().next()?;
        if !matches!(close, '）' | ')') {
            return None;
        }
        end += close.len_utf8();
    }
    let (number, rest) = halves(head, end);
    let mark = rest.chars().next()?;
    Some((number, mark, halves(rest, mark.len_utf8()).1))
}

fn numeral(c: char) -> bool {
    "一二三四五六七八九十百".contains(c)
}
