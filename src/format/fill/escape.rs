//! What would make something else of a hole's block, escaped.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{before, quote_before};
use crate::format::{html, markdown, subtitle};
use crate::lang::Locale;
use crate::model::document::{Hole, Slot};

/// Escapes what would make something else of the hole's block.
pub(super) fn escape(text: &str, hole: &Hole, new: String, to: Locale) -> String {
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
