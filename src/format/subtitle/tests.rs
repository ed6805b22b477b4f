use std::path::Path;

use crate::format;
use crate::lang::Lang;
use crate::model::document::Document;

fn document(name: &str, text: &str, from: Lang) -> Document {
    let parsed = format::parse(Path::new(name), text.into(), Some(from));
    parsed.unwrap().value
}

fn sources(name: &str, text: &str) -> Vec<String> {
    let units = document(name, text, Lang::En).units;
    units.into_iter().map(|unit| unit.source).collect()
}

/// The cues of a file with these texts.
fn cues(texts: &[&str]) -> String {
    let cue = |(number, text): (usize, &&str)| {
        format!("{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{text}\n\n")
    };
    (1..).zip(texts).map(cue).collect()
}

fn filled(name: &str, text: &str, from: Lang, targets: &[&str]) -> String {
    let mut document = document(name, text, from);
    assert_eq!(document.units.len(), targets.len(), "{:?}", document.units);
    for (unit, target) in document.units.iter_mut().zip(targets) {
        unit.target = (*target).to_owned();
    }
    String::from_utf8(format::fill(&document, from.other().into())).unwrap()
}

#[test]
fn a_cue_is_a_paragraph_and_its_lines_are_joined() {
    let text = cues(&[
        "The order takes\neffect on Nov. 24.",
        "<i>Nobody knows. Or do they?</i>",
        "{\\an8}Above the <b>rest</b>",
        "42",
    ]);
    assert_eq!(
        sources("a.srt", &text),
        [
            "The order takes effect on Nov. 24.",
            "Nobody knows.",
            "Or do they?",
            "Above the <b>rest</b>",
        ]
    );
}

#[test]
fn lines_of_two_speakers_or_languages_stand_each_for_itself() {
    let text = cues(&[
        "{\\an8}- Where is it?\n-Over there,\nby the door.",
        "能源部启动\n创世计划\nThe Department of Energy\nlaunches it",
        "He waited\n— and left.",
        "-5 degrees\ntoday",
    ]);
    assert_eq!(
        sources("a.srt", &text),
        [
            "Where is it?",
            "Over there, by the door.",
            "能源部启动创世计划",
            "The Department of Energy launches it",
            "He waited — and left.",
            "-5 degrees today",
        ]
    );
}

#[test]
fn what_several_people_say_or_sing_stays_on_lines_of_its_own() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>你好。</v>\n<v Bob>再见，\n安。</v>\n";
    assert_eq!(
        filled("a.vtt", text, Lang::Zh, &["Hello.", "Bye, Ann."]),
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello.</v>\n<v Bob>Bye, Ann.</v>\n"
    );
    let text = cues(&[
        "安：你好。\n鲍勃：再见，\n安。",
        "[张三] 走吧\n[李四] 好",
        "<i>♪ 一</i>\n<i>♪ 二</i>",
        "他只说了\n一句话：走",
        "王五:我说，\n一句话（三）",
    ]);
    let targets = [
        "Ann: Hello.",
        "Bob: Bye, Ann.",
        "[Zhang] Come",
        "[Li] Fine",
        "♪ one",
        "♪ two",
        "He said one thing: go",
        "Wang: three",
    ];
    assert_eq!(
        filled("a.srt", &text, Lang::Zh, &targets),
        cues(&[
            "Ann: Hello.\nBob: Bye, Ann.",
            "[Zhang] Come\n[Li] Fine",
            "<i>♪ one</i>\n<i>♪ two</i>",
            "He said one thing: go",
            "Wang: three",
        ])
    );
}

#[test]
fn only_the_cues_of_a_webvtt_file_are_text() {
    let text = "WEBVTT - Title\nKind: captions\n\nNOTE a remark\nover lines\n\nSTYLE\n::cue { color: red }\n\n\
        intro\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hello <c.loud>there</c>\n\n\
        00:02.000 --> 00:03.000\n&nbsp;\n\nREGION\nid:x\n\n00:03.000 --> 00:04.000\nFish &amp; chips\n";
    assert_eq!(
        sources("a.vtt", text),
        ["Hello <c.loud>there</c>", "Fish & chips"]
    );
}

#[test]
fn broken_files_are_read_as_far_as_they_can_be() {
    // No blank line, no number, a time that is none, text behind a blank line.
    let text = "junk before\n\n1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:03,000 --> 00:00:0x\nTwo.\n\nStill two.\n\n00:00:05,000 --> 00:00:06,000\nThree.";
    let parsed = format::parse(Path::new("a.srt"), text.into(), Some(Lang::En)).unwrap();
    let found: Vec<_> = parsed.value.units.iter().map(|u| &*u.source).collect();
    assert_eq!(found, ["One.", "Two.", "Still two.", "Three."]);
    let told: Vec<_> = parsed.findings.iter().map(|f| f.place.line).collect();
    assert_eq!(told, [1, 7]);
    let vtt = "00:01.000 --> 00:02.000\nA\n\nlost\n\n00:03.000 --> 00:04.000\nB\n";
    let parsed = format::parse(Path::new("a.vtt"), vtt.into(), Some(Lang::En)).unwrap();
    assert_eq!(parsed.value.units.len(), 2);
    assert_eq!(parsed.findings.len(), 2, "{:?}", parsed.findings);
    for text in ["", "\n\n", "1\n", "-->", "1\n00:00:01,000 --> 00:00:02,000"] {
        assert!(document("a.srt", text, Lang::En).units.is_empty());
    }
}

#[test]
fn a_translation_is_broken_where_it_is_too_long() {
    let one = |text: &str, from, target| filled("a.srt", &cues(&[text]), from, &[target]);
    assert_eq!(
        one(
            "能源部启动\n创世计划",
            Lang::Zh,
            "The Department of Energy launches the Genesis Mission"
        ),
        cues(&["The Department of Energy\nlaunches the Genesis Mission"])
    );
    assert_eq!(
        one("能源部\n启动", Lang::Zh, "It starts today"),
        cues(&["It starts today"])
    );
    assert_eq!(
        one("能源部启动创世计划", Lang::Zh, "It starts\n\ntoday"),
        cues(&["It starts\ntoday"])
    );
    assert_eq!(
        one(
            "It is said that it will take ten years",
            Lang::En,
            "能源部周一表示，将在十年内完成全部建设任务"
        ),
        cues(&["能源部周一表示，\n将在十年内完成全部建设任务"])
    );
}

#[test]
fn a_translation_makes_no_other_cue() {
    let text = cues(&["甲。"]).replace('\n', "\r\n");
    let hostile = "A\n\n2\n00:00:01,000 --> 00:00:02,000\nB";
    let srt = filled("a.srt", &text, Lang::Zh, &[hostile]);
    assert_eq!(document("a.srt", &srt, Lang::En).holes.len(), 1, "{srt}");
    assert!(srt.contains("A\r\n2\r\n00:00:01,000 → 00:00:02,000\r\nB\r\n\r\n"));
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>甲</i>乙 <x>丙</x>\n";
    let vtt = filled(
        "a.vtt",
        text,
        Lang::Zh,
        &["R&D &lt; <i>A</i> <y>--> <x>B</x>"],
    );
    assert!(
        vtt.ends_with("\nR&amp;D &lt; <i>A</i> &lt;y&gt;--&gt; <x>B</x>\n"),
        "{vtt}"
    );
}
