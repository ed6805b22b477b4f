//! What an import would change: every row of the files beside the concept it
//! belongs to, and the glossary's new text.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::rows::{Outcome, name};
use super::{Options, Source, packed};
use crate::error::Result;
use crate::glossary::columns::{self, Field, Slot};
use crate::glossary::edit::Open;
use crate::glossary::exchange::{Record, Spot, is_list};
use crate::lang::Lang;
use crate::text::fold::fold;
use crate::text::lemma::lemma;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A concept the glossary does not have.
    New,
    /// Adds something to a concept.
    Updated,
    /// Says nothing new.
    Unchanged,
    /// Contradicts a concept.
    Conflict,
    /// Cannot be used.
    Rejected,
}

impl Class {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::New,
        Self::Updated,
        Self::Unchanged,
        Self::Conflict,
        Self::Rejected,
    ];

    /// `new`, `updated`, `unchanged`, `conflict`, `rejected`.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Conflict => "conflict",
            Self::Rejected => "rejected",
        }
    }
}

/// What is done about a row that contradicts the glossary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Policy {
    /// The glossary's row stays as it is.
    #[default]
    Keep,
    /// What the file says takes the place of what the glossary says.
    Take,
    /// Both stand: the file's terms are admitted, its texts are added.
    Both,
    /// Nothing at all is written.
    Stop,
}

/// A column of a concept, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The column.
    pub column: &'static str,
    /// What the glossary says, as written there.
    pub old: String,
    /// What it would say; in a conflict that is kept, what the file says.
    pub new: String,
}

/// A row of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The file, by its place among those imported.
    pub file: usize,
    /// Where it is in the file.
    pub spot: Spot,
    /// How many rows of the file it is made of.
    pub rows: usize,
    /// What becomes of it.
    pub class: Class,
    /// Its Chinese term.
    pub zh: String,
    /// Its English term.
    pub en: String,
    /// The line of the glossary's concept, where it was there before.
    pub line: Option<u32>,
    /// Whether it belongs to a concept that an earlier row made or changed.
    pub joined: bool,
    /// What it changes, or contradicts.
    pub changes: Vec<Change>,
    /// Why it is rejected or in conflict, or what else is to be said.
    pub reason: String,
}

/// What an import would change.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The glossary.
    pub into: PathBuf,
    /// How many concepts it has before.
    pub there: usize,
    /// How many concepts are added.
    pub added: usize,
    /// How many of those that were there are changed.
    pub changed: usize,
    /// Every row of the files.
    pub rows: Vec<Planned>,
    /// The glossary's new text; `None` where nothing changes.
    pub(super) text: Option<String>,
    /// Whether it has been written.
    pub written: bool,
}

impl Plan {
    /// How many rows are of a class.
    pub fn count(&self, class: Class) -> usize {
        self.rows
            .iter()
            .filter(|row| row.class == class)
            .map(|row| row.rows)
            .sum()
    }

    /// How many rows were read: the sum over all classes.
    pub fn read(&self) -> usize {
        self.rows.iter().map(|row| row.rows).sum()
    }

    /// How many rows belong to a concept that another row made or changed.
    pub fn joined(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.rows - usize::from(!row.joined))
            .sum()
    }

    /// Whether the glossary would change.
    pub fn changes(&self) -> bool {
        self.text.is_some()
    }

    /// The glossary's new text, where it changes.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Compares the rows of files with a glossary's text.
pub(super) fn plan(into: &Path, text: &str, sources: &[Source], options: &Options) -> Result<Plan> {
    let mut open = Open::new(into, text)?;
    let mut known = Known::new(open.records());
    let there = known.entries.len();
    let mut rows: Vec<Planned> = Vec::new();
    let mut open_rows: Vec<(usize, &Record)> = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        for outcome in &source.outcomes {
            let mut row = match outcome {
                Outcome::Rejected(spot, why) => Planned::rejected(spot, why),
                Outcome::Record(record) => {
                    match incomplete(record, source.ours || options.incomplete) {
                        Some(why) => Planned {
                            rows: record.rows,
                            ..Planned::rejected(&record.spot, &why)
                        },
                        None => known.take(record, options.policy),
                    }
                }
            };
            if let Outcome::Record(record) = outcome {
                record.name(Lang::Zh).clone_into(&mut row.zh);
                record.name(Lang::En).clone_into(&mut row.en);
            }
            row.file = file;
            if let (Class::Conflict, Outcome::Record(record)) = (row.class, outcome) {
                open_rows.push((rows.len(), record));
            }
            rows.push(row);
        }
    }
    if matches!(options.policy, Policy::Keep | Policy::Stop) {
        known.settle(&mut rows, open_rows, options.policy);
    }
    let stopped =
        options.policy == Policy::Stop && rows.iter().any(|row| row.class == Class::Conflict);
    let touched = |entry: &&Entry| !entry.touched.is_empty();
    let (added, changed) = if stopped {
        (0, 0)
    } else {
        let new = known.entries.iter().filter(|e| e.line.is_none()).count();
        (
            new,
            known
                .entries
                .iter()
                .filter(|e| e.line.is_some())
                .filter(touched)
                .count(),
        )
    };
    let written = if added + changed == 0 {
        None
    } else {
        // Rows that take back what others changed leave everything as it was.
        Some(known.written(&mut open)?).filter(|written| written != text)
    };
    Ok(Plan {
        into: into.to_owned(),
        there,
        added,
        changed: if written.is_some() { changed } else { 0 },
        rows,
        text: written,
        written: false,
    })
}

/// Why a row with a term in one language only is not taken.
fn incomplete(record: &Record, allowed: bool) -> Option<String> {
    let has = |lang| record.terms(lang).next().is_some();
    let avoids = |lang| !record.list(Field::Terms(lang, Slot::Avoid)).is_empty();
    let dnt = record.text(Field::Type) == "dnt";
    let lang = match (has(Lang::Zh), has(Lang::En)) {
        (true, true) => return None,
        (false, false) if !allowed => {
            return Some("no term that may be used in either language".to_owned());
        }
        (false, _) => Lang::Zh,
        (_, false) => Lang::En,
    };
    let name = if lang == Lang::Zh {
        "Chinese"
    } else {
        "English"
    };
    let other = match record.others.as_slice() {
        [] => String::new(),
        others => format!("; it has {}", others.join(", ")),
    };
    (!allowed && !dnt && !avoids(lang)).then(|| format!("no {name} term{other}"))
}

impl Planned {
    fn new(record: &Record, class: Class) -> Self {
        Self {
            file: 0,
            spot: record.spot.clone(),
            rows: record.rows,
            class,
            zh: String::new(),
            en: String::new(),
            line: None,
            joined: false,
            changes: Vec::new(),
            reason: String::new(),
        }
    }

    fn rejected(spot: &Spot, why: &str) -> Self {
        Self {
            reason: why.to_owned(),
            ..Self::new(&Record::at(spot.clone()), Class::Rejected)
        }
    }
}

/// A concept of the glossary, as the import leaves it.
struct Entry {
    record: Record,
    /// Its line, where it was there before.
    line: Option<u32>,
    /// The columns that change.
    touched: Vec<Field>,
}

/// The glossary's concepts, found by their terms.
struct Known {
    entries: Vec<Entry>,
    /// Concepts by folded term, for each language.
    terms: [HashMap<String, Vec<usize>>; 2],
    ids: HashMap<String, usize>,
}

impl Known {
    fn new(records: Vec<(u32, Record)>) -> Self {
        let mut known = Self {
            entries: Vec::new(),
            terms: Default::default(),
            ids: HashMap::new(),
        };
        for (line, record) in records {
            known.add(record, Some(line));
        }
        known
    }

    fn add(&mut self, record: Record, line: Option<u32>) -> usize {
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

    /// The concept that a row belongs to, and what is to be said where a like one is another.
    fn find(&self, record: &Record) -> (Option<usize>, String) {
        let en = folded(record, Lang::En, |slot| slot != Slot::Avoid);
        // Where nothing else says what a row is about, an admitted term or abbreviation does.
        let bare = en.is_empty() && folded(record, Lang::Zh, is_name).is_empty();
        let names = |slot| is_name(slot) || (bare && slot != Slot::Avoid);
        let zh = folded(record, Lang::Zh, names);
        let subject = fold(record.text(Field::Subject));
        let mut said = String::new();
        let mut fitting: Vec<(u32, usize)> = Vec::new();
        let id = self.ids.get(record.text(Field::Id)).copied();
        for at in self.having(Lang::Zh, &zh).into_iter().chain(id) {
            let Some(entry) = self.entries.get(at) else {
                continue;
            };
            let ours = &entry.record;
            let shared_en = shares(&folded(ours, Lang::En, |_| true), &en);
            let named = shares(&folded(ours, Lang::Zh, names), &zh);
            let other = fold(ours.text(Field::Subject));
            let differs = subject != other;
            let one_sided = en.is_empty() || ours.terms(Lang::En).next().is_none();
            let homonym = differs && !(subject.is_empty() || other.is_empty())
                || differs && !shared_en && !one_sided;
            if homonym {
                let place = entry
                    .line
                    .map_or(String::new(), |line| format!(" (line {line})"));
                said =
                    format!("a homonym: the same Chinese stands there{place} for another subject");
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
        match self.by_english(record, &en, &subject) {
            Some(at) => (Some(at), String::new()),
            None => (None, said),
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

    /// Sorts a row in, and adds what it says.
    fn take(&mut self, record: &Record, policy: Policy) -> Planned {
        let (found, said) = self.find(record);
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
            self.add(record, None);
            return row;
        };
        let Some(entry) = self.entries.get_mut(at) else {
            return Planned::new(record, Class::Unchanged);
        };
        let compared = compare(&entry.record, record, entry.line.is_none());
        let mut row = Planned::new(record, Class::Unchanged);
        row.line = entry.line;
        row.joined = !entry.touched.is_empty();
        let fresh = entry.line.is_none();
        let mut changes = compared.additions;
        if !compared.conflicts.is_empty() {
            row.class = Class::Conflict;
            row.reason = compared.reason;
            if fresh {
                row.reason = format!("{} than in line {}", row.reason, entry.record.spot);
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
        } else if !changes.is_empty() {
            row.class = Class::Updated;
        }
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
    fn settle(&mut self, rows: &mut [Planned], mut open: Vec<(usize, &Record)>, policy: Policy) {
        let mut left = usize::MAX;
        while open.len() < left {
            left = open.len();
            open.retain(|(at, record)| {
                let again = self.take(record, policy);
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
    fn written(&self, open: &mut Open<'_>) -> Result<String> {
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

/// Whether terms in this place of a row are names of the concept in Chinese.
fn is_name(slot: Slot) -> bool {
    matches!(slot, Slot::Preferred | Slot::Regional(_))
}

/// The folded terms of a language in some places.
fn folded(record: &Record, lang: Lang, wanted: impl Fn(Slot) -> bool) -> Vec<String> {
    let cells = record
        .cells
        .iter()
        .filter(|(field, _)| matches!(field, Field::Terms(l, slot) if *l == lang && wanted(*slot)));
    cells
        .flat_map(|(_, list)| list.iter().map(|text| fold(text)))
        .collect()
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

/// Columns that change, with what they then hold.
type Changes = BTreeMap<Field, Vec<String>>;

/// What a column holds after changes.
fn after(ours: &Record, changes: &Changes, field: Field) -> Vec<String> {
    let changed = changes.get(&field).map(Vec::as_slice);
    changed.unwrap_or_else(|| ours.list(field)).to_vec()
}

/// What a row says beside a concept.
#[derive(Default)]
struct Compared {
    /// What it adds.
    additions: Changes,
    /// Columns that are contradicted, with what the file says.
    conflicts: Vec<(Field, Vec<String>)>,
    reason: String,
}

/// Compares a row with a concept; `fresh` where that is of the files as well.
fn compare(ours: &Record, theirs: &Record, fresh: bool) -> Compared {
    let mut all = Compared::default();
    for (&field, list) in &theirs.cells {
        match field {
            Field::Terms(lang, slot) => all.terms(ours, (field, lang, slot), list),
            Field::Good | Field::Bad => all.more(ours, field, list),
            // Of these the glossary's own say is right for it.
            Field::Status | Field::Id | Field::Updated | Field::By | Field::Source
                if !ours.text(field).is_empty() => {}
            Field::Status | Field::Id | Field::Updated | Field::By => {}
            Field::Note if fresh => all.joined(ours, field, list),
            _ => all.text(ours, field, list),
        }
    }
    all
}

impl Compared {
    /// Adds texts to a column that holds several, to what the row added there before.
    fn more(&mut self, ours: &Record, field: Field, list: &[String]) {
        let mut new = after(ours, &self.additions, field);
        let before = new.len();
        extend(&mut new, list);
        if new.len() > before {
            self.additions.insert(field, new);
        }
    }

    /// Remarks on several rows of one concept stand side by side.
    fn joined(&mut self, ours: &Record, field: Field, list: &[String]) {
        let mut joined = Record::default();
        for text in ours.list(field).iter().chain(list) {
            joined.join(field, text);
        }
        if joined.list(field) != ours.list(field) {
            self.additions.insert(field, joined.list(field).to_vec());
        }
    }

    fn text(&mut self, ours: &Record, field: Field, list: &[String]) {
        let (known, theirs) = (ours.text(field), list.first().map_or("", String::as_str));
        if known.is_empty() {
            self.additions.insert(field, list.to_vec());
        } else if fold(known) != fold(theirs) && !known.contains(theirs) {
            self.conflicts.push((field, list.to_vec()));
            self.say(format!("another {}", name(field).replace('_', " ")));
        }
    }

    fn say(&mut self, why: String) {
        if self.reason.is_empty() {
            self.reason = why;
        } else if !self.reason.contains(&why) {
            self.reason = format!("{}, {why}", self.reason);
        }
    }

    fn terms(&mut self, ours: &Record, (field, lang, slot): (Field, Lang, Slot), list: &[String]) {
        let used = folded(ours, lang, |slot| slot != Slot::Avoid);
        let avoided = folded(ours, lang, |slot| slot == Slot::Avoid);
        let known = ours.list(field);
        if slot == Slot::Avoid {
            let (wrong, rest): (Vec<&String>, Vec<&String>) =
                list.iter().partition(|term| used.contains(&fold(term)));
            if !wrong.is_empty() {
                self.conflicts
                    .push((field, wrong.into_iter().cloned().collect()));
                self.say("a term in use here is deprecated there".to_owned());
            }
            let rest: Vec<String> = rest
                .into_iter()
                .filter(|term| !avoided.contains(&fold(term)))
                .cloned()
                .collect();
            self.more(ours, field, &rest);
            return;
        }
        let wrong: Vec<String> = list
            .iter()
            .filter(|term| avoided.contains(&fold(term)))
            .cloned()
            .collect();
        if !wrong.is_empty() {
            self.conflicts.push((field, wrong));
            self.say("a term that is deprecated here is in use there".to_owned());
            return;
        }
        if let Slot::Regional(_) = slot {
            let same = list.iter().all(|term| known.contains(term));
            match (same, known.is_empty()) {
                (true, _) => {}
                (false, true) => {
                    self.additions.insert(field, list.to_vec());
                }
                (false, false) => {
                    self.conflicts.push((field, list.to_vec()));
                    self.say("another regional form".to_owned());
                }
            }
            return;
        }
        let missing: Vec<String> = list
            .iter()
            .filter(|term| !used.contains(&fold(term)))
            .cloned()
            .collect();
        let contradicts =
            slot == Slot::Preferred && missing.len() == list.len() && !known.is_empty();
        if !contradicts {
            self.more(ours, field, &missing);
            return;
        }
        // Another form of the same words is no other term, though it may stand beside it.
        let form = |term: &String| lang == Lang::En && known.iter().any(|k| is_form(term, k));
        let (forms, missing): (Vec<String>, Vec<String>) = missing.into_iter().partition(form);
        self.more(ours, Field::Terms(lang, Slot::Admitted), &forms);
        if !forms.is_empty() {
            self.more(ours, field, &missing);
            return;
        }
        // GDP is no other name than gross domestic product, but a shorter one.
        let short =
            |term: &String| lang == Lang::En && known.iter().any(|long| is_initials(term, long));
        let (short, rest): (Vec<String>, Vec<String>) = missing.into_iter().partition(short);
        self.more(ours, Field::Terms(lang, Slot::Abbreviation), &short);
        if !rest.is_empty() {
            self.conflicts.push((field, rest));
            let language = if lang == Lang::Zh {
                "Chinese"
            } else {
                "English"
            };
            self.say(format!("another {language} term"));
        }
    }
}

/// Adds texts that a list does not have.
fn extend(list: &mut Vec<String>, texts: &[String]) {
    for text in texts {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
}

/// What the file says in the place of what the glossary says. Columns of other
/// terms than the preferred one hold several, and lose none of them.
fn taken(ours: &Record, changes: &mut Changes, conflicts: Vec<(Field, Vec<String>)>) {
    for (field, theirs) in conflicts {
        let list = match field {
            Field::Terms(_, Slot::Admitted | Slot::Abbreviation | Slot::Avoid) => {
                let mut list = after(ours, changes, field);
                extend(&mut list, &theirs);
                list
            }
            _ => theirs,
        };
        changes.insert(field, list);
    }
}

/// Both sides of what contradicts each other.
fn both(ours: &Record, changes: &mut Changes, conflicts: Vec<(Field, Vec<String>)>) {
    for (field, mut theirs) in conflicts {
        let field = match field {
            // What one side uses and the other deprecates cannot be both: the glossary's say stays.
            Field::Terms(_, Slot::Avoid) => continue,
            Field::Terms(lang, Slot::Preferred | Slot::Admitted | Slot::Abbreviation) => {
                let avoided = folded(ours, lang, |slot| slot == Slot::Avoid);
                theirs.retain(|term| !avoided.contains(&fold(term)));
                match field {
                    Field::Terms(_, Slot::Preferred) => Field::Terms(lang, Slot::Admitted),
                    field => field,
                }
            }
            field => field,
        };
        if is_list(field) {
            let mut list = after(ours, changes, field);
            extend(&mut list, &theirs);
            changes.insert(field, list);
        } else if matches!(field, Field::Definition | Field::Note) {
            let text = format!("{}; {}", ours.text(field), theirs.join("; "));
            changes.insert(field, vec![text]);
        }
    }
}

/// Whether two English terms are the same words inflected, or parted otherwise: face masks, hand-washing.
fn is_form(a: &str, b: &str) -> bool {
    let words = |text: &str| -> String {
        let folded = fold(text);
        let words = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.map(lemma).collect()
    };
    words(a) == words(b)
}

/// Whether a term is made of the initials of a longer one.
fn is_initials(short: &str, long: &str) -> bool {
    let words = long
        .split([' ', '-'])
        .filter_map(|word| word.chars().next());
    let capitals: String = words.flat_map(char::to_uppercase).collect();
    let mut rest = capitals.chars();
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    packed::is_acronym(short)
        && letters.first() == capitals.chars().next().as_ref()
        && letters.iter().all(|c| rest.any(|other| other == *c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glossary after an import, which once more writes nothing.
    #[track_caller]
    fn imported(there: &str, csv: &str, policy: Policy) -> String {
        let options = Options {
            policy,
            ..Options::default()
        };
        let read = super::super::parse(Path::new("a.csv"), csv.as_bytes(), &options);
        let sources = [read.unwrap()];
        let into = Path::new("terms.tsv");
        let first = plan(into, there, &sources, &options).unwrap();
        let text = first.text().unwrap_or(there).to_owned();
        let again = plan(into, &text, &sources, &options).unwrap();
        assert_eq!(again.text(), None);
        text
    }

    #[test]
    fn all_that_a_row_adds_to_one_column_is_kept() {
        let there = "zh\ten\n卷\tto roll up\n";
        let csv = "zh,en,en_admitted\n卷,to roll (up),to sweep up | to carry on\n";
        let text =
            "zh\ten\ten_admitted\n卷\tto roll up\tto roll (up) | to sweep up | to carry on\n";
        assert_eq!(imported(there, csv, Policy::Keep), text);
    }

    #[test]
    fn a_row_is_found_where_it_went() {
        let there = "zh\ten\n甲\tplan\n乙\tplan\n";
        let csv = "en,zh,zh_admitted\nplan,,丙\n";
        let text = "zh\ten\n甲\tplan\n乙\tplan\n丙\tplan\n";
        assert_eq!(imported(there, csv, Policy::Keep), text);
    }

    #[test]
    fn conflicts_lose_no_term_of_a_list() {
        let there = "zh\ten\ten_avoid\n计划\tplan\tscheme\n";
        let in_use = "zh,en,en_admitted\n计划,plan,scheme\n";
        assert_eq!(imported(there, in_use, Policy::Both), there);
        let deprecated = "zh,en,en_avoid\n计划,program,plan\n";
        let text = "zh\ten\ten_avoid\n计划\tprogram\tscheme | plan\n";
        assert_eq!(imported(there, deprecated, Policy::Take), text);
    }
}
