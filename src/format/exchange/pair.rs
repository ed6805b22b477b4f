//! A unit in many languages to its pairs of Chinese and English.

use std::collections::HashSet;

use super::{Unit, Variant};
use crate::format::heading::Heading;
use crate::lang::{Lang, Locale};
use crate::text::chars::is_han;

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

/// The language of a tag, the older ones of translation tools among them, or of a name
/// in place of one.
///
/// ```
/// use zhengming::format::exchange::language;
/// use zhengming::lang::Lang;
/// assert_eq!(language("ZH-CN"), Some(Lang::Zh));
/// assert_eq!(language("CHT"), Some(Lang::Zh));
/// assert_eq!(language("en-us"), Some(Lang::En));
/// assert_eq!(language("Chinese (PRC)"), Some(Lang::Zh));
/// assert_eq!(language("英语"), Some(Lang::En));
/// assert_eq!(language("fr"), None);
/// ```
pub fn language(tag: &str) -> Option<Lang> {
    Lang::from_tag(tag).or_else(|| {
        match tag.trim().to_ascii_lowercase().as_str() {
            // Windows' abbreviations (LCIDs), the first of which was Trados's own.
            "chs" | "cht" | "zhh" | "zhi" | "zhm" | "chinese" => Some(Lang::Zh),
            "enu" | "ens" | "ena" | "enc" | "english" => Some(Lang::En),
            // Names in place of tags; a tag may hold a country and another language (bo-CN).
            name if name.starts_with("chinese")
                || name.starts_with("english")
                || name.contains(is_han) =>
            {
                Heading::of(name).locale().map(Locale::lang)
            }
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
    let (zh, en) = (texts(unit, Lang::Zh), texts(unit, Lang::En));
    for (found, name) in [(&zh, "Chinese"), (&en, "English")] {
        if found.is_empty() {
            return Err(match named(unit).as_str() {
                "" => "it holds no text".into(),
                tags => format!("there is no {name} text ({tags})"),
            });
        }
    }
    let (chinese, english) = (zh.len(), en.len());
    if chinese * english > MOST {
        return Err(format!(
            "it holds {chinese} Chinese and {english} English texts: no unit has so many"
        ));
    }
    // Where no language is named the first text is the source.
    let first = unit.variants.iter().find_map(|v| language(&v.lang));
    let from = language(&unit.source).or(first).unwrap_or_default();
    let mut found = Vec::with_capacity(chinese * english);
    for &zh in &zh {
        for &en in &en {
            found.push(Couple { zh, en, from });
        }
    }
    Ok(found)
}

/// A unit of more pairs than this was made to be large.
const MOST: usize = 1000;

/// The texts of a unit in a language, no two alike.
fn texts(unit: &Unit, lang: Lang) -> Vec<&Variant> {
    let mut seen = HashSet::new();
    let variants = unit.variants.iter();
    variants
        .filter(|v| language(&v.lang) == Some(lang) && seen.insert(v.text.as_str()))
        .collect()
}

/// The languages that a unit has, as it names them.
fn named(unit: &Unit) -> String {
    let tags = unit
        .variants
        .iter()
        .take(10)
        .map(|v| match v.lang.as_str() {
            "" => "one without a name",
            tag => tag,
        });
    tags.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_bounded_and_no_two_are_alike() {
        let unit = |count: usize, text: fn(usize) -> String| Unit {
            variants: (0..count)
                .flat_map(|n| {
                    ["zh-TW", "en-GB"].map(|lang| Variant {
                        lang: lang.into(),
                        text: text(n),
                        ..Variant::default()
                    })
                })
                .collect(),
            ..Unit::default()
        };
        assert_eq!(couples(&unit(30, |n| n.to_string())).unwrap().len(), 900);
        assert_eq!(couples(&unit(3000, |_| "a".into())).unwrap().len(), 1);
        let reason = couples(&unit(3000, |n| n.to_string())).unwrap_err();
        assert!(reason.contains("3000 Chinese"), "{reason}");
    }
}
