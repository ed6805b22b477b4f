//! Columns that take only certain texts: what cells say in them.

use super::{Reader, name};
use crate::glossary::columns::{Field, Slot};
use crate::glossary::exchange::{Record, Remark, Row, Spot};
use crate::glossary::import::cells;
use crate::glossary::import::names::Role;
use crate::glossary::words::{self, Standing};
use crate::lang::Lang;

/// What is said of a text, once for all that are like it.
#[derive(Debug)]
pub(super) struct Said {
    /// The kind of the remark.
    kind: &'static str,
    /// Where it is first.
    spot: Spot,
    /// What is said.
    message: String,
    /// What comes after the count of the others.
    what: &'static str,
    /// How many more there are.
    more: usize,
}

impl Reader<'_> {
    /// What yes and no say of a row's terms in a column of them; a word that is neither where no is
    /// of weight is named.
    pub(super) fn answer(&mut self, row: &Row, at: usize, role: &Role) -> Option<Standing> {
        let (yes, no) = (words::is_yes(row.text(at)), words::is_no(row.text(at)));
        match role {
            Role::Forbidden => yes.then_some(Standing::Avoid(true)),
            Role::Fuzzy => yes.then_some(Standing::Proposed),
            Role::Untranslated => yes.then_some(Standing::Untranslated),
            Role::Translated if no && self.is_translated(row) => {
                let message = "not taken for a name that stays as it is: the row has a translation";
                let spot = self.spot(row, Some(at));
                self.remarks.push(Remark::new(spot, "word", message));
                None
            }
            Role::Translated => no.then_some(Standing::Untranslated),
            Role::Approved => {
                if !yes && !no {
                    self.unknown(row, at, true);
                }
                (!yes).then_some(Standing::Proposed)
            }
            _ => None,
        }
    }

    /// Whether a row has terms of both languages, and not one text twice.
    fn is_translated(&self, row: &Row) -> bool {
        let texts = |lang: Lang| -> Vec<&str> {
            let columns = self.layout.columns.iter().enumerate();
            let of = columns.filter(|(_, column)| column.role.lang() == Some(lang));
            let texts = of.map(|(at, _)| row.text(at).trim());
            texts.filter(|text| !text.is_empty()).collect()
        };
        let (zh, en) = (texts(Lang::Zh), texts(Lang::En));
        zh.iter().any(|zh| en.iter().any(|en| en != zh))
    }

    /// Takes over how the preferred English is matched, which memoQ says beside its standing.
    pub(super) fn matched(&self, record: &mut Record, at: usize, cell: &str) {
        let left = self.layout.columns.get(..at).unwrap_or_default();
        let terms = left.iter().rev().find(|c| c.role.is_terms());
        let english = Role::Field(Field::Terms(Lang::En, Slot::Preferred));
        if terms.is_some_and(|c| c.role == english)
            && let Some(mode) = words::memoq_match(cell)
        {
            match_as(record, mode);
        }
    }

    /// A word about terms that says nothing here; whether its concept becomes `proposed`.
    pub(super) fn unknown(&mut self, row: &Row, at: usize, proposed: bool) {
        let word = row
            .text(at)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let shown = cells::short(&word);
        let what = if proposed {
            ": its term stands, in a concept that is `proposed`; write preferred, admitted, deprecated or proposed"
        } else {
            ": not taken over; write preferred, admitted, deprecated or proposed"
        };
        let spot = self.spot(row, Some(at));
        self.normal
            .entry((at, word.to_lowercase()))
            .and_modify(|said| said.more += 1)
            .or_insert_with(|| Said {
                kind: "word",
                spot,
                message: format!("`{shown}` is no standing known here"),
                what,
                more: 0,
            });
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
            let of_column = self.normal.entry((at, String::new()));
            of_column
                .and_modify(|said| said.more += 1)
                .or_insert_with(|| Said::read_as(spot, &shown, &known));
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
            .and_modify(|said| said.more += 1)
            .or_insert_with(|| Said::read_as(spot, &shown, ours));
    }

    /// Says which texts were taken for others, once a column, or once a word about terms.
    pub(super) fn normalized(&mut self) {
        for ((_, word), one) in std::mem::take(&mut self.normal) {
            let more = match one.more {
                0 => String::new(),
                1 if !word.is_empty() => ", here and in another row".to_owned(),
                more if !word.is_empty() => format!(", here and in {more} other rows"),
                1 => ", and another of this column likewise".to_owned(),
                more => format!(", and {more} others of this column likewise"),
            };
            let message = [one.message.as_str(), &more, one.what].concat();
            self.remarks.push(Remark::new(one.spot, one.kind, message));
        }
    }
}

impl Said {
    fn read_as(spot: Spot, shown: &str, known: &str) -> Self {
        Self {
            kind: "value",
            spot,
            message: format!("`{shown}` is read as `{known}`"),
            what: "",
            more: 0,
        }
    }
}

/// Says how a row's terms are matched: `case` is `exact` and more.
pub(super) fn match_as(record: &mut Record, mode: &str) {
    if mode == "case" || record.text(Field::Match).is_empty() {
        record.cells.insert(Field::Match, vec![mode.to_owned()]);
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
