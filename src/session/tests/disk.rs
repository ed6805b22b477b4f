//! The work file beside the document: saved, found again, merged, never lost.

use super::*;
use crate::session::work::{merge, save};

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
    let [draft, lost] = two.orphans.as_slice() else {
        panic!("{:?}", two.orphans)
    };
    assert_eq!(draft.target, "C draft by one.");
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
fn what_another_program_wrote_is_seen_before_the_next_save() {
    let (_folder, path) = on_disk("甲句在此。乙句在此。\n");
    let mut one = work::open(&path, None, None).unwrap().value;
    let mut two = work::open(&path, None, None).unwrap().value;
    assert!(one.as_it_is().look().is_none());
    confirm(&mut two, 0, "A by two.");
    store(&mut two);
    one.set_target(1, "B by one.");
    let job = one.as_it_is();
    let theirs = job.look().unwrap();
    assert_eq!(one.seen(&job, theirs), [0]);
    assert_eq!(targets(&one), ["A by two.", "B by one."]);
    assert!(one.as_it_is().look().is_none() && one.dirty());
    store(&mut one);
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

#[test]
fn work_that_does_not_say_its_direction_has_that_of_its_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let text = "The mission begins today.\n\nThe Department of Energy leads it.\n";
    std::fs::write(&path, text).unwrap();
    let rows = "zh\ten\tstate\n任务今天开始。\tThe mission begins today.\ttranslated\n";
    for file in [work::path(&path), work::start(&path)] {
        std::fs::write(&file, rows).unwrap();
        let opened = work::open(&path, None, None).unwrap();
        let rules: Vec<_> = opened.findings.iter().map(|found| found.rule).collect();
        assert!(!rules.contains(&"work-direction"), "{rules:?}");
        let first = opened.value.unit(0).unwrap();
        assert_eq!(first.target, "任务今天开始。");
        std::fs::remove_file(&file).unwrap();
    }
}
