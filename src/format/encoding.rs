//! From bytes to text: which encoding a file is in.
//!
//! In order: a byte-order mark; UTF-8 by its own rules; UTF-16 by its NUL
//! bytes; then GB18030 (of which GBK and GB2312 are parts) or Big5 with the
//! Hong Kong characters, which can only be guessed, and the guess is reported.

use std::path::Path;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Severity};
use crate::span::Span;

/// A file's text and how it was encoded.
#[derive(Debug)]
pub struct Decoded {
    /// The text without a byte-order mark.
    pub text: String,
    /// The encoding's label: `UTF-8`, `UTF-16LE`, `gb18030`, `Big5`.
    pub encoding: &'static str,
    /// Whether the file began with a UTF-8 byte-order mark.
    pub bom: bool,
    /// A guess that was made, bytes that could not be read (rule `doc-encoding`).
    pub findings: Vec<Finding>,
}

/// The rule under which this module reports.
const RULE: &str = "doc-encoding";

/// Reads bytes as text.
///
/// ```
/// use std::path::Path;
/// use zhengming::format::encoding::decode;
/// let gbk = [0xCA, 0xF5, 0xD3, 0xEF, b'\n']; // 术语
/// let decoded = decode(Path::new("a.txt"), &gbk).unwrap();
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("术语\n", "gb18030"));
/// assert_eq!(decoded.findings.len(), 1, "a guess is always told");
/// ```
///
/// # Errors
/// The bytes are not text, or are more than 4 GB.
pub fn decode(path: &Path, bytes: &[u8]) -> Result<Decoded> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(Error::file(path, None, "larger than 4 GB: split it"));
    }
    let (encoding, body, certain) = encoding_of(bytes);
    let (text, _) = encoding.decode_without_bom_handling(body);
    let text = text.into_owned();
    if let Some(at) = text.find('\0') {
        return Err(not_text(path, &text, at, "holds NUL bytes"));
    }
    let mut findings = Vec::new();
    let name: Arc<Path> = path.into();
    if !certain {
        let place = Place::new(Arc::clone(&name), &text, Span::default());
        let message = format!(
            "read as {}, which is a guess: save it as UTF-8 to be sure",
            encoding.name()
        );
        findings.push(Finding::syntax(RULE, Severity::Note, place, message));
    }
    // U+FFFD may stand in a sound file; only those the decoder put there count.
    let bad = (text.matches('\u{FFFD}').count()).saturating_sub(count_written(encoding, body));
    if bad > 0
        && let Some(at) = text.find('\u{FFFD}')
    {
        if bad * 20 > text.len() {
            return Err(not_text(path, &text, at, "is in no encoding known here"));
        }
        let place = Place::new(name, &text, Span::new(at, at + '\u{FFFD}'.len_utf8()));
        let message = format!(
            "{bad} {} not valid {}; the first stands here and is read as U+FFFD",
            if bad == 1 {
                "byte sequence is"
            } else {
                "byte sequences are"
            },
            encoding.name()
        );
        findings.push(Finding::syntax(RULE, Severity::Warning, place, message));
    }
    Ok(Decoded {
        text,
        encoding: encoding.name(),
        bom: encoding == UTF_8 && body.len() < bytes.len(),
        findings,
    })
}

fn not_text(path: &Path, text: &str, at: usize, why: &str) -> Error {
    let (line, _) = crate::span::line_column(text, at);
    let message = format!("{why}: this is not a text file");
    Error::file(path, Some(line), message)
}

/// How often U+FFFD itself is written in the file.
fn count_written(encoding: &'static Encoding, body: &[u8]) -> usize {
    let written: &[u8] = match encoding {
        e if e == UTF_16LE => &[0xFD, 0xFF],
        e if e == UTF_16BE => &[0xFF, 0xFD],
        e if e == GB18030 => &[0x84, 0x31, 0xA4, 0x37],
        e if e == UTF_8 => &[0xEF, 0xBF, 0xBD],
        _ => return 0,
    };
    let step = if written.len() == 2 { 2 } else { 1 };
    let windows = body.windows(written.len()).step_by(step);
    windows.filter(|window| *window == written).count()
}

/// The encoding, the bytes after a byte-order mark, and whether it is certain.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, &[u8], bool) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, bytes.get(length..).unwrap_or_default(), true);
    }
    if let Some(encoding) = utf16_by_nul(bytes) {
        return (encoding, bytes, false);
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return (UTF_8, bytes, true);
    };
    if error.valid_up_to() > 0 && mostly_utf8(bytes) {
        return (UTF_8, bytes, true);
    }
    (legacy(bytes), bytes, false)
}

/// UTF-16 without a mark: in the ASCII parts (line ends, digits) every other byte is NUL.
fn utf16_by_nul(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let nul = |first: usize| {
        let every_other = head.iter().skip(first).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (nul(0), nul(1));
    let pairs = head.len() / 2;
    // Nothing but a line end in a hundred characters is NUL in Chinese text;
    // in a binary file NULs stand on both sides.
    match (even, odd) {
        _ if pairs == 0 || bytes.len() % 2 != 0 => None,
        (0, odd) if odd * 200 >= pairs => Some(UTF_16LE),
        (even, 0) if even * 200 >= pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes are UTF-8 with a few accidents: ten sound sequences for each broken one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= broken * 10
}

/// GB18030 or Big5.
///
/// The detector is asked without a country: with one it takes the country's
/// side. It may only decide for Big5 where both readings are possible; short
/// texts are more often GB18030.
fn legacy(bytes: &[u8]) -> &'static Encoding {
    let sound = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        text.is_some()
    };
    match (sound(GB18030), sound(BIG5)) {
        (true, false) => GB18030,
        (false, true) => BIG5,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            if detector.guess(None, Utf8Detection::Deny) == BIG5 {
                BIG5
            } else {
                GB18030
            }
        }
    }
}
