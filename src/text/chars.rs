//! What a character is, and the one character that stands for all its variants.
//!
//! Traditional characters and the variants of Taiwan and Hong Kong are led to
//! the simplified character by OpenCC's tables, one to one and without
//! context. That is right for comparing and wrong for writing (乾隆 becomes
//! 干隆): nothing here is ever shown to a reader.

use std::sync::OnceLock;

/// Whether `c` is a Han character (ideographs of all planes, 々, 〇 and compatibility forms).
///
/// ```
/// use zhengming::text::chars::is_han;
/// assert!(is_han('正') && is_han('𠮷') && is_han('〇'));
/// assert!(!is_han('，') && !is_han('a'));
/// ```
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// Whether a text has more Han characters than words: English may quote a character or two.
///
/// ```
/// use zhengming::text::chars::holds_chinese;
/// assert!(holds_chinese("the 能源部") && !holds_chinese("the 风 of it"));
/// ```
pub fn holds_chinese(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let han = text.chars().filter(|c| is_han(*c)).count();
    let latin = text.split(|c: char| !c.is_alphabetic() || is_han(c));
    han > latin.filter(|word| !word.is_empty()).count()
}

/// Whether a text holds Chinese, and Han is its larger part, a character counted as wide
/// as two letters.
///
/// ```
/// use zhengming::text::chars::is_chinese;
/// assert!(is_chinese("稀土") && is_chinese("AI 人工智能"));
/// assert!(!is_chinese("WeChat (微信)") && !is_chinese("rare earth"));
/// ```
pub fn is_chinese(text: &str) -> bool {
    let han = || text.chars().filter(|c| is_han(*c)).count();
    let letters = || text.chars().filter(|c| c.is_alphabetic()).count();
    holds_chinese(text) && 3 * han() > letters()
}

/// A text in quotation marks, as messages name it; its own become the inner ones.
///
/// ```
/// use zhengming::text::chars::quoted;
/// assert_eq!(quoted("去风险"), "“去风险”");
/// assert_eq!(quoted("“十四五”规划"), "“‘十四五’规划”");
/// ```
pub fn quoted(text: &str) -> String {
    let inner = |c| match c {
        '“' => '‘',
        '”' => '’',
        other => other,
    };
    let inner: String = text.chars().map(inner).collect();
    format!("“{inner}”")
}

/// A text on one line: what is white in it is one space, and none at its ends.
///
/// ```
/// use zhengming::text::chars::one_line;
/// assert_eq!(one_line(" export\n  control\t"), "export control");
/// ```
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `c` belongs to a Latin word: a letter or digit that is not Han.
pub fn is_latin_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() && !is_han(c)
    }
}

/// Whether `c` is a mark that belongs to the letter before it (U+0301 in `é` written as two).
pub fn is_mark(c: char) -> bool {
    // Nearly all text is below the first mark or in the Han blocks: no look-up for those.
    !matches!(c, '\0'..='\u{2ff}' | '\u{3100}'..='\u{a66e}')
        && unicode_normalization::char::is_combining_mark(c)
        && !is_invisible(c)
}

/// Whether `c` is drawn as nothing and changes no meaning: zero-width spaces
/// and joiners, soft hyphen, byte order mark, direction marks, variation
/// selectors.
///
/// ```
/// use zhengming::text::chars::is_invisible;
/// assert!(is_invisible('\u{200b}') && is_invisible('\u{ad}') && is_invisible('\u{feff}'));
/// assert!(!is_invisible(' ') && !is_invisible('\u{3000}'));
/// ```
pub fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x034F | 0x061C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xE0100..=0xE01EF)
}

/// The simplified character that stands for `c` in comparisons; `c` itself where there is none.
///
/// ```
/// use zhengming::text::chars::simplified;
/// assert_eq!("憂鬱的臺灣烏龜".chars().map(simplified).collect::<String>(), "忧郁的台湾乌龟");
/// assert_eq!(simplified('衞'), '卫', "as written in Hong Kong");
/// ```
pub fn simplified(c: char) -> char {
    variants().get(c)
}

/// Every character with another that stands for it: read from OpenCC's tables on first use.
pub(crate) fn variants() -> &'static Variants {
    static VARIANTS: OnceLock<Variants> = OnceLock::new();
    VARIANTS.get_or_init(Variants::read)
}

const TRADITIONAL: &str = include_str!("../data/opencc/TSCharacters.txt");
const REGIONAL: [&str; 2] = [
    include_str!("../data/opencc/TWVariants.txt"),
    include_str!("../data/opencc/HKVariants.txt"),
];

/// First and last code point of the block nearly all Han text is in.
const COMMON: std::ops::RangeInclusive<u32> = 0x3400..=0x9FFF;

/// The table from characters to the characters that stand for them.
pub(crate) struct Variants {
    /// For each of [`COMMON`] its character: one load decides about nearly every Han character.
    common: Vec<u16>,
    /// A bit for each of [`COMMON`] that stands for itself: small enough for the fastest cache.
    plain: Vec<u64>,
    /// The rest, sorted.
    rare: Vec<(char, char)>,
}

impl Variants {
    /// The character that stands for `c`.
    pub(crate) fn get(&self, c: char) -> char {
        let code = u32::from(c);
        if COMMON.contains(&code) {
            let at = (code - COMMON.start()) as usize;
            let to = self.common.get(at).copied().unwrap_or_default();
            return char::from_u32(u32::from(to)).unwrap_or(c);
        }
        if code < 0xF900 {
            return c;
        }
        self.rare
            .binary_search_by_key(&c, |&(from, _)| from)
            .ok()
            .and_then(|at| self.rare.get(at))
            .map_or(c, |&(_, to)| to)
    }

    /// Whether a code point is a Han character of the common block that stands for itself.
    #[inline]
    pub(crate) fn stays(&self, code: u32) -> bool {
        let at = code.wrapping_sub(*COMMON.start()) as usize;
        let bits = self.plain.get(at / 64).copied().unwrap_or(0);
        bits & (1 << (at % 64)) != 0
    }

    fn set(&mut self, from: char, to: char) {
        let code = u32::from(from);
        if COMMON.contains(&code) {
            let at = (code - COMMON.start()) as usize;
            if let (Some(slot), Ok(to)) = (self.common.get_mut(at), u16::try_from(u32::from(to))) {
                *slot = to;
            }
        } else {
            match self.rare.binary_search_by_key(&from, |&(from, _)| from) {
                Ok(at) => self.rare[at].1 = to,
                Err(at) => self.rare.insert(at, (from, to)),
            }
        }
    }

    fn read() -> Self {
        let mut table = Self {
            common: COMMON.map(|code| code as u16).collect(),
            rare: Vec::new(),
            plain: Vec::new(),
        };
        let mut keys = Vec::new();
        for (from, all) in rows(TRADITIONAL) {
            // A character outside the basic plane is one few fonts have, so
            // texts use the next in its place (頫 is written 俯, not 𫖯).
            let mut known = all.split(' ').filter_map(only_char);
            let Some(first) = known.clone().next() else {
                continue;
            };
            let to = known
                .find(|&c| u32::from(c) <= 0xFFFF)
                .filter(|_| u32::from(from) <= 0xFFFF)
                .unwrap_or(first);
            if from != to {
                table.set(from, to);
                keys.push(from);
            }
        }
        for text in REGIONAL {
            for (standard, all) in rows(text) {
                for regional in all.split(' ').filter_map(only_char) {
                    // 么 is also the simplified 麼: it must not become the rare 幺.
                    if regional == '么' {
                        continue;
                    }
                    let (to, from) = (table.get(standard), table.get(regional));
                    if from != to {
                        table.set(from, to);
                        keys.push(from);
                    }
                }
            }
        }
        // 鯰 leads to 鲶 and 鲶 to 鲇: every key must reach the end of its chain.
        for key in keys {
            let mut to = table.get(key);
            for _ in 0..4 {
                to = table.get(to);
            }
            table.set(key, to);
        }
        table.plain = vec![0; table.common.len().div_ceil(64)];
        for (at, code) in COMMON.enumerate() {
            let own = |c: char| is_han(c) && table.get(c) == c;
            if char::from_u32(code).is_some_and(own) {
                table.plain[at / 64] |= 1 << (at % 64);
            }
        }
        table
    }
}

/// The rows of an OpenCC table: a key, and its values separated by spaces.
pub(crate) fn table_rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

fn rows(table: &str) -> impl Iterator<Item = (char, &str)> {
    table_rows(table).filter_map(|(key, values)| Some((only_char(key)?, values)))
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regional_forms_meet() {
        let fold = |text: &str| text.chars().map(simplified).collect::<String>();
        for forms in [
            ["为了", "為了", "爲了"],
            ["着重", "著重", "着重"],
            ["卫生", "衛生", "衞生"],
            ["说明", "說明", "説明"],
            ["台湾", "臺灣", "台灣"],
            ["群众", "羣衆", "群眾"],
            ["什么", "什麼", "什麽"],
            ["面对", "面對", "面對"],
            ["鲶鱼", "鯰魚", "鮎魚"],
            ["线上", "線上", "綫上"],
        ] {
            assert!(
                forms.iter().all(|form| fold(form) == fold(forms[0])),
                "{forms:?}"
            );
        }
        assert_eq!(fold("什么东西"), "什么东西");
        assert_eq!(
            fold("勣頫"),
            "绩俯",
            "not a character outside the basic plane"
        );
    }

    #[test]
    fn a_character_stands_for_itself_once_reached() {
        for c in (0..=0x323AF).filter_map(char::from_u32) {
            assert_eq!(simplified(simplified(c)), simplified(c), "{c}");
        }
    }
}
