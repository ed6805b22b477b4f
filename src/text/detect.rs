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
