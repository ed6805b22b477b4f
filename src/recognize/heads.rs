//! The beginnings of many texts, to ask at a place of another text whether
//! any of them begins there.
//!
//! A head is the first bytes of a text, at most [`HEAD`] of them: two Han
//! characters, six letters. A bit array small enough for the fast caches says
//! of nearly every place that nothing begins there; only for the others is the
//! table read, which leads to the texts that share the head.

/// The bytes of the longest head.
pub(super) const HEAD: usize = 6;

/// Heads, and for each a range of texts in a sorted list.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Which lengths (bit n for n bytes) heads beginning with a byte have.
    lengths: Vec<u8>,
    /// A bit for each value of a hash; about sixteen a head.
    filter: Vec<u64>,
    /// Open addressing with linear probing, at most half full.
    table: Vec<Slot>,
}

/// The texts `first..last` have the head `key`; `key` 0 is an empty slot.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u64,
    first: u32,
    last: u32,
}

impl Heads {
    /// Takes the heads of texts that are sorted by bytes, distinct and not empty.
    pub(super) fn new<'t>(sorted: impl ExactSizeIterator<Item = &'t [u8]>) -> Self {
        let size = (sorted.len() * 2).next_power_of_two().max(64);
        let mut heads = Self {
            lengths: vec![0; 256],
            filter: vec![0; size / 4],
            table: vec![Slot::default(); size],
        };
        let mut slot = Slot::default();
        for (number, text) in (0u32..).zip(sorted) {
            let length = text.len().min(HEAD);
            let key = key(window(text, 0), length);
            if key != slot.key {
                heads.insert(slot);
                slot = Slot {
                    key,
                    first: number,
                    last: number,
                };
            }
            slot.last = number + 1;
            let first = text.first().copied().unwrap_or(0);
            if let Some(lengths) = heads.lengths.get_mut(usize::from(first)) {
                *lengths |= 1 << length;
            }
        }
        heads.insert(slot);
        heads
    }

    /// Whether any head begins with this byte.
    #[inline]
    pub(super) fn begins(&self, byte: u8) -> bool {
        self.lengths.get(usize::from(byte)).is_some_and(|l| *l != 0)
    }

    /// The texts whose head stands at byte `at`: ranges, those with the longest head first.
    #[inline]
    pub(super) fn at(&self, bytes: &[u8], at: usize) -> impl Iterator<Item = (usize, usize)> {
        let first = bytes.get(at).copied().unwrap_or(0);
        let lengths = self.lengths.get(usize::from(first)).copied().unwrap_or(0);
        let window = window(bytes, at);
        let longest = (bytes.len() - at).min(HEAD);
        (1..=longest)
            .rev()
            .filter(move |length| lengths & (1 << length) != 0)
            .filter_map(move |length| self.get(key(window, length)))
    }

    #[inline]
    fn get(&self, key: u64) -> Option<(usize, usize)> {
        let hash = hash(key);
        let bit = hash as usize & (self.filter.len() * 64 - 1);
        if self.filter.get(bit / 64)? & (1 << (bit % 64)) == 0 {
            return None;
        }
        let mut at = (hash >> 32) as usize & (self.table.len() - 1);
        loop {
            let slot = self.table.get(at)?;
            match slot.key {
                0 => return None,
                found if found == key => return Some((slot.first as usize, slot.last as usize)),
                _ => at = (at + 1) & (self.table.len() - 1),
            }
        }
    }

    fn insert(&mut self, slot: Slot) {
        if slot.key == 0 {
            return;
        }
        let hash = hash(slot.key);
        let bit = hash as usize & (self.filter.len() * 64 - 1);
        if let Some(word) = self.filter.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
        let mut at = (hash >> 32) as usize & (self.table.len() - 1);
        while let Some(there) = self.table.get_mut(at) {
            if there.key == 0 {
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
    (window & !(u64::MAX << bits)) | ((length as u64) << 56)
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
        let at = |text: &str| heads.at(text.as_bytes(), 0).collect::<Vec<_>>();
        assert_eq!(at("创世计划"), [(5, 8), (4, 5)]);
        assert_eq!(at("created"), [(2, 4)]);
        assert_eq!(at("ai大"), [(0, 1)]);
        assert_eq!(at("ai大模"), [(1, 2), (0, 1)]);
        assert_eq!(at("a"), []);
        assert!(heads.begins(b'a') && !heads.begins(b'b'));
        assert!(Heads::new([].into_iter()).at(b"x", 0).next().is_none());
    }
}
