//! What is swapped, and what is left.

use std::path::Path;

use super::*;
use crate::suggest::Used;

fn repaired(text: &str, source: &str, target: &str) -> Option<Repaired> {
    let from = crate::text::detect::language(text).unwrap();
    repaired_to(Locale::from(from.other()), text, source, target)
}

fn repaired_to(to: Locale, text: &str, source: &str, target: &str) -> Option<Repaired> {
    let table = "zh\ten\n能源部\tDepartment of Energy\n国防部\tDepartment of Defense\n供应链\tsupply chain\n产业链\tindustrial chain\n\
                 人工智能\tartificial intelligence\n半导体\tsemiconductor\n国会\tCongress\n出口管制\texport controls\n去风险\tde-risking\n小院高墙 | “小院高墙”\tsmall yard, high fence\n";
    let glossary = Glossary::new(Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value);
    let recognizer = Recognizer::new(&glossary);
    let used = Used::default();
    let request = Request::new(text, to.lang().other(), to, &used);
    let found = Match::bare(80, 80, source, target);
    repair(&request, &found, &glossary, &recognizer)
}

#[test]
fn terms_and_amounts_are_swapped() {
    let fixed = repaired(
        "国防部将投入300亿美元。",
        "能源部将投入500亿美元。",
        "The Department of Energy will invest US$50 billion.",
    )
    .unwrap();
    assert_eq!(
        fixed.target,
        "The Department of Defense will invest US$30 billion."
    );
    assert!(fixed.complete);
    assert_eq!(fixed.edits[0].from, "Department of Energy");
    assert_eq!(fixed.edits[1].source, "300亿美元");
}

#[test]
fn the_other_direction_is_the_same_engine() {
    let fixed = repaired(
        "The Department of Defense will invest US$30 billion.",
        "The Department of Energy will invest US$50 billion.",
        "能源部将投入500亿美元。",
    )
    .unwrap();
    assert_eq!(fixed.target, "国防部将投入300亿美元。");
}

#[test]
fn a_match_stays_in_its_script() {
    let text = "The Department of Defense will invest US$30 billion.";
    let source = "The Department of Energy will invest US$50 billion.";
    for (target, expected) in [
        ("能源部將投入500億美元。", "國防部將投入300億美元。"),
        ("能源部将投入500亿美元。", "国防部将投入300亿美元。"),
    ] {
        for to in [Locale::Taiwan, Locale::Hans] {
            let fixed = repaired_to(to, text, source, target).unwrap();
            assert_eq!(fixed.target, expected);
        }
    }
}

#[test]
fn a_capital_at_the_head_is_kept() {
    let fixed = repaired("产业链很重要。", "供应链很重要。", "Supply chains matter.").unwrap();
    assert_eq!(fixed.target, "Industrial chains matter.");
}

#[test]
fn what_else_differs_is_said() {
    let fixed = repaired(
        "国防部昨天投入5亿美元。",
        "能源部今天投入5亿美元。",
        "The Department of Energy invested US$500 million today.",
    )
    .unwrap();
    assert!(!fixed.complete);
    assert_eq!(fixed.edits.len(), 1);
}

#[test]
fn a_hedge_is_what_the_segment_says() {
    let source = "若其中六成来自能源部，每年约为50亿美元。";
    let target =
        "If six-tenths came from the Department of Energy, it would be about US$5 billion a year.";
    let amount = |text: &str, source: &str, target: &str| {
        let fixed = repaired(text, source, target).unwrap();
        assert!(fixed.complete, "{fixed:?}");
        fixed.target
    };
    let text = "若其中六成来自能源部，每年约为60亿美元。";
    assert_eq!(amount(text, source, target), target.replace("US$5", "US$6"));
    // alike in both sources: the target's own words, or none, stay
    let own = target.replace("about US$5", "roughly $5");
    assert_eq!(amount(text, source, &own), own.replace("$5", "$6"));
    let none = target.replace("about ", "");
    assert_eq!(amount(text, source, &none), none.replace("US$5", "US$6"));
    // not alike: the segment's
    let exact = "若其中六成来自能源部，每年50亿美元。";
    assert_eq!(amount(text, exact, &none), target.replace("US$5", "US$6"));
    let now_exact = "若其中六成来自能源部，每年60亿美元。";
    assert_eq!(
        amount(now_exact, source, target),
        none.replace("US$5", "US$6")
    );
    let less = "若其中六成来自能源部，每年不到60亿美元。";
    assert_eq!(
        amount(less, source, target),
        target.replace("about US$5", "less than US$6")
    );
}

#[test]
fn quotation_marks_stay_where_they_are() {
    let fixed = repaired(
        "华盛顿把这种做法称为“小院高墙”。",
        "华盛顿把这种做法称为“去风险”。",
        "Washington calls this “de-risking”.",
    )
    .unwrap();
    assert_eq!(
        fixed.target,
        "Washington calls this “small yard, high fence”."
    );
    assert!(fixed.complete);
    let back = repaired(
        "Washington calls this “small yard, high fence”.",
        "Washington calls this “de-risking”.",
        "华盛顿把这种做法称为“去风险”。",
    )
    .unwrap();
    assert_eq!(back.target, "华盛顿把这种做法称为“小院高墙”。");
}

#[test]
fn a_rendering_that_stands_twice_is_left() {
    assert_eq!(
        repaired(
            "国防部",
            "能源部",
            "Department of Energy, Department of Energy"
        ),
        None
    );
}

#[test]
fn an_amount_or_date_of_another_length_is_swapped() {
    for (text, source, target, expected) in [
        (
            "会议于2025年12月1日召开。",
            "会议于2024年3月5日召开。",
            "The meeting was held on March 5, 2024.",
            "The meeting was held on December 1, 2025.",
        ),
        (
            "政府投入五百万元人民币。",
            "政府投入三百二十万元人民币。",
            "The government spent RMB 3.2 million.",
            "The government spent RMB 5 million.",
        ),
        (
            "Its value reached US$900 billion.",
            "Its value reached US$1.2 trillion.",
            "市值达到1.2万亿美元。",
            "市值达到9000亿美元。",
        ),
    ] {
        let fixed = repaired(text, source, target).unwrap();
        assert_eq!((fixed.target.as_str(), fixed.complete), (expected, true));
    }
}

#[test]
fn what_is_the_same_in_another_script_keeps_its_rendering() {
    let source = "供應鏈（含關鍵設備）由能源部管理。";
    let target = "Supply chains (including key equipment) are run by the Department of Energy.";
    let text = "供应链（含关键设备）由国防部管理。";
    let fixed = repaired(text, source, target).unwrap();
    assert_eq!(fixed.target, target.replace("Energy", "Defense"));
    assert!(fixed.complete);
    let text = "供应链（含关键设备）由能源部管理！";
    assert_eq!(repaired(text, source, target), None);
}

#[test]
fn a_hedge_at_the_head_has_its_capital() {
    let fixed = repaired(
        "超过5万人受到影响。",
        "大约有3万人受到影响。",
        "About 30,000 people were affected.",
    )
    .unwrap();
    assert_eq!(fixed.target, "More than 50,000 people were affected.");
}

/// `memory source | its target | segment | what the target becomes`; nothing where it is left.
const NUMBERS: &str = "\
总统签署第14110号行政令。 | The president signed Executive Order 14110. | 总统签署第14141号行政令。 | The president signed Executive Order 14141.
The president signed Executive Order 14110. | 总统签署第14110号行政令。 | The president signed Executive Order 14141. | 总统签署第14141号行政令。
详见第12页。 | See page 12. | 详见第5页。 | See page 5.
See page 12. | 详见第12页。 | See page 15. | 详见第15页。
实施第232条关税。 | It imposed Section 232 tariffs. | 实施第301条关税。 | It imposed Section 301 tariffs.
第3章规定了义务。 | Chapter 3 sets out the obligations. | 第5章规定了义务。 | Chapter 5 sets out the obligations.
Chapter 3 sets out the obligations. | 第三章规定了义务。 | Chapter 2 sets out the obligations. | 第二章规定了义务。
公司成立50周年。 | The company marks its 50th anniversary. | 公司成立75周年。 | The company marks its 75th anniversary.
The company marks its 50th anniversary. | 公司成立50周年。 | The company marks its 75th anniversary. | 公司成立75周年。
The 118th Congress passed the bill. | 第118届国会通过了该法案。 | The 119th Congress passed the bill. | 第119届国会通过了该法案。
The third summit was held. | 第三届峰会举行。 | The fifth summit was held. | 第五届峰会举行。
第三届峰会举行。 | The third summit was held. | 第12届峰会举行。 | The 12th summit was held.
出口增长50%。 | Exports grew 50 percent. | 出口增长60%。 | Exports grew 60 percent.
经济增长5.2%。 | The economy grew 5.2 percent. | 经济增长5.0%。 | The economy grew 5.0 percent.
The plan lasts four years. | 计划为期四年。 | The plan lasts five years. | 计划为期五年。
计划为期四年。 | The plan lasts four years. | 计划为期五年。 | The plan lasts five years.
The plan lasts four years. | 计划为期四年。 | The plan lasts two years. | 计划为期两年。
出口额为3500亿美元。 | Exports were $350 billion. | 出口额为4000亿美元。 | Exports were $400 billion.
建成三个中心。 | Three centers were built. | 建成五个中心。 | Five centers were built.
建成三个中心。 | Three centers were built. | 建成1个中心。 |
会议于3月5日举行。 | The meeting was held on March 5. | 会议于3月举行。 |
";

#[test]
fn only_the_number_changes_in_the_wording_there_is() {
    hold(NUMBERS);
}

fn hold(table: &str) {
    for line in table.lines() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [source, target, text, expected] = cells[..] else {
            panic!("{line}");
        };
        let fixed = repaired(text, source, target);
        let expected = (!expected.is_empty()).then_some((expected, true));
        let found = fixed.as_ref().map(|f| (f.target.as_str(), f.complete));
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn what_the_words_around_a_hedge_hold_is_not_lost() {
    let source = "At least three people took part.";
    let text = "More than five people took part.";
    assert_eq!(repaired(text, source, "三人以上参加。"), None);
    let fixed = repaired(text, source, "至少三人参加。").unwrap();
    assert_eq!(fixed.target, "超过五人参加。");
}

/// As [`NUMBERS`].
const TERMS: &str = "\
半导体是关键。 | Semiconductors are key. | 供应链是关键。 | Supply chains are key.
没有供应链。 | There are no supply chains. | 没有半导体。 | There are no semiconductors.
没有供应链。 | There are no supply chains. | 没有人工智能。 |
一种半导体材料。 | A semiconductor material. | 一种人工智能材料。 | An artificial intelligence material.
人工智能很重要。 | Artificial intelligence is important. | 供应链很重要。 |
供应链的韧性很重要。 | Supply chain resilience is important. | 产业链的韧性很重要。 | Industrial chain resilience is important.
供应链很重要。 | The supply chain is important. | 出口管制很重要。 |
国会的官员说。 | Congress officials said. | 能源部的官员说。 |
能源部的官员说。 | Officials of the Department of Energy said. | 国会的官员说。 |
增幅为11%。 | It was an 11% rise. | 增幅为9%。 | It was a 9% rise.
";

#[test]
fn an_english_rendering_fits_its_place_or_is_left() {
    hold(TERMS);
}
