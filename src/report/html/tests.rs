use super::super::tests::{results, written};
use super::text::{locate, marked, mixed};
use crate::finding::Place;
use crate::span::Span;

#[test]
fn both_sides_are_shown_with_their_marks_and_languages() {
    let page = written("html", &results());
    for part in [
        "<p class=\"text\" lang=\"zh-Hans\">启动“<mark>创世纪计划</mark>”，投入500亿美元。</p>",
        "<p class=\"text\" lang=\"en\">Launch the &quot;<mark class=\"other\">Genesis Mission</mark>&quot; with",
        "&lt;b&gt;<mark>US$5 billion</mark>&lt;/b&gt; &amp; more.</p>",
        "<h3><span class=\"severity\">error</span>: “<span lang=\"zh\">创世纪计划</span>” is deprecated</h3>",
        "<dt>Fix</dt>\n<dd><ins lang=\"zh-Hans\">创世计划</ins></dd>",
        "<dt>Use</dt>\n<dd><ins lang=\"en\">US$50 billion</ins> or",
        "<tr><td>Terminology: inconsistent with resource</td><td class=\"count\">1</td>",
        "<li><span class=\"path\">bad.md</span>: holds a NUL byte</li>",
        "<option value=\"term-forbidden\">term-forbidden (1)</option>",
        "<tr><td><span class=\"path\">clean.md</span></td><td class=\"count\">0</td>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn the_page_loads_nothing_and_runs_only_its_own_script() {
    let mut results = results();
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)> 'a' \"b\"";
    for finding in &mut results.findings {
        finding.message = evil.to_owned();
        finding.suggestions = vec![evil.to_owned()];
        finding.place.quote = evil.to_owned();
        finding.place.path = std::path::Path::new(evil).into();
    }
    results.unread[0].message = evil.to_owned();
    let page = written("html", &results);
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("src=x onerror=alert(1)>"));
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let page = written("html", &results());
    let links = page.split("href=\"#").skip(1);
    let links: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 5);
    for link in links {
        assert!(page.contains(&format!(" id=\"{link}\"")), "{link}");
    }
}

#[test]
fn chinese_in_an_english_sentence_is_marked_as_chinese() {
    assert_eq!(
        mixed("“能源部，白宫” is <not> 创世"),
        "“<span lang=\"zh\">能源部，白宫</span>” is &lt;not&gt; <span lang=\"zh\">创世</span>"
    );
}

#[test]
fn the_mark_is_found_by_the_words_around_it() {
    let line = "1\tThe plan. A plan, that plan.\tx";
    let mut place = Place::new(std::path::Path::new("a.tsv").into(), line, Span::default());
    let unit = "The plan. A plan, that plan.";
    for (at, expected) in [(6, 4), (14, 12), (25, 23)] {
        place.mark = Span::new(at, at + 4);
        assert_eq!(place.mark.of(line), "plan");
        assert_eq!(
            locate(unit, &place),
            Some(Span::new(expected, expected + 4))
        );
    }
    place.mark = Span::new(15, 15);
    assert_eq!(
        locate(unit, &place),
        Some(Span::new(13, 13)),
        "an insertion"
    );
    assert_eq!(locate("正名", &place), None);
    place.mark = Span::new(6, 10);
    assert_eq!(locate("nothing alike", &place), None);
}

#[test]
fn long_texts_are_cut_around_the_mark() {
    let text = format!("{}创世{}", "前".repeat(5000), "后".repeat(5000));
    let shown = marked(&text, Span::find(&text, "创世"), "");
    assert_eq!(shown.matches('前').count(), 600);
    assert_eq!(shown.matches('后').count(), 600);
    assert!(
        shown.contains("<mark>创世</mark>") && shown.contains(">…前") && shown.contains("后…<")
    );
}
