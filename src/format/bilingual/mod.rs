//! Files that hold both sides of their units, one file a format.
//!
//! A format knows which files are its own and makes a [`Bitext`] of their
//! bytes; everything after that is the same for all. A new one is one file and
//! its line in [`BILINGUAL`].

pub mod tables;
mod tsv;
mod units;
pub mod work;

use std::path::Path;

use crate::error::Result;
use crate::finding::Parsed;
use crate::lang::{Lang, Locale};
use crate::model::bitext::Bitext;
use crate::text::detect;
use crate::text::script::script;

/// A format of bilingual files.
#[derive(Debug)]
pub struct Bilingual {
    /// Its name: `tsv`.
    pub name: &'static str,
    /// Whether a file is one of its own, by its name.
    pub is: fn(&Path) -> bool,
    /// Reads a file's bytes; see [`read`].
    pub read: Read,
}

/// Makes texts of the bytes of a file, whose path is for findings; the locale
/// is the configured one ([`written_in`]).
pub type Read = fn(&Path, &[u8], Option<Locale>) -> Result<Option<Parsed<Bitext>>>;

/// The formats, in the order in which they are tried on a name.
pub const BILINGUAL: &[&Bilingual] = &[
    &work::FORMAT,
    &tsv::FORMAT,
    &units::TMX,
    &units::XLIFF,
    &units::PO,
];

/// The extensions of bilingual files.
pub const EXTENSIONS: [&str; 10] = [
    "tsv", "tmx", "xlf", "xliff", "sdlxliff", "mqxliff", "mxliff", "txlf", "po", "pot",
];

/// The bilingual format of a file, by its name.
pub fn of(path: &Path) -> Option<&'static Bilingual> {
    BILINGUAL.iter().find(|format| (format.is)(path)).copied()
}

/// Makes texts of the bytes of a bilingual file; `None` where it holds no two
/// sides in Chinese and English.
///
/// ```
/// use std::path::Path;
/// use zhengming::format::bilingual;
/// let file = "zh\ten\n能源部\tDepartment of Energy\n";
/// let read = bilingual::read(Path::new("a.tsv"), file.as_bytes(), None).unwrap().unwrap();
/// assert_eq!(read.value.units.len(), 1);
/// let file = "year\tvalue\n2024\t3.5\n";
/// assert!(bilingual::read(Path::new("a.tsv"), file.as_bytes(), None).unwrap().is_none());
/// ```
///
/// # Errors
/// The bytes are not what the name says.
pub fn read(path: &Path, bytes: &[u8], zh: Option<Locale>) -> Result<Option<Parsed<Bitext>>> {
    of(path).map_or(Ok(None), |format| (format.read)(path, bytes, zh))
}

/// What Chinese texts are taken to be written in: the script their characters
/// show, and the configured region where the script is that region's.
///
/// ```
/// use zhengming::format::bilingual::written_in;
/// use zhengming::lang::Locale;
/// let taiwan = Some(Locale::Taiwan);
/// assert_eq!(written_in(["能源部啟動創世計畫"], taiwan), Locale::Taiwan);
/// assert_eq!(written_in(["能源部启动创世计划"], taiwan), Locale::Hans);
/// assert_eq!(written_in(["人口"], taiwan), Locale::Taiwan);
/// ```
pub fn written_in<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    configured: Option<Locale>,
) -> Locale {
    let configured = configured.filter(|locale| locale.lang() == Lang::Zh);
    let shown = script(&detect::sample(texts));
    match (shown, configured) {
        (None, configured) => configured.unwrap_or(Locale::Hans),
        (Some(shown), Some(region)) if shown.traditional() == region.traditional() => region,
        (Some(shown), _) => shown,
    }
}

/// The language that nearly all of some texts are in, those without letters apart.
pub(super) fn common<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Lang> {
    let (mut zh, mut en, mut other) = (0, 0, 0);
    for text in texts {
        match detect::language(text) {
            Some(Lang::Zh) => zh += 1,
            Some(Lang::En) => en += 1,
            None if text.contains(char::is_alphabetic) => other += 1,
            None => {}
        }
    }
    let nearly = |count: usize| count > 0 && count * 5 >= (zh + en + other) * 4;
    match (nearly(zh), nearly(en)) {
        (true, _) => Some(Lang::Zh),
        (_, true) => Some(Lang::En),
        _ => None,
    }
}

/// The language that a column's name says it is in, with the script where it says that too.
pub(super) fn named(name: &str) -> Option<(Lang, Option<Locale>)> {
    let name = name.trim().to_lowercase().replace('_', "-");
    let plain = |lang| Some((lang, None));
    let written = |locale: Locale| Some((locale.lang(), Some(locale)));
    match name.as_str() {
        "zh" | "cn" | "chinese" | "中文" | "汉语" | "漢語" | "汉文" | "华语" | "chinese (zh)" => {
            plain(Lang::Zh)
        }
        "en" | "english" | "英文" | "英语" | "英語" => plain(Lang::En),
        "简体"
        | "简体中文"
        | "简中"
        | "simplified"
        | "simplified chinese"
        | "chinese (simplified)" => written(Locale::Hans),
        "繁體"
        | "繁體中文"
        | "繁体中文"
        | "繁中"
        | "traditional"
        | "traditional chinese"
        | "chinese (traditional)" => written(Locale::Hant),
        tag => written(tag.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_that_is_named_is_read() {
        for extension in EXTENSIONS {
            assert!(
                of(Path::new(&format!("a.{extension}"))).is_some(),
                "{extension}"
            );
        }
    }
}
