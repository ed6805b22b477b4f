//! Pinyin keys: what a person types to find a Chinese term.

use std::collections::BTreeSet;

/// The keys under which a Chinese term is found.
pub fn keys(_zh: &str) -> BTreeSet<String> {
    BTreeSet::new()
}
