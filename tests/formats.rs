//! What every document format promises, over every sample and thousands of
//! damaged ones: nothing untouched changes, nothing panics, and a translated
//! document has the structure it had.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use zhengming::format;
use zhengming::lang::{Lang, Locale};
use zhengming::model::document::{Block, Document};
use zhengming::span::Span;

/// The samples of all formats, sorted.
fn samples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("tests/formats")
        .unwrap()
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 10);
    files
}

fn parse(path: &Path, bytes: &[u8]) -> Document {
    format::parse(path, bytes.to_vec(), None).unwrap().value
}

/// The kinds of the paragraphs, in order.
fn blocks(document: &Document) -> Vec<Block> {
    let first = document.holes.iter().map(|hole| hole.first as usize);
    first.map(|at| document.units[at].block).collect()
}

/// The block structure of a Markdown text, as the parser sees it.
fn structure(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let block = |event: Event<'_>| match event {
        Event::Start(
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
        ) => None,
        Event::Start(Tag::Heading { level, .. }) => Some(format!("{level}")),
        Event::Start(Tag::CodeBlock(_)) => Some("code".into()),
        Event::Start(tag) => Some(format!("{tag:?}")),
        Event::Rule => Some("rule".into()),
        Event::TaskListMarker(done) => Some(format!("task {done}")),
        _ => None,
    };
    Parser::new_ext(text, options).filter_map(block).collect()
}

/// Every byte of every source is where its unit says.
fn assert_pieces(document: &Document) {
    for unit in &document.units {
        for (at, c) in unit.source.char_indices() {
            let place = unit.in_file(Span::new(at, at + c.len_utf8()));
            let there = place.of(&document.text);
            let joined = c.is_whitespace() && there.chars().next().is_some_and(char::is_whitespace);
            assert!(
                joined || there.chars().eq([c]) || there.starts_with('&'),
                "{}:{}: {c:?} of {:?} is {there:?} in the file",
                document.path.display(),
                unit.line,
                unit.source
            );
        }
    }
}

/// A translation with the length, the marks and the end of its source, so
/// that whoever reads it sees the same kind of text.
fn imitation(source: &str) -> String {
    source
        .chars()
        .map(|c| match c {
            'a'..='z' => 'x',
            '\u{4E00}'..='\u{9FFF}' => '译',
            c => c,
        })
        .collect()
}

#[test]
fn an_untouched_document_is_written_back_byte_for_byte() {
    for path in samples() {
        let bytes = fs::read(&path).unwrap();
        let document = parse(&path, &bytes);
        for to in [Locale::En, Locale::Hans, Locale::Taiwan] {
            assert_eq!(format::fill(&document, to), bytes, "{}", path.display());
        }
        assert_pieces(&document);
    }
}

#[test]
fn a_translated_document_reads_back_with_the_same_blocks() {
    for path in samples() {
        let bytes = fs::read(&path).unwrap();
        let mut document = parse(&path, &bytes);
        for copy in [true, false] {
            for unit in &mut document.units {
                unit.target = if copy {
                    unit.source.clone()
                } else {
                    imitation(&unit.source)
                };
            }
            let filled = format::fill(&document, document.from.into());
            let again = format::parse(&path, filled, Some(document.from))
                .unwrap()
                .value;
            assert_eq!(blocks(&again), blocks(&document), "{}", path.display());
            if copy {
                let sources = again.units.iter().map(|unit| &unit.source);
                let targets = document.units.iter().map(|unit| &unit.target);
                assert!(sources.eq(targets), "{}", path.display());
            }
        }
    }
}

#[test]
fn only_the_holes_with_a_translation_change() {
    for path in samples() {
        let bytes = fs::read(&path).unwrap();
        let mut document = parse(&path, &bytes);
        for at in 0..document.holes.len() {
            let hole = document.holes[at].clone();
            let units = hole.first as usize..(hole.first + hole.count) as usize;
            for unit in &mut document.units[units.clone()] {
                unit.target = "Q".into();
            }
            let filled = String::from_utf8(format::fill(&document, Locale::En)).unwrap();
            let filled = filled.trim_start_matches('\u{FEFF}');
            let (start, end) = (hole.at.start as usize, hole.at.end as usize);
            let before = said(Span::new(0, start).of(&document.text));
            let after = said(Span::new(end, document.text.len()).of(&document.text));
            assert!(filled.starts_with(&before), "{}", path.display());
            assert!(filled.ends_with(&after), "{}", path.display());
            for unit in &mut document.units[units] {
                unit.target.clear();
            }
        }
    }
}

/// A part of a sample as it stands in its English translation: a page says itself what it is in.
fn said(text: &str) -> String {
    text.replace("<html lang=\"zh-CN\">", "<html lang=\"en\">")
        .replace("charset=gb2312", "charset=utf-8")
}

/// Texts that begin another block wherever they may.
const HOSTILE: &[&str] = &[
    "# heading",
    "####### seven",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "> quote",
    "```",
    "~~~ code",
    "---",
    "===",
    "***",
    "_ _ _",
    "| a | b |",
    "a | b\n--- | ---\n1 | 2",
    "line\n===",
    "line\n---",
    "line\n\n\nother paragraph",
    "line\r\nline",
    "line\n# heading\n- item",
    "<div>",
    "<!-- comment",
    "<?php",
    "<script>\nx\n</script>",
    "[x]: https://example.com",
    "[^1]: note",
    "    indented",
    "\tindented",
    "[ ] task",
    "[x] task",
    "[!NOTE]",
    "plain text",
    "译文。",
    "\\",
    "trailing \\",
    "trailing #",
    "##",
    "#",
    "text  ",
    "`code | code`",
    "a \\| b | c",
    "+++",
    "key: value # comment",
    "\"quoted\"",
    "it's",
    "::: tip",
    "$$ x $$",
    "-",
    "1.",
    "&#35; entity",
    "\u{3000}全角缩进",
];

#[test]
fn a_hostile_translation_changes_no_block() {
    for path in samples() {
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let document = parse(&path, &bytes);
        let before = structure(&document.text);
        for hostile in HOSTILE {
            for hole in &document.holes {
                let mut document = document.clone();
                for at in hole.first..hole.first + hole.count {
                    document.units[at as usize].target = (*hostile).into();
                }
                let filled = String::from_utf8(format::fill(&document, Locale::En)).unwrap();
                let after = structure(filled.trim_start_matches('\u{FEFF}'));
                assert_eq!(
                    after,
                    before,
                    "{}:{} with {hostile:?}:\n{}",
                    path.display(),
                    document.units[hole.first as usize].line,
                    filled
                );
            }
        }
    }
}

#[test]
fn encodings_are_told() {
    let read = |name: &str| {
        let path = PathBuf::from(format!("tests/formats/txt/{name}"));
        format::read(&path, None).unwrap()
    };
    for (name, encoding, told) in [
        ("gb18030.txt", "gb18030", true),
        ("big5.txt", "Big5", true),
        ("utf16be.txt", "UTF-16BE", true),
        ("utf16le-bom.txt", "UTF-16LE", false),
        ("bom-crlf.txt", "UTF-8", false),
    ] {
        let parsed = read(name);
        assert_eq!(parsed.value.encoding, encoding, "{name}");
        let rules: Vec<_> = parsed.findings.iter().map(|f| f.rule).collect();
        assert_eq!(rules, vec!["doc-encoding"; usize::from(told)], "{name}");
    }
    // What was in another encoding is written as UTF-8 once it holds a translation.
    let mut document = read("gb18030.txt").value;
    document.units[0].target = "Translation memory".into();
    let filled = String::from_utf8(format::fill(&document, Locale::En)).unwrap();
    assert!(filled.starts_with("Translation memory\r\n\r\n术语一致"));
}

#[test]
fn what_is_no_text_is_refused_with_its_line() {
    let error = |path: &str, bytes: &[u8]| {
        let refused = format::parse(Path::new(path), bytes.to_vec(), None);
        refused.unwrap_err().to_string()
    };
    let text = error("a.txt", "第一行\n第二\0行\n".as_bytes());
    assert_eq!(text, "a.txt:2: holds a NUL byte: this is not a text file");
    let text = error("a.pdf", b"%PDF-1.7\n");
    assert!(text.starts_with("a.pdf: documents of this kind are not read here"));
    let text = error("a.docx", b"PK\x03\x04");
    assert!(text.starts_with("a.docx: is a broken archive"), "{text}");
    assert!(format::read(Path::new("no/such.md"), None).is_err());
}

#[test]
fn long_lines_and_many_blocks_take_linear_time() {
    // Quadratic work would take minutes here.
    let line = "能源部启动创世计划，白宫发布行政令".repeat(40_000);
    let cells = "| 甲。乙 ".repeat(20_000);
    let paragraphs = "第一句。第二句。\n\n".repeat(20_000);
    let marks = "**甲。**[乙。](u)`丙。`".repeat(10_000);
    let lines = "壹\n".repeat(50_000);
    for text in [&line, &cells, &paragraphs, &marks, &lines] {
        for path in ["a.md", "a.txt", "a.html", "a.srt"] {
            let document = parse(Path::new(path), text.as_bytes());
            assert_eq!(format::fill(&document, Locale::En), text.as_bytes());
        }
    }
    let tags = "<li><b>甲。".repeat(30_000);
    let ends = ["<i>".repeat(30_000), "甲".into(), "</b></i>".repeat(30_000)].concat();
    let open = ["甲", &"<a title=\"x'".repeat(30_000)].concat();
    let code = "<code>甲<p>".repeat(30_000);
    for text in [&tags, &ends, &open, &code, &"&甲<".repeat(50_000)] {
        let document = parse(Path::new("a.html"), text.as_bytes());
        assert_eq!(format::fill(&document, Locale::En), text.as_bytes());
    }
    // Tags that are nested too deep are no way to end the program either.
    let nested = ["<div><p><span>".repeat(50_000), "甲".into()].concat();
    let document = parse(Path::new("a.html"), nested.as_bytes());
    assert_eq!(document.units.len(), 1);
    let cue = "00:00:01,000 --> 00:00:02,000\n- 甲\nabc\n<i>".repeat(20_000);
    for path in ["a.srt", "a.vtt"] {
        let document = parse(Path::new(path), cue.as_bytes());
        assert_eq!(format::fill(&document, Locale::En), cue.as_bytes());
    }
}

#[test]
fn the_language_is_the_texts_own_and_may_be_given() {
    let code = "```\nlet a = long_english_identifiers_everywhere();\n```\n\n中文说明。\n";
    assert_eq!(parse(Path::new("a.md"), code.as_bytes()).from, Lang::Zh);
    let given = format::parse(Path::new("a.md"), code.into(), Some(Lang::En));
    assert_eq!(given.unwrap().value.from, Lang::En);
}

/// What damages a file: a piece cut out, doubled, or put in.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize, usize),
    Copy(usize, usize, usize),
    Insert(usize, Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    let markup = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\n\n",
        "  \n",
        "> ",
        "- ",
        "# ",
        "| ",
        "**",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "<b>",
        "</b>",
        "<br>",
        "<p>",
        "</p>",
        "<a title=\"",
        "<!--",
        "-->",
        "<script>",
        " --> ",
        "<",
        ">",
        "\"",
        "\n\n1\n00:00:01,000 --> 00:00:02,000\n",
        "\n- ",
        "{\\an8}",
        "\\",
        "---\n",
        "***\n",
        "\t",
        "    ",
        "[^1]",
        "[^1]: ",
        "&amp;",
        "。",
        "”",
        "\u{200B}",
        "\u{3000}",
        "!",
        "![",
        "~~",
        "1. ",
        ":::",
        "\u{FEFF}",
        "🀄",
        "e\u{301}",
    ]);
    let text = prop_oneof![
        4 => markup.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop_oneof![
        (any::<usize>(), 0..40usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        (any::<usize>(), any::<usize>(), 0..40usize).prop_map(|(a, b, c)| Damage::Copy(a, b, c)),
        (any::<usize>(), text).prop_map(|(at, text)| Damage::Insert(at, text)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let length = bytes.len() + 1;
        let place = |at: &usize| at % length;
        let end = |at: usize, count: &usize| (at + count).min(length - 1);
        match damage {
            Damage::Cut(at, count) => {
                let at = place(at);
                bytes.drain(at..end(at, count));
            }
            Damage::Copy(from, to, count) => {
                let from = place(from);
                let part = bytes[from..end(from, count)].to_vec();
                let to = place(to);
                bytes.splice(to..to, part);
            }
            Damage::Insert(at, text) => {
                let at = place(at);
                bytes.splice(at..at, text.iter().copied());
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_document_never_panics_and_comes_back(
        sample in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..8),
        target in prop::sample::select(HOSTILE.to_vec()),
    ) {
        let files = samples();
        let path = &files[sample.index(files.len())];
        let bytes = damaged(fs::read(path).unwrap(), &damages);
        let Ok(parsed) = format::parse(path, bytes.clone(), None) else { return Ok(()) };
        let mut document = parsed.value;
        prop_assert_eq!(format::fill(&document, Locale::En), bytes);
        assert_pieces(&document);
        for hole in &document.holes {
            prop_assert!(!hole.at.of(&document.text).is_empty());
        }
        for pair in document.holes.windows(2) {
            prop_assert!(pair[0].at.end <= pair[1].at.start);
        }
        for unit in document.units.iter_mut().step_by(2) {
            unit.target = target.into();
        }
        let filled = format::fill(&document, Locale::Hans);
        prop_assert!(document.units.is_empty() || String::from_utf8(filled).is_ok());
    }
}

#[test]
fn a_title_that_is_not_translated_is_told() {
    for title in [r#""引\n号""#, "[标题]"] {
        let text = format!("---\ntitle: {title}\n---\n\n正文。\n");
        let read = format::parse(Path::new("a.md"), text.into(), None).unwrap();
        assert_eq!(read.value.units.len(), 1, "{title}");
        let told: Vec<_> = read.findings.iter().map(|found| found.place.line).collect();
        assert_eq!(told, [2], "{title}");
    }
}
