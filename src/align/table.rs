//! Which token of one language may stand for a token of the other, and how likely.

use std::collections::HashMap;

use super::Resources;
use super::side::Side;
use super::stem::stem;
use crate::text::chars::is_han;
use crate::text::pinyin;

/// For each token of one side the tokens of the other it may become, with the
/// probability of each; sorted by token.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<(u32, f32)>>,
}

impl Table {
    /// What is known before the texts have been aligned: what is the same
    /// token in both, the dictionary, the lexicon, names by their pinyin.
    pub(super) fn prior(zh: &Side, en: &Side, resources: &Resources<'_>) -> Self {
        let rows = zh.names.iter().map(|name| row(name, en, resources));
        Self {
            rows: rows.collect(),
        }
    }

    /// The other way round, each row made to sum to one.
    pub(super) fn inverted(&self, targets: usize) -> Self {
        let mut table = self.transposed(targets);
        for row in &mut table.rows {
            normalize(row);
        }
        table
    }

    /// The same numbers, by the other token.
    pub(super) fn transposed(&self, targets: usize) -> Self {
        let mut rows = vec![Vec::new(); targets];
        for (from, row) in (0..).zip(&self.rows) {
            for &(to, p) in row {
                rows[to as usize].push((from, p));
            }
        }
        Self { rows }
    }
}

fn normalize(row: &mut [(u32, f32)]) {
    let sum: f32 = row.iter().map(|&(_, p)| p).sum();
    for (_, p) in row {
        *p /= sum.max(f32::MIN_POSITIVE);
    }
}

/// What one Chinese token may become.
fn row(name: &str, en: &Side, resources: &Resources<'_>) -> Vec<(u32, f32)> {
    if let Some(&same) = en.ids.get(name) {
        return vec![(same, 1.0)];
    }
    if !name.starts_with(is_han) {
        return Vec::new();
    }
    let mut weights: HashMap<u32, f32> = HashMap::new();
    let glosses = resources
        .dictionary
        .into_iter()
        .flat_map(|dictionary| dictionary.glosses(name));
    for gloss in glosses {
        let words: Vec<&str> = gloss.split(' ').collect();
        let share = (words.len() as f32).sqrt().recip();
        for word in words {
            if let Some(&id) = en.ids.get(stem(word).as_str()) {
                *weights.entry(id).or_default() += share;
            }
        }
    }
    romanized(name, en, &mut weights);
    let sum: f32 = weights.values().sum();
    let known = resources.lexicon.and_then(|lexicon| lexicon.row(name));
    for (word, p) in known.into_iter().flatten() {
        if let Some(&id) = en.ids.get(word.as_ref()) {
            *weights.entry(id).or_default() += p * sum.max(1.0);
        }
    }
    let mut row: Vec<(u32, f32)> = weights.into_iter().collect();
    row.sort_unstable_by_key(|&(id, _)| id);
    normalize(&mut row);
    row
}

/// A short word may be a name, and written by its sound.
fn romanized(name: &str, en: &Side, weights: &mut HashMap<u32, f32>) {
    let characters = name.chars().count();
    if characters > 3 {
        return;
    }
    for key in pinyin::keys(name) {
        // Initials are too short to tell anything, and so are most single syllables.
        if key.len() + 1 < characters * 2 || key.len() < 2 {
            continue;
        }
        if let Some(&id) = en.ids.get(stem(&key).as_str()) {
            weights.entry(id).or_insert(0.5);
        }
    }
}
