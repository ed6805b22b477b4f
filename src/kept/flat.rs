//! Tables that are the same in memory and in a file: bytes, and how to read a
//! record of them. Nothing is read before it is asked for, and no bytes make
//! a reader panic.

use std::marker::PhantomData;

use super::Bytes;

/// Sections begin, and in memory tables too, at a multiple of this: records of
/// a size that divides it lie in one line of the processor's cache.
pub const LINE: usize = 64;

/// A value of a fixed number of bytes.
pub trait Record: Copy {
    /// The number of bytes.
    const SIZE: usize;
    /// Reads it from exactly so many bytes.
    fn read(bytes: &[u8]) -> Self;
    /// Adds exactly so many bytes.
    fn write(self, to: &mut Vec<u8>);
}

impl Record for u64 {
    const SIZE: usize = 8;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes.try_into().map_or(0, Self::from_le_bytes)
    }

    fn write(self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.to_le_bytes());
    }
}

impl Record for u8 {
    const SIZE: usize = 1;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        bytes.first().copied().unwrap_or(0)
    }

    fn write(self, to: &mut Vec<u8>) {
        to.push(self);
    }
}

impl Record for u32 {
    const SIZE: usize = 4;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        u32_at(bytes, 0)
    }

    fn write(self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.to_le_bytes());
    }
}

/// The number in four bytes of a record.
#[inline]
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

/// Records in a row. Cheap to clone.
#[derive(Clone)]
pub struct Table<R> {
    bytes: Bytes,
    record: PhantomData<R>,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self::from(Bytes::empty())
    }
}

impl<R> std::fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table of {} bytes", self.bytes.len())
    }
}

impl<R> From<Bytes> for Table<R> {
    fn from(bytes: Bytes) -> Self {
        Self {
            bytes,
            record: PhantomData,
        }
    }
}

impl<R> From<Table<R>> for Bytes {
    fn from(table: Table<R>) -> Self {
        table.bytes
    }
}

impl<R: Record> FromIterator<R> for Table<R> {
    fn from_iter<I: IntoIterator<Item = R>>(records: I) -> Self {
        let records = records.into_iter();
        let mut bytes = Vec::with_capacity(records.size_hint().0 * R::SIZE);
        records.for_each(|record| record.write(&mut bytes));
        Self::from(aligned(&bytes))
    }
}

impl<R: Record> Table<R> {
    /// The number of records.
    pub fn len(&self) -> usize {
        self.bytes.len() / R::SIZE
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A record by its number.
    #[inline]
    pub fn get(&self, at: usize) -> Option<R> {
        let start = at.wrapping_mul(R::SIZE);
        let bytes = self.bytes.get(start..start.wrapping_add(R::SIZE));
        bytes.map(R::read)
    }

    /// The number of the first record from `low` to before `high` that is not
    /// `before`; the records are sorted so.
    #[inline]
    pub fn partition_point(
        &self,
        mut low: usize,
        mut high: usize,
        before: impl Fn(R) -> bool,
    ) -> usize {
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle).is_some_and(&before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The records as they are written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A copy of bytes that begins at a multiple of [`LINE`].
fn aligned(bytes: &[u8]) -> Bytes {
    let mut copy: Vec<u8> = Vec::with_capacity(bytes.len() + LINE);
    let pad = copy.as_ptr().align_offset(LINE).min(LINE);
    copy.resize(pad, 0);
    copy.extend_from_slice(bytes);
    let end = copy.len();
    Bytes::new(copy).slice(pad..end)
}

/// Puts sections behind each other, their lengths in front, each at a multiple of [`LINE`].
pub(super) fn join(sections: &[&[u8]]) -> Vec<u8> {
    let whole: usize = sections.iter().map(|s| s.len() + LINE).sum();
    let mut all = Vec::with_capacity(whole + LINE);
    for section in sections {
        (section.len() as u64).write(&mut all);
    }
    for section in sections {
        pad(&mut all);
        all.extend_from_slice(section);
    }
    all
}

/// Zeros up to the next multiple of [`LINE`].
pub(super) fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(LINE), 0);
}

/// Takes sections apart again; `None` where they are not so many.
pub(super) fn split<const N: usize>(bytes: &Bytes) -> Option<[Bytes; N]> {
    let mut sections = Vec::with_capacity(N);
    let mut start = (N * u64::SIZE).next_multiple_of(LINE);
    for at in 0..N {
        let length = bytes.get(at * u64::SIZE..(at + 1) * u64::SIZE)?;
        let end = start.checked_add(usize::try_from(u64::read(length)).ok()?)?;
        bytes.get(start..end)?;
        sections.push(bytes.slice(start..end));
        start = end.checked_next_multiple_of(LINE)?;
    }
    sections.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sections_come_apart_as_they_were(a in prop::collection::vec(any::<u8>(), 0..200), b in "[a-z]{0,80}") {
            let joined = join(&[&a, b.as_bytes()]);
            let bytes = Bytes::new(joined.clone());
            let [one, two] = split::<2>(&bytes).unwrap();
            prop_assert_eq!((one.as_slice(), two.as_slice()), (a.as_slice(), b.as_bytes()));
            // Whatever is missing at the end is missed.
            if let Some(shorter) = joined.len().checked_sub(1).filter(|_| !b.is_empty()) {
                prop_assert!(split::<2>(&bytes.slice(0..shorter)).is_none());
            }
        }

        #[test]
        fn any_bytes_are_taken_apart_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = split::<3>(&Bytes::new(bytes));
        }
    }

    #[test]
    fn a_table_is_what_was_put_in() {
        let table: Table<u64> = [3, 5, 8].into_iter().collect();
        assert_eq!(
            (table.len(), table.get(1), table.get(3)),
            (3, Some(5), None)
        );
        assert_eq!(table.get(usize::MAX), None);
        assert_eq!(table.partition_point(0, 3, |n| n < 6), 2);
        assert_eq!(table.bytes.as_ptr().align_offset(LINE), 0);
    }
}
