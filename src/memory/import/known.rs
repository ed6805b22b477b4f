//! Which units a memory holds already: 16 bytes for each, and nothing of its texts.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use rustc_hash::FxBuildHasher;

use crate::memory::alike::Alike;
use crate::memory::entry::Entry;
use crate::text::hash;

/// How a unit stands to those that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// There is none with these texts.
    New,
    /// There is one with these texts that says something else.
    Alike,
    /// There is one that is the same in everything.
    Same,
}

/// The line of each unit and a hash of all it says, by a hash of its texts.
#[derive(Debug, Default)]
pub(super) struct Known {
    units: HashMap<u64, (u32, u32), FxBuildHasher>,
    alike: Alike,
}

impl Known {
    /// Looks a unit up and takes it in where it is new, as on `line`; gives how
    /// it stands to the others, and the line of the one with its texts.
    pub(super) fn look(&mut self, entry: &Entry, row: &str, line: u32) -> (Seen, u32) {
        let key = self.alike.key(entry);
        let print = hash::bytes(row.as_bytes()) as u32;
        match self.units.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert((line, print));
                (Seen::New, line)
            }
            Slot::Occupied(slot) => {
                let (line, known) = *slot.get();
                let seen = if known == print {
                    Seen::Same
                } else {
                    Seen::Alike
                };
                (seen, line)
            }
        }
    }
}
