//! Words that differ between the mainland, Taiwan and Hong Kong.

/// The other regions' forms of a Chinese term, in simplified characters.
pub fn variants(_zh: &str) -> Vec<String> {
    Vec::new()
}
