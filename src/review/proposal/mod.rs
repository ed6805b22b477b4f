//! Proposed terms that somebody reviews: where they come from, what becomes of
//! them, and how that is written.
//!
//! [`gather()`] reads documents, tables and memories and proposes; a [`List`] is
//! that with what was decided about each; a [`Choice`] is a decision, and
//! writing it is all that touches the disk.

mod decision;
mod gather;
mod list;
mod places;
mod rejection;
#[cfg(test)]
mod tests;

pub use decision::{Addition, Choice, Kept};
pub use gather::{Gathered, Material, aligned, gather};
pub use list::{Decision, Item, Kin, List, Tally};
pub use places::{Places, Spot, places};
pub use rejection::{allow, reject, rejected};
