//! How far an index is that is being built, and the wish that it be left.

use std::fmt;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Told how far the building of an index is, in percent; 100 when it is over.
type Tell = dyn Fn(u64) + Send + Sync;

/// Looks on while the index is built, and can stop it. Only building that takes
/// its time (more than a megabyte to read) is told of and stopped.
///
/// ```
/// use zhengming::memory::Watch;
///
/// let watch = Watch::new(|percent| eprintln!("{percent} %"));
/// assert!(!watch.stopped());
/// watch.stop();
/// assert!(watch.stopped());
/// ```
#[derive(Default)]
pub struct Watch {
    stop: AtomicBool,
    /// Bytes to be read for the index, those read, and those of them that are in it.
    total: AtomicU64,
    read: AtomicU64,
    done: AtomicU64,
    /// What was told last.
    told: AtomicU64,
    tell: Option<Box<Tell>>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("stop", &self.stop)
            .finish_non_exhaustive()
    }
}

/// Building that reads no more than this is quick: neither told of nor stopped.
const QUICK: u64 = 1 << 20;

impl Watch {
    /// Tells this, each time another percent is done, and 100 at the end, however it ends.
    pub fn new(tell: impl Fn(u64) + Send + Sync + 'static) -> Self {
        Self {
            tell: Some(Box::new(tell)),
            ..Self::default()
        }
    }

    /// Stops what is being built for this memory, and what would be.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Building begins that reads so many bytes.
    pub(super) fn begin(&self, total: u64) {
        for (counter, value) in [(&self.total, total), (&self.read, 0), (&self.done, 0)] {
            counter.store(value, Ordering::Relaxed);
        }
        self.told.store(100, Ordering::Relaxed);
        self.say(0);
    }

    /// So many bytes more were read.
    pub(super) fn read(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    /// How many bytes were read that are not in the index yet.
    pub(super) fn waiting(&self) -> u64 {
        let read = self.read.load(Ordering::Relaxed);
        read.saturating_sub(self.done.load(Ordering::Relaxed))
    }

    /// So many bytes more are in the index.
    pub(super) fn done(&self, bytes: u64) {
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let total = self.total.load(Ordering::Relaxed);
        // What is read is yet to be written: the end is told by `end`.
        self.say((done.saturating_mul(100) / total.max(1)).min(99));
    }

    /// Whether what is being built is to be left.
    pub(super) fn leave(&self) -> bool {
        self.stopped() && self.total.load(Ordering::Relaxed) > QUICK
    }

    /// Building is over, well or not.
    pub(super) fn end(&self) {
        self.say(100);
        self.total.store(0, Ordering::Relaxed);
    }

    fn say(&self, percent: u64) {
        if self.total.load(Ordering::Relaxed) <= QUICK {
            return;
        }
        if self.told.swap(percent, Ordering::Relaxed) != percent
            && let Some(tell) = &self.tell
        {
            tell(percent);
        }
    }
}

/// A file whose bytes are counted as they are read.
pub(super) struct Counted<'a, R>(pub(super) R, pub(super) &'a Watch);

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.0.read(buffer)?;
        self.1.read(u64::try_from(bytes).unwrap_or(u64::MAX));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn every_percent_is_told_once_and_the_end_last() {
        let told: Arc<Mutex<Vec<u64>>> = Arc::default();
        let heard = Arc::clone(&told);
        let watch = Watch::new(move |percent| heard.lock().unwrap().push(percent));
        watch.begin(4 << 20);
        for _ in 0..3 {
            watch.read(1 << 20);
            watch.done(watch.waiting());
            watch.done(0);
        }
        watch.end();
        assert_eq!(*told.lock().unwrap(), [0, 25, 50, 75, 100]);
    }

    #[test]
    fn little_work_is_neither_told_nor_left() {
        let watch = Watch::new(|percent| panic!("{percent}"));
        watch.stop();
        watch.begin(1000);
        watch.done(500);
        assert!(!watch.leave());
        watch.end();
    }
}
