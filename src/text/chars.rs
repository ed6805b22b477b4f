//! What a character is.

/// Whether `c` is a Han character (ideographs of all planes, 〇 and compatibility forms).
///
/// ```
/// use zhengming::text::chars::is_han;
/// assert!(is_han('正') && is_han('𠮷') && is_han('〇'));
/// assert!(!is_han('，') && !is_han('a'));
/// ```
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// Whether `c` belongs to a Latin word: a letter or digit that is not Han.
pub fn is_latin_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}
