//! Files of other tools in and out of a memory: samples of public test suites,
//! kills in the middle of an import, bad input, the command line.
//!
//! Small copies of the samples are in `tests/exchange`; `ZM_DATA=DIR` has every
//! TMX, XLIFF, PO, CSV and TSV file below a folder read too.
//! `ZM_KILLS=200 cargo test --test memory_exchange` kills more often.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use zhengming::format::exchange::{Ask, Item, Kind, Reader, Unit};
use zhengming::memory::import::{Event, Options, Report, STEP, import};
use zhengming::text::decode::decode;
use zhengming::tsv::{Lock, write_atomic};

mod support;
use support::{fed, kills, out, zm};

/// All files of formats that are read, below a folder, sorted.
fn samples(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if Kind::of(&path).is_some() {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The samples of this project, and of the folder that `ZM_DATA` names.
fn all_samples() -> Vec<PathBuf> {
    let mut all = samples(Path::new("tests/exchange"));
    match std::env::var_os("ZM_DATA") {
        Some(folder) => all.extend(samples(Path::new(&folder))),
        None => {
            println!("ZM_DATA names no folder of further files: only the small copies are read");
        }
    }
    all
}

/// All items of a file, and what ended the reading before its end.
fn read(path: &Path) -> (Vec<Item>, Option<String>) {
    let mut items = Vec::new();
    let mut reader = match Reader::open(path, &Ask::default()) {
        Ok(reader) => reader,
        Err(error) => return (items, Some(error.to_string())),
    };
    loop {
        match reader.next_item() {
            Ok(Some(item)) => items.push(item),
            Ok(None) => return (items, None),
            Err(error) => return (items, Some(error.to_string())),
        }
    }
}

fn units(path: &Path) -> Vec<Unit> {
    let (items, broken) = read(path);
    assert_eq!(broken, None, "{}", path.display());
    let units = items.into_iter().map(|item| match item {
        Item::Unit(unit) => unit,
        Item::Refused(refused) => panic!("{}: {}", path.display(), refused.reason),
    });
    units.collect()
}

/// How many units a file has, counted in another way: its elements or keywords, without comments.
fn counted(path: &Path) -> Option<usize> {
    let text = decode(&fs::read(path).unwrap()).text;
    let mut rest = text.as_str();
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        plain.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let elements = |name: &str| {
        let start = format!("<{name}");
        let starts = plain.match_indices(&start).filter(|(at, found)| {
            let after = plain.get(at + found.len()..).unwrap_or("").chars().next();
            after.is_some_and(|c| c.is_whitespace() || c == '>' || c == '/')
        });
        starts.count()
    };
    match Kind::of(path)? {
        Kind::Tmx => Some(elements("tu")),
        Kind::Xliff if elements("trans-unit") > 0 => Some(elements("trans-unit")),
        Kind::Xliff => Some(elements("segment")),
        Kind::Po => {
            let lines = text
                .lines()
                .map(|line| line.trim_start_matches("#~").trim_start());
            let ids =
                lines.filter(|line| line.starts_with("msgid ") || line.starts_with("msgid\""));
            Some(ids.count().saturating_sub(1))
        }
        _ => None,
    }
}

/// An import into a memory of its own.
fn imported(files: &[PathBuf], into: &Path) -> (Report, Vec<String>) {
    let ask = Ask::default();
    let options = Options {
        files,
        into,
        ask: &ask,
        dry_run: false,
        step: STEP,
    };
    let mut said = Vec::new();
    let report = import(&options, &mut |event| match event {
        Event::Rejected(_, refused) => {
            assert!(!refused.reason.is_empty() && refused.spot.line > 0);
            said.push(refused.reason.clone());
        }
        Event::Broken(error) => said.push(error.to_string()),
        _ => {}
    });
    (report.unwrap(), said)
}

#[test]
fn every_sample_is_read_or_refused_and_no_unit_vanishes() {
    let folder = tempfile::tempdir().unwrap();
    let (mut files, mut all, mut refused, mut broken) = (0, 0, 0, 0);
    let mut missing = Vec::new();
    for (number, path) in all_samples().into_iter().enumerate() {
        let name = path.display().to_string();
        let (items, fault) = read(&path);
        files += 1;
        all += items.len();
        refused += items
            .iter()
            .filter(|item| matches!(item, Item::Refused(_)))
            .count();
        match (&fault, counted(&path)) {
            (Some(fault), _) => {
                broken += 1;
                assert!(fault.contains(&name), "{fault}");
            }
            (None, Some(counted)) => {
                if items.len() < counted {
                    missing.push(format!("{name}: {} of {counted}", items.len()));
                }
            }
            (None, None) => {}
        }
        let into = folder.path().join(format!("{number}.tsv"));
        let (report, said) = imported(std::slice::from_ref(&path), &into);
        let t = report.total;
        assert_eq!(
            t.read,
            t.added + t.merged + t.unchanged + t.rejected,
            "{name}"
        );
        assert!(
            t.read as usize >= items.len(),
            "{name}: pairs are more than units, never fewer"
        );
        assert_eq!(
            said.len() as u64,
            t.rejected + u64::from(fault.is_some()),
            "{name}"
        );
        if t.added > 0 {
            let before = fs::read(&into).unwrap();
            let (again, _) = imported(std::slice::from_ref(&path), &into);
            assert_eq!((again.total.added, again.total.merged), (0, 0), "{name}");
            assert_eq!(fs::read(&into).unwrap(), before, "{name}");
        }
    }
    println!("{files} files, {all} units, {refused} of them refused, {broken} files broken");
    assert_eq!(missing, Vec::<String>::new());
    assert!(files >= 40 && all > 200);
}

/// The import tests of the LISA kit: a tool that has the memory, given the text
/// `x.txt`, must make `x_lang.txt` of it. Every segment of the memory must be
/// found in the one where its translation is in the other, on the same line.
#[test]
fn segments_of_the_lisa_kit_are_those_of_its_texts() {
    let kit = Path::new("tests/exchange/lisa");
    let mut compared = BTreeMap::new();
    for (test, lang) in [
        ("1A", "fr-ca"),
        ("1B", "fr-ca"),
        ("1C", "fr-ca"),
        ("1D", "en-gb"),
        ("1E", "en-gb"),
        ("1F", "en-gb"),
        ("1G", "en-gb"),
        ("1H", "en-gb"),
        ("1I", "ja-jp"),
    ] {
        let text = |name: String| {
            let path = kit.join(name);
            path.exists()
                .then(|| decode(&fs::read(path).unwrap()).text.replace("\r\n", "\n"))
        };
        let source = text(format!("ImportTest{test}.txt"));
        let target = text(format!("ImportTest{test}_{lang}.txt"));
        let (Some(source), Some(target)) = (source, target) else {
            continue;
        };
        let lines: Vec<(&str, &str)> = source.lines().zip(target.lines()).collect();
        for unit in units(&kit.join(format!("ImportTest{test}.tmx"))) {
            let of = |wanted: &str| {
                let mut variants = unit.variants.iter();
                let found = variants.find(|v| v.lang.eq_ignore_ascii_case(wanted));
                found.map(|v| v.text.clone())
            };
            let (Some(from), Some(to)) = (of("en-us"), of(lang)) else {
                continue;
            };
            if let Some((_, line)) = lines.iter().find(|(line, _)| line.contains(&from)) {
                assert!(
                    line.contains(&to),
                    "{test}: {from:?} is {to:?}, not {line:?}"
                );
                *compared.entry(test).or_insert(0) += 1;
            }
        }
    }
    println!("{compared:?}");
    assert!(compared.len() >= 6, "{compared:?}");
}

#[test]
fn codes_of_the_lisa_kit_are_those_of_its_document() {
    let kit = Path::new("tests/exchange/lisa");
    let page = |name: &str| decode(&fs::read(kit.join(name)).unwrap()).text;
    let (source, target) = (page("ImportTest2A.htm"), page("ImportTest2A_fr-ca.htm"));
    let found = units(&kit.join("ImportTest2A.tmx"));
    assert_eq!(
        found[0].variants[0].text,
        "The big <b>black</b> <u>cat</u> sleeps."
    );
    let in_both = found.iter().filter(|unit| {
        source.contains(&unit.variants[0].text) && target.contains(&unit.variants[1].text)
    });
    assert!(in_both.count() >= 1);
}

/// A TMX with this many units, of which some are alike and some not usable.
fn tmx(units: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"zh-CN\"/><body>\n",
    );
    for n in 0..units {
        let alike = if n % 7 == 3 { n - 1 } else { n };
        let zh = if n % 50 == 9 { "fr" } else { "zh-CN" };
        let _ = writeln!(
            text,
            "<tu changedate=\"20240101T{:06}Z\"><prop type=\"x-document\">d{}.docx</prop>\
             <tuv xml:lang=\"{zh}\"><seg>第{alike}条，能源部启动<bpt i=\"1\">&lt;b&gt;</bpt>创世计划<ept i=\"1\">&lt;/b&gt;</ept>。</seg></tuv>\
             <tuv xml:lang=\"en-US\"><seg>Item {alike}: the Department launched the <bpt i=\"1\">&lt;b&gt;</bpt>mission<ept i=\"1\">&lt;/b&gt;</ept>.</seg></tuv></tu>",
            n % 60,
            n % 5
        );
    }
    text + "</body></tmx>\n"
}

#[test]
fn a_killed_import_leaves_the_old_memory_and_is_gone_on_with() {
    let kills: u64 = kills(5);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.tmx"), tmx(580)).unwrap();
    fs::write(path("b.tmx"), tmx(700)).unwrap();
    let old = "# 旧\nzh\ten\tnote\n旧的\told\tn\n第1条，能源部启动<b>创世计划</b>。\tItem 1: the Department launched the <b>mission</b>.\t\n";
    let args = [
        "memory", "import", "a.tmx", "b.tmx", "--step", "50", "--into",
    ];
    let run = |into: &str| zm(folder.path(), &[&args[..], &[into]].concat());
    fs::write(path("whole.tsv"), old).unwrap();
    let begun = std::time::Instant::now();
    let output = run("whole.tsv");
    let time = begun.elapsed();
    assert_eq!(output.status.code(), Some(1), "some units are not usable");
    let whole = fs::read_to_string(path("whole.tsv")).unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let summary = |told: &str| {
        told.lines()
            .find(|line| line.contains("units read"))
            .unwrap()
            .to_owned()
    };

    let expected = summary(&told);
    let (mut resumed, mut seed) = (0, 7u64);
    for kill in 0..kills {
        fs::write(path("m.tsv"), old).unwrap();
        let mut last = None;
        for _ in 0..=kill % 2 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let wait = (seed >> 33) % (time.as_micros() as u64).max(1);
            let mut child = Command::new(env!("CARGO_BIN_EXE_zm"))
                .args(args)
                .arg("m.tsv")
                .current_dir(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(wait));
            let _ = child.kill();
            child.wait().unwrap();
            let now = fs::read_to_string(path("m.tsv")).unwrap();
            assert!(now == old || now == whole, "kill {kill}: a mixture");
            last = Some(now);
        }
        let output = run("m.tsv");
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            fs::read_to_string(path("m.tsv")).unwrap(),
            whole,
            "kill {kill}"
        );
        if last.as_deref() == Some(old) {
            assert_eq!(summary(&told), expected, "kill {kill}");
        }
        let said = String::from_utf8(output.stderr).unwrap();
        resumed += u64::from(said.contains("before this run was cut off"));
        for left in ["m.tsv.part", "m.tsv.aside", "m.tsv.import", "m.tsv.merged"] {
            assert!(!path(left).exists(), "{left} is left over");
        }
    }
    println!("{kills} rounds of a kill or two, {resumed} gone on with");
}

#[test]
fn a_far_cell_of_a_workbook_costs_nothing_and_units_are_named_with_their_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let (file, into) = (folder.path().join("a.xlsx"), folder.path().join("m.tsv"));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("术语").unwrap();
    let rows = [["English", "中文"], ["the plan", "计划"], ["the end", " "]];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    fs::write(&file, book.save_to_buffer().unwrap()).unwrap();
    let (report, said) = imported(std::slice::from_ref(&file), &into);
    assert_eq!((report.total.added, report.total.rejected), (1, 1));
    assert_eq!(said, ["sheet `术语`: it has no translation"]);
}

#[test]
fn the_columns_of_a_table_are_shown_and_misread_texts_are_named() {
    let wrong = encoding_rs::GB18030.decode("流感真的很糟".as_bytes()).0;
    let rows = format!(
        "id\tfoo\tbar\n1\tThe flu is bad.\t流感很糟。\n2\tIt is bad.\t{wrong}\n3\tWash your hands.\t请洗手。\n"
    );
    let folder = support::folder(&[("a.txt", rows)]);
    let output = zm(
        folder.path(),
        &["memory", "import", "a.txt", "--into", "m.tsv"],
    );
    let said = out(&output);
    for part in [
        "columns named in line 1: id is not read, foo → en (by its content), bar → zh (by its content)",
        "the Chinese text was once read in a wrong encoding and saved so (UTF-8 as GBK)",
        "a.txt:3:1  ",
        "3 units read: 2 added, 0 merged, 0 unchanged, 1 rejected",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn standard_input_is_a_file_like_others() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["memory", "import", "-", "--into", "m.tsv"];
    let said = out(&fed(folder.path(), &args, tmx(20).as_bytes()));
    assert!(said.contains("20 units read"), "{said}");
    let memory = fs::read_to_string(folder.path().join("m.tsv")).unwrap();
    assert!(
        memory.contains("d1.docx") && !memory.contains("\t-\t"),
        "{memory}"
    );
}

#[test]
fn rows_and_columns_of_the_old_memory_that_are_not_known_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (file, into) = (folder.path().join("a.tsv"), folder.path().join("m.tsv"));
    fs::write(&file, "zh\ten\tdocument\n能源\tenergy\ta.docx\n").unwrap();
    let bad = b"\xC4\xDC\xD4\xB4\tenergy\tbad\n";
    let old = [
        &b"zh\ten\tmood\n"[..],
        bad,
        "能源\tEnergy\tgood\n".as_bytes(),
    ]
    .concat();
    fs::write(&into, old).unwrap();
    let (report, _) = imported(std::slice::from_ref(&file), &into);
    assert_eq!((report.total.added, report.total.merged), (0, 1));
    let rest = "\tfrom\tstate\twhen\twho\tdocument\tprev\tnext\tsubject\tnote\n";
    let merged = "能源\tEnergy\tgood\tzh\ttranslated\t\t\ta.docx\t\t\t\t\n";
    let new = [
        &b"zh\ten\tmood"[..],
        rest.as_bytes(),
        bad,
        merged.as_bytes(),
    ]
    .concat();
    assert_eq!(fs::read(&into).unwrap(), new);
}

#[test]
fn what_an_editor_writes_while_an_import_runs_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (file, into) = (folder.path().join("a.tsv"), folder.path().join("m.tsv"));
    fs::write(
        &file,
        "zh\ten\tdocument\n能源\tenergy\ta\n空\t\ta\n旧的\told\ta\n",
    )
    .unwrap();
    let ask = Ask::default();
    let options = Options {
        files: std::slice::from_ref(&file),
        into: &into,
        ask: &ask,
        dry_run: false,
        step: STEP,
    };
    fs::write(&into, "zh\ten\n旧的\told\n").unwrap();
    let mut rejected = 0;
    let report = import(&options, &mut |event| {
        if matches!(event, Event::Rejected(..)) {
            rejected += 1;
            fs::write(&into, "zh\ten\n旧的\told one\n新的\tnew\n").unwrap();
        }
    });
    assert_eq!((rejected, report.unwrap().total.added), (1, 2));
    let text = fs::read_to_string(&into).unwrap();
    for row in [
        "旧的\told one\t",
        "新的\tnew\t",
        "能源\tenergy\t",
        "旧的\told\t",
    ] {
        assert!(text.lines().any(|line| line.starts_with(row)), "{text}");
    }

    // Who writes without end is not waited for, and not written over.
    let mut written = String::from("zh\ten\n旧的\told\n");
    fs::write(&into, &written).unwrap();
    let error = import(&options, &mut |event| {
        if matches!(event, Event::Merging) {
            written += "新的\tnew\n";
            fs::write(&into, &written).unwrap();
        }
    });
    let error = error.unwrap_err().to_string();
    assert!(error.contains("another program changed it"), "{error}");
    assert_eq!(fs::read_to_string(&into).unwrap(), written);
    assert!(!folder.path().join("m.tsv.part").exists());
}

#[test]
fn an_import_waits_for_who_writes_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (file, into) = (folder.path().join("a.tsv"), folder.path().join("m.tsv"));
    fs::write(&file, "zh\ten\n能源\tenergy\n").unwrap();
    fs::write(&into, "zh\ten\n旧的\told\n").unwrap();
    let lock = Lock::file(&into).unwrap();
    std::thread::scope(|scope| {
        let run = scope.spawn(|| imported(std::slice::from_ref(&file), &into));
        std::thread::sleep(Duration::from_millis(50));
        let text = fs::read_to_string(&into).unwrap() + "对齐\taligned\n";
        write_atomic(&into, text.as_bytes()).unwrap();
        drop(lock);
        assert_eq!(run.join().unwrap().0.total.added, 1);
    });
    let text = fs::read_to_string(&into).unwrap();
    for row in ["旧的\told\t", "对齐\taligned\t", "能源\tenergy\t"] {
        assert!(text.lines().any(|line| line.starts_with(row)), "{text}");
    }
}

#[test]
fn control_characters_are_left_out_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("a.tsv"),
        "zh\ten\n外商\u{1f}投资\tforeign\u{b}investment\n",
    )
    .unwrap();
    let output = zm(
        folder.path(),
        &["memory", "import", "a.tsv", "--into", "m.tsv"],
    );
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("control characters") && said.contains("1 unit (a.tsv:2:1"),
        "{said}"
    );
    let text = fs::read_to_string(path("m.tsv")).unwrap();
    assert!(text.contains("外商投资\tforeign\\ninvestment\t"), "{text}");
}

#[test]
fn nothing_is_added_to_a_memory_in_another_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.tsv"), "zh\ten\n能源\tenergy\n").unwrap();
    // 供应链 in GBK, as a spreadsheet saves it.
    let gbk = b"zh\ten\nplan\tplan\n\xB9\xA9\xD3\xA6\xC1\xB4\tsupply chain\n";
    fs::write(path("gbk.tsv"), gbk).unwrap();
    let args = ["memory", "import", "a.tsv", "--into", "gbk.tsv"];
    let output = zm(folder.path(), &args);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("gbk.tsv:3: not UTF-8"), "{said}");
    assert_eq!(fs::read(path("gbk.tsv")).unwrap(), gbk);
    assert!(!path("gbk.tsv.part").exists());
}

#[test]
fn files_that_are_not_there_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("new/m.tsv");
    let (report, _) = imported(&[folder.path().join("none.tsv")], &into);
    assert!(report.files[0].broken.is_some() && !report.written);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn bad_input_is_refused_with_its_place_and_the_rest_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let unit = |zh: &str, en: &str| {
        format!(
            "<tu><tuv xml:lang='zh'><seg>{zh}</seg></tuv><tuv xml:lang='en'><seg>{en}</seg></tuv></tu>\n"
        )
    };
    let file = |head: &str, units: &[String], end: &str| {
        format!(
            "{head}<tmx version='1.4'><header srclang='zh'/><body>\n{}{end}",
            units.concat()
        )
    };
    let mut laughs = String::from("<!DOCTYPE tmx [<!ENTITY l0 'ha'>");
    for n in 1..=9 {
        let _ = write!(
            laughs,
            "<!ENTITY l{n} '{}'>",
            format!("&l{};", n - 1).repeat(10)
        );
    }
    laughs.push_str("]>");
    let good = unit("好", "good");
    let nul = unit("空\0", "nul");
    let end = "</body></tmx>";
    let cases: [(&str, Vec<u8>, [u64; 2], &str); 7] = [
        ("laughs", file(&laughs, &[good.clone(), unit("&l9;笑", "laugh")], end).into(), [2, 0], "l9"),
        ("cut", file("", &[good.clone(), "<tu><tuv xml:lang='zh'><seg>断".into()], "").into(), [1, 0], ":3"),
        ("nul", file("", &[good.clone(), nul], end).into(), [1, 1], "NUL"),
        ("mixed", [file("", std::slice::from_ref(&good), "").as_bytes(), b"<tu><tuv xml:lang='zh'><seg>\xC4\xFA\xBA\xC3</seg></tuv><tuv xml:lang='en'><seg>hello</seg></tuv></tu>", end.as_bytes()].concat(), [1, 1], "U+FFFD"),
        ("amp", file("", &[unit("研发 & 测试", "R & D")], end).into(), [1, 0], "&amp;"),
        ("deep", file("", &[good.clone(), "<a>".repeat(100_000)], end).into(), [1, 0], "deep"),
        ("other", b"PK\x03\x04 not XML".to_vec(), [0, 0], "not TMX"),
    ];
    for (name, bytes, [added, rejected], said) in cases {
        fs::write(folder.path().join(format!("{name}.tmx")), bytes).unwrap();
        let output = zm(
            folder.path(),
            &[
                "memory",
                "import",
                &format!("{name}.tmx"),
                "--into",
                &format!("{name}.tsv"),
            ],
        );
        let all = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(all.contains(&format!("{added} added")), "{name}: {all}");
        assert!(
            all.contains(&format!("{rejected} rejected")),
            "{name}: {all}"
        );
        assert!(all.contains(said), "{name}: {all}");
        let broken = ["cut", "deep", "other"].contains(&name);
        let code = if broken { 2 } else { i32::from(rejected > 0) };
        assert_eq!(output.status.code(), Some(code), "{name}: {all}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_old_memory_and_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.tmx"), tmx(2000)).unwrap();
    fs::write(folder.path().join("m.tsv"), "zh\ten\n甲\tA\n").unwrap();
    let line = format!(
        "trap '' XFSZ; ulimit -f 64; exec {} memory import a.tmx --into m.tsv",
        env!("CARGO_BIN_EXE_zm")
    );
    let output = Command::new("sh")
        .args(["-c", &line])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("m.tsv"), "{said}");
    assert_eq!(
        fs::read_to_string(folder.path().join("m.tsv")).unwrap(),
        "zh\ten\n甲\tA\n"
    );
    for left in ["m.tsv.part", "m.tsv.aside", "m.tsv.import"] {
        assert!(!folder.path().join(left).exists(), "{left}");
    }
}

#[test]
fn a_memory_goes_out_and_in_again_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.tmx"), tmx(300)).unwrap();
    let sample = fs::canonicalize("tests/exchange/others/tico19.en-zh.tmx").unwrap();
    let run = |args: &[&str]| {
        let output = zm(folder.path(), args);
        assert!(
            output.status.code() < Some(2),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run(&[
        "memory",
        "import",
        "a.tmx",
        sample.to_str().unwrap(),
        "--into",
        "m.tsv",
    ]);
    let rows = |name: &str| {
        let text = fs::read_to_string(path(name)).unwrap();
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    for format in ["tmx", "tsv", "csv", "xlf"] {
        let (out, again) = (format!("out.{format}"), format!("{format}.again.tsv"));
        run(&["memory", "export", "--memory", "m.tsv", "-o", &out]);
        run(&["memory", "import", &out, "--into", &again]);
        assert_eq!(rows(&again), rows("m.tsv"), "{format}");
    }
}

#[test]
fn an_export_counts_what_it_writes_and_guesses_no_format() {
    let folder = tempfile::tempdir().unwrap();
    let table = "zh\ten\tfrom\n计划\tplan\tzh\n关税\ttariff\ten\n";
    fs::write(folder.path().join("two.tsv"), table).unwrap();
    let export = |more: &[&str]| {
        let args = [&["memory", "export", "--memory", "two.tsv"], more].concat();
        zm(folder.path(), &args)
    };
    let po = export(&["--format", "po"]);
    let told = String::from_utf8_lossy(&po.stderr).into_owned();
    assert!(told.contains("1 of 2 units written"), "{told}");
    assert!(told.contains("from en: --from zh writes"), "{told}");
    let more = format!("{table}协定\tagreement\tzh\n");
    fs::write(folder.path().join("two.tsv"), more).unwrap();
    let po = export(&["--format", "po"]);
    assert!(out(&po).contains("msgid \"协定\""), "that of most units");
    let odd = export(&["-o", "out.foo"]);
    assert_eq!(odd.status.code(), Some(2));
    assert!(!folder.path().join("out.foo").exists());
}

#[test]
fn variants_of_a_language_that_no_memory_keeps_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let tmx = "<tmx version='1.4'><header srclang='en-GB'/><body><tu><tuv xml:lang='en-GB'><seg>software</seg></tuv>\
        <tuv xml:lang='zh-TW'><seg>資訊軟體</seg></tuv></tu></body></tmx>";
    fs::write(folder.path().join("a.tmx"), tmx).unwrap();
    let run = |args: &[&str]| {
        let output = zm(folder.path(), args);
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = run(&["memory", "import", "a.tmx", "--into", "m.tsv"]);
    assert!(
        said.contains("`zh-TW`") && said.contains("--en en-GB"),
        "{said}"
    );
    let export = ["memory", "export", "--memory", "m.tsv"];
    let said = run(&export);
    assert!(
        said.contains("traditional characters") && said.contains("--zh zh-TW"),
        "{said}"
    );
    let said = run(&[&export[..], &["--zh", "zh-TW"]].concat());
    assert!(!said.contains("characters"), "{said}");
}

#[test]
fn a_file_that_speaks_of_the_replacement_character_has_lost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (file, into) = (folder.path().join("a.tsv"), folder.path().join("m.tsv"));
    let table = "zh\ten\n字符 \u{FFFD} 表示错误。\tThe character \u{FFFD} means an error.\n\
                 能源\u{FFFD}启动计划。\tThe ministry launched the plan.\n";
    fs::write(&file, table).unwrap();
    let (report, said) = imported(std::slice::from_ref(&file), &into);
    assert_eq!((report.total.added, report.total.rejected), (1, 1));
    assert!(said[0].contains("the Chinese text holds"), "{said:?}");
}

#[test]
fn nothing_is_imported_into_a_glossary_or_a_journal() {
    let glossary = "zh\ten\n计划\tplan\n";
    let journal = "zh\ten\n甲\tA\n";
    let files = [
        ("here/zhengming.toml", "glossaries = [\"own.tsv\"]"),
        ("here/own.tsv", glossary),
        ("here/glossaries/g.tsv", glossary),
        ("here/x.csv", "zh,en\n关税,tariff\n"),
        ("other/glossaries/g.tsv", glossary),
        ("other/memories/journal.tsv", journal),
    ];
    let there = support::folder(&files);
    let here = there.path().join("here");
    let refused = [
        "own.tsv",
        "glossaries/g.tsv",
        "glossaries/new.tsv",
        "../other/glossaries/g.tsv",
        "../other/memories/journal.tsv",
    ];
    for into in refused {
        let output = zm(&here, &["memory", "import", "--into", into, "x.csv"]);
        let said = support::err(&output);
        assert_eq!(output.status.code(), Some(2), "{into}: {said}");
        assert!(said.contains(into) && said.contains("--into"), "{said}");
    }
    for (name, text) in files {
        let left = fs::read_to_string(there.path().join(name)).unwrap();
        assert_eq!(left, text, "{name}");
    }
    assert!(!here.join("glossaries/new.tsv").exists());
    let other = "../other/glossaries/g.tsv";
    let named = [
        "memory",
        "import",
        "--glossary",
        other,
        "--into",
        "own.tsv",
        "x.csv",
    ];
    assert_eq!(zm(&here, &named).status.code(), Some(2));
}

#[test]
fn leverage_is_told_of_standard_input_and_what_cannot_be_read_is_an_error() {
    let there = support::folder(&[("m.tsv", "zh\ten\n能源部启动计划。\tThe plan is launched.\n")]);
    let args = ["memory", "analyze", "--memory", "m.tsv", "--format", "csv"];
    let of = |document| {
        fed(
            there.path(),
            &[&args[..], &[document]].concat(),
            "能源部启动计划。\n".as_bytes(),
        )
    };
    let read = of("-");
    assert_eq!(read.status.code(), Some(0), "{}", support::err(&read));
    assert!(out(&read).contains("-,zh,100,1,7,7"), "{}", out(&read));
    let none = of("none.md");
    assert_eq!(none.status.code(), Some(2));
    let said = support::err(&none);
    assert!(said.starts_with("error: none.md:"), "{said}");
}
