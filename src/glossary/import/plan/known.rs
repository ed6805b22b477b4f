//! The glossary's concepts while rows are sorted in: which of them a row belongs
//! to, and what it leaves them as.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::super::rows::name;
use super::compare::{Changes, both, compare, folded, taken};
use super::index::Index;
use super::{Change, Class, Planned, Policy};
use crate::error::Result;
use crate::glossary::columns::{self, Field, Slot};
use crate::glossary::edit::Open;
use crate::glossary::exchange::{Record, is_list};
use crate::lang::Lang;
use crate::text::fold::fold;

/// The most terms in one column that rows add to: what has more is many concepts under one name.
const MOST: usize = 200;

/// The most bytes in one text that rows add to.
const LONGEST: usize = 1 << 15;

/// A concept of the glossary, as the import leaves it.
pub(super) struct Entry<'r> {
    record: Cow<'r, Record>,
    /// Its line, where it was there before.
    pub(super) line: Option<u32>,
    /// The columns that change, where it was there before.
    pub(super) touched: Vec<Field>,
    /// The last round in which it was changed.
    changed: u32,
    /// The file that it came from, where it was not there before.
    file: usize,
    /// Whether a row has been sorted in here.
    met: bool,
}

/// The glossary's concepts, found by their terms.
pub(super) struct Known<'r> {
    pub(super) entries: Vec<Entry<'r>>,
    index: Index,
    ids: FxHashMap<String, usize>,
    /// Concepts that have but terms to avoid, by those.
    refused: FxHashMap<(Lang, String), usize>,
    /// The files, as they are named in what is said; none where there is one alone.
    files: Vec<String>,
    /// How often all rows have been looked at before.
    round: u32,
}

impl<'r> Known<'r> {
    pub(super) fn new(records: Vec<(u32, Record)>, files: Vec<String>) -> Self {
        let mut known = Self {
            files,
            entries: Vec::new(),
            index: Index::default(),
            ids: FxHashMap::default(),
            refused: FxHashMap::default(),
            round: 0,
        };
        for (line, record) in records {
            known.add(Cow::Owned(record), Some(line), 0);
        }
        known
    }

    fn add(&mut self, record: Cow<'r, Record>, line: Option<u32>, file: usize) {
        let at = self.entries.len();
        let id = record.text(Field::Id);
        if !id.is_empty() {
            self.ids.entry(id.to_owned()).or_insert(at);
        }
        self.entries.push(Entry {
            record,
            line,
            touched: Vec::new(),
            changed: self.round,
            file,
            met: line.is_none(),
        });
        self.enter(at, |_| true);
    }

    /// Enters some columns of a concept into the index: its terms, and of
    /// English also those to avoid, which tell that a row speaks of it.
    fn enter(&mut self, at: usize, wanted: impl Fn(Field) -> bool) {
        let entries = &self.entries;
        let subject = |at: u32| {
            let entry = entries.get(at as usize);
            entry.map_or(String::new(), |e| fold(e.record.text(Field::Subject)))
        };
        let Some(entry) = entries.get(at) else { return };
        let refused = is_refused(&entry.record);
        for (field, list) in &entry.record.cells {
            let Field::Terms(lang, slot) = *field else {
                continue;
            };
            if refused {
                for term in list {
                    self.refused.entry((lang, fold(term))).or_insert(at);
                }
            }
            if !wanted(*field) || (lang == Lang::Zh && slot == Slot::Avoid) {
                continue;
            }
            for term in list {
                self.index.add(lang, fold(term), at as u32, subject);
            }
        }
    }

    /// The concept that a row of a file belongs to, and what is to be said where a like one is another.
    fn find(&self, record: &Record, file: usize) -> (Option<usize>, String) {
        let en = folded(record, Lang::En, |slot| slot != Slot::Avoid);
        // Where nothing else says what a row is about, an admitted term or abbreviation does.
        let bare = en.is_empty() && folded(record, Lang::Zh, is_name).is_empty();
        let names = |slot| is_name(slot) || (bare && slot != Slot::Avoid);
        let zh = folded(record, Lang::Zh, names);
        let subject = fold(record.text(Field::Subject));
        let mut contradicted = None;
        let mut fitting: Vec<(u32, usize)> = Vec::new();
        let id = self.ids.get(record.text(Field::Id)).copied();
        let named = self.index.candidates(&zh, &en, &subject).into_iter();
        for at in named.map(|at| at as usize).chain(id) {
            let Some(entry) = self.entries.get(at) else {
                continue;
            };
            let ours = &entry.record;
            let other = fold(ours.text(Field::Subject));
            let differs = subject != other;
            // One word can have thousands of subjects.
            if differs && !(subject.is_empty() || other.is_empty()) {
                continue;
            }
            let shared_en = shares(&folded(ours, Lang::En, |_| true), &en);
            let one_sided = en.is_empty() || ours.terms(Lang::En).next().is_none();
            let named = shares(&folded(ours, Lang::Zh, names), &zh);
            let fellow = entry.line.is_none() && entry.file == file;
            // What one file keeps apart is not one for us.
            if fellow && !shared_en && ours.is_told_from(record) {
                continue;
            }
            if differs && !shared_en && !one_sided {
                // A list that has no subjects may speak of any; the rows of one file know of each other.
                if !fellow {
                    contradicted = contradicted.or(named.then_some(at));
                }
                continue;
            }
            if !named && !shared_en {
                continue;
            }
            let score = 8 * u32::from(shared_en)
                + 4 * u32::from(named)
                + 2 * u32::from(!differs)
                + u32::from(Some(at) == id);
            fitting.push((score, at));
        }
        if !fitting.is_empty() {
            return (self.best(record, &fitting, id), String::new());
        }
        let found = self.by_english(record, &en, &subject).or(contradicted);
        let found = found.or_else(|| self.like_refused(record, file));
        let said = match found {
            Some(_) => String::new(),
            None => self.like(record, &zh, &en),
        };
        (found, said)
    }

    /// What is to be said of a new concept beside one with the same Chinese that
    /// is another, or with the same English.
    fn like(&self, record: &Record, zh: &[String], en: &[String]) -> String {
        let subject = fold(record.text(Field::Subject));
        let of = |at: u32| self.entries.get(at as usize);
        let differs = |entry: &Entry<'_>| fold(entry.record.text(Field::Subject)) != subject;
        let another = |at: u32| {
            of(at).is_some_and(|entry| differs(entry) || entry.record.is_told_from(record))
        };
        if let Some(entry) = self.index.homonym(zh, another).and_then(of) {
            let pair = shares(&folded(&entry.record, Lang::En, |_| true), en);
            let what = if pair {
                "the same pair"
            } else {
                "a homonym: the same Chinese"
            };
            let how = if differs(entry) {
                "with another subject"
            } else {
                "as another word or concept"
            };
            return format!("{what} stands in {} {how}", place(entry, &self.files));
        }
        // The preferred ones come first.
        let preferred = record.list(Field::Terms(Lang::En, Slot::Preferred)).len();
        let known = en.iter().take(preferred).find_map(|term| {
            let having = self.index.having(Lang::En, term).iter().take(MOST);
            let mut entries = having.filter_map(|at| of(*at));
            entries.find(|entry| {
                folded(&entry.record, Lang::En, |slot| slot != Slot::Avoid).contains(term)
            })
        });
        match known.map(|entry| (entry, entry.record.name(Lang::Zh))) {
            Some((entry, zh)) if !zh.is_empty() => {
                let place = place(entry, &self.files);
                format!("the same English stands in {place} as {zh}")
            }
            _ => String::new(),
        }
    }

    /// Of several concepts that fit a row, the one that knows all it says, so
    /// that a row that was imported is found where it went; else the one that
    /// fits best, and of equals the first. `id` is the concept of the row's id.
    fn best(&self, record: &Record, fitting: &[(u32, usize)], id: Option<usize>) -> Option<usize> {
        if let [(_, only)] = fitting {
            return Some(*only);
        }
        // Who knows its English shares it, if it has any.
        let english = record.terms(Lang::En).next().is_some();
        let knows = |score: u32, at: usize| {
            id.is_none_or(|id| id == at) && (score >= 8 || !english) && self.knows(at, record)
        };
        let ranked = fitting.iter().rev();
        let best = ranked.max_by_key(|(score, at)| (knows(*score, *at), *score));
        best.map(|(_, at)| *at)
    }

    /// The concept of a row that names none in Chinese but by a regional form:
    /// the only one of its English, or of several the one that knows all it says.
    fn by_english(&self, record: &Record, en: &[String], subject: &str) -> Option<usize> {
        let preferred = record.list(Field::Terms(Lang::Zh, Slot::Preferred));
        if !preferred.is_empty() || en.is_empty() {
            return None;
        }
        let fits = |at: &usize| {
            let ours = self.entries.get(*at).map(|entry| &*entry.record);
            ours.is_some_and(|ours| {
                let used = folded(ours, Lang::En, |slot| slot != Slot::Avoid);
                let other = fold(ours.text(Field::Subject));
                let free = |field: &Field| ours.list(*field).is_empty();
                let mut regional = record
                    .cells
                    .keys()
                    .filter(|f| matches!(f, Field::Terms(Lang::Zh, Slot::Regional(_))));
                shares(&used, en)
                    && (subject.is_empty() || other.is_empty() || subject == other)
                    && regional.all(free)
            })
        };
        let having = en.iter().map(|term| self.index.having(Lang::En, term));
        let having = having.flat_map(|list| list.iter().take(MOST));
        let mut found: Vec<usize> = having.map(|at| *at as usize).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(fits);
        match found.as_slice() {
            [only] => Some(*only),
            several => several.iter().copied().find(|at| self.knows(*at, record)),
        }
    }

    /// The concept of a row that has but terms to avoid: one that has no others either.
    fn like_refused(&self, record: &Record, file: usize) -> Option<usize> {
        if !is_refused(record) {
            return None;
        }
        let mut all = [Lang::Zh, Lang::En].into_iter().flat_map(|lang| {
            let avoided = folded(record, lang, |slot| slot == Slot::Avoid).into_iter();
            avoided.map(move |term| (lang, term))
        });
        all.find_map(|key| {
            let at = *self.refused.get(&key)?;
            let entry = self.entries.get(at)?;
            let [ours, theirs] =
                [&*entry.record, record].map(|record| fold(record.text(Field::Subject)));
            let fellow = entry.line.is_none() && entry.file == file;
            let another = (fellow && entry.record.is_told_from(record))
                || !(ours.is_empty() || theirs.is_empty() || ours == theirs);
            (is_refused(&entry.record) && !another).then_some(at)
        })
    }

    /// Whether a row says nothing that a concept does not.
    fn knows(&self, at: usize, record: &Record) -> bool {
        self.entries.get(at).is_some_and(|entry| {
            let compared = compare(&entry.record, record, entry.line.is_none());
            compared.additions.is_empty() && compared.conflicts.is_empty()
        })
    }

    /// Sorts a row of a file in, and adds what it says.
    pub(super) fn take(&mut self, record: &'r Record, file: usize, policy: Policy) -> Planned {
        let (found, said) = self.find(record, file);
        let Some(at) = found else {
            return self.new_concept(record, file, said);
        };
        let Some(entry) = self.entries.get_mut(at) else {
            return Planned::new(record, Class::Unchanged);
        };
        let compared = compare(&entry.record, record, entry.line.is_none());
        let mut row = Planned::new(record, Class::Unchanged);
        row.line = entry.line;
        row.joined = entry.met;
        let fresh = entry.line.is_none();
        let mut changes = compared.additions;
        if !compared.conflicts.is_empty() {
            row.class = Class::Conflict;
            row.reason = compared.reason;
            if fresh {
                let last = row.reason.rsplit(", ").next().unwrap_or_default();
                let than = if last.starts_with("another") {
                    " than"
                } else {
                    ""
                };
                let place = place(entry, &self.files);
                row.reason = format!("{}{than} in {place}", row.reason);
            }
            row.joined = false;
            match policy {
                Policy::Keep | Policy::Stop => {
                    row.changes = compared
                        .conflicts
                        .iter()
                        .map(|(field, theirs)| shown(&entry.record, *field, theirs))
                        .collect();
                    return row;
                }
                Policy::Take => taken(&entry.record, &mut changes, compared.conflicts),
                Policy::Both => both(&entry.record, &mut changes, compared.conflicts),
            }
            changes.retain(|field, list| entry.record.list(*field) != list.as_slice());
        } else if fresh {
            row.class = Class::New;
            row.reason = format!("joins {}", place(entry, &self.files));
        } else if !changes.is_empty() {
            row.class = Class::Updated;
        }
        if let Some(why) = overfull(&entry.record, &changes) {
            return Planned {
                reason: why,
                ..Planned::new(record, Class::Rejected)
            };
        }
        entry.met = true;
        row.changes = changes
            .iter()
            .map(|(field, list)| shown(&entry.record, *field, list))
            .collect();
        if changes.is_empty() {
            return row;
        }
        let fields: Vec<Field> = changes.keys().copied().collect();
        entry.changed = self.round;
        for (field, list) in changes {
            if !fresh && !entry.touched.contains(&field) {
                entry.touched.push(field);
            }
            entry.record.to_mut().cells.insert(field, list);
        }
        // A concept that gets a subject is found by it from now on.
        let all = fields.contains(&Field::Subject);
        self.enter(at, |field| all || fields.contains(&field));
        row
    }

    /// Adds a row as a concept of its own; `said` is what is to be said of that.
    fn new_concept(&mut self, record: &'r Record, file: usize, said: String) -> Planned {
        let mut row = Planned {
            reason: said,
            ..Planned::new(record, Class::New)
        };
        let id = record.text(Field::Id);
        let mut record = Cow::Borrowed(record);
        if self.ids.contains_key(id) {
            row.reason = format!("its id {id} is another concept's: left out");
            record.to_mut().cells.remove(&Field::Id);
        }
        promote(&mut record);
        self.add(record, None, file);
        row
    }

    /// A row in conflict may agree with a concept once later rows have told more of it.
    pub(super) fn settle(
        &mut self,
        rows: &mut [Planned],
        mut open: Vec<(usize, &'r Record)>,
        policy: Policy,
    ) {
        let mut left = usize::MAX;
        while open.len() < left {
            left = open.len();
            self.round += 1;
            open.retain(|(at, record)| {
                if !self.moved(record) {
                    return true;
                }
                let file = rows.get(*at).map_or(0, |row| row.file);
                let again = self.take(record, file, policy);
                let settled = again.class != Class::Conflict;
                if let Some(row) = rows.get_mut(*at).filter(|_| settled) {
                    *row = Planned {
                        file: row.file,
                        zh: std::mem::take(&mut row.zh),
                        en: std::mem::take(&mut row.en),
                        ..again
                    };
                }
                !settled
            });
        }
    }

    /// Whether a concept that a row may belong to has changed in the last
    /// round or this one.
    fn moved(&self, record: &Record) -> bool {
        let of = |lang| folded(record, lang, |slot| slot != Slot::Avoid);
        let subject = fold(record.text(Field::Subject));
        let (zh, en) = (of(Lang::Zh), of(Lang::En));
        let found = self.index.candidates(&zh, &en, &subject).into_iter();
        let id = self.ids.get(record.text(Field::Id)).copied();
        let mut found = found.map(|at| at as usize).chain(id);
        found.any(|at| {
            let entry = self.entries.get(at);
            entry.is_some_and(|entry| entry.changed + 1 >= self.round)
        })
    }

    /// The glossary's text with all changes.
    pub(super) fn written(&self, open: &mut Open<'_>) -> Result<String> {
        let mut fields: BTreeSet<Field> = BTreeSet::new();
        for entry in &self.entries {
            match entry.line {
                Some(_) => fields.extend(&entry.touched),
                None => fields.extend(entry.record.cells.keys()),
            }
        }
        for (_, field) in columns::FIELDS {
            if fields.contains(&field) {
                open.column(field)?;
            }
        }
        for entry in &self.entries {
            if let Some(line) = entry.line {
                for field in &entry.touched {
                    open.put(line, *field, &entry.record.written(*field))?;
                }
                continue;
            }
            let cells = entry.record.cells.keys();
            let cells = cells.map(|field| (*field, entry.record.written(*field)));
            open.push(&cells.collect::<Vec<_>>());
        }
        Ok(open.text())
    }
}

/// Where a concept stands: in the glossary, or in one of some files.
fn place(entry: &Entry<'_>, files: &[String]) -> String {
    let spot = &entry.record.spot;
    match (entry.line, files.get(entry.file)) {
        (Some(line), _) => format!("line {line} of the glossary"),
        (None, Some(name)) => format!("{name}:{spot}"),
        (None, None) if spot.sheet.is_some() => spot.to_string(),
        (None, None) => format!("line {} of the file", spot.line),
    }
}

/// A new concept has a preferred term in each language that has an admitted one.
fn promote(record: &mut Cow<'_, Record>) {
    for lang in [Lang::Zh, Lang::En] {
        let (preferred, admitted) = (
            Field::Terms(lang, Slot::Preferred),
            Field::Terms(lang, Slot::Admitted),
        );
        let regional = record.terms(lang).any(|(field, _)| {
            matches!(field, Field::Terms(_, Slot::Preferred | Slot::Regional(_)))
        });
        if regional || record.list(admitted).is_empty() {
            continue;
        }
        let record = record.to_mut();
        if let Some(list) = record.cells.get_mut(&admitted) {
            let first = list.remove(0);
            if list.is_empty() {
                record.cells.remove(&admitted);
            }
            record.add(preferred, &first);
        }
    }
}

/// Why a row cannot be added to a concept that hundreds of rows have been added
/// to: they are no rows of one concept, and comparing each with all before it
/// would have no end.
fn overfull(ours: &Record, changes: &Changes) -> Option<String> {
    let full = |(field, list): &(&Field, &Vec<String>)| {
        let grows = !ours.list(**field).is_empty();
        let bytes = list.iter().map(String::len).sum::<usize>();
        grows && (list.len() > MOST || (!is_list(**field) && bytes > LONGEST))
    };
    let (field, list) = changes.iter().find(full)?;
    let column = name(*field);
    Some(if is_list(*field) {
        let terms = list.len();
        format!(
            "its concept would have {terms} terms in `{column}`: do so many rows name one concept? A `subject` or an `id` keeps them apart"
        )
    } else {
        format!("its concept's `{column}` would be longer than {LONGEST} bytes: is it one concept?")
    })
}

/// Whether none of a concept's terms may be used.
fn is_refused(record: &Record) -> bool {
    let mut langs = [Lang::Zh, Lang::En].into_iter();
    langs.all(|lang| record.terms(lang).next().is_none())
}

/// Whether terms in this place of a row are names of the concept in Chinese.
fn is_name(slot: Slot) -> bool {
    matches!(slot, Slot::Preferred | Slot::Regional(_))
}

fn shares(a: &[String], b: &[String]) -> bool {
    a.iter().any(|term| b.contains(term))
}

fn shown(ours: &Record, field: Field, new: &[String]) -> Change {
    Change {
        column: name(field),
        old: ours.list(field).join(" | "),
        new: new.join(" | "),
    }
}
