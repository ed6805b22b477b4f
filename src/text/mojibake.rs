//! Text that was read in a wrong encoding.

use encoding_rs::{Encoding, GBK, WINDOWS_1252};

use super::chars::is_han;

/// What a text would be, had it been read as UTF-8 rather than as GBK or as
/// Western European; `None` where it is no such accident.
///
/// It is one where the text can be turned back into bytes that are valid UTF-8
/// with several characters beyond ASCII: by chance that hardly ever happens to
/// real text, and short text is left alone.
///
/// ```
/// use zhengming::text::mojibake::repaired;
/// assert_eq!(repaired("Ministère donâ€™t").as_deref(), None, "mixed: not all of it can be turned back");
/// assert_eq!(repaired("donâ€™t â€” ever").as_deref(), Some("don’t — ever"));
/// assert_eq!(repaired("鑳芥簮閮�"), None, "damaged beyond turning back");
/// assert_eq!(repaired("鑳芥簮閮ㄥ惎鍔�".trim_end_matches('\u{FFFD}')).as_deref(), None);
/// assert_eq!(repaired("能源部启动创世计划。"), None);
/// assert_eq!(repaired("café"), None);
/// ```
pub fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    [WINDOWS_1252, GBK]
        .into_iter()
        .find_map(|encoding| turned(text, encoding))
}

fn turned(text: &str, encoding: &'static Encoding) -> Option<String> {
    let (bytes, _, lost) = encoding.encode(text);
    if lost {
        return None;
    }
    let turned = String::from_utf8(bytes.into_owned()).ok()?;
    let beyond = turned.chars().filter(|c| !c.is_ascii()).count();
    let before = text.chars().filter(|c| !c.is_ascii()).count();
    // Two bytes of a GBK character, of which three make a Chinese one; two or
    // three Western letters for each character.
    let enough = beyond >= 2 && beyond < before;
    let real = |c: char| {
        is_han(c)
            || c.is_alphanumeric()
            || c.is_ascii()
            || "，。、；：？！“”‘’（）《》—…·•–€£°©®™\u{a0}".contains(c)
    };
    (enough && turned.chars().all(real)).then_some(turned)
}

/// Whether a text holds what only a wrong encoding leaves behind: U+FFFD, or
/// U+FFFD itself read as GBK (锟斤拷).
///
/// ```
/// use zhengming::text::mojibake::is_damaged;
/// assert!(is_damaged("锟斤拷锟斤拷") && is_damaged("a\u{FFFD}b") && !is_damaged("正名"));
/// ```
pub fn is_damaged(text: &str) -> bool {
    text.contains('\u{FFFD}') || text.contains("锟斤拷") || text.contains("ï¿½")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_read_as_gbk_is_found_and_real_chinese_is_not() {
        for text in ["能源部启动创世计划", "翻译记忆库", "人工智能"] {
            // As a program sees it that takes UTF-8 for GBK; an odd byte at the end is damaged.
            let (read, _) = GBK.decode_without_bom_handling(text.as_bytes());
            if !read.contains('\u{FFFD}') {
                assert_eq!(repaired(&read).as_deref(), Some(text), "{read}");
            }
            let (read, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            assert_eq!(repaired(&read).as_deref(), Some(text), "{read}");
            assert_eq!(repaired(text), None);
        }
        for text in [
            "臺灣的供應鏈",
            "naïve résumé",
            "“Genesis” — a mission",
            "50°C ± 2",
            "ÀÉÎ",
        ] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
