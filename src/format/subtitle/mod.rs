//! Subtitles: `SubRip` (SRT) and `WebVTT`.
//!
//! A cue's text is a paragraph. Its lines are joined, for they were broken where
//! they were full, and a translation is broken anew where it is too long for one
//! line. Lines that stand for themselves are paragraphs of their own: what two
//! people say (`- …`, `<v Ann>…`, `Ann: …`), what is sung (`♪ …`), and the two
//! languages of a bilingual cue. Numbers, times, settings and the blocks NOTE,
//! STYLE and REGION stay.
//!
//! Reading goes by the time lines, so that a missing blank line or number ends
//! nothing. In SRT text behind a blank line still belongs to its cue, as players
//! show it; in `WebVTT` a block without times is no cue.

mod write;

use super::mark::{self, Edge, Part};
use super::{Content, Format, Reading, RunKind};
use crate::model::document::Slot;
use crate::span::{Span, halves};
use crate::text::chars::is_han;

pub(super) use write::{broken, written};

/// `SubRip` files.
pub const SRT: Format = Format {
    name: "srt",
    extensions: &["srt"],
    sniff: |text| {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.next().is_some_and(is_number) && lines.next().is_some_and(is_sound)
    },
    read: Reading::Text(|text| read(text, false)),
};

/// `WebVTT` files.
pub const VTT: Format = Format {
    name: "vtt",
    extensions: &["vtt"],
    sniff: |text| text.starts_with(MAGIC),
    read: Reading::Text(|text| read(text, true)),
};

/// What a `WebVTT` file begins with.
const MAGIC: &str = "WEBVTT";

/// A line of the file.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Its text without white space at the ends.
    text: &'a str,
    /// Where that begins in the file.
    at: usize,
}

impl Line<'_> {
    fn span(self) -> Span {
        Span::new(self.at, self.at + self.text.len())
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let lead = whole.len() - whole.trim_start().len();
        let inner = whole.trim();
        lines.push(Line {
            text: inner,
            at: if inner.is_empty() { at } else { at + lead },
        });
        at += whole.len();
    }
    lines
}

/// What is read of a file, and what cannot be.
struct Walk<'a> {
    text: &'a str,
    vtt: bool,
    content: Content,
    /// Text in no cue.
    strays: Vec<Span>,
    /// Times that are none.
    times: Vec<Span>,
}

fn read(text: &str, vtt: bool) -> Content {
    let lines = lines(text);
    let mut walk = Walk {
        text,
        vtt,
        content: Content::default(),
        strays: Vec::new(),
        times: Vec::new(),
    };
    let times: Vec<usize> = (0..)
        .zip(&lines)
        .filter(|(_, line)| is_time(line.text))
        .map(|(at, _)| at)
        .collect();
    let heads = times.iter().enumerate().map(|(i, time)| {
        let floor = i.checked_sub(1).and_then(|before| times.get(before));
        head(&lines, *time, floor.map_or(0, |before| before + 1))
    });
    let heads: Vec<usize> = heads.chain([lines.len()]).collect();
    let first = heads.first().copied().unwrap_or_default();
    walk.before(lines.get(..first).unwrap_or_default());
    for (time, end) in times.iter().zip(heads.iter().skip(1)) {
        if let Some(line) = lines.get(*time).filter(|line| !is_sound(line.text)) {
            walk.times.push(line.span());
        }
        walk.cue(lines.get(time + 1..*end).unwrap_or_default());
    }
    walk.notes();
    walk.content
}

/// Where a cue begins whose time stands on a line: there, or with the number or name before it.
fn head(lines: &[Line<'_>], time: usize, floor: usize) -> usize {
    let blank = |at: usize| lines.get(at).is_none_or(|line| line.text.is_empty());
    let Some(before) = time.checked_sub(1).filter(|at| *at >= floor && !blank(*at)) else {
        return time;
    };
    let number = lines.get(before).is_some_and(|line| is_number(line.text));
    let named = before
        .checked_sub(1)
        .is_none_or(|at| at >= floor && blank(at));
    if number || named { before } else { time }
}

impl Walk<'_> {
    /// What stands before the first cue.
    fn before(&mut self, lines: &[Line<'_>]) {
        let mut blocks = blocks(lines);
        if self.vtt {
            let begun = self.text.starts_with(MAGIC);
            if begun {
                blocks.next();
            } else {
                let at = lines.first().map_or(Span::default(), |line| line.span());
                let message = format!(
                    "a file of this kind begins with a line {MAGIC}: players will refuse this one"
                );
                self.content.notes.push((at, message));
            }
        }
        for block in blocks {
            self.stray(block);
        }
    }

    /// The lines of a cue, and whatever follows it before the next one.
    fn cue(&mut self, lines: &[Line<'_>]) {
        let empty = lines.first().is_none_or(|line| line.text.is_empty());
        for (i, block) in blocks(lines).enumerate() {
            if !self.vtt || (i == 0 && !empty) {
                self.paragraphs(block);
            } else {
                self.stray(block);
            }
        }
    }

    /// A block without a time.
    fn stray(&mut self, block: &[Line<'_>]) {
        let Some(first) = block.first() else { return };
        let kept = ["NOTE", "STYLE", "REGION"].iter().any(|name| {
            let rest = first.text.strip_prefix(*name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        let worded = block
            .iter()
            .any(|line| line.text.contains(char::is_alphabetic));
        if worded && !(self.vtt && kept) {
            self.strays.push(first.span());
        }
    }

    /// The lines that stand together, as one paragraph, or several.
    fn paragraphs(&mut self, block: &[Line<'_>]) {
        // A name alone, in the middle of a cue, may be part of a sentence.
        let labelled = block.first().is_some_and(|line| is_labelled(line.text));
        let joined = |line: &Line<'_>, next: &Line<'_>| {
            !(apart(line.text, next.text) || labelled && is_labelled(next.text))
        };
        for lines in block.chunk_by(joined) {
            let mut parts = Vec::new();
            for (i, line) in lines.iter().enumerate() {
                let lead = if i == 0 { lead(line.text) } else { 0 };
                let at = Span::new(line.at + lead, line.at + line.text.len());
                if let Some(before) = lines.get(i.wrapping_sub(1)) {
                    let gap = Span::new(before.at + before.text.len(), line.at);
                    parts.push(Part::plain(gap, RunKind::Soft));
                }
                marked(self.text, at, &mut parts);
            }
            let (mut paragraph, _) = mark::paragraph(self.text, &parts);
            if !paragraph.runs.is_empty() {
                paragraph.slot = Slot::Cue;
                self.content.paragraphs.push(paragraph);
            }
        }
    }

    fn notes(&mut self) {
        let mut note = |found: &[Span], one: &str, many: &str, message: &str| {
            let Some(first) = found.first() else { return };
            let message = match found.len() {
                1 => format!("{one} {message}"),
                count => format!("{count} {many} {message}; the first is here"),
            };
            self.content.notes.push((*first, message));
        };
        note(
            &self.strays,
            "this text stands",
            "texts stand",
            "in no cue, for no line says from when to when it is shown: left as it is",
        );
        note(
            &self.times,
            "this time",
            "times",
            "cannot be read; the text is read all the same",
        );
    }
}

/// The bytes of a text up to the end of the first cue that begins in it; 0 where none does.
///
/// ```
/// use zhengming::format::subtitle::next_cue;
/// let text = "a remark\n\n00:01.000 --> 00:02.000\n一\n\n二\n";
/// assert_eq!(text.get(..next_cue(text)), text.get(..text.len() - 6));
/// ```
pub fn next_cue(text: &str) -> usize {
    let lines = lines(text);
    let mut after = lines.iter().skip_while(|line| !is_time(line.text));
    after.next();
    let cue = after.take_while(|line| !line.text.is_empty());
    cue.last().map_or(0, |line| line.at + line.text.len())
}

/// The stretches between blank lines.
fn blocks<'a, 'b>(lines: &'a [Line<'b>]) -> impl Iterator<Item = &'a [Line<'b>]> {
    let parts = lines.split(|line| line.text.is_empty());
    parts.filter(|block| !block.is_empty())
}

fn is_number(line: &str) -> bool {
    let line = line.trim_matches('\u{FEFF}');
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line says from when to when, be it badly.
fn is_time(line: &str) -> bool {
    let line = line.trim_start_matches('\u{FEFF}');
    if let Some((from, _)) = line.split_once("-->") {
        return from.starts_with(|c: char| c.is_ascii_digit()) && from.contains(':');
    }
    let arrow = ["->", "–>"]
        .iter()
        .find_map(|arrow| line.split_once(*arrow));
    arrow.is_some_and(|(from, to)| is_clock(from.trim()) && is_clock(to.trim()))
}

/// Whether a line says from when to when as it should.
fn is_sound(line: &str) -> bool {
    let line = line.trim_start_matches('\u{FEFF}');
    line.split_once("-->").is_some_and(|(from, to)| {
        let to = to.split_whitespace().next().unwrap_or_default();
        is_clock(from.trim()) && is_clock(to)
    })
}

/// `01:02:03,456` or `02:03.456`.
fn is_clock(text: &str) -> bool {
    let parts = || text.split([':', '.', ',']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.contains(':') && (2..=4).contains(&parts().count()) && parts().all(digits)
}

/// The bytes of the dash, with the space behind it, before what somebody says.
fn dash(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(['-', '–', '—', '‐', '－'])?;
    let said = rest.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']);
    let digit = said.len() == rest.len() && said.starts_with(|c: char| c.is_ascii_digit());
    let other = said.is_empty() || said.starts_with(['-', '–', '—', '>']);
    (!digit && !other).then_some(line.len() - said.len())
}

/// The bytes before what somebody says: a dash, with what says where the line is shown.
fn lead(line: &str) -> usize {
    let mut rest = line;
    while rest.starts_with("{\\")
        && let Some(length) = mark_length(rest)
    {
        rest = halves(rest, length).1;
    }
    dash(rest).map_or(0, |dash| line.len() - rest.len() + dash)
}

/// Whether two lines of a cue stand each for itself.
fn apart(line: &str, next: &str) -> bool {
    let voiced = has_voice(next);
    let line = without_marks(line);
    let next = without_marks(next);
    // A long dash may also begin the second line of one sentence.
    let spoken = dash(next).is_some() && (next.starts_with('-') || dash(line).is_some());
    let han = |line: &str| line.contains(is_han);
    let latin = |line: &str| {
        let small = |pair: [char; 2]| pair.iter().all(char::is_ascii_lowercase);
        let after = line.chars().skip(1);
        line.chars()
            .zip(after)
            .any(|(one, other)| small([one, other]))
    };
    let other = |one: &str, other: &str| han(one) && !han(other) && latin(other);
    voiced || spoken || other(line, next) || other(next, line)
}

/// Whether a line begins with who says it, as `WebVTT` has it: `<v Ann>`.
fn has_voice(line: &str) -> bool {
    let mut rest = line;
    while let Some(length) = mark_length(rest) {
        let (mark, after) = halves(rest, length);
        if edge(mark) == Edge::Opens("v".to_owned()) {
            return true;
        }
        rest = after.trim_start();
    }
    false
}

/// Whether a line begins with a sign that more than one line of a cue may begin with: who says
/// it (`Ann: …`, `张三：…`, `[Ann] …`), or that it is sung.
fn is_labelled(line: &str) -> bool {
    // Longer than this is no name, in characters and in words.
    const LONGEST: usize = 24;
    const WORDS: usize = 3;
    let line = without_marks(line);
    if line.starts_with(['♪', '♫', '♬', '♩']) {
        return true;
    }
    let is_name = |name: &str| {
        let sign = |c: char| !(c.is_alphanumeric() || " .'’·-#".contains(c));
        let small = name.starts_with(|c: char| !c.is_alphabetic() || c.is_lowercase());
        let short = name.chars().count() <= LONGEST && name.split_whitespace().count() <= WORDS;
        !small && short && !name.is_empty() && !name.contains(sign)
    };
    let brackets = [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）')];
    let mut bracketed = brackets.iter().filter_map(|(open, close)| {
        let (name, _) = line.strip_prefix(*open)?.split_once(*close)?;
        Some(name)
    });
    if bracketed
        .next()
        .is_some_and(|name| !name.is_empty() && name.chars().count() <= LONGEST)
    {
        return true;
    }
    let Some((name, said)) = line.split_once([':', '：']) else {
        return false;
    };
    // `Ann:x` is no name; in Chinese there need be no space.
    let wide = name.ends_with(is_han) || halves(line, name.len()).1.starts_with('：');
    is_name(name.trim_end()) && (wide || said.starts_with(' ') || said.is_empty())
}

/// A line without the marks it begins with.
fn without_marks(mut line: &str) -> &str {
    while let Some(length) = mark_length(line) {
        line = halves(line, length).1.trim_start();
    }
    line
}

/// The bytes of the mark that a text begins with: `<i>`, `</c>`, `<v Ann>`, `<00:01.000>`, `{\an8}`.
fn mark_length(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("{\\") {
        let end = rest.find(['{', '}', '\n'])?;
        return halves(rest, end).1.starts_with('}').then_some(end + 3);
    }
    let rest = text.strip_prefix('<')?;
    let end = rest.find(['<', '>', '\n'])?;
    let (inside, after) = halves(rest, end);
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let good = tag || inside == "/" || is_clock(inside);
    (good && after.starts_with('>')).then_some(end + 2)
}

/// What a tag begins or ends.
fn edge(tag: &str) -> Edge {
    let Some(inside) = tag.strip_prefix('<') else {
        return Edge::Neither;
    };
    let name = |inside: &str| -> String {
        let letters = inside.chars().take_while(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    match inside.strip_prefix('/') {
        Some(inside) => Edge::Closes(name(inside)),
        None if inside.starts_with(|c: char| c.is_ascii_digit()) => Edge::Neither,
        None => Edge::Opens(name(inside)),
    }
}

/// Adds a line's text and marks.
fn marked(text: &str, at: Span, parts: &mut Vec<Part>) {
    let line = at.of(text);
    let start = at.start as usize;
    let (mut told, mut next) = (0, 0);
    while let Some(found) = halves(line, next).1.find(['<', '{']) {
        let here = next + found;
        let Some(length) = mark_length(halves(line, here).1) else {
            next = here + 1;
            continue;
        };
        let mark = Span::new(here, here + length);
        mark::texts(text, Span::new(told, here).shifted(start), parts);
        parts.push(Part {
            at: mark.shifted(start),
            kind: RunKind::Mark,
            edge: edge(mark.of(line)),
        });
        (told, next) = (here + length, here + length);
    }
    mark::texts(text, Span::new(told, line.len()).shifted(start), parts);
}

#[cfg(test)]
mod tests;
