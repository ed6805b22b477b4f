//! Translations into the holes.
//!
//! Only what would change the structure of the file is escaped: the segments
//! carry their markup as written, so anything else is meant.

use std::borrow::Cow;
use std::collections::HashSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::segment::joint;
use super::{Archive, FORMATS, Reading, html, mark, markdown, reference, subtitle};
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

/// Escapes what would make something else of the hole's block.
fn escape(text: &str, hole: &Hole, new: String, to: Locale) -> String {
    match hole.slot {
        Slot::Wrapped | Slot::Markup | Slot::Runs => new,
        Slot::Cue => subtitle::broken(&new, to),
        Slot::Value => html::enclosed(before(text, hole), new),
        Slot::Scalar => scalar(text, hole, &new),
        // What the line of an underlined heading begins with counts as in a paragraph.
        Slot::Line if !before(text, hole).ends_with('#') => block(&new),
        Slot::Line => heading(&new),
        Slot::Cell => {
            let edge = before(text, hole).trim_end_matches(['>', ' ', '\t']);
            let cell = bars(&new);
            if edge.is_empty() || edge.ends_with('\n') {
                block(&cell)
            } else {
                cell
            }
        }
        Slot::Lines => block(&new),
    }
}

/// The file's text before a hole, without the space right before it.
fn before<'a>(text: &'a str, hole: &Hole) -> &'a str {
    let before = span::halves(text, hole.at.start as usize).0;
    before.trim_end_matches([' ', '\t'])
}

/// A YAML or TOML value; the quotes, if any, stand outside the hole.
fn scalar(text: &str, hole: &Hole, new: &str) -> String {
    let doubled = |new: &str| new.replace('\\', "\\\\").replace('"', "\\\"");
    match quote_before(text, hole) {
        "\"" => doubled(new),
        // TOML's single quotes know no escape at all, so the typographic one serves both.
        "'" => new.replace('\'', "’"),
        _ => {
            let special = "-?:,[]{}#&*!|>'\"%@`=~";
            let unsafe_plain = new.starts_with(|c: char| special.contains(c))
                || new.contains(": ")
                || new.contains(" #")
                || new.ends_with(':')
                || new.contains('"')
                || is_no_text(new);
            if unsafe_plain {
                ["\"", &doubled(new), "\""].concat()
            } else {
                new.to_owned()
            }
        }
    }
}

/// Whether YAML takes a plain value for a number, a date, a truth or nothing.
fn is_no_text(value: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    let figures = value.contains(|c: char| c.is_ascii_digit())
        && value
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "+-._:xoTZ".contains(c));
    figures || WORDS.contains(&value.to_ascii_lowercase().as_str())
}

/// A heading's last `#` would be taken for its closing sequence, `{…}` for its attributes.
fn heading(new: &str) -> String {
    let kept = new.trim_end_matches('#');
    if kept.len() < new.len() && (kept.is_empty() || kept.ends_with([' ', '\t'])) {
        return [kept, "\\", new.get(kept.len()..).unwrap_or("")].concat();
    }
    new.to_owned()
}

/// Bars inside a cell would begin the next one. (Any backslash right before a
/// bar escapes it, another backslash before that or not.)
fn bars(new: &str) -> String {
    let mut out = String::with_capacity(new.len() + 1);
    for c in new.chars() {
        if c == '|' && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(c);
    }
    if out.ends_with('\\') {
        out.push(' ');
    }
    out
}

/// Lines that would begin another block get a backslash, and only those.
fn block(new: &str) -> String {
    if is_one_paragraph(new) {
        return new.to_owned();
    }
    let some: Vec<String> = new
        .split('\n')
        .map(|line| {
            if begins_block(line) {
                blunted(line)
            } else {
                line.to_owned()
            }
        })
        .collect();
    let some = some.join("\n");
    if is_one_paragraph(&some) {
        return some;
    }
    let all: Vec<String> = new.split('\n').map(blunted).collect();
    all.join("\n")
}

/// Whether a text, standing alone, is one paragraph and nothing else.
fn is_one_paragraph(text: &str) -> bool {
    // A task's mark is one only in a list, an alert's name only in a quotation.
    let task = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .any(|mark| text.starts_with(mark));
    let name = text
        .strip_prefix("[!")
        .and_then(|rest| rest.split_once(']'));
    let alert = name.is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphabetic()));
    let mut paragraphs = 0;
    for event in Parser::new_ext(text, markdown::options()) {
        match event {
            Event::Start(Tag::Paragraph) => paragraphs += 1,
            Event::Start(
                Tag::Heading { .. }
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::FootnoteDefinition(_)
                | Tag::MetadataBlock(_),
            )
            | Event::Rule
            | Event::End(TagEnd::Table) => return false,
            _ => {}
        }
    }
    paragraphs == 1 && !task && !alert
}

/// Whether a line alone begins, underlines or divides a block.
fn begins_block(line: &str) -> bool {
    let ruled = line.contains(['=', '-', '|']) && line.chars().all(|c| "=-:| \t".contains(c));
    ruled || !is_one_paragraph(line)
}

/// The line with a backslash before what made it special.
fn blunted(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or("");
    if digits > 0 && after.starts_with(['.', ')']) {
        return [line.get(..digits).unwrap_or(""), "\\", after].concat();
    }
    if line.starts_with(|c: char| c.is_ascii_punctuation() && c != '\\') {
        return ["\\", line].concat();
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::format;

    /// The text with its units' targets filled in; `""` leaves a unit untranslated.
    fn filled(name: &str, text: &str, from: Lang, targets: &[&str]) -> String {
        let bytes = text.as_bytes().to_vec();
        let mut document = format::parse(Path::new(name), bytes, Some(from))
            .unwrap()
            .value;
        assert_eq!(document.units.len(), targets.len(), "{:?}", document.units);
        for (unit, target) in document.units.iter_mut().zip(targets) {
            unit.target = (*target).into();
        }
        let to = Locale::from(from.other());
        String::from_utf8(fill(&document, to)).unwrap()
    }

    #[test]
    fn english_sentences_are_parted_by_spaces_and_chinese_ones_by_nothing() {
        let zh = |text, targets: &[&str]| filled("a.md", text, Lang::Zh, targets);
        let en = |text, targets: &[&str]| filled("a.md", text, Lang::En, targets);
        assert_eq!(zh("甲。乙。丙。\n", &["A.", "B.", "C."]), "A. B. C.\n");
        assert_eq!(zh("甲。乙。丙。\n", &["A.", "", "C."]), "A.乙。C.\n");
        assert_eq!(en("One. Two.\n", &["一。", "二。"]), "一。二。\n");
        assert_eq!(en("One. Two.\n", &["一。", ""]), "一。 Two.\n");
        assert_eq!(en("One. Two.\n", &["OK.", "GPT 二。"]), "OK. GPT 二。\n");
    }

    #[test]
    fn lines_that_end_in_a_carriage_return_alone_are_lines() {
        for name in ["a.md", "a.txt"] {
            let filled = filled(name, "甲。\r\r乙。\r", Lang::Zh, &["A.", "B."]);
            assert_eq!(filled, "A.\r\rB.\r");
        }
    }

    #[test]
    fn emphasis_stays_one_for_every_reader() {
        let en = |text, targets: &[&str]| filled("a.md", text, Lang::En, targets);
        let joined = en("**Dates.** On a day\n", &["**日期。**", "有一天"]);
        assert_eq!(joined, "**日期。** 有一天\n");
        let one = |target| en("**Note:** very good\n", &[target]);
        assert_eq!(one("**注意：**很好"), "**注意：** 很好\n");
        assert_eq!(one("很好**“注意”**的"), "很好 **“注意”** 的\n");
        assert_eq!(one("**注意**：很好"), "**注意**：很好\n");
        assert_eq!(one("**注意。**，很好"), "**注意。**，很好\n");
    }

    #[test]
    fn a_link_by_its_own_words_keeps_its_destination() {
        let zh = |target| filled("a.md", "见[主页]。\n\n[主页]: a.md\n", Lang::Zh, &[target]);
        assert_eq!(
            zh("See the [home page]."),
            "See the [home page][主页].\n\n[主页]: a.md\n"
        );
        assert_eq!(zh("See [it][主页]."), "See [it][主页].\n\n[主页]: a.md\n");
        assert_eq!(zh("See it."), "See it.\n\n[主页]: a.md\n");
    }

    #[test]
    fn line_breaks_between_sentences_stay_where_they_mean_something() {
        assert_eq!(
            filled("a.md", "> 甲。\n> 乙，\n> 续。\n", Lang::Zh, &["A.", "B."]),
            "> A.\n> B.\n"
        );
        assert_eq!(
            filled(
                "a.md",
                "甲。  \r\n乙。<br>丙\\\r\n丁\r\n",
                Lang::Zh,
                &["A.", "B.", "C", "D"]
            ),
            "A.  \r\nB.<br>C\\\r\nD\r\n"
        );
        let wrapped = "The quick brown fox jumps over the lazy\ndog. It runs into the deep dark forest.\nNobody has ever seen it again since the\nwinter came.\n";
        assert_eq!(
            filled("a.txt", wrapped, Lang::En, &["一。", "二。", "三。"]),
            "一。二。三。\n"
        );
    }

    #[test]
    fn a_translators_line_break_fits_its_hole() {
        let break_in = |text| filled("a.md", text, Lang::Zh, &["A\nB"]);
        assert_eq!(break_in("- > 甲\n"), "- > A\n  > B\n");
        assert_eq!(break_in("# 甲 #\n"), "# A B #\n");
        assert_eq!(break_in("|甲|\n|-|\n"), "|A<br>B|\n|-|\n");
        assert_eq!(break_in("---\ntitle: 甲\n---\n"), "---\ntitle: A B\n---\n");
        assert_eq!(
            filled("a.txt", "  甲\n", Lang::Zh, &["A\r\n\r\nB"]),
            "  A\n  B\n"
        );
    }

    #[test]
    fn only_what_would_change_the_structure_is_escaped() {
        let zh = |text, target| filled("a.md", text, Lang::Zh, &[target]);
        assert_eq!(zh("甲\n", "1. A"), "1\\. A\n");
        assert_eq!(zh("甲\n", "#1 is **bold**"), "#1 is **bold**\n");
        assert_eq!(zh("甲\n", "# 1"), "\\# 1\n");
        assert_eq!(zh("甲\n", "**A** - b"), "**A** - b\n");
        assert_eq!(zh("# 甲\n", "1. A"), "# 1. A\n");
        assert_eq!(zh("|甲|\n|-|\n", "a|b \\| c"), "|a\\|b \\| c|\n|-|\n");
        assert_eq!(zh("甲\n", "[![x](y)](z)"), "[![x](y)](z)\n");
        let title = |target| zh("---\ntitle: 甲\n---\n", target);
        assert_eq!(title("A: \"b\""), "---\ntitle: \"A: \\\"b\\\"\"\n---\n");
        assert_eq!(title("A plain one"), "---\ntitle: A plain one\n---\n");
        for quoted in ["2025", "2025-01-01", "Yes", "null", "1.5"] {
            assert_eq!(title(quoted), format!("---\ntitle: \"{quoted}\"\n---\n"));
        }
        assert_eq!(title("In 2025"), "---\ntitle: In 2025\n---\n");
        assert_eq!(
            zh("---\ntitle: \"甲\" # 注\n---\n", "A"),
            "---\ntitle: \"A\" # 注\n---\n"
        );
        assert_eq!(
            zh("---\ntitle: 甲 # 注\n---\n", "A"),
            "---\ntitle: A # 注\n---\n"
        );
        assert_eq!(
            zh("---\ntitle: '甲'\n---\n", "It's"),
            "---\ntitle: 'It’s'\n---\n"
        );
    }

    #[test]
    fn a_title_with_escapes_or_over_lines_is_written_as_it_is_meant() {
        let (zh, en) = (Lang::Zh, Lang::En);
        for (from, title, targets, written) in [
            (en, r#""The \"Plan\"""#, "“计划”", r#""“计划”""#),
            (
                zh,
                r#""“计划”与\\甲" # 注"#,
                r#"A "b" \ c"#,
                r#""A \"b\" \\ c" # 注"#,
            ),
            (
                en,
                r#""The plan grew. \"Two\" plans ended.""#,
                "一。|“二”。",
                r#""一。“二”。""#,
            ),
            (en, "'It''s one. It''s two.'", "一。|二。", "'一。二。'"),
            (
                en,
                "\"One plan.\n  Two plans.\"",
                "一。|二。",
                "\"一。二。\"",
            ),
            (en, "One long\n  plan # 注", "计划", "计划 # 注"),
            (en, ">-\n  One long\n  plan", "计划", ">-\n  计划"),
        ] {
            let text = format!("---\na: \"\\\"\"\ntitle: {title}\nb: 'c''d'\n---\n");
            let targets: Vec<&str> = targets.split('|').collect();
            let new = text.replace(title, written);
            assert_eq!(filled("a.md", &text, from, &targets), new, "{title}");
            let none = vec![""; targets.len()];
            assert_eq!(filled("a.md", &text, from, &none), text, "{title}");
        }
    }
}
