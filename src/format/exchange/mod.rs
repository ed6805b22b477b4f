//! Files that translation tools hand to each other, read as a stream of units
//! and written: one file a format.
//!
//! A unit is given as its file has it, in as many languages as are there; what
//! to make of it is for the caller. A unit that cannot be read is
//! [`Item::Refused`], with its place and the reason, never left out.

mod columns;
mod inline;
mod pair;
mod po;
mod quoted;
mod table;
mod tmx;
mod wordfast;
pub mod write;
mod xliff;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use crate::format::heading::Why;
pub use columns::{Column, Layout, Map};
pub use pair::{Couple, couples, language};

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::model::document::{Piece, State};
use crate::text::stream::Spot;
use crate::xml::Fault;

/// A translation unit as a file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Where it begins.
    pub spot: Spot,
    /// The sheet it stands in, in a workbook.
    pub sheet: String,
    /// The tag of the language it was translated from, where the file says it.
    pub source: String,
    /// Its texts, in the file's order.
    pub variants: Vec<Variant>,
    /// How far the translation had come.
    pub state: State,
    /// Whether an aligner made it and nobody has confirmed it.
    pub aligned: bool,
    /// When it was last changed, in ISO 8601; empty where it is not known.
    pub when: String,
    /// Who changed it last.
    pub who: String,
    /// The document it belongs to.
    pub document: String,
    /// The source of the segment before it.
    pub prev: String,
    /// The source of the segment after it.
    pub next: String,
    /// Subject field.
    pub subject: String,
    /// Remarks, and what the file says beyond all this.
    pub note: String,
}

impl Unit {
    /// Adds a remark.
    fn remark(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.note.is_empty() {
            self.note.push_str(" | ");
        }
        self.note.push_str(text);
    }
}

/// One text of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variant {
    /// The tag of its language, as written.
    pub lang: String,
    /// The text, with its inline codes as this program writes them.
    pub text: String,
    /// Where it was read, piece by piece.
    pub pieces: Vec<Piece>,
}

/// A part of a file that is no unit that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where it is.
    pub spot: Spot,
    /// Why it cannot be used.
    pub reason: String,
    /// The beginning of its text, for the eye.
    pub quote: String,
}

/// What a file holds next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A unit.
    Unit(Unit),
    /// What would be one, but for the reason given.
    Refused(Refused),
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Translation Memory eXchange, 1.1 to 1.4.
    Tmx,
    /// XLIFF 1.2 and 2.0 to 2.2, and the dialects of tools.
    Xliff,
    /// GNU gettext.
    Po,
    /// Text parted by tabs.
    Tsv,
    /// Comma-separated values, by RFC 4180 or nearly.
    Csv,
    /// A workbook of a spreadsheet program.
    Sheets,
}

impl Kind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tmx => "TMX",
            Self::Xliff => "XLIFF",
            Self::Po => "PO",
            Self::Tsv => "TSV",
            Self::Csv => "CSV",
            Self::Sheets => "workbook",
        }
    }

    /// The format of a file by its name.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
        Some(match extension.as_str() {
            "tmx" => Self::Tmx,
            "xlf" | "xliff" | "sdlxliff" | "mqxliff" | "mxliff" | "txlf" => Self::Xliff,
            "po" | "pot" => Self::Po,
            "tsv" | "tab" => Self::Tsv,
            "csv" => Self::Csv,
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => Self::Sheets,
            _ => return None,
        })
    }
}

/// What a user says about files, where their readers do not find it out rightly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Their encoding, as a label of the Encoding Standard.
    pub encoding: Option<String>,
    /// The columns of tables.
    pub map: Map,
}

/// The name of a file that means standard input.
pub const STDIN: &str = "-";

/// The bytes of a file being read.
pub type Bytes = Box<dyn Read + Send>;

/// A file being read, unit by unit.
///
/// ```
/// use std::path::Path;
/// use zhengming::format::exchange::{Ask, Item, Kind, Reader};
/// let tmx = "<tmx version='1.4'><header srclang='zh'/><body><tu>\
///     <tuv xml:lang='zh-CN'><seg>能源部</seg></tuv>\
///     <tuv xml:lang='en-US'><seg>Department of Energy</seg></tuv></tu></body></tmx>";
/// let bytes = Box::new(tmx.as_bytes());
/// let mut reader = Reader::new(Path::new("a.tmx"), bytes, Kind::Tmx, &Ask::default()).unwrap();
/// let Some(Item::Unit(unit)) = reader.next_item().unwrap() else { panic!() };
/// assert_eq!((unit.variants[1].lang.as_str(), unit.variants[0].text.as_str()), ("en-US", "能源部"));
/// assert_eq!(reader.next_item().unwrap(), None);
/// ```
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    /// Its format.
    pub kind: Kind,
    from: From,
}

#[derive(Debug)]
enum From {
    Tmx(Box<tmx::Tmx>),
    Xliff(Box<xliff::Xliff>),
    Po(Box<po::Po>),
    Table(Box<table::Table>),
}

impl Reader {
    /// Opens a file whose format its name or its first bytes tell; [`STDIN`] too.
    ///
    /// # Errors
    /// The file cannot be read, or is of none of the formats.
    pub fn open(path: &Path, ask: &Ask) -> Result<Self> {
        let refused = |e| Error::io("read", path, e);
        let mut file: Bytes = if path == Path::new(STDIN) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(refused)?)
        };
        let mut head = Vec::new();
        let beginning = (&mut file).take(4096).read_to_end(&mut head);
        beginning.map_err(refused)?;
        // Spreadsheets save text parted by tabs under the name of plain text.
        let tabbed = || {
            let plain = path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("txt"));
            (plain && head.contains(&b'\t')).then_some(Kind::Tsv)
        };
        let Some(kind) = Kind::of(path).or_else(|| sniff(&head)).or_else(tabbed) else {
            let message = "its format is not known: use a TMX, XLIFF, PO, TSV, CSV or XLSX file, or text parted by tabs";
            return Err(Error::file(path, None, message));
        };
        let bytes = Box::new(io::Cursor::new(head).chain(file));
        Self::new(path, bytes, kind, ask)
    }

    /// Reads bytes of a format; the path is for errors and what only a name tells.
    ///
    /// # Errors
    /// A workbook that is none.
    pub fn new(path: &Path, bytes: Bytes, kind: Kind, ask: &Ask) -> Result<Self> {
        let encoding = ask.encoding.as_deref();
        let map = || ask.map.clone();
        let from = match kind {
            Kind::Tmx => From::Tmx(Box::new(tmx::Tmx::new(bytes, encoding))),
            Kind::Xliff => From::Xliff(Box::new(xliff::Xliff::new(bytes, encoding))),
            Kind::Po => From::Po(Box::new(po::Po::new(bytes, encoding, tag_in_name(path)))),
            Kind::Tsv | Kind::Csv => {
                let tabs = kind == Kind::Tsv;
                From::Table(Box::new(table::Table::text(bytes, encoding, tabs, map())))
            }
            Kind::Sheets => {
                let table = table::Table::workbook(bytes, map());
                From::Table(Box::new(table.map_err(|why| Error::file(path, None, why))?))
            }
        };
        Ok(Self {
            path: path.to_owned(),
            kind,
            from,
        })
    }

    /// What comes next; `None` at the end. After an error there is nothing more.
    ///
    /// # Errors
    /// The file is broken from here on, or the system refuses to read on.
    pub fn next_item(&mut self) -> Result<Option<Item>> {
        let next = match &mut self.from {
            From::Tmx(tmx) => tmx.next_item(),
            From::Xliff(xliff) => xliff.next_item(),
            From::Po(po) => po.next_item(),
            From::Table(table) => table.next_item(),
        };
        next.map_err(|fault| fault.error(&self.path))
    }

    /// What was found since the last call that kept nothing from being read.
    pub fn notes(&mut self) -> Vec<Fault> {
        match &mut self.from {
            From::Tmx(tmx) => tmx.xml.notes(),
            From::Xliff(xliff) => xliff.xml.notes(),
            From::Po(po) => po.notes(),
            From::Table(table) => table.notes(),
        }
    }

    /// How the tables begun since the last call are read; none of this program's own.
    pub fn layouts(&mut self) -> Vec<Layout> {
        match &mut self.from {
            From::Table(table) => table.layouts(),
            From::Tmx(_) | From::Xliff(_) | From::Po(_) => Vec::new(),
        }
    }

    /// The encoding, and whether it is a guess. Known once something was read.
    pub fn encoding(&mut self) -> (&'static str, bool) {
        match &mut self.from {
            From::Tmx(tmx) => tmx.xml.encoding(),
            From::Xliff(xliff) => xliff.xml.encoding(),
            From::Po(po) => po.text.encoding(),
            From::Table(table) => table.encoding(),
        }
    }

    /// Bytes of the file taken so far.
    pub fn bytes(&mut self) -> u64 {
        match &mut self.from {
            From::Tmx(tmx) => tmx.xml.bytes(),
            From::Xliff(xliff) => xliff.xml.bytes(),
            From::Po(po) => po.text.taken(),
            From::Table(table) => table.bytes(),
        }
    }

    /// Whether this program wrote the file.
    pub fn own(&self) -> bool {
        match &self.from {
            From::Tmx(tmx) => tmx.own,
            From::Table(table) => table.own,
            From::Xliff(xliff) => xliff.own,
            From::Po(po) => po.own(),
        }
    }
}

/// The format that the first bytes of a file tell.
fn sniff(head: &[u8]) -> Option<Kind> {
    // UTF-16 has its letters apart.
    let letters: Vec<u8> = head.iter().copied().filter(|&byte| byte != 0).collect();
    let text = String::from_utf8_lossy(&letters);
    if text.contains("<tmx") {
        return Some(Kind::Tmx);
    }
    if text.contains("<xliff") || text.contains(":xliff") {
        return Some(Kind::Xliff);
    }
    let po = text.lines().any(|line| line.starts_with("msgid \""));
    po.then_some(Kind::Po)
}

/// The language that a file's name or folder tells: `zh_CN.po`, `zh_TW/LC_MESSAGES/a.po`.
fn tag_in_name(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let folders = path.ancestors().skip(1).filter_map(Path::file_name);
    let names = [stem].into_iter().chain(
        folders
            .take(2)
            .map(|name| name.to_string_lossy().into_owned()),
    );
    for name in names {
        if let Some((_, tag)) = crate::lang::tagged(&name) {
            return Some(tag.to_owned());
        }
    }
    None
}

/// A date as TMX writes it, or as people do with the year first, in ISO 8601; `None`
/// where it is none.
fn iso(date: &str) -> Option<String> {
    let date = date.trim();
    let digits: String = date.chars().filter(char::is_ascii_digit).collect();
    let plain = date.chars().all(|c| c.is_ascii_digit() || "TZ".contains(c));
    let parts = |at: usize, len: usize| crate::span::Span::new(at, at + len).of(&digits);
    let text = match (plain, digits.len()) {
        (true, 8) => format!("{}-{}-{}", parts(0, 4), parts(4, 2), parts(6, 2)),
        (true, 14) => {
            let time = format!("{}:{}:{}", parts(8, 2), parts(10, 2), parts(12, 2));
            format!("{}-{}-{}T{time}Z", parts(0, 4), parts(4, 2), parts(6, 2))
        }
        _ => date.to_owned(),
    };
    // Dates are compared as text: what names another zone is brought to UTC.
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some(time.to_string());
    }
    if text.parse::<jiff::civil::Date>().is_ok() {
        return Some(text);
    }
    // The year first, then nothing is read in two ways: 2019年3月5日, 2019/3/5.
    crate::format::date::beginning(date).map(|date| date.to_string())
}

/// The state that a tool's own word for it stands for: SDL's confirmation
/// levels, memoQ's, and this program's; and whether an aligner made the unit.
fn state(word: &str) -> Option<(State, bool)> {
    let word = word.trim();
    if word.eq_ignore_ascii_case("aligned") {
        return Some((State::Draft, true));
    }
    let state = match word.to_ascii_lowercase().as_str() {
        "unspecified" | "notstarted" | "initial" | "x-initial" | "new" => State::Initial,
        "draft"
        | "rejectedtranslation"
        | "rejectedsignoff"
        | "edited"
        | "pretranslated"
        | "partiallyedited"
        | "machinetranslated"
        | "fuzzy"
        | "rejected" => State::Draft,
        "translated"
        | "confirmed"
        | "manuallyconfirmed"
        | "assembledfromfragments"
        | "translatorconfirmed" => State::Translated,
        "approvedtranslation" | "reviewed" | "reviewer1confirmed" | "proofread" => State::Reviewed,
        "approvedsignoff" | "final" | "reviewer2confirmed" | "signed-off" => State::Final,
        _ => return None,
    };
    Some((state, false))
}

/// The beginning of a text, for the eye.
fn quote(text: &str) -> String {
    text.chars().take(120).collect()
}

/// The language of a side that a file names; texts tell where it names none.
fn side(tag: &str) -> Option<Lang> {
    pair::language(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn bytes(text: &str) -> Bytes {
        Box::new(io::Cursor::new(text.as_bytes().to_vec()))
    }

    /// Every item that `next` gives: a unit by its line and as `short` says it, what is
    /// refused, or ends the reading, by its line and why.
    pub(super) fn listed(
        mut next: impl FnMut() -> std::result::Result<Option<Item>, Fault>,
        short: impl Fn(&Unit) -> String,
    ) -> Vec<String> {
        let mut found = Vec::new();
        loop {
            match next() {
                Ok(Some(Item::Unit(u))) => found.push(format!("{} {}", u.spot.line, short(&u))),
                Ok(Some(Item::Refused(r))) => found.push(format!("{} {}", r.spot.line, r.reason)),
                Ok(None) => return found,
                Err(fault) => {
                    found.push(format!("{}: {}", fault.spot.line, fault.message));
                    return found;
                }
            }
        }
    }

    #[test]
    fn dates_of_all_kinds() {
        for (date, expected) in [
            ("20020401T101523Z", Some("2002-04-01T10:15:23Z")),
            ("20020401", Some("2002-04-01")),
            ("2002-04-01T10:15:23Z", Some("2002-04-01T10:15:23Z")),
            ("2024-03-05T10:00:00+08:00", Some("2024-03-05T02:00:00Z")),
            ("2019年3月5日", Some("2019-03-05")),
            ("2019/3/6 10:20", Some("2019-03-06")),
            ("5/3/2019", None),
            ("20021332T101523Z", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(iso(date).as_deref(), expected, "{date}");
        }
    }
}
