//! This program's own columns, as TSV or CSV.

use std::io::{self, Write};

use super::Pair;
use crate::lang::Lang;
use crate::tsv;

/// The columns, as in a memory file.
const COLUMNS: [&str; 11] = [
    "zh", "en", "from", "state", "when", "who", "document", "prev", "next", "subject", "note",
];

#[derive(Debug)]
pub(super) enum Table<W: Write> {
    Tsv(W),
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Table<W> {
    pub(super) fn tsv(out: W) -> io::Result<Self> {
        let mut table = Self::Tsv(out);
        table.row(&COLUMNS)?;
        Ok(table)
    }

    pub(super) fn csv(out: W) -> io::Result<Self> {
        let mut table = Self::Csv(Box::new(csv::Writer::from_writer(out)));
        table.row(&COLUMNS)?;
        Ok(table)
    }

    fn row(&mut self, cells: &[&str]) -> io::Result<()> {
        match self {
            Self::Tsv(out) => writeln!(out, "{}", tsv::join(cells)),
            Self::Csv(csv) => csv.write_record(cells).map_err(io::Error::from),
        }
    }

    pub(super) fn unit(&mut self, pair: Pair<'_>) -> io::Result<()> {
        let unit = pair.unit;
        let (zh, en) = match pair.from {
            Lang::Zh => (pair.source, pair.target),
            Lang::En => (pair.target, pair.source),
        };
        let state = if unit.aligned {
            "aligned"
        } else {
            unit.state.name()
        };
        self.row(&[
            zh,
            en,
            pair.from.tag(),
            state,
            &unit.when,
            &unit.who,
            &unit.document,
            &unit.prev,
            &unit.next,
            &unit.subject,
            &unit.note,
        ])
    }

    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Tsv(mut out) => out.flush(),
            Self::Csv(mut csv) => csv.flush(),
        }
    }
}
