//! Texts that were read in a wrong encoding.

use super::{Reader, Rejection};
use crate::glossary::exchange::{Grid, Remark, Row, Spot};
use crate::glossary::import::cells;
use crate::text::count::plural;
use crate::text::decode;
use crate::text::mojibake::{is_damaged, misread};

impl Reader<'_> {
    /// The text of a cell, restored where it was read in a wrong encoding.
    ///
    /// # Errors
    /// Characters of it are lost.
    pub(super) fn restored(&self, row: &Row, at: usize) -> Result<String, Rejection> {
        let text = row.text(at);
        if text.is_ascii() {
            return Ok(text.to_owned());
        }
        if self.wanted.repair
            && let Some(found) = misread(text)
        {
            return found.text.ok_or_else(|| {
                let why = format!(
                    "`{}`: characters were lost when this was read in a wrong encoding",
                    cells::short(text)
                );
                (self.spot(row, Some(at)), why)
            });
        }
        if is_damaged(text) {
            let spot = self.spot(row, Some(at));
            let why = format!("`{}`{}", cells::short(text), self.damage(spot.line, text));
            return Err((spot, why));
        }
        Ok(text.to_owned())
    }

    /// How characters of a text that begins in a line came to be lost, and what is to be done.
    fn damage(&self, line: u32, text: &str) -> String {
        let last = line + text.matches('\n').count() as u32;
        let unread = self
            .unread
            .and_then(|lines| lines.range(line..=last).next());
        match unread {
            None => {
                ": characters were lost before this file was written: ask for the original".into()
            }
            Some((_, None)) => {
                " holds bytes that mean nothing in the encoding of the file: put them right, and save it as UTF-8".into()
            }
            Some((_, Some((encoding, read)))) => format!(
                " is not in the encoding of the file; as {} its line reads `{}`: put it right, and save the file as UTF-8",
                decode::spoken(encoding),
                cells::short(read)
            ),
        }
    }
}

/// Whether most of the Chinese of a table was read in a wrong encoding: how, and an example of before and after.
pub(in crate::glossary::import) fn misread_as_whole(grid: &Grid) -> Option<String> {
    let (mut all, mut wrong, mut lost) = (0, 0, 0);
    let mut example = None;
    let cells = grid.rows.iter().flat_map(|row| &row.cells);
    for cell in cells.filter(|cell| !cell.text.is_ascii()).take(1000) {
        all += 1;
        if let Some(found) = misread(&cell.text) {
            wrong += 1;
            lost += usize::from(found.text.is_none());
            if let (None, Some(text)) = (&example, &found.text) {
                example = Some((cell.text.clone(), text.clone(), found.right, found.wrong));
            }
        }
    }
    if wrong * 2 < all || wrong == 0 {
        return None;
    }
    let shown = example.map_or(String::new(), |(before, after, right, wrong)| {
        format!(
            " ({right} read as {wrong}: `{}` was `{}`)",
            cells::short(&before),
            cells::short(&after)
        )
    });
    Some(format!(
        "its text was once read in a wrong encoding and saved so{shown}: ask for the original file, or use --repair, which restores {} of {wrong} cells{}",
        wrong - lost,
        if lost > 0 {
            "; the others lost characters for good"
        } else {
            ""
        }
    ))
}

/// Restores the texts of a table that were read in a wrong encoding, the names of its columns
/// among them, as far as they have lost nothing; what is to be said of it.
pub(in crate::glossary::import) fn repair(grid: &mut Grid) -> Option<Remark> {
    let mut first = None;
    let mut count = 0;
    for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if cell.text.is_ascii() {
            continue;
        }
        if let Some(text) = misread(&cell.text).and_then(|found| found.text) {
            cell.text = text;
            count += 1;
            first.get_or_insert((cell.line, cell.column));
        }
    }
    let (line, column) = first?;
    let spot = Spot {
        sheet: grid.sheet.clone(),
        line,
        column,
    };
    let cells = plural(count, "cell");
    let message = format!("{cells} read in a wrong encoding, and restored");
    Some(Remark::new(spot, "repair", message))
}
