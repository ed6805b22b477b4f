//! The bytes of a file of any size and encoding as UTF-8, block by block, with
//! a count of lines.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::chars::is_han;
use super::decode;

/// A place in a text that is read as a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode code points.
    pub column: u32,
    /// Bytes of the decoded text before it, without a byte-order mark.
    pub offset: u64,
}

impl Default for Spot {
    fn default() -> Self {
        Self {
            line: 1,
            column: 1,
            offset: 0,
        }
    }
}

/// Bytes read at a time.
const BLOCK: usize = 1 << 16;

/// No tag, text or comment may be longer than this, in bytes.
const LONGEST: u64 = 64 << 20;

/// Finds the encoding that the first bytes of a text name, if they do.
pub type Declared = fn(&[u8]) -> Option<&'static Encoding>;

/// A text read block by block: UTF-8 whatever the file is in, and the place
/// that reading has come to.
///
/// ```
/// use std::io::BufRead;
/// use zhengming::text::stream::Stream;
/// let bytes = [0xCA, 0xF5, 0xD3, 0xEF, b'\n', b'a'];
/// let mut text = Stream::new(&bytes[..], Some("gbk"), |_| None);
/// let mut line = String::new();
/// text.read_line(&mut line).unwrap();
/// assert_eq!((line.as_str(), text.spot().line), ("术语\n", 2));
/// ```
pub struct Stream<R> {
    input: R,
    label: Option<String>,
    declared: Declared,
    decoding: Option<Decoding>,
    /// What was decoded, and how much of it was used.
    text: Vec<u8>,
    used: usize,
    spot: Spot,
    /// The offset at which the tag or text being read began.
    mark: u64,
    taken: u64,
}

/// How the bytes become text.
struct Decoding {
    decoder: Decoder,
    encoding: &'static Encoding,
    guessed: bool,
    /// Whether lines end by a carriage return alone; not known before any text was read.
    returns: Option<bool>,
    /// Bytes that were read to find out and wait to be decoded.
    head: Vec<u8>,
}

impl<R> std::fmt::Debug for Stream<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stream at {}:{}", self.spot.line, self.spot.column)
    }
}

impl<R: Read> Stream<R> {
    /// Begins to read. `label` names the encoding where the user gives it; else
    /// a byte-order mark decides, what the text itself declares, or its bytes.
    pub fn new(input: R, label: Option<&str>, declared: Declared) -> Self {
        Self {
            input,
            label: label.map(str::to_owned),
            declared,
            decoding: None,
            text: Vec::new(),
            used: 0,
            spot: Spot::default(),
            mark: 0,
            taken: 0,
        }
    }

    /// Where reading has come to.
    pub fn spot(&self) -> Spot {
        self.spot
    }

    /// Something begins here that may be 64 MB long, and no longer.
    pub fn mark(&mut self) -> Spot {
        self.mark = self.spot.offset;
        self.spot
    }

    /// Bytes taken from the input so far.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// The encoding, and whether it is a guess. Known once something was read.
    pub fn encoding(&self) -> (&'static str, bool) {
        self.decoding
            .as_ref()
            .map_or((UTF_8.name(), false), |d| (d.encoding.name(), d.guessed))
    }

    /// A block of bytes; shorter only at the end.
    fn block(&mut self) -> io::Result<Vec<u8>> {
        let mut block = Vec::with_capacity(BLOCK);
        let wanted = (&mut self.input).take(BLOCK as u64);
        let read = { wanted }.read_to_end(&mut block)?;
        self.taken += read as u64;
        Ok(block)
    }

    /// Decodes the next block into `text`.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.used = 0;
        if self.decoding.is_none() {
            let head = self.block()?;
            self.decoding = Some(Decoding::new(&head, self.label.as_deref(), self.declared));
        }
        // A block may hold nothing but the beginning of a character.
        while self.text.is_empty() {
            let head = self.decoding.as_mut().map(|d| std::mem::take(&mut d.head));
            let mut bytes = head.unwrap_or_default();
            if bytes.is_empty() {
                bytes = self.block()?;
            }
            let last = bytes.is_empty();
            let Some(decoding) = &mut self.decoding else {
                return Ok(());
            };
            let most = decoding.decoder.max_utf8_buffer_length(bytes.len());
            self.text.resize(most.unwrap_or(BLOCK * 4), 0);
            let (_, _, written, _) = decoding
                .decoder
                .decode_to_utf8(&bytes, &mut self.text, last);
            self.text.truncate(written);
            let returns = decoding
                .returns
                .get_or_insert_with(|| only_returns(&self.text));
            if *returns {
                let ends = self.text.iter_mut().filter(|byte| **byte == b'\r');
                ends.for_each(|byte| *byte = b'\n');
            }
            if last {
                // A decoder that was told it is the end must not be used again.
                decoding.decoder = decoding.encoding.new_decoder_without_bom_handling();
                break;
            }
        }
        Ok(())
    }
}

impl Decoding {
    fn new(head: &[u8], label: Option<&str>, declared: Declared) -> Self {
        let marked = Encoding::for_bom(head);
        let given = label.and_then(decode::named);
        let utf16 = |encoding: &'static Encoding| [UTF_16LE, UTF_16BE].contains(&encoding);
        let (encoding, guessed) = match (given, marked) {
            // Who says UTF-16 may not know which way round it is.
            (Some(given), Some((mark, _))) if utf16(given) && utf16(mark) => (mark, false),
            (Some(encoding), _) | (None, Some((encoding, _))) => (encoding, false),
            (None, None) => found(head, declared(head)),
        };
        let encoding = if encoding == GBK { GB18030 } else { encoding };
        let mark = marked.filter(|(marked, _)| *marked == encoding);
        let skip = mark.map_or(0, |(_, length)| length);
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            encoding,
            guessed,
            returns: None,
            head: head.get(skip..).unwrap_or_default().to_vec(),
        }
    }
}

/// Whether the first block of a text has carriage returns and no line feed, as
/// spreadsheets save text for a Mac.
fn only_returns(text: &[u8]) -> bool {
    // What is cut off behind the last byte may be a line feed.
    let body = text.strip_suffix(b"\r").unwrap_or(text);
    body.contains(&b'\r') && !body.contains(&b'\n')
}

/// The encoding of a text without a mark, and whether it is a guess.
fn found(head: &[u8], declared: Option<&'static Encoding>) -> (&'static Encoding, bool) {
    match head {
        [first, 0, ..] if first.is_ascii() && *first != 0 => return (UTF_16LE, false),
        [0, first, ..] if first.is_ascii() && *first != 0 => return (UTF_16BE, false),
        _ => {}
    }
    // Whoever writes one byte a letter writes no UTF-16, whatever is declared.
    let declared = declared.filter(|e| *e != UTF_16LE && *e != UTF_16BE);
    let head = whole(head);
    let text = match std::str::from_utf8(head) {
        Ok(text) => Some(text),
        // The last character may be cut by the end of the file; where it is the
        // only one that is not ASCII, it is a letter of another encoding.
        Err(error) => {
            let before = head.get(..error.valid_up_to()).unwrap_or(head);
            let cut = error.error_len().is_none() && !before.is_ascii();
            std::str::from_utf8(before).ok().filter(|_| cut)
        }
    };
    let valid = text.is_some();
    // What is Western European by name (or ASCII) and UTF-8 by its bytes was named by
    // habit; so was what was Chinese in another encoding before it was converted: by
    // chance no two everyday characters in a row are valid UTF-8.
    let chinese = text.is_some_and(|text| text.contains(is_han) && decode::common(text));
    let habit = |e: &Encoding| if e == WINDOWS_1252 { valid } else { chinese };
    let declared = declared.filter(|e| head.is_ascii() || !habit(e));
    match declared {
        Some(encoding) if encoding != UTF_8 => (encoding, false),
        _ if valid => (UTF_8, false),
        _ => {
            let read = decode::decode(head);
            let encoding = Encoding::for_label(read.encoding.as_bytes());
            (encoding.unwrap_or(UTF_8), read.guessed)
        }
    }
}

/// The beginning of a text without a character that its last bytes may be a part of.
fn whole(head: &[u8]) -> &[u8] {
    // Below this no byte is the second of a character in any of the encodings.
    let end = head.iter().rposition(|&byte| byte < 0x30);
    match end {
        Some(end) if head.len() >= BLOCK => head.get(..=end).unwrap_or(head),
        _ => head,
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.fill_buf()?;
        let read = rest.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Stream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.text.len() {
            if self.spot.offset - self.mark > LONGEST {
                let message =
                    "a single part (a tag, text, line or cell) is longer than 64 MB: refused";
                return Err(io::Error::other(message));
            }
            self.refill()?;
        }
        Ok(self.text.get(self.used..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        let end = self.used.saturating_add(amount).min(self.text.len());
        let used = self.text.get(self.used..end).unwrap_or_default();
        let last = match used.iter().rposition(|&byte| byte == b'\n') {
            Some(at) => {
                let lines: u32 = used.iter().map(|&byte| u32::from(byte == b'\n')).sum();
                self.spot.line = self.spot.line.saturating_add(lines);
                self.spot.column = 1;
                used.get(at + 1..).unwrap_or_default()
            }
            None => used,
        };
        let characters = last.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        self.spot.column = self.spot.column.saturating_add(characters as u32);
        self.spot.offset += used.len() as u64;
        self.used = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_across_two_blocks_does_not_hide_the_encoding() {
        let tw = "翻譯記憶庫\ttranslation memory\n術語\tterm\n";
        let zh = "翻译记忆库\ttranslation memory\n术语\tterm\n";
        for (text, encoding) in [(tw, encoding_rs::BIG5), (zh, GB18030)] {
            // A row takes 40 bytes: the block ends beside a character, or inside one.
            for lead in [10, 11] {
                let text = "a".repeat(lead) + &text.repeat(BLOCK / 20);
                let (bytes, ..) = encoding.encode(&text);
                let mut stream = Stream::new(&bytes[..], None, |_| None);
                let mut read = String::new();
                stream.read_to_string(&mut read).unwrap();
                assert_eq!(stream.encoding(), (encoding.name(), true));
                assert_eq!(read, text);
            }
        }
    }

    #[test]
    fn carriage_returns_alone_end_lines() {
        let read = |text: &str| {
            let mut stream = Stream::new(text.as_bytes(), None, |_| None);
            let mut read = String::new();
            stream.read_to_string(&mut read).unwrap();
            (read, stream.spot().line)
        };
        assert_eq!(read("zh\ren\r"), ("zh\nen\n".to_owned(), 3));
        assert_eq!(read("zh\r\nen\r\n"), ("zh\r\nen\r\n".to_owned(), 3));
        assert_eq!(read("zh\r"), ("zh\r".to_owned(), 1));
    }

    #[test]
    fn a_name_given_by_habit_does_not_spoil_what_the_bytes_are() {
        let named = |_: &[u8]| Encoding::for_label(b"us-ascii");
        let encoding = |bytes: &[u8]| {
            let mut stream = Stream::new(bytes, None, named);
            stream.read_to_string(&mut String::new()).unwrap();
            stream.encoding().0
        };
        assert_eq!(encoding("术语".as_bytes()), "UTF-8");
        let converted = |bytes: &[u8]| {
            let mut stream = Stream::new(bytes, None, |_| Some(GB18030));
            stream.read_to_string(&mut String::new()).unwrap();
            stream.encoding().0
        };
        assert_eq!(converted("本办法自公布之日起施行。".as_bytes()), "UTF-8");
        assert_eq!(converted(&GB18030.encode("联通").0), "gb18030");
        assert_eq!(
            converted(&GB18030.encode("本办法自公布之日起施行。").0),
            "gb18030"
        );
        assert_eq!(encoding(b"caf\xE9"), "windows-1252");
        let marked = [&[0xFE, 0xFF][..], &[0x67, 0x2F]].concat();
        let mut stream = Stream::new(&marked[..], Some("utf-16"), |_| None);
        let mut read = String::new();
        stream.read_to_string(&mut read).unwrap();
        assert_eq!(read, "术");
    }
}
