//! Other people's glossaries into one of ours.
//!
//! A file is read by the [`exchange`] formats; the columns of
//! a table are guessed ([`layout`]) and its rows become concepts; each concept
//! is compared with the glossary ([`plan`]), and only then is anything written.
//! No row vanishes: each is new, updated, unchanged, in conflict or rejected.

mod cells;
mod filler;
mod group;
mod layout;
mod marks;
mod names;
pub(crate) mod packed;
mod plan;
mod rows;

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

pub use crate::format::heading::Why;
pub use layout::{Column, Layout, Map};
pub use plan::{Change, Class, Plan, Planned, Policy};

use super::columns::{self, Field, Slot};
use super::exchange::{self, Asked, Body, Content, Encoding, Grid, Record, Remark, Spot};
use super::words;
use crate::error::{Error, Result};
use crate::format::exchange::STDIN;
use crate::lang::Locale;
use crate::tsv;
use rows::{Outcome, Reader, Wanted};

/// What a user says about an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is said by the user for itself"
)]
pub struct Options {
    /// The encoding and the sheets.
    pub asked: Asked,
    /// Columns.
    pub map: Map,
    /// Texts that every row gets where it has none: column and text.
    pub set: Vec<(String, String)>,
    /// Whether no row of a table names its columns.
    pub no_header: bool,
    /// Whether packed cells are parted.
    pub split: bool,
    /// Whether texts that were read in a wrong encoding are restored.
    pub repair: bool,
    /// Whether rows with a term in one language only are taken.
    pub incomplete: bool,
    /// What is done about conflicts.
    pub policy: Policy,
    /// What the workspace's Chinese is written in.
    pub home: Option<Locale>,
}

/// A cell that holds more than one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// Where.
    pub spot: Spot,
    /// As it stands.
    pub cell: String,
    /// What it is parted into.
    pub parts: String,
}

/// A table of a file, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name, in a workbook.
    pub sheet: Option<String>,
    /// How it is read.
    pub layout: Layout,
    /// The line or row that names the columns, where one does.
    pub header_line: Option<u32>,
}

/// A file that has been read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// Its format, for people.
    pub format: String,
    /// How its text was read.
    pub encoding: Option<Encoding>,
    /// Its tables, where its format is one of tables.
    pub tables: Vec<Table>,
    /// What is to be known about places of it.
    pub remarks: Vec<Remark>,
    /// Cells that hold more than one term.
    pub packed: Vec<Packed>,
    /// Its rows, in order.
    outcomes: Vec<Outcome>,
    /// Whether it is in our own format: rows with one language are meant.
    ours: bool,
}

impl Source {
    /// How many rows it has.
    pub fn read(&self) -> usize {
        let rows = self.outcomes.iter().map(|outcome| match outcome {
            Outcome::Record(record) => record.rows,
            Outcome::Rejected(..) => 1,
        });
        rows.sum()
    }

    /// Its concepts.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Record(record) => Some(record),
            Outcome::Rejected(..) => None,
        })
    }
}

/// Whether a name is that of a column of a glossary.
pub(crate) fn is_column(name: &str) -> bool {
    columns::field(name).is_some()
}

/// Reads a file; [`STDIN`] is standard input.
///
/// # Errors
/// It cannot be read, is in no format known here, or its columns cannot be told.
pub fn read(path: &Path, options: &Options) -> Result<Source> {
    let bytes = if path == Path::new(STDIN) {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|e| Error::io("read", path, e))?;
    parse(path, &bytes, options)
}

/// Reads the bytes of a file.
///
/// # Errors
/// As [`read`].
pub fn parse(path: &Path, bytes: &[u8], options: &Options) -> Result<Source> {
    let content = exchange::read(path, bytes, &options.asked)?;
    let Content {
        format,
        encoding,
        body,
        remarks,
        rejected,
    } = content;
    let rejected = rejected
        .into_iter()
        .map(|(spot, why)| Outcome::Rejected(spot, why));
    let mut source = Source {
        path: path.to_owned(),
        format,
        encoding,
        tables: Vec::new(),
        remarks,
        packed: Vec::new(),
        outcomes: rejected.collect(),
        ours: false,
    };
    match body {
        Body::Records(mut records) => {
            for record in &mut records {
                at_home(record, options.home);
            }
            let records = records.into_iter().map(Outcome::Record);
            source.outcomes.extend(records);
            source.outcomes.sort_by(|a, b| a.spot().cmp(b.spot()));
        }
        Body::Grids(mut grids) => {
            if options.repair {
                let repaired = grids.iter_mut().filter_map(rows::repair);
                source.remarks.extend(repaired);
            }
            source.grids(&grids, options)?;
        }
    }
    let sets: Vec<(Field, Cow<'_, str>)> = options.set.iter().map(said).collect::<Result<_>>()?;
    for outcome in &mut source.outcomes {
        if let Outcome::Record(record) = outcome {
            let missing = sets
                .iter()
                .filter(|(field, _)| record.list(*field).is_empty());
            for (field, text) in missing.collect::<Vec<_>>() {
                record.join(*field, text);
            }
        }
    }
    Ok(source)
}

/// What `--set` says of a column.
fn said((name, text): &(String, String)) -> Result<(Field, Cow<'_, str>)> {
    let field = columns::field(name)
        .ok_or_else(|| Error::Usage(format!("--set: `{name}` is no column of a glossary")))?;
    let text = words::value(field, text).ok_or_else(|| {
        let takes = words::takes(field);
        Error::Usage(format!("--set: `{text}` is no `{name}`: write {takes}"))
    })?;
    Ok((field, text))
}

/// A workspace whose Chinese is a region's keeps that in `zh`, where there is no other.
fn at_home(record: &mut Record, home: Option<Locale>) {
    let Some(home) = home.filter(|home| home.traditional()) else {
        return;
    };
    let (own, zh) = (
        columns::of_locale(home, Slot::Preferred),
        columns::of_locale(Locale::Hans, Slot::Preferred),
    );
    if record.list(zh).is_empty()
        && let Some(list) = record.cells.remove(&own)
    {
        record.cells.insert(zh, list);
    }
}

impl Outcome {
    fn spot(&self) -> &Spot {
        match self {
            Self::Record(record) => &record.spot,
            Self::Rejected(spot, _) => spot,
        }
    }
}

impl Source {
    /// Reads the tables of which it is known what their columns hold; there must be one.
    fn grids(&mut self, grids: &[Grid], options: &Options) -> Result<()> {
        let mut whys = Vec::new();
        for grid in grids {
            let refused = match rows::misread_as_whole(grid) {
                Some(why) if !options.repair => Err(why),
                _ => layout::layout(grid, &options.map, options.home, options.no_header),
            };
            match refused {
                Ok(layout) => self.grid(grid, layout, options),
                Err(why) => whys.push((grid, why)),
            }
        }
        let sheet = |grid: &Grid| match &grid.sheet {
            Some(sheet) => format!("sheet `{sheet}`: "),
            None => String::new(),
        };
        if self.tables.is_empty() && self.outcomes.is_empty() {
            let whys: Vec<String> = whys.iter().map(|(grid, why)| sheet(grid) + why).collect();
            let why = if whys.is_empty() {
                "holds no table".to_owned()
            } else {
                whys.join("; ")
            };
            return Err(Error::file(&self.path, None, why));
        }
        for (grid, why) in whys.into_iter().filter(|(grid, _)| !grid.rows.is_empty()) {
            let spot = Spot {
                sheet: grid.sheet.clone(),
                line: 1,
                column: 0,
            };
            let rows = grid.rows.len();
            let plural = if rows == 1 { "" } else { "s" };
            let message = format!("not read, {rows} row{plural}: {why}");
            self.remarks.push(Remark::new(spot, "sheet", message));
        }
        self.remarks.sort_by_cached_key(|remark| {
            let of = |grid: &Grid| grid.sheet == remark.spot.sheet;
            let sheet = grids.iter().position(of);
            (sheet, remark.spot.line, remark.spot.column)
        });
        Ok(())
    }

    fn grid(&mut self, grid: &Grid, layout: Layout, options: &Options) {
        let above = layout.skip - layout.header;
        for row in grid.rows.iter().take(above) {
            let spot = Spot {
                sheet: grid.sheet.clone(),
                line: row.line,
                column: 0,
            };
            let mut text: Vec<&str> = row
                .cells
                .iter()
                .map(|c| c.text.trim())
                .filter(|t| !t.is_empty())
                .collect();
            text.dedup();
            let shown = cells::short(&text.join(" "));
            // A title is one text; several may be a row of the list.
            if text.len() > 1 {
                let why = format!(
                    "`{shown}`: above the row that names the columns; if none does, use --no-header"
                );
                self.outcomes.push(Outcome::Rejected(spot, why));
                continue;
            }
            let message = format!("above the table, not a row: `{shown}`");
            self.remarks.push(Remark::new(spot, "title", message));
        }
        let wanted = Wanted {
            split: options.split,
            repair: options.repair,
        };
        let unread = self.encoding.as_ref().map(|encoding| &encoding.unread);
        for list in layout.lists() {
            let mut reader = Reader::new(grid, &list, wanted, unread);
            self.outcomes.extend(reader.read());
            self.remarks.append(&mut reader.remarks);
            self.packed.append(&mut reader.packed);
        }
        // A row with one language only is meant in a file of ours; two columns alone do not show that it is one.
        let ours = |c: &Column| columns::field(&c.name).is_some_and(columns::is_only_here);
        self.ours |= layout.ours && (grid.escaped || layout.columns.iter().any(ours));
        self.remarks.extend(layout.remarks.iter().map(|message| {
            Remark::new(
                Spot {
                    sheet: grid.sheet.clone(),
                    line: 1,
                    column: 0,
                },
                "columns",
                message.clone(),
            )
        }));
        let header = (layout.header > 0)
            .then(|| grid.rows.get(layout.skip - 1))
            .flatten();
        self.tables.push(Table {
            sheet: grid.sheet.as_deref().map(str::to_owned),
            header_line: header.map(|row| row.line),
            layout,
        });
    }
}

/// What files would change in a glossary, which need not be there yet.
///
/// # Errors
/// The glossary is there and cannot be read.
pub fn dry_run(into: &Path, sources: &[Source], options: &Options) -> Result<Plan> {
    let text = match fs::read(into) {
        Ok(bytes) => utf8(into, bytes)?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(Error::io("read", into, e)),
    };
    plan::plan(into, &text, sources, options)
}

/// Writes what files change in a glossary: all of it, or where something fails nothing.
///
/// The plan is made anew under the glossary's lock, so that what others wrote
/// meanwhile counts. Nothing is written where the policy is to stop at conflicts
/// and there are some.
///
/// # Errors
/// The glossary cannot be read or written.
pub fn write(into: &Path, sources: &[Source], options: &Options) -> Result<Plan> {
    if let Some(folder) = into.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
    }
    let was_there = into.exists();
    let lock = tsv::Lock::file(into)?;
    let done = (|| {
        let bytes = fs::read(into).map_err(|e| Error::io("read", into, e))?;
        let mut plan = plan::plan(into, &utf8(into, bytes)?, sources, options)?;
        if let Some(text) = &plan.text {
            tsv::write_atomic(into, text.as_bytes())?;
            plan.written = true;
        }
        Ok(plan)
    })();
    // The lock made an empty file of a glossary that is new; where nothing came of it, it goes.
    let empty = fs::metadata(into).is_ok_and(|m| m.len() == 0);
    if !was_there && empty {
        let _ = fs::remove_file(into);
    }
    drop(lock);
    done
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| {
        let message = "not UTF-8, so nothing can be added to it: import it into a new file first";
        Error::file(path, None, message)
    })
}
