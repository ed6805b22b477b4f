//! The form texts are compared in, with the way back.
//!
//! Two texts that a reader takes for the same wording fold to the same string:
//!
//! | what | folds to |
//! | --- | --- |
//! | full-width and compatibility characters (ＡＩ, ﬁ, ①, ℃), decomposed letters | NFKC: ai, fi, 1, °c, é |
//! | capitals | small letters |
//! | traditional and regional characters | the simplified one, by OpenCC's character tables |
//! | “ ” „ 「 」 『 』 | `"` |
//! | ‘ ’ ‛ ʼ | `'` |
//! | ‐ ‑ ‒ – — ― − | `-` |
//! | ‧ ・ • between the parts of a name | · |
//! | zero-width characters, soft hyphen, byte order mark, variation selectors | nothing |
//! | white space of any kind and length | one space; nothing beside a Han character |
//!
//! White space beside a Han character is typography (能源部 (DOE), 5G 网络, a
//! line end inside a word), so it is dropped. Words of a region (人工智慧) are
//! not rewritten: [`regional`](super::regional) knows those. Folded text is for
//! comparing and never shown: [`Folded::original`] leads back.

use unicode_normalization::UnicodeNormalization;

use super::chars::{Variants, is_han, is_invisible, is_mark, variants};
use super::code;
use crate::span::{Span, halves};

/// What stands in a folded text for a code that was left out and that stands
/// for text itself (`{0}`, `` `x` ``): no term and no word reaches across it.
pub const HOLE: char = '\u{FFFC}';

/// A text folded for comparison, and the way back to its own bytes.
///
/// ```
/// use zhengming::{span::Span, text::fold::Folded};
/// let text = "能源部啟動「創世計畫」";
/// let folded = Folded::new(text);
/// assert_eq!(folded.text, "能源部启动\"创世计划\"");
/// let hit = Span::find(&folded.text, "创世计划").unwrap();
/// assert_eq!(folded.original(hit).of(text), "創世計畫");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Where the way back changes its step; in order of both offsets. Empty
    /// while every byte stands where it stood.
    pieces: Vec<Piece>,
}

/// A stretch of folded text and where it came from.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    /// Its first byte in the folded text; it reaches to the next piece.
    folded: u32,
    /// Its first byte in the original.
    original: u32,
    /// 0: the bytes correspond one to one. Otherwise the piece is one unit
    /// that cannot be cut (`ﬁ`), and this its length in the original.
    unit: u32,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        Self::without(text, &[])
    }

    /// Folds `text` with the given spans (inline codes) left out. They must be in order.
    ///
    /// A code that only dresses text (`**`, `<b>`) leaves nothing behind, one
    /// that stands for text (`{0}`, `<br>`) a [`HOLE`].
    ///
    /// ```
    /// use zhengming::text::{code::codes, fold::Folded};
    /// let text = "**創世**計畫";
    /// assert_eq!(Folded::without(text, &codes(text)).text, "创世计划");
    /// ```
    pub fn without(text: &str, codes: &[Span]) -> Self {
        let mut folded = Self::default();
        folded.refold(text, codes);
        folded
    }

    /// As [`without`](Self::without), into the memory of this value: for many texts in a row.
    pub fn refold(&mut self, text: &str, codes: &[Span]) {
        self.text.clear();
        self.text.reserve(text.len());
        self.pieces.clear();
        let mut folding = Folding {
            out: self,
            variants: variants(),
            han: false,
            space: None,
        };
        let mut at = 0;
        for &code in codes {
            let start = code.start as usize;
            if start < at {
                continue;
            }
            folding.run(Span::new(at, start).of(text), at);
            if !code::only_dresses(code.of(text)) {
                folding.unit(HOLE.encode_utf8(&mut [0; 4]), start, code.len());
            }
            at = code.end as usize;
        }
        folding.run(Span::new(at, text.len()).of(text), at);
        folding.end();
    }

    /// The bytes of the original that `span` of the folded text came from.
    ///
    /// The result always lies on characters' edges and covers whole
    /// characters: half of a folded `ﬁ` came from all of it.
    pub fn original(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            return span;
        }
        let start = self.start(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        let (piece, _) = self.piece(|p| p.folded < span.end);
        let end = match piece.unit {
            0 => piece.original + (span.end - piece.folded),
            unit => piece.original + unit,
        };
        Span { start, end }
    }

    /// The bytes of the folded text that `span` of the original (on
    /// characters' edges) became.
    ///
    /// ```
    /// use zhengming::{span::Span, text::fold::Folded};
    /// let text = "ＡＩ 計畫";
    /// let folded = Folded::new(text);
    /// assert_eq!(folded.folded(Span::find(text, "計畫").unwrap()).of(&folded.text), "计划");
    /// ```
    pub fn folded(&self, span: Span) -> Span {
        let (piece, next) = self.piece(|p| p.original <= span.start);
        let start = match piece.unit {
            0 => (piece.folded + (span.start - piece.original)).min(next),
            unit if span.start < piece.original + unit => piece.folded,
            _ => next,
        };
        let (piece, next) = self.piece(|p| p.original < span.end);
        let end = match piece.unit {
            0 => (piece.folded + (span.end - piece.original)).min(next),
            _ => next,
        };
        Span {
            start,
            end: end.max(start),
        }
    }

    /// Where the original of the character at byte `at` of the folded text begins.
    fn start(&self, at: u32) -> u32 {
        let (piece, next) = self.piece(|p| p.folded <= at);
        match piece.unit {
            0 => piece.original + (at - piece.folded),
            unit if at == next => piece.original + unit,
            _ => piece.original,
        }
    }

    /// The last piece for which `before` holds, and the folded byte it ends at.
    fn piece(&self, before: impl Fn(&Piece) -> bool) -> (Piece, u32) {
        let at = self.pieces.partition_point(before);
        let piece = at
            .checked_sub(1)
            .and_then(|last| self.pieces.get(last))
            .copied()
            .unwrap_or_default();
        let end = self
            .pieces
            .get(at)
            .map_or(self.text.len() as u32, |next| next.folded);
        (piece, end)
    }
}

/// The folded text alone.
///
/// ```
/// use zhengming::text::fold::fold;
/// assert_eq!(fold("ＡＩ　‘Rules’"), "ai 'rules'");
/// assert_eq!(fold("能源部 (DOE)"), fold("能源部（ＤＯＥ）"));
/// ```
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// Folding under way.
struct Folding<'o> {
    out: &'o mut Folded,
    variants: &'static Variants,
    /// Whether the last character written is Han.
    han: bool,
    /// White space met and not yet decided about.
    space: Option<Span>,
}

impl Folding<'_> {
    /// Folds a part of the text that begins at byte `offset` of the whole.
    ///
    /// Stretches that do not change are copied in one piece.
    fn run(&mut self, text: &str, offset: usize) {
        let bytes = text.as_bytes();
        let mut kept = 0; // from here on nothing has changed and nothing been written
        let mut next = 0;
        loop {
            let at = next + self.unchanged(bytes, next);
            let (_, rest) = halves(text, at);
            let mut rest = rest.chars();
            let Some(c) = rest.next() else {
                break;
            };
            next = at + c.len_utf8();
            let follower = bytes.get(next).copied().unwrap_or(b' ');
            if c == ' ' && !self.han && self.space.is_none() && follower.is_ascii_graphic() {
                continue;
            }
            if c.is_ascii_graphic() && follower < 0x80 && !c.is_ascii_uppercase() {
                if self.space.is_some() {
                    self.decide(false);
                }
                self.han = false;
                continue;
            }
            if c.is_whitespace() {
                self.copy(text, kept, at, offset);
                let start = self.space.map_or(offset + at, |space| space.start as usize);
                self.space = Some(Span::new(start, offset + next));
                kept = next;
                continue;
            }
            let han = is_han(c);
            if !han && follower >= 0x80 && marked(rest.as_str()) {
                self.copy(text, kept, at, offset);
                let len = c.len_utf8() + marks(rest.as_str());
                let cluster = Span::new(at, at + len).of(text);
                self.unit(&compatible(cluster, self.variants), offset + at, len);
                next = at + len;
                kept = next;
                continue;
            }
            let to = simple(c, self.variants);
            if to == Some(c) && c != '畫' {
                if self.space.is_some() {
                    self.decide(han);
                }
                self.han = han;
                continue;
            }
            self.copy(text, kept, at, offset);
            kept = next;
            if is_invisible(c) {
                continue;
            }
            match to {
                Some('画') if c == '畫' && self.plan(rest.as_str()) => {
                    self.one('划', c, offset + at);
                }
                Some(to) => self.one(to, c, offset + at),
                None => {
                    let whole = Span::new(at, next).of(text);
                    self.unit(&compatible(whole, self.variants), offset + at, next - at);
                }
            }
        }
        self.copy(text, kept, text.len(), offset);
    }

    /// The length of the Han characters from a place on that stay as they are:
    /// most of Chinese text goes no further than here.
    #[inline]
    fn unchanged(&mut self, bytes: &[u8], from: usize) -> usize {
        let rest = bytes.get(from..).unwrap_or_default();
        let stays = |three: &&[u8]| match three {
            &&[a @ 0xE3..=0xE9, b, c] => {
                let bits = |byte: u8| u32::from(byte & 0x3F);
                self.variants
                    .stays((u32::from(a & 0xF) << 12) | (bits(b) << 6) | bits(c))
            }
            _ => false,
        };
        let length = 3 * rest.chunks_exact(3).take_while(stays).count();
        if length > 0 {
            if self.space.is_some() {
                self.decide(true);
            }
            self.han = true;
        }
        length
    }

    /// Writes unchanged text.
    fn copy(&mut self, text: &str, from: usize, to: usize, offset: usize) {
        if from < to {
            self.step(offset + from, 0);
            self.out.text.push_str(Span::new(from, to).of(text));
        }
    }

    /// Writes one character for one.
    fn one(&mut self, to: char, c: char, original: usize) {
        let han = is_han(to);
        self.decide(han);
        let (new, old) = (to.len_utf8(), c.len_utf8());
        self.step(original, if new == old { 0 } else { old });
        self.out.text.push(to);
        self.han = han;
    }

    /// Writes any number of characters for `len` bytes.
    fn unit(&mut self, to: &str, original: usize, len: usize) {
        let (Some(first), Some(last)) = (to.chars().next(), to.chars().next_back()) else {
            return;
        };
        self.decide(is_han(first));
        self.step(original, len);
        self.out.text.push_str(to);
        self.han = is_han(last);
    }

    /// Writes or drops the white space met, now that it is known what follows.
    fn decide(&mut self, han: bool) {
        let Some(space) = self.space.take() else {
            return;
        };
        if !han && !self.han {
            let unit = if space.len() == 1 { 0 } else { space.len() };
            self.step(space.start as usize, unit);
            self.out.text.push(' ');
        }
    }

    /// What is written next begins at byte `original` and is a unit of so many bytes.
    fn step(&mut self, original: usize, unit: usize) {
        let folded = self.out.text.len() as u32;
        let piece = Piece {
            folded,
            original: original as u32,
            unit: unit as u32,
        };
        let last = self.out.pieces.last().copied().unwrap_or_default();
        let goes_on = unit == 0
            && last.unit == 0
            && piece.original.wrapping_sub(last.original) == folded - last.folded;
        if !goes_on {
            self.out.pieces.push(piece);
        }
    }

    fn end(&mut self) {
        self.decide(false);
    }

    /// Whether 畫 is the 劃 of 計畫 (a plan) here, as Taiwan writes it, and not
    /// a drawing: the one word of all plans and programs that the character
    /// tables miss.
    fn plan(&self, after: &str) -> bool {
        let before = self.out.text.chars().next_back();
        matches!(before, Some('计' | '规' | '策' | '企' | '筹' | '谋' | '擘'))
            && !matches!(
                after.chars().next(),
                Some('面' | '布' | '质' | '質' | '风' | '風' | '册' | '冊' | '廊')
            )
    }
}

/// Whether combining marks follow, perhaps after invisible characters.
fn marked(rest: &str) -> bool {
    rest.chars()
        .find(|&c| !is_invisible(c))
        .is_some_and(is_mark)
}

/// The length of the marks and invisible characters at the beginning.
fn marks(rest: &str) -> usize {
    rest.chars()
        .take_while(|&c| is_mark(c) || is_invisible(c))
        .map(char::len_utf8)
        .sum()
}

/// What a character folds to where that is one character, found without NFKC;
/// `None` where it is not known to be one.
fn simple(c: char, variants: &Variants) -> Option<char> {
    match c {
        '\0'..='\u{7f}' => Some(c.to_ascii_lowercase()),
        '\u{3400}'..='\u{9fff}' => Some(variants.get(c)),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map(|c| c.to_ascii_lowercase())
        }
        '、'..='〗' => Some(plain(c)),
        '·' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => Some(c),
        'À'..='ÿ' => c.to_lowercase().next(),
        _ => Some(plain(c)).filter(|&to| to != c),
    }
}

/// Quotes, hyphens and name dots in their plainest form.
fn plain(c: char) -> char {
    match c {
        '“'..='‟' | '「'..='』' | '〝'..='〟' | '﹁'..='﹄' | '｢' | '｣' => '"',
        '‘'..='‛' | '´' | 'ʼ' => '\'',
        '‐'..='―' | '⁃' | '−' | '﹘' | '﹣' => '-',
        '‧' | '・' | '･' | '•' | '∙' | '⋅' => '·',
        '〜' | '∼' => '~',
        _ => c,
    }
}

/// NFKC, small letters and the simplified character, again and again until nothing changes.
fn compatible(text: &str, variants: &Variants) -> String {
    let mut old = text.to_owned();
    for _ in 0..4 {
        let new: String = old
            .chars()
            .filter(|&c| !is_invisible(c))
            .flat_map(|c| variants.get(plain(c)).to_lowercase())
            .nfkc()
            .collect();
        // NFKC gives a spacing accent as a space and the accent, which would
        // then join the letter before it.
        if new == old || new.starts_with(char::is_whitespace) {
            break;
        }
        old = new;
    }
    old
}

#[cfg(test)]
mod tests;
