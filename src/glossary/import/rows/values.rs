//! Columns that take only certain texts: what cells say in them.

use super::{Reader, name};
use crate::glossary::columns::Field;
use crate::glossary::exchange::{Record, Remark, Row};
use crate::glossary::import::cells;
use crate::glossary::words::{self, Standing};

impl Reader<'_> {
    /// A word about terms that says nothing here; whether its concept becomes `proposed`.
    pub(super) fn unknown(&mut self, row: &Row, at: usize, proposed: bool) {
        let word = cells::short(row.text(at).trim());
        let becomes = if proposed {
            "its concept is `proposed`"
        } else {
            "not taken over"
        };
        let message = format!(
            "`{word}` is no standing known here: {becomes}; write preferred, admitted, deprecated or proposed"
        );
        let spot = self.spot(row, Some(at));
        self.remarks.push(Remark::new(spot, "word", message));
    }

    /// A text of a column that takes only certain ones: as our files write it, which is said,
    /// or a remark that it is not taken over.
    pub(super) fn value(
        &mut self,
        record: &mut Record,
        (row, at): (&Row, usize),
        field: Field,
        text: &str,
    ) {
        let spot = self.spot(row, Some(at));
        let (shown, column) = (cells::short(text), name(field));
        let Some(known) = words::value(field, text) else {
            if field == Field::Status {
                let message = format!(
                    "`{shown}` is no `status`: the concept is `proposed`; write {}",
                    words::takes(field)
                );
                self.remarks.push(Remark::new(spot, "word", message));
                if record.text(field).is_empty() {
                    record.join(field, "proposed");
                    record.doubtful.push(self.target);
                }
                return;
            }
            let date = matches!(field, Field::ValidFrom | Field::ValidTo | Field::Updated);
            let how = if date && text.parse::<f64>().is_ok() {
                ", which the cells of a spreadsheet show in the format of dates"
            } else {
                ""
            };
            let message = format!(
                "`{shown}` is no `{column}`: not taken over; write {}{how}",
                words::takes(field)
            );
            self.remarks.push(Remark::new(spot, "word", message));
            return;
        };
        let first = record.text(field);
        if !first.is_empty() {
            if first != known {
                let message = format!(
                    "`{shown}` is not taken over: the row has `{first}` as its `{column}` already"
                );
                self.remarks.push(Remark::new(spot, "word", message));
            }
            return;
        }
        if !known.eq_ignore_ascii_case(text) {
            let said = || format!("`{shown}` is read as `{known}`");
            let of_column = self.normal.entry((at, String::new()));
            of_column
                .and_modify(|(.., more)| *more += 1)
                .or_insert_with(|| (spot, said(), 0));
        }
        record.join(field, &known);
    }

    /// Keeps what a word of other programs about terms is taken for, where a reader could not tell.
    pub(super) fn becomes(&mut self, row: &Row, at: usize, standing: Standing) {
        let (ours, same) = match standing {
            Standing::Avoid(false) => ("deprecated", "deprecated"),
            Standing::Proposed => ("proposed", "propos"),
            Standing::Admitted => ("admitted", "admitted"),
            Standing::Untranslated => ("not to be translated", "translat"),
            // Of these each row is told, or the term is as without a word.
            Standing::Avoid(true) | Standing::Superseded | Standing::Preferred => return,
        };
        let word = row.text(at).trim().to_lowercase();
        if word.contains(same) {
            return;
        }
        let shown = cells::short(row.text(at).trim());
        let spot = self.spot(row, Some(at));
        let of_word = self.normal.entry((at, word));
        of_word
            .and_modify(|(.., more)| *more += 1)
            .or_insert_with(|| (spot, format!("`{shown}` is read as `{ours}`"), 0));
    }

    /// Says which texts were taken for others, once a column, or once a word about terms.
    pub(super) fn normalized(&mut self) {
        for ((_, word), (spot, said, more)) in std::mem::take(&mut self.normal) {
            let message = match more {
                0 => said,
                1 if !word.is_empty() => format!("{said}, here and in another row"),
                _ if !word.is_empty() => format!("{said}, here and in {more} other rows"),
                1 => format!("{said}, and another of this column likewise"),
                _ => format!("{said}, and {more} others of this column likewise"),
            };
            self.remarks.push(Remark::new(spot, "value", message));
        }
    }
}

/// Whether a concept has no two texts of a column, however many a file has for it.
pub(crate) fn is_single(field: Field) -> bool {
    matches!(
        field,
        Field::Type
            | Field::Match
            | Field::Status
            | Field::ValidFrom
            | Field::ValidTo
            | Field::Id
            | Field::Updated
    )
}
