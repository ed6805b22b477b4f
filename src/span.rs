//! A stretch of a text, in UTF-8 bytes, and the only way to cut one.
//!
//! Slicing a `str` by numbers panics when a number falls inside a Han
//! character. So nothing in this crate slices: clippy denies `text[a..b]` and
//! its relatives everywhere, and the functions here never panic. Columns,
//! code points and UTF-16 units exist only where people or other programs are
//! spoken to ([`column()`]).

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Bytes `start..end` of some text, from 0, half-open.
///
/// ```
/// use zhengming::span::Span;
/// let text = "能源部启动创世计划";
/// let name = Span::find(text, "创世计划").unwrap();
/// assert_eq!(name.of(text), "创世计划");
/// assert_eq!(Span::new(1, 4).of(text), "", "not on a character's edge: empty, never a panic");
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end`. A reversed pair becomes empty at `start`.
    ///
    /// Offsets are kept in 32 bits; texts of 4 GiB and more are refused where they are read.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    /// All of a text.
    pub fn all(text: &str) -> Self {
        Self::new(0, text.len())
    }

    /// The first place of `part` in `text`, compared byte by byte.
    pub fn find(text: &str, part: &str) -> Option<Self> {
        let start = text.find(part)?;
        Some(Self::new(start, start + part.len()))
    }

    /// The text of the span; empty where it does not lie on characters' edges.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// As a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside it (or is equal).
    ///
    /// ```
    /// use zhengming::span::Span;
    /// let (name, part) = (Span::new(0, 12), Span::new(6, 9));
    /// assert!(name.contains(part) && name.contains(name) && !part.contains(name));
    /// ```
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte; an empty span shares one with what it lies inside of.
    ///
    /// ```
    /// use zhengming::span::Span;
    /// assert!(Span::new(0, 6).overlaps(Span::new(3, 9)));
    /// assert!(!Span::new(0, 3).overlaps(Span::new(3, 6)), "side by side");
    /// ```
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span moved right by `by` bytes: from a part of a text that begins there to the whole.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self {
            start: self.start + by as u32,
            end: self.end + by as u32,
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The text before byte `at`, and the text from it on; `at` is moved left to a character's edge.
///
/// ```
/// use zhengming::span::halves;
/// assert_eq!(halves("正名", 4), ("正", "名"));
/// ```
pub fn halves(text: &str, at: usize) -> (&str, &str) {
    let at = floor(text, at);
    (
        Span::new(0, at).of(text),
        Span::new(at, text.len()).of(text),
    )
}

/// The nearest character's edge at or before byte `at`; the end of a text that is shorter.
///
/// ```
/// use zhengming::span::floor;
/// assert_eq!((floor("正名", 4), floor("正名", 9)), (3, 6));
/// ```
pub fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// `text` with `span` replaced by `new`; unchanged where the span is not on characters' edges.
///
/// ```
/// use zhengming::span::{splice, Span};
/// assert_eq!(splice("创世纪计划", Span::new(6, 9), ""), "创世计划");
/// ```
pub fn splice(text: &str, span: Span, new: &str) -> String {
    let range = span.range();
    match (text.get(..range.start), text.get(range.end..)) {
        (Some(before), Some(after)) => [before, new, after].concat(),
        _ => text.to_owned(),
    }
}

/// The line and column (both from 1; columns in Unicode code points) of byte `at` of `text`.
///
/// ```
/// use zhengming::span::line_column;
/// assert_eq!(line_column("正名\n名正言顺", 10), (2, 2));
/// ```
pub fn line_column(text: &str, at: usize) -> (u32, u32) {
    let (before, _) = halves(text, at);
    let line = before.matches('\n').count() as u32 + 1;
    let last = before.rsplit('\n').next().unwrap_or("");
    (line, column(last, last.len()))
}

/// The column (from 1, in Unicode code points) of byte `at` of one line.
///
/// ```
/// use zhengming::span::column;
/// assert_eq!(column("正名", 3), 2);
/// ```
pub fn column(line: &str, at: usize) -> u32 {
    halves(line, at).0.chars().count() as u32 + 1
}
