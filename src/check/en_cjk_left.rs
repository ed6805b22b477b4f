//! Han characters and full-width punctuation in English.

use super::prose::{after, before, enclosed, han, is_word, letters};
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::{is_han, quoted};
use crate::text::code::only_dresses;

pub(super) const CHECK: Check = Check {
    id: "en-cjk-left",
    level: Level::Error,
    mqm: "accuracy/untranslated",
    page: include_str!("en_cjk_left.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    // Han and full-width marks begin with one of these bytes, “ ” and é do not.
    let telling = |b: u8| matches!(b, 0xE3..=0xE9 | 0xEF | 0xF0);
    if text.lang != Lang::En || !text.text.bytes().any(telling) {
        return;
    }
    // A name of the other language stands alone (中文 in a list of languages).
    if !text.text.contains(|c: char| c.is_ascii_alphabetic()) {
        return;
    }
    let apart = enclosed(text);
    let mut run: Option<Span> = None;
    let first = drafts.len();
    for (span, c) in letters(text) {
        if is_han(c) {
            match &mut run {
                Some(run) if run.end == span.start => run.end = span.end,
                _ => {
                    if let Some(run) = run {
                        left(text, run, &apart, drafts);
                    }
                    run = Some(span);
                }
            }
        } else if let Some(right) = narrow(c) {
            mark(text, span, c, right, drafts);
        }
    }
    if let Some(run) = run {
        left(text, run, &apart, drafts);
    }
    let own = drafts.split_off(first);
    drafts.extend(bracketed(text, own));
}

/// Makes one finding of the two brackets of a pair.
fn bracketed(text: &Text<'_>, found: Vec<Draft>) -> Vec<Draft> {
    let is = |draft: &Draft, c: &str| draft.at.span.of(text.text) == c;
    let mut kept: Vec<Draft> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for draft in found {
        if is(&draft, "（") {
            open.push(kept.len());
        } else if is(&draft, "）")
            && let Some(first) = open.pop().and_then(|i| kept.get_mut(i))
        {
            let inside = Span {
                start: first.at.span.end,
                end: draft.at.span.start,
            };
            let written = |draft: &Draft| draft.suggestions.concat();
            let whole = format!(
                "{}{}{}",
                written(first),
                inside.of(text.text),
                written(&draft)
            );
            first.at.span.end = draft.at.span.end;
            first.message = String::from("“（）” in English are written “()”");
            first.suggestions = vec![whole];
            continue;
        }
        kept.push(draft);
    }
    kept
}

/// A run of Han characters.
fn left(text: &Text<'_>, run: Span, apart: &[Span], drafts: &mut Vec<Draft>) {
    let given = apart.iter().any(|span| span.contains(run));
    let term = text.all.iter().any(|hit| hit.span.contains(run));
    if given || term || dressed(text, run) {
        return;
    }
    let written = run.of(text.text);
    drafts.push(Draft {
        at_most: if text.other.contains(written) {
            Severity::Error
        } else {
            // An English text may be about Chinese words.
            Severity::Note
        },
        ..Draft::new(
            text.at(run),
            format!(
                "{} is not English, and not in brackets or quotation marks",
                quoted(written)
            ),
        )
    });
}

/// Whether emphasis or a link sets a run apart.
fn dressed(text: &Text<'_>, run: Span) -> bool {
    let mut codes = text.codes.iter();
    codes.any(|code| code.end == run.start && only_dresses(code.of(text.text)))
}

/// What a full-width mark is in English; title marks are another rule's.
fn narrow(c: char) -> Option<&'static str> {
    Some(match c {
        '，' | '、' => ",",
        '。' | '．' => ".",
        '；' => ";",
        '：' => ":",
        '？' => "?",
        '！' => "!",
        '（' => "(",
        '）' => ")",
        '％' => "%",
        '～' => "–",
        '\u{3000}' => " ",
        _ => return None,
    })
}

fn mark(text: &Text<'_>, span: Span, c: char, right: &str, drafts: &mut Vec<Draft>) {
    let (prev, next) = (before(text, span.start), after(text, span.end));
    // What stands between Han characters goes with them.
    let chinese = match c {
        '（' => han(prev),
        '）' => han(next) || (han(prev) && next.is_none()),
        _ => han(prev) || han(next),
    };
    if chinese || (c == '\u{3000}' && (prev.is_none() || next.is_none())) {
        return;
    }
    let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let digits = [prev, next]
        .iter()
        .all(|c| c.is_some_and(|c| c.is_ascii_digit()));
    let written = match c {
        '（' if is_word(prev) => format!(" {right}"),
        '，' | '、' | '。' | '；' | '：' | '？' | '！' | '）' if is_word(next) && !digits =>
        {
            format!("{right} ")
        }
        _ => right.to_owned(),
    };
    let plain = !digits && is_word(prev) && (spaced(next) || is_word(next));
    drafts.push(Draft {
        at_most: if text.other.is_empty() {
            Severity::Warning
        } else {
            Severity::Error
        },
        safe: plain && matches!(c, '，' | '。' | '；' | '：' | '？' | '！') && !glued(text, span),
        suggestions: vec![written],
        ..Draft::new(
            text.at(span),
            format!("“{c}” in English is written “{}”", right.trim()),
        )
    });
}

/// Whether a mark stands right beside a code, where a space could change what it is.
fn glued(text: &Text<'_>, span: Span) -> bool {
    let wide = Span {
        start: span.start.saturating_sub(1),
        end: span.end + 1,
    };
    let rest = halves(text.text, span.end as usize).1;
    text.in_code(wide) || rest.starts_with(['*', '_', '`'])
}
