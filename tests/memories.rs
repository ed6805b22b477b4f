//! Whole runs of `zm` that look into memories: what is offered, written, counted and refused.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use serde_json::Value;

mod support;
use support::{err, folder, out, zm};

/// What a run with `--format json` printed.
fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_draft_has_the_codes_of_its_document() {
    let memory = "zh\ten\n\
        参见 https://a.example/x 页面。\tSee https://a.example/x.\n\
        请联系 a@b.com。\tContact a@b.com.\n\
        **停用**此项。\t**Stop** this.\n\
        能源部<bpt i=\"1\"/>投入<ept i=\"1\"/>500亿美元。\tThe Department of Energy <bpt i=\"1\"/>spends<ept i=\"1\"/> US$50 billion.\n\
        共%s项。\t%s items.\n";
    let document = "参见 https://b.example/y/z 页面。\n\n请联系 c@d.org。\n\n停用此项。\n\n\
        能源部**投入**300亿美元。\n\n共%s项。\n";
    let glossary = "zh\ten\n能源部\tDepartment of Energy\n";
    let folder = folder(&[
        ("glossaries/g.tsv", glossary),
        ("memories/m.tsv", memory),
        ("d.zh.md", document),
    ]);
    let output = zm(folder.path(), &["draft", "d.zh.md", "-o", "-"]);
    let expected = "See https://b.example/y/z.\n\nContact c@d.org.\n\nStop this.\n\n\
        The Department of Energy **spends** US$30 billion.\n\n%s items.\n";
    assert_eq!(out(&output), expected);
    let found = json(&zm(
        folder.path(),
        &["suggest", "--format", "json", "请联系 c@d.org。"],
    ));
    let best = &found["matches"][0];
    assert_eq!((&best["score"], &best["base"]), (&97.into(), &80.into()));
    assert_eq!(best["repaired"]["complete"], true);
    assert_eq!(best["repaired"]["edits"][0]["to"], "c@d.org");
}

#[test]
fn a_draft_is_not_filled_by_what_nobody_confirmed_or_what_disagrees() {
    let memory = "zh\ten\tstate\tprev\n\
        机器译的句子。\tSentence by machine.\tdraft\t\n\
        对齐的句子。\tAn aligned sentence.\taligned\t\n\
        重复\trepeat\ttranslated\t\n\
        重复\trepetition\ttranslated\t\n\
        复查\tcheck\tdraft\t\n\
        复查\treview\treviewed\t\n\
        标题\tTitle\ttranslated\t\n\
        说明\tNote\ttranslated\t标题\n\
        说明\tInstructions\ttranslated\t\n\
        能源部\tenergy ministry\ttranslated\t\n\
        能源部\tministry of energy\ttranslated\t\n";
    let document = "机器译的句子。\n\n对齐的句子。\n\n重复\n\n复查\n\n标题\n\n说明\n\n能源部\n";
    let folder = folder(&[
        ("glossaries/g.tsv", "zh\ten\n能源部\tDepartment of Energy\n"),
        ("memories/m.tsv", memory),
        ("d.zh.md", document),
    ]);
    let output = zm(folder.path(), &["draft", "d.zh.md", "-o", "-"]);
    let expected = "机器译的句子。\n\nAn aligned sentence.\n\n重复\n\nreview\n\nTitle\n\nNote\n\n\
        Department of Energy\n";
    assert_eq!(out(&output), expected);
    assert!(err(&output).contains("2 segments left whose exact matches"));
    let args = ["draft", "d.zh.md", "-o", "o.md", "--format", "json"];
    let told = json(&zm(folder.path(), &args));
    assert_eq!((&told["exact"], &told["left"]), (&4.into(), &2.into()));
    assert_eq!(told["doubtful"], 2);
}

#[test]
fn a_named_file_that_is_no_memory_or_glossary_ends_the_run() {
    let folder = folder(&[
        ("a.tmx", "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"/>\n"),
        ("g.csv", "zh,en\n能源部,Department of Energy\n"),
        ("new.tsv", "zh\ten\n"),
        ("d.zh.md", "能源部。\n"),
    ]);
    let runs: [&[&str]; 6] = [
        &["suggest", "能源部", "--memory", "a.tmx"],
        &["memory", "stats", "--memory", "a.tmx"],
        &["memory", "export", "--memory", "a.tmx"],
        &["search", "能源部", "--memory", "a.tmx"],
        &["terms", "d.zh.md", "--glossary", "g.csv"],
        &["suggest", "能源部", "--glossary", "g.csv"],
    ];
    for run in runs {
        let output = zm(folder.path(), run);
        let said = err(&output);
        assert_eq!(output.status.code(), Some(2), "{run:?}: {said}");
        assert!(out(&output).is_empty(), "{run:?}");
        assert!(said.starts_with("error: "), "{run:?}: {said}");
        let advice = said.contains("import`") && said.contains(":1: this is no ");
        assert!(advice, "{run:?}: {said}");
    }
    let new = [
        "suggest",
        "能源部",
        "--memory",
        "new.tsv",
        "--glossary",
        "new.tsv",
    ];
    assert_eq!(zm(folder.path(), &new).status.code(), Some(0));
}

#[test]
fn a_batch_goes_through_its_document() {
    let memory = "zh\ten\tprev\tnext\n继续。\tContinued.\t开始。\t结束。\n";
    let document = "开始。\n\n继续。\n\n结束。\n\n继续。\n\n暂停。\n\n继续。\n";
    let folder = folder(&[
        ("glossaries/g.tsv", "zh\ten\n"),
        ("memories/m.tsv", memory),
        ("d.zh.md", document),
        (
            "lines.txt",
            "开始。\n继续。\n结束。\n继续。\n暂停。\n继续。\n",
        ),
    ]);
    let args = ["suggest", "--batch", "lines.txt", "--document", "d.zh.md"];
    let printed = out(&zm(folder.path(), &args));
    let answers = printed
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let scores = answers.filter(|answer| answer["source"] == "继续。");
    let scores: Vec<Value> = scores
        .map(|answer| answer["matches"][0]["score"].clone())
        .collect();
    assert_eq!(scores, [102, 100, 100]);
}

#[test]
fn what_is_lacking_or_meant_is_said_as_it_is() {
    let folder = folder(&[
        ("glossaries/g.tsv", "zh\ten\n"),
        ("m.tsv", "zh\ten\n计划\tplan\n无\t\n"),
    ]);
    let run = |args: &[&str], code: i32, said: &str| {
        let output = zm(folder.path(), args);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{args:?}: {}",
            err(&output)
        );
        assert!(err(&output).contains(said), "{args:?}: {}", err(&output));
    };
    run(&["search", "计划"], 2, "there is no memory here");
    run(&["search", "关税", "--memory", "m.tsv"], 1, "in no unit");
    run(&["index", "build", "--memory", "m.tsv"], 2, "--memory");
    let export = ["memory", "export", "--memory", "m.tsv"];
    run(&export, 0, "`zm memory stats` names them");
    run(&["memory", "stats", "--memory", "m.tsv"], 0, "m.tsv:3");
    for tag in ["zz_bogus!", "en", "zh\""] {
        run(
            &[&export[..], &["--zh", tag]].concat(),
            2,
            "no tag of Chinese",
        );
    }
    run(
        &[&export[..], &["--zh", "zh_TW", "--en", "en-GB"]].concat(),
        0,
        "",
    );
    run(
        &[&export[..], &["--en", "zh"]].concat(),
        2,
        "no tag of English",
    );
}

#[test]
fn what_is_done_to_the_index_is_told_to_programs() {
    let folder = folder(&[
        ("glossaries/g.tsv", "zh\ten\n"),
        ("memories/m.tsv", "zh\ten\n计划\tplan\n无\t\n"),
    ]);
    for (command, code) in [("build", 1), ("verify", 0), ("status", 0)] {
        let output = zm(folder.path(), &["index", command, "--format", "json"]);
        assert_eq!(output.status.code(), Some(code), "{}", err(&output));
        let told = json(&output);
        assert_eq!(told["schema"], "zhengming.index/1");
        assert_eq!(told["damage"], Value::Null);
        let findings = told["findings"].as_array().unwrap();
        assert_eq!(findings.len(), usize::from(command == "build"), "{told}");
        let memories = told["memories"].as_array().unwrap();
        assert!(memories.iter().any(|memory| memory["units"] == 1), "{told}");
    }
}

#[test]
fn the_history_of_a_unit_can_be_shown() {
    let journal = "zh\ten\tfrom\tstate\twhen\twho\tdocument\tprev\tnext\tsubject\tnote\n\
        供应链很重要。\tSupply chain matters.\tzh\ttranslated\t2026-01-01T09:00:00Z\tli\td.zh.md\t\t\t\t\n\
        计划。\tA plan.\tzh\ttranslated\t2026-01-01T09:01:00Z\tli\td.zh.md\t\t\t\t\n\
        供应链很重要。\tSupply chains matter.\tzh\treviewed\t2026-01-02T09:00:00Z\twang\td.zh.md\t\t\t\t\n\
        供应链很重要。\t\tzh\tunconfirmed\t2026-01-03T09:00:00Z\tli\td.zh.md\t\t\t\t\n";
    let folder = folder(&[
        ("glossaries/g.tsv", "zh\ten\n"),
        ("memories/journal.tsv", journal),
        ("memories/old.tsv", "zh\ten\n供应链\tsupply chain\n"),
    ]);
    let shown = zm(folder.path(), &["memory", "history", "chain", "matters"]);
    let expected = "1 unit\n\n\
        供应链很重要。  d.zh.md\n  \
        2026-01-01T09:00:00Z  li    translated   Supply chain matters.\n  \
        2026-01-02T09:00:00Z  wang  reviewed     Supply chains matter.\n  \
        2026-01-03T09:00:00Z  li    unconfirmed\n";
    assert_eq!(out(&shown), expected, "{}", err(&shown));
    let told = json(&zm(
        folder.path(),
        &["memory", "history", "--format", "json"],
    ));
    assert_eq!(
        (&told["total"], &told["schema"]),
        (&2.into(), &"zhengming.memory-history/1".into())
    );
    assert_eq!(told["units"][0]["source"], "供应链很重要。");
    let states = told["units"][0]["lines"].as_array().unwrap();
    let states: Vec<&Value> = states.iter().map(|line| &line["state"]).collect();
    assert_eq!(states, ["translated", "reviewed", "unconfirmed"]);
    let all = zm(
        folder.path(),
        &["memory", "history", "--limit", "0", "--format", "json"],
    );
    assert_eq!(json(&all)["units"].as_array().unwrap().len(), 2);
    let none = zm(folder.path(), &["memory", "history", "关税"]);
    assert_eq!(none.status.code(), Some(1));
}
