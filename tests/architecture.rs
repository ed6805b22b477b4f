//! The structure that `docs/architecture.md` promises, held by tests.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on may say so by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file under a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A file's code without comments; string literals stay.
fn code(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules of `lib.rs` in the order they stand there.
fn layers() -> Vec<String> {
    fs::read_to_string("src/lib.rs")
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .filter_map(|rest| rest.split(';').next())
        .map(str::to_owned)
        .collect()
}

/// The top-level module a file belongs to; `None` for lib.rs and main.rs.
fn module(path: &Path) -> Option<String> {
    let inner = path.strip_prefix("src").ok()?;
    let first = inner.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (name != "lib" && name != "main").then(|| name.to_owned())
}

#[test]
fn no_module_uses_one_listed_below_it() {
    let layers = layers();
    let rank: BTreeMap<_, _> = layers
        .iter()
        .enumerate()
        .map(|(i, m)| (m.as_str(), i))
        .collect();
    let mut broken = Vec::new();
    for path in rust_files(Path::new("src")) {
        let Some(module) = module(&path) else {
            continue;
        };
        let own = rank[module.as_str()];
        let code = code(&path);
        // What is named in braces would not be seen below.
        assert!(
            !code.contains("crate::{"),
            "{}: a `use` for each module",
            path.display()
        );
        for part in code.split("crate::").skip(1) {
            let used: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if rank.get(used.as_str()).is_some_and(|&other| other > own) {
                broken.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "a module uses one listed below it in lib.rs:\n{}",
        broken.join("\n")
    );
}

#[test]
fn every_source_file_is_in_a_listed_module() {
    let layers = layers();
    for path in rust_files(Path::new("src")) {
        if let Some(module) = module(&path) {
            assert!(
                layers.contains(&module),
                "{} is not in lib.rs",
                path.display()
            );
        }
    }
}

/// Libraries that only one part of the program may name.
const HOMES: &[(&str, &[&str])] = &[
    ("tantivy::", &["src/kept", "src/memory/index"]),
    ("ratatui::", &["src/tui"]),
    ("crossterm::", &["src/tui"]),
    ("clap::", &["src/cli"]),
    ("pulldown_cmark::", &["src/format"]),
    ("jieba_rs::", &["src/text/lexicon.rs"]),
    ("quick_xml::", &["src/xml"]),
];

#[test]
fn libraries_stay_at_home() {
    for path in rust_files(Path::new("src")) {
        let name = path.to_str().unwrap();
        let code = code(&path);
        for (library, homes) in HOMES {
            assert!(
                !code.contains(library) || homes.iter().any(|home| name.starts_with(home)),
                "{name} names {library}: only {homes:?} may"
            );
        }
    }
}
