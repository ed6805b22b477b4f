//! What a column of a glossary holds, by what its name says.

use crate::format::heading::{Heading, Kind};
use crate::glossary::columns::{self, Field, Slot, of_locale};
use crate::lang::{Lang, Locale};

/// The side of a translation, where a name does not say the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    /// What is translated.
    Source,
    /// The translation.
    Target,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// A column of ours.
    Field(Field),
    /// Terms whose language the cells have to tell.
    Terms(Slot),
    /// Terms of a side, whose language the cells or a column of codes tells.
    Side(Side),
    /// The language of a side, row by row.
    Code(Side),
    /// The language of the row's only term.
    Language,
    /// Words about the standing of terms: of a language's, or of those to the left.
    TermStatus(Option<Lang>),
    /// Whether the row is forbidden: yes or no.
    Forbidden,
    /// Whether the row is agreed on: yes or no.
    Approved,
    /// Whether the row is not agreed on: yes or no.
    Fuzzy,
    /// What kind of term it is (acronym, full form): of a language's, or of those to the left.
    TermType(Option<Lang>),
    /// Numbers of rows.
    Number,
    /// A third language, as it is named.
    Foreign,
    /// Something else.
    Unknown,
    /// Said to be left out.
    Skip,
}

impl Role {
    /// Whether it holds terms.
    pub(crate) fn is_terms(&self) -> bool {
        matches!(
            self,
            Self::Field(Field::Terms(..)) | Self::Terms(_) | Self::Side(_)
        )
    }
}

/// What a column's name says: its role, and which of several like columns it is (译名2).
pub(crate) fn role(name: &str) -> (Role, u32) {
    if let Some(field) = exact(name) {
        return (Role::Field(field), 1);
    }
    let words = Heading::of(name);
    if words.is_empty() || of_utx(name) {
        return (Role::Unknown, 1);
    }
    let kind = words.kind();
    let locale = words.locale();
    if locale.is_none() && kind != Some(Kind::Number) && words.foreign() {
        return (Role::Foreign, 1);
    }
    let number = words.number;
    let role = match (kind, locale) {
        (None, None) => Role::Unknown,
        (None | Some(Kind::Term), Some(locale)) => Role::Field(of_locale(locale, Slot::Preferred)),
        (Some(kind), locale) => held(kind, locale),
    };
    (role, number)
}

/// A name that is ours, but for those that mean other things elsewhere.
fn exact(name: &str) -> Option<Field> {
    let field = columns::field(name)?;
    let doubtful = matches!(
        field,
        Field::Source
            | Field::Status
            | Field::Type
            | Field::Id
            | Field::Good
            | Field::Bad
            | Field::Match
    );
    (!doubtful).then_some(field)
}

/// What a column holds beside those that are named as ours are. Those of terms have
/// their names; what is said of terms, and remarks of any kind, may have others.
pub(super) fn beside(name: &str) -> Role {
    match role(name).0 {
        role @ (Role::TermStatus(_)
        | Role::Forbidden
        | Role::Fuzzy
        | Role::TermType(_)
        | Role::Number
        | Role::Foreign
        | Role::Field(
            Field::Definition
            | Field::Note
            | Field::Subject
            | Field::Source
            | Field::ValidFrom
            | Field::ValidTo
            | Field::Updated
            | Field::By,
        )) => role,
        _ => Role::Unknown,
    }
}

/// Whether a name is a question, whose answers are no terms.
pub(super) fn asks(name: &str) -> bool {
    Heading::of(name).any(&["是否", "is"])
}

/// What a column of terms holds whose name says that they are forbidden: those to avoid.
pub(super) fn avoided(name: &str) -> Role {
    held(Kind::Avoid, Heading::of(name).locale())
}

/// What yes and no mean below a name that speaks of approval: that the row is agreed on, or not yet.
pub(super) fn of_approval(name: &str) -> Option<Role> {
    let words = Heading::of(name);
    let approval = [
        "审",
        "審",
        "批准",
        "通过",
        "通過",
        "确认",
        "確認",
        "approved",
        "verified",
        "confirmed",
        "reviewed",
        "validated",
        "accepted",
        "unapproved",
        "unverified",
        "unconfirmed",
        "unreviewed",
    ];
    let open = [
        "未",
        "待",
        "需",
        "not",
        "non",
        "to be",
        "need",
        "needs",
        "pending",
        "unapproved",
        "unverified",
        "unconfirmed",
        "unreviewed",
    ];
    let open = words.any(&open);
    let role = if open { Role::Fuzzy } else { Role::Approved };
    words.any(&approval).then_some(role)
}

/// Whether a name says that the column is something a glossary has no place for.
pub(super) fn is_other(name: &str) -> bool {
    Heading::of(name).kind() == Some(Kind::Other)
}

/// Whether a name says that the column's ids are those of concepts, and no numbers of rows.
pub(super) fn of_concepts(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("concept") || name.contains("概念")
}

/// Whether a name calls its column a source.
pub(super) fn of_origin(name: &str) -> bool {
    Heading::of(name).kind() == Some(Kind::Source)
}

/// Whether a name is that of a column that UTX lets describe one side's term (`src:plural`).
fn of_utx(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.starts_with("src:") || name.starts_with("tgt:")
}

/// Whether a name is that of UTX's column of word classes (noun, verb), which
/// tell homonyms apart there; elsewhere they only describe.
pub(super) fn of_word_classes(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case("src:pos")
}

/// What a kind of column holds, in the language that the name says.
fn held(kind: Kind, locale: Option<Locale>) -> Role {
    let slot = |slot| match locale {
        Some(locale) => Role::Field(of_locale(locale, slot)),
        None => Role::Terms(slot),
    };
    let lang = locale.map(Locale::lang);
    match kind {
        Kind::Term => slot(Slot::Preferred),
        Kind::Admitted => slot(Slot::Admitted),
        Kind::Abbreviation => slot(Slot::Abbreviation),
        Kind::Avoid => slot(Slot::Avoid),
        Kind::Source | Kind::Target if locale.is_some() => slot(Slot::Preferred),
        Kind::Source => Role::Side(Side::Source),
        Kind::Target => Role::Side(Side::Target),
        Kind::Definition => Role::Field(Field::Definition),
        Kind::Note => Role::Field(Field::Note),
        Kind::Subject => Role::Field(Field::Subject),
        Kind::Status => Role::TermStatus(lang),
        Kind::Forbidden => Role::Forbidden,
        Kind::Fuzzy => Role::Fuzzy,
        Kind::TermType => Role::TermType(lang),
        Kind::Type => Role::Field(Field::Type),
        Kind::Id => Role::Field(Field::Id),
        Kind::Number => Role::Number,
        Kind::Document => Role::Field(Field::Source),
        Kind::ValidFrom => Role::Field(Field::ValidFrom),
        Kind::ValidTo => Role::Field(Field::ValidTo),
        Kind::Updated => Role::Field(Field::Updated),
        Kind::By => Role::Field(Field::By),
        Kind::Language => Role::Language,
        Kind::SourceCode => Role::Code(Side::Source),
        Kind::TargetCode => Role::Code(Side::Target),
        Kind::Other => Role::Unknown,
    }
}

#[cfg(test)]
mod tests {
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
}
