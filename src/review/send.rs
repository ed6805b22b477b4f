//! What was reviewed, into a memory.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::{Alignment, Bead, Mark};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::memory::file::COLUMNS;
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

/// What was added to a memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Units added.
    pub added: usize,
    /// Units that were there before.
    pub there: usize,
}

/// The beads that are wanted, as pairs of Chinese and English.
pub fn pairs(alignment: &Alignment, least: Least) -> impl Iterator<Item = (String, String)> {
    let wanted = alignment.beads.iter().filter(move |bead| least.wants(bead));
    wanted.map(|bead| {
        let text = |lang| alignment.text(lang, &bead.of[lang]);
        (text(Lang::Zh), text(Lang::En))
    })
}

/// Adds pairs of Chinese and English to a memory file, marked as aligned. The file is made
/// where it is not there.
///
/// # Errors
/// The file cannot be read or written, or is no memory.
pub fn send(
    pairs: impl Iterator<Item = (String, String)>,
    path: &Path,
    from: Lang,
    document: &str,
) -> Result<Sent> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, e))?;
    }
    let _lock = Lock::file(path)?;
    let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
    let mut table = if text.trim().is_empty() {
        Table::new(&COLUMNS)
    } else {
        Table::parse(&text)
    };
    let (Some(zh), Some(en)) = (table.column("zh"), table.column("en")) else {
        let message = "this is no memory: its first row must name the columns zh and en";
        return Err(Error::file(path, Some(1), message));
    };
    for column in ["from", "state", "document"] {
        table.add_column(column);
    }
    let mut known: HashSet<(String, String)> = table
        .rows()
        .map(|row| (row.cell(zh).into_owned(), row.cell(en).into_owned()))
        .collect();
    let mut sent = Sent::default();
    for texts in pairs {
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
        ]);
        sent.added += 1;
        known.insert(texts);
    }
    write_atomic(path, table.to_text().as_bytes())?;
    Ok(sent)
}
