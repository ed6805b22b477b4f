//! Where a document says what an abbreviation stands for, and where it uses it.
//!
//! Read are `full name (ABBR)`, `ABBR (full name)`, 全称（ABBR）, 全称（Full Name，ABBR）
//! and 全称（以下简称“短称”，下同）, with nested quotes and plurals (LLMs). The extent
//! of an English full name is found by the initials: from the bracket back to the
//! nearest word from which the abbreviation's letters are initials in order.

use super::{Paper, Text};
use crate::finding::Side;
use crate::model::concept::ConceptType;
use crate::model::document::Block;
use crate::recognize::Hit;
use crate::span::{Span, halves};
use crate::text::chars::{is_han, simplified};

/// A place that explains an abbreviation.
pub(super) struct Defined<'a> {
    /// The abbreviation, in the singular.
    pub(super) abbr: &'a str,
    /// The text it stands in.
    pub(super) text: &'a Text<'a>,
    /// The number of its unit in the paper.
    pub(super) unit: usize,
    /// Where the abbreviation stands.
    pub(super) at: Span,
    /// Where what it stands for does; `None` where it cannot be told.
    pub(super) full: Option<Span>,
}

impl<'a> Defined<'a> {
    /// What it stands for.
    pub(super) fn full(&self) -> Option<&'a str> {
        self.full.map(|full| full.of(self.text.text))
    }

    /// Whether it is a Chinese short name (简称).
    pub(super) fn short_name(&self) -> bool {
        self.abbr.contains(is_han)
    }
}

/// A use of an abbreviation in Latin letters.
pub(super) struct Mention<'a> {
    /// The abbreviation, in the singular.
    pub(super) abbr: &'a str,
    pub(super) text: &'a Text<'a>,
    pub(super) unit: usize,
    pub(super) at: Span,
}

/// Abbreviations that need no explanation anywhere.
pub(super) const KNOWN: &[&str] = &[
    "3D", "5G", "A4", "AD", "AI", "AIDS", "AM", "APEC", "APP", "ASEAN", "ATM", "BBC", "BC", "BCE",
    "BRICS", "CCTV", "CD", "CE", "CEO", "CFO", "CIA", "CNN", "CO2", "COVID", "COVID-19", "CPU",
    "CV", "DC", "DIY", "DNA", "DVD", "EU", "FAQ", "FBI", "FIFA", "G7", "G20", "GB", "GDP", "GMT",
    "GPS", "GPU", "HIV", "HTML", "HTTP", "HTTPS", "ID", "IMF", "IP", "IQ", "ISBN", "ISO", "IT",
    "KFC", "MBA", "MP3", "NASA", "NATO", "NBA", "NGO", "OECD", "OK", "OPEC", "PC", "PDF", "PE",
    "PhD", "PIN", "PM", "PRC", "QR", "RMB", "RNA", "SARS", "SIM", "SMS", "TV", "UFO", "UK", "UN",
    "UNESCO", "UNICEF", "URL", "US", "USA", "USB", "USD", "USSR", "UTC", "VIP", "VPN", "WHO",
    "WTO", "XML",
];

/// Whether a text is running text: headings, cells, quotations and captions
/// neither explain nor need an explanation.
pub(super) fn body(text: &Text<'_>) -> bool {
    let caption = [
        "图", "圖", "表", "注：", "Figure ", "Fig. ", "Table ", "Note: ", "[^",
    ];
    matches!(text.block, Block::Paragraph | Block::Item)
        && !caption.iter().any(|begin| text.text.starts_with(begin))
}

/// The explanations on one side of a paper, in order; running text only.
pub(super) fn defined<'a>(paper: &'a Paper<'_>, side: Side) -> Vec<Defined<'a>> {
    let mut found = Vec::new();
    for (unit, view) in paper.views.iter().enumerate() {
        let text = view.text(side);
        if body(text) {
            for (abbr, at, full) in explained(text) {
                found.push(Defined {
                    abbr,
                    text,
                    unit,
                    at,
                    full,
                });
            }
        }
    }
    found
}

/// The abbreviations in Latin letters on one side of a paper, in order.
pub(super) fn mentions<'a>(paper: &'a Paper<'_>, side: Side) -> Vec<Mention<'a>> {
    let mut found = Vec::new();
    for (unit, view) in paper.views.iter().enumerate() {
        let text = view.text(side);
        for word in latin_words(text.text) {
            let abbr = singular(word.of(text.text));
            if acronym(abbr) && !text.in_code(word) {
                let at = Span::new(word.start as usize, word.start as usize + abbr.len());
                found.push(Mention {
                    abbr,
                    text,
                    unit,
                    at,
                });
            }
        }
    }
    found
}

/// Whether it stands beside another word in capitals: THE END has no abbreviations.
pub(super) fn shouted(mention: &Mention<'_>) -> bool {
    let (before, rest) = halves(mention.text.text, mention.at.start as usize);
    let after = halves(rest, mention.at.len()).1;
    let capitals = |word: Option<&str>| {
        word.is_some_and(|word| {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            core.len() > 1 && core.bytes().all(|b| b.is_ascii_uppercase())
        })
    };
    capitals(before.split_whitespace().next_back()) || capitals(after.split_whitespace().next())
}

type Explained<'t> = (&'t str, Span, Option<Span>);

/// What a text explains.
fn explained<'t>(text: &'t Text<'_>) -> Vec<Explained<'t>> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, c) in text.text.char_indices() {
        match c {
            '(' | '（' => open.push((at, at + c.len_utf8())),
            ')' | '）' => {
                let Some((bracket, start)) = open.pop() else {
                    continue;
                };
                if !text.in_code(Span::new(bracket, at)) {
                    found.extend(bracketed(text, bracket, Span::new(start, at)));
                }
            }
            _ => {}
        }
    }
    found.sort_unstable_by_key(|(_, at, _)| *at);
    found
}

/// What a bracket and the words before it explain.
fn bracketed<'t>(text: &'t Text<'_>, bracket: usize, inside: Span) -> Option<Explained<'t>> {
    let all = text.text;
    let before = Span::new(0, bracket).of(all).trim_end();
    let before = Span::new(0, before.len());
    let last = before.of(all).chars().next_back()?;
    let parts = inside.of(all).split(['，', ',', '；', ';']);
    let mut parts: Vec<Span> = parts.map(|part| within(all, part)).collect();
    parts.retain(|part| !matches!(part.of(all), "" | "下同" | "hereinafter"));
    let (marked, name) = parts
        .iter()
        .rev()
        .find_map(|part| marked(all, *part))
        .map_or((false, parts.last().copied().unwrap_or_default()), |name| {
            (true, name)
        });
    let abbr = singular(name.of(all));
    let at = Span::new(name.start as usize, name.start as usize + abbr.len());
    let full = |abbr: &str| {
        if is_han(last) || matches!(last, '》' | '”' | '」') {
            chinese_full(text, before)
        } else {
            english_full(all, before, abbr)
        }
    };
    if marked {
        let fine = !abbr.is_empty()
            && abbr.chars().count() <= 12
            && (abbr.contains(is_han) || acronym(abbr));
        return fine.then(|| (abbr, at, full(abbr)));
    }
    if acronym(abbr) {
        // （Full Name，ABBR）, but not (Washington, DC).
        let alone = parts.len() == 1;
        let spelled = parts
            .first()
            .is_some_and(|part| english_full(all, *part, abbr).is_some());
        let follows = last.is_alphanumeric() || matches!(last, '》' | '”' | '」' | '"' | '.');
        let said = spelled || alone && names(text, before, abbr);
        return (follows && said).then(|| (abbr, at, full(abbr)));
    }
    // full name (MERS, an outbreak of 2012)
    let head = parts.first().copied().unwrap_or_default();
    let name = singular(head.of(all));
    if parts.len() > 1
        && acronym(name)
        && (is_han(last) || english_full(all, before, name).is_some())
    {
        let at = Span::new(head.start as usize, head.start as usize + name.len());
        return Some((name, at, full(name)));
    }
    // ABBR (full name)
    let word = latin_words(before.of(all))
        .last()
        .filter(|word| word.end == before.end)?;
    let abbr = singular(word.of(all));
    let long = within(all, inside.of(all));
    let name = long.of(all);
    let han = name.chars().filter(|c| is_han(*c)).count();
    let spelled = if han > 0 {
        han >= 4 && name.chars().all(is_han)
    } else {
        english_full(all, long, abbr).is_some_and(|full| {
            full.start == long.start
                || name
                    .get(..4)
                    .is_some_and(|t| t.eq_ignore_ascii_case("the "))
        })
    };
    let at = Span::new(word.start as usize, word.start as usize + abbr.len());
    (acronym(abbr) && spelled).then_some((abbr, at, Some(long)))
}

/// Whether the words before a bracket may be what an abbreviation stands for, and not a person of
/// that house or party: one of them begins as it does. Of Chinese only the glossary can tell.
fn names(text: &Text<'_>, before: Span, abbr: &str) -> bool {
    let person = |hit: &Hit| {
        let mut senses = hit.senses.iter();
        hit.span.end == before.end
            && senses.all(|s| text.reference.glossary[s.concept].kind == ConceptType::Person)
    };
    let written = before.of(text.text);
    if text.all.iter().any(person) {
        return false;
    }
    let letter = abbr.chars().next().map(|c| c.to_ascii_lowercase());
    let words = written.rsplit(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|w| !w.is_empty()).take(2 * abbr.len() + 2);
    let first = |w: &str| w.chars().next().map(|c| c.to_ascii_lowercase());
    written.ends_with(|c| is_han(c) || "》”」".contains(c)) || words.any(|w| first(w) == letter)
}

/// What leads to a short name in an English bracket.
const LEADS: [&str; 8] = [
    "hereinafter referred to as",
    "hereafter referred to as",
    "hereinafter called",
    "hereinafter",
    "hereafter",
    "referred to as",
    "abbreviated as",
    "abbreviated",
];

/// The name behind 简称, 下称, 缩写 or `hereinafter` in a part of a bracket.
fn marked(all: &str, part: Span) -> Option<Span> {
    let text = part.of(all);
    let led = LEADS.iter().find_map(|lead| {
        let begins = text.get(..lead.len())?.eq_ignore_ascii_case(lead);
        begins.then(|| Span::new(lead.len(), text.len()).of(text))
    });
    if let Some(rest) = led.filter(|rest| rest.starts_with([' ', ':'])) {
        return Some(within(all, rest.trim_start_matches([' ', ':'])));
    }
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let here = simplified(c);
        if matches!(
            (before, here),
            ('简' | '下' | '略', '称') | ('缩', '写' | '略')
        ) {
            let rest = Span::new(at + c.len_utf8(), text.len()).of(text);
            let rest =
                rest.trim_start_matches(['：', ':', '为', '為', '是', '作', '语', '語', ' ']);
            return Some(within(all, rest));
        }
        before = here;
    }
    None
}

/// The span of a part of a text without quotes and spaces around it.
fn within(all: &str, part: &str) -> Span {
    let quotes = |c: char| c.is_whitespace() || "“”‘’\"'「」『』*".contains(c);
    let core = part.trim_matches(quotes);
    let article = core
        .strip_prefix("the ")
        .filter(|rest| acronym(singular(rest.trim_start_matches(quotes))));
    let core = article.map_or(core, |rest| rest.trim_start_matches(quotes));
    let start = (core.as_ptr() as usize).saturating_sub(all.as_ptr() as usize);
    Span::new(start, start + core.len())
}

/// The English name that ends a stretch and has the abbreviation's letters as initials.
fn english_full(all: &str, stretch: Span, abbr: &str) -> Option<Span> {
    let letters: Vec<char> = abbr.chars().filter(char::is_ascii_uppercase).collect();
    let text = stretch.of(all);
    let mut left = letters.len();
    let mut words = 0;
    let mut end = text.len();
    let first = |part: &str| part.chars().next().map(|c| c.to_ascii_uppercase());
    for word in text.rsplit(|c: char| c.is_whitespace()) {
        let start = end - word.len();
        end = start.saturating_sub(
            text.get(..start)?
                .chars()
                .next_back()
                .map_or(0, char::len_utf8),
        );
        let core = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        if words > 0 && word.ends_with([';', ':', '。', '；', '，']) {
            return None;
        }
        words += 1;
        let parts: Vec<&str> = core
            .split(['-', '.', '/', '–'])
            .filter(|p| !p.is_empty())
            .collect();
        for part in parts.iter().rev() {
            if left > 0 && first(part) == letters.get(left - 1).copied() {
                left -= 1;
            }
        }
        if left == 0 {
            let skipped = word.len()
                - word
                    .trim_start_matches(|c: char| !c.is_alphanumeric())
                    .len();
            let from = stretch.start as usize + start + skipped;
            return (words > 1 || parts.len() > 1).then(|| Span::new(from, stretch.end as usize));
        }
        if words > 2 * letters.len() + 2 {
            return None;
        }
    }
    None
}

/// The Chinese name that ends a stretch: a term, a title or a quotation; else it cannot be told.
fn chinese_full(text: &Text<'_>, stretch: Span) -> Option<Span> {
    let written = stretch.of(text.text);
    let quote = |open: char, close: char| {
        let inner = written.strip_suffix(close)?;
        let start = inner.rfind(open)? + open.len_utf8();
        Some(Span::new(start, inner.len()))
    };
    let quoted = quote('《', '》')
        .or_else(|| quote('“', '”'))
        .or_else(|| quote('「', '」'));
    // A short term may be the end of a longer name.
    let long = |span: &Span| span.of(text.text).chars().nth(3).is_some();
    let term = || {
        let mut terms = text.hits().map(|hit| hit.span).filter(long);
        terms.find(|span| span.end == stretch.end)
    };
    quoted.or_else(term)
}

/// The runs of Latin letters and digits, with the hyphens and `&` in them.
fn latin_words(text: &str) -> impl Iterator<Item = Span> {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '&' | '-');
    let mut at = 0;
    text.split(move |c: char| !inner(c))
        .filter_map(move |word| {
            let start = at;
            let next = text.get(start + word.len()..)?.chars().next();
            at += word.len() + next.map_or(0, char::len_utf8);
            let core = word.trim_matches(['-', '&']);
            let from = start + word.find(core)?;
            // DOE-funded, not GPT-4
            let head = core.split('-').next().filter(|head| {
                core.split('-')
                    .skip(1)
                    .all(|part| part.starts_with(|c: char| c.is_ascii_lowercase()))
                    && !head.is_empty()
            });
            let core = head.unwrap_or(core);
            (!core.is_empty()).then(|| Span::new(from, from + core.len()))
        })
}

/// An abbreviation without its plural ending.
fn singular(word: &str) -> &str {
    let stem = word.strip_suffix('s').or_else(|| word.strip_suffix("'s"));
    stem.filter(|stem| stem.len() > 1 && stem.ends_with(|c: char| c.is_ascii_uppercase()))
        .unwrap_or(word)
}

/// Whether a word has the shape of an abbreviation: USCC, `R&D`; no Roman numeral.
fn acronym(word: &str) -> bool {
    let big = word.bytes().filter(u8::is_ascii_uppercase).count();
    let small = word.bytes().filter(u8::is_ascii_lowercase).count();
    big >= 2
        && big >= small
        && word.len() <= 12
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'&'))
        && !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}
