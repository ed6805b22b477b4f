//! A unit in many languages to its pairs of Chinese and English.

use super::{Unit, Variant};
use crate::lang::Lang;

/// A Chinese and an English text of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Couple<'u> {
    /// The Chinese text.
    pub zh: &'u Variant,
    /// The English text.
    pub en: &'u Variant,
    /// The language it was translated from.
    pub from: Lang,
}

impl Couple<'_> {
    /// The text in a language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh.text,
            Lang::En => &self.en.text,
        }
    }
}

/// The language of a tag, the older ones of translation tools among them.
///
/// ```
/// use zhengming::format::exchange::language;
/// use zhengming::lang::Lang;
/// assert_eq!(language("ZH-CN"), Some(Lang::Zh));
/// assert_eq!(language("CHT"), Some(Lang::Zh));
/// assert_eq!(language("en-us"), Some(Lang::En));
/// assert_eq!(language("fr"), None);
/// ```
pub fn language(tag: &str) -> Option<Lang> {
    Lang::from_tag(tag).or_else(|| {
        match tag.trim().to_ascii_lowercase().as_str() {
            // Windows' abbreviations (LCIDs), the first of which was Trados's own.
            "chs" | "cht" | "zhh" | "zhi" | "zhm" | "chinese" => Some(Lang::Zh),
            "enu" | "ens" | "ena" | "enc" | "english" => Some(Lang::En),
            _ => None,
        }
    })
}

/// The pairs of a unit: every Chinese text with every English one, no two alike.
///
/// # Errors
/// There is none, with the reason.
///
/// ```
/// use zhengming::format::exchange::{couples, Unit, Variant};
/// let text = |lang: &str, text: &str| Variant {
///     lang: lang.into(), text: text.into(), ..Variant::default()
/// };
/// let mut unit = Unit {
///     variants: vec![text("en", "software"), text("zh-CN", "软件"), text("zh-TW", "軟體")],
///     ..Unit::default()
/// };
/// assert_eq!(couples(&unit).unwrap().len(), 2);
/// unit.variants.remove(0);
/// assert_eq!(couples(&unit).unwrap_err(), "there is no English text (zh-CN, zh-TW)");
/// ```
pub fn couples(unit: &Unit) -> Result<Vec<Couple<'_>>, String> {
    let of = |lang: Lang| {
        let variants = unit.variants.iter();
        variants.filter(move |v| language(&v.lang) == Some(lang))
    };
    for (lang, name) in [(Lang::Zh, "Chinese"), (Lang::En, "English")] {
        if of(lang).next().is_none() {
            let tags: Vec<&str> = unit.variants.iter().map(|v| v.lang.as_str()).collect();
            return Err(match tags.as_slice() {
                [] => "it holds no text".into(),
                _ => format!("there is no {name} text ({})", tags.join(", ")),
            });
        }
    }
    // Where no language is named the first text is the source.
    let first = unit.variants.iter().find_map(|v| language(&v.lang));
    let from = language(&unit.source).or(first).unwrap_or_default();
    let mut found: Vec<Couple<'_>> = Vec::new();
    for zh in of(Lang::Zh) {
        for en in of(Lang::En) {
            let same = |known: &Couple<'_>| known.zh.text == zh.text && known.en.text == en.text;
            if !found.iter().any(same) {
                found.push(Couple { zh, en, from });
            }
        }
    }
    Ok(found)
}
