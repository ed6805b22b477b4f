//! `zm check` in steps: what one run writes, the next one reads.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::fs;
use std::path::Path;
use std::process::Output;

mod support;
use support::{err, folder, out, zm};

const TERMS: &str = "zh\ten\tzh_avoid\n创世计划\tGenesis Mission\t创世纪计划\n";
const FAULTY: &str = "会议指出,要推进\"创世纪计划\"。\n\n见 https://example.org/a,b ，比例3:2。\n";
const FIXED: &str = "会议指出，要推进“创世计划”。\n\n见 https://example.org/a,b ，比例3:2。\n";

fn workspace(document: &[u8]) -> tempfile::TempDir {
    folder(&[
        ("glossaries/a.tsv", TERMS.as_bytes()),
        ("a.zh.md", document),
    ])
}

fn check(folder: &Path, args: &[&str]) -> Output {
    let own = [
        "check",
        "a.zh.md",
        "--format",
        "short",
        "--fail-on",
        "warning",
    ];
    zm(folder, &[&own, args].concat())
}

#[test]
fn what_the_baseline_accepts_is_not_told_again_and_what_is_new_is() {
    let folder = workspace(FAULTY.as_bytes());
    let written = check(folder.path(), &["--write-baseline", "base.tsv"]);
    assert_eq!(written.status.code(), Some(0));
    let accepted = check(folder.path(), &["--baseline", "base.tsv"]);
    assert_eq!(
        (accepted.status.code(), out(&accepted).as_str()),
        (Some(0), "")
    );

    let more = format!("# 另一段\n\n{FAULTY}\n又是创世纪计划。\n");
    fs::write(folder.path().join("a.zh.md"), more).unwrap();
    let new = check(folder.path(), &["--baseline", "base.tsv"]);
    assert_eq!(new.status.code(), Some(1));
    let told = out(&new);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("a.zh.md:7:3: "), "{told}");
}

#[test]
fn a_baseline_of_another_version_is_refused_with_the_reason() {
    let folder = workspace(FAULTY.as_bytes());
    fs::write(folder.path().join("base.tsv"), "# zm baseline 9: x\n").unwrap();
    let output = check(folder.path(), &["--baseline", "base.tsv"]);
    assert_eq!(output.status.code(), Some(2));
    let told = err(&output);
    assert!(
        told.contains("base.tsv:1") && told.contains("version 9"),
        "{told}"
    );
}

#[test]
fn safe_fixes_are_shown_then_made_and_made_once() {
    let folder = workspace(FAULTY.as_bytes());
    let path = folder.path().join("a.zh.md");
    let shown = check(folder.path(), &["--diff"]);
    assert_eq!(shown.status.code(), Some(1));
    assert!(
        out(&shown).contains("+会议指出，要推进“创世计划”。\n"),
        "{}",
        out(&shown)
    );
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        FAULTY,
        "shown is not made"
    );

    assert_eq!(check(folder.path(), &["--fix"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), FIXED);
    let again = check(folder.path(), &["--diff"]);
    assert_eq!((again.status.code(), out(&again).as_str()), (Some(0), ""));
}

#[test]
fn a_fix_keeps_the_encoding_of_the_file() {
    let (gbk, _, _) = encoding_rs::GB18030.encode(FAULTY);
    let folder = workspace(&gbk);
    check(folder.path(), &["--fix"]);
    let fixed = fs::read(folder.path().join("a.zh.md")).unwrap();
    assert_eq!(encoding_rs::GB18030.decode(&fixed).0, FIXED);
}

#[test]
fn a_kept_answer_is_the_same_and_ends_with_what_it_rests_on() {
    let folder = workspace(FAULTY.as_bytes());
    let first = check(folder.path(), &[]);
    assert!(folder.path().join("index/checks").is_dir());
    let kept = check(folder.path(), &[]);
    assert_eq!((kept.status, &kept.stdout), (first.status, &first.stdout));
    let anew = check(folder.path(), &["--no-cache"]);
    assert_eq!((anew.status, &anew.stdout), (first.status, &first.stdout));
    // Another glossary, another answer.
    fs::write(
        folder.path().join("glossaries/a.tsv"),
        "zh\ten\n创世纪计划\tGenesis\n",
    )
    .unwrap();
    assert!(!out(&check(folder.path(), &[])).contains("term-forbidden"));
}

#[test]
fn one_file_that_cannot_be_written_does_not_keep_the_others_from_their_fixes() {
    let folder = workspace(FAULTY.as_bytes());
    let locked = folder.path().join("a.zh.md");
    let other = folder.path().join("b.zh.md");
    fs::write(&other, FAULTY).unwrap();
    let mut mode = fs::metadata(&locked).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&locked, mode).unwrap();
    let output = check(folder.path(), &["b.zh.md", "--fix"]);
    assert_eq!(output.status.code(), Some(2));
    let told = err(&output);
    assert!(told.contains("a.zh.md"), "{told}");
    assert!(told.contains("in 1 file"), "{told}");
    assert_eq!(fs::read_to_string(&locked).unwrap(), FAULTY);
    assert_eq!(fs::read_to_string(&other).unwrap(), FIXED);
}

#[test]
fn the_direction_of_a_pair_can_be_told() {
    let folder = workspace("报告共3页。\n".as_bytes());
    fs::write(folder.path().join("a.en.md"), "The report has 5 pages.\n").unwrap();
    for (from, faulty) in [("zh", "a.en.md:"), ("en", "a.zh.md:")] {
        let told = out(&check(folder.path(), &["a.en.md", "--from", from]));
        let found = told.lines().find(|line| line.contains("[num-value]"));
        assert!(found.is_some_and(|line| line.starts_with(faulty)), "{told}");
    }
}

#[test]
fn a_translation_is_held_against_the_memory() {
    let folder = workspace("".as_bytes());
    fs::create_dir(folder.path().join("memories")).unwrap();
    let units = "zh\ten\tstate\tdocument\tprev\n\
        委员会举行会议。\tThe Commission met.\ttranslated\ta.md\t甲\n\
        委员会举行会议。\tThe Commission met.\ttranslated\tb.md\t乙\n\
        报告共3页。\tThe report has 3 pages.\ttranslated\ta.md\t丙\n";
    fs::write(folder.path().join("memories/past.tsv"), units).unwrap();
    let work = "zh\ten\n委员会举行会议。\tThe Panel met.\n报告共5页。\tThe report has 3 pages.\n";
    fs::write(folder.path().join("work.tsv"), work).unwrap();
    let told = out(&check(folder.path(), &["work.tsv", "--select", "tm"]));
    for rule in ["[tm-disagree]", "[tm-unedited-fuzzy]"] {
        assert!(told.contains(rule), "{told}");
    }
    let silent = out(&check(folder.path(), &["work.tsv", "--ignore", "tm"]));
    assert!(!silent.contains("[tm-"), "{silent}");
}

#[test]
fn what_was_not_translated_is_told_whatever_share_of_a_document_it_is() {
    let en = "# The program\n\nThe Department of Energy launched the program.\n\n\
        Nobody has translated this paragraph, which is the longest one of all.\n\n\
        Scientists are glad.\n";
    let zh = "# 计划\n\n能源部启动了计划。\n\n\
        Nobody has translated this paragraph, which is the longest one of all.\n\n\
        科学家很高兴。\n";
    let folder = folder(&[
        ("a.en.md", en),
        ("a.zh.md", zh),
        ("b.en.md", en),
        ("b.zh.md", en),
    ]);
    let run = |args: &[&str]| {
        out(&zm(
            folder.path(),
            &[&["check", "--format", "short"], args].concat(),
        ))
    };
    let some = run(&["a.en.md", "a.zh.md", "--from", "en"]);
    assert!(some.starts_with("a.zh.md:5:1: error[seg-same]"), "{some}");
    // A document whose most is English is the translation, whichever is named first.
    let unsaid = run(&["a.en.md", "a.zh.md"]);
    assert_eq!(unsaid, some);
    let all = run(&["--pair", "b.en.md", "b.zh.md", "--from", "en"]);
    assert!(all.contains("b.zh.md:5:1: error[seg-same]"), "{all}");
}

#[test]
fn a_finding_over_a_line_end_tells_all_of_its_text() {
    let folder = workspace("启动创世纪\n计划。\n".as_bytes());
    let output = zm(folder.path(), &["check", "a.zh.md", "--format", "json"]);
    let told = out(&output);
    assert!(told.contains("创世纪\\n计划\""), "{told}");
}

#[test]
fn files_of_kinds_that_are_not_read_are_named_once() {
    let folder = folder(&[
        ("docs/a.md", "会议开始。\n"),
        ("docs/b.pptx", "PK"),
        ("docs/c/d.pptx", "PK"),
        ("docs/e.csv", "zh,en\n"),
        ("docs/f.png", ""),
    ]);
    for command in ["check", "terms"] {
        let output = zm(folder.path(), &[command, "docs"]);
        let said = err(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("1 .csv, 2 .pptx\n"), "{said}");
    }
}

#[test]
fn a_document_that_its_name_calls_chinese_may_quote_much_english() {
    let quoted = "> The plan is a big program, said the president, and it will be funded.\n";
    let text =
        format!("本文介绍英文原文：\n\n{quoted}\n他引用道：“We choose to go to the moon.”\n");
    let folder = workspace(text.as_bytes());
    let told = out(&check(folder.path(), &[]));
    assert!(!told.contains("en-cjk-left"), "{told}");
}
