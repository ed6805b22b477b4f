//! The journal: lines appended, one write each, under a lock.
