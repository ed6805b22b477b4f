//! Brackets, quotation and title marks without a partner, or with one of another width.

use super::prose::{Mark, Marks, SIDES, after, before, marks, paragraphs};
use super::{Check, Draft, Level, Paper, Run, Text};
use crate::finding::Severity;
use crate::lang::Lang;
use crate::span::halves;
use crate::text::chars::is_han;

pub(super) const CHECK: Check = Check {
    id: "punct-pair",
    level: Level::Warning,
    mqm: "linguistic-conventions/punctuation",
    page: include_str!("punct_pair.md"),
    run: Run::Paper(run),
};

fn run(paper: &Paper<'_>, drafts: &mut Vec<Draft>) {
    for side in SIDES {
        let mut open: Option<(Mark, &Text<'_>)> = None;
        for texts in paragraphs(paper, side) {
            // A quotation of several paragraphs opens anew in each and closes in the last.
            let found = marks(&texts);
            if let Some((mark, text)) = open.take()
                && !goes_on(mark, &texts, &found)
            {
                lone(text, mark, drafts);
            }
            // Beside a mark without a partner it is not sure which belong together.
            let sure = found.lone.is_empty();
            for mark in found.lone {
                let Some(text) = texts.get(mark.text) else {
                    continue;
                };
                if innocent(text, mark) {
                    continue;
                }
                if matches!(mark.c, '“' | '「') {
                    if let Some((before, text)) = open.replace((mark, *text)) {
                        lone(text, before, drafts);
                    }
                } else {
                    lone(text, mark, drafts);
                }
            }
            for pair in found.pairs {
                width(&texts, pair, sure, drafts);
            }
        }
        if let Some((mark, text)) = open {
            lone(text, mark, drafts);
        }
    }
}

fn lone(text: &Text<'_>, mark: Mark, drafts: &mut Vec<Draft>) {
    drafts.push(Draft::new(
        text.at(mark.span),
        format!("{} has no partner in its paragraph", mark.c),
    ));
}

/// Whether a paragraph goes on with a quotation that the one before opened and did not close: it
/// opens anew, and where the mark does not begin its own paragraph, closes at its end or not at all.
fn goes_on(mark: Mark, texts: &[&Text<'_>], found: &Marks) -> bool {
    let first = texts.first().map_or("", |t| t.text);
    let begins = |mark: &Mark| mark.text == 0 && mark.span.start == 0;
    let ends = |close: &Mark| {
        let last = texts.last().map_or("", |t| t.text.trim_end());
        close.text + 1 == texts.len() && close.span.end as usize == last.len()
    };
    let mut pairs = found.pairs.iter();
    let pair = pairs.find(|[open, _]| begins(open));
    first.starts_with(mark.c) && (begins(&mark) || pair.is_none_or(|[_, close]| ends(close)))
}

/// A lone mark that is none of a pair: `a)`, `1）`, `:)`, an apostrophe, ‘90s.
fn innocent(text: &Text<'_>, mark: Mark) -> bool {
    let head = halves(text.text, mark.span.start as usize).0;
    let (prev, next) = (before(text, mark.span.start), after(text, mark.span.end));
    match mark.c {
        '‘' => text.lang == Lang::En || next.is_some_and(|c| c.is_ascii_digit()),
        ')' | '）' => {
            let label = head
                .rsplit(|c: char| c.is_whitespace() || "，。；：、,;(（".contains(c))
                .next()
                .unwrap_or_default();
            let numeral = |c: char| {
                c.is_alphanumeric() && (!is_han(c) || "一二三四五六七八九十甲乙丙丁".contains(c))
            };
            let label = !label.is_empty()
                && label.chars().count() <= 4
                && label.chars().all(|c| numeral(c) || c == '.');
            label || smiley(prev)
        }
        '(' | '（' | '[' => smiley(prev) || prev == Some('\\'),
        _ => prev == Some('\\'),
    }
}

fn smiley(prev: Option<char>) -> bool {
    matches!(prev, Some(':' | ';' | '-' | '='))
}

/// A bracket of Chinese whose partner is in full width is so too. Full width in
/// English is wrong for both, and another rule's.
fn width(texts: &[&Text<'_>], pair: [Mark; 2], sure: bool, drafts: &mut Vec<Draft>) {
    let wide = |c: char| !c.is_ascii();
    let [open, close] = pair;
    let Some(text) = texts.get(open.text) else {
        return;
    };
    if text.lang != Lang::Zh || wide(open.c) == wide(close.c) {
        return;
    }
    let (narrow, partner) = if wide(open.c) {
        (close, open)
    } else {
        (open, close)
    };
    let right = match narrow.c {
        '(' => "（",
        ')' => "）",
        '[' => "［",
        ']' => "］",
        '{' => "｛",
        '}' => "｝",
        _ => return,
    };
    // [0, 1） is an interval with one mark of each kind.
    let same = matches!(
        (open.c, close.c),
        ('(', '）') | ('（', ')') | ('[', '］') | ('［', ']') | ('{', '｝') | ('｛', '}')
    );
    let Some(home) = texts.get(narrow.text).filter(|_| same) else {
        return;
    };
    drafts.push(Draft {
        at_most: Severity::Warning,
        safe: sure,
        suggestions: vec![right.to_owned()],
        ..Draft::new(
            home.at(narrow.span),
            format!("{} has the partner {}: write {right}", narrow.c, partner.c),
        )
    });
}
