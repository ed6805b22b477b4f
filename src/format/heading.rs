//! What the name of a table's column says, in either language and in the words
//! of the programs that export glossaries and memories.

use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::lang::Locale;
use crate::text::chars::is_han;

/// Why a column is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// Its name.
    Name,
    /// What its cells hold.
    Content,
    /// The user said so.
    Said,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "by its name",
            Self::Content => "by its content",
            Self::Said => "as said",
        })
    }
}

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
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
    ValidFrom,
    ValidTo,
    Updated,
    By,
    Language,
    SourceCode,
    TargetCode,
    /// Whether terms are translated, and whether they are not.
    Translatable,
    Untranslatable,
    /// How terms are matched.
    MatchCase,
    MatchExact,
    /// Known and of no use in a glossary: a picture, a link, gender, counts.
    Other,
}

/// Words of names, the more particular kinds first: what is found first holds.
///
/// Chinese ones may stand anywhere in a name; Latin ones are whole words, or
/// words in a row.
#[rustfmt::skip]
const KINDS: &[(Kind, &[&str])] = &[
    // Who, when and why: these have the words of what was done to what in them.
    (Kind::Note, &["审核意见", "审校意见", "校对意见", "審核意見", "审核说明", "状态说明", "状态备注", "原因", "理由", "其他说明", "其他备注", "其他信息", "usage note", "usage notes", "usage example", "usage examples", "status note", "status notes", "status comment",
        "reason", "reasons", "rationale", "other notes", "other remarks", "other info", "other information", "textual support"]),
    (Kind::Status, &["审核状态", "審核狀態", "审校状态", "校对状态"]),
    (Kind::Updated, &["审核日期", "審核日期", "审核时间", "审校日期", "状态日期", "status date", "approval date", "approved on", "reviewed on", "review date"]),
    (Kind::By, &["审核人", "審核人", "审核者", "审校人", "審校人", "审校者", "校对人", "校對人", "校对者", "审批人", "审定人", "確認人", "确认人", "批准人", "翻译人", "翻譯人", "翻译者", "译员", "譯員",
        "reviewer", "approver", "proofreader", "reviewed by", "approved by", "verified by", "confirmed by", "validated by", "modified by", "changed by", "edited by", "updated by", "created by", "added by", "translated by"]),
    (Kind::Avoid, &["曾称", "曾稱", "旧称", "舊稱", "曾译", "曾譯", "旧译", "舊譯", "曾用", "former", "formerly", "superseded"]),
    (Kind::Other, &["synonym of", "variant of", "abbreviation of", "antonym", "antonyms", "反义"]),
    (Kind::Untranslatable, &["do not translate", "don t translate", "dnt", "non translatable", "nontranslatable", "not translatable", "untranslatable", "不翻译", "不翻譯", "不译", "无需翻译", "免译"]),
    (Kind::Translatable, &["translatable", "是否翻译", "是否翻譯", "是否可译", "是否需要翻译", "是否需翻译"]),
    (Kind::MatchCase, &["case sensitive", "case sensitivity", "casesensitive", "match case", "区分大小写", "區分大小寫", "大小写敏感"]),
    (Kind::MatchExact, &["exact match", "match exact", "exact"]),
    (Kind::SourceCode, &["source lang", "source language", "source locale", "src lang", "源语言", "源語言"]),
    (Kind::TargetCode, &["target lang", "target language", "target locale", "tgt lang", "目标语言", "目標語言"]),
    (Kind::Language, &["l code", "language code", "lang code", "locale code", "语言代码", "語言代碼", "语种代码"]),
    (Kind::Definition, &["定义", "定義", "释义", "釋義", "解释", "解釋", "含义", "涵义", "意思", "definition", "definitions", "defn", "def", "meaning", "meanings", "explanation", "description", "descrip"]),
    (Kind::Forbidden, &["forbidden", "是否禁用"]),
    (Kind::Fuzzy, &["fuzzy", "needs review", "待审"]),
    (Kind::Avoid, &["禁用", "误译", "誤譯", "错译", "錯譯", "错误", "錯誤", "不用", "拒用", "不推荐", "不推薦", "不规范", "避免", "勿用", "弃用",
        "deprecated", "avoid", "do not use", "don t use", "not recommended", "banned", "incorrect", "wrong", "disallowed", "obsolete"]),
    (Kind::TermType, &["term type", "termtype", "术语类型", "術語類型", "词形"]),
    (Kind::Status, &["状态", "狀態", "status", "usage", "审核", "審核", "term info", "process status", "reliability", "可信度", "flags", "acceptability", "normative authorization", "normative authorisation"]),
    (Kind::Abbreviation, &["简写", "簡寫", "缩略", "縮略", "缩写", "縮寫", "简称", "簡稱", "略语", "略語", "abbreviation", "abbreviations", "abbr", "abbrev", "acronym", "acronyms", "initialism", "short form", "short name", "short"]),
    (Kind::Admitted, &["同义", "同義", "近义", "别名", "別名", "又称", "又稱", "又名", "也称", "也稱", "亦称", "亦作", "俗称", "俗稱", "异名", "别称", "別稱", "或译", "或譯", "又译", "又譯", "其他", "其它", "备选", "備選", "异形", "變體", "变体",
        "synonym", "synonyms", "alias", "aliases", "aka", "variant", "variants", "alternative", "alternatives", "alternate", "alternates", "alt", "admitted", "other"]),
    (Kind::Note, &["备注", "備註", "備考", "备考", "附注", "译注", "譯註", "注释", "註釋", "注释", "说明", "說明", "用法", "例句", "例子", "示例", "举例", "语境", "上下文", "搭配",
        "note", "notes", "comment", "comments", "remark", "remarks", "context", "contexts", "example", "examples", "translator comments", "developer comments", "example sentence", "example sentences", "collocation", "collocations", "phraseology"]),
    (Kind::Subject, &["领域", "領域", "学科", "學科", "主题", "主題", "专业", "專業", "分类", "分類", "类别", "類別", "行业", "行業", "门类",
        "domain", "subdomain", "domains", "subject", "subject field", "field", "category", "topic", "area", "industry", "discipline", "topic area"]),
    (Kind::ValidFrom, &["生效", "启用日期", "啟用日期", "启用时间", "起始日期", "起始时间", "开始日期", "開始日期", "有效期起", "有效期自",
        "valid from", "effective from", "effective date", "start date"]),
    (Kind::ValidTo, &["失效", "废止日期", "廢止日期", "废止时间", "停用日期", "停用时间", "终止日期", "終止日期", "结束日期", "結束日期", "结束时间", "截止日期", "到期", "有效期止", "有效期至", "有效期迄",
        "valid to", "valid until", "valid till", "valid through", "expiry", "expires", "expiry date", "expiration date", "end date"]),
    (Kind::Updated, &["更新", "修改日期", "修改时间", "更改时间", "修订时间", "审校时间", "日期", "date", "updated", "modified", "last modified", "lastmodified", "modification date", "updated at", "last update", "changed on", "last changed", "date changed", "change date", "last edited", "edited on"]),
    (Kind::By, &["作者", "录入人", "译者", "修改人", "维护人", "author", "modifier", "translator", "by"]),
    (Kind::Target, &["参考译", "參考譯", "参考翻译", "參考翻譯", "译语", "譯語", "目的语"]),
    (Kind::Document, &["来源", "來源", "出处", "出處", "依据", "依據", "参考", "參考", "reference", "references", "ref", "citation", "source document", "term source", "origin", "authority", "sources"]),
    (Kind::Other, &["词性", "詞性", "拼音", "注音", "音标", "性别", "图", "圖", "链接", "網址", "网址", "频次", "次数", "字数", "创建",
        "part of speech", "pos", "pinyin", "gender", "image", "figure", "url", "link", "frequency", "count", "created", "creator", "client id", "project id", "pronunciation", "ipa", "读音", "讀音", "发音", "location", "difficulty", "example of use url"]),
    (Kind::Id, &["entry number", "entry no", "entry nr", "concept number", "concept no", "条目号", "條目號", "概念号"]),
    (Kind::Number, &["序号", "序號", "编号序", "行号", "no", "nr", "num", "number", "seq", "index", "row", "item", "sn"]),
    (Kind::Id, &["编号", "編號", "代码", "代碼", "id", "uid", "termuid", "entry id", "concept id", "term id", "identifier", "code", "entry", "guid", "uuid", "key id", "pcode"]),
    (Kind::Language, &["语种", "語種", "语言", "語言", "language", "lang", "locale"]),
    (Kind::Type, &["类型", "類型", "type"]),
    (Kind::Target, &["译文", "譯文", "目标", "目標", "译名", "譯名", "译法", "譯法", "对应词", "對應詞", "翻译", "翻譯", "target", "target term", "target string", "tgt", "translation", "translations", "translated", "rendering", "renderings", "trans", "msgstr", "equivalent", "equivalents"]),
    (Kind::Source, &["原文", "原词", "原詞", "源词", "源文", "源语", "源語", "源术语", "source", "source term", "source string", "src", "original", "msgid"]),
    (Kind::Term, &["术语", "術語", "词条", "詞條", "名称", "名稱", "名词", "名詞", "词汇", "詞彙", "单词", "全称", "全稱", "词语", "詞語", "条目", "標準", "标准", "规范", "推荐",
        "term", "terms", "preferred", "preferred term", "name", "word", "phrase", "expression", "headword", "full form", "full name", "full", "expansion", "standard", "recommended", "title", "string", "text", "key", "value", "t term"]),
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
    "大陆",
    "大陸",
    "内地",
    "內地",
    "mainland",
    "华文",
    "華文",
    "hanzi",
    "chn",
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
    "deutsch",
];
const OTHER_CODES: &[&str] = &[
    "ja", "jp", "fr", "de", "ru", "es", "ko", "kr", "ar", "pt", "it", "nl", "pl", "tr", "sv", "vi",
    "th", "cs", "da", "fi", "hu", "nb", "uk", "el", "he", "id id", "ms", "hi",
];

/// Countries and scripts beside the name of a language, which say nothing more here.
#[rustfmt::skip]
const REGIONS: &[&str] = &[
    "china", "people s republic of china", "singapore", "sg", "united states", "united states of america", "us", "usa",
    "united kingdom", "uk", "gb", "america", "american", "british", "britain", "great britain", "international",
    "australia", "au", "canada", "ca", "ireland", "ie", "new zealand", "nz", "india", "hani", "latn",
    "中国", "中國", "新加坡", "美国", "美國", "英国", "英國", "美式", "英式", "加拿大", "澳大利亚",
];
/// Words that say nothing about what a column holds.
#[rustfmt::skip]
const GLUE: &[&str] = &[
    "the", "a", "an", "of", "in", "for", "and", "or", "with", "to", "s", "version", "form", "required", "optional",
    "mandatory", "column", "list", "official", "main", "primary", "current", "terminology", "glossary", "concept",
    "corresponding", "only", "formal", "的", "版本", "版", "形式", "文本", "栏", "欄", "列", "及", "和", "与", "與", "或", "必填", "选填",
    "選填", "正式", "官方", "主要", "常用", "统一", "统称", "概念", "对照", "對照", "对应", "對應", "名", "词", "詞", "译", "譯",
    "语", "語", "文", "字", "条", "條", "写法", "說法", "说法", "叫法", "表述", "表达", "表達", "定名", "正名", "用语", "用語", "用词", "原名", "首字母", "关键词", "關鍵詞",
    "names", "words", "phrases", "expressions", "keyword", "keywords", "segment", "segments", "strings",
];
/// Words that praise what they stand before, and say the contrary with a word before them (non-standard, 不规范).
#[rustfmt::skip]
const PRAISE: &[&str] = &[
    "標準", "标准", "规范", "推荐", "preferred", "standard", "recommended",
];

/// A name in plain characters, its Chinese ones together where blanks spread them (备 注).
fn closed(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkc() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let within = is_han(c) && text.chars().next_back().is_some_and(is_han);
        if gap && !within {
            text.push(' ');
        }
        gap = false;
        text.push(c);
    }
    text
}

/// A name cut into its words.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// In small letters, words parted by one space and with one at each end.
    text: String,
    /// The number at its end, 1 where there is none.
    pub(crate) number: u32,
}

impl Heading {
    /// Cuts a name into its words.
    pub(crate) fn of(name: &str) -> Self {
        let mut text = String::from(" ");
        let mut before = ' ';
        for c in closed(name).chars() {
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
        // A number before the words counts the columns (`2.英文`).
        let words = text.trim().split(' ');
        let mut behind = words.skip_while(|word| word.parse::<u32>().is_ok());
        let number = behind.find_map(|word| word.parse().ok()).unwrap_or(1);
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

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether one of some words is in the name.
    pub(crate) fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            if word.is_ascii() {
                self.text.contains(&[" ", word, " "].concat())
            } else {
                self.text.contains(word)
            }
        })
    }

    /// What no word known here is in, as it stands; empty where all of the name is understood.
    /// Words of praise are left, for what stands before them can turn them round.
    pub(crate) fn rest(&self) -> String {
        let kinds = KINDS.iter().map(|(_, words)| *words);
        let words = kinds.chain(Self::languages()).chain([GLUE]).flatten();
        let words = words.filter(|word| !PRAISE.contains(*word));
        self.without(words.copied())
    }

    /// The language and region, where the name is that of one and of nothing else.
    pub(crate) fn language(&self) -> Option<Locale> {
        let locale = self.locale()?;
        let words = Self::languages().flatten().copied();
        self.without(words).is_empty().then_some(locale)
    }

    /// Whether the name is that of a third language, with its country or without.
    pub(crate) fn is_third_language(&self) -> bool {
        if self.locale().is_some() {
            return false;
        }
        let name = self.text.trim();
        let first = name.split(' ').next().unwrap_or(name);
        let named = OTHERS.contains(&first)
            || OTHERS
                .iter()
                .any(|word| !word.is_ascii() && name.starts_with(word));
        self.foreign() && (name.len() <= 12 || named)
    }

    /// The words of languages, scripts and regions.
    fn languages() -> impl Iterator<Item = &'static [&'static str]> {
        [TAIWAN, HONG_KONG, HANT, HANS, ENGLISH, REGIONS].into_iter()
    }

    /// What is in none of some words, numbers apart.
    fn without(&self, words: impl Iterator<Item = &'static str>) -> String {
        let chars: Vec<char> = self.text.chars().collect();
        let mut known = vec![false; chars.len()];
        for word in words {
            let word = if word.is_ascii() {
                [" ", word, " "].concat()
            } else {
                word.to_owned()
            };
            let word: Vec<char> = word.chars().collect();
            for (at, part) in chars.windows(word.len()).enumerate() {
                if part == word {
                    for known in known.iter_mut().skip(at).take(word.len()) {
                        *known = true;
                    }
                }
            }
        }
        let alone = |c: char| ALONE.iter().any(|(word, _)| word.starts_with(c));
        let numeral = |c: char| c.is_numeric() || "一二三四五六七八九".contains(c);
        let rest: String = chars
            .iter()
            .zip(known)
            .map(|(&c, known)| {
                if known || alone(c) || numeral(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Single Latin words that are known, but for the shortest: what a misspelt one can be meant to be.
    pub(crate) fn known() -> impl Iterator<Item = &'static str> {
        let kinds = KINDS.iter().map(|(_, words)| *words);
        let words = kinds.chain(Self::languages()).flatten().copied();
        words.filter(|word| word.is_ascii() && word.len() > 4 && !word.contains(' '))
    }

    /// What it names, where that is known.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let found = KINDS.iter().find(|(_, words)| self.any(words));
        found.map(|(kind, _)| *kind)
    }

    /// The language and region, where it names one and not two.
    pub(crate) fn locale(&self) -> Option<Locale> {
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
    pub(crate) fn foreign(&self) -> bool {
        let name = self.text.trim();
        let code = name.split(' ').next().unwrap_or("");
        let region = name.len() <= 5 && OTHER_CODES.contains(&code);
        self.any(OTHERS) || region || OTHER_CODES.contains(&name)
    }
}
