//! Ellipses, dashes and range marks written with other characters.

use super::prose::{after, before, han, is_chinese};
use super::{Check, Draft, Level, Run, Text};
use crate::lang::Lang;
use crate::span::{Span, halves};

pub(super) const CHECK: Check = Check {
    id: "zh-ellipsis-dash",
    level: Level::Note,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_ellipsis_dash.md"),
    run: Run::Text(run),
};

const MARKS: [char; 6] = ['.', '。', '…', '—', '-', '~'];

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::Zh || !text.text.contains(['.', '。', '…', '—', '-', '~']) {
        return;
    }
    let mut end = 0;
    for (at, c) in text.text.char_indices() {
        if at < end || !MARKS.contains(&c) {
            continue;
        }
        let rest = halves(text.text, at).1;
        let count = rest.chars().take_while(|d| *d == c).count();
        let span = Span::new(at, at + count * c.len_utf8());
        end = span.end as usize;
        if text.in_code(span) {
            continue;
        }
        let (prev, next) = (before(text, span.start), after(text, span.end));
        let beside = prev.is_some_and(is_chinese) || next.is_some_and(is_chinese);
        let between = han(prev) && han(next);
        // A cut in a quotation: […], (...).
        let cut = matches!(
            (prev, next),
            (Some('[' | '(' | '（' | '〔'), Some(']' | ')' | '）' | '〕'))
        );
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (right, safe) = match (c, count) {
            ('.', 3 | 6) if han(prev) => ("……", true),
            ('。', 3..=6) => ("……", true),
            ('…', 1) if beside && !cut => ("……", han(prev)),
            // A single one also joins places and years (京—沪), or is a scanned 一: only a hint.
            ('—', 1) if between => ("", false),
            ('-', 2) if between => ("——", true),
            ('~', 1) if digits(prev) && digits(next) => ("～", false),
            _ => continue,
        };
        let written = span.of(text.text);
        let (suggestions, message) = if right.is_empty() {
            let message = "a single “—” between Chinese characters: the dash is “——”";
            (Vec::new(), message.to_owned())
        } else {
            let message = format!("“{written}” is written “{right}” in Chinese");
            (vec![right.to_owned()], message)
        };
        drafts.push(Draft {
            suggestions,
            safe,
            ..Draft::new(text.at(span), message)
        });
    }
}
