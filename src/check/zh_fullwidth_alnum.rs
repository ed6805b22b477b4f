//! Letters and digits in full width.

use super::prose::letters;
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::model::document::Block;
use crate::span::Span;
use crate::text::chars::quoted;

pub(super) const CHECK: Check = Check {
    id: "zh-fullwidth-alnum",
    level: Level::Warning,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_fullwidth_alnum.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    // The first two bytes of nearly all of them.
    if !text.text.bytes().any(|b| b == 0xEF) {
        return;
    }
    let mut runs: Vec<Span> = Vec::new();
    for (span, c) in letters(text) {
        let joins = c == '．' && runs.last().is_some_and(|run| run.end == span.start);
        if !is_wide(c) && !joins {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == span.start => run.end = span.end,
            _ => runs.push(span),
        }
    }
    for run in runs {
        let written = run.of(text.text).trim_end_matches('．');
        let span = Span {
            end: run.start + written.len() as u32,
            ..run
        };
        let narrow: String = written.chars().map(narrow).collect();
        let message = format!("{} is in full width", quoted(written));
        drafts.push(Draft {
            // In a table they may be there to line up.
            at_most: match text.block {
                Block::Cell => Severity::Note,
                _ => Severity::Error,
            },
            safe: text.block != Block::Cell,
            suggestions: vec![narrow],
            ..Draft::new(text.at(span), message)
        });
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The ASCII character of a full-width one.
fn narrow(c: char) -> char {
    let code = u32::from(c).checked_sub(0xFEE0);
    code.and_then(char::from_u32).unwrap_or(c)
}
