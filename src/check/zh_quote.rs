//! Quotation marks that are not those of Chinese, or of its script.

use super::prose::{Mark, after, before, is_chinese, is_word, letters, marks};
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
    let spoken = speech(text, found.first());
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
        let within = inside.of(text.text);
        if paired {
            // A space inside is another fault, harder to see once the marks are right.
            let tight = within.trim() == within;
            let simple = tight && !within.contains(['“', '”', '「', '」']);
            // Two marks of one quotation do not stand on both sides of an edge of another.
            let holds = |other: &Mark| first.end <= other.span.start && other.span.end <= end.start;
            let crossed = all
                .pairs
                .iter()
                .any(|[open, close]| holds(open) != holds(close));
            let behind = found.get(2 * i + 2).map(|next| (end, next));
            let ahead = (2 * i).checked_sub(1).and_then(|at| found.get(at));
            let mut gaps = ahead.map(|last| (last, first)).into_iter().chain(behind);
            let separate = !spoken || gaps.all(|(last, next)| apart(text, *last, *next));
            drafts.push(Draft {
                safe: simple && !inner && !crossed && separate,
                suggestions: vec![format!("{opens}{within}{closes}")],
                ..Draft::new(
                    text.at(around(*first, *end)),
                    format!("straight quotation marks: Chinese has {opens} {closes} here"),
                )
            });
            continue;
        }
        for span in pair {
            let mut suggestions = vec![closes.to_string(), opens.to_string()];
            if i == 0 && span.start == 0 {
                suggestions.reverse();
            }
            drafts.push(Draft {
                suggestions,
                ..Draft::new(
                    text.at(*span),
                    format!("a straight quotation mark: Chinese has {opens} or {closes}"),
                )
            });
        }
    }
}

/// Whether the marks may begin with those of what somebody says, which has others inside.
fn speech(text: &Text<'_>, first: Option<&Span>) -> bool {
    first.is_some_and(|first| {
        before(text, first.start).is_none_or(|c| c.is_whitespace() || "：:，,。".contains(c))
    })
}

/// Whether what stands between two pairs can be no quotation inside another one, so
/// that the pairs as they come are those that were meant.
fn apart(text: &Text<'_>, last: Span, next: Span) -> bool {
    let between = Span {
        start: last.end,
        end: next.start.max(last.end),
    };
    let between = between.of(text.text);
    let goes_on = |c: char| c.is_whitespace() || "，。；：！？、）》〉】,.;:!?)".contains(c);
    let leads_in = |c: char| c.is_whitespace() || "：、:".contains(c);
    let joined = ["", "和", "与", "與", "及", "或", "以及", "或者"];
    joined.contains(&between)
        || after(text, last.end).is_some_and(goes_on)
        || before(text, next.start).is_some_and(leads_in)
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
        let holds = |c: char| {
            all.pairs.iter().any(|[o, e]| {
                o.c == c && open.span.start < o.span.start && e.span.end < close.span.end
            })
        };
        let outside = match open.c {
            '‘' => !text.locale.traditional() && !inside('“') && holds('“'),
            '『' => text.locale.traditional() && !inside('「') && holds('「'),
            _ => false,
        };
        let wanted = match open.c {
            _ if outside => wanted(text.locale)[0],
            '「' if !text.locale.traditional() => ['“', '”'],
            '『' if !text.locale.traditional() => ['‘', '’'],
            '“' if inside('“') && !inside('‘') => ['‘', '’'],
            '「' if inside('「') && !inside('『') => ['『', '』'],
            _ => continue,
        };
        let [opens, closes] = wanted;
        let where_ = if outside {
            "around other quotation marks"
        } else if open.c == '“' || text.locale.traditional() {
            "inside other quotation marks"
        } else {
            "in simplified Chinese"
        };
        let message = format!("{} {} {where_} are {opens} {closes}", open.c, close.c);
        let inside = Span {
            start: open.span.end,
            end: close.span.start,
        };
        let within = inside.of(text.text);
        let within = if outside {
            inner(within)
        } else {
            within.to_owned()
        };
        drafts.push(Draft {
            suggestions: vec![format!("{opens}{within}{closes}")],
            ..Draft::new(text.at(around(open.span, close.span)), message)
        });
    }
}

/// A text whose outer marks are inner ones now.
fn inner(text: &str) -> String {
    let turned = |c| match c {
        '“' => '‘',
        '”' => '’',
        '「' => '『',
        '」' => '』',
        c => c,
    };
    text.chars().map(turned).collect()
}

/// From an opening mark to the one that closes.
fn around(open: Span, close: Span) -> Span {
    Span {
        start: open.start,
        end: close.end,
    }
}
