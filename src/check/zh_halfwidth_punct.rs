//! Half-width punctuation beside Han characters.

use super::bibliography::without_entries;
use super::prose::{after, before, han, is_chinese, is_word, letters, marks};
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "zh-halfwidth-punct",
    level: Level::Warning,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_halfwidth_punct.md"),
    run: Run::Texts(run, without_entries),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let telling = |b| matches!(b, b',' | b'.' | b':' | b';' | b'?' | b'!' | b'(');
    if text.lang != Lang::Zh || !text.text.bytes().any(telling) {
        return;
    }
    let mut last = 0;
    for (span, c) in letters(text) {
        if span.start >= last && ",.:;?!".contains(c) {
            let run = same(text, span);
            last = run.end;
            stop(text, run, c, drafts);
        }
    }
    brackets(text, drafts);
}

/// A mark with the marks behind it: `?!`, `...`.
fn same(text: &Text<'_>, span: Span) -> Span {
    let rest = halves(text.text, span.start as usize).1;
    let len = rest.bytes().take_while(|b| b",.:;?!".contains(b)).count();
    Span {
        end: span.start + len as u32,
        ..span
    }
}

fn stop(text: &Text<'_>, run: Span, c: char, drafts: &mut Vec<Draft>) {
    let written = run.of(text.text);
    // `...`, `::` and the like are something else; `?!` is one mark.
    let one = run.len() == 1 || written.bytes().all(|b| matches!(b, b'?' | b'!'));
    let (prev, next) = (before(text, run.start), after(text, run.end));
    if !one || prev == Some('\\') {
        return;
    }
    // A bracket or straight mark is half-width only until it is mended, too.
    let left = prev.is_some_and(|c| is_han(c) || "”’）》〉】」』".contains(c))
        || (matches!(prev, Some('"' | ')')) && han(before(text, run.start - 1)));
    let wide = match c {
        ',' => "，",
        '.' => "。",
        ':' => "：",
        ';' => "；",
        _ => "",
    };
    let wide = if wide.is_empty() {
        written.replace('?', "？").replace('!', "！")
    } else {
        wide.to_owned()
    };
    let fits = match c {
        '.' => left && full_stop(text, run, next),
        // 三:二 is a ratio.
        ':' if numeral(prev) && numeral(next) => false,
        '!' | '?' => left && !matches!(next, Some('=' | '[')),
        ',' | ';' | ':' if left => true,
        // An English word before it: only where Chinese goes on behind it.
        _ => han(next) && is_word(prev) && !entity(text, run) && c != '.',
    };
    if !fits {
        return;
    }
    let span = with_spaces(text, run);
    let gentle = !left;
    let message = format!("“{written}” beside a Chinese character is written “{wide}”");
    drafts.push(Draft {
        at_most: if gentle {
            Severity::Note
        } else {
            Severity::Error
        },
        // 约翰.史密斯 may want a middle dot, so a full stop between two Han characters is not sure.
        safe: left && (c != '.' || !han(next)) && !in_address(text, run),
        suggestions: vec![wide],
        ..Draft::new(text.at(span), message)
    });
}

/// Whether a `.` behind a Han character ends a sentence.
fn full_stop(text: &Text<'_>, run: Span, next: Option<char>) -> bool {
    let head = halves(text.text, run.start as usize).0.trim_start();
    // 一. and 第二. number a heading: another rule's.
    let number = head.chars().count() <= 5 && head.chars().all(|c| numeral(Some(c)) || c == '第');
    let decimal = numeral(before(text, run.start)) && numeral(next);
    let ends = next.is_none_or(|c| c.is_whitespace() || is_chinese(c) || c == '"' || c == ')');
    ends && !number && !decimal
}

fn numeral(c: Option<char>) -> bool {
    c.is_some_and(|c| "零〇一二三四五六七八九十百千甲乙丙丁".contains(c))
}

/// Whether a `;` ends a character reference (`&amp;`).
fn entity(text: &Text<'_>, run: Span) -> bool {
    let head = halves(text.text, run.start as usize).0;
    let name = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.ends_with('&') && name.len() < head.len()
}

/// Whether a mark may still be of an address: it goes on in Han characters behind what is a code.
fn in_address(text: &Text<'_>, run: Span) -> bool {
    let last = text.codes.partition_point(|code| code.end <= run.start);
    let Some(code) = last.checked_sub(1).and_then(|i| text.codes.get(i)) else {
        return false;
    };
    let between = Span {
        start: code.end,
        end: run.start,
    };
    let apart = |c: char| c.is_whitespace() || (is_chinese(c) && !is_han(c));
    code.of(text.text).contains("://")
        && !code.of(text.text).starts_with(['<', ']'])
        && !between.of(text.text).contains(apart)
}

/// A mark with the spaces behind it, which a full-width mark does without.
fn with_spaces(text: &Text<'_>, run: Span) -> Span {
    let rest = halves(text.text, run.end as usize).1;
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let end = run.end + spaces as u32;
    let follows = rest.trim_start_matches(' ').chars().next();
    let plain = follows.is_some_and(|c| is_chinese(c) || c.is_alphanumeric() || "([\"".contains(c));
    let code = text.in_code(Span {
        start: end,
        end: end + 1,
    });
    // The bracket of a link is a code, but no space belongs before it either.
    if spaces == 0 || !plain || (code && follows != Some('[')) {
        return run;
    }
    Span { end, ..run }
}

/// Brackets: both or none of a pair.
fn brackets(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if !text.text.contains('(') {
        return;
    }
    for [open, close] in marks(&[text]).pairs {
        if (open.c, close.c) != ('(', ')') {
            continue;
        }
        let inside = Span {
            start: open.span.end,
            end: close.span.start,
        };
        let content = inside.of(text.text);
        let chinese = content.chars().any(is_han);
        let (prev, next) = (before(text, open.span.start), after(text, close.span.end));
        let touches = han(prev) || han(next) || chinese;
        // 保存(&S) has the key of a menu in it.
        let numbering = is_number(content) || content.starts_with('&') && content.len() == 2;
        // item(s), f(x)的值
        let call = is_word(prev) && !chinese;
        if !touches || numbering || call || prev == Some('\\') {
            continue;
        }
        for (mark, wide) in [(open, "（"), (close, "）")] {
            let span = around(text, mark.span, mark.c == '(');
            let message = format!(
                "“{}” beside a Chinese character is written “{wide}”",
                mark.c
            );
            drafts.push(Draft {
                // Many house styles keep half-width brackets around an English original.
                at_most: if chinese {
                    Severity::Error
                } else {
                    Severity::Note
                },
                safe: chinese,
                suggestions: vec![wide.to_owned()],
                ..Draft::new(text.at(span), message)
            });
        }
    }
}

/// Whether brackets hold the number of an item: (1), (a), (iv), (一).
fn is_number(content: &str) -> bool {
    let of = |test: fn(char) -> bool| content.chars().all(test);
    let short = content.chars().count() <= 4;
    short
        && (of(|c| c.is_ascii_digit())
            || of(|c| matches!(c, 'i' | 'v' | 'x'))
            || of(|c| numeral(Some(c)))
            || (content.len() == 1 && of(|c| c.is_ascii_alphabetic())))
}

/// A bracket with the space outside of it, which a full-width one does without.
fn around(text: &Text<'_>, mark: Span, opens: bool) -> Span {
    let (head, rest) = (
        halves(text.text, mark.start as usize).0,
        halves(text.text, mark.end as usize).1,
    );
    if opens
        && head
            .strip_suffix(' ')
            .is_some_and(|h| h.ends_with(is_chinese))
    {
        return Span {
            start: mark.start - 1,
            ..mark
        };
    }
    if !opens
        && rest
            .strip_prefix(' ')
            .is_some_and(|r| r.starts_with(is_chinese))
    {
        return Span {
            end: mark.end + 1,
            ..mark
        };
    }
    mark
}
