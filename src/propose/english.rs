//! An English term with a Chinese one in brackets behind it: `Genesis Mission (创世计划)`.
//!
//! The end is certain, the beginning is not. Marks say it, or the sound of a person's name;
//! else the words that render a part of the Chinese term, and those that begin with capitals.

use super::bracket::{Bracket, WORDS, is_abbreviation, label};
use super::merge::Found;
use super::quote::apart;
use super::{Source, edge};
use crate::align::Dictionary;
use crate::link::form;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::lemma::lemma;
use crate::text::pinyin::reading;
use crate::text::words::words;

/// The English term before a bracket.
struct Left {
    term: String,
    /// Whether it is known where it begins.
    sure: bool,
    /// Whether a word of it renders a part of the Chinese term.
    met: bool,
}

/// The pair that a bracket in an English text makes.
pub(super) fn english(
    text: &str,
    bracket: &Bracket,
    unit: u32,
    dictionary: Option<&Dictionary>,
) -> Option<Found> {
    let zh = chinese(bracket.inner.of(text))?;
    let before = Span::new(0, bracket.open).of(text);
    Some(pair(zh, left(before, zh, dictionary)?, unit))
}

/// The pair that a bracket in a Chinese text makes, if the English stands before it. What only
/// stands together there (a company and its country) is no pair: one renders the other, or is
/// a name of several words or an abbreviation.
pub(super) fn english_in_chinese(
    text: &str,
    bracket: &Bracket,
    unit: u32,
    dictionary: Option<&Dictionary>,
) -> Option<Found> {
    let zh = chinese(bracket.inner.of(text))?;
    let before = Span::new(0, bracket.open).of(text);
    let mut left = left(before, zh, dictionary)?;
    let names = left.term.split(' ');
    let names = names.filter(|word| word.starts_with(char::is_uppercase));
    let short = is_abbreviation(&left.term) && zh.chars().count() >= 4;
    if !left.met && !short && names.count() < 2 {
        return None;
    }
    left.sure &= left.met;
    let first = words(zh).first().map_or("", |word| word.of(zh));
    let pointer = ["见", "参见", "详见", "如", "图", "表", "附"].contains(&first);
    let term = !pointer && edge::zh(&fold(first)) && edge::zh(&fold(zh));
    term.then(|| pair(zh, left, unit))
}

fn pair(zh: &str, left: Left, unit: u32) -> Found {
    Found {
        zh: zh.to_owned(),
        en: left.term,
        source: Source::Bracket,
        unit,
        abbreviation: None,
        unsure: !left.sure,
        score: if left.sure { 0.93 } else { 0.55 },
        count: 1,
    }
}

/// The Chinese term in a bracket; an abbreviation or pinyin beside it is no part of it.
fn chinese(inner: &str) -> Option<&str> {
    let part = inner
        .split([',', '，', ';', '；', '/'])
        .find(|part| part.contains(is_han))?;
    let part = match part.split_once([':', '：']) {
        Some((language, term)) if !language.contains(is_han) => term,
        _ => part,
    };
    let (term, _) = label(part.trim());
    let sound = |c: char| c == ' ' || (c.is_alphabetic() && c.is_lowercase());
    let term = match term.rsplit_once(' ') {
        Some(_) => term.trim_matches(sound),
        None => term,
    };
    let term = term.trim_matches(|c: char| "“”\"「」《》*_ ".contains(c));
    let han = term.chars().filter(|&c| is_han(c)).count();
    let form = term
        .chars()
        .all(|c| c.is_alphanumeric() || "·、-“”《》 ".contains(c));
    (form && (2..=24).contains(&han)).then_some(term)
}

/// The English term at the end of a text that a Chinese one renders.
fn left(before: &str, zh: &str, dictionary: Option<&Dictionary>) -> Option<Left> {
    let parts = Parts::new(zh, dictionary);
    let before = without_abbreviation(before.trim_end());
    if let Some(term) = marked(before) {
        return Some(Left {
            term: term.to_owned(),
            sure: true,
            met: term.split(' ').any(|word| parts.met_by(word).any()),
        });
    }
    let before = before.trim_end_matches(['*', '_']);
    let clause = clause(before);
    let tokens = tokens(clause);
    let term = |from: usize| {
        let (first, last) = (tokens.get(from)?, tokens.last()?);
        let term = Span::new(first.start as usize, last.end as usize).of(clause);
        let kept = last.of(clause).ends_with('.') && is_short(last.of(clause));
        let term = if kept {
            term
        } else {
            term.trim_end_matches('.')
        };
        Some(term.to_owned()).filter(|term| term.contains(char::is_alphabetic))
    };
    if let Some(from) = sounds(clause, &tokens, zh) {
        let term = term(from)?;
        let (sure, met) = (true, true);
        return Some(Left { term, sure, met });
    }
    let words = tokens.iter().map(|token| token.of(clause));
    let (from, sure, met) = begins(&words.collect::<Vec<_>>(), &parts)?;
    let term = term(from)?;
    Some(Left { term, sure, met })
}

/// Where a term begins among the words before its bracket, whether that is sure, and whether
/// any of its words renders a part of the Chinese one.
fn begins(words: &[&str], parts: &Parts) -> Option<(usize, bool, bool)> {
    let last = words.len().checked_sub(1)?;
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let named = |word: &&&str| word.starts_with(char::is_alphabetic);
    let run = words.iter().rev().find(named).is_some_and(|w| capital(w));
    let (mut start, mut met, mut gap) = (None, Met::default(), 0);
    let mut first_meets = false;
    for (at, word) in words.iter().enumerate().rev().take(WORDS + 2) {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        if at < last && word.ends_with('.') && !is_short(word) {
            break;
        }
        let low = core(word);
        let meets = parts.met_by(word);
        let may_begin = if meets.any() {
            !edge::grammar(&low)
        } else {
            edge::written(&word.replace('.', ""))
        };
        if (meets.any() || (run && capital(word))) && may_begin {
            (start, gap, first_meets) = (Some(at), 0, meets.any());
            met.add(&meets);
        } else {
            gap += 1;
        }
        // “the” is inside a name only behind “of” and its like.
        let article = ["the", "a", "an"].contains(&low.as_str());
        let inside = before.is_some_and(|before| edge::connects(&core(before)));
        if gap > if run { 2 } else { 1 } || (article && !inside) {
            break;
        }
    }
    let Some(start) = start else {
        return Some((last, run, false)).filter(|_| edge::written(words.get(last).unwrap_or(&"")));
    };
    let open = parts.open(&met);
    // Words that the dictionary does not know of the term stand before those it does.
    let more = words.iter().take(start).rev();
    let more = more.take_while(|word| edge::en(&core(word)) && !word.ends_with(['.', ',']));
    let more = more.count();
    let any = met.any();
    Some(if run {
        // A title, or the first word of the sentence, may stand before a name.
        let sure = first_meets || start == last || !any || open > 0;
        (start, sure, any)
    } else if more == 0 || open == 0 {
        // Where all of the term is rendered, an adjective before it is none of it.
        (start, any, any)
    } else if more <= open {
        (start - more, any, any)
    } else {
        (start, false, any)
    })
}

/// What stands in marks at the end of a text.
fn marked(before: &str) -> Option<&str> {
    let inner = if let Some(inner) = apart(before) {
        let short = inner.split(' ').count() <= 6;
        marked(inner).or(Some(inner).filter(|_| short))?
    } else {
        let close = before.chars().next_back()?;
        let open = match close {
            '”' => '“',
            '’' => '‘',
            '"' => '"',
            _ => return None,
        };
        before.strip_suffix(close)?.rsplit_once(open)?.1
    };
    let inner = inner.trim().trim_end_matches([',', '.']);
    let inner = ["the ", "The "]
        .iter()
        .find_map(|article| inner.strip_prefix(article))
        .unwrap_or(inner);
    let latin = inner.contains(char::is_alphabetic) && !inner.contains(is_han);
    (latin && inner.split(' ').count() <= 12).then_some(inner)
}

/// A text without the bracket with an abbreviation at its end: `Department of Energy (DOE)`.
fn without_abbreviation(before: &str) -> &str {
    let inner = before
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    match inner {
        Some((name, inner)) if is_abbreviation(inner.trim()) && !name.ends_with(']') => {
            name.trim_end()
        }
        _ => before,
    }
}

/// The last clause of a text: what stands behind the last mark or Chinese character.
fn clause(text: &str) -> &str {
    let behind = |at: usize| Span::new(at, text.len()).of(text);
    let stops = |at: usize, c: char| match c {
        ',' => !is_company(behind(at + 1)),
        ';' | ':' | '(' | ')' | '[' | ']' | '“' | '”' | '"' | '!' | '?' | '—' | '*' | '|' | '<'
        | '>' | '`' => true,
        _ => is_han(c) || "。，、；：！？（）《》「」『』…".contains(c),
    };
    let from = text.char_indices().rev().find(|&(at, c)| stops(at, c));
    behind(from.map_or(0, |(at, c)| at + c.len_utf8()))
}

/// Whether what stands behind a comma is the end of a company's name: `, Ltd.`.
fn is_company(text: &str) -> bool {
    let word = text.trim().trim_end_matches('.');
    ["Ltd", "Inc", "LLC", "Co", "Corp", "Limited", "PLC", "LLP"].contains(&word)
        || ["Co., Ltd", "Co. Ltd", "S.A", "N.V"].contains(&word)
}

/// What spaces part.
fn tokens(clause: &str) -> Vec<Span> {
    let mut from = 0;
    let pieces = clause.split_inclusive(char::is_whitespace).map(|piece| {
        let token = Span::new(from, from + piece.trim_end().len());
        from += piece.len();
        token
    });
    pieces.filter(|token| token.start < token.end).collect()
}

/// Whether a word that ends with a dot is short for something: `U.S.`, `Ltd.`, `J.`
fn is_short(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let known = [
        "Ltd", "Inc", "Co", "Corp", "Jr", "Sr", "Dr", "St", "No", "Mt", "Gen", "Sen", "Rep",
        "Prof", "Mr", "Mrs", "Ms",
    ];
    word.contains('.') || word.chars().count() == 1 || known.contains(&word)
}

/// A word in small letters without the marks around it.
fn core(word: &str) -> String {
    let word = fold(word);
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Where the name of a person or place begins that is written by its sound: `He Lifeng`, `Lifeng He`.
fn sounds(clause: &str, tokens: &[Span], zh: &str) -> Option<usize> {
    let read: Option<Vec<&str>> = fold(zh).chars().map(reading).collect();
    let read = read.filter(|read| (2..=4).contains(&read.len()))?;
    let family_last = |family: usize| {
        let (family, given) = (read.iter().take(family), read.iter().skip(family));
        given.chain(family).copied().collect::<String>()
    };
    let ways = [read.concat(), family_last(1), family_last(2)];
    (1..=tokens.len().min(read.len())).find_map(|count| {
        let from = tokens.len() - count;
        let first = tokens.get(from)?.start as usize;
        let name = Span::new(first, tokens.last()?.end as usize).of(clause);
        let written: String = fold(name).chars().filter(|c| c.is_alphabetic()).collect();
        let capital = name.starts_with(char::is_uppercase);
        (capital && ways.contains(&written)).then_some(from)
    })
}

/// The words of a Chinese term, each with the forms of the English words that may render it.
struct Parts(Vec<Vec<String>>);

/// A Chinese word as the words of the dictionary that it is made of: 双循环 is none of them.
fn known(word: &str, dictionary: Option<&Dictionary>) -> Vec<String> {
    let Some(dictionary) = dictionary.filter(|d| word.contains(is_han) && !d.has(word)) else {
        return vec![word.to_owned()];
    };
    let chars: Vec<char> = word.chars().collect();
    let mut rest = chars.as_slice();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let piece = |length: &usize| rest.iter().take(*length).collect::<String>();
        let longest = (2..=rest.len())
            .rev()
            .find(|length| dictionary.has(&piece(length)));
        let length = longest.unwrap_or(1);
        out.push(piece(&length));
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// Which of the words of a Chinese term are rendered.
#[derive(Debug, Clone, Default)]
struct Met(Vec<usize>);

impl Met {
    fn any(&self) -> bool {
        !self.0.is_empty()
    }

    fn add(&mut self, more: &Self) {
        for &at in &more.0 {
            if !self.0.contains(&at) {
                self.0.push(at);
            }
        }
    }
}

impl Parts {
    fn new(zh: &str, dictionary: Option<&Dictionary>) -> Self {
        let words = words(zh).into_iter();
        let words = words.flat_map(|word| known(&fold(word.of(zh)), dictionary));
        let forms = |word: String| {
            let mut parts = vec![word.clone()];
            parts.extend(word.chars().map(String::from));
            let glosses = parts.iter().flat_map(|part| {
                let glosses = dictionary.into_iter().flat_map(|d| d.glosses(part));
                glosses.collect::<Vec<_>>()
            });
            let mut forms = Vec::new();
            for gloss in glosses {
                forms.extend(gloss.split(' ').map(form));
                let initials: String = gloss.split(' ').filter_map(|w| w.chars().next()).collect();
                // An abbreviation renders what its letters begin.
                if initials.len() > 1 {
                    forms.push(initials);
                }
            }
            let read: Option<String> = word.chars().map(reading).collect();
            forms.extend(read);
            forms.push(form(&word));
            forms
        };
        Self(words.map(forms).collect())
    }

    /// The Chinese words that an English one renders, as a whole or by a part between hyphens.
    fn met_by(&self, word: &str) -> Met {
        let plain = word.replace('.', "");
        let pieces = plain.split(|c: char| !c.is_alphanumeric());
        let mut forms: Vec<String> = pieces
            .filter(|piece| !piece.is_empty())
            .flat_map(|piece| {
                let low = fold(piece);
                [form(&lemma(&low)), form(&low), low]
            })
            .collect();
        forms.retain(|form| form.chars().count() > 1);
        let meets = |part: &Vec<String>| part.iter().any(|part| forms.contains(part));
        let met = (0..).zip(&self.0).filter(|(_, part)| meets(part));
        Met(met.map(|(at, _)| at).collect())
    }

    /// How many words are not rendered.
    fn open(&self, met: &Met) -> usize {
        self.0.len().saturating_sub(met.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::bracket::brackets;
    use super::*;

    fn found(
        text: &str,
        of: fn(&str, &Bracket, u32, Option<&Dictionary>) -> Option<Found>,
    ) -> Option<(String, String, bool)> {
        let bracket = brackets(text).pop()?;
        let found = of(text, &bracket, 0, Some(Dictionary::shipped()))?;
        Some((found.zh, found.en, !found.unsure))
    }

    #[test]
    fn the_left_boundary_of_english_names_is_solved() {
        for (text, zh, en) in [
            ("He Lifeng (何立峰) met reporters.", "何立峰", "He Lifeng"),
            ("Vice Premier He Lifeng (何立峰)", "何立峰", "He Lifeng"),
            ("He met Lifeng He (何立峰)", "何立峰", "Lifeng He"),
            ("Shares fell in Beijing (北京)", "北京", "Beijing"),
            (
                "The U.S.-China Economic and Security Review Commission (美中经济与安全审查委员会)",
                "美中经济与安全审查委员会",
                "U.S.-China Economic and Security Review Commission",
            ),
            (
                "The U.S. Department of Commerce (美国商务部)",
                "美国商务部",
                "U.S. Department of Commerce",
            ),
            (
                "Made in China 2025 (中国制造2025) is a plan.",
                "中国制造2025",
                "Made in China 2025",
            ),
            (
                "It named Huawei Technologies Co., Ltd. (华为技术有限公司)",
                "华为技术有限公司",
                "Huawei Technologies Co., Ltd.",
            ),
            (
                "They develop new quality productive forces (新质生产力)",
                "新质生产力",
                "new quality productive forces",
            ),
            (
                "**Dual circulation** (双循环)",
                "双循环",
                "Dual circulation",
            ),
            (
                "We want [common prosperity](http://x.cn) (共同富裕)",
                "共同富裕",
                "common prosperity",
            ),
            (
                "State-owned enterprises (国有企业 guoyou qiye)",
                "国有企业",
                "State-owned enterprises",
            ),
            (
                "The Ministry of Commerce (MOFCOM, 商务部)",
                "商务部",
                "Ministry of Commerce",
            ),
            (
                "In Beijing the Ministry of Commerce (MOFCOM) (商务部)",
                "商务部",
                "Ministry of Commerce",
            ),
        ] {
            let pair = (zh.to_owned(), en.to_owned(), true);
            assert_eq!(found(text, english), Some(pair), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_name_is_never_a_sure_one() {
        for (text, part) in [
            ("After COVID-19 (新冠肺炎)", "19"),
            ("The dual circulation (双循环)", "circulation"),
        ] {
            let (_, en, sure) = found(text, english).unwrap();
            assert!(!sure || en != part, "{text}: {en}");
        }
    }

    #[test]
    fn the_original_of_a_chinese_text_may_stand_first() {
        let pair = |text| found(text, english_in_chinese).map(|(zh, en, _)| (zh, en));
        for (text, zh, en) in [
            (
                "启动Genesis Mission（创世计划）",
                "创世计划",
                "Genesis Mission",
            ),
            ("发展AI（人工智能）", "人工智能", "AI"),
            ("使用 GPU（图形处理器）", "图形处理器", "GPU"),
        ] {
            let wanted = (zh.to_owned(), en.to_owned());
            assert_eq!(pair(text), Some(wanted), "{text}");
        }
        assert_eq!(pair("由Smith（美国）主持"), None);
        assert_eq!(pair("能源部（美国）主持"), None);
    }
}
