use super::*;
use crate::glossary::exchange::{self, Asked, Body};

/// What the columns of a text become, in order; `-` where they are left out.
#[track_caller]
fn becomes(text: &str) -> String {
    let content = exchange::read(
        std::path::Path::new("a.csv"),
        text.as_bytes(),
        &Asked::default(),
    )
    .unwrap();
    let Body::Grids(grids) = content.body else {
        panic!("no table")
    };
    match layout(&grids[0], &Vec::new(), None, false) {
        Ok(layout) => {
            let columns = layout
                .columns
                .iter()
                .map(|c| c.becomes().unwrap_or("-".into()));
            format!(
                "{}+{}: {}",
                layout.skip,
                layout.header,
                columns.collect::<Vec<_>>().join(" ")
            )
        }
        Err(why) => why,
    }
}

#[test]
fn columns_by_name() {
    for (text, wanted) in [
        (
            "id,sourceLang,targetLang,sourceString,targetString\n1,en,zh_CN,flu,流感\n2,en,zh_CN,AIDS,艾滋病\n",
            "1+1: - (language of the term) (language of the term) zh or en, by the language its row names zh or en, by the language its row names",
        ),
        ("中文,英文,备注\n流感,flu,x\n", "1+1: zh en note"),
        (
            "序号,缩略语,外语词全称,中文译名1,中文译名2\n1,OECD,Organisation for Economic Co-operation and Development,经济合作与发展组织,经合组织\n",
            "1+1: - en_abbr en zh zh_admitted",
        ),
        (
            "术语\t译名\t定义\n流感\tflu\t一种病\n",
            "1+1: zh en definition",
        ),
        (
            "English,Simplified Chinese,繁體中文,Chinese (Taiwan)\nsoftware,软件,軟件,軟體\n",
            "1+1: en zh zh_hant zh_tw",
        ),
        (
            "Forbidden,Domain,Subdomain,Definition,en-US,Notes,Example of use,zh-CN,Notes,Example of use\nFalse,health,,d,flu,,,流感,,\n",
            "1+1: (standing of the term) subject subject definition en note note zh note note",
        ),
        (
            "Term,English 1,English 2,English 3\n供应链韧性,supply chain resilience,resilience,toughness\n",
            "1+1: zh en en_admitted en_admitted",
        ),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}

#[test]
fn advice_is_of_use() {
    for (text, part) in [
        ("甲乙,1\n丙丁,2\n", "--map zh"),
        ("关税 tariff\n配额 quota\n", "between the languages"),
    ] {
        let why = becomes(text);
        assert!(why.contains(part), "{why}");
    }
}

#[test]
fn names_in_two_languages_stand_in_two_rows() {
    let rows = "1,流感,flu,\n2,艾滋病,AIDS,\n";
    for (names, wanted) in [
        ("序号,中文,英文,备注\nNo.,Chinese,English,Remarks\n", "2+2"),
        ("No.,Chinese,English,Remarks\n序号,中文,英文,备注\n", "2+2"),
        ("编号,中文,英文,\n,Chinese,English,Remarks\n", "2+2"),
    ] {
        let found = becomes(&[names, rows].concat());
        let (skipped, found) = found.split_once(": ").unwrap();
        assert_eq!(skipped, wanted, "{names}");
        assert!(found.ends_with(" zh en note"), "{names}: {found}");
    }
    // A pair of the list may be made of words that name columns too.
    for row in ["中文,Chinese", "术语,term"] {
        let text = format!("中文,英文\n{row}\n流感,flu\n艾滋病,AIDS\n");
        assert_eq!(becomes(&text), "1+1: zh en", "{row}");
    }
}

#[test]
fn headers_are_found_below_titles_and_in_two_rows() {
    assert_eq!(
        becomes("2024年术语表,,,\n,,,\n序号,中文,英文,备注\n1,流感,flu,\n2,艾滋病,AIDS,\n"),
        "2+1: - zh en note"
    );
    assert_eq!(
        becomes(
            "序号,中文,,英文,,备注\n,术语,定义,Term,Definition,\n1,流感,一种病,flu,a disease,\n2,艾滋病,病,AIDS,disease,\n"
        ),
        "2+2: - zh definition en definition note"
    );
}

#[test]
fn a_header_that_names_both_languages_may_call_the_rest_what_it_likes() {
    for (text, wanted) in [
        (
            "中文,英文,甲,乙,丙\n特朗普,Trump,a1,b1,c1\n北京,Beijing,a,b,c\n",
            "1+1: zh en - - -",
        ),
        (
            "原文,译文,优先级,词频,丁\n关税,tariff,高,12,x\n芯片,chip,低,7,y\n",
            "1+1: zh en - - -",
        ),
        (
            "序 号,中 文,英 文,备 注\n1,供应链,supply chain,甲\n2,关税,tariff,乙\n",
            "1+1: - zh en note",
        ),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}

#[test]
fn a_table_without_rows_has_no_columns_to_name() {
    let none = layout(&exchange::Grid::default(), &Vec::new(), None, false);
    assert_eq!(none, Err("holds no row".to_owned()));
}

#[test]
fn columns_by_content() {
    assert_eq!(becomes("flu,流感\nAIDS,艾滋病\nrisk,风险\n"), "0+0: en zh");
    // The third column of a list without names is its remark, in either language.
    for list in [
        "能源部\tDepartment of Energy\tcabinet department\n关税\tcustoms duty\ta tax on imports\n",
        "能源部\tDepartment of Energy\t\n关税\tcustoms duty\t一种税\n",
    ] {
        assert_eq!(becomes(list), "0+0: zh en note");
    }
    assert_eq!(
        becomes("flu,流感,医学名词\nrisk,风险,\n"),
        "0+0: en zh note"
    );
    assert_eq!(becomes("flu,流感,12\nrisk,风险,7\n"), "0+0: en zh -");
    // Codes that could name columns, in each row.
    assert_eq!(
        becomes("软件,software,zh,en\n网络,network,zh,en\n芯片,chip,zh,en\n"),
        "0+0: zh en - -"
    );
    // Names of places that could name columns.
    assert_eq!(
        becomes("大陆,mainland\n台湾,Taiwan\n北京,Beijing\n上海,Shanghai\n天津,Tianjin\n"),
        "0+0: zh en"
    );
    // Terms that could name columns, below others.
    assert_eq!(becomes("文件,file\n名称,name\n"), "0+0: zh en");
    assert_eq!(
        becomes("文件,file\n数据库,database\n名称,name\n标题,title\n服务器,server\n"),
        "0+0: zh en"
    );
    assert_eq!(
        becomes("客户,Acme\n中文,English\n流感,flu\n艾滋病,AIDS\n风险,risk\n"),
        "2+1: zh en"
    );
    assert_eq!(
        becomes("foo,bar\nflu,流感\nAIDS,艾滋病\nrisk,风险\n"),
        "1+1: en zh"
    );
    assert_eq!(
        becomes("zh,en\nflu,流感\nAIDS,艾滋病\nrisk,风险\n"),
        "1+1: en zh"
    );
    assert!(becomes("en,de\nflu,Grippe\nrisk,Risiko\n").contains("no column of Chinese"));
}

#[test]
fn names_that_the_cells_do_not_bear_out() {
    for (text, wanted) in [
        (
            "contains_code,contains_math,contains_role,en,zh\nno,yes,no,plan,计划\n",
            "1+1: - - - en zh",
        ),
        (
            "contains_code,entry id,English,Chinese\ntrue,p-1,plan,计划\nfalse,p-2,flu,流感\n",
            "1+1: - id en zh",
        ),
        (
            "Code,English,Chinese,id\nA1,plan,计划,x7\nA2,flu,流感,x9\n",
            "1+1: - en zh id",
        ),
        ("note,zh,en\n是,计划,plan\n", "1+1: note zh en"),
        (
            "中文,英文,类型\n特朗普,Trump,人名\n北京,Beijing,地名\n苹果,apple,水果\n",
            "1+1: zh en type",
        ),
        (
            "中文,英文,类型\n梨,pear,水果\n北京,Beijing,地名\n苹果,apple,水果\n",
            "1+1: zh en -",
        ),
        (
            "Chinese;Chinese_Source;English;English_Source\n关税;WTO;tariff;WTO\n供应链;;supply chain;\n",
            "1+1: zh source en source",
        ),
        (
            "English source,Chinese target\ntariff,关税\nchip,芯片\n",
            "1+1: en zh",
        ),
        (
            "中文,English,中文,English\n关税,tariff,供应链,supply chain\n能源,energy,芯片,chip\n税,tax,,\n",
            "1+1: zh en zh en",
        ),
        (
            "中文,English,中文,English,备注\n关税,tariff,供应链,supply chain,x\n能源,energy,芯片,chip,\n",
            "1+1: zh en zh en -",
        ),
        (
            "中文,English,中文,English\n关税,tariff,,levy\n能源,energy,,\n税,tax,税收,\n",
            "1+1: zh en zh_admitted en_admitted",
        ),
        (
            "Chinese,English,Deprecated\n软件,software,no\n软件,programme,yes\n",
            "1+1: zh en (standing of the term)",
        ),
        (
            "中文,英文,弃用,缩略语,Synonym\n软件,software,否,是,no\n芯片,chip,,否,\n",
            "1+1: zh en (standing of the term) - -",
        ),
        (
            "Chinese,English,Forbidden\n软件,software,soft ware\n芯片,chip,\n",
            "1+1: zh en en_avoid",
        ),
        (
            "Chinese,English,Forbidden EN,Forbidden ZH\n软件,software,soft ware,软体\n",
            "1+1: zh en en_avoid zh_avoid",
        ),
        (
            "中文,英文,是否禁用\n软件,software,启用\n软体,software,禁用\n芯片,chip,启用\n",
            "1+1: zh en (standing of the term)",
        ),
        (
            "Chinese,English,Approved\n软件,software,yes\n芯片,chip,no\n",
            "1+1: zh en (standing of the term)",
        ),
        (
            "Chinese,English,Approved by\n软件,software,Li\n芯片,chip,Wu\n",
            "1+1: zh en by",
        ),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}

#[test]
fn a_name_with_a_word_more_is_none_of_terms() {
    for (text, wanted) in [
        (
            "English,en_case,en_preferred,Chinese,Chinese Region,Rejected Chinese\ntariff,x,true,关税,大陆,税费\nchip,y,false,芯片,香港,\n",
            "1+1: en - - zh - zh_avoid",
        ),
        (
            "英文,中文,是否翻译,翻译方法\ntariff,关税,是,直译\nGitHub,,否,不译\n",
            "1+1: en zh type -",
        ),
        // Where no other column has the language, it is taken by its content, the likelier name first.
        (
            "地址,公司中文名称,公司英文名称\n北京市,正名公司,Zhengming\n上海市,甲公司,Alpha\n",
            "1+1: - zh en",
        ),
        (
            "英文,台湾,大陆,香港\nsoftware,軟體,软件,軟件\nnetwork,網路,网络,網絡\n",
            "1+1: en zh_tw zh zh_hk",
        ),
        (
            "English,中文詞彙,大陸譯名\nnetwork,網路,网络\nsoftware,軟體,软件\n",
            "1+1: en zh_hant zh",
        ),
        ("1.中文,2.英文\n关税,tariff\n芯片,chip\n", "1+1: zh en"),
        (
            "英文缩写,英文全称,中文含义\nWTO,World Trade Organization,世界贸易组织\nIMF,International Monetary Fund,国际货币基金组织\n",
            "1+1: en_abbr en zh",
        ),
        ("源语言,目标语言\n关税,tariff\n芯片,chip\n", "1+1: zh en"),
        (
            "术语,译名,旧称,又称\n关税,tariff,税费,关税税\n芯片,chip,,集成电路片\n",
            "1+1: zh en zh_avoid zh_admitted",
        ),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}

#[test]
fn columns_of_words_are_told_by_name_and_cells() {
    for (text, wanted) in [
        (
            "English,Chinese,Usage\ntariff,关税,We impose a tariff.\nbox,盒子,Do not use\nchip,芯片,A chip fails.\n",
            "1+1: en zh note",
        ),
        (
            "English,Chinese,Term role\ntariff,关税,Preferred\nduty,税,Not allowed\n",
            "1+1: en zh (standing of the term)",
        ),
        (
            "English,Chinese,Approved?\ntariff,关税,Yes\nduty,税,No\nlevy,税款,TBD\n",
            "1+1: en zh (standing of the term)",
        ),
        (
            "中文,英文,审核人,审核日期,审核意见\n关税,tariff,王五,2024-03-01,可\n芯片,chip,李四,2024-03-02,改\n",
            "1+1: zh en by updated note",
        ),
        (
            "中文,英文,Creation Date,Created by,Last Modified,Modified by\n关税,tariff,2024-03-01,li,2024-04-01,wang\n",
            "1+1: zh en - - updated by",
        ),
        (
            "term,casesensitive,translatable,zh_CN\ncart,no,yes,购物车\nLokalise,yes,no,\n",
            "1+1: en match type zh",
        ),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}

#[test]
fn tables_of_one_term_a_row_as_programs_write_them() {
    for (text, wanted) in [
        (
            "E_ID|E_DOMAINS|L_CODE|T_TERM|T_TYPE|T_RELIABILITY|T_EVALUATION\n\
             1|TRADE|en|customs tariff|Term|3|Preferred\n1|TRADE|en|CT|Short form|3|Admitted\n1|TRADE|zh|海关税则|Term|3|\n",
            "1+1: id subject (language of the term) zh or en, by the language its row names (kind of the term) - (standing of the term)",
        ),
        (
            "Entry ID;Language;Term;Synonym of\n100;English (United States);tariff;\n100;English (United States);duty;tariff\n\
             100;Chinese (PRC);关税;\n100;German (Germany);Zoll;\n101;中文（简体）;芯片;\n101;Simplified Chinese;晶片;\n",
            "1+1: id (language of the term) zh or en, by the language its row names -",
        ),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
    let unknown = becomes("E,LG,W\n1,en,tariff\n1,zh,关税\n2,en,chip\n2,zh,芯片\n");
    assert!(
        unknown.ends_with("one term a row --map term=…,language=…,id=…"),
        "{unknown}"
    );
}

#[test]
fn the_columns_of_one_term_a_row_can_be_said() {
    let text = "E,LG,W\n1,en,tariff\n1,zh,关税\n2,en,chip\n2,zh,芯片\n";
    let content = exchange::read(
        std::path::Path::new("a.csv"),
        text.as_bytes(),
        &Asked::default(),
    );
    let Body::Grids(grids) = content.unwrap().body else {
        panic!("no table")
    };
    let map =
        [("term", "W"), ("language", "LG")].map(|(to, from)| (to.to_owned(), from.to_owned()));
    let found = layout(&grids[0], &map.to_vec(), None, false).unwrap();
    assert!(found.long);
}

#[test]
fn pinyin_is_no_english() {
    for (text, wanted) in [
        (
            "关税\tguānshuì\ttariff\n芯片\txīnpiàn\tchip\n",
            "0+0: zh - en",
        ),
        (
            "关税\tguan1shui4\ttariff\n芯片\txin1 pian4\tchip\n",
            "0+0: zh - en",
        ),
        (
            "Hanzi\tPinyin\tEnglish\n关税\tguānshuì\ttariff\n芯片\txīnpiàn\tchip\n",
            "1+1: zh - en",
        ),
        ("café\t咖啡馆\nrésumé\t简历\n", "0+0: en zh"),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}

#[test]
fn what_of_a_name_is_not_understood_is_said() {
    let text = "English,Chinese,Chinese Region,Definiton\ntariff,关税,x,y\n";
    let content = exchange::read(
        std::path::Path::new("a.csv"),
        text.as_bytes(),
        &Asked::default(),
    );
    let Body::Grids(grids) = content.unwrap().body else {
        panic!("no table")
    };
    let found = layout(&grids[0], &Vec::new(), None, false).unwrap();
    let said: Vec<&str> = found.columns.iter().skip(2).map(Column::left_out).collect();
    assert_eq!(
        said,
        [
            "“region” in its name is not understood; --map zh_admitted=… takes it",
            "is it “definition”? --map definition=… takes it"
        ]
    );
}

#[test]
fn codes_in_the_place_of_english_are_said() {
    let said = |text: &str| {
        let content = exchange::read(
            std::path::Path::new("a.json"),
            text.as_bytes(),
            &Asked::default(),
        );
        let Body::Grids(grids) = content.unwrap().body else {
            panic!("no table")
        };
        layout(&grids[0], &Vec::new(), None, false).unwrap().remarks
    };
    let codes = r#"{"aa":"阿法尔语","ab":"阿布哈西亚语","ae":"阿维斯塔语","ar-001":"现代标准阿拉伯语","ace":"亚齐语"}"#;
    let found = said(codes);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("looks like codes (`aa`)") && found[0].contains("--map skip=1"));
    let words = r#"{"flu":"流感","risk":"风险","plan":"计划","tax":"税","tariff":"关税"}"#;
    assert!(said(words).is_empty());
}

#[test]
fn words_about_terms_beside_names_of_ours() {
    for (text, wanted) in [
        (
            "zh,en,status\n流感,flu,approved\n风险,risk,Proposed\n",
            "1+1: zh en status",
        ),
        (
            "zh,en,status\n流感,flu,approved\n流感,grippe,forbidden\n",
            "1+1: zh en (standing of the term)",
        ),
        (
            "zh,en,状态,备注\n流感,flu,禁用,x\n",
            "1+1: zh en (standing of the term) note",
        ),
        (
            "zh,en,forbidden\n流感,flu,true\n",
            "1+1: zh en (standing of the term)",
        ),
        ("zh,en,usage\n流感,flu,of people\n", "1+1: zh en -"),
    ] {
        assert_eq!(becomes(text), wanted, "{text}");
    }
}
