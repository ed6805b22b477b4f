//! Comments that allow a finding: `zm:allow RULE reason` on its line or the
//! line above, `zm:allow-file RULE reason` for the whole file, and the same in
//! a unit's note.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::run::{about, severity};
use super::{Check, Level, Levels, Outcome, Run, named};
use crate::finding::{Finding, Place};
use crate::format::{markdown, subtitle};
use crate::model::bitext::Bitext;
use crate::span::{self, Span, halves};

pub(super) const CHECK: Check = Check {
    id: "allow-unused",
    level: Level::Note,
    mqm: "design/markup",
    page: include_str!("allow.md"),
    // It is looked at after all others: by `apply`.
    run: Run::Set(|_, _| {}),
};

/// A comment that allows findings.
struct Allow {
    rule: String,
    path: Arc<Path>,
    /// The lines it is for; `None` for all of the file.
    lines: Option<RangeInclusive<u32>>,
    /// Where its rule stands.
    at: Span,
    used: bool,
}

/// A file of a run whose comments may allow findings in it.
pub(super) struct Commented<'a> {
    pub(super) path: &'a Arc<Path>,
    pub(super) text: &'a str,
    pub(super) format: &'static str,
    pub(super) levels: &'a Levels,
}

/// Leaves out what comments and the notes of units allow, and reports comments
/// that allow nothing.
pub(super) fn apply(
    mut findings: Vec<Finding>,
    files: &[Commented<'_>],
    bitexts: &[&Bitext],
) -> Outcome {
    let mut allows = Vec::new();
    let mut read = BTreeSet::new();
    for file in files.iter().filter(|file| read.insert(file.path)) {
        comments(file, &mut allows);
    }
    for bitext in bitexts {
        notes(bitext, &mut allows);
    }
    let mut by_place: BTreeMap<(String, Arc<Path>), Vec<usize>> = BTreeMap::new();
    for (i, allow) in (0..).zip(&allows) {
        let key = (allow.rule.clone(), Arc::clone(&allow.path));
        by_place.entry(key).or_default().push(i);
    }
    let own = own_lines(files, &allows);
    findings.retain(|finding| {
        let lines = own.get(&finding.place.path);
        !lines.is_some_and(|lines| lines.contains(&finding.place.line))
    });
    let before = findings.len();
    let mut outcome = Outcome::default();
    let mut allowed = |rule: &str, place: &Place| {
        let key = (rule.to_owned(), Arc::clone(&place.path));
        let mut any = false;
        for allow in by_place.get(&key).into_iter().flatten() {
            let Some(allow) = allows.get_mut(*allow) else {
                continue;
            };
            let lines = allow.lines.as_ref();
            if lines.is_none_or(|lines| lines.contains(&place.line)) {
                (allow.used, any) = (true, true);
            }
        }
        any
    };
    outcome.findings = findings
        .into_iter()
        .filter_map(|finding| left(finding, &mut allowed))
        .collect();
    outcome.suppressed = before - outcome.findings.len();
    let mut by_path: BTreeMap<&Arc<Path>, &Commented<'_>> = BTreeMap::new();
    for file in files {
        by_path.entry(file.path).or_insert(file);
    }
    for allow in allows.iter().filter(|allow| !allow.used) {
        let Some(Commented { text, levels, .. }) = by_path.get(&allow.path) else {
            continue;
        };
        let Some(grave) = severity(&CHECK, levels) else {
            continue;
        };
        let rule = &allow.rule;
        let message = match named(rule) {
            // Nobody looked whether there is anything to allow.
            Some(check) if severity(check, levels).is_none() => continue,
            Some(_) => format!("nothing here is a finding of {rule}: the comment can go"),
            None => format!("no rule is called {rule}; `zm explain` lists them"),
        };
        outcome.findings.push(Finding {
            severity: grave,
            ..about(CHECK.id, &allow.path, text, allow.at, message)
        });
    }
    outcome
}

/// What is left of a finding; one that stands for several places moves to the
/// first of them that is not allowed.
fn left(mut finding: Finding, allowed: &mut impl FnMut(&str, &Place) -> bool) -> Option<Finding> {
    let rule = finding.rule;
    let gathers = matches!(
        named(rule).map(|check| check.run),
        Some(Run::Units(..) | Run::Texts(..))
    );
    if gathers {
        finding.related.retain(|place| !allowed(rule, place));
    }
    if !allowed(rule, &finding.place) {
        return Some(finding);
    }
    if !gathers || finding.related.is_empty() {
        return None;
    }
    finding.place = finding.related.remove(0);
    // These were the texts of the place that it moved away from.
    finding.sides = None;
    Some(finding)
}

/// The comments of a file.
fn comments(file: &Commented<'_>, allows: &mut Vec<Allow>) {
    static MARKUP: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"<!--\s*zm:allow(-file)?\s+([a-z][a-z-]*)").ok());
    static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?m)^\s*(?:#|//|%|<!--)\s*zm:allow(-file)?\s+([a-z][a-z-]*)").ok()
    });
    static NOTE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)^NOTE\s+zm:allow(-file)?\s+([a-z][a-z-]*)").ok());
    // Markdown and HTML have comments of their own, and examples of everything else.
    let pattern = match file.format {
        "markdown" | "html" => &MARKUP,
        "vtt" => &NOTE,
        // Whatever stands in such a file is shown.
        "srt" | "docx" => return,
        _ => &LINE,
    };
    let Some(pattern) = pattern.as_ref() else {
        return;
    };
    // Most files hold none: this look costs nothing beside the pattern's.
    if !file.text.contains("zm:allow") {
        return;
    }
    let examples = LazyCell::new(|| examples(file));
    for found in pattern.captures_iter(file.text) {
        let (Some(whole), Some(rule)) = (found.get(0), found.get(2)) else {
            continue;
        };
        let everywhere = found.get(1).is_some();
        // A comment of an entry of a PO file is the note of its unit.
        let noted = file.format == "po" && !everywhere;
        let shown = examples
            .iter()
            .any(|span| span.contains(whole.range().into()));
        let quoted = halves(file.text, whole.start()).0.ends_with('`');
        if noted || shown || quoted {
            continue;
        }
        allows.push(Allow {
            rule: rule.as_str().to_owned(),
            path: Arc::clone(file.path),
            lines: (!everywhere).then(|| reach(file, rule.range().into())),
            at: rule.range().into(),
            used: false,
        });
    }
}

/// The lines of plain text that are such comments, and nothing to check.
fn own_lines<'a>(
    files: &[Commented<'a>],
    allows: &[Allow],
) -> BTreeMap<&'a Arc<Path>, BTreeSet<u32>> {
    let mut own: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.format == "txt") {
        for allow in allows.iter().filter(|allow| allow.path == *file.path) {
            let (line, _) = span::line_column(file.text, allow.at.start as usize);
            own.entry(file.path).or_default().insert(line);
        }
    }
    own
}

/// Elements that a comment above them is for as a whole: a unit of XML, a paragraph of a page.
const ELEMENTS: [&[&str]; 2] = [
    &["trans-unit", "unit", "segment", "tu"],
    &[
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "caption",
        "figcaption",
        "blockquote",
        "button",
        "label",
        "summary",
        "title",
    ],
];

/// The lines that a comment is for: its own and the next one; where an element of XML begins
/// there, all of that; in subtitles the next cue.
fn reach(file: &Commented<'_>, rule: Span) -> RangeInclusive<u32> {
    let text = file.text;
    let line = |at: usize| span::line_column(text, at).0;
    let first = line(rule.start as usize);
    let (head, mut rest) = halves(text, rule.end as usize);
    if file.format == "vtt" {
        let cue = subtitle::next_cue(rest);
        return first..=line(text.len() - rest.len() + cue);
    }
    let open = head
        .rfind("<!--")
        .is_some_and(|at| !halves(head, at).1.contains("-->"));
    let Some((_, after)) = rest.split_once("-->").filter(|_| open) else {
        return first..=first + 1;
    };
    let last = line(text.len() - after.len());
    // Several comments may stand above one element.
    rest = after.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment
            .split_once("-->")
            .map_or("", |(_, rest)| rest.trim_start());
    }
    let element = rest.strip_prefix('<').unwrap_or_default();
    let [units, paragraphs] = ELEMENTS;
    let elements = if file.format == "html" {
        paragraphs
    } else {
        units
    };
    let unit = elements.iter().find(|unit| {
        let rest = element.strip_prefix(**unit);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
    });
    let end = unit.and_then(|unit| element.find(&format!("</{unit}>")));
    let end = end.map(|end| line(text.len() - element.len() + end));
    first..=end.unwrap_or(last + 1)
}

/// The code blocks of a Markdown file: what stands in them is shown, and not meant.
fn examples(file: &Commented<'_>) -> Vec<Span> {
    if file.format == "markdown" {
        markdown::code_blocks(file.text)
    } else {
        Vec::new()
    }
}

/// What the notes of units allow.
fn notes(bitext: &Bitext, allows: &mut Vec<Allow>) {
    for unit in &bitext.units {
        let mut words = unit.note.split_whitespace();
        while let Some(word) = words.next() {
            if word != "zm:allow" {
                continue;
            }
            let Some(rule) = words.next() else { continue };
            let passages = unit.source.iter().chain(&unit.target);
            for passage in passages {
                let Some(file) = bitext.files.get(passage.file as usize) else {
                    continue;
                };
                let at = passage.in_file(Span::all(&passage.text));
                let line = |at: u32| span::line_column(&file.text, at as usize).0;
                let (first, last) = (line(at.start), line(at.end));
                allows.push(Allow {
                    rule: rule.to_owned(),
                    path: Arc::clone(&file.path),
                    lines: Some(first..=last),
                    at,
                    // A note is not a comment to be cleaned up: it is the translator's decision.
                    used: true,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(format: &'static str, text: &str) -> RangeInclusive<u32> {
        let path: Arc<Path> = Path::new("a").into();
        let file = Commented {
            path: &path,
            text,
            format,
            levels: &Levels::new(),
        };
        reach(&file, Span::find(text, "term-case").unwrap())
    }

    fn lines(text: &str) -> RangeInclusive<u32> {
        lines_of("xliff", text)
    }

    #[test]
    fn a_comment_is_for_all_of_a_paragraph_or_cue_that_follows() {
        let page = "<!-- zm:allow term-case -->\n<p class=x>\n一\n</p>\n<p>二</p>\n";
        assert_eq!(lines_of("html", page), 1..=4);
        assert_eq!(lines_of("html", "<!-- zm:allow term-case -->一\n"), 1..=2);
        let cues = "WEBVTT\n\nNOTE zm:allow term-case why\n\nNOTE more\n\n1\n\
                    00:01.000 --> 00:02.000\n一\n二\n\n2\n00:03.000 --> 00:04.000\n三\n";
        assert_eq!(lines_of("vtt", cues), 3..=10);
        assert_eq!(lines_of("vtt", "NOTE zm:allow term-case\n"), 1..=1);
    }

    #[test]
    fn a_comment_is_for_the_next_line_and_above_an_element_for_all_of_it() {
        assert_eq!(lines("<!-- zm:allow term-case -->\n一\n二\n"), 1..=2);
        assert_eq!(lines("<!--\nzm:allow term-case\n-->\n一\n"), 2..=4);
        assert_eq!(lines("# zm:allow term-case\n一\n<!-- x -->\n"), 1..=2);
        let units = "<body>\n<!-- zm:allow term-case why -->\n<!-- more -->\n<trans-unit id='1'>\n\
                     <source/>\n<target/>\n</trans-unit>\n<trans-unit id='2'/>\n</body>\n";
        assert_eq!(lines(units), 2..=7);
    }
}
