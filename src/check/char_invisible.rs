//! Characters that cannot be seen, mean nothing, or look like others.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::prose::{after, before, han};
use super::usage::repeated;
use super::{Check, Draft, Level, Run, Text};
use crate::finding::Severity;
use crate::span::{Span, halves};
use crate::text::chars::{is_han, is_invisible, is_mark};

pub(super) const CHECK: Check = Check {
    id: "char-invisible",
    level: Level::Warning,
    mqm: "linguistic-conventions/character-encoding",
    page: include_str!("char_invisible.md"),
    run: Run::Texts(run, repeated),
};

fn run(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let mut end = 0;
    for (at, c) in text.text.char_indices() {
        if at < end || is_plain(c) {
            continue;
        }
        let mut span = Span::new(at, at + c.len_utf8());
        if is_invisible(c) {
            let rest = halves(text.text, at).1;
            let run = rest.chars().take_while(|d| *d == c);
            span.end = span.start + run.map(|c| c.len_utf8() as u32).sum::<u32>();
        }
        end = span.end as usize;
        if !text.in_code(span) {
            drafts.extend(one(text, span, c));
        }
    }
    if text.text.chars().any(|c| is_mark(c) || is_single(c)) && !is_nfc(text.text) {
        compose(text, drafts);
    }
}

/// Nearly every character of a text.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t' | '\r' | '\u{3000}'..='\u{9FFF}' | '\u{A1}'..='\u{AC}'
        | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2027}')
}

fn one(text: &Text<'_>, span: Span, c: char) -> Option<Draft> {
    let (prev, next) = (before(text, span.start), after(text, span.end));
    let code = format!("U+{:04X}", u32::from(c));
    let draft = |message: String| Draft::new(text.at(span), message);
    Some(match c {
        '\u{A0}' | '\u{202F}' | '\u{2007}' => {
            // Between a number and its unit, or behind an abbreviation, it keeps lines whole.
            let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let unit =
                (number(prev) || number(next) || prev == Some('.')) && !han(prev) && !han(next);
            // In English it also joins what should not be parted (Article 5, Mr. Li): only
            // beside another space is it a residue of a layout.
            let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
            let chinese = han(prev) || han(next);
            if unit || !chinese && !spaced(prev) && !spaced(next) {
                return None;
            }
            Draft {
                at_most: if chinese {
                    Severity::Warning
                } else {
                    Severity::Note
                },
                suggestions: vec![" ".to_owned()],
                ..draft(format!("a space that does not break ({code})"))
            }
        }
        '\u{FFFD}' => draft("a character was lost here (U+FFFD)".to_owned()),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}' => {
            draft(format!("a character without a meaning of its own ({code})"))
        }
        _ if c.is_control() => Draft {
            suggestions: vec![String::new()],
            ..draft(format!("a control character ({code})"))
        },
        // Emoji are joined and chosen by these, and Arabic and Hebrew directed.
        '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' if prev.is_some_and(is_picture) => return None,
        '\u{E0100}'..='\u{E01EF}' if han(prev) => return None,
        _ if is_invisible(c) => {
            // Markdown's emphasis beside Chinese punctuation works with a zero-width space.
            let markup = [span.start.checked_sub(1), Some(span.end)];
            let markup = markup.into_iter().flatten().any(|at| {
                let byte = text.text.as_bytes().get(at as usize);
                byte.is_some_and(|b| matches!(b, b'*' | b'_' | b'`' | b'[' | b']'))
            });
            let plain = [prev, next].iter().all(|c| {
                c.is_none_or(|c| {
                    is_han(c) || c.is_ascii() || "，。；：？！、“”（）《》".contains(c)
                })
            });
            Draft {
                at_most: if markup {
                    Severity::Note
                } else {
                    Severity::Error
                },
                safe: !markup && plain,
                suggestions: vec![String::new()],
                ..draft(format!("a character that cannot be seen ({code})"))
            }
        }
        // Radicals that PDF files give for characters: ⼈ for 人.
        '\u{2E80}'..='\u{2FD5}' => {
            let right: String = [c].iter().copied().nfkc().collect();
            Draft {
                safe: right.chars().all(is_han) && (han(prev) || han(next)),
                suggestions: vec![right.clone()],
                ..draft(format!(
                    "“{c}” ({code}) is a radical that looks like “{right}”"
                ))
            }
        }
        _ => return None,
    })
}

/// Whether a character is a picture, or a sign that can be drawn as one.
fn is_picture(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2190..=0x2BFF | 0x203C | 0x2049 | 0x3030 | 0x303D | 0x3297 | 0x3299 | 0xFE0E..=0xFE0F)
        || matches!(c, '#' | '*' | '0'..='9' | '©' | '®')
}

/// Whether a character stands for another that is written alone: 金 U+F90A, Å U+212B.
fn is_single(c: char) -> bool {
    matches!(u32::from(c), 0x340 | 0x341 | 0x343 | 0x374 | 0x37E | 0x387 | 0x1F00..=0x1FFF
        | 0x2000 | 0x2001 | 0x2126 | 0x212A | 0x212B | 0x2329 | 0x232A | 0xF900..=0xFAFF | 0xFB1D..=0xFB4E | 0x2F800..=0x2FA1F)
}

/// What is not in the form all texts are exchanged in (NFC, Unicode Annex 15).
fn compose(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let mut start = 0;
    let mut ends = text.text.char_indices().peekable();
    while let Some((at, c)) = ends.next() {
        let end = at + c.len_utf8();
        if ends.peek().is_some_and(|(_, next)| is_mark(*next)) {
            continue;
        }
        let span = Span::new(start, end);
        start = end;
        let written = span.of(text.text);
        if is_nfc(written) || text.in_code(span) {
            continue;
        }
        let right: String = written.nfc().collect();
        let codes: Vec<_> = written
            .chars()
            .map(|c| format!("U+{:04X}", u32::from(c)))
            .collect();
        drafts.push(Draft {
            safe: true,
            message: format!("“{right}” is written with {}", codes.join(" ")),
            suggestions: vec![right],
            ..Draft::new(text.at(span), String::new())
        });
    }
}
