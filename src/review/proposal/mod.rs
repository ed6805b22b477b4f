//! Proposed terms that somebody reviews: where they come from, what becomes of
//! them, and how that is written.

mod gather;
mod rejection;

pub use gather::{Gathered, Material, aligned, gather};
pub use rejection::{allow, reject, rejected};
