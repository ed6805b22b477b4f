//! What is kept of a big glossary changes no answer: whole runs with it, without
//! it, after the glossary was changed, and where it is damaged or cannot be written.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on may say so by panicking"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

mod support;
use support::{err, out, zm};

/// A glossary of more than a megabyte, with rows that cannot be used.
fn big() -> String {
    let first: Vec<char> = "能源计划人工智能数据安全发展战略科技创新".chars().collect();
    let second: Vec<char> = "部门政策制度模型系统规范标准协议平台机构".chars().collect();
    let note = "a row that says much of itself ".repeat(6);
    let mut file = String::from("zh\ten\tzh_avoid\tmatch\tnote\n");
    for n in 0..6_000 {
        let at = |list: &[char], by: usize| list[(n / by) % list.len()];
        let zh: String = [
            at(&first, 1),
            at(&second, 20),
            at(&first, 400),
            at(&second, 8000),
        ]
        .into_iter()
        .collect();
        writeln!(file, "{zh}{}号\tNew Model {n}\t\t\t{note}", n % 7).unwrap();
        if n == 4_000 {
            file += "坏行\tbad row\t\tsometimes\t\n\t\t\t\tno term at all\n";
            file += "创世计划\tGenesis Mission\t创世纪计划\t\t\n";
        }
    }
    file
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("glossaries")).unwrap();
    fs::write(root.join("zhengming.toml"), "").unwrap();
    fs::write(root.join("glossaries/big.tsv"), big()).unwrap();
    fs::write(
        root.join("glossaries/a.tsv"),
        "zh\ten\n计划\tplan\n创世计划\tGenesis Plan\n",
    )
    .unwrap();
    let units = "zh\ten\n美国启动创世纪计划。\tThe US starts the genesis mission.\n\
        能部能部0号与创世计划\tNew Model 0 and the new model 7\n";
    fs::write(root.join("units.tsv"), units).unwrap();
    let text = "美国启动创世纪计划。能部能部0号与创世计划，还有坏行。\n";
    fs::write(root.join("report.zh.md"), text).unwrap();
    folder
}

/// All that some commands say.
fn said(root: &Path) -> Vec<String> {
    let text = "美国启动“创世计划”，创世纪计划采用能部能部0号和坏行。";
    let commands: [&[&str]; 5] = [
        &["suggest", text],
        &["suggest", "The Genesis Mission has a New Model 5432."],
        &["check", "--no-cache", "units.tsv"],
        &["terms", "--why", "report.zh.md"],
        &["lookup", "创世计划"],
    ];
    let run = |args: &&[&str]| {
        let output = zm(root, args);
        format!("{args:?}\n{}{}", out(&output), err(&output))
    };
    commands.iter().map(run).collect()
}

/// The kept files.
fn kept(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("index/glossaries"))
        .into_iter()
        .flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut kept: Vec<_> = paths.filter(|p| !p.ends_with(".gitignore")).collect();
    kept.sort();
    kept
}

#[test]
fn what_is_kept_changes_no_answer() {
    let folder = workspace();
    let root = folder.path();
    let made = said(root);
    let whole = made.join("\n");
    for part in [
        "Genesis Plan",
        "big.tsv:4003",
        "sometimes",
        "New Model 5432",
        "创世纪计划",
    ] {
        assert!(whole.contains(part), "{part} is not in\n{whole}");
    }
    let files = kept(root);
    let what = files.iter().filter_map(|file| file.extension()?.to_str());
    let what: Vec<&str> = what.collect();
    assert_eq!(what, ["en", "names", "near", "people", "rows", "zh"]);
    assert_eq!(said(root), made);

    // Damaged in any way it is made again.
    for (damage, file) in files.iter().enumerate() {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        match damage % 3 {
            0 => bytes.truncate(middle),
            1 => bytes[middle..middle + 9000].fill(0xA5),
            _ => bytes.clear(),
        }
        fs::write(file, bytes).unwrap();
    }
    assert_eq!(said(root), made);

    // An edit is seen, also one that changes no length.
    let path = root.join("glossaries/big.tsv");
    let file = fs::read_to_string(&path).unwrap();
    fs::write(&path, file.replace("Genesis Mission", "Genesis Program")).unwrap();
    let edited = said(root);
    assert!(
        edited.join("\n").contains("Genesis Program"),
        "{}",
        edited.join("\n")
    );
    assert_ne!(edited, made);
    fs::write(&path, file.replace("Genesis Mission", "Genesis Mansion")).unwrap();
    assert!(said(root).join("\n").contains("Genesis Mansion"));
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_kept_all_is_as_it_would_be() {
    let folder = workspace();
    let root = folder.path();
    let made = said(root);
    fs::remove_dir_all(root.join("index/glossaries")).unwrap();
    // No permission would not stop root; a file in the folder's place stops everybody.
    fs::write(root.join("index/glossaries"), "").unwrap();
    assert_eq!(said(root), made);
    assert!(kept(root).is_empty());
}
