//! From a file's bytes to its text, and what is to be said about that.
//!
//! Which encoding it is, [`text::decode`](crate::text::decode) finds out; here
//! guesses and damage become findings, and files that are no text are refused.

use std::path::Path;
use std::sync::Arc;

use super::{html, of};
use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Severity};
use crate::span::{self, Span};
use crate::text::count::plural;
use crate::text::decode::{self, Decoded};

/// The rule under which this module reports.
const RULE: &str = "doc-encoding";

/// Whether a page is in the encoding that it names: all of it, or, in UTF-8, nearly all. Bytes in
/// another encoding are nearly never UTF-8, while nearly any bytes can be read as GB18030.
fn is_so(said: &Decoded) -> bool {
    let bad = said.text.matches('\u{FFFD}').count();
    let all = said.text.chars().filter(|c| !c.is_ascii()).count();
    !said.damaged || (said.encoding == "UTF-8" && bad * 3 <= all)
}

/// Reads bytes as text. A page of HTML may say what it is in; else that is found out.
///
/// ```
/// use std::path::Path;
/// use zhengming::format::encoding::decode;
/// let gbk = [0xCA, 0xF5, 0xD3, 0xEF, b'\n']; // 术语
/// let (decoded, findings) = decode(Path::new("a.txt"), &gbk).unwrap();
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("术语\n", "gb18030"));
/// assert_eq!(findings.len(), 1, "a guess is always told");
/// ```
///
/// # Errors
/// The bytes are not text, or are more than 4 GB.
pub fn decode(path: &Path, bytes: &[u8]) -> Result<(Decoded, Vec<Finding>)> {
    // Offsets are u32, and decoding may make three bytes of one.
    if bytes.len() > u32::MAX as usize / 3 {
        let message = "too large to be one document: split it";
        return Err(Error::file(path, None, message));
    }
    let mut decoded = decode::decode(bytes);
    if decoded.guessed && of(path).is_some_and(|format| format.name == html::FORMAT.name) {
        // A page may say itself what it is in.
        let said = html::charset(bytes).and_then(|label| decode::decode_as(bytes, &label));
        decoded = said.filter(is_so).unwrap_or(decoded);
    }
    let text = &decoded.text;
    let refuse = |at: usize, why: &str| {
        let (line, _) = span::line_column(text, at);
        let message = format!("{why}: this is not a text file");
        Err(Error::file(path, Some(line), message))
    };
    if let Some(at) = text.find('\0') {
        return refuse(at, "holds a NUL byte");
    }
    let mut findings = Vec::new();
    let name: Arc<Path> = path.into();
    if decoded.guessed {
        let place = Place::new(Arc::clone(&name), text, Span::default());
        let message = format!(
            "read as {}, which is a guess: save it as UTF-8 to be sure",
            decoded.encoding
        );
        findings.push(Finding::syntax(RULE, Severity::Note, place, message));
    }
    if decoded.damaged
        && let Some(at) = text.find('\u{FFFD}')
    {
        let count = text.matches('\u{FFFD}').count();
        if count * 20 > text.len() {
            return refuse(at, "is in no encoding known here");
        }
        let place = Place::new(name, text, Span::new(at, at + '\u{FFFD}'.len_utf8()));
        let message = format!(
            "bytes that are not valid {} are read as U+FFFD, in {}; the first is here",
            decoded.encoding,
            plural(count, "place"),
        );
        findings.push(Finding::syntax(RULE, Severity::Warning, place, message));
    }
    Ok((decoded, findings))
}
