//! What the columns of a table are: named by the user, by their header, or
//! found by the language of their texts; and a row of them as a unit.

use super::{Item, Refused, Unit, Variant, iso, quote, state};
use crate::format::bilingual::{common, named};
use crate::lang::Lang;
use crate::model::document::State;
use crate::text::stream::Spot;
use crate::tsv;

/// What a column of a table can be.
const FIELDS: [&str; 13] = [
    "zh", "en", "source", "target", "from", "state", "when", "who", "document", "prev", "next",
    "subject", "note",
];

/// Which columns a user says are what: `zh=译文,en=2`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map(Vec<(&'static str, String)>);

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
            let known = FIELDS.iter().find(|known| **known == field.trim());
            let known = known.ok_or_else(|| {
                format!("`{}` is no field: use {}", field.trim(), FIELDS.join(", "))
            })?;
            map.push((*known, column.trim().to_owned()));
        }
        Ok(Self(map))
    }
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
    places: [Option<usize>; FIELDS.len()],
    /// The languages of `source` and `target`.
    sides: Option<(Lang, Lang)>,
    /// The tags of `zh` and `en`, where the header says more than that.
    tags: (String, String),
    width: usize,
    /// Whether this program's header names them.
    pub(super) own: bool,
    /// Whether cells are escaped as this program's are.
    pub(super) escaped: bool,
}

/// Whether a header is one that this program writes.
pub(super) fn is_own(names: &[&str]) -> bool {
    let has = |name: &str| names.iter().any(|known| known.trim() == name);
    names.iter().all(|name| FIELDS.contains(&name.trim())) && has("zh") && has("en")
}

impl Columns {
    /// What the columns are, and whether the first row is their header.
    pub(super) fn find(rows: &[&Row], map: &Map) -> Result<(Self, bool), String> {
        let first = rows.first().ok_or("it is empty")?;
        let width = first.cells.len();
        let mut columns = Self {
            places: [None; FIELDS.len()],
            sides: None,
            tags: ("zh".into(), "en".into()),
            width,
            own: false,
            escaped: false,
        };
        if !map.0.is_empty() {
            let header = columns.mapped(first, map)?;
            return columns.settled(rows, header);
        }
        columns.by_header(first);
        if columns.usable() {
            return columns.settled(rows, true);
        }
        // Without names only the texts tell.
        let lang = |at: usize| {
            common(
                rows.iter()
                    .filter_map(|row| row.cells.get(at))
                    .map(String::as_str),
            )
        };
        let mut sides = (0..width).filter_map(|at| Some((at, lang(at)?)));
        if let Some((left, from)) = sides.next()
            && let Some((right, to)) = sides.find(|(_, lang)| *lang != from)
        {
            columns.places = [None; FIELDS.len()];
            (columns.places[2], columns.places[3]) = (Some(left), Some(right));
            columns.sides = Some((from, to));
            columns.width = rows
                .iter()
                .map(|row| row.cells.len())
                .max()
                .unwrap_or(width);
            return Ok((columns, false));
        }
        Err("there are no two columns in Chinese and English: name them zh and en, or say which they are with --map zh=…,en=…".into())
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
            let place = FIELDS.iter().position(|known| known == field);
            if let Some(place) = place.and_then(|place| self.places.get_mut(place)) {
                *place = Some(at);
            }
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
            let known = FIELDS
                .iter()
                .position(|field| field == name)
                .or(match name.as_str() {
                    "src" | "原文" | "源文" | "源语言" => Some(2),
                    "tgt" | "translation" | "译文" | "譯文" | "目标语言" => Some(3),
                    "date" | "changed" | "updated" | "日期" => Some(6),
                    "author" | "user" | "by" | "译者" => Some(7),
                    "file" | "origin" | "文件" | "来源" => Some(8),
                    "domain" | "领域" | "主题" => Some(11),
                    "notes" | "comment" | "comments" | "备注" | "備註" => Some(12),
                    _ => None,
                });
            let known = known.or_else(|| {
                let (lang, written) = named(name)?;
                let tag = written.map_or(lang.tag(), |locale| locale.tag()).to_owned();
                let (side, mine) = match lang {
                    Lang::Zh => (0, &mut self.tags.0),
                    Lang::En => (1, &mut self.tags.1),
                };
                if self.places[side].is_none() {
                    *mine = tag;
                }
                Some(side)
            });
            if let Some(place) = known.and_then(|known| self.places.get_mut(known)) {
                place.get_or_insert(at);
            }
        }
    }

    fn usable(&self) -> bool {
        let has = |at: usize| self.places.get(at).copied().flatten().is_some();
        (has(0) && has(1)) || (has(2) && has(3))
    }

    /// Finds out the languages of `source` and `target` where those are the columns.
    fn settled(mut self, rows: &[&Row], header: bool) -> Result<(Self, bool), String> {
        let [zh, en, source, target, ..] = self.places;
        if zh.is_some() && en.is_some() {
            return Ok((self, header));
        }
        let (Some(source), Some(target)) = (source, target) else {
            return Err("it needs the columns zh and en, or source and target".into());
        };
        let body = rows.iter().skip(usize::from(header));
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
            _ => return Err("its two columns are not in Chinese and English".into()),
        }
        Ok((self, header))
    }

    /// A row as a unit; nothing where it is a comment.
    pub(super) fn item(&self, row: &Row, sheet: Option<&str>) -> Option<Item> {
        if self.escaped && row.cells.first().is_some_and(|cell| cell.starts_with('#')) {
            return None;
        }
        let refuse = |reason: String| {
            let reason = sheet.map_or(reason.clone(), |sheet| format!("sheet `{sheet}`: {reason}"));
            Some(Item::Refused(Refused {
                spot: row.spot,
                reason,
                quote: quote(&row.cells.join("\t")),
            }))
        };
        let beyond = row.cells.iter().skip(self.width);
        if beyond.clone().any(|cell| !cell.trim().is_empty()) {
            return refuse("the row has more cells than the header".into());
        }
        let cell = |field: usize| self.cell(row, field);
        let mut unit = Unit {
            spot: row.spot,
            sheet: sheet.unwrap_or_default().to_owned(),
            state: State::Translated,
            source: cell(4),
            who: cell(7),
            document: cell(8),
            prev: cell(9),
            next: cell(10),
            subject: cell(11),
            note: cell(12),
            ..Unit::default()
        };
        let date = cell(6);
        if self.own {
            unit.when = date;
        } else if let Some(when) = iso(&date) {
            unit.when = when;
        } else if !date.trim().is_empty() {
            unit.remark(&format!("date={}", date.trim()));
        }
        match cell(5).trim() {
            "" => {}
            mark @ ("deleted" | "unconfirmed") if self.own => {
                return refuse(format!("it is marked {mark}"));
            }
            word => {
                if let Some((state, aligned)) = state(word) {
                    (unit.state, unit.aligned) = (state, aligned);
                } else {
                    unit.remark(&format!("state={word}"));
                }
            }
        }
        unit.variants = self.variants(row).into();
        Some(Item::Unit(unit))
    }

    /// The text of a field in a row; empty where there is none.
    fn cell(&self, row: &Row, field: usize) -> String {
        let at = self.places.get(field).copied().flatten();
        let text = at
            .and_then(|at| row.cells.get(at))
            .map_or("", String::as_str);
        if !self.escaped {
            return text.to_owned();
        }
        // The first cell of a row is guarded from looking like a comment.
        let guard = at == Some(0) && text.starts_with("\\#");
        let text = if guard {
            text.strip_prefix('\\').unwrap_or(text)
        } else {
            text
        };
        tsv::unescape(text).into_owned()
    }

    /// The two texts of a row, the source first.
    fn variants(&self, row: &Row) -> [Variant; 2] {
        let variant = |lang: &str, field: usize| Variant {
            lang: lang.to_owned(),
            text: self.cell(row, field),
            pieces: Vec::new(),
        };
        if let Some((from, to)) = self.sides {
            return [variant(from.tag(), 2), variant(to.tag(), 3)];
        }
        let (zh, en) = (variant(&self.tags.0, 0), variant(&self.tags.1, 1));
        // The column at the left is the source, unless a row says otherwise.
        if self.own || self.places[0] < self.places[1] {
            [zh, en]
        } else {
            [en, zh]
        }
    }
}
