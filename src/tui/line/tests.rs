use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn backspace_takes_one_grapheme_and_undo_gives_it_back() {
    for text in [
        "ae\u{301}",
        "x👨\u{200d}👩\u{200d}👧",
        "x🇨🇳",
        "葛\u{e0100}",
        "翻译",
        "𠮷野",
    ] {
        let mut line = Line::new(text);
        line.backspace();
        let graphemes = text.graphemes(true).count();
        assert_eq!(line.text().graphemes(true).count(), graphemes - 1, "{text}");
        line.undo();
        assert_eq!(line.text(), text);
    }
}

#[test]
fn a_chinese_word_is_killed_not_the_whole_run() {
    let mut line = Line::new("能源部启动创世计划");
    line.kill_word();
    assert_ne!(line.text(), "");
    assert!("能源部启动创世计划".starts_with(line.text()));
}

#[test]
fn typing_is_undone_by_words() {
    let mut line = Line::default();
    for c in "the plan".chars() {
        line.insert(&c.to_string());
    }
    line.undo();
    assert_eq!(line.text(), "the ");
    line.undo();
    assert_eq!(line.text(), "");
    line.redo();
    line.redo();
    assert_eq!(line.text(), "the plan");
}

#[test]
fn a_paste_keeps_line_breaks_and_drops_controls() {
    let mut line = Line::new("a");
    line.paste("一\r\n二\u{1b}[31m\t三");
    assert_eq!(line.text(), "a一\n二[31m 三");
    line.undo();
    assert_eq!(line.text(), "a");
}

#[test]
fn down_and_up_keep_the_column_over_a_short_row() {
    let mut line = Line::new("能源部启动\n短\n创世计划首期");
    line.go(Move::Start, false, Wrap::at(40));
    for _ in 0..4 {
        line.go(Move::Right, false, Wrap::at(40));
    }
    let from = line.caret();
    assert!(line.go(Move::Down, false, Wrap::at(40)));
    assert!(line.go(Move::Down, false, Wrap::at(40)));
    let rows = rows(line.text(), Wrap::at(40));
    assert_eq!(
        place(line.text(), &rows, line.caret(), Wrap::at(40)),
        (2, 8)
    );
    line.go(Move::Up, false, Wrap::at(40));
    line.go(Move::Up, false, Wrap::at(40));
    assert_eq!(line.caret(), from);
    assert!(!line.go(Move::Up, false, Wrap::at(40)), "the edge is told");
}

#[test]
fn marks_move_with_the_text_and_go_when_touched() {
    let mut line = Line::default();
    line.set("US$50 billion for it", vec![Span::new(0, 13)]);
    line.go(Move::Start, false, Wrap::at(40));
    line.insert("a ");
    assert_eq!(line.marks(), [Span::new(2, 15)]);
    line.put_at(Span::new(5, 6), "6");
    assert!(line.marks().is_empty());
}

/// A random run of editing.
fn operate(line: &mut Line, operation: u8, text: &str) {
    match operation % 14 {
        0 => line.insert(text),
        1 => line.paste(text),
        2 => line.backspace(),
        3 => line.delete(),
        4 => line.kill_word(),
        5 => {
            line.go(Move::Left, operation > 100, Wrap::at(7));
        }
        6 => {
            line.go(Move::Right, operation > 100, Wrap::at(7));
        }
        7 => {
            line.go(Move::WordLeft, operation > 100, Wrap::at(7));
        }
        8 => {
            line.go(Move::Up, operation > 100, Wrap::at(7));
        }
        9 => {
            line.go(Move::Down, operation > 100, Wrap::at(7));
        }
        10 => {
            line.undo();
        }
        11 => {
            line.redo();
        }
        12 => {
            line.go(Move::RowEnd, operation > 100, Wrap::at(7));
        }
        _ => line.put_at(Span::new(1, 4), text),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_caret_never_splits_a_grapheme(
        start in ".{0,12}",
        operations in prop::collection::vec((any::<u8>(), "[a\u{301}👨\u{200d}👩🇨🇳葛\u{e0100}译。 \n]{0,3}"), 0..40),
    ) {
        let mut line = Line::new(&start);
        for (operation, text) in &operations {
            operate(&mut line, *operation, text);
            let selection = line.selection();
            for at in [line.caret(), selection.start as usize, selection.end as usize] {
                let edge = at == line.text().len()
                    || line.text().grapheme_indices(true).any(|(i, _)| i == at);
                prop_assert!(edge, "{at} in {:?} after {operation}", line.text());
            }
        }
    }

    #[test]
    fn undoing_everything_gives_the_beginning(
        start in ".{0,12}",
        operations in prop::collection::vec((any::<u8>(), ".{0,3}"), 0..30),
    ) {
        let mut line = Line::new(&start);
        for (operation, text) in &operations {
            operate(&mut line, *operation, text);
        }
        let end = line.text().to_owned();
        while line.redo() {}
        let last = line.text().to_owned();
        while line.undo() {}
        prop_assert_eq!(line.text(), &start);
        while line.redo() {}
        prop_assert_eq!(line.text(), &last);
        let _ = end;
    }
}
