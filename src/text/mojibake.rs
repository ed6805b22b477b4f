//! Text that was read in a wrong encoding.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};

use super::chars::is_han;
use super::decode::common;

/// What a text was before its bytes were read in a wrong encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The encoding its bytes are in.
    pub right: &'static str,
    /// The encoding they were read in.
    pub wrong: &'static str,
    /// The text as it should be; `None` where characters were lost on the way.
    pub text: Option<String>,
}

/// Whether a text is one that was read in a wrong encoding: UTF-8 as GBK
/// (鏈 for 术), as Big5 or as Windows-1252 (æœ¯, â€™), GBK or Big5 as Windows-1252.
///
/// It is one where it can be turned back into bytes that are such a text: by
/// chance that hardly ever happens to real text, and short text is left alone.
/// Bytes that had no meaning in the wrong encoding became `U+FFFD` or `?`: then
/// it is recognized by what is left, and cannot be restored.
///
/// ```
/// use zhengming::text::mojibake::misread;
/// let wrong = encoding_rs::GB18030.decode("翻译记忆".as_bytes()).0;
/// assert_eq!(misread(&wrong).unwrap().text.as_deref(), Some("翻译记忆"));
/// assert_eq!(misread("donâ€™t â€” ever").unwrap().text.as_deref(), Some("don’t — ever"));
/// assert_eq!(misread("翻译记忆"), None);
/// assert_eq!(misread("50°C"), None);
/// assert!(misread("锟斤拷锟斤拷").unwrap().text.is_none());
/// ```
pub fn misread(text: &str) -> Option<Misread> {
    if text.contains("锟斤拷") {
        return Some(Misread {
            right: "UTF-8",
            wrong: "GBK",
            text: None,
        });
    }
    let high = |c: char| ('\u{80}'..'\u{2200}').contains(&c);
    let ways: &[(&'static Encoding, &'static Encoding)] = match () {
        // GBK has a byte of its own for €, GB 18030 more characters.
        () if text.contains(is_han) => &[(UTF_8, GBK), (UTF_8, GB18030), (UTF_8, BIG5)],
        () if text.contains(high) => &[
            (UTF_8, WINDOWS_1252),
            (GB18030, WINDOWS_1252),
            (BIG5, WINDOWS_1252),
        ],
        () => return None,
    };
    ways.iter().find_map(|(right, wrong)| {
        if *right == UTF_8 && !may_begin(text, wrong) {
            return None;
        }
        let whole = restored(&[text], right, wrong);
        if whole.is_none() {
            let parts: Vec<&str> = text.split(['\u{FFFD}', '?']).collect();
            restored(&parts, right, wrong).filter(|_| parts.len() > 1)?;
        }
        Some(Misread {
            right: right.name(),
            wrong: if *wrong == GB18030 {
                "GBK"
            } else {
                wrong.name()
            },
            text: whole,
        })
    })
}

/// Whether the first character beyond ASCII is made of bytes that begin one in
/// UTF-8: hardly any real text goes on from here, and encoding all of it takes long.
fn may_begin(text: &str, wrong: &'static Encoding) -> bool {
    // Where bytes were lost, what is left may begin anywhere.
    if text.contains(['\u{FFFD}', '?']) {
        return true;
    }
    let Some(first) = text.chars().find(|c| !c.is_ascii()) else {
        return false;
    };
    let first = first.to_string();
    let (bytes, ..) = wrong.encode(&first);
    let goes_on = |byte: &u8| (0x80..0xC0).contains(byte);
    bytes.first().is_some_and(|byte| *byte >= 0xC2) && bytes.get(1).is_none_or(goes_on)
}

/// A text as it should be, if it was read as `wrong` and is `right`; several
/// parts are what is left of one between bytes that were lost.
fn restored(parts: &[&str], right: &'static Encoding, wrong: &'static Encoding) -> Option<String> {
    let mut whole = String::new();
    for part in parts {
        let (bytes, _, lost) = wrong.encode(part);
        if lost {
            return None;
        }
        // Where bytes were lost, a character may be cut at either end of what is left.
        let inner = if parts.len() > 1 && right == UTF_8 {
            trimmed(&bytes)
        } else {
            &bytes
        };
        let (decoded, damaged) = right.decode_without_bom_handling(inner);
        if damaged {
            return None;
        }
        whole.push_str(&decoded);
    }
    let chinese = whole.chars().filter(|&c| is_han(c)).count();
    let read = parts.concat();
    let plausible = match chinese {
        0 => right == UTF_8 && parts.len() == 1 && is_western(&read, &whole),
        // A sign and the letter after it are a character of Chinese by chance.
        1 if right != UTF_8 => false,
        _ => is_chinese(&whole, chinese) && (right == UTF_8 || beyond(&read) * 2 >= chinese * 3),
    };
    plausible.then_some(whole)
}

/// How many characters of a text are beyond ASCII.
fn beyond(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

/// Whether a text with so many Chinese characters is nothing strange.
fn is_chinese(text: &str, chinese: usize) -> bool {
    let mark = |c: char| matches!(u32::from(c), 0x2000..=0x206F | 0x3000..=0x303F | 0xFF00..=0xFFEF | 0xB7);
    let other = |c: &char| !c.is_ascii() && !is_han(*c) && !mark(*c);
    text.chars().filter(other).count() * 4 <= chinese && common(text)
}

/// Whether a text without Chinese is what was written rather than what was
/// read: several characters beyond ASCII, fewer than there were, none strange.
fn is_western(read: &str, restored: &str) -> bool {
    let usual =
        |c: char| c.is_ascii() || c.is_alphanumeric() || "‘’“”–—…·•€£°©®™\u{a0}".contains(c);
    (2..beyond(read)).contains(&beyond(restored)) && restored.chars().all(usual)
}

/// Bytes without those at either end that are no whole UTF-8 character.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let start = bytes
        .iter()
        .take_while(|&&b| (0x80..0xC0).contains(&b))
        .count()
        .min(2);
    let rest = bytes.get(start..).unwrap_or_default();
    match std::str::from_utf8(rest) {
        Err(e) if e.error_len().is_none() => rest.get(..e.valid_up_to()).unwrap_or_default(),
        _ => rest,
    }
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
    fn what_was_misread_is_found_and_real_text_is_not() {
        for text in ["能源部启动创世计划", "翻译记忆库", "人工智能", "什么是AI?"]
        {
            // As a program sees it that takes UTF-8 for GBK; an odd byte at the end is damaged.
            let (read, _) = GB18030.decode_without_bom_handling(text.as_bytes());
            if !read.contains('\u{FFFD}') {
                let found = misread(&read).and_then(|found| found.text);
                assert_eq!(found.as_deref(), Some(text), "{read}");
            }
            let (read, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            let found = misread(&read).and_then(|found| found.text);
            assert_eq!(found.as_deref(), Some(text), "{read}");
            let (bytes, ..) = GB18030.encode(text);
            let (read, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            let found = misread(&read).and_then(|found| found.text);
            assert_eq!(found.as_deref(), Some(text), "{read}");
            assert_eq!(misread(text), None);
        }
        for text in [
            "臺灣的供應鏈",
            "naïve résumé",
            "“Genesis” — a mission",
            "50°C ± 2",
            "20°C to 30°C",
            "ÀÉÎ",
            "café",
            "Ministère donâ€™t",
        ] {
            assert_eq!(misread(text), None, "{text}");
        }
        assert_eq!(misread("鑳芥簮閮�").map(|found| found.text), Some(None));
    }
}
