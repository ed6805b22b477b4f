use proptest::prelude::*;

use super::*;

/// A case is its text with `¦` at every place where a sentence must begin.
fn check(lang: Lang, cases: &[&str]) {
    let mut wrong = Vec::new();
    for case in cases {
        let text = case.replace('¦', "");
        let want: Vec<_> = case.split('¦').map(str::trim).collect();
        let found = sentences(&text, lang);
        let got: Vec<_> = found.iter().map(|s| s.of(&text)).collect();
        if got != want {
            wrong.push(format!("want {want:?}\n got {got:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn chinese_full_stops_and_quotes() {
    check(
        Lang::Zh,
        &[
            "能源部启动了“创世计划”。¦该计划将持续十年。",
            "他说：“好。”¦然后走了。",
            "“我们要合作。”拜登说。¦会议结束了。",
            "“我們要合作。”拜登總統表示。",
            "“好。”他说完就走了。".replace("”他", "”¦他").as_str(),
            "“知识就是力量。”——培根",
            "他提出“人工智能优先。”，并要求落实。",
            "他说：“第一，要投资。¦第二，要合作。”¦会议结束。",
            "「好。」¦他走了。",
            "『天下為公。』¦這是孫中山的話。",
            "（详见附件。）¦下一节讨论出口管制。",
            "会议通过了决议。[12]¦各方表示欢迎。",
            "任务有二。¦①加强领导。¦②落实责任。",
            "美国国会通过《芯片与科学法案》。¦总统签署了该法案。",
            "他写道：“‘科技是第一生产力。’”¦大家鼓掌。",
            "出口增长3.5%。¦进口下降2.1%。",
            "模型V3.1已发布。¦它比V2.0更快。",
            "第一句。第二句。第三句。"
                .replace("句。第", "句。¦第")
                .as_str(),
            "会议结束｡¦大家离开｡",
            "这是结尾．¦这是开头．",
            "只有一句没有句号",
            "一、总体要求。¦二、重点任务。",
            "各国应加强合作；发达国家应提供资金；各方应履行承诺。",
            "要求如下：加强监管。",
        ],
    );
}

#[test]
fn chinese_questions_and_exclamations() {
    check(
        Lang::Zh,
        &[
            "“真的吗？”他问。¦没有人回答。",
            "“小心！”她喊道。",
            "谁来负责？¦各部门都有责任！¦散会。",
            "真的吗？！¦他不信。",
            "什么？？？¦没听懂。",
            "他问：“谁来负责？” 会场里没有人回答。"
                .replace("” ", "” ¦")
                .as_str(),
            "他在文末打了个“？”，没有解释。",
            "数字后面加了（！）以示强调。",
            "《中国能赢得人工智能竞赛吗？》一书出版了。¦销量很好。",
            "他读了《谁动了我的奶酪？》。¦然后睡了。",
            "你好!¦我是代表。",
            "结束了吗?¦没有.¦还要继续.",
            "太好了！”¦“是的！”",
            "“去哪里？”¦“去能源部。”",
            "这怎么可能？——因为芯片。".replace("？——", "？¦——").as_str(),
            "啊！，他叫了一声。",
        ],
    );
}

#[test]
fn chinese_ellipses_and_brackets() {
    check(
        Lang::Zh,
        &[
            "计划开始了……吗？¦是的。",
            "他说到这里……停住了。",
            "“我不知道……”他说。",
            "“我不知道……”¦“那就算了。”",
            "等等……¦".trim_end_matches('¦'),
            "算力、数据、算法……。¦这些都需要投资。",
            "真的……？¦没错。",
            "特朗普（共和党人。2025年就任）签署了命令。¦命令立即生效。",
            "会议（鼓掌！）继续进行。",
            "（一）加强领导。¦（二）落实责任。",
            "要求：\n¦（一）加强领导；\n¦（二）落实责任。",
            "标题一\n\n¦正文第一句。¦正文第二句。",
            "硬换行的文本在这\n里继续。¦下一句。",
            "1. 总则¦".trim_end_matches('¦'),
            "1.总则。¦2.分则。",
            "一.总体要求。¦二.重点任务。",
            "1、加强监管。¦2、扩大投资。",
        ],
    );
}

#[test]
fn english_inside_chinese() {
    check(
        Lang::Zh,
        &[
            "报告指出：“The plan failed. It cost too much.”¦随后讨论。"
                .replace("failed. It", "failed. ¦It")
                .as_str(),
            "访问www.energy.gov.cn了解详情。¦谢谢。",
            "请发邮件至a.b@mofa.gov.cn。¦我们会回复。",
            "J. K. 罗琳发表了讲话。¦观众鼓掌。",
            "美国(U.S.)宣布制裁。¦中方反对。",
            "DeepSeek Inc.是一家公司。¦它在杭州。",
            "我们使用AI.它很快.".replace("AI.它", "AI.¦它").as_str(),
            "人工智能.com是一个域名。",
        ],
    );
}

#[test]
fn english_plain() {
    check(
        Lang::En,
        &[
            "The plan failed. ¦It cost too much.",
            "It rose 3.5 percent. ¦Exports fell 2.1 percent.",
            "Did it work? ¦Yes! ¦It did.",
            "What?! ¦He left.",
            "“He left.” ¦She stayed.",
            "\"He left.\" ¦She stayed.",
            "He said \"no.\" ¦\"Why?\" ¦They left.",
            "“Stop!” she cried. ¦Nobody moved.",
            "“Why now?” President Biden asked. ¦Nobody knew.",
            "(See annex.) ¦The next section is longer.",
            "The order (see Sec. 5. It applies) is valid. ¦It stands.",
            "See https://www.whitehouse.gov/ai.html?x=1. ¦Then decide.",
            "Write to j.doe@state.gov. ¦We answer.",
            "Version 3.1.2 is out. ¦It is fast.",
            "We waited... ¦Then they came.",
            "Well... I think so.",
            "It was … different. ¦We agreed.",
            "The end of 2025. ¦The start of 2026.",
            "In total there were 12. ¦24 of them left.",
            "The mission began. ¦美国能源部 started it.",
            "It ended.[12] ¦The next began.",
            "It ended.¹ ¦The next began.",
            "They met; nothing happened: no deal.",
            "First line\nof a wrapped sentence. ¦Second\nsentence.",
            "Heading\n\n¦Body text here. ¦More.",
            "He used node.js and iOS. ¦It worked.",
            "Is it? no, it is not.",
            "Yahoo! is a company. ¦So is Google.",
        ],
    );
}

#[test]
fn english_abbreviations() {
    check(
        Lang::En,
        &[
            "The U.S. Department of Energy acted. ¦It was right.",
            "They left the U.S. ¦The others stayed.",
            "He lives in the U.K. ¦In Britain, rents rose.",
            "U.S.-China relations and U.S. policy changed.",
            "Dr. Smith met Mr. Wang, Mrs. Li and Ms. Zhao. ¦They spoke.",
            "Prof. Chen and Gen. Li met Sen. Rubio and Rep. Moolenaar.",
            "Order No. 14110 was revoked. ¦No. 2 remains.",
            "I said no. ¦He agreed.",
            "See Fig. 3 and Sec. 4. ¦The rest is in Art. 5.",
            "Apple Inc. and Huawei Technologies Co., Ltd. signed.",
            "He joined Apple Inc. ¦The company grew.",
            "Chips, models, etc. ¦The list goes on.",
            "Use tools, e.g. Python, i.e. a language.",
            "It starts at 9 a.m. on Monday. ¦It ends at 5 p.m. ¦They go home.",
            "On Nov. 24, 2025, it began. ¦On Dec. 1 it ended.",
            "It takes effect on Nov. 24. ¦Nobody knows.",
            "It takes effect on Nov. 24.",
            "It ended in Dec. ¦The next began in Jan.",
            "J. K. Rowling and George W. Bush met.",
            "Roe v. Wade was overruled. ¦It was old.",
            "Smith et al. found it. ¦Others, vs. Smith, did not.",
            "She holds a Ph.D. in physics. ¦She won.",
            "She holds a Ph.D. ¦The lab is hers.",
            "Approx. 5 million people left. ¦Some stayed in St. Louis.",
            "42 U.S.C. 1395 and Pub. L. 117-167 apply. ¦They are laws.",
            "Section 1. Purpose. ¦The policy is clear.",
            "Sec. 2. Policy. ¦It is clear.",
            "1. Introduction",
            "1. The first item. ¦2. The second item.",
            "a. The first. ¦b. The second.",
            "IV. Findings. ¦V. Conclusions.",
            "They are listed in annex V. ¦4. In accordance with the decision, it met.",
            "The results are as follows: 14. The total was 5. ¦It rose.",
            "\"It passed. ¦It was approved.\" ¦125. The Board met.",
            "The sun. ¦John saw it.",
            "Items:\n¦- the first;\n¦- the second.",
            "Items:\n¦(a) the first;\n¦(b) the second.",
            "Lt. Gov. Green spoke at 10 a.m. EST to the crowd.",
        ],
    );
}

#[test]
fn odd_texts() {
    for text in [
        "", " ", "\n\n\n", "。", "...", "！？", "”", ". . .", "\u{3000}", "\u{200B}",
    ] {
        for lang in [Lang::Zh, Lang::En] {
            assert!(
                sentences(text, lang).len() <= 1 || text == ". . .",
                "{text:?}"
            );
        }
    }
}

#[test]
fn long_texts_take_linear_time() {
    // a quadratic scan of two hundred thousand brackets or quotes would not end
    for part in ["（", "\"", "a.", "“好。”", "[", "*a*. "] {
        let text = part.repeat(20_000);
        sentences(&text, Lang::Zh);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_white_space_lies_between(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "能源部", "启动", "。", "”", "“", "？", "！", "……", " ", "\n", "\n\n", "A", "b", "U.S.", "3.5", ".",
                "1.", "(", ")", "（", "）", "《", "》", "\"", "'", "；", "\u{3000}", "*", "`", "<b>", "</b>", "[1]", "\u{200B}",
                "他说", "。。。", "etc.", "①", "𠮷",
            ]),
            0..40,
        )
    ) {
        let text = parts.concat();
        for lang in [Lang::Zh, Lang::En] {
            let mut at = 0;
            for span in sentences(&text, lang) {
                let range = span.range();
                prop_assert!(Span::new(at, range.start).of(&text).trim().is_empty());
                prop_assert!(at <= range.start && !span.is_empty());
                prop_assert_eq!(span.of(&text).trim(), span.of(&text));
                at = range.end;
            }
            prop_assert!(Span::new(at, text.len()).of(&text).trim().is_empty());
        }
    }

    #[test]
    fn any_text_is_covered(text in "\\PC*") {
        let kept: String = sentences(&text, Lang::Zh).iter().flat_map(|s| s.of(&text).chars()).collect();
        let strip = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(strip(&kept), strip(&text));
    }
}
