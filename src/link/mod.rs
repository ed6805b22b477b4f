//! Which words of two sentences belong together.
//!
//! [`link`] samples alignments of a set of sentence pairs after Östling and
//! Tiedemann (Efficient Word Alignment with Markov Chain Monte Carlo, 2016),
//! one direction at a time, and joins the two directions. A [`Dictionary`]
//! comes in as Dirichlet priors: with it a single document is enough, without
//! it thousands of pairs are needed. The same pairs always give the same links.

mod prior;
mod sampler;
mod symmetrize;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::align::Dictionary;
use crate::lang::Pair;
use prior::Priors;
pub use prior::form;
pub use sampler::Model;
use sampler::{Cells, Chain};
pub use symmetrize::Join;

/// Chains whose distributions are averaged.
const CHAINS: u64 = 3;

/// The words of two sentences, each with what is likely to render it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Linked {
    /// The Chinese word that each English word renders; `None` for no word.
    pub of_en: Vec<Option<u32>>,
    /// The English word that each Chinese word renders; `None` for no word.
    pub of_zh: Vec<Option<u32>>,
    /// How likely each word pair is, 0 to 1: Chinese words in rows.
    likely: Vec<f32>,
}

impl Linked {
    /// Pairs of a Chinese word and an English one, by their places, sorted.
    pub fn links(&self, join: Join) -> Vec<(u32, u32)> {
        symmetrize::links(self, join)
    }

    /// How likely it is that two words render each other, 0 to 1.
    pub fn likely(&self, zh: u32, en: u32) -> f32 {
        let at = zh as usize * self.of_en.len() + en as usize;
        self.likely.get(at).copied().unwrap_or(0.0)
    }
}

/// Links the words of sentence pairs.
///
/// Words are compared by their [`form`]: English ones by stem. Time and memory
/// grow with the sum of the products of the lengths.
///
/// ```
/// use zhengming::align::Dictionary;
/// use zhengming::lang::Pair;
/// use zhengming::link::{Join, Model, link};
/// let words = |text: &str| text.split(' ').map(str::to_owned).collect();
/// let pairs = [Pair { zh: words("能源 合作 重要"), en: words("energy cooperation is important") }];
/// let linked = link(&pairs, Some(Dictionary::shipped()), Model::Fertility);
/// assert_eq!(linked[0].links(Join::Intersection), [(0, 0), (1, 1), (2, 3)]);
/// ```
pub fn link(
    pairs: &[Pair<Vec<String>>],
    dictionary: Option<&Dictionary>,
    model: Model,
) -> Vec<Linked> {
    let (zh, zh_forms) = numbered(pairs.iter().map(|pair| pair.zh.as_slice()));
    let (en, en_forms) = numbered(pairs.iter().map(|pair| pair.en.as_slice()));
    let priors = Priors::new(&zh_forms, &en_forms, dictionary);
    let cells = [
        Cells::new(&zh, &en, &priors.of_en(), [zh_forms.len(), en_forms.len()]),
        Cells::new(&en, &zh, &priors.of_zh(), [en_forms.len(), zh_forms.len()]),
    ];
    let jobs: Vec<(usize, u64)> = (0..2)
        .flat_map(|side| (0..CHAINS).map(move |chain| (side, chain)))
        .collect();
    let runs: Vec<(usize, Vec<Vec<f32>>)> = jobs
        .into_par_iter()
        .filter_map(|(side, seed)| Some((side, Chain::new(cells.get(side)?, seed + 1).run(model))))
        .collect();
    let mean = |side: usize, at: usize| {
        let mut runs = runs.iter().filter(|(of, _)| *of == side);
        let mut sum = runs
            .next()
            .and_then(|(_, run)| run.get(at).cloned())
            .unwrap_or_default();
        for (_, run) in runs {
            for (sum, more) in sum.iter_mut().zip(run.get(at).into_iter().flatten()) {
                *sum += more;
            }
        }
        sum
    };
    let sentences = pairs.iter().enumerate();
    sentences
        .map(|(at, pair)| {
            symmetrize::linked(&mean(0, at), &mean(1, at), [pair.zh.len(), pair.en.len()])
        })
        .collect()
}

/// Sentences as numbers, and the form that each number stands for.
fn numbered<'a>(sentences: impl Iterator<Item = &'a [String]>) -> (Vec<Vec<u32>>, Vec<String>) {
    let mut forms = Vec::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut number = |word: &String| {
        let form = form(word);
        *known.entry(form.clone()).or_insert_with(|| {
            forms.push(form);
            forms.len() as u32 - 1
        })
    };
    let numbers = sentences
        .map(|words| words.iter().map(&mut number).collect())
        .collect();
    (numbers, forms)
}
