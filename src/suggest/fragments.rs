//! Parts of a segment that the memory has as whole units.

use super::{Fragment, Request};
use crate::memory::Memory;

/// The longest known parts, in the order of the text.
pub(super) fn fragments(_request: &Request<'_>, _memory: &Memory) -> Vec<Fragment> {
    Vec::new()
}
