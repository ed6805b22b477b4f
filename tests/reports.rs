//! The examples of `docs/reports.md` are what the program writes.
//! `SNAPSHOTS=overwrite cargo test --test reports` rewrites them; read the
//! difference before keeping it. `REPORTS=FOLDER cargo test --test reports`
//! also writes a report of hard-to-write results in every format there, for
//! `benches/reports.py` to validate.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on may say so by panicking"
)]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use zhengming::check::{self, CHECKS, Job, Level, Levels, Reference};
use zhengming::finding::Severity;
use zhengming::format;
use zhengming::glossary::Glossary;
use zhengming::lang::Lang;
use zhengming::model::bitext::{Bitext, Layout};
use zhengming::recognize::Recognizer;
use zhengming::report::{FORMATS, Results, Style, Unread, github};

const GLOSSARY: &str = "\
zh\ten\ten_avoid
创世计划\tGenesis Mission\tCreation Plan
供应链韧性\tsupply chain resilience\t
";

/// The rules that are looked at here: what others find is not what is tested.
const RULES: [&str; 2] = ["term-forbidden", "term-missing"];

/// A document that stands nowhere.
fn read(path: &str, text: &str, lang: Lang) -> Bitext {
    let parsed = format::parse(Path::new(path), text.as_bytes().to_vec(), Some(lang));
    Bitext::single(parsed.unwrap().value, lang.into())
}

/// Two documents that translate each other unit by unit.
fn pair(source: Bitext, target: Bitext) -> Bitext {
    let mut pair = Bitext {
        layout: Layout::Pair,
        ..source
    };
    pair.files.extend(target.files);
    assert_eq!(pair.units.len(), target.units.len());
    for (unit, other) in pair.units.iter_mut().zip(target.units) {
        unit.source = unit.target.take();
        unit.target = other.target;
        if let Some(target) = &mut unit.target {
            target.file = 1;
        }
    }
    pair
}

fn checked(bitexts: Vec<Bitext>) -> Results {
    let parsed = Glossary::parse(Path::new("glossaries/us.tsv"), GLOSSARY.as_bytes());
    let glossary = Glossary::new(parsed.value);
    let recognizer = Recognizer::new(&glossary);
    let levels: Levels = CHECKS
        .iter()
        .filter(|check| !RULES.contains(&check.id))
        .map(|check| (check.id.to_owned(), Level::Off))
        .collect();
    let jobs = bitexts.into_iter().map(|bitext| Job {
        bitext,
        levels: levels.clone(),
    });
    let jobs: Vec<Job> = jobs.collect();
    let files = jobs.iter().flat_map(|job| &job.bitext.files);
    let files = files.map(|file| Arc::clone(&file.path)).collect();
    let units = jobs.iter().map(|job| job.bitext.units.len()).sum();
    let outcome = check::run(&jobs, &Reference::new(&glossary, &recognizer));
    Results {
        files,
        units,
        findings: outcome.findings,
        suppressed: outcome.suppressed,
        fail_on: Some(Severity::Error),
        ..Results::default()
    }
}

/// What the page shows.
fn example() -> Results {
    let zh = "# 简报\n\n启动“创世计划”，投入500亿美元。\n\n供应链韧性很重要。\n";
    let en = "# Brief\n\nThe Creation Plan gets US$5 billion.\n\nIt matters.\n";
    let source = read("brief.zh.md", zh, Lang::Zh);
    checked(vec![pair(source, read("brief.en.md", en, Lang::En))])
}

/// Paths and texts that are markup, commands, controls, or wide.
fn hard() -> Results {
    let odd =
        "</article></script><script>x</script>]]>&amp;'\"\u{1b}[31m\u{7}\u{202e}%0A::error::`|*";
    let zh =
        format!("# 标题 {odd}\n\n𠮷👨\u{200d}👩\u{200d}👧启动“创世计划”，{odd} 投入500亿美元。\n");
    let en = format!("# Title {odd}\n\n𠮷👧\tThe Creation Plan {odd} gets US$5 billion.\n");
    let zh = read("a b/报告 & <终稿>#1.zh.md", &zh, Lang::Zh);
    let en = read("a b/\u{1b}%,:'\"brief.en.md", &en, Lang::En);
    let clean = read("clean.md", "Nothing here.\n", Lang::En);
    let mut results = checked(vec![pair(zh, en), clean]);
    // More than the annotations of a step.
    let first = results.findings.first().cloned();
    results
        .findings
        .extend(std::iter::repeat_n(first, 15).flatten());
    results.unread.push(Unread {
        path: "no <such> file.md".into(),
        message: format!("cannot be read: {odd}"),
    });
    results
}

fn written(results: &Results, name: &str) -> String {
    let format = FORMATS.iter().find(|f| f.name == name).unwrap();
    let mut out = Vec::new();
    (format.write)(results, &Style::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What the page shows of a format: all of it where it is short.
fn shown(name: &str) -> String {
    let all = written(&example(), name);
    let pretty = |value: &serde_json::Value| serde_json::to_string_pretty(value).unwrap() + "\n";
    match name {
        "json" => pretty(&serde_json::from_str(&all).unwrap()),
        "sarif" => {
            let log: serde_json::Value = serde_json::from_str(&all).unwrap();
            pretty(&log["runs"][0]["results"][0])
        }
        "html" => {
            let (_, card) = all.split_once("<article").unwrap();
            let (card, _) = card.split_once("</article>").unwrap();
            format!("<article{card}</article>\n")
        }
        _ => all,
    }
}

/// The page with each block below `<!-- FORMAT -->` made anew.
fn fresh(page: &str) -> String {
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        let name = line
            .strip_prefix("<!-- ")
            .and_then(|l| l.strip_suffix(" -->"));
        let Some(name) = name else { continue };
        let fence = lines.next().unwrap();
        assert!(fence.starts_with("```"), "no block below {line}");
        lines.find(|line| *line == "```").unwrap();
        let text = match name {
            "github summary" => github::summary(&example()),
            name => shown(name),
        };
        let _ = writeln!(out, "{fence}\n{text}```");
    }
    out
}

#[test]
fn the_page_shows_what_is_written() {
    let path = "docs/reports.md";
    let page = std::fs::read_to_string(path).unwrap();
    for format in FORMATS {
        let marker = format!("<!-- {} -->\n", format.name);
        assert!(page.contains(&marker), "no example of {}", format.name);
    }
    let fresh = fresh(&page);
    if std::env::var("SNAPSHOTS").is_ok_and(|s| s == "overwrite") {
        std::fs::write(path, &fresh).unwrap();
    } else {
        let lines = page.lines().zip(fresh.lines());
        let other = lines.filter(|(old, new)| old != new).map(|(_, new)| new);
        let other: Vec<&str> = other.take(3).collect();
        assert!(
            page == fresh,
            "{path} is not what is written now; SNAPSHOTS=overwrite cargo test --test reports mends it: {other:#?}"
        );
    }
}

#[test]
fn hard_results_are_written_in_every_format() {
    let results = hard();
    assert!(results.findings.len() > 15, "{:?}", results.findings);
    for format in FORMATS {
        let text = written(&results, format.name);
        // JSON escapes it; whoever wants it raw has to undo that.
        assert!(!text.contains('\u{1b}'), "{}", format.name);
        if let Ok(folder) = std::env::var("REPORTS") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(Path::new(&folder).join(format.name), text).unwrap();
        }
    }
}
