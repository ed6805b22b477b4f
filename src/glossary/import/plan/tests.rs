use super::*;

/// The glossary after an import, which once more writes nothing.
#[track_caller]
fn imported(there: &str, csv: &str, policy: Policy) -> String {
    let options = Options {
        policy,
        ..Options::default()
    };
    let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
    let sources = [read.unwrap()];
    let into = Path::new("terms.tsv");
    let first = plan(into, there, &sources, &options).unwrap();
    let text = first.text().unwrap_or(there).to_owned();
    let again = plan(into, &text, &sources, &options).unwrap();
    assert_eq!(again.text(), None);
    text
}

/// What becomes of each row, and what is said of it.
#[track_caller]
fn said(there: &str, csv: &str) -> Vec<(Class, String)> {
    let options = Options::default();
    let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
    let plan = plan(Path::new("terms.tsv"), there, &[read.unwrap()], &options).unwrap();
    let rows = plan.rows.into_iter();
    rows.map(|row| (row.class, row.reason)).collect()
}

#[test]
fn only_another_subject_makes_a_homonym() {
    let there = "zh\ten\tsubject\n关税\ttariff\t贸易\n海关\tcustoms\t\n";
    for (row, class, why) in [
        (
            "关税,customs duty,",
            Class::Conflict,
            "another English term",
        ),
        ("海关,tolls,贸易", Class::Conflict, "another English term"),
        ("关税,Tariff,", Class::Unchanged, ""),
        (
            "关税,duty,税务",
            Class::New,
            "a homonym: the same Chinese stands in line 2 of the glossary with another subject",
        ),
        (
            "关税,tariff,税务",
            Class::New,
            "the same pair stands in line 2 of the glossary with another subject",
        ),
    ] {
        let said = said(there, &format!("zh,en,subject\n{row}\n"));
        assert_eq!(said, [(class, why.to_owned())], "{row}");
    }
    // The rows of one list say themselves which are homonyms.
    let said = said(
        "zh\ten\n",
        "zh,en,subject\n登录,log in,\n登录,register,船舶\n",
    );
    let why = "a homonym: the same Chinese stands in line 2 of the file with another subject";
    let wanted = [(Class::New, String::new()), (Class::New, why.to_owned())];
    assert_eq!(said, wanted);
}

#[test]
fn the_same_english_is_named() {
    let there = "zh\ten\n隔离\tisolation\n";
    let csv = "en,zh\nIsolation,隔绝\nquarantine,检疫\nquarantine,隔离检疫\n";
    let wanted = [
        "the same English stands in line 2 of the glossary as 隔离",
        "",
        "the same English stands in line 3 of the file as 检疫",
    ];
    let wanted = wanted.map(|why| (Class::New, why.to_owned()));
    assert_eq!(said(there, csv), wanted);
}

#[test]
fn a_row_says_which_it_joins_or_contradicts() {
    let csv = "zh,en\n肺炎,pneumonia\n肺炎,pneumonias\n肺炎,lung fever\n";
    let wanted = [
        (Class::New, ""),
        (Class::New, "joins line 2 of the file"),
        (
            Class::Conflict,
            "another English term than in line 2 of the file",
        ),
    ];
    let wanted = wanted.map(|(class, why)| (class, why.to_owned()));
    assert_eq!(said("zh\ten\n", csv), wanted);
    let csv = "zh,en,en_avoid\n肺炎,pneumonia,\n肺炎,lung fever,pneumonia\n";
    let reason = &said("zh\ten\n", csv)[1].1;
    assert!(
        reason.contains("a term that is deprecated here is in use") && !reason.contains("there"),
        "{reason}"
    );
}

#[test]
fn all_that_a_row_adds_to_one_column_is_kept() {
    let there = "zh\ten\n卷\tto roll up\n";
    let csv = "zh,en,en_admitted\n卷,to roll (up),to sweep up | to carry on\n";
    let text = "zh\ten\ten_admitted\n卷\tto roll up\tto roll (up) | to sweep up | to carry on\n";
    assert_eq!(imported(there, csv, Policy::Keep), text);
}

#[test]
fn lines_keep_their_ends() {
    let there = "zh\ten\r\n甲\tA\r\n乙\tB\r\n";
    let text = "zh\ten\tnote\r\n甲\tA\tx\r\n乙\tB\r\n丙\tC\t\r\n";
    let csv = "zh,en,note\n甲,A,x\n丙,C,\n";
    assert_eq!(imported(there, csv, Policy::Keep), text);
}

#[test]
fn a_row_is_found_where_it_went() {
    let there = "zh\ten\n甲\tplan\n乙\tplan\n";
    let csv = "en,zh,zh_admitted\nplan,,丙\n";
    let text = "zh\ten\n甲\tplan\n乙\tplan\n丙\tplan\n";
    assert_eq!(imported(there, csv, Policy::Keep), text);
}

#[test]
fn conflicts_lose_no_term_of_a_list() {
    let there = "zh\ten\ten_avoid\n计划\tplan\tscheme\n";
    let in_use = "zh,en,en_admitted\n计划,plan,scheme\n";
    assert_eq!(imported(there, in_use, Policy::Both), there);
    let deprecated = "zh,en,en_avoid\n计划,program,plan\n";
    let text = "zh\ten\ten_avoid\n计划\tprogram\tscheme | plan\n";
    assert_eq!(imported(there, deprecated, Policy::Take), text);
}

#[test]
fn a_status_that_nobody_knows_makes_no_term_preferred() {
    let csv = "zh,en,status\n关税,levy,foo\n关税,tariff,approved\n关税,duty,Not approved\n\
            配额,quota,approved\n配额,share,bar\n税率,rate,foo\n";
    let text = "zh\ten\ten_admitted\ten_avoid\tstatus\n\
            关税\ttariff\tlevy\tduty\tproposed\n配额\tquota\tshare\t\tproposed\n\
            税率\trate\t\t\tproposed\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
    // So it is where all other words are ours.
    let csv = "zh,en,status\n关税,levy,foo\n关税,tariff,approved\n风险,risk,approved\n";
    let text = "zh\ten\ten_admitted\tstatus\n关税\ttariff\tlevy\tproposed\n\
            风险\trisk\t\tapproved\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn a_word_about_a_row_with_one_term_speaks_of_that_term() {
    let csv = "Concept ID,Language,Term,Status\n7,en,soft ware,forbidden\n7,zh,软件,preferred\n\
            7,en,software,preferred\n7,en,computer program,admitted\n";
    let text = "zh\ten\ten_admitted\ten_avoid\tid\n\
            软件\tsoftware\tcomputer program\tsoft ware\t7\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
    let csv = "Concept ID,Language,Term,Status\n7,zh,软体,deprecated\n7,zh,软件,preferred\n\
            7,en,software,preferred\n";
    let text = "zh\ten\tzh_avoid\tid\n软件\tsoftware\t软体\t7\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn yes_and_no_mean_what_the_name_of_their_column_asks() {
    let approved = "zh\ten\tstatus\n关税\ttariff\t\n芯片\tchip\tproposed\n";
    for (name, good, open) in [
        ("已审核", "是", "否"),
        ("是否审核", "是", "否"),
        ("审核", "√", "0"),
        ("Approved", "yes", "no"),
        ("未审核", "否", "是"),
        ("Not verified", "FALSE", "TRUE"),
    ] {
        let csv = format!("中文,英文,{name}\n关税,tariff,{good}\n芯片,chip,{open}\n");
        assert_eq!(imported("", &csv, Policy::Keep), approved, "{name}");
    }
    let csv = "Chinese,English,Deprecated\n软件,software,no\n软件,programme,yes\n芯片,chip,no\n";
    let text = "zh\ten\ten_avoid\n软件\tsoftware\tprogramme\n芯片\tchip\t\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn what_nobody_has_decided_on_is_not_agreed_on() {
    let csv = "English,Chinese,Approved?\ntariff,关税,Yes\nduty,税,No\nlevy,税款,TBD\n";
    let text = "zh\ten\tstatus\n关税\ttariff\t\n税\tduty\tproposed\n税款\tlevy\tproposed\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn names_that_are_not_translated_need_no_chinese() {
    let text = "zh\ten\ttype\tmatch\n购物车\tcart\t\t\n\tLokalise\tdnt\tcase\n";
    for csv in [
        "term,casesensitive,translatable,zh_CN\ncart,no,yes,购物车\nLokalise,yes,no,\n",
        "Term,Translation,Do Not Translate,Case sensitive\ncart,购物车,No,No\nLokalise,,Yes,Yes\n",
    ] {
        assert_eq!(imported("", csv, Policy::Keep), text);
    }
    // Whether it has been translated yet, by the looks of it.
    let csv = "英文,中文,是否翻译\ntariff,关税,否\nquota,配额,是\n";
    let text = "zh\ten\n关税\ttariff\n配额\tquota\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn english_that_memoq_takes_as_it_stands_is_matched_so() {
    let csv = "Entry_ID,English,Term_Info,Chinese,Term_Info\n\
            7,USCC,CaseSense;Exact,美中委,CasePermissive;HalfPrefix\n\
            9,tariff,CasePermissive;HalfPrefix,关税,CaseSense;Exact\n\
            8,quota,CasePermissive;Exact,配额,CasePermissive\n";
    let text =
        "zh\ten\tmatch\tid\n美中委\tUSCC\tcase\t7\n关税\ttariff\t\t9\n配额\tquota\texact\t8\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn an_admitted_word_for_a_preferred_one_is_of_its_concept() {
    let text = "zh\ten\ten_admitted\n关税\ttariff\tlevy\n配额\tquota\t\n";
    for rows in [
        "tariff,关税,preferred\nlevy,关税,admitted\nquota,配额,preferred\n",
        "levy,关税,admitted\ntariff,关税,preferred\nquota,配额,preferred\n",
    ] {
        let csv = format!("English,Chinese,Status\n{rows}");
        assert_eq!(imported("", &csv, Policy::Keep), text);
    }
    // A subject of its own makes it another concept.
    let csv = "English,Chinese,Subject,Status\nbank,银行,金融,preferred\nbanking house,银行,史,admitted\n";
    assert_eq!(classes("", csv, Policy::Keep), [2, 0, 0, 0, 0]);
}

#[test]
fn two_terms_that_are_both_preferred_for_one_are_no_synonyms() {
    for words in [("preferred", "preferred"), ("", ""), ("approved", "new")] {
        let (one, two) = words;
        let csv = format!("English,Chinese,Status\nrun,跑,{one}\nrun,经营,{two}\n");
        assert_eq!(
            classes("", &csv, Policy::Keep),
            [2, 0, 0, 0, 0],
            "{words:?}"
        );
        let csv = format!("Chinese,English,Status\n跑,run,{one}\n跑,jog,{two}\n");
        assert_eq!(
            classes("", &csv, Policy::Keep),
            [1, 0, 0, 1, 0],
            "{words:?}"
        );
    }
    // An entry of several rows says that they are.
    let csv = "ID,Chinese,English,Status\n7,跑,run,preferred\n7,跑,jog,preferred\n\
            8,关税,tariff,preferred\n";
    let text = "zh\ten\ten_admitted\tid\n跑\trun\tjog\t7\n关税\ttariff\t\t8\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn what_is_preferred_is_not_admitted_as_well() {
    let csv = "英文全称,译名1,译名2\nsupply chain,供应链,供应链\n";
    assert_eq!(
        imported("", csv, Policy::Keep),
        "zh\ten\n供应链\tsupply chain\n"
    );
}

#[test]
fn a_row_of_terms_to_avoid_alone_is_found_again() {
    for csv in [
        "en_avoid,zh,en,id,note\nsupply chain,,,2,x\n",
        "en_avoid,zh,en,zh_avoid\n,,,供给链\n,,,供给链\n",
    ] {
        // Once more it writes nothing.
        let once = imported("", csv, Policy::Keep);
        assert_eq!(once.lines().count(), 2, "{once}");
    }
}

#[test]
fn a_word_about_a_row_without_the_target_language_speaks_of_what_it_has() {
    for csv in [
        "English,Chinese,Status\nexport ban,,forbidden\ntariff,关税,preferred\n",
        "English,Chinese,Deprecated\nexport ban,,yes\ntariff,关税,no\n",
    ] {
        let text = imported("", csv, Policy::Keep);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("zh\ten\ten_avoid"));
        assert_eq!(lines.next(), Some("\t\texport ban"));
    }
}

#[test]
fn rows_of_one_entry_that_forbid_or_admit_in_both_languages_are_of_its_concept() {
    let csv = "Entry Number,English,English Status,Chinese,Chinese Status\n\
            1,export control,preferred,出口管制,preferred\n\
            1,export ban,deprecated,出口禁令,deprecated\n2,entity list,preferred,实体清单,preferred\n\
            3,tariff,preferred,关税,preferred\n3,duty,admitted,税,admitted\n";
    let text = "zh\ten\tzh_admitted\ten_admitted\tzh_avoid\ten_avoid\tid\n\
            出口管制\texport control\t\t\t出口禁令\texport ban\t1\n\
            实体清单\tentity list\t\t\t\t\t2\n关税\ttariff\t税\tduty\t\t\t3\n";
    assert_eq!(imported("", csv, Policy::Keep), text);
}

#[test]
fn what_is_taken_is_not_right_and_to_be_avoided_at_once() {
    let there = "zh\ten\ten_admitted\n计划\tplan\tscheme\n";
    let deprecated = "zh,en,en_avoid\n计划,plan,scheme\n";
    let text = "zh\ten\ten_admitted\ten_avoid\n计划\tplan\t\tscheme\n";
    assert_eq!(imported(there, deprecated, Policy::Take), text);
    let there = "zh\ten\ten_avoid\n计划\tplan\tscheme\n";
    let in_use = "zh,en,en_admitted\n计划,plan,scheme\n";
    let text = "zh\ten\ten_avoid\ten_admitted\n计划\tplan\t\tscheme\n";
    assert_eq!(imported(there, in_use, Policy::Take), text);
}

/// How many rows are of each class.
fn classes(there: &str, csv: &str, policy: Policy) -> [usize; 5] {
    let options = Options {
        policy,
        ..Options::default()
    };
    let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
    let plan = plan(Path::new("terms.tsv"), there, &[read.unwrap()], &options).unwrap();
    Class::ALL.map(|class| plan.count(class))
}

#[test]
fn among_many_homonyms_a_row_finds_its_own() {
    use std::fmt::Write as _;
    let (mut there, mut with, mut without) = (
        "zh\ten\tsubject\n".to_owned(),
        "zh,en,subject\n".to_owned(),
        "zh,en\n".to_owned(),
    );
    for n in 0..300 {
        let _ = writeln!(there, "打\thit {n}\tfield {n}");
        let _ = writeln!(with, "打,hit {n},field {n}");
        let _ = writeln!(without, "打,hit {n}");
    }
    assert_eq!(classes(&there, &with, Policy::Keep), [0, 0, 300, 0, 0]);
    assert_eq!(classes(&there, &without, Policy::Keep), [0, 0, 300, 0, 0]);
    // Another word for one subject contradicts that subject's row alone.
    let other = "zh,en,subject\n打,strike,field 250\n打,strike,sports\n";
    assert_eq!(classes(&there, other, Policy::Keep), [1, 0, 0, 1, 0]);
    assert_eq!(
        imported("zh\ten\n", &with, Policy::Keep).lines().count(),
        301
    );
}

#[test]
fn what_hundreds_of_rows_name_is_no_concept() {
    use std::fmt::Write as _;
    let mut csv = "zh,en\n".to_owned();
    // Other rows have an id of their own each, or the column would be none of ids.
    let mut long = "Entry ID,Language,Term\n".to_owned();
    for n in 0..300 {
        let _ = writeln!(csv, "打,hit {n}");
    }
    for n in 0..600 {
        let _ = writeln!(long, "x,en,word {n}\nx,zh,词{n}");
        for other in [0, 600, 1200, 1800] {
            let id = n + other;
            let _ = writeln!(long, "{id},en,other {id}\n{id},zh,他{id}");
        }
    }
    let [new, _, _, conflict, rejected] = classes("zh\ten\n", &csv, Policy::Both);
    assert_eq!((new, conflict, rejected), (1, 200, 99));
    // What was taken is there, and the rest is refused again.
    imported("zh\ten\n", &csv, Policy::Both);
    let [new, _, _, _, rejected] = classes("zh\ten\n", &long, Policy::Keep);
    assert_eq!((new, rejected), (4_800 + 500, 700));
}

#[test]
fn what_a_file_keeps_apart_is_not_joined() {
    let utx = "#UTX 1.11; zh-CN/en-US; 2024-01-01\n#src\ttgt\tsrc:pos\tterm status\n\
            打\thit\tverb\tapproved\n打\tdozen\tnoun\tapproved\n\
            计划\tplan\tnoun\tapproved\n计划\tprogram\tnoun\tnon-standard\n";
    let text = "zh\ten\ten_admitted\n打\thit\t\n打\tdozen\t\n计划\tplan\tprogram\n";
    assert_eq!(imported("", utx, Policy::Keep), text);
    let utx = "#UTX 1.20; en-US/zh-CN; 2024-01-01\n#src\ttgt\tterm status\tconcept ID\n\
            bank\t银行\tapproved\t1\nbank\t河岸\tapproved\t2\n";
    let text = "zh\ten\tid\n银行\tbank\t1\n河岸\tbank\t2\n";
    assert_eq!(imported("", utx, Policy::Keep), text);
    // Of one word class, they contradict each other.
    let utx = "#UTX 1.11; zh-CN/en-US; 2024-01-01\n#src\ttgt\tsrc:pos\n\
            计划\tplan\tnoun\n计划\tprogram\tnoun\n打\thit\tverb\n打\tdozen\tnoun\n";
    assert_eq!(classes("", utx, Policy::Keep), [3, 0, 0, 1, 0]);
}
