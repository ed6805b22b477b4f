//! Generated pages of the documentation are fresh, and so is what the examples give:
//! `SNAPSHOTS=overwrite cargo test --test docs` writes them anew.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on may say so by panicking"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use zhengming::check::{CHECKS, Check};
use zhengming::span::halves;

mod support;
use support::{out, zm};

/// The families of rules, in the order of the page.
const FAMILIES: &[(&str, &str)] = &[
    ("term", "Terminology"),
    ("name", "Names"),
    ("abbr", "Abbreviations"),
    ("num", "Numbers, money, measures"),
    ("date", "Dates"),
    ("zh", "Chinese typography"),
    ("en", "English typography"),
    ("punct", "Punctuation"),
    ("script", "Script and region"),
    ("char", "Characters"),
    ("seg", "Segments"),
    ("tm", "Translation memory"),
    ("align", "Alignment"),
    ("gl", "Glossaries"),
    ("allow", "Suppression"),
];

/// The first sentence of a check's page.
fn summary(check: &Check) -> String {
    let lines = check.page.lines().skip(1).skip_while(|l| l.is_empty());
    let paragraph: Vec<_> = lines.take_while(|l| !l.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    // Not the point of “a U.S. chip”.
    let ends = paragraph.match_indices(". ").map(|(at, _)| at);
    let mut ends = ends.filter(|at| !halves(&paragraph, *at).0.ends_with(char::is_uppercase));
    let end = ends.next().map(|at| at + 1);
    let sentence = end.map_or(&*paragraph, |end| halves(&paragraph, end).0);
    sentence.replace('|', "\\|")
}

/// Where a check's page stands in the repository.
fn page(check: &Check) -> String {
    let found = fs::read_dir("src/check").unwrap().find_map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name()?.to_str()?.to_owned();
        let page = path.extension().is_some_and(|e| e == "md");
        let is = page && fs::read_to_string(&path).ok()? == check.page;
        is.then_some(name)
    });
    let name = found.unwrap();
    format!("../src/check/{name}")
}

fn checks() -> String {
    let mut text = String::from(
        "<!-- Made from src/check by `SNAPSHOTS=overwrite cargo test --test docs`. -->\n\
         # The rules of `zm check`\n\n\
         Each rule's page says what it finds and what it leaves alone, with examples that\n\
         are its test; `zm explain RULE` prints it. Severities are the default ones:\n\
         `[rules]` and `[[overrides]]` of `zhengming.toml` change them, and weak evidence\n\
         lowers them. The last column is the MQM category. How often each rule speaks on\n\
         good translations is in [quality.md](quality.md).\n",
    );
    let mut left: Vec<&Check> = CHECKS.iter().collect();
    for (prefix, title) in FAMILIES {
        let of_family = |c: &&Check| c.id.split('-').next() == Some(*prefix);
        let family: Vec<&Check> = left.iter().copied().filter(of_family).collect();
        left.retain(|c| !of_family(c));
        if family.is_empty() {
            continue;
        }
        write!(
            text,
            "\n## {title}\n\n| rule | severity | finds | MQM |\n| --- | --- | --- | --- |\n"
        )
        .unwrap();
        for check in family {
            let (id, level, mqm) = (check.id, check.level.name(), check.mqm);
            let (page, summary) = (page(check), summary(check));
            writeln!(text, "| [`{id}`]({page}) | {level} | {summary} | {mqm} |").unwrap();
        }
    }
    let left: Vec<_> = left.iter().map(|c| c.id).collect();
    assert!(left.is_empty(), "in no family: {left:?}");
    text
}

#[test]
fn the_page_of_rules_is_fresh() {
    let kept = Path::new("docs/checks.md");
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(checks(), snapbox::Data::read_from(kept, None).raw());
}

/// The findings of the example documents: the faults that are planted in them, and the notes.
#[test]
fn the_examples_have_the_findings_they_are_made_for() {
    let args = ["check", "examples/", "--format", "short", "--no-cache"];
    let output = zm(Path::new("."), &args);
    let kept = Path::new("tests/examples.findings.txt");
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(out(&output), snapbox::Data::read_from(kept, None).raw());
    assert_eq!(output.status.code(), Some(1));
}
