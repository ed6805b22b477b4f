//! Translations into the holes.
//!
//! Only what would change the structure of the file is escaped: the segments
//! carry their markup as written, so anything else is meant.

mod escape;

use std::borrow::Cow;
use std::collections::HashSet;

use escape::escape;

use super::segment::joint;
use super::{Archive, FORMATS, Reading, html, mark, reference, subtitle};
use crate::lang::{Lang, Locale};
use crate::model::document::{Document, Hole, Slot, Unit};
use crate::span::{self, Span};
use crate::text::chars::is_han;
use crate::text::code::codes;

/// The document's file with its units' targets in it; where a unit has none, its source stays.
///
/// ```
/// use std::path::Path;
/// use zhengming::format;
/// use zhengming::lang::Locale;
/// let text = "- 白宫发布行政令。\r\n- 能源部执行。\r\n";
/// let mut document = format::parse(Path::new("a.md"), text.into(), None).unwrap().value;
/// assert_eq!(format::fill(&document, Locale::En), text.as_bytes());
/// document.units[1].target = "The Department of Energy carries it out.".into();
/// let filled = String::from_utf8(format::fill(&document, Locale::En)).unwrap();
/// assert_eq!(filled, "- 白宫发布行政令。\r\n- The Department of Energy carries it out.\r\n");
/// ```
pub fn fill(document: &Document, to: Locale) -> Vec<u8> {
    let translated = |unit: &Unit| !unit.target.trim().is_empty();
    if !document.units.iter().any(translated) {
        return document.original.clone();
    }
    if let Some(archive) = archive(document.format) {
        let holes = document.holes.iter();
        let changed = holes.filter(|hole| units(document, hole).iter().any(translated));
        let changes = changed.map(|hole| {
            let units = units(document, hole);
            (hole.at, join(document, hole, units, to, &HashSet::new()))
        });
        let packed = (archive.pack)(&document.original, &changes.collect::<Vec<_>>());
        // It was read from these very bytes.
        return packed.unwrap_or_else(|_| document.original.clone());
    }
    let text = &document.text;
    let line_end = match text.find('\n') {
        Some(at) if Span::new(at.saturating_sub(1), at).of(text) == "\r" => "\r\n",
        _ => "\n",
    };
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    if document.bom {
        out.push('\u{FEFF}');
    }
    let mut done = 0;
    let defined = match document.format {
        "markdown" => reference::defined(text),
        _ => HashSet::new(),
    };
    for hole in &document.holes {
        let units = units(document, hole);
        if !units.iter().any(translated) {
            continue;
        }
        out.push_str(
            Span {
                start: done,
                end: hole.at.start,
            }
            .of(text),
        );
        let joined = join(document, hole, units, to, &defined);
        let escaped = escape(text, hole, joined, to);
        for (i, line) in escaped.split('\n').enumerate() {
            if i > 0 {
                out.push_str(line_end);
                out.push_str(&hole.prefix);
            }
            out.push_str(line);
        }
        done = hole.at.end;
    }
    out.push_str(
        Span {
            start: done,
            end: text.len() as u32,
        }
        .of(text),
    );
    if document.format == html::FORMAT.name {
        out = html::declared(&out, document.from, to);
    }
    if ended_by_returns(&document.original) {
        out = out.replace('\n', "\r");
    }
    out.into_bytes()
}

/// How the files of a format are written, where they are archives.
fn archive(format: &str) -> Option<Archive> {
    let found = FORMATS.iter().find(|known| known.name == format)?;
    match found.read {
        Reading::Archive(archive) => Some(archive),
        Reading::Text(_) => None,
    }
}

/// The units that go into a hole.
fn units<'a>(document: &'a Document, hole: &Hole) -> &'a [Unit] {
    (document.units.get(hole.first as usize..))
        .and_then(|rest| rest.get(..hole.count as usize))
        .unwrap_or_default()
}

/// Whether lines end in a carriage return alone.
fn ended_by_returns(file: &[u8]) -> bool {
    file.contains(&b'\r') && !file.contains(&b'\n')
}

/// The hole's new text, lines parted by a bare `\n`.
fn join(
    document: &Document,
    hole: &Hole,
    units: &[Unit],
    to: Locale,
    defined: &HashSet<String>,
) -> String {
    let (text, from) = (&document.text, document.from);
    let mut out = String::new();
    let mut done = hole.at.start;
    let mut before: Option<&Unit> = None;
    for unit in units {
        let mut at = unit.in_file(Span::all(&unit.source));
        if flows(hole) {
            at.end = behind(text, at.end);
        }
        let glue = Span {
            start: done,
            end: at.start.max(done),
        }
        .of(text);
        let glue = &*as_meant(text, hole, glue);
        let target = written(document, hole, unit, at, defined);
        match before {
            None => out.push_str(&outside(hole, glue)),
            Some(last) => {
                let both = !last.target.trim().is_empty() && !unit.target.trim().is_empty();
                out.push_str(&between(
                    hole,
                    glue,
                    &out,
                    &target,
                    both.then_some(to),
                    from,
                ));
            }
        }
        out.push_str(&target);
        done = at.end;
        before = Some(unit);
    }
    let rest = Span {
        start: done,
        end: hole.at.end.max(done),
    };
    out.push_str(&outside(hole, &as_meant(text, hole, rest.of(text))));
    out
}

/// A unit's text as it is written into its hole; `at` is where its source stands.
fn written(
    document: &Document,
    hole: &Hole,
    unit: &Unit,
    at: Span,
    defined: &HashSet<String>,
) -> String {
    let text = &document.text;
    let translated = !unit.target.trim().is_empty();
    // What was taken over as it stood is written as it stood.
    if flows(hole) && (!translated || unit.target.trim() == unit.source) {
        return outside(hole, at.of(text));
    }
    let target = target(hole, unit);
    match hole.slot {
        _ if !translated => target,
        Slot::Lines | Slot::Line | Slot::Cell => {
            reference::kept(&unit.source, spaced(target), defined)
        }
        Slot::Cue => {
            let vtt = document.format == subtitle::VTT.name;
            subtitle::written(vtt, &target, hole.at.of(text))
        }
        Slot::Markup => html::written(&target, hole.at.of(text)),
        Slot::Value => html::value(before(text, hole), &target),
        Slot::Scalar | Slot::Wrapped | Slot::Runs => target,
    }
}

/// The byte behind what ends at byte `end`: a reference to one byte ends behind its `;`.
fn behind(text: &str, end: u32) -> u32 {
    let (_, rest) = span::halves(text, end.saturating_sub(1) as usize);
    let length = mark::reference(rest).map(|length| end - 1 + length as u32);
    length.unwrap_or(end)
}

/// Whether a line break in the file stands for itself in a hole, with what follows it.
fn flows(hole: &Hole) -> bool {
    matches!(
        hole.slot,
        Slot::Cue | Slot::Markup | Slot::Value | Slot::Runs
    )
}

/// What stands outside of the units, lines parted by a bare `\n`.
fn outside(hole: &Hole, glue: &str) -> String {
    if flows(hole) {
        return glue.replace("\r\n", "\n");
    }
    bare(glue)
}

/// The character before a hole: the mark that a value in front matter stands in, if it does.
fn quote_before<'a>(text: &'a str, hole: &Hole) -> &'a str {
    let start = hole.at.start as usize;
    Span::new(start.saturating_sub(1), start).of(text)
}

/// What stands between two texts of a value in front matter without escapes and line breaks:
/// the value is escaped anew as a whole, and written in one line.
fn as_meant<'g>(text: &str, hole: &Hole, glue: &'g str) -> Cow<'g, str> {
    let escape = match quote_before(text, hole) {
        "\"" => Some('\\'),
        "'" => Some('\''),
        _ => None,
    };
    if hole.slot != Slot::Scalar || !glue.contains(|c: char| c == '\n' || Some(c) == escape) {
        return Cow::Borrowed(glue);
    }
    let mut meant = String::new();
    let mut chars = glue.chars();
    while let Some(c) = chars.next() {
        if Some(c) == escape {
            meant.extend(chars.next());
        } else {
            meant.push(c);
        }
    }
    if meant.contains('\n') {
        let lines: Vec<&str> = meant.split('\n').map(str::trim).collect();
        meant = lines.join(" ");
    }
    Cow::Owned(meant)
}

/// Line breaks as they stand in the file, without the prefixes after them:
/// these come back when the hole is written.
fn bare(glue: &str) -> String {
    let lines = glue.split('\n').enumerate().map(|(i, line)| match i {
        0 => line.trim_end_matches('\r'),
        _ => line
            .trim_start_matches([' ', '\t', '>'])
            .trim_end_matches('\r'),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A unit's target without what its hole cannot hold, or its source.
fn target(hole: &Hole, unit: &Unit) -> String {
    let text = match unit.target.trim() {
        "" => unit.source.as_str(),
        target => target,
    };
    let lines = text
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let joint = match hole.slot {
        Slot::Lines | Slot::Wrapped | Slot::Cue | Slot::Runs => "\n",
        Slot::Line | Slot::Scalar | Slot::Value => " ",
        Slot::Cell => "<br>",
        // Such a tag is one in XHTML too.
        Slot::Markup => "<br/>",
    };
    if text.contains(['\n', '\r']) {
        // Two spaces at a line's end are a meant break in Markdown: they come back.
        if hole.slot == Slot::Lines {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let kept = lines.map(|line| match line.strip_suffix("  ") {
                Some(_) => [line.trim(), "  "].concat(),
                None => line.trim().to_owned(),
            });
            return kept.collect::<Vec<_>>().join("\n").trim_end().to_owned();
        }
        return lines.collect::<Vec<_>>().join(joint);
    }
    text.to_owned()
}

/// What stands between two sentences. `to` is the language where both are translated.
fn between(
    hole: &Hole,
    glue: &str,
    before: &str,
    after: &str,
    to: Option<Locale>,
    from: Lang,
) -> String {
    let lines = glue.contains('\n');
    let wrapped = hole.slot == Slot::Wrapped || flows(hole);
    if lines && !wrapped {
        return bare(glue);
    }
    if glue.contains(|c: char| !c.is_whitespace()) {
        return outside(hole, glue);
    }
    let lang = to.map(Locale::lang);
    let spaces = matches!(hole.slot, Slot::Markup | Slot::Value);
    match lang {
        // A line break is a space here: it stays where it is.
        Some(Lang::En) | None if lines && spaces => outside(hole, glue),
        Some(Lang::En) if glue.is_empty() || lines => " ".into(),
        Some(Lang::Zh) => {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic() && !is_han(c));
            let apart = latin(before.chars().next_back()) && latin(after.chars().next());
            let apart = apart || (!wrapped && stuck(before, after));
            if apart { " ".into() } else { String::new() }
        }
        _ if lines => joint(before, after, lang.unwrap_or(from)).to_owned(),
        _ => glue.to_owned(),
    }
}

/// A text in which emphasis is one for `CommonMark` too. It closes none between a mark and a
/// character, where Chinese needs it (`**日期：**三月`), unless a space follows.
fn spaced(text: String) -> String {
    let places = unseen(&text);
    let put = |text: String, at: usize| span::splice(&text, Span::new(at, at), " ");
    places.into_iter().rev().fold(text, put)
}

/// Whether an emphasis that ends or begins where two texts meet needs a space there.
fn stuck(before: &str, after: &str) -> bool {
    (before.ends_with('*') || after.starts_with('*'))
        && unseen(&[before, after].concat()).contains(&before.len())
}

/// The places where emphasis needs a space beside it to be one.
fn unseen(text: &str) -> Vec<usize> {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let mut open: Vec<Span> = Vec::new();
    let mut places = Vec::new();
    if !text.contains('*') {
        return places;
    }
    for code in codes(text) {
        let stars = code.of(text);
        if !stars.chars().all(|c| c == '*') {
            continue;
        }
        let before = span::halves(text, code.start as usize).0;
        let after = span::halves(text, code.end as usize).1;
        let (before, after) = (before.chars().next_back(), after.chars().next());
        if open.last().is_some_and(|open| open.of(text) == stars) {
            open.pop();
            if mark(before) && word(after) {
                places.push(code.end as usize);
            }
        } else {
            open.push(code);
            if word(before) && mark(after) {
                places.push(code.start as usize);
            }
        }
    }
    places
}

/// The file's text before a hole, without the space right before it.
fn before<'a>(text: &'a str, hole: &Hole) -> &'a str {
    let before = span::halves(text, hole.at.start as usize).0;
    before.trim_end_matches([' ', '\t'])
}

#[cfg(test)]
mod tests;
