//! The sheets of workbooks as tables.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Asked, Cell, Content, Grid, Remark, Row, Spot, letters};
use crate::error::{Error, Result};
use crate::format::workbook::{Cells, Hidden, Place, Workbook};

/// A name over more columns than this is a title.
const TITLE: u32 = 4;

/// Reads the sheets of a workbook.
///
/// # Errors
/// It is locked by a password, is no workbook, is broken, or would be too large.
pub(super) fn read(path: &Path, bytes: &[u8], asked: &Asked) -> Result<Content> {
    let refuse = |why: String| Error::file(path, None, why);
    let mut book = Workbook::open(bytes).map_err(refuse)?;
    let sheets = book.sheets();
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let wanted = wanted(&names, asked).map_err(refuse)?;
    let mut content = Content::grids(book.format(), Vec::new());
    let mut grids = Vec::new();
    for (name, hidden) in &sheets {
        if !wanted.contains(name) {
            continue;
        }
        let sheet: Arc<str> = name.as_str().into();
        if *hidden {
            let spot = Spot {
                sheet: Some(Arc::clone(&sheet)),
                line: 1,
                column: 0,
            };
            content.remarks.push(Remark::new(
                spot,
                "hidden",
                "a hidden sheet, which is read as well",
            ));
        }
        let grid = table(&mut book, &sheet, &mut content.remarks);
        grids.push(grid.map_err(|why| refuse(format!("sheet `{name}`: {why}")))?);
    }
    content.body = super::Body::Grids(grids);
    Ok(content)
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

/// The table of a sheet.
fn table(book: &mut Workbook, name: &Arc<str>, remarks: &mut Vec<Remark>) -> Result<Grid, String> {
    let mut sheet = book.sheet(name)?;
    let spot = |(row, column): Place| Spot {
        sheet: Some(Arc::clone(name)),
        line: row + 1,
        column: column + 1,
    };
    for (place, kind, message) in sheet.remarks {
        remarks.push(Remark::new(spot(place), kind, message));
    }
    for (place, saved) in book.formulas(name)? {
        let (kind, message) = if saved {
            let message = "a formula: the value that was saved with it is taken";
            ("formula", message)
        } else {
            let message = "a formula without a saved value, so an empty cell: open the workbook in a spreadsheet program and save it there";
            ("unsaved", message)
        };
        remarks.push(Remark::new(spot(place), kind, message));
    }
    remarks.extend(unseen(name, &sheet.cells, book.hidden(name)));
    if let Some(first) = sheet.struck.first() {
        let cell = |(row, column): &Place| format!("{}{}", letters(column + 1), row + 1);
        let shown: Vec<String> = sheet.struck.iter().take(10).map(cell).collect();
        let more = match sheet.struck.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shown = shown.join(", ");
        let message = format!("cells that are struck out are read as well: {shown}{more}");
        remarks.push(Remark::new(spot(*first), "struck", message));
    }
    for (first, last) in book.merged(name) {
        merged(&mut sheet.cells, first, last);
    }
    Ok(grid(name, sheet.cells))
}

/// What is said of rows and columns with texts that a sheet keeps from view.
fn unseen(name: &Arc<str>, cells: &Cells, hidden: Hidden) -> Vec<Remark> {
    let (mut rows, mut columns) = (hidden.rows, hidden.columns);
    rows.retain(|row| cells.contains_key(row));
    columns.retain(|column| cells.values().any(|row| row.contains_key(column)));
    let remark = |line, column, message: String| {
        let sheet = Some(Arc::clone(name));
        let spot = Spot {
            sheet,
            line,
            column,
        };
        Remark::new(spot, "hidden", message)
    };
    let first = rows.first().map(|first| {
        let all = spans(&rows, |row| (row + 1).to_string());
        let message = format!("hidden rows are read as well (a filter hides them too): {all}");
        remark(first + 1, 0, message)
    });
    let second = columns.first().map(|first| {
        let all = spans(&columns, |column| letters(column + 1));
        remark(
            1,
            first + 1,
            format!("hidden columns are read as well: {all}"),
        )
    });
    first.into_iter().chain(second).collect()
}

/// Numbers in order, those that follow each other as one: 3, 5–9.
fn spans(numbers: &[u32], shown: impl Fn(u32) -> String) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let run = |run: &[u32]| match (run.first(), run.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{}–{}", shown(*first), shown(*last))
        }
        (Some(only), _) => shown(*only),
        (None, _) => String::new(),
    };
    runs.map(run).collect::<Vec<_>>().join(", ")
}

/// A text over several cells is each one's: down one column, and a name over a few columns.
fn merged(cells: &mut Cells, (top, left): (u32, u32), (bottom, right): (u32, u32)) {
    let Some(text) = cells.get(&top).and_then(|row| row.get(&left)).cloned() else {
        return;
    };
    let (wide, high) = (right.saturating_sub(left), bottom.saturating_sub(top));
    if high > 10_000 || wide > 0 && !is_name(cells, top, (left, right)) {
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

/// Whether a text over several columns of a row can be the name of each: there are few, others
/// stand beside it, and at most one row of names above. What stands alone in its row is a title
/// or the heading of a part, and no term in two languages.
fn is_name(cells: &Cells, row: u32, (left, right): (u32, u32)) -> bool {
    let beside = |columns: &BTreeMap<u32, String>| {
        let mut columns = columns.keys();
        columns.any(|column| *column < left || *column > right)
    };
    let names = |columns: &&BTreeMap<u32, String>| {
        let mut texts = columns.values();
        let first = texts.next();
        texts.any(|text| Some(text) != first)
    };
    right.saturating_sub(left) < TITLE
        && cells.get(&row).is_some_and(beside)
        && cells
            .range(..row)
            .map(|(_, columns)| columns)
            .filter(names)
            .count()
            < 2
}

fn grid(name: &Arc<str>, cells: Cells) -> Grid {
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
