//! Generated pages of the documentation are fresh, and so is what the examples give:
//! `SNAPSHOTS=overwrite cargo test --test docs` writes them anew. And the commands of the
//! README give what it shows.

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
use support::{err, folder, out, zm};

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

/// A command of a page.
#[derive(Debug, PartialEq)]
struct Shown {
    /// The folder it is for.
    folder: String,
    args: Vec<String>,
    /// What it prints; empty where the page does not show that.
    output: String,
}

/// The words of a command line without its comment. What goes to the folder of passing files
/// goes to the current one.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or_default();
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(
                part.split_whitespace()
                    .map(|word| word.replace("/tmp/", "")),
            );
        }
    }
    words
}

/// The runs of `zm` in the console blocks of a page. What one prints stands below it, or alone
/// in the block that follows at once.
fn shown(page: &str) -> Vec<Shown> {
    let text = fs::read_to_string(page).unwrap();
    // Every second part is a block.
    let parts: Vec<&str> = text.split("\n```").collect();
    let mut all: Vec<Shown> = Vec::new();
    for (at, part) in parts.iter().enumerate().skip(1).step_by(2) {
        let Some(block) = part.strip_prefix("console\n") else {
            continue;
        };
        let mut folder = String::new();
        for line in block.lines() {
            let Some(command) = line.strip_prefix("$ ") else {
                let output = &mut all.last_mut().unwrap().output;
                output.push_str(line);
                output.push('\n');
                continue;
            };
            let mut words = words(command).into_iter();
            match words.next().as_deref() {
                Some("cd") => folder = words.next().unwrap(),
                Some("zm") => all.push(Shown {
                    folder: folder.clone(),
                    args: words.collect(),
                    output: String::new(),
                }),
                _ => {}
            }
        }
        let at_once = parts
            .get(at + 1)
            .is_some_and(|prose| prose.trim().is_empty());
        let next = parts
            .get(at + 2)
            .and_then(|part| part.strip_prefix("text\n"));
        if let (true, 1, Some(next)) = (at_once, block.lines().count(), next) {
            all.last_mut().unwrap().output = format!("{next}\n");
        }
    }
    all
}

/// A copy of this workspace, without what work in it leaves behind.
fn copy() -> tempfile::TempDir {
    let copy = folder(&[("zhengming.toml", fs::read("zhengming.toml").unwrap())]);
    for from in ["examples", "examples/pair", "glossaries", "memories"] {
        let to = copy.path().join(from);
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let work = name == "journal.tsv" || name.contains(".zm");
            if path.is_file() && !work {
                fs::copy(&path, to.join(name)).unwrap();
            }
        }
    }
    copy
}

#[test]
fn the_commands_of_the_readme_give_what_it_shows() {
    let copy = copy();
    for Shown {
        folder,
        args,
        output,
    } in shown("README.md")
    {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = zm(&copy.path().join(folder), &args);
        let said = err(&run);
        // Files of the reader's own are not there, and no screen.
        let not_here = ["no such file or folder", "needs a terminal"];
        let fine = matches!(run.status.code(), Some(0 | 1))
            || not_here.iter().any(|why| said.contains(why));
        assert!(fine, "{args:?}: {said}");
        if !output.is_empty() {
            assert_eq!(out(&run), output, "{args:?}");
        }
    }
}

#[test]
fn both_readmes_show_the_same_commands() {
    let shown = [shown("README.md"), shown("README.zh-CN.md")];
    assert!(shown[0].len() > 20, "{shown:?}");
    assert_eq!(shown[0], shown[1]);
}
