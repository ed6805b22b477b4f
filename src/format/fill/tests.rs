use std::path::Path;

use super::*;
use crate::format;

/// The text with its units' targets filled in; `""` leaves a unit untranslated.
fn filled(name: &str, text: &str, from: Lang, targets: &[&str]) -> String {
    let bytes = text.as_bytes().to_vec();
    let mut document = format::parse(Path::new(name), bytes, Some(from))
        .unwrap()
        .value;
    assert_eq!(document.units.len(), targets.len(), "{:?}", document.units);
    for (unit, target) in document.units.iter_mut().zip(targets) {
        unit.target = (*target).into();
    }
    let to = Locale::from(from.other());
    String::from_utf8(fill(&document, to)).unwrap()
}

#[test]
fn english_sentences_are_parted_by_spaces_and_chinese_ones_by_nothing() {
    let zh = |text, targets: &[&str]| filled("a.md", text, Lang::Zh, targets);
    let en = |text, targets: &[&str]| filled("a.md", text, Lang::En, targets);
    assert_eq!(zh("甲。乙。丙。\n", &["A.", "B.", "C."]), "A. B. C.\n");
    assert_eq!(zh("甲。乙。丙。\n", &["A.", "", "C."]), "A.乙。C.\n");
    assert_eq!(en("One. Two.\n", &["一。", "二。"]), "一。二。\n");
    assert_eq!(en("One. Two.\n", &["一。", ""]), "一。 Two.\n");
    assert_eq!(en("One. Two.\n", &["OK.", "GPT 二。"]), "OK. GPT 二。\n");
}

#[test]
fn lines_that_end_in_a_carriage_return_alone_are_lines() {
    for name in ["a.md", "a.txt"] {
        let filled = filled(name, "甲。\r\r乙。\r", Lang::Zh, &["A.", "B."]);
        assert_eq!(filled, "A.\r\rB.\r");
    }
}

#[test]
fn emphasis_stays_one_for_every_reader() {
    let en = |text, targets: &[&str]| filled("a.md", text, Lang::En, targets);
    let joined = en("**Dates.** On a day\n", &["**日期。**", "有一天"]);
    assert_eq!(joined, "**日期。** 有一天\n");
    let one = |target| en("**Note:** very good\n", &[target]);
    assert_eq!(one("**注意：**很好"), "**注意：** 很好\n");
    assert_eq!(one("很好**“注意”**的"), "很好 **“注意”** 的\n");
    assert_eq!(one("**注意**：很好"), "**注意**：很好\n");
    assert_eq!(one("**注意。**，很好"), "**注意。**，很好\n");
}

#[test]
fn a_link_by_its_own_words_keeps_its_destination() {
    let zh = |target| filled("a.md", "见[主页]。\n\n[主页]: a.md\n", Lang::Zh, &[target]);
    assert_eq!(
        zh("See the [home page]."),
        "See the [home page][主页].\n\n[主页]: a.md\n"
    );
    assert_eq!(zh("See [it][主页]."), "See [it][主页].\n\n[主页]: a.md\n");
    assert_eq!(zh("See it."), "See it.\n\n[主页]: a.md\n");
}

#[test]
fn line_breaks_between_sentences_stay_where_they_mean_something() {
    assert_eq!(
        filled("a.md", "> 甲。\n> 乙，\n> 续。\n", Lang::Zh, &["A.", "B."]),
        "> A.\n> B.\n"
    );
    assert_eq!(
        filled(
            "a.md",
            "甲。  \r\n乙。<br>丙\\\r\n丁\r\n",
            Lang::Zh,
            &["A.", "B.", "C", "D"]
        ),
        "A.  \r\nB.<br>C\\\r\nD\r\n"
    );
    let wrapped = "The quick brown fox jumps over the lazy\ndog. It runs into the deep dark forest.\nNobody has ever seen it again since the\nwinter came.\n";
    assert_eq!(
        filled("a.txt", wrapped, Lang::En, &["一。", "二。", "三。"]),
        "一。二。三。\n"
    );
}

#[test]
fn a_translators_line_break_fits_its_hole() {
    let break_in = |text| filled("a.md", text, Lang::Zh, &["A\nB"]);
    assert_eq!(break_in("- > 甲\n"), "- > A\n  > B\n");
    assert_eq!(break_in("# 甲 #\n"), "# A B #\n");
    assert_eq!(break_in("|甲|\n|-|\n"), "|A<br>B|\n|-|\n");
    assert_eq!(break_in("---\ntitle: 甲\n---\n"), "---\ntitle: A B\n---\n");
    assert_eq!(
        filled("a.txt", "  甲\n", Lang::Zh, &["A\r\n\r\nB"]),
        "  A\n  B\n"
    );
}

#[test]
fn only_what_would_change_the_structure_is_escaped() {
    let zh = |text, target| filled("a.md", text, Lang::Zh, &[target]);
    assert_eq!(zh("甲\n", "1. A"), "1\\. A\n");
    assert_eq!(zh("甲\n", "#1 is **bold**"), "#1 is **bold**\n");
    assert_eq!(zh("甲\n", "# 1"), "\\# 1\n");
    assert_eq!(zh("甲\n", "**A** - b"), "**A** - b\n");
    assert_eq!(zh("# 甲\n", "1. A"), "# 1. A\n");
    assert_eq!(zh("|甲|\n|-|\n", "a|b \\| c"), "|a\\|b \\| c|\n|-|\n");
    assert_eq!(zh("甲\n", "[![x](y)](z)"), "[![x](y)](z)\n");
    let title = |target| zh("---\ntitle: 甲\n---\n", target);
    assert_eq!(title("A: \"b\""), "---\ntitle: \"A: \\\"b\\\"\"\n---\n");
    assert_eq!(title("A plain one"), "---\ntitle: A plain one\n---\n");
    for quoted in ["2025", "2025-01-01", "Yes", "null", "1.5"] {
        assert_eq!(title(quoted), format!("---\ntitle: \"{quoted}\"\n---\n"));
    }
    assert_eq!(title("In 2025"), "---\ntitle: In 2025\n---\n");
    assert_eq!(
        zh("---\ntitle: \"甲\" # 注\n---\n", "A"),
        "---\ntitle: \"A\" # 注\n---\n"
    );
    assert_eq!(
        zh("---\ntitle: 甲 # 注\n---\n", "A"),
        "---\ntitle: A # 注\n---\n"
    );
    assert_eq!(
        zh("---\ntitle: '甲'\n---\n", "It's"),
        "---\ntitle: 'It’s'\n---\n"
    );
}

#[test]
fn a_title_with_escapes_or_over_lines_is_written_as_it_is_meant() {
    let (zh, en) = (Lang::Zh, Lang::En);
    for (from, title, targets, written) in [
        (en, r#""The \"Plan\"""#, "“计划”", r#""“计划”""#),
        (
            zh,
            r#""“计划”与\\甲" # 注"#,
            r#"A "b" \ c"#,
            r#""A \"b\" \\ c" # 注"#,
        ),
        (
            en,
            r#""The plan grew. \"Two\" plans ended.""#,
            "一。|“二”。",
            r#""一。“二”。""#,
        ),
        (en, "'It''s one. It''s two.'", "一。|二。", "'一。二。'"),
        (
            en,
            "\"One plan.\n  Two plans.\"",
            "一。|二。",
            "\"一。二。\"",
        ),
        (en, "One long\n  plan # 注", "计划", "计划 # 注"),
        (en, ">-\n  One long\n  plan", "计划", ">-\n  计划"),
    ] {
        let text = format!("---\na: \"\\\"\"\ntitle: {title}\nb: 'c''d'\n---\n");
        let targets: Vec<&str> = targets.split('|').collect();
        let new = text.replace(title, written);
        assert_eq!(filled("a.md", &text, from, &targets), new, "{title}");
        let none = vec![""; targets.len()];
        assert_eq!(filled("a.md", &text, from, &none), text, "{title}");
    }
}
