//! The glossary's concepts while rows are sorted in: which of them a row belongs
//! to, and what it leaves them as.

use std::collections::HashMap;

use super::super::rows::name;
use super::compare::{both, compare, folded, taken};
use super::{Change, Class, Planned, Policy};
use crate::error::Result;
use crate::glossary::columns::{self, Field, Slot};
use crate::glossary::edit::Open;
use crate::glossary::exchange::Record;
use crate::lang::Lang;
use crate::text::fold::fold;

/// A concept of the glossary, as the import leaves it.
pub(super) struct Entry {
    record: Record,
    /// Its line, where it was there before.
    pub(super) line: Option<u32>,
    /// The columns that change.
    pub(super) touched: Vec<Field>,
    /// The file that it came from, where it was not there before.
    file: usize,
    /// Whether a row has been sorted in here.
    met: bool,
}

/// The glossary's concepts, found by their terms.
pub(super) struct Known {
    pub(super) entries: Vec<Entry>,
    /// Concepts by folded term, for each language.
    terms: [HashMap<String, Vec<usize>>; 2],
    ids: HashMap<String, usize>,
    /// The files, as they are named in what is said; none where there is one alone.
    files: Vec<String>,
}

impl Known {
    pub(super) fn new(records: Vec<(u32, Record)>, files: Vec<String>) -> Self {
        let mut known = Self {
            files,
            entries: Vec::new(),
            terms: Default::default(),
            ids: HashMap::new(),
        };
        for (line, record) in records {
            known.add(record, Some(line), 0);
        }
        known
    }

    fn add(&mut self, record: Record, line: Option<u32>, file: usize) -> usize {
        let at = self.entries.len();
        for lang in [Lang::Zh, Lang::En] {
            for (_, term) in record.terms(lang) {
                self.index(lang, term, at);
            }
        }
        let id = record.text(Field::Id);
        if !id.is_empty() {
            self.ids.entry(id.to_owned()).or_insert(at);
        }
        let touched = if line.is_none() {
            record.cells.keys().copied().collect()
        } else {
            Vec::new()
        };
        self.entries.push(Entry {
            record,
            line,
            touched,
            file,
            met: line.is_none(),
        });
        at
    }

    fn index(&mut self, lang: Lang, term: &str, at: usize) {
        let table = &mut self.terms[usize::from(lang == Lang::En)];
        let known = table.entry(fold(term)).or_default();
        if known.last() != Some(&at) {
            known.push(at);
        }
    }

    /// Concepts that have one of some folded terms, each once, in order.
    fn having(&self, lang: Lang, terms: &[String]) -> Vec<usize> {
        let table = &self.terms[usize::from(lang == Lang::En)];
        let mut found: Vec<usize> = terms
            .iter()
            .filter_map(|term| table.get(term))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The concept that a row of a file belongs to, and what is to be said where a like one is another.
    fn find(&self, record: &Record, file: usize) -> (Option<usize>, String) {
        let en = folded(record, Lang::En, |slot| slot != Slot::Avoid);
        // Where nothing else says what a row is about, an admitted term or abbreviation does.
        let bare = en.is_empty() && folded(record, Lang::Zh, is_name).is_empty();
        let names = |slot| is_name(slot) || (bare && slot != Slot::Avoid);
        let zh = folded(record, Lang::Zh, names);
        let subject = fold(record.text(Field::Subject));
        let (mut homonym, mut contradicted) = (None, None);
        let mut fitting: Vec<(u32, usize)> = Vec::new();
        let id = self.ids.get(record.text(Field::Id)).copied();
        for at in self.having(Lang::Zh, &zh).into_iter().chain(id) {
            let Some(entry) = self.entries.get(at) else {
                continue;
            };
            let ours = &entry.record;
            let other = fold(ours.text(Field::Subject));
            let differs = subject != other;
            // Said first, and at once: one word can have thousands of subjects.
            if differs && !(subject.is_empty() || other.is_empty()) {
                homonym = Some(at);
                continue;
            }
            let shared_en = shares(&folded(ours, Lang::En, |_| true), &en);
            let one_sided = en.is_empty() || ours.terms(Lang::En).next().is_none();
            let named = shares(&folded(ours, Lang::Zh, names), &zh);
            if differs && !shared_en && !one_sided {
                // A list that has no subjects may speak of any; the rows of one file know of each other.
                if entry.line.is_some() || entry.file != file {
                    contradicted = contradicted.or(named.then_some(at));
                } else {
                    homonym = Some(at);
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
        let said = match found {
            Some(_) => String::new(),
            None => self.like(record, &en, homonym),
        };
        (found, said)
    }

    /// What is to be said of a new concept beside one with the same Chinese and another subject, or with the same English.
    fn like(&self, record: &Record, en: &[String], homonym: Option<usize>) -> String {
        if let Some(entry) = homonym.and_then(|at| self.entries.get(at)) {
            let pair = shares(&folded(&entry.record, Lang::En, |_| true), en);
            let what = if pair {
                "the same pair"
            } else {
                "a homonym: the same Chinese"
            };
            let place = place(entry, &self.files);
            return format!("{what} stands in {place} with another subject");
        }
        // The preferred ones come first.
        let preferred = record.list(Field::Terms(Lang::En, Slot::Preferred)).len();
        let [_, table] = &self.terms;
        let mut terms = en.iter().take(preferred);
        let known = terms.find_map(|term| table.get(term)?.first());
        let entry = known.and_then(|at| self.entries.get(*at));
        match entry.map(|entry| (entry, entry.record.name(Lang::Zh))) {
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
        let knows = |at: usize| id.is_none_or(|id| id == at) && self.knows(at, record);
        let ranked = fitting.iter().rev();
        let best = ranked.max_by_key(|(score, at)| (knows(*at), *score));
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
            let ours = self.entries.get(*at).map(|entry| &entry.record);
            ours.is_some_and(|ours| {
                let other = fold(ours.text(Field::Subject));
                let free = |field: &Field| ours.list(*field).is_empty();
                let mut regional = record
                    .cells
                    .keys()
                    .filter(|f| matches!(f, Field::Terms(Lang::Zh, Slot::Regional(_))));
                (subject.is_empty() || other.is_empty() || subject == other) && regional.all(free)
            })
        };
        let found: Vec<usize> = self.having(Lang::En, en).into_iter().filter(fits).collect();
        match found.as_slice() {
            [only] => Some(*only),
            several => several.iter().copied().find(|at| self.knows(*at, record)),
        }
    }

    /// Whether a row says nothing that a concept does not.
    fn knows(&self, at: usize, record: &Record) -> bool {
        self.entries.get(at).is_some_and(|entry| {
            let compared = compare(&entry.record, record, entry.line.is_none());
            compared.additions.is_empty() && compared.conflicts.is_empty()
        })
    }

    /// Sorts a row of a file in, and adds what it says.
    pub(super) fn take(&mut self, record: &Record, file: usize, policy: Policy) -> Planned {
        let (found, said) = self.find(record, file);
        let Some(at) = found else {
            let mut record = record.clone();
            let mut row = Planned {
                reason: said,
                ..Planned::new(&record, Class::New)
            };
            if self.ids.contains_key(record.text(Field::Id)) {
                row.reason = format!(
                    "its id {} is another concept's: left out",
                    record.text(Field::Id)
                );
                record.cells.remove(&Field::Id);
            }
            Self::promote(&mut record);
            self.add(record, None, file);
            return row;
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
                row.reason = format!("{} than in {}", row.reason, place(entry, &self.files));
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
        entry.met = true;
        row.changes = changes
            .iter()
            .map(|(field, list)| shown(&entry.record, *field, list))
            .collect();
        let mut terms = Vec::new();
        for (field, list) in changes {
            if !entry.touched.contains(&field) {
                entry.touched.push(field);
            }
            if let Field::Terms(lang, slot) = field
                && slot != Slot::Avoid
            {
                terms.extend(list.iter().map(|term| (lang, term.clone())));
            }
            entry.record.cells.insert(field, list);
        }
        for (lang, term) in terms {
            self.index(lang, &term, at);
        }
        row
    }

    /// A row in conflict may agree with a concept once later rows have told more of it.
    pub(super) fn settle(
        &mut self,
        rows: &mut [Planned],
        mut open: Vec<(usize, &Record)>,
        policy: Policy,
    ) {
        let mut left = usize::MAX;
        while open.len() < left {
            left = open.len();
            open.retain(|(at, record)| {
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

    /// A new concept has a preferred term in each language that has an admitted one.
    fn promote(record: &mut Record) {
        for lang in [Lang::Zh, Lang::En] {
            let (preferred, admitted) = (
                Field::Terms(lang, Slot::Preferred),
                Field::Terms(lang, Slot::Admitted),
            );
            let regional = record.terms(lang).any(|(field, _)| {
                matches!(field, Field::Terms(_, Slot::Preferred | Slot::Regional(_)))
            });
            if !regional
                && let Some(list) = record.cells.get_mut(&admitted)
                && !list.is_empty()
            {
                let first = list.remove(0);
                if list.is_empty() {
                    record.cells.remove(&admitted);
                }
                record.add(preferred, &first);
            }
        }
    }

    /// The glossary's text with all changes.
    pub(super) fn written(&self, open: &mut Open<'_>) -> Result<String> {
        let mut fields: Vec<Field> = self
            .entries
            .iter()
            .flat_map(|e| e.touched.iter().copied())
            .collect();
        let place = |field: &Field| columns::FIELDS.iter().position(|(_, known)| known == field);
        fields.sort_unstable_by_key(place);
        fields.dedup();
        for field in fields {
            open.column(field)?;
        }
        for entry in &self.entries {
            if entry.touched.is_empty() {
                continue;
            }
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
fn place(entry: &Entry, files: &[String]) -> String {
    let spot = &entry.record.spot;
    match (entry.line, files.get(entry.file)) {
        (Some(line), _) => format!("line {line} of the glossary"),
        (None, Some(name)) => format!("{name}:{spot}"),
        (None, None) if spot.sheet.is_some() => spot.to_string(),
        (None, None) => format!("line {} of the file", spot.line),
    }
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
