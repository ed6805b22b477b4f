//! What the dictionary says of the words of two texts: which Chinese word may
//! become which English one.

use std::collections::HashMap;

use super::{BREAK, Lexicon};
use crate::align::{Dictionary, stem};
use crate::span::halves;

/// The meanings of Chinese words, as far as the English texts have them.
pub(super) struct Meanings {
    /// For each English word the number of its family.
    families: Vec<u32>,
    /// For each Chinese word the families of its glosses, sorted.
    glosses: Vec<Vec<u32>>,
}

impl Meanings {
    /// Those of the words of two texts.
    pub(super) fn new(zh: &Lexicon, en: &Lexicon) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let families = en.words.iter().map(|word| {
            let next = numbers.len() as u32;
            *numbers.entry(stem(&word.text)).or_insert(next)
        });
        let families = families.collect();
        let mut stems: HashMap<&str, Option<u32>> = HashMap::new();
        let mut family = |word: &'static str| {
            let known = stems.entry(word);
            *known.or_insert_with(|| numbers.get(&stem(word)).copied())
        };
        let glosses = zh.words.iter().map(|word| {
            let text = word.text.as_str();
            let mut found = Vec::new();
            for part in parts(text, word.chars) {
                let glosses = Dictionary::shipped().glosses(part);
                found.extend(glosses.flat_map(|g| g.split(' ')).filter_map(&mut family));
            }
            found.sort_unstable();
            found.dedup();
            found
        });
        Self {
            glosses: glosses.collect(),
            families,
        }
    }

    /// Whether a Chinese word may become an English one, or one of its family.
    pub(super) fn agree(&self, zh: u32, en: u32) -> bool {
        let family = self.families.get(en as usize);
        let glosses = self.glosses.get(zh as usize);
        zh != BREAK
            && en != BREAK
            && family
                .zip(glosses)
                .is_some_and(|(family, glosses)| glosses.binary_search(family).is_ok())
    }
}

/// A Chinese word, or what it is made of where the dictionary does not have it.
fn parts(word: &str, chars: usize) -> Vec<&str> {
    if chars < 3 || Dictionary::shipped().has(word) {
        return vec![word];
    }
    let cut = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
    let (head, tail) = halves(word, cut);
    vec![head, tail]
}
