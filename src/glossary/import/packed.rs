//! Cells that hold more than one term: `人工智能（AI）`, `A/B`, `plan; program`,
//! `A : B`, `流感 [when …]`. They are parted only when the user says so.

use crate::glossary::columns::{Field, Slot};
use crate::glossary::exchange::Record;
use crate::lang::Lang;
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// What a packed cell holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Terms of the cell's language, the first one first.
    pub(crate) terms: Vec<String>,
    /// Short forms, with their language.
    pub(crate) short: Vec<(Lang, String)>,
    /// Terms of the other language.
    pub(crate) other: Vec<String>,
    /// Remarks.
    pub(crate) notes: Vec<String>,
}

impl Parts {
    /// For a message: `人工智能 | short AI | note …`.
    pub(crate) fn shown(&self) -> String {
        let mut all = self.terms.clone();
        all.extend(self.short.iter().map(|(_, text)| format!("(short) {text}")));
        all.extend(
            self.other
                .iter()
                .map(|text| format!("(other language) {text}")),
        );
        all.extend(self.notes.iter().map(|text| format!("(note) {text}")));
        all.join(" | ")
    }

    /// Puts the parts into the columns of a concept, the first where the cell stands.
    pub(super) fn spread(&self, record: &mut Record, (lang, slot): (Lang, Slot)) {
        for (i, term) in self.terms.iter().enumerate() {
            let slot = if i > 0 && slot == Slot::Preferred {
                Slot::Admitted
            } else {
                slot
            };
            record.add(Field::Terms(lang, slot), term);
        }
        for (lang, text) in &self.short {
            let field = Field::Terms(*lang, Slot::Abbreviation);
            // The other language may have it with other digits: CO₂ and CO2.
            let known = |known: &String| fold(known) == fold(text);
            if !record.list(field).iter().any(known) {
                record.add(field, text);
            }
        }
        for text in &self.other {
            record.add(Field::Terms(lang.other(), Slot::Admitted), text);
        }
        for text in &self.notes {
            record.join(Field::Note, text);
        }
    }
}

/// What the cell in the other language shows of one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside {
    /// It has a slash as well, so that a slash belongs to the term.
    pub(crate) slashed: bool,
    /// Both are lists of as many terms: see [`listed`].
    pub(crate) listed: bool,
}

/// Whether two cells are lists of as many terms: 关税、税则 and *tariff, duty*. Names hold
/// such marks too, but with a word before the last: 食品、农业和农村部 is one of
/// *Food, Agriculture and Rural Affairs*.
pub(crate) fn listed(zh: &str, en: &str) -> bool {
    if !zh.contains('、') {
        return false;
    }
    let joined = en
        .split(|c: char| !c.is_alphanumeric() && c != '&')
        .any(|word| ["and", "or", "&"].contains(&word.to_lowercase().as_str()));
    let (left, right) = (outside(zh, "、"), outside(en, ","));
    let chinese = |part: &String| (2..=8).contains(&part.trim().chars().count());
    let english = |part: &String| {
        let part = part.trim();
        part.starts_with(char::is_alphabetic)
            && part.chars().count() > 2
            && part.split_whitespace().count() <= 4
    };
    !joined && left.len() == right.len() && left.iter().all(chinese) && right.iter().all(english)
}

/// The parts of a term's cell; `None` where it holds one term.
pub(crate) fn parts(cell: &str, lang: Lang, beside: Beside) -> Option<Parts> {
    let mut all = Parts::default();
    for piece in pieces(cell, lang, beside) {
        let (term, notes) = without_notes(piece.trim());
        all.notes.extend(notes);
        let term = bracketed(term, lang, &mut all);
        if !term.is_empty() && !all.terms.contains(&term) {
            all.terms.push(term);
        }
    }
    let single = all.terms.len() == 1 && all.terms.first().is_some_and(|t| t == cell.trim());
    (!single && !all.terms.is_empty()).then_some(all)
}

/// The alternatives of a cell as written.
fn pieces(cell: &str, lang: Lang, beside: Beside) -> Vec<String> {
    let mut pieces = vec![cell.to_owned()];
    let apart = |pieces: Vec<String>, by: &dyn Fn(&str) -> Vec<String>| -> Vec<String> {
        pieces
            .iter()
            .flat_map(|piece| by(piece))
            .filter(|p| !p.trim().is_empty())
            .collect()
    };
    pieces = apart(pieces, &numbered);
    pieces = apart(pieces, &|p| {
        p.split(['\n', ';', '；', '|', '｜'])
            .map(str::to_owned)
            .collect()
    });
    pieces = apart(pieces, &|p| outside(p, " / "));
    pieces = apart(pieces, &|p| outside(p, " : "));
    if beside.listed {
        let mark = if lang == Lang::Zh { "、" } else { "," };
        pieces = apart(pieces, &|p| outside(p, mark));
    }
    if !beside.slashed {
        pieces = apart(pieces, &|p| slashes(p, lang));
    }
    pieces
}

/// Cut at a mark that does not stand in brackets.
fn outside(text: &str, mark: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(mark) {
        match parts.last_mut() {
            Some(last) if open(last) => {
                last.push_str(mark);
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

fn open(text: &str) -> bool {
    let count = |marks: [char; 3]| text.chars().filter(|c| marks.contains(c)).count();
    count(['(', '（', '[']) > count([')', '）', ']'])
}

/// Cut at `①`, `②` …, or `1.`, `2.` …, where they count from one.
fn numbered(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.starts_with('①') && text.contains('②') {
        return text
            .split(|c| ('①'..='⑳').contains(&c))
            .map(str::to_owned)
            .collect();
    }
    for (before, after) in [("", "."), ("", "、"), ("(", ")"), ("", ")")] {
        let mark = |number: u32| format!("{before}{number}{after}");
        let Some(("", mut rest)) = at_number(text, &mark(1)) else {
            continue;
        };
        let mut parts = Vec::new();
        while let Some((one, more)) = at_number(rest, &mark(parts.len() as u32 + 2)) {
            parts.push(one.to_owned());
            rest = more;
        }
        if !parts.is_empty() {
            parts.push(rest.to_owned());
            return parts;
        }
    }
    vec![text.to_owned()]
}

/// What is before and behind a number of a list: it begins the text, a line or what a blank or
/// semicolon parts, and is no part of a longer one.
fn at_number<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    text.match_indices(mark).find_map(|(at, _)| {
        let (before, rest) = crate::span::halves(text, at);
        let rest = rest.strip_prefix(mark)?;
        let parted = |c: char| c.is_whitespace() || matches!(c, ';' | '；');
        let begins = before.chars().next_back().is_none_or(parted);
        let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
        (begins && ends).then_some((before, rest))
    })
}

/// Cut at slashes where both sides are terms: words in Chinese, or in English words of four letters and more.
fn slashes(text: &str, lang: Lang) -> Vec<String> {
    let whole = || vec![text.to_owned()];
    if !text.contains(['/', '／']) {
        return whole();
    }
    let parts: Vec<&str> = text.split(['/', '／']).collect();
    let term = |part: &&str| {
        let part = part.trim();
        match lang {
            Lang::Zh => part.chars().filter(|&c| is_han(c)).count() >= 2,
            Lang::En => {
                part.split(' ')
                    .all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'))
                    && part.chars().count() >= 4
                    && !part.chars().all(char::is_uppercase)
            }
        }
    };
    if parts.iter().all(term) && !open(parts.first().unwrap_or(&"")) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        whole()
    }
}

/// A term without the remarks in square brackets behind it, and these.
fn without_notes(text: &str) -> (&str, Vec<String>) {
    let mut term = text;
    let mut notes = Vec::new();
    while let Some(rest) = term.strip_suffix([']', '】'])
        && let Some(at) = rest.rfind(['[', '【'])
        && at > 0
    {
        let (before, note) = crate::span::halves(rest, at);
        notes.push(note.trim_start_matches(['[', '【']).trim().to_owned());
        term = before.trim_end();
    }
    (term, notes)
}

/// What begins a bracket with a short form.
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "简称", "簡稱", "缩写", "縮寫", "缩略", "下称", "abbr.", "abbreviated as", "short:",
];

/// What begins a bracket with another name.
#[rustfmt::skip]
const ALSO: &[&str] = &[
    "又称", "又稱", "也称", "也稱", "亦称", "亦稱", "或称", "或譯", "或译", "又译", "又名", "别名", "俗称", "旧称", "also known as", "also called", "also", "aka", "a.k.a.", "formerly",
];

/// A term without the bracket behind it, where that holds a short form, another
/// name or a remark; these go to `all`.
fn bracketed(text: &str, lang: Lang, all: &mut Parts) -> String {
    let whole = text.to_owned();
    let Some(rest) = text.strip_suffix([')', '）']) else {
        return whole;
    };
    let Some(at) = rest.rfind(['(', '（']) else {
        return whole;
    };
    let (before, inside) = crate::span::halves(rest, at);
    let inside = inside.trim_start_matches(['(', '（']).trim();
    let spaced = before.ends_with(' ') || lang == Lang::Zh;
    let before = before.trim_end();
    if before.is_empty() || inside.is_empty() || !spaced {
        return whole;
    }
    let named = |words: &[&str]| {
        let lower = inside.to_lowercase();
        let found = words.iter().find(|word| lower.starts_with(*word));
        found.map(|word| {
            let rest = inside
                .chars()
                .skip(word.chars().count())
                .collect::<String>();
            rest.trim_matches([' ', ':', '：', '“', '”', '"', '「', '」', '为', '為'])
                .to_owned()
        })
    };
    if let Some(short) = named(SHORT) {
        let lang = if short.contains(is_han) {
            Lang::Zh
        } else {
            Lang::En
        };
        all.short.push((lang, short));
    } else if let Some(name) = named(ALSO) {
        if name.contains(is_han) == (lang == Lang::Zh) {
            all.terms.extend([before.to_owned(), name]);
            return before.to_owned();
        }
        all.other.push(name);
    } else if is_acronym(inside) && (lang == Lang::Zh || stands_for(inside, before)) {
        all.short.push((Lang::En, inside.to_owned()));
    } else if lang == Lang::Zh && is_short_of(inside, before) {
        all.short.push((Lang::Zh, inside.to_owned()));
    } else if is_other_side(inside, lang) {
        all.other.push(inside.to_owned());
    } else if lang == Lang::En
        && inside.starts_with(|c: char| c.is_lowercase())
        && inside.chars().count() > 2
    {
        all.notes.push(inside.to_owned());
    } else {
        return whole;
    }
    before.to_owned()
}

/// Whether an English acronym can be one of a name: its letters are there in order, and of two
/// the first begins a word. `US` behind `president` says where.
fn stands_for(short: &str, long: &str) -> bool {
    let short = short.to_lowercase();
    let long = long.to_lowercase();
    let letters = || short.chars().filter(|c| c.is_alphabetic());
    let mut rest = long.chars();
    let begins = long
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.chars().next() == letters().next());
    letters().all(|c| rest.any(|other| other == c)) && (begins || letters().count() > 2)
}

/// Whether what stands in a bracket is the term in the other language.
fn is_other_side(inside: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => {
            inside.is_ascii() && inside.contains(' ') && inside.contains(char::is_alphabetic)
        }
        Lang::En => inside.chars().all(|c| is_han(c) || c == '·'),
    }
}

/// Whether a text is written as acronyms are: two capitals at least, no spaces; CO₂ is one.
pub(super) fn is_acronym(text: &str) -> bool {
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    let length = text.chars().count();
    (2..=12).contains(&length)
        && capitals >= 2
        && capitals * 2 >= text.chars().filter(|c| c.is_alphabetic()).count()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '&' | '/' | '.' | '₀'..='₉'))
}

/// Whether a Chinese name is made of characters of a longer one, in order.
fn is_short_of(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    let count = short.chars().count();
    count >= 2
        && count < long.chars().count()
        && short
            .chars()
            .all(|c| is_han(c) && rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(cell: &str, lang: Lang, wanted: &str) {
        let found = parts(cell, lang, Beside::default());
        let found = found.map_or(String::new(), |parts| parts.shown());
        assert_eq!(found, wanted, "{cell}");
    }

    #[test]
    fn what_is_packed() {
        let (zh, en) = (Lang::Zh, Lang::En);
        shown("人工智能（AI）", zh, "人工智能 | (short) AI");
        shown(
            "美中经济与安全审查委员会（美中委）",
            zh,
            "美中经济与安全审查委员会 | (short) 美中委",
        );
        shown("可传染 : 有传染性", zh, "可传染 | 有传染性");
        shown("计划/方案", zh, "计划 | 方案");
        shown("计划；方案", zh, "计划 | 方案");
        shown(
            "艾滋病 [when used formally]",
            zh,
            "艾滋病 | (note) when used formally",
        );
        shown("plan; program", en, "plan | program");
        shown(
            "Artificial Intelligence (AI)",
            en,
            "Artificial Intelligence | (short) AI",
        );
        shown(
            "extensible markup language (XML)",
            en,
            "extensible markup language | (short) XML",
        );
        shown("lead (metal)", en, "lead | (note) metal");
        shown("plan/scheme", en, "plan | scheme");
        shown("流感（又称流行性感冒）", zh, "流感 | 流行性感冒");
        shown("甲\n乙", zh, "甲 | 乙");
        shown("1. plan 2. program", en, "plan | program");
        shown(
            "1. plan\n2. program\n3. scheme",
            en,
            "plan | program | scheme",
        );
        shown("1、计划；2、方案", zh, "计划 | 方案");
        shown(
            "(1) plan; program (2) scheme",
            en,
            "plan | program | scheme",
        );
        shown("二氧化碳（CO₂）", zh, "二氧化碳 | (short) CO₂");
    }

    #[test]
    fn what_is_not() {
        for cell in [
            "TCP/IP",
            "and/or",
            "24/7",
            "km/h",
            "system(s)",
            "Constitution of the Republic of China (Taiwan)",
            "I/O",
            "plan",
            "Act (Amendment)",
            "president (US)",
            "industry (US)",
            "influenza A (H1N1)",
            "1.5 GHz 2.4 GHz",
        ] {
            shown(cell, Lang::En, "");
        }
        for cell in ["人工智能", "“十四五”规划", "计划（草案）", "5G/6G", "甲/乙"]
        {
            shown(cell, Lang::Zh, "");
        }
        let beside = Beside {
            slashed: true,
            ..Beside::default()
        };
        assert_eq!(parts("导入/导出", Lang::Zh, beside), None);
    }

    #[test]
    fn lists_of_as_many_terms_on_both_sides() {
        let beside = Beside {
            listed: listed("关税、税则", "tariff, duty"),
            ..Beside::default()
        };
        let shown = |cell, lang| parts(cell, lang, beside).map(|parts| parts.shown());
        assert_eq!(
            shown("关税、税则", Lang::Zh).as_deref(),
            Some("关税 | 税则")
        );
        assert_eq!(
            shown("tariff, duty", Lang::En).as_deref(),
            Some("tariff | duty")
        );
        for (zh, en) in [
            ("食品、农业和农村部", "Food, Agriculture and Rural Affairs"),
            ("关税、税则", "tariff"),
            (
                "百花齐放，百家争鸣",
                "let flowers blossom, let schools contend",
            ),
            ("甲、乙", "A, B"),
            ("1,2-二氯乙烷、氯", "1,2-dichloroethane"),
        ] {
            assert!(!listed(zh, en), "{zh}");
        }
    }
}
