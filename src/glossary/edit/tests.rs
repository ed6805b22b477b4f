use proptest::prelude::*;

use super::*;

/// Writes a file, changes it, gives the new text.
#[track_caller]
fn after(text: &str, edit: impl FnOnce(&Path) -> Result<()>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.tsv");
    fs::write(&path, text).unwrap();
    edit(&path).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::read_to_string(&path).unwrap()
}

fn row(zh: &str, en: &str) -> NewRow {
    NewRow {
        zh: zh.into(),
        en: en.into(),
        ..NewRow::default()
    }
}

#[test]
fn a_row_is_added_and_nothing_else_changes() {
    let text = "# 能源\nen\tzh\tremark\n\nGenesis Mission\t创世计划\tDOE";
    let new = NewRow {
        updated: "2026-11-23".into(),
        ..row("算力", "computing power | compute")
    };
    let got = after(text, |path| {
        add_row(path, &new).map(|line| assert_eq!(line, 5))
    });
    assert_eq!(got, format!("{text}\ncomputing power | compute\t算力\t\n"));
}

#[test]
fn a_missing_column_is_added_only_where_it_says_something() {
    let new = NewRow {
        subject: "气象".into(),
        by: "张三".into(),
        ..row("登陆", "make landfall")
    };
    let got = after("zh\ten\n登录\tlog in\n", |path| {
        add_row(path, &new).map(|_| ())
    });
    assert_eq!(
        got,
        "zh\ten\tsubject\n登录\tlog in\n登陆\tmake landfall\t气象\n"
    );
}

#[test]
fn a_new_glossary_gets_its_header() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("glossaries/new.tsv");
    assert_eq!(
        add_row(&path, &row("正名", "rectification of names")).unwrap(),
        2
    );
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, "zh\ten\n正名\trectification of names\n");
    assert!(add_row(&path, &row(" ", "")).is_err());
}

#[test]
fn a_list_without_header_stays_one() {
    let got = after("plan\t计划\n", |path| {
        add_row(path, &row("算力", "compute")).map(|_| ())
    });
    assert_eq!(got, "plan\t计划\ncompute\t算力\n");
}

#[test]
fn terms_are_added_to_the_row_even_when_it_has_moved() {
    let text = "zh\ten\n新行\tnew row\n创世计划\tGenesis Mission\n";
    let got = after(text, |path| {
        append_term(path, 2, "创世计划", Lang::Zh, Column::Avoid, "创世纪计划")?;
        append_term(path, 3, "创世计划", Lang::Zh, Column::Avoid, "创世纪计划")?;
        append_term(path, 3, "创世计划", Lang::En, Column::Abbreviation, "GM|x")
    });
    assert_eq!(
        got,
        "zh\ten\tzh_avoid\ten_abbr\n新行\tnew row\n创世计划\tGenesis Mission\t创世纪计划\tGM\\|x\n"
    );
}

#[test]
fn a_row_that_is_gone_is_an_error_and_changes_nothing() {
    let text = "zh\ten\n甲\tA\n";
    let got = after(text, |path| {
        let error = append_term(path, 2, "乙", Lang::En, Column::Admitted, "B").unwrap_err();
        assert!(error.to_string().contains("terms.tsv:2"), "{error}");
        Ok(())
    });
    assert_eq!(got, text);
}

#[test]
fn a_rendering_to_avoid_leaves_the_others() {
    let text =
        "zh\ten\ten_admitted\n一带一路\tBelt and Road Initiative\tBelt and Road Strategy | BRI\n";
    let got = after(text, |path| {
        mark_avoid(path, 2, "一带一路", Lang::En, "Belt and Road Strategy")
    });
    assert_eq!(
        got,
        "zh\ten\ten_admitted\ten_avoid\n一带一路\tBelt and Road Initiative\tBRI\tBelt and Road Strategy\n"
    );
}

#[test]
fn what_was_added_is_taken_away_again() {
    let new = NewRow {
        en_abbr: "GM".into(),
        source: "a.zh.md".into(),
        sourced: true,
        ..row("创世计划", "Genesis Mission")
    };
    let text = "zh\ten\n算力\tcompute\n";
    let got = after(text, |path| {
        let line = add_row(path, &new)?;
        append_term(path, 2, "算力", Lang::Zh, Column::Admitted, "计算力")?;
        remove_term(path, 2, "算力", Lang::Zh, Column::Admitted, "计算力")?;
        assert!(remove_row(path, line, "创世计划", "Genesis").is_err());
        remove_row(path, line + 1, "创世计划", "Genesis Mission")
    });
    let head = "zh\ten\ten_abbr\tsource\tzh_admitted\n";
    assert_eq!(got, format!("{head}算力\tcompute\t\t\t\n"));
}

#[test]
fn a_row_is_taken_back_as_it_was_added_only() {
    let new = NewRow {
        subject: "科技".into(),
        updated: "2026-01-01".into(),
        by: "li".into(),
        ..row("创世计划 | 创世纪计划", "Genesis Mission")
    };
    let text = "zh\ten\tby\n算力\tcompute\tli\n";
    let got = after(text, |path| {
        let line = add_row(path, &new)?;
        append_term(
            path,
            line,
            "创世计划",
            Lang::En,
            Column::Admitted,
            "Genesis",
        )?;
        assert!(take_back_row(path, line, &new).is_err());
        remove_term(
            path,
            line,
            "创世计划",
            Lang::En,
            Column::Admitted,
            "Genesis",
        )?;
        take_back_row(path, line, &new)
    });
    assert_eq!(got, "zh\ten\tby\tsubject\ten_admitted\n算力\tcompute\tli\n");
}

#[test]
fn a_file_in_another_encoding_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gbk.tsv");
    let bytes = encoding_rs::GB18030
        .encode("zh\ten\n术语\tterm\n")
        .0
        .into_owned();
    fs::write(&path, &bytes).unwrap();
    assert!(add_row(&path, &row("甲", "A")).is_err());
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn two_writers_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terms.tsv");
    std::thread::scope(|scope| {
        for who in ["甲", "乙", "丙"] {
            let path = &path;
            scope.spawn(move || {
                for i in 0..10 {
                    add_row(path, &row(&format!("{who}{i}"), "x")).unwrap();
                }
            });
        }
    });
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 31, "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adding_a_row_keeps_every_line(
        rows in prop::collection::vec(r"(#[甲a]{0,3}|[甲a\\|]{1,3}(\t[甲a\\| ]{0,3}){0,4}|)", 0..8),
        zh in "[甲乙丙#]{1,4}",
    ) {
        let text = format!("# x\nzh\tremark\ten\n{}\n", rows.join("\n"));
        let got = after(&text, |path| add_row(path, &row(&zh, "x")).map(|_| ()));
        let added = tsv::join(&[zh.as_str(), "", "x"]);
        prop_assert_eq!(got, format!("{text}{added}\n"));
    }
}
