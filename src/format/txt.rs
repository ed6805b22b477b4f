//! Plain text: paragraphs between blank lines, or one a line.
//!
//! Nothing in a text file says whether a line was broken because it was full.
//! So it is taken for *wrapped* when its lines say so: they keep to a width,
//! most of them are full (the next line's first word would not have fitted),
//! few of them end where a sentence ends, and not most begin with a capital. Then
//! a full line is joined with the next one, unless that begins with a list marker
//! or is indented more than the line before. In a text that is not wrapped, a
//! paragraph alone may be, between a letter's address and its signature: where all
//! its lines run on, most of them into a small letter. Else every line is a
//! paragraph of its own; only a bracket that is still open takes the next line
//! along.

use unicode_segmentation::UnicodeSegmentation;

use super::{Content, Format, Paragraph, Reading, Run, RunKind};
use crate::model::document::{Block, Slot};
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::width::width;

/// Plain text files.
pub const FORMAT: Format = Format {
    name: "txt",
    extensions: &["txt", "text"],
    sniff: |_| true,
    read: Reading::Text(read),
};

/// A line of the file.
struct Line<'a> {
    /// Its text without indentation, list marker and trailing space.
    text: &'a str,
    /// Where that begins in the file.
    at: usize,
    /// Columns of indentation, marker included.
    indent: usize,
    /// Columns of the whole line.
    width: usize,
    /// Whether it begins with a list marker.
    item: bool,
}

/// Lines longer than this were not broken by a width.
const WIDEST: usize = 132;

fn read(text: &str) -> Content {
    let lines = lines(text);
    let whole = wrap_width(&lines, false);
    let (mut wrap, mut end) = (whole, 0);
    let mut content = Content::default();
    let mut i = 0;
    while let Some(first) = lines.get(i) {
        i += 1;
        if first.text.is_empty() {
            continue;
        }
        if i > end {
            // The lines up to the next blank one.
            let block = lines.get(i - 1..).unwrap_or_default();
            let long = block.iter().take_while(|line| !line.text.is_empty());
            let long = long.count();
            end = i - 1 + long;
            wrap = whole.or_else(|| wrap_width(block.get(..long).unwrap_or_default(), true));
        }
        let mut members = vec![first];
        while let (Some(last), Some(next)) = (members.last(), lines.get(i)) {
            if !joins(last, next, wrap, members.len() == 1) {
                break;
            }
            members.push(next);
            i += 1;
        }
        content.paragraphs.push(paragraph(text, &members));
    }
    content
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        let lead = line.len() - line.trim_start().len();
        let body = line.trim_start();
        let marker = marker(body);
        let inner = body.get(marker..).unwrap_or(body);
        // A very long line is no candidate for wrapping: its width is not needed.
        let columns = |part: &str| if part.len() > 1000 { 1000 } else { width(part) };
        let before = line.get(..lead + marker).unwrap_or("");
        lines.push(Line {
            text: inner,
            at: at + lead + marker,
            indent: columns(before),
            width: columns(line),
            item: marker > 0,
        });
        at += whole.len();
    }
    lines
}

/// The bytes of a list marker that means the same in both languages, with the
/// space after it: `- `, `• `, `1. `, `(2) `, `a) `. (一、 and 第一条 are
/// text: they are translated.)
fn marker(line: &str) -> usize {
    let mut chars = line.char_indices().peekable();
    let Some(&(_, first)) = chars.peek() else {
        return 0;
    };
    let spaces_from = |at: usize| {
        let rest = line.get(at..).unwrap_or("");
        let inner = rest.trim_start();
        // With nothing after it, it is no marker.
        (inner.len() < rest.len() && !inner.is_empty()).then(|| line.len() - inner.len())
    };
    if "•●○■□◆◇▪▫‣".contains(first) {
        let rest = line.get(first.len_utf8()..).unwrap_or("");
        return line.len() - rest.trim_start().len();
    }
    if "-*+–—·".contains(first) {
        return spaces_from(first.len_utf8()).unwrap_or(0);
    }
    let open = first == '(';
    if open {
        chars.next();
    }
    let mut label = 0;
    let mut letters = false;
    while let Some((_, c)) = chars.next_if(|(_, c)| c.is_ascii_alphanumeric()) {
        label += 1;
        letters |= c.is_ascii_alphabetic();
    }
    let short = if letters {
        label == 1
    } else {
        (1..=3).contains(&label)
    };
    match chars.next() {
        Some((at, ')')) if short => spaces_from(at + 1).unwrap_or(0),
        Some((at, '.')) if short && !open && !letters => spaces_from(at + 1).unwrap_or(0),
        _ => 0,
    }
}

/// The width the text was wrapped at, if it was; a paragraph `alone` must say so more clearly.
fn wrap_width(lines: &[Line<'_>], alone: bool) -> Option<usize> {
    let pairs: Vec<(&Line<'_>, &Line<'_>)> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(line, next)| !line.text.is_empty() && !next.text.is_empty() && !next.item)
        .collect();
    let mut widths: Vec<usize> = pairs.iter().map(|(line, _)| line.width).collect();
    widths.sort_unstable();
    // A few lines may stick out: a URL, a heading.
    let widest = *widths.get(widths.len().checked_sub(1)? * 49 / 50)?;
    let (fewest, narrowest, share) = if alone { (1, 40, 10) } else { (2, 20, 6) };
    if pairs.len() < fewest || !(narrowest..=WIDEST).contains(&widest) {
        return None;
    }
    let count = |holds: &dyn Fn(&Line<'_>, &Line<'_>) -> bool| {
        pairs
            .iter()
            .filter(|(line, next)| holds(line, next))
            .count()
    };
    let full = count(&|line, next| runs_on(line, next, widest));
    let ended = count(&|line, _| ends_sentence(line.text));
    // In verse and in lists every line begins with a capital.
    let small = count(&|_, next| next.text.starts_with(char::is_lowercase));
    let capital = count(&|_, next| next.text.starts_with(char::is_uppercase));
    let wrapped = full * 10 >= pairs.len() * share
        && (!alone || small * 2 >= pairs.len())
        && ended * 10 <= pairs.len() * 4
        && small * 10 >= (small + capital) * 4;
    wrapped.then_some(widest)
}

/// Whether a line was broken because it was full. Text that was laid out in a
/// proportional face has lines of uneven width; there a small letter before or
/// after the break tells.
fn runs_on(line: &Line<'_>, next: &Line<'_>, wrap: usize) -> bool {
    let wide = line.width * 10 >= wrap * 6;
    let small = next.text.starts_with(char::is_lowercase) && !ends_sentence(line.text);
    let dangling = line.width * 10 >= wrap * 8 && line.text.ends_with(char::is_lowercase);
    let hyphen = line.text.ends_with('-') && small;
    is_full(line, next, wrap) || dangling || hyphen || (small && wide)
}

/// Whether the next line's first word would not have fitted on this one.
fn is_full(line: &Line<'_>, next: &Line<'_>, wrap: usize) -> bool {
    let first = next.text.split_word_bounds().next().unwrap_or("");
    let needed = match first.chars().next() {
        // A mark that may not begin a line takes the character before it along.
        Some(c) if is_han(c) => 4,
        _ => width(first) + 1,
    };
    line.width + needed.min(wrap / 2) > wrap
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '"', '\'', ')', '）', '」', '』', '》']);
    text.ends_with(['.', '!', '?', '。', '！', '？', '；', ';', ':', '：', '…'])
}

/// Whether a line goes on in the next one.
fn joins(line: &Line<'_>, next: &Line<'_>, wrap: Option<usize>, first: bool) -> bool {
    if next.text.is_empty() || next.item {
        return false;
    }
    let deeper = next.indent > line.indent && !(first && line.item);
    if let Some(wrap) = wrap {
        return runs_on(line, next, wrap) && !deeper;
    }
    !deeper && line.width <= WIDEST && bracket_goes_on(line.text, next.text)
}

/// Whether a bracket opened on a line is closed on the next.
fn bracket_goes_on(line: &str, next: &str) -> bool {
    [('（', '）'), ('(', ')'), ('《', '》')]
        .iter()
        .any(|&(open, close)| {
            let opened = line.rfind(open) > line.rfind(close);
            let closing = next.find(close);
            let reopened = next.find(open);
            opened && closing.is_some_and(|at| reopened.is_none_or(|other| at < other))
        })
}

fn paragraph(text: &str, members: &[&Line<'_>]) -> Paragraph {
    let mut runs: Vec<Run> = Vec::new();
    for line in members {
        let at = Span::new(line.at, line.at + line.text.len());
        if let Some(last) = runs.last() {
            runs.push(Run {
                at: Span {
                    start: last.at.end,
                    end: at.start,
                },
                kind: RunKind::Soft,
            });
        }
        runs.push(Run {
            at,
            kind: RunKind::Text,
        });
    }
    let item = members.first().is_some_and(|line| line.item);
    let prefix = match members {
        [_, second, ..] => indentation(text, second),
        [first] if item => " ".repeat(first.indent),
        [first] => indentation(text, first),
        [] => String::new(),
    };
    Paragraph {
        block: if item { Block::Item } else { Block::Paragraph },
        slot: Slot::Wrapped,
        prefix,
        runs,
        whole: Vec::new(),
    }
}

fn indentation(text: &str, line: &Line<'_>) -> String {
    let before = text.get(..line.at).unwrap_or("");
    // Only white space stands there, so this goes back to the line's beginning and no further.
    let kept = before.trim_end_matches([' ', '\t', '\u{3000}']);
    before.get(kept.len()..).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let content = read(text);
        let join = |paragraph: &Paragraph| {
            let runs = paragraph.runs.iter().map(|run| run.at.of(text));
            runs.collect::<String>()
        };
        content.paragraphs.iter().map(join).collect()
    }

    #[test]
    fn list_markers_and_indentation_stay_outside() {
        for (line, text) in [
            ("- 甲", "甲"),
            ("  • 乙", "乙"),
            ("•丙", "丙"),
            ("12. 丁", "丁"),
            ("(3) 戊", "戊"),
            ("a) item", "item"),
            ("一、己", "一、己"),
            ("（一）庚", "（一）庚"),
            ("3.5 percent", "3.5 percent"),
            ("-5 degrees", "-5 degrees"),
            ("2025. A year.", "2025. A year."),
            ("I. Purpose", "I. Purpose"),
            ("—", "—"),
            ("　　全角缩进", "全角缩进"),
        ] {
            assert_eq!(paragraphs(line), [text], "{line}");
        }
    }

    #[test]
    fn lines_of_their_own_are_paragraphs_of_their_own() {
        let text = "第一条 本法所称资通安全，指防止资通系统遭受侵害。\n第二条 主管机关为数位发展部。\n短。\n";
        assert_eq!(paragraphs(text).len(), 3);
        let poem = "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one traveler, long I stood\n";
        assert_eq!(paragraphs(poem).len(), 3);
    }

    #[test]
    fn full_lines_go_on() {
        let text = "The quick brown fox jumps over the lazy\ndog and runs into the deep dark forest,\nwhere nobody has ever seen it since the\nwinter came.\n\nAnother paragraph.\n";
        assert_eq!(
            paragraphs(text),
            [text.split("\n\n").next().unwrap(), "Another paragraph."]
        );
    }

    #[test]
    fn a_paragraph_between_short_lines_goes_on() {
        let head =
            "MEMORANDUM\nTo:      All staff\nFrom:    Jane Doe\nSubject: Genesis Mission\n\n";
        let body = "The Department of Energy launched the Genesis Mission on November 24, 2025,\n\
            with the aim of doubling the productivity of American science within a decade.\n\
            It will build a platform that joins supercomputers, data sets and models of\n\
            artificial intelligence.";
        let end = "\n\nJane Doe\nDirector\nOffice of Science\n";
        let found = paragraphs(&[head, body, end].concat());
        assert_eq!(found.len(), 4 + 1 + 3, "{found:?}");
        assert_eq!(found[4], body);
        let two = "One very short wrapped paragraph that goes on\nand ends here.\n";
        assert_eq!(paragraphs(two), [two.trim_end()]);
        let address = "Department of Energy, Office of the Secretary\n1000 Independence Avenue SW\nWashington, DC\n";
        assert_eq!(paragraphs(address).len(), 3);
    }

    #[test]
    fn an_open_bracket_takes_the_next_line_along() {
        let text = "（1989年10月31日第七届全国人民代表大会\n常务委员会通过）\n第二十号\n";
        assert_eq!(paragraphs(text).len(), 2);
        assert_eq!(paragraphs("(甲\n乙 (丙)\n").len(), 2);
    }
}
