//! Words that differ between the mainland, Taiwan and Hong Kong (人工智能,
//! 人工智慧), by OpenCC's phrase tables and a small one of our own.
//!
//! Texts are not rewritten by these; terms get further forms.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::chars::table_rows;
use super::fold::fold;

/// The forms of a Chinese term in other regions, folded (so in simplified
/// characters): mainland words replaced by those of Taiwan, by those of Hong
/// Kong, and the other way round, also inside a longer term. Empty for most
/// terms; at most 16; never the term itself.
///
/// ```
/// use zhengming::text::regional::variants;
/// assert_eq!(variants("人工智能应用"), ["人工智慧应用"]);
/// assert_eq!(variants("軟體"), ["软件"]);
/// assert!(variants("创世计划").is_empty());
/// ```
pub fn variants(zh: &str) -> Vec<String> {
    let term: Vec<char> = fold(zh).chars().collect();
    let own: String = term.iter().collect();
    let mut forms = Vec::new();
    for words in tables() {
        for form in words.replaced(&term) {
            if form != own && forms.len() < FORMS && !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// At most so many forms of a term.
const FORMS: usize = 16;
/// At most so many from one table: several words with several counterparts each multiply.
const WAYS: usize = 8;

const TAIWAN: &str = include_str!("../data/opencc/TWPhrases.txt");
const HONG_KONG: &str = include_str!("../data/opencc/HKPhrases.txt");
const MORE: &str = include_str!("../data/regional/taiwan.txt");

/// Words of one region and what another says for each.
#[derive(Default)]
struct Words {
    others: FxHashMap<Vec<char>, Vec<String>>,
    /// What the words begin with: most characters of a term begin none.
    starts: FxHashSet<char>,
    longest: usize,
}

impl Words {
    fn add(&mut self, word: &str, other: String) {
        let word: Vec<char> = word.chars().collect();
        self.longest = self.longest.max(word.len());
        self.starts.extend(word.first());
        let others = self.others.entry(word).or_default();
        if !others.contains(&other) {
            others.push(other);
        }
    }

    /// A term with all words replaced, the longest at each place, in every combination.
    fn replaced(&self, term: &[char]) -> Vec<String> {
        let mut ways = vec![String::new()];
        let mut found = false;
        let mut rest = term;
        while let Some((first, after)) = rest.split_first() {
            let longest = if self.starts.contains(first) {
                self.longest.min(rest.len())
            } else {
                0
            };
            let word = (1..=longest)
                .rev()
                .find_map(|len| self.others.get(&rest[..len]).map(|others| (len, others)));
            let Some((len, others)) = word else {
                for way in &mut ways {
                    way.push(*first);
                }
                rest = after;
                continue;
            };
            found = true;
            ways = others
                .iter()
                .flat_map(|other| ways.iter().map(move |way| format!("{way}{other}")))
                .take(WAYS)
                .collect();
            rest = &rest[len..];
        }
        if found { ways } else { Vec::new() }
    }
}

/// Mainland to Taiwan, to Hong Kong, and both back.
fn tables() -> &'static [Words; 4] {
    static TABLES: OnceLock<[Words; 4]> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables: [Words; 4] = Default::default();
        for (text, there, back) in [(TAIWAN, 0, 2), (MORE, 0, 2), (HONG_KONG, 1, 3)] {
            for (mainland, others) in table_rows(text) {
                let mainland = fold(mainland);
                for other in others.split(' ').map(fold) {
                    // 軟體動物 stands in the table so that its 軟體 is left alone.
                    tables[there].add(&mainland, other.clone());
                    tables[back].add(&other, mainland.clone());
                }
            }
        }
        tables
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn regional_forms() {
        for (term, form) in [
            ("软件", "软体"),
            ("信息安全", "资讯安全"),
            ("人工智慧", "人工智能"),
            ("芯片", "晶片"),
            ("半导体芯片出口管制", "半导体晶片出口管制"),
            ("互联网", "网际网路"),
            ("网络", "网路"),
            ("操作系统", "作业系统"),
            ("朝鲜", "北韩"),
            ("特朗普", "川普"),
            ("导弹防御", "飞弹防御"),
            ("内存", "记忆体"),
        ] {
            let forms = variants(term);
            assert!(forms.iter().any(|known| known == form), "{term}: {forms:?}");
        }
        for term in ["创世计划", "软体动物", "国防部", "", "AI"] {
            assert_eq!(variants(term), Vec::<String>::new(), "{term}");
        }
    }

    #[test]
    fn every_word_leads_there_and_back() {
        for text in [TAIWAN, MORE] {
            for (mainland, others) in table_rows(text) {
                let (mainland, other) = (fold(mainland), fold(others.split(' ').next().unwrap()));
                if mainland != other {
                    assert!(variants(&mainland).contains(&other), "{mainland} → {other}");
                    assert!(variants(&other).contains(&mainland), "{other} → {mainland}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn forms_are_few_and_others(term in "[软件信息网络数字地址视频程序的]{0,20}") {
            let forms = variants(&term);
            prop_assert!(forms.len() <= FORMS);
            prop_assert!(!forms.contains(&fold(&term)));
        }
    }
}
