//! Pairs that somebody rejected: they are not proposed again.

use std::collections::HashSet;

use super::merge::key;
use crate::text::fold::fold;
use crate::tsv::{self, Table};

/// The rejected pairs, as a file holds them: columns `zh` and `en`.
#[derive(Debug, Clone, Default)]
pub struct Rejected {
    pairs: HashSet<(String, String)>,
}

impl Rejected {
    /// Reads the text of a file. Rows without both terms say nothing.
    ///
    /// ```
    /// use zhengming::propose::Rejected;
    /// let rejected = Rejected::parse("zh\ten\n香港交易\tHong Kong Exchanges\n");
    /// assert!(rejected.has("香港交易", "hong kong exchanges"));
    /// ```
    pub fn parse(text: &str) -> Self {
        let table = Table::parse(text);
        let (Some(zh), Some(en)) = (table.column("zh"), table.column("en")) else {
            return Self::default();
        };
        let pairs = table
            .rows()
            .map(|row| (fold(&row.cell(zh)), key(&row.cell(en))));
        Self {
            pairs: pairs.collect(),
        }
    }

    /// Whether a pair was rejected; width, script, case and number make no difference.
    pub fn has(&self, zh: &str, en: &str) -> bool {
        self.pairs.contains(&(fold(zh), key(en)))
    }

    /// The text of a file with one more rejected pair.
    pub fn with(text: &str, zh: &str, en: &str) -> String {
        let head = if text.trim().is_empty() {
            "zh\ten\n"
        } else {
            ""
        };
        let gap = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        format!("{head}{text}{gap}{}\n", tsv::join(&[zh, en]))
    }

    /// The text of a file without a pair; what else it says stays as it is.
    ///
    /// ```
    /// use zhengming::propose::Rejected;
    /// let text = Rejected::with("", "香港交易", "Hong Kong Exchanges");
    /// assert_eq!(Rejected::without(&text, "香港交易", "Hong Kong exchange"), "zh\ten\n");
    /// ```
    pub fn without(text: &str, zh: &str, en: &str) -> String {
        let mut table = Table::parse(text);
        let columns = (table.column("zh"), table.column("en"));
        if let (Some(a), Some(b)) = columns {
            let same = |line: &tsv::Line| {
                let (zh_, en_) = (line.cell(a), line.cell(b));
                fold(&zh_) == fold(zh) && key(&en_) == key(en)
            };
            table
                .lines
                .retain(|line| line.kind != tsv::Kind::Row || !same(line));
        }
        table.to_text()
    }
}
