//! Words of other programs about terms: their standing, their kind, the type of a concept.

use std::borrow::Cow;

use super::columns::Field;
use crate::text::chars::is_han;

/// The standing that a word gives a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The one to use.
    Preferred,
    /// May stand.
    Admitted,
    /// Never to be written; `true` where the word was stronger than that ("forbidden").
    Avoid(bool),
    /// Was right once.
    Superseded,
    /// Not yet agreed on.
    Proposed,
    /// Not to be translated.
    Untranslated,
}

/// Words by the standing they give; blanks, hyphens and underscores do not count.
#[rustfmt::skip]
const STANDINGS: &[(Standing, &[&str])] = &[
    (Standing::Preferred, &[
        "优先", "優先", "优先使用", "采用", "採用", "审定", "審定", "规范用语", "正确", "正確", "准确", "correct",
        "preferred", "preferredterm", "standardizedterm", "legalterm", "regulatedterm", "standard",
        "standardized", "recommended", "首选", "推荐", "推薦", "标准", "標準", "规范", "優選", "优选", "approved",
        "accepted", "final", "verified", "released", "confirmed", "translated", "valid", "active", "已审",
        "已审核", "已批准", "批准", "通过", "已定", "有效", "已通过", "已确认", "在用", "inuse", "halfprefix", "exact",
        "terminology",
    ]),
    (Standing::Admitted, &[
        "nonstandard", "非标准", "非標準", "非规范", "admitted", "admittedterm", "allowed", "acceptable", "permitted", "alternative", "允许",
        "可用", "许用", "容许", "許用", "备选", "備選", "synonym", "同义词", "同義詞",
    ]),
    (Standing::Avoid(true), &[
        "forbidden", "prohibited", "banned", "blacklisted", "blacklist", "donotuse", "nottobeused", "neveruse", "禁用", "禁止", "勿用",
        "禁止使用", "严禁使用", "不得使用", "请勿使用",
    ]),
    (Standing::Avoid(false), &[
        "deprecated", "deprecatedterm", "notrecommended", "obsolete", "unused", "misleading", "rejected",
        "invalid", "inactive", "denied", "未通过", "不推荐", "不推薦", "弃用", "不用", "停用", "废弃", "错误", "已拒绝", "驳回", "已驳回",
        "淘汰", "已淘汰", "作废", "已作废", "拒用", "避免", "避免使用", "不建议", "不建议使用", "不推荐使用", "不宜", "不宜使用", "不当", "不妥", "误译", "錯誤", "错译",
        "avoid", "avoided", "wrong", "incorrect", "disapproved", "disallowed", "discouraged", "misspelled", "misspelt", "bad", "inappropriate",
        "improper", "declined", "erroneous",
    ]),
    (Standing::Superseded, &[
        "superseded", "supersededterm", "outdated", "已废止", "旧称", "被取代", "过时", "過時", "旧", "舊", "旧译", "曾称", "曾译", "曾用", "曾用名",
        "retired", "legacy", "archived", "former", "formerly", "old", "previous", "withdrawn", "replaced",
    ]),
    (Standing::Proposed, &[
        "proposed", "proposal", "new", "draft", "provisional", "pending", "unapproved", "candidate",
        "suggested", "fuzzy", "unverified", "inprogress", "tobereviewed", "待定", "待审", "待审核", "草案", "建议",
        "候选", "草稿", "未确认", "待确认", "underreview", "inreview",
        "试用", "新", "未审核", "未审", "未定", "未批准", "notreviewed", "unreviewed", "unconfirmed",
        "notverified", "notconfirmed", "notfinal", "nonfinal", "tentative", "暂定", "暫定", "拟定", "nottranslated", "notyetapproved", "notreleased",
    ]),
    (Standing::Untranslated, &[
        "readonly", "donottranslate", "untranslatable", "nontranslatable", "不译", "不翻译",
    ]),
];

/// Words that say no before another; they are no part of one that is in the list whole.
const NEGATIONS: [&str; 4] = ["not", "non", "不", "非"];

/// What a word about terms ends in, where it names them as well (拒用术语), and what Chinese says of what is done (已弃用).
#[rustfmt::skip]
const NAMED: [&str; 10] = ["术语", "術語", "用语", "用語", "译名", "譯名", "译法", "詞", "词", "term"];
const DONE: char = '已';

/// The standing of one word without blanks: as listed, or one that says that a term is not right.
fn listed(word: &str) -> Option<Standing> {
    let known = |word: &str| {
        let found = STANDINGS.iter().find(|(_, words)| words.contains(&word));
        found.map(|(standing, _)| *standing)
    };
    let bare = NAMED.iter().find_map(|named| word.strip_suffix(named));
    let done = || known(bare.unwrap_or(word).strip_prefix(DONE)?);
    let found = known(word).or_else(|| known(bare?)).or_else(done);
    found.or_else(|| {
        let denied = NEGATIONS.iter().find_map(|no| word.strip_prefix(no))?;
        // These say how a term is matched, not how it stands.
        let other = ["halfprefix", "exact"];
        let right = matches!(known(denied)?, Standing::Preferred | Standing::Admitted);
        (right && !other.contains(&denied)).then_some(Standing::Avoid(false))
    })
}

/// The standing that a word means: those of TBX, memoQ, Trados, Weblate, Crowdin, UTX, and Chinese ones.
pub(crate) fn standing(text: &str) -> Option<Standing> {
    use Standing::{Avoid, Preferred};
    let text = text.trim().to_lowercase();
    // memoQ says how a term is matched in the same cell: `CasePermissive;Fuzzy;Forbidden`.
    let matching = text.contains("case");
    let found = text.split([';', ',', '|', '/']).filter_map(|part| {
        let word = part
            .trim()
            .trim_end_matches("-admn-sts")
            .replace([' ', '_', '-'], "");
        let word = word
            .trim_start_matches("administrativestatus")
            .trim_start_matches(':');
        listed(word)
            .or_else(|| (word.starts_with("case") && word != "case").then_some(Preferred))
            .or_else(|| in_both(part))
            .filter(|standing| !matching || matches!(standing, Avoid(_) | Preferred))
    });
    strongest(found)
}

/// What forbids is stronger than what else is said.
fn strongest(words: impl Iterator<Item = Standing>) -> Option<Standing> {
    use Standing::{Admitted, Avoid, Preferred, Proposed, Superseded, Untranslated};
    words.max_by_key(|standing| match standing {
        Avoid(_) => 4,
        Superseded => 3,
        Proposed | Untranslated => 2,
        Admitted => 1,
        Preferred => 0,
    })
}

/// The standing of a text that says it in both languages (`禁用 Forbidden`, `Approved（已批准）`) or
/// behind a number (`3-Forbidden`): each of its words is known.
fn in_both(text: &str) -> Option<Standing> {
    let counts = |c: char| !c.is_alphabetic();
    let mut words: Vec<String> = Vec::new();
    for part in text.trim_matches(counts).split([
        '(', ')', '（', '）', '[', ']', '【', '】', '\n', ':', '：', '、',
    ]) {
        let (han, latin): (String, String) = part.chars().partition(|c| is_han(*c));
        let latin = latin.replace([' ', '_', '-', '–', '—', '\r', '\t'], "");
        words.extend([han, latin].into_iter().filter(|word| !word.is_empty()));
    }
    let found: Option<Vec<Standing>> = words.iter().map(|word| listed(word)).collect();
    strongest(found?.into_iter())
}

/// The way to match terms that memoQ says beside their standing (`CaseSense;Exact`), where terms stand as
/// they are; half of a word (`HalfPrefix`) is how ours are matched.
pub(crate) fn memoq_match(text: &str) -> Option<&'static str> {
    let has = |wanted: &str| {
        let mut words = text.split(';');
        words.any(|word| word.trim().eq_ignore_ascii_case(wanted))
    };
    match (has("Exact"), has("CaseSense")) {
        (true, true) => Some("case"),
        (true, false) if has("CasePermissive") || has("CaseInsensitive") => Some("exact"),
        _ => None,
    }
}

/// What a cell says in a column that takes only certain texts, as our files write it;
/// `None` where it says nothing there. Any other column takes any text.
pub(crate) fn value(field: Field, text: &str) -> Option<Cow<'_, str>> {
    match field {
        Field::Type => concept_type(text).map(Cow::from),
        Field::Match => match_mode(text).map(Cow::from),
        Field::Status => concept_status(text).map(Cow::from),
        Field::ValidFrom | Field::ValidTo | Field::Updated => day(text).map(Cow::from),
        _ => Some(Cow::from(text)),
    }
}

/// What such a column takes, for a message.
pub(crate) fn takes(field: Field) -> &'static str {
    match field {
        Field::Type => "one of term, person, organization, program, law, place, title, dnt",
        Field::Match => "one of auto, exact, case, strict, prefix",
        Field::Status => "approved or proposed",
        Field::ValidFrom | Field::ValidTo | Field::Updated => "a date like 2025-11-24",
        _ => "any text",
    }
}

/// The status of a concept that a word about its terms means.
fn concept_status(text: &str) -> Option<&'static str> {
    match standing(text)? {
        Standing::Preferred => Some("approved"),
        Standing::Proposed => Some("proposed"),
        _ => None,
    }
}

/// The way to match a term that a word means.
fn match_mode(text: &str) -> Option<&'static str> {
    Some(match text.trim().to_lowercase().as_str() {
        "auto" | "default" | "自动" | "自動" | "默认" | "默認" => "auto",
        "exact" | "精确" | "精確" => "exact",
        "case" | "case sensitive" | "case-sensitive" | "区分大小写" | "區分大小寫" => {
            "case"
        }
        "strict" | "严格" | "嚴格" => "strict",
        "prefix" | "前缀" | "前綴" => "prefix",
        _ => return None,
    })
}

/// Whether a cell says yes.
pub(crate) fn is_yes(text: &str) -> bool {
    let yes = [
        "true",
        "yes",
        "y",
        "1",
        "x",
        "forbidden",
        "是",
        "√",
        "✓",
        "✔",
        "✅",
        "禁用",
    ];
    yes.contains(&text.trim().to_lowercase().as_str())
}

/// Whether a cell says no.
pub(crate) fn is_no(text: &str) -> bool {
    let no = ["false", "no", "n", "0", "否", "×", "✗", "✘", "❌"];
    no.contains(&text.trim().to_lowercase().as_str())
}

/// Whether a cell says yes or no in words or marks, as one below a name that asks does.
pub(crate) fn is_answer(text: &str) -> bool {
    is_yes(text) || is_no(text)
}

/// Whether a cell says yes or no, and nothing else.
pub(crate) fn is_flag(text: &str) -> bool {
    let flags = ["true", "false", "yes", "no", "y", "n", "是", "否"];
    flags.contains(&text.trim().to_lowercase().as_str())
}

/// Whether a word says that a term is an abbreviation or short form.
pub(crate) fn is_abbreviation(text: &str) -> bool {
    let word = text.trim().to_lowercase().replace([' ', '_', '-'], "");
    let words = [
        "acronym",
        "abbreviation",
        "abbreviatedform",
        "initialism",
        "shortform",
        "abbr",
        "short",
        "缩写",
        "缩略",
        "缩略语",
        "简称",
        "首字母缩写",
    ];
    words.contains(&word.as_str())
}

/// Whether a word says what kind of term it is.
pub(crate) fn is_term_type(text: &str) -> bool {
    let word = text.trim().to_lowercase().replace([' ', '_', '-'], "");
    let words = [
        "fullform",
        "variant",
        "synonym",
        "phrase",
        "entryterm",
        "mainentry",
        "全称",
        "同义词",
        "spellingvariant",
        "transliteration",
    ];
    is_abbreviation(text) || words.contains(&word.as_str())
}

/// The type of a concept that a word means.
pub(crate) fn concept_type(text: &str) -> Option<&'static str> {
    Some(match text.trim().to_lowercase().as_str() {
        "term" | "术语" | "術語" | "词" | "普通术语" => "term",
        "person" | "people" | "人名" | "人物" | "姓名" => "person",
        "organization" | "organisation" | "org" | "institution" | "agency" | "company" | "机构"
        | "機構" | "机构名" | "机构名称" | "機構名" | "组织" | "組織" | "组织名" | "组织机构"
        | "公司" | "公司名" | "部门" => "organization",
        "program" | "programme" | "project" | "initiative" | "plan" | "项目" | "計畫" | "计划"
        | "工程" | "倡议" => "program",
        "law" | "act" | "regulation" | "legislation" | "法律" | "法规" | "法規" | "条例" => {
            "law"
        }
        "place" | "location" | "geography" | "地名" | "地理名称" | "地点" | "地點" => {
            "place"
        }
        "title" | "position" | "job title" | "职务" | "職務" | "职位" | "头衔" | "職稱" => {
            "title"
        }
        "dnt" | "do not translate" | "不译" => "dnt",
        _ => return None,
    })
}

/// Whether a word means a type of concepts.
pub(crate) fn is_type(text: &str) -> bool {
    concept_type(text).is_some()
}

/// A day as programs write it, as ours do: `2024/3/1`, `2024-03-01T10:00:00Z`, `20240301T…`, `2024年3月1日`.
/// A text with two years says more than a day.
pub(crate) fn day(text: &str) -> Option<String> {
    let digits: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let year = |part: &&&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    if digits.iter().filter(year).count() > 1 {
        return None;
    }
    let (year, month, day) = match digits.as_slice() {
        [all, ..] if all.len() == 8 => {
            let number: u32 = all.parse().ok()?;
            (number / 10_000, number / 100 % 100, number % 100)
        }
        [year, month, day, ..] if year.len() == 4 => {
            (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        [first, second, year, ..] if year.len() == 4 => {
            let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
            let (month, day) = month_first(text, first, second)?;
            (year.parse().ok()?, month, day)
        }
        _ => return None,
    };
    let date = jiff::civil::Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()?;
    Some(date.to_string())
}

/// Month and day of a date that ends in its year: who tells morning from afternoon writes the month
/// first, who parts by points the day; else it is told only where one of them is no month.
fn month_first(text: &str, first: u32, second: u32) -> Option<(u32, u32)> {
    let clock = text.trim_end().to_lowercase();
    let american = clock.ends_with("am") || clock.ends_with("pm");
    let points = text.matches('.').count() == 2 && !text.contains('/');
    match () {
        () if american || second > 12 => Some((first, second)),
        () if points || first > 12 || first == second => Some((second, first)),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_programs() {
        for word in [
            "forbidden",
            "Forbidden",
            "CasePermissive;HalfPrefix;Forbidden",
            "do not use",
            "禁用",
        ] {
            assert_eq!(standing(word), Some(Standing::Avoid(true)), "{word}");
        }
        assert_eq!(standing("CaseInsensitive;Fuzzy"), Some(Standing::Preferred));
        for word in [
            "deprecatedTerm-admn-sts",
            "Not recommended",
            "obsolete",
            "不推荐",
            "Not approved",
            "non-preferred",
            "not accepted",
            "不规范",
            "非首选",
        ] {
            assert_eq!(standing(word), Some(Standing::Avoid(false)), "{word}");
        }
        assert_eq!(
            standing("preferredTerm-admn-sts"),
            Some(Standing::Preferred)
        );
        assert_eq!(standing("admitted"), Some(Standing::Admitted));
        assert_eq!(standing("New"), Some(Standing::Proposed));
        assert_eq!(standing("Under review"), Some(Standing::Proposed));
        assert_eq!(standing("已确认"), Some(Standing::Preferred));
        assert_eq!(standing("作废"), Some(Standing::Avoid(false)));
        assert_eq!(
            standing("terminology, read-only"),
            Some(Standing::Untranslated)
        );
        assert_eq!(
            standing("terminology, forbidden"),
            Some(Standing::Avoid(true))
        );
        // Weblate's flag of every entry of a glossary.
        assert_eq!(standing("terminology"), Some(Standing::Preferred));
        assert_eq!(standing("Not verified"), Some(Standing::Proposed));
        assert_eq!(standing("non-standard"), Some(Standing::Admitted));
        // Yes and no say nothing without the name of their column.
        for word in [
            "whatever",
            "not",
            "note",
            "not whatever",
            "nonexact",
            "no",
            "false",
            "否",
            "是",
        ] {
            assert_eq!(standing(word), None, "{word}");
        }
        assert!(is_abbreviation("Short form") && !is_abbreviation("fullForm"));
        assert_eq!(concept_type("机构"), Some("organization"));
        assert_eq!(concept_type("机构名"), Some("organization"));
    }

    #[test]
    fn words_of_standards_and_in_two_languages() {
        for (standing_of, words) in [
            (
                Standing::Preferred,
                "优先术语|首选术语|已审定|Approved\n已批准|批准（Approved）|1. Preferred",
            ),
            (Standing::Admitted, "许用术语|允许 Admitted|Synonym"),
            (
                Standing::Avoid(false),
                "拒用|拒用术语|已弃用|避免使用|不宜使用|错误译法|Avoid|Wrong|Disapproved|不采用|4-Deprecated",
            ),
            (
                Standing::Avoid(true),
                "已禁用|禁止使用|禁用 Forbidden|禁用（Forbidden）|3-Forbidden|Not to be used",
            ),
            (Standing::Superseded, "被取代术语|过时|曾称|Retired|Legacy"),
        ] {
            for word in words.split('|') {
                assert_eq!(standing(word), Some(standing_of), "{word}");
            }
        }
        for word in [
            "Approved by Li",
            "禁用词表",
            "We use it.",
            "3",
            "（）",
            "批准 whatever",
        ] {
            assert_eq!(standing(word), None, "{word}");
        }
    }

    #[test]
    fn values_of_columns_that_take_only_some() {
        for (field, text, wanted) in [
            (Field::ValidFrom, "2025/1/1", Some("2025-01-01")),
            (Field::ValidFrom, "2025.1.2", Some("2025-01-02")),
            (Field::ValidTo, "2025年3月1日", Some("2025-03-01")),
            (
                Field::Updated,
                "2025-03-01T10:00:00+0800",
                Some("2025-03-01"),
            ),
            (Field::Updated, "3/4/2022 1:02:03 PM", Some("2022-03-04")),
            (Field::Updated, "13/4/2022", Some("2022-04-13")),
            (Field::Updated, "4/13/2022 10:00", Some("2022-04-13")),
            (Field::Updated, "01.02.2023", Some("2023-02-01")),
            (Field::Updated, "3/4/2022", None),
            (Field::ValidTo, "2025年3月", None),
            (Field::ValidTo, "2025-01-01 至 2026-01-01", None),
            (Field::ValidTo, "45000", None),
            (Field::Updated, "yesterday", None),
            (Field::Type, "组织", Some("organization")),
            (Field::Type, "foo", None),
            (Field::Match, "精确", Some("exact")),
            (Field::Status, "已批准", Some("approved")),
            (Field::Status, "forbidden", None),
            (Field::Status, "maybe", None),
            (Field::Note, "maybe", Some("maybe")),
        ] {
            assert_eq!(value(field, text).as_deref(), wanted, "{text}");
        }
    }
}
