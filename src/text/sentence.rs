//! Segmentation: a paragraph into sentences, by the marks of both languages.
//!
//! A translation memory lives on equal cutting: the same paragraph must fall
//! into the same segments on both sides and every year. So the rules are few
//! and look only at marks, white space and closed word lists. In the order in
//! which they decide:
//!
//! 1. A blank line always cuts. A single line end is white space (hard-wrapped
//!    text), unless a list marker follows it after a colon or semicolon.
//! 2. Within 《》 and within a bracket that opened inside a sentence nothing
//!    cuts, and nothing cuts inside an inline code.
//! 3. `。` cuts; the closing quotes, brackets and note marks after it stay with
//!    it. It does not cut when the sentence visibly goes on: before ，、；：, a
//!    dash after the quote, or an attribution (“好。”他说。).
//! 4. `？` and `！` cut likewise, but not when a closing mark and then Han
//!    characters follow directly (“真的吗？”他问。): there they end the quotation.
//! 5. `……` cuts in Chinese only before a new quotation or with white space
//!    after its closing mark; in English only before a capital that is not `I`.
//! 6. `.`, `?`, `!` cut in Latin text only before white space and something that
//!    can begin a sentence: never before a lower-case letter, never inside
//!    3.5, v1.2, a.b.com. Abbreviations: [`abbreviation`].
//! 7. List markers (`1.`, `a.`, `一.`) stay with what they number.
//!
//! `；` and `：` never cut by themselves.

mod abbreviation;

use crate::lang::Lang;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::code;

/// How far a bracket that opened inside a sentence may reach, in characters.
const BRACKET_REACH: usize = 200;

/// The sentences of a text in order: trimmed of outer white space, and nothing but white space
/// between them.
///
/// ```
/// use zhengming::{lang::Lang, text::sentence::sentences};
/// let text = "能源部说：“好。”计划开始了……吗？是的。";
/// let cut: Vec<_> = sentences(text, Lang::Zh).iter().map(|s| s.of(text)).collect();
/// assert_eq!(cut, ["能源部说：“好。”", "计划开始了……吗？", "是的。"]);
///
/// let text = "The U.S. spent $3.5 billion. “Why?” he asked. It stopped at 5 p.m. They left.";
/// let cut: Vec<_> = sentences(text, Lang::En).iter().map(|s| s.of(text)).collect();
/// assert_eq!(cut, ["The U.S. spent $3.5 billion.", "“Why?” he asked.", "It stopped at 5 p.m.", "They left."]);
/// ```
pub fn sentences(text: &str, lang: Lang) -> Vec<Span> {
    let glyphs = Glyphs::new(text);
    let mut found = Vec::new();
    let mut from = 0;
    for cut in glyphs.cuts(lang) {
        found.extend(trimmed(text, from, cut));
        from = cut;
    }
    found.extend(trimmed(text, from, text.len()));
    found
}

/// The bytes `start..end` without the white space around them, if anything is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = Span::new(start, end).of(text);
    let start = start + (part.len() - part.trim_start().len());
    let part = part.trim();
    (!part.is_empty()).then(|| Span::new(start, start + part.len()))
}

/// Stands for a whole inline code.
const CODE: char = '\u{FFFC}';

/// A text as the rules see it: characters with their places, each inline code as one [`CODE`],
/// format characters left out.
struct Glyphs<'t> {
    text: &'t str,
    chars: Vec<char>,
    /// Byte of each, and the length of the text.
    at: Vec<usize>,
}

impl<'t> Glyphs<'t> {
    fn new(text: &'t str) -> Self {
        let mut codes = code::codes(text).into_iter().peekable();
        let mut glyphs = Self {
            text,
            chars: Vec::with_capacity(text.len()),
            at: Vec::with_capacity(text.len() + 1),
        };
        for (at, c) in text.char_indices() {
            while codes.next_if(|code| code.end as usize <= at).is_some() {}
            match codes.peek() {
                Some(code) if code.start as usize == at => glyphs.push(at, CODE),
                Some(code) if (code.start as usize) < at => {}
                _ if matches!(
                    c,
                    '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
                ) => {}
                _ => glyphs.push(at, c),
            }
        }
        glyphs.at.push(text.len());
        glyphs
    }

    fn push(&mut self, at: usize, c: char) {
        self.at.push(at);
        self.chars.push(c);
    }

    /// The glyph at `i`, or a line end beyond the last.
    fn get(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\n')
    }

    /// The glyph before `i`, or a line end before the first.
    fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\n', |i| self.get(i))
    }

    /// The first place from `i` on that does not satisfy `test`.
    fn skip(&self, mut i: usize, test: impl Fn(char) -> bool) -> usize {
        while i < self.chars.len() && test(self.get(i)) {
            i += 1;
        }
        i
    }

    /// Byte of the glyph `i`.
    fn byte(&self, i: usize) -> usize {
        self.at.get(i).copied().unwrap_or(self.text.len())
    }

    /// The text of the glyphs `from..to`.
    fn slice(&self, from: usize, to: usize) -> &'t str {
        Span::new(self.byte(from), self.byte(to)).of(self.text)
    }

    /// The bytes at which a new sentence begins.
    fn cuts(&self, lang: Lang) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut from = self.skip(0, char::is_whitespace);
        let mut held = 0;
        let mut i = from;
        while i < self.chars.len() {
            let c = self.get(i);
            let next = if is_end(c) {
                let run = self.skip(i, is_end);
                let end = self.closed(from, run);
                (i >= held && self.ends(lang, from, i, run, end)).then_some(end)
            } else {
                if closing(c).is_some() && i >= held && (i > from || c == '《') {
                    held = self.bracket_end(i);
                }
                self.line_break(i)
            };
            i = match next {
                Some(cut) => {
                    cuts.push(self.byte(cut));
                    from = self.skip(cut, char::is_whitespace);
                    from
                }
                None if is_end(c) => self.skip(i, is_end),
                None => i + 1,
            };
        }
        cuts
    }

    /// Where the white space that begins at `i` ends, if it ends a sentence by itself.
    fn line_break(&self, i: usize) -> Option<usize> {
        if self.get(i) == '\u{2029}' {
            return Some(i + 1);
        }
        if self.get(i) != '\n' {
            return None;
        }
        let end = self.skip(i, char::is_whitespace);
        let lines = (i..end).filter(|&i| self.get(i) == '\n').count();
        let before = (0..i)
            .rev()
            .map(|i| self.get(i))
            .find(|c| !c.is_whitespace());
        let listed = matches!(before, Some(':' | '：' | ';' | '；')) && self.list_marker(end);
        (lines > 1 || listed).then_some(end)
    }

    /// Whether a list marker begins at `i`: `•`, `- `, `（一）`, `(a)`, `1.`, `一、`.
    fn list_marker(&self, i: usize) -> bool {
        if matches!(
            self.get(i),
            '•' | '●' | '◆' | '■' | '－' | '-' | '*' | '–' | '—'
        ) {
            return true;
        }
        let open = matches!(self.get(i), '(' | '（');
        let start = i + usize::from(open);
        let end = self.skip(start, |c| {
            c.is_ascii_alphanumeric() || is_numeral(c) || c.is_numeric()
        });
        let short = end > start && end - start <= 4;
        short
            && matches!(
                (open, self.get(end)),
                (true, ')' | '）') | (false, '.' | '、' | ')' | '）' | '．')
            )
    }

    /// The place after the bracket that opens at `i`, if it closes soon and in the same paragraph.
    fn bracket_end(&self, i: usize) -> usize {
        let open = self.get(i);
        let Some(close) = closing(open) else { return i };
        let mut depth = 0;
        for j in i..(i + BRACKET_REACH).min(self.chars.len()) {
            let c = self.get(j);
            if c == '\n' && self.line_break(j).is_some() {
                break;
            } else if c == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    return j + 1;
                }
            }
        }
        i
    }

    /// Past the quotes, brackets, codes and note marks that close a sentence ending at `i`.
    fn closed(&self, from: usize, mut i: usize) -> usize {
        loop {
            let c = self.get(i);
            let space_after = !self.get(i + 1).is_alphanumeric() || is_han(self.get(i + 1));
            let closes = match c {
                '”' | '’' | '」' | '』' | '）' | '》' | '〉' | '】' | '〗' | '〕' | '］' | ')'
                | ']' | '»' | '＂' => true,
                '"' => {
                    let open = (from..i).filter(|&j| self.get(j) == '"').count() % 2 == 1;
                    open || self.get(i + 1).is_whitespace()
                }
                '\'' => space_after,
                CODE => self.code_closes(from, i),
                '¹' | '²' | '³' | '⁰'..='⁹' => true, // note numbers
                '[' => {
                    let end = self.skip(i + 1, |c| {
                        c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' ')
                    });
                    if end > i + 1 && self.get(end) == ']' {
                        i = end;
                        true
                    } else {
                        false
                    }
                }
                // 好。”。 and ?”. : one more mark after the quote
                _ => is_end(c) && i > 0 && is_quote(self.before(i)),
            };
            if !closes || i >= self.chars.len() {
                return i;
            }
            i += 1;
        }
    }

    /// Whether the inline code at `i` closes something that the sentence opened.
    fn code_closes(&self, from: usize, i: usize) -> bool {
        let code = self.slice(i, i + 1);
        if code.starts_with(['*', '_', '~', '`']) {
            let opened = (from..i).filter(|&j| self.get(j) == CODE && self.slice(j, j + 1) == code);
            return opened.count() % 2 == 1;
        }
        code.starts_with("</") || code.starts_with(']') || code.starts_with("[^")
    }

    /// Whether the marks `run_start..run_end`, closed at `end`, end the sentence that began at `from`.
    fn ends(&self, lang: Lang, from: usize, run_start: usize, run_end: usize, end: usize) -> bool {
        let next_at = self.skip(end, |c| c.is_whitespace() || c == CODE);
        if next_at >= self.chars.len() {
            return true;
        }
        let last = self.before(run_start);
        let next = Next {
            c: self.get(next_at),
            at: next_at,
            spaced: (end..next_at).any(|i| self.get(i).is_whitespace()),
        };
        let closed = end > run_end;
        let quoted = (run_end..end).any(|i| is_quote(self.get(i)));
        if closed && is_opening(last) {
            return false; // 打了个“？”
        }
        if !next.spaced && matches!(next.c, '，' | '、' | '；' | '：' | ',' | ';' | ':') {
            return false;
        }
        if quoted && matches!(next.c, '—' | '–' | '―') {
            return false;
        }
        match Strength::of(self.slice(run_start, run_end)) {
            Strength::Full => !(quoted && self.attributes_zh(next.at)),
            Strength::Ask if is_wide(last) || is_wide(next.c) => {
                !(closed && is_han(next.c) && (!next.spaced || self.attributes_zh(next.at)))
            }
            Strength::Ask => self.begins(&next) && !(quoted && self.attributes_en(next.at)),
            Strength::Dots if closed => {
                (next.spaced || is_opening(next.c)) && !next.c.is_lowercase()
            }
            Strength::Dots => {
                lang == Lang::En
                    && next.spaced
                    && next.c.is_uppercase()
                    && self.word(next.at) != "I"
            }
            Strength::Dot if is_wide(last) => {
                (next.spaced || is_wide(next.c))
                    && !next.c.is_lowercase()
                    && !self.marker(from, run_start)
            }
            Strength::Dot => {
                (self.begins(&next) || is_wide(next.c))
                    && !self.marker(from, run_start)
                    && !self.abbreviated(from, run_start, &next)
                    && !(quoted && self.attributes_en(next.at))
            }
        }
    }

    /// Whether what follows can begin a sentence after a mark of Latin text.
    fn begins(&self, next: &Next) -> bool {
        let c = next.c;
        if !next.spaced {
            matches!(c, '“' | '‘')
        } else if c.is_lowercase() {
            matches!(self.get(next.at + 1), '.' | ')') && self.get(next.at + 2) == ' ' // the next item: b.
        } else {
            c.is_alphanumeric() || !matches!(c, ',' | ';' | ':' | ')' | '.' | '&' | '=' | '+' | '/')
        }
    }

    /// Whether `from..dot` is only a list marker: up to three digits, a letter, a Roman or Chinese
    /// numeral, perhaps after `Section` or `Article`.
    fn marker(&self, from: usize, dot: usize) -> bool {
        let mut start = self.skip(from, |c| !c.is_alphanumeric()).min(dot);
        // …如下：14. and … as follows: 14. begin their items anew
        let mark = (start..dot)
            .rev()
            .find(|&i| matches!(self.get(i), ':' | ';' | '：' | '；'));
        if let Some(mark) = mark.filter(|mark| dot - mark <= 8) {
            start = self.skip(mark + 1, char::is_whitespace).min(dot);
        }
        let marker = self.slice(start, dot);
        let marker = match marker.split_once(' ') {
            Some((word, number)) if abbreviation::DIVISIONS.contains(&word) => number,
            _ => marker,
        };
        let count = marker.chars().count();
        (1..=6).contains(&count)
            && (marker.split(['.', '-']).all(|part| {
                (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
            }) || count == 1 && marker.chars().all(char::is_alphanumeric)
                || marker.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
                || marker.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
                || count <= 3 && marker.chars().all(is_numeral))
    }

    /// Whether the full stop at `dot` only shortens the word before it.
    fn abbreviated(&self, from: usize, dot: usize, next: &Next) -> bool {
        let in_word = |c: char| c.is_alphanumeric() && !is_han(c) || c == '.';
        let mut start = dot;
        while start > from && in_word(self.before(start)) {
            start -= 1;
        }
        let following = self.word(next.at);
        // annex V. 4. In accordance: an item's number begins anew
        let item = next.at + following.chars().count();
        let numbered = following.chars().all(|c| c.is_ascii_digit())
            && self.get(item) == '.'
            && self.get(item + 1).is_whitespace();
        abbreviation::joins(self.slice(start, dot), following, next.c, numbered)
    }

    /// The Latin word at `i`.
    fn word(&self, i: usize) -> &'t str {
        self.slice(
            i,
            self.skip(i, |c| {
                c.is_alphanumeric() && !is_han(c) || matches!(c, '\'' | '’')
            }),
        )
    }

    /// Whether what begins at `i` says who spoke: 他说, 拜登总统表示.
    fn attributes_zh(&self, i: usize) -> bool {
        let end = self.skip(i, |c| is_han(c) || c == '·');
        let clause = self.slice(i, end);
        end - i <= 12
            && !clause.contains(['没', '沒', '不', '无', '無'])
            && abbreviation::SPEECH_ZH
                .iter()
                .any(|verb| clause.ends_with(verb))
    }

    /// Whether what begins at `i` says who spoke: `President Biden asked`.
    fn attributes_en(&self, i: usize) -> bool {
        let clause = self.slice(i, (i + 60).min(self.chars.len()));
        let mut words = clause.split(' ').take(4);
        if words.next().is_none_or(abbreviation::is_starter) {
            return false;
        }
        for word in words {
            if abbreviation::SPEECH_EN.contains(&word.trim_end_matches([',', '.', ':'])) {
                return true;
            }
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
        }
        false
    }
}

/// What follows a mark.
struct Next {
    c: char,
    at: usize,
    /// Whether white space lies between.
    spaced: bool,
}

/// What a run of marks is worth.
enum Strength {
    /// `。`
    Full,
    /// `？`, `！` in either width.
    Ask,
    /// `……`, `...`
    Dots,
    /// One `.`
    Dot,
}

impl Strength {
    fn of(run: &str) -> Self {
        if run.contains(['?', '!', '？', '！', '‼', '⁇', '⁈', '⁉']) {
            Self::Ask
        } else if run.contains(['…', '⋯']) || run.contains("..") || run.contains("。。") {
            if run.ends_with('。') && !run.ends_with("。。") {
                Self::Full
            } else {
                Self::Dots
            }
        } else if run == "." {
            Self::Dot
        } else {
            Self::Full
        }
    }
}

/// Marks that can end a sentence.
fn is_end(c: char) -> bool {
    matches!(
        c,
        '。' | '｡' | '．' | '.' | '！' | '!' | '？' | '?' | '…' | '⋯' | '‼' | '⁇' | '⁈' | '⁉'
    )
}

/// Characters of Chinese writing: Han and full-width marks.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '"' | '\'' | '»' | '＂')
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '(' | '[' | '【' | '［' | '«'
    )
}

/// The bracket that closes `c`. Quotation marks are not brackets: quotations hold sentences.
fn closing(c: char) -> Option<char> {
    Some(match c {
        '（' => '）',
        '(' => ')',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '〔' => '〕',
        '［' => '］',
        '[' => ']',
        _ => return None,
    })
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百千".contains(c)
}

#[cfg(test)]
mod tests;
