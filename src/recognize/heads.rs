//! The beginnings of many texts, to ask at a place of another text whether
//! any of them begins there.
//!
//! A head is the first bytes of a text, at most [`HEAD`] of them: two Han
//! characters, six letters. A bit array small enough for the fast caches says
//! of nearly every place that nothing begins there; only for the others is the
//! table read, which leads to the texts that share the head.

use std::ops::Range;

/// The bytes of the longest head.
pub(super) const HEAD: usize = 6;

/// Heads, and for each the texts of a sorted list that have it.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Which lengths (bit n for n bytes) heads beginning with a byte have.
    lengths: Vec<u8>,
    /// A bit for each value of a hash; about sixteen a head.
    filter: Vec<u64>,
    /// Open addressing with linear probing, at most half full.
    table: Vec<Slot>,
}

/// The texts `first..last` have a head. The tag is its [`key`], the bit
/// [`WHOLE`] if one of them is the head itself, and above it a bit for each
/// value of a hash of the two bytes behind the head in the others. An empty
/// slot has tag 0.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    tag: u64,
    first: u32,
    last: u32,
}

/// The bits of a tag that are the head's key.
const KEY: u64 = (1 << 51) - 1;
const WHOLE: u64 = 1 << 51;
/// How many bits a tag has for what may follow, and the first of them.
const NEXT: (u64, u32) = (12, 52);

/// Texts of a sorted list that share a head, where they may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The first byte of the head.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
    /// The text that is the head.
    pub whole: Option<u32>,
    /// The texts that go on behind it; none where the bytes there are not theirs.
    pub longer: Range<u32>,
}

impl Heads {
    /// Takes the heads of texts that are sorted by bytes, distinct and not empty.
    pub(super) fn new<'t>(sorted: impl Iterator<Item = &'t [u8]>) -> Self {
        let mut slots: Vec<Slot> = Vec::new();
        let mut lengths = vec![0; 256];
        for (number, text) in (0u32..).zip(sorted) {
            let length = text.len().min(HEAD);
            let window = window(text, 0);
            let key = key(window, length);
            if slots.last().is_none_or(|slot| slot.tag & KEY != key) {
                slots.push(Slot {
                    tag: key,
                    first: number,
                    last: number,
                });
            }
            if let Some(slot) = slots.last_mut() {
                slot.last = number + 1;
                slot.tag |= match text.len() - length {
                    0 => WHOLE,
                    1 => u64::MAX << NEXT.1, // any byte may follow its only one
                    _ => next(window),
                };
            }
            let first = text.first().copied().unwrap_or(0);
            if let Some(lengths) = lengths.get_mut(usize::from(first)) {
                *lengths |= 1 << length;
            }
        }
        let size = (slots.len() * 2).next_power_of_two().max(64);
        let mut heads = Self {
            lengths,
            filter: vec![0; size / 4],
            table: vec![Slot::default(); size],
        };
        for slot in slots {
            heads.insert(slot);
        }
        heads
    }

    /// Whether any head begins with this byte.
    #[inline]
    pub(super) fn begins(&self, byte: u8) -> bool {
        self.lengths(byte) != 0
    }

    /// Whether a head may stand at byte `at`: nearly always right where it says yes.
    #[inline]
    pub(super) fn may_be_at(&self, bytes: &[u8], at: usize) -> bool {
        let window = window(bytes, at);
        let mut lengths = self.lengths(window as u8);
        let mut may = false;
        while lengths != 0 {
            may |= self.may_be(hash(key(window, lengths.trailing_zeros() as usize)));
            lengths &= lengths - 1;
        }
        may
    }

    /// Adds the texts whose head stands at byte `at`, those with the longest head first.
    #[inline]
    pub(super) fn at(&self, bytes: &[u8], at: usize, groups: &mut Vec<Group>) {
        let window = window(bytes, at);
        let mut lengths = self.lengths(window as u8);
        while lengths != 0 {
            let length = lengths.ilog2();
            lengths ^= 1 << length;
            let Some(slot) = self.get(key(window, length as usize)) else {
                continue;
            };
            let whole = slot.tag & WHOLE != 0;
            let goes_on = slot.tag & next(window) != 0;
            let longer = slot.first + u32::from(whole)..slot.last;
            groups.push(Group {
                start: at as u32,
                end: at as u32 + length,
                whole: whole.then_some(slot.first),
                longer: if goes_on { longer } else { 0..0 },
            });
        }
    }

    #[inline]
    fn lengths(&self, byte: u8) -> u8 {
        self.lengths.get(usize::from(byte)).copied().unwrap_or(0)
    }

    #[inline]
    fn may_be(&self, hash: u64) -> bool {
        let bit = hash as usize & (self.filter.len() * 64 - 1);
        let bits = self.filter.get(bit / 64).copied().unwrap_or(0);
        bits & (1 << (bit % 64)) != 0
    }

    #[inline]
    fn get(&self, key: u64) -> Option<Slot> {
        let hash = hash(key);
        if !self.may_be(hash) {
            return None;
        }
        let mut at = (hash >> 32) as usize & (self.table.len() - 1);
        loop {
            let slot = *self.table.get(at)?;
            if slot.tag & KEY == key {
                return Some(slot);
            }
            if slot.tag == 0 {
                return None;
            }
            at = (at + 1) & (self.table.len() - 1);
        }
    }

    fn insert(&mut self, slot: Slot) {
        let hash = hash(slot.tag & KEY);
        let bit = hash as usize & (self.filter.len() * 64 - 1);
        if let Some(word) = self.filter.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
        let mut at = (hash >> 32) as usize & (self.table.len() - 1);
        while let Some(there) = self.table.get_mut(at) {
            if there.tag == 0 {
                *there = slot;
                return;
            }
            at = (at + 1) & (self.table.len() - 1);
        }
    }
}

/// The eight bytes from `at` on, zeros behind the end.
#[inline]
fn window(bytes: &[u8], at: usize) -> u64 {
    if let Some(eight) = bytes.get(at..at + 8).and_then(|b| b.try_into().ok()) {
        return u64::from_le_bytes(eight);
    }
    let mut eight = [0; 8];
    let rest = bytes.get(at..).unwrap_or_default();
    eight
        .iter_mut()
        .zip(rest)
        .for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(eight)
}

/// The first bytes of a window and their number, as one value that is not 0.
#[inline]
fn key(window: u64, length: usize) -> u64 {
    let bits = 8 * length as u32;
    (window & !(u64::MAX << bits)) | ((length as u64) << 48)
}

/// The bit of a tag for the two bytes behind the longest head.
#[inline]
fn next(window: u64) -> u64 {
    let spread = (window >> 48).wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF;
    1 << ((spread * NEXT.0 >> 32) + u64::from(NEXT.1))
}

/// Spreads a key over all bits (the finalizer of splitmix64).
#[inline]
fn hash(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_lead_to_their_texts() {
        let texts = [
            "ai",
            "ai大模型",
            "create",
            "created",
            "创",
            "创世",
            "创世计划",
            "创世纪",
        ];
        let heads = Heads::new(texts.iter().map(|t| t.as_bytes()));
        let at = |text: &str| -> Vec<_> {
            let mut groups = Vec::new();
            heads.at(text.as_bytes(), 0, &mut groups);
            groups.into_iter().map(|g| (g.whole, g.longer)).collect()
        };
        assert_eq!(at("创世计划"), [(Some(5), 6..8), (Some(4), 5..5)]);
        assert_eq!(at("created"), [(Some(2), 3..4)]);
        assert_eq!(at("ai大"), [(Some(0), 1..1)]);
        assert_eq!(at("ai大模"), [(None, 0..0), (Some(0), 1..1)]);
        assert_eq!(at("ai大模型"), [(None, 1..2), (Some(0), 1..1)]);
        assert_eq!(at("a"), []);
        assert!(heads.begins(b'a') && !heads.begins(b'b'));
        assert!(Heads::new([].into_iter()).at(b"x", 0).next().is_none());
    }
}
