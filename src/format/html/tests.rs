use std::path::Path;

use super::*;
use crate::format;
use crate::lang::{Lang, Locale};
use crate::model::document::Document;

fn document(text: &str, from: Lang) -> Document {
    let parsed = format::parse(Path::new("a.html"), text.into(), Some(from));
    parsed.unwrap().value
}

fn sources(text: &str) -> Vec<String> {
    let units = document(text, Lang::Zh).units;
    units.into_iter().map(|unit| unit.source).collect()
}

/// The page with its units' targets filled in; `""` leaves a unit untranslated.
fn filled(text: &str, from: Lang, targets: &[&str]) -> String {
    let mut document = document(text, from);
    assert_eq!(document.units.len(), targets.len(), "{:?}", document.units);
    for (unit, target) in document.units.iter_mut().zip(targets) {
        unit.target = (*target).to_owned();
    }
    String::from_utf8(format::fill(&document, from.other().into())).unwrap()
}

#[test]
fn the_names_of_blocks_are_sorted() {
    assert!(BLOCKS.is_sorted(), "they are looked up by halves");
}

#[test]
fn blocks_end_a_paragraph_and_inline_elements_do_not() {
    for (text, parts) in [
        ("<p>一。<p>二<B>三</b>四", vec!["一。", "二<B>三</b>四"]),
        ("<div>一<p>二</p>三</div>", vec!["一", "二", "三"]),
        (
            "<LI>一<li>二<ul><li>三</ul>四",
            vec!["一", "二", "三", "四"],
        ),
        ("一。二。<br>\n  三", vec!["一。", "二。", "三"]),
        ("<td>甲<td>乙<tr><th>丙", vec!["甲", "乙", "丙"]),
        ("<p>第一行\n  第二行</p>", vec!["第一行第二行"]),
        ("a < b，c > d", vec!["a < b，c > d"]),
        ("未完<b 中", vec!["未完"]),
    ] {
        assert_eq!(sources(text), parts, "{text}");
    }
}

#[test]
fn what_wraps_a_paragraph_stands_outside() {
    for (text, parts) in [
        (
            "<p><span class=x><b>一。二。</b></span></p>",
            vec!["一。", "二。"],
        ),
        ("<h1><a id=x></a>标题 <img src=y></h1>", vec!["标题"]),
        ("<p>&nbsp;&nbsp;<i>一</i>。</p>", vec!["<i>一</i>。"]),
        (
            "<p><b>一。</b><b>二。</b></p>",
            vec!["<b>一。</b>", "<b>二。</b>"],
        ),
        ("<p><b>一<i>二</b></i></p>", vec!["一<i>二"]),
        ("<!-- 注 --><p>一<!-- 注 -->二</p>", vec!["一<!-- 注 -->二"]),
    ] {
        assert_eq!(sources(text), parts, "{text}");
    }
}

#[test]
fn what_is_no_text_stays() {
    for text in [
        "<script>let 甲 = '<p>乙</p>';</script>",
        "<style>p::after { content: '甲' }</style>",
        "<pre>甲\n<b>乙</b></pre>",
        "<textarea>甲<p>乙</textarea>",
        "<template><p>甲</p></template>",
        "<svg><title>甲</title><text>乙</text></svg>",
        "<p translate=\"no\">甲<b>乙</b></p>",
        "<div class='x notranslate'><p>甲</p></div>",
        "<!-- 甲 --><?php echo '甲'; ?>",
        "<p>2025</p><p>&nbsp;</p>",
        "<script>甲",
        "<p title=\"2025\"></p>",
    ] {
        assert_eq!(sources(text), [""; 0], "{text}");
        assert_eq!(filled(text, Lang::Zh, &[]), text);
    }
    let code = "<p>用<code>甲。乙</code>和<span translate=no>丙。丁</span>。再。</p>";
    assert_eq!(
        sources(code),
        [
            "用<code>甲。乙</code>和<span translate=no>丙。丁</span>。",
            "再。"
        ]
    );
}

#[test]
fn the_words_of_attributes_are_text() {
    let text = "<head><title>标题 &amp; 名</title><meta name=Description content=\"说明\">\
        <meta name=viewport content='宽'></head>\
        <img src=a alt='图'><input placeholder=姓名 value=甲><input type=submit value=提交>\
        <p title=\"提示\">正文<img alt=\"内\">续</p><a aria-label=\"关闭\"></a>";
    assert_eq!(
        sources(text),
        [
            "标题 & 名",
            "说明",
            "图",
            "姓名",
            "提交",
            "提示",
            "正文<img alt=\"内\">续",
            "关闭",
        ]
    );
    let text = "<img alt='图'><img alt=图><img alt=\"图\"><title>图</title>";
    let new = "It's \"A\" & <b>";
    assert_eq!(
        filled(text, Lang::Zh, &[new, new, new, new]),
        "<img alt='It&#39;s \"A\" &amp; &lt;b&gt;'><img alt=\"It's &quot;A&quot; &amp; &lt;b&gt;\">\
         <img alt=\"It's &quot;A&quot; &amp; &lt;b&gt;\"><title>It's \"A\" &amp; &lt;b&gt;</title>"
    );
}

#[test]
fn units_know_what_they_are_part_of() {
    let text = "<h2>甲</h2><ul><li><p>乙</p></ul><blockquote>丙</blockquote><table><tr><td>丁<td>戊</table><p>己";
    let blocks: Vec<_> = document(text, Lang::Zh)
        .units
        .iter()
        .map(|u| u.block)
        .collect();
    assert_eq!(
        blocks,
        [
            Block::Heading,
            Block::Item,
            Block::Quote,
            Block::Cell,
            Block::Cell,
            Block::Paragraph,
        ]
    );
}

#[test]
fn only_what_was_not_meant_as_markup_is_escaped() {
    let zh = |target| filled("<p>甲</p>\r\n", Lang::Zh, &[target]);
    let p = |inner: &str| format!("<p>{inner}</p>\r\n");
    assert_eq!(zh("R&D, 3 < 4 > 2"), p("R&amp;D, 3 &lt; 4 &gt; 2"));
    assert_eq!(
        zh("A&nbsp;B &#8212; &copy"),
        p("A&nbsp;B &#8212; &amp;copy")
    );
    assert_eq!(zh("<b>A</b><br>B"), p("<b>A</b><br>B"));
    assert_eq!(zh("A</p><p>B"), p("A&lt;/p&gt;&lt;p&gt;B"));
    assert_eq!(zh("<script>A"), p("&lt;script&gt;A"));
    assert_eq!(zh("<a href=\"x>A"), p("&lt;a href=\"x&gt;A"));
    assert_eq!(zh("A\n\nB"), p("A<br/>B"));
    let own = |target| filled("<p>甲<x-y\n a=b>乙</x-y></p>", Lang::Zh, &[target]);
    assert_eq!(own("<x-y a=b>A</x-y>"), "<p><x-y a=b>A</x-y></p>");
}

#[test]
fn references_are_read_as_their_characters() {
    let inner = "It&#39;s&nbsp;R&amp;D: &ldquo;one&rdquo; &#20013;&#x6587; &lt;b&gt; 3&lt;4";
    let text = format!("<p>{inner}</p>");
    let found = document(&text, Lang::En);
    let unit = &found.units[0];
    // A tag that is shown stays a reference.
    assert_eq!(unit.source, "It's&nbsp;R&D: “one” 中文 &lt;b> 3&lt;4");
    let at = |part: &str| unit.in_file(Span::find(&unit.source, part).unwrap());
    assert_eq!(at("”").of(&text), "&rdquo;");
    assert_eq!(at("R&D").of(&text), "R&amp;D");
    assert_eq!(at(&unit.source).of(&text), inner);
    assert_eq!(
        filled(&text, Lang::En, &["“中文”&lt;b> 3 < 4"]),
        "<p>“中文”&lt;b&gt; 3 &lt; 4</p>"
    );
    let text = "<p>&ldquo;One.&rdquo; Two.</p>";
    assert_eq!(
        filled(text, Lang::En, &["", "二。"]),
        "<p>&ldquo;One.&rdquo; 二。</p>"
    );
    // An attribute's own quotation marks stay references, too.
    let text = "<img alt=\"A &quot;b&quot;\">";
    assert_eq!(filled(text, Lang::En, &["A \"b\""]), text);
    assert_eq!(
        filled(text, Lang::En, &["甲 \"乙\""]),
        "<img alt=\"甲 &quot;乙&quot;\">"
    );
    let text = "<p>It&#39;</p>";
    assert_eq!(filled(text, Lang::En, &["它&#39;"]), "<p>它&#39;</p>");
}

#[test]
fn sentences_are_joined_as_their_language_is_written() {
    let zh = |text, targets: &[&str]| filled(text, Lang::Zh, targets);
    let en = |text, targets: &[&str]| filled(text, Lang::En, targets);
    assert_eq!(
        zh("<p>\n  甲。乙。\n</p>", &["A.", "B."]),
        "<p>\n  A. B.\n</p>"
    );
    assert_eq!(zh("<p>甲。\r\n乙。</p>", &["A.", "B."]), "<p>A.\r\nB.</p>");
    assert_eq!(
        en("<p>One.\n  Two.</p>", &["一。", "二。"]),
        "<p>一。二。</p>"
    );
    assert_eq!(
        en("<p>One.\n  Two.</p>", &["一。", ""]),
        "<p>一。\n  Two.</p>"
    );
    assert_eq!(
        en("<p>One.<br>\n  Two.</p>", &["一。", "二。"]),
        "<p>一。<br>\n  二。</p>"
    );
}

#[test]
fn a_page_says_what_it_is_written_in() {
    let text = "<?xml version=\"1.0\" encoding='gb2312'?><html lang=zh-CN xml:lang='zh'>\
        <meta charset=\"GBK\"><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\
        <p lang=zh>甲</p>";
    assert_eq!(
        filled(text, Lang::Zh, &["A"]),
        "<?xml version=\"1.0\" encoding='utf-8'?><html lang=en xml:lang='en'>\
         <meta charset=\"utf-8\"><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\">\
         <p lang=zh>A</p>"
    );
    let other = "<html lang=fr><meta charset=UTF-8><p>甲</p>";
    assert_eq!(filled(other, Lang::Zh, &["A"]), other.replace('甲', "A"));
    let mut taiwan = document("<html lang='en-US'><p>A</p>", Lang::En);
    taiwan.units[0].target = "甲".into();
    let bytes = format::fill(&taiwan, Locale::Taiwan);
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "<html lang='zh-TW'><p>甲</p>"
    );
}

#[test]
fn a_page_is_read_in_the_encoding_it_names() {
    // 术语 in GBK, too short for a guess.
    let mut bytes = b"<meta charset=gbk><p>".to_vec();
    bytes.extend([0xCA, 0xF5, 0xD3, 0xEF]);
    let parsed = format::parse(Path::new("a.html"), bytes.clone(), None).unwrap();
    assert_eq!(parsed.value.units[0].source, "术语");
    assert!(parsed.findings.is_empty(), "it is no guess");
    let mut document = parsed.value;
    assert_eq!(format::fill(&document, Locale::En), bytes);
    document.units[0].target = "Term".into();
    let bytes = format::fill(&document, Locale::En);
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "<meta charset=utf-8><p>Term"
    );
}

#[test]
fn a_bad_byte_makes_no_other_encoding_of_a_page() {
    let mut bytes = "<meta charset=utf-8><p>你好，世界".as_bytes().to_vec();
    bytes.extend([0xFF, b'<', b'/', b'p', b'>']);
    let parsed = format::parse(Path::new("a.html"), bytes, None).unwrap();
    assert_eq!(parsed.value.units[0].source, "你好，世界\u{FFFD}");
    let told: Vec<_> = parsed.findings.iter().map(|f| &*f.message).collect();
    assert_eq!(
        told,
        ["bytes that are not valid UTF-8 are read as U+FFFD, in 1 place; the first is here"]
    );
    // 术语 in GBK, in a page that names another encoding.
    let mut bytes = b"<meta charset=utf-8><p>".to_vec();
    bytes.extend([0xCA, 0xF5, 0xD3, 0xEF].repeat(20));
    let parsed = format::parse(Path::new("a.html"), bytes, None).unwrap();
    assert_eq!(parsed.value.units[0].source, "术语".repeat(20));
}

#[test]
fn what_is_passed_over_for_want_of_an_end_is_told() {
    for text in [
        "<p>甲</p>\n<script>let a = 1;\n<p>乙</p>",
        "<p>甲</p>\n<!-- 注\n<p>乙</p>",
    ] {
        let parsed = format::parse(Path::new("a.html"), text.into(), None).unwrap();
        assert_eq!(parsed.value.units.len(), 1, "{text}");
        let told: Vec<_> = parsed.findings.iter().map(|f| f.place.line).collect();
        assert_eq!(told, [2], "{text}");
    }
}

#[test]
fn the_date_is_what_the_page_says() {
    let text = "<meta property='article:published_time' content='2025-11-24T08:00:00Z'><p>甲";
    let date = document(text, Lang::Zh).date.map(|date| date.to_string());
    assert_eq!(date.as_deref(), Some("2025-11-24"));
}
