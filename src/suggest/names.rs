//! Expressions that are names by their look: quoted, in title marks, or
//! capitalized.

use crate::lang::Lang;
use crate::span::{Span, halves};
use crate::text::token::{Kind, Token, tokens};

/// An expression that looks like a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Where it stands, without its marks.
    pub(super) span: Span,
    /// The expression.
    pub(super) text: String,
    /// Whether marks show where it begins and ends.
    pub(super) marked: bool,
}

/// Opening and closing marks of names.
const MARKS: &[(char, char)] = &[
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
];

/// The most characters of a marked name: a longer stretch is a quotation.
const LONGEST: usize = 40;

/// The names of a text, in order; capitalized ones only in English. One may
/// lie inside the one before it.
pub(super) fn names(text: &str, lang: Lang) -> Vec<Name> {
    let mut found = marked(text);
    if lang == Lang::En {
        let free = |span: &Span| !found.iter().any(|n| n.span.overlaps(*span));
        let spans: Vec<_> = capitalized(text).into_iter().filter(free).collect();
        found.extend(spans.into_iter().map(|span| name(text, span, false)));
        found.sort_by_key(|n| n.span);
    }
    found
}

fn name(text: &str, span: Span, marked: bool) -> Name {
    Name {
        span,
        text: span.of(text).to_owned(),
        marked,
    }
}

/// Names between marks; straight quotes open and close in turn.
fn marked(text: &str) -> Vec<Name> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let closes = open.last().is_some_and(|(close, _)| *close == c);
        if closes {
            if let Some((_, start)) = open.pop() {
                let span = Span::new(start, at);
                let inner = span.of(text);
                let sentence = inner.contains(['。', '！', '？', '.', '，', ',', '\n']);
                if !inner.trim().is_empty() && inner.chars().count() <= LONGEST && !sentence {
                    found.push(name(text, span, true));
                }
            }
        } else if let Some((_, close)) = MARKS.iter().find(|(o, _)| *o == c) {
            open.push((*close, at + c.len_utf8()));
        } else if c == '"' {
            open.push(('"', at + 1));
        }
    }
    found.sort_by_key(|n| n.span);
    found
}

/// Words that may stand inside a capitalized name without a capital.
const JOINTS: &[&str] = &["of", "the", "and", "for", "on", "in", "to", "&"];

/// Runs of two and more capitalized words, joints inside them.
fn capitalized(text: &str) -> Vec<Span> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut run: Vec<&Token> = Vec::new();
    for token in &tokens {
        let word = token.span.of(text);
        let capital = token.kind == Kind::Word && word.starts_with(char::is_uppercase);
        let joint = !run.is_empty() && JOINTS.contains(&word);
        if capital || joint {
            run.push(token);
        } else {
            close(text, &mut run, &mut found);
        }
    }
    close(text, &mut run, &mut found);
    found
}

/// Ends a run: joints at its edges fall off, and a leading article. At the head
/// of a sentence the first word may have its capital from there (“Funds for the
/// Stargate Project”): then what follows its joints is a name as well.
fn close(text: &str, run: &mut Vec<&Token>, found: &mut Vec<Span>) {
    let is_joint = |t: &&Token| JOINTS.contains(&t.span.of(text).to_lowercase().as_str());
    while run.last().is_some_and(is_joint) {
        run.pop();
    }
    let words: Vec<&Token> = run.iter().copied().skip_while(is_joint).collect();
    found.extend(whole(&words));
    if let [first, second, ..] = words.as_slice()
        && is_joint(second)
        && heads_sentence(text, first)
    {
        let rest = words.iter().copied().skip(1).skip_while(is_joint);
        found.extend(whole(&rest.collect::<Vec<_>>()));
    }
    run.clear();
}

/// The span of two words and more.
fn whole(words: &[&Token]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    let span = Span {
        start: first.span.start,
        end: last.span.end,
    };
    (words.len() >= 2).then_some(span)
}

/// Whether a token is the first of a sentence.
fn heads_sentence(text: &str, token: &Token) -> bool {
    let (before, _) = halves(text, token.span.start as usize);
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '“', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, lang: Lang) -> Vec<String> {
        names(text, lang).into_iter().map(|n| n.text).collect()
    }

    #[test]
    fn names_are_marked_or_capitalized() {
        assert_eq!(
            texts(
                "启动“星门计划”和《芯片法案》，他说：“好的，谢谢。”",
                Lang::Zh
            ),
            ["星门计划", "芯片法案"]
        );
        assert_eq!(
            texts(
                "The Department of Energy joined the “Stargate Project” in Texas.",
                Lang::En
            ),
            ["Department of Energy", "Stargate Project"]
        );
        assert_eq!(
            texts("Funds for the Stargate Project", Lang::En),
            ["Funds for the Stargate Project", "Stargate Project"]
        );
        assert_eq!(texts("Nothing here", Lang::En), Vec::<String>::new());
    }
}
