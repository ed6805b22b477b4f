//! Names of organizations in a text, known by the word that says what kind of
//! organization each is: 部, 委员会, Department, Commission.

use super::Text;
use crate::lang::Lang;
use crate::span::Span;

mod en;
mod zh;

/// A name of an organization in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Where it stands, without its country.
    pub(super) span: Span,
    /// Its full words as they are compared; of a Chinese name its characters,
    /// without the kind.
    pub(super) words: Vec<String>,
    /// What kind of organization it is, as one word: `ministry`, `部`.
    pub(super) kind: String,
    /// Whose it is, where the name says so: `US`, `CN`.
    pub(super) country: Option<&'static str>,
    /// Where it begins may be open: what it is with more words before it, longer and longer.
    pub(super) open: Vec<(Span, Vec<String>)>,
}

impl Name {
    /// What it is known by among names, whoever's it is.
    pub(super) fn key(&self) -> String {
        format!("{} {}", self.words.join(" "), self.kind)
    }

    /// The name with the next word before it.
    pub(super) fn longer(&self) -> Option<Self> {
        let ((span, words), open) = self.open.split_first()?;
        Some(Self {
            span: *span,
            words: words.clone(),
            open: open.to_vec(),
            ..self.clone()
        })
    }
}

/// The names of organizations in a text, in order.
pub(super) fn names(text: &Text<'_>) -> Vec<Name> {
    let mut names = match text.lang {
        Lang::Zh => zh::names(text.text, text.words()),
        Lang::En => en::names(text.text, text.words()),
    };
    names.retain(|name| !text.in_code(name.span));
    names
}
