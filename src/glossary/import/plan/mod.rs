//! What an import would change: every row of the files beside the concept it
//! belongs to, and the glossary's new text.

mod compare;
mod index;
mod known;

use std::path::{Path, PathBuf};

use known::{Entry, Known};

use super::rows::Outcome;
use super::{Options, Source};
use crate::error::Result;
use crate::glossary::columns::{Field, Slot};
use crate::glossary::edit::{Open, right_and_wrong};
use crate::glossary::exchange::{Record, Spot};
use crate::lang::Lang;
use crate::text::chars::{is_chinese, is_han};

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

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Keep, Self::Take, Self::Both, Self::Stop];

    /// `keep`, `take`, `both`, `stop`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Take => "take",
            Self::Both => "both",
            Self::Stop => "stop",
        }
    }
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
    let names = sources
        .iter()
        .map(|source| source.path.display().to_string());
    let names = names.filter(|_| sources.len() > 1).collect();
    let mut known = Known::new(open.records(), names);
    let there = known.entries.len();
    let mut rows: Vec<Planned> = Vec::new();
    let mut open_rows: Vec<(usize, &Record)> = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        for outcome in &source.outcomes {
            let mut row = match outcome {
                Outcome::Rejected(spot, why) => Planned::rejected(spot, why),
                Outcome::Record(record) => {
                    let why = incomplete(record, source.ours || options.incomplete);
                    match why.or_else(|| swapped(record)).or_else(|| wrong(record)) {
                        Some(why) => Planned {
                            rows: record.rows,
                            ..Planned::rejected(&record.spot, &why)
                        },
                        None => known.take(record, file, options.policy),
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
    let touched = |entry: &&Entry<'_>| !entry.touched.is_empty();
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
        // What is not to be written may be all that a row says.
        (false, false) if avoids(Lang::Zh) || avoids(Lang::En) => return None,
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

/// Why a row with the one language in the place of the other is not taken.
fn swapped(record: &Record) -> Option<String> {
    let all = |lang: Lang, is: &dyn Fn(&str) -> bool| {
        let mut terms = record.terms(lang).map(|(_, text)| text).peekable();
        terms.peek().is_some() && terms.all(is)
    };
    let english = |text: &str| text.contains(char::is_alphabetic) && !text.contains(is_han);
    let chinese =
        |text: &str| text.contains(is_han) && !text.contains(|c: char| c.is_ascii_alphabetic());
    let dnt = record.text(Field::Type) == "dnt";
    (!dnt && all(Lang::Zh, &english) && all(Lang::En, &chinese)).then(|| {
        "the two languages are swapped: Chinese in the place of English, and English in that of Chinese".to_owned()
    })
}

/// Why a row that would be an error in the glossary is not taken: Chinese among its English
/// terms, or a term that is both right and to be avoided.
fn wrong(record: &Record) -> Option<String> {
    let dnt = record.text(Field::Type) == "dnt";
    let mut english = record.terms(Lang::En).map(|(_, text)| text);
    if let Some(term) = english.find(|term| !dnt && is_chinese(term)) {
        return Some(format!("`{term}` is Chinese, in the place of English"));
    }
    let both = |lang| {
        let mut avoided = record.list(Field::Terms(lang, Slot::Avoid)).iter();
        avoided.find(|term| record.terms(lang).any(|(_, text)| text == *term))
    };
    let term = both(Lang::Zh).or_else(|| both(Lang::En))?;
    Some(right_and_wrong(term))
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

#[cfg(test)]
mod tests;
