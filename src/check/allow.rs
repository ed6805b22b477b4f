//! Comments that allow a finding: `zm:allow RULE reason` on its line or the
//! line above, `zm:allow-file RULE reason` for the whole file, and the same in
//! a unit's note.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::run::{about, severity};
use super::{Check, Level, Levels, Outcome, Run, named};
use crate::finding::{Finding, Place};
use crate::model::bitext::Bitext;
use crate::span::{self, Span};

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
    lines: Option<[u32; 2]>,
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
    findings: Vec<Finding>,
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
    let before = findings.len();
    let mut outcome = Outcome::default();
    let mut allowed = |rule: &str, place: &Place| {
        let key = (rule.to_owned(), Arc::clone(&place.path));
        let mut any = false;
        for allow in by_place.get(&key).into_iter().flatten() {
            let Some(allow) = allows.get_mut(*allow) else {
                continue;
            };
            if allow.lines.is_none_or(|lines| lines.contains(&place.line)) {
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
    // Markdown has comments of its own, and examples of everything else.
    let pattern = if file.format == "markdown" {
        &MARKUP
    } else {
        &LINE
    };
    let Some(pattern) = pattern.as_ref() else {
        return;
    };
    // Most files hold none: this look costs nothing beside the pattern's.
    if !file.text.contains("zm:allow") {
        return;
    }
    for found in pattern.captures_iter(file.text) {
        let Some(rule) = found.get(2) else { continue };
        let (line, _) = span::line_column(file.text, rule.start());
        allows.push(Allow {
            rule: rule.as_str().to_owned(),
            path: Arc::clone(file.path),
            lines: found.get(1).is_none().then_some([line, line + 1]),
            at: rule.range().into(),
            used: false,
        });
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
                let (line, _) = span::line_column(&file.text, at.start as usize);
                allows.push(Allow {
                    rule: rule.to_owned(),
                    path: Arc::clone(&file.path),
                    lines: Some([line, line]),
                    at,
                    // A note is not a comment to be cleaned up: it is the translator's decision.
                    used: true,
                });
            }
        }
    }
}
