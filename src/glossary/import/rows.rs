//! The rows of a table to concepts, once it is known what its columns hold.

mod encoding;
mod values;

use std::collections::{BTreeMap, HashSet};

use super::group::{grouped, once};
use super::layout::{Layout, Tongue, code};
use super::names::{self, Role, Side};
use super::packed::Beside;
use super::{Packed, cells, filler, marks, packed};
use crate::glossary::columns::{self, Field, Slot, of_locale};
use crate::glossary::exchange::{APART, Grid, Record, Remark, Row, Spot, is_list};
use crate::glossary::words::{self, Standing};
use crate::lang::{Lang, Locale};
use crate::text::decode::Unread;
use crate::text::fold::fold;
use crate::tsv;

pub(super) use encoding::{misread_as_whole, repair};
pub(super) use values::is_single;

/// A row that was read: a concept, or why it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A concept.
    Record(Record),
    /// A row that cannot be used.
    Rejected(Spot, String),
}

/// Where a row cannot be used, and why.
type Rejection = (Spot, String);

/// A cell that was read: its column of the table, what it is, and its text.
type Cell = (usize, Field, String);

/// What is wanted of the cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    /// Packed cells are parted.
    pub(super) split: bool,
    /// Texts that were read in a wrong encoding are restored.
    pub(super) repair: bool,
}

/// Reads the rows of a grid.
pub(super) struct Reader<'a> {
    grid: &'a Grid,
    layout: &'a Layout,
    wanted: Wanted,
    /// The rows that name the columns, to know them where they are repeated.
    header: &'a [Row],
    /// Whether several columns say how terms stand: each speaks of those to its left.
    bound: bool,
    /// The language whose terms a word about the row speaks of.
    target: Lang,
    /// Columns of standings that have one known here, or are named so; a column `usage` may hold prose.
    speaks: Vec<usize>,
    /// By column, and by word where each is said, the first text that was taken for another or means nothing.
    normal: BTreeMap<(usize, String), values::Said>,
    /// Lines of the file that are not in its encoding, where it is text.
    unread: Option<&'a Unread>,
    /// The column of word classes.
    class: Option<usize>,
    /// Columns of terms whose terms are numbered.
    numbered: Vec<usize>,
    /// All terms, where some cells look as if they only pointed to one (*see tariff*).
    pointed: HashSet<String>,
    pub(super) remarks: Vec<Remark>,
    pub(super) packed: Vec<Packed>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        grid: &'a Grid,
        layout: &'a Layout,
        wanted: Wanted,
        unread: Option<&'a Unread>,
    ) -> Self {
        let words = layout.columns.iter();
        let bound = words
            .filter(|c| matches!(c.role, Role::TermStatus(None) | Role::TermType(None)))
            .count()
            > 1;
        let langs = layout.columns.iter().filter_map(|c| match c.role {
            Role::Field(Field::Terms(lang, Slot::Preferred | Slot::Regional(_))) => Some(lang),
            _ => None,
        });
        let source = langs.clone().next();
        let target = langs.clone().find(|lang| Some(*lang) != source);
        let first = layout.skip.saturating_sub(layout.header);
        let header = grid.rows.get(first..layout.skip);
        Self {
            grid,
            layout,
            wanted,
            header: header.unwrap_or_default(),
            bound,
            target: target.unwrap_or(Lang::Zh),
            speaks: speaking(grid, layout),
            normal: BTreeMap::new(),
            unread,
            class: layout
                .columns
                .iter()
                .position(|c| c.role == Role::Unknown && names::of_word_classes(&c.name)),
            numbered: numbered(grid, layout),
            pointed: pointed(grid, layout),
            remarks: Vec::new(),
            packed: Vec::new(),
        }
    }

    /// The concepts and the rows that are none, in order.
    pub(super) fn read(&mut self) -> Vec<Outcome> {
        let rows = self.grid.rows.get(self.layout.skip..).unwrap_or_default();
        let mut all = Vec::with_capacity(rows.len());
        let second = self.layout.again;
        for row in rows {
            // Of two lists one may be longer, and what speaks of the whole row is said once.
            let blank = self.layout.second.is_some() && self.layout.is_blank(row);
            if blank || second && (self.is_header(row) || self.torn(row).is_err()) {
                continue;
            }
            if self.is_header(row) {
                let spot = self.spot(row, None);
                self.remarks.push(Remark::new(
                    spot,
                    "header",
                    "the names of the columns again: not a row",
                ));
                continue;
            }
            all.push(match self.row(row) {
                Ok(record) => Outcome::Record(record),
                Err((spot, why)) => Outcome::Rejected(spot, why),
            });
        }
        self.normalized();
        let avoids = Role::Field(Field::Terms(self.target, Slot::Avoid));
        let by_row = !self.bound && self.layout.columns.iter().all(|c| c.role != avoids);
        let mut all = grouped(self.layout, (self.target, by_row), all);
        for outcome in &mut all {
            if let Outcome::Record(record) = outcome {
                record.disown();
            }
        }
        all
    }

    fn spot(&self, row: &Row, column: Option<usize>) -> Spot {
        let cell = column.and_then(|at| row.cells.get(at));
        Spot {
            sheet: self.grid.sheet.clone(),
            line: cell.map_or(row.line, |cell| cell.line),
            column: cell.map_or(0, |cell| cell.column),
        }
    }

    fn is_header(&self, row: &Row) -> bool {
        let columns = self.layout.columns.len();
        let same =
            |names: &Row| (0..columns).all(|at| row.text(at).trim() == names.text(at).trim());
        columns > 1 && self.header.iter().any(same)
    }

    /// One row as a concept.
    fn row(&mut self, row: &Row) -> Result<Record, Rejection> {
        self.torn(row)?;
        let mut record = Record::at(self.spot(row, None));
        let class = self.class.map_or("", |at| row.text(at));
        record.class = class.trim().to_lowercase();
        let mut found: Vec<Cell> = Vec::new();
        let mut standing: Vec<(Scope, Standing)> = Vec::new();
        let mut doubtful: Vec<Scope> = Vec::new();
        let mut short: Vec<Scope> = Vec::new();
        let layout = self.layout;
        for (at, column) in layout.columns.iter().enumerate() {
            let cell = row.text(at);
            if cell.trim().is_empty() {
                continue;
            }
            let scope = |lang: Option<Lang>| match lang {
                Some(lang) => Scope::Lang(lang),
                None if self.bound => Scope::LeftOf(at),
                None => Scope::Row,
            };
            match column.role {
                Role::Field(field @ Field::Terms(..)) => {
                    found.push((at, field, self.restored(row, at)?));
                }
                Role::Side(side) => {
                    found.push((at, self.side(row, side)?, self.restored(row, at)?));
                }
                Role::Terms(slot) if self.layout.long => {
                    let locale = self.language(row)?;
                    found.push((at, of_locale(locale, slot), self.restored(row, at)?));
                }
                Role::Field(field) => self.text(&mut record, row, at, field)?,
                Role::TermStatus(lang) => {
                    self.matched(&mut record, at, cell);
                    if let Some(word) = words::standing(cell) {
                        standing.push((scope(lang), word));
                        self.becomes(row, at, word);
                    } else {
                        let taken = self.speaks.contains(&at);
                        if taken {
                            doubtful.push(scope(lang));
                        }
                        self.unknown(row, at, taken);
                    }
                }
                Role::Match(mode) if words::is_yes(cell) => values::match_as(&mut record, mode),
                Role::TermType(lang) if words::is_abbreviation(cell) => short.push(scope(lang)),
                ref role => {
                    let word = self.answer(row, at, role);
                    standing.extend(word.map(|word| (Scope::Row, word)));
                }
            }
        }
        let found = self.filled(row, found)?;
        self.place(&mut record, row, &found, (&standing, &short));
        self.doubt(&mut record, &found, &doubtful);
        self.standings(&mut record, &standing);
        once(&mut record);
        if record.name(Lang::Zh).is_empty() && record.name(Lang::En).is_empty() {
            let filled: Vec<&str> = row
                .cells
                .iter()
                .map(|c| c.text.trim())
                .filter(|t| !t.is_empty())
                .collect();
            let why = match filled.as_slice() {
                [only] => format!(
                    "no term; its only cell is `{}`: a heading?",
                    cells::short(only)
                ),
                _ => "no term in either language".to_owned(),
            };
            return Err((record.spot, why));
        }
        Ok(record)
    }

    /// The terms of a row without words that fill cells.
    ///
    /// # Errors
    /// One of them only points to the term of another row.
    fn filled(&mut self, row: &Row, found: Vec<Cell>) -> Result<Vec<Cell>, Rejection> {
        if self.grid.escaped {
            return Ok(found);
        }
        let mut fillers = Vec::new();
        for &(at, field, ref text) in &found {
            let Field::Terms(lang, _) = field else {
                continue;
            };
            let term = filler::points_to(text, lang);
            if term.is_some_and(|term| self.pointed.contains(&fold(term))) {
                let shown = cells::short(text);
                let why = format!("`{shown}` only points to another term");
                return Err((self.spot(row, Some(at)), why));
            }
            let of_other = |field: &Field| matches!(field, Field::Terms(of, _) if *of != lang);
            let others = found.iter().filter(|(_, field, _)| of_other(field));
            if filler::fills(text, lang, others.map(|(.., text)| text.as_str())) {
                let message = format!("`{}` is taken for an empty cell", text.trim());
                let spot = self.spot(row, Some(at));
                self.remarks.push(Remark::new(spot, "placeholder", message));
                fillers.push(at);
            }
        }
        let found = found.into_iter();
        Ok(found.filter(|(at, ..)| !fillers.contains(at)).collect())
    }

    /// Puts the terms of a row where words about them say.
    fn place(
        &mut self,
        record: &mut Record,
        row: &Row,
        found: &[(usize, Field, String)],
        (standing, short): (&[(Scope, Standing)], &[Scope]),
    ) {
        let beside = |lang: Lang, text: &str| {
            let of_other = |field: &Field| matches!(field, Field::Terms(of, _) if *of != lang);
            let others = found.iter().filter(|(_, field, _)| of_other(field));
            Beside::of(text, lang, others.map(|(.., text)| text.as_str()))
        };
        for &(at, field, ref text) in found {
            let Field::Terms(lang, slot) = field else {
                continue;
            };
            let applies = |scope: &Scope| self.applies(*scope, (at, lang), found);
            let word = standing
                .iter()
                .filter(|(scope, _)| applies(scope))
                .map(|(_, word)| *word);
            let slot = match word.max_by_key(|word| match word {
                Standing::Avoid(_) | Standing::Superseded => 2,
                Standing::Admitted => 1,
                _ => 0,
            }) {
                Some(Standing::Avoid(_) | Standing::Superseded) => Slot::Avoid,
                Some(Standing::Admitted) if slot == Slot::Preferred => Slot::Admitted,
                _ if slot != Slot::Avoid && short.iter().any(applies) => Slot::Abbreviation,
                _ => slot,
            };
            let beside = beside(lang, text);
            self.terms(record, row, (at, Field::Terms(lang, slot)), text, beside);
        }
    }

    /// Whether a word about terms speaks of those of a column.
    fn applies(
        &self,
        scope: Scope,
        (at, lang): (usize, Lang),
        found: &[(usize, Field, String)],
    ) -> bool {
        let in_target = |(_, field, _): &(usize, Field, String)| matches!(field, Field::Terms(of, _) if *of == self.target);
        match scope {
            // Where the row has none of the target language, the word can mean but what it has.
            Scope::Row => lang == self.target || !found.iter().any(in_target),
            Scope::Lang(of) => of == lang,
            Scope::LeftOf(word) => at < word && !self.terms_between(at, word),
        }
    }

    /// Terms with a word that nobody knows stand, but are not agreed on: another row's go before them.
    fn doubt(&self, record: &mut Record, found: &[(usize, Field, String)], words: &[Scope]) {
        if words.is_empty() {
            return;
        }
        for (at, field, _) in found {
            if let Field::Terms(lang, Slot::Preferred) = *field
                && !record.doubtful.contains(&lang)
                && words
                    .iter()
                    .any(|scope| self.applies(*scope, (*at, lang), found))
            {
                record.doubtful.push(lang);
            }
        }
        record
            .cells
            .insert(Field::Status, vec!["proposed".to_owned()]);
    }

    /// A row that cannot be cut into its columns.
    fn torn(&self, row: &Row) -> Result<(), Rejection> {
        let named = self.layout.columns.len();
        let header = match self.layout.header {
            0 => return Ok(()),
            _ => self
                .grid
                .rows
                .get(self.layout.skip - 1)
                .map_or(named, |r| r.cells.len()),
        };
        let extra = (header..row.cells.len()).find(|at| !row.text(*at).trim().is_empty());
        match extra {
            Some(at) if self.grid.ragged => Err((
                self.spot(row, Some(at)),
                format!(
                    "{} cells in a row of {header} columns: is there a separator inside a cell without quotes?",
                    row.cells.len()
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Whether there is a column of terms between two others.
    fn terms_between(&self, left: usize, right: usize) -> bool {
        let between = self.layout.columns.get(left + 1..right).unwrap_or_default();
        between
            .iter()
            .any(|c| matches!(c.role, Role::TermStatus(_)) || c.role.is_terms())
    }

    /// The column of a side's terms, by the language the row names.
    fn side(&self, row: &Row, side: Side) -> Result<Field, Rejection> {
        let at = self
            .layout
            .columns
            .iter()
            .position(|c| c.role == Role::Code(side));
        let locale = at.map(|at| (at, row.text(at).trim()));
        match locale.map(|(at, text)| (at, text, code(text))) {
            Some((_, _, Some(Tongue::Ours(locale)))) => Ok(of_locale(locale, Slot::Preferred)),
            Some((at, text, _)) => Err((
                self.spot(row, Some(at)),
                format!("`{text}` is neither Chinese nor English"),
            )),
            None => Err((self.spot(row, None), "its language is not named".to_owned())),
        }
    }

    fn language(&self, row: &Row) -> Result<Locale, Rejection> {
        let at = self
            .layout
            .columns
            .iter()
            .position(|c| c.role == Role::Language)
            .unwrap_or(0);
        let text = row.text(at).trim();
        if let Some(Tongue::Ours(locale)) = code(text) {
            return Ok(locale);
        }
        let why = format!("`{}` is neither Chinese nor English", cells::short(text));
        Err((self.spot(row, Some(at)), why))
    }

    /// Terms of a cell, as many as it holds.
    fn terms(
        &mut self,
        record: &mut Record,
        row: &Row,
        (at, field): (usize, Field),
        text: &str,
        beside: Beside,
    ) {
        let spot = self.spot(row, Some(at));
        // A cell without bars below names of ours is like any other, whoever wrote it.
        if self.layout.ours && text.contains('|') {
            let parts = if self.grid.escaped {
                tsv::split_terms(text)
            } else {
                barred(text)
            };
            for term in parts {
                let term = cells::term(&term, &spot, &mut self.remarks);
                let term = if self.grid.escaped {
                    term
                } else {
                    term.replace('\n', " ")
                };
                record.add(field, &term);
            }
            return;
        }
        if text.contains(APART) {
            // A list in the file itself: its second text is no second preferred term.
            for (i, part) in text.split(APART).enumerate() {
                let field = match field {
                    Field::Terms(lang, Slot::Preferred) if i > 0 => {
                        Field::Terms(lang, Slot::Admitted)
                    }
                    field => field,
                };
                self.terms(record, row, (at, field), part, beside);
            }
            return;
        }
        let Field::Terms(lang, slot) = field else {
            return;
        };
        let text = self.clean(text, &spot, (at, lang));
        let escaped = self.grid.escaped;
        let line = |text: &str| {
            if escaped {
                text.to_owned()
            } else {
                cells::on_line(text)
            }
        };
        let Some(parts) = packed::parts(&text, lang, beside) else {
            record.add(field, &line(&text));
            return;
        };
        self.packed.push(Packed {
            spot,
            cell: text.clone(),
            parts: parts.shown(),
        });
        if !self.wanted.split {
            record.add(field, &line(&text));
            return;
        }
        parts.spread(record, (lang, slot));
    }

    /// The text of a term's cell, without what is no part of the term.
    fn clean(&mut self, text: &str, spot: &Spot, (at, lang): (usize, Lang)) -> String {
        let remarks = &mut self.remarks;
        let plain = if self.grid.escaped {
            tsv::unescape(text)
        } else {
            text.into()
        };
        let plain = if self.layout.ours {
            plain
        } else {
            marks::decoded(plain, spot, remarks)
        };
        let mut text = cells::term(&plain, spot, remarks);
        if words::day(&text).is_some_and(|day| day == text) {
            let message = format!(
                "`{text}` is a date, and taken as a term: a spreadsheet makes one of SEP2 or 9-2"
            );
            remarks.push(Remark::new(spot.clone(), "date", message));
        }
        if self.grid.escaped {
            return text;
        }
        if self.numbered.contains(&at) {
            text = marks::unnumbered(text, spot, remarks);
        }
        text = marks::without_mark(text, spot, remarks);
        let whole = match lang {
            Lang::Zh => cells::unbroken(&text, spot, remarks),
            Lang::En => None,
        };
        whole.unwrap_or(text)
    }

    /// A cell that holds no terms.
    fn text(
        &mut self,
        record: &mut Record,
        row: &Row,
        at: usize,
        field: Field,
    ) -> Result<(), Rejection> {
        let spot = self.spot(row, Some(at));
        let written = self.restored(row, at)?;
        if self.layout.ours && is_list(field) {
            let parts = if self.grid.escaped {
                tsv::split_terms(&written)
            } else {
                barred(&written)
            };
            for text in &parts {
                record.add(field, text);
            }
            return Ok(());
        }
        let plain = if self.grid.escaped {
            tsv::unescape(&written)
        } else {
            written.as_str().into()
        };
        let plain = plain.replace(APART, "; ");
        let plain = if self.layout.ours {
            plain.into()
        } else {
            marks::decoded(plain.into(), &spot, &mut self.remarks)
        };
        let text = cells::text(&plain, &spot, &mut self.remarks);
        if is_single(field) && !text.is_empty() {
            self.value(record, (row, at), field, &text);
        } else {
            record.join(field, &text);
        }
        Ok(())
    }

    /// What words about the row's terms make of the concept.
    fn standings(&mut self, record: &mut Record, standing: &[(Scope, Standing)]) {
        let mut say = |record: &Record, kind, message: &str| {
            self.remarks
                .push(Remark::new(record.spot.clone(), kind, message));
        };
        for (_, word) in standing {
            match word {
                Standing::Avoid(true) => say(
                    record,
                    "forbidden",
                    "“forbidden” becomes deprecated: the term goes to the column of those to avoid",
                ),
                Standing::Superseded => say(
                    record,
                    "superseded",
                    "a superseded term goes to the column of those to avoid; its dates are not known",
                ),
                Standing::Proposed => {
                    record
                        .cells
                        .insert(Field::Status, vec!["proposed".to_owned()]);
                }
                Standing::Untranslated => {
                    record.cells.insert(Field::Type, vec!["dnt".to_owned()]);
                }
                _ => {}
            }
        }
    }
}

/// What a word about terms speaks of.
#[derive(Debug, Clone, Copy)]
enum Scope {
    Row,
    Lang(Lang),
    LeftOf(usize),
}

/// The columns of standings whose words surely are some, known or not.
fn speaking(grid: &Grid, layout: &Layout) -> Vec<usize> {
    let rows = grid.rows.get(layout.skip..).unwrap_or_default();
    let sure = |at: usize, name: &str| {
        names::of_status(name)
            || rows
                .iter()
                .any(|row| words::standing(row.text(at)).is_some())
    };
    let columns = layout.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| matches!(column.role, Role::TermStatus(_)));
    let columns = columns.filter(|(at, column)| sure(*at, &column.name));
    columns.map(|(at, _)| at).collect()
}

/// The columns of terms most of whose cells begin with a number, as the items of a list do.
fn numbered(grid: &Grid, layout: &Layout) -> Vec<usize> {
    let rows = grid.rows.get(layout.skip..).unwrap_or_default();
    let most = |at: &usize| {
        let texts = rows.iter().map(|row| row.text(*at).trim());
        let filled = texts.clone().filter(|text| !text.is_empty()).count();
        let numbered = texts.filter(|text| marks::after_number(text).is_some());
        let count = numbered.count();
        count > 1 && count * 5 >= filled * 4
    };
    let columns = layout.columns.iter().enumerate();
    let terms = columns.filter(|(_, column)| column.role.is_terms());
    terms.map(|(at, _)| at).filter(most).collect()
}

/// The terms of a table, in the form they are compared in, where a cell may point to one.
fn pointed(grid: &Grid, layout: &Layout) -> HashSet<String> {
    let rows = grid.rows.get(layout.skip..).unwrap_or_default();
    let columns: Vec<usize> = (0..)
        .zip(&layout.columns)
        .filter(|(_, column)| column.role.is_terms())
        .map(|(at, _)| at)
        .collect();
    let texts = || {
        let columns = &columns;
        rows.iter()
            .flat_map(move |row| columns.iter().map(move |at| row.text(*at).trim()))
    };
    let points = |text: &str| {
        let langs = [Lang::Zh, Lang::En];
        langs
            .iter()
            .any(|lang| filler::points_to(text, *lang).is_some())
    };
    if texts().any(points) {
        texts().map(fold).collect()
    } else {
        HashSet::new()
    }
}

/// The terms of a cell that is not escaped: `\|` is a bar, any other backslash is itself.
pub(super) fn barred(written: &str) -> Vec<String> {
    let marked = written.replace("\\|", "\u{1}");
    let parts = marked
        .split('|')
        .map(|part| part.trim().replace('\u{1}', "|"));
    parts.filter(|part| !part.is_empty()).collect()
}

/// The name of a column of ours.
pub(super) fn name(field: Field) -> &'static str {
    columns::name(field)
}
