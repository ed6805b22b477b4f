//! Workbooks: XLSX, XLSB, XLS and ODS, by their values. Formulas are never run.
//!
//! A workbook is a zip archive that a few bytes can make very large: it is
//! unpacked to nowhere first, and refused where it grows beyond a bound.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, SheetVisible, Sheets, Xlsx, open_workbook_auto_from_rs};

use super::{Asked, Cell, Content, Grid, Remark, Row, Spot, letters};
use crate::error::{Error, Result};

/// The parts of a workbook may unpack to so many bytes, all in all.
const UNPACKED: u64 = 1 << 30;
/// Columns beyond this are not read: no glossary has as many.
const COLUMNS: u32 = 256;
/// A name over more columns than this is a title.
const TITLE: u32 = 4;

type Memory<'b> = Cursor<&'b [u8]>;

/// Whether bytes begin as a workbook does: a zip archive, or the container of older Office files.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// It is locked by a password, is no workbook, is broken, or would be too large.
pub(super) fn read(path: &Path, bytes: &[u8], asked: &Asked) -> Result<Content> {
    let refuse = |why: String| Error::file(path, None, why);
    if bytes.starts_with(b"PK") {
        unpacked(bytes).map_err(refuse)?;
    } else if is_locked(bytes) {
        return Err(refuse(
            "is locked by a password: save it without one first".to_owned(),
        ));
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| {
        refuse(format!(
            "is no workbook that can be read ({e}); save it as XLSX or CSV"
        ))
    })?;
    let sheets = book.sheets_metadata().to_vec();
    let wanted = wanted(
        &sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(),
        asked,
    )
    .map_err(refuse)?;
    let mut content = Content::grids(format_of(&book), Vec::new());
    let mut grids = Vec::new();
    for sheet in sheets {
        if !wanted.contains(&sheet.name) {
            continue;
        }
        let name: Arc<str> = sheet.name.as_str().into();
        if sheet.visible != SheetVisible::Visible {
            let spot = Spot {
                sheet: Some(Arc::clone(&name)),
                line: 1,
                column: 0,
            };
            content.remarks.push(Remark::new(
                spot,
                "hidden",
                "a hidden sheet, which is read as well",
            ));
        }
        let grid = match &mut book {
            Sheets::Xlsx(book) => xlsx(book, &name, &mut content.remarks),
            other => dense(other, &name, &mut content.remarks),
        };
        grids.push(grid.map_err(|why| refuse(format!("sheet `{name}`: {why}")))?);
    }
    content.body = super::Body::Grids(grids);
    Ok(content)
}

fn format_of(book: &Sheets<Memory<'_>>) -> &'static str {
    match book {
        Sheets::Xls(_) => "XLS",
        Sheets::Xlsx(_) => "XLSX",
        Sheets::Xlsb(_) => "XLSB",
        Sheets::Ods(_) => "ODS",
    }
}

/// The sheets that were asked for, by name or number; all where none was.
fn wanted(names: &[&str], asked: &Asked) -> Result<Vec<String>, String> {
    let all = || names.iter().map(|name| (*name).to_owned()).collect();
    if asked.sheets.is_empty() {
        return Ok(all());
    }
    let find = |wanted: &String| {
        let number = wanted
            .parse::<usize>()
            .ok()
            .and_then(|n| names.get(n.checked_sub(1)?));
        let name = names
            .iter()
            .find(|name| name.trim() == wanted.trim())
            .or(number);
        name.map(|name| (*name).to_owned())
            .ok_or_else(|| format!("has no sheet `{wanted}`; it has {}", names.join(", ")))
    };
    asked.sheets.iter().map(find).collect()
}

/// Unpacks all parts to nowhere, and counts.
fn unpacked(bytes: &[u8]) -> Result<(), String> {
    let broken = |e: zip::result::ZipError| match e {
        zip::result::ZipError::UnsupportedArchive(why)
            if why.to_lowercase().contains("password") =>
        {
            "is locked by a password: save it without one first".to_owned()
        }
        e => format!("is a broken archive ({e})"),
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        // What a part says of its size need not be true.
        let size = io::copy(&mut part.take(left + 1), &mut io::sink())
            .map_err(|e| format!("is a broken archive ({e})"))?;
        if size > left {
            return Err(format!(
                "unpacks to more than {} MB: refused",
                UNPACKED >> 20
            ));
        }
        left -= size;
    }
    Ok(())
}

/// Whether an Office container holds an encrypted package.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The cells of a sheet by row and column, both from 0.
type Sparse = BTreeMap<u32, BTreeMap<u32, String>>;

/// The cells of a sheet of an XLSX workbook, one by one: one far cell costs nothing.
fn xlsx(
    book: &mut Xlsx<Memory<'_>>,
    name: &Arc<str>,
    remarks: &mut Vec<Remark>,
) -> Result<Grid, String> {
    let mut cells = Sparse::new();
    let mut beyond = None;
    {
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // A chart or dialog is a sheet without cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(grid(name, cells)),
            Err(e) => return Err(e.to_string()),
        };
        while let Some(cell) = reader.next_cell().map_err(|e| e.to_string())? {
            let (row, column) = cell.get_position();
            let text = shown_ref(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if column >= COLUMNS {
                beyond.get_or_insert((row, column));
                continue;
            }
            cells.entry(row).or_default().insert(column, text);
        }
    }
    if let Some((row, column)) = beyond {
        let spot = Spot {
            sheet: Some(Arc::clone(name)),
            line: row + 1,
            column: column + 1,
        };
        let message = format!("cells beyond column {} are not read", letters(COLUMNS));
        remarks.push(Remark::new(spot, "beyond", message));
    }
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|e| e.to_string())?;
    while let Some(cell) = reader.next_formula().map_err(|e| e.to_string())? {
        let (row, column) = cell.get_position();
        if !cell.get_value().is_empty() && column < COLUMNS {
            remarks.push(formula(name, row, column));
        }
    }
    drop(reader);
    if let Ok(areas) = book.merge_cells_by_sheet_name(name) {
        for area in areas {
            merged(&mut cells, area.start, area.end);
        }
    }
    Ok(grid(name, cells))
}

fn formula(name: &Arc<str>, row: u32, column: u32) -> Remark {
    let spot = Spot {
        sheet: Some(Arc::clone(name)),
        line: row + 1,
        column: column + 1,
    };
    Remark::new(
        spot,
        "formula",
        "a formula: the value that was saved with it is taken",
    )
}

/// The cells of a sheet of any other workbook.
fn dense(
    book: &mut Sheets<Memory<'_>>,
    name: &Arc<str>,
    remarks: &mut Vec<Remark>,
) -> Result<Grid, String> {
    let range = book.worksheet_range(name).map_err(|e| e.to_string())?;
    let (top, left) = range.start().unwrap_or_default();
    let mut cells = Sparse::new();
    for (row, column, value) in range.used_cells() {
        let text = shown(value);
        let (row, column) = (row as u32 + top, column as u32 + left);
        if !text.is_empty() && column < COLUMNS {
            cells.entry(row).or_default().insert(column, text);
        }
    }
    if let Ok(formulas) = book.worksheet_formula(name) {
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, text) in formulas.used_cells() {
            if !text.is_empty() {
                remarks.push(formula(name, row as u32 + top, column as u32 + left));
            }
        }
    }
    Ok(grid(name, cells))
}

/// A text over several cells is each one's: down one column, and a name over a few columns.
fn merged(cells: &mut Sparse, (top, left): (u32, u32), (bottom, right): (u32, u32)) {
    let Some(text) = cells.get(&top).and_then(|row| row.get(&left)).cloned() else {
        return;
    };
    let (wide, high) = (right.saturating_sub(left), bottom.saturating_sub(top));
    if wide >= TITLE || high > 10_000 || (wide > 0 && top > 20) {
        return;
    }
    for row in top..=bottom {
        // A name in two rows stands in the lower of them as well; below it are cells of its own.
        for column in left..=right {
            cells
                .entry(row)
                .or_default()
                .entry(column)
                .or_insert_with(|| text.clone());
        }
    }
}

fn grid(name: &Arc<str>, cells: Sparse) -> Grid {
    let row = |(row, cells): (u32, BTreeMap<u32, String>)| {
        let width = cells.keys().next_back().map_or(0, |last| last + 1);
        let mut all: Vec<Cell> = (1..=width)
            .map(|column| Cell {
                text: String::new(),
                line: row + 1,
                column,
            })
            .collect();
        for (column, text) in cells {
            if let Some(cell) = all.get_mut(column as usize) {
                cell.text = text;
            }
        }
        Row {
            line: row + 1,
            cells: all,
        }
    };
    let rows: Vec<Row> = cells
        .into_iter()
        .map(row)
        .filter(|row| !row.is_blank())
        .collect();
    Grid {
        sheet: Some(Arc::clone(name)),
        rows,
        ..Grid::default()
    }
}

/// A value as a sheet shows it.
fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(is) => is.to_string(),
        Data::DateTime(time) => day(time),
        Data::Error(error) => error.to_string(),
    }
}

fn shown_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::DateTime(time) => day(time),
        DataRef::Error(error) => error.to_string(),
    }
}

fn day(time: &calamine::ExcelDateTime) -> String {
    if !time.is_datetime() {
        return time.as_f64().to_string();
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
