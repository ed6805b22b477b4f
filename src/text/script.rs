//! Whether a Chinese text is written in simplified or traditional characters,
//! and, where words tell, for which region.
//!
//! A character tells when it is in use in one script only, by OpenCC's two
//! tables: 国 is only simplified and 國 only traditional, while 后, 里 and 干
//! are simplified characters that traditional texts have in words of their
//! own (皇后, 公里, 干涉), and 乾, 瞭 and 於 stand in simplified texts too
//! (乾隆, 瞭望, the surname 於). Regional forms (温, 户, 群) and
//! variants both scripts write (恒, 霉) tell nothing.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::chars::{simplified, table_rows};
use crate::lang::Locale;
use crate::span::halves;

/// The script a character is in use in, if only in one: [`Locale::Hans`] or [`Locale::Hant`].
///
/// ```
/// use zhengming::{lang::Locale, text::script::of_char};
/// assert_eq!(of_char('国'), Some(Locale::Hans));
/// assert_eq!(of_char('國'), Some(Locale::Hant));
/// assert_eq!(of_char('后'), None);
/// assert_eq!(of_char('乾'), None);
/// ```
pub fn of_char(c: char) -> Option<Locale> {
    let at = u32::from(c).checked_sub(FIRST)?;
    *telling().get(at as usize)?
}

/// How many characters of a text are in use in one script only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those only simplified texts have.
    pub simplified: usize,
    /// Those only traditional texts have.
    pub traditional: usize,
}

impl Tally {
    /// Counts the characters of a text in.
    pub fn add(&mut self, text: &str) {
        for c in text.chars() {
            match of_char(c) {
                Some(Locale::Hans) => self.simplified += 1,
                Some(_) => self.traditional += 1,
                None => {}
            }
        }
    }

    /// The script of most of them; `None` where there are none or as many of both.
    pub fn script(self) -> Option<Locale> {
        match self.simplified.cmp(&self.traditional) {
            std::cmp::Ordering::Greater => Some(Locale::Hans),
            std::cmp::Ordering::Less => Some(Locale::Hant),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// What a Chinese text is written in: the script of most of its telling
/// characters, and the region if the script is traditional and words of one
/// region are there. `None` where nothing tells.
///
/// ```
/// use zhengming::{lang::Locale, text::script::script};
/// assert_eq!(script("能源部启动创世计划"), Some(Locale::Hans));
/// assert_eq!(script("能源部啟動創世計畫"), Some(Locale::Hant));
/// assert_eq!(script("行政院核定資通安全與軟體採購規定"), Some(Locale::Taiwan));
/// assert_eq!(script("特區政府檢討數碼港的服務質素"), Some(Locale::HongKong));
/// assert_eq!(script("人口"), None);
/// ```
pub fn script(text: &str) -> Option<Locale> {
    let mut tally = Tally::default();
    tally.add(text);
    match tally.script()? {
        Locale::Hant => Some(region(text)),
        simplified => Some(simplified),
    }
}

/// A simplified text in traditional characters, one by one and by the first of
/// `OpenCC`'s choices: right for most words, wrong where the word decides (头发 is 頭髮).
///
/// ```
/// use zhengming::text::script::traditional;
/// assert_eq!(traditional("传统"), "傳統");
/// assert_eq!(traditional("头发"), "頭發");
/// ```
pub fn traditional(simplified: &str) -> String {
    static TABLE: OnceLock<FxHashMap<char, char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = table_rows(SIMPLIFIED);
        rows.filter_map(|(key, values)| Some((key.chars().next()?, values.chars().next()?)))
            .collect()
    });
    let one = |c: char| table.get(&c).copied().unwrap_or(c);
    simplified.chars().map(one).collect()
}

/// So much of a text, in bytes, is looked through for words of a region.
const ENOUGH: usize = 1 << 18;

/// The region of a traditional text, where its words tell.
fn region(text: &str) -> Locale {
    let (text, _) = halves(text, ENOUGH);
    let count = |words: &[&str]| words.iter().map(|w| text.matches(w).count()).sum::<usize>();
    let (taiwan, hong_kong) = (count(TAIWAN), count(HONG_KONG));
    if taiwan > 2 * hong_kong {
        Locale::Taiwan
    } else if hong_kong > 2 * taiwan {
        Locale::HongKong
    } else {
        Locale::Hant
    }
}

/// Words and characters of Taiwan that neither Hong Kong nor the mainland writes.
const TAIWAN: &[&str] = &[
    "軟體",
    "硬體",
    "網路",
    "資通",
    "數位",
    "奈米",
    "雷射",
    "飛彈",
    "計程車",
    "公車",
    "捷運",
    "螢幕",
    "專案",
    "智慧財產",
    "人工智慧",
    "川普",
    "義大利",
    "紐西蘭",
    "臺幣",
    "台幣",
    "行政院",
    "立法院",
    "直轄市",
    "中華民國",
    "裡",
];

/// Words and characters of Hong Kong that neither Taiwan nor the mainland writes.
const HONG_KONG: &[&str] = &[
    "數碼",
    "質素",
    "的士",
    "港元",
    "港幣",
    "金管局",
    "立法會",
    "行政長官",
    "特別行政區",
    "政務司",
    "財政司",
    "強積金",
    "布殊",
    "衞",
    "説",
    "綫",
    "鈎",
];

const SIMPLIFIED: &str = include_str!("../data/opencc/STCharacters.txt");
const TRADITIONAL: &str = include_str!("../data/opencc/TSCharacters.txt");
const REGIONAL: [&str; 2] = [
    include_str!("../data/opencc/TWVariants.txt"),
    include_str!("../data/opencc/HKVariants.txt"),
];
/// Traditional characters that names in simplified texts have kept (钱鍾书, 鉅).
const NAMES: [char; 2] = ['鍾', '鉅'];
/// Simplified characters that traditional texts write as well (恒生, 發霉, 栖息, 踪迹).
const BOTH: [char; 8] = ['恒', '霉', '栖', '踪', '迹', '晒', '炖', '虱'];

/// First and last code point of the block the characters of real texts are in.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// For each character of the block the script it is only in.
fn telling() -> &'static [Option<Locale>] {
    static TELLING: OnceLock<Vec<Option<Locale>>> = OnceLock::new();
    TELLING.get_or_init(|| {
        let mut table = vec![None; (LAST - FIRST + 1) as usize];
        let mut set = |c: char, script: Option<Locale>| {
            let at = u32::from(c).checked_sub(FIRST);
            if let Some(slot) = at.and_then(|at| table.get_mut(at as usize)) {
                *slot = script;
            }
        };
        // A row with its own key among the values is a character both scripts have.
        let own = |(key, values): &(&str, &str)| values.split(' ').any(|v| v == *key);
        let first = |(key, _): (&'static str, &str)| key.chars().next();
        for key in table_rows(SIMPLIFIED)
            .filter(|row| !own(row))
            .filter_map(first)
        {
            set(key, Some(Locale::Hans));
        }
        for row in table_rows(TRADITIONAL) {
            let script = (!own(&row)).then_some(Locale::Hant);
            if let Some(key) = first(row) {
                set(key, script);
            }
        }
        let regional = REGIONAL.iter().flat_map(|table| table_rows(table));
        let regional = regional.flat_map(|(key, values)| key.chars().chain(values.chars()));
        for c in regional.filter(|c| simplified(*c) == *c) {
            set(c, None);
        }
        for c in NAMES.into_iter().chain(BOTH) {
            set(c, None);
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_is_written_in() {
        for (text, expected) in [
            ("", None),
            ("Genesis Mission", None),
            ("中文", None),
            ("皇后在公里之外干涉", None),
            ("乾隆年间，於先生在瞭望台", Some(Locale::Hans)),
            ("群峰温度", None),
            ("恒生踪迹", None),
            ("國務院", Some(Locale::Hant)),
            ("国务院", Some(Locale::Hans)),
            (
                "他在報告中引用“总体国家安全观”一語，並說明其緣由與發展",
                Some(Locale::Hant),
            ),
            ("國家安全與网民", Some(Locale::Hant)),
            ("本辦法所稱主管機關：在中央為行政院", Some(Locale::Taiwan)),
            ("金管局總裁表示，港元匯率穩定", Some(Locale::HongKong)),
            ("鍾先生", None),
        ] {
            assert_eq!(script(text), expected, "{text}");
        }
    }

    #[test]
    fn both_tables_are_read() {
        let count = |script| telling().iter().filter(|s| **s == Some(script)).count();
        assert!(count(Locale::Hans) > 2500 && count(Locale::Hant) > 2500);
    }
}
