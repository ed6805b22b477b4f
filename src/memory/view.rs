//! What is known at one moment: the index, as far as it agrees with the files,
//! and the rest of the files in memory.

use std::fs::File;
use std::path::Path;
use std::sync::{PoisonError, RwLockReadGuard};

use super::entry::{Entry, Mark};
use super::file::{Lines, label};
use super::held::Held;
use super::index::{self, Failure, Store, Valid};
use super::journal::{self, News, Tail};
use super::rank::{Address, Found};
use super::sources::{Freshness, Source, Stamp, compare};
use super::{Memory, guard, reason};
use crate::error::{Error, Result};
use crate::finding::{Finding, Place, Severity};

/// What is known at one moment: the index as far as it agrees with the files,
/// and the rest in memory.
#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) store: Option<Store>,
    pub(super) valid: Valid,
    pub(super) held: Held,
    pub(super) tail: Tail,
}

/// Files up to this size together are read into memory at a start rather than
/// indexed first: that takes less time than a commit does.
const SMALL: u64 = 1 << 20;

impl Memory {
    /// Makes the view anew from the files. With `build`, an index that would
    /// save much reading is built first.
    pub(super) fn load(&self, build: bool) {
        let view = self.view_of_files(build);
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
    }

    fn view_of_files(&self, build: bool) -> View {
        let folder = self.folder();
        let opened = folder.as_deref().map_or(Err(Failure::Missing), Store::open);
        let stamp = |source: &Source| opened.as_ref().ok()?.stamp(source.id);
        // What cannot be looked at is said when it is read.
        let files = self.sources.iter();
        let fresh: Vec<Freshness> = files
            .map(|source| compare(source, stamp(source)).unwrap_or(Freshness::Changed))
            .collect();
        let failure = match (&opened, folder) {
            (Err(failure @ Failure::Refused(_)), _) => Some(failure.clone()),
            (Err(Failure::Damaged(_)), Some(folder)) if build => match self.build(&folder) {
                None => return self.view_of_files(false),
                failure => failure,
            },
            (_, Some(folder)) if build && self.unread(opened.as_ref().ok(), &fresh) > SMALL => {
                match self.build(&folder) {
                    None => return self.view_of_files(false),
                    failure => failure,
                }
            }
            (Err(failure @ Failure::Damaged(_)), _) => Some(failure.clone()),
            _ => None,
        };
        // While another process builds it, nothing is wrong; what is left out where it was stopped
        // is said of each file.
        let quiet = |failure: &Failure| matches!(failure, Failure::Busy | Failure::Stopped);
        if let Some(failure) = failure.filter(|failure| !quiet(failure)) {
            let reason = reason(&failure);
            let message = format!("the files are read without the index: {reason}");
            self.say(Severity::Note, message);
        }
        self.view_with(opened.ok(), &fresh)
    }

    /// Brings the index up to date before it is used; why it could not be done.
    fn build(&self, folder: &Path) -> Option<Failure> {
        let _one = guard(&self.updating);
        match index::update(folder, &self.sources, &self.watch) {
            Ok(outcome) => {
                self.damage(outcome.damaged.as_deref());
                self.notice(outcome.findings);
                None
            }
            Err(failure) => Some(failure),
        }
    }

    /// How many bytes the index does not cover.
    fn unread(&self, store: Option<&Store>, fresh: &[Freshness]) -> u64 {
        let files = self.sources.iter().zip(fresh);
        let bytes = files.map(|(source, fresh)| {
            let len = journal::stat(&source.path).map_or(0, |(len, _)| len);
            let known = store.and_then(|store| store.stamp(source.id));
            match fresh {
                Freshness::Same | Freshness::Gone => 0,
                Freshness::Grown => len.saturating_sub(known.map_or(0, |stamp| stamp.len)),
                Freshness::Changed => len,
            }
        });
        bytes.sum()
    }

    /// A view of an index, with what it does not cover read into memory.
    fn view_with(&self, store: Option<Store>, fresh: &[Freshness]) -> View {
        let mut view = View {
            store,
            ..View::default()
        };
        for (rank, (source, fresh)) in self.sources.iter().zip(fresh).enumerate() {
            let stamp = view.store.as_ref().and_then(|s| s.stamp(source.id));
            if let Freshness::Same | Freshness::Grown = fresh {
                if source.journal {
                    view.tail = stamp.map_or_else(Tail::default, Stamp::tail);
                }
                view.valid.files.insert(source.id, rank);
            }
            if source.journal {
                self.follow(&mut view);
            } else if *fresh == Freshness::Changed && self.left_out(source) {
                let message = "its units are not offered: the building of the index was stopped \
                               (`zm index` builds it)"
                    .to_owned();
                let place = Place::line(source.path.as_path().into(), 0, "");
                self.notice([Finding::syntax(
                    "tm-index",
                    Severity::Warning,
                    place,
                    message,
                )]);
            } else if *fresh == Freshness::Changed {
                self.hold(&mut view.held, source, rank);
            } else if *fresh == Freshness::Gone {
                let message = "no such file; its units are not offered".to_owned();
                self.notice([unreadable(&source.path, message)]);
            }
        }
        view
    }

    /// Whether a file is too large to be read without the index whose building was stopped.
    fn left_out(&self, source: &Source) -> bool {
        let large = || journal::stat(&source.path).is_some_and(|(len, _)| len > SMALL);
        self.watch.stopped() && self.folder().is_some() && large()
    }

    /// Reads a memory file into memory.
    fn hold(&self, held: &mut Held, source: &Source, rank: usize) {
        let mut read = || -> Result<()> {
            let file = File::open(&source.path).map_err(|e| Error::io("read", &source.path, e))?;
            let mut lines = Lines::new(&source.path, file);
            while let Some(record) = lines.next_record()? {
                if record.mark == Mark::Stands {
                    held.take(record, rank, false);
                }
            }
            self.notice(lines.findings);
            Ok(())
        };
        if let Err(error) = read() {
            self.notice([unreadable(&source.path, error.to_string())]);
        }
    }

    /// Reads what was appended to the journal since the view's tail. False
    /// where the journal was replaced, and the view is of no use any more.
    fn follow(&self, view: &mut View) -> bool {
        let mut journals = self.sources.iter().enumerate();
        let Some((rank, source)) = journals.find(|(_, source)| source.journal) else {
            return true;
        };
        match view.tail.read(&source.path) {
            Ok(News::More(records, findings)) => {
                self.notice(findings);
                for record in records {
                    view.valid.stale.extend(view.held.take(record, rank, true));
                }
                true
            }
            Ok(News::Replaced) => false,
            Err(error) => {
                self.notice([unreadable(&source.path, error.to_string())]);
                true
            }
        }
    }

    /// The view, with all that is in the journal now.
    pub(super) fn current(&self) -> RwLockReadGuard<'_, View> {
        let read = || self.view.read().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.places.journal else {
            return read();
        };
        let view = read();
        if view.tail.fresh(path) {
            return view;
        }
        drop(view);
        let followed = {
            let mut view = self.view.write().unwrap_or_else(PoisonError::into_inner);
            self.follow(&mut view)
        };
        if !followed {
            self.load(false);
        }
        read()
    }

    /// Asks the view. An index that fails while it is asked is left alone from
    /// then on, and the files are read instead.
    pub(super) fn ask<T: Default>(&self, search: impl Fn(&View) -> Result<T, Failure>) -> T {
        let failure = match search(&self.current()) {
            Ok(answer) => return answer,
            Err(failure) => failure,
        };
        self.say(
            Severity::Warning,
            format!(
                "working without the index, which failed: {}",
                reason(&failure)
            ),
        );
        let fresh: Vec<Freshness> = vec![Freshness::Changed; self.sources.len()];
        let view = self.view_with(None, &fresh);
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        search(&self.current()).unwrap_or_default()
    }

    /// The entry at an address of a view.
    pub(super) fn load_entry(&self, view: &View, found: &Found) -> Result<Entry, Failure> {
        match (found.address, &view.store) {
            (Address::Held(at), _) => view.held.entry(at).cloned().ok_or(Failure::Missing),
            (Address::Indexed(part, doc), Some(store)) => {
                let (id, record) = store.record(part, doc)?;
                let source = self.sources.iter().find(|source| source.id == id);
                let memory = source.map_or_else(|| "".into(), |source| label(&source.path));
                Ok(Entry {
                    memory,
                    ..record.entry
                })
            }
            (Address::Indexed(..), None) => Err(Failure::Missing),
        }
    }
}

fn unreadable(path: &Path, message: String) -> Finding {
    let place = Place::line(path.into(), 0, "");
    Finding::syntax("tm-syntax", Severity::Error, place, message)
}
