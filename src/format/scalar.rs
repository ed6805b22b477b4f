//! The text of a value in front matter, as YAML and TOML write it: plain, in quotation marks,
//! or YAML's block of lines. What escapes a character is left out of the runs, a line break
//! that folds is a soft one; a text that the file does not have as it is meant is none.

use super::{Run, RunKind};
use crate::model::document::Slot;
use crate::span::{Span, halves};

/// A value that is text.
#[derive(Debug)]
pub(super) struct Value {
    /// Its parts; where it is in quotation marks, the first and the last touch them.
    pub(super) runs: Vec<Run>,
    /// How another text is written in its place.
    pub(super) slot: Slot,
    /// What begins a further line of it.
    pub(super) prefix: String,
}

/// The text of a value that begins at byte `at` of the file; `rest` is the front matter from there.
///
/// `None` where its kind or an escape in it is not read here.
pub(super) fn value(rest: &str, at: usize, yaml: bool) -> Option<Value> {
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(rest, at, quote, yaml),
        Some('>' | '|') if yaml => block(rest, at),
        Some(c) if "[{|>&*!%@`#".contains(c) => None,
        _ => plain(rest, at, yaml),
    }
}

/// Runs being gathered; places are those of a part of the file that begins at byte `at`.
struct Runs {
    at: usize,
    runs: Vec<Run>,
}

impl Runs {
    fn new(at: usize) -> Self {
        Self {
            at,
            runs: Vec::new(),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: RunKind) {
        self.runs.push(Run {
            at: Span::new(self.at + start, self.at + end),
            kind,
        });
    }

    /// A part of the text, where it is one.
    fn text(&mut self, start: usize, end: usize) {
        if start < end {
            self.push(start, end, RunKind::Text);
        }
    }

    fn value(self, slot: Slot, prefix: &str) -> Value {
        Value {
            runs: self.runs,
            slot,
            prefix: prefix.to_owned(),
        }
    }
}

/// A text in quotation marks; in YAML it may go on in lines that are indented.
fn quoted(rest: &str, at: usize, quote: char, yaml: bool) -> Option<Value> {
    let inside = rest.strip_prefix(quote)?;
    let mut runs = Runs::new(at + quote.len_utf8());
    // The mark may be followed by an escape: the value begins before it all the same.
    runs.push(0, 0, RunKind::Text);
    let mut from = 0;
    let mut chars = inside.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let doubled = quote == '\'' && yaml && chars.peek().is_some_and(|(_, next)| *next == '\'');
        if c == quote && !doubled {
            runs.text(from, i);
            runs.push(i, i, RunKind::Text);
            let behind = halves(inside, i + c.len_utf8()).1;
            let behind = behind.lines().next().unwrap_or_default().trim_start();
            let whole = behind.is_empty() || behind.starts_with('#');
            return whole.then(|| runs.value(Slot::Scalar, ""));
        }
        if (c == quote && doubled) || (c == '\\' && quote == '"') {
            let (_, escaped) = chars.next()?;
            if !matches!(escaped, '"' | '\\' | '\'' | '/') {
                return None;
            }
            runs.text(from, i);
            from = i + c.len_utf8();
        }
        if c == '\n' {
            let next = halves(inside, i + c.len_utf8()).1;
            let indent = indent(next).filter(|_| yaml)?.len();
            let end = from + Span::new(from, i).of(inside).trim_end().len();
            runs.text(from, end);
            from = i + c.len_utf8() + indent;
            runs.push(end, from, RunKind::Soft);
            while chars.next_if(|(at, _)| *at < from).is_some() {}
        }
    }
    None
}

/// A text without marks; in YAML it may go on in lines that are indented. A comment ends it.
fn plain(rest: &str, at: usize, yaml: bool) -> Option<Value> {
    let mut runs = Runs::new(at);
    let mut start = 0;
    let mut lines = rest.split_inclusive('\n');
    let mut line = lines.next().unwrap_or_default();
    loop {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let text = line.split(" #").next().unwrap_or_default().trim_end();
        runs.text(start + indent.min(text.len()), start + text.len());
        let commented = text.len() < line.trim_end().len();
        let end = start + text.len();
        start += line.len();
        let Some(next) = lines.next().filter(|_| yaml && !commented) else {
            break;
        };
        let Some(further) = indent_of_text(next) else {
            break;
        };
        if runs.runs.is_empty() {
            // What begins below its name may be names of its own.
            return None;
        }
        runs.push(end, start + further.len(), RunKind::Soft);
        line = next;
    }
    Some(runs.value(Slot::Scalar, ""))
}

/// A block of lines (`>`, `|`); it ends where a line is not indented.
fn block(rest: &str, at: usize) -> Option<Value> {
    let mut lines = rest.split_inclusive('\n');
    let head = lines.next()?;
    let mark = head.split(" #").next().unwrap_or_default().trim();
    if ![">", "|", ">-", "|-", ">+", "|+"].contains(&mark) {
        return None;
    }
    let mut runs = Runs::new(at);
    let mut start = head.len();
    let mut prefix: Option<&str> = None;
    let mut end = None;
    for line in lines {
        let Some(indent) = indent(line) else { break };
        let text = start + indent.len();
        let until = start + line.trim_end().len();
        // Lines that are not alike are kept apart in YAML.
        if *prefix.get_or_insert(indent) != indent {
            return None;
        }
        if let Some(end) = end {
            runs.push(end, text, RunKind::Soft);
        }
        runs.text(text, until);
        end = Some(until);
        start += line.len();
    }
    // An empty line parts paragraphs, if there is one behind it.
    let mut behind = halves(rest, start).1.lines();
    let next = behind.find(|line| !line.trim().is_empty());
    if next.is_some_and(|line| indent(line).is_some()) {
        return None;
    }
    Some(runs.value(Slot::Wrapped, prefix.unwrap_or_default()))
}

/// What the first line of a text is indented by; `None` where it is not, or holds nothing.
fn indent(rest: &str) -> Option<&str> {
    let line = rest.lines().next()?;
    let text = line.trim_start_matches([' ', '\t']);
    let indent = halves(line, line.len() - text.len()).0;
    (!indent.is_empty() && !text.trim().is_empty()).then_some(indent)
}

/// The same of a line that is no comment.
fn indent_of_text(line: &str) -> Option<&str> {
    indent(line).filter(|indent| !halves(line, indent.len()).1.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of a value's runs, line breaks as `/`.
    fn runs(rest: &str, yaml: bool) -> Option<String> {
        let value = value(rest, 0, yaml)?;
        let texts = value.runs.iter().map(|run| match run.kind {
            RunKind::Soft => "/",
            _ => run.at.of(rest),
        });
        Some(texts.collect())
    }

    #[test]
    fn values_as_they_are_meant() {
        for (rest, wanted) in [
            ("正名 # 注\n", "正名"),
            ("C# 与 F#\n", "C# 与 F#"),
            ("\"正名\" # 注\ndate: x\n", "正名"),
            ("\"A \\\"b\\\" \\\\ c\"\n", "A \"b\" \\ c"),
            ("\"\\\"A\\\"\"\n", "\"A\""),
            ("'It''s'\n", "It's"),
            ("'a\\b'\n", "a\\b"),
            ("\"One \n  two\"\n---\n", "One/two"),
            ("One\n  two # 注\n  three\n", "One/two"),
            ("One\r\n  two\r\ndate: x\r\n", "One/two"),
            (">-\n  One\n  two\n---\n", "One/two"),
            ("| # 注\n  One\n\ndate: x\n", "One"),
            ("\n---\n", ""),
        ] {
            assert_eq!(runs(rest, true).as_deref(), Some(wanted), "{rest}");
        }
        assert_eq!(runs("'a\\b'\n", false).as_deref(), Some("a\\b"));
    }

    #[test]
    fn what_is_not_read_here() {
        for rest in [
            "\"a\\nb\"\n",
            "\"\\u6b63\"\n",
            "\"a\" b\n",
            "\"a\nb\"\n",
            "\"a\n\n  b\"\n",
            "\"a\n  \n  b\"\n",
            "\"a\n---\n",
            "[a, b]\n",
            ">2\n  a\n",
            ">\n  a\n    b\n",
            "|\n  a\n\n  b\n",
            "\n  zh: a\n",
        ] {
            assert_eq!(runs(rest, true), None, "{rest}");
        }
        for rest in ["'It''s'\n", "\"\"\"a\"\"\"\n", "\"a\n  b\"\n"] {
            assert_eq!(runs(rest, false), None, "{rest}");
        }
    }
}
