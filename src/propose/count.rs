//! How often a Chinese text stands in others.

use std::collections::HashMap;

use crate::text::chars::is_han;
use crate::text::fold::fold;

/// Counts how often a text stands in others, and after how many different characters.
pub(super) struct Counter {
    text: String,
    places: HashMap<[char; 2], Vec<usize>>,
}

impl Counter {
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = String::new();
        for text in texts {
            all.push_str(&fold(text));
            all.push('\n');
        }
        let mut places: HashMap<[char; 2], Vec<usize>> = HashMap::new();
        let next = all.chars().skip(1);
        for ((at, a), b) in all.char_indices().zip(next) {
            if is_han(a) && is_han(b) {
                places.entry([a, b]).or_default().push(at);
            }
        }
        Self { text: all, places }
    }

    /// The number of occurrences and of different characters before them.
    pub(super) fn count(&self, text: &str) -> (u32, u32) {
        let text = fold(text);
        let mut chars = text.chars();
        let (Some(a), Some(b)) = (chars.next(), chars.next()) else {
            return (0, 0);
        };
        let mut lefts: Vec<Option<char>> = Vec::new();
        let mut times = 0;
        for &at in self.places.get(&[a, b]).into_iter().flatten() {
            let (before, rest) = crate::span::halves(&self.text, at);
            if rest.starts_with(text.as_str()) {
                times += 1;
                let left = before.chars().next_back();
                if !lefts.contains(&left) {
                    lefts.push(left);
                }
            }
        }
        (times, lefts.len() as u32)
    }
}
