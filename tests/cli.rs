//! Whole runs of `zm` on small workspaces: output, diagnostics, exit codes,
//! files written. `TRYCMD=overwrite cargo test --test cli` rewrites what is
//! expected; read the difference before keeping it.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::fs;
use std::process::{Command, Stdio};

mod support;
use support::{err, fed, folder, out, zm};

#[test]
fn cases() {
    trycmd::TestCases::new()
        .case("tests/cli/*.toml")
        // The program decides by the terminal and the environment; a test has neither.
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let long = "能源部\n\n".repeat(4000);
    let terms = "zh\ten\n能源部\tDepartment of Energy\n".as_bytes();
    let folder = folder(&[("long.md", long.as_bytes()), ("glossaries/g.tsv", terms)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_zm"))
        .args(["terms", "long.md", "--format", "tsv"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output), "");
}

#[test]
fn batch_gives_one_object_for_each_line() {
    let terms = "zh\ten\n能源部\tDepartment of Energy\n".as_bytes();
    let folder = folder(&[("glossaries/g.tsv", terms)]);
    let lines = "能源部\n\nThe Department of Energy\r\n";
    let output = fed(
        folder.path(),
        &["suggest", "--batch", "-"],
        lines.as_bytes(),
    );
    let found: Vec<serde_json::Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(found.len(), 3);
    assert_eq!(found[0]["terms"][0]["preferred"][0], "Department of Energy");
    assert_eq!(found[1]["source"], "");
    assert_eq!(found[2]["terms"][0]["preferred"][0], "能源部");
    assert_eq!(found[2]["source"], "The Department of Energy");
    let bare = fed(folder.path(), &["suggest", "--batch"], lines.as_bytes());
    assert_eq!(out(&bare), out(&output));
}

#[test]
fn what_is_no_text_is_not_opened() {
    let folder = folder(&[("a.md", b"PK\x03\x04\0\0\0")]);
    let output = zm(folder.path(), &["edit", "a.md"]);
    assert_eq!(output.status.code(), Some(2));
    let told = err(&output);
    assert!(told.contains("a.md:1: holds a NUL byte"), "{told}");
    let missing = zm(folder.path(), &["edit", "none.md"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn a_line_that_is_not_utf8_is_named() {
    let folder = folder(&[("a.txt", b"ok\n\xff\xfe\xfa\n")]);
    let output = zm(folder.path(), &["suggest", "--batch", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let told = err(&output);
    assert!(told.contains("a.txt:2: this is not UTF-8"), "{told}");
    assert_eq!(
        out(&output).lines().count(),
        1,
        "the line before it was answered"
    );
}

#[test]
fn a_day_that_is_none_is_refused_in_words() {
    let folder = folder::<&str>(&[]);
    let output = zm(folder.path(), &["suggest", "x", "--date", "2025-13-01"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("write days like"), "{}", err(&output));
    let help = out(&zm(folder.path(), &["suggest", "--help"]));
    let (own, everywhere) = help.split_once("Options of every command:").unwrap();
    assert!(own.contains("--batch") && !own.contains("--memory <"));
    assert!(everywhere.contains("--workspace <DIR>"));
}

#[test]
fn a_document_in_gb18030_is_read() {
    let (bytes, ..) =
        encoding_rs::GB18030.encode("能源部启动创世计划，投入五百亿美元，以促进科学发现。\n");
    let terms = "zh\ten\n能源部\tDepartment of Energy\n".as_bytes();
    let folder = folder(&[("gb.txt", &*bytes), ("glossaries/g.tsv", terms)]);
    let output = zm(folder.path(), &["terms", "gb.txt", "--format", "tsv"]);
    assert_eq!(output.status.code(), Some(0));
    let found = out(&output);
    assert!(found.contains("gb.txt\t1\t1\t能源部"), "{found}");
}

#[test]
fn json_is_what_the_contract_says() {
    let folder = folder::<&str>(&[]);
    let output = fed(
        folder.path(),
        &["suggest", "--format", "json", "-"],
        "投入500亿美元\n".as_bytes(),
    );
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["schema"], "zhengming.suggest/1");
    assert_eq!(found["source"], "投入500亿美元");
    assert_eq!((&found["from"], &found["to"]), (&"zh".into(), &"en".into()));
    for key in ["terms", "numbers", "matches", "fragments", "used"] {
        assert!(found[key].is_array(), "{key}");
    }
    let number = &found["numbers"][0];
    assert_eq!(
        (&number["byte_start"], &number["byte_end"]),
        (&6.into(), &18.into())
    );
    assert_eq!(number["target"], "US$50 billion");
    assert_eq!(found["retrieval"], "exact");
}

#[test]
fn init_makes_a_workspace_and_keeps_what_is_there() {
    let folder = folder(&[("job/zhengming.toml", b"# mine\n")]);
    let output = zm(folder.path(), &["init", "job"]);
    assert_eq!(output.status.code(), Some(0));
    let config = fs::read_to_string(folder.path().join("job/zhengming.toml")).unwrap();
    assert_eq!(config, "# mine\n");
    let again = zm(&folder.path().join("job"), &["init"]);
    assert!(!out(&again).contains("made"));
    let config = zm(&folder.path().join("job"), &["config"]);
    assert!(out(&config).contains("glossaries/terms.tsv"));
    fs::remove_file(folder.path().join("job/zhengming.toml")).unwrap();
    zm(folder.path(), &["init", "job"]);
    let fresh = zm(&folder.path().join("job"), &["lookup", "x"]);
    assert_eq!(fresh.status.code(), Some(1), "{}", err(&fresh));
}

#[test]
fn the_document_itself_is_never_overwritten() {
    let folder = folder(&[("a.zh.md", "能源部\n".as_bytes())]);
    let output = zm(
        folder.path(),
        &["deliver", "a.zh.md", "-o", "./a.zh.md", "--force"],
    );
    assert_eq!(output.status.code(), Some(2));
    let kept = fs::read_to_string(folder.path().join("a.zh.md")).unwrap();
    assert_eq!(kept, "能源部\n");
}

#[test]
fn the_work_on_a_document_is_never_overwritten() {
    let work = "zh\ten\tstate\n能源部\tDepartment of Energy\ttranslated\n";
    let files = [
        ("a.zh.md", "能源部\n"),
        ("a.zh.md.zm.tsv", work),
        ("b.zh.md", "能源部\n"),
        ("b.zh.md.start.tsv", work),
    ];
    let folder = folder(&files);
    for (document, to) in [
        ("a.zh.md", "a.zh.md.zm.tsv"),
        ("b.zh.md", "./b.zh.md.start.tsv"),
    ] {
        for command in ["deliver", "draft"] {
            let output = zm(folder.path(), &[command, document, "-o", to, "--force"]);
            assert_eq!(output.status.code(), Some(2), "{command} {to}");
            let said = err(&output);
            assert!(
                said.contains("this holds the work on the document"),
                "{said}"
            );
        }
    }
    for (name, text) in files {
        let kept = fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(kept, text);
    }
}

#[test]
fn keys_that_nobody_knows_are_told_with_their_place() {
    for (keys, place, said) in [
        ("confrim = \"F2\"", "2:1: ", "did you mean `confirm`?"),
        (
            "confirm = \"Ctrl+Foo\"",
            "2:12: ",
            "`Foo` is not the name of a key",
        ),
    ] {
        let folder = folder(&[("zhengming.toml", &format!("[keys]\n{keys}\n"))]);
        let output = zm(folder.path(), &["config"]);
        assert_eq!(output.status.code(), Some(2));
        let told = err(&output);
        assert!(told.contains(place) && told.contains(said), "{told}");
    }
}

#[test]
fn a_file_is_no_folder_to_make_a_workspace_in() {
    let folder = folder(&[("a", "")]);
    let output = zm(folder.path(), &["init", "a"]);
    assert_eq!(output.status.code(), Some(2));
    let told = err(&output);
    assert!(told.contains("there is a file of this name"), "{told}");
}

#[test]
fn no_limit_of_a_lookup_is_all() {
    let folder = folder(&[
        ("zhengming.toml", ""),
        (
            "glossaries/a.tsv",
            "zh\ten\n女儿\tdaughter\n女儿国\tland of women\n",
        ),
    ]);
    let output = zm(folder.path(), &["lookup", "--limit", "0", "nǚ'ér"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("daughter") && out(&output).contains("land of women"));
}

#[test]
fn a_folder_is_no_file_to_write_and_a_pipe_is_not_replaced() {
    let folder = folder(&[("a.zh.md", "能源部\n"), ("out/x", "")]);
    let output = zm(folder.path(), &["deliver", "a.zh.md", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("this is a folder"),
        "{}",
        err(&output)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| fs::read_to_string(&pipe).unwrap());
            let args = ["deliver", "a.zh.md", "-o", "pipe", "--partial"];
            let output = zm(folder.path(), &args);
            assert_eq!(output.status.code(), Some(0), "{}", err(&output));
            assert_eq!(reader.join().unwrap(), "能源部\n");
        });
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    }
}

#[test]
fn a_draft_is_in_the_script_asked_for_and_a_document_in_its_language_already_is_told() {
    let folder = folder(&[
        ("zhengming.toml", ""),
        ("a.en.md", "The Department of Energy carries it out.\n"),
        (
            "memories/m.tsv",
            "zh\ten\tfrom\n由能源部执行这项计划。\tThe Department of Energy carries it out.\ten\n",
        ),
        ("b.zh.md", "由能源部执行这项计划。\n"),
    ]);
    let to = |document: &str, to: &str| {
        let run = zm(folder.path(), &["draft", document, "--to", to, "-o", "-"]);
        assert_eq!(run.status.code(), Some(0), "{}", err(&run));
        (out(&run), err(&run))
    };
    let (written, said) = to("a.en.md", "zh-TW");
    assert_eq!(written, "由能源部執行這項計劃。\n", "{said}");
    let (written, said) = to("a.en.md", "zh-Hans");
    assert_eq!(written, "由能源部执行这项计划。\n", "{said}");
    let (_, said) = to("b.zh.md", "zh-Hant");
    assert!(
        said.contains("b.zh.md: this is in Chinese already"),
        "{said}"
    );
}

#[test]
fn every_command_has_help_with_its_examples() {
    let folder = folder::<&str>(&[]);
    let help = out(&zm(folder.path(), &["--help"]));
    for command in [
        "edit", "check", "suggest", "terms", "lookup", "search", "draft", "deliver", "index",
    ] {
        assert!(help.contains(command), "{command}");
        let output = zm(folder.path(), &[command, "--help"]);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn terms_of_a_bilingual_file_are_those_of_one_side() {
    let tmx = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"zh-CN\"/><body>\n\
        <tu><tuv xml:lang=\"zh-CN\"><seg>能源部&amp;启动计划。</seg></tuv>\n\
        <tuv xml:lang=\"en-US\"><seg>The Department of Energy begins.</seg></tuv></tu>\n\
        </body></tmx>\n";
    let xliff = "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"zh-CN\" \
        original=\"a\" datatype=\"plaintext\"><body>\n<trans-unit id=\"1\">\
        <source>The Department of Energy begins.</source><target>能源部启动。</target>\
        </trans-unit></body></file></xliff>\n";
    let po = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nLanguage: zh_CN\\n\"\n\n\
        msgid \"The Department of Energy begins.\"\nmsgstr \"能源部启动。\"\n";
    let folder = folder(&[
        ("glossaries/g.tsv", "zh\ten\n能源部\tDepartment of Energy\n"),
        (
            "a.tsv",
            "zh\ten\n能源部启动。\tThe Department of Energy begins.\n",
        ),
        ("a.tmx", tmx),
        ("a.xlf", xliff),
        ("a.po", po),
        ("figures.tsv", "year\tvalue\n2024\t3.5\n"),
    ]);
    let found = |args: &[&str]| {
        let args = [&["terms", "--format", "tsv"], args].concat();
        let output = zm(folder.path(), &args);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let rows = out(&output);
        let cells = rows.lines().nth(1).unwrap_or("").split('\t').take(4);
        let cells: Vec<&str> = cells.collect();
        cells.join(" ")
    };
    assert_eq!(found(&["a.tsv"]), "a.tsv 2 1 能源部");
    assert_eq!(
        found(&["a.tsv", "--from", "en"]),
        "a.tsv 2 12 Department of Energy"
    );
    assert_eq!(found(&["a.tmx"]), "a.tmx 3 32 能源部");
    assert_eq!(found(&["a.xlf"]), "a.xlf 2 32 Department of Energy");
    assert_eq!(found(&["a.po"]), "a.po 4 12 Department of Energy");
    let none = zm(folder.path(), &["terms", "figures.tsv"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(
        err(&none).contains("figures.tsv: no unit"),
        "{}",
        err(&none)
    );
}

#[test]
fn deliver_tells_what_check_tells_of_the_work_as_a_whole() {
    let document = "会议昨日在北京举行。\n\n各方达成了共识。\n\n会议昨日在北京举行。\n";
    let work = "\
# from: zh
# to: en
zh\ten\tstate
会议昨日在北京举行。\tThe meeting was held in Beijing yesterday.\ttranslated
各方达成了共识。\tThe parties reached a consensus.\ttranslated
会议昨日在北京举行。\tYesterday the conference took place in Beijing.\ttranslated
";
    let folder = folder(&[("d.zh.md", document), ("d.zh.md.zm.tsv", work)]);
    let checked = zm(
        folder.path(),
        &["check", "d.zh.md.zm.tsv", "--format", "short"],
    );
    assert!(
        out(&checked).contains("seg-diff-target"),
        "{}",
        out(&checked)
    );
    let delivered = zm(folder.path(), &["deliver", "d.zh.md", "-o", "d.en.md"]);
    let said = err(&delivered);
    assert_eq!(said.matches("seg-diff-target").count(), 1, "{said}");
    assert!(said.contains("d.zh.md.zm.tsv"), "{said}");
}
