//! The text of a work file.
//!
//! It has one row for each unit, in the document's order, so that it can be
//! read, compared and checked like any bilingual file, and at its end a row for
//! each translation whose source is gone. The neighbors of a unit are the rows
//! around it. The comment lines on top name the document and the direction.
//!
//! | column | meaning |
//! | --- | --- |
//! | `zh`, `en` | the two sides |
//! | `state` | `initial`, `draft`, `translated`, `reviewed`, `final` |
//! | `when`, `who` | of the confirmation |
//! | `note` | the translator's remark |
//! | `was` | the source the target was made for, where the document has changed since |
//! | `how` | `propagated`: a copy of a repetition; `orphan`: its source is gone |
//! | `memory` | `here`: the memory holds the unit as it stands; a state: it holds, in that state, the unit that the next columns give |
//! | `memory_document` … `memory_note` | that unit |

use std::path::Path;
use std::sync::Arc;

use super::Facts;
use super::work::{Row, Work};
use crate::error::Error;
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::format::encoding::decode;
use crate::lang::{Lang, Locale};
use crate::memory::Entry;
use crate::model::document::State;
use crate::tsv::{self, Table};

const COLUMNS: [&str; 17] = [
    "zh",
    "en",
    "state",
    "when",
    "who",
    "note",
    "was",
    "how",
    "memory",
    "memory_document",
    "memory_source",
    "memory_target",
    "memory_prev",
    "memory_next",
    "memory_when",
    "memory_who",
    "memory_note",
];

/// The first line.
const TITLE: &str = "# Work in progress of zm: one row a unit, in the document's order";
/// What the other lines on top begin with.
const OWN: [&str; 3] = ["document:", "from:", "to:"];

/// The text of a work file.
pub(super) fn to_text(work: &Work) -> String {
    let mut out = format!(
        "{TITLE}\n# document: {}\n# from: {}\n# to: {}\n",
        tsv::escape(&work.document),
        work.from,
        work.to
    );
    for comment in &work.comments {
        out.push_str(comment);
        out.push('\n');
    }
    let mut line = |cells: &[&str]| {
        out.push_str(&tsv::join(cells));
        out.push('\n');
    };
    line(&COLUMNS);
    for (at, row) in work.rows.iter().enumerate() {
        let here = work.key(at).map(|key| row.entry(key));
        line(&cells(row, work.from, false, here.as_ref()));
    }
    for row in &work.orphans {
        line(&cells(row, work.from, true, None));
    }
    out
}

fn cells<'a>(row: &'a Row, from: Lang, orphan: bool, here: Option<&Entry>) -> [&'a str; 17] {
    let (zh, en) = match from {
        Lang::Zh => (&row.source, &row.target),
        Lang::En => (&row.target, &row.source),
    };
    let facts = &row.facts;
    let how = match (orphan, facts.propagated) {
        (true, false) => "orphan",
        (true, true) => "orphan propagated",
        (false, true) => "propagated",
        (false, false) => "",
    };
    let [m0, m1, m2, m3, m4, m5, m6, m7, m8] = match facts.remembered.as_deref() {
        None => [""; 9],
        Some(entry) if here == Some(entry) => ["here", "", "", "", "", "", "", "", ""],
        Some(entry) => [
            entry.state.name(),
            &entry.document,
            entry.source(),
            entry.target(),
            &entry.prev,
            &entry.next,
            &entry.when,
            &entry.who,
            &entry.note,
        ],
    };
    let state = row.state.name();
    #[rustfmt::skip]
    let cells = [
        zh, en, state, &facts.when, &facts.who, &row.note, &facts.was, how,
        m0, m1, m2, m3, m4, m5, m6, m7, m8,
    ];
    cells
}

/// What was read of a work file.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub(super) work: Work,
    /// Whether something in the file could not be read, and a save would lose it.
    pub(super) damaged: bool,
}

/// Reads a work file. A row that cannot be understood is a finding, and kept
/// as a draft as far as it can be read. Where the file cannot be one at all,
/// the reason. Where it does not say what was translated, the language of `document` is.
pub(super) fn parse(
    path: &Path,
    bytes: &[u8],
    document: impl FnOnce() -> Option<Lang>,
) -> Result<Parsed<Read>, String> {
    let (decoded, mut findings) = decode(path, bytes).map_err(|error| match error {
        Error::File { message, .. } => message,
        other => other.to_string(),
    })?;
    let table = Table::parse(&decoded.text);
    if table.column("zh").is_none() || table.column("en").is_none() {
        return Err("no row names the columns `zh` and `en`".to_owned());
    }
    let mut damaged = decoded.damaged;
    let path: Arc<Path> = path.into();
    let mut found = |rule, line: &tsv::Line, message: String| {
        let place = Place::line(Arc::clone(&path), line.number, &line.text);
        findings.push(Finding::syntax(rule, Severity::Warning, place, message));
    };
    let mut work = top(&table, document).unwrap_or_else(|| {
        let message = "no line `# from: zh` or `# from: en` says what was translated; zh is taken";
        if let Some(line) = table.lines.first() {
            found("work-direction", line, message.into());
        }
        Work::default()
    });
    let columns = COLUMNS.map(|column| table.column(column));
    let mut here = Vec::new();
    for line in table.rows() {
        damaged |= line.width() > table.header.len();
        let cells = columns.map(|at| at.map_or_else(String::new, |at| line.cell(at).into_owned()));
        let [zh, en, stated, when, who, note, was, how, memory, rest @ ..] = cells;
        let (source, target) = match work.from {
            Lang::Zh => (zh, en),
            Lang::En => (en, zh),
        };
        let state_read = State::named(&stated).unwrap_or_else(|| {
            let message = format!("`{stated}` is no state: the unit is read as a draft");
            found("work-row", line, message);
            match target.as_str() {
                "" => State::Initial,
                _ => State::Draft,
            }
        });
        let row = Row {
            source,
            target,
            state: state_read,
            note,
            facts: Facts {
                when,
                who,
                was,
                propagated: how.ends_with("propagated"),
                remembered: State::named(&memory)
                    .map(|state| Box::new(entry(state, work.from, rest))),
            },
        };
        if how.starts_with("orphan") {
            work.orphans.push(row);
            continue;
        }
        if memory == "here" {
            here.push(work.rows.len());
        }
        work.rows.push(row);
    }
    for at in here {
        let key = work.key(at);
        if let Some(row) = work.rows.get_mut(at) {
            row.facts.remembered = key.map(|key| Box::new(row.entry(key)));
        }
    }
    work.comments = comments(&table);
    Ok(Parsed {
        value: Read { work, damaged },
        findings,
    })
}

/// The comment lines that are not [`to_text`]'s own.
fn comments(table: &Table) -> Vec<String> {
    let lines = table.lines.iter();
    let comments = lines.filter(|line| line.kind == tsv::Kind::Comment);
    let own = |text: &str| {
        let said = text.trim_start_matches('#').trim_start();
        text == TITLE || OWN.iter().any(|own| said.starts_with(own))
    };
    let added = comments.filter(|line| line.text.starts_with('#') && !own(&line.text));
    added.map(|line| line.text.clone()).collect()
}

/// What the comment lines say; `None` where neither they nor the document name the language.
fn top(table: &Table, document: impl FnOnce() -> Option<Lang>) -> Option<Work> {
    let comments = table
        .lines
        .iter()
        .filter(|line| line.kind == tsv::Kind::Comment);
    let said = |name: &str| {
        let mut said = comments.clone().filter_map(|line| {
            let (key, value) = line.text.trim_start_matches('#').split_once(':')?;
            (key.trim() == name).then(|| value.trim().to_owned())
        });
        said.next()
    };
    let from: Option<Lang> = said("from").and_then(|from| from.parse().ok());
    let to: Option<Locale> = said("to").and_then(|to| to.parse().ok());
    let other = || to.map(|to| to.lang().other());
    let from = from.or_else(other).or_else(document)?;
    Some(Work {
        document: said("document")
            .map_or_else(String::new, |name| tsv::unescape(&name).into_owned()),
        from,
        to: to.unwrap_or_else(|| from.other().into()),
        ..Work::default()
    })
}

/// The entry of the memory that a row's last cells give.
fn entry(state: State, from: Lang, cells: [String; 8]) -> Entry {
    let [document, source, target, prev, next, when, who, note] = cells;
    let (zh, en) = match from {
        Lang::Zh => (source, target),
        Lang::En => (target, source),
    };
    Entry {
        zh,
        en,
        from,
        state,
        when,
        who,
        document,
        prev,
        next,
        note,
        ..Entry::default()
    }
}
