//! What every match of a regular expression has in it, so that only texts
//! with that in them are read.
//!
//! After Cox, “Regular Expression Matching with a Trigram Index” (2012), with
//! what our index has in the place of trigrams: rows of Chinese characters, and
//! letters that stand together in one word.

use regex_syntax::hir::{Hir, HirKind};

use crate::text::chars::is_han;
use crate::text::fold::fold;

/// Something that is in the folded text of every match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Needed {
    /// Chinese characters in a row, each of them a token.
    Han(Vec<String>),
    /// ASCII letters that stand together in one token; at least three.
    Letters(String),
}

/// Fewer letters are in too many words.
const LETTERS: usize = 3;

/// What every match of an expression over folded text has; nothing where it cannot be told.
pub(super) fn needed(expression: &str) -> Vec<Needed> {
    let mut found = Vec::new();
    if let Ok(hir) = regex_syntax::parse(expression) {
        for text in literals(&hir) {
            take(&text, &mut found);
        }
    }
    found
}

/// The texts that every match has in it. What stands side by side is joined.
fn literals(hir: &Hir) -> Vec<String> {
    match hir.kind() {
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Capture(capture) => literals(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => literals(&repetition.sub),
        HirKind::Concat(parts) => {
            let mut all = Vec::new();
            let mut joined = String::new();
            for part in parts {
                if let HirKind::Literal(literal) = part.kind() {
                    joined.push_str(&String::from_utf8_lossy(&literal.0));
                } else {
                    all.push(std::mem::take(&mut joined));
                    all.extend(literals(part));
                }
            }
            all.push(joined);
            all
        }
        HirKind::Empty
        | HirKind::Class(_)
        | HirKind::Look(_)
        | HirKind::Repetition(_)
        | HirKind::Alternation(_) => Vec::new(),
    }
}

/// The rows of Chinese characters and of letters of a literal.
fn take(literal: &str, found: &mut Vec<Needed>) {
    let folded = fold(literal);
    for part in folded.split(|c: char| !is_han(c)).filter(|p| !p.is_empty()) {
        found.push(Needed::Han(part.chars().map(String::from).collect()));
    }
    let parts = folded.split(|c: char| !c.is_ascii_alphabetic());
    let long = parts.filter(|part| part.len() >= LETTERS);
    found.extend(long.map(|part| Needed::Letters(part.chars().take(20).collect())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(expression: &str) -> Vec<String> {
        let all = needed(expression).into_iter();
        all.map(|need| match need {
            Needed::Han(chars) => chars.concat(),
            Needed::Letters(letters) => letters,
        })
        .collect()
    }

    #[test]
    fn what_every_match_has() {
        assert_eq!(needs(r"\d+亿美元"), ["亿美元"]);
        assert_eq!(needs(r"control(s|led)?"), ["control"]);
        assert_eq!(needs(r"(创世){2}计划?"), ["创世", "计"]);
        assert_eq!(
            needs(r"(?:the )+Genesis Mission"),
            ["the", "genesis", "mission"]
        );
        assert_eq!(needs("AI治理[体系]+能源部"), ["治理", "能源部"]);
    }

    #[test]
    fn what_may_be_missing_is_not_needed() {
        for expression in [
            "创世|曼哈顿",
            "(能源)?",
            "(能源)*",
            "[创世]",
            ".*",
            "us",
            "(",
        ] {
            assert!(needs(expression).is_empty(), "{expression}");
        }
    }
}
