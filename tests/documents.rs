//! Whole runs over pages and subtitles: what is written, what is found in them
//! and where.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{Read as _, Write as _};

mod support;
use support::{err, folder, out, zm};

const GLOSSARY: &str = "zh\ten\tzh_avoid\n\
    登录\tlog in\t登陆\n\
    能源部\tDepartment of Energy\t\n";

/// A translation handed over, of pairs of segments.
fn started(pairs: &[(&str, &str)]) -> String {
    let rows = pairs
        .iter()
        .map(|(zh, en)| format!("{zh}\t{en}\ttranslated\n"));
    format!(
        "# from: zh\n# to: en\nzh\ten\tstate\n{}",
        rows.collect::<String>()
    )
}

const FILM: &str = "1\r\n00:00:01,000 --> 00:00:03,000\r\n能源部周一启动\r\n创世计划。为期十年。\r\n\r\n\
    2\r\n00:00:03,500 --> 00:00:05,000\r\n- 谁来做？\r\n- 能源部。\r\n";

#[test]
fn subtitles_are_delivered_with_their_times() {
    let start = started(&[
        (
            "能源部周一启动创世计划。",
            "The Department of Energy launched the Genesis Mission on Monday.",
        ),
        ("为期十年。", "It will take ten years."),
        ("谁来做？", "Who will do it?"),
        ("能源部。", "The Department of Energy."),
    ]);
    let folder = folder(&[
        ("zhengming.toml", ""),
        ("film.zh.srt", FILM),
        ("film.zh.srt.start.tsv", start.as_str()),
    ]);
    let run = zm(folder.path(), &["deliver", "film.zh.srt", "-o", "out.srt"]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    let written = fs::read_to_string(folder.path().join("out.srt")).unwrap();
    let second = "\r\n\r\n2\r\n00:00:03,500 --> 00:00:05,000\r\n- Who will do it?\r\n- The Department of Energy.\r\n";
    assert!(written.starts_with("1\r\n00:00:01,000 --> 00:00:03,000\r\n"));
    assert!(written.ends_with(second), "{written}");
    let first = written.strip_suffix(second).unwrap();
    let lines: Vec<&str> = first.split("\r\n").skip(2).collect();
    assert_eq!(
        lines.join(" "),
        "The Department of Energy launched the Genesis Mission on Monday. It will take ten years."
    );
    assert!(lines.iter().all(|line| line.len() <= 42), "{lines:?}");
    // What nobody translated is written as it was.
    let run = zm(
        folder.path(),
        &["deliver", "film.zh.srt", "-o", "-", "--partial"],
    );
    assert_eq!(run.stdout, written.as_bytes());
}

#[test]
fn a_page_is_delivered_as_it_was_laid_out() {
    let page = "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"gbk\"><title>公告</title></head>\n\
        <body>\n<h1 class=x>能源部<br>停机</h1>\n<p><b>请登录</b>，费用 &lt; 5元。</p>\n\
        <script>var a = '公告';</script>\n</body></html>\n";
    let (bytes, _, _) = encoding_rs::GBK.encode(page);
    let start = started(&[
        ("公告", "Notice"),
        ("能源部", "Department of Energy"),
        ("停机", "Downtime"),
        (
            "<b>请登录</b>，费用 < 5元。",
            "<b>Log in</b>; R&D costs < 5 yuan.",
        ),
    ]);
    let folder = folder(&[
        ("zhengming.toml", b"".as_slice()),
        ("a.zh.html", &*bytes),
        ("a.zh.html.start.tsv", start.as_bytes()),
    ]);
    let run = zm(folder.path(), &["deliver", "a.zh.html", "-o", "out.html"]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    let written = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert_eq!(
        written,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Notice</title></head>\n\
         <body>\n<h1 class=x>Department of Energy<br>Downtime</h1>\n<p><b>Log in</b>; R&amp;D costs &lt; 5 yuan.</p>\n\
         <script>var a = '公告';</script>\n</body></html>\n"
    );
}

#[test]
fn a_word_file_is_delivered_part_for_part() {
    let document = |title: &str, text: &str| {
        let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        format!(
            "<w:document><w:body><w:p>{}</w:p><w:p><w:pPr><w:jc/></w:pPr>{}<w:r><w:br/></w:r>{}</w:p></w:body></w:document>",
            run(title),
            run(text),
            run("2025")
        )
    };
    let zipped = |text: &str| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", text),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(bytes.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let start = started(&[
        ("公告", "Notice"),
        ("请登录。", "Log in."),
        ("2025", "2025"),
    ]);
    let word = zipped(&document("公告", "请登录。"));
    let folder = folder(&[
        ("zhengming.toml", b"".as_slice()),
        ("a.zh.docx", word.as_slice()),
        ("~$a.zh.docx", b"lock".as_slice()),
        ("a.zh.docx.start.tsv", start.as_bytes()),
    ]);
    let run = zm(folder.path(), &["deliver", "a.zh.docx", "-o", "out.docx"]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    let written = fs::read(folder.path().join("out.docx")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(written)).unwrap();
    let mut xml = String::new();
    zip.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    assert_eq!(xml, document("Notice", "Log in."));
    // The lock that Word leaves is no document.
    let run = zm(folder.path(), &["check", ".", "--no-cache"]);
    assert!(!err(&run).contains("~$"), "{}", err(&run));
}

#[test]
fn findings_in_pages_and_subtitles_have_their_places() {
    let page = "<html>\n<body>\n<p>请<b>登陆</b>。</p>\n\
        <!-- zm:allow term-forbidden a quotation -->\n<p>他说\n“登陆”。</p>\n\
        <pre>登陆</pre><img alt=\"登陆\">\n</body></html>\n";
    let cues = "WEBVTT\n\nNOTE zm:allow term-forbidden a quotation\n\n\
        00:01.000 --> 00:02.000\n请登陆。\n\n00:02.000 --> 00:03.000\n登\n陆吧。\n";
    let folder = folder(&[
        ("zhengming.toml", ""),
        ("glossaries/a.tsv", GLOSSARY),
        ("a.zh.html", page),
        ("b.zh.vtt", cues),
    ]);
    let args = [
        "check",
        ".",
        "--select",
        "term-forbidden,allow-unused",
        "--format",
        "short",
        "--no-cache",
    ];
    let run = zm(folder.path(), &args);
    let found = out(&run);
    let places: Vec<&str> = found
        .lines()
        .filter_map(|line| line.split_once(": ").map(|(place, _)| place))
        .collect();
    assert_eq!(
        places,
        ["a.zh.html:3:8", "a.zh.html:7:24", "b.zh.vtt:9:1"],
        "{found}{}",
        err(&run)
    );
}

#[test]
fn subtitles_that_translate_each_other_are_compared() {
    let cue = |text: &str| format!("1\n00:00:01,000 --> 00:00:03,000\n{text}\n");
    let folder = folder(&[
        ("zhengming.toml", String::new()),
        ("film.zh.srt", cue("能源部将投入500亿美元。")),
        (
            "film.en.srt",
            cue("The Department of Energy\nwill spend US$5 billion."),
        ),
    ]);
    let run = zm(
        folder.path(),
        &[
            "check",
            ".",
            "--select",
            "num",
            "--format",
            "short",
            "--no-cache",
        ],
    );
    let found = out(&run);
    assert!(found.contains("film.en.srt:4:12"), "{found}{}", err(&run));
}

#[test]
fn what_cannot_be_read_of_a_file_is_told() {
    let broken = "1\n00:00:0x,000 --> 00:00:03,000\n能源部启动创世计划。\n\n一\n";
    let folder = folder(&[("zhengming.toml", ""), ("film.zh.srt", broken)]);
    let run = zm(
        folder.path(),
        &["check", "film.zh.srt", "--format", "short"],
    );
    let found = out(&run);
    assert!(found.contains("film.zh.srt:2:1"), "{found}{}", err(&run));
    assert!(found.contains("doc-kept"), "{found}");
}
