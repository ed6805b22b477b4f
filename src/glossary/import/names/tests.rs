use super::*;

#[track_caller]
fn is(names: &[&str], wanted: &Role) {
    for name in names {
        assert_eq!(role(name).0, *wanted, "{name}");
    }
}

fn field(lang: Lang, slot: Slot) -> Role {
    Role::Field(Field::Terms(lang, slot))
}

#[test]
fn names_of_terms_in_both_languages() {
    is(
        &[
            "中文",
            "zh",
            "zh-CN",
            "Chinese",
            "Chinese_PRC",
            "Simplified Chinese",
            "简体中文",
            "中文术语",
            "中文译名",
            "Chinese (Simplified)",
            "Term [zh-CN]",
            "中文名称",
            "汉语",
            "中",
            "zh_Hans",
            "CN",
        ],
        &field(Lang::Zh, Slot::Preferred),
    );
    is(
        &[
            "英文",
            "en",
            "en-US",
            "English",
            "English (United States)",
            "英文术语",
            "English term",
            "EN-GB",
            "外语词全称",
            "英文全称",
            "英文名",
            "Term [en]",
            "英语",
        ],
        &field(Lang::En, Slot::Preferred),
    );
    is(
        &["繁體中文", "Traditional Chinese", "zh-Hant", "繁体"],
        &field(Lang::Zh, Slot::Regional(0)),
    );
    is(
        &[
            "zh-TW",
            "zh_TW",
            "zh-Hant-TW",
            "台灣",
            "Chinese (Taiwan)",
            "Chinese_Taiwan",
        ],
        &field(Lang::Zh, Slot::Regional(1)),
    );
    is(
        &["zh-HK", "香港中文", "Chinese (Hong Kong)"],
        &field(Lang::Zh, Slot::Regional(2)),
    );
    is(
        &[
            "英文缩写",
            "English Abbreviation",
            "en_abbr",
            "英文简称",
            "英文简写",
            "EN acronym",
        ],
        &field(Lang::En, Slot::Abbreviation),
    );
    is(
        &["中文简称", "zh_abbr"],
        &field(Lang::Zh, Slot::Abbreviation),
    );
    is(
        &["English synonyms", "英文同义词", "en_admitted"],
        &field(Lang::En, Slot::Admitted),
    );
}

#[test]
fn names_of_former_and_forbidden_terms() {
    is(&["英文曾用译法", "英文旧称"], &field(Lang::En, Slot::Avoid));
    is(&["旧译", "曾称", "曾译"], &Role::Terms(Slot::Avoid));
    is(
        &["禁用英文译名", "English (do not use)", "en_avoid"],
        &field(Lang::En, Slot::Avoid),
    );
    is(&["参考译法", "参考译文"], &Role::Side(Side::Target));
}

#[test]
fn names_are_understood_whole() {
    for (lang, names) in [
        (
            Some(Lang::En),
            "en_case|TERM_EN_PARAMETER|English Region|English Score|英文复数|EN Word class",
        ),
        (
            Some(Lang::Zh),
            "中文审校|中文负责单位|Chinese sentence|Chinese Marked|Draft Chinese|新中文译名",
        ),
        (
            None,
            "Machine translation|翻译方法|译名统一性|Translation quality",
        ),
    ] {
        for name in names.split('|') {
            assert_eq!(role(name).0, Role::Unsure(lang), "{name}");
        }
    }
    is(
        &[
            "大陆",
            "Mainland China",
            "大陸用語",
            "华文",
            "2.中文",
            "中译文",
        ],
        &field(Lang::Zh, Slot::Preferred),
    );
    is(&["译名是否统一", "是否译名"], &Role::Unknown);
    is(
        &["English Sources", "中文来源"],
        &Role::Field(Field::Source),
    );
    is(
        &["中文审校人", "翻译人", "审核人", "Last Modified by"],
        &Role::Field(Field::By),
    );
    is(&["审核日期", "Last update"], &Role::Field(Field::Updated));
    is(
        &["审核意见", "Forbidden reason", "Usage note", "状态说明"],
        &Role::Field(Field::Note),
    );
}

#[test]
fn names_say_how_their_terms_stand() {
    is(
        &[
            "Rejected Chinese",
            "ZH_rejected",
            "Not allowed ZH",
            "停用中文译名",
            "已废止中文译名",
            "中文旧称",
            "Former Chinese",
            "Chinese (non-recommended)",
        ],
        &field(Lang::Zh, Slot::Avoid),
    );
    is(
        &[
            "曾称",
            "旧译法",
            "Rejected translation",
            "拒用译名",
            "不采用译名",
            "Old translation",
        ],
        &Role::Terms(Slot::Avoid),
    );
    is(
        &["Allowed Chinese", "Non-standard Chinese"],
        &field(Lang::Zh, Slot::Admitted),
    );
    is(
        &["推荐中文译名", "Approved Chinese term"],
        &field(Lang::Zh, Slot::Preferred),
    );
    is(&["Entry_Client", "Country code"], &Role::Unknown);
    is(
        &["Entry_ID", "词条编号", "Term Uid", "Code"],
        &Role::Field(Field::Id),
    );
    is(&["参考译法"], &Role::Side(Side::Target));
}

#[test]
fn names_of_what_is_done_with_terms() {
    is(&["Do Not Translate", "DNT"], &Role::Untranslated);
    is(
        &["translatable", "is_translatable", "是否翻译"],
        &Role::Translated,
    );
    is(
        &[
            "casesensitive",
            "Case sensitive",
            "is_case_sensitive",
            "是否区分大小写",
        ],
        &Role::Match("case"),
    );
    assert_eq!(
        misspelt("Definiton").as_deref(),
        Some("is it “definition”? --map definition=… takes it")
    );
    assert_eq!(misspelt("Priority"), None);
}

#[test]
fn names_of_the_rest() {
    is(
        &["缩略语", "Abbreviation", "acronym", "缩写"],
        &Role::Terms(Slot::Abbreviation),
    );
    is(
        &[
            "译名",
            "译文",
            "target",
            "targetString",
            "Translation",
            "译名1",
            "译名2",
        ],
        &Role::Side(Side::Target),
    );
    is(
        &["原文", "source", "sourceString", "src"],
        &Role::Side(Side::Source),
    );
    is(
        &["术语", "term", "Name", "全称", "词条"],
        &Role::Terms(Slot::Preferred),
    );
    is(
        &[
            "定义",
            "Definition",
            "English_Def",
            "释义",
            "定义（中文）",
            "Concept Definition",
        ],
        &Role::Field(Field::Definition),
    );
    is(
        &["备注", "Notes", "comment", "说明", "例句", "Example of use"],
        &Role::Field(Field::Note),
    );
    is(
        &[
            "领域",
            "Domain",
            "Subdomain",
            "学科",
            "Subject",
            "Concept Subject",
            "分类",
        ],
        &Role::Field(Field::Subject),
    );
}

#[test]
fn names_of_states_numbers_and_dates() {
    is(&["状态", "status", "Term_Info"], &Role::TermStatus(None));
    is(&["Status [en]"], &Role::TermStatus(Some(Lang::En)));
    is(&["序号", "No.", "#no", "Nr"], &Role::Number);
    is(&["Forbidden"], &Role::Forbidden);
    is(&["sourceLang"], &Role::Code(Side::Source));
    is(&["备 注", "备　注"], &Role::Field(Field::Note));
    is(&["序 号"], &Role::Number);
    is(&["英 文"], &field(Lang::En, Slot::Preferred));
    is(&["来源", "出处", "Reference"], &Role::Field(Field::Source));
    is(&["ja", "fr-FR", "日文", "German", "de_DE"], &Role::Foreign);
    is(
        &[
            "词性",
            "Part of Speech [en]",
            "pos",
            "src:plural",
            "foo",
            "",
        ],
        &Role::Unknown,
    );
    is(&["更新日期", "Last Modified"], &Role::Field(Field::Updated));
    is(
        &[
            "生效日期",
            "启用日期",
            "起始日期",
            "有效期起",
            "Valid from",
            "Effective Date",
        ],
        &Role::Field(Field::ValidFrom),
    );
    is(
        &[
            "失效日期",
            "废止日期",
            "结束日期",
            "有效期止",
            "Valid until",
            "Expiry date",
        ],
        &Role::Field(Field::ValidTo),
    );
    assert_eq!(role("译名2").1, 2);
    assert_eq!(role("English 3").1, 3);
    assert_eq!(role("译名二").1, 2);
}
