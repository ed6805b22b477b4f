//! The two languages, and a value for each.
//!
//! The pair is fixed, so it is a type and not a setting.

use std::fmt;
use std::ops::{Index, IndexMut};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the two languages.
///
/// ```
/// use zhengming::lang::Lang;
/// assert_eq!(Lang::Zh.other(), Lang::En);
/// assert_eq!(Lang::Zh.tag(), "zh");
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, in any script and region.
    #[default]
    Zh,
    /// English, of any region.
    En,
}

impl Lang {
    /// The other language of the pair.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The BCP 47 primary tag: `zh` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 tag, by its primary subtag (`zh-Hant-TW` is Chinese).
    ///
    /// ```
    /// use zhengming::lang::Lang;
    /// assert_eq!(Lang::from_tag("zh-Hant-TW"), Some(Lang::Zh));
    /// assert_eq!(Lang::from_tag("EN_us"), Some(Lang::En));
    /// assert_eq!(Lang::from_tag("de"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        match primary.to_ascii_lowercase().as_str() {
            "zh" | "cmn" | "chi" | "zho" => Some(Self::Zh),
            "en" | "eng" => Some(Self::En),
            _ => None,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::from_tag(s).ok_or_else(|| format!("`{s}` is not a language here: use zh or en"))
    }
}

/// A language with, for Chinese, its script and region: what a translation is written in.
///
/// ```
/// use zhengming::lang::{Lang, Locale};
/// let taiwan: Locale = "zh-TW".parse().unwrap();
/// assert_eq!(taiwan.lang(), Lang::Zh);
/// assert!(taiwan.traditional());
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Chinese in simplified characters, words of the mainland.
    #[serde(rename = "zh-Hans")]
    Hans,
    /// Chinese in traditional characters, no region's words in particular.
    #[serde(rename = "zh-Hant")]
    Hant,
    /// Chinese as written in Taiwan.
    #[serde(rename = "zh-TW")]
    Taiwan,
    /// Chinese as written in Hong Kong.
    #[serde(rename = "zh-HK")]
    HongKong,
}

impl Locale {
    /// Its language.
    pub fn lang(self) -> Lang {
        match self {
            Self::En => Lang::En,
            Self::Hans | Self::Hant | Self::Taiwan | Self::HongKong => Lang::Zh,
        }
    }

    /// Whether it is written in traditional characters.
    pub fn traditional(self) -> bool {
        matches!(self, Self::Hant | Self::Taiwan | Self::HongKong)
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Hans => "zh-Hans",
            Self::Hant => "zh-Hant",
            Self::Taiwan => "zh-TW",
            Self::HongKong => "zh-HK",
        }
    }
}

impl From<Lang> for Locale {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Hans,
            Lang::En => Self::En,
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl FromStr for Locale {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        match s.to_ascii_lowercase().replace('_', "-").as_str() {
            "en" | "en-us" | "en-gb" => Ok(Self::En),
            "zh" | "zh-hans" | "zh-cn" | "zh-sg" | "zh-hans-cn" => Ok(Self::Hans),
            "zh-hant" => Ok(Self::Hant),
            "zh-tw" | "zh-hant-tw" => Ok(Self::Taiwan),
            "zh-hk" | "zh-mo" | "zh-hant-hk" => Ok(Self::HongKong),
            _ => Err(format!(
                "`{s}` is not known here: use en, zh-Hans, zh-Hant, zh-TW or zh-HK"
            )),
        }
    }
}

/// The language of a file's or folder's name, or of a part of one: `zh`, `zh_TW`, `cn`, or as
/// subtitles are called: `chs`, `cht`, `eng`.
///
/// ```
/// use zhengming::lang::{Locale, tag};
/// assert_eq!(["CN", "cht", "zh_TW"].map(tag), [Locale::Hans, Locale::Hant, Locale::Taiwan].map(Some));
/// ```
pub fn tag(part: &str) -> Option<Locale> {
    match part.to_ascii_lowercase().as_str() {
        "cn" | "chs" => Some(Locale::Hans),
        "cht" => Some(Locale::Hant),
        "eng" => Some(Locale::En),
        other => other.parse().ok(),
    }
}

/// A file's name without extension, cut into what is before its language and
/// the language as it is written: the longest that is one. All of a name may be it.
///
/// ```
/// use zhengming::lang::tagged;
/// assert_eq!(tagged("README.zh-CN"), Some(("README", "zh-CN")));
/// assert_eq!(tagged("en"), Some(("", "en")));
/// assert_eq!(tagged("token"), None);
/// ```
pub fn tagged(stem: &str) -> Option<(&str, &str)> {
    if tag(stem).is_some() {
        return Some(("", stem));
    }
    let marks = stem.match_indices(['.', '-', '_']);
    let mut parts = marks.filter_map(|(at, mark)| {
        let rest = stem.get(at + mark.len()..)?;
        Some((stem.get(..at)?, rest))
    });
    parts.find(|(_, rest)| tag(rest).is_some())
}

/// A value for each language.
///
/// ```
/// use zhengming::lang::{Lang, Pair};
/// let name = Pair { zh: "创世计划", en: "Genesis Mission" };
/// assert_eq!(name[Lang::En], "Genesis Mission");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pair<T> {
    /// The value for Chinese.
    pub zh: T,
    /// The value for English.
    pub en: T,
}

impl<T> Pair<T> {
    /// Makes the value of each language.
    pub fn each(mut make: impl FnMut(Lang) -> T) -> Self {
        Self {
            zh: make(Lang::Zh),
            en: make(Lang::En),
        }
    }
}

impl<T> Index<Lang> for Pair<T> {
    type Output = T;

    fn index(&self, lang: Lang) -> &T {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl<T> IndexMut<Lang> for Pair<T> {
    fn index_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::Zh => &mut self.zh,
            Lang::En => &mut self.en,
        }
    }
}
