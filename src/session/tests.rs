//! A session as a whole: editing, saving, opening again.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::work::{merge, save};
use super::*;
use crate::format;

const WHEN: &str = "2025-11-24T08:00:00Z";
const LATER: &str = "2025-11-24T09:00:00Z";

fn document(text: &str) -> Document {
    format::parse(Path::new("a.md"), text.into(), Some(Lang::Zh))
        .unwrap()
        .value
}

/// One paragraph a sentence.
fn lines(sentences: &[&str]) -> Document {
    document(&sentences.join("\n\n"))
}

fn open(sentences: &[&str]) -> Session {
    Session::open(lines(sentences), Locale::En, None)
}

/// The work, through its text and back.
fn through_text(work: &Work) -> Work {
    let parsed = table::parse(Path::new("a.md.zm.tsv"), table::to_text(work).as_bytes());
    let parsed = parsed.unwrap();
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    parsed.value.work
}

fn reopen(session: &Session, sentences: &[&str]) -> Session {
    let work = through_text(&session.work());
    Session::open(lines(sentences), Locale::En, Some(work))
}

fn confirm(session: &mut Session, at: usize, target: &str) -> Outcome {
    session.set_target(at, target);
    session.confirm(at, WHEN).unwrap()
}

fn targets(session: &Session) -> Vec<&str> {
    let units = session.document.units.iter();
    units.map(|unit| unit.target.as_str()).collect()
}

#[test]
fn confirming_tells_the_memory_what_and_where() {
    let mut session = open(&["白宫发布行政令。", "能源部执行。", "国会拨款。"]);
    session.who = "李".into();
    assert_eq!(session.confirm(1, WHEN), None, "nothing to confirm");
    let outcome = confirm(&mut session, 1, "The DOE carries it out.");
    let [entry] = outcome.remember.as_slice() else {
        panic!("{outcome:?}")
    };
    assert_eq!(entry.zh, "能源部执行。");
    assert_eq!(entry.en, "The DOE carries it out.");
    assert_eq!(
        (entry.prev.as_str(), entry.next.as_str()),
        ("白宫发布行政令。", "国会拨款。")
    );
    assert_eq!((entry.who.as_str(), entry.when.as_str()), ("李", WHEN));
    assert_eq!(entry.key(), session.key(1));
    assert!(outcome.forget.is_empty());
    // Confirming again at the same place supersedes by itself: one key, no tombstone.
    let outcome = confirm(&mut session, 1, "DOE carries it out.");
    assert!(outcome.forget.is_empty());
    assert_eq!(outcome.remember.len(), 1);
}

#[test]
fn english_is_translated_too() {
    let text = "The order was issued. It takes effect.\n";
    let document = format::parse(Path::new("a.md"), text.into(), None)
        .unwrap()
        .value;
    let mut session = Session::open(document, Locale::Taiwan, None);
    let outcome = confirm(&mut session, 0, "命令已發布。");
    assert_eq!(outcome.remember[0].zh, "命令已發布。");
    assert_eq!(outcome.remember[0].en, "The order was issued.");
    let work = through_text(&session.work());
    assert_eq!((work.from, work.to), (Lang::En, Locale::Taiwan));
    assert_eq!(work, session.work());
}

#[test]
fn taking_back_and_deleting_make_the_memory_forget() {
    let mut session = open(&["甲句在此。", "乙句在此。"]);
    confirm(&mut session, 0, "A.");
    let key = session.key(0);
    let outcome = session.unconfirm(0);
    assert_eq!(outcome.forget, std::slice::from_ref(&key));
    assert_eq!(session.document.units[0].state, State::Draft);
    assert_eq!(session.unconfirm(0), Outcome::default());
    session.confirm(0, WHEN);
    let outcome = session.clear(0);
    assert_eq!(outcome.forget, std::slice::from_ref(&key));
    assert_eq!(session.document.units[0].state, State::Initial);
    // Undone, it is remembered again.
    let outcome = session.undo(0).unwrap();
    assert_eq!(outcome.remember[0].key(), key);
}

#[test]
fn repetitions_are_filled_and_undone_together() {
    let mut session = open(&["附件 A。", "正文。", "附件 A。", "附件 a。", "附件 A。"]);
    confirm(&mut session, 4, "Annex A (old).");
    let outcome = confirm(&mut session, 0, "Annex A.");
    assert_eq!(outcome.propagated, [2, 3]);
    assert_eq!(outcome.remember.len(), 1, "copies do not go to the memory");
    assert_eq!(
        targets(&session),
        ["Annex A.", "", "Annex A.", "Annex A.", "Annex A (old)."]
    );
    assert_eq!(session.document.units[2].state, State::Translated);
    // Only the same after folding: a person must look.
    assert_eq!(session.document.units[3].state, State::Draft);
    assert!(session.facts[2].propagated && session.facts[3].propagated);
    assert_eq!(session.next_open(0), Some(1));
    assert_eq!(session.next_open(1), Some(3));

    // A copy follows its original until somebody confirms it.
    session.confirm(2, LATER);
    assert!(!session.facts[2].propagated);
    let outcome = confirm(&mut session, 0, "Annex A, revised.");
    assert_eq!(outcome.propagated, [3]);

    let before = session.work();
    session.undo(3).unwrap();
    assert_eq!(session.document.units[0].state, State::Draft);
    assert_eq!(session.document.units[3].target, "Annex A.");
    session.redo(3).unwrap();
    assert_eq!(session.work(), before);
}

#[test]
fn opening_fills_the_repetitions_of_what_is_confirmed() {
    let text = "# 创世计划\n\n创世计划\n\n能源部 DOE\n\n能源部 doe\n\n白宫\n\n白宫\n";
    let (_folder, path) = on_disk(text);
    let handed = "# from: zh\nzh\ten\tstate\n创世计划\tThe Genesis Mission\ttranslated\n\
        能源部 DOE\tDOE\treviewed\n白宫\tdraft only\tdraft\n";
    fs::write(work::start(&path), handed).unwrap();
    let mut session = work::open(&path, None, None).unwrap().value;
    let filled = [
        "The Genesis Mission",
        "The Genesis Mission",
        "DOE",
        "DOE",
        "",
        "draft only",
    ];
    assert_eq!(targets(&session), filled);
    assert_eq!(session.filled, [1, 3]);
    let states = [1, 3].map(|at| {
        (
            session.document.units[at].state,
            session.facts[at].propagated,
        )
    });
    assert_eq!(states, [(State::Translated, true), (State::Draft, true)]);
    // Opening and leaving writes nothing.
    assert!(!session.dirty() && session.job().is_none());
    session.set_target(4, "The White House");
    store(&mut session);
    let again = work::open(&path, None, None).unwrap().value;
    assert_eq!(again.work(), session.work());
    assert!(again.filled.is_empty() && !again.dirty());
    // What another one wrote meanwhile stands over the copy.
    fs::remove_file(work::path(&path)).unwrap();
    let mut one = work::open(&path, None, None).unwrap().value;
    let mut two = work::open(&path, None, None).unwrap().value;
    two.set_target(1, "Genesis, in short");
    store(&mut two);
    one.set_note(0, "问");
    store(&mut one);
    assert_eq!(targets(&one)[1], "Genesis, in short");
}

#[test]
fn undo_goes_back_unit_by_unit() {
    let mut session = open(&["甲句在此。", "乙句在此。"]);
    session.set_target(0, "A");
    session.set_target(0, "A.");
    session.set_target(1, "B.");
    session.history.pause();
    session.set_target(1, "B, again.");
    session.set_note(0, "问客户");
    assert_eq!(session.undo(1).unwrap().changed, [1]);
    assert_eq!(targets(&session), ["A.", "B."]);
    session.undo(0);
    assert_eq!(session.document.units[0].note, "");
    session.undo(0);
    assert_eq!(targets(&session), ["", "B."], "typing is one step");
    assert!(!session.history.can_undo(0) && session.history.can_redo(0));
    session.redo(0);
    assert_eq!(targets(&session), ["A.", "B."]);
    session.set_target(0, "A!");
    assert!(
        !session.history.can_redo(0),
        "a new edit ends what could be redone"
    );
}

#[test]
fn undoing_a_second_confirmation_gives_the_first_one_back_to_the_memory() {
    let mut session = open(&["甲句在此。"]);
    confirm(&mut session, 0, "First.");
    confirm(&mut session, 0, "Second.");
    let outcome = session.undo(0).unwrap();
    assert_eq!(outcome.remember[0].en, "First.");
    assert!(outcome.forget.is_empty());
    assert_eq!(session.undo(0).unwrap().remember, []);
    assert_eq!(targets(&session), ["First."]);
    assert_eq!(session.document.units[0].state, State::Translated);
}

#[test]
fn units_that_need_work_are_found_round_the_document() {
    let mut session = open(&["甲句在此。", "乙句在此。", "丙句在此。"]);
    assert_eq!(session.current, 0);
    confirm(&mut session, 0, "A.");
    session.set_target(1, "B.");
    assert_eq!(session.next_open(0), Some(1));
    assert_eq!(session.next_open(1), Some(2));
    assert_eq!(session.previous_open(1), Some(2), "round the beginning");
    confirm(&mut session, 1, "B.");
    confirm(&mut session, 2, "C.");
    assert_eq!(session.next_open(2), None);
    session.set_findings(0, 2);
    assert_eq!(session.next_open(2), Some(0));
    assert_eq!(session.filtered(Filter::WithFindings), [0]);
    session.set_note(2, "?");
    assert_eq!(session.filtered(Filter::WithNotes), [2]);
    assert_eq!(session.filtered(Filter::Confirmed), [0, 1, 2]);
    let progress = session.progress();
    assert_eq!((progress.confirmed, progress.percent()), (3, 100));
    assert_eq!(session.used().count(), 3);
}

#[test]
fn an_empty_document_is_a_document() {
    let mut session = Session::open(document(""), Locale::En, None);
    assert!(session.is_empty() && session.next_open(0).is_none());
    assert_eq!(session.set_target(0, "x"), Outcome::default());
    assert_eq!(session.confirm(0, WHEN), None);
    assert_eq!(session.undo(0), None);
    session.go(7);
    assert_eq!((session.current, session.progress().percent()), (0, 100));
    assert_eq!(through_text(&session.work()), session.work());
}

#[test]
fn translations_follow_their_sentences_through_an_edited_source() {
    let old = [
        "白宫发布行政令。",
        "能源部执行。",
        "首期投入五百亿美元。",
        "附件。",
        "国会拨款。",
        "附件。",
        "此句将被删去，再也没有。",
    ];
    let mut session = open(&old);
    for (at, target) in [
        "Order.",
        "DOE.",
        "Fifty.",
        "Annex 1.",
        "Congress.",
        "Annex 2.",
        "Gone.",
    ]
    .iter()
    .enumerate()
    {
        session.set_target(at, target);
        session.facts[at].propagated = false;
        session.confirm(at, WHEN);
        session.history.pause();
    }
    assert_eq!(targets(&session)[3], "Annex 1.");
    let new = [
        "新的第一句完全不同。",
        "能源部执行。",
        "首期投入六百亿美元。",
        "附件。",
        "国会拨款。",
        "附件。",
        "白宫发布行政令。",
    ];
    let again = reopen(&session, &new);
    assert_eq!(
        targets(&again),
        [
            "",
            "DOE.",
            "Fifty.",
            "Annex 1.",
            "Congress.",
            "Annex 2.",
            "Order."
        ]
    );
    let changed = again.filtered(Filter::Changed);
    assert_eq!(changed, [2]);
    assert_eq!(again.facts[2].was, "首期投入五百亿美元。");
    assert_eq!(again.document.units[2].state, State::Draft);
    assert_eq!(again.document.units[6].state, State::Translated);
    let [orphan] = again.orphans.as_slice() else {
        panic!("{:?}", again.orphans)
    };
    assert_eq!(orphan.target, "Gone.");
    assert!(again.dirty(), "the new places are to be saved");
    // What was fitted once fits for good.
    assert_eq!(reopen(&again, &new).work(), again.work());
    // And the sentence that was deleted comes back with its translation.
    let back = reopen(&again, &old);
    assert_eq!(targets(&back)[6], "Gone.");
    assert_eq!(targets(&back)[2], "Fifty.");
    assert!(
        back.facts[2].was.is_empty(),
        "back to the source it was made for"
    );
    assert!(back.orphans.is_empty());
}

#[test]
fn confirming_between_new_neighbors_supersedes_the_old_place() {
    let mut session = open(&["甲句在此。", "乙句在此。", "丙句在此。"]);
    confirm(&mut session, 1, "B.");
    let old = session.key(1);
    let mut again = reopen(&session, &["全新一句。", "乙句在此。", "丙句在此。"]);
    assert_eq!(again.document.units[1].state, State::Translated);
    let outcome = again.confirm(1, LATER).unwrap();
    assert_eq!(outcome.forget, [old]);
    assert_eq!(outcome.remember[0].prev, "全新一句。");
    // An edited sentence is another one: the old pair stays in the memory.
    let mut again = reopen(&session, &["甲句在此。", "乙句也在此。", "丙句在此。"]);
    assert_eq!(again.facts[1].was, "乙句在此。");
    let outcome = again.confirm(1, LATER).unwrap();
    assert!(outcome.forget.is_empty());
    assert_eq!(outcome.remember[0].zh, "乙句也在此。");
    assert!(again.facts[1].was.is_empty());
}

#[test]
fn a_work_file_is_a_readable_bilingual_table() {
    let mut session = open(&["# 标题", "甲句，\\含反斜杠。"]);
    session.set_target(0, "Two\nlines\tand a tab");
    confirm(&mut session, 1, "A.");
    let text = table::to_text(&session.work());
    let mut lines = text.lines().skip(1);
    assert_eq!(lines.next(), Some("# document: a.md"));
    assert_eq!(lines.next(), Some("# from: zh"));
    assert_eq!(lines.next(), Some("# to: en"));
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("zh\ten\tstate\twhen\twho\tnote")
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("标题\tTwo\\nlines\\tand a tab\tdraft\t")
    );
    assert_eq!(through_text(&session.work()), session.work());
}

#[test]
fn a_damaged_work_file_says_so_and_keeps_what_it_can() {
    let text = "# zm\nzh\ten\tstate\n甲句在此。\tA.\tdnoe\n\tragged\n\n乙句在此。\n";
    let parsed = table::parse(Path::new("a.md.zm.tsv"), text.as_bytes()).unwrap();
    let told: Vec<_> = parsed
        .findings
        .iter()
        .map(|f| (f.rule, f.place.line))
        .collect();
    assert_eq!(
        told,
        [
            ("work-direction", 1),
            ("work-row", 3),
            ("work-row", 4),
            ("work-row", 6)
        ]
    );
    assert_eq!(parsed.value.work.rows[0].state, State::Draft);
    assert_eq!(parsed.value.work.rows[0].target, "A.");
}

/// A document in a folder of its own.
fn on_disk(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报告.zh.md");
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn store(session: &mut Session) -> Vec<usize> {
    let job = session.job().expect("something to save");
    let now = job.run().unwrap();
    session.saved(&job, now)
}

#[test]
fn work_goes_on_after_what_was_confirmed_last() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。丙句在此。丁句在此。\n");
    let mut session = work::open(&path, None, None).unwrap().value;
    session.set_target(3, "D");
    confirm(&mut session, 1, "B.");
    assert!(store(&mut session).is_empty());
    let again = work::open(&path, None, None).unwrap().value;
    assert_eq!(again.current, 2, "and not back at what was left out");
}

#[test]
fn work_is_saved_beside_the_document_and_found_again() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。\n");
    let mut session = work::open(&path, None, None).unwrap().value;
    assert!(!session.dirty() && session.job().is_none());
    confirm(&mut session, 0, "A.");
    assert!(store(&mut session).is_empty());
    assert!(!session.dirty());
    let again = work::open(&path, None, None).unwrap().value;
    assert_eq!(again.work(), session.work());
    assert_eq!(again.current, 1, "where work goes on");
    assert!(!again.dirty());
    // The other direction would overwrite it.
    let error = work::open(&path, None, Some(Locale::Hans)).unwrap_err();
    assert!(error.to_string().contains("from zh to en"), "{error}");
    // An empty file is what a lock leaves.
    fs::write(work::path(&path), "").unwrap();
    assert!(work::read(&path).unwrap().is_none());
}

#[test]
fn what_is_no_work_file_is_moved_aside_and_never_written_over() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。\n");
    let file = work::path(&path);
    let noise: Vec<u8> = (0..4000u32)
        .map(|n| (n * n * 7 + n / 3 + 128) as u8 | 1)
        .collect();
    let bad: [&[u8]; 4] = [
        &noise,
        b"zh\ten\tstate\n\0\0\0",
        "只有一句话\n".as_bytes(),
        b"{\"json\": true}",
    ];
    for (number, bytes) in (1..).zip(bad) {
        fs::write(&file, bytes).unwrap();
        let opened = work::open(&path, None, None).unwrap();
        let moved = PathBuf::from(format!("{}.bad-{number}", file.display()));
        assert_eq!(fs::read(&moved).unwrap(), bytes);
        assert!(!file.exists() && !opened.value.dirty());
        let said = &opened.findings[0];
        assert_eq!(said.severity, crate::finding::Severity::Error);
        assert!(said.message.contains(&moved.display().to_string()));
        // It is said again until there is new work.
        let again = work::open(&path, None, None).unwrap();
        assert_eq!(again.findings.len(), 1);
        // Also where it comes while the document is open.
        let mut session = again.value;
        confirm(&mut session, 0, "A.");
        store(&mut session);
        assert!(work::open(&path, None, None).unwrap().findings.is_empty());
    }
    let mut session = work::open(&path, None, None).unwrap().value;
    fs::write(&file, "no table").unwrap();
    confirm(&mut session, 1, "B.");
    store(&mut session);
    let moved = PathBuf::from(format!("{}.bad-5", file.display()));
    assert_eq!(fs::read(moved).unwrap(), b"no table");
}

#[test]
fn a_work_file_in_another_encoding_is_read_and_that_is_said() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。\n");
    let text = "# from: zh\nzh\ten\tstate\n甲句在此。\tA.\tdraft\n乙句在此。\tB “quoted”.\tdraft\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    for bytes in [wide, gbk] {
        fs::write(work::path(&path), &bytes).unwrap();
        let opened = work::open(&path, None, None).unwrap();
        assert_eq!(targets(&opened.value), ["A.", "B “quoted”."]);
        assert!(opened.findings[0].message.contains("a guess"));
    }
    // A byte that is nothing: the file as it was stays beside, once.
    let bytes = [text.as_bytes(), b"\xFF\tlost\n"].concat();
    fs::write(work::path(&path), &bytes).unwrap();
    for _ in 0..2 {
        work::open(&path, None, None).unwrap();
    }
    let bad = |n| PathBuf::from(format!("{}.bad-{n}", work::path(&path).display()));
    assert_eq!(fs::read(bad(1)).unwrap(), bytes);
    assert!(!bad(2).exists());
}

#[test]
fn a_comment_added_by_hand_survives_a_save() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。\n");
    let text = "# from: zh\n# 请先看第二句\nzh\ten\tstate\n甲句在此。\tA.\tdraft\n";
    fs::write(work::path(&path), text).unwrap();
    let mut session = work::open(&path, None, None).unwrap().value;
    confirm(&mut session, 1, "B.");
    store(&mut session);
    let text = fs::read_to_string(work::path(&path)).unwrap();
    assert_eq!(text.matches("# 请先看第二句\n").count(), 1);
    assert_eq!(text.matches("# from:").count(), 1);
}

#[test]
fn two_programs_on_one_document_lose_nothing() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。丙句在此。丁句在此。\n");
    let mut one = work::open(&path, None, None).unwrap().value;
    let mut two = work::open(&path, None, None).unwrap().value;
    confirm(&mut one, 0, "A by one.");
    one.set_target(2, "C draft by one.");
    confirm(&mut one, 3, "D by one.");
    store(&mut one);
    confirm(&mut two, 1, "B by two.");
    confirm(&mut two, 2, "C by two.");
    two.set_target(3, "D by two.");
    two.confirm(3, LATER);
    let mut changed = store(&mut two);
    changed.sort_unstable();
    assert_eq!(changed, [0]);
    let all = ["A by one.", "B by two.", "C by two.", "D by two."];
    assert_eq!(targets(&two), all);
    let [lost] = two.orphans.as_slice() else {
        panic!("{:?}", two.orphans)
    };
    assert_eq!(
        lost.target, "D by one.",
        "the older of two confirmed ones is kept aside"
    );
    // The first one learns of it when it saves next.
    one.set_note(0, "问");
    store(&mut one);
    assert_eq!(targets(&one), all);
    assert_eq!(one.work(), work::read(&path).unwrap().unwrap().value);
}

#[test]
fn what_is_typed_while_a_save_runs_stays() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。\n");
    let mut one = work::open(&path, None, None).unwrap().value;
    let mut two = work::open(&path, None, None).unwrap().value;
    confirm(&mut two, 0, "A by two.");
    store(&mut two);
    one.set_target(1, "B.");
    let job = one.job().unwrap();
    one.set_target(0, "A, typed meanwhile.");
    let now = job.run().unwrap();
    assert!(one.saved(&job, now).is_empty());
    assert!(one.dirty());
    store(&mut one);
    assert_eq!(targets(&one), ["A, typed meanwhile.", "B."]);
    assert_eq!(one.orphans[0].target, "A by two.", "confirmed, so kept");
}

#[test]
fn a_broken_base_merges_as_if_there_were_none() {
    let mut ours = open(&["甲句在此。", "乙句在此。"]);
    let mut theirs = open(&["甲句在此。", "乙句在此。"]);
    confirm(&mut ours, 0, "A.");
    confirm(&mut theirs, 1, "B.");
    let merged = merge(&Work::default(), &ours.work(), &theirs.work());
    let targets: Vec<_> = merged.rows.iter().map(|row| row.target.as_str()).collect();
    assert_eq!(targets, ["A.", "B."]);
    assert!(merged.orphans.is_empty());
    assert!(save(Path::new("no/such/a.md"), &merged, None).is_err());
}

/// One thing a translator may do.
#[derive(Debug, Clone)]
enum Act {
    Type(usize, String),
    Confirm(usize),
    Unconfirm(usize),
    Clear(usize),
    Note(usize, String),
    Undo(usize),
    Redo(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let text = prop::sample::select(vec![
        "A.",
        "Annex.",
        "a\tb",
        "line\nline",
        "# x",
        "\\n",
        "",
        " ",
        "\u{FEFF}",
        "end\r\nend",
        "here",
    ]);
    let at = 0..6usize;
    prop_oneof![
        3 => (at.clone(), text.clone()).prop_map(|(at, text)| Act::Type(at, text.to_owned())),
        3 => at.clone().prop_map(Act::Confirm),
        1 => at.clone().prop_map(Act::Unconfirm),
        1 => at.clone().prop_map(Act::Clear),
        1 => (at.clone(), text).prop_map(|(at, text)| Act::Note(at, text.replace('\r', ""))),
        1 => at.clone().prop_map(Act::Undo),
        1 => at.prop_map(Act::Redo),
    ]
}

/// Plays the acts, and what the memory holds in the end.
fn play(session: &mut Session, acts: &[Act]) -> HashMap<Key, Entry> {
    let mut memory = HashMap::new();
    for act in acts {
        let outcome = match act {
            Act::Type(at, text) => session.set_target(*at, text),
            Act::Confirm(at) => session.confirm(*at, WHEN).unwrap_or_default(),
            Act::Unconfirm(at) => session.unconfirm(*at),
            Act::Clear(at) => session.clear(*at),
            Act::Note(at, text) => session.set_note(*at, text),
            Act::Undo(at) => session.undo(*at).unwrap_or_default(),
            Act::Redo(at) => session.redo(*at).unwrap_or_default(),
        };
        for key in outcome.forget {
            memory.remove(&key);
        }
        memory.extend(
            outcome
                .remember
                .into_iter()
                .map(|entry| (entry.key(), entry)),
        );
    }
    memory
}

fn sentences() -> impl Strategy<Value = Vec<&'static str>> {
    let sentence = prop::sample::select(vec![
        "附件。",
        "附件。",
        "附件。",
        "附件。",
        "附件一。",
        "附件 A。",
        "附件 a。",
        "白宫发布行政令。",
        "白宫周一发布行政令。",
        "能源部执行。",
        "能源部负责执行。",
        "国会拨款五百亿美元。",
    ]);
    prop::collection::vec(sentence, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn opening_what_was_saved_gives_the_same_session(
        text in sentences(),
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut session = open(&text);
        play(&mut session, &acts);
        let again = reopen(&session, &text);
        let (mut then, mut now) = (session.work(), again.work());
        for &at in &again.filled {
            prop_assert!(then.rows[at].target.is_empty() && now.rows[at].facts.propagated);
            then.rows[at] = Row::default();
            now.rows[at] = Row::default();
        }
        prop_assert_eq!(now, then);
        prop_assert!(!again.dirty());
    }

    #[test]
    fn the_memory_holds_what_the_session_says_it_holds(
        text in sentences(),
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut session = open(&text);
        let mut memory = play(&mut session, &acts);
        for facts in &session.facts {
            if let Some(entry) = &facts.remembered {
                prop_assert!(memory.contains_key(&entry.key()));
            }
        }
        for facts in &session.facts {
            if let Some(entry) = &facts.remembered {
                memory.remove(&entry.key());
            }
        }
        prop_assert!(memory.is_empty(), "held by no unit: {:?}", memory);
    }

    #[test]
    fn no_edit_of_the_source_loses_a_translation(
        old in sentences(),
        new in sentences(),
        acts in prop::collection::vec(act(), 0..20),
    ) {
        let mut session = open(&old);
        play(&mut session, &acts);
        let again = reopen(&session, &new);
        let rows = again.work().rows.into_iter().enumerate();
        let rows = rows.filter(|(at, _)| !again.filled.contains(at)).map(|(_, row)| row);
        let mut there: Vec<String> = rows.chain(again.orphans.clone())
            .map(|row| row.target).filter(|target| !target.is_empty()).collect();
        let mut before: Vec<String> = session.work().rows.into_iter()
            .map(|row| row.target).filter(|target| !target.is_empty()).collect();
        there.sort();
        before.sort();
        prop_assert_eq!(there, before);
        // Opened once more on the same text nothing moves any more.
        prop_assert_eq!(reopen(&again, &new).work(), again.work());
    }

    #[test]
    fn merging_keeps_every_confirmed_translation(
        text in sentences(),
        acts in prop::collection::vec(act(), 0..15),
        ours in prop::collection::vec(act(), 0..15),
        theirs in prop::collection::vec(act(), 0..15),
    ) {
        let mut session = open(&text);
        play(&mut session, &acts);
        let base = session.work();
        let (mut one, mut two) = (session.clone(), session);
        play(&mut one, &ours);
        play(&mut two, &theirs);
        let merged = merge(&base, &one.work(), &two.work());
        for (at, row) in two.work().rows.iter().enumerate() {
            let settled = row.state.confirmed() && *row != base.rows[at];
            let kept = merged.rows[at].target == row.target
                || merged.orphans.iter().any(|orphan| orphan.target == row.target);
            prop_assert!(!settled || kept);
        }
        // A side that did nothing gets what the other one did.
        prop_assert_eq!(&merge(&base, &base, &two.work()).rows, &two.work().rows);
        prop_assert_eq!(&merge(&base, &one.work(), &base).rows, &one.work().rows);
    }
}
