//! What the columns of a table are: named by the user, by their header, or
//! found by the language of their texts.

mod row;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{language, wordfast};
use crate::format::bilingual::{common, named};
use crate::format::heading::{Heading, Kind, Why};
use crate::lang::{Lang, Pair};
use crate::text::chars::is_han;
use crate::text::detect;
use crate::text::stream::Spot;

/// What a column of a table can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Zh,
    En,
    /// The text that was translated, in either language.
    Source,
    /// Its translation.
    Target,
    /// The language of the source, row by row.
    SourceLang,
    /// The language of the translation, row by row.
    TargetLang,
    /// The language that was translated from.
    From,
    State,
    When,
    Who,
    /// When it was made.
    Created,
    /// Who made it.
    Creator,
    Document,
    Prev,
    Next,
    Subject,
    Note,
}

/// The fields, as users and this program's own headers name them.
const FIELDS: [(Field, &str); 17] = [
    (Field::Zh, "zh"),
    (Field::En, "en"),
    (Field::Source, "source"),
    (Field::Target, "target"),
    (Field::SourceLang, "source-lang"),
    (Field::TargetLang, "target-lang"),
    (Field::From, "from"),
    (Field::State, "state"),
    (Field::When, "when"),
    (Field::Who, "who"),
    (Field::Created, "created"),
    (Field::Creator, "creator"),
    (Field::Document, "document"),
    (Field::Prev, "prev"),
    (Field::Next, "next"),
    (Field::Subject, "subject"),
    (Field::Note, "note"),
];

impl Field {
    /// The field of a name.
    fn named(name: &str) -> Option<Self> {
        let found = FIELDS.iter().find(|(_, known)| *known == name);
        found.map(|(field, _)| *field)
    }

    /// The text in a language.
    fn text(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

/// Which columns a user says are what: `zh=译文,en=2`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map(Vec<(Field, String)>);

impl std::str::FromStr for Map {
    type Err = String;

    /// ```
    /// use zhengming::format::exchange::Map;
    /// assert!("zh=译文,en=2".parse::<Map>().is_ok());
    /// assert!("zh=译文,enn=2".parse::<Map>().unwrap_err().contains("`enn`"));
    /// ```
    fn from_str(text: &str) -> Result<Self, String> {
        let mut map = Vec::new();
        for part in text.split([',', '，']) {
            let (field, column) = part
                .split_once('=')
                .ok_or_else(|| format!("`{part}` is not FIELD=COLUMN"))?;
            let field = field.trim();
            let known = Field::named(field).ok_or_else(|| {
                let all = FIELDS.map(|(_, name)| name).join(", ");
                format!("`{field}` is no field: use {all}")
            })?;
            map.push((known, column.trim().to_owned()));
        }
        Ok(Self(map))
    }
}

/// A column of a table, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, or its number.
    pub name: String,
    /// The language or the field that it holds; `None` where it is not read.
    pub becomes: Option<&'static str>,
    /// Why.
    pub why: Why,
}

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The line that names the columns, where one does.
    pub header_line: Option<u32>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A row and where it begins.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) spot: Spot,
    pub(super) cells: Vec<String>,
}

/// What each column is.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    places: BTreeMap<Field, usize>,
    /// Why these are taken for the fields.
    why: Why,
    /// The languages of `source` and `target`.
    sides: Option<(Lang, Lang)>,
    /// Whether these are in one language in some rows and in the other in others.
    mixed: bool,
    /// The tags of `zh` and `en`, where the header says more than that.
    tags: Pair<String>,
    width: usize,
    /// Whether this program's header names them.
    pub(super) own: bool,
    pub(super) escapes: Escapes,
}

/// How the texts of cells are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    None,
    /// As this program's are.
    Own,
    Wordfast,
}

/// How much text in a language a column has, in characters; `None` where most
/// of its texts are not in it. Numbers and ids are not, whatever a few of them are.
fn weight(rows: &[&Row], at: usize, lang: Lang) -> Option<usize> {
    let (mut filled, mut lettered, mut mine, mut length) = (0, 0, 0, 0);
    for cell in rows.iter().filter_map(|row| row.cells.get(at)) {
        let found = detect::language(cell);
        filled += usize::from(!cell.trim().is_empty());
        lettered += usize::from(found.is_some() || cell.contains(char::is_alphabetic));
        if found == Some(lang) {
            mine += 1;
            length += cell.trim().chars().count();
        }
    }
    (mine > 0 && mine * 2 >= filled && mine * 5 >= lettered * 4).then_some(length)
}

/// So many rows may stand above a table.
const TITLES: usize = 20;

/// Whether two columns face each other: nearly every row that has both texts has one
/// of them in Chinese and one in English, whichever is which.
fn facing(rows: &[&Row], one: usize, other: usize) -> bool {
    let (mut all, mut facing) = (0, 0);
    for row in rows {
        let filled = |at: usize| row.cells.get(at).filter(|cell| !cell.trim().is_empty());
        if let (Some(one), Some(other)) = (filled(one), filled(other)) {
            all += 1;
            let found = [one, other].map(|text| detect::language(text));
            facing += usize::from(matches!(found, [Some(a), Some(b)] if a != b));
        }
    }
    facing > 1 && facing * 5 >= all * 4
}

/// Whether a text can be the name of a column: it is short and no sentence.
fn is_name(text: &str) -> bool {
    let ends = ['.', '。', '!', '！', '?', '？', ',', '，', ';', '；'];
    !text.is_empty() && text.chars().count() <= 30 && !text.ends_with(ends)
}

/// What the words of a column's name mean.
enum Meant {
    /// The text in a language, with its tag.
    Side(Lang, &'static str),
    /// A field.
    Field(Field),
}

/// What a column's name means, by the words in it.
fn meant(name: &str) -> Option<Meant> {
    if !is_name(name) {
        return None;
    }
    let heading = Heading::of(name);
    let field = match (heading.kind(), heading.locale()) {
        (None | Some(Kind::Term | Kind::Source | Kind::Target), Some(locale)) => {
            return Some(Meant::Side(locale.lang(), locale.tag()));
        }
        (Some(Kind::Source), None) => Field::Source,
        (Some(Kind::Target), None) => Field::Target,
        (Some(Kind::SourceCode), None) => Field::SourceLang,
        (Some(Kind::TargetCode), None) => Field::TargetLang,
        (Some(Kind::Status), None) => Field::State,
        (Some(Kind::Updated | Kind::By | Kind::Other), None) => moment(&heading)?,
        (Some(Kind::Document), None) => Field::Document,
        (Some(Kind::Subject), None) => Field::Subject,
        (Some(Kind::Note), _) => Field::Note,
        _ => return None,
    };
    Some(Meant::Field(field))
}

/// What a column is of, that says when a unit was made or changed or who did it.
fn moment(heading: &Heading) -> Option<Field> {
    let made = heading.any(&["created", "creation", "creator", "创建", "創建", "录入"]);
    let person = heading.kind() == Some(Kind::By) || heading.any(&["by", "creator", "人", "者"]);
    let known = heading.kind() != Some(Kind::Other);
    match (made, person) {
        (true, true) => Some(Field::Creator),
        (true, false) => Some(Field::Created),
        (false, true) => known.then_some(Field::Who),
        (false, false) => known.then_some(Field::When),
    }
}

/// Whether a header is one that this program writes.
pub(super) fn is_own(names: &[&str]) -> bool {
    let has = |name: &str| names.iter().any(|known| known.trim() == name);
    let others = [
        Field::SourceLang,
        Field::TargetLang,
        Field::Created,
        Field::Creator,
    ];
    let ours = |name: &&str| Field::named(name.trim()).is_some_and(|f| !others.contains(&f));
    names.iter().all(ours) && has("zh") && has("en")
}

impl Columns {
    /// Columns of which nothing is known yet.
    fn unknown(width: usize, why: Why) -> Self {
        Self {
            places: BTreeMap::new(),
            why,
            sides: None,
            mixed: false,
            tags: Pair::each(|lang| lang.tag().to_owned()),
            width,
            own: false,
            escapes: Escapes::None,
        }
    }

    /// The column of a field.
    fn place(&self, field: Field) -> Option<usize> {
        self.places.get(&field).copied()
    }

    /// What the columns are, and whether the first row is their header.
    pub(super) fn find(rows: &[&Row], map: &Map) -> Result<(Self, bool), String> {
        let first = rows.first().ok_or("it is empty")?;
        if map.0.is_empty() && wordfast::is_header(&first.cells) {
            return Ok((Self::of_wordfast(first), true));
        }
        let width = first.cells.len();
        let mut named = Self::unknown(width, Why::Name);
        named.by_header(first);
        named.other_side(rows.get(1..).unwrap_or_default());
        if !map.0.is_empty() {
            let mut columns = Self::unknown(width, Why::Said);
            // Who counts the columns says nothing of a header.
            let header = columns.mapped(first, map)? || named.usable();
            let (columns, header) = columns.settled(rows, header)?;
            let odd = columns.is_odd(rows);
            return Ok((columns, header || odd));
        }
        if named.usable() {
            return named.settled(rows, true);
        }
        Self::by_content(rows)
    }

    /// How many rows stand above the one that names the columns, as titles do; 0 where
    /// none of the first ones names them, or one before it is a pair of texts.
    pub(super) fn titles(rows: &[&Row], map: &Map) -> usize {
        let sides = |row: &Row| {
            let mut said = Self::unknown(row.cells.len(), Why::Said);
            if said.mapped(row, map) != Ok(true) {
                said = Self::unknown(row.cells.len(), Why::Name);
                said.by_header(row);
            }
            let places = |one, other| said.place(one).zip(said.place(other));
            places(Field::Zh, Field::En).or(places(Field::Source, Field::Target))
        };
        let first = rows.iter().take(TITLES).enumerate();
        let mut named = first.filter_map(|(at, row)| Some((at, sides(row)?)));
        let Some((at, (one, other))) = named.next() else {
            return 0;
        };
        let filled = |row: &Row, at: usize| row.cells.get(at).is_some_and(|c| !c.trim().is_empty());
        let mut above = rows.iter().take(at);
        let pair = above.any(|row| filled(row, one) && filled(row, other));
        if pair { 0 } else { at }
    }

    /// The columns of a memory of Wordfast.
    fn of_wordfast(first: &Row) -> Self {
        let mut columns = Self::unknown(first.cells.len().max(7), Why::Name);
        columns.escapes = Escapes::Wordfast;
        columns.places = BTreeMap::from([
            (Field::When, 0),
            (Field::Who, 1),
            (Field::SourceLang, 3),
            (Field::Source, 4),
            (Field::TargetLang, 5),
            (Field::Target, 6),
        ]);
        columns
    }

    /// The columns by the languages of their texts; without names only these tell.
    fn by_content(rows: &[&Row]) -> Result<(Self, bool), String> {
        let width = rows.iter().map(|row| row.cells.len()).max();
        let mut columns = Self::unknown(width.unwrap_or(0), Why::Content);
        // A first row that names the columns is in neither language, or in one alone.
        let body = rows.get(1..).filter(|body| body.len() > 1).unwrap_or(rows);
        let best = |lang| {
            let all = (0..columns.width).filter_map(|at| Some((weight(body, at, lang)?, at)));
            all.max_by_key(|(weight, at)| (*weight, Reverse(*at)))
        };
        let (Some((_, zh)), Some((_, en))) = (best(Lang::Zh), best(Lang::En)) else {
            // In some rows the one, in others the other.
            let most = columns.width.min(20);
            let mut pairs = (0..most).flat_map(|a| (a + 1..most).map(move |b| (a, b)));
            if let Some((source, target)) = pairs.find(|&(a, b)| facing(rows, a, b)) {
                columns.places.insert(Field::Source, source);
                columns.places.insert(Field::Target, target);
                columns.mixed = true;
                return Ok((columns, false));
            }
            return Err("there are no two columns in Chinese and English: name them zh and en, or say which they are with --map zh=…,en=…".into());
        };
        columns.places.insert(Field::Source, zh.min(en));
        columns.places.insert(Field::Target, zh.max(en));
        columns.sides = Some(if zh < en {
            (Lang::Zh, Lang::En)
        } else {
            (Lang::En, Lang::Zh)
        });
        let header = columns.is_odd(rows);
        Ok((columns, header))
    }

    /// The columns of the Chinese and of the English text.
    fn texts(&self) -> Option<(usize, usize)> {
        let (zh, en) = match self.sides {
            Some((Lang::Zh, _)) => (Field::Source, Field::Target),
            Some((Lang::En, _)) => (Field::Target, Field::Source),
            None => (Field::Zh, Field::En),
        };
        self.place(zh).zip(self.place(en))
    }

    /// Whether the first row is odd against the others: these have Chinese and
    /// English in their columns, it has two short words that are not both.
    fn is_odd(&self, rows: &[&Row]) -> bool {
        let (Some((zh, en)), Some((first, body))) = (self.texts(), rows.split_first()) else {
            return false;
        };
        let texts = |row: &Row| -> Option<(bool, bool)> {
            let (zh, en) = (row.cells.get(zh)?, row.cells.get(en)?);
            let lettered = |text: &str| text.contains(char::is_alphabetic);
            (lettered(zh) && lettered(en)).then(|| (zh.contains(is_han), en.contains(is_han)))
        };
        let all: Vec<(bool, bool)> = body.iter().filter_map(|row| texts(row)).collect();
        let usual = all.iter().filter(|&&row| row == (true, false)).count();
        let named = [zh, en].map(|at| first.cells.get(at).map_or("", |cell| cell.trim()));
        usual > 1
            && usual * 5 >= all.len() * 4
            && matches!(texts(first), Some((true, true) | (false, false)))
            && named.iter().all(|name| is_name(name))
            && named[0] != named[1]
    }

    /// How a table is read, for people; the first row names the columns where it is a header.
    pub(super) fn layout(&self, first: &Row, header: bool, sheet: Option<&str>) -> Layout {
        let column = |at: usize| {
            let name = first.cells.get(at).filter(|_| header);
            let name = name.map(|name| name.trim()).filter(|name| !name.is_empty());
            let mut fields = FIELDS.into_iter();
            let field = fields.find(|(field, _)| self.place(*field) == Some(at));
            Column {
                name: name.map_or_else(|| format!("column {}", at + 1), str::to_owned),
                becomes: field.map(|(field, name)| match (field, self.sides) {
                    (Field::Source, Some((from, _))) => from.tag(),
                    (Field::Target, Some((_, to))) => to.tag(),
                    _ => name,
                }),
                why: self.why,
            }
        };
        Layout {
            sheet: sheet.map(str::to_owned),
            header_line: header.then_some(first.spot.line),
            columns: (0..self.width).map(column).collect(),
        }
    }

    /// The columns that the user names, by their header or by number; whether there is a header.
    fn mapped(&mut self, first: &Row, map: &Map) -> Result<bool, String> {
        let mut header = false;
        for (field, column) in &map.0 {
            let name = first.cells.iter().position(|cell| cell.trim() == column);
            let number = column.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            header |= name.is_some();
            let at = name.or(number.filter(|at| *at < self.width));
            let at = at.ok_or_else(|| {
                format!(
                    "there is no column `{column}`; the first row has: {}",
                    first.cells.join(", ")
                )
            })?;
            self.places.insert(*field, at);
        }
        Ok(header)
    }

    /// The columns that a header names.
    fn by_header(&mut self, first: &Row) {
        let names: Vec<String> = first
            .cells
            .iter()
            .map(|c| c.trim().to_lowercase())
            .collect();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        self.own = is_own(&all);
        for (at, name) in names.iter().enumerate() {
            let known = Field::named(name).or(match name.as_str() {
                "updated" | "changed" => Some(Field::When),
                "user" | "by" => Some(Field::Who),
                "file" | "文件" => Some(Field::Document),
                _ => None,
            });
            let known = known.or_else(|| {
                let cell = first.cells.get(at).map_or("", |cell| cell.trim());
                let (lang, tag) = match named(name) {
                    Some((lang, written)) => (lang, written.map_or(lang.tag(), |l| l.tag())),
                    None => match meant(cell)? {
                        Meant::Field(field) => return Some(field),
                        Meant::Side(lang, tag) => (lang, tag),
                    },
                };
                let field = Field::text(lang);
                if self.place(field).is_none() {
                    tag.clone_into(&mut self.tags[lang]);
                }
                Some(field)
            });
            if let Some(field) = known {
                self.places.entry(field).or_insert(at);
            }
        }
    }

    /// Where a header names one language alone, the side that is in the other.
    fn other_side(&mut self, body: &[&Row]) {
        let lang = match (self.place(Field::Zh), self.place(Field::En)) {
            (None, Some(_)) => Lang::Zh,
            (Some(_), None) => Lang::En,
            _ => return,
        };
        let fits = |at: &usize| weight(body, *at, lang).is_some();
        let others = [self.place(Field::Target), self.place(Field::Source)];
        if let Some(other) = others.into_iter().flatten().find(fits) {
            self.places.insert(Field::text(lang), other);
        }
    }

    fn usable(&self) -> bool {
        let has = |field: Field| self.places.contains_key(&field);
        (has(Field::Zh) && has(Field::En)) || (has(Field::Source) && has(Field::Target))
    }

    /// Finds out the languages of `source` and `target` where those are the columns.
    fn settled(mut self, rows: &[&Row], header: bool) -> Result<(Self, bool), String> {
        let places = |one, other| self.place(one).zip(self.place(other));
        if places(Field::Zh, Field::En).is_some() {
            return Ok((self, header));
        }
        let Some((source, target)) = places(Field::Source, Field::Target) else {
            return Err("it needs the columns zh and en, or source and target".into());
        };
        let body = rows.iter().skip(usize::from(header));
        if let Some((left, right)) = places(Field::SourceLang, Field::TargetLang) {
            // Texts may stand under such names too.
            let tag =
                |row: &Row, at: usize| row.cells.get(at).is_some_and(|c| language(c).is_some());
            let said = body.clone().filter(|row| tag(row, left) && tag(row, right));
            let (said, all) = (said.count(), body.clone().count());
            if said > 0 && said * 5 >= all * 4 {
                return Ok((self, header));
            }
            self.places.remove(&Field::SourceLang);
            self.places.remove(&Field::TargetLang);
        }
        let lang = |at: usize| {
            common(
                body.clone()
                    .filter_map(|row| row.cells.get(at))
                    .map(String::as_str),
            )
        };
        let (left, right) = (lang(source), lang(target));
        let from = left.or(right.map(Lang::other));
        let to = right.or(left.map(Lang::other));
        match (from, to) {
            (Some(from), Some(to)) if from != to => self.sides = Some((from, to)),
            _ if facing(rows, source, target) => self.mixed = true,
            _ => return Err("its two columns are not in Chinese and English".into()),
        }
        Ok((self, header))
    }
}
