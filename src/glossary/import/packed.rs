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
    /// It has a bracket as well, and not both have a short form in it: the brackets belong to
    /// the terms, 关税（进口） and *tariff (import)*.
    pub(crate) bracketed: bool,
}

/// Marks that open a bracket.
const BRACKETS: [char; 4] = ['(', '（', '[', '【'];

impl Beside {
    /// What the terms in the other language show of a text in one.
    pub(crate) fn of<'t>(text: &str, lang: Lang, others: impl Iterator<Item = &'t str>) -> Self {
        let has_short = |text: &str, lang| {
            let parts = parts(text, lang, Self::default());
            parts.is_some_and(|parts| !parts.short.is_empty())
        };
        let mut all = Self::default();
        for other in others {
            all.slashed |= other.contains(['/', '／']);
            all.listed |= match lang {
                Lang::Zh => listed(text, other),
                Lang::En => listed(other, text),
            };
            let both = text.contains(BRACKETS) && other.contains(BRACKETS);
            all.bracketed |= both && !(has_short(text, lang) && has_short(other, lang.other()));
        }
        all
    }
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
        let term = if beside.bracketed {
            piece.trim().to_owned()
        } else {
            let (term, notes) = without_notes(piece.trim());
            all.notes.extend(notes);
            let short = before_short(term, lang, &mut all);
            short.unwrap_or_else(|| bracketed(term, lang, &mut all))
        };
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
    pieces = apart(pieces, &marked);
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

/// Cut at line ends, semicolons and bars. A semicolon that ends an entity (`&amp;`) is none.
fn marked(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in text.chars() {
        let Some(last) = parts.last_mut() else { break };
        match c {
            ';' if opens_entity(last) => last.push(c),
            '\n' | ';' | '；' | '|' | '｜' => parts.push(String::new()),
            _ => last.push(c),
        }
    }
    parts
}

/// Whether a text ends as an entity of HTML does before its semicolon: `R&amp`, `&#160`.
fn opens_entity(text: &str) -> bool {
    let Some((_, name)) = text.rsplit_once('&') else {
        return false;
    };
    match name.strip_prefix('#') {
        Some(number) => {
            !number.is_empty() && number.chars().all(|c| c.is_ascii_hexdigit() || c == 'x')
        }
        None => (2..=8).contains(&name.len()) && name.chars().all(|c| c.is_ascii_lowercase()),
    }
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
pub(super) fn numbered(text: &str) -> Vec<String> {
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

/// A term beside its short form and a comma (*customs union, CU*; 世界贸易组织，WTO), without
/// it; the short form goes to `all`.
fn before_short(text: &str, lang: Lang, all: &mut Parts) -> Option<String> {
    let commas = [',', '，', '、'];
    let (left, right) = text.rsplit_once(commas)?;
    let (left, right) = (left.trim(), right.trim());
    let is_short = |short: &str, long: &str| {
        let words: Vec<&str> = long.split(' ').collect();
        let first = short.chars().next();
        let mut initials = words.iter().filter_map(|word| word.chars().next());
        let plain = !long.contains(commas) && !long.contains(BRACKETS);
        is_acronym(short)
            && plain
            && match lang {
                Lang::Zh => long.chars().filter(|c| is_han(*c)).count() >= 4,
                Lang::En => {
                    words.len() > 1
                        && initials.any(|c| first.is_some_and(|f| f.eq_ignore_ascii_case(&c)))
                        && stands_for(short, long)
                }
            }
    };
    let (short, long) = if is_short(right, left) {
        (right, left)
    } else if is_short(left, right) {
        (left, right)
    } else {
        return None;
    };
    all.short.push((Lang::En, short.to_owned()));
    Some(long.to_owned())
}

/// A term without the bracket behind it, where that holds a short form, another
/// name or a remark; these go to `all`. Of *WTO (World Trade Organization)* the bracket is the term.
fn bracketed(text: &str, lang: Lang, all: &mut Parts) -> String {
    let whole = text.to_owned();
    let Some(rest) = text.strip_suffix([')', '）']) else {
        return whole;
    };
    let Some(at) = rest.rfind(['(', '（']) else {
        return whole;
    };
    let (before, inside) = crate::span::halves(rest, at);
    let wide = before.ends_with(' ') || inside.starts_with('（') || lang == Lang::Zh;
    let inside = inside.trim_start_matches(['(', '（']).trim();
    let before = before.trim_end();
    let initials = is_acronym(inside) && stands_for(inside, before);
    if before.is_empty() || inside.is_empty() || !(wide || initials) {
        return whole;
    }
    if lang == Lang::En && is_acronym(before) && inside.contains(' ') && stands_for(before, inside)
    {
        all.short.push((Lang::En, before.to_owned()));
        return inside.to_owned();
    }
    // The name in the other language may have its short form beside it.
    let parts: Vec<&str> = inside.split([',', '，', '、', ';', '；']).collect();
    let mut several = all.clone();
    let named = |part: &&str| several.named(part.trim(), before, lang);
    if parts.len() > 1 && parts.iter().all(named) {
        *all = several;
        return before.to_owned();
    }
    let lower = inside.starts_with(|c: char| c.is_lowercase());
    if all.named(inside, before, lang) {
        before.to_owned()
    } else if lang == Lang::En && lower && inside.chars().count() > 2 {
        all.notes.push(inside.to_owned());
        before.to_owned()
    } else {
        whole
    }
}

impl Parts {
    /// Takes in what stands in a bracket behind a term, where it is a short form or another name.
    fn named(&mut self, inside: &str, before: &str, lang: Lang) -> bool {
        let begins = |words: &[&str]| {
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
        if let Some(short) = begins(SHORT) {
            let lang = if short.contains(is_han) {
                Lang::Zh
            } else {
                Lang::En
            };
            self.short.push((lang, short));
        } else if let Some(name) = begins(ALSO) {
            if name.contains(is_han) == (lang == Lang::Zh) {
                self.terms.extend([before.to_owned(), name]);
            } else {
                self.other.push(name);
            }
        } else if is_acronym(inside) && (lang == Lang::Zh || stands_for(inside, before)) {
            self.short.push((Lang::En, inside.to_owned()));
        } else if lang == Lang::Zh && is_short_of(inside, before) {
            self.short.push((Lang::Zh, inside.to_owned()));
        } else if is_other_side(inside, lang) {
            self.other.push(inside.to_owned());
        } else {
            return false;
        }
        true
    }
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
        shown(
            "World Health Organization（WHO）",
            en,
            "World Health Organization | (short) WHO",
        );
        shown(
            "WTO (World Trade Organization)",
            en,
            "World Trade Organization | (short) WTO",
        );
        shown(
            "世界贸易组织（World Trade Organization，WTO）",
            zh,
            "世界贸易组织 | (short) WTO | (other language) World Trade Organization",
        );
        shown("customs union, CU", en, "customs union | (short) CU");
        shown("世界贸易组织，WTO", zh, "世界贸易组织 | (short) WTO");
        shown("R&amp;D; research", en, "R&amp;D | research");
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
            "R&amp;D center",
            "Washington, DC",
            "Salt Lake City, UT",
            "system（s）",
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
    fn a_bracket_in_both_languages_is_parted_in_both_or_in_none() {
        for (zh, en, parted) in [
            ("关税（进口）", "tariff (import)", false),
            ("海关(总署)", "customs (administration)", false),
            ("人工智能(AI)", "AI (artificial intelligence)", true),
            ("美中委员会（美中委）", "US-China Commission (USCC)", true),
        ] {
            let of = |text, lang, other| {
                let beside = Beside::of(text, lang, std::iter::once(other));
                parts(text, lang, beside).is_some()
            };
            assert_eq!(of(zh, Lang::Zh, en), parted, "{zh}");
            assert_eq!(of(en, Lang::En, zh), parted, "{en}");
        }
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
