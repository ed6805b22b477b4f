//! Whether two texts translate each other at all.
//!
//! An alignment explains whatever it is given: words that stand opposite each
//! other often enough are learnt as translations. So the pairs are held
//! against others of the same two texts, with nothing but what was known
//! before: if a sentence has no more in common with its partner than with any
//! other sentence, the partner is chance (a permutation test, Fisher 1935).

use std::ops::Range;

use super::meet::ln;
use super::path::{Step, meet};
use super::side::Side;
use super::table::Table;
use super::{Resources, Sentence};
use crate::lang::Lang;
use crate::model::document::Block;

/// The most pairs of a path that are looked at, spread over it.
const PAIRS: usize = 200;
/// How many others each is compared with.
const OTHERS: usize = 8;
/// The fewest telling comparisons to judge by: with fewer the texts count as kin.
const LEAST: usize = 60;

/// How often a pair of strangers has more in common than others, at most: the path was chosen
/// for what its beads have in common. And a pair of translations, at least.
const CHANCE: f32 = 0.65;
const KIN: f32 = 0.85;

/// How much of an alignment may be right, 0 to 1, by what its pairs have in common beyond
/// chance; 1 where too little of the texts is known to tell.
pub(super) fn kin(
    zh: &[Sentence<'_>],
    en: &[Sentence<'_>],
    path: &[Step],
    resources: &Resources<'_>,
) -> f32 {
    let full: Vec<&Step> = path.iter().filter(|step| !step.is_omission()).collect();
    let stride = full.len().div_ceil(PAIRS).max(1);
    let sample = || full.iter().step_by(stride);
    let zh = side(zh, sample().map(|step| &step.zh), Lang::Zh, resources);
    let en = side(en, sample().map(|step| &step.en), Lang::En, resources);
    let table = Table::prior(&zh, &en, resources).inverted(en.names.len());
    let n = zh.len();
    let (mut more, mut all) = (0, 0);
    for pair in 0..n {
        let own = common(&zh, pair, &en, pair, &table);
        for other in 1..=OTHERS.min(n - 1) {
            let other = (pair + other * n / (OTHERS + 1).min(n)) % n;
            let others = common(&zh, pair, &en, other, &table);
            all += usize::from((own - others).abs() > f32::EPSILON);
            more += usize::from(own - others > f32::EPSILON);
        }
    }
    if all < LEAST {
        return 1.0;
    }
    let share = more as f32 / all as f32;
    ((share - CHANCE) / (KIN - CHANCE)).clamp(0.0, 1.0)
}

/// The sentences of some beads, a bead each.
fn side<'a>(
    sentences: &[Sentence<'_>],
    ranges: impl Iterator<Item = &'a Range<u32>>,
    lang: Lang,
    resources: &Resources<'_>,
) -> Side {
    let text = |range: &Range<u32>| {
        let range = range.start as usize..range.end as usize;
        let texts = sentences.get(range).unwrap_or_default().iter();
        texts
            .map(|sentence| sentence.text)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let texts: Vec<String> = ranges.map(text).collect();
    let sentences = texts.iter().map(|text| Sentence {
        text,
        paragraph: 0,
        block: Block::default(),
    });
    Side::new(&sentences.collect::<Vec<_>>(), lang, resources)
}

/// What the tokens of a Chinese sentence have in an English one.
fn common(zh: &Side, i: usize, en: &Side, j: usize, table: &Table) -> f32 {
    let mut tokens = zh.sentence(i).to_vec();
    tokens.sort_unstable();
    tokens.dedup();
    let mut got = vec![0.0; tokens.len()];
    for &from in en.sentence(j) {
        meet(&table.rows[from as usize], &tokens, &mut got);
    }
    let size = en.sentence(j).len().max(1) as f32;
    let gain = |(token, got): (&u32, f32)| ln(got / size / zh.share(*token));
    tokens.iter().zip(got).map(gain).sum()
}
