//! Whole runs of what a maintainer does with glossaries: lint, merge, diff,
//! statistics, and what a change affects.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

mod support;
use support::{err, folder, out, zm};

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

const FAULTY: &str = "zh\ten\tzh_avoid\ten_abbr\n\
    算力\tcomputing power\t\t\n\
    # zm:allow gl-dup both lists are printed\n\
    算力\tcomputing power\t\t\n\
    人工智能（AI）\tartificial intelligence\t\t\n计划\tplan; program\t\t\n\
    plan\t规划\t\t\n创世计划\tGenesis Mission\t创世计划\t\n";

#[test]
fn lint_says_what_check_says() {
    let folder = folder(&[
        ("zhengming.toml", ""),
        ("glossaries/a.tsv", FAULTY),
        ("glossaries/b.tsv", "zh\ten\n创世\tGenesis\n算力\tcompute\n"),
        ("b.md", "算力。\n"),
    ]);
    let at = folder.path();
    for format in [
        "human", "short", "json", "sarif", "junit", "tsv", "html", "github",
    ] {
        let run = |command: &[&str]| {
            zm(
                at,
                &[command, &["glossaries/", "--format", format, "--no-cache"]].concat(),
            )
        };
        let (check, lint) = (run(&["check"]), run(&["glossary", "lint"]));
        assert_eq!(out(&check), out(&lint), "{format}");
        assert_eq!(
            (check.status.code(), lint.status.code()),
            (Some(1), Some(1))
        );
    }
    let all = out(&zm(at, &["glossary", "lint", "--format", "short"]));
    let rules: Vec<&str> = all
        .lines()
        .filter_map(|l| Some(l.split_once('[')?.1.split_once(']')?.0))
        .collect();
    let wanted = [
        "gl-packed",
        "gl-short",
        "gl-packed",
        "gl-swap",
        "gl-self-forbidden",
        "gl-conflict",
    ];
    assert_eq!(rules, wanted, "{all}");
    // The other file of the workspace is looked at also where one is asked about.
    let one = out(&zm(
        at,
        &["glossary", "lint", "glossaries/b.tsv", "--format", "short"],
    ));
    assert!(
        one.contains("b.tsv:3:1: note[gl-conflict]") && one.contains("glossaries/a.tsv:2"),
        "{one}"
    );
    let chosen = zm(
        at,
        &[
            "glossary", "lint", "--select", "gl-swap", "--format", "json",
        ],
    );
    assert_eq!(json(&chosen)["summary"]["error"], 1);
    assert_eq!(json(&chosen)["findings"][0]["rule"], "gl-swap");
}

#[test]
fn levels_baselines_and_fixes_hold_for_glossaries_too() {
    let toml = "[rules]\ngl-swap = \"off\"\n[[overrides]]\npaths = [\"glossaries/a.tsv\"]\n[overrides.rules]\ngl-self-forbidden = \"note\"\n";
    let folder = folder(&[("zhengming.toml", toml), ("glossaries/a.tsv", FAULTY)]);
    let at = folder.path();
    let first = zm(at, &["glossary", "lint", "--format", "json"]);
    assert_eq!(first.status.code(), Some(0), "{}", out(&first));
    let summary = &json(&first)["summary"];
    assert_eq!(
        (&summary["warning"], &summary["suppressed"]),
        (&2.into(), &1.into()),
        "{summary}"
    );
    let diff = out(&zm(at, &["glossary", "lint", "--diff"]));
    assert!(diff.contains("+计划\tplan | program"), "{diff}");
    let fixed = zm(at, &["glossary", "lint", "--fix", "--fail-on", "warning"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", out(&fixed));
    let text = fs::read_to_string(at.join("glossaries/a.tsv")).unwrap();
    assert!(
        text.contains("\n人工智能\tartificial intelligence\t\tAI\n计划\tplan | program\t\t\n"),
        "{text}"
    );
    zm(
        at,
        &["glossary", "lint", "--write-baseline", "accepted.tsv"],
    );
    let accepted = zm(
        at,
        &[
            "glossary",
            "lint",
            "--baseline",
            "accepted.tsv",
            "--fail-on",
            "note",
            "--format",
            "json",
        ],
    );
    assert_eq!(accepted.status.code(), Some(0), "{}", out(&accepted));
}

#[test]
fn every_bad_line_is_named_and_the_rest_is_read() {
    let folder = folder(&[(
        "a.tsv",
        "zh\ten\tvalid_to\n甲\tA\tsoon\n\t\t\n\tB\n乙\tB\t\tx\n",
    )]);
    let run = zm(
        folder.path(),
        &["glossary", "lint", "a.tsv", "--format", "short"],
    );
    let text = out(&run);
    for line in [
        "a.tsv:2:5: error[gl-syntax]",
        "a.tsv:4:1: warning[gl-syntax]",
        "a.tsv:5:6: error[gl-syntax]",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let missing = zm(folder.path(), &["glossary", "lint", "none.tsv"]);
    assert_eq!(missing.status.code(), Some(2));
    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(
        zm(nothing.path(), &["glossary", "lint"]).status.code(),
        Some(2)
    );
}

fn git(folder: &Path, args: &[&str]) -> Output {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=z",
            "-c",
            "user.email=z@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    output.unwrap()
}

/// A repository with the merge driver, and a glossary that two branches change.
fn repository(base: &str, ours: &str, theirs: &str) -> tempfile::TempDir {
    let folder = folder(&[
        ("glossaries/a.tsv", base),
        (".gitattributes", "glossaries/*.tsv merge=zm diff=zm\n"),
    ]);
    let at = folder.path();
    let program = env!("CARGO_BIN_EXE_zm");
    git(at, &["init", "-q", "-b", "main"]);
    git(
        at,
        &[
            "config",
            "merge.zm.driver",
            &format!("'{program}' glossary merge %O %A %B --name %P"),
        ],
    );
    git(
        at,
        &[
            "config",
            "diff.zm.command",
            &format!("'{program}' glossary diff --git"),
        ],
    );
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "base"]);
    git(at, &["checkout", "-qb", "theirs"]);
    fs::write(at.join("glossaries/a.tsv"), theirs).unwrap();
    git(at, &["commit", "-qam", "theirs"]);
    git(at, &["checkout", "-q", "main"]);
    fs::write(at.join("glossaries/a.tsv"), ours).unwrap();
    git(at, &["commit", "-qam", "ours"]);
    folder
}

#[test]
fn git_merges_by_concept() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git");
        return;
    }
    let folder = repository(
        "zh\ten\n甲\tA\n乙\tB\n",
        "zh\ten\n甲\tA\n乙\tB | BB\n丙\tC\n",
        "zh\ten\tnote\n甲\tA\t\n乙\tB\tx\n丁\tD\t\n",
    );
    let merge = git(folder.path(), &["merge", "--no-edit", "theirs"]);
    assert!(merge.status.success(), "{merge:?}");
    let text = fs::read_to_string(folder.path().join("glossaries/a.tsv")).unwrap();
    assert_eq!(
        text,
        "zh\ten\tnote\n甲\tA\t\n乙\tB | BB\tx\n丙\tC\t\n丁\tD\t\n"
    );
    let diff = out(&git(
        folder.path(),
        &["diff", "HEAD~1", "--", "glossaries/a.tsv"],
    ));
    assert!(
        diff.contains("丁 = D") && diff.contains("note: + x"),
        "{diff}"
    );
}

#[test]
fn git_stops_at_a_contradiction_and_lint_finds_it() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git");
        return;
    }
    let folder = repository(
        "zh\ten\n创世计划\tGenesis Plan\n",
        "zh\ten\n创世计划\tGenesis Mission\n",
        "zh\ten\n创世计划\tGenesis Project\n",
    );
    let at = folder.path();
    let merge = git(at, &["merge", "--no-edit", "theirs"]);
    assert!(!merge.status.success());
    let path = at.join("glossaries/a.tsv");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.ends_with("# zm:theirs\t创世计划\tGenesis Project\n创世计划\tGenesis Mission\n"),
        "{text}"
    );
    let lint = zm(at, &["glossary", "lint", "--format", "short"]);
    assert!(
        out(&lint).contains("a.tsv:2:1: error[gl-merge]"),
        "{}",
        out(&lint)
    );
    assert_eq!(lint.status.code(), Some(1));
    // It is read all the same.
    assert!(out(&zm(at, &["lookup", "创世计划"])).contains("Genesis Mission"));
    zhengming::glossary::merge::settle(&path, 2, zhengming::glossary::merge::Take::Theirs).unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "zh\ten\n创世计划\tGenesis Project\n"
    );
    assert_eq!(zm(at, &["glossary", "lint"]).status.code(), Some(0));
}

#[test]
fn a_merge_writes_over_ours_or_where_it_is_told() {
    let folder = folder(&[
        ("b.tsv", "zh\ten\n甲\tA\n"),
        ("o.tsv", "zh\ten\n甲\tA\n乙\tB\n"),
        ("t.tsv", "zh\ten\n甲\tAA\n"),
    ]);
    let at = folder.path();
    let run = zm(
        at,
        &[
            "glossary", "merge", "b.tsv", "o.tsv", "t.tsv", "--output", "-",
        ],
    );
    assert_eq!(out(&run), "zh\ten\n甲\tAA\n乙\tB\n");
    assert_eq!(
        fs::read_to_string(at.join("o.tsv")).unwrap(),
        "zh\ten\n甲\tA\n乙\tB\n"
    );
    let run = zm(at, &["glossary", "merge", "b.tsv", "o.tsv", "t.tsv"]);
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(
        fs::read_to_string(at.join("o.tsv")).unwrap(),
        "zh\ten\n甲\tAA\n乙\tB\n"
    );
    // A name mistyped is no empty version, and makes no file.
    for versions in [
        ["none.tsv", "o.tsv", "t.tsv"],
        ["b.tsv", "none.tsv", "t.tsv"],
        ["b.tsv", "o.tsv", "none.tsv"],
    ] {
        let run = zm(at, &[&["glossary", "merge"][..], &versions].concat());
        assert_eq!(run.status.code(), Some(2), "{versions:?}");
        assert!(!at.join("none.tsv").exists(), "{versions:?}");
    }
    fs::write(at.join("t.tsv"), [b'z', b'h', b'\n', 0xCA, 0xF5]).unwrap();
    let run = zm(at, &["glossary", "merge", "b.tsv", "o.tsv", "t.tsv"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(
        fs::read_to_string(at.join("o.tsv")).unwrap(),
        "zh\ten\n甲\tAA\n乙\tB\n"
    );
}

const OLD: &str = "zh\ten\ten_admitted\n创世计划\tGenesis Plan\t\n算力\tcomputing power\tcompute\n";
const NEW: &str = "zh\ten\ten_avoid\n创世计划\tGenesis Mission\tGenesis Plan\n算力\tcomputing power\t\n芯片\tchip\t\n";

#[test]
fn differences_are_told_by_concept_and_cell() {
    let folder = folder(&[("old.tsv", OLD), ("new.tsv", NEW)]);
    let run = |more: &[&str]| {
        zm(
            folder.path(),
            &[&["glossary", "diff", "old.tsv", "new.tsv"], more].concat(),
        )
    };
    let human = run(&[]);
    assert_eq!(human.status.code(), Some(1));
    let text = out(&human);
    for part in [
        "~     2  创世计划 = Genesis Mission",
        "en: Genesis Plan → Genesis Mission",
        "+     4  芯片 = chip",
        "+ column en_avoid",
        "1 added, 0 removed, 2 changed, 0 unchanged",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let found = json(&run(&["--format", "json"]));
    assert_eq!(found["schema"], "zhengming.glossary-diff/1");
    assert_eq!(
        found["diff"]["concepts"][0]["cells"][0]["new"],
        "Genesis Mission"
    );
    let rows = out(&run(&["--format", "tsv"]));
    assert!(
        rows.contains(
            "changed\t2\t2\t创世计划\tGenesis Mission\ten\tGenesis Plan\tGenesis Mission\n"
        ),
        "{rows}"
    );
    let same = zm(folder.path(), &["glossary", "diff", "new.tsv", "new.tsv"]);
    assert_eq!(same.status.code(), Some(0));
}

const MEMORY: &str = "zh\ten\tstate\tdocument\n\
    创世计划启动。\tThe Genesis Plan began.\ttranslated\ta.zh.md\n\
    方案公布。\tThe Genesis Plan was published.\ttranslated\tb.zh.md\n\
    算力不足。\tCompute is scarce.\ttranslated\ta.zh.md\n";

fn workspace() -> tempfile::TempDir {
    folder(&[
        ("zhengming.toml", ""),
        ("glossaries/terms.tsv", OLD),
        ("memories/m.tsv", MEMORY),
        ("a.en.md", "# News\n\nThe Genesis Plan was launched.\n"),
        ("docs/b.en.md", "Plans change.\n"),
        ("old.tsv", OLD),
        ("new.tsv", NEW),
    ])
}

#[test]
fn what_a_change_affects_is_listed() {
    let folder = workspace();
    let run = zm(
        folder.path(),
        &[
            "glossary", "affected", "--diff", "old.tsv", "new.tsv", "--format", "json",
        ],
    );
    assert_eq!(run.status.code(), Some(1));
    let found = json(&run);
    assert_eq!(found["schema"], "zhengming.affected/1");
    let plan = &found["renderings"][0];
    assert_eq!(
        (&plan["term"], &plan["instead"][0]),
        (&"Genesis Plan".into(), &"Genesis Mission".into())
    );
    // Not the unit in which it renders something else.
    assert_eq!((&plan["units"], &plan["documents"]), (&1.into(), &1.into()));
    assert_eq!(plan["places"][0]["line"], 2);
    assert_eq!(plan["places"][0]["document"], "a.zh.md");
    assert_eq!(
        (&plan["places"][1]["path"], &plan["places"][1]["line"]),
        (&"a.en.md".into(), &3.into())
    );
    assert_eq!(found["renderings"][1]["term"], "compute");
    let named = out(&zm(
        folder.path(),
        &["glossary", "affected", "Genesis Plan"],
    ));
    assert!(
        named.contains("memories/m.tsv:2:5") && named.contains("1 unit, 1 document"),
        "{named}"
    );
    // A draft is no confirmed unit; the work in progress has some, of which one is in the memory.
    let drafted = MEMORY.replacen("translated", "draft", 1);
    fs::write(folder.path().join("memories/m.tsv"), drafted).unwrap();
    let work = "zh\ten\tstate\n\
        创世计划启动。\tThe Genesis Plan began.\ttranslated\n\
        创世计划推进。\tThe Genesis Plan goes on.\ttranslated\n\
        创世计划结束。\tThe Genesis Plan ended.\tdraft\n";
    fs::write(folder.path().join("a.zh.md"), "创世计划启动。\n").unwrap();
    fs::write(folder.path().join("a.zh.md.zm.tsv"), work).unwrap();
    let units = || {
        let run = zm(
            folder.path(),
            &["glossary", "affected", "Genesis Plan", "--format", "json"],
        );
        json(&run)["renderings"][0]["units"].clone()
    };
    assert_eq!(units(), 2);
    fs::write(folder.path().join("memories/m.tsv"), MEMORY).unwrap();
    assert_eq!(units(), 2);
    let none = zm(folder.path(), &["glossary", "affected", "nothing like it"]);
    assert_eq!(none.status.code(), Some(0));
    assert!(err(&none).contains("3 documents"), "{}", err(&none));
}

#[test]
fn statistics_of_a_workspace() {
    let folder = workspace();
    let found = json(&zm(
        folder.path(),
        &["glossary", "stats", "--format", "json"],
    ));
    assert_eq!(found["schema"], "zhengming.glossary-stats/1");
    let stats = &found["stats"];
    assert_eq!(
        (&stats["concepts"], &stats["used"], &stats["units"]),
        (&2.into(), &2.into(), &3.into())
    );
    assert_eq!(stats["status"]["approved"], 2);
    let text = out(&zm(folder.path(), &["glossary", "stats"]));
    assert!(text.contains("2 of 2 concepts (100%)"), "{text}");
}

#[test]
fn the_day_says_which_term_holds() {
    let table = "zh\ten\tvalid_from\tvalid_to\n\
        人类命运共同体\tcommunity of common destiny\t\t2018-03-10\n\
        人类命运共同体\tcommunity with a shared future for mankind\t2018-03-11\t\n";
    let folder = folder(&[
        ("glossaries/a.tsv", table),
        ("2015年05月01日报告.zh.md", "推动构建人类命运共同体。\n"),
        ("report_20240501.zh.md", "推动构建人类命运共同体。\n"),
    ]);
    let at = folder.path();
    let suggested = |date: &str| {
        let found = json(&zm(
            at,
            &[
                "suggest",
                "构建人类命运共同体",
                "--date",
                date,
                "--format",
                "json",
            ],
        ));
        let terms = found["terms"].as_array().unwrap().clone();
        terms
            .iter()
            .map(|t| t["preferred"][0].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(suggested("2015-05-01"), ["community of common destiny"]);
    assert_eq!(
        suggested("2024-05-01"),
        ["community with a shared future for mankind"]
    );
    let first = |args: &[&str]| {
        let text = out(&zm(at, &[&["terms"], args, &["--format", "tsv"]].concat()));
        text.lines()
            .nth(1)
            .unwrap()
            .split('\t')
            .nth(5)
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        first(&["2015年05月01日报告.zh.md"]),
        "community of common destiny"
    );
    assert_eq!(
        first(&["report_20240501.zh.md"]),
        "community with a shared future for mankind"
    );
    assert_eq!(
        first(&["report_20240501.zh.md", "--date", "2015-05-01"]),
        "community of common destiny"
    );
}

const RENAMED: &str = "zh\ten\tvalid_from\tvalid_to\n\
    国防部\tDepartment of Defense\t\t2025-09-04\n\
    国防部\tDepartment of War\t2025-09-05\t\n\
    网络局\tNetwork Bureau\t2025-07-01\t\n";

#[test]
fn a_rendering_is_not_right_before_its_day() {
    let folder = folder(&[
        ("g.tsv", RENAMED),
        ("war.zh.md", "国防部发表声明。\n"),
        ("war.en.md", "The Department of War issued a statement.\n"),
        ("foo.zh.md", "国防部和网络局发表声明。\n"),
        ("foo.en.md", "The Foo and the Bar issued statements.\n"),
    ]);
    let found = |pair: [&str; 2], date: &str| {
        let select = ["--select", "term", "--format", "short", "--date", date];
        let run = [&["check", "--glossary", "g.tsv"], &pair[..], &select].concat();
        out(&zm(folder.path(), &run))
    };
    let early = found(["war.zh.md", "war.en.md"], "2025-06-01");
    assert!(
        early.contains("right only from 2025-09-05") && early.contains("2025-06-01"),
        "{early}"
    );
    assert_eq!(found(["war.zh.md", "war.en.md"], "2025-10-01"), "");
    // What counts on the day is asked for, and nothing else.
    let foo = found(["foo.zh.md", "foo.en.md"], "2025-06-01");
    assert!(
        foo.contains("Department of Defense") && !foo.contains("Network Bureau"),
        "{foo}"
    );
    let foo = found(["foo.zh.md", "foo.en.md"], "2025-10-01");
    assert!(
        foo.contains("Department of War") && foo.contains("Network Bureau"),
        "{foo}"
    );
}

#[test]
fn what_is_past_its_day_says_so_where_it_is_offered() {
    let table = "zh\ten\tvalid_from\tvalid_to\tsuperseded_by\n\
        中央网信办\tCentral Leading Group Office\t\t2018-03-20\t中央网信委\n\
        中央网信委\tCentral Cyberspace Affairs Commission\t\t\t\n\
        网络局\tNetwork Bureau\t2025-07-01\t\t\n";
    let folder = folder(&[
        ("glossaries/a.tsv", table),
        ("b_20200505.zh.md", "中央网信办和网络局开会。\n"),
    ]);
    let at = folder.path();
    let suggest = |format: &str| {
        let text = "中央网信办和网络局开会";
        let date = ["--date", "2020-05-05", "--format", format];
        zm(at, &[&["suggest", text], &date[..]].concat())
    };
    let human = out(&suggest("human"));
    assert!(
        human.contains("until 2018-03-20; now 中央网信委 = Central Cyberspace Affairs Commission")
            && human.contains("only from 2025-07-01"),
        "{human}"
    );
    let found = json(&suggest("json"));
    let [past, early] = [0usize, 1].map(|at| &found["terms"][at]);
    assert_eq!(
        [&past["status"], &past["valid_to"], &past["superseded_by"]],
        ["superseded", "2018-03-20", "中央网信委"]
    );
    assert_eq!(
        past["instead"]["preferred"][0],
        "Central Cyberspace Affairs Commission"
    );
    assert_eq!(
        [&early["status"], &early["valid_from"]],
        ["upcoming", "2025-07-01"]
    );
    let looked = out(&zm(at, &["lookup", "中央网信办"]));
    assert!(
        looked.contains("until 2018-03-20; then 中央网信委 = Central"),
        "{looked}"
    );
    let looked = json(&zm(at, &["lookup", "网络局", "--format", "json"]));
    assert_eq!(looked["concepts"][0]["valid_from"], "2025-07-01");
    let terms = out(&zm(at, &["terms", "b_20200505.zh.md", "--format", "tsv"]));
    let rows: Vec<&str> = terms.lines().skip(1).collect();
    let status: Vec<_> = rows.iter().map(|row| row.split('\t').nth(6)).collect();
    assert_eq!(status, [Some("superseded"), Some("upcoming")]);
}

#[test]
fn the_date_of_a_document_is_read_as_people_write_it_or_named() {
    let front = |date: &str| format!("---\n{date}\n---\n\n网络局。\n");
    let folder = folder(&[
        ("g.tsv", RENAMED.to_owned()),
        ("words.zh.md", front("Date: 2020年5月5日")),
        ("english.zh.md", front("date: May 5, 2020")),
        ("slashes.zh.md", front("date: \"2020/05/05\"")),
        ("month.zh.md", front("date: 2020-05")),
    ]);
    let terms = |name: &str| {
        let args = ["terms", name, "--glossary", "g.tsv", "--format", "tsv"];
        zm(folder.path(), &args)
    };
    for name in ["words.zh.md", "english.zh.md", "slashes.zh.md"] {
        let run = terms(name);
        assert!(out(&run).contains("\tupcoming\t"), "{}", out(&run));
        assert_eq!(err(&run), "");
    }
    let run = terms("month.zh.md");
    assert!(out(&run).contains("\tpreferred\t"), "{}", out(&run));
    assert!(err(&run).contains("date cannot be read"), "{}", err(&run));
}
