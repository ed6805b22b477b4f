//! Gibbs sampling of alignments: words alone (IBM model 1), then with jumps
//! (HMM), then with the number of words that a word becomes (fertility).
//!
//! After Östling and Tiedemann 2016: translations, jumps and fertilities have
//! Dirichlet priors and are summed out, so that what is sampled is only which
//! source word each target word comes from.

#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "places in a sentence are small, and -1 stands before the first"
)]

use std::collections::HashMap;

/// What a word that no dictionary names has as a translation.
const RARE: f32 = 0.001;
/// The share of words that come from no word.
const NULL: f32 = 0.2;
/// The priors of jumps and of fertilities.
const SMOOTH: f32 = 0.5;
/// The longest jump told apart.
const JUMP: i32 = 40;
/// The highest fertility told apart.
const FERTILITY: usize = 6;
/// Cells visited by one chain in all.
const WORK: usize = 120_000_000;

/// How much of the words' order and number is modeled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Model {
    /// Words alone.
    Words,
    /// With the jumps from a word to the next.
    Jumps,
    /// And with the number of words a word becomes.
    Fertility,
}

/// Sentence pairs in one direction. Every pair of words that may be linked has a slot.
pub(super) struct Cells {
    sentences: Vec<Sentence>,
    /// What is known of each slot.
    prior: Vec<f32>,
    /// What is known of each source word: the sum over its slots and all the rare ones.
    sums: Vec<f32>,
    targets: usize,
}

struct Sentence {
    source: Vec<u32>,
    target: Vec<u32>,
    /// The slots of the first target word, then of the second.
    slots: Vec<u32>,
}

impl Cells {
    pub(super) fn new(
        source: &[Vec<u32>],
        target: &[Vec<u32>],
        priors: &HashMap<(u32, u32), f32>,
        sizes: [usize; 2],
    ) -> Self {
        let [sources, targets] = sizes;
        let mut known: HashMap<(u32, u32), u32> = HashMap::new();
        let mut prior = Vec::new();
        let mut sums = vec![RARE * targets as f32; sources];
        let mut sentences = Vec::with_capacity(source.len());
        for (source, target) in source.iter().zip(target) {
            let mut slots = Vec::with_capacity(source.len() * target.len());
            for &t in target {
                for &s in source {
                    slots.push(*known.entry((s, t)).or_insert_with(|| {
                        prior.push(RARE + priors.get(&(s, t)).copied().unwrap_or(0.0));
                        prior.len() as u32 - 1
                    }));
                }
            }
            sentences.push(Sentence {
                source: source.clone(),
                target: target.clone(),
                slots,
            });
        }
        let mut ordered: Vec<_> = priors.iter().collect();
        ordered.sort_by_key(|(key, _)| **key);
        for ((s, _), weight) in ordered {
            if let Some(sum) = sums.get_mut(*s as usize) {
                *sum += weight;
            }
        }
        Self {
            sentences,
            prior,
            sums,
            targets,
        }
    }
}

/// One run over all sentences from one seed.
pub(super) struct Chain<'a> {
    cells: &'a Cells,
    random: u64,
    /// The source word of every target word.
    state: Vec<Vec<Option<u32>>>,
    links: Vec<f32>,
    uses: Vec<f32>,
    null: Vec<f32>,
    nulls: f32,
    jumps: Vec<f32>,
    jumped: f32,
    fertile: Vec<[f32; FERTILITY]>,
    weights: Vec<f32>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(cells: &'a Cells, seed: u64) -> Self {
        let sources = cells.sums.len();
        Self {
            cells,
            random: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            state: cells
                .sentences
                .iter()
                .map(|s| vec![None; s.target.len()])
                .collect(),
            links: vec![0.0; cells.prior.len()],
            uses: vec![0.0; sources],
            null: vec![0.0; cells.targets],
            nulls: 0.0,
            jumps: vec![0.0; 2 * JUMP as usize + 1],
            jumped: 0.0,
            fertile: vec![[0.0; FERTILITY]; sources],
            weights: Vec::new(),
        }
    }

    /// Samples, and gives how often each target word came from each source word
    /// (and, last, from none), sentence by sentence.
    pub(super) fn run(mut self, model: Model) -> Vec<Vec<f32>> {
        let cells: usize = self.cells.sentences.iter().map(|s| s.slots.len()).sum();
        let rounds = (WORK / cells.max(1)).clamp(12, 160);
        let mut seen: Vec<Vec<f32>> = self
            .cells
            .sentences
            .iter()
            .map(|s| vec![0.0; s.target.len() * (s.source.len() + 1)])
            .collect();
        let stages = [Model::Words, Model::Jumps, Model::Fertility];
        for stage in stages.into_iter().filter(|stage| *stage <= model) {
            let last = stage == model;
            self.recount(stage);
            let (rounds, warm) = if last {
                (rounds, rounds / 4)
            } else {
                (rounds / 3, rounds)
            };
            for round in 0..rounds {
                for (at, seen) in seen.iter_mut().enumerate() {
                    let first = stage == Model::Words && round == 0;
                    self.sentence(at, stage, first, (last && round >= warm).then_some(seen));
                }
            }
        }
        seen
    }

    /// Counts jumps and fertilities anew when a stage begins that uses them.
    fn recount(&mut self, stage: Model) {
        self.jumps.fill(0.0);
        self.jumped = 0.0;
        for (sentence, state) in self.cells.sentences.iter().zip(&self.state) {
            let mut from = -1;
            let places = state.iter().flatten().map(|&at| at as i32);
            for to in places.chain([sentence.source.len() as i32]) {
                if let Some(count) = self.jumps.get_mut(jump(from, to)) {
                    *count += 1.0;
                }
                self.jumped += 1.0;
                from = to;
            }
        }
        if stage == Model::Fertility {
            for (sentence, state) in self.cells.sentences.iter().zip(&self.state) {
                for (n, &word) in fertilities(sentence, state).iter().zip(&sentence.source) {
                    fertile(&mut self.fertile, word, *n, 1.0);
                }
            }
        }
    }

    /// Samples every word of a sentence once.
    fn sentence(&mut self, at: usize, stage: Model, first: bool, mut seen: Option<&mut Vec<f32>>) {
        let cells = self.cells;
        let Some(sentence) = cells.sentences.get(at) else {
            return;
        };
        let mut state = self
            .state
            .get_mut(at)
            .map(std::mem::take)
            .unwrap_or_default();
        let mut counts = fertilities(sentence, &state);
        let wide = sentence.source.len();
        for j in 0..sentence.target.len() {
            let slots = sentence
                .slots
                .get(j * wide..(j + 1) * wide)
                .unwrap_or_default();
            let target = sentence.target.get(j).copied().unwrap_or_default() as usize;
            let around = (before(&state, j), after(&state, j, wide));
            let was = state.get(j).copied().flatten();
            if !first {
                self.count(sentence, slots, target, was, -1.0);
                self.move_jumps(stage, around, was, -1.0);
                self.grow(stage, sentence, &mut counts, was, -1);
            }
            let sum = self.weigh(stage, sentence, slots, target, around, &counts);
            if let Some(seen) = seen.as_deref_mut() {
                let row = seen.iter_mut().skip(j * (wide + 1));
                for (seen, weight) in row.zip(&self.weights) {
                    *seen += weight / sum;
                }
            }
            let now = self.draw(sum).filter(|&i| (i as usize) < wide);
            self.count(sentence, slots, target, now, 1.0);
            self.move_jumps(stage, around, now, 1.0);
            self.grow(stage, sentence, &mut counts, now, 1);
            if let Some(place) = state.get_mut(j) {
                *place = now;
            }
        }
        if let Some(place) = self.state.get_mut(at) {
            *place = state;
        }
    }

    /// The weight of every source word and, last, of none; gives their sum.
    fn weigh(
        &mut self,
        stage: Model,
        sentence: &Sentence,
        slots: &[u32],
        target: usize,
        (from, to): (i32, i32),
        counts: &[u8],
    ) -> f32 {
        self.weights.clear();
        let all = self.jumped + SMOOTH * self.jumps.len() as f32;
        let jumps = &self.jumps;
        let step = |from, to| (jumps.get(jump(from, to)).copied().unwrap_or(0.0) + SMOOTH) / all;
        let mut sum = 0.0;
        for (i, (&slot, &word)) in slots.iter().zip(&sentence.source).enumerate() {
            let (slot, word) = (slot as usize, word as usize);
            let mut weight = (self.links.get(slot).copied().unwrap_or(0.0)
                + self.cells.prior.get(slot).copied().unwrap_or(0.0))
                / (self.uses.get(word).copied().unwrap_or(0.0)
                    + self.cells.sums.get(word).copied().unwrap_or(1.0));
            if stage >= Model::Jumps {
                weight *= step(from, i as i32) * step(i as i32, to);
            }
            if let (Model::Fertility, Some(counts), Some(&n)) =
                (stage, self.fertile.get(word), counts.get(i))
            {
                let share =
                    |n: usize| counts.get(n.min(FERTILITY - 1)).copied().unwrap_or(0.0) + SMOOTH;
                weight *= share(usize::from(n) + 1) / share(usize::from(n));
            }
            weight *= 1.0 - NULL;
            if stage == Model::Words {
                weight /= slots.len() as f32;
            }
            sum += weight;
            self.weights.push(weight);
        }
        let mut none = NULL * (self.null.get(target).copied().unwrap_or(0.0) + RARE)
            / (self.nulls + RARE * self.cells.targets as f32);
        if stage >= Model::Jumps {
            none *= step(from, to);
        }
        self.weights.push(none);
        sum + none
    }

    /// A number of one of the weights, by lot.
    fn draw(&mut self, sum: f32) -> Option<u32> {
        // xorshift64*
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        let lot =
            (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40) as f32 / (1u64 << 24) as f32;
        let mut rest = lot * sum;
        for (at, weight) in (0..).zip(&self.weights) {
            rest -= weight;
            if rest < 0.0 {
                return Some(at);
            }
        }
        None
    }

    fn count(
        &mut self,
        sentence: &Sentence,
        slots: &[u32],
        target: usize,
        at: Option<u32>,
        by: f32,
    ) {
        let Some(at) = at.map(|at| at as usize) else {
            self.nulls += by;
            if let Some(count) = self.null.get_mut(target) {
                *count += by;
            }
            return;
        };
        if let Some(count) = slots
            .get(at)
            .and_then(|&slot| self.links.get_mut(slot as usize))
        {
            *count += by;
        }
        let word = sentence.source.get(at).copied().unwrap_or_default();
        if let Some(count) = self.uses.get_mut(word as usize) {
            *count += by;
        }
    }

    fn move_jumps(&mut self, stage: Model, (from, to): (i32, i32), at: Option<u32>, by: f32) {
        if stage < Model::Jumps {
            return;
        }
        let mut add = |from, to, by| {
            if let Some(count) = self.jumps.get_mut(jump(from, to)) {
                *count += by;
            }
        };
        match at {
            None => {
                add(from, to, by);
                self.jumped += by;
            }
            Some(at) => {
                add(from, at as i32, by);
                add(at as i32, to, by);
                self.jumped += 2.0 * by;
            }
        }
    }

    fn grow(
        &mut self,
        stage: Model,
        sentence: &Sentence,
        counts: &mut [u8],
        at: Option<u32>,
        by: i8,
    ) {
        let Some(at) = at.map(|at| at as usize) else {
            return;
        };
        let (Some(n), Some(&word)) = (counts.get_mut(at), sentence.source.get(at)) else {
            return;
        };
        let was = *n;
        *n = n.saturating_add_signed(by);
        if stage == Model::Fertility {
            fertile(&mut self.fertile, word, was, -1.0);
            fertile(&mut self.fertile, word, *n, 1.0);
        }
    }
}

fn fertile(counts: &mut [[f32; FERTILITY]], word: u32, n: u8, by: f32) {
    let counts = counts.get_mut(word as usize);
    if let Some(count) = counts.and_then(|c| c.get_mut(usize::from(n).min(FERTILITY - 1))) {
        *count += by;
    }
}

/// How many target words each source word has.
fn fertilities(sentence: &Sentence, state: &[Option<u32>]) -> Vec<u8> {
    let mut counts = vec![0u8; sentence.source.len()];
    for at in state.iter().flatten() {
        if let Some(count) = counts.get_mut(*at as usize) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// The place of a jump among the counts.
fn jump(from: i32, to: i32) -> usize {
    ((to - from).clamp(-JUMP, JUMP) + JUMP) as usize
}

/// Where the last word before `j` came from; -1 at the beginning.
fn before(state: &[Option<u32>], j: usize) -> i32 {
    let past = state.iter().take(j).rev().flatten().next();
    past.map_or(-1, |&at| at as i32)
}

/// Where the next word after `j` came from; the number of source words at the end.
fn after(state: &[Option<u32>], j: usize, wide: usize) -> i32 {
    let next = state.iter().skip(j + 1).flatten().next();
    next.map_or(wide as i32, |&at| at as i32)
}
