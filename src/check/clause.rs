//! Numbers of articles, paragraphs and items of a law, told apart by the word beside them.

use super::Text;
use crate::lang::Lang;
use crate::span::halves;
use crate::text::number::{Kind, Quantity};

/// What a number numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// 条, `Article`.
    Article,
    /// What an article has: 项, 款, 目, `Paragraph`, `Item`.
    Part,
    /// The number an item of a list begins with: 三、 and `3.`
    Listed,
}

/// What a quantity numbers; `None` where it is no clause, or one cannot say of which level.
pub(super) fn level(q: &Quantity, text: &Text<'_>) -> Option<Level> {
    let counts = matches!(q.kind, Kind::Ordinal | Kind::Number);
    let (before, from) = halves(text.text, q.core.start as usize);
    match text.lang {
        _ if !counts || dotted(before, halves(from, q.core.len()).1) => None,
        _ if listed(before, halves(from, q.core.len())) => Some(Level::Listed),
        Lang::Zh => {
            let (own, after) = halves(from, q.core.len());
            let next = after.trim_start().chars().next()?;
            match next {
                _ if !own.starts_with('第') => None,
                '条' | '條' => Some(Level::Article),
                '项' | '項' | '款' | '目' => Some(Level::Part),
                _ => None,
            }
        }
        Lang::En => {
            let mut listed = false;
            for word in before.split_whitespace().rev().take(12) {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                let number = bare.starts_with(|c: char| c.is_ascii_digit());
                if number || bare.is_empty() || ["and", "or", "to", "through"].contains(&bare) {
                    listed = true;
                    continue;
                }
                let lower = bare.to_ascii_lowercase();
                let name = lower.strip_suffix('s').unwrap_or(&lower);
                let name = name.strip_suffix("(").unwrap_or(name);
                let level = match name {
                    "article" | "art" => Level::Article,
                    "paragraph" | "subparagraph" | "sub-paragraph" | "item" | "clause" => {
                        Level::Part
                    }
                    _ => return None,
                };
                // Article 11, paragraph 2, 12 and 13: whose is 12?
                return (!listed || lower != name).then_some(level);
            }
            None
        }
    }
}

/// Whether a number is half of `14.3`, the third paragraph of Article 14: the word before tells
/// the level of neither.
fn dotted(before: &str, after: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut last = before.chars().rev();
    let mut next = after.chars();
    last.next() == Some('.') && digit(last.next()) || next.next() == Some('.') && digit(next.next())
}

/// Whether a number in a text, cut before and after it, begins an item of a list.
fn listed(before: &str, (own, after): (&str, &str)) -> bool {
    let mut next = after.chars();
    let mark = next.next();
    let digits = own.len() <= 2 && own.bytes().all(|b| b.is_ascii_digit());
    let numeral = own.chars().all(|c| "一二三四五六七八九十".contains(c));
    let before = before.trim_end();
    let opens = before.is_empty()
        || before.ends_with(['.', ';', ':', ',', '。', '；', '：', ')', '\n'])
        || [" and", " or"].iter().any(|word| {
            // …; and 3. …, but not: Articles 7 and 8.
            before
                .strip_suffix(word)
                .is_some_and(|list| list.trim_end().ends_with(';'))
        });
    opens
        && (numeral && mark == Some('、')
            || digits && mark == Some('.') && !next.next().is_some_and(|c| c.is_ascii_digit()))
}

/// Whether `q` numbers a clause that the other text may name by where it stands.
pub(super) fn elsewhere(q: &Quantity, text: &Text<'_>, other: &Text<'_>) -> bool {
    let (before, from) = halves(text.text, q.core.start as usize);
    let numbers = level(q, text).is_some_and(|level| level != Level::Listed)
        || q.kind == Kind::Number && dotted(before, halves(from, q.core.len()).1);
    numbers && relative(other)
}

/// Whether a text names clauses by where they stand, as the other text may do by number: 前条,
/// the preceding article.
fn relative(text: &Text<'_>) -> bool {
    match text.lang {
        Lang::Zh => {
            let words = ["前", "本", "次", "同", "该", "該", "各", "上"];
            let clause = |c: char| "条條项項款目".contains(c);
            text.text
                .char_indices()
                .filter(|(_, c)| clause(*c))
                .any(|(at, _)| {
                    let (before, _) = halves(text.text, at);
                    let counted =
                        before.trim_end_matches(|c| "一二三四五六七八九十两兩".contains(c));
                    words.iter().any(|word| counted.ends_with(word)) && !before.ends_with('第')
                })
        }
        Lang::En => {
            let words = [
                "preceding",
                "previous",
                "foregoing",
                "following",
                "same",
                "this",
                "these",
                "said",
                "aforementioned",
            ];
            let mut all = text.text.split_whitespace();
            all.any(|word| words.iter().any(|w| word.eq_ignore_ascii_case(w)))
        }
    }
}
