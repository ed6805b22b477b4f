//! A 64-bit hash that is the same on every machine and in every version, for
//! what is written to disk. Not for secrets: FNV-1a (Fowler, Noll, Vo) with
//! the finalizer of `MurmurHash3` (Appleby), which spreads the high bits.

/// A hash being computed.
///
/// ```
/// use zhengming::text::hash::Hash;
/// let of = |parts: &[&str]| {
///     let mut hash = Hash::default();
///     parts.iter().for_each(|part| hash.text(part));
///     hash.finish()
/// };
/// assert_eq!(of(&["能源", "部"]), of(&["能源", "部"]));
/// assert_ne!(of(&["能源", "部"]), of(&["能", "源部"]));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes bytes in.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.take(byte.into());
        }
    }

    /// Takes a number in, as a whole: this is quicker than its bytes.
    pub fn number(&mut self, number: u32) {
        self.take(number.into());
    }

    fn take(&mut self, part: u64) {
        self.0 = (self.0 ^ part).wrapping_mul(0x0100_0000_01b3);
    }

    /// Takes a text in, with an end mark, so that (`ab`, `c`) is not (`a`, `bc`).
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&[0xff]);
    }

    /// What FNV-1a makes of all that was taken in: its high bits are not spread.
    pub fn plain(self) -> u64 {
        self.0
    }

    /// The hash of all that was taken in.
    pub fn finish(self) -> u64 {
        let mut h = self.0;
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
}

/// The hash of some bytes.
pub fn bytes(bytes: &[u8]) -> u64 {
    let mut hash = Hash::default();
    hash.bytes(bytes);
    hash.finish()
}

/// The hash of tokens as [numbers](super::token::keys), in their order.
pub fn tokens(tokens: &[u32]) -> u64 {
    let mut hash = Hash::default();
    for token in tokens {
        hash.bytes(&token.to_le_bytes());
    }
    hash.finish()
}
