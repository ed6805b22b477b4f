//! A cell's text as a glossary should hold it: without what nobody can see,
//! in the width its language is written in. What is changed is told.

use unicode_normalization::UnicodeNormalization;

use crate::format::workbook::is_error;
use crate::glossary::exchange::{Remark, Spot};
use crate::text::chars::{is_han, is_invisible};

/// The text of a cell that holds a term.
pub(super) fn term(text: &str, spot: &Spot, remarks: &mut Vec<Remark>) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut told = Told { spot, remarks };
    let mut clean = visible(text, &mut told);
    let chinese = clean.contains(is_han);
    let wide = |c: char| {
        matches!(c, '\u{FF01}'..='\u{FF5E}')
            && (c.to_string().nfkc().all(char::is_alphanumeric) || !chinese)
    };
    if clean.contains(wide) {
        let narrow = narrowed(&clean, wide);
        told.changed("width", &clean, &narrow, "full-width characters");
        clean = narrow;
    }
    let lines: Vec<String> = clean
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let clean = lines.join("\n");
    if is_placeholder(&clean) {
        told.say(
            "placeholder",
            format!("`{clean}` is taken for an empty cell"),
        );
        return String::new();
    }
    if clean.starts_with(['=', '+', '-', '@']) {
        told.say(
            "formula",
            format!(
                "`{}` begins as a formula does: it is kept as text",
                short(&clean)
            ),
        );
    }
    clean
}

/// A text with the narrow forms of some characters, marks with the blanks that these stand with:
/// *customs union，CU* is *customs union, CU*.
fn narrowed(text: &str, wide: impl Fn(char) -> bool) -> String {
    let mut narrow = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if !wide(c) {
            narrow.push(c);
            continue;
        }
        let last = narrow.chars().next_back();
        let next = rest.clone().next();
        let inside = |close: &char| !matches!(close, '）' | ')');
        // The bracket of `system（s）` belongs to the word.
        let apart = c == '（' && rest.clone().take_while(inside).count() > 1;
        if apart && last.is_some_and(char::is_alphanumeric) {
            narrow.push(' ');
        }
        narrow.push(c.nfkc_char());
        let figures = last.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric);
        let parts = matches!(c, '）' | '，' | '；' | '：') && !figures;
        if parts && next.is_some_and(char::is_alphanumeric) {
            narrow.push(' ');
        }
    }
    narrow
}

/// The text of any other cell.
pub(super) fn text(text: &str, spot: &Spot, remarks: &mut Vec<Remark>) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut told = Told { spot, remarks };
    let clean = visible(text, &mut told);
    let clean = clean.trim().replace("\r\n", "\n").replace('\r', "\n");
    if is_error(&clean) {
        told.say(
            "placeholder",
            format!("`{clean}` is taken for an empty cell"),
        );
        return String::new();
    }
    if clean.starts_with(['=', '+', '@']) {
        told.say(
            "formula",
            format!(
                "`{}` begins as a formula does: it is kept as text",
                short(&clean)
            ),
        );
    }
    clean
}

/// A term whose line ends are none of its own on one line: between Chinese characters nothing
/// takes their place.
pub(super) fn on_line(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for line in text.lines() {
        let close = all.ends_with(is_han) && line.starts_with(is_han);
        if !all.is_empty() && !close {
            all.push(' ');
        }
        all.push_str(line);
    }
    all
}

/// A Chinese term that was broken into lines to fit its cell, on one line: a single character is
/// left in one of them, which in a list of terms none is. `None` for anything else.
pub(super) fn unbroken(text: &str, spot: &Spot, remarks: &mut Vec<Remark>) -> Option<String> {
    let lengths = || text.lines().map(|line| line.chars().count());
    let chinese = |c: char| is_han(c) || c == '\n';
    let broken = lengths().min() == Some(1) && lengths().max() > Some(1);
    if !broken || !text.chars().all(chinese) {
        return None;
    }
    let whole = on_line(text);
    let message = format!(
        "a line end inside of a term: it is read as `{}`",
        short(&whole)
    );
    remarks.push(Remark::new(spot.clone(), "line", message));
    Some(whole)
}

/// Whether there can be nothing to do about a text.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}');
    text.chars().all(plain)
        && !text.starts_with([' ', '=', '+', '-', '@'])
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !is_placeholder(text)
}

/// The first of a text, for a message.
pub(super) fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= 40 {
        return line.to_owned();
    }
    line.chars().take(39).chain(['…']).collect()
}

/// Marks with which people, and formulas that failed, fill a cell that has nothing.
fn is_placeholder(text: &str) -> bool {
    is_error(text)
        || !text.is_empty()
            && text.chars().all(|c| {
                matches!(
                    c,
                    '-' | '–' | '—' | '/' | '\\' | '…' | '?' | '？' | '*' | '~' | '_' | '.'
                )
            })
}

/// Where what is changed is told.
pub(super) struct Told<'a> {
    pub(super) spot: &'a Spot,
    pub(super) remarks: &'a mut Vec<Remark>,
}

impl Told<'_> {
    pub(super) fn say(&mut self, kind: &'static str, message: String) {
        self.remarks
            .push(Remark::new(self.spot.clone(), kind, message));
    }

    pub(super) fn changed(&mut self, kind: &'static str, from: &str, to: &str, what: &str) {
        let (from, to) = (short(from), short(to));
        self.say(kind, format!("{what}: `{from}` is read as `{to}`"));
    }
}

/// Without characters that nobody can see, and with the plain forms of those that look like others.
fn visible(text: &str, told: &mut Told<'_>) -> String {
    let hidden = |c: char| is_invisible(c) || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let mut clean = text.to_owned();
    if let Some(c) = clean.chars().find(|&c| hidden(c)) {
        clean.retain(|c| !hidden(c));
        told.say(
            "invisible",
            format!(
                "an invisible character (U+{:04X}) is left out of `{}`",
                u32::from(c),
                short(&clean)
            ),
        );
    }
    // White space of any kind is a space; line ends stay for who parts them, and tabs, which texts may hold.
    clean = clean
        .chars()
        .map(|c| {
            if c.is_whitespace() && !matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        })
        .collect();
    let compatible = |c: char| matches!(u32::from(c), 0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0xFB00..=0xFB06 | 0x2F800..=0x2FA1F);
    if clean.contains(compatible) {
        let plain: String = clean
            .chars()
            .map(|c| {
                if compatible(c) {
                    c.nfkc_string()
                } else {
                    c.to_string()
                }
            })
            .collect();
        if plain != clean {
            // Many look the same in both forms.
            let changes: Vec<String> = clean
                .chars()
                .filter(|c| compatible(*c) && c.nfkc_string() != c.to_string())
                .take(3)
                .map(|c| format!("U+{:04X} → {}", u32::from(c), points(&c.nfkc_string())))
                .collect();
            let what = format!("compatibility characters ({})", changes.join(", "));
            told.changed("compatibility", &clean, &plain, &what);
            clean = plain;
        }
    }
    let composed: String = clean.nfc().collect();
    if composed != clean {
        told.changed(
            "composed",
            &clean,
            &composed,
            "letters with their marks apart",
        );
        clean = composed;
    }
    clean.trim().to_owned()
}

/// The code points of a text.
fn points(text: &str) -> String {
    let all: Vec<String> = text
        .chars()
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    all.join(" ")
}

trait Nfkc {
    fn nfkc_char(self) -> char;
    fn nfkc_string(self) -> String;
}

impl Nfkc for char {
    fn nfkc_char(self) -> char {
        std::iter::once(self).nfkc().next().unwrap_or(self)
    }

    fn nfkc_string(self) -> String {
        std::iter::once(self).nfkc().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, wanted: &str, kinds: &[&str]) {
        let mut remarks = Vec::new();
        assert_eq!(term(text, &Spot::default(), &mut remarks), wanted);
        let told: Vec<_> = remarks.iter().map(|r| r.kind).collect();
        assert_eq!(told, kinds, "{remarks:?}");
    }

    #[test]
    fn what_is_changed_is_told() {
        reads("人工智能", "人工智能", &[]);
        reads("  plan ", "plan", &[]);
        reads("ＡＩ芯片（ｃｈｉｐ）", "AI芯片（chip）", &["width"]);
        reads("ＡＩ（chip）", "AI (chip)", &["width"]);
        reads("system（s）", "system(s)", &["width"]);
        reads("customs union，CU", "customs union, CU", &["width"]);
        reads("１，０００ tons", "1,000 tons", &["width"]);
        reads("供应链\u{200b}韧性", "供应链韧性", &["invisible"]);
        reads("\u{F96C}", "塞", &["compatibility"]);
        reads("cafe\u{301}", "café", &["composed"]);
        reads("=1+1", "=1+1", &["formula"]);
        reads("—", "", &["placeholder"]);
        reads("plan\u{a0}\u{3000}B", "plan B", &[]);
        reads("甲\r\n\r\n乙 ", "甲\n乙", &[]);
    }

    #[test]
    fn a_term_that_was_broken_into_lines_is_whole() {
        let mut remarks = Vec::new();
        let mut whole = |text| unbroken(text, &Spot::default(), &mut remarks);
        assert_eq!(whole("供应\n链").as_deref(), Some("供应链"));
        assert_eq!(whole("关税\n税则"), None);
        assert_eq!(whole("甲\n乙"), None);
        assert_eq!(on_line("关税\n税则\nAI\nchip"), "关税税则 AI chip");
    }

    #[test]
    fn tabs_part_words_of_terms_and_stand_in_texts() {
        let (mut remarks, spot) = (Vec::new(), Spot::default());
        assert_eq!(term("plan\tB", &spot, &mut remarks), "plan B");
        assert_eq!(text("甲\t乙\u{a0}丙", &spot, &mut remarks), "甲\t乙 丙");
        assert!(remarks.is_empty(), "{remarks:?}");
    }

    #[test]
    fn characters_that_look_the_same_are_named_by_their_code_points() {
        let mut remarks = Vec::new();
        term("鼻\u{F96C}", &Spot::default(), &mut remarks);
        let said = &remarks[0].message;
        assert!(said.contains("(U+F96C → U+585E)"), "{said}");
    }
}
