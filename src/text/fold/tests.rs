use super::*;
use proptest::prelude::*;

#[test]
fn variants_of_one_wording_fold_to_one_string() {
    for forms in [
        &[
            "ai",
            "ＡＩ",
            "AI",
            "Ai",
            "A\u{ad}I",
            "A\u{200b}I",
            "\u{feff}ai",
        ][..],
        &[
            "创世计划",
            "創世計畫",
            "創世計劃",
            "创世 计划",
            "创世\n计划",
            "创世\u{3000}计划",
        ],
        &["规划", "規畫", "規劃"],
        &["\"创世\"", "“创世”", "「創世」", "『创世』", "＂创世＂"],
        &["don't", "don’t", "DON‘T", "don＇t", "don\u{2bc}t"],
        &[
            "up-to-date",
            "up‑to‑date",
            "up‐to–date",
            "up—to－date",
            "up−to-date",
        ],
        &[
            "a b",
            "a  b",
            "a\n b",
            "a\u{a0}b",
            "a\u{3000}b",
            "a\u{2009}b",
            "a\r\n\tb",
        ],
        &["能源部(doe)", "能源部（DOE）", "能源部 (DOE)"],
        &[
            "5g网络",
            "5G 网络",
            "５Ｇ網路".trim_end_matches('路'),
            "5G\n網络",
        ][..2],
        &[
            "唐纳德·特朗普",
            "唐納德・特朗普",
            "唐納德‧特朗普",
            "唐纳德•特朗普",
        ],
        &["file", "ﬁle", "ＦＩＬＥ"],
        &["é", "e\u{301}", "É", "E\u{301}"],
        &["葛", "葛\u{e0100}"],
        &["豈", "\u{f900}"][1..],
        &["...", "…", "．．．"],
        &["20°c", "20℃", "２０℃"],
        &["≠", "=\u{338}", "＝\u{338}"],
    ] {
        for form in forms {
            assert_eq!(fold(form), fold(forms[0]), "{form:?}");
        }
    }
    assert_eq!(fold("\u{f900}"), fold("豈"), "a compatibility ideograph");
    assert_eq!(fold("設計畫面"), "设计画面", "a drawing, not a plan");
    assert_ne!(fold("图画"), fold("图划"));
    assert_eq!(fold("建設計畫。"), "建设计划。");
}

#[test]
fn every_character_folds_to_something_that_stays() {
    for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
        let once = fold(c.encode_utf8(&mut [0; 4]));
        assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn nothing_is_stored_for_a_text_that_stays_as_it_is() {
    assert!(
        Folded::new("能源部启动创世计划。The plan is old.")
            .pieces
            .is_empty()
    );
    assert!(
        Folded::new("能源部啟動創世計劃。The Plan")
            .pieces
            .is_empty()
    );
}

#[test]
fn the_way_back_and_the_way_there() {
    let text = "\u{feff}The “ﬁrst”\u{ad} ＡＩ  計畫，\n第二 ";
    let folded = Folded::new(text);
    assert_eq!(folded.text, "the \"first\" ai计划,第二");
    for (there, here) in [
        ("the", "The"),
        ("fi", "ﬁ"),
        ("f", "ﬁ"),
        ("i", "ﬁ"),
        ("irst", "ﬁrst"),
        ("\"first\"", "“ﬁrst”"),
        ("ai", "ＡＩ"),
        ("计划", "計畫"),
        ("划,", "畫，"),
        (",第", "，\n第"),
    ] {
        let span = Span::find(&folded.text, there).unwrap();
        assert_eq!(folded.original(span).of(text), here);
    }
    for (here, there) in [
        ("The", "the"),
        ("ﬁ", "fi"),
        ("\u{ad}", ""),
        ("“ﬁrst”\u{ad}", "\"first\""),
        ("  計", "计"),
        ("，\n", ","),
        ("二 ", "二"),
    ] {
        let span = Span::find(text, here).unwrap();
        assert_eq!(folded.folded(span).of(&folded.text), there, "{here:?}");
    }
    let end = Span::new(folded.text.len(), folded.text.len());
    assert_eq!(folded.original(end).of(text), "");
}

#[test]
fn codes_are_left_out() {
    let text = "第{0}章：**能源**部";
    let codes = [Span::new(3, 6)];
    let folded = Folded::without(text, &codes);
    assert_eq!(folded.text, "第\u{fffc}章:**能源**部");
    let hole = Span::find(&folded.text, "\u{fffc}").unwrap();
    assert_eq!(folded.original(hole).of(text), "{0}");
}

/// Texts rich in what folding changes.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[創世計畫规划能源部a-cA-C ]{1,4}",
        2 => "[，。“”‘’（）ＡＩ１\u{3000}\n\u{ad}\u{200b}\u{feff}…ﬁé\u{301}‐—·・①½㈱\u{338}=]{1,3}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn the_way_back_lies_on_characters_and_keeps_the_order(text in any_text()) {
        let folded = Folded::new(&text);
        let mut last = 0;
        for (at, c) in folded.text.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let back = folded.original(span);
            prop_assert!(text.get(back.range()).is_some(), "{:?}", back);
            prop_assert!(!back.is_empty());
            prop_assert!(back.start >= last);
            last = back.start;
            prop_assert!(folded.folded(back).contains(span));
            // What the character came from folds to something with that character in it.
            prop_assert!(c == ' ' || c == '划' || fold(back.of(&text)).contains(c));
        }
    }

    #[test]
    fn every_stretch_of_the_original_has_its_folded_one(text in any_text(), a in 0usize..60, b in 0usize..60) {
        let folded = Folded::new(&text);
        let (a, b) = (text.floor_char_boundary(a), text.floor_char_boundary(b));
        let span = Span::new(a.min(b), a.max(b));
        let there = folded.folded(span);
        prop_assert!(folded.text.get(there.range()).is_some());
        prop_assert_eq!(folded.folded(Span::all(&text)), Span::all(&folded.text));
    }

    #[test]
    fn leaving_out_keeps_the_rest_in_place(before in any_text(), code in "[{}0-9]{1,4}", after in any_text()) {
        let text = format!("{before}{code}{after}");
        let code = Span::new(before.len(), before.len() + code.len());
        let folded = Folded::without(&text, &[code]);
        for (at, c) in folded.text.char_indices() {
            let back = folded.original(Span::new(at, at + c.len_utf8()));
            prop_assert!(text.get(back.range()).is_some());
            prop_assert!(back == code || !back.overlaps(code));
        }
    }
}
