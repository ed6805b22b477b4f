//! Files of other tools into a memory, as a stream: a file of gigabytes is
//! never held.
//!
//! The new memory is written to a part beside the old one and takes its place
//! in one step, so that whoever reads sees the old units or the new ones. A
//! part that a kill left behind is gone on from (see [`part`]). Where the old
//! one is no longer what was read (somebody edited it meanwhile), it is left
//! alone and the import begins anew with it. A unit that is there
//! already, its texts folded, is not added again: what it adds to the one that
//! is there (another document, a newer date, a remark) is merged into it, in a
//! second pass over the part and only where there is something to merge.

mod checkpoint;
mod control;
mod foreign;
mod known;
mod merge;
mod part;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use checkpoint::Checkpoint;
use control::Controls;
use known::{Known, Seen};
use part::Part;

use super::entry::{Entry, Mark, Record};
use super::file::Header;
use super::journal;
use crate::error::{Error, Result};
use crate::format::exchange::{self, Item, Refused, Unit};
use crate::lang::Lang;
use crate::text::mojibake::{Misread, misread};
use crate::text::stream::Spot;
use crate::tsv::resolved;
use crate::xml::Fault;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The files, in order.
    pub files: &'a [PathBuf],
    /// The memory to import into; it may not be there yet.
    pub into: &'a Path,
    /// What the user says about the files.
    pub ask: &'a exchange::Ask,
    /// Only to see what would come of it.
    pub dry_run: bool,
    /// Units of a file between two points that an import can go on from ([`STEP`]).
    pub step: u64,
}

/// What became of units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Units read: all of the others together.
    pub read: u64,
    /// New in the memory.
    pub added: u64,
    /// There already, and told something new: a document, a date, a remark.
    pub merged: u64,
    /// There already.
    pub unchanged: u64,
    /// Not usable, each with its reason.
    pub rejected: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.read += other.read;
        self.added += other.added;
        self.merged += other.merged;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
    }
}

/// How the import of one file went.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// The file.
    pub path: PathBuf,
    /// Its format: `TMX`.
    pub format: &'static str,
    /// Its encoding, and whether that is a guess.
    pub encoding: (&'static str, bool),
    /// How its tables are read, where it holds tables of others.
    pub tables: Vec<exchange::Layout>,
    /// What became of its units.
    pub counts: Counts,
    /// Why it could not be read, or not to its end.
    pub broken: Option<String>,
}

/// How an import went.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The files, in order.
    pub files: Vec<FileReport>,
    /// Of all files together.
    pub total: Counts,
    /// Units of an earlier import, killed, that were not done again.
    pub resumed: u64,
    /// Whether the memory is another now.
    pub written: bool,
    /// The bytes of the memory now.
    pub bytes: u64,
}

/// What happens during an import.
#[derive(Debug)]
pub enum Event<'a> {
    /// A unit that cannot be used.
    Rejected(&'a Path, &'a Refused),
    /// Something that kept nothing from being read.
    Note(&'a Path, &'a Fault),
    /// A file could not be read, or not to its end.
    Broken(&'a Error),
    /// Every few thousand units: the file, bytes of it read, units of it read.
    Progress(&'a Path, u64, u64),
    /// The units that are there already are told what is new.
    Merging,
}

/// The usual number of units between two checkpoints: what a kill costs at most
/// is reading so many again.
pub const STEP: u64 = 100_000;

/// A text longer than this is no segment, in bytes.
const LONGEST: usize = 1 << 20;

/// Imports files into a memory. A file that is broken is used up to where it
/// breaks, and the others are still read. Where another program changes the
/// memory meanwhile, the import begins anew with what it holds then.
///
/// # Errors
/// The memory cannot be read or written, or is changed again and again; then
/// it is as it was.
///
/// ```
/// use zhengming::format::exchange::Ask;
/// use zhengming::memory::import::{Options, STEP, import};
/// let folder = tempfile::tempdir().unwrap();
/// let file = folder.path().join("a.po");
/// std::fs::write(&file, "msgid \"energy\"\nmsgstr \"能源\"\n").unwrap();
/// let into = folder.path().join("m.tsv");
/// let ask = Ask::default();
/// let options = Options { files: &[file], into: &into, ask: &ask, dry_run: false, step: STEP };
/// let report = import(&options, &mut |_| {}).unwrap();
/// assert_eq!(report.total.added, 1);
/// assert_eq!(import(&options, &mut |_| {}).unwrap().total.unchanged, 1);
/// ```
pub fn import(options: &Options<'_>, tell: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    // Through a link, so that the file it leads to is replaced, not the link.
    let into = resolved(options.into);
    // Where none of the files is there, each is said, and nothing is left beside the memory.
    let there = |path: &PathBuf| path == Path::new(exchange::STDIN) || path.exists();
    let options = &Options {
        dry_run: options.dry_run || !options.files.iter().any(there),
        ..options.clone()
    };
    let _lock = (!options.dry_run)
        .then(|| journal::lock(&into))
        .transpose()?;
    for attempt in 0..ATTEMPTS {
        // What is wrong with the files is said once.
        let mut tell = |event: Event<'_>| {
            if attempt == 0 || matches!(event, Event::Progress(..) | Event::Merging) {
                tell(event);
            }
        };
        if let Some(report) = once(options, &into, &mut tell)? {
            return Ok(report);
        }
        if options
            .files
            .iter()
            .any(|file| file == Path::new(exchange::STDIN))
        {
            break;
        }
    }
    let message = "another program changed it while this ran: it is as that left it, import again";
    Err(Error::file(&into, None, message))
}

/// How often an import begins anew where the memory is changed meanwhile by
/// who knows nothing of its lock: an editor.
const ATTEMPTS: u32 = 3;

/// Imports into the memory as it is now; `None` where it is another at the end,
/// and so was left alone.
fn once(
    options: &Options<'_>,
    into: &Path,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Option<Report>> {
    let scratch = if options.dry_run {
        let folder = std::env::temp_dir();
        Some(tempfile::tempdir().map_err(|e| Error::io("create", &folder, e))?)
    } else {
        None
    };
    let place = match &scratch {
        Some(folder) => folder.path().join("dry-run.tsv"),
        None => into.to_owned(),
    };
    let checkpoint = Checkpoint::of(options, into)?;
    // A disk that is full must not stay so.
    let opened = Part::open(into, &place, checkpoint, options.dry_run);
    let (mut part, known, done) = opened.inspect_err(|_| part::remove(&place))?;
    let mut run = Run {
        options,
        known,
        done,
        part: &mut part,
        tell,
        control: Controls::default(),
        files: Vec::new(),
    };
    let result = run.all();
    let (files, resumed) = (run.files, run.done.units());
    match result.and_then(|()| finish(files, part, into, options, tell)) {
        Ok(report) => Ok(report.map(|report| Report { resumed, ..report })),
        Err(error) => {
            part::remove(&place);
            Err(error)
        }
    }
}

/// Merges what there is to merge, and puts the new memory in the place of the
/// old; `None` where that is another by now.
fn finish(
    mut files: Vec<FileReport>,
    part: Part,
    into: &Path,
    options: &Options<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Option<Report>> {
    if part.aside() > 0 {
        tell(Event::Merging);
    }
    let outcome = merge::merge(part)?;
    for (file, merged) in files.iter_mut().zip(&outcome.merged) {
        file.counts.merged += merged;
        file.counts.unchanged -= merged;
    }
    let mut total = Counts::default();
    for file in &files {
        total.add(file.counts);
    }
    let written = total.added + total.merged > 0;
    let bytes = if written && !options.dry_run {
        match outcome.part.put(into)? {
            Some(bytes) => bytes,
            None => return Ok(None),
        }
    } else {
        outcome.part.discard();
        std::fs::metadata(into).map_or(0, |data| data.len())
    };
    Ok(Some(Report {
        files,
        total,
        written: written && !options.dry_run,
        bytes,
        ..Report::default()
    }))
}

/// An import at work.
struct Run<'a, 'o> {
    options: &'a Options<'o>,
    known: Known,
    /// What an earlier run has done already.
    done: Checkpoint,
    part: &'a mut Part,
    tell: &'a mut dyn FnMut(Event<'_>),
    /// The control characters of the file that is read.
    control: Controls,
    files: Vec<FileReport>,
}

impl Run<'_, '_> {
    fn all(&mut self) -> Result<()> {
        for (number, path) in self.options.files.iter().enumerate() {
            let mut report = FileReport {
                path: path.clone(),
                counts: self.done.counts(number),
                ..FileReport::default()
            };
            let read = self.file(number, path, &mut report);
            if let Some(fault) = self.control.told() {
                (self.tell)(Event::Note(path, &fault));
            }
            self.part.count(number, report.counts);
            if let Err(Stop::World(error)) = read {
                return Err(error);
            }
            if let Err(Stop::File(error)) = read {
                report.broken = Some(error.to_string());
                (self.tell)(Event::Broken(&error));
            }
            self.files.push(report);
        }
        Ok(())
    }

    fn file(&mut self, number: usize, path: &Path, report: &mut FileReport) -> Result<(), Stop> {
        let mut reader = exchange::Reader::open(path, self.options.ask).map_err(Stop::File)?;
        report.format = reader.kind.name();
        let name = path.file_name().map(|name| name.to_string_lossy());
        let name = name.unwrap_or_default().into_owned();
        let skip = self.done.items(number);
        let mut items = 0u64;
        let mut others = Others::default();
        loop {
            let next = reader.next_item().map_err(Stop::File);
            report.encoding = reader.encoding();
            report.tables.append(&mut reader.layouts());
            for note in reader.notes() {
                (self.tell)(Event::Note(path, &note));
            }
            let Some(mut item) = next? else {
                others.tell(path, &mut *self.tell);
                return Ok(());
            };
            if !reader.own() {
                item = foreign::tidied(item);
            }
            others.take(&item);
            let nameless = reader.own() || path == Path::new(exchange::STDIN);
            let origin = if nameless { "" } else { name.as_str() };
            let replayed = items < skip;
            let counts = self.item(number, path, item, origin, replayed);
            items += 1;
            if !replayed {
                report.counts.add(counts.map_err(Stop::World)?);
                if items.is_multiple_of(self.options.step.max(1)) {
                    let noted = self.part.checkpoint(number, items, report.counts);
                    noted.map_err(Stop::World)?;
                }
            }
            if items.is_multiple_of(4096) {
                (self.tell)(Event::Progress(path, reader.bytes(), items));
            }
        }
    }

    /// Takes one item in. One that was done before a kill is only looked at for
    /// what is wrong with it, so that this is said again.
    fn item(
        &mut self,
        number: usize,
        path: &Path,
        item: Item,
        origin: &str,
        replayed: bool,
    ) -> Result<Counts> {
        let mut counts = Counts::default();
        let unit = match item {
            Item::Unit(unit) => unit,
            Item::Refused(refused) => {
                (self.tell)(Event::Rejected(path, &refused));
                (counts.read, counts.rejected) = (1, 1);
                return Ok(counts);
            }
        };
        self.control.take(&unit);
        for made in entries(&unit, origin) {
            counts.read += 1;
            match made {
                Ok(entry) if !replayed => match self.take(number, entry)? {
                    Seen::New => counts.added += 1,
                    // A second pass tells which of them are merged.
                    Seen::Alike | Seen::Same => counts.unchanged += 1,
                },
                Ok(_) => {}
                Err(refused) => {
                    counts.rejected += 1;
                    (self.tell)(Event::Rejected(path, &refused));
                }
            }
        }
        Ok(counts)
    }

    fn take(&mut self, number: usize, entry: Entry) -> Result<Seen> {
        let record = Record {
            entry,
            mark: Mark::Stands,
        };
        let row = Header::default().row(&record);
        let (seen, line) = self.known.look(&record.entry, &row, self.part.next_line());
        match seen {
            Seen::New => self.part.add(&record, &row)?,
            Seen::Alike => self.part.put_aside(number, line, &row)?,
            Seen::Same => {}
        }
        Ok(seen)
    }
}

/// Texts of a file in languages that no memory holds, or in variants that none tells
/// apart: where the first one is, and how many.
#[derive(Debug, Default)]
struct Others(BTreeMap<String, (Spot, u64)>);

/// The most languages that are reported.
const LANGUAGES: usize = 20;

impl Others {
    fn take(&mut self, item: &Item) {
        let Item::Unit(unit) = item else { return };
        for tag in unit.variants.iter().map(|variant| &variant.lang) {
            if tag.is_empty() || (exchange::language(tag).is_some() && !is_variant(tag)) {
                continue;
            }
            if let Some((_, count)) = self.0.get_mut(tag) {
                *count += 1;
            } else if self.0.len() < LANGUAGES {
                self.0.insert(tag.clone(), (unit.spot, 1));
            }
        }
    }

    fn tell(self, path: &Path, tell: &mut dyn FnMut(Event<'_>)) {
        for (tag, (spot, count)) in self.0 {
            let message = match exchange::language(&tag) {
                None => format!("texts in `{tag}` are not read: {count}"),
                Some(lang) => format!(
                    "a memory does not keep that texts are in `{tag}`: {count}; export names them with --{lang} {tag}"
                ),
            };
            tell(Event::Note(path, &Fault { spot, message }));
        }
    }
}

/// Whether a tag names another variant of its language than the usual one.
fn is_variant(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-').skip(1);
    parts.any(|part| !matches!(part, "cn" | "hans" | "us"))
        || matches!(
            tag.as_str(),
            "cht" | "zhh" | "zhi" | "zhm" | "ens" | "ena" | "enc"
        )
}

/// Why the reading of a file stopped.
enum Stop {
    /// The file is broken.
    File(Error),
    /// The memory cannot be written: nothing can go on.
    World(Error),
}

/// The entries of a unit, one for each pair of a Chinese and an English text;
/// what is refused where it holds none, or one that no memory can hold.
fn entries(unit: &Unit, origin: &str) -> Vec<Result<Entry, Refused>> {
    let refused = |reason: String| {
        let first = unit.variants.iter().map(|v| v.text.as_str());
        let text = first.into_iter().find(|text| !text.trim().is_empty());
        let reason = match unit.sheet.as_str() {
            "" => reason,
            sheet => format!("sheet `{sheet}`: {reason}"),
        };
        Refused {
            spot: unit.spot,
            reason,
            quote: text.unwrap_or_default().chars().take(120).collect(),
        }
    };
    let couples = match exchange::couples(unit) {
        Ok(couples) => couples,
        Err(reason) => return vec![Err(refused(reason))],
    };
    let made = couples.into_iter().map(|couple| {
        let empty = |lang: Lang| couple.text(lang).trim().is_empty();
        if empty(couple.from) {
            return Err(refused("it has no source text".into()));
        }
        if empty(couple.from.other()) {
            return Err(refused("it has no translation".into()));
        }
        // Who writes of the character itself has it on both sides.
        let [zh, en] = [&couple.zh.text, &couple.en.text];
        let meant = zh.matches(LOST).count() == en.matches(LOST).count();
        for (name, text) in [("Chinese", zh), ("English", en)] {
            if let Some(reason) = unfit(text, meant) {
                return Err(refused(format!("the {name} text {reason}")));
            }
        }
        let document = match unit.document.as_str() {
            "" => origin,
            document => document,
        };
        // As a row holds it, so that reading it again gives the same.
        let clean = control::without;
        Ok(Entry {
            zh: clean(&couple.zh.text),
            en: clean(&couple.en.text),
            from: couple.from,
            state: unit.state,
            aligned: unit.aligned,
            when: clean(&unit.when),
            who: clean(&unit.who),
            document: clean(document),
            prev: clean(&unit.prev),
            next: clean(&unit.next),
            subject: clean(&unit.subject),
            note: clean(&unit.note),
            ..Entry::default()
        })
    });
    made.collect()
}

/// What stands for bytes that mean nothing in an encoding.
const LOST: char = '\u{FFFD}';

/// Why a text cannot be kept; `meant` says that what is lost in it by its look is not.
fn unfit(text: &str, meant: bool) -> Option<String> {
    let why = match () {
        () if text.contains('\0') => "holds a NUL character",
        () if text.contains(LOST) && !meant => {
            "holds bytes that mean nothing in the file's encoding (U+FFFD): name it with --encoding"
        }
        () if text.len() > LONGEST => "is longer than 1 MB",
        () => {
            let Misread { right, wrong, .. } = misread(text)?;
            return Some(format!(
                "was once read in a wrong encoding and saved so ({right} as {wrong}): ask for the original file"
            ));
        }
    };
    Some(why.to_owned())
}
