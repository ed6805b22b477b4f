//! The memory among processes: several at work on one workspace, and killed
//! at any moment. `ZM_KILLS=200 cargo test --test memory` kills more often.
//!
//! The other processes are this test program again, asked for one test that
//! does as the environment says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use zhengming::lang::Lang;
use zhengming::memory::{Entry, Lookup, Mark, Memory, Places, Record, file};
use zhengming::model::document::State;

mod support;
use support::kills;

fn places(folder: &Path) -> Places {
    Places {
        index: Some(folder.join("index")),
        memories: vec![folder.join("memories/tm.tsv")],
        journal: Some(folder.join("memories/journal.tsv")),
    }
}

/// A workspace with some units in a file.
fn workspace(units: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("memories")).unwrap();
    let records: Vec<Record> = (0..units)
        .map(|n| Record {
            entry: entry("tm", n),
            mark: Mark::Stands,
        })
        .collect();
    fs::write(folder.path().join("memories/tm.tsv"), file::text(&records)).unwrap();
    folder
}

/// The nth entry of a writer: no two are alike.
fn entry(writer: &str, n: usize) -> Entry {
    Entry {
        zh: format!("第{n}条，由{writer}确认。"),
        en: format!("Item {n}, confirmed by {writer}."),
        state: State::Translated,
        when: "2026-11-23T15:37:15Z".into(),
        who: writer.into(),
        document: "report.zh.md".into(),
        ..Entry::default()
    }
}

/// Whether an entry is offered as an exact match.
fn offered(memory: &Memory, wanted: &Entry) -> bool {
    let found = memory.candidates(&Lookup {
        text: &wanted.zh,
        from: Lang::Zh,
        prev: "",
        next: "",
        limit: 3,
        min: 100,
        exact: false,
    });
    found
        .list
        .iter()
        .any(|c| c.score == 100 && c.entry.en == wanted.en)
}

/// Starts this program as another process: `task` in `folder`, by the name of `writer`.
fn start(task: &str, folder: &Path, writer: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "other_process",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("ZM_TEST_TASK", task)
        .env("ZM_TEST_FOLDER", folder)
        .env("ZM_TEST_WRITER", writer)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What another process does; nothing where it is run as a test.
#[test]
fn other_process() {
    let Ok(task) = std::env::var("ZM_TEST_TASK") else {
        return;
    };
    let folder = std::env::var_os("ZM_TEST_FOLDER").unwrap();
    let writer = std::env::var("ZM_TEST_WRITER").unwrap();
    let say = |text: String| {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).unwrap();
        out.flush().unwrap();
    };
    let memory = Memory::open(&places(Path::new(&folder)));
    assert_eq!(memory.findings, []);
    let memory = memory.value;
    match task.as_str() {
        "append forever" => {
            for n in 0.. {
                memory.remember(&entry(&writer, n)).unwrap();
                say(format!("\nsaid {n}\n"));
                if n % 20 == 19 {
                    memory.commit().unwrap();
                }
            }
        }
        "share" => {
            for n in 0..25 {
                let own = entry(&writer, n);
                memory.remember(&own).unwrap();
                assert!(offered(&memory, &own));
                assert!(offered(&memory, &entry("tm", n)));
                if n % 10 == 9 {
                    memory.commit().unwrap();
                    memory.refresh();
                }
            }
            memory.commit().unwrap();
            assert_eq!(memory.notices(), []);
        }
        "build" => {
            say("\nsaid 0\n".into());
            memory.commit().unwrap();
        }
        other => panic!("no task `{other}`"),
    }
}

/// Lets a process say its first word, then kills it at some moment within
/// `within`; gives the last number it said.
fn kill(mut child: Child, within: Duration) -> usize {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("said") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "it ended by itself");
    }
    std::thread::sleep(some(within));
    child.kill().unwrap();
    child.wait().unwrap();
    let lines = out.lines().map_while(Result::ok);
    lines
        .filter_map(|line| line.strip_prefix("said ")?.parse().ok())
        .last()
        .unwrap_or(0)
}

/// Some time below `below`, another one every time.
fn some(below: Duration) -> Duration {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    below.mul_f64(f64::from(now.subsec_nanos() % 9973) / 9973.0)
}

#[test]
fn four_processes_share_a_workspace() {
    let folder = workspace(50);
    let writers = ["甲", "乙", "丙", "丁"];
    let children = writers.map(|writer| start("share", folder.path(), writer));
    // All of them first: the folder must not go while one is at work.
    let ends = children.map(|child| child.wait_with_output().unwrap().status);
    assert!(
        ends.iter().all(std::process::ExitStatus::success),
        "{ends:?}"
    );
    let opened = Memory::open(&places(folder.path()));
    assert_eq!(opened.findings, []);
    for writer in writers {
        for n in 0..25 {
            assert!(offered(&opened.value, &entry(writer, n)), "{writer} {n}");
        }
    }
    let units: Vec<usize> = opened.value.stats().iter().map(|s| s.units).collect();
    assert_eq!(units, [100, 50]);
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = workspace(20);
    for round in 0..kills(5) {
        let writer = format!("第{round}人");
        let child = start("append forever", folder.path(), &writer);
        let last = kill(child, Duration::from_millis(300));
        // A torn line is moved aside by the next to open, who says so; then all is clean.
        drop(Memory::open(&places(folder.path())));
        let opened = Memory::open(&places(folder.path()));
        assert_eq!(opened.findings, [], "round {round}");
        for n in 0..=last {
            assert!(
                offered(&opened.value, &entry(&writer, n)),
                "{writer}: {n} of {last}"
            );
        }
    }
}

#[test]
fn an_index_whose_building_was_killed_is_built_again() {
    let units = 1500;
    for round in 0..kills(5) {
        let folder = workspace(units);
        kill(
            start("build", folder.path(), ""),
            Duration::from_millis(600),
        );
        for state in ["killed", "built"] {
            let opened = Memory::open(&places(folder.path()));
            assert_eq!(opened.findings, [], "round {round}, {state}");
            for n in [0, units / 2, units - 1] {
                assert!(
                    offered(&opened.value, &entry("tm", n)),
                    "round {round}, {state}"
                );
            }
            opened.value.commit().unwrap();
        }
    }
}
