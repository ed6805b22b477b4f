//! Which row names the columns of a table, and what each column holds: by its
//! name, and where names say too little by what its cells hold.

mod doubt;
mod header;
mod named;
mod profile;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use profile::Profile;
pub(super) use profile::{Tongue, code};

use super::names::{self, Role};
use crate::format::heading::Why;
use crate::glossary::columns::{self, Field, Slot};
use crate::glossary::exchange::{Grid, Row, letters};
use crate::glossary::words;
use crate::lang::{Lang, Locale};

/// A column of a table that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name as written, or its letter.
    pub name: String,
    /// What it is taken for.
    pub(crate) role: Role,
    /// Which of several like columns it is.
    number: u32,
    /// Why.
    pub why: Why,
    /// How many of the rows looked at have something in it.
    pub filled: usize,
    /// What more there is to say about it.
    pub remark: Option<&'static str>,
    /// What of its name is not understood, or what it was probably meant to be.
    unclear: Option<String>,
}

impl Column {
    /// The name of the column of ours that it becomes; `None` where it is not imported.
    pub fn becomes(&self) -> Option<String> {
        let named = |field| Some(columns::name(field).to_owned());
        match &self.role {
            Role::Field(field) => named(*field),
            // Once all is known, terms whose language the cells tell are those of rows with one term.
            Role::Side(_) | Role::Terms(_) => {
                Some("zh or en, by the language its row names".into())
            }
            Role::Code(_) | Role::Language => Some("(language of the term)".into()),
            Role::TermStatus(_) | Role::Forbidden | Role::Approved | Role::Fuzzy => {
                Some("(standing of the term)".into())
            }
            Role::TermType(_) => Some("(kind of the term)".into()),
            Role::Untranslated | Role::Translated => named(Field::Type),
            Role::Match(_) => named(Field::Match),
            Role::Number | Role::Foreign | Role::Unsure(_) | Role::Unknown | Role::Skip => None,
        }
    }

    /// Why it is not imported, where it is not.
    pub fn left_out(&self) -> &str {
        match self.role {
            Role::Number => "numbers the rows",
            Role::Foreign => "another language",
            Role::Skip => "as said",
            _ if self.filled == 0 => "empty",
            _ => self
                .remark
                .or(self.unclear.as_deref())
                .unwrap_or("no column of a glossary"),
        }
    }
}

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The rows before the first that is read.
    pub(crate) skip: usize,
    /// The rows of them that name the columns.
    pub(crate) header: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether the columns are named as ours are: terms are parted by ` | `.
    pub(crate) ours: bool,
    /// Whether each row has one term, its language beside it.
    pub(crate) long: bool,
    /// The column that a second list begins with, beside the first.
    pub(crate) second: Option<usize>,
    /// Whether the rows have been read once, for the first of two lists.
    pub(crate) again: bool,
    /// What is to be known about the columns.
    pub(crate) remarks: Vec<String>,
}

/// What `--map` says: a column of ours (or `skip`), and the name, letter or number of one in the file.
pub type Map = Vec<(String, String)>;

/// How a grid is to be read; `bare` says that no row of it names the columns.
///
/// # Errors
/// It has no column of Chinese or none of English terms, or `map` names one that is not there.
pub(crate) fn layout(
    grid: &Grid,
    map: &Map,
    home: Option<Locale>,
    bare: bool,
) -> Result<Layout, String> {
    let (at, rows) = if bare && !grid.headed {
        (0, 0)
    } else {
        named(grid, map)
    };
    let width = grid
        .rows
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0);
    let names = header::column_names(grid, at, rows, width);
    let skip = at + rows;
    let body = grid.rows.get(skip..).unwrap_or_default();
    let profiles: Vec<Profile> = (0..width).map(|c| Profile::of(body, c)).collect();
    let ours = rows == 1 && grid.rows.get(at).is_some_and(Row::is_our_header);
    let mut guess = Guess {
        columns: names
            .into_iter()
            .enumerate()
            .map(|(at, name)| Guess::column(at, name, ours, &profiles, grid.sheet.is_some()))
            .collect(),
        profiles,
        remarks: Vec::new(),
        second: None,
    };
    let first = grid.rows.get(at).filter(|_| rows == 0);
    guess.said(map, first)?;
    guess.answers(ours);
    guess.origins();
    guess.languages();
    let long = guess.is_long();
    guess.sides(home, ours, long);
    if !ours && !long {
        guess.by_content();
        guess.by_meaning();
    }
    if rows == 0 {
        guess.unnamed();
    }
    if !long {
        guess.swapped();
    }
    if !ours {
        guess.second_list();
        guess.mainland(home);
        guess.rest();
        guess.last_change();
        guess.stated();
    }
    guess.standing(body, ours);
    guess.doubt();
    if rows > 0 && !ours {
        guess.unclear();
    }
    let coded = guess.is_coded();
    let layout = Layout {
        skip,
        header: rows,
        columns: guess.columns,
        ours,
        long,
        second: guess.second,
        again: false,
        remarks: guess.remarks,
    };
    layout.complete(ours, coded)?;
    Ok(layout)
}

/// The rows that name the columns: where they begin, and how many there are.
fn named(grid: &Grid, map: &Map) -> (usize, usize) {
    if let Some(row) = header::asked(grid, map) {
        return (row, 1);
    }
    let (at, rows) = header::header(grid);
    // Who counts the columns has no names for them.
    let counted = |(_, from): &(String, String)| {
        let from = from.trim();
        from.parse::<usize>().is_ok() || (from.is_ascii() && from.len() < 3)
    };
    if !map.is_empty() && map.iter().all(counted) && header::is_doubtful(grid, at) {
        return (at, 0);
    }
    (at, rows)
}

impl Layout {
    /// Whether there is a column for each language; `coded` says that one has the languages of rows.
    fn complete(&self, ours: bool, coded: bool) -> Result<(), String> {
        let sides = self.columns.iter().any(|c| matches!(c.role, Role::Side(_)));
        let has = |lang| {
            let terms = |c: &Column| matches!(c.role, Role::Field(Field::Terms(l, _)) if l == lang);
            self.columns.iter().any(terms)
        };
        let missing = match (has(Lang::Zh), has(Lang::En)) {
            _ if sides || self.long => return Ok(()),
            (true, true) => return Ok(()),
            (true, _) | (_, true) if ours => return Ok(()),
            (false, true) => "Chinese",
            (true, false) => "English",
            (false, false) => "Chinese and none of English",
        };
        let names: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
        if names.is_empty() {
            return Err("holds no row".to_owned());
        }
        let filled = self.columns.iter().filter(|column| column.filled > 0);
        if filled.count() < 2 {
            return Err(format!(
                "no column of {missing} terms among {}: put a tab, a comma or = between the languages of each line",
                names.join(", ")
            ));
        }
        let long = if coded {
            ", or with one term a row --map term=…,language=…,id=…"
        } else {
            ""
        };
        Err(format!(
            "no column of {missing} terms among {}: name them with --map zh=…,en=…{long}",
            names.join(", ")
        ))
    }
}

impl Layout {
    /// How each list of the table is read: as this says, or where there are two side by side
    /// each with its own columns alone.
    pub(crate) fn lists(&self) -> Vec<Cow<'_, Self>> {
        let Some(cut) = self.second else {
            return vec![Cow::Borrowed(self)];
        };
        let part = |again: bool| {
            let mut part = self.clone();
            part.again = again;
            for (at, column) in part.columns.iter_mut().enumerate() {
                if (at >= cut) != again {
                    column.role = Role::Skip;
                }
            }
            Cow::Owned(part)
        };
        vec![part(false), part(true)]
    }

    /// Whether a row has nothing in the columns that are read.
    pub(crate) fn is_blank(&self, row: &Row) -> bool {
        let columns = self.columns.iter().enumerate();
        let mut read = columns.filter(|(_, column)| column.role != Role::Skip);
        read.all(|(at, _)| row.text(at).trim().is_empty())
    }
}

fn plain(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_lowercase()
}

/// What columns hold, being found out.
struct Guess {
    columns: Vec<Column>,
    profiles: Vec<Profile>,
    remarks: Vec<String>,
    /// Where a second list begins.
    second: Option<usize>,
}

impl Guess {
    fn column(at: usize, name: String, ours: bool, profiles: &[Profile], sheet: bool) -> Column {
        let (role, number) = if ours {
            let field = columns::field(&name);
            (field.map_or_else(|| names::beside(&name), Role::Field), 1)
        } else {
            names::role(&name)
        };
        let letter = || {
            if sheet {
                letters(at as u32 + 1)
            } else {
                format!("column {}", at + 1)
            }
        };
        Column {
            name: if name.is_empty() { letter() } else { name },
            role,
            number,
            why: Why::Name,
            filled: profiles.get(at).map_or(0, |p| p.filled),
            remark: None,
            unclear: None,
        }
    }

    /// What the user says.
    ///
    /// `first` is the first row, where no row is known to name the columns.
    fn said(&mut self, map: &Map, first: Option<&Row>) -> Result<(), String> {
        for (field, from) in map {
            let wanted = plain(from);
            let by_name = self.columns.iter().position(|c| plain(&c.name) == wanted);
            let by_place = || {
                let number = from.trim().parse::<usize>().ok();
                let letter = || {
                    (0..self.columns.len())
                        .find(|at| letters(*at as u32 + 1).eq_ignore_ascii_case(from.trim()))
                };
                number.map_or_else(letter, |n| n.checked_sub(1))
            };
            let at = by_name
                .or_else(by_place)
                .filter(|at| *at < self.columns.len());
            let Some(at) = at else {
                let names: Vec<&str> = match first {
                    Some(row) => row.cells.iter().map(|c| c.text.trim()).collect(),
                    None => self.columns.iter().map(|c| c.name.as_str()).collect(),
                };
                return Err(format!(
                    "--map names a column `{from}`; the columns are {}",
                    names.join(", ")
                ));
            };
            let Some(column) = self.columns.get_mut(at) else {
                continue;
            };
            column.why = Why::Said;
            column.number = 1;
            column.role = match (field.as_str(), columns::field(field)) {
                (_, Some(known)) => Role::Field(known),
                ("skip" | "-", _) => Role::Skip,
                ("term", _) => Role::Terms(Slot::Preferred),
                ("language", _) => Role::Language,
                _ => {
                    let near = columns::near(field)
                        .map_or(String::new(), |near| format!(": is it `{near}`?"));
                    return Err(format!("--map: `{field}` is no column of a glossary{near}"));
                }
            };
        }
        Ok(())
    }

    /// Whether each row has one term with its language beside it.
    fn is_long(&self) -> bool {
        let codes = |at: usize| {
            self.profiles
                .get(at)
                .is_some_and(|p| p.code * 10 >= p.filled * 9 && p.filled > 0)
        };
        let language = (0..)
            .zip(&self.columns)
            .any(|(at, c)| c.role == Role::Language && (c.why == Why::Said || codes(at)));
        if self.columns.iter().any(is_said_term) {
            return language;
        }
        let explicit = self
            .columns
            .iter()
            .any(|c| matches!(c.role, Role::Field(Field::Terms(..))));
        let preferred =
            |c: &&Column| matches!(c.role, Role::Terms(Slot::Preferred) | Role::Side(_));
        language && !explicit && self.columns.iter().filter(preferred).count() == 1
    }

    fn has(&self, lang: Lang) -> bool {
        let terms = |c: &Column| matches!(c.role, Role::Field(Field::Terms(l, slot)) if l == lang && matches!(slot, Slot::Preferred | Slot::Regional(_)));
        self.columns.iter().any(terms)
    }

    /// The language of columns whose names do not say it.
    fn sides(&mut self, home: Option<Locale>, ours: bool, long: bool) {
        if ours {
            return;
        }
        if long {
            let said = self.columns.iter().any(is_said_term);
            let is_language = |c: &Column| c.why == Why::Said && c.role == Role::Language;
            let language = self.columns.iter().any(is_language);
            for column in &mut self.columns {
                if language && column.role == Role::Language && !is_language(column) {
                    column.role = Role::Unknown;
                }
                if column.role.is_terms() {
                    column.role = match column.role {
                        _ if said && !is_said_term(column) => Role::Unknown,
                        Role::Terms(slot) => Role::Terms(slot),
                        _ => Role::Terms(Slot::Preferred),
                    };
                }
            }
            return;
        }
        let coded: Vec<names::Side> = (0..)
            .zip(&self.columns)
            .filter_map(|(at, c): (usize, _)| match c.role {
                Role::Code(side) if self.profiles.get(at).is_some_and(|p| p.code > 0) => Some(side),
                _ => None,
            })
            .collect();
        let explicit = [Lang::Zh, Lang::En].map(|lang| self.has(lang));
        let both = explicit == [true, true];
        let target = self
            .columns
            .iter()
            .any(|c| c.role == Role::Side(names::Side::Target));
        for at in 0..self.columns.len() {
            let lang = self.profiles.get(at).and_then(Profile::lang);
            let Some(column) = self.columns.get_mut(at) else {
                continue;
            };
            let taken = |lang: Lang| explicit.get(usize::from(lang == Lang::En)) == Some(&true);
            column.role = match (&column.role, lang) {
                (Role::Side(names::Side::Source), _) if both && !target => {
                    Role::Field(Field::Source)
                }
                (Role::Side(side), _) if coded.contains(side) => continue,
                (Role::Side(_), Some(lang)) => Role::Field(Field::Terms(lang, Slot::Preferred)),
                (Role::Terms(Slot::Preferred), Some(lang)) if taken(lang) => Role::Unknown,
                (Role::Terms(slot), Some(lang)) => Role::Field(Field::Terms(lang, *slot)),
                (Role::Side(_) | Role::Terms(_), None) => Role::Unknown,
                _ => continue,
            };
        }
        // A workspace whose Chinese is Taiwan's keeps that in `zh`.
        if let Some(home) = home
            && !self
                .columns
                .iter()
                .any(|c| c.role == Role::Field(Field::Terms(Lang::Zh, Slot::Preferred)))
        {
            let own = Role::Field(columns::of_locale(home, Slot::Preferred));
            for column in self
                .columns
                .iter_mut()
                .filter(|c| c.role == own && home.traditional())
            {
                column.role = Role::Field(Field::Terms(Lang::Zh, Slot::Preferred));
            }
        }
    }

    /// A column for a language that no name names: the one whose cells are most like its terms.
    fn by_content(&mut self) {
        if self.columns.iter().any(|c| matches!(c.role, Role::Side(_))) {
            return;
        }
        for lang in [Lang::Zh, Lang::En] {
            if self.has(lang) {
                continue;
            }
            let longest = if lang == Lang::Zh { 40 } else { 80 };
            let fits = |at: &usize| {
                let (Some(c), Some(p)) = (self.columns.get(*at), self.profiles.get(*at)) else {
                    return false;
                };
                let share = if lang == Lang::Zh { p.han } else { p.latin };
                matches!(c.role, Role::Unknown | Role::Foreign | Role::Unsure(_))
                    && c.role.lang().is_none_or(|named| named == lang)
                    && !p.is_pinyin()
                    && (c.role != Role::Foreign || c.why == Why::Content)
                    && p.lang() == Some(lang)
                    && share * 5 >= p.filled * 3
                    && p.mean() <= longest
                    && p.id * 5 < p.filled * 4
                    && p.code * 2 < p.filled
                    && !(p.filled > 20 && p.words.len() <= 6)
                    && c.remark.is_none()
                    && !names::is_other(&c.name)
            };
            let best = (0..self.columns.len()).filter(fits).max_by_key(|at| {
                // One that is called like terms of the language, if with a word more, goes first.
                let named = self.columns.get(*at).map(|c| match c.role {
                    Role::Unsure(Some(_)) => 2,
                    Role::Unsure(None) => 1,
                    _ => 0,
                });
                (
                    named,
                    self.profiles.get(*at).map_or(0, |p| p.filled),
                    usize::MAX - at,
                )
            });
            if let Some(column) = best.and_then(|at| self.columns.get_mut(at)) {
                column.role = Role::Field(Field::Terms(lang, Slot::Preferred));
                column.why = Why::Content;
            }
        }
    }

    /// Columns without a name: the third of a list that has no more is the
    /// remark, as `OmegaT` has it; of others nothing says what they hold.
    fn unnamed(&mut self) {
        let in_words = self.profiles.get(2).is_some_and(|p| p.lang().is_some());
        if let [one, two, third] = self.columns.as_mut_slice()
            && one.role.is_terms()
            && two.role.is_terms()
            && third.role == Role::Unknown
            && in_words
        {
            third.role = Role::Field(Field::Note);
            third.why = Why::Content;
        }
        for column in self.columns.iter_mut().filter(|c| c.role == Role::Unknown) {
            column.remark = column.remark.or(Some(
                "not named, and its content does not tell; --map takes it",
            ));
        }
    }

    /// Names that say the one language over cells in the other.
    fn swapped(&mut self) {
        let find = |lang| {
            let role = Role::Field(Field::Terms(lang, Slot::Preferred));
            self.columns
                .iter()
                .position(|c| c.role == role && c.why == Why::Name)
        };
        let (Some(zh), Some(en)) = (find(Lang::Zh), find(Lang::En)) else {
            return;
        };
        let (Some(p), Some(q)) = (self.profiles.get(zh), self.profiles.get(en)) else {
            return;
        };
        let wrong = p.filled > 2 && p.latin * 5 >= p.filled * 4 && q.han * 5 >= q.filled * 4;
        if wrong && let Ok([a, b]) = self.columns.get_disjoint_mut([zh, en]) {
            std::mem::swap(&mut a.role, &mut b.role);
            (a.why, b.why) = (Why::Content, Why::Content);
            let message = format!(
                "the columns `{}` and `{}` hold each other's language: they are read the other way round",
                a.name, b.name
            );
            self.remarks.push(message);
        }
    }

    /// Second columns of one kind, numberings, words that are no columns of ours.
    fn rest(&mut self) {
        let mut seen: Vec<Field> = Vec::new();
        for at in 0..self.columns.len() {
            if self.second == Some(at) {
                seen.clear();
            }
            let (Some(column), Some(p)) = (self.columns.get_mut(at), self.profiles.get(at)) else {
                continue;
            };
            if column.why == Why::Said {
                continue;
            }
            match column.role {
                Role::Field(Field::Terms(lang, Slot::Preferred))
                    if column.number > 1 || seen.contains(&Field::Terms(lang, Slot::Preferred)) =>
                {
                    column.role = Role::Field(Field::Terms(lang, Slot::Admitted));
                }
                // Of a column of ids that counts the rows nobody knows that it names
                // concepts, but where its own name says so.
                Role::Field(Field::Id) if p.sequence && !names::of_concepts(&column.name) => {
                    column.role = Role::Number;
                }
                // A word among them that means no type is named with its place.
                Role::Field(Field::Type)
                    if p.mostly(|word| word == "term" || words::is_term_type(word))
                        && !p.only(words::is_type) =>
                {
                    column.role = Role::TermType(None);
                }
                Role::Field(Field::Type) if !p.half(words::is_type) => {
                    column.remark = Some("its words are no types here; --map subject=… takes it");
                    column.role = Role::Unknown;
                }
                Role::TermStatus(_) if p.mostly(is_status) && column.name == "status" => {
                    column.role = Role::Field(Field::Status);
                }
                _ => {}
            }
            if let Role::Field(field) = column.role {
                seen.push(field);
            }
        }
    }

    /// Whether a column says how concepts stand, or how terms do: a single word that only
    /// a term can be (forbidden) decides. Beside names of ours it has to have such words.
    fn standing(&mut self, body: &[Row], ours: bool) {
        let has = |at: usize, is: fn(&str) -> bool| body.iter().any(|row| is(row.text(at)));
        let word: fn(&str) -> bool = |text| words::standing(text).is_some();
        let foreign: fn(&str) -> bool = |text| !is_status(text) && words::standing(text).is_some();
        for (at, column) in self.columns.iter_mut().enumerate() {
            match column.role {
                Role::Field(Field::Status) if has(at, foreign) => {
                    column.role = Role::TermStatus(None);
                }
                Role::TermStatus(_) if ours && !has(at, word) => column.role = Role::Unknown,
                _ => {}
            }
        }
    }
}

/// Whether a user says that a column has a row's only term.
fn is_said_term(column: &Column) -> bool {
    column.why == Why::Said && column.role == Role::Terms(Slot::Preferred)
}

/// Whether a word is a status of concepts, as ours are.
fn is_status(text: &str) -> bool {
    let is = |word: &str| text.trim().eq_ignore_ascii_case(word);
    is("approved") || is("proposed")
}

#[cfg(test)]
mod tests;
