//! What ships: glossaries, examples and memory hold together.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on may say so by panicking"
)]

use std::path::{Path, PathBuf};

use zhengming::finding::{Finding, Severity};
use zhengming::glossary::Glossary;
use zhengming::lang::{Lang, Locale};
use zhengming::memory::{Memory, Places};
use zhengming::model::concept::{ConceptStatus, TermStatus};
use zhengming::model::document::State;
use zhengming::recognize::Recognizer;
use zhengming::session::work;
use zhengming::suggest::{Request, Suggestions, Used, suggest};

/// The TSV files of a folder, sorted.
fn tables(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|e| e == "tsv") && !path.ends_with("journal.tsv")
    });
    paths.sort();
    paths
}

fn glossary() -> Glossary {
    let read = Glossary::read(&tables("glossaries")).unwrap();
    let wrong: Vec<_> = read.findings.iter().map(Finding::short).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    read.value
}

fn suggested(text: &str, from: Lang, to: Locale) -> Suggestions {
    let glossary = glossary();
    let used = Used::default();
    let request = Request::new(text, from, to, &used);
    suggest(
        &request,
        &glossary,
        &Recognizer::new(&glossary),
        &Memory::default(),
    )
}

/// The first preferred rendering of each term, then the numbers' renderings.
fn renderings(suggestions: &Suggestions) -> Vec<&str> {
    let terms = suggestions
        .terms
        .iter()
        .filter_map(|term| term.preferred.first());
    let numbers = suggestions.numbers.iter().map(|number| &number.target);
    terms.chain(numbers).map(String::as_str).collect()
}

#[test]
fn at_least_three_hundred_concepts_name_a_source() {
    let glossary = glossary();
    let sourced = glossary
        .concepts()
        .filter(|concept| concept.status == ConceptStatus::Approved && !concept.source.is_empty());
    assert!(sourced.count() >= 300);
}

#[test]
fn the_program_and_its_wrong_name_are_one_concept() {
    let glossary = glossary();
    let recognizer = Recognizer::new(&glossary);
    let status = |text: &str| {
        let hits = recognizer.find(text, Lang::Zh);
        let sense = hits.first().and_then(|hit| hit.senses.first()).unwrap();
        (
            glossary[sense.concept].name(Lang::En).to_owned(),
            sense.status,
        )
    };
    let name = "Genesis Mission".to_owned();
    assert_eq!(status("创世计划"), (name.clone(), TermStatus::Preferred));
    assert_eq!(status("创世纪计划"), (name, TermStatus::Deprecated));
}

#[test]
fn a_sentence_gets_its_renderings_in_both_directions() {
    let english = suggested(
        "能源部将投入500亿美元启动“创世计划”。",
        Lang::Zh,
        Locale::En,
    );
    assert_eq!(
        renderings(&english),
        ["Department of Energy", "Genesis Mission", "US$50 billion"]
    );
    let text = "The Department of Energy will invest US$50 billion in the Genesis Mission.";
    let chinese = suggested(text, Lang::En, Locale::Hans);
    assert_eq!(renderings(&chinese), ["能源部", "创世计划", "500亿美元"]);
}

#[test]
fn the_memory_reads_without_a_finding() {
    let places = Places {
        index: None,
        memories: tables("memories"),
        journal: None,
    };
    let opened = Memory::open(&places);
    assert!(opened.findings.is_empty(), "{:?}", opened.findings);
    assert!(
        opened
            .value
            .stats()
            .iter()
            .map(|stats| stats.units)
            .sum::<usize>()
            >= 60
    );
}

#[test]
fn the_handed_over_translation_fits_the_example() {
    let path = Path::new("examples/genesis-mission.zh.md");
    let document = zhengming::format::read(path, Some(Lang::Zh)).unwrap().value;
    // Elsewhere, lest somebody's own work on the example be read.
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("genesis-mission.zh.md");
    std::fs::copy(work::start(path), work::start(&copy)).unwrap();
    let begun = work::read(&copy).unwrap().unwrap();
    assert!(
        begun
            .findings
            .iter()
            .all(|finding| finding.severity < Severity::Warning)
    );
    for row in &begun.value.rows {
        assert!(
            document.units.iter().any(|unit| unit.source == row.source),
            "{}",
            row.source
        );
        assert_eq!(row.state, State::Translated);
    }
    let share = begun.value.rows.len() * 100 / document.units.len();
    assert!((20..60).contains(&share), "partly finished: {share} %");
}

#[test]
fn the_workspace_lists_the_policy_glossaries_only() {
    let project = zhengming::project::Project::find(Path::new(".")).unwrap();
    let files = project.glossary_files().unwrap();
    let names: Vec<_> = files.iter().filter_map(|path| path.file_stem()).collect();
    let policy = [
        "ai-science-policy",
        "international-relations",
        "prc-policy",
        "trade-export-control",
        "us-government",
    ];
    assert_eq!(names, policy);
}
