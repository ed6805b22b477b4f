//! Sentences that surely belong together, before anything is aligned.
//!
//! A number, name or rare word of one sentence that stands in one sentence of
//! the other text tells where that is. The heaviest chain of such pairs that
//! never runs backwards (a longest increasing subsequence with weights) leads
//! through both texts, whatever was left out of one of them.

use std::collections::HashMap;

use super::side::Side;
use super::table::Table;

/// A token in more sentences than this tells nothing about the place.
const RARE: usize = 12;
/// A pair must be this much better than the next best for either sentence.
const CLEAR: f32 = 1.5;
/// And weigh so much: two rare tokens, or one that stands only here.
const HEAVY: f32 = 6.0;

/// Pairs of sentences in order, no sentence twice.
pub(super) fn anchors(zh: &Side, en: &Side, table: &Table) -> Vec<(u32, u32)> {
    let mut candidates: Vec<(u32, u32, f32)> = Vec::new();
    let mut second: HashMap<u32, (f32, f32)> = HashMap::new(); // the best two of each English sentence
    for i in 0..zh.len() {
        let mut weights: HashMap<u32, f32> = HashMap::new();
        let mut tokens: Vec<u32> = zh.sentence(i).to_vec();
        tokens.sort_unstable();
        tokens.dedup();
        for token in tokens {
            let own = zh.places(token).len();
            if own > RARE {
                continue;
            }
            for &(other, p) in &table.rows[token as usize] {
                let places = en.places(other);
                if places.len() > RARE {
                    continue;
                }
                // The information in the meeting, halved: tokens of a phrase come together.
                let chance = (own * places.len()) as f32 / zh.len().max(en.len()) as f32;
                let weight = (p.sqrt() / (chance + 0.01)).ln().max(0.0);
                for &(at, _) in places {
                    *weights.entry(at).or_default() += weight;
                }
            }
        }
        let mut best: Vec<(u32, f32)> = weights.into_iter().collect();
        best.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for &(at, weight) in &best {
            let two = second.entry(at).or_default();
            *two = (two.0.max(weight), two.1.max(two.0.min(weight)));
        }
        let next = best.get(1).map_or(0.0, |&(_, weight)| weight);
        if let Some(&(at, weight)) = best
            .first()
            .filter(|&&(_, w)| w > HEAVY && w > CLEAR * next)
        {
            candidates.push((i as u32, at, weight));
        }
    }
    candidates.retain(|&(_, at, weight)| {
        let two = second.get(&at).copied().unwrap_or_default();
        weight >= two.0 && weight > CLEAR * two.1
    });
    chain(&candidates, en.len())
}

/// The heaviest chain of pairs in which both places grow; the pairs come in order of the first.
fn chain(pairs: &[(u32, u32, f32)], columns: usize) -> Vec<(u32, u32)> {
    // A Fenwick tree over the second place: the heaviest chain that ends before it.
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); columns + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut whole = (0.0, usize::MAX);
    for (at, &(_, j, weight)) in pairs.iter().enumerate() {
        let (mut best, mut k) = ((0.0, usize::MAX), j as usize);
        while k > 0 {
            if tree[k].0 > best.0 {
                best = tree[k];
            }
            k &= k - 1;
        }
        before[at] = best.1;
        let here = (best.0 + weight, at);
        let mut k = j as usize + 1;
        while k < tree.len() {
            if here.0 > tree[k].0 {
                tree[k] = here;
            }
            k += k & k.wrapping_neg();
        }
        if here.0 > whole.0 {
            whole = here;
        }
    }
    let mut chain = Vec::new();
    let mut at = whole.1;
    while let Some(&(i, j, _)) = pairs.get(at) {
        chain.push((i, j));
        at = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_chain_runs_forward() {
        let pairs = [
            (0, 0, 1.0),
            (1, 5, 1.0),
            (2, 2, 1.0),
            (3, 3, 1.0),
            (4, 1, 1.0),
        ];
        assert_eq!(chain(&pairs, 6), [(0, 0), (2, 2), (3, 3)]);
        assert!(chain(&[], 3).is_empty());
    }
}
