//! Lists by keys, as tables: which records of a sorted list have a key.

use std::ops::Range;

use super::Bytes;
use super::flat::{Record, Table, u32_at};

/// For each key of a sorted list, the stretch of the list that has it. An open
/// hash table, half full.
#[derive(Debug, Default, Clone)]
pub struct Stretches(Table<Stretch>);

/// The records `first..last` have a key; an empty place has none of them.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    key: u64,
    first: u32,
    last: u32,
}

impl Record for Stretch {
    const SIZE: usize = 16;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self {
            key: bytes.get(..8).map_or(0, u64::read),
            first: u32_at(bytes, 8),
            last: u32_at(bytes, 12),
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        self.key.write(to);
        to.extend_from_slice(&self.first.to_le_bytes());
        to.extend_from_slice(&self.last.to_le_bytes());
    }
}

impl Stretches {
    /// Takes the keys of a list, which is sorted by them.
    pub fn new(keys: impl Iterator<Item = u64>) -> Self {
        let mut all: Vec<Stretch> = Vec::new();
        for (number, key) in (0u32..).zip(keys) {
            match all.last_mut() {
                Some(last) if last.key == key => last.last = number + 1,
                _ => all.push(Stretch {
                    key,
                    first: number,
                    last: number + 1,
                }),
            }
        }
        let mut table = vec![Stretch::default(); 2 * all.len()];
        let places = table.len();
        for stretch in all {
            let empty = probes(stretch.key, places).find(|at| {
                let there = table.get(*at);
                there.is_some_and(|there| there.last == 0)
            });
            if let Some(place) = empty.and_then(|at| table.get_mut(at)) {
                *place = stretch;
            }
        }
        Self(table.into_iter().collect())
    }

    /// The stretch of the list that has a key.
    #[inline]
    pub fn get(&self, key: u64) -> Range<usize> {
        for at in probes(key, self.0.len()) {
            match self.0.get(at) {
                Some(there) if there.last == 0 => break,
                Some(there) if there.key == key => {
                    return there.first as usize..there.last as usize;
                }
                _ => {}
            }
        }
        0..0
    }

    /// The table as it is written.
    pub fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl From<Bytes> for Stretches {
    fn from(bytes: Bytes) -> Self {
        Self(bytes.into())
    }
}

/// The places where a key may be, in order.
#[inline]
fn probes(key: u64, places: usize) -> impl Iterator<Item = usize> {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let first = ((u128::from(hash) * places as u128) >> 64) as usize;
    (first..places).chain(0..first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_key_leads_to_its_records(mut keys in prop::collection::vec(0u64..40, 0..60)) {
            keys.sort_unstable();
            let stretches = Stretches::new(keys.iter().copied());
            let again = Stretches::from(Bytes::new(stretches.bytes().to_vec()));
            for key in 0..41 {
                let expected = keys.partition_point(|k| *k < key)..keys.partition_point(|k| *k <= key);
                let found = again.get(key);
                prop_assert_eq!(&found, &stretches.get(key));
                prop_assert!(found == expected || (found.is_empty() && expected.is_empty()));
            }
        }
    }
}
