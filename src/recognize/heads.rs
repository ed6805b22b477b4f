//! The beginnings of many texts, to ask at a place of another text whether
//! any of them begins there.
//!
//! A head is the first bytes of a text, at most [`HEAD`] of them: two Han
//! characters, six letters. They are in a hash table whose marks, a byte a
//! slot, are small enough for the fast caches and say of nearly every place
//! that nothing begins there; only for the others is the slot itself read,
//! which leads to the texts that share the head. (The layout is that of
//! Abseil's "Swiss" tables; the standard one's cannot be asked in two steps.)

use std::ops::Range;

use crate::kept::{Bytes, Record, Table, u32_at};

/// The bytes of the longest head.
pub(super) const HEAD: usize = 6;

/// Heads, and for each the texts of a sorted list that have it.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Which lengths (bit n for n bytes) heads beginning with a byte have.
    lengths: Vec<u8>,
    /// A byte for each slot: 0 where it is empty, else eight bits of its head's
    /// hash. Eight slots are a bucket, and their marks are compared at once.
    marks: Table<u64>,
    /// Half full; a head that finds its bucket full is in the next one.
    slots: Table<Slot>,
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

impl Record for Slot {
    const SIZE: usize = 16;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self {
            tag: bytes.get(..8).map_or(0, u64::read),
            first: u32_at(bytes, 8),
            last: u32_at(bytes, 12),
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        self.tag.write(to);
        to.extend_from_slice(&self.first.to_le_bytes());
        to.extend_from_slice(&self.last.to_le_bytes());
    }
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
        let buckets = slots.len() / 4 + 1;
        let mut marks = vec![0; buckets];
        let mut placed = vec![Slot::default(); buckets * BUCKET];
        for slot in slots {
            insert(slot, &mut marks, &mut placed);
        }
        Self {
            lengths,
            marks: marks.into_iter().collect(),
            slots: placed.into_iter().collect(),
        }
    }

    /// The tables, as [`open`](Self::open) takes them.
    pub(super) fn sections(&self) -> [&[u8]; 3] {
        [&self.lengths, self.marks.bytes(), self.slots.bytes()]
    }

    /// Heads from the tables that were made of some.
    pub(super) fn open([lengths, marks, slots]: [Bytes; 3]) -> Self {
        Self {
            lengths: lengths.to_vec(),
            marks: marks.into(),
            slots: slots.into(),
        }
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
            let (bucket, mark) = self.place(key(window, lengths.trailing_zeros() as usize));
            let marks = self.marks.get(bucket).unwrap_or(0);
            may |= equal(marks, mark) != 0 || equal(marks, 0) == 0;
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

    /// The first bucket to look into for a key, and the key's mark.
    #[inline]
    fn place(&self, key: u64) -> (usize, u8) {
        place(key, self.marks.len())
    }

    #[inline]
    fn get(&self, key: u64) -> Option<Slot> {
        let (mut bucket, mark) = self.place(key);
        // No table that was made here is full; one that was damaged must end as well.
        for _ in 0..self.marks.len() {
            let marks = self.marks.get(bucket)?;
            let mut same = equal(marks, mark);
            while same != 0 {
                let at = bucket * BUCKET + same.trailing_zeros() as usize / 8;
                let slot = self.slots.get(at)?;
                if slot.tag & KEY == key {
                    return Some(slot);
                }
                same &= same - 1;
            }
            if equal(marks, 0) != 0 {
                return None;
            }
            bucket = behind(bucket, self.marks.len());
        }
        None
    }
}

/// The first bucket of so many to look into for a key, and the key's mark.
#[inline]
fn place(key: u64, buckets: usize) -> (usize, u8) {
    let hash = hash(key);
    let bucket = (u128::from(hash) * buckets as u128) >> 64;
    (bucket as usize, (hash as u8).max(1))
}

fn behind(bucket: usize, buckets: usize) -> usize {
    if bucket + 1 < buckets { bucket + 1 } else { 0 }
}

/// Puts a slot into the first empty place for it.
fn insert(slot: Slot, all: &mut [u64], placed: &mut [Slot]) {
    let buckets = all.len();
    let (mut bucket, mark) = place(slot.tag & KEY, buckets);
    while let Some(marks) = all.get_mut(bucket) {
        let empty = equal(*marks, 0);
        if empty != 0 {
            let at = empty.trailing_zeros() / 8;
            *marks |= u64::from(mark) << (8 * at);
            if let Some(there) = placed.get_mut(bucket * BUCKET + at as usize) {
                *there = slot;
            }
            return;
        }
        bucket = behind(bucket, buckets);
    }
}

/// The slots of a bucket.
const BUCKET: usize = 8;

/// The high bit of every byte of `bytes` that equals `byte`; above the first
/// that does, now and then of one that does not.
#[inline]
fn equal(bytes: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let zero = bytes ^ (ONES * u64::from(byte));
    zero.wrapping_sub(ONES) & !zero & (ONES << 7)
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
    1 << (((spread * NEXT.0) >> 32) + u64::from(NEXT.1))
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
    use proptest::prelude::*;

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
        assert_eq!(at("创世计划"), [(Some(5), 6..8), (Some(4), 0..0)]);
        assert_eq!(at("created"), [(Some(2), 3..4)]);
        assert_eq!(at("ai大"), [(Some(0), 0..0)]);
        assert_eq!(at("ai大模"), [(None, 1..2), (Some(0), 0..0)]);
        assert_eq!(at("ai大小"), [(Some(0), 0..0)]);
        assert_eq!(at("ai大模型"), [(None, 1..2), (Some(0), 0..0)]);
        assert_eq!(at("a"), []);
        assert!(heads.begins(b'a') && !heads.begins(b'b'));
        let mut none = Vec::new();
        Heads::new([].into_iter()).at(b"x", 0, &mut none);
        assert!(none.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_may_begin_is_what_a_scan_finds(
            texts in prop::collection::btree_set("[a-c甲乙丙]{1,5}", 0..60),
            text in "[a-c甲乙丙丁]{0,12}",
        ) {
            let texts: Vec<String> = texts.into_iter().collect();
            let heads = Heads::new(texts.iter().map(String::as_bytes));
            for (at, _) in text.char_indices() {
                let rest = &text.as_bytes()[at..];
                let mut groups = Vec::new();
                heads.at(text.as_bytes(), at, &mut groups);
                for (number, found) in (0..).zip(&texts) {
                    if rest.starts_with(found.as_bytes()) {
                        prop_assert!(heads.may_be_at(text.as_bytes(), at));
                        let holds = |g: &Group| g.whole == Some(number) || g.longer.contains(&number);
                        prop_assert!(groups.iter().any(holds), "{}", found);
                    }
                }
                for group in groups {
                    prop_assert!(group.whole.is_none_or(|n| rest.starts_with(texts[n as usize].as_bytes())));
                }
            }
        }
    }
}
