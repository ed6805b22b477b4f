//! Memory TSV: a header row, of which only `zh` and `en` are needed, then one
//! unit a row. Read line by line: a file of millions of rows is never held.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use super::entry::{Entry, Mark, Record, state_cell, state_of};
use crate::error::{Error, Result};
use crate::finding::{Finding, Parsed, Place, Severity};
use crate::lang::Lang;
use crate::tsv;

/// The columns of a memory file as this program writes it.
pub const COLUMNS: [&str; 11] = [
    "zh", "en", "from", "state", "when", "who", "document", "prev", "next", "subject", "note",
];

/// Reads all lines of a memory file. Every row that cannot be used is a
/// finding (rule `tm-syntax`) with its line and the reason.
///
/// # Errors
/// A file that cannot be read at all.
pub fn read(path: &Path) -> Result<Parsed<Vec<Record>>> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    let mut lines = Lines::new(path, file);
    let mut records = Vec::new();
    while let Some(record) = lines.next_record()? {
        records.push(record);
    }
    Ok(Parsed {
        value: records,
        findings: lines.findings,
    })
}

/// Refuses a file that is no memory at all, by its beginning.
///
/// # Errors
/// It cannot be read; its first row is not a memory's; it is not UTF-8. Each says what to do.
pub fn usable(path: &Path) -> Result<()> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    let mut lines = Lines::new(path, file.take(BEGINNING));
    // A first record comes behind a header that can be used.
    lines.next_record()?;
    if lines.header != Some(Header::NONE) {
        return Ok(());
    }
    let first = lines.findings.first();
    let why = match first.filter(|finding| finding.severity != Severity::Error) {
        Some(finding) => finding.message.trim_end_matches("; left out"),
        None => "its first row does not name the columns `zh` and `en`",
    };
    let message =
        format!("this is no memory: {why}; `zm memory import` makes one of files of other tools");
    let line = first.map(|finding| finding.place.line);
    Err(Error::file(path, line, message))
}

/// The bytes that show whether a file is a memory.
const BEGINNING: u64 = 1 << 16;

/// The text of a memory file with these records.
pub fn text(records: &[Record]) -> String {
    let header = Header::default();
    let mut text = header_line();
    for record in records {
        text.push_str(&header.row(record));
    }
    text
}

/// The name of a memory: its file's, without the extension.
pub(super) fn label(path: &Path) -> Arc<str> {
    path.file_stem()
        .map_or(Cow::Borrowed("memory"), |s| s.to_string_lossy())
        .into()
}

/// The header row of [`COLUMNS`], with its line end.
pub(super) fn header_line() -> String {
    COLUMNS.join("\t") + "\n"
}

/// Where each column stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The place of each of [`COLUMNS`].
    places: [Option<usize>; 11],
    /// How many columns there are.
    width: usize,
}

impl Default for Header {
    /// The columns as this program writes them.
    fn default() -> Self {
        Self {
            places: std::array::from_fn(Some),
            width: COLUMNS.len(),
        }
    }
}

impl Header {
    /// A header under which no row can be read.
    const NONE: Self = Self {
        places: [None; 11],
        width: 0,
    };

    /// Reads a header row; the reason where it is none.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let names: Vec<String> = tsv::cells(line)
            .map(|c| c.trim().to_ascii_lowercase())
            .collect();
        let places = COLUMNS.map(|column| names.iter().position(|name| name == column));
        match places {
            [Some(_), Some(_), ..] => Ok(Self {
                places,
                width: names.len(),
            }),
            _ => Err(format!(
                "this is not the header of a memory: it needs the columns `zh` and `en`, and has {}",
                names.join(", ")
            )),
        }
    }

    /// The columns that are missing.
    pub(super) fn missing(&self) -> impl Iterator<Item = &'static str> {
        let places = COLUMNS.iter().zip(self.places);
        places
            .filter(|(_, place)| place.is_none())
            .map(|(name, _)| *name)
    }

    /// A record as a row under this header, with its line end.
    pub(super) fn row(&self, record: &Record) -> String {
        self.filled(Vec::new(), record)
    }

    /// A row that says what a record does, with its line end; what it says in
    /// columns that are not known here stays.
    pub(super) fn rewritten(&self, line: &str, record: &Record) -> String {
        self.filled(tsv::cells(line).collect(), record)
    }

    fn filled<'c>(&self, mut cells: Vec<Cow<'c, str>>, record: &'c Record) -> String {
        let entry = &record.entry;
        let values: [&'c str; 11] = [
            &entry.zh,
            &entry.en,
            entry.from.tag(),
            state_cell(record),
            &entry.when,
            &entry.who,
            &entry.document,
            &entry.prev,
            &entry.next,
            &entry.subject,
            &entry.note,
        ];
        cells.resize(self.width, Cow::Borrowed(""));
        for (value, place) in values.into_iter().zip(self.places) {
            if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
                *cell = Cow::Borrowed(value);
            }
        }
        tsv::join(&cells) + "\n"
    }

    /// Reads a row; the reason where it cannot be used. The second value says
    /// what is odd about a row that can.
    pub(super) fn record(&self, line: &str) -> Result<(Record, Option<String>), String> {
        let (record, odd) = self.row_of(line)?;
        // Taking back needs no translation, everything else both texts.
        let needed: &[Lang] = match record.mark {
            Mark::Stands => &[Lang::Zh, Lang::En],
            Mark::Unconfirmed | Mark::Deleted => &[record.entry.from],
        };
        let mut needed = needed.iter();
        if let Some(empty) = needed.find(|lang| record.entry.text(**lang).trim().is_empty()) {
            return Err(format!("the cell `{empty}` is empty"));
        }
        Ok((record, odd))
    }

    /// As [`record`](Self::record), of a row that lacks a text too.
    fn row_of(&self, line: &str) -> Result<(Record, Option<String>), String> {
        let cells: Vec<Cow<'_, str>> = tsv::cells(line).collect();
        if cells.len() > self.width {
            return Err(format!(
                "the row has {} cells and the header {}: a tab in a text must be written \\t",
                cells.len(),
                self.width
            ));
        }
        let [
            zh,
            en,
            from,
            state,
            when,
            who,
            document,
            prev,
            next,
            subject,
            note,
        ] = self.places.map(|place| {
            let cell = place.and_then(|place| cells.get(place));
            cell.map_or_else(String::new, |cell| cell.clone().into_owned())
        });
        let from = match from.trim() {
            "" => Lang::default(),
            tag => tag.parse()?,
        };
        let (mark, state, aligned) = state_of(&state).ok_or_else(|| {
            format!(
                "`{}` is not a state: use draft, translated, reviewed, final or aligned",
                state.trim()
            )
        })?;
        let entry = Entry {
            zh,
            en,
            from,
            state,
            aligned,
            when,
            who,
            document,
            prev,
            next,
            subject,
            note,
            ..Entry::default()
        };
        let odd = (cells.len() < self.width).then(|| {
            format!(
                "the row has {} of {} cells; the others count as empty",
                cells.len(),
                self.width
            )
        });
        Ok((Record { entry, mark }, odd))
    }
}

/// The records of a file or of a part of one, line by line.
#[derive(Debug)]
pub(super) struct Lines<R> {
    path: Arc<Path>,
    label: Arc<str>,
    reader: BufReader<R>,
    /// `None` until it was read; a file whose header cannot be used has no rows.
    pub(super) header: Option<Header>,
    /// Lines read so far, whole ones.
    pub(super) number: u32,
    /// Bytes read so far, of whole lines.
    pub(super) bytes: u64,
    /// Whether a last line without its end is a row (not in a journal, where it is torn).
    whole: bool,
    /// Whether rows that lack a text are given as well.
    pub(super) halves: bool,
    /// Lines that cannot be used, all of them.
    pub(super) left_out: u64,
    /// What could not be used, and what is odd.
    pub(super) findings: Vec<Finding>,
}

/// Findings of one file are kept up to this number: the first ones show what
/// is wrong, and a file that is no memory at all must not fill the screen.
const FINDINGS: usize = 1000;

impl<R: Read> Lines<R> {
    /// The records of a whole memory file.
    pub(super) fn new(path: &Path, reader: R) -> Self {
        Self {
            path: path.into(),
            label: label(path),
            reader: BufReader::with_capacity(1 << 16, reader),
            header: None,
            number: 0,
            bytes: 0,
            whole: false,
            halves: false,
            left_out: 0,
            findings: Vec::new(),
        }
    }

    /// The records of a journal from some line on: a last line without its end is left alone.
    pub(super) fn tail(path: &Path, reader: R, header: Option<Header>, number: u32) -> Self {
        Self {
            header,
            number,
            whole: true,
            ..Self::new(path, reader)
        }
    }

    fn report(&mut self, severity: Severity, line: &str, message: String) {
        self.left_out += u64::from(severity != Severity::Note);
        if self.findings.len() < FINDINGS {
            // A quote is for the eye: a line of megabytes is not.
            let quote: String = line.chars().take(200).collect();
            let place = Place::line(Arc::clone(&self.path), self.number, &quote);
            self.findings
                .push(Finding::syntax("tm-syntax", severity, place, message));
        }
    }

    /// The next record that can be used; `None` at the end.
    ///
    /// # Errors
    /// The system refuses to read on.
    pub(super) fn next_record(&mut self) -> Result<Option<Record>> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let read = self.reader.read_until(b'\n', &mut bytes);
            let read = read.map_err(|e| Error::io("read", &self.path, e))?;
            if read == 0 || (self.whole && bytes.last() != Some(&b'\n')) {
                return Ok(None);
            }
            self.number += 1;
            self.bytes += read as u64;
            if let Some(record) = self.line(&bytes) {
                return Ok(Some(record));
            }
        }
    }

    /// Reads one line; `None` where it holds no record, which is then reported.
    fn line(&mut self, bytes: &[u8]) -> Option<Record> {
        if self.header == Some(Header::NONE) {
            self.left_out += 1;
            return None;
        }
        let text = String::from_utf8_lossy(bytes);
        let line = text.trim_end_matches(['\n', '\r']);
        let line = match self.number {
            1 => line.strip_prefix('\u{FEFF}').unwrap_or(line),
            _ => line,
        };
        let encoding = match &text {
            Cow::Owned(_) => Some("not UTF-8: convert the file, or import it"),
            Cow::Borrowed(_) if line.contains('\0') => Some("a NUL byte: this is not a text"),
            Cow::Borrowed(_) => None,
        };
        if let Some(reason) = encoding {
            if self.header.is_none() {
                // Without a header no row can be read: say it once, not per line.
                self.header = Some(Header::NONE);
            }
            self.report(Severity::Warning, line, format!("{reason}; left out"));
            return None;
        }
        if !tsv::is_row(line) {
            return None;
        }
        let Some(header) = &self.header else {
            match Header::parse(line) {
                Ok(header) => self.header = Some(header),
                Err(reason) => {
                    self.report(Severity::Error, line, reason);
                    self.header = Some(Header::NONE);
                }
            }
            return None;
        };
        let row = if self.halves {
            header.row_of(line)
        } else {
            header.record(line)
        };
        match row {
            Ok((mut record, odd)) => {
                record.entry.memory = Arc::clone(&self.label);
                record.entry.line = self.number;
                if let Some(message) = odd {
                    self.report(Severity::Note, line, message);
                }
                Some(record)
            }
            Err(reason) => {
                self.report(Severity::Warning, line, format!("{reason}; left out"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::State;

    fn parse(text: &[u8]) -> Parsed<Vec<Record>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tm.tsv");
        std::fs::write(&path, text).unwrap();
        read(&path).unwrap()
    }

    #[test]
    fn two_columns_are_a_memory_in_any_order_with_others_between() {
        let text = "\u{FEFF}# 示例\nen\tcolour\tzh\r\nThe Genesis Mission\tred\t创世计划\r\n";
        let parsed = parse(text.as_bytes());
        assert_eq!(parsed.findings, []);
        let entry = &parsed.value[0].entry;
        assert_eq!(
            (&*entry.zh, &*entry.en),
            ("创世计划", "The Genesis Mission")
        );
        assert_eq!(
            (entry.state, entry.line, &*entry.memory),
            (State::Translated, 3, "tm")
        );
    }

    #[test]
    fn every_bad_row_is_a_finding_with_line_and_reason() {
        let mut text = b"zh\ten\tstate\n".to_vec();
        text.extend("好\tgood\t\n".bytes()); // 2
        text.extend("坏\tbad\t\tmore\n".bytes()); // 3: ragged
        text.extend("\tempty\t\n".bytes()); // 4
        text.extend(b"\xd5\xfd\tGBK\t\n"); // 5
        text.extend("空\tn\0l\t\n".bytes()); // 6
        text.extend("怪\todd\tstrange\n".bytes()); // 7
        text.extend("短\tshort\n".bytes()); // 8: used, and said
        let parsed = parse(&text);
        let zh: Vec<&str> = parsed.value.iter().map(|r| &*r.entry.zh).collect();
        assert_eq!(zh, ["好", "短"]);
        let lines: Vec<u32> = parsed.findings.iter().map(|f| f.place.line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8]);
        assert!(parsed.findings.iter().all(|f| f.rule == "tm-syntax"));
        assert!(parsed.findings[0].message.contains("4 cells"));
        assert!(parsed.findings[2].message.contains("UTF-8"));
    }

    #[test]
    fn a_file_that_is_no_memory_says_so_once() {
        assert_eq!(
            parse("术语\t译名\n甲\tA\n乙\tB\n".as_bytes())
                .findings
                .len(),
            1
        );
        let utf16: Vec<u8> = "zh\ten\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(!parse(&utf16).findings.is_empty());
        assert_eq!(parse(b"").findings, []);
    }

    #[test]
    fn a_file_of_another_tool_is_refused_by_its_beginning() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tm.tsv");
        let refused = |text: &[u8]| {
            std::fs::write(&path, text).unwrap();
            usable(&path).map_err(|error| error.to_string())
        };
        let tmx = refused(b"<?xml version=\"1.0\"?>\n<tmx/>\n").unwrap_err();
        assert!(tmx.contains("tm.tsv:1: this is no memory"), "{tmx}");
        assert!(tmx.contains("`zm memory import`"), "{tmx}");
        let gbk = refused(b"zh\ten\t\xd5\xfd\n").unwrap_err();
        assert!(gbk.contains("not UTF-8"), "{gbk}");
        for memory in ["", "# empty\n", "zh\ten\n", "en\tzh\nA\t甲\n\t\n"] {
            assert_eq!(refused(memory.as_bytes()), Ok(()), "{memory:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let record = Record {
            entry: Entry {
                zh: "# 标题\t甲\n乙\\n".into(),
                en: "# Title | a".into(),
                from: Lang::En,
                state: State::Reviewed,
                when: "2026-11-23T15:37:15Z".into(),
                who: "李".into(),
                document: "a.md".into(),
                prev: "前".into(),
                next: "后".into(),
                subject: "能源".into(),
                note: "注".into(),
                memory: "tm".into(),
                line: 2,
                aligned: false,
            },
            mark: Mark::Stands,
        };
        let parsed = parse(text(std::slice::from_ref(&record)).as_bytes());
        assert_eq!(parsed.findings, []);
        assert_eq!(parsed.value, [record]);
    }
}
