//! Quotation marks that are not those of Chinese, or of its script.

use super::prose::{after, before, is_chinese, is_word, letters, marks};
use super::{Check, Draft, Level, Run, Text};
use crate::lang::{Lang, Locale};
use crate::span::Span;
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "zh-quote",
    level: Level::Warning,
    mqm: "linguistic-conventions/typography",
    page: include_str!("zh_quote.md"),
    run: Run::Text(run),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    if text.lang != Lang::Zh {
        return;
    }
    let straight = text.text.bytes().any(|b| matches!(b, b'"' | b'\''));
    if !straight && !text.text.contains(['“', '「', '‘']) {
        return;
    }
    if !text.text.contains(is_han) {
        return;
    }
    if straight {
        straights(text, '"', drafts);
        straights(text, '\'', drafts);
    }
    curly(text, drafts);
}

/// The quotation marks of a script: outer and inner ones.
fn wanted(locale: Locale) -> [[char; 2]; 2] {
    if locale.traditional() {
        [['「', '」'], ['『', '』']]
    } else {
        [['“', '”'], ['‘', '’']]
    }
}

/// Straight marks: in pairs as they come.
fn straights(text: &Text<'_>, mark: char, drafts: &mut Vec<Draft>) {
    let mut found: Vec<Span> = Vec::new();
    for (span, _) in letters(text).filter(|(_, c)| *c == mark) {
        if quotes(text, span, found.len() % 2 == 1) {
            found.push(span);
        }
    }
    let inner = mark == '\'';
    let all = marks(&[text]);
    let paired = found.len().is_multiple_of(2);
    for (i, pair) in found.chunks(2).enumerate() {
        let (Some(first), Some(end)) = (pair.first(), pair.last()) else {
            continue;
        };
        let inside = Span {
            start: first.end,
            end: end.start.max(first.end),
        };
        let touching = [before(text, first.start), after(text, end.end)];
        let english = !inside.of(text.text).contains(is_han)
            && !touching.into_iter().flatten().any(is_chinese);
        if paired && english {
            continue; // of an English clause
        }
        let nested = all.pairs.iter().any(|[open, close]| {
            "“「".contains(open.c) && open.span.end <= first.start && end.end <= close.span.start
        });
        let nested = nested || (inner && text.text.contains('"'));
        let [opens, closes] = wanted(text.locale)[usize::from(nested)];
        for (j, span) in pair.iter().enumerate() {
            let right = if j == 0 { opens } else { closes };
            let suggestions = if paired {
                vec![right.to_string()]
            } else if i == 0 && span.start == 0 {
                vec![opens.to_string(), closes.to_string()]
            } else {
                vec![closes.to_string(), opens.to_string()]
            };
            let message = if paired {
                format!("a straight quotation mark: Chinese has {right} here")
            } else {
                format!("a straight quotation mark: Chinese has {opens} or {closes}")
            };
            // A space inside is another fault, harder to see once the marks are right.
            let tight = inside.of(text.text).trim() == inside.of(text.text);
            let simple = tight && !inside.of(text.text).contains(['“', '”', '「', '」']);
            drafts.push(Draft {
                safe: paired && simple && !inner,
                suggestions,
                ..Draft::new(text.at(*span), message)
            });
        }
    }
}

/// Whether a straight mark quotes: it is no inch, minute, apostrophe or part of
/// markup. Behind a digit it quotes only if a quotation is open.
fn quotes(text: &Text<'_>, span: Span, open: bool) -> bool {
    let (prev, next) = (before(text, span.start), after(text, span.end));
    let measure = prev.is_some_and(|c| c.is_ascii_digit()) && !open;
    if matches!(prev, Some('\\' | '=')) || measure {
        return false;
    }
    // 's, workers': beside a letter it is an apostrophe.
    span.of(text.text) == "\""
        || !is_word(prev) && [prev, next].into_iter().flatten().any(is_chinese)
}

/// Curly marks and corner brackets: of the other script, or nested wrongly.
fn curly(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let all = marks(&[text]);
    if !all.lone.is_empty() {
        return; // said elsewhere; and how the others nest cannot be known
    }
    for [open, close] in &all.pairs {
        let inside = |c: char| {
            all.pairs.iter().any(|[o, e]| {
                o.c == c && o.span.start < open.span.start && close.span.end < e.span.end
            })
        };
        let wanted = match open.c {
            '「' if !text.locale.traditional() => ['“', '”'],
            '『' if !text.locale.traditional() => ['‘', '’'],
            '“' if inside('“') && !inside('‘') => ['‘', '’'],
            '「' if inside('「') && !inside('『') => ['『', '』'],
            _ => continue,
        };
        for (mark, right) in [(open, wanted[0]), (close, wanted[1])] {
            let message = if open.c == '“' || text.locale.traditional() {
                format!("{} inside other quotation marks is {right}", mark.c)
            } else {
                format!("{} is {right} in simplified Chinese", mark.c)
            };
            drafts.push(Draft {
                suggestions: vec![right.to_string()],
                ..Draft::new(text.at(mark.span), message)
            });
        }
    }
}
