//! Workbooks: XLSX, XLSB, XLS and ODS, by their values. Formulas are never run.
//!
//! A workbook is a zip archive that a few bytes can make very large: it is
//! unpacked to nowhere first, and refused where it grows beyond a bound. Cells
//! are held by their places, so that a far one costs nothing.

mod hidden;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use calamine::{
    Data, DataRef, Font, Reader, SheetVisible, Sheets, Xlsx, open_workbook_auto_from_rs,
};

pub(crate) use hidden::Hidden;

/// The parts of a workbook may unpack to so many bytes, all in all.
const UNPACKED: u64 = 1 << 30;

/// Columns beyond this (IV) are not read: no table of texts has as many.
const COLUMNS: u32 = 256;

/// The cells of a sheet that hold something, by row and column, both from 0.
pub(crate) type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

/// The row and the column of a cell, both from 0.
pub(crate) type Place = (u32, u32);

/// A sheet as it was read.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) cells: Cells,
    /// What is to be said of places of it, each with its kind: `beyond`, `error`.
    pub(crate) remarks: Vec<(Place, &'static str, String)>,
    /// Cells whose texts are struck out; of XLSX alone that is known.
    pub(crate) struck: Vec<Place>,
    /// Whether it was said that there are cells beyond what is read.
    beyond: bool,
}

/// A workbook that is open.
pub(crate) struct Workbook {
    book: Sheets<Bytes>,
    bytes: Arc<[u8]>,
}

type Bytes = Cursor<Arc<[u8]>>;

/// Whether bytes begin as a workbook does: a zip archive, or the container of older Office files.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

impl Workbook {
    /// Opens a workbook; why it cannot be read: it is locked by a password, is
    /// no workbook, is broken, or would be too large.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(b"PK") {
            unpacked(bytes)?;
        } else if is_locked(bytes) {
            return Err("is locked by a password: save it without one first".to_owned());
        }
        let bytes: Arc<[u8]> = Arc::from(bytes);
        let book = open_workbook_auto_from_rs(Cursor::new(Arc::clone(&bytes))).map_err(|e| {
            format!("is no workbook that can be read ({e}); save it as XLSX or CSV")
        })?;
        Ok(Self { book, bytes })
    }

    /// Its format: `XLSX`.
    pub(crate) fn format(&self) -> &'static str {
        match self.book {
            Sheets::Xls(_) => "XLS",
            Sheets::Xlsx(_) => "XLSX",
            Sheets::Xlsb(_) => "XLSB",
            Sheets::Ods(_) => "ODS",
        }
    }

    /// The names of its sheets, and whether each is hidden.
    pub(crate) fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = self.book.sheets_metadata().iter();
        sheets
            .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
            .collect()
    }

    /// Reads a sheet.
    pub(crate) fn sheet(&mut self, name: &str) -> Result<Sheet, String> {
        let mut sheet = Sheet::default();
        let Sheets::Xlsx(book) = &mut self.book else {
            let range = self.book.worksheet_range(name).map_err(|e| e.to_string())?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                sheet.take((row as u32 + top, column as u32 + left), shown(value));
            }
            return Ok(sheet);
        };
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // A chart or dialog is a sheet without cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(sheet),
            Err(e) => return Err(e.to_string()),
        };
        let failed = |e: calamine::XlsxError| e.to_string();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(failed)? {
            let style = reader.styles().get(style);
            let format = style.and_then(|style| style.number_format.as_ref());
            let percent = format.is_some_and(|format| is_percent(&format.format_code));
            let shown = shown_ref(cell.get_value(), percent);
            let font = style.and_then(|style| style.font.as_ref());
            let filled = shown.as_ref().is_ok_and(|text| !text.is_empty());
            if filled && font.is_some_and(Font::has_strikethrough) {
                sheet.struck.push(cell.get_position());
            }
            sheet.take(cell.get_position(), shown);
        }
        Ok(sheet)
    }

    /// The cells of a sheet that are made by formulas, and whether what each came to was saved with it.
    pub(crate) fn formulas(&mut self, name: &str) -> Result<Vec<(Place, bool)>, String> {
        let Sheets::Xlsx(book) = &mut self.book else {
            let Ok(formulas) = self.book.worksheet_formula(name) else {
                return Ok(Vec::new());
            };
            let (top, left) = formulas.start().unwrap_or_default();
            let filled = formulas
                .used_cells()
                .filter(|(_, _, text)| !text.is_empty());
            // Only writers of XLSX leave values out.
            let places =
                filled.map(|(row, column, _)| ((row as u32 + top, column as u32 + left), true));
            return Ok(places.collect());
        };
        xlsx_formulas(book, name)
    }

    /// The rows and columns of a sheet that are hidden; of XLSX alone that is known.
    pub(crate) fn hidden(&self, name: &str) -> Hidden {
        match self.book {
            Sheets::Xlsx(_) => hidden::hidden(&self.bytes, name),
            _ => Hidden::default(),
        }
    }

    /// The first and the last cell of each area of a sheet that is shown as one cell.
    pub(crate) fn merged(&mut self, name: &str) -> Vec<(Place, Place)> {
        let Sheets::Xlsx(book) = &mut self.book else {
            return Vec::new();
        };
        let areas = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        areas.iter().map(|area| (area.start, area.end)).collect()
    }
}

fn xlsx_formulas(book: &mut Xlsx<Bytes>, name: &str) -> Result<Vec<(Place, bool)>, String> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(e) => return Err(e.to_string()),
    };
    let mut places = Vec::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(|e| e.to_string())? {
        let filled = cell.formula.is_some_and(|formula| !formula.is_empty());
        if filled && cell.pos.1 < COLUMNS {
            places.push((cell.pos, !matches!(cell.value, DataRef::Empty)));
        }
    }
    Ok(places)
}

impl Sheet {
    /// Takes in a cell: its text, or the error that its formula came to.
    fn take(&mut self, place: Place, shown: Result<String, String>) {
        let (row, column) = place;
        match shown {
            Ok(text) if text.is_empty() => {}
            _ if column >= COLUMNS => {
                if !std::mem::replace(&mut self.beyond, true) {
                    let message = "cells beyond column IV are not read".to_owned();
                    self.remarks.push((place, "beyond", message));
                }
            }
            Ok(text) => {
                self.cells.entry(row).or_default().insert(column, text);
            }
            Err(error) => {
                let message = format!("a formula that came to {error}: taken as an empty cell");
                self.remarks.push((place, "error", message));
            }
        }
    }
}

/// Whether a text is what a formula came to where it failed, as spreadsheet
/// programs write it into a file of text.
pub(crate) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 11] = [
        "#N/A",
        "#NAME?",
        "#VALUE!",
        "#REF!",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
    ];
    ERRORS.contains(&text.trim())
}

/// Unpacks all parts to nowhere, and counts.
pub(super) fn unpacked(bytes: &[u8]) -> Result<(), String> {
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

/// A value as a sheet shows it, or the error it is.
fn shown(value: &Data) -> Result<String, String> {
    Ok(match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(is) => truth(*is),
        Data::DateTime(time) => moment(time),
        Data::Error(error) => return Err(error.to_string()),
    })
}

fn shown_ref(value: &DataRef<'_>, percent: bool) -> Result<String, String> {
    Ok(match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        // In binary 0.07 times 100 is a little more than 7.
        DataRef::Float(number) if percent => format!("{}%", (number * 1e12).round() / 1e10),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(is) => truth(*is),
        DataRef::DateTime(time) => moment(time),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

/// Whether a format of numbers shows parts of a hundred: `0.0%`, not `0" %"`.
fn is_percent(format: &str) -> bool {
    format
        .split('"')
        .step_by(2)
        .any(|part| part.replace("\\%", "").contains('%'))
}

/// Yes or no as spreadsheet programs show it.
fn truth(is: bool) -> String {
    let shown = if is { "TRUE" } else { "FALSE" };
    shown.to_owned()
}

/// A day; a time of day or a duration in hours, minutes and, where there are some, seconds.
fn moment(time: &calamine::ExcelDateTime) -> String {
    let days = time.as_f64();
    if !time.is_datetime() || (0.0..1.0).contains(&days) {
        let seconds = (days * 86_400.0).round() as i64;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return match seconds {
            0 => format!("{hours:02}:{minutes:02}"),
            _ => format!("{hours:02}:{minutes:02}:{seconds:02}"),
        };
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    #[test]
    fn values_are_as_a_sheet_shows_them() {
        let time = |days, kind| moment(&ExcelDateTime::new(days, kind, false));
        let day = |days| time(days, ExcelDateTimeType::DateTime);
        assert_eq!(day(45_902.0), "2025-09-02");
        assert_eq!(day(9.5 / 24.0), "09:30");
        assert_eq!(day(34_201.0 / 86_400.0), "09:30:01");
        assert_eq!(time(26.5 / 24.0, ExcelDateTimeType::TimeDelta), "26:30");
        for (number, wanted) in [(0.05, "5%"), (0.07, "7%"), (1.125, "112.5%")] {
            let shown = shown_ref(&DataRef::Float(number), true);
            assert_eq!(shown.as_deref(), Ok(wanted));
        }
        assert!(is_percent("0.0%") && !is_percent("0\" %\"") && !is_percent("General"));
        assert_eq!(shown(&Data::Bool(true)).as_deref(), Ok("TRUE"));
    }
}
