use std::path::Path;

use super::*;
use crate::format;
use crate::lang::{Lang, Locale};
use crate::model::document::Document;

const STYLES: &str = r#"<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a3"><w:name w:val="List Paragraph"/></w:style></w:styles>"#;

/// A Word file with these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with this body.
fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/media/image1.png", "\u{1}\u{2}"),
    ])
}

fn document(bytes: &[u8], from: Lang) -> Document {
    let parsed = format::parse(Path::new("a.docx"), bytes.to_vec(), Some(from));
    parsed.unwrap().value
}

fn sources(body: &str) -> Vec<String> {
    let units = document(&word(body), Lang::Zh).units;
    units.into_iter().map(|unit| unit.source).collect()
}

/// The parts of an archive, as they are stored.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let all = 0..zip.len();
    all.map(|at| {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    })
    .collect()
}

/// The body of a file with its units' targets filled in; `""` leaves a unit untranslated.
fn filled(body: &str, from: Lang, targets: &[&str]) -> String {
    let bytes = word(body);
    let mut document = document(&bytes, from);
    assert_eq!(document.units.len(), targets.len(), "{:?}", document.units);
    for (unit, target) in document.units.iter_mut().zip(targets) {
        unit.target = (*target).to_owned();
    }
    let new = format::fill(&document, from.other().into());
    let (old, new) = (parts(&bytes), parts(&new));
    assert_eq!(old.len(), new.len());
    for ((name, was), (other, is)) in old.iter().zip(&new) {
        assert_eq!(name, other);
        assert!(was == is || name == "word/document.xml", "{name}");
    }
    let xml = String::from_utf8(new[1].1.clone()).unwrap();
    let (_, inner) = xml.split_once("<w:body>").unwrap();
    inner.split_once("<w:sectPr/>").unwrap().0.to_owned()
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn bold(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

#[test]
fn runs_of_one_formatting_are_one_text() {
    let body = p(
        "<w:r w:rsidR=\"1\"><w:t>能源</w:t></w:r><w:proofErr w:type=\"x\"/>\
        <w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:lang w:val=\"zh-CN\"/></w:rPr><w:t>部</w:t></w:r>\
        <w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> </w:t></w:r>\
        <w:r><w:rPr><w:b/></w:rPr><w:t>启动</w:t></w:r><w:r><w:t>R&amp;D 计划。第二句。</w:t></w:r>",
    );
    assert_eq!(
        sources(&body),
        ["能源部 <g id=\"1\">启动</g>R&D 计划。", "第二句。"]
    );
    assert_eq!(
        filled(
            &body,
            Lang::Zh,
            &["The <g id=\"1\">DOE</g> starts A<B.", "Two."]
        ),
        p(&[
            run("The ").as_str(),
            &bold("DOE"),
            &run(" starts A&lt;B. Two.")
        ]
        .concat())
    );
}

#[test]
fn what_is_not_text_survives() {
    let body = p(concat!(
        "<w:pPr><w:jc/></w:pPr><w:bookmarkStart w:id=\"0\"/>",
        "<w:r><w:tab/><w:t>见</w:t></w:r>",
        "<w:hyperlink r:id=\"r1\"><w:r><w:t>主页</w:t></w:r></w:hyperlink>",
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>新的</w:t></w:r></w:ins>",
        "<w:r><w:drawing><a/></w:drawing></w:r><w:r><w:t>图</w:t></w:r>",
        "<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:bookmarkEnd w:id=\"0\"/>"
    ));
    let source = "见<g id=\"2\">主页</g><g id=\"3\">新的</g><x id=\"4\"/>图";
    assert_eq!(sources(&body), [source]);
    // Taken over as it stands, the paragraph has all it had.
    let copied = filled(&body, Lang::Zh, &[source]);
    for kept in [
        "<w:p><w:pPr><w:jc/></w:pPr><w:bookmarkStart w:id=\"0\"/><w:r><w:tab/></w:r>",
        "<w:hyperlink r:id=\"r1\"><w:r><w:t xml:space=\"preserve\">主页</w:t></w:r></w:hyperlink>",
        "<w:ins><w:r><w:t xml:space=\"preserve\">新的</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        "<w:r><w:drawing><a/></w:drawing></w:r>",
        "<w:r><w:footnoteReference w:id=\"2\"/></w:r>",
        "<w:bookmarkEnd w:id=\"0\"/></w:p>",
    ] {
        assert!(copied.contains(kept), "{kept}\n{copied}");
    }
    // Codes that a translator tears, doubles or loses make no broken file.
    let torn = filled(
        &body,
        Lang::Zh,
        &["</g>A<g id=\"2\">B<g id=\"2\">C<g id=\"9\">\nD"],
    );
    let tokens = token::tokens(&torn);
    let count = |kind| tokens.iter().filter(|token| token.kind == kind).count();
    assert_eq!(count(Kind::Open), count(Kind::Close), "{torn}");
    assert_eq!(torn.matches("<w:hyperlink").count(), 1);
    assert!(torn.contains("<w:r><w:br/></w:r>"));
    assert!(torn.contains("&lt;g id=\"9\"&gt;"));
}

#[test]
fn a_link_in_one_formatting_is_one_code() {
    let link = |inner: &str| format!("<w:hyperlink r:id=\"r1\">{inner}</w:hyperlink>");
    let body = p(&[run("见本部的"), link(&bold("主页")), run("。")].concat());
    assert_eq!(sources(&body), ["见本部的<g id=\"1\">主页</g>。"]);
    assert_eq!(
        filled(&body, Lang::Zh, &["See our <g id=\"1\">home page</g>."]),
        p(&[run("See our "), link(&bold("home page")), run(".")].concat())
    );
    let mixed = link(&[bold("主页"), run("一")].concat());
    let body = p(&[run("见本部的"), mixed, run("。")].concat());
    assert_eq!(
        sources(&body),
        ["见本部的<g id=\"1\">主页<g id=\"2\">一</g></g>。"]
    );
}

#[test]
fn fields_are_codes_and_links_among_them_wrap_text() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let field = |told: &str, result: &str| {
        [
            mark("begin"),
            format!("<w:r><w:instrText> {told} </w:instrText></w:r>"),
            mark("separate"),
            run(result),
            mark("end"),
        ]
        .concat()
    };
    let body = p(&[
        run("第"),
        field("PAGE", "3"),
        run("页，见"),
        field("HYPERLINK \"x\"", "主页"),
        run("。"),
    ]
    .concat());
    assert_eq!(
        sources(&body),
        ["第<x id=\"1\"/>页，见<g id=\"2\">主页</g>。"]
    );
    let english = "Page <x id=\"1\"/>, see the <g id=\"2\">home page</g>.";
    let expected = p(&[
        run("Page "),
        field("PAGE", "3"),
        run(", see the "),
        field("HYPERLINK \"x\"", "home page"),
        run("."),
    ]
    .concat());
    assert_eq!(filled(&body, Lang::Zh, &[english]), expected);
    // A field that goes on over paragraphs keeps its marks in each.
    let begun = [mark("begin"), mark("separate"), run("目录")].concat();
    let body = [p(&begun), p(&[run("一"), mark("end")].concat())].concat();
    let expected = body.replace("目录", "Contents").replace('一', "One");
    assert_eq!(filled(&body, Lang::Zh, &["Contents", "One"]), expected);
}

#[test]
fn units_know_what_they_are_part_of() {
    let styled = |style: &str, text: &str| {
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}",
            run(text)
        ))
    };
    let body = [
        styled("1", "标题"),
        styled("a3", "列项"),
        p(&run("正文")),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&run("格"))),
    ]
    .concat();
    let units = document(&word(&body), Lang::Zh).units;
    let blocks: Vec<_> = units.iter().map(|unit| unit.block).collect();
    assert_eq!(
        blocks,
        [Block::Heading, Block::Item, Block::Paragraph, Block::Cell]
    );
    let lines: Vec<_> = units.iter().map(|unit| unit.line).collect();
    assert_eq!(lines, [1, 2, 3, 4]);
}

#[test]
fn text_boxes_notes_and_headers_are_text() {
    let inner = p(&run("框中"));
    let shape = format!("<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>");
    let body = p(&[run("框外"), shape, run("之后")].concat());
    let expected = body
        .replace("框中", "inside")
        .replace("框外", "Outside ")
        .replace("之后", " after");
    let targets = ["Outside <x id=\"1\"/> after", "inside"];
    assert_eq!(filled(&body, Lang::Zh, &targets), expected);
    let story = |text: &str| format!("<w:x>{}</w:x>", p(&run(text)));
    let bytes = zipped(&[
        ("word/header1.xml", &story("页眉")),
        ("word/footnotes.xml", &story("脚注")),
        ("word/document.xml", &story("正文")),
        ("word/settings.xml", &story("不是")),
    ]);
    let mut found = document(&bytes, Lang::Zh);
    let sources: Vec<_> = found.units.iter().map(|unit| &*unit.source).collect();
    assert_eq!(sources, ["正文", "脚注", "页眉"]);
    assert_eq!(format::fill(&found, Locale::En), bytes);
    found.units[1].target = "Note".to_owned();
    let new = parts(&format::fill(&found, Locale::En));
    assert_eq!(new[1].1, story("Note").as_bytes());
    assert_eq!(new[0], parts(&bytes)[0]);
}

#[test]
fn what_is_no_word_file_is_refused() {
    let refused = |bytes: &[u8]| {
        let read = format::parse(Path::new("a.docx"), bytes.to_vec(), None);
        read.unwrap_err().to_string()
    };
    for bytes in [b"PK\x03\x04".as_slice(), b"", b"text", b"\xD0\xCF\x11\xE0"] {
        assert!(refused(bytes).starts_with("a.docx: "), "{bytes:?}");
    }
    assert!(refused(&zipped(&[("x.xml", "")])).contains("is no Word file"));
    let deep = ["<w:ins>".repeat(5000), run("甲"), "</w:ins>".repeat(5000)].concat();
    let bytes = word(&p(&deep));
    assert!(refused(&bytes).contains("nested more than 256 deep"));
    for body in [
        "<w:p><w:r><w:t>甲",
        "</w:p></w:r>",
        "<w:p><w:r></w:p></w:r>",
    ] {
        let told = refused(&word(body));
        assert!(
            told.contains("is a broken Word file (word/document.xml: line 2, column"),
            "{told}"
        );
    }
    let bytes = zipped(&[("word/document.xml", "")]);
    assert!(refused(&bytes).contains("(word/document.xml: it is empty)"));
    let bytes = word("<w:p/><w:r/>");
    assert_eq!(format::fill(&document(&bytes, Lang::Zh), Locale::En), bytes);
}

#[test]
fn other_prefixes_are_read_and_written_soundly() {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    for (prefix, bound) in [("n:", "xmlns:n"), ("", "xmlns")] {
        let tag = |name: &str| format!("<{prefix}{name}>");
        let end = |name: &str| format!("</{prefix}{name}>");
        let names = ["body", "p", "r", "t"];
        let ends: String = names.iter().rev().map(|name| end(name)).collect();
        let starts: String = names.iter().map(|name| tag(name)).collect();
        let xml = format!(
            "<{prefix}document {bound}=\"{space}\">{starts}正文{ends}{}",
            end("document")
        );
        let bytes = zipped(&[("word/document.xml", &xml)]);
        let mut found = document(&bytes, Lang::Zh);
        assert_eq!(found.units[0].source, "正文");
        assert_eq!(format::fill(&found, Locale::En), bytes);
        found.units[0].target = "Text".to_owned();
        let new = parts(&format::fill(&found, Locale::En));
        let expected = format!(
            "<w:document xmlns:w=\"{space}\" {bound}=\"{space}\"><w:body>{}</w:body></w:document>",
            p(&run("Text"))
        );
        assert_eq!(String::from_utf8_lossy(&new[0].1), expected);
    }
}

#[test]
fn a_run_keeps_the_prefixes_that_it_binds() {
    let picture = "<w:drawing><a:graphic/></w:drawing>";
    let bound = "<w:r w:rsidR=\"1\" xmlns:b='u:b' xmlns:a='u:a'>";
    let body = p(&[
        run("你好"),
        format!("{bound}{picture}</w:r>"),
        run("世界。"),
    ]
    .concat());
    assert_eq!(sources(&body), ["你好<x id=\"1\"/>世界。"]);
    assert_eq!(
        filled(&body, Lang::Zh, &["Hello <x id=\"1\"/>world."]),
        p(&[
            run("Hello "),
            format!("<w:r xmlns:a='u:a'>{picture}</w:r>"),
            run("world.")
        ]
        .concat())
    );
}

#[test]
fn sections_of_characters_are_text() {
    let body = p("<w:r><w:t>研发<![CDATA[R&D ]]>&amp;<!-- x -->计划。</w:t></w:r>");
    assert_eq!(sources(&body), ["研发R&D &计划。"]);
    assert_eq!(
        filled(&body, Lang::Zh, &["R&D plan."]),
        p(&run("R&amp;D plan."))
    );
}

#[test]
fn what_has_a_phonetic_guide_is_text() {
    let ruby = |base: &str| {
        let inner = run(base);
        format!(
            "<w:r><w:rPr><w:b/></w:rPr><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt>\
             <w:rubyBase>{inner}</w:rubyBase></w:ruby></w:r>"
        )
    };
    let body = p(&[ruby("汉"), run("字注音。")].concat());
    assert_eq!(sources(&body), ["<g id=\"1\">汉</g>字注音。"]);
    assert_eq!(
        filled(&body, Lang::Zh, &["<g id=\"1\">Han</g> characters."]),
        p(&[ruby("Han"), run(" characters.")].concat())
    );
}

#[test]
fn a_link_may_be_a_field_in_one_element() {
    let field = |told: &str, text: &str| {
        format!(
            "<w:fldSimple w:instr=\" {told} \">{}</w:fldSimple>",
            run(text)
        )
    };
    let link = "HYPERLINK &quot;x&quot;";
    let body = p(&[
        run("见"),
        field(link, "主页"),
        run("第"),
        field("PAGE", "3"),
    ]
    .concat());
    let body = body.replace("</w:p>", &[run("页。"), "</w:p>".to_owned()].concat());
    assert_eq!(
        sources(&body),
        ["见<g id=\"1\">主页</g>第<x id=\"2\"/>页。"]
    );
    assert_eq!(
        filled(
            &body,
            Lang::Zh,
            &["See <g id=\"1\">home</g>, page <x id=\"2\"/>."]
        ),
        p(&[
            run("See "),
            field(link, "home"),
            run(", page "),
            field("PAGE", "3"),
            run(".")
        ]
        .concat())
    );
}

#[test]
fn what_is_nested_too_deep_stays_and_is_named() {
    let deep = |depth: usize| {
        let (open, close) = ("<w:ins>".repeat(depth), "</w:ins>".repeat(depth));
        let bytes = word(&p(&[open, run("深处"), close].concat()));
        let parsed = format::parse(Path::new("a.docx"), bytes, Some(Lang::Zh)).unwrap();
        (parsed.value.units.len(), parsed.findings)
    };
    let (units, findings) = deep(32);
    assert_eq!((units, findings.len()), (1, 0));
    let (units, findings) = deep(33);
    assert_eq!((units, findings.len()), (0, 1));
    assert!(findings[0].message.contains("more than 32 deep"));
}
