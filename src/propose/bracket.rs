//! A term with the other language in brackets behind it.
//!
//! 全称（English Full Name, ABBR）, “名称”（Name）, 全称（以下简称“简称”）,
//! English Name (中文名), English term (pinyin of a given name is no term).

use std::collections::{HashMap, HashSet};

use super::boundary::{Name, left};
use super::count::Counter;
use super::english::{english, english_in_chinese};
use super::expand::{expansion, expansions};
use super::merge::Found;
use super::{Material, Source, Unit};
use crate::align::Dictionary;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;

/// A name in brackets has at most so many words.
pub(super) const WORDS: usize = 10;

/// A pair of brackets: where it opens, and what is inside.
pub(super) struct Bracket {
    pub(super) open: usize,
    pub(super) inner: Span,
}

/// Every pair in brackets.
pub(super) fn find(
    units: &[Unit<'_>],
    material: &Material<'_>,
    dictionary: Option<&Dictionary>,
) -> Vec<Found> {
    let counter = Counter::new(units.iter().map(|unit| unit.zh));
    let count = |text: &str| counter.count(text);
    let mut seeker = Seeker {
        material,
        dictionary,
        count: &count,
        long: expansions(units),
        pairs: Vec::new(),
        aliases: Vec::new(),
    };
    let mut found = Vec::new();
    for (at, unit) in (0..).zip(units) {
        for bracket in brackets(unit.zh) {
            seeker.read(unit, at, &bracket);
            found.extend(english_in_chinese(unit.zh, &bracket, at, dictionary));
        }
        let brackets = brackets(unit.en);
        found.extend(
            brackets
                .iter()
                .filter_map(|bracket| english(unit.en, bracket, at, dictionary)),
        );
    }
    found.extend(without_labels(seeker.pairs));
    follow(&mut found, seeker.aliases);
    found
}

/// Reads the brackets of Chinese texts.
struct Seeker<'a> {
    material: &'a Material<'a>,
    dictionary: Option<&'a Dictionary>,
    count: &'a dyn Fn(&str) -> (u32, u32),
    /// What abbreviations are short for.
    long: HashMap<String, &'a str>,
    /// What was found, and whether the words of the two render each other.
    pairs: Vec<(Found, bool)>,
    /// Terms and their short names, with the unit.
    aliases: Vec<(String, String, u32)>,
}

impl Seeker<'_> {
    fn read(&mut self, unit: &Unit<'_>, at: u32, bracket: &Bracket) {
        let inside = Inside::read(bracket.inner.of(unit.zh));
        let before = Span::new(0, bracket.open).of(unit.zh);
        let mut name = Name {
            text: "",
            ties: Vec::new(),
            dictionary: self.dictionary,
            count: self.count,
        };
        let Some(english) = inside.name.as_ref().or(inside.abbreviation.as_ref()) else {
            if let Some(alias) = inside.alias {
                let term = left(before, &name);
                self.aliases.extend(term.map(|left| (left.term, alias, at)));
            }
            return;
        };
        let full = self.long.get(singular(english)).copied();
        name.text = full.unwrap_or(english);
        name.ties = self.material.ties(at, bracket.open, [name.text, english]);
        let Some(left) = left(before, &name) else {
            return;
        };
        // Where the other side has it in brackets too, it may be no rendering but a remark.
        let remark = mirrored(unit.en, english) && full.is_none();
        if remark && !left.met && !is_abbreviation(english) {
            return;
        }
        let sure = left.sure && !inside.listed && !remark;
        let pair = |zh: String, source| Found {
            zh,
            en: english.clone(),
            source,
            unit: at,
            abbreviation: inside.abbreviation.clone().filter(|a| a != english),
            unsure: !sure,
            score: if sure { 0.95 } else { 0.55 },
            count: 1,
        };
        let alias = inside.alias.clone();
        let alias = alias.map(|alias| (pair(alias, Source::Alias), true));
        self.pairs.extend(alias);
        self.pairs
            .push((pair(left.term, Source::Bracket), left.met));
    }
}

/// An abbreviation without the ending of the plural: `MVPs`.
pub(super) fn singular(abbreviation: &str) -> &str {
    let cut = abbreviation.strip_suffix('s');
    cut.filter(|cut| cut.ends_with(|c: char| c.is_ascii_uppercase()))
        .unwrap_or(abbreviation)
}

/// Whether an English text has something in brackets.
fn mirrored(text: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let mut inner = brackets(text)
        .into_iter()
        .map(|bracket| bracket.inner.of(text));
    inner.any(|inner| inner.to_lowercase().contains(&name))
}

/// Leaves out what stands behind several unlike terms and renders none of them:
/// a size, the name of a program, a character set.
fn without_labels(found: Vec<(Found, bool)>) -> Vec<Found> {
    let mut ends: HashMap<String, [HashSet<String>; 2]> = HashMap::new();
    for (find, met) in &found {
        let end: String = find.zh.chars().rev().take(2).collect();
        let [unmet, rendered] = ends.entry(find.en.clone()).or_default();
        let ends = if *met { rendered } else { unmet };
        ends.insert(end);
    }
    let label = |find: &Found| {
        let ends = ends.get(&find.en);
        ends.is_some_and(|[unmet, met]| unmet.len() >= 3 && unmet.len() > met.len())
    };
    let kept = found.into_iter().map(|(find, _)| find);
    kept.filter(|find| !label(find)).collect()
}

/// A shorter name is rendered as the longer one is.
fn follow(found: &mut Vec<Found>, aliases: Vec<(String, String, u32)>) {
    let names: HashMap<String, String> = found
        .iter()
        .map(|found| (fold(&found.zh), found.en.clone()))
        .collect();
    for (long, short, unit) in aliases {
        if let Some(en) = names.get(&fold(&long)) {
            found.push(Found {
                zh: short,
                en: en.clone(),
                source: Source::Alias,
                unit,
                abbreviation: None,
                unsure: false,
                score: 0.8,
                count: 1,
            });
        }
    }
}

/// The brackets of a text that hold none themselves.
pub(super) fn brackets(text: &str) -> Vec<Bracket> {
    let mut out = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '［' | '[' | '〔' => open = Some((at, at + c.len_utf8())),
            ')' | '）' | '］' | ']' | '〕' => {
                if let Some((open, from)) = open.take() {
                    let inner = Span::new(from, at);
                    out.push(Bracket { open, inner });
                }
            }
            _ => {}
        }
    }
    out
}

/// What a bracket behind a Chinese term says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Inside {
    pub(super) name: Option<String>,
    pub(super) abbreviation: Option<String>,
    alias: Option<String>,
    /// Whether it lists several things: they are examples of the term.
    listed: bool,
}

impl Inside {
    pub(super) fn read(inner: &str) -> Self {
        let mut inside = Self::default();
        if inner.contains("://") || inner.contains("www.") {
            return inside;
        }
        for part in inner.split([',', '，', ';', '；', '、', '/']) {
            inside.part(part.trim());
        }
        // A comma inside a name: `Department of Commerce, Bureau of Industry` is one place or two.
        let latin =
            !inner.contains(is_han) && inside.name.is_none() && inside.abbreviation.is_none();
        if latin {
            inside.part(inner.trim());
        }
        if let (Some(name), Some(abbreviation)) = (&inside.name, &inside.abbreviation) {
            inside.listed |= expansion(name, abbreviation).is_none();
        }
        inside
    }

    fn part(&mut self, part: &str) {
        let (part, said) = label(part);
        let marks = |c: char| "“”\"「」‘’'《》： :*_".contains(c);
        let part = part.trim_matches(marks).trim();
        // An article before a quoted name: the “Genesis Mission”.
        let named = part
            .strip_prefix("the ")
            .filter(|name| name.starts_with(marks));
        let part = named.map_or(part, |name| name.trim_matches(marks).trim());
        if part.contains(is_han) {
            let short =
                part.chars().count() <= 16 && part.chars().all(|c| c.is_alphanumeric() || c == '·');
            if said && short && self.alias.is_none() {
                self.alias = Some(part.to_owned());
            } else if !said {
                self.listed = true;
            }
        } else if is_abbreviation(part) {
            self.listed |= self.abbreviation.is_some();
            self.abbreviation.get_or_insert_with(|| part.to_owned());
        } else if is_name(part) {
            self.listed |= self.name.is_some();
            self.name.get_or_insert_with(|| part.to_owned());
        }
    }
}

/// Takes 以下简称, 英文： and the like off.
pub(super) fn label(part: &str) -> (&str, bool) {
    const LABELS: &[&str] = &[
        "以下简称为",
        "以下简称",
        "以下称为",
        "以下称",
        "下简称",
        "下称",
        "后简称",
        "简称为",
        "简称",
        "又称为",
        "又称",
        "也称为",
        "也称",
        "亦称",
        "又名",
        "英文全称为",
        "英文全称",
        "英文缩写为",
        "英文缩写",
        "英文名称为",
        "英文名称",
        "英文名为",
        "英文名",
        "英文简称",
        "英文",
        "英语",
        "缩写为",
        "缩写",
        "原文",
        "全称为",
        "全称",
        "即",
        "以下簡稱",
        "下稱",
        "簡稱",
        "又稱",
        "英文簡稱",
        "英文縮寫",
        "縮寫",
        "英語",
        "全稱",
    ];
    let rest = LABELS.iter().find_map(|label| part.strip_prefix(label));
    let short = part.chars().take(6).any(|c| "称稱".contains(c));
    let rest = rest.map(|rest| rest.trim_start_matches(['：', ':', ' ']));
    (rest.unwrap_or(part), rest.is_some() && short)
}

pub(super) fn is_abbreviation(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let form = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-.&/".contains(c));
    form && (2..=10).contains(&letters)
        && capitals >= 2
        && capitals * 2 > letters
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c.is_ascii_digit())
        && !is_version(text)
}

/// `Q3`, `V2`, `S1`: a label and no name.
fn is_version(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters < 2
}

/// Whether Latin text is a name or term, and no reference, formula, address or sentence.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let form = text
        .chars()
        .all(|c| c.is_alphanumeric() || " -–‐'’.&/·:".contains(c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let reference = [
        "fig", "figs", "figure", "figures", "table", "tables", "equation", "appendix", "see", "eg",
        "e.g.", "i.e.", "cf", "vol", "no.", "p.", "pp.", "page", "et", "al.", "http", "www",
        "note", "chapter", "section",
    ];
    let low = text.to_lowercase();
    let first = low.split(|c: char| !c.is_alphabetic() && c != '.').next();
    let first = first.unwrap_or("");
    form && letters >= 3
        && digits * 2 <= letters
        && (1..=WORDS).contains(&words.len())
        && text.starts_with(|c: char| c.is_alphanumeric())
        && !reference.contains(&first)
        && !words.iter().any(|word| is_file(word))
        && !low.contains("et al")
        && !low.contains("://")
        && !low.contains("www.")
        && !UNITS.contains(&low.as_str())
        && !words.iter().any(|w| {
            [
                "is", "are", "was", "were", "has", "have", "you", "we", "this",
            ]
            .contains(w)
        })
}

/// `gitlab.com`, `stable-A.B.x`, `b'hello`: names of files and the like, and code.
fn is_file(word: &str) -> bool {
    let mut parts = word.split('.').skip(1);
    let dotted = parts.any(|part| part.starts_with(|c: char| c.is_ascii_lowercase()));
    let quoted = word
        .split_once('\'')
        .is_some_and(|(head, _)| head.len() == 1);
    dotted || (quoted && !word.starts_with(['O', 'D']))
}

/// What stands in brackets as a unit.
const UNITS: &[&str] = &[
    "km", "kg", "mmhg", "usd", "mol", "ppm", "kwh", "mwh", "eur", "rmb", "cny", "min", "sec",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(zh: &str) -> Vec<(String, String)> {
        let units = [Unit { zh, en: "" }];
        let dictionary = Some(Dictionary::shipped());
        let found = find(&units, &Material::new(&units, dictionary), dictionary);
        found.into_iter().map(|f| (f.zh, f.en)).collect()
    }

    #[test]
    fn the_left_boundary_is_solved() {
        for (text, zh, en) in [
            (
                "感染引起的疾病被命名为冠状病毒疾病（COVID-19）。",
                "冠状病毒疾病",
                "COVID-19",
            ),
            (
                "他参加了“创世纪任务”（Genesis Mission）。",
                "创世纪任务",
                "Genesis Mission",
            ),
            (
                "专家认为创世纪任务（Genesis Mission）前景可期。",
                "创世纪任务",
                "Genesis Mission",
            ),
            (
                "他们向美国能源部（Department of Energy, DOE）提交报告",
                "能源部",
                "Department of Energy",
            ),
            (
                "能源部建立并运行美国科学与安全平台（American Science and Security Platform）。",
                "美国科学与安全平台",
                "American Science and Security Platform",
            ),
            (
                "所谓创世计划(Genesis Mission)由能源部负责。",
                "创世计划",
                "Genesis Mission",
            ),
            (
                "他说**创世计划**（*Genesis Mission*）很好。",
                "创世计划",
                "Genesis Mission",
            ),
            (
                "他说[创世计划](http://x.cn)（Genesis Mission）很好。",
                "创世计划",
                "Genesis Mission",
            ),
            (
                "所谓“创世计划”（the “Genesis Mission”）很好。",
                "创世计划",
                "Genesis Mission",
            ),
            (
                "启动Genesis Mission（创世计划）了。",
                "创世计划",
                "Genesis Mission",
            ),
            (
                "2025年，美中经济与安全审查委员会（USCC）向国会提交",
                "美中经济与安全审查委员会",
                "USCC",
            ),
        ] {
            assert!(
                pairs(text).contains(&(zh.into(), en.into())),
                "{text}: {:?}",
                pairs(text)
            );
        }
    }

    #[test]
    fn references_and_units_are_no_terms() {
        for text in [
            "如图所示（Figure 1）",
            "距离（km）",
            "研究（Smith et al., 2020）表明",
            "网址（https://a.example）",
        ] {
            assert_eq!(pairs(text), [], "{text}");
        }
    }
}
