//! What was reviewed, into a memory.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use super::{Alignment, Bead, Mark};
use crate::error::{Error, Result};
use crate::glossary;
use crate::lang::Lang;
use crate::memory::file::COLUMNS;
use crate::project::{Project, Reserved};
use crate::tsv::{Lock, Table, write_atomic};

/// Which beads go into a memory. Those with an empty side never do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Least {
    /// What was accepted.
    Accepted,
    /// What was accepted, and what has at least this score.
    Score(f32),
}

impl Least {
    /// Whether a bead goes.
    pub fn wants(self, bead: &Bead) -> bool {
        let sure = match self {
            Self::Accepted => false,
            Self::Score(least) => bead.score.is_some_and(|score| score >= least),
        };
        !bead.one_sided() && (bead.mark == Mark::Accepted || sure)
    }
}

/// A unit on its way to a memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aligned {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
    /// The sentence before it in the language translated from; empty for none.
    pub prev: String,
    /// The sentence after it.
    pub next: String,
}

impl Aligned {
    /// The unit of some sentences of both texts. `text` gives the text of sentences, empty for
    /// places that there are none at.
    pub fn new(
        from: Lang,
        [zh, en]: [&Range<u32>; 2],
        text: impl Fn(Lang, &Range<u32>) -> String,
    ) -> Self {
        let own = match from {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let before = own.start.checked_sub(1);
        Self {
            zh: text(Lang::Zh, zh),
            en: text(Lang::En, en),
            prev: before.map_or_else(String::new, |at| text(from, &(at..own.start))),
            next: text(from, &(own.end..own.end + 1)),
        }
    }
}

/// What was added to a memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Units added.
    pub added: usize,
    /// Units that were there before.
    pub there: usize,
}

/// The beads that are wanted, as units translated from a language.
pub fn units(
    alignment: &Alignment,
    least: Least,
    from: Lang,
) -> impl Iterator<Item = Aligned> + '_ {
    let wanted = alignment.beads.iter().filter(move |bead| least.wants(bead));
    wanted.map(move |bead| {
        let of = [Lang::Zh, Lang::En].map(|lang| &bead.of[lang]);
        Aligned::new(from, of, |lang, range| alignment.text(lang, range))
    })
}

/// Refuses a file that is no memory to add to, before there is anything to add.
///
/// # Errors
/// The file has the name of another format, is the journal, or is among the glossaries.
pub fn may_be_memory(path: &Path, project: &Project) -> Result<()> {
    const OTHERS: &[&str] = &[
        "tmx", "xlf", "xliff", "po", "csv", "xlsx", "json", "tbx", "md", "txt",
    ];
    let refuse = |message: &str| Err(Error::file(path, None, message));
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    if OTHERS.contains(&extension.to_ascii_lowercase().as_str()) {
        return refuse(
            "a memory is a file like memories/x.tsv; other formats are printed by --format",
        );
    }
    match project.reserved(path) {
        Some(Reserved::Glossary) => refuse(GLOSSARY),
        Some(Reserved::Journal) => {
            refuse("the journal holds what is confirmed here: name another memory")
        }
        None => Ok(()),
    }
}

/// What is said of a glossary that units are to be added to.
const GLOSSARY: &str =
    "this is a glossary, and sentences are no terms: name a memory, like memories/x.tsv";

/// Adds units to a memory file, marked as aligned. The file is made where it is not there.
///
/// # Errors
/// The file cannot be read or written, or is no memory.
pub fn send(
    units: impl Iterator<Item = Aligned>,
    path: &Path,
    from: Lang,
    document: &str,
) -> Result<Sent> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, e))?;
    }
    let _lock = Lock::file(path)?;
    let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
    if glossary::is_one(text.as_bytes()) {
        return Err(Error::file(path, Some(1), GLOSSARY));
    }
    let mut table = if text.trim().is_empty() {
        Table::new(&COLUMNS)
    } else {
        Table::parse(&text)
    };
    let (Some(zh), Some(en)) = (table.column("zh"), table.column("en")) else {
        let message = "this is no memory: its first row must name the columns zh and en";
        return Err(Error::file(path, Some(1), message));
    };
    for column in ["from", "state", "document", "prev", "next"] {
        table.add_column(column);
    }
    let mut known: HashSet<(String, String)> = table
        .rows()
        .map(|row| (row.cell(zh).into_owned(), row.cell(en).into_owned()))
        .collect();
    let mut sent = Sent::default();
    for unit in units {
        let texts = (unit.zh, unit.en);
        if known.contains(&texts) {
            sent.there += 1;
            continue;
        }
        table.append(&[
            ("zh", &texts.0),
            ("en", &texts.1),
            ("from", from.tag()),
            ("state", "aligned"),
            ("document", document),
            ("prev", &unit.prev),
            ("next", &unit.next),
        ]);
        sent.added += 1;
        known.insert(texts);
    }
    write_atomic(path, table.to_text().as_bytes())?;
    Ok(sent)
}
