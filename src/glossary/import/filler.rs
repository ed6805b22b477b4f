//! Cells that say in place of a term that there is none (N/A, TBD, 暂无, 同上), or where it
//! stands (see *X*).

use crate::lang::Lang;
use crate::text::chars::is_han;

/// Words that fill a cell, by what they mean.
struct Meaning {
    /// The words, in small letters.
    en: &'static [&'static str],
    zh: &'static [&'static str],
    /// What the other language has beside one of them where it is a term (不适用 = N/A).
    beside_en: &'static [&'static str],
    beside_zh: &'static [&'static str],
}

#[rustfmt::skip]
const MEANINGS: [Meaning; 4] = [
    Meaning {
        en: &["n/a", "n.a.", "not applicable", "not available"],
        zh: &["不适用", "不適用", "不详", "不詳"],
        beside_en: &["不适用", "不適用", "不详", "不詳", "无", "無"],
        beside_zh: &["n/a", "n.a", "applicable", "available", "unknown", "unspecified"],
    },
    Meaning {
        en: &["tbd", "t.b.d.", "tba", "tbc", "to be determined", "to be confirmed", "to be translated"],
        zh: &["待定", "待译", "待譯", "待翻译", "待翻譯", "待补", "待補", "待补充", "待補充", "待确认", "待確認"],
        beside_en: &["待", "未定"],
        beside_zh: &["tb", "to be", "pending", "undetermined", "undecided", "unsettled"],
    },
    Meaning {
        en: &["null", "none", "nil"],
        zh: &["暂无", "暫無", "暂缺", "暫缺", "无", "無"],
        beside_en: &["空", "无", "無", "零", "没", "沒", "否"],
        beside_zh: &["no", "nil", "null", "wu", "without", "absen", "lack", "empty", "void", "zero"],
    },
    Meaning {
        en: &["ditto", "same as above", "as above", "idem"],
        zh: &["同上", "同前"],
        beside_en: &["同", "如上"],
        beside_zh: &["ditto", "same", "above", "idem"],
    },
];

/// Whether a text fills a cell that has no term. A word that the other language renders is one.
pub(super) fn fills<'t>(text: &str, lang: Lang, mut others: impl Iterator<Item = &'t str>) -> bool {
    let text = text.trim().to_lowercase();
    let meaning = MEANINGS.iter().find(|meaning| match lang {
        Lang::Zh => meaning.zh.contains(&text.as_str()),
        Lang::En => meaning.en.contains(&text.as_str()),
    });
    let Some(meaning) = meaning else {
        return false;
    };
    let beside = match lang {
        Lang::Zh => meaning.beside_zh,
        Lang::En => meaning.beside_en,
    };
    !others.any(|other| {
        let other = other.to_lowercase();
        beside.iter().any(|word| other.contains(word))
    })
}

/// The term that a text points to: *see tariff*, 参见关税, 见“关税”.
pub(super) fn points_to(text: &str, lang: Lang) -> Option<&str> {
    let text = text.trim();
    let marks = |c: char| c.is_whitespace() || "“”「」《》\"':：[]【】".contains(c);
    let rest = match lang {
        Lang::En => {
            let (see, rest) = text.split_once(' ')?;
            if !see.eq_ignore_ascii_case("see") {
                return None;
            }
            let rest = rest.trim_start();
            rest.strip_prefix("also ").unwrap_or(rest)
        }
        Lang::Zh => {
            let sure = ["参见", "參見", "详见", "詳見", "另见", "另見"];
            let sure = sure.iter().find_map(|word| text.strip_prefix(*word));
            // 见 and 同 begin words too.
            let rest = sure.or_else(|| {
                let rest = text.strip_prefix(['见', '見', '同'])?;
                rest.starts_with(marks).then_some(rest)
            });
            rest.filter(|rest| rest.contains(|c: char| is_han(c) || c.is_alphanumeric()))?
        }
    };
    let term = rest.trim_matches(marks);
    (!term.is_empty()).then_some(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_cells_but_where_they_are_rendered() {
        for (text, lang, other, wanted) in [
            ("N/A", Lang::En, "税费", true),
            ("TBD", Lang::En, "公约", true),
            ("NULL", Lang::En, "议定书", true),
            ("ditto", Lang::En, "关税", true),
            ("暂无", Lang::Zh, "tariff", true),
            ("无", Lang::Zh, "tariff", true),
            ("不适用", Lang::Zh, "N/A", false),
            ("N/A", Lang::En, "不适用", false),
            ("null", Lang::En, "空值", false),
            ("TBD", Lang::En, "待定", false),
            ("无", Lang::Zh, "nothingness", false),
            ("同上", Lang::Zh, "ditto", false),
            ("tariff", Lang::En, "关税", false),
        ] {
            let found = fills(text, lang, std::iter::once(other));
            assert_eq!(found, wanted, "{text} = {other}");
        }
    }

    #[test]
    fn texts_that_point_to_terms() {
        for (text, lang, wanted) in [
            ("see tariff", Lang::En, Some("tariff")),
            ("See also “tariff”", Lang::En, Some("tariff")),
            ("seesaw", Lang::En, None),
            ("see", Lang::En, None),
            ("参见关税", Lang::Zh, Some("关税")),
            ("见“关税”", Lang::Zh, Some("关税")),
            ("同意", Lang::Zh, None),
            ("见解", Lang::Zh, None),
        ] {
            assert_eq!(points_to(text, lang), wanted, "{text}");
        }
    }
}
