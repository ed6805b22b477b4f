//! What a column's name says about it, in either language and in the words of
//! the programs that export glossaries.

use unicode_normalization::UnicodeNormalization;

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
    let words = Words::of(name);
    if words.text.is_empty() {
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
        (Some(kind), locale) => kind.role(locale),
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

/// Whether a name says that the column is something a glossary has no place for.
pub(super) fn is_other(name: &str) -> bool {
    Words::of(name).kind() == Some(Kind::Other)
}

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Term,
    Source,
    Target,
    Admitted,
    Abbreviation,
    Avoid,
    Definition,
    Note,
    Subject,
    Status,
    Forbidden,
    Fuzzy,
    TermType,
    Type,
    Id,
    Number,
    Document,
    Updated,
    By,
    Language,
    SourceCode,
    TargetCode,
    /// Known and of no use in a glossary: a picture, a link, gender, counts.
    Other,
}

impl Kind {
    fn role(self, locale: Option<Locale>) -> Role {
        let slot = |slot| match locale {
            Some(locale) => Role::Field(of_locale(locale, slot)),
            None => Role::Terms(slot),
        };
        let lang = locale.map(Locale::lang);
        match self {
            Self::Term => slot(Slot::Preferred),
            Self::Admitted => slot(Slot::Admitted),
            Self::Abbreviation => slot(Slot::Abbreviation),
            Self::Avoid => slot(Slot::Avoid),
            Self::Source | Self::Target if locale.is_some() => slot(Slot::Preferred),
            Self::Source => Role::Side(Side::Source),
            Self::Target => Role::Side(Side::Target),
            Self::Definition => Role::Field(Field::Definition),
            Self::Note => Role::Field(Field::Note),
            Self::Subject => Role::Field(Field::Subject),
            Self::Status => Role::TermStatus(lang),
            Self::Forbidden => Role::Forbidden,
            Self::Fuzzy => Role::Fuzzy,
            Self::TermType => Role::TermType(lang),
            Self::Type => Role::Field(Field::Type),
            Self::Id => Role::Field(Field::Id),
            Self::Number => Role::Number,
            Self::Document => Role::Field(Field::Source),
            Self::Updated => Role::Field(Field::Updated),
            Self::By => Role::Field(Field::By),
            Self::Language => Role::Language,
            Self::SourceCode => Role::Code(Side::Source),
            Self::TargetCode => Role::Code(Side::Target),
            Self::Other => Role::Unknown,
        }
    }
}

/// Words of names, the more particular kinds first: what is found first holds.
///
/// Chinese ones may stand anywhere in a name; Latin ones are whole words, or
/// words in a row.
#[rustfmt::skip]
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::SourceCode, &["source lang", "source language", "source locale", "src lang", "源语言", "源語言"]),
    (Kind::TargetCode, &["target lang", "target language", "target locale", "tgt lang", "目标语言", "目標語言"]),
    (Kind::Definition, &["定义", "定義", "释义", "釋義", "解释", "解釋", "含义", "涵义", "definition", "def", "meaning", "explanation", "description", "descrip"]),
    (Kind::Forbidden, &["forbidden", "是否禁用"]),
    (Kind::Fuzzy, &["fuzzy", "needs review", "待审"]),
    (Kind::Avoid, &["禁用", "误译", "誤譯", "错译", "錯譯", "错误", "錯誤", "不用", "不推荐", "不推薦", "不规范", "避免", "勿用", "弃用",
        "deprecated", "avoid", "do not use", "don t use", "not recommended", "banned", "incorrect", "wrong", "disallowed", "obsolete"]),
    (Kind::TermType, &["term type", "termtype", "术语类型", "術語類型", "词形"]),
    (Kind::Status, &["状态", "狀態", "status", "usage", "审核", "審核", "term info", "process status", "reliability", "可信度", "flags"]),
    (Kind::Abbreviation, &["缩略", "縮略", "缩写", "縮寫", "简称", "簡稱", "略语", "略語", "abbreviation", "abbreviations", "abbr", "abbrev", "acronym", "acronyms", "initialism", "short form", "short name", "short"]),
    (Kind::Admitted, &["同义", "同義", "近义", "别名", "別名", "又称", "又稱", "又名", "也称", "也稱", "亦称", "亦作", "俗称", "俗稱", "异名", "或译", "或譯", "又译", "又譯", "曾译", "其他", "其它", "备选", "備選", "异形", "變體", "变体",
        "synonym", "synonyms", "alias", "aliases", "aka", "variant", "variants", "alternative", "alternatives", "alternate", "alternates", "alt", "admitted", "other"]),
    (Kind::Note, &["备注", "備註", "備考", "备考", "附注", "注释", "註釋", "注释", "说明", "說明", "用法", "例句", "例子", "示例", "举例", "语境", "上下文",
        "note", "notes", "comment", "comments", "remark", "remarks", "usage note", "context", "contexts", "example", "examples", "translator comments", "developer comments"]),
    (Kind::Subject, &["领域", "領域", "学科", "學科", "主题", "主題", "专业", "專業", "分类", "分類", "类别", "類別", "行业", "行業", "门类",
        "domain", "subdomain", "domains", "subject", "subject field", "field", "category", "topic", "area", "industry", "discipline", "topic area"]),
    (Kind::Updated, &["更新", "修改日期", "修改时间", "日期", "date", "updated", "modified", "last modified", "lastmodified", "modification date", "updated at"]),
    (Kind::By, &["作者", "审定人", "录入人", "译者", "修改人", "维护人", "author", "modifier", "modified by", "updated by", "translator", "by"]),
    (Kind::Document, &["来源", "來源", "出处", "出處", "依据", "依據", "参考", "參考", "reference", "references", "ref", "citation", "source document", "term source", "origin", "authority"]),
    (Kind::Other, &["词性", "詞性", "拼音", "注音", "音标", "性别", "图", "圖", "链接", "網址", "网址", "频次", "次数", "字数", "创建",
        "part of speech", "pos", "pinyin", "gender", "image", "figure", "url", "link", "frequency", "count", "created", "creator", "client id", "project id", "location", "difficulty", "example of use url"]),
    (Kind::Number, &["序号", "序號", "编号序", "行号", "no", "nr", "num", "number", "seq", "index", "row", "item", "sn"]),
    (Kind::Id, &["编号", "編號", "代码", "代碼", "id", "entry id", "concept id", "term id", "identifier", "code", "entry", "guid", "uuid", "key id", "pcode"]),
    (Kind::Language, &["语种", "語種", "语言", "語言", "language", "lang", "locale"]),
    (Kind::Type, &["类型", "類型", "type"]),
    (Kind::Target, &["译文", "譯文", "目标", "目標", "译名", "譯名", "译法", "譯法", "对应词", "對應詞", "翻译", "翻譯", "target", "target term", "target string", "tgt", "translation", "translations", "translated", "rendering", "trans", "msgstr", "equivalent"]),
    (Kind::Source, &["原文", "原词", "原詞", "源词", "源文", "source", "source term", "source string", "src", "original", "msgid"]),
    (Kind::Term, &["术语", "術語", "词条", "詞條", "名称", "名稱", "名词", "名詞", "词汇", "詞彙", "单词", "全称", "全稱", "词语", "詞語", "条目", "標準", "标准", "规范", "推荐",
        "term", "terms", "preferred", "preferred term", "name", "word", "phrase", "expression", "headword", "full form", "full name", "full", "standard", "recommended", "title", "string", "text", "key", "value"]),
];

const TAIWAN: &[&str] = &["台湾", "臺灣", "台灣", "taiwan", "tw", "zh tw", "zhtw"];
const HONG_KONG: &[&str] = &[
    "香港",
    "hong kong",
    "hongkong",
    "hk",
    "zh hk",
    "澳门",
    "澳門",
    "macau",
    "mo",
];
const HANT: &[&str] = &[
    "繁体",
    "繁體",
    "正体",
    "正體",
    "繁中",
    "traditional",
    "hant",
    "cht",
    "tc",
    "trad",
];
const HANS: &[&str] = &[
    "中文",
    "汉语",
    "漢語",
    "汉字",
    "华语",
    "華語",
    "简体",
    "簡體",
    "简中",
    "国语",
    "普通话",
    "中译",
    "汉译",
    "漢譯",
    "中譯",
    "汉文",
    "漢文",
    "chinese",
    "zh",
    "zho",
    "cmn",
    "chi",
    "chs",
    "cn",
    "hans",
    "simplified",
    "mandarin",
    "prc",
    "sc",
    "zh cn",
    "simp",
];
const ENGLISH: &[&str] = &[
    "英文", "英语", "英語", "英译", "英譯", "外文", "外语", "外語", "english", "en", "eng",
    "en us", "en gb",
];
/// Names that are one character, which would be found inside others.
const ALONE: &[(&str, Locale)] = &[
    ("中", Locale::Hans),
    ("汉", Locale::Hans),
    ("漢", Locale::Hans),
    ("简", Locale::Hans),
    ("繁", Locale::Hant),
    ("英", Locale::En),
];
const OTHERS: &[&str] = &[
    "日文",
    "日语",
    "日語",
    "法文",
    "法语",
    "德文",
    "德语",
    "俄文",
    "俄语",
    "西班牙",
    "韩文",
    "韩语",
    "阿拉伯",
    "葡萄牙",
    "意大利",
    "japanese",
    "french",
    "german",
    "russian",
    "spanish",
    "korean",
    "arabic",
    "portuguese",
    "italian",
    "dutch",
    "polish",
    "turkish",
    "swedish",
    "vietnamese",
    "thai",
    "latin",
];
const OTHER_CODES: &[&str] = &[
    "ja", "jp", "fr", "de", "ru", "es", "ko", "kr", "ar", "pt", "it", "nl", "pl", "tr", "sv", "vi",
    "th", "cs", "da", "fi", "hu", "nb", "uk", "el", "he", "id id", "ms", "hi",
];

/// A name cut into its words.
struct Words {
    /// In small letters, words parted by one space and with one at each end.
    text: String,
    /// The number at its end, 1 where there is none.
    number: u32,
}

impl Words {
    fn of(name: &str) -> Self {
        let mut text = String::from(" ");
        let mut before = ' ';
        for c in name.nfkc() {
            let border = (c.is_uppercase() && before.is_lowercase())
                || (c.is_ascii_alphanumeric() != before.is_ascii_alphanumeric())
                || (c.is_ascii_digit() != before.is_ascii_digit());
            if border && !text.ends_with(' ') {
                text.push(' ');
            }
            if c.is_alphanumeric() {
                text.extend(c.to_lowercase());
            } else if !text.ends_with(' ') {
                text.push(' ');
            }
            before = c;
        }
        if !text.ends_with(' ') {
            text.push(' ');
        }
        let number = text
            .split(' ')
            .find_map(|word| word.parse().ok())
            .unwrap_or(1);
        let numeral = "一二三四五六七八九";
        let chinese = text
            .trim()
            .chars()
            .next_back()
            .and_then(|c| numeral.chars().position(|n| n == c));
        let number = if number == 1 && text.trim().chars().count() > 2 {
            chinese.map_or(number, |at| at as u32 + 1)
        } else {
            number
        };
        Self {
            text: if text.trim().is_empty() {
                String::new()
            } else {
                text
            },
            number,
        }
    }

    /// Whether one of some words is in the name.
    fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            if word.is_ascii() {
                self.text.contains(&[" ", word, " "].concat())
            } else {
                self.text.contains(word)
            }
        })
    }

    fn kind(&self) -> Option<Kind> {
        let found = KINDS.iter().find(|(_, words)| self.any(words));
        found.map(|(kind, _)| *kind)
    }

    /// The language and region, where it names one and not two.
    fn locale(&self) -> Option<Locale> {
        let alone = ALONE.iter().find(|(word, _)| self.text.trim() == *word);
        if let Some((_, locale)) = alone {
            return Some(*locale);
        }
        let english = self.any(ENGLISH);
        let chinese = match () {
            () if self.any(TAIWAN) => Some(Locale::Taiwan),
            () if self.any(HONG_KONG) => Some(Locale::HongKong),
            () if self.any(HANT) => Some(Locale::Hant),
            () if self.any(HANS) => Some(Locale::Hans),
            () => None,
        };
        match (chinese, english) {
            (Some(locale), false) => Some(locale),
            (None, true) => Some(Locale::En),
            _ => None,
        }
    }

    /// Whether it names a third language.
    fn foreign(&self) -> bool {
        let name = self.text.trim();
        let code = name.split(' ').next().unwrap_or("");
        let region = name.len() <= 5 && OTHER_CODES.contains(&code);
        self.any(OTHERS) || region || OTHER_CODES.contains(&name)
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
        is(
            &["禁用英文译名", "English (do not use)", "en_avoid"],
            &field(Lang::En, Slot::Avoid),
        );
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
        is(&["状态", "status", "Term_Info"], &Role::TermStatus(None));
        is(&["Status [en]"], &Role::TermStatus(Some(Lang::En)));
        is(&["序号", "No.", "#no", "Nr"], &Role::Number);
        is(&["Forbidden"], &Role::Forbidden);
        is(&["sourceLang"], &Role::Code(Side::Source));
        is(&["来源", "出处", "Reference"], &Role::Field(Field::Source));
        is(&["ja", "fr-FR", "日文", "German", "de_DE"], &Role::Foreign);
        is(
            &["词性", "Part of Speech [en]", "pos", "foo", ""],
            &Role::Unknown,
        );
        is(&["更新日期", "Last Modified"], &Role::Field(Field::Updated));
        assert_eq!(role("译名2").1, 2);
        assert_eq!(role("English 3").1, 3);
        assert_eq!(role("译名二").1, 2);
    }
}
