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
        let narrow: String = clean
            .chars()
            .map(|c| if wide(c) { c.nfkc_char() } else { c })
            .collect();
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
                    '-' | '–' | '—' | '/' | '\\' | '…' | '?' | '？' | '*' | '~' | '_'
                )
            })
}

struct Told<'a> {
    spot: &'a Spot,
    remarks: &'a mut Vec<Remark>,
}

impl Told<'_> {
    fn say(&mut self, kind: &'static str, message: String) {
        self.remarks
            .push(Remark::new(self.spot.clone(), kind, message));
    }

    fn changed(&mut self, kind: &'static str, from: &str, to: &str, what: &str) {
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
        reads("ＡＩ（chip）", "AI(chip)", &["width"]);
        reads("供应链\u{200b}韧性", "供应链韧性", &["invisible"]);
        reads("\u{F96C}", "塞", &["compatibility"]);
        reads("cafe\u{301}", "café", &["composed"]);
        reads("=1+1", "=1+1", &["formula"]);
        reads("—", "", &["placeholder"]);
        reads("plan\u{a0}\u{3000}B", "plan B", &[]);
        reads("甲\r\n\r\n乙 ", "甲\n乙", &[]);
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
