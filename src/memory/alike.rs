//! Whether two units have the same texts.

use super::entry::Entry;
use crate::text::fold::Folded;
use crate::text::hash::Hash;
use crate::text::script::script;

/// Tells units with the same texts, one after the other.
///
/// Of ten million units two have the same 64-bit hash once in 370,000 memories.
#[derive(Debug, Default)]
pub(super) struct Alike {
    folded: Folded,
}

impl Alike {
    /// A hash of both texts, folded. Folding takes Traditional and Simplified
    /// for one, and a memory may well hold both: so the script counts too.
    pub(super) fn key(&mut self, entry: &Entry) -> u64 {
        let mut state = Hash::default();
        for text in [&entry.zh, &entry.en] {
            self.folded.refold(text, &[]);
            state.text(&self.folded.text);
        }
        state.text(script(&entry.zh).map_or("", |locale| locale.tag()));
        state.finish()
    }
}
