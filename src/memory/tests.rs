//! A memory as a whole: confirming, looking up, and files that change or are damaged.

mod laws;

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::model::document::State;

/// A workspace in a folder of its own.
struct Desk {
    dir: tempfile::TempDir,
    places: Places,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let places = Places {
            index: Some(dir.path().join("index")),
            memories: vec![dir.path().join("memories/tm.tsv")],
            journal: Some(dir.path().join("memories/journal.tsv")),
        };
        fs::create_dir(dir.path().join("memories")).unwrap();
        fs::write(&places.memories[0], "zh\ten\n").unwrap();
        Self { dir, places }
    }

    fn with(units: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        let records: Vec<Record> = units.iter().map(|(zh, en)| unit(zh, en)).collect();
        fs::write(&desk.places.memories[0], file::text(&records)).unwrap();
        desk
    }

    fn open(&self) -> Memory {
        Memory::open(&self.places).value
    }

    fn journal(&self) -> &Path {
        self.places.journal.as_deref().unwrap()
    }

    /// The files of the index with this extension, once the clock has moved on:
    /// a file changed in the same tick as it was written looks as it was.
    fn index_files(&self, extension: &str) -> Vec<PathBuf> {
        std::thread::sleep(std::time::Duration::from_millis(20));
        let files = fs::read_dir(self.dir.path().join("index/memory")).unwrap();
        let paths = files.map(|f| f.unwrap().path());
        paths
            .filter(|p| p.extension().is_some_and(|e| e == extension))
            .collect()
    }
}

fn unit(zh: &str, en: &str) -> Record {
    Record {
        entry: Entry {
            zh: zh.into(),
            en: en.into(),
            state: State::Translated,
            ..Entry::default()
        },
        mark: Mark::Stands,
    }
}

fn confirmed(document: &str, zh: &str, en: &str, when: &str) -> Entry {
    Entry {
        document: document.into(),
        when: when.into(),
        ..unit(zh, en).entry
    }
}

fn lookup(text: &str) -> Lookup<'_> {
    Lookup {
        text,
        from: Lang::Zh,
        prev: "",
        next: "",
        limit: 10,
        min: 50,
        exact: false,
    }
}

/// Targets and scores.
fn found(memory: &Memory, text: &str) -> Vec<(String, u8)> {
    let list = memory.candidates(&lookup(text)).list;
    list.into_iter().map(|c| (c.entry.en, c.score)).collect()
}

fn indexed(memory: &Memory) -> bool {
    memory.current().store.is_some()
}

const UNITS: [(&str, &str); 4] = [
    (
        "能源部启动创世计划。",
        "The Department of Energy launched the Genesis Mission.",
    ),
    ("拨款500亿美元。", "US$50 billion was allocated."),
    ("拨款300亿欧元。", "EUR 30 billion was allocated."),
    (
        "委员会发表年度报告。",
        "The Commission published its annual report.",
    ),
];

#[test]
fn scores_are_the_contracts_from_the_index_and_without() {
    let desk = Desk::with(&UNITS);
    let memory = desk.open();
    for round in ["in memory", "indexed"] {
        assert_eq!(found(&memory, "能源部启动创世计划。")[0].1, 100, "{round}");
        assert_eq!(found(&memory, "能源部啟動創世計劃。")[0].1, 99, "{round}");
        let other = found(&memory, "拨款700亿美元");
        assert_eq!(
            other[0],
            ("US$50 billion was allocated.".into(), 97),
            "{round}"
        );
        assert!(other[1].1 < 95, "{round}");
        assert!(found(&memory, "天气很好").is_empty(), "{round}");
        memory.commit().unwrap();
        assert!(indexed(&memory));
    }
    assert_eq!(memory.notices(), []);
    assert_eq!(desk.open().stats()[1].units, 4);
}

#[test]
fn neighbors_make_a_context_match() {
    let desk = Desk::new();
    let memory = desk.open();
    let entry = Entry {
        prev: "前句。".into(),
        next: "后句。".into(),
        ..confirmed("a.md", "同意。", "Agreed.", "2026-11-23")
    };
    memory.remember(&entry).unwrap();
    memory
        .remember(&confirmed("b.md", "同意。", "Approved.", "2026-11-24"))
        .unwrap();
    for _ in 0..2 {
        let score = |prev, next| {
            let lookup = Lookup {
                prev,
                next,
                ..lookup("同意。")
            };
            let list = memory.candidates(&lookup).list;
            (list[0].entry.en.clone(), list[0].score)
        };
        assert_eq!(score("前句。", "后句。"), ("Agreed.".into(), 102));
        assert_eq!(score("前句。", ""), ("Agreed.".into(), 101));
        assert_eq!(score("", ""), ("Approved.".into(), 100), "the newest first");
        memory.commit().unwrap();
    }
}

#[test]
fn what_is_confirmed_again_takes_the_place_of_the_old_one() {
    let desk = Desk::new();
    let memory = desk.open();
    let old = confirmed("a.md", "创世计划", "Creation Plan", "2026-11-01");
    memory.remember(&old).unwrap();
    memory.commit().unwrap();
    let new = confirmed("a.md", "创世计划", "Genesis Mission", "2026-11-02");
    memory.remember(&new).unwrap();
    let other = desk.open();
    for _ in 0..2 {
        assert_eq!(
            found(&memory, "创世计划"),
            [("Genesis Mission".into(), 100)]
        );
        assert_eq!(found(&other, "创世计划"), [("Genesis Mission".into(), 100)]);
        assert_eq!(memory.concordance(&words("Creation")).unwrap().total, 0);
        memory.commit().unwrap();
    }
    let history = memory.history(&new.key()).unwrap();
    let targets: Vec<&str> = history.iter().map(|r| &*r.entry.en).collect();
    assert_eq!(targets, ["Creation Plan", "Genesis Mission"]);
    assert_eq!(desk.open().stats()[0].units, 1);
}

#[test]
fn taking_back_leaves_the_history() {
    let desk = Desk::new();
    let memory = desk.open();
    let entry = confirmed("a.md", "创世计划", "Genesis Mission", "2026-11-01");
    memory.remember(&entry).unwrap();
    memory.commit().unwrap();
    let key = entry.key();
    memory
        .forget(&key, Mark::Unconfirmed, "2026-11-02", "李")
        .unwrap();
    for _ in 0..2 {
        assert!(found(&memory, "创世计划").is_empty());
        assert!(found(&desk.open(), "创世计划").is_empty());
        memory.commit().unwrap();
    }
    let marks: Vec<Mark> = memory
        .history(&key)
        .unwrap()
        .iter()
        .map(|r| r.mark)
        .collect();
    assert_eq!(marks, [Mark::Stands, Mark::Unconfirmed]);
    memory.remember(&entry).unwrap();
    assert_eq!(found(&memory, "创世计划").len(), 1);
}

fn words(text: &str) -> Query {
    Query {
        text: text.into(),
        mode: Mode::Exact,
        lang: None,
        limit: 100,
    }
}

#[test]
fn concordance_counts_orders_and_marks() {
    let desk = Desk::with(&UNITS);
    let memory = desk.open();
    let mut reviewed = confirmed(
        "a.md",
        "撥款用於創世計劃。",
        "For the Genesis Mission.",
        "2020",
    );
    reviewed.state = State::Reviewed;
    memory.remember(&reviewed).unwrap();
    for _ in 0..2 {
        let found = memory.concordance(&words("创世计划")).unwrap();
        assert_eq!((found.total, found.hits.len()), (2, 2));
        assert_eq!(
            found.hits[0].entry.en, "For the Genesis Mission.",
            "reviewed first"
        );
        let hit = &found.hits[0];
        assert_eq!(hit.spans[0].of(hit.entry.text(hit.lang)), "創世計劃");
        let found = memory.concordance(&words("genesis mission")).unwrap();
        assert_eq!((found.total, found.hits[0].lang), (2, Lang::En));
        let keywords = Query {
            mode: Mode::Keyword,
            ..words("美元 拨款")
        };
        assert_eq!(memory.concordance(&keywords).unwrap().total, 1);
        let pattern = Query {
            mode: Mode::Regex,
            limit: 1,
            ..words(r"\d+亿[美欧]元")
        };
        let found = memory.concordance(&pattern).unwrap();
        assert_eq!((found.total, found.hits.len()), (2, 1));
        for query in ["chuangshi jihua", "csjh"] {
            let pinyin = Query {
                mode: Mode::Pinyin,
                ..words(query)
            };
            let found = memory.concordance(&pinyin).unwrap();
            assert_eq!(found.total, 2, "{query}");
            let hit = &found.hits[0];
            assert_eq!(hit.spans[0].of(hit.entry.text(Lang::Zh)), "創世計劃");
        }
        memory.commit().unwrap();
    }
}

#[test]
fn a_torn_line_is_moved_aside_and_said() {
    let desk = Desk::new();
    let memory = desk.open();
    let entry = confirmed("a.md", "甲", "A", "1");
    memory.remember(&entry).unwrap();
    let mut text = fs::read(desk.journal()).unwrap();
    text.extend("乙\tB\tzh\ttransl".bytes());
    fs::write(desk.journal(), &text).unwrap();

    let parsed = Memory::open(&desk.places);
    assert_eq!(parsed.findings.len(), 1);
    assert_eq!(parsed.findings[0].place.line, 3);
    assert!(parsed.findings[0].place.quote.starts_with("乙"));
    let torn = fs::read_to_string(desk.journal().with_extension("tsv.torn")).unwrap();
    assert!(torn.contains("乙\tB\tzh\ttransl\n"));
    parsed
        .value
        .remember(&confirmed("a.md", "丙", "C", "2"))
        .unwrap();
    let clean = Memory::open(&desk.places);
    assert_eq!(clean.findings, []);
    assert_eq!(found(&clean.value, "丙"), [("C".into(), 100)]);
    assert_eq!(found(&clean.value, "甲"), [("A".into(), 100)]);

    // The same while appending, without opening anew.
    let mut text = fs::read(desk.journal()).unwrap();
    text.extend("丁\tD".bytes());
    fs::write(desk.journal(), &text).unwrap();
    memory.remember(&confirmed("a.md", "戊", "E", "3")).unwrap();
    assert_eq!(memory.notices().len(), 1);
    assert_eq!(found(&memory, "戊"), [("E".into(), 100)]);
}

#[test]
fn a_journal_in_the_place_of_another_is_read_whole() {
    let desk = Desk::new();
    let memory = desk.open();
    memory.remember(&confirmed("a.md", "甲", "A", "1")).unwrap();
    memory.commit().unwrap();
    assert_eq!(found(&memory, "甲").len(), 1);
    let other = [Record {
        entry: confirmed("b.md", "乙乙乙乙乙乙乙", "B", "1"),
        mark: Mark::Stands,
    }];
    fs::write(desk.journal(), file::text(&other)).unwrap();
    for _ in 0..2 {
        assert_eq!(found(&memory, "乙乙乙乙乙乙乙").len(), 1);
        assert!(found(&memory, "甲").is_empty());
        memory.commit().unwrap();
    }
    fs::remove_file(desk.journal()).unwrap();
    assert!(found(&memory, "乙乙乙乙乙乙乙").is_empty());
}

#[test]
fn a_changed_file_changes_the_answers() {
    let desk = Desk::with(&UNITS);
    let memory = desk.open();
    memory.commit().unwrap();
    let new = [unit("创世计划启动。", "The Genesis Mission began.")];
    fs::write(&desk.places.memories[0], file::text(&new)).unwrap();
    let opened = desk.open();
    memory.refresh();
    for _ in 0..2 {
        for memory in [&memory, &opened] {
            assert_eq!(found(memory, "创世计划启动。")[0].1, 100);
            assert!(found(memory, "委员会发表年度报告。").is_empty());
        }
        memory.commit().unwrap();
    }
    fs::remove_file(&desk.places.memories[0]).unwrap();
    let parsed = Memory::open(&desk.places);
    assert_eq!(parsed.findings.len(), 1);
    assert!(found(&parsed.value, "创世计划启动。").is_empty());
}

/// Damages the index, and expects the same answers and one notice.
fn survives(damage: impl Fn(&Desk), notices: usize) {
    let desk = Desk::with(&UNITS);
    let memory = desk.open();
    memory.commit().unwrap();
    drop(memory);
    damage(&desk);
    let parsed = Memory::open(&desk.places);
    let rules: Vec<&str> = parsed.findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, vec!["tm-index"; notices], "{:?}", parsed.findings);
    assert_eq!(found(&parsed.value, "能源部启动创世计划。")[0].1, 100);
    parsed.value.commit().unwrap();
    assert!(indexed(&parsed.value));
    let again = Memory::open(&desk.places);
    assert_eq!(again.findings, []);
    assert!(indexed(&again.value));
    assert_eq!(found(&again.value, "能源部启动创世计划。")[0].1, 100);
}

#[test]
fn a_damaged_index_is_built_again() {
    survives(
        |desk| fs::remove_dir_all(desk.dir.path().join("index")).unwrap(),
        0,
    );
    survives(
        |desk| fs::remove_file(desk.dir.path().join("index/memory/meta.json")).unwrap(),
        1,
    );
    survives(
        |desk| fs::write(desk.dir.path().join("index/memory/meta.json"), "{\"se").unwrap(),
        1,
    );
    for extension in ["store", "term", "idx", "pos", "fast", "fieldnorm"] {
        survives(
            |desk| {
                for file in desk.index_files(extension) {
                    let bytes = fs::read(&file).unwrap();
                    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
                }
            },
            1,
        );
        survives(
            |desk| {
                for file in desk.index_files(extension) {
                    let mut bytes = fs::read(&file).unwrap();
                    let middle = bytes.len() / 3;
                    bytes[middle] ^= 0x10;
                    fs::write(&file, &bytes).unwrap();
                }
            },
            1,
        );
        survives(
            |desk| {
                for file in desk.index_files(extension) {
                    fs::remove_file(&file).unwrap();
                }
            },
            1,
        );
    }
}

#[test]
fn an_index_of_another_version_is_built_again() {
    survives(
        |desk| {
            let meta = desk.dir.path().join("index/memory/meta.json");
            let text = fs::read_to_string(&meta).unwrap();
            let newer = text.replace(r#"{\"format\":"#, r#"{\"format\":9"#);
            assert_ne!(text, newer);
            fs::write(&meta, newer).unwrap();
        },
        0,
    );
}

#[test]
fn an_index_that_cannot_be_written_is_done_without() {
    let desk = Desk::with(&UNITS);
    // A file where the folder should be: the system refuses, whoever asks.
    fs::write(desk.dir.path().join("index"), "").unwrap();
    let memory = desk.open();
    assert_eq!(found(&memory, "能源部启动创世计划。")[0].1, 100);
    assert!(memory.commit().is_err());
    assert_eq!(found(&memory, "能源部启动创世计划。")[0].1, 100);
}

#[test]
fn a_journal_that_cannot_be_written_says_so() {
    let desk = Desk::new();
    let places = Places {
        journal: Some(desk.dir.path().join("memories/tm.tsv/journal.tsv")),
        ..desk.places.clone()
    };
    let memory = Memory::open(&places).value;
    let error = memory
        .remember(&confirmed("a", "甲", "A", "1"))
        .unwrap_err();
    assert!(error.to_string().contains("tm.tsv"), "{error}");
    let none = Memory::open(&Places::default()).value;
    assert!(none.remember(&confirmed("a", "甲", "A", "1")).is_err());
}

#[cfg(unix)]
#[test]
fn a_read_only_workspace_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&UNITS);
    let memory = desk.open();
    memory.remember(&confirmed("a", "甲乙", "A", "1")).unwrap();
    memory.commit().unwrap();
    let folders = ["index/memory", "index", "memories"].map(|f| desk.dir.path().join(f));
    let set = |mode| {
        for folder in &folders {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0o555);
    let parsed = Memory::open(&desk.places);
    assert_eq!(parsed.findings, []);
    assert_eq!(found(&parsed.value, "甲乙")[0].1, 100);
    assert!(indexed(&parsed.value));
    set(0o755);
}

/// A unit and enough others that their index takes its time to be built.
fn large() -> Desk {
    let filler = "二〇二五年的年度报告".repeat(20);
    let texts: Vec<(String, String)> = (0..4000)
        .map(|n| (format!("{filler}第{n}号。"), format!("Report no. {n}.")))
        .collect();
    let units = texts.iter().map(|(zh, en)| (zh.as_str(), en.as_str()));
    Desk::with(&UNITS.into_iter().chain(units).collect::<Vec<_>>())
}

#[test]
fn building_the_index_is_told_and_can_be_stopped() {
    let desk = large();
    let told: Arc<Mutex<Vec<u64>>> = Arc::default();
    let heard = Arc::clone(&told);
    let watch = Watch::new(move |percent| heard.lock().unwrap().push(percent));
    watch.stop();
    let parsed = Memory::open_watched(&desk.places, Arc::new(watch));
    let memory = parsed.value;
    assert!(!indexed(&memory));
    assert!(found(&memory, UNITS[0].0).is_empty());
    let [said] = parsed.findings.as_slice() else {
        panic!("{:?}", parsed.findings);
    };
    assert_eq!(said.rule, "tm-index");
    assert!(said.place.path.ends_with("tm.tsv"));
    // What is confirmed is kept and found all the same, and nothing begins again by itself.
    memory
        .remember(&confirmed(
            "d.md",
            "新的一句。",
            "A new one.",
            "2026-01-01T00:00:00Z",
        ))
        .unwrap();
    memory.commit().unwrap();
    assert!(!indexed(&memory));
    assert_eq!(found(&memory, "新的一句。").len(), 1);
    assert_eq!(told.lock().unwrap().last(), Some(&100));

    let watch = Watch::new(move |percent| told.lock().unwrap().push(percent));
    let memory = Memory::open_watched(&desk.places, Arc::new(watch)).value;
    assert!(indexed(&memory));
    assert_eq!(found(&memory, UNITS[0].0)[0].1, 100);
}
