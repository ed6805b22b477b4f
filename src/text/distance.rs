//! Edit distance over tokens, and the edits.

/// The Levenshtein distance of two token sequences.
pub fn distance(_a: &[u32], _b: &[u32]) -> usize {
    0
}

/// What happens to a piece of text between an old and a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// In both.
    Equal,
    /// Only in the old.
    Delete,
    /// Only in the new.
    Insert,
}

/// The pieces that lead from `old` to `new`: by character for Chinese, by word for English.
pub fn diff(_old: &str, _new: &str) -> Vec<(Op, String)> {
    Vec::new()
}
