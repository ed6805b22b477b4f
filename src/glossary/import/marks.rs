//! What lists, pages and webs leave at a term: its number in a list (`1.`, `五、`), the mark of
//! a footnote (`关税①`), entities of HTML (`R&amp;D`).

use std::borrow::Cow;

use super::cells::{Told, short};
use super::packed::numbered;
use crate::glossary::exchange::{Remark, Spot};
use crate::text::chars::is_han;

/// A text without the number of a list that it begins with (`1.`, `2、`, `（3）`, `④`, `五、`,
/// `V.`); `None` where it begins with none, or is a list itself.
pub(super) fn after_number(text: &str) -> Option<&str> {
    let text = text.trim();
    let circled = text.strip_prefix(|c: char| matches!(c, '①'..='⒛'));
    let rest = match circled {
        Some(rest) => rest,
        None => after_figures(text)?,
    };
    let rest = rest.trim_start();
    let term = !rest.is_empty() && !rest.starts_with(|c: char| c.is_numeric());
    (term && numbered(text).len() == 1).then_some(rest)
}

/// What stands behind a number and its mark.
fn after_figures(text: &str) -> Option<&str> {
    let open = text.strip_prefix(['(', '（']);
    let text = open.unwrap_or(text);
    let arabic = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let chinese = |c: char| "一二三四五六七八九十百".contains(c);
    let roman = |c: char| "IVXLC".contains(c);
    let rest = [
        text.trim_start_matches(arabic),
        text.trim_start_matches(chinese),
        text.trim_start_matches(roman),
    ];
    // Of one kind alone are there any.
    let rest = rest.into_iter().min_by_key(|rest| rest.len())?;
    let figures = text.chars().count() - rest.chars().count();
    let marks: &[char] = match open {
        Some(_) => &[')', '）'],
        None => &['.', '．', '、', ')', '）'],
    };
    let rest = rest.strip_prefix(marks)?;
    (1..=4).contains(&figures).then_some(rest)
}

/// A term of a numbered list without its number.
pub(super) fn unnumbered(text: String, spot: &Spot, remarks: &mut Vec<Remark>) -> String {
    let Some(rest) = after_number(&text) else {
        return text;
    };
    let mut told = Told { spot, remarks };
    told.changed("number", &text, rest, "the number of a list");
    rest.to_owned()
}

/// A term without the mark of a footnote behind it (`关税①`, `合同¹`, `server[1]`). An asterisk
/// may be part of one, and is only named.
pub(super) fn without_mark(text: String, spot: &Spot, remarks: &mut Vec<Remark>) -> String {
    let mut told = Told { spot, remarks };
    let note = |c: char| matches!(c, '①'..='⑳' | '†' | '‡' | '※');
    let raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let bracket = || {
        let (before, number) = text.strip_suffix(']')?.rsplit_once('[')?;
        let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        digits.then_some(before)
    };
    let plain = text.trim_end_matches(note);
    let lowered = text.trim_end_matches(raised);
    let before = if plain.len() < text.len() {
        plain
    } else if lowered.len() < text.len() && lowered.ends_with(is_han) {
        lowered
    } else {
        bracket().unwrap_or(&text)
    };
    let before = before.trim_end();
    if before.len() < text.len() && before.ends_with(char::is_alphanumeric) {
        told.changed("footnote", &text, before, "the mark of a footnote");
        return before.to_owned();
    }
    let word = |text: &str| text.chars().rev().take_while(|c| c.is_alphabetic()).count();
    if text.strip_suffix('*').is_some_and(|rest| word(rest) > 1) {
        let shown = short(&text);
        told.say(
            "footnote",
            format!("`{shown}` ends with an asterisk, which is taken as part of it"),
        );
    }
    text
}

/// Entities of HTML by their names.
#[rustfmt::skip]
const ENTITIES: [(&str, char); 17] = [
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{A0}'),
    ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("middot", '·'), ("lsquo", '‘'), ("rsquo", '’'),
    ("ldquo", '“'), ("rdquo", '”'), ("eacute", 'é'), ("copy", '©'), ("reg", '®'),
];

/// A text with what its entities of HTML stand for (`R&amp;D`); those not known here stay.
pub(super) fn decoded<'t>(
    text: Cow<'t, str>,
    spot: &Spot,
    remarks: &mut Vec<Remark>,
) -> Cow<'t, str> {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let known = part
            .split_once(';')
            .and_then(|(name, rest)| Some((entity(name)?, rest)));
        match known {
            Some((c, rest)) => plain.extend([c].into_iter().chain(rest.chars())),
            None => plain.extend(['&'].into_iter().chain(part.chars())),
        }
    }
    if plain == *text {
        return text;
    }
    let mut told = Told { spot, remarks };
    told.changed("entity", &text, &plain, "entities of HTML");
    Cow::Owned(plain)
}

/// What an entity stands for, by its name or number.
fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let known = ENTITIES.iter().find(|(known, _)| *known == name);
        return known.map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lists_are_known() {
        for (text, wanted) in [
            ("1. 命运共同体", Some("命运共同体")),
            ("2、一带一路", Some("一带一路")),
            ("（3）双循环", Some("双循环")),
            ("④ 新基建", Some("新基建")),
            ("五、乡村振兴", Some("乡村振兴")),
            ("V. rural revitalization", Some("rural revitalization")),
            ("(3) dual circulation", Some("dual circulation")),
            ("一带一路", None),
            ("3.14", None),
            ("1. plan 2. program", None),
            ("5G", None),
            ("IV", None),
        ] {
            assert_eq!(after_number(text), wanted, "{text}");
        }
    }

    #[test]
    fn marks_of_lists_pages_and_webs_are_no_part_of_terms() {
        let (mut remarks, spot) = (Vec::new(), Spot::default());
        for (text, wanted) in [
            ("关税①", "关税"),
            ("合同¹", "合同"),
            ("server[1]", "server"),
            ("treaty †", "treaty"),
            ("server*", "server*"),
            ("A*", "A*"),
            ("m²", "m²"),
            ("①", "①"),
        ] {
            let found = without_mark(text.to_owned(), &spot, &mut remarks);
            assert_eq!(found, wanted, "{text}");
        }
        assert_eq!(remarks.len(), 5);
        for (text, wanted) in [
            ("R&amp;D", "R&D"),
            ("会议&nbsp;室&#39;", "会议\u{A0}室'"),
            ("R&D; &foo; x", "R&D; &foo; x"),
        ] {
            let found = decoded(text.into(), &spot, &mut remarks);
            assert_eq!(found, wanted, "{text}");
        }
        assert_eq!(remarks.len(), 7);
    }
}
