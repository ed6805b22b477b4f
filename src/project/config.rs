//! `zhengming.toml`: every key, its meaning and its default.
//!
//! The file belongs to the workspace and not to the person, so that a run in
//! CI equals a run at the desk. Every key may be left out. A key nobody knows
//! is an error with a place, since a misspelled key that is silently ignored
//! is a rule that silently does not hold.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};

use crate::check::{CHECKS, Levels};
use crate::error::{Error, Result};
use crate::finding::FORM;
use crate::lang::{Lang, Locale};
use crate::span::{self, Span};
use crate::text::distance::distance;
use crate::text::width::width;

/// The name of the file.
pub const FILE: &str = "zhengming.toml";

/// What `zhengming.toml` says.
///
/// ```
/// use std::path::Path;
/// use zhengming::project::Config;
/// let config = Config::parse(Path::new("zhengming.toml"), "glossaries = [\"names.tsv\"]").unwrap();
/// assert_eq!(config.glossaries, ["names.tsv"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Glossary files, folders or globs, in order of priority. Default: `glossaries/*.tsv`.
    pub glossaries: Vec<String>,
    /// Memory files, folders or globs. Default: `memories/*.tsv`. The journal is always read.
    pub memories: Vec<String>,
    /// Globs of the documents that are translated here; see [`DOCUMENTS`].
    pub documents: Vec<String>,
    /// The languages worked between.
    pub languages: Languages,
    /// Names of documents that translate each other.
    pub pairs: Vec<PairPattern>,
    /// How grave each rule's findings are.
    pub rules: Levels,
    /// Other severities for some paths.
    pub overrides: Vec<Override>,
    /// Dictionaries in place of those that ship.
    pub lexicon: Lexicon,
    /// Keys of the screen: an action's name and the key or keys that do it.
    #[serde(deserialize_with = "one_or_many")]
    pub keys: BTreeMap<String, Vec<String>>,
}

/// `documents` where the file does not say: texts at the root and in two usual folders.
///
/// Pages at the root are left out: a report of this program may lie there.
pub const DOCUMENTS: &[&str] = &[
    "*.{md,txt,docx,srt,vtt}",
    "examples/**/*.{md,txt,docx,html,srt,vtt}",
    "documents/**/*.{md,txt,docx,html,srt,vtt}",
];

/// Texts at a workspace's root that are about it and not of it.
pub(super) const NOT_DOCUMENTS: &[&str] = &[
    "README",
    "LICENSE",
    "LICENCE",
    "NOTICE",
    "CHANGELOG",
    "CONTRIBUTING",
    "AGENTS",
    "AUTHORS",
];

/// `[languages]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Languages {
    /// The language translated from, where a document does not show it.
    #[serde(deserialize_with = "parsed", skip_serializing_if = "Option::is_none")]
    pub from: Option<Lang>,
    /// What is written in translating, where the command line does not say.
    #[serde(deserialize_with = "parsed", skip_serializing_if = "Option::is_none")]
    pub to: Option<Locale>,
    /// Script and region of the Chinese that is written: `zh-Hans` (default), `zh-TW`, …
    #[serde(deserialize_with = "parsed", skip_serializing_if = "Option::is_none")]
    pub zh: Option<Locale>,
}

/// `[[pairs]]`: `{name}.zh.md` and `{name}.en.md`; without `{name}` two documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PairNames")]
pub struct PairPattern {
    /// Name pattern of the Chinese document.
    pub zh: String,
    /// Name pattern of the English document.
    pub en: String,
}

/// [`PairPattern`] as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairNames {
    zh: String,
    en: String,
}

impl TryFrom<PairNames> for PairPattern {
    type Error = String;

    fn try_from(PairNames { zh, en }: PairNames) -> std::result::Result<Self, String> {
        let [named, other] = [&zh, &en].map(|pattern| pattern.contains("{name}"));
        if named == other {
            return Ok(Self { zh, en });
        }
        let without = if named { &en } else { &zh };
        Err(format!(
            "“{without}” has no {{name}}, which the other has: write it where both names are the same, or in neither"
        ))
    }
}

/// `[[overrides]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Globs of the documents it is for.
    pub paths: Vec<String>,
    /// How grave each rule's findings are there.
    pub rules: Levels,
}

/// `[lexicon]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lexicon {
    /// A dictionary for aligning, in CC-CEDICT format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<String>,
    /// A word list for cutting Chinese into words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

impl Config {
    /// Reads the text of a `zhengming.toml`; `path` is for messages only.
    ///
    /// # Errors
    /// [`Error::Config`] with line, column and, for a misspelled key or value, the one it is near.
    pub fn parse(path: &Path, text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let config: Self = toml::from_str(text).map_err(|e| {
            let at = e.span().map_or_else(Span::default, Span::from);
            error(path, text, at, &explain(e.message()))
        })?;
        config.check(path, text)?;
        Ok(config)
    }

    /// An error about words of the file that nobody but their user can judge; `text` is the file's.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhengming::project::Config;
    /// let error = Config::fault(Path::new("a.toml"), "[keys]\nfoo = \"F2\"\n", "foo", "unknown");
    /// assert!(error.to_string().starts_with("a.toml:2:1: unknown"));
    /// ```
    pub fn fault(path: &Path, text: &str, words: &str, message: &str) -> Error {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let at = Span::find(text, words).unwrap_or_default();
        error(path, text, at, message)
    }

    /// What types alone cannot say.
    fn check(&self, path: &Path, text: &str) -> Result<()> {
        let known = CHECKS
            .iter()
            .map(|c| c.id)
            .chain(FORM.iter().map(|form| form.id));
        let known: Vec<_> = known.collect();
        let named = self.rules.keys();
        let named = named.chain(self.overrides.iter().flat_map(|o| o.rules.keys()));
        for rule in named {
            if !known.contains(&rule.as_str()) {
                let at = Span::find(text, rule).unwrap_or_default();
                let message = unknown("rule", rule, &known);
                return Err(error(path, text, at, &message));
            }
        }
        let globs = self.documents.iter();
        for glob in globs.chain(self.overrides.iter().flat_map(|o| &o.paths)) {
            if let Err(e) = globset::Glob::new(glob) {
                let at = Span::find(text, glob).unwrap_or_default();
                let message = format!("`{glob}` is not a pattern for paths: {}", e.kind());
                return Err(error(path, text, at, &message));
            }
        }
        Ok(())
    }
}

/// A configuration error at a place, with the line it stands on.
fn error(path: &Path, text: &str, at: Span, message: &str) -> Error {
    let (line, column) = span::line_column(text, at.start as usize);
    let quote = text.lines().nth(line as usize - 1).unwrap_or("");
    let before: String = quote.chars().take(column as usize - 1).collect();
    let marked = at.of(text).lines().next().unwrap_or("");
    let gutter = " ".repeat(line.to_string().len());
    let (indent, carets) = (" ".repeat(width(&before)), "^".repeat(width(marked).max(1)));
    Error::Config {
        path: path.to_owned(),
        line,
        column,
        message: format!("{message}\n {line} | {quote}\n {gutter} | {indent}{carets}"),
    }
}

/// serde's message about an unknown key or value in our words, with the nearest known one.
fn explain(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let kind = if message.starts_with("unknown field") {
        "key"
    } else if message.starts_with("unknown variant") {
        "value"
    } else {
        return message.trim_end().to_owned();
    };
    let found = quoted.next().unwrap_or("");
    let known: Vec<_> = quoted.collect();
    unknown(kind, found, &known)
}

/// "unknown key `x`; did you mean `y`?", or what there is where nothing is near.
fn unknown(kind: &str, found: &str, known: &[&str]) -> String {
    match near(found, known) {
        Some(near) => format!("unknown {kind} `{found}`; did you mean `{near}`?"),
        None if known.is_empty() => format!("unknown {kind} `{found}`"),
        None => format!("unknown {kind} `{found}`; known here: {}", known.join(", ")),
    }
}

/// The known word that a misspelled one most likely stands for.
///
/// ```
/// use zhengming::project::near;
/// assert_eq!(near("glosaries", &["glossaries", "memories"]), Some("glossaries"));
/// assert_eq!(near("theme", &["glossaries", "memories"]), None);
/// ```
pub fn near<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let chars = |s: &str| s.to_lowercase().chars().map(u32::from).collect::<Vec<_>>();
    let word = chars(word);
    let far = (word.len() / 3).max(1);
    let scored = known.iter().map(|k| (distance(&word, &chars(k)), *k));
    scored.filter(|(d, _)| *d <= far).min().map(|(_, k)| k)
}

/// A value read by its `FromStr`, whose message is for users.
fn parsed<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: FromStr,
    T::Err: fmt::Display,
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(de::Error::custom)
}

/// `key = "x"` or `key = ["x", "y"]`.
fn one_or_many<'de, D>(deserializer: D) -> Result<BTreeMap<String, Vec<String>>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a key (\"Ctrl+K\") or a list of keys")]
    enum Keys {
        One(String),
        Many(Vec<String>),
    }
    let map = BTreeMap::<String, Keys>::deserialize(deserializer)?;
    let list = |keys| match keys {
        Keys::One(key) => vec![key],
        Keys::Many(keys) => keys,
    };
    Ok(map.into_iter().map(|(k, v)| (k, list(v))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        let path = Path::new("zhengming.toml");
        Config::parse(path, text).unwrap_err().to_string()
    }

    #[test]
    fn every_key_may_be_left_out() {
        let config = Config::parse(Path::new("zhengming.toml"), "").unwrap();
        assert_eq!(config, Config::default());
    }

    #[test]
    fn a_misspelled_key_is_named_with_its_place_and_the_right_one() {
        let text = message("# 词表\nglosaries = []\n");
        assert!(text.starts_with("zhengming.toml:2:1: "), "{text}");
        assert!(text.contains("did you mean `glossaries`?"), "{text}");
        assert!(text.contains("\n 2 | glosaries = []\n"), "{text}");
    }

    #[test]
    fn a_pair_has_its_name_on_both_sides_or_on_neither() {
        let text = message("[[pairs]]\nzh = \"{name}.zh.md\"\nen = \"report.en.md\"\n");
        assert!(text.starts_with("zhengming.toml:1:"), "{text}");
        assert!(text.contains("“report.en.md” has no {name}"), "{text}");
    }

    #[test]
    fn a_wrong_value_says_what_there_is() {
        let text = message("[languages]\nto = \"zh-XX\"\n");
        assert!(text.contains("zhengming.toml:2:6"), "{text}");
        assert!(text.contains("zh-TW"), "{text}");
        let text = message("[rules]\nterm-missing = \"eror\"\n");
        assert!(text.contains("did you mean `error`?"), "{text}");
    }

    #[test]
    fn an_unknown_rule_and_a_broken_glob_are_errors() {
        let text = message("[rules]\nterm-mising = \"off\"\n");
        assert!(text.contains("did you mean `term-missing`?"), "{text}");
        assert!(message("documents = [\"a[\"]\n").contains("zhengming.toml:1:15"));
    }

    #[test]
    fn keys_are_one_or_many() {
        let text = "[keys]\nconfirm = \"Ctrl+Enter\"\nundo = [\"Ctrl+Z\", \"u\"]\n";
        let config = Config::parse(Path::new("zhengming.toml"), text).unwrap();
        assert_eq!(config.keys["undo"], ["Ctrl+Z", "u"]);
        assert_eq!(config.keys["confirm"], ["Ctrl+Enter"]);
    }
}
