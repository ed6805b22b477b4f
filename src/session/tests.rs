//! A session as a whole: editing, saving, opening again.

mod disk;
mod laws;

use std::fs;
use std::path::{Path, PathBuf};

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
    let parsed = table::parse(
        Path::new("a.md.zm.tsv"),
        table::to_text(work).as_bytes(),
        || None,
    );
    let parsed = parsed.unwrap();
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    parsed.value.work
}

fn reopen(session: &Session, sentences: &[&str]) -> Session {
    let work = through_text(&session.work());
    Session::open(lines(sentences), Locale::En, Some(work))
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
fn a_replacement_is_one_step_in_all_its_units() {
    let mut session = open(&["甲句在此。", "乙句在此。", "丙句在此。"]);
    confirm(&mut session, 0, "A plan.");
    session.set_target(1, "B plan.");
    session.set_target(2, "C plan.");
    let targets_new = [(0, "A mission.".to_owned()), (2, String::new())];
    let outcome = session.replace(&targets_new);
    assert_eq!(
        (outcome.changed.as_slice(), outcome.replaced),
        (&[0, 2][..], true)
    );
    assert!(
        outcome.forget.is_empty() && outcome.remember.is_empty(),
        "the memory learns of it when it is confirmed again"
    );
    assert_eq!(targets(&session), ["A mission.", "B plan.", ""]);
    let states = |session: &Session| {
        let units = session.document.units.iter();
        units.map(|unit| unit.state).collect::<Vec<_>>()
    };
    assert_eq!(
        states(&session),
        [State::Draft, State::Draft, State::Initial]
    );
    assert_eq!(session.facts[0].when, "");
    assert_eq!(session.history.replaced(2), Some(2));
    assert_eq!(session.history.replaced(1), Some(0));
    let outcome = session.undo(2).unwrap();
    assert_eq!(
        (outcome.changed.as_slice(), outcome.replaced),
        (&[0, 2][..], true)
    );
    assert_eq!(targets(&session), ["A plan.", "B plan.", "C plan."]);
    assert_eq!(states(&session)[0], State::Translated);
    assert_eq!(session.facts[0].when, WHEN);
    assert_eq!(session.history.replaced(2), None);
    assert_eq!(session.history.replacement_undone(1), Some(0));
    assert!(session.redo(0).unwrap().replaced);
    assert_eq!(targets(&session), ["A mission.", "B plan.", ""]);
    assert_eq!(
        session.replace(&[(1, "B plan.".to_owned())]),
        Outcome::default()
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
    let parsed = table::parse(Path::new("a.md.zm.tsv"), text.as_bytes(), || None).unwrap();
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
