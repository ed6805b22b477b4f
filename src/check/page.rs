//! A check's page is its test.
//!
//! Its fenced blocks are read in order. `glossary` is a table that holds until
//! the next one, `memory` one of past units likewise; `units` has one unit a line, source and target with a tab
//! between; `document NAME` is a document alone, several make a set; `findings`
//! is what all units and documents since the last one must give. Only the
//! page's own rule counts; one that is off by default runs as a warning.
//! On the page of a rule about glossaries each `glossary` since the last
//! findings is checked; `glossary NAME` is one of several.
//! `SNAPSHOTS=overwrite cargo test` writes what is found into the pages.

use std::fmt::Write;
use std::path::Path;

use super::*;
use crate::finding::Finding;
use crate::format;
use crate::glossary::Sheet;
use crate::lang::{Lang, Locale};
use crate::memory::Places;
use crate::model::bitext::{Bitext, Couple, File, Layout, Passage};
use crate::model::document::Piece;
use crate::text::detect;

/// Units, one a line, with a tab between source and target.
fn units(text: &str) -> Bitext {
    let mut at = 0;
    let mut from = Lang::Zh;
    let mut couples = Vec::new();
    for (i, line) in (0..).zip(text.split_inclusive('\n')) {
        let (source, target) = line
            .trim_end_matches('\n')
            .split_once('\t')
            .expect("a tab in every unit");
        from = detect::language(source).unwrap_or(from);
        let passage = |text: &str, lang: Lang, at: usize| Passage {
            text: text.to_owned(),
            locale: lang.into(),
            file: 0,
            pieces: vec![Piece {
                unit: 0,
                file: at as u32,
            }],
        };
        couples.push(Couple {
            source: Some(passage(source, from, at)),
            target: Some(passage(target, from.other(), at + source.len() + 1)),
            paragraph: i,
            ..Couple::default()
        });
        at += line.len();
    }
    Bitext {
        layout: Layout::Pair,
        format: "tsv",
        files: vec![File {
            path: Path::new("units").into(),
            text: text.to_owned(),
        }],
        date: None,
        units: couples,
    }
}

/// A document alone. Its name says what it is in: `a.zh.md`, `a.zh-TW.md`, `a.en.md`.
fn document(name: &str, text: &str) -> Bitext {
    let document = format::parse(Path::new(name), text.into(), None)
        .unwrap()
        .value;
    let told = name.split('.').find_map(|part| part.parse::<Locale>().ok());
    let locale = told.unwrap_or_else(|| document.from.into());
    Bitext::single(document, locale)
}

/// What a page has told so far.
struct Told {
    table: String,
    /// The glossaries with their names, where they are what is checked.
    sheets: Vec<(String, String)>,
    memory: String,
    bitexts: Vec<Bitext>,
}

/// A memory of units that a page tells.
fn memory(table: &str, folder: &Path) -> Option<Memory> {
    let path = folder.join("memory.tsv");
    std::fs::write(&path, table).unwrap();
    let places = Places {
        memories: vec![path],
        ..Places::default()
    };
    (!table.is_empty()).then(|| Memory::open(&places).value)
}

/// The levels of a run for the sake of one check.
fn levels(check: &Check) -> Levels {
    let mut levels = Levels::new();
    if check.level == Level::Off {
        levels.insert(check.id.to_owned(), Level::Warning);
    }
    levels
}

/// What a check finds in what a page has told.
fn found(check: &Check, told: &mut Told) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let memory = memory(&told.memory, folder.path());
    let levels = levels(check);
    let sheets = std::mem::take(&mut told.sheets);
    if let Run::Glossary(_) = check.run {
        let path = folder.path().join("memory.tsv");
        let memories = memory.is_some().then_some((path, false));
        let memories: Vec<_> = memories.into_iter().collect();
        let books = sheets.iter().map(|(name, text)| Book {
            sheet: Sheet::parse(Path::new(name), text.as_bytes()),
            levels: Some(levels.clone()),
        });
        return lint(&books.collect::<Vec<_>>(), &memories).findings;
    }
    let parsed = Glossary::parse(Path::new("glossary"), told.table.as_bytes());
    assert!(
        parsed.findings.is_empty(),
        "{}: {:?}",
        check.id,
        parsed.findings
    );
    let glossary = Glossary::new(parsed.value);
    let recognizer = Recognizer::new(&glossary);
    let mut reference = Reference::new(&glossary, &recognizer);
    reference.memory = memory.as_ref();
    let jobs: Vec<_> = std::mem::take(&mut told.bitexts)
        .into_iter()
        .map(|bitext| Job {
            bitext,
            levels: levels.clone(),
        })
        .collect();
    run(&jobs, &reference).findings
}

/// The findings of one check, one a line.
fn lines(check: &Check, findings: &[Finding]) -> String {
    let mut lines = String::new();
    for finding in findings.iter().filter(|finding| finding.rule == check.id) {
        let fix = finding.suggestions.join(" / ");
        let arrow = match (fix.is_empty(), finding.safe) {
            (true, _) => "",
            (_, true) => " ⇒ ",
            (_, false) => " → ",
        };
        writeln!(lines, "{}{arrow}{fix}", finding.short()).unwrap();
    }
    lines
}

/// The page with what is found in place of its `findings`.
fn renewed(check: &Check) -> String {
    let mut page = String::new();
    let mut told = Told {
        table: String::from("zh\ten\n"),
        sheets: Vec::new(),
        memory: String::new(),
        bitexts: Vec::new(),
    };
    let mut page_lines = check.page.lines();
    while let Some(line) = page_lines.next() {
        page.push_str(line);
        page.push('\n');
        let ticks = line.chars().take_while(|c| *c == '`').count();
        let fence = "`".repeat(ticks);
        let kind = line.trim_start_matches('`');
        if ticks < 3 || kind.is_empty() {
            continue;
        }
        let mut block = String::new();
        for inner in page_lines.by_ref().take_while(|l| *l != fence) {
            block.push_str(inner);
            block.push('\n');
        }
        match kind.split_once(' ').unwrap_or((kind, "")) {
            ("glossary", name) => {
                told.table.clone_from(&block);
                let name = if name.is_empty() { "glossary" } else { name };
                told.sheets.push((name.to_owned(), block.clone()));
            }
            ("memory", _) => told.memory.clone_from(&block),
            ("units", _) => told.bitexts.push(units(&block)),
            ("document", name) => told.bitexts.push(document(name, &block)),
            ("findings", _) => block = lines(check, &found(check, &mut told)),
            _ => {}
        }
        page.push_str(&block);
        page.push_str(&fence);
        page.push('\n');
    }
    page
}

#[test]
fn every_page_tells_the_truth() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite");
    for check in CHECKS {
        assert!(
            check.page.starts_with(&format!("# {}\n", check.id)),
            "{}",
            check.id
        );
        assert!(
            check.page.contains("```findings\n"),
            "{}: a page without findings",
            check.id
        );
        let renewed = renewed(check);
        if overwrite && renewed != check.page {
            let stem = if check.id == "allow-unused" {
                "allow"
            } else {
                check.id
            };
            let path = format!("src/check/{}.md", stem.replace('-', "_"));
            std::fs::write(path, &renewed).unwrap();
            continue;
        }
        assert_eq!(renewed, check.page, "{}", check.id);
    }
}

#[test]
fn a_rule_can_be_off_or_lowered() {
    let parsed = Glossary::parse(
        Path::new("g"),
        "zh\ten\n能源部\tDepartment of Energy\n".as_bytes(),
    );
    let glossary = Glossary::new(parsed.value);
    let recognizer = Recognizer::new(&glossary);
    let reference = Reference::new(&glossary, &recognizer);
    let segment = Segment {
        path: Path::new("a.md").into(),
        line: 7,
        source: "能源部表示",
        target: "The ministry said",
        from: Lang::Zh,
        to: Locale::En,
        date: None,
    };
    let with = |level| {
        let levels = Levels::from([("term-missing".to_owned(), level)]);
        unit(&segment, &reference, &levels)
    };
    assert_eq!(
        with(Level::Note)[0].severity,
        crate::finding::Severity::Note
    );
    assert_eq!(with(Level::Error)[0].place.line, 7);
    assert!(with(Level::Off).is_empty());
}
