//! The inside of a Markdown block: from what the parser told to runs.

use std::ops::Range;

use super::{Run, RunKind};
use crate::span::Span;

/// What the parser told of a block: text, words, marks and breaks, in order.
pub(super) type Told = Vec<(Range<usize>, RunKind)>;

/// A paragraph's runs of what the parser told, with `quotes` quotations around
/// it. Stretches that belong together are added to `whole`.
///
/// What the parser passed over is markup, and every line break takes the next
/// line's prefix with it.
pub(super) fn runs(
    text: &str,
    at: Span,
    mut told: Told,
    quotes: usize,
    whole: &mut Vec<Span>,
) -> Vec<Run> {
    asterisks(text, &mut told, whole);
    fences(text, &mut told);
    Runs {
        text,
        quotes,
        found: Vec::new(),
    }
    .all(at, &told)
}

/// Two `**` that the parser took for asterisks are marks all the same.
///
/// `CommonMark` does not let `**` close after 。 before a letter, so
/// `**第一句。**第二句` shows its asterisks; the author meant them to be bold.
fn asterisks(text: &str, told: &mut Told, whole: &mut Vec<Span>) {
    let texts = told.iter().filter(|(_, kind)| *kind == RunKind::Text);
    let mut found: Vec<usize> = texts
        .flat_map(|(range, _)| {
            let part = Span::from(range.clone()).of(text);
            part.match_indices("**").map(|(at, _)| range.start + at)
        })
        .collect();
    if found.len() % 2 == 1 {
        found.pop();
    }
    if found.is_empty() {
        return;
    }
    whole.extend(found.chunks(2).filter_map(|pair| match pair {
        [open, close] => Some(Span::new(*open, close + 2)),
        _ => None,
    }));
    let mut marks = found.into_iter().peekable();
    let mut new = Vec::with_capacity(told.len());
    for (range, kind) in told.drain(..) {
        let mut start = range.start;
        if kind == RunKind::Text {
            while let Some(mark) = marks.next_if(|mark| *mark < range.end) {
                new.push((start..mark, RunKind::Text));
                new.push((mark..mark + 2, RunKind::Mark));
                start = mark + 2;
            }
        }
        new.push((start..range.end.max(start), kind));
    }
    new.retain(|(range, _)| !range.is_empty());
    *told = new;
}

/// Lines that begin with `:::` fence a container in many dialects; to this
/// parser they are text. They stay, and the lines between them stand alone.
fn fences(text: &str, told: &mut [(Range<usize>, RunKind)]) {
    let mut begins = true;
    let mut fence = false;
    for i in 0..told.len() {
        let Some((range, kind)) = told.get(i).cloned() else {
            break;
        };
        if matches!(kind, RunKind::Soft | RunKind::Hard) {
            begins = true;
            let next = told
                .get(i + 1)
                .is_some_and(|(next, _)| is_fence(text, next));
            if let Some((_, kind)) = told.get_mut(i)
                && (fence || next)
            {
                *kind = RunKind::Hard;
            }
            fence = false;
            continue;
        }
        fence |= begins && is_fence(text, &range);
        begins = false;
        if let Some((_, kind)) = told.get_mut(i)
            && fence
        {
            *kind = RunKind::Mark;
        }
    }
}

fn is_fence(text: &str, range: &Range<usize>) -> bool {
    Span::from(range.clone()).of(text).starts_with(":::")
}

/// The byte after what the blocks around put before a line's text: quote marks and indentation.
pub(super) fn after_prefix(text: &str, line: usize, quotes: usize) -> usize {
    let rest = text.get(line..).unwrap_or("");
    let mut at = 0;
    let mut left = quotes;
    for c in rest.chars() {
        match c {
            ' ' | '\t' => {}
            '>' if left > 0 => left -= 1,
            _ => break,
        }
        at += 1;
    }
    line + at
}

struct Runs<'a> {
    text: &'a str,
    quotes: usize,
    found: Vec<Run>,
}

impl Runs<'_> {
    fn all(mut self, at: Span, told: &[(Range<usize>, RunKind)]) -> Vec<Run> {
        let mut done = at.start as usize;
        for (range, kind) in told {
            if range.start > done {
                self.push(done..range.start, RunKind::Mark);
            }
            let start = range.start.max(done);
            if range.end > start {
                self.push(start..range.end, *kind);
                done = range.end;
            }
        }
        if (at.end as usize) > done {
            self.push(done..at.end as usize, RunKind::Mark);
        }
        self.found
    }

    /// One stretch, cut at its line breaks. The prefix after a break may lie
    /// in the stretch that follows, which then begins later.
    fn push(&mut self, range: Range<usize>, kind: RunKind) {
        let mut start = range.start;
        if let Some(last) = self.found.last() {
            start = start.max(last.at.end as usize);
        }
        while start < range.end {
            let part = Span::new(start, range.end).of(self.text);
            let Some(at) = part.find('\n') else {
                return self.run(start, range.end, kind);
            };
            let line_end = start + at;
            let next = after_prefix(self.text, line_end + 1, self.quotes);
            if kind == RunKind::Hard {
                self.run(start, next, RunKind::Hard);
            } else {
                let text_end = start + part.get(..at).unwrap_or("").trim_end().len();
                self.run(start, text_end, kind);
                self.run(text_end, next, RunKind::Soft);
            }
            start = next;
        }
    }

    fn run(&mut self, start: usize, end: usize, kind: RunKind) {
        if end > start {
            self.found.push(Run {
                at: Span::new(start, end),
                kind,
            });
        }
    }
}
