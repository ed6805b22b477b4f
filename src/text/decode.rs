//! Bytes of an unknown encoding to text.

use std::collections::BTreeMap;

use super::chars::is_han;
use encoding_rs::{BIG5, Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

/// A file's text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding, as the Encoding Standard names it: `UTF-8`, `GBK`, `gb18030`.
    pub encoding: &'static str,
    /// Whether the encoding is a guess: neither a mark nor valid UTF-8 said so.
    pub guessed: bool,
    /// Whether the bytes began with a byte-order mark.
    pub bom: bool,
    /// Whether bytes that mean nothing in the encoding were replaced by U+FFFD.
    pub damaged: bool,
}

/// Reads bytes as UTF-8, UTF-16, GB18030 or Big5, whichever they are.
///
/// A byte-order mark decides; then NUL bytes on every other place (UTF-16
/// without a mark); then valid UTF-8; then UTF-8 that is damaged in a few
/// places only, where reading all of it as another encoding would ruin it.
/// What is left is Chinese in a national encoding, and frequencies tell Big5
/// from GB18030 (which GB 2312 and GBK are parts of). A few bytes are too
/// little to go by, so `guessed` should be said to the user.
///
/// ```
/// use zhengming::text::decode::decode;
/// let read = decode(&[0xCA, 0xF5, 0xD3, 0xEF]);
/// assert_eq!((read.text.as_str(), read.encoding, read.guessed), ("术语", "gb18030", true));
/// ```
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let body = bytes.get(length..).unwrap_or_default();
        return Decoded {
            bom: true,
            ..with(encoding, body, false)
        };
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes, true);
    }
    if bytes.is_ascii()
        && bytes.windows(2).any(|two| two == b"~{")
        && let Some(text) = hz(bytes)
    {
        return Decoded {
            text,
            encoding: "HZ",
            guessed: true,
            bom: false,
            damaged: false,
        };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            guessed: false,
            bom: false,
            damaged: false,
        };
    }
    if nearly_utf8(bytes) {
        return with(UTF_8, bytes, true);
    }
    if let Some(encoding) = utf16_without_ascii(bytes) {
        return with(encoding, bytes, true);
    }
    // One of the two that has no meaning for some bytes is not the one.
    let (mainland, taiwan) = (with(GB18030, bytes, true), with(BIG5, bytes, true));
    match (mainland.damaged, taiwan.damaged) {
        (true, false) if common(&taiwan.text) => return taiwan,
        (false, true) => return mainland,
        _ => {}
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess == BIG5 { taiwan } else { mainland }
}

/// The encoding that has a name: one of the Encoding Standard, or of Windows
/// and other programs (`cp936`, `utf16`). `None` where none has it.
///
/// ```
/// use zhengming::text::decode::named;
/// assert_eq!(named("CP950").unwrap().name(), "Big5");
/// assert_eq!(named("gb2312").unwrap().name(), "gb18030");
/// assert!(named("klingon").is_none());
/// ```
pub fn named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().to_ascii_lowercase();
    let label = match label.as_str() {
        "cp936" | "ms936" | "windows-936" | "cp54936" => "gb18030",
        "cp950" | "ms950" | "windows-950" | "big5hkscs" => "big5",
        "utf8" | "utf-8-sig" | "utf8-bom" | "cp65001" => "utf-8",
        "utf16" | "utf-16" | "utf16le" | "unicode" | "cp1200" => "utf-16le",
        "utf16be" | "cp1201" => "utf-16be",
        other => other,
    };
    let named = Encoding::for_label(label.as_bytes())?;
    // GB 2312 and GBK are parts of GB 18030, and files that name them hold more than they should.
    let named = if named == GBK { GB18030 } else { named };
    (named != REPLACEMENT).then_some(named)
}

/// An encoding as its users know it, by the name that the Encoding Standard gives it.
///
/// ```
/// use zhengming::text::decode::spoken;
/// assert_eq!(["gb18030", "Big5"].map(spoken), ["GB18030 (GBK)", "Big5"]);
/// ```
pub fn spoken(name: &str) -> &str {
    match name {
        "gb18030" => "GB18030 (GBK)",
        name => name,
    }
}

/// Reads bytes in an encoding that is known, by any name it has: those of the
/// Encoding Standard, of Windows (`cp936`, `cp950`), `utf16`, and HZ. `None`
/// where the name is none. A byte-order mark is left out.
///
/// ```
/// use zhengming::text::decode::decode_as;
/// assert_eq!(decode_as(&[0xA7, 0x41], "cp950").unwrap().text, "你");
/// assert_eq!(decode_as(b"~{JuSo~}", "hz").unwrap().text, "术语");
/// assert!(decode_as(b"", "klingon").is_none());
/// ```
pub fn decode_as(bytes: &[u8], label: &str) -> Option<Decoded> {
    if matches!(
        label.trim().to_ascii_lowercase().as_str(),
        "hz" | "hz-gb-2312"
    ) {
        return Some(Decoded {
            text: hz(bytes)?,
            encoding: "HZ",
            guessed: false,
            bom: false,
            damaged: false,
        });
    }
    let named = named(label)?;
    let marked = Encoding::for_bom(bytes);
    let utf16 = [UTF_16LE, UTF_16BE];
    Some(match marked {
        // Who says UTF-16 may not know which way round it is.
        Some((mark, length))
            if mark == named || (utf16.contains(&mark) && utf16.contains(&named)) =>
        {
            Decoded {
                bom: true,
                ..with(mark, bytes.get(length..).unwrap_or_default(), false)
            }
        }
        _ => with(named, bytes, false),
    })
}

/// The text of bytes in HZ (RFC 1843): GB 2312 in seven bits between `~{` and `~}`.
/// `None` where they are not, or have no such stretch.
fn hz(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.is_ascii())?;
    let mut out = String::new();
    let mut parts = text.split("~{");
    out.push_str(parts.next()?);
    let mut any = false;
    for part in parts {
        let (inside, after) = part.split_once("~}").unwrap_or((part, ""));
        let eight: Vec<u8> = inside
            .trim_end_matches('\n')
            .bytes()
            .map(|b| b | 0x80)
            .collect();
        let (han, damaged) = GB18030.decode_without_bom_handling(&eight);
        if damaged || eight.len() % 2 == 1 {
            return None;
        }
        any = true;
        out.push_str(&han);
        out.push_str(after);
    }
    any.then(|| out.replace("~~", "~").replace("~\n", ""))
}

/// Whether most Han characters of a text are in everyday use: in both of the
/// old national sets, or one of them.
pub(super) fn common(text: &str) -> bool {
    let (mut known, mut all) = (0, 0);
    let mut four = [0u8; 4];
    for c in text.chars().filter(|&c| is_han(c)).take(2000) {
        all += 1;
        // The first level of GB 2312 (B0–D7) and of Big5 (A4–C6) hold the common characters.
        let lead = |encoding: &'static Encoding, four: &mut [u8; 4]| {
            let (bytes, ..) = encoding.encode(c.encode_utf8(four));
            (bytes.len() == 2).then(|| {
                (
                    bytes.first().copied().unwrap_or(0),
                    bytes.get(1).copied().unwrap_or(0),
                )
            })
        };
        let gb =
            lead(GB18030, &mut four).is_some_and(|(a, b)| (0xB0..=0xD7).contains(&a) && b >= 0xA1);
        let big5 = || lead(BIG5, &mut [0; 4]).is_some_and(|(a, _)| (0xA4..=0xC6).contains(&a));
        known += usize::from(gb || big5());
    }
    known * 10 >= all * 8
}

/// The bytes of a text in an encoding that [`decode`] names; `None` where the
/// encoding has no bytes for a character of it.
///
/// ```
/// use zhengming::text::decode::{decode, encode};
/// let bytes = [0xCA, 0xF5, 0xD3, 0xEF];
/// let read = decode(&bytes);
/// assert_eq!(encode(&read.text, read.encoding, read.bom).unwrap(), bytes);
/// assert_eq!(encode("é", "Big5", false), None);
/// ```
pub fn encode(text: &str, encoding: &str, bom: bool) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(encoding.as_bytes())?;
    let mark = if bom { "\u{feff}" } else { "" };
    let characters = [mark, text].into_iter().flat_map(str::encode_utf16);
    if encoding == UTF_16LE {
        return Some(characters.flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(characters.flat_map(u16::to_be_bytes).collect());
    }
    if encoding == UTF_8 {
        return Some([mark, text].concat().into_bytes());
    }
    let (bytes, _, lost) = encoding.encode(text);
    (!lost).then(|| bytes.into_owned())
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        guessed,
        bom: false,
        damaged,
    }
}

/// UTF-16 shows itself by the NULs of its ASCII: tabs, line ends, Latin letters.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: Vec<u8> = bytes.iter().copied().take(4096).collect();
    let nuls = |odd: usize| {
        let places = head.iter().skip(odd).step_by(2);
        places.filter(|&&byte| byte == 0).count()
    };
    let (even, odd) = (nuls(0), nuls(1));
    // One NUL may be an accident.
    let enough = head.len() / 20 + 1;
    if odd > enough && odd > even * 4 {
        Some(UTF_16LE)
    } else if even > enough && even > odd * 4 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-16 without ASCII: nearly every unit is Han or a mark of Chinese text one
/// way round, and hardly any the other.
fn utf16_without_ascii(bytes: &[u8]) -> Option<&'static Encoding> {
    let units: Vec<[u8; 2]> = bytes
        .as_chunks::<2>()
        .0
        .iter()
        .copied()
        .take(4096)
        .collect();
    if units.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let plain = |u: u16| matches!(u, 0x4E00..=0x9FFF | 0x3000..=0x303F | 0xFF00..=0xFFEF | 0x2010..=0x2026 | 9..=13 | 0x20..=0x7E);
        units.iter().filter(|&&two| plain(unit(two))).count()
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    let nearly = units.len() * 19 / 20;
    match () {
        () if little >= nearly && big < units.len() / 2 => Some(UTF_16LE),
        () if big >= nearly && little < units.len() / 2 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether nine in ten of the lines that are not ASCII are valid UTF-8, or more
/// than half of them are and hold Chinese characters, or ten good multi-byte
/// characters come on every bad place: chance does none of these.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let lines = bytes.split(|&byte| byte == b'\n').filter(|l| !l.is_ascii());
    let (mut valid, mut chinese, mut all) = (0usize, 0usize, 0usize);
    for line in lines {
        all += 1;
        if let Ok(line) = std::str::from_utf8(line) {
            valid += 1;
            chinese += usize::from(line.contains(is_han));
        }
    }
    if valid > 0 && (valid * 10 >= all * 9 || chinese * 2 > all) {
        return true;
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * bad
}

/// The first place in each line that is not valid UTF-8: the line, from 1, and
/// the byte in the line, from 1.
///
/// ```
/// use zhengming::text::decode::not_utf8;
/// assert_eq!(not_utf8(b"a\nb\xFFc\n"), [(2, 2)]);
/// ```
pub fn not_utf8(bytes: &[u8]) -> Vec<(u32, usize)> {
    let lines = (1u32..).zip(bytes.split(|&byte| byte == b'\n'));
    let bad = lines.filter_map(|(number, line)| {
        let error = std::str::from_utf8(line).err()?;
        Some((number, error.valid_up_to() + 1))
    });
    bad.collect()
}

/// Lines of a text that hold bytes which mean nothing in its encoding, by their numbers
/// from 1: where a line reads as everyday Chinese in another one, in which, and how.
pub type Unread = BTreeMap<u32, Option<(&'static str, String)>>;

/// The lines of bytes that are not all of an encoding, which [`decode`] names. Of UTF-16
/// none are known.
///
/// ```
/// use zhengming::text::decode::unread;
/// let bytes = [&b"a,b\n"[..], &[0xBA, 0xA3, 0xB9, 0xD8], b",c\n\xFF\n"].concat();
/// let lines = unread(&bytes, "UTF-8");
/// assert_eq!(lines[&2], Some(("gb18030", "海关,c".to_owned())));
/// assert_eq!(lines[&3], None);
/// ```
pub fn unread(bytes: &[u8], encoding: &str) -> Unread {
    let named = Encoding::for_label(encoding.as_bytes());
    let Some(read) = named.filter(|e| ![UTF_16LE, UTF_16BE].contains(e)) else {
        return Unread::new();
    };
    let lines = (1u32..).zip(bytes.split(|&byte| byte == b'\n'));
    let bad = lines.filter(|(_, line)| !line.is_ascii() && with(read, line, true).damaged);
    let reads = |line: &[u8]| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let others = [GB18030, BIG5].into_iter().filter(|other| *other != read);
        let mut texts = others.map(|other| with(other, line, true));
        texts.find(|d| !d.damaged && d.text.contains(is_han) && common(&d.text))
    };
    bad.map(|(number, line)| (number, reads(line).map(|d| (d.encoding, d.text))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "翻译记忆库\ttranslation memory\n术语\tterm\n";

    #[test]
    fn the_usual_encodings_of_a_chinese_glossary() {
        let tw = "翻譯記憶庫\ttranslation memory\n術語\tterm\n";
        let little: Vec<u8> = ZH.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = ZH.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE][..], &little].concat();
        for (bytes, text, encoding) in [
            (GB18030.encode(ZH).0.into_owned(), ZH, "gb18030"),
            (BIG5.encode(tw).0.into_owned(), tw, "Big5"),
            (little, ZH, "UTF-16LE"),
            (big, ZH, "UTF-16BE"),
            (marked, ZH, "UTF-16LE"),
            (ZH.as_bytes().to_vec(), ZH, "UTF-8"),
        ] {
            let read = decode(&bytes);
            assert_eq!((read.text.as_str(), read.encoding), (text, encoding));
            assert!(!read.damaged);
        }
    }

    #[test]
    fn one_bad_byte_does_not_turn_a_file_into_another_encoding() {
        let mut bytes = ZH.repeat(3).into_bytes();
        bytes.push(0xFF);
        let read = decode(&bytes);
        assert_eq!(read.encoding, "UTF-8");
        assert!(read.damaged && read.text.ends_with("term\n\u{FFFD}"));
    }

    #[test]
    fn a_few_bad_lines_leave_the_others_what_they_are() {
        // Short Chinese lines, one with many bad bytes: fewer than ten good ones for each.
        let bytes = [
            "甲\tA\n".repeat(9).into_bytes(),
            vec![0xB0, b'x', 0xFF, b'x', 0xB0, b'\n'],
        ]
        .concat();
        let read = decode(&bytes);
        assert_eq!((read.encoding, read.damaged), ("UTF-8", true));
        assert!(read.text.starts_with("甲\tA\n"));
        assert_eq!(not_utf8(&bytes), [(10, 1)]);
    }

    #[test]
    fn nothing_and_nul_are_texts_too() {
        assert_eq!(decode(b"").text, "");
        assert_eq!(decode("甲\0乙".as_bytes()).text, "甲\0乙");
    }
}
