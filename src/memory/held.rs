//! Entries held in memory: what was confirmed since the index was written, and
//! everything where there is no index. Searched by looking at each.

use std::collections::HashMap;

use super::concordance::Needle;
use super::entry::{Entry, Mark, Record};
use super::features::Features;
use super::rank::{Address, Best, Found, Probe, Reach};
use crate::lang::Lang;

/// An entry in memory.
#[derive(Debug)]
struct Slot {
    entry: Entry,
    features: Features,
    /// Rank of its file, from 0, best first.
    file: usize,
    /// Whether it still stands.
    alive: bool,
}

/// The entries held.
#[derive(Debug, Default)]
pub(super) struct Held {
    slots: Vec<Slot>,
    /// Journal entries by the hash of their key.
    by_key: HashMap<u64, usize>,
}

impl Held {
    /// Takes a record of a file in: in the journal it takes the place of the
    /// entry with its key, in any other file it stands beside the others.
    /// Gives the hash of the key where it is of the journal.
    pub(super) fn take(&mut self, record: Record, file: usize, journal: bool) -> Option<u64> {
        let key = journal.then(|| record.entry.key().hash());
        let old = key.and_then(|key| self.by_key.remove(&key));
        if let Some(slot) = old.and_then(|old| self.slots.get_mut(old)) {
            slot.alive = false;
        }
        if record.mark == Mark::Stands {
            let (features, _) = Features::new(&record.entry, journal);
            if let Some(key) = key {
                self.by_key.insert(key, self.slots.len());
            }
            self.slots.push(Slot {
                entry: record.entry,
                features,
                file,
                alive: true,
            });
        }
        key
    }

    /// The entry at an address of this store.
    pub(super) fn entry(&self, at: usize) -> Option<&Entry> {
        self.slots.get(at).map(|slot| &slot.entry)
    }

    /// How many entries of a file stand.
    pub(super) fn count(&self, file: usize) -> usize {
        self.alive().filter(|(_, slot)| slot.file == file).count()
    }

    fn alive(&self) -> impl Iterator<Item = (usize, &Slot)> {
        self.slots.iter().enumerate().filter(|(_, slot)| slot.alive)
    }

    /// Every entry that fits.
    pub(super) fn candidates(&self, probe: &Probe, from: Lang, reach: Reach, best: &mut Best) {
        for (at, slot) in self.alive() {
            let side = &slot.features.sides[from];
            let min = best.threshold();
            let same = side.tokens == probe.side.tokens;
            if !same && reach == Reach::Same {
                continue;
            }
            let alike = same || (side.shape != 0 && side.shape == probe.side.shape);
            let signature = side.signature;
            let can = || {
                probe.brief_fits(signature.brief, min)
                    && probe.wide_fits(signature.brief, |at| signature.wide[at], min)
            };
            if !alike && !can() {
                continue;
            }
            let context = probe.context(slot.features.prev, slot.features.next);
            let thresholds = best.thresholds();
            let scored = probe.score(&side.tokens, side.raw, side.shape, context, thresholds);
            if let Some((score, base)) = scored {
                best.push(Found {
                    score,
                    base,
                    order: slot.features.order,
                    pair: (slot.features.sides.zh.raw, slot.features.sides.en.raw),
                    file: slot.file,
                    line: slot.entry.line,
                    address: Address::Held(at),
                    times: 1,
                });
            }
        }
    }

    /// Every entry with the needle in it: the number of the entry, its place in
    /// the order of hits, and the language it was found in.
    pub(super) fn concordance(&self, needle: &Needle, mut hit: impl FnMut(Found, Lang)) {
        for (at, slot) in self.alive() {
            if let Some(lang) = needle.find(&slot.entry, &slot.features) {
                let found = Found {
                    score: 0,
                    base: 0,
                    order: slot.features.order,
                    pair: (0, 0),
                    file: slot.file,
                    line: slot.entry.line,
                    address: Address::Held(at),
                    times: 1,
                };
                hit(found, lang);
            }
        }
    }
}
