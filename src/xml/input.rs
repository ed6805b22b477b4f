//! The bytes of a file as UTF-8, block by block, with a count of lines.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::decode;

/// A place in an XML text.
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

/// The input of the XML reader.
#[derive(Debug)]
pub(super) struct Input<R> {
    input: R,
    label: Option<String>,
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
    /// Bytes that were read to find out and wait to be decoded.
    head: Vec<u8>,
}

impl std::fmt::Debug for Decoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.encoding.name())
    }
}

impl<R: Read> Input<R> {
    pub(super) fn new(input: R, label: Option<&str>) -> Self {
        Self {
            input,
            label: label.map(str::to_owned),
            decoding: None,
            text: Vec::new(),
            used: 0,
            spot: Spot::default(),
            mark: 0,
            taken: 0,
        }
    }

    pub(super) fn spot(&self) -> Spot {
        self.spot
    }

    /// A tag or text begins here.
    pub(super) fn mark(&mut self) -> Spot {
        self.mark = self.spot.offset;
        self.spot
    }

    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    pub(super) fn encoding(&self) -> (&'static str, bool) {
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
            self.decoding = Some(Decoding::new(head, self.label.as_deref()));
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
    fn new(head: Vec<u8>, label: Option<&str>) -> Self {
        let marked = Encoding::for_bom(&head);
        let given = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        let (encoding, guessed) = match (given, marked) {
            (Some(encoding), _) => (encoding, false),
            (None, Some((encoding, _))) => (encoding, false),
            (None, None) => found(&head),
        };
        // GB 2312 and GBK are parts of GB 18030, and files that name them hold more than they should.
        let encoding = if encoding == GBK { GB18030 } else { encoding };
        let mark = marked.filter(|(marked, _)| *marked == encoding);
        let skip = mark.map_or(0, |(_, length)| length);
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            encoding,
            guessed,
            head: head.get(skip..).unwrap_or_default().to_vec(),
        }
    }
}

/// The encoding of a text without a mark, and whether it is a guess.
fn found(head: &[u8]) -> (&'static Encoding, bool) {
    match head {
        [b'<', 0, ..] => return (UTF_16LE, false),
        [0, b'<', ..] => return (UTF_16BE, false),
        _ => {}
    }
    let declared = declared(head);
    // Whoever writes one byte a letter writes no UTF-16, whatever is declared.
    let declared = declared.filter(|e| *e != UTF_16LE && *e != UTF_16BE);
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be cut by the end of the block.
        Err(error) => error.error_len().is_none(),
    };
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

/// The encoding that the XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start: Vec<u8> = head.iter().copied().take(200).collect();
    let start = String::from_utf8_lossy(&start);
    let (declaration, _) = start.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let label = rest.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes())
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.fill_buf()?;
        let read = rest.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.text.len() {
            if self.spot.offset - self.mark > LONGEST {
                let message = "a tag, text or comment is longer than 64 MB: refused";
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
                let lines = used.iter().filter(|&&byte| byte == b'\n').count();
                self.spot.line = self.spot.line.saturating_add(lines as u32);
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
