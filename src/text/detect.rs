//! Which of the two languages a text is in.

use super::chars::is_han;
use super::code::codes;
use super::fold::HOLE;
use crate::lang::Lang;
use crate::span::Span;

/// The language of a text; `None` where it has no letters, or is in a third
/// language by its script (kana, Hangul, Cyrillic, …).
///
/// Inline codes and what stands in brackets are left out, unless nothing else
/// is there: originals and renderings stand in brackets. Names and
/// abbreviations weigh little, as Chinese texts are full of Latin ones; a
/// small-letter word weighs most, as no English sentence lacks them.
///
/// ```
/// use zhengming::{lang::Lang, text::detect::language};
/// assert_eq!(language("OpenAI、Google DeepMind与Anthropic均签了字。"), Some(Lang::Zh));
/// assert_eq!(language("The USCC (美中经济与安全审查委员会) met."), Some(Lang::En));
/// assert_eq!(language("2025 — 50%"), None);
/// ```
pub fn language(text: &str) -> Option<Lang> {
    let text = without_codes(text);
    let outside = Letters::count(&without_brackets(&text));
    outside.language().or_else(|| match outside {
        Letters {
            han: 0,
            names: 0,
            words: 0,
            others: 0,
        } => Letters::count(&text).language(),
        _ => None,
    })
}

/// The beginning of some texts, one a line: it tells as much as all of them.
pub fn sample<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    const ENOUGH: usize = 200_000;
    let mut sample = String::new();
    for text in texts {
        sample.push_str(text);
        sample.push('\n');
        if sample.len() > ENOUGH {
            break;
        }
    }
    sample
}

/// Whether a text in Latin letters is in another language than English, by the
/// small words that no text goes without. Short texts do not tell.
///
/// ```
/// use zhengming::text::detect::is_foreign;
/// let french = "Le ministère de l’énergie a lancé la mission avec les laboratoires du pays, \
///     et il a publié une liste des entreprises qui ont signé un accord pour la recherche \
///     dans le domaine de la sécurité et des sciences, que le gouvernement attend depuis un an.";
/// assert!(is_foreign(french));
/// assert!(!is_foreign("The ministry of energy launched the mission."));
/// ```
pub fn is_foreign(text: &str) -> bool {
    let (mut words, mut english, mut other) = (0, 0, 0);
    let parts = text.split(|c: char| !c.is_alphabetic());
    for word in parts.filter(|word| word.chars().next().is_some_and(char::is_lowercase)) {
        words += 1;
        english += usize::from(SMALL.contains(&word));
        other += usize::from(FOREIGN.contains(&word));
    }
    // Of English running text a third are such words, of lists of terms a twentieth.
    words >= 30 && english * 20 < words && other * 12 > words && other > 2 * english
}

/// Small words of English that are of no other language.
const SMALL: [&str; 16] = [
    "and", "are", "by", "for", "from", "have", "has", "is", "of", "shall", "that", "the", "this",
    "to", "which", "with",
];

/// Small words of other languages that are none of English.
#[rustfmt::skip]
const FOREIGN: [&str; 88] = [
    // French, Spanish, Portuguese, Italian, Romanian
    "de", "la", "le", "les", "des", "du", "et", "est", "un", "une", "que", "qui", "dans", "pour",
    "el", "los", "las", "del", "y", "por", "para", "con", "se", "da", "do", "dos", "em", "uma",
    "il", "di", "della", "che", "per", "nel", "si", "din", "cu", "și",
    // German, Dutch, Danish, Norwegian, Swedish
    "der", "die", "das", "und", "den", "dem", "von", "zu", "mit", "auf", "für", "ist", "ein",
    "eine", "het", "een", "van", "voor", "og", "att", "och", "som", "på", "av", "til", "er",
    // Polish, Czech, Hungarian, Finnish, Turkish, Vietnamese, Indonesian, Malay
    "w", "z", "na", "że", "nie", "v", "je", "že", "az", "és", "ja", "ve", "bir", "bu", "và", "của",
    "là", "các", "yang", "dan", "untuk", "dengan", "dari", "dalam",
];

fn without_codes(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for code in codes(text) {
        rest.push_str(Span::new(at, code.start as usize).of(text));
        rest.push(HOLE);
        at = code.end as usize;
    }
    rest.push_str(Span::new(at, text.len()).of(text));
    rest
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut outside: Vec<char> = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new(); // the bracket that closes, and what was outside before it
    for c in text.chars() {
        let close = match c {
            '(' => Some(')'),
            '（' => Some('）'),
            '[' => Some(']'),
            '【' => Some('】'),
            _ => None,
        };
        outside.push(c);
        if let Some(close) = close {
            open.push((close, outside.len()));
        } else if let Some(at) = open.iter().rposition(|&(close, _)| close == c) {
            outside.truncate(open[at].1);
            open.truncate(at);
        }
    }
    outside.into_iter().collect()
}

/// What a text is written with.
struct Letters {
    /// Han characters.
    han: usize,
    /// Latin words with a capital or a digit.
    names: usize,
    /// Latin words in small letters.
    words: usize,
    /// Letters of any other script.
    others: usize,
}

impl Letters {
    fn count(text: &str) -> Self {
        let mut letters = Self {
            han: 0,
            names: 0,
            words: 0,
            others: 0,
        };
        let latin = |c: char| {
            c.is_alphanumeric()
                && (u32::from(c) < 0x0250 || matches!(c, '\u{1e00}'..='\u{1eff}' | 'Ａ'..='ｚ'))
        };
        for part in text.split(|c: char| !latin(c) && c != '\'' && c != '’') {
            if !part.chars().any(char::is_alphabetic) {
                continue;
            }
            if part.chars().any(|c| c.is_uppercase() || c.is_numeric()) {
                letters.names += 1;
            } else {
                letters.words += 1;
            }
        }
        for c in text.chars() {
            if is_han(c) {
                letters.han += 1;
            } else if c.is_alphabetic() && !latin(c) {
                letters.others += 1;
            }
        }
        letters
    }

    fn language(&self) -> Option<Lang> {
        // A small-letter word weighs as much as two and a half Han characters, a name as half a one.
        let english = 5 * self.words + self.names;
        let chinese = 2 * self.han;
        // Japanese is a third kana or more; a の on a shop sign is not Japanese.
        if 3 * self.others > self.han && 2 * self.others > english {
            return None;
        }
        match (chinese, english) {
            (0, 0) => None,
            _ if self.han > 0 && chinese >= english => Some(Lang::Zh),
            _ => Some(Lang::En),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            ("", None),
            ("12,345.6 %", None),
            ("——", None),
            ("正名", Some(Lang::Zh)),
            ("Genesis Mission", Some(Lang::En)),
            ("能源部启动创世计划（Genesis Mission）。", Some(Lang::Zh)),
            (
                "The Genesis Mission (创世计划) was launched.",
                Some(Lang::En),
            ),
            ("美国USCC", Some(Lang::Zh)),
            (
                "OpenAI、Anthropic、Google DeepMind与Microsoft签约",
                Some(Lang::Zh),
            ),
            ("使用 docker compose up 命令启动服务", Some(Lang::Zh)),
            ("the 创世计划 program", Some(Lang::En)),
            ("see 正名", Some(Lang::En)),
            (
                "见<https://www.whitehouse.gov/presidential-actions/2025/11/launching-the-genesis-mission>",
                Some(Lang::Zh),
            ),
            ("（Genesis Mission）", Some(Lang::En)),
            ("(创世计划)", Some(Lang::Zh)),
            ("一）the plan （二", Some(Lang::En)),
            ("これはペンです。", None),
            ("東京都は日本の首都であり、最大の都市である。", None),
            ("优の良品", Some(Lang::Zh)),
            ("대한민국", None),
            ("Привет, мир", None),
            ("He visited 東京 (とうきょう) in May.", Some(Lang::En)),
            ("ＡＩ", Some(Lang::En)),
            ("{0}%", None),
            (
                "中美经贸关系：from decoupling to de-risking的演变与影响分析报告",
                Some(Lang::Zh),
            ),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
