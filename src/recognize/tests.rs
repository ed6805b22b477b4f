use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::model::concept::TermStatus::{Deprecated, Preferred};
use crate::text::fold::fold;

/// A recognizer of a glossary as it stands in a file. Many here have terms in
/// one language only, which readers are told of.
fn recognizer(file: &str) -> Recognizer {
    let path = Path::new("g.tsv");
    let mut parsed = Glossary::parse(path, file.as_bytes());
    let one_sided = "it is recognized but has no rendering";
    parsed
        .findings
        .retain(|finding| !finding.message.contains(one_sided));
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    let mut glossary = Glossary::default();
    glossary.add(path, parsed.value);
    Recognizer::new(&glossary)
}

/// The terms of one column.
fn column(name: &str, terms: &[&str]) -> Recognizer {
    recognizer(&format!("{name}\n{}\n", terms.join("\n")))
}

/// The texts found; those that are not sure with a `?` behind.
fn found(recognizer: &Recognizer, lang: Lang, text: &str) -> Vec<String> {
    let hits = recognizer.find(text, lang);
    hits.iter()
        .map(|hit| hit.span.of(text).to_owned() + if hit.sure { "" } else { "?" })
        .collect()
}

#[track_caller]
fn en(terms: &[&str], text: &str, expected: &[&str]) {
    assert_eq!(
        found(&column("en", terms), Lang::En, text),
        expected,
        "{text}"
    );
}

#[track_caller]
fn zh(terms: &[&str], text: &str, expected: &[&str]) {
    assert_eq!(
        found(&column("zh", terms), Lang::Zh, text),
        expected,
        "{text}"
    );
}

#[test]
fn english_words_have_edges() {
    en(&["eam"], "a dream team", &[]);
    en(
        &["C++"],
        "in C++, not C++11 or Objective-C++",
        &["C++", "C++", "C++"],
    );
    en(
        &["plan"],
        "Plans, plan; planned planet explanation",
        &["Plans", "plan", "planned"],
    );
    en(&["G20"], "the G20's summit, not G200", &["G20"]);
}

#[test]
fn the_next_shorter_term_counts_where_the_longest_fails() {
    en(
        &["New York", "New York City", "New York City Council"],
        "New York Cityscape, New York City Councils, New York City's",
        &["New York", "New York City Councils", "New York City"],
    );
}

#[test]
fn english_inflects() {
    en(
        &["policy"],
        "policies and a policy's aims",
        &["policies", "policy"],
    );
    en(
        &["United States"],
        "the United States' and the United\n  States",
        &["United States", "United\n  States"],
    );
    en(&["LLM"], "LLMs, an LLM's, llm", &["LLMs", "LLM"]);
    en(&["export control"], "Export controls", &["Export controls"]);
}

#[test]
fn hyphen_space_or_neither() {
    en(
        &["policy-making"],
        "policy making, policymaking, policy‑making",
        &["policy making", "policymaking", "policy‑making"],
    );
    en(
        &["supply chain"],
        "supply-chain risk in supply chains",
        &["supply-chain", "supply chains"],
    );
}

#[test]
fn capitals_follow_the_terms_own_shape() {
    en(
        &["IT", "AI", "US"],
        "it told us that AI and IT help the US",
        &["AI", "IT", "US"],
    );
    en(
        &["Genesis Mission"],
        "the genesis mission, Genesis Mission, GENESIS MISSION",
        &["Genesis Mission", "GENESIS MISSION"],
    );
    en(
        &["machine learning"],
        "Machine Learning and MACHINE LEARNING",
        &["Machine Learning", "MACHINE LEARNING"],
    );
    en(&["US"], "CONTACT US TODAY", &["US?"]);
}

#[test]
fn longer_terms_hide_shorter_ones_but_know_them() {
    let recognizer = column("zh", &["创世计划", "计划", "世计"]);
    let text = "创世计划与计划";
    assert_eq!(found(&recognizer, Lang::Zh, text), ["创世计划", "计划"]);
    let all = recognizer.find_all(text, Lang::Zh, None);
    let all: Vec<_> = all
        .iter()
        .map(|hit| (hit.span.of(text), hit.nested))
        .collect();
    assert_eq!(
        all,
        [
            ("创世计划", false),
            ("世计", true),
            ("计划", true),
            ("计划", false)
        ]
    );
}

#[test]
fn two_characters_have_a_soft_edge() {
    zh(&["成功"], "郑成功收复台湾。", &["成功?"]);
    zh(&["成功"], "项目取得成功。", &["成功"]);
    zh(&["中国", "国家"], "过程当中国家的作用", &["国家"]);
}

#[test]
fn one_character_must_be_a_word() {
    zh(&["类"], "子类继承父类", &[]);
    zh(&["包"], "请求包含标头", &[]);
    zh(&["包"], "把包放下", &["包"]);
}

#[test]
fn three_characters_need_no_edge() {
    zh(&["大模型"], "最大模型", &["大模型"]);
}

#[test]
fn strict_terms_are_words_in_chinese_too() {
    let strict = recognizer("zh\tmatch\n计算机\tstrict\n科学院\tstrict\n");
    assert_eq!(
        found(&strict, Lang::Zh, "用计算机计算，中国社会科学院院长"),
        ["计算机"]
    );
}

#[test]
fn prefixes_may_go_on() {
    let prefix = recognizer("en\tmatch\nbiotech\tprefix\nbio\t\n");
    assert_eq!(
        found(&prefix, Lang::En, "Biotechnology, a biology"),
        ["Biotech"]
    );
}

#[test]
fn exact_terms_do_not_inflect() {
    let exact = recognizer("en\tmatch\nplan\texact\nCloud\tcase\n");
    assert_eq!(
        found(&exact, Lang::En, "plans, Plan, CLOUD Cloud cloud"),
        ["Plan", "Cloud"]
    );
}

#[test]
fn scripts_widths_and_marks_do_not_count() {
    zh(&["创世计划"], "「創世計畫」", &["創世計畫"]);
    zh(
        &["“十四五”规划", "5G网络", "唐纳德·特朗普"],
        "“十四五”規劃、十四五规划、５Ｇ 网络和唐纳德•特朗普",
        &["“十四五”規劃", "十四五规划", "５Ｇ 网络", "唐纳德•特朗普"],
    );
    zh(&["供应链韧性"], "提升供应链\n韧性", &["供应链\n韧性"]);
}

#[test]
fn codes_inside_a_term_are_left_out() {
    en(
        &["Genesis Mission"],
        "the **Genesis** Mission",
        &["Genesis** Mission"],
    );
    zh(&["创世计划"], "**创世**计划与`创世计划`", &["创世**计划"]);
}

#[test]
fn regional_words_are_forms() {
    zh(&["人工智能"], "人工智慧產業", &["人工智慧"]);
    let columns = recognizer("zh\tzh_tw\n出租车\t計程車\n");
    assert_eq!(found(&columns, Lang::Zh, "搭計程車"), ["計程車"]);
}

#[test]
fn a_form_to_avoid_is_the_same_concept() {
    let glossary = "zh\ten\tzh_avoid\ten_avoid\n创世计划\tGenesis Mission\t创世纪计划\tgenesis mission\n计划\tplan\t\t\n";
    let recognizer = recognizer(glossary);
    let statuses = |lang, text: &str| -> Vec<_> {
        let hits = recognizer.find(text, lang);
        hits.iter()
            .map(|hit| (hit.senses[0].concept.0, hit.senses[0].status))
            .collect()
    };
    assert_eq!(
        statuses(Lang::Zh, "创世计划即创世纪计划"),
        [(0, Preferred), (0, Deprecated)]
    );
    assert_eq!(
        statuses(
            Lang::En,
            "the Genesis Mission, GENESIS MISSION, the genesis mission"
        ),
        [(0, Preferred), (0, Preferred), (0, Deprecated)]
    );
}

#[test]
fn an_avoided_form_inside_an_allowed_term_is_not_reported() {
    let recognizer = recognizer("zh\tzh_avoid\n计划经济\t\n规划\t计划\n");
    assert_eq!(found(&recognizer, Lang::Zh, "计划经济"), ["计划经济"]);
}

#[test]
fn one_form_may_mean_several_things() {
    let recognizer = recognizer(
        "zh\ten\tzh_avoid\tsubject\n登录\tlog in\t登陆\tIT\n登陆\tmake landfall\t\t气象\n",
    );
    let hits = recognizer.find("台风登陆", Lang::Zh);
    let senses: Vec<_> = hits[0]
        .senses
        .iter()
        .map(|s| (s.concept.0, s.status))
        .collect();
    assert_eq!(
        senses,
        [(0, TermStatus::Deprecated), (1, TermStatus::Preferred)]
    );
}

#[test]
fn an_avoided_form_beats_a_made_one() {
    let recognizer = recognizer("en\ten_avoid\npolicy-making\tpolicy making\n");
    let statuses: Vec<_> = recognizer
        .find("policy making, policy-making, policymaking", Lang::En)
        .iter()
        .map(|hit| hit.senses[0].status)
        .collect();
    assert_eq!(statuses, [Deprecated, Preferred, Preferred]);
}

#[test]
fn a_date_makes_a_term_superseded() {
    let recognizer = recognizer("en\tvalid_to\ncommunity of common destiny\t2017-12-31\n");
    let at = |date: &str| {
        let hits = recognizer.find_at("a community of common destiny", Lang::En, date.parse().ok());
        hits[0].senses[0].status
    };
    assert_eq!(at("2017-12-31"), TermStatus::Preferred);
    assert_eq!(at("2018-01-01"), TermStatus::Superseded);
    assert_eq!(at(""), TermStatus::Preferred);
}

#[test]
fn a_hit_says_why() {
    let recognizer = recognizer("zh\ten\n政策\tpolicy\n\tpolicy maker\n");
    let text = "policies of policymakers";
    let hits = recognizer.find(text, Lang::En);
    assert_eq!(
        recognizer.explain(text, Lang::En, &hits[0]),
        [
            "“policies” is a form of “policy” (g.tsv:2), preferred",
            "case: the term is in small letters, so any will do",
            "edges: no letter or digit goes on before or behind it",
        ]
    );
    let why = recognizer.explain(text, Lang::En, &hits[1]).join("\n");
    assert!(
        why.contains("“policymakers” is a form of “policy maker” (g.tsv:3)"),
        "{why}"
    );
}

#[test]
fn nothing_is_found_in_nothing_and_without_terms() {
    zh(&["——", "甲乙丙"], "", &[]);
    zh(&["——"], "——，", &[]);
    assert!(Recognizer::default().find("正名", Lang::Zh).is_empty());
}

const TERMS: &str = "zh\ten\tzh_avoid\n创世计划\tGenesis Mission\t创世纪计划\n计划\tplan\t\n成功\tUS\t\n\
    株式\tpolicy-making\t\n会社\tnew york\t\n类\tnew york city\t\n5G网\tC++\t\n";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hits_are_sorted_apart_and_on_edges(
        text in "(创世|计划|創|纪|成功|郑|㍿|类|５G|网|Genesis|Mission| |\\*\\*|-|'s|\n|plan|s|US|policy|making|new york|City|C\\+\\+|`x`|ﬁ){0,14}",
    ) {
        let recognizer = recognizer(TERMS);
        for lang in [Lang::Zh, Lang::En] {
            let hits = recognizer.find(&text, lang);
            for hit in &hits {
                prop_assert!(!hit.span.of(&text).is_empty() && !hit.senses.is_empty() && !hit.nested);
                prop_assert!(!recognizer.explain(&text, lang, hit).is_empty());
            }
            prop_assert!(hits.is_sorted_by(|a, b| a.span.end <= b.span.start));
            // The hits of find are those of find_all that nothing covers.
            let mut all = recognizer.find_all(&text, lang, None);
            all.retain(|hit| !hit.nested);
            prop_assert_eq!(hits, all);
        }
    }

    #[test]
    fn parts_of_a_glossary_find_what_the_whole_finds(
        rows in prop::collection::vec(
            "(创世|计划|创世计划|5G网)?\t(plan|Plan|US|policy-making|new york)?\t(计划|)\t(case|prefix|)\t(2020-01-01|)",
            1..12,
        ),
        cuts in prop::collection::vec(any::<bool>(), 12),
        text in "(创世|计划|5G网| |plans|US|Plan|planning|policy making|New York|-){0,14}",
    ) {
        let (mut whole, mut apart) = (Glossary::default(), Glossary::default());
        let mut held = Vec::new();
        for (at, (row, cut)) in rows.iter().zip(cuts).enumerate() {
            let path = std::path::PathBuf::from(format!("{at}.tsv"));
            let file = format!("zh\ten\tzh_avoid\tmatch\tvalid_to\n{row}\n");
            let concepts = || Glossary::parse(&path, file.as_bytes()).value;
            // What somebody else holds is not added to.
            held.extend(cut.then(|| apart.clone()));
            whole.add(&path, concepts());
            apart.add(&path, concepts());
        }
        let date = "2021-01-01".parse().ok();
        let (whole, apart) = (Recognizer::new(&whole), Recognizer::new(&apart));
        for lang in [Lang::Zh, Lang::En] {
            prop_assert_eq!(whole.find_at(&text, lang, date), apart.find_at(&text, lang, date));
            let hits = whole.find_all(&text, lang, None);
            prop_assert_eq!(&hits, &apart.find_all(&text, lang, None));
            // Of several reasons why something else is no hit another may be told.
            for hit in &hits {
                let told = [&whole, &apart].map(|r| r.explain(&text, lang, hit));
                prop_assert_eq!(told[0].first(), told[1].first());
            }
        }
    }

    #[test]
    fn a_term_alone_is_found_whole(term in "[a-z甲乙丙丁]{3,6}( [a-z]{1,4})?") {
        let recognizer = column("zh", &[&term]);
        let hits = recognizer.find(&term, Lang::Zh);
        prop_assert_eq!(hits.len(), 1);
        prop_assert_eq!(fold(hits[0].span.of(&term)), fold(&term));
    }
}
